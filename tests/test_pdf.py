"""What the printed book promises, read back from the file with other people's tools."""

import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from ctypes import c_double
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw
import pytest
from msgspec.structs import replace

from publish import fonts, pdf, styles
from publish.diagnostic import PublishError
from publish.document import (
    Book,
    Creator,
    Division,
    DivisionKind,
    LineBreak,
    Note,
    SceneBreak,
    Stated,
    division_runs,
    heading_text,
    to_json,
    walk_divisions,
)
from publish.pdf.engine import Press
from publish.pdf.geometry import Geometry, geometry, gutter, trim_size
from publish.pdf.paragraphs import lead_in
from publish.pdf.sections import Entry, Manner, body_sections, contents_section, prefatory_sections
from publish.source import Run
from tests.books import CHAPTER, paragraph, sections_alone, text
from tests.novel import LETTER, QUOTATION, VERSE, WORDS, book, division, novel, prose

MODIFIED = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def made(what: Book, **options: Any) -> bytes:
    return pdf.write(what, modified=MODIFIED, **options)


@cache
def printed() -> bytes:
    return made(novel())


class Line:
    """A line of type as it stands on its page."""

    def __init__(self, y: float, words: str) -> None:
        self.y = y
        self.words = words


def lines(data: bytes) -> list[list[Line]]:
    """Give, for every page, its lines from the top; `y` goes from the upper edge to the baseline."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_lines(page) for page in document]
    finally:
        document.close()


def _lines(page: Any) -> list[Line]:
    sheet, x, y = page.get_textpage(), c_double(), c_double()
    rows: dict[float, str] = {}
    key = 0.0
    for index in range(sheet.count_chars()):
        character = chr(pypdfium2.raw.FPDFText_GetUnicode(sheet.raw, index))
        if not character.isspace():
            pypdfium2.raw.FPDFText_GetCharOrigin(sheet.raw, index, x, y)
            key = round(page.get_height() - y.value, 1)
        rows[key] = rows.get(key, "") + character
    return [Line(key, " ".join(rows[key].split())) for key in sorted(rows) if rows[key].strip()]


def page_of(data: bytes) -> Geometry:
    """Give the geometry on which a default book of a file's length was set."""
    return geometry(trim_size("5.5x8.5in"), len(lines(data)))


def bottom(page: Geometry) -> float:
    """Give where the text ends at the latest: a spread may be a line longer than the others."""
    return page.trim.height_pt - page.foot + 1.1 * page.leading


def labels(data: bytes) -> dict[str, int]:
    """Give the index of the page on which each entry of the outline begins."""
    document = pypdfium2.PdfDocument(data)
    try:
        return {entry.get_title(): entry.get_dest().get_index() for entry in document.get_toc()}
    finally:
        document.close()


def squeezed(words: str) -> str:
    """Take out what line ends change: spaces, and the hyphens that divide words.

    WeasyPrint's are U+2010, the composer's say that they are U+00AD, for which PDFium often gives U+0002.
    """
    return re.sub("[\\s\x02\xad\u2010\u2060]", "", words)


# --- The page -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trim", "width", "height"),
    [("5.5x8.5in", 396, 612), ("6 × 9 in", 432, 648), ("A5", 419.53, 595.28), ("148x210mm", 419.53, 595.28)],
)
def test_pages_have_the_trim_size_exactly(trim: str, width: float, height: float) -> None:
    with pikepdf.open(io.BytesIO(made(book(division(CHAPTER, "a", "I", "", *prose(2))), trim=trim))) as file:
        for page in file.pages:
            assert [float(side) for side in page.mediabox] == pytest.approx([0, 0, width, height], abs=0.01)


@pytest.mark.parametrize(
    "trim", ["", "6x9", "six by nine", "0x0in", "1x1in", "40x60in", "6x9furlong", "-6x9in"]
)
def test_a_bad_trim_size_is_an_error_that_says_what_to_write(trim: str) -> None:
    with pytest.raises(PublishError) as caught:
        trim_size(trim)
    assert caught.value.hint


