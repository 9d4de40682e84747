"""Sections → pages: sides, blanks, numbers, contents, and the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from html import unescape
from typing import Any

from msgspec import Struct

from publish import directions, glyphs, standing, styles, xhtml
from publish.config import Destination, Engine
from publish.document import Book, Metadata
from publish.fonts import SECOND_FAMILY
from publish.pagination import TITLE_PAGE, Page, PageStart, page_starts, without_pages
from publish.pdf import composer, paragraphs
from publish.pdf.chapters import Composed, Task, Workshop
from publish.pdf.composer import heads
from publish.pdf.engine import Facts, facts_of, ready_press
from publish.pdf.geometry import (
    Geometry,
    expected_pages,
    geometry,
    gutter,
    page_css,
    trim_size,
    type_of,
    with_page,
)
from publish.pdf.initials import initials_css, with_initials
from publish.pdf.leaves import PLACEHOLDER, Leaf, Patch
from publish.pdf.pictured import ProofSheets
from publish.pdf.plates import has_plates, plate_css, with_plates
from publish.pdf.report import SetPage
from publish.pdf.sections import (
    Entry,
    Manner,
    Section,
    body_sections,
    characters,
    contents_section,
    prefatory_sections,
    title_sections,
)
from publish.pictures import NONE, Pictures
from publish.stores import STORES, Store

_OUTLINE_CSS = "*{bookmark-level:none}\n[data-outline]{bookmark-label:attr(data-outline)}\n" + "".join(
    f'[data-depth="{depth}"]{{bookmark-level:{depth}}}\n' for depth in range(1, 7)
)
_AGAINST_CSS = "html:not([dir]) p[dir=rtl]{text-indent:0}\n"
"""WeasyPrint would indent a paragraph from right to left at its left."""
_TAG = re.compile("<[^>]*>")
_EASES = (1.0, 1.1, 1.25)
"""By how much the letters of a line may be wider than a title's others: the least that adds no line."""
_TITLE = 1.15
"""Size of a long title, in that of the text."""
_USUAL = 14
"""Points of type up to which code may be smaller: in large print nothing is."""
_HEAD_SHARE = 0.68
"""Share of a line's characters that a running head may fill beside the folio, on WeasyPrint's pages."""


_TITLE_SECTION = f'<section class="{TITLE_PAGE}"'
_DENSE = f'<section class="{TITLE_PAGE} dense"'
"""Of a title page with more on it than has room."""
_CAPITALS = 0.7
"""Of those characters, how many fit if they are small capitals that stand apart."""


class Edition(Struct, frozen=True):
    """The printed book, and where its pages begin in the text."""

    data: bytes
    """The PDF file."""
    begins: Callable[[], tuple[PageStart, ...]]
    named: str = ""
    """Characters that no font here has; their names are printed."""

    @property
    def starts(self) -> tuple[PageStart, ...]:
        """Where its pages begin in the text, found when it is asked for."""
        return self.begins()


def write(book: Book, *, modified: datetime, **options: Any) -> bytes:
    """Set a book and give the PDF; see `edition`."""
    return edition(book, modified=modified, **options).data


def edition(  # noqa: PLR0913 - the book, its pictures, and one parameter for each choice
    book: Book,
    *,
    pictures: Pictures = NONE,
    style: str = "classic",
    trim: str = "",
    engine: Engine = Engine.COMPOSER,
    destination: Destination = Destination.SCREEN,
    colour: bool = False,
    plates: Collection[str] = (),
    modified: datetime,
) -> Edition:
    """Set a book and give the PDF with its page starts, the same for the same arguments.

    `pictures` are those that the figures of the book name, `plates` the names of those that fill a page;
    `colour` keeps their colours in a file for a printer. Without a trim size the style's own is taken.
    Raises PublishError for a bad trim size, an unknown style, a broken picture, or typefaces and libraries
    that are missing.
    """
    # Where an older edition's pages began is nothing to this one.
    book = without_pages(book)
    store = STORES[destination.value]
    wish = _Wish(style, trim, pictures, plates, engine, blank_end=store.blank_end)
    setting, pages, front = _set(book, wish)
    data = _file(setting, pages, front, facts_of(book.metadata, modified), store, colour=colour)
    return Edition(data, lambda: page_starts(book, setting.described(pages, front)), setting.named)


