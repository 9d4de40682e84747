"""Where the divisions of an e-book begin: by headings, by its contents, by what texts say they are."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.document import CONTAINERS, DivisionKind
from publish.draft import BREAK, MARK, STRONG_ON, Line
from publish.readers.ebook import package
from publish.readers.html import inline, tree
from publish.readers.html.lines import heading
from publish.readers.html.tree import Node
from publish.source import Edit, Run, Source

_KINDS = {kind.value.replace("_", "-"): kind for kind in DivisionKind} | {
    "bodymatter": None,
    "copyright-page": DivisionKind.COPYRIGHT,
    "imprint": DivisionKind.COPYRIGHT,
    "acknowledgements": DivisionKind.ACKNOWLEDGMENTS,
    "endnotes": DivisionKind.NOTES,
    "rearnotes": DivisionKind.NOTES,
}
_SAID = CONTAINERS | {DivisionKind.CHAPTER, DivisionKind.SECTION, DivisionKind.SCENE, DivisionKind.LETTER}
"""Kinds that headings name, if anything does."""
_HEADINGS = 6
TOPS = frozenset(("body", "section", "article", "nav", "div"))
"""Elements that say what a text is."""


class Entry(Struct, frozen=True):
    """An entry of the contents."""

    member: str
    label: str
    depth: int


class Top(Struct, frozen=True):
    """A text with what tells where its division begins."""

    lines: tuple[Line, ...]
    root: Node
    entries: tuple[Entry, ...]
    """Of the contents, those that lead into the text."""


class _Found(Struct, frozen=True):
    """The line that is the heading of a text."""

    at: int
    own: int
    """Level of its heading; 0 where no markup says that it is one."""
    depth: int
    """Of its entry in the contents; 0 without one."""


def types(node: Node) -> set[str]:
    """Give what an element says it is, by the vocabularies of EPUB and DPUB-ARIA."""
    said = f"{node.get('epub:type')} {node.get('role').replace('doc-', '')}"
    return set(said.lower().split())


def settled(tops: Sequence[Top]) -> list[list[Line]]:
    """Give the lines of texts, the first heading of each with its kind and depth.

    Where a text has no heading, one of its first lines that reads as the contents do is one. The contents
    say how deep divisions lie where they have all of them, else the headings do.
    """
    tops = [replace(top, lines=_joined(top)) for top in tops]
    found = [_first(top) for top in tops]
    listed = all(one.depth for one in found if one and one.own)
    least = min((one.own for one in found if one and one.own), default=1)
    return [_headed(top, one, listed=listed, least=least) for top, one in zip(tops, found, strict=True)]


def _first(top: Top) -> _Found | None:
    at = next((at for at, line in enumerate(top.lines) if line.heading_level), None)
    if at is None and top.entries:
        wanted = {folded(entry.label) for entry in top.entries}
        short = (i for i, line in enumerate(top.lines[:_NEAR_TOP]) if folded(line.run.text) in wanted)
        at = next(short, None)
    if at is None:
        return None
    words = folded(top.lines[at].run.text)
    depth = next((e.depth for e in top.entries if folded(e.label) in words), 0)
    return _Found(at, top.lines[at].heading_level, depth)


def _headed(top: Top, found: _Found | None, *, listed: bool, least: int) -> list[Line]:
    lines = list(top.lines)
    if found is None:
        return lines
    line = lines[found.at]
    level = found.depth if listed and found.depth else found.own or found.depth - 1 + least
    kind = _kind(top.root)
    stated = line.attributes or ((("kind", kind.value),) if kind else ())
    run = line.run.slice(1, len(line.run) - 1) if inline.whole(line.run, STRONG_ON) else line.run
    level = min(level, _HEADINGS)
    if found.own and level != found.own:
        # What stands below it in the same text goes with it.
        lines = [_moved(other, level - found.own) for other in lines]
    lines[found.at] = replace(line, run=heading(run), heading_level=level, attributes=stated, centred=False)
    return lines


def _moved(line: Line, levels: int) -> Line:
    if not line.heading_level:
        return line
    return replace(line, heading_level=min(max(1, line.heading_level + levels), _HEADINGS))


def _joined(top: Top) -> tuple[Line, ...]:
    """Give the lines of a text, a number and the title in a line of its own below it as one heading.

    So the contents have them, or the one is nothing but a number, and both are headings.
    """
    lines = list(top.lines)
    labels = [folded(entry.label) for entry in top.entries]
    at = next((at for at, line in enumerate(lines) if line.heading_level), -1)
    if at < 0:
        near = [folded(line.run.text) for line in lines[: _NEAR_TOP + 1]]
        pairs = (i for i, pair in enumerate(pairwise(near)) if all(pair) and " ".join(pair) in labels)
        at = next(pairs, len(lines))
        labels = [] if at == len(lines) else labels
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or bool(below.heading_level) != bool(lines[at].heading_level) or below.furniture:
        return top.lines
    number, title = folded(lines[at].run.text), folded(below.run.text)
    if labels in ([title], [f"{number} {title}"]) or (not labels and _NUMBER.fullmatch(number)):
        above = lines[at].run
        ends = [Edit(*end.span(), " ", "") for end in re.finditer(f"\\s*[{BREAK}\n]\\s*", above.text)]
        run = Run.join([above.apply(ends), Run("\n"), below.run])
        lines[at : at + 2] = [replace(lines[at], run=run)]
    return tuple(lines)


_NUMBER = re.compile("[0-9]{1,4}|[ivxlc]{1,9}")
_NEAR_TOP = 5


def folded(text: str) -> str:
    """Give the words of a text without case, signs and marks, for comparison."""
    return " ".join(re.findall(r"\w+", MARK.sub(" ", text).casefold()))


def _kind(root: Node) -> DivisionKind | None:
    """Give the kind that the outermost sections state; those that have parts say in words what they are."""
    tops = [node for node in root.walk() if node.name in TOPS][:4]
    kinds = [_KINDS[kind] for node in tops for kind in sorted(types(node)) if kind in _KINDS]
    return next((kind for kind in kinds if kind and kind not in _SAID), None)


def contents(source: Source) -> Iterator[Entry]:
    """Give the entries of the contents, of both forms that e-books have."""
    root = tree.parse(source.text, xml=True).root
    navs = [node for node in root.walk() if node.name == "nav" and "toc" in types(node)]
    for node in (navs[0] if navs else root).walk():
        if node.name == "a" and node.get("href"):
            depth = sum(above.name in ("ol", "ul") for above in node.above())
            yield Entry(package.located(source.member, node.get("href")), words(source, node), max(1, depth))
        elif node.name.endswith("navpoint"):
            inner = {child.name.rpartition(":")[2]: child for child in node.elements()}
            if "content" in inner and "navlabel" in inner:
                depth = 1 + sum(above.name.endswith("navpoint") for above in node.above())
                member = package.located(source.member, inner["content"].get("src"))
                yield Entry(member, words(source, inner["navlabel"]), depth)


def landmarks(source: Source) -> Iterator[tuple[str, str]]:
    """Give what texts are, as the landmarks have it."""
    root = tree.parse(source.text, xml=True).root
    for nav in root.walk():
        if nav.name == "nav" and "landmarks" in types(nav):
            for link in nav.walk():
                if link.name == "a":
                    yield package.located(source.member, link.get("href")), link.get("epub:type")


def words(source: Source, node: Node) -> str:
    """Give the text of an element on one line."""
    parts = (child for inner in node.walk() for child in inner.children if not isinstance(child, Node))
    return " ".join(unescape(" ".join(source.text[start:end] for start, end in parts)).split())
