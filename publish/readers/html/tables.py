"""Tables of a page: which are tables, and what their cells are."""

import re
from collections.abc import Iterator, Mapping, Sequence

from publish.draft import PART, Line
from publish.readers.html.tree import BLOCKS, Node
from publish.readers.html.weights import Weight
from publish.source import Run

_LONGEST_CELL = 400
_MOST_COLUMNS = 40
_NUMBER = re.compile("[0-9]{1,9}")
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


def outside(table: Node) -> Iterator[Node | tuple[int, int]]:
    """Give what stands in a table and in no cell: its caption, and what browsers show above it."""
    stack = list(reversed(table.children))
    while stack:
        child = stack.pop()
        if isinstance(child, Node) and child.name in ("tr", "thead", "tbody", "tfoot"):
            stack.extend(reversed(child.children))
        elif not (isinstance(child, Node) and child.name in ("td", "th")):
            yield child


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
    """Give the cells row after row, None where there is none or one that began further up or left goes on.

    The columns' sides are those of the last row.
    """
    grid: list[list[Node | None]] = []
    below: dict[int, int] = {}
    """In how many more rows a cell goes on that stands in a column."""
    for row in rows(table):
        made: list[Node | None] = []
        for cell in row:
            while below.get(len(made), 0):
                made.append(None)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            below |= dict.fromkeys(range(len(made), len(made) + across), down)
            made += [cell, *[None] * (across - 1)]
        below = {column: left - 1 for column, left in below.items() if left > 1}
        grid.append(made)
    width = max(map(len, grid))
    filled = [cell for made in grid for cell in (*made, *[None] * (width - len(made)))]
    columns = "".join(_side(cell) if cell else "-" for cell in filled[-width:])
    return filled, columns


def _span(cell: Node, name: str) -> int:
    """Give over how many columns or rows a cell reaches."""
    said = cell.get(name).strip()
    return max(1, min(int(said), _MOST_COLUMNS)) if _NUMBER.fullmatch(said) else 1


def merged(table: Node) -> bool:
    """Tell whether cells of a table reach over several columns or rows."""
    return any(
        _span(cell, name) > 1 for row in rows(table) for cell in row for name in ("colspan", "rowspan")
    )


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
