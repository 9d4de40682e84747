"""Tables typed with tabs: lines that touch, each with as many cells as the next."""

from __future__ import annotations

from collections.abc import Sequence

from publish.document import Cell, Table
from publish.draft import inlines
from publish.normalize.lists import Finish
from publish.normalize.shape import ends_full
from publish.patterns import lazily
from publish.source import Run

_TABS = lazily(r"[ \xa0]*\t[ \t\xa0]*")
_NUMBER = lazily(r"[^\W\d_]{0,3}[ \xa0]?[-+−]?\d[\d.,:/ \xa0%–-]*[^\W\d_]{0,3}")
_LEAST = 2
_LONGEST = 60
"""Letters of a cell, on average; longer ones are what somebody says behind a name."""


def end(runs: Sequence[Run]) -> int:
    """Give how many of some touching lines are the rows of a table that begins with the first; 0 for none."""
    cells = _TABS.split(runs[0].text) if runs else []
    if len(cells) < _LEAST:
        return 0
    count = 1
    while count < len(runs) and len(_TABS.split(runs[count].text)) == len(cells):
        count += 1
    some = [_TABS.split(run.text) for run in runs[:count]]
    last = [row[-1] for row in some]
    said = sum(map(ends_full, last)) * 2 > len(last) or sum(map(len, last)) > len(last) * _LONGEST
    return 0 if count < _LEAST or said else count


def table(runs: Sequence[Run], finish: Finish) -> Table:
    """Give the table of such lines. The first names the columns where it has no number and others have."""
    rows = [tuple(inlines(finish(cell)) for cell in _cells(run)) for run in runs]
    figures = [[_NUMBER.fullmatch(cell) is not None for cell in _TABS.split(run.text)] for run in runs]
    counted = [sum(column) * 2 >= len(column) for column in zip(*figures[1:], strict=True)]
    named = len(rows) > _LEAST and any(counted) and not any(figures[0])
    columns = "".join("r" if is_counted else "-" for is_counted in counted)
    head: tuple[Cell, ...] = rows[0] if named else ((),) * len(columns)
    return Table(columns, head, tuple(rows[named:]))


def _cells(run: Run) -> list[Run]:
    starts = [0, *(gap.end() for gap in _TABS.finditer(run.text))]
    ends = [*(gap.start() for gap in _TABS.finditer(run.text)), len(run)]
    return [run.slice(start, end) for start, end in zip(starts, ends, strict=True)]
