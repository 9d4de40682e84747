"""The entries of a list: what counts them, and whether they are a list at all."""

import re

from publish.readers.html.tree import BLOCKS, HEADINGS, Node
from publish.readers.office.counting import counted

_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NUMBER = re.compile(r"\d{1,6}")
_LONGEST = 400
"""Letters of a lone entry; a page may set a whole text in as one."""


def signs(node: Node) -> dict[int, str]:
    """Give what stands before each entry of a list, by the identity of the entry.

    A star, a number with its stop and a space, or a letter with its stop alone: no book's list counts so.
    """
    items = [child for child in node.elements() if child.name == "li"]
    if node.name != "ol":
        return dict.fromkeys(map(id, items), "* ")
    step = -1 if "reversed" in node.attributes else 1
    number = int(node.get("start")) if _NUMBER.fullmatch(node.get("start")) else len(items) if step < 0 else 1
    form = _FORMS[node.get("type")] if is_lettered(node) else ""
    found: dict[int, str] = {}
    for item in items:
        number = int(item.get("value")) if _NUMBER.fullmatch(item.get("value")) else number
        found[id(item)] = f"{counted(number, form)}{'.' if form else '. '}"
        number += step
    return found


def is_lettered(node: Node) -> bool:
    """Tell whether letters or roman numerals count the entries."""
    return node.name == "ol" and node.get("type") in _FORMS


def is_list(node: Node, letters: int) -> bool:
    """Tell whether a list is one to its author: several entries, or a short one; it holds so many letters."""
    items = [child for child in node.elements() if child.name == "li"]
    if len(items) != 1:
        return len(items) > 1
    blocks = [inner for inner in items[0].walk() if inner is not items[0] and inner.name in BLOCKS]
    return 0 < letters <= _LONGEST and len(blocks) < 2 and not any(b.name in HEADINGS for b in blocks)
