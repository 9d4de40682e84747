"""Passages of a manuscript as a report can print them: short, on one line, with nothing invisible in them."""

import unicodedata
from functools import lru_cache

from publish.draft import EMPHASIS_OFF, EMPHASIS_ON, PAGE, STRONG_OFF, STRONG_ON

READ_AS = {
    EMPHASIS_ON: "a mark of italics",
    EMPHASIS_OFF: "a mark of italics",
    STRONG_ON: "a mark of bold",
    STRONG_OFF: "a mark of bold",
    PAGE: "the mark of a page",
}
"""What signs of a manuscript are told to be where a mark of the normalizer stands for them."""
_NAMES = {
    "\t": "tab", "\n": "line end", "\r": "carriage return", "\r\n": "line end", "\x0c": "form feed",
    "\x85": "NEL", "\xa0": "no-break space", "\xad": "soft hyphen", "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner", "\u200d": "zero-width joiner", "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark", "\u2028": "line separator", "\u2029": "paragraph separator",
    "\u2060": "word joiner", "\u202f": "narrow no-break space", "\ufeff": "byte order mark",
    "\ufffd": "replacement character",
}  # fmt: skip
_PICTURES = {"\t": "→", "\xa0": "⍽", "\u202f": "⍽", "\xad": "‧", "\x7f": "␡", "\ufffd": "\ufffd"}
_LONGEST = 40


def quoted(passage: str) -> str:
    """Give a passage in quotation marks, cut in the middle where it is long, invisible characters named."""
    if passage and passage.isspace() and set(passage) == {" "}:
        return "“ ”" if len(passage) == 1 else f"{len(passage)} spaces"
    text = shown(passage)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2].rstrip()} … {text[-_LONGEST // 3 :].lstrip()}"
    return f"‹{text}›" if any(mark in text for mark in "“”„") else f"“{text}”"


@lru_cache(maxsize=1024)
def changed(before: str, after: str) -> str:
    """Say what a change does, as a sentence."""
    if mark := READ_AS.get(after[:1]):
        return f"{quoted(before)} is read as {mark}."
    if not before:
        return f"{quoted(after)} is added."
    what = quoted(before)
    # Spaces are counted: "2 spaces".
    many = what.endswith("s")
    if not after:
        return f"{what} {'are' if many else 'is'} left out."
    return f"{what} {'become' if many else 'becomes'} {quoted(after)}."


def shown(passage: str) -> str:
    """Give a passage with every invisible character replaced by its name in angle brackets, runs counted."""
    parts: list[str] = []
    at = 0
    while at < len(passage):
        name = _name(passage[at])
        if not name:
            parts.append(passage[at])
            at += 1
            continue
        end = at
        while end < len(passage) and passage[end] == passage[at]:
            end += 1
        parts.append(f"⟨{end - at} × {name}⟩" if end - at > 1 else f"⟨{name}⟩")
        at = end
    return "".join(parts)


def _name(character: str) -> str:
    if character == " ":
        return ""
    if named := _NAMES.get(character):
        return named
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"):
        return f"U+{ord(character):04X}"
    return ""


def pictured(line: str) -> str:
    """Give a line in which every character that shows nothing or disturbs a terminal is one visible sign.

    The length in code points stays, so that carets can be counted.
    """
    return "".join(_picture(character) for character in line)


def _picture(character: str) -> str:
    if " " <= character <= "~":
        return character
    if picture := _PICTURES.get(character):
        return picture
    if character < " ":
        return chr(0x2400 + ord(character))
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return "¤"
    return " " if unicodedata.category(character) == "Zs" else character


def cells(character: str) -> int:
    """Give how many columns of a terminal a character takes: 0 combining, 2 wide, else 1."""
    if character <= "~":
        return 1
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
