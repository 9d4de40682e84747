"""Divisions whose name no list knows: told by what they count and hold."""

import pytest

from publish.document import block_prose, heading_text, walk_divisions
from tests.test_named_parts import body, parts
from tests.test_undecided import made, prose, shuffled


def book(*written: str) -> str:
    return "".join(f"\n\n\n{line}\n\n{body(at)}" for at, line in enumerate(written))


def codes(text: str) -> set[str]:
    return {finding.code for finding in made(f"{text}\n").diagnostics}


@pytest.mark.parametrize(
    ("part", "chapter"),
    [
        (("Period I", "Period II"), "Chapter {}"),
        (("Phase the First", "Phase the Second", "Phase the Third"), "Chapter {}"),
        (("The First Epoch", "The Second Epoch"), "Chapter {}"),
        (("EPOCH ONE", "EPOCH TWO"), "{}"),
        (("Первый круг", "Второй круг"), "Глава {}"),
        (("Premier cercle", "Deuxième cercle"), "Chapitre {}"),
        (("DET FÖRSTA ÅRET", "DET ANDRA ÅRET"), "{}"),
        (("Den første vinter", "Den anden vinter"), "Kapitel {}"),
    ],
)
def test_a_word_above_chapters_that_begin_again_names_parts(part: tuple[str, ...], chapter: str) -> None:
    written = [f"{name}\n\n\n{chapter.format(1)}" for name in part]
    text = book(*(line for name in written for line in (name, chapter.format(2), chapter.format(3))))
    inner = [chapter.format(number) for number in (1, 2, 3)]
    assert parts(text) == [(name, inner) for name in part]


@pytest.mark.parametrize("named", [["THE SECOND YEAR"], ["Second Winter", "Third Winter"]])
def test_a_word_that_counts_from_two_above_chapters_that_begin_again_names_parts(named: list[str]) -> None:
    text = book("1", "2", *(line for name in named for line in (f"{name}\n\n\n1", "2")))
    assert parts(text) == [("Part 1", ["1", "2"]), *((name, ["1", "2"]) for name in named)]


@pytest.mark.parametrize("line", ["THE THIRD YEAR", "THE SECOND YEAR\n\nShe came back to the house"])
def test_a_number_that_does_not_count_the_beginnings_names_no_part(line: str) -> None:
    assert parts(book("1", "2", f"{line}\n\n\n1", "2"))[0] == ("1", [])


def test_parts_that_the_first_chapter_names_in_a_file_that_stands_newest_first() -> None:
    written = [
        "Period I: The Loss; Chapter I",
        "Chapter II",
        "Chapter III",
        "Period II: The Truth; Chapter I",
        "Chapter II",
        "Chapter III",
        "Chapter IV",
    ]
    text = book(*written[::-1])
    assert [one.numbers for one in made(f"X\n\nby Ada Marsh{text}\n").book.divisions] == [(1,), (2,)]
    found = parts(text)
    assert found == [
        ("Period I: The Loss", ["Chapter I", "Chapter II", "Chapter III"]),
        ("Period II: The Truth", ["Chapter I", "Chapter II", "Chapter III", "Chapter IV"]),
    ]


@pytest.mark.parametrize("label", ["Fit the {}", "{} Night", "Tale the {}", "The {} Voyage"])
def test_a_word_that_counts_the_text_names_chapters(label: str) -> None:
    written = [label.format(number) for number in ("First", "Second", "Third", "Fourth", "Fifth")]
    order = shuffled(5, 3)
    normalized = made("X\n\nby Ada Marsh" + "".join(f"\n\n\n{written[at]}\n\n{prose(at)}" for at in order))
    assert [heading_text(one) for one in normalized.book.divisions] == written
    assert not normalized.order.uncertain


@pytest.mark.parametrize(
    "label",
    "No. {}|№ {}|N° {}|Blo. {}|blorf {}|Blorf Nardu {}|Blorf no. {}|Blorf-{}|"
    "ბლორფი {}|บทที่ {}|פרק {}|章节 {}".split("|"),
)
def test_any_words_and_signs_that_count_the_text_without_a_gap_name_chapters(label: str) -> None:
    for some, counts in ((range(1, 6), True), ((1, 3, 4, 8, 9), False)):
        written = [label.format(number) for number in some]
        order = shuffled(5, 3)
        normalized = made(
            "X\n\nby Ada Marsh" + "".join(f"\n\n\n{written[at]}\n\n{prose(at)}" for at in order)
        )
        found = [heading_text(one) for one in normalized.book.divisions]
        assert found == (written if counts else [written[at] for at in order])
        assert normalized.order.uncertain is not counts


@pytest.mark.parametrize("line", ["p. {}", "pg {}", "Abb. {}"])
def test_what_counts_pages_and_pictures_names_no_chapters(line: str) -> None:
    text = "".join(f"\n\n{line.format(number)}\n\n{prose(number)}" for number in range(1, 6))
    assert len(made(f"X\n\nby Ada Marsh\n\n{prose(9)}{text}\n").book.divisions) == 1


def test_what_counts_below_titles_that_stand_wider_apart_names_no_chapters() -> None:
    titles = ["The Lamp", "Salt Water", "A Door", "Harbour Lights"]
    text = book(*(f"{title}\n\n{prose(at)}\n\nNo. {at + 1}" for at, title in enumerate(titles)))
    assert [heading_text(one) for one in made(f"X\n\nby Ada Marsh{text}\n").book.divisions] == titles


