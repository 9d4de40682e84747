"""Packing: ebooklib writes the package document and the archive, and the archive is then made reproducible.

ebooklib parses XHTML that it is given as documents, and changes it; so it gets finished bytes as plain items.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BytesIO
from itertools import takewhile
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub
from msgspec import Struct
from msgspec.structs import replace

from publish import directions, standing, styles
from publish.document import Book
from publish.epub import cover as covers
from publish.epub import typefaces
from publish.epub.accessibility import measure, refuted
from publish.epub.documents import (
    STYLESHEETS,
    ContentFile,
    Openings,
    Place,
    division_file,
    front_files,
    places,
)
from publish.epub.endnotes import NOTES, gathered
from publish.epub.fitting import fitted
from publish.epub.given import image_format
from publish.epub.look import Look
from publish.epub.navigation import (
    NAV,
    NCX,
    contents,
    is_read,
    listed,
    ncx,
    stands_apart,
    with_list,
)
from publish.epub.package import IDENTIFIER_ID, Claims, dublin_core, identifier, properties
from publish.epub.phrases import with_languages_of_phrases
from publish.epub.targets import Target, illustrations, list_of_illustrations, page_list, pages
from publish.pagination import Pagination, marked
from publish.pictures import Pictures

_XHTML = "application/xhtml+xml"
_NCX_TYPE = "application/x-dtbncx+xml"
_MARKED = "The printed edition whose pages the manuscript marks"
_EARLIEST = 1980
"""The first year that a ZIP entry can bear."""


class Wishes(Struct, frozen=True, kw_only=True):
    """How an e-book is to be made; see `publish.epub.write`."""

    cover: bytes | None
    look: Look
    pagination: Pagination | None
    pictures: Pictures
    modified: datetime


def pack(book: Book, wishes: Wishes) -> BinaryIO:
    """Give the EPUB file to be read; see `publish.epub.write`."""
    made = _packed(book, wishes)
    if book.metadata.certifier and refuted(made):
        # Nobody can vouch for what a machine refutes.
        made.close()
        made = _packed(replace(book, metadata=replace(book.metadata, certifier=None)), wishes)
    return made


def _packed(book: Book, wishes: Wishes) -> BinaryIO:
    style = styles.load(wishes.look.style)
    image = covers.design(book.metadata, style, wishes.look) if wishes.cover is None else wishes.cover
    kind = image_format(image)
    image_name = f"images/cover.{kind.suffix}"
    files = _content(book, image_name, wishes)
    faces = typefaces.embedded(style, files.all) if wishes.look.embed_fonts else typefaces.Typefaces()
    # The faces stand in the sheet that old readers read as well.
    sheets = [style.sheets[styles.EBOOK] + faces.css, style.sheets[styles.EBOOK_MODERN]]
    contents_list = list(dict.fromkeys(place.file for place in listed(files.places)))
    claims = Claims(
        cover_id=_item_id(image_name),
        measured=measure(files.spine, contents_list, sheets, has_pages=bool(files.targets)),
        pages=(wishes.pagination.source if wishes.pagination else _MARKED) if files.targets else "",
    )

    package = _package(book, claims)
    _add_typefaces(package, faces)
    for name, sheet in zip(STYLESHEETS, sheets, strict=True):
        package.add_item(_item(name, "text/css", sheet.encode()))
    package.add_item(_item(image_name, kind.media_type, image, properties=["cover-image"]))
    for name, picture in wishes.pictures.items():
        # Its bytes are put in last of all, so that never more than one picture is held beside the archive.
        package.add_item(_item(name, picture.kind.media_type, b""))
    navigation = ncx(book, files.places, spine=files.spine, targets=files.targets, identifier=package.uid)
    package.add_item(_item(NCX, _NCX_TYPE, navigation.encode()))
    for file in files.all:
        properties = ["nav"] if file.name == NAV else []
        package.add_item(_item(file.name, _XHTML, file.text.encode(), properties=properties))
    package.spine = [_item_id(file.name) for file in files.spine]
    return _reproducible(_written(package, wishes.modified), wishes)


def _add_typefaces(package: Any, faces: typefaces.Typefaces) -> None:
    for face in faces.files:
        package.add_item(_item(face.name, typefaces.MEDIA_TYPE, face.data))
    if faces.files:
        package.metadata[epub.NAMESPACES["OPF"]]["meta"].append(("true", {"property": typefaces.SPECIFIED}))


class _Content(Struct, frozen=True):
    """The documents of a book: all of them, and those that are read, in their order."""

    all: tuple[ContentFile, ...]
    spine: tuple[ContentFile, ...]
    places: tuple[Place, ...]
    targets: tuple[Target, ...]


def _content(book: Book, image_name: str, wishes: Wishes) -> _Content:
    openings: Openings = {}
    if wishes.pagination:
        paged = marked(book, wishes.pagination.starts)
        book, openings = paged.book, paged.openings
    found = places(book)
    front = front_files(book, cover_image=image_name, openings=openings)
    opening = [place for place in found if place.address == place.file]
    text = tuple(division_file(book, place, openings) for place in opening)
    text = with_languages_of_phrases(text, book.metadata.language.value)
    noted: tuple[Place, ...] = ()
    if wishes.look.endnotes:
        text, noted = gathered(text, opening, book.metadata)
    found = (*found, *noted)
    words = standing.words(book.metadata.language.value)
    shown = tuple(illustrations(text))
    more = [("endnotes", NOTES, place.title) for place in noted]
    more += [("loi", f"{NAV}#loi", words.illustrations)] if shown else []
    # A landmark leads to what is read.
    nav = contents(book, found, openings, more if is_read(found) else ())
    if shown:
        nav = with_list(nav, list_of_illustrations(shown, words.illustrations, is_read=is_read(found)))
    # As in print, the contents follow what stands apart before them.
    apart = sum(1 for _ in takewhile(lambda place: stands_apart(place.division), opening))
    before, after = (*front, *text[:apart]), text[apart:]
    targets = pages((*before, *((nav,) if is_read(found) else ()), *after))
    if targets:
        nav = with_list(nav, page_list(targets, words.pages))
    spine = (*before, *((nav,) if is_read(found) else ()), *after)
    return _Content((*front, nav, *text), spine, found, targets)


def _package(book: Book, claims: Claims) -> Any:
    """Give ebooklib's book with our metadata in place of its own."""
    package = epub.EpubBook()
    package.IDENTIFIER_ID = IDENTIFIER_ID
    package.uid = identifier(book.metadata)
    package.title = book.metadata.title.value
    package.language = book.metadata.language.value
    if directions.is_right_to_left(package.language):
        package.set_direction("rtl")
    package.metadata = {
        epub.NAMESPACES["DC"]: dublin_core(book.metadata, claims.pages),
        epub.NAMESPACES["OPF"]: {"meta": properties(book, claims)},
    }
    return package


