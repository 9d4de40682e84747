"""The changes as one HTML page that needs nothing else: both texts side by side.

The page holds the author's text once, and the exchanges beside it as numbers and short strings; the book's
text is made of them where the page is shown. So it is little larger than the manuscript.
"""

import html
import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from publish.changes.diff import Exchange, exchanges
from publish.changes.entries import Entry, Kind, is_unseen, summary
from publish.lint import RULES
from publish.lint.page import filled
from publish.normalize.result import Normalized
from publish.source import Source

_OF_THE_BOOK = (Kind.MOVED, Kind.INFERRED, Kind.TAKEN, Kind.READ, Kind.DECODED)


def as_page(normalized: Normalized, entries: Sequence[Entry]) -> str:
    """Give the page as HTML."""
    title = normalized.book.metadata.title.value
    # Inside a script element "<" could end it; lone surrogates have no form in UTF-8.
    data = json.dumps(_data(normalized, entries), ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c").encode("utf-8", "backslashreplace").decode()
    language = normalized.book.metadata.language.value
    parts = {"TITLE": html.escape(title), "LANGUAGE": html.escape(language), "DATA": data}
    return filled(Path(__file__).with_name("page.html"), parts)


def _data(normalized: Normalized, entries: Sequence[Entry]) -> dict[str, Any]:
    numbers = _Numbers(entries)
    made = exchanges(normalized)
    return {
        "rules": [[code, RULES[code].name, summary(code)] for code in numbers.rules],
        "reasons": list(numbers.reasons),
        "files": [
            _file(source, made[key], [entry for entry in entries if entry.span.source == key], numbers)
            for key, source in normalized.sources.items()
        ],
    }


class _Numbers:
    """The numbers under which the page knows rules and reasons."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.rules = {code: number for number, code in enumerate(sorted({entry.rule for entry in entries}))}
        reasons = dict.fromkeys(entry.reason for entry in entries)
        self.reasons = {reason: number for number, reason in enumerate(reasons)}

    def of(self, entry: Entry) -> tuple[int, int]:
        return self.rules[entry.rule], self.reasons[entry.reason]


def _file(
    source: Source, made: Sequence[Exchange], entries: Sequence[Entry], numbers: _Numbers
) -> dict[str, Any]:
    """Give one file: name, text, exchanges and what concerns whole divisions.

    An exchange is the distance from the end of the one before, its length, the new text, then rule and reason
    of each repair that had a part in it. Lengths count UTF-16, as the page's language does. `lines` are those
    of the file where it is markup, one for each line that people read.
    """
    marks: list[list[Any]] = []
    text = source.visible.text
    at = units = 0
    for entry in entries:
        if entry.kind in _OF_THE_BOOK or is_unseen(entry, source):
            start = source.seen(entry.span.start)
            units += _units(text, at, start)
            at = start
            before = entry.before.splitlines()[0] if entry.kind is Kind.READ else entry.before
            marks.append([entry.kind.value, units, before, entry.after, *numbers.of(entry)])
    repairs = [entry for entry in entries if entry.kind not in _OF_THE_BOOK]
    places = [(source.seen(entry.span.start), source.seen(entry.span.end)) for entry in repairs]
    edits: list[list[Any]] = []
    done = 0
    for item in made:
        about = [number for entry in _about(item, repairs, places) for number in numbers.of(entry)]
        gap, length = _units(text, done, item.start), _units(text, item.start, item.end)
        edits.append([gap, length, item.text, *about])
        done = item.end
    lines: list[int] = []
    if source.layout and not source.in_paragraphs:
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        lines = [source.locate(span.start).line for at in starts if (span := source.visible.span(at, at))]
    return {"name": source.title, "text": text, "edits": edits, "marks": marks, "lines": lines}


def _units(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return len(part) if part.isascii() else len(part) + sum(sign > "\uffff" for sign in part)


def _about(item: Exchange, repairs: Sequence[Entry], places: Sequence[tuple[int, int]]) -> list[Entry]:
    """Give the repairs that had a part in an exchange, one of each rule and reason."""
    found: dict[tuple[str, str], Entry] = {}
    at = bisect_left(places, item.start, key=lambda place: place[1])
    while at < len(repairs) and places[at][0] <= item.end:
        start, end = places[at]
        if (start, end) == (item.start, item.end) or (start < item.end and item.start < end):
            found[repairs[at].rule, repairs[at].reason] = repairs[at]
        at += 1
    return list(found.values())
