"""Page starts: where each printed page begins in the text, checked against the file by another program."""

from datetime import UTC, datetime

import pypdfium2

from publish import pdf
from publish.document import Book, PageBreak, Paragraph, division_runs, prose, walk_divisions
from publish.pagination import Page, PageStart, letters, marked, page_starts
from tests.books import book, division, paragraph
from tests.novel import novel

MODIFIED = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def texts(what: Book) -> dict[str, str]:
    return {
        part.id: letters("".join(run.text for run in division_runs(part)))
        for _, part in walk_divisions(what.divisions)
    }


def pages_of(data: bytes) -> dict[str, str]:
    """The letters on each page of a PDF, by the page's label; running heads and folios stand among them."""
    document = pypdfium2.PdfDocument(data)
    try:
        return {
            document.get_page_label(index): letters(page.get_textpage().get_text_bounded())
            for index, page in enumerate(document)
        }
    finally:
        document.close()


def test_every_page_of_the_file_begins_where_it_is_said_to_begin() -> None:
    made = pdf.edition(novel(), modified=MODIFIED)
    pages, whole = pages_of(made.data), texts(novel())
    for start in made.starts:
        if start.place in whole:
            opening = whole[start.place][start.offset : start.offset + 30]
            assert opening in pages[start.label], start
    assert [start.label for start in made.starts] == [label for label, words in pages.items() if words]


def described(*pages: tuple[str, str]) -> tuple[PageStart, ...]:
    what = book(division("a", blocks=(paragraph("In the companion’s house, well-known, it rained."),)))
    return page_starts(what, [Page(label, [("a", words)]) for label, words in pages])


def test_hyphens_and_joiners_of_the_engine_do_not_count() -> None:
    assert described(
        ("1", "In the com\u2010"), ("2", "panion’s\u2060 house, well-"), ("3", "known, it rained.")
    ) == (
        PageStart("1", "a", 0),
        PageStart("2", "a", 8),
        PageStart("3", "a", 24),
    )


def test_words_that_an_engine_adds_or_changes_are_stepped_over() -> None:
    assert (
        described(("1", "A Title of Its Own In the"), ("2", "companion’s house, well-known"))[1].offset == 5
    )
    assert described(("1", "In the [nothing known]"), ("2", "zzz"))[1].offset == 17


def test_a_page_without_words_begins_nowhere() -> None:
    assert [start.label for start in described(("1", "In the"), ("2", " * * * "), ("3", "companion"))] == [
        "1",
        "3",
    ]


def test_a_page_with_a_picture_or_the_rest_of_notes_begins_where_the_text_goes_on() -> None:
    what = book(division("a", label="1", blocks=(paragraph("It rained."),)), division("b", label="2"))
    print_ = [("a", "1 It"), ("a", ""), ("a", "rained."), ("", ""), ("b", "2"), ("b", "")]
    starts = page_starts(what, [Page(str(number), [printed]) for number, printed in enumerate(print_, 1)])
    assert [(start.place, start.offset) for start in starts] == [
        ("a", 0), ("a", 3), ("a", 3), ("a", 9), ("b", 0), ("b", 1),
    ]  # fmt: skip
    made = marked(what, starts)
    (text,) = made.book.divisions[0].blocks
    assert isinstance(text, Paragraph)
    parts = [
        part.label.text if isinstance(part, PageBreak) else prose((part,)).text for part in text.children
    ]
    assert [part for part in parts if part] == ["It ", "2", "3", "rained.", "4"]
    assert made.openings == {"a": ("1",), "b": ("5", "6")}
