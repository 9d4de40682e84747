"""The short lines at the edges of posts, made ready to be compared with each other."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from publish.normalize.lines.shape import ends_sentence, is_ornament, is_title_like
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites.posts import begins_like_furniture
from publish.normalize.words.almanac import about, may_be_dated, month, stated, undated
from publish.normalize.words.vocabulary import CONTINUED
from publish.patterns import lazily

_OPENING = lazily('[“"«„]')
_CLOSING = ("”", '"', "»", "“")
_NUMBER = re.compile(r"\d+")
LONGEST = 100
REFRAIN = 4
"""Words; a line this long that only uses the text's own words may be a refrain."""
LEAST_POSTS = 2
MOST_HELD = 2
_REACH = 16
_SHORTEST_TITLE = 3
_MOST_WORDS = 10
_MOST_BESIDE_TITLE = 6

_COUNTER = re.compile(r"\d{1,6}\s+([^\W\d_]{3,})")
_BESIDE = 2
"""Lines from a counter to a date: a name or the title of the next post may stand between."""
_STEM = 5
"""Letters that the singular and the plural of a word have in common."""


def common_lines(sheet: Sheet, heads: Collection[int] = ()) -> set[int]:
    """Give the short lines that come back through the manuscript, dates and numbers apart; titles do not.

    They do as running heads, which are not counted.

    Nor do months with their years, "January 1660" and "January 1661", or days with what they are about: those
    are of a diary, a chronicle.
    """
    # What is dated or quoted may be like other lines though its letters are not.
    dated = sheet.holding(("19", "20"))
    odd = {
        index: template_of(text)
        for index, text in enumerate(sheet.texts)
        if len(text) <= LONGEST and (index in dated or (text[-1:] in _CLOSING and unquoted(text) is not text))
    }
    places: dict[str, list[int]] = {}
    for index in sheet.coming_back(LEAST_POSTS + 1, odd):
        text = sheet.texts[index]
        if len(text) <= LONGEST and index not in heads and not is_ornament(text) and not _goes_on(text):
            places.setdefault(odd.get(index) or template_of(text), []).append(index)
    common = (found for template, found in places.items() if template.strip("# "))
    often = [found for found in common if len(found) > LEAST_POSTS]
    heads = _views(sheet, [found for found in often if len({sheet.texts[index] for index in found}) == 1])
    others = (found for found in often if not _head_entries([sheet.texts[index] for index in found]))
    return {index for found in others for index in found} - heads


def _goes_on(text: str) -> bool:
    """Tell a title such as "The Same Subject Continued", which several essays may have."""
    return is_title_like(text) and words_folded(text).rpartition(" ")[2] in CONTINUED


_MOST_VIEWS = 12
_LEAST_VIEW = 500
"""Letters of a chapter that somebody tells; no speech of a play is usually so long."""


