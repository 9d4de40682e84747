"""The book as rules over several passages read it: paragraphs, stanzas and letters in a row."""

from collections.abc import Iterator
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from publish.document import (
    Block,
    Division,
    Figure,
    Letter,
    Paragraph,
    Quotation,
    SceneBreak,
    Subheading,
    Table,
    Verse,
    prose,
)
from publish.source import Run


class Setting(StrEnum):
    """How a passage stands on the page."""

    PROSE = "prose"
    HEADING = "heading"
    VERSE = "verse"
    LETTER = "letter"
    SALUTATION = "salutation"
    """The lines round a letter: dateline, address, signature."""
    QUOTATION = "quotation"
    CAPTION = "caption"


class Passage(Struct, frozen=True):
    """A paragraph, or a stanza with a newline between its lines."""

    run: Run
    setting: Setting


def passages(division: Division) -> Iterator[Passage]:
    """Give the passages of a division without those of divisions inside it; scene breaks are left out."""
    for block in division.blocks:
        yield from _of(block, Setting.PROSE)


def _of(block: Block, setting: Setting) -> Iterator[Passage]:  # noqa: C901 - one case for each kind
    match block:
        case Paragraph():
            yield Passage(prose(block.children), setting)
        case Subheading():
            yield Passage(prose(block.children), Setting.HEADING)
        case SceneBreak():
            pass
        case Figure():
            for line in filter(None, (block.caption, block.credit)):
                yield Passage(prose(line), Setting.CAPTION)
        case Table():
            for cell in (cell for row in (block.head, *block.rows) for cell in row if cell):
                yield Passage(prose(cell), Setting.CAPTION)
        case Verse():
            yield from _stanzas(block)
        case Letter():
            yield from _letter(block)
        case Quotation():
            for inner in block.blocks:
                yield from _of(inner, Setting.QUOTATION)
        case _:
            assert_never(block)


def _stanzas(verse: Verse) -> Iterator[Passage]:
    for stanza in verse.stanzas:
        lines = [part for line in stanza for part in (Run("\n"), prose(line.children))]
        yield Passage(Run.join(lines[1:]), Setting.VERSE)


def _letter(letter: Letter) -> Iterator[Passage]:
    yield from (Passage(prose(paragraph.children), Setting.SALUTATION) for paragraph in letter.opening)
    for block in letter.body:
        yield from _of(block, Setting.LETTER)
    yield from (Passage(prose(paragraph.children), Setting.SALUTATION) for paragraph in letter.closing)
