"""Lists: entries below each other that begin with a sign or are counted.

In plain text a sign is no markup. A hyphen opens a speech in most languages, a number may count chapters or
verses, so that form, neighbours and the manner of the whole manuscript decide; what they do not decide stays
as it was typed, each entry in a line of its own.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol

from msgspec import Struct

from publish.document import Code, Entry, Figure, List, Paragraph, Table
from publish.draft import Line, inlines
from publish.normalize.lines.shape import ends_full, is_ornament
from publish.normalize.passages.wrapping import Row, is_full, touching, wrap_width
from publish.normalize.setting.habits import SPEECH_DASH
from publish.patterns import lazily
from publish.readers.lists import DEEPEST, follows, parts
from publish.source import Run

RULE = "STR040"
"""The sign of an entry leaves the text: the editions print their own."""
_SIGN = lazily(r"(?:(?P<bullet>[-+*•·‣◦▪])|(?P<number>\d{1,9})(?P<stop>[.)]))\s+(?=\S)")
_LEAST = 2
_LEAST_LOOSE = 3
"""Entries with blank lines between them, or whose lines are wrapped to the margin of their number."""
_LONGEST = 200
"""Letters of an entry, on average, where blank lines part counted paragraphs; longer ones are the text."""
_LONE_SPEECHES = 2
_MOST_FIGURES = 3
"""Figures of a number in plain text; four are a year."""


class Finish(Protocol):
    """Typography for one paragraph."""

    def __call__(self, run: Run, sign: int = 0, /) -> Run:
        """Set a paragraph; the first `sign` letters begin an entry of a list and leave the text."""


_Told = Code | Figure | Table
Listed = Paragraph | List | _Told
"""What stands in an entry, or takes the place of a list."""


class Item(Struct, frozen=True):
    """One paragraph of a list, or what else stands in an entry."""

    run: Run
    depth: int
    """In how many lists, one inside the other, it stands."""
    sign: int
    """Length of the sign with which it begins an entry; 0 where it goes on with one."""
    block: _Told | None = None


def marked(line: Line) -> Item:
    """Give the item that markup makes of a line."""
    run = Run.join([line.sign, line.run]) if line.sign else line.run
    return Item(run, line.depth, len(line.sign) if line.sign else 0)


_BULLET = lazily(r"[•‣◦▪●○■]\s+(?=\S)")


def bulleted(rows: Sequence[Row], at: int) -> int:
    """Give where paragraphs end that begin with one bullet though no markup makes them entries.

    `at` is the first, and given back where there are no two of them.
    """
    sign = rows[at].line.run.text[:1]
    if not sign or sign not in "•‣◦▪●○■":
        return at
    ends = (i for i in range(at, len(rows)) if not _is_bulleted(rows[i].line, sign))
    end = next(ends, len(rows))
    return end if end - at >= _LEAST else at


def _is_bulleted(line: Line, sign: str) -> bool:
    plain = not (line.depth or line.fence_id or line.image or line.columns)
    return plain and line.run.text.startswith(sign) and _BULLET.match(line.run.text) is not None


def unmarked(line: Line, unsigned: Finish) -> Item:
    """Give the item that a paragraph is whose bullet was typed."""
    found = _BULLET.match(line.run.text)
    return Item(Run.join([Run("- "), unsigned(line.run, found.end() if found else 0)]), 1, 2)


class Manner(Struct, frozen=True):
    """What a hyphen before a line may mean in a manuscript."""

    language: str
    alone: int
    """Sentences behind a hyphen that no other such line touches: somebody speaks there."""

    def speaks(self, texts: Sequence[str]) -> bool:
        """Tell whether lines that begin with a hyphen are speeches."""
        may = self.language[:2] in SPEECH_DASH or self.alone >= _LONE_SPEECHES
        return may and _are_sentences(texts)


def manner(sections: Iterable[Sequence[Row]], language: str) -> Manner:
    """Look at the whole manuscript for hyphens that open speeches."""
    alone = 0
    for rows in sections:
        hyphens = {at for at, row in enumerate(rows) if row.text.startswith("- ")}
        alone += sum(ends_full(rows[at].text) for at in hyphens if hyphens.isdisjoint((at - 1, at + 1)))
    return Manner(language, alone)


def _are_sentences(texts: Sequence[str]) -> bool:
    return sum(map(ends_full, texts)) * 2 >= len(texts)


# --- Items to blocks -------------------------------------------------------------------------------------


def blocks(
    items: Sequence[Item], finish: Finish, manner: Manner | None = None, *, told: bool = False
) -> list[Listed]:
    """Give the lists of items that markup (`told`) or `found` calls such.

    A single entry that no markup tells is a paragraph that begins so, and so are, where `manner` is given,
    speeches.
    """
    made: list[Listed] = []
    for part in _parted(items):
        texts = [item.run.text for item in part if item.sign]
        speech = manner is not None and texts[:1] and texts[0][0] == "-" and manner.speaks(texts)
        if len(texts) < (1 if told else _LEAST) or not part[0].sign or speech:
            made += [item.block or Paragraph(inlines(finish(item.run))) for item in part]
        else:
            made.append(_list(part, finish))
    return made


def _parted(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[part] for part in parts([(item.depth, item.run.text[: item.sign]) for item in items]))


def _list(items: Sequence[Item], finish: Finish) -> List:
    starts = [at for at, item in enumerate(items) if item.sign and item.depth <= items[0].depth]
    parts = (items[start:end] for start, end in pairwise([*starts, len(items)]))
    number = re.match(r"\d+", items[0].run.text)
    return List(
        tuple(Entry(tuple(_entry(part, finish))) for part in parts), int(number[0]) if number else None
    )


def _entry(items: Sequence[Item], finish: Finish) -> Iterator[Listed]:
    yield Paragraph(inlines(finish(items[0].run, items[0].sign)))
    at = 1
    while at < len(items):
        end = at
        while end < len(items) and items[end].depth > items[0].depth:
            end += 1
        if end > at and items[at].sign:
            yield from (_list(part, finish) for part in _parted(items[at:end]))
        else:
            end = at + 1
            yield items[at].block or Paragraph(inlines(finish(items[at].run)))
        at = end


# --- Lists in plain text ---------------------------------------------------------------------------------


class Place(Struct, frozen=True):
    """What a line of plain text is in a list."""

    depth: int
    sign: int
    """Length of the sign with which it begins an entry; 0 where it goes on with one."""


class _Fragment(Struct):
    """Lines that no blank line parts, from the first that begins an entry."""

    rows: Sequence[Row]
    whole: bool
    """Nothing stands above the first entry."""
    announced: bool
    """A line that ends with a colon stands above it."""
    flush: bool
    """Lines that go on with an entry begin where its number does."""


def found(
    sections: Iterable[Sequence[Row]], manner: Manner, refuses: Callable[[Run], bool]
) -> dict[int, Place]:
    """Find the lists of plain text, as places of their lines by index; `refuses` tells what is to stay."""
    places: dict[int, Place] = {}
    for rows in sections:
        for some in _together(rows):
            lines = [row for fragment in some for row in fragment.rows]
            if _is_list(some, lines, manner) and not any(refuses(row.line.run) for row in lines):
                places.update(_places(lines))
    return places


def _together(rows: Sequence[Row]) -> Iterator[list[_Fragment]]:
    """Give the fragments that only blank lines part."""
    open_: list[_Fragment] = []
    above = ""
    for block in _blocks(rows):
        fragment = _fragment(block, above)
        above = block[-1].text
        if open_ and not (fragment and fragment.whole and _goes_on(open_[-1], fragment)):
            yield open_
            open_ = []
        open_ += [fragment] if fragment else []
    if open_:
        yield open_


def _blocks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Give the rows between blank lines; where each line is a paragraph, those with bullets apart."""
    bullets = any(row.text[:1] in _BULLETS for row in rows) and not wrap_width(rows)
    for block in touching(rows):
        if bullets:
            yield from (list(some) for _, some in groupby(block, lambda row: row.text[:1] in _BULLETS))
        else:
            yield block


