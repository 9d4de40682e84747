"""Sentences that a site prints below every post: that one may subscribe, that it bakes biscuits of its own.

A label is furniture for its form, place and words. A sentence has the form of the text, so that more must
agree: it is the same in most posts, letter for letter but for numbers, and touches other furniture there.
Where its words are the text's own it may still be a refrain, and is asked about.
"""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from publish.normalize.lines.shape import is_ornament
from publish.normalize.sheet import Sheet
from publish.normalize.sites.edgecensus import strange_to
from publish.normalize.sites.edgelines import Seen, Zone, template_of

_LONGEST = 320
_LEAST_POSTS = 3
_LEAST_WORDS = 8
_MOST_BETWEEN = 2
"""Sentences next to each other amid furniture."""
_ROUNDS = 3
"""Sentences that stand one inside the other."""


class Sentences(Struct, frozen=True):
    """Lines that are the same beside the furniture of most posts."""

    furniture: frozenset[int]
    asked: tuple[tuple[int, ...], ...]
    """Those whose words are the text's own, alike ones together."""


def found(sheet: Sheet, zones: Sequence[Zone], known: Collection[int], titles: Collection[int]) -> Sentences:
    """Find them; `known` is the furniture so far, `titles` are the lines of headings."""
    taken: set[int] = set()
    asked: list[tuple[int, ...]] = []
    for _ in range(_ROUNDS):
        every = {*known, *taken}
        reached = every.union(*asked)
        known_so = {line for lines in asked for line in lines}
        alike = [lines for lines in _alike(sheet, zones, reached) if lines[0] not in known_so]
        if not alike:
            break
        strange = _strange(sheet, alike, titles, every)
        for lines, is_so in zip(alike, strange, strict=True):
            if is_so and not _may_be_motto(sheet, lines, every):
                taken.update(lines)
            else:
                asked.append(tuple(lines))
    # What is furniture on both sides is no motto, though it was not known yet when its neighbour was found.
    every = {*known, *taken}
    amid = [lines for lines in asked if _is_amid(lines, every)]
    strange = _strange(sheet, amid, titles, every) if amid else []
    late = [lines for lines, is_so in zip(amid, strange, strict=True) if is_so]
    taken |= {line for lines in late for line in lines}
    return Sentences(frozenset(taken), tuple(lines for lines in asked if lines not in late))


def _may_be_motto(sheet: Sheet, lines: Sequence[int], known: Collection[int]) -> bool:
    """Tell whether a few strange words stand between the text and the furniture, as a motto would."""
    return len(sheet.texts[lines[0]].split()) < _LEAST_WORDS and not _is_amid(lines, known)


def _is_amid(lines: Sequence[int], known: Collection[int]) -> bool:
    """Tell whether most of some lines have furniture on both sides."""
    return sum(line - 1 in known and line + 1 in known for line in lines) * 2 >= len(lines)


def _alike(sheet: Sheet, zones: Sequence[Zone], known: Collection[int]) -> list[list[int]]:
    """Give the lines that touch furniture and are alike in most posts that have any at this edge."""
    result: list[list[int]] = []
    for top in (False, True):
        some = [beside for zone in zones if zone.top == top and (beside := list(_beside(sheet, zone, known)))]
        posts = sum(any(line in known for line in zone.lines) for zone in zones if zone.top == top)
        places: dict[str, list[int]] = {}
        for beside in some:
            for template, index in {template_of(sheet.texts[index]): index for index in beside}.items():
                places.setdefault(template, []).append(index)
        least = max(_LEAST_POSTS, (posts + 1) // 2)
        result += [lines for lines in places.values() if len(lines) >= least]
    return result


def _beside(sheet: Sheet, zone: Zone, known: Collection[int]) -> Iterator[int]:
    """Give the lines of one edge that are no furniture and touch some, that of the same stack."""
    lines = zone.lines[: _reach(zone, known)]
    for at, index in enumerate(lines):
        text = sheet.texts[index]
        near = [lines[other] for other in (at - 1, at + 1) if 0 <= other < len(lines)]
        free = index not in known and index not in sheet.decided and not sheet.marked(index)
        fits = len(text) <= _LONGEST and not is_ornament(text)
        if free and fits and any(other in known for other in near):
            yield index


def _reach(zone: Zone, known: Collection[int]) -> int:
    """Give how many lines from the edge inwards hold furniture, and one more."""
    last = -1
    for at, index in enumerate(zone.lines):
        if index in known:
            last = at
        elif at - last > _MOST_BETWEEN:
            break
    return last + 2 if last >= 0 else 0


def _strange(
    sheet: Sheet, alike: Sequence[Sequence[int]], titles: Collection[int], known: Collection[int]
) -> list[bool]:
    """Tell of each whether its words are not the text's."""
    templates = [template_of(sheet.texts[lines[0]]) for lines in alike]
    seen = [
        (index, Seen(template, label=True, dated=False))
        for template, lines in zip(templates, alike, strict=True)
        for index in lines
    ]
    posts = {template: len(lines) for template, lines in zip(templates, alike, strict=True)}
    strange = strange_to(sheet, seen, posts, titles, known)
    return [template in strange for template in templates]
