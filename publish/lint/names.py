"""Rules on names and capitals: one person has one name, spelt in one way."""

import re
from collections import defaultdict
from collections.abc import Iterator

from publish.diagnostic import Severity
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_OFTEN, _SELDOM, _TIMES = 6, 3, 6
"""A name that the book has so often; a variant that is so rare; how much commoner the name is."""


@text_rule(
    "CON001",
    examples=(
        Example(
            "So came Katherine, and with Katherine was Ann, and so Katherine sat, and so Katherine rose, "
            "and so Katherine ran, and so Katherine fell, but ⟦Katharine⟧ left."
        ),
    ),
    passes=(
        "Old Mary and Old Mark sat. Old Mary and Mary, and Mary’s dog, Mary’s cat, and Mary. But Maria left.",
        "The Weston house. So Weston, with Weston, to Weston and Weston and Weston. The Westons came.",
    ),
)
def name_variant(reading: Reading) -> Iterator[Hit]:
    """A name is spelt otherwise than nearly everywhere in the book.

    *Katherine* forty times and *Katharine* twice are one woman and a slip. Names that differ at
    their beginning or their end (Mary, Maria, the Westons), and two that are both common, are left alone; not
    so an end that sounds the same (*Holmes*, *Holmez*).

    Fix: Spell the name as elsewhere, or keep both if they are two.
    Source: pptext, "edit distance"; the style sheet of copy-editors.
    """
    variants = dict(_variants(reading))
    found = list(reading.each(*variants))
    forms = defaultdict[int, set[str]](set)
    for match in found:
        forms[reading.at(match.start())[1]].add(match[0])
    for match in found:
        usual = variants[match[0]]
        count = reading.counts[usual] + reading.counts[f"{usual}’s"]
        told = f"“{match[0]}” is spelt “{usual}” in {count} other places."
        other = reading.known(match[0].lower()) and _skeleton(usual) != _skeleton(match[0])
        abroad = reading.before(match.start() - 1) in _OF
        named = reading.text[match.start() - 1] in "‘“" and reading.text[match.end() :][:1] in "’”,"
        lisped = match[0] == re.sub("[rl](?!$)", "w", usual)
        foreign = other or abroad or named or lisped or len(forms[reading.at(match.start())[1]]) > 1
        # German writes every noun large: Kosten, Kasten.
        foreign = foreign or reading.language == "de" or _is_another(reading, match, usual)
        severity = Severity.INFO if foreign else reading.unless_dialect(*match.span())
        yield Hit(*match.span(), told, severity=severity)


def _is_another(reading: Reading, match: re.Match[str], usual: str) -> bool:
    """Tell whether a name stands beside another beside which the usual one never does: Vasya Pryatchnikov."""
    text = reading.text
    before = _NAME_BEFORE.search(text, max(0, match.start() - 30), match.start())
    after = _NAME_AFTER.match(text, match.end())
    beside = [(near[1], f"{near[0]}{usual}") for near in (before,) if near]
    beside += [(near[1], f"{usual}{near[0]}") for near in (after,) if near]
    return any(
        reading.names[name] > 1 >= reading.lower[name.lower()] - reading.counts[name] + 1
        and together not in text
        for name, together in beside
    )


_NAME_BEFORE = lazily(r"\b([A-Z][a-z]+)\.? \Z")
_NAME_AFTER = lazily(r" ([A-Z][a-z]+)\b")
_OF = frozenset("de du des la le von van di da del della".split())
"""Behind these stand names of places and families, which are many and alike."""


def _skeleton(name: str) -> str:
    """Give the consonants of a name as they sound; those of Katherine and Catharine are the same."""
    sounds = name.lower().replace("ph", "f").replace("c", "k").replace("h", "")
    return re.sub(r"(.)\1", r"\1", re.sub("[aeiouy]", "", sounds))


