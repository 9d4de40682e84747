"""Days as people write them: found in a line, in many languages, and given as ISO 8601.

Where a line states no year the form is that of ISO 8601:2000, `--05-03`.
"""

import re
from collections.abc import Iterator

from publish.normalize.words.numerals import fold
from publish.normalize.words.wordlists import phrases, sections
from publish.patterns import lazily

_WORDS = sections("dates")
_MONTHS = {fold(name): int(number) for number, row in _WORDS["months"].items() for name in row.split()}
_WEEKDAYS, _SMALL = (frozenset(map(fold, _WORDS["beside"][row].split())) for row in ("weekdays", "small"))
"""Words that may stand beside a date and say nothing more."""
_NO_MONTH_ALONE = frozenset("out set gen ago sen mag elo".split())
"""Short names of months that are words of other languages: they need a year."""
_WORD = r"(?:[^\W\d_a-z]{3,12}|[^\W\d_][^\W\d_A-Z]{2,11})\.?"
_BEFORE_WORD = r"(?:(?<!\w)|(?<=[a-z])(?=[A-Z]))"
"""Programs glue the month to what stands before it: "5 min readMay 3, 2021"."""
_BEFORE = r"(?<!\d)(?<!\d[-.])"
_YEAR = r"(?:1\d|2[01])\d\d"
_OF = r"(?:de\s+|of\s+|d[’'])?"
_WRITTEN = (
    rf"{_BEFORE_WORD}(?P<m1>{_WORD})\s+(?P<d1>\d{{1,2}})(?i:st|nd|rd|th)?,?\s+(?P<y1>{_YEAR})(?!\d)",
    rf"{_BEFORE}(?P<d2>\d{{1,2}})(?:(?i:st|nd|rd|th|er)|º)?\.?[\s-]\s*{_OF}(?P<m2>{_WORD}),?[\s-]\s*"
    rf"(?:del?\s+)?(?P<y2>{_YEAR})(?!\d)",
    rf"{_BEFORE}(?P<y3>{_YEAR})\.?\s+(?P<m3>{_WORD})\s+(?P<d3>\d{{1,2}})(?!\d)\.?",
    rf"{_BEFORE}(?P<y4>{_YEAR})-(?P<m4>\d\d?)-(?P<d4>\d\d?)(?!\d)",
    rf"{_BEFORE}(?P<y5>{_YEAR})\s?[年년]\s?(?P<m5>\d\d?)\s?[月월]\s?(?P<d5>\d\d?)\s?[日일]",
)
# A full stop parts day and month where the day stands first, in every language that writes dates so.
_DOTTED = rf"{_BEFORE}(?P<d6>\d\d?)\.\s?(?P<m6>\d\d?)\.\s?(?P<y6>{_YEAR})(?!\d)"
# Between strokes the day is known where it is no month.
_LATE = r"(?:1[3-9]|2\d|3[01])"
_STROKES = (
    rf"{_BEFORE}(?P<d9>{_LATE})(?P<j>[/-])(?P<m9>\d\d?)(?P=j)(?P<y9>{_YEAR})(?!\d)",
    rf"{_BEFORE}(?P<m0>\d\d?)/(?P<d0>{_LATE})/(?P<y0>{_YEAR})(?!\d)",
)
_FULL = lazily("|".join((*_WRITTEN, _DOTTED, *_STROKES)))
_ANY = lazily("|".join((*_WRITTEN, rf"{_BEFORE}\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}(?!\d)")))
_YEARLESS = lazily(
    rf"(?<![\w-])(?:(?P<d7>\d{{1,2}})(?:(?i:st|nd|rd|th|er)|º|\.)?\s+{_OF}(?P<m7>[^\W\d_]{{3,}})"
    rf"|(?P<m8>[^\W\d_]{{3,}})\.?\s+(?P<d8>\d{{1,2}})(?i:st|nd|rd|th)?)(?![\w:])"
)
_BESIDE = lazily(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_MOST_MONTHS, _MOST_DAYS = 12, 31
_LONGEST = 60
_MOST_WORDS = 8
_MOST_PLACE = 4
"""Words of a place or an hour beside a date."""


def month(word: str) -> int:
    """Give the number of a month by its name, 0 for any other word."""
    return _MONTHS.get(fold(word).rstrip("."), 0)


def may_be_dated(text: str) -> bool:
    """Tell whether a line has the beginning of a year of our time, as every date of a site has."""
    return "19" in text or "20" in text


def iso_date(text: str) -> str:
    """Give the first date with a year that a line states, as ISO 8601; empty where there is none.

    >>> iso_date("Posted on May 3, 2021 by Ada"), iso_date("2021. május 3."), iso_date("3 rd of May")
    ('2021-05-03', '2021-05-03', '')
    """
    return next((iso for iso, _ in _dates(_FULL, text)), "")


def undated(text: str, instead: str) -> str:
    """Give a text with something instead of its dates, those with months of no known language included."""
    return _ANY.sub(instead, text) if may_be_dated(text) else text


def begins_dated(text: str) -> bool:
    """Tell whether a line begins with a date that has a year."""
    return _ANY.match(text) is not None


def stated(text: str) -> str:
    """Give the date that a line is, as ISO 8601; empty for a line that is anything else.

    A weekday, a place or an hour may stand beside it, and the year may be left out.

    >>> stated("Monday, 3 May 1897"), stated("3 May. Bistritz"), stated("On 3 May 1897 he left the house.")
    ('1897-05-03', '--05-03', '')
    """
    if (
        len(text) > _LONGEST
        or len(text.split()) > _MOST_WORDS
        or text[-1:] in ",;"
        or not re.search(r"\d", text)
    ):
        return ""
    for pattern in (_FULL, _YEARLESS):
        for iso, (start, end) in _dates(pattern, text):
            return iso if _is_beside(text[:start], text[end:]) else ""
    return ""


_OF_DAY = re.compile(r"[^\W\d_]+|\d+")
_MOST_OF_DAY = 4
_ENDINGS = frozenset(("st", "nd", "rd", "th", "er"))


def names_day(text: str) -> bool:
    """Tell whether a line is a day of the week with its number: the month is that of the dates beside it.

    >>> names_day("Viernes, 7"), names_day("Friday the 7th."), names_day("7 Fridays"), names_day("Friday")
    (True, True, False, False)
    """
    if len(text) > _LONGEST or text[-1:] in ",;:" or not re.search(r"\d", text):
        return False
    words = [fold(word) for word in _OF_DAY.findall(text)]
    days = [word for word in words if word.isdigit()]
    rest = {word for word in words if not word.isdigit()} - _ENDINGS - {"the"}
    return (
        len(words) <= _MOST_OF_DAY
        and len(days) == 1
        and 1 <= int(days[0]) <= _MOST_DAYS
        and not rest.isdisjoint(_WEEKDAYS)
        and rest <= _WEEKDAYS | _SMALL
    )


_NAMED_TIMES = {fold(name): when for when in _WORDS["times"] for name in phrases("dates", "times", when)}
_ABOUT = lazily(rf"(?P<name>\D{{0,40}}?),?\s*(?P<year>{_YEAR})?(?:(?<=\D\d{{4}})[/–-]\d\d)?\.?")
_BOTH_YEARS = lazily(r"[/–-](\d\d)(?!\d)")
_OLD_STYLE = 1752
"""The last year in which some countries began their years on 25 March, and wrote both until then."""


def _counted_now(year: str, month: int, text: str, at: int) -> str:
    """Give the year as we count it where the text goes on with a second one: "March 1660–61"."""
    both = _BOTH_YEARS.match(text, at) if 1 <= month <= 3 and int(year) <= _OLD_STYLE else None
    later = str(int(year) + 1) if both else ""
    return later if both and later.endswith(both[1]) else year


def about(text: str) -> str:
    """Give the day, month, season or year that a line is, as ISO 8601 with 00 for what it leaves open.

    >>> about("Christmas Eve, 1961"), about("August 1970"), about("1963"), about("May"), about("3 May 1897")
    ('1961-12-24', '1970-08-00', '1963-00-00', '', '1897-05-03')
    >>> about("March 1660–61"), about("Winter 1914–15")
    ('1661-03-00', '1914-12-00')
    """
    match = _ABOUT.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return stated(text) if text else ""
    words = fold(match["name"]).replace("’", "'").split()
    while words and words[0] in _SMALL:
        del words[0]
    named = " ".join(words[:-1] if words[-1:] == ["of"] else words)
    year = _counted_now(match["year"], month(named), text, match.end("year")) if match["year"] else "-"
    when = _NAMED_TIMES.get(named, "")
    if not when and (month(named) or not named):
        when = f"{month(named):02}-00"
    return f"{year}-{when}" if when and (match["year"] or not when.endswith("00")) else ""


def _dates(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for match in pattern.finditer(text):
        found = {name[0]: value for name, value in match.groupdict().items() if value}
        if "y" not in found and fold(found["m"]) in _NO_MONTH_ALONE:
            continue
        number = int(found["m"]) if found["m"].isdigit() else month(found["m"])
        if 1 <= number <= _MOST_MONTHS and 1 <= int(found["d"]) <= _MOST_DAYS:
            year = _counted_now(found["y"], number, text, match.end()) if "y" in found else "-"
            yield f"{year}-{number:02}-{int(found['d']):02}", match.span()


def _is_beside(before: str, after: str) -> bool:
    """Tell whether what stands round a date is no more than a weekday, a place or an hour."""
    place, comma, small = before.rpartition(",")
    if not _is_small(small) and not (small.rstrip().endswith((".", "–", "—"))):
        return False
    if comma and len(place.split()) > _MOST_PLACE:
        return False
    rest = after.strip()
    if rest[:1] in ",.;:(–—":
        return len(rest.split()) <= _MOST_PLACE + 1
    return _is_small(rest)


def _is_small(rest: str) -> bool:
    return all(fold(word) in _SMALL or fold(word) in _WEEKDAYS for word in _BESIDE.findall(rest))
