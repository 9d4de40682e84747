"""Characters that the text face lacks: set from a second face, by an equal or by name, never as an empty box."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from publish.fonts import SECOND_FAMILY, TEXT_FAMILY, coverage, faces

_EQUALS = {
    "\u2010": "-",
    "\u2011": "\u2060-\u2060",
    "\u2012": "–",
    "\u2015": "—",
    "\u202f": "\u2060\u2009\u2060",
    "\u2212": "–",
    "\u02bc": "’",
    "\u2e3a": "——",
    "\u2e3b": "———",
}
"""What a printer takes where the sort is missing from the case."""
_SPELLED = ("<compat>", "<wide>", "<narrow>", "<fraction>")
"""Kinds of Unicode's decompositions that only another way of writing the same letters is."""


def missing(text: str) -> str:
    """Give the characters of a text that the text face lacks in some style, sorted, each once."""
    covered = frozenset.intersection(*(coverage(face.path) for face in faces(TEXT_FAMILY)))
    return "".join(sorted(c for c in set(text) if ord(c) not in covered and _has_form(c)))


def replacements(lacking: str, unprintable: Callable[[str], set[str]]) -> dict[int, str]:
    """Give the text to print for each character that cannot be printed as it is.

    `lacking` is what `missing` gives; `unprintable` tells which of some characters no font at hand can print. A
    character that the second face has, or a font of the system, needs no replacement and is left out.
    """
    equals = {c: equal for c in lacking if (equal := _equal(c))}
    helped = _second()
    asked = "".join(c for c in lacking if c not in equals and ord(c) not in helped)
    names = {c: f"[{_name(c)}]" for c in unprintable(asked)}
    return {ord(c): text for c, text in (equals | names).items()}


def _has_form(character: str) -> bool:
    """Tell whether a character is drawn at all: controls, joiners and variation selectors are not."""
    if character.isspace():
        return character == "\u202f"
    return unicodedata.category(character) not in {"Cc", "Cf"} and not 0xFE00 <= ord(character) <= 0xFE0F


def _equal(character: str) -> str:
    """Give an equal that the text face has in every style, or nothing."""
    kind = unicodedata.decomposition(character).partition(" ")[0]
    spelled = unicodedata.normalize("NFKC", character) if kind in _SPELLED else ""
    equal = _EQUALS.get(character, spelled)
    return equal if equal != character and not missing(equal) else ""


def _second() -> frozenset[int]:
    return frozenset.intersection(*(coverage(face.path) for face in faces(SECOND_FAMILY)))


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
