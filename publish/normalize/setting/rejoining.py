"""Whether the halves of a broken word belong together with a hyphen or without: "mid-level", "middle"."""

import re

from publish.normalize.setting.bookwords import CERTAIN, COMMON, SHORTEST_STEM, Words
from publish.normalize.setting.breakodds import odds
from publish.normalize.words import lexicon
from publish.normalize.words.wordparts import (
    ALWAYS_HYPHENED,
    APART_FROM_WORDS,
    CLITICS,
    CLOSED,
    CLOSED_ADJECTIVES,
    CLOSED_CLITICS,
    ENDS_ABROAD,
    ENDS_ONLY,
    HYPHENED,
    OPEN_COMPOUNDS,
    PAIRED,
    PREFIXES,
    STRESSED,
)
from publish.patterns import lazily

_APOSTROPHE = re.compile("[’']")
_SUSPENDED = {
    language: frozenset(words.split())
    for languages, words in (
        ("en", "or to"),
        ("de", "ja wie wenn als noch"),
        ("nl", "en of"),
        ("fr", "et ou"),
        ("la", "et"),
        ("es", "y o e"),
        ("it", "e o"),
        ("pt gl", "e ou"),
        ("ca", "i o"),
        ("pl cs sk hr sr bs", "i"),
        ("ru", "и"),
        ("fi et", "ja"),
        ("sv", "och eller"),
        ("da no nb nn", "og eller"),
    )
    for language in languages.split()
}
_SUSPENDED[""] = _SUSPENDED["und"] = frozenset[str]().union(*_SUSPENDED.values())
_ANYWHERE = frozenset("and nor but und oder bis sowie bzw beziehungsweise lub или".split())


def suspends(word: str, language: str) -> bool:
    """Tell whether a word behind a hyphen and a space means "pre- and post-war", which stands as it is.

    Words that end others elsewhere do in their own language only: *nadzie- ja*, *mias- to*, *dându- i*.
    """
    small = word.lower()
    return small in _ANYWHERE or small in _SUSPENDED.get(language.partition("-")[0], ())


def rejoined(first: str, second: str, words: Words, *, more: bool = False) -> str | None:
    """Give what stands between the two halves of a broken word: "" or "-"; None where that is open.

    `more` tells that a hyphen and another word follow the second half. The book's own spelling elsewhere
    decides; failing that, in English, the odds that all other evidence gives (`breakodds`).
    """
    earlier, _, a = first.lower().rpartition("-")
    b = second.lower()
    # No Dutch word breaks before *en*: ziel- en lichaamskracht.
    is_one = words.listed(a + b) or words.in_book(a + b)
    whole = is_one and not (b == "en" and words.language.startswith("nl"))
    if suspends(b, words.language) and not more and not whole:
        return None
    joined, hyphened = words.in_book(a + b), words.in_book(f"{a}-{b}")
    if joined or hyphened:
        return "-" if hyphened * _CLOSED_ELSEWHERE >= joined else ""
    if second[0].isupper() and (words.language.startswith("en") or not (earlier or more)):
        return "-"
    found = _by_halves(a, b, words, more=bool(earlier or more))
    # Nobody typed the space of a line end: in doubt the hyphen stays that was typed, alone.
    open_end = found is None and not (words.is_inside(a, b) or words.types_dashes_so or _APOSTROPHE.search(a))
    return "-" if open_end else found


def _by_halves(a: str, b: str, words: Words, *, more: bool) -> str | None:
    if words.language.startswith("en"):
        return _in_english(a, b, words, more=more)
    return _in_compound(a, b, words) if more else _abroad(a, b, words)


_CLOSED_ELSEWHERE = 4
"""A word that has its hyphen once in so many times is broken there oftener than where it has none."""
_DOUBT = 0.2
"""Odds of less than five to four decide nothing."""


def _in_compound(a: str, b: str, words: Words) -> str | None:
    """Decide between halves that have another hyphen beside them: là-bas- même."""
    two_words = words.has(a) and words.has(b)
    if words.has(a + b) and not two_words:
        return ""
    return "-" if two_words else None


def _in_english(a: str, b: str, words: Words, *, more: bool) -> str | None:
    whole = words.listed(a + b) if a in APART_FROM_WORDS else words.use(a + b)
    halves = words.stands(a) and words.stands(b)
    if b in ENDS_ONLY or (whole >= (COMMON if more else 1) and (a in CLOSED or not halves)):
        return ""
    if not whole:
        typed_so = words.types_dashes_so or (b in _BEGINS_CLAUSE and words.is_inside(a, b) and not more)
        dashed = typed_so and words.has(a) and words.has(b)
        if dashed or (a not in PREFIXES and _APOSTROPHE.search(a)):
            return None
        begun = a in APART_FROM_WORDS and words.listed(b) and len(b) > SHORTEST_STEM
        if begun or _echoes(a, b) or b in CLITICS["fr"]:
            return "-"
    found = odds(a, b, words, more=more)
    if abs(found) < _DOUBT:
        return None
    return "-" if found > 0 else ""


