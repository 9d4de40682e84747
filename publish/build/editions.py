"""From books to the bytes of their editions, and what is to be told of them."""

from __future__ import annotations

import base64
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote

from msgspec.structs import replace

from publish import archives, pictures, styles
from publish.build.files import is_there, missing, read_bytes
from publish.build.manuscript import Manuscript, Part, modified
from publish.build.settings import NO_OPTIONS, Options, check_stated, cover, destination, print_form, style_of
from publish.config import Format, NotesPlace
from publish.diagnostic import PublishError
from publish.document import Book, Figure, Stated
from publish.pagination import Pagination
from publish.pictures import Pictures
from publish.stores import STORES

if TYPE_CHECKING:
    from publish.pdf.pages import Edition
    from publish.pdf.pictured import ProofSheets

_NAMED = (
    "No font on this machine has %d of the book's characters (%s): the printed book gives their names in "
    "brackets. Install a font that has them, for instance one of the Noto families, and make it again."
)
Progress = Callable[[str], None]
"""Is told what is being done, in a few words."""
Told = Callable[[str], object]
"""Is told, in a sentence, what the author should know of an edition."""


def editions(  # noqa: PLR0913 - the book, what is made of it, and who is told
    book: Book,
    manuscript: Manuscript,
    formats: Sequence[Format],
    *,
    options: Options = NO_OPTIONS,
    progress: Progress,
    told: Told = lambda _: None,
) -> dict[Format, BinaryIO]:
    """Make editions, each as an open file. The e-book tells where the pages of one printed with it begin.

    Raises PublishError where one cannot be made.
    """
    made: dict[Format, BinaryIO] = {}
    pagination = None
    named = book
    book, shown = pictures.gathered(named, partial(picture, manuscript))
    if Format.PDF in formats:
        progress("Making PDF")
        plates = _plates(named, book, manuscript)
        printed, source = _printed(book, shown, manuscript, options, plates)
        if Format.EPUB in formats:
            pagination = Pagination(printed.starts, source)
        made[Format.PDF] = BytesIO(printed.data)
        if printed.named:
            told(_NAMED % (len(printed.named), " ".join(printed.named)))
    if Format.EPUB in formats:
        progress("Making EPUB")
        made[Format.EPUB] = _ebook(book, shown, manuscript, pagination, options)
    return {kind: made[kind] for kind in formats}


def picture(manuscript: Manuscript, figure: Figure) -> Callable[[], bytes]:
    """Give what reads a figure's picture, which the manuscript names as seen from its own text.

    Raises PublishError, with the place, where there is none or it lies outside of the book's folder.
    """
    span, name = figure.image.span(0, 1), figure.image.text
    held = ((source, part) for part in manuscript.parts for source in part.read.sources)
    source, part = next((source, part) for source, part in held if span and source.key == span.source)
    place = source.where(span.start) if span else source.title
    spelled = list(dict.fromkeys((name, unquote(name))))
    if name.startswith("data:"):
        read: Callable[[], bytes] = partial(_inside, name, place)
        name = "inside of the text"
    elif source.member:
        read = _packed(part, source.member, spelled, place)
    else:
        read = _beside(part.path, spelled, place, manuscript.folder)
    try:
        pictures.kind_of(read())
    except PublishError as error:
        raise PublishError(f"{place}: {name}: {error.message}", error.hint) from error
    return read


def _beside(file: Path, spelled: Sequence[str], place: str, folder: Path | None) -> Callable[[], bytes]:
    """Give what reads a picture that lies in the folder of a file, or below the book's."""
    found = [path for path in (file.parent / one for one in spelled) if is_there(path) and path.is_file()]
    if not found and folder and "/" not in spelled[-1]:
        # Obsidian names a picture without the folder that it lies in.
        found = [path for path in sorted(folder.rglob("*")) if path.name == spelled[-1] and path.is_file()]
        found = found if len(found) == 1 else []
    if not found:
        hint = missing(file.parent / spelled[0]).hint
        raise PublishError(f"{place}: there is no picture “{spelled[0]}”.", hint)
    if not found[0].resolve().is_relative_to((folder or file.parent).resolve()):
        raise PublishError(f"{place}: “{spelled[0]}” is not in the book's folder.", "Move the picture there.")
    return partial(read_bytes, found[0])


def _inside(address: str, place: str) -> bytes:
    """Give the picture that an address itself holds."""
    try:
        return base64.b64decode(unquote(address.partition(",")[2]), validate=False)
    except ValueError as error:
        raise PublishError(
            f"{place}: a picture in the text is broken ({error}).", "Put it in again."
        ) from error


def _packed(part: Part, member: str, spelled: Sequence[str], place: str) -> Callable[[], bytes]:
    """Give what reads a picture in the archive that holds the text `member`."""
    archive = archives.opened(part.read.archive, str(part.path))
    names = [posixpath.normpath(posixpath.join(posixpath.dirname(member), one)) for one in spelled]
    found = [name for name in names if name in archive.namelist()]
    if not found:
        raise PublishError(f"{place}: there is no picture “{spelled[0]}” in the file.", "Put it in again.")
    return partial(archives.member, archive, found[0], str(part.path))


