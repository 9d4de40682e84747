"""Where editions go, and which files there may be replaced."""

import contextlib
import re
import stat
import unicodedata
import zipfile
from pathlib import Path
from typing import BinaryIO

from publish.build.files import unreadable, unwritable
from publish.build.manuscript import Manuscript
from publish.build.named import DIST
from publish.config import Format
from publish.diagnostic import PublishError
from publish.document import Book
from publish.patterns import lazily

_LONGEST_SLUG = 80
_APOSTROPHES = lazily("['’‘ʼ`]")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
     "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "&": " and "}
)  # fmt: skip
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows does not give to files."""
_HEAD = 1024
"""Bytes that tell of which kind a file is."""
_MARKDOWN_MARK = re.compile(
    rb"---\n(?:[^\n]+\n)*?generator: publish\n(?:[^\n]+\n)*?digest: ([0-9a-f]{8})\n---\n(.*)\Z", re.DOTALL
)
_PAGE_MARKS = tuple(
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b'<meta name="generator" content="publish %b">' % command
    for command in (b"changes", b"report")
)
_EPUB_MARK = re.compile(rb'<meta(?=[^>]*\bname="generator")[^>]*\bcontent="publish\b')


def slug(title: str, *fallbacks: str) -> str:
    """Give a title as the name of a file: ASCII, lower case, words joined by hyphens, never empty.

    Letters of other scripts have no place in it; where nothing is left the next of `fallbacks` is taken, at
    last "book".

    >>> slug("Breaking Stalin’s Åland"), slug("Война и мир", "voina"), slug("../CON")
    ('breaking-stalins-aland', 'voina', 'book-con')
    """
    for text in (title, *fallbacks):
        plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).translate(_LETTERS))
        words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
        name = "-".join(words)
        if len(name) > _LONGEST_SLUG:
            name = name[: name.rfind("-", 1, _LONGEST_SLUG + 1)][:_LONGEST_SLUG]
        if name:
            return f"book-{name}" if _DEVICES.fullmatch(name) else name
    return "book"


def default_path(book: Book, manuscript: Manuscript, kind: Format, folder: Path = DIST) -> Path:
    """Give where an edition goes that has no other place."""
    first = manuscript.folder.resolve().name if manuscript.folder else manuscript.files[0].stem
    return folder / f"{slug(book.metadata.title.value, first)}.{kind}"


def check_target(path: Path, manuscript: Manuscript, *, force: bool) -> None:
    """Raise PublishError where a file stands in the way that `publish` did not make, unless forced.

    The manuscript is never replaced, under whatever name.
    """
    if str(path) == "-":
        raise PublishError("An edition is not written to standard output.", "Name a file: -o my-book.epub")
    try:
        kind = stat.S_IFMT(path.stat().st_mode) if path.exists() else 0
    except OSError as error:
        raise unwritable(str(path), error) from error
    if kind == stat.S_IFDIR:
        raise PublishError(f"{path}: this is a folder.", "Name a file.")
    settings = [Path(manuscript.settings.path)] if manuscript.settings else []
    own = (file for file in (*manuscript.files, *settings) if file.exists())
    if kind == stat.S_IFREG and any(path.samefile(file) for file in own):
        raise PublishError(f"{path}: this is the manuscript itself.", "Name another file.")
    if kind == stat.S_IFREG and not force and not is_ours(path):
        hint = "Add --force to replace it, or name another file."
        raise PublishError(f"{path}: the file is there already, and publish did not make it.", hint)


def is_ours(path: Path) -> bool:
    """Tell whether a file is as `publish` made it; an empty file counts as nobody's and may be replaced.

    Markdown invites its reader to edit it: what was changed since is the author's.
    """
    try:
        with path.open("rb") as file:
            return _made_here(file)
    except OSError as error:
        raise unreadable(path, error) from error


def _made_here(file: BinaryIO) -> bool:
    """Tell it of an open file; of books only what says who made them is read, they may be of any size."""
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(file) as archive:
            packages = [name for name in archive.namelist() if name.endswith(".opf")]
            return any(_EPUB_MARK.search(archive.read(name)) for name in packages)
        return False
    if head.startswith(b"%PDF"):
        import pikepdf

        with contextlib.suppress(pikepdf.PdfError), pikepdf.open(file) as book:
            return str(book.docinfo.get("/Creator", "")) == "publish"
        return False
    if not head or head.startswith(_PAGE_MARKS):
        return True
    from publish import markdown

    written = _MARKDOWN_MARK.match(file.read())
    return written is not None and markdown.digest_of(written[2]) == written[1].decode()
