"""Word lists: which words a language has, and how common they are."""

import zlib
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

_LETTERS = 4
"""With so many letters alike, words are read together."""
_EDGE = len("{\n")
"""What stands before the first line of a list, and behind the last."""


@cache
def _written(language: str) -> bytes:
    """Give the list of a language, one word on each line in the order of their bytes; empty for none.

    The lists are those of the package pyspellchecker, read without the package.
    """
    spec = find_spec("spellchecker")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        path = Path(place) / "resources" / f"{language[:2].lower()}.json.gz"
        if path.is_file():
            packed = path.read_bytes()
            # It ends with the length of what it holds, so that this is never held twice.
            return zlib.decompress(packed, zlib.MAX_WBITS | 16, int.from_bytes(packed[-4:], "little"))
    return b""


def exists(language: str) -> bool:
    """Tell whether there is a list for a language (BCP 47)."""
    return bool(_written(language))


@cache
def counts(language: str) -> Mapping[str, int]:
    """Give the words of a language (BCP 47) with how often they were met; empty where no list is to be had.

    It takes a twentieth of a second and 20 MB for English, more for others: who asks for a few words asks
    `count`.
    """
    return _read(_written(language))


def count(word: str, language: str) -> int:
    """Tell how often a word was met, 0 for one that no list has; of the list only what is like it is read."""
    return _beginning(language, word[:_LETTERS]).get(word, 0)


def longer(word: str, letters: int, language: str) -> int:
    """Tell how many words of a list begin with a word and have so many letters, or more, behind it."""
    least = len(word) + letters
    return sum(len(other) >= least for other in _between(language, word, "\U0010ffff"))


def is_word(word: str, language: str) -> bool:
    """Tell whether a list has a word; no single letter is one but those that are."""
    return len(word) > 1 and count(word, language) > 0


@cache
def _beginning(language: str, letters: str) -> dict[str, int]:
    """Read the words that begin with some letters; those of fewer letters by themselves."""
    return _between(language, letters, "\U0010ffff" if len(letters) == _LETTERS else "\0")


def _between(language: str, word: str, end: str) -> dict[str, int]:
    """Read a word, and those that begin with it and go on with less than a sign."""
    text = _written(language)
    first, last = (some.encode("utf-8", "surrogatepass") for some in (word, word + end))
    return _read(text[_place(text, first) : _place(text, last)])


def _place(text: bytes, word: bytes) -> int:
    """Give where in a list the first line begins that has a word or one behind it."""
    low, high = _EDGE, len(text) - _EDGE
    while low < high:
        line = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = text.index(b"\n", line) + 1
        if text[line + 1 : text.index(b'": ', line)] < word:
            low = end
        else:
            high = line
    return low


def _read(lines: bytes) -> dict[str, int]:
    return msgspec.json.decode(b"{%b}" % lines.strip(b"{},\r\n"), type=dict[str, int])
