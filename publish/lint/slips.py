"""Rules on slips of the hand and of the ear: a word that is nearly another, or is another."""

import re
from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from itertools import chain
from operator import itemgetter

from publish.diagnostic import Severity
from publish.lint.lists import rows
from publish.lint.passages import Setting
from publish.lint.reading import ABROAD, BROGUE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_FUNCTION = lazily(
    r"(?:The|And|That|With|From|Of|To|Is|Was|Were|Had|Has|Have|Which|Then|But|For|In|On|At|By|Their|An|As|Or|"
    r"So|Not|She|They|We|This|There|When|If|He|It|His|Her)(?= [a-z])"
)
_ASKED = lazily(
    r"(?:\b(?:s[ai]y|said|answer|ask|cri?[ey]|repl|t[eo]ll|told|th[io]|declar|began|spoke|s[ai]ng|wr[io]t|read|"
    r"call|quer|question|letter|word|reason|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]our|[Ll]ast|meaning|God|Lord|think|felt|feel|"
    r"know|knew|talk|proverb|answer|writ)|[’”)]|\b[AaI]s\b|\d(?:st|nd|rd|th)\b)"
    r"(?:[^.?!,;:]|\b(?:Mr|Mrs|Dr|St)\.)*(?:, [a-z]+)?,\Z"
)
"""What leads to words that begin anew after a comma."""
_NOT_AFTER_COMMA = frozenset("That Is Was Were Had Has Have An Not This Which When".split())
_INSIDE = re.compile("[a-z;,] ")
_FEW, _PAGES = 6, 5_000
"""What a book has oftener than this, and oftener than in so many words, it does on purpose: old capitals, a
way of stressing."""