_BEGINS_CLAUSE = frozenset(
    "i you he she it we they nothing nobody everything everyone something someone this that these those "
    "there here then but yet because though although when while who what why how where not perhaps almost "
    "if".split()
)
"""They end hardly any compound; inside a line "He waited- nothing came" has a dash."""


def _echoes(a: str, b: str) -> bool:
    """Tell whether the second half echoes the first: tittle-tattle, pell-mell, helter-skelter."""
    if min(len(a), len(b)) < SHORTEST_STEM:
        return False
    return a[:SHORTEST_STEM] == b[:SHORTEST_STEM] or a[1:] == b[1:] or a[-4:] == b[-4:]


def _abroad(a: str, b: str, words: Words) -> str | None:
    """Decide in languages that write compounds together or apart, and use the hyphen for little else."""
    language = words.language[:2]
    known = words.has(a + b)
    bare = re.split("['’]", a)[-1]
    if not known and (b in STRESSED.get(language, ()) or _is_formed(bare, b, language)):
        return "-"
    follows = b in CLITICS.get(language, ()) or (
        bare in HYPHENED.get(language, ()) and words.has(b.removesuffix("s"))
    )
    # “Fazê-lo” has a form that no dictionary has; “-o” and “-as” end plain words as well.
    verb = words.has(bare) or (language == "pt" and len(bare) > 1 and b[0] not in "ao")
    if ((a == b or (follows and verb)) and not known) or (bare, b) in ALWAYS_HYPHENED:
        return "-"
    if known or b in ENDS_ABROAD.get(language, ()) or words.breaks_plain_words(a, b):
        return ""
    if not lexicon.exists(language) and not words.is_inside(a, b):
        # The book's other compounds with one of the halves speak for this one.
        return "-" if any(words.compounds_with(a, b)[:2]) and words.has(bare) and words.has(b) else ""
    return _compound_abroad(bare, b, words) if words.has(bare) and words.has(b) else ""


_SLAVIC = ("pl", "cs", "sk", "hr", "sr", "bs", "sl")
_LINKED = lazily(r"[^\W\d_]{2,}(?:sk|ck|zk|wcz|czn|čn)o")
_ADJECTIVE = lazily(
    r"[^\W\d_]{3,}(?:sk|ck|zk|n|ow|ov)(?:[yýiíaáąeéę]|ie|i?ego|ého|i?emu|ému|i?ej|i?[my]?[iyýí]?(?:ch|mi?)|ou)"
)


def _is_formed(a: str, b: str, language: str) -> bool:
    """Tell whether two halves have the form of a compound with a hyphen.

    A consonant alone ("n-ai"), a gerund and its pronoun ("dându-i"), two adjectives ("česko-německého"), two
    colours ("fekete-fehér"), a Russian adverb (по-русски, во-первых).
    """
    if language == "ru" and a == "по" and b.endswith(("ски", "цки", "ому", "ему")):
        return True
    if language == "ru" and a in ("во", "в"):
        return b.endswith("ых")
    paired = PAIRED.get(language, ())
    if any(map(a.startswith, paired)) and (a[-1] == "o" or a[-1] == "о" or a in paired):
        return any(map(b.startswith, paired))
    if language == "ro":
        return a in _ELIDED or (a.endswith("ndu") and b in CLITICS[language])
    closed = a in CLOSED_ADJECTIVES.get(language, ())
    adjectives = language in _SLAVIC and not closed and _LINKED.fullmatch(a) and _ADJECTIVE.fullmatch(b)
    return bool(adjectives)


_ELIDED = frozenset("n s l m v c d t într dintr printr".split())


def _compound_abroad(a: str, b: str, words: Words) -> str | None:
    """Decide between two words whose whole no dictionary has."""
    language = words.language[:2]
    if b in CLOSED_CLITICS.get(language, ()):
        return ""
    if words.is_inside(a, b) and words.use(a) >= COMMON and words.use(b) >= CERTAIN:
        # What no dictionary has, and ends with one of the commonest words, may be two: “francs- un prix”.
        return None
    if language in OPEN_COMPOUNDS:
        shorter = min(len(a), len(b))
        kept = "-" if shorter > SHORTEST_STEM and not words.types_dashes_so else None
        return kept if shorter >= SHORTEST_STEM else ""
    if language == "nl" and a[-1] == b[0] and b[0] in "aeiou":
        return "-"
    if language == "de":
        return "-" if a.endswith("sch") and b.rstrip("enrsm").endswith("sch") else ""
    return None
