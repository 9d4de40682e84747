"""What programs write into pages round a text: title blocks, contents, what archives say of a work."""

import re
from collections.abc import Iterator

from publish.readers.html.tree import Node
from publish.readers.html.weights import Said, text_of

TITLE_BLOCK = "The title that the page's head states too."
CONTENTS = "The word processor has made this list of contents; the book makes its own."
PAGES = "What LibreOffice prints at the head or the foot of each page."
SUMMARY = "How the post begins, as Medium says it in short."
ARCHIVE = "What an archive says of the work in its download."
_OF_TITLE_BLOCKS = {"title", "subtitle", "author", "date"}
_LISTED = re.compile(r"msotoc(?:heading|[1-9])")
_TITLES = frozenset(("title", "msotitle"))


def found(root: Node) -> dict[int, str]:
    """Give the elements of a page of no site that a program made for itself, with what they are."""
    told = {id(node): TITLE_BLOCK for node in root.walk() if is_title_block(node)}
    told |= {
        id(node): CONTENTS
        for node in root.walk()
        if node.name == "p" and any(_LISTED.fullmatch(name) for name in node.classes)
    }
    told |= {
        id(node): PAGES
        for node in root.walk()
        if node.name == "div" and node.get("title") in ("header", "footer")
    }
    return told | of_archive(root)


def is_title_block(node: Node) -> bool:
    """Tell whether an element holds title, author and day alone, as pandoc writes them into pages."""
    parts = [child.get("class").lower() for child in node.elements()]
    return node.name == "header" and "title" in parts and len(parts) > 1 and set(parts) <= _OF_TITLE_BLOCKS


def of_medium(root: Node, said: Said) -> dict[int, str]:
    """Give what an export of Medium says once more of a post: how it begins, and its title."""
    named = {name: node for node in root.walk() for name in node.classes if name in ("p-name", "graf--title")}
    titles = [text_of(node, said) for node in named.values()]
    told = {id(node): SUMMARY for node in root.walk() if "p-summary" in node.classes}
    if told and len(titles) > 1 and titles[0] == titles[1]:
        told[id(named["graf--title"])] = TITLE_BLOCK
    return told


def _preface(root: Node) -> Node | None:
    """Give what stands above the chapters in a download of the Archive of Our Own."""
    places = {place: node for node in root.walk() if (place := node.get("id"))}
    preface = places.get("preface")
    tagged = preface is not None and any(map(_is_tags, preface.walk()))
    return preface if tagged or "chapters" in places else None


def _is_tags(node: Node) -> bool:
    return node.name == "dl" and "tags" in node.classes


def of_archive(root: Node) -> dict[int, str]:
    """Give the elements in which an archive speaks; summaries and notes are the author's."""
    return {id(node): ARCHIVE for node in _of_archive(root)}


def _of_archive(root: Node) -> Iterator[Node]:
    """Without its preface, in a text of an e-book, only what asks for comments is surely an archive's."""
    preface = _preface(root)
    for node in root.walk():
        asks = (inner.name == "a" and inner.get("href").endswith("/comments/new") for inner in node.walk())
        said = _is_message(node) and (preface or any(asks))
        names = node.name == "h1" or "byline" in node.classes
        of_preface = preface and names and any(above is preface for above in node.above())
        if said or of_preface or (preface and _is_tags(node)):
            yield node


def _is_message(node: Node) -> bool:
    """Tell what an archive says; in the text of a work a message is its author's."""
    return "message" in node.classes and not any("userstuff" in above.classes for above in node.above())


def work(root: Node) -> Node | None:
    """Give the element in which a page of the Archive of Our Own sets a work, or a chapter of it."""
    return next((node for node in root.walk() if node.get("id") == "workskin"), None)


def of_work(root: Node) -> dict[int, str]:
    """Give what the archive prints in a work: ways, who wrote it, headings of notes."""
    inside = work(root)
    return {id(node): ARCHIVE for node in (inside.walk() if inside else ()) if _is_print(node)}


def _is_print(node: Node) -> bool:
    above = node.parent.classes if node.parent and "heading" in node.classes else ()
    return "module" in above or not _PRINTS.isdisjoint(node.classes)


_PRINTS = frozenset(("landmark", "actions", "jump", "byline"))


def title(root: Node) -> Node | None:
    """Give the element that a program has set the title of the whole text in."""
    if preface := _preface(root):
        return next((node for node in preface.walk() if node.name == "h1"), None)
    return next((node for node in root.walk() if node.name == "p" and _TITLES & set(node.classes)), None)


def author(root: Node) -> Node | None:
    """Give the element that names who wrote a download of an archive."""
    preface = _preface(root)
    links = (node for node in preface.walk() if node.get("rel") == "author") if preface else iter(())
    return next(links, None)
