"""What the names of files and folders say: their order, their dates, and the parts that folders are.

The names of several files in one manuscript are evidence like headings. The times of files are none: a clone,
a copy or an archive gives all of them the time at which it was made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from msgspec.structs import replace

from publish.document import CONTAINERS, DivisionKind
from publish.normalize import headings
from publish.normalize.divisions import Leaf, Named
from publish.source import Run

Key = tuple[tuple[tuple[int, int, str], ...], ...]

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_OR_MONTH_FIRST = re.compile(r"(?<!\d)\d{1,2}[-_. ]\d{1,2}[-_. ](?:19|20)?\d\d(?!\d)")
_TOKEN = re.compile(r"([0-9]+)|([^0-9]+)")
_SEPARATORS = re.compile(r"[-_\s]+")


def key(path: str) -> Key:
    """Give what sorts paths as a reader counts: 2 before 10, "Part Two" before "Part Three".

    >>> sorted(["ch10.txt", "ch2.txt", "part two/a.txt", "part one/b.txt"], key=key)
    ['ch2.txt', 'ch10.txt', 'part one/b.txt', 'part two/a.txt']
    """
    parts = PurePath(path).parts
    return tuple(_counted(PurePath(part).stem if part is parts[-1] else part) for part in parts)


def _counted(name: str) -> tuple[tuple[int, int, str], ...]:
    words = _plain(name)
    heading = headings.parse(words)
    numbers = heading.components[0].numbers if heading else ()
    if heading and numbers and not re.search(r"\d", words):
        start, end = heading.components[0].label
        label = (heading.components[0].kind or "").casefold()
        return ((1, 0, label + " "), (0, numbers[0], ""), (1, 0, words[end - start :].casefold()))
    tokens = _TOKEN.findall(words.casefold())
    return tuple((0, int(digits), "") if digits else (1, 0, word) for digits, word in tokens)


def _plain(name: str) -> str:
    return _SEPARATORS.sub(" ", name).strip()


def numbered(name: str) -> bool:
    """Tell whether a name tells a place: by a number in figures, in words or as a Roman numeral."""
    words = _plain(name)
    heading = headings.parse(words)
    return bool(re.search(r"\d", words) or (heading and heading.components[0].numbers))


def placed(found: Sequence[Leaf], paths: Sequence[str], *, listed: bool) -> list[Leaf]:
    """Give the leaves with what the paths of their files say.

    `listed` tells that `book.toml` lists the files. Files that were named one by one, in an order that is
    neither the alphabet's (which a shell gives) nor that of their numbers, stand as their author wants them,
    unless their names speak against it: then neither counts.
    """
    if len(paths) < 2:
        return list(found)
    inside = _inside([PurePath(path) for path in paths])
    given = list(paths) not in (sorted(paths), sorted(paths, key=key))
    ranks = list(range(len(paths))) if listed else _ranks(inside, given=given)
    dates = [_date(path) for path in inside]
    parts = _parts(inside)
    result = []
    for leaf in found:
        part = parts.get(str(inside[leaf.file].parent))
        held = part is not None and not leaf.continues and not _names_container(leaf)
        holders = ((part, False),) if part and held else leaf.holders
        date = leaf.date or dates[leaf.file]
        result.append(replace(leaf, filed=ranks[leaf.file], date=date, holders=holders))
    return result


def _inside(paths: Sequence[PurePath]) -> list[PurePath]:
    """Give the paths from the folder in which all files lie."""
    shared = 0
    columns = zip(*(path.parent.parts for path in paths), strict=False)
    for names in columns:
        if len(set(names)) > 1:
            break
        shared += 1
    return [PurePath(*path.parts[shared:]) for path in paths]


def _ranks(paths: Sequence[PurePath], *, given: bool) -> list[int]:
    """Give each file its place by name, -1 where the names of most files tell none.

    `given` tells that the files were named in an order of their own.
    """
    telling = [_tells(path) for path in paths]
    if sum(telling) < 2 or 2 * sum(telling) < len(paths):
        return list(range(len(paths))) if given else [-1] * len(paths)
    if given:
        return [-1] * len(paths)
    keys = sorted({key(str(path)) for path, tells in zip(paths, telling, strict=True) if tells})
    place = {one: at for at, one in enumerate(keys)}
    return [place[key(str(path))] if tells else -1 for path, tells in zip(paths, telling, strict=True)]


def _tells(path: PurePath) -> bool:
    """Tell whether a path tells a place; dates are dates, and day or month first tell nothing for certain."""
    if _DATE.search(path.stem) or _DAY_OR_MONTH_FIRST.search(path.stem):
        return False
    return numbered(path.stem)


def _date(path: PurePath) -> str:
    match = _DATE.search(path.stem)
    return "-".join(match.groups()) if match else ""


def _names_container(leaf: Leaf) -> bool:
    return bool(leaf.holders) or (leaf.named is not None and leaf.named.kind in CONTAINERS)


def _parts(paths: Sequence[PurePath]) -> dict[str, Named]:
    """Give the part that each folder is: two at least, each with a number of its own, most with chapters."""
    files = Counter(str(path.parent) for path in paths if len(path.parts) == 2)
    folders = list(files)
    if 2 * sum(count > 1 for count in files.values()) < len(folders):
        return {}
    named = {folder: _part(folder) for folder in folders}
    found = {folder: part for folder, part in named.items() if part}
    numbers = [(part.kind, part.numbers) for part in found.values()]
    return found if len(found) > 1 and len(found) == len(named) == len(set(numbers)) else {}


def _part(folder: str) -> Named | None:
    """Read the name of a folder: "Part One", "part-2", "book 3 The Road"; a bare number names a part."""
    heading = headings.parse(_plain(folder[:1].upper() + folder[1:]))
    if heading is None or not heading.components[0].numbers:
        return None
    component = heading.components[0]
    kind = component.kind or DivisionKind.PART
    if kind not in CONTAINERS:
        return None
    label = headings.label_for(kind, component.numbers[0])
    title = Run(_plain(folder)[slice(*component.title)]) if component.title else None
    return Named(kind, component.numbers[:1], Run(label), title, inferred=True)
