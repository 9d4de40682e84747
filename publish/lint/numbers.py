"""Rules on numbers, times and dates."""

import re
from collections.abc import Iterator
from datetime import date

from publish.diagnostic import Severity
from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DATED = lazily(
    rf"(?P<day>{'|'.join(_DAYS)}),? (?:the )?(?:"
    rf"(?P<n>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{'|'.join(_MONTHS)})"
    rf"|(?P<m2>{'|'.join(_MONTHS)}) (?P<n2>\d{{1,2}})(?:st|nd|rd|th)?),? (?P<y>1[5-9]\d\d|20\d\d)\b"
)


@text_rule(
    "CON008",
    language="en",
    examples=(Example("It was ⟦Monday, 3 May 1889⟧, and cold. On ⟦Tuesday, May 6th, 1889⟧ it rained."),),
    passes=(
        "It was Friday, 3 May 1889, and cold. On Monday, May 6th, 1889 it rained. Monday, 31 June 1889.",
    ),
)
def weekday_and_date(reading: Reading) -> Iterator[Hit]:
    """A date falls on another day of the week.

    The calendar (the Gregorian one) says otherwise than the sentence, and some reader will look it up.

    Fix: Change the day of the week, or the date.
    Source: The calendar; the timeline of copy-editors.
    """
    if not reading.figures or not any(reading.counts[day] for day in _DAYS):
        return
    starts = (reading.span(at)[0] for at in sorted(at for day in _DAYS for at in reading.places(day)))
    for match in filter(None, (_DATED.match(reading.text, start) for start in starts)):
        month, day = match["m"] or match["m2"], int(match["n"] or match["n2"])
        try:
            right = _DAYS[date(int(match["y"]), _MONTHS.index(month) + 1, day).weekday()]
        except ValueError:
            continue  # The 31st of June falls on no day.
        if right != match["day"]:
            yield Hit(*match.span(), f"{day} {month} {match['y']} was a {right}.")


_MONTH_AFTER = lazily(rf"(?:st|nd|rd|th)?(?: of)? (?P<month>{'|'.join(_MONTHS)})\b(?! \d{{1,2}}\b)")
_MONTH_BEFORE = lazily(rf"\b(?P<month>{'|'.join(_MONTHS)}) (?:the )?\Z")
_DAY_ENDS = re.compile(r"(?:st|nd|rd|th)?\b(?![\d:.,]\d)")
_LAST_DAYS = dict(zip(_MONTHS, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))


@text_rule(
    "CON012",
    language="en",
    examples=(Example("They left on the ⟦31st of June⟧, and came back on ⟦February 30⟧."),),
    passes=(
        "They left on the 30th of June and came back on May 31, 1889; in June 1889, at 40 March Street.",
    ),
)
def date_that_is_none(reading: Reading) -> Iterator[Hit]:
    """A date names a day that its month does not have.

    June has thirty days, February at most twenty-nine.

    Fix: Change the day, or the month.
    Source: The calendar; the timeline of copy-editors.
    """
    if not reading.figures or not any(reading.counts[month] for month in _MONTHS):
        return
    text = reading.text
    for number in reading.figures:
        start, end = number.span()
        if len(number[0]) > len("31") or int(number[0]) > _MOST_DAYS or text[start - 1].isalnum():
            continue
        if after := _MONTH_AFTER.match(text, end):
            month, end = after["month"], after.end()
        elif (before := _MONTH_BEFORE.search(text[max(0, start - 16) : start])) and (
            ending := _DAY_ENDS.match(text, end)
        ):
            month, start, end = before["month"], start - len(before[0]), ending.end()
        else:
            continue
        if int(number[0]) > _LAST_DAYS[month]:
            yield Hit(start, end, f"{month} has {_LAST_DAYS[month]} days.")


_MOST_DAYS = 39
"""What is larger is no slip of a day: 1889, or a number before a name (“40 March Street”)."""


_CLOCK = (
    ("a.m. and p.m.", re.compile(r"\d ?[ap]\.m\.")),
    ("am and pm", re.compile(r"\d ?[ap]m\b")),
    ("AM and PM", re.compile(r"\d ?[AP]M\b")),
    ("A.M. and P.M.", re.compile(r"\d ?[AP]\.M\.")),
)


@text_rule(
    "CON018",
    examples=(Example("It was ⟦25:30⟧ when he came, and ⟦9:75⟧ when he left."),),
    passes=("It was 9:30 and 23:59 and 24:00. He read Matthew 25:30 and Psalms 9:75.",),
)
def time_that_is_none(reading: Reading) -> Iterator[Hit]:
    """A time of day names an hour or a minute that no clock has.

    Twenty-four hours, sixty minutes; chapter and verse behind the name of a book are left alone.

    Fix: Change the hour, or the minute.
    Source: The clock.
    """
    for number in reading.figures:
        match = _NO_TIME.match(reading.text, number.start())
        if match and _SMALL_BEFORE.search(reading.text[max(0, match.start() - 20) : match.start()]):
            yield Hit(*match.span(), f"No clock shows “{match[0]}”.")


