"""Whether the halves of a broken word belong together with a hyphen or without: "mid-level", "middle"."""

from __future__ import annotations

import re

from publish.normalize import lexicon
from publish.normalize.bookwords import BEGINNINGS, CERTAIN, COMMON, SHORTEST_STEM, Words
from publish.normalize.wordparts import (
    ALWAYS_HYPHENED,
    APART_FROM_WORDS,
    CLITICS,
    CLOSED,
    CLOSED_CLITICS,
    COUNTED,
    ENDS_ABROAD,
    ENDS_OF_WORDS,
    ENDS_ONLY,
    HYPHENED,
    NEVER_APART,
    NUMBERS,
    OPEN_COMPOUNDS,
    PREFIXES,
    SECOND_PARTS,
    STRESSED,
    WRITTEN_TOGETHER,
)

_APOSTROPHE = re.compile("[’']")
SUSPENDED = frozenset(
    "and or to nor but und oder bis sowie bzw beziehungsweise et ou y o e en of i lub и или".split()
)
"""After a hyphen with a space these mean "pre- and post-war", which stands as it is."""


def rejoined(first: str, second: str, words: Words, *, more: bool = False) -> str | None:
    """Give what stands between the two halves of a broken word: "" or "-"; None where that is open.

    `more` tells that a hyphen and another word follow the second half. Evidence, in this order: the book's
    own spelling elsewhere, a dictionary and the book's manner, what the halves are by themselves.
    """
    earlier, _, a = first.lower().rpartition("-")
    b = second.lower()
    if b in SUSPENDED and not more and not words.listed(a + b):
        return None
    joined, hyphened = words.in_book(a + b), words.in_book(f"{a}-{b}")
    if joined or hyphened:
        return "" if joined >= hyphened else "-"
    if earlier or more:
        return _in_compound(a, b, words)
    return _by_dictionary(a, b, second, words)


_HARDLY = 500
"""Words met so seldom are oftener pieces of a name, or of a word that no list has."""
_SELDOM = 200
_RARE = 50
"""The dictionary gives words that it met hardly ever this count."""


def _in_compound(a: str, b: str, words: Words) -> str | None:
    """Decide between halves that have another hyphen beside them: man-of- war, good-hu- moured."""
    two_words = words.has(a) and words.has(b)
    if words.has(a + b) and not two_words:
        return ""
    return "-" if two_words else None


def _by_dictionary(a: str, b: str, second: str, words: Words) -> str | None:
    if second[0].isupper():
        return "-"
    return _in_english(a, b, words) if words.language.startswith("en") else _abroad(a, b, words)


def _in_english(a: str, b: str, words: Words) -> str | None:
    two_words = words.has(a) and words.has(b)
    common_words = min(words.use(a), words.use(b)) >= COMMON
    joined = _joined(a, b, words)
    open_to_doubt = two_words and (joined < CERTAIN or words.falls_in_compounds(a, b))
    manner = words.manner(a, b) if open_to_doubt else None
    if _stays_apart(a, b, words) or (open_to_doubt and _is_old_compound(a, b, words, manner)):
        return "-"
    if words.falls_anywhere(a, b) and (sure := _by_its_parts(a, b, words)) is not None:
        return sure
    likely = words.breaks_plain_words(a, b) or _is_ending(b) or manner == ""
    prefixed = a in PREFIXES and words.has(b)
    if joined > _RARE or (joined and not prefixed and (a in CLOSED or not common_words or likely)):
        return ""
    return _by_its_halves(a, b, words, joined=bool(joined))


def _stays_apart(a: str, b: str, words: Words) -> bool:
    """Tell whether the first half is one that keeps its hyphen unless a dictionary has the whole."""
    unlisted = words.listed(b) and len(b) > SHORTEST_STEM and not words.listed(a + b)
    return a in APART_FROM_WORDS and bool(unlisted)


def _by_its_halves(a: str, b: str, words: Words, *, joined: bool) -> str | None:
    if _keeps_its_hyphen(a, b, words, joined=joined):
        return "-"
    if a in NUMBERS and b in COUNTED:
        return ""
    if words.has(a) and words.has(b):
        return _of_two_words(a, b, words, joined=joined)
    plain = words.breaks_plain_words(a, b)
    whole_word = words.use(a) >= COMMON and len(a) > SHORTEST_STEM and not plain
    return None if not joined and (whole_word or _APOSTROPHE.search(a)) else ""


def _by_its_parts(a: str, b: str, words: Words) -> str | None:
    """Decide where the dictionary has the whole just so, or a half is hardly ever a word in a compound."""
    if words.listed(a + b):
        kept = (a in PREFIXES and a not in WRITTEN_TOGETHER and words.has(b)) or b in SECOND_PARTS
        return None if kept else ""
    return "" if a in NEVER_APART or b in ENDS_ONLY else None


def _of_two_words(a: str, b: str, words: Words, *, joined: bool) -> str | None:
    """Decide between two words whose whole no dictionary has, or hardly."""
    if words.types_dashes_so:
        return None
    seldom = min(words.use(a), words.use(b))
    if seldom >= COMMON:
        return "-"
    if seldom < _HARDLY and not b.endswith(("ed", "ing")) and words.falls_anywhere(a, b):
        return ""
    return "-" if min(len(a), len(b)) >= SHORTEST_STEM and not joined else None


