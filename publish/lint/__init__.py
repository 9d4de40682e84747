"""The findings of a manuscript: what was repaired, what the normalizer doubts, what the rules find."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.config import Config, LintConfig, locate
from publish.diagnostic import Diagnostic, Fix, PublishError, Safety, Severity
from publish.document import MARKS, PAGE, division_runs, walk_divisions
from publish.lint import media, metadata, pairs, prose, structure, text  # noqa: F401  (they fill the registry)
from publish.lint.rule import FAMILIES, RULES, Example, Kind, Rule, diagnostic
from publish.lint.words import quoted, shown
from publish.places import overlap
from publish.source import Change, Source, Span

if TYPE_CHECKING:
    from publish.normalize.result import Normalized, Refused

_MARKS = tuple(MARKS)
_USUAL = LintConfig()

__all__ = ["RULES", "Rule", "chosen", "explain", "files", "findings", "listing"]


def findings(
    normalized: Normalized, config: Config, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """Give all findings, sorted by file (in the manuscript's order), place and code.

    `select` and `ignore` hold codes (PUN001) or families (PUN); an empty `select` selects what `[lint]` of
    book.toml does, by default all, and `ignore` wins. Raises PublishError for a name that is neither.
    """
    codes = chosen(select, ignore, config.lint)
    refused = _Silencer(normalized)
    found = [
        *(_mirrored(change, normalized.sources) for change in normalized.changes if change.why in codes),
        *(item for item in normalized.diagnostics if item.code in codes and not refused(item)),
        *(item for item in _checked(normalized, config, codes) if not refused(item)),
    ]
    if codes == frozenset(RULES):
        # Else nobody knows what a refusal would have silenced.
        found += _idle(refused, normalized)
    order = {key: place for place, key in enumerate(files(normalized))}
    unique = dict.fromkeys(_rated(item, config.lint.severity) for item in found)
    return tuple(
        sorted(unique, key=lambda item: (order[item.span.source], item.span.start, item.code, item.span.end))
    )


def files(normalized: Normalized) -> dict[int, Source]:
    """Give the files in which findings may lie, by key: those of the manuscript, and book.toml."""
    settings = normalized.settings
    return normalized.sources | ({settings.key: settings} if settings else {})


class _Silencer:
    """Knows of which findings the author does not want to hear, and which refusals were needed for that."""

    def __init__(self, normalized: Normalized) -> None:
        self.refusals = normalized.refused
        self.used = {number for number, item in enumerate(normalized.refused) if item.used}

    def __call__(self, item: Diagnostic) -> bool:
        silencing = {number for number, other in enumerate(self.refusals) if _silences(other, item)}
        self.used |= silencing
        return bool(silencing)


def _silences(refused: Refused, item: Diagnostic) -> bool:
    return item.code.startswith(refused.rule) and (
        refused.spans is None or any(overlap(span, item.span) for span in refused.spans)
    )


def _idle(silencer: _Silencer, normalized: Normalized) -> Iterator[Diagnostic]:
    """Give the refusals that refuse nothing; those whose place is gone are told already."""
    for number, refused in enumerate(normalized.refused):
        if number in silencer.used or refused.spans == ():
            continue
        if span := refused.at or _entry(normalized.settings, number):
            message = f"There is nothing of {refused.rule} to refuse here."
            yield Diagnostic("CFG002", RULES["CFG002"].severity, message, span)


def _entry(settings: Source | None, number: int) -> Span | None:
    """Give the line of book.toml that names the rule of a refusal."""
    if settings is None:
        return None
    line = locate(settings.text, ("refuse", number, "rule")).line
    start = settings.line_starts[line - 1]
    return Span(settings.key, start, start + len(settings.line_text(line)))


def _rated(item: Diagnostic, severities: Mapping[str, str]) -> Diagnostic:
    """Give a finding with the severity that book.toml states; the note on a repair stays a note."""
    stated = severities.get(item.code, severities.get(item.code[:3], ""))
    noted = item.severity == Severity.INFO and RULES[item.code].repairs
    return replace(item, severity=Severity[stated.upper()]) if stated and not noted else item


def chosen(
    select: Sequence[str] = (), ignore: Sequence[str] = (), settings: LintConfig = _USUAL
) -> frozenset[str]:
    """Give the codes that `select` takes in and `ignore` leaves.

    Without a `select` those of book.toml count, with what it adds and ignores.
    """
    if select:
        return frozenset(_expanded(select) - _expanded(ignore))
    taken = _expanded(settings.select) if settings.select else set(RULES)
    return frozenset((taken | _expanded(settings.extend_select)) - _expanded((*settings.ignore, *ignore)))


def _expanded(names: Iterable[str]) -> set[str]:
    codes: set[str] = set()
    for name in names:
        wanted = name.strip().upper()
        matching = {code for code in RULES if wanted in (code, code[:3])}
        if not matching and wanted not in FAMILIES:
            raise PublishError(f"There is no rule “{name}”.", _nearest(wanted))
        codes |= matching
    return codes


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, [*RULES, *FAMILIES], n=1, cutoff=0.5)
    return f"Did you mean {near[0]}? `publish rules` lists all." if near else "`publish rules` lists all."


def _checked(normalized: Normalized, config: Config, codes: frozenset[str]) -> Iterator[Diagnostic]:
    language = re.split(r"[-_]", normalized.book.metadata.language.value.lower())[0]
    active = [rule for rule in RULES.values() if rule.code in codes and rule.language in ("", language)]
    checks = [(rule, rule.prose) for rule in active if rule.prose]
    for _, division in walk_divisions(normalized.book.divisions):
        for run in division_runs(division):
            for rule, check in checks:
                for hit in check(run):
                    if found := diagnostic(rule, run, hit):
                        yield found
    for rule in active:
        if rule.book:
            yield from rule.book(normalized, config)


def _mirrored(change: Change, sources: Mapping[int, Source]) -> Diagnostic:
    """Give the finding for one repair; its fix is the repair itself."""
    rule = RULES[change.why]
    severity = rule.severity if rule.kind is Kind.MIRROR else Severity.INFO
    source = sources[change.span.source]
    before = source.text[change.span.start : change.span.end]
    message = f"{_told(before, change.text)} {change.note}".rstrip()
    # What another rule lets the normalizer repair is certain, whatever its own findings are; but a line
    # that is left out of the book, or stands in it once for twice, is still the author's.
    safety = rule.safety if rule.kind is Kind.MIRROR else Safety.SAFE
    kept = bool(change.text) or not any(map(str.isalnum, before))
    writable = change.exact and source.lossless and change.text[:1] not in _MARKS
    writable = writable and kept and rule.family not in ("STR", "OCR")
    title = f"Write what the book has: {quoted(change.text)}" if change.text else "Delete it"
    fix = Fix(title, (change,), safety) if writable and safety else None
    return Diagnostic(rule.code, severity, message, change.span, fix)


def _told(before: str, after: str) -> str:
    if after[:1] in _MARKS:
        what = "the mark of a page" if after.startswith(PAGE) else "a mark of italics"
        return f"{quoted(before)} is read as {what}."
    if not before:
        return f"{quoted(after)} is added."
    if not after:
        return f"{quoted(before)} is left out."
    return f"{quoted(before)} becomes {quoted(after)}."


def explain(code: str) -> str:
    """Give the documentation of a rule, or of the rules of a family; PublishError for an unknown code."""
    wanted = code.strip().upper()
    if wanted in FAMILIES:
        return listing(wanted)
    if wanted not in RULES:
        raise PublishError(f"There is no rule “{code}”.", _nearest(wanted))
    rule = RULES[wanted]
    parts = [f"{rule.code}  {rule.name}", _facts(rule), "", rule.doc, ""]
    for example in (*rule.examples, *rule.repairs):
        parts += ["Example:", *_illustrated(example), ""]
    if rule.passes:
        parts += ["Not reported:", *(f"    {line}" for item in rule.passes for line in _lines(item)), ""]
    return "\n".join(parts)


_FOUND_BY = {
    Kind.PROSE: "looks at one passage at a time",
    Kind.BOOK: "looks at the whole book",
    Kind.MIRROR: "repaired in the book",
    Kind.REPORTED: "found while the book is put together",
}


def _facts(rule: Rule) -> str:
    fix = f"{rule.safety} fix" if rule.safety else "no automatic fix"
    return f"{rule.severity.name.lower()} · {_FOUND_BY[rule.kind]} · {fix} · since {rule.since}"


def _lines(passage: str) -> list[str]:
    return [shown(line) for line in passage.split("\n")]


def _illustrated(example: Example) -> Iterator[str]:
    yield from (f"    {line}" for line in _lines(example.before))
    if example.after is not None:
        after = _lines(example.after)
        yield from (f"  {'→' if not at else ' '} {line}" for at, line in enumerate(after))


def listing(family: str = "") -> str:
    """Give the list of all rules, or of one family's: code, severity, name and what is wrong."""
    parts: list[str] = []
    for letters, title in FAMILIES.items():
        rules = sorted((r for r in RULES.values() if r.family == letters), key=lambda rule: rule.code)
        if not rules or family not in ("", letters):
            continue
        parts.append(f"{letters}  {title}")
        parts += [f"  {rule.code}  {rule.severity.name.lower():8} {rule.summary}" for rule in rules]
        parts.append("")
    return "\n".join(parts) if parts else f"{family}  {FAMILIES[family]}: no rules yet.\n"
