"""Lines that say when a post was sent: where posts without a heading begin, and days that stand alone."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from publish.normalize.sheet import Sheet
from publish.normalize.sites.edgelines import LEAST_POSTS, MOST_HELD, Zone, seen_as
from publish.normalize.sites.posts import POSTING, READING_TIME
from publish.normalize.words.almanac import iso_date, may_be_dated, undated

_LEAST_STACK = 3


def headless(
    sheet: Sheet, heads: Sequence[tuple[int, int]], found: Mapping[int, str]
) -> list[tuple[int, int]]:
    """Give where posts without a heading begin, as a dedication may: at posting lines amid other posts.

    So every post begins that has a heading; and few have none.
    """
    posted = [index for index in sorted(found) if _posted_on(sheet, index, found)]
    ends = [first for first, _ in heads[1:]] + [len(sheet.texts)]
    begun: list[tuple[int, int]] = []
    topped = 0
    for (_, body), end in zip(heads, ends, strict=False):
        inside = posted[bisect_left(posted, body) : bisect_left(posted, end)]
        top = next((index for index in range(body, end) if index not in found), end)
        topped += bool(inside) and inside[0] < top
        begun += [(index, index) for index in inside if index > top]
    return begun if len(begun) * 2 < len(heads) and topped * 3 >= len(heads) * 2 else []


def _posted_on(sheet: Sheet, index: int, found: Mapping[int, str]) -> str:
    """Give the year in a line that says when a post was sent."""
    return _year(sheet.texts[index]) if found[index] in (POSTING, READING_TIME) else ""


def _year(text: str) -> str:
    dated = may_be_dated(text) and undated(text, "") != text
    return "".join(_YEAR.findall(text)[-1:]) if dated else ""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def posting_lines(
    sheet: Sheet, zones: Sequence[Zone], found: Mapping[int, str], again: Collection[int]
) -> dict[int, str]:
    """Give the dated furniture that is alike to what stands at the tops of several posts."""
    dated = {
        index: seen.template
        for index in again
        if (seen := seen_as(sheet.texts[index], "")) and "date" in seen.template.split()
    }
    tops = Counter(
        template
        for zone in zones
        if zone.top
        for template in {dated[index] for index in zone.lines[:_LEAST_STACK] if index in dated}
    )
    lines = {index for index, template in dated.items() if tops[template] >= LEAST_POSTS}
    ends = {_segments(sheet.texts[index])[-1] for index in lines}
    # "1 comment" is no "3 comments", though all else is alike.
    lines |= {
        index
        for zone in zones
        if zone.top and ends
        for index in zone.lines[:_LEAST_STACK]
        if len(parts := _segments(sheet.texts[index])) > 1 and parts[-1] in ends and iso_date(parts[0])
    }
    posted = dict.fromkeys(sorted(lines), POSTING)
    return posted | _bare_days(sheet, zones, {**found, **posted})


def _segments(text: str) -> list[str]:
    """Give what a row says between its signs."""
    return [part.strip().lower() for part in re.split("[·|•]", text)]


def _bare_days(sheet: Sheet, zones: Sequence[Zone], found: Mapping[int, str]) -> dict[int, str]:
    """Give the days alone that stand in some posts where the others have a posting line with its day.

    They are of the same years, and no post has both.
    """
    tops = [zone.lines[:MOST_HELD] for zone in zones if zone.top]
    posted = [
        next(filter(None, (_posted_on(sheet, i, found) for i in top if i in found)), "") for top in tops
    ]
    free = (i for top, said in zip(tops, posted, strict=True) if not said for i in top if i not in found)
    bare = {
        i: int(year)
        for i in free
        if (year := _year(text := sheet.texts[i])) and not undated(text, "").strip()
    }
    years = [int(year) for year in posted if year]
    if len(years) < _LEAST_STACK or (len(years) + len(bare)) * 4 < len(tops) * 3:
        return {}
    among = all(min(years) - 1 <= year <= max(years) + 1 for year in bare.values())
    return dict.fromkeys(bare, POSTING) if among else {}
