"""`publish check FILE.pdf`: holds a PDF, whoever made it, against the rules of a store."""

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from publish import cli, pdf
from publish.diagnostic import PublishError
from publish.lint import RULES
from publish.preflight import Preflight, ink, preflight
from publish.preflight.report import as_text
from publish.preflight.rules import Fault
from publish.stores import INGRAM, KDP, SCREEN, STORES, Store
from tests.books import every_kind
from tests.test_epub import MOMENT

BOOKS = Path(__file__).parent.parent / "manuscripts"
Draw = Callable[[int], str]


def inside(number: int) -> str:
    """A page whose print stands well inside, in black of one ink."""
    return f"0 g BT /F 11 Tf 100 300 Td (Page {number}) Tj ET"


def printed(
    draw: Draw = inside, pages: int = 24, *, change: Callable[[pikepdf.Pdf], None] | None = None
) -> bytes:
    """A file of 5.5 by 8.5 inches whose font says that it is embedded, and that says it is PDF/X-1a."""
    file = pikepdf.new()
    promise(file)
    described = Dictionary(Type=Name.FontDescriptor, FontName=Name.Plain, FontFile2=file.make_stream(b""))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Plain, FirstChar=32,
        Widths=Array([500] * 95), FontDescriptor=file.make_indirect(described),
    )  # fmt: skip
    held = file.make_indirect(font)
    for number in range(1, pages + 1):
        page = file.add_blank_page(page_size=(396, 612))
        page.obj.Resources = Dictionary(Font=Dictionary(F=held))
        page.obj.Contents = file.make_stream(draw(number).encode())
        page.obj.TrimBox = page.obj.MediaBox
    if change:
        change(file)
    out = BytesIO()
    mode = pikepdf.ObjectStreamMode.disable
    file.save(out, object_stream_mode=mode, force_version="1.3", deterministic_id=True)
    return out.getvalue()


def promise(file: pikepdf.Pdf) -> None:
    facts = {"Title": "T", "Creator": "C", "Producer": "P", "CreationDate": "D:2026", "ModDate": "D:2026"}
    versions = {"GTS_PDFXVersion": "PDF/X-1:2001", "GTS_PDFXConformance": "PDF/X-1a:2001"}
    for key, value in (facts | versions).items():
        file.docinfo[f"/{key}"] = value
    file.docinfo["/Trapped"] = Name("/False")
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name("/GTS_PDFX"), OutputConditionIdentifier="CGATS TR 001",
        RegistryName="http://www.color.org",
    )  # fmt: skip
    file.Root.OutputIntents = Array([intent])


def broken(data: bytes, store: Store) -> dict[str, tuple[int, ...]]:
    return {fault.code: fault.pages for fault in preflight("book.pdf", data, store).faults}


def on_seven(code: str) -> Draw:
    return lambda number: f"{inside(number)} {code}" if number == 7 else inside(number)


@pytest.mark.parametrize("store", [KDP, INGRAM], ids=lambda store: store.name)
def test_a_plain_book_for_print_keeps_every_rule(store: Store) -> None:
    assert broken(printed(), store) == {}


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("BT /F 11 Tf 380 300 Td (Out of it) Tj ET", "PDF011"),
        ("BT /F 11 Tf 20 300 Td (Into the gutter) Tj ET", "PDF011"),
        ("q 1 0 0 1 0 -290 cm BT /F 11 Tf 100 300 Td (Below) Tj ET Q", "PDF011"),
        ("100 604 50 5 re f", "PDF011"),
        ("BT 0.2 0.2 0.2 rg /F 11 Tf 100 200 Td (Grey) Tj ET", "PDF008"),
        ("BT 0 0 0 rg /F 11 Tf 100 200 Td (Three inks) Tj ET", "PDF008"),
        ("q 72 0 0 72 100 100 cm BI /W 100 /H 100 /CS /G /BPC 1 ID " + "x" * 1300 + " EI Q", "PDF009"),
    ],
)
def test_what_is_printed_wrongly_is_found_on_its_page(code: str, rule: str) -> None:
    found = broken(printed(on_seven(code)), INGRAM)
    # What is printed in three inks is no PDF/X either.
    assert {key: pages for key, pages in found.items() if key != "PDF014" or rule == key} == {rule: (7,)}


