"""Words broken at a line end, or by a copy of one ("mid- level").

They are put together, with or without the hyphen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from publish.normalize import lexicon
from publish.source import Edit

BROKEN = re.compile(
    r"(?<![\w-])(?P<first>[^\W\d_]+(?:[-’'][^\W\d_]+)*)(?P<gap>[-‐\u00ad][ \t\xa0]+)"
    r"(?P<second>[^\W\d_]+)(?=(?P<rest>-[^\W\d_])?)"
)
_BREAK = re.compile(r"[-‐\u00ad][ \t\xa0]")
_APOSTROPHE = re.compile("[’']")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐’'][^\W\d_]+)*")
_SUSPENDED = frozenset(
    "and or to nor but und oder bis sowie bzw beziehungsweise et ou y o e en of i lub и или".split()
)
"""After a hyphen with a space these mean "pre- and post-war", which stands as it is."""
_PREFIXES = frozenset(
    "mid self ex non anti all half semi well ill cross quasi post pre pro co multi ultra vice then so-called "
    "neo pan twenty thirty forty fifty sixty seventy eighty ninety "
    "step great grand fellow mother father sister brother o’er e’er ne’er".split()
)
"""First parts that keep their hyphen in English where nothing else decides."""

_NUMBERS = frozenset("one two three four five six seven eight nine ten hundred".split())
"""First parts that keep their hyphen in English unless a dictionary has the whole: two-legged, fourpenny."""
_ALWAYS_HYPHENED = frozenset(
    (first, second)
    for first in ("par", "au", "ci", "là")
    for second in ("dessus", "dessous", "devant", "delà")
)
"""French adverbs; what they would be without their hyphen is another word (pardessus, an overcoat)."""
_CLOSED = frozenset(
    "here hence there thence after any every fore grand no over out some there under up where with".split()
)
"""First parts that English writes together with what follows, where a dictionary has the whole."""
_SECOND_PARTS = frozenset(
    "headed hearted eyed haired minded looking faced footed handed legged natured tempered coloured colored "
    "bodied blooded witted skinned sighted mannered spirited shaped sized like bred born made".split()
)
"""Second parts before which English keeps the hyphen, whatever stands before: punkin-headed."""
_ENDS_OF_WORDS = frozenset(
    "less ness ment able ful ship hood maid some ward man men like ing ings ally ably".split()
)
"""Ends of words that are words themselves."""
_ENDS_ABROAD = {"fr": frozenset(["ment"])}
_CLITICS = {
    "fr": frozenset(
        "ce ci elle elles en il ils je la là le les leur lui moi nous on toi tu vous y même mêmes".split()
    ),
    "pt": frozenset("me te se lhe lhes nos vos lo la los las no na".split()),
    "ru": frozenset("то либо нибудь ка таки де за под".split()),
    "cs": frozenset(["li"]),
}
"""What follows its word behind a hyphen: pronouns, particles."""
_STRESSED = {"fr": frozenset("elle elles ils lui moi nous toi vous même mêmes".split())}
"""Of those, the ones that no plain word ends with."""
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

    def __init__(self, texts: Sequence[str], counts: Mapping[str, int], language: str) -> None:
        """Count the words of all lines, the halves of words that a line end broke left out.

        `counts` tells how often each word stands between the spaces of the lines, in small letters.
        """
        self._counts = _counted(counts)
        self._breaks: Counter[tuple[str, str]] = Counter()
        self._inside: Counter[tuple[str, str]] = Counter()
        self._leave_out_breaks([text for text in texts if _may_break(text)])
        waiting = ""
        for text in texts:
            breaks = text.endswith(("-", "\xad")) and not text.endswith("--")
            if waiting or breaks:
                whole = BROKEN.sub(" ", text) if _may_break(text) else text
                waiting = self._broken(_WORD.findall(whole.lower()), waiting, breaks=breaks)
        for word, count in list(self._counts.items()):
            if word.count("-") > 1:
                parts = word.split("-")
                self._counts.update({f"{a}-{b}": count for a, b in pairwise(parts)})
        self.language = language

    def _leave_out_breaks(self, broken: Sequence[str]) -> None:
        """Take the halves of words out of the count that are broken inside these lines."""
        halves: Counter[str] = Counter()
        for text in broken:
            self._inside.update((m["first"].lower(), m["second"].lower()) for m in BROKEN.finditer(text))
            halves.update(_WORD.findall(text.lower()))
            halves.subtract(_WORD.findall(BROKEN.sub(" ", text).lower()))
        self._counts.subtract(halves)
        self._counts = +self._counts

    def _broken(self, words: Sequence[str], waiting: str, *, breaks: bool) -> str:
        """Take the halves of broken words out of the count; give the half at the end of the line."""
        if waiting and words:
            self._breaks[waiting, words[0]] += 1
        whole = words[bool(waiting) : len(words) - breaks]
        self._counts.subtract(words)
        self._counts.update(whole)
        return words[-1] if breaks and words else ""

    def breaks_plain_words(self, a: str, b: str) -> bool:
        """Tell whether nearly all breaks of this kind parted plain words, as far as those stand elsewhere.

        A break inside a line has another history than one at its end, so each kind is judged by its own.
        """
        return self._plain[0 if self.is_inside(a, b) else 1]

    def is_inside(self, a: str, b: str) -> bool:
        """Tell whether two halves are parted only inside of lines."""
        return (a, b) in self._inside and (a, b) not in self._breaks

    @cached_property
    def _plain(self) -> tuple[bool, bool]:
        return self._are_plain(self._inside), self._are_plain(self._breaks)

    def _are_plain(self, breaks: Counter[tuple[str, str]]) -> bool:
        plain = kept = 0
        for (a, b), count in breaks.items():
            plain += count * bool(self._counts[a + b])
            kept += count * bool(self._counts[f"{a}-{b}"])
        return plain >= _ENOUGH and plain >= _NEARLY_ALL * kept

    @cached_property
    def types_dashes_so(self) -> bool:
        """Tell whether a hyphen and a space are this author's dash, as in "He stopped- then he went".

        They are where most of what they part inside of lines are words of their own that nobody joins.
        """
        dashes = broken = 0
        for (a, b), count in self._inside.items():
            one_word = self.in_book(a + b) or self.in_book(f"{a}-{b}") or self.use(a + b)
            if one_word or a in _PREFIXES or not (self.has(a) and self.has(b)):
                broken += count
            elif min(self.use(a), self.use(b)) >= _COMMON:
                dashes += count
        return dashes >= _SEVERAL and dashes > 2 * (broken + self._breaks.total())

    def has(self, word: str) -> bool:
        """Tell whether the book, or failing that a dictionary, has a word."""
        return self._counts[word] > 0 or self.use(word) > 0

    def use(self, word: str) -> int:
        """Tell how common a word is by a dictionary's count; 0 where it does not have it."""
        return _use(word, self.language)

    def listed(self, word: str) -> int:
        """Tell how common a word is by a dictionary's count, in just this form."""
        return lexicon.counts(self.language).get(word, 0)

    def in_book(self, word: str) -> int:
        """Tell how often the book itself has a word, in this form or a kindred one (hard-hearted, -ness)."""
        stem = next((word.removesuffix(ending) for ending in _KINDRED if word.endswith(ending)), word)
        return sum(self._counts[form] for form in {word, stem, *(stem + ending for ending in _KINDRED)})

    @cached_property
    def _compounds(self) -> tuple[Counter[str], Counter[str]]:
        """How many compounds with a hyphen begin, and end, with a word."""
        pairs = [word.split("-") for word in self._counts if word.count("-") == 1]
        return Counter(first for first, _ in pairs), Counter(second for _, second in pairs)

    @cached_property
    def loves_hyphens(self) -> bool:
        """Tell whether the book keeps the hyphen in many compounds that print has since closed: nut-shell."""
        pairs = [word.split("-") for word in self._counts if word.count("-") == 1]
        old = sum(
            0 < self.use(a + b) < _CERTAIN and min(self.use(a), self.use(b)) >= _COMMON for a, b in pairs
        )
        return old >= _SOME and old * _LOVED >= len(self._sorted[0])

    @cached_property
    def _sorted(self) -> tuple[list[str], list[str]]:
        plain = [word for word in self._counts if "-" not in word]
        return sorted(plain), sorted(word[::-1] for word in plain)

    def manner(self, a: str, b: str) -> str | None:
        """Tell how the book writes other compounds with one of two words: sea-shore, sea-beach, so sea-weed.

        None where it has none of them, or as many of one kind as of the other.
        """
        hyphened = self._compounds[0][a] + self._compounds[1][b]
        if not hyphened:
            return None
        forwards, backwards = self._sorted
        closed = _remainders(forwards, a), [end[::-1] for end in _remainders(backwards, b[::-1])]
        written_together = sum(self.use(rest) >= _COMMON for rests in closed for rest in rests)
        if hyphened == written_together:
            return None
        return "-" if hyphened > written_together else ""


