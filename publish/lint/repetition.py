"""Rules on what is said twice: words, phrases, and the pattern of lists."""

import re
from collections import Counter
from collections.abc import Iterator

from publish.diagnostic import Severity
from publish.lint.lists import rows
from publish.lint.passages import Setting
from publish.lint.reading import EDGE, PHRASE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_OFTEN_MEANT = frozenset(" ".join(rows("doubled")).split())
"""Words that are doubled on purpose: by grammar (*had had*, *that that*), for weight, or as a sound."""
_GIVING = "give gave given giving ask asked asking teach taught tell told show showed shown send sent cost"
_SAYING = (
    "tell tells told telling promise promised assure assured warn warned wish said say think thought hope"
)
_MOVING = (
    "come comes came coming go goes went gone going put get got let took taken turned move moved carry broke "
    "broken brought called been ran rushed trooped smuggled walked poured shut joined threw handed sent"
)
_NEAR = (
    "to into of by on in at with from about upon over after before through do did if when as for without like"
)
_PLACING = "got get go went been was were is are stood over out up in down back from arrived stayed"
_ASKING = "what whatever all it who which that there whoever"
_MEANT_AFTER = {
    word: frozenset(before.split())
    for words, before in (
        ("her", _GIVING),
        ("you", _SAYING),
        ("in on", _MOVING + " cave break stand move"),
        ("it", _NEAR),
        ("there", _PLACING),
        ("is was are were do did", _ASKING),
        ("will", "my his her their our your the"),
        ("by", "gone and days passed stood"),
    )
    for word in words.split()
}
"""Words that grammar doubles after certain others: *told you you*, *came in in haste*, *whatever is is*."""


@text_rule(
    "PUN001",
    language="en",
    examples=(
        Example("Paris in the ⟦the⟧ spring.", "Paris in the spring."),
        Example("The ⟦The⟧ end of ⟦of⟧ the road.", "The end of the road."),
        Example("He saw Mr. ⟦Mr. ⟧Brown.", "He saw Mr. Brown."),
        Example("It was the⟦, the⟧ end of ⟦of⟧ ⟦of⟧ the road.", "It was the end of the road."),
    ),
    passes=(
        "She had had enough, and knew that that was all.",
        "“No, no,” he said. “Long, long ago.”",
        "A long long time ago, the theatre stood here. Here it stood.",
        "I saw her go in in haste, broke in in vain, and told you you would.",
        "They are remembered to their children’s children’s joy.",
        "It went and—and then it stopped, and and and it went on.",
        "Humbert Humbert came.\n\nI saw Humbert Humbert.\n\n“Humbert Humbert!” she cried.",
    ),
)
def doubled_word(reading: Reading) -> Iterator[Hit]:
    """A word is typed twice in a row.

    Mostly the mark of a moved cursor or of a line break between the two, where the eye skips it. Words that
    English doubles on purpose (*had had*, *long long ago*), laughter (*he he*), names that the book doubles
    several times, and a word typed three times are left alone, unless it is an article or the like; *her
    her*, which grammar may want, is a note.

    Fix: Delete the second word, unless the doubling is meant.
    Source: write-good, "lexical illusions"; pptext, "repeated words".
    """
    for match in reading.begun(_TITLE_TWICE, "Mr. Mr. ", "Mrs. Mrs. ", "Dr. Dr. ", "St. St. "):
        yield Hit(match.end(1), match.end(), f"“{match[1].strip()}” is typed twice.", "")
    small = reading.small
    found = {
        at: reading.between(at)
        for at in reading.repeated()
        if small[at] not in _OFTEN_MEANT
        and "-" not in small[at]
        and (
            (gap := reading.text[slice(*reading.between(at))]).isspace()
            or (gap == ", " and small[at] in _NEVER_LAST and not reading.in_speech(reading.span(at)[0]))
        )
    }
    once = [
        at
        for at in found
        if not _is_meant(reading, at)
        and (
            {at - 1, at + 1}.isdisjoint(found)
            or (small[at] in _NEVER_THRICE and not reading.in_speech(reading.span(at)[0]))
        )
    ]
    # A word that is no little one and doubled again and again is a name or a sound.
    names = Counter(
        small[at] for at in once if reading.words[at].istitle() or reading.known(small[at]) < _RARE
    )
    for at in once:
        if names[small[at]] < _NAME_FROM:
            again, (end, start) = reading.words[at + 1], found[at]
            told = f"“{again}” is typed twice."
            again_end = start + len(again)
            start = end if reading.text[end] == "," else start
            severity = Severity.INFO if again == "her" else None
            title = f"Delete the second “{again}”"
            yield Hit(start, again_end, told, "", title, severity, at=(end, again_end))