def _variants(reading: Reading) -> Iterator[tuple[str, str]]:
    """Give rare names with the common one that each is nearly the same as."""
    names = reading.names
    common = [name for name, count in names.items() if count >= _OFTEN]
    # Names that stand behind others: Rodolphe Boulanger.
    common += [
        word
        for word, count in reading.counts.items()
        if count >= _OFTEN and word.istitle() and word not in names and reading.lower[word.lower()] == count
        if not reading.known(word.lower())
    ]
    large = {word for word, count in reading.counts.items() if count <= _SELDOM and word.istitle()}
    rare = {word for word in large if names[word] <= _SELDOM}
    beginning = defaultdict[str, list[str]](list)
    for word in rare:
        beginning[word[0]].append(word)
    for usual in common:
        # Of a name that is a word as well (Grace, Will), only what is no word can be a slip.
        most = 0 if reading.known(usual.lower()) > _WORD_TOO else _WORD_TOO
        alike = _ending_alike(usual) if reading.counts[usual] >= _ALIKE else set()
        may_be = {word for word in beginning[usual[0]] if len({*word} ^ {*usual}) <= _DIFFERING}
        for other in (may_be and near(usual) & may_be) | {
            other for other in alike & rare if reading.counts[other] == 1
        }:
            plural = {usual[-3:], other[-3:]} == {"man", "men"}
            often = max(names[usual], reading.counts[usual] // 2) >= _TIMES * reading.counts[other]
            if often and not plural and reading.known(other.lower()) <= most:
                yield other, usual


_DIFFERING = 2
"""Letters that one of two names has and the other has not, where they differ by one letter."""
_WORD_TOO = 3_000
"""A name that the word list met oftener in small letters is a word as well."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def near(name: str) -> set[str]:
    """Give what differs from a name by one letter inside it: another, one more, one less, two swapped.

    The first letter and the last stay, for names that differ there are others: Mary and Gary, Weston and
    Westons.
    """
    parts = [(name[:at], name[at:]) for at in range(1, len(name))] if len(name) > _SHORT_NAME else []
    found = {head + letter + tail for head, tail in parts for letter in _LETTERS}
    for head, tail in parts[:-1]:
        found |= {head + letter + tail[1:] for letter in _LETTERS}
        found |= {head + tail[1:], head + tail[1] + tail[0] + tail[2:]}
    return found - {name}


def _ending_alike(name: str) -> set[str]:
    """Give what sounds like a name and ends otherwise."""
    if len(name) <= _SHORT_NAME:
        return set()
    found = {name + "e"} | {name[: -len(old)] + new for old, new in _ENDINGS if name.endswith(old)}
    return found - {name}


_ENDINGS = [
    tuple(pair.split("/"))
    for pair in "e/ s/z z/s y/ie ie/y y/ey ey/y i/y c/k ck/k tt/t ll/l nn/n t/tt l/ll n/nn ff/f".split()
]
_SHORT_NAME = 4
_MAJORITY = 4


@text_rule(
    "CON005",
    severity=Severity.INFO,
    examples=(
        Example(
            "He read the Gospel, and the Gospel, and a Gospel; some Gospel, one Gospel, any Gospel, his "
            "Gospel, and the ⟦gospel⟧."
        ),
    ),
    passes=("The Church is a church. He saw the church.",),
)
def capital_variant(reading: Reading) -> Iterator[Hit]:
    """A word has a small letter here and a capital nearly everywhere else.

    *Gospel* and *gospel*: the difference may be meant, or be none.

    Fix: Write it as elsewhere, unless the difference is meant.
    Source: The style sheet of copy-editors.
    """
    rare: dict[str, tuple[str, int]] = {}
    for word, count in reading.counts.items():
        if not word.istitle() or len(word) <= _SHORT_NAME or count < _OFTEN or not word.isalpha():
            continue
        small = reading.counts[word.lower()]
        if 0 < small <= _SELDOM and reading.names.get(word, 0) >= _TIMES * small:
            rare[word.lower()] = (word, count)
    for match in reading.each(*rare):
        usual, count = rare[match[0]]
        yield Hit(*match.span(), f"“{match[0]}” is “{usual}” in {count} other places.")


_ALIKE = 10


@text_rule(
    "CON014",
    severity=Severity.INFO,
    language="en",
    examples=(Example("James’s hat, James’s coat, James’s dog and James’s cat, and ⟦James’⟧ horse."),),
    passes=("James’s hat and James’s coat.",),
)
def possessive_mixed(reading: Reading) -> Iterator[Hit]:
    """The possessive of a name in *s* is formed in two ways.

    *James’s* and *James’* are both right, but a book has one.

    Fix: Write it as elsewhere.
    Source: The Chicago Manual of Style, 7.17.
    """
    full = {
        word[:-2]: count
        for word, count in reading.counts.items()
        if word.endswith("s’s") and word[0].isupper()
    }
    for name, count in full.items():
        bare = list(re.finditer(rf"{name}’(?= [a-z])", reading.text))
        if bare and len(bare) * _MAJORITY <= count:
            for match in bare:
                yield Hit(*match.span(), f"“{match[0]}” is “{name}’s” in {count} other places.")
