"""Rules on the words and signs inside one passage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.config import Config
from publish.diagnostic import Diagnostic, Safety
from publish.document import division_runs, walk_divisions
from publish.lint.passages import Passage, Setting, passages
from publish.lint.rule import RULES, Example, Hit, book_rule, diagnostic, prose_rule
from publish.source import Edit, Run

if TYPE_CHECKING:
    from publish.normalize.result import Normalized

_DOUBLED = re.compile(
    r"\b(?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)?)(?P<again>\s+(?P=word))\b(?![’'-]\w)", re.IGNORECASE
)
_MEANT = (
    "had that so too very no yes ha ho oh ah hear now well many much more far long old poor big little "
    "deep dear never ever again really truly quite sweet good bad mad sad slow quick slowly softly bye "
    "ta tut tsk hush knock tick tock drip chop hurry danger help fire thank pretty tiny huge great boo "
    "cha choo tap rat bang boom woof quack la na da di dum fa blah yeah yah yay aye nay hee heh night "
    "walla duran pago bora "
)
_OFTEN_MEANT = frozenset(_MEANT.split())
"""Words that are doubled on purpose: by grammar (*had had*, *that that*), for weight, or as a sound."""
_GIVING = "give gave given giving ask asked asking teach taught tell told show showed shown send sent cost"
_SAYING = (
    "tell tells told telling promise promised assure assured warn warned wish said say think thought hope"
)
_MOVING = "come comes came coming go goes went gone going put get got let took turned move moved carry"
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
    )
    for word in words.split()
}
"""Words that grammar doubles after certain others: *told you you*, *came in in haste*, *whatever is is*."""


@book_rule(
    "PUN001",
    "doubled-word",
    safety=Safety.UNSAFE,
    language="en",
    examples=(
        Example("Paris in the ⟦the⟧ spring.", "Paris in the spring."),
        Example("The ⟦The⟧ end of ⟦of⟧ the road.", "The end of the road."),
    ),
    passes=(
        "She had had enough, and knew that that was all.",
        "“No, no,” he said. “Long, long ago.”",
        "A long long time ago, the theatre stood here. Here it stood.",
        "I saw her go in in haste, and told you you would.",
        "It went and—and then it stopped, and and and it went on.",
        "Humbert Humbert came.\n\nI saw Humbert Humbert.\n\n“Humbert Humbert!” she cried.",
    ),
)
def doubled_word(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A word is typed twice in a row.

    Mostly the mark of a moved cursor or of a line break between the two, where the eye skips it. Words that
    English doubles on purpose (*had had*, *long long ago*), names that the book doubles several times, and a
    word typed three times are left alone.

    Fix: Delete the second word, unless the doubling is meant.
    Source: write-good, "lexical illusions"; pptext, "repeated words".
    """
    found = [
        (run, match)
        for _, division in walk_divisions(normalized.book.divisions)
        for run in division_runs(division)
        for match in _DOUBLED.finditer(run.text)
        if not _is_meant(run.text, match) and not _is_tripled(run.text, match)
    ]
    names = Counter(match["word"] for _, match in found if match["word"].istitle())
    for run, match in found:
        if names[match["word"]] < _NAME_FROM:
            again, (start, end) = match["again"].lstrip(), match.span("again")
            edits = (Edit(start, end, "", "PUN001"),)
            hit = Hit(
                end - len(again), end, f"“{again}” is typed twice.", edits, f"Delete the second “{again}”"
            )
            if item := diagnostic(RULES["PUN001"], run, hit):
                yield item


_NAME_FROM = 3
"""A word with a capital that is doubled so often is a name: Humbert Humbert."""


def _is_meant(text: str, match: re.Match[str]) -> bool:
    word = match["word"].lower()
    before = re.findall(r"\w+", text[max(0, match.start() - 24) : match.start()].lower())[-2:]
    return word in _OFTEN_MEANT or not _MEANT_AFTER.get(word, frozenset()).isdisjoint(before)


def _is_tripled(text: str, match: re.Match[str]) -> bool:
    word = match["word"].lower()
    after = re.match(r"\s+([\w’']+)", text[match.end() : match.end() + len(word) + 8])
    before = re.search(r"([\w’']+)\s+$", text[max(0, match.start() - len(word) - 8) : match.start()])
    return word in [near[1].lower() for near in (after, before) if near]


