"""The export of Ghost: one JSON file with posts, authors and tags."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from publish.diagnostic import PublishError
from publish.draft import Read
from publish.readers import decode
from publish.readers.exports import jsontext
from publish.readers.exports.jsontext import Said, Value
from publish.readers.exports.posts import Post, draft
from publish.readers.html.page import layout
from publish.source import Edit, Run, Source, for_xml


def read(data: bytes, name: str, encoding: str = "") -> Read:
    """Read an export of Ghost; raises PublishError for what is none, and for broken JSON."""
    source = decode.decode(data, name, encoding)
    try:
        whole = jsontext.parse(source.text)
    except jsontext.BrokenError as error:
        raise PublishError(
            f"{source.where(min(error.at, len(source.text)))}: the JSON is broken, or ends in its middle.",
            "Export the blog again.",
        ) from error
    tables = _tables(whole)
    if tables is None:
        raise PublishError(f"{name}: this JSON is no export of Ghost.", "Give the file that Ghost exports.")
    ghost = _Ghost(source, tables)
    posts = list(ghost.posts())
    authors = {post.author for post in posts if not post.status}
    made = replace(draft(source, posts), hints=tuple(ghost.hints(authors)))
    source.layout = layout(source, made.lines, _typed)
    return Read((source,), (made,))


def _typed(text: str, _at: int = 0) -> str:
    return jsontext.typed(for_xml(text))


def _tables(whole: Value) -> dict[str, Value] | None:
    """Give the tables of an export, which stand in one or two wrappers."""
    item = whole
    for key in ("db", "data"):
        item = item.get(key, item) if isinstance(item, dict) else item
        item = item[0] if isinstance(item, list) and item else item
    return item if isinstance(item, dict) and isinstance(item.get("posts"), list) else None


class _Ghost:
    def __init__(self, source: Source, tables: dict[str, Value]) -> None:
        self.source = source
        self.tables = tables
        self.whole = source.run()
        self.names = {self._plain(row.get("id")): self._plain(row.get("name")) for row in self._rows("users")}
        self.tags = {self._plain(row.get("id")): self._plain(row.get("name")) for row in self._rows("tags")}

    def _rows(self, table: str) -> Iterator[dict[str, Value]]:
        rows = self.tables.get(table, [])
        return (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else iter(())

    def _run(self, value: Value | None) -> Run:
        if not isinstance(value, Said):
            return Run("")
        return jsontext.said(self.whole.slice(value.start, value.end)) if value.end > value.start else Run("")

    def _plain(self, value: Value | None) -> str:
        return value if isinstance(value, str) else self._run(value).text

    def _joined(self, table: str, key: str, names: dict[str, str]) -> dict[str, list[str]]:
        """Give the names that another table gives to posts."""
        found: dict[str, list[str]] = {}
        for row in self._rows(table):
            name = names.get(self._plain(row.get(key)), "")
            found.setdefault(self._plain(row.get("post_id")), []).extend([name] if name else [])
        return found

    def hints(self, authors: Collection[str]) -> Iterator[tuple[str, Run]]:
        """Give the name of the blog and its language, and who wrote all posts, if it is one."""
        settings = {self._plain(row.get("key")): row.get("value") for row in self._rows("settings")}
        found = [("title", settings.get("title"))]
        found += [("language", settings.get("locale") or settings.get("lang"))]
        rows = (row for row in self._rows("users") if {self._plain(row.get("name"))} == set(authors))
        found += [("author", row.get("name")) for row in rows]
        return ((key, run) for key, value in found if (run := self._run(value).strip()).text)

    def posts(self) -> Iterator[Post]:
        authors = self._joined("posts_authors", "author_id", self.names)
        tags = self._joined("posts_tags", "tag_id", self.tags)
        for row in self._rows("posts"):
            own = self._plain(row.get("id"))
            title, content = self._run(row.get("title")), self._run(row.get("html"))
            content = content if content.text.strip() else self._cards(row)
            yield Post(
                title=title,
                content=content,
                posted=self._plain(row.get("published_at")) or self._plain(row.get("created_at")),
                author=", ".join(authors.get(own, [])),
                categories=tuple(tags.get(own, ())),
                link=self._plain(row.get("slug")),
                status=self._status(row),
            )

    def _status(self, row: dict[str, Value]) -> str:
        if self._plain(row.get("type")) == "page" or self._plain(row.get("page")) in ("1", "true"):
            return "a page"
        state = self._plain(row.get("status"))
        if state in ("published", "sent", ""):
            return ""
        return "a draft" if state == "draft" else "not yet published"

    def _cards(self, row: dict[str, Value]) -> Run:
        """Give the text of a post that was never rendered: what its cards say, each a paragraph.

        A string that is JSON again; its words stand in "text" and "html".
        """
        for name, rendered in (("lexical", _rendered), ("mobiledoc", _sections)):
            inner = self._run(row.get(name))
            try:
                made = Run.join(rendered(jsontext.parse(inner.text), inner))
            except jsontext.BrokenError:
                continue
            if made.text.strip():
                return made
        return Run("")


_BLOCKS = {"paragraph": "p", "quote": "blockquote", "listitem": "li", "aside": "blockquote"}
_BOLD, _ITALIC = 1, 2


def _rendered(node: Value, inner: Run) -> Iterator[Run]:
    """Give the HTML of a node of Lexical; what is no text of the author's stands for nothing in the file."""
    if isinstance(node, list):
        for item in node:
            yield from _rendered(item, inner)
    if not isinstance(node, dict):
        return
    kind = _name(node.get("type"), inner)
    kind = kind.removeprefix("extended-")
    tag = _name(node.get("tag"), inner) if kind == "heading" else _BLOCKS.get(kind, "")
    if kind == "linebreak":
        yield Run("<br>")
    elif kind == "horizontalrule":
        yield Run("<hr>")
    elif kind == "html" and isinstance(node.get("html"), Said):
        yield _said(node["html"], inner)
    elif isinstance(node.get("text"), Said):
        yield from _formatted(node, inner)
    else:
        yield from _of_card(node, inner)
    yield Run(f"<{tag}>" if tag else "")
    yield from _rendered(node.get("root", []), inner)
    yield from _rendered(node.get("children", []), inner)
    yield Run(f"</{tag}>" if tag else "")


