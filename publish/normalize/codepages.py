"""Letters of Eastern Europe that were read in the code page of Western Europe: Rozdzia³, Pøíliš, idõ.

Each letter became one other sign, which alone may be honest. What tells is a passage in which the language
lacks all of its own letters, where signs that its words never have stand inside words in their places.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, islice

from msgspec import Struct

from publish.normalize.misread import PAGES
from publish.patterns import lazily
from publish.readers import legacy
from publish.source import Edit

_WRITTEN = ("cp1250", "iso8859_2")
_LANGUAGES = ("pl", "cs", "sk", "hu", "ro", "hr")
_SAMPLE = 400
"""So many lines show the language."""
_INSIDE_WORDS = 3
"""So many signs that are no letters stand inside words, at least, in a garbled part of a manuscript."""
_KINDS = 2
_THROUGHOUT = 10
"""Signs that prove it where the whole manuscript has none of its language's own letters."""

_MOST = 0.9
"""The share of a passage's lines in which the signs suit the language; another language has à and õ."""


class Evidence(Struct, frozen=True):
    """Which lines were read in the wrong code page."""

    page: str = ""
    """The code page that they were written in."""
    letters: str = ""
    """The letters outside ASCII of the manuscript's language."""
    lines: frozenset[str] = frozenset()


def survey(texts: Sequence[str], signs: Collection[str]) -> Evidence:
    """Find the lines that were written in another code page; `signs` are all signs that `texts` have."""
    if not any(sign in meant for page in _WRITTEN for meant in (_meant(page),) for sign in signs):
        return Evidence()
    language = legacy.language_of_words("\n".join(islice(texts, _SAMPLE)).encode("utf-8", "replace"))
    if language not in _LANGUAGES:
        return Evidence()
    letters = legacy.letters_of(language)
    found = [Evidence(page, letters, frozenset(_garbled(texts, page, letters))) for page in _WRITTEN]
    return max(found, key=lambda evidence: sum(1 for text in evidence.lines for _ in mend(text, evidence)))


def mend(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Give the letters that the signs of a line stood for."""
    if text in evidence.lines:
        meant = _meant(evidence.page)
        note = f"{PAGES[evidence.page]} that was read as {PAGES['cp1252']}."
        for match in _signs(evidence.page).finditer(text):
            letter = meant[match.group()]
            if letter.lower() in evidence.letters:
                yield Edit(*match.span(), letter, "ENC001", note)


def _garbled(texts: Sequence[str], page: str, letters: str) -> Iterator[str]:
    """Give the lines of passages that have signs in the places of all the language's own letters."""
    own = re.compile("[" + "".join(_own(letters)) + "]")
    whole = not any(map(_FURTHER.search, texts))
    for honest, lines in groupby(texts, key=lambda text: own.search(text) is not None):
        strange = [] if honest else [text for text in lines if _signs(page).search(text)]
        passage = [text for text in strange if _suits(text, page, letters)]
        if len(passage) < _MOST * len(strange):
            continue
        odd = Counter(
            match.group()
            for text in passage
            for match in _signs(page).finditer(text)
            if match.group().lower() not in letters
        )
        inside = sum(len(_inside_words(page).findall(text)) for text in passage)
        proved = inside >= _INSIDE_WORDS or (whole and odd.total() >= _THROUGHOUT)
        if proved and len(odd) >= _KINDS:
            yield from passage


_FURTHER = lazily("(?![ŒœŠšŽžŸƒ])[\u0100-\u024f]")
"""The Latin letters that the code page of Western Europe does not have."""


def _own(letters: str) -> Iterator[str]:
    """Give the letters, capitals too, that the code page of Western Europe does not have."""
    for letter in letters + letters.upper():
        if letter.encode("cp1252", "replace") == b"?":
            yield letter


def _suits(text: str, page: str, letters: str) -> bool:
    """Tell whether every letter of a line that would change becomes one of the language."""
    found = set(_signs(page).findall(text))
    return all(_meant(page)[sign].lower() in letters for sign in found if sign.isalpha())


@cache
def _meant(page: str) -> Mapping[str, str]:
    """Give the letters of a code page by the signs as which Windows-1252, or Latin-1, shows them."""
    found: dict[str, str] = {}
    for byte in map(chr, range(0x80, 0x100)):
        letter = byte.encode("latin-1").decode(page, "replace")
        for shown in (byte.encode("latin-1").decode("cp1252", "replace"), byte):
            if letter.isalpha() and shown not in (letter, "\ufffd"):
                found.setdefault(shown, letter)
    return found


@cache
def _signs(page: str) -> re.Pattern[str]:
    """Give what finds signs that may be letters: those that are none, £ and ³, only beside letters."""
    letters = "".join(filter(str.isalpha, _meant(page)))
    others = re.escape("".join(sign for sign in _meant(page) if not sign.isalpha()))
    return re.compile(rf"[{letters}]|(?:(?<=[^\W\d_])|(?<=[{others}]))[{others}]|[{others}](?=[^\W\d_])")


@cache
def _inside_words(page: str) -> re.Pattern[str]:
    signs = re.escape("".join(sign for sign in _meant(page) if not sign.isalpha()))
    # Behind a word ³ calls a note; the turned question mark stands before words only.
    return re.compile(rf"(?<=[^\W\d_])(?:[{signs}](?=[^\W\d_])|¿)")
