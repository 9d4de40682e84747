"""What stands apart at the edges of a chapter: an epigraph at its head, the close of a letter at its foot."""

import re
from collections.abc import Sequence
from itertools import takewhile

from msgspec.structs import replace

from publish.document import (
    Block,
    Inner,
    Letter,
    Paragraph,
    Quotation,
    Verse,
    VerseLine,
    block_prose,
)
from publish.normalize.lines.shape import ends_full, is_name, starts_small
from publish.normalize.passages import forms, letters
from publish.normalize.passages.forms import Desk, Reads
from publish.patterns import lazily
from publish.source import Run

_SOURCE = lazily(r"\s*[-–—―]{1,2}\s*(?P<who>[^\W\d_].{1,80}|[“\"«‹‘_].{1,80})\Z")
_DASHED = re.compile(r"\s*[-–—―]")
_SIGNS = " -–—―"
_AGAIN = re.compile(r"\s[-–—―]+\s*([^\W\d_])")
"""A second dash, behind which the story tells who spoke: "—Come in —said Anne"."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_SAYING = 4
"""Words of a source that is no name: "Old saying", "Irish proverb"."""
_LONGEST = 600
_MOST_BLOCKS = 3
"""Paragraphs of an epigraph, without its source."""
_LONGEST_CLOSE = 5
"""Lines below a letter."""
_LONGEST_LINE = 60


def set_off(blocks: tuple[Block, ...], desk: Desk, *, letter: bool) -> tuple[Block, ...]:
    """Set the epigraph of a chapter off as a quotation, and lines that close a letter as what they are.

    With `letter` the chapter is one itself, so that its first lines may be dateline and salutation.
    """
    closed = tuple(_closing(block, desk.reads) for block in _closed(blocks, desk.reads))
    if letter:
        closed = _opened(closed, desk.reads)
    size = _epigraph_size(closed, desk, _MOST_BLOCKS)
    if not 0 < size < len(closed) or not desk.reads(forms.QUOTATION, _runs(closed[:size])):
        return closed
    return (quotation(closed[:size]), *closed[size:])


def motto(blocks: tuple[Block, ...], reads: Reads) -> tuple[Block, ...]:
    """Give the few paragraphs that a part has, set in, above its first chapter as a quotation."""
    short = 0 < len(blocks) <= _MOST_BLOCKS and all(isinstance(block, Paragraph) for block in blocks)
    fits = short and sum(len(line) for block in blocks for line in _lines(block)) <= _LONGEST
    return (quotation(blocks),) if fits and reads(forms.QUOTATION, _runs(blocks)) else blocks


def _runs(blocks: Sequence[Block]) -> list[Run]:
    return [run for block in blocks for run in block_prose(block, notes=False)]


def quotation(blocks: Sequence[Block]) -> Quotation:
    """Give an epigraph, its source a paragraph of its own."""
    return Quotation(tuple(part for block in blocks for part in _parted(block)))


def epigraph(blocks: Sequence[Block], desk: Desk) -> int:
    """Give how many blocks an epigraph before the first heading takes, its source with it; 0 without one."""
    size = _epigraph_size(blocks, desk, 1)
    return size if size and desk.reads(forms.QUOTATION, _runs(blocks[:size])) else 0


def _epigraph_size(blocks: Sequence[Block], desk: Desk, most: int) -> int:
    """Give how many of some blocks an epigraph takes, its source the last; `most` of them stand above it.

    Nobody but its source speaks behind a dash: in French, and in much that is new, every speaker does.
    """
    kinds = Paragraph | Verse | Quotation
    some = list(takewhile(lambda block: isinstance(block, kinds), blocks[: most + 2]))
    for size, block in enumerate(some[: most + 1], 1):
        lines = _lines(block)
        whole = (len(lines) > 1) == (size == 1) or size > 1 < most
        if _names_source(lines[-1]) and whole:
            above = [line for one in some[: size - 1] for line in _lines(one)] + lines[:-1]
            after = _lines(some[size])[:1] if size < len(some) else []
            apart = not any(map(_DASHED.match, (*above, *after)))
            doubtful = ends_full(lines[-1]) or lines[-1].lstrip(_SIGNS)[:1].islower()
            said = doubtful and desk.speaks()
            return size if apart and not said and sum(map(len, above)) <= _LONGEST else 0
    return 0


def speaks(text: str) -> bool:
    """Tell a line that somebody says behind a dash, and that names no source."""
    return _DASHED.match(text) is not None and ends_full(text) and not _names_source(text)


def _names_source(line: str) -> bool:
    """Tell a source, "—John Donne, Meditation XVII", from speech behind a dash, "—Go, said Anne Marsh."."""
    match = _SOURCE.match(line)
    if match is None or (ends_full(line) and not line.endswith(".")):
        return False
    if (again := _AGAIN.search(match["who"])) and again[1].islower():
        return False
    if not ends_full(line) and len(match["who"].split()) <= _SAYING:
        return True
    name, _, rest = match["who"].partition(",")
    if ends_full(line) and starts_small(rest.strip()) and not is_name(name):
        return False
    words = _WORD.findall(match["who"])
    large = sum(1 for word in words if word[0].isupper())
    return bool(words) and large * 2 >= len(words) and (large > 1 or not line.endswith("."))


def _lines(block: Block) -> list[str]:
    return [run.text for run in block_prose(block, notes=False)] or [""]


def _parted(block: Block) -> tuple[Inner, ...]:
    """Part the source from the lines of verse above it; a single line is no verse."""
    if isinstance(block, Quotation):
        return block.blocks
    if not isinstance(block, Verse) or not _names_source(_lines(block)[-1]):
        return (block,) if isinstance(block, Paragraph | Verse) else ()
    *stanzas, last = block.stanzas
    above = (*stanzas, last[:-1]) if last[:-1] else tuple(stanzas)
    source = Paragraph(last[-1].children)
    if sum(map(len, above)) == 1:
        return Paragraph(above[0][0].children), source
    return replace(block, stanzas=above), source


def _opened(blocks: tuple[Block, ...], reads: Reads) -> tuple[Block, ...]:
    """Set place, date and salutation of a letter off."""
    first = [block for block in takewhile(_is_short, blocks[:_MOST_BLOCKS]) if isinstance(block, Paragraph)]
    while first and not letters.opens(_lines(first[-1])[0]):
        first.pop()
    if not first or not reads(forms.LETTER, _runs(first)):
        return blocks
    return (Letter(tuple(first), (), ()), *blocks[len(first) :])


def _is_short(block: Block) -> bool:
    text = _lines(block)[0]
    return isinstance(block, Paragraph) and len(text) <= _LONGEST_LINE


def _closed(blocks: tuple[Block, ...], reads: Reads) -> tuple[Block, ...]:
    """Set the last paragraphs of a chapter off where they are the end of a letter."""
    said = [_lines(block) for block in blocks[-_LONGEST_CLOSE:]]
    for size in range(2, len(said) + 1):
        last = blocks[-size:]
        paragraphs = tuple(block for block in last if isinstance(block, Paragraph))
        closes = len(paragraphs) == size and letters.closes([line for one in said[-size:] for line in one])
        if closes and reads(forms.LETTER, _runs(last)):
            return (*blocks[:-size], Letter((), (), paragraphs))
    return blocks


def _closing(block: Block, reads: Reads) -> Block:
    """Give "Your affectionate brother," with the name below it as the close of a letter; it is no verse."""
    if not isinstance(block, Verse) or len(block.stanzas) > 1:
        return block
    lines: tuple[VerseLine, ...] = block.stanzas[0]
    texts = _lines(block)
    short = len(texts) <= _LONGEST_CLOSE and all(len(text) <= _LONGEST_LINE for text in texts)
    if not (short and letters.closes(texts) and reads(forms.LETTER, _runs([block]))):
        return block
    return Letter((), (), tuple(Paragraph(line.children) for line in lines))
