"""What an e-book says of itself: its package document, in which order its texts stand, what each of them is.

The documents are XML, read as tags one after the other: names of namespaces do not count, entities are never
declared and nothing outside of the archive is opened.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from msgspec import Struct

from publish import archives
from publish.diagnostic import PublishError
from publish.document import ROLE_NAMES
from publish.readers.html import inline, tree
from publish.readers.html.tokens import Value, refuse_entities
from publish.readers.html.tree import Node
from publish.source import Edit, Run, Source

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_OBFUSCATED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways in which fonts alone are hidden; they lock no book."""
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9._-]{2,40})["']""")
_MARKUP = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_FACTS = {
    "publisher": "publisher",
    "rights": "rights",
    "subject": "subject",
}
_TAGS = re.compile(r"(?:</?[A-Za-z][^<>]*>\s*)+")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_ISBN = re.compile(r"(?:urn:)?isbn:?\s*([\dXx -]{10,17})|97[89][\d -]{10,14}", re.IGNORECASE)


class Element(Struct, frozen=True):
    """A tag and the text that follows it."""

    name: str
    attributes: Mapping[str, Value]
    text: Run

    def get(self, attribute: str) -> str:
        """Give what an attribute says, whatever its namespace."""
        found = (
            value.text for name, value in self.attributes.items() if name.rpartition(":")[2] == attribute
        )
        return next(found, "")


class Package(Struct, frozen=True):
    """What is known of an e-book as a whole."""

    texts: tuple[str, ...]
    """Members of the archive in reading order."""
    types: Mapping[str, str]
    """What members are, where the package says so: "toc", "cover", …"""
    contents: str
    """The member that lists the contents; empty where there is none."""
    metadata: tuple[tuple[str, Run], ...]
    source: Source
    cover: str = ""
    """The picture of the cover."""
    ours: bool = False
    """`publish` made the e-book."""


def text_of(archive: zipfile.ZipFile, member: str, path: str) -> Source:
    """Give a member as a source; raises PublishError where it is missing, damaged or declares entities."""
    source = decoded(archive, member, path)
    refuse_entities(source.text, f"{path}, {member}")
    return source


def decoded(archive: zipfile.ZipFile, member: str, path: str) -> Source:
    """Give a member as a source, whatever it is; raises PublishError where it is missing or damaged."""
    try:
        data = archives.member(archive, member, path)
    except KeyError as error:
        raise PublishError(f"{path}: the e-book lacks its part “{member}”.", "Download it again.") from error
    found = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    stated = found[1].decode("ascii") if found else "utf-8"
    utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16" if utf_16 else "utf-8", stated, "cp1252"):
        try:
            return Source.of_member(path, member, data, encoding, part=member)
        except (UnicodeError, LookupError):
            continue
    return Source.of_member(path, member, data, "latin-1", part=member)


def read(archive: zipfile.ZipFile, path: str) -> Package:
    """Read the package document; raises PublishError for what is no e-book, or a locked one."""
    names = set(archive.namelist())
    if _ENCRYPTION in names:
        _refuse_locked(text_of(archive, _ENCRYPTION, path))
    if _CONTAINER not in names:
        raise PublishError(f"{path}: this is no e-book.", "An e-book (EPUB) says in META-INF what it holds.")
    found = [e.get("full-path") for e in elements(text_of(archive, _CONTAINER, path)) if e.name == "rootfile"]
    member = next((name for name in map(unquote, found) if name in names), "")
    if not member:
        raise PublishError(f"{path}: the e-book does not say what it holds.", "Download it again.")
    source = text_of(archive, member, path)
    return _package(source, list(elements(source)), names)


def _refuse_locked(source: Source) -> None:
    ways = [e.get("algorithm") for e in elements(source) if e.name == "encryptionmethod"]
    if any(way not in _OBFUSCATED for way in ways):
        raise PublishError(
            f"{source.path}: the e-book is locked (DRM), so that its text cannot be read.",
            "Take the file that you gave to the shop, or ask your publisher for it.",
        )


def elements(source: Source) -> Iterator[Element]:
    """Give the elements of a document in the order of their tags, each with the text right behind its tag."""
    whole = source.run()
    for node in tree.parse(source.text, xml=True, plain=True).root.walk():
        first = node.children[0] if node.children else (0, 0)
        text = Run("") if isinstance(first, Node) else inline.trimmed(inline.read(whole.slice(*first)))
        yield Element(node.name.rpartition(":")[2], node.attributes, text)


