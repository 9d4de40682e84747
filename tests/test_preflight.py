"""`publish check FILE.pdf`: holds a PDF, whoever made it, against the rules of a store."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publish import cli, pdf
from publish.diagnostic import PublishError
from publish.lint import RULES
from publish.preflight import preflight
from publish.stores import INGRAM, KDP, SCREEN, STORES, Store
from tests.books import every_kind
from tests.test_epub import MOMENT

Draw = Callable[[int], str]


def inside(number: int) -> str:
    """A page whose print stands well inside, in black of one ink."""
    return f"0 g BT /F 11 Tf 100 300 Td (Page {number}) Tj ET"


def printed(
    draw: Draw = inside, pages: int = 24, *, change: Callable[[pikepdf.Pdf], None] | None = None
) -> bytes:
    """A file of 5.5 by 8.5 inches whose font says that it is embedded."""
    file = pikepdf.new()
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
    if change:
        change(file)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


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
    assert broken(printed(on_seven(code)), INGRAM) == {rule: (7,)}


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
    file.pages[4].obj.MediaBox = Array([0, 0, 400, 612])


def with_marks(file: pikepdf.Pdf) -> None:
    file.pages[4].obj.MediaBox = Array([-20, -20, 416, 632])
    file.pages[4].obj.TrimBox = Array([0, 0, 396, 612])


def faint(file: pikepdf.Pdf) -> None:
    page = file.pages[1].obj
    page.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5))
    page.Contents = file.make_stream(b"/G gs " + inside(2).encode())


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


def test_our_own_book_is_fit_for_screens() -> None:
    data = pdf.write(every_kind(), modified=MOMENT)
    found = preflight("book.pdf", data, SCREEN)
    assert found.faults == ()
    assert "PDF013" in found.checked
    assert not {"PDF005", "PDF011", "PDF012"} & broken(data, INGRAM).keys()


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
