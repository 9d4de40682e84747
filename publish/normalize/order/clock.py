"""The days that a text itself tells of its entries: what a reading makes of them, and the orders they allow.

A diary runs forward. A novel may tell several times in turn, or look back: so days that fall are not simply
wrong, as those are that a site prints on its posts. They cost by the threads of time which they need.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

THREAD = 2.0
"""A day stands before all that were told so far."""
ANOTHER_TIME = 1.0
"""The same, years before: the story has a second time, or looks back."""
NEW_YEAR = 0.5
"""The turn of a year that nothing states."""
_YEARS_APART = 2
_MOST_GAP = 120
"""Days from one entry to the next across a turn of the year that nothing states."""
_YEAR = 372
"""Days, counted as twelve months of 31: enough to compare."""
_LEAST_CUT = 0.5
"""Share of the widest gap in the year that another gap must have to be its end as well."""
_MOST_CUTS = 4


class Clock:
    """Follows one reading, entry by entry."""

    def __init__(self) -> None:
        self._threads: list[int] = []
        self._last: int | None = None
        self._known = False

    def cost(self, date: str) -> float:
        """Give what one more entry with this date costs; dates are ISO 8601, `--05-03` without a year."""
        day, stated = _day(date), not date.startswith("-")
        charged = 0.0
        if stated and not self._known:
            self._threads.clear()
        elif not stated and self._last is not None:
            day += self._last - self._last % _YEAR
            if day < self._last and day + _YEAR - self._last <= _MOST_GAP:
                day, charged = day + _YEAR, NEW_YEAR
        self._known = self._known or stated
        self._last = day
        return charged + self._follow(day)

    def _follow(self, day: int) -> float:
        """Give what it costs to tell this day next: nothing where a thread of time goes on."""
        at = bisect_right(self._threads, day)
        if at:
            self._threads[at - 1] = day
            return 0.0
        apart = bool(self._threads) and self._threads[0] - day > _YEARS_APART * _YEAR
        cost = 0.0 if not self._threads else ANOTHER_TIME if apart else THREAD
        self._threads.insert(0, day)
        return cost


def _day(date: str) -> int:
    """Count days; those without a year lie in the year 0."""
    yearless = date.startswith("-")
    year, month, day = ("0", *date[2:].split("-")) if yearless else date[:10].split("-")
    return int(year) * _YEAR + (int(month) - 1) * 31 + int(day) - 1


def flows(dates: Sequence[str]) -> bool:
    """Tell whether dates run forward as they stand, over one turn of the year at most."""
    clock = Clock()
    return sum(clock.cost(date) for date in dates) <= NEW_YEAR


def orders(dates: Sequence[str]) -> Iterator[list[int]]:
    """Give the orders in which dated entries may stand, each as places in `dates`.

    Years that are left out are those of the neighbours in the file, on one side or the other. Where no entry
    states one, the year ends in the widest gap, or in one that is nearly as wide.
    """
    stated = [not date.startswith("-") for date in dates]
    days = [_day(date) for date in dates]
    if any(stated):
        for forward in (range(len(dates)), range(len(dates) - 1, -1, -1)):
            filled = _filled(days, stated, forward)
            yield sorted(forward, key=lambda at, filled=filled: filled[at])  # type: ignore[misc]
        return
    # Entries of one day stand as in the file, or the other way about in one that was turned round.
    for forward in (range(len(dates)), range(len(dates) - 1, -1, -1)):
        ring = sorted(forward, key=lambda at: days[at])
        round_ = [*(days[at] for at in ring), days[ring[0]] + _YEAR]
        gaps = [after - before for before, after in pairwise(round_)]
        cuts = [at for at, gap in enumerate(gaps, 1) if gap >= _LEAST_CUT * max(gaps)]
        for cut in cuts[-_MOST_CUTS:]:
            yield ring[cut:] + ring[:cut]


def _filled(days: Sequence[int], stated: Sequence[bool], way: range) -> list[int]:
    """Give each day the year of the last one before it that states one, or else of the first that does."""
    filled = list(days)
    first = next(at for at in way if stated[at])
    year = days[first] - days[first] % _YEAR
    for at in way:
        if stated[at]:
            year = days[at] - days[at] % _YEAR
        else:
            filled[at] = year + days[at]
    return filled
