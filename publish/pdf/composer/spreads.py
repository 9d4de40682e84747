"""Lines into pages: the best set of all page breaks of a section at once.

A paragraph may be set with a line more or less where that does no harm, and a spread may be a line shorter or
longer than the others; so facing pages end level, and nobody has to choose between that and a lonely line.
Every height counts in rows of the grid, half lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

LINE = 2
"""Rows of the grid in a line of text: half lines, for some styles part paragraphs by them."""
_SHORTER, _LONGER = (0.0, 4.0, 12.0, 35.0, 70.0), 25.0
"""Cost of a spread so many rows shorter than the page, or a line longer."""
_UNDERFULL = 400.0
"""Cost of a page that ends a line above its neighbour; it grows with the square."""
_SHARED_OUT = 8.0
"""Cost of a page that is short by what the space between its paragraphs can take up."""
_MOST_APART, _LEAST_APART = 1.0, 0.5
"""Rows by which the space between two paragraphs may grow and shrink."""
_MOST_GAPS = 2
"""Spaces between paragraphs that are told apart while pages are planned."""
_HYPHEN, _HYPHEN_OVERLEAF = 250.0, 3_000.0
"""Cost of a page that ends within a word; nobody turns a leaf for the rest of one."""
_LONELY = 100_000.0
"""Cost of a widow or an orphan."""
_KEPT, _ALL_KEPT = (80.0, 240.0, 600.0), 60_000.0
"""How much dearer than the best a way may be and yet be followed: at first, which is enough for nine chapters
of novels in ten and leaves a third of the work, and where that was too little."""
_LAST_LINES, _LAST_SHORT = 4, 5_100.0
"""Fewest lines on a last page; cost of each that is wanting: the page before may be a few lines shorter."""
_BLANK, _MOST_BLANK = 3, 12
"""Lines that may stay blank at the foot of a page; and where else a line would stand alone."""
_BEGUN, _CONTINUED = 3 * LINE, 150.0
"""Rows of notes that stay with their call where the others go on overleaf; and what that costs."""


class Setting(Struct, frozen=True):
    """One way to set a part of the section."""

    rows: int
    cost: float
    hyphened: frozenset[int] = frozenset()
    """Rows after which a page break would part a word."""
    whole: bool = False
    """No page may end within it."""
    feet: tuple[float, ...] = ()
    """For so many of its lines from the top, and for none, the rows of the notes that they call; empty
    where they call none."""
    head: int = LINE
    """Rows from the top between which no page may end."""
    again: int = 0
    """Rows above it at the head of a page, where something comes back."""
    is_far: bool = False
    """Whether it is tried only where the others make no good pages; such ones stand last."""

    def notes(self, first: int, after: int) -> float:
        """Give the rows of the notes that some of its rows call."""
        if not self.feet:
            return 0.0
        if self.whole:
            return self.feet[-1]
        return self.feet[after // LINE] - self.feet[first // LINE]


class Slot(Struct, frozen=True):
    """A part of the section in all ways to set it."""

    gap: int
    glued: bool
    settings: tuple[Setting, ...]
    is_plate: bool = False
    """Whether it has the next page to itself that begins, and what follows goes on before it."""


class Placement(Struct, frozen=True):
    """Rows of a part in their place on a page."""

    slot: int
    setting: int
    first: int
    after: int
    row: float


_Key = tuple[int, int, int, float, int]
"""Rows used of the page, its height in rows, its side, rows of notes at its foot, and how many spaces on it
can take up a row. The side is 1 for a right-hand page, and 2 more for each plate that waits for its end."""
_PLATE = 2
_Trail = tuple[tuple[int, int, int, int], ...]
"""Whether a page is turned before (and whether notes go on to it), first row, row after the last, row of the
page; for each page a part goes to."""
_TURNED, _WITH_NOTES = 1, 2
_Node = tuple[float, "_Node | None", int, _Trail]
_Plan = tuple[float, _Node | None, float]
"""Cost of a way, the way, and what of the cost is owed to notes behind its end."""


def pages(
    slots: Sequence[Slot], lines: int, *, starts_right: bool, grows: bool = True, pitch: float = LINE
) -> list[list[Placement]]:
    """Give the pages of a section, each with what stands on it; none where a part is longer than a page.

    `lines` is the height of a full page; `grows` says that a spread may be a line longer than that; `pitch`
    tells how many rows a line of a note takes.
    """
    heights = _heights(slots, lines)
    later = [*heights, ((lines + 1) * LINE, _LONGER)] if grows else heights
    best: _Plan = (math.inf, None, 0.0)
    for blank, kept in *((_BLANK, kept) for kept in _KEPT), (_MOST_BLANK, _ALL_KEPT):
        planner = _Planner(heights, later, blank * LINE, kept, pitch, len(heights) > _STEPS, best[0])
        tried = [_near(slot) for slot in slots] if kept == _KEPT[0] else slots
        best = min((_planned(tried, planner, starts_right=starts_right), best), key=itemgetter(0))
        cost, node, owed = best
        # What was dropped on the way cost as much as that, so it could else have been the best; but long
        # notes go on overleaf in every way, be it on a page less.
        going_on = owed + _CONTINUED * _onto(node)
        if cost - going_on < kept and not _KEPT[0] == kept < going_on:
            break
    laid = _laid_out(node, slots) if node else []
    return _levelled(laid, slots, starts_right) if len(heights) > _STEPS else laid


def _near(slot: Slot) -> Slot:
    far = slot.settings[-1].is_far
    return replace(slot, settings=tuple(one for one in slot.settings if not one.is_far)) if far else slot


SLIGHT = 0.01
_STEPS = 3
"""Heights of pages where nothing counts in half lines."""
_Heights = Sequence[tuple[int, float]]
"""Rows that a spread may have, with what each costs."""


def _heights(slots: Sequence[Slot], lines: int) -> _Heights:
    """Give the heights of pages; half lines count where something in the section does."""
    halves = any(slot.gap % LINE or slot.settings[0].rows % LINE for slot in slots)
    return [(lines * LINE - less, _SHORTER[less]) for less in range(0, len(_SHORTER), 1 if halves else LINE)]


def _planned(slots: Sequence[Slot], planner: _Planner, *, starts_right: bool) -> _Plan:
    """Give the cheapest way; None where all are only to be had by force that it has not got."""
    states: dict[_Key, _Node] = {key: (cost, None, 0, ()) for key, cost in planner.first(starts_right)}
    for number, slot in enumerate(slots):
        found = planner.step(states, slot, is_first=number == 0)
        if not found and planner.kept < _ALL_KEPT:
            return math.inf, None, 0.0
        states = found or planner.step(states, slot, is_first=number == 0, forced=True)
    return _cheapest(states, planner.heights) if states else (math.inf, None, 0.0)


def _cheapest(states: dict[_Key, _Node], heights: _Heights) -> _Plan:
    """Give the cheapest way to the end; its cost counts the last page, and notes that go on behind it."""

    def cost(key: _Key) -> float:
        used, _, _, foot, _ = key
        return (
            states[key][0]
            + _owed(foot, heights)
            + _LAST_SHORT * max(0, _LAST_LINES - (used + feet(foot)) // LINE)
        )

    best = min(states, key=lambda key: (cost(key), key))
    return cost(best), states[best], _owed(best[3], heights)


def _onto(node: _Node | None) -> int:
    """Give how many pages notes go on to."""
    count = 0
    while node:
        count += sum(turned == _WITH_NOTES for turned, *_ in node[3])
        node = node[1]
    return count


def _laid_out(node: _Node, slots: Sequence[Slot]) -> list[list[Placement]]:
    nodes: list[_Node] = []
    at: _Node | None = node
    while at is not None and at[1] is not None:
        nodes.append(at)
        at = at[1]
    laid: list[list[Placement]] = [[]]
    plates: list[list[Placement]] = []
    for slot, (_, _, setting, trail) in enumerate(reversed(nodes)):
        if slots[slot].is_plate:
            plates.append([Placement(slot, 0, 0, 0, 0)])
        for turned, first, after, row in trail:
            if turned:
                laid += [*plates, []]
                plates = []
            if after > first:
                laid[-1].append(Placement(slot, setting, first, after, row))
    return laid + plates


def _levelled(
    laid: list[list[Placement]], slots: Sequence[Slot], starts_right: bool
) -> list[list[Placement]]:
    """Let facing pages end level where paragraphs stand apart, by parting them a little more, or less.

    The last page of a section ends anywhere.
    """
    for left in range(1 if starts_right else 0, len(laid) - 2, 2):
        bottoms = [bottom(page, slots) for page in laid[left : left + 2]]
        missing = abs(bottoms[0] - bottoms[1])
        short = left + (bottoms[1] < bottoms[0])
        tall = 2 * left + 1 - short
        more = min(missing, _MOST_APART * len(_gaps(laid[short], slots)))
        less = missing - more
        if missing and less <= _LEAST_APART * len(_gaps(laid[tall], slots)):
            laid[short] = _parted(laid[short], slots, more)
            laid[tall] = _parted(laid[tall], slots, -less)
    return laid


def bottom(page: Sequence[Placement], slots: Sequence[Slot]) -> float:
    """Give the row at which a page ends, notes and all."""
    notes = sum(slots[one.slot].settings[one.setting].notes(one.first, one.after) for one in page)
    return page[-1].row + page[-1].after - page[-1].first + feet(notes)


def _gaps(page: Sequence[Placement], slots: Sequence[Slot]) -> list[int]:
    """Give what stands on a page below a space that may be another."""
    return [number for number, one in enumerate(page) if number and slots[one.slot].gap % LINE]


def _parted(page: Sequence[Placement], slots: Sequence[Slot], more: float) -> list[Placement]:
    gaps = _gaps(page, slots)
    each = more / len(gaps) if gaps else 0.0
    return [
        replace(one, row=one.row + each * sum(gap <= number for gap in gaps))
        for number, one in enumerate(page)
    ]


class _Planner(Struct):
    heights: _Heights
    later: _Heights
    blank: int
    kept: float
    pitch: float
    halves: bool
    most: float
    """What pages cost that are known: what costs more is dropped on the way."""

    def first(self, right: bool) -> Iterator[tuple[_Key, float]]:
        """Give the heights that the first page may have: no taller ones, for its folio stands at the foot."""
        for rows, cost in self.heights:
            yield (0, rows, int(right), 0, 0), cost

    def turned(self, key: _Key) -> Iterator[tuple[_Key, float]]:
        """Give the pages that may follow a page: a right-hand one is as high as the left-hand one."""
        height, side = key[1], key[2]
        if not side:
            yield (0, height, 1, 0, 0), 0.0
            return
        for rows, cost in self.later:
            yield (0, rows, (side + side // _PLATE + 1) % 2, 0, 0), cost

    def step(
        self, states: dict[_Key, _Node], slot: Slot, *, is_first: bool, forced: bool = False
    ) -> dict[_Key, _Node]:
        """Place a part in every way after every way to place what stands before it."""
        if slot.is_plate:
            return {
                (used, height, side + _PLATE, foot, gaps): (node[0], node, 0, ())
                for (used, height, side, foot, gaps), node in states.items()
            }
        found: dict[_Key, _Node] = {}
        for key, node in states.items():
            for number, setting in enumerate(slot.settings):
                for after, cost, trail in self._placed(key, slot, setting, is_first, forced):
                    total = node[0] + setting.cost + cost
                    if after not in found or total < found[after][0]:
                        found[after] = (total, node, number, trail)
        costs = {key: node[0] + (key[3] and _owed(key[3], self.heights)) for key, node in found.items()}
        most = min(self.most, min(costs.values(), default=0.0) + self.kept)
        return {key: node for key, node in found.items() if costs[key] <= most}

    def _placed(
        self, key: _Key, slot: Slot, setting: Setting, is_first: bool, forced: bool
    ) -> Iterator[tuple[_Key, float, _Trail]]:
        used, height, side, foot, gaps = key
        row = used + (slot.gap if used or is_first else 0)
        rows = setting.rows
        wider = min(gaps + 1, _MOST_GAPS) if self.halves and used and slot.gap % LINE else gaps
        notes = foot + setting.notes(0, rows)
        if self._blank(height, row + rows, notes) >= 0:
            yield (row + rows, height, side, notes, wider), 0.0, ((0, 0, rows, row),)
        blank = self._blank(height, used, foot)
        if used and (forced or (not slot.glued and blank <= self.blank)):
            cost = _underfull(blank, gaps) + (_LONELY if slot.glued else 0.0)
            for after, more, trail in self._overleaf(key, setting, 0, foot - self._begun(height, used, foot)):
                yield after, cost + more, trail
        if not setting.whole and rows > LINE:
            yield from self._splits((used, height, side, foot, wider), setting, row)

    def _splits(self, key: _Key, setting: Setting, row: int) -> Iterator[tuple[_Key, float, _Trail]]:
        """Leave some lines of a part on the page, so that few rows stay blank."""
        _, height, _, foot, _ = key
        parted = _may_part(foot, self.heights[0][0])
        room = height - row - feet(_BEGUN if parted else foot)
        least = setting.head if setting.feet or parted else max(setting.head, room - self.blank)
        for count in range(least + least % LINE, min(setting.rows - LINE, room) + 1, LINE):
            blank = self._blank(height, row + count, foot + setting.notes(0, count))
            if 0 <= blank <= self.blank:
                yield from self._split(key, setting, row, count, blank)

    def _split(
        self, key: _Key, setting: Setting, row: int, count: int, blank: int
    ) -> Iterator[tuple[_Key, float, _Trail]]:
        """Leave so many rows of a part on the page and take the others to the next."""
        rest = setting.rows - count
        cost = _underfull(blank, key[4]) + (_LONELY if LINE in (count, rest) else 0.0)
        if count in setting.hyphened:
            cost += _HYPHEN_OVERLEAF if key[2] % 2 else _HYPHEN
        notes = key[3] + setting.notes(0, count)
        left = notes - self._begun(key[1], row + count, notes)
        for after, more, trail in self._overleaf(key, setting, count, left):
            yield after, cost + more, ((0, 0, count, row), *trail)

    def _blank(self, height: int, used: int, notes: float) -> int:
        """Give the rows that stay blank between text and notes; fewer than none where these have no room."""
        if not notes:
            return height - used
        full = self.heights[0][0]
        if not _may_part(notes, full):
            return height - used - feet(notes)
        # Where notes go on overleaf is reckoned with pages of full height alone.
        room = height - used if height == full else 0
        return max(0, room - feet(notes)) if room >= feet(_BEGUN) else -1

    def _begun(self, height: int, used: int, notes: float) -> float:
        """Give the rows of notes that stand on the page of their call, be it all of them."""
        return begun(notes, height - used, self.pitch, self.heights[0][0]) if notes else notes

    def _overleaf(
        self, key: _Key, setting: Setting, done: int, waiting: float
    ) -> Iterator[tuple[_Key, float, _Trail]]:
        """Go on with a part, and with waiting notes, on the next page, and the pages after it."""
        above = 0 if done else setting.again
        rest, foot = setting.rows - done, waiting + setting.notes(done, setting.rows)
        continued, turned = (_CONTINUED, _WITH_NOTES) if waiting else (0.0, _TURNED)
        for page, price in self.turned(key):
            cost = price + continued
            height = page[1]
            if price and rest > 2 * height:
                # A paragraph of many pages would have as many ways as there are subsets of its spreads.
                continue
            if self._blank(height, above + rest, foot) >= 0:
                yield (above + rest, height, page[2], foot, 0), cost, ((turned, done, setting.rows, above),)
            elif not setting.whole:
                count = self._fitting(setting, done, height, waiting)
                if count:
                    # A page of nothing but lines cannot take up half a line.
                    notes = waiting + setting.notes(done, done + count)
                    short = _underfull(self._blank(height, count, notes), 0)
                    left = notes - self._begun(height, count, notes)
                    for after, more, trail in self._overleaf(page, setting, done + count, left):
                        yield after, cost + short + more, ((turned, done, done + count, 0), *trail)

    def _fitting(self, setting: Setting, done: int, height: int, waiting: float) -> int:
        """Give how many rows of a part, from one on, fill a page of their own and leave no line alone."""
        count = min(height // LINE, (setting.rows - done) // LINE - 1) * LINE
        while count > 0 and self._blank(height, count, waiting + setting.notes(done, done + count)) < 0:
            count -= LINE
        return count - LINE if setting.rows - done - count == LINE and count > LINE else count


def _owed(notes: float, heights: _Heights) -> float:
    """Give what notes cost that take more than a page, however the pages are planned."""
    tallest = heights[0][0] + LINE
    return _CONTINUED * (math.ceil(notes / tallest) - 1) if notes > tallest else 0.0


def _underfull(blank: int, gaps: int) -> float:
    """Give the cost of blank rows; the spaces between paragraphs take up one each."""
    left = max(0, blank - gaps)
    shared = _SHARED_OUT if left < blank else 0.0
    return shared + _UNDERFULL * max(1.0, (left / LINE) ** 2) if left else shared


def feet(notes: float) -> int:
    """Give the rows that notes take at the foot of a page: whole lines, and one more above them."""
    return LINE + math.ceil(notes / LINE - SLIGHT) * LINE if notes else 0


def begun(notes: float, room: int, pitch: float, full: int) -> float:
    """Give the rows of notes that stand where a page has so many left; no last line goes on alone."""
    if not _may_part(notes, full) or feet(notes) <= room:
        return notes
    lines = int((room - LINE) / pitch + SLIGHT)
    return max(0, lines - (round(notes / pitch) == lines + 1)) * pitch


def _may_part(notes: float, full: int) -> bool:
    """Tell whether notes may go on overleaf: where they would fill half of a full page."""
    return notes > full / 2
