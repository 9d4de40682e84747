"""From the bytes of one file to the texts it holds and their drafts. Nothing is repaired here."""

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import PurePath

from publish.diagnostic import PublishError
from publish.draft import ASIDE, Draft, Read
from publish.readers import decode
from publish.source import Source

Reader = Callable[[bytes, str, str], Read]
"""Takes the bytes of a file, its path as people know it, and the encoding that book.toml states, if any."""


def _plain(module: str) -> Reader:
    """Give the reader of files that are one text; it is imported when a file asks for it."""

    def read_file(data: bytes, name: str, encoding: str) -> Read:
        source = decode.decode(data, name, encoding)
        return Read((source,), (import_module(f"publish.readers.{module}").read(source),))

    return read_file


def _later(module: str, function: str = "read") -> Reader:
    """Give a reader that is imported when a file asks for it: most manuscripts are text and nothing else."""

    def read_file(data: bytes, name: str, encoding: str) -> Read:
        reader: Reader = getattr(import_module(f"publish.readers.{module}"), function)
        return reader(data, name, encoding)

    return read_file


def _page(data: bytes, name: str, encoding: str) -> Read:
    """Read a file of HTML."""
    from publish.readers.html import page

    source = decode.decode(data, name, encoding or page.encoding(data))
    return Read((source,), (page.read(source),))


READERS: dict[str, Reader] = {
    ".txt": _plain("text"), ".text": _plain("text"), "": _plain("text"),
    ".md": _plain("markdown"), ".markdown": _plain("markdown"), ".html": _page, ".htm": _page,
    ".xhtml": _page, ".xml": _later("exports.feed"), ".atom": _later("exports.feed"),
    ".rss": _later("exports.feed"), ".json": _later("exports.ghost"), ".zip": _later("exports.zipped"),
    ".docx": _later("office.docx_file"), ".docm": _later("office.docx_file"),
    ".odt": _later("office.odt_file"), ".rtf": _later("office.odt_file", "read_copy"),
    ".doc": _later("office.odt_file", "read_copy"), ".epub": _later("ebook"),
}  # fmt: skip
"""The reader for each suffix; a file without a suffix is taken for plain text."""
EXPORTS = frozenset((".xml", ".atom", ".rss", ".json", ".zip"))
"""Suffixes that many other files have: in a folder they are manuscripts only where book.toml lists them."""


DOCUMENTS = frozenset((".docx", ".docm", ".odt", ".rtf", ".doc"))
"""Kinds that word processors write."""
COPIED = frozenset((".rtf", ".doc"))
"""Kinds of which a copy as ODT is read."""
KINDS = {"text": ".txt", "plain": ".txt", "markdown": ".md", "commonmark": ".md", "gfm": ".md"}
"""Names of kinds that are no suffixes."""


def suffix_of(kind: str) -> str:
    """Give the suffix for a kind as people name it: "markdown", "docx"; PublishError for an unknown one."""
    bare = kind.strip().lower().removeprefix(".")
    suffix = KINDS.get(bare, f".{bare}")
    if suffix not in READERS:
        known = sorted({*KINDS, *(key.removeprefix(".") for key in READERS if key)})
        raise PublishError(f"“{kind}” is no kind of manuscript.", f"Known: {', '.join(known)}.")
    return suffix


_MARKDOWN = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:---|\+\+\+)\r?\n\w+[ \t]*[:=]|^#{1,6} \S", re.MULTILINE)
_MAGIC = {
    ".docx": re.compile(rb"PK.*?word/", re.DOTALL),
    ".odt": re.compile(rb"PK.{28}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL),
    ".epub": re.compile(rb"PK.{28}mimetypeapplication/epub\+zip", re.DOTALL),
    ".rtf": re.compile(rb"\{\\rtf"),
    ".doc": re.compile(rb"\xd0\xcf\x11\xe0"),
    ".html": re.compile(rb"\s*<(?:!doctype html|html\b)", re.IGNORECASE),
    ".xml": re.compile(rb"\s*<\?xml"),
}
_HEAD = 4096
"""Bytes in which a file shows what it is."""


def sniffed(data: bytes) -> str:
    """Give the suffix for bytes that have no name; what shows nothing else is plain text."""
    known = (suffix for suffix, magic in _MAGIC.items() if magic.match(data, 0, _HEAD))
    found = next(known, ".md" if _MARKDOWN.search(data) else ".txt")
    return found if found in READERS else ".txt"


def read(data: bytes, name: str, encoding: str = "", kind: str = "") -> Read:
    """Read one file.

    Of the kinds that are `COPIED`, `data` is the copy. `name` is the path as it is shown to people; its
    suffix chooses the reader, unless `kind` is another one.
    `encoding` overrules the detection. Raises PublishError for an unknown suffix and for what is no
    manuscript.
    """
    suffix = kind or PurePath(name).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(key for key in READERS if key)
        raise PublishError(
            f"{name}: files of kind “{suffix}” cannot be read.", f"Save it as one of: {known}."
        )
    return READERS[suffix](data, name, encoding)


def is_markdown(name: str, kind: str = "") -> bool:
    """Tell whether a file is read as Markdown."""
    return (kind or PurePath(name).suffix.lower()) in (".md", ".markdown")


def lack_markup(some: Sequence[Read]) -> bool:
    """Tell whether files that are called Markdown are plain text: nothing in them is markup but emphasis."""
    return not any(
        _has_markup(draft, source)
        for one in some
        for draft, source in zip(one.drafts, one.sources, strict=True)
    )


def _has_markup(draft: Draft, source: Source) -> bool:
    """Tell whether a file has markup that plain text does not have; single stars round words are in both."""
    from publish.readers import markdown

    if draft.metadata or draft.order_kept or draft.repaired:
        return True
    if any(line.heading_level or line.depth or line.columns for line in draft.lines):
        return True
    if any(f"{ASIDE}{{" in line.run.text for line in draft.lines):
        return True
    # Spaces at the ends of lines, which Markdown breaks there, are in plain text by accident.
    signs = (source.text[span.start : span.end].strip().strip(markdown.UNSEEN) for span in draft.syntax)
    return any(sign not in ("", "*", "_") for sign in signs)
