"""A section as the galley of its lines: what stands above what, before there are pages.

WeasyPrint applies the stylesheet to the section on one endless page, where one line stands for each run of
plain paragraphs. From there come all measures and kinds of type; headings, letters and verse come as finished
lines. The plain paragraphs are set by the composer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from msgspec import Struct

from publish import xhtml
from publish.fonts import OURS, coverage, faces
from publish.pdf.composer.material import Run
from publish.pdf.composer.shaping import Type, shape

_POINTS = 0.75
"""Of a CSS pixel."""
_OWNERS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
_SPANS = frozenset(("lead-in", "whole", "other", "speaker"))
_PLAIN = frozenset(("", "first", "speech"))
"""Classes of paragraphs of running text."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_BOLD = 600
_NEAR = 0.3
"""Points by which our width of a piece of text may differ from WeasyPrint's."""
_ENDLESS = (
    "@page{size:%.3fpt 99999pt;margin:0}@page:left{margin:0}@page:right{margin:0}@page:first{margin:0}"
    "html,body{break-before:auto}"
)


class Strange(Exception):  # noqa: N818
    """Something in a section that the composer cannot set; WeasyPrint then sets the section."""


class Owner(Struct, frozen=True):
    """A paragraph or heading: what a line belongs to, in the file's structure and in the book."""

    tag: str
    division: str
    """Identifier of the division; empty before the first."""
    block: int
    """Which of the division's blocks it is or stands in; -1 for a heading."""
    offset: int
    """Characters of that block which stand before it."""
    group: int
    """Number of the quotation, letter or poem in which it stands, 0 for none."""


class Placed(Struct, frozen=True):
    """A piece of text in its place."""

    x: float
    """Points from the column's left edge."""
    base: float
    """Points from the top of the line's first row down to the baseline."""
    kind: Type
    text: str
    spread: float
    """Points by which every word space is wider than its own width."""


class Strip(Struct, frozen=True):
    """A finished line."""

    gap: int
    """Blank rows above it; none remain at the top of a page."""
    rows: int
    glued: bool
    """No page may begin with it."""
    owner: int
    """Index of its `Owner`; -1 for an ornament."""
    texts: tuple[Placed, ...]
    notes: tuple[int, ...] = ()
    """Which of the section's notes it calls; they stand at the foot of its page."""


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


class Galley(Struct, frozen=True):
    """A section from top to bottom."""

    parts: tuple[Strip | Prose, ...]
    owners: tuple[Owner, ...]
    marks: tuple[tuple[str, str, int, int], ...]
    """For each division: identifier, label in the outline, depth, and the part with which it begins."""
    notes: tuple[tuple[Strip, ...], ...] = ()
    """The lines of each note at the foot of a page."""


_Path = tuple[tuple[str, str], ...]
"""The elements around some words inside a paragraph, outermost first: tag and class."""


class _Group(Struct):
    """Plain paragraphs in a row that look alike: owner and pieces of text of each."""

    paths: list[_Path]
    paragraphs: list[tuple[int, list[tuple[str, _Path]]]]


class _Skeleton:
    """The section with one line in place of each group of plain paragraphs."""

    def __init__(self, body: str) -> None:
        self.owners: list[Owner] = []
        self.groups: list[_Group] = []
        self.marks: dict[str, tuple[str, int]] = {}
        self.quoted = 0
        self.root = ET.fromstring(f'<body xmlns:epub="e">{body}</body>')
        self.letters = _inked("".join(self.root.itertext()))
        self._section(self.root, "")

    def html(self) -> str:
        return ET.tostring(self.root, encoding="unicode", method="html")

    def _section(self, parent: ET.Element, division: str) -> None:
        block = 0
        for child in list(parent):
            _clean(child)
            if child.tag == "section":
                name = child.get("data-place") or child.get("id") or division
                if label := child.get("data-outline"):
                    self.marks[name] = (label, int(child.get("data-depth", "1")))
                self._section(child, name)
            elif child.tag == "header":
                self._owned(child, division, -1, 0)
            else:
                self.quoted += child.tag in ("blockquote", "div")
                self._owned(child, division, block, self.quoted if child.tag in ("blockquote", "div") else 0)
                block += 1
        self._fold(parent)

    def _owned(self, element: ET.Element, division: str, block: int, group: int) -> None:
        """Give the paragraphs and headings in a block their numbers."""
        offset = 0
        for one in element.iter():
            _clean(one)
            if one.tag in _OWNERS:
                one.set("data-owner", str(len(self.owners)))
                self.owners.append(Owner(one.tag, division, block, offset, group))
                offset += len("".join(one.itertext()))
        for one in element.iter():
            self._fold(one)

    def _fold(self, parent: ET.Element) -> None:
        """Let one line stand for each row of plain paragraphs that look alike."""
        kept: list[ET.Element] = []
        for child in list(parent):
            if not _is_plain(child):
                kept.append(child)
                continue
            before = kept[-1] if kept else None
            if before is None or not before.get("data-group") or before.get("class") != child.get("class"):
                before = ET.Element("p", {"data-group": str(len(self.groups) + 1)})
                if name := child.get("class"):
                    before.set("class", name)
                self.groups.append(_Group([()], []))
                kept.append(before)
            group = self.groups[int(before.get("data-group", "0")) - 1]
            pieces = list(_pieces(child, ()))
            group.paths += [p for p in dict.fromkeys(path for _, path in pieces) if p not in group.paths]
            group.paragraphs.append((int(child.get("data-owner", "-1")), pieces))
        if any(child.get("data-group") for child in kept):
            parent[:] = kept
        for child in kept:
            if child.get("data-group"):
                _sample(child, self.groups[int(child.get("data-group", "0")) - 1].paths)


