"""From paths to manuscripts, and from those to books."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from publish import archives, readers
from publish import config as configuration
from publish.build.files import missing, read_bytes, unreadable
from publish.config import Config, Engine
from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.draft import Draft
from publish.normalize import filenames, normalize
from publish.normalize.result import Normalized
from publish.readers import Read
from publish.source import Source, Span

CONFIG_NAME = "book.toml"
SUFFIXES = tuple(suffix for suffix in readers.READERS if suffix)
"""Of the files that a folder without a list of files is made of."""
DIST = Path("dist")


class Part(Struct, frozen=True):
    """One file of a manuscript."""

    path: Path
    data: bytes
    read: Read

    def rewritten(self, data: Mapping[int, bytes]) -> bytes:
        """Give the file with other bytes for some of its sources, by their keys."""
        new = {source.member: data[source.key] for source in self.read.sources if source.key in data}
        if not new:
            return self.data
        return new[""] if "" in new else archives.rewritten(self.data, new, str(self.path))

    def with_bytes(self, data: Mapping[int, bytes], encoding: str) -> Part:
        """Give the file read anew with other bytes for some of its sources; `encoding` is theirs."""
        new = self.rewritten(data)
        return self if new is self.data else Part(self.path, new, readers.read(new, str(self.path), encoding))


class Manuscript(Struct, frozen=True, kw_only=True):
    """A book as its author keeps it: files in order, and what `book.toml` says of them."""

    config: Config
    folder: Path | None
    """The book's folder; None where files were named singly."""
    parts: tuple[Part, ...]
    settings: Source | None
    """The file book.toml."""
    changed: datetime
    """When the last of its files was changed."""
    left_out: tuple[str, ...] = ()
    """Names of folders that hold text and are no part of the book, since nothing says where they belong."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The paths of its files."""
        return tuple(part.path for part in self.parts)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All texts in its files."""
        return tuple(source for part in self.parts for source in part.read.sources)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What was read in them."""
        return tuple(draft for part in self.parts for draft in part.read.drafts)


def load(paths: Sequence[Path]) -> Manuscript:
    """Read a book: one folder, one file, or several files in their order.

    A folder is read as its `book.toml` says; without one it gives all its files of text, numbers in their
    names counted as numbers. Raises PublishError for whatever cannot be read.
    """
    try:
        return _load([path.parent if path.name == CONFIG_NAME else path for path in paths])
    except OSError as error:
        raise unreadable(Path(str(error.filename or paths[0])), error) from error


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


def with_engine(manuscript: Manuscript, engine: Engine) -> Manuscript:
    """Give the manuscript with another engine for its printed book."""
    config = manuscript.config
    return replace(manuscript, config=replace(config, pdf=replace(config.pdf, engine=engine)))


def _is_folder(path: Path) -> bool:
    if not path.exists():
        raise missing(path)
    return path.is_dir()


def _listed(folder: Path, config: Config, data: bytes) -> list[Path]:
    """Give the files that `book.toml` lists."""
    for name in config.manuscript.files:
        place = stated_at(folder, data, ("manuscript", "files"))
        if leaves(name):
            raise PublishError(f"{place}: “{name}” is not in the book's folder.", "Move the file there.")
        if not (folder / name).is_file():
            raise PublishError(f"{place}: there is no file “{name}”.", missing(folder / name).hint)
    return [folder / name for name in config.manuscript.files]


def leaves(name: str) -> bool:
    """Tell whether a name leads out of the folder as seen from which it is written."""
    return Path(name).is_absolute() or os.pardir in Path(os.path.normpath(name)).parts


def stated_at(folder: Path, data: bytes, path: configuration.Path) -> str:
    """Give the place of a setting in book.toml, as messages name it."""
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
    resolved = [path.resolve() for path in files]
    for place, path in enumerate(files):
        if resolved[place] in resolved[:place]:
            raise PublishError(f"{path}: the file is given twice.", "Name each file once.")
    parts = tuple(_part(path, config.manuscript.encoding) for path in files)
    if not any(draft.lines for part in parts for draft in part.read.drafts):
        raise PublishError(f"{files[0]}: there is no text in it.", "Check that it was saved.")
    toml = [folder / CONFIG_NAME] if folder and (folder / CONFIG_NAME).exists() else []
    changed = max(int(path.stat().st_mtime) for path in [*files, *toml])
    return Manuscript(
        config=config,
        folder=folder,
        parts=parts,
        settings=None,
        changed=datetime.fromtimestamp(changed, UTC),
    )


def _part(path: Path, encoding: str) -> Part:
    data = read_bytes(path)
    return Part(path, data, readers.read(data, str(path), encoding))
