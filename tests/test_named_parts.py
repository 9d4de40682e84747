"""Parts that have a title and no number, named alone above chapter 1 or in one line with a chapter."""

import textwrap
from collections.abc import Sequence

import pytest

from publish.document import heading_text
from tests.test_undecided import made, prose

PARTS = ("The Window", "Time Passes", "The Lighthouse")
COUNTS = (4, 3, 5)


def body(at: int) -> str:
    return "\n\n".join(map(prose, range(at, at + 400, 100)))


def book(written: Sequence[str], order: Sequence[int]) -> str:
    return "".join(f"\n\n\n{written[at]}\n\n{body(at)}" for at in order)


def parts(text: str) -> list[tuple[str, list[str]]]:
    divisions = made(f"X\n\nby Ada Marsh{text}\n").book.divisions
    return [(heading_text(one), [heading_text(inner) for inner in one.divisions]) for one in divisions]


def expected(form: str) -> list[tuple[str, list[str]]]:
    return [
        (part, [form.format(number) for number in range(1, count + 1)])
        for part, count in zip(PARTS, COUNTS, strict=True)
    ]


JOINTS = ("; ", "—", " – ", ", ", ": ", ". ", " - ")


@pytest.mark.parametrize(
    ("joint", "turned"), [*((j, t) for j in JOINTS for t in (False, True)), ("\n\n\n", False)]
)
def test_the_first_chapter_names_its_part(joint: str, turned: bool) -> None:
    written = [
        f"{part}{joint}Chapter {number}" if number == 1 else f"Chapter {number}"
        for part, count in zip(PARTS, COUNTS, strict=True)
        for number in range(1, count + 1)
    ]
    order = range(len(written))
    assert parts(book(written, order[::-1] if turned else order)) == expected("Chapter {}")


def test_each_chapter_names_its_part() -> None:
    written = [
        f"{part}; Chapter {number}"
        for part, count in zip(PARTS, COUNTS, strict=True)
        for number in range(1, count + 1)
    ]
    assert parts(book([*written, "Chapter 6"], range(len(written) + 1)))[:2] == expected("Chapter {}")[:2]


def test_a_sentence_that_ends_so_is_no_heading() -> None:
    """“He had come to Chapter 3” and “see Part 2” end paragraphs, and no part is named more than once."""
    written = [f"Chapter {number}" for number in range(1, 6)]
    text = book(written, range(5)).replace("\n\n\nChapter 3", "\n\n\nAs I Said, Chapter 1\n\n\n\nChapter 3")
    assert [title for title, _ in parts(text) if title in written] == written


def test_a_wrapped_text_whose_parts_have_the_same_chapters_keeps_their_headings() -> None:
    written = [
        f"{part}\n\n\nChapter {number}" if number == 1 else f"Chapter {number}"
        for part, count in zip(PARTS, COUNTS, strict=True)
        for number in range(1, count + 1)
    ]
    text = book(written, range(len(written))).replace(". ", ", ")
    lines = (textwrap.fill(line, 66) for line in text.split("\n"))
    assert parts("\n".join(lines)) == expected("Chapter {}")


def test_what_is_missing_from_a_part_without_number_is_told_by_its_title() -> None:
    written = ["The Window; Chapter 1", "Chapter 2", "Chapter 4", "Time Passes; Chapter 1", "Chapter 2"]
    told = [
        finding.message for finding in made(book(written, range(5))).diagnostics if finding.code == "STR001"
    ]
    assert told == ["Chapter 3 of part “The Window” is missing from the manuscript."]


SECTIONED = [f"Chapter {chapter}: Rain" for chapter in (1, 2, 3)]


def sections(text: str) -> list[tuple[str, list[str]]]:
    normalized = made(f"X\n\nby Ada Marsh{text}\n")
    assert not normalized.order.uncertain
    divisions = normalized.book.divisions
    return [(heading_text(one), [heading_text(inner) for inner in one.divisions]) for one in divisions]


def test_bare_numbers_below_chapters_count_their_sections() -> None:
    """A chapter may have text of its own above its first section, and another none."""
    written = [head for label in SECTIONED for head in (label, "I", "II", "III")]
    text = book(written, range(12)).replace(f"{SECTIONED[1]}\n\n{body(4)}", SECTIONED[1])
    assert sections(text) == [(label, ["I", "II", "III"]) for label in SECTIONED]


