"""Paragraphs into lines, lines into pages, pages into the drawing of a PDF file."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from publish.pdf.composer.cuttings import only_rows
from publish.pdf.composer.floats import with_floats
from publish.pdf.composer.footing import at_foot, depth, lines_of_calls, pitch_of
from publish.pdf.composer.galley import Galley, Prose, Strip, endless, read_section
from publish.pdf.composer.lines import Breaks, set_lines
from publish.pdf.composer.material import material
from publish.pdf.composer.measure import lines_of
from publish.pdf.composer.paint import (
    Painter,
    Painting,
    Part,
    Pasted,
    SetGalley,
    SetLine,
    SetProse,
    Sheet,
    font_name,
    height,
)
from publish.pdf.composer.spreads import LINE, Placement, Setting, Slot, bottom, pages
from publish.pdf.composer.texts import Strange
from publish.pdf.geometry import Geometry

__all__ = [
    "Galley", "Painter", "Painting", "Pasted", "SetLine", "Sheet", "Strange", "crowded_out", "endless",
    "font_name", "only_rows", "paint", "plan", "read_section", "typeset",
]  # fmt: skip

_DEMERITS = 20_000.0
"""What a setting may be worse than the best in demerits for one unit of a page's cost."""
_OTHER_LENGTH = 4.0
_HOPELESS = 4_000_000.0
_SCRAP = 1.5
"""A last line is a scrap below so many indents."""


def typeset(read: Galley) -> SetGalley:
    """Set the plain paragraphs of a section in every number of lines that they can well have."""
    parts = tuple(part if isinstance(part, Strip) else _set(part) for part in read.parts)
    notes = (
        tuple(part if isinstance(part, Strip) else _set(part, in_one_way=True) for part in note)
        for note in read.notes
    )
    return SetGalley(read, parts, tuple(notes))


def _set(prose: Prose, *, in_one_way: bool = False) -> SetProse:
    matter = material(prose.runs)
    usual = prose.runs[0].kind.size * 1.25 if prose.runs else 0.0
    scrap = _SCRAP * ((abs(prose.indent) if prose.deep == 1 else 0.0) or usual)
    lengths = *(prose.width - prose.indent,) * prose.deep, prose.width
    found = set_lines(matter, lengths, scrap, ragged=prose.ragged)
    best = min(found.values(), key=lambda one: one.cost)
    if in_one_way:
        return SetProse(prose, matter, (best,))
    well = [one for one in found.values() if one is best or one.cost < best.cost + _HOPELESS]
    chosen = [one for away in (1, 2) for one in well if max(1, abs(len(one.ends) - len(best.ends))) == away]
    return SetProse(prose, matter, tuple(chosen))


def plan(read: SetGalley, lines: int, *, starts_right: bool, grows: bool) -> list[list[Placement]]:
    """Give the pages of a section that was set, the first on the given side, each with what stands on it.

    Raises Strange for a note that no page can hold.
    """
    slots = _slots(read)
    pitch = pitch_of(part for note in read.notes for part in note)

    def lay(some: Sequence[Slot]) -> list[list[Placement]]:
        return pages(some, lines, starts_right=starts_right, grows=grows, pitch=pitch)

    pictures = [number for number, part in enumerate(read.parts) if number and _may_move(read, number)]
    laid = with_floats(slots, pictures, lay, lines * LINE) if pictures else lay(slots)
    # What is left of a note behind the last line goes to pages of its own.
    more = len(at_foot(laid, read, lines)) - len(laid) if laid and read.notes else 0
    return [*laid, *([] for _ in range(more))]


_LEAST_PICTURE = 0.65
"""Of its height, that a picture keeps where it is made smaller."""
_GAPING = 4 * LINE
"""Blank rows at the foot of a page from which that is worth it."""


