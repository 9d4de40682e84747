"""What stands before the first heading: copyright page, dedication, epigraph, other books."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publish.document import Block, Division, DivisionKind, Paragraph, SceneBreak, Verse, block_texts
from publish.normalize.lines import frontlines
from publish.normalize.lines.shape import ends_full
from publish.normalize.passages import extracts
from publish.normalize.passages.forms import Desk
from publish.normalize.passages.letters import plain_text
from publish.normalize.sheet import words_folded
from publish.normalize.words.vocabulary import DEDICATES, IN_MEMORY

_LONGEST_DEDICATION = 160


def named(divisions: tuple[Division, ...], desk: Desk) -> tuple[Division, ...]:
    """Give a dedication and an epigraph before the first heading divisions of their own.

    The persons of a play stand each in a paragraph, for what looks like verse there is a list.
    """
    divisions = tuple(_listed(one) if one.kind is DivisionKind.PERSONS else one for one in divisions)
    first = divisions[0] if len(divisions) > 1 else None
    if first is None or first.divisions:
        return divisions
    if first.kind in (DivisionKind.ALSO_BY, DivisionKind.COPYRIGHT):
        return _after_list(first, divisions[1:], desk)
    if first.kind is not DivisionKind.SECTION or first.label or first.title:
        return divisions
    pieces = list(_pieces(first.blocks, desk))
    if all(kind is DivisionKind.SECTION for kind, _ in pieces):
        return divisions
    made = tuple(
        _titled(
            replace(first, kind=kind, blocks=blocks, source_position=None if place else first.source_position)
        )
        for place, (kind, blocks) in enumerate(pieces)
    )
    return (*made, *divisions[1:])


def _listed(persons: Division) -> Division:
    blocks = (part for block in persons.blocks for part in _lines(block))
    return replace(persons, blocks=tuple(blocks))


def _lines(block: Block) -> Iterator[Block]:
    if isinstance(block, Verse):
        yield from (Paragraph(line.children) for stanza in block.stanzas for line in stanza)
    else:
        yield block


def _after_list(first: Division, others: tuple[Division, ...], desk: Desk) -> tuple[Division, ...]:
    """Part a dedication and an epigraph from the list of books or the copyright page above them."""
    pieces = list(_pieces([part for block in first.blocks for part in _stanzas(block)], desk))
    size = next((at for at, (kind, _) in enumerate(pieces) if kind in _APART), len(pieces))
    if not size or size == len(pieces) or any(kind is DivisionKind.SECTION for kind, _ in pieces[size:]):
        return (first, *others)
    kept = tuple(block for _, blocks in pieces[:size] for block in blocks)
    made = (
        replace(first, kind=kind, label=None, title=(), blocks=blocks, source_position=None)
        for kind, blocks in pieces[size:]
    )
    return (replace(first, blocks=kept), *made, *others)


_APART = (DivisionKind.DEDICATION, DivisionKind.EPIGRAPH)


def _stanzas(block: Block) -> Iterator[Block]:
    """Give each stanza by itself: what stands short and apart in front matter is no one poem."""
    if not isinstance(block, Verse):
        yield block
        return
    for stanza in block.stanzas:
        yield Paragraph(stanza[0].children) if len(stanza) == 1 else Verse((stanza,))


def _titled(division: Division) -> Division:
    """Give a list of other books the title that its first line is."""
    first = division.blocks[0]
    if division.kind is not DivisionKind.ALSO_BY or not isinstance(first, Paragraph):
        return division
    return replace(division, title=first.children, blocks=division.blocks[1:])


def _pieces(blocks: Sequence[Block], desk: Desk) -> Iterator[tuple[DivisionKind, tuple[Block, ...]]]:
    """Give what stands one after the other; once a story has begun, only what claims the rights ends it."""
    held: list[Block] = []
    at, begun = 0, False
    while at < len(blocks):
        story = begun and not frontlines.is_notice(plain_text(blocks[at]))
        kind, size = (DivisionKind.SECTION, 1) if story else _piece(blocks[at:], desk)
        if kind is DivisionKind.SECTION:
            begun = begun or _tells(blocks[at])
            held.append(blocks[at])
        else:
            yield from _section(held)
            held = []
            some = tuple(blocks[at : at + size])
            yield kind, (extracts.quotation(some),) if kind is DivisionKind.EPIGRAPH else some
        at += size
    yield from _section(held)


def _tells(block: Block) -> bool:
    """Tell a sentence of a story from what else stands without a heading: "A novel", "London, 1887"."""
    text = plain_text(block)
    return isinstance(block, Paragraph) and (
        extracts.speaks(text) or (len(text) > _LONGEST_TITLE and ends_full(text))
    )


def _section(held: Sequence[Block]) -> Iterator[tuple[DivisionKind, tuple[Block, ...]]]:
    """Give what is left as a section, without the white space that parted it from its neighbours."""
    inner = list(held)
    while inner and inner[0] == SceneBreak():
        inner.pop(0)
    while inner and inner[-1] == SceneBreak():
        inner.pop()
    if inner:
        yield DivisionKind.SECTION, tuple(inner)


def _piece(blocks: Sequence[Block], desk: Desk) -> tuple[DivisionKind, int]:
    """Tell what begins with a block, and how many blocks it takes."""
    text = plain_text(blocks[0])
    if frontlines.is_stated(text):
        return DivisionKind.COPYRIGHT, _imprint_size(blocks)
    if frontlines.lists_other_books(text) and (size := _list_size(blocks, desk)):
        return DivisionKind.ALSO_BY, size
    if isinstance(blocks[0], Paragraph) and len(text) <= _LONGEST_DEDICATION and dedicates(text):
        story = ends_full(text) and any(map(_tells, blocks[1:2])) and not _is_matter(blocks[1:], desk)
        return (DivisionKind.SECTION if story else DivisionKind.DEDICATION), 1
    if size := extracts.epigraph(blocks, desk):
        return DivisionKind.EPIGRAPH, size
    return DivisionKind.SECTION, 1


def _is_matter(blocks: Sequence[Block], desk: Desk) -> bool:
    return frontlines.is_stated(plain_text(blocks[0])) or extracts.epigraph(blocks, desk) > 0


def _imprint_size(blocks: Sequence[Block]) -> int:
    """Give how many blocks a copyright page takes, white space inside it with them."""
    size = 1
    for place, block in enumerate(blocks[1:], 2):
        text = plain_text(block)
        if frontlines.is_stated(text) or frontlines.may_stand_beside(text):
            size = place
        elif text:
            break
    return size


def _list_size(blocks: Sequence[Block], desk: Desk) -> int:
    """Give how many blocks a list of other books takes with its title; 0 where no list is below."""
    size = 1
    for block in blocks[1:]:
        texts = [*block_texts(block)]
        if not texts or any(len(text) > _LONGEST_TITLE or text.endswith(".") for text in texts):
            break
        if _piece((block,), desk)[0] is not DivisionKind.SECTION:
            break
        size += 1
    return size if size > 1 else 0


_LONGEST_TITLE = 60


def dedicates(text: str) -> bool:
    """Tell a dedication, "For Tom, who waited", from a sentence that begins alike."""
    words = words_folded(text).split()
    return (
        bool(words)
        and not _FIELD.match(text)
        and (words[0] in DEDICATES or text[:2] in ("À ", "Á ") or IN_MEMORY.match(text) is not None)
        and (not ends_full(text) or len(words) <= _FEW)
    )


_FEW = 8
_FIELD = re.compile(r"\S+:\s")
"""The head of a mail: "To: Tom"."""
