"""The proofs pictured: each page with a flaw once, the mark upon the very line."""

import base64
import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from publish import cli, pdf
from publish.pdf import pictured, report
from publish.pdf.pictured import ProofSheets
from tests.books import CHAPTER, paragraph
from tests.novel import book, division
from tests.test_epub import MOMENT

WORDS = "Extraordinarily incomprehensible straightforwardness characterized counterrevolutionaries "
STORY = book(division(CHAPTER, "a", "I", "Ice", *[paragraph(WORDS * 9 + "I.")] * 9))


def proofs() -> ProofSheets:
    return pdf.proof_sheets(STORY, trim="4.25x6.87in", printed=MOMENT)


def words_at(sheets: ProofSheets, flaw: report.Flaw) -> str:
    """What is printed where a flaw is marked."""
    page = next(page for page in sheets.pages if page.label == flaw.page)
    geometry = sheets.page
    top = geometry.trim.height_pt - geometry.top - flaw.row * geometry.leading
    left = geometry.inside if page.right else geometry.outside
    document = pypdfium2.PdfDocument(sheets.data)
    try:
        held = document[page.number].get_textpage()
        foot = top - flaw.rows * geometry.leading
        # What hangs down from the line above belongs to that.
        top -= 0.4 * geometry.leading
        return str(held.get_text_bounded(left - 9, foot, left + geometry.measure + 9, top))
    finally:
        document.close()


def test_a_mark_lies_upon_its_line() -> None:
    sheets = proofs()
    flaws = [flaw for flaw in report.flaws(sheets.pages) if flaw.kind == "loose"]
    assert flaws
    for flaw in flaws[:20]:
        assert "".join(re.findall("[a-z]", words_at(sheets, flaw))) in "".join(re.findall("[a-z]", flaw.text))
        assert flaw.text.split()[0] in words_at(sheets, flaw)


def test_what_runs_through_lines_is_marked_on_all_of_them() -> None:
    for flaw in report.flaws(proofs().pages):
        assert flaw.rows == {"river": 5, "ladder": 3}.get(flaw.kind, flaw.rows)
        assert flaw.rows >= 1
        assert flaw.row >= 0


def test_the_page_needs_nothing_else_and_pictures_each_page_once() -> None:
    sheets = proofs()
    page = pictured.as_page(sheets, STORY, {})
    flaws = report.flaws(sheets.pages)
    assert page.count("<li>") == len(flaws)
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    pictures = [base64.b64decode(data) for data in re.findall(r"data:image/png;base64,([^\"]+)", page)]
    assert len(pictures) >= len({flaw.page for flaw in flaws})
    for data in pictures:
        with Image.open(BytesIO(data)) as picture:
            assert picture.height > picture.width > 300
        assert len(data) < 100_000


def test_the_command_writes_the_page_and_replaces_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story, page = tmp_path / "story.txt", tmp_path / "proofs.html"
    story.write_text("The House\n\n" + "\n\n".join([WORDS * 9] * 8) + "\n", "utf-8")
    command = ["report", str(story), "--trim", "4x6in", "--html", str(page)]
    assert cli.main(command) == 0
    assert f"{story}:3:1" in page.read_text("utf-8")
    assert cli.main(command) == 0
    page.write_text("mine", "utf-8")
    assert cli.main(command) == 2
    assert "publish did not make it" in capsys.readouterr().err
    assert cli.main(["report", str(story), "--json", "--html", str(page)]) == 2