_KINDRED = ("s", "ness", "ly")


_BESIDE_WORDS = ".,;:!?…\"'“”‘’()[]_*-—"


def _counted(counts: Mapping[str, int]) -> Counter[str]:
    """Give how often each word stands, from what stands between spaces."""
    found: Counter[str] = Counter()
    for token, count in counts.items():
        bare = token.strip(_BESIDE_WORDS)
        for word in (bare,) if bare.isalpha() else _WORD.findall(bare):
            found[word] += count
    return found


def _remainders(words: Sequence[str], beginning: str) -> list[str]:
    """Give what follows a beginning in sorted words, where it is long enough to be a word itself."""
    at, found = bisect_left(words, beginning), []
    while at < len(words) and words[at].startswith(beginning):
        if len(words[at]) - len(beginning) >= _SHORTEST_STEM:
            found.append(words[at][len(beginning) :])
        at += 1
    return found


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
_SOME = 6
_LOVED = 600
"""One such compound among so many different words; books of this age have one in 500, of later ones 1,000."""

_ENOUGH = 10
_SEVERAL = 2
_NEARLY_ALL = 8
"""So many times more: what a line end breaks is then a plain word wherever a list or a pattern allows it."""


def rejoined(first: str, second: str, words: Words, *, more: bool = False) -> str | None:
    """Give what stands between the two halves of a broken word: "" or "-"; None where that is open.

    `more` tells that a hyphen and another word follow the second half. Evidence, in this order: the book's
    own spelling elsewhere, a dictionary and the book's manner, what the halves are by themselves.
    """
    earlier, _, a = first.lower().rpartition("-")
    b = second.lower()
    if b in _SUSPENDED and not more:
        return None
    joined, hyphened = words.in_book(a + b), words.in_book(f"{a}-{b}")
    if joined or hyphened:
        return "" if joined >= hyphened else "-"
    if earlier or more:
        return _in_compound(a, b, words)
    return _by_dictionary(a, b, second, words)