def _clean(element: ET.Element) -> None:
    for name in [name for name in element.attrib if name.startswith("{")]:
        del element.attrib[name]
    element.set("class", element.get("class", "").replace("short-tail", "").strip())
    if not element.get("class"):
        del element.attrib["class"]


def _is_plain(element: ET.Element) -> bool:
    if element.tag != "p" or element.get("class", "") not in _PLAIN or element.get("data-group"):
        return False
    return all(one is element or _is_style(one) for one in element.iter())


def _is_style(element: ET.Element) -> bool:
    """Tell whether an element only says how its words look."""
    return element.tag in ("em", "strong") or (element.tag == "span" and element.get("class") in _SPANS)


def _pieces(element: ET.Element, path: _Path) -> Iterator[tuple[str, _Path]]:
    if element.text:
        yield element.text, path
    for child in element:
        yield from _pieces(child, (*path, (child.tag, child.get("class", ""))))
        if child.tail:
            yield child.tail, path


def _sample(paragraph: ET.Element, paths: Sequence[_Path]) -> None:
    """Fill a paragraph with one letter for each way in which letters look there."""
    paragraph.text, paragraph[:] = "x", []
    for path in paths[1:]:
        inner = paragraph
        for tag, name in path:
            inner = ET.SubElement(inner, tag, {"class": name} if name else {})
        inner.text = "x"


def read_section(press: Any, html: str, body: str, measure: float, leading: float) -> Galley:
    """Read a section; `html` is the start tag of its document.

    Raises Strange where the section holds something that only WeasyPrint can set.
    """
    if any(tag in body for tag in ("<figure", "<table", "<ul", "<ol")):
        raise Strange("a picture, a table or a list")
    skeleton = _Skeleton(body)
    pages = press.lay_out(f"{html}{skeleton.html()}</html>", _ENDLESS % measure)
    if len(pages) != 1:
        raise Strange("a break inside a section")
    reader = _Reader(skeleton, leading)
    reader.read(pages[0]._page_box.children[0], None)
    notes = reader.notes(pages[0]._page_box)
    lines = [*reader.parts, *(line for note in notes for line in note)]
    if sum(_inked(words) for words in _words(lines)) - reader.numbers != skeleton.letters:
        raise Strange("text that is not where it belongs")
    marks = (
        (name, label, depth, reader.starts.get(name, 0)) for name, (label, depth) in skeleton.marks.items()
    )
    return Galley(tuple(reader.parts), tuple(skeleton.owners), tuple(marks), notes)


def _words(parts: Sequence[Strip | Prose]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Prose):
            yield from (run.text for run in part.runs)
        elif part.owner >= 0:
            yield from (text.text for text in part.texts)


def _inked(text: str) -> int:
    """Count letters and figures, which no line end adds or takes."""
    return sum(map(str.isalnum, text))


