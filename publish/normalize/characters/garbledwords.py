"""Single words that were read in a wrong code page, known by the letters of the manuscript.

A word is garbled where its rows of signs are sound UTF-8 in some code page, what they stand for are letters
that the rest of the manuscript holds, and some of them are signs that it does not: “zÅ‚amane” in a Polish
book. Where code pages make several words of one it is the likelier; where they are as likely, it stays.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from publish.normalize.characters.misread import PAGES, beginning, decoded, edits_of
from publish.patterns import lazily
from publish.readers.legacy import language_of_words, letters_of, likelihood
from publish.source import Edit

_WORD = lazily("(?<![^ \t\n])[^ \t\n]*?[^\x00-\x7f]{2}[^ \t\n]*")
_ROW = lazily("[^\x00-\x7f]{2,}")
_MARKS = "“”‘’„‚«»‹›…–—"
"""They may stand for themselves beside a garbled row, or be garbled with it."""
_LEAST = 2
"""Letters of a word; a shorter one says too little."""


def survey(texts: Sequence[str]) -> Mapping[str, tuple[Edit, ...]]:
    """Give the garbled words of all texts, each with the edits that mend it."""
    suspects: set[str] = set()
    alphabet: set[str] = set()
    for text in texts:
        odd = {word for word in _WORD.findall(text) if _pages(word)} if _ROW.search(text) else set()
        suspects |= odd
        words = re.split("[ \t\n]", text) if odd else [text]
        alphabet.update(*(word for word in words if word not in odd))
    usual = alphabet.union(_letters_of("\n".join(texts[:_SAMPLE]), alphabet)) if suspects else alphabet
    found = {word: tuple(_mended(word, alphabet) or _mended(word, usual)) for word in suspects}
    return {word: edits for word, edits in found.items() if edits}


def _letters_of(sample: str, alphabet: Set[str]) -> str:
    """Give the letters of the language, or of the script, that a short manuscript may not all hold."""
    language = language_of_words(sample.encode(errors="replace"))
    scripts = "".join(script for script in _SCRIPTS if not alphabet.isdisjoint(script))
    return scripts + (letters_of(language) if language else "")


_SAMPLE = 200
"""Lines."""
_SCRIPTS = ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ")


def mend(text: str, words: Mapping[str, tuple[Edit, ...]]) -> Iterator[Edit]:
    """Give the edits of the garbled words in a text, in order of place."""
    for match in _WORD.finditer(text) if words else ():
        at = match.start()
        for edit in words.get(match.group(), ()):
            yield replace(edit, start=at + edit.start, end=at + edit.end)


def readable(word: str, alphabet: Set[str]) -> bool:
    """Tell whether a word is UTF-8 that was read in a wrong code page, as far as its letters tell."""
    return any(_read(word, page, alphabet) for page in _pages(word))


def _pages(word: str) -> set[str]:
    """Give the code pages in which a row of a word is sound UTF-8."""
    rows = {signs for row in _ROW.findall(word) for signs in _forms(row)}
    return {page for signs in rows for page in beginning(signs[:2]) if decoded(signs, page)}


def _forms(row: str) -> Iterable[str]:
    """Give a row whole, and without the marks beside it."""
    return dict.fromkeys((row, row.rstrip(_MARKS), row.lstrip(_MARKS), row.strip(_MARKS)))


def _mended(word: str, alphabet: Set[str]) -> list[Edit]:
    able, readings = _pages(word), dict[str, list[Edit]]()
    for page in PAGES:
        edits = _read(word, page, alphabet) if page in able else []
        if not all(_may_be_typed(word, edit) for edit in edits):
            readings.setdefault(_applied(word, edits), edits)
    readings = {whole: edits for whole, edits in readings.items() if sum(map(str.isalpha, whole)) >= _LEAST}
    best, *others = sorted(readings, key=likelihood, reverse=True) or [""]
    sure = best and not (others and likelihood(others[0]) >= likelihood(best))
    return readings[best] if sure else []


def _may_be_typed(word: str, edit: Edit) -> bool:
    """Tell whether a letter may stand for itself before a mark, DÅ’, with no small letter beside them."""
    beside = word[max(0, edit.start - 1) : edit.start] + word[edit.end : edit.end + 1]
    return word[edit.start + 1 : edit.end] in _MARKS and not any(map(str.islower, beside))


def _read(word: str, page: str, alphabet: Set[str]) -> list[Edit]:
    """Give what a code page makes of the rows of a word; nothing where one of them is no letters in it."""
    edits: list[Edit] = []
    odd = False
    for row in _ROW.finditer(word):
        signs = _letters(row.group(), page, alphabet)
        if not signs and not all(sign in alphabet for sign in row.group()):
            return []
        edits += edits_of(signs, row.start() + row.group().index(signs), page)
        odd = odd or any(sign not in alphabet for sign in signs)
    return edits if odd else []


def _letters(row: str, page: str, alphabet: Set[str]) -> str:
    """Give the signs of a row that are letters of the manuscript, or marks, in a code page."""
    for signs in _forms(row):
        before = decoded(signs, page)
        strange = (sign for sign in before if not (sign.isalpha() and alphabet & {sign, sign.lower()}))
        if before and all(sign in _MARKS for sign in strange):
            return signs
    return ""


def _applied(word: str, edits: Iterable[Edit]) -> str:
    made, at = "", 0
    for edit in edits:
        made, at = made + word[at : edit.start] + edit.text, edit.end
    return made + word[at:]
