"""Tables of a page: which are tables, and what their cells are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publish.draft import PART, Line
from publish.readers.html.article import Weight
from publish.readers.html.tree import BLOCKS, Node
from publish.source import Run

_LONGEST_CELL = 400
_MOST_COLUMNS = 40
_SIDES = {"left": "l", "right": "r", "center": "c"}


def rows(table: Node) -> list[list[Node]]:
    """Give the cells of each row."""
    found: list[list[Node]] = []
    stack = list(reversed(list(table.elements())))
    while stack:
        node = stack.pop()
        if node.name == "tr":
            found.append([cell for cell in node.elements() if cell.name in ("td", "th")])
        elif node.name in ("thead", "tbody", "tfoot"):
            stack.extend(reversed(list(node.elements())))
    return [row for row in found if row]


def is_table(table: Node, weights: Mapping[int, Weight]) -> bool:
    """Tell a table from one that only lays out a page: its cells hold a few words each, and no blocks."""
    found = rows(table)
    width = max(map(len, found), default=0)
    if len(found) < 2 or not 1 < width <= _MOST_COLUMNS or table.get("role") == "presentation":
        return False
    return all(_is_cell(cell, weights) for row in found for cell in row)


def _is_cell(cell: Node, weights: Mapping[int, Weight]) -> bool:
    inner = [node for node in cell.walk() if node is not cell and (node.name in BLOCKS or node.name == "img")]
    blocks = [node for node in inner if node.name != "p"]
    return weights[id(cell)].all <= _LONGEST_CELL and not blocks and len(inner) <= 1


def cells(table: Node) -> tuple[list[Node | None], str]:
    """Give the cells row after row, None for those that are missing, and the columns' sides."""
    found = rows(table)
    width = max(map(len, found))
    filled: list[Node | None] = []
    for row in found:
        filled += [*row, *[None] * (width - len(row))]
    first = [*found[-1], *[None] * (width - len(found[-1]))]
    columns = "".join(_side(cell) if cell else "-" for cell in first)
    return filled, columns


def _side(cell: Node) -> str:
    style = cell.get("style").replace(" ", "").lower()
    said = next((side for side in _SIDES if f"text-align:{side}" in style), cell.get("align").lower())
    said = said or next((name for name in cell.classes if name in _SIDES), "")
    return _SIDES.get("center" if said == "middle" else said, "-")


def line(cells: Sequence[Run], columns: str) -> Line:
    """Give the line that a table is."""
    parts: list[Run] = []
    for cell in cells:
        parts += [cell, Run(PART)]
    return Line(run=Run.join(parts[:-1]), columns=columns)