_CERTAIN = 20_000
_COMMON = 1000
_SELDOM = 200
_RARE = 50
"""The dictionary gives words that it met hardly ever this count."""


def _in_compound(a: str, b: str, words: Words) -> str | None:
    """Decide between halves that have another hyphen beside them: man-of- war, good-hu- moured."""
    two_words = words.has(a) and words.has(b)
    if words.has(a + b) and not two_words:
        return ""
    return "-" if two_words else None


def _by_dictionary(a: str, b: str, second: str, words: Words) -> str | None:
    if second[0].isupper():
        return "-"
    return _in_english(a, b, words) if words.language.startswith("en") else _abroad(a, b, words)


def _in_english(a: str, b: str, words: Words) -> str | None:
    two_words = words.has(a) and words.has(b)
    common_words = min(words.use(a), words.use(b)) >= _COMMON
    joined = _joined(a, b, words)
    manner = words.manner(a, b) if two_words and joined < _CERTAIN else None
    if two_words and joined < _CERTAIN and _is_old_compound(a, b, words, manner):
        return "-"
    likely = words.breaks_plain_words(a, b) or b.removesuffix("s") in _ENDS_OF_WORDS or manner == ""
    prefixed = a in _PREFIXES and words.has(b)
    if joined > _RARE or (joined and not prefixed and (a in _CLOSED or not common_words or likely)):
        return ""
    if _keeps_its_hyphen(a, b, words, joined=bool(joined)):
        return "-"
    long_enough = min(len(a), len(b)) >= _SHORTEST_STEM
    if two_words:
        compound = common_words or (long_enough and not joined)
        return "-" if compound and not words.types_dashes_so else None
    plain = words.breaks_plain_words(a, b)
    whole_word = words.use(a) >= _COMMON and len(a) > _SHORTEST_STEM and not plain
    return None if not joined and (whole_word or _APOSTROPHE.search(a)) else ""


def _joined(a: str, b: str, words: Words) -> int:
    """Tell how common the whole is; an ending is one of its second half, not of the whole ("sun-dried")."""
    if b != "like" and b.endswith("like"):
        return words.use(a + b) or words.use((a + b).removesuffix("like"))
    if b in _SECOND_PARTS and not words.breaks_plain_words(a, b) and words.listed(a + b) < _SELDOM:
        return 0
    stem = next((b.removesuffix(ending) for ending in ("ies", "ied", "ily", "ier") if b.endswith(ending)), "")
    return words.listed(a + b) if stem and words.listed(b) >= _COMMON else words.use(a + b)


