r"""What stands before the text of a Markdown file and says what the book is.

    ---                     +++                      % The Long Winter     Title: The Long Winter
    title: The Long Winter  title = "The Long Winter"  % Ada Marsh         Author: Ada Marsh
    author: Ada Marsh       authors = ["Ada Marsh"]
    ---                     +++

YAML, TOML, the title block of pandoc and the head of MultiMarkdown, as far as they say simple things. A value
is the rest of its line, a string in quotation marks, a list in brackets of such values, or a list of lines
that begin with `-`; indented lines continue it, or are entries of their own (`name: Ada`, `role: editor`).
Keys have many names; those that say the same are one here. What does not have one of these forms is text.
"""

import json
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publish.diagnostic import Diagnostic, Severity
from publish.document import ROLES
from publish.patterns import lazily
from publish.source import Edit, Run, Source, Span, space_between

_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_TOML = re.compile(r"\+\+\+[ \t]*")
_KEY = lazily(r"[\"']?([A-Za-z][\w-]*)[\"']?[ \t]*:(?:[ \t]+|$)")
_HEAD_KEY = lazily(r"([A-Za-z][\w-]*(?: [\w-]+){0,3})[ \t]*:(?:[ \t]+|$)")
_TOML_KEY = lazily(r"[ \t]*[\"']?([A-Za-z][\w.-]*)[\"']?[ \t]*=[ \t]*")
_TOML_TABLE = re.compile(r"[ \t]*\[\[?[\w.\"'-]+\]\]?[ \t]*")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+|$)")
_INNER = lazily(r"[ \t]*(?:-[ \t]+)?([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+|$)")
_FOLD = re.compile(r"[|>][+-]?")
_ENTRY = lazily(r"""[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'\[\]]+)[ \t]*(?:,|$)""")
_ESCAPE = lazily(
    r"""\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]"""
)
_TITLE_BLOCK = ("title", "author", "date")
_LONGEST_HEAD = 40
"""Lines in which the head of MultiMarkdown ends."""
_KNOWN = {
    "lang": "language",
    "locale": "language",
    **dict.fromkeys(("authors", "creator", "creators", "by", "byline", "writer"), "author"),
    **{f"{role}s": role for role in ROLES if role != "author"},
    **dict.fromkeys(("pubdate", "published", "publishdate", "publication-date", "publication_date"), "date"),
    **dict.fromkeys(("tags", "keywords", "categories", "category", "subjects", "genre", "genres"), "subject"),
    **dict.fromkeys(("abstract", "summary", "synopsis", "blurb"), "description"),
    **dict.fromkeys(("copyright", "license", "licence"), "rights"),
    **dict.fromkeys(("series_number", "series_index", "series-index", "volume"), "series-number"),
    "collection": "series",
    "file_as": "file-as",
    "sort": "file-as",
}
"""Other names of keys."""
_LISTS = frozenset({"authors", "tags", "keywords", "categories", "subjects", "genres"})
"""Keys whose values stand between commas, without brackets."""
_HEADS = frozenset({"title", "author", "subtitle", "authors"})
"""One of them begins a head without fence."""
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dXx]")


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
    if _FENCE.fullmatch(first):
        return _yaml(source)
    if _TOML.fullmatch(first):
        return _toml(source)
    if first.startswith("% "):
        return _title_block(source)
    head = _KEY.match(first)
    return _head(source) if head and head[1].lower() in _HEADS else NONE


def _lines(source: Source, first: int) -> Iterator[tuple[int, Run]]:
    """Give the lines of a file from one on, with their numbers."""
    whole = source.run()
    bounds = source.line_bounds()[first - 1 :]
    yield from ((number, whole.slice(*line)) for number, line in enumerate(bounds, first))


