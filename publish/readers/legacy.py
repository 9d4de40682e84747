"""Which code page a text of single bytes, or of an East Asian encoding, was written in.

Every code page reads every file, so each reading is judged by what it gives: whether each letter suits its
neighbours, whether the letters outside ASCII are those of one language, and how many are common there.
"""

import re
from collections import Counter
from itertools import islice
from pathlib import Path

from msgspec import Struct

from publish.patterns import lazily
from publish.rows import rows

LATIN = ("cp1252", "mac_roman", "cp850", "cp437", "cp1250", "iso8859_2", "cp852", "mac_latin2")
_ALPHABETIC = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "cp1253", "iso8859_7")
_EAST_ASIAN = ("cp932", "euc_jp", "gb18030", "big5", "cp949")
_WIDE = ("utf_16_le", "utf_16_be")
_SAMPLE = 1 << 16

_ROWS = [row.split(" | ") for row in rows(Path(__file__).with_suffix(".txt"))]
_LANGUAGES = [row for row in _ROWS if len(row) > 1]
_COMMON = [frozenset(row[0]) for row in _ROWS if len(row) == 1]


class Reading(Struct, frozen=True):
    """One way to read a file."""

    encoding: str
    score: float
    """From about -3 (hopeless) to about 4."""


def ranked(data: bytes, *, wide: bool = True) -> list[Reading]:
    """Give the possible readings of a text that is not UTF-8, the likeliest first.

    `wide`: encodings of several bytes a letter, too.
    """
    sample = _sample(data)
    high = sum(1 for byte in sample if byte > 0x7F)
    letters = high + len(re.findall(rb"[A-Za-z]", sample))
    controls = len(_CONTROL.findall(sample))
    language = language_of_words(sample)
    readings = [
        Reading(encoding, likelihood(sample.decode(encoding, "surrogateescape"), language))
        for encoding in LATIN
    ]
    if high * _FOREIGN > letters or controls * _FEW_STRANGE > len(sample):
        several = (*_EAST_ASIAN, *(_WIDE if len(data) % 2 == 0 else ())) if wide else ()
        strange = (*_ALPHABETIC, *several)
        readings += [Reading(encoding, _script_score(sample, encoding)) for encoding in strange]
    return sorted(readings, key=lambda reading: -reading.score)


def of_single_bytes(data: bytes) -> str:
    """Give the code page of lines in a file of another encoding: the usual one unless it is clearly worse."""
    readings = ranked(data, wide=False)
    usual = next(reading for reading in readings if reading.encoding == LATIN[0])
    return readings[0].encoding if readings[0].score > usual.score + _NEAR else usual.encoding


def rival(data: bytes, encoding: str) -> str:
    """Give the reading that is nearly as likely as the one that was found; empty where there is none."""
    first, *others = ranked(data)
    if first.encoding != encoding:
        return ""
    read = data.decode(encoding, "replace")
    differing = (other for other in others if data.decode(other.encoding, "replace") != read)
    return next((other.encoding for other in differing if other.score > first.score - _NEAR), "")


_NEAR = 0.2


def _sample(data: bytes) -> bytes:
    """Give the beginning of the file or, where it is nearly all ASCII, what stands round the other bytes."""
    head = data[:_SAMPLE]
    if len(data) <= _SAMPLE or len(_HIGH.findall(head)) >= _ENOUGH:
        return head
    return b"\n".join(match.group() for match in islice(_ROUND_HIGH.finditer(data), _ENOUGH))


_ENOUGH = 400
_HIGH = re.compile(rb"[\x80-\xff]")
_ROUND_HIGH = re.compile(rb".{0,40}[\x80-\xff]+.{0,40}")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_FOREIGN = 4
"""Where more than one letter in four is outside ASCII, the text may be of another script."""
_CUT = 4
"""So many bytes at the end of a sample may belong to a character that goes on behind it."""


def _script_score(sample: bytes, encoding: str) -> float:
    """Judge a reading in another script by how many of its letters are the commonest of one language."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - _CUT:
            return _HOPELESS
        text = sample[: error.start].decode(encoding)
    except UnicodeError:
        return _HOPELESS
    return of_script(text)


def of_script(text: str) -> float:
    """Tell how well the letters outside ASCII suit one language of another script, from -3 to 5."""
    odd = Counter(character for character in text if character > "\x7f")
    total = sum(odd.values())
    strange = sum(1 for character in text if "\x80" <= character < "\xa0" or "\ue000" <= character < "\uf900")
    strange += sum(1 for character in text if character < "\x09")
    if not total or strange * _FEW_STRANGE > total:
        return _HOPELESS
    shares = [
        sum(count for character, count in odd.items() if character.lower() in some) / total
        for some in _COMMON
    ]
    turned = (len(_CAPITAL_INSIDE.findall(text)) + len(_TWO_SCRIPTS.findall(text))) / total
    return _SCRIPT_WEIGHT * max(shares) - _TURNED_WEIGHT * turned


_HOPELESS = -3.0
_FEW_STRANGE = 50
_SCRIPT_WEIGHT = 5.0
_TURNED_WEIGHT = 6.0
_CAPITAL_INSIDE = lazily("[а-яёα-ω][А-ЯЁΑ-Ω]|(?<=[А-ЯЁΑ-Ω])[А-ЯЁΑ-Ω](?=[а-яёα-ω])")
_TWO_SCRIPTS = re.compile("[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")


def letters_of(language: str) -> str:
    """Give the small letters outside ASCII of a language that `language_of_words` names; none for another."""
    return next((letters for name, letters, _ in _LANGUAGES if name == language), "")


def language_of_words(sample: bytes) -> str:
    """Name the language whose commonest words stand in the sample oftenest; all code pages agree on them."""
    words = Counter(re.findall(rb"(?<![\x80-\xff])\b[a-z]+\b(?![\x80-\xff])", sample.lower()))
    found = {name: sum(words[w.encode()] for w in common.split()) for name, _, common in _LANGUAGES}
    best = max(found, key=lambda name: found[name])
    return best if found[best] > 1 else ""


def likelihood(text: str, language: str = "") -> float:
    """Tell how well the letters outside ASCII suit their neighbours and each other, from -3 to about 4."""
    return _plausibility(text) + _of_one_language(text, language)


def _of_one_language(text: str, language: str) -> float:
    """Tell how far the letters outside ASCII are those of one language, from 0 to 3.

    Two or three sorts of letters suit many languages and say little; those of the language that the words
    show say more. A text whose only signs outside ASCII are marks says nothing.
    """
    odd = Counter(c for c in text.lower() if c > "\x7f" and c.isalpha())
    total = sum(odd.values())
    if not total:
        return 2.0
    shares = {name: sum(n for c, n in odd.items() if c in some) / total for name, some, _ in _LANGUAGES}
    return 2 * max(shares.values()) + shares.get(language, 0.0)


def _plausibility(text: str) -> float:
    marks = [match.start() for match in re.finditer("[^\x00-\x7f]", text)]
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
        return -2.0 if after.isdigit() else -0.5
    if character.isupper():
        return 1.0 if not before.islower() else -3.0
    same_script = all((character < "\u0250") == (other < "\u0250") for other in neighbours)
    return 1.0 if same_script else -2.0
