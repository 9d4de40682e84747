"""Document, e-book and printed book say the same, and the e-book's page list tells the pages of the print."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from msgspec import Struct

from publish import build, epub, pdf
from publish.document import Book, division_runs, heading_text, walk_divisions
from publish.pagination import Pagination, letters
from publish.pdf.geometry import Geometry
from tests import ROOT, corpus
from tests.test_epub import HTML, MOMENT, OPS, entries, nav_entries, spine
from tests.test_pdf import Line, bottom, lines, page_of

SAMPLES = sorted(path.parent for path in ROOT.glob("manuscripts/*/*.txt"))
DAMAGED = (("treasure-island", "mix-seed"), ("tale-of-two-cities", "mix-pdf"), ("candide-fr", "mix-email"))
_MARK = "\ufdd0"


class Edition(Struct, frozen=True):
    """The text of an edition without heads, folios, contents and notes."""

    letters: str
    """Letters and figures alone, so that divided words are whole."""
    pages: dict[str, int]
    """Label of each page on which text begins → the letters before it."""


@cache
def editions(path: Path) -> tuple[Book, Edition, Edition, str]:
    """Give the document, the e-book, the printed book, and the e-book's text with its spaces."""
    book = build.assemble(build.load([path])).book
    printed = pdf.edition(book, modified=MOMENT)
    data = epub.write(book, cover=corpus.pixel(), pagination=Pagination(printed.starts, ""), modified=MOMENT)
    text = ebook_text(data)
    labels = [label for label, address in nav_entries(data, "page-list") if address[0].isdigit()]
    marks = [len(letters(text[: match.start()])) for match in re.finditer(_MARK, text)]
    ebook = Edition(letters(text), dict(zip(labels, marks, strict=True)))
    return book, ebook, print_edition(printed, book), text


def ebook_text(data: bytes) -> str:
    """Give the text of the divisions' files, a mark where a page of print begins."""
    parts, files = [], entries(data)
    for file in (file for file in spine(data) if file[0].isdigit()):
        body = ET.fromstring(files[f"EPUB/{file}"])[1]
        for element in body.iter():
            if element.get(f"{OPS}type") == "pagebreak":
                element.text = _MARK
            elif element.tag in (f"{HTML}p", f"{HTML}br", f"{HTML}td"):
                element.tail = f" {element.tail or ''}"
        parts.append("".join(body.itertext()))
    return " ".join(parts)


def print_edition(printed: pdf.Edition, book: Book) -> Edition:
    """Give the text of the pages of the divisions, without what stands above and below their columns."""
    divisions = {division.id for _, division in walk_divisions(book.divisions)}
    # Print sets the title of the book above a text that has no heading of its own.
    title = "" if heading_text(book.divisions[0]) else letters(book.metadata.title.value)
    geometry = page_of(printed.data)
    document = pypdfium2.PdfDocument(printed.data)
    labels = [document.get_page_label(number) for number in range(len(document))]
    document.close()
    ours = {start.label for start in printed.starts if start.place in divisions}
    text, pages = "", {}
    for label, page in zip(labels, lines(printed.data), strict=True):
        if label in ours:
            pages[label] = len(text)
            body = letters("".join(line.words for line in page if in_column(line, geometry)))
            text += body if text else body.removeprefix(title)
    return Edition(text, pages)


def in_column(line: Line, geometry: Geometry) -> bool:
    return geometry.top < line.y < bottom(geometry)


def manuscript(name: Path | tuple[str, str]) -> Path:
    """Give the manuscript of a sample book, or of a book of the corpus, cut short and damaged."""
    if isinstance(name, Path):
        return name
    book, recipe = name
    return corpus.manuscript(corpus.Job(recipe.partition("-")[0], book, recipe, words=2500))[0]


NAMES = [
    *(pytest.param(path, id=path.name) for path in SAMPLES),
    *(pytest.param(name, id=".".join(name), marks=pytest.mark.shared) for name in DAMAGED),
]


@pytest.mark.parametrize("name", NAMES)
def test_document_ebook_and_print_have_the_same_text(name: Path | tuple[str, str]) -> None:
    book, ebook, printed, _ = editions(manuscript(name))
    runs = [run.text for _, part in walk_divisions(book.divisions) for run in division_runs(part)]
    assert ebook.letters == letters("".join(runs))
    assert printed.letters == ebook.letters


@pytest.mark.parametrize("name", NAMES)
def test_the_page_list_tells_where_the_pages_of_print_begin(name: Path | tuple[str, str]) -> None:
    _, ebook, printed, text = editions(manuscript(name))
    assert list(ebook.pages) == list(printed.pages)
    words = word_starts(text)
    for label, at in printed.pages.items():
        # A page that begins within a word is marked at the next one.
        assert ebook.pages[label] == min(start for start in words if start >= at), label


def word_starts(text: str) -> set[int]:
    """Give how many letters stand before each word; what follows a hyphen or a dash begins one too."""
    text = text.replace(_MARK, "")
    ends = [match.end() for match in re.finditer(r"[\s\u2010-\u2014…/-]+", text)]
    counts = [0]
    for character in text:
        counts.append(counts[-1] + len(letters(character)))
    return {0, *(counts[end] for end in ends), counts[-1]}
