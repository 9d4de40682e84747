"""Made covers say what a book is called and by whom; given ones come out as stores take them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image, ImageFile

from publish import fonts, styles
from publish.cli import main
from publish.diagnostic import PublishError
from publish.document import Metadata
from publish.epub import cover, lettering
from publish.epub.given import prepared
from publish.epub.lettering import Type
from publish.epub.look import Look
from tests.books import book
from tests.conftest import EPOCH

MOMENT = datetime.fromtimestamp(EPOCH, UTC)
TYPE = Type((fonts.TEXT_FAMILY, fonts.SECOND_FAMILY))
LONG = "The Extraordinary and Rather Long Adventures of a Clockmaker’s Daughter in the Kingdom of Salt"
BOOKS: dict[str, dict[str, Any]] = {
    "one word": {"title": "Emma", "creators": [("Jane Austen", "aut")]},
    "long": {
        "title": LONG,
        "subtitle": "A Novel",
        "creators": [("A. B. von Hohenstein-Wallersbach", "aut")] * 3,
    },
    "series": {"title": "Rain", "series": "The Harbour", "series_number": "2"},
    "twenty authors": {"title": "Rain", "creators": [("Ada Marsh", "aut")] * 20, "subtitle": "\u200b"},
    "no author": {"title": "Donaudampfschifffahrtsgesellschaft"},
    "Greek": {"title": "Ἰλιάς", "creators": [("Ὅμηρος", "aut")], "language": "el"},
}


def metadata(name: str) -> Metadata:
    return book(**BOOKS[name]).metadata


def made(name: str, **look: Any) -> Image.Image:
    with Image.open(BytesIO(cover.design(metadata(name), styles.load("classic"), Look(**look)))) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def luminance(colour: tuple[int, ...]) -> float:
    """As WCAG 2.2 defines it."""
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("colour", cover.COLOURS)
def test_letters_stand_out_from_the_ground(colour: str) -> None:
    dark, light = sorted((luminance(cover.COLOURS[colour]), luminance(cover.PAPER)))
    assert (light + 0.05) / (dark + 0.05) >= 7


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("design", cover.DESIGNS)
def test_every_design_holds_every_title(design: str, name: str) -> None:
    image = made(name, design=design, colour="ink")
    assert (image.size, image.mode) == ((1600, 2560), "RGB")
    title = image.crop((100, 200, 1500, 1900)).getcolors(1 << 24) or []
    assert len(title) > 10, "letters, with grey edges"
    grey = image.convert("L")
    # Along the edge there are fields and rules alone, no letters that it would cut.
    for edge in ((0, 0, 30, 2560), (1570, 0, 1600, 2560)):
        changes = sum(abs(a - b) > 60 for a, b in pairwise(grey.crop(edge).resize((1, 2560)).tobytes()))
        assert changes <= 8, "fields and rules alone reach the edge"


@pytest.mark.parametrize("design", cover.DESIGNS)
def test_a_thumbnail_can_be_read(design: str) -> None:
    """At 100 pixels the letters of a title are six pixels high at least."""
    words = cover.words_of(metadata("series"), styles.load("classic"))
    assert lettering.largest(words.title, words.display, 1000, 800, 270).size * 100 / 1600 >= 6
    small = made("series", design=design).resize((100, 160), Image.Resampling.LANCZOS).convert("L")
    levels = sorted(small.tobytes())
    assert levels[-30] - levels[len(levels) // 4 if levels[len(levels) // 2] < 128 else 30] > 100


def test_a_book_keeps_its_colour_and_its_bytes() -> None:
    style = styles.load("modern")
    assert cover.design(metadata("long"), style) == cover.design(metadata("long"), style)
    assert made("long", colour="olive").getpixel((5, 5)) != made("long", colour="ink").getpixel((5, 5))


def lines(text: str, measure: float = 1200, height: float = 1200) -> list[int]:
    """How many glyphs stand on each line."""
    block = lettering.largest(text, TYPE, measure, height, 340)
    assert block.width <= measure
    assert block.height <= height + 1
    return [len(line.glyphs) for line in block.lines]


def test_titles_break_evenly_and_after_no_small_word() -> None:
    for title, broken in [
        ("Rain on the Far Bank of the River Ouse", ["Rain on the Far Bank", "of the River Ouse"]),
        ("A Tale of Two Cities", ["A Tale", "of Two Cities"]),
        ("The Sound and the Fury", ["The Sound", "and the Fury"]),
    ]:
        assert lettering._balanced([f"{word} " for word in title.split()], 2, TYPE) == broken
    assert len(lines("Emma")) == 1
    assert len(lines("Donaudampfschifffahrtsgesellschaft")) == 1, "nobody said in which language"
    assert 3 <= len(lines(LONG)) <= 8


def test_of_a_title_that_no_cover_holds_its_beginning_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time grew with the fourth power of its words: a title of 400 took minutes."""
    tried: list[int] = []
    balanced = lettering._balanced

    def counted(words: Sequence[str], count: int, kind: lettering.Type) -> list[str]:
        tried.append(len(words))
        return balanced(words, count, kind)

    monkeypatch.setattr(lettering, "_balanced", counted)
    block = lettering.largest("rain and snow " * 10_000, TYPE, 1200, 1200, 340)
    assert block.lines[0].text.startswith("rain and snow")
    assert block.lines[-1].text.endswith("…")
    assert max(tried) < 200 > len(tried) * 4


