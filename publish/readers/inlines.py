"""Inline markup of Markdown, found in one pass with the offsets kept.

`*…*` and `_…_` are emphasis, `**…**` and `__…__` strong, by CommonMark's rules for what opens and what
closes; a row of more than three is text. Where these signs cannot stand (inside a word, side by side)
`[…]{.emphasis}` and `[…]{.strong}` can. `[…]{lang=fr}` says in which language words are, `[…]{.speaker}` who
speaks in the paragraph that begins so. A backslash before
ASCII punctuation makes it text; at a line's end it is a line break, as are two spaces there and `[]{.break}`
anywhere. `^[…]` is a note; it holds no other.
`^[…]{number=12}` has this number, whichever place it has among the notes of its division.

Between backticks nothing is markup, and nothing is set. Links, `==marks==`, `~~struck words~~`, tracked
changes (CriticMarkup: `{++new++}`, `{--old--}`, `{~~old~>new~~}`, `{==mark==}`, `{>>comment<<}`) and tags of
HTML that a book has no use for are left to the normalizer, each between two `ASIDE`: it takes them out and
logs them, so that the author sees what was there, and may keep it. See `readers.links`.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cache

from msgspec import Struct

from publish.draft import (
    ASIDE,
    BREAK,
    CODE,
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
from publish.readers import links
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


def scan(run: Run, line_end: re.Pattern[str], known: Collection[str] = ()) -> tuple[Run, tuple[Span, ...]]:
    """Give the run with its markup turned into marks, and the ranges of the source that were markup.

    `run` is one unbroken slice of a source and may hold several lines; a line end becomes one space. `known`
    are the names, folded, to which the file gives an address. Linear time.
    """
    edits = sorted(_Scan(run.text, line_end, known).edits(), key=lambda edit: (edit.start, edit.end))
    spans = (run.span(edit.start, edit.end) for edit in edits if edit.text != " " and edit.end > edit.start)
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
    """An opening bracket or tag, and how many rows stand before it."""

    start: int
    end: int
    rows: int
    note: bool
    sign: str = ""
    """What opens: "[", "^[", or the name of a tag."""


@cache
def _token_pattern(line_end: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<row>\*+|_+)|\\(?P<hard>(?:{line_end.pattern})[ \t]*)|(?P<escape>\\)[!-/:-@\[-`{{-~]"
        rf"|(?P<soft>(?:{line_end.pattern})[ \t]*)|(?P<break>\[\]\{{\.break\}})|(?P<code>`+)|(?P<angle><)"
        rf"|(?P<critic>\{{(?:\+\+|--|~~|==|>>)|(?<![\w%])%%(?=[^\s%\d]))|(?P<wiki>(?<!!)\[\[(?=[^\[\]\\\r\n{MARKS}]{{1,200}}\]\]))|(?P<light>==+|~~+|\+\+\}})"
        rf"|(?P<open>\^?\[)|\](?:\{{\.(?P<close>emphasis|strong|speaker)\}}|\{{lang=(?P<lang>{_LANGUAGE})\}}"
        rf"|\{{number=(?P<number>[0-9]{{1,4}})\}})?|(?P<mark>[{MARKS}])"
    )


class _Scan:
    """One walk over the signs of a passage."""

    def __init__(self, text: str, line_end: re.Pattern[str], known: Collection[str]) -> None:
        self.text = text
        self.line_end = line_end
        self.known = known
        self.rows: list[_Row] = []
        self.brackets: list[_Bracket] = []
        self.tags: list[_Bracket] = []
        self.pairs: list[_Pair] = []
        self.done: list[Edit] = []
        self.lit: dict[str, int] = {}
        """Where `==` or `~~` last began a mark."""
        self.ends: dict[int, int] = {}
        """Where signs stand that end insertions and the like, and where these signs end."""
        self.endless: set[str] = set()
        """Signs that stand nowhere further on."""
        self.ticks: dict[int, list[int]] | None = None
        """Where rows of backticks begin, by their length."""

    def edits(self) -> list[Edit]:
        """Give the edits that make marks of all markup."""
        tokens, at, above = _token_pattern(self.line_end), 0, 0
        while token := tokens.search(self.text, at):
            at = self._token(token, above)
            above = token.end()
        for tag in self.tags:
            self._aside(tag.start, tag.end)
        return [*self.done, *_marks([*self.pairs, *_matched(self.rows)])]

    def _token(self, token: re.Match[str], above: int) -> int:
        """Take in one token; gives where the next may begin."""
        start, end = token.span()
        match token.lastgroup:
            case "row":
                self.rows.append(_row(self.text, start, end, len(self.rows)))
            case "open":
                note = token[0][0] == "^" and not any(bracket.note for bracket in self.brackets)
                self.brackets.append(_Bracket(start, end, len(self.rows), note, token[0]))
            case "close" | "lang" | "number" | None:
                return self._close(token)
            case "code" | "angle" | "wiki" | "light" | "critic" as kind:
                taken = {
                    "code": self._code,
                    "angle": self._angle,
                    "wiki": self._wiki,
                    "light": self._light,
                    "critic": self._critic,
                }
                return taken[kind](start, end)
            case "soft":
                self.done.append(_line_end(self.text, _margin(self.text, start, above), start, end))
            case kind:
                sign = BREAK if kind in ("hard", "break") else ""
                self.done.append(Edit(start, end - (kind == "escape"), sign, _RULE))
        return end

    def _aside(self, start: int, end: int) -> None:
        self.done += [Edit(start, start, ASIDE, _RULE), Edit(end, end, ASIDE, _RULE)]

    def _paired(self, opening: _Bracket, pair: _Pair) -> None:
        """Close what began with a bracket or a tag; rows of stars inside it match among themselves."""
        self.pairs.append(pair)
        self._inside(opening)

    def _inside(self, opening: _Bracket) -> None:
        self.pairs += _matched(self.rows[opening.rows :])
        del self.rows[opening.rows :]

    def _close(self, token: re.Match[str]) -> int:
        opening = self.brackets.pop() if self.brackets else None
        if opening is None:
            return token.end()
        if pair := _bracketed(opening, token):
            self._paired(opening, pair)
            return pair.closing[1] if opening.note else token.end()
        end = links.end(self.text, opening.end, token.start(), self.known)
        if not end:
            return token.end()
        if self.text[max(0, opening.start - 1)] != "!":
            self._aside(opening.end - 1, opening.end)
            self._aside(token.start(), end)
            self._inside(opening)
        return end

    def _code(self, start: int, end: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for row in re.finditer("`+", self.text):
                self.ticks.setdefault(len(row[0]), []).append(row.start())
        places = self.ticks.get(end - start, [])
        at = bisect_left(places, end)
        if at == len(places) or not _is_code(self.text, end, places[at]):
            return end
        close = places[at]
        padded = self.text[end] == " " and bool(self.text[end:close].strip())
        inner = (end + padded, close - padded)
        self.pairs.append(
            _Pair((start, inner[0]), (inner[1], close + end - start), (language_mark(CODE), LANGUAGE_OFF))
        )
        ends = re.compile(rf"(?P<end>{self.line_end.pattern})|[{MARKS}]")
        for match in ends.finditer(self.text, *inner):
            self.done.append(Edit(*match.span(), " " if match["end"] else "", _RULE))
        return close + end - start

    def _angle(self, start: int, _: int) -> int:
        if inner := links.address(self.text, start):
            self.done += [Edit(start, inner[0], "", _RULE), Edit(inner[1], inner[1] + 1, "", _RULE)]
            return inner[1] + 1
        if raised := links.raised_number(self.text, start):
            self.done.append(Edit(start, raised[1], raised[0], _RULE))
            return raised[1]
        tag = links.tag(self.text, start)
        if tag is None:
            return start + 1
        if tag.breaks:
            self.done.append(Edit(start, tag.end, BREAK, _RULE))
        elif tag.closes:
            self._end_tag(tag, start)
        elif tag.paired:
            self.tags.append(_Bracket(start, tag.end, len(self.rows), note=False, sign=tag.name))
        else:
            self._aside(start, tag.end)
        return tag.end

    def _end_tag(self, tag: links.Tag, start: int) -> None:
        near = range(max(0, len(self.tags) - DEEPEST), len(self.tags))
        at = next((i for i in reversed(near) if self.tags[i].sign == tag.name), -1)
        if at < 0:
            self._aside(start, tag.end)
            return
        opening = self.tags[at]
        for crossed in self.tags[at + 1 :]:
            self._aside(crossed.start, crossed.end)
        del self.tags[at:]
        marks = (EMPHASIS_ON, EMPHASIS_OFF) if tag.name in links.ITALIC else (STRONG_ON, STRONG_OFF)
        self._paired(opening, _Pair((opening.start, opening.end), (start, tag.end), marks))

    def _wiki(self, start: int, _: int) -> int:
        shown, end = links.wiki(self.text, start)
        self._aside(start, shown)
        self._aside(end - 2, end)
        return shown

    def _light(self, start: int, end: int) -> int:
        if close := self.ends.get(start):
            self._aside(start, close)
            return close
        sign = self.text[start]
        if sign == "+":
            return end
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        opening = self.lit.get(sign)
        if end - start > 2 or (opening is None and (before.isalnum() or not after.strip())):
            return end
        if opening is None:
            self.lit[sign] = start
        elif before.strip() and not after.isalnum():
            self._aside(opening, opening + 2)
            self._aside(start, end)
            del self.lit[sign]
        return end

    def _critic(self, start: int, end: int) -> int:
        """Take in a tracked change (CriticMarkup): what is deleted, or says something to the author, goes."""
        sign = self.text[start:end]
        closing = _CRITIC[sign]
        close = -1 if closing in self.endless else self.text.find(closing, end)
        if close < 0:
            self.endless.add(closing)
            return end
        after = close + len(closing)
        if sign == "%%" and (self.text[close - 1].isspace() or self.text[after : after + 1].isalnum()):
            return end
        if sign in ("{--", "{>>", "%%"):
            self._aside(start, after)
            return after
        if sign == "{~~":
            end = self.text.find("~>", end, close) + 2
            if end < 2:
                return start + len(sign)
        self._aside(start, end)
        self.ends[close] = after
        return end


_CRITIC = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{==": "==}", "{>>": "<<}", "%%": "%%"}
"""What begins and ends a tracked change, a mark, a comment."""


def _is_code(text: str, start: int, end: int) -> bool:
    """Tell code between backticks from words that begin with one for an apostrophe: `Twas night, `tis day."""
    inside = text[start:end]
    spaced = inside[:1].isspace(), inside[-1:].isspace()
    touched = text[end : end + 1].isalnum() or text[: start - 1].rstrip("`")[-1:].isalnum()
    return spaced[0] == spaced[1] and not touched


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
