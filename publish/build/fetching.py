"""Pictures that lie on the web, brought into the folder of a book: only where somebody asks for it."""

import re
import time
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import replace

from publish import __version__, pictures
from publish.build.manuscript import Manuscript, Part
from publish.diagnostic import PublishError
from publish.document import Block, Book, Division, Figure, Paragraph, Text
from publish.draft import Line
from publish.source import Run, Source

_MARK = re.compile(
    r"!\[(?P<alt>(?:[^\\\[\]]|\\.)*)\]\(\s*<?(?P<url>[^\s<>]+?)>?(?:\s+\"(?P<caption>[^\"]*)\")?\s*\)"
)
_LARGEST = 20_000_000
"""Bytes; stores take pictures of 5 MB, and cameras make some of 15."""
_PATIENCE = 20
"""Seconds in which a server must answer."""

_LONGEST = 6
"""Times the patience in which all of a picture must have come."""
_PART = 1 << 16

Load = Callable[[str], bytes]
"""Gives what lies at an address; raises PublishError where it cannot be had."""


class Brought(Struct, frozen=True):
    """A manuscript with the pictures of its pages and exports that could be fetched."""

    manuscript: Manuscript
    files: Mapping[str, bytes]
    """By their addresses, as the manuscript has them."""
    failed: tuple[PublishError, ...]
    """What could not be fetched: these pictures stay left out, and are told as such."""


class Fetched(Struct, frozen=True):
    """A book whose pictures no longer lie on the web."""

    book: Book
    files: Mapping[str, bytes]
    """By the names that the figures bear."""
    addresses: Mapping[str, str]
    """Whence each file is."""


def load(url: str, patience: float = _PATIENCE) -> bytes:
    """Give what lies at an address; only over HTTPS, of bearable size, from a server that answers soon.

    `patience` is in seconds. Addresses in the author's own network are no exception: the server must have a
    certificate that the system trusts, it is asked for nothing that any page in a browser could not ask for,
    and nothing but a picture is kept of its answer.
    """
    if not url.lower().startswith("https://"):
        hint = "Save it yourself."
        raise PublishError(f"{url}: only addresses that begin with https:// are fetched.", hint)
    opener = urllib.request.OpenerDirector()
    # Without handlers for anything else an answer leads to no other kind of address.
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    # Many servers answer nobody who does not say what they are.
    opener.addheaders = [("User-Agent", f"publish/{__version__}")]
    try:
        with opener.open(_as_asked(url), timeout=patience) as answer:
            data = _all(answer, time.monotonic() + _LONGEST * patience)
    except (OSError, HTTPException, ValueError) as error:
        said = " ".join(str(error).split())
        if isinstance(error, HTTPError):
            error.close()
        raise PublishError(
            f"{url}: it cannot be fetched ({said}).", "Save it in the book's folder."
        ) from error
    if len(data) > _LARGEST:
        raise PublishError(f"{url}: it is larger than 20 MB.", "Save it in the book's folder, smaller.")
    return data


def _as_asked(url: str) -> str:
    """Give an address as servers are asked for it: letters that are no ASCII are written in its own way."""
    parts = urlsplit(url)
    path, query = (quote(part, safe="%/:?@!$&'()+*,;=~[]") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _all(answer: HTTPResponse, until: float) -> bytes:
    """Give what a server sends, or as much of it as is too much.

    Raises OSError where it ends in its middle, or is not done by a moment of the monotonic clock.
    """
    parts: list[bytes] = []
    size = 0
    while size <= _LARGEST and (part := answer.read1(_PART)):
        parts.append(part)
        size += len(part)
        if time.monotonic() > until:
            raise OSError("it takes too long")
    if size <= _LARGEST and answer.length:
        raise OSError("it ends in its middle")
    return b"".join(parts)


def brought(manuscript: Manuscript, load: Load = load) -> Brought:
    """Fetch the pictures of pages and exports, which is left undone where one cannot be had.

    Old posts name pictures that are long gone; those that Markdown names are the author's own, and needed.
    """
    files: dict[str, bytes] = {}
    failed: dict[str, PublishError] = {}

    def shown(line: Line) -> Line:
        name = line.image.text if line.absent and line.image else ""
        if name and name not in files and name not in failed:
            try:
                # Over HTTPS is what its site had otherwise when the page was written.
                data = load(re.sub(r"\A(?:http:)?//", "https://", name))
                _kind(name, data)
                files[name] = data
            except PublishError as error:
                failed[name] = error
        return replace(line, absent=False) if name in files else line

    def read(part: Part) -> Part:
        drafts = (replace(draft, lines=tuple(map(shown, draft.lines))) for draft in part.read.drafts)
        return replace(part, read=replace(part.read, drafts=tuple(drafts)))

    parts = tuple(map(read, manuscript.parts))
    return Brought(replace(manuscript, parts=parts), files, tuple(failed.values()))


def fetched(book: Book, sources: Mapping[int, Source], load: Load = load) -> Fetched:
    """Give a book with the pictures of Markdown that lie on the web, each alone in its paragraph.

    Raises what `load` raises, and PublishError for what is no picture.
    """
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}

    def made(block: Block) -> Block:
        found = _mark(block, sources)
        if found is None:
            return block
        url = found["url"]
        if url not in names:
            data = load(url)
            names[url] = f"{pictures.FOLDER}web-{len(names) + 1}.{_kind(url, data)}"
            files[names[url]] = data
        caption = (Text(Run(found["caption"])),) if found["caption"] else ()
        return Figure(Run(names[url]), Run(found["alt"]), caption)

    def walked(division: Division) -> Division:
        return replace(
            division,
            blocks=tuple(map(made, division.blocks)),
            divisions=tuple(map(walked, division.divisions)),
        )

    book = replace(book, divisions=tuple(map(walked, book.divisions)))
    return Fetched(book, files, {name: url for url, name in names.items()})


def _kind(url: str, data: bytes) -> str:
    try:
        return pictures.kind_of(data).suffix
    except PublishError as error:
        raise PublishError(f"{url}: {error.message}", error.hint) from error


def _mark(block: Block, sources: Mapping[int, Source]) -> re.Match[str] | None:
    """Give the picture that a paragraph is, as it was typed: the book has the quotation marks of print."""
    if not (
        isinstance(block, Paragraph) and len(block.children) == 1 and isinstance(block.children[0], Text)
    ):
        return None
    run = block.children[0].run
    span = run.span(0, len(run)) if run.text.startswith("![") else None
    found = _MARK.fullmatch(sources[span.source].text[span.start : span.end]) if span else None
    return found if found and "//" in found["url"] else None