@pytest.mark.parametrize(
    "written",
    [
        ["Hoot the First", "Hoot the Second", "Hoot the Third", "Hoot the Last"],
        ["FIRST HOOT: A Mouse", "SECOND HOOT: Two Mice", "THIRD HOOT: An Owl", "LAST HOOT"],
        ["Erster Ruf", "Zweiter Ruf", "Dritter Ruf", "Letzter Ruf"],
    ],
)
def test_a_word_that_counts_the_few_lines_of_a_book_for_children_and_its_last(written: list[str]) -> None:
    told = [f"\n\n{written[at]}\n\nThe owl said it again.\n\nFour ..." for at in (0, 2, 1, 3)]
    normalized = made("The Owl\n\nby Ada Marsh\n\nFor Nell." + "".join(told) + "\n\nTHE END\n")
    found = [heading_text(one) for one in normalized.book.divisions]
    assert [heading for heading in found if heading] == written
    assert not normalized.order.uncertain


@pytest.mark.parametrize(
    "lines",
    [
        ("First Rule", "Third Rule", "Fourth Rule"),
        ("First Rule", "Second Rule", "Second Rule", "Third Rule"),
    ],
)
def test_few_lines_that_do_not_count_divide_nothing(lines: tuple[str, ...]) -> None:
    told = "".join(f"\n\n{line}\n\nThe owl said it again." for line in lines)
    assert len(made(f"The Owl\n\nby Ada Marsh{told}\n").book.divisions) == 1


def test_what_ends_a_book_or_signs_a_letter_is_not_asked_about_as_a_title() -> None:
    letters = [f"Dear Tom,\n\n{prose(at)}\n\n{prose(at + 10)}\n\n{{}}\n\n{prose(at + 20)}" for at in range(3)]
    text = "\n\n".join(["The Owl", "by Ada Marsh", *letters, "THE END", "(Now you all know it.)"])
    assert "STR030" in codes(text.format("The Old Door", "An Empty House", "A Long Way"))
    assert "STR030" not in codes(text.format("Martha Pell", "John Pell", "Ada Pell"))


@pytest.mark.parametrize(
    "lines",
    [
        ("Figure 1: The mill", "Figure 2: The weir", "Figure 3: The lock"),
        ("Mr. Smith 1", "Mr. Smith 2", "Mr. Smith 3"),
        ("Henry V", "Henry IV", "Henry VIII"),
        ("Exercise 1", "Exercise 2", "Exercise 3"),
    ],
)
def test_what_stands_in_chapters_divides_none(lines: tuple[str, ...]) -> None:
    chapters = [f"Chapter {number}" for number in range(1, 5)]
    text = "".join(
        f"\n\n\n{chapter}\n\n{body(at)}" + (f"\n\n{lines[at]}\n\n{body(at + 50)}" if at < len(lines) else "")
        for at, chapter in enumerate(chapters)
    )
    assert [title for title, _ in parts(text)] == chapters


def test_the_third_of_lettered_points_is_no_notice_of_copyright() -> None:
    points = [f"({letter}) Of the Life of Father {name}" for letter, name in zip("abc", "XYZ", strict=True)]
    first = "\n\n".join(points[:2])
    text = book("Chapter 1", "Chapter 2").replace("\n\n\nChapter 2", f"\n\n{first}\n\n\nChapter 2")
    normalized = made(f"X\n\nby Ada Marsh{text}\n\n{points[2]}\n\n{body(70)}\n")
    texts = [
        run.text for one in normalized.book.divisions for block in one.blocks for run in block_prose(block)
    ]
    assert set(points) <= {*texts, *(heading_text(one) for one in normalized.book.divisions)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            ["Log 9 – Ebb", "Log 8 – Bell", "Log 7 – Ice", "Log 6 – Whelks"],
            ["Log 6", "Log 7", "Log 8", "Log 9"],
        ),
        (["Log 6", "Log 5", "Logs 2, 3 and 4", "Log 1"], ["Log 1", "Logs 2, 3 and 4", "Log 5", "Log 6"]),
        (
            ["Odcinek 2", "Część II: Odcinek 1", "Odcinek 5", "Odcinki 3 i 4", "Odcinek 2"],
            ["Część I", "Odcinek 2", "Odcinki 3 i 4", "Odcinek 5", "Część II", "Odcinek 1", "Odcinek 2"],
        ),
        (
            ["Bulletin 7", "Bulletins 5 & 6", "BOOK TWO\n\nBulletin 2", "Bulletin 1"],
            ["BOOK ONE", "Bulletin 1", "BOOK TWO", "Bulletin 2", "Bulletins 5 & 6", "Bulletin 7"],
        ),
        (
            ["Puntata 6", "Puntate 3, 4 e 5", "Parte seconda\n\nPuntata 1", "Puntata 2", "Puntata 1"],
            [
                "Parte prima",
                "Puntata 1",
                "Puntata 2",
                "Parte seconda",
                "Puntata 1",
                "Puntate 3, 4 e 5",
                "Puntata 6",
            ],
        ),
        (
            ["Aflevering 3", "Aflevering 2", "Deel 2, aflevering 1", "Aflevering 4", "Aflevering 3"],
            [
                "Deel 1",
                "Aflevering 3",
                "Aflevering 4",
                "Deel 2",
                "aflevering 1",
                "Aflevering 2",
                "Aflevering 3",
            ],
        ),
    ],
)
def test_a_word_that_no_list_knows_counts_the_chapters_of_a_serial(
    written: list[str], read: list[str]
) -> None:
    """Newest first, from any number on, anew in a part, several under one heading."""
    told = "".join(f"\n\n{heading}\n\n{body(at)}" for at, heading in enumerate(written))
    normalized = made(f"The Owl\n\nby Ada Marsh{told}\n")
    found = [heading_text(one) for _, one in walk_divisions(normalized.book.divisions)]
    assert [heading.partition(": ")[0].partition(" – ")[0] for heading in found] == read
    assert not normalized.order.uncertain
