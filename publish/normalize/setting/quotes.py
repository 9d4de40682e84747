"""Straight quotation marks and apostrophes turned into the signs that print has for them."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec.structs import replace

from publish.draft import MARKS
from publish.normalize.setting import apostrophes
from publish.normalize.setting.habits import Habits, Style
from publish.patterns import lazily
from publish.source import Edit

_STRAIGHT = ('"', "'", "`", "´", "<<", ",,", ">>", "‘‘", "‚‚")
_SET = frozenset("“”‘’«»„‚‹›")
_SIGN = lazily(
    "``|´´|(?<![^\\s([{—–-])''(?='[^\\s'])|(?<!'')''(?!')|‘‘|’’|‚‚|<<|(?<!>)>>(?!>)|(?<![,\\w]),,(?=\\w)"
    "|[\"'`´“”‘’«»„‚‹›]"
)
_SINGLE_SIGN = lazily("[\"'`´“”‘’«»„‚‹›]")
"""The last of these alone, which is sought much quicker."""
_SET_TWICE = ("´´", "‘‘", "’’", "‚‚")
_FENCE = re.compile(r"(?<!`)`{3,}(?=\s|\Z)")
"""Three backticks before space or end fence off code; before a word they open two quotations, as in TeX."""
_DOUBLED = {"‘‘": "’’", "‚‚": "‘‘"}
"""Two single marks for a double one, and what closes them; nested quotations may end so too."""
_FEET = lazily(r"(?<=\d)'(?=\d| \d[\d ½¼¾/.]*(?:\"|''))")
_MINUTES = re.compile(r"(?<=\d)'(?![^\W_])")
_OPENERS = " \t\n\xa0\u2009\u202f(=[{—–-―/“‘«„‚‹¿¡⸺⸻"
_BLANKS = " \xa0\u202f"


def quotation_marks(text: str, habits: Habits) -> Iterable[Edit]:
    """Turn straight marks into opening and closing ones by what stands beside them and what is open.

    A mark between letters is an apostrophe; before a word that loses its beginning, or digits of a year, too.
    After: no straight mark is left but primes after digits.
    """
    # One sign is found much sooner than two.
    plain = "'" in text or '"' in text or "`" in text or "<" in text or ",," in text or ">" in text
    if not plain and (text.isascii() or not ("´" in text or ("‘" in text and "‘‘" in text) or "‚‚" in text)):
        return ()
    state = _State(text, habits)
    signs = [match for match in _signs(text) if not (state.fenced and _fences(match))]
    edits = [edit for match in signs if (edit := _edit(text, match, state))]
    return [edit for edit in state.nested(edits) if edit.text != text[edit.start : edit.end]]


def _signs(text: str) -> Iterator[re.Match[str]]:
    """Give all marks; hardly any paragraph has one that is typed with two signs."""
    typed = ("'" in text and "''" in text) or "``" in text or "<<" in text or ">>" in text or ",," in text
    twice = typed or (not text.isascii() and any(map(text.__contains__, _SET_TWICE)))
    return (_SIGN if twice else _SINGLE_SIGN).finditer(text)


def _fences(match: re.Match[str]) -> bool:
    """Tell whether backticks belong to a row of three or more."""
    text, at, end = match.string, match.start(), match.end()
    return text[at] == "`" and "`" in (text[at - 1 : at], text[end : end + 1])


class _State:
    """What is open at a place in a paragraph."""

    def __init__(self, text: str, habits: Habits) -> None:
        self._text = text
        self.habits = habits
        self.last_pointed = text.rfind(">>")
        self.grave_inside = "`" in text and _GRAVE_INSIDE.search(text) is not None
        self.fenced = "```" in text and _FENCE.search(text) is not None
        self.resumed = False
        """A quotation that began the speech was closed at a comma: 'Go,' he said, 'and…"""
        self.style: Style = habits.style
        self.double = 0
        self.single = 0
        self.roles: dict[int, int] = {}
        """Offsets of straight double marks: +1 opens, -1 closes; those inside a single quotation left out."""

    @cached_property
    def last_double(self) -> int:
        """Where the last double mark stands."""
        return max(map(self._text.rfind, '"”'))

    @cached_property
    def doubled(self) -> bool:
        """Whether two single marks stand for a double one."""
        return any(a in self._text and b in self._text for a, b in _DOUBLED.items())

    def see(self, sign: str, before: str, after: str) -> None:
        """Take note of a mark that the author's file has as print does."""
        opens = before in _OPENERS and not after.isspace()
        if sign in "“”„«»":
            outer = self.style.opening.strip(_BLANKS), self.style.closing.strip(_BLANKS)
            if sign in outer and outer[0] != outer[1]:
                opens = sign == outer[0]
            elif sign in "„«“" and not self.double:
                opens = True
            self.double = self.double + 1 if opens else max(0, self.double - 1)
        elif sign in "‘‚‹":
            self.single += 1
        elif self.single and not (before.isalpha() and after.isalpha()):
            self.single -= 1

    def nested(self, edits: list[Edit]) -> list[Edit]:
        """Give a quotation inside another the inner marks, where every one of the paragraph is closed."""
        depth = 0
        inner: set[int] = set()
        for at, role in self.roles.items():
            inner |= {at} if depth + min(role, 0) == 1 else set()
            depth += role
            if depth not in (0, 1, 2):
                return edits
        if depth or not inner:
            return edits
        marks = {1: self.style.inner_opening, -1: self.style.inner_closing}
        return [
            replace(edit, text=marks[self.roles[edit.start]]) if edit.start in inner else edit
            for edit in edits
        ]


