"""The package document: what the book says it is made of, checked against what is there."""

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from publish.check.finding import Finding, error, warning
from publish.check.tree import Element, NotWellFormedError, parse
from publish.config import is_isbn

_CONTAINER = "META-INF/container.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[ix](?=-))(?:-[A-Za-z\d]{1,8})*")
_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Item(Struct, frozen=True):
    """An entry of the manifest."""

    id: str
    name: str
    """Entry of the archive; empty for what lies elsewhere."""
    media_type: str
    properties: tuple[str, ...]
    line: int


class Package(Struct, frozen=True):
    """A package document, read."""

    name: str
    root: Element
    items: dict[str, Item]
    """By id."""
    spine: tuple[str, ...]
    """Entries in reading order."""

    @property
    def version(self) -> str:
        """The version of EPUB that it claims."""
        return self.root.get("version")

    @property
    def nav(self) -> str:
        """The navigation document's entry; empty where there is none."""
        return next((item.name for item in self.items.values() if "nav" in item.properties), "")

    def metadata(self, name: str) -> list[Element]:
        """Give the Dublin Core elements of a local name, or the `meta` elements of a property."""
        return [
            element
            for element in self.root.walk()
            if (element.local == name and element.name != name and "dc/elements" in element.name)
            or (element.local == "meta" and element.get("property") == name)
        ]


def resolve(base: str, reference: str) -> tuple[str, str]:
    """Give entry and fragment that a reference in a file leads to; the entry is "" for another site."""
    try:
        parts = urlsplit(reference)
    except ValueError:
        # An address that is none leads nowhere in the book; EPUBCheck has the words for it.
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    path = unquote(parts.path)
    name = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    return name, unquote(parts.fragment)


def read(entries: dict[str, bytes]) -> tuple[Package | None, list[Finding]]:
    """Find and read the package document; None where that cannot be done."""
    name = _rootfile(entries)
    if isinstance(name, Finding):
        return None, [name]
    try:
        root = parse(entries[name])
    except NotWellFormedError as fault:
        return None, [error("package-unreadable", fault.message, "", fault.line, fault.column)]
    items = {item.id: item for item in _items(name, root)}
    references = [reference.get("idref") for reference in root.all("itemref")]
    spine = tuple(items[reference].name for reference in references if reference in items)
    package = Package(name, root, items, spine)
    return package, [*_faults(package, entries)]


def _is_moment(stamp: str) -> bool:
    try:
        return bool(_MODIFIED.fullmatch(stamp) and datetime.fromisoformat(stamp))
    except ValueError:
        return False


def _rootfile(entries: dict[str, bytes]) -> str | Finding:
    """Give the package's entry, or why it cannot be found."""
    if _CONTAINER not in entries:
        told = f"The archive lacks {_CONTAINER}, where reading begins."
        if inside := next((name for name in entries if name.endswith(f"/{_CONTAINER}")), ""):
            folder = inside.removesuffix(f"/{_CONTAINER}")
            told += f" Everything lies in the folder “{folder}”: pack what is in it, not the folder."
        return error("container-missing", told)
    try:
        container = parse(entries[_CONTAINER])
    except NotWellFormedError as fault:
        return error("container-unreadable", fault.message, _CONTAINER, fault.line, fault.column)
    files = [file for file in container.all("rootfile") if file.get("media-type") == _PACKAGE_TYPE]
    if not files:
        return error("container-unreadable", "It names no package document.", _CONTAINER)
    name = unquote(files[0].get("full-path"))
    if name not in entries:
        message = f"It names “{name}”, which the archive does not hold."
        return error("container-unreadable", message, _CONTAINER, files[0].line, files[0].column)
    return name


def _items(name: str, root: Element) -> Iterator[Item]:
    for element in root.all("item"):
        target, _ = resolve(name, element.get("href"))
        properties = tuple(element.get("properties").split())
        yield Item(element.get("id"), target, element.get("media-type"), properties, element.line)


def _faults(package: Package, entries: dict[str, bytes]) -> Iterator[Finding]:
    for item in package.items.values():
        if item.name and item.name not in entries:
            message = f"The manifest lists “{item.name}”, which the archive does not hold."
            yield error("manifest-missing", message, package.name, item.line)
    listed = {item.name for item in package.items.values()} | {package.name, "mimetype"}
    unlisted = [name for name in entries if name not in listed and not name.startswith("META-INF/")]
    for name in sorted(unlisted):
        yield error("manifest-unlisted", "The archive holds this file, but the manifest lacks it.", name)
    yield from _spine(package)
    yield from _cover(package)
    yield from _identity(package)


def _spine(package: Package) -> Iterator[Finding]:
    if not package.spine:
        yield error("spine-empty", "The spine lists nothing to read.", package.name)
    for reference in package.root.all("itemref"):
        if reference.get("idref") not in package.items:
            message = f"The spine names “{reference.get('idref')}”, which the manifest does not list."
            yield error("spine-unlisted", message, package.name, reference.line, reference.column)
    if package.version.startswith("3") and not package.nav:
        yield error("nav-missing", "No item has the property “nav”: the book has no contents.", package.name)


def _cover(package: Package) -> Iterator[Finding]:
    covers = [item for item in package.items.values() if "cover-image" in item.properties]
    # EPUB 2 has a word of its own for it.
    older = not package.version.startswith("3") and any(
        element.get("name") == "cover" for element in package.root.all("meta")
    )
    if len(covers) > 1:
        names = " and ".join(f"“{item.name}”" for item in covers)
        yield error(
            "cover-image", f"The book has {len(covers)} covers: {names}.", package.name, covers[1].line
        )
    elif not covers and not older:
        message = "No picture is named as the cover: libraries show the book without one."
        yield warning("cover-image", message, package.name)


def _identity(package: Package) -> Iterator[Finding]:
    wanted = package.root.get("unique-identifier")
    identifiers = [e for e in package.metadata("identifier") if e.get("id") == wanted and e.text()]
    if not wanted or not identifiers:
        yield error(
            "package-identifier", "The book has no identifier that is marked as its own.", package.name
        )
    if not any(element.text() for element in package.metadata("language")):
        yield error("package-language", "The book does not state its language.", package.name)
    for element in package.metadata("language"):
        if element.text() and not _LANGUAGE.fullmatch(element.text()):
            message = f"“{element.text()}” names no language as “en” and “pt-BR” do: stores do not know it."
            yield error("package-language", message, package.name, element.line, element.column)
    for element in package.metadata("identifier"):
        prefix, _, number = element.text().rpartition(":")
        if prefix.lower() == "urn:isbn" and not is_isbn(number):
            message = f"“{number}” is no ISBN: its check digit is wrong, or a digit is missing."
            yield error("package-identifier", message, package.name, element.line, element.column)
    stamps = [element.text() for element in package.metadata("dcterms:modified")]
    if package.version.startswith("3") and not (len(stamps) == 1 and _is_moment(stamps[0])):
        message = "The book must state once when it was changed last, as 2026-11-22T09:30:00Z."
        yield error("package-modified", message, package.name)
