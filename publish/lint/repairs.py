"""What the normalizer repairs, as findings.

A repair is a note where the manuscript is written so throughout: a typewriter's hyphens for every dash are a
manner, and the book has the dashes. Where the manuscript does otherwise nearly everywhere, the place is a
slip, and a warning: what happened there may be more than the sign.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from publish.diagnostic import Diagnostic, Fix, Safety, Severity
from publish.lint.rule import RULES, Kind, Rule
from publish.lint.words import changed, quoted
from publish.normalize.result import Normalized
from publish.source import Change, Source
from publish.writing import writings

_QUOTES = "“”‘’„«»"
_INSTEAD = {"QUO001": _QUOTES, "QUO009": _QUOTES, "DSH001": "—–", "DSH002": "—–", "DSH006": "…"}
"""The signs that stand where a manuscript does not need the repair."""
_ANYWHERE = frozenset(
    "ENC003 ENC004 ENC005 ENC006 ENC007 ENC008 ENC010 ENC011 ENC013 SPC001 "
    "SPC002 SPC003 SPC004 SPC006 SPC007 DSH007".split()
)
"""Repairs that no sign of the manuscript speaks for or against."""
GATHERED_FROM = 4
"""As many repairs of one kind are told at once; fewer are told one by one."""
_SELDOM = 100
"""Words to one repair; where it is made oftener, the manuscript or its program writes so throughout."""


def findings(normalized: Normalized, *, gathered: bool = False) -> Iterator[Diagnostic]:
    """Give a finding for each repair.

    `gathered` puts those of one rule and file into one finding where they are a manner, not slips: a thousand
    straight apostrophes say no more than the first of them.
    """
    counts = Counter(change.why for change in normalized.changes)
    slips = _slips(normalized, counts)
    manners: dict[tuple[str, int], list[Change]] = {}
    pages = Counter(_page(change) for change in normalized.changes if change.why in slips)
    for change in normalized.changes:
        rule, source = RULES[change.why], normalized.sources[change.span.source]
        severity = rule.severity if rule.kind is Kind.MIRROR else Severity.INFO
        if rule.code in slips and pages[_page(change)] < GATHERED_FROM and _is_slip(change, source):
            severity = Severity.WARNING
        if gathered and severity == Severity.INFO:
            manners.setdefault((change.why, change.span.source), []).append(change)
        else:
            yield _mirrored(change, source, severity)
    for (_, key), changes in manners.items():
        if len(changes) < GATHERED_FROM:
            yield from (_mirrored(change, normalized.sources[key], Severity.INFO) for change in changes)
        else:
            yield _gathered(changes, normalized.sources[key])


def _page(change: Change) -> tuple[str, int, int]:
    """Give where a repair of its kind stands, roughly: several on one page are how that is written."""
    return change.why, change.span.source, change.span.start // _PAGE


_PAGE = 2_000
"""Signs."""


def _gathered(changes: list[Change], source: Source) -> Diagnostic:
    """Give one finding for all repairs of a kind in a file, with one fix that makes all that can be made."""
    first = min(changes, key=lambda change: change.span.start)
    found, safety = _mirrored(first, source, Severity.INFO), _safety(RULES[first.why])
    made = tuple(change for change in changes if _is_writable(change, source))
    title = f"Write what the book has in {len(made):,} places"
    fix = Fix(title, made, safety) if made and safety else None
    return replace(found, times=len(changes), fix=fix)


def _slips(normalized: Normalized, counts: Counter[str]) -> frozenset[str]:
    """Give the codes of repairs that the manuscript needs here and there only."""
    texts = [source.visible.text for source in normalized.sources.values()]
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
        return "…" in change.text and len(change.text.strip()) <= len("….")
    text = source.visible.text
    start, end = source.seen(change.span.start), source.seen(change.span.end)
    before, after = text[start - 1 : start], text[end : end + 1]
    if change.why == "DSH007":
        return before.islower() and after.islower()
    at_edge = not before or not after or before in "\r\n" or after in "\r\n"
    across = any(sign in text[start:end] for sign in "\r\n")
    return not across and not (at_edge and change.why in ("SPC001", "SPC002", "SPC003"))


def _mirrored(change: Change, source: Source, severity: Severity) -> Diagnostic:
    """Give the finding for one repair; its fix is the repair itself."""
    rule = RULES[change.why]
    before = source.before(change)
    message = f"{changed(before, change.text)} {change.note}".rstrip()
    safety = _safety(rule)
    fix = Fix(_title(change.text), (change,), safety) if safety and _is_writable(change, source) else None
    return Diagnostic(rule.code, severity, message, change.span, fix)


def _safety(rule: Rule) -> Safety | None:
    """Give the safety of a repair; what another rule than a mirror lets the normalizer repair is certain."""
    return rule.safety if rule.kind is Kind.MIRROR else Safety.SAFE


def _is_writable(change: Change, source: Source) -> bool:
    """Tell whether a repair may stand in the file too.

    A line that is left out of the book, or stands in it once for twice, is still the author's.
    """
    kept = bool(change.text) or not any(map(str.isalnum, source.passage(change.span.start, change.span.end)))
    return kept and change.why[:3] not in ("STR", "OCR") and bool(writings(change, source))


@lru_cache(maxsize=1024)
def _title(after: str) -> str:
    return f"Write what the book has: {quoted(after)}" if after else "Delete it"
