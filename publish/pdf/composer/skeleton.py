"""A section with one letter in place of many: what WeasyPrint needs to lay out of it to tell how all looks.

Paragraphs that hold words and nothing else are folded, those in a row that look alike into one line; so are
the words of notes and of lists' entries. What cannot be folded stays as it is.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from msgspec import Struct

_OWNERS = frozenset(("p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))
_WHOLE = frozenset(("figure", "table"))
"""What WeasyPrint draws as one."""
_SPANS = frozenset(("lead-in", "whole", "other", "speaker"))
_PLAIN = frozenset(("", "first", "speech", "apart", "apart speech"))
"""Classes of paragraphs of running text."""
_ENTRY = "data-entry"
_NONE: Mapping[int, float] = {}
_BLOCKS = frozenset(("p", "ul", "ol"))
"""What stands in a list's entry beside its words."""

Path = tuple[tuple[str, str, str], ...]
"""The elements around some words inside a paragraph, outermost first: tag, class and language."""
Words = tuple[str, Path]
Within = tuple[tuple[str, int], ...]
"""Elements of the file's structure around a block, outermost first: kind and a number of its own."""


class Owner(Struct, frozen=True):
    """A paragraph or heading: what a line belongs to, in the file's structure and in the book."""

    tag: str
    division: str
    """Identifier of the division; empty before the first."""
    block: int
    """Which of the division's blocks it is or stands in; -1 for a heading."""
    offset: int
    """Characters of that block which stand before it."""
    within: Within = ()


class Folded(Struct, frozen=True):
    """Words that one line stands for: a paragraph's, a note's, an entry's."""

    owner: int
    pieces: tuple[Words | int, ...]
    """Words as they look, and the numbers of the notes that are called between them."""


class Group(Struct):
    """What is folded into one line."""

    paths: list[Path]
    members: list[Folded]


