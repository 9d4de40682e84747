"""The book as rules read it: paragraphs, headings, stanzas, letters and notes in a row."""

from collections.abc import Iterator
from enum import StrEnum
from typing import assert_never

from msgspec import Struct

from publish.document import (
    Block,
    Code,
    Division,
    Figure,
    Letter,
    List,
    Paragraph,
    Quotation,
    SceneBreak,
    Subheading,
    Table,
    Verse,
    block_lines,
    notes,
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
    ENTRY = "entry"
    """An entry of a list, which need be no sentence."""
    CAPTION = "caption"
    NOTE = "note"


class Passage(Struct, frozen=True):
    """A paragraph, a heading, a note, or a stanza with a newline between its lines."""

    run: Run
    setting: Setting
    after_break: bool = False
    """A scene break stands before it."""


def passages(division: Division) -> Iterator[Passage]:
    """Give the passages of a division without those of divisions inside it and without its notes."""
    broken = False
    for block in division.blocks:
        for passage in _of(block, Setting.PROSE):
            yield Passage(passage.run, passage.setting, broken)
            broken = False
        broken = isinstance(block, SceneBreak)


def headings(division: Division) -> Iterator[Passage]:
    """Give label, title and subtitle of a division."""
    if division.label:
        yield Passage(division.label, Setting.HEADING)
    for line in (division.title, division.subtitle):
        if line:
            yield Passage(prose(line), Setting.HEADING)


def note_passages(division: Division) -> Iterator[Passage]:
    """Give the notes of a division."""
    inner = (line for block in division.blocks for line in block_lines(block))
    for line in (division.title, division.subtitle, *inner):
        yield from (Passage(prose(note.children), Setting.NOTE) for note in notes(line))


def _of(block: Block, setting: Setting) -> Iterator[Passage]:  # noqa: C901 - one case for each kind
    match block:
        case Paragraph():
            yield Passage(prose(block.children), setting)
        case Subheading():
            yield Passage(prose(block.children), Setting.HEADING)
        case SceneBreak() | Code():
            pass
        case Figure():
            lines = filter(None, (block.caption, block.credit))
            yield from (Passage(prose(line), Setting.CAPTION) for line in lines)
        case Table():
            cells = (cell for row in (block.head, *block.rows) for cell in row if cell)
            yield from (Passage(prose(cell), Setting.CAPTION) for cell in cells)
        case Verse():
            yield from _stanzas(block)
        case Letter():
            yield from _letter(block)
        case List():
            yield from _entries(block)
        case Quotation():
            for inner in block.blocks:
                yield from _of(inner, Setting.QUOTATION)
        case _:
            assert_never(block)


def _entries(found: List) -> Iterator[Passage]:
    for entry in found.entries:
        for inner in entry.blocks:
            yield from _of(inner, Setting.ENTRY)


def _stanzas(verse: Verse) -> Iterator[Passage]:
    for stanza in verse.stanzas:
        lines = [part for line in stanza for part in (Run("\n"), prose(line.children))]
        yield Passage(Run.join(lines[1:]), Setting.VERSE)


def _letter(letter: Letter) -> Iterator[Passage]:
    yield from (Passage(prose(paragraph.children), Setting.SALUTATION) for paragraph in letter.opening)
    for block in letter.body:
        yield from _of(block, Setting.LETTER)
    yield from (Passage(prose(paragraph.children), Setting.SALUTATION) for paragraph in letter.closing)
