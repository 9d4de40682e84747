"""The changes as a table for people and as JSON for programs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from publish.changes.entries import MARKUP, Entry, Kind, settled_by, summary
from publish.lint import RULES
from publish.lint.words import READ_AS, changed, pictured, quoted
from publish.places import json_text, region
from publish.source import Source

JSON_VERSION = 1
"""Version of the JSON form; raised whenever a reader of the old form would misread the new one."""
_EXAMPLES = 3
_KINDS_SHOWN = 6
_MOVES_SHOWN = 40
_FIRST = {kind: place for place, kind in enumerate((Kind.DECODED, Kind.MOVED, Kind.INFERRED, Kind.TAKEN))}
"""What concerns the whole book is told first."""


def as_json(entries: Sequence[Entry], sources: Mapping[int, Source]) -> str:
    """Write all changes as JSON.

    `version` (1) and `changes`, in the order of the files, each with `kind` (see `Kind`), `rule`, `name` (of
    the rule), the place (see `places.region`), `before`, `after`, `reason`, `exact` (false: the range is
    wider than what was changed) and `book_toml`: the lines that undo it, or null.
    """
    changes = [
        {
            "kind": entry.kind.value,
            "rule": entry.rule,
            "name": RULES[entry.rule].name,
            **region(entry.span, sources[entry.span.source]),
            "before": entry.before,
            "after": entry.after,
            "reason": entry.reason or summary(entry.rule),
            "exact": entry.exact,
            "book_toml": settled_by(entry, sources[entry.span.source]) or None,
        }
        for entry in entries
    ]
    return json_text({"version": JSON_VERSION, "changes": changes})


def as_text(entries: Sequence[Entry], sources: Mapping[int, Source]) -> str:
    """Write the changes for reading: rule by rule, what is alike in one line, with examples."""
    if not entries:
        return "Nothing was changed.\n"
    ordered = sorted(entries, key=lambda entry: (_FIRST.get(entry.kind, len(_FIRST)), entry.rule))
    lines: list[str] = []
    for (_, rule), group in groupby(ordered, lambda entry: (_FIRST.get(entry.kind, len(_FIRST)), entry.rule)):
        lines += _section(rule, list(group), sources)
    counted = f"{_times(entries):,} change{'s' if _times(entries) > 1 else ''}"
    lines.append(f"{counted} in the book; the files are as they were.")
    return "\n".join(lines) + "\n"


def _times(entries: Iterable[Entry]) -> int:
    return sum(entry.times for entry in entries)


def _section(rule: str, entries: Sequence[Entry], sources: Mapping[int, Source]) -> Iterator[str]:
    """Give what one rule did, and the lines that refuse it."""
    yield f"{rule}  {summary(rule)}"
    yield from _moved(entries) if entries[0].kind is Kind.MOVED else _alike(entries, sources)
    first = entries[0]
    lines = settled_by(first, sources[first.span.source]).splitlines()
    if lines:
        yield f"          {_undo(entries)}"
        yield from (f"              {line}" for line in lines)
    yield ""


def _undo(entries: Sequence[Entry]) -> str:
    """Give the words above the lines of book.toml."""
    match entries[0].kind:
        case Kind.MOVED | Kind.INFERRED:
            return "To refuse it, write in book.toml:"
        case Kind.TAKEN | Kind.DECODED:
            return "To state it yourself, write in book.toml:"
    which = "this one" if len(entries) == 1 else "the first of them"
    return f"To refuse {which}, write in book.toml (without the text: everywhere):"


def _moved(entries: Sequence[Entry]) -> Iterator[str]:
    """Give the divisions that moved, in the order of the book; a reason that is repeated is told once."""
    told: set[str] = set()
    ordered = sorted(entries, key=lambda entry: int(entry.after.split()[-1]))
    for entry in ordered[:_MOVES_SHOWN]:
        name, _, reasons = entry.reason.partition(": ")
        new = [sentence for sentence in re.split(r"(?<=\.) (?=[A-Z])", reasons) if sentence not in told]
        told.update(new)
        was, now = entry.before.split()[-1], entry.after.split()[-1]
        yield f"  {was:>6} → {now:>3}  {pictured(name)}"
        yield from (f"                {sentence}" for sentence in new)
    if len(ordered) > _MOVES_SHOWN:
        yield f"                … and {len(ordered) - _MOVES_SHOWN:,} more; see publish order"


def _alike(entries: Sequence[Entry], sources: Mapping[int, Source]) -> Iterator[str]:
    """Give what is alike in one line, the most frequent first."""
    alike: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        alike.setdefault(_likeness(entry), []).append(entry)
    groups = sorted(alike.values(), key=_times, reverse=True)
    for group in groups[:_KINDS_SHOWN]:
        yield from _group(group, sources)
    rest = groups[_KINDS_SHOWN:]
    if rest:
        count = sum(map(_times, rest))
        yield f"  {count:>6,} ×  others, of {len(rest)} kinds; --html and --json show all"


def _likeness(entry: Entry) -> tuple[str, str, str]:
    """Give what equal entries have in common: lines that are left out are alike by their reason."""
    if entry.kind in (Kind.LEFT_OUT, Kind.JOINED, Kind.READ):
        return entry.reason, "", entry.after
    return entry.reason, entry.before, entry.after


def _group(group: Sequence[Entry], sources: Mapping[int, Source]) -> Iterator[str]:
    first = group[0]
    told = _told(first) if first.kind is not Kind.LEFT_OUT or len(group) == 1 else "left out."
    reason = f" {first.reason}" if first.reason else ""
    yield f"  {_times(group):>6,} ×  {told}{reason}"
    for entry in group[:_EXAMPLES]:
        yield f"            {_example(entry, sources[entry.span.source])}"
    if rest := _times(group[_EXAMPLES:]):
        yield f"            … and {rest:,} more"


def _told(entry: Entry) -> str:
    if entry.kind in _TOLD:
        what = entry.after.partition(":")[0]
        return _TOLD[entry.kind].format(before=quoted(entry.before), after=quoted(entry.after), what=what)
    if entry.after in _MARKUP:
        return f"{quoted(entry.before)} is read as {_MARKUP[entry.after]}."
    return changed(entry.before, entry.after)


_TOLD = {
    Kind.DECODED: "read again.",
    Kind.INFERRED: "{after} is added.",
    Kind.TAKEN: "{before} is used as {what}.",
    Kind.JOINED: "lines of a paragraph run on.",
    Kind.READ: "read as {what}.",
}
_MARKUP = {MARKUP[sign]: what for sign, what in READ_AS.items()}


def _example(entry: Entry, source: Source) -> str:
    """Give place and words of an entry on one line."""
    start = source.locate(entry.span.start)
    line = source.line_text(start.line)
    low, high = max(0, start.column - 25), start.column + 40
    words = pictured(line[low:high]).strip()
    before, after = "…" if low else "", "…" if high < len(line) else ""
    return f"{pictured(source.where(entry.span.start))}  {before}{words}{after}"
