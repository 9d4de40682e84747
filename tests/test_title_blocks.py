"""Title pages typed as a block, whatever the case of the title, and what is no title above a text."""

import pytest

from tests.test_furniture import text_of
from tests.test_undecided import headings, made, prose


def read(top: str, *labels: str) -> tuple[str, str | None, str | None]:
    """Give title, subtitle and author of two chapters below some lines."""
    text = "\n\n".join(
        f"{label}\n\n{prose(at)}" for at, label in enumerate(labels or ("Chapter 1", "Chapter 2"))
    )
    known = made(f"{top}\n\n{text}\n").book.metadata
    author = known.creators[0].name.value if known.creators else None
    return known.title.value, known.subtitle.value if known.subtitle else None, author


@pytest.mark.parametrize(
    ("top", "known"),
    [
        ("The road to the mill\nA novel\nAda Marsh", ("The road to the mill", "A novel", "Ada Marsh")),
        ("Le chemin du moulin\nRoman\nde Odile Garnier", ("Le chemin du moulin", "Roman", "Odile Garnier")),
        ("El camino del molino\nNovela\nInés Prado", ("El camino del molino", "Novela", "Inés Prado")),
        ("La strada del mulino\nRomanzo", ("La strada del mulino", "Romanzo", None)),
        ("THE MILL\nA Comedy in Three Acts", ("THE MILL", "A Comedy in Three Acts", None)),
        ("DIE MÜHLE\nEin Lustspiel in drei Akten", ("DIE MÜHLE", "Ein Lustspiel in drei Akten", None)),
        ("LONG READ\n\nWhat the Miller Saw\n\nBy Ada Marsh", ("What the Miller Saw", None, "Ada Marsh")),
        ("Reportage\n\nDie Mühle am Bach\n\nVon Greta Lind", ("Die Mühle am Bach", None, "Greta Lind")),
    ],
)
def test_a_title_page_typed_as_a_block(top: str, known: tuple[str, str | None, str | None]) -> None:
    assert read(top) == known


@pytest.mark.parametrize(
    "note",
    [
        "Hello both, this is the third draft. Be kind to it. Ada",
        "Here are two chapters. I am sorry they are late. Ada",
        "Hallo Tom, hier die neue Fassung",
        "Hola Inés, te mando el principio. Ya me dirás. Ana",
    ],
)
def test_what_an_author_writes_to_a_reader_is_no_title(note: str) -> None:
    normalized = made(f"{note}\n\nChapter 1\n\n{prose(0)}\n\nChapter 2\n\n{prose(1)}\n")
    assert normalized.book.metadata.title.value == "Story"
    assert len(headings(normalized)) == 3


def test_a_title_in_several_sentences_may_have_the_capitals_of_one() -> None:
    assert read("Salt. Smoke. Ashes\n\nby Ada Marsh")[0] == "Salt. Smoke. Ashes"
    assert read("Dear Reader, I Burnt It\n\nby Ada Marsh")[0] == "Dear Reader, I Burnt It"


