"""Places in the author's files, named by the words that stand there.

Line numbers change with every edit of the manuscript; words stay. A quoted passage is looked for as it is
written, white space of any kind alike; where it stands nowhere, by its letters and figures alone, so that a
passage may be quoted before or after its dashes, quotation marks, spaces and broken words were repaired.
"""

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import unescape

from publish.patterns import lazily
from publish.source import Source, Span

_BETWEEN = r"[\W_]*"

Body = tuple[Source, int]
"""A file, and where its text begins: front matter may quote what it wants left alone."""


def letters(text: str) -> str:
    """Give the letters and figures of a text, or all its signs where it has none, without white space.

    >>> letters("Wait -- no"), letters("* * *")
    ('Waitno', '***')
    """
    return "".join(filter(str.isalnum, text)) or "".join(text.split())


def by_letters(quote: str) -> re.Pattern[str]:
    """Give the pattern that finds a passage by its letters and figures; see `letters`.

    An accent may stand in the letter or, as some programs write it, behind it.
    """
    wanted = letters(quote)
    if not wanted.isalnum():
        return re.compile(r"\s*".join(re.escape(sign) for sign in wanted))
    # The signs at the ends may be written otherwise too; bounded, so that rows of them take no square time.
    before = "" if quote.strip()[0].isalnum() else r"[^\w\s]{0,8}"
    after = "" if quote.strip()[-1].isalnum() else r"(?: ?[^\w\s]){0,8}"
    return re.compile(before + _BETWEEN.join(_letter(character) for character in wanted) + after)


def _letter(character: str) -> str:
    plain = unicodedata.normalize("NFD", character)[:1]
    return f"[{character}{plain}]" if plain != character else re.escape(character)


_AROUND = 28
"""Characters beside a passage that are quoted with it, about four words."""
_HALVES = lazily("[\ud800-\udfff]")
"""Halves of characters end a quotation, since TOML has no form for them."""
_TAG = lazily("<[^<>]*>")
_UNWRITABLE = lazily("[\ud800-\udfff\r\n]")
"""So do line ends, where a quotation tells what stands beside a passage."""


def quotation(span: Span, source: Source) -> str:
    """Give the words of a file with which a range of it can be named: its own and some beside it.

    Empty where nothing of it can be written down.
    """
    text, start, end = source.visible.text, source.seen(span.start), source.seen(span.end)
    words = text[start:end].rstrip("\r\n")
    end = start + len(words) if words.strip() else end
    typed = source.text[span.start : span.end] if start == end else ""
    whole = " ".join((text[start:end] or unescape(_TAG.sub(" ", typed))).split())
    if typed and whole:
        return _HALVES.split(whole[: 2 * _AROUND])[0].strip()
    if len(whole) > 2 * _AROUND:
        first = _HALVES.split(whole[: 2 * _AROUND])[0]
        return first.rsplit(" ", 1)[0].strip() if len(first) == 2 * _AROUND else first.strip()
    inner = text[start:end]
    before = _UNWRITABLE.split(text[max(0, start - _AROUND) : start])[-1]
    after = _UNWRITABLE.split(text[end : end + _AROUND])[0]
    if len(before) == _AROUND:
        before = before[before.find(" ") + 1 :]
    if len(after) == _AROUND:
        after = after[: after.rfind(" ") + 1]
    if _LINE_END.search(inner):
        inner = whole or " "
    quote = f"{before}{inner}{after}"
    return "" if _UNWRITABLE.search(quote) else quote.strip()


def json_text(document: object) -> str:
    """Write a document as JSON; lone surrogates, for which UTF-8 has no form, as escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return _HALVES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def toml_text(text: str) -> str:
    """Give a text as book.toml has it, on one line."""
    return json.dumps(" ".join(text.split(" ")), ensure_ascii=False).replace("\x7f", "\\u007f")


def refusal(rule: str, quote: str) -> str:
    """Give the lines of book.toml that refuse a rule at a place."""
    return f"[[refuse]]\nrule = {toml_text(rule)}\ntext = {toml_text(quote)}"


def decision(text: str, what: str) -> str:
    """Give the lines of book.toml that say what a line of the manuscript is."""
    return f'[[decide]]\ntext = {toml_text(text)}\nis = "{what}"'


_LINE_END = re.compile("[\r\n]")


class Place:
    """All places of one quoted passage."""

    def __init__(self, quote: str, bodies: Sequence[Body]) -> None:
        """Look the passage up; one that stands in no file as quoted may yet be met when it is repaired."""
        self.quote = quote
        self.bodies = bodies
        self.pattern = by_letters(quote)
        self._starts: dict[int, list[int]] = {}
        self._ends: dict[int, list[int]] = {}
        # White space of any kind may stand between the words.
        written = re.compile(r"\s+".join(map(re.escape, quote.split())))
        found = _matches(written, bodies) or _matches(self.pattern, bodies)
        # What nobody reads has a place all the same: a word above others, the address of a picture.
        found = found or _matches(written, [body for body in bodies if body[0].layout], typed=True)
        self.spans: list[Span] = []
        for span in found:
            self.add(span)
        self.in_files = bool(found)
        """The passage stands in the author's files; else only in repaired text, if anywhere."""

    def add(self, span: Span) -> None:
        """Note one more range; ranges of one source come in their order and do not overlap."""
        self.spans.append(span)
        self._starts.setdefault(span.source, []).append(span.start)
        self._ends.setdefault(span.source, []).append(span.end)

    def touches(self, span: Span) -> bool:
        """Tell whether a range overlaps the passage; an empty one may also stand at its edge."""
        starts, ends = self._starts.get(span.source, []), self._ends.get(span.source, [])
        if span.start == span.end:
            at = bisect_left(ends, span.start)
            return at < len(ends) and starts[at] <= span.start
        at = bisect_right(ends, span.start)
        return at < len(ends) and starts[at] < span.end

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the ranges of the passage in repaired text."""
        return (match.span() for match in self.pattern.finditer(text) if match.end() > match.start())


def overlap(a: Span, b: Span) -> bool:
    """Tell whether two ranges share text; an empty one may also stand at the other's edge."""
    if a.source != b.source:
        return False
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end


def _matches(pattern: re.Pattern[str], bodies: Sequence[Body], *, typed: bool = False) -> list[Span]:
    """Give the ranges of a passage in what people read of some files, or in these as they are typed."""
    runs = [(source.run(), at) if typed else (source.visible, source.seen(at)) for source, at in bodies]
    return [
        span
        for run, start in runs
        for match in pattern.finditer(run.text, start)
        if match.end() > match.start() and (span := run.span(*match.span()))
    ]


def region(span: Span, source: Source) -> dict[str, str | int]:
    """Give a place for programs: `file`, `line`, `column`, `end_line`, `end_column`.

    They count from 1, in code points; ends are exclusive. In a document of a word processor they count
    paragraphs and characters of these, which `unit` ("paragraph") says; `member` is the part of the archive.
    """
    start, end = source.locate(span.start), source.locate(span.end)
    place: dict[str, str | int] = {"file": source.path}
    if source.member:
        place["member"] = source.member
    if source.in_paragraphs:
        place["unit"] = "paragraph"
    place |= {"line": start.line, "column": start.column}
    return place | {"end_line": end.line, "end_column": end.column}
