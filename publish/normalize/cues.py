"""What pieces say of their own place: "Previously …", "To be continued", "The End".

Weak evidence: it never orders a manuscript by itself, but tells apart two orders that numbers leave equal.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntFlag
from itertools import pairwise

from publish.normalize.sheet import words_folded
from publish.normalize.words.vocabulary import LABELS
from publish.normalize.words.wordlists import phrases


class Cue(IntFlag):
    """What a piece says of its place."""

    LATER = 1
    """Something stands before it."""
    GOES_ON = 2
    """Something follows it."""
    ENDS = 4
    """Nothing follows it in its part."""


UNHEEDED = 1.5
"""A piece stands where it says that it does not."""
_LONGEST = 8
"""Words of a line that is a cue and no sentence of the text."""
_LEAST_ALIKE = 3


def _folded(row: str) -> tuple[str, ...]:
    return tuple(map(words_folded, phrases("divisions", "cues", row)))


_LATER, _GOES_ON = _folded("later"), _folded("goes_on")
_ENDS = frozenset(_folded("ends"))
_LONGEST_END = 5


def is_end(text: str) -> bool:
    """Tell whether a line says that a book or a part ends, as "THE END" or "END OF VOL. II" do.

    "Slut." may be a sentence; without its stop, or in capitals, it is none.
    """
    if text.count(" ") >= _LONGEST_END or (text[-1:] in ".!?" and not text.isupper()):
        return False
    words = words_folded(text).split()
    return " ".join(words) in _ENDS or any(
        " ".join(words[:some]) in _ENDS and any(word in LABELS for word in words[some:]) for some in (1, 2)
    )


def read(pieces: Sequence[tuple[str, str]]) -> list[Cue]:
    """Give the cues of pieces, of which the first and the last paragraph are known.

    A short line that closes all pieces but one says, in whatever language, that another follows.
    """
    closing = [words_folded(last) if len(last.split()) <= _LONGEST else "" for _, last in pieces]
    often = {
        line for line, times in Counter(closing).items() if line and times == len(pieces) - 1 >= _LEAST_ALIKE
    }
    return [_cue(first, end, alike=end in often) for (first, _), end in zip(pieces, closing, strict=True)]


def _cue(first: str, end: str, *, alike: bool) -> Cue:
    opening = words_folded(first) if len(first.split()) <= _LONGEST else ""
    found = Cue(0)
    if opening.startswith(_LATER):
        found |= Cue.LATER
    if end in _ENDS:
        found |= Cue.ENDS
    elif alike or end.startswith(_GOES_ON):
        found |= Cue.GOES_ON
    return found


def cost(body: Iterable[tuple[Cue, bool]]) -> float:
    """Give what a reading of the story costs: of each piece its cue, and whether a part begins with it."""
    pieces = list(body)
    if not any(cue for cue, _ in pieces):
        return 0.0
    unheeded = (Cue.LATER in pieces[0][0]) + (Cue.GOES_ON in pieces[-1][0])
    unheeded += sum(Cue.ENDS in before[0] and not after[1] for before, after in pairwise(pieces))
    return UNHEEDED * unheeded
