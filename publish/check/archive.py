"""The archive: opened with care, since it may come from anybody.

Nothing is unpacked to disk, and nothing is read that claims to become larger than a book can be.
"""

import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote

from msgspec import Struct

from publish.archives import BROKEN
from publish.check.finding import Finding, error, warning
from publish.check.tree import NotWellFormedError, parse

MIMETYPE = b"application/epub+zip"
LARGEST_BOOK = 2 << 30
"""Bytes, packed or unpacked; the largest file that any store takes (Apple) is 2 GB."""
_LARGEST_RATIO = 200
"""Deflate packs prose to a third and white space to a thousandth; a book is no desert."""
_SMALL = 16 << 20
"""Bytes that may be packed as tightly as they like."""
_LARGEST_FOR_KDP = 650 << 20


class Archive(Struct, frozen=True):
    """The entries of an EPUB by name, and what is wrong with the archive itself."""

    entries: dict[str, bytes]
    findings: tuple[Finding, ...]


def read(data: bytes) -> Archive:
    """Read an archive; one that cannot be read, or should not be, gives findings and no entries."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            infos = file.infolist()
            if refused := [*_dangers(infos)]:
                return Archive({}, tuple(refused))
            entries = {info.filename: file.read(info) for info in infos if not info.is_dir()}
    except BROKEN as fault:
        return Archive({}, (_unreadable(data, fault),))
    findings = (*_mimetype(data, infos, entries), *_names(infos), *_locked(entries), *_size(data))
    return Archive(entries, findings)


def _unreadable(data: bytes, fault: Exception) -> Finding:
    if not data:
        return error("zip-unreadable", "The file is empty.")
    if data[60:68] == b"BOOKMOBI":
        return error("zip-unreadable", "This is no EPUB but a Kindle file (MOBI); check what it was made of.")
    if not data.startswith(b"PK"):
        return error("zip-unreadable", "This is no EPUB: an EPUB is a ZIP archive, and this file is none.")
    what = (
        str(fault)
        .rstrip(".")
        .replace("File is not a zip file", "its end, which lists the entries, is missing")
    )
    return error("zip-unreadable", f"The archive is damaged or was cut off ({what}); fetch or build it anew.")


def _dangers(infos: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    for info in infos:
        if info.flag_bits & 1:
            yield error("zip-encrypted", "The entry is locked with a password.", info.filename)
    total = sum(info.file_size for info in infos)
    if total > LARGEST_BOOK:
        yield error("zip-bomb", f"Unpacked the book would take {total >> 20:,} MB; it was not opened.")
    for info in infos:
        if info.file_size > _SMALL and info.file_size > _LARGEST_RATIO * max(1, info.compress_size):
            size = f"{info.file_size >> 20:,} MB from {info.compress_size:,} bytes"
            yield error(
                "zip-bomb", f"The entry would unpack to {size}; the book was not opened.", info.filename
            )


def _mimetype(data: bytes, infos: list[zipfile.ZipInfo], entries: dict[str, bytes]) -> Iterator[Finding]:
    first = infos[0] if infos else None
    if "mimetype" not in entries:
        yield error("zip-mimetype", "The archive lacks the entry “mimetype”, by which an EPUB is known.")
    elif entries["mimetype"] != MIMETYPE:
        yield error(
            "zip-mimetype", "The entry must hold “application/epub+zip” and nothing else.", "mimetype"
        )
    elif first is None or first.filename != "mimetype" or not data.startswith(b"PK\x03\x04"):
        yield error("zip-mimetype", "The entry must be the first of the archive.", "mimetype")
    elif first.compress_type != zipfile.ZIP_STORED or data[28:30] != b"\0\0":
        yield error("zip-mimetype", "The entry must be stored as it is, without extra fields.", "mimetype")


def _names(infos: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for info in infos:
        name = info.filename
        if name.startswith("/") or "\\" in info.orig_filename or ".." in name.split("/"):
            yield error("zip-name", "The name leads out of the book, or is written with backslashes.", name)
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            yield error("zip-name", f"On some devices this is the same name as “{seen[folded]}”.", name)
        seen.setdefault(folded, name)


_ENCRYPTION = "META-INF/encryption.xml"
_OBFUSCATIONS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
"""Ways to make a typeface useless outside of its book, which every reading system undoes."""


def _locked(entries: dict[str, bytes]) -> Iterator[Finding]:
    try:
        root = parse(entries[_ENCRYPTION]) if _ENCRYPTION in entries else None
    except NotWellFormedError as fault:
        yield error("container-unreadable", fault.message, _ENCRYPTION, fault.line, fault.column)
        return
    for data in root.all("EncryptedData") if root else ():
        methods = {method.get("Algorithm") for method in data.all("EncryptionMethod")}
        if not methods <= _OBFUSCATIONS:
            message = "The file is encrypted (DRM): it was not checked; stores take books that are not."
            for reference in data.all("CipherReference"):
                yield error("zip-encrypted", message, unquote(reference.get("URI")))


def _size(data: bytes) -> Iterator[Finding]:
    if len(data) > _LARGEST_FOR_KDP:
        yield warning("book-size", f"The book has {len(data) >> 20:,} MB; Amazon takes at most 650.")
