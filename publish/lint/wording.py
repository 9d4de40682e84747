"""Rules on words: doubled, cut, wrongly written."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from publish.diagnostic import Severity
from publish.lint.passages import Setting
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_UNAPOSTROPHED = {
    "dont": "don’t", "didnt": "didn’t", "doesnt": "doesn’t", "couldnt": "couldn’t", "wouldnt": "wouldn’t",
    "shouldnt": "shouldn’t", "isnt": "isn’t", "wasnt": "wasn’t", "arent": "aren’t", "werent": "weren’t",
    "havent": "haven’t", "hasnt": "hasn’t", "hadnt": "hadn’t", "cant": "can’t", "wont": "won’t",
    "youre": "you’re", "theyre": "they’re", "youve": "you’ve", "theyve": "they’ve", "weve": "we’ve",
    "Im": "I’m", "Ive": "I’ve", "youll": "you’ll", "theyll": "they’ll", "thats": "that’s", "whats": "what’s",
    "oclock": "o’clock", "theres": "there’s", "Theres": "There’s", "heres": "here’s", "whos": "who’s",
}  # fmt: skip
_HABIT = 5
"""A form that the book has so often is the author's own: dialect, or a manner."""


@text_rule(
    "PUN015",
    language="en",
    examples=(
        Example("He ⟦didnt⟧ know that ⟦Ill⟧ have to wait.", "He didn’t know that I’ll have to wait."),
        Example("He ⟦did’nt⟧ know.", "He didn’t know."),
    ),
    passes=(
        "He didn’t know.",
        "He was wont to say so, with much cant.",
        "Ill as he was, he came. He was ill. The Id, says Freud, is blind.",
    ),
)
def apostrophe_missing(reading: Reading) -> Iterator[Hit]:
    """A short form lacks its apostrophe, or has it in another place.

    *Didnt* or *did’nt* for *didn’t*. A book that writes it so throughout is left alone, and so are words
    that may be others (*wont*, *cant*, *lets*) where they are; *Ill* with a capital is none in the middle of
    a sentence.

    Fix: Type the apostrophe.
    Source: The Chicago Manual of Style, 7.30.
    """
    for match in reading.each(*_UNAPOSTROPHED.keys() - {"cant", "wont"}):
        word = match[0]
        if reading.counts[word.split()[0]] < _HABIT:
            meant = _UNAPOSTROPHED[word]
            told = f"“{word}” lacks its apostrophe."
            severity = Severity.INFO if reading.is_abroad(*match.span()) else None
            yield Hit(*match.span(), told, meant, severity=severity)
    astray = [
        (match, len(verb))
        for match in reading.begun(_ASTRAY, "nt’", "’nt")
        if (verb := reading.before(match.start())) in _VERBS
    ]
    for match, length in astray if len(astray) < _HABIT else ():
        start = match.start() - length
        told = f"“{reading.text[start : match.end()]}” has its apostrophe in the wrong place."
        yield Hit(start, match.end(), told, f"{reading.text[start : match.start()]}n’t")
    for match in reading.each("Ill", "Id"):
        after = reading.text[match.end() + 1 : match.end() + 12].split()
        inside = match[0] == "Ill" and re.match("[a-z,;] ", reading.text[match.start() - 2 : match.start()])
        if reading.text[match.end()] == " " and after and (inside or after[0] in _AFTER_I):
            meant = "I’" + match[0][1:]
            yield Hit(*match.span(), f"“{match[0]}” lacks its apostrophe.", meant)


_ASTRAY = lazily(r"(?:’nt|nt’)(?!\w)")
_VERBS = frozenset("do did does could would should is was are were had has have".split())
_AFTER_I = frozenset(
    "like have be been never rather go do say want know take come give love better get tell show see make "
    "put let try keep find bring call send leave stay wait think bet buy pay nail shut cut run stand".split()
)


_MUTE = ("hour", "honest", "honour", "honor", "heir")
_A = lazily(r"[Aa] (?=[aeiou][a-z]|hour|honest|honou?r|heir)(?P<next>[a-z]+(?:’[a-z]+)*)")
_AN = lazily(r"[Aa]n (?=[bcdfgjklmnpqrstvwyz][a-z])(?P<next>[a-z]+(?:’[a-z]+)*)")
_CONSONANT_SOUND = lazily(r"one(?!r)|once|uni(?!m|n)|unanim|u[st][aeiu]|eu|ewe|ur[aeiou]|ub[ei]|uk|uv|upas")