_BULLETS = ("•", "‣", "◦", "▪")


def _fragment(block: Sequence[Row], above: str) -> _Fragment | None:
    first = next((at for at, row in enumerate(block) if _sign(row)), None)
    if first is None or (first and not block[first - 1].text.endswith(":")):
        return None
    rows = block[first:]
    width = max(row.width for row in rows)
    flush, margin = False, rows[0].line.indent
    for last, row in pairwise(rows):
        if _sign(row):
            margin = row.line.indent
        elif row.line.indent <= margin:
            flush = True
            if not rows[0].text[0].isdigit() or not is_full(last, row, width):
                return None
    announced = (block[first - 1].text if first else above).endswith(":")
    return _Fragment(rows, first == 0, announced, flush)


def _sign(row: Row) -> re.Match[str] | None:
    if row.text[:1].isalpha():
        return None
    found = None if is_ornament(row.text) else _SIGN.match(row.text)
    return None if found and len(found["number"] or "") > _MOST_FIGURES else found


def _typed(row: Row) -> str:
    sign = _sign(row)
    return sign[0] if sign else ""


def _goes_on(above: _Fragment, below: _Fragment) -> bool:
    last = next(row for row in reversed(above.rows) if _sign(row) and _is_outer(row, above.rows))
    return follows(_typed(last), _typed(below.rows[0])) and last.line.indent == below.rows[0].line.indent


