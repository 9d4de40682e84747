"""Learn what `publish.normalize.setting.breakodds` weighs, from books whose words are broken on purpose.

`python -m tests.learn_breaks FILE…` takes answers of the corpus (`truth/*.json`, English), breaks words
as printed lines, copies of such lines and careless editors do, and prints the weights under which the breaks
that the book itself does not decide come out right most likely (logistic regression); then how many do.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import exp
from operator import mul
from pathlib import Path
from typing import NamedTuple

import pyphen

from publish.normalize.setting.bookwords import SHORTEST_STEM, Words
from publish.normalize.setting.breakodds import evidence

LENGTHS = (24_000, 2_500)
"""Words taken of each book; in a short text the other breaks say little."""


class Inside(NamedTuple):
    """How words are broken inside of lines."""

    compounds: float
    plain: float
    """The share of the compounds, and of the longer plain words, that is broken."""


class Lines(NamedTuple):
    """How a text is set in lines."""

    measure: int
    varies: int = 0
    breaks: float = 0.95
    """The share that is made of the breaks that could be."""
    at_hyphens: bool = True
    anywhere: bool = False
    """Plain words are broken between any two letters."""
    pasted: bool = False
    """The lines are put together again, with the hyphens at their ends."""


MANNERS: tuple[Inside | Lines, ...] = (
    Inside(0.1, 0.15),
    Inside(0.5, 0.03),
    Inside(0.5, 0.06),
    Lines(66),
    Lines(56, varies=4),
    Lines(72, breaks=0.8, at_hyphens=False),
    Lines(72, breaks=0.6, at_hyphens=False, anywhere=True),
    Lines(60, varies=3, pasted=True),
)
CALM = 0.2
"""Keeps weights small for which there is little evidence."""
STEPS = 8
_SYLLABLES = pyphen.Pyphen(lang="en_GB")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]{6,}")
_KEPT, _NONE = "\ue000", "\ue001"
"""Stand behind a break while the text is made: the hyphen is the word's own, or it is not."""
_MARKED = re.compile(
    rf"(?<![\w-])(?P<first>[^\W\d_]+(?:[-'][^\W\d_]+)*)-\s(?P<sign>[{_KEPT}{_NONE}])"
    rf"(?P<second>[^\W\d_]+)(?=(?P<rest>-[^\W\d_])?)"
)


def cases(path: Path) -> Iterator[dict[str, float]]:
    """Give what speaks for and against a hyphen in each break of a book; "hyphened" tells the truth."""
    blocks = json.loads(path.read_text("utf-8"))["blocks"]
    words = " ".join(block["text"] for block in blocks if block.get("text")).replace("’", "'").split()
    for length, manner in product(LENGTHS, MANNERS):
        dice = random.Random(f"{path.name} {length} {manner}")
        some = words[:length]
        broken = _set(some, manner, dice) if isinstance(manner, Lines) else _broken(some, manner, dice)
        yield from _cases(broken)


def _broken(words: Sequence[str], how: Inside, dice: random.Random) -> str:
    def broken(word: str) -> str:
        broken = dice.random() < (how.compounds if "-" in word else how.plain)
        breaks = _breaks(word) if broken else []
        return " ".join(dice.choice(breaks)) if breaks else word

    return " ".join(map(broken, words))


def _set(words: Sequence[str], how: Lines, dice: random.Random) -> str:
    lines, line = [], ""
    for word in words:
        room = how.measure + dice.randint(-how.varies, how.varies) - len(line) - 1
        if len(word) > room and line:
            fitting = [both for both in _breaks(word, anywhere=how.anywhere) if len(both[0]) <= room]
            fitting = [both for both in fitting if how.at_hyphens or both[1][0] == _NONE]
            head, rest = max(fitting) if fitting and dice.random() < how.breaks else ("", word)
            lines.append(f"{line} {head}".rstrip())
            line = rest
        else:
            line = f"{line} {word}".lstrip()
    return (" " if how.pasted else "\n").join([*lines, line])


def _breaks(word: str, *, anywhere: bool = False) -> list[tuple[str, str]]:
    """Give what could stand before and behind a line end in a word, what is behind it with its sign."""
    if not (token := _TOKEN.search(word)):
        return []
    if "-" in word:
        places = [token.start() + found.end() for found in re.finditer("-", token[0])]
        return [(word[:at], _KEPT + word[at:]) for at in places]
    inner = range(SHORTEST_STEM, len(token[0]) - 2) if anywhere else _SYLLABLES.positions(token[0])
    return [(f"{word[: token.start() + at]}-", _NONE + word[token.start() + at :]) for at in inner]


def _cases(marked: str) -> Iterator[dict[str, float]]:
    text = re.sub(f"[{_KEPT}{_NONE}]", "", marked)
    words = Words(text.split("\n"), Counter(text.lower().split()), "en")
    for match in _MARKED.finditer(marked):
        earlier, _, a = match["first"].lower().rpartition("-")
        b = match["second"].lower()
        if not (words.in_book(a + b) or words.in_book(f"{a}-{b}") or match["second"][0].isupper()):
            found = evidence(a, b, words, more=bool(earlier or match["rest"]))
            yield {**found, "hyphened": match["sign"] == _KEPT}


def learned(cases: Sequence[dict[str, float]]) -> dict[str, float]:
    """Give the weights, found by Newton's method."""
    names = [name for name in cases[0] if name != "hyphened"]
    scale = [max(abs(case[name]) for case in cases) or 1.0 for name in names]
    rows = [
        ([case[name] / most for name, most in zip(names, scale, strict=True)], case["hyphened"])
        for case in cases
    ]
    weights = [0.0] * len(names)
    for _ in range(STEPS):
        slope = [-CALM * weight for weight in weights]
        bend = [[CALM * (row == column) for column in range(len(names))] for row in range(len(names))]
        for values, truth in rows:
            share = 1 / (1 + exp(-max(-30.0, min(30.0, sum(map(mul, weights, values))))))
            for row, value in enumerate(values):
                if value:
                    slope[row] += (truth - share) * value
                    pull = share * (1 - share) * value
                    line = bend[row]
                    for column, other in enumerate(values):
                        line[column] += pull * other
        weights = [weight + step for weight, step in zip(weights, _solved(bend, slope), strict=True)]
    return {name: weight / most for name, weight, most in zip(names, weights, scale, strict=True)}


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve linear equations of which the matrix is positive definite (Gauss)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, pivot in enumerate(rows):
        for below in rows[at + 1 :]:
            share = below[at] / pivot[at]
            below[at:] = [value - share * above for value, above in zip(below[at:], pivot[at:], strict=True)]
    found: list[float] = []
    for at in reversed(range(len(rows))):
        known = sum(map(mul, rows[at][at + 1 : -1], reversed(found)))
        found.append((rows[at][-1] - known) / rows[at][at])
    return found[::-1]


def main(paths: Sequence[str]) -> None:
    """Print the weights, and how many breaks come out right under them."""
    some = [case for path in paths for case in cases(Path(path))]
    weights = learned(some)
    for name, weight in weights.items():
        print(f'    "{name}": {weight:.2f},')
    for truth in (True, False):
        alike = [case for case in some if case["hyphened"] == truth]
        right = sum((sum(weights[name] * case[name] for name in weights) > 0) == truth for case in alike)
        print(f"# {'compounds' if truth else 'plain words'}: {right} of {len(alike)} right")


if __name__ == "__main__":
    main(sys.argv[1:])
