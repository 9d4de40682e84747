"""The content documents: ids, links, headings, languages, pictures, and types with their roles."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from publish.check.finding import Finding, error, warning
from publish.check.package import Package, resolve
from publish.check.tree import OPS, XML, Element, NotWellFormedError, parse
from publish.pictures import names_a_file

XHTML_TYPE = "application/xhtml+xml"
_ROLES = {
    kind: f"doc-{kind.replace('-', '')}"
    for kind in (
        "abstract acknowledgments afterword appendix backlink bibliography biblioref chapter colophon "
        "conclusion credit credits dedication endnotes epigraph epilogue errata footnote foreword glossary "
        "glossref index introduction noteref notice page-list pagebreak part preface prologue pullquote qna "
        "subtitle tip toc"
    ).split()
}
"""DPUB-ARIA's role for a type, where it has one (DPUB-ARIA 1.1)."""
_UNROLED = {"body", "a"}
"""Elements on which Ace asks for no role: the type of a body, and of a link in the landmarks."""
_OUTDATED = {"directory", "doc-biblioentry", "doc-endnote"}
"""Roles that WAI-ARIA 1.2 and DPUB-ARIA 1.1 have given up."""
_ROLED_LINKS = {"backlink", "biblioref", "glossref", "noteref"}

Documents = Mapping[str, Element]
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)""")
_HEAD = 200
"""Bytes in which a file states its encoding."""


def read(package: Package, entries: Mapping[str, bytes]) -> tuple[dict[str, Element], list[Finding]]:
    """Read the XHTML documents that the manifest lists."""
    found: dict[str, Element] = {}
    faults = []
    for item in package.items.values():
        if item.media_type != XHTML_TYPE or item.name not in entries:
            continue
        try:
            found[item.name] = parse(entries[item.name])
        except NotWellFormedError as fault:
            message = f"The file is no well-formed XML: {fault.message}."
            faults.append(error("document-unreadable", message, item.name, fault.line, fault.column))
        encoding = _ENCODING.match(entries[item.name][:_HEAD])
        if encoding and encoding[1].lower() != b"utf-8":
            message = f"The file is in {encoding[1].decode()}; the files of an e-book are in UTF-8."
            faults.append(error("document-unreadable", message, item.name, 1, 1))
    return found, faults


def faults(package: Package, documents: Documents, entries: Mapping[str, bytes]) -> Iterator[Finding]:
    """Give what is wrong with the documents, one after the other."""
    ids = {
        name: Counter(element.get("id") for element in root.walk() if element.get("id"))
        for name, root in documents.items()
    }
    for name, root in documents.items():
        yield from _doubled(name, root, ids[name])
        yield from _links(name, root, ids, entries)
        yield from _whole(name, root)
        if name != package.nav:
            yield from _headings(name, root)
        yield from _pictures(name, root)
        yield from _types(name, root)
        yield from _landmarks(name, root)


def _doubled(name: str, root: Element, ids: Mapping[str, int]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for element in root.walk():
        identified = element.get("id")
        seen[identified] += 1
        if identified and seen[identified] == 2:  # noqa: PLR2004 - the first that should not be there
            message = f"The id “{identified}” stands {ids[identified]} times."
            yield error("duplicate-id", message, name, element.line, element.column)


def _links(
    name: str, root: Element, ids: Mapping[str, Mapping[str, int]], entries: Mapping[str, bytes]
) -> Iterator[Finding]:
    for element in root.walk():
        for attribute in ("href", "src"):
            reference = element.get(attribute)
            place = (name, element.line, element.column)
            if not reference:
                continue
            target, fragment = resolve(name, reference)
            if target and target not in entries:
                yield error("link-broken", f"It refers to “{target}”, which the book does not hold.", *place)
            elif target in ids and fragment and fragment not in ids[target]:
                yield error("link-broken", f"“{target}” has no place “{fragment}”.", *place)
        if element.local == "a" and element.has("href") and not _named(element):
            yield warning("link-name", "The link has no words by which it could be announced.", *place)


def _named(element: Element) -> bool:
    labels = (element.get("aria-label"), element.get("title"), element.get("aria-labelledby"))
    return bool(element.text() or any(labels) or any(image.get("alt") for image in element.all("img")))


def _whole(name: str, root: Element) -> Iterator[Finding]:
    if not (root.get("lang") or root.get("lang", XML)):
        yield warning("html-has-lang", "The document does not say in which language it is.", name, root.line)
    elif root.get("lang") and root.get("lang", XML) and root.get("lang") != root.get("lang", XML):
        yield warning("html-xml-lang-mismatch", "The document states two languages.", name, root.line)
    if not any(title.text() for title in root.all("title")):
        yield warning("document-title", "The document has no title.", name, root.line)


def _headings(name: str, root: Element) -> Iterator[Finding]:
    """Give headings that skip a level downwards, and those without words."""
    before = 0
    for element in root.all("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(element.local[1])
        place = (name, element.line, element.column)
        if before and level > before + 1:
            yield warning(
                "heading-order", f"A heading of level {level} follows one of level {before}.", *place
            )
        if not _named(element):
            yield warning("empty-heading", "The heading has no words.", *place)
        before = level


def _pictures(name: str, root: Element) -> Iterator[Finding]:
    for element in root.all("img", "area"):
        decorative = element.get("role") in ("presentation", "none") or element.get("aria-hidden") == "true"
        if not element.has("alt") and not element.get("aria-label") and not decorative:
            message = "The picture has no alternative text; one that only decorates has an empty one."
            yield warning("image-alt", message, name, element.line, element.column)
        elif names_a_file(element.get("alt")):
            message = f"The alternative text “{element.get('alt')}” says nothing of what the picture shows."
            yield warning("image-alt", message, name, element.line, element.column)


def _landmarks(name: str, root: Element) -> Iterator[Finding]:
    """Give navigation that nothing tells apart from other navigation in the same document."""
    seen: set[str] = set()
    for element in root.all("nav"):
        label = element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
        if element.has("hidden") or element.get("role") not in ("", "navigation"):
            continue
        if label in seen:
            message = (
                "Two lists of links have the same name, or none (aria-label): nobody can tell which is which."
            )
            yield warning("landmark-unique", message, name, element.line, element.column)
        seen.add(label)


def _types(name: str, root: Element) -> Iterator[Finding]:
    for element in root.walk():
        types, roles = element.get("type", OPS).split(), element.get("role").split()
        place = (name, element.line, element.column)
        if len(roles) > 1:
            yield warning("role-multiple", f"The element has {len(roles)} roles; software takes one.", *place)
        if outdated := _OUTDATED.intersection(roles):
            yield warning("aria-deprecated-role", f"The role “{min(outdated)}” is no longer used.", *place)
        if element.local not in _UNROLED or set(types) & _ROLED_LINKS:
            # Like Ace, which holds the first of several types against the first of several roles.
            wanted = next((_ROLES[kind] for kind in types if kind in _ROLES), "")
            if wanted and roles[:1] != [wanted]:
                message = f"The type lacks its role, “{wanted}”."
                if roles:
                    message = f"The type asks for the role “{wanted}”; the element has “{roles[0]}”."
                yield warning("epub-type-has-matching-role", message, *place)
        marks_page = "pagebreak" in types or "doc-pagebreak" in roles
        if marks_page and not (element.get("aria-label") or element.get("title") or element.text()):
            yield warning("pagebreak-label", "The mark of a page has no number.", *place)
