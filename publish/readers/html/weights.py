"""How much text the elements of a page hold, and which text that is."""

from collections.abc import Callable, Iterator
from html import unescape

from msgspec import Struct

from publish.readers.html.tree import BLOCKS, Node

_LEAST_PARAGRAPH = 60
"""Characters outside of links of a block that counts as prose."""
Said = Callable[[tuple[int, int]], str]
"""Gives the text of a range of the page."""


class Weight(Struct):
    """How much text an element holds, in characters that are no space."""

    all: int = 0
    linked: int = 0
    prose: int = 0
    """In paragraphs that are long enough and are not made of links."""
    told: int = 0
    """In paragraphs of any length, outside of links."""
    links: int = 0


def weigh(root: Node, said: Said) -> dict[int, Weight]:
    """Weigh all elements of a page, by their identity."""
    weights: dict[int, Weight] = {}
    for node in reversed(list(root.walk())):
        own = Weight()
        block = 0
        for child in node.children:
            if isinstance(child, Node):
                inner = weights[id(child)]
                own.all += inner.all
                own.linked += inner.linked
                own.links += inner.links
                own.prose += inner.prose
                own.told += inner.told
                block += inner.all - inner.linked if child.name not in BLOCKS else 0
            else:
                size = sum(map(len, said(child).split()))
                own.all += size
                block += size
        if node.name == "a" and "href" in node.attributes:
            own.linked, own.links = own.all, own.links + 1
        elif node.name in BLOCKS and block >= _LEAST_PARAGRAPH:
            own.prose += block
            own.told += block
        elif node.name in PARAGRAPHS:
            own.told += block
        weights[id(node)] = own
    return weights


PARAGRAPHS = frozenset(("p", "blockquote", "pre", "dd"))


def text_of(node: Node, said: Said) -> str:
    """Give the text of an element and of all in it, white space made one."""
    parts: list[str] = []
    stack: list[Node | tuple[int, int]] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, Node):
            stack.extend(reversed(item.children))
        else:
            parts.append(said(item))
    return " ".join(unescape("".join(parts)).split())


def outermost(root: Node, fits: Callable[[Node], bool]) -> Iterator[Node]:
    """Give the elements that fit and stand in none that does."""
    stack = [root]
    while stack:
        node = stack.pop()
        if fits(node):
            yield node
        else:
            stack.extend(reversed(list(node.elements())))


def inside(node: Node) -> set[str]:
    """Give the names of the elements in an element."""
    return {inner.name for inner in node.walk() if inner is not node}
