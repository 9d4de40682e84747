"""The wrap cover: as wide as its printer says, lettered where it may be, nothing near an edge or a fold."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from publish import cli, styles
from publish.diagnostic import PublishError
from publish.preflight import ink, preflight
from publish.stores import INGRAM, KDP, STORES, Store
from publish.wrap import Cover, Wish, Wrap, barcode, check_price, wrap
from publish.wrap.inks import INKS
from publish.wrap.making import make
from tests.books import book
from tests.test_epub import MOMENT

TRIM = (396.0, 612.0)
ISBN = "978-3-16-148410-0"
BACK = "A clerk is sent to a valley.\n\nIt will not give its names, and the sheet stays white for a year."


def made(store: Store = KDP, pages: int = 200, style: str = "classic", **wishes: Any) -> tuple[Wrap, Cover]:
    measures = wrap(TRIM, pages, store, paper="white", spine="" if store.papers else "12.7mm")
    metadata = book(title="The Name Book", creators=[("Marian Orrell", "aut")]).metadata
    wish = Wish(**({"back": BACK, "isbn": ISBN, "price": "51299"} | wishes))
    return measures, make(metadata, styles.load(style), measures, store, wish, MOMENT)


def marks(cover: Cover) -> list[ink.Mark]:
    with pikepdf.open(BytesIO(cover.data)) as file:
        return ink.read(file.pages[0]).marks


def test_the_sheet_is_as_wide_as_boards_spine_and_bleed() -> None:
    measures, cover = made(pages=200)
    # Amazon KDP's own example: 200 white pages are 0.450 inches thick.
    assert measures.spine / 72 == pytest.approx(0.4504)
    with pikepdf.open(BytesIO(cover.data)) as file:
        (page,) = file.pages
        width, height = 2 * 5.5 + 0.4504 + 0.25, 8.5 + 0.25
        assert [float(side) / 72 for side in page.mediabox] == pytest.approx([0, 0, width, height], abs=1e-4)
        trim = [0.125, 0.125, width - 0.125, height - 0.125]
        assert [float(side) / 72 for side in page.trimbox] == pytest.approx(trim, abs=1e-4)
        assert "/Annots" not in page.obj


@pytest.mark.parametrize("design", ["frame", "label", "bands", "flush", "horizon"])
@pytest.mark.parametrize("style", ["classic", "modern"])
def test_no_letter_comes_near_an_edge_or_a_fold(design: str, style: str) -> None:
    measures, cover = made(style=style, design=design)
    assert cover.notes == ()
    left, right = measures.spine_left, measures.front_left
    boards = [(measures.bleed, left), (left, right), (right, measures.sheet[0] - measures.bleed)]
    room = [measures.safe / 2, measures.spine_clear, measures.safe / 2]
    letters = [mark.box for mark in marks(cover) if mark.kind == "text"]
    assert letters
    for x, y, to_x, to_y in letters:
        assert any(
            begin + clear <= x and to_x <= end - clear
            for (begin, end), clear in zip(boards, room, strict=True)
        )
        assert measures.bleed + measures.safe / 2 <= y
        assert to_y <= measures.sheet[1] - measures.bleed - measures.safe / 2


def test_the_spine_is_lettered_where_the_printer_takes_it() -> None:
    for pages, lettered in ((78, False), (120, True), (400, True)):
        measures, cover = made(pages=pages)
        on_spine = [box for box in marks(cover) if measures.spine_left <= box.box[0] < measures.front_left]
        assert any(mark.kind == "text" for mark in on_spine) is lettered
        assert any("The spine has no letters" in note for note in cover.notes) is not lettered


def test_many_authors_do_not_make_a_spine_too_small_to_read() -> None:
    measures = wrap(TRIM, 300, KDP, paper="white")
    names = ["Adalbert Hohenstein-Wallersbach", "Bonaventura Featherstonehaugh", "Clementine Cholmondeley"]
    metadata = book(title="The Name Book", creators=[(name, "aut") for name in names]).metadata
    cover = make(metadata, styles.load("classic"), measures, KDP, Wish(isbn=ISBN), MOMENT)
    boxes = [mark.box for mark in marks(cover) if mark.kind == "text"]
    lettered = [box for box in boxes if measures.spine_left < box[0] < box[2] < measures.front_left]
    assert max(box[2] - box[0] for box in lettered) > 12


def modules(bars: list[barcode.Bar], count: int) -> str:
    inked = {at + step for at, width in bars for step in range(width)}
    return "".join("1" if at in inked else "0" for at in range(count))


def test_the_barcode_says_the_number() -> None:
    # The figures and the pattern of the standard's own tables, read by another program.
    assert barcode.thirteen("3-16-148410-X") == barcode.thirteen(ISBN) == "9783161484100"
    assert modules(barcode.ean13("9783161484100"), 95) == (
        "10101110110001001010000100110010000101001100101010101110010010001011100110011011100101110010101"
    )
    assert modules(barcode.ean5("51299"), 47) == "10110110001010110011010010011010001011010010111"
    with pytest.raises(PublishError, match="no price"):
        check_price("12.99")


def test_a_cover_without_number_says_so_and_leaves_the_place_free() -> None:
    with_number, without = made()[1], made(isbn="")[1]
    assert len(marks(with_number)) - len(marks(without)) > 60
    assert any("no ISBN" in note for note in without.notes)


def test_a_text_that_is_too_long_for_the_back_is_told() -> None:
    assert any("shorten it" in note for note in made(back="It rained in the valley. " * 400)[1].notes)


def test_inks_are_mixed_for_a_printer_that_asks_for_them() -> None:
    assert all(sum(ink) <= 2.4 for ink in INKS.values())
    _, cover = made(INGRAM)
    with pikepdf.open(BytesIO(cover.data)) as file:
        assert ink.read(file.pages[0]).spaces <= {"gray", "cmyk"}
        assert str(file.docinfo["/GTS_PDFXConformance"]) == "PDF/X-1a:2001"
        for font in dict(file.pages[0].obj.Resources.Font).values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
    assert made(INGRAM)[1].data == cover.data


def test_a_given_picture_fills_the_front_and_its_bleed() -> None:
    out = BytesIO()
    Image.new("RGB", (900, 1400), (9, 99, 199)).save(out, "PNG")
    measures, cover = made(front=out.getvalue())
    (picture,) = [mark.box for mark in marks(cover) if mark.kind == "picture"]
    assert picture[0] == pytest.approx(measures.front_left, abs=0.1)
    assert picture[2] >= measures.sheet[0] - 0.1
    assert any("pixels to the inch" in note for note in cover.notes)
    assert any("CMYK" in note for note in made(INGRAM, front=out.getvalue())[1].notes)


def test_the_command_counts_the_pages_and_asks_for_what_it_cannot_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "story.txt").write_text(
        "The House\n\nby Jane Roe\n\nIt was empty, and nobody came.\n", "utf-8"
    )
    (tmp_path / "book.toml").write_text(f'[book]\nisbn = "{ISBN}"\n[cover]\nback = "Empty."\n', "utf-8")
    target = tmp_path / "cover.pdf"
    assert cli.main(["cover", str(tmp_path), "-o", str(target)]) == 0
    told = capsys.readouterr().err
    assert "no letters" in told
    assert "in wide for 4 pages, as Amazon KDP, paperback had its paper “cream”" in told
    assert "The book has 4 pages; Amazon KDP, paperback binds 24 to 828." in told
    assert cli.main(["cover", str(tmp_path), "-o", str(target), "--pages", "41"]) == 0
    assert "for 42 pages" in capsys.readouterr().err
    assert cli.main(["cover", str(tmp_path), "-o", str(target), "--pages", "830"]) == 2
    assert "binds 24 to 828" in capsys.readouterr().err
    assert cli.main(["cover", str(tmp_path), "-o", str(target), "--for", "ingram", "--pages", "200"]) == 2
    assert "--spine" in capsys.readouterr().err
    for wrong in (["--paper", "gold"], ["--spine", "wide"]):
        assert cli.main(["cover", str(tmp_path), "-o", str(target), "--pages", "200", *wrong]) == 2
    (tmp_path / "book.toml").write_text('[cover]\nprice = "12.99"\n', "utf-8")
    assert cli.main(["pdf", str(tmp_path), "-o", str(tmp_path / "book.pdf")]) == 2
    assert "book.toml:2:1" in capsys.readouterr().err
    (tmp_path / "book.toml").write_text('[cover]\nfront = "none.png"\n', "utf-8")
    assert cli.main(["cover", str(tmp_path), "-o", str(target), "--pages", "200"]) == 2
    assert "book.toml:2:1" in capsys.readouterr().err
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("style", ["classic", "modern"])
def test_what_no_font_can_draw_leaves_no_box_on_the_cover(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    (tmp_path / "story.md").write_text(
        "---\ntitle: The 𖥂 House\nauthor: Ada 𖥂\n---\n\nIt was empty.\n", "utf-8"
    )
    (tmp_path / "book.toml").write_text('[cover]\nback = "A 𖥂 and no more."\n', "utf-8")
    target = tmp_path / "cover.pdf"
    wish = ["cover", str(tmp_path), "-o", str(target), "--pages", "300", "--style", style]
    assert cli.main(wish) == 0
    assert "can draw 𖥂 on the cover" in capsys.readouterr().err
    faults = preflight("cover.pdf", target.read_bytes(), STORES["screen"]).faults
    assert "PDF007" not in {fault.code for fault in faults}
