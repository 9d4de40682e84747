"""What the composer promises of lines and pages, on text that nobody chose for it."""

import io
import json
import os
import re
from collections.abc import Iterator
from ctypes import c_double, c_int
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array

from publish import cli, fonts, pdf, source, styles
from publish.config import Engine
from publish.document import Block, Book, Code, Entry, Figure, List, Note, Paragraph, SceneBreak, Table
from publish.pdf import chapters, remembered, report
from publish.pdf.composer import hyphens, spreads
from publish.pdf.composer.lines import Breaks, set_lines, stretched
from publish.pdf.composer.material import Material, Run, material
from publish.pdf.composer.shaping import Type, shape
from publish.pdf.composer.spreads import LINE, Placement, Setting, Slot, begun, bottom, feet, pages
from publish.pdf.geometry import Geometry
from publish.pictures import Picture, kind_of
from tests import books
from tests.books import CHAPTER, paragraph
from tests.novel import WORDS, book, division, novel, prose
from tests.test_figures import jpeg
from tests.test_pdf import lines, page_of, squeezed

MODIFIED = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
MEASURE, INDENT, SCRAP = 269.0, 13.4, 20.0
GERMAN = (
    "Die Donaudampfschifffahrtsgesellschaft überwachte unablässig die Wasserstandsmeldungen, "
    "während Straßenbahnschaffnerinnen vorübergehend Bundesverfassungsgerichtsentscheidungen studierten. "
)


def kind(language: str = "en") -> Type:
    return Type(str(fonts.faces()[0].path), 10.75, (("kern", 1), ("liga", 1)), 0.0, language)


def broken(text: str, language: str = "en") -> tuple[Material, Breaks]:
    matter = material((Run(text, kind(language)),))
    found = set_lines(matter, (MEASURE - INDENT, MEASURE), SCRAP)
    return matter, min(found.values(), key=lambda one: one.cost)


def words_of(matter: Material, breaks: Breaks) -> list[str]:
    """Give the text of each line, its hyphen included."""
    found, start = [], 0
    for end in breaks.ends:
        first, after = matter.places[start], matter.places[end]
        words = "".join(piece.text for piece in matter.pieces[first:after])[matter.offsets[start] :]
        if matter.offsets[end]:
            piece = matter.pieces[after].text[: matter.offsets[end]]
            words = (
                (words if after > first else "")
                + piece[matter.offsets[start] if after == first else 0 :]
                + "-"
            )
        found.append(words.strip())
        start = end
    return found


# --- Lines ----------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.sampled_from([*WORDS.split(), *GERMAN.split(), "a", "I", "—", "x" * 90]), min_size=1, max_size=90
    )
)
def test_lines_hold_the_text_in_its_order(words: list[str]) -> None:
    matter, breaks = broken(" ".join(words))
    assert re.sub("[- ]", "", "".join(words_of(matter, breaks))) == re.sub("[- ]", "", "".join(words))
    assert list(breaks.ends) == sorted(set(breaks.ends))


@pytest.mark.parametrize("text", [WORDS * 3, GERMAN * 6])
def test_every_line_but_the_last_fills_the_measure(text: str) -> None:
    matter, breaks = broken(text, "de" if text.startswith("Die") else "en")
    start = 0
    for number, end in enumerate(breaks.ends[:-1]):
        length = MEASURE - INDENT if number == 0 else MEASURE
        line = stretched(matter, start, end, length)
        natural = matter.ends[end] - matter.begins[start]
        room = matter.spaces_until[end] - matter.spaces_before[start]
        filled = (natural + room * (line.space - 1)) * line.scale
        assert filled == pytest.approx(length + line.shift + matter.hangs_right[end])
        assert 0.99 <= line.scale <= 1.01
        start = end


def greedy(matter: Material, first: float, width: float) -> Breaks:
    """Fill one line after the other, as WeasyPrint does."""
    ends: list[int] = []
    last = len(matter.ends) - 1
    while not ends or ends[-1] < last:
        start, length = (ends[-1], width) if ends else (0, first)
        fitting = [
            end for end in range(start + 1, last + 1) if matter.ends[end] - matter.begins[start] <= length
        ]
        ends.append(max(fitting, default=start + 1))
    return Breaks(0.0, tuple(ends))


@pytest.mark.parametrize(("language", "text"), [("en", WORDS * 3), ("de", GERMAN * 4)])
def test_lines_filled_one_by_one_are_weasyprints(language: str, text: str) -> None:
    """Widths, places of division and measure are those of the other engine: only the choice differs."""
    texts = [f"Absatz {number} {text[number:].strip()}" for number in range(8)]
    what = book(division(CHAPTER, "a", "I", "", *map(paragraph, texts)), language=language)
    data = pdf.write(what, engine=Engine.STOCK, modified=MODIFIED)
    page = page_of(data)
    body = page.trim.height_pt - page.foot + 1
    rows = [squeezed(line.words) for sheet in lines(data)[2:] for line in sheet if page.top < line.y < body]
    path = str(fonts.faces()[0].path)
    one = Type(path, page.size, (("clig", 1), ("kern", 1), ("liga", 1), ("onum", 1)), 0.0, language)
    for number, words in enumerate(texts):
        indent = 1.25 * page.size if number else 0.0
        matter = material((Run(words, one),))
        broken = greedy(matter, page.measure - indent, page.measure)
        wanted = [squeezed(line.removesuffix("-")) for line in words_of(matter, broken)]
        at = next(place for place, row in enumerate(rows) if row.startswith(f"Absatz{number}"))
        # A last line is not left to one short word, by markup that both engines are given.
        assert rows[at : at + len(wanted) - 2] == wanted[:-2]


