"""Dates over the entries of a diary, which are its headings where the whole manuscript is so made."""

from __future__ import annotations

from collections.abc import Sequence

from publish.normalize import almanac, letters
from publish.normalize.numerals import fold
from publish.normalize.reading import Reading

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
    if (
        following is None
        or reading.sheet.marked(index)
        or reading.gap(index) == 0
        or not almanac.stated(text)
    ):
        return False
    return len(reading.sheet.texts[following]) > len(text) and not letters.is_salutation(
        reading.sheet.texts[following]
    )
