"""Text without a heading goes where it belongs, and back to its chapter where nothing parts them."""

from collections.abc import Sequence

from publish.config import Config
from publish.document import Division, block_prose, heading_text, walk_divisions
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.reading import made_of, read_one
from tests.test_undecided import prose

VERSE = "“Who goes in the rain,\nAnd comes back again\nWith nothing in his hand?”\n\nThe Song of the Ferry"
DEDICATION = "To\nAda Marsh,\nwho kept the lamp alight,\nthis book is inscribed by her brother."


def made(*texts: str) -> Normalized:
    read = [read_one(text.encode(), f"part-{at}.txt") for at, text in enumerate(texts)]
    return normalize([draft for _, draft in read], [source for source, _ in read], Config())


def pieces(normalized: Normalized) -> list[Division]:
    return [division for _, division in walk_divisions(normalized.book.divisions)]


def text_of(division: Division) -> str:
    return " ".join(run.text for block in division.blocks for run in block_prose(block))


def posts(*parts: tuple[str, str]) -> str:
    return "\n\n\n".join(f"{heading}\n\n{text}" for heading, text in parts) + "\n"


def headings(normalized: Normalized) -> list[str]:
    return [heading_text(division) for division in pieces(normalized)]


def newest_first(close: str) -> str:
    chapters = [(f"Chapter {number}", prose(number)) for number in (5, 4, 3, 2)]
    return posts(*chapters, ("Chapter 1", f"{prose(1)}\n\n{close}"), ("Preface", prose(9)))


def test_what_opens_a_book_leaves_the_end_of_chapter_1_when_the_file_is_turned_round() -> None:
    for close in (f"{VERSE}\n\n{DEDICATION}", DEDICATION, VERSE):
        found = pieces(made(newest_first(close)))
        assert [heading_text(division) for division in found[:3]] == ["Preface", "", "Chapter 1"]
        assert " ".join(close.split()) == text_of(found[1])


def test_verse_that_ends_a_chapter_elsewhere_stays_there() -> None:
    normalized = made(posts(*((f"Chapter {number}", f"{prose(number)}\n\n{VERSE}") for number in (3, 2, 1))))
    assert headings(normalized) == ["Chapter 1", "Chapter 2", "Chapter 3"]


def chapters_with_a_copy(numbers: Sequence[int], tail: str) -> str:
    parts = [(f"Chapter {number}", prose(number)) for number in numbers]
    place = numbers.index(3) + 1
    return posts(*parts[:place], ("Chapter 3", f"{prose(3)}\n\n{tail}"), *parts[place:])


def test_text_below_a_second_copy_stays_in_the_book() -> None:
    note = "Written by hand on the back of a ferry ticket, and found in the lining of his coat."
    for numbers in ((1, 2, 3, 4, 5), (5, 4, 3, 2, 1)):
        normalized = made(chapters_with_a_copy(numbers, note))
        text = " ".join(map(text_of, pieces(normalized)))
        assert text.count(note) == 1
        assert text.count(prose(3).partition(".")[0]) == 1
        assert [copy.code for copy in normalized.diagnostics if copy.code == "STR010"]
        (source,) = normalized.sources.values()
        assert not any(note in source.text[c.span.start : c.span.end] for c in normalized.changes)


def test_a_post_without_a_heading_takes_its_place_by_its_date() -> None:
    top = "Posted on March {}, 2021"
    parts = [
        (f"# Tale of the {name}\n\n{top.format(day)}", prose(day))
        for day, name in ((9, "Ferry"), (7, "Lamp"))
    ]
    bare = f"{top.format(2)}\n\n{prose(2)}"
    last = (f"# Tale of the Well\n\n{top.format(5)}", prose(5))
    text = posts(parts[0], parts[1], last).replace(prose(9), f"{prose(9)}\n\n{bare}")
    normalized = made_of(text, "story.md")
    assert not normalized.order.uncertain
    assert headings(normalized) == ["", "Tale of the Well", "Tale of the Lamp", "Tale of the Ferry"]


def test_a_further_file_that_goes_on_with_a_chapter_is_part_of_it() -> None:
    first, second = posts(("Chapter 1", prose(1)), ("Chapter 2", prose(2))), f"{prose(12)}\n"
    normalized = made(first, second, posts(("Chapter 3", prose(3))))
    assert headings(normalized) == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert prose(12).partition(".")[0] in text_of(pieces(normalized)[1])
