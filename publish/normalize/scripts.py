"""Which characters books hold: those of Western books, letters of other scripts."""

from __future__ import annotations

OKINA = frozenset("ʻʼ")
"""Letters of Hawaiian; a no-break space and the º of Spanish ordinals look like them in Mac Roman."""


def is_western(character: str) -> bool:
    """Tell whether Western books hold this character outside ASCII."""
    code = ord(character or "\0")
    return (
        0xA0 <= code < 0x180
        or 0x2002 <= code < 0x2040
        or 0xFB00 <= code <= 0xFB06
        or 0x2C6 <= code <= 0x2DC
        or 0x300 <= code < 0x339
        or 0x2150 <= code < 0x2180
        or 0x1E00 <= code < 0x1F00
        or code > 0x1F000
        or character in _WESTERN
    )


_WESTERN = frozenset(
    "\u0192\u01a0\u01a1\u01af\u01b0\u0218\u0219\u021a\u021b\u20ac\u2116\u2122\u2212\u2e3a\u2e3b\u2042\u2044\u2060\ufeff"
)


def is_of_another_script(character: str) -> bool:
    """Tell whether this is a Greek, Cyrillic or Hebrew letter."""
    code = ord(character or "\0")
    return character.isalpha() and (0x370 <= code < 0x530 or 0x5D0 <= code < 0x5EB or 0x1F00 <= code < 0x2000)


def is_text(character: str) -> bool:
    """Tell whether books in any of the scripts that are known here hold this character."""
    return is_western(character) or is_of_another_script(character) or character in OKINA
