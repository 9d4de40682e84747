"""Exports in XML: WordPress (WXR), Blogger and other Atom, RSS.

The XML is read by the scanner of HTML, which knows no entities but those of single signs and no DTD: nothing
in a file can name another file, or grow.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from publish.diagnostic import PublishError
from publish.draft import EMPHASIS_OFF, EMPHASIS_ON, Draft, Read
from publish.patterns import lazily
from publish.readers import decode
from publish.readers.exports.posts import Post, draft
from publish.readers.html.page import layout
from publish.readers.html.tokens import readings
from publish.readers.html.tree import Node, parse
from publish.source import Change, Edit, Run, Source, for_xml

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']")
_DTD = re.compile(r"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_CDATA = "<![CDATA["
_NO_POSTS = frozenset(("attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset"))
_PUBLISHED = frozenset(("publish", "published", "live", ""))
_BLOCK = re.compile(r"<!-- wp:|<(?:p|div)[\s>]", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_BLOGGER = "blogger/2008/kind#"


def read(data: bytes, name: str, encoding: str = "") -> Read:
    """Read an export in XML; raises PublishError for what is none, or ends in its middle."""
    found = _DECLARED.match(data)
    stated = found[1].decode("ascii") if found and found[1].lower() != b"utf-8" else ""
    source = decode.decode(data, name, encoding or stated)
    top = _DTD.search(source.text, 0, _HEAD)
    if top:
        raise PublishError(
            f"{source.where(top.start())}: exports have no document type, and none is read.",
            "Export the blog again; an e-book or a page is read under its own suffix.",
        )
    page = parse(source.text, xml=True, plain=True)
    root = next((node for node in page.root.elements() if node.name in _ROOTS), None)
    if root is None:
        hint = "Give an export of WordPress, Atom or RSS."
        raise PublishError(f"{name}: this XML is no export of a blog.", hint)
    if f"</{root.name}" not in source.text[-_TAIL:].lower():
        raise PublishError(f"{name}: the export ends in its middle.", "Export or download it again.")
    return Read((source,), (_Feed(source, root).draft(),))


_ROOTS = frozenset(("rss", "feed", "rdf:rdf"))
_HEAD = 4096
_TAIL = 4096


class _Feed:
    """The entries of an export."""

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.root = root

    def draft(self) -> Draft:
        """Give the draft of all posts, in the file's order."""
        entries = [node for node in self.root.walk() if node.name in ("item", "entry")]
        posts = [post for entry in entries if (post := self._post(entry))]
        if not any(not post.status for post in posts):
            # A book made of pages: a blog of nothing else.
            posts = [replace(one, status="") if one.status == "a page" else one for one in posts]
        made = draft(self.source, posts)
        self.source.layout = layout(self.source, made.lines, self._spelled)
        hints = self._hints({post.author for post in posts if not post.status})
        changes = (*made.changes, *self._excerpts(entries))
        return replace(made, hints=tuple(hints), changes=changes)

    def _excerpts(self, entries: Sequence[Node]) -> Iterator[Change]:
        """Give what the author wrote for the lists of the blog, which no post says."""
        for child in (child for entry in entries for child in entry.elements()):
            run = self._content(child).strip() if child.name == "excerpt:encoded" else Run("")
            if run.text and (span := run.span(0, len(run))):
                yield Change(span, "", True, "DOC020", "An excerpt, which the blog shows in lists of posts.")

    def _hints(self, authors: set[str]) -> Iterator[tuple[str, Run]]:
        """Give the name of the blog, which may be the book's for want of another, its language and author.

        Who wrote all posts is named as readers see the name, not as it logs in.
        """
        holders = (node for node in self.root.walk() if node.name in ("channel", "feed"))
        holder = next(holders, self.root)
        names = {child.name: child for child in reversed(list(holder.elements()))}
        for name in ("title", "language"):
            if name in names and (run := self._content(names[name]).strip()).text:
                yield name, run
        if "language" not in names and (language := self.root.attributes.get("xml:lang")):
            yield "language", self.source.run().slice(language.start, language.end)
        for node in self.root.walk():
            named = [part for part in node.elements() if part.name == "name"] if node.name == "author" else []
            # What names nobody is by whom the feed names.
            unsaid = {""} if node.parent is holder else set()
            if named and authors <= {self._text(named[0]), *unsaid}:
                yield "author", self._content(named[0]).strip()
                break
        for child in holder.elements() if len(authors) == 1 else ():
            said = {part.name: part for part in child.elements()} if child.name == "wp:author" else {}
            shown = said.get("wp:author_display_name")
            login = said.get("wp:author_login")
            if (
                shown
                and login
                and {self._text(login)} == authors
                and (run := self._content(shown).strip()).text
            ):
                yield "author", run

    def _post(self, entry: Node) -> Post | None:
        parts: dict[str, Node] = {}
        for child in entry.elements():
            parts.setdefault(child.name, child)
        kind = self._said(parts, "wp:post_type", "blogger:type").lower() or _kind(entry)
        if kind in _NO_POSTS or kind.startswith("wp_") or kind in ("settings", "template"):
            return None
        content = self._run(parts, "content:encoded", "content", "description", "summary")
        title = self._run(parts, "title")
        title = title.apply([_untagged(tag) for tag in _TAG.finditer(title.text)])
        return Post(
            title=title,
            content=content,
            posted=_date(self._said(parts, *_DATES)),
            author=self._author(parts),
            categories=tuple(_categories(entry, self._text)),
            link=self._link(entry),
            status=_status(kind, self._state(parts, entry)),
            breaks=not _is_html(content.text),
        )

    def _said(self, parts: dict[str, Node], *names: str) -> str:
        return next((text for name in names if name in parts and (text := self._text(parts[name]))), "")

    def _text(self, node: Node) -> str:
        return self._content(node).text.strip()

    def _run(self, parts: dict[str, Node], *names: str) -> Run:
        """Give what the first of some elements holds that holds anything."""
        for name in names:
            if name in parts and (run := self._content(parts[name])).text.strip():
                return run
        return Run("")

    def _content(self, node: Node) -> Run:
        """Give the text of an element; XHTML in Atom is its markup as it stands."""
        ranges = [child for child in node.children if not isinstance(child, Node)]
        whole = self.source.run()
        if node.get("type") == "xhtml" and any(True for _ in node.elements()):
            end = self.source.text.find(f"</{node.name}", node.inside)
            return whole.slice(node.inside, max(end, node.inside))
        parts: list[Run] = []
        for start, end in ranges:
            run = whole.slice(start, end)
            in_cdata = self.source.text.startswith(_CDATA, start - len(_CDATA))
            if not in_cdata:
                run = run.apply(readings(run.text, kept_space=True))
            parts.append(run)
        return Run.join(parts)

    def _spelled(self, text: str, at: int) -> str:
        """Give a text as it is written at an offset: twice escaped in HTML that stands as text of XML."""
        tag = self.source.text.rfind("<", 0, at)
        in_cdata = self.source.text.rfind(_CDATA, 0, at) > self.source.text.rfind("]]>", 0, at)
        twice = not in_cdata and _OF_HTML.match(self.source.text, tag)
        return for_xml(for_xml(text)) if twice else for_xml(text)

    def _author(self, parts: dict[str, Node]) -> str:
        if "author" in parts and (named := [one for one in parts["author"].elements() if one.name == "name"]):
            return self._text(named[0])
        return self._said(parts, "dc:creator", "author")

    def _link(self, entry: Node) -> str:
        for child in entry.elements():
            if child.name == "link" and child.get("rel") in ("", "alternate"):
                return child.get("href") or self._text(child)
        return ""

    def _state(self, parts: dict[str, Node], entry: Node) -> str:
        drafts = [node for node in entry.walk() if node.name == "app:draft" and self._text(node) == "yes"]
        return "draft" if drafts else self._said(parts, "wp:status", "blogger:status").lower()


