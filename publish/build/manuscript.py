"""From paths to manuscripts, and from those to books."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from publish import archives, readers
from publish import config as configuration
from publish.build import conversion, named
from publish.build.files import LARGEST, read_bytes, read_stdin, unreadable
from publish.build.named import CONFIG_NAME
from publish.config import Config, Engine
from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.draft import Draft, Read
from publish.normalize import normalize
from publish.normalize.result import Normalized
from publish.source import Source, Span


class Part(Struct, frozen=True):
    """One file of a manuscript."""

    path: Path
    data: bytes
    read: Read
    kind: str = ""
    """Suffix of the kind as which it is read, where its name says another or none."""

    def rewritten(self, data: Mapping[int, bytes]) -> bytes:
        """Give the file with other bytes for some of its sources, by their keys."""
        new = {source.member: data[source.key] for source in self.read.sources if source.key in data}
        if not new:
            return self.data
        return new[""] if "" in new else archives.rewritten(self.data, new, str(self.path))

    def with_bytes(self, data: Mapping[int, bytes], encoding: str) -> Part:
        """Give the file read anew with other bytes for some of its sources; `encoding` is theirs."""
        new = self.rewritten(data)
        if new is self.data:
            return self
        return Part(self.path, new, readers.read(new, str(self.path), encoding, self.kind), self.kind)


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
    """What holds text beside it and is no part of the book, each with the reason."""

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

    def without_lines(self) -> Manuscript:
        """Give the manuscript as far as editions ask it: its lines take as much memory as the book."""
        parts = (replace(part, read=replace(part.read, drafts=())) for part in self.parts)
        return replace(self, parts=tuple(parts))


def load(paths: Sequence[Path], kind: str = "") -> Manuscript:
    """Read a book: one folder, one file, several files in their order, or "-" for standard input.

    A folder is read as its `book.toml` says; without one it gives all its files of text, numbers in their
    names counted as numbers. `kind` names of what kind files are, whatever their suffixes. Raises
    PublishError for whatever cannot be read.
    """
    suffix = readers.suffix_of(kind) if kind else ""
    try:
        given = [path.parent if path.name == CONFIG_NAME else path for path in named.expanded(paths)]
        return _load(given, suffix)
    except OSError as error:
        raise unreadable(Path(str(error.filename or paths[0])), error) from error


def _load(paths: Sequence[Path], kind: str) -> Manuscript:
    folders = [path for path in paths if named.is_folder(path)]
    if not folders:
        return _read(None, Config(), paths, kind)
    if len(paths) > 1:
        raise PublishError(f"{folders[0]}: a folder is a book by itself.", "Give one folder, or files alone.")
    folder = folders[0]
    toml = folder / CONFIG_NAME
    data = read_bytes(toml) if toml.exists() else b""
    config = configuration.load(data, str(toml))
    settings = Source(str(toml), data, data.decode("utf-8-sig"), "utf-8") if data else None
    listed = named.listed(folder, config, data)
    made = _read(folder, config, listed or named.found_in(folder), kind)
    left_out = () if listed else tuple(named.left_out(folder, made.files))
    return replace(made, settings=settings, left_out=left_out)


def book_folder(path: Path) -> Path | None:
    """Give the book folder to which a path belongs: itself, or where it lies if that has a `book.toml`."""
    try:
        if path == named.STDIN:
            return None
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


def _read(folder: Path | None, config: Config, files: Sequence[Path], kind: str) -> Manuscript:
    resolved = [path.resolve() for path in files]
    for place, path in enumerate(files):
        if resolved[place] in resolved[:place]:
            raise PublishError(f"{path}: the file is given twice.", "Name each file once.")
    encoding = config.manuscript.encoding
    parts = tuple(_part(path, encoding, kind) for path in files)
    if not kind:
        parts = _without_markup(parts, encoding)
    if not any(draft.lines for part in parts for draft in part.read.drafts):
        raise PublishError(f"{files[0]}: there is no text in it.", "Check that it was saved.")
    toml = [folder / CONFIG_NAME] if folder and (folder / CONFIG_NAME).exists() else []
    return Manuscript(
        config=config,
        folder=folder,
        parts=parts,
        settings=None,
        changed=max(changed_at(path) for path in [*files, *toml]),
    )


def _part(path: Path, encoding: str, kind: str) -> Part:
    data = read_stdin() if path == named.STDIN else read_bytes(path, LARGEST)
    kind = kind or (readers.sniffed(data) if path == named.STDIN else "")
    suffix = kind or path.suffix.lower()
    text = conversion.converted(data, path, suffix) if suffix in readers.COPIED else data
    return Part(path, data, readers.read(text, str(path), encoding, kind), kind)


def _without_markup(parts: tuple[Part, ...], encoding: str) -> tuple[Part, ...]:
    """Read files as plain text that are called Markdown, where none of them has any markup.

    So the lines of a poem, or of a list of titles, stay lines: nobody who wrote it knew that Markdown joins
    them.
    """
    called = [part for part in parts if readers.is_markdown(str(part.path), part.kind)]
    if not called or not readers.lack_markup([part.read for part in called]):
        return parts
    text = readers.suffix_of("text")
    return tuple(
        Part(part.path, part.data, readers.read(part.data, str(part.path), encoding, text), text)
        if part in called
        else part
        for part in parts
    )


def changed_at(path: Path) -> datetime:
    """Give when a file was changed last; what comes on standard input is of now."""
    moment = time.time() if path == named.STDIN else path.stat().st_mtime
    return datetime.fromtimestamp(int(moment), UTC)