def _is_old_compound(a: str, b: str, words: Words, manner: str | None) -> bool:
    """Tell whether the book would keep the hyphen of what dictionaries now write together."""
    if manner == "-" and words.listed(b) and (words.loves_hyphens or words.use(a + b) <= _RARE):
        return True
    alone = a == "a" and (b.endswith("ing") or words.use(a + b) > 0)
    nouns = _are_nouns(a, b, words) or (b == "like" and words.use(a) >= _COMMON)
    return alone or (words.loves_hyphens and manner != "" and nouns)


def _are_nouns(a: str, b: str, words: Words) -> bool:
    """Tell whether both halves are likely words of their own, no beginnings and endings of one word."""
    return (
        min(len(a), len(b)) >= _SHORTEST_STEM
        and min(words.listed(a), words.listed(b)) >= _COMMON > words.listed(a + b)
        and b.removesuffix("s") not in _ENDS_OF_WORDS
        and a not in {"con", "com", "pro", *_BEGINNINGS}
        and a not in _CLOSED
    )


def _keeps_its_hyphen(a: str, b: str, words: Words, *, joined: bool) -> bool:
    """Tell whether one half is of those that English joins with a hyphen."""
    if a in _PREFIXES:
        return words.has(b)
    return not joined and (
        b in _CLITICS["fr"]
        or (a in _NUMBERS and (words.has(b) or b.endswith("ed")))
        or (b.removesuffix("ness") in _SECOND_PARTS and len(a) > _SHORTEST_STEM)
        or (a[:_SHORTEST_STEM] == b[:_SHORTEST_STEM] and len(a) >= _SHORTEST_STEM)
    )


def _may_break(text: str) -> bool:
    if text.isascii():
        return "- " in text or "-\t" in text
    return ("-" in text or "‐" in text or "\xad" in text) and _BREAK.search(text) is not None


def breaks(text: str) -> Iterable[re.Match[str]]:
    """Give the places that may be broken words."""
    return BROKEN.finditer(text) if _may_break(text) else ()


def _abroad(a: str, b: str, words: Words) -> str | None:
    """Decide in languages that write compounds together or apart, and use the hyphen for little else."""
    language = words.language[:2]
    known = words.has(a + b)
    if not known and b in _STRESSED.get(language, ()):
        return "-"
    bare = re.split("['’]", a)[-1]
    follows = b in _CLITICS.get(language, ()) or (
        bare in _HYPHENED.get(language, ()) and words.has(b.removesuffix("s"))
    )
    if (follows and words.has(bare) and not known) or (bare, b) in _ALWAYS_HYPHENED:
        return "-"
    if known or b in _ENDS_ABROAD.get(language, ()) or words.breaks_plain_words(a, b):
        return ""
    if not lexicon.counts(language) and not words.is_inside(a, b):
        return ""
    return None if words.has(bare) and words.has(b) else ""


def is_suspended(match: re.Match[str]) -> bool:
    """Tell whether a hyphen and a space are meant: "pre- and post-war"."""
    return match["second"].lower() in _SUSPENDED and not match["rest"]


def broken_words(text: str, words: Callable[[], Words]) -> Iterable[Edit]:
    """Join words that a hyphen and a space break inside a line; doubtful ones stand."""
    return _joins(text, words) if _may_break(text) else ()


def _joins(text: str, words: Callable[[], Words]) -> Iterator[Edit]:
    match = BROKEN.search(text)
    while match:
        if _closes_pair(match):
            match = BROKEN.search(text, match.start("second"))
            continue
        between = rejoined(match["first"], _whole(match, words), words(), more=bool(match["rest"]))
        if between is not None:
            start, end = match.span("gap")
            yield Edit(start, end, between, "SPC007", f"“{match.group()}” was broken at a line end.")
        match = BROKEN.search(text, match.start("second"))


_OPENS_PAIR = re.compile(r"\s-(?=[^\W\d_])[^-]{1,120}$")


def _closes_pair(match: re.Match[str]) -> bool:
    """Tell whether the hyphen closes what another opened before it: "he went -though slowly- home"."""
    end = match.end("first")
    return _OPENS_PAIR.search(match.string, max(0, end - 122), end) is not None


def _whole(match: re.Match[str], words: Callable[[], Words]) -> str:
    """Give the second half, put together where it is broken once more: fellow- crea- tures."""
    following = BROKEN.match(match.string, match.start("second"))
    if following and following["first"] == match["second"]:
        whole = following["first"] + following["second"]
        if words().has(whole.lower()):
            return whole
    return match["second"]
