"""Headings that name the series first and the instalment behind it: "The Long Field: Part 2 of 5"."""

from __future__ import annotations

import re

from publish.normalize import headings
from publish.normalize.headings import Component, Form, Heading
from publish.normalize.numerals import fold
from publish.normalize.shape import ends_sentence
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.vocabulary import LABELS

_LEAST = 3
_LONGEST = 120
_COUNTED = re.compile(
    r"(?P<label>[^\W\d_]{2,12})\.?[ \xa0]+(?P<number>\d{1,3})[ \xa0]*(?:/|[^\W\d_]{1,3}[ \xa0])[ \xa0]*"
    r"(?P<all>\d{1,3})[)\]]?\Z"
)


def find(sheet: Sheet) -> dict[int, Heading]:
    """Give the lines that count the instalments of one series: at least three, each with a number of its own.

    All name the same series, the same word for a division and the same whole, alone below white space. The
    series stays part of the label, so that no word of it is lost.
    """
    alike: dict[tuple[str, str, str], dict[int, Heading]] = {}
    for index, text in enumerate(sheet.texts):
        counted = len(text) <= _LONGEST and not text[-1:].isalpha() and text.rstrip(")]")[-1:].isdigit()
        match = _COUNTED.search(text) if counted else None
        if match is None or sheet.headed(index) or not _stands_alone(sheet, index):
            continue
        series, kind = text[: match.start()].rstrip(), LABELS.get(fold(match["label"]))
        set_off = series[-1:] in (*":,;|-–—(", "[") and not ends_sentence(series.rstrip(":,;|-–—([ "))
        if kind and set_off and int(match["number"]) <= int(match["all"]) and not headings.parse(text):
            number = (int(match["number"]),)
            component = Component(kind, number, "arabic", (0, len(text)), None)
            key = (words_folded(series), fold(match["label"]), match["all"])
            alike.setdefault(key, {})[index] = Heading((component,), Form.LABELLED)
    return {
        index: heading
        for some in alike.values()
        if len({heading.components[0].numbers for heading in some.values()}) >= _LEAST
        for index, heading in some.items()
    }


def _stands_alone(sheet: Sheet, index: int) -> bool:
    """Tell whether white space, or the edge of a file, parts a line from those above and below it."""
    above = sheet.first_of_file(index) or sheet.lines[index].blanks_above > 0 or sheet.lines[index].page_break
    following = index + 1
    return (
        above
        and following < len(sheet.texts)
        and not sheet.first_of_file(following)
        and sheet.lines[following].blanks_above > 0
    )