def _views(sheet: Sheet, groups: Sequence[Sequence[int]]) -> set[int]:
    """Give lines that say in turn who tells a chapter, or when: "ANNA", "Mr. Bolt", "Then", "Now".

    Much text stands below each, and it uses their words: of those who wrote posts it says nothing.
    """
    named = [found for found in groups if _NAMES.fullmatch(sheet.texts[found[0]])]
    lines = sorted(index for found in named for index in found)
    if not 1 < len(named) <= _MOST_VIEWS:
        return set()
    lengths = [sum(map(len, sheet.texts[a:b])) for a, b in pairwise([*lines, len(sheet.texts)])]
    if sorted(lengths)[len(lengths) // 4] < _LEAST_VIEW:
        return set()
    own = {*lines}
    whole = " ".join(text for index, text in enumerate(sheet.texts) if index not in own)
    told = [found for found in named if _is_told(whole, sheet.texts[found[0]], len(found))]
    return {index for found in told for index in found} if len(told) > 1 else set()


def _is_told(whole: str, name: str, times: int) -> bool:
    """Tell whether a text has the words of a line as names, with capitals alone, or as words used often."""
    for word in name.replace(".", " ").lower().split():
        large, small = whole.count(f" {word.capitalize()}"), whole.count(f" {word} ")
        if large <= max(1, _OFTENER * small) and whole.count(f" {word}") <= _OFTENER * times:
            return False
    return True


_OFTENER = 4
_NAMES = lazily(r"[^\W\d_a-z][\w’'-]*(?:\.? [^\W\d_a-z][\w’'-]*){0,2}")


def _head_entries(texts: Sequence[str]) -> bool:
    """Tell whether lines are months or seasons, or days with a title, and most differ."""
    day, _, title = texts[0].partition(": ")
    dated = stated(day) if title else about(day).endswith("-00")
    return bool(dated) and len({*texts}) * 2 >= len(texts)


def template_of(text: str) -> str:
    """Give what `seen_as` compares, without looking at the line any further."""
    told = unquoted(text)
    if told == text and not may_be_dated(text):
        return _NUMBER.sub("#", words_folded(text))
    bare = told.strip() or text
    folded = words_folded(undated(bare, " date ")) + (" title" if bare != text else "")
    return _NUMBER.sub("#", folded)


class Zone(Struct, frozen=True):
    """One edge of a post."""

    lines: tuple[int, ...]
    """From the edge of the post inwards."""
    title: str
    top: bool
    last: bool
    """The end of the manuscript, where a site prints its own foot once."""


def zones_of(sheet: Sheet, heads: Sequence[tuple[int, int]], gone: Collection[int]) -> list[Zone]:
    """Give the upper and the lower edge of every post, in turn."""
    zones: list[Zone] = []
    total = len(sheet.lines)
    for place, (first, body) in enumerate(heads):
        end = heads[place + 1][0] if place + 1 < len(heads) else total
        title = words_folded(" ".join(sheet.texts[first:body]))
        inside = [index for index in range(body, end) if index not in gone]
        zones.append(Zone(tuple(inside[:_REACH]), title, top=True, last=False))
        zones.append(Zone(tuple(reversed(inside[-2 * _REACH :])), title, top=False, last=end == total))
    return zones


class Seen(Struct, frozen=True):
    """One short line as it compares with the lines of other posts."""

    template: str
    """Folded, with dates, numbers, what is quoted and the post's own title taken out."""
    label: bool
    """No sentence: a button, a name, a count."""
    dated: bool
    """It states a date beside other words."""


def unquoted(text: str) -> str:
    """Give a line without the quotation that ends it, from its first opening mark: 2 thoughts on “Salt”."""
    if text[-1:] not in _CLOSING:
        return text
    opening = _OPENING.search(text)
    return text[: opening.start()] if opening and opening.end() < len(text) else text


_LONGEST_READ = 2000
"""Characters of a paragraph, above which no date or quotation in it makes a label of it."""


@lru_cache(maxsize=1 << 13)
def seen_as(text: str, title: str) -> Seen | None:
    """Give a line as a template; None where it is too long, or an ornament."""
    if len(text) > _LONGEST_READ:
        return None
    bare = unquoted(text).strip() or text
    if form := _filled_form(bare):
        return Seen(form, label=True, dated=False)
    folded = words_folded(undated(bare, " date "))
    label = _is_label(undated(bare, " 1 ").rstrip())
    if bare != text:
        folded += " title"
    elif len(title) > _SHORTEST_TITLE and title in folded:
        label = len(folded.replace(title, "").split()) <= _MOST_BESIDE_TITLE
        folded = folded.replace(title, "title")
    if (len(bare) > LONGEST and not label) or is_ornament(text) or not folded:
        return None
    template = _NUMBER.sub("#", folded)
    return Seen(template, label, "date" in folded.split() and template != "date")


_FORM = lazily(r"(?P<opening>[^\W\d_]+(?: [^\W\d_]+)?) ?(?::(?P<list>[^:|]+)|(?=[ :])(?P<row>[^|]+ \| .+))\Z")
_MOST_IN_CELL = 6
"""Words."""


def _filled_form(text: str) -> str:
    """Give what is the same in a row that a site fills in for each post; empty for any other line.

    "Posted in Fiction | Tagged fog, lamp | 11 Comments" opens as its like do, and so does "Tags: fog, lamp".
    """
    match = _FORM.match(text) if len(text) <= _LONGEST_FORM and (":" in text or " | " in text) else None
    if match is None or (match["list"] and not begins_like_furniture(text)):
        return ""
    cells = re.split(r" \| |,", (match["list"] or match["row"]).rstrip("»›→ "))
    short = all(0 < len(cell.split()) <= _MOST_IN_CELL and not ends_sentence(cell) for cell in cells)
    return f"{words_folded(match['opening'])} | #" if short and len(cells) > 1 else ""


_LONGEST_FORM = 160
_SHORTENED = re.compile(r"\b[^\W\d_]{1,5}\.[ \xa0]{1,3}[^\W\d_A-Z]{1,5}\.\Z")
"""Two words cut short end no sentence: "coll. priv."."""
_LONGEST_SHORTENED = 14
"""With the sign before them."""


def _is_label(text: str) -> bool:
    words = len(text.split())
    dots = words <= REFRAIN and text.endswith(("...", "…"))
    shortened = text.endswith(".") and _SHORTENED.search(text[-_LONGEST_SHORTENED:])
    whole = text.rstrip(".… ") if dots or shortened else text.rstrip(":")
    return words <= _MOST_WORDS and not ends_sentence(whole) and text[:1] not in {*"“\"‘'—"}


def short_lines(sheet: Sheet, zone: Zone) -> Iterator[tuple[int, Seen]]:
    """Give the short lines from the edge inwards, up to the text of the post."""
    sentences = 0
    for index in zone.lines:
        seen = seen_as(sheet.texts[index], zone.title)
        sentences = 0 if seen and seen.label else sentences + 1
        if sentences > MOST_HELD or (seen is None and not is_ornament(sheet.texts[index])):
            return
        if seen:
            yield index, seen


def counters(sheet: Sheet) -> set[int]:
    """Give the lines of a number and one word ("3 Comments") that come back beside dates.

    What a web page counts, or the author of a diary, is neither the number of a chapter nor of a page.
    """
    alike: dict[str, list[int]] = {}
    for index in sheet.numbered:
        match = _COUNTER.fullmatch(sheet.texts[index])
        if match and not month(match[1]):
            alike.setdefault(match[1][:_STEM].lower(), []).append(index)
    found: set[int] = set()
    for lines in alike.values():
        beside = sum(_is_beside_date(sheet, index) for index in lines)
        if beside >= LEAST_POSTS and beside * 3 >= len(lines) * 2:
            found.update(lines)
    return found


def _is_beside_date(sheet: Sheet, index: int) -> bool:
    near = sheet.texts[max(0, index - _BESIDE) : index + _BESIDE + 1]
    return any(len(text) <= LONGEST and undated(text, "") != text for text in near)
