"""Notes of plain text, in whatever brackets their signs stand."""

import pytest

from publish.config import Config
from publish.normalize import normalize
from tests.reading import read_one


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
