"""Which files are meant by what the command line and book.toml name: folders, patterns, standard input."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from publish import config as configuration
from publish import readers
from publish.build.files import is_there, missing, unreadable
from publish.config import Config
from publish.diagnostic import PublishError
from publish.normalize import filenames

CONFIG_NAME = "book.toml"
SUFFIXES = tuple(
    suffix for suffix in readers.READERS if suffix and suffix not in readers.EXPORTS and suffix != ".epub"
)
"""Of the files that a folder without a list of files is made of; an e-book there was made of the others."""
DIST = Path("dist")
_INPUT = Path("-")
STDIN = Path("<stdin>")
"""What standard input is called where places are named."""
_WILD = frozenset("*?[")


def expanded(paths: Iterable[Path]) -> list[Path]:
    """Give the paths that are meant: "-" is standard input, a pattern the files that it fits, 2 before 10.

    Shells of Windows, and quotation marks, leave patterns to the program. Raises PublishError for a pattern
    that fits nothing.
    """
    found: list[Path] = []
    for path in paths:
        if path == _INPUT:
            found.append(STDIN)
        elif is_pattern(str(path)) and not is_there(path):
            found += _fitting(Path(path.anchor), path.relative_to(path.anchor), str(path))
        else:
            found.append(path)
    return found


def is_pattern(name: str) -> bool:
    """Tell whether a name may stand for several files."""
    return not _WILD.isdisjoint(name)


def _fitting(root: Path, pattern: Path, shown: str) -> list[Path]:
    """Give what a pattern below a folder fits, whose own name may hold the signs of patterns."""
    hint = "Check the spelling of its name."
    fitting: list[Path] = []
    try:
        fitting += (path for path in root.glob(str(pattern)) if not path.name.startswith("."))
    except ValueError:
        hint = "Two stars stand for folders, with nothing beside them: **/*.md."
    except OSError as error:
        raise unreadable(Path(shown), error) from error
    if not fitting:
        raise PublishError(f"{shown}: no file fits this pattern.", hint)
    return sorted(fitting, key=lambda path: filenames.key(str(path)))


def is_folder(path: Path) -> bool:
    """Tell a folder from a file; PublishError where there is neither."""
    if path == STDIN:
        return False
    if not path.exists():
        raise missing(path)
    return path.is_dir()


def listed(folder: Path, config: Config, data: bytes) -> list[Path]:
    """Give the files that `book.toml` lists; a pattern gives those that it fits and no other entry names."""
    names = config.manuscript.files
    for number, name in enumerate(names):
        if leaves(name):
            place = stated_at(folder, data, ("manuscript", "files", number))
            raise PublishError(f"{place}: “{name}” is not in the book's folder.", "Move the file there.")
    single = {folder / name for name in names if (folder / name).is_file()}
    found: list[Path] = []
    for number, name in enumerate(names):
        if folder / name in single:
            found.append(folder / name)
            continue
        place = stated_at(folder, data, ("manuscript", "files", number))
        if not is_pattern(name):
            raise PublishError(f"{place}: there is no file “{name}”.", missing(folder / name).hint)
        try:
            fitting = _fitting(folder, Path(name), name)
        except PublishError as error:
            raise PublishError(f"{place}: no file fits “{name}”.", error.hint) from error
        found += [path for path in fitting if path.is_file() and path not in single and path not in found]
    return found


def leaves(name: str) -> bool:
    """Tell whether a name leads out of the folder as seen from which it is written."""
    return Path(name).is_absolute() or os.pardir in Path(os.path.normpath(name)).parts


def stated_at(folder: Path, data: bytes, path: configuration.Path) -> str:
    """Give the place of a setting in book.toml, as messages name it."""
    place = configuration.locate(data.decode("utf-8-sig"), path)
    return f"{folder / CONFIG_NAME}:{place.line}:{place.column}"


def found_in(folder: Path) -> list[Path]:
    """Give the files of text in a folder, in the order in which a reader would count them.

    Folders in it belong to the book where their names count: "part-1", "02 The Road", "Part Two".
    """
    found = _posts(folder) or _of_a_kind(_texts(folder)) or _in_only_folder(folder)
    if not found:
        items = [item for item in folder.iterdir() if not item.name.startswith(".")]
        books = sorted(item.name for item in items if (item / CONFIG_NAME).is_file())
        hint = (
            f"A folder in it is a book: {books[0]}." if books else f"Put it there as: {', '.join(SUFFIXES)}."
        )
        if any(item.suffix == ".scrivx" for item in items):
            hint = (
                "It is a project of Scrivener: compile it there for Word or as Markdown, and give that file."
            )
        raise PublishError(f"{folder}: the folder holds no manuscript.", hint)
    return sorted(found, key=lambda path: filenames.key(str(path.relative_to(folder))))


def _in_only_folder(folder: Path) -> list[Path]:
    """Give the texts of the one folder that has any, as "Draft" in the folder of a writing program."""
    inner = [item for item in folder.iterdir() if _may_hold(item) and any(_texts(item))]
    return _of_a_kind(_texts(inner[0])) if len(inner) == 1 else []


def _posts(folder: Path) -> list[Path]:
    """Give the posts of a site that a program makes of files ("_posts/2021-03-04-rain.md").

    All of them begin with a day; of the pages beside their folder, which are fewer, none has a number.
    """
    pages = list(_texts(folder))
    inner = [texts for item in folder.iterdir() if _may_hold(item) and (texts := list(_texts(item)))]
    posts = [texts for texts in inner if all(_DAY.match(path.name) for path in texts)]
    fits = len(posts) == 1 and len(pages) < len(posts[0])
    return posts[0] if fits and not any(filenames.numbered(page.name) for page in pages) else []


_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d\b")


def _of_a_kind(found: Iterable[Path]) -> list[Path]:
    """Leave out documents of word processors where there are texts: they are letters, notes, copies."""
    files = list(found)
    texts = [path for path in files if path.suffix.lower() not in readers.DOCUMENTS]
    return texts or files


def _may_hold(item: Path) -> bool:
    hidden = item.name.startswith(".") or item.name == DIST.name
    return item.is_dir() and not hidden and not (item / CONFIG_NAME).exists()


def _texts(folder: Path) -> Iterator[Path]:
    for item in folder.iterdir():
        if item.name.startswith("."):
            continue
        if item.suffix.lower() in SUFFIXES and item.is_file():
            yield item
        elif filenames.numbered(item.name) and _may_hold(item) and not _leads_back(item):
            yield from _texts(item)


def _leads_back(folder: Path) -> bool:
    """Tell a link to a folder that it stands in."""
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())


def left_out(folder: Path, taken: Sequence[Path]) -> list[str]:
    """Tell what holds text and is no part of the book: documents beside texts, and folders.

    The names of the folders do not count, nor are they books.
    """
    unnumbered = "it holds text, but its name has no number; `files` in book.toml takes its files in"
    beside = "it stands beside files of text; `files` in book.toml takes it in"
    folders = sorted(
        f"the folder “{item.name}” ({unnumbered})"
        for item in folder.iterdir()
        if _may_hold(item)
        and not filenames.numbered(item.name)
        and any(_texts(item))
        and not any(path.is_relative_to(item) for path in taken)
    )
    documents = sorted(f"the document “{path.name}” ({beside})" for path in set(_texts(folder)) - set(taken))
    return [*folders, *documents]