@pytest.mark.parametrize(
    "code",
    [
        "BT 1 g /F 11 Tf 380 300 Td (White) Tj ET",
        "BT 3 Tr /F 11 Tf 380 300 Td (Unseen) Tj ET",
        "q 100 100 50 50 re W n 0 0 396 612 re f Q",
        "BT /F 11 Tf 100 300 Td (Ends in spaces" + " " * 60 + ") Tj ET",
        "q 24 0 0 24 100 100 cm BI /W 100 /H 100 /CS /G /BPC 1 ID " + "x" * 1300 + " EI Q",
        "0 0 0 1 k BT /F 11 Tf 100 200 Td (Black) Tj ET",
    ],
)
def test_what_prints_nothing_wrong_passes(code: str) -> None:
    assert broken(printed(on_seven(code)), INGRAM) == {}


def test_the_spine_lies_left_of_odd_pages_and_needs_more_in_a_thick_book() -> None:
    def at_half_an_inch(number: int) -> str:
        return f"0 g BT /F 11 Tf {36 if number % 2 else 396 - 36 - 33} 300 Td (abcdef) Tj ET"

    assert broken(printed(at_half_an_inch, 300), KDP) == {}
    assert broken(printed(at_half_an_inch, 302), KDP) == {"PDF011": tuple(range(1, 303))}


def bookmark(file: pikepdf.Pdf) -> None:
    with file.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Here", 0))


def link(file: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    file.pages[2].obj.Annots = Array([file.make_indirect(note)])


def without_font(file: pikepdf.Pdf) -> None:
    del file.pages[0].obj.Resources.Font.F.FontDescriptor.FontFile2


def of_another_size(file: pikepdf.Pdf) -> None:
    file.pages[4].obj.MediaBox = file.pages[4].obj.TrimBox = Array([0, 0, 400, 612])


def with_marks(file: pikepdf.Pdf) -> None:
    file.pages[4].obj.MediaBox = Array([-20, -20, 416, 632])
    file.pages[4].obj.TrimBox = Array([0, 0, 396, 612])


def faint(file: pikepdf.Pdf) -> None:
    page = file.pages[1].obj
    page.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))
    page.Contents = file.make_stream(b"/G gs " + inside(2).encode())


def in_own_ink(file: pikepdf.Pdf) -> None:
    page = file.pages[6].obj
    way = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    space = Array([Name.Separation, Name("/PANTONE 186 C"), Name.DeviceCMYK, way])
    page.Resources.ColorSpace = Dictionary(S=space)
    page.Contents = file.make_stream(f"{inside(7)} /S cs 1 scn 100 200 50 50 re f".encode())


@pytest.mark.parametrize("store", [KDP, INGRAM], ids=lambda store: store.name)
def test_an_ink_of_its_own_is_named(store: Store) -> None:
    (fault,) = preflight("book.pdf", printed(change=in_own_ink), store).faults
    assert (fault.code, fault.pages) == ("PDF017", (7,))
    assert "PANTONE 186 C" in fault.message


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (bookmark, "PDF010"), (link, "PDF010"), (without_font, "PDF006"), (of_another_size, "PDF005"),
        (with_marks, "PDF005"), (faint, "PDF012"),
    ],
)  # fmt: skip
def test_what_a_press_does_not_take_is_found(change: Any, rule: str) -> None:
    assert rule in broken(printed(change=change), KDP)


def bleeding(file: pikepdf.Pdf) -> None:
    for number, page in enumerate(file.pages, 1):
        left, right = (0, 405) if number % 2 else (-9, 396)
        page.obj.MediaBox = Array([left, -9, right, 621])
        page.obj.TrimBox = Array([0, 0, 396, 612])


def test_a_picture_that_fills_the_bleed_needs_no_margin_and_one_that_ends_at_the_trim_does() -> None:
    full, short = on_seven("-9 -9 423 630 re f"), on_seven("0 0 396 612 re f")
    assert broken(printed(full, change=bleeding), INGRAM) == {}
    assert broken(printed(short, change=bleeding), INGRAM) == {"PDF011": (7,)}


def test_page_counts_are_those_of_the_store() -> None:
    assert broken(printed(pages=20), KDP) == {"PDF003": ()}
    assert broken(printed(pages=20), INGRAM) == {}
    assert broken(printed(pages=25), KDP) == {"PDF004": ()}


@cache
def ours() -> bytes:
    return pdf.write(every_kind(), modified=MOMENT)


@cache
def for_screens() -> Preflight:
    return preflight("book.pdf", ours(), SCREEN)


