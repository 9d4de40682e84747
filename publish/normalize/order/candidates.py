"""Candidate readings of a manuscript: the ways in which its file may have come to stand as it does.

A file keeps the book's order, turns it round (newest first), is cut and joined the other way about, has its
parts moved or turned as wholes, or is shuffled; then numbers, dates or a contents list put it in order. Each
candidate is a whole permutation; `evidence.account` says what it leaves unexplained.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.document import DivisionKind
from publish.normalize.order import clock
from publish.normalize.order.evidence import Fact, Facts, account
from publish.normalize.order.roles import Role
from publish.normalize.order.unnumbered import ENOUGH, ambiguous, of_one_day, settle

FILED = 0.5
"""A shell sorts the names of files letter by letter, 10 before 2."""
KEPT, REVERSED, ROTATED, PARTS, SORTED = 0.0, 1.0, 2.6, 2.75, 3.5
DATED = LISTED = LINKED = 2.0
"""What each account of the file costs by itself: the simpler the history of the file, the less."""
BY_CONVENTION = 0.5
"""Front and back matter is put in place by convention and not by its neighbours in the file."""
UNNAMED = 1.5
"""Parts are turned or moved that nothing names."""
DOUBTFUL = 1.0
"""A piece whose place nothing tells."""
BELOW_ONE = 2.0
"""Each part's heading would stand above the newest of its chapters alone."""
_ATTRIBUTES = (("date", "dated", DATED), ("listed", "listed", LISTED), ("filed", "filed", FILED))
"""What orders pieces by itself: the field of a fact, the shape of the file, the cost."""
_BY_NUMBER = {"sorted", "parts", "shuffled"}
"""Shapes in which numbers alone put the chapters in order."""
_AT_THE_ENDS = {Role.FRONT, Role.PROLOGUE, Role.LAST, Role.EPILOGUE, Role.BACK}
_FEWEST_CUTS = 8
_WORK = 8_000
"""Pieces walked for all cuts of one rotation, so that long manuscripts stay fast."""
_MOST_MOVES = 4
_SMALL_GAP = 3
"""Missing numbers that do not end a run which has found its direction."""


class Candidate(Struct, frozen=True):
    """One way to read the manuscript."""

    shape: str
    reading: tuple[int, ...]
    prior: float
    doubtful: frozenset[int] = frozenset()
    """Pieces that are placed by guess."""
    heads: str = ""
    """What headings of containers that stand alone belong to: the piece below, or as in `Case` where "posted"
    or "above" is said."""


Ranks = dict[DivisionKind, int]


def candidates(
    pieces: Sequence[int], all_facts: Facts, main: DivisionKind, ranks: Ranks
) -> Iterator[Candidate]:
    """Give every candidate; `pieces` are the indexes in file order."""
    pinned = tuple(index for index in pieces[:1] if all_facts[index].role is Role.UNHEADED)
    file = [index for index in pieces if index not in pinned]
    yield Candidate("kept", (*pinned, *file), KEPT)
    parts = _below_texts(file, all_facts)
    yield Candidate("reversed", (*pinned, *reversed(file)), REVERSED + BELOW_ONE * bool(parts))
    if parts:
        turned = [[part[0], *reversed(part[1:])] for part in parts]
        yield Candidate("reversed", (*pinned, *_flat(turned[::-1])), REVERSED)
        yield Candidate("parts", (*pinned, *_flat(turned)), PARTS)
        yield Candidate("parts", (*pinned, *_flat(parts[::-1])), PARTS)
    for shape, reading, prior, doubtful in _moved(file, all_facts, main, ranks):
        yield Candidate(shape, (*pinned, *reading), prior + DOUBTFUL * len(doubtful), frozenset(doubtful))


def _below_texts(file: list[int], all_facts: Facts) -> list[list[int]]:
    """Give the parts of a file that begins with the text of one and ends with none, each from its text on."""
    openers = [at for at, index in enumerate(file) if all_facts[index].role is Role.OPENER]
    if not openers or openers[0] or openers[-1] == len(file) - 1:
        return []
    return [file[start:end] for start, end in pairwise([*openers, len(file)])]


Moved = tuple[str, list[int], float, set[int]]


def _moved(file: list[int], all_facts: Facts, main: DivisionKind, ranks: Ranks) -> Iterator[Moved]:
    for shape, anchors, prior in _anchored(file, all_facts, main, ranks):
        for convention in (False, True):
            reading, doubtful = settle(file, anchors, all_facts, convention=convention)
            if shape in _BY_NUMBER:
                doubtful |= ambiguous(file, anchors, all_facts)
            elif shape == "dated":
                doubtful |= of_one_day(file, anchors, all_facts)
            yield shape, reading, prior + BY_CONVENTION * convention, doubtful
    few = sum(_is_anchor(all_facts[index], main) for index in file) < ENOUGH
    loose = {index for index in file if few and all_facts[index].role is Role.FLOATING}
    for forward, extra in ((file, 0.0), (file[::-1], REVERSED)):
        for cut in _cuts(forward, all_facts, main):
            reading = forward[cut:] + forward[:cut]
            # Of two chapters that stand in order nothing was turned round.
            numbered = [index for index in reading if _is_anchor(all_facts[index], main)]
            if not extra or numbered != sorted(numbered):
                yield "rotated", reading, ROTATED + extra, loose