_TITLE_TWICE = lazily(r"\b((?:Mr|Mrs|Dr|St)\. )\1")
_FINITE = frozenset("is was were are had has have will would can could seems seemed sounds sounded".split())
_BEGINNING = frozenset(
    "and but that when if as then so though which for while till until where or than because".split()
)
_NEVER_LAST = frozenset("the a an of my our your their its".split())
"""Words that nobody stresses by saying them again, and that end no phrase."""
_NEVER_THRICE = _NEVER_LAST | frozenset("to in for with at from".split())
_NAME_FROM, _RARE = 3, 10_000
"""A word with a capital that is doubled so often is a name: Humbert Humbert."""


def _is_meant(reading: Reading, at: int) -> bool:
    before = reading.small[max(0, at - 2) : at]
    word, after = reading.small[at], reading.small[at + 2 : at + 3]
    if word.endswith("’s") or reading.text[reading.span(at + 1)[1]] == "’":
        return True  # Their children’s children’s; I i’ the grave.
    if word == "he" and reading.text[reading.span(at + 1)[1]] in "!,.”—…":
        return True  # He he!
    if word in ("there", "what") and reading.words[at].istitle():
        return True  # There there was no rain; what what is?
    if word in ("it", "you") and reading.words[at] == word and after and after[0] in _FINITE:
        return bool(before) and before[-1] not in _BEGINNING  # When you say it it sounds like it.
    # Before a capital another sentence has ended.
    return not reading.words[at].istitle() and not _MEANT_AFTER.get(
        reading.small[at], frozenset()
    ).isdisjoint(before)


@text_rule(
    "PUN019",
    examples=(
        Example("It stood on the ⟦on the⟧ hill.", "It stood on the hill."),
        Example("He went to ⟦he went to⟧ the window.", "He went to the window."),
    ),
    passes=(
        "Over and over and over again.",
        "“Come on, come on!” he cried.",
        "Very good very good very good.",
        "What is done is done. He called a spade a spade, and nodded from time to time to show it.",
    ),
)
def doubled_phrase(reading: Reading) -> Iterator[Hit]:
    """Two to five words in a row are typed twice.

    What a moved cursor does to one word it does to several.

    Fix: Delete the second time, unless it is meant.
    Source: pptext, "repeated words".
    """
    text = reading.text
    for first, count in sorted((at, n) for n in range(2, PHRASE) for at in _again(reading, n)):
        begin, start = reading.span(first)[0], reading.span(first + count)[0]
        end = reading.span(first + 2 * count - 1)[1]
        phrase = " ".join(reading.words[first : first + count])
        again = text[start:end]
        thrice = text[end : end + len(phrase) + 1].strip() == phrase or text[:begin].endswith(f"{phrase} ")
        # At the beginning of a sentence the first time has the capital.
        same = again in (phrase, phrase[:1].lower() + phrase[1:])
        meant = thrice or _goes_on(phrase, reading.small[first - 1])
        # Poco a poco a las casas; peu à peu à l’ouragan.
        meant = meant or (count == _STEP and reading.language != "en" and len(reading.words[first + 1]) == 1)
        if text[begin:start] == f"{phrase} " and same and not meant:
            told, title = f"“{again}” is typed twice.", f"Delete the second “{again}”"
            yield Hit(start, end, told, "", title, at=(start - 1, end))


_STEP = 2


def _again(reading: Reading, count: int) -> Iterator[int]:
    """Give each place in `words` from which so many words, not all alike, stand again right after them."""
    small, done = reading.small, 0
    for at in reading.repeated(count):
        if at < done:
            continue
        first, done = at, at + 1
        while first and small[first - 1] == small[first - 1 + count]:
            first -= 1
        while done < len(small) - count and small[done] == small[done + count]:
            done += 1
        if done - first >= count and len(set(small[first : first + count])) > 1:
            yield first


def _goes_on(phrase: str, before: str) -> bool:
    """Tell whether a phrase is doubled on purpose: *weeks and weeks and*, *as clear as clear*.

    Also after a word that calls for it: *what is done is done*, *from time to time to*, *a spade a spade*.
    """
    words = {word.lower() for word in phrase.split()}
    if before in _CALLING:
        return True
    meant = words <= _OFTEN_MEANT | _ADVERBS
    meant = meant or phrase.endswith((" after", " before"))  # The week before the week before last.
    return meant or (bool(words & {"and", "or", "as", "by"}) and not words & _SMALL)


