"""The grammar of one heading line: label, number, separator, title.

A heading names one division or several, outermost first ("Part IV; Chapter I-Two worlds"). Whether a line is
a heading or a sentence that begins like one is decided by form: the word for a division must carry a number,
what follows must be set off or begin with a capital, and a sentence's end is no title's end.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from publish.document import CONTAINERS, DivisionKind
from publish.draft import NOTE_ON
from publish.normalize.lines.labels import Form, Opening, may_open_with, read_opening
from publish.normalize.lines.titles import Tail, is_title
from publish.normalize.words import numberwords
from publish.normalize.words.numerals import (
    Number,
    Numeral,
    fold,
    number_words,
    ordinal_words,
    read_number,
    to_roman,
)
from publish.normalize.words.vocabulary import CONTINUED, LABELS
from publish.patterns import lazily


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


Headings = Mapping[int, Heading]
"""What lines say, by their index."""
LONGEST_HEADING = 400
"""Characters; the longest title of 374 divisions in twelve books has 118."""
_SEPARATOR = lazily(rf"[\s{NOTE_ON}.:;,|/)\]·•~‒–—―-]*")
_SIGNS = (
    "\u2300-\u23e8\u23f5-\u25b5\u25b8-\u25bf\u25c2-\u2793\u27c0-\u27ef\u2b12-\u2bff\ufe0f\u200d"
    "\U0001f000-\U0001f445\U0001f44a-\U0001f518\U0001f51e-\U0001faff"
)
"""Little pictures: an author's own, and printed with the label; arrows lead to other pages."""
_PLAIN = rf"[ \t\f\v\xa0\u2000-\u200a\u202f\u3000*~=_#–—•·{_SIGNS}-]*"
DECORATION = rf"{_PLAIN}(?:(?:\[\[?|\(\(?|<<?|«){_PLAIN})?"
"""What may stand before a label in its line: of brackets one, or two that are closed, too."""
_TWICE = lazily(r"\[\[|\(\(|<<")
_TWICE_CLOSED = ("]]", "))", ">>")
_DECORATION = lazily(DECORATION)
_TRAILING = lazily(rf"[\s{NOTE_ON}*~=_#–—\])>»•·-]*\Z")
_KEPT = re.compile(f"[“”„‘’«»\"'{_SIGNS}]")
_INNER_START = lazily(r"(?:[;,:.–—\n]|\s-|\)\s)[\s–—-]*")
_AS_TITLE = lazily(r"[\s.:|‒–—―-]+")
"""Between "Book XXIV" and "Conclusion", which is its title; "Part Two; Prologue" names two divisions."""
_SIGN = lazily(f"[{_SIGNS}]")
_CLOSING = re.compile(r"\s*([)\]»]|\*{1,2}|_|=)")
_PARTNERS = {")": "(", "]": "[", "»": "«"}
_BRACKETED = lazily(r"[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]\s*[.:]?\Z")


def is_decoration(word: str) -> bool:
    """Tell whether a word is nothing but signs with which headings are set off."""
    return _DECORATION.fullmatch(word) is not None


def may_open(text: str) -> bool:
    """Tell whether a line begins with a word that a heading may begin with; `parse` reads no other line."""
    bare = text if text[:1].isalpha() else _DECORATION.sub("", text, count=1)
    return bool(bare) and may_open_with(bare.partition(" ")[0])


def parse(text: str) -> Heading | None:
    """Read one heading; None where the line is a sentence or anything else. Linear time.

    >>> parse("Chapter XI-Help arrives").components[0].numbers
    (11,)
    >>> parse("Part of him wanted to run.") is None
    True
    """
    return _parsed(text) if len(text) <= LONGEST_HEADING and may_open(text) else None


@lru_cache(maxsize=1 << 13)
def _parsed(text: str) -> Heading | None:
    """Read a heading; several passes ask about the same lines."""
    decoration = _DECORATION.match(text)
    start = decoration.end() if decoration else 0
    opening = read_opening(text, start)
    if opening is None or (_TWICE.search(text, 0, start) and not text.rstrip().endswith(_TWICE_CLOSED)):
        return None
    if opening.form is Form.NAMED and _ANSWER[opening.kind is DivisionKind.ACKNOWLEDGMENTS].match(text):
        return None
    trailing = _TRAILING.search(text, start)
    end = _closed(text, start, trailing.start() if trailing else len(text))
    line, sequel, end = _sequel(text[:end], start)
    opening = opening if line == text else read_opening(line, start)
    if opening is None:
        return None
    opening = _continued(line, opening)
    components = _components(line, opening)
    if components is None:
        return None
    components = _cover_sequel(components, text, len(line), end)
    if sign := _SIGN.search(text, 0, start):
        components = _from(sign.start(), components)
    own = opening.sequel if len(components) == 1 else 0
    return Heading(components, opening.form, sequel or own)