# --- Rotations -------------------------------------------------------------------------------------------


def _cuts(file: Sequence[int], all_facts: Facts, main: DivisionKind) -> list[int]:
    """Give the most likely places where a rotated file began.

    They lie where numbers fall furthest, among the pieces without numbers that stand there.
    """
    anchors = [at for at, index in enumerate(file) if _is_anchor(all_facts[index], main)]
    if len(anchors) <= 1:
        return []
    falls = []
    for before, after in pairwise(anchors):
        last, next_ = all_facts[file[before]], all_facts[file[after]]
        between = {all_facts[file[at]].role for at in range(before + 1, after)}
        front = bool(between & _AT_THE_ENDS)
        drop = last.high[0] - next_.low[0]
        named = bool(next_.holders) and (next_.holders[0][1] or 2) == 1
        if drop >= 0 or front or named:
            falls.append((front + named + (next_.low[0] <= 1), drop, before, after))
    falls.sort(reverse=True)
    cuts: list[int] = []
    for _, _, before, after in falls:
        cuts.extend(range(before + 1, after + 1))
    edges = [*range(1, anchors[0] + 1), *range(anchors[-1] + 1, len(file))]
    most = max(_FEWEST_CUTS, _WORK // len(file))
    return [cut for cut in [*cuts[:most], *edges[:_FEWEST_CUTS]] if 0 < cut < len(file)]


def _is_anchor(fact: Fact, main: DivisionKind) -> bool:
    return fact.role is Role.NUMBERED and fact.series is main


# --- Orders by number, date, contents --------------------------------------------------------------------

Anchored = tuple[str, list[int], float]


def _anchored(file: list[int], all_facts: Facts, main: DivisionKind, ranks: Ranks) -> Iterator[Anchored]:
    anchors = [index for index in file if _is_anchor(all_facts[index], main)]
    if len(anchors) > 1:
        yield from _by_number(file, anchors, all_facts, ranks)
        yield from _by_parts(file, anchors, all_facts, ranks)
    for attribute, shape, prior in _ATTRIBUTES:
        known = [index for index in file if getattr(all_facts[index], attribute) not in ("", -1)]
        if len(known) > 1 and 2 * len(known) >= len(file):
            for forward in (known, known[::-1]):
                yield shape, sorted(forward, key=lambda index: _value(all_facts[index], attribute)), prior
    told = [index for index in file if all_facts[index].told]
    if len(anchors) <= 1 < len(told) and 2 * len(told) >= len(file):
        days = [all_facts[index].told for index in told]
        # A file that runs through the year one way or the other can have been cut, but hardly shuffled.
        runs = len(told) >= ENOUGH and (clock.flows(days) or clock.flows(days[::-1]))
        for order in clock.orders(days):
            yield "dated", [told[at] for at in order], ROTATED if runs else DATED
    chain = _chain(file, all_facts)
    if 2 * len(chain) >= len(file):
        yield "linked", chain, LINKED


def _chain(file: Sequence[int], all_facts: Facts) -> list[int]:
    """Give the longest chain of pieces that links tie to each other, each to the next."""
    inside = set(file)
    after: dict[int, int] = {}
    linked: set[int] = set()
    for index in file:
        for before in all_facts[index].follows:
            if before in inside and before not in after and index not in linked:
                after[before] = index
                linked.add(index)
    best: list[int] = []
    for index in file:
        if index in after and index not in linked:
            chain = [index]
            while chain[-1] in after:
                chain.append(after[chain[-1]])
            best = max(best, chain, key=len)
    return best


def _value(fact: Fact, attribute: str) -> str | int:
    value: str | int = getattr(fact, attribute)
    return value


def _by_number(file: list[int], anchors: list[int], all_facts: Facts, ranks: Ranks) -> Iterator[Anchored]:
    if len({all_facts[index].low for index in anchors}) == len(anchors):
        yield "shuffled", sorted(anchors, key=lambda index: all_facts[index].low), SORTED
    if ranks and all(_chain_key(all_facts[index], ranks) for index in anchors):
        openers = [index for index in file if all_facts[index].role is Role.OPENER]
        facts = {index: all_facts[index] for index in (*openers, *anchors)}
        keys = {index: (_chain_key(fact, ranks) or (), fact.low) for index, fact in facts.items()}
        yield "shuffled", sorted([*openers, *anchors], key=keys.__getitem__), SORTED


def _chain_key(fact: Fact, ranks: Ranks) -> tuple[int, ...] | None:
    """Give the containers' numbers by rank, 0 for one not named; None where none is named by number."""
    numbers = [0] * len(ranks)
    for kind, number, _ in fact.holders:
        if number is None:
            return None
        numbers[ranks[kind]] = number
    return tuple(numbers) if fact.holders else None


def _by_parts(file: list[int], anchors: list[int], all_facts: Facts, ranks: Ranks) -> Iterator[Anchored]:
    """Move parts as wholes, turn each part round, or put the chapters in order within each part."""
    low = _low_of(all_facts)
    chosen = set(anchors)
    for forward, extra in ((file, 0.0), (file[::-1], REVERSED)):
        segments = account(forward, all_facts, ranks).segments
        groups = [[index for index in segment.members if index in chosen] for segment in segments]
        inside = [sorted(group, key=low) for group in groups]
        yield "sorted", _flat(inside), PARTS + extra
        main = [index for index in forward if index in chosen]
        yield from (("sorted", reading, PARTS + extra) for reading in _mended(main, all_facts))
        keys = [_chain_key(all_facts[segment.members[0]], ranks) for segment in segments]
        if len(segments) > 1 and all(keys):
            moved = sorted(range(len(segments)), key=lambda at: keys[at] or ())
            yield "parts", _flat([groups[at] for at in moved]), PARTS + extra
            yield "parts", _flat([inside[at] for at in moved]), PARTS + extra + 1
    yield from _by_runs(anchors, all_facts, ranks)


def _mended(anchors: list[int], all_facts: Facts) -> Iterator[list[int]]:
    """Move a chapter that interrupts a sequence to each gap that it fills."""
    interrupting = [
        at
        for at in range(len(anchors))
        if _follows(anchors, at - 1, at, all_facts) + _follows(anchors, at, at + 1, all_facts) == 0
        and (_begins_or_follows(anchors, at, all_facts) or at in (0, len(anchors) - 1))
    ]
    for at in interrupting[:_MOST_MOVES]:
        rest = anchors[:at] + anchors[at + 1 :]
        low = all_facts[anchors[at]].low
        gaps = [
            place
            for place in range(len(rest) + 1)
            if (
                (place == 0 and low[0] == 1)
                or (place > 0 and (all_facts[rest[place - 1]].high[0] + 1, 0) == low)
            )
            and not (place < len(rest) and all_facts[rest[place]].low == low)
        ]
        for place in gaps[:_MOST_MOVES]:
            yield [*rest[:place], anchors[at], *rest[place:]]


def _begins_or_follows(anchors: list[int], at: int, all_facts: Facts) -> bool:
    """Without the chapter at `at` its neighbours follow each other, or a part begins behind it."""
    begins = at + 1 < len(anchors) and all_facts[anchors[at + 1]].low[0] == 1
    return begins or _follows(anchors, at - 1, at + 1, all_facts)


def _follows(anchors: list[int], before: int, after: int, all_facts: Facts) -> bool:
    if before < 0 or after >= len(anchors):
        return False
    return _step(anchors[before], anchors[after], all_facts) == 1


def _low_of(all_facts: Facts) -> Callable[[int], tuple[int, int]]:
    return lambda index: all_facts[index].low


def _flat(groups: Sequence[Sequence[int]]) -> list[int]:
    return [index for group in groups for index in group]


def _by_runs(anchors: list[int], all_facts: Facts, ranks: Ranks) -> Iterator[Anchored]:
    """Cut the file where neither the next higher nor the next lower number follows.

    Each run is a part, turned or not, named by its lowest chapter.
    """
    runs: list[list[int]] = []
    way = 0
    for index in anchors:
        step = _step(runs[-1][-1], index, all_facts, _SMALL_GAP if way else 1) if runs else 0
        if not runs or step == 0 or (way and step != way):
            runs.append([])
            way = 0
        elif not way:
            way = step
        runs[-1].append(index)
    low = _low_of(all_facts)
    turned = [sorted(run, key=low) for run in runs]
    if len(runs) <= 1 or len(runs) > len(anchors) // 2:
        return
    keys = [_chain_key(all_facts[run[0]], ranks) for run in turned]
    unnamed = 0 if all(keys) else UNNAMED
    yield "parts", _flat(turned), PARTS + unnamed
    yield "parts", _flat(turned[::-1]), PARTS + REVERSED + unnamed
    if all(keys):
        moved = sorted(range(len(runs)), key=lambda at: keys[at] or ())
        yield "parts", _flat([turned[at] for at in moved]), PARTS + 1


def _step(before: int, after: int, all_facts: Facts, reach: int = 1) -> int:
    """1 where the next number follows, -1 where it precedes, 0 where neither does within `reach`."""
    rise = all_facts[after].low[0] - all_facts[before].high[0]
    fall = all_facts[before].low[0] - all_facts[after].high[0]
    if 0 < rise <= reach and not all_facts[after].low[1]:
        return 1
    return -1 if 0 < fall <= reach else 0
