"""Single words whose letters, a byte each, were read in a wrong code page: s³ów, sÅ·e, óäèâëÿëñÿ.

`codepages` mends passages. One word alone is garbled where it holds what no word of its language does: a sign
that is no letter between letters, several foreign letters, or, amid Cyrillic and Greek, nothing but accented
Latin ones. It is mended where one reading alone makes of it letters of the manuscript's language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from msgspec.structs import replace

from publish.normalize.characters import garbledwords
from publish.normalize.characters.misread import PAGES
from publish.readers import legacy
from publish.source import Edit

_SHOWN = ("cp1252", "mac_roman", "cp437", "cp850", "cp1250")
_SCRIPTS = {
    "абвгдежзийклмнопрстуфхцчшщъыьэюя": ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"),
    "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ": ("cp1253", "iso8859_7"),
}
_LATIN = ("cp1252", "mac_roman", "cp850", "cp437", "cp1250", "iso8859_2", "cp852")
_SAMPLE = 400
_MARKS = "‘’‚‛“”„…–—‐‑−«»‹›\xa0\xad\u2009\u202f\u200b-\u200f\u2060\ufeff\u0300-\u036f\x91-\x97\x85"
_PARTING = frozenset("•·×°ºª†‡¤¶§¬|")
"""Signs that honest text may set between words without a space."""
_SEVERAL, _LEAST_ALONE = 2, 4
_MOST = 12
"""So many words are no single ones; who wrote them so may have meant it."""


def survey(texts: Sequence[str]) -> Mapping[str, tuple[Edit, ...]]:
    """Give the garbled words of all texts, each with the edits that mend it."""
    letters, written = _language(texts)
    if not letters:
        return {}
    strange = _strange(letters)
    words = {word for text in texts if strange.search(text) for word in _words(text, letters)}
    found = {word: edits for word in words if (edits := _mended(word, letters, written))}
    return found if len(found) <= _MOST else {}


def mend(text: str, words: Mapping[str, tuple[Edit, ...]]) -> Iterator[Edit]:
    """Give the edits of the garbled words in a text, in order of place."""
    for match in _WORD.finditer(text) if words else ():
        for edit in words.get(match.group(), ()):
            yield replace(edit, start=match.start() + edit.start, end=match.start() + edit.end)


_WORD = re.compile(f"(?:[^\\W\\d_]|[^\x00-\x7f{_MARKS}])+")


def _language(texts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Give the letters outside ASCII of the manuscript's language, and the code pages that have them."""
    sample = "\n".join(islice(texts, _SAMPLE))
    ascii_letters = len(re.findall("[A-Za-z]", sample))
    for script, pages in _SCRIPTS.items():
        if sum(sign in script for sign in sample.lower()) > ascii_letters:
            return script + "ё", pages
    language = legacy.language_of_words(sample.encode("utf-8", "replace"))
    return (legacy.letters_of(language), _LATIN) if language else ("", ())


@cache
def _strange(letters: str) -> re.Pattern[str]:
    return re.compile(f"[^\x00-\x7f{letters}{letters.upper()}{_MARKS}]")


def _words(text: str, letters: str) -> Iterable[str]:
    """Give the words of a text that no honest text holds."""
    for word in _WORD.findall(text):
        odd = set(_strange(letters).findall(word))
        signs = {sign for sign in odd if not sign.isalpha()}
        inside = signs and word[0].isalpha() and word[-1].isalpha() and len(word) > _SEVERAL
        if "\x7f" < letters[0] < "\u0250":
            foreign = len(odd) >= _SEVERAL and (inside or word.islower())
            if foreign or (inside and not odd <= _PARTING):
                yield word
        elif len(word) >= _LEAST_ALONE and all("\x7f" < sign < "\u0250" for sign in word):
            yield word


def _mended(word: str, letters: str, written: Iterable[str]) -> tuple[Edit, ...]:
    """Give the edits of the one reading whose letters are all of the language; none where several are."""
    if garbledwords.readable(word, {*letters, *letters.upper()}):
        return ()
    readings: dict[str, str] = {}
    for shown in _SHOWN:
        data = _bytes(word, shown)
        for page in written if data else ():
            made = data.decode(page, "replace")
            odd = [sign for sign in made if sign > "\x7f"]
            lower = made[1:] == made[1:].lower()
            if page != shown and lower and all(sign.lower() in letters for sign in odd):
                readings.setdefault(made, f"{PAGES[page]} that was read as {PAGES[shown]}.")
    small = {made: note for made, note in readings.items() if made == made.lower()}
    chosen = small if word == word.lower() or len(small) == 1 else readings
    if len(chosen) != 1:
        return ()
    (made, note), *_ = chosen.items()
    signs = enumerate(zip(word, made, strict=True))
    return tuple(Edit(at, at + 1, new, "ENC001", note) for at, (old, new) in signs if old != new)


def _bytes(word: str, page: str) -> bytes:
    """Give the bytes that a program shows so; controls stand where the code page has no letter."""
    try:
        return b"".join(bytes((ord(sign),)) if "\x7f" < sign < "\xa0" else sign.encode(page) for sign in word)
    except UnicodeEncodeError:
        return b""