def _file(  # noqa: PLR0913 - the pages, and what the file says and suits
    setting: _Setting, pages: Sequence[Leaf], front: int, facts: Facts, store: Store, *, colour: bool
) -> bytes:
    """Give the pages as one file that suits its destination."""
    from publish.pdf.finishing import Composite, finished

    stock = [leaf.stock for leaf in pages if leaf.stock is not None]
    stock += [patch.stock for leaf in pages for patch in leaf.patches]
    data = setting.press.print(stock, facts, tagged=not store.is_press)
    used = [setting.painter.glyphs, *(painting.glyphs for painting in setting.paintings)]
    composed = Composite(pages, used, setting.families) if setting.by_composer else None
    return finished(data, composed, front, store, colour=colour, bleeds=setting.bleeds)


def proofs(book: Book, **options: Any) -> tuple[SetPage, ...]:
    """Set a book and give the lines of all pages that the composer made, for `report`; see `proof_sheets`."""
    return proof_sheets(book, **options).pages


def proof_sheets(  # noqa: PLR0913 - as `edition`
    book: Book,
    *,
    pictures: Pictures = NONE,
    style: str = "classic",
    trim: str = "",
    plates: Collection[str] = (),
    printed: datetime | None = None,
) -> ProofSheets:
    """Set a book to be judged; with the file where the moment is given that it bears."""
    book = without_pages(book)
    setting, pages, front = _set(book, _Wish(style, trim, pictures, plates, measured=True))
    facts = facts_of(book.metadata, printed) if printed else None
    data = _file(setting, pages, front, facts, STORES["kdp"], colour=True) if facts else b""
    return ProofSheets(tuple(setting.proofs(pages, front)), data, setting.page)


class _Wish(Struct, frozen=True):
    """How a book is to be set; see `edition`."""

    style: str
    trim: str
    pictures: Pictures
    plates: Collection[str]
    engine: Engine = Engine.COMPOSER
    measured: bool = False
    blank_end: bool = False


def _set(book: Book, wish: _Wish) -> tuple[_Setting, list[Leaf], int]:
    """Give the setting of a book, its pages, and how many of them stand before page 1.

    The gutter follows from the page count, and the page count from the gutter: a thicker book is set again.
    """
    manner = styles.load(wish.style)
    size = trim_size(wish.trim or manner.page.trim)
    body = body_sections(book)
    expected = expected_pages(characters(book), len(body), size, type_of(manner))
    while True:
        setting = _Setting(book, body, manner, geometry(size, expected, type_of(manner)), wish)
        pages, front = setting.pages(body, blank_end=wish.blank_end)
        if gutter(len(pages)) <= gutter(expected):
            return setting, pages, front
        expected = len(pages)


_bodies: dict[tuple[str, ...], str] = {}
"""Sections as they can be printed, by all that they hang on, for a book that is made again."""
_MOST_BODIES = 2_000


