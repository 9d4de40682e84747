"""Collections of poems, also of those so short that by themselves they could be paragraphs."""

import pytest

from publish.config import Config, Decision
from publish.document import Verse, walk_divisions
from publish.normalize.result import Normalized
from tests.reading import made_of
from tests.test_undecided import headings

POEMS = {
    "Tide": "The tide is out\nand the boats lie down.\nNobody calls them.",
    "Bell": "Enough.\nLet the bell\nbe a bell.",
    "Card": "I came.\nYou slept.",
    "Mill": "No wheel.\nNo water.\n\nOnly the miller,\nstill counting.",
}


def verses(normalized: Normalized) -> list[int]:
    """Give how many lines each poem of a book has."""
    blocks = [block for _, one in walk_divisions(normalized.book.divisions) for block in one.blocks]
    assert all(isinstance(block, Verse) for block in blocks)
    return [sum(map(len, block.stanzas)) for block in blocks if isinstance(block, Verse)]


def collected(poems: dict[str, str]) -> str:
    return "Low Water\nPoems\nAda Marsh\n\n" + "\n\n".join(
        f"{name}\n\n{text}" for name, text in poems.items()
    )


def test_short_poems_of_a_collection_are_verse() -> None:
    normalized = made_of(f"{collected(POEMS)}\n")
    assert headings(normalized) == [*POEMS]
    assert verses(normalized) == [3, 3, 2, 4]


@pytest.mark.parametrize("named", ["Haiku\nAda Marsh", "haiku by Ada Marsh"])
def test_stanzas_without_a_heading_are_verse(named: str) -> None:
    stanzas = (
        "grey heron\nthe pond waits\nwith it",
        "old gate\nonly the wind\nuses it",
        "new moon\na dog\nbarks at less",
    )
    assert verses(made_of(f"Low Water\n{named}\n\n" + "\n\n".join(stanzas))) == [9]


def test_couplets_that_end_as_sentences_do() -> None:
    poems = {name: f"The {name.lower()} is old.\nThe {name.lower()} is cold." for name in POEMS}
    assert verses(made_of(f"{collected(poems)}\n")) == [2] * 4


def test_one_poem_that_book_toml_states_takes_no_heading_from_the_others() -> None:
    stated = Config(
        decide=tuple(Decision(POEMS[name].partition("\n")[0], "verse") for name in ("Bell", "Card"))
    )
    normalized = made_of(f"{collected(POEMS)}\n", "poems.txt", stated)
    assert headings(normalized) == [*POEMS]
    assert verses(normalized) == [3, 3, 2, 4]


@pytest.mark.parametrize(
    "text",
    [
        "ADA. Yes.\nTOM. No.\nADA. Why?\nTOM. So.",
        "Name: Ada\nAge: 12\nTown: Marle",
        "“Go,” she said.\n“No.”\n“Why?”",
    ],
)
def test_speeches_and_fields_are_no_poems(text: str) -> None:
    normalized = made_of(
        "Low Water\n\n" + "\n\n".join(f"Chapter {at}\n\n{text}" for at in (1, 2, 3, 4)) + "\n"
    )
    blocks = [block for _, one in walk_divisions(normalized.book.divisions) for block in one.blocks]
    assert not any(isinstance(block, Verse) for block in blocks)
