"""How well a book is set: what a compositor would mark on the proofs, each mark with page and place.

Rules and limits are those of the trade's proof readers: word spaces between 80 and 160 hundredths of their
natural width, at most two hyphens in a row, facing pages level, and the like.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import msgspec
from msgspec import Struct

from publish.document import Book, Division, block_prose, walk_divisions
from publish.pdf.composer import SetLine
from publish.places import json_text, region
from publish.source import Run, Source, Span

LOOSE, TIGHT = 1.604, 0.78
"""Factors of a word space beyond which a line looks gappy or pinched."""
_LADDER = 3
_RIVER_LINES, _RIVER_WIDTH = 5, 2.2
"""Lines through which a river runs at least; points by which its gaps may be out of line."""
_DEEP = {"river": _RIVER_LINES, "ladder": _LADDER}
_SHORTEST_PAGE = 4
_LEVEL = 0.1
"""Lines by which facing pages may differ and yet be level."""
_HEAD = 40


class SetPage(Struct, frozen=True):
    """A page that the composer set."""

    label: str
    section: int
    """Number of the section, to know what belongs together."""
    right: bool
    lines: tuple[SetLine, ...]
    number: int = 0
    """Of the file, counted from 0."""

    @property
    def bottom(self) -> float:
        """The row below the last line."""
        return max((line.row + line.rows for line in self.lines), default=0)


class Flaw(Struct, frozen=True):
    """A mark on the proofs."""

    kind: str
    """"widow", "orphan", "ladder", "runt", "river", "loose", "tight", "uneven", "short", "divided page"."""
    page: str
    division: str
    block: int
    at: int
    """Characters of the block before the line."""
    text: str
    """The line."""
    row: float
    """Of the page's lines, where the mark begins, and how many lines it goes through."""
    rows: float


class Measures(Struct, frozen=True):
    """A book's setting in numbers."""

    lines: int
    """Justified lines, last lines of paragraphs included."""
    hyphened: float
    """Share of them that end with a hyphen that is not the author's."""
    loose: float
    tight: float
    mean_space: float
    """Of the natural word space, over lines that are no last lines."""
    spreads: int
    """Facing pages of one section, its last page excepted."""
    level: float
    """Share of them that end level."""
    flaws: dict[str, int]


def flaws(pages: Sequence[SetPage]) -> list[Flaw]:
    """Give the flaws of a book's pages in their order."""
    found = [flaw for page in pages for flaw in _page_flaws(page)]
    found += [
        _flaw("uneven", left, left.lines[-1])
        for left, right in _spreads(pages)
        if abs(left.bottom - right.bottom) > _LEVEL and left.lines
    ]
    found += [flaw for chapter in _sections(pages) for flaw in _section_flaws(chapter)]
    order = {page.label: number for number, page in enumerate(pages)}
    return sorted(found, key=lambda flaw: order[flaw.page])


def measures(pages: Sequence[SetPage]) -> Measures:
    """Give the numbers."""
    lines = [line for page in pages for line in page.lines if line.is_prose]
    full = [line for line in lines if not line.is_last]
    spreads = list(_spreads(pages))
    marks = Counter(flaw.kind for flaw in flaws(pages))
    count, pairs = max(len(lines), 1), max(len(spreads), 1)
    return Measures(
        lines=len(lines),
        hyphened=sum(line.divided for line in lines) / count,
        loose=marks["loose"] / count,
        tight=marks["tight"] / count,
        mean_space=sum(line.space for line in full) / max(len(full), 1),
        spreads=len(spreads),
        level=1 - marks["uneven"] / pairs,
        flaws=dict(sorted(marks.items())),
    )


def _flaw(kind: str, page: SetPage, line: SetLine) -> Flaw:
    row, rows = line.row, line.rows
    if deep := _DEEP.get(kind, 0):
        # What runs through several lines is told of the last of them.
        row, rows = max(0, row - deep + 1), min(deep, row + 1)
    return Flaw(kind, page.label, line.division, line.block, line.at, line.text, row, rows)


def _page_flaws(page: SetPage) -> Iterator[Flaw]:
    lines = [line for line in page.lines if line.block >= 0]
    if lines and lines[0].is_last and not lines[0].is_first:
        yield _flaw("widow", page, lines[0])
    if lines and lines[-1].is_first and not lines[-1].is_last:
        yield _flaw("orphan", page, lines[-1])
    if lines and lines[-1].hyphened:
        yield _flaw("divided page", page, lines[-1])
    for line in lines:
        yield from (_flaw(kind, page, line) for kind in _line_flaws(line))
    yield from _rivers(page)