def test_no_more_than_two_lines_in_a_row_end_with_a_hyphen() -> None:
    for language, text in (("de", GERMAN * 8), ("en", WORDS * 8)):
        matter, breaks = broken(text, language)
        marks = "".join("-" if matter.hyphened[end] else "." for end in breaks.ends)
        assert "---" not in marks
        assert "-" in marks


def test_the_last_line_is_no_scrap() -> None:
    for cut in range(200, 560, 7):
        text = (WORDS * 2)[:cut].rpartition(" ")[0] + " end."
        matter, breaks = broken(text)
        last = matter.ends[-1] - matter.begins[breaks.ends[-2]]
        assert last >= SCRAP, words_of(matter, breaks)
        assert not matter.hyphened[breaks.ends[-2]] or len(words_of(matter, breaks)[-1].split()) > 1


def test_a_paragraph_comes_in_every_number_of_lines_that_it_can_well_have() -> None:
    found = set_lines(material((Run(WORDS * 4, kind()),)), (MEASURE - INDENT, MEASURE), SCRAP)
    assert len(found) > 1
    assert sorted(found) == list(range(min(found), max(found) + 1))


def test_a_paragraph_without_letters_or_spaces_is_set() -> None:
    for text in ("", " ", "—", "…", "x" * 2_000, "\u200b", "a\u00a0b"):
        matter, breaks = broken(text)
        assert breaks.ends[-1] == len(matter.ends) - 1


def test_a_text_of_unseen_characters_is_nothing() -> None:
    for text in ("", "\u2060", "\u200b\u2060"):
        assert (shape(kind(), text).advance, shape(kind(), text).glyphs) == (0, ())


def test_small_capitals_and_figures_are_those_of_the_face() -> None:
    path = kind().path
    small = shape(Type(path, 10.0, (("smcp", 1),)), "bennet")
    plain = shape(Type(path, 10.0), "bennet")
    assert {glyph for glyph, _ in small.glyphs}.isdisjoint(glyph for glyph, _ in plain.glyphs)
    figures = [
        shape(Type(path, 10.0, features), "1799").glyphs for features in ((("onum", 1),), (("lnum", 1),))
    ]
    assert figures[0] != figures[1]


def test_words_may_be_shaped_one_by_one() -> None:
    """The face has no kerning across word spaces; another that had would need whole lines shaped."""
    for face in fonts.faces():
        one = Type(str(face.path), 10.0, (("kern", 1),))
        for before in "TVWAYfry.,’":
            for after in "TVWAYjfov“‘":
                apart = sum(shape(one, part).advance for part in (before, " ", after))
                assert shape(one, f"{before} {after}").advance == pytest.approx(apart, abs=0.001)


# --- Pages ----------------------------------------------------------------------------------------------

HEIGHT = 30
A_PARAGRAPH = st.integers(1, 12).flatmap(
    lambda lines: st.sampled_from(
        [
            Slot(0, False, (Setting(lines * LINE, 0.0),)),
            Slot(0, False, (Setting(lines * LINE, 0.0), Setting((lines + 1) * LINE, 9.0))),
            Slot(0, False, (Setting(lines * LINE, 0.0, frozenset({2 * LINE})),)),
            Slot(1, False, (Setting(lines * LINE, 0.0),)),
            Slot(LINE, True, (Setting(LINE, 0.0, whole=True),)),
            Slot(LINE, False, (Setting(lines * LINE, 0.0, whole=True, feet=(0, 3 * LINE)),)),
            Slot(0, False, (Setting(lines * LINE, 0.0, feet=(0,) * lines + (2 * LINE,)),)),
            Slot(0, False, (Setting(lines * LINE, 0.0, feet=(0,) * lines + (80 * LINE,)),)),
        ]
    )
)


@given(st.lists(A_PARAGRAPH, min_size=1, max_size=60), st.booleans())
def test_every_row_stands_on_one_page_in_its_order(slots: list[Slot], starts_right: bool) -> None:
    laid = pages(slots, HEIGHT, starts_right=starts_right)
    placed = [placement for page in laid for placement in page]
    for number, slot in enumerate(slots):
        mine = [placement for placement in placed if placement.slot == number]
        assert [mine[0].first, mine[-1].after] == [0, slot.settings[mine[0].setting].rows]
        assert all(a.after == b.first for a, b in pairwise(mine))
    assert [placement.slot for placement in placed] == sorted(placement.slot for placement in placed)
    waiting = 0.0
    for page in laid:
        called = sum(slots[one.slot].settings[one.setting].notes(one.first, one.after) for one in page)
        stand = begun(called + waiting, HEIGHT * LINE - int(_bottom(page)), LINE, HEIGHT * LINE)
        waiting += called - stand
        assert _bottom(page) + feet(stand) <= (HEIGHT + 1) * LINE
        assert all(a.row + a.after - a.first <= b.row for a, b in pairwise(page))


