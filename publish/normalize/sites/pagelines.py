"""What a page prints round its one article, known by its words: "Share this article", "Leave a comment".

Nothing of it comes back in one article, so that no place tells it. One such line alone may be a title; three
that differ are a site's, and so is what touches them: buttons of one word, a day, counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from publish.normalize.lines.bylines import by_line
from publish.normalize.lines.shape import ends_full, ends_sentence, is_name
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites import posts
from publish.normalize.words.almanac import stated
from publish.normalize.words.numerals import fold
from publish.normalize.words.vocabulary import NAMES
from publish.normalize.words.wordlists import phrases, sections
from publish.patterns import lazily

PAGE_HEAD, PAGE_LINE = "Head of a web page.", "Line of a web page."
_LONGEST = 100
_MOST_BEHIND = 12
"""Words behind those with which a line begins."""
_LEAST = 3
"""Different lines that show a page."""
_LONGEST_BESIDE = 250
"""Characters of what may stand at the head or foot of a page: what the text is about, who wrote it."""


def found(sheet: Sheet, known: Mapping[int, str], taken: Collection[int]) -> dict[int, str]:
    """Give those lines; `known` is furniture by other signs, `taken` are lines that are gone."""
    lines = {index for index in _said(sheet) if _is_free(sheet, index, known, taken)}
    # "On the screen stood:" is the author's, and so is what it shows.
    shown = {i for i in lines if sheet.texts[i - 1][-1:] == ":" and i - 1 not in lines and i - 1 not in known}
    while shown := shown & lines:
        lines -= shown
        shown = {index + 1 for index in shown}
    if not lines:
        return {}
    signs = {index for index, what in known.items() if what not in (posts.CREDIT, posts.RIGHTS)}
    kinds = {words_folded(sheet.texts[index]) for index in lines} | {known[index] for index in signs}
    stacked = {index for index in lines if not {index - 1, index + 1}.isdisjoint(lines | signs)}
    outside = sum(_is_above_text(sheet, i) or _is_below_text(sheet, i) for i in stacked) > 1
    sited = len(kinds) >= _LEAST and outside and len(lines) <= 2 * len(stacked)
    sure = {index for index in lines if sited or not {index - 1, index + 1}.isdisjoint(signs)}
    gone = dict.fromkeys(sorted(sure), PAGE_LINE) | _beside(
        sheet, sure | signs if sited else sure, {*known, *taken, *sure}
    )
    # "About the Author" heads what is said of her, and goes with that alone.
    heads = {i for i in gone if fold(sheet.texts[i]) in NAMES and not {*gone, *known}.issuperset({i + 1})}
    return {index: what for index, what in gone.items() if index not in heads}


def _is_above_text(sheet: Sheet, index: int) -> bool:
    """Tell whether no text stands above a line in its file."""
    first = max(at for at in sheet.starts if at <= index)
    return all(len(text) <= _LONGEST_BESIDE for text in sheet.texts[first:index])


def _is_below_text(sheet: Sheet, index: int) -> bool:
    """Tell whether no text stands below a line in its file."""
    last = min((at for at in sheet.starts if at > index), default=len(sheet.texts))
    return all(len(text) <= _LONGEST_BESIDE for text in sheet.texts[index:last])


@cache
def _folded(section: str) -> list[str]:
    return [words_folded(one) for row in sections("sites")[section] for one in phrases("sites", section, row)]


def _said(sheet: Sheet) -> Iterator[int]:
    """Give the lines that are such words and nothing else but figures, or begin with them."""
    for phrase in _folded("page"):
        yield from (i for i in sheet.alike(phrase) if _words(sheet.texts[i]) == phrase)
    opening = {phrase.split()[0] for phrase in _folded("leads")}
    yield from (index for index in sheet.begun(opening) if _leads(sheet.texts[index]))


def _leads(text: str) -> bool:
    """Tell "Read also: The Weir" from a sentence."""
    before, _, behind = text.partition(":")
    few = len(text) <= _LONGEST and len(behind.split()) <= _MOST_BEHIND and not ends_sentence(text)
    return few and words_folded(before) in _folded("leads")


def _words(text: str) -> str:
    """Give the words of a line without the figures beside them: "Comments (3)"."""
    return " ".join(word for word in words_folded(text).split() if not word.isdigit())


def _is_free(sheet: Sheet, index: int, known: Collection[int], taken: Collection[int]) -> bool:
    """Tell whether nothing says what a line is: no heading, no speech ("Log in!", "— Publicité.")."""
    text = sheet.texts[index]
    return (
        index not in known
        and index not in taken
        and not sheet.lines[index].heading_level
        and not sheet.kept(index)
        and text[:1].isalnum()
        and text[-1:] not in "!.,;”»"
    )


def _beside(sheet: Sheet, sure: Collection[int], left: Collection[int]) -> dict[int, str]:
    """Give what touches these lines, one after the other: a day, signs between buttons, counts in a row."""
    more: dict[int, str] = {}
    gone, edge = {*sure}, [*sure]
    while edge:
        index = edge.pop()
        for near in (index - 1, index + 1):
            free = 0 <= near < len(sheet.texts) and near not in left and near not in more
            if free and (what := _small(sheet, near, gone)) and not sheet.kept(near):
                more[near] = what
                gone.add(near)
                edge.append(near)
    return more


def _small(sheet: Sheet, index: int, gone: Collection[int]) -> str:
    """Tell what a small line says that touches some of a page; `gone` are the lines of the page."""
    text = sheet.texts[index]
    if len(text) > _LONGEST or sheet.lines[index].heading_level:
        return ""
    between = {index - 1, index + 1} <= {*gone}
    alone = posts.is_button_alone(text)
    if stated(_BETWEEN.split(text)[0].strip()) or (posts.ends_entry(text) and not alone):
        # Below prose who signs a preface writes when.
        return posts.POSTING if between or _is_above_text(sheet, index) else ""
    beside = sheet.texts[max(index - 1, 0) : index] + sheet.texts[index + 1 : index + 2]
    counts = text.isdigit() and any(map(str.isdigit, beside))
    if counts or not _BETWEEN.sub("", text).strip() or alone:
        return PAGE_LINE
    asks = posts.begins_like_furniture(text) or by_line(text) or _PLEA.search(text)
    return PAGE_LINE if between and asks and 2 * index > len(sheet.texts) else ""


_BETWEEN = re.compile("[·•∙|]")
_PLEA = lazily(rf"\b(?:{'|'.join(sections('sites')['furniture']['pleas'].split())})", re.IGNORECASE)


# --- What stands above the title ---------------------------------------------------------------------------


def page_head(sheet: Sheet, taken: Collection[int]) -> dict[int, str]:
    """Give what a page prints above the title of its one text, which its author's name touches or follows.

    It ends with the way to the page ("Home › Essays") or a notice of cookies, above which nothing but short
    lines stand. What stands below may be a title above its subtitle, unless the way ends with the title.
    """
    free = [index for index in range(min(_HEAD, len(sheet.texts))) if index not in taken]
    way = next((index for index in free if _CRUMBS.fullmatch(sheet.texts[index])), None)
    page = "" if way is None else words_folded(_CRUMB.split(sheet.texts[way])[-1])
    titles = [index for index in free if index != way and words_folded(sheet.texts[index]) == page]
    if titles and way is not None:
        above = [index for index in free if index < titles[0]] if titles[0] > way else [way]
    else:
        signed = next((place for place, i in enumerate(free) if _names_author(sheet, i)), 0)
        title = sheet.texts[free[signed - 1]] if signed else ""
        above = [] if ends_full(title) or len(title) > _LONGEST else free[: max(signed - 1, 0)]
        while above and not _is_of_page(sheet.texts[above[-1]]):
            above.pop()
    texts = [text for index in above if not _is_of_page(text := sheet.texts[index])]
    long = [text for text in texts if len(text) > _LONGEST_MENU or ends_sentence(text)]
    return dict.fromkeys(above, PAGE_HEAD) if all(map(posts.begins_like_furniture, long)) else {}


def _is_of_page(text: str) -> bool:
    """Tell the way to a page, or a notice of cookies, which is a sentence."""
    return bool(_CRUMBS.fullmatch(text)) or ("cookie" in text.lower() and ends_sentence(text))


_HEAD, _LONGEST_MENU = 40, 40
_CRUMBS = lazily(
    r"[^\W\d_][^›»>/→|.]{0,30}(?:(?:[ ][›»>][ ][^›»>/→|.]{1,30}){1,5}|(?:[ ][/→][ ][^›»>/→|.]{1,30}){2,5})"
)
"""One stroke or arrow alone may be that of a title: "Light / Dark"."""
_CRUMB = lazily(r" [›»>/→] ")


def _names_author(sheet: Sheet, index: int) -> bool:
    """Tell a line that says who wrote the page: by its words, or as the name above a day."""
    text, below = sheet.texts[index], "".join(sheet.texts[index + 1 : index + 2])
    return by_line(text) is not None or (is_name(text) and stated(below) != "")