def test_a_word_as_long_as_a_cover_is_divided_where_its_language_divides_it() -> None:
    """In one line its letters would be four pixels high at 100 pixels; shorter words stay whole."""
    kind = replace(TYPE, language="de")
    block = lettering.largest("Donaudampfschifffahrtsgesellschaft", kind, 1200, 1200, 340)
    divided = [line.text for line in block.lines]
    assert len(divided) > 1 < block.size / 100
    assert all(line.endswith("-") for line in divided[:-1])
    assert "".join(divided).replace("-", "") == "Donaudampfschifffahrtsgesellschaft"
    whole = lettering.largest("Die Wahrscheinlichkeit", kind, 1200, 1200, 340)
    assert "-" not in "".join(line.text for line in whole.lines)


@pytest.mark.parametrize("design", cover.DESIGNS)
def test_a_long_title_can_be_read_in_a_thumbnail(design: str) -> None:
    small = (
        made("long", design=design, colour="ink").resize((100, 160), Image.Resampling.LANCZOS).convert("L")
    )
    rows = [small.crop((10, y, 90, y + 1)).tobytes() for y in range(25, 120)]
    lettered = [max(row) - min(row) > 60 for row in rows]
    assert sum(lettered) > 25, "letters take a quarter of the rows"


@pytest.mark.parametrize("title", [LONG, LONG * 3, "Emma", "Donaudampfschifffahrtsgesellschaft", "Ἰλιάς"])
@pytest.mark.parametrize("room", [(1000, 400), (1300, 1500), (1000, 90)])
def test_nothing_stands_out_of_its_room(title: str, room: tuple[int, int]) -> None:
    assert sum(lines(title, *room)) > 0
    names = lettering.fitted([title, "Jane Austen"], TYPE, room[0], (124, 84))
    assert names.width <= room[0]


def test_words_are_shaped() -> None:
    kerned = lettering.shaped("AVAT", TYPE).width
    assert kerned < sum(lettering.shaped(letter, TYPE).width for letter in "AVAT")
    assert len(lettering.shaped("ffi", TYPE).glyphs) == 1, "a ligature"
    assert lettering.shaped("Ἰλιάς", TYPE).width > 1
    right = lettering.shaped("שלום", Type((fonts.SECOND_FAMILY,)))
    assert [glyph.x for glyph in right.glyphs] == sorted(glyph.x for glyph in right.glyphs)


