"""Titles without text of their own, above what is counted: stories, parts, an epilogue of chapters."""

import random
import textwrap

import pytest

from publish.config import Config
from publish.document import Division, block_prose, heading_text
from publish.normalize import normalize
from tests.reading import made_of, read_one

WORDS = (
    "carter bridge toll lantern widow ferry market winter barrel orchard miller letter candle harbour "
    "stranger morning garden kettle needle shutter"
)
Tree = list[str | tuple[str, "Tree"]]


def tree(divisions: tuple[Division, ...]) -> Tree:
    return [
        (heading_text(one), tree(one.divisions)) if one.divisions else heading_text(one) for one in divisions
    ]


def tale(number: int) -> str:
    dice = random.Random(number)
    sentences = [f"The {' and the '.join(dice.sample(WORDS.split(), 6))}." for _ in range(48)]
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def made(*headings: str) -> tuple[Tree, bool]:
    """Give the tree of a book of these headings; "-" stands for text."""
    lines = (tale(at) if one == "-" else f"\n\n{one}" for at, one in enumerate(headings))
    text = "\n\n".join(["Tales of the Toll", "by Ada Marsh", *lines]) + "\n"
    normalized = made_of(text, "tales.txt")
    return tree(normalized.book.divisions), normalized.order.uncertain


