"""Furniture that no word betrays: short lines that come back at the edges of posts.

What a site prints round a post is in whatever language the site has. It is told by the whole manuscript:
lines that are no sentences, alike from post to post but for dates, numbers and the post's own title, standing
at its edges in stacks or in the same place, made of words that the text itself never uses. A name above
chapters ("Anna"), a place, a refrain and the parts of a letter come back too; but their words are the text's
own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import islice, pairwise

from msgspec import Struct

from publish.normalize.almanac import undated
from publish.normalize.edgelines import (
    LEAST_POSTS,
    LONGEST,
    MOST_HELD,
    REFRAIN,
    Seen,
    Zone,
    seen_as,
    short_lines,
    unquoted,
    zones_of,
)
from publish.normalize.posts import CREDIT, begins_like_furniture, is_furniture_phrase
from publish.normalize.shape import ends_full, is_title_like
from publish.normalize.sheet import Sheet, words_folded

_NUMBER = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_AT_ONCE = 500
"""Lines whose words are looked up together."""
_LONGEST_OPENING = 4
"""Words of a salutation, or of what closes a letter."""
_FOOT_REACH = 8
_LONGEST_ALONE = 50
_MANY_POSTS = 3
_LEAST_STACK = 3
_LEAST_FILLED = 4
POSTING = "Posting line of a web page."
_AGAIN = "Repeats at the edge of posts."


def furniture(
    sheet: Sheet, heads: Sequence[tuple[int, int]], certain: Mapping[int, str], gone: Collection[int]
) -> dict[int, str]:
    """Give the furniture at the edges of posts, and the like elsewhere, `certain` included.

    `heads` are the first line of each heading and the first line after it; `certain` is the furniture known
    so far; `gone` are lines that leave the text for other reasons.
    """
    titles = {index for first, body in heads for index in range(first, body)}
    zones = zones_of(sheet, heads, gone)
    census = _census(sheet, zones, titles, certain)
    found: dict[int, str] = dict(certain)
    for zone in zones:
        found = _grown(sheet, zone, found, census) | found
    found = _alike(sheet, found, census, {*titles, *gone}) | found
    found = _stacks_elsewhere(sheet, found, titles) | found
    return found | _posting_lines(sheet, zones, found)


def _posting_lines(sheet: Sheet, zones: Sequence[Zone], found: Mapping[int, str]) -> dict[int, str]:
    """Give the dated furniture that is alike to what stands at the tops of several posts."""
    dated = {
        index: seen.template
        for index, what in found.items()
        if what == _AGAIN and (seen := seen_as(sheet.texts[index], "")) and "date" in seen.template.split()
    }
    tops = Counter(
        template
        for zone in zones
        if zone.top
        for template in {dated[index] for index in zone.lines[:_LEAST_STACK] if index in dated}
    )
    return {index: POSTING for index, template in dated.items() if tops[template] >= LEAST_POSTS}


def in_doubt(
    sheet: Sheet, heads: Sequence[tuple[int, int]], found: Mapping[int, str], gone: Collection[int]
) -> list[tuple[int, int]]:
    """Give the lines that stay though they stand beside furniture in several posts, with the count of those.

    Each is named once, where it stands first. Their words are the text's own: a name, a place, or furniture
    that says nothing strange.
    """
    places: dict[str, dict[int, int]] = {}
    for number, zone in enumerate(zones_of(sheet, heads, gone)):
        for index, seen in short_lines(sheet, zone):
            beside = index - 1 in found or index + 1 in found
            if beside and seen.label and index not in found and index not in sheet.decided:
                places.setdefault(seen.template, {}).setdefault(number // 2, index)
    return sorted((min(at.values()), len(at)) for at in places.values() if len(at) >= LEAST_POSTS)


# --- What the whole manuscript says about a line ---------------------------------------------------------


class _Census(Struct, frozen=True):
    """What is known of each template that stands at an edge."""

    posts: Mapping[str, int]
    """In how many posts it stands at an edge."""
    signs: Set[str]
    """Templates that are furniture by themselves."""
    foreign: Set[str]
    """Templates whose words the text never uses."""
    filled: Set[bool]
    """The edges (True: the upper) at which many posts have such a line."""

    def again(self, seen: Seen) -> bool:
        """Tell whether other posts have this line."""
        return self.posts.get(seen.template, 0) >= LEAST_POSTS

    def sign(self, seen: Seen) -> bool:
        """Tell whether a line is furniture by itself."""
        return seen.label and seen.template in self.signs

    def fits(self, seen: Seen, *, top: bool, apart: bool) -> bool:
        """Tell whether a line is furniture for its place, which furniture has in other posts.

        A line that no other post has must stand apart from the text beside it.
        """
        there = bool(self.filled) if self.again(seen) else apart and top in self.filled
        return seen.label and there and seen.template in self.foreign


class _Edge(Struct, frozen=True):
    """The labels at one edge of one post."""

    post: int
    top: bool
    labels: tuple[tuple[int, Seen], ...]
    """Lines and what they are, from the edge inwards."""


def _census(
    sheet: Sheet, zones: Sequence[Zone], titles: Collection[int], certain: Mapping[int, str]
) -> _Census:
    counts: dict[str, set[int]] = {}
    edges: list[_Edge] = []
    first: dict[str, int] = {}
    for place, zone in enumerate(zones):
        if not zone.lines:
            continue
        # A chapter that stands twice has all its lines twice: it counts as one post.
        post = first.setdefault(zone.title, place // 2) if zone.title else place // 2
        parts = _of_letter(sheet, zone)
        seen = [(i, s) for i, s in short_lines(sheet, zone) if i not in parts]
        for _, one in seen:
            counts.setdefault(one.template, set()).add(post)
        edges.append(_Edge(post, zone.top, tuple((i, s) for i, s in seen if s.label)))
    posts = {template: len(found) for template, found in counts.items()}
    foreign = _foreign(sheet, [label for edge in edges for label in edge.labels], posts, titles)
    filled = {top for top in (False, True) if _is_filled(edges, top, posts, foreign, certain)}
    signs = _signs(edges, posts, foreign, filled)
    signs |= _in_company(edges, signs, certain)
    if True in filled:
        signs |= _instead(edges, foreign, certain, signs)
    return _Census(posts, signs, foreign, filled)


def _signs(
    edges: Sequence[_Edge], posts: Mapping[str, int], foreign: Collection[str], filled: Collection[bool]
) -> set[str]:
    """Give the templates that are furniture even alone: those of many posts that are foreign to the text.

    A name, a place or a refrain is the author's as long as its words are the text's, in however many posts;
    and so is a chorus of strange words below a few chapters, while nothing stands below the others.
    """
    many = max(_MANY_POSTS, len({edge.post for edge in edges}) // 3 + 1)
    return {
        seen.template
        for edge in edges
        for _, seen in edge.labels
        if seen.template in foreign
        and posts[seen.template] >= (_MANY_POSTS if edge.top in filled or seen.dated else many)
    }


def _in_company(edges: Sequence[_Edge], signs: Collection[str], certain: Collection[int]) -> set[str]:
    """Give the dated templates that stand beside furniture in several posts: a site dates its posts so."""
    beside: dict[str, set[int]] = {}
    for edge in edges:
        for (_, seen), (index, neighbour) in _both_ways(edge.labels):
            if seen.dated and (neighbour.template in signs or index in certain):
                beside.setdefault(seen.template, set()).add(edge.post)
    return {template for template, found in beside.items() if len(found) >= _MANY_POSTS}


def _instead(
    edges: Sequence[_Edge], foreign: Collection[str], certain: Mapping[int, str], signs: Collection[str]
) -> set[str]:
    """Give the phrases that stand where other posts have furniture, and never beside any of their own kind.

    One credit stands in for another; the name or place of a chapter would stand beside credits too. A phrase
    that stands beside furniture at the upper edges of posts and at the lower ones is neither.
    """
    alone: dict[str, set[int]] = {}
    beside: set[str] = set()
    nearby: dict[str, set[bool]] = {}
    for edge in edges:
        undated = [(i, s) for i, s in edge.labels[:_LEAST_STACK] if not s.dated]
        strange = [s for i, s in undated if s.template in foreign or certain.get(i) == CREDIT]
        if edge.top and strange:
            beside.update(seen.template for _, seen in undated)
        for (_, seen), (index, neighbour) in _both_ways(edge.labels):
            if neighbour.template in signs or index in certain:
                nearby.setdefault(seen.template, set()).add(edge.top)
        for _, seen in undated[:1]:
            if edge.top and not strange and seen.template.count(" ") + 1 >= _LEAST_STACK:
                alone.setdefault(seen.template, set()).add(edge.post)
    return {
        template
        for template, found in alone.items()
        if (len(found) >= _MANY_POSTS and template not in beside) or len(nearby.get(template, ())) > 1
    }


def _both_ways(labels: Sequence[tuple[int, Seen]]) -> Iterator[tuple[tuple[int, Seen], tuple[int, Seen]]]:
    for one, other in pairwise(labels):
        yield one, other
        yield other, one


def _of_letter(sheet: Sheet, zone: Zone) -> set[int]:
    """Give the lines at the edge of a post that belong to a letter.

    Address and place stand above a salutation, the name below the closing words; both end in a comma.
    """
    found: set[int] = set()
    for place, index in enumerate(zone.lines[:_FOOT_REACH]):
        text = sheet.texts[index]
        if text.endswith(",") and len(text.split()) <= _LONGEST_OPENING:
            found.update(zone.lines[max(0, place - 2) : place])
    return found


def _foreign(
    sheet: Sheet, labels: Sequence[tuple[int, Seen]], posts: Mapping[str, int], titles: Collection[int]
) -> set[str]:
    """Give the templates that the text's words do not account for: half of theirs are new, or a name is.

    What comes back as a line of its own is not counted as the text's use of its words.
    """
    lines = {index for index, _ in labels}
    again = {sheet.texts[index] for index, seen in labels if posts[seen.template] >= LEAST_POSTS}
    wanted = {index: _words(sheet.texts[index], seen) for index, seen in labels}
    asked = {word for words in wanted.values() for word in words}
    own = (
        text
        for index, text in enumerate(sheet.texts)
        if index in titles or (index not in lines and text not in again and not _comes_back(text, posts))
    )
    used: set[str] = set()
    while asked and (some := list(islice(own, _AT_ONCE))):
        if len(asked) < _FEW_ASKED:
            some = [text for text in some if any(map(text.lower().__contains__, asked))]
        met = asked.intersection(_WORD.findall("\n".join(some).lower()))
        used |= met
        asked -= met
    strange: dict[str, bool] = {}
    for index, seen in labels:
        words = wanted[index]
        new = [word for word in words if word not in used]
        named = any(f" {word.capitalize()}" in sheet.texts[index] for word in new)
        is_so = bool(new) and (named or len(new) * 2 >= len(words))
        strange[seen.template] = is_so and strange.get(seen.template, True)
    return {template for template, is_so in strange.items() if is_so}


_FEW_ASKED = 20
"""Words; lines that hold none of so few are told sooner than their own words are read."""


def _comes_back(text: str, posts: Mapping[str, int]) -> bool:
    """Tell whether a dated or numbered line away from the edges is one that stands at several edges."""
    if len(text) > LONGEST or not _DIGIT.search(text):
        return False
    seen = seen_as(text, "")
    return seen is not None and seen.label and posts.get(seen.template, 0) >= LEAST_POSTS


def _words(text: str, seen: Seen) -> list[str]:
    """Give the words of a line that may tell its language from the text's; a title's are the text's own."""
    bare = unquoted(text) if "title" in seen.template else text
    return _WORD.findall(undated(bare, " ").lower())


