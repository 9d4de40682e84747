"""Labels that are a manuscript's own: "Period I", "Fit the First".

A word that no list knows is a label where it stands with numbers at the beginning of short lines alone, the
numbers count from one, and the lines stand where headings do: above other headings, or, in a manuscript that
has no others, each above text of its own. Such a line is read as if a known word stood there.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.document import CONTAINERS, DivisionKind
from publish.normalize.lines import headings
from publish.normalize.lines.headings import Component, Heading, Headings
from publish.normalize.lines.labels import Form, read_opening, skip_gap
from publish.normalize.outline.subtitles import LONGEST_TITLE
from publish.normalize.reading import Reading
from publish.normalize.words import almanac
from publish.normalize.words.numerals import fold, fold_word, read_number
from publish.normalize.words.vocabulary import ARTICLES, CAPTIONS, CONJUNCTIONS, LABELS, LAST, NAMES
from publish.patterns import lazily

_LONGEST = 2 * LONGEST_TITLE
_LEAST = 2
_LEAST_ALONE = 3
_TEXT = 300
"""Letters of text below a heading that holds no others."""
_MOST_OF_ALL = 0.75
"""Share of all text that one of a few short chapters may have."""
_COVERED = 6
"""Tenths of the numbers up to the greatest that must be there."""
_NEARLY_ALL = 8
"""Tenths of the lines with one label that are alike."""
_STEM = 3
"""Letters that forms of a label have in common at least."""
_NEAR = 3
"""Lines below a container among which the first heading inside stands."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_LETTERS = re.compile(r"[^\W\d_]+")
_WHOLE = r"[^\W\d_][^\s\d!-/:-@\[-`{-~–—]*"
_LOOSE = lazily(
    rf"(?:№|{_WHOLE}(?:[ \xa0]{_WHOLE}){{0,2}})\.?[ \xa0]*"
    r"(?:[:#№°]|[Nn][or]\.|[–—-])?[ \xa0]*(?=\d|[IVXLC]+\b)"
)
"""Any words and signs before a number: "No. 4", "Blorf Nardu 4", "פרק 4"; they must count without a gap."""
_SET_OFF = lazily(r"[ \t\xa0]*(?:\Z|[.:;,—–\n]|[ \t\xa0]-|-)")
_LINK = re.compile(r"[ \t\xa0]*([&+]|[^\W\d_]+)[ \t\xa0]*")
_MARK = lazily(r"\s*[.:;,|–—-]\s*(?=\S)")
_KNOWN = LABELS.keys() | NAMES.keys() | CAPTIONS
_STAND_INS = {DivisionKind.PART: "Osa", DivisionKind.BOOK: "Bog", DivisionKind.CHAPTER: "Cap"}
"""Known labels of three letters, which no own label is shorter than."""


class _Use(Struct, frozen=True):
    """A line that begins with a number and a word that may be a label."""

    word: str
    """Folded."""
    start: int
    end: int
    """Of the word in the line."""
    number: int
    """0 for the last one, "Fit the Last", whatever its number."""
    last: int = 0
    """Of several numbers."""
    loose: bool = False
    """Nothing but the count shows that it is a label."""


def find(reading: Reading, parsed: Headings, free: Sequence[int]) -> dict[int, Heading]:
    """Give the headings whose label is the manuscript's own; `parsed` are those that known words open."""
    uses: dict[str, dict[int, _Use]] = {}
    for index, use in (*_inner(reading, parsed), *_uses(reading, parsed, free)):
        uses.setdefault(use.word, {})[index] = use
    _take_in_lists(reading, uses)
    mistyped = _mistyped(reading, uses, parsed) | _number_mistyped(reading, parsed, free)
    firsts = _firsts(parsed)
    counted = {
        word: lines
        for word, lines in uses.items()
        if _count(lines) or _runs_on(lines) or _begin_again(reading, lines, firsts)
    }
    return mistyped | {
        index: heading
        for word, kind in _kinds(reading, counted, parsed).items()
        for index, use in counted[word].items()
        if (heading := _heading(reading.sheet.texts[index], use, kind))
    }


