"""A section as the galley of its lines: what stands above what, before there are pages.

WeasyPrint applies the stylesheet to the section on one endless page, where one line stands for each run of
plain paragraphs. From there come all measures and kinds of type; headings, letters and verse come as finished
lines. The plain paragraphs are set by the composer. What only WeasyPrint can draw becomes a cutting, of which
the galley has the height.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from publish.pdf import initials
from publish.pdf.composer.cuttings import (
    Cutting,
    Row,
    notes_in,
    outside_notes,
    picture_in,
    table_rows,
    too_wide,
)
from publish.pdf.composer.material import Run
from publish.pdf.composer.shaping import shape
from publish.pdf.composer.skeleton import Folded, Group, Owner, Skeleton, Words, inked
from publish.pdf.composer.spreads import LINE
from publish.pdf.composer.texts import POINTS, Placed, Strange, placed, runs_of, sampled, text_boxes
from publish.pdf.geometry import Geometry

_ENDLESS = (
    "@page{size:%.3fpt 99999pt;margin:0}@page:left{margin:0}@page:right{margin:0}@page:first{margin:0}"
    "html,body{break-before:auto}figure.plate{page:auto}"
)


_RULES = 0.12
"""Of a line: what the rules of a table add to its lines."""


class Strip(Struct, frozen=True):
    """A finished line, or a block that is drawn as one."""

    gap: int
    """Blank rows above it; none remain at the top of a page."""
    rows: float
    """Whole but in notes."""
    glued: bool
    """No page may begin with it."""
    owner: int
    """Index of its `Owner`; -1 for an ornament."""
    texts: tuple[Placed, ...]
    notes: tuple[int, ...] = ()
    """Which of the section's notes it calls; they stand at the foot of its page."""
    words: str = ""
    """What it says, the numbers of notes left out."""
    lead: Lead | None = None
    cutting: int = -1
    """Which of the section's cuttings draws it, in place of texts."""
    line: int = 0
    """Which of the cutting's lines it is."""
    again: int = 0
    """Rows above it, where it begins a page, in which the head of its table comes back."""
    is_plate: bool = False
    """Whether it has a page of its own, the next that begins after what stands before it."""


class Lead(Struct, frozen=True):
    """The sign or number before an entry of a list; the drop cap of a paragraph."""

    owner: int
    texts: tuple[Placed, ...]
    apart: bool = True
    """Whether a space parts it from the words that follow."""


class Prose(Struct, frozen=True):
    """A plain paragraph, yet to be set."""

    gap: int
    glued: bool
    owner: int
    runs: tuple[Run, ...]
    x: float
    indent: float
    width: float
    base: float
    """Points from a row's top to its baseline."""
    ragged: bool = False
    lead: Lead | None = None
    deep: int = 1
    """Lines that are indented."""
    pitch: float = LINE
    """Rows from one line to the next; another number in notes alone."""

    def indent_of(self, line: int) -> float:
        """Give the indent of a line, counted from 0."""
        return self.indent if line < self.deep else 0.0

    def opening(self) -> str:
        """Give what the drop cap says of the paragraph's own words, and nothing where there is none."""
        if self.lead is None or self.lead.owner != self.owner:
            return ""
        return "".join(text.text for text in self.lead.texts)


class Galley(Struct, frozen=True):
    """A section from top to bottom."""

    parts: tuple[Strip | Prose, ...]
    owners: tuple[Owner, ...]
    marks: tuple[tuple[str, str, int, int], ...]
    """For each division: identifier, label in the outline, depth, and the part with which it begins."""
    notes: tuple[tuple[Strip | Prose, ...], ...] = ()
    """The lines of each note at the foot of a page."""
    cuttings: tuple[Cutting, ...] = ()


