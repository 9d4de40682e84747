"""Tables typed with tabs, or set in columns with spaces: lines that touch, each with as many cells."""

import re
from collections.abc import Sequence
from itertools import takewhile

from publish.document import Cell, Table
from publish.draft import inlines
from publish.normalize.lines.shape import ends_full
from publish.normalize.passages.lists import Finish
from publish.patterns import lazily
from publish.source import Run

_TABS = lazily(r"[ \xa0]*\t[ \t\xa0]*")
_SPACES = lazily(r"[ \xa0]{2,}")
_NUMBER = lazily(r"[^\W\d_]{0,3}[ \xa0]?[-+−]?\d[\d.,:/ \xa0%–-]*[^\W\d_]{0,3}")
_LEAST = 2
_LEAST_IN_COLUMNS = 3
"""Lines; that the words of two stand below each other may be chance."""
_LONGEST = 60
"""Letters of a cell, on average; longer ones are what somebody says behind a name."""


def end(lines: Sequence[tuple[int, str]]) -> int:
    """Give how many of some touching lines are the rows of a table that begins with the first; 0 for none.

    Each line comes with its indent, by which columns that are made with spaces are told.
    """
    gap = _gap(lines[0][1]) if lines else _TABS
    cells = [gap.split(text) for _, text in takewhile(lambda line: _gap(line[1]) is gap, lines)]
    rows = list(takewhile(lambda row: len(row) == len(cells[0]), cells))
    if len(rows) < _LEAST or len(rows[0]) < _LEAST:
        return 0
    if gap is _SPACES and not _in_columns(lines[: len(rows)], rows):
        return 0
    last = [row[-1] for row in rows]
    said = sum(map(ends_full, last)) * 2 > len(last) or sum(map(len, last)) > len(last) * _LONGEST
    return 0 if said else len(rows)


def _gap(text: str) -> re.Pattern[str]:
    return _TABS if "\t" in text else _SPACES


def _in_columns(lines: Sequence[tuple[int, str]], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the cells stand below each other, at their left or at their right."""
    if len(rows) < _LEAST_IN_COLUMNS or any(ends_full(cell) for row in rows for cell in row[:-1]):
        return False
    lefts, rights = [], []
    for indent, text in lines:
        gaps = [match.span() for match in _SPACES.finditer(text)]
        lefts.append([indent + end for _, end in gaps])
        rights.append([indent + at for at in (*(start for start, _ in gaps[1:]), len(text))])
    return all(
        len({*left}) == 1 or len({*right}) == 1
        for left, right in zip(zip(*lefts, strict=True), zip(*rights, strict=True), strict=True)
    )


def table(runs: Sequence[Run], finish: Finish) -> Table:
    """Give the table of such lines. The first names the columns where it has no number and others have."""
    rows = [tuple(inlines(finish(cell)) for cell in _cells(run)) for run in runs]
    figures = [
        [_NUMBER.fullmatch(cell) is not None for cell in _gap(run.text).split(run.text)] for run in runs
    ]
    counted = [sum(column) * 2 >= len(column) for column in zip(*figures[1:], strict=True)]
    named = len(rows) > _LEAST and any(counted) and not any(figures[0])
    columns = "".join("r" if is_counted else "-" for is_counted in counted)
    head: tuple[Cell, ...] = rows[0] if named else ((),) * len(columns)
    return Table(columns, head, tuple(rows[named:]))


def _cells(run: Run) -> list[Run]:
    gaps = [match.span() for match in _gap(run.text).finditer(run.text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(run)]
    return [run.slice(start, end) for start, end in zip(starts, ends, strict=True)]