def test_our_own_book_is_fit_for_screens() -> None:
    found = for_screens()
    assert found.faults == ()
    assert {"PDF013", "PDF015", "PDF016"} <= set(found.checked)
    assert not {"PDF005", "PDF011", "PDF012"} & broken(ours(), INGRAM).keys()


def test_pages_that_no_store_cuts_are_told() -> None:
    def tiny(file: pikepdf.Pdf) -> None:
        for page in file.pages:
            page.mediabox = page.trimbox = Array([0, 0, 200, 300])

    assert "PDF005" in broken(printed(change=tiny), KDP)
    assert "PDF005" not in broken(printed(change=tiny), INGRAM)


def without_intent(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents


def without_claim(file: pikepdf.Pdf) -> None:
    del file.docinfo["/GTS_PDFXVersion"]


def without_trapping(file: pikepdf.Pdf) -> None:
    del file.docinfo["/Trapped"]


def without_trim(file: pikepdf.Pdf) -> None:
    del file.pages[3].obj.TrimBox


@pytest.mark.parametrize("change", [without_intent, without_claim, without_trapping, without_trim])
def test_a_file_that_is_not_pdf_x_is_told_to_those_who_ask_for_it(change: Any) -> None:
    data = printed(change=change)
    assert broken(data, INGRAM) == {"PDF014": ()}
    assert broken(data, KDP) == {}


def without_colours_and_tags(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as facts:
        facts["pdfaid:part"], facts["pdfaid:conformance"] = "2", "B"


def test_broken_promises_of_pdf_a_and_pdf_ua_are_found() -> None:
    data = printed(pages=1, change=without_colours_and_tags)
    assert {"PDF013", "PDF015", "PDF016"} <= broken(data, SCREEN).keys()


def a_novel(folder: Path, chapters: int = 6) -> Path:
    story = folder / "story.txt"
    paragraph = "They walked home along the river, and it rained until the lamps were lit. Nobody spoke."
    body = "\n\n".join([" ".join([paragraph] * count) for count in (2, 3, 1, 4)] * 6)
    text = "\n\n".join(f"Chapter {number}\n\n{body}" for number in range(1, chapters + 1))
    story.write_text(f"The House\n\nby Jane Roe\n\n{text}\n", "utf-8")
    return story


@pytest.mark.parametrize(
    ("name", "engine"), [("kdp", "composer"), ("ingram", "composer"), ("ingram", "stock")]
)
def test_a_book_made_for_a_printer_passes_its_preflight(
    name: str, engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "story.pdf"
    command = ["pdf", str(a_novel(tmp_path)), "-o", str(made), "--for", name, "--engine", engine]
    assert cli.main(command) == 0
    assert "PDF0" not in capsys.readouterr().err
    assert broken(made.read_bytes(), STORES[name]) == {}
    with pikepdf.open(made) as file:
        assert not {"/Outlines", "/StructTreeRoot", "/MarkInfo", "/Names", "/Metadata"} & set(
            file.Root.keys()
        )
        assert all(page.trimbox == page.bleedbox == page.mediabox for page in file.pages)
        assert (name == "ingram") == ("/Contents" not in file.pages[-1].obj or not ink_of(file.pages[-1]))
    first = made.read_bytes()
    assert cli.main(command) == 0
    assert made.read_bytes() == first


def ink_of(page: Any) -> bool:
    return bool(ink.read(page).marks)


@pytest.mark.parametrize("name", ["kdp", "ingram"])
@pytest.mark.parametrize("folder", sorted(path.name for path in BOOKS.iterdir() if path.is_dir()))
def test_the_sample_books_pass(name: str, folder: str, tmp_path: Path) -> None:
    made = tmp_path / "book.pdf"
    assert cli.main(["pdf", str(BOOKS / folder), "-o", str(made), "--for", name]) == 0
    # A story of few pages is bound by nobody.
    assert broken(made.read_bytes(), STORES[name]).keys() <= {"PDF003"}


def test_the_destination_may_stand_in_book_toml(tmp_path: Path) -> None:
    a_novel(tmp_path)
    (tmp_path / "book.toml").write_text('[pdf]\nfor = "ingram"\n', "utf-8")
    assert cli.main(["build", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    with pikepdf.open(tmp_path / "out" / "the-house.pdf") as file:
        assert str(file.docinfo["/GTS_PDFXConformance"]) == "PDF/X-1a:2001"
    assert cli.main(["build", str(tmp_path), "-o", str(tmp_path / "out"), "--for", "screen"]) == 0
    with pikepdf.open(tmp_path / "out" / "the-house.pdf") as file:
        assert "/StructTreeRoot" in file.Root


@pytest.mark.parametrize("colour", [False, True])
def test_pictures_are_put_on_white_and_printed_in_grey_unless_colour_is_wanted(
    colour: bool, tmp_path: Path
) -> None:
    for name, mode in (("clear.png", "RGBA"), ("photo.jpg", "RGB")):
        Image.new(mode, (600, 400), (200, 30, 30, 60)[: len(mode)]).save(tmp_path / name)
    figures = "![A red field](clear.png)\n\n![A red sky](photo.jpg)\n\n"
    (tmp_path / "story.md").write_text(f"# One\n\nIt was red.\n\n{figures}It was.\n", "utf-8")
    (tmp_path / "book.toml").write_text(f"[pdf]\ncolour = {str(colour).lower()}\n", "utf-8")
    made = tmp_path / "out.pdf"
    assert cli.main(["pdf", str(tmp_path), "-o", str(made), "--for", "ingram"]) == 0
    with pikepdf.open(made) as file:
        pictures = [
            thing
            for page in file.pages
            for thing in dict(page.resources.get("/XObject", {})).values()
            if str(thing.Subtype) == "/Image"
        ]
        assert pictures
        wanted = "/DeviceRGB" if colour else "/DeviceGray"
        assert {str(picture.ColorSpace) for picture in pictures} == {wanted}
        assert not any("/SMask" in picture for picture in pictures)
        assert ("/GTS_PDFXVersion" in file.docinfo) is not colour
        levels = {levels_of(picture) for picture in pictures}
    assert levels == {80, 210}
    assert "PDF008" not in broken(made.read_bytes(), INGRAM)


def test_what_shines_through_takes_the_claim_of_pdf_x_away(tmp_path: Path) -> None:
    drawing = '<rect width="90" height="60" fill="#456" opacity=".5"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">{drawing}</svg>'
    (tmp_path / "field.svg").write_text(svg, "utf-8")
    (tmp_path / "story.md").write_text("# One\n\nIt was red.\n\n![A field](field.svg)\n\nIt was.\n", "utf-8")
    made = tmp_path / "out.pdf"
    assert cli.main(["pdf", str(tmp_path), "-o", str(made), "--for", "ingram"]) == 0
    assert {"PDF012", "PDF014"} <= broken(made.read_bytes(), INGRAM).keys()
    with pikepdf.open(made) as file:
        assert "/GTS_PDFXVersion" not in file.docinfo


def levels_of(picture: Any) -> int:
    """How light a picture of one colour is, to the ten."""
    level: Any = pikepdf.PdfImage(picture).as_pil_image().convert("L").getpixel((9, 9))
    return int(level) // 10 * 10


@pytest.mark.parametrize("name", ["kdp", "ingram"])
def test_a_picture_that_fills_a_page_bleeds_at_three_edges(name: str, tmp_path: Path) -> None:
    Image.new("L", (1800, 2700), 90).save(tmp_path / "map.png", dpi=(300, 300))
    text = "They walked home along the river, and it rained until the lamps were lit. " * 9
    body = "\n\n".join([text] * 40)
    (tmp_path / "story.md").write_text(
        f"# One\n\n{text}\n\n![The valley](map.png)\n\n{body}\n\n# Two\n\n{body}\n", "utf-8"
    )
    (tmp_path / "book.toml").write_text('[pdf]\nfull-page = ["map.png"]\n', "utf-8")
    made = tmp_path / "out.pdf"
    assert cli.main(["pdf", str(tmp_path), "-o", str(made), "--for", name]) == 0
    assert broken(made.read_bytes(), STORES[name]) == {}
    with pikepdf.open(made) as file:
        for number, page in enumerate(file.pages, 1):
            left = 0 if number % 2 else 9
            assert [float(side) for side in page.mediabox] == [0, 0, 405, 630]
            assert [float(side) for side in page.trimbox] == [left, 9, left + 396, 621]
        (plate,) = [
            page for page in file.pages if any(mark.kind == "picture" for mark in ink.read(page).marks)
        ]
        (mark,) = ink.read(plate).marks
        assert mark.box[0] <= 0.1
        assert mark.box[1] <= 0.1
        assert mark.box[2] >= 404.9
        assert mark.box[3] >= 629.9
    assert cli.main(["pdf", str(tmp_path), "-o", str(made)]) == 0
    assert broken(made.read_bytes(), SCREEN) == {}


@pytest.mark.parametrize(
    ("listed", "figure", "told"),
    [
        ("other.png", "![A](map.png)", "has no picture"),
        ("map.png", '![A](map.png "The map")', "words below it"),
    ],
)
def test_what_cannot_fill_a_page_is_told_with_its_line(
    listed: str, figure: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("L", (90, 90), 90).save(tmp_path / "map.png")
    (tmp_path / "story.md").write_text(f"# One\n\nIt rained.\n\n{figure}\n\nIt did.\n", "utf-8")
    (tmp_path / "book.toml").write_text(f'[pdf]\nfull-page = ["{listed}"]\n', "utf-8")
    assert cli.main(["pdf", str(tmp_path), "-o", str(tmp_path / "out.pdf")]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "book.toml:2:" in error


def test_what_a_printer_would_not_take_is_told_and_the_book_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story, made = tmp_path / "story.txt", tmp_path / "story.pdf"
    story.write_text("The House\n\nIt was empty, and nobody came.\n", "utf-8")
    assert cli.main(["pdf", str(story), "-o", str(made), "--for", "kdp"]) == 0
    assert "PDF003 The book has" in capsys.readouterr().err
    assert made.exists()
    assert cli.main(["pdf", str(story), "-o", str(made), "--for", "kdp", "--strict"]) == 1


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n", printed()[:900]])
def test_what_is_no_pdf_is_said_in_a_sentence(data: bytes) -> None:
    with pytest.raises(PublishError, match=r"^book\.pdf: .+"):
        preflight("book.pdf", data, KDP)


def test_a_locked_file_is_told_and_one_with_a_password_is_not_opened() -> None:
    for secret in ("", "open me"):
        with pikepdf.open(BytesIO(printed())) as file:
            out = BytesIO()
            file.save(out, encryption=pikepdf.Encryption(owner="owner", user=secret))
        if secret:
            with pytest.raises(PublishError, match="password"):
                preflight("book.pdf", out.getvalue(), KDP)
        else:
            assert broken(out.getvalue(), KDP) == {"PDF001": ()}


def test_every_rule_is_registered_and_every_store_dated() -> None:
    used = {code for store in STORES.values() for code in preflight("b", printed(), store).checked}
    used |= set(for_screens().checked)
    assert used == {code for code in RULES if code.startswith("PDF")}
    assert all(store.dated and (store.source or not store.is_press) for store in STORES.values())


def test_the_command_tells_rule_by_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(printed(pages=21))
    assert cli.main(["check", str(path), "--for", "kdp"]) == 1
    told = capsys.readouterr().out
    assert "PDF004 FAIL  odd-page-count" in told
    assert "PDF005 pass  page-boxes" in told
    assert cli.main(["check", str(path), "--for", "kdp", "--format", "json"]) == 1
    held = json.loads(capsys.readouterr().out)["prints"][0]
    assert held["for"] == "kdp"
    assert [item["code"] for item in held["findings"]] == ["PDF003", "PDF004"]
    assert {"code": "PDF005", "name": "page-boxes", "passed": True} in held["rules"]
    path.write_bytes(printed())
    assert cli.main(["check", str(path), "--for", "ingram"]) == 0


@pytest.mark.parametrize(
    ("pages", "told"),
    [((4,), "page 4"), ((1, 3, 4, 5, 9), "pages 1, 3–5, 9"), ((), ""), ((2, 3), "pages 2–3")],
)
def test_pages_that_follow_each_other_are_told_as_one_range(pages: tuple[int, ...], told: str) -> None:
    found = Preflight("book.pdf", SCREEN, 9, ("PDF016",), (Fault("PDF016", "It has no tags.", pages),))
    expected = f"It has no tags. ({told} of the file)" if told else "It has no tags."
    assert f"      {expected}\n" in as_text(found)


def test_widths_without_end_fill_no_memory() -> None:
    def endless(file: pikepdf.Pdf) -> None:
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, W=Array([0, 2**31 - 1, 500]))
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Plain, DescendantFonts=Array([inner])
        )
        file.pages[0].obj.Resources.Font.F = file.make_indirect(font)

    assert broken(printed(change=endless), KDP) == {"PDF006": (1,)}


def test_a_page_is_counted_as_one() -> None:
    assert KDP.binds(1).startswith("The book has 1 page; ")
    assert KDP.binds(2).startswith("The book has 2 pages; ")
