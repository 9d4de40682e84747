"""Signs written as mail, web addresses and programs write them: =E2=80=99, %E2%80%99, <U+2019>, +IBk-."""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from publish.normalize.characters.misread import is_western
from publish.patterns import lazily
from publish.source import Edit

_PATTERN = lazily(
    r"(?P<mail>(?:=[89A-F][0-9A-F]){2,})"
    r"|(?P<address>(?:%[89A-Fa-f][0-9A-Fa-f]){2,})"
    r"|(?P<bytes>(?:\\x[89A-Fa-f][0-9A-Fa-f]){2,})|(?P<octal>(?:\\[23][0-7]{2}){2,})"
    r"|(?P<program>(?:\\u[0-9A-Fa-f]{4})+|(?:%u[0-9A-Fa-f]{4})+|\\u\{[0-9A-Fa-f]{2,6}\}|<U\+[0-9A-F]{4,6}>)"
    r"|(?P<named>(?<=[a-z.,?!])U\+20[0-9A-F]{2}|U\+20[0-9A-F]{2}(?=[A-Z]?[a-z]{2})|(?<=[a-z])U\+00[A-F][0-9A-F])"
    r"|(?P<number>(?:(?<=[A-Za-z])#(?:8\d{3}|1[6-9]\d|2[0-5]\d)|(?<=[.,?!])#8\d{3});|#(?:8\d{3}|160);(?=[A-Za-z]))"
    r"|(?P<utf7>\+(?:[A-Za-z0-9/]{8}|[A-Za-z0-9/]{6}|[A-Za-z0-9/]{3})(?:-|(?![A-Za-z0-9/])))"
    r"|(?P<byte>\\x[89A-Fa-f][0-9A-Fa-f])|(?P<single>=[89A-F][0-9A-F])|(?P<plain>=(?:20|3D|09))"
)
_HEX = re.compile(r"[0-9A-Fa-f]{2,}")
_TITLES = {
    "mail": "As mail writes it (quoted-printable).",
    "address": "As web addresses write it.",
    "bytes": "As programs write bytes.",
    "octal": "As programs write bytes.",
    "byte": "As programs write bytes (Windows-1252).",
    "named": "As programs name it.",
    "number": "As web pages write it, without the first sign.",
    "program": "As programs write it.",
    "utf7": "As old mail writes it (UTF-7).",
    "single": "As mail writes it (quoted-printable, Windows-1252).",
    "plain": "As mail writes it (quoted-printable).",
}
_VOUCHED = 3
"""So many of a kind in a manuscript are no examples that it gives."""
_LONG = 200
"""Addresses are hardly longer on either side."""
_ADDRESS = re.compile(r"://|www\.|[\w-]/[\w%-]")


def may_stand_in(text: str) -> bool:
    """Tell whether a line may hold any: a quick question, for most hold none."""
    # Five questions by themselves are quicker than one pattern, and each line of a book is asked.
    return "=" in text or "%" in text or "+" in text or "\\" in text or "#" in text


def survey(texts: Iterable[str]) -> frozenset[str]:
    """Give the kinds of which the manuscript has so many that each may stand by itself."""
    found = Counter(kind for text in texts if may_stand_in(text) for _, kind, _ in _found(text))
    return frozenset(kind for kind, count in found.items() if count >= _VOUCHED)


def mend(text: str, usual: frozenset[str]) -> Iterator[Edit]:
    """Give the signs for what stands for them: where it touches a letter, or where its kind is usual."""
    if not may_stand_in(text):
        return
    for match, kind, signs in _found(text):
        start, end = match.span()
        touches = text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()
        if kind == "plain":
            wanted = not usual.isdisjoint(("mail", "single"))
        else:
            wanted = kind in usual or (touches and kind not in ("single", "byte"))
        if wanted:
            yield Edit(start, end, signs, "ENC010", _TITLES[kind])


def _found(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Give what may stand for signs, of which kind it is, and the signs."""
    for match in _PATTERN.finditer(text):
        kind = match.lastgroup or ""
        signs = _decoded(kind, match.group())
        if kind == "mail" and not signs:
            kind, signs = "single", _decoded("single", match.group())
        if (
            signs
            and (kind == "plain" or all(map(is_western, signs)))
            and not (kind == "address" and _in_address(match))
        ):
            yield match, kind, signs


def _in_address(match: re.Match[str]) -> bool:
    """Tell whether a match stands in the address of a page, which needs its form."""
    text, (start, end) = match.string, match.span()
    before = text[max(0, start - _LONG) : start].rpartition(" ")[2]
    after = text[end : end + _LONG].partition(" ")[0]
    return _ADDRESS.search(before + match.group() + after) is not None


def _decoded(kind: str, typed: str) -> str:
    digits = _HEX.findall(re.sub(r"[\\%]u|\\x", " ", typed))
    try:
        if kind == "number":
            return chr(int(typed.strip("#;")))
        if kind == "octal":
            return bytes(int(some, 8) for some in typed[1:].split("\\")).decode()
        if kind in ("program", "named"):
            units = (chr(int(some, 16)) for some in digits)
            return "".join(units).encode("utf-16", "surrogatepass").decode("utf-16")
        if kind == "utf7":
            inner = typed[1:].removesuffix("-")
            raw = base64.b64decode(inner + "=" * (-len(inner) % 4))
            signs = raw[: len(raw) // 2 * 2].decode("utf-16-be")
            return signs if signs.encode("utf-7").decode().strip("+-") == inner else ""
        raw = bytes.fromhex("".join(digits))
        return raw.decode("cp1252" if kind in ("single", "byte") else "utf-8")
    except (ValueError, OverflowError, binascii.Error):
        return ""
