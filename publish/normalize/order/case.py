"""A manuscript without its second copies, made ready to be put in order."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, structs

from publish.document import CONTAINERS, DivisionKind
from publish.normalize.lines.headings import parse
from publish.normalize.order import inside
from publish.normalize.order.evidence import Fact, Item, facts, main_series, rank_kinds
from publish.normalize.order.inside import Inner
from publish.normalize.words.numerals import fold, read_number
from publish.normalize.words.vocabulary import BEFORE

_FEWEST = 2
"""Chapters that show in which direction a part stands."""


class Case(Struct):
    """A manuscript without its second copies, ready to be judged."""

    items: Sequence[Item]
    pieces: list[int]
    facts: list[Fact]
    posted: list[Fact]
    """The same where a container's heading that stands alone is a post of its own: newest first, it stands
    behind the posts that it contains. Empty where no heading can be one."""
    above: list[Fact]
    """The same where such headings were typed above chapters that stand newest first: each belongs to the
    last piece below it. Empty where chapters do not stand so."""
    main: DivisionKind
    ranks: dict[DivisionKind, int]
    inner: dict[int, Inner]
    """What belongs to chapters and moves with them; it is none of the pieces."""


def prepare(
    items: Sequence[Item], groups: Sequence[Sequence[int]], contents: Sequence[str], *, whole: bool = False
) -> Case:
    """Make the evidence of a manuscript ready; of each group of copies only the first is judged.

    What belongs to chapters moves with them, but where the author moves pieces: then the case is `whole`.
    """
    merged = list(items)
    dropped: set[int] = set()
    for group in groups:
        holders = max((items[index].holders for index in group), key=len)
        merged[group[0]] = structs.replace(items[group[0]], holders=holders)
        dropped.update(group[1:])
    pieces = [index for index in range(len(items)) if index not in dropped]
    remaining = [merged[index] for index in pieces]
    listed = _listed(remaining, pieces, contents)
    known = facts(merged, listed)
    recur = inside.recurring(pieces, merged, known)
    inner = {} if whole else inside.held(pieces, merged, known, recur)
    if recur or inner:
        merged = inside.unframed(merged, recur)
        known = facts(merged, listed)
        moved = {index for held in inner.values() for index in (*held.ahead, *held.behind)}
        pieces = [index for index in pieces if index not in moved]
    posted, above = (
        facts(given, listed) if given else [] for given in (_posted(merged, pieces), _above(merged, pieces))
    )
    ranks = rank_kinds([known[index] for index in pieces] + posted + above)
    return Case(merged, pieces, known, posted, above, main_series(remaining), ranks, inner)


def _posted(items: Sequence[Item], pieces: Sequence[int]) -> list[Item]:
    """Give every container that stands alone to the piece before it ; nothing where one is lost.

    Above the first piece stands none, and a piece lies in one container of a kind, the heading of a part in
    none.
    """
    heads = [index for index in pieces if any(holder.alone for holder in items[index].holders)]
    if not heads or heads[0] == pieces[0]:
        return []
    given = list(items)
    alone = [*(tuple(h for h in items[index].holders if h.alone) for index in pieces[1:]), ()]
    for index, holders in zip(pieces, alone, strict=False):
        own = tuple(holder for holder in items[index].holders if not holder.alone)
        kinds = [holder.kind for holder in holders + own]
        kinds += [kind for kind in (items[index].kind,) if holders and kind in CONTAINERS]
        if len(set(kinds)) < len(kinds):
            return []
        given[index] = structs.replace(items[index], holders=holders + own)
    return given


def _above(items: Sequence[Item], pieces: Sequence[int]) -> list[Item]:
    """Give every container that stands alone to the last piece below it, which newest first is its first.

    Nothing unless each container has its heading and several pieces that are numbered downwards, the first
    among them.
    """
    heads = [at for at, index in enumerate(pieces) if any(holder.alone for holder in items[index].holders)]
    if not heads or heads[0]:
        return []
    given = list(items)
    for head, end in pairwise([*heads, len(pieces)]):
        numbers = [items[index].numbers[0] for index in pieces[head:end] if items[index].numbers]
        if len(numbers) < _FEWEST or numbers != sorted(numbers, reverse=True):
            return []
        top, last = items[pieces[head]], items[pieces[end - 1]]
        moved = tuple(holder for holder in top.holders if holder.alone)
        given[pieces[head]] = structs.replace(top, holders=top.holders[len(moved) :])
        given[pieces[end - 1]] = structs.replace(last, holders=moved + last.holders)
    return given


def _listed(items: Sequence[Item], pieces: Sequence[int], contents: Sequence[str]) -> dict[int, int]:
    """Match the entries of a contents list to items; an entry that fits several is left out."""
    if not contents:
        return _tallied(items, pieces)
    keys = Counter(key for item in items for key in _list_keys(item.heading))
    entries = Counter(key for entry in contents for key in _list_keys(entry))
    places: dict[str, int] = {}
    for at, entry in enumerate(contents):
        places.update({key: at for key in _list_keys(entry) if entries[key] == 1})
    listed = {}
    for index, item in zip(pieces, items, strict=True):
        found = [places[key] for key in _list_keys(item.heading) if keys[key] == 1 and key in places]
        if found:
            listed[index] = found[0]
    return listed


_LEAST_TALLIED = 4
_AFTERNOON = re.compile(r"(?<![^\W\d_])([ap])\.? ?m\b")


def _tallied(items: Sequence[Item], pieces: Sequence[int]) -> dict[int, int]:
    """Give the places of titles alike but for one measure that rises through the file: "6:15", "Age 7".

    Before something, days fall. Where they go back and forth, they may be told so on purpose.
    """
    titled = [index for index, item in zip(pieces, items, strict=True) if item.headed]
    read = [_tally(item) for item in items if item.headed]
    forms = {form for form, _ in read}
    if len(read) < _LEAST_TALLIED or len(forms) > 1 or "" in forms:
        return {}
    turned = -1 if not BEFORE.isdisjoint(forms.pop().split()) else 1
    rises = all(turned * (a > b) - turned * (a < b) < 0 for (_, a), (_, b) in pairwise(read))
    return {index: at for at, index in enumerate(titled)} if rises else {}


def _tally(item: Item) -> tuple[str, tuple[int, ...]]:
    """Give a title without its number, words cut short, and the number or hour; no words without one."""
    text = fold(item.heading)
    at = (word.start() for word in re.finditer(r"[^\W_]+", text))
    number = next(((start, found) for start in at if (found := read_number(text, start))), None)
    if item.numbers or number is None:
        return "", ()
    start, found = number
    half = _AFTERNOON.search(text)
    rest = re.findall(r"\d+", text[found.end :])
    hour = found.value % 12 + 12 * (half[1] == "p") if half else found.value
    words = re.findall(r"[^\W\d_]+", f"{text[:start]}# {text[found.end :]}") if not half else []
    return " ".join(["#", *(word[:_STEM] for word in words)]), (hour, *map(int, rest))


_STEM = 3
"""Letters that "days" and "day" have in common."""


def _list_keys(heading: str) -> set[str]:
    """Give the forms in which a contents list may name a heading: whole, or its last title alone."""
    keys = {letters(heading)}
    parsed = parse(heading)
    if parsed and parsed.components[-1].title:
        start, end = parsed.components[-1].title
        keys.add(letters(heading[start:end]))
    return keys - {""}


def letters(text: str) -> str:
    """Give the letters and digits of a heading alone, without case and accents."""
    return "".join(character for character in fold(text) if character.isalnum())
