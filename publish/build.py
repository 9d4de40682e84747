"""From paths to books and from books to files: the only door to disk and clock."""

from __future__ import annotations

import contextlib
import difflib
import errno
import os
import re
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from publish import config as configuration
from publish import pictures, readers, styles
from publish.config import Config, Engine, Format
from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.document import Book, Figure, Stated
from publish.draft import Draft
from publish.normalize import filenames, normalize
from publish.normalize.result import Normalized
from publish.pagination import Pagination
from publish.pictures import Pictures
from publish.source import Source, Span

if TYPE_CHECKING:
    from publish.epub.given import Given
    from publish.pdf.report import SetPage

CONFIG_NAME = "book.toml"
SUFFIXES = (".txt", ".text", ".md", ".markdown")
"""Of the files that a folder without a list of files is made of."""
DIST = Path("dist")


class Options(Struct, frozen=True):
    """What the command line says of the editions; it stands above book.toml."""

    trim: str = ""
    style: str = ""
    """A house style, or the path of a style's folder."""
    cover_design: str = ""


NO_OPTIONS = Options()

Progress = Callable[[str], None]
"""Is told what is being done, in a few words."""


class Manuscript(Struct, frozen=True, kw_only=True):
    """A book as its author keeps it: files in order, and what `book.toml` says of them."""

    config: Config
    folder: Path | None
    """The book's folder; None where files were named singly."""
    files: tuple[Path, ...]
    sources: tuple[Source, ...]
    drafts: tuple[Draft, ...]
    settings: Source | None
    """The file book.toml."""
    changed: datetime
    """When the last of its files was changed."""
    left_out: tuple[str, ...] = ()
    """Names of folders that hold text and are no part of the book, since nothing says where they belong."""


# --- Reading ---------------------------------------------------------------------------------------------


def load(paths: Sequence[Path]) -> Manuscript:
    """Read a book: one folder, one file, or several files in their order.

    A folder is read as its `book.toml` says; without one it gives all its files of text, numbers in their
    names counted as numbers. Raises PublishError for whatever cannot be read.
    """
    try:
        return _load([path.parent if path.name == CONFIG_NAME else path for path in paths])
    except OSError as error:
        raise _unreadable(Path(str(error.filename or paths[0])), error) from error


def _load(paths: Sequence[Path]) -> Manuscript:
    folders = [path for path in paths if _is_folder(path)]
    if not folders:
        return _read(None, Config(), paths)
    if len(paths) > 1:
        raise PublishError(f"{folders[0]}: a folder is a book by itself.", "Give one folder, or files alone.")
    folder = folders[0]
    toml = folder / CONFIG_NAME
    data = read_bytes(toml) if toml.exists() else b""
    config = configuration.load(data, str(toml))
    settings = Source(str(toml), data, data.decode("utf-8-sig"), "utf-8") if data else None
    listed = _listed(folder, config, data)
    made = _read(folder, config, listed or _found(folder))
    return replace(made, settings=settings, left_out=() if listed else tuple(_left_out(folder)))


def book_folder(path: Path) -> Path | None:
    """Give the book folder to which a path belongs: itself, or where it lies if that has a `book.toml`."""
    try:
        if path.is_dir():
            return path
        return path.parent if (path.parent / CONFIG_NAME).is_file() else None
    except OSError:
        return None


def assemble(manuscript: Manuscript) -> Normalized:
    """Make the book of a manuscript; what book.toml says of places that it does not have is reported."""
    made = normalize(manuscript.drafts, manuscript.sources, manuscript.config)
    settings = manuscript.settings
    if settings is None or not (made.unplaced or made.refused):
        return made
    stated = [
        Diagnostic("CFG001", Severity.WARNING, item.message, _stated(settings, item.path))
        for item in made.unplaced
    ]
    return replace(made, diagnostics=(*made.diagnostics, *stated), settings=settings)