@pytest.mark.parametrize("top", ["Salt", "Salt\nedited by Tom Pell", "SALT\n\nEdited by Tom Pell"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("by", ["by", "von", "par"])
def test_pieces_of_an_anthology_are_headed_by_what_their_authors_sign(
    top: str, between: str, by: str
) -> None:
    titles = ["The Mill", "A long winter", "Eels"]
    authors = ["Ada Marsh", "Odile Garnier", "Greta Lind"]
    text = "\n\n".join(
        f"{title}{between}{by} {name}\n\n{prose(at)}"
        for at, (title, name) in enumerate(zip(titles, authors, strict=True))
    )
    normalized = made(f"{top}\n\n{text}\n")
    assert headings(normalized) == titles
    known = normalized.book.metadata
    assert (known.title.value.lower(), known.subtitle) == ("salt", None)
    assert [one.role for one in known.creators] == (["edt"] if "dited" in top else [])


def test_an_extract_of_another_book_makes_no_anthology() -> None:
    text = f"The Mill\nby Ada Marsh\n\nChapter 1\n\n{prose(0)}\n\nChapter 2\n\n{prose(1)}"
    known = made(f"{text}\n\nRead on in Eels\nby Tom Pell\n\n{prose(3)}\n").book.metadata
    assert (known.title.value, known.creators[0].name.value) == ("The Mill", "Ada Marsh")


def test_a_line_that_names_an_editor_alone_names_no_author() -> None:
    assert read("Salz\nHerausgegeben von Jana Pick")[2] == "Jana Pick"
    known = made(f"Salz\nHerausgegeben von Jana Pick\n\nKapitel 1\n\n{prose(0)}\n").book.metadata
    assert [one.role for one in known.creators] == ["edt"]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_what_an_archive_prints_below_the_headings_of_chapters(between: str) -> None:
    told = f"Summary:{between}The mill stops.\n\nNotes:{between}Late again!\n\n"
    parts = [
        f"Chapter {number}: {title}{between}{told if number == 2 else ''}Chapter Text\n\n{prose(number)}"
        for number, title in enumerate(("The Mill", "Eels", "Reeds"), 1)
    ]
    normalized = made("Low Water\n\n" + "\n\n".join(parts) + "\n")
    assert headings(normalized) == ["Chapter 1: The Mill", "Chapter 2: Eels", "Chapter 3: Reeds"]
    text = text_of(normalized)
    assert "Chapter Text" not in text
    assert "Summary:" in text
    assert "Late again!" in text


def test_the_title_of_a_play_above_its_first_act_and_scene() -> None:
    text = "\n\n".join(f"{scene} Szene\n\n{prose(at)}" for at, scene in enumerate(("Erste", "Zweite")))
    assert made(f"DIE MÜHLE\n\nErster Akt\n\n{text}\n").book.metadata.title.value == "DIE MÜHLE"


def test_who_signs_a_piece_may_have_signed_the_book() -> None:
    pieces = [("Snow", "Ada Marsh"), ("The Mill", "Odile Garnier"), ("Eels", "Greta Lind")]
    text = "\n\n".join(f"{title}\nby {name}\n\n{prose(at)}" for at, (title, name) in enumerate(pieces))
    normalized = made(f"Salt\n\nby Ada Marsh\n\n{prose(8)}\n\n{text}\n")
    assert [one.name.value for one in normalized.book.metadata.creators] == ["Ada Marsh"]
    assert headings(normalized)[-3:] == [title for title, _ in pieces]


def test_songs_that_a_story_lists_and_pictures_in_its_chapters_are_no_pieces() -> None:
    songs = [("Low Tide", "Tom Pell"), ("Eels", "Odile Garnier"), ("The Mill", "Greta Lind")]
    listed = "\n\n".join(f"{title}\nby {name}" for title, name in songs)
    assert headings(made(f"Salt\n\nby Ada Marsh\n\n{prose(0)}\n\n{listed}\n\n{prose(1)}\n")) == [""]
    chapters = "\n\n".join(
        f"Chapter {at}\n\n{prose(at)}\n\n{title}\nby {name}\n\n{prose(at + 4)}"
        for at, (title, name) in enumerate(songs, start=1)
    )
    assert headings(made(f"Salt\n\nby Ada Marsh\n\n{chapters}\n")) == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_an_anthology_says_so_below_its_title() -> None:
    text = "\n\n".join(f"{at}. Eels\n\n{prose(at)}" for at in (1, 2, 3))
    assert read(f"Winter Voices\n\nAn Anthology\n\n{text}")[0] == "Winter Voices"


def test_a_title_above_the_first_book_is_no_part() -> None:
    books = [
        f"BOOK THE {book}\n\nCHAPTER THE FIRST\nIn which a hat is {end}\n\nHe folded the map, as always."
        for book, end in (("FIRST", "lost"), ("SECOND", "found"))
    ]
    book = made("\n\n".join(["THE ROPE", *books])).book
    assert book.metadata.title.value == "THE ROPE"
    assert len(book.divisions) == 2
