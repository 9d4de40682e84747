"""Editions made on the command line: once, or again whenever the manuscript is saved."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import typer

from publish import styles
from publish.config import Destination, Engine, Format
from publish.diagnostic import PublishError
from publish.terminal import FOUND, Given, count, progress, read, say

if TYPE_CHECKING:
    from publish.build import Manuscript, Options
    from publish.document import Book
    from publish.normalize.result import Normalized

_LONG = 1_000_000
"""Bytes of a manuscript from which the memory that reading it took is worth giving back."""
_PAUSE = 0.1
"""Seconds between looks at the files."""
_QUIET = 10
"""Looks without a change after which a corrected book is held against the manuscript."""


class Wish(NamedTuple):
    """How editions are to be made."""

    kind: str = ""
    """As what the manuscript is read; empty: as its files' names say."""
    output: Path | None = None
    """The file, where there is one edition only."""
    folder: Path = Path("dist")
    trim: str = ""
    engine: Engine | None = None
    """None: as book.toml says."""
    style: str = ""
    cover_design: str = ""
    destination: Destination | None = None
    force: bool = False
    strict: bool = False
    watch: bool = False


class _Made(NamedTuple):
    manuscript: Manuscript
    normalized: Normalized
    book: Book
    """That of which the editions are; corrected, it may not have been normalized yet."""
    targets: Mapping[Format, Path]
    options: Options


def make(paths: Sequence[Path], formats: Sequence[Format], wish: Wish) -> None:
    """Make the editions of one book; watching, make them again until the user ends it."""
    if wish.watch:
        for _ in watched(paths, formats, wish, _looks()):
            pass
        return
    made, notes = _first(paths, formats, wish)
    count(made.manuscript, made.normalized, strict=wish.strict)
    if notes and wish.strict:
        raise typer.Exit(FOUND)


def _first(paths: Sequence[Path], formats: Sequence[Format], wish: Wish) -> tuple[_Made, tuple[str, ...]]:
    """Make the editions; give also what the printer would not take."""
    from publish import build
    from publish.garbage import given_back

    options = build.Options(wish.trim, wish.style, wish.cover_design, wish.destination)
    manuscript, normalized = read(
        Given(paths, wish.kind), wish.output, force=wish.force, formats=formats, options=options
    )
    if wish.engine:
        manuscript = build.with_engine(manuscript, wish.engine)
    manuscript = manuscript if wish.watch else manuscript.without_lines()
    book = normalized.book
    targets = {
        kind: wish.output or build.default_path(book, manuscript, kind, wish.folder) for kind in formats
    }
    for target in targets.values():
        build.check_target(target, manuscript, force=wish.force)
    if Format.PDF in formats and not wish.watch and sum(len(part.data) for part in manuscript.parts) > _LONG:
        given_back()
    made = _Made(manuscript, normalized, book, targets, options)
    return made, _written(made, told=True)


def _written(made: _Made, *, told: bool = False) -> tuple[str, ...]:
    """Make and write the editions; where they are told of, give what the printer would not take."""
    from publish import build

    with progress() as tell:
        data = build.editions(
            made.book,
            made.manuscript,
            tuple(made.targets),
            options=made.options,
            progress=tell,
            told=lambda sentence: typer.echo(sentence, err=True),
        )
    with ExitStack() as files:
        for kind, target in made.targets.items():
            build.write(target, files.enter_context(data[kind]))
            typer.echo(str(target))
        return _told(made, data) if told else ()


def _told(made: _Made, data: Mapping[Format, BinaryIO]) -> tuple[str, ...]:
    """Tell what is to be known of the editions; give what the printer would not take."""
    from publish import build, shelf

    if Format.EPUB in data:
        shelf.remember(data[Format.EPUB], made.book, made.normalized.sources)
        for note in build.ebook_notes(made.book, made.manuscript, data[Format.EPUB], made.options):
            typer.echo(note, err=True)
    if Format.PDF not in data:
        return ()
    notes = build.print_notes(made.targets[Format.PDF], data[Format.PDF], made.manuscript, made.options)
    for note in notes:
        typer.echo(note, err=True)
    return notes


