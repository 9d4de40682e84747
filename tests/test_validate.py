"""The checks of finished books must be able to fail."""

import zipfile
from pathlib import Path

import pikepdf
import pytest

from publish.check.epubcheck import Check
from tests.validate import faults, pdf_faults

PAGE = (396, 612)


def epub(path: Path, compression: int) -> Path:
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("mimetype", "application/epub+zip", compression)
    return path


def pdf(path: Path, title: str = "A book", pages: tuple[tuple[int, int], ...] = (PAGE, PAGE)) -> Path:
    with pikepdf.new() as document:
        for size in pages:
            document.add_blank_page(page_size=size)
        if title:
            document.docinfo["/Title"] = title
        document.save(path)
    return path


def test_epubcheck_refuses_an_empty_package(tmp_path: Path, epubcheck: Check) -> None:
    path = epub(tmp_path / "book.epub", zipfile.ZIP_STORED)
    assert {message.severity for message in epubcheck(path)} & {"ERROR", "FATAL"}
    assert faults(path, epubcheck)


def test_epubcheck_is_not_asked_about_nothing(tmp_path: Path, epubcheck: Check) -> None:
    with pytest.raises(FileNotFoundError):
        epubcheck(tmp_path / "missing.epub")


def test_a_plain_pdf_has_no_fault(tmp_path: Path) -> None:
    assert [*pdf_faults(pdf(tmp_path / "book.pdf"))] == []


def test_faults_of_a_pdf_are_found(tmp_path: Path) -> None:
    assert [*pdf_faults(pdf(tmp_path / "untitled.pdf", title=""))] == ["The document has no title."]
    assert "Pages differ in size" in "".join(
        pdf_faults(pdf(tmp_path / "sizes.pdf", pages=(PAGE, (400, 600))))
    )


def test_a_font_that_is_not_embedded_is_found(tmp_path: Path) -> None:
    path = pdf(tmp_path / "book.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Times
        )
        document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        document.save(path)
    assert [*pdf_faults(path)] == ["The font /Times is not embedded."]


def test_what_is_not_a_pdf_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"not a PDF")
    assert len([*pdf_faults(path)]) == 1
