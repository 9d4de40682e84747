"""The findings of a manuscript: what was repaired, what the normalizer doubts, what the rules find."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.config import Config, LintConfig, locate
from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.lint import (  # noqa: F401  (they fill the registry)
    apostrophes,
    clashes,
    dashes,
    deviations,
    dialogue,
    finished,
    forms,
    layout,
    leftovers,
    markings,
    media,
    metadata,
    names,
    numbers,
    office,
    pairs,
    printing,
    quotes,
    repairs,
    repetition,
    scanning,
    signs,
    slips,
    spacing,
    spellings,
    structure,
    text,
    twins,
    verbs,
    wording,
)
from publish.lint.kept import Sheet
from publish.lint.reading import Reading
from publish.lint.rule import FAMILIES, MERGED, RULES, Example, Kind, Rule, found
from publish.lint.words import shown
from publish.normalize.result import Normalized
from publish.source import Source, Span

_USUAL = LintConfig()


class Options(Struct, frozen=True):
    """How findings are looked for and told."""

    gathered: bool = False
    """All repairs of a kind that are the manner of a file make one finding."""
    sheet: Sheet | None = None
    """The style sheet that is kept with the book."""


_PLAIN = Options()

__all__ = ["RULES", "Options", "Rule", "chosen", "explain", "files", "findings", "listing", "page_of_rules"]


def findings(
    normalized: Normalized,
    config: Config,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    options: Options = _PLAIN,
) -> tuple[Diagnostic, ...]:
    """Give all findings, sorted by file (in the manuscript's order), place and code.

    `select` and `ignore` hold codes (PUN001) or families (PUN); an empty `select` selects what `[lint]` of
    book.toml does, by default all, and `ignore` wins. Raises PublishError for a name that
    is neither.
    """
    codes = chosen(select, ignore, config.lint)
    refused = _Silencer(normalized)
    items = [
        *(item for item in repairs.findings(normalized, gathered=options.gathered) if item.code in codes),
        *(item for item in normalized.diagnostics if item.code in codes and not refused(item)),
        *(item for item in _checked(Reading(normalized, config, options.sheet), codes) if not refused(item)),
        *(item for item in _of_no_rule(normalized) if item.code in codes),
    ]
    if codes == frozenset(RULES):
        # Else nobody knows what a refusal would have silenced.
        items += _idle(refused, normalized)
    order = {key: place for place, key in enumerate(files(normalized))}
    unique = dict.fromkeys(_rated(item, config.lint.severity) for item in items)
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
        silencing = {number for number, other in enumerate(self.refusals) if other.silences(item)}
        self.used |= silencing
        return bool(silencing)


def _idle(silencer: _Silencer, normalized: Normalized) -> Iterator[Diagnostic]:
    """Give the refusals that refuse nothing; those whose place is gone are told already."""
    for number, refused in enumerate(normalized.refused):
        if number in silencer.used or refused.spans == () or not _is_known(refused.rule):
            continue
        if span := refused.at or _entry(normalized.settings, number):
            message = f"There is nothing of {refused.rule} to refuse here."
            yield Diagnostic("CFG002", RULES["CFG002"].severity, message, span)


def _of_no_rule(normalized: Normalized) -> Iterator[Diagnostic]:
    """Give the refusals of rules that there are not: whatever they were meant for is done all the same."""
    for number, refused in enumerate(normalized.refused):
        span = refused.at or _entry(normalized.settings, number)
        if span and not _is_known(refused.rule):
            near = _near(refused.rule, 2)
            perhaps = f"Perhaps {' or '.join(near)} is meant; " if near else ""
            advice = f"{perhaps}`publish rules` lists them all."
            message = f"There is no rule {refused.rule}, so that nothing is refused here. {advice}"
            yield Diagnostic("CFG002", Severity.WARNING, message, span)


def _is_known(rule: str) -> bool:
    return any(code.startswith(rule) for code in RULES)


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


def _expanded(wishes: Iterable[str]) -> set[str]:
    codes: set[str] = set()
    for name in (name for wish in wishes for name in wish.split(",")):
        wanted = name.strip().upper()
        matching = {code for code in RULES if wanted in (code, code[:3])}
        if not matching and wanted not in FAMILIES:
            raise PublishError(f"There is no rule “{name}”.", _nearest(wanted))
        codes |= matching
    return codes


def _nearest(name: str) -> str:
    near = " or ".join(_near(name, 1))
    return f"Did you mean {near}? `publish rules` lists all." if near else "`publish rules` lists all."


def _near(name: str, most: int) -> Sequence[str]:
    """Give the rules that may be meant; for one that there was, those that tell what it told."""
    return MERGED.get(name) or difflib.get_close_matches(name, [*RULES, *FAMILIES], most, 0.5)


def _checked(reading: Reading, codes: frozenset[str]) -> Iterator[Diagnostic]:
    active = [
        rule for rule in RULES.values() if rule.code in codes and rule.language in ("", reading.language)
    ]
    for rule in active:
        if rule.text:
            yield from filter(None, (found(rule, reading, hit) for hit in rule.text(reading)))
        elif rule.book:
            yield from rule.book(reading.normalized, reading.config)


def explain(code: str) -> str:
    """Give the documentation of a rule, by code or name, or of a family; PublishError for what is neither."""
    wanted = code.strip().upper()
    wanted = {rule.name.upper(): rule.code for rule in RULES.values()}.get(wanted, wanted)
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
    Kind.TEXT: "looks at the text",
    Kind.BOOK: "looks at the structure of the book",
    Kind.MIRROR: "repaired in the book",
    Kind.REPORTED: "found while the book is put together",
    Kind.FILE: "found in a finished file by publish check",
}


def _facts(rule: Rule) -> str:
    fix = f"{rule.safety} fix" if rule.safety else "no automatic fix"
    return f"{rule.severity.name.lower()} · {_FOUND_BY[rule.kind]} · {fix} · since {rule.since}"


def _lines(passage: str) -> list[str]:
    return [shown(line) for line in passage.split("\n")]


def _illustrated(example: Example) -> Iterator[str]:
    if example.sheet:
        yield f"    (style sheet: {example.sheet})"
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


def page_of_rules() -> str:
    """Give the explanations of all rules as one page of Markdown."""
    written = "Written by `publish rules --page`; each rule is explained where it is declared."
    parts = ["# The rules of `publish lint`", "", written, ""]
    for letters, title in FAMILIES.items():
        rules = sorted((r for r in RULES.values() if r.family == letters), key=lambda rule: rule.code)
        if rules:
            parts += [f"## {letters}: {title}", ""]
        for rule in rules:
            parts += [f"### {rule.code} {rule.name}", "", f"*{_facts(rule)}*", "", rule.doc, ""]
            examples = (*rule.examples, *rule.repairs)
            lines = [line for item in examples for line in (*_illustrated(item), "")]
            parts += ["```text", *lines[:-1], "```", ""] if lines else []
    return "\n".join(parts)
