"""The parts of a book in reading order: named ones, implied ones, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from publish.document import DivisionKind
from publish.normalize.order.evidence import Facts, Item, Name, Segment
from publish.normalize.order.roles import Role


class Container(Struct, frozen=True):
    """One container in the finished order; items lie in the same one if and only if the values are equal."""

    kind: DivisionKind
    number: int | None
    """None where it is named without a number."""
    inferred: bool
    """True where the manuscript never names it and its neighbours imply it."""
    serial: int
    """Tells containers apart that are named alike."""
    named_by: tuple[int, ...]
    """Items whose `holders` name it, in reading order: where its title is to be found; empty if inferred, or
    if it is named behind the last item."""


class Gap(Struct, frozen=True):
    """Numbers that are missing from a sequence."""

    kind: DivisionKind
    numbers: tuple[int, ...]
    within: tuple[Container, ...]
    after: int | None
    """Item before the gap; None at the beginning."""


_LONGEST_GAP = 500
"""A wider jump is a wrong number and not a gap."""


class Parts(Struct, frozen=True):
    """Where each item of a reading lies."""

    containers: dict[int, tuple[Container, ...]]
    gaps: tuple[Gap, ...]
    clashes: tuple[tuple[int, ...], ...]
    restarts: tuple[int, ...]


def divide(segments: Sequence[Segment], items: Sequence[Item], all_facts: Facts, *, infer: bool) -> Parts:
    """Give the containers of every item of a reading that was walked into segments."""
    implied = _implied(segments) if infer else {}
    containers: dict[int, tuple[Container, ...]] = {}
    outside = _outside(segments, all_facts)
    chain: tuple[Container, ...] = ()
    before: tuple[Name, ...] = ()
    for at, segment in enumerate(segments):
        names = implied.get(at) or (*segment.outer, *((segment.name,) if segment.name else ()))
        kept = _continued(chain, before, names)
        before = names
        if len(kept) == len(names) and segment.restarts and at not in implied:
            kept = kept[:-1]
        chain = kept + tuple(
            Container(kind, number, at in implied and depth == len(names) - 1, at, ())
            for depth, (kind, number, _) in enumerate(names)
            if depth >= len(kept)
        )
        for index in segment.members:
            containers[index] = () if index in outside else chain
    containers = _with_namers(containers, items)
    restarts = tuple(
        next(index for index in segment.members if all_facts[index].role is Role.NUMBERED)
        for at, segment in enumerate(segments)
        if segment.name is None and segment.restarts and at not in implied
    )
    reading = [index for segment in segments for index in segment.members]
    return Parts(
        containers,
        (*_missing_parts(reading, containers), *_missing_numbers(reading, containers, all_facts)),
        _clashes(reading, containers, all_facts),
        restarts,
    )


# --- Inference -------------------------------------------------------------------------------------------


def _implied(segments: Sequence[Segment]) -> dict[int, tuple[Name, ...]]:
    """Name the segments that nothing names but whose neighbours leave them one number only."""
    told = [at for at, segment in enumerate(segments) if segment.first is not None]
    implied: dict[int, tuple[Name, ...]] = {}
    run: list[int] = []
    left: int | None = None
    for at in [*told, None]:
        if at is not None and segments[at].name is None:
            run.append(at)
            continue
        if run:
            implied.update(_fill(segments, left, run, at))
        run, left = [], at
    return implied


def _fill(
    segments: Sequence[Segment], left: int | None, run: list[int], right: int | None
) -> Iterator[tuple[int, tuple[Name, ...]]]:
    before, after = _numbered_name(segments, left), _numbered_name(segments, right)
    if before and after and before[1] == after[1]:
        first = before[2] + 1 if after[2] - before[2] - 1 == len(run) else 0
        model = before
    elif after:
        restarts = right is not None and segments[right].restarts
        first = after[2] - len(run) if restarts or after[2] - len(run) == 1 == len(run) else 0
        model = after
    elif before:
        first, model = before[2] + 1, before
    else:
        return
    if first < 1:
        return
    for number, at in enumerate(run, first):
        yield at, (*model[1], (model[0], number, ""))


def _numbered_name(
    segments: Sequence[Segment], at: int | None
) -> tuple[DivisionKind, tuple[Name, ...], int] | None:
    name = segments[at].name if at is not None else None
    if at is None or name is None or name[1] is None:
        return None
    return name[0], segments[at].outer, name[1]


# --- Chains of containers --------------------------------------------------------------------------------


def _continued(
    chain: tuple[Container, ...], before: tuple[Name, ...], names: tuple[Name, ...]
) -> tuple[Container, ...]:
    """Give the containers of the last segment in which the next one lies as well.

    One without a number goes on as long as parts inside it follow each other; beside its like it ends.
    """
    for depth, (container, old, name) in enumerate(zip(chain, before, names, strict=False)):
        again = old == name and depth + 1 < min(len(before), len(names))
        if (container.kind, container.number) != name[:2] or (name[1] is None and not again):
            return chain[:depth]
    return chain[: len(names)]


def _with_namers(
    containers: dict[int, tuple[Container, ...]], items: Sequence[Item]
) -> dict[int, tuple[Container, ...]]:
    """Fill `named_by`: with the items inside that name a container, or else with those outside that do."""
    inside: dict[Container, list[int]] = {}
    anywhere: dict[tuple[DivisionKind, int | None], list[int]] = {}
    for index, chain in containers.items():
        named = {(holder.kind, holder.number) for holder in items[index].holders}
        own = [container for container in chain if container.kind is items[index].kind]
        named |= {(container.kind, number) for container in own for number in items[index].numbers}
        for name in sorted(named, key=str):
            anywhere.setdefault(name, []).append(index)
        for container in chain:
            inside.setdefault(container, [])
            if (container.kind, container.number) in named:
                inside[container].append(index)
    claimed = {(c.kind, c.number, index) for c, indexes in inside.items() for index in indexes}

    def namers(container: Container) -> tuple[int, ...]:
        name = (container.kind, container.number)
        free = (index for index in anywhere.get(name, ()) if (*name, index) not in claimed)
        return tuple(inside[container] or free)

    full = {container: structs.replace(container, named_by=namers(container)) for container in inside}
    return {index: tuple(full[container] for container in chain) for index, chain in containers.items()}


_AROUND = (Role.UNHEADED, Role.FRONT, Role.PROLOGUE, Role.FLOATING)
_BEHIND = (Role.EPILOGUE, Role.BACK)


def _outside(segments: Sequence[Segment], all_facts: Facts) -> set[int]:
    """Pieces that frame the whole book and lie in none of its parts."""
    reading = [index for segment in segments for index in segment.members]
    outside: set[int] = set()
    for index in reading:
        if all_facts[index].role not in _AROUND or all_facts[index].holders:
            break
        outside.add(index)
    if any(all_facts[index].role is Role.PROLOGUE and all_facts[index].holders for index in reading):
        return outside
    for index in reversed(reading):
        if all_facts[index].role not in _BEHIND or all_facts[index].holders:
            break
        outside.add(index)
    return outside


# --- What is missing -------------------------------------------------------------------------------------


def _missing_parts(reading: Sequence[int], containers: Mapping[int, tuple[Container, ...]]) -> Iterator[Gap]:
    last: dict[DivisionKind, int] = {}
    seen: set[Container] = set()
    previous: int | None = None
    for index in reading:
        chain = containers[index]
        for depth, container in enumerate(chain):
            if container in seen or container.number is None:
                continue
            seen.add(container)
            expected = last.get(container.kind, 0)
            gap = _between(expected if container.number > expected else 0, container.number)
            if gap:
                yield Gap(container.kind, gap, chain[:depth], previous)
            last[container.kind] = container.number
        previous = index


def _missing_numbers(
    reading: Sequence[int], containers: Mapping[int, tuple[Container, ...]], all_facts: Facts
) -> Iterator[Gap]:
    last: dict[DivisionKind, int] = {}
    before: dict[DivisionKind, int] = {}
    for index in reading:
        fact = all_facts[index]
        if fact.role is not Role.NUMBERED:
            continue
        expected = last.get(fact.series, 0)
        low = fact.low[0]
        if low <= expected and containers[index] != containers.get(before.get(fact.series, -1), ()):
            expected = 0
        gap = _between(expected, low)
        if gap:
            yield Gap(fact.series, gap, containers[index], before.get(fact.series))
        last[fact.series] = fact.high[0]
        before[fact.series] = index


def _between(last: int, next_: int) -> tuple[int, ...]:
    return tuple(range(last + 1, next_)) if next_ - last <= _LONGEST_GAP else ()


def _clashes(
    reading: Sequence[int], containers: Mapping[int, tuple[Container, ...]], all_facts: Facts
) -> tuple[tuple[int, ...], ...]:
    """Items of one container and one number that stand next to each other in their series."""
    clashes: list[tuple[int, ...]] = []
    last: dict[DivisionKind, int] = {}
    for index in reading:
        fact = all_facts[index]
        if fact.role is not Role.NUMBERED:
            continue
        other = last.get(fact.series)
        if other is not None and all_facts[other].low == fact.low and containers[other] == containers[index]:
            clashes.append((other, index))
        last[fact.series] = index
    return tuple(clashes)
