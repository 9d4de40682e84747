"""What elements say of themselves by classes, types and attributes."""

import re

from publish.document import INFERRED_LANGUAGE
from publish.patterns import lazily
from publish.readers.html.tree import HEADINGS, Node

_BLANK = frozenset(("blank", "space", "blank-line", "invisible", "spacebreak"))
"""Classes of rules that are not drawn."""
_STEP = re.compile(r"(?:indent-?|i|in)([1-8])")
"""A class that sets a line of verse in by so many steps."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")


def is_blank(node: Node) -> bool:
    """Tell whether a rule is not drawn."""
    return not _BLANK.isdisjoint(node.classes)


def level(node: Node) -> int:
    """Give the level of the first heading in an element; 0 where there is none."""
    return next((HEADINGS[child.name] for child in node.elements() if child.name in HEADINGS), 0)


def code(node: Node) -> bool:
    """Tell whether typed lines say that they are code, by a class or an element inside."""
    named = any(name.startswith("language-") or name in ("code", "highlight") for name in node.classes)
    return named or [child.name for child in node.elements()][:1] in (["code"], ["samp"], ["kbd"])


def is_subtitle(node: Node) -> bool:
    """Tell whether an element says that it is a subtitle."""
    return "subtitle" in node.classes or "subtitle" in node.get("epub:type").split()


def quotes(node: Node) -> bool:
    """Tell whether the style of a paragraph, as Word and LibreOffice name them, says that it is quoted."""
    return node.name == "p" and any(_QUOTE.fullmatch(name) for name in node.classes)


_QUOTE = lazily(
    r"mso(?:intense)?quote|msoblocktext|(?:block|intense)?-?quot(?:e|ations?)(?:-western)?|blockquotation"
)


def in_quotation(node: Node) -> bool:
    """Tell whether an element stands in a quotation, an epigraph, a poem, a letter or a figure."""
    return any(above.name in _QUOTING or not _QUOTED.isdisjoint(above.classes) for above in node.above())


_QUOTING = frozenset(("blockquote", "figure"))
_QUOTED = frozenset(("quote", "quotation", "pullquote", "epigraph", "poem", "verse", "letter"))


def step(node: Node) -> int:
    """Give the steps by which a line of verse is set in."""
    found = (match for name in node.classes if (match := _STEP.fullmatch(name)))
    return next((int(match[1]) for match in found), 0)


def language(node: Node) -> str:
    """Give the language of an element; empty where it says nothing, or where `publish` inferred it."""
    if INFERRED_LANGUAGE in node.classes:
        return ""
    said = node.get("lang") or node.get("xml:lang")
    return said if _LANGUAGE.fullmatch(said) else ""


def primary(name: str) -> str:
    """Give a language without its country."""
    return name.partition("-")[0].lower()


def page(node: Node) -> str:
    """Give the number of a page of print that begins where an element stands."""
    if "pagebreak" not in node.get("epub:type") and "pagebreak" not in node.get("role"):
        return ""
    label = node.get("title") or node.get("aria-label") or node.get("id").rpartition("_")[2]
    found = re.search(r"\d{1,5}|[ivxlcdm]{1,12}(?=\W|\Z)", label.lower())
    return found[0] if found else ""


def shows_formula(node: Node) -> bool:
    """Tell whether an element only draws the formula beside it, as KaTeX and MathJax write both."""
    if node.get("aria-hidden") != "true" or node.parent is None:
        return False
    beside = (other for other in node.parent.elements() if other is not node)
    return any(inner.name == "math" for other in beside for inner in other.walk())


def entry(node: Node) -> int:
    """Give in how many lists a paragraph stands that Word calls one of several entries; 0 for any other."""
    if not any(name.startswith("msolistparagraphcxsp") for name in node.classes):
        return 0
    found = _MARGIN.search(node.get("style").replace(" ", ""))
    return min(max(1, round(float(found[1]) / _MARGIN_OF_ENTRY)), _DEEPEST) if found else 1


_MARGIN = lazily(r"margin-left:([0-9]{1,3}(?:\.[0-9]{1,3})?)pt")
_MARGIN_OF_ENTRY, _DEEPEST = 36, 8
"""Points by which Word sets in an entry of each list in another."""
