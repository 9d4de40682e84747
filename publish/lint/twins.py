"""Rules on words that are taken for each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from publish.diagnostic import Severity
from publish.lint.passages import Setting
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.patterns import lazily

_SEVERAL = "+"
"""Stands for things in the plural."""
_OWNED = "*"
"""Stands for a word that the book says of somebody: *his hat*, *their house*."""
_LIKE = "~"
"""Stands for what somebody or something is like."""
_DONE = "^"
"""Stands for what somebody has done, by its ending: *gone*, *lost*."""
_SUBJECT = "i he she we they"
_NOT = "not don’t doesn’t didn’t can’t cannot couldn’t won’t wouldn’t"
_MAY = "could would can will shall should must may might " + _NOT
_IS = "is are was were be been am it’s that’s i’m you’re he’s she’s we’re they’re"
_OF = "of in to by for with from upon on at"
_ASKS = "how what where why who whom whether which"
_OBJECT = "me him them us you"
_THEM = "the his her my their our your it them us this that these those"
_PART = "kind sort because instead full afraid middle front"
_FORMERS = "you to a an or and which who as only also alone together men women people so now still each"
_DOFF = "took taken taking take got kicked kicking pulled pulling threw thrown hurried fell tore broke"

_UNSURE = (
    "know knew known doubt doubted doubtful ask asked asking wonder wondered wondering uncertain say tell "
    "told see learn discover consider considered considering question inquire inquired enquired remember "
    "care mind matter out sure certain clear idea as not or of on to at judge determine decide me him us "
    "them you but and"
)
_NUMBERS = "two three four five six seven eight nine ten twelve twenty thirty"
_NO_THING = (
    "and or ago later before after of in to the he she it they we i had was that since from for with when as"
)
_ROWS = (
    ("no", "know", f"{_MAY} do does did to", f"{_ASKS} nothing anything him her it you me them the"),
    ("their", "there", "", "is was were are isn’t wasn’t weren’t aren’t"),
    ("there", "their", "", "own"),
    ("there", "their", f"{_OF} all make made", _OWNED),
    ("quiet", "quite", "", "certain sure impossible different unable unlikely"),
    ("quiet", "quite", _IS, "possible true likely right wrong ready willing amazed overcome awed"),
    ("loose", "lose", f"{_MAY} to never", "my your our sight hope heart time control patience no any money"),
    ("who’s", "whose", f"{_OF} under through behind", _OWNED),
    ("who’s", "whose", "", _SEVERAL),
    ("know", "no", "have has had there’s is was", "doubt one more idea need wish reason time use right such"),
    ("no", "know", "don’t didn’t doesn’t couldn’t", "! more one body such longer good harm way how nothing"),
    ("quiet", "quite", _IS, _LIKE),
    ("bim", "him", "", ""),
    ("bis", "his", f"{_OF} and that as was under over into through", ""),
    ("oi", "of", "", "the his her my their our a an which it them him"),
    ("dose", "close", "came come drew stood sat lay kept ran so too was were very quite",
     "to by behind at upon beside"),
    ("passed", "past", "half quarter", _NUMBERS),
    ("passed", "past", "went walked ran rode drove hurried rushed swept flew", f"{_OBJECT} the his my our a"),
    ("breath", "breathe", "could can couldn’t can’t cannot must", ""),
    ("to", "too", "all none far much only", "soon often"),
    ("yon", "you", "", "have are will were had would know can could must"),
    ("it’s", "its", "of in to by with from upon into under through", _OWNED),
    ("you’re", "your", _OF, _OWNED),
    ("is", "his", "of in with from upon into at", _OWNED),
    ("he", "the", "of in with from upon into", _OWNED),
    ("to", "too", _IS, "late soon early tired happy busy hot cold weak proud much"),
    ("where", "were", "they we", ""),
    ("where", "were", "you", "all not so very going both"),
    ("past", "passed", "i he she we they had having instantly who",
     "through over into out away along between"),
    ("past", "passed", "i he she we they had having instantly", f"under before by from the on {_OBJECT}"),
    ("of", "off", f"{_DOFF} went gone drove shook carried", "in with to at by on from and"),
    ("off", "of", f"{_PART} most none both", f"{_THEM} which whom"),
    ("if", "of", "instead full afraid middle both", "the his my their our your"),
    ("or", "of", "kind sort because instead full afraid", _THEM),
    ("of", "if", "as even", _SUBJECT),
    ("here", "hear", "could can can’t couldn’t cannot didn’t don’t", f"her it {_OBJECT}"),
    ("knew", "new", "a the some any", ""),
    ("new", "knew", f"{_SUBJECT} who never always", f"{_ASKS} that him her it you me them nothing the"),
    ("threw", "through", "went going came ran walked passed straight all right", f"a {_THEM}"),
    ("through", "threw", _SUBJECT, "it him them himself herself open down"),
    ("weather", "whether", "know knew doubt doubted ask asked wonder wondered doubtful uncertain", ""),
    ("whether", "weather", "fine bad good rough stormy such", ""),
    ("piece", "peace", "at", ""),
    ("peace", "piece", "a little small large", "of"),
    ("breath", "breathe", "to could can couldn’t can’t hardly scarcely", "the a in again deeply freely"),
    ("breathe", "breath", "a his my their", ""),
    ("advise", "advice", "his my the some any good", ""),
    ("advice", "advise", "to would will i should", _OBJECT),
    ("chose", "choose", f"{_MAY} to did", ""),
    ("lead", "led", "had have has been", f"her to the away up down by on into {_OBJECT}"),
    ("form", "from", "away came come far apart out different down up", f"a {_THEM} him me"),
    ("from", "form", "the a some any this that", "of"),
    ("accept", "except", "nothing everything anything nobody none everyone anyone", ""),
    ("affect", "effect", "the an no any good", ""),
    ("effect", "affect", "not will would may might could can", "me him them us"),
    ("sea", "see", "can could didn’t don’t cannot", f"what how the her it {_OBJECT}"),
    ("there", "they’re", "because if think know hope when", "going coming gone"),
    ("them", "then", "and but", _SUBJECT),
    ("than", "that", "knew believe sure", f"{_SUBJECT} it you the there"),
    ("an", "and", "", "the then was had were"),
    ("his", "is", "he she it there who", "a an the not no very so all"),
    ("the", "he", "and but when that if as then which what because until", "was had would did went came has"),
    ("be", "he", f"! {_MAY} to never then so", "was could would should"),
    ("be", "he", "when if as while because until before where which here",
     "did said went came knew thought felt looked turned saw was had would could"),
    ("be", "he", "then that but and", "did went came knew had would could"),
    ("he", "be", "to will must", "done made seen able found given taken"),
    ("he", "be", "to", "a an the very so more on of no my your his her their our sure glad free quite with"),
    ("lie", "he", "when that as and but if where because use",
     "said was had would could did came went looked knew thought"),
    ("bad", "had", f"{_SUBJECT} you it who that there",
     "been not never come gone done made taken seen given a an the no to in his her my their our only just"),
    ("arid", "and", "", "to at with not by of for from all on who when there this my their the a he she i "
     "then his they it we you so in was had said"),
    ("the", "they", "and but when that if as then which what because", "were are have"),
    ("the", "then", "and", _SUBJECT),
    ("hand", "had", f"{_SUBJECT} who which", "been not never come gone done made taken seen given"),
    ("men", "man", "a every", ""),
    ("man", "men", "two three four five six many these those several few", ""),
    ("woman", "women", "two three four five six many these those several few", ""),
    ("very", "every", "on nearly almost for", "day one night morning time year hour week"),
    ("think", "thing", "a such same best poor every", ""),
    ("thing", "think", f"{_SUBJECT} to don’t didn’t", f"of that so you about {_SUBJECT}"),
    ("say", "day", "every next", ""),
    ("day", "say", f"{_SUBJECT} would could did", "that so what nothing it"),
    ("well", "will", f"{_SUBJECT} who", "not be have never go come"),
    ("will", "well", "very", ""),
    ("with", "wish", "i", "that to"),
    ("witch", "which", _OF, f"{_SUBJECT} the it was is had"),
    ("wood", "would", f"{_SUBJECT} who it", "be have not never"),
    ("now", "know", f"{_NOT} to", f"{_ASKS} him her it you"),
    ("hear", "here", "came coming stay remain over back is are was were", "with to for on at in by as when"),
    ("hear", "here", "come", "and with to for on at in by because as when"),
    ("hear", "here", "came", ""),
    ("than", "then", "but until", ""),
    ("weather", "whether", _UNSURE, f"{_SUBJECT} it you"),
    ("weather", "whether", "say tell see know ask learn doubt discover out", ""),
    ("new", "knew", "i he she they who", ""),
    ("breathe", "breath", "his my their our its", ""),
    ("breathe", "breath", "her", "came was is had seemed went caught warmed"),
    ("are", "our", "of in to by for with from", _OWNED),
    ("form", "from", f"! {_MAY} {_THEM} {_SUBJECT} {_FORMERS}", "the his her my their"),
    ("you’re", "your", "", "hand hands head mother father brother sister wife eyes face heart mouth feet"),
    ("you’re", "your", "", "name house money room life friend friends son daughter voice hair arm arms own"),
    ("them", "of them", "one some most none instead", ""),
    ("this", "these", "of on in at with from by both upon", _SEVERAL),
    ("ti", "it", "", "was is had would will"),
    ("of", "have", "could should would might must", _DONE),
    ("th", "the", f"{_OF} and was", f"! {_SUBJECT}"),
    ("he", "him", "between", "and"),
    ("they", "them", "between", "and"),
    ("we", "us", "between", "and"),
    ("suppose", "supposed", "he she it is was are were be am been", "to"),
    ("being", "been", "had having", ""),
    ("year", "years", _NUMBERS, _NO_THING),
    ("day", "days", _NUMBERS, _NO_THING),
    ("hour", "hours", _NUMBERS, _NO_THING),
    ("minute", "minutes", _NUMBERS, _NO_THING),
    ("mile", "miles", _NUMBERS, _NO_THING),
    ("month", "months", _NUMBERS, _NO_THING),
    ("week", "weeks", _NUMBERS, _NO_THING),
    ("these", "this", "", "house man time way place room night world morning day thing moment hand woman"),
    ("a", "the", "", "eyes men hands words others things stairs trees children women feet teeth"),
    ("off", "of", "! blown driven thrown far carried right little", "course"),
    ("you", "your", "of in by with from upon on at", _OWNED),
    ("tho", "the", "", f"! {_SUBJECT} it you a {_THEM} there not"),
    ("ho", "he", "", "was had said could would did is has went came looked knew"),
    ("much", "many", "! how so as too very that this it he she who which not we they and i you", _SEVERAL),
)  # fmt: skip
"""The word that stands there, the one that is meant, after which words and before which ones; empty: any.

