"""The tree of a file that says that its order is the book's: levels of headings make it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from publish.document import Block, Division, DivisionKind
from publish.draft import inlines
from publish.normalize.divisions import Leaf, Named
from publish.normalize.ids import with_ids
from publish.normalize.tree import source_positions


def tree(found: Sequence[Leaf]) -> tuple[Division, ...]:
    """Nest the divisions by the level of their headings, in file order."""
    positions = source_positions(found)
    flat: list[tuple[int, Division]] = []
    for index, leaf in enumerate(_raised(found)):
        for place, (named, _) in enumerate(leaf.holders):
            flat.append((named.level, _division(named, (), positions.get((index, place)))))
        if leaf.continues and flat:
            level, division = flat.pop()
            flat.append((level, replace(division, blocks=division.blocks + leaf.blocks)))
        elif leaf.named is None:
            if leaf.blocks or len(found) == 1:
                flat.append(
                    (1, Division(id="", kind=DivisionKind.SECTION, blocks=leaf.blocks, source_position=1))
                )
        else:
            position = positions.get((index, len(leaf.holders)))
            flat.append((leaf.named.level, _division(leaf.named, leaf.blocks, position)))
    return with_ids(_nested(flat))


def _raised(found: Sequence[Leaf]) -> list[Leaf]:
    """Let the highest headings be of the first level, where the title of the book has left it."""
    parts = [part for leaf in found for part in (*(held for held, _ in leaf.holders), leaf.named) if part]
    above = min((part.level for part in parts), default=1) - 1
    if above < 1 or any(leaf.named is None and leaf.blocks for leaf in found):
        return list(found)

    def raised(part: Named) -> Named:
        return replace(part, level=part.level - above)

    return [
        replace(
            leaf,
            holders=tuple((raised(part), named) for part, named in leaf.holders),
            named=raised(leaf.named) if leaf.named else None,
        )
        for leaf in found
    ]


def _division(named: Named, blocks: tuple[Block, ...], position: int | None) -> Division:
    kind = named.kind or (DivisionKind.CHAPTER if named.level < 2 or named.numbers else DivisionKind.SECTION)
    return Division(
        id="",
        kind=kind,
        label=named.label,
        numbers=named.numbers,
        title=inlines(named.title) if named.title else (),
        subtitle=inlines(named.subtitle) if named.subtitle else (),
        blocks=blocks,
        inferred=named.inferred,
        source_position=None if named.inferred else position,
    )


def _nested(flat: Sequence[tuple[int, Division]]) -> tuple[Division, ...]:
    result: list[Division] = []
    at = 0
    while at < len(flat):
        level, division = flat[at]
        end = at + 1
        while end < len(flat) and flat[end][0] > level:
            end += 1
        inside = _nested(flat[at + 1 : end])
        result.append(replace(division, divisions=inside) if inside else division)
        at = end
    return tuple(result)
