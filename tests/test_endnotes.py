"""The notes of the e-book, all together at its end where the author wants them there."""

import re
from pathlib import Path

from publish import epub
from publish.check.epubcheck import Check
from publish.document import Note
from publish.epub import Look
from tests.books import book, division, paragraph, text
from tests.test_epub import MOMENT, entries


def noted(*, endnotes: bool) -> bytes:
    some = [
        division(
            f"chapter-{n}",
            title=f"Rain {n}",
            blocks=(paragraph("Wet", Note(text(f"Note {n}.")), " it was."),),
        )
        for n in (1, 2)
    ]
    return epub.write(book(*some), look=Look(endnotes=endnotes), modified=MOMENT)


def test_notes_stand_at_the_end_of_the_book_with_their_ways_back(epubcheck: Check, tmp_path: Path) -> None:
    made = noted(endnotes=True)
    files = {name: data.decode() for name, data in entries(made).items() if name.endswith(".xhtml")}
    notes = files["EPUB/endnotes.xhtml"]
    chapter = files["EPUB/02-chapter-2.xhtml"]
    assert "<aside" not in chapter
    assert 'href="endnotes.xhtml#chapter-2.note-1"' in chapter
    assert 'href="02-chapter-2.xhtml#chapter-2.note-1.ref"' in notes
    assert re.findall("Note .", notes) == ["Note 1", "Note 2"]
    assert files["EPUB/nav.xhtml"].count("endnotes.xhtml") == 2
    path = tmp_path / "book.epub"
    path.write_bytes(made)
    assert epubcheck(path) == []


def test_notes_stand_below_their_chapter_else() -> None:
    files = entries(noted(endnotes=False))
    assert "EPUB/endnotes.xhtml" not in files
    assert b"<aside" in files["EPUB/02-chapter-2.xhtml"]