def _is_outer(row: Row, rows: Sequence[Row]) -> bool:
    return row.line.indent <= rows[0].line.indent


def _is_list(some: Sequence[_Fragment], lines: Sequence[Row], manner: Manner) -> bool:
    outer = [row for row in lines if _sign(row) and _is_outer(row, lines)]
    texts = [row.text for row in outer]
    loose = len(some) > 1
    if len(texts) < (_LEAST_LOOSE if loose or some[0].flush else _LEAST):
        return False
    if not all(follows(_typed(a), _typed(b)) for a, b in pairwise(outer)):
        return False
    if texts[0][0].isdigit():
        return _counts(texts) and not (loose and sum(map(len, texts)) > _LONGEST * len(texts))
    if texts[0][0] != "-":
        return True
    return not manner.speaks(texts) and (some[0].announced or not _are_sentences(texts))


def _counts(texts: Sequence[str]) -> bool:
    """Tell whether entries are counted on: from 1, or three and more of them."""
    numbers = [int(found["number"]) for text in texts if (found := _SIGN.match(text))]
    rising = all(b == a + 1 for a, b in pairwise(numbers))
    return rising and (numbers[0] == 1 or len(numbers) >= _LEAST_LOOSE)


def _places(lines: Sequence[Row]) -> Iterator[tuple[int, Place]]:
    margins: list[int] = []
    for row in lines:
        sign = _sign(row)
        if sign:
            while margins and row.line.indent <= margins[-1]:
                margins.pop()
            margins.append(row.line.indent)
        yield row.index, Place(min(len(margins), DEEPEST), sign.end() if sign else 0)


def regrouped(groups: Iterable[Sequence[Row]], places: dict[int, Place]) -> Iterator[Sequence[Row]]:
    """Let each entry of a list be one paragraph, and each other line stay where it is."""
    if not places:
        yield from groups
        return
    paragraph: list[Row] = []
    for group in groups:
        for at, row in enumerate(group):
            place = places.get(row.index)
            goes_on = not place.sign if place else at > 0 and group[at - 1].index not in places
            if paragraph and not goes_on:
                yield paragraph
                paragraph = []
            paragraph.append(row)
    if paragraph:
        yield paragraph
