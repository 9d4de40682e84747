"""Posts unlike the others: a title of another form above a posting line, text above all headings."""

import pytest

from tests.reading import made_of
from tests.test_inside import made as of_headings
from tests.test_layout import headings

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
    book = made_of("\n\n".join(["The Toll", "by Ellis Roe", *posts]))
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


@pytest.mark.parametrize(
    ("chapter", "odd", "end"),
    [
        ("Chapter {}", "A Ghost Story for the Holidays", "Photo: Ann Petch"),
        ("Episode {}", "Tom’s Christmas (a bonus)", "Don’t forget to vote and comment!"),
        ("Chapitre {}", "Un conte de Noël", "Photo : Anne Petit"),
        ("Folge {}: Der Brief", "In eigener Sache", "Gefällt mir Wird geladen …"),
        ("O Farol ({})", "Um conto de Natal", "Partilhar isto:"),
        ("Глава {}", "Рождественский рассказ", "Фото: Анна Белова"),
        ("{}. fejezet", "Karácsonyi mese", "Folytatjuk…"),
        ("Luku {}", "Joulukertomus", "Kuva: Anna Laine"),
    ],
)
def test_what_ends_every_post_shows_the_one_without_a_number(chapter: str, odd: str, end: str) -> None:
    words = zip("brown wide old cold green deep".split(), "rope lamp pole coin boat oar".split(), strict=True)
    titles = [*(chapter.format(number) for number in (5, 4, 3)), odd, chapter.format(2), chapter.format(1)]
    posts = [
        f"{title}\n\n{RIVER.format(how, at, what)}\n\n{end}"
        for at, (title, (how, what)) in enumerate(zip(titles, words, strict=True))
    ]
    book = made_of("\n\n".join(["The Toll", "by Ellis Roe", *posts]))
    assert [len(division.blocks) >= 2 for division in book.book.divisions] == [True] * len(titles)
    assert odd in repr(book.book.divisions[2].title)


def _serial(posts: list[tuple[str, int]], space: str) -> str:
    """Posts in the order of the file, each with a number from which its text is told."""
    texts = [f"{title}{space}{river(at)}{space}{river(at + 30)}" for title, at in posts]
    return f"\n{space}".join(["The Toll", "by Ellis Roe", *texts])


def river(at: int) -> str:
    words = "tar rope bell gull mast reed tide lamp crab sail foam weir".split()
    return RIVER.format(words[at % 12], words[at % 11], words[(at + 5) % 12])


@pytest.mark.parametrize("odd", ["Tom’s Story", "Le récit de Tom", "Toms historia", "Interruption"])
def test_a_title_amid_a_chapter_of_a_turned_file_is_a_post_or_asked_about(odd: str) -> None:
    chapters = [(f"Chapter {number}: Of the {number} Lamps", number) for number in range(9, 0, -1)]
    posts = [*chapters[:4], (odd, 20), *chapters[4:]]
    book = made_of(_serial(posts, "\n\n").replace("\n\n\n", "\n\n"))
    asked = [one.message for one in book.diagnostics if one.code == "STR030"]
    assert odd in headings(book) or (book.order.uncertain and odd in asked[0])
    rising = made_of(_serial(posts[::-1], "\n\n").replace("\n\n\n", "\n\n"))
    assert not rising.order.uncertain


@pytest.mark.parametrize("line", ["Be witness⸻", "My way is this:⸺", "Exactly, said I.⸻", "Alas―", "The End"])
def test_a_clause_or_an_end_amid_a_chapter_of_a_turned_file_is_no_post(line: str) -> None:
    chapters = [(f"Chapter {number}: Of the {number} Lamps", number) for number in range(9, 0, -1)]
    book = made_of(_serial([*chapters[:4], (line, 20), *chapters[4:]], "\n\n").replace("\n\n\n", "\n\n"))
    assert "STR030" not in {one.code for one in book.diagnostics}


FELLOWS = "The Toll|A Lamp|Les petits|The Locks|Mud and Tar|¡Arre, burra!|The Widow|A Bell|The Weir"


@pytest.mark.parametrize("label", ["Chapter {}", "{}"])
@pytest.mark.parametrize(("above", "below"), [("\n", "\n\n"), ("\n", "\n")])
def test_what_stands_where_most_labels_have_their_title_is_one(label: str, above: str, below: str) -> None:
    titles = FELLOWS.split("|")
    texts = [
        below.join(f"{river(at + more).split()[-1]} {river(at)}" for more in (0, 7)) for at in range(1, 10)
    ]
    texts = [text.replace("\n\n", " ") for text in texts] if below == "\n" else texts
    chapters = [
        f"{label.format(at)}{above}{title}{below}{text}"
        for at, (title, text) in enumerate(zip(titles, texts, strict=True), 1)
    ]
    found = headings(made_of("\n\n".join(chapters)))
    assert [one.split("\n")[-1].split(": ")[-1] for one in found] == titles


def test_a_title_with_a_full_stop_is_one_where_white_space_parts_it() -> None:
    names = (
        "Anna to Paul|Paul to Anna|Anna to Paul.|The Widow to Paul|Paul to the Widow|Maud to Anna|Anna to M."
    )
    chapters = [f"Letter {at}\n{name}\n\n{river(at)}" for at, name in enumerate(names.split("|"), 1)]
    assert len(headings(made_of("\n\n".join(chapters)))[2]) > len("Letter 3")


def test_a_name_that_comes_back_above_one_line_is_a_button() -> None:
    chapters = [
        f"Chapter {at}\n\n{river(at)}\n\nAdvertisement\nRemove\nPrevious Chapter Next Chapter"
        for at in (4, 3, 2, 1)
    ]
    book = made_of("\n\n".join(["The Toll", "by Ellis Roe", *chapters]))
    assert headings(book) == [f"Chapter {at}" for at in (1, 2, 3, 4)]
    assert "Remove" not in repr(book.book)


def test_a_note_in_a_file_without_order_may_open_or_close_the_book() -> None:
    book = of_headings("Chapter 3|Chapter 1|Note|Chapter 5|Chapter 2|Chapter 4|Chapter 6")
    assert book.order.uncertain