def _bottom(page: list[Placement]) -> float:
    return max((placement.row + placement.after - placement.first for placement in page), default=0)


def test_facing_pages_end_level_and_no_line_stands_alone() -> None:
    found = pdf.proofs(book(division(CHAPTER, "a", "I", "Ice", *prose(160))))
    measured = report.measures(found)
    assert measured.spreads > 8
    assert measured.level == 1
    assert set(measured.flaws) <= {"loose", "river", "stack"}


@pytest.mark.parametrize("rows", [(26, 56, 86), (84, 14, 48), (28, 98, 14), (40, 44, 88), (50, 70, 28)])
def test_a_page_that_one_paragraph_fills_ends_level_with_its_neighbour(rows: tuple[int, ...]) -> None:
    slots = [Slot(1, False, (Setting(count, 0.0),)) for count in rows]
    laid = pages(slots, 21, starts_right=True, grows=False)
    ends = [bottom(page, slots) for page in laid]
    assert [a for a, b in pairwise(ends[:-1])][1::2] == [b for a, b in pairwise(ends[:-1])][1::2]


def test_pages_end_level_where_paragraphs_are_told_by_space() -> None:
    blocks = [paragraph((WORDS * 9)[: 90 + number * number * 131 % 2900] + " end.") for number in range(60)]
    made = pdf.proofs(book(division(CHAPTER, "a", "I", "Ice", *blocks)), style="large-print")
    measured = report.measures(made)
    assert measured.spreads > 20
    assert measured.level >= 0.95


def test_no_leaf_is_turned_within_a_word_where_a_paragraph_can_have_two_lines_more() -> None:
    everywhere = frozenset(range(0, 50 * LINE, LINE))
    divided = Setting(40 * LINE, 0.0, everywhere)
    whole = Setting(42 * LINE, 1_200.0, is_far=True)
    laid = pages([Slot(0, False, (divided, whole))], 12, starts_right=True)
    assert {one.setting for page in laid for one in page} == {1}


@pytest.mark.parametrize("style", styles.known())
def test_no_chapter_ends_with_fewer_than_four_lines_on_a_page(style: str) -> None:
    """The page before ends higher where nothing else helps, be it below a table."""
    table = Table("l", (books.text("Ship"),), tuple((books.text(f"Ship {n}"),) for n in range(9)))
    chapters = [
        division(CHAPTER, f"c{n}", "", f"No. {n}", table, *prose(3 + n % 12, start=n)) for n in range(36)
    ]
    assert "short" not in report.measures(pdf.proofs(book(*chapters), style=style)).flaws


def test_scene_breaks_leave_no_page_short() -> None:
    blocks = [
        block for one in prose(90) for block in (one, *([SceneBreak()] if one == prose(90)[40] else []))
    ]
    measured = report.measures(pdf.proofs(book(division(CHAPTER, "a", "I", "Ice", *blocks))))
    assert measured.level == 1


# --- The file -------------------------------------------------------------------------------------------


def made(**options: Any) -> bytes:
    return pdf.write(novel(), modified=MODIFIED, **options)


def test_both_engines_print_the_same_text() -> None:
    ours, stock = ([line.words for page in lines(made(engine=engine)) for line in page] for engine in Engine)
    folio = re.compile(r"^(\d+|[ivx]+)$|\d+ Ada Quill|(arrives|Home|House) \d+$")
    texts = [squeezed("".join(words for words in one if not folio.search(words))) for one in (ours, stock)]
    assert texts[0] == texts[1]


_HUNG = 5.0
"""Points by which the ink of a sign at a line's end may stand out of the column."""
RIVER = "They walked home along the river, and it rained. "
ALIKE = book(*(division(CHAPTER, f"c{n}", f"Chapter {n}", "", paragraph(RIVER * 30)) for n in range(1, 4)))
UNLIKE = book(*(division(CHAPTER, f"c{n}", "", "Ice", paragraph(WORDS[n * 9 :] * 3)) for n in range(9)))


@pytest.mark.parametrize("what", [novel(), ALIKE, UNLIKE], ids=["novel", "alike", "unlike"])
def test_no_line_is_drawn_wider_than_the_column(what: Book) -> None:
    """As another program reads the file: led-in lines, too, of which some letters stand further apart."""
    data = pdf.write(what, modified=MODIFIED)
    page = page_of(data)
    assert {words: width for words, width in _widths(data, page) if width > page.measure + _HUNG} == {}


@pytest.mark.parametrize("what", [ALIKE, UNLIKE], ids=["alike", "unlike"])
def test_full_lines_are_drawn_as_wide_as_the_column(what: Book) -> None:
    data = pdf.write(what, modified=MODIFIED)
    page = page_of(data)
    proofs = (line for proof in pdf.proofs(what) for line in proof.lines)
    full = {squeezed(line.text) for line in proofs if line.is_prose and not line.is_last}
    drawn = {words: width for words, width in _widths(data, page) if squeezed(words) in full}
    assert drawn
    assert {words: width for words, width in drawn.items() if width < page.measure - 1} == {}


