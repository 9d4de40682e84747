"""Rules on punctuation."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publish.diagnostic import Severity
from publish.lint.dialogue import SAY
from publish.lint.passages import Passage, Setting
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.lint.spacing import is_broken
from publish.patterns import lazily

_KNOWN_SHORT = (
    "etc viz al id ib ibid no nos pp vol ed fig ch cf seq inc ltd bros esq jr sr st co dr mr mrs ms "
    "messrs rev gen col lt capt sgt maj adm gov sen rep hon prof dept univ approx anon junr senr am pm "
    "ie eg ca vs oz lb lbs ft yd in hr min sec mt ave rd jan feb mar apr jun jul aug sept sep oct nov "
    "inst ult prox cal vols antiq bart servt eng "
    "dec mon tue tues wed thu thurs fri sat sun mass penn conn calif colo wash ill tenn minn mich ariz "
    "fla okla ore tex wis vt va lib cap loc tom op cit obs art sect par mem "
)
_ABBREVIATIONS = frozenset(_KNOWN_SHORT.split())
_SIGNS = re.compile(r"[.,;:?!]{2,}")
_DOUBLE_SIGNS = lazily(r"(?:,,+|;;+|::+|\.\.|,[.;:]|[;:][.,]|;:|[?!][,;]|[?!]\.|\.,)")


@text_rule(
    "PUN002",
    examples=(
        Example("He came⟦,,⟧ and went.", "He came, and went."),
        Example("He came⟦;.⟧", "He came."),
        Example("Then it ended⟦..⟧ She left.", "Then it ended. She left."),
        Example("He came⟦.,⟧ and went.", "He came, and went."),
        Example("He came⟦, ,⟧ and went⟦. .⟧ She left⟦ .,⟧ too.", "He came, and went. She left, too."),
    ),
    passes=(
        "He waited… and left.",
        "Bread, milk, etc., were sold.",
        "“What?!” she cried.",
        "At 9 a.m., it rained.",
        "The price, 6s. 8d., was paid.",
    ),
)
def doubled_punctuation(reading: Reading) -> Iterator[Hit]:
    """Two signs stand where one belongs.

    Mostly what is left of a sentence that was cut or joined.

    Fix: Keep the sign that is meant; for two different ones the last is proposed.
    Source: Standard Ebooks lint, y-031; bookloupe, "double punctuation".
    """
    for match in _together(reading):
        signs = match[0].replace(" ", "")
        if signs in (".,", "..") and match[0][0] != " " and _is_abbreviated(reading, match.start(), signs):
            continue
        if reading.language == "es" and signs[0] in "?!" and signs[1:] in (",", ";"):
            continue  # ¡Oh Sancho!, tan buen hombre.
        kept = signs[0] if signs[0] in "?!" else signs[-1]
        told = f"“{match[0]}” stands where one sign belongs."
        yield Hit(*match.span(), told, kept)


def _together(reading: Reading) -> Iterator[re.Match[str]]:
    """Give the signs that stand two in a row, tight or with a space between."""
    done = 0
    for at in reading.tight:
        match = _SIGNS.match(reading.text, at) if at >= done else None
        if match:
            done = match.end()
            if _DOUBLE_SIGNS.fullmatch(match[0]) and reading.text[done] != "…":
                yield match
    yield from reading.begun(
        _APART, *(f"{first} {second}" for first in ",;." for second in ",;.:"), " .", " ,", " ;"
    )
    yield from reading.begun(_COMMA_DOTS, ",…")


_APART = lazily(r"[,;.](?<=[a-z][,;.]) [,;.:](?![ .,;:!?…]*[.…])| [,;.:]{2}(?<=[a-z] ..)(?=[ ”])(?<!\.\.)")
_COMMA_DOTS = lazily(r",…(?= [a-z])")
_CUT = 5
"""Letters of a name or a title cut short: Fred., Bart."""
_MEASURE = lazily(r"\d{1,3}[a-z]{1,3}")
"""A unit set close to its number, as in 6s. 8d.; four figures and a letter are years: the 1960s."""


def _is_abbreviated(reading: Reading, at: int, signs: str) -> bool:
    """Tell whether the full stop at an offset may belong to an abbreviation and the comma to the sentence."""
    word = re.search(r"[\w.]*$", reading.text[max(0, at - 20) : at])
    before = word[0] if word else ""
    if signs == "..":
        return not before
    known = before.lower() in _ABBREVIATIONS or "." in before or len(before) == 1
    inside = reading.text[at - len(before) - 1].isspace()
    cut = inside and before.istitle() and (len(before) <= _CUT or not reading.known(before.lower()))
    known = known or cut or bool(_MEASURE.fullmatch(before))
    return known or not (before.islower() or before.istitle())


@text_rule(
    "PUN038",
    language="en",
    examples=(
        Example("He saw the⟦,⟧ house of a⟦.⟧ Man, and Mr⟦,⟧ Fox was with Mrs.⟦,⟧ Fox."),
        Example("She⟦,⟧ was late, for they⟦,⟧ could not see.", "She was late, for they could not see."),
    ),
    passes=(
        "He saw the, to him, strange house. And the, the light.",
        "He, had he come, was late. It was she, had I known. They, were anyone to ask, were gone.",
        "He, had Heaven willed it, had lived.",
        "Rooms b, a, d. “I saw the—” Mr. Fox, and Mrs. Fox.",
    ),
)
def sign_after_article(reading: Reading) -> Iterator[Hit]:
    """A comma or a stop stands behind an article, a title, a pronoun or the like.

    They lead on to the next word, and nothing can part them.

    A sign was typed too soon, or a scanner took a speck for one.

    Fix: Delete the sign, or write the word that is missing before it.
    Source: pptext, "comma after *the*" and "title abbreviation and comma".
    """
    for lead in reading.begun(_LEADING, *set(_LEADING.findall(reading.vocabulary))):
        match = _LED_ON.match(reading.text, lead.end() - 1)
        if not match:
            continue
        word = re.search(r"[A-Za-z.]+\Z", reading.text[max(0, match.start() - 6) : match.start()])
        if word and reading.text.startswith(f" {word[0]} ", match.end()):
            continue  # The, the: it is typed twice.
        yield Hit(*match.span(), _LEADS_ON.format(word[0] if word else ""))
    for match in reading.begun(_VERB, *_VERBS):
        doer, at = reading.before(match.start()), match.start()
        before = reading.text[max(0, at - len(doer) - _LONGEST) : at - len(doer)]
        if doer in _DOERS and match["after"] not in _INVERTED and _BEGINS.search(before):
            yield Hit(at, at + 1, _LEADS_ON.format(doer), "", "Delete the comma")


_LEADS_ON = "“{}” leads on to the next word, and a sign parts them."
_VERBS = (", was ", ", were ", ", had ", ", could ", ", would ", ", did ")
_VERB = lazily(r", [a-z]+ (?P<after>[a-z]+)")
_DOERS = frozenset("he she they we i".split())
_INVERTED = _DOERS | frozenset(
    "the a an his her my their it there you one anyone anybody someone any all only but".split()
)
"""What follows where the comma is right: *she, had he come, would*."""
_LONGEST = 10
_BEGINS = lazily(
    rf"(?:[.!?]”? “?|[“{EDGE}]|"
    r"\b(?:and|but|that|for|when|as|if|because|while|until|then|where|what|so|which) )\Z"
)


_LEADING = lazily(r"\b(?:(?:an?|my|the|our|its|your|every|or|and)[,.;]|(?:Mrs?|Dr)\.?,)")
_LED_ON = lazily(
    r",(?:(?<=[a-z] a,)|(?<=[a-z] (?:an|my),)|(?<=[a-z] (?:the|our|its),)|(?<=[a-z] your,)|(?<=[a-z] every,))"
    r"(?= [a-z]{3})(?! (?:for|and|but|then|after|however|perhaps|what|when|with|not|alas|well|yes)\b)|"
    r",(?:(?<=\b(?:Mr|Dr),)|(?<=\b(?:Mr|Dr)\.,)|(?<=\bMrs,)|(?<=\bMrs\.,))(?= [A-Z][a-z])|"
    r"[.;](?:(?<=[a-z] an.)|(?<=[a-z] (?:the|our).)|(?<=[a-z] every.))(?= [A-Za-z])|"
    r"\.(?:(?<=[a-z] a.)|(?<=[a-z] (?:my|or).)|(?<=[a-z] (?:its|and).)|(?<=[a-z] your.))(?= [A-Z][a-z])"
)


@text_rule(
    "PUN018",
    examples=(Example("“I am late,⟦”,⟧ she said."),),
    passes=("“I am late,” she said.", "“Are you late?”; he asked that."),
)
def signs_inside_and_outside(reading: Reading) -> Iterator[Hit]:
    """The same sign stands on both sides of a closing quotation mark.

    One of the two was forgotten when the sentence was changed.

    Fix: Keep the one that the book's style wants.
    Source: Standard Ebooks lint, t-011.
    """
    signs = (f"{sign}{mark}{sign}" for mark in "”’»" for sign in ".,;:")
    for match in reading.begun(re.compile("[.,;:][”’»][.,;:]"), *signs):
        told = f"“{match[0][0]}” stands on both sides of the quotation mark."
        yield Hit(match.start() + 1, match.end(), told)


_STOP_SMALL = re.compile(r"\. (?=[a-zà-ÿ]{2})(?P<word>\w+)")


@text_rule(
    "PUN004",
    language="en",
    examples=(Example("It was the end. ⟦then⟧ she left.", "It was the end. Then she left."),),
    passes=(
        "It was the end. Then she left.",
        "At 9 a.m. she left.",
        "Bread, milk, etc. were sold.",
        "Mr. de Ville.",
    ),
)
def sentence_starts_small(reading: Reading) -> Iterator[Hit]:
    """A sentence starts with a small letter.

    Either the full stop is a comma, or the letter should be large. Abbreviations are left alone.

    Fix: Write the letter large, or put a comma for the full stop.
    Source: Standard Ebooks lint, t-029.
    """
    text = reading.text
    found = list(reading.begun(_STOP_SMALL, ". "))
    nears = [text[max(0, match.start() - 24) : match.start()] for match in found]
    cut = Counter(short[0] for near in nears if (short := _CUT_SHORT.search(near)))
    for match, near in zip(found, nears, strict=True):
        before = re.search(r"[\w.’-]*\Z", near)
        word = before[0] if before else ""
        if not re.fullmatch(r"[^\W\d_]{2,}(?:[’-]\w+)*", word) or word.lower() in _ABBREVIATIONS:
            continue
        if word[0].isupper() and (cut[word] > 1 or text.count(f"{word}.") * 2 > reading.counts[word]):
            continue  # Capt., Will.: a title or a name cut short.
        start, end = match.span("word")
        right = match["word"].capitalize()
        told = f"The sentence starts with a small letter: “{match['word']}”."
        yield Hit(start, end, told, right[0], f"Write “{right}”", at=(start, start + 1))


_CUT_SHORT = lazily(r"(?<=[a-z.] )[^\W\d_a-z][\w’-]*\Z")
"""What stands so twice or more is a title or a name cut short."""


@text_rule(
    "PUN012",
    examples=(
        Example(
            "The door was open.\n\n⟦there⟧ was nobody in the kitchen.",
            "The door was open.\n\nThere was nobody in the kitchen.",
        ),
    ),
    passes=("The door was open.\n\nThere was nobody.", "He read:\n\nthe house by the river"),
)
def paragraph_starts_small(reading: Reading) -> Iterator[Hit]:
    """A paragraph starts with a small letter after one that has ended.

    Its first letter, or its beginning, was lost.

    Fix: Write the letter large, or put back what is missing.
    Source: Standard Ebooks lint, t-057; bookloupe, "lower-case start".
    """
    for before, after in reading.neighbours():
        first = _FIRST_SMALL.match(after.run.text)
        ended = before.run.text.rstrip(_SPEECH_END)[-1:] in ".?!…"
        if first and ended and before.setting is after.setting is Setting.PROSE:
            start = reading.place[id(after)] + first.start(1)
            end = reading.place[id(after)] + first.end(1)
            told = f"The paragraph starts with a small letter: “{first[1]}”."
            yield Hit(start, end, told, first[1][0].upper(), "Write the letter large", at=(start, start + 1))


_FIRST_SMALL = lazily(r"[“‘«„]?([a-zà-ÿ]\w*)(?![\w’]*[A-Z])")
_SPEECH_END = "”’\"')]»«“"
_OPENING_SIGNS = "“‘«„—("
_SENTENCE_WORDS, _SPEECH_WORDS = 7, 3
"""Shorter lines without a stop are titles, signs and signatures more often than sentences, or than speech."""
_LINES, _OFTEN = 30, 100
_LINE_WORDS = 12
"""Lines of plays and poems are shorter."""


@text_rule(
    "PUN003",
    examples=(
        Example("He had not expected it any more, after all that had happened to them ⟦there⟧\n\nHe left."),
        Example("“I had not expected it, after all that ⟦happened⟧”\n\nHe left."),
    ),
    passes=("He left.", "“Are you sure?”", "He waited until—\n\nThe letter read:\n\nThe End"),
)
def no_final_stop(reading: Reading) -> Iterator[Hit]:
    """A paragraph ends without a sign.

    The full stop was forgotten, or the end of the sentence was lost. Short lines, headings, verse and the
    lines round a letter are left alone, as is a paragraph that leads into speech, verse or a letter, and a
    list of lines that all end so.

    Fix: Type the sign that ends the sentence.
    Source: Standard Ebooks lint, y-003; bookloupe, "no punctuation at paragraph end".
    """
    found = []
    for chapter in reading.chapters:
        row = [None, *chapter, None]
        for before, passage, after in zip(row, row[1:], row[2:], strict=False):
            hit = _unended(reading, passage, before, after) if passage else None
            if passage and hit and not reading.is_line(passage):
                found.append(hit)
    # Where so many paragraphs end in a comma they are lines of verse.
    commas = sum(reading.text[hit.end - 1] == "," for hit in found)
    lines = commas > _LINES and commas * _OFTEN > len(reading.passages)
    # Nor does a full stop belong behind *and*: who breaks off so again and again plays with the page.
    ends = ((hit, reading.text[hit.start : hit.end]) for hit in found)
    broken = [hit for hit, end in ends if end in _LEADING_ON or end[-1] in ",;"]
    played = broken if len(broken) > _HABIT else []
    yield from (replace(hit, severity=Severity.INFO) if lines or hit in played else hit for hit in found)


_LEADING_ON = frozenset(
    "and or of was so have has the a an to in is therefore this that now but with".split()
)
_HABIT = 4


def _unended(reading: Reading, passage: Passage, before: Passage | None, after: Passage | None) -> Hit | None:
    if passage.setting is not Setting.PROSE or (after and after.setting is not Setting.PROSE):
        return None
    sign = passage.run.text.rstrip().rstrip(_SPEECH_END)[-1:]
    if not (sign.isalnum() or sign in {",", ";", "_"}):
        return None
    ended = _without_marks(passage)
    if (before and before.setting is Setting.VERSE) or (after and _is_signed(ended, after.run.text)):
        return None
    word = _last_word(ended)
    if word is None or not _has_sentence(ended) or _is_listed(ended, before, after):
        return None
    if after and (is_broken(ended, after.run.text) or _leads_in(ended, word, after)):
        return None
    end = reading.place[id(passage)] + len(ended)
    return Hit(end - len(word), end, f"The paragraph ends at “{word}” without a sign.")


@text_rule(
    "OCR011",
    examples=(
        Example("He had not expected it, after all that had happened\n\n⟦THE HOUSE 123⟧\n\nto them there."),
        Example("He left.\n\n⟦— 123 —⟧\n\nShe came."),
        Example("He had not expected it, after all\n\n⟦12⟧\n\nThe Long Road\n\nto them there."),
    ),
    passes=("He left.\n\n12\n\nShe came.", "He read the sign\n\nNO WAY\n\nand left."),
)
def page_end_in_sentence(reading: Reading) -> Iterator[Hit]:
    """A page number or a running head stands between two halves of a sentence.

    A page ended there, once. Where such lines come back, they are known and left out of the book; a single
    one may be anything.

    Fix: Delete the line, and join the halves.
    Source: Texts that were copied from pages.
    """
    for chapter in reading.chapters:
        for at, passage in enumerate(chapter[1:-1], 1):
            text = passage.run.text
            if len(text) >= _HEAD or passage.setting is not Setting.PROSE or not _PAGE_END.fullmatch(text):
                continue
            if text[0] in "-–—" or _breaks_page(chapter, at):
                start = reading.place[id(passage)]
                yield Hit(start, start + len(text), f"“{text}” stands in the middle of the text.")


def _breaks_page(chapter: Sequence[Passage], at: int) -> bool:
    """Tell whether a sentence goes on across a passage, or across it and a running head beside it."""
    above, below = at - 1, at + 1
    above -= above > 0 and _may_be_head(chapter[above].run.text)
    below += below < len(chapter) - 1 and _may_be_head(chapter[below].run.text)
    pairs = {(at - 1, at + 1), (above, at + 1), (at - 1, below)}
    return any(is_broken(chapter[one].run.text.rstrip(), chapter[other].run.text) for one, other in pairs)


def _may_be_head(text: str) -> bool:
    large = text[:1].isupper() and all(word[0].isupper() for word in text.split() if len(word) > _LEAST_NAME)
    return len(text) < _HEAD and large


_LEAST_NAME = 3
"""Letters of words that titles write small."""
_HEAD = 60
_PAGE_END = lazily(r"[-–—] ?\d{1,4} ?[-–—]|\d{1,4}|\d{1,4} [A-Z][A-Z’., ]+|[A-Z][A-Z’., ]+ \d{1,4}")


def _is_signed(ended: str, after: str) -> bool:
    """Tell the close of a letter before its signature, and a source behind what is quoted: *… man. Pope*."""
    signed = (_SIGNATURE.fullmatch(after) and _CLOSE.search(ended)) or after.lstrip("“‘").startswith("Your ")
    return bool(signed or _NAMED_BEHIND.search(ended))


_SIGNATURE = lazily(r"[“‘]*(?:[A-Z][\w.’]*[ ,]*){1,5}[.”’]*")
_CLOSE = lazily(
    r"\b(?:[Yy]our|friend|servant|brother|sister|son|daughter|father|mother|lover|girl|boy|husband|wife|ever|"
    r"respect|truly|faithfully|sincerely|affectionate|devoted|obedient|humble)\b[^.?!]{0,60},?\Z"
)
_NAMED_BEHIND = lazily(
    r"[a-z]{3}[.?!][”’]? [A-Z][\w’]*(?:[:,]? (?:[A-Z][\w’]*\.?|[a-z]\.|\d+|and|of|the|de|qui|rit)){0,6}\Z"
)


def _leads_in(ended: str, word: str, after: Passage) -> bool:
    if "\n" in after.run.text:
        return True  # It leads to verse.
    leads = word.endswith(",") and after.run.text[:1] in _OPENING_SIGNS
    return leads and bool(_TELLS.search(ended[-_NEAR:]))


_NEAR = 150
_TELLS = lazily(
    rf"\b(?:{SAY}|(?:say|ask|call|cr[iy]|answer|repl|whisper|shout|mutter|murmur|exclaim|spoke|speak|writ|wrote|"
    r"though?t|s[ai]ng|read|voice|thus|follow|word|song|line|dear|servant|friend|affectionate|your|faithful|"
    r"sincere)[a-z]*)\b"
)


def _is_listed(text: str, before: Passage | None, after: Passage | None) -> bool:
    """Tell whether a passage may be a line of a list, a play or a poem."""
    near = [_without_marks(passage) for passage in (before, after) if passage]
    if any(_last_word(other) for other in near):
        return True
    if text[:1] in _OPENING_SIGNS:
        return len(text.split()) < _SPEECH_WORDS
    words = len(text.split())
    return words < _SENTENCE_WORDS or (words < _LINE_WORDS and all(_is_line(other) for other in near))


def _is_line(text: str) -> bool:
    return text[:1] not in _OPENING_SIGNS and len(text.split()) < _LINE_WORDS


def _without_marks(passage: Passage) -> str:
    return passage.run.text.rstrip().rstrip(_SPEECH_END)


def _last_word(text: str) -> str | None:
    word = re.search(r"\w+[,;]?\Z", text[-60:])
    return word[0] if word else None


_MOSTLY = 0.6
_SHORT = 4


def _has_sentence(text: str) -> bool:
    """Tell prose from a line of a list or a title: most words are written small."""
    words: list[str] = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _SHORT]
    return sum(word.islower() for word in words) > _MOSTLY * len(words)


@text_rule(
    "PUN008",
    severity=Severity.INFO,
    language="en",
    examples=(Example("A ⟦newly-built⟧ house.", "A newly built house."),),
    passes=("A newly built house.", "A family-owned, early-morning, friendly-looking place."),
)
def hyphen_after_ly(reading: Reading) -> Iterator[Hit]:
    """A hyphen follows an adverb in *-ly*.

    The adverb can belong to nothing but the next word, so nothing needs joining. Older books have the hyphen.

    Fix: Write a space for the hyphen.
    Source: The Chicago Manual of Style, 7.86; Standard Ebooks lint, t-038.
    """
    words = [
        word for word in reading.counts if "ly-" in word and _LY.fullmatch(word) and _is_adverb(reading, word)
    ]
    for match in reading.each(*words):
        right = match[0].replace("-", " ", 1)
        yield Hit(*match.span(), f"“{match[0]}” needs no hyphen.", right)


_LY = re.compile(r"[a-z]{3,}ly-[a-z]{3,}(?:ed|en|ing|wn|lt|nt|de)")


def _is_adverb(reading: Reading, word: str) -> bool:
    stem = word.split("-", 1)[0].removesuffix("ly")
    return any(reading.known(form) for form in (stem, stem + "le")) and stem not in _NO_ADVERB


_NO_ADVERB = frozenset("ear friend fami like love cost god home".split())


@text_rule(
    "PUN011",
    severity=Severity.INFO,
    examples=(Example("“No⟦!!!⟧” she cried. “What⟦?!?⟧”"),),
    passes=("“No!” she cried. “What?!”",),
)
def repeated_signs(reading: Reading) -> Iterator[Hit]:
    """A sign is repeated for force.

    Two or three exclamation marks say no more than one, and look like a message from a telephone. A doubled
    question mark is a warning, as are both marks by turns (*?!?*).

    Fix: Keep one, unless the writing of a character is shown.
    Source: The Chicago Manual of Style, 6.71; Fowler, "stops".
    """
    for match in reading.begun(re.compile(r"[?!]{2,}"), "!!", "??", "!?!", "?!?"):
        if match[0] != "???":
            severity = None if set(match[0]) == {"!"} else Severity.WARNING
            yield Hit(*match.span(), f"“{match[0]}” repeats a sign.", severity=severity)
