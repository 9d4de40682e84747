"""Characters that the text face lacks: set from a second face, by an equal or by name, never as a box."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from publish import directions
from publish.diagnostic import PublishError
from publish.fonts import OURS, SECOND_FAMILY, coverage, faces

_EQUALS = {
    "\u2010": "-", "\u2011": "\u2060-\u2060", "\u2012": "–", "\u2015": "—", "\u202f": "\u2060\u2009\u2060",
    "\u2212": "–", "\u02bc": "’", "\u2e3a": "——", "\u2e3b": "———",
}  # fmt: skip
"""What a printer takes where the sort is missing from the case."""
_JOINER = "\u2060"
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors, which have no form of their own."""
_SPELLED = ("<compat>", "<wide>", "<narrow>", "<fraction>")
"""Kinds of Unicode's decompositions that only another way of writing the same letters is."""


_MOST_NAMED = 12
"""Different characters that may stand by their names; a script without any font has more."""


_CODE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def code_apart(html: str) -> tuple[str, str]:
    """Give the text of XHTML without code, and the code, which has a face of its own."""
    return (_CODE.sub("", html), "".join(_CODE.findall(html))) if "<pre" in html else (html, "")


def apart(mend: Callable[[str], str], mend_code: Callable[[str], str]) -> Callable[[str], str]:
    """Give the function that makes XHTML printable of those for its text and for its code."""

    def both(html: str) -> str:
        parts = _CODE.split(html)
        return "".join(mend_code(part) if part.startswith("<pre") else mend(part) for part in parts)

    return lambda html: both(html) if "<pre" in html else mend(html)


def missing(text: str, families: Sequence[str]) -> str:
    """Give the characters of a text that one of the families lacks in some style, sorted, each once."""
    covered = frozenset.intersection(*(coverage(face.path) for name in families for face in faces(name)))
    return "".join(sorted(c for c in set(text) if ord(c) not in covered and _has_form(c)))


def account(character: str, families: Sequence[str]) -> tuple[str, bool]:
    """Say how a character is printed that families lack, and whether it may look otherwise elsewhere."""
    lacks = f"“{character}” is not in the face of the printed book"
    if equal := _equal(character, families):
        return f"{lacks}; “{equal.strip(_JOINER)}” is printed.", False
    if ord(character) in _second():
        return f"{lacks}; it is set from {SECOND_FAMILY.removesuffix(OURS)}.", False
    return f"{lacks}; a font of this machine sets it or, where none has it, its name is printed.", True


def mender(
    lacking: str, families: Sequence[str], unprintable: Callable[[str], set[str]]
) -> Callable[[str], str]:
    """Give the function that makes XHTML printable.

    `lacking` is what `missing` gives for the families; `unprintable` tells which of some characters no font
    at hand can print.
    Raises PublishError where so many have no font that the text would not be the author's any more.
    Characters are replaced by an equal or, where there is none, by their name in brackets; those that another
    face has are marked with the class "other".
    """
    equals = {c: equal for c in lacking if (equal := _equal(c, families))}
    helped = _second() if lacking else frozenset()
    asked = "".join(c for c in lacking if c not in equals and ord(c) not in helped)
    named = {c: f"[{_name(c)}]" for c in unprintable(asked)}
    if len(named) > _MOST_NAMED:
        shown = " ".join(sorted(named)[:6])
        raise PublishError(
            f"No font on this machine can print {len(named)} of the book's characters ({shown} …).",
            "Install a font that has them, for instance one of the Noto families, or make the EPUB only.",
        )
    table = {ord(c): text for c, text in (equals | named).items()}
    others = "".join(c for c in lacking if ord(c) not in table)
    if not others:
        return lambda html: html.translate(table)
    marked = re.compile(f"(<[^>]*>)|({_from_right(others)})|([{re.escape(others)}]+)")

    def other(match: re.Match[str]) -> str:
        if match[2]:
            # Words that WeasyPrint gets as one text stand in their order, but it cannot justify them.
            words = re.sub(f"[{re.escape(others)}]+", r'<span class="other">\g<0></span>', match[2])
            return f'<span dir="rtl">{words}</span>'
        return match[1] or f'<span class="other">{match[3]}</span>'

    return lambda html: marked.sub(other, html.translate(table))


def _from_right(others: str) -> str:
    """Give the pattern of several words from right to left, with what stands between them."""
    right = "".join(c for c in others if unicodedata.bidirectional(c) in directions.FROM_RIGHT)
    right = f"[{re.escape(right)}]" if right else "(?!)"
    return rf"{right}(?:[^\w<>&]|\d|{right})*[^\w<>&](?:[^\w<>&]|\d|{right})*{right}[{re.escape(others)}]*"


def _has_form(character: str) -> bool:
    """Tell whether a character is drawn at all: controls, joiners and variation selectors are not."""
    if character.isspace():
        return character == "\u202f"
    return unicodedata.category(character) not in {"Cc", "Cf"} and character not in _SELECTORS


def _equal(character: str, families: Sequence[str]) -> str:
    """Give an equal that the families have in every style, or nothing."""
    kind = unicodedata.decomposition(character).partition(" ")[0]
    spelled = unicodedata.normalize("NFKC", character) if kind in _SPELLED else ""
    equal = _EQUALS.get(character, spelled)
    return equal if equal != character and not missing(equal, families) else ""


def _second() -> frozenset[int]:
    return frozenset.intersection(*(coverage(face.path) for face in faces(SECOND_FAMILY)))


def _name(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return name or f"U+{ord(character):04X}"
