"""Letters and verse in text whose paragraphs markup gives, though it does not say what they are.

Word processors and blogs have no name for a letter, and authors who know one seldom use it: what the
paragraphs say decides, as in plain text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from msgspec.structs import replace

from publish.document import Block, Letter, Paragraph, Verse
from publish.draft import inlines
from publish.normalize.passages import broken, forms, letters
from publish.normalize.passages.forms import Desk
from publish.normalize.passages.wrapping import Row
from publish.source import Run


def usual_gap(rows: Sequence[Row]) -> int | None:
    """Give the blank lines that stand between most paragraphs."""
    gaps = Counter(row.gap for row in rows[1:] if _is_paragraph(row))
    return gaps.most_common(1)[0][0] if gaps else None


def read(rows: Sequence[Row], at: int, usual: int | None, desk: Desk) -> tuple[int, Block] | None:
    """Give the letter or the verse that begins with a row, and where it ends; None where neither does."""
    if not _is_paragraph(rows[at]):
        return None
    following = rows[at : at + letters.REACH]
    about = (
        (letters.Candidate(row.text, row.gap, 0), row.line.run) for row in takewhile(_is_paragraph, following)
    )
    lines = ((row.gap, row.line.run) for row in takewhile(_is_paragraph, following))
    found = letter(about, usual, desk) or broken.read(lines, usual, desk)
    return (at + found[0], found[1]) if found else None


def _is_paragraph(row: Row) -> bool:
    return not row.line.is_told


_Part = tuple[int, int, Run, letters.Candidate]
"""A line that its author ended: its paragraph, the empty lines above it there, what it says."""


def letter(
    paragraphs: Iterable[tuple[letters.Candidate, Run]], usual: int | None, desk: Desk
) -> tuple[int, Letter] | None:
    """Give the letter that begins with the first of some paragraphs, and of how many it is made.

    Its opening and its close may be lines of one paragraph, or all of it, whose author ended them by hand.
    """
    rest = _parts(paragraphs, usual)
    first = list(islice(rest, letters.LOOKED_AT))
    if letters.salutation(part[3] for part in first) is None:
        return None
    parts = [*first, *rest]
    span = letters.letter_span([part[3] for part in parts], usual)
    if span is None or (span.end < len(parts) and parts[span.end][0] == parts[span.end - 1][0]):
        return None
    if not desk.reads(forms.LETTER, [run for _, _, run, _ in parts[: span.end]]):
        return None
    opening, closing = (
        tuple(Paragraph(inlines(desk.finish(run.strip()))) for _, _, run, _ in some)
        for some in (parts[: span.body], parts[span.closing : span.end])
    )
    body = tuple(_block(run, desk) for run in _paragraphs(parts[span.body : span.closing]))
    return parts[span.end - 1][0] + 1, Letter(opening, body, closing)


def _parts(paragraphs: Iterable[tuple[letters.Candidate, Run]], usual: int | None) -> Iterator[_Part]:
    for number, (about, run) in enumerate(paragraphs):
        for place, (above, line) in enumerate(broken.lines(run)):
            gap = min(above, usual or 0) if place else about.gap
            yield number, above, line, replace(about, text=broken.bare(line.text).strip(), gap=gap)


def _paragraphs(parts: Iterable[_Part]) -> Iterator[Run]:
    """Give the body of a letter as its author typed it: in one paragraph an empty line parts two."""
    last, some = -1, list[Run]()
    for number, above, run, _ in parts:
        if some and (above or number != last):
            yield broken.joined(some)
            some = []
        some.append(run)
        last = number
    if some:
        yield broken.joined(some)


def _block(run: Run, desk: Desk) -> Paragraph | Verse:
    verse = broken.read([(0, run)], 0, desk)
    return verse[1] if verse else Paragraph(inlines(desk.finish(run)))