def _line_flaws(line: SetLine) -> Iterator[str]:
    if line.is_last and not line.is_first and line.width < line.scrap:
        yield "runt"
    if not line.is_last and line.space > LOOSE:
        yield "loose"
    if line.space < TIGHT:
        yield "tight"


def _rivers(page: SetPage) -> Iterator[Flaw]:
    """Find word spaces that stand below each other through many lines."""
    streams: list[tuple[float, int]] = []
    row = -2.0
    for line in page.lines:
        before = streams if line.row == row + 1 and line.is_prose else []
        streams = []
        for gap in line.gaps:
            deep = max((depth for x, depth in before if abs(x - gap) <= _RIVER_WIDTH), default=0) + 1
            streams.append((gap, deep))
            if deep == _RIVER_LINES:
                yield _flaw("river", page, line)
        row = line.row


def _sections(pages: Sequence[SetPage]) -> list[list[SetPage]]:
    return [list(section) for _, section in groupby(pages, lambda page: page.section)]


def _section_flaws(pages: Sequence[SetPage]) -> Iterator[Flaw]:
    last = pages[-1]
    if len(pages) > 1 and last.bottom < _SHORTEST_PAGE and last.lines:
        yield _flaw("short", last, last.lines[0])
    row = 0
    for page in pages:
        for line in page.lines:
            row = row + 1 if line.hyphened else 0
            if row == _LADDER:
                yield _flaw("ladder", page, line)


def _spreads(pages: Sequence[SetPage]) -> Iterator[tuple[SetPage, SetPage]]:
    """Give the facing pages of a section, but for its last page, which may end anywhere."""
    last = {section[-1].label for section in _sections(pages)}
    for left, right in pairwise(pages):
        facing = not left.right and right.right and left.section == right.section
        if facing and right.label not in last:
            yield left, right


# --- Places and forms ------------------------------------------------------------------------------------


def places(book: Book) -> Callable[[Flaw], Span | None]:
    """Give the function that finds where in the manuscript a flaw's line begins."""
    divisions = {division.id: division for _, division in walk_divisions(book.divisions)}

    def place(flaw: Flaw) -> Span | None:
        division = divisions.get(flaw.division)
        run = _run_of(division, flaw) if division else None
        return run.span(0, len(run)) if run is not None else None

    return place


def _run_of(division: Division, flaw: Flaw) -> Run | None:
    if not 0 <= flaw.block < len(division.blocks):
        return division.label
    left = flaw.at
    for run in block_prose(division.blocks[flaw.block]):
        if left < len(run):
            return run.slice(left, min(len(run), left + _HEAD))
        left -= len(run)
    return None


def as_text(found: Sequence[Flaw], numbers: Measures, book: Book, sources: Mapping[int, Source]) -> str:
    """Write the report for people: the numbers, then each flaw with its page, its place and its line."""
    place = places(book)
    rows = list(summary(numbers))
    for flaw in found:
        where = place_of(place(flaw), sources)
        rows.append(f"p. {flaw.page}: {flaw.kind}{f' ({where})' if where else ''}: {flaw.text}")
    return "\n".join(rows) + "\n"


def summary(numbers: Measures) -> Iterator[str]:
    """Tell the numbers in sentences."""
    yield (
        f"{numbers.lines} justified lines: {numbers.hyphened:.1%} end with a hyphen, {numbers.loose:.1%} are "
        f"loose, {numbers.tight:.1%} tight; word spaces {numbers.mean_space:.2f} of their width on the mean."
    )
    yield f"{numbers.level:.1%} of {numbers.spreads} spreads end level."


def place_of(span: Span | None, sources: Mapping[int, Source]) -> str:
    """Write a place in the manuscript as file, line and column; nothing for none."""
    if span is None or span.source not in sources:
        return ""
    return sources[span.source].where(span.start)


def as_json(found: Sequence[Flaw], numbers: Measures, book: Book, sources: Mapping[int, Source]) -> str:
    """Write the report for programs."""
    place = places(book)
    rows = []
    for flaw in found:
        span = place(flaw)
        row = {name: getattr(flaw, name) for name in ("kind", "page", "division", "text")}
        if span and span.source in sources:
            where = region(span, sources[span.source])
            row |= {key: value for key, value in where.items() if not key.startswith("end_")}
        rows.append(row)
    return json_text({"version": 1, "measures": msgspec.to_builtins(numbers), "flaws": rows})
