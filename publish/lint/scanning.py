"""Rules on letters and signs that a scanner or a conversion got wrong."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule
from publish.normalize.words.lexicon import counts
from publish.patterns import lazily

_STORY = (
    "The house had stood empty for years, and nobody in the village knew who owned it now. "
    "In the morning the gate was open.\n\n"
)


@text_rule(
    "ENC003",
    examples=(Example("The na⟦\ufffd⟧ve boy."), Example("Caf⟦\ufffd⟧ society.")),
    repairs=(Example("Her façades and his fa⟦\ufffd⟧ades.", "Her façades and his façades."),),
    passes=("The naïve boy.",),
)
def lost_letter(reading: Reading) -> Iterator[Hit]:
    """A letter was lost when the file was converted.

    The sign U+FFFD stands where a program could not read a letter. Inside a word that stands whole elsewhere
    in the manuscript, and is the only one that fits, the letter is put back; else it cannot be known.

    Fix: Type the letter again, or export the text anew from the program it was written in.
    Source: The Unicode Standard, 23.8 (U+FFFD).
    """
    for match in reading.find(re.compile("\ufffd+"), "\ufffd"):
        word = reading.token(match.start()).strip(".,;:!?“”‘’")
        yield Hit(*match.span(), f"A letter of “{word}” is lost.")


@text_rule(
    "ENC013",
    examples=(Example("The caf⟦\ue123⟧ was shut."),),
    repairs=(Example("She waited⟦\uf0bc⟧ and left.", "She waited… and left."),),
    passes=("She waited… and left.",),
)
def private_sign(reading: Reading) -> Iterator[Hit]:
    """A sign stands in the text that only the font it was typed in can show.

    Unicode leaves these numbers to fonts. The book has other fonts, so that readers see a box or nothing.
    What the fonts Symbol and Wingdings mean by them is known and mended; of other fonts it is not.

    Fix: Type the sign that is meant, or leave it out.
    Source: The Unicode Standard, 23.5 (private-use characters).
    """
    for match in _PRIVATE.finditer(reading.text):
        word = reading.token(match.start()).strip(".,;:!?“”‘’")
        told = f"The sign U+{ord(match[0]):04X} in “{word}” is private to the font it was typed in."
        yield Hit(*match.span(), told)


_PRIVATE = lazily("[\ue000-\uf8ff]")
_FOREIGN = lazily("[\u0131\u0250-\u02af\u0370-\u03ff\u0400-\u052f]|[\U0001d400-\U0001d7ff](?<=[A-Za-z].)")
_ALIEN = lazily("[\u0131\u0250-\u02af\u0370-\u03ff\u0400-\u052f\U0001d400-\U0001d7ff]")
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТХаеорсухіјѕԁЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıɑɡɩ", "ABEKMHOPCTXaeopcyxijsdSIJABEZHIKMNOPTYXoiagi"
)
_LATIN = lazily(r"[A-Za-z\u00c0-\u024f]")
_WORD_ROUND = re.compile(r"[^\W\d_]+")


@text_rule(
    "ENC009",
    examples=(
        Example("The c⟦а⟧t slept.", "The cat slept."),
        Example("⟦М⟧oscow in winter.", "Moscow in winter."),
    ),
    passes=("Он сказал: да.", "The word Москва is Russian.", "The cat slept."),
)
def foreign_letter(reading: Reading) -> Iterator[Hit]:
    """A letter of another alphabet stands inside a Latin word.

    It looks right and is wrong: the word is not found by a search, and many fonts print it in another face.

    Fix: Replace it by the Latin letter that looks the same.
    Source: Unicode Technical Standard 39, "mixed-script confusables".
    """
    if not any(map(_ALIEN.match, reading.signs)):
        return
    for match in _FOREIGN.finditer(reading.text):
        at, typed = match.start(), match[0]
        meant = unicodedata.normalize("NFKC", typed).translate(_LOOK_ALIKE)
        low = max(0, at - 30)
        word = next(
            (w[0] for w in _WORD_ROUND.finditer(reading.text, low, at + 30) if w.start() <= at < w.end()), ""
        )
        turkish = typed == "ı" and not reading.known(word.replace(typed, meant).lower())
        if typed != meant and _LATIN.search(word) and not turkish:
            told = f"The “{typed}” (U+{ord(typed):04X}) in “{word}” is not the Latin letter “{meant}”."
            yield Hit(at, at + 1, told, meant, f"Replace it by “{meant}”")


_DIGITS = re.compile(r"\d+")
_NEAR_DIGITS = re.compile(r"[^\W_]*\Z")
_FIGURES = str.maketrans("0123456789", "olzeasbtbg")


@text_rule(
    "OCR001",
    language="en",
    examples=(
        Example(_STORY + "The ⟦d0g⟧ was ⟦o1d⟧ in ⟦l9l4⟧.", _STORY + "The dog was old in 1914."),
        Example(_STORY + "Then ⟦1⟧ was afraid, and ⟦1⟧’ll go.", _STORY + "Then I was afraid, and I’ll go."),
    ),
    passes=(_STORY + "The 1st and the 22nd of May, in the 1890s, at 10am, a B52 over R2D2, 4to and 5s.",),
)
def digit_in_word(reading: Reading) -> Iterator[Hit]:
    """A figure stands in a word, or for one.

    Scanners take *l* and *I* for 1, and *o* for 0.

    Fix: Write the letter.
    Source: bookloupe, "digit in word" and "standalone 1".
    """
    text = reading.text
    labels = sum(bool(_LABEL.match(text, match.start() - 1)) for match in reading.figures) >= _LABELS
    for match in reading.figures:
        head = _NEAR_DIGITS.search(text[max(0, match.start() - 20) : match.start()])
        tail = re.match(r"[^\W_]*", text[match.end() : match.end() + 20])
        before, after = head[0] if head else "", tail[0] if tail else ""
        start, end = match.start() - len(before), match.end() + len(after)
        word = text[start:end]
        if labels and _LABEL.fullmatch(word):
            continue
        pronoun = "I" if match[0] == "1" and _PRONOUN.match(text, match.start()) else ""
        meant = _letters(reading, word) if before or after else pronoun
        if meant and not _DIGITS.search(before):
            yield Hit(start, end, f"“{word}” seems to be “{meant}”.", meant)
        elif before[-1:].islower() and after[:1].islower():
            yield Hit(start, end, f"A figure stands in “{word}”.")


def _letters(reading: Reading, word: str) -> str:
    """Give the word that figures spell, where it is one, or the number that letters are in."""
    if _LETTER_IN_NUMBER.fullmatch(word):
        return word.translate(_NUMERALS)
    small = word.lower().translate(_FIGURES)
    other = word.lower().translate(_FIGURES).replace("l", "i")
    for found in (small, other):
        if (
            len(found) > 1
            and (reading.known(found) > _FEW or reading.lower[found] > 1)
            and not _ORDER.fullmatch(word)
        ):
            return (
                found.capitalize()
                if word[0].isupper() or (word.startswith("1") and found[0] == "i")
                else found
            )
    return ""


_LABEL, _LABELS = re.compile(r"\b[a-z]\d{1,2}\b"), 5
_LETTER_IN_NUMBER = lazily(r"\d+[OoIl]\d+|[lI]\d[\dlIO]{2}|1[\dlIO]{3}")
_NUMERALS = str.maketrans("OoIl", "0011")
_FEW = 200
_ORDER = lazily(r"\d+(?:st|nd|rd|th|d|s|l|am|pm|ft|in|lb|oz|km|cm|mm|kg|m|g|b|k|x)|[A-Z]+\d+[A-Z]*\d*")
_VERBS = (
    "am|was|have|had|will|would|could|can|do|did|shall|should|think|thought|know|knew|saw|said|"
    "must|never|told|went|felt|may|might|cannot|came|heard|found|looked|asked|took"
)
_PRONOUN = lazily(
    rf"(?<= )1(?= (?:{_VERBS})\b|’(?:m|ll|ve|d)\b)|(?<=[“‘])1(?= (?:{_VERBS})\b|’(?:m|ll|ve|d)\b)"
)


_CONFUSED = (
    ("rn", "m"), ("m", "rn"), ("b", "h"), ("h", "b"), ("c", "e"), ("e", "c"), ("li", "h"), ("h", "li"),
    ("ii", "n"), ("ii", "u"), ("n", "u"), ("u", "n"), ("vv", "w"), ("w", "vv"), ("cl", "d"), ("d", "cl"),
    ("in", "m"), ("m", "in"), ("ni", "m"), ("m", "ni"), ("nn", "m"), ("m", "nn"), ("iii", "m"), ("iu", "in"),
    ("f", "s"), ("l", "i"), ("i", "l"), ("f", "t"), ("hn", "lm"), ("tl", "h"), ("tii", "th"), ("y", "v"),
    ("v", "y"), ("j", "i"), ("g", "q"), ("ri", "n"), ("ci", "d"), ("fi", "h"), ("c", "o"), ("tli", "th"),
    ("l", "t"), ("t", "l"), ("lI", "ll"), ("f", "fi"), ("f", "fl"), ("ff", "ffi"),
)  # fmt: skip
"""What scanners take for each other, wrong and right."""


@text_rule(
    "OCR002",
    language="en",
    examples=(
        Example("⟦Tlie⟧ dog saw that ⟦hc⟧ came.", "The dog saw that he came."),
        Example(
            "He saw ⟦tbe⟧ house and ⟦thc⟧ garden ⟦frorn⟧ afar.", "He saw the house and the garden from afar."
        ),
    ),
    passes=("He saw the house.", "Marner came.", "The cafe was shut."),
)
def scanned_wrongly(reading: Reading) -> Iterator[Hit]:
    """A word is one that scanners make of another.

    It is in no list, stands in the book once or twice, and is a common word with letters that scanners take
    for each other: *tbe*, *frorn*, *arid*.

    Fix: Write the word that is meant.
    Source: bookloupe and pptext, "scannos".
    """
    meant = {word: best for word in reading.unknown if (best := _unscanned(reading, word))}
    for word in reading.begun_unknown:
        best = _unscanned(reading, word.lower())
        if reading.known(best) > _LEAST_KNOWN_SHORT:
            meant[word] = best.capitalize()
    for word in reading.scarce:
        for wrong, right in _FAR_OFF:
            best = word.replace(wrong, right, 1)
            common = wrong in word and reading.known(best) > _FAR_COMMONER and not _is_several(reading, word)
            if common and reading.is_slip(word, best):
                meant[word] = best
    for match in reading.each(*meant):
        right = meant[match[0]]
        told = f"“{match[0]}” seems to be “{right}”."
        severity = reading.unless_dialect(*match.span(), sure=right.lower())
        yield Hit(*match.span(), told, right, severity=severity)


def _unscanned(reading: Reading, word: str) -> str:
    found = {
        word[:at] + right + word[at + len(wrong) :]
        for wrong, right in _CONFUSED
        if wrong in word
        for at in range(len(word))
        if word.startswith(wrong, at)
    }
    best = max(found, key=lambda item: (reading.known(item), item), default="")
    least = _LEAST_KNOWN if len(word) > _SHORTEST else _LEAST_KNOWN_SHORT
    if len(word) >= _LONG and any(len(wrong) > len(right) and wrong in word for wrong, right in _CONFUSED):
        least = _FEW
    least = _FEW if len(word) > _SHORTEST and reading.lower[best] >= _OWN_WORD else least
    likely = reading.known(best) > least and len(word) > 1
    accent = word in _without_accents(reading.language)
    several = _is_several(reading, word) or (word.endswith("ing") and reading.known(word[:-3]) > _FEW)
    return best if likely and not accent and not several and reading.is_slip(word, best) else ""


def _is_several(reading: Reading, word: str) -> bool:
    """Tell whether a word is the plural of one that is known, or the number iii."""
    return word == "iii" or (
        word.endswith("s") and max(map(reading.known, (word[:-1], word[:-3] + "y"))) > _FEW
    )


@cache
def _without_accents(language: str) -> frozenset[str]:
    """Give the words of a language that have accents as many write them: "cafe"."""
    accented = (unicodedata.normalize("NFD", word) for word in counts(language) if not word.isascii())
    return frozenset("".join(sign for sign in word if not unicodedata.combining(sign)) for word in accented)


_FAR_OFF = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("tli", "th"), ("tii", "th"), ("ii", "u"))
_FAR_COMMONER = 300_000
"""A word that the list has, but scarcely, may be a slip if the other is one of the commonest."""
_SHORTEST = 3
_LEAST_KNOWN, _LEAST_KNOWN_SHORT = 10_000, 1_000_000
_LONG, _OWN_WORD = 8, 3
"""So often a word stands in the book that it need not be common elsewhere."""
"""How often the word list met its five thousand and its two hundred commonest words, about."""


@text_rule(
    "OCR004",
    examples=(Example("“Come here⟦I⟧” he cried. “No⟦l⟧”"),),
    passes=("“Am I?” he cried. “It was I.” “Henry II” was the title, and “all”.",),
    language="en",
)
def letter_for_exclamation(reading: Reading) -> Iterator[Hit]:
    """An *I* or *l* stands for an exclamation mark.

    They look alike to a scanner.

    Fix: Type the exclamation mark.
    Source: bookloupe, "I for !".
    """
    for match in reading.find(_ENDS_IN_LETTER, "I”", "l”", "1”", "1 "):
        word = re.search(r"\w+\Z", reading.text[max(0, match.end() - 30) : match.end()])
        whole = word[0].lower() if word else ""
        if match[1] == "I" or not (reading.known(whole) or reading.lower[whole] > 1):
            told = f"“{match[0][1]}” at the end of “{whole}” may be an exclamation mark."
            yield Hit(match.end() - 1, match.end(), told)


_ENDS_IN_LETTER = lazily(r"[a-z](?:([Il1])(?=”(?: |\uffff))|(?P<one>1)(?= (?:[“‘]?[A-Z])))")


@text_rule(
    "OCR008",
    language="en",
    examples=(
        Example(
            "Then ⟦l⟧ had to go, ⟦l⟧t was late, and “⟦l⟧’ll come,” he said.",
            "Then I had to go, It was late, and “I’ll come,” he said.",
        ),
    ),
    passes=("See p. 5, l. 3. A bottle of 3 l at most.", "Rooms k, l and m."),
)
def letter_for_i(reading: Reading) -> Iterator[Hit]:
    """A small *l* stands where *I* is meant: alone, or in *lt*.

    They look alike to a scanner.

    Fix: Write *I*.
    Source: bookloupe, "standalone l".
    """
    for match in reading.each("l", "l’m", "l’ll", "l’ve", "l’d", "lt", "ln", "lf", "ls"):
        alone = re.fullmatch(r"(?:.[ “‘—(]|\uffff+[“‘—(]?)", reading.text[match.start() - 2 : match.start()])
        listed = re.match(r"\d |[,.] |\w—", reading.text[match.start() - 2 : match.start()])
        listed = listed or _OF_LINE.match(reading.text, match.end())
        if alone and (not listed or len(match[0]) > 1 or _VERB_AFTER.match(reading.text, match.end())):
            start = match.start()
            yield Hit(start, start + 1, f"“{match[0]}” seems to begin with “I”.", "I")


_OF_LINE = lazily(r"\. \d")
_VERB_AFTER = lazily(rf" (?:{_VERBS})\b|’")


@text_rule(
    "OCR009",
    examples=(Example("Into the sun⟦!⟧ight he ran."),),
    passes=("“Oh! he is late.” Yahoo!", "What? he said."),
)
def sign_in_word(reading: Reading) -> Iterator[Hit]:
    """An exclamation mark or a question mark stands in the middle of a word.

    A scanner took a letter for it, or the space behind it is missing.

    Fix: Write the letter, or type the space.
    Source: bookloupe, "I for !".
    """
    for at in reading.tight:
        if match := _IN_WORD.match(reading.text, at):
            told = f"A “{match[0]}” stands in the middle of “{reading.token(at)}”."
            yield Hit(*match.span(), told)


_IN_WORD = re.compile(r"[!?](?<=[a-z][!?])(?=[a-z]|[0-9](?![0-9]))")

_STRAY = lazily(
    r"[|^~\\¬¦•▪◦■□●○→★☆✓✔]+|[*_](?=[^\W_])(?<=[^\W_].)|[*_](?=[a-z])(?<=[ “‘—(\uffff].)|"
    r"(?<=[a-z])[#@=+<>$%&§£€](?=[a-z])|(?<=[a-z,;] )(?:[#=+<>§]+ ?|/ ?)(?=[a-z])|"
    r"(?<=[a-z][,;] )0 (?!and |or |to |und |et |y |e )(?=[a-z])|"
    r"(?<=[a-z])\*(?= [a-z])|(?<=[a-z][.,;])\*(?= )"
)


@text_rule(
    "OCR007",
    examples=(Example("He opened the ⟦|⟧ door⟦*⟧ and w⟦^⟧ent in⟦~⟧, and ⟦/⟧ saw it."),),
    passes=(
        "He opened the door and went in. He wrote to ann@far-off.example. See IMG_0231.jpg.",
        "Nobody[^b] asked.",
        "A number between 0 and 1, from 0 to 9, which is 0 at first; not 1, 0 or 2, and at 0 degrees.",
    ),
)
def stray_sign(reading: Reading) -> Iterator[Hit]:
    """A sign stands in the text that prose has no use for.

    Specks on the page, the edge of a table, a slip of the hand. In English a letter that stands alone and is
    no word is one as well.

    Fix: Delete it, or type what it stands for.
    Source: bookloupe, "asterisk", "caret", "tilde"; Standard Ebooks lint, t-058.
    """
    last = -1
    for match in reading.begun(
        _STRAY, "|", "^", "~", "\\", "¬", "¦", "*", "_", "/", "0 ", *"#@=+<>$%&§£€•▪◦■□●○→★☆✓✔"
    ):
        if not re.search(
            r"@[\w-]+\.\w|https?:|www\.|\[\^|\w_\w+_|_\w+\.\w{2,4}\b", reading.token(match.start())
        ):
            start, end = match.start(), match.start() + len(match[0].rstrip())
            sign, token = reading.text[start:end], reading.token(start)
            if sign[0] in _BARS and last >= 0 and EDGE not in reading.text[last:start]:
                continue
            last = start if sign[0] in _BARS else last
            yield Hit(
                start, end, f"“{sign}” stands alone." if sign == token else f"A “{sign}” stands in “{token}”."
            )
    for match in reading.each(*"bcfghjkmnpqruvwz") if reading.language == "en" else ():
        start, end = match.span()
        inside = _SMALL.match(reading.text, start - 2) and reading.text[end + 1].islower()
        if inside and reading.before(start - 1) not in {*_NAMING_LETTERS, match[0]}:
            yield Hit(start, end, f"“{match[0]}” stands alone.")


_BARS = "|¦"
"""Several in one paragraph are those of a table, or of a row of links, which is one fault."""
_SMALL = re.compile("[a-z] [a-z] ")
_NAMING_LETTERS = frozenset(
    "the a an of or and to from with for letter letters no i am is are by in be".split()
)