def _is_filled(
    edges: Sequence[_Edge],
    top: bool,
    posts: Mapping[str, int],
    foreign: Collection[str],
    certain: Mapping[int, str],
) -> bool:
    """Tell whether many posts have furniture in the same place, most of it lines that come back."""
    again = once = total = 0
    for edge in edges:
        if edge.top != top:
            continue
        total += 1
        outer = [(i, s) for i, s in edge.labels[:_LEAST_STACK] if not s.dated]
        strange = [s for i, s in outer if s.template in foreign or certain.get(i) == CREDIT]
        again += any(posts[s.template] > 1 or s.template not in foreign for s in strange)
        once += any(posts[s.template] == 1 and s.template in foreign for s in strange)
    return again >= max(_LEAST_FILLED, total / 3) and again >= 2 * once


# --- From the edge inwards -------------------------------------------------------------------------------


def _grown(sheet: Sheet, zone: Zone, certain: Mapping[int, str], census: _Census) -> dict[int, str]:
    """Walk from the edge inwards as long as lines can be furniture; take them where they stand together.

    Lines that only come back, like a refrain or an address, are no furniture by themselves: a line that is
    must stand in the same stack. At the end of the manuscript a site's own foot, which
    stands there once, may lie outside the stack.
    """
    stack: list[int] = []
    held: list[int] = []
    foot: list[int] = []
    signs = repeats = inner = unsure = 0
    for place, index in enumerate(zone.lines):
        seen = seen_as(sheet.texts[index], zone.title)
        sign = index in certain or _tells(sheet, zone, place, census, first=signs == len(stack))
        sign = sign or _is_button(sheet, zone, place, census, {*certain, *stack})
        label, again = seen is not None and seen.label, seen is not None and census.again(seen)
        if sign or (again and label and (not zone.top or signs)):
            signs += sign
            repeats += again + len(held) - unsure
            stack.extend((*_waiting(sheet, zone, held, census, alone=not stack), index))
            held, unsure = [], 0
            inner = len(stack) if sign or not _may_be_refrain(sheet.texts[index], seen, census) else inner
        elif seen and not again and zone.last and not repeats and len(foot) < _FOOT_REACH:
            foot.append(index)
        elif again or (label and unsure < MOST_HELD):
            held.append(index)
            unsure += not again
        else:
            break
    if not signs:
        return {}
    return dict.fromkeys((*foot, *stack[:inner]) if repeats >= _LEAST_STACK else stack[:inner], _AGAIN)


