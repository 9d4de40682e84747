"""Rules that need the whole book: names, hyphens, accents, spellings, dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from publish.diagnostic import Severity
from publish.lint.passages import Setting
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule

_NAME = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{3,}")
_OFTEN, _SELDOM, _TIMES = 6, 3, 6
"""A name that the book has so often; a variant that is so rare; how much commoner the name is."""


@text_rule(
    "CON001",
    "name-variant",
    examples=(
        Example(
            "So came Katherine, and with Katherine was Ann, and so Katherine sat, and so Katherine rose, "
            "and so Katherine ran, and so Katherine fell, but ⟦Katharine⟧ left."
        ),
    ),
    passes=(
        "Old Mary and Old Mark sat. Old Mary and Mary, and Mary’s dog, Mary’s cat, and Mary. But Maria left.",
        "The Weston house. So Weston, with Weston, to Weston and Weston and Weston. The Westons came.",
    ),
)
def name_variant(reading: Reading) -> Iterator[Hit]:
    """A name is spelt otherwise than nearly everywhere in the book.

    *Katherine* forty times and *Katharine* twice are one woman and a slip. Names that differ at
    their beginning or their end (Mary, Maria, the Westons), and two that are both common, are left alone.

    Fix: Spell the name as elsewhere, or keep both if they are two.
    Source: pptext, "edit distance"; the style sheet of copy-editors.
    """
    variants = dict(_variants(reading))
    for match in reading.each(*variants):
        usual = variants[match[0]]
        count = reading.counts[usual] + reading.counts[f"{usual}’s"]
        told = f"“{match[0]}” is spelt “{usual}” in {count} other places."
        other = reading.known(match[0].lower()) and _skeleton(usual) != _skeleton(match[0])
        yield Hit(*match.span(), told, severity=Severity.INFO if other else None)


def _skeleton(name: str) -> str:
    """Give the consonants of a name as they sound; those of Katherine and Catharine are the same."""
    sounds = name.lower().replace("ph", "f").replace("c", "k").replace("h", "")
    return re.sub(r"(.)\1", r"\1", re.sub("[aeiouy]", "", sounds))


def _variants(reading: Reading) -> Iterator[tuple[str, str]]:
    """Give rare names with the common one that each is nearly the same as."""
    names = reading.names
    common = [name for name, count in names.items() if count >= _OFTEN]
    rare = {name for name, count in names.items() if count <= _SELDOM}
    for usual in common:
        if reading.known(usual.lower()) > _WORD_TOO:
            continue
        for other in _near(usual) & rare:
            if names[usual] >= _TIMES * names[other] and not reading.known(other.lower()) > _WORD_TOO:
                yield other, usual


_WORD_TOO = 3_000
"""A name that the word list met oftener in small letters is a word as well: Grace, Will."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _near(name: str) -> set[str]:
    """Give what differs from a name by one letter inside it: another, one more, one less, two swapped.

    The first letter and the last stay, for names that differ there are others: Mary and Gary, Weston and
    Westons.
    """
    found = set()
    for at in range(1, len(name)):
        head, tail = name[:at], name[at:]
        if at < len(name) - 1 and len(name) > _SHORT_NAME:
            found |= {head + letter + tail[1:] for letter in _LETTERS}
            found |= {head + tail[1:], head + tail[1] + tail[0] + tail[2:]}
            found |= {head + letter + tail for letter in _LETTERS}
    return found - {name}


_SHORT_NAME = 4


