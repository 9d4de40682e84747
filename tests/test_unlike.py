"""Posts unlike the others: a title of another form above a posting line, text above all headings."""

import pytest

from tests.test_inside import made as of_headings
from tests.test_layout import headings, made

RIVER = (
    "The river was {} and it went by, and those who lived on one bank called the other one over.\n\n"
    "“Nobody asked {} of me,” said the ferryman, and took the {} from its nail."
)
TITLES = ["The Toll, 4: Thaw", "The Toll, 3: Ice", "", "The Toll, 2: A Button", "The Toll, 1: The River"]


@pytest.mark.parametrize("space", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "odd", ["A short break", "a short break", "break", "I am back!", "Where have I been, and why?"]
)
def test_a_posting_line_says_what_is_a_title(odd: str, space: str) -> None:
    words = zip("brown wide old cold green".split(), "rope lamp pole coin boat".split(), strict=True)
    posts = [
        f"{title or odd}{space}Posted on May {20 - 3 * at}, 2015 by ellis\n\n{RIVER.format(how, at, what)}"
        for at, (title, (how, what)) in enumerate(zip(TITLES, words, strict=True))
    ]
    book = made("\n\n".join(["The Toll", "by Ellis Roe", *posts]))
    assert headings(book) == [title or odd for title in reversed(TITLES)]
    assert not book.order.uncertain


@pytest.mark.parametrize("odd", ["Side Story: Tom", "On hiatus until May", "The End"])
def test_a_whole_text_above_the_chapters_of_a_turned_file_may_be_the_newest(odd: str) -> None:
    book = of_headings(f"{odd}|Chapter 3|Chapter 2|Chapter 1")
    assert book.order.uncertain
    assert [one.confidence < 0.5 for one in book.order.placements] == [True, False, False, False]


def test_numbers_that_rise_through_labelled_chapters_are_of_pages() -> None:
    lines = "CAPÍTULO I|3|4|CAPÍTULO II|5|6|CAPÍTULO III|7"
    assert headings(of_headings(lines)) == ["CAPÍTULO I", "CAPÍTULO II", "CAPÍTULO III"]
    assert not of_headings(lines).order.uncertain


@pytest.mark.parametrize("lines", ["Chapter 1|2|3|Chapter 4|5", "Chapter 1|Chapter 2|3|4|5"])
def test_bare_numbers_that_go_on_behind_labelled_ones_are_chapters(lines: str) -> None:
    assert headings(of_headings(lines)) == lines.split("|")
