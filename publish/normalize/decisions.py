"""What the author says that a line is: `[[decide]]` of book.toml, carried to the lines of the sheet."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publish.config import NEW_SCENE, PASSAGES, SAME_SCENE, TEXT, VERSE, Decision
from publish.draft import Line
from publish.normalize.lines.shape import is_ornament
from publish.normalize.result import Unplaced
from publish.normalize.sheet import Sheet
from publish.places import Body, Place, letters
from publish.source import Span

_OPENINGS = (NEW_SCENE, SAME_SCENE, *PASSAGES)
"""Decisions for which the first words of the line are enough."""


def settle(
    sheet: Sheet, decisions: Sequence[Decision], bodies: Sequence[Body]
) -> tuple[Sheet, list[Unplaced]]:
    """Give the sheet with what is decided of its lines, and the decisions that find no line.

    A quoted passage that goes on beyond the line tells equal lines apart.
    """
    decided = dict(sheet.decided)
    unplaced: list[Unplaced] = []
    for number, decision in enumerate(decisions):
        place = Place(decision.text, bodies)
        found = list(_lines(sheet, place, whole=decision.what not in _OPENINGS))
        message = f"No line of the manuscript {_reads(decision)}, so that nothing is decided here."
        if decision.what in PASSAGES:
            if any(map(sheet.marked, found)):
                message = (
                    "Here markup or a style says what a passage is, and nothing else does; give it that."
                )
            touching = decision.what == VERSE
            own = [first for first in found if not sheet.marked(first)]
            found = [at for first in own for at in _passage(sheet, first, place, touching=touching)]
        decided |= dict.fromkeys(found, decision.what)
        if not found:
            unplaced.append(Unplaced(("decide", number, "text"), message))
    for index in [index for index, what in decided.items() if what == SAME_SCENE and index]:
        if sheet.lines[index - 1].scene_break or is_ornament(sheet.texts[index - 1]):
            # The sign above it is no break then; what it is else, nobody knows: it is printed as it is typed.
            decided.setdefault(index - 1, TEXT)
    if not decided:
        # What the sheet has found out about its lines stays known.
        return sheet, unplaced
    lines = tuple(
        _marked(line, decided[index]) if index in decided and sheet.marked(index) else line
        for index, line in enumerate(sheet.lines)
    )
    return replace(sheet, lines=lines, decided=decided), unplaced


def _reads(decision: Decision) -> str:
    begins = "begins with" if decision.what in _OPENINGS else "reads"
    return f"{begins} “{decision.text.strip()}”"


def _lines(sheet: Sheet, place: Place, *, whole: bool) -> Iterator[int]:
    """Give the lines that begin with a passage; `whole`: and end with it, or before it."""
    sources = {source.key: source for source, _ in place.bodies}
    for span in place.spans:
        source = sources[span.source]
        start, end, index = sheet.line_at(span) or (0, 0, 0)
        begins = start <= span.start < end and not _says(source.passage(start, span.start))
        if begins and not (whole and _says(source.passage(span.end, end))):
            yield index
    if not place.in_files:
        wanted = letters(place.quote)
        for index, text in enumerate(sheet.texts):
            own = letters(text)
            if own == wanted or (not whole and own.startswith(wanted)):
                yield index


def _passage(sheet: Sheet, first: int, place: Place, *, touching: bool) -> Iterator[int]:
    """Give the lines that the quoted words cover from the first one on.

    `touching`: of one line alone that is quoted, those that touch it below belong to it too.
    """
    yield first
    before = _span(sheet, first)
    ends = [span.end for span in place.spans if before and span.source == before.source]
    end = min((end for end in ends if before and end > before.start), default=0)
    alone = before is None or end <= before.end
    for index in range(first + 1, len(sheet.lines)):
        span = _span(sheet, index)
        covered = span and before and span.source == before.source and span.start < end
        if not (covered or (alone and touching and sheet.lines[index].blanks_above == 0)):
            return
        yield index


def _span(sheet: Sheet, index: int) -> Span | None:
    run = sheet.lines[index].run
    return run.span(0, len(run.text))


def starts(sheet: Sheet, what: str) -> set[tuple[int, int]]:
    """Give the places in the files of the lines that are decided to be something."""
    spans = (_span(sheet, index) for index, decided in sheet.decided.items() if decided == what)
    return {(span.source, span.start) for span in spans if span}


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _marked(line: Line, what: str) -> Line:
    """Let the markup of a line say what is decided; headings are made of it where they are found."""
    if what == TEXT:
        return replace(line, heading_level=0, subheading=False, scene_break=False, attributes=())
    return line