_OF_HTML = lazily(r"<(?:[\w-]+:)?(?:content|description|summary|encoded)\b")
_DATES = ("wp:post_date", "published", "pubdate", "dc:date", "wp:post_date_gmt", "updated", "date")


_TAG = re.compile(r"<(/?)(em|i|cite|b|strong|span|small|u|br)\b[^<>]{0,200}>", re.IGNORECASE)


def _untagged(tag: re.Match[str]) -> Edit:
    """Give what a tag in the title of a post is; blogs keep them there as they were typed."""
    name, sign = tag[2].lower(), EMPHASIS_OFF if tag[1] else EMPHASIS_ON
    return Edit(*tag.span(), sign if name in ("em", "i", "cite") else " " if name == "br" else "", "")


def _kind(entry: Node) -> str:
    """Give what Blogger says that an entry is."""
    for child in entry.elements():
        term = child.get("term") if child.name == "category" else ""
        if _BLOGGER in term:
            return term.rpartition("#")[2].lower()
        if child.name == "thr:in-reply-to":
            return "comment"
    return ""


def _status(kind: str, state: str) -> str:
    """Say why an entry is no post of the book; empty for one that is."""
    if kind not in ("", "post", "page", "comment") and state in _PUBLISHED:
        return ""
    if kind in ("page", "comment"):
        return f"a {kind}"
    if state in _PUBLISHED:
        return ""
    known = {"draft": "a draft", "private": "private", "trash": "thrown away", "future": "not yet published"}
    return known.get(state, f"not published ({state})")


def _categories(entry: Node, text: Callable[[Node], str]) -> Iterator[str]:
    for child in entry.elements():
        if child.name == "category" and child.get("domain") in ("", "category"):
            said = child.get("term") or text(child)
            if said and _BLOGGER not in said:
                yield said


def _date(text: str) -> str:
    """Give a date as ISO has it, from any form that feeds have."""
    if re.match(r"\d{4}-\d\d-\d\d", text) and not text.startswith("0000"):
        return text
    try:
        return parsedate_to_datetime(text).date().isoformat() if text else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _is_html(content: str) -> bool:
    """Tell whether elements make the paragraphs of a post, not its empty lines."""
    blocks = len(_BLOCK.findall(content))
    return blocks > 0 and blocks * 2 >= len(_EMPTY_LINE.findall(content.strip()))