_CALLING = frozenset(
    "from what whatever when whenever whom who whoever if once call calls called calling".split()
)
_SMALL = frozenset("the a an of to in he she it his her was had that with for on at they i you my".split())
_ADVERBS = frozenset("and over on by up down round out in by far ever never come go oh".split())


@text_rule(
    "CON010",
    severity=Severity.INFO,
    examples=(
        Example(
            "He walked slowly down the long dusty road. Then, at dawn, ⟦he walked slowly down the long⟧ hill."
        ),
    ),
    passes=("He walked slowly down the road. Then he walked up the hill.",),
)
def phrase_repeated(reading: Reading) -> Iterator[Hit]:
    """Six words or more stand twice within a few sentences.

    The ear hears it, the eye of the author does not. Verse and refrains are left alone.

    Fix: Say it otherwise the second time, unless it is meant.
    Source: The work of copy-editors; ProWritingAid, "echoes".
    """
    done = -PHRASE
    for at, back in reading.echoes:
        begins, done = at >= done + PHRASE, at
        if not begins or _is_doubled(reading.small, at, back):
            continue
        start, end = reading.span(at)[0], reading.span(at + PHRASE - 1)[1]
        if EDGE not in reading.text[start:end] and reading.setting(start) is Setting.PROSE:
            told = f"“{' '.join(reading.words[at : at + PHRASE])}” has just been said."
            yield Hit(start, end, told)


@text_rule(
    "PUN029",
    examples=(
        Example(
            "He left. He could not see the river now. ⟦He could not see the river now.⟧ It rained.",
            "He left. He could not see the river now. It rained.",
        ),
    ),
    passes=(
        "Five paces by four and a half, five paces by four and a half.",
        "He went to the river, and then he went to the river again.",
    ),
)
def passage_doubled(reading: Reading) -> Iterator[Hit]:
    """Six words or more, often a sentence, stand twice in a row.

    They were copied and pasted once too often.

    Fix: Delete the second, unless it is meant.
    Source: The work of copy-editors.
    """
    done = -1
    for at, back in reading.echoes:
        if at <= done or not _is_doubled(reading.small, at, back):
            continue
        done = at + back
        (start, _), (_, end) = reading.span(at), reading.span(at + back - 1)
        stop = re.compile(r"[.!?…]*[”’]?").match(reading.text, end)
        end = stop.end() if stop else end
        gap = reading.text[reading.between(at - 1)[0] : start]
        if EDGE not in reading.text[start:end] and _SENTENCE_END.fullmatch(gap):
            words = " ".join(reading.words[at : at + 4])
            told = f"The {back} words that begin “{words} …” stand twice in a row."
            yield Hit(start, end, told, "", "Delete the second", at=(start - 1, end))


_SENTENCE_END = lazily(r"[.!?…]+[”’]? ")


def _is_doubled(words: list[str], at: int, back: int) -> bool:
    """Tell whether all that stands between an echo and its first voice is said again."""
    return words[at - back : at] == words[at : at + back]


@text_rule(
    "CON009",
    severity=Severity.INFO,
    language="en",
    examples=(Example("Bread, milk, and eggs. " * 12 + "Then ⟦butter, cheese and⟧ ham."),),
    passes=("Bread, milk, and eggs. Butter, cheese and ham.",),
)
def serial_comma_mixed(reading: Reading) -> Iterator[Hit]:
    """A list has the comma before *and* against the way of the book's other lists.

    With the comma or without it, but the same throughout.

    Fix: Set the comma as elsewhere.
    Source: The Chicago Manual of Style, 6.19.
    """
    bare: list[Hit] = []
    rest: list[Hit] = []
    for match in re.finditer(r" and(?= [a-z]+[.;])", reading.text):
        near = max(0, match.start() - _LIST)
        if items := _ITEMS.search(reading.text[near : match.start()]):
            told = f"The list is set {'with' if items[1] else 'without'} the comma before “and”."
            hit = Hit(near + items.start(), match.end(), told)
            (rest if items[1] else bare).append(hit)
    few, most = sorted((bare, rest), key=len)
    if len(few) * _MANY_TIMES <= len(most):
        yield from few


_LIST, _MANY_TIMES = 60, 12
"""Letters of two words and the commas behind them; how much commoner the book's own way is."""
_ITEMS = re.compile(r"(?<![a-z])[a-z]+, [a-z]+(,?)\Z")
