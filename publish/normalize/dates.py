"""Dates over the entries of a diary, which are its headings where the whole manuscript is so made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.normalize import letters
from publish.normalize.numerals import fold
from publish.normalize.reading import Reading
from publish.normalize.vocabulary import MONTHS

_DATE = re.compile(
    r"(?:[^\W\d_]{3,12}\.?,?\s+)?(?:the\s+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?(?P<month>[^\W\d_]{3,})"
    r"|(?P<first>[^\W\d_]{3,})\.?\s+\d{1,2}(?:st|nd|rd|th)?)(?![\w:])"
)
_NO_MONTHS = frozenset({"am", "pm", "uhr", "heures"})
_LONGEST = 60
_MOST_WORDS = 8
_LEAST = 3


def headings(reading: Reading, free: Sequence[int]) -> set[int]:
    """Give the lines that date entries: at least three, each alone above text that is longer.

    A date above a salutation begins a letter and is no heading.
    """
    found = {index for index in free if _is_entry(reading, index)}
    texts = {fold(reading.sheet.texts[index]) for index in found}
    return found if len(texts) >= _LEAST and len(found) * 2 <= len(free) else set()


def _is_entry(reading: Reading, index: int) -> bool:
    text = reading.sheet.texts[index]
    following = reading.after(index)
    if following is None or reading.sheet.marked(index) or reading.gap(index) == 0 or not is_date(text):
        return False
    return len(reading.sheet.texts[following]) > len(text) and not letters.is_salutation(
        reading.sheet.texts[following]
    )


def is_date(text: str) -> bool:
    """Tell a line such as "3 May. Bistritz", a date with a weekday, a year, a place or an hour at most."""
    match = _DATE.match(text)
    if not match or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or text[-1] in ",;":
        return False
    return fold(match["month"] or match["first"]) in MONTHS - _NO_MONTHS
