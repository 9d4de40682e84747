"""Where a language divides its words: the patterns of Pyphen, and what good typesetting asks beyond them."""

import re
from functools import cache
from typing import Any

SHORTEST, BEFORE, AFTER = 6, 2, 3
"""Letters of a word that may be divided, and of its parts."""
_LETTERS = re.compile(r"[^\W\d_]+")
_WHOLE = re.compile("[-‐‑/0-9]")
_CAPITAL_NOUNS = {"de", "lb"}
"""Languages in which a capital does not mean a name."""


@cache
def _patterns(language: str) -> Any:
    import pyphen

    found = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=found, left=BEFORE, right=AFTER) if found else None


@cache
def divisions(word: str, language: str) -> tuple[int, ...]:
    """Give the places in a word, punctuation and all, at which a hyphen may part it.

    Nothing for words that hold hyphens or figures, for abbreviations in capitals, and for places
    where the spelling would change.
    """
    patterns = _patterns(language)
    if patterns is None or _WHOLE.search(word):
        return ()
    places: list[int] = []
    for match in _LETTERS.finditer(word):
        letters = match[0]
        if len(letters) >= SHORTEST and not letters[1:].isupper():
            found = patterns.positions(letters.lower())
            places += [match.start() + int(place) for place in found if place.data is None]
    return tuple(places)


def is_name(word: str, language: str, *, begins: bool) -> bool:
    """Tell whether a word looks like a name, which is better not divided.

    `begins` says that it begins a sentence, where a capital means nothing.
    """
    if begins or language.partition("-")[0].lower() in _CAPITAL_NOUNS:
        return False
    match = _LETTERS.search(word)
    return match is not None and match[0][0].isupper()
