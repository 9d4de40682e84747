"""Words broken at a line end, or by a copy of one ("mid- level").

They are put together, with or without the hyphen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from publish.normalize import lexicon
from publish.source import Edit

BROKEN = re.compile(
    r"(?<![\w-])(?P<first>[^\W\d_]+(?:[-’'][^\W\d_]+)*)(?P<gap>[-‐\u00ad][ \t\xa0]+)(?P<second>[^\W\d_]+)"
)
_BREAK = re.compile(r"[-‐\u00ad][ \t\xa0]")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐’'][^\W\d_]+)*")
_SUSPENDED = frozenset(
    "and or to nor but und oder bis sowie bzw beziehungsweise et ou y o e en of i lub и или".split()
)
"""After a hyphen with a space these mean "pre- and post-war", which stands as it is."""
_PREFIXES = frozenset(
    "mid self ex non anti all half semi well ill cross quasi post pre pro co multi ultra vice then so-called "
    "neo pan twenty thirty forty fifty sixty seventy eighty ninety "
    "step great grand mother father sister brother".split()
)
"""First parts that keep their hyphen in English where nothing else decides."""

_ALWAYS_HYPHENED = frozenset(
    (first, second)
    for first in ("par", "au", "ci", "là")
    for second in ("dessus", "dessous", "devant", "delà")
)
"""French adverbs; what they would be without their hyphen is another word (pardessus, an overcoat)."""
_CLOSED = frozenset("after any every fore grand no over out some there under up where with".split())
"""First parts that English writes together with what follows, where a dictionary has the whole."""
_SECOND_PARTS = frozenset(
    "headed hearted eyed haired minded looking faced footed handed legged natured tempered coloured colored "
    "bodied blooded witted skinned sighted mannered spirited shaped sized like bred born made".split()
)
"""Second parts before which English keeps the hyphen, whatever stands before: punkin-headed."""
_ENDS_OF_WORDS = frozenset(
    "less ness ment able ful ship hood some ward wards man men like ing ings ally ably".split()
)
"""Ends of words that are words themselves."""
_CLITICS = {
    "fr": frozenset(
        "ce ci elle elles en il ils je la là le les leur lui moi nous on toi tu vous y même mêmes".split()
    ),
    "pt": frozenset("me te se lhe lhes nos vos lo la los las no na".split()),
    "ru": frozenset("то либо нибудь ка таки де за под".split()),
    "cs": frozenset(["li"]),
}
"""What follows its word behind a hyphen: pronouns, particles."""
_HYPHENED = {
    "fr": frozenset(
        "demi mi semi ex non sous arrière avant contre grand grands peut vis au là quasi "
        "vingt trente quarante cinquante soixante quatre dix".split()
    ),
    "pt": frozenset("ex vice bem mal recém guarda pré pós".split()),
    "ru": frozenset("кое по из во полу".split()),
    "de": frozenset(["nicht"]),
}
"""First parts that keep their hyphen in other languages where nothing else decides."""


class Words:
    """The words of the book itself, in places where no line end can have broken them."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        """Count the words of all lines, the halves of words that a line end broke left out."""
        self._counts: Counter[str] = Counter()
        self._breaks: Counter[tuple[str, str]] = Counter()
        waiting = ""
        for text in texts:
            whole = BROKEN.sub(" ", text) if _BREAK.search(text) else text
            words = _WORD.findall(whole.lower())
            breaks = text.endswith(("-", "\xad")) and not text.endswith("--")
            if waiting and words:
                self._breaks[waiting, words[0]] += 1
            self._counts.update(words[bool(waiting) : len(words) - breaks])
            waiting = words[-1] if breaks and words else ""
        for word, count in list(self._counts.items()):
            if word.count("-") > 1:
                parts = word.split("-")
                self._counts.update({f"{a}-{b}": count for a, b in pairwise(parts)})
        self.language = language

    @cached_property
    def breaks_plain_words(self) -> bool:
        """Tell whether nearly all line ends broke plain words, as far as their words stand elsewhere."""
        plain = kept = 0
        for (a, b), count in self._breaks.items():
            plain += count * bool(self._counts[a + b])
            kept += count * bool(self._counts[f"{a}-{b}"])
        return plain >= _ENOUGH and plain >= _NEARLY_ALL * kept

    def has(self, word: str) -> bool:
        """Tell whether the book, or failing that a dictionary, has a word."""
        return self._counts[word] > 0 or self.use(word) > 0

    def use(self, word: str) -> int:
        """Tell how common a word is by a dictionary's count; 0 where it does not have it."""
        return _use(word, self.language)

    def in_book(self, word: str) -> int:
        """Tell how often the book itself has a word, its plural and singular counted."""
        other = word.removesuffix("s") if word.endswith("s") else word + "s"
        return self._counts[word] + self._counts[other]


_ENDINGS = tuple("s es ed d ing ly ness ful fully er est ers ings ous able ably".split())
_BEGINNINGS = ("un", "re", "dis", "in", "im", "non", "over", "under")


