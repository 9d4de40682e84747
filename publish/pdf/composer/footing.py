"""Notes at the feet of the pages that call them; long ones go on at the foot of the next page."""

import math
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from publish.pdf.composer.galley import Strip
from publish.pdf.composer.lines import Breaks
from publish.pdf.composer.material import Material
from publish.pdf.composer.paint import Part, SetGalley, SetProse, height, plate_of
from publish.pdf.composer.spreads import LINE, SLIGHT, Placement, begun, feet
from publish.pdf.composer.texts import Strange

_NEARLY = 4
"""Lines that a page may lack and yet look full."""
_Footed = list[tuple[Part, Placement]]


def at_foot(laid: Sequence[Sequence[Placement]], read: SetGalley, lines: int) -> list[_Footed]:
    """Give the parts of notes at the foot of each page, and of further ones where they go on behind the last.

    They end the page; under a text that is much shorter than a page they stand where a full one ends, and
    without any at the head.
    """
    found: list[_Footed] = []
    waiting: _Footed = []
    while len(found) < len(laid) or waiting:
        page = laid[len(found)] if len(found) < len(laid) else ()
        called = [number for one in page for number in notes_of(read.parts[one.slot], one)]
        waiting += [
            (part, Placement(-1, 0, 0, height(part), 0)) for number in called for part in read.notes[number]
        ]
        used = max((one.row + one.after - one.first for one in page), default=0)
        placed: _Footed = []
        if not plate_of(page, read):
            is_last = not any(laid[len(found) + 1 :])
            placed, waiting = _parted(waiting, lines * LINE - math.ceil(used), lines * LINE, is_last)
        rows = sum(rows_of(part, one) for part, one in placed)
        bottom = used + feet(rows)
        row = (lines * LINE if bottom < (lines - _NEARLY) * LINE else bottom) - rows if page else 0.0
        if not page and not placed:
            raise Strange("a note higher than a page")
        found.append([])
        for part, one in placed:
            found[-1].append((part, replace(one, row=row)))
            row += rows_of(part, one)
    return found


def _parted(waiting: _Footed, room: int, full: int, is_last: bool) -> tuple[_Footed, _Footed]:
    """Give what stands of notes on a page, and what goes on overleaf: some lines, where nothing else does."""
    rows, pitch = sum(rows_of(part, one) for part, one in waiting), pitch_of(part for part, _ in waiting)
    left = begun(rows, room, pitch, full)
    if left == rows:
        return waiting, []
    left = max(0.0, min(left, rows - _NEARLY * pitch)) if is_last else left
    placed: _Footed = []
    for number, (part, one) in enumerate(waiting):
        lines = int(left / part.prose.pitch + SLIGHT) if isinstance(part, SetProse) else 0
        if rows_of(part, one) > left + SLIGHT:
            middle = one.first + lines * LINE
            parts = [(part, replace(one, after=middle))] if lines else []
            return placed + parts, [(part, replace(one, first=middle)), *waiting[number + 1 :]]
        placed.append((part, one))
        left -= rows_of(part, one)
    return placed, []


def rows_of(part: Part, placement: Placement) -> float:
    """Give the rows of what stands on a page of a part of a note."""
    if isinstance(part, Strip):
        return part.rows
    return part.prose.pitch * (placement.after - placement.first) / LINE


def pitch_of(notes: Iterable[Part]) -> float:
    """Give the rows from one line of notes to the next."""
    return next((part.prose.pitch for part in notes if isinstance(part, SetProse)), LINE)


def depth(part: Part) -> float:
    """Give the rows of a part of a note, whose lines may stand closer than those of the text."""
    return part.rows if isinstance(part, Strip) else part.prose.pitch * len(part.settings[0].ends)


def notes_of(part: Part, placement: Placement) -> list[int]:
    """Give the notes that are called by the rows of a part which stand on a page."""
    if isinstance(part, Strip):
        return list(part.notes)
    if not part.matter.calls:
        return []
    lines = lines_of_calls(part.matter, part.settings[placement.setting])
    first, after = placement.first // LINE, placement.after // LINE
    return [note for line, note in lines if first <= line < after]


def lines_of_calls(matter: Material, breaks: Breaks) -> list[tuple[int, int]]:
    """Give each note that a paragraph calls with the line on which its number stands."""
    found = []
    for piece, note in matter.calls:
        line = next(k for k, end in enumerate(breaks.ends) if matter.places[end] > piece)
        found.append((line, note))
    return found
