"""Blocks that WeasyPrint draws, by themselves, when the pages that they go to are known.

A tall table is cut into its rows; on each page of it stand its head and the rows that found room there.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from msgspec import Struct

from publish.pdf.composer.texts import POINTS

_TALL = 0.5
"""Share of a page's lines from which a table is parted."""
_NO_WIDER, _SMALLEST = 1.001, 0.4
_TOGETHER = 2
"""Rows of a table that stay with its head, and at its end with one another."""


class Cutting(Struct, frozen=True):
    """A block that WeasyPrint draws, by itself, when the page it goes to is known."""

    body: str
    """XHTML of a document's body that holds it alone, marked `data-alone`."""
    lines: int
    """How many lines, or rows of a table, it may be parted into; 0 where it is drawn as one."""
    drop: float = 0.0
    """Points from the top of its rows to its own."""
    is_table: bool = False
    whole: int = -1
    """Which of the section's figures and tables it is."""
    picture: float = 0.0
    """Height of the picture in it, in points."""


class Row(Struct, frozen=True):
    """A row of a tall table."""

    rows: int
    """Of the grid; those of the head are counted with the first."""
    again: int
    """Rows of the grid that the head takes above it where it begins a page."""
    glued: bool
    elements: tuple[ET.Element, ...]
    """What it says; the first says also what the head does."""


def table_rows(element: ET.Element, box: Any, pitch: float, lines: int) -> list[Row]:
    """Give the rows of a table that is tall beside a page of so many lines; nothing for other blocks.

    The columns' widths are written into the element, so that each part of the table has them; `pitch` is a
    row of the grid in points.
    """
    table, inner = _table(box), element.find("tbody")
    if element.tag != "table" or table is None or inner is None:
        return []
    if box.border_height() * POINTS < _TALL * lines * 2 * pitch:
        return []
    boxes = [row for group in table.children if not group.is_header for row in group.children]
    elements, head = list(inner), element.find("thead")
    if len(boxes) != len(elements):
        return []
    _fix(element, table)
    top, begun = box.border_box_y(), boxes[0].position_y

    def below(pixels: float) -> int:
        return round(pixels * POINTS / pitch)

    edges = [below(row.position_y + row.height - top) for row in boxes]
    edges[-1] += edges[-1] % 2
    again = below(begun - top)
    return [
        Row(
            rows=edge - (edges[number - 1] if number else 0),
            again=again if number else 0,
            glued=0 < number < _TOGETHER or number > len(edges) - _TOGETHER,
            elements=(one,) if number or head is None else (head, one),
        )
        for number, (edge, one) in enumerate(zip(edges, elements, strict=True))
    ]


def picture_in(box: Any) -> float:
    """Give the height of the picture in a figure, in points; 0 where there is none."""
    found = (child.height for child in box.children if type(child).__name__.endswith("ReplacedBox"))
    return next(found, 0.0) * POINTS


def too_wide(box: Any, size: float, measure: float) -> float:
    """Give the size of type, in em, at which a table fits into a column; 0 where it does, or is small enough.

    `size` is what it was laid out in.
    """
    table = _table(box)
    over = table.border_width() * POINTS / (measure - box.position_x * POINTS) if table is not None else 0.0
    return round(size / over - 0.005, 2) if over > _NO_WIDER and size > _SMALLEST else 0.0


def only_rows(first: int, after: int) -> str:
    """Give the CSS that hides all rows of a table's body but some."""
    body = "[data-alone]>tbody>tr:nth-child"
    return f"{body}(-n+{first}),{body}(n+{after + 1}){{display:none}}"


def _table(box: Any) -> Any:
    return next((child for child in getattr(box, "children", ()) if hasattr(child, "column_widths")), None)


def _fix(element: ET.Element, table: Any) -> None:
    columns = ET.Element("colgroup")
    for width in table.column_widths:
        ET.SubElement(columns, "col", {"style": f"width:{width:.4f}px"})
    element.insert(0, columns)
    wide = f"table-layout:fixed;width:{sum(table.column_widths):.4f}px"
    element.set("style", element.get("style", "") + wide)


def outside_notes(element: ET.Element) -> Iterator[str]:
    """Give what an element says, its notes left out."""
    yield element.text or ""
    for child in element:
        if child.get("data-note") is None:
            yield from outside_notes(child)
        yield child.tail or ""


def notes_in(element: ET.Element) -> int:
    """Give how many notes are called in an element."""
    return sum(1 for one in element.iter("span") if one.get("data-note"))