@pytest.mark.parametrize("trim", ["5x8in", "5.5x8.5in", "6x9in", "a5", "b-format", "royal"])
@pytest.mark.parametrize("pages", [24, 150, 151, 300, 420, 600, 800])
def test_margins_clear_the_stores_minimum_and_the_line_is_read_easily(trim: str, pages: int) -> None:
    page = geometry(trim_size(trim), pages)
    assert page.inside >= gutter(pages) + 12
    assert min(page.outside, page.top, page.foot) >= 36
    assert page.inside - gutter(pages) < page.top - 36 < page.outside - 36 + 3 < page.foot - 36 + 6
    assert 60 <= page.measure / (fonts.MEAN_ADVANCE * page.size) <= 70
    assert 1.2 <= page.leading / page.size <= 1.45


def test_a_thicker_book_has_a_wider_gutter() -> None:
    assert [gutter(pages) / 72 for pages in (150, 151, 301, 501, 701)] == [0.375, 0.5, 0.625, 0.75, 0.875]


def test_lines_stand_on_the_grid_whatever_stands_between_them() -> None:
    what = book(
        division(
            CHAPTER,
            "a",
            "Chapter 1",
            "Signs",
            *prose(3),
            LETTER,
            paragraph(f"A ⁂ of Cardo and a ★ amid the words. {WORDS}"),
            SceneBreak(),
            VERSE,
            QUOTATION,
            *prose(20),
        )
    )
    data = made(what)
    page = page_of(data)
    for content in lines(data)[labels(data)["Chapter 1: Signs"] + 1 :]:
        body = [line for line in content if line.y > page.top and not line.words.startswith("*")]
        assert {round((line.y - body[0].y) / page.leading % 1, 1) % 1 for line in body} == {0}


# --- The sequence of pages ------------------------------------------------------------------------------


def test_page_one_is_a_right_hand_page_with_its_folio_at_the_foot() -> None:
    content = lines(printed())
    first = labels(printed())["Prologue"]
    assert first % 2 == 0, "the index counts from 0, so that right-hand pages are even"
    assert content[first][-1].words == "1"
    with pikepdf.open(io.BytesIO(printed())) as file:
        assert [str(page.label) for page in file.pages][first - 1 : first + 2] == [_roman_of(first), "1", "2"]


def _roman_of(number: int) -> str:
    return {8: "viii", 10: "x", 12: "xii", 14: "xiv", 16: "xvi"}[number]


def test_front_matter_stands_in_the_order_of_the_trade() -> None:
    pages = [" ".join(line.words for line in content) for content in lines(printed())]
    front = [page[:24] for page in pages[: labels(printed())["Prologue"]]]
    assert [front.index(page) for page in front if page][:6] == [0, 2, 3, 4, 6, 8]
    assert front[0] == "The Empty House"
    assert front[2] == "The Empty House Ada Quil"
    assert front[3].startswith("© 2019")
    assert front[4] == "For nobody"
    assert front[6].startswith("Contents")
    assert front[8].startswith("Preface")


NAMES = [
    f"{first} {last}"
    for first in ("Ada", "Ottilie", "Bartholomew")
    for last in ("Quill", "Oduya", "Thripp", "Vance")
]


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_many_authors_and_a_long_title_have_room_on_one_title_page(style: str) -> None:
    what = book(division(CHAPTER, "a", "I", "Ice", *prose(20)), title="A Relation of Several Voyages " * 5)
    metadata = replace(
        what.metadata,
        creators=tuple(Creator(Stated(name, "test")) for name in NAMES),
        publisher=Stated("Harbour Lane Press", "test"),
    )
    found = lines(made(replace(what, metadata=metadata), style=style))
    (page,) = [page for page in found if any("Bartholomew" in line.words for line in page)]
    assert all(after.y - before.y > 9 for before, after in pairwise(page))
    said = squeezed(" ".join(line.words for line in page)).lower()
    assert [name for name in NAMES if squeezed(name).lower() not in said] == []
    heads = [page[0].words for page in found[5:] if page]
    assert any("Relation" in head for head in heads)
    assert not any("Quill" in head for head in heads), "a head names all authors or none"


def test_other_books_of_the_author_face_the_title_page() -> None:
    others = division(DivisionKind.ALSO_BY, "also", "", "Also by Ada Quil", paragraph("The Weir"))
    pages = [
        " ".join(line.words for line in one) for one in lines(made(book(others, *novel().divisions[-2:])))
    ]
    assert pages[1] == "Also by Ada Quil The Weir"


