"""Which straight single marks before a word are apostrophes: 'tis, '90s, 'em, rock 'n' roll, 's avonds."""

import re
from bisect import bisect_left
from functools import lru_cache

from publish.normalize.setting.habits import Habits
from publish.normalize.words.wordlists import sections
from publish.patterns import lazily

_ENGLISH, _PERHAPS, _TRAILERS = (
    frozenset(sections("clipped")["english"][row].split()) for row in ("beginning", "perhaps", "end")
)
"""Words that English writes with an apostrophe for their lost beginning: those that are none without it, and
those that are, where no later mark closes what would open here; and for their lost end."""
_CLIPPED = {language: frozenset(row.split()) for language, row in sections("clipped")["abroad"].items()}
"""What the other languages clip at its beginning."""
_ROCK_AND_ROLL = re.compile(r"'[nN]['’](?=[\s-]\w)")
_YEAR = lazily(r"\d0s\b|\d\d(?![\d,.:]\d|['’]? ?[^\W\d_])|\d\d(?=er[ns]?\b|-)|\d\d(?= )(?! [^\W\d_]+['’])")
_WORD = re.compile(r"[^\W\d_]+")
_VERBS = lazily(r"(?:['’]d|n['’]t|[wc]ould|should|might|must|may|ha[ds]?|[td]o) $", re.IGNORECASE)
"""What stands before 'a' and 've for "have"."""
_CLOSER = lazily(r"(?<=[^\s(\[])['’`´](?![^\W_])")
_LAST = re.compile(r"[^\W\d_]+$")
_STOPS = ".,!?;:…—)"
_AFTER_CLOSER = '.,!?;:)"”—'
_FEW = 16
"""So far behind a word that no list has its quotation may end, if it is foreign: 'beauté mâle,'."""
_REACH = 90
"""How far behind its opening a quotation ends that begins with a doubtful word inside a sentence."""


def is_apostrophe(text: str, at: int, habits: Habits) -> bool:
    """Tell whether the mark before a word or a number at `at` stands for a lost beginning."""
    if text[at + 1 : at + 2].isdigit():
        return _YEAR.match(text, at + 1) is not None
    if _ROCK_AND_ROLL.match(text, at):
        return True
    word = _WORD.match(text, at + 1)
    if word is None:
        return False
    if habits.language.startswith("en"):
        return _is_clipped_english(text, at, word, habits)
    clipped = word.group().lower() in _CLIPPED.get(habits.language[:2].lower(), ())
    return clipped and not _holds_one_word(text, word.end())


def _is_clipped_english(text: str, at: int, word: re.Match[str], habits: Habits) -> bool:
    lowered = word.group().lower()
    if _holds_one_word(text, word.end()):
        return len(lowered) == 1 and _VERBS.search(text[max(0, at - _FEW) : at]) is not None
    if lowered in _ENGLISH or _lost_its_h(lowered, habits):
        return True
    after_sign = text[:at].rstrip()[-1:] in ',:;(“"—–'
    closer = _next(_closers(text, habits)[0], at + 2)
    often = lowered in _PERHAPS or lowered in habits.headless
    distant = not after_sign and closer > at + _REACH and (often or not habits.is_word(lowered))
    if closer < 0 or distant:
        return often or (word.group().islower() and not after_sign)
    if often:
        return not after_sign and not word.group()[0].isupper()
    foreign = text[closer - 1] in _STOPS and closer <= word.end() + _FEW
    return word.group().islower() and not foreign and not habits.is_word(lowered)


def _lost_its_h(word: str, habits: Habits) -> bool:
    """Tell whether a word is none, and with an h before it a usual one: 'Arry, 'alf."""
    return len(word) >= _NO_CHANCE and not habits.is_word(word) and habits.is_common("h" + word)


_NO_CHANCE = 3
"""Shorter words look like another too often."""


def _next(places: tuple[int, ...], least: int) -> int:
    """Give the first of some sorted places from `least` on, or -1."""
    index = bisect_left(places, least)
    return places[index] if index < len(places) else -1


def _holds_one_word(text: str, end: int) -> bool:
    """Tell whether a single quotation holds just one word, as in 'round'; rock 'n' roll is the exception."""
    closed = text[end : end + 1] in ("'", "’") and not text[end + 1 : end + 2].isalnum()
    return closed and text[end - 1] not in "nN"


def closes_later(text: str, at: int, habits: Habits) -> bool:
    """Tell whether a mark further on could close what opens here.

    That is one after a stop, or before the speech round it ends; behind a capital any that may close will do.
    """
    capital = text[at + 1 : at + 2].isupper()
    word = _WORD.match(text, at + 1)
    if word and _holds_one_word(text, word.end()):
        return True
    sure, possible = _closers(text, habits)
    return _next(possible if capital else sure, at + 2) >= 0


@lru_cache(maxsize=1)
def _closers(text: str, habits: Habits) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the places of the marks that surely close a quotation, and of those that may."""
    sure, possible = [], []
    for match in _CLOSER.finditer(text):
        at = match.start()
        before, follows = text[at - 1], text[match.end() : match.end() + 1]
        if before in "—–" and follows not in ("", '"', "”", " "):
            continue
        lost = before not in _STOPS and _lost_its_end(text, at, habits)
        if lost is True:
            continue
        possible.append(at)
        plural = before in "sSzZ" and follows == " "
        dialect = lost is None and habits.tailless
        if before in _STOPS or (not dialect and (follows in _AFTER_CLOSER or not (plural or lost is None))):
            sure.append(at)
    return tuple(sure), tuple(possible)


def _lost_its_end(text: str, at: int, habits: Habits) -> bool | None:
    """Tell whether the mark stands for the lost end of the word before it: goin', ol', yo'; None: perhaps."""
    last = _LAST.search(text, max(0, at - 30), at)
    if last is None or not habits.language.startswith("en"):
        return False
    lowered = last.group().lower()
    if lowered in _TRAILERS or lowered in habits.tailless:
        return True
    if len(lowered) == 1 or lowered.endswith("s") or habits.is_word(lowered):
        return False
    return True if lowered.endswith("in") else None
