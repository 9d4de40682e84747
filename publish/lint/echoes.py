"""Words that are said again shortly after they were said."""

from collections.abc import Iterator

LONG, _CLOSE = 6, 40
"""Words of a phrase; words between two of them within which they are heard."""


def echoes(words: list[str]) -> Iterator[tuple[int, int]]:
    """Give each place where six words begin that have stood shortly before, and how many words before.

    Only where each of six words in a row has stood shortly before, all six are looked for.
    """
    last: dict[str, int] = {}
    heard = 0
    for at, word in enumerate(words):
        heard = heard + 1 if at - last.get(word, -LONG * _CLOSE) <= _CLOSE else 0
        last[word] = at
        if heard >= LONG and (back := _back(words, at - LONG + 1)):
            yield at - LONG + 1, back


def _back(words: list[str], at: int) -> int:
    """Give how many words before six words have stood; 0 where it is too far off, or overlaps them."""
    phrase = words[at : at + LONG]
    back = (n for n in range(1, min(_CLOSE, at) + 1) if words[at - n] == phrase[0])
    nearest = next((n for n in back if words[at - n : at - n + LONG] == phrase), 0)
    return nearest if nearest >= LONG else 0
