"""Where the pieces without numbers stand: beside their neighbours in the file, or where custom puts them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.document import DivisionKind, Matter, matter
from publish.normalize.order.evidence import Fact, Facts
from publish.normalize.order.roles import Role

_FRONT_ORDER = (
    DivisionKind.DEDICATION, DivisionKind.EPIGRAPH, DivisionKind.FOREWORD, DivisionKind.INTRODUCTION,
    DivisionKind.PREFACE, DivisionKind.PERSONS, DivisionKind.COPYRIGHT,
)  # fmt: skip
_BANDS = {
    DivisionKind.DEDICATION: 0, DivisionKind.EPIGRAPH: 0, DivisionKind.FOREWORD: 1,
    DivisionKind.INTRODUCTION: 2, DivisionKind.PREFACE: 2, DivisionKind.PERSONS: 4, DivisionKind.AFTERWORD: 0,
    DivisionKind.ACKNOWLEDGMENTS: 1, DivisionKind.APPENDIX: 1, DivisionKind.NOTES: 2,
    DivisionKind.GLOSSARY: 2, DivisionKind.BIBLIOGRAPHY: 2, DivisionKind.ABOUT_AUTHOR: 3,
    DivisionKind.ALSO_BY: 3,
}  # fmt: skip
"""What the custom of the trade orders for certain (Chicago Manual of Style, 1.4): a foreword precedes a
preface; whether a preface precedes an introduction differs from book to book."""
_NOTE_BAND = 3
"""An author's or editor's note closes the front matter."""
ENOUGH = 6
"""Chapters; of fewer, chance alone often makes neighbours of neighbours."""
_TRUSTED_AGREEMENT = 0.6
"""Share of neighbours in the file that must be neighbours in the book before a piece without a number may be
placed by its neighbours."""


class _Frame(Struct):
    """The pieces around the anchors, while they are being placed."""

    front: list[int]
    back: list[int]
    after: dict[int, list[int]]
    before: dict[int, list[int]]
    doubtful: set[int]


def settle(
    file: list[int], anchors: list[int], all_facts: Facts, *, convention: bool
) -> tuple[list[int], set[int]]:
    """Place all other pieces around the anchors.

    They stand beside their neighbours in the file, or by convention where the file is shuffled or
    `convention` says so. Gives the reading and the pieces whose place is a guess.
    """
    place = {index: at for at, index in enumerate(anchors)}
    way, trusted = agreement([index for index in file if index in place], place)
    one_way = [*anchors] == sorted(anchors) or (trusted and [*anchors] == sorted(anchors, reverse=True))
    frame = _Frame([], [], {}, {}, set())
    for group, before, after in _groups(file, anchors, place, way):
        pieces = group if way > 0 else group[::-1]
        neighbours = (before, after) if way > 0 or not trusted else (after, before)
        ends = neighbours in _bounds(anchors, edges=convention)
        if trusted and ends:
            pieces = _with_ends(pieces, all_facts, frame)
        # What stands amid chapters that nobody moved was put there, whatever is custom.
        amid = one_way and None not in neighbours
        if not amid and (convention or not trusted):
            pieces = _conventional(pieces, all_facts, frame, trusted)
        if pieces and trusted and neighbours == (anchors[-1], anchors[0]) and len(anchors) > 1:
            _part_ends(pieces, all_facts, frame)
        elif pieces:
            _beside(pieces, neighbours, place, trusted, frame)
    if convention or not trusted:
        _order_ends(frame, all_facts, trusted)
    reading = list(frame.front)
    for index in anchors:
        reading += [*frame.before.get(index, ()), index, *frame.after.get(index, ())]
    return reading + frame.back, frame.doubtful


def ambiguous(file: Sequence[int], anchors: Sequence[int], all_facts: Facts) -> set[int]:
    """Give the chapters that name no part, and whose number stands in several, in a file without order.

    Only their neighbours in the file tell to which part they belong.
    """
    place = {index: at for at, index in enumerate(anchors)}
    count = Counter(all_facts[index].low for index in anchors)
    several = {index for index in anchors if count[all_facts[index].low] > 1 and not all_facts[index].holders}
    trusted = not several or agreement([index for index in file if index in place], place)[1]
    return set() if trusted else several


def of_one_day(file: Sequence[int], anchors: Sequence[int], all_facts: Facts) -> set[int]:
    """Give the dated pieces that share their day with another, in a file without order."""
    place = {index: at for at, index in enumerate(anchors)}
    count = Counter(all_facts[index].date or all_facts[index].told for index in anchors)
    several = {i for i in anchors if count[all_facts[i].date or all_facts[i].told] > 1}
    trusted = not several or agreement([index for index in file if index in place], place)[1]
    return set() if trusted else several


def _bounds(anchors: Sequence[int], *, edges: bool) -> list[tuple[int | None, int | None]]:
    """Give the neighbours between which pieces of both ends of the book may stand in its file."""
    if len(anchors) < _FEWEST:
        return []
    return [(anchors[-1], anchors[0]), *([(anchors[-1], None), (None, anchors[0])] if edges else [])]


_FEWEST = 2


def _with_ends(pieces: list[int], all_facts: Facts, frame: _Frame) -> list[int]:
    """Place what stands outside the chapters with the pieces of either end of the book beside it.

    What follows front matter there belongs to the front, what precedes back matter to the back. Gives the
    pieces that are left.
    """
    pulls = [_pull(all_facts[index]) for index in pieces]
    closing = next((at for at in range(len(pulls), 0, -1) if pulls[at - 1] > 0), 0)
    opening = next((at for at, pull in enumerate(pulls) if pull < 0), len(pulls))
    if closing > opening:
        return pieces
    frame.back.extend(pieces[:closing])
    frame.front.extend(pieces[opening:])
    return pieces[closing:opening]


def _part_ends(pieces: Sequence[int], all_facts: Facts, frame: _Frame) -> None:
    """Part the pieces that a rotated file has between the book's last and first chapter."""
    pulls = [_pull(all_facts[index]) for index in pieces]
    costs = [
        sum(pull < 0 for pull in pulls[:cut]) + sum(pull > 0 for pull in pulls[cut:])
        for cut in range(len(pieces) + 1)
    ]
    best = [cut for cut, cost in enumerate(costs) if cost == min(costs)]
    frame.doubtful.update(pieces[best[0] : best[-1]])
    frame.back.extend(pieces[: best[-1]])
    frame.front.extend(pieces[best[-1] :])


