"""What was set, line by line, for whoever wants to judge it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.pdf.composer.galley import Galley, Strip
from publish.pdf.composer.lines import stretched
from publish.pdf.composer.paint import SetLine, SetProse, at_foot, texts_between
from publish.pdf.composer.shaping import shape
from publish.pdf.composer.spreads import Placement


def lines_of(
    galley: Galley,
    parts: Sequence[Strip | SetProse],
    laid: Sequence[Sequence[Placement]],
    scrap: float,
    lines: int,
) -> tuple[tuple[SetLine, ...], ...]:
    """Give the lines of every page of a section; `scrap` counts in indents."""
    return tuple(
        tuple(line for placement in page for line in _lines(galley, parts, placement, scrap))
        + _notes(galley, parts, page, lines)
        for page in laid
    )


def _notes(
    galley: Galley, parts: Sequence[Strip | SetProse], page: Sequence[Placement], lines: int
) -> tuple[SetLine, ...]:
    return tuple(
        SetLine(row, note.rows, "", -1, 0, "".join(text.text for text in note.texts), True, True)
        for note, row in at_foot(page, parts, galley, lines)
    )


def _lines(
    galley: Galley, parts: Sequence[Strip | SetProse], placement: Placement, scrap: float
) -> Iterator[SetLine]:
    part = parts[placement.slot]
    if isinstance(part, SetProse):
        yield from _prose(galley, part, placement, scrap)
        return
    words = "".join(text.text for text in part.texts)
    owner = galley.owners[part.owner] if part.owner >= 0 else None
    alike = [other.owner for other in parts if isinstance(other, Strip) and other.owner == part.owner]
    division, block = (owner.division, owner.block) if owner else ("", -1)
    single = owner is None or len(alike) == 1
    yield SetLine(placement.row, part.rows, division, block, 0, words, single, single)


def _prose(galley: Galley, part: SetProse, placement: Placement, scrap: float) -> Iterator[SetLine]:
    matter, owner = part.matter, galley.owners[part.prose.owner]
    ends = part.settings[placement.setting].ends
    for number in range(placement.first, placement.after):
        start, end = ends[number - 1] if number else 0, ends[number]
        indent = 0.0 if number else part.prose.indent
        line = stretched(matter, start, end, part.prose.width - indent)
        x, gaps, text = part.prose.x + indent - line.shift, [], ""
        for kind, piece in texts_between(matter, start, end):
            width = shape(kind, piece).advance * line.scale * (line.space if piece == " " else 1.0)
            if piece == " ":
                gaps.append(x + width / 2)
            x, text = x + width, text + piece
        index = matter.places[start]
        yield SetLine(
            row=placement.row + number - placement.first,
            rows=1,
            division=owner.division,
            block=owner.block,
            at=owner.offset + (matter.pieces[index].at if index < len(matter.pieces) else 0),
            text=text,
            is_first=number == 0,
            is_last=number == len(ends) - 1,
            is_prose=True,
            space=line.space,
            hyphened=matter.hyphened[end],
            divided=bool(matter.offsets[end]),
            width=matter.ends[end] - matter.begins[start],
            scrap=scrap * abs(part.prose.indent),
            gaps=tuple(gaps),
        )
