"""The tree of the book that follows from the order found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from publish.document import Division, DivisionKind, SceneBreak
from publish.draft import inlines
from publish.normalize import headings
from publish.normalize.divisions import Leaf, Named, container_kind, folded
from publish.normalize.ids import with_ids
from publish.normalize.order import Container, Solution
from publish.source import Run


def build(
    found: Sequence[Leaf], solution: Solution, again: Callable[[Run], bool] = lambda _: False
) -> tuple[Division, ...]:
    """Build the divisions of the book in the order found.

    `again` tells of the heading of a part that has one already whether the author wants it printed all the
    same.
    """
    root: list[Division] = []
    open_containers: list[_Open] = []
    builder = _Builder(found, source_positions(found))
    joined = _joined(solution, found)
    for placed in solution.placed:
        if placed.item in joined:
            same = open_containers[-1][1] if open_containers else root
            same[-1] = replace(same[-1], blocks=same[-1].blocks + found[placed.item].blocks)
            continue
        shared = 0
        while (
            shared < min(len(open_containers), len(placed.containers))
            and open_containers[shared][0] == placed.containers[shared]
            and not builder.named_again(open_containers[shared][0], placed.item, again)
        ):
            shared += 1
        builder.close(open_containers, shared, root)
        open_containers.extend((container, [], placed.item) for container in placed.containers[shared:])
        leaf = found[placed.item]
        target = open_containers[-1][1] if open_containers else root
        target.append(builder.leaf(leaf, open_containers[-1][0] if open_containers else None, placed.item))
    builder.close(open_containers, 0, root)
    return with_ids(tuple(root))


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


_Open = tuple[Container, list[Division], int]
"""A part, what stands in it, and the first leaf in it."""


class _Builder:
    def __init__(self, found: Sequence[Leaf], positions: dict[tuple[int, int], int]) -> None:
        self._found = found
        self._positions = positions
        self._again: set[int] = set()
        """Leaves that begin a part which was named before."""

    def named_again(self, container: Container, item: int, again: Callable[[Run], bool]) -> bool:
        """Tell whether a leaf stands below the heading of an open part that is to be printed again."""
        names = [part for part, (index, _) in self._names_of(container) if index == item]
        runs = [run for part in names for run in (part.label or part.title,) if run]
        if runs and again(runs[0]):
            self._again.add(item)
            return True
        return False

    def leaf(self, leaf: Leaf, container: Container | None, index: int) -> Division:
        """Give the division of one piece; `close` takes up a part's own text, which has the part's kind."""
        named = leaf.named
        position = self._positions.get((index, len(leaf.holders)))
        if named is None:
            blocks = leaf.blocks[1:] if leaf.blocks[:1] == (SceneBreak(),) else leaf.blocks
            return Division(id="", kind=DivisionKind.SECTION, blocks=blocks, source_position=position)
        return Division(
            id="",
            kind=_kind(named, nested=container is not None),
            label=named.label,
            numbers=named.numbers,
            title=inlines(named.title) if named.title else (),
            subtitle=inlines(named.subtitle) if named.subtitle else (),
            blocks=leaf.blocks,
            inferred=named.inferred,
            source_position=position,
        )

    def close(self, open_containers: list[_Open], keep: int, root: list[Division]) -> None:
        """Turn the containers beyond the first `keep` into divisions."""
        while len(open_containers) > keep:
            container, inside, first = open_containers.pop()
            if first in self._again:
                container = replace(container, named_by=(first,))
            target = open_containers[-1][1] if open_containers else root
            target.append(self._container(container, tuple(inside)))

    def _container(self, container: Container, inside: tuple[Division, ...]) -> Division:
        named, position = self._naming(container)
        first = inside[0]
        if len(inside) == 1 and named and named.title and first.title == inlines(named.title):
            return replace(first, kind=container.kind)
        opener = (
            first.kind is container.kind and first.numbers[:1] == (container.number,) and not first.divisions
        )
        if opener:
            # Named twice, once with its title: the title is the part's all the same.
            title = inlines(named.title) if named and named.title and not first.title else first.title
            return replace(first, title=title, divisions=inside[1:])
        label = named.label if named else None
        if label is None and not (named and named.title and container.number is None):
            label = Run(printed_label(container, self._found))
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


def printed_label(container: Container, found: Sequence[Leaf]) -> str:
    """Print the label of a container that is never named like those of its kind that are."""
    likes = (
        part.label.text
        for leaf in found
        for part, _ in leaf.holders
        if container_kind(part) is container.kind and part.label
    )
    return headings.label_for(container.kind, container.number or 1, next(likes, ""))


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
