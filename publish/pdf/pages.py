"""Sections → pages: sides, blanks, numbers, contents, and the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from publish import styles, xhtml
from publish.document import Book, Metadata
from publish.fonts import MEAN_ADVANCE
from publish.pagination import Page, PageStart, marked, page_starts
from publish.pdf import glyphs
from publish.pdf.engine import Facts, Press
from publish.pdf.geometry import Geometry, expected_pages, geometry, gutter, page_css, trim_size
from publish.pdf.paragraphs import with_breakable_words
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

_OUTLINE_CSS = "*{bookmark-level:none}\n[data-outline]{bookmark-label:attr(data-outline)}\n" + "".join(
    f'[data-depth="{depth}"]{{bookmark-level:{depth}}}\n' for depth in range(1, 7)
)
_HEAD_SHARE = 0.68
"""Share of a line's characters that a running head may fill beside the folio."""


class Edition(Struct, frozen=True):
    """The printed book, and where its pages begin in the text."""

    data: bytes
    """The PDF file."""
    starts: tuple[PageStart, ...]


def write(book: Book, *, style: str = "classic", trim: str = "5.5x8.5in", modified: datetime) -> bytes:
    """Set a book and give the PDF; see `edition`."""
    return edition(book, style=style, trim=trim, modified=modified).data


def edition(book: Book, *, style: str = "classic", trim: str = "5.5x8.5in", modified: datetime) -> Edition:
    """Set a book and give the PDF with its page starts, the same for the same book, style, trim and time.

    Raises PublishError for a bad trim size, an unknown style, or typefaces and libraries that are missing.
    """
    # Where an older edition's pages began is nothing to this one.
    book = marked(book, ()).book
    size = trim_size(trim)
    css = styles.read(style, "print.css")
    body = body_sections(book)
    expected = expected_pages(characters(book), len(body), size)
    # The gutter follows from the page count, and the page count from the gutter: a thicker book is set again.
    while True:
        setting = _Setting(book, css, geometry(size, expected))
        pages, front = setting.pages(body)
        if gutter(len(pages)) <= gutter(expected):
            data = setting.press.print(pages, _facts(book.metadata, modified), front)
            return Edition(data, page_starts(book, setting.described(pages, front)))
        expected = len(pages)


class _Setting:
    """A book being set on one geometry."""

    def __init__(self, book: Book, css: str, page: Geometry) -> None:
        text = "".join(section.body for section in [*title_sections(book), *body_sections(book)])
        lacking = glyphs.missing(text + xhtml.contents_title(book.metadata.language.value))
        self.book = book
        self.language = book.metadata.language.value
        self.press = Press(page_css(page) + _OUTLINE_CSS + css, second_face=bool(lacking))
        self.mend = glyphs.mender(
            lacking, lambda characters: self.press.unprintable(characters, self.language)
        )
        self.most = int(page.measure / (MEAN_ADVANCE * page.size) * _HEAD_SHARE)
        authors = [c.name.value for c in book.metadata.creators if c.role == "aut"]
        self.verso_head = _shortened(", ".join(authors) or book.metadata.title.value, self.most)

    def pages(self, body: Sequence[Section]) -> tuple[list[Any], int]:
        """Give all pages, an even number, and how many of them stand before page 1."""
        pages, entries = self._run(body, str)
        front = self._front(entries)
        return front + self._even(pages), len(front)

    def described(self, pages: Sequence[Any], front: int) -> Iterator[Page]:
        """Tell of each page its label and what is printed on it."""
        for index, page in enumerate(pages):
            label = _roman(index + 1) if index < front else str(index + 1 - front)
            yield Page(label, self.press.printed(page))

    def _front(self, entries: list[Entry]) -> list[Any]:
        """Lay out the front matter; the contents twice where they list what follows them in it."""
        before, after = title_sections(self.book), prefatory_sections(self.book)
        prefaces = [Entry(section, "") for section in after]
        while True:
            contents = contents_section([*prefaces, *entries], self.language)
            pages, placed = self._run([*before, *([contents] if contents else []), *after], _roman)
            found = placed[len(placed) - len(after) :]
            if found == prefaces:
                return self._even(pages)
            prefaces = found

    def _run(self, sections: Sequence[Section], folio: Callable[[int], str]) -> tuple[list[Any], list[Entry]]:
        """Lay out sections one after the other, the first on a right-hand page, with their first folios."""
        pages: list[Any] = []
        entries = []
        for section in sections:
            if (section.recto and len(pages) % 2) or (section.verso and len(pages) % 2 == 0):
                pages.append(self._blank(len(pages) + 1))
            entries.append(Entry(section, folio(len(pages) + 1)))
            pages += self._lay_out(section, len(pages) + 1)
        return pages, entries

    def _lay_out(self, section: Section, number: int) -> list[Any]:
        heads = f'data-verso="{xhtml.escape(self.verso_head)}"'
        heads += f' data-recto="{xhtml.escape(_shortened(section.head, self.most))}"'
        direction = ' dir="rtl"' if xhtml.is_right_to_left(self.language) else ""
        html = (
            f'<html lang="{xhtml.escape(self.language)}"{direction} class="{section.manner.value}" {heads}>'
            f"<body>{section.body}</body></html>"
        )
        return self.press.lay_out(with_breakable_words(self.mend(html)), _place_css(number))

    def _even(self, pages: list[Any]) -> list[Any]:
        return [*pages, self._blank(len(pages) + 1)] if len(pages) % 2 else pages

    def _blank(self, number: int) -> Any:
        """Give a wholly blank page, which is counted all the same."""
        return self.press.lay_out(f'<html class="{Manner.DISPLAY.value}"></html>', _place_css(number))[0]


def _place_css(number: int) -> str:
    """Put a section's first page on its side of the spread and give it its number."""
    side = "right" if number % 2 else "left"
    return f"html{{break-before:{side}}}@page:first{{counter-reset:page {number}}}"


def _shortened(head: str, most: int) -> str:
    """Cut a running head that would not fit on its line after a whole word."""
    if len(head) <= most:
        return head
    return head[:most].rpartition(" ")[0].rstrip(" ,;:.–—-") + "…"


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _roman(number: int) -> str:
    """Write a folio of the front matter: 4 is "iv"."""
    text = ""
    for value, figure in _ROMAN:
        count, number = divmod(number, value)
        text += figure * count
    return text


def _facts(metadata: Metadata, modified: datetime) -> Facts:
    return Facts(
        title=metadata.title.value,
        authors=tuple(creator.name.value for creator in metadata.creators if creator.role == "aut"),
        language=metadata.language.value,
        description=metadata.description.value if metadata.description else "",
        created=metadata.date.value if metadata.date else "",
        modified=modified.astimezone(UTC) if modified.tzinfo else modified,
    )
