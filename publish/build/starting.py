"""New folders of books: with a first chapter to write, or with a manuscript that is brought in.

What is brought in is cleaned once and for all: the folder holds the text as `publish normalize` writes it,
the log of all that was done, and the author's own files, byte for byte, out of the book's way. What book.toml
said of order and lines is settled in that text; its refusals, metadata and settings of editions stay.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from publish import archives, changes, markdown, pictures
from publish import config as configuration
from publish.build import fetching
from publish.build.editions import picture
from publish.build.files import read_bytes, unwritable, write
from publish.build.manuscript import Manuscript
from publish.build.named import CONFIG_NAME, STDIN
from publish.diagnostic import PublishError
from publish.document import Figure
from publish.lint.kept import NAME as STYLE_SHEET
from publish.normalize.result import Normalized
from publish.readers.ebook import package
from publish.source import Source

TEXT = "manuscript.md"
ORIGINAL = "original"
_COVERS = (".jpg", ".jpeg", ".png")
_CHAPTER = "01-chapter-1.md"
_IGNORED = b"/dist/\n"
_SETTLED = frozenset({"manuscript", "order", "decide"})
"""Tables of book.toml that say how the author's own files are to be read."""
_SETTINGS = Path(__file__).with_name("new.toml")
_FIRST_WORDS = "# Chapter 1\n\nWrite here. A blank line begins a new paragraph; *stars* make italics.\n"


def begun(folder: Path) -> list[Path]:
    """Make the folder of a book that is still to be written; gives its files, the text first.

    Raises PublishError where one of them is there already.
    """
    name = re.sub(r"[\W_]+", " ", folder.resolve().name).strip() or "My Book"
    title = json.dumps(name[0].upper() + name[1:], ensure_ascii=False)
    book = f'title = {title}\n# author = "Ada Marsh"\n'
    files = '# files = ["01-chapter-1.md"]   # without it: every text in this folder, 2 before 10\n'
    settings = _SETTINGS.read_text("utf-8").format(book=book, files=files)
    return _written(
        folder, {_CHAPTER: _FIRST_WORDS.encode(), CONFIG_NAME: settings.encode(), ".gitignore": _IGNORED}
    )


def brought(
    folder: Path,
    manuscript: Manuscript,
    normalized: Normalized,
    load: fetching.Load | None = None,
    there: Mapping[str, bytes] = MappingProxyType({}),
) -> list[Path]:
    """Make the folder of a manuscript that there is; gives its files, the text first.

    `load` fetches pictures from the web; without it none is. `there` are those that were fetched, by their
    addresses. Raises PublishError where a file is there already, or a picture is missing.
    """
    loads = [fetching.fetched(normalized.book, normalized.sources, load)] if load else []
    given = {**there, **{name: data for more in loads for name, data in more.files.items()}}

    def found(figure: Figure) -> Callable[[], bytes]:
        data = given.get(figure.image.text)
        return picture(manuscript, figure) if data is None else lambda: data

    named = next((more.book for more in loads), normalized.book)
    book, shown = pictures.gathered(named, found)
    refused = markdown.refusals(manuscript.config, manuscript.drafts)
    entries = changes.collect(normalized)
    renamed = {
        old.image.text: new.image.text
        for old, new in zip(pictures.figures(named), pictures.figures(book), strict=True)
    }
    addresses = {name: name for name in there} | {
        name: url for more in loads for name, url in more.addresses.items()
    }
    files = {
        TEXT: markdown.write(book, refused).encode("utf-8", "surrogateescape"),
        CONFIG_NAME: _settings(manuscript, renamed).encode(),
        "changes.html": changes.as_page(normalized, entries).encode(),
        "changes.json": changes.as_json(entries, normalized.sources).encode("utf-8", "backslashreplace"),
        ".gitignore": _IGNORED,
    }
    files |= {name: found.load() for name, found in shown.items()}
    files |= dict(_covers(manuscript))
    if addresses:
        whence = {renamed[name]: url for name, url in addresses.items() if name in renamed}
        told = json.dumps(whence, ensure_ascii=False, indent=2, sort_keys=True)
        files["images/fetched.json"] = f"{told}\n".encode()
    files |= dict(_kept_beside(manuscript))
    files |= dict(_originals(manuscript))
    return _written(folder, files)