class _Reader:
    """Walks the boxes that WeasyPrint laid out, from top to bottom."""

    def __init__(self, skeleton: _Skeleton, leading: float) -> None:
        self.skeleton = skeleton
        self.leading = leading
        self.parts: list[Strip | Prose] = []
        self.starts: dict[str, int] = {}
        self.bottom = 0.0
        """Of the part before, in rows."""
        self.glued = False
        self.calls: list[int] = []
        """The notes that the line calls."""
        self.called = 0
        self.numbers = 0
        """Letters and figures of the notes' numbers, which are no text of the author's."""

    def read(self, box: Any, owner: int | None) -> None:
        from weasyprint.formatting_structure import boxes

        element, style = box.element, box.style
        if isinstance(box, boxes.LineBox):
            self._line(box, -1 if owner is None else owner)
            return
        if not isinstance(box, boxes.BlockBox) or box.is_floated() or box.is_absolutely_positioned():
            raise Strange(type(box).__name__)
        if element is not None and element.get("data-owner"):
            owner = int(element.get("data-owner"))
        if element is not None and box.element_tag == "section":
            self.starts[element.get("data-place") or element.get("id")] = len(self.parts)
        self.glued |= style["break_before"] in ("avoid", "avoid-page")
        if element is not None and element.get("data-group"):
            self._group(box, self.skeleton.groups[int(element.get("data-group")) - 1])
        else:
            self._children(box, owner, style)
        if style["break_after"] in ("avoid", "avoid-page"):
            self.glued = True

    def _children(self, box: Any, owner: int | None, style: Any) -> None:
        begun = len(self.parts)
        for child in box.children:
            self.read(child, owner)
        together = style["break_inside"] in ("avoid", "avoid-page")
        count = len(self.parts) - begun
        lines = box.element is not None and box.element.get("data-owner")
        for index in range(begun + 1, len(self.parts)):
            near = lines and (index - begun < style["orphans"] or count - (index - begun) < style["widows"])
            if together or near:
                self.parts[index] = _with_glue(self.parts[index])

    def _rows(self, pixels: float) -> float:
        return pixels * _POINTS / self.leading

    def _gap(self, top: float) -> int:
        return max(0, round(self._rows(top) - self.bottom))

    def _line(self, line: Any, owner: int) -> None:
        texts = list(self._texts(line, line.position_y))
        gap = self._gap(line.position_y)
        rows = max(1, round(self._rows(line.height)))
        self.parts.append(Strip(gap, rows, self.glued, owner, tuple(texts), tuple(self.calls)))
        self.calls = []
        self.glued = False
        self.bottom = round(self._rows(line.position_y)) + rows

    def _texts(self, box: Any, top: float) -> Iterator[Placed]:
        from weasyprint.formatting_structure import boxes

        for child in box.children:
            if isinstance(child, boxes.TextBox):
                yield from placed(child, top)
            elif isinstance(child, boxes.InlineBox):
                self._number(child)
                yield from self._texts(child, top)
            else:
                raise Strange(type(child).__name__)

    def _number(self, box: Any) -> None:
        """Note the number of a note, at its call or before its text."""
        if box.element_tag.endswith("::footnote-call"):
            self.calls.append(self.called)
            self.called += 1
        if "::footnote-" in box.element_tag:
            self.numbers += sum(_inked(text.text) for text in _text_boxes(box))

    def notes(self, page: Any) -> tuple[tuple[Strip, ...], ...]:
        """Read the notes at the foot of the page, each an owner of its own."""
        area = [box for box in page.children if type(box).__name__ == "FootnoteAreaBox"]
        read, parts = [], self.parts
        for box in area[0].children if area else ():
            self.parts, self.bottom, self.glued = [], self._rows(box.position_y), False
            self.skeleton.owners.append(Owner("p", "", -1, 0, 0))
            self.read(box, len(self.skeleton.owners) - 1)
            read.append(tuple(part for part in self.parts if isinstance(part, Strip)))
        self.parts = parts
        if len(read) != self.called:
            raise Strange("a note without its call")
        return tuple(read)

    def _group(self, box: Any, group: _Group) -> None:
        samples = list(_text_boxes(box))
        if len(samples) != len(group.paths) or box.style["text_align_all"] != "justify":
            raise Strange("a paragraph that is not justified")
        kinds = dict(zip(group.paths, (sample.style for sample in samples), strict=True))
        top = box.content_box_y()
        first = samples[0]
        gap = self._gap(top)
        between = round(self._rows(max(box.margin_top, box.margin_bottom)))
        for number, (owner, pieces) in enumerate(group.paragraphs):
            runs = tuple(run for text, path in pieces for run in _runs(text, kinds[path]))
            self.parts.append(
                Prose(
                    gap=between if number else gap,
                    glued=self.glued and not number,
                    owner=owner,
                    runs=runs,
                    x=box.content_box_x() * _POINTS,
                    indent=(first.position_x - box.content_box_x()) * _POINTS,
                    width=box.width * _POINTS,
                    base=(first.position_y + first.baseline - top) * _POINTS,
                )
            )
        self.glued = False
        self.bottom = self._rows(top + box.height)


