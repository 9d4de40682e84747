"""What stands between chapters and resembles a heading or a list stays the author's text, where it stands."""

import pytest

from publish.normalize.lines.headings import parse
from tests.reading import made_of

PROSE = (
    "The ferry had gone, and with it went whatever they had meant to say to one another.",
    "Somebody rang the bell on the far side, twice, and then the fog took the sound away.",
    "Marten held the lamp up and saw nothing but the posts of the old landing stage.",
)
BODY = "\n\n".join(PROSE)


def headed(*headings: str) -> list[str]:
    return [f"{heading}\n\n{BODY}" for heading in headings]


@pytest.mark.parametrize(
    "lines",
    [
        "3x10 Squats\n\n4x12 Lunges\n\n2x60 Plank",
        "2x10",
        "Charter 77",
        "7 Minutes Later",
        "7. Repent",
        "→ Chapter 2",
        "← Chapter 1 | Chapter 3 →",
        "👉 Chapter 2",
        "−3\n\n−2\n\n−1",
        "Pts 12\n\nPts 9",
    ],
)
def test_a_line_amid_a_chapter_is_none(lines: str) -> None:
    chapters = [f"Chapter {number}" for number in (1, 2, 3, 4, 5, 6, 8, 9, 10)]
    text = "\n\n".join([*headed(chapters[0]), lines, BODY, *headed(*chapters[1:])])
    book = made_of(text).book
    assert [division.numbers for division in book.divisions] == [(n,) for n in (1, 2, 3, 4, 5, 6, 8, 9, 10)]
    assert all(line in repr(book.divisions[0]) for line in lines.split("\n\n"))


@pytest.mark.parametrize(
    "lines",
    [
        "“Yes.”\n\n“No.”\n\n“Why?”",
        "Row the boat\nMind the tide\nBring us home",
        "Ten miles to the river,\nNine more to the sea,\nAnd none left for me",
    ],
)
@pytest.mark.parametrize("between", ["Chapter 1", BODY])
def test_lines_that_are_said_again_are_no_contents_list(lines: str, between: str) -> None:
    words = [line for line in lines.split("\n") if line]
    again = [f"{line}\n\n{PROSE[at]}" for at, line in enumerate(words)]
    text = "\n\n".join([lines, between, BODY, *again, *headed("Chapter 2", "Chapter 3")])
    book = repr(made_of(text).book)
    assert [book.count(word.strip("“”")) for word in words] == [2] * len(words)


def test_a_title_page_whose_lines_stand_again_is_no_contents_list() -> None:
    again = [f"{line}\n\n{PROSE[0]}" for line in ("The Low Ferry", "A Novel", "Nora Quill")]
    text = "\n\n".join(["The Low Ferry\n\nA Novel\n\nNora Quill", *headed("Chapter 1", "Chapter 2"), *again])
    title = made_of(text).book.metadata.title
    assert title is not None
    assert title.value == "The Low Ferry"


def test_hours_and_places_above_chapters_are_titles() -> None:
    titles = ["Berlin, 09:15", "Moscow, 10:31", "Paris, 23:05", "Rome, 04:10"]
    bodies = [[f"{title} {words}" for words in PROSE] for title in "BMPR"]
    text = "\n\n\n".join(f"{title}\n" + "\n\n".join(body) for title, body in zip(titles, bodies, strict=True))
    book = made_of(text).book
    assert len(book.divisions) == len(titles)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chapter 1. To 5", "To 5"),
        ("Chapter One. And Two", "And Two"),
        ("Capítulo 2. Hasta 5", "Hasta 5"),
        ("Chapitre 3. À 4", "À 4"),
        ("II. And III", "And III"),
        ("Chapter 1. - 2", "2"),
        ("Chapter 1:1984", "1984"),
        ("Part 2:30 Seconds", "30 Seconds"),
        ("Act 1:2", "2"),
        ("Chapter 2:10 Downing Street", "10 Downing Street"),
    ],
)
def test_a_number_in_a_title_is_not_the_label_s(text: str, title: str) -> None:
    heading = parse(text)
    assert heading is not None
    (part,) = heading.components
    assert len(part.numbers) == 1
    assert part.title is not None
    assert text[slice(*part.title)] == title


@pytest.mark.parametrize("text", ["Book and Candle", "Chapter and Verse", "And Part of the Sea"])
def test_and_is_no_number(text: str) -> None:
    assert parse(text) is None
    assert [parse(danish) is None for danish in ("Anden del", "Andet bind", "Anden Bog")] == [False] * 3


def test_an_hour_is_no_label_and_a_year_no_chapter() -> None:
    assert [parse(text) for text in ("Del 10:31", "Tom 10:31 Hello", "Book 3:16", "Tom 9:05 pm")] == [
        None
    ] * 4
    heading = parse("Prologue, 99")
    assert heading is not None
    assert len(heading.components) == 1


@pytest.mark.parametrize("text", ["[[Chapter 2]]", "((2))", "<< Chapter 2 >>"])
def test_brackets_that_are_closed_twice_set_a_label_off(text: str) -> None:
    heading = parse(text)
    assert heading is not None
    assert heading.components[0].numbers == (2,)
