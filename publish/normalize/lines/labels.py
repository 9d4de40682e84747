"""The opening of a heading: the words that name kind and number of a division, in every usual form."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from publish.document import DivisionKind
from publish.normalize.lines import eastasian
from publish.normalize.words.numberwords import NORTHERN, NORTHERN_LABELS
from publish.normalize.words.numerals import (
    Number,
    Numeral,
    fold,
    fold_word,
    may_begin_number,
    read_number,
    roman_look_alike,
)
from publish.normalize.words.vocabulary import (
    ARTICLES,
    CONJUNCTIONS,
    COUNTED_BEFORE,
    LABELS,
    LAST,
    LINK_WORDS,
    NAMES,
    OF_WORDS,
    RANGE_WORDS,
    WHOSE,
)
from publish.patterns import lazily


class Form(StrEnum):
    """How much the form alone says that a line is a heading."""

    LABELLED = "labelled"
    """A word for a division with its number: "Chapter XI", "PART TWO"."""
    NAMED = "named"
    """A word that is a division by itself: "Prologue", "Acknowledgments"."""
    NUMBERED = "numbered"
    """A number, perhaps with a title: "XIV.", "12. The Storm"; its neighbours must show what it is."""


class Opening(NamedTuple):
    """Label and numbers of one component, its title not read yet."""

    kind: DivisionKind | None
    numbers: tuple[int, ...]
    numeral: Numeral
    start: int
    end: int
    form: Form
    sequel: int = 0


_FIRST_OF_NAMES = frozenset(re.split("[ ’']", name)[0] for name in NAMES) | frozenset(
    first for name in NAMES for first in (name.split()[0], name.split()[0].replace("'", "’"))
)
_MOST_WORDS = max(name.count(" ") for name in NAMES) + 1
_FIRST_WORDS = _FIRST_OF_NAMES | LABELS.keys() | ARTICLES | LAST
_FIRST = re.compile(r"\S+")
_LARGEST_BARE_NUMBER = 399
_SMALL_RANGE = 9
"""A wider range needs the plural of its label; "Chapter Two – Fifty Ways" has a title."""
_MARKS = "\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f"
"""Signs that stand on letters and are none themselves: accents, vowels of Arabic and Devanagari."""
_LETTERS = rf"(?:[^\W\d_][{_MARKS}]*)+"
_WORD = lazily(rf"{_LETTERS}(?:['’.-]{_LETTERS})*|§")
_GAP = re.compile(r"[ \t\u00a0]*")
_LABEL_GAP = lazily(r"\.?[ \t\u00a0]*(?:[:#№]|n[ro]\.|–|—|-)?[ \t\u00a0]*", re.IGNORECASE)
_LIST_LINK = lazily(
    r"(?:\.(?!\.|\s*[A-ZÀ-ÞΑ-ΩА-Я](?:[a-zß-ÿα-ωа-я]|\s)|\s+[-–—〜～]))?\s*(?:([,、])\s*|([-–—〜～]|\.\.)\s*)?(?:([&+])|(t/m|[^\W\d_]+)(?=\s))?\s*"
)
"""Behind a full stop a capital or a dash begins a title: "Chapter 1. To 5"."""
_SUFFIX = lazily(
    r"\.(\d{1,3})(?![\d\w])|([a-f])(?![^\W_])"
    r"|[ \xa0]?(½|1/2|bis|ter)(?=\s*(?:[.:;,|)–—-]|\Z))"
)
_BETWEEN = {"½": 5, "1/2": 5, "bis": 2, "ter": 3}
"""Chapters that stand between two others: "2½", "2 bis"."""


@lru_cache(maxsize=1 << 15)
def may_open_with(first: str) -> bool:
    """Tell whether a line that begins so can begin with a label or a number; most lines cannot."""
    word = _WORD.match(first)
    if word is None and not first[0].isdigit() and first[0] not in eastasian.PREFIX:
        return False
    folded = fold(word[0]) if word else ""
    return (
        folded in _FIRST_WORDS
        or _inflected(folded) is not None
        or first[0] in eastasian.PREFIX
        or (not first.isalpha() and _EPISODE.match(first) is not None)
        or may_begin_number(first.rstrip(".,;:!?"))
    )


def read_opening(text: str, at: int) -> Opening | None:
    """Read label and number at an offset; None where neither stands there."""
    first = _FIRST.match(text, at)
    if first is None or not may_open_with(first[0]):
        return None
    if labelled := _labelled(text, at):
        return labelled
    number = read_number(text, at) if may_begin_number(first[0]) else None
    return (
        _episode(text, at)
        or _ordinal_first(text, at, number)
        or _east_asian(text, at)
        or _named(text, at)
        or (_bare(text, at, number) if number else None)
    )


def _labelled(text: str, at: int) -> Opening | None:
    """Read "Chapter XI", "Book the First", "Parts 2 and 3", "Chapter the Last"."""
    word = _WORD.match(text, at)
    folded = fold_word(word[0]) if word else ""
    kind = LABELS.get(folded) or _inflected(folded)
    if kind is None or word is None:
        return None
    gap = _LABEL_GAP.match(text, word.end())
    start = gap.end() if gap else word.end()
    if lettered := _lettered(text, at, kind, start):
        return lettered
    article = _WORD.match(text, start)
    behind = start
    number = read_number(text, start)
    if article and fold_word(article[0]) in ARTICLES and not _is_roman(text, start, number):
        behind = skip_gap(text, article.end())
        number = read_number(text, behind)
    if last := _last_behind(text, behind, article=behind > start):
        return Opening(kind, (), "", at, last, Form.NAMED)
    start = behind
    if start == word.end() and word[0] != "§" and not text[start : start + 1].isdigit():
        return None
    number = number or _northern(text, start, folded) or _one_letter(text, start)
    if number is None:
        return None
    plural = folded not in LABELS or (folded.endswith(("s", "ы", "i")) and not folded.endswith("is"))
    found = _with_numbers(text, at, kind, number, plural)
    return found if found and (folded in LABELS or len(found.numbers) > 1) else None


_EPISODE = re.compile(r"[Ss](\d{1,2})[ ·.:-]?[Ee][Pp]?\.?[ ]?(\d{1,3})(?!\w)|(\d{1,2})x(\d{2})(?!\w)")


def _episode(text: str, at: int) -> Opening | None:
    """Read "S1E2", "S01E02" and "1x02": the second piece of the first season."""
    match = _EPISODE.match(text, at)
    if match is None:
        return None
    season, piece = (int(digits) for digits in match.groups() if digits)
    return Opening(DivisionKind.CHAPTER, (season,), "arabic", at, match.end(), Form.LABELLED, piece)


_STEMS = {label[:-1] if label[-1] in "aeoуаыοη" else label: kind for label, kind in LABELS.items()}
_SHORTEST_STEM = 5
_LONGEST_ENDING = 3


@lru_cache(maxsize=1 << 12)
def _inflected(word: str) -> DivisionKind | None:
    """Give the kind of a label in another form, before several numbers: "Avsnitten 8, 9 och 10"."""
    if word in LABELS:
        return None
    for end in range(len(word) - 1, max(len(word) - 1 - _LONGEST_ENDING, _SHORTEST_STEM - 1), -1):
        if kind := _STEMS.get(word[:end]):
            return kind
    return None


def _northern(text: str, at: int, label: str) -> Number | None:
    """Read "Kapitel to": a short cardinal that behind the label of another language would be no number."""
    word = _WORD.match(text, at) if label in NORTHERN_LABELS else None
    value = NORTHERN.get(fold_word(word[0])) if word else None
    return Number(value, word.end(), "words") if word and value else None


def _one_letter(text: str, at: int) -> Number | None:
    """Read "Κεφάλαιο Ι", "Розділ І": a numeral of one letter that is typed in another alphabet."""
    word = _WORD.match(text, at)
    value = roman_look_alike(word[0]) if word and len(word[0]) == 1 else None
    return Number(value, word.end(), "roman") if word and value else None


def _lettered(text: str, at: int, kind: DivisionKind, start: int) -> Opening | None:
    """Read "Appendix A"."""
    letter = re.compile(r"([A-Z])(?!\w)").match(text, start)
    if kind is not DivisionKind.APPENDIX or not letter:
        return None
    return Opening(kind, (ord(letter[1]) - ord("A") + 1,), "", at, letter.end(), Form.LABELLED)


def _is_roman(text: str, at: int, number: Number | None) -> bool:
    """Tell whether the number that stands at an offset is a Roman one in capitals."""
    return number is not None and number.numeral == "roman" and text[at].isupper()


def _last_word(text: str, at: int) -> int | None:
    word = _WORD.match(text, at)
    return word.end() if word and fold_word(word[0]) in LAST else None


_CLOSES = lazily(r"[ \t\u00a0]*(?:\Z|[.:;–—\n])")


def _last_behind(text: str, at: int, *, article: bool) -> int | None:
    """Read "Chapter the Last" and "Chapitre dernier"; without an article nothing but a title may follow."""
    last = _last_word(text, at)
    return last if last and (article or _CLOSES.match(text, last)) else None


def skip_gap(text: str, at: int) -> int:
    """Step over the spaces behind a word."""
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _with_numbers(text: str, at: int, kind: DivisionKind, first: Number, plural: bool) -> Opening | None:
    by_comma = plural or kind is DivisionKind.CHAPTER
    plural = plural or fold_word(_first_word(text, at)) in _EITHER_NUMBER
    numbers, end = _list(text, first, by_comma=by_comma, plural=plural, kind=kind)
    sequel = 0
    if len(numbers) == 1 and first.numeral == "arabic" and (suffix := _SUFFIX.match(text, end)):
        sequel = int(suffix[1]) if suffix[1] else _BETWEEN.get(suffix[3]) or ord(suffix[2]) - ord("a") + 1
        end = suffix.end()
    cited = kind in (DivisionKind.VOLUME, DivisionKind.BOOK) and _VERSE.match(text, end)
    if text[end : end + 1].isalnum() or cited or _HOUR.match(text, end):
        return None
    return Opening(kind, numbers, first.numeral, at, _skip_total(text, end), Form.LABELLED, sequel)


_VERSE = lazily(r":\d{1,3}(?!\d)")
"""What is cited, "Book 3:16", or when Tom said what, "Tom 10:31 Hello"."""
_HOUR = lazily(r":[0-5]\d(?:[ \xa0]?[ap]\.?m\.?)?\W*\Z", re.IGNORECASE)
"""When somebody wrote, "Del 10:31"; "Chapter 3:10 Downing Street" has a title."""
_EITHER_NUMBER = frozenset(("kapitel", "kap", "cap", "ch", "chap", "luku", "fejezet", "bab"))
"""Labels that stand for one chapter or several."""


def _first_word(text: str, at: int) -> str:
    word = _WORD.match(text, at)
    return word[0] if word else ""


def _skip_total(text: str, at: int) -> int:
    """Step over "of 12" behind a number."""
    link = re.compile(r"\s*(/|[^\W\d_]+)\s*").match(text, at)
    if link and fold(link[1]) in OF_WORDS:
        total = read_number(text, link.end())
        if total and not text[total.end : total.end + 1].isalnum():
            return total.end
    return at


def _list(
    text: str, first: Number, *, by_comma: bool, plural: bool, kind: DivisionKind | None = None
) -> tuple[tuple[int, ...], int]:
    """Read on through "II, III, and IV", "2–4", "3 & 4"; numbers must rise and keep their form.

    The label, of this kind, may stand before each number.
    """
    numbers, end = [first.value], first.end
    joined = False
    while True:
        last = first._replace(value=numbers[-1], end=end)
        step = _next_in_list(text, last, kind, by_comma=by_comma, by_slash=plural)
        if step is None:
            return tuple(numbers), end
        number, is_range = step
        spread = number.value - numbers[-1]
        spaced = text[end].isspace() and text[end:].lstrip()[0] in _DASHES
        if is_range and (joined or (not plural and (spread > _SMALL_RANGE or spaced))):
            return tuple(numbers), end
        joined = joined or is_range
        numbers.extend(range(numbers[-1] + 1, number.value) if is_range else ())
        numbers.append(number.value)
        end = number.end


_DASHES = "-–—"


def _next_in_list(
    text: str, last: Number, kind: DivisionKind | None, *, by_comma: bool, by_slash: bool
) -> tuple[Number, bool] | None:
    end = last.end
    slash = re.compile(r"\s*/\s*(?=\w)").match(text, end) if by_slash else None
    if slash:
        return _checked(text, last, read_number(text, slash.end()), is_range=False)
    link = _LIST_LINK.match(text, end)
    if not link or link.end() == end:
        return None
    comma, dash, word = link[1], link[2], link[3] or fold(link[4] or "")
    # Without a label "1 + 2" is a sum.
    conjunction = word in CONJUNCTIONS or (word == "+" and kind is not None)
    is_range = bool(dash) or word in RANGE_WORDS
    if word and not conjunction and word not in RANGE_WORDS:
        link = re.compile(r"\s*(?:,\s*|[-–—]\s*)").match(text, end)
        if not link or not (comma or dash):
            return None
    elif not (comma or dash or word):
        return None
    number = read_number(text, _past_label(text, link.end(), kind))
    near = by_comma and number is not None and number.value <= last.value + 3
    if comma and not conjunction and not near:
        return None
    return _checked(text, last, number, is_range=is_range)


def _checked(text: str, last: Number, number: Number | None, *, is_range: bool) -> tuple[Number, bool] | None:
    """Give a further number of a list if it rises and the list may end or go on behind it."""
    if number is None or not _rises(last, number) or not _list_goes_on(text, number):
        return None
    return number, is_range


def _rises(last: Number, number: Number) -> bool:
    return number.numeral == last.numeral and last.value < number.value <= last.value + eastasian.MAX_RANGE


def _past_label(text: str, at: int, kind: DivisionKind | None) -> int:
    """Step over the label where it stands again: "Chapter 3 and Chapter 4"."""
    word = _WORD.match(text, at)
    if kind is None or word is None or LABELS.get(fold_word(word[0])) is not kind:
        return at
    gap = _LABEL_GAP.match(text, word.end())
    return gap.end() if gap else word.end()


def _list_goes_on(text: str, number: Number) -> bool:
    """After a number of a list stands the end, a separator, another link, or what ordinals count."""
    rest = text[number.end : number.end + 12]
    if not rest.strip() or rest[0] in "\n:;.,|)]–—-" or rest.lstrip()[0] in ":;|–—&+/([«“„":
        return True
    word = _WORD.match(text, skip_gap(text, number.end))
    folded = fold(word[0]) if word else ""
    counted = number.ordinal and (folded in LABELS or _inflected(folded) is not None)
    return counted or folded in CONJUNCTIONS | RANGE_WORDS


def _ordinal_first(text: str, at: int, number: Number | None) -> Opening | None:
    """Read "First Part", "2. Kapitel", "The Third and Fourth Books"; `number` stands there."""
    start = at
    article = _WORD.match(text, at)
    if article and fold_word(article[0]) in ARTICLES and not _is_roman(text, at, number):
        start = skip_gap(text, article.end())
        number = read_number(text, start)
    last = _last_word(text, start)
    numbers, end = (
        _list(text, number, by_comma=True, plural=False) if number and not last else ((), last or start)
    )
    if last is None and (number is None or not _counts_label(text, number._replace(end=end))):
        return None
    label = _WORD.match(text, skip_gap(text, end + (text[end : end + 1] == ".")))
    folded = fold_word(label[0]) if label else ""
    kind = LABELS.get(folded) or (_inflected(folded) if len(numbers) > 1 else None)
    if kind is None or label is None:
        return None
    if number is None or last is not None:
        return Opening(kind, (), "", at, label.end(), Form.NAMED)
    return Opening(kind, numbers, number.numeral, at, label.end(), Form.LABELLED)


def _east_asian(text: str, at: int) -> Opening | None:
    found = eastasian.read(text, at)
    if found is None:
        return None
    kind, numbers, numeral, end = found
    return Opening(kind, numbers, numeral, at, end, Form.LABELLED if numbers else Form.NAMED)


_COUNTED_FROM_BEFORE = frozenset(
    map(fold, "kapitlet delen boken akten scenen luku osa kirja näytös fejezet rész bölüm kısım".split())
)
"""Labels before which a cardinal needs no point: "1 kapitlet", "I luku"."""


def _counts_label(text: str, number: Number) -> bool:
    """Tell whether a number can stand before its label: as an ordinal, or where the language has it so."""
    if number.ordinal:
        return True
    if number.numeral not in ("arabic", "roman"):
        return False
    pointed = text[number.end : number.end + 1] == "."
    label = _WORD.match(text, skip_gap(text, number.end + pointed))
    if label is None or fold_word(label[0]) not in (COUNTED_BEFORE if pointed else _COUNTED_FROM_BEFORE):
        return False
    # "7. Kniha rodinná" is titled so, for no title behind a label begins with a small letter.
    behind = _WORD.match(text, label.end() + 1)
    return behind is None or not behind[0].islower() or fold(behind[0]) in LINK_WORDS


def _named(text: str, at: int) -> Opening | None:
    """Read "Prologue", "About the Author", "Interlude II"."""
    first = _WORD.match(text, at)
    if first and fold_word(first[0]) in ARTICLES and not _opens_with_article(text, at):
        return _named_alone(text, at, skip_gap(text, first.end()))
    if not first or fold_word(first[0]) not in _FIRST_OF_NAMES:
        return None
    end = at
    best: tuple[DivisionKind, int] | None = None
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, end)
        if not word:
            break
        phrase = fold(text[at : word.end()]).replace("’", "'")
        kind = NAMES.get(phrase)
        if kind:
            best = (kind, word.end())
        end = skip_gap(text, word.end())
    if best is None:
        return None
    return Opening(best[0], (), "", at, best[1], Form.NAMED)


def _opens_with_article(text: str, at: int) -> bool:
    """Tell a name whose article belongs to it: "A Note on the Text", "A Note from the Author"."""
    words = fold(text[at:]).replace("’", "'")
    said = words in NAMES or words.rstrip(" .").rpartition(" ")[2] in WHOSE
    return said or words.startswith(_LINKED_NAMES)


_LINKED_NAMES = tuple(
    f"{name} " for name in NAMES if name.split(" ")[0] in ARTICLES and name.rpartition(" ")[2] in LINK_WORDS
)


def _named_alone(text: str, at: int, name: int) -> Opening | None:
    """Read "The Prologue": behind an article a name must be all that the line says."""
    words = text[name:].rstrip(" .")
    kind = NAMES.get(fold(words).replace("’", "'"))
    return Opening(kind, (), "", at, name + len(words), Form.NAMED) if kind and words[0].isupper() else None


def _bare(text: str, at: int, number: Number) -> Opening | None:
    if number.ordinal or not 0 <= number.value <= _LARGEST_BARE_NUMBER:
        return None
    if share := _SHARE.match(text, max(at - 1, 0)):
        return Opening(None, (number.value,), number.numeral, at, share.end() - 1, Form.NUMBERED)
    numbers, end = _list(text, number, by_comma=_SEVERAL.match(text, at) is not None, plural=False)
    if text[end : end + 1].isalnum() or re.compile(r"[.,:/’'%°]\w|[%°$€£]").match(text, end):
        return None
    if (number.numeral == "words" and not text[at].isupper()) or _REMARKS.fullmatch(text, end):
        return None
    return Opening(None, numbers, number.numeral, at, end, Form.NUMBERED)


_SHARE = re.compile(r"[(\[]\d{1,3}[ \xa0]?/[ \xa0]?\d{1,3}[)\]]")
"""How many there are, in brackets: "[2/5] The Rope"."""
_SEVERAL = lazily(r"(?:[IVXLC]+,\s|\d{1,3},\s){1,9}(?:[IVXLC]+|\d{1,3}),?\s(?:[^\W\d_]{1,3}|&)\s[IVXLC\d]+\b")
"""Three chapters in one: "V, VI, and VII"."""
_REMARKS = lazily(
    r"\s(?:comments?|commentaires?|kommentare?|comentarios?|comentários?|commenti|commento|reacties?)\W*",
    re.IGNORECASE,
)
"""What a site counts below a text; it is no title behind the number of a chapter."""
