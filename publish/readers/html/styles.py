"""What stylesheets say about the text of a page: italic, bold, centred, hidden, a page begun.

Word processors write their formatting so (`.c3{font-style:italic}`). Only selectors of an element, a class or
both are read, with what stands before them ignored; of these each says of itself, not of what stands above.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publish.patterns import lazily
from publish.readers.html.tree import Node

_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = lazily(r"([a-zA-Z][\w-]*)?(?:\.([\w-]+))?(?:[.:#\[].*)?", re.DOTALL)
_COMBINED = re.compile(r"[\s>+~]+")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]*)")
_LONGEST_SELECTOR = 400
_BOLDEST, _BOLD = 1000, 600
_READ = frozenset(
    "font-style font-weight font text-align display visibility page-break-before break-before "
    "white-space float".split()
)


class Style(Struct, frozen=True):
    """What is said of an element; None where nothing is."""

    italic: bool | None = None
    bold: bool | None = None
    centred: bool | None = None
    hidden: bool = False
    begins_page: bool = False
    keeps_space: bool | None = None


NONE = Style()
_CONTAINERS = frozenset(("html", "body", "section", "article", "div", "blockquote", "aside"))
_EVERYWHERE = frozenset(("html", "body"))
Sheet = dict[tuple[str, str], dict[str, str]]
"""Declarations by the names of element and class, either of which may be empty."""


def sheet(texts: Sequence[str], linked: Sheet | None = None) -> Sheet:
    """Read the stylesheets of a page, beside those that it names and that are read. Linear time."""
    found: Sheet = {key: dict(said) for key, said in (linked or {}).items()}
    for text in texts:
        for rule in _RULE.finditer(_COMMENT.sub(" ", text).replace("<!--", " ").replace("-->", " ")):
            said = dict(_declarations(rule[2]))
            for selector in rule[1][-_LONGEST_SELECTOR:].split(",") if said else ():
                *above, last = _COMBINED.split(selector.strip())
                match = _SELECTOR.fullmatch(last)
                # What is said of paragraphs in the head of a table is said of no others.
                alone = _EVERYWHERE.issuperset(one.lower() for one in above)
                if match and (match[2] or (match[1] and alone)):
                    found.setdefault(((match[1] or "").lower(), (match[2] or "").lower()), {}).update(said)
    return found


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for match in _DECLARATION.finditer(text):
        if match[1].lower() in _READ:
            yield match[1].lower(), match[2].strip().lower()


def style(node: Node, rules: Sheet) -> Style:
    """Give what is said of an element by its name, its classes and itself."""
    said: dict[str, str] = {}
    keys = [(node.name, ""), *((name, one) for one in node.classes for name in ("", node.name))]
    for key in keys:
        if key in rules:
            said |= rules[key]
    inline = node.get("style")
    if node.name in _CONTAINERS:
        # The looks of a whole section, an epigraph for one, are the house's: the author's are those of words.
        said = {key: value for key, value in said.items() if not key.startswith("font")}
    if inline:
        said |= dict(_declarations(inline))
    centred = node.name == "center" or node.get("align").lower() in ("center", "middle")
    hidden = "hidden" in node.attributes and node.get("hidden").lower() != "until-found"
    if not said and not centred and not hidden:
        return NONE
    # What floats is an initial that is drawn large: no words are meant to stand out.
    plain = said.get("float", "none") != "none"
    return Style(
        italic=None if plain else _italic(said),
        bold=None if plain else _bold(said),
        centred=said["text-align"].startswith("center") if "text-align" in said else centred or None,
        hidden=hidden or said.get("display") == "none" or said.get("visibility") == "hidden",
        begins_page="always" in (said.get("page-break-before", ""), said.get("break-before", ""))
        or said.get("break-before") == "page",
        keeps_space=said["white-space"].startswith("pre") if "white-space" in said else None,
    )


def _italic(said: dict[str, str]) -> bool | None:
    value = said.get("font-style") or said.get("font", "")
    if not value:
        return None
    if "italic" in value or "oblique" in value:
        return True
    return False if "font-style" in said else None


def _bold(said: dict[str, str]) -> bool | None:
    value = said.get("font-weight", "")
    if not value:
        return True if "bold" in said.get("font", "").split() else None
    number = value.split()[0]
    if number.isdecimal() and len(number) <= len(str(_BOLDEST)):
        return int(number) >= _BOLD
    return number in ("bold", "bolder")