def _plates(named: Book, book: Book, manuscript: Manuscript) -> frozenset[str]:
    """Give, as the editions call them, the pictures that fill a page.

    `named` is the book with its pictures as the manuscript names them. Raises PublishError, with its line in
    book.toml, for a picture that the book does not have, and for one with words below it.
    """
    called = {
        old.image.text: (new.image.text, bool(old.caption or old.credit))
        for old, new in zip(pictures.figures(named), pictures.figures(book), strict=True)
    }

    def check(name: str) -> None:
        if name not in called:
            raise PublishError(f"The book has no picture “{name}”.", "Write it as in the manuscript.")
        if called[name][1]:
            raise PublishError(
                f"The picture “{name}” has words below it, so it cannot fill a page.",
                "Take caption and credit away, or the picture out of full-page.",
            )

    listed = manuscript.config.pdf.full_page
    for number, name in enumerate(listed):
        check_stated(manuscript, ("pdf", "full-page", number), partial(check, name))
    return frozenset(called[name][0] for name in listed)


def _printed(
    book: Book, shown: Pictures, manuscript: Manuscript, options: Options, plates: frozenset[str]
) -> tuple[Edition, str]:
    """Give the printed book, and what other editions call it."""
    from publish import pdf

    config = manuscript.config.pdf
    style, size = print_form(manuscript, options)
    if config.isbn:
        number = Stated("urn:isbn:" + config.isbn.replace(" ", "-"), "book.toml")
        book = replace(book, metadata=replace(book.metadata, identifier=number))
    made = pdf.edition(
        book,
        pictures=shown,
        style=style,
        trim=size,
        engine=config.engine,
        destination=destination(manuscript, options),
        colour=config.colour,
        plates=plates,
        modified=modified(manuscript),
    )
    # Without a number of its own the printed book is named by what tells it from another printing.
    source = _isbn(config.isbn) or f"{book.metadata.title.value}, print edition, {size}"
    return made, source


def print_notes(
    path: Path, made: BinaryIO, manuscript: Manuscript, options: Options = NO_OPTIONS
) -> tuple[str, ...]:
    """Give what the printer that the book goes to would not take, in sentences; nothing for screens."""
    store = STORES[destination(manuscript, options).value]
    if not store.is_press:
        return ()
    from publish.preflight import preflight

    made.seek(0)
    found = preflight(str(path), made.read(), store)
    return tuple(f"{path}: {fault.code} {fault.message}" for fault in found.faults)


def proofs(
    book: Book, manuscript: Manuscript, options: Options = NO_OPTIONS, *, pictured: bool = False
) -> ProofSheets:
    """Set the printed book and give the lines of all pages that the composer makes, to be judged.

    `pictured` proofs have the file too, of which pictures can be made.

    Raises PublishError as `editions`, and where the composer makes none.
    """
    from publish import pdf

    named = book
    book, shown = pictures.gathered(named, partial(picture, manuscript))
    style, size = print_form(manuscript, options)
    printed = modified(manuscript) if pictured else None
    plates = _plates(named, book, manuscript)
    sheets = pdf.proof_sheets(book, pictures=shown, style=style, trim=size, plates=plates, printed=printed)
    if not sheets.pages:
        raise PublishError(
            "The composer sets no page of this book, so there is nothing to judge.",
            "It leaves books that are read from right to left, and pages without prose, to WeasyPrint.",
        )
    return sheets


def _isbn(number: str) -> str:
    return "urn:isbn:" + re.sub("[^0-9Xx]", "", number) if number else ""


def _ebook(
    book: Book, shown: Pictures, manuscript: Manuscript, pagination: Pagination | None, options: Options
) -> BinaryIO:
    from publish import epub
    from publish.epub.packing import Wishes, pack

    config = manuscript.config.epub
    given = cover(manuscript)
    wishes = Wishes(
        cover=given.image if given else None,
        look=epub.Look(
            style=style_of(manuscript, config.style, options),
            design=options.cover_design or config.cover_design,
            colour=config.cover_colour,
            embed_fonts=config.embed_fonts,
            endnotes=config.notes is NotesPlace.BOOK,
        ),
        pagination=pagination,
        pictures=shown,
        modified=modified(manuscript),
    )
    return pack(book, wishes)


def ebook_notes(
    book: Book, manuscript: Manuscript, made: BinaryIO, options: Options = NO_OPTIONS
) -> list[str]:
    """Tell what is to be known of the cover, what embedded fonts weigh, and by what stores know the book."""
    config = manuscript.config.epub
    given = cover(manuscript)
    notes = [f"{config.cover}: {note}" for note in given.notes] if given else []
    if not given:
        from publish.epub.cover import lacking

        if missing := lacking(book.metadata, styles.load(style_of(manuscript, config.style, options))):
            notes.append(
                f"No font on this machine can draw {missing} on the cover: give a picture, or install one."
            )
    with zipfile.ZipFile(made) as archive:
        sizes = [entry.compress_size for entry in archive.infolist() if "/fonts/" in entry.filename]
    if sizes:
        weight = made.seek(0, SEEK_END) / 1000
        notes.append(f"{len(sizes)} typefaces are embedded, {sum(sizes) / 1000:.0f} of {weight:.0f} kB.")
    if book.metadata.certifier:
        from publish.epub.accessibility import refuted

        if reason := refuted(made):
            notes.append(f"Accessibility is not certified, since the e-book does not conform. {reason}")
    return [*notes, *_identity(book)]


def _identity(book: Book) -> Iterator[str]:
    """Tell the identifier that follows from the metadata, and how it is kept when they change.

    It is the author's to write down: book.toml is never written unasked.
    """
    if not book.metadata.identifier:
        from publish.epub.package import identifier

        line = f'identifier = "{identifier(book.metadata)}"'
        yield f"To stay the same book when title or author change, below [book] in book.toml: {line}"
