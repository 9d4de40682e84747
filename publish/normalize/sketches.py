"""Sketches of texts: small sets by which two versions of one text are told from two texts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from publish.normalize.numerals import fold

_SHINGLE_WORDS = 4
_SKETCH_SIZE = 192
_ENOUGH = 64
_LONG_WORD = 8
_BEHIND = 1 << 32


def fingerprint(text: str) -> frozenset[int]:
    """Sketch a text by the smallest hashes of its runs of four words.

    Two versions of one text can so be told from two texts (see `likeness`); linear time. Runs that begin with
    a long word come before all others, whatever their hash: all but short texts are sketched by those alone.
    """
    words = fold(text).split()
    last = max(len(words) - _SHINGLE_WORDS, 0)
    starts = [at for at, length in enumerate(map(len, words[: last + 1])) if length >= _LONG_WORD]
    sketch = {_hash(words, at) for at in starts}
    if len(sketch) < _ENOUGH:
        others = set(range(last + 1 if words else 0)).difference(starts)
        sketch |= {_hash(words, at) + _BEHIND for at in others}
    return frozenset(sorted(sketch)[:_SKETCH_SIZE])


def _hash(words: Sequence[str], at: int) -> int:
    return zlib.crc32(" ".join(words[at : at + _SHINGLE_WORDS]).encode("utf-8", "surrogatepass"))


def likeness(a: frozenset[int], b: frozenset[int]) -> float:
    """Estimate how much of two sketched texts is the same, from 0 to 1."""
    shared = a & b
    if not shared:
        return 0.0
    smallest = sorted(a | b)[: min(len(a), len(b), _SKETCH_SIZE)]
    return len(shared.intersection(smallest)) / len(smallest)
