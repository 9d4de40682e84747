"""Furniture that no word betrays: short lines that come back at the edges of posts.

What a site prints round a post is in whatever language the site has. It is told by the whole manuscript:
lines that are no sentences, alike from post to post but for dates, numbers and the post's own title, standing
at its edges in stacks or in the same place, made of words that the text itself never uses. A name above
chapters ("Anna"), a place, a refrain and the parts of a letter come back too; but their words are the text's
own.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from publish.normalize.cues import is_end
from publish.normalize.front import dedicates
from publish.normalize.lines.shape import ends_full, is_name, is_title_like
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites import edgedays, edgesentences, edgethreads
from publish.normalize.sites.edgecensus import Census, taken
from publish.normalize.sites.edgelines import (
    LEAST_POSTS,
    LONGEST,
    MOST_HELD,
    Seen,
    Zone,
    seen_as,
    short_lines,
    unquoted,
    zones_of,
)
from publish.normalize.sites.posts import (
    CREDIT,
    POSTING,
    begins_like_furniture,
    is_caption,
    is_furniture_phrase,
    threads_open,
)

_FOOT_REACH = 8
_LONGEST_ALONE = 50
_LEAST_STACK = 3
_AGAIN = "Repeats at the edge of posts."
_COMMENT = "Comment of a reader."


class Edges(Struct, frozen=True):
    """What was found at the edges of posts."""

    furniture: dict[int, str]
    """Lines, and what they are."""
    strange: Set[str]
    """Templates of short lines whose words the text never uses."""
    asked: tuple[tuple[int, ...], ...] = ()
    """Sentences that are the same in most posts though their words are the text's, alike ones together."""


def furniture(
    sheet: Sheet, heads: Sequence[tuple[int, int]], certain: Mapping[int, str], gone: Collection[int]
) -> Edges:
    """Give the furniture at the edges of posts, and the like elsewhere, `certain` included.

    `heads` are the first line of each heading and the first line after it; `certain` is the furniture known
    so far; `gone` are lines that leave the text for other reasons.
    """
    found = _furniture(sheet, heads, certain, gone)
    begun = edgedays.headless(sheet, heads, found.furniture)
    return _furniture(sheet, sorted([*heads, *begun]), certain, gone) if begun else found


def _furniture(
    sheet: Sheet, heads: Sequence[tuple[int, int]], certain: Mapping[int, str], gone: Collection[int]
) -> Edges:
    titles = {index for first, body in heads for index in range(first, body)}
    zones = zones_of(sheet, heads, gone)
    census = taken(sheet, zones, titles, certain)
    found: dict[int, str] = dict(certain)
    for zone in zones:
        for index, what in _grown(sheet, zone, found, census).items():
            found.setdefault(index, what)
    found = _alike(sheet, found, census, {*titles, *gone}) | found
    found = {i: what for i, what in found.items() if i in certain or not _is_dedication(sheet, i, census)}
    own = {index for zone in zones if zone.top for index in _all_that_stands(sheet, zone, found, census)}
    found = {i: what for i, what in found.items() if i in certain or i not in own}
    found = _stacks_elsewhere(sheet, found, titles) | found
    found |= dict.fromkeys(edgethreads.found(sheet, zones, found), _COMMENT)
    found = dict.fromkeys(edgethreads.threads(sheet, heads, found)[0], _COMMENT) | found
    said = edgesentences.found(sheet, zones, found, titles)
    found |= dict.fromkeys(said.furniture, _AGAIN)
    again = {index for index, what in found.items() if what == _AGAIN}
    return Edges(found | edgedays.posting_lines(sheet, zones, found, again), census.foreign, said.asked)


class Doubt(Struct, frozen=True):
    """A line that stays though it may be furniture, named where it stands first."""

    line: int
    posts: int
    why: str


