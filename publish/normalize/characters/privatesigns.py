"""Private signs whose meaning is known: those of the fonts Symbol and Wingdings, and of Adobe's older faces.

Word keeps a character of a symbol font at U+F000 plus its number in that font, without the font's name. Where
the two fonts differ, the sign is the one that is met in prose: the arrow and the faces that Word makes of -->
and :-) come from Wingdings, Greek letters and mathematics from Symbol.
"""

from collections.abc import Iterator

from publish.patterns import lazily
from publish.source import Edit

_GREEK = "ΑΒΧΔΕΦΓΗΙ   ΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
"""Symbol from 0x41 on; J, K and L are faces in Wingdings."""
_SYMBOL = {
    0x20: " ", 0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0xA0: "€", 0xA1: "ϒ",
    0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅", 0xC7: "∩",
    0xC8: "∪", 0xCE: "∈", 0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√",
    0xD7: "⋅", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xE2: "®", 0xE3: "©",
    0xE4: "™", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x71: "❑", 0x73: "⬧", 0x75: "◆", 0x76: "❖",
    0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_LISTED = frozenset("●■❑⬧◆❖")
"""Signs that begin the lines of lists; amid words the letter of Symbol is meant."""
_ADOBE = {
    **{0xF001 + number: some for number, some in enumerate(("fi", "fl"))},
    **{0xF730 + digit: str(digit) for digit in range(10)},
    **{0xF761 + letter: chr(0x41 + letter) for letter in range(26)},
}
"""Ligatures, old-style figures, small capitals."""


def _meanings() -> dict[str, str]:
    known = {0x41 + at: sign for at, sign in enumerate(_GREEK) if sign != " "} | _SYMBOL
    fonts = {0xF000 + at: sign for at, sign in (known | _WINGDINGS).items()}
    ascii_signs = {0xF000 + at: chr(at) for at in range(0x21, 0x40)}
    return {chr(code): sign for code, sign in (ascii_signs | fonts | _ADOBE).items()}


_MEANING = _meanings()
_KNOWN = lazily(f"[{''.join(sorted(_MEANING))}]")
_TITLES = {True: "A sign of the font Symbol or Wingdings.", False: "A letter of an older face."}
_FIRST, _LAST = 0xF020, 0xF0FF


def mend(text: str) -> Iterator[Edit]:
    """Give the signs that private ones stand for, as far as their meaning is known."""
    for match in _KNOWN.finditer(text):
        at, sign = match.start(), match.group()
        meaning = _MEANING[sign]
        if meaning in _LISTED and text[:at].strip():
            meaning = _GREEK[ord(sign) - 0xF041]
        beside = text[max(0, at - 1) : at], text[at + 1 : at + 2]
        if meaning.isascii() and len(meaning) > 1 and not any(map(str.isalpha, beside)):
            continue
        yield Edit(at, at + 1, meaning, "ENC013", _TITLES[_FIRST <= ord(sign) <= _LAST])