# --- Watching --------------------------------------------------------------------------------------------


def _looks() -> Iterator[None]:
    """Give the moments to look at the files, until the user ends it."""
    try:
        while True:
            time.sleep(_PAUSE)
            yield None
    except KeyboardInterrupt:
        return


def watched(
    paths: Sequence[Path], formats: Sequence[Format], wish: Wish, looks: Iterable[None]
) -> Iterator[str]:
    """Make editions and, whenever a look shows that files have changed, make them again.

    A correction within a paragraph is in the editions at once; when the files have been quiet for some looks
    the whole manuscript is read, and if that makes another book the editions are made once more. What cannot
    be made is told, and the last good editions stay. Gives what was done after each look: "", "made",
    "corrected", "confirmed" or "failed".
    """
    made, _ = _first(paths, formats, wish)
    count(made.manuscript, made.normalized, strict=False)
    typer.echo("Watching for changes; end with Ctrl+C.", err=True)
    watching = _Watching(paths, formats, wish, made)
    for _ in looks:
        yield watching.look()


class _Watching:
    """A book whose files are looked at."""

    def __init__(self, paths: Sequence[Path], formats: Sequence[Format], wish: Wish, made: _Made) -> None:
        self.paths = paths
        self.formats = formats
        self.wish = wish
        self.made = made
        self.known = _state(made)
        self.quiet = self.gone = 0
        self.corrected = False
        """The editions show a correction that was not confirmed yet."""

    def look(self) -> str:
        """Do what is to be done now."""
        state = _state(self.made)
        if state == self.known:
            self.quiet += 1
            return self._confirmed() if self.corrected and self.quiet >= _QUIET else ""
        if None in state.values() and self.gone < _QUIET:
            # Between the moments at which an editor takes a file away and puts the new one there.
            self.gone += 1
            return ""
        changed = {path for path, _ in state.items() ^ self.known.items()}
        self.known, self.quiet, self.gone = state, 0, 0
        start = time.perf_counter()
        try:
            in_text = None not in state.values() and changed <= set(self.made.manuscript.files)
            done = self._again(in_text=in_text)
        except PublishError as error:
            say(error)
            return "failed"
        typer.echo(f"{done.capitalize()} in {time.perf_counter() - start:.2f} s.", err=True)
        return done

    def _again(self, *, in_text: bool) -> str:
        from publish import build

        made = self.made
        book = build.corrected(made.manuscript, made.normalized.book) if in_text else None
        if book is not None:
            manuscript = build.touched(self.made.manuscript)
            _written(self.made._replace(book=book, manuscript=manuscript))
            self.made, self.corrected = self.made._replace(book=book), True
            return "corrected"
        self._anew()
        return "made"

    def _anew(self) -> None:
        styles.forget()
        made, _ = _first(self.paths, self.formats, self.wish._replace(force=True))
        count(made.manuscript, made.normalized, strict=False)
        self.made, self.known, self.corrected = made, _state(made), False

    def _confirmed(self) -> str:
        """Hold the corrected book against that of the whole manuscript."""
        from publish import build
        from publish.document import same

        try:
            manuscript = build.load(self.paths, self.wish.kind)
            normalized = build.assemble(manuscript)
            if not same(normalized.book, self.made.book):
                self._anew()
                return "made"
        except PublishError as error:
            self.corrected = False
            say(error)
            return "failed"
        if self.wish.engine:
            manuscript = build.with_engine(manuscript, self.wish.engine)
        self.made = self.made._replace(manuscript=manuscript, normalized=normalized, book=normalized.book)
        self.corrected = False
        return "confirmed"


def _state(made: _Made) -> dict[Path, tuple[int, int] | None]:
    """Give of each file of a book, pictures included, when it was written and how long it is."""
    from publish import build

    return {path: _stamp(path) for path in build.watchable(made.manuscript, made.book, made.options)}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
