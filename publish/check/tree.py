"""XML as the checks need it: elements that know their line.

Entities that a file declares for itself are refused, since a few lines of them can fill a machine's memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

OPS = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"


class NotWellFormedError(Exception):
    """The file is no XML; `line` and `column` (from 1) say where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


class Element:
    """An element; names are "namespace local", or the local name alone where there is no namespace."""

    __slots__ = ("attributes", "children", "column", "line", "name", "parent")

    def __init__(self, name: str, attributes: dict[str, str], line: int, column: int) -> None:
        self.name, self.attributes, self.line, self.column = name, attributes, line, column
        self.children: list[Element | str] = []
        self.parent: Element | None = None

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]

    def get(self, name: str, namespace: str = "") -> str:
        """Give an attribute's value, "" where it is not set."""
        return self.attributes.get(f"{namespace} {name}" if namespace else name, "")

    def has(self, name: str) -> bool:
        """Tell whether an attribute without namespace is set, be it to nothing."""
        return name in self.attributes

    def walk(self) -> Iterator[Element]:
        """Give the element and all below it, in document order."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def all(self, *locals_: str) -> Iterator[Element]:
        """Give those below it (and itself) with one of some local names."""
        return (element for element in self.walk() if element.local in locals_)

    def text(self) -> str:
        """Give all text below it, white space folded."""
        parts: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                waiting.extend(reversed(node.children))
        return " ".join("".join(parts).split())


def parse(data: bytes) -> Element:
    """Read a document; raises NotWellFormedError."""
    parser = expat.ParserCreate(namespace_separator=" ")
    root = Element("", {}, 0, 0)
    inside = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        element.parent = inside[-1]
        inside[-1].children.append(element)
        inside.append(element)

    def said(text: str) -> None:
        inside[-1].children.append(text)

    def declared(name: str, *_: object) -> None:
        raise _at(parser, f"The file declares an entity of its own (“{name}”), which no e-book may.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.CharacterDataHandler = said
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        message = _no_utf8(data) or expat.ErrorString(fault.code)
        raise NotWellFormedError(message, fault.lineno, fault.offset + 1) from fault
    except (LookupError, ValueError) as fault:
        raise NotWellFormedError(f"the encoding that it states is none ({fault})", 1, 1) from fault
    return next(child for child in root.children if isinstance(child, Element))


def _no_utf8(data: bytes) -> str:
    """Say which byte is none of UTF-8; whoever states another encoding has another fault."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return f"the byte {data[fault.start]:02X} is none of UTF-8"
    return ""


def _at(parser: expat.XMLParserType, message: str) -> NotWellFormedError:
    return NotWellFormedError(message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
