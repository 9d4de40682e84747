"""Dates over the entries of a diary, which are its headings where the whole manuscript is so made."""

from __future__ import annotations

from collections.abc import Sequence

from publish.normalize import almanac, letters
from publish.normalize.numerals import fold
from publish.normalize.reading import Reading
from publish.normalize.shape import ends_full
from publish.normalize.sheet import Sheet
from publish.normalize.subtitles import could_be_title

_LEAST = 3


def titles(sheet: Sheet) -> set[int]:
    """Give the lines right above the dates of entries that are their titles: at least three, of most dates.

    So a blog is copied out, or a diary whose entries have names.
    """
    dated = [
        index
        for index in range(1, len(sheet.texts) - 1)
        if not sheet.marked(index)
        and almanac.stated(sheet.texts[index])
        and len(sheet.texts[index + 1]) > len(sheet.texts[index])
    ]
    found = {index - 1 for index in dated if _is_title(sheet, index - 1)}
    return found if len(found) >= _LEAST and len(found) * 3 >= len(dated) * 2 else set()


def _is_title(sheet: Sheet, index: int) -> bool:
    text = sheet.texts[index]
    apart = index == 0 or sheet.lines[index].blanks_above > 0
    plain = not sheet.marked(index) and not ends_full(text) and not almanac.stated(text)
    return apart and plain and could_be_title(text)


def headings(reading: Reading, free: Sequence[int]) -> set[int]:
    """Give the lines that open entries: the titles above their dates, or the dates themselves.

    Those are at least three, each alone above text that is longer. A date above a salutation begins a letter
    and is no heading.
    """
    if titled := titles(reading.sheet).intersection(free):
        return titled
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
