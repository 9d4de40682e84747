"""The lines between `---` and `---` at the top of a Markdown file: `key: value`.

A value is the rest of its line, a string in double quotes as in JSON or in single quotes, a list in brackets
of such values, or a list of lines that begin with `-`; indented lines continue it. What does not have this
form is text.
"""

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from publish.source import Edit, Run, Source, Span, space_between

_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+|$)")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+|$)")
_FOLD = re.compile(r"[|>][+-]?")
_ENTRY = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'\[\]]+)[ \t]*(?:,|$)""")
_ESCAPE = re.compile(
    r"""\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]"""
)


class FrontMatter(Struct, frozen=True):
    """What stands before the text of a file."""

    values: tuple[tuple[str, Run], ...]
    """Key in lower case and value, in the file's order; a key with a list stands once for each entry."""
    syntax: tuple[Span, ...]
    """What is not value."""
    lines: int
    """How many lines of the file it takes up; 0 where the file has none."""


NONE = FrontMatter((), (), 0)


def read(source: Source) -> FrontMatter:
    """Give the front matter of a file."""
    first = source.line_text(1).removeprefix("\ufeff")
    if not _FENCE.fullmatch(first):
        return NONE
    values: list[tuple[str, Run]] = []
    key = ""
    for number in range(2, len(source.line_starts) + 1):
        line = source.line_text(number)
        run = source.run().slice(start := source.line_starts[number - 1], start + len(line))
        if _END.fullmatch(line):
            return _result(source, values, number)
        if not line.strip() or line.startswith("#"):
            continue
        if match := _KEY.match(line):
            key = match[1].lower()
            values += [(key, value) for value in _entries(run.slice(match.end(), len(line)).strip())]
        elif key and (match := _ITEM.match(line)):
            values += [(key, value) for value in _entries(run.slice(match.end(), len(line)).strip())]
        elif key and line[0] in " \t":
            _continue(values, key, run.strip())
        else:
            return NONE
    return NONE


def _result(source: Source, values: list[tuple[str, Run]], lines: int) -> FrontMatter:
    end = source.line_starts[lines] if lines < len(source.line_starts) else len(source.text)
    kept = (Span(source.key, p.start, p.end) for _, value in values for p in value.pieces if p.exact)
    return FrontMatter(tuple(values), tuple(_between(kept, Span(source.key, 0, end))), lines)


def _between(kept: Iterator[Span], whole: Span) -> Iterator[Span]:
    done = whole.start
    for span in kept:
        if span.start > done:
            yield Span(whole.source, done, span.start)
        done = span.end
    if done < whole.end:
        yield Span(whole.source, done, whole.end)


def _continue(values: list[tuple[str, Run]], key: str, run: Run) -> None:
    if values and values[-1][0] == key:
        before = values.pop()[1]
        run = Run.join((before, space_between(before, run), run))
    values.append((key, run))


def _entries(run: Run) -> Iterator[Run]:
    text = run.text
    if not text or _FOLD.fullmatch(text):
        return
    entries = list(_listed(text)) if text[0] == "[" and text[-1] == "]" else []
    for start, end in entries or [(0, len(text))]:
        yield _plain(run.slice(start, end))


def _listed(text: str) -> Iterator[tuple[int, int]]:
    at, end = 1, len(text) - 1
    while at < end:
        match = _ENTRY.match(text, at, end)
        if not match:
            return
        yield match.start(1), match.start(1) + len(match[1].rstrip())
        at = match.end()


def _plain(run: Run) -> Run:
    """Give a value without its quotation marks and escapes."""
    text, sign = run.text, run.text[:1]
    if len(text) < 2 or sign not in "\"'" or text[-1] != sign:
        return run
    inner = run.slice(1, len(text) - 1)
    if sign == '"':
        return unescaped(inner)
    return inner.apply([Edit(m.start(), m.end(), "'", "") for m in re.finditer("''", inner.text)])


def unescaped(run: Run) -> Run:
    """Give the inside of a string in double quotes with its escapes, those of JSON, resolved."""
    return run.apply(
        [Edit(m.start(), m.end(), json.loads(f'"{m[0]}"'), "") for m in _ESCAPE.finditer(run.text)]
    )