def _settings(manuscript: Manuscript, renamed: Mapping[str, str]) -> str:
    """Give book.toml for the text that was brought in; what the author wrote into his stays as it is."""
    own = f'files = ["{TEXT}"]   # title, author and the like stand at its top; [book] is above them\n'
    if manuscript.settings is None:
        text = _SETTINGS.read_text("utf-8").format(book="", files=own)
        named = (f"cover = {json.dumps(name)}\n" for name, _ in _covers(manuscript))
        return text.replace(
            '# cover = "cover.jpg"           # without one a cover is made\n', next(named, "")
        )
    text = manuscript.settings.text
    for name, start, end in reversed(configuration.tables(text)):
        if name in _SETTLED:
            text = text[:start] + text[end:]
    for old, new in renamed.items():
        text = text.replace(json.dumps(old, ensure_ascii=False), json.dumps(new, ensure_ascii=False))
    told = f"# How {ORIGINAL}/{CONFIG_NAME} had the files read is settled in the text."
    return f"{text.rstrip()}\n\n{told}\n[manuscript]\n{own}"


def _covers(manuscript: Manuscript) -> Iterator[tuple[str, bytes]]:
    """Give the picture of the cover of an e-book that is brought in, if stores take it."""
    for part in manuscript.parts[:1]:
        if manuscript.settings is None and part.path.suffix.lower() == ".epub":
            archive = archives.opened(part.data, str(part.path))
            name = package.read(archive, str(part.path)).cover
            if name in archive.namelist() and PurePosixPath(name).suffix.lower() in _COVERS:
                data = archives.member(archive, name, str(part.path))
                yield f"cover{PurePosixPath(name).suffix.lower()}", data


def _kept_beside(manuscript: Manuscript) -> Iterator[tuple[str, bytes]]:
    """Give the files of the book's folder that its settings name."""
    folder, config = manuscript.folder, manuscript.config
    if folder is None:
        return
    names = {config.epub.cover, config.cover.front, config.lint.baseline, STYLE_SHEET} - {""}
    for name in sorted(names):
        if (folder / name).is_file():
            yield name, read_bytes(folder / name)
    for style in sorted({config.epub.style, config.pdf.style}):
        for path in sorted((folder / style).rglob("*")) if (folder / style).is_dir() else ():
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                yield path.relative_to(folder).as_posix(), read_bytes(path)


def _originals(manuscript: Manuscript) -> Iterator[tuple[str, bytes]]:
    folder = manuscript.folder
    files = [part for part in manuscript.parts if part.path != STDIN]
    # A link in a book's folder may lead out of it, and is followed only where there is none.
    paths = [part.path.relative_to(folder) if folder else part.path.resolve() for part in files]
    root = Path() if folder else Path(os.path.commonpath([path.parent for path in paths] or [Path.cwd()]))
    for part, path in zip(files, paths, strict=True):
        yield f"{ORIGINAL}/{Path(os.path.normpath(path.relative_to(root))).as_posix()}", part.data
    for part in manuscript.parts:
        if part.path == STDIN:
            yield f"{ORIGINAL}/stdin{part.kind}", part.data
    settings: Source | None = manuscript.settings
    if settings:
        yield f"{ORIGINAL}/{CONFIG_NAME}", settings.data


def _written(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files that are not there yet, all of them or none."""
    made = [folder / name for name in files]
    try:
        there = next((path for path in made if os.path.lexists(path)), None)
    except OSError as error:
        raise unwritable(str(folder), error) from error
    if there:
        raise PublishError(f"{there}: the file is there already.", "Choose a folder that is new or empty.")
    for number, path in enumerate(made):
        try:
            write(path, files[path.relative_to(folder).as_posix()])
        except PublishError:
            for done in made[:number]:
                done.unlink(missing_ok=True)
            raise
    return made