A list that begins with "!" is of words that may not stand there; nor may one in *s* stand before (*the lines
form a square*).

Each is said by both sides together to be wrong in any sentence; what might be right is not in the list.
"""


Words = frozenset[str]


def _contexts() -> Mapping[str, list[tuple[str, Words, Words]]]:
    found = defaultdict(list)
    for wrong, right, before, after in _ROWS:
        found[wrong].append((right, frozenset(before.split()), frozenset(after.split())))
    return found


_CONTEXTS = _contexts()


def _all(sides: Iterable[Words]) -> Words:
    """Give the words one of which must stand on that side; none where any may."""
    sides = list(sides)
    listed = all(side and side.isdisjoint({"!", _SEVERAL, _OWNED, _LIKE, _DONE}) for side in sides)
    return frozenset().union(*sides) if listed else frozenset()


_NEEDED = {
    wrong: (_all(before for _, before, _ in rows), _all(after for _, _, after in rows))
    for wrong, rows in _CONTEXTS.items()
}
"""What must stand before a word and behind it that any row may speak of it: few of the many places."""


@text_rule(
    "PUN030",
    language="en",
    examples=(
        Example("I do not ⟦no⟧ what ⟦their⟧ is.", "I do not know what there is."),
        Example("They ⟦where⟧ late, and he ⟦past⟧ through.", "They were late, and he passed through."),
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
        "She was seen to often go there, and it is a place that he came to soon.",
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
    for pair in _ALIKE:
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
                if likely and _is_plain(reading, at, _ANY, _ANY):
                    yield _meant(reading, at, right)


_ALIKE = [
    pair.split("/")
    for pair in (
        "of/off to/too where/were its/it’s your/you’re whose/who’s lose/loose quite/quiet through/threw "
        "passed/past know/no hear/here their/there two/too knew/new form/from then/than"
    ).split()
]
_FAR_RARER, _LEAST = 6, {"off": 20}
"""*A load off my mind*: a book may well have it once."""
_ANY = frozenset([""])


def _taken(reading: Reading) -> Iterator[Hit]:
    small = reading.small
    for wrong, rows in _CONTEXTS.items():
        needed, behind = _NEEDED[wrong]
        for at in reading.places(wrong):
            if not 0 < at < len(small) - 1:
                continue
            before, after = small[at - 1], small[at + 1]
            if (needed and before not in needed) or (behind and after not in behind):
                continue
            for right, befores, afters in rows:
                if _precedes(before, befores) and _follows(reading, after, afters):
                    if _is_plain(reading, at, befores, afters):
                        yield _meant(reading, at, right)
                    break


def _precedes(before: str, befores: Words) -> bool:
    if "!" in befores:
        return before not in befores and not before.endswith("s")
    return not befores or before in befores


def _follows(reading: Reading, after: str, afters: Words) -> bool:
    if "!" in afters:
        return after not in afters
    if _SEVERAL in afters:
        stem = after[:-3] + "y" if after.endswith("ies") else after[:-1]
        return after not in _ONE and bool(_PLURAL.fullmatch(after)) and reading.known(stem) > _KNOWN
    if _DONE in afters:
        return bool(_PARTICIPLE.fullmatch(after))
    if _LIKE in afters:
        return bool(_QUALITY.fullmatch(after)) and reading.known(after) > 0
    return not afters or after in afters or (_OWNED in afters and reading.is_owned(after))


_QUALITY = re.compile("[a-z]{3,}(?:less|ful|ous|able|ible|ed|ive)")
_PARTICIPLE = lazily(
    "(?!men|women|often)[a-z]+(?:ed|en|ne|wn|de|ad|me|ld|pt|ft|lt|id|un|ng|rd|nt|ght)|got|put|let|set|cut|hit|"
    "won|met|sat|lost"
)
_PLURAL = re.compile("[a-z]{3,}[^siu]s")
_KNOWN = 2_000
_ONE = frozenset(
    "brains damages indoors makes goes gives always perhaps besides towards afterwards upwards means pains "
    "thanks does has was news causes appears seems summons".split()
)


def _is_plain(reading: Reading, at: int, befores: Words, afters: Words) -> bool:
    """Tell whether nothing but a space parts the word from those that decide."""
    text = reading.text
    return (not befores or text[slice(*reading.between(at - 1))] == " ") and (
        not afters or text[slice(*reading.between(at))] == " "
    )


def _meant(reading: Reading, at: int, right: str) -> Hit:
    start, end = reading.span(at)
    wrong = reading.text[start:end]
    told = f"“{wrong}” stands where “{right}” seems to be meant."
    return Hit(start, end, told, right, severity=reading.unless_dialect(start))


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