class _Setting:
    """A book being set on one geometry."""

    def __init__(
        self, book: Book, body: Sequence[Section], style: styles.Style, page: Geometry, wish: _Wish
    ) -> None:
        texts = [section.body for section in (*title_sections(book), *body)]
        plain, code_of = zip(*map(glyphs.code_apart, texts), strict=True)
        signs = set().union(standing.words(book.metadata.language.value).contents, *plain)
        lacking = glyphs.missing("".join(signs), style.families)
        code = glyphs.missing("".join(code_of), style.families_of_code)
        self.book = book
        self.body = body
        self.lacking = "".join([lacking, code, *style.families])
        self.page = page
        self.language = book.metadata.language.value
        self.by_composer = wish.engine is Engine.COMPOSER
        self.composes = self.by_composer and not directions.is_right_to_left(self.language)
        families = style.families_of("".join(texts))
        self.families = (*families, SECOND_FAMILY)
        self.deep = style.page.drop_cap
        sheet = (
            page_css(page) + _OUTLINE_CSS + _AGAINST_CSS + initials_css(self.deep, page, style.text_family)
        )
        sheet += with_page(style.sheets[styles.PRINT], page) + plate_css(page)
        self.plates = wish.plates
        self.bleeds = any(has_plates(with_plates(text, wish.plates)) for text in texts)
        self.press = ready_press(sheet, self.families if lacking + code else families, wish.pictures)
        self.workshop = Workshop(self.press, page, sheet, measured=wish.measured)
        self.named = ""
        self.mend = glyphs.apart(
            glyphs.mender(lacking, style.families, self._unprintable),
            glyphs.mender(code, style.families_of_code, self._unprintable),
        )
        self.most = int(page.measure / (page.mean_advance * page.size) * _HEAD_SHARE)
        self.verso_head = _authors(book.metadata, self.most * _CAPITALS) or book.metadata.title.value
        self.painter = composer.Painter(page)
        self.paintings: list[composer.Painting] = []
        self.stamps: dict[Manner, heads.Stamps] = {}

    def pages(self, body: Sequence[Section], *, blank_end: bool = False) -> tuple[list[Leaf], int]:
        """Give all pages, an even number, and how many of them stand before page 1."""
        pages, entries = self._run(body, str)
        front = self._front(entries)
        if blank_end:
            pages.append(self._blank(len(pages) + 1))
        return front + self._even(pages), len(front)

    def _unprintable(self, characters: str) -> set[str]:
        found = self.press.unprintable(characters, self.language)
        self.named = "".join(sorted({*self.named, *found}))
        return found

    def described(self, pages: Sequence[Leaf], front: int) -> Iterator[Page]:
        """Tell of each page its label and what is printed on it."""
        for index, leaf in enumerate(pages):
            label = _label(index, front)
            if leaf.painting is not None:
                yield Page(label, leaf.painting.sheets[leaf.sheet].printed)
            else:
                yield Page(label, self.press.printed(leaf.stock) if leaf.stock else ())

    def proofs(self, pages: Sequence[Leaf], front: int) -> Iterator[SetPage]:
        """Give the lines of the pages that the composer made."""
        section = 0
        for index, leaf in enumerate(pages):
            if leaf.painting is not None:
                section += leaf.sheet == 0
                lines = leaf.painting.lines[leaf.sheet]
                yield SetPage(_label(index, front), section, index % 2 == 0, lines, index)

    def _front(self, entries: list[Entry]) -> list[Leaf]:
        """Lay out the front matter; the contents twice where they list what follows them in it."""
        before, after = title_sections(self.book), prefatory_sections(self.book, self.body)
        prefaces = [Entry(section, "") for section in after]
        while True:
            contents = contents_section([*prefaces, *entries], self.language)
            pages, placed = self._run([*before, *([contents] if contents else []), *after], heads.roman)
            found = placed[len(placed) - len(after) :]
            if found == prefaces:
                return self._even(pages)
            prefaces = found

    def _run(
        self, sections: Sequence[Section], folio: Callable[[int], str]
    ) -> tuple[list[Leaf], list[Entry]]:
        """Lay out sections one after the other, the first on a right-hand page, with their first folios."""
        pages: list[Leaf] = []
        entries = []
        bodies = [self._body(section) for section in sections]
        for section, body, composed in zip(sections, bodies, self._composed(sections, bodies), strict=True):
            if (section.recto and len(pages) % 2) or (section.verso and len(pages) % 2 == 0):
                pages.append(self._blank(len(pages) + 1))
            number = len(pages) + 1
            entries.append(Entry(section, folio(number)))
            if painting := composed and composed.from_page(number):
                pages += self._leaves(section, painting, number)
            else:
                pages += self._lay_out(section, body, number)
        return pages, entries

    def _body(self, section: Section) -> str:
        """Give a section's XHTML as it can be printed."""
        deep = self.deep if section.manner is Manner.CHAPTER else 0
        key = section.body, self.language, self.lacking, repr((deep, self.page)), *sorted(self.plates)
        known = _bodies.pop(key, None)
        if known is None:
            body = directions.directed(xhtml.tied(section.body, self.language), self.language)
            body = paragraphs.with_breakable_words(self.mend(body))
            body = paragraphs.with_even_titles(body, self.most / _HEAD_SHARE / _TITLE)
            large = self.page.size > _USUAL
            body = paragraphs.with_fitted_code(body, self.page.measure / self.page.size, large=large)
            known = with_initials(with_plates(body, self.plates), deep, self.page)
            while len(_bodies) >= _MOST_BODIES:
                del _bodies[next(iter(_bodies))]
        _bodies[key] = known
        return known

    def _composed(self, sections: Sequence[Section], bodies: Sequence[str]) -> list[Composed | None]:
        """Give the sections that the composer can set; None stands for the others."""
        tasks = {
            index: Task(self._start(section) + ">", body, grows=self._grows(section.manner))
            for index, (section, body) in enumerate(zip(sections, bodies, strict=True))
            if self.composes and section.manner in (Manner.CHAPTER, Manner.PREFACE)
        }
        found = dict(zip(tasks, self.workshop.compose(list(tasks.values())), strict=True))
        return [found.get(index) for index in range(len(sections))]

    def _grows(self, manner: Manner) -> bool:
        """Tell whether pages may be a line longer: not where a folio stands below them."""
        feet = (
            stamp.side == "Footer" for right in (True, False) for stamp in self._stamps(manner)[False, right]
        )
        return not any(feet)

    def _stamps(self, manner: Manner) -> heads.Stamps:
        if manner not in self.stamps:
            self.stamps[manner] = heads.read_stamps(
                self.press, manner.value, self.language, self.page, _place_css
            )
        return self.stamps[manner]

    def _start(self, section: Section) -> str:
        direction = ' dir="rtl"' if directions.is_right_to_left(self.language) else ""
        return f'<html lang="{xhtml.escape(self.language)}"{direction} class="{section.manner.value}"'

    def _lay_out(self, section: Section, body: str, number: int) -> list[Leaf]:
        """Give the pages of a section as WeasyPrint makes them; the first has a number."""
        if self.composes:
            body = body.replace('href="#', f'href="{PLACEHOLDER}')
        body = paragraphs.with_whole_notes(body, self.most * self.page.lines)
        verso, recto = (xhtml.escape(_shortened(head, self.most)) for head in (self.verso_head, section.head))
        heads_of = f' data-verso="{verso}" data-recto="{recto}"'
        html = f"{self._start(section)}{heads_of}><body>{body}</body></html>"
        pages = self.press.kept(html, _place_css(number))
        if len(pages) > 1 and _TITLE_SECTION in html:
            html = html.replace(_TITLE_SECTION, _DENSE)
            pages = self.press.kept(html, _place_css(number))
        titles = self.press.broken(pages[0]) if section.manner is Manner.DISPLAY else []
        for ease in _EASES if titles else ():
            fills = ((xhtml.escape(title), most / ease) for title, _, most in titles)
            even = self.press.kept(paragraphs.with_even_lines(html, fills), _place_css(number))
            if [lines for _, lines, _ in self.press.broken(even[0])] == [lines for _, lines, _ in titles]:
                return [Leaf(stock=page) for page in even]
        return [Leaf(stock=page) for page in pages]

    def _leaves(self, section: Section, painting: composer.Painting, number: int) -> list[Leaf]:
        """Give the pages of a composed section with their running heads and folios."""
        self.paintings.append(painting)
        leaves = []
        for index, sheet in enumerate(painting.sheets):
            if sheet.plate:
                leaves.append(self._plate(sheet.plate, number + index))
                continue
            margins = self._margins(section.manner, number + index, section.head, is_first=index == 0)
            patches = tuple(self._patch(section, one) for one in sheet.pasted)
            leaves.append(Leaf(painting=painting, sheet=index, margins=margins, patches=patches))
        return leaves

    def _patch(self, section: Section, where: composer.Pasted) -> Patch:
        """Let WeasyPrint draw what the composer left to it."""
        html = f"{self._start(section)}>{where.body}</html>"
        css, lines = composer.endless(self.page.measure), where.lines
        if where.is_table:
            css, lines = css + composer.only_rows(*lines), (0, 0)
        clip = self.press.cut(html, css, lines)
        return Patch(where, clip.page, clip.height)

    def _plate(self, body: str, number: int) -> Leaf:
        """Give a page that a picture fills."""
        html = f'<html class="{Manner.DISPLAY.value}">{body}</html>'
        return Leaf(stock=self.press.lay_out(html, _place_css(number))[0], is_plate=True)

    def _margins(self, manner: Manner, number: int, recto: str, *, is_first: bool) -> bytes:
        """Give the drawing of running head and folio."""
        title, verso = self._words(self.book.metadata.title.value), self._words(self.verso_head)
        texts = {
            "arabic": [str(number)],
            "roman": [heads.roman(number)],
            "verso": [verso, title],
            "recto": [self._words(recto), title],
        }
        right = bool(number % 2)
        return self.painter.margins(self._stamps(manner)[is_first, right], texts, right=right)

    def _words(self, head: str) -> str:
        """Give a head with equals for what no face has."""
        return unescape(_TAG.sub("", self.mend(xhtml.escape(head))))

    def _even(self, pages: list[Leaf]) -> list[Leaf]:
        return [*pages, self._blank(len(pages) + 1)] if len(pages) % 2 else pages

    def _blank(self, number: int) -> Leaf:
        """Give a wholly blank page, which is counted all the same."""
        if self.composes:
            return Leaf()
        html = f'<html class="{Manner.DISPLAY.value}"></html>'
        return Leaf(stock=self.press.kept(html, _place_css(number))[0])


