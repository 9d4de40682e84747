"""Word lists: which words a language has, and how common they are."""

import zlib
from collections.abc import Mapping, Set
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

_LETTERS = 4
"""With so many letters alike, words are read together."""
_GZIP = zlib.MAX_WBITS | 16
_PART = 1 << 14
"""Bytes of a packed list that are read at once."""
_EDGE = len("{\n")
"""What stands before the first line of a list, and behind the last."""


@cache
def _written(language: str) -> bytes:
    """Give the list of a language, one word on each line in the order of their bytes; empty for none.

    The lists are those of the package pyspellchecker, read without the package.
    """
    packed = _packed(language)
    # It ends with the length of what it holds, so that this is never held twice.
    length = int.from_bytes(packed[-4:], "little")
    return zlib.decompress(packed, _GZIP, length) if packed else b""


def _packed(language: str) -> bytes:
    spec = find_spec("spellchecker")
    places = spec.submodule_search_locations if spec else None
    paths = (Path(place) / "resources" / f"{language[:2].lower()}.json.gz" for place in places or ())
    return next((path.read_bytes() for path in paths if path.is_file()), b"")


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


def met(words: Set[str], language: str) -> dict[str, int]:
    """Give how often words were met; the list is read through for them, and not kept."""
    packed, unpacking = _packed(language), zlib.decompressobj(_GZIP)
    rest, held, found = sorted(words, key=str.encode, reverse=True), b"", dict[str, int]()
    for at in range(0, len(packed), _PART):
        held += unpacking.decompress(packed[at : at + _PART])
        last = held.rfind(b"\n", 0, held.rfind(b"\n"))
        while rest and b'"%b"' % rest[-1].encode() <= held[last + 1 :]:
            _, there, after = held.partition(b'\n"%b": ' % rest[-1].encode())
            if there:
                found[rest[-1]] = int(after.partition(b"\n")[0].rstrip(b",\r"))
            rest.pop()
        if not rest:
            break
        held = held[last:]
    return found


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
        if text[line + 1 : text.index(b'": ', line)] < word:
            low = text.index(b"\n", line) + 1
        else:
            high = line
    return low


def _read(lines: bytes) -> dict[str, int]:
    return msgspec.json.decode(b"{%b}" % lines.strip(b"{},\r\n"), type=dict[str, int])
