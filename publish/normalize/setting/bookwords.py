"""The words of a book, and how its lines break them: the evidence for putting broken words together."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise
from statistics import median

from publish.normalize.words import lexicon
from publish.normalize.words.wordparts import PREFIXES
from publish.patterns import lazily

BROKEN = lazily(
    r"(?<![\w-])(?P<first>[^\W\d_]+(?:[-’'][^\W\d_]+)*)(?P<gap>[-‐\u00ad][ \t\xa0]+)"
    r"(?P<second>[^\W\d_]+)(?=(?P<rest>-[^\W\d_])?)"
)
_BREAK = lazily(r"[-‐\u00ad][ \t\xa0]")
_COMPOUND = lazily(r"\W*(?P<first>[^\W\d_]+-)(?P<second>[^\W\d_]+)")
_WORD = lazily(r"[^\W\d_]+(?:[-‐’'][^\W\d_]+)*")
COMMON = 1000
"""The count of a dictionary from which a word is a common one."""
CERTAIN = 20_000
"""The count from which a word is so common that every book writes it so."""


def may_break(text: str) -> bool:
    """Tell whether a line may hold a word that is broken inside it."""
    if "-" in text and ("- " in text or "-\t" in text or "-\xa0" in text):
        return True
    return not text.isascii() and ("‐" in text or "\xad" in text) and _BREAK.search(text) is not None


class Words:
    """The words of the book itself, in places where no line end can have broken them."""

    def __init__(self, texts: Sequence[str], counts: Mapping[str, int], language: str) -> None:
        """Count the words of all lines, the halves of words that a line end broke left out.

        `counts` tells how often each word stands between the spaces of the lines, in small letters.
        """
        self._texts = texts
        self._counts = _counted(counts)
        self._breaks: Counter[tuple[str, str]] = Counter()
        self._inside: Counter[tuple[str, str]] = Counter()
        self._leave_out_breaks([text for text in texts if may_break(text)])
        ends = {at for at, text in enumerate(texts) if text.endswith(("-", "\xad")) and text[-2:] != "--"}
        waiting = ""
        for at in sorted({*ends, *(at + 1 for at in ends if at + 1 < len(texts))}):
            breaks = at in ends
            if waiting or breaks:
                whole = BROKEN.sub(" ", texts[at]) if may_break(texts[at]) else texts[at]
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

    def parted(self, a: str, b: str) -> tuple[int, int]:
        """Tell how many plain words, and how many compounds, breaks of this kind part in the book."""
        return self._parted[0 if self.is_inside(a, b) else 1]

    @cached_property
    def _plain(self) -> tuple[bool, bool]:
        inside, at_ends = (p >= _ENOUGH and p >= _NEARLY_ALL * kept for p, kept in self._parted)
        return inside, at_ends

    @cached_property
    def _parted(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """How many plain words, and how many compounds, are broken inside lines, and at their ends."""
        return self._parts(self._inside), self._parts(self._breaks)

    def _parts(self, breaks: Counter[tuple[str, str]]) -> tuple[int, int]:
        """Count the broken words that stand whole elsewhere: plain ones and compounds."""
        plain = kept = 0
        for (a, b), count in breaks.items():
            plain += count * bool(self._counts[a + b])
            kept += count * bool(self._counts[f"{a}-{b}"])
        return plain, kept

    @cached_property
    def hyphens_passed(self) -> int:
        """Tell how often a line ends before a compound of which it had room for the first part.

        Who sets lines so breaks none at its own hyphen. Lines that end with a broken word show the measure.
        """
        ends = [len(text) for text in self._texts if text.endswith(("-", "\xad")) and not text.endswith("--")]
        measure = median(ends) if len(ends) >= _SOME else 0
        found = 0
        for text, following in pairwise(self._texts if measure else ()):
            if "-" in following and (compound := _COMPOUND.match(following)):
                first, whole = (len(text) + 1 + compound.end(part) for part in ("first", "second"))
                found += first <= measure < whole and text[-1:] != "-"
        return found

    @cached_property
    def types_dashes_so(self) -> bool:
        """Tell whether a hyphen and a space are this author's dash, as in "He stopped- then he went".

        They are where most of what they part inside of lines are words of their own that nobody joins.
        """
        dashes = broken = 0
        for (a, b), count in self._inside.items():
            one_word = self.in_book(a + b) or self.in_book(f"{a}-{b}") or self.use(a + b)
            if one_word or a in PREFIXES or not (self.has(a) and self.has(b)):
                broken += count
            elif min(self.use(a), self.use(b)) >= COMMON:
                dashes += count
        return dashes >= _SEVERAL and dashes > 2 * (broken + self._breaks.total())

    def has(self, word: str) -> bool:
        """Tell whether the book, or failing that a dictionary, has a word."""
        return self._counts[word] > 0 or self.use(word) > 0

    def use(self, word: str) -> int:
        """Tell how common a word is by a dictionary's count; 0 where it does not have it."""
        return _use(word, self.language)

    def listed(self, word: str) -> int:
        """Tell how common a word is by a dictionary's count, in just this form, or as Americans spell it."""
        found = lexicon.count(word, self.language)
        return found or (self.language.startswith("en") and lexicon.count(_american(word), self.language))

    def listed_once(self, word: str) -> int:
        """Tell the same of a word or of what it is the plural of: partridges, strawberries."""
        ends = (("s", ""), ("es", ""), ("ies", "y"))
        ones = (word.removesuffix(end) + own for end, own in ends if word.endswith(end))
        return max(map(self.listed, (word, *ones)))

    def stands(self, word: str) -> bool:
        """Tell whether the book, or failing that a dictionary, has a word in just this form."""
        return self._counts[word] > 0 or self.listed(word) > 0

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
        common = (a + b for a, b in pairs if self.use(a) >= COMMON <= self.use(b))
        old = (whole for whole in common if 0 < self.use(whole) < CERTAIN)
        enough = max(_SOME, -(-len(self._backwards) // _LOVED))
        return len([*islice(old, enough)]) == enough

    def longer(self, word: str) -> int:
        """Tell how many words of a dictionary begin with a word and have another, or an ending, behind it."""
        return lexicon.longer(word, SHORTEST_STEM, self.language)

    @cached_property
    def _backwards(self) -> list[str]:
        """All plain words, read backwards, in their order."""
        return sorted(word[::-1] for word in self._counts if "-" not in word)

    def compounds_with(self, a: str, b: str) -> tuple[int, int, int]:
        """Tell how many compounds begin with a word or end with another, and how many plain words so end.

        Only plain words count of which the rest is a common word: moonlight, not delight.
        """
        rests = (end[::-1] for end in _remainders(self._backwards, b[::-1]))
        closed = sum(self.use(rest) >= COMMON for rest in rests)
        return self._compounds[0][a], self._compounds[1][b], closed


_KINDRED = ("s", "ness", "ly")


_BESIDE_WORDS = ".,;:!?…\"'“”‘’()[]_*-—"


def _counted(counts: Mapping[str, int]) -> Counter[str]:
    """Give how often each word stands, from what stands between spaces."""
    found: dict[str, int] = {}
    for token, count in counts.items():
        bare = token.strip(_BESIDE_WORDS)
        if bare.isalpha():
            found[bare] = found.get(bare, 0) + count
        else:
            for word in _WORD.findall(bare):
                found[word] = found.get(word, 0) + count
    return Counter(found)


def _remainders(words: Sequence[str], beginning: str) -> list[str]:
    """Give what follows a beginning in sorted words, where it is long enough to be a word itself."""
    at, found = bisect_left(words, beginning), []
    while at < len(words) and words[at].startswith(beginning):
        if len(words[at]) - len(beginning) >= SHORTEST_STEM:
            found.append(words[at][len(beginning) :])
        at += 1
    return found


_ENDINGS = tuple("s es ed d ing ly ness ful fully er est ers ings ous able ably".split())
BEGINNINGS = ("un", "re", "dis", "in", "im", "non", "over", "under")


_SPELLINGS = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("ll", "l"), ("ae", "e"), ("fence", "fense"), ("o'er", "over"),
)  # fmt: skip


def _american(word: str) -> str:
    """Give a word as the dictionary spells it; what comes of words that are spelled alike is none."""
    for own, american in _SPELLINGS:
        word = word.replace(own, american)
    return word


def _use(word: str, language: str) -> int:
    """Give a dictionary's count of a word, or of the word without a common beginning or ending."""
    if not language.startswith("en"):
        return lexicon.count(word, language)
    stems = {
        word,
        _american(word),
        *(word[len(beginning) :] for beginning in BEGINNINGS if word.startswith(beginning)),
    }
    for stem in tuple(stems):
        for ending in _ENDINGS:
            if stem.endswith(ending):
                bare = stem[: -len(ending)]
                stems |= {bare, bare + "e", bare + "y", bare.removesuffix("i") + "y"}
    likely = (stem for stem in stems if len(stem) > SHORTEST_STEM or stem == word)
    return max(lexicon.count(stem, language) for stem in likely)


SHORTEST_STEM = 3
_SOME = 6
_LOVED = 600
"""One such compound among so many different words; books of this age have one in 500, of later ones 1,000."""

_ENOUGH = 10
_SEVERAL = 2
_NEARLY_ALL = 8
"""So many times more: what a line end breaks is then a plain word wherever a list or a pattern allows it."""
