"""Where the pages of the printed book begin in its text, told in a form that every engine can give.

An engine says, page by page, which words it printed of which place of the book; `page_starts` finds them
in the text itself. What an engine adds or changes (hyphens at line ends, joiners, another sign for one that
the face lacks) is nothing it has to account for: only letters and figures are compared.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from publish.document import (
    Block,
    Book,
    Code,
    Division,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    Letter,
    LineBreak,
    List,
    Note,
    PageBreak,
    Paragraph,
    Quotation,
    SceneBreak,
    Speaker,
    Strong,
    Subheading,
    Table,
    Text,
    Verse,
    VerseLine,
    block_lines,
    division_runs,
    prose,
    walk_divisions,
    with_inner,
)
from publish.patterns import lazily
from publish.source import Run

HALF_TITLE, TITLE_PAGE, COPYRIGHT_PAGE, CONTENTS = "half-title", "title-page", "copyright-page", "contents"
"""Places that are no divisions. A line of the contents is `CONTENTS`, a slash and the division's id."""

Printed = tuple[str, str]
"""A place (a division's id, or one of the above) and words printed of it, in reading order.

Of a picture, and of notes, it has no words.
"""


class Page(Struct, frozen=True):
    """One page as an engine laid it out; the words of notes and its running head are left out."""

    label: str
    """Its folio, printed or not: "xii", "3"."""
    printed: Sequence[Printed]


class PageStart(Struct, frozen=True):
    """Where a page begins: after how many letters and figures of the text of a place.

    The text of a division is that of `document.division_runs`, inner divisions and notes left out.
    """

    label: str
    place: str
    offset: int


class Pagination(Struct, frozen=True):
    """The pages of a printed edition, for an edition that refers to them."""

    starts: tuple[PageStart, ...]
    source: str
    """What names the printed edition: `urn:isbn:…`, or words where it has no number."""


def letters(text: str) -> str:
    """Give the letters and figures of a text, in which page starts are counted."""
    return "".join(filter(str.isalnum, text))


def page_starts(book: Book, pages: Iterable[Page]) -> tuple[PageStart, ...]:
    """Give where the pages begin, in their order; a blank one begins nowhere.

    A page that has nothing but a picture, or the rest of notes, begins where the text goes on after it.
    """
    texts = {
        division.id: letters("".join(run.text for run in division_runs(division, notes=False)))
        for _, division in walk_divisions(book.divisions)
    }
    found: list[tuple[str, str, int]] = []
    printed: dict[str, str] = {}
    last = ""
    for page in pages:
        begun = False
        for place, words in page.printed:
            before, plain = printed.get(place, ""), letters(words)
            if plain and not begun:
                found.append((page.label, place, len(before)))
                begun = True
            printed[place] = before + plain
            last = place or last
        if not begun and last in texts and any(not words for _, words in page.printed):
            found.append((page.label, last, len(printed.get(last, ""))))
    return tuple(_starts(found, printed, texts))


_PROBE = 24
"""Letters that tell a passage of a chapter from nearly all others."""


def _starts(
    found: Sequence[tuple[str, str, int]], printed: Mapping[str, str], texts: Mapping[str, str]
) -> Iterable[PageStart]:
    last: dict[str, int] = {}
    drift: dict[str, int] = {}
    for label, place, offset in found:
        if place not in texts:
            yield PageStart(label, place, offset)
            continue
        probe = printed[place][offset : offset + _PROBE].lower()
        at = _found(texts[place], probe, offset + drift.get(place, 0), last.get(place, 0))
        last[place], drift[place] = at, at - offset
        yield PageStart(label, place, at)


def _found(text: str, probe: str, expected: int, least: int) -> int:
    """Give where a probe stands: where it is expected, else at its next place; else what was expected."""
    if text[expected : expected + len(probe)].lower() == probe:
        return expected
    at = text.lower().find(probe, least)
    return at if at >= 0 else max(least, min(expected, len(text)))


class Marked(Struct, frozen=True):
    """A book with the page breaks of print in its text."""

    book: Book
    openings: Mapping[str, tuple[str, ...]]
    """Labels of the pages that begin with a place itself: before a division's heading, on the title page."""


def marked(book: Book, starts: Sequence[PageStart]) -> Marked:
    """Put the pages of the printed book into the text, in place of page breaks that it holds already."""
    by_place: dict[str, list[PageStart]] = {}
    openings: dict[str, tuple[str, ...]] = {}
    for start in starts:
        by_place.setdefault(start.place, []).append(start)
        if start.offset == 0:
            openings[start.place] = (*openings.get(start.place, ()), start.label)
    divisions = tuple(_division(division, by_place, openings) for division in book.divisions)
    return Marked(replace(book, divisions=divisions), openings)


def without_pages(book: Book) -> Book:
    """Give the book without page breaks; itself, where it has none."""
    runs = (division for _, division in walk_divisions(book.divisions))
    return marked(book, ()).book if any(map(_has_pages, runs)) else book


def _has_pages(division: Division) -> bool:
    """Tell whether there is a page break in a division's own text or heading."""
    lines = (line for block in division.blocks for line in block_lines(block))
    return any(map(_breaks, (division.title, division.subtitle, *lines)))


def _breaks(inlines: tuple[Inline, ...]) -> bool:
    return any(isinstance(one, PageBreak) or _breaks(getattr(one, "children", ())) for one in inlines)