def _widths(data: bytes, page: Geometry) -> list[tuple[str, float]]:
    """Give the words of each line, and how far right of the column's left edge its ink goes."""
    found: list[tuple[str, float]] = []
    document = pypdfium2.PdfDocument(data)
    for number, sheet in enumerate(document):
        text, rows = sheet.get_textpage(), dict[float, tuple[str, float]]()
        left = page.outside if number % 2 else page.inside
        for index in range(text.count_chars()):
            sign = text.get_text_range(index, 1)
            if not sign.isspace():
                x, y = c_double(), c_double()
                pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
                words, right = rows.get(y.value, ("", 0.0))
                rows[y.value] = words + sign, max(right, text.get_charbox(index)[2] - left)
        found += rows.values()
    document.close()
    return found


def note(words: str) -> Note:
    return Note(books.text(words))


ODD: dict[str, Block] = {
    "another script": paragraph(f"Hebrew שלום amid the words. {WORDS}"),
    "a picture": Figure(image=source.Run("images/map.jpg"), alt=source.Run("A map.")),
    "another script, with a note": paragraph("Hebrew שלום", note("Peace."), f" amid the words. {WORDS}"),
    "a table": Table(
        "ll", (books.text("Year"), books.text("Men")), ((books.text("Ships"), books.text("Twelve")),)
    ),
    "code": Code(books.text("if ship:\n    sail()  # ✓ │\n\nrow()")),
    "a list": List((Entry((paragraph(WORDS),)), Entry((paragraph("Two."),)))),
    "a note in another script": paragraph("It ran", note("The word is שלום."), f" amid the words. {WORDS}"),
}
TALL = Table(
    "lr", (books.text("Ship"), books.text("Tons")),
    tuple((books.text(f"Ship {n}"), books.text("Few")) for n in range(1, 70)),
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("style", styles.known())
def test_what_weasyprint_draws_leaves_the_rest_of_its_chapter_composed(odd: Block, style: str) -> None:
    blocks = (*prose(3), odd, *prose(9, start=3))
    what = book(division(CHAPTER, "odd", "I", "", *blocks))
    image = jpeg()
    pictures = {"images/map.jpg": Picture(kind_of(image), lambda: image)}
    sheets = pdf.proof_sheets(what, pictures=pictures, style=style, printed=MODIFIED)
    lines_of = [line for page in sheets.pages for line in page.lines if line.is_prose]
    assert {line.block for line in lines_of} >= {*range(3), *range(4, 13)}
    assert report.measures(sheets.pages).flaws.keys() <= {"loose", "river", "uneven"}
    data = pdf.edition(what, pictures=pictures, style=style, modified=MODIFIED).data
    found = squeezed("".join(line.words for page in lines(data) for line in page))
    assert ("amidthewords" in found) == isinstance(odd, Paragraph)
    assert "ShipsTwelve" in found or odd is not ODD["a table"]
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.check_pdf_syntax() == []
        drawn = [one for page in file.pages for one in pikepdf.parse_content_stream(page, "Do")]
        assert len(drawn) == (odd is ODD["a picture"])


@pytest.mark.parametrize("style", styles.known())
def test_a_table_wider_than_the_column_is_set_in_smaller_type(style: str) -> None:
    names = [f"Immeasurable{n}" for n in range(9)]
    rows = tuple(tuple(books.text(f"{name[::-1]}") for name in names) for _ in range(3))
    what = book(
        division(CHAPTER, "odd", "I", "", *prose(3), Table("-" * 9, tuple(map(books.text, names)), rows))
    )
    sheets = pdf.proof_sheets(what, style=style, printed=MODIFIED)
    wide = [width for words, width in _widths(sheets.data, sheets.page) if "mmeasurable" in words]
    assert wide
    assert max(wide) < sheets.page.measure + _HUNG


@pytest.mark.parametrize("style", styles.known())
def test_a_table_taller_than_a_page_goes_over_pages_under_its_head(style: str) -> None:
    what = book(division(CHAPTER, "odd", "I", "", *prose(3), TALL, *prose(9, start=3)))
    sheets = pdf.proof_sheets(what, style=style, printed=MODIFIED)
    with pypdfium2.PdfDocument(sheets.data) as document:
        found = [squeezed(sheet.get_textpage().get_text_bounded()) for sheet in document]
    shown = [[int(n) for n in re.findall(r"Ship(\d+)Few", words)] for words in found]
    assert [n for numbers in shown for n in numbers] == [*range(1, 70)]
    assert [words.count("ShipTons") for words in found] == [min(1, len(numbers)) for numbers in shown]
    assert all(len(numbers) != 1 for numbers in shown)
    assert sum(map(bool, shown)) > 1
    assert {line.block for one in sheets.pages for line in one.lines} >= {*range(13)}
    assert all(one.bottom <= sheets.page.lines + 1 for one in sheets.pages)


@pytest.mark.parametrize("after", [0, 6])
@pytest.mark.parametrize("style", styles.known())
def test_a_note_longer_than_a_page_goes_on_at_the_foot_of_the_next(style: str, after: int) -> None:
    words = [f"word{n}" for n in range(900)]
    called = paragraph("It ran", note(" ".join(words)), f" amid the words. {WORDS}")
    what = book(division(CHAPTER, "odd", "I", "", *prose(9), called, *prose(after)))
    sheets = pdf.proof_sheets(what, style=style, printed=MODIFIED)
    assert all(one.bottom <= sheets.page.lines + 1 for one in sheets.pages)
    with pypdfium2.PdfDocument(sheets.data) as document:
        pages = [
            [*map(int, re.findall(r"word(\d+)", one.get_textpage().get_text_bounded()))] for one in document
        ]
    assert [n for page in pages for n in page] == [*range(900)]
    assert sum(map(bool, pages)) > 1


@pytest.mark.parametrize("words", [952, 964])
def test_the_end_of_a_note_alone_on_a_page_has_four_lines(words: int) -> None:
    called = paragraph(
        "It ran", note(" ".join(f"word{n}" for n in range(words))), f" amid the words. {WORDS}"
    )
    found = lines(pdf.write(book(division(CHAPTER, "odd", "I", "", *prose(9), called)), modified=MODIFIED))
    (end,) = (page for page in found if any(f"word{words - 1}" in line.words for line in page))
    assert sum("word" in line.words for line in end) >= 4


@pytest.mark.parametrize("before", [6, 9])
def test_text_flows_on_before_a_plate(before: int) -> None:
    """No page ends early because the next is a picture's; chapter and reading order go on round it."""
    image, name = jpeg((400, 600)), "images/map.jpg"
    figure = Figure(source.Run(name), source.Run("A map."))
    what = book(division(CHAPTER, "a", "I", "", *prose(before), figure, *prose(20, start=before)))
    pictures = {name: Picture(kind_of(image), lambda: image)}
    sheets = pdf.proof_sheets(what, pictures=pictures, plates=[name])
    bottoms = [page.bottom for page in sheets.pages]
    assert min(bottoms[:-1]) >= sheets.page.lines - 2
    numbers = [page.number for page in sheets.pages]
    (gap,) = [a for a, b in pairwise(numbers) if b != a + 1]
    last = [line.block for line in sheets.pages[numbers.index(gap)].lines]
    assert last[0] <= before + 1
    assert last[-1] >= before - 1
    data = pdf.edition(what, pictures=pictures, plates=[name], modified=MODIFIED).data
    with pikepdf.open(io.BytesIO(data)) as file:
        section = [one for one in file.Root.StructTreeRoot.K[0].K if one.S == "/Sect"][-1]
        kinds = [str(one.S) for one in section.K]
        assert 0 < kinds.index("/Sect") < len(kinds) - 1


def test_a_picture_leaves_room_on_its_page_for_what_is_below_it() -> None:
    """Its height is a share of the page's, also where it is laid out on an endless one."""
    tall = jpeg((400, 4000))
    figure = Figure(source.Run("images/map.jpg"), source.Run("A tower."), books.text("The tower."))
    what = book(division(CHAPTER, "a", "I", "", *prose(2), figure, *prose(6)))
    pictures = {"images/map.jpg": Picture(kind_of(tall), lambda: tall)}
    sheets = pdf.proof_sheets(what, pictures=pictures)
    (shown,) = [line for page in sheets.pages for line in page.lines if "tower." in line.text]
    # The style's share of a page, or less where it then stands at the foot of the page with its words.
    assert sheets.page.lines * 2 / 5 < shown.rows < sheets.page.lines * 3 / 4


def test_a_picture_is_made_smaller_where_it_then_has_room() -> None:
    image = jpeg((400, 400))
    figure = Figure(source.Run("images/map.jpg"), source.Run("A map."), books.text("The map."))
    announced = paragraph("So it looked:")
    what = book(division(CHAPTER, "a", "I", "", *prose(1), announced, figure, *prose(9, start=2)))
    pictures = {"images/map.jpg": Picture(kind_of(image), lambda: image)}
    chapter = [page for page in pdf.proofs(what, pictures=pictures) if page.lines]
    assert [line.text for line in chapter[0].lines][-2:] == ["So it looked:", "The map."]
    assert chapter[0].bottom <= pdf.proof_sheets(what, pictures=pictures).page.lines


@pytest.mark.parametrize("tall", ["row", "caption"])
def test_what_no_page_holds_is_set_as_paragraphs(tall: str) -> None:
    image, words = jpeg(), books.text(" ".join(f"word{n}" for n in range(900)))
    table = Table("--", (books.text("Ship"), books.text("Fate")), ((books.text("Argo"), words),))
    figure = Figure(source.Run("images/map.jpg"), source.Run("A map."), words)
    odd = table if tall == "row" else figure
    what = book(division(CHAPTER, "odd", "I", "", *prose(3), odd, *prose(9, start=3)))
    pictures = {"images/map.jpg": Picture(kind_of(image), lambda: image)}
    sheets = pdf.proof_sheets(what, pictures=pictures, printed=MODIFIED)
    assert all(one.bottom <= sheets.page.lines + 1 for one in sheets.pages)
    assert {line.block for one in sheets.pages for line in one.lines} >= {*range(13)}
    with pypdfium2.PdfDocument(sheets.data) as document:
        said = " ".join(one.get_textpage().get_text_bounded() for one in document)
    assert [*map(int, re.findall(r"word(\d+)", said))] == [*range(900)]
    assert ("Argo" in said) == (tall == "row")


@pytest.mark.parametrize("style", styles.known())
def test_long_lines_of_code_are_set_smaller_and_turned_over_further_in(style: str) -> None:
    short, long = "if ship:", "    sail(" + ", ".join(f"word{n}" for n in range(20)) + ")"
    what = book(division(CHAPTER, "odd", "I", "", *prose(1), Code(books.text(f"{short}\n{long}"))))
    sheets = pdf.proof_sheets(what, style=style, printed=MODIFIED)
    assert max(width for _, width in _widths(sheets.data, sheets.page)) < sheets.page.measure + _HUNG
    code = [line for one in sheets.pages for line in one.lines if "word" in line.text and line.block == 1]
    assert len(code) > 1
    assert squeezed("".join(line.text for line in code)) == squeezed(long)
    assert all(line.text.startswith("        ") for line in code[1:])


@pytest.mark.parametrize("before", [5, 8, 14])
def test_text_flows_up_before_a_picture_that_finds_no_room(before: int) -> None:
    image = jpeg((400, 300))
    figure = Figure(source.Run("images/map.jpg"), source.Run("A map."), books.text("The map."))
    what = book(division(CHAPTER, "a", "I", "", *prose(before), figure, *prose(20, start=before)))
    pictures = {"images/map.jpg": Picture(kind_of(image), lambda: image)}
    sheets = pdf.proof_sheets(what, pictures=pictures, printed=MODIFIED)
    chapter = [page for page in sheets.pages if page.lines]
    assert all(page.bottom > sheets.page.lines - 2.1 for page in chapter[:-1])
    (shown,) = [number for number, page in enumerate(chapter) for line in page.lines if "map." in line.text]
    called = [
        number for number, page in enumerate(chapter) for line in page.lines if line.block == before - 1
    ]
    assert called[-1] <= shown <= called[-1] + 1
    found = squeezed("".join(line.text for page in chapter for line in page.lines))
    assert all(f"Number{number}begins" in found for number in range(before + 20))


def test_notes_stand_at_the_foot_of_the_page_that_calls_them() -> None:
    noted = [
        paragraph(f"Number {n} came from Ghent", note(f"Note {n}. {WORDS[:90]}"), f", they say. {WORDS}")
        for n in range(12)
    ]
    what = book(division(CHAPTER, "a", "I", "", *noted, *prose(9)))
    found = pdf.proofs(what)
    assert report.measures(found).flaws.keys() <= {"loose", "river", "uneven"}
    for page in found:
        words = [line.text for line in page.lines]
        called = [n for n in range(12) if any(f"Number {n} came" in line for line in words)]
        assert [n for n in range(12) if any(f"Note {n}." in line for line in words)] == called
        assert page.bottom <= 37
        rows = [line.row + part for line in page.lines for part in range(int(line.rows))]
        assert len(rows) == len(set(rows)), "no line stands upon another"
    data = pdf.write(what, modified=MODIFIED)
    assert "Note11." in squeezed("".join(line.words for page in lines(data) for line in page))


def test_all_text_is_tagged_and_heads_and_folios_are_not() -> None:
    with pikepdf.open(io.BytesIO(made())) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        for page in file.pages:
            marks, loose = _marked(page)
            assert loose == 0
            elements: Any = parents[int(page.obj.StructParents)] if marks else []
            assert len(elements) == len(marks)
            for mark, element in enumerate(elements):
                assert mark in {_number(kid, page) for kid in element.K}


def test_the_file_is_read_aloud_in_the_order_of_its_pages() -> None:
    """Lists, code, pictures and tables stand among the paragraphs where they are printed."""
    image = jpeg()
    rest = (ODD["a list"], ODD["code"], ODD["a table"], ODD["a picture"], TALL)
    blocks: list[Block] = [block for odd in rest for block in (*prose(2), odd)]
    what = book(division(CHAPTER, "a", "I", "Oak", *blocks), division(CHAPTER, "b", "II", "Elm", *prose(9)))
    pictures = {"images/map.jpg": Picture(kind_of(image), lambda: image)}
    data = pdf.edition(what, pictures=pictures, modified=MODIFIED).data
    with pikepdf.open(io.BytesIO(data)) as file:
        number = {page.obj.objgen: at for at, page in enumerate(file.pages)}
        read = list(_read_aloud(file.Root.StructTreeRoot.K[0], number, 0))
    tops = _tops(data)
    assert sorted(set(read)) == sorted(tops)
    assert [page for page, _ in read] == sorted(page for page, _ in read)
    for one, other in pairwise(read):
        assert one[0] < other[0] or tops[one] > tops[other] - _ALIKE, (one, other)


_ALIKE = 4.0
"""Points by which signs on one line may differ in height."""


def _tops(data: bytes) -> dict[tuple[int, int], float]:
    """Give how high each mark of each page reaches."""
    found: dict[tuple[int, int], float] = {}
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        for one in page.get_objects():
            value = c_int()
            for at in range(raw.FPDFPageObj_CountMarks(one.raw)):
                mark = raw.FPDFPageObj_GetMark(one.raw, at)
                if raw.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", value):
                    key = number, value.value
                    found[key] = max(found.get(key, 0.0), one.get_bounds()[3])
    document.close()
    return found


def _read_aloud(element: Any, number: dict[tuple[int, int], int], at: int) -> Iterator[tuple[int, int]]:
    """Give the pages and marks of an element and of all that is in it, in the order of the structure."""
    at = number.get(element.Pg.objgen, at) if "/Pg" in element else at
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, int):
            yield at, kid
        elif "/MCID" in kid:
            yield number[kid.Pg.objgen] if "/Pg" in kid else at, int(kid.MCID)
        elif str(kid.get("/Type", "")) != "/OBJR":
            yield from _read_aloud(kid, number, at)