class Skeleton:
    """The section as it is laid out; paragraphs and notes whose numbers are `apart` are not folded.

    `wide` gives tables a size of type by the number of their owner. Tables and figures that no page holds are
    `unrolled`: their cells, or their captions, are paragraphs then. `low` gives pictures a height in points.
    """

    def __init__(
        self,
        body: str,
        apart: Collection[int] = (),
        wide: Mapping[int, float] = _NONE,
        unrolled: Collection[int] = (),
        low: Mapping[int, float] = _NONE,
    ) -> None:
        self.apart = apart
        self.wide = wide
        self.owners: list[Owner] = []
        self.groups: list[Group] = []
        self.marks: dict[str, tuple[str, int]] = {}
        self.root = ET.fromstring(f'<body xmlns:epub="e">{body}</body>')
        wholes = [one for one in self.root.iter() if one.tag in _WHOLE]
        for number, one in enumerate(wholes):
            one.set("data-whole", str(number))
            if number in unrolled:
                _unroll(one)
            if (height := low.get(number)) and (picture := one.find("img")) is not None:
                picture.set("style", f"max-height:{height:.2f}pt")
        self.letters = inked("".join(self.root.itertext()))
        self.notes = [one for one in self.root.iter("span") if _is_note(one)]
        """In the order of their calls."""
        self._numbered = {id(note): number for number, note in enumerate(self.notes)}
        self._structures = 0
        self._offset = 0
        self._section(self.root, "")
        for note in self.notes:
            self._fold_note(note)
        self._above = {id(child): parent for parent in self.root.iter() for child in parent}

    def html(self) -> str:
        """Give what is laid out, from start to end tag of the body."""
        return ET.tostring(self.root, encoding="unicode", method="html")

    def alone(self, block: ET.Element) -> str:
        """Give a body with nothing in it but one block, inside what surrounds it here."""
        made = ET.fromstring(ET.tostring(block))
        made.tail = ""
        made.set("data-alone", "")
        for note in filter(_is_note, made.iter("span")):
            # The number would be 1 again; what it says stands elsewhere.
            note.set("class", "note numbered")
            note.set("data-number", note.get("data-number") or str(int(note.get("data-note", "0")) + 1))
        at = self._above.get(id(block))
        while at is not None:
            around = ET.Element(at.tag, at.attrib)
            if at.tag == "li":
                # Its number stands beside its first line.
                around.set("style", "list-style:none")
            around.append(made)
            made, at = around, self._above.get(id(at))
        return ET.tostring(made, encoding="unicode", method="html")

    def _section(self, parent: ET.Element, division: str) -> None:
        block = 0
        for child in list(parent):
            _clean(child)
            if child.tag == "section":
                name = child.get("data-place") or child.get("id") or division
                if label := child.get("data-outline"):
                    self.marks[name] = (label, int(child.get("data-depth", "1")))
                self._section(child, name)
                continue
            heads = child.tag == "header"
            self._offset = 0
            self._owned(child, Owner("", division, -1 if heads else block, 0))
            block += not heads
        self._fold(parent)

    def _owned(self, element: ET.Element, owner: Owner) -> None:
        """Give the paragraphs and headings in a block their numbers and fold what can be folded."""
        _clean(element)
        if element.tag == "li":
            _wrap_entry(element)
        within = (*owner.within, *self._structure(element))
        if element.tag == "li":
            element.set("data-label", str(len(self.owners)))
            self.owners.append(Owner("lbl", owner.division, owner.block, self._offset, within[:-1]))
        if element.tag in _OWNERS or element.tag in _WHOLE or element.get(_ENTRY):
            tag = "p" if element.get(_ENTRY) or element.tag == "pre" else element.tag
            made = Owner(tag, owner.division, owner.block, self._offset, within)
            element.set("data-owner", str(len(self.owners)))
            if size := self.wide.get(len(self.owners)):
                element.set("style", f"font-size:{size}em;")
            self.owners.append(made)
            self._offset += len("".join(element.itertext()))
            for one in element.iter():
                _clean(one)
            return
        inner = Owner("", owner.division, owner.block, 0, within)
        for child in element:
            self._owned(child, inner)
        self._fold(element)

    def _structure(self, element: ET.Element) -> Within:
        kinds = {"blockquote": ("BlockQuote",), "ul": ("L",), "ol": ("L",), "li": ("LI", "LBody")}
        kinds["div"] = () if element.get(_ENTRY) else ("BlockQuote",)
        found = kinds.get(element.tag, ())
        first = self._structures + 1
        self._structures += len(found)
        return tuple(zip(found, range(first, first + len(found)), strict=True))

    def _fold(self, parent: ET.Element) -> None:
        """Let one line stand for each row of plain paragraphs that look alike."""
        kept: list[ET.Element] = []
        for child in list(parent):
            if not self._is_plain(child):
                kept.append(child)
                continue
            folded, notes = self._folded(child), any(map(_is_note, child.iter("span")))
            before = kept[-1] if kept else None
            if before is None or not before.get("data-group") or not _is_alike(before, child) or notes:
                before = self._opened(child, folded)
                kept.append(before)
            group = self.groups[int(before.get("data-group", "0")) - 1]
            group.paths += [path for path in _paths([folded]) if path not in group.paths]
            group.members.append(folded)
            if notes:
                before.set("data-closed", "")
        parent[:] = [one for child in kept for one in self._samples(child)]

    def _samples(self, child: ET.Element) -> Iterator[ET.Element]:
        """Give what stands for a child; what follows one that looks alike may stand off from it."""
        yield child
        if child.get("data-group"):
            self._sample(child)
            if len(self.groups[int(child.get("data-group", "0")) - 1].members) > 1:
                again = ET.Element(child.tag, {**child.attrib, "data-again": ""})
                again.text = "x"
                yield again

    def _opened(self, like: ET.Element, folded: Folded) -> ET.Element:
        self.groups.append(Group([()], []))
        names = ("class", _ENTRY)
        made = ET.Element(like.tag, {name: like.get(name, "") for name in names if name in like.attrib})
        made.set("data-group", str(len(self.groups)))
        made.extend(self.notes[piece] for piece in folded.pieces if isinstance(piece, int))
        return made

    def _sample(self, element: ET.Element) -> None:
        """Fill an element with one letter for each way in which letters look there; its notes stay."""
        group = self.groups[int(element.get("data-group", "0")) - 1]
        notes = [child for child in element if _is_note(child)]
        element.text, element[:] = "x", []
        for path in group.paths[1:]:
            inner = element
            for tag, name, language in path:
                found = {"class": name, "lang": language}
                inner = ET.SubElement(inner, tag, {key: value for key, value in found.items() if value})
                if name.startswith("drop-"):
                    # What stands beside it is told by the composer.
                    inner.set("style", "float:none;line-height:0;vertical-align:top")
            inner.text = "x"
        for note in notes:
            note.tail = ""
            element.append(note)

    def _fold_note(self, note: ET.Element) -> None:
        note.set("data-note", str(self._numbered[id(note)]))
        number = -1 - self._numbered[id(note)]
        if number in self.apart or not all(one is note or is_style(one) for one in note.iter()):
            return
        folded = Folded(number, tuple(_pieces(note, (), self._numbered)))
        self.groups.append(Group([()], [folded]))
        self.groups[-1].paths += [path for path in _paths([folded]) if path]
        note.set("data-group", str(len(self.groups)))
        self._sample(note)

    def _folded(self, element: ET.Element) -> Folded:
        return Folded(int(element.get("data-owner", "-1")), tuple(_pieces(element, (), self._numbered)))

    def _is_plain(self, element: ET.Element) -> bool:
        if int(element.get("data-owner", "-1")) in self.apart or element.get("data-group"):
            return False
        if not element.get(_ENTRY) and (element.tag != "p" or element.get("class", "") not in _PLAIN):
            return False
        return all(one is element or is_style(one) or _is_note(one) for one in _outside_notes(element))


