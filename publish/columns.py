"""Tables as XHTML, which tell how wide a screen they need: a narrower one shows each row as lines."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from publish.document import Cell, Table, prose

STEPS = (12, 18, 24, 32, 44)
"""Widths in em, one of which a stylesheet is told: it can ask how wide a screen is, but not compare."""
_SIGN = 0.45
"""Of a face for books, the width of a letter in the smaller type of tables, in em of the text."""
_GAP = 0.8
_SIDES = {"l": ' class="left"', "c": ' class="middle"', "r": ' class="right"', "-": ""}


def table(block: Table, inlines: Callable[[Cell], str]) -> str:
    """Give a table; `inlines` makes XHTML of what a cell holds."""

    def row(cells: Iterable[Cell], tag: str, attributes: Sequence[str]) -> str:
        parts = (
            f"<{tag}{attribute}{_SIDES[side]}>{inlines(cell)}</{tag}>"
            for cell, side, attribute in zip(cells, block.columns, attributes, strict=True)
        )
        return f"<tr>{''.join(parts)}</tr>\n"

    head = row(block.head, "th", [' scope="col"'] * len(block.head)) if any(block.head) else ""
    named = [_named(cell) for cell in block.head]
    rows = "".join(row(cells, "td", named) for cells in block.rows)
    above = f"<thead>\n{head}</thead>\n" if head else ""
    below = f"<tbody>\n{rows}</tbody>\n" if rows else ""
    made = f'<table class="table">\n{above}{below}</table>\n'
    return f'<div class="columns needs-{_needs(block)}">\n{made}</div>\n'


def _named(head: Cell) -> str:
    text = " ".join(prose(head).text.split())
    return f' data-head="{escape(text)}"' if text else ""


def _needs(block: Table) -> int:
    """Give the least width among `STEPS` at which no word of the table has to be divided, or the last."""
    widest = [max(map(_longest, column)) for column in zip(block.head, *block.rows, strict=True)]
    least = _SIGN * sum(widest) + _GAP * (len(widest) - 1)
    return next((step for step in STEPS if least <= step), STEPS[-1])


def _longest(cell: Cell) -> int:
    # A no-break space is no place where a line may end, and `split` would take it for one.
    words = prose(cell).text.replace("\xa0", "_").replace("\u202f", "_").split()
    return max(map(len, words), default=0)