def _waiting(sheet: Sheet, zone: Zone, held: Sequence[int], census: _Census, *, alone: bool) -> Iterator[int]:
    """Give the lines that furniture beyond them shows to be furniture too.

    Directly below a heading that is not enough: a name above a credit is the author's if its words are.
    """
    for index in held:
        seen = seen_as(sheet.texts[index], zone.title)
        if _may_be_title(sheet, index, seen, census):
            continue
        if not (zone.top and alone) or (seen and seen.template in census.foreign):
            yield index


def _may_be_title(sheet: Sheet, index: int, seen: Seen | None, census: _Census) -> bool:
    """Tell whether a line of one post alone stands below white space and right above a dated line.

    So titles of posts stand that were not found to be headings.
    """
    if index + 1 >= len(sheet.texts) or sheet.lines[index].blanks_above == 0:
        return False
    once = seen is not None and not census.again(seen) and is_title_like(sheet.texts[index])
    below = seen_as(sheet.texts[index + 1], "") if once else None
    return below is not None and sheet.lines[index + 1].blanks_above == 0 and "date" in below.template.split()


def _tells(sheet: Sheet, zone: Zone, place: int, census: _Census, *, first: bool) -> bool:
    """Tell whether a line is furniture by itself; `first` where only furniture stands outside it."""
    text = sheet.texts[zone.lines[place]]
    seen = seen_as(text, zone.title)
    if seen is None or not seen.label:
        return False
    inner = zone.lines[place + 1] if place + 1 < len(zone.lines) else None
    if census.sign(seen):
        return True
    apart = _stands_out(sheet, zone.lines[place], inner, top=zone.top)
    return first and census.fits(seen, top=zone.top, apart=apart)