_KNOWN_SHORT = (
    "etc viz al id ib ibid no nos pp vol ed fig ch cf seq inc ltd bros esq jr sr st co dr mr mrs ms "
    "messrs rev gen col lt capt sgt maj adm gov sen rep hon prof dept univ approx anon junr senr am pm "
    "ie eg ca vs oz lb lbs ft yd in hr min sec mt ave rd jan feb mar apr jun jul aug sept sep oct nov "
    "dec mon tue tues wed thu thurs fri sat sun mass penn conn calif colo wash ill tenn minn mich ariz "
    "fla okla ore tex wis vt va "
)
_ABBREVIATIONS = frozenset(_KNOWN_SHORT.split())
_DOUBLE_SIGNS = re.compile(
    r"(?<![.,;:])(?:,,+|;;+|::+|\.\.(?!\.)|,[.;:]|[;:][.,]|;:|[?!],|[?!]\.(?![.…])|\.,)(?![.,;:])"
)


@prose_rule(
    "PUN002",
    "doubled-punctuation",
    safety=Safety.UNSAFE,
    examples=(
        Example("He came⟦,,⟧ and went.", "He came, and went."),
        Example("He came⟦;.⟧", "He came."),
        Example("Then it ended⟦..⟧ She left.", "Then it ended. She left."),
        Example("He came⟦.,⟧ and went.", "He came, and went."),
    ),
    passes=(
        "He waited… and left.",
        "Bread, milk, etc., were sold.",
        "“What?!” she cried.",
        "At 9 a.m., it rained.",
    ),
)
def doubled_punctuation(run: Run) -> Iterator[Hit]:
    """Two signs stand where one belongs.

    Mostly what is left of a sentence that was cut or joined.

    Fix: Keep the sign that is meant; for two different ones the last is proposed.
    Source: Standard Ebooks lint, y-031; bookloupe, "double punctuation".
    """
    text = run.text
    for match in _DOUBLE_SIGNS.finditer(text):
        signs = match[0]
        if signs in (".,", "..") and _is_abbreviated(text, match.start(), signs):
            continue
        kept = signs[0] if signs[0] in "?!" else signs[-1]
        edit = Edit(match.start(), match.end(), kept, "PUN002")
        yield Hit(
            match.start(),
            match.end(),
            f"“{signs}” stands where one sign belongs.",
            (edit,),
            f"Write “{kept}”",
        )


def _is_abbreviated(text: str, at: int, signs: str) -> bool:
    """Tell whether the full stop at an offset may belong to an abbreviation and the comma to the sentence."""
    word = re.search(r"[\w.]*$", text[max(0, at - 20) : at])
    before = word[0] if word else ""
    if signs == "..":
        return not before
    known = before.lower() in _ABBREVIATIONS or "." in before or len(before) == 1
    return known or not (before.islower() or before.istitle())


_SPEECH_END = "”’\"')]»«“"
_OPENING_SIGNS = "“‘«„—("
_SENTENCE_WORDS, _SPEECH_WORDS = 7, 3
"""Shorter lines without a stop are titles, signs and signatures more often than sentences, or than speech."""
_LINE_WORDS = 12
"""Lines of plays and poems are shorter."""


