"""From the bytes of one file to the texts it holds and their drafts. Nothing is repaired here."""

from collections.abc import Callable
from pathlib import PurePath

from msgspec import Struct

from publish.diagnostic import PublishError
from publish.draft import Draft
from publish.readers import decode, markdown, text
from publish.readers.html import page
from publish.source import Source


class Read(Struct, frozen=True):
    """What a file holds."""

    sources: tuple[Source, ...]
    """Its texts: the file itself, or those of its members that text was found in."""
    drafts: tuple[Draft, ...]
    """In the order in which they follow each other; a draft may hold lines of several of the sources."""
    archive: bytes = b""
    """Where the sources are members: the archive, which may be another file than that on the disk."""


Reader = Callable[[bytes, str, str], Read]
"""Takes the bytes of a file, its path as people know it, and the encoding that book.toml states, if any."""


def _plain(read_lines: Callable[[Source], Draft]) -> Reader:
    """Give the reader of files that are one text."""

    def read_file(data: bytes, name: str, encoding: str) -> Read:
        source = decode.decode(data, name, encoding)
        return Read((source,), (read_lines(source),))

    return read_file


def _page(data: bytes, name: str, encoding: str) -> Read:
    """Read a file of HTML."""
    source = decode.decode(data, name, encoding or page.encoding(data))
    return Read((source,), (page.read(source),))


READERS: dict[str, Reader] = {
    ".txt": _plain(text.read),
    ".text": _plain(text.read),
    "": _plain(text.read),
    ".md": _plain(markdown.read),
    ".markdown": _plain(markdown.read),
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
}
"""The reader for each suffix; a file without a suffix is taken for plain text."""


def read(data: bytes, name: str, encoding: str = "") -> Read:
    """Read one file.

    `name` is the path as it is shown to people; its suffix chooses the reader. `encoding` overrules the
    detection. Raises PublishError for an unknown suffix and for what is no manuscript.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(key for key in READERS if key)
        raise PublishError(
            f"{name}: files of kind “{suffix}” cannot be read.", f"Save it as one of: {known}."
        )
    return READERS[suffix](data, name, encoding)
