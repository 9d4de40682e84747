"""Which blank lines are scene breaks.

Inside each post the usual distance between paragraphs is found; a wider one is a candidate. Exporters leave
blank lines too, but always in the same place: a candidate that stands before the last (or first) paragraph of
nearly every post is theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_LEAST_POSTS = 3
_MOST = 0.25
"""More candidates than this share of all distances: they are paragraphs of their own kind, no breaks."""


def usual_gap(gaps: Sequence[int]) -> int | None:
    """Give the distance that separates most paragraphs of a post; None where there are too few to tell."""
    if not gaps:
        return None
    gap, count = Counter(gaps).most_common(1)[0]
    return gap if count * 2 > len(gaps) else None


def least_break(gaps: Sequence[int], usual: int | None) -> int | None:
    """Give the least distance that may be a scene break; None where the distances follow no rule.

    Where some paragraphs stand closer than usual, only distances beyond the next wider one count.
    """
    if usual is None:
        return None
    return usual + 1 + any(gap < usual for gap in gaps)


def too_many(wide: int, units: int) -> bool:
    """Tell whether wider distances are so common that they are another way to part what belongs together."""
    return wide > max(3, units * _MOST)


def export_artefacts(posts: Sequence[tuple[int, Sequence[int]]]) -> set[tuple[int, int]]:
    """Give the candidates that an exporter left.

    `posts` holds, for each post, the count of its paragraphs and its candidate places; the result names post
    and place. An end or beginning of posts counts as the exporter's where three posts and three in four of
    those that are long enough have a candidate there.
    """
    artefacts: set[tuple[int, int]] = set()
    for from_end in (True, False):
        for distance in (0, 1):
            artefacts |= _regular(posts, distance, from_end=from_end)
    return artefacts


def _regular(
    posts: Sequence[tuple[int, Sequence[int]]], distance: int, *, from_end: bool
) -> set[tuple[int, int]]:
    long_enough = [
        (number, count, places) for number, (count, places) in enumerate(posts) if count > distance + 1
    ]
    found = set()
    for number, count, places in long_enough:
        place = count - 2 - distance if from_end else distance
        if place in places:
            found.add((number, place))
    regular = len(found) >= _LEAST_POSTS and len(found) * 4 >= len(long_enough) * 3
    return found if regular else set()