def _use(word: str, language: str) -> int:
    """Give a dictionary's count of a word, or of the word without a common beginning or ending."""
    counts = lexicon.counts(language)
    if not language.startswith("en"):
        return counts.get(word, 0)
    american = (
        word.replace("our", "or")
        .replace("is", "iz")
        .replace("ys", "yz")
        .replace("ll", "l")
        .replace("ae", "e")
    )
    stems = {
        word,
        american,
        *(word[len(beginning) :] for beginning in _BEGINNINGS if word.startswith(beginning)),
    }
    for stem in tuple(stems):
        for ending in _ENDINGS:
            if stem.endswith(ending):
                bare = stem[: -len(ending)]
                stems |= {bare, bare + "e", bare + "y", bare.removesuffix("i") + "y"}
    return max(counts.get(stem, 0) for stem in stems if len(stem) > _SHORTEST_STEM or stem == word)


_SHORTEST_STEM = 3


_ENOUGH = 10
_NEARLY_ALL = 8
"""So many times more: what a line end breaks is then a plain word wherever a list or a pattern allows it."""


def rejoined(first: str, second: str, words: Words) -> str | None:
    """Give what stands between the two halves of a broken word: "" or "-"; None where that is open.

    Evidence, in this order: the book's own spelling elsewhere, a dictionary, what the halves are by
    themselves.
    """
    a, b = first.lower().rsplit("-", 1)[-1], second.lower()
    if b in _SUSPENDED:
        return None
    joined, hyphened = words.in_book(a + b), words.in_book(f"{a}-{b}")
    if joined or hyphened:
        return "" if joined >= hyphened else "-"
    return _by_dictionary(a, b, second, words)


_COMMON = 1000
_RARE = 50
"""The dictionary gives words that it met hardly ever this count."""


def _by_dictionary(a: str, b: str, second: str, words: Words) -> str | None:
    if second[0].isupper():
        return "-"
    return _in_english(a, b, words) if words.language.startswith("en") else _abroad(a, b, words)


def _in_english(a: str, b: str, words: Words) -> str | None:
    two_words = words.has(a) and words.has(b)
    common_words = min(words.use(a), words.use(b)) >= _COMMON
    joined = words.use(a + b)
    likely = words.breaks_plain_words or b in _ENDS_OF_WORDS
    if joined > _RARE or (joined and (a in _CLOSED or not common_words or likely)):
        return ""
    if _keeps_its_hyphen(a, b, words, joined=bool(joined)):
        return "-"
    if two_words and (
        common_words or (min(len(a), len(b)) > _SHORTEST_STEM and not words.breaks_plain_words)
    ):
        return "-"
    if words.use(a) >= _COMMON and len(a) > _SHORTEST_STEM and not (joined or words.breaks_plain_words):
        return None
    return None if two_words else ""


def _keeps_its_hyphen(a: str, b: str, words: Words, *, joined: bool) -> bool:
    """Tell whether one half is of those that English joins with a hyphen."""
    if a in _PREFIXES:
        return words.has(b)
    return not joined and (
        b in _CLITICS["fr"] or (b.removesuffix("ness") in _SECOND_PARTS and len(a) > _SHORTEST_STEM)
    )


def breaks(text: str) -> Iterator[re.Match[str]]:
    """Give the places that may be broken words."""
    if _BREAK.search(text):
        yield from BROKEN.finditer(text)


def _abroad(a: str, b: str, words: Words) -> str | None:
    """Decide in languages that write compounds together or apart, and use the hyphen for little else."""
    language = words.language[:2]
    known = words.has(a + b)
    bare = re.split("['’]", a)[-1]
    follows = b in _CLITICS.get(language, ()) or (bare in _HYPHENED.get(language, ()) and words.has(b))
    if (follows and words.has(bare) and not known) or (bare, b) in _ALWAYS_HYPHENED:
        return "-"
    if known or words.breaks_plain_words or not lexicon.counts(language):
        return ""
    return None if words.has(bare) and words.has(b) else ""


def is_suspended(match: re.Match[str]) -> bool:
    """Tell whether a hyphen and a space are meant: "pre- and post-war"."""
    return match["second"].lower() in _SUSPENDED


def broken_words(text: str, words: Callable[[], Words]) -> Iterator[Edit]:
    """Join words that a hyphen and a space break inside a line; doubtful ones stand."""
    match = next(breaks(text), None)
    while match:
        between = rejoined(match["first"], _whole(match, words), words())
        if between is not None:
            start, end = match.span("gap")
            yield Edit(start, end, between, "SPC007", f"“{match.group()}” was broken at a line end.")
        match = BROKEN.search(text, match.start("second"))


def _whole(match: re.Match[str], words: Callable[[], Words]) -> str:
    """Give the second half, put together where it is broken once more: fellow- crea- tures."""
    following = BROKEN.match(match.string, match.start("second"))
    if following and following["first"] == match["second"]:
        whole = following["first"] + following["second"]
        if words().has(whole.lower()):
            return whole
    return match["second"]