def _with_glue(part: Strip | Prose) -> Strip | Prose:
    from msgspec.structs import replace

    return replace(part, glued=True)


def _text_boxes(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.ParentBox):
            yield from _text_boxes(child)


def placed(box: Any, top: float) -> Iterator[Placed]:
    """Give the text of a box in our faces; raise Strange where it is not what WeasyPrint would draw."""
    if not box.text.strip():
        return
    if box.style["text_decoration_line"] != "none" or box.style["visibility"] != "visible":
        raise Strange("decorated text")
    x = box.position_x * _POINTS
    base = (box.position_y + box.baseline - top) * _POINTS
    runs = list(_runs(box.text, box.style))
    natural = sum(shape(run.kind, run.text).advance for run in runs)
    spaces = box.text.count(" ")
    spread = box.justification_spacing * _POINTS if spaces else 0.0
    if abs(natural + spread * spaces - box.width * _POINTS) > _NEAR + 0.002 * natural:
        raise Strange(f"text of another width: {box.text[:40]!r}")
    for run in runs:
        yield Placed(x, base, run.kind, run.text, spread)
        x += shape(run.kind, run.text).advance + spread * run.text.count(" ")


def _runs(text: str, style: Any) -> Iterator[Run]:
    """Cut text where one face has to help the other out."""
    from weasyprint.text.fonts import font_features

    families = tuple(family for family in style["font_family"] if family.endswith(OURS))
    if not families or style["text_transform"] != "none":
        raise Strange("another typeface")
    names = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric",
             "variant_alternates", "variant_east_asian", "feature_settings")  # fmt: skip
    features = font_features(**{f"font_{name}": style[f"font_{name}"] for name in names})
    size = float(style["font_size"]) * _POINTS
    spacing = style["letter_spacing"]
    tracking = 0.0 if spacing == "normal" else float(spacing) * _POINTS
    upright, weight = style["font_style"] == "normal", 700 if style["font_weight"] >= _BOLD else 400
    divided = style["hyphens"] == "auto"
    if tracking:
        features = {**features, "liga": 0, "clig": 0}
    for path, part in _by_face(text, families, "normal" if upright else "italic", weight):
        kind = Type(path, size, tuple(sorted(features.items())), tracking, style["lang"] or "en")
        yield Run(part, kind, divided)


def _by_face(text: str, families: tuple[str, ...], style: str, weight: int) -> Iterator[tuple[str, str]]:
    main, *others = (_path(family, style, weight) for family in families)
    covered = coverage_of(main)
    begun, path = 0, main
    signs = set(text)
    if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in signs):
        raise Strange("letters that run from right to left")
    if all(ord(sign) in covered or sign.isspace() or _is_unseen(sign) for sign in signs):
        yield main, text
        return
    for index, character in enumerate(text):
        code = ord(character)
        wanted = main if code in covered or character.isspace() or _is_unseen(character) else None
        wanted = wanted or _helping(code, others)
        if wanted != path:
            if index > begun:
                yield path, text[begun:index]
            begun, path = index, wanted
    if begun < len(text):
        yield path, text[begun:]


def _is_unseen(character: str) -> bool:
    return character in "\u200b\u200c\u200d\u2060\u00ad\ufeff"


def _helping(code: int, paths: Sequence[str]) -> str:
    """Give the first face that has a character; raise Strange where none of ours does."""
    path = next((path for path in paths if code in coverage_of(path)), None)
    if path is None or unicodedata.combining(chr(code)):
        raise Strange(f"U+{code:04X} in no face of ours")
    return path


def coverage_of(path: str) -> frozenset[int]:
    """Give the code points that a font file covers."""
    from pathlib import Path

    return coverage(Path(path))


def _path(family: str, style: str, weight: int) -> str:
    """Give the file of the style that comes nearest, the slant weighing more than the weight."""
    best = min(faces(family), key=lambda face: (face.style != style, abs(face.weight - weight)))
    return str(best.path)


def is_left_to_right(language: str) -> bool:
    """Tell whether the composer can set a language's lines."""
    return not xhtml.is_right_to_left(language)