def in_doubt(
    sheet: Sheet, heads: Sequence[tuple[int, int]], found: Mapping[int, str], edges: Edges, *, sited: bool
) -> list[Doubt]:
    """Give the lines that stay though they may be furniture; `found` are all lines that leave the text.

    Their words are the text's own, beside furniture in several posts; or they are strange and stand alone
    at the edges of posts. One that stands there once is told only where the manuscript is `sited`, that is,
    has furniture of a site.
    """
    places: dict[str, dict[int, int]] = {}
    for number, zone in enumerate(zones_of(sheet, heads, ())):
        for index, seen in short_lines(sheet, zone):
            beside = index - 1 in found or index + 1 in found
            if beside and seen.label and index not in found and index not in sheet.decided:
                places.setdefault(seen.template, {}).setdefault(number // 2, index)
    again = [
        Doubt(
            min(at.values()),
            len(at),
            f"stands beside the furniture of {len(at)} posts; its words are the text’s",
        )
        for at in places.values()
        if sited and len(at) >= LEAST_POSTS
    ]
    left = zones_of(sheet, heads, found)
    alone = _alone(sheet, left, edges.strange, 1 if sited else _LEAST_STACK)
    outer = (
        Doubt(zone.lines[0], 1, "stands below a line of the site, where a post ends")
        for zone in left
        if sited
        and len(zone.lines) > 1
        and not zone.top
        and zone.lines[0] - 1 in found
        and ends_full(sheet.texts[zone.lines[1]])
        and _is_open(sheet, zone)
    )
    told = {doubt.line for doubt in again}
    said = (
        Doubt(lines[0], len(lines), f"stands the same beside the furniture of {len(lines)} posts")
        for lines in edges.asked
        if told.isdisjoint(lines) and lines[0] not in found
    )
    _, left_below = edgethreads.threads(sheet, heads, found)
    read = {line for lines in left_below for line in lines if line not in found}
    said_below = (
        Doubt(free[0], 1, "may be what readers wrote, and so may all below it in this post")
        for lines in left_below
        if (free := [line for line in lines if line in read and line not in sheet.decided])
    )
    outer = (doubt for doubt in outer if doubt.line not in read)
    below = "may open what readers wrote below the text"
    threads = (Doubt(i, 1, below) for i in threads_open(sheet, found) if i not in sheet.decided)
    captions = (Doubt(i, 1, "may say what a picture shows, or who made it") for i in _captions(sheet, found))
    # A line is told once, by what says most of it.
    alike = _begin_alike(sheet, left)
    foot = _foot(sheet, found) if sited else ()
    doubts = {
        doubt.line: doubt
        for doubt in (*foot, *outer, *said_below, *alike, *alone, *captions, *threads, *said, *again)
    }
    return [doubts[line] for line in sorted(doubts)]


def _captions(sheet: Sheet, found: Collection[int]) -> Iterator[int]:
    """Give the lines that begin as the credits of pictures do, and stay."""
    for index in sorted(sheet.holding([":"])):
        text, line = sheet.texts[index], sheet.lines[index]
        told = index in found or index in sheet.decided or sheet.kept(index) or line.heading_level
        if not told and len(text) <= LONGEST and text[0] not in "[(" and is_caption(text):
            yield index


def _alone(sheet: Sheet, zones: Sequence[Zone], strange: Set[str], least: int) -> Iterator[Doubt]:
    """Give the strange lines that stand outermost at `least` edges when the furniture has gone."""
    places: dict[str, list[int]] = {}
    for zone in zones:
        for index in zone.lines[:1]:
            seen = seen_as(sheet.texts[index], zone.title)
            free = _is_open(sheet, zone) and not (zone.top and sheet.texts[index].endswith(":"))
            if free and seen and seen.label and seen.template in strange:
                places.setdefault(seen.template, []).append(index)
    for lines in places.values():
        if len(lines) >= least:
            often = (
                "once at the edge of a post, as a credit may"
                if len(lines) == 1
                else (f"at the edge of {len(lines)} posts and has words that the text never uses")
            )
            yield Doubt(lines[0], len(lines), f"stands {often}")


def _foot(sheet: Sheet, found: Collection[int]) -> Iterator[Doubt]:
    """Give the first of the short lines at the end of a page that begins as a site's lines do."""
    first, index = None, len(sheet.texts) - 1
    while index >= 0 and len(sheet.texts[index]) <= LONGEST and not sheet.headed(index):
        free = index not in found and index not in sheet.decided and not sheet.kept(index)
        if free and begins_like_furniture(sheet.texts[index]) and not ends_full(sheet.texts[index]):
            first = index
        index -= 1
    if first is not None and len(sheet.texts) - first >= _LEAST_STACK:
        yield Doubt(first, 1, "may open the foot of a page, and so all below may be the site’s")


def _begin_alike(sheet: Sheet, zones: Sequence[Zone]) -> Iterator[Doubt]:
    """Give what is the same at the very edge of most posts, or there begins or ends with the same word.

    So credits of pictures do in any language, "Art by Ada Marsh", and pleas and disclaimers. A sentence that
    only begins alike is the text's, and so is what stands below a heading.
    """
    alike: dict[tuple[bool, str, str], list[int]] = {}
    for zone in (zone for zone in zones if zone.lines and _is_open(sheet, zone)):
        index = zone.lines[0]
        seen = seen_as(sheet.texts[index], zone.title)
        words = sheet.texts[index].casefold().split()
        if len(words) > MOST_HELD:
            alike.setdefault((zone.top, "", words_folded(sheet.texts[index])), []).append(index)
        if seen and seen.label and not seen.dated and not zone.top and len(words) > 1:
            alike.setdefault((False, "first", words[0]), []).append(index)
            alike.setdefault((False, "last", words[-1]), []).append(index)
    posts = Counter(zone.top for zone in zones)
    for (top, _, _), lines in alike.items():
        if len(lines) >= _LEAST_STACK and len(lines) * 3 >= posts[top] * 2:
            yield Doubt(
                lines[0], len(lines), f"stands at the edge of {len(lines)} posts, the same or begun alike"
            )


def _is_open(sheet: Sheet, zone: Zone) -> bool:
    """Tell whether the outermost line of a zone is a short one of which nobody said what it is."""
    index = zone.lines[0]
    return (
        index not in sheet.decided
        and not sheet.kept(index)
        and not is_end(sheet.texts[index])
        and seen_as(sheet.texts[index], zone.title) is not None
    )


# --- From the edge inwards -------------------------------------------------------------------------------


def _grown(sheet: Sheet, zone: Zone, certain: Mapping[int, str], census: Census) -> dict[int, str]:
    """Walk from the edge inwards as long as lines can be furniture; take them where they stand together.

    Lines that only come back, like a refrain or an address, are no furniture by themselves: a line that is
    must stand in the same stack. At the end of the manuscript a site's own foot, which stands there once, may
    lie outside the stack.
    """
    stack: list[int] = []
    held: list[int] = []
    foot: list[int] = []
    signs = repeats = inner = unsure = 0
    for place, index in enumerate(zone.lines):
        seen = seen_as(sheet.texts[index], zone.title)
        sign = index in certain or (seen is not None and census.sign(seen))
        outermost = not held and signs == len(stack)
        sign = sign or (outermost and _fits(sheet, zone, place, census, certain))
        sign = sign or _is_button(sheet, zone, place, census, (certain, stack))
        label, again = seen is not None and seen.label, seen is not None and census.again(seen)
        if sign or (again and label and (not zone.top or signs)):
            signs += sign
            repeats += again + len(held) - unsure
            stack.extend((*_waiting(sheet, zone, held, census, alone=not stack), index))
            held, unsure = [], 0
            inner = len(stack) if sign or not census.may_be_authors(sheet.texts[index], seen) else inner
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


def _waiting(sheet: Sheet, zone: Zone, held: Sequence[int], census: Census, *, alone: bool) -> Iterator[int]:
    """Give the lines that furniture beyond them shows to be furniture too.

    At the very edge that is not enough: a name above a credit is the author's if its words are, and so is a
    line of one post alone that follows the last credit. Below a title, so is what names who is in the text.
    """
    for index in held:
        seen = seen_as(sheet.texts[index], zone.title)
        own = zone.top and seen is not None and not census.again(seen) and seen.template in census.named
        if own or _may_be_title(sheet, index, seen, census):
            continue
        if not alone or (seen and census.recurs(seen, top=zone.top)):
            yield index


def _may_be_title(sheet: Sheet, index: int, seen: Seen | None, census: Census) -> bool:
    """Tell whether a line of one post alone stands below white space and right above a dated line.

    So titles of posts stand that were not found to be headings.
    """
    if index + 1 >= len(sheet.texts) or sheet.lines[index].blanks_above == 0:
        return False
    once = seen is not None and not census.again(seen) and is_title_like(sheet.texts[index])
    below = seen_as(sheet.texts[index + 1], "") if once else None
    return below is not None and sheet.lines[index + 1].blanks_above == 0 and "date" in below.template.split()


def _all_that_stands(sheet: Sheet, zone: Zone, found: Collection[int], census: Census) -> Iterator[int]:
    """Give the lines that no other post has, of a post that would have none: they are its text.

    So "Told by Captain Bolt" stands alone below the title of a part.
    """
    # A motto above its source may be all that a post without a heading has.
    if sum(index not in found for index in zone.lines) > (not zone.title):
        return
    once = []
    for place, index in enumerate(zone.lines):
        seen = seen_as(sheet.texts[index], zone.title)
        alone = seen is not None and not seen.dated and not census.again(seen)
        if alone and not begins_like_furniture(sheet.texts[index]):
            once.append(place)
    # Below what other posts have at their end, too, stands the foot of the site.
    last = max({*range(len(zone.lines))}.difference(once), default=0)
    yield from (zone.lines[place] for place in [at for at in once if at < last] or once)


def _is_dedication(sheet: Sheet, index: int, census: Census) -> bool:
    """Tell whether a line that stands once addresses somebody, by name or in the text's own words.

    A dedication may be all that a post holds, so that the post's furniture stands right above and below it.
    """
    text = sheet.texts[index]
    if not dedicates(text) or begins_like_furniture(text):
        return False
    seen = seen_as(text, "")
    once = seen is not None and seen.label and not seen.dated and not census.again(seen)
    if seen is None or not once or any(sign.isdigit() for sign in text):
        return False
    return seen.template not in census.foreign or any(word[0].isupper() for word in text.split()[1:])


def _is_credit(sheet: Sheet, index: int, census: Census, certain: Mapping[int, str]) -> bool:
    seen = seen_as(sheet.texts[index], "")
    return certain.get(index) == CREDIT or (seen is not None and not seen.dated and census.sign(seen))


def _fits(sheet: Sheet, zone: Zone, place: int, census: Census, certain: Mapping[int, str]) -> bool:
    """Tell whether a line outside of which only furniture stands is furniture for its place."""
    index = zone.lines[place]
    seen = seen_as(sheet.texts[index], zone.title)
    if seen is None or not seen.label or _is_dedication(sheet, index, census):
        return False
    if is_name(sheet.texts[index]) and not census.again(seen):
        return False  # who signed a preface, or tells this chapter
    inner = zone.lines[place + 1] if place + 1 < len(zone.lines) else None
    if not (zone.top or inner is None or census.again(seen)) and _names_source(sheet, index, inner):
        return False
    # One credit stands in for another; who is named beside a credit, as below an epigraph, is the author's.
    alone = not any(
        _is_credit(sheet, near, census, certain) for near in zone.lines[max(0, place - 1) : place + 2]
    )
    apart = (alone or census.is_akin(seen)) and _stands_out(sheet, index, inner, top=zone.top)
    return census.fits(seen, top=zone.top, apart=apart)


def _names_source(sheet: Sheet, index: int, above: int) -> bool:
    """Tell whether a line may say whence the quotation above it is: "Swinburne"."""
    text = sheet.texts[index]
    quoted = sheet.texts[above].endswith(tuple('”’»“"')) and ends_full(sheet.texts[above])
    return quoted and is_title_like(text) and ":" not in text


def _is_button(
    sheet: Sheet, zone: Zone, place: int, census: Census, known: tuple[Collection[int], Collection[int]]
) -> bool:
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
    beside = any(line in some for line in near for some in known)
    beside = beside or any(other and census.sign(other) for other in others)
    again = census.again(seen)
    if again or beside:
        return (again and beside) or not census.may_be_authors(text, seen)
    return not place and bool(any(known) or census.signs) and is_furniture_phrase(text)


def _stands_out(sheet: Sheet, index: int, inner: int | None, *, top: bool) -> bool:
    """Tell whether a line that no other post has is clearly none of the text beside it.

    A line of verse, the first line of a wrapped paragraph and a signature are not: the text goes on.
    """
    text = sheet.texts[index]
    if inner is None or len(text) > _LONGEST_ALONE or text[-1] in ":;,":
        return False
    beside = sheet.texts[inner]
    return len(beside) > _LONGEST_ALONE if top else ends_full(beside)


# --- Away from the edges ---------------------------------------------------------------------------------


def _alike(sheet: Sheet, found: Mapping[int, str], census: Census, apart: Collection[int]) -> dict[int, str]:
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
