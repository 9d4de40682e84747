"""The tree of the book: as it follows from the order found, or from the levels of a file's own headings."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from publish.document import CONTAINERS, Block, Division, DivisionKind, SceneBreak
from publish.draft import inlines
from publish.normalize.divisions import Leaf
from publish.normalize.lines import headings
from publish.normalize.naming import Named, container_kind, folded
from publish.normalize.order import Container, Solution
from publish.normalize.words.numerals import fold
from publish.source import Run


def build(
    found: Sequence[Leaf],
    solution: Solution,
    again: Callable[[Run], bool] = lambda _: False,
    language: str = "",
) -> tuple[Division, ...]:
    """Build the divisions of the book in the order found.

    `again` tells of the heading of a part that has one already whether the author wants it printed all the
    same.
    """
    root: list[_Levelled] = []
    open_containers: list[_Open] = []
    builder = _Builder(found, {copy.dropped for copy in solution.copies}, language)
    joined = _joined(solution, found)
    for placed in solution.placed:
        if placed.item in joined:
            same = open_containers[-1][1] if open_containers else root
            level, last = same[-1]
            same[-1] = level, replace(last, blocks=last.blocks + found[placed.item].blocks)
            continue
        shared = 0
        while (
            shared < min(len(open_containers), len(placed.containers))
            and open_containers[shared][0] == placed.containers[shared]
            and not builder.named_again(open_containers[shared][0], placed.item, again)
        ):
            shared += 1
        apart = shared < max(len(open_containers), len(placed.containers))
        builder.close(open_containers, shared, root)
        open_containers.extend((container, [], placed.item) for container in placed.containers[shared:])
        target = open_containers[-1][1] if open_containers else root
        target.append(builder.leaf(placed.item, nested=bool(open_containers), apart=apart))
    builder.close(open_containers, 0, root)
    return with_ids(_nested(root))


def _joined(solution: Solution, found: Sequence[Leaf]) -> set[int]:
    """Give the leaves that follow what they were cut from: there was one piece after all."""
    stands_for = {copy.dropped: copy.kept for copy in solution.copies}
    joined: set[int] = set()
    for before, here in pairwise(solution.placed):
        last = here.item - 1
        same = before.item == stands_for.get(last, last) and before.containers == here.containers
        if found[here.item].continues and same:
            joined.add(here.item)
    return joined


_Levelled = tuple[int, Division]
"""A division with its level: one of a deeper level belongs into the one before."""
_Open = tuple[Container, list[_Levelled], int]
"""A part, what stands in it, and the first leaf in it."""


_INNER = frozenset({DivisionKind.SECTION, DivisionKind.SCENE})


class _Builder:
    def __init__(self, found: Sequence[Leaf], dropped: Collection[int], language: str) -> None:
        self._found = found
        self._dropped = dropped
        self._language = language
        self._positions = source_positions(found)
        self._again: set[int] = set()
        """Leaves that begin a part which was named before."""
        self._above: list[int] = []
        self._before = -1
        """The last leaf, and the levels of the headings below which it stands, its own among them."""

    def named_again(self, container: Container, item: int, again: Callable[[Run], bool]) -> bool:
        """Tell whether a leaf stands below the heading of an open part that is to be printed again."""
        names = [part for part, (index, _) in self._names_of(container) if index == item]
        if any(again(run) for part in names for run in (part.label, part.title) if run):
            self._again.add(item)
            return True
        return False

    def leaf(self, index: int, *, nested: bool, apart: bool) -> _Levelled:
        """Give the division of one piece; `close` takes up a part's own text, which has the part's kind."""
        leaf = self._found[index]
        named = leaf.named
        level = named.level if named else 0
        self._above = [one for one in self._above if one < level and not apart and self._lies_in(index)]
        depth, self._before = len(self._above), index
        self._above += [level] if level else []
        position = self._positions.get((index, len(leaf.holders)))
        if named is None:
            blocks = leaf.blocks[1:] if leaf.blocks[:1] == (SceneBreak(),) else leaf.blocks
            return depth, Division(id="", kind=DivisionKind.SECTION, blocks=blocks, source_position=position)
        return depth, _division(named, _kind(named, nested=nested or depth > 0), leaf.blocks, position)

    def _lies_in(self, index: int) -> bool:
        """Tell whether a piece follows in its file the one before it, and no count makes it apart."""
        found, named = self._found, self._found[index].named
        counted = named is not None and named.numbers and named.kind not in _INNER
        between = range(self._before + 1, index)
        follows = all(one in self._dropped or found[one].continues for one in between)
        same = self._before < index and found[self._before].file == found[index].file
        return follows and same and not counted

    def close(self, open_containers: list[_Open], keep: int, root: list[_Levelled]) -> None:
        """Turn the containers beyond the first `keep` into divisions."""
        while len(open_containers) > keep:
            container, inside, first = open_containers.pop()
            if first in self._again:
                container = replace(container, named_by=(first,))
            target = open_containers[-1][1] if open_containers else root
            target.append((0, self._container(container, _nested(inside))))

    def _container(self, container: Container, inside: tuple[Division, ...]) -> Division:
        named, position = self._naming(container)
        first = inside[0]
        if named and named.title and first.title == inlines(named.title):
            return replace(first, kind=container.kind, divisions=first.divisions + inside[1:])
        opener = (
            first.kind is container.kind and first.numbers[:1] == (container.number,) and not first.divisions
        )
        if opener:
            # Named twice, once with its title: the title is the part's all the same.
            title = inlines(named.title) if named and named.title and not first.title else first.title
            return replace(first, title=title, divisions=inside[1:])
        label = named.label if named else None
        if label is None and not (named and named.title and container.number is None):
            label = Run(printed_label(container, self._found, self._language))
        return Division(
            id="",
            kind=container.kind,
            label=label,
            numbers=(container.number,) if container.number is not None else (),
            title=inlines(named.title) if named and named.title else (),
            divisions=inside,
            inferred=container.inferred or bool(named and named.inferred),
            source_position=position,
        )

    def _naming(self, container: Container) -> tuple[Named | None, int | None]:
        """Find the heading that names a container, the one with a title first."""
        best: tuple[Named | None, int | None] = (None, None)
        for part, place in self._names_of(container):
            position = self._positions.get(place, best[1])
            if best[0] is None or (part.title and not best[0].title):
                best = (part, position if position is not None else best[1])
        return best

    def _names_of(self, container: Container) -> Iterator[tuple[Named, tuple[int, int]]]:
        """Give the headings that name a container, with their places."""
        for index in container.named_by:
            for place, (part, _) in enumerate(self._found[index].holders):
                if (
                    container_kind(part) is container.kind
                    and (part.numbers[:1] or (None,))[0] == container.number
                ):
                    yield part, (index, place)


def _division(named: Named, kind: DivisionKind, blocks: tuple[Block, ...], position: int | None) -> Division:
    return Division(
        id="",
        kind=kind,
        label=named.label,
        numbers=named.numbers,
        title=inlines(named.title) if named.title else (),
        subtitle=inlines(named.subtitle) if named.subtitle else (),
        blocks=blocks,
        inferred=named.inferred,
        source_position=position,
    )


def printed_label(container: Container, found: Sequence[Leaf], language: str) -> str:
    """Print the label of a container that is never named like those of its kind that are."""
    likes = (
        part.label.text
        for leaf in found
        for part, _ in leaf.holders
        if container_kind(part) is container.kind and part.label
    )
    return headings.label_for(container.kind, container.number or 1, next(likes, ""), language)


def _kind(named: Named, *, nested: bool) -> DivisionKind:
    if named.kind:
        return named.kind
    if named.numbers:
        return DivisionKind.CHAPTER
    return DivisionKind.SECTION if nested or named.untitled else DivisionKind.CHAPTER


def source_positions(found: Sequence[Leaf]) -> dict[tuple[int, int], int]:
    """Count the headings in file order, from 1, by leaf and by place of the name in the leaf's heading."""
    positions: dict[tuple[int, int], int] = {}
    seen: set[tuple[DivisionKind | None, tuple[int, ...], str]] = set()
    count = 0
    for index, leaf in enumerate(found):
        for place, (part, _) in enumerate(leaf.holders):
            key = (part.kind, part.numbers, "" if part.numbers else folded(part.title))
            if key not in seen and not part.inferred:
                seen.add(key)
                count += 1
                positions[index, place] = count
        if not leaf.continues and not (leaf.named and leaf.named.inferred):
            count += 1
            positions[index, len(leaf.holders)] = count
    return positions


