"""XML as a tree whose elements know where they stand in the text.

A parser of the standard library says whether a text is well formed; the places come from a second look at
it, since that parser counts bytes and merges text. Declarations of types are refused: with them go all
entities, those that read files and those that grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from msgspec import Struct

from publish.diagnostic import PublishError
from publish.source import Piece, Run

_DEEPEST = 200
"""Elements inside each other; a table in a text box in a table comes to 40."""
_MOST_FIGURES = 9
_MOST = 4_000_000
"""Elements of one member; a novel of 120,000 words has 200,000 where every word was edited."""
# No possessive group: Python before 3.11.5 matches those wrongly. What is well formed needs none.
_TOKEN = re.compile(
    r"""<(?P<close>/)?(?P<name>[^\s<>/!?"'=]++)"""
    r"""(?P<attributes>(?:[^<>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*)(?P<empty>/)?>"""
    r"""|<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<cdata>.*?)\]\]>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s=]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d+)|#x(?P<hex>[0-9A-Fa-f]+)|(?P<name>\w+));|[\t\r\n]+")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
}
"""The prefixes by which elements are called here, whatever the file calls them."""


class Element(Struct, gc=False):
    """An element: `start` and `end` are those of its whole, its tags included."""

    name: str
    """With the prefix of `_SPACES`: "w:p"."""
    start: int
    end: int
    tag: tuple[int, int]
    """Where its attributes stand."""
    children: list[Element | Words]
    text: str
    """The whole text in which the places are."""

    def get(self, name: str, default: str = "") -> str:
        """Give the value of an attribute by its name without prefix."""
        place = self.place(name)
        return resolved(self.text[place[0] : place[1]]) if place else default

    def number(self, name: str = "val", usual: int = 1) -> int:
        """Give the number that an attribute says; what is usual for none, and for one that none can be."""
        told = self.get(name)
        return int(told) if told.isdecimal() and len(told) <= _MOST_FIGURES else usual

    def place(self, name: str) -> tuple[int, int] | None:
        """Give where the value of an attribute stands."""
        if self.text.find(name, *self.tag) < 0:
            return None
        for found in _ATTRIBUTE.finditer(self.text, *self.tag):
            if found["name"].rpartition(":")[2] == name:
                return found.span("double" if found["double"] is not None else "single")
        return None

    def elements(self) -> Iterator[Element]:
        """Give the elements right inside."""
        return (child for child in self.children if isinstance(child, Element))

    def child(self, name: str) -> Element | None:
        """Give the first element of a name right inside."""
        for child in self.children:
            if isinstance(child, Element) and child.name == name:
                return child
        return None

    def find(self, *names: str) -> Element | None:
        """Give the first element of some names anywhere inside."""
        return next(self.all(*names), None)

    def all(self, *names: str) -> Iterator[Element]:
        """Give all elements of some names inside, in their order."""
        for child in self.elements():
            if child.name in names:
                yield child
            yield from child.all(*names)

    def says(self) -> str:
        """Give all text inside."""
        return "".join(
            resolved(self.text[child.start : child.end]) if isinstance(child, Words) else child.says()
            for child in self.children
        )


class Words(Struct, gc=False, frozen=True):
    """Text between two tags."""

    start: int
    end: int
    plain: bool = True
    """False where it stands as CDATA: nothing in it stands for another sign, and nothing is written there."""


def parse(data: bytes, text: str, name: str) -> Element:
    """Give the tree of a text; its root holds the one element that the text has.

    `name` is the file as people know it. Raises PublishError for what is not well formed, declares types, is
    nested too deeply or too large.
    """
    _check(data, name)
    root = Element("", 0, len(text), (0, 0), [], text)
    open_now: list[Element] = [root]
    names = _Names(name)
    done = 0
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        close, called, attributes, empty, cdata = token.groups()
        if start > done and len(open_now) > 1:
            open_now[-1].children.append(Words(done, start))
        done = end
        if close:
            open_now.pop().end = end
        elif called:
            edge = end - 2 if empty else end - 1
            tag = (edge - len(attributes), edge) if attributes else (0, 0)
            element = Element(names.at(called, attributes, len(open_now)), start, end, tag, [], text)
            open_now[-1].children.append(element)
            if not empty:
                open_now.append(element)
        elif cdata:
            open_now[-1].children.append(Words(*token.span("cdata"), plain=False))
        if names.depth >= len(open_now):
            names.leave(len(open_now))
    return root


_REFUSED = "It was not read. Save it anew with the program that made it."


def _check(data: bytes, name: str) -> None:
    """Raise PublishError for a text that is not well formed, or that declares types."""

    def refuse(*_: object) -> None:
        raise PublishError(f"{name}: the document declares types or entities.", _REFUSED)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # The last two are of encodings that are none, or that no parser knows.
        raise PublishError(f"{name}: the document inside is damaged ({error}).", _REFUSED) from error


class _Names:
    """What the prefixes of a file stand for, at the place that is looked at."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.spaces: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.before: list[tuple[int, dict[str, str]]] = []
        self.depth = 0
        """How many elements are open where the innermost stands that declares prefixes."""

    def at(self, called: str, attributes: str, depth: int) -> str:
        """Give what an element is called, inside of so many others, and take in what prefixes it declares."""
        self.count += 1
        if depth > _DEEPEST or self.count > _MOST:
            raise PublishError(f"{self.file}: the document is built as only an attack is.", _REFUSED)
        if "xmlns" in attributes:
            self._enter(depth, attributes)
        return self.known.get(called) or self._of(called)

    def _enter(self, depth: int, attributes: str) -> None:
        self.before.append((self.depth, self.spaces))
        self.depth = depth
        self.spaces = dict(self.spaces)
        for found in _ATTRIBUTE.finditer(attributes):
            head, _, prefix = found["name"].partition(":")
            if head == "xmlns":
                value = found["double"] if found["double"] is not None else found["single"]
                self.spaces[prefix] = _SPACES.get(value, "?")
        self.known = {}

    def leave(self, depth: int) -> None:
        """Forget what was declared by elements that are closed where so many are open."""
        while self.depth >= depth:
            self.depth, self.spaces = self.before.pop()
            self.known = {}

    def _of(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        space = self.spaces.get(prefix, "")
        self.known[name] = f"{space}:{local}" if space else local
        return self.known[name]


def resolved(text: str) -> str:
    """Give a text with its references resolved."""
    return _REFERENCE.sub(_sign, text) if "&" in text else text


def _sign(found: re.Match[str]) -> str:
    if found["decimal"] or found["hex"]:
        number = int(found["decimal"] or found["hex"], 10 if found["decimal"] else 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return _NAMED.get(found["name"], found[0]) if found["name"] else " "


def run_of(words: Words, text: str, source: int) -> Run:
    """Give words as a run: what stands for another sign, and white space that is one space, as such."""
    start, end = words.start, words.end
    part = text[start:end]
    if not words.plain:
        return Run(part, (Piece(0, source, start, end, exact=False),))
    if "&" not in part and part.isprintable():
        return Run(part, (Piece(0, source, start, end, exact=True),))
    pieces: list[Piece] = []
    done = length = 0
    signs: list[str] = []
    for found in _REFERENCE.finditer(part):
        if found.start() > done:
            pieces.append(Piece(length, source, start + done, start + found.start(), exact=True))
            signs.append(part[done : found.start()])
            length += found.start() - done
        sign = _sign(found)
        pieces.append(Piece(length, source, start + found.start(), start + found.end(), exact=False))
        signs.append(sign)
        length += len(sign)
        done = found.end()
    if done < len(part):
        pieces.append(Piece(length, source, start + done, end, exact=True))
        signs.append(part[done:])
    return Run("".join(signs), tuple(pieces))
