"""Rules on words that a book writes in two ways: hyphens, accents, spellings, abbreviations."""

import re
from collections.abc import Iterator

from publish.diagnostic import Severity
from publish.lint.kept import unaccented
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule


@text_rule(
    "CON002",
    examples=(
        Example("Good-bye, he said. Good-bye, she said. Then good-bye and good-bye and ⟦goodbye⟧. Good-bye."),
        Example(
            "Twenty-four men, twenty-four dogs, twenty-four cats, twenty-four rats, ⟦twenty four⟧ birds."
        ),
    ),
    passes=("A well-known man is well known. A cooperation and a coop-eration.",),
)
def hyphenation_variant(reading: Reading) -> Iterator[Hit]:
    """A word is hyphenated otherwise than nearly everywhere in the book.

    *Good-bye* in one chapter and *goodbye* in the next: both are right, but a book has one.

    Fix: Write it as elsewhere.
    Source: Standard Ebooks, find-mismatched-dashes; pptext, "hyphenated and non-hyphenated variants".
    """
    rare: dict[str, tuple[str, int]] = {}
    for word, count in reading.lower.items():
        if (
            word.count("-") == 1
            and "’" not in word
            and (other := reading.lower.get(word.replace("-", ""), 0))
        ):
            joined = word.replace("-", "")
            if count >= _MAJORITY * other:
                rare[joined] = (word, count)
            elif other >= _MAJORITY * count and all(map(reading.known, word.split("-"))):
                # Else somebody draws the word out: *si-lence*.
                rare[word] = (joined, other)
    yield from _told(reading, rare, "hyphenation")
    yield from _in_two(reading)


def _in_two(reading: Reading) -> Iterator[Hit]:
    """Give compounds without their hyphen where they have it: *twenty four men*, *the old fashioned hat*."""
    small = reading.small
    for word, count in reading.lower.items():
        first, _, second = word.partition("-")
        number = first.endswith("ty") and second in _ONES
        if count < _MAJORITY or not (number or second.endswith("ed")):
            continue
        for at in reading.places(first):
            led = number or small[at - 1] in _LEADING
            if led and small[at + 1 : at + 2] == [second]:
                (start, middle), (again, end) = reading.span(at), reading.span(at + 1)
                plain = reading.text[middle:again] == " " == reading.text[end]
                if plain and (number or reading.text[end + 1].islower()):
                    told = f"“{reading.text[start:end]}” is “{word}” in {count} other places."
                    yield Hit(start, end, told)


_ONES = frozenset("one two three four five six seven eight nine".split())
_LEADING = frozenset("a an the his her my their our your its this that".split())
_MAJORITY, _TIMES = 4, 6
"""How much commoner the one form is than the other: of one word, and of a way of spelling."""


def _told(reading: Reading, rare: dict[str, tuple[str, int]], what: str) -> Iterator[Hit]:
    forms = [word for word in reading.counts if word.lower() in rare]
    for match in reading.each(*forms):
        usual, count = rare[match[0].lower()]
        meant = reading.lower[match[0].lower()] > _SLIPS
        if what == "accent":
            # A word with an accent in a book that has it without one is mostly French.
            meant = not match[0].isascii()
        elif what == "hyphenation" and not meant:
            meant = match[0][0].isupper() and reading.text[match.start() - 2] not in f".?!“{EDGE}"
        told = f"“{match[0]}” is “{usual}” in {count} other places."
        severity = Severity.INFO if meant else None
        if what == "accent" and not meant:
            severity = reading.unless_dialect(*match.span())
        yield Hit(*match.span(), told, severity=severity)


_SLIPS = 3
"""What a book has oftener than this is a second way of its own."""