@text_rule(
    "CON002",
    "hyphenation-variant",
    examples=(
        Example("Good-bye, he said. Good-bye, she said. Then good-bye and good-bye and ⟦goodbye⟧. Good-bye."),
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
            elif other >= _MAJORITY * count:
                rare[word] = (joined, other)
    yield from _told(reading, rare, "hyphenation")


_MAJORITY = 4


def _told(reading: Reading, rare: dict[str, tuple[str, int]], _what: str) -> Iterator[Hit]:
    forms = [word for word in reading.counts if word.lower() in rare]
    for match in reading.each(*forms):
        usual, count = rare[match[0].lower()]
        yield Hit(*match.span(), f"“{match[0]}” is “{usual}” in {count} other places.")


@text_rule(
    "CON004",
    "accent-variant",
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
        if word.isascii() or not word.isalpha() or len(word) < _SHORT_NAME or word.endswith("èd"):
            continue
        plain = _plain(word)
        other = reading.lower.get(plain, 0) if plain != word else 0
        if other and other * _MAJORITY <= count:
            rare[plain] = (word, count)
        elif other and count * _MAJORITY <= other:
            rare[word] = (plain, other)
    yield from _told(reading, rare, "accent")


def _plain(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


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
_IZE = [pair for pair in _PAIRS if "iz" in pair[1] or "yz" in pair[1]]
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
    "spelling-mixed",
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
    for match in reading.each(*(form for form in reading.counts if form.lower() in rare)):
        usual = rare[match[0].lower()]
        yield Hit(*match.span(), f"“{match[0]}” would be “{usual}” in the spelling of this book.")


@text_rule(
    "CON013",
    "two-forms",
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
    "title-without-stop",
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


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DATED = re.compile(
    rf"(?P<day>{'|'.join(_DAYS)}),? (?:the )?(?:"
    rf"(?P<n>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{'|'.join(_MONTHS)})"
    rf"|(?P<m2>{'|'.join(_MONTHS)}) (?P<n2>\d{{1,2}})(?:st|nd|rd|th)?),? (?P<y>1[5-9]\d\d|20\d\d)\b"
)


@text_rule(
    "CON008",
    "weekday-and-date",
    language="en",
    examples=(Example("It was ⟦Monday, 3 May 1889⟧, and cold. On ⟦Tuesday, May 6th, 1889⟧ it rained."),),
    passes=(
        "It was Friday, 3 May 1889, and cold. On Monday, May 6th, 1889 it rained. Monday, 31 June 1889.",
    ),
)
def weekday_and_date(reading: Reading) -> Iterator[Hit]:
    """A date falls on another day of the week.

    The calendar (the Gregorian one) says otherwise than the sentence, and some reader will look it up.

    Fix: Change the day of the week, or the date.
    Source: The calendar; the timeline of copy-editors.
    """
    if not any(reading.counts[day] for day in _DAYS):
        return
    for match in _DATED.finditer(reading.text):
        month, day = match["m"] or match["m2"], int(match["n"] or match["n2"])
        try:
            right = _DAYS[date(int(match["y"]), _MONTHS.index(month) + 1, day).weekday()]
        except ValueError:
            continue  # The 31st of June falls on no day.
        if right != match["day"]:
            yield Hit(*match.span(), f"{day} {month} {match['y']} was a {right}.")


@text_rule(
    "CON005",
    "capital-variant",
    severity=Severity.INFO,
    examples=(
        Example(
            "He read the Gospel, and the Gospel, and a Gospel; some Gospel, one Gospel, any Gospel, his "
            "Gospel, and the ⟦gospel⟧."
        ),
    ),
    passes=("The Church is a church. He saw the church.",),
)
def capital_variant(reading: Reading) -> Iterator[Hit]:
    """A word has a small letter here and a capital nearly everywhere else.

    *Gospel* and *gospel*: the difference may be meant, or be none.

    Fix: Write it as elsewhere, unless the difference is meant.
    Source: The style sheet of copy-editors.
    """
    rare: dict[str, tuple[str, int]] = {}
    for word, count in reading.counts.items():
        if not word.istitle() or len(word) <= _SHORT_NAME or count < _OFTEN or not word.isalpha():
            continue
        small = reading.counts[word.lower()]
        if 0 < small <= _SELDOM and reading.names.get(word, 0) >= _TIMES * small:
            rare[word.lower()] = (word, count)
    for match in reading.each(*rare):
        usual, count = rare[match[0]]
        yield Hit(*match.span(), f"“{match[0]}” is “{usual}” in {count} other places.")


_CLOCK = (
    ("a.m. and p.m.", re.compile(r"\d ?[ap]\.m\.")),
    ("am and pm", re.compile(r"\d ?[ap]m\b")),
    ("AM and PM", re.compile(r"\d ?[AP]M\b")),
    ("A.M. and P.M.", re.compile(r"\d ?[AP]\.M\.")),
)


@text_rule(
    "CON007",
    "time-of-day-mixed",
    severity=Severity.INFO,
    examples=(Example("At 9 a.m. he came, at 10 a.m. he sat, at 11 a.m. he rose, and at ⟦5pm⟧ he left."),),
    passes=("At 9 a.m. he came, at 10 a.m. he left.",),
)
def time_of_day_mixed(reading: Reading) -> Iterator[Hit]:
    """A time of day is written otherwise than the book's others.

    9 a.m. in one place, 9 AM or 9am in another.

    Fix: Write it as elsewhere.
    Source: The Chicago Manual of Style, 9.37; Standard Ebooks lint, t-009 and t-062.
    """
    found = {name: list(reading.find(pattern, "m", "M")) for name, pattern in _CLOCK}
    usual = max(found, key=lambda name: len(found[name]))
    for name, matches in found.items():
        if name != usual and len(matches) * 3 <= len(found[usual]):
            for match in matches:
                yield Hit(*match.span(), f"“{match[0]}” is written otherwise; the book has {usual}.")


_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"


@text_rule(
    "CON006",
    "numbers-mixed",
    severity=Severity.INFO,
    language="en",
    examples=(
        Example(
            "Twenty-two men, forty-six women, thirty-one dogs, ninety-two cats, twenty-four mice, sixty-one "
            "rats, and ⟦57⟧ birds."
        ),
    ),
    passes=("Twenty-two men and 1,500 women, in 1895, at 10 a.m., on page 57.",),
)
def numbers_mixed(reading: Reading) -> Iterator[Hit]:
    """A number below a hundred is in figures where the book spells them out.

    Novels spell out what takes two words. Dates, times, sums of money and numbers with signs are left alone.

    Fix: Spell it out, or keep figures for what is measured.
    Source: The Chicago Manual of Style, 9.2.
    """
    spelt = sum(count for word, count in reading.lower.items() if re.match(rf"(?:{_TENS})-", word))
    figures = list(re.finditer(r"(?<=[a-z] )[1-9]\d?(?= (?!a\.m|p\.m|am\b|pm\b|o’)[a-z])", reading.text))
    figures = [
        m for m in figures if reading.setting(m.start()) is Setting.PROSE and not _is_counted(reading, m)
    ]
    if len(figures) * _TIMES <= spelt:
        for match in figures:
            yield Hit(*match.span(), f"“{match[0]}” is in figures; the book spells such numbers out.")


def _is_counted(reading: Reading, match: re.Match[str]) -> bool:
    before = reading.text[max(0, match.start() - 12) : match.start()].lower().split()[-1:]
    return before in (
        [word] for word in ("page", "chapter", "no", "number", "vol", "part", "room", "figure", "section")
    )


@text_rule(
    "CON009",
    "serial-comma-mixed",
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
    found = list(re.finditer(r"(?<![a-z])[a-z]+, [a-z]+(,?) and(?= [a-z]+[.;])", reading.text))
    bare = [match for match in found if not match[1]]
    rest = [match for match in found if match[1]]
    few, most = sorted((bare, rest), key=len)
    if len(few) * _TIMES * 2 <= len(most):
        for match in few:
            yield Hit(
                *match.span(),
                f"The list is set {'without' if few is bare else 'with'} the comma before “and”.",
            )


@text_rule(
    "CON014",
    "possessive-mixed",
    severity=Severity.INFO,
    language="en",
    examples=(Example("James’s hat, James’s coat, James’s dog and James’s cat, and ⟦James’⟧ horse."),),
    passes=("James’s hat and James’s coat.",),
)
def possessive_mixed(reading: Reading) -> Iterator[Hit]:
    """The possessive of a name in *s* is formed in two ways.

    *James’s* and *James’* are both right, but a book has one.

    Fix: Write it as elsewhere.
    Source: The Chicago Manual of Style, 7.17.
    """
    full = {
        word[:-2]: count
        for word, count in reading.counts.items()
        if word.endswith("s’s") and word[0].isupper()
    }
    for name, count in full.items():
        bare = list(re.finditer(rf"{name}’(?= [a-z])", reading.text))
        if bare and len(bare) * _MAJORITY <= count:
            for match in bare:
                yield Hit(*match.span(), f"“{match[0]}” is “{name}’s” in {count} other places.")


@text_rule(
    "CON010",
    "phrase-repeated",
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
    words = [word.lower() for word in reading.words]
    last: dict[tuple[str, ...], int] = {}
    places: list[int] = []
    for at, phrase in enumerate(zip(*(words[n:] for n in range(_LONG)), strict=False)):
        before = last.get(phrase)
        if before is not None and at - before <= _CLOSE and at - before >= _LONG:
            places.append(at)
        last[phrase] = at
    yield from _phrases(reading, places)


_LONG, _CLOSE = 6, 40
"""Words of a phrase; words between two of them within which they are heard."""


def _phrases(reading: Reading, places: Iterable[int]) -> Iterator[Hit]:
    done = -_LONG
    for at in places:
        if at < done + _LONG:
            done = at
            continue
        done = at
        phrase = reading.words[at : at + _LONG]
        pattern = r"[^\w\uffff]+".join(map(re.escape, phrase))
        found = list(re.finditer(pattern, reading.text))
        for match in found[-1:]:
            if reading.setting(match.start()) is Setting.PROSE:
                yield Hit(*match.span(), f"“{' '.join(phrase)}” has just been said.")