@text_rule(
    "PUN021",
    language="en",
    examples=(
        Example("He went down to ⟦The⟧ river with his dog.", "He went down to the river with his dog."),
    ),
    passes=(
        "He read The Times. She sang And So It Goes.",
        "Then He said to me that it was so.",
        "“Then say The end,” he said.",
    ),
)
def capital_in_sentence(reading: Reading) -> Iterator[Hit]:
    """A little word has a capital in the middle of a sentence.

    What is left of a sentence that began there once, or of a title.

    Fix: Write it small, or type the full stop that is missing before it.
    Source: bookloupe, "query capitals".
    """
    found = [
        match
        for match in chain(_FUNCTION.finditer(reading.text), _after_semicolons(reading))
        if _INSIDE.fullmatch(reading.text, match.start() - 2, match.start())
        and reading.setting(match.start()) is Setting.PROSE
        and reading.before(match.start() - 1) not in _NAMING
        and _is_misplaced(reading, match)
    ]
    often = Counter(match[0] for match in found)
    most = max(_FEW, len(reading.words) // _PAGES)
    # Older books have capitals after semicolons.
    old = sum(reading.text[match.start() - 2] == ";" for match in found) >= _SELDOM * 2
    holy = sum(match[0] in _HIS and reading.text[match.start() - 2] == "," for match in found) > _SELDOM
    for match in found:
        if often[match[0]] > most or len(found) > most * 3 // 2 + _FEW:
            continue
        right = match[0].lower()
        told = f"“{match[0]}” has a capital in the middle of the sentence."
        before = reading.text[match.start() - 2]
        stressed = (old and before == ";") or (holy and before == "," and match[0] in _HIS)
        stressed = stressed or _in_title(reading.text, match)
        severity = Severity.INFO if stressed else None
        first = match.start(), match.start() + 1
        yield Hit(*match.span(), told, right[0], f"Write “{right}”", severity, at=first)


def _in_title(text: str, match: re.Match[str]) -> bool:
    """Tell whether words before and behind a word have capitals as well: *saw The Deuce Is in Him played*."""
    return bool(_LARGE_BEFORE.search(text, max(0, match.start() - 24), match.start() - 1)) and bool(
        _LARGE_BEHIND.match(text, match.end())
    )


_LARGE_BEFORE = lazily(r"(?<=[a-z,“] )[A-Z][a-z]+(?: [a-z]{1,3})?\Z")
_LARGE_BEHIND = re.compile(r"(?: [a-z]{1,3}){0,2} [A-Z]")


def _after_semicolons(reading: Reading) -> Iterator[re.Match[str]]:
    """Give words with a capital after a semicolon, which are no names."""
    for at in (match.start() + 2 for match in reading.find(re.compile("; (?=[A-Z])"), "; ")):
        match = _CAPITAL.match(reading.text, at)
        if match and not _FUNCTION.match(reading.text, at):
            small = match[0].lower()
            if reading.names[match[0]] * _RARELY < reading.lower[small] and reading.known(small) > _SURELY:
                yield match


_CAPITAL = re.compile("[A-Z][a-z]+(?= [a-z])")
_RARELY, _SURELY = 10, 20_000


def _is_misplaced(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether a capital after a comma begins nothing: no words that are said, thought, or listed."""
    his = match[0] in _HIS
    if reading.text[match.start() - 2] != ",":
        return not his
    holy = his and (reading.counts["Him"] > _SELDOM or not _TWO_SMALL.match(reading.text, match.end()))
    near = reading.text[max(0, match.start() - _NEAR) : match.start() - 1]
    return not holy and match[0] not in _NOT_AFTER_COMMA and not _ASKED.search(near)


_HIS = frozenset(["He", "His", "Her", "It"])
_TWO_SMALL = re.compile(" [a-z]+ [a-z]")
_SELDOM, _NEAR = 2, 60
_NAMING = frozenset(
    "saying says asks asked himself herself myself of say said called read titled entitled sing sang cried "
    "wrote word".split()
)


@text_rule(
    "PUN022",
    language="en",
    examples=(Example("The dog hurt ⟦it’s⟧ own paw.", "The dog hurt its own paw."),),
    passes=("It’s late, and it’s own to me. Because of its age.", "What came of it’s a mystery."),
)
def its_with_apostrophe(reading: Reading) -> Iterator[Hit]:
    """*It’s* stands where *its* is meant.

    *It’s* is *it is* or *it has*; what belongs to it has no apostrophe.

    Fix: Write *its*.
    Source: Fowler, A Dictionary of Modern English Usage, "its, it’s".
    """
    for match in reading.find(_ITS, "it’s"):
        if not match["own"] and reading.before(match.start() - 1) in {"", *_TELLING}:
            continue
        yield Hit(*match.span(), "“it’s” is “it is”; what belongs to it is “its”.", "its")


_PARTS = (
    "way|head|place|mouth|feet|eyes|tail|back|side|top|end|name|face|hands|legs|wings|teeth|owner|master|"
    "course|edge|walls|doors|windows|roof|branches|leaves|contents|weight|shape|size|colour|color"
)
_ITS = lazily(
    r"it’s(?<![^\W_]it’s)(?= (?P<own>own) (?!to\b|that\b|up\b)[a-z]"
    rf"| (?:{_PARTS})\b(?! (?:that|which|who|of|i|he|she|we|they|you)\b))"
)
_TELLING = frozenset("says said think know hope that mean when because cause like then even if as".split())
"""After these *it’s* begins a clause."""


_YOUR = lazily(
    r"[Yy]our(?= (?P<after>a|an|the|not(?! [a-z]+ing)|in|at|welcome to|mistaken|kidding|joking)\b"
    r"(?! (?:and|or)\b|-))"
)


@text_rule(
    "PUN024",
    language="en",
    examples=(Example("“⟦Your⟧ a good man,” she said.", "“You’re a good man,” she said."),),
    passes=(
        "“Your hat is small,” she said.",
        "Your very good health! Your not-so-good friend.",
    ),
)
def your_for_you_are(reading: Reading) -> Iterator[Hit]:
    """*Your* stands where *you’re* is meant.

    They sound alike. An article, or *not*, cannot follow what belongs to somebody.

    Fix: Write *you’re*.
    Source: Fowler, A Dictionary of Modern English Usage, "your".
    """
    for match in reading.begun(_YOUR, "your ", "Your "):
        if not reading.text[match.start() - 1].isalnum():
            right = match[0][0] + "ou’re"
            told = f"“{match[0]} {match['after']}” would be “{right} {match['after']}”."
            severity = reading.unless_dialect(match.start())
            yield Hit(*match.span(), told, right, severity=severity)


_PROPER = " ".join(rows("proper")).split()


@text_rule(
    "PUN025",
    language="en",
    examples=(
        Example("They came on ⟦monday⟧ from ⟦london⟧.", "They came on Monday from London."),
        Example("He wrote to ⟦queen⟧ Anne.", "He wrote to Queen Anne."),
    ),
    passes=(
        "They came on Monday. He wore his sunday best, sunday boots, sunday hat and sunday coat on sunday.",
    ),
)
def proper_name_small(reading: Reading) -> Iterator[Hit]:
    """A day, a month, a people, a country, a person or a title before a name is written small.

    They have capitals in English. A book that writes one of them small again and again is left alone.

    Fix: Write it with a capital.
    Source: The Chicago Manual of Style, 8.88 and 8.60.
    """
    slips = [
        word for word in _PROPER if 0 < reading.counts[word] <= max(2, reading.counts[word.capitalize()] // 4)
    ]
    slips += _small_names(reading)
    titles = [match for match in reading.each(*_RANKS) if _TITLED.match(reading.text, match.end())]
    titles = [match for match in titles if reading.before(match.start() - 1) in _BEFORE_TITLES]
    for match in (*reading.each(*slips), *titles[: _SELDOM if len(titles) <= _SELDOM else 0]):
        told = f"“{match[0]}” is written small."
        severity = reading.unless_dialect(match.start())
        right = match[0].capitalize()
        first = match.start(), match.start() + 1
        yield Hit(*match.span(), told, right[0], f"Write “{right}”", severity, at=first)


def _small_names(reading: Reading) -> Iterator[str]:
    """Give words that the book has small now and then, and else as names: many times, with no article."""
    yield from (title for title in _TITLES if reading.counts[title] <= reading.counts[title.capitalize()])
    for name, times in reading.names.items():
        small = name.lower()
        if small in _WORDS_TOO:
            continue
        if times >= _NAME_FROM and 0 < reading.counts[small] <= times // _NAME_FROM:
            if reading.known(small) > _HEAVEN:
                continue
            befores = Counter(reading.small[at - 1] for at in (*reading.places(name), *reading.places(small)))
            if not any(befores[word] for word in _COMMON_BEFORE):
                yield small


_NAME_FROM = 12
_HEAVEN = 10_000
"""How common a word is that a book may write large as a name, and small as a word."""
_WORDS_TOO = frozenset(" ".join(rows("names")).split())
"""What is a name and a word: it is small where it is a word."""
_TITLES = ("mr", "mrs", "dr")
_RANKS = "queen king captain colonel doctor professor lord lady sir major inspector prince princess".split()
_TITLED = re.compile(" [A-Z][a-z]+")
_BEFORE_TITLES = frozenset(
    "to by with for of from that said when as but than was if on at after before".split()
)
_COMMON_BEFORE = "a an the this that those these no some any every each such your our le la old".split()

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORT_WORD, _LONG_WORD = 4, 7
_EACH = {4: 150_000, 5: 20_000, 6: 5_000, _LONG_WORD: 1_000}
"""How common a word of so many letters must be, to be meant by one that no list has."""
_AGAIN, _UNLIKE, _TIMES = 6, 5, 8
"""Times as common: for a slip made twice or more, for a wrong letter, than the next word."""
_ORDINARY, _SHORTEST = 2_000, 3


@text_rule(
    "PUN027",
    language="en",
    examples=(
        Example(
            "It came to my ⟦recolection⟧ that she was ⟦plesaed⟧, for good ⟦reasssons⟧.",
            "It came to my recollection that she was pleased, for good reasons.",
        ),
        Example("He ⟦thnik⟧ so, and ⟦teh⟧ door was open.", "He think so, and the door was open."),
        Example("He came ⟦immediatly⟧ ⟦anf⟧ left ⟦tommorow⟧.", "He came immediately and left tomorrow."),
    ),
    passes=(
        "Teh Ying came.",
        "The calm clam.",
        "“Ummm, sooo late,” he said, walkin’ and runnin about.",
        "The gaberlunzie wore a quaich.",
        "She went on als ob nichts wäre, and said un petit mot.",
    ),
)
def misspelt(reading: Reading) -> Iterator[Hit]:
    """A word is in no list, and with one letter changed it is a common one.

    A letter is left out, typed twice, wrong, or swapped with the next, or two are doubled wrongly. Told where
    the right word is common, and the more so the shorter it is; not of names or in verse. It is a note
    where a passage is in dialect, and in speech where nearly all such words of the book stand in speech.

    Fix: Write the word that is meant.
    Source: The four slips of typists (Damerau 1964); pptext, "edit distance".
    """
    swapped: dict[str, str] = {}
    meant: dict[str, str] = {}
    for word in (*reading.unknown, *reading.begun_unknown):
        small = word.lower()
        if small in BROGUE or small in ABROAD or not small.isascii() or _ROMAN.fullmatch(small):
            continue
        right = _letters_swapped(reading, small)
        other = right or (_little if len(small) < _SHORT_WORD else _spelt)(
            reading, small, reading.counts[word]
        )
        # A name may be nearly a word, but nearly one of the very commonest is none.
        if other and (word == small or reading.known(other) > _COMMONEST):
            meant[word] = other if word == small else other.capitalize()
            swapped |= {word: meant[word]} if right else {}
    found = [match for match in reading.each(*meant) if _may_be_slip(reading, match)]
    typed = [match for match in found if match[0] not in swapped]
    spoken = [match for match in typed if reading.in_speech(match.start())]
    old = {word for word, right in meant.items() if word == f"{right}l"}
    manner = len(spoken) >= _SPEAKERS and len(spoken) * 5 >= len(typed) * 4
    for match in found:
        right = meant[match[0]]
        told = f"“{match[0]}” seems to be “{right}”."
        sure = swapped.get(match[0], "")
        dialect = reading.unless_dialect(*match.span(), whole=not sure, sure=sure.lower())
        times = reading.counts[match[0]]
        own = times >= _OWN and (reading.lower[right] < times or match in spoken)
        own = (not sure and own) or (manner and match in spoken)
        own = own or (len(old) >= _OWN and match[0] in old)  # Councill, funerall.
        severity = Severity.INFO if own else dialect
        yield Hit(*match.span(), told, right, severity=severity)


_SPEAKERS, _OWN = 3, 3


def _may_be_slip(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether a word stands in prose, and one with a capital amid words of a sentence.

    A short one may be what somebody says: *mun*, *gie*.
    """
    amid = match[0].islower() or bool(_SMALL_AFTER.match(reading.text, match.end()))
    if len(match[0]) < _SHORT_WORD and not _letters_swapped(reading, match[0]):
        amid = not reading.in_speech(match.start()) and bool(_SMALL_AFTER.match(reading.text, match.end()))
    return amid and reading.setting(match.start()) is not Setting.VERSE


_ROMAN = re.compile("[ivxlc]+")
_SMALL_AFTER = re.compile(",? [a-z]")


_THRICE = lazily(r"(?<=[a-z])([bcdfglmnprst])\1\1+(?=[a-z]{2})")
"""Vowels, and letters at either end, are drawn out on purpose: *sooo*, *ummm*."""


def _spelt(reading: Reading, word: str, times: int) -> str:
    """Give the common word from which one differs by a slip; nothing where two are as likely."""
    if thrice := _THRICE.search(word):
        both = (word.replace(thrice[0], thrice[1]), word.replace(thrice[0], thrice[1] * 2))
        best = max(both, key=reading.known)
        return best if reading.known(best) else ""
    slips = _swapped(word) | _left_out(word) | _typed_twice(word) | _doubled_otherwise(word)
    # What an author writes several times may be a word of their own, unless it is one of the commonest.
    usual = _EACH[min(len(word), _LONG_WORD)] * (1 if times == 1 else _AGAIN)
    listed = reading.listed
    likely = {other: listed[other] for other in listed.keys() & slips}
    if times == 1 and len(word) > _SHORT_WORD:
        likely |= {other: listed[other] // _UNLIKE for other in listed.keys() & _replaced(word)}
    first, second = nlargest(2, [*likely.items(), ("", 0), ("", 0)], key=itemgetter(1))
    right = first[0] if first[1] >= usual and first[1] > _TIMES * second[1] else ""
    british = (re.sub(*change, word) for change in _BRITISH)
    if not right or any(reading.known(other) for other in british if other != word):
        return ""
    doubled = _DOUBLED.fullmatch(f"{word} {right}") or word == right + right[-1:]
    formed = not doubled and _is_formed(reading, word)
    return "" if formed else right


def _little(reading: Reading, word: str, times: int) -> str:
    """Give the little word, one of the very commonest, from which one of two or three letters differs."""
    listed = reading.listed
    ways = _swapped(word) | _left_out(word) | _replaced(word) | {word[:-1] + letter for letter in _LETTERS}
    likely = {other: listed[other] for other in listed.keys() & ways if listed[other] > _COMMONEST}
    return max(likely, key=likely.__getitem__, default="") if times <= _TWICE else ""


def _letters_swapped(reading: Reading, word: str) -> str:
    """Give the common word of which a word has two neighbouring letters swapped: *teh*, *thnik*."""
    for at in range(len(word) - 1) if len(word) >= _SHORTEST else ():
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if swapped != word and reading.known(swapped) > _USUAL and reading.is_slip(word, swapped):
            return swapped
    return ""


_USUAL = 100_000
"""How often the word list met the ten thousand commonest words, about."""


_COMMONEST = 1_000_000
_TWICE = 2
"""How often the list met its two hundred commonest words; how often a slip is made."""


_ENDINGS = ("s es ed d t er r ers est st eth th ing ings less ful y ly en able ish ness like").split()
_BEGINNINGS = ("un", "re", "be", "out", "over", "fore", "up", "mis", "under")
_DOUBLED = lazily(r"([a-z]+)([a-z])((?:ed|ing|er|ly|y)[a-z]*) \1\2\2\3")
"""*Occured* for *occurred*: made of a word and an ending, and a slip all the same."""


def _is_formed(reading: Reading, word: str) -> bool:
    """Tell whether a word is made of one and an ending, or a beginning: *heatless*, *retuned*."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        # An *e* is dropped before a vowel alone: *immediatly* is not made of *immediate*.
        whole = (
            stem,
            stem + "e" if ending[0] in "aeioy" else stem,
            stem[:-1] + "y" if stem.endswith("i") else stem,
        )
        if stem != word and len(stem) >= _SHORTEST and max(map(reading.known, whole)) >= _ORDINARY:
            return True
    rests = (word.removeprefix(beginning) for beginning in _BEGINNINGS if word.startswith(beginning))
    return any(reading.known(rest) >= _ORDINARY for rest in rests)


_BRITISH = (
    (r"re(s|d)?$", r"er\1"),
    ("red$", "ered"),
    ("ring$", "ering"),
    (r"is(e|es|ed|er|ers|ing|ation|ations)$", r"iz\1"),
    (r"ys(e|es|ed|ing)$", r"yz\1"),
    (r"ll(ed|ing|er|ers|ous|ously|ery)", r"l\1"),
    ("our", "or"),
    (r"ll?(ful|ment)", r"ll\1"),
    ("ence$", "ense"),
    ("ogue", "og"),
    ("ae|oe", "e"),
)
"""The word list is American; what it has the American way is no slip the British way."""


def _swapped(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)} - {word}


def _left_out(word: str) -> set[str]:
    halves = [(word[:at], word[at:]) for at in range(1, len(word))]
    return {before + letter + after for before, after in halves for letter in _LETTERS}


def _replaced(word: str) -> set[str]:
    """Give the words with one letter in place of another; who says *gweat* does not mistype it."""
    rests = [(word[:at], word[at + 1 :]) for at in range(1, len(word) - 1) if word[at] != "w"]
    return {before + letter + after for before, after in rests for letter in _LETTERS} - {word}


def _typed_twice(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1]}


def _doubled_otherwise(word: str) -> set[str]:
    """Give the words with one letter for two and two for one elsewhere: *tommorow*, *accomodate*."""
    return {
        single[:at] + single[at] + single[at:]
        for single in _typed_twice(word)
        for at in range(2, len(single) - 1)
        if single[at] not in _VOWELS
    } - {word}


_VOWELS = "aeiou"