_ANSWER = (lazily(r"[-–—―][^-–—―]*\.\Z"), lazily(r"(?:[-–—―][^-–—―]*|[A-Z][a-z]{2,6})\.\Z"))
"""What is said and no name of a division: "– Nota."; also "Kiitos.", of thanks."""
_REMARK = lazily(r"[ \t\u00a0]*[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]")
_SHARE = lazily(r"[ \t\u00a0]*[,:–—-][ \t\u00a0]*([1-9]|1[0-2])[ \t\u00a0]*/[ \t\u00a0]*\d{1,2}\Z")
_WORD_BEHIND = lazily(r"[ \t\u00a0]*,?[ \t\u00a0]*([^\W\d_]+(?:['’][^\W\d_]+)?)\.?(?=\s*(?:[:;,–—-]|\Z))")
_PIECE = lazily(r"[ \t\u00a0]*[,:/–—-]?[ \t\u00a0]*(?=[^\W\d_])")


def _continued(line: str, opening: Opening) -> Opening:
    """Let a label take in what says that its division goes on: "Part 7 (continued)", "Chapter 5, Part 2".

    Or its number once more: "1. Chapter 1".
    """
    if opening.form is not Form.LABELLED or opening.sequel:
        return opening
    again = read_number(line, opening.end + 1) if line[opening.end - 1].isalpha() else None
    if again and (again.value,) == opening.numbers and line[opening.start].isdigit():
        return opening._replace(end=again.end)
    if remark := _REMARK.match(line, opening.end):
        sequel = _sequel_number(remark[1])
        return opening._replace(end=remark.end(), sequel=sequel) if sequel else opening
    if share := _SHARE.match(line, opening.end):
        return opening._replace(end=share.end(), sequel=int(share[1]))
    word = _WORD_BEHIND.match(line, opening.end)
    if word and word.start(1) > opening.end and fold(word[1]) in _GOES_ON:
        return opening._replace(end=word.end(), sequel=2)
    return _piece(line, opening)


_GOES_ON = CONTINUED - {"conclusion", "fin", "suite"}
"""Words that say so without brackets; the others may be titles."""


def _piece(line: str, opening: Opening) -> Opening:
    """Read the piece of a chapter that its heading names behind the label: "Chapter 5 – Part 2"."""
    gap = _PIECE.match(line, opening.end)
    if opening.kind is not DivisionKind.CHAPTER or len(opening.numbers) != 1 or gap is None:
        return opening
    inner = read_opening(line, gap.end())
    if (
        inner is None
        or inner.kind is not DivisionKind.PART
        or len(inner.numbers) != 1
        or inner.form is not Form.LABELLED
    ):
        return opening
    return opening._replace(end=inner.end, sequel=inner.numbers[0])


def _from(start: int, components: tuple[Component, ...]) -> tuple[Component, ...]:
    """Let the first label take in the signs before it, or the title where the label has no words."""
    first = components[0]
    if first.label[0] == first.label[1] and first.title:
        return (replace(first, title=(start, first.title[1])), *components[1:])
    return (replace(first, label=(start, first.label[1])), *components[1:])


def _closed(text: str, start: int, end: int) -> int:
    """Move an end behind the signs that close what was opened before it: brackets, typed emphasis."""
    while closing := _CLOSING.match(text, end):
        signs = closing[1]
        opener = _PARTNERS.get(signs[0], signs)
        opened, closed = text.count(opener, start, end), text.count(signs[0], start, end)
        if not (opened > closed if opener != signs else opened % 2):
            break
        end = closing.end() if opener == signs else closing.start(1) + 1
    return end


def _sequel(line: str, start: int) -> tuple[str, int, int]:
    """Cut "(continued)" and its like off; give the line, the sequel and where the words cut off end."""
    end = len(line)
    if bracketed := _BRACKETED.search(line, start):
        sequel = _sequel_number(bracketed[1])
        if sequel:
            return line[: bracketed.start()].rstrip(" ,;:-–—"), sequel, end
    if not line.endswith((")", "]")):
        # An opening bracket of the decoration lost its partner with the trailing signs.
        opened = max(line.rfind("("), line.rfind("["))
        if opened > start and (sequel := _sequel_number(line[opened + 1 :])):
            return line[:opened].rstrip(" ,;:-–—"), sequel, end
    words = re.split(r"[,;:–—-]\s*|\.\s+", line)
    if len(words) > 1 and fold(words[-1]).strip(". ") in CONTINUED - {"conclusion", "fin"}:
        return line[: len(line) - len(words[-1])].rstrip(" ,;:-–—"), 2, end
    return line, 0, end


