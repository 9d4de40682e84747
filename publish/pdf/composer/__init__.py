"""Paragraphs into lines, lines into pages, pages into the drawing of a PDF file."""

from __future__ import annotations

from collections.abc import Sequence

from publish.pdf.composer.galley import Galley, Prose, Strange, Strip, is_left_to_right, read_section
from publish.pdf.composer.lines import Breaks, set_lines
from publish.pdf.composer.material import material
from publish.pdf.composer.measure import lines_of
from publish.pdf.composer.paint import Painter, Painting, SetLine, SetProse, Sheet, font_name
from publish.pdf.composer.spreads import Placement, Setting, Slot, pages

__all__ = [
    "Galley",
    "Painter",
    "Painting",
    "SetLine",
    "Sheet",
    "Strange",
    "font_name",
    "is_left_to_right",
    "paint",
    "plan",
    "read_section",
    "typeset",
]

_DEMERITS = 20_000.0
"""What a setting may be worse than the best in demerits for one unit of a page's cost."""
_OTHER_LENGTH = 4.0
_HOPELESS = 4_000_000.0
_SCRAP = 1.5
"""A last line is a scrap below so many indents."""


def typeset(read: Galley) -> list[Strip | SetProse]:
    """Set the plain paragraphs of a section in every number of lines that they can well have."""
    return [part if isinstance(part, Strip) else _set(part) for part in read.parts]


def _set(prose: Prose) -> SetProse:
    matter = material(prose.runs)
    indent = abs(prose.indent) or (prose.runs[0].kind.size * 1.25 if prose.runs else 0.0)
    found = set_lines(matter, prose.width - prose.indent, prose.width, _SCRAP * indent)
    best = min(found.values(), key=lambda one: one.cost)
    near = [one for lines, one in found.items() if abs(lines - len(best.ends)) <= 1]
    chosen = [one for one in near if one is best or one.cost < best.cost + _HOPELESS]
    return SetProse(prose, matter, tuple(chosen))


def plan(
    read: Galley, parts: Sequence[Strip | SetProse], lines: int, *, starts_right: bool, grows: bool
) -> list[list[Placement]]:
    """Give the pages of a section that was set, the first on the given side, each with what stands on it."""
    rows = [sum(line.rows for line in note) for note in read.notes]
    slots = [_slot(part, rows) for part in parts]
    return pages(slots, lines, starts_right=starts_right, grows=grows)


def paint(
    read: Galley,
    parts: Sequence[Strip | SetProse],
    laid: Sequence[Sequence[Placement]],
    painter: Painter,
    *,
    measured: bool = False,
) -> Painting:
    """Paint the pages of a section; `measured` adds their lines, to be judged."""
    page = painter.page
    sheets = [painter.sheet(placements, parts, read) for placements in laid]
    where: dict[int, tuple[int, int]] = {}
    for number, placements in enumerate(laid):
        for placement in placements:
            where.setdefault(placement.slot, (number, placement.row))
    marks = []
    for name, label, depth, part in read.marks:
        number, row = where.get(part, (0, 0))
        top = page.top + row * page.leading if row else 0.0
        marks.append((name, label, depth, number, page.trim.height_pt - top))
    lines = lines_of(read, parts, laid, _SCRAP, page.lines) if measured else ()
    return Painting(tuple(sheets), read.owners, tuple(marks), painter.glyphs, lines)


def _slot(part: Strip | SetProse, notes: Sequence[int]) -> Slot:
    if isinstance(part, Strip):
        foot = sum(notes[number] for number in part.notes)
        return Slot(part.gap, part.glued, (Setting(part.rows, 0.0, whole=True),), foot)
    best = min(part.settings, key=lambda one: one.cost)
    return Slot(part.prose.gap, part.prose.glued, tuple(_setting(part, one, best) for one in part.settings))


def _setting(part: SetProse, breaks: Breaks, best: Breaks) -> Setting:
    hyphened = frozenset(k for k, end in enumerate(breaks.ends, 1) if part.matter.hyphened[end])
    cost = (breaks.cost - best.cost) / _DEMERITS + _OTHER_LENGTH * abs(len(breaks.ends) - len(best.ends))
    return Setting(len(breaks.ends), cost, hyphened)