class _Values:
    """The values read so far, and the entry that is open."""

    def __init__(self) -> None:
        self.all: list[tuple[str, Run]] = []
        self.key = ""
        self.parts: list[tuple[str, Run]] = []
        """Of the entry that is open."""

    def begin(self, key: str, run: Run) -> None:
        self.close()
        self.key = key.lower()
        self.add(run)

    def add(self, run: Run) -> None:
        self.all += [item for entry in _entries(run, self.key) for item in _stated(self.key, entry)]

    def item(self, run: Run) -> None:
        """Take in an entry of a list of lines, which may have keys of its own."""
        self.close()
        if not self._inner(run):
            self.add(run)

    def indented(self, run: Run) -> None:
        """Take in a further line of a value."""
        goes_on = not self.parts and self.all and self.all[-1][0] == _KNOWN.get(self.key, self.key)
        if goes_on or not self._inner(run):
            self._continue(run)

    def _inner(self, run: Run) -> bool:
        found = _INNER.match(run.text)
        if found is None:
            return False
        self.parts.append((found[1].lower(), _plain(run.slice(found.end(), len(run)).strip())))
        return True

    def _continue(self, run: Run) -> None:
        key = _KNOWN.get(self.key, self.key)
        if self.all and self.all[-1][0] == key:
            before = self.all.pop()[1]
            run = Run.join((before, space_between(before, run), run))
        self.all.append((key, run))

    def close(self) -> None:
        """End the entry that is open: who does what, or which of several titles it is."""
        parts, self.parts = dict(self.parts), []
        named = next((key for key in ("name", "text", "value", "title", "family") if key in parts), "")
        outer = _KNOWN.get(self.key, self.key)
        if not named:
            self.all += parts.items()
            return
        name = parts[named]
        if named == "family" and "given" in parts:
            name = Run.join((parts["given"], Run(" "), name))
        stated = parts.get("role", parts.get("type", Run(""))).text.lower()
        known = {**_KNOWN, **{code: role for role, code in ROLES.items()}}
        role = known.get(stated, stated)
        self.all.append((role if role in (*ROLES, "subtitle") else outer, name))
        self.all += [("file-as", parts[key]) for key in ("file-as", "file_as") if key in parts]
        self.all += [("series-number", parts[key]) for key in ("number", "index") if key in parts]


def _yaml(source: Source) -> FrontMatter:
    values = _Values()
    for number, run in _lines(source, 2):
        line = run.text
        if _END.fullmatch(line):
            values.close()
            return _result(source, values.all, number)
        if not line.strip() or line.startswith("#"):
            continue
        if match := _KEY.match(line):
            values.begin(match[1], run.slice(match.end(), len(run)).strip())
        elif values.key and (match := _ITEM.match(line)):
            values.item(run.slice(match.end(), len(run)).strip())
        elif values.key and line[0] in " \t":
            values.indented(run.strip())
        else:
            return NONE
    return NONE


def _toml(source: Source) -> FrontMatter:
    """Read TOML: a list may run over several lines; the tables that programs keep their own things in go."""
    values = _Values()
    listed = False
    for number, run in _lines(source, 2):
        line = run.text
        if _TOML.fullmatch(line):
            return _result(source, values.all, number)
        match = _TOML_KEY.match(line)
        if listed:
            listed = not line.rstrip().endswith("]")
            values.add(run.strip(" \t,]"))
        elif match:
            value = run.slice(match.end(), len(run)).strip()
            listed = value.text.startswith("[") and not value.text.endswith("]")
            values.begin(match[1].rpartition(".")[2], value.strip("[ \t") if listed else value)
        elif line.strip() and not _TOML_TABLE.fullmatch(line) and not line.lstrip().startswith("#"):
            return NONE
    return NONE


def _title_block(source: Source) -> FrontMatter:
    """Read the title block of pandoc: title, authors between semicolons, date."""
    values: list[tuple[str, Run]] = []
    number, place = 1, -1
    for number, run in _lines(source, 1):  # noqa: B007 (the last is the first line of text)
        line = run.text
        if line.startswith("%") and place + 1 < len(_TITLE_BLOCK):
            place += 1
            inner = run.slice(1, len(run)).strip()
        elif line.strip() and line[0] in " \t" and place >= 0:
            inner = run.strip()
        else:
            break
        key = _TITLE_BLOCK[place]
        if key == "title" and values and inner.text:
            before = values.pop()[1]
            inner = Run.join((before, space_between(before, inner), inner))
        bounds = [match.span() for match in re.finditer(r"[^;]+", inner.text)] if place == 1 else []
        for start, end in bounds or [(0, len(inner))] if inner.text else []:
            values.append((key, inner.slice(start, end).strip()))
    return _result(source, values, number - 1)