def _mistyped(
    reading: Reading, uses: Mapping[str, Mapping[int, _Use]], parsed: Headings
) -> dict[int, Heading]:
    """Give the headings whose label has a letter wrong, "Chpater 4", where the others lack their number."""
    labelled = [
        (index, heading.components[-1]) for index, heading in parsed.items() if heading.form is Form.LABELLED
    ]
    known = {number for _, part in labelled for number in part.numbers}
    most = max(known, default=0) + 1
    kinds = {
        fold_word(word[0]): part.kind
        for index, part in labelled
        if part.kind in _STAND_INS and (word := _WORD.match(reading.sheet.texts[index], part.label[0]))
    }
    return {
        index: heading
        for word, lines in uses.items()
        if (kind := next((kinds[label] for label in kinds if _is_slip(word, label)), None))
        for index, use in lines.items()
        if use.number not in known
        and use.number <= most
        and (heading := _heading(reading.sheet.texts[index], use, kind))
    }


def _number_mistyped(reading: Reading, parsed: Headings, free: Sequence[int]) -> dict[int, Heading]:
    """Give the headings whose number, in words, has a letter wrong: "Chapter Tow" where 2 is missing."""
    worded = {
        part.numbers[0]: reading.sheet.texts[index][slice(*part.label)]
        for index, heading in parsed.items()
        if (part := heading.components[-1]).kind is DivisionKind.CHAPTER
        and (part.numeral, len(part.numbers)) == ("words", 1)
    }
    missing = {*range(1, max(worded, default=0))} - worded.keys()
    if len(worded) < _LEAST or not missing:
        return {}
    labels = {
        number: fold(headings.label_for(DivisionKind.CHAPTER, number, like=worded[min(worded)]))
        for number in missing
    }
    short = [
        index
        for index in free
        if index not in parsed and reading.gap(index) and len(reading.sheet.texts[index]) <= _LONGEST_LABEL
    ]
    found: dict[int, Heading] = {}
    for number, label in labels.items():
        for index in short:
            if _is_slip(fold(text := reading.sheet.texts[index]), label):
                part = Component(DivisionKind.CHAPTER, (number,), "words", (0, len(text)), None)
                found[index] = Heading((part,), Form.LABELLED)
    return found


_LONGEST_LABEL = 32
_SHORTEST_MISTYPED = 5


def _is_slip(word: str, label: str) -> bool:
    """Tell whether a label was typed with one letter more, less or other, or with two changed round."""
    if min(len(word), len(label)) < _SHORTEST_MISTYPED or word == label:
        return False
    start = _alike(word, label)
    end = _alike(word[start:][::-1], label[start:][::-1])
    ours, theirs = word[start : len(word) - end], label[start : len(label) - end]
    return max(len(ours), len(theirs)) == 1 or (len(ours) == _SWAPPED and ours == theirs[::-1])


_SWAPPED = 2