def test_overlapping_contours_are_filled_and_holes_are_not() -> None:
    image = Image.new("L", (400, 400))
    block = lettering.fitted(["o"], TYPE, 400, (400, 400))
    lettering.paint(image, block, (0, 0), 255, "left")
    box = image.getbbox()
    assert box is not None
    middle = ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)
    assert image.getpixel(middle) == 0
    assert image.getpixel((box[0] + 12, middle[1])) == 255


def test_what_no_font_can_draw_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    odd = book(title="Rain 鬱").metadata
    assert cover.lacking(odd, styles.load("classic")) == "鬱"
    assert cover.lacking(metadata("Greek"), styles.load("classic")) == ""


@pytest.mark.parametrize("look", [Look(design="fram"), Look(colour="blue")])
def test_an_unknown_design_or_colour_is_told_with_those_that_exist(look: Look) -> None:
    with pytest.raises(PublishError, match=r"is no (design|colour) of a cover") as caught:
        cover.design(metadata("series"), styles.load("classic"), look)
    assert "Known: " in caught.value.hint


# --- Given pictures -----------------------------------------------------------------------------------------


def picture(
    mode: str = "RGB", size: tuple[int, int] = (1600, 2560), kind: str = "JPEG", **save: Any
) -> bytes:
    file = BytesIO()
    Image.new(mode, size, 200 if mode in ("L", "I;16") else None).save(file, kind, **save)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_good_picture_stays_as_it_is(kind: str) -> None:
    data = picture(kind=kind)
    assert prepared(data).image == data
    assert prepared(data).notes == ()


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture(size=(2560, 1600), exif=exif)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (picture("CMYK"), "its colours, CMYK, are RGB now"),
        (picture("RGBA", kind="PNG"), "what was transparent is white now"),
        (picture("I;16", kind="PNG"), "8 bits for each point"),
        (turned(), "turned upright"),
        (picture("L", size=(3500, 5600)), "scaled down to 1600 × 2560 pixels"),
    ],
    ids=["CMYK", "transparent", "16 bits", "turned", "huge"],
)
def test_a_picture_is_made_fit_and_that_is_told(data: bytes, note: str) -> None:
    given = prepared(data)
    image = Image.open(BytesIO(given.image))
    assert image.size == (1600, 2560)
    assert image.mode in ("RGB", "L")
    assert not image.getexif()
    assert [said for said in given.notes if note in said]
    assert prepared(given.image).notes == ()


@pytest.mark.parametrize(
    ("size", "note"), [((800, 1280), "800 × 1280 pixels"), ((2000, 2000), "1.00 times as high as wide")]
)
def test_what_stores_will_not_like_is_told(size: tuple[int, int], note: str) -> None:
    given = prepared(picture(size=size))
    assert [said for said in given.notes if note in said]
    assert given.image == picture(size=size)


@pytest.mark.parametrize("data", [b"GIF89a", picture()[:2000], b"\x89PNG\r\n\x1a\nnothing"])
def test_what_is_no_picture_is_refused(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    with pytest.raises(PublishError, match="cover"):
        prepared(data)


def test_the_command_line_chooses_a_design_and_tells_of_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("book").mkdir()
    Path("book/a.txt").write_text("Chapter 1\n\nIt rained.\n")
    Path("book/front.jpg").write_bytes(picture("CMYK"))
    Path("book/book.toml").write_text('[epub]\ncover-design = "nothing"\n')
    assert main(["epub", "book"]) == 2
    assert re.match(
        r"publish: book.book\.toml:2:1: “nothing” is no design of a cover", capsys.readouterr().err
    )
    Path("book/book.toml").write_text('[epub]\ncover = "front.jpg"\n')
    assert main(["epub", "book", "--cover-design", "bands", "-o", "a.epub"]) == 0
    assert "front.jpg: The cover was changed: its colours, CMYK" in capsys.readouterr().err
