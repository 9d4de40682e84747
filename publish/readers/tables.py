r"""A table in Markdown: rows of cells between bars, a row of hyphens below the first.

    | Year | Ice   |
    |------|------:|
    | 1901 | 12 cm |

Colons beside the hyphens set a column left, right or (on both sides) in the middle. A bar in a cell has a
backslash before it. A row may have fewer cells than the first, but not more, or all of it is text.
"""

import re

from publish.draft import PART, Line
from publish.patterns import lazily
from publish.readers import inlines
from publish.source import Run, Span

_RULE = lazily(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?:\\.|[^|\\])*", re.DOTALL)
_SIDES = {(False, False): "-", (True, False): "l", (False, True): "r", (True, True): "c"}


def read(paragraph: Run, line_end: re.Pattern[str]) -> tuple[Line, list[Span]] | None:
    """Give the line of a paragraph that is a table, and what of it is markup; None for any other."""
    if "|" not in paragraph.text:
        return None
    lines = _lines(paragraph.text, line_end)
    if len(lines) < 2:
        return None
    rule = paragraph.text[slice(*lines[1])]
    if "|" not in rule or not _RULE.fullmatch(rule):
        return None
    sides = [rule[slice(*cell)].strip() for cell in _cells(rule, 0)]
    rows = [_cells(paragraph.text[start:end], start) for start, end in (lines[0], *lines[2:])]
    if len(rows[0]) != len(sides) or any(len(row) > len(sides) for row in rows):
        return None
    parts: list[Run] = []
    syntax: list[Span | None] = []
    done = 0
    for row in rows:
        for start, end in row:
            text, inner = inlines.scan(paragraph.slice(start, end) if end > start else Run(""), line_end)
            parts += [text.strip(), Run(PART)]
            syntax += [paragraph.span(done, start), *inner]
            done = end
        parts += [Run(PART)] * (len(sides) - len(row))
    syntax.append(paragraph.span(done, len(paragraph)))
    columns = "".join(_SIDES[side.startswith(":"), side.endswith(":")] for side in sides)
    return Line(run=Run.join(parts[:-1]), columns=columns), [span for span in syntax if span]


def _lines(text: str, line_end: re.Pattern[str]) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in line_end.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, len(text))]


def _cells(line: str, offset: int) -> list[tuple[int, int]]:
    """Give where the cells of a row stand; the bars at its ends are optional."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    start += line.startswith("|", start)
    end -= line.endswith("|", start, end) and not line.endswith("\\|", start, end)
    found: list[tuple[int, int]] = []
    while True:
        cell = _CELL.match(line, start, end)
        assert cell is not None
        found.append((offset + start, offset + cell.end()))
        if cell.end() >= end:
            return found
        start = cell.end() + 1