def _package(source: Source, parts: Sequence[Element], names: set[str]) -> Package:
    def member(href: str) -> str:
        return located(source.member, href)

    items = {e.get("id"): e for e in parts if e.name == "item"}
    spine = [items[e.get("idref")] for e in parts if e.name == "itemref" and e.get("idref") in items]
    texts = [
        member(e.get("href")) for e in spine if e.get("media-type") in _MARKUP or not e.get("media-type")
    ]
    types = {member(e.get("href")): e.get("type") for e in parts if e.name == "reference"}
    contents = [member(e.get("href")) for e in items.values() if "nav" in e.get("properties").split()]
    types |= dict.fromkeys(contents, "toc")
    contents += [member(e.get("href")) for e in items.values() if e.get("media-type").endswith("dtbncx+xml")]
    return Package(
        texts=tuple(dict.fromkeys(name for name in texts if name in names)),
        types=types,
        contents=next((name for name in contents if name in names), ""),
        metadata=tuple(_metadata(source, parts)),
        source=source,
        cover=next((member(e.get("href")) for e in _covers(items, parts)), ""),
        ours=any(
            e.get("content").partition(" ")[0] == "publish" for e in parts if e.get("name") == "generator"
        ),
    )


def _covers(items: Mapping[str, Element], parts: Sequence[Element]) -> Iterator[Element]:
    yield from (e for e in items.values() if "cover-image" in e.get("properties").split())
    named = (e.get("content") for e in parts if e.name == "meta" and e.get("name") == "cover")
    yield from (items[name] for name in named if name in items)


def located(base: str, href: str) -> str:
    """Give the member to which an address leads from another, without its place there."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href.partition("#")[0])))


def _metadata(source: Source, parts: Sequence[Element]) -> Iterator[tuple[str, Run]]:
    """Give the facts of the package under the keys of front matter."""
    refined: dict[str, dict[str, Run]] = {}
    for part in parts:
        if part.name == "meta" and part.get("refines"):
            refined.setdefault(part.get("refines").lstrip("#"), {})[part.get("property")] = part.text
    titles = [part for part in parts if part.name == "title" and part.text.text]
    for part in parts:
        more = refined.get(part.get("id"), {}) if part.get("id") else {}
        if part.name == "meta":
            yield from _series(source, part, refined)
        elif not part.text.text:
            continue
        elif part.name == "title":
            yield from _title(part, more, titles)
        elif part.name in ("creator", "contributor"):
            yield from _creator(part, more)
        else:
            yield from _fact(part)


def _fact(part: Element) -> Iterator[tuple[str, Run]]:
    text = part.text.text
    if part.name == "description":
        # Stores show it as a page, so that many write it as one.
        tags = [Edit(*match.span(), " ", "") for match in _TAGS.finditer(text)]
        yield part.name, inline.trimmed(inline.read(part.text.apply(tags))) if tags else part.text
    elif part.name == "language":
        yield part.name, part.text.apply([Edit(*m.span(), "-", "") for m in re.finditer("_", text)])
    elif part.name in _FACTS:
        yield _FACTS[part.name], part.text
    elif part.name == "date" and part.get("event") in ("", "publication") and (found := _DATE.match(text)):
        yield "date", part.text.slice(*found.span())
    elif part.name == "identifier" and (number := _ISBN.fullmatch(text)):
        yield "identifier", Run("urn:isbn:" + re.sub("[^0-9Xx]", "", number[1] or number[0]))


def _title(part: Element, more: Mapping[str, Run], titles: Sequence[Element]) -> Iterator[tuple[str, Run]]:
    kind = more["title-type"].text if "title-type" in more else ""
    if kind == "subtitle":
        yield "subtitle", part.text
    elif kind == "main" or part is titles[0]:
        yield "title", part.text


def _creator(part: Element, more: Mapping[str, Run]) -> Iterator[tuple[str, Run]]:
    role = (more["role"].text if "role" in more else "") or part.get("role")
    if not role and part.name == "creator":
        role = "aut"
    if role in ROLE_NAMES:
        yield ROLE_NAMES[role], part.text
        filed = more.get("file-as") or Run(part.get("file-as"))
        first, _, last = part.text.text.rpartition(" ")
        if filed.text not in ("", "Unknown", part.text.text, f"{last}, {first}"):
            yield "file-as", filed


def _series(
    source: Source, part: Element, refined: Mapping[str, Mapping[str, Run]]
) -> Iterator[tuple[str, Run]]:
    if part.get("property") == "belongs-to-collection" and not part.get("refines"):
        yield "series", part.text
        more = refined.get(part.get("id"), {})
        if "group-position" in more:
            yield "series-number", more["group-position"]
    keys = {"calibre:series": "series", "calibre:series_index": "series-number"}
    value = part.attributes.get("content")
    if part.get("name") in keys and value:
        run = source.run().slice(value.start, value.end)
        yield keys[part.get("name")], inline.trimmed(inline.read(run))