@pytest.mark.parametrize("joint", ["; ", ", ", " – "])
def test_the_first_section_names_its_chapter(joint: str) -> None:
    written = [head for label in SECTIONED for head in (f"{label}{joint}I", "II", "III")]
    assert sections(book(written, range(9)[::-1])) == [(label, ["I", "II", "III"]) for label in SECTIONED]


def test_each_section_names_its_chapter() -> None:
    written = [
        f"Chapter {chapter}, {number}" for chapter in ("I", "II", "III") for number in ("I", "II", "III")
    ]
    expected = [(f"Chapter {chapter}", ["I", "II", "III"]) for chapter in ("I", "II", "III")]
    assert sections(book(written, (5, 0, 7, 3, 8, 1, 6, 2, 4))) == expected


def test_a_title_that_ends_with_a_number_is_no_section() -> None:
    written = ["Chapter 1: The Trial, I", "Chapter 2: The Trial, II", "Chapter 3: Rain", "Chapter 4: Snow"]
    assert sections(book(written, range(4))) == [(label, []) for label in written]


CLOSED = ("{} ({})", "{} [{}]", "{} ({}/5)", "{} – {}", "{} #{}", "{} (Teil {})", "{}, part {}", "Salt ({1})")
STORIES = ("The Farm", "A Visit", "The Storm", "Low Water", "Nineteen Cattle")


@pytest.mark.parametrize("form", CLOSED)
def test_titles_that_end_in_numbers_which_count_are_chapters(form: str) -> None:
    titles = [form.format(title, number) for number, title in enumerate(STORIES, 1)]
    file = "".join(f"\n\n{titles[at]}\n\n{body(at)}" for at in (4, 3, 2, 1, 0))
    normalized = made(f"Saltmarsh{file}\n")
    assert [heading_text(division) for division in normalized.book.divisions] == titles
    assert not normalized.order.uncertain


def test_the_second_half_of_a_counted_title_goes_on_with_the_first() -> None:
    titles = ("Low Water (3)", "The Storm (2), second half", "The Storm (2)", "The Farm (1)")
    file = "".join(f"\n\n{title}\n\n{body(at)}" for at, title in enumerate(titles))
    assert [heading_text(one) for one in made(f"Saltmarsh{file}\n").book.divisions] == list(titles[::-1])


def test_lines_that_end_in_numbers_which_do_not_count_are_no_chapters() -> None:
    lines = ("The Farm (17)", "A Visit (3)", "The Storm (88)")
    file = "".join(
        f"\n\nChapter {at}\n\n{body(at)}\n\n{line}\n\n{body(at + 9)}" for at, line in enumerate(lines, 1)
    )
    found = [heading_text(one) for one in made(f"Saltmarsh{file}\n").book.divisions]
    assert found == ["Chapter 1", "Chapter 2", "Chapter 3"]


SAID = (("Anna", "Hello there"), ("Tom", "Are you coming"), ("Anna", "Not now"), ("Tom", "By six, then"))


@pytest.mark.parametrize("head", ["{} 10:3{}", "{} ({} min ago)", "{}, 10:3{} PM"])
def test_messages_of_a_story_are_no_chapters(head: str) -> None:
    chat = "\n\n".join(f"{head.format(name, at)}\n{said}." for at, (name, said) in enumerate(SAID))
    text = f"Chapter 1\n\n{body(1)}\n\n{chat}\n\n{body(2)}\n\nChapter 2\n\n{body(3)}\n"
    assert [division.numbers for division in made(text).book.divisions] == [(1,), (2,)]


@pytest.mark.parametrize("turned", [False, True])
def test_a_part_that_has_the_title_of_the_one_before_it_keeps_it(turned: bool) -> None:
    written = ["Then; Told by Orne; Chapter 1", "Chapter 2", "Now; Told by Pell; Chapter 1", "Chapter 2"]
    written += ["Told by Pell; Chapter 1", "Chapter 2", "Chapter 3"]
    order = range(len(written))
    text = book(written, order[::-1] if turned else order)
    _, now = made(f"X\n\nby Ada Marsh{text}\n").book.divisions
    told = [(heading_text(one), [heading_text(inner) for inner in one.divisions]) for one in now.divisions]
    assert told == [
        ("Told by Pell", ["Chapter 1", "Chapter 2"]),
        ("Told by Pell", ["Chapter 1", "Chapter 2", "Chapter 3"]),
    ]
