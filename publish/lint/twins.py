"""Rules on words that are taken for each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostic import Severity
from publish.lint.lists import rows
from publish.lint.passages import Setting
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

Words = frozenset[str]


class _Place(Struct, frozen=True):
    """Where a word stands for another: what is meant, and the words before it, last first, and behind it."""

    right: str
    before: tuple[Words, ...]
    behind: tuple[Words, ...]


@cache
def _rows() -> Mapping[str, list[tuple[str, str]]]:
    """Read the list `taken`, which says how it is written: what each word may stand for, and where."""
    found = defaultdict[str, list[tuple[str, str]]](list)
    named: dict[str, str] = {}
    for row in rows("taken"):
        name, is_name, words = row.format(**named).partition(" = ")
        if is_name:
            named[name] = words
        else:
            pair, _, places = name.partition(": ")
            wrong, _, right = pair.partition(" > ")
            found[wrong] += [(right, place) for place in places.split("; ")]
    return found


@cache
def _places(wrong: str) -> list[_Place]:
    found = []
    for right, place in _rows()[wrong]:
        sides = f" {place} ".split(" _ ")
        before, behind = ([_alternatives(token) for token in side.split()] for side in sides)
        found.append(_Place(right, tuple(before[::-1]), tuple(behind)))
    return found


def _alternatives(token: str) -> Words:
    words = token.removesuffix("?").split("/")
    return frozenset([*words, "?"] if token.endswith("?") else words)


_SPECIAL = frozenset("!+*~^?.")


def _all(sides: Iterable[tuple[Words, ...]]) -> Words:
    """Give the words one of which must stand on that side; none where any may."""
    first = [side[0] if side else _SPECIAL for side in sides]
    return frozenset().union(*first) if all(map(_SPECIAL.isdisjoint, first)) else frozenset()


@cache
def _needed(wrong: str) -> tuple[Words, Words]:
    """Give what must stand before a word and behind it that any place may be meant: few of the many."""
    places = _places(wrong)
    return _all(place.before for place in places), _all(place.behind for place in places)


@text_rule(
    "PUN030",
    language="en",
    examples=(
        Example("I do not ⟦no⟧ what ⟦their⟧ is.", "I do not know what there is."),
        Example("They ⟦where⟧ late, and he ⟦past⟧ through.", "They were late, and he passed through."),
        Example(
            "They waited with ⟦baited⟧ breath, and he told them a sad ⟦tail⟧. It was a ⟦waist⟧ of time.",
            "They waited with bated breath, and he told them a sad tale. It was a waste of time.",
        ),
        Example(
            "He came ⟦arid⟧ the door closed, and it must ⟦he⟧ done. She ⟦bad⟧ been off, and could ⟦of⟧ gone.",
            "He came and the door closed, and it must be done. She had been off, and could have gone.",
        ),
    ),
    passes=(
        "What he could of course do was wait.",
        "There were no more, and their will was done. The arid land, a bad dog.",
        "She kept quiet a while. He went past them to where they were.",
        "An hour and a half passed before she took a dose at bedtime. Did he lead her on? Let it lead us.",
        "She was seen to often go there, and it is a place that he came to soon. He was to soon leave.",
        "He baited the hook. The dog’s tail was long, and her waist of the smallest. They told the tailor.",
        "He looked into it; it’s late in there. From there they went, and in between they slept.",
    ),
)
def taken_for_another(reading: Reading) -> Iterator[Hit]:
    """A word stands where only another makes sense, which sounds or looks like it.

    *No* for *know*, *their* for *there*, and *arid* for *and* or *be* for *he* in scans: both are words, so
    no spelling checker finds them. The words on both sides decide; what could be right is left alone.

    Fix: Write the word that is meant.
    Source: Fowler, A Dictionary of Modern English Usage, under the pairs of words; pptext, "jeebies".
    """
    found = list({hit.start: hit for hit in (*_by_neighbours(reading), *_taken(reading))}.values())
    often = Counter(hit.message for hit in found)
    for hit in found:
        # Who says *three mile* says it again.
        manner = (hit.right or "").endswith("s") and often[hit.message] >= _MANNER
        yield replace(hit, severity=Severity.INFO) if manner else hit


_MANNER = 3


def _by_neighbours(reading: Reading) -> Iterator[Hit]:
    """Give words of which the book has another between such neighbours: *smell of the* again and again."""
    small = reading.small
    for pair in (row.split("/") for row in rows("alike")):
        sides = {}
        for word in pair:
            places = [at for at in reading.places(word) if 0 < at < len(small) - 1]
            befores = Counter(small[at - 1] for at in places)
            sides[word] = places, befores, Counter(small[at + 1] for at in places)
        for wrong, right in (pair, pair[::-1]):
            (places, befores, afters), (_, usual, usually) = sides[wrong], sides[right]
            for at in places:
                before, after = small[at - 1], small[at + 1]
                rare = befores[before] == 1 and usual[before] >= _LEAST.get(wrong, _FAR_RARER)
                likely = (
                    rare and afters[after] * _FAR_RARER <= usually[after] and right not in (before, after)
                )
                if likely and _is_plain(reading, at - 1, at + 1):
                    yield _meant(reading, at, right)


_FAR_RARER, _LEAST = 6, {"off": 20}
"""*A load off my mind*: a book may well have it once."""


def _taken(reading: Reading) -> Iterator[Hit]:
    small, end = reading.small, len(reading.small) - 1
    for wrong in filter(reading.places, _rows()):
        places, (before, behind) = _places(wrong), _needed(wrong)
        for at in reading.places(wrong):
            if not 0 < at < end or (before and small[at - 1] not in before):
                continue
            if behind and small[at + 1] not in behind:
                continue
            for place in places:
                first, last = _side(reading, at, -1, place.before), _side(reading, at, 1, place.behind)
                if first is not None and last is not None:
                    if _is_plain(reading, first, last):
                        yield _meant(reading, at, place.right)
                    break


def _side(reading: Reading, at: int, step: int, tokens: tuple[Words, ...]) -> int | None:
    """Give the last word of what must stand on one side of a word; None where it does not stand there."""
    for token in tokens:
        near = at + step
        if "." in token:
            if reading.text[reading.span(at)[1]] not in _ENDS:
                return None
        elif 0 <= near < len(reading.small) and _fits(reading, reading.small[near], token, step):
            at = near
        elif "?" not in token:
            return None
    return at


_ENDS = f".,;:!?…—”{EDGE}"


def _fits(reading: Reading, word: str, token: Words, step: int) -> bool:
    if "!" in token:
        return word not in token and not (step < 0 and word.endswith("s"))
    if "+" in token:
        stem = word[:-3] + "y" if word.endswith("ies") else word[:-1]
        return word not in _ONE and bool(_PLURAL.fullmatch(word)) and reading.known(stem) > _KNOWN
    if "^" in token:
        return bool(_PARTICIPLE.fullmatch(word))
    if "~" in token:
        return bool(_QUALITY.fullmatch(word)) and reading.known(word) > 0
    return word in token or ("*" in token and reading.is_owned(word))


_QUALITY = re.compile("[a-z]{3,}(?:less|ful|ous|able|ible|ed|ive)")
_PARTICIPLE = lazily(
    "(?!men|women|often)[a-z]+(?:ed|en|ne|wn|de|ad|me|ld|pt|ft|lt|id|un|ng|rd|nt|ght)|got|put|let|set|cut|hit|"
    "won|met|sat|lost"
)
_PLURAL = re.compile("[a-z]{3,}[^siu]s")
_KNOWN = 2_000
_ONE = frozenset(" ".join(rows("single")).split())


def _is_plain(reading: Reading, first: int, last: int) -> bool:
    """Tell whether nothing but a space parts the words that decide."""
    text = reading.text[reading.span(first)[0] : reading.span(last)[1]]
    return text == " ".join(reading.words[first : last + 1])


def _meant(reading: Reading, at: int, right: str) -> Hit:
    start, end = reading.span(at)
    wrong = reading.text[start:end]
    told = f"“{wrong}” stands where “{right}” seems to be meant."
    return Hit(start, end, told, right, severity=reading.unless_dialect(start, end))


_THEN = lazily(
    r" then(?= (?P<sure>(?:a|an|the|one|two|three|once|twice|half|enough|any|anything|anyone|ever|he|she|I|"
    r"if|what|some|every|these|those|its|their|our|your|equal|equivalent|ordinary|human|sufficient|"
    r"we|they|you|it|his|her|my|usual|likely|before|that|this|all|most|[a-z]+ing)\b)?)"
)
_COMPARES = lazily(
    r"\b(?:more|less|rather|other(?!s? hand)|others|otherwise|else|elsewhere|fewer|"
    r"worse|prefer\w*|scarce\w*|hardly|"
    r"sooner|different\w*|another|barely|superior|inferior|twice|half|same|such|so|no|not|nothing|none|never|"
    r"(?!her\b|over|under|after|ever|every|father|mother|brother|sister|however|wh?ether|neither|either|"
    r"together|letter|matter|river|dinner|water|there|were|where|here|very)[a-z]+(?:er|ier|r))\b",
    re.IGNORECASE,
)
_SURELY = frozenset("more less rather other better worse no not so such same".split())
"""Words that need no pattern to be found: most of what is compared."""
_COMPARED = frozenset(
    "rather other better worse older younger bigger larger smaller greater higher lower stronger".split()
)


@text_rule(
    "PUN023",
    language="en",
    examples=(
        Example(
            "He had more ⟦then⟧ enough, and would rather ⟦then⟧ not go.",
            "He had more than enough, and would rather than not go.",
        ),
        Example("He sat down, and ⟦than⟧ he slept.", "He sat down, and then he slept."),
    ),
    passes=("He said no more, then left. Once more, then, and no more. No more then!",),
)
def then_for_than(reading: Reading) -> Iterator[Hit]:
    """*Then* stands where *than* is meant, or *than* where nothing is compared.

    They sound alike; after *more*, *rather* and *better* only one makes sense, and without them only the
    other.

    Fix: Write the other.
    Source: Fowler, A Dictionary of Modern English Usage, "than".
    """
    for match in reading.find(_THEN, "r then", "e then", "s then"):
        before = reading.before(match.start())
        each = before == "other" and reading.before(match.start() - len(" other")) in ("each", "the")
        if (before in _COMPARED and not each) or (match["sure"] and before in ("more", "less")):
            start, end = match.start() + 1, match.end()
            yield Hit(start, end, "“then” stands for “than”.", "than")
    for match in reading.each("than"):
        if reading.text[match.end() : match.end() + 6] != " which" and not _compares(reading, match.start()):
            told = "“than” stands for “then”: nothing is compared."
            severity = reading.unless_dialect(match.start())
            yield Hit(*match.span(), told, "then", severity=severity)


def _compares(reading: Reading, at: int) -> bool:
    """Tell whether something may be compared in the sentence before a place, or it is too long to tell."""
    if not _SURELY.isdisjoint(reading.text[max(0, at - _NEAR) : at].split()):
        return True
    if _COMPARES.search(reading.text, max(0, at - _NEAR), at) or reading.setting(at) is not Setting.PROSE:
        return True
    begin = max(0, at - 5 * _NEAR)
    begins = [match.end() for match in _SENTENCE_ENDS.finditer(reading.text, begin, at)]
    return not begins or bool(_COMPARES.search(reading.text, begins[-1], at))


_SENTENCE_ENDS = lazily(rf"[.?!](?<!Mr\.)(?<!Mrs\.)(?<!Dr\.)(?<!St\.)(?!” [a-z])|{EDGE}")


_NEAR = 60
"""Letters in which mostly stands what is compared."""
