"""Bytes to text, so that the way back is exact."""

import codecs
import re

from publish.diagnostic import PublishError
from publish.readers import legacy
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
_STRAY = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


LARGEST = 1 << 26
"""64 MB: the words of a hundred novels, for which memory and time are still to be had."""


def decode(data: bytes, name: str, encoding: str = "") -> Source:
    """Give the source of a file.

    UTF-8 is taken wherever the bytes allow it; bytes in it that are not UTF-8 become lone surrogates, which
    the normalizer repairs as logged edits. Raises PublishError for an empty file, for one that is not text or
    larger than any, and for an unknown `encoding`.
    """
    if len(data) > LARGEST:
        raise PublishError(
            f"{name}: a text of more than {LARGEST >> 20} MB is no book.",
            "Divide it, or save its text alone.",
        )
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
    odd = len(_CONTROL.findall(text))
    if odd > max(8, len(text) // 200) or (not any(map(str.isalnum, text)) and (odd or _STRAY.search(text))):
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
    try:
        # Halves of UTF-16 are written so by old databases.
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_STRAY.findall(text))
    sound = len(_FOREIGN.findall(text)) - stray
    # By chance alone a legacy text holds next to no valid sequences of UTF-8, unless its end is cut off.
    if sound * 2 >= stray or _STRAY.search(text[:-3]) is None:
        return "utf-8"
    return legacy.ranked(data)[0].encoding


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