def _marked(page: pikepdf.Page) -> tuple[set[int], int]:
    """Give the marks of a page's text, and how many pieces of text stand outside of any mark."""
    depth, marks, loose = 0, set(), 0
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = instruction.operator
        name = str(operator)
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        loose += name in ("TJ", "Tj") and depth == 0
        if name == "BDC" and "/MCID" in (operands[1] if isinstance(operands[1], pikepdf.Dictionary) else {}):
            marks.add(int(operands[1].MCID))
    return marks, loose


def _number(kid: Any, page: pikepdf.Page) -> int:
    if isinstance(kid, int):
        return kid
    if (
        isinstance(kid, pikepdf.Dictionary)
        and "/MCID" in kid
        and kid.get("/Pg", page.obj).objgen == page.obj.objgen
    ):
        return int(kid.MCID)
    return -1


@pytest.mark.parametrize("engine", Engine)
def test_a_drop_cap_is_as_tall_as_its_lines(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_text('inherits = "classic"\n[page]\ndrop-cap = 3\n', "utf-8")
    opening = paragraph(f"“Her house stood by the river,” she said. {WORDS} {WORDS}")
    two = division(CHAPTER, "b", "II", "Oak", paragraph("Rain fell."), *prose(2))
    what = book(division(CHAPTER, "a", "I", "Ice", opening, *prose(2)), two)
    data = pdf.write(what, style=str(tmp_path), engine=engine, modified=MODIFIED)
    (sheet,) = [page for page in lines(data) if any("er house stood" in line.words for line in page)]
    first = next(number for number, line in enumerate(sheet) if "er house stood" in line.words)
    assert sheet[first].words.startswith("“")
    assert sheet[first + 2].words.startswith("H"), "it stands on the third line"
    page = page_of(data)
    with pypdfium2.PdfDocument(data) as file:
        texts = [one.get_textpage() for one in file]
        opened = next(text for text in texts if "er house stood" in text.get_text_range())
        _, foot, _, top = opened.get_charbox(opened.get_text_range().index("H"))
    assert top - foot == pytest.approx(2 * page.leading + 0.65 * page.size, abs=1)
    assert any(line.words == "Rain fell." for sheet in lines(data) for line in sheet), "too short for one"


def test_the_report_names_page_and_place() -> None:
    found = pdf.proofs(novel())
    flaws = report.flaws(found)
    text = report.as_text(flaws, report.measures(found), novel(), {})
    assert "spreads end level" in text
    data = json.loads(report.as_json(flaws, report.measures(found), novel(), {}))
    assert data["version"] == 1
    assert len(data["flaws"]) == len(flaws)
    assert {flaw["page"] for flaw in data["flaws"]} <= {page.label for page in found}


def test_the_command_judges_a_manuscript_and_names_its_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.txt"
    words = "Extraordinarily incomprehensible straightforwardness characterized counterrevolutionaries "
    path.write_text("The House\n\n" + "\n\n".join([words * 9] * 8) + "\n", "utf-8")
    assert cli.main(["report", str(path), "--trim", "4x6in", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["measures"]["lines"] > 100
    loose = [flaw for flaw in data["flaws"] if flaw["kind"] == "loose"]
    assert loose
    assert {flaw["line"] for flaw in loose} <= set(range(3, 18, 2))
    assert cli.main(["report", str(path), "--trim", "4x6in"]) == 0
    told = capsys.readouterr().out
    assert "spreads end level" in told
    assert f"p. {loose[0]['page']}: loose ({path}:{loose[0]['line']}:" in told
    assert list(tmp_path.iterdir()) == [path]


def test_one_process_or_several_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    what = book(*(division(CHAPTER, f"c{n}", str(n), "", *prose(4 + n, start=n)) for n in range(1, 9)))

    def anew(least: int) -> bytes:
        monkeypatch.setattr(chapters, "_kept", {})
        monkeypatch.setattr(remembered, "folder", lambda: tmp_path / str(least))
        monkeypatch.setattr(chapters, "_WORTH_A_POOL", least)
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
        return pdf.write(what, modified=MODIFIED)

    alone = anew(10**9)
    assert anew(0) == alone
    assert pdf.write(what, modified=MODIFIED) == alone, "what was kept gives the same as what is made anew"
    monkeypatch.setattr(chapters, "_kept", {})
    monkeypatch.setattr(chapters.Workshop, "made", None)
    assert pdf.write(what, modified=MODIFIED) == alone, "and so does what another process composed"


def test_a_damaged_cache_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "folder", lambda: tmp_path / "sections")
    monkeypatch.setattr(chapters, "_kept", {})
    what = book(division(CHAPTER, "a", "I", "", *prose(5)), division(CHAPTER, "b", "II", "", *prose(7)))
    whole = pdf.write(what, modified=MODIFIED)
    first, second = sorted((tmp_path / "sections").iterdir())
    first.write_bytes(first.read_bytes()[:-1])
    second.write_bytes(b"")
    monkeypatch.setattr(chapters, "_kept", {})
    assert pdf.write(what, modified=MODIFIED) == whole
    monkeypatch.setattr(remembered, "folder", lambda: first / "no folder")
    monkeypatch.setattr(chapters, "_kept", {})
    assert pdf.write(what, modified=MODIFIED) == whole


def test_the_cache_forgets_what_was_not_used_for_longest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "folder", lambda: tmp_path)
    monkeypatch.setattr(remembered, "_MOST_BYTES", 300)
    for number, name in enumerate((b"old", b"new", b"used")):
        remembered.keep(name, name * 40)
        os.utime(tmp_path / name.hex(), (number, number))
    os.utime(tmp_path / b"old".hex(), (9, 9))
    remembered.tidy()
    assert [remembered.recall(name, bytes) for name in (b"old", b"new", b"used")] == [
        b"old" * 40,
        None,
        None,
    ]


def test_a_picture_that_was_replaced_by_one_of_its_name_is_set_anew() -> None:
    figure = Figure(source.Run("images/map.jpg"), source.Run("A map"))
    what = book(division(CHAPTER, "a", "I", "", *prose(3), figure, *prose(9, start=3)))

    def made(size: tuple[int, int]) -> bytes:
        image = jpeg(size)
        shown = Picture(kind_of(image), lambda: image, image)
        return pdf.edition(what, pictures={"images/map.jpg": shown}, modified=MODIFIED).data

    wide, tall = made((600, 300)), made((600, 1100))
    chapters._kept.clear()
    for path in remembered.folder().iterdir():
        path.unlink()
    assert (made((600, 1100)), made((600, 300))) == (tall, wide)


def test_typefaces_that_were_installed_anew_are_set_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what = book(division(CHAPTER, "a", "I", "", *prose(3)))
    before = pdf.write(what, modified=MODIFIED)
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "cache_folder", lambda: tmp_path)
        fonts.faces.cache_clear()
        assert pdf.write(what, modified=MODIFIED) == before
    fonts.faces.cache_clear()


