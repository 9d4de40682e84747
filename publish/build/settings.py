"""What book.toml and the command line say of the editions, held against what there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from publish import config as configuration
from publish import styles
from publish.build.files import missing, read_bytes
from publish.build.manuscript import Manuscript
from publish.build.named import CONFIG_NAME, leaves, stated_at
from publish.config import Destination, Format
from publish.diagnostic import PublishError

if TYPE_CHECKING:
    from publish.epub.given import Given

T = TypeVar("T")


class Options(Struct, frozen=True):
    """What the command line says of the editions; it stands above book.toml."""

    trim: str = ""
    style: str = ""
    """A house style, or the path of a style's folder."""
    cover_design: str = ""
    destination: Destination | None = None
    """Where the printed book goes; None: as book.toml says."""


NO_OPTIONS = Options()


def style_of(manuscript: Manuscript, name: str, options: Options) -> str:
    """Give a style's name, or the whole path of its folder, which book.toml names as seen from the book's."""
    name, folder = (options.style, Path()) if options.style else (name, manuscript.folder or Path())
    own = folder / name
    is_own = styles.is_path(name) or (name not in styles.known() and (own / styles.MANIFEST).is_file())
    return str(own.resolve()) if is_own else name


def print_form(manuscript: Manuscript, options: Options) -> tuple[str, str]:
    """Give style and trim size of the printed book."""
    config = manuscript.config.pdf
    style = style_of(manuscript, config.style, options)
    return style, options.trim or config.trim or styles.load(style).page.trim


def destination(manuscript: Manuscript, options: Options) -> Destination:
    """Give where the printed book goes."""
    return options.destination or manuscript.config.pdf.destination


def check_settings(
    manuscript: Manuscript, formats: Sequence[Format] = tuple(Format), options: Options = NO_OPTIONS
) -> None:
    """Raise PublishError, with its line, for a style, cover or trim size that no edition can be made with."""
    config = manuscript.config
    if Format.EPUB in formats:
        _check_style(manuscript, "epub", config.epub.style, options)
        _check_cover(manuscript, options)
    if Format.PDF in formats:
        from publish.wrap import check_price

        check_stated(manuscript, ("cover", "price"), lambda: check_price(config.cover.price))
        _check_style(manuscript, "pdf", config.pdf.style, options)
        if options.trim or config.pdf.trim:
            from publish.pdf.geometry import trim_size

            if options.trim:
                trim_size(options.trim)
            else:
                check_stated(manuscript, ("pdf", "trim"), lambda: trim_size(config.pdf.trim))


def _check_style(manuscript: Manuscript, table: str, name: str, options: Options) -> None:
    style = style_of(manuscript, name, options)
    if options.style:
        styles.load(style)
    else:
        check_stated(manuscript, (table, "style"), lambda: styles.load(style))


def _check_cover(manuscript: Manuscript, options: Options) -> None:
    config = manuscript.config.epub
    if not (config.cover or config.cover_design or config.cover_colour or options.cover_design):
        return
    from publish.epub import cover as covers

    covers.check_design(options.cover_design)
    check_stated(manuscript, ("epub", "cover-design"), lambda: covers.check_design(config.cover_design))
    check_stated(manuscript, ("epub", "cover-colour"), lambda: covers.check_colour(config.cover_colour))
    cover(manuscript)


def check_stated(manuscript: Manuscript, path: configuration.Path, read: Callable[[], T]) -> T:
    """Give what reads a setting; what is wrong with it is told with its line in book.toml."""
    try:
        return read()
    except PublishError as error:
        if manuscript.folder is None or manuscript.settings is None:
            raise
        place = stated_at(manuscript.folder, manuscript.settings.data, path)
        raise PublishError(f"{place}: {error.message}", error.hint) from error


def board_picture(manuscript: Manuscript) -> bytes:
    """Give the picture that book.toml names for the front of the printed book; nothing where it names none.

    Raises PublishError, with its line, where there is none or it is neither JPEG nor PNG.
    """
    from publish.epub.given import image_format

    path = ("cover", "front")
    data = _picture(manuscript, path, manuscript.config.cover.front)
    if data is not None:
        check_stated(manuscript, path, lambda: image_format(data))
    return data or b""


def cover(manuscript: Manuscript) -> Given | None:
    """Give the picture that book.toml names for the cover, made fit for stores.

    Raises PublishError, with its line, where there is none or it is no picture for a cover.
    """
    from publish.epub.given import prepared

    path = ("epub", "cover")
    data = _picture(manuscript, path, manuscript.config.epub.cover)
    return None if data is None else check_stated(manuscript, path, lambda: prepared(data))


def _picture(manuscript: Manuscript, path: configuration.Path, name: str) -> bytes | None:
    """Give the bytes of a picture in the book's folder that a setting names; None where it names none."""
    folder = manuscript.folder
    if not name or folder is None:
        return None
    place = stated_at(folder, read_bytes(folder / CONFIG_NAME), path)
    if leaves(name):
        raise PublishError(f"{place}: “{name}” is not in the book's folder.", "Move the picture there.")
    if not (folder / name).is_file():
        raise PublishError(f"{place}: there is no picture “{name}”.", missing(folder / name).hint)
    return read_bytes(folder / name)
