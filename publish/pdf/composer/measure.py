"""What was set, line by line, for whoever wants to judge it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from publish.pdf.composer.footing import at_foot, rows_of
from publish.pdf.composer.galley import Strip
from publish.pdf.composer.lines import stretched
from publish.pdf.composer.paint import Part, SetGalley, SetLine, SetProse, texts_between
from publish.pdf.composer.shaping import shape
from publish.pdf.composer.spreads import LINE, Placement


def lines_of(
    read: SetGalley, laid: Sequence[Sequence[Placement]], scrap: float, lines: int
) -> tuple[tuple[SetLine, ...], ...]:
    """Give the lines of every page of a section of so many lines a page; `scrap` counts in indents."""
    alike = Counter(part.owner for part in read.parts if not isinstance(part, SetProse))
    return tuple(
        (
            *(line for placement in page for line in _lines(read, placement, scrap, alike)),
            *(line for part, one in notes for line in _note(part, one)),
        )
        for page, notes in zip(laid, at_foot(laid, read, lines), strict=True)
    )


def _note(part: Part, placement: Placement) -> Iterator[SetLine]:
    """Give the lines of a note, which is judged by nobody."""
    words = part.words if isinstance(part, Strip) else ""
    if isinstance(part, SetProse):
        ends = part.settings[0].ends
        first, after = placement.first // LINE, placement.after // LINE
        words = "".join(
            text for _, text in texts_between(part.matter, ends[first - 1] if first else 0, ends[after - 1])
        )
    yield SetLine(placement.row / LINE, rows_of(part, placement) / LINE, "", -1, 0, words, True, True)


def _lines(read: SetGalley, placement: Placement, scrap: float, alike: Counter[int]) -> Iterator[SetLine]:
    part = read.parts[placement.slot]
    if isinstance(part, SetProse):
        yield from _prose(read, part, placement, scrap)
        return
    if part.is_plate:
        return
    owner = read.galley.owners[part.owner] if part.owner >= 0 else None
    division, block = (owner.division, owner.block) if owner else ("", -1)
    single = owner is None or alike[part.owner] == 1
    yield SetLine(placement.row / LINE, part.rows / LINE, division, block, 0, part.words, single, single)


def _prose(read: SetGalley, part: SetProse, placement: Placement, scrap: float) -> Iterator[SetLine]:
    matter, prose, owner = part.matter, part.prose, read.galley.owners[part.prose.owner]
    ends, skipped = part.settings[placement.setting].ends, len(prose.opening())
    for number in range(placement.first // LINE, placement.after // LINE):
        start, end = ends[number - 1] if number else 0, ends[number]
        indent = prose.indent_of(number)
        line = stretched(matter, start, end, prose.width - indent, ragged=prose.ragged)
        x, gaps, text = prose.x + indent - line.shift, [], "" if number else prose.opening()
        for kind, piece in texts_between(matter, start, end):
            width = shape(kind, piece).advance * line.scale * (line.space if piece == " " else 1.0)
            if piece == " ":
                gaps.append(x + width / 2)
            x, text = x + width, text + piece
        index = matter.places[start]
        yield SetLine(
            row=(placement.row - placement.first) / LINE + number,
            rows=1,
            division=owner.division,
            block=owner.block,
            at=owner.offset + skipped + (matter.pieces[index].at if index < len(matter.pieces) else 0),
            text=text,
            is_first=number == 0,
            is_last=number == len(ends) - 1,
            is_prose=True,
            space=line.space,
            hyphened=matter.hyphened[end],
            divided=bool(matter.offsets[end]),
            width=matter.ends[end] - matter.begins[start],
            scrap=scrap * abs(prose.indent) if prose.deep == 1 else 0.0,
            gaps=tuple(gaps),
        )
