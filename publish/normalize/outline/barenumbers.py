"""Which bare numbers are headings: those that count, with text between one and the next."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from publish.document import DivisionKind
from publish.normalize.lines.headings import Component, Heading, Headings
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import starts_small
from publish.normalize.outline.subtitles import could_be_title
from publish.normalize.outline.titlesbetween import opens_stanza
from publish.normalize.reading import Reading
from publish.normalize.sheet import Sheet
from publish.normalize.words.numerals import spelt_in

_LEAST_NUMBERED = 3
_FEW = 2


def find(reading: Reading, parsed: Headings, certain: Collection[int], top: Sequence[int]) -> set[int]:
    """Give them; `parsed` are all lines that read like headings, `certain` those that are some.

    `top` is the first line that may be one.
    """
    bare = {i: h for i, h in parsed.items() if h.form is Form.NUMBERED and not _opens_verse(reading, i)}
    counted = _not_listed(reading, _without_pages(bare, parsed))
    within = [parts[-1] for i in certain if i in parsed and len(parts := parsed[i].components) > 1]
    found = _numbered(counted, certain, top, [part for part in within if part.kind is None])
    return found | _between_neighbours(parsed, {*certain, *found}, counted)


def without_words(sheet: Sheet, parsed: Headings) -> dict[int, Heading]:
    """Leave out titles that are numbers in some language but count nothing: "Elf", "Hat", "Seven", "Liv".

    They count where others of their language do, from 1 or one after the other, beside the next with a label,
    or where they are all that is missing between their neighbours.
    """
    spelt: dict[int, tuple[int, set[object]]] = {}
    values: dict[tuple[object, Form], set[int]] = {}
    for index, heading in parsed.items():
        part = heading.components[-1]
        words = sheet.texts[index][slice(*part.label)].split()[-1:]
        if part.numbers and (languages := spelt_in("".join(words))):
            spelt[index] = part.numbers[0], languages
            for language in languages:
                values.setdefault((language, heading.form), set()).update(part.numbers)

    def counts(number: int, language: object) -> bool:
        known = values.get((language, Form.NUMBERED), set())
        begins = len(known) >= _FEW and (1 in known or any(one + 1 in known for one in known))
        return begins or not {number - 1, number + 1}.isdisjoint(values.get((language, Form.LABELLED), ()))

    lone = {
        index: parsed[index]
        for index, (number, some) in spelt.items()
        if parsed[index].form is Form.NUMBERED and not any(counts(number, language) for language in some)
    }
    others = {index: heading for index, heading in parsed.items() if index not in lone}
    between = _between_neighbours(others, {*others}, lone) if lone else ()
    return others | {index: lone[index] for index in between}


def _without_pages(bare: Headings, parsed: Headings) -> dict[int, Heading]:
    """Leave out numbers without a title that rise through labelled chapters of other numbers: of pages.

    What counts the chapters, or what is in each, has one place in their count or begins again at 1.
    """
    chapters = [
        (index, heading.components[-1].numbers[0])
        for index, heading in sorted(parsed.items())
        if heading.form is Form.LABELLED
        and heading.components[-1].kind is DivisionKind.CHAPTER
        and heading.components[-1].numbers
    ]
    plain = [(i, heading.components[-1]) for i, heading in sorted(bare.items())]
    lone = [(i, part.numbers[0]) for i, part in plain if part.numbers and part.title is None]
    rising = len(lone) >= _FEW and lone[0][1] > 1 and all(a[1] < b[1] for a, b in pairwise(lone))
    strange = rising and any(
        above < index < below and not before < number < after
        for (above, before), (below, after) in pairwise(lone)
        for index, number in chapters
    )
    pages = {index for index, _ in lone} if strange else set()
    return {index: heading for index, heading in bare.items() if index not in pages}


def _not_listed(reading: Reading, found: Headings) -> dict[int, Heading]:
    """Leave out the entries of lists: numbers that count on from entry to entry, with no text between.

    Two are enough where they touch, three where white space parts each from the next.
    """
    nexts = {index: following for index in found if (following := _next_entry(reading, found, index))}
    before = {following: index for index, following in nexts.items()}
    listed: set[int] = set()
    for index, following in nexts.items():
        if following == index + 1 and reading.gap(following) == 0:
            listed |= {index, following}
        elif index in before and reading.gap(index) > 0:
            listed |= {before[index], index, following}
    return {index: heading for index, heading in found.items() if index not in listed}


_LONGEST_ENTRY = 300
"""Characters of one entry of a list."""
_LONGEST_GOING_ON = 3_000
"""Of one whose first line ends amid a sentence, as no title does."""


def _next_entry(reading: Reading, found: Headings, index: int) -> int | None:
    """Give the line with the next number if nothing but the rest of a short paragraph stands before it."""
    following, length = index + 1, len(reading.sheet.texts[index])
    below = reading.after(index)
    going_on = below == following and reading.gap(below) == 0 and starts_small(reading.sheet.texts[below])
    longest = _LONGEST_GOING_ON if going_on else _LONGEST_ENTRY
    while following < len(reading.sheet.lines) and length <= longest:
        if following in found:
            wanted = (found[index].components[-1].numbers[-1] + 1,)
            return following if found[following].components[-1].numbers[:1] == wanted else None
        apart = reading.gap(following) > 0 or following in reading.sheet.formatted
        if apart and following not in reading.dropped:
            return None
        length += len(reading.sheet.texts[following])
        following += 1
    return None


def _opens_verse(reading: Reading, index: int) -> bool:
    """Tell whether a number begins a stanza: "1. I find not that I am denied the use"."""
    if could_be_title(reading.sheet.texts[index]) or not reading.in_whole_lines:
        return False
    return reading.gap(index) > 0 and opens_stanza(reading, index)


def _numbered(
    found: Headings, certain: Collection[int], top: Sequence[int], within: Sequence[Component]
) -> set[int]:
    """Give the bare numbers that are headings: enough of one style, and together they count.

    Two are enough beside other headings, where the text begins with the first, or if they count
    more than once. Those `within` other headings count with them: "Epilogue, I" and "II".
    """
    styles: dict[tuple[str, bool], list[int]] = {}
    for index, heading in found.items():
        component = heading.components[-1]
        styles.setdefault((component.numeral, component.title is not None), []).append(index)
    accepted: set[int] = set()
    for indexes in styles.values():
        lines = {index: found[index].components[-1].numbers for index in sorted(indexes)}
        far = _stray(lines)
        numbers = [number for index in lines.keys() - far for number in lines[index]]
        numbers += [
            part.numbers[0] for part in within if part.numeral == found[indexes[0]].components[-1].numeral
        ]
        few = certain or top == [next(iter(lines))] or _begins_again([found[index] for index in lines])
        if _counts_up(numbers, at_least=_FEW if few else _LEAST_NUMBERED):
            accepted.update(lines.keys() - far, _ending_counts(lines, far))
    return accepted


def _begins_again(counted: Sequence[Heading]) -> bool:
    """Tell whether bare numbers count 1, 2, and then from 1 again, as chapters do in parts."""
    numbers = [heading.components[-1].numbers for heading in counted]
    steps = all(later == (1,) or later == (before[-1] + 1,) for before, later in pairwise(numbers))
    bare = all(heading.components[-1].title is None for heading in counted)
    return bare and steps and numbers[0] == (1,) and numbers.count((1,)) >= _FEW


def _between_neighbours(parsed: Headings, certain: Collection[int], counted: Headings) -> set[int]:
    """Give the numbers of another style that are all that is missing between the chapters round them.

    So a chapter stands that was brought in from elsewhere: "2. The Island" between Chapter 1 and Chapter 3.
    """
    chapters = [
        (index, part.numbers)
        for index in sorted(certain)
        if index in parsed
        and (part := parsed[index].components[-1]).numbers
        and part.kind in (None, DivisionKind.CHAPTER)
    ]
    found = _elsewhere([parsed[index].components[-1] for index, _ in chapters], certain, counted)
    for (above, before), (below, after) in pairwise(chapters):
        step = 1 if after[0] > before[-1] else -1
        missing = list(range(before[-1] + step, after[0], step))
        inside = [index for index in sorted(counted) if above < index < below] if missing else []
        if missing == [number for index in inside for number in counted[index].components[-1].numbers]:
            found.update(inside)
    return found


def _elsewhere(chapters: Sequence[Component], certain: Collection[int], counted: Headings) -> set[int]:
    """Give the titles that alone have a number which chapters lack that count once, wherever they stand.

    Chapters that all are labelled in one manner, and have no titles, miss none that has one.
    """
    known = [number for part in chapters for number in part.numbers]
    alike = len({part.numeral for part in chapters}) == 1 and not any(part.title for part in chapters)
    once = len(known) >= _LEAST_NUMBERED and len({*known}) == len(known) and not alike
    places: dict[int, list[int]] = {}
    for index, heading in counted.items() if once else ():
        part = heading.components[-1]
        parted = part.title is not None and part.title[0] > part.label[1] + 1
        if index not in certain and parted and len(part.numbers) == 1:
            places.setdefault(part.numbers[0], []).append(index)
    missing = {*range(min(known), max(known))}.difference(known) if once else ()
    return {places[number][0] for number in missing if len(places.get(number, ())) == 1}


_STRAY = 8
"""Numbers among which one may stand that lies far above the others: chapters between are missing."""


def _stray(lines: Mapping[int, tuple[int, ...]]) -> set[int]:
    """Give the lines whose numbers lie so far above the others that these count without them."""
    different = sorted({number for numbers in lines.values() for number in numbers})
    kept = len(different)
    while not _is_dense(different[0], different[kept - 1], kept):
        kept -= 1
    far = {index for index in lines if lines[index][-1] > different[kept - 1]}
    return far if len(far) * _STRAY <= len(lines) else set()


def _ending_counts(lines: Mapping[int, tuple[int, ...]], far: Collection[int]) -> set[int]:
    """Give the stray numbers that end a count: "19" behind "5" where the next number is 1 again.

    The number of a page between "2" and "3" does not.
    """
    order = list(lines)
    places = [at for at, index in enumerate(order) if at and index in far]
    ends = (at for at in places if at + 1 == len(order) or lines[order[at + 1]] <= lines[order[at - 1]])
    return {order[at] for at in ends}


def _counts_up(numbers: Sequence[int], at_least: int) -> bool:
    """Tell whether numbers are most of a series from a low beginning, in any order, perhaps repeated."""
    different = set(numbers)
    if len(different) < at_least:
        return False
    low, high = min(different), max(different)
    return _is_dense(low, high, len(different)) and (low <= 3 or len(different) >= 5)


def _is_dense(low: int, high: int, count: int) -> bool:
    """Tell whether most of the numbers from the lowest to the highest are there."""
    return count * 10 >= (high - low + 1) * 6
