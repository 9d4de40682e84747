"""Paragraphs whose author ended each line by hand, with Shift and Enter: verse, where they look like it."""

from collections.abc import Iterable, Iterator, Sequence

from publish.document import Verse, VerseLine
from publish.draft import BREAK, MARK, NOTE_ON, VERSE_STEP, balanced, inlines
from publish.normalize.lines.shape import ends_full, starts_small
from publish.normalize.passages.forms import VERSE, Desk
from publish.source import Run

WIDEST = 74
"""Letters of a line of verse."""
_NARROW = 45
"""Letters of a line that nobody wraps prose at; lines of verse may be in small letters throughout."""
_LEAST = 3
"""Lines: two are a name and what stands below it, too."""
_DEEPEST = 16
"""Columns by which a line can be set in."""
_QUOTED = ("”", '"', "’", "'")


def bare(text: str) -> str:
    """Give a text without marks, with a space for each line end of the author's."""
    return MARK.sub("", text.replace(BREAK, " ")) if not text.isprintable() else text


def _in_verse(text: str) -> list[str]:
    """Give the lines of a paragraph that may be verse: several, and short; else none."""
    if text.count(BREAK) < _LEAST - 1 or NOTE_ON in text:
        return []
    lines = [line for part in text.split(BREAK) if (line := MARK.sub("", part).strip())]
    return lines if len(lines) >= _LEAST and max(map(len, lines)) <= WIDEST else []


def reads_so(lines: Sequence[str]) -> bool:
    """Tell whether few of some lines end as sentences do, and most begin with capitals."""
    return _runs_on(lines) and sum(map(starts_small, lines)) * 4 <= len(lines) * 3


def _runs_on(lines: Sequence[str]) -> bool:
    stops = sum(1 for line in lines if ends_full(line) or line.endswith(_QUOTED))
    return stops * 5 <= len(lines) * 3


def read(paragraphs: Iterable[tuple[int, Run]], usual: int | None, desk: Desk) -> tuple[int, Verse] | None:
    """Give the verse that begins with the first of some paragraphs, and how many of them it is.

    Each stands below so many blank lines; those that stand as most do are its next stanzas, and an empty line
    within one parts stanzas, too. None where there is none, or the author refuses it.
    """
    some: list[Run] = []
    sure = False
    for gap, run in paragraphs:
        said = _in_verse(run.text)
        reads = reads_so(said)
        narrow = max(map(len, said), default=WIDEST) <= _NARROW and _runs_on(said)
        if not said or not (reads or narrow) or (some and usual is not None and gap > usual):
            break
        sure = sure or reads
        some.append(run)
    if not (sure or len(some) > 1) or not desk.reads(VERSE, some):
        return None
    return len(some), Verse(tuple(stanza for run in some for stanza in _stanzas(run, desk)))


def lines(run: Run) -> Iterator[tuple[int, Run]]:
    """Give the lines of a paragraph, each with the empty lines above it and its white space."""
    if BREAK not in run.text:
        yield 0, run
        return
    above = 0
    for line in balanced(run.split(BREAK)):
        said = bool(MARK.sub("", line.text).strip())
        if said:
            yield above, line
        above = 0 if said else above + 1


def joined(some: Iterable[Run]) -> Run:
    """Give lines as one paragraph whose author ended each of them."""
    return Run.join([part for run in some for part in (Run(BREAK), run)][1:])


def _stanzas(run: Run, desk: Desk) -> Iterator[tuple[VerseLine, ...]]:
    above, typed = zip(*lines(run), strict=True)
    done = desk.finish(joined(line.strip() for line in typed))
    said = [MARK.sub("", line.text) for line in typed]
    columns = (min(len(text) - len(text.lstrip()), _DEEPEST) for text in said)
    stanzas: list[list[VerseLine]] = [[]]
    for blanks, column, (_, line) in zip(above, columns, lines(done), strict=True):
        if blanks and stanzas[-1]:
            stanzas.append([])
        stanzas[-1].append(VerseLine(inlines(line.strip()), column // VERSE_STEP))
    return map(tuple, stanzas)
