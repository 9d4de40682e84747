"""Which lines are headings.

The grammar (`headings.parse`) says what a line could be; here the white space round it, its fellows and what
follows decide whether it is one. A labelled heading needs to stand apart; a bare number needs fellows that
count up with it; a title without label or number needs a sign that a new division begins there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.document import DivisionKind
from publish.normalize import dates, headings, instalments, posts
from publish.normalize.headings import Form, Heading
from publish.normalize.reading import Reading
from publish.normalize.shape import ends_full, ends_sentence, is_capitals, is_ornament, starts_small
from publish.normalize.sheet import words_folded
from publish.normalize.subtitles import LONGEST_TITLE, could_be_title, notes_in_chapters, titles_below


class Head(Struct, frozen=True):
    """One heading of the manuscript."""

    first: int
    """Line on which it begins."""
    lines: tuple[int, ...]
    """All its lines: the label, and those below it that are its title or go on with it."""
    heading: Heading | None
    """None for a title without label or number."""


_LEAST_NUMBERED = 3


def find(reading: Reading, front: Collection[int]) -> list[Head]:
    """Give the headings in file order. `front` are lines of the title page, which are none."""
    sheet = reading.sheet
    left = {*reading.dropped, *front, *sheet.decided}
    free = [index for index in range(len(sheet.lines)) if index not in left]
    stated = [index for index in sheet.decided if sheet.is_heading(index)]
    # What most lines fail is asked first: whether they begin like headings, and only then what they say.
    opening = (index for index in free if headings.may_open(sheet.texts[index]))
    parsed = {index: heading for index in opening if (heading := _parse(reading, index))}
    parsed |= {index: heading for index, heading in instalments.find(sheet).items() if index not in left}
    parsed = _without_announced(parsed, free)
    certain = {index for index, heading in parsed.items() if heading.form is not Form.NUMBERED}
    counted = {i: h for i, h in parsed.items() if h.form is Form.NUMBERED}
    certain |= _numbered(_not_listed(reading, counted), certain)
    certain |= {index for index in free if sheet.lines[index].heading_level}
    certain |= set(stated)
    parsed |= {index: heading for index in stated if (heading := headings.parse(sheet.texts[index]))}
    titled = titles_below(reading, parsed, certain)
    below = {line for lines in titled.values() for line in lines}
    firsts = {i for i in certain & parsed.keys() if parsed[i].components[0].numbers[:1] == (1,)}
    announced = notes_in_chapters(reading, parsed, certain, titled)
    certain -= below | announced
    certain |= _untitled(reading, free, certain, below | announced, firsts)
    certain |= _front_titles(reading, free, certain, parsed)
    certain -= _printed_twice(reading, certain)
    if all(index in parsed and parsed[index].form is Form.NAMED for index in certain):
        open_lines = [index for index in free if index not in certain]
        certain |= dates.headings(reading, open_lines) or _titles_alone(reading, open_lines)
    return [Head(index, (index, *titled.get(index, ())), parsed.get(index)) for index in sorted(certain)]


def _printed_twice(reading: Reading, certain: Collection[int]) -> set[int]:
    """Give the headings that only repeat the one right above them, as exporters print them."""
    texts = reading.sheet.texts
    return {
        index
        for index in certain
        if index - 1 in certain
        and not reading.sheet.headed(index)
        and words_folded(texts[index]) == words_folded(texts[index - 1])
    }


def _parse(reading: Reading, index: int) -> Heading | None:
    line, text = reading.sheet.lines[index], reading.sheet.texts[index]
    if line.heading_level:
        return headings.parse(text)
    if reading.sheet.headed(index) and not _is_set_as_heading(reading, index):
        return None
    unfit = len(text) > LONGEST_TITLE * 2 or line.subheading or index in reading.counters
    heading = headings.parse(text) if not unfit and _stands_apart(reading, index) else None
    if heading is None:
        return None
    if heading.form is Form.NAMED and _runs_on(reading, index):
        return None
    # "Author's note: thanks for waiting." is a note that its own name opens, not the heading of one.
    if heading.form is Form.NAMED and ends_full(text):
        longest = _LONGEST_NAME * 3 if is_capitals(text) else _LONGEST_NAME
        return None if ":" in text or len(text.split()) > longest else heading
    return heading


def _is_set_as_heading(reading: Reading, index: int) -> bool:
    """Tell whether a line is only bold or centred, among headings that markup names, and says its number."""
    return index in reading.sheet.formatted and headings.is_labelled(reading.sheet.texts[index])


def _runs_on(reading: Reading, index: int) -> bool:
    """Tell whether the next line goes on with the sentence that a name opens: "Postscript—I did not tell"."""
    following = index + 1
    if following >= len(reading.sheet.lines) or reading.gap(following) > 0:
        return False
    return starts_small(reading.sheet.texts[following]) or reading.sheet.texts[index].endswith(",")


_LONGEST_NAME = 4
"""Words of a name that may end in a full stop, as old books set them: "Preface to the Reader." """


def _stands_apart(reading: Reading, index: int) -> bool:
    """Tell whether white space, a page, another heading or furniture parts a line from what is above it."""
    if reading.gap(index) > 0 or (index - 1) in reading.dropped:
        return True
    before = reading.sheet.texts[index - 1]
    if len(before) <= LONGEST_TITLE and headings.parse(before) is not None:
        return True
    # Where paragraphs touch each other, each is a line, or the end of a sentence is what parts them.
    return reading.closed_up and (reading.unwrapped or ends_full(before.rstrip("”\"’'»)")))


def _without_announced(parsed: Mapping[int, Heading], free: Sequence[int]) -> dict[int, Heading]:
    """Leave out what a list announces: "Act I: A flat", "Act II: A garden", where the acts stand elsewhere.

    Such lines stand one after the other, of one kind, and each names what another heading names.
    """
    places = {index: place for place, index in enumerate(free)}
    times = Counter(map(_named, parsed.values()))
    listed: set[int] = set()
    for above, below in pairwise(sorted(parsed)):
        one, other = _named(parsed[above]), _named(parsed[below])
        goes_on = one and other and one[0] is other[0] and other[1] == one[1] + 1
        if goes_on and places[below] == places[above] + 1 and times[one] > 1 < times[other]:
            listed |= {above, below}
    return {index: heading for index, heading in parsed.items() if index not in listed}


def _named(heading: Heading) -> tuple[DivisionKind, int] | None:
    """Give the kind and number of a heading that has both."""
    part = heading.components[-1]
    return (part.kind, part.numbers[0]) if part.kind and part.numbers else None


def _not_listed(reading: Reading, found: Mapping[int, Heading]) -> dict[int, Heading]:
    """Leave out the entries of lists: numbers that count on from line to line, with no text between."""

    def goes_on(above: int, below: int) -> bool:
        one, other = found.get(above), found.get(below)
        return (
            one is not None
            and other is not None
            and reading.gap(below) == 0
            and other.components[-1].numbers[:1] == (one.components[-1].numbers[-1] + 1,)
        )

    return {i: h for i, h in found.items() if not goes_on(i - 1, i) and not goes_on(i, i + 1)}


def _numbered(found: Mapping[int, Heading], certain: Collection[int]) -> set[int]:
    """Give the bare numbers that are headings: enough of one style, and together they count."""
    styles: dict[tuple[str, bool], list[int]] = {}
    for index, heading in found.items():
        component = heading.components[-1]
        styles.setdefault((component.numeral, component.title is not None), []).append(index)
    accepted: set[int] = set()
    for indexes in styles.values():
        numbers = [number for index in indexes for number in found[index].components[-1].numbers]
        if _counts_up(numbers, at_least=_LEAST_NUMBERED if not certain else 2):
            accepted.update(indexes)
    return accepted


def _counts_up(numbers: Sequence[int], at_least: int) -> bool:
    """Tell whether numbers are most of a series from a low beginning, in any order, perhaps repeated."""
    different = set(numbers)
    if len(different) < at_least:
        return False
    low, high = min(different), max(different)
    return len(different) * 10 >= (high - low + 1) * 6 and (low <= 3 or len(different) >= 5)


def _untitled(
    reading: Reading,
    free: Sequence[int],
    certain: Collection[int],
    titles: Collection[int],
    firsts: Collection[int],
) -> set[int]:
    """Give the titles without label and number that open a division.

    Right above a heading only what opens a new count, and not alone: a story of a collection above its
    part I. `firsts` are headings with the number 1.
    """
    usual = _heading_gap(reading, certain)
    open_ = [index for index in free if index not in certain and index not in titles]
    # Below furniture that has gone, white space says nothing of the author's own.
    gaps = Counter(reading.gap(index) for index in open_ if index - 1 not in reading.dropped)
    found = {
        index
        for index in open_
        if reading.gap(index) > 0
        and not reading.sheet.headed(index)
        and (
            (following := reading.after(index)) not in certain
            or (following in firsts and not _below_stanza(reading, index))
        )
        and _opens_division(reading, index, usual, gaps)
    }
    return found if len(found) > 1 else {index for index in found if reading.after(index) not in certain}


def _front_titles(
    reading: Reading, free: Sequence[int], certain: Collection[int], parsed: Mapping[int, Heading]
) -> set[int]:
    """Give the titles in capitals of pieces that stand before the first chapter, below wider white space."""
    chapters = [index for index in certain if index in parsed and parsed[index].form is not Form.NAMED]
    first = min(chapters, default=0)
    return {
        index
        for index in free
        if index < first
        and index not in certain
        and not reading.sheet.headed(index)
        and reading.gap(index) > 1
        and _could_stand_alone(reading, index)
        and is_capitals(reading.sheet.texts[index])
        and (following := reading.after(index)) is not None
        and reading.gap(following) > 0
        and following not in certain
        and not is_capitals(reading.sheet.texts[following])
    }


_LEAST_TITLES = 3


def _titles_alone(reading: Reading, free: Sequence[int]) -> set[int]:
    """Give the titles of a manuscript whose chapters have nothing else: short lines below wider white space.

    Nearly all the wider white space must stand above such lines; else it is the space of scene breaks. Lines
    all in capitals need no wider space.
    """
    plain = [index for index in free if not reading.sheet.headed(index)]
    if len(plain) < _LEAST_TITLES * 2:
        return set()
    if paged := _titles_of_pages(reading, plain):
        return paged
    usual = Counter(reading.gap(index) for index in plain).most_common(1)[0][0]
    wide = [index for index in plain if reading.gap(index) > usual]
    titles = {index for index in wide if _could_stand_alone(reading, index)}
    # Where titles are set off on both sides, the text below one stands below wide space too.
    wide = [index for index in wide if index in titles or index - 1 not in titles]
    if len(titles) * 5 < len(wide) * 4:
        titles = set()
    capitals = {
        index
        for index in plain
        if reading.gap(index) > 0
        and is_capitals(reading.sheet.texts[index])
        and _could_stand_alone(reading, index)
    }
    found = max(titles, capitals, key=len)
    return found if len(found) >= _LEAST_TITLES and len(found) * 3 <= len(plain) else set()


def _titles_of_pages(reading: Reading, plain: Sequence[int]) -> set[int]:
    """Give the titles with which nearly all pages begin that the author turned, as in a book of poems."""
    turned = [index for index in plain if reading.sheet.lines[index].page_break]
    titles = {
        index
        for index in turned
        if _could_stand_alone(reading, index)
        and (following := reading.after(index)) is not None
        and reading.gap(following) > 0
    }
    return titles if len(titles) >= _LEAST_TITLES and len(titles) * 5 >= len(turned) * 4 else set()


_LONGEST_BARE_TITLE = 6
"""Words of a title that nothing but its form shows."""
_LEAST_BETWEEN = 2


def possible_titles(reading: Reading, front: Collection[int]) -> list[int]:
    """Give the lines that look like titles in a manuscript without headings; empty where they are too many.

    Nothing but their form shows them, so that they are asked about and not taken: a few words without a
    stop, white space on both sides, several paragraphs between one and the next.
    """
    left = {*reading.dropped, *front, *reading.sheet.decided}
    free = [index for index in range(len(reading.sheet.lines)) if index not in left]
    found = [
        index
        for index in free
        if reading.gap(index) > 0
        and not reading.sheet.headed(index)
        and len(reading.sheet.texts[index].split()) <= _LONGEST_BARE_TITLE
        and _could_stand_alone(reading, index)
        and (following := reading.after(index)) is not None
        and reading.gap(following) > 0
    ]
    near = any(b - a <= _LEAST_BETWEEN for a, b in pairwise(found))
    return found if len(found) >= _LEAST_TITLES and not near else []


def _could_stand_alone(reading: Reading, index: int) -> bool:
    text = reading.sheet.texts[index]
    return (
        could_be_title(text)
        and index not in reading.common()
        and not is_ornament(text)
        and not ends_sentence(text)
        and text[0] not in "“‘\"'«„"
        and _prose_follows(reading, index)
    )


def _heading_gap(reading: Reading, certain: Collection[int]) -> int:
    """Give the blank lines that stand above most headings; 0 where there are too few to tell."""
    gaps = Counter(reading.gap(index) for index in certain if not reading.sheet.first_of_file(index))
    if sum(gaps.values()) < 2:
        return 0
    gap, count = gaps.most_common(1)[0]
    return gap if count * 2 > sum(gaps.values()) else 0


def _opens_division(reading: Reading, index: int, usual: int, gaps: Counter[int]) -> bool:
    text = reading.sheet.texts[index]
    if not could_be_title(text) or is_ornament(text) or text[0] in "“‘\"'«„":
        return False
    if index in reading.common():
        return False
    if posts.repeats_next(reading.sheet, index) or words_folded(text) in reading.contents:
        return True
    following = index + 1
    if following in reading.beacons:
        return True
    own = reading.gap(index)
    if not usual or ends_full(text) or not (own == usual or _is_widest(own, usual, gaps)):
        return False
    rare = gaps[own] * 20 <= sum(gaps.values()) and not _opens_stanza(reading, index)
    return rare and _stands_off(reading, index, gaps) and _prose_follows(reading, index)


def _below_stanza(reading: Reading, index: int) -> bool:
    """Tell whether the lines above are of verse: what follows them says where they come from."""
    texts = reading.sheet.texts
    short = all(len(text) <= _LONGEST_IN_STANZA for text in texts[max(0, index - 2) : index])
    return index > 1 and short and reading.gap(index - 1) == 0


def _is_widest(gap: int, usual: int, gaps: Counter[int]) -> bool:
    """Tell whether one line alone stands below more white space than headings do, as below a title page."""
    return gap > usual and sum(count for other, count in gaps.items() if other >= gap) == 1


def _opens_stanza(reading: Reading, index: int) -> bool:
    """Tell whether a line is the first of several short ones that touch: of verse, of an address."""
    lines = reading.sheet.lines
    end = index + 1
    while end < len(lines) and reading.gap(end) == 0 and len(reading.sheet.texts[end]) <= _LONGEST_IN_STANZA:
        end += 1
    return end > index + 2 and (end == len(lines) or reading.gap(end) > 0)


_LONGEST_IN_STANZA = 60


def _stands_off(reading: Reading, index: int, gaps: Counter[int]) -> bool:
    """Tell whether white space parts a title from what follows, unless lines of this manuscript touch."""
    following = reading.after(index)
    if gaps[0] * 2 > sum(gaps.values()):
        return True
    return following is None or reading.gap(following) > 0


def _prose_follows(reading: Reading, index: int) -> bool:
    """Tell whether one of the next lines is longer than the title, a dateline or the like between allowed."""
    following = reading.after(index)
    further = reading.after(following) if following is not None else None
    length = len(reading.sheet.texts[index])
    return any(line is not None and len(reading.sheet.texts[line]) > length for line in (following, further))