def test_a_changed_chapter_alone_is_composed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chapters, "_kept", {})
    first, second, changed = (
        division(CHAPTER, key, key, "", *prose(n)) for key, n in (("a", 3), ("b", 4), ("b", 5))
    )
    pdf.write(book(first, second), modified=MODIFIED)
    before = set(chapters._kept)
    pdf.write(book(first, changed), modified=MODIFIED)
    assert len(set(chapters._kept) - before) == 1


@pytest.mark.parametrize("language", ["en", "de", "fr", "hu", "nl", "ca", "pl"])
def test_words_are_divided_where_pyphen_divides_them(language: str) -> None:
    patterns = pyphen.Pyphen(lang=pyphen.language_fallback(language), left=2, right=3)
    words = {word.lower() for word in (*WORDS, *re.findall(r"\w+", GERMAN), "omnibuszal", "cafeïnehoudend")}
    for word in (word for word in words if word.isalpha() and len(word) >= 6):
        plain = tuple(int(place) for place in patterns.positions(word) if place.data is None)
        assert hyphens.divisions(word, language) == plain


def test_characters_that_nobody_sees_begin_where_the_next_does() -> None:
    seen, all_of_them = shape(kind(), "after"), shape(kind(), "\u2060af\u200bt\u00ader\u200d")
    assert all_of_them.code == seen.code
    assert all_of_them.stops == (
        seen.stops[0],
        *seen.stops[:2],
        *[seen.stops[2]] * 2,
        *[seen.stops[3]] * 2,
        *seen.stops[4:],
        seen.stops[5],
    )


