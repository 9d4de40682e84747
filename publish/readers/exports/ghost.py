"""The export of Ghost: one JSON file with posts, authors and tags."""

from __future__ import annotations

from collections.abc import Iterator

from publish.diagnostic import PublishError
from publish.draft import Read
from publish.readers import decode
from publish.readers.exports import jsontext
from publish.readers.exports.jsontext import Said, Value
from publish.readers.exports.posts import Post, draft
from publish.readers.exports.writing import layout
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
    posts = list(_Ghost(source, tables).posts())
    made = draft(source, posts)
    source.layout = layout(source, made.lines, [(0, len(source.text), _typed)])
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
        inner = self._run(row.get("lexical"))
        try:
            tree = jsontext.parse(inner.text)
        except jsontext.BrokenError:
            return Run("")
        return Run.join(_rendered(tree, inner))


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
    yield Run(f"<{tag}>" if tag else "")
    yield from _rendered(node.get("root", []), inner)
    yield from _rendered(node.get("children", []), inner)
    yield Run(f"</{tag}>" if tag else "")


def _formatted(node: dict[str, Value], inner: Run) -> Iterator[Run]:
    form = node.get("format")
    bits = int(form) if isinstance(form, str) and form.isdecimal() and len(form) < _MOST_DIGITS else 0
    tags = [tag for bit, tag in ((_BOLD, "b"), (_ITALIC, "i")) if bits & bit]
    yield Run("".join(f"<{tag}>" for tag in tags))
    said = _said(node["text"], inner)
    yield said.apply([_escaped(at, sign) for at, sign in enumerate(said.text) if sign in "<&"])
    yield Run("".join(f"</{tag}>" for tag in reversed(tags)))


_MOST_DIGITS = 4


def _name(value: Value | None, inner: Run) -> str:
    return inner.text[value.start : value.end] if isinstance(value, Said) else ""


def _said(value: Value | None, inner: Run) -> Run:
    return jsontext.said(inner.slice(value.start, value.end)) if isinstance(value, Said) else Run("")


def _escaped(at: int, sign: str) -> Edit:
    return Edit(at, at + 1, for_xml(sign), "")