def _alike(one: str, other: str) -> int:
    """Count the letters with which two words begin alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _uses(reading: Reading, parsed: Headings, free: Sequence[int]) -> Iterator[tuple[int, _Use]]:
    for index in filter(reading.gaps.__getitem__, free):
        text = reading.sheet.texts[index]
        if index in parsed or len(text) > _LONGEST or reading.sheet.headed(index):
            continue
        opens = index in reading.sheet.opening
        if use := _read(text) or (_inside(text) if opens else None) or _read_loosely(text):
            yield index, use


def _inner(reading: Reading, parsed: Headings) -> Iterator[tuple[int, _Use]]:
    """Give the uses inside the headings of parts."""
    for index, heading in parsed.items():
        part = heading.components[-1]
        if part.kind in CONTAINERS and part.title and (use := _inside(reading.sheet.texts[index])):
            yield index, use


def _inside(text: str) -> _Use | None:
    """Read the use behind the label of a part: "Book II; Log 1 – The Auditor"."""
    part = read_opening(text, 0)
    mark = _MARK.match(text, part.end) if part and part.numbers and part.kind in CONTAINERS else None
    use = _read(text[mark.end()].upper() + text[mark.end() + 1 :]) if mark else None
    return replace(use, start=mark.end() + use.start, end=mark.end() + use.end) if mark and use else None


def _take_in_lists(reading: Reading, uses: dict[str, dict[int, _Use]]) -> None:
    """Put a heading over several chapters, "Logs 2, 3 and 4", to those whose label is a form of its own."""
    for other, lines in [*uses.items()]:
        word = next((word for word in uses if word != other and _is_form(other, word)), "")
        for index, use in [*lines.items()] if word else ():
            heading = _heading(reading.sheet.texts[index], use, DivisionKind.CHAPTER)
            numbers = heading.components[-1].numbers if heading else ()
            if len(numbers) > 1:
                uses[word][index] = replace(use, word=word, last=numbers[-1])


def _is_form(other: str, word: str) -> bool:
    """Tell whether a word may be another form of a label: Logs, Odcinki of Odcinek."""
    stem = word[: max(_STEM, len(word) - 2)]
    return other.startswith(stem) and len(other) <= len(word) + _STEM


def fellows(reading: Reading, titles: Collection[int], free: Collection[int]) -> set[int]:
    """Give the lines that count on with titles: "Third Narrative" where four others of seven are known."""
    known: dict[str, set[int]] = {}
    for index in titles:
        if use := _read(reading.sheet.texts[index]):
            known.setdefault(use.word, set()).add(use.number)
    words = {word for word, numbers in known.items() if len(numbers) >= _LEAST_ALONE}
    found: dict[str, dict[int, _Use]] = {word: {} for word in words}
    for index in sorted({*titles, *free}) if words else ():
        titled = index in titles or (reading.gap(index) and not reading.sheet.headed(index))
        if titled and (use := _read(reading.sheet.texts[index])) and use.word in words:
            found[use.word][index] = use
    counted = {word for word, uses in found.items() if _count(uses)}
    return {index for word in counted for index, use in found[word].items() if use.number not in known[word]}


def may_name(text: str) -> bool:
    """Tell whether a line could be such a heading, as far as its words go."""
    return len(text) <= _LONGEST and (_read(text) or _inside(text) or _read_loosely(text)) is not None


def _read(text: str) -> _Use | None:
    """Read "Period I", "Fit the First", "The First Epoch", each at the end or before a mark."""
    # "May 9, 2019" and "June 1, Monday" are days, however they count on.
    if not text[:1].isupper() or almanac.stated(text):
        return None
    first = _past_article(text, 0)
    if last := _read_last(text, first):
        return last
    if number := read_number(text, first):
        word = _WORD.match(text, skip_gap(text, number.end)) if number.ordinal else None
        end = word.end() if word else 0
    else:
        word = _WORD.match(text, first)
        number = read_number(text, _past_article(text, skip_gap(text, word.end()))) if word else None
        end = number.end if number and text[number.end - 1] else 0
    if word is None or number is None or not (_SET_OFF.match(text, end) or _goes_on(text, end)):
        return None
    folded = fold_word(word[0])
    small = number.numeral == "roman" and text[end - 1].islower()
    return None if folded in _KNOWN or small else _Use(folded, word.start(), word.end(), number.value)


def _goes_on(text: str, end: int) -> bool:
    """Tell whether another number follows: "Odcinki 1 i 2", "Bulletins 5 & 6"."""
    link = _LINK.match(text, end)
    joined = link is not None and (link[1] in "&+" or fold_word(link[1]) in CONJUNCTIONS)
    further = read_number(text, link.end()) if link and joined else None
    return further is not None and _SET_OFF.match(text, further.end) is not None


def _read_loosely(text: str) -> _Use | None:
    """Read any words before a number as a label, in whatever script they are."""
    words = _LOOSE.match(text)
    number = read_number(text, words.end()) if words else None
    if words is None or number is None or not _SET_OFF.match(text, number.end):
        return None
    folded = fold(words[0])
    if any(word in _KNOWN or almanac.month(word) for word in _LETTERS.findall(folded)):
        return None
    return _Use(folded, 0, len(words[0].rstrip(" \xa0")), number.value, loose=True)


def _read_last(text: str, at: int) -> _Use | None:
    """Read "Fit the Last" and "Last Night"."""
    one = _WORD.match(text, at)
    other = _WORD.match(text, _past_article(text, skip_gap(text, one.end()))) if one else None
    if one is None or other is None or not _SET_OFF.match(text, other.end()):
        return None
    words = fold_word(one[0]), fold_word(other[0])
    label = {(True, False): other, (False, True): one}.get((words[0] in LAST, words[1] in LAST))
    if label is None or (folded := fold_word(label[0])) in LABELS:
        return None
    return _Use(folded, label.start(), label.end(), 0)


def _past_article(text: str, at: int) -> int:
    article = _LETTERS.match(text, at)
    # "I" is an article of Italian and a numeral.
    if article is None or fold_word(article[0]) not in ARTICLES or read_number(text, at):
        return at
    return skip_gap(text, article.end())


def _count(lines: Mapping[int, _Use]) -> bool:
    numbers = {use.number for use in lines.values()} - {0}
    if any(use.loose for use in lines.values()):
        return len(numbers) >= _LEAST_ALONE and numbers == {*range(1, len(numbers) + 1)}
    return len(numbers) >= _LEAST and 1 in numbers and len(numbers) * 10 >= max(numbers) * _COVERED


def _runs_on(lines: Mapping[int, _Use]) -> bool:
    """Tell whether numbers follow each other in one direction, whatever they begin with.

    An export may hold the last chapters only, and they count anew in each part.
    """
    some = [use for _, use in sorted(lines.items()) if not use.loose]
    if len(some) <= _LEAST_ALONE or any(above.number == below.number for above, below in pairwise(some)):
        return False
    steps = [
        (below.number - max(above.number, above.last), below.number == 1) for above, below in pairwise(some)
    ]
    back = [
        (above.number - max(below.number, below.last), above.number == 1) for above, below in pairwise(some)
    ]
    return any(
        sum(by == 1 for by, _ in ways) >= _LEAST
        and sum(1 <= by <= _GAP or anew for by, anew in ways) * 10 >= len(ways) * _NEARLY_ALL
        for ways in (steps, back)
    )


_GAP = 3
"""From one number to the next, where some are missing."""


def _firsts(parsed: Headings) -> list[int]:
    """Give the headings with which a count of chapters begins."""
    return [
        index
        for index, heading in sorted(parsed.items())
        if heading.form is not Form.NAMED and heading.components[-1].numbers[:1] == (1,)
    ]


def _begin_again(reading: Reading, lines: Mapping[int, _Use], firsts: Sequence[int]) -> bool:
    """Tell whether lines name all parts but the first: "2" right above the second chapter 1, and so on.

    Chapters of the first part, which nothing names, stand above all of them.
    """
    above = [reading.after(index) for index in sorted(lines)]
    numbers = [lines[index].number for index in sorted(lines)]
    return above == firsts[1:] and numbers == list(range(2, len(firsts) + 1))


def _kinds(
    reading: Reading, counted: Mapping[str, Mapping[int, _Use]], parsed: Headings
) -> dict[str, DivisionKind]:
    """Give the words that are labels, with what they name; of two that hold others the rarer is outside."""
    inside = {index for index, heading in parsed.items() if heading.form is not Form.NAMED}
    lines = {index for some in counted.values() for index in some}
    begun = len(_firsts(parsed))
    # Where only some hold others, or something else begins counts again, they are titles of another manner.
    holding = [
        word
        for word, some in counted.items()
        if begun <= len(some) + all(use.number > 1 for use in some.values())
        and sum(_holds(reading, index, some, inside | lines) for index in some) * 10
        >= len(some) * _NEARLY_ALL
    ]
    taken = {part.kind for index in inside for part in parsed[index].components}
    free = [kind for kind in (DivisionKind.PART, DivisionKind.BOOK) if kind not in taken]
    kinds = dict(zip(sorted(holding, key=lambda word: len(counted[word])), free, strict=False))
    chapters = [
        word for word in counted if word not in holding and _are_chapters(reading, counted[word], lines)
    ]
    # One bare number, "Four ...", may be a line of the text.
    inner = {index for index in inside if parsed[index].components[-1].kind not in CONTAINERS}
    divided = len(inner) >= _LEAST or any(parsed[index].form is Form.LABELLED for index in inner)
    if not divided and len(chapters) == 1:
        kinds[chapters[0]] = DivisionKind.CHAPTER
    return kinds


def _holds(reading: Reading, index: int, alike: Collection[int], headed: Collection[int]) -> bool:
    """Tell whether a line names an inner division too, or one stands right below it or below its title."""
    text = reading.sheet.texts[index]
    use = _read(text) or _read_loosely(text)
    heading = _heading(text, use, DivisionKind.PART) if use else None
    if heading and len(heading.components) > 1:
        return True
    line = reading.after(index)
    for _ in range(_NEAR):
        if line is None or line in alike or len(reading.sheet.texts[line]) > LONGEST_TITLE:
            return False
        if line in headed:
            return True
        line = reading.after(line)
    return False


def _are_chapters(reading: Reading, some: Mapping[int, _Use], lines: Collection[int]) -> bool:
    """Tell whether lines that hold no headings have text below them, nearly all."""
    ends = dict(pairwise([*sorted(lines), len(reading.sheet.texts)]))
    if any(use.loose for use in some.values()) and not _stand_widest(reading, some):
        return False
    numbered = {index: use.number for index, use in some.items() if use.number}
    lengths = [sum(map(len, reading.sheet.texts[index + 1 : ends[index]])) for index in numbered]
    told = sum(length >= _TEXT for length in lengths)
    if len(numbered) >= _LEAST_ALONE and told * 10 >= len(numbered) * _NEARLY_ALL:
        return True
    return _divide_all(reading, numbered, lengths, runs=_runs_on(some))


def _stand_widest(reading: Reading, some: Collection[int]) -> bool:
    """Tell whether hardly any other line stands below wider white space, as a title of chapters would."""
    own = min(map(reading.gap, some))
    wider = sum(reading.gap(index) > own for index in range(1, len(reading.sheet.texts)) if index not in some)
    return wider * 2 <= len(some)


def _divide_all(reading: Reading, numbered: Mapping[int, int], lengths: Sequence[int], *, runs: bool) -> bool:
    """Tell whether lines that hold little text divide all of it, as in a book for children.

    They begin it, stand by themselves and count without a gap, each number once, or run on.
    """
    once = sorted(numbered.values()) == [*range(1, len(numbered) + 1)]
    if len(numbered) < _LEAST_ALONE or not (once or runs):
        return False
    texts = reading.sheet.texts
    above = (texts[index] for index in range(min(numbered)) if index not in reading.dropped)
    alone = all((below := reading.after(index)) and reading.gap(below) > 0 for index in numbered)
    even = min(lengths) > 0 and max(lengths) <= _MOST_OF_ALL * sum(lengths)
    return alone and even and sum(map(len, above)) < _TEXT


def _heading(text: str, use: _Use, kind: DivisionKind) -> Heading | None:
    """Read a line as if a known label stood where the own one does."""
    known = _STAND_INS[kind]
    heading = headings.parse(text[: use.start] + known + text[use.end :])
    form, numbers = (Form.LABELLED, (use.number,)) if use.number else (Form.NAMED, ())
    place = -1 if use.start and heading and heading.components[-1].label[0] >= use.start else 0
    if heading is None or heading.form is not form or heading.components[place].numbers[:1] != numbers:
        return None
    by = use.end - use.start - len(known)

    def moved(span: tuple[int, int]) -> tuple[int, int]:
        start, end = (at + by if at > use.start else at for at in span)
        return start, end

    def placed(part: Component) -> Component:
        return replace(part, label=moved(part.label), title=moved(part.title) if part.title else None)

    parts = [*map(placed, heading.components)]
    parts[place] = replace(parts[place], kind=kind)
    return replace(heading, components=tuple(parts))
