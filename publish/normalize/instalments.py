"""Headings that name the series first and the instalment behind it: "The Long Field: Part 2 of 5"."""

from __future__ import annotations

import re

from publish.normalize import headings
from publish.normalize.headings import Component, Form, Heading
from publish.normalize.numerals import fold
from publish.normalize.posts import begins_like_furniture
from publish.normalize.shape import ends_sentence
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.vocabulary import LABELS

_LEAST = 3
_LONGEST = 120
_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(
    r"(?<![^\W_])(?P<label>[^\W\d_]{2,12})\.?[ \xa0]+(?P<number>\d{1,3})"
    r"(?:[ \xa0]*(?:/|[^\W\d_]{1,3}[ \xa0])[ \xa0]*(?P<all>\d{1,3}))?[)\]]?"
    r"(?:(?:[ \xa0]*[:|–—]|[ \xa0]-)[ \xa0]*(?P<title>\S.*))?\Z"
)


def find(sheet: Sheet) -> dict[int, Heading]:
    """Give the lines that count the instalments of one series: at least three, each with a number of its own.

    All name the same series, the same word for a division and the same whole, if any, below white space; the
    title of the instalment may follow. The series stays part of the label, so that no word of it is lost. Two
    names that are counted without a whole are those of parts.
    """
    alike: dict[tuple[str, str, str], dict[int, Heading]] = {}
    for index, text in enumerate(sheet.texts):
        if len(text) > _LONGEST or not _stands_apart(sheet, index):
            continue
        match = _COUNTED.search(text) if _DIGIT.search(text) else None
        if match is None or sheet.headed(index):
            continue
        series, kind = text[: match.start()].rstrip(), LABELS.get(fold(match["label"]))
        set_off = series[-1:] in (*":,;|-–—(", "[") and not ends_sentence(series.rstrip(":,;|-–—([ "))
        counts = int(match["number"]) <= int(match["all"] or match["number"])
        if kind and set_off and counts and not headings.parse(text) and not begins_like_furniture(text):
            number = (int(match["number"]),)
            title = match.span("title") if match["title"] else None
            label = (0, len(text) if title is None else _label_end(text, title[0]))
            heading = Heading((Component(kind, number, "arabic", label, title),), Form.LABELLED)
            key = (words_folded(series), fold(match["label"]), match["all"] or "")
            alike.setdefault(key, {})[index] = heading
    parts = len({series for series, _, whole in alike if not whole}) > 1
    return {
        index: heading
        for (_, _, whole), some in alike.items()
        if whole or not parts
        if len({heading.components[0].numbers for heading in some.values()}) >= _LEAST
        for index, heading in some.items()
    }


def _label_end(text: str, title: int) -> int:
    return len(text[:title].rstrip(" \xa0:|–—-"))


def _stands_apart(sheet: Sheet, index: int) -> bool:
    """Tell whether white space, or the edge of a file, parts a line from those above it, and text follows."""
    line, following = sheet.lines[index], index + 1
    above = line.blanks_above > 0 or line.page_break or sheet.first_of_file(index)
    return above and following < len(sheet.texts) and not sheet.first_of_file(following)
