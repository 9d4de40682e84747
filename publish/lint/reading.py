"""The whole book as one text, read once and asked by every rule.

A rule looks for its signs in one long string: that is what makes a hundred rules on a novel quick. Offsets in
it are carried back to the passage, and from there to the author's file.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, chain, compress, count, pairwise
from operator import eq
from typing import TypeVar

from publish.config import Config
from publish.diagnostic import Severity
from publish.document import Division, DivisionKind, walk_divisions
from publish.lint.kept import Sheet
from publish.lint.lists import rows
from publish.lint.passages import Passage, Setting, headings, note_passages, passages
from publish.normalize.result import Normalized
from publish.normalize.setting.habits import Style, style_of
from publish.normalize.words.lexicon import counts
from publish.patterns import lazily

EDGE = "\uffff"
"""Stands before, between and after the passages; no manuscript has it, and no `\\s` or `\\w` meets it."""
_RARE = 20
_LONGEST_WORD = 40
"""Letters; what is longer is no slip of a word."""
_DIALECT = (
    "ain’t", "warn’t", "’em", "nothin’", "somethin’", "goin’", "comin’", "gwyne", "dat", "dey", "wid", "yer",
)  # fmt: skip
_PAGE = 300
"""Words; a book told in dialect has a word of it on each page."""
_SOMETIMES = 5
_SAMPLE = 400
_ONCE, _FAR = 2, 20
_SCARCE, _SHORT = 300, 3
_MANY = 25
"""In a paragraph of so many words one more may be in no list."""
_OWNERS = frozenset("his their my your our its".split())
"""Not *her*, which is not only what is hers: *told her while*, *saw her away*."""
_DOERS = frozenset("he she they i we you to there who not very so".split())
_NEVER_OWNED = frozenset(
    "own and or first last being having from out in at on two three right big back side".split()
)
_RATHER = 2
_COMMON = 200
"""What more than one in so many words is names no thing."""
_INSIDE = lazily(r" ([A-ZÀ-Þ](?<=[a-zß-ÿ,;] .)[a-zß-ÿ]{2,})(?![a-zß-ÿ])")
_QUALITY = lazily("[a-z]{3,}(?:ness|tion|sion|ity|ment|ance|ence|ship|hood|dom)s?")
_CLIPPED = re.compile(r"\w|’ ?[a-z]")
"""What belongs to the word before it: a figure, or the next word after an apostrophe (goin’ on)."""
_CUT_SHORT = lazily(
    r"[a-z]in’(?!\w)|\b(?:o|wi|th|an|t|f|y|ha|ev|fur)’(?!clock|er\b|ers?t|s\b)|"
    r"’(?:em|un|ere|is|im|ave|ad|ud|ull)\b|\b(?:ain|warn|hain)’t\b"
)
BROGUE = frozenset(" ".join(rows("brogue")).split())
"""Words as dialect has them: cut short, or its own."""
_NEXT = lazily(r"[’ -]([^\W\d_]+)")
_HARDLY, _SHORTISH = 60, 6
_COMMONEST = 1_000_000
"""How rare a word is that may be of another language, and how long: *monomaniac* is none."""
ABROAD = frozenset(" ".join(rows("abroad")).split())
"""Little words of other languages, for English books have them."""
_SPACE = re.compile(r"\s")
_FIGURES = re.compile("[0-9]+")
_WORD = lazily(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
Of = TypeVar("Of")


class _Known(dict[str, Of]):
    """What a function gives for a word, asked once."""

    def __init__(self, function: Callable[[str], Of]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> Of:
        found = self[word] = self._function(word)
        return found


class Reading:
    """What the rules are asked about; what several of them need is worked out once, when the first asks."""

    def __init__(self, normalized: Normalized, config: Config, sheet: Sheet | None = None) -> None:
        """Put the passages of the book into one text; `sheet` is the style sheet kept with it."""
        self.sheet = sheet
        self.normalized = normalized
        self.config = config
        self.chapters: list[list[Passage]] = []
        """The text of each division as it runs: no headings of divisions, no notes."""
        self.divisions: list[tuple[Division, list[Passage], list[Passage]]] = []
        """Each division with its headings and its text."""
        rows: list[Passage] = []
        for _, division in walk_divisions(normalized.book.divisions):
            heads, body = list(headings(division)), list(passages(division))
            self.chapters.append(body)
            self.divisions.append((division, heads, body))
            rows += [*heads, *body, *note_passages(division)]
        self.passages = rows
        self.starts: list[int] = []
        self.place: dict[int, int] = {}
        """Where a passage of `passages` or `chapters` stands in `text`, by its identity."""
        self.unpaired: list[tuple[str, Passage, int]] | None = None
        """Quotation marks without partner, by the code of their rule; None until the first rule asks."""
        self._owned: dict[str, bool] = {}
        self._spans: dict[int, list[tuple[int, int]]] = {}
        """The ranges of the words of passages that were asked for."""
        at = 1
        for row in rows:
            self.starts.append(at)
            self.place[id(row)] = at
            at += len(row.run.text) + 1
        self.text = EDGE + "".join(row.run.text + EDGE for row in rows)

    @cached_property
    def language(self) -> str:
        """The primary language of the book: "en"."""
        return re.split(r"[-_]", self.normalized.book.metadata.language.value.lower())[0]

    @cached_property
    def style(self) -> Style:
        """The quotation marks of the book."""
        return style_of((row.run.text for row in self.passages), self.normalized.book.metadata.language.value)

    @cached_property
    def signs(self) -> frozenset[str]:
        """Every character of the book: a rule whose signs are not among them has nothing to look for."""
        return frozenset(self.vocabulary) | frozenset(" \n\t")

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Whatever stands between two spaces, once each: words with the signs beside them."""
        return frozenset(self.text.split())

    @cached_property
    def vocabulary(self) -> str:
        """All tokens in one text: a fifth of the book, where signs without a space are found as well."""
        return f" {' '.join(self.tokens)} "

    @cached_property
    def rows(self) -> list[list[str]]:
        """The words of each passage, with the apostrophes and hyphens inside them."""
        return [_WORD.findall(row.run.text) for row in self.passages]

    @cached_property
    def words(self) -> list[str]:
        """Every word in its order."""
        return list(chain.from_iterable(self.rows))

    @cached_property
    def small(self) -> list[str]:
        """Every word in its order, in small letters."""
        return list(map(_Known(str.lower).__getitem__, self.words))

    @cached_property
    def _firsts(self) -> list[int]:
        """Which of `words` is the first of each passage."""
        return list(accumulate(map(len, self.rows), initial=0))

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """Where each word stands in `words`."""
        index = defaultdict[str, list[int]](list)
        for at, word in enumerate(self.words):
            index[word].append(at)
        return index

    def span(self, number: int) -> tuple[int, int]:
        """Give the range in `text` of a word of `words`."""
        row = bisect_right(self._firsts, number) - 1
        if row not in self._spans:
            self._spans[row] = [match.span() for match in _WORD.finditer(self.passages[row].run.text)]
        start, end = self._spans[row][number - self._firsts[row]]
        return self.starts[row] + start, self.starts[row] + end

    def between(self, number: int) -> tuple[int, int]:
        """Give the range in `text` that parts a word of `words` from the next."""
        return self.span(number)[1], self.span(number + 1)[0]

    @cached_property
    def echoes(self) -> list[tuple[int, int]]:
        """Where in `words` six words begin that have stood shortly before, and how many words before."""
        return list(_echoes(self.small))

    @cached_property
    def figures(self) -> list[re.Match[str]]:
        """Every row of figures."""
        return list(self.begun(_FIGURES, *"0123456789"))

    @cached_property
    def tight(self) -> list[int]:
        """Where a sign of punctuation stands with a word or another one straight behind it."""
        return [match.start() for match in re.finditer(r"[.,;:?!](?=[\w.,;:?!])", self.text)]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the book, capitals told apart."""
        return Counter({word: len(places) for word, places in self._index.items()})

    @cached_property
    def lower(self) -> Counter[str]:
        """How often each word stands in the book, whatever its capitals."""
        found: Counter[str] = Counter()
        for word, times in self.counts.items():
            found[word.lower()] += times
        return found

    @cached_property
    def names(self) -> Counter[str]:
        """Words that are written large inside sentences, with how often they stand there; "'s" left off."""
        found: Counter[str] = Counter()
        done = 0
        for match in _INSIDE.finditer(self.text):
            # Of several names in a row the first is told by the word before it, the next may be its like.
            if match.start() > done:
                found[match[1]] += 1
                done = match.end()
        return found

    @cached_property
    def unknown(self) -> list[str]:
        """Words written small that no list has and that the book has seldom; letters alone."""
        if not counts(self.language):
            return []
        known = counts(self.language)
        return [
            word
            for word, count in self.counts.items()
            if word not in known
            and count <= _RARE
            and len(word) <= _LONGEST_WORD
            and word.islower()
            and word.isalpha()
            and self.lower[word] == count
            and len(word) > 1
        ]

    @cached_property
    def begun_unknown(self) -> list[str]:
        """Words with a capital that no list has, once or twice, and at the beginnings of sentences alone."""
        known = counts(self.language)
        return [
            word
            for word, count in self.counts.items()
            if word.istitle()
            and count <= _ONCE
            and known
            and word.lower() not in known
            and word.isalpha()
            and self.lower[word.lower()] == count
            and not self.names[word]
            and len(word) > 1
        ]

    @cached_property
    def scarce(self) -> list[str]:
        """Words written small that the list has scarcely and the book but once or twice."""
        known = counts(self.language)
        return [
            word
            for word, times in self.counts.items()
            if times <= _ONCE and word in known and known[word] <= _SCARCE and len(word) > _SHORT
        ]

    def is_owned(self, word: str) -> bool:
        """Tell what the book says of somebody (*his hat*) rather than makes it a verb; and qualities."""
        if word not in self._owned:
            self._owned[word] = self._is_owned(word)
        return self._owned[word]

    def _is_owned(self, word: str) -> bool:
        times = self.lower[word]
        if word in _NEVER_OWNED or not 0 < times <= len(self.words) // _COMMON + _MANY:
            return False
        forms = {word, word.capitalize(), word.upper()}
        before = [self.small[at - 1] for at in chain.from_iterable(map(self.places, forms)) if at]
        things, deeds = (sum(map(words.__contains__, before)) for words in (_OWNERS, _DOERS))
        return things > _RATHER * deeds or bool(_QUALITY.fullmatch(word))

    def is_slip(self, word: str, right: str) -> bool:
        """Tell whether a word may be another, mistyped: it is seldom, or the other far commoner."""
        count = self.counts[word]
        return count <= _ONCE or self.lower[right] > _FAR * count

    def known(self, word: str) -> int:
        """Give how common a word in small letters is; 0 for one that the word list does not have."""
        return self.listed.get(word, 0)

    @cached_property
    def listed(self) -> Mapping[str, int]:
        """The words of the word list, in small letters, with how common each is."""
        return counts(self.language)

    def at(self, offset: int) -> tuple[Passage, int]:
        """Give the passage that holds an offset, and where it begins."""
        index = bisect_right(self.starts, offset) - 1
        return self.passages[max(0, index)], self.starts[max(0, index)]

    def setting(self, offset: int) -> Setting:
        """Give how the passage that holds an offset stands on the page."""
        return self.at(offset)[0].setting

    def neighbours(self) -> Iterator[tuple[Passage, Passage]]:
        """Give the passages of each chapter by twos, each with the next."""
        for chapter in self.chapters:
            yield from pairwise(chapter)

    def labels(self) -> Iterator[Passage]:
        """Give the labels of the chapters: "Chapter XI", "IV"."""
        yield from (heads[0] for heads in self.numbered())

    def numbered(self) -> Iterator[list[Passage]]:
        """Give the headings of each chapter that has a label, which comes first."""
        for division, heads, _ in self.divisions:
            if division.kind is DivisionKind.CHAPTER and division.label:
                yield heads

    def headed(self) -> Iterator[tuple[Passage, int]]:
        """Give each chapter's heading with the number of its words."""
        for division, heads, body in self.divisions:
            if division.kind is DivisionKind.CHAPTER and heads and not division.divisions:
                yield heads[0], sum(passage.run.text.count(" ") + 1 for passage in body)

    def find(self, pattern: re.Pattern[str], *signs: str) -> Iterator[re.Match[str]]:
        """Give the matches of a pattern; nothing is looked for where none of `signs` stands in the book."""
        if signs and not any(map(self.has, signs)):
            return
        yield from pattern.finditer(self.text)

    def begun(self, pattern: re.Pattern[str], *signs: str) -> Iterator[re.Match[str]]:
        """Give the matches of a pattern, each of which begins with one of `signs`.

        Signs are found much sooner than a pattern of several, which has to be tried at every letter.
        """
        done = 0
        for at in sorted({at for sign in signs for at in self._standing(sign)}):
            if at >= done and (match := pattern.match(self.text, at)):
                yield match
                done = match.end()

    def _standing(self, sign: str) -> Iterator[int]:
        at = self.text.find(sign) if self.has(sign) else -1
        while at >= 0:
            yield at
            at = self.text.find(sign, at + 1)

    def has(self, sign: str) -> bool:
        """Tell whether a sign, or some in a row, stands in the book."""
        parts = " \n ".join(_SPACE.split(sign)).split("\n")
        return all(map(self.vocabulary.__contains__, parts)) and (len(parts) == 1 or sign in self.text)

    def each(self, *words: str) -> Iterator[re.Match[str]]:
        """Give every place where one of some words stands by itself, capitals told apart, in their order."""
        for number in sorted(at for word in set(words) for at in self._index.get(word, ())):
            start, end = self.span(number)
            before = self.text[start - 1]
            if not before.isalnum() and before not in "’'-\u2011" and not _CLIPPED.match(self.text, end):
                found = _WORD.match(self.text, start)
                if found:
                    yield found

    def repeated(self, apart: int = 1) -> Iterator[int]:
        """Give each place in `words` whose word stands again so many words on, whatever its capitals.

        Of those places every one is given whose number can be divided by `apart`: as many in a row hold one.
        """
        small = self.small
        return compress(count(0, apart), map(eq, small[::apart], small[apart::apart]))

    @cached_property
    def in_dialect(self) -> bool:
        """Whether the whole book is told in dialect: words are clipped and negated so on every page."""
        odd = sum(self.lower[word] for word in _DIALECT)
        return odd * _PAGE > len(self.words)

    @cached_property
    def has_dialect(self) -> bool:
        """Whether somebody in the book talks in dialect: its words stand here and there."""
        return sum(self.lower[word] for word in _DIALECT) >= _SOMETIMES

    def is_line(self, passage: Passage) -> bool:
        """Tell whether a passage is a line of verse or of a play that stands as a paragraph.

        It and the next one, or the one before, stand on neighbouring lines of the file, where the manuscript
        parts its paragraphs by blank lines.
        """
        if not self._is_spaced:
            return False
        row = bisect_right(self.starts, self.place[id(passage)]) - 1
        return any(self._adjoin(at) for at in (row - 1, row) if 0 <= at < len(self.passages) - 1)

    @cached_property
    def _is_spaced(self) -> bool:
        """Whether blank lines part the paragraphs of the manuscript, by a sample of them."""
        sample = range(0, len(self.passages) - 1, max(1, len(self.passages) // _SAMPLE))
        return sum(map(self._adjoin, sample)) * 2 < len(sample)

    def _adjoin(self, row: int) -> bool:
        """Tell whether a passage and the next stand on neighbouring lines of one file."""
        before, after = self.passages[row].run, self.passages[row + 1].run
        last, first = before.span(max(0, len(before) - 1), len(before)), after.span(0, 1)
        if not last or not first or last.source != first.source or last.end > first.start:
            return False
        between = self.normalized.sources[last.source].passage(last.end, first.start)
        return between.count("\n") + between.count("\r") - between.count("\r\n") == 1

    def unless_dialect(
        self, offset: int, end: int = 0, *, whole: bool = False, sure: str = ""
    ) -> Severity | None:
        """Give INFO where the passage is in dialect or in another language, by words that no list has.

        `end`: also where the words beside what ends there are of another language; `whole`: also where the
        whole book is told so; `sure`: unless this word, which is meant, is one of the very commonest.
        """
        if self.setting(offset) is Setting.VERSE:
            return Severity.INFO  # Whose words are bent to its feet.
        if self.known(sure) > _COMMONEST and not self.in_dialect and not self.in_speech(offset):
            return None
        if (whole and self.in_dialect) or (end and self.is_abroad(offset, end)):
            return Severity.INFO
        passage, _ = self.at(offset)
        words = {word for word in _WORD.findall(passage.run.text) if word.islower() and word.isalpha()}
        odd = sum(not self.known(word) or word in BROGUE for word in words) + len(
            _CUT_SHORT.findall(passage.run.text)
        )
        return Severity.INFO if odd > 1 + len(words) // _MANY else None

    def is_abroad(self, start: int, end: int) -> bool:
        """Tell whether a word stands beside another that is hardly known: *comme il faut*, *ma thear*."""
        after = _NEXT.match(self.text, end)
        before = self.before(start - 1)
        before = "" if self.names[before.capitalize()] else before
        beside = [word for word in (before, after[1] if after else "") if word.islower()]
        return any(
            word in ABROAD or (self.known(word) < _HARDLY and len(word) <= _SHORTISH) for word in beside
        )

    def in_speech(self, offset: int) -> bool:
        """Tell whether a place stands between quotation marks, as far as its passage shows."""
        _, start = self.at(offset)
        before = self.text[start:offset]
        return before.rfind(self.style.opening[0]) > before.rfind(self.style.closing[-1])

    def before(self, offset: int) -> str:
        """Give the word that ends at an offset, in small letters; nothing where none does."""
        found = re.search(r"[^\W\d_]+\Z", self.text[max(0, offset - _LONGEST_WORD) : offset])
        return found[0].lower() if found else ""

    def places(self, word: str) -> list[int]:
        """Give where a word stands in `words`."""
        return self._index.get(word, [])

    def token(self, at: int) -> str:
        """Give what stands round an offset without white space, at most 30 characters to either side."""
        before = re.search(rf"[^\s{EDGE}]*$", self.text[max(0, at - 30) : at])
        after = re.match(rf"[^\s{EDGE}]*", self.text[at : at + 30])
        return (before[0] if before else "") + (after[0] if after else "")


PHRASE, _CLOSE = 6, 40
"""Words of a phrase; words between two of them within which they are heard."""


def _echoes(words: list[str]) -> Iterator[tuple[int, int]]:
    """Give each place where six words begin that have stood shortly before, and how many words before.

    Only where each of six words in a row has stood shortly before, all six are looked for.
    """
    last: dict[str, int] = {}
    heard = 0
    for at, word in enumerate(words):
        heard = heard + 1 if at - last.get(word, -PHRASE * _CLOSE) <= _CLOSE else 0
        last[word] = at
        if heard >= PHRASE and (back := _back(words, at - PHRASE + 1)):
            yield at - PHRASE + 1, back


def _back(words: list[str], at: int) -> int:
    """Give how many words before six words have stood; 0 where it is too far off, or overlaps them."""
    phrase = words[at : at + PHRASE]
    back = (n for n in range(1, min(_CLOSE, at) + 1) if words[at - n] == phrase[0])
    nearest = next((n for n in back if words[at - n : at - n + PHRASE] == phrase), 0)
    return nearest if nearest >= PHRASE else 0