@text_rule(
    "CON004",
    language="en",
    examples=(Example("The naïve boy. A naïve man, naïve and naïve, and ⟦naive⟧."),),
    passes=("He would resume his résumé. The café.",),
)
def accent_variant(reading: Reading) -> Iterator[Hit]:
    """A word stands with an accent and without it.

    *Naïve* and *naive* are both right, but a book has one. Where both are
    common (*resume*, *résumé*) they are left alone.

    Fix: Write it as elsewhere.
    Source: Standard Ebooks, find-mismatched-diacritics.
    """
    rare: dict[str, tuple[str, int]] = {}
    for word, count in reading.lower.items():
        if word.isascii() or not word.isalpha() or len(word) < _SHORT_WORD or word.endswith("èd"):
            continue
        plain = unaccented(word)
        other = reading.lower.get(plain, 0) if plain != word else 0
        if other and other * _MAJORITY <= count:
            rare[plain] = (word, count)
        elif other and count * _MAJORITY <= other and (reading.counts[word] or not reading.counts[plain]):
            # What has the accent with a capital only is a name, or French: the Chargé d’Affaires.
            rare[word] = (plain, other)
    yield from _told(reading, rare, "accent")


_SHORT_WORD = 4


_REGIMES = (
    "grey/gray colour/color favour/favor honour/honor labour/labor neighbour/neighbor harbour/harbor "
    "humour/humor rumour/rumor parlour/parlor odour/odor vapour/vapor splendour/splendor valour/valor "
    "favourite/favorite colours/colors coloured/colored honourable/honorable neighbours/neighbors "
    "behaviour/behavior endeavour/endeavor centre/center theatre/theater fibre/fiber lustre/luster "
    "sombre/somber spectre/specter metre/meter defence/defense offence/offense pretence/pretense "
    "licence/license jewellery/jewelry travelled/traveled traveller/traveler travelling/traveling "
    "cancelled/canceled marvellous/marvelous woollen/woolen mould/mold plough/plow tyre/tire kerb/curb "
    "pyjamas/pajamas sceptical/skeptical catalogue/catalog dialogue/dialog storey/story cheque/check "
    "aeroplane/airplane aluminium/aluminum moustache/mustache axe/ax whisky/whiskey manoeuvre/maneuver "
    "analyse/analyze paralysed/paralyzed apologise/apologize recognise/recognize realise/realize "
    "realised/realized recognised/recognized organise/organize civilised/civilized realising/realizing "
    "recognising/recognizing apologised/apologized organised/organized"
)
_PAIRS = [(pair.split("/")[0], pair.split("/")[1]) for pair in _REGIMES.split()]
_PAIRS += [
    (a + end, b + end) for a, b in _PAIRS if a.endswith("our") for end in ("ed", "s", "ing", "er", "less")
]
_IZE = [pair for pair in _PAIRS if "iz" in pair[1]]
_OTHERS = [pair for pair in _PAIRS if pair not in _IZE]
_WORDS_TOO = frozenset("tire curb story check meter license dialog".split())
"""Words of the second spelling that are common words of the first as well."""
_CHOICES = (
    "okay/ok towards/toward afterwards/afterward backwards/backward forwards/forward goodbye/goodby "
    "amongst/among "
    "whilst/while learnt/learned leapt/leaped spelt/spelled dreamt/dreamed burnt/burned connexion/connection "
    "shew/show to-day/today to-night/tonight to-morrow/tomorrow"
)
_CHOSEN = [(pair.split("/")[0], pair.split("/")[1]) for pair in _CHOICES.split()]
_BOTH_MEANT = frozenset("while among learned show burned forward backward".split())


