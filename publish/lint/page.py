"""The findings as one HTML page that needs nothing else, for reading and for handing on."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from publish.diagnostic import Diagnostic, Severity
from publish.lint.formats import settled_by
from publish.lint.report import entries, fixes, times, totals
from publish.lint.rule import RULES
from publish.lint.words import pictured
from publish.patterns import lazily
from publish.source import Place, Source

_NAMED = 4
"""Files that the title names."""
_SIDE = 160
"""Code points of the line that are shown on each side of a finding."""
_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_UNWRITABLE = lazily("[\ud800-\udfff]")


def filled(template: Path, parts: Mapping[str, str]) -> str:
    """Give a page of HTML; its colours and type are those that all pages share."""
    known = {"PALETTE": Path(__file__).with_name("page.css").read_text("utf-8"), **parts}
    return re.sub("%%([A-Z]+)%%", lambda match: known[match[1]], template.read_text("utf-8"))


def as_page(found: Sequence[Diagnostic], sources: Mapping[int, Source]) -> str:
    """Give the page; repairs of one kind that are many are told once, with their count."""
    parts = {
        "TITLE": _escaped(_title(found, sources)),
        "SUMMARY": _escaped(_summary(found)),
        "RULES": "".join(_rules(found)),
        "FINDINGS": "".join(_files(found, sources)) or "<p>Nothing to report.</p>",
    }
    return filled(Path(__file__).with_name("page.html"), parts)


def _title(found: Sequence[Diagnostic], sources: Mapping[int, Source]) -> str:
    """Give the names of the files in which something was found, the first few of many."""
    names = list(dict.fromkeys(Path(sources[item.span.source].path).name for item in found))
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest:,} more" if rest > 0 else "") or "Nothing to report"


def _summary(found: Sequence[Diagnostic]) -> str:
    fixable = fixes(found)
    return totals(found) + (f". Fixes in the files themselves: {fixable}." if fixable else "")


def _rules(found: Sequence[Diagnostic]) -> Iterator[str]:
    """Give the list of rules that found something, those that ask for a decision first."""
    counts = times(found)
    gravest = {code: max(item.severity for item in found if item.code == code) for code in counts}
    for code in sorted(counts, key=lambda code: (-gravest[code], code)):
        rule = RULES[code]
        yield (
            f'<label><input type="checkbox" checked value="{code}"><b>{code}</b>'
            f'<span class="count">{counts[code]:,}</span><small>{_escaped(rule.summary)}</small></label>\n'
        )


def _files(found: Sequence[Diagnostic], sources: Mapping[int, Source]) -> Iterator[str]:
    place = {key: at for at, key in enumerate(sources)}
    files = {item.span.source for item in found}
    by_file = sorted(found, key=lambda item: place[item.span.source])
    for key, items in groupby(by_file, key=lambda item: item.span.source):
        yield f"<h2>{_escaped(sources[key].title)}</h2>\n" if len(files) > 1 else ""
        for entry in entries(list(items), grouped=True):
            yield _finding(entry.first, entry.count, sources)


def _finding(item: Diagnostic, count: int, sources: Mapping[int, Source]) -> str:
    source = sources[item.span.source]
    start = source.locate(item.span.start)
    rule = RULES[item.code]
    lines = settled_by(item, sources)
    settled = (
        f"<details><summary>In book.toml</summary><pre>{_escaped(lines)}</pre></details>" if lines else ""
    )
    fix = f"<p>Fix ({item.fix.safety}): {_escaped(item.fix.title)}</p>" if item.fix and count == 1 else ""
    return (
        f'<article class="{_NAMES[item.severity]}" data-code="{item.code}">'
        f'<p class="where">{_where(start, source)}'
        f' · <abbr title="{_escaped(rule.summary)}">{item.code}</abbr> · {_NAMES[item.severity]}</p>'
        f'<p class="told">{_escaped(replace(item, times=count).told)}</p>{_excerpt(item, source)}'
        f"<p>{_escaped(rule.advice)}</p>{fix}{settled}</article>\n"
    )


def _where(place: Place, source: Source) -> str:
    if source.in_paragraphs:
        return f"paragraph {place.line}, character {place.column}"
    return f"line {place.line}, column {place.column}"


def _excerpt(item: Diagnostic, source: Source) -> str:
    """Give the words round a finding, its own marked; of a range over several lines the first line."""
    place, last = source.locate(item.span.start), source.locate(item.span.end)
    text = source.line_text(place.line)
    start, end = place.column - 1, last.column - 1 if last.line == place.line else len(text)
    before = ("…" if start > _SIDE else "") + text[max(0, start - _SIDE) : start]
    after = text[end : end + _SIDE] + ("…" if len(text) > end + _SIDE else "")
    within = text[start : min(end, start + 2 * _SIDE)]
    shown = f"{_escaped(before)}<mark>{_escaped(within)}</mark>{_escaped(after)}"
    return f"<blockquote>{shown}</blockquote>"


def _escaped(text: str) -> str:
    lines = (html.escape(pictured(line)) for line in _UNWRITABLE.sub("\ufffd", text).split("\n"))
    return "\n".join(lines)
