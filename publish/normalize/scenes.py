"""Which white space breaks scenes.

It is asked of each post: a distance wider than is usual between its paragraphs is a candidate. Exporters
leave blank lines too, but always in the same place: a candidate that stands above the last (or second)
paragraph of nearly every post is theirs.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.normalize import passages
from publish.normalize.passages import Passage
from publish.normalize.typesetting import Setting

_FEW = 12
_LEAST_POSTS = 3
_LEAST_GAPS = 4
_MOST = 0.25
"""More candidates than this share of all distances: they are paragraphs of their own kind, no breaks."""


class Space(Struct):
    """The white space of one post."""

    gaps: list[int]
    """The blank lines between its paragraphs of prose."""
    usual: int | None
    """What most of them are; None where they follow no rule."""
    breaks: set[int] = set()
    """The passages above which a scene ends."""
    wide: int = 0
    """How many distances are wider than usual, those beside verse counted."""


def found(posts: Sequence[Sequence[Passage]], first: int, setting: Setting) -> list[Space]:
    """Give the white space of every post; paragraphs begin set in by the columns `first`, if by any."""
    spaces = [Space(gaps, _most(gaps)) for gaps in map(_prose_gaps, posts)]
    everywhere = _most([gap for space in spaces for gap in space.gaps])
    for space in spaces:
        if (space.usual is None or len(space.gaps) < _LEAST_GAPS) and everywhere in space.gaps:
            space.usual = everywhere
    usual = [space.usual for space in spaces if space.usual is not None]
    # What most posts have breaks no scene in any.
    commonest = max(set(usual), key=usual.count, default=0)
    paged = _gap_of_pages(posts)
    for post, space in zip(posts, spaces, strict=True):
        _look(post, space, commonest, first, paged)
    if _mean_nothing(posts, spaces) or _only_at_turns(posts, spaces, setting):
        for space in spaces:
            space.breaks = set()
    for space, at in list(_of_exporter(posts, spaces)):
        space.breaks.discard(at)
    return spaces


def _most(gaps: Sequence[int]) -> int | None:
    """Give the distance that separates most paragraphs; None where there are too few to tell."""
    gap, count = Counter(gaps).most_common(1)[0] if gaps else (None, 0)
    return gap if count * 2 > len(gaps) else None


def _prose_gaps(post: Sequence[Passage]) -> list[int]:
    """Give the distances between paragraphs; short lines that touch may be verse.

    Neither these say anything nor the space round them, if there is other space.
    """
    short = [len(passage.text) <= passages.WIDEST_VERSE for passage in post]
    joined = [b.gap == 0 and short[at] and short[at + 1] for at, b in enumerate(post[1:])]
    beside = [before or after for before, after in zip([False, *joined], [*joined, False], strict=True)]
    apart = [b.gap for at, b in enumerate(post[1:]) if not (beside[at] or beside[at + 1])]
    return apart or [b.gap for at, b in enumerate(post[1:]) if not joined[at]]


def _gap_of_pages(posts: Sequence[Sequence[Passage]]) -> int:
    """Give the blank lines that a page turn brings, as most have it that cut a paragraph; 0 if none does."""
    gaps = Counter(row.gap for post in posts for passage in post for row in passage.rows[1:] if row.turned)
    return gaps.most_common(1)[0][0] if gaps else 0


def _look(post: Sequence[Passage], space: Space, commonest: int, first: int, paged: int) -> None:
    """Find the wider distances of one post; white space round verse sets it off and breaks no scene.

    Where some paragraphs stand closer than usual, only distances beyond the next wider one count. Nor do
    blank lines where a page turns, unless they are more than the page's own, `paged`.
    """
    if space.usual is None:
        return
    least = max(space.usual + 1 + any(gap < space.usual for gap in space.gaps), commonest + 1)
    verse = passages.verse_places(post, space.usual, first)
    wide = {
        at
        for at, (a, b) in enumerate(pairwise(post), 1)
        if b.gap >= least and not (a.ornament or b.ornament) and not (b.turned and b.gap <= paged)
    }
    free = {at for at in wide if not verse & {at - 1, at}}
    many = len(free) > max(3, len(post) * _MOST)
    space.wide = len(wide)
    space.breaks = {at for at in free if post[at].gap > least} if many else free


def _mean_nothing(posts: Sequence[Sequence[Passage]], spaces: Sequence[Space]) -> bool:
    """Tell whether the author types breaks, or wider distances stand everywhere, as in a play."""
    typed = sum(1 for post in posts for passage in post if passage.ornament)
    usual = sum(space.gaps.count(space.usual) for space in spaces if space.usual is not None)
    return typed > 1 or sum(space.wide for space in spaces) > max(_FEW, usual // 3)


def _only_at_turns(posts: Sequence[Sequence[Passage]], spaces: Sequence[Space], setting: Setting) -> bool:
    """Tell whether wider distances stand at page turns alone, which is told: then none breaks a scene."""
    below = [post[at] for post, space in zip(posts, spaces, strict=True) for at in sorted(space.breaks)]
    if not below or not all(passage.turned for passage in below):
        return False
    for passage in below:
        setting.report_turn(passage.rows[0])
    return True


def _of_exporter(posts: Sequence[Sequence[Passage]], spaces: Sequence[Space]) -> Iterator[tuple[Space, int]]:
    """Give the candidates that an exporter left.

    An end or beginning of posts counts as the exporter's where three posts and three in four of those that
    are long enough have a candidate there.
    """
    for from_end in (True, False):
        for distance in (1, 2):
            long_enough = [
                (space, len(post) - distance if from_end else distance)
                for post, space in zip(posts, spaces, strict=True)
                if len(post) > distance
            ]
            regular = [(space, at) for space, at in long_enough if at in space.breaks]
            if len(regular) >= _LEAST_POSTS and len(regular) * 4 >= len(long_enough) * 3:
                yield from regular
