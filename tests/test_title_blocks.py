"""Title pages typed as a block, whatever the case of the title, and what is no title above a text."""

import pytest

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