def _joined(a: str, b: str, words: Words) -> int:
    """Tell how common the whole is; an ending is one of its second half, not of the whole ("sun-dried")."""
    if b != "like" and b.endswith("like"):
        return words.use(a + b) or words.use((a + b).removesuffix("like"))
    if b in SECOND_PARTS and not words.breaks_plain_words(a, b) and words.listed(a + b) < _SELDOM:
        return 0
    stem = next((b.removesuffix(ending) for ending in ("ies", "ied", "ily", "ier") if b.endswith(ending)), "")
    return words.listed(a + b) if stem and words.listed(b) >= COMMON else words.use(a + b)


def _is_old_compound(a: str, b: str, words: Words, manner: str | None) -> bool:
    """Tell whether the book would keep the hyphen of what dictionaries now write together."""
    if manner == "-" and words.listed(b) and (words.loves_hyphens or words.use(a + b) <= _RARE):
        return True
    alone = a == "a" and (b.endswith("ing") or words.use(a + b) > 0)
    nouns = _are_nouns(a, b, words) or (b == "like" and words.use(a) >= COMMON)
    return alone or (words.loves_hyphens and manner != "" and nouns)


def _are_nouns(a: str, b: str, words: Words) -> bool:
    """Tell whether both halves are likely words of their own, no beginnings and endings of one word."""
    return (
        min(len(a), len(b)) >= SHORTEST_STEM
        and min(words.listed(a), words.listed(b)) >= COMMON
        and words.listed(a + b) < (CERTAIN if words.falls_in_compounds(a, b) else COMMON)
        and not (words.listed(a + b) and words.falls_anywhere(a, b))
        and not _is_ending(b)
        and a not in {"con", "com", "pro", *BEGINNINGS}
        and a not in CLOSED
    )


def _echoes(a: str, b: str) -> bool:
    """Tell whether the second half echoes the first: tittle-tattle, pell-mell, helter-skelter."""
    if min(len(a), len(b)) < SHORTEST_STEM:
        return False
    return a[:SHORTEST_STEM] == b[:SHORTEST_STEM] or a[1:] == b[1:] or a[-4:] == b[-4:]


def _is_ending(word: str) -> bool:
    """Tell whether a word, or its singular, is also an end of words."""
    return word in ENDS_OF_WORDS or word.removesuffix("s") in ENDS_OF_WORDS


def _keeps_its_hyphen(a: str, b: str, words: Words, *, joined: bool) -> bool:
    """Tell whether one half is of those that English joins with a hyphen."""
    if a in PREFIXES:
        return words.has(b)
    return not joined and (
        b in CLITICS["fr"]
        or (a in NUMBERS and b not in COUNTED and (words.has(b) or b.endswith("ed")))
        or (b.removesuffix("ness") in SECOND_PARTS and len(a) > SHORTEST_STEM)
        or _echoes(a, b)
    )


def _abroad(a: str, b: str, words: Words) -> str | None:
    """Decide in languages that write compounds together or apart, and use the hyphen for little else."""
    language = words.language[:2]
    known = words.has(a + b)
    bare = re.split("['’]", a)[-1]
    if not known and (b in STRESSED.get(language, ()) or _is_adverb(bare, b, language)):
        return "-"
    follows = b in CLITICS.get(language, ()) or (
        bare in HYPHENED.get(language, ()) and words.has(b.removesuffix("s"))
    )
    verb = words.has(bare) or (language == "pt" and len(bare) > 1)
    if (follows and verb and not known) or (bare, b) in ALWAYS_HYPHENED:
        return "-"
    if known or b in ENDS_ABROAD.get(language, ()) or words.breaks_plain_words(a, b):
        return ""
    if not lexicon.exists(language) and not words.is_inside(a, b):
        return ""
    return _compound_abroad(bare, b, words) if words.has(bare) and words.has(b) else ""


def _is_adverb(a: str, b: str, language: str) -> bool:
    """Tell whether two halves are a Russian adverb: по-русски, во-первых."""
    if language != "ru":
        return False
    return (a == "по" and b.endswith(("ски", "цки", "ому", "ему"))) or (a in ("во", "в") and b.endswith("ых"))


def _compound_abroad(a: str, b: str, words: Words) -> str | None:
    """Decide between two words whose whole no dictionary has."""
    language = words.language[:2]
    if b in CLOSED_CLITICS.get(language, ()):
        return ""
    if language in OPEN_COMPOUNDS:
        if min(len(a), len(b)) < SHORTEST_STEM:
            return ""
        return "-" if min(len(a), len(b)) > SHORTEST_STEM and not words.types_dashes_so else None
    if language == "nl" and a[-1] == b[0] and b[0] in "aeiou":
        return "-"
    if language == "de":
        return "-" if a.endswith("sch") and b.rstrip("enrsm").endswith("sch") else ""
    return None