@book_rule(
    "PUN003",
    "no-final-stop",
    examples=(
        Example("He had not expected it any more, after all that had happened to them ⟦there⟧\n\nHe left."),
        Example("“I had not expected it, after all that ⟦happened⟧”\n\nHe left."),
    ),
    passes=("He left.", "“Are you sure?”", "He waited until—\n\nThe letter read:\n\nThe End"),
)
def no_final_stop(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A paragraph ends without a sign.

    The full stop was forgotten, or the end of the sentence was lost. Short lines, headings, verse and the
    lines round a letter are left alone, as is a paragraph that leads into speech, verse or a letter, and a
    list of lines that all end so.

    Fix: Type the sign that ends the sentence.
    Source: Standard Ebooks lint, y-003; bookloupe, "no punctuation at paragraph end".
    """
    for _, division in walk_divisions(normalized.book.divisions):
        row = [None, *passages(division), None]
        for before, passage, after in zip(row, row[1:], row[2:], strict=False):
            hit = _unended(passage, before, after) if passage else None
            found = diagnostic(RULES["PUN003"], passage.run, hit) if passage and hit else None
            if found:
                yield found


def _unended(passage: Passage, before: Passage | None, after: Passage | None) -> Hit | None:
    if passage.setting is not Setting.PROSE or (after and after.setting is not Setting.PROSE):
        return None
    ended = _without_marks(passage)
    word = _last_word(ended)
    if word is None or not _has_sentence(ended) or _is_listed(ended, before, after):
        return None
    if word.endswith(",") and after and after.run.text[:1] in _OPENING_SIGNS:
        return None
    end = len(ended)
    return Hit(end - len(word), end, f"The paragraph ends at “{word}” without a sign.")


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
    word = re.search(r"\w+,?\Z", text[-60:])
    return word[0] if word else None


_MOSTLY = 0.6
_SHORT = 4


def _has_sentence(text: str) -> bool:
    """Tell prose from a line of a list or a title: most words are written small."""
    words: list[str] = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _SHORT]
    return sum(word.islower() for word in words) > _MOSTLY * len(words)


_RUN_ON = re.compile(r"(?<=[^\W\d_A-Z])(?:[.?!](?=[A-Z][a-z]|[IA]\b)|[,;](?=[^\W\d_]{2}|[IAaO]\b|\d{4}\b))\w")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|co|html?|txt|pdf|jpe?g|png)\b", re.I)


@prose_rule(
    "SPC005",
    "no-space-after-sign",
    safety=Safety.UNSAFE,
    examples=(
        Example("It was the end⟦.T⟧hen she left.", "It was the end. Then she left."),
        Example("Bread⟦,m⟧ilk and eggs.", "Bread, milk and eggs."),
    ),
    passes=("See www.Example.com, or write to me.", "It was 3.30 in the U.S.A. then.", "“Yes.”—He left."),
)
def no_space_after_sign(run: Run) -> Iterator[Hit]:
    """No space stands between a sign and the word after it.

    Two sentences, or two words, run into each other.

    Fix: Type the space.
    Source: bookloupe, "missing space"; Standard Ebooks lint, y-014.
    """
    text = run.text
    for match in _RUN_ON.finditer(text):
        if _ADDRESS.search(_token(text, match.start())):
            continue
        edit = Edit(match.end() - 1, match.end() - 1, " ", "SPC005")
        told = f"No space follows the “{match[0][0]}” in “{_token(text, match.start())}”."
        yield Hit(match.start(), match.end(), told, (edit,), "Insert a space")


def _token(text: str, at: int) -> str:
    """Give what stands round an offset without white space in it, at most 30 characters to either side."""
    before = re.search(r"\S*$", text[max(0, at - 30) : at])
    after = re.match(r"\S*", text[at : at + 30])
    return (before[0] if before else "") + (after[0] if after else "")


_BROKEN = re.compile(r"(?<![\w-])(?P<word>[^\W\d_]{2,})- (?P<rest>[^\W\d_]{2,})(?![\w-])")
_SUSPENDED = frozenset(["and", "or", "nor", "to", "but", "than", "versus", "und", "oder", "bis", "et", "ou"])


@prose_rule(
    "SPC007",
    "broken-word",
    examples=(
        Example("He was a ⟦qua- lix⟧ of the old school."),
        Example("They had ⟦won- dered⟧ long enough."),
    ),
    repairs=(Example("It was built for ⟦mid- level⟧ officials.", "It was built for mid-level officials."),),
    passes=("The pre- and post-war years.", "A two- or three-day ride.", "I- I don’t know."),
)
def broken_word(run: Run) -> Iterator[Hit]:
    """A word is broken by a hyphen and a space.

    The trace of a line end in an older setting of the text. Where the rest of the book, or the first half
    itself (*mid-*), shows what the word is, it is mended in the book; otherwise it is left as it stands,
    since the hyphen may belong to the word or not.

    Fix: Join the two halves, with the hyphen or without it.
    Source: pptext, "hyphenated and spaced variants".
    """
    for match in _BROKEN.finditer(run.text):
        if match["rest"].lower() not in _SUSPENDED and match["word"].lower() != match["rest"].lower():
            yield Hit(match.start(), match.end(), f"“{match[0]}” may be one broken word.")


@prose_rule(
    "ENC003",
    "lost-letter",
    examples=(Example("The na⟦\ufffd⟧ve boy."), Example("Caf⟦\ufffd⟧ society.")),
    repairs=(Example("Her façades and his fa⟦\ufffd⟧ades.", "Her façades and his façades."),),
    passes=("The naïve boy.",),
)
def lost_letter(run: Run) -> Iterator[Hit]:
    """A letter was lost when the file was converted.

    The sign U+FFFD stands where a program could not read a letter. Inside a word that stands whole elsewhere
    in the manuscript, and is the only one that fits, the letter is put back; else it cannot be known.

    Fix: Type the letter again, or export the text anew from the program it was written in.
    Source: The Unicode Standard, 23.8 (U+FFFD).
    """
    for match in re.finditer("\ufffd+", run.text):
        word = _token(run.text, match.start()).strip(".,;:!?“”‘’")
        yield Hit(match.start(), match.end(), f"A letter of “{word}” is lost.")


_WORD = re.compile(r"[^\W\d_]{2,}")
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТХаеорсухіјѕԁЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcyxijsdSIJABEZHIKMNOPTYXo"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@prose_rule(
    "ENC009",
    "foreign-letter",
    safety=Safety.UNSAFE,
    examples=(
        Example("The c⟦а⟧t slept.", "The cat slept."),
        Example("⟦М⟧oscow in winter.", "Moscow in winter."),
    ),
    passes=("Он сказал: да.", "The word Москва is Russian.", "The cat slept."),
)
def foreign_letter(run: Run) -> Iterator[Hit]:
    """A letter of another alphabet stands inside a Latin word.

    It looks right and is wrong: the word is not found by a search, and many fonts print it in another face.

    Fix: Replace it by the Latin letter that looks the same.
    Source: Unicode Technical Standard 39, "mixed-script confusables".
    """
    if run.text.isascii():
        return
    for word in _WORD.finditer(run.text):
        if word[0].isascii() or not _LATIN.search(word[0]):
            continue
        latin = word[0].translate(_LOOK_ALIKE)
        for at, (typed, meant) in enumerate(zip(word[0], latin, strict=True), word.start()):
            if typed != meant:
                told = f"The “{typed}” (U+{ord(typed):04X}) in “{word[0]}” is not the Latin letter “{meant}”."
                edit = Edit(at, at + 1, meant, "ENC009")
                yield Hit(at, at + 1, told, (edit,), f"Replace it by “{meant}”")


_ELIDED = re.compile(
    r"‘(?P<word>em\b|n’|(?:tis|twas|twere|twill|twould|til|cause)\b|\d0s\b)(?=(?P<rest>[^‘]*))", re.IGNORECASE
)
_CERTAIN = ("em", "n’")
_SINGLE_CLOSE = re.compile(r"[.,!?…—]’|’(?=[”.,!?—]|\s*\Z)")


@prose_rule(
    "QUO002",
    "apostrophe-turned",
    safety=Safety.UNSAFE,
    language="en",
    examples=(
        Example("“⟦‘⟧Tis late,” he said.", "“’Tis late,” he said."),
        Example("Rock ⟦‘⟧n’ roll of the ⟦‘⟧90s.", "Rock ’n’ roll of the ’90s."),
        Example("‘Let ⟦‘⟧em come,’ he said.", "‘Let ’em come,’ he said."),
    ),
    repairs=(Example('"⟦\'⟧Tis late," he said.', "“’Tis late,” he said."),),
    passes=("“’Tis late,” he said.", "‘Tis pity,’ he said, and left.", "“‘Round’ is a word,” he said."),
)
def apostrophe_turned(run: Run) -> Iterator[Hit]:
    """An apostrophe at the beginning of a word is turned the wrong way.

    Word processors open a quotation there: *‘tis*, *‘90s*, *rock ‘n’ roll*. What is left out calls for an
    apostrophe. Typed straight, it comes out right in the book.

    Fix: Type the closing mark, which is the apostrophe.
    Source: The Chicago Manual of Style, 6.117.
    """
    for match in _ELIDED.finditer(run.text):
        if match["word"].lower() in _CERTAIN or not _SINGLE_CLOSE.search(match["rest"]):
            edit = Edit(match.start(), match.start() + 1, "’", "QUO002")
            told = f"“{match['word']}” begins with an opening mark instead of an apostrophe."
            yield Hit(match.start(), match.start() + 1, told, (edit,), "Turn it into an apostrophe")


_SPACED_QUOTE = re.compile(r"(?<=“) +(?=\w)|(?<=[\w.,!?…—]) +(?=”(?!\w))")


@prose_rule(
    "QUO011",
    "space-in-quote",
    safety=Safety.UNSAFE,
    language="en",
    examples=(Example("“⟦ ⟧Yes, he is here,⟦ ⟧” he said.", "“Yes, he is here,” he said."),),
    passes=("“Yes,” he said. “No.”", "“Read this: ‘No.’ ”"),
)
def space_in_quote(run: Run) -> Iterator[Hit]:
    """A space stands between a quotation mark and the words it encloses.

    The mark may end up alone at the end of a line, or at the beginning of one.

    Fix: Delete the space.
    Source: Standard Ebooks lint, t-037 and t-038.
    """
    for match in _SPACED_QUOTE.finditer(run.text):
        edit = Edit(match.start(), match.end(), "", "QUO011")
        told = f"A space parts the quotation mark from “{_beside(run.text, match)}”."
        yield Hit(match.start(), match.end(), told, (edit,), "Delete the space")


def _beside(text: str, match: re.Match[str]) -> str:
    inside = text[match.end() : match.end() + 30] if text[match.start() - 1] == "“" else ""
    words = inside.split() or text[max(0, match.start() - 30) : match.start()].split()[-1:]
    return words[0]
