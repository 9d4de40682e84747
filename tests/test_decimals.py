"""Headings counted through their levels, "1", "1.1", "2.2.1", nest as their numbers say."""

import pytest

from publish.document import heading_text, walk_divisions
from publish.markdown import write
from publish.normalize.result import Normalized
from tests.reading import made_of
from tests.test_undecided import prose


def made(text: str, name: str = "guide.txt") -> Normalized:
    return made_of(text, name)


def tree(normalized: Normalized) -> list[tuple[int, str]]:
    return [(depth, heading_text(one)) for depth, one in walk_divisions(normalized.book.divisions)]


def text(headings: str, empty: str) -> str:
    """A book of such headings with text below each but one."""
    below = (
        line if line == empty else f"{line}\n\n{prose(at)}" for at, line in enumerate(headings.split("; "))
    )
    return "\n\n".join(below) + "\n"


GUIDES = [
    "1 Inleiding; 1.1 Wat is het?; 1.2 Benodigdheden; 2 De praktijk; 2.1 's Ochtends; 2.2 Nacht; 2.2.1 Maan",
    "1. Sel; 1.1. Le sel gris; 1.1.1. La récolte; 1.2. Le sel fin; 2. Eau; 2.1. La pluie",
    "Kapitel 1: Salz; 1.1 Meersalz; 1.2 Steinsalz; Kapitel 2: Wasser; 2.1 Regen; 2.2 Schnee",
    "Preface; 1 Salt; 1.1 Sea salt; 1.2 Rock salt; 2 Water; 2.1 Rain; Afterword",
]  # fmt: skip


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("empty", [False, True])
def test_sections_lie_in_what_their_numbers_name(guide: str, empty: bool) -> None:
    headings = guide.split("; ")
    bare = next(line for line in headings if "2" in line.split(".")[0]) if empty else ""
    normalized = made(text(guide, bare))
    depths = [1 if line[0].isalpha() else line.split()[0].rstrip(".").count(".") + 1 for line in headings]
    wanted = [(depth, line.replace("'", "’")) for depth, line in zip(depths, headings, strict=True)]
    assert tree(normalized) == wanted
    assert not normalized.order.uncertain
    assert not [one for one in normalized.diagnostics if one.code.startswith("STR")]
    assert tree(made(write(normalized.book), "guide.md")) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        "1.1 Rye; 1.2 Wheat; 2.7 Oats; 3.1 Hay",
        "1.1 The tenant pays.; 1.2 The owner mends the roof.; 1.3 Nobody keeps a dog.; 1.4 That is all.",
        "10.30 Coffee; 11.15 Rain; 12.00 Lunch; 13.45 Sleep",
        "1.5 Litres of Milk; 2.5 Pounds of Flour; 3.5 Hours of Rest; 1.5 Again",
    ],
)
def test_amounts_hours_and_clauses_head_nothing(lines: str) -> None:
    assert len(made(f"The Ledger\n\nby Ada Marsh\n\n{prose(30)}\n\n{text(lines, '')}").book.divisions) == 1
