"""Running heads, titles and turned-over lines as a compositor would have them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from publish import fonts, pdf
from publish.document import Emphasis, Verse, VerseLine
from publish.pdf import report
from publish.pdf.composer.heads import Stamp, shortened, width
from publish.pdf.composer.shaping import Type
from publish.pdf.paragraphs import whole_end
from publish.preflight import preflight
from publish.stores import STORES
from tests import books
from tests.books import CHAPTER
from tests.novel import book, division, prose

MODIFIED = datetime(2020, 9, 13, tzinfo=UTC)
KIND = Type(str(fonts.faces()[0].path), 10.0, (("kern", 1),))
FOLIO = Stamp("arabic", "left", 0.0, 30.0, KIND, "Header")
HEAD = "In Which the Traveller Arrives and Finds the Door of the House Shut against Him"


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("measure", [90.0, 180.0, 270.0, 500.0])
def test_a_running_head_has_room_beside_the_folio(align: str, measure: float) -> None:
    stamp = Stamp("recto", align, 0.0, 30.0, KIND, "Header")
    cut = shortened(HEAD, stamp, [FOLIO, stamp], measure)
    beside = width("0000", KIND) * (2 if align == "center" else 1)
    assert width(cut, KIND) + beside < measure
    assert cut == HEAD or HEAD.startswith(cut.removesuffix("…"))
    assert not cut.endswith((" the…", " of…", ",…"))


def test_a_running_head_that_fits_is_whole() -> None:
    stamp = Stamp("recto", "center", 0.0, 30.0, KIND, "Header")
    wide = width(HEAD, KIND) + 1
    assert shortened(HEAD, stamp, [stamp], wide) == HEAD
    foot = Stamp("arabic", "left", 0.0, 500.0, KIND, "Footer")
    assert shortened(HEAD, stamp, [stamp, foot], wide) == HEAD
    assert shortened(HEAD, stamp, [stamp, FOLIO], wide) != HEAD


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("Rain", "Rain"),
        ("The House", "The House"),
        ("The House of the Seven Gables", "The House of the Seven\u00a0Gables"),
        ("A History of Antidisestablishmentarianism", "A History of Antidisestablishmentarianism"),
    ],
)
def test_no_title_leaves_a_short_word_to_its_last_line(title: str, whole: str) -> None:
    assert whole_end(title) == whole


def test_what_is_turned_over_of_a_line_of_verse_stays_with_it() -> None:
    turned = "And, having once turned round, walks on, and on, and on, and turns no more his weary head away;"
    lines = tuple(VerseLine(books.text(f"{number} {turned}")) for number in range(40))
    what = book(division(CHAPTER, "a", "I", "", *prose(2), Verse((lines,)), *prose(2)))
    pages = pdf.proofs(what)
    assert len(pages) > 2
    for page in pages:
        first = next(line.text for line in page.lines if line.block >= 0)
        assert first[0].isdigit() or not turned.endswith(first.strip()[-5:])
    assert not report.measures(pages).flaws.get("widow")


@pytest.mark.parametrize(
    "title",
    [
        books.text("One ", Emphasis(books.text("Otter")), " of Rye"),
        books.text("The Sign ∀ of Ψ⸺"),
        books.text("The Word שלום and the Sun ☉"),
    ],
)
@pytest.mark.parametrize("style", ["classic", "modern"])
def test_a_title_of_any_letters_stands_in_heads_and_contents_of_a_sound_file(title: Any, style: str) -> None:
    chapters = [
        replace(division(CHAPTER, f"c{n}", "", "x", *prose(30, start=n)), title=title) for n in range(2)
    ]
    data = pdf.write(book(*chapters, author="Ψ and שרה"), style=style, modified=MODIFIED)
    faults = preflight("book.pdf", data, STORES["screen"]).faults
    assert not {"PDF007", "PDF016"} & {fault.code for fault in faults}