@text_rule(
    "PUN010",
    language="en",
    examples=(
        Example("It was ⟦a⟧ apple.", "It was an apple."),
        Example("There was ⟦an⟧ dog.", "There was a dog."),
        Example("It took ⟦a⟧ hour.", "It took an hour."),
    ),
    passes=("It was a one-eyed, an honest and a useful man, a European.", "An X-ray. An hour. A unit."),
)
def a_or_an(reading: Reading) -> Iterator[Hit]:
    """*A* stands before a vowel, or *an* before a consonant.

    The noun was changed and its article was not. Words whose sound and letter differ (*hour*, *one*,
    *useful*) are left alone; where somebody in the book speaks so again and again, it is a note.

    Fix: Write the other form.
    Source: Fowler, A Dictionary of Modern English Usage, "a, an".
    """
    for pattern, meant, *forms in ((_A, "an", "a", "A"), (_AN, "a", "an", "An")):
        vowel = meant == "an"
        places = (
            reading.span(at)[0]
            for at in sorted(chain.from_iterable(map(reading.places, forms)))
            if reading.small[at + 1 : at + 2]
            and reading.small[at + 1].startswith(("a", "e", "i", "o", "u", *_MUTE)) is vowel
        )
        matches = filter(None, (pattern.match(reading.text, start) for start in places))
        found = [match for match in matches if _is_wrong_article(reading.text, match)]
        spoken = [match for match in found if reading.in_speech(match.start())]
        manner = len(spoken) >= _HABIT - 2
        for match in found:
            wrong = match[0].split()[0]
            right = meant if wrong.islower() else meant.capitalize()
            end = match.start() + len(wrong)
            told = f"“{match[0]}” would be “{right} {match['next']}”."
            dialect = Severity.INFO if manner and match in spoken else reading.unless_dialect(match.start())
            yield Hit(match.start(), end, told, right, severity=dialect)


def _is_wrong_article(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1]
    sounded = _CONSONANT_SOUND.match(match["next"]) or match["next"].partition("’")[0] in _AN_IF
    letter = match[0][0] == "A" and text[match.start() - 2].islower()
    return not (before.isalnum() or before in "-’'.—" or sounded or letter)


_AN_IF = frozenset("thou you we ye they she".split())
"""After these *an* is the old word for *if*."""


@text_rule(
    "PUN013",
    language="en",
    examples=(Example("Then ⟦i⟧ left, and ⟦i⟧’m glad.", "Then I left, and I’m glad."),),
    passes=("Then I left, i.e. I went.", "See page i, and Book i."),
)
def small_i(reading: Reading) -> Iterator[Hit]:
    """The pronoun *I* is written small.

    A slip of the shift key, or the manner of a message typed on a telephone.

    Fix: Write it large.
    Source: The Chicago Manual of Style, 5.43 (pronouns).
    """
    found = [
        match
        for match in re.finditer(r" i(?= [a-z]|’(?:m|ll|ve|d)\b)", reading.text)
        if reading.setting(match.start()) is not Setting.HEADING
    ]
    if len(found) > reading.counts["I"] + _HABIT:
        return
    for match in found:
        yield Hit(match.start() + 1, match.end(), "The pronoun “I” is written small.", "I")


