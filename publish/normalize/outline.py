"""Which lines are headings.

The grammar (`headings.parse`) says what a line could be; here the white space round it, its fellows and what
follows decide whether it is one. A labelled heading needs to stand apart; a bare number needs fellows that
count up with it; a title without label or number needs a sign that a new division begins there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from publish.normalize import headings, posts
from publish.normalize.headings import Form, Heading
from publish.normalize.shape import ends_full, ends_sentence, is_capitals, is_ornament, is_title_like
from publish.normalize.sheet import Sheet, words_folded


class Head(Struct, frozen=True):
    """One heading of the manuscript."""

    first: int
    """Line on which it begins."""
    lines: tuple[int, ...]
    """All its lines: the label, and the title where that stands below it."""
    heading: Heading | None
    """None for a title without label or number."""


_LONGEST_TITLE = 100
_LONGEST_BELOW = 180
_WIDEST_WRAPPED = 110
_AGREEMENT = 0.6
_LEAST_NUMBERED = 3


class Reading(Struct, frozen=True, dict=True):
    """What is known about the sheet when headings are looked for."""

    sheet: Sheet
    dropped: Collection[int]
    """Lines that are furniture."""
    contents: frozenset[str] = frozenset()
    """Folded titles of a contents list."""
    beacons: Collection[int] = ()
    """Lines of furniture that stand at the top of a post."""
    common: Callable[[], Collection[int]] = tuple
    """Gives the lines that come back through the manuscript, and so are no titles; few books ask for them."""

    def after(self, index: int) -> int | None:
        """Give the next line that is text."""
        for following in range(index + 1, len(self.sheet.lines)):
            if following not in self.dropped:
                return None if self.sheet.first_of_file(following) else following
        return None

    def gap(self, index: int) -> int:
        """Give the blank lines above, furniture between seen through."""
        return self._gaps[index]

    @cached_property
    def _gaps(self) -> list[int]:
        return [self._gap(index) for index in range(len(self.sheet.lines))]

    def _gap(self, index: int) -> int:
        line = self.sheet.lines[index]
        if self.sheet.first_of_file(index) or line.page_break:
            return 9
        gap = line.blanks_above
        before = index - 1
        while before >= 0 and before in self.dropped:
            gap = max(gap, self.sheet.lines[before].blanks_above, 1)
            if self.sheet.first_of_file(before):
                return 9
            before -= 1
        return gap


def find(reading: Reading, front: Collection[int]) -> list[Head]:
    """Give the headings in file order. `front` are lines of the title page, which are none."""
    sheet = reading.sheet
    left = {*reading.dropped, *front, *sheet.decided}
    free = [index for index in range(len(sheet.lines)) if index not in left]
    stated = [index for index in sheet.decided if sheet.is_heading(index)]
    parsed = {index: heading for index in free if (heading := _parse(reading, index))}
    certain = {index for index, heading in parsed.items() if heading.form is not Form.NUMBERED}
    certain |= _numbered({i: h for i, h in parsed.items() if h.form is Form.NUMBERED}, certain)
    certain |= {index for index in free if sheet.lines[index].heading_level}
    certain |= set(stated)
    parsed |= {index: heading for index in stated if (heading := headings.parse(sheet.texts[index]))}
    titled = _titles_below(reading, parsed, certain)
    certain -= set(titled.values())
    certain |= _untitled(reading, free, certain, set(titled.values()))
    if all(index in parsed and parsed[index].form is Form.NAMED for index in certain):
        certain |= _titles_alone(reading, [index for index in free if index not in certain])
    heads = []
    for index in sorted(certain):
        lines = (index, titled[index]) if index in titled else (index,)
        heads.append(Head(index, lines, parsed.get(index)))
    return heads


def _parse(reading: Reading, index: int) -> Heading | None:
    line, text = reading.sheet.lines[index], reading.sheet.texts[index]
    if reading.sheet.marked(index):
        return headings.parse(text) if line.heading_level else None
    if len(text) > _LONGEST_TITLE * 2 or line.subheading or not _stands_apart(reading, index):
        return None
    heading = headings.parse(text)
    # "Author's note: thanks for waiting." is a note that its own name opens, not the heading of one.
    if heading and heading.form is Form.NAMED and ends_full(text):
        return None if ":" in text or len(text.split()) > _LONGEST_NAME else heading
    return heading


_LONGEST_NAME = 4
"""Words of a name that may end in a full stop, as old books set them: "Preface to the Reader." """


def _stands_apart(reading: Reading, index: int) -> bool:
    """Tell whether white space, a page, another heading or furniture parts a line from what is above it."""
    if reading.gap(index) > 0 or (index - 1) in reading.dropped:
        return True
    before = reading.sheet.texts[index - 1]
    return len(before) <= _LONGEST_TITLE and headings.parse(before) is not None


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


def _titles_below(
    reading: Reading, parsed: Mapping[int, Heading], certain: Collection[int]
) -> dict[int, int]:
    """Give, for headings without a title, the line below that is their title, where the book agrees on it."""
    bare = [
        index
        for index in sorted(certain)
        if index in parsed
        and parsed[index].components[-1].title is None
        and parsed[index].form is not Form.NAMED
        and not reading.sheet.marked(index)
    ]
    below = {
        index: following
        for index in bare
        if (following := _title_below(reading, index, certain, parsed)) is not None
    }
    named = {index: following for index, following in below.items() if following in certain}
    if len(below) < len(bare) * _AGREEMENT and not _set_off_alike(reading, below):
        return named
    return below


def _names_only(heading: Heading | None) -> bool:
    """Tell whether a heading is a name such as "Conclusion": below a bare "Chapter 38" it is a title."""
    return heading is None or heading.form is Form.NAMED


def _title_below(
    reading: Reading, index: int, certain: Collection[int], parsed: Mapping[int, Heading]
) -> int | None:
    following = reading.after(index)
    if (
        following is None
        or following in reading.sheet.decided
        or (following in certain and not _names_only(parsed.get(following)))
    ):
        return None
    line, text = reading.sheet.lines[following], reading.sheet.texts[following]
    body = reading.after(following)
    if body is None or line.blanks_above > 2 or is_ornament(text):
        return None
    titled = _could_be_title_below(reading, following, body) and following not in reading.common()
    return following if titled else None


def _could_be_title(text: str) -> bool:
    return is_title_like(text, _LONGEST_TITLE) or (is_capitals(text) and len(text) <= _LONGEST_TITLE)


def _could_be_title_below(reading: Reading, title: int, body: int) -> bool:
    """Tell whether a line below a label could be its title.

    There a title may be long, and in small letters, where the text below it is clearly set apart.
    """
    text = reading.sheet.texts[title]
    if len(text) > _LONGEST_BELOW:
        return False
    if _could_be_title(text) or is_capitals(text):
        return True
    apart = reading.sheet.lines[body].blanks_above > 0 or len(reading.sheet.texts[body]) > _WIDEST_WRAPPED
    return apart and text[0].isupper() and not ends_sentence(text)


def _set_off_alike(reading: Reading, below: Mapping[int, int]) -> bool:
    """Tell whether a few titles are at least set off from the text below as titles are, or in capitals."""
    if not below:
        return False
    return all(
        is_capitals(reading.sheet.texts[title])
        or (
            reading.sheet.lines[title].blanks_above == 0
            and (body := reading.after(title)) is not None
            and reading.sheet.lines[body].blanks_above > 0
        )
        for title in below.values()
    )


def _untitled(
    reading: Reading, free: Sequence[int], certain: Collection[int], titles: Collection[int]
) -> set[int]:
    """Give the titles without label and number that open a division."""
    usual = _heading_gap(reading, certain)
    open_ = [index for index in free if index not in certain and index not in titles]
    gaps = Counter(map(reading.gap, open_))
    return {
        index
        for index in open_
        if reading.gap(index) > 0
        and not reading.sheet.marked(index)
        and reading.after(index) not in certain
        and _opens_division(reading, index, usual, gaps)
    }


_LEAST_TITLES = 3


def _titles_alone(reading: Reading, free: Sequence[int]) -> set[int]:
    """Give the titles of a manuscript whose chapters have nothing else: short lines below wider white space.

    Nearly all the wider white space must stand above such lines; else it is the space of scene breaks. Lines
    all in capitals need no wider space.
    """
    plain = [index for index in free if not reading.sheet.marked(index)]
    if len(plain) < _LEAST_TITLES * 2:
        return set()
    usual = Counter(reading.gap(index) for index in plain).most_common(1)[0][0]
    wide = [index for index in plain if reading.gap(index) > usual]
    titles = {index for index in wide if _could_stand_alone(reading, index)}
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


def _could_stand_alone(reading: Reading, index: int) -> bool:
    text = reading.sheet.texts[index]
    return (
        _could_be_title(text)
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
    if not _could_be_title(text) or is_ornament(text) or text[0] in "“‘\"'«„":
        return False
    if index in reading.common():
        return False
    if posts.repeats_next(reading.sheet, index) or words_folded(text) in reading.contents:
        return True
    following = index + 1
    if following in reading.beacons:
        return True
    if not usual or reading.gap(index) != usual or ends_full(text):
        return False
    rare = gaps[usual] * 20 <= sum(gaps.values())
    return rare and _prose_follows(reading, index)


def _prose_follows(reading: Reading, index: int) -> bool:
    """Tell whether one of the next lines is longer than the title, a dateline or the like between allowed."""
    following = reading.after(index)
    further = reading.after(following) if following is not None else None
    length = len(reading.sheet.texts[index])
    return any(line is not None and len(reading.sheet.texts[line]) > length for line in (following, further))
