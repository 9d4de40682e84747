"""Straight quotation marks and apostrophes turned into the signs that print has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from publish.document import MARKS
from publish.source import Edit


class _Style(Struct, frozen=True):
    open_double: str
    close_double: str
    open_single: str
    close_single: str


_ENGLISH = _Style("“", "”", "‘", "’")
_STYLES = {
    "de": _Style("„", "“", "‚", "‘"),
    "cs": _Style("„", "“", "‚", "‘"),
    "pl": _Style("„", "”", "‚", "’"),
    "ru": _Style("«", "»", "„", "“"),
    "fr": _Style("«\u202f", "\u202f»", "“", "”"),
}
_STRAIGHT = re.compile("[\"'`´]")
_SET = frozenset("“”‘’«»„‚")
_ELISIONS = frozenset(
    "tis twas twere twill twould twasn tisn twon "
    "ead ouse ard adn appen appens ome elp ers eard orse orses oo ospital otel ello "
    "em til cuz coz uns nuff scuse spose mongst neath fraid tother lection ligion ticular".split()
)
"""Words that lose their beginning and are none without it: the sign before them is an apostrophe."""
_LIKELY_ELISIONS = frozenset(
    "till cause cos bout round ere un n ow im er is ave ope ell and iss pon gainst cept stead nother neither "
    "way".split()
)
"""Words that may have lost their beginning, where no later mark closes what would open here."""
_SIGN = re.compile("``|''(?!')|[\"'`´“”‘’«»„‚]")
_ROCK_AND_ROLL = re.compile(r"'[nN]['’](?=[\s-]\w)")
_FEET = re.compile(r"(?<=\d)'(?=\d)")
_WORD = re.compile(r"[^\W\d_]+")
_OPENERS = " \t\n\xa0\u2009\u202f([{—–-―/“‘«„‚⸺⸻"


def quotation_marks(text: str, language: str) -> Iterator[Edit]:
    """Turn straight marks into opening and closing ones by what stands beside them and what is open.

    A mark between letters is an apostrophe; before a word that loses its beginning, or digits of a year, too.
    After: no straight mark is left but primes after digits.
    """
    if not _STRAIGHT.search(text):
        return
    style = _STYLES.get(language[:2], _ENGLISH)
    state = _State()
    for match in _SIGN.finditer(text):
        at, sign = match.start(), match.group()
        before, after = _before(text, at), _after(text, at + 1)
        if sign in _SET:
            state.see(sign, before, after)
        elif sign in ("``", "''"):
            yield Edit(at, at + 2, style.open_double if sign == "``" else style.close_double, "QUO009")
        elif sign == '"':
            if not (before.isdigit() and not state.double):
                yield Edit(at, at + 1, _double(state, before, after, style), "QUO001")
        elif not _FEET.match(text, at):
            yield _single_edit(text, at, state, style)


class _State:
    """What is open at a place in a paragraph."""

    def __init__(self) -> None:
        self.double = 0
        self.single = 0

    def see(self, sign: str, before: str, after: str) -> None:
        """Take note of a mark that the author's file has as print does."""
        if sign in "“„«":
            self.double += 1
        elif sign in "”»":
            self.double = max(0, self.double - 1)
        elif sign in "‘‚":
            self.single += 1
        elif self.single and not (before.isalpha() and after.isalpha()):
            self.single -= 1


def _before(text: str, at: int) -> str:
    while at and text[at - 1] in MARKS:
        at -= 1
    return text[at - 1] if at else "\n"


def _after(text: str, at: int) -> str:
    while at < len(text) and text[at] in MARKS:
        at += 1
    return text[at] if at < len(text) else "\n"


def _double(state: _State, before: str, after: str, style: _Style) -> str:
    opens = before in _OPENERS and not after.isspace()
    if before in "—–-―⸺⸻" and opens:
        # A dash stands before both: an interrupted speech closes after it, a speech may open after it.
        opens = not state.double and (after.isalnum() or after in "'‘’—…")
    elif before in "'‘" and not state.double:
        opens = not after.isspace()
    if opens:
        state.double += 1
        return style.open_double
    state.double = max(0, state.double - 1)
    return style.close_double


def _single_edit(text: str, at: int, state: _State, style: _Style) -> Edit:
    before, after = _before(text, at), _after(text, at + 1)
    rule = "QUO009" if text[at] in "`´" else "QUO001"
    if before.isalnum() and after.isalnum():
        return Edit(at, at + 1, "’", rule)
    if (before in _OPENERS or before in "\"'") and not after.isspace():
        if _is_elision(text, at):
            return Edit(at, at + 1, "’", "QUO002")
        return _single_before_word(text, at, state, style, rule)
    if state.single and not before.isspace():
        state.single -= 1
        return Edit(at, at + 1, style.close_single, rule)
    return Edit(at, at + 1, "’", rule)


def _single_before_word(text: str, at: int, state: _State, style: _Style, rule: str) -> Edit:
    before, after = _before(text, at), _after(text, at + 1)
    if before in "—–" and state.single and not after.isalnum():
        state.single -= 1
        return Edit(at, at + 1, style.close_single, rule)
    if _closes_later(text, at):
        state.single += 1
        return Edit(at, at + 1, style.open_single, rule)
    if after.isalnum():
        return Edit(at, at + 1, "’", "QUO002")
    return Edit(at, at + 1, style.close_single, rule)


def _is_elision(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    if after.isdigit():
        return re.match(r"\d0s\b|\d\d(?![\d,.:]|['’]? ?[^\W\d_])", text[at + 1 :]) is not None
    if _ROCK_AND_ROLL.match(text, at):
        return True
    word = _WORD.match(text, at + 1)
    if word is None or _closes_word(text, word.end()):
        return False
    lowered = word.group().lower()
    return lowered in _ELISIONS or (lowered in _LIKELY_ELISIONS and not _closes_later(text, at))


def _closes_word(text: str, end: int) -> bool:
    """Tell whether a single quotation holds just one word, as in 'round'; rock 'n' roll is the exception."""
    return text[end : end + 1] == "'" and text[end - 1 : end] not in "nN"


_CLOSER = re.compile(r"(?<=[^\s(\[—–])['’](?![^\W_])")


def _closes_later(text: str, at: int) -> bool:
    """Tell whether a mark further on could close what opens here.

    That is one after a stop, or before the speech round it ends; behind a capital any that may close will do.
    """
    sure, possible = _last_closers(text)
    return (possible if text[at + 1 : at + 2].isupper() else sure) >= at + 2


@lru_cache(maxsize=1)
def _last_closers(text: str) -> tuple[int, int]:
    """Give the places of the last mark that surely closes a quotation, and of the last that may."""
    sure = possible = -1
    for match in _CLOSER.finditer(text):
        before = text[match.start() - 1]
        follows = text[match.end() : match.end() + 1]
        possible = match.start()
        if before in ".,!?;:…—)" or follows in '.,!?;:)"”—' or not (before in "sSzZ" and follows == " "):
            sure = match.start()
    return sure, possible
