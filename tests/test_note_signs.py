"""Notes of plain text, in whatever brackets their signs stand."""

import pytest

from publish import markdown
from publish.config import Config, Refusal
from publish.document import block_prose
from publish.normalize import normalize
from tests.reading import made_of, read_one


@pytest.mark.parametrize(
    ("sign", "opening"),
    [
        ("[{}]", "[{}]"),
        ("[{}]", "{}."),
        ("[{}]", "_[{}]"),
        ("[fn{}]", "[fn{}]"),
        ("[*{}]", "[*{}]"),
        ("[Note {}]", "[Note {}:"),
        ("<{}>", "<{}>"),
        ("{{{}}}", "{{{}}}"),
        ("({})", "({})"),
    ],
)
def test_notes_are_signed_in_many_ways(sign: str, opening: str) -> None:
    ends = {"_": "_", "[Note {}:": "]"}
    end = ends.get(opening, ends.get(opening[0], ""))
    chapters = (
        f"Chapter {at}\n\nThe rain{sign.format(1)} fell on the quay all day, and nobody came{sign.format(2)}."
        f"\n\n{opening.format(1)} Rain is water that has been to sea and come back.{end}"
        f"\n\n{opening.format(2)} They were at the {at} o’clock service.{end}"
        for at in (1, 2)
    )
    source, draft = read_one("\n\n".join(chapters).encode(), "story.txt")
    divisions = normalize([draft], [source], Config()).book.divisions
    assert [len(division.blocks) for division in divisions] == [1, 1]
    assert all(repr(division.blocks).count("Note(") == 2 for division in divisions)


def test_small_roman_numerals_in_brackets_sign_notes() -> None:
    text = (
        "Chapter 1\n\nThe rain[i] fell all day on the quay and the mill, and nobody came to look[ii].\n\n"
        "[i] Rain is water that has been to sea and come back.\n\n[ii] They were at church.\n"
    )
    source, draft = read_one(text.encode(), "story.txt")
    (division,) = normalize([draft], [source], Config()).book.divisions
    assert repr(division.blocks).count("Note(") == 2


def test_notes_may_stand_line_below_line() -> None:
    text = (
        "Chapter 1\n\nThe rain[1] fell all day on the quay and the mill, and nobody came to look[2].\n\n"
        "1 Rain is water that has been to sea and come back.\n2 They were at church, all of them.\n"
    )
    source, draft = read_one(text.encode(), "story.txt")
    (division,) = normalize([draft], [source], Config()).book.divisions
    assert repr(division.blocks).count("Note(") == 2


MARGIN = (
    "Chapter 1\n\nThe ferry was late.[a] Nobody waved, and nobody minded.\n\nThe lamp[b] threw "
    "more shadow than light."
    "\n\n[a]Is this the ferry of chapter 3?\n[b]cut?\n"
)


def test_comments_of_google_docs_are_no_notes() -> None:
    made = made_of(MARGIN)
    assert [run.text for block in made.book.divisions[0].blocks for run in block_prose(block)] == [
        "The ferry was late. Nobody waved, and nobody minded.",
        "The lamp threw more shadow than light.",
    ]
    assert [change.why for change in made.changes] == ["DOC002"] * 4


@pytest.mark.parametrize(
    "text",
    [
        MARGIN.replace("]Is", "] Is").replace("]cut", "] Cut"),
        MARGIN + "\nSo it was all that day on the quay.",
    ],
)
def test_letters_that_sign_notes_are_notes(text: str) -> None:
    assert "DOC002" not in {change.why for change in made_of(text).changes}
    assert "DOC002" not in {
        change.why for change in made_of(MARGIN, config=Config(refuse=(Refusal("DOC002"),))).changes
    }


def test_a_note_that_two_marks_call_stands_at_the_first() -> None:
    made = made_of(
        "# Bells\n\nThe bell[^a] fell. And again the bell.[^a]\n\n[^a]: The big one.\n", "story.md"
    )
    assert markdown.write(made.book).endswith("The bell^[The big one.] fell. And again the bell.[\\^a]\n")


def test_a_list_in_a_note_stays_in_the_note() -> None:
    made = made_of(
        "# Bells\n\nThe bell fell.[^b]\n\n[^b]: A list:\n\n    - one\n    - two\n\nIt rose.\n", "story.md"
    )
    assert "fell.^[A list:\\\n—one\\\n—two]\n\nIt rose." in markdown.write(made.book)
