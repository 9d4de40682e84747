"""Words that are said again shortly after they were said."""

from collections.abc import Iterator
from itertools import accumulate

LONG, _CLOSE = 6, 40
"""Words of a phrase; words between two of them within which they are heard."""
_PROBE, _STEP = 3, 4
"""Of six words in a row three stand together whose first has a number that can be divided by four."""


def echoes(words: list[str]) -> Iterator[tuple[int, int]]:
    """Give each place where six words begin that have stood shortly before, and how many words before.

    Every fourth word is looked for with the two behind it in the text before it, which is quick; what is
    found is weighed word by word.
    """
    joined = " " + " ".join(words) + " "
    starts = list(accumulate(map((1).__add__, map(len, words)), initial=0))
    seen = -1
    for at in range(0, len(words) - _PROBE, _STEP):
        probe = joined[starts[at] : starts[at + _PROBE] + 1]
        if joined.find(probe, starts[max(0, at - _CLOSE)], starts[at + _PROBE]) < 0:
            continue
        for first in range(max(seen + 1, at - _STEP + 1), at + 1):
            seen = first
            if back := _back(words, first):
                yield first, back


def _back(words: list[str], at: int) -> int:
    """Give how many words before six words have stood; 0 where it is too far off, or overlaps them."""
    phrase = words[at : at + LONG]
    back = (n for n in range(1, min(_CLOSE, at) + 1) if words[at - n] == phrase[0])
    nearest = next((n for n in back if words[at - n : at - n + LONG] == phrase), 0)
    return nearest if nearest >= LONG and len(phrase) == LONG else 0
