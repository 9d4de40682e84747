"""Findings as an author reads them on a terminal."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostic import Diagnostic, Safety, Severity
from publish.lint.repairs import GATHERED_FROM
from publish.lint.rule import RULES
from publish.lint.words import cells, pictured
from publish.source import Source, Span

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "cyan"}
_NARROWEST = 40
_INDENT = " " * 6

Piece = tuple[str, str]
"""A stretch of a line and the style in which a terminal shows it."""


class Entry(Struct, frozen=True):
    """What the text report tells at once: one finding, or all repairs of one kind in a file."""

    first: Diagnostic
    count: int = 1


def as_text(
    found: Sequence[Diagnostic], sources: Mapping[int, Source], *, width: int = 100, grouped: bool = True
) -> str:
    """Write findings for reading; `grouped` tells repairs of one kind that are many in one entry."""
    lines = _report(found, sources, max(_NARROWEST, width), grouped=grouped)
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def show(
    found: Sequence[Diagnostic], sources: Mapping[int, Source], stream: IO[str], *, grouped: bool = True
) -> None:
    """Write findings to a stream: in colour and as wide as the window where it is a terminal."""
    if not stream.isatty():
        stream.write(as_text(found, sources, grouped=grouped))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for line in _report(found, sources, max(_NARROWEST, console.width), grouped=grouped):
        console.print(Text.assemble(*line), soft_wrap=True)


def _report(
    found: Sequence[Diagnostic], sources: Mapping[int, Source], width: int, *, grouped: bool
) -> Iterator[list[Piece]]:
    """Give the lines of the report: by file, first what asks for a decision, then what is for information."""
    place = {key: at for at, key in enumerate(sources)}
    by_file = sorted(found, key=lambda item: place[item.span.source])
    for key, items in groupby(by_file, key=lambda item: item.span.source):
        shown: Span | None = None
        advised: set[str] = set()
        for entry in entries(list(items), grouped=grouped):
            yield from _head(entry, sources[key], width)
            if entry.first.span != shown:
                yield from _excerpt(entry.first, sources[key], width)
            shown = entry.first.span
            yield from _advice(entry, advised)
            yield []
    yield from _summary(found, sources)


def entries(items: list[Diagnostic], *, grouped: bool) -> Iterator[Entry]:
    """Give what is told of one file: what asks for a decision first; `grouped`: alike repairs once."""
    counts = times(item for item in items if _is_repair(item))
    told: set[str] = set()
    for item in sorted(items, key=lambda item: item.severity == Severity.INFO):
        if not grouped or not _is_repair(item) or counts[item.code] < GATHERED_FROM:
            yield Entry(item, item.times)
        elif item.code not in told:
            told.add(item.code)
            yield Entry(item, counts[item.code])


def times(items: Iterable[Diagnostic]) -> Counter[str]:
    """Count the places of each rule."""
    counts: Counter[str] = Counter()
    for item in items:
        counts[item.code] += item.times
    return counts


def _is_repair(item: Diagnostic) -> bool:
    return RULES[item.code].mended(item.severity)


def _head(entry: Entry, source: Source, width: int) -> Iterator[list[Piece]]:
    item = entry.first
    where = pictured(source.where(item.span.start))
    label = f"{item.code} {item.severity.name.lower()}"
    told = pictured(replace(item, times=entry.count).told)
    taken = " " * (len(where) + len(label) + 4)
    first, *rest = textwrap.wrap(taken.replace(" ", "x") + told, width, break_long_words=False) or [taken]
    yield [
        (where, "bold"),
        ("  ", ""),
        (label, _STYLES[item.severity]),
        ("  ", ""),
        (first[len(taken) :], ""),
    ]
    for line in textwrap.wrap(" ".join(rest), width - len(_INDENT), break_long_words=False):
        yield [(_INDENT + line, "")]


def _advice(entry: Entry, advised: set[str]) -> Iterator[list[Piece]]:
    """Give the advice of the rule, once in a file for each rule."""
    item = entry.first
    rule = RULES[item.code]
    if entry.count > 1:
        yield [(f"{_INDENT}{rule.summary} To see all: --select {item.code}", "dim")]
    elif item.code not in advised and not (_is_repair(item) and rule.repairs):
        yield [(_INDENT + rule.advice, "dim")]
    if item.paste:
        yield [(f"{_INDENT}In book.toml:", "dim")]
        yield from ([(f"{_INDENT}    {pictured(line)}", "")] for line in item.paste.splitlines())
    advised.add(item.code)


def _excerpt(item: Diagnostic, source: Source, width: int) -> Iterator[list[Piece]]:
    """Give the source line, cut to the width round the place, and the carets below the range."""
    start, end = source.locate(item.span.start), source.locate(item.span.end)
    line = source.line_text(start.line)
    first = min(start.column - 1, len(line))
    last = end.column - 1 if end.line == start.line else len(line)
    last = max(first, min(last, len(line)))
    number = f"{start.line:>5} │ "
    text, indent, length = window(line, first, last, width - len(number))
    style, unit = _STYLES[item.severity], "paragraph" if source.in_paragraphs else "line"
    marks = "^" * max(1, length) + (f" to {unit} {end.line}" if end.line > start.line + 1 else "")
    yield [(number, "dim"), (text, "")]
    yield [(" " * (len(number) - 2) + "│ ", "dim"), (" " * indent + marks, style)]


def window(line: str, first: int, last: int, width: int) -> tuple[str, int, int]:
    """Cut a line so that `line[first:last]` shows in at most `width` columns of a terminal.

    Gives the cut text, and in columns of the terminal where the range begins in it and how long it is; a
    range that is longer than the window is cut at the right.
    """
    room = max(10, width - 2)
    sizes = [cells(character) for character in pictured(line[max(0, first - room) : first + 2 * room])]
    offset = max(0, first - room)
    begin, stop = first - offset, min(last - offset, len(sizes))
    left, right, used = begin, begin, 0
    while right < len(sizes) and used + sizes[right] <= room and (right < stop or used < room // 2):
        used += sizes[right]
        right += 1
    while left > 0 and used + sizes[left - 1] <= room:
        left -= 1
        used += sizes[left]
    while right < len(sizes) and used + sizes[right] <= room:
        used += sizes[right]
        right += 1
    head = "…" if offset + left > 0 else ""
    tail = "…" if offset + right < len(line) else ""
    text = head + pictured(line[offset + left : offset + right]) + tail
    return text, len(head) + sum(sizes[left:begin]), sum(sizes[begin : min(stop, right)])


def _summary(found: Sequence[Diagnostic], sources: Mapping[int, Source]) -> Iterator[list[Piece]]:
    """Give the closing lines: what is to be looked at, and how much the book has already."""
    if not found:
        yield [("Nothing to report.", "bold green")]
        return
    yield [(totals(found), "bold")]
    yield from _agenda([item for item in found if item.severity > Severity.INFO], sources)
    if any(_is_repair(item) for item in found):
        yield [("The repairs are made in the book; the files are as they were.", "dim")]
    if fixable := fixes(found):
        yield [(f"In the files too: {fixable}; --diff shows them.", "dim")]


def _agenda(asked: Sequence[Diagnostic], sources: Mapping[int, Source]) -> Iterator[list[Piece]]:
    """Give what asks for a decision, by rules: what the author alone can do before what the book has."""
    kinds: dict[str, list[Diagnostic]] = {}
    for item in asked:
        kinds.setdefault(item.code, []).append(item)
    rows = sorted(kinds.items(), key=lambda row: (_is_repair(row[1][0]), -row[1][0].severity, -len(row[1])))
    if rows:
        yield [("To look at:", "bold")]
    for code, items in rows[:_AGENDA]:
        first, times = items[0], sum(item.times for item in items)
        places = sources[first.span.source].where(first.span.start)
        done = ", mended in the book" if _is_repair(first) else ""
        many = f"{times:,} times, first in " if times > 1 else ""
        yield [(f"  {code}  {RULES[code].name.replace('-', ' ')}: {many}{pictured(places)}{done}", "")]
    if len(rows) > _AGENDA:
        yield [(f"  and {len(rows) - _AGENDA} kinds more; --statistics counts all", "")]
    if rows:
        yield [(f"What a code means and what to do: publish rules {rows[0][0]}", "dim")]


_AGENDA = 12


def totals(found: Sequence[Diagnostic]) -> str:
    """Tell how many findings there are of each kind."""
    counts: Counter[Severity] = Counter()
    for item in found:
        counts[item.severity] += item.times
    done = Counter[Severity]()
    for item in filter(_is_repair, found):
        done[item.severity] += item.times
    repairs, mended = done[Severity.INFO], done[Severity.WARNING]
    warnings = _counted(counts[Severity.WARNING], "warning")
    parts = (
        _counted(counts[Severity.ERROR], "error"),
        warnings + (f" ({mended:,} of them mended in the book)" if mended else ""),
        _counted(counts[Severity.INFO] - repairs, "note"),
        _counted(repairs, "repair"),
    )
    return " · ".join(part for part in parts if part)


def fixes(found: Sequence[Diagnostic]) -> str:
    """Tell what could be fixed in the files, and with which options."""
    counts: Counter[Safety] = Counter()
    for item in found:
        if item.fix:
            counts[item.fix.safety] += item.fixes
    options = {Safety.SAFE: "--fix", Safety.UNSAFE: "--unsafe-fixes"}
    parts = (
        f"{_counted(counts[safety], f'{safety} fix', 'es')} ({option})"
        for safety, option in options.items()
        if counts[safety]
    )
    return ", ".join(parts)


def _counted(count: int, noun: str, plural: str = "s") -> str:
    return f"{count:,} {noun}{plural if count != 1 else ''}" if count else ""
