"""Numbers as headings write them: roman, arabic and in words, read and printed."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from publish.normalize.words import numberwords
from publish.patterns import lazily

Numeral = Literal["roman", "arabic", "greek", "words", ""]

_ROMAN = lazily(r"M{0,4}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})\Z")
_ROMAN_VALUES = {
    "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40,
    "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1,
}  # fmt: skip
_WORD = lazily(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_GREEK = lazily(r"([α-ωΑ-ΩϚ-ϡ]{1,4})[΄ʹ´'’](?!\w)")
_GREEK_VALUES = dict(zip("αβγδεϛζηθ", range(1, 10), strict=True)) | dict(
    zip("ικλμνξοπϟ", range(10, 100, 10), strict=True)
)
_LOOK_ALIKE = str.maketrans("ХІМСΙΧΜ", "XIMCIXM")
"""Cyrillic and Greek letters with which Roman numerals are typed."""
_ROMAN_ORDINAL = lazily(r"(?:(I)(?:er|re|ère|o|a)|([VX]|[IVXL]{2,})(?:e|ème|o|a)|([IVXL]{2,})(?:de|ste))\Z")
"""An ending of ordinals behind a numeral: "Ier", "IIe", "XXIº", its raised letters made plain."""
_DIGITS = lazily(
    r"(\d{1,4})(?!\d)(?:(?:st|nd|rd|th|er|re|ère|e|ème|de|ste|\.?[ºª]|°|-(?:я|й|е|ая|ый|ой|ое))(?![^\W_]))?",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[-‐‑]|[ \u00a0]+|")
_LONGEST_PHRASE = 7
_LARGEST_SMALL_ROMAN = 399
"""Above it small letters that form a numeral are a word: "mix", "di"."""


class Number(NamedTuple):
    """One number found in a text: its value, where it ends and how it is written."""

    value: int
    end: int
    numeral: Numeral
    ordinal: bool = False


class _Accents(dict[int, str | int | None]):
    """Table for `str.translate` that drops combining characters; it grows by the characters it meets."""

    def __missing__(self, code: int) -> str | int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_WHOLE_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss",
}  # fmt: skip
"""Letters whose stroke or joint is no combining character; Unicode does not take them apart."""
_WITHOUT_ACCENTS = _Accents({ord(letter): plain for letter, plain in _WHOLE_LETTERS.items()})
_PLAIN_SIGNS = "’“”—‘–"
"""They stand for themselves; most texts have nothing else outside of ASCII."""


def fold(text: str) -> str:
    """Give a text without case, accents and typographic variants, for comparison only."""
    if text.isascii():
        return text.casefold()
    plain = text = text.replace("…", "...")
    for sign in _PLAIN_SIGNS:
        plain = plain.replace(sign, "")
        if plain.isascii():
            # Of bytes only the letters of ASCII are made small, and that is quick.
            return text.encode().lower().decode()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_WITHOUT_ACCENTS)


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """Fold one word, remembered: the first words of lines are few."""
    return fold(word)


def from_roman(text: str) -> int | None:
    """Read a roman numeral of one case, IIII and XXXX forgiven; None where it is not one.

    >>> from_roman("XIV"), from_roman("xviiii"), from_roman("IC")
    (14, 19, None)
    """
    letters = text.upper()
    if not letters or not _ROMAN.match(letters):
        return None
    value = at = 0
    for sign, worth in _ROMAN_VALUES.items():
        while letters.startswith(sign, at):
            value, at = value + worth, at + len(sign)
    return value


def to_roman(number: int) -> str:
    """Print a roman numeral in capitals; number from 1 to 4999.

    >>> to_roman(1984)
    'MCMLXXXIV'
    """
    signs = []
    for sign, worth in _ROMAN_VALUES.items():
        count, number = divmod(number, worth)
        signs.append(sign * count)
    return "".join(signs)


def read_number(text: str, at: int = 0) -> Number | None:
    """Read the number that begins at an offset, the longest that the words there allow."""
    if digits := _DIGITS.match(text, at):
        ordinal = digits.end() > digits.end(1)
        return Number(int(digits[1]), digits.end(), "arabic", ordinal)
    if greek := _GREEK.match(text, at):
        return _read_greek(greek)
    word = _WORD.match(text, at)
    if not word:
        return None
    if not (roman := _roman(word[0])):
        return _read_words(text, word)
    value, ordinal = roman
    sign = not ordinal and text.startswith("°", word.end())
    return Number(value, word.end() + sign, "roman", ordinal)


@lru_cache(maxsize=8192)
def _roman(word: str) -> tuple[int, bool] | None:
    """Give the value of a numeral, and whether it has the ending of an ordinal; None for other words."""
    if word.isascii() and word[0].upper() not in _ROMAN_VALUES:
        return None
    letters = unicodedata.normalize("NFKC", word)
    if len(letters) > 1 and not letters.isascii():
        letters = letters.translate(_LOOK_ALIKE)
    value = from_roman(letters) if letters.isascii() else None
    if value and (letters.isupper() or value <= _LARGEST_SMALL_ROMAN):
        return value, False
    return _roman_ordinal(letters, word)


def _roman_ordinal(letters: str, word: str) -> tuple[int, bool] | None:
    """Read a numeral with the ending of an ordinal; "Io" and "Va" are words, "Iº" and "Vª" are none."""
    match = _ROMAN_ORDINAL.match(letters)
    if match is None or (letters[-1] in "oa" and word[-1] not in "ºª"):
        return None
    value = from_roman(match[match.lastindex or 0])
    return (value, True) if value else None


def roman_look_alike(letter: str) -> int | None:
    """Give the value of a letter of another alphabet that looks like a Roman numeral of one letter."""
    return from_roman(letter.translate(_LOOK_ALIKE)) if not letter.isascii() else None


def _read_greek(match: re.Match[str]) -> Number | None:
    """Read a Greek numeral with its mark: "κγ΄" is 23, "ιστ΄" 16; the values of its letters fall."""
    values = [_GREEK_VALUES.get(letter, 0) for letter in match[1].lower().replace("στ", "ϛ")]
    if 0 in values or any(value <= after for value, after in pairwise(values)):
        return None
    return Number(sum(values), match.end(), "greek")


@lru_cache(maxsize=1 << 13)
def may_begin_number(word: str) -> bool:
    """Tell whether a word can be the first of a number; `read_number` finds none where it cannot."""
    if word.isascii() and word.isalpha():
        # Most words are so, and of them this is the quicker question.
        return word.lower()[: numberwords.OPENING] in _readers() or _roman(word) is not None
    letters = _WORD.match(word)
    if letters is None:
        return _DIGITS.match(word) is not None
    if fold_word(letters[0])[: numberwords.OPENING] in _readers() or _roman(letters[0]):
        return True
    return not word.isascii() and read_number(word) is not None


def _read_words(text: str, first: re.Match[str]) -> Number | None:
    best, phrase, end = None, "", first.start()
    for _ in range(_LONGEST_PHRASE):
        word = _WORD.match(text, end)
        if not word:
            break
        phrase += fold_word(word[0])
        readers = _readers().get(phrase[: numberwords.OPENING])
        if not readers:
            break
        if found := next((found for read in readers if (found := read(phrase))), None):
            best = Number(found[0], word.end(), "words", found[1])
        gap = _JOINT.match(text, word.end())
        end = gap.end() if gap else word.end()
    return best


def spelt_in(text: str) -> set[object]:
    """Give the languages, each as what reads its words, in which a text is a number; none for figures."""
    phrase = "".join(map(fold_word, _WORD.findall(text)))
    found: set[object] = {read for read in _readers().get(phrase[: numberwords.OPENING], ()) if read(phrase)}
    roman = phrase and not text.isupper() and _roman(phrase)
    return found or ({"roman"} if roman else set())


# --- Number words ----------------------------------------------------------------------------------------

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TEN, _HUNDRED = 10, 100
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def number_words(number: int) -> str:
    """Print an English cardinal in small letters, up to 999.

    >>> number_words(21), number_words(342)
    ('twenty-one', 'three hundred and forty-two')
    """
    if number < len(_UNITS):
        return _UNITS[number]
    if number < _HUNDRED:
        tens, units = divmod(number, 10)
        return _TENS[tens] + (f"-{_UNITS[units]}" if units else "")
    hundreds, rest = divmod(number, _HUNDRED)
    return f"{_UNITS[hundreds]} hundred" + (f" and {number_words(rest)}" if rest else "")


def ordinal_words(number: int) -> str:
    """Print an English ordinal in small letters, up to 999.

    >>> ordinal_words(21), ordinal_words(40)
    ('twenty-first', 'fortieth')
    """
    words = number_words(number)
    cut = max(words.rfind("-"), words.rfind(" ")) + 1
    last = words[cut:]
    if last not in _ORDINALS and last.endswith("y"):
        return words[:cut] + last[:-1] + "ieth"
    return words[:cut] + _ORDINALS.get(last, last + "th")


_SHORTEST_PART = 3
"""Letters of a word with which a number may begin that is none itself; "un" is one, and may go on."""


@cache
def _readers() -> dict[str, list[numberwords.Reader]]:
    """Give what reads the number words of the languages that have one with these first letters, folded."""
    english = ["ahundred", *_english(), *(f"{unit}hundred" for unit in _UNITS[1:_TEN])]
    tongues = [(_read_english, {words[: numberwords.OPENING] for words in english})]
    for tongue in numberwords.tongues():
        spelling = numberwords.Spelling(tongue, fold)
        tongues.append((spelling.read, spelling.openings()))
    whole = {opening for _, openings in tongues for opening in openings}
    found: dict[str, list[numberwords.Reader]] = {}
    for read, openings in tongues:
        for begun in {opening[:end] for opening in openings for end in range(1, numberwords.OPENING + 1)}:
            found.setdefault(begun, []).append(read)
    return {begun: some for begun, some in found.items() if begun in whole or len(begun) >= _SHORTEST_PART}


def _read_english(phrase: str) -> tuple[int, bool] | None:
    """Read "three hundred and forty-second", its words put together; "a hundred" is one as well."""
    hundreds, named, rest = phrase.rpartition("hundred")
    many, ordinal = _english().get("one" if hundreds == "a" else hundreds, (0, bool(named)))
    if ordinal or many >= _TEN:
        return None
    if rest in ("", "th"):
        return (many * _HUNDRED, bool(rest)) if named else None
    value, ordinal = _english().get(rest.removeprefix("and") if named else rest, (0, False))
    return (many * _HUNDRED + value, ordinal) if value else None


@cache
def _english() -> dict[str, tuple[int, bool]]:
    return {
        words.replace("-", ""): (number, words == ordinal_words(number))
        for number in range(1, _HUNDRED)
        for words in (number_words(number), ordinal_words(number))
    }