@text_rule(
    "CON019",
    language="en",
    examples=(Example("It was the ⟦3th⟧ of May, the ⟦21th⟧ day, under Louis ⟦XIIII⟧, in chapter ⟦IIX⟧."),),
    passes=("The 1st, 2nd, 3rd, 11th, 12th, 13th, 21st and 112th; Louis XIV, an LL.D., Cairo, IL.",),
)
def number_that_is_none(reading: Reading) -> Iterator[Hit]:
    """A number is written as none is: *3th*, *IIX*.

    Its ending belongs to another figure, or the letters of a Roman numeral stand as no numeral has them.

    Fix: Write the number that is meant.
    Source: bookloupe, "query standalone numbers"; Standard Ebooks lint, s-026.
    """
    for number in reading.figures:
        if (match := _ORDINAL.match(reading.text, number.start())) and match[1] != _ending(int(number[0])):
            yield Hit(
                *match.span(), f"“{match[0]}” is no number; it would be {number[0]}{_ending(int(number[0]))}."
            )
    odd = [word for word in reading.counts if len(word) > _SHORTEST and _NO_NUMERAL.search(word)]
    for match in reading.each(*odd):
        yield Hit(*match.span(), f"“{match[0]}” is no Roman numeral.")


def _ending(number: int) -> str:
    """Give the ending of an ordinal: 1st, 2nd, 11th."""
    teen = number // 10 % 10 == 1
    return "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_ORDINAL = lazily(r"[0-9]+(st|nd|rd|th)(?![\w’])")
_NO_NUMERAL = lazily(r"^(?=[IVXLC]+$)[IVXLC]*(?:IIII|XXXX|VV|LL|VX|II[VXLC])")
_SHORTEST = 2


_TWENTIES = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TWICE = 2
_UNITS = "one two three four five six seven eight nine".split()
_UNIT = lazily(
    rf" (?:{'|'.join(_UNITS)})(?![\w’-]| (?:hundred|thousand)|(?<=one) (?:is|was|does|has|can|of)\b)"
)
_YEARS = re.compile("years?$")
_AGED = lazily(
    r"(?<![\w’-])(?:[Aa]n?|[Tt]he|his|her|my|this|that|another) "
    rf"(?P<age>{'|'.join((*_UNITS, *_TWENTIES))}|ten|eleven|twelve|[a-z]+teen|\d+)[ -]years?[ -]\Z"
)
_NOUN = lazily(
    r" (?!(?:when|and|at|in|now|to|then|but|or|that|with|before|by|if|he|she|it|the|on|as|who)\b)[a-z]{3,}"
)


