"""The elements of a page: which stands in which, by those of HTML's rules that a text depends on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from publish.readers.html import tokens
from publish.readers.html.tokens import Token, Value

DEEPEST = 100
"""Elements inside each other; what lies deeper counts as lying in the last of them. Pages have 10 to 30."""

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track "
    "wbr".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "menu nav ol optgroup option p pre search section select summary table tbody td tfoot th thead title "
    "tr ul".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FORMATTING = frozenset("b big em font i s small strike strong tt u".split())
_CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"), "td": ("td", "th"),
    "th": ("td", "th"), "thead": ("tr", "td", "th", "tbody", "tfoot"),
    "tbody": ("tr", "td", "th", "thead", "tfoot", "tbody"), "tfoot": ("tr", "td", "th", "thead", "tbody"),
    "option": ("option",),
}  # fmt: skip
"""Which open elements a further one ends."""
_HOLDERS = {
    "li": ("ul", "ol", "menu", "dir"),
    "dt": ("dl",),
    "dd": ("dl",),
    **dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot"), ("table",)),
    "option": ("select",),
}
_CELLS = frozenset(("td", "th", "caption", "table"))
_IN_TABLES = _CELLS | {"tr", "thead", "tbody", "tfoot"}


class Node(Struct, eq=False):
    """One element."""

    name: str
    attributes: dict[str, Value]
    start: int
    """Where its first tag begins."""
    inside: int
    """Where its content begins."""
    parent: Node | None
    children: list[Node | tuple[int, int]]
    """Elements, and ranges of text."""
    until: int = -1
    """Where its formatting ends, if before its content does."""

    def get(self, attribute: str) -> str:
        """Give what an attribute says, empty without it."""
        value = self.attributes.get(attribute)
        return value.text if value else ""

    @property
    def classes(self) -> list[str]:
        """Its classes, in small letters."""
        return self.get("class").lower().split()

    def elements(self) -> Iterator[Node]:
        """Give the elements directly inside it."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        """Give it and all elements in it, in the order in which they stand."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def above(self) -> Iterator[Node]:
        """Give the elements that it stands in, the innermost first."""
        node = self.parent
        while node:
            yield node
            node = node.parent


class Page(Struct, frozen=True):
    """A page as its elements, and what of it is markup."""

    root: Node
    markup: tuple[tuple[int, int], ...]
    styles: tuple[tuple[int, int], ...]
    """Ranges of stylesheets."""
    data: tuple[tuple[int, int], ...]
    """Ranges of JSON-LD, in which a site says what a page is."""


def parse(text: str, *, xml: bool = False, plain: bool = False) -> Page:
    """Give the elements of a page. Linear time; never fails.

    `plain`: the XML is no HTML, so that no name means anything, and every element is closed by its own tag.
    """
    builder = _Builder(text, xml=xml, plain=plain)
    for token in tokens.tokens(text, xml=xml, plain=plain):
        builder.take(token)
    return Page(builder.root, tuple(builder.markup), tuple(builder.styles), tuple(builder.data))


class _Builder:
    """The elements that are open while the tokens of a page are taken."""

    def __init__(self, text: str, *, xml: bool, plain: bool) -> None:
        self.xml = xml
        self.plain = plain
        self.root = Node("", {}, 0, 0, None, [])
        self.open: list[Node] = [self.root]
        self.deeper: Counter[str] = Counter()
        """Open elements that lie too deep, by name."""
        self.markup: list[tuple[int, int]] = []
        self.styles: list[tuple[int, int]] = []
        self.data: list[tuple[int, int]] = []
        self.closed = Counter(
            name
            for name in _FORMATTING
            for _ in range(text.count(f"</{name}>") + text.count(f"</{name.upper()}>"))
        )
        """How many end tags of formatting are still to come."""

    def take(self, token: Token) -> None:
        """Take the next token."""
        if not token.name:
            self.open[-1].children.append((token.start, token.end))
            return
        self.markup.append((token.start, token.end))
        if token.name == "!":
            self._raw(token)
        elif token.closing:
            self._close(token)
        else:
            self._begin(token)

    def _raw(self, token: Token) -> None:
        """Keep where stylesheets and a page's own data stand."""
        inner = self.open[-1]
        if inner.name == "style":
            self.styles.append((token.start, token.end))
        elif inner.name == "script" and "ld+json" in inner.get("type").lower():
            self.data.append((token.start, token.end))

    def _begin(self, token: Token) -> None:
        name = token.name
        again: list[Node] = []
        if name in BLOCKS and not self.plain:
            again = self._end_paragraph(name)
        if name in _CLOSES and not self.plain:
            self._end_fellows(name)
        node = Node(name, token.attributes, token.start, token.end, self.open[-1], [])
        self.open[-1].children.append(node)
        if (name in VOID and not self.plain) or (self.xml and token.alone):
            return
        if len(self.open) >= DEEPEST:
            self.deeper[name] += 1
            return
        self.open.append(node)
        self._reopen(again, token.end)

    def _end_paragraph(self, name: str) -> list[Node]:
        """End the paragraph that a block stands in, since none can; headings end each other too."""
        for place in range(len(self.open) - 1, 0, -1):
            inner = self.open[place].name
            if inner == "p" or (inner in HEADINGS and name in HEADINGS):
                return self._cut(place)
            if inner in BLOCKS or inner == "button":
                break
        return []

    def _end_fellows(self, name: str) -> None:
        fellows, holders = _CLOSES[name], _HOLDERS[name]
        for place in range(len(self.open) - 1, 0, -1):
            inner = self.open[place].name
            if inner in holders:
                break
            if inner in fellows:
                self._cut(place)

    def _cut(self, place: int) -> list[Node]:
        """End the open elements from one on; give the formatting among them that is ended further on."""
        ended = self.open[place:]
        del self.open[place:]
        return [node for node in ended[1:] if node.name in _FORMATTING and self.closed[node.name] > 0]

    def _reopen(self, nodes: list[Node], at: int) -> None:
        """Let formatting that reaches over the end of a paragraph go on in the next."""
        for node in nodes:
            if len(self.open) < DEEPEST:
                new = Node(node.name, node.attributes, at, at, self.open[-1], [])
                self.open[-1].children.append(new)
                self.open.append(new)

    def _close(self, token: Token) -> None:
        name = token.name
        self.closed[name] -= name in _FORMATTING
        if self.deeper[name]:
            self.deeper[name] -= 1
            return
        if name == "br" and not self.plain:
            self.open[-1].children.append(Node("br", {}, token.start, token.end, self.open[-1], []))
            return
        for place in range(len(self.open) - 1, 0, -1):
            inner = self.open[place]
            if inner.name == name or (name in HEADINGS and inner.name in HEADINGS):
                again = self._cut(place)
                self._reopen(again if name in BLOCKS else [], token.end)
                return
            if self.plain:
                continue
            if name in _FORMATTING and inner.name in BLOCKS:
                self._end_formatting(name, token.start)
                return
            if inner.name in _CELLS and name not in _IN_TABLES:
                return

    def _end_formatting(self, name: str, at: int) -> None:
        """End formatting inside a block that stands in it."""
        for node in reversed(self.open):
            if node.name == name and node.until < 0:
                node.until = at
                return
