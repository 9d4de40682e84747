"""Findings for other programs: JSON of our own, SARIF, annotations of GitHub; and their counts.

Lines and columns count from 1, in code points; ends are exclusive. A document of a word processor has no
lines: its places are told as paragraph and character.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from publish import __version__
from publish.diagnostic import Diagnostic, Fix, Safety, Severity
from publish.lint.fingerprint import fingerprint
from publish.lint.rule import RULES, Rule
from publish.patterns import lazily
from publish.places import json_text, quotation, refusal, region
from publish.source import Source, Span
from publish.writing import writings

_SURROGATE = lazily("[\ud800-\udfff]")
"""Halves that stand for bytes of no encoding."""
JSON_VERSION = 1
"""Version of the JSON form; raised whenever a reader of the old form would misread the new one."""

Sources = Mapping[int, Source]


def as_json(found: Iterable[Diagnostic], sources: Sources) -> str:
    """Write findings as JSON of our own."""
    findings = [
        {
            "code": item.code,
            "severity": item.severity.name.lower(),
            "message": item.message,
            "times": item.times,
            **region(item.span, sources[item.span.source]),
            "fix": _fix(item.fix, sources),
            "book_toml": settled_by(item, sources) or None,
        }
        for item in found
    ]
    return json_text({"version": JSON_VERSION, "findings": findings})


def settled_by(item: Diagnostic, sources: Sources) -> str:
    """Give the lines of book.toml that settle or silence a finding; empty where there are none."""
    if item.paste or item.code[:3] == "CFG":
        return item.paste
    words = quotation(item.span, sources[item.span.source])
    return refusal(item.code, words) if words else ""


def _fix(fix: Fix | None, sources: Sources) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{**region(span, sources[span.source]), "text": text} for span, text in _edits(fix, sources)]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def _edits(fix: Fix, sources: Sources) -> Iterator[tuple[Span, str]]:
    """Give the edits of a fix: those of the file, or of what people see where nobody sees the markup."""
    for change in fix.changes:
        source = sources[change.span.source]
        if source.in_paragraphs:
            yield change.span, change.text
        else:
            yield from ((Span(source.key, start, end), text) for start, end, text in writings(change, source))


# --- SARIF -----------------------------------------------------------------------------------------------

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}


def as_sarif(found: Sequence[Diagnostic], sources: Sources) -> str:
    """Write findings as SARIF 2.1.0 (OASIS), the form that code hosts and editors read."""
    rules = sorted({item.code for item in found})
    results = [_result(item, rules.index(item.code), sources) for item in found]
    tool = {"name": "publish", "version": __version__, "rules": [_descriptor(RULES[code]) for code in rules]}
    run = {"tool": {"driver": tool}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.doc},
        "help": {"text": f"{rule.advice}\nThe whole page: publish rules {rule.code}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(item: Diagnostic, rule: int, sources: Sources) -> dict[str, Any]:
    source = sources[item.span.source]
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": _location(source)}}
    if source.in_paragraphs:
        where = source.where(item.span.start).removeprefix(f"{source.path}, ")
        place["logicalLocations"] = [{"fullyQualifiedName": where, "kind": "element"}]
    else:
        place["physicalLocation"]["region"] = _region(item.span, sources)
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": _LEVELS[item.severity],
        "message": {"text": item.told},
        "locations": [place],
        "partialFingerprints": {"words/v1": fingerprint(item, source)},
    }
    if item.fix and not source.in_paragraphs:
        result["fixes"] = [_sarif_fix(item.fix, sources)]
    return result


def _location(source: Source) -> dict[str, Any]:
    path = PurePath(source.path)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _region(span: Span, sources: Sources) -> dict[str, int]:
    source = sources[span.source]
    start, end = source.locate(span.start), source.locate(span.end)
    region = {"startLine": start.line, "startColumn": start.column}
    return region | {"endLine": end.line, "endColumn": end.column}


def _sarif_fix(fix: Fix, sources: Sources) -> dict[str, Any]:
    by_file: dict[int, list[dict[str, Any]]] = {}
    for span, text in _edits(fix, sources):
        replaced = {"deletedRegion": _region(span, sources), "insertedContent": {"text": text}}
        by_file.setdefault(span.source, []).append(replaced)
    changed = [
        {"artifactLocation": _location(sources[key]), "replacements": replaced}
        for key, replaced in by_file.items()
    ]
    return {"description": {"text": f"{fix.title} ({fix.safety.value})"}, "artifactChanges": changed}


# --- GitHub ----------------------------------------------------------------------------------------------

_COMMANDS = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


def as_github(found: Iterable[Diagnostic], sources: Sources) -> str:
    """Write findings as workflow commands, which GitHub shows beside the lines of a pull request.

    What the book has repaired already is left out: a thousand notices would bury the rest.
    """
    lines = []
    for item in found:
        rule = RULES[item.code]
        if rule.mended(item.severity):
            continue
        source = sources[item.span.source]
        facts = _annotated(item.span, source) | {"title": f"{item.code} {rule.name}"}
        told = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in facts.items())
        where = f"{source.where(item.span.start)}: " if source.in_paragraphs else ""
        message = _escaped(f"{where}{item.told} {rule.advice}")
        lines.append(f"::{_COMMANDS[item.severity]} {told}::{message}\n")
    return _SURROGATE.sub("\ufffd", "".join(lines))


def _annotated(span: Span, source: Source) -> dict[str, str | int]:
    """Give the place of an annotation; a file without lines is annotated as a whole."""
    place = region(span, source)
    facts: dict[str, str | int] = {"file": PurePath(source.path).as_posix()}
    if source.in_paragraphs:
        return facts
    facts |= {"line": place["line"], "col": place["column"]}
    return facts | {"endLine": place["end_line"], "endColumn": place["end_column"]}


def _escaped(text: str, also: str = "") -> str:
    return re.sub(f"[%\r\n{also}]", lambda match: f"%{ord(match[0]):02X}", text)


# --- Counts ----------------------------------------------------------------------------------------------


def _counted(found: Sequence[Diagnostic]) -> Iterator[tuple[str, Severity, int, Counter[Safety]]]:
    """Give of each rule and severity how often it was found, the most frequent first, and its fixes."""
    counts: Counter[tuple[str, Severity]] = Counter()
    fixes: defaultdict[tuple[str, Severity], Counter[Safety]] = defaultdict(Counter)
    for item in found:
        counts[item.code, item.severity] += item.times
        if item.fix:
            fixes[item.code, item.severity][item.fix.safety] += item.fixes
    for kind, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        yield *kind, count, fixes[kind]


def statistics(found: Sequence[Diagnostic]) -> str:
    """Write how often each rule found something, and what can be fixed."""
    lines = []
    for code, severity, count, fixes in _counted(found):
        told = ", ".join(f"{fixes[safety]:,} {safety}" for safety in Safety if fixes[safety])
        told = f"fixes: {told}" if told else ""
        lines.append(f"{count:>6,}  {code}  {severity.name.lower():7}  {RULES[code].name:26} {told}".rstrip())
    return "".join(f"{line}\n" for line in lines) or "Nothing to report.\n"


def statistics_json(found: Sequence[Diagnostic]) -> str:
    """Write the same counts as JSON."""
    rows = [
        {
            "code": code,
            "name": RULES[code].name,
            "severity": severity.name.lower(),
            "count": count,
            "fixes": fixes.total(),
        }
        for code, severity, count, fixes in _counted(found)
    ]
    return json_text({"version": JSON_VERSION, "statistics": rows})
