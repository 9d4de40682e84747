"""The grammar of one heading line: label, number, separator, title.

A heading names one division or several, outermost first ("Part IV; Chapter I-Two worlds"). Whether a line is a
heading or a sentence that begins like one is decided by form: the word for a division must carry a number, what
follows must be set off or begin with a capital, and a sentence's end is no title's end.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from publish.document import CONTAINERS, DivisionKind
from publish.normalize.numerals import (
    Number,
    Numeral,
    fold,
    number_words,
    ordinal_words,
    read_number,
    to_roman,
)
from publish.normalize.vocabulary import (
    ARTICLES,
    CONJUNCTIONS,
    CONTINUED,
    LABELS,
    LAST,
    LINK_WORDS,
    MONTHS,
    NAMES,
    OF_WORDS,
    RANGE_WORDS,
)


class Form(StrEnum):
    """How much the form alone says that a line is a heading."""

    LABELLED = "labelled"
    """A word for a division with its number: "Chapter XI", "PART TWO"."""
    NAMED = "named"
    """A word that is a division by itself: "Prologue", "Acknowledgments"."""
    NUMBERED = "numbered"
    """A number, perhaps with a title: "XIV.", "12. The Storm"; whether it is a heading its neighbours must show."""


class Component(Struct, frozen=True):
    """One division that a heading names."""

    kind: DivisionKind | None
    """None for a bare number."""
    numbers: tuple[int, ...]
    numeral: Numeral
    """The form of the (first) number."""
    label: tuple[int, int]
    """Range of the words that name kind and number: "Chapter XI"; empty where there are none."""
    title: tuple[int, int] | None


class Heading(Struct, frozen=True):
    """What a heading line says."""

    components: tuple[Component, ...]
    """Outermost first; the last is the division that the text below belongs to."""
    form: Form
    sequel: int = 0
    """2 for "(continued)", k for "(part k of m)", "3.k" and "3b"; 0 otherwise."""


LONGEST_HEADING = 400
"""Characters; the longest of 1,400 chapter headings in ten novels of 1719 to 1908 has 290."""
_LONGEST_BARE_TITLE = 160
_LARGEST_BARE_NUMBER = 399
_MAX_RANGE = 60
_SMALL_RANGE = 9
"""A wider range needs the plural of its label; "Chapter Two – Fifty Ways" has a title."""

_SEPARATOR = re.compile(r"[\s.:;,|/)\]·•~‒–—―-]*")
_DECORATION = re.compile(r"[\s*~=_#–—\[(<«•·-]*")
_TRAILING = re.compile(r"[\s*~=_#–—\])>»•·-]*\Z")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|§|[^\W\d_]+")
_GAP = re.compile(r"[ \t\u00a0]*")
_LABEL_GAP = re.compile(r"\.?[ \t\u00a0]*(?:[:#№]|n[ro]\.|–|—|-)?[ \t\u00a0]*", re.IGNORECASE)
_STRONG = frozenset(":;.|/)]·•~‒–—―-\n")
_CLEAR = frozenset(":;|‒–—―\n")
_LIST_LINK = re.compile(r"\s*(?:(,)\s*|([-–—]|\.\.)\s*)?(?:(&|[^\W\d_]+)(?=\s))?\s*")
_INNER_START = re.compile(r"(?:[;,:.–—\n]|\s-)[\s–—-]*")
_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]\s*[.:]?\Z")
_SUFFIX = re.compile(r"\.(\d{1,3})(?![\d\w])|([a-f])(?![^\W_])")
_SENTENCE_END = re.compile(r"[.!?,;…][\"'”’»)]*\Z")
_SENTENCE_INSIDE = re.compile(r"[a-z]{2}[.!?][\"”’]*\s+[\"“‘]?[A-Z]")
_QUOTES = '"“”«»„'
_INITIALS = frozenset("CDLM")


class _Opening(NamedTuple):
    """Label and numbers of one component, its title not read yet."""

    kind: DivisionKind | None
    numbers: tuple[int, ...]
    numeral: Numeral
    start: int
    end: int
    form: Form
    sequel: int = 0


class _Tail(NamedTuple):
    """What stands between a label and the rest of its line."""

    separator: str
    rest: int
    empty: bool

    @property
    def strong(self) -> bool:
        """A mark that sets a title off stands there."""
        return not _STRONG.isdisjoint(self.separator)

    @property
    def clear(self) -> bool:
        """The mark cannot belong to a sentence or a compound word."""
        return not _CLEAR.isdisjoint(self.separator) or " -" in self.separator or "--" in self.separator


def parse(text: str) -> Heading | None:
    """Read one heading; None where the line is a sentence or anything else. Linear time.

    >>> parse("Chapter XI-Help arrives").components[0].numbers
    (11,)
    >>> parse("Part of him wanted to run.") is None
    True
    """
    if len(text) > LONGEST_HEADING:
        return None
    decoration = _DECORATION.match(text)
    start = decoration.end() if decoration else 0
    trailing = _TRAILING.search(text, start)
    end = trailing.start() if trailing else len(text)
    line, sequel, end = _sequel(text[:end], start)
    opening = _opening(line, start)
    if opening is None:
        return None
    components = _components(line, opening)
    if components is None:
        return None
    components = _cover_sequel(components, text, len(line), end)
    return Heading(components, opening.form, sequel or opening.sequel)


def _sequel(line: str, start: int) -> tuple[str, int, int]:
    """Cut "(continued)" and its like off the end; give the line, the sequel and where the words cut off end."""
    end = len(line)
    if bracketed := _BRACKETED.search(line, start):
        sequel = _sequel_number(bracketed[1])
        if sequel:
            return line[: bracketed.start()].rstrip(" ,;:-–—"), sequel, end
    if not line.endswith((")", "]")):
        # an opening bracket of the decoration lost its partner with the trailing signs
        opened = max(line.rfind("("), line.rfind("["))
        if opened > start and (sequel := _sequel_number(line[opened + 1 :])):
            return line[:opened].rstrip(" ,;:-–—"), sequel, end
    words = re.split(r"[,;:–—-]\s*", line)
    if len(words) > 1 and fold(words[-1]).strip(". ") in CONTINUED - {"conclusion", "fin"}:
        return line[: len(line) - len(words[-1])].rstrip(" ,;:-–—"), 2, end
    return line, 0, end


def _sequel_number(words: str) -> int:
    if fold(words).strip(" .") in CONTINUED:
        return 2
    match = re.fullmatch(r"(?:[^\W\d_]+\.?\s+)?(\w+(?:-\w+)?)(?:\s*(?:/|\w+)\s*\w+)?", words)
    label = re.match(r"[^\W\d_]+", words)
    named = bool(label) and LABELS.get(fold(label[0] if label else "")) is DivisionKind.PART
    named = named or fold(words).startswith("pt")
    number = read_number(match[1]) if match else None
    if number is None or number.end != len(match[1] if match else ""):
        return 0
    return number.value if named or re.fullmatch(r"\d+\s*(?:/|\w+)\s*\d+", words) else 0


def _cover_sequel(components: tuple[Component, ...], text: str, cut: int, end: int) -> tuple[Component, ...]:
    """Let the last title, or the label where there is none, take in the words that say "continued"."""
    if cut >= end:
        return components
    end = end + (text[end : end + 1] in (")", "]"))
    last = components[-1]
    if last.title:
        grown = Component(last.kind, last.numbers, last.numeral, last.label, (last.title[0], end))
    else:
        grown = Component(last.kind, last.numbers, last.numeral, (last.label[0], end), None)
    return (*components[:-1], grown)


# --- Label and number ------------------------------------------------------------------------------------


def _opening(text: str, at: int) -> _Opening | None:
    return _labelled(text, at) or _ordinal_first(text, at) or _named(text, at) or _bare(text, at)


def _labelled(text: str, at: int) -> _Opening | None:
    """Read "Chapter XI", "Book the First", "Parts 2 and 3", "Chapter the Last"."""
    word = _WORD.match(text, at)
    kind = LABELS.get(fold(word[0])) if word else None
    if kind is None or word is None:
        return None
    gap = _LABEL_GAP.match(text, word.end())
    start = gap.end() if gap else word.end()
    if lettered := _lettered(text, at, kind, start):
        return lettered
    article = _WORD.match(text, start)
    if article and fold(article[0]) in ARTICLES and not _is_roman(text, start):
        start = _skip_gap(text, article.end())
        if last := _last_word(text, start):
            return _Opening(kind, (), "", at, last, Form.NAMED)
    if start == word.end() and word[0] != "§" and not text[start : start + 1].isdigit():
        return None
    number = read_number(text, start)
    if number is None:
        return None
    plural = fold(word[0]).endswith(("s", "ы", "i")) and not fold(word[0]).endswith("is")
    return _with_numbers(text, at, kind, number, plural)


def _lettered(text: str, at: int, kind: DivisionKind, start: int) -> _Opening | None:
    """Read "Appendix A"."""
    letter = re.compile(r"([A-Z])(?!\w)").match(text, start)
    if kind is not DivisionKind.APPENDIX or not letter:
        return None
    return _Opening(kind, (ord(letter[1]) - ord("A") + 1,), "", at, letter.end(), Form.LABELLED)


def _is_roman(text: str, at: int) -> bool:
    number = read_number(text, at)
    return number is not None and number.numeral == "roman" and text[at].isupper()


def _last_word(text: str, at: int) -> int | None:
    word = _WORD.match(text, at)
    return word.end() if word and fold(word[0]) in LAST else None


def _skip_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _with_numbers(text: str, at: int, kind: DivisionKind, first: Number, plural: bool) -> _Opening | None:
    numbers, end = _list(text, first, by_comma=plural or kind is DivisionKind.CHAPTER, plural=plural)
    sequel = 0
    if len(numbers) == 1 and first.numeral == "arabic" and (suffix := _SUFFIX.match(text, end)):
        sequel = int(suffix[1]) if suffix[1] else ord(suffix[2]) - ord("a") + 1
        end = suffix.end()
    if text[end : end + 1].isalnum():
        return None
    return _Opening(kind, numbers, first.numeral, at, _skip_total(text, end), Form.LABELLED, sequel)


def _skip_total(text: str, at: int) -> int:
    """Step over "of 12" behind a number."""
    link = re.compile(r"\s*(/|[^\W\d_]+)\s*").match(text, at)
    if link and fold(link[1]) in OF_WORDS:
        total = read_number(text, link.end())
        if total and not text[total.end : total.end + 1].isalnum():
            return total.end
    return at


def _list(text: str, first: Number, *, by_comma: bool, plural: bool) -> tuple[tuple[int, ...], int]:
    """Read on through "II, III, and IV", "2–4", "3 & 4"; numbers must rise and keep their form."""
    numbers, end = [first.value], first.end
    joined = False
    while True:
        step = _next_in_list(text, end, numbers[-1], first.numeral, by_comma)
        if step is None:
            return tuple(numbers), end
        number, is_range = step
        spread = number.value - numbers[-1]
        if is_range and (joined or (not plural and (spread > _SMALL_RANGE or text[end].isspace()))):
            return tuple(numbers), end
        joined = joined or is_range
        numbers.extend(range(numbers[-1] + 1, number.value) if is_range else ())
        numbers.append(number.value)
        end = number.end


def _next_in_list(
    text: str, end: int, last: int, numeral: Numeral, by_comma: bool
) -> tuple[Number, bool] | None:
    link = _LIST_LINK.match(text, end)
    if not link or link.end() == end:
        return None
    comma, dash, word = link[1], link[2], fold(link[3] or "")
    conjunction = word in CONJUNCTIONS
    is_range = bool(dash) or word in RANGE_WORDS
    if word and not conjunction and word not in RANGE_WORDS:
        link = re.compile(r"\s*(?:,\s*|[-–—]\s*)").match(text, end)
        if not link or not (comma or dash):
            return None
    elif not (comma or dash or word):
        return None
    number = read_number(text, link.end())
    if number is None or number.numeral != numeral or not last < number.value <= last + _MAX_RANGE:
        return None
    if comma and not conjunction and not (by_comma and number.value <= last + 3):
        return None
    return (number, is_range) if _list_goes_on(text, number.end) else None


def _list_goes_on(text: str, end: int) -> bool:
    """After a number of a list stands the end, a separator or another link."""
    rest = text[end : end + 12]
    if not rest.strip() or rest[0] in "\n:;.,|)]–—-&/":
        return True
    word = _WORD.match(text, _skip_gap(text, end))
    return bool(word) and fold(word[0] if word else "") in CONJUNCTIONS


def _ordinal_first(text: str, at: int) -> _Opening | None:
    """Read "First Part", "2. Kapitel", "The Third Book", "The Last Chapter"."""
    start = at
    article = _WORD.match(text, at)
    if article and fold(article[0]) in ARTICLES and not _is_roman(text, at):
        start = _skip_gap(text, article.end())
    number = read_number(text, start)
    last = _last_word(text, start)
    if last is None and (number is None or not _reads_as_ordinal(text, number)):
        return None
    end = last if last is not None else number.end if number else start
    label = _WORD.match(text, _skip_gap(text, end + (text[end : end + 1] == ".")))
    kind = LABELS.get(fold(label[0])) if label else None
    if kind is None or label is None:
        return None
    if number is None or last is not None:
        return _Opening(kind, (), "", at, label.end(), Form.NAMED)
    return _Opening(kind, (number.value,), number.numeral, at, label.end(), Form.LABELLED)


def _reads_as_ordinal(text: str, number: Number) -> bool:
    return number.ordinal or (
        number.numeral in ("arabic", "roman") and text[number.end : number.end + 1] == "."
    )


def _named(text: str, at: int) -> _Opening | None:
    """Read "Prologue", "About the Author", "Interlude II"."""
    end = at
    best: tuple[DivisionKind, int] | None = None
    for _ in range(4):
        word = _WORD.match(text, end)
        if not word:
            break
        phrase = fold(text[at : word.end()]).replace("’", "'")
        kind = NAMES.get(phrase)
        if kind:
            best = (kind, word.end())
        end = _skip_gap(text, word.end())
    if best is None:
        return None
    return _Opening(best[0], (), "", at, best[1], Form.NAMED)


def _bare(text: str, at: int) -> _Opening | None:
    number = read_number(text, at)
    if number is None or number.ordinal or not 0 < number.value <= _LARGEST_BARE_NUMBER:
        return None
    numbers, end = _list(text, number, by_comma=False, plural=False)
    if text[end : end + 1].isalnum() or re.compile(r"[.,:/’'%°]\w|[%°$€£]").match(text, end):
        return None
    if number.numeral == "words" and not text[at].isupper():
        return None
    return _Opening(None, numbers, number.numeral, at, end, Form.NUMBERED)


# --- Title and inner divisions ---------------------------------------------------------------------------


def _components(text: str, opening: _Opening) -> tuple[Component, ...] | None:
    """Read what follows a label: the end, a title, or a division inside (with or without a title before it)."""
    separator = _SEPARATOR.match(text, opening.end)
    rest = separator.end() if separator else opening.end
    tail = _Tail(text[opening.end : rest], rest, rest >= len(text))
    if tail.empty:
        return (_component(text, opening, None),) if _may_end(text, opening) else None
    if not tail.separator:
        return None
    split = _inner(text, opening, tail)
    if split:
        cut, inner = split
        title = (tail.rest, cut) if cut > tail.rest else None
        return (_component(text, opening, title), *inner)
    if _repeats_in_part(text, opening, tail):
        return (_component(text, opening, None),)
    if not _is_title(text, opening, tail):
        return None
    return (_component(text, opening, (tail.rest, len(text))),)


def _component(text: str, opening: _Opening, title: tuple[int, int] | None) -> Component:
    label = (opening.start, opening.end)
    if title:
        title = (title[0], title[0] + len(text[title[0] : title[1]].rstrip()))
    if opening.kind and not opening.numbers:
        whole = title[1] if title else opening.end
        return Component(opening.kind, (), "", (opening.start, opening.start), (opening.start, whole))
    return Component(opening.kind, opening.numbers, opening.numeral, label, title)


def _may_end(text: str, opening: _Opening) -> bool:
    """Small letters stand for a heading only where a number or the whole line says so."""
    if opening.form is Form.NUMBERED:
        small = text[opening.start].islower()
        return not small or opening.numeral == "roman"
    return True


def _inner(text: str, outer: _Opening, tail: _Tail) -> tuple[int, tuple[Component, ...]] | None:
    """Find the division inside a container's heading; give where the container's own title ends."""
    if outer.kind not in CONTAINERS or not outer.numbers:
        return None
    starts = [(tail.rest, tail.rest, tail.separator)]
    starts += [(m.start(), m.end(), m[0]) for m in _INNER_START.finditer(text, tail.rest)]
    for cut, start, separator in starts:
        inner = _inner_opening(text, outer, start, separator)
        if inner and (components := _components(text, inner)):
            return cut, components
    return None


def _inner_opening(text: str, outer: _Opening, start: int, separator: str) -> _Opening | None:
    if start >= len(text) or not text[start].isalnum():
        return None
    opening = _opening(text, start)
    if opening is None:
        return None
    if opening.form is Form.NUMBERED:
        return opening if _is_inner_number(text, opening, separator) else None
    if opening.form is Form.NAMED and not separator.strip():
        return None
    deeper = opening.kind != outer.kind and opening.kind is not DivisionKind.VOLUME
    return opening if deeper and not text[start].islower() else None


def _is_inner_number(text: str, opening: _Opening, separator: str) -> bool:
    """A bare number inside must be set off on both sides: "Book I: Recalled to Life, I. The Period"."""
    if (not separator.strip() and "\n" not in separator) or separator.strip() in (":", "."):
        return False
    return opening.end >= len(text) or bool(re.compile(r"\s*[.:;\n–—]|\s-|-").match(text, opening.end))


def _repeats_in_part(text: str, opening: _Opening, tail: _Tail) -> bool:
    """Tell whether the rest of a name is only a link to nothing: reserved for forms with a total."""
    return opening.form is Form.LABELLED and not any(c.isalnum() for c in text[tail.rest :])


def _is_title(text: str, opening: _Opening, tail: _Tail) -> bool:
    title = text[tail.rest :]
    if not any(character.isalpha() for character in title) and not title.strip().isdigit():
        return False
    if _quotes_open(title):
        return False
    if opening.form is Form.NAMED:
        return _is_name_title(opening, title, tail)
    if opening.form is Form.NUMBERED:
        return _is_bare_title(text, opening, title, tail)
    return _is_labelled_title(text, opening, title, tail)


def _quotes_open(title: str) -> bool:
    """A closing quotation mark without its opening one: the line is speech that begins like a heading."""
    return title.count("”") > title.count("“") or title.count('"') % 2 == 1


def _begins_small(title: str) -> bool:
    first = next((character for character in title if character.isalpha()), "A")
    return first.islower()


def _is_labelled_title(text: str, opening: _Opening, title: str, tail: _Tail) -> bool:
    if text[opening.start].islower():
        return tail.clear and len(title) <= 100 and not title.endswith(".")
    if _begins_small(title) and not tail.clear:
        return False
    if tail.strong:
        return len(_SENTENCE_INSIDE.findall(title)) <= (3 if len(title) < 200 else 0)
    if "," in tail.separator:
        return _is_capitalized(title)
    return title.isupper() or (not _SENTENCE_END.search(title) and len(title.split()) <= 15)


def _is_name_title(opening: _Opening, title: str, tail: _Tail) -> bool:
    """Accept "Epilogue: The Return", "Preface to the Second Edition", "Interlude II"."""
    if tail.clear:
        return len(title) <= _LONGEST_BARE_TITLE and not (_begins_small(title) and title.endswith("."))
    number = read_number(title)
    if number and number.end == len(title.rstrip(". ")):
        return True
    first = title.split(maxsplit=1)[0] if title.split() else ""
    linked = fold(first) in LINK_WORDS and len(title.split()) <= 10
    capitals = _is_capitalized(title)
    if "." in tail.separator:
        return capitals and len(title.split()) <= 12
    return (linked or tail.strong) and capitals and not _SENTENCE_END.search(title)


def _is_capitalized(title: str) -> bool:
    """Most of the long words begin with a capital, as in a title."""
    words = [word for word in title.split() if len(word) > 3]
    capitals = sum(not _begins_small(word) for word in words)
    return 2 * capitals >= len(words)


def _is_bare_title(text: str, opening: _Opening, title: str, tail: _Tail) -> bool:
    if len(title) > _LONGEST_BARE_TITLE or (_begins_small(title) and "\n" not in tail.separator):
        return False
    label = text[opening.start : opening.end]
    first = fold(title.split(maxsplit=1)[0]).strip(".,")
    if first in MONTHS or (label in _INITIALS and (_SENTENCE_END.search(title) or len(first) == 1)):
        return False
    if not tail.strong:
        return opening.numeral == "arabic" and _is_capitalized(title) and not _SENTENCE_END.search(title)
    if opening.numeral == "words" and not tail.clear:
        return _is_capitalized(title) and not _SENTENCE_END.search(title)
    if tail.separator == "-":
        return opening.numeral != "words" and (len(label) > 1 or len(title.split()) > 1)
    return not (title.endswith(".") and len(title.split()) > 12)


# --- Printing labels -------------------------------------------------------------------------------------

_ENGLISH = {kind: kind.value.replace("_", " ").capitalize() for kind in DivisionKind}


def label_for(kind: DivisionKind, number: int, like: str = "") -> str:
    """Print the label of a division that is never named, in the manner of a neighbour's label.

    >>> label_for(DivisionKind.PART, 3, like="Part IV")
    'Part III'
    >>> label_for(DivisionKind.PART, 2, like="PART ONE")
    'PART TWO'
    >>> label_for(DivisionKind.BOOK, 2, like="Book the First")
    'Book the Second'
    """
    opening = _opening(like, 0) if like else None
    if opening is None or opening.kind is not kind or len(opening.numbers) != 1:
        return f"{_ENGLISH[kind]} {number}"
    start, found = _number_in(like, opening)
    if found is None:
        return f"{_ENGLISH[kind]} {number}"
    written = like[start : found.end]
    return like[:start] + _in_case(_numeral(number, found), written) + like[found.end : opening.end]


def _number_in(like: str, opening: _Opening) -> tuple[int, Number | None]:
    for word in re.finditer(r"\w+", like):
        number = read_number(like, word.start())
        if number and number.value == opening.numbers[0]:
            return word.start(), number
    return 0, None


def _numeral(number: int, found: Number) -> str:
    if found.numeral == "roman":
        return to_roman(number)
    if found.numeral == "arabic":
        return str(number)
    return ordinal_words(number) if found.ordinal else number_words(number)


def _in_case(word: str, written: str) -> str:
    if written.isupper():
        return word.upper()
    if written.islower():
        return word.lower()
    return word if word.isupper() else "-".join(part.capitalize() for part in word.split("-"))