def read_section(press: Any, html: str, body: str, page: Geometry, low: Mapping[int, float]) -> Galley:
    """Read a section; `html` is the start tag of its document, `low` the heights of pictures made smaller.

    Raises Strange where the section holds something that only WeasyPrint can set, with all around it.
    """
    apart: set[int] = set()
    wide: dict[int, float] = {}
    unrolled: set[int] = set()
    while True:
        skeleton = Skeleton(body, apart, wide, unrolled, low)
        pages = press.lay_out(f"{html}{skeleton.html()}</html>", endless(page.measure))
        if len(pages) != 1:
            raise Strange("a break inside a section")
        reader = _Reader(skeleton, page)
        reader.read(pages[0]._page_box.children[0], None)
        if reader.tall - unrolled and not reader.wide:
            unrolled |= reader.tall
            apart, wide = set(), {}
            continue
        notes = () if reader.unfit - apart or reader.wide else reader.notes(pages[0]._page_box)
        if not reader.unfit - apart and not reader.wide:
            break
        # What cannot be composed is laid out as it is, to be cut out; a table too wide, in smaller type.
        apart |= reader.unfit
        wide |= reader.wide
    lines = [*reader.parts, *(line for note in notes for line in note)]
    if sum(inked(words) for words in _words(lines)) != skeleton.letters:
        raise Strange("text that is not where it belongs")
    marks = (
        (name, label, depth, reader.starts.get(name, 0)) for name, (label, depth) in skeleton.marks.items()
    )
    return Galley(tuple(reader.parts), tuple(skeleton.owners), tuple(marks), notes, tuple(reader.cuttings))


def endless(measure: float) -> str:
    """Give the CSS of a page on which a whole section has room, and nothing but the column."""
    return _ENDLESS % measure


def _words(parts: Sequence[Strip | Prose]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Prose):
            yield part.opening()
            yield from (run.text for run in part.runs if not run.number)
        elif part.owner >= 0:
            yield part.words


