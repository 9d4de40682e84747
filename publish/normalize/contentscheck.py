"""A typed contents list held against the headings of the text: what one has and the other has not."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from itertools import count

from publish.diagnostic import Severity
from publish.normalize import contents
from publish.normalize.ledger import Ledger
from publish.normalize.outline import Head
from publish.normalize.sheet import Sheet, words_folded

_RULE = "STR029"
_ALIKE = 0.75
"""Ratio (difflib) above which an entry and a heading are one title, written in two ways."""
_MOST = 20
"""More entries or headings than this without a partner: the two are of different kinds."""


def compare(sheet: Sheet, lines: Collection[int], heads: Sequence[Head], ledger: Ledger) -> None:
    """Report where the contents list on `lines` and the headings below it differ.

    Nothing is said where a third of either has no partner: the list names parts alone, or has summaries.
    """
    below = {head.first: _heading(sheet, head) for head in heads if head.first > max(lines, default=0)}
    entries = {i: text for i in sorted(lines) if (text := contents.entry(sheet.texts[i]))}
    listed = _in_paragraphs(sheet, entries, below)
    missing, unlisted = _without(listed, below), _without(below, listed)
    if _many(missing, listed) or _many(unlisted, below):
        return
    for index in missing:
        first = _nearest(entries[index], {first: below[first] for first in unlisted})
        what = sheet.texts[first] if first is not None else ""
        told = f"; the heading below reads “{what}”" if what else ", and no heading below reads so"
        _report(sheet, index, f"The contents list has “{sheet.texts[index]}”{told}.", ledger)
        unlisted = [place for place in unlisted if place != first]
    for first in unlisted:
        _report(sheet, first, f"“{sheet.texts[first]}” is not in the contents list.", ledger)


def _in_paragraphs(sheet: Sheet, entries: Mapping[int, str], below: Mapping[int, str]) -> dict[int, str]:
    """Give the entries, those of a paragraph of markup that holds several one by one; each is a heading."""
    listed = dict(entries)
    keys = count(-1, -1)
    for index in entries:
        if sheet.marked(index) and not sheet.lines[index].depth:
            several = contents.named_in(sheet.texts[index], below.values())
            if several:
                del listed[index]
            listed |= {next(keys): text for text in several}
    return listed


def _report(sheet: Sheet, index: int, message: str, ledger: Ledger) -> None:
    run = sheet.lines[index].run
    ledger.report(_RULE, Severity.WARNING, message, run.span(0, len(run.text)))


def _heading(sheet: Sheet, head: Head) -> str:
    return words_folded(" ".join(sheet.texts[index] for index in head.lines))


def _many(some: Sequence[int], of: Mapping[int, str]) -> bool:
    return len(some) > min(_MOST, len(of) // 3)


def _without(some: Mapping[int, str], others: Mapping[int, str]) -> list[int]:
    """Give the lines whose titles have no partner; one may hold the other's words beside its number."""
    known = set(others.values())
    open_ = [index for index, text in some.items() if text not in known]
    if len(open_) > len(some) // 3 + _MOST and len(some) > _MOST * _MOST:
        return open_
    padded = [f" {text} " for text in known]
    return [
        index
        for index in open_
        if not any(f" {some[index]} " in text or text in f" {some[index]} " for text in padded)
    ]


def _nearest(text: str, headings: Mapping[int, str]) -> int | None:
    """Give the heading that is most like an entry, if one is."""
    ratios = {first: difflib.SequenceMatcher(None, text, other).ratio() for first, other in headings.items()}
    best = max(ratios, key=lambda first: ratios[first], default=None)
    return best if best is not None and ratios[best] >= _ALIKE else None
