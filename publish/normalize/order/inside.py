"""Pieces that belong to a chapter or a part, though custom would put what is named so at an end of the book.

Where each chapter has its Introduction, its Notes, its Conclusion, or each part its Epilogue, these are none
of the book's. What stands in chapters moves with them: the pieces that levels of markup put below a heading,
and those named alike of which about every chapter has one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from publish.document import DivisionKind
from publish.normalize.order.evidence import Fact, Item
from publish.normalize.order.roles import Role

_AT_AN_END = {Role.FRONT, Role.PROLOGUE, Role.EPILOGUE, Role.BACK}


class Inner(Struct, frozen=True):
    """The pieces that move together with a chapter, in file order."""

    ahead: tuple[int, ...] = ()
    behind: tuple[int, ...] = ()


def recurring(pieces: Sequence[int], items: Sequence[Item], known: Sequence[Fact]) -> set[int]:
    """Give the pieces whose names stand in several numbered divisions, never two of one name in one."""
    counted = 0
    places: dict[tuple[DivisionKind, str], list[tuple[int, int]]] = {}
    for index in pieces:
        fact = known[index]
        counted += fact.role in (Role.NUMBERED, Role.OPENER) or bool(fact.holders)
        if fact.role in _AT_AN_END:
            name, _, _ = items[index].title.partition(" ")
            places.setdefault((fact.series, name), []).append((index, counted))
    return {
        index
        for found in places.values()
        if len({division for _, division in found}) == len(found) > 1
        for index, _ in found
    }


def unframed(items: list[Item], recur: set[int]) -> list[Item]:
    """Give the items, those that recur as what they are to the order: only their neighbours place them."""
    return [
        structs.replace(item, kind=DivisionKind.INTERLUDE, title="") if index in recur else item
        for index, item in enumerate(items)
    ]


def held(
    pieces: Sequence[int], items: Sequence[Item], known: Sequence[Fact], recur: set[int]
) -> dict[int, Inner]:
    """Give the chapters that hold other pieces, with these, and prologues and their like that do."""
    levels = dict(_by_level(pieces, items))
    found = {
        head: Inner(behind=below)
        for head, below in levels.items()
        if known[head].role is Role.NUMBERED or _alone_dated(items[head], [items[index] for index in below])
    }
    ends = {head: Inner(behind=below) for head, below in levels.items() if known[head].role in _AT_AN_END}
    return found | ends if found else _by_names(pieces, known, recur) or ends


def _alone_dated(head: Item, below: Sequence[Item]) -> bool:
    """Tell whether a heading has a day, as posts have, and those below it have none of their own."""
    told = head.told and not any(item.told for item in below)
    return bool(told or (head.date and not any(item.date for item in below)))


def _by_level(pieces: Sequence[int], items: Sequence[Item]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Give the headings below which others stand that have no number and a deeper level, with these."""
    head, below = -1, list[int]()
    for index in pieces:
        item = items[index]
        deeper = head >= 0 and item.level > items[head].level > 0
        if deeper and not (item.numbers or item.holders):
            below.append(index)
            continue
        if below:
            yield head, tuple(below)
        head, below = index, []
    if below:
        yield head, tuple(below)


def _by_names(pieces: Sequence[int], known: Sequence[Fact], recur: set[int]) -> dict[int, Inner]:
    """Give the chapters with what recurs in about each: behind its heading, or all ahead of the headings."""
    anchors = [at for at, index in enumerate(pieces) if known[index].role is Role.NUMBERED]
    each = max((_times(recur, known, index) for index in recur), default=0)
    if not anchors or 2 * each <= len(anchors):
        return {}
    places = [at for at, index in enumerate(pieces) if index in recur]
    ahead, behind = places[-1] < anchors[-1], anchors[0] < places[0]
    if ahead is behind:
        return {}
    found: dict[int, Inner] = {}
    bounds = pairwise([-1, *anchors] if ahead else [*anchors, len(pieces)])
    for low, high in bounds:
        inside = [at for at in places if low < at < high]
        if not inside:
            continue
        moving = tuple(pieces[inside[0] : high] if ahead else pieces[low + 1 : inside[-1] + 1])
        if any(known[index].holders for index in moving):
            return {}
        head = pieces[high] if ahead else pieces[low]
        found[head] = Inner(ahead=moving) if ahead else Inner(behind=moving)
    return found


def _times(recur: set[int], known: Sequence[Fact], index: int) -> int:
    return sum(known[other].series is known[index].series for other in recur)


def together(reading: Sequence[int], inner: Mapping[int, Inner]) -> list[int]:
    """Give a reading with what belongs to its chapters."""
    none = Inner()
    return [
        one
        for index in reading
        for one in (*inner.get(index, none).ahead, index, *inner.get(index, none).behind)
    ]
