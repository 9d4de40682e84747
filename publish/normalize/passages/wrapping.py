"""Which lines belong to one paragraph.

A text is hard-wrapped at a width when line after line could not have taken the first word of the next one.
That is asked of every post by itself, since pasted manuscripts mix conventions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.draft import Line
from publish.normalize.lines.shape import ends_full, is_ornament
from publish.normalize.pages import BROKEN, continues
from publish.patterns import lazily

NARROWEST, _WIDEST = 38, 110
LEAST_PAIRS = 4
_SLACK = 3


class Row(Struct, frozen=True, gc=False):
    """A line of text in a post, with the blank lines above it after furniture has gone."""

    index: int
    line: Line
    gap: int
    turned: bool
    """A page turned directly above it."""
    text: str
    width: int
    """Columns that the line takes with its indent."""
    opens: bool = False
    """The author turned the page here: none of the manuscript's pages has a number or a running head."""

    @classmethod
    def of(cls, index: int, line: Line, gap: int, *, turned: bool, opens: bool = False) -> Row:
        """Give the row of a line."""
        text = line.run.text
        return cls(index, line, gap, turned, text, line.indent + len(text), opens)


def wrap_width(rows: Sequence[Row]) -> int:
    """Give the width at which lines were broken, 0 where they were not.

    Verse may outweigh the prose of a post; so it is enough that some full lines are followed by a small
    letter, as lines of verse and short speeches hardly ever are.
    """
    touching = [(a, b) for a, b in pairwise(rows) if b.gap == 0]
    pairs = [(a, b) for a, b in touching if b.text[:1] not in _DASH or not speaks_next(a, b)]
    widths = sorted(row.width for row in rows)
    if len(touching) < LEAST_PAIRS or widths[-len(widths) // 66 - 1] > _WIDEST:
        return 0
    width = _widest(widths)
    full = [b for a, b in pairs if is_full(a, b, width)]
    small = sum(1 for row in full if goes_on_small(row))
    enough = small >= _NEAR_WIDEST if len(full) * 2 < len(pairs) else small * 3 >= len(full)
    if width >= NARROWEST and small and enough:
        return width
    if width >= _WIDEST_POEM and _is_set_in(rows, pairs, width):
        return width
    # A paragraph that stands on one line is as long as it likes, and shows nothing.
    width = _widest(sorted(a.width for a, _ in pairs))
    return width if width >= _WIDEST_POEM and fills(rows, width) and _is_prose([b for _, b in pairs]) else 0


def _is_set_in(rows: Sequence[Row], pairs: Sequence[tuple[Row, Row]], width: int) -> bool:
    """Tell a text whose paragraphs begin with an indent: each line that does not goes on with a full one."""
    margins = margins_of(rows)
    going_on = [(a, b) for a, b in pairs if b.line.indent == margins[0] < margins[1]]
    small = sum(goes_on_small(b) for _, b in going_on)
    return (
        small >= _FEWEST_SMALL
        and small * 3 >= len(going_on)
        and all(is_full(a, b, width) for a, b in going_on)
    )


_FEWEST_SMALL = 2


def goes_on_small(row: Row) -> bool:
    """Tell whether a line begins with a small letter, behind a dash that a sentence has inside it, too."""
    return row.text.lstrip(_DASH)[:1].islower()


_DASH = "—–- "


def speaks_next(above: Row, row: Row) -> bool:
    """Tell a line that opens a speech with a dash, where what stands above it is over."""
    text = row.text
    opens = text[:1] in _DASH and (text[0] != "-" or text[1:2] == " ") and not goes_on_small(row)
    return opens and (ends_full(above.text) or above.text[-1:] == ":")


def _are_speeches(rows: Sequence[Row], width: int) -> bool:
    """Tell whether dashes at the heads of lines open speeches: full lines have put few there by chance.

    "It was over. — He went" stands oftener inside the lines of a book that parts its sentences by dashes.
    """
    opened = [(a, b) for a, b in pairwise(rows) if speaks_next(a, b)]
    full = sum(b.gap == 0 and is_full(a, b, width) for a, b in opened)
    if 2 * full <= len(opened):
        return True
    return sum(len(_SENTENCE_DASH.findall(row.text)) for row in rows) < len(opened)


_SENTENCE_DASH = lazily(r"[.!?…] ?[—–-] ?[^\W\d_a-z]")


_WIDEST_POEM = 50
"""Columns; few lines of verse that fill a width are wider."""


def _widest(widths: Sequence[int]) -> int:
    return widths[-min(_NEAR_WIDEST, len(widths) // 66 + 1)]


_NEAR_WIDEST = 3


def common_width(sections: Sequence[Sequence[Row]]) -> int:
    """Give the width at which posts were broken that are each too short to show it; 0 where none is shown.

    Most of their line ends are full here, and wide, for verse may stand in short posts too.
    """
    rows = [
        replace(row, gap=1) if not at else row
        for some in sections
        if is_short(some)
        for at, row in enumerate(some)
    ]
    width = wrap_width(rows)
    pairs = [(a, b) for a, b in pairwise(rows) if b.gap == 0]
    full = sum(is_full(a, b, width) for a, b in pairs)
    return width if width >= _WIDE_LINE and full * 2 > len(pairs) else 0


def is_short(rows: Sequence[Row]) -> bool:
    """Tell whether a post has too few lines that touch to show by itself at which width it was broken."""
    return sum(1 for row in rows[1:] if row.gap == 0) < LEAST_PAIRS


def fills(rows: Sequence[Row], width: int) -> bool:
    """Tell whether a post fills a width that others show, though few of its lines happen to go on small."""
    pairs = [(a, b) for a, b in pairwise(rows) if b.gap == 0]
    full = [b for a, b in pairs if is_full(a, b, width)]
    return len(full) * 3 >= len(pairs) * 2 and any(row.text[:1].islower() for row in full)


def _is_prose(rows: Sequence[Row]) -> bool:
    """Tell prose from verse by the lines that go on: in prose many begin with a small letter."""
    return sum(1 for row in rows if row.text[:1].islower()) * 3 >= len(rows)


def is_full(row: Row, following: Row, width: int) -> bool:
    """Tell whether the next line's first word had no room left in a line."""
    room = width - _SLACK - row.width - 1
    text = following.text
    if room < 0 or len(text) <= room:
        return room < 0
    return len(next(iter(text.split(None, 1)), "")) > room


def paragraphs(rows: Sequence[Row], width: int, usual: tuple[int, int] = (0, 0)) -> list[list[Row]]:
    """Group the lines of one post into paragraphs (lines of verse and of addresses stay single).

    `usual` are the margins of the whole manuscript, for posts that are too short to show their own.
    """
    if not width and (parts := _stretches(rows)):
        return [group for part, own in parts for group in paragraphs(part, own, usual)]
    groups: list[list[Row]] = []
    own = margins_of(rows) if width else (0, 0)
    margins = usual if width and own[0] == own[1] == usual[0] else own
    spoken = bool(width) and _are_speeches(rows, width)
    for block in touching(rows):
        filled = width if width and _is_filled(block, width, margins) else _broken_width(block)
        if not width and not filled:
            filled = _own_width(block)
        for row in block:
            opens = spoken and bool(groups) and speaks_next(groups[-1][-1], row)
            if groups and not opens and _belongs(groups[-1], row, filled, margins):
                groups[-1].append(row)
            else:
                groups.append([row])
    return groups


_LEAST_STRETCH = 12
"""Lines that show that a part of a post was wrapped though the rest was not."""


def _stretches(rows: Sequence[Row]) -> list[tuple[Sequence[Row], int]]:
    """Cut a post whose lines follow no one width where its wrapped parts begin and end, with their widths.

    A text pasted together from several sources, or a chapter whose heading was not found, has such parts.
    Nothing is given where no part is wrapped, or all of it is one part.
    """
    starts = [0]
    for at, (a, b) in enumerate(pairwise(rows), 1):
        if (a.width > _WIDEST) != (b.width > _WIDEST) and b.gap > 0:
            starts.append(at)
    if len(starts) == 1:
        return []
    parts = [rows[start:end] for start, end in pairwise([*starts, len(rows)])]
    widths = [wrap_width(part) if len(part) >= _LEAST_STRETCH else 0 for part in parts]
    return list(zip(parts, widths, strict=True)) if any(widths) else []


def touching(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Give the rows between blank lines."""
    starts = [at for at, row in enumerate(rows) if row.gap > 0 or not at]
    yield from (rows[start:end] for start, end in pairwise([*starts, len(rows)]))


def _broken_width(block: Sequence[Row]) -> int:
    """Give the width of a passage amid verse that is prose, since its lines break a word; else 0."""
    broken = (
        b.text[:1].islower() and BROKEN.search(a.text) for a, b in pairwise(block) if a.text[-1:] == "-"
    )
    if not any(broken):
        return 0
    widest = max(row.width for row in block)
    filled = all(row.width * 4 >= widest * 3 or BROKEN.search(row.text) for row in block[:-1])
    return widest if filled else 0


def _own_width(block: Sequence[Row]) -> int:
    """Give the width of a passage that is wrapped by itself in a text that is not; else 0.

    Every line but the last is full, which lines of verse are by chance alone; so the fewer there are, the
    wider they have to be and the more of them go on with a small letter. Prose of some length ends a sentence
    inside a line.
    """
    widest = max(row.width for row in block)
    if len(block) < 2 or not NARROWEST <= widest <= _WIDEST:
        return 0
    if len({row.line.indent for row in block[1:]}) > 1:
        return 0
    if not all(is_full(last, row, widest) for last, row in pairwise(block)):
        return 0
    going_on, small = len(block) - 1, sum(1 for row in block[1:] if row.text[:1].islower())
    inside, wide = any(SENTENCE_INSIDE.search(row.text) for row in block), widest >= _WIDE_LINE
    if len(block) <= _FEW_LINES:
        return widest if wide and small * 2 > going_on and (inside or small == going_on) else 0
    return widest if small * 3 >= going_on and (inside or wide) else 0


_FEW_LINES = 3
_WIDE_LINE = 58
"""Columns; verse is seldom so wide throughout."""
SENTENCE_INSIDE = lazily(r"[^\W\d_]{3}[.!?…][”’\"')]*\s+[“‘\"'(¿¡]?[^\W\d_a-z]")


def _is_filled(block: Sequence[Row], width: int, margins: tuple[int, int]) -> bool:
    """Tell whether most lines of a passage run to the margin, so that its short ones end paragraphs."""
    pairs = [(a, b) for a, b in pairwise(block) if not (_begins(b, margins) or speaks_next(a, b))]
    if not pairs:
        return len(block) < 2 or any(_begins(row, margins) for row in block[1:])
    full = [b for a, b in pairs if is_full(a, b, width) or (goes_on_small(b) and a.width * 2 > width)]
    return len(full) * 2 >= len(pairs) and (len(pairs) < LEAST_PAIRS or _is_prose(full))


def _begins(row: Row, margins: tuple[int, int]) -> bool:
    """Tell whether the indent of a line begins a paragraph."""
    base, first = margins
    return row.line.indent == first and first > base


def margins_of(rows: Sequence[Row]) -> tuple[int, int]:
    """Give the usual indent of lines that go on, and of lines that begin a paragraph without a blank line.

    The two are equal unless lines step in from the margin, with no blank line above, again and again.
    """
    inside = Counter(row.line.indent for row in rows if row.gap == 0)
    base = min((indent for indent, count in inside.items() if count * 20 >= len(rows)), default=0)
    steps = Counter(
        b.line.indent
        for a, b in pairwise(rows)
        if b.gap == 0 and a.line.indent == base and _SLIP < b.line.indent - base <= _DEEPEST_FIRST
    )
    first, count = steps.most_common(1)[0] if steps else (base, 0)
    only = count and rows[0].line.indent == first and {row.line.indent for row in rows} == {base, first}
    return (base, first) if count > 1 or only else (base, base)


_DEEPEST_FIRST = 8
_SLIP = 1
"""Columns of indent that mean nothing: the second space after a full stop, wrapped to the next line."""


def _belongs(group: list[Row], row: Row, width: int, margins: tuple[int, int]) -> bool:
    last = group[-1]
    if row.gap > 0 and not row.turned:
        return False
    if width and row.gap == 0 and row.text in _DASHES and not ends_full(last.text):
        return True
    # What goes on with a paragraph is no ornament, or it would stand by itself.
    above = (len(group) == 1 or last.text in _DASHES) and is_ornament(last.text)
    if above or is_ornament(row.text) or row.line.heading_level:
        return False
    # Also where lines are not wrapped: a word goes on, and so does its paragraph.
    cut = not width and row.gap == 0 and row.text[:1].islower() and bool(BROKEN.search(last.text))
    if cut or (row.turned and _is_torn(last, row, width, margins)):
        return True
    # What begins beyond the middle of the page is a dateline or a signature, each line of it by itself.
    apart = not width or row.gap > 0 or last.line.indent * 2 > width or _begins(row, margins)
    if apart or (len(group) > 1 and abs(row.line.indent - last.line.indent) > _SLIP):
        return False
    return is_full(last, row, width) or _flows(last, row, width)


def _is_torn(last: Row, row: Row, width: int, margins: tuple[int, int]) -> bool:
    """Tell whether a page turn cut a paragraph: a full line without a stop may go on with a large letter."""
    full = width > 0 and is_full(last, row, width) and not _begins(row, margins)
    large = full and last.text[-1].isalpha() and row.text[0].isalpha()
    return large or continues(last.text, row.text, prose=width > 0)


_DASHES = frozenset({"--", "---", "—", "–"})
"""Dashes that end a sentence broken off, wrapped to a line of their own, are no sign of a scene break."""


def _flows(last: Row, row: Row, width: int) -> bool:
    """Tell whether a paragraph runs over a line end that came early, as after a change by hand.

    Inside a passage whose lines mostly run to the margin, only a short line that ends a sentence ends a
    paragraph.
    """
    return goes_on_small(row) or not ends_full(last.text) or last.width * 4 >= width * 3