CASES: dict[str, tuple[list[str], Tree]] = {
    "the title below a part is that of its first essay, where essays have titles alone": (
        [
            *("Volume I", "\n\nOn Roads", "-", "\n\nOn Bridges", "-", "\n\nThe Same Subject Continued", "-"),
            *("Volume II", "\n\nOn Mills", "-", "\n\nThe Same Subject Continued", "-", "\n\nOn Tolls", "-"),
            *("\n\nThe Same Subject Continued", "-"),
        ],
        [
            ("Volume I", ["On Roads", "On Bridges", "The Same Subject Continued"]),
            (
                "Volume II",
                ["On Mills", "The Same Subject Continued", "On Tolls", "The Same Subject Continued"],
            ),
        ],
    ),
    "two numbers are enough where the text begins with the first": (
        ["I\n\nThe Lamp", "-", "II\n\nThe Door", "-"],
        ["I: The Lamp", "II: The Door"],
    ),
    "one number far above the others ends the count of its part": (
        ["Book 1", "1", "-", "2", "-", "3", "-", "4", "-", "Book 2", "1", "-", "2", "-", "3", "-", "19", "-"],
        [("Book 1", ["1", "2", "3", "4"]), ("Book 2", ["1", "2", "3", "19"])],
    ),
    "three chapters in one, by their numbers alone": (
        ["I", "-", "II", "-", "III", "-", "IV, V, and VI", "-", "VII", "-"],
        ["I", "II", "III", "IV, V, and VI", "VII"],
    ),
    "a title right below the label of a chapter is none of another": (
        ["Chapter I", "-", "Chapter II", "-", "Chapter III", "Cutting from the Post", "-", "Chapter IV", "-"],
        ["Chapter I", "Chapter II", "Chapter III", "Chapter IV"],
    ),
    "a story in sections among stories": (
        ["The Carter", "I", "-", "II", "-", "III", "-", "The Widow", "-", "The Bridge at Night", "-"],
        [("The Carter", ["I", "II", "III"]), "The Widow", "The Bridge at Night"],
    ),
    "parts that have a title only": (
        ["The River", "1", "-", "2", "-", "3", "-", "The Sea", "1", "-", "2", "-"],
        [("The River", ["1", "2", "3"]), ("The Sea", ["1", "2"])],
    ),
    "an epilogue of chapters behind parts": (
        ["Part One", "I", "-", "II", "-", "Part Two", "I", "-", "II", "-", "Epilogue", "I", "-", "II", "-"],
        [("Part One", ["I", "II"]), ("Part Two", ["I", "II"]), ("Epilogue", ["I", "II"])],
    ),
    "the epilogue beside its first number": (
        ["Part One", "I", "-", "II", "-", "Part Two", "I", "-", "II", "-", "Epilogue—I", "-", "II", "-"],
        [("Part One", ["I", "II"]), ("Part Two", ["I", "II"]), ("Epilogue", ["I", "II"])],
    ),
    "years for titles of parts": (
        ["Part 1\n1805", "Chapter 1", "-", "Chapter 2", "-", "Part 2\n1806–07", "Chapter 1", "-"],
        [("Part 1: 1805", ["Chapter 1", "Chapter 2"]), ("Part 2: 1806–07", ["Chapter 1"])],
    ),
    "a title above the only count": (
        ["The Carter and the Widow", "Chapter 1", "-", "Chapter 2", "-", "Chapter 3", "-"],
        ["", "Chapter 1", "Chapter 2", "Chapter 3"],
    ),
    "a list of the acts above them": (
        ["The Scenes", "Act I: A flat in town", "Act II: A garden", "-", "Act 1", "-", "Act 2", "-"],
        ["", "Act 1", "Act 2"],
    ),
    "an epilogue without chapters": (
        ["Chapter 1", "-", "Chapter 2", "-", "Epilogue", "-"],
        ["Chapter 1", "Chapter 2", "Epilogue"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_title_holds_what_is_counted_below_it(case: str) -> None:
    headings, wanted = CASES[case]
    assert made(*headings) == (wanted, False)


def test_a_note_behind_the_last_chapter_closes_the_book_wherever_the_file_begins() -> None:
    headings = [
        "Chapter 4",
        "-",
        "Chapter 5",
        "-",
        "Note",
        "-",
        "Chapter 1",
        "-",
        "Chapter 2",
        "-",
        "Chapter 3",
        "-",
    ]
    assert made(*headings) == ([*(f"Chapter {number}" for number in range(1, 6)), "Note"], False)


def test_what_opens_a_book_may_open_its_second_part() -> None:
    first = [words for number in range(1, 4) for words in (f"Chapter {number}", "-")]
    headings = ["Foreword", "-", *first, "Preface", "-", *first[:4]]
    chapters = ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert made(*headings) == (["Foreword", *chapters, "Preface", *chapters[:2]], False)


def test_the_persons_of_a_play_are_a_list_and_no_verse() -> None:
    persons = ["Claudia, queen of the toll", "Oskar, a carter", "Anna, his widow", "A ferryman"]
    lines = [f"    {one}" for one in persons]
    text = "\n".join(["The Toll", "", "", "Dramatis Personae", "", *lines, "", "", "Act I", "", tale(1)])
    source, draft = read_one(f"{text}\n\n\nAct II\n\n{tale(2)}\n".encode(), "toll.txt")
    found = normalize([draft], [source], Config()).book.divisions[0]
    assert [run.text for block in found.blocks for run in block_prose(block)] == persons
    assert len(found.blocks) == len(persons)


def test_numbers_before_the_stanzas_of_a_poem_are_none_of_chapters() -> None:
    verse = [
        "I find not that I am denied",
        "The use of this my method here,",
        "So I no abuse put on the words,",
    ]
    stanzas = "\n\n".join(f"{number}. " + "\n".join(verse) for number in (1, 2, 3))
    assert made("The Apology", stanzas, "-", "The Way", "-", "The End of It", "-", "The Field", "-")[0] == [
        "The Apology",
        "The Way",
        "The End of It",
        "The Field",
    ]


def test_numbered_paragraphs_whose_first_lines_end_amid_a_sentence_head_nothing() -> None:
    said = textwrap.fill(
        "“Miss Orne begs to say, and to say again, that " + "she asks for nothing, and " * 14, 70
    )
    letters = "\n\n".join(f"({number}.) {said} so be it.”" for number in range(1, 6))
    assert made("Chapter 1", "-", "Chapter 2", letters, "-", "Chapter 3", "-")[0] == [
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
    ]


def test_the_second_chapter_of_an_epilogue_counts_with_the_first_that_its_heading_names() -> None:
    written = ["II.", "Epilogue, I.", "Chapter IV.", "Chapter III.", "Chapter II.", "Chapter I."]
    found, uncertain = made(*(line for heading in written for line in (heading, "-")))
    assert found == ["Chapter I", "Chapter II", "Chapter III", "Chapter IV", ("Epilogue", ["I", "II"])]
    assert not uncertain
