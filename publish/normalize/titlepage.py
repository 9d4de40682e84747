"""The lines above the first heading that say what the book is: title, author, date."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

from publish.normalize import headings
from publish.normalize.posts import iso_date
from publish.normalize.shape import ends_sentence, is_capitals, is_name, is_ornament, is_title_like
from publish.normalize.sheet import Sheet, words_folded

_BY = re.compile(
    r"^(?:(?:written |told |a novel |a story )?by|von|par|por|di|door"
    r"|автор:?|author:|autor:|auteur ?:)\s+(?P<name>\S.{1,80})$",
    re.I,
)
_BY_ALONE = re.compile(r"^(?:by|von|par|por|di|door)$", re.I)
_REACH = 14
_LONGEST = 120
_LONGEST_SENTENCE_CASE = 70


class TitlePage(Struct, frozen=True):
    """Which lines hold which fact; all of them leave the text."""

    title: int | None = None
    author: int | None = None
    author_range: tuple[int, int] = (0, 0)
    """The name's place in its line."""
    repeated: tuple[int, ...] = ()
    """Lines that print the title again."""
    date: int | None = None
    others: tuple[int, ...] = ()
    """"by" on a line of its own."""

    def lines(self) -> set[int]:
        """Give every line of the title page."""
        found = {line for line in (self.title, self.author) if line is not None}
        return found | set(self.repeated) | set(self.others)


def read(
    sheet: Sheet, furniture: Mapping[int, str], known_title: str = "", listed: Collection[str] = ()
) -> TitlePage:
    """Find the title page at the beginning of the manuscript; `listed` are titles of a contents list."""
    chapters = {words_folded(title) for title in listed}
    top = [index for index in _top(sheet, furniture) if words_folded(sheet.texts[index]) not in chapters]
    title = _title(sheet, top, furniture, known_title)
    if title is None:
        return TitlePage(date=_date(sheet, furniture))
    wanted = words_folded(sheet.texts[title])
    repeated = tuple(index for index in top if index != title and words_folded(sheet.texts[index]) == wanted)
    rest = [index for index in top if index > title and index not in repeated]
    author, place, others = _author(sheet, rest, furniture)
    return TitlePage(
        title=title,
        author=author,
        author_range=place,
        repeated=tuple(index for index in repeated if index < title + 6),
        date=_date(sheet, furniture),
        others=others,
    )


def _top(sheet: Sheet, furniture: Mapping[int, str]) -> list[int]:
    """Give the short lines with which the manuscript begins, up to its first heading or paragraph."""
    found: list[int] = []
    for index in range(len(sheet.texts)):
        if index in furniture:
            continue
        text = sheet.texts[index]
        if len(found) >= _REACH or len(text) > _LONGEST or sheet.marked(index):
            break
        if headings.parse(text) and (found or not _heads_the_book(sheet, index, furniture)):
            break
        found.append(index)
    return found


def _heads_the_book(sheet: Sheet, index: int, furniture: Mapping[int, str]) -> bool:
    """Tell whether a line that could be a heading is the title: printed again, or signed, directly below."""
    following = index + 1
    if following >= len(sheet.texts) or sheet.lines[following].blanks_above == 0:
        return False
    text = sheet.texts[following]
    repeated = words_folded(text) == words_folded(sheet.texts[index])
    return repeated or _BY.match(text) is not None or (is_name(text) and _signed(sheet, following, furniture))


def _title(sheet: Sheet, top: list[int], furniture: Mapping[int, str], known: str) -> int | None:
    if known:
        return next((index for index in top if words_folded(sheet.texts[index]) == words_folded(known)), None)
    for index in top[:1]:
        text = sheet.texts[index]
        if is_ornament(text) or _BY.match(text):
            return None
        alone = (
            index + 1 >= len(sheet.lines) or sheet.lines[index + 1].blanks_above > 0 or index + 1 in furniture
        )
        repeated = index + 1 < len(sheet.texts) and words_folded(sheet.texts[index + 1]) == words_folded(text)
        titled = is_title_like(text, _LONGEST) or is_capitals(text)
        if (alone or repeated or len(top) > 1) and titled:
            return index
        if alone and text[0].isupper() and len(text) <= _LONGEST_SENTENCE_CASE and not ends_sentence(text):
            return index
    return None


def _author(
    sheet: Sheet, rest: list[int], furniture: Mapping[int, str]
) -> tuple[int | None, tuple[int, int], tuple[int, ...]]:
    for place, index in enumerate(rest[:4]):
        text = sheet.texts[index]
        match = _BY.match(text)
        if match:
            return index, match.span("name"), ()
        if _BY_ALONE.match(text) and place + 1 < len(rest):
            name = rest[place + 1]
            return name, (0, len(sheet.texts[name])), (index,)
    if rest and is_name(sheet.texts[rest[0]]) and _signed(sheet, rest[0], furniture):
        return rest[0], (0, len(sheet.texts[rest[0]])), ()
    return None, (0, 0), ()


def _signed(sheet: Sheet, index: int, furniture: Collection[int]) -> bool:
    """Tell whether a web page's date or reading time follows a name, as it does below an author's."""
    return index + 1 in furniture and (
        iso_date(sheet.texts[index + 1]) != "" or "min" in sheet.texts[index + 1]
    )


def _date(sheet: Sheet, furniture: Mapping[int, str]) -> int | None:
    return next(
        (index for index in sorted(furniture)[:8] if index < 12 and iso_date(sheet.texts[index])), None
    )
