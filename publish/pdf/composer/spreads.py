"""Lines into pages: the best set of all page breaks of a section at once.

A paragraph may be set with a line more or less where that does no harm, and a spread may be a line shorter or
longer than the others; so facing pages end level, and nobody has to choose between that and a lonely line.
Every height counts in rows of the baseline grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

_SHORTER, _MUCH_SHORTER, _LONGER = 12.0, 70.0, 25.0
"""Cost of a spread a row shorter, two rows shorter or a row longer than the page."""
_UNDERFULL = 400.0
"""Cost of a page that ends a row above its neighbour; it grows with the square."""
_HYPHEN, _HYPHEN_OVERLEAF = 120.0, 250.0
_LONELY = 100_000.0
"""Cost of a widow or an orphan."""
_KEPT, _ALL_KEPT = 600.0, 60_000.0
"""How much dearer than the best a way may be and yet be followed: at first, and where that was too little."""
_LAST_LINES, _LAST_SHORT = 4, 900.0
"""Fewest rows on a last page; cost of each that is wanting."""
_BLANK, _MOST_BLANK = 3, 12
"""Rows that may stay blank at the foot of a page; and where else a line would stand alone."""


class Setting(Struct, frozen=True):
    """One way to set a part of the section."""

    rows: int
    cost: float
    hyphened: frozenset[int] = frozenset()
    """Rows after which a page break would part a word."""
    whole: bool = False
    """No page may end within it."""


class Slot(Struct, frozen=True):
    """A part of the section in all ways to set it."""

    gap: int
    glued: bool
    settings: tuple[Setting, ...]
    foot: int = 0
    """Rows of the notes that it needs at the foot of its page; only of what stands on one page whole."""


class Placement(Struct, frozen=True):
    """Rows of a part in their place on a page."""

    slot: int
    setting: int
    first: int
    after: int
    row: int


_Key = tuple[int, int, bool, int]
"""Rows used of the page, its height in rows, whether it is a right-hand page, rows of notes at its foot."""
_Trail = tuple[tuple[int, int, int, int], ...]
"""Pages turned before, first row, row after the last, row of the page; for each page a part goes to."""
_Node = tuple[float, "_Node | None", int, _Trail]


def pages(
    slots: Sequence[Slot], lines: int, *, starts_right: bool, grows: bool = True
) -> list[list[Placement]]:
    """Give the pages of a section, each with what stands on it; none where a part is longer than a page.

    `lines` is the height of a full page; `grows` says that a spread may be a row longer than that.
    """
    node = _planned(slots, _Planner(lines, grows, _BLANK, _KEPT), starts_right=starts_right)
    if node is None or node[0] >= _KEPT:
        # What was dropped on the way cost as much, so it could still have been the best.
        node = _planned(slots, _Planner(lines, grows, _MOST_BLANK, _ALL_KEPT), starts_right=starts_right)
    return _laid_out(node) if node is not None else []


def _planned(slots: Sequence[Slot], planner: _Planner, *, starts_right: bool) -> _Node | None:
    """Give the cheapest way; None where a way is only to be had by force, and the planner uses none."""
    states: dict[_Key, _Node] = {key: (cost, None, 0, ()) for key, cost in planner.first(starts_right)}
    for number, slot in enumerate(slots):
        found = planner.step(states, slot, is_first=number == 0)
        if not found and planner.kept < _ALL_KEPT:
            return None
        states = found or planner.step(states, slot, is_first=number == 0, forced=True)
    return _cheapest(states) if states else None


def _cheapest(states: dict[_Key, _Node]) -> _Node:
    def cost(item: tuple[_Key, _Node]) -> tuple[float, _Key]:
        (used, _, _, foot), node = item
        return node[0] + _LAST_SHORT * max(0, _LAST_LINES - used - foot), item[0]

    return min(states.items(), key=cost)[1]


def _laid_out(node: _Node) -> list[list[Placement]]:
    nodes: list[_Node] = []
    at: _Node | None = node
    while at is not None and at[1] is not None:
        nodes.append(at)
        at = at[1]
    laid: list[list[Placement]] = [[]]
    for slot, (_, _, setting, trail) in enumerate(reversed(nodes)):
        for turned, first, after, row in trail:
            if turned:
                laid.append([])
            if after > first:
                laid[-1].append(Placement(slot, setting, first, after, row))
    return laid


class _Planner:
    def __init__(self, lines: int, grows: bool, blank: int, kept: float) -> None:
        self.lines = lines
        self.grows = grows
        self.blank = blank
        self.kept = kept

    def first(self, right: bool) -> Iterator[tuple[_Key, float]]:
        """Give the heights that the first page may have: no taller ones, for its folio stands at the foot."""
        yield (0, self.lines, right, 0), 0.0
        yield (0, self.lines - 1, right, 0), _SHORTER
        yield (0, self.lines - 2, right, 0), _MUCH_SHORTER

    def turned(self, key: _Key) -> Iterator[tuple[_Key, float]]:
        """Give the pages that may follow a page: a right-hand one is as high as the left-hand one."""
        _, height, right, _ = key
        if not right:
            yield (0, height, True, 0), 0.0
            return
        yield (0, self.lines, False, 0), 0.0
        yield (0, self.lines - 1, False, 0), _SHORTER
        yield (0, self.lines - 2, False, 0), _MUCH_SHORTER
        if self.grows:
            yield (0, self.lines + 1, False, 0), _LONGER

    def step(
        self, states: dict[_Key, _Node], slot: Slot, *, is_first: bool, forced: bool = False
    ) -> dict[_Key, _Node]:
        """Place a part in every way after every way to place what stands before it."""
        found: dict[_Key, _Node] = {}
        for key, node in states.items():
            for number, setting in enumerate(slot.settings):
                for after, cost, trail in self._placed(key, slot, setting, is_first, forced):
                    total = node[0] + setting.cost + cost
                    if after not in found or total < found[after][0]:
                        found[after] = (total, node, number, trail)
        most = min((node[0] for node in found.values()), default=0.0) + self.kept
        return {key: node for key, node in found.items() if node[0] <= most}

    def _placed(
        self,
        key: _Key,
        slot: Slot,
        setting: Setting,
        is_first: bool,
        forced: bool,
    ) -> Iterator[tuple[_Key, float, _Trail]]:
        used, height, right, foot = key
        row = used + (slot.gap if used or is_first else 0)
        rows, needed = setting.rows, foot
        if slot.foot:
            # A blank row parts the notes from the text.
            needed += slot.foot + (0 if foot else 1)
        if row + rows <= height - needed:
            yield (row + rows, height, right, needed), 0.0, ((0, 0, rows, row),)
        blank = height - foot - used
        if used and (forced or (not slot.glued and blank <= self.blank)):
            cost = _UNDERFULL * blank * blank + (_LONELY if slot.glued else 0.0)
            for after, more, trail in self._overleaf(key, setting, 0, slot.foot):
                yield after, cost + more, trail
        for count in range(max(1, blank - row + used - self.blank), min(rows, blank - row + used + 1)):
            yield from self._split(key, setting, row, count)

    def _split(
        self, key: _Key, setting: Setting, row: int, count: int
    ) -> Iterator[tuple[_Key, float, _Trail]]:
        """Leave so many rows of a part on the page and take the others to the next."""
        rest = setting.rows - count
        if rest < 1 or setting.whole:
            return
        blank = key[1] - key[3] - row - count
        cost = _UNDERFULL * blank * blank + (_LONELY if count == 1 or rest == 1 else 0.0)
        if count in setting.hyphened:
            cost += _HYPHEN_OVERLEAF if key[2] else _HYPHEN
        for after, more, trail in self._overleaf(key, setting, count):
            yield after, cost + more, ((0, 0, count, row), *trail)

    def _overleaf(
        self, key: _Key, setting: Setting, done: int, notes: int = 0
    ) -> Iterator[tuple[_Key, float, _Trail]]:
        """Go on with a part on the next page, and the pages after it; `notes` are the rows of its notes."""
        rest, foot = setting.rows - done, notes + 1 if notes else 0
        for page, cost in self.turned(key):
            height = page[1]
            if cost and rest > 2 * height:
                # A paragraph of many pages would have as many ways as there are subsets of its spreads.
                continue
            if rest <= height - foot:
                yield (rest, height, page[2], foot), cost, ((1, done, setting.rows, 0),)
            elif not setting.whole:
                count = height if rest - height > 1 else height - 1
                for after, more, trail in self._overleaf(page, setting, done + count):
                    yield after, cost + more, ((1, done, done + count, 0), *trail)