def _label(index: int, front: int) -> str:
    """Give the folio of a page of which so many others come before, printed or not."""
    return heads.roman(index + 1) if index < front else str(index + 1 - front)


def _place_css(number: int) -> str:
    """Put a section's first page on its side of the spread and give it its number."""
    side = "right" if number % 2 else "left"
    return f"html{{break-before:{side}}}@page:first{{counter-reset:page {number}}}"


def _shortened(head: str, most: int) -> str:
    """Cut a running head that would not fit on its line after a whole word."""
    if len(head) <= most:
        return head
    return head[:most].rpartition(" ")[0].rstrip(" ,;:.–—-") + "…"


def _authors(metadata: Metadata, most: float) -> str:
    """Give the authors in not many more than so many characters, by their last names where they must be.

    Nothing where these are too many: a head must not name some authors and leave out others.
    """
    authors = [creator for creator in metadata.creators if creator.role == "aut"]
    names = [creator.name.value for creator in authors]
    if len(", ".join(names)) > most:
        names = [re.sub(r" *\([^()]*\)", "", name) for name in names]
    if len(", ".join(names)) > most:
        names = [
            one.file_as.partition(",")[0] or name.split()[-1]
            for one, name in zip(authors, names, strict=True)
        ]
    head = ", ".join(names)
    return head if len(names) == 1 or len(head) <= most / _CAPITALS else ""