def _sequel_number(words: str) -> int:
    if fold(words).strip(" .") in CONTINUED:
        return 2
    if re.fullmatch(r"[1-9]|1[0-2]", words):
        return int(words)
    match = re.fullmatch(r"(?:[^\W\d_]+\.?\s+)?(\w+(?:-\w+)?)(?:\s*(?:/|\w+)\s*\w+)?", words)
    label = re.match(r"[^\W\d_]+", words)
    named = bool(label) and LABELS.get(fold(label[0] if label else "")) is DivisionKind.PART
    named = named or fold(words).startswith("pt")
    number = read_number(match[1]) if match else None
    if number is None or number.end != len(match[1] if match else ""):
        return _counted_piece(words)
    if named or re.fullmatch(r"\d+(?:\s*/\s*|\s+[^\W\d]+\s+)\d+", words):
        return number.value
    return _counted_piece(words)


def _counted_piece(words: str) -> int:
    """Read "1ª parte" and "second part"."""
    inner = read_opening(words, 0)
    whole = inner is not None and inner.kind is DivisionKind.PART and inner.end == len(words.rstrip(" ."))
    return inner.numbers[0] if inner and whole and len(inner.numbers) == 1 else 0


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


def _components(text: str, opening: Opening) -> tuple[Component, ...] | None:
    """Read what follows a label: the end, a title, or a division inside, perhaps behind a title."""
    separator = _SEPARATOR.match(text, opening.end)
    rest = separator.end() if separator else opening.end
    tail = Tail(text[opening.end : rest], rest, rest >= len(text))
    if tail.empty:
        return (_component(text, opening, None),) if _may_end(text, opening) else None
    if not tail.separator:
        return None
    split = _inner(text, opening, tail)
    if split:
        cut, inner = split
        title = (tail.rest, cut) if cut > tail.rest else None
        return (_component(text, opening, title), *inner)
    if opening.form is Form.LABELLED and not any(character.isalnum() for character in text[rest:]):
        # A quotation mark is nobody's decoration: it stays, odd as it looks.
        end = len(text.rstrip()) if _KEPT.search(text, rest) else opening.end
        return (_component(text, opening._replace(end=end), None),)
    if not is_title(text, opening, tail):
        return None
    return (_component(text, opening, (tail.rest, len(text))),)


def _component(text: str, opening: Opening, title: tuple[int, int] | None) -> Component:
    label = (opening.start, opening.end)
    if title:
        title = (title[0], title[0] + len(text[title[0] : title[1]].rstrip()))
    if opening.kind and not opening.numbers:
        whole = title[1] if title else opening.end
        return Component(opening.kind, (), "", (opening.start, opening.start), (opening.start, whole))
    return Component(opening.kind, opening.numbers, opening.numeral, label, title)


def _may_end(text: str, opening: Opening) -> bool:
    """Small letters stand for a heading only where a number or the whole line says so."""
    if opening.form is Form.NUMBERED:
        small = text[opening.start].islower()
        return not small or opening.numeral == "roman"
    return True


def _inner(text: str, outer: Opening, tail: Tail) -> tuple[int, tuple[Component, ...]] | None:
    """Find the division inside a container's heading; give where the container's own title ends."""
    if outer.kind in _FRAMES and not outer.numbers:
        return _counted(text, tail)
    if outer.kind not in CONTAINERS or not outer.numbers:
        return None
    starts = [(tail.rest, tail.rest, tail.separator)]
    starts += [(m.start(), m.end(), m[0]) for m in _INNER_START.finditer(text, tail.rest)]
    for cut, start, separator in starts:
        inner = _inner_opening(text, outer, start, separator)
        if inner and (components := _components(text, inner)):
            only = inner.form is Form.NAMED and cut == tail.rest and components[0].title == (start, len(text))
            if not only or not _AS_TITLE.fullmatch(separator):
                return cut, components
    return None


_FRAMES = frozenset({DivisionKind.PROLOGUE, DivisionKind.EPILOGUE})
_MOST_COUNTED = 20
"""Behind a comma; "Prologue, 99" is of a year."""
"""A greater number behind "Prologue" is a year."""