def test_a_title_typed_in_capitals_has_small_ones_and_stays_what_it_is() -> None:
    """Beside labels in small capitals it shouted."""
    title = "THE LONG ICE"
    typed = made(book(*(division(CHAPTER, key, "", title, *prose(3)) for key in "ab")))
    plain = made(book(*(division(CHAPTER, key, "", title.title(), *prose(3)) for key in "ab")))
    said = [[line.words.strip() for page in lines(data)[4:] for line in page] for data in (typed, plain)]
    assert title in said[0]
    assert _tallest(typed) < 0.8 * _tallest(plain)


def _tallest(data: bytes) -> float:
    """Give the height of the tallest letter in the upper half of the last page but one."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[len(document) - 2]
        text = sheet.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        return max(float(top - low) for _, low, _, top in boxes if low > sheet.get_height() / 2)


def test_a_title_of_several_lines_has_lines_of_like_length() -> None:
    title = "What the Ferryman and His Sister Said about the Winter of the Long Ice"
    opened = division(CHAPTER, "a", "Chapter 1", title, *prose(3))
    words = [line.words for page in lines(made(book(opened))) for line in page]
    parts = [one.strip() for one in words if one.strip() and one.strip() in title]
    assert " ".join(parts[-2:]) == title
    assert abs(len(parts[-1]) - len(parts[-2])) < len(title) / 6


@pytest.mark.parametrize("title", ["The Ferryman Who Knew the Winter", "Die Nachtwache im Speicher"])
@pytest.mark.parametrize("style", ["classic", "modern", "large-print"])
def test_the_lines_of_the_title_page_are_of_like_length(style: str, title: str) -> None:
    subtitle = "With All That His Sister Said of It & Some of the <Ice>"
    what = book(division(CHAPTER, "a", "I", "Ice", *prose(3)), title=title)
    what = replace(what, metadata=replace(what.metadata, subtitle=Stated(subtitle, "test")))
    words = [line.words.strip() for page in lines(made(what, style=style, trim="5x8in"))[:1] for line in page]
    for whole in (title, subtitle):
        parts = [one for one in words if one and one != title and one in whole]
        assert " ".join(parts) in ("", whole)
        assert len(parts) <= 2
        assert not parts or min(map(len, parts)) > max(map(len, parts)) * 0.6


def test_contents_are_as_wide_as_their_entries_and_a_book_stands_with_its_first_part() -> None:
    def listed(title: str) -> str:
        chapters = [division(CHAPTER, name, "", title, *prose(1)) for name in ("a", "b")]
        parts = [
            division(DivisionKind.PART, f"p{name.id}", "Part", "", divisions=(name,)) for name in chapters
        ]
        one = division(DivisionKind.BOOK, "one", "Book", "", divisions=tuple(parts))
        found = contents_section([Entry(part, "1") for part in body_sections(book(one))], "en")
        assert found
        return found.body

    widths = [re.findall(r"width:([\d.]+)rem", listed("Word " * count)) for count in (1, 6, 30)]
    assert float(widths[0][0]) < float(widths[1][0])
    assert not widths[2]
    rows = re.findall('<tr class="([^"]*)"', listed("Word"))
    assert rows == ["part inner", "part inner", "entry", "part", "entry"]


def test_what_opens_within_a_chapter_takes_no_lead_in_from_the_chapters() -> None:
    inside = division(DivisionKind.SECTION, "s", "", "Below", *prose(1))
    opened = paragraph(WORDS)
    what = book(*(division(CHAPTER, name, "I", "", opened, LETTER, divisions=(inside,)) for name in "ab"))
    assert [section.body.count("lead-in") for section in body_sections(what)] == [1, 1]


def test_what_stands_before_the_first_part_is_not_the_text() -> None:
    chapter = division(CHAPTER, "one", "I", "", *prose(2))
    opening = division(DivisionKind.INTRODUCTION, "why", "", "Introduction", *prose(1))
    part = division(DivisionKind.PART, "part", "Part One", "", divisions=(chapter,))
    for rest, first in ((part, "Part One"), (chapter, "Introduction")):
        data = made(book(opening, rest))
        with pikepdf.open(io.BytesIO(data)) as file:
            assert str(file.pages[labels(data)[first]].label) == "1"


def test_acknowledgments_before_the_first_chapter_have_roman_folios() -> None:
    thanks = division(DivisionKind.ACKNOWLEDGMENTS, "t", "", "Acknowledgements", *prose(3))
    what = book(thanks, division(CHAPTER, "a", "I", "Ice", *prose(3)))
    with pikepdf.open(io.BytesIO(made(what))) as file:
        numbers = [str(page.label) for page in file.pages]
        found = labels(made(what))
    assert not numbers[found["Acknowledgements"]].isdigit()
    assert numbers[found["I: Ice"]] == "1"


def test_a_dedication_needs_no_heading_that_says_so_but_keeps_one_of_its_own() -> None:
    divisions = [
        division(DivisionKind.DEDICATION, name, "", title, paragraph("For Ann."))
        for name, title in (("a", "Dedication"), ("b", "To those at sea"))
    ]
    words = [line.words for page in lines(made(book(*divisions, *novel().divisions[-2:]))) for line in page]
    assert "Dedication" not in words
    assert "To those at sea" in words
    assert words.count("For Ann.") == len(divisions)


def test_no_word_of_a_dedication_stands_alone() -> None:
    said = "For the observers at Stanway Weir, who went out in all kinds of weather"
    divisions = [division(DivisionKind.DEDICATION, "a", "", "Dedication", paragraph(said))]
    words = [line.words for page in lines(made(book(*divisions, *novel().divisions[-2:]))) for line in page]
    (last,) = [line for line in words if line.endswith("weather")]
    assert " " in last.strip()


def test_contents_give_the_page_on_which_each_division_begins() -> None:
    found = labels(printed())
    first = found["Prologue"]
    rows = [line.words for line in lines(printed())[6]]
    assert rows[1:] == [
        "Preface ix",
        "Prologue 1",
        f"Part I: Ice {found['Part I: Ice'] - first + 1}",
        f"Chapter 1 Help arrives {found['Chapter 1: Help arrives'] - first + 1}",
        f"Chapter 2 {found['Chapter 2'] - first + 1}",
        f"Part II {found['Part II'] - first + 1}",
        f"III Home {found['III: Home'] - first + 1}",
        f"About the Author {found['About the Author'] - first + 1}",
    ]


def test_contents_go_on_over_pages_with_folios_and_one_long_label_narrows_no_title() -> None:
    labels_ = [f"Chapter {n}" if n != 3 else "Chapter the Third and Longest" for n in range(1, 41)]
    what = book(
        *(division(CHAPTER, f"c{n}", name, "A Day of Ada", *prose(1)) for n, name in enumerate(labels_))
    )
    content = lines(made(what))
    begun = next(n for n, page in enumerate(content) if page and page[0].words == "Contents")
    rows = [line.words for line in content[begun]]
    assert "Chapter 2 A Day of Ada 2" in rows
    assert "Chapter the Third and Longest: A Day of Ada 3" in rows
    assert content[begun + 1][-1].words == "vi"


def test_parts_open_on_the_right_and_their_backs_are_blank() -> None:
    content = lines(printed())
    for part, chapter in (("Part I: Ice", "Chapter 1: Help arrives"), ("Part II", "III: Home")):
        index = labels(printed())[part]
        assert index % 2 == 0
        assert content[index + 1] == []
        assert labels(printed())[chapter] == index + 2


def test_only_running_pages_have_running_heads() -> None:
    content = lines(printed())
    page = page_of(printed())
    found = labels(printed())
    heads = [[line.words for line in lines_ if line.y < page.top] for lines_ in content]
    assert all(not heads[index] for index in found.values())
    assert all(not head for head in heads[: found["Prologue"]])
    chapter = found["Chapter 1: Help arrives"]
    assert heads[chapter + 1 : chapter + 3] == [["6 Ada Quill"], ["Help arrives 7"]]
    untitled = found["Chapter 2"]
    assert "The Empty House" in heads[untitled + 1 if untitled % 2 else untitled + 2][0]


def test_a_long_name_keeps_its_last_word_in_the_running_head() -> None:
    for name, head in (
        ("Mary Wollstonecraft (Godwin) Shelley", "Mary Wollstonecraft Shelley"),
        ("Johann Wolfgang Maximilian Theophilus Goethe", "Goethe"),
    ):
        what = novel()
        creator = Creator(name=Stated(name, "test"), role="aut")
        what = replace(what, metadata=replace(what.metadata, creators=(creator,)))
        heads = [line.words for page in lines(made(what)) for line in page[:1]]
        assert any(line.endswith(f" {head}") for line in heads)


def test_the_number_of_pages_is_even() -> None:
    for count in (1, 6, 9, 14):
        assert len(lines(made(book(division(CHAPTER, "a", "I", "", *prose(count)))))) % 2 == 0


def test_a_single_story_opens_with_the_title_and_has_no_contents() -> None:
    data = made(book(Division(id="story", kind=DivisionKind.STORY, blocks=prose(5))))
    content = lines(data)
    assert len(content) == 4
    assert [line.words for line in content[0]] == ["The Empty House", "Ada Quill"]
    assert content[2][0].words == "The Empty House"
    assert labels(data) == {"The Empty House": 2}


def test_a_book_without_author_has_its_title_on_the_left() -> None:
    data = made(book(division(CHAPTER, "a", "", "Alone", *prose(20)), author=""))
    assert [line.words for line in lines(data)[0]] == ["The Empty House"]
    assert lines(data)[3][0].words == "2 The Empty House"


def test_a_running_head_that_is_too_long_is_cut_after_a_word() -> None:
    title = "In which a great deal happens that nobody would have thought possible at the beginning of it"
    data = made(book(division(CHAPTER, "a", "", title, *prose(20))))
    assert lines(data)[4][0].words == "In which a great deal happens that nobody… 3"


def test_ornaments_never_stand_at_the_edge_of_a_page() -> None:
    blocks = [block for one in prose(60) for block in (one, SceneBreak())]
    data = made(book(division(CHAPTER, "a", "I", "", *blocks, *prose(1))))
    page = page_of(data)
    ornaments = 0
    for content in lines(data)[2:]:
        body = [line.words for line in content if page.top < line.y < bottom(page)]
        ornaments += sum(words.startswith("*") for words in body)
        assert not any(words.startswith("*") for words in (*body[:2], *body[-2:])), body
    assert ornaments == 60


def test_no_paragraph_leaves_one_line_alone() -> None:
    content = lines(printed())
    start = labels(printed())["Chapter 1: Help arrives"]
    page = page_of(printed())
    for index in range(start, start + 3):
        after = [line.words for line in content[index + 1] if line.y > page.top]
        assert not after[0].endswith(" end."), "a widow"
        before = [line.words for line in content[index] if line.y < bottom(page)]
        assert not before[-1].startswith("Number") or before[-1].endswith("end."), "an orphan"


# --- The text -------------------------------------------------------------------------------------------


def test_the_text_of_the_pdf_is_the_text_of_the_book() -> None:
    page = page_of(printed())
    content = lines(printed())[labels(printed())["Prologue"] :]
    found = "".join(line.words for one in content for line in one if page.top < line.y < bottom(page))
    divisions = [
        one for _, one in walk_divisions(novel().divisions) if one.id not in ("dedication", "preface")
    ]
    expected = "".join(run.text for one in divisions for run in division_runs(one))
    assert squeezed(found) == squeezed(expected)


def test_parts_alone_have_a_page_before_what_they_hold() -> None:
    data = made(sections_alone())
    sections = body_sections(sections_alone())
    assert [one.division.id for one in sections if one.division and one.manner is Manner.DISPLAY] == [
        "bare",
        "told",
    ]
    opened = [one.division.id for one in sections if one.division]
    assert opened == ["wind", "bare", "storm", "told", "calm", "short", "act", "papers"]
    found = squeezed("".join(line.words for content in lines(data) for line in content))
    for _, one in walk_divisions(sections_alone().divisions):
        assert all(squeezed(run.text) in found for run in division_runs(one))


def test_a_note_stands_at_the_foot_of_its_page() -> None:
    noted = paragraph("He came from Ghent", Note(text("A city", LineBreak(), "in Flanders.")), ".")
    data = made(book(*(division(CHAPTER, name, "I", "", noted, *prose(1)) for name in ("a", "b"))))
    pages = [[line.words for line in content] for content in lines(data)]
    feet = [page for page in pages if any("Flanders" in words for words in page)]
    assert len(feet) == 2
    for page in feet:
        assert "1" in page  # the reference stands higher than its line
        assert page.index("1. A city") + 1 == page.index("in Flanders.")


@pytest.mark.parametrize("style", ["classic", "large-print"])
def test_the_number_of_a_note_stands_on_the_line_of_its_word(style: str) -> None:
    noted = [
        paragraph("x" * count + " had not seen the ice.", Note(text("In May.")), " She made a list.")
        for count in range(1, 50)
    ]
    data = made(book(division(CHAPTER, "a", "I", "", *noted)), style=style)
    document = pypdfium2.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    assert len(re.findall(r"ice\.\u2060?\d", words)) == len(noted)


def test_a_note_keeps_the_number_of_its_author() -> None:
    noted = paragraph("He came from Ghent", Note(text("A city."), Run("12")), ", they say.")
    data = made(book(division(CHAPTER, "a", "I", "", noted, *prose(1))))
    found = [line.words for content in lines(data) for line in content]
    assert "12. A city." in found
    assert "12" in found


def test_a_note_to_a_heading_does_not_stand_in_the_contents() -> None:
    noted = division(CHAPTER, "a", "I", "", *prose(1))
    noted = replace(noted, title=(*text("Eldorado"), Note(text("A country."))))
    data = made(book(noted, division(CHAPTER, "b", "II", "Rain", *prose(1))))
    pages = [[line.words for line in content] for content in lines(data)]
    assert sum("1. A country." in page for page in pages) == 1
    assert sum(any("Eldorado" in words for words in page) for page in pages) > 1


def test_a_ragged_line_is_filled_before_the_last_word() -> None:
    # One of these many widths leaves no room for the space before the last word.
    told = [
        paragraph("x" * count + " in the rain, like a man who has been asked for a decision.")
        for count in range(1, 60)
    ]
    data = made(book(division(CHAPTER, "a", "I", "", *told)), style="large-print")
    found = [line.words.strip() for content in lines(data) for line in content]
    assert not {"in", "the", "a"} & set(found)


def test_words_are_divided_in_the_language_of_the_book() -> None:
    words = "Donaudampfschifffahrtsgesellschaftskapitän und Straßenbahnschaffnerin " * 12
    found = lines(made(book(division(CHAPTER, "a", "I", "", paragraph(words)), language="de")))
    assert sum(line.words.endswith("\x02") for content in found for line in content) > 3


def test_a_word_without_end_stays_on_the_page() -> None:
    data = made(book(division(CHAPTER, "a", "I", "", paragraph("x" * 20_000 + " and so on " + WORDS))))
    longest = max((line.words for content in lines(data) for line in content), key=len)
    assert len(longest) < 90
    assert sum(line.words.count("x") for content in lines(data) for line in content) == 20_000


@pytest.mark.parametrize(
    ("words", "before", "led"),
    [
        (
            "It is a truth universally acknowledged, that a single man must be in want of a wife.",
            "",
            "It is a truth",
        ),
        ("“My dear Mr. Bennet,” said his lady to him one day, “have you heard that", "“", "My dear Mr"),
        (
            "Call me Ishmael. Some years ago—never mind how long precisely—having little",
            "",
            "Call me Ishmael",
        ),
        (
            "Considerations notwithstanding innumerable they went on at once, and did not look back again.",
            "",
            "Considerations notwithstanding innumerable",
        ),
        (
            "From this time a new spirit of life animated the decaying frame of the stranger.",
            "",
            "From this time",
        ),
        ("He left.", "", ""),
        ("IT WAS THE BEST OF TIMES, it was the worst of times, it was the age of wisdom.", "", ""),
        ("1801. I have just returned from a visit to my landlord, the solitary neighbour.", "", ""),
        (
            "中文的小說開頭沒有大寫字母,所以也沒有小型大寫字母可以使用,這一段文字必須保持原樣不變,不得改動任何一個字。",
            "",
            "",
        ),
    ],
)
def test_a_chapter_leads_in_with_its_first_words(words: str, before: str, led: str) -> None:
    assert lead_in(words) == (before, led)


@pytest.mark.parametrize(("words", "leads"), [(WORDS, True), ("Rain.", False)])
def test_a_preface_opens_as_the_chapters_do(words: str, leads: bool) -> None:
    preface = division(DivisionKind.PREFACE, "p", "", "Preface", paragraph(WORDS))
    what = book(preface, division(CHAPTER, "a", "I", "Ice", paragraph(words), paragraph(WORDS)))
    chapters = body_sections(what)
    opened = [*prefatory_sections(what, chapters), *chapters]
    assert ["lead-in" in section.body for section in opened] == [leads] * 2


# --- Characters and faces -------------------------------------------------------------------------------


def test_every_font_is_embedded_and_is_one_of_ours() -> None:
    with pikepdf.open(io.BytesIO(printed())) as file:
        names = [str(font.FontDescriptor.FontName) for font in _fonts(file)]
        assert all(
            "/FontFile2" in font.FontDescriptor or "/FontFile3" in font.FontDescriptor
            for font in _fonts(file)
        )
    assert len(names) == 2
    assert all("Garamond" in name for name in names)


def _fonts(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for thing in file.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontDescriptor" in thing:
            yield thing


def test_a_character_that_the_face_lacks_is_set_from_another_or_by_an_equal_or_by_name() -> None:
    odd = "Asterism ⁂ and Hebrew א, narrow\u202f! And \U000fabcd, wide Ａ, all of them amid words. "
    data = made(book(division(CHAPTER, "a", "I", "", paragraph(odd + WORDS)), title="The ⁂ House"))
    found = squeezed("".join(line.words for content in lines(data) for line in content))
    assert squeezed("Asterism ⁂ and Hebrew א, narrow! And [U+FABCD], wide A, all of them") in found
    with pikepdf.open(io.BytesIO(data)) as file:
        assert any("Cardo" in str(font.FontDescriptor.FontName) for font in _fonts(file))


def test_a_face_that_does_not_load_is_an_error(caplog: pytest.LogCaptureFixture) -> None:
    css = '@font-face{font-family:"Nowhere";src:url("file:///nowhere/face.ttf")}'
    with pytest.raises(PublishError, match="Nowhere"):
        Press(css, [fonts.TEXT_FAMILY])
    caplog.clear()


def test_faces_are_made_anew_where_the_cache_is_broken_or_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bytes_of_faces(cache_home: Path) -> list[bytes]:
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
        for cached in (fonts.cache_folder, fonts.coverage, fonts.faces):
            cached.cache_clear()
        return [face.path.read_bytes() for face in fonts.faces()]

    good = bytes_of_faces(tmp_path)
    made_files = sorted((tmp_path / "publish" / "fonts").iterdir())
    assert len(made_files) == 4
    made_files[0].write_bytes(b"not a font")
    assert bytes_of_faces(tmp_path) == good
    assert all(map(fonts.coverage, made_files)), "what is known of them is known of the new ones"
    (tmp_path / "file").write_bytes(b"")
    assert bytes_of_faces(tmp_path / "file") == good
    for cached in (fonts.cache_folder, fonts.coverage, fonts.faces):
        cached.cache_clear()


# --- The file -------------------------------------------------------------------------------------------


def test_the_outline_is_that_of_the_divisions() -> None:
    document = pypdfium2.PdfDocument(printed())
    outline = [(entry.level + 1, entry.get_title()) for entry in document.get_toc()]
    document.close()
    assert outline == [
        (depth, heading_text(one) or "Dedication") for depth, one in walk_divisions(novel().divisions)
    ]


def test_the_file_is_sound_and_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(printed())) as file:
        assert file.check_pdf_syntax() == []
        assert file.docinfo["/Title"] == "The Empty House"
        assert file.docinfo["/Author"] == "Ada Quill"
        assert str(file.docinfo["/CreationDate"]).startswith("D:20190501")
        assert str(file.docinfo["/ModDate"]).startswith("D:20200913122640")
        assert file.Root.Lang == "en"


def test_the_same_book_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    what = book(
        division(CHAPTER, "a", "I", "Ice", LETTER, VERSE, *prose(3)),
        division(CHAPTER, "b", "II", "", *prose(2)),
    )
    here = made(what)
    assert made(what) == here
    (tmp_path / "book.json").write_bytes(to_json(what, {}))
    program = (
        "import sys, pathlib, datetime\n"
        "from publish import document, pdf\n"
        "book = document.from_json(pathlib.Path(sys.argv[1]).read_bytes()).book\n"
        "when = datetime.datetime.fromtimestamp(1600000000, datetime.UTC)\n"
        "sys.stdout.buffer.write(pdf.write(book, modified=when))\n"
    )
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "XDG_CACHE_HOME": str(tmp_path), "LC_ALL": "C"}
    command = [sys.executable, "-c", program, str(tmp_path / "book.json")]
    assert (
        subprocess.run(command, env={**os.environ, **elsewhere}, check=True, stdout=subprocess.PIPE).stdout
        == here
    )


def test_weasyprint_understands_all_of_the_stylesheet(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "weasyprint"):
        Press(styles.load("classic").sheets[styles.PRINT], [fonts.TEXT_FAMILY, fonts.SECOND_FAMILY])
    ignored = [record.getMessage() for record in caplog.records if "gnored" in record.getMessage()]
    assert ignored == []


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(PublishError, match="baroque"):
        made(book(division(CHAPTER, "a", "I", "", *prose(1))), style="baroque")
