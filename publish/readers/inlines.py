"""Inline markup of Markdown, found in one pass with the offsets kept.

`*…*` and `_…_` are emphasis, `**…**` and `__…__` strong, by CommonMark's rules for what opens and what
closes; a row of more than three is text. Where these signs cannot stand (inside a word, side by side)
`[…]{.emphasis}` and `[…]{.strong}` can. `[…]{lang=fr}` says in which language words are, `[…]{.speaker}` who
speaks in the paragraph that begins so. A backslash before
ASCII punctuation makes it text; at a line's end it is a line break, as are two spaces there and `[]{.break}`
anywhere. `^[…]` is a note; it holds no other.
`^[…]{number=12}` has this number, whichever place it has among the notes of its division.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from publish.draft import (
    BREAK,
    EMPHASIS_OFF,
    EMPHASIS_ON,
    LANGUAGE_OFF,
    MARKS,
    NOTE_OFF,
    NOTE_ON,
    SPEAKER_OFF,
    SPEAKER_ON,
    STRONG_OFF,
    STRONG_ON,
    label_signs,
    language_mark,
)
from publish.source import Edit, Run, Span

SPAN_NAMES = {
    "emphasis": (EMPHASIS_ON, EMPHASIS_OFF),
    "strong": (STRONG_ON, STRONG_OFF),
    "speaker": (SPEAKER_ON, SPEAKER_OFF),
}
DEEPEST = 16
"""Markup nested deeper than this is text."""

_LANGUAGE = "[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"
_LONGEST_ROW = 3
_RULE = "markdown"
"""Stands for a rule in the edits below: markup is not a finding, nothing of it is logged."""


def scan(run: Run, line_end: re.Pattern[str]) -> tuple[Run, tuple[Span, ...]]:
    """Give the run with its markup turned into marks, and the ranges of the source that were markup.

    `run` is one unbroken slice of a source and may hold several lines; a line end becomes one space. Linear
    time.
    """
    edits = sorted(_edits(run.text, line_end), key=lambda edit: edit.start)
    spans = (run.span(edit.start, edit.end) for edit in edits if edit.text != " ")
    return run.apply(edits), tuple(span for span in spans if span)


def can_open(before: str, after: str, sign: str = "*") -> bool:
    """Tell whether a row of signs between two characters may begin emphasis; "" is the end of the text."""
    left, right = _flanks(before, after), _flanks(after, before)
    return left and (sign == "*" or not right or _is_punctuation(before))


def can_close(before: str, after: str, sign: str = "*") -> bool:
    """Tell whether a row of signs between two characters may end emphasis; "" is the end of the text."""
    return can_open(after, before, sign)


def _flanks(outside: str, inside: str) -> bool:
    if not inside or inside.isspace():
        return False
    return not _is_punctuation(inside) or not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"


class _Row(Struct):
    """A row of `*` or `_` and what is left of it."""

    serial: int
    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    length: int


class _Pair(Struct, frozen=True):
    """An opening and a closing sign that belong together."""

    opening: tuple[int, int]
    closing: tuple[int, int]
    marks: tuple[str, str]


class _Bracket(Struct, frozen=True):
    """An opening bracket, and how many rows stand before it."""

    start: int
    end: int
    rows: int
    note: bool


@cache
def _token_pattern(line_end: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<row>\*+|_+)|\\(?P<hard>(?:{line_end.pattern})[ \t]*)|(?P<escape>\\)[!-/:-@\[-`{{-~]"
        rf"|(?P<soft>(?:{line_end.pattern})[ \t]*)|(?P<break>\[\]\{{\.break\}})"
        rf"|(?P<open>\^?\[)|\](?:\{{\.(?P<close>emphasis|strong|speaker)\}}|\{{lang=(?P<lang>{_LANGUAGE})\}}"
        rf"|\{{number=(?P<number>[0-9]{{1,4}})\}})?|(?P<mark>[{MARKS}])"
    )


def _edits(text: str, line_end: re.Pattern[str]) -> Iterator[Edit]:
    rows: list[_Row] = []
    brackets: list[_Bracket] = []
    pairs: list[_Pair] = []
    done = 0
    for token in _token_pattern(line_end).finditer(text):
        start, end = token.span()
        match token.lastgroup:
            case "row":
                rows.append(_row(text, start, end, len(rows)))
            case "open":
                note = end - start > 1 and not any(bracket.note for bracket in brackets)
                brackets.append(_Bracket(start, end, len(rows), note))
            case "close" | "lang" | "number" | None:
                opening = brackets.pop() if brackets else None
                if opening and (pair := _bracketed(opening, token)):
                    pairs.append(pair)
                    pairs += _matched(rows[opening.rows :])
                    del rows[opening.rows :]
            case "soft":
                yield _line_end(text, _margin(text, start, done), start, end)
            case kind:
                yield Edit(start, end - (kind == "escape"), BREAK if kind in ("hard", "break") else "", _RULE)
        done = end
    yield from _marks([*pairs, *_matched(rows)])


def _bracketed(opening: _Bracket, closing: re.Match[str]) -> _Pair | None:
    """Give what a pair of brackets is; a note may be followed by the braces of something else."""
    start, end = closing.span()
    if opening.note:
        number = closing["number"] or ""
        marks = NOTE_ON, NOTE_OFF + label_signs(number)
        return _Pair((opening.start, opening.end), (start, end if number else start + 1), marks)
    if closing["close"]:
        return _Pair((opening.end - 1, opening.end), (start, end), SPAN_NAMES[closing["close"]])
    if closing["lang"]:
        marks = language_mark(closing["lang"]), LANGUAGE_OFF
        return _Pair((opening.end - 1, opening.end), (start, end), marks)
    return None


def _margin(text: str, end: int, lowest: int) -> int:
    """Give where the white space before `end` begins."""
    while end > lowest and text[end - 1] in " \t":
        end -= 1
    return end


def _line_end(text: str, margin: int, start: int, end: int) -> Edit:
    hard = text.endswith("  ", margin, start)
    return Edit(margin, end, BREAK if hard else " ", _RULE)


def _row(text: str, start: int, end: int, serial: int) -> _Row:
    before, after = text[start - 1 : start], text[end : end + 1]
    short = end - start <= _LONGEST_ROW
    opens = short and can_open(before, after, text[start])
    closes = short and can_close(before, after, text[start])
    return _Row(serial, start, end, text[start], opens, closes, end - start)


def _matched(rows: list[_Row]) -> Iterator[_Pair]:
    """Pair closing rows with the nearest opening rows that fit.

    `searched` remembers, for each sort of closing row, up to which row nothing fits; time stays linear.
    """
    open_rows: list[_Row] = []
    searched: dict[tuple[str, bool, int], int] = {}
    for row in rows:
        while row.closes and row.end > row.start:
            sort = (row.sign, row.opens, row.length % 3)
            found = _opening(open_rows, row, searched.get(sort, -1))
            if found < 0:
                searched[sort] = row.serial - 1
                break
            del open_rows[found + 1 :]
            yield _pair(open_rows[found], row)
            if open_rows[found].end == open_rows[found].start:
                open_rows.pop()
        if row.opens and row.end > row.start:
            open_rows.append(row)


def _opening(rows: list[_Row], closing: _Row, searched: int) -> int:
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        if row.serial <= searched:
            return -1
        if row.sign == closing.sign and not _clash(row, closing):
            return index
    return -1


def _clash(opening: _Row, closing: _Row) -> bool:
    """CommonMark's rule of three: `*a**b*` is one emphasis, its middle row is text."""
    if not (opening.closes or closing.opens) or (opening.length + closing.length) % 3:
        return False
    return bool(opening.length % 3 or closing.length % 3)


def _pair(opening: _Row, closing: _Row) -> _Pair:
    size = 2 if min(opening.end - opening.start, closing.end - closing.start) > 1 else 1
    opening.end -= size
    closing.start += size
    return _Pair(
        (opening.end, opening.end + size),
        (closing.start - size, closing.start),
        SPAN_NAMES["strong" if size > 1 else "emphasis"],
    )


def _marks(pairs: list[_Pair]) -> Iterator[Edit]:
    """Give the edits for all pairs, without those nested too deep."""
    ends: list[int] = []
    for pair in sorted(pairs, key=lambda pair: pair.opening):
        while ends and ends[-1] <= pair.opening[0]:
            ends.pop()
        ends.append(pair.closing[1])
        if len(ends) <= DEEPEST:
            yield Edit(*pair.opening, pair.marks[0], _RULE)
            yield Edit(*pair.closing, pair.marks[1], _RULE)
