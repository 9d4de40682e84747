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
        or code in _WESTERN
    )


_WESTERN = frozenset(
    (
        0x192,
        0x1A0,
        0x1A1,
        0x1AF,
        0x1B0,
        0x218,
        0x219,
        0x21A,
        0x21B,
        0x20AC,
        0x2116,
        0x2122,
        0x2212,
        0x2E3A,
        0x2E3B,
        0x2042,
        0x2044,
        0x2060,
        0xFEFF,
    )
)


def is_of_another_script(character: str) -> bool:
    """Tell whether this is a Greek, Cyrillic or Hebrew letter."""
    code = ord(character or "\0")
    return character.isalpha() and (0x370 <= code < 0x530 or 0x5D0 <= code < 0x5EB or 0x1F00 <= code < 0x2000)


def is_text(character: str) -> bool:
    """Tell whether books in any of the scripts that are known here hold this character."""
    return is_western(character) or is_of_another_script(character) or character in OKINA