def _unroll(whole: ET.Element) -> None:
    """Put what a table or a figure says below one another; each row stands off from the one above."""
    below = [*whole.iter("p")]
    for row in whole.iter("tr"):
        cells = [one for one in row if "".join(one.itertext()).strip()]
        for cell in cells:
            cell.tag, cell.attrib = "p", {"class": "apart"} if cell is cells[0] else {}
        below += cells
    if whole.tag == "figure":
        picture = ET.Element("figure", whole.attrib)
        picture.extend(whole.findall("img"))
        below.insert(0, picture)
    whole.tag, whole.attrib, whole[:] = "div", {}, below


def inked(text: str) -> int:
    """Count letters and figures, which no line end adds or takes."""
    return sum(map(str.isalnum, text))


def is_style(element: ET.Element) -> bool:
    """Tell whether an element only says how its words look."""
    if element.tag == "span":
        name = element.get("class", "")
        return (
            name in _SPANS
            or name.startswith("drop-")
            or (not name and bool(element.get("lang")) and not element.get("role"))
        )
    return element.tag in ("em", "strong")


def _is_note(element: ET.Element) -> bool:
    return element.tag == "span" and element.get("class", "").partition(" ")[0] == "note"


def _outside_notes(element: ET.Element) -> Iterator[ET.Element]:
    yield element
    for child in element:
        if _is_note(child):
            yield child
        else:
            yield from _outside_notes(child)


def _is_alike(group: ET.Element, element: ET.Element) -> bool:
    alike = all(group.get(name) == element.get(name) for name in ("class", _ENTRY))
    return alike and group.tag == element.tag and "data-closed" not in group.attrib


def _clean(element: ET.Element) -> None:
    for name in [name for name in element.attrib if name.startswith("{")]:
        del element.attrib[name]
    element.set("class", element.get("class", "").replace("short-tail", "").strip())
    if not element.get("class"):
        del element.attrib["class"]


def _wrap_entry(entry: ET.Element) -> None:
    """Put the words of an entry that stand in no paragraph into an element of their own."""
    inner = ET.Element("div", {_ENTRY: "1"})
    inner.text, entry.text = entry.text, ""
    for child in list(entry):
        if child.tag in _BLOCKS:
            break
        entry.remove(child)
        inner.append(child)
    if "".join(inner.itertext()).strip():
        entry.insert(0, inner)


def _pieces(element: ET.Element, path: Path, notes: dict[int, int]) -> Iterator[Words | int]:
    if element.text:
        yield element.text, path
    for child in element:
        if _is_note(child):
            yield notes[id(child)]
        else:
            step = (child.tag, child.get("class", ""), child.get("lang", ""))
            yield from _pieces(child, (*path, step), notes)
        if child.tail:
            yield child.tail, path


def _paths(members: Sequence[Folded]) -> dict[Path, None]:
    return dict.fromkeys(piece[1] for one in members for piece in one.pieces if not isinstance(piece, int))