@text_rule(
    "PUN014",
    language="en",
    examples=(
        Example("⟦THe⟧ door was ⟦oPen⟧.", "The door was open."),
        Example("The door ⟦AND⟧ the house.", "The door and the house."),
    ),
    passes=(
        "MPs and DVDs and NASA and McDonald.",
        "His iPhone and her eBook.",
        "“It IS late,” she said. THE END AND THE DOOR",
    ),
)
def capitals_slipped(reading: Reading) -> Iterator[Hit]:
    """A word has its capitals wrong: two at the beginning, one inside, or all for *and*.

    The shift key was held too long or pressed too late, or another key beside it. Words that people stress
    are left alone.

    Fix: Write the word with one capital, or with none.
    Source: bookloupe, "query capitals".
    """
    mixed = (word for word in reading.counts if not word.islower() and not word.istitle())
    odd = [word for word in mixed if _ODD_CAPITALS.fullmatch(word) and reading.counts[word] < _HABIT]
    odd = [word for word in odd if not (_TRADE_NAME.match(word) and _common(reading, word[1:]))]
    meant = {word: word[0] + word[1:].lower() for word in odd}
    scanned = {word: word[0] + word[1:].replace("I", "l") for word in odd if "I" in word[1:]}
    meant |= {word: right for word, right in scanned.items() if reading.known(right.lower())}
    good = [
        word
        for word in odd
        if reading.lower[word.lower()] > reading.counts[word] or _common(reading, meant[word])
    ]
    locked = [word for word in _NEVER_STRESSED if reading.counts[word]]
    if sum(reading.counts[word] for word in locked) < _HABIT:
        good += locked
        meant |= {word: word.lower() for word in locked}
    found = list(reading.each(*good))
    # Many in one passage are somebody's way of writing.
    crowd = Counter(reading.at(match.start())[1] for match in found)
    for match in found:
        right = meant[match[0]]
        if match[0] in _NEVER_STRESSED and not _SMALL_ROUND.match(reading.text, match.start() - 2):
            continue
        told = f"“{match[0]}” has its capitals wrong."
        manner = Severity.INFO if crowd[reading.at(match.start())[1]] >= _HABIT else None
        yield Hit(*match.span(), told, right, severity=manner)


_NEVER_STRESSED = ("AND", "FROM", "WITH", "THAT", "THE", "OF", "TO", "FOR", "AS", "BUT", "AT", "BY", "WHICH")
_SMALL_ROUND = re.compile("[a-z,] [A-Z]+ [a-z]")
_ODD_CAPITALS = lazily(r"[A-Z]{2}[a-z]+(?<![A-Z]s)|[a-z]+[A-Z][A-Za-z]*|[A-Za-z][a-z]+’(?:S|T|LL|RE|VE|D|M)")
_TRADE_NAME = re.compile("[ie][A-Z][a-z]{2}")
"""A small letter before a word: iPhone, eBook."""


def _common(reading: Reading, word: str) -> bool:
    return reading.known(word.lower()) > 0


_CAPITALS = lazily(r"[A-Z](?=[A-Z’])(?<![A-Z].)(?<![A-Z]’.)(?<!’’.)[A-Z’]+(?:[ ,—-]+[A-Z][A-Z’]+){3,}")


@text_rule(
    "PUN009",
    severity=Severity.INFO,
    examples=(Example("“⟦GET OUT OF MY HOUSE⟧!” she cried."),),
    passes=("The NATO and UN forces.", "CHAPTER THE FIRST"),
)
def shouting(reading: Reading) -> Iterator[Hit]:
    """Four or more words in a row are in capitals.

    On the page they shout at the reader; italics or the words themselves do it better. Inscriptions and
    telegrams may be meant so.

    Inside a sentence that is no speech, where the book has it seldom, it is a warning: the key was locked, or
    the head of a page got in.

    Fix: Write them small, in italics where they are to be stressed.
    Source: The Chicago Manual of Style, 7.52 (capitals for emphasis).
    """
    if sum(reading.counts[word] for word in reading.counts if word.isupper() and len(word) > 1) < _IN_A_ROW:
        return
    found = [match.span() for match in _CAPITALS.finditer(reading.text)]
    inside = [match.span() for match in _CAPITALS_INSIDE.finditer(reading.text)]
    inside = [span for span in inside if not reading.in_speech(span[0])]
    locked = inside if len(inside) * _PAGES <= len(reading.words) else []
    for start, end in sorted({*found, *locked}):
        shouted = reading.text[end] == "!" and reading.text[start - 1] != EDGE
        if reading.setting(start) is Setting.PROSE and (shouted or (start, end) in locked):
            told = f"{len(reading.text[start:end].split())} words in a row are in capitals."
            yield Hit(start, end, told, severity=Severity.WARNING if (start, end) in locked else None)


_CAPITALS_INSIDE = lazily(
    r"[A-Z\d](?<=[a-z] .)(?:(?<=\d)\d{0,2} [A-Z]|(?<=[A-Z]))[A-Z]+(?: [A-Z]{2,}){2,}(?: \d{1,3})?(?= [a-z])"
)
_IN_A_ROW = 3
_PAGES = 3_000
"""How many words of the book there are to each such row where it is a slip."""
