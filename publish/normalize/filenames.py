"""What the names of files and folders say: their order, their dates, and the parts that folders are.

The names of several files in one manuscript are evidence like headings. The times of files are none: a clone,
a copy or an archive gives all of them the time at which it was made.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from msgspec.structs import replace

from publish.document import CONTAINERS, DivisionKind
from publish.normalize.divisions import Leaf
from publish.normalize.lines import headings
from publish.normalize.naming import Named
from publish.normalize.words import almanac
from publish.normalize.words.numerals import fold
from publish.normalize.words.vocabulary import LABELS
from publish.patterns import lazily
from publish.source import Run

Key = tuple[tuple[tuple[int, int, str], ...], ...]

_DATE = lazily(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_OR_MONTH_FIRST = lazily(r"(?<!\d)\d{1,2}[-_. ]\d{1,2}[-_. ](?:19|20)?\d\d(?!\d)")
_MONTH_AND_YEAR = lazily(
    r"(?<![^\W_])([^\W\d_]{3,})[-_. ]+((?:19|20)\d\d)(?!\d)|((?:19|20)\d\d)[-_. ]+([^\W\d_]{3,})"
)
_VERSION = lazily(
    r"(?:(?<=[\W_])|(?<=\d))\(?(?:v(?:er(?:sion)?)?[-_. ]?(?P<number>\d{1,3})"
    r"|(?P<last>finale?|endfassung|fertig)"
    r"|(?P<first>draft|entwurf|brouillon|wip|old|alt)[-_. ]?\d{0,2}|(?:copy|kopie|copie)[-_. ]?\d{0,2}"
    r"|(?:rev|edit)[-_. ]?(?P<edit>\d{1,3}))\)?(?![^\W_])",
    re.IGNORECASE,
)
"""What authors add to the name of a file for a version of its text; it counts no chapter."""
ID = re.compile(r" [0-9a-f]{32}(?![^/.])")
"""What Notion puts behind the names of files and folders."""
_LAST_VERSION = 1000
_TOKEN = re.compile(r"([0-9]+)|([^0-9]+)")
_SEPARATORS = re.compile(r"[-_\s]+")


def key(path: str) -> Key:
    """Give what sorts paths as a reader counts: 2 before 10, "Part Two" before "Part Three".

    >>> sorted(["ch10.txt", "ch2.txt", "part two/a.txt", "part one/b.txt"], key=key)
    ['ch2.txt', 'ch10.txt', 'part one/b.txt', 'part two/a.txt']
    """
    parts = PurePath(ID.sub("", path)).parts
    return tuple(_counted(PurePath(part).stem if part is parts[-1] else part) for part in parts)


def _counted(name: str) -> tuple[tuple[int, int, str], ...]:
    words = _plain(name) or name
    heading = headings.parse(words)
    numbers = heading.components[0].numbers if heading else ()
    if heading and numbers and not re.search(r"\d", words):
        start, end = heading.components[0].label
        label = (heading.components[0].kind or "").casefold()
        return ((1, 0, label + " "), (0, numbers[0], ""), (1, 0, words[end - start :].casefold()))
    tokens = _TOKEN.findall(words.casefold())
    return tuple((0, int(digits), "") if digits else (1, 0, word) for digits, word in tokens)


def _plain(name: str) -> str:
    """Give a name without what it says of the version, its words parted by spaces."""
    return _SEPARATORS.sub(" ", _VERSION.sub(" ", name)).strip()


def version(path: str) -> int:
    """Tell which version of its text a file names itself: 0 where it says nothing, -1 for a draft.

    >>> version("ch2_v3.md"), version("ch2 final.md"), version("ch2 draft.md"), version("ch2.md")
    (3, 1000, -1, 0)
    """
    match = _VERSION.search(PurePath(path).stem)
    if match is None:
        return 0
    number = match["number"] or match["edit"]
    return int(number) if number else _LAST_VERSION if match["last"] else -1 if match["first"] else 0


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
    paths = [ID.sub("", path) for path in paths]
    inside = _inside([PurePath(path) for path in paths])
    given = list(paths) not in (sorted(paths), sorted(paths, key=key))
    ranks = list(range(len(paths))) if listed else _ranks(inside, given=given)
    dates = [_date(path) for path in inside]
    parts = _parts(inside)
    result = []
    for leaf in found:
        folder = inside[leaf.file].parent
        chain = next((parts[above] for above in (folder, *folder.parents) if above in parts), ())
        held = not leaf.continues and not _names_container(leaf)
        holders = tuple((part, False) for part in chain) if chain and held else leaf.holders
        date = leaf.date or dates[leaf.file]
        known = version(paths[leaf.file])
        result.append(replace(leaf, filed=ranks[leaf.file], date=date, holders=holders, version=known))
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
    # A number that all names share, as a year, tells no place.
    counted = {_numbers(path) for path, tells in zip(paths, telling, strict=True) if tells}
    if sum(telling) < 2 or 2 * sum(telling) < len(paths) or len(counted) < 2:
        return list(range(len(paths))) if given else [-1] * len(paths)
    if given:
        return [-1] * len(paths)
    keys = [(key(str(path)), version(str(path))) for path in paths]
    told = sorted({one for one, tells in zip(keys, telling, strict=True) if tells})
    place = {one: at for at, one in enumerate(told)}
    return [place[one] if tells else -1 for one, tells in zip(keys, telling, strict=True)]


def _tells(path: PurePath) -> bool:
    """Tell whether a path tells a place; dates are dates, and day or month first tell nothing for certain."""
    if _date(path) or _DAY_OR_MONTH_FIRST.search(path.stem):
        return False
    return numbered(path.stem)


def _numbers(path: PurePath) -> Key:
    """Give the numbers of a path, those of its folders included."""
    return tuple(tuple(token for token in part if token[0] == 0) for part in key(str(path)))


def _date(path: PurePath) -> str:
    """Give the day that a name states, or its month alone, which sorts before the days of it."""
    if match := _DATE.search(path.stem):
        return "-".join(match.groups())
    if stated := almanac.iso_date(path.stem):
        return stated
    match = _MONTH_AND_YEAR.search(path.stem)
    number = almanac.month(match[1] or match[4]) if match else 0
    return f"{match[2] or match[3]}-{number:02}" if match and number else ""


def _names_container(leaf: Leaf) -> bool:
    return bool(leaf.holders) or (leaf.named is not None and leaf.named.kind in CONTAINERS)


def _parts(paths: Sequence[PurePath]) -> dict[PurePath, tuple[Named, ...]]:
    """Give the parts that each folder with files lies in, outermost first.

    On each level there are two folders at least, each with a number of its own where it lies, and most of
    those inmost have several chapters.
    """
    files = Counter(path.parent for path in paths if len(path.parts) > 1)
    folders = list(files)
    if 2 * sum(count > 1 for count in files.values()) < len(folders):
        return {}
    chains: dict[PurePath, tuple[Named, ...]] = {PurePath(): ()}
    for depth in range(max((len(folder.parts) for folder in folders), default=0)):
        level = {PurePath(*folder.parts[: depth + 1]) for folder in folders if len(folder.parts) > depth}
        named = {folder: _part(folder.name) for folder in level}
        found = {folder: part for folder, part in named.items() if part and folder.parent in chains}
        places = {(folder.parent, part.kind, part.numbers) for folder, part in found.items()}
        if not 1 < len(found) == len(level) == len(places):
            break
        chains |= {folder: _inside_of(chains[folder.parent], part) for folder, part in found.items()}
    return {folder: chain for folder, chain in chains.items() if chain}


def _inside_of(outer: tuple[Named, ...], part: Named) -> tuple[Named, ...]:
    """Give a folder's part with those that it lies in; a bare number inside a part names a section."""
    kinds = {named.kind for named in outer}
    return (*outer, replace(part, kind=DivisionKind.SECTION) if part.kind in kinds else part)


def _part(folder: str) -> Named | None:
    """Read the name of a folder: "Part One", "part-2", "book 3 The Road"; a bare number names a part."""
    heading = headings.parse(_plain(folder[:1].upper() + folder[1:]))
    if heading is None or not heading.components[0].numbers:
        return None
    component = heading.components[0]
    kind = component.kind or DivisionKind.PART
    if kind not in CONTAINERS and kind is not DivisionKind.SECTION:
        return None
    label = headings.label_for(kind, component.numbers[0])
    words = _plain(folder)[slice(*component.title)] if component.title else ""
    # "1 Part" is named by its number and its kind.
    title = Run(words) if words and LABELS.get(fold(words)) is not kind else None
    return Named(kind, component.numbers[:1], Run(label), title, inferred=True)
