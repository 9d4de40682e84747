"""The pictures of a book: their formats, their names in the editions, their bytes one picture at a time."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostic import PublishError
from publish.document import Block, Book, Division, Figure, inner_blocks, walk_divisions, with_inner
from publish.patterns import lazily

FOLDER = "images/"
"""Begins the names of pictures in the editions."""
_HINT = "Save it as JPEG, PNG, GIF or SVG."
_LONGEST_NAME = 40


class Kind(Struct, frozen=True):
    """A format that every reading system shows."""

    suffix: str
    media_type: str


class Picture(Struct, frozen=True):
    """A picture of the book; its bytes are read anew each time, so that no more than one is held."""

    kind: Kind
    load: Callable[[], bytes]
    digest: bytes = b""
    """Of the bytes, by which a picture is known from another of its name."""


Pictures = Mapping[str, Picture]
"""By the names that the figures of the book bear, in their order."""

NONE: Pictures = {}

SIGNATURES = (
    (b"\xff\xd8\xff", Kind("jpg", "image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", Kind("png", "image/png")),
    (b"GIF87a", Kind("gif", "image/gif")),
    (b"GIF89a", Kind("gif", "image/gif")),
)
_SVG = Kind("svg", "image/svg+xml")
_UNSAFE = re.compile(
    rb"<!ENTITY|<script\b|<foreignObject\b|\bon[a-z]+\s*=|(?:href|src)\s*=\s*[\"'](?!#|data:image/)",
    re.IGNORECASE,
)


def kind_of(data: bytes) -> Kind:
    """Tell the format of a picture by its bytes.

    Raises PublishError for a format that stores refuse, for a picture that was cut off, and for an SVG that
    runs programs or needs other files.
    """
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            if is_cut_off(data):
                raise PublishError("the picture was cut off: its end is missing.", "Copy or export it anew.")
            return kind
    if not data:
        raise PublishError("the picture is empty.", "Check that it was saved.")
    if b"<svg" not in data[:4096]:
        raise PublishError("the picture has a format that stores refuse.", _HINT)
    if _UNSAFE.search(data):
        raise PublishError("the picture holds programs or needs other files.", "Export it as plain SVG.")
    from xml.etree import ElementTree as ET

    try:
        ET.fromstring(data)
    except ET.ParseError as error:
        raise PublishError(f"the picture is broken ({error}).", "Export it anew.") from error
    return _SVG


def is_cut_off(data: bytes) -> bool:
    """Tell a PNG or JPEG without its end, which programs show all the same, half of it grey."""
    if data.startswith(b"\x89PNG"):
        return b"IEND" not in data
    if not data.startswith(b"\xff\xd8"):
        return False
    # The small picture that cameras put before the large one has an end of its own.
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data.find(b"\xff\xd9", at) < 0


_FILE = lazily(r"\s*\S+\.(?:jpe?g|png|gif|svg|webp|tiff?|bmp|heic)\s*", re.IGNORECASE)


def names_a_file(alternative: str) -> bool:
    """Tell an alternative text that is nothing but a file's name, which programs put there."""
    return _FILE.fullmatch(alternative) is not None


Find = Callable[[Figure], Callable[[], bytes]]
"""Gives what reads a figure's file; raises PublishError where there is none."""


def gathered(book: Book, find: Find) -> tuple[Book, Pictures]:
    """Give the book with the names that its pictures have in the editions, and the pictures.

    What stands in several places is one picture, by whatever name; two files of one name, from two archives,
    are two. Raises what `find` and `kind_of` raise.
    """
    if not any(True for _ in figures(book)):
        return book, NONE
    from hashlib import sha256

    names: dict[bytes, str] = {}
    pictures: dict[str, Picture] = {}

    def named(figure: Figure) -> Figure:
        path = figure.image.text
        load = find(figure)
        data = load()
        digest = sha256(data).digest()
        if digest not in names:
            picture = Picture(kind_of(data), load, digest)
            names[digest] = _name(path, picture.kind, pictures)
            pictures[names[digest]] = picture
        return replace(figure, image=replace(figure.image, text=names[digest], pieces=()))

    return replace(book, divisions=tuple(_with(division, named) for division in book.divisions)), pictures


def figures(book: Book) -> Iterator[Figure]:
    """Give the figures of a book in their order."""
    for _, division in walk_divisions(book.divisions):
        yield from _figures(division.blocks)


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        else:
            yield from _figures(inner_blocks(block))


def _with(division: Division, named: Callable[[Figure], Figure]) -> Division:
    def renamed(block: Block) -> Block:
        return named(block) if isinstance(block, Figure) else with_inner(block, renamed)

    inner = tuple(_with(inner, named) for inner in division.divisions)
    return replace(division, blocks=tuple(map(renamed, division.blocks)), divisions=inner)


def _name(path: str, kind: Kind, taken: Mapping[str, object]) -> str:
    """Name a picture after its file, in ASCII, apart from all others and from the cover."""
    path = "" if path.startswith("data:") else path
    stem = path.rpartition("/")[2].rpartition(".")[0] or path
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", plain))[:_LONGEST_NAME].strip("-") or "picture"
    name, number = f"{FOLDER}{words}.{kind.suffix}", 1
    while name in taken or name.startswith(f"{FOLDER}cover."):
        number += 1
        name = f"{FOLDER}{words}-{number}.{kind.suffix}"
    return name
