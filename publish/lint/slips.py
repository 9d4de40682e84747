"""Rules on slips of the hand and of the ear: a word that is nearly another, or is another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.diagnostic import Safety, Severity
from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.lint.wording import is_swapped
from publish.source import Edit

_FUNCTION = re.compile(
    r"(?:The|And|That|With|From|Of|To|Is|Was|Were|Had|Has|Have|Which|Then|But|For|In|On|At|By|Their|An|As|Or|"
    r"So|Not)(?= [a-z])"
)
_INSIDE = re.compile("[a-z] ")
_FEW = 6
"""What a book has oftener than this it does on purpose: old capitals, a way of stressing."""


@text_rule(
    "PUN021",
    "capital-in-sentence",
    safety=Safety.UNSAFE,
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
        for match in _FUNCTION.finditer(reading.text)
        if _INSIDE.fullmatch(reading.text, match.start() - 2, match.start())
        and reading.setting(match.start()) is Setting.PROSE
        and not _stressed(reading, match)
    ]
    if len(found) > _FEW:
        return
    for match in found:
        right = match[0].lower()
        edit = Edit(match.start(), match.start() + 1, right[0], "PUN021")
        told = f"“{match[0]}” has a capital in the middle of the sentence."
        yield Hit(*match.span(), told, (edit,), f"Write “{right}”")


def _stressed(reading: Reading, match: re.Match[str]) -> bool:
    """Tell whether the word is named (“say The end”)."""
    return reading.before(match.start() - 1) in _NAMING


_NAMING = frozenset("say said called read titled entitled sing sang cried wrote word".split())


@text_rule(
    "PUN022",
    "its-with-apostrophe",
    safety=Safety.UNSAFE,
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
        edit = Edit(*match.span(), "its", "PUN022")
        yield Hit(*match.span(), "“it’s” is “it is”; what belongs to it is “its”.", (edit,), "Write “its”")


_PARTS = (
    "way|head|place|mouth|feet|eyes|tail|back|side|top|end|name|face|hands|legs|wings|teeth|owner|master|"
    "course|edge|walls|doors|windows|roof|branches|leaves|contents|weight|shape|size|colour|color"
)
_ITS = re.compile(
    r"it’s(?= (?P<own>own) (?!to\b|that\b|up\b)[a-z]"
    rf"| (?:{_PARTS})\b(?! (?:that|which|who|of|i|he|she|we|they|you)\b))"
)
_TELLING = frozenset("says said think know hope that mean when because cause like then even if as".split())
"""After these *it’s* begins a clause."""


_THEN = re.compile(
    r" then(?= (?P<sure>(?:a|an|the|one|two|three|once|twice|half|enough|any|anything|anyone|ever|he|she|I|"
    r"we|they|you|it|his|her|my|usual|likely|before|that|this|all|most|[a-z]+ing)\b)?)"
)
_COMPARED = frozenset(
    "rather other better worse older younger bigger larger smaller greater higher lower stronger".split()
)


@text_rule(
    "PUN023",
    "then-for-than",
    safety=Safety.UNSAFE,
    language="en",
    examples=(
        Example(
            "He had more ⟦then⟧ enough, and would rather ⟦then⟧ not go.",
            "He had more than enough, and would rather than not go.",
        ),
    ),
    passes=("He said no more, then left. Once more, then, and no more. No more then!",),
)
def then_for_than(reading: Reading) -> Iterator[Hit]:
    """*Then* stands where *than* is meant.

    They sound alike; after *more*, *rather* and *better* only one makes sense.

    Fix: Write *than*.
    Source: Fowler, A Dictionary of Modern English Usage, "than".
    """
    for match in reading.find(_THEN, "r then", "e then", "s then"):
        before = reading.before(match.start())
        if before in _COMPARED or (match["sure"] and before in ("more", "less")):
            start, end = match.start() + 1, match.end()
            edit = Edit(start, end, "than", "PUN023")
            yield Hit(start, end, "“then” stands for “than”.", (edit,), "Write “than”")


_YOUR = re.compile(
    r"[Yy]our(?= (?P<after>a|an|the|not(?! [a-z]+ing)|in|at|welcome to|mistaken|kidding|joking)\b"
    r"(?! (?:and|or)\b|-))"
)


@text_rule(
    "PUN024",
    "your-for-you-are",
    safety=Safety.UNSAFE,
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
            edit = Edit(*match.span(), right, "PUN024")
            told = f"“{match[0]} {match['after']}” would be “{right} {match['after']}”."
            severity = reading.unless_dialect(match.start())
            yield Hit(*match.span(), told, (edit,), f"Write “{right}”", severity)


_PROPER = (
    "monday tuesday wednesday thursday friday saturday sunday january february april june july september "
    "october november december christmas london paris england france germany italy spain europe africa asia "
    "englishman frenchman american european english italian spanish russian"
).split()
"""French and German are not among them: windows are french, and kin is german."""


@text_rule(
    "PUN025",
    "proper-name-small",
    safety=Safety.UNSAFE,
    language="en",
    examples=(Example("They came on ⟦monday⟧ from ⟦london⟧.", "They came on Monday from London."),),
    passes=(
        "They came on Monday. He wore his sunday best, sunday boots, sunday hat and sunday coat on sunday.",
    ),
)
def proper_name_small(reading: Reading) -> Iterator[Hit]:
    """A day, a month, a people or a country is written small.

    They have capitals in English. A book that writes one of them small again and again is left alone.

    Fix: Write it with a capital.
    Source: The Chicago Manual of Style, 8.88 and 8.60.
    """
    slips = [
        word for word in _PROPER if 0 < reading.counts[word] <= max(2, reading.counts[word.capitalize()] // 4)
    ]
    for match in reading.each(*slips):
        edit = Edit(match.start(), match.start() + 1, match[0][0].upper(), "PUN025")
        told = f"“{match[0]}” is written small."
        severity = reading.unless_dialect(match.start())
        yield Hit(*match.span(), told, (edit,), f"Write “{match[0].capitalize()}”", severity)


_ILL = re.compile(r"(?:Ill|Id)(?= [a-z]+)(?<![A-Za-z’-]Ill)(?<![A-Za-z’-]Id)")


@text_rule(
    "PUN026",
    "apostrophe-of-i-missing",
    safety=Safety.UNSAFE,
    language="en",
    examples=(Example("He said that ⟦Ill⟧ have to wait.", "He said that I’ll have to wait."),),
    passes=("Ill as he was, he came. He was ill. The Id, says Freud, is blind.",),
)
def apostrophe_of_i_missing(reading: Reading) -> Iterator[Hit]:
    """*I’ll* or *I’d* lacks its apostrophe.

    With a capital in the middle of a sentence *Ill* is no other word.

    Fix: Type the apostrophe.
    Source: The Chicago Manual of Style, 7.30.
    """
    for match in reading.find(_ILL, "Ill ", "Id "):
        after = reading.text[match.end() + 1 : match.end() + 12].split()[0]
        inside = reading.text[match.start() - 2] in "abcdefghijklmnopqrstuvwxyz,;" and match[0] == "Ill"
        if inside or after in _AFTER_I:
            right = "I’" + match[0][1:]
            edit = Edit(*match.span(), right, "PUN026")
            told = f"“{match[0]}” lacks its apostrophe."
            yield Hit(*match.span(), told, (edit,), f"Write “{right}”")


_AFTER_I = frozenset(
    "like have be been never rather go do say want know take come give love better get tell show see make "
    " put let try keep find bring call send leave stay wait think bet buy pay nail shut cut run stand".split()
)

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG_WORD, _USUAL, _LONGER_WORD, _LESS_USUAL = 7, 1_000, 5, 20_000
"""A slip of a longer word may be of one that is rarer, as the word list counts."""


@text_rule(
    "PUN027",
    "misspelt",
    safety=Safety.UNSAFE,
    language="en",
    examples=(
        Example(
            "It came to my ⟦recolection⟧ that she was ⟦plesaed⟧, for good ⟦reasssons⟧.",
            "It came to my recollection that she was pleased, for good reasons.",
        ),
    ),
    passes=("“Ummm, sooo late,” he said, walkin’ and runnin about.", "The gaberlunzie wore a quaich."),
)
def misspelt(reading: Reading) -> Iterator[Hit]:
    """A word is in no list, and with one letter changed it is a common one.

    A letter is left out, typed twice, or has changed its place with the next. Told where the book has the
    word once and the right one is common; not of names, and as a note where a passage is in dialect.

    Fix: Write the word that is meant.
    Source: The four slips of typists (Damerau 1964); pptext, "edit distance".
    """
    meant = {}
    for word in reading.unknown:
        if reading.counts[word] == 1 and len(word) >= _LONGER_WORD and (right := _spelt(reading, word)):
            meant[word] = right
    for match in reading.each(*meant):
        right = meant[match[0]]
        edit = Edit(*match.span(), right, "PUN027")
        told = f"“{match[0]}” seems to be “{right}”."
        severity = reading.unless_dialect(match.start(), whole=True)
        yield Hit(*match.span(), told, (edit,), f"Write “{right}”", severity)


_THRICE = re.compile(r"(?<=[a-z])([bcdfglmnprst])\1\1+(?=[a-z]{2})")
"""Vowels, and letters at either end, are drawn out on purpose: *sooo*, *ummm*."""


def _spelt(reading: Reading, word: str) -> str:
    """Give the common word from which one differs by a slip; nothing where two are as likely."""
    if thrice := _THRICE.search(word):
        both = (word.replace(thrice[0], thrice[1]), word.replace(thrice[0], thrice[1] * 2))
        best = max(both, key=reading.known)
        return best if reading.known(best) else ""
    if any(reading.known(re.sub(*change, word)) for change in _BRITISH if re.search(change[0], word)):
        return ""
    found = _swapped(word)
    if len(word) >= _LONG_WORD:
        found |= _left_out(word) | _typed_twice(word)
    least = _USUAL if len(word) >= _LONG_WORD else _LESS_USUAL
    likely = [other for other in found if reading.known(other) >= least]
    return likely[0] if len(likely) == 1 and not is_swapped(reading, word) else ""


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
    return {word[:at] + letter + word[at:] for at in range(1, len(word)) for letter in _LETTERS}


def _typed_twice(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1]}


_WHOLE = (
    "myself himself herself itself yourself themselves ourselves yourselves together without before "
    "something everything anything nothing behind because already perhaps"
)
_CUTS = {(word[:at], word[at:]): word for word in _WHOLE.split() for at in range(2, len(word) - 2)}
_CUTS.pop(("be", "cause"))
_APART_TIMES = 5


@text_rule(
    "PUN028",
    "word-in-two",
    safety=Safety.UNSAFE,
    language="en",
    examples=(
        Example(
            "He saw ⟦him self⟧. " + "She herself, he himself. " * 5 + "He himself, himself.",
            "He saw himself. " + "She herself, he himself. " * 5 + "He himself, himself.",
        ),
        Example("They came ⟦to gether⟧.", "They came together."),
    ),
    passes=("He saw him, self or not. Any thing, any thing, and anything, and to get here.",),
)
def word_in_two(reading: Reading) -> Iterator[Hit]:
    """A word is typed in two that the book elsewhere has in one.

    *Him self*, *to gether*, *some thing*: a space too many. A book that parts them as older ones do (*any
    thing*) is left alone.

    Fix: Join the two.
    Source: pptext, "spaced variants".
    """
    for (first, second), whole in _CUTS.items():
        apart = [at - 1 for at in reading.places(second) if at and reading.small[at - 1] == first]
        if reading.known(second) and reading.lower[whole] < _APART_TIMES * len(apart):
            continue
        for at in apart:
            (start, middle), (again, end) = reading.span(at), reading.span(at + 1)
            if reading.text[middle:again] == " " and reading.text[start - 1] not in "-’":
                right = reading.words[at] + second
                edit = Edit(middle, again, "", "PUN028")
                told = f"“{reading.text[start:end]}” is “{whole}” with a space in it."
                yield Hit(start, end, told, (edit,), f"Write “{right}”")


_MODALS = ("could", "should", "would", "might", "must")
_HAVE = re.compile(
    rf"(?P<modal>{'|'.join(_MODALS)}) of (?=(?!men\b|women\b|often\b)"
    r"[a-z]+(?:ed|en|ne|wn|de|ad|me|ld|pt|ft|lt|id|un|ng)\b)"
)


@text_rule(
    "PUN016",
    "of-for-have",
    safety=Safety.UNSAFE,
    language="en",
    examples=(Example("He ⟦could of⟧ gone.", "He could have gone."),),
    passes=("He could have gone.", "What he could of course do was wait."),
)
def of_for_have(reading: Reading) -> Iterator[Hit]:
    """*Of* stands where *have* is meant.

    *Could of gone* is how *could’ve gone* sounds. Between quotation marks it may be how somebody speaks, and
    is a note.

    Fix: Write *have*, unless somebody speaks so.
    Source: Fowler, A Dictionary of Modern English Usage, "of".
    """
    for match in reading.begun(_HAVE, *(f"{modal} of " for modal in _MODALS)):
        end = match.end() - 1
        right = f"{match['modal']} have"
        edit = Edit(match.start(), end, right, "PUN016")
        told = f"“{reading.text[match.start() : end]}” stands for “{right}”."
        severity = Severity.INFO if reading.in_speech(match.start()) else None
        yield Hit(match.start(), end, told, (edit,), f"Write “{right}”", severity)