def _is_button(sheet: Sheet, zone: Zone, place: int, census: _Census, known: Set[int]) -> bool:
    """Tell whether a line begins as buttons do and the manuscript, too, says that it is furniture.

    "Follow me down to the river" may end a poem. Furniture comes back or stands beside other furniture, and
    if all its words are the text's own, both; a line that is nothing but such a phrase may stand alone at the
    very edge of a post, where other posts have furniture. `known` are the lines that are furniture so far.
    """
    index = zone.lines[place]
    text = sheet.texts[index]
    seen = seen_as(text, zone.title)
    if seen is None or not seen.label or not begins_like_furniture(text):
        return False
    near = [zone.lines[at] for at in (place - 1, place + 1) if 0 <= at < len(zone.lines)]
    others = [seen_as(sheet.texts[line], zone.title) for line in near]
    beside = not known.isdisjoint(near) or any(other and census.sign(other) for other in others)
    again = census.again(seen)
    if again or beside:
        return (again and beside) or not _may_be_refrain(text, seen, census)
    return not place and bool(known or census.signs) and is_furniture_phrase(text)


def _stands_out(sheet: Sheet, index: int, inner: int | None, *, top: bool) -> bool:
    """Tell whether a line that no other post has is clearly none of the text beside it.

    A line of verse, the first line of a wrapped paragraph and a signature are not: the text goes on.
    """
    text = sheet.texts[index]
    if inner is None or len(text) > _LONGEST_ALONE or text[-1] in ":;,":
        return False
    beside = sheet.texts[inner]
    return len(beside) > _LONGEST_ALONE if top else ends_full(beside)