def _pull(fact: Fact) -> int:
    if fact.role in (Role.UNHEADED, Role.FRONT, Role.PROLOGUE):
        return -1
    return 1 if fact.role in (Role.LAST, Role.EPILOGUE, Role.BACK) else fact.leaning


def agreement(in_file: Sequence[int], place: dict[int, int]) -> tuple[int, bool]:
    """Tell the file's direction (1 or -1), and whether its neighbours are mostly the book's neighbours."""
    forward = backward = 0
    for before, after in pairwise(in_file):
        step = place[after] - place[before]
        forward += step == 1
        backward += step == -1
    most = max(forward, backward)
    pairs = len(in_file) - 1
    trusted = pairs > 1 and (most == pairs or (len(in_file) >= ENOUGH and most >= _TRUSTED_AGREEMENT * pairs))
    return (1 if forward >= backward else -1), trusted


def _groups(
    file: Sequence[int], anchors: Sequence[int], place: dict[int, int], way: int
) -> Iterator[tuple[list[int], int | None, int | None]]:
    """Give each run of pieces that are no anchors, with the anchors before and after it in the file.

    In a rotated file the pieces at its end and at its beginning are one run.
    """
    at_anchor = [at for at, index in enumerate(file) if index in place]
    if not at_anchor:
        yield list(file), None, None
        return
    for before, after in pairwise(at_anchor):
        if after > before + 1:
            yield list(file[before + 1 : after]), file[before], file[after]
    first, last = at_anchor[0], at_anchor[-1]
    head, tail = list(file[:first]), list(file[last + 1 :])
    if len(anchors) > 1 and place[file[first]] - place[file[last]] == way:
        yield from [(tail + head, file[last], file[first])] if tail or head else []
        return
    yield from [(head, None, file[first])] if head else []
    yield from [(tail, file[last], None)] if tail else []


def _conventional(pieces: Sequence[int], all_facts: Facts, frame: _Frame, trusted: bool) -> list[int]:
    """Put front and back matter where it belongs; give the pieces that are left."""
    floating = []
    for index in pieces:
        fact = all_facts[index]
        minor = fact.role is Role.NUMBERED and not trusted
        if minor and matter(fact.series) is Matter.BACK:
            frame.back.append(index)
        elif minor or (fact.role in (Role.UNHEADED, Role.FRONT, Role.PROLOGUE) and not fact.holders):
            frame.front.append(index)
            frame.doubtful.update([index] if minor else [])
        elif fact.role in (Role.LAST, Role.EPILOGUE, Role.BACK) and not fact.holders:
            frame.back.append(index)
        elif fact.leaning and not trusted:
            (frame.front if fact.leaning < 0 else frame.back).append(index)
        else:
            floating.append(index)
    return floating


def _beside(
    pieces: list[int],
    neighbours: tuple[int | None, int | None],
    place: dict[int, int],
    trusted: bool,
    frame: _Frame,
) -> None:
    """Place pieces between the neighbours that they have in the file, told in the file's direction."""
    before, after = neighbours
    if before is not None:
        last = place[before] == len(place) - 1
        joined = (after is not None and place[after] == place[before] + 1) or (last and after is None)
        frame.doubtful.update([] if joined and trusted else pieces)
        frame.after.setdefault(before, []).extend(pieces)
    elif after is not None:
        frame.doubtful.update([] if place[after] == 0 and trusted else pieces)
        frame.before.setdefault(after, [])[:0] = pieces


def _order_ends(frame: _Frame, all_facts: Facts, trusted: bool) -> None:
    """Sort front and back matter by convention (dedication first, prologue last).

    Where the file is shuffled, two pieces that convention does not order leave a doubt.
    """
    for end in (frame.front, frame.back):
        bands = [_band(all_facts[index]) for index in end]
        if not trusted:
            frame.doubtful.update(
                index for index, band in zip(end, bands, strict=True) if bands.count(band) > 1
            )
        end.sort(key=lambda index: _convention(all_facts[index]))


def _band(fact: Fact) -> tuple[Role, int, tuple[int, int]]:
    """Give what orders ends for certain: a dedication precedes a preface, which precedes a prologue."""
    if fact.role is Role.FLOATING:
        return Role.FRONT if fact.leaning < 0 else Role.LAST, _NOTE_BAND, (0, 0)
    if fact.role is Role.NUMBERED and matter(fact.series) is Matter.BACK:
        return Role.BACK, _BANDS.get(fact.series, 0), fact.low
    if fact.role in (Role.FRONT, Role.BACK):
        return fact.role, _NOTE_BAND if fact.leaning > 0 else _BANDS.get(fact.series, 1), (0, 0)
    return fact.role, 0, (0, 0)


def _convention(fact: Fact) -> tuple[object, ...]:
    rank = _FRONT_ORDER.index(fact.series) if fact.series in _FRONT_ORDER else len(_FRONT_ORDER)
    return _band(fact), fact.leaning, rank, fact.low
