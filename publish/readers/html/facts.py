"""What a page says of itself: in its head, in JSON-LD, in its links."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from publish.patterns import lazily
from publish.readers.html import inline, made, saying
from publish.readers.html.tree import Node, Page
from publish.source import Run

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_POSTED = (
    "article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "og:published_time",
    "pubdate",
)  # fmt: skip
_AUTHOR = ("author", "dc.creator", "dcterms.creator", "article:author", "byl")
_LONGEST_DATA = 200_000
_DEEPEST = 8


class Facts(Struct, frozen=True):
    """What is known of a page; evidence, nothing of it is printed as it stands."""

    title: Run | None = None
    author: Run | None = None
    stated: tuple[tuple[str, Run], ...] = ()
    """What the title block of a whole text says; the text does not say it again."""
    language: Run | None = None
    posted: str = ""
    """ISO date."""
    link: str = ""
    """Its own address."""
    previous: str = ""
    next: str = ""
    sited: bool = False
    """It is a page of a site."""

    def attributes(self) -> tuple[tuple[str, str], ...]:
        """Give what counts as evidence of order, as `draft.Line.attributes` has it."""
        named = (
            ("posted", self.posted),
            ("link", self.link),
            ("previous", self.previous),
            ("next", self.next),
        )
        return tuple((name, value) for name, value in named if value)


def read(page: Page, run: Run) -> Facts:
    """Read what stands in the head of a page."""
    named: dict[str, tuple[Node, str]] = {}
    title: Run | None = None
    language: Run | None = None
    for node in page.root.walk():
        if node.name == "title" and title is None and not any(one.name == "svg" for one in node.above()):
            title = _text(node, run)
        elif node.name in ("html", "body") and language is None:
            language = _language(node, run)
        elif node.name == "meta":
            name = (node.get("property") or node.get("name") or node.get("itemprop")).lower()
            named.setdefault(name, (node, "content"))
        elif node.name == "link":
            for relation in node.get("rel").lower().split():
                named.setdefault(f"link {relation}", (node, "href"))
    stated = _data(page, run)

    def one(*names: str) -> str:
        return next(
            (node.get(at) for node, at in (named[name] for name in names if name in named) if node.get(at)),
            "",
        )

    author = next((named[name] for name in _AUTHOR if name in named and named[name][0].get("content")), None)
    named_so = author is not None and "://" not in author[0].get("content")
    stated_author = _value(*author, run) if author and named_so else None
    posted = _DATE.match(one(*_POSTED) or stated.get("datePublished", ""))
    return Facts(
        title=_inner(made.title(page.root), run) or title,
        author=_inner(made.author(page.root), run) or stated_author,
        stated=tuple(_block(page.root, run)),
        language=_usual(page.root, run) or language,
        posted=posted[0] if posted else "",
        link=one("link canonical", "og:url"),
        previous=one("link prev", "link previous"),
        next=one("link next"),
    )


def _usual(root: Node, run: Run) -> Run | None:
    """Give the language that most paragraphs say they are in: word processors state their own of a page."""
    said = [(node, saying.primary(saying.language(node))) for node in root.walk() if node.name == "p"]
    for name, count in Counter(name for _, name in said).most_common(1):
        if name and count * 2 > len(said):
            return next(_language(node, run) for node, known in said if known == name)
    return None


def _language(node: Node, run: Run) -> Run | None:
    name = next((name for name in ("lang", "xml:lang") if node.get(name)), "")
    return _value(node, name, run) if name else None


def _block(root: Node, run: Run) -> Iterator[tuple[str, Run]]:
    for node in (part for block in root.walk() if made.is_title_block(block) for part in block.elements()):
        if (said := _inner(node, run)) is not None:
            yield node.get("class").lower(), said


def completed(found: Facts, posted: str, ways: Mapping[str, str], *, sited: bool) -> Facts:
    """Give the facts with what the text of the page itself says."""
    return replace(
        found,
        posted=found.posted or posted,
        previous=found.previous or ways.get("previous", ""),
        next=found.next or ways.get("next", ""),
        sited=sited,
    )


def chosen(root: Node, run: Run) -> tuple[int, int] | None:
    """Give where the chapter stands that a menu of a page has chosen, as sites of stories do: "2. Rain".

    What it offers counts from one without a gap, as sizes of type and months of an archive do not.
    """
    for menu in root.walk():
        offered = menu.elements() if menu.name == "select" else ()
        words = [(node, node.children[0]) for node in offered if node.name == "option" and node.children]
        found = [
            (node, place, counted)
            for node, place in words
            if isinstance(place, tuple) and (counted := _NUMBERED.match(run.text, *place))
        ]
        if [int(counted[1]) for *_, counted in found] == [*range(1, len(found) + 1)] and found[1:]:
            return next((place for node, place, _ in found if "selected" in node.attributes), None)
    return None


_NUMBERED = lazily(r"\s*(?:[^\W\d_]{3,12}\s)?(\d{1,4})(?:\W|\Z)")


def _inner(node: Node | None, run: Run) -> Run | None:
    """Give the text of an element and of all in it, on one line."""
    if node is None:
        return None
    places = [child for inner in node.walk() for child in inner.children if not isinstance(child, Node)]
    said = inline.trimmed(Run.join(inline.read(run.slice(*place)) for place in sorted(places)))
    return said if said.text and len(said.text) <= _LONGEST_TITLE else None


_LONGEST_TITLE = 200


def _text(node: Node, run: Run) -> Run | None:
    places = [child for child in node.children if not isinstance(child, Node)]
    said = inline.trimmed(Run.join(inline.read(run.slice(*place)) for place in places))
    return said if said.text else None


def _value(node: Node, name: str, run: Run) -> Run | None:
    value = node.attributes[name]
    said = inline.trimmed(inline.read(run.slice(value.start, value.end)))
    return said if said.text else None


def _data(page: Page, run: Run) -> dict[str, str]:
    """Give what the page's JSON-LD says of the first thing that was published."""
    for place in page.data:
        text = run.text[slice(*place)]
        if len(text) > _LONGEST_DATA:
            continue
        try:
            found = _published(json.loads(text), 0)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return {}


def _published(item: Any, depth: int) -> dict[str, str]:
    if depth > _DEEPEST:
        return {}
    if isinstance(item, list):
        return next((found for one in item[:50] if (found := _published(one, depth + 1))), {})
    if not isinstance(item, dict):
        return {}
    if isinstance(item.get("datePublished"), str):
        return {"datePublished": item["datePublished"]}
    return _published(item.get("@graph", []), depth + 1)
