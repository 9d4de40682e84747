"""Dates over the entries of a diary, which are its headings where the whole manuscript is so made."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from publish.normalize.lines.bylines import by_line
from publish.normalize.lines.shape import ends_full
from publish.normalize.outline.subtitles import could_be_title
from publish.normalize.passages import letters
from publish.normalize.reading import Reading
from publish.normalize.sheet import Sheet
from publish.normalize.sites.edgelines import seen_as
from publish.normalize.words import almanac
from publish.normalize.words.numerals import fold

_LEAST = 3


def titles(sheet: Sheet) -> set[int]:
    """Give the lines right above the dates of entries that are their titles: at least three, of most dates.

    So a blog is copied out, or a diary whose entries have names.
    """
    dated = [
        index
        for index in sheet.numbered
        if 0 < index < len(sheet.texts) - 1
        and not sheet.headed(index)
        and almanac.stated(sheet.texts[index])
        and len(sheet.texts[index + 1]) > len(sheet.texts[index])
    ]
    found = {index - 1 for index in dated if _is_title(sheet, index - 1)}
    # Most languages have small letters in titles; what signs each entry comes back. In a diary whose entries
    # end in few words, "Rien", the last one does too.
    small = {index - 1 for index in dated if _may_head(sheet, index - 1)}
    closing = dated and (_may_head(sheet, len(sheet.texts) - 1) or by_line(sheet.texts[dated[0] - 1]))
    if not closing and len({sheet.texts[index] for index in small}) == len(small) > len(found):
        found = small
    return found if len(found) >= _LEAST and len(found) * 3 >= len(dated) * 2 else set()


def above(sheet: Sheet) -> dict[int, int]:
    """Give the dates right above the titles of entries, each with its title: at least three, of most dates.

    So blogs print their posts, and diaries whose entries have names. Much text stands below each.
    """
    dated = [i for i in sheet.numbered if i + 2 < len(sheet.texts) and almanac.stated(sheet.texts[i])]
    found = {i: i + 1 for i in dated if _may_head(sheet, i, day=True) and _is_name_below(sheet, i + 1)}
    names = {sheet.texts[title] for title in found.values()}
    # Below text a day closes what precedes it.
    closed = any(len(text) > _LONGEST_NAME for text in sheet.texts[: min(found, default=0)])
    return found if len(names) >= _LEAST and len(found) * 3 >= len(dated) * 2 and not closed else {}


def _is_name_below(sheet: Sheet, index: int) -> bool:
    """Tell a title below its date from the place or the greeting of a letter: prose follows, set off."""
    text, below = sheet.texts[index : index + 2]
    formed = len(text) <= _LONGEST_NAME and not (ends_full(text) or text[-1] in ",;:" or letters.opens(text))
    apart = sheet.lines[index + 1].blanks_above > 0
    return (
        formed and apart and len(below) > len(text) and ends_full(below) and not letters.is_salutation(below)
    )


def posted(sheet: Sheet) -> set[int]:
    """Give the lines that stand, set off above, right above a site's posting lines: at least three alike.

    "Geplaatst op 14 maart 2021 door Janneke" says nothing that has to be understood: it holds a date and the
    same words each time, and much text stands from one to the next. Dated comments have little.
    """
    alike: dict[str, list[int]] = {}
    for index in sheet.numbered:
        text = sheet.texts[index]
        if not index or sheet.lines[index].blanks_above or not almanac.may_be_dated(text):
            continue
        seen = seen_as(text, "")
        if seen and seen.dated and seen.label and _may_head(sheet, index - 1):
            alike.setdefault(seen.template, []).append(index - 1)
    found = max(alike.values(), key=len, default=[])
    lengths = [sum(map(len, sheet.texts[a:b])) for a, b in pairwise([*found, len(sheet.texts)])]
    if len({sheet.texts[index] for index in found}) < _LEAST:
        return set()
    from statistics import median

    return set(found) if median(lengths) >= _LEAST_POST else set()


_LEAST_POST = 250
"""Characters of a post."""
_LONGEST_NAME = 80


def _may_head(sheet: Sheet, index: int, *, day: bool = False) -> bool:
    """Tell whether a line may be the title of a post, in small letters as in most languages, or its day."""
    text = sheet.texts[index]
    apart = index == 0 or (index > 0 and sheet.lines[index].blanks_above > 0)
    return (
        apart
        and 0 < len(text) <= _LONGEST_NAME
        and not sheet.headed(index)
        and (day or not (ends_full(text) or text[-1] in ",;:" or text[0].islower() or almanac.stated(text)))
    )


def _is_title(sheet: Sheet, index: int) -> bool:
    """Tell whether a line may name the entry of the date below it; it may begin with that day."""
    text, below = sheet.texts[index : index + 2]
    apart = index == 0 or sheet.lines[index].blanks_above > 0
    day = almanac.stated(text)
    named = not day or (len(text) > len(below) and day == almanac.stated(below))
    plain = not sheet.headed(index) and not ends_full(text.rstrip("!?")) and named
    return apart and plain and could_be_title(text)


def headings(reading: Reading, free: Sequence[int]) -> set[int]:
    """Give the lines that open entries: the titles above their dates, or the dates themselves.

    Those are at least three, of days, months, seasons or years, or "Friday, 7", each alone above text that is
    longer; beside them also those above an entry of a few words. One above a salutation begins a letter.
    """
    if titled := (titles(reading.sheet) or posted(reading.sheet)).intersection(free):
        return titled
    if named := {*above(reading.sheet)}.intersection(free):
        return named
    texts = reading.sheet.texts
    dated = {index: following for index in free if (following := _entry(reading, index))}
    if dated.keys().isdisjoint(free[:1]):
        # Where the text begins with no day, one that stands closer to what precedes it closes that.
        dated = {index: below for index, below in dated.items() if reading.gap(index) >= reading.gap(below)}
    found = {index for index, below in dated.items() if len(texts[below]) > len(texts[index])}
    if len({fold(texts[index]) for index in found}) < _LEAST or len(found) * 2 > len(free):
        return set()
    short = {index for index in dated.keys() - found if _is_short_entry(reading, index)}
    return _below_usual_space(reading, found | short if len(short) < len(found) else found)


def _below_usual_space(reading: Reading, found: set[int]) -> set[int]:
    """Leave out days of another form below less white space than most have, as of a letter quoted."""
    texts = reading.sheet.texts
    forms = {index: (almanac.stated(texts[index]) != "", ends_full(texts[index])) for index in found}
    usual = Counter(forms.values()).most_common(1)[0][0]
    gaps = sorted(map(reading.gap, found))
    least = min(gaps[len(gaps) // _FEW_NEARER], 2)
    return {index for index in found if reading.gap(index) >= least or forms[index] == usual}


_FEW_NEARER = 3
"""One day in so many at most stands below less white space than the others."""


def first_entry(reading: Reading, free: Sequence[int]) -> list[str]:
    """Give the date with which a manuscript begins, if it is that of an entry and so no title of the book."""
    first = reading.sheet.texts[free[0]] if free else ""
    return [first] if is_day(first) and free[0] in headings(reading, free) else []


_QUOTES = tuple("“‘\"'«„")
"""Before a day they open a letter that is quoted."""


def is_day(text: str) -> bool:
    """Tell whether a line is a day, a month, a season or a year."""
    return almanac.about(text) != "" or almanac.names_day(text)


def _entry(reading: Reading, index: int) -> int:
    """Give the line below a date that stands alone and begins no letter; 0 where there is none."""
    following = reading.after(index)
    if following is not None and fold(reading.sheet.texts[following]) == fold(reading.sheet.texts[index]):
        following = reading.after(following)
    if (
        following is None
        or reading.sheet.headed(index)
        or reading.gap(index) == 0
        or reading.sheet.texts[index].startswith(_QUOTES)
        or not is_day(reading.sheet.texts[index])
    ):
        return 0
    return 0 if letters.is_salutation(reading.sheet.texts[following]) else following


def _is_short_entry(reading: Reading, index: int) -> bool:
    """Tell whether white space parts a date from a sentence below it, which is shorter than the date."""
    following = index + 1
    text = reading.sheet.texts[following]
    return reading.gap(following) > 0 and ends_full(text) and not almanac.stated(text)