def _may_be_refrain(text: str, seen: Seen | None, census: _Census) -> bool:
    return seen is not None and len(text.split()) >= REFRAIN and seen.template not in census.foreign


# --- Away from the edges ---------------------------------------------------------------------------------


def _alike(sheet: Sheet, found: Mapping[int, str], census: _Census, apart: Collection[int]) -> dict[int, str]:
    """Give the lines that are furniture wherever they stand, for nothing in them is the text's own.

    Text without a heading of its own may follow a post, so that the post's edge is not where a heading
    stands; and pictures stand amid the text with their credits.
    """
    more: dict[int, str] = {}
    strange = census.signs & census.foreign
    dated = {template for template in census.signs if "date" in template.split()}
    strange |= dated
    if not strange:
        return more
    for index, text in enumerate(sheet.texts):
        if index in found or index in apart or len(text) > LONGEST:
            continue
        seen = seen_as(text, "")
        if seen and seen.label and seen.template in strange:
            more[index] = POSTING if seen.dated else _AGAIN
    return more


def _stacks_elsewhere(sheet: Sheet, found: Mapping[int, str], headings: Collection[int]) -> dict[int, str]:
    """Give stacks of lines that were furniture at the edges of posts and stand inside one too."""
    titles = {_alike_as(sheet.texts[index]) for index in headings}
    counts = Counter(_alike_as(sheet.texts[index]) for index in found)
    often = {text for text, count in counts.items() if count >= LEAST_POSTS and text not in titles}
    if not often:
        return {}
    known = [
        index not in headings and (index in found or (len(text) <= LONGEST and _alike_as(text) in often))
        for index, text in enumerate(sheet.texts)
    ]
    more: dict[int, str] = {}
    start = 0
    while start < len(known):
        end = start
        while end < len(known) and known[end]:
            end += 1
        if end - start >= _LEAST_STACK:
            more.update(dict.fromkeys(range(start, end), _AGAIN))
        start = end + 1
    return more


def _alike_as(text: str) -> str:
    """Give what a line has in common with its like: the number and the title in it are taken out."""
    seen = seen_as(text, "") if text[:1].isdigit() or unquoted(text) != text else None
    return seen.template if seen else words_folded(text)