def test_pages_are_the_same_where_dearer_ways_than_known_ones_are_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paragraph = Setting(LINE * 7, 0.0, frozenset((LINE, LINE * 3, LINE * 5)))
    other = Setting(LINE * 8, 2.0, frozenset())
    long_note = Setting(LINE * 7, 0.0, frozenset(), feet=(0.0, 0.0, *[70.0] * 6))
    slots = [Slot(0, False, (long_note if at == 4 else paragraph, other)) for at in range(14)]
    made = pages(slots, 20, starts_right=True)
    planner: Any = spreads._Planner
    monkeypatch.setattr(spreads, "_Planner", lambda *given: planner(*given[:-1], float("inf")))
    assert made == pages(slots, 20, starts_right=True)


def test_pages_onto_which_long_notes_go_are_no_reason_to_plan_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def slot(at: int) -> Slot:
        lines = 4 + at * 5 % 7
        feet = (0.0,) * lines + (130.0 * LINE,) if at in (5, 14) else ()
        near = (
            Setting(lines * LINE, 0.0, feet=feet),
            Setting((lines + 1) * LINE, 9.0, feet=(*feet[:1], *feet)),
        )
        far = Setting((lines + 2) * LINE, 20.0, feet=(*feet[:2], *feet), is_far=True)
        return Slot(0, False, (*near, far))

    tried: list[float] = []

    def planner(*given: Any) -> Any:
        tried.append(given[3])
        return plain(*given)

    plain: Any = spreads._Planner
    monkeypatch.setattr(spreads, "_Planner", planner)
    laid = pages([slot(at) for at in range(24)], 21, starts_right=True)
    assert laid
    assert tried == list(spreads._KEPT[:2])
    tried.clear()
    pages([Slot(0, False, slot(0).settings) for _ in range(24)], 21, starts_right=True)
    assert tried == [spreads._KEPT[0]]