class _Reader:
    """Walks the boxes that WeasyPrint laid out, from top to bottom."""

    def __init__(self, skeleton: Skeleton, page: Geometry) -> None:
        self.skeleton = skeleton
        self.row = page.leading / LINE
        self.lines = page.lines
        self.measure = page.measure
        self.parts: list[Strip | Prose] = []
        self.starts: dict[str, int] = {}
        self.cuttings: list[Cutting] = []
        self.unfit: set[int] = set()
        """Owners of folded paragraphs that the composer cannot set; notes count backwards from -1."""
        self.wide: dict[int, float] = {}
        """Owners of tables that are wider than the column, with the size at which they fit."""
        self.tall: set[int] = set()
        """Which tables and figures no page holds."""
        self.bottom = 0.0
        """Of the part before, in rows."""
        self.glued = False
        self.lead: Lead | None = None
        self.called = 0
        """Notes so far."""
        self.notes_begun = False
        """Whether the lines that are read are those of notes, which need no grid."""

    def read(self, box: Any, owner: int | None) -> None:
        from weasyprint.formatting_structure import boxes

        element, style = box.element, box.style
        if isinstance(box, boxes.LineBox):
            self._line(box, -1 if owner is None else owner)
            return
        if getattr(box, "is_outside_marker", False):
            self._marker(box)
            return
        if not isinstance(box, boxes.BlockBox) or box.is_floated() or box.is_absolutely_positioned():
            raise Strange(type(box).__name__)
        if element is not None and box.element_tag == "section":
            self.starts[element.get("data-place") or element.get("id")] = len(self.parts)
        self.glued |= style["break_before"] in ("avoid", "avoid-page")
        if element is not None and element.get("data-group"):
            self._group(box, self.skeleton.groups[int(element.get("data-group")) - 1])
        elif element is not None and element.get("data-owner"):
            self._block(box, int(element.get("data-owner")), style)
        else:
            self._children(box, owner, style)
        if style["break_after"] in ("avoid", "avoid-page"):
            self.glued = True

    def _block(self, box: Any, owner: int, style: Any) -> None:
        """Read a paragraph, heading, picture or table; what is strange in it is cut out."""
        before = len(self.parts), self.glued, self.bottom, self.called, self.lead
        try:
            self._children(box, owner, style)
        except Strange:
            count, self.glued, self.bottom, self.called, self.lead = before
            del self.parts[count:]
            self._cut(box, owner, style)

    def _children(self, box: Any, owner: int | None, style: Any) -> None:
        begun = len(self.parts)
        for child in box.children:
            # What is placed out of the flow is held by a proxy.
            self.read(getattr(child, "_box", child), owner)
        # A line of verse stays with what is turned over of it.
        together = style["break_inside"] in ("avoid", "avoid-page") or box.element_tag == "span"
        count = len(self.parts) - begun
        lines = box.element is not None and box.element.get("data-owner")
        for index in range(begun + 1, len(self.parts)):
            near = lines and (index - begun < style["orphans"] or count - (index - begun) < style["widows"])
            if together or near:
                self.parts[index] = replace(self.parts[index], glued=True)

    def _rows(self, pixels: float) -> float:
        return pixels * POINTS / self.row

    def _gap(self, top: float) -> int:
        return max(0, round(self._rows(top) - self.bottom))

    def _line(self, line: Any, owner: int, cutting: int = -1, number: int = 0) -> None:
        """Add a line: its texts or, of a cutting, its place alone."""
        begun = self.called
        pieces = list(self._texts(line, line.position_y, cut=cutting >= 0))
        words = "".join(words for words, _ in pieces)
        texts = tuple(text for _, text in pieces if text is not None)
        rows = self._rows(line.height) if self.notes_begun else max(1, round(self._rows(line.height)))
        rows = max(LINE, rows) if cutting >= 0 else rows
        self.parts.append(
            Strip(
                self._gap(line.position_y), rows, self.glued, owner, texts,
                tuple(range(begun, self.called)), words, self._led(texts), cutting, number,
            )
        )  # fmt: skip
        self.glued = False
        self.bottom = round(self._rows(line.position_y)) + rows

    def _texts(self, box: Any, top: float, *, cut: bool) -> Iterator[tuple[str, Placed | None]]:
        """Give the texts of a line, and what is the author's of each; no places where it is cut out."""
        from weasyprint.formatting_structure import boxes

        for child in box.children:
            if isinstance(child, boxes.TextBox):
                if cut:
                    yield child.text, None
                else:
                    yield from ((text.text, text) for text in placed(child, top))
            elif isinstance(child, boxes.InlineBox):
                self.called += child.element_tag.endswith("::footnote-call")
                inner = self._texts(child, top, cut=cut)
                numbers = "::footnote-" in child.element_tag
                yield from (("", text) for _, text in inner) if numbers else inner
            else:
                raise Strange(type(child).__name__)

    def _marker(self, box: Any) -> None:
        """Keep the sign or number of an entry for the entry's first line."""
        texts = tuple(text for one in text_boxes(box) for text in placed(one, box.position_y))
        self.lead = Lead(int(box.element.get("data-label")), texts)

    def _led(self, texts: Sequence[Placed] = (), base: float = 0.0) -> Lead | None:
        """Give what stands before the line that begins with some texts, on their baseline."""
        lead, self.lead = self.lead, None
        base = texts[0].base if texts else base
        if lead is None or not base:
            return lead
        return replace(lead, texts=tuple(replace(text, base=base) for text in lead.texts))

    def notes(self, page: Any) -> tuple[tuple[Strip | Prose, ...], ...]:
        """Read the notes at the foot of the page, each an owner of its own."""
        area = [box for box in page.children if type(box).__name__ == "FootnoteAreaBox"]
        read, parts = [], self.parts
        called, self.notes_begun = self.called, True
        for box in area[0].children if area else ():
            self.parts, self.bottom, self.glued = [], self._rows(box.position_y), False
            self.skeleton.owners.append(Owner("p", "", -1, 0))
            self._note(box, len(self.skeleton.owners) - 1)
            read.append(tuple(self.parts))
        self.parts = parts
        if len(read) != called or self.called != called:
            raise Strange("a note without its call")
        return tuple(read)

    def _note(self, box: Any, owner: int) -> None:
        if box.element.get("data-group"):
            self._group(box, self.skeleton.groups[int(box.element.get("data-group")) - 1], owner)
            return
        try:
            self._children(box, owner, box.style)
        except Strange:
            element = self.skeleton.notes[int(box.element.get("data-note"))]
            words = "".join(element.itertext())
            rows = self._rows(box.border_height())
            self.parts = [Strip(0, rows, False, owner, (), (), words, cutting=len(self.cuttings))]
            self.cuttings.append(Cutting(self.skeleton.alone(element), 0))

    # --- Folded paragraphs -----------------------------------------------------------------------------

    def _group(self, box: Any, group: Group, note: int = -1) -> None:
        if box.element.get("data-again") is not None:
            self._again(box, group)
            return
        samples, numbers = sampled(box)
        align = box.style["text_align_all"]
        if len(samples) != len(group.paths) or align not in ("justify", "left", "start"):
            self.unfit |= {one.owner for one in group.members}
            return
        kinds = dict(zip(group.paths, (sample.style for sample in samples), strict=True))
        top = box.content_box_y()
        first = next(text_boxes(box))
        own = samples[0]
        gap = self._gap(top)
        base = (own.position_y + own.baseline - top) * POINTS
        for number, folded in enumerate(group.members):
            try:
                runs = tuple(self._runs(folded, kinds, numbers, own))
            except Strange:
                self.unfit.add(folded.owner)
                continue
            made = Prose(
                gap=0 if number else gap,
                glued=self.glued and not number,
                owner=folded.owner if note < 0 else note,
                runs=runs,
                x=box.content_box_x() * POINTS,
                indent=(first.position_x - box.content_box_x()) * POINTS,
                width=box.width * POINTS,
                base=base,
                ragged=align != "justify",
                lead=self._led(base=base),
                pitch=LINE if note < 0 else self._rows(box.height),
            )
            self.parts.append(self._with_initial(made, folded, kinds))
        self.glued = False
        self.bottom = self._rows(top + box.height)

    def _with_initial(self, prose: Prose, folded: Folded, kinds: Any) -> Prose:
        """Give a paragraph with its drop cap in place; the mark before that stands in the margin."""
        texts: list[Placed] = []
        edge, deep = 0.0, 1
        for words, path in _initial(folded):
            for run in runs_of(words, kinds[path]):
                wide, base = shape(run.kind, run.text).advance, prose.base
                if path[0][1] == initials.MARK:
                    texts.append(Placed(prose.x - wide, base, run.kind, run.text, 0.0))
                    continue
                deep = initials.lines_of(path[0][1])
                base += (deep - 1) * self.row * LINE
                texts.append(Placed(prose.x, base, run.kind, run.text, 0.0))
                edge = wide + initials.BESIDE * run.kind.size
        if not texts:
            return prose
        runs, spaced = prose.runs, prose.runs[0].text.startswith(" ")
        if spaced:
            edge += shape(runs[0].kind, " ").advance
            runs = (replace(runs[0], text=runs[0].text[1:]), *runs[1:])
        lead = Lead(prose.owner, tuple(texts), apart=spaced)
        return replace(prose, runs=runs, indent=edge, deep=deep, lead=lead)

    def _again(self, box: Any, group: Group) -> None:
        """Read how far paragraphs that follow each other stand apart."""
        gap, top = self._gap(box.content_box_y()), box.content_box_y()
        first = len(self.parts) - len(group.members) + 1
        self.parts[first:] = [replace(part, gap=gap) for part in self.parts[first:]]
        self.bottom = self._rows(top + box.height)

    def _runs(self, folded: Folded, kinds: Any, numbers: Sequence[Any], own: Any) -> Iterator[Run]:
        """Give the words of a paragraph with the numbers of its notes, each in its kind of type."""
        if numbers and "::footnote-marker" in numbers[0].element_tag:
            yield from self._figures(numbers[0], own, -1)
        calls = iter(box for box in numbers if box.element_tag.endswith("::footnote-call"))
        for piece in folded.pieces[len(_initial(folded)) :]:
            if isinstance(piece, int):
                yield from self._figures(next(calls), own, self.called)
                self.called += 1
            else:
                text, path = piece
                yield from runs_of(text, kinds[path])

    def _figures(self, box: Any, own: Any, note: int) -> Iterator[Run]:
        """Give the number of a note, raised as the stylesheet has it."""
        for text in text_boxes(box):
            rise = (own.position_y + own.baseline - text.position_y - text.baseline) * POINTS
            for run in runs_of(text.text, text.style):
                kind = replace(run.kind, rise=round(rise, 3))
                yield Run(run.text, kind, divided=False, number=True, note=note)

    # --- Cuttings --------------------------------------------------------------------------------------

    def _cut(self, box: Any, owner: int, style: Any) -> None:
        """Leave a block to WeasyPrint: line by line where it is made of lines, else as one."""
        from weasyprint.formatting_structure import boxes

        element = next(one for one in self.skeleton.root.iter() if one.get("data-owner") == str(owner))
        body, number = self.skeleton.alone(element), len(self.cuttings)
        if all(isinstance(child, boxes.LineBox) for child in box.children):
            self.cuttings.append(Cutting(body, len(box.children)))
            begun, count = len(self.parts), len(box.children)
            for index, line in enumerate(box.children):
                self._line(line, owner, number, index)
                near = index < style["orphans"] or count - index < style["widows"]
                if index and (near or style["break_inside"] in ("avoid", "avoid-page")):
                    self.parts[begun + index] = replace(self.parts[begun + index], glued=True)
            return
        top, height = box.border_box_y(), box.border_height()
        if "plate" in element.get("class", ""):
            # What follows goes on where the words before it end; headings stay with it.
            self.parts.append(Strip(0, 0, False, owner, (), cutting=number, is_plate=True))
            self.cuttings.append(Cutting(body, 0))
            self.bottom = self._rows(top + height)
            return
        self._cut_whole(box, owner, element)

    def _cut_whole(self, box: Any, owner: int, element: Any) -> None:
        top, height = box.border_box_y(), box.border_height()
        if size := too_wide(box, self.skeleton.wide.get(owner, 1.0), self.measure):
            self.wide[owner] = size
        parts, whole = table_rows(element, box, self.row, self.lines), int(element.get("data-whole", "-1"))
        # Whole lines, so that what follows stands on the grid of lines again.
        rows = max(1, math.ceil(self._rows(height) / LINE - _RULES)) * LINE
        if max((row.rows + row.again for row in parts), default=rows) > self.lines * LINE and whole >= 0:
            self.tall.add(whole)
        if parts:
            self._cut_table(element, parts, top, owner)
            return
        drop, number = max(0.0, rows * self.row - height * POINTS) / 2, len(self.cuttings)
        self.cuttings.append(
            Cutting(self.skeleton.alone(element), 0, drop, whole=whole, picture=picture_in(box))
        )
        notes, words = self._said((element,))
        self.parts.append(
            Strip(self._gap(top), rows, self.glued, owner, (), notes, words, self._led(), number)
        )
        self.glued = False
        self.bottom = self._rows(top + height)

    def _cut_table(self, element: Any, parts: Sequence[Row], top: float, owner: int) -> None:
        """Leave a tall table to WeasyPrint row by row."""
        gap, number = self._gap(top), len(self.cuttings)
        self.cuttings.append(Cutting(self.skeleton.alone(element), len(parts), is_table=True))
        for line, row in enumerate(parts):
            notes, words = self._said(row.elements)
            glued = row.glued if line else self.glued
            above, lead = (0, None) if line else (gap, self._led())
            self.parts.append(
                Strip(above, row.rows, glued, owner, (), notes, words, lead, number, line, row.again)
            )
        self.glued = False
        self.bottom = self._rows(top) + sum(row.rows for row in parts)

    def _said(self, elements: Sequence[Any]) -> tuple[tuple[int, ...], str]:
        """Give the notes that elements call, and their other words."""
        begun = self.called
        self.called += sum(map(notes_in, elements))
        words = " ".join(word for one in elements for word in "".join(outside_notes(one)).split())
        return tuple(range(begun, self.called)), words


def _initial(folded: Folded) -> list[Words]:
    """Give the drop cap of a paragraph and the mark before it; nothing where it has none."""
    return [
        piece
        for piece in folded.pieces[:2]
        if not isinstance(piece, int) and piece[1] and piece[1][0][1].startswith("drop-")
    ]
