"""Word lists: which words a language has, and how common they are."""

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec


@cache
def counts(language: str) -> Mapping[str, int]:
    """Give the words of a language (BCP 47) with how often they were met; empty where no list is to be had.

    The lists are those of the package pyspellchecker, read without the package: only manuscripts with
    doubtful words pay for them, a tenth of a second for English.
    """
    spec = find_spec("spellchecker")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        path = Path(place) / "resources" / f"{language[:2].lower()}.json.gz"
        if path.is_file():
            return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=dict[str, int])
    return {}


def is_word(word: str, language: str) -> bool:
    """Tell whether a list has a word; no single letter is one but those that are."""
    return len(word) > 1 and word in counts(language)
