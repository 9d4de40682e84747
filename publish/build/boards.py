"""The wrap cover of a printed book: what book.toml and the command line say of it, made into a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from publish import styles
from publish.build.editions import Progress, editions
from publish.build.manuscript import Manuscript, modified
from publish.build.settings import Options, board_picture, destination, print_form
from publish.build.targets import default_path
from publish.config import Destination, Format
from publish.diagnostic import PublishError
from publish.document import Book
from publish.stores import STORES, Store

if TYPE_CHECKING:
    from publish.wrap import Cover


class Binding(Struct, frozen=True):
    """What the command line says of a cover; it stands above book.toml."""

    paper: str = ""
    spine: str = ""
    pages: int = 0
    """0: the printed book is made, and its pages are counted."""


def wrap_cover(
    book: Book, manuscript: Manuscript, options: Options, binding: Binding, progress: Progress
) -> Cover:
    """Make the wrap cover of a printed book.

    Raises PublishError as `editions`, and where nothing tells how thick the book is.
    """
    from publish import wrap
    from publish.pdf.geometry import trim_size
    from publish.wrap.making import make

    store = _printer(manuscript, options)
    pages = binding.pages or _pages(book, manuscript, options, progress)
    pages += pages % 2
    if pages > store.pages[1]:
        raise PublishError(store.binds(pages), "Set it on larger pages, or make two volumes.")
    progress("Making the cover")
    config = manuscript.config
    style, size = print_form(manuscript, options)
    wish = wrap.Wish(
        back=config.cover.back or (book.metadata.description.value if book.metadata.description else ""),
        isbn=_isbn(book, manuscript),
        price=config.cover.price,
        front=board_picture(manuscript),
        design=options.cover_design or config.epub.cover_design,
        colour=config.epub.cover_colour,
    )
    paper, spine = binding.paper or config.cover.paper, binding.spine or config.cover.spine
    trim = trim_size(size)
    measures = wrap.wrap((trim.width_pt, trim.height_pt), pages, store, paper=paper, spine=spine)
    cover = make(book.metadata, styles.load(style), measures, store, wish, modified(manuscript))
    source = "as it was given" if spine else f"as {store.title} had its paper “{paper}” on {store.dated}"
    width = f"The spine is {measures.spine / 72:.3f} in wide for {pages} pages, {source}."
    return replace(cover, notes=(width, *filter(None, [store.binds(pages)]), *cover.notes))


def wrap_path(book: Book, manuscript: Manuscript) -> Path:
    """Give where a cover goes that has no other place."""
    path = default_path(book, manuscript, Format.PDF)
    return path.with_name(f"{path.stem}-cover.pdf")


def _printer(manuscript: Manuscript, options: Options) -> Store:
    """Give the printer: KDP where nobody says, who needs to know nothing more."""
    wished = destination(manuscript, options)
    return STORES[(wished if wished is not Destination.SCREEN else Destination.KDP).value]


def _pages(book: Book, manuscript: Manuscript, options: Options, progress: Progress) -> int:
    import pikepdf

    made = editions(book, manuscript, [Format.PDF], options=options, progress=progress)
    with pikepdf.open(made[Format.PDF]) as pdf:
        return len(pdf.pages)


def _isbn(book: Book, manuscript: Manuscript) -> str:
    """Give the number of the printed book as it is written, or nothing."""
    held = book.metadata.identifier.value if book.metadata.identifier else ""
    return manuscript.config.pdf.isbn or (
        held.removeprefix("urn:isbn:") if held.startswith("urn:isbn:") else ""
    )
