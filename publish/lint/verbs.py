"""The rule on forms of verbs that cannot follow the word before them."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from publish.diagnostic import Severity
from publish.lint.lists import rows
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule

_FORMS = " ".join(rows("verbs"))
_VERBS = [form.split() for form in _FORMS.split("/")]
_ARCHAIC = frozenset(
    "wrote spoke broke forgot chose drove rode shook stole wore swore tore hid drank".split()
)
"""Older books have these after *had* as well."""
_BASE = {past: base for base, past, _ in _VERBS}
_PARTICIPLE = {past: done for _, past, done in _VERBS if past != done}
_NO_NOUN = {past: base for past, base in _BASE.items() if past not in {"saw", "wore", "stole"}}
_WILL = "could would should will shall must may might can"
_NOT = "didn’t don’t doesn’t couldn’t wouldn’t shouldn’t won’t can’t cannot mustn’t"
_AFTER_NOT = frozenset(f"{_WILL} did do does".split())
_PERFECT = frozenset("have has had i’ve you’ve we’ve they’ve hadn’t haven’t hasn’t".split())
_BETWEEN = frozenset("not never".split())
_TO = frozenset(
    "wanted began seemed tried going intended hoped expected refused managed decided determined".split()
)
_ABLE = frozenset("able unable ought obliged".split())
_BASES = frozenset("be have make take give know go get keep bring become buy understand see tell".split())
"""Forms that are no noun: they follow *wanted* and the like only with *to*."""
_MORE_BASES = frozenset(" ".join(rows("bases")).split())
_SINGULAR = frozenset("he she it".split())
_THIRD = [("have", "has"), ("do", "does"), ("go", "goes")]
_THIRD += [
    (verb, f"{verb}s") for verb in "seem look turn want ask know think take make get give tell say".split()
]
_THIRD += [("lead", "led")]
_MAY_HAVE = frozenset(
    f"{_WILL} did do does let lest that if though unless till until make made help had see saw hear heard "
    "making letting whether than as to not watch watched feel felt bid bade ere before suggest suggested nor "
    f"neither dare need {_NOT}".split()
)
"""What makes *he have* right: a question, a wish, a condition."""
_SEVERAL = frozenset("or of in practise".split())
"""*Every shilling of it have gone*: another word governs."""
_WITH_HIM = frozenset("you thou i they we he she".split())
"""*You and he have*."""
_WHAT = frozenset("what all everything whatever".split())
"""*All he had went to her*: a clause that ends before the verb."""
_MANNER = 3


_FOREIGNER = 6
"""*He go*, *it seem*: who talks so again and again comes from elsewhere, in a diary too."""


@text_rule(
    "PUN032",
    language="en",
    examples=(
        Example(
            "He had ⟦went⟧ to the sea, and did not ⟦knew⟧ why.",
            "He had gone to the sea, and did not know why.",
        ),
        Example("He was ⟦go⟧ home, and I ⟦is⟧ late.", "He was going home, and I am late."),
        Example(
            "They wanted ⟦make⟧ sure, and she ⟦have⟧ tried.", "They wanted to make sure, and she has tried."
        ),
    ),
    passes=(
        "He had gone to see her. What he had came from her. He could not have known.",
        "Would he have tried? Lest she have time. They began work, and were able men. What’s it say?",
        "Henry I is dead, and Act I has ended. One greater than I is here. It was talk, and go or stay.",
    ),
)
def form_of_verb(reading: Reading) -> Iterator[Hit]:
    """A verb stands in a form that cannot follow the word before it.

    *Had went*, *did not knew*, *wanted make*, *she have tried*: a sentence was changed halfway. In dialect
    it is a note, and in speech where people do talk so (*we was*, *I’ve took*), or do so again and again.

    Fix: Write the form that the sentence needs.
    Source: Fowler, A Dictionary of Modern English Usage; the work of copy-editors.
    """
    ways = (_pasts, _missing_to, _singular, _plural, _missing_have, _missing_be, _missing_ing)
    found = list(chain.from_iterable(way(reading) for way in ways))
    often = Counter((reading.small[at - 1], reading.small[at]) for at, _ in found)
    spoken = sum(reading.in_speech(reading.span(at)[0]) for at, _ in found)
    manner = Severity.INFO if spoken >= _MANNER or reading.has_dialect else None
    bare = {at for at, right in found if right.endswith("s")}
    for at, right in found:
        before = reading.small[at - 1]
        if reading.text[slice(*reading.between(at - 1))] != " " or not reading.words[at].islower():
            continue
        start, end = reading.span(at)
        if often[before, reading.small[at]] < _MANNER and reading.text[end] not in "!?":
            wrong = reading.text[start:end]
            told = f"“{wrong}” can hardly follow “{reading.words[at - 1]}”; “{right}” seems to be meant."
            dialect = reading.unless_dialect(start, whole=True)
            spoken = reading.in_speech(start) and (manner or right in _SPOKEN or right.endswith("s"))
            severity = Severity.INFO if spoken else dialect
            if at in bare and len(bare) >= _FOREIGNER:
                severity = Severity.INFO
            yield Hit(start, end, told, right, severity=severity)


def _pasts(reading: Reading) -> Iterator[tuple[int, str]]:
    """Give each past tense where the word before asks for another form, by its number, and that form."""
    small = reading.small
    for past, base in _BASE.items():
        for at in reading.places(past):
            before = small[at - 1] if at else ""
            earlier = small[at - 2] if at > 1 else ""
            parted = before in _BETWEEN and reading.text[slice(*reading.between(at - 2))] != " "
            governs = earlier if before in _BETWEEN and not parted else before
            if at > len(_BETWEEN) and small[at - 3] in _WHAT:
                continue
            if (
                governs in _PERFECT
                and past in _PARTICIPLE
                and (past not in _ARCHAIC or _is_modern(reading, past))
            ):
                yield at, _PARTICIPLE[past]
            elif past in _NO_NOUN and (
                before in ("to", *_NOT.split())
                or (before in _BETWEEN and earlier in _AFTER_NOT and not parted)
            ):
                yield at, base


def _is_modern(reading: Reading, past: str) -> bool:
    """Tell whether a book has *had written* again and again, so that *had wrote* is a slip."""
    done = (reading.small[at - 1] for at in reading.places(_PARTICIPLE[past]))
    return sum(map(_PERFECT.__contains__, done)) >= _MANNER


def _missing_to(reading: Reading) -> Iterator[tuple[int, str]]:
    for base in (*_BASES, *_MORE_BASES):
        before = _ABLE | _TO if base in _BASES else _ABLE
        yield from (
            (at, f"to {base}") for at in reading.places(base) if at and reading.small[at - 1] in before
        )


def _singular(reading: Reading) -> Iterator[tuple[int, str]]:
    small = reading.small
    for base, right in _THIRD:
        for at in reading.places(base):
            if at > 1 and small[at - 1] in _SINGULAR and (base != "do" or small[at + 1 : at + 2] == ["not"]):
                if small[at - 2] == "and" and small[at - 3] in _WITH_HIM:
                    continue
                joined = reading.text[slice(*reading.between(at - 2))] == " "
                if not joined or (
                    small[at - 2] not in _MAY_HAVE | _SEVERAL
                    and not small[at - 2].endswith(("n’t", "’s", "’d"))
                ):
                    yield at, right


def _plural(reading: Reading) -> Iterator[tuple[int, str]]:
    small = reading.small
    for wrong, right, of_me in (("was", "were", ""), ("is", "are", "am"), ("has", "have", "have")):
        for at in reading.places(wrong):
            if at and small[at - 1] in ("they", "we"):
                yield at, right
            # *Henry I is*, *no greater one than I is*: only a clause that begins so is sure.
            elif of_me and at > 1 and small[at - 1] == "i" and small[at - 2] in _CLAUSES:
                yield at, of_me


def _missing_have(reading: Reading) -> Iterator[tuple[int, str]]:
    """Give *been* straight after who has been: *it been oiled*, but *had it been*."""
    small = reading.small
    for at in reading.places("been"):
        if at > 1 and small[at - 1] in _WHO and not _has(small[at - 2]):
            yield at, "have been" if small[at - 1] in ("they", "we") else "had been"


_WHO = frozenset("he she it they we".split())
_SPOKEN = frozenset([*_PARTICIPLE.values(), "were", "are", "have"])


_HAVING = ("having", "not", "never", "hath", "hast", "of", "than")


def _has(word: str) -> bool:
    return word in _PERFECT or word.endswith(("n’t", "’ve", "’s")) or word in _HAVING


def _missing_be(reading: Reading) -> Iterator[tuple[int, str]]:
    """Give participles straight after *should* and the like: *might hidden*."""
    for done in _DONE:
        for at in reading.places(done):
            if at and reading.small[at - 1] in _WILLING:
                yield at, f"be {done}"


def _missing_ing(reading: Reading) -> Iterator[tuple[int, str]]:
    """Give verbs straight after who was: *he was go*, but *it was go or stay*."""
    small = reading.small
    for base in _GOING:
        for at in reading.places(base):
            if at > 1 and small[at - 1] in ("was", "were") and small[at - 2] in _DOERS:
                yield at, f"{base.removesuffix('e')}ing"


_GOING = "go look talk walk stand wait speak try think say tell ask".split()
_CLAUSES = frozenset("and when if that because so then what where while as since".split())
_DOERS = frozenset("he she they we i you".split())
_DONE = frozenset(done for base, past, done in _VERBS if done not in (base, past))
_WILLING = frozenset(_WILL.split()) - {"will", "might", "can"} | {"might"}
