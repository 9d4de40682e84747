"""Titles, paragraphs, scene breaks and quotations as the white space and the signs of a file show them."""

from __future__ import annotations

from publish import readers
from publish.config import Config
from publish.document import Block, block_prose, heading_text, walk_divisions
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.test_furniture import CREDITS, STACK, posts, prose

POEM = [
    "If sailor tales to sailor tunes,",
    "Storm and adventure, heat and cold,",
    "If schooners, islands, and maroons",
    "And buccaneers and buried gold,",
]
ADDRESS = ["Dedicated", "By his affectionate friend,", "The Author"]


def made(text: str, name: str = "story.txt") -> Normalized:
    source, draft = readers.read(text.encode(), name)
    return normalize([draft], [source], Config())


def headings(normalized: Normalized) -> list[str]:
    return [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]


def blocks(normalized: Normalized) -> list[Block]:
    return [block for _, division in walk_divisions(normalized.book.divisions) for block in division.blocks]


def texts(normalized: Normalized) -> list[str]:
    return [run.text for block in blocks(normalized) for run in block_prose(block)]


def test_a_poem_below_the_title_page_has_its_title() -> None:
    """One line to a paragraph, headings below one blank line; the address at the end has no heading."""
    titles = ["The Ferry", "A Letter", "The Captain", "Winter Comes", "No Answer", "The Market"]
    chapters = "\n\n".join("\n".join([str(n), title, *prose(n, 12)]) for n, title in enumerate(titles, 1))
    front = ["The Island\n\nby Ada Marsh\n\n\nTo the Doubting Reader", "\n".join(POEM), "\n".join(ADDRESS)]
    found = headings(made("\n\n".join([*front, chapters]) + "\n"))
    assert found[:2] == ["To the Doubting Reader", "1: The Ferry"]


def test_dated_lines_of_a_site_tell_a_heading_without_label() -> None:
    """No word of the site is known; the posts stand newest first, and the preface last of all."""

    def top(number: int) -> list[str]:
        return [f"uppdaterad {number} mars 2021", CREDITS[number % 3]]

    text = posts(top=top, bottom=lambda _: STACK, blank="\n")
    preface = "\n".join(["Why I Wrote", "uppdaterad 28 mars 2021", CREDITS[1], *prose(77, 2), *STACK])
    chapters = text.strip().split("\n\n\n")
    normalized = made("\n\n".join([*reversed(chapters), preface]) + "\n")
    assert headings(normalized) == ["Why I Wrote", *(f"Chapter {n}" for n in range(1, 10))]