def _head(source: Source) -> FrontMatter:
    """Read the head of MultiMarkdown, which ends at the first blank line: every line is a key, or set in."""
    values = _Values()
    for number, run in _lines(source, 1):
        line = run.text.removeprefix("\ufeff")
        if not line.strip():
            return _result(source, values.all, number - 1)
        if match := _HEAD_KEY.match(run.text) or (number == 1 and _HEAD_KEY.match(line)) or None:
            shift = len(run) - len(line) if number == 1 else 0
            values.begin(match[1], run.slice(match.end() + shift * (match.string is line), len(run)).strip())
        elif line[0] in " \t" and values.key:
            values.indented(run.strip())
        else:
            return NONE
        if number > _LONGEST_HEAD:
            return NONE
    return NONE


def _stated(key: str, value: Run) -> Iterator[tuple[str, Run]]:
    """Give a value under the key that the program knows for it."""
    known = _KNOWN.get(key, key)
    if known == "isbn" and _ISBN.fullmatch(re.sub("[ -]", "", value.text)):
        parted = [Edit(*match.span(), "-", "") for match in re.finditer(" ", value.text)]
        yield "identifier", value.apply([Edit(0, 0, "urn:isbn:", ""), *parted])
    elif known == "language":
        yield known, value.apply([Edit(*m.span(), "-", "") for m in re.finditer("_", value.text)])
    else:
        yield known, value


def _result(source: Source, values: Sequence[tuple[str, Run]], lines: int) -> FrontMatter:
    end = source.line_starts[lines] if lines < len(source.line_starts) else len(source.text)
    kept = (Span(source.key, p.start, p.end) for _, value in values for p in value.pieces if p.exact)
    return FrontMatter(tuple(values), tuple(_between(sorted(kept), Span(source.key, 0, end))), lines)


def _between(kept: Sequence[Span], whole: Span) -> Iterator[Span]:
    done = whole.start
    for span in kept:
        if span.start > done:
            yield Span(whole.source, done, span.start)
        done = max(done, span.end)
    if done < whole.end:
        yield Span(whole.source, done, whole.end)


def _entries(run: Run, key: str) -> Iterator[Run]:
    text = run.text
    if not text or _FOLD.fullmatch(text):
        return
    entries = list(_listed(text, 1, len(text) - 1)) if text[0] == "[" and text[-1] == "]" else []
    if not entries and key in _LISTS and "," in text:
        entries = list(_listed(text, 0, len(text)))
    for start, end in entries or [(0, len(text))]:
        yield _plain(run.slice(start, end))


def _listed(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
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
    return inner.apply([Edit(*m.span(), "'", "") for m in re.finditer("''", inner.text)])


def unescaped(run: Run) -> Run:
    """Give the inside of a string in double quotes with its escapes, those of JSON, resolved."""
    return run.apply([Edit(*m.span(), json.loads(f'"{m[0]}"'), "") for m in _ESCAPE.finditer(run.text)])


def refusal(value: Run) -> tuple[str, Run]:
    """Give a repair that the file refuses: a rule's code, and the text where it is not wanted."""
    rule, _, _ = value.text.partition(" ")
    return rule, value.slice(len(rule) + 1, len(value))


_OURS = {"order": "kept", "generator": "publish", "pages": "marked"}
"""What `publish` says of how it wrote a file, and below it the keys that a book has."""
_BOOKS = {*"title subtitle language date identifier publisher rights description series".split(), *ROLES}
_BOOKS |= {"series-number", "file-as", "subject", "certifier", "credit"}


class Parted(Struct):
    """What front matter says, less what says how `publish` wrote the file; and what of it no book has."""

    values: list[tuple[str, Run]]
    ours: list[Span]
    findings: list[Diagnostic]
    kept: bool
    """The divisions stand in the book's order."""
    repaired: bool
    """`publish` wrote the file."""
    paged: bool
    """So it did, and marked where pages of print begin."""


def parted(front: FrontMatter) -> Parted:
    """Part what front matter says by whom it concerns."""
    stated = {(key, value.text) for key, value in front.values}
    repaired = ("generator", "publish") in stated
    paged = repaired and ("pages", "marked") in stated
    found = Parted([], [], [], ("order", "kept") in stated, repaired, paged)
    for key, value in front.values:
        span = value.span(0, len(value))
        if span and (key == "refuse" or _OURS.get(key) == value.text or (repaired and key == "digest")):
            found.ours.append(span)
            continue
        found.values.append((key, value))
        if span and key not in _BOOKS:
            message = f"The file says “{key}” of itself; no book has it."
            found.findings.append(Diagnostic("STR052", Severity.INFO, message, span))
    return found