def _division(
    division: Division, starts: Mapping[str, list[PageStart]], openings: dict[str, tuple[str, ...]]
) -> Division:
    heading = _heading_letters(division)
    found = starts.get(division.id, [])
    count = len(letters("".join(run.text for run in division_runs(division, notes=False))))
    # A page that begins with a text without heading is marked at its first word, like any other; one that
    # begins after the last letter is marked there, or at the heading where there is nothing else.
    opening = heading if heading < count else count + 1
    openings[division.id] = tuple(start.label for start in found if start.offset < opening)
    inner = [(min(start.offset, count - 1), start.label) for start in found if start.offset >= opening]
    cutter = _Cutter([(offset - heading, label) for offset, label in inner])
    return replace(
        division,
        title=_unmarked(division.title),
        subtitle=_unmarked(division.subtitle),
        blocks=tuple(map(cutter.block, division.blocks)),
        divisions=tuple(_division(inner, starts, openings) for inner in division.divisions),
    )


def _heading_letters(division: Division) -> int:
    label = division.label.text if division.label else ""
    return len(letters(label + prose(division.title).text + prose(division.subtitle).text))


class _Cutter:
    """Goes through blocks in their order and puts a page break where each page begins."""

    def __init__(self, starts: Sequence[tuple[int, str]]) -> None:
        """Take pages as offset in letters and label, in their order."""
        self.waiting = list(reversed(starts))
        self.passed = 0

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Subheading() | Code():
                return replace(block, children=self._children(block.children))
            case SceneBreak():
                return block
            case Verse():
                return replace(block, stanzas=tuple(self._lines(stanza) for stanza in block.stanzas))
            case Letter() | Quotation() | List():
                return with_inner(block, self.block)
            case Figure():
                caption, credit = self._children(block.caption), self._children(block.credit)
                return replace(block, caption=caption, credit=credit)
            case Table():
                head, *rows = (tuple(map(self._children, row)) for row in (block.head, *block.rows))
                return replace(block, head=head, rows=tuple(rows))
            case _:
                assert_never(block)

    def _lines(self, stanza: Sequence[VerseLine]) -> tuple[VerseLine, ...]:
        return tuple(replace(line, children=self._children(line.children)) for line in stanza)

    def _children(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        children = _unmarked(children)
        text = prose(children).text
        count = len(letters(text))
        cuts = []
        while self.waiting and self.waiting[-1][0] < self.passed + count:
            offset, label = self.waiting.pop()
            cuts.append((_word_start(text, offset - self.passed), label))
        self.passed += count
        return _cut(children, cuts)


def _unmarked(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Drop page breaks from running text."""
    return tuple(_inner_unmarked(child) for child in children if not isinstance(child, PageBreak))


def _inner_unmarked(child: Inline) -> Inline:
    return (
        replace(child, children=_unmarked(child.children))
        if isinstance(child, Emphasis | Strong | Foreign | Speaker | Note)
        else child
    )


_WORD_END = lazily(r"\s+|[-\u2010-\u2014…/]+(?=\w)")
_DASHES = "-\u2010\u2011\u2012–—…/"


def _word_start(text: str, count: int) -> int:
    """Give the offset in a text of the word that begins a page, `count` letters being on pages before.

    Signs that open the word belong to it. A word that was divided is not cut in two, for whoever hears or
    looks up its halves would not know it: the page is marked after it, before the next word.
    """
    places = [at for at, character in enumerate(text) if character.isalnum()]
    at = places[max(0, count)]
    before = places[count - 1] + 1 if count > 0 else 0
    gap = text[before:at]
    if count <= 0 or any(character.isspace() for character in gap):
        return before + len(gap) - len(gap.split()[-1]) if gap.strip() and not gap[-1].isspace() else at
    if dash := max(gap.rfind(sign) for sign in _DASHES) + 1:
        return before + dash
    if unicodedata.east_asian_width(text[at]) in "WF":
        # Scripts without spaces: the line, and so the page, may end after any sign.
        return at
    following = _WORD_END.search(text, at)
    return following.end() if following else len(text)


def _cut(children: tuple[Inline, ...], cuts: Sequence[tuple[int, str]]) -> tuple[Inline, ...]:
    """Put page breaks at offsets of the text of inlines, as far out of its markup as they can stand."""
    if not cuts:
        return children
    parts: list[Inline] = []
    waiting, at = list(cuts), 0
    for child in children:
        length = len(prose((child,)))
        while waiting and waiting[0][0] <= at:
            parts.append(PageBreak(Run(waiting.pop(0)[1])))
        inside = [(offset - at, label) for offset, label in waiting if offset < at + length]
        del waiting[: len(inside)]
        parts += _split(child, inside)
        at += length
    return (*parts, *(PageBreak(Run(label)) for _, label in waiting))


def _split(child: Inline, cuts: Sequence[tuple[int, str]]) -> Iterator[Inline]:
    match child:
        case Text():
            ends = [offset for offset, _ in cuts]
            for start, end, (_, label) in zip([0, *ends], [*ends], cuts, strict=False):
                yield Text(child.run.slice(start, end))
                yield PageBreak(Run(label))
            yield Text(child.run.slice(ends[-1], len(child.run))) if ends else child
        case Emphasis() | Strong() | Foreign() | Speaker():
            yield replace(child, children=_cut(child.children, cuts))
        case LineBreak() | PageBreak() | Note():
            yield child
        case _:
            assert_never(child)