@text_rule(
    "CON003",
    language="en",
    examples=(Example("The grey sky, a grey sea, the colour of honour and labour, the harbour, ⟦gray⟧."),),
    passes=("The grey sky, a grey sea.", "A gray sky, the color of honor, and a story."),
)
def spelling_mixed(reading: Reading) -> Iterator[Hit]:
    """A word is spelt the British way in an American book, or the other way round.

    One such word among a hundred is a slip; a book that mixes both throughout is left alone.

    Fix: Spell it as the rest of the book does.
    Source: The Oxford and the Merriam-Webster dictionaries; Standard Ebooks, british2american.
    """
    # Many British books have -ize with -our: the two are judged apart.
    rare: dict[str, str] = {}
    for group in (_OTHERS, _IZE):
        british = {a: b for a, b in group if reading.lower[a]}
        american = {b: a for a, b in group if reading.lower[b] and b not in _WORDS_TOO}
        by = sum(reading.lower[word] for word in british)
        am = sum(reading.lower[word] for word in american)
        rare |= american if am * _TIMES <= by else british if by * _TIMES <= am else {}
    # A word that the book has so often the other way is its own choice: *gray* in a book of *colour*.
    slips = {a: b for a, b in rare.items() if reading.lower[a] * _CHOSEN_FROM <= max(reading.lower[b], _FEW)}
    forms = [form for form in reading.counts if form.lower().rpartition("-")[2] in slips]
    found = list(reading.each(*(form for form in forms if not reading.names[form])))
    for match in found:
        head, hyphen, last = match[0].lower().rpartition("-")
        usual = slips[last]
        # A word that the book has in no other form, or one of many, may be meant.
        times, others = reading.lower[last], reading.lower[usual]
        sure = others >= (_SURELY * times if times > 1 else 1) and len(found) < _MIXED
        told = f"“{match[0]}” would be “{head + hyphen + usual}” in the spelling of this book."
        yield Hit(*match.span(), told, severity=None if sure else Severity.INFO)


_CHOSEN_FROM, _FEW = 2, 6
_SURELY, _MIXED = 3, 10


@text_rule(
    "CON013",
    severity=Severity.INFO,
    language="en",
    examples=(Example("Towards the hill, towards the sea, towards home, towards her, and ⟦toward⟧ him."),),
    passes=("Towards the hill and towards the sea.",),
)
def two_forms(reading: Reading) -> Iterator[Hit]:
    """A word has two forms, and the book nearly always has the other.

    *Towards* and *toward*, *okay* and *OK* are both right; one book keeps to one.

    Fix: Write the form that the book has elsewhere.
    Source: The Chicago Manual of Style, 5.250; the style sheet of copy-editors.
    """
    rare: dict[str, tuple[str, int]] = {}
    for first, second in _CHOSEN:
        a, b = reading.lower[first], reading.lower[second]
        if b and a >= _MAJORITY * b and second not in _BOTH_MEANT:
            rare[second] = (first, a)
        elif a and b >= _MAJORITY * a and second not in _BOTH_MEANT:
            rare[first] = (second, b)
    yield from _told(reading, rare, "form")


_ABBREVIATED = ("Mr", "Mrs", "Ms", "Dr", "St", "Messrs", "Jr", "Prof", "Capt", "Col")


@text_rule(
    "CON011",
    language="en",
    examples=(Example("Mr. Fox and Mr. Crow and Mr. Hare and Mr. Wolf met ⟦Mr⟧ Bear."),),
    passes=("Mr Fox and Mr Crow.", "Mr. Fox and Mr. Crow."),
)
def title_without_stop(reading: Reading) -> Iterator[Hit]:
    """A title stands without its full stop, or with one, against the book's own way.

    British books have *Mr Fox*, American ones *Mr. Fox*; one book has one of them.

    Fix: Write it as elsewhere.
    Source: The Chicago Manual of Style, 10.4; New Hart's Rules, 10.2.
    """
    for word in _ABBREVIATED:
        if not reading.counts[word]:
            continue
        found = list(re.finditer(rf"{word}(\.?)(?= [A-Z])", reading.text))
        found = [match for match in found if not reading.text[match.start() - 1].isalnum()]
        bare = [match for match in found if not match[1]]
        stopped = len(found) - len(bare)
        few = bare if len(bare) * _MAJORITY <= stopped else []
        if stopped and stopped * _MAJORITY <= len(bare):
            few = [match for match in found if match[1]]
        for match in few:
            yield Hit(
                *match.span(), f"“{match[0]}” is written otherwise in {len(found) - len(few)} other places."
            )