def _edit(text: str, match: re.Match[str], state: _State) -> Edit | None:
    at, sign = match.start(), match[0]
    before = text[at - 1] if at else "\n"
    after = text[match.end()] if match.end() < len(text) else "\n"
    if before in MARKS or after in MARKS:
        before, after = _before(text, at), _after(text, match.end())
    if sign == '"':
        return None if before.isdigit() and not state.double else _double(text, at, before, after, state)
    if sign in _SET:
        state.see(sign, before, after)
        return None
    if len(sign) > 1:
        return _typed_pair(match, state)
    measure = _FEET.match(text, at) or (not state.single and _MINUTES.match(text, at))
    return None if measure else _single(text, at, (before, after), state)


def _typed_pair(match: re.Match[str], state: _State) -> Edit | None:
    """Two signs of the keyboard for one mark; `,,` opens where the language opens low."""
    sign = match.group()
    if sign in ("''", "``", "´´", "‘‘", "’’", "‚‚"):
        return _two_singles(match, state)
    if state.style.opening in _STRAIGHT or (sign == ",," and not state.style.opening.startswith("„")):
        return None
    if sign in ("<<", ">>") and not (state.double if sign == ">>" else match.start() < state.last_pointed):
        return None
    marks = {"<<": "«", ">>": "»", ",,": "„"}
    state.double = max(0, state.double - 1) if sign == ">>" else state.double + 1
    return Edit(*match.span(), marks[sign], "QUO009")


def _two_singles(match: re.Match[str], state: _State) -> Edit | None:
    """Two single marks for a double one: ''so'', ``so'', ``so``, ‘‘so’’; behind figures they are inches."""
    text, sign = match.string, match.group()
    before, after = _before(text, match.start()), _after(text, match.end())
    if sign in "‘‘’’‚‚" and not state.doubled:
        state.see(sign[0], before, after)
        state.see(sign[0], before, after)
        return None
    if before.isdigit() and not state.double:
        return None
    opens = sign == "‚‚" or _opens(before, after, state)
    if not opens and not state.double and before.isspace() and after.isspace():
        return None
    inside = match.start() + 1
    if sign == "''" and opens and text.find(sign, inside) < 0 and _clipped(text, inside, state):
        state.single += 1
        return Edit(*match.span(), state.style.inner_opening + "’", "QUO002")
    state.double = state.double + 1 if opens else max(0, state.double - 1)
    return Edit(*match.span(), state.style.opening if opens else state.style.closing, "QUO009")


def _clipped(text: str, at: int, state: _State) -> bool:
    return apostrophes.is_apostrophe(text, at, state.habits)


