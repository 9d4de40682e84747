"""Paragraphs into lines: the best set of all breaks at once, after Knuth and Plass (1981).

What their paper has is kept: badness by the cube of the stretch, fitness classes, demerits for hyphens and
for neighbouring lines that differ. Added are: at most two hyphens in a row; no last line that is a scrap,
none that is the tail of a divided word; no word twice at the same edge; and the best setting for every
possible number of lines, from which the page then chooses.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from math import inf

from msgspec import Struct

from publish.pdf.composer.material import Material

STRETCH, SHRINK = 0.5, 0.2
"""Share of its width by which a word space grows or shrinks at a ratio of 1 or −1."""
EXPANSION = 0.01
"""Share by which letters are widened or narrowed at those ratios."""
TOLERANCE = 2.6
"""Largest ratio that is tried at first: a word space of 2.3 times its width."""
MOST_HYPHENS = 2
"""In a row."""

_LINE, _ROUGH, _LADDER, _STACK = 10.0, 4_000.0, 9_000.0, 2_500.0
_RUNT, _TAIL, _FORBIDDEN = 900.0, 2_000.0, 1_000_000_000.0
_BROADEST = 1.36
"""Of its natural width: no line within the tolerance is stretched by more."""
_EVEN, _HOPELESS, _ANYTHING, _OVERFULL = 0.5, 4.0, 100.0, 5_000.0
_RAGGED, _SLIGHT = 0.1, 0.01
"""Share of the column by which a ragged line is shorter at a ratio of 1; points that it may be too long."""


_USUAL = 2
"""Lengths of lines in a paragraph: of the first, and of all others."""


class Breaks(Struct, frozen=True):
    """One way to set a paragraph."""

    cost: float
    """In demerits."""
    ends: tuple[int, ...]
    """For each line, the place at which it ends."""


_State = tuple[float, int, int, int, int, "_State | None"]
"""Demerits so far, lines, fitness class of the last, hyphens in a row, place, the state before."""


def set_lines(
    matter: Material, lengths: tuple[float, ...], scrap: float, *, ragged: bool = False
) -> dict[int, Breaks]:
    """Give the best breaks for every number of lines that a paragraph can well have.

    `lengths` are those of the first line, the second and so on, the last that of all others, in points. A
    last line shorter than `scrap` is avoided. `ragged` lines keep their word spaces, so that their ends
    differ, as little as can be. There is always one setting, even where a word is longer than a line.
    """
    found: dict[int, Breaks] = {}
    slack = _RAGGED * lengths[-1] if ragged else 0.0
    for tolerance in (TOLERANCE, 8.0, inf):
        for lines, breaks in _Search(matter, scrap, tolerance, slack).found(lengths).items():
            if lines not in found or breaks.cost < found[lines].cost:
                found[lines] = breaks
        if found and min(breaks.cost for breaks in found.values()) < _FORBIDDEN:
            break
    return found


class _Search:
    """The search for the best breaks of one paragraph within one tolerance."""

    def __init__(self, matter: Material, scrap: float, tolerance: float, slack: float) -> None:
        self.matter = matter
        self.scrap = scrap
        self.slack = slack
        """Of ragged lines: how much shorter than the column one may well be; 0 for justified ones."""
        self.tolerance = tolerance
        # Where anything goes any number of lines would do; only the best is of use then.
        self.counted = tolerance <= TOLERANCE
        self.states: list[dict[int, _State]] = [{} for _ in matter.ends]

    def found(self, lengths: tuple[float, ...]) -> dict[int, Breaks]:
        """Give the best breaks for every number of lines; nothing where the tolerance allows none."""
        matter, states = self.matter, self.states
        states[0][0] = (0.0, 0, 1, 0, 0, None)
        last, parted = len(states) - 1, len(lengths) > _USUAL
        for start in range(last):
            if states[start]:
                hang = 0.0 if self.slack or not start else matter.hangs_left[start]
                ways = states[start].values()
                for some, length in self._parted(ways, lengths) if parted else ((ways, lengths[start > 0]),):
                    lines = self._ragged if self.slack else self._lines
                    for end, badness, fitness in lines(start, length + hang):
                        self._extend(start, some, end, badness, fitness)
        found: dict[int, _State] = {}
        for state in states[last].values():
            if state[1] not in found or state[0] < found[state[1]][0]:
                found[state[1]] = state
        return {lines: Breaks(state[0], _ends(state)) for lines, state in sorted(found.items())}

    def _parted(
        self, ways: Collection[_State], lengths: tuple[float, ...]
    ) -> Iterator[tuple[Collection[_State], float]]:
        """Give the ways to come to a place by the length of the line that follows them."""
        last = len(lengths) - 1
        for line, length in enumerate(lengths):
            if fitting := [way for way in ways if min(way[1], last) == line]:
                yield fitting, length

    def _lines(self, start: int, length: float) -> Iterator[tuple[int, float, int]]:
        """Give each place where a line that begins at `start` may end, with its badness and fitness class."""
        ends, spaces, hangs = self.matter.ends, self.matter.spaces_until, self.matter.hangs_right
        begun, spaced = self.matter.begins[start], self.matter.spaces_before[start]
        last, tolerance = len(ends) - 1, self.tolerance
        least = begun + length / _BROADEST if self.counted else begun
        for end in range(min(bisect_left(ends, least, start + 1), last), last + 1):
            natural = ends[end] - begun
            spare = length + hangs[end] - natural
            room = spaces[end] - spaced
            if spare < 0.0:
                ratio = -spare / (SHRINK * room + EXPANSION * natural)
                if ratio <= 1.0:
                    yield end, 100.0 * ratio * ratio * ratio, 0 if ratio > _EVEN else 1
                elif tolerance > _ANYTHING and end == start + 1:
                    yield end, _OVERFULL, 0
                elif ratio > _HOPELESS:
                    return
            elif end == last:
                yield end, self._ending(start), 1
            else:
                ratio = spare / (STRETCH * room + EXPANSION * natural)
                if ratio <= tolerance:
                    badness = min(100.0 * ratio * ratio * ratio, _OVERFULL)
                    yield end, badness, 1 if ratio < _EVEN else 2 if ratio < 1.0 else 3

    def _ragged(self, start: int, length: float) -> Iterator[tuple[int, float, int]]:
        """As `_lines`, of lines that are not stretched; all are of one class, for none looks gappy."""
        ends, begun, last = self.matter.ends, self.matter.begins[start], len(self.matter.ends) - 1
        for end in range(start + 1, last + 1):
            spare = length - (ends[end] - begun)
            if spare < -_SLIGHT:
                if self.tolerance > _ANYTHING and end == start + 1:
                    yield end, _OVERFULL, 1
                return
            ratio = spare / self.slack
            if end == last:
                yield end, self._ending(start), 1
            elif ratio <= self.tolerance:
                yield end, min(100.0 * ratio * ratio, _OVERFULL), 1

    def _ending(self, start: int) -> float:
        """Give the badness of a last line that begins at `start`, for being a scrap."""
        matter = self.matter
        if matter.offsets[start] and matter.places[start] == len(matter.pieces) - 1:
            return _TAIL
        natural = matter.ends[-1] - matter.begins[start]
        return _RUNT * (2.0 - natural / self.scrap) if start and natural < self.scrap else 0.0

    def _extend(self, start: int, ways: Collection[_State], end: int, badness: float, fitness: int) -> None:
        """Add a line to ways to come to where it starts; of those alike keep the best."""
        matter, target, counted = self.matter, self.states[end], self.counted
        demerits = (_LINE + badness) ** 2 + matter.penalties[end] ** 2 + _stacked(matter, start, end)
        hyphened = matter.hyphened[end]
        for state in ways:
            cost = state[0] + demerits
            if abs(fitness - state[2]) > 1:
                cost += _ROUGH
            row = state[3] + 1 if hyphened else 0
            if row > 1:
                cost += _LADDER if row <= MOST_HYPHENS else _FORBIDDEN
            lines = state[1] + 1
            key = (lines << 5 if counted else 0) | fitness << 3 | min(row, 4)
            if key not in target or cost < target[key][0]:
                target[key] = (cost, lines, fitness, row, end, state)


def _stacked(matter: Material, start: int, end: int) -> float:
    """Give the demerits of lines that begin or end with the same word one above the other."""
    if not start:
        return 0.0
    same = matter.last_words[start] == matter.last_words[end] != ""
    return _STACK * (same + (matter.first_words[start] == matter.first_words[end] != ""))


def _ends(state: _State) -> tuple[int, ...]:
    ends: list[int] = []
    at: _State | None = state
    while at is not None and at[1]:
        ends.append(at[4])
        at = at[5]
    return tuple(reversed(ends))


class Set(Struct, frozen=True):
    """How one line is stretched to its length."""

    space: float
    """Factor of every word space."""
    scale: float
    """Factor of everything, spaces included."""
    shift: float
    """Points by which the line begins left of the column."""


def stretched(matter: Material, start: int, end: int, length: float, *, ragged: bool = False) -> Set:
    """Give the factors by which a line from one place to another fills its length.

    A last line keeps its natural width, or is narrowed where it is longer than its column, and so is a
    `ragged` one, of which no sign stands out.
    """
    natural = matter.ends[end] - matter.begins[start]
    room = matter.spaces_until[end] - matter.spaces_before[start]
    if ragged:
        return Set(1.0, max(0.9, min(1.0, length / natural)) if natural > 0.0 else 1.0, 0.0)
    shift = matter.hangs_left[start] if start else 0.0
    spare = length + shift + matter.hangs_right[end] - natural
    if room <= 0.0 or (end == len(matter.ends) - 1 and spare >= 0.0):
        return Set(1.0, 1.0 if spare >= 0.0 else max(0.9, 1.0 + spare / natural), shift)
    ratio = spare / ((STRETCH if spare > 0.0 else SHRINK) * room + EXPANSION * natural)
    scale = 1.0 + EXPANSION * max(-1.0, min(1.0, ratio))
    space = ((natural + spare) / scale - natural + room) / room
    return Set(space, scale, shift)