def _counted(text: str, tail: Tail) -> tuple[int, tuple[Component, ...]] | None:
    """Read the chapter behind "Epilogue; I" or "Epilogue, Chapter 1"; "Epilogue 2" is the second of two."""
    inner = read_opening(text, tail.rest) if tail.clear or {*";,"} & {*tail.separator} else None
    if inner is None or not inner.numbers or inner.kind not in (None, DivisionKind.CHAPTER):
        return None
    if inner.kind is None:
        last = not text[inner.end :].strip(" .")
        if inner.numeral == "words" or inner.numbers[0] > _MOST_COUNTED:
            return None
        if not (last or _is_inner_number(text, inner, tail.separator)):
            return None
    components = _components(text, inner)
    return (tail.rest, components) if components else None


def _inner_opening(text: str, outer: Opening, start: int, separator: str) -> Opening | None:
    if start >= len(text) or not text[start].isalnum():
        return None
    opening = read_opening(text, start)
    if opening is None:
        return None
    if opening.form is Form.NUMBERED:
        span = opening.numeral == "arabic" and text[start - len(separator) - 1].isdigit()
        return opening if not span and _is_inner_number(text, opening, separator) else None
    if opening.form is Form.NAMED and not separator.strip():
        return None
    deeper = opening.kind != outer.kind and opening.kind is not DivisionKind.VOLUME
    labelled = opening.form is Form.LABELLED and _SET_OFF.match(text, opening.end)
    return opening if deeper and (labelled or not text[start].islower()) else None


_SET_OFF = lazily(r"\s*(?:[.:;–—\n]|\Z)|\s-")


def _is_inner_number(text: str, opening: Opening, separator: str) -> bool:
    """Tell whether a bare number is set off on both sides: "Book I: Recalled to Life, I. The Period"."""
    if (not separator.strip() and "\n" not in separator) or separator.strip() in (":", "."):
        return False
    return opening.end >= len(text) or bool(re.compile(r"\s*[.:;\n–—]|\s-|-").match(text, opening.end))


# --- Printing labels -------------------------------------------------------------------------------------

_ENGLISH = {kind: kind.value.replace("_", " ").capitalize() for kind in DivisionKind}


def is_labelled(text: str) -> bool:
    """Tell whether a line is a heading that names kind and number: "Chapter 4"."""
    heading = parse(text)
    return heading is not None and heading.form is Form.LABELLED and bool(heading.components[-1].numbers)


def label_for(kind: DivisionKind, number: int, like: str = "", language: str = "") -> str:
    """Print the label of a division that is never named, in the manner of a neighbour's label.

    >>> label_for(DivisionKind.PART, 3, like="Part IV")
    'Part III'
    >>> label_for(DivisionKind.PART, 2, like="PART ONE")
    'PART TWO'
    >>> label_for(DivisionKind.BOOK, 2, like="Book the First")
    'Book the Second'
    >>> label_for(DivisionKind.PART, 1, like="Zweiter Teil")
    'Erster Teil'
    >>> label_for(DivisionKind.PART, 1, like="Segunda Parte", language="pt")
    'Primeira Parte'
    """
    opening = read_opening(like, 0) if like else None
    if opening is None or opening.kind is not kind or len(opening.numbers) != 1:
        return f"{_ENGLISH[kind]} {number}"
    start, found = _number_in(like, opening)
    if found is None:
        return f"{_ENGLISH[kind]} {number}"
    written = like[start : found.end]
    label = next((word for word in re.findall(r"[^\W\d_]+", like) if fold(word) in LABELS), "")
    numeral = _numeral((found.value, number), found, written, (fold(label), language))
    if numeral is None:
        return f"{label[0].upper()}{label[1:]} {number}"
    return like[:start] + _in_case(numeral, written) + like[found.end : opening.end]


def _number_in(like: str, opening: Opening) -> tuple[int, Number | None]:
    for word in re.finditer(r"\w+", like):
        number = read_number(like, word.start())
        if number and number.value == opening.numbers[0]:
            return word.start(), number
    return 0, None


def _numeral(values: tuple[int, int], found: Number, written: str, beside: tuple[str, str]) -> str | None:
    """Print a number as another is written; None where its language is not known well enough.

    `beside` are the label that it stands beside, and the language of the book.
    """
    number = values[1]
    if found.numeral == "roman":
        return to_roman(number)
    if found.numeral == "arabic":
        return str(number)
    words = ordinal_words if found.ordinal else number_words
    if fold(words(found.value)) == fold(written).replace(" ", "-"):
        return words(number)
    return numberwords.like(written, values, fold, *beside)


def _in_case(word: str, written: str) -> str:
    if written.isupper():
        return word.upper()
    if written.islower():
        return word.lower()
    return word if word.isupper() else "-".join(part.capitalize() for part in word.split("-"))
