"""What the normalizer repairs, as findings.

A repair is a note where the manuscript is written so throughout: a typewriter's hyphens for every dash are a
manner, and the book has the dashes. Where the manuscript does otherwise nearly everywhere, the place is a
slip, and a warning: what happened there may be more than the sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from publish.diagnostic import Diagnostic, Fix, Safety, Severity
from publish.draft import MARKS, PAGE
from publish.lint.rule import RULES, Kind
from publish.lint.words import quoted
from publish.source import Change, Source

if TYPE_CHECKING:
    from publish.normalize.result import Normalized

_MARKS = tuple(MARKS)
_QUOTES = "“”‘’„«»"
_INSTEAD = {"QUO001": _QUOTES, "QUO009": _QUOTES, "DSH001": "—–", "DSH002": "—–", "DSH006": "…"}
"""The signs that stand where a manuscript does not need the repair."""
_ANYWHERE = frozenset(
    "ENC003 ENC004 ENC005 ENC006 ENC007 ENC008 ENC010 ENC011 SPC001 "
    "SPC002 SPC003 SPC004 SPC006 SPC007".split()
)
"""Repairs that no sign of the manuscript speaks for or against."""
_SELDOM = 100
"""Words to one repair; where it is made oftener, the manuscript or its program writes so throughout."""


def findings(normalized: Normalized) -> Iterator[Diagnostic]:
    """Give a finding for each repair."""
    counts = Counter(change.why for change in normalized.changes)
    slips = _slips(normalized, counts)
    for change in normalized.changes:
        rule, source = RULES[change.why], normalized.sources[change.span.source]
        severity = rule.severity if rule.kind is Kind.MIRROR else Severity.INFO
        if rule.code in slips and _is_slip(change, source):
            severity = Severity.WARNING
        yield _mirrored(change, source, severity)


def _slips(normalized: Normalized, counts: Counter[str]) -> frozenset[str]:
    """Give the codes of repairs that the manuscript needs here and there only."""
    texts = [source.text for source in normalized.sources.values()]
    found = set()
    for code, count in counts.items():
        if signs := _INSTEAD.get(code):
            if sum(text.count(sign) for text in texts for sign in signs) > count:
                found.add(code)
        elif code in _ANYWHERE and sum(text.count(" ") for text in texts) > count * _SELDOM:
            found.add(code)
    return frozenset(found)


def _is_slip(change: Change, source: Source) -> bool:
    """Tell a slip from what a layout does: white space at a line end, dots that lead to a name."""
    if change.why == "DSH006":
        return change.text == "…"
    start, end = change.span.start, change.span.end
    before, after = source.text[start - 1 : start], source.text[end : end + 1]
    at_edge = not before or not after or before in "\r\n" or after in "\r\n"
    across = any(sign in source.text[start:end] for sign in "\r\n")
    return not across and not (at_edge and change.why in ("SPC001", "SPC002", "SPC003"))


def _mirrored(change: Change, source: Source, severity: Severity) -> Diagnostic:
    """Give the finding for one repair; its fix is the repair itself."""
    rule = RULES[change.why]
    before = source.text[change.span.start : change.span.end]
    message = f"{_told(before, change.text)} {change.note}".rstrip()
    # What another rule lets the normalizer repair is certain, whatever its own findings are; but a line
    # that is left out of the book, or stands in it once for twice, is still the author's.
    safety = rule.safety if rule.kind is Kind.MIRROR else Safety.SAFE
    kept = bool(change.text) or not any(map(str.isalnum, before))
    writable = change.exact and source.lossless and change.text[:1] not in _MARKS
    writable = writable and kept and rule.family not in ("STR", "OCR")
    fix = Fix(_title(change.text), (change,), safety) if writable and safety else None
    return Diagnostic(rule.code, severity, message, change.span, fix)


@lru_cache(maxsize=1024)
def _title(after: str) -> str:
    return f"Write what the book has: {quoted(after)}" if after else "Delete it"


@lru_cache(maxsize=1024)
def _told(before: str, after: str) -> str:
    if after[:1] in _MARKS:
        what = "the mark of a page" if after.startswith(PAGE) else "a mark of italics"
        return f"{quoted(before)} is read as {what}."
    if not before:
        return f"{quoted(after)} is added."
    if not after:
        return f"{quoted(before)} is left out."
    return f"{quoted(before)} becomes {quoted(after)}."