def _item(name: str, media_type: str, content: bytes, *, properties: Sequence[str] = ()) -> Any:
    # ebooklib's spine refers to the NCX by this id.
    item = epub.EpubItem("ncx" if name == NCX else _item_id(name), name, media_type, content)
    item.properties = properties
    return item


def _item_id(name: str) -> str:
    return "item-" + name.replace("/", "-")


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """ebooklib's writer, with the language of the package stated, which accessibility checkers ask for."""

    def _write_opf_file(self, root: Any) -> None:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        # It declares a vocabulary that is reserved anyway and not used.
        del root.attrib["prefix"]
        if any(item.media_type == typefaces.MEDIA_TYPE for item in self.book.get_items()):
            root.set("prefix", typefaces.PREFIX)
        super()._write_opf_file(root)


def _written(package: Any, modified: datetime) -> BytesIO:
    file = BytesIO()
    _Writer(file, package, {"mtime": modified.astimezone(UTC), "compresslevel": 0}).write()
    return file


_ROOT = "EPUB/"
"""Folder in which ebooklib puts what the package holds."""


def _reproducible(file: BytesIO, wishes: Wishes) -> BinaryIO:
    """Write the archive anew: `mimetype` first and stored, then by name, every entry with the same time."""
    moment = wishes.modified.astimezone(UTC)
    time = (max(moment.year, _EARLIEST), *moment.timetuple()[1:6])
    # Pictures may weigh hundreds of megabytes: with them the archive waits on the disk.
    packed: BinaryIO = TemporaryFile() if wishes.pictures else BytesIO()  # noqa: SIM115 (its reader closes it)
    with ExitStack() as unless_done:
        unless_done.enter_context(packed)
        with ZipFile(file) as source, ZipFile(packed, "w") as target:
            for name in sorted(source.namelist(), key=lambda name: (name != "mimetype", name)):
                entry = ZipInfo(name, time)
                inner = name.removeprefix(_ROOT)
                picture = wishes.pictures.get(inner)
                packs = name != "mimetype" and (picture is None or picture.kind.suffix == "svg")
                entry.compress_type = ZIP_DEFLATED if packs else ZIP_STORED
                # The same attributes on every system: made on Unix, a file that its owner may write.
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                target.writestr(entry, fitted(inner, picture) if picture else source.read(name))
        packed.seek(0)
        unless_done.pop_all()
    return packed
