"""How likely a break fell at the hyphen of an English compound: "mid-/level", not "mid-/dle".

Each piece of evidence speaks for one or the other with a weight, and the weights add up to the logarithm of
the odds. `tests.learn_breaks` learned them from books whose words it broke itself.
"""

from math import log, log1p

from publish.normalize.setting.bookwords import COMMON, SHORTEST_STEM, Words
from publish.normalize.words.wordparts import APART_FROM_WORDS, CLOSED, PREFIXES, SECOND_PARTS

WEIGHTS = {
    "always": -3.86,
    "break inside a line": 4.53,
    "breaks of plain words": 0.01,
    "such breaks inside of lines": -1.03,
    "hyphens passed over": -0.59,
    "whole": -0.34,
    "whole as it stands": -0.63,
    "common whole": 1.45,
    "very common whole": 0.98,
    "first": 0.18,
    "second": 0.06,
    "rarer half": 0.13,
    "first no word": -0.67,
    "second no word": -2.08,
    "length of first": 0.24,
    "length of second": 0.37,
    "compounds with first": 1.74,
    "compounds with second": 1.63,
    "plain words with first": -0.36,
    "plain words with second": -0.88,
    "common words, hyphens loved": 1.64,
    "further hyphen": 8.64,
    "closed beginning": -1.43,
    "beginning apart": 1.75,
    "second part": 0.32,
    "prefix": 1.53,
    "participle": 0.83,
}
"""For the hyphen of a compound where positive; logarithms are natural, counts of a dictionary plus one."""
_LONGEST = 9
"""Letters; a longer half says no more than one so long."""
_FAR = 4.0
"""What the other breaks of the book tell is no stronger than this."""
_VERY_COMMON = 20_000
_MANY = 6
"""Lines that passed a hyphen over; more of them say no more."""
_PASSED = 3
"""Who breaks compounds at their hyphens passes some over too: so many for one that is known to be broken."""


def odds(a: str, b: str, words: Words, *, more: bool) -> float:
    """Give the logarithm of the odds that a hyphen stands between two halves (in small letters).

    `more` tells that another hyphen stands beside them.
    """
    found = evidence(a, b, words, more=more)
    return sum(weight * found[name] for name, weight in WEIGHTS.items())


def evidence(a: str, b: str, words: Words, *, more: bool) -> dict[str, float]:
    """Give what speaks for or against a hyphen, by the names that have a weight."""
    inside = words.is_inside(a, b)
    plain, kept = words.parted(a, b)
    history = max(-_FAR, min(_FAR, log((plain + 1) / (kept + 1))))
    first, second = words.listed(a), words.listed(b)
    whole = words.listed_once(a + b)
    before, behind, closed = words.compounds_with(a, b)
    return {
        "always": 1.0,
        "break inside a line": inside,
        "breaks of plain words": history,
        "such breaks inside of lines": history * inside,
        "hyphens passed over": 0 if inside else max(0, min(_MANY, words.hyphens_passed - _PASSED * kept)),
        "whole": log1p(words.use(a + b)),
        "whole as it stands": log1p(whole),
        "common whole": whole >= COMMON,
        "very common whole": whole >= _VERY_COMMON,
        "first": log1p(first),
        "second": log1p(second),
        "rarer half": log1p(min(first, second)),
        "first no word": not words.has(a),
        "second no word": not words.has(b),
        "length of first": min(len(a), _LONGEST),
        "length of second": min(len(b), _LONGEST),
        "compounds with first": log1p(before),
        "compounds with second": log1p(behind),
        "plain words with first": log1p(words.longer(a)),
        "plain words with second": log1p(closed),
        "common words, hyphens loved": min(first, second) >= COMMON and words.loves_hyphens,
        "further hyphen": more,
        **_parts(a, b, words),
    }


def _parts(a: str, b: str, words: Words) -> dict[str, float]:
    return {
        "closed beginning": a in CLOSED,
        "beginning apart": a in APART_FROM_WORDS,
        "second part": b.removesuffix("ness") in SECOND_PARTS,
        "prefix": a in PREFIXES and words.has(b),
        "participle": b.endswith("ed") and len(b) > SHORTEST_STEM + 1,
    }
