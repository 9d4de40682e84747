"""Bytes to text, so that the way back is exact."""

import codecs
import re
from collections.abc import Iterable

from publish.diagnostic import PublishError
from publish.source import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a packed file (a word processor's document or an e-book)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
_LEGACY = ("cp1252", "mac_roman", "cp850", "cp437")
_STRAY = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, name: str, encoding: str = "") -> Source:
    """Give the source of a file.

    UTF-8 is taken wherever the bytes allow it; bytes in it that are not UTF-8 become lone surrogates, which
    the normalizer repairs as logged edits. Raises PublishError for an empty file, for a file that is not text
    and for an unknown `encoding`.
    """
    if not data.strip(b" \t\r\n\x0c\x00\xef\xbb\xbf\xff\xfe"):
        raise PublishError(f"{name}: the file is empty.", "Check that it was saved.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise PublishError(
                f"{name}: this is {what}, not plain text.", "Save the text as .txt or .md first."
            )
    chosen = encoding or _detect(data)
    try:
        text = data.decode(chosen, "surrogateescape")
    except (LookupError, UnicodeError) as error:
        raise PublishError(
            f"{name}: cannot be read as “{chosen}” ({error}).", "Correct `encoding`."
        ) from error
    if len(_CONTROL.findall(text)) > max(8, len(text) // 200):
        raise PublishError(f"{name}: this is not a text file.", "Save the text as .txt or .md first.")
    return Source(name, data, text, chosen, lossless=_encodes_back(text, chosen, data))


def _encodes_back(text: str, encoding: str, data: bytes) -> bool:
    try:
        return text.encode(encoding, "surrogateescape") == data
    except UnicodeError:
        return False


def _detect(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    wide = _wide(data)
    if wide:
        return wide
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_STRAY.findall(text))
    if not stray:
        return "utf-8"
    sound = len(_FOREIGN.findall(text)) - stray
    # By chance alone a legacy text holds next to no valid sequences of UTF-8.
    if sound * 2 >= stray or _only_the_end_is_cut(text):
        return "utf-8"
    return _legacy(data)


def _only_the_end_is_cut(text: str) -> bool:
    return _STRAY.search(text[:-3]) is None


_LEAST_ZEROS = 4
"""Fewer zero bytes are strays in a text of single bytes."""


def _wide(data: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes: every second one of Western text, or of its spaces."""
    sample = data[: 1 << 16]
    if sample.count(0) < _LEAST_ZEROS or (sample[::2].count(0) and sample[1::2].count(0)):
        return ""
    for encoding, space in (("utf-16-le", b" \x00"), ("utf-16-be", b"\x00 ")):
        at = [i for i in range(0, len(sample) - 1, 2) if sample[i : i + 2] == space]
        if len(at) * 60 >= len(sample) // 2 and len(data) % 2 == 0:
            return encoding
    return ""


def _legacy(data: bytes) -> str:
    """Choose among the single-byte code pages of the West by how well each letter fits its neighbours."""
    readings = {encoding: data.decode(encoding, "surrogateescape") for encoding in _LEGACY}
    scores = {encoding: _plausibility(text) for encoding, text in readings.items()}
    best = max(_LEGACY, key=lambda encoding: scores[encoding])
    if scores[best] > 0 and not _mostly_foreign(readings[best]):
        return best
    from charset_normalizer import from_bytes  # slow to import and seldom needed

    guess = from_bytes(data).best()
    return guess.encoding if guess else best


def _mostly_foreign(text: str) -> bool:
    letters = sum(1 for character in text if character.isalpha())
    foreign = sum(1 for character in text if character.isalpha() and character > "\x7f")
    return foreign * 3 > letters


def _plausibility(text: str) -> float:
    marks = [match.start() for match in _FOREIGN.finditer(text)]
    return sum(_fit(text, at) for at in marks) / max(1, len(marks))


_OPENING = "“‘«„‚‹"
_CLOSING = "”’»›"


def _fit(text: str, at: int) -> float:
    """Tell how well a character that is not ASCII sits between its neighbours, from -3 to 2."""
    character = text[at]
    before = text[at - 1] if at else "\n"
    after = text[at + 1] if at + 1 < len(text) else "\n"
    if character.isalpha() and character not in "ªºµƒ":
        return _letter_fit(character, before, after)
    # Where a text has quotation marks they are most of its foreign signs, and their places are unmistakable.
    if character in _OPENING:
        return 2.0 if not before.isalnum() and not after.isspace() else -1.0
    if character in _CLOSING:
        return 2.0 if not before.isspace() and (character == "’" or not after.isalpha()) else -1.0
    if character in "—–…":
        return 1.0
    if character.isspace() or character in "©®°£§½¼¾™€•·":
        return 0.3 if not (before.isalpha() and after.isalpha()) else -2.0
    return -2.0


def _letter_fit(character: str, before: str, after: str) -> float:
    neighbours = [other for other in (before, after) if other.isalpha()]
    if not neighbours:
        return -0.5
    if character.isupper():
        return 1.0 if not before.islower() else -3.0
    return 1.0 if _same_script(character, neighbours) else -2.0


def _same_script(character: str, neighbours: Iterable[str]) -> bool:
    return all((character < "\u0250") == (other < "\u0250") for other in neighbours)
