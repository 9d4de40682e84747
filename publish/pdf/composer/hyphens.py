"""Where a language divides its words: the patterns of Pyphen, and what good typesetting asks beyond them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

SHORTEST, BEFORE, AFTER = 6, 2, 3
"""Letters of a word that may be divided, and of its parts."""
_LETTERS = re.compile(r"[^\W\d_]+")
_WHOLE = re.compile("[-‐‑/0-9]")
_CAPITAL_NOUNS = {"de", "lb"}
"""Languages in which a capital does not mean a name."""


@cache
def patterns(language: str) -> tuple[dict[str, Any], dict[str, int]] | None:
    """Give a language's patterns, and how long the longest is that begins with two signs."""
    import pyphen

    if not (found := pyphen.language_fallback(language)):
        return None
    known = pyphen.Pyphen(lang=found).hd.patterns
    return known, {pattern[:2]: len(pattern) for pattern in sorted(known, key=len)}


def _positions(word: str, known: dict[str, Any], longest: dict[str, int]) -> Iterator[int]:
    """As Pyphen has them, which looks for all parts of a word that are no longer than any pattern."""
    dotted = f".{word}."
    values: list[Any] = [0] * (len(dotted) + 1)
    for begin in range(len(word) + 1):
        reach = begin + longest.get(dotted[begin : begin + 2], 1)
        for end in range(begin + 1, min(reach, len(dotted)) + 1):
            if found := known.get(dotted[begin:end]):
                for at, value in enumerate(found[1], begin + found[0]):
                    values[at] = max(value, values[at])
    for at in range(BEFORE, len(word) - AFTER + 1):
        if values[at + 1] % 2 and getattr(values[at + 1], "data", None) is None:
            yield at


@cache
def divisions(word: str, language: str) -> tuple[int, ...]:
    """Give the places in a word, punctuation and all, at which a hyphen may part it.

    Nothing for words that hold hyphens or figures, for abbreviations in capitals, and for places
    where the spelling would change.
    """
    found = patterns(language)
    if found is None or _WHOLE.search(word):
        return ()
    places: list[int] = []
    for match in _LETTERS.finditer(word):
        letters = match[0]
        if len(letters) >= SHORTEST and not letters[1:].isupper():
            places += [match.start() + place for place in _positions(letters.lower(), *found)]
    return tuple(places)


def is_name(word: str, language: str, *, begins: bool) -> bool:
    """Tell whether a word looks like a name, which is better not divided.

    `begins` says that it begins a sentence, where a capital means nothing.
    """
    if begins or language.partition("-")[0].lower() in _CAPITAL_NOUNS:
        return False
    match = _LETTERS.search(word)
    return match is not None and match[0][0].isupper()