# --- The order of the file -------------------------------------------------------------------------------


def by_level(found: Sequence[Leaf]) -> tuple[Division, ...]:
    """Nest the divisions by the level of their headings, in file order."""
    positions = source_positions(found)
    flat: list[_Levelled] = []
    for index, leaf in enumerate(_raised(found)):
        for place, (named, _) in enumerate(leaf.holders):
            flat.append(_levelled(named, (), positions.get((index, place))))
        if leaf.continues and flat:
            level, division = flat.pop()
            flat.append((level, replace(division, blocks=division.blocks + leaf.blocks)))
        elif leaf.named:
            flat.append(_levelled(leaf.named, leaf.blocks, positions.get((index, len(leaf.holders)))))
        elif leaf.blocks or len(found) == 1:
            section = Division(id="", kind=DivisionKind.SECTION, blocks=leaf.blocks, source_position=1)
            flat.append((1, section))
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


def _levelled(named: Named, blocks: tuple[Block, ...], position: int | None) -> _Levelled:
    return named.level, _division(named, _kind(named, nested=named.level > 1), blocks, position)


def _nested(flat: Sequence[_Levelled]) -> tuple[Division, ...]:
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


# --- Ids -------------------------------------------------------------------------------------------------


def with_ids(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Give every division an id made from its kind and number or title, unique in the book."""
    used: set[str] = set()

    def name(division: Division, outer: str) -> Division:
        base = "-".join(part for part in (outer, _own_id(division)) if part)
        chosen, count = base, 2
        while chosen in used:
            chosen, count = f"{base}-{count}", count + 1
        used.add(chosen)
        inner = chosen if division.kind in CONTAINERS else ""
        return replace(
            division, id=chosen, divisions=tuple(name(child, inner) for child in division.divisions)
        )

    return tuple(name(division, "") for division in divisions)


def _own_id(division: Division) -> str:
    if division.numbers:
        numbers = f"{division.numbers[0]}" + (f"-{division.numbers[-1]}" if len(division.numbers) > 1 else "")
        return f"{division.kind.value.replace('_', '-')}-{numbers}"
    words = re.findall(
        "[a-z0-9]+", fold("".join(getattr(part, "run", Run("")).text for part in division.title))
    )
    kind = division.kind.value.replace("_", "-")
    if division.kind in (DivisionKind.CHAPTER, DivisionKind.SECTION, DivisionKind.STORY) and words:
        return "-".join(words)[:40].strip("-")
    return kind