@text_rule(
    "CON020",
    language="en",
    examples=(
        Example("He was ⟦twenty two⟧ that day.", "He was twenty-two that day."),
        Example("A ⟦ten year old⟧ boy came.", "A ten-year-old boy came."),
    ),
    passes=(
        "He was twenty-two, a ten-year-old’s age. At twenty one-pound notes. The boy is ten years old now.",
        "At twenty one is young. In the last year old friends had died, and in the new year old men met.",
    ),
)
def number_without_hyphen(reading: Reading) -> Iterator[Hit]:
    """A number of two words, or an age before whose it is, stands without its hyphens.

    *Twenty two*, *a ten year old boy*. A book that writes numbers so throughout is left alone.

    Fix: Type the hyphen.
    Source: The Chicago Manual of Style, 7.89 (numbers, age terms).
    """
    tens = list(reading.each(*_TWENTIES, *map(str.capitalize, _TWENTIES)))
    spaced = [(match, unit) for match in tens if (unit := _UNIT.match(reading.text, match.end()))]
    joined = sum(reading.lower[f"{ten}-{unit}"] for ten in _TWENTIES for unit in _UNITS)
    for match, unit in spaced if len(spaced) <= max(_TWICE, joined // _TWICE) else ():
        right = f"{match[0]}-{unit[0][1:]}"
        yield Hit(match.start(), unit.end(), f"“{right}” has a hyphen.", right)
    for start, end in (
        reading.span(at) for at in reading.places("old") if _YEARS.search(reading.small[at - 1])
    ):
        near = max(0, start - 40)
        if (aged := _AGED.search(reading.text[near:start])) and _NOUN.match(reading.text, end):
            right = f"{aged['age']}-year-old"
            yield Hit(near + aged.start("age"), end, f"“{right}” has its hyphens.", right)


_NO_TIME = lazily(r"(?:(?:2[5-9]|[3-9]\d):[0-5]\d|\d{1,2}:[6-9]\d)(?![\d:,.-]*\d)")
_SMALL_BEFORE = lazily(r"(?<![\w’-])[a-z]+ \Z")


@text_rule(
    "CON007",
    severity=Severity.INFO,
    examples=(Example("At 9 a.m. he came, at 10 a.m. he sat, at 11 a.m. he rose, and at ⟦5pm⟧ he left."),),
    passes=("At 9 a.m. he came, at 10 a.m. he left.",),
)
def time_of_day_mixed(reading: Reading) -> Iterator[Hit]:
    """A time of day is written otherwise than the book's others.

    9 a.m. in one place, 9 AM or 9am in another.

    Fix: Write it as elsewhere.
    Source: The Chicago Manual of Style, 9.37; Standard Ebooks lint, t-009 and t-062.
    """
    found = {
        name: [
            match for number in reading.figures if (match := pattern.match(reading.text, number.end() - 1))
        ]
        for name, pattern in _CLOCK
    }
    usual = max(found, key=lambda name: len(found[name]))
    for name, matches in found.items():
        if name != usual and len(matches) * 3 <= len(found[usual]):
            for match in matches:
                yield Hit(*match.span(), f"“{match[0]}” is written otherwise; the book has {usual}.")


_TENS = tuple(f"{ten}-" for ten in "twenty thirty forty fifty sixty seventy eighty ninety".split())
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety eleven twelve fifteen".split()
_ONES = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_SMALL = lazily(r"(?<=[a-z] )[1-9]\d?(?= (?!a\.m|p\.m|am\b|pm\b|o’)[a-z])")
_TIMES = 6
"""How much commoner numbers in words are than those in figures, where figures are slips."""


@text_rule(
    "CON006",
    severity=Severity.INFO,
    language="en",
    examples=(
        Example(
            "Twenty-two men, forty-six women, thirty-one dogs, ninety-two cats, twenty-four mice, sixty-one "
            "rats, and ⟦57⟧ birds."
        ),
    ),
    passes=("Twenty-two men and 1,500 women, in 1895, at 10 a.m., on page 57.",),
)
def numbers_mixed(reading: Reading) -> Iterator[Hit]:
    """A number below a hundred is in figures where the book spells them out.

    Novels spell out what takes two words. Dates, times, sums of money and numbers with signs are left alone.

    Fix: Spell it out, or keep figures for what is measured.
    Source: The Chicago Manual of Style, 9.2.
    """
    found = [
        match
        for number in reading.figures
        if (match := _SMALL.match(reading.text, number.start()))
        and reading.setting(match.start()) is Setting.PROSE
        and not _is_counted(reading, match)
    ]
    single = [match for match in found if len(match[0]) == 1]
    several = [match for match in found if len(match[0]) > 1]
    tens = (word for word in reading.lower if "ty-" in word)
    spelt = sum(reading.lower[word] for word in tens if word.startswith(_TENS))
    spelt += sum(reading.lower[word] for word in _ROUND)
    few = sum(reading.lower[word] for word in _ONES)
    slip = Severity.WARNING if len(several) * _TIMES * 2 <= spelt else None
    clocks = [
        match for number in reading.figures if (match := _IN_FIGURES.match(reading.text, number.start() - 1))
    ]
    hours = reading.lower["o’clock"] - len(clocks)
    if len(clocks) * _TIMES <= hours:
        for match in clocks:
            told = f"“{match[1]}” is in figures; the book spells the hours out."
            yield Hit(*match.span(1), told, severity=Severity.WARNING)
    for some, usual, severity in ((several, spelt, slip), (single, few // _TIMES, Severity.WARNING)):
        if some and len(some) * _TIMES <= usual:
            for match in some:
                told = f"“{match[0]}” is in figures; the book spells such numbers out."
                counts = severity if _THINGS.match(reading.text, match.end()) else None
                if _is_list(reading, match.start()):
                    counts = None
                yield Hit(*match.span(), told, severity=counts)


_IN_FIGURES = re.compile(r" (\d\d?)(?= o’clock)")
_THINGS = lazily(
    r" (?!degrees|livres|miles|feet|pounds|per)(?:(?:(?!in|of|to|for|and|at|by|on|is|was|as)[a-z]+ ){0,2}"
    r"(?:[a-z]{2,}s|feet|men|women|people|children)|or|and|"
    r"of (?:us|them|the))\b"
)
"""What numbers count; a figure before anything else may be one that is shown, as it was written."""


def _is_list(reading: Reading, at: int) -> bool:
    """Tell a bill or a report, which has more figures, or hardly more words than those."""
    words = reading.at(at)[0].run.text.split()
    return len(words) < _BILL or sum(any(map(str.isdigit, word)) for word in words) > _ONE_MORE


_BILL, _ONE_MORE = 6, 2


def _is_counted(reading: Reading, match: re.Match[str]) -> bool:
    before = reading.text[max(0, match.start() - 12) : match.start()].lower().split()[-1:]
    return bool(before) and before[0] in _COUNTED_BEFORE


_COUNTED_BEFORE = frozenset(
    "page chapter no number vol part room figure section january february march april may june july august "
    "september october november december".split()
)
