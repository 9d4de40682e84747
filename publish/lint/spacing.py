"""Rules on spaces, broken words and broken paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise

from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.normalize.setting.habits import SPEECH_DASH
from publish.patterns import lazily

_RUN_ON = lazily(
    r"[.?!](?<=[^\W\d_A-Z][.?!])(?=[A-Z][a-z]|[IA]\b)\w|[,;:](?<=[^\W\d_A-Z][,;:])(?=[^\W\d_]{2}|[IAaOtsdm]\b|\d{4}\b|(?<=;)[a-z]\b)\w"
)
_ADDRESS = lazily(r"https?:|www\.|@|\.(?:com|org|net|co|html?|txt|pdf|jpe?g|png)\b", re.I)


@text_rule(
    "SPC005",
    examples=(
        Example("It was the end⟦.T⟧hen she left.", "It was the end. Then she left."),
        Example("It was mental⟦;y⟧ hard.", "It was mental; y hard."),
        Example("Bread⟦,m⟧ilk and eggs⟦ ,a⟧nd ham.", "Bread, milk and eggs, and ham."),
    ),
    passes=("See www.Example.com, or write to me.", "It was 3.30 in the U.S.A. then.", "“Yes.”—He left."),
)
def no_space_after_sign(reading: Reading) -> Iterator[Hit]:
    """No space stands between a sign and the word after it.

    Two sentences, or two words, run into each other.

    Fix: Type the space.
    Source: bookloupe, "missing space"; Standard Ebooks lint, y-014.
    """
    for match in filter(None, (_RUN_ON.match(reading.text, at) for at in reading.tight)):
        token = reading.token(match.start())
        if _ADDRESS.search(token):
            continue
        told = f"No space follows the “{match[0][0]}” in “{token}”."
        at = match.end() - 1
        yield Hit(*match.span(), told, " ", "Insert a space", at=(at, at))
    for match in reading.begun(_WRONG_SIDE, " ,", " ;"):
        told = f"The space of “{reading.token(match.start() + 1)}” stands on the wrong side of the sign."
        yield Hit(*match.span(), told, f"{match[0][1]} {match[0][2]}", "Move the space")


_WRONG_SIDE = re.compile(r" [,;](?<=[a-z] [,;])[a-z]")
_HALF_BEFORE = re.compile(r"(?<![\w-])[^\W\d_]{2,}\Z")
_HALF_AFTER = re.compile(r"([^\W\d_]{2,})(?![\w-])")
_LONGEST_WORD = 30
_SUSPENDED = frozenset(
    "and or nor to but than versus und oder bis ja wie et ou y o e en of i lub och eller og".split()
)


@text_rule(
    "SPC007",
    examples=(
        Example("He was a ⟦qua- lix⟧ of the old school."),
        Example("They had ⟦won- dered⟧ long enough."),
    ),
    repairs=(Example("It was built for ⟦mid- level⟧ officials.", "It was built for mid-level officials."),),
    passes=("The pre- and post-war years.", "A two- or three-day ride.", "I- I don’t know."),
)
def broken_word(reading: Reading) -> Iterator[Hit]:
    """A word is broken by a hyphen and a space.

    The trace of a line end in an older setting of the text. Where the rest of the book, or the first half
    itself (*mid-*), shows what the word is, it is mended in the book; otherwise it is left as it stands,
    since the hyphen may belong to the word or not.

    Fix: Join the two halves, with the hyphen or without it.
    Source: pptext, "hyphenated and spaced variants".
    """
    text = reading.text
    for match in reading.find(re.compile("- "), "- "):
        first = _HALF_BEFORE.search(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
        last = _HALF_AFTER.match(text, match.end())
        if not first or not last:
            continue
        if last[1].lower() not in _SUSPENDED and first[0].lower() != last[1].lower():
            start, end = match.start() - len(first[0]), last.end()
            yield Hit(start, end, f"“{text[start:end]}” may be one broken word.")


@text_rule(
    "SPC009",
    examples=(Example("A well⟦ -⟧known man.", "A well-known man."),),
    passes=("A well-known man.", "It fell to -40.", "He paused—then ran."),
)
def space_before_hyphen(reading: Reading) -> Iterator[Hit]:
    """A space stands before a hyphen.

    The hyphen joins the word to nothing, or stands for a dash.

    Fix: Delete the space; where the hyphen opens or closes speech, write a dash.
    Source: pptext, "spaced hyphen".
    """
    for match in reading.find(re.compile(r" -(?=[^\W\d_])(?<=[^\W\d_,.;] -)"), " -"):
        told = f"A space stands before the hyphen of “{reading.token(match.start() + 1)}”."
        # Where dashes open speech the hyphen may be one: without the space two words would be joined.
        yield Hit(*match.span(), told, None if reading.language in SPEECH_DASH else "-", "Delete the space")


@text_rule(
    "SPC011",
    examples=(
        Example(
            "He was late (⟦ ⟧as always⟦ ⟧), and she knew it.", "He was late (as always), and she knew it."
        ),
    ),
)
def space_in_bracket(reading: Reading) -> Iterator[Hit]:
    """A space stands between a bracket and the words it encloses.

    The bracket may end up alone at the end of a line, or at the beginning of one.

    Fix: Delete the space.
    Source: bookloupe, "spaced bracket".
    """
    for match in reading.find(re.compile(r"[(\[] +(?=\w)| +[)\]](?<=\w [)\]])"), "( ", "[ ", " )", " ]"):
        start = match.start() + (reading.text[match.start()] in "([")
        end = match.end() - (reading.text[match.end() - 1] in ")]")
        yield Hit(start, end, "A space stands inside the bracket.", "", "Delete the space")


@text_rule(
    "SPC012",
    examples=(
        Example("He was late⟦(⟧as always⟦)⟧and she knew it.", "He was late (as always) and she knew it."),
    ),
    passes=("He was late (as always), the name(s) known.", "Use f(x) or [sic]."),
)
def no_space_beside_bracket(reading: Reading) -> Iterator[Hit]:
    """No space stands between a bracket and the word outside it.

    The aside runs into the sentence.

    Fix: Type the space.
    Source: bookloupe, "unspaced bracket".
    """
    opening = re.compile(r"\((?<=[^\W\d_]{3}\()(?=[^\W\d_]{2,}[ ,])")
    closing = re.compile(r"\)(?<=[^\W\d_]{2}\))(?=[^\W\d_]{2,}[ ,.;])")
    for pattern in (opening, closing):
        for match in reading.find(pattern, "(", ")"):
            at = match.start() if match[0] == "(" else match.end()
            told = f"No space stands beside the bracket in “{reading.token(match.start())}”."
            yield Hit(*match.span(), told, " ", "Insert a space", at=(at, at))


@text_rule(
    "SPC013",
    examples=(
        Example(
            "He opened the door and went into the old⟦\n\n⟧house by the river.",
            "He opened the door and went into the old house by the river.",
        ),
    ),
    passes=(
        "He opened the door.\n\nthe cat slept.",
        "He read:\n\nthe house by the river",
        "He said that he would rather not,\n\n“Well,” she said.",
    ),
)
def paragraph_broken(reading: Reading) -> Iterator[Hit]:
    """A paragraph ends in the middle of a sentence, and the next goes on with it.

    The trace of a page end, or of a slip on the return key.

    Fix: Join the two paragraphs.
    Source: bookloupe, "missing paragraph break" and "line ends in mid-sentence".
    """
    for before, after in reading.neighbours():
        if before.setting is not Setting.PROSE or after.setting is not Setting.PROSE or after.after_break:
            continue
        last, first = before.run.text.rstrip(), after.run.text
        if is_broken(last, first):
            start = reading.place[id(before)] + len(last)
            end = reading.place[id(after)] + len(first) - len(first.lstrip())
            words = " ".join(last.split()[-3:])
            told = f"The paragraph ends after “{words}”, and the next goes on with the sentence."
            yield Hit(start, end, told, " ", "Join the paragraphs")


_ENDS_OPEN = re.compile(r"[a-zà-ÿ][,;]?\Z")
_LEAST_WORDS = 5


def is_broken(last: str, first: str) -> bool:
    """Tell whether one sentence runs from one paragraph into the next."""
    return bool(
        first.lstrip()[:1].islower() and _ENDS_OPEN.search(last[-2:]) and len(last.split()) >= _LEAST_WORDS
    )


@text_rule(
    "SPC010",
    language="en",
    examples=(
        Example("He went ⟦tothe⟧ door.", "He went to the door."),
        Example(
            "At last he came. He came at last, and at last slept, and woke ⟦atlast⟧.",
            "At last he came. He came at last, and at last slept, and woke at last.",
        ),
    ),
    passes=("He went to the door into the house, nevertheless.",),
)
def words_run_together(reading: Reading) -> Iterator[Hit]:
    """Two words stand without the space between them.

    The word is in no list, and is one of *the*, *and*, *of*, *to* and the like with another of them, or two
    words that the book has side by side again and again.

    Fix: Type the space.
    Source: pptext, "joined words".
    """
    meant = {
        word: match
        for word in reading.unknown
        if (match := _JOINED.fullmatch(word) or _glued(reading, word))
        and word not in ("anda", "thea", "toon", "withinward")
    }
    halves = _beside(reading) | {word: (match[1], match[2]) for word, match in meant.items()}
    for match in reading.each(*halves):
        first, second = halves[match[0]]
        at = match.start() + len(first)
        told = f"“{match[0]}” is “{first} {second}” without the space."
        odd = reading.unless_dialect(*match.span())  # Who talks in dialect is *aweary* and *afeared*.
        severity = None if first in _NEVER_FIRST and not reading.is_abroad(*match.span()) else odd
        yield Hit(*match.span(), told, " ", "Insert a space", severity, at=(at, at))


def _beside(reading: Reading) -> dict[str, tuple[str, str]]:
    """Give words that are two which stand side by side in the book: *atlast* where it often has *at last*."""
    once = [word for word in reading.unknown if len(word) >= _FIVE and reading.counts[word] <= _TWICE]
    cuts = {(word[:at], word[at:]): word for word in once for at in range(1, len(word) - 1)}
    known, small = reading.listed, reading.lower
    pairs = {
        pair
        for pair in cuts
        if (len(pair[0]) > 1 or pair[0] == "a") and min(small[half] for half in pair) >= _SEEN
        if min(known.get(half, 0) for half in pair) > _USUAL
    }
    times = Counter(filter(pairs.__contains__, pairwise(reading.small)) if pairs else ())
    return {cuts[pair]: pair for pair, count in times.items() if count >= _SEEN} | _with_article(
        reading, once
    )


def _with_article(reading: Reading, once: list[str]) -> dict[str, tuple[str, str]]:
    """Give words with an article glued before them, where one may stand: *as white as atallow candle*."""
    found = {}
    for word in once:
        rest = word[1:]
        if (
            word[0] == "a"
            and reading.known(rest) > _USUAL // 10
            and not rest.endswith("ing")
            and rest[0] not in "aeiou"
        ):
            at = reading.places(word)[0]
            if at and reading.small[at - 1] in _BEFORE_A:
                found[word] = ("a", rest)
    return found


_BEFORE_A = frozenset(
    "as of in with into was is like for by from to at on made had have and but be such not upon".split()
)


_FIVE, _SEEN, _TWICE = 5, 3, 2


def _glued(reading: Reading, word: str) -> re.Match[str] | None:
    """Give a little word and the common one that is glued to it: *thatlot*."""
    if word == "alot":
        return re.fullmatch("(a)(lot)", word)
    if ends := _GLUED_BEHIND.fullmatch(word):
        sure = reading.known(ends[1]) > _USUAL and reading.lower[ends[1]] > 1
        return ends if sure else None
    match = _GLUED.fullmatch(word)
    if not match:
        other = _GLUED_ONCE.fullmatch(word) if reading.counts[word] == 1 else None
        half = (other[1] or other[3], other[2] or other[4]) if other else None
        if not half or min(map(reading.known, half)) <= _USUAL or not reading.lower[max(half, key=len)]:
            return None
        return re.fullmatch(f"({half[0]})({half[1]})", word)
    least = _RARER if match[1] in _NEVER_FIRST and len(match[2]) >= _FOUR else _USUAL
    return match if reading.known(match[2]) > least and reading.lower[match[2]] > (least == _USUAL) else None


_GLUED = lazily("(the|and|that|with|from|which|when|they|were|have|this|was|had|been|would|could)([a-z]{3,})")
_GLUED_ONCE = lazily(
    "(for|into|quite|very|about|before|being|just|make|never|only|said|then|these|through|upon|"
    "what|while)([a-z]{4,})|([a-z]{4,})(into|him|her|soon|always|again|almost|already|been|being|before|"
    "just|never|once|only|quite|said|she|should|then|there|these|this|upon|very|where|would|could)"
)
_GLUED_BEHIND = lazily(
    "([a-z]{3,})(the|and|him|them|they|that|for|with|his|you|your|which|from|was|were|had)"
)
_USUAL, _RARER, _FOUR = 20_000, 200, 4
_NEVER_FIRST = frozenset("that with from which when they were have this would could".split())
"""No word is made with these in front."""
_SHORT = "the|and|that|with|from|which|when|they|were|have|this|of|to|in|on|for|was|his|her|had|not|but|you"
_JOINED = lazily(f"({_SHORT})({_SHORT}|he|she|it|is|at|by|no|any|all)")


_IN_ONE = (
    "myself himself herself itself yourself themselves ourselves yourselves together without before "
    "another something everything anything nothing behind because already perhaps"
)
_CUTS = {(word[:at], word[at:]): word for word in _IN_ONE.split() for at in range(2, len(word) - 2)}
_CUTS.pop(("be", "cause"))
_APART_TIMES = 5


@text_rule(
    "PUN028",
    language="en",
    examples=(
        Example(
            "He saw ⟦him self⟧. " + "She herself, he himself. " * 5 + "He himself, himself.",
            "He saw himself. " + "She herself, he himself. " * 5 + "He himself, himself.",
        ),
        Example("They came ⟦to gether⟧.", "They came together."),
        Example("So ⟦t he⟧ dog ⟦ha d⟧ run to the house.", "So the dog had run to the house."),
    ),
    passes=(
        "He saw him, self or not. Any thing, any thing, and anything, and to get here.",
        "There was no body in the grave. " + "Nobody knew of anybody. " * 12,
    ),
)
def word_in_two(reading: Reading) -> Iterator[Hit]:
    """A word is typed in two that the book elsewhere has in one.

    *Him self*, *to gether*, *ha d*: a space too many. A book that parts them as older ones do (*any thing*)
    is left alone.

    Fix: Join the two.
    Source: pptext, "spaced variants".
    """
    for at in chain(_parted(reading), _fragments(reading)):
        (start, middle), (again, end) = reading.span(at), reading.span(at + 1)
        if (
            reading.text[middle:again] == " "
            and reading.text[start - 1] not in "-’"
            and reading.text[end] != "’"
        ):
            right = reading.words[at] + reading.words[at + 1]
            told = f"“{reading.text[start:end]}” is “{right.lower()}” with a space in it."
            severity = reading.unless_dialect(start)
            yield Hit(start, end, told, "", f"Write “{right}”", severity, at=(middle, again))


def _parted(reading: Reading) -> Iterator[int]:
    """Give where words that are made of two stand in two, by the number of the first."""
    for (first, second), whole in _CUTS.items():
        apart = [at - 1 for at in reading.places(second) if at and reading.small[at - 1] == first]
        if not reading.known(second) or reading.lower[whole] >= _APART_TIMES * len(apart):
            yield from apart


_WHOLE_FROM = 300_000


def _fragments(reading: Reading) -> Iterator[int]:
    """Give where a letter stands alone beside what makes a common word with it: *t he*, *ha d*.

    Or a word that no list has: *thic ken*.
    """
    small = reading.small
    for half in reading.unknown:
        if reading.counts[half] == 1:
            at = reading.places(half)[0]
            beside = [near for near in (at, at - 1) if 0 <= near < len(small) - 1]
            yield from [near for near in beside if _is_whole(reading, near, _WHOLE)][:1]
    for letter in _CONSONANTS:
        for at in (*reading.places(letter), *reading.places(letter.upper())):
            if 0 < at < len(small) - 1 and len(small[at + 1]) > 1 and _is_whole(reading, at):
                yield at
            elif at and len(small[at - 1]) > 1 and reading.words[at].islower() and _is_whole(reading, at - 1):
                yield at - 1


def _is_whole(reading: Reading, at: int, least: int = _WHOLE_FROM) -> bool:
    whole = reading.small[at] + reading.small[at + 1]
    return reading.known(whole) > least and reading.words[at + 1].islower()


_CONSONANTS = "bcdefghjklmnpqrstuvwxyz"


@text_rule(
    "SPC014",
    language="en",
    examples=(Example("He had rece⟦-⟧ived a letter.", "He had received a letter."),),
    passes=("A well-known half-wit re-read it.", "“Si-lence!” he roared.", "A co-operation, a for-bid."),
)
def hyphen_in_word(reading: Reading) -> Iterator[Hit]:
    """A hyphen stands in a word that is whole without it.

    It was broken there at the end of a line once. One half at least is no word, and the whole is common.

    Fix: Delete the hyphen, unless somebody draws the word out.
    Source: pptext, "hyphenated and non-hyphenated variants".
    """
    joined = (word for word in reading.counts if "-" in word)
    broken = [word for word in joined if reading.counts[word] == 1 and _is_cut(reading, word)]
    for match in reading.each(*broken):
        at = match.start() + match[0].index("-")
        told = f"“{match[0]}” is “{match[0].replace('-', '')}” with a hyphen in it."
        yield Hit(at, at + 1, told, "", "Delete the hyphen")


def _is_cut(reading: Reading, word: str) -> bool:
    first, _, last = word.partition("-")
    if not (word.islower() and first.isalpha() and last.isalpha() and min(len(first), len(last)) > 1):
        return False
    halves = min(reading.known(first), reading.known(last))
    return halves <= _HALF and first not in _PREFIXES and reading.known(first + last) > _WHOLE


_HALF, _WHOLE = 100, 2_000
_PREFIXES = frozenset("re co un pre non anti semi sub inter ex de mid multi over under".split())


@text_rule(
    "SPC015",
    examples=(
        Example(
            "He went to the little⟦\u2028⟧hill by the river.", "He went to the little hill by the river."
        ),
    ),
)
def line_sign_in_text(reading: Reading) -> Iterator[Hit]:
    """A sign for the end of a line or a page stands in the middle of a sentence.

    Layout programs and word processors write signs of their own (U+2028, U+2029, form feed); an e-book may
    show a gap there, or a box.

    Fix: Type a space.
    Source: The Unicode Standard, 23.2 (layout controls).
    """
    for match in reading.find(re.compile("[\u2028\u2029\x0b\x0c]+"), "\u2028", "\u2029", "\x0b", "\x0c"):
        told = f"A sign for the end of a line (U+{ord(match[0][0]):04X}) stands in the text."
        yield Hit(*match.span(), told, " ", "Write a space")
