"""Finished books: checked, and e-books remembered with the lines of the manuscript that they were made of."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZipFile

import msgspec
from msgspec.structs import replace

from publish import check
from publish.archives import BROKEN
from publish.check import archive, epubcheck
from publish.check import report as check_report
from publish.check.origins import Origins, origins
from publish.check.report import Checked
from publish.diagnostic import PublishError
from publish.digests import blake2b
from publish.document import Book
from publish.fonts import user_cache
from publish.places import json_text
from publish.source import Source
from publish.stores import Store

if TYPE_CHECKING:
    from publish.preflight import Preflight

JSON_VERSION = 1
"""Version of the JSON form; raised whenever a reader of the old form would misread the new one."""
_REMEMBERED = 200
"""Books whose origins are kept; the oldest go first."""


def remember(made: BinaryIO, book: Book, sources: Mapping[int, Source]) -> None:
    """Keep, in the user's cache, from which lines of the manuscript an e-book comes; see `check.origins`.

    Where the cache cannot be written nothing is kept: findings then have no line of the manuscript.
    """
    # The documents alone, one by one: the pictures of a book may weigh hundreds of megabytes.
    with ZipFile(made) as file:
        documents = ((name, file.read(name)) for name in file.namelist() if name.endswith(".xhtml"))
        found = origins(documents, book, sources)
        path = _memory(file)
    found = replace(found, sources=tuple(str(Path(name).resolve()) for name in found.sources))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode(found))
        kept = sorted(path.parent.iterdir(), key=lambda item: item.stat().st_mtime, reverse=True)
        for old in kept[_REMEMBERED:]:
            old.unlink(missing_ok=True)


def remembered(data: bytes) -> Origins | None:
    """Give where the text of an e-book comes from, if it was built here."""
    with contextlib.suppress(msgspec.MsgspecError, *BROKEN), ZipFile(BytesIO(data)) as book:
        return msgspec.json.decode(_memory(book).read_bytes(), type=Origins)
    return None


def _memory(book: ZipFile) -> Path:
    parts = repr([(entry.filename, entry.file_size, entry.CRC) for entry in book.infolist()])
    return user_cache() / "publish" / "books" / f"{blake2b(parts.encode(), digest_size=32).hexdigest()}.json"


def openable(path: Path) -> Path:
    """Give the path of a finished book; raises PublishError for a folder and for what no store would take."""
    if path.is_dir():
        inside = sorted(item for kind in ("*.epub", "*.pdf") for item in path.glob(kind))
        named = shlex.quote(str(inside[0])) if inside else ""
        hint = f"Name the file, for instance: publish check {named}" if named else _NO_BOOK
        if (path / "META-INF").is_dir():
            hint = "It is an unpacked e-book: pack it first, “mimetype” before all else and stored."
        raise PublishError(f"{path}: this is a folder, not a finished book.", hint)
    if path.is_file() and path.stat().st_size > archive.LARGEST_BOOK:
        size = path.stat().st_size >> 20
        raise PublishError(
            f"{path}: the file has {size:,} MB and was not opened.",
            f"No store takes a book of more than {archive.LARGEST_BOOK >> 20:,} MB.",
        )
    return path


_NO_BOOK = "A finished book is an EPUB or a PDF; manuscripts are checked by publish lint."


def checked(books: Sequence[tuple[Path, bytes]], progress: Callable[[str], None]) -> list[Checked]:
    """Check e-books, with EPUBCheck where it is installed.

    Raises PublishError where EPUBCheck is installed but does not run.
    """
    found = {path: check.faults(data) for path, data in books}
    # An archive that is dangerous to open, or none at all, is nothing to start Java for.
    sound = [path for path, items in found.items() if not any(item.code in _UNOPENED for item in items)]
    messages: dict[Path, list[epubcheck.Message]] = {}
    if sound and epubcheck.is_installed():
        with epubcheck.checker() as ask:
            for path in sound:
                progress(f"Checking {path.name}")
                messages[path] = ask(path)
    return [
        Checked(
            str(path), check.joined(found[path], messages.get(path, [])), path in messages, remembered(data)
        )
        for path, data in books
    ]


_UNOPENED = {"zip-unreadable", "zip-bomb", "zip-encrypted"}


def is_pdf(path: Path, data: bytes) -> bool:
    """Tell whether a file is to be checked as a PDF."""
    return b"%PDF-" in data[:1024] or path.suffix.lower() == ".pdf"


def preflighted(
    files: Sequence[tuple[Path, bytes]], store: Store, progress: Callable[[str], None]
) -> list[Preflight]:
    """Hold PDFs against the rules of a store; raises PublishError for one that cannot be read."""
    from publish import preflight

    found = []
    for path, data in files:
        progress(f"Checking {path.name}")
        found.append(preflight.preflight(str(path), data, store))
    return found


def as_text(books: Sequence[Checked], prints: Sequence[Preflight]) -> str:
    """Write what was found for reading."""
    from publish.preflight import report as preflight_report

    return check_report.as_text(books) + "".join(map(preflight_report.as_text, prints))


def as_json(books: Sequence[Checked], prints: Sequence[Preflight]) -> str:
    """Write what was found for programs."""
    from publish.preflight import report as preflight_report

    return json_text(
        {
            "version": JSON_VERSION,
            "books": check_report.as_data(books),
            "prints": [preflight_report.as_data(found) for found in prints],
        }
    )
