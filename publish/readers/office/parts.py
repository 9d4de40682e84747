"""The members of a document of a word processor, as sources and as trees."""

import codecs
import posixpath
import re
import zipfile

from publish import archives
from publish.diagnostic import PublishError
from publish.readers.office.elements import Element, parse
from publish.source import Source

_OLD = b"\xd0\xcf\x11\xe0"
"""Begins what Microsoft's programs wrote before 2007, and what they encrypt since."""
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


class Package:
    """A document that is an archive."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it; raises PublishError for what is no archive, encrypted, damaged or made to do harm."""
        if data.startswith(_OLD):
            raise PublishError(
                f"{name}: the document is encrypted, or an old one under a new name.",
                "Save it without a password, or as .doc if it is one.",
            )
        self.name = name
        self.archive: zipfile.ZipFile = archives.opened(data, name)
        self.members = frozenset(self.archive.namelist())
        self._related: dict[str, dict[str, tuple[str, str, bool]]] = {}

    def source(self, member: str, part: str = "") -> Source | None:
        """Give a member as a source; None where there is none."""
        if member not in self.members:
            return None
        data = archives.member(self.archive, member, self.name)
        try:
            return Source.of_member(self.name, member, data, _encoding(data), part=part)
        except (UnicodeError, LookupError) as error:
            raise PublishError(
                f"{self.name}: “{member}” inside is not the text that it says it is.",
                "Save it anew with the program that made it.",
            ) from error

    def tree(self, source: Source | None) -> Element | None:
        """Give a source as a tree."""
        return None if source is None else parse(source.data, source.text, self.name)

    def read(self, member: str) -> Element | None:
        """Give a member as a tree; None where there is none."""
        return self.tree(self.source(member)) if member else None

    def relations(self, member: str) -> dict[str, tuple[str, str, bool]]:
        """Give what a member of a DOCX refers to, by key: kind, name or address, whether it is outside."""
        if member in self._related:
            return self._related[member]
        folder, base = posixpath.split(member)
        root = self.read(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = self._related[member] = {}
        for item in root.all("rel:Relationship") if root else ():
            outside, target = item.get("TargetMode") == "External", item.get("Target")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id")] = (item.get("Type").rpartition("/")[2], target, outside)
        return found

    def related(self, member: str, kind: str) -> str:
        """Give the first member of a kind to which another refers; empty where there is none."""
        found = self.relations(member).values()
        return next((target for what, target, outside in found if what == kind and not outside), "")


def _encoding(data: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return encoding
    found = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    return found[1].decode().lower() if found else "utf-8"
