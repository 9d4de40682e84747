"""Documents that pandoc and LibreOffice have written are read as the book of which they were made."""

from pathlib import Path

import pytest

from publish import build, markdown
from tests import ROOT

FOLDER = ROOT / "tests" / "foreign"
WRITTEN = sorted(path.name for path in FOLDER.iterdir() if path.stem in ("pandoc", "libreoffice"))
SAID_ELSEWHERE = ("date:", "digest:", "language:", "| -", "| :")
"""Lines of Markdown with what a format says otherwise or not at all: the day, the sides of columns."""


def text(path: Path) -> list[str]:
    book = build.assemble(build.load([path])).book
    assert book.metadata.language.value.startswith("en")
    return [line for line in markdown.write(book).splitlines() if not line.startswith(SAID_ELSEWHERE)]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_document_of_another_program_is_the_book_of_which_it_was_made(name: str) -> None:
    assert text(FOLDER / name) == text(FOLDER / "story.md")


def test_documents_of_both_programs_are_there() -> None:
    assert [name.partition(".")[0] for name in WRITTEN] == ["libreoffice"] * 3 + ["pandoc"] * 4