def _before(text: str, at: int) -> str:
    """Give the sign before a place, marks of emphasis seen through."""
    while at and text[at - 1] in MARKS:
        at -= 1
    return text[at - 1] if at else "\n"


def _after(text: str, at: int) -> str:
    while at < len(text) and text[at] in MARKS:
        at += 1
    return text[at] if at < len(text) else "\n"


_SET_AWAY = lazily(r'"[ \xa0](?=[^\W_][^"]*")')


def _double(text: str, at: int, before: str, after: str, state: _State) -> Edit:
    start, end = at, at + 1
    if state.style.opening[-1] == "\u202f" and before.isspace() and after in _BLANKS + "\n":
        # Typed with spaces inside, as French is: « Oui ».
        opens = not state.double and after != "\n"
        start, end = (at, at + 2) if opens else (at - (before in _BLANKS), at + 1)
    elif not state.double and before.isspace() and _SET_AWAY.match(text, at):
        # As scans have it: `" Not at all," said I. " I…"`.
        opens, end = True, at + 2
    else:
        opens = _opens(before, after if state.double else _inner_beyond(text, at + 1, after), state)
    state.double = state.double + 1 if opens else max(0, state.double - 1)
    if not state.single:
        state.roles[start] = 1 if opens else -1
    return Edit(start, end, state.style.opening if opens else state.style.closing, "QUO001")


def _inner_beyond(text: str, at: int, after: str) -> str:
    """Give the single mark behind a space that opens an inner quotation: `" 'Yes,' he said`."""
    inner = re.compile(r"[ \u00a0\u2009\u200a\u202f]['‘’](?=\w)").match(text, at)
    return inner[0][1] if inner else after


def _opens(before: str, after: str, state: _State) -> bool:
    opens = before in _OPENERS and not after.isspace()
    if before in "—–-―⸺⸻" and opens:
        # A dash stands before both: an interrupted speech closes after it, a speech may open after it.
        return not state.double and (after.isalnum() or after in "'‘’—…¿¡")
    if before in "'‘" and not state.double:
        return not after.isspace()
    return opens


def _single(text: str, at: int, beside: tuple[str, str], state: _State) -> Edit:
    before, after = beside
    rule = "QUO009" if text[at] in "`´" else "QUO001"
    if before.isalnum() and after.isalnum():
        return Edit(at, at + 1, "’", rule)
    if (before in _OPENERS or before in "\"'`") and not after.isspace():
        if not (state.single and before in "\"'") and _clipped(text, at, state):
            return Edit(at, at + 1, "’", "QUO002")
        return _single_before_word(text, at, state, rule)
    if state.single and not before.isspace():
        state.single -= 1
        state.resumed = before in ",;!?"
        return Edit(at, at + 1, state.style.inner_closing, rule)
    return Edit(at, at + 1, "’", rule)


def _single_before_word(text: str, at: int, state: _State, rule: str) -> Edit:
    before, after = _before(text, at), _after(text, at + 1)
    if before in "—–" and state.single and not after.isalnum():
        state.single -= 1
        return Edit(at, at + 1, state.style.inner_closing, rule)
    grave = text[at] == "`" and not state.grave_inside
    if grave or apostrophes.closes_later(text, at, state.habits) or _runs_on(text, at, state):
        state.single += 1
        return Edit(at, at + 1, state.style.inner_opening, rule)
    if after.isalnum():
        return Edit(at, at + 1, "’", "QUO002")
    return Edit(at, at + 1, state.style.inner_closing, rule)


_GRAVE_INSIDE = re.compile(r"\w`\w")
"""Who types didn`t may type `tis; else the sign opens."""


def _runs_on(text: str, at: int, state: _State) -> bool:
    """Tell whether a quotation goes on in the next paragraph or line of verse, where its end will stand."""
    before = text[:at] if at <= _START else text[at - 2 : at]
    if text[at + 1 : at + 2].isupper() and (not before.strip(MARKS) or before[-2:] in (", ", ": ")):
        return True
    starts = at <= _START and before.strip(MARKS).strip() in ('"', "“")
    resumes = state.resumed and before[-2:] in (", ", "; ")
    return (starts or resumes) and text[at + 1 : at + 2].isalpha() and at > state.last_double


_START = 2