_GAP = re.compile(r"\n[ \t\r]*\n")


def _of_card(card: dict[str, Value], inner: Run) -> Iterator[Run]:
    """Give the words of a card, each a paragraph: a callout, a toggle, the caption of a picture."""
    if isinstance(card.get("src"), Said):
        yield from (Run('<img src="'), _said(card["src"], inner), Run('">'))
    for key in ("heading", "calloutText", "content", "html", "markdown", "caption"):
        if isinstance(card.get(key), Said) and (said := _said(card[key], inner)).text.strip():
            said = said.apply([Edit(*gap.span(), "</p><p>", "") for gap in _GAP.finditer(said.text)])
            yield from (Run("<p>"), said, Run("</p>"))


def _sections(tree: Value, inner: Run) -> Iterator[Run]:
    """Give the HTML of a document of Mobiledoc (0.3): sections of markers, lists of them, cards."""
    if not isinstance(tree, dict):
        return
    tags = [_name(one[0], inner) for one in _lists(tree.get("markups")) if one]
    cards = [one[-1] for one in _lists(tree.get("cards")) if one]
    for section in _lists(tree.get("sections")):
        kind, what, inside = (*section, "", "", "")[:3]
        if kind == "1":
            yield from _markers(_name(what, inner), inside, tags, inner)
        elif kind == "3":
            yield Run(f"<{_name(what, inner)}>")
            for item in inside if isinstance(inside, list) else ():
                yield from _markers("li", item, tags, inner)
            yield Run(f"</{_name(what, inner)}>")
        elif kind == "10" and _number(what) < len(cards):
            card = cards[_number(what)]
            yield from _of_card(card, inner) if isinstance(card, dict) else ()


def _markers(tag: str, markers: Value, tags: list[str], inner: Run) -> Iterator[Run]:
    """Give one block: texts, each with the markups that begin at it and the count of those that end."""
    opened: list[str] = []
    yield Run(f"<{tag}>")
    for marker in _lists(markers):
        kind, begun, ended, said = (*marker, "", "", "", "")[:4]
        numbers = [_number(at) for at in begun] if isinstance(begun, list) else []
        begins = [tags[at] for at in numbers if at < len(tags)]
        opened += begins
        yield Run("".join(f"<{name}>" for name in begins))
        yield Run("<br>") if kind == "1" else _escaped_all(_said(said, inner))
        for _ in range(min(_number(ended), len(opened))):
            yield Run(f"</{opened.pop()}>")
    yield Run(f"</{tag}>")


def _lists(value: Value | None) -> Iterator[list[Value]]:
    return (one for one in value if isinstance(one, list)) if isinstance(value, list) else iter(())


def _escaped_all(said: Run) -> Run:
    return said.apply(
        [Edit(at, at + 1, for_xml(sign), "") for at, sign in enumerate(said.text) if sign in "<&"]
    )


def _formatted(node: dict[str, Value], inner: Run) -> Iterator[Run]:
    form = node.get("format")
    bits = _number(form)
    tags = [tag for bit, tag in ((_BOLD, "b"), (_ITALIC, "i")) if bits & bit]
    yield Run("".join(f"<{tag}>" for tag in tags))
    yield _escaped_all(_said(node["text"], inner))
    yield Run("".join(f"</{tag}>" for tag in reversed(tags)))


_MOST_DIGITS = 4


def _number(value: Value | None) -> int:
    """Give a small number; 0 for anything else."""
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < _MOST_DIGITS else 0


def _name(value: Value | None, inner: Run) -> str:
    return inner.text[value.start : value.end] if isinstance(value, Said) else ""


def _said(value: Value | None, inner: Run) -> Run:
    return jsontext.said(inner.slice(value.start, value.end)) if isinstance(value, Said) else Run("")