def _stated(settings: Source, path: configuration.Path) -> Span:
    """Give the line of book.toml on which something is stated."""
    line = configuration.locate(settings.text, path).line
    start = settings.line_starts[line - 1]
    text = settings.line_text(line)
    return Span(settings.key, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def modified(manuscript: Manuscript) -> datetime:
    """Give the moment that the editions bear: SOURCE_DATE_EPOCH, else when the manuscript was changed last.

    So the same manuscript gives the same bytes whenever it is built. Raises PublishError where the variable
    is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return manuscript.changed
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        hint = "It is a number of seconds since 1970, such as 1600000000."
        raise PublishError(f"SOURCE_DATE_EPOCH: “{epoch}” is no moment.", hint) from error


def _is_folder(path: Path) -> bool:
    if not path.exists():
        raise _missing(path)
    return path.is_dir()


def _missing(path: Path) -> PublishError:
    with contextlib.suppress(OSError):
        near = difflib.get_close_matches(path.name, [item.name for item in path.parent.iterdir()], n=1)
        if near:
            return PublishError(f"{path}: there is no such file or folder.", f"Did you mean “{near[0]}”?")
    return PublishError(f"{path}: there is no such file or folder.", "Check the spelling of its name.")


def _listed(folder: Path, config: Config, data: bytes) -> list[Path]:
    """Give the files that `book.toml` lists."""
    for name in config.manuscript.files:
        place = _place(folder, data, ("manuscript", "files"))
        if _leaves(name):
            raise PublishError(f"{place}: “{name}” is not in the book's folder.", "Move the file there.")
        if not (folder / name).is_file():
            raise PublishError(f"{place}: there is no file “{name}”.", _missing(folder / name).hint)
    return [folder / name for name in config.manuscript.files]


def _leaves(name: str) -> bool:
    return Path(name).is_absolute() or os.pardir in Path(os.path.normpath(name)).parts


def _place(folder: Path, data: bytes, path: configuration.Path) -> str:
    place = configuration.locate(data.decode("utf-8-sig"), path)
    return f"{folder / CONFIG_NAME}:{place.line}:{place.column}"


def _found(folder: Path) -> list[Path]:
    """Give the files of text in a folder, in the order in which a reader would count them.

    Folders in it belong to the book where their names count: "part-1", "02 The Road", "Part Two".
    """
    found = list(_texts(folder))
    if not found:
        items = [item for item in folder.iterdir() if not item.name.startswith(".")]
        books = sorted(item.name for item in items if (item / CONFIG_NAME).is_file())
        kinds = ", ".join(SUFFIXES)
        hint = (
            f"A folder in it is a book: {books[0]}." if books else f"Put the text there as one of: {kinds}."
        )
        raise PublishError(f"{folder}: the folder holds no manuscript.", hint)
    return sorted(found, key=lambda path: filenames.key(str(path.relative_to(folder))))


def _texts(folder: Path) -> Iterator[Path]:
    for item in folder.iterdir():
        if item.name.startswith("."):
            continue
        if item.suffix.lower() in SUFFIXES and item.is_file():
            yield item
        elif item.is_dir() and filenames.numbered(item.name) and not (item / CONFIG_NAME).exists():
            yield from _texts(item)


def _left_out(folder: Path) -> list[str]:
    """Give the folders of text that are no part of the book: their names do not count, nor are they books."""
    return sorted(
        item.name
        for item in folder.iterdir()
        if item.is_dir()
        and not item.name.startswith(".")
        and item.name != DIST.name
        and not filenames.numbered(item.name)
        and not (item / CONFIG_NAME).exists()
        and any(_texts(item))
    )


def _read(folder: Path | None, config: Config, files: Sequence[Path]) -> Manuscript:
    read = [readers.read(read_bytes(path), str(path), config.manuscript.encoding) for path in files]
    resolved = [path.resolve() for path in files]
    for place, path in enumerate(files):
        if resolved[place] in resolved[:place]:
            raise PublishError(f"{path}: the file is given twice.", "Name each file once.")
    if not any(draft.lines for _, draft in read):
        raise PublishError(f"{files[0]}: there is no text in it.", "Check that it was saved.")
    toml = [folder / CONFIG_NAME] if folder and (folder / CONFIG_NAME).exists() else []
    changed = max(int(path.stat().st_mtime) for path in [*files, *toml])
    return Manuscript(
        config=config,
        folder=folder,
        files=tuple(files),
        sources=tuple(source for source, _ in read),
        drafts=tuple(draft for _, draft in read),
        settings=None,
        changed=datetime.fromtimestamp(changed, UTC),
    )


def read_bytes(path: Path) -> bytes:
    """Give the content of a file; raises PublishError where it cannot be read."""
    if path.exists() and not path.is_file():
        raise PublishError(f"{path}: this is not a file.", "Name a file of text or a book's folder.")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> PublishError:
    if isinstance(error, PermissionError):
        return PublishError(f"{path}: you may not read it.", f"Allow it, for instance: chmod u+r “{path}”.")
    return PublishError(f"{path}: it cannot be read ({error.strerror}).")


# --- Making ----------------------------------------------------------------------------------------------


def editions(
    book: Book,
    manuscript: Manuscript,
    formats: Sequence[Format],
    *,
    options: Options = NO_OPTIONS,
    progress: Progress,
) -> dict[Format, bytes]:
    """Make editions. Where both are made the e-book tells where the pages of the printed one begin.

    Raises PublishError where one cannot be made.
    """
    made: dict[Format, bytes] = {}
    pagination = None
    book, shown = pictures.gathered(book, partial(_picture, manuscript))
    if Format.PDF in formats:
        progress("Making PDF")
        made[Format.PDF], pagination = _printed(book, shown, manuscript, options)
    if Format.EPUB in formats:
        progress("Making EPUB")
        made[Format.EPUB] = _ebook(book, shown, manuscript, pagination, options)
    return {kind: made[kind] for kind in formats}


def _picture(manuscript: Manuscript, figure: Figure) -> Callable[[], bytes]:
    """Give what reads a figure's file, which the manuscript names as seen from its own folder.

    Raises PublishError, with the line, where there is none or it lies outside of the book's folder.
    """
    span, name = figure.image.span(0, 1), figure.image.text
    sources = zip(manuscript.sources, manuscript.files, strict=True)
    source, file = next((source, file) for source, file in sources if span and source.key == span.source)
    where = source.locate(span.start) if span else None
    place = f"{file}:{where.line}:{where.column}" if where else str(file)
    spelled = dict.fromkeys((name, unquote(name)))
    found = [file.parent / one for one in spelled if (file.parent / one).is_file()]
    if not found:
        raise PublishError(f"{place}: there is no picture “{name}”.", _missing(file.parent / name).hint)
    if not found[0].resolve().is_relative_to((manuscript.folder or file.parent).resolve()):
        raise PublishError(f"{place}: “{name}” is not in the book's folder.", "Move the picture there.")
    try:
        pictures.kind_of(read_bytes(found[0]))
    except PublishError as error:
        raise PublishError(f"{place}: {name}: {error.message}", error.hint) from error
    return partial(read_bytes, found[0])


def _printed(
    book: Book, shown: Pictures, manuscript: Manuscript, options: Options
) -> tuple[bytes, Pagination]:
    from publish import pdf

    config = manuscript.config.pdf
    style, size = _print_form(manuscript, options)
    if config.isbn:
        number = Stated(_isbn(config.isbn), "book.toml")
        book = replace(book, metadata=replace(book.metadata, identifier=number))
    made = pdf.edition(
        book,
        pictures=shown,
        style=style,
        trim=size,
        engine=config.engine,
        modified=modified(manuscript),
    )
    # Without a number of its own the printed book is named by what tells it from another printing.
    source = _isbn(config.isbn) or f"{book.metadata.title.value}, print edition, {size}"
    return made.data, Pagination(made.starts, source)


def _print_form(manuscript: Manuscript, options: Options) -> tuple[str, str]:
    """Give style and trim size of the printed book."""
    config = manuscript.config.pdf
    style = _style(manuscript, config.style, options)
    return style, options.trim or config.trim or styles.load(style).page.trim


def proofs(book: Book, manuscript: Manuscript, options: Options = NO_OPTIONS) -> tuple[SetPage, ...]:
    """Set the printed book and give the lines of all pages that the composer makes, to be judged.

    Raises PublishError as `editions`, and where the composer makes none.
    """
    from publish import pdf

    book, shown = pictures.gathered(book, partial(_picture, manuscript))
    style, size = _print_form(manuscript, options)
    pages = pdf.proofs(book, pictures=shown, style=style, trim=size)
    if not pages:
        raise PublishError(
            "The composer sets no page of this book, so there is nothing to judge.",
            "It leaves books that are read from right to left, and pages without prose, to WeasyPrint.",
        )
    return pages


def _isbn(number: str) -> str:
    return "urn:isbn:" + re.sub("[^0-9Xx]", "", number) if number else ""


def _style(manuscript: Manuscript, name: str, options: Options) -> str:
    """Give a style's name, or the whole path of its folder, which book.toml names as seen from the book's."""
    name, folder = (options.style, Path()) if options.style else (name, manuscript.folder or Path())
    own = folder / name
    is_own = styles.is_path(name) or (name not in styles.known() and (own / styles.MANIFEST).is_file())
    return str(own.resolve()) if is_own else name


def _ebook(
    book: Book, shown: Pictures, manuscript: Manuscript, pagination: Pagination | None, options: Options
) -> bytes:
    from publish import epub

    config = manuscript.config.epub
    given = cover(manuscript)
    return epub.write(
        book,
        cover=given.image if given else None,
        look=epub.Look(
            style=_style(manuscript, config.style, options),
            design=options.cover_design or config.cover_design,
            colour=config.cover_colour,
            embed_fonts=config.embed_fonts,
        ),
        pagination=pagination,
        pictures=shown,
        modified=modified(manuscript),
    )


def with_engine(manuscript: Manuscript, engine: Engine) -> Manuscript:
    """Give the manuscript with another engine for its printed book."""
    config = manuscript.config
    return replace(manuscript, config=replace(config, pdf=replace(config.pdf, engine=engine)))


def check_settings(
    manuscript: Manuscript, formats: Sequence[Format] = tuple(Format), options: Options = NO_OPTIONS
) -> None:
    """Raise PublishError, with its line, for a style, cover or trim size that no edition can be made with."""
    config = manuscript.config
    if Format.EPUB in formats:
        _check_style(manuscript, "epub", config.epub.style, options)
        _check_cover(manuscript, options)
    if Format.PDF in formats:
        _check_style(manuscript, "pdf", config.pdf.style, options)
        if not options.trim and config.pdf.trim:
            from publish.pdf.geometry import trim_size

            _check(manuscript, ("pdf", "trim"), lambda: trim_size(config.pdf.trim))


def _check_style(manuscript: Manuscript, table: str, name: str, options: Options) -> None:
    style = _style(manuscript, name, options)
    if options.style:
        styles.load(style)
    else:
        _check(manuscript, (table, "style"), lambda: styles.load(style))


def _check_cover(manuscript: Manuscript, options: Options) -> None:
    config = manuscript.config.epub
    if not (config.cover or config.cover_design or config.cover_colour or options.cover_design):
        return
    from publish.epub import cover as covers

    covers.check_design(options.cover_design)
    _check(manuscript, ("epub", "cover-design"), lambda: covers.check_design(config.cover_design))
    _check(manuscript, ("epub", "cover-colour"), lambda: covers.check_colour(config.cover_colour))
    cover(manuscript)


def _check(manuscript: Manuscript, path: configuration.Path, read: Callable[[], object]) -> None:
    try:
        read()
    except PublishError as error:
        if manuscript.folder is None or manuscript.settings is None:
            raise
        place = _place(manuscript.folder, manuscript.settings.data, path)
        raise PublishError(f"{place}: {error.message}", error.hint) from error


def cover(manuscript: Manuscript) -> Given | None:
    """Give the picture that book.toml names for the cover, made fit for stores.

    Raises PublishError, with its line, where there is none or it is no picture for a cover.
    """
    name, folder = manuscript.config.epub.cover, manuscript.folder
    if not name or folder is None:
        return None
    from publish.epub.given import prepared

    place = _place(folder, read_bytes(folder / CONFIG_NAME), ("epub", "cover"))
    if _leaves(name):
        raise PublishError(f"{place}: “{name}” is not in the book's folder.", "Move the picture there.")
    if not (folder / name).is_file():
        raise PublishError(f"{place}: there is no picture “{name}”.", _missing(folder / name).hint)
    try:
        return prepared(read_bytes(folder / name))
    except PublishError as error:
        raise PublishError(f"{place}: {error.message}", error.hint) from error


def ebook_notes(book: Book, manuscript: Manuscript, made: bytes, options: Options = NO_OPTIONS) -> list[str]:
    """Tell what is to be known of the cover, and what embedded fonts weigh."""
    config = manuscript.config.epub
    given = cover(manuscript)
    notes = [f"{config.cover}: {note}" for note in given.notes] if given else []
    if not given:
        from publish.epub.cover import lacking

        if missing := lacking(book.metadata, styles.load(_style(manuscript, config.style, options))):
            notes.append(
                f"No font on this machine can draw {missing} on the cover: give a picture, or install one."
            )
    with zipfile.ZipFile(BytesIO(made)) as archive:
        sizes = [entry.compress_size for entry in archive.infolist() if "/fonts/" in entry.filename]
    if sizes:
        notes.append(
            f"{len(sizes)} typefaces are embedded, {sum(sizes) / 1000:.0f} of {len(made) / 1000:.0f} kB."
        )
    return notes


# --- Writing ---------------------------------------------------------------------------------------------

_LONGEST_SLUG = 80
_APOSTROPHES = re.compile("['’‘ʼ`]")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
     "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "&": " and "}
)  # fmt: skip
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows does not give to files."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""Errors of a disk, or a quota, that has no room."""
_MARKDOWN_MARK = re.compile(
    rb"---\n(?:[^\n]+\n)*?generator: publish\n(?:[^\n]+\n)*?digest: ([0-9a-f]{8})\n---\n(.*)\Z", re.DOTALL
)
_PAGE_MARK = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b'<meta name="generator" content="publish changes">'
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
    """Raise PublishError where a file stands in the way that `publish` did not make, unless forced."""
    try:
        kind = stat.S_IFMT(path.stat().st_mode) if path.exists() else 0
    except OSError as error:
        raise unwritable(str(path), error) from error
    if kind == stat.S_IFDIR:
        raise PublishError(f"{path}: this is a folder.", "Name a file.")
    if kind != stat.S_IFREG or force:
        return
    if path.resolve() in [file.resolve() for file in manuscript.files]:
        raise PublishError(f"{path}: this is the manuscript itself.", "Name another file, or add --force.")
    if not is_ours(path):
        hint = "Add --force to replace it, or name another file."
        raise PublishError(f"{path}: the file is there already, and publish did not make it.", hint)


def is_ours(path: Path) -> bool:
    """Tell whether a file is as `publish` made it; an empty file counts as nobody's and may be replaced.

    Markdown invites its reader to edit it: what was changed since is the author's.
    """
    data = read_bytes(path)
    if data.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(BytesIO(data)) as archive:
            packages = [name for name in archive.namelist() if name.endswith(".opf")]
            return any(_EPUB_MARK.search(archive.read(name)) for name in packages)
        return False
    if data.startswith(_PAGE_MARK):
        return True
    if data.startswith(b"%PDF"):
        return _pdf_creator(data) == "publish"
    from publish import markdown

    written = _MARKDOWN_MARK.match(data)
    return not data or (written is not None and markdown.digest_of(written[2]) == written[1].decode())


def _pdf_creator(data: bytes) -> str:
    import pikepdf

    with contextlib.suppress(pikepdf.PdfError), pikepdf.open(BytesIO(data)) as file:
        return str(file.docinfo.get("/Creator", ""))
    return ""


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, making its folder; PublishError where the disk does not let us."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            # A device or a pipe: nothing can be put in its place.
            path.write_bytes(data)
            return
        with _beside(path.resolve()) as temporary:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path.resolve())
    except OSError as error:
        raise unwritable(str(path), error) from error


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a new empty file beside a path, with a new file's rights; the end of the block removes it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    temporary = Path(name)
    try:
        os.close(handle)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def unwritable(name: str, error: OSError) -> PublishError:
    """Say why something could not be written."""
    if error.errno in FULL:
        return PublishError(f"{name}: the disk is full; nothing was written.", "Make room and try again.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return PublishError(f"{name}: you may not write there.", "Choose another place with -o.")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return PublishError(
            f"{name}: a file stands where a folder is needed.", "Choose another place with -o."
        )
    return PublishError(f"{name}: it cannot be written ({error.strerror}).", "Choose another place with -o.")