def crowded_out(read: SetGalley, laid: Sequence[Sequence[Placement]], page: Geometry) -> dict[int, float]:
    """Give the pictures that would stand on the page before theirs if they were smaller, and how high."""
    slots, found = _slots(read), {}
    for before, after in pairwise(laid):
        part = read.parts[after[0].slot] if before and after else None
        cut = read.galley.cuttings[part.cutting] if isinstance(part, Strip) and part.cutting >= 0 else None
        if part is None or cut is None or not cut.picture:
            continue
        blank = page.lines * LINE - bottom(before, slots)
        over = slots[after[0].slot].gap + slots[after[0].slot].settings[0].rows - blank
        height = cut.picture - over * page.leading / LINE
        if blank >= _GAPING and height >= _LEAST_PICTURE * cut.picture:
            found[cut.whole] = height
    return found


def _slots(read: SetGalley) -> list[Slot]:
    rows = [sum(map(depth, note)) for note in read.notes]
    return [_slot(part, rows) for part in read.parts]


def _may_move(read: SetGalley, number: int) -> bool:
    """Tell whether a part is a picture that nothing before it announces."""
    part, before = read.parts[number], read.parts[number - 1]
    if not isinstance(part, Strip) or part.cutting < 0 or part.glued or part.is_plate:
        return False
    words = before.words if isinstance(before, Strip) else "".join(run.text for run in before.prose.runs)
    return read.galley.owners[part.owner].tag == "figure" and not words.rstrip().endswith(":")


def paint(
    read: SetGalley, laid: Sequence[Sequence[Placement]], painter: Painter, *, measured: bool = False
) -> Painting:
    """Paint the pages of a section; `measured` adds their lines, to be judged."""
    page = painter.page
    notes = at_foot(laid, read, page.lines)
    sheets = [painter.sheet(placements, read, foot) for placements, foot in zip(laid, notes, strict=True)]
    where: dict[int, tuple[int, float]] = {}
    for number, placements in enumerate(laid):
        for placement in placements:
            where.setdefault(placement.slot, (number, placement.row))
    marks = []
    for name, label, level, part in read.galley.marks:
        number, row = where.get(part, (0, 0))
        top = page.top + row * page.leading / LINE if row else 0.0
        marks.append((name, label, level, number, page.trim.height_pt - top))
    lines = lines_of(read, laid, _SCRAP, page.lines) if measured else ()
    return Painting(tuple(sheets), read.galley.owners, tuple(marks), painter.glyphs, lines)


def _slot(part: Part, notes: Sequence[float]) -> Slot:
    if isinstance(part, Strip):
        feet = (0.0, sum(notes[number] for number in part.notes)) if part.notes else ()
        setting = Setting(height(part), 0.0, whole=True, feet=feet, again=part.again)
        return Slot(part.gap, part.glued, (setting,), part.is_plate)
    best = min(part.settings, key=lambda one: one.cost)
    settings = tuple(_setting(part, one, best, notes) for one in part.settings)
    return Slot(part.prose.gap, part.prose.glued, settings)


def _setting(part: SetProse, breaks: Breaks, best: Breaks, notes: Sequence[float]) -> Setting:
    hyphened = frozenset(LINE * k for k, end in enumerate(breaks.ends, 1) if part.matter.hyphened[end])
    cost = (breaks.cost - best.cost) / _DEMERITS + _OTHER_LENGTH * abs(len(breaks.ends) - len(best.ends))
    feet = _feet(part, breaks, notes) if part.matter.calls else ()
    is_far = abs(len(breaks.ends) - len(best.ends)) > 1
    return Setting(LINE * len(breaks.ends), cost, hyphened, False, feet, LINE * part.prose.deep, 0, is_far)


def _feet(part: SetProse, breaks: Breaks, notes: Sequence[float]) -> tuple[float, ...]:
    """Give the rows of the notes that the first lines of a paragraph call, for no line and each further."""
    called = [0.0] * len(breaks.ends)
    for line, note in lines_of_calls(part.matter, breaks):
        called[line] += notes[note]
    return (0.0, *accumulate(called))
