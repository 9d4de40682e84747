"""Which lines are headings.

The grammar (`headings.parse`) says what a line could be; here the white space round it, its fellows and what
follows decide whether it is one. A labelled heading needs to stand apart; a bare number needs fellows that
count up with it; a title without label or number needs a sign that a new division begins there.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.document import CONTAINERS, DivisionKind
from publish.normalize.lines import headings
from publish.normalize.lines.frontlines import is_notice
from publish.normalize.lines.headings import LONGEST_HEADING, Heading, Headings
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_full, ends_unmarked, is_capitals, starts_small
from publish.normalize.outline import barenumbers, baretitles, dates, namedparts, ownlabels, titlesbetween
from publish.normalize.outline.baretitles import could_stand_alone
from publish.normalize.outline.subtitles import LONGEST_TITLE, notes_in_chapters, titles_below
from publish.normalize.reading import Reading
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites import printedtwice
from publish.normalize.words import almanac
from publish.normalize.words.vocabulary import DEDICATES
from publish.patterns import lazily


class Head(Struct, frozen=True):
    """One heading of the manuscript."""

    first: int
    """Line on which it begins."""
    lines: tuple[int, ...]
    """All its lines: the label, and those below it that are its title or go on with it."""
    heading: Heading | None
    """None for a title without label or number."""


_FEW = 2


def find(reading: Reading, front: Collection[int]) -> list[Head]:
    """Give the headings in file order. `front` are lines of the title page, which are none.

    Words and numbers show most of them, and with these what stands below and belongs to them; then only the
    titles can be told that nothing but their place shows.
    """
    left = {*reading.dropped, *front, *reading.sheet.decided}
    free = [index for index in range(len(reading.sheet.lines)) if index not in left]
    parsed, certain = _by_words(reading, free, left, front)
    titled = titles_below(reading, parsed, certain)
    below = {line for lines in titled.values() for line in lines}
    known = _known(certain, parsed, below | notes_in_chapters(reading, parsed, certain, titled))
    certain = _with_titles(reading, known, parsed, free)
    firsts = _first_titles(reading, titled, certain, parsed)
    titled = {index: lines for index, lines in titled.items() if firsts.isdisjoint(lines)}
    certain = (certain - _dedication(reading, certain, parsed) - below) | firsts
    titled |= {index: (title,) for index, title in dates.above(reading.sheet).items() if index in certain}
    certain -= {line for lines in titled.values() for line in lines}
    return [Head(index, (index, *titled.get(index, ())), parsed.get(index)) for index in sorted(certain)]


def _by_words(
    reading: Reading, free: Sequence[int], left: Collection[int], front: Collection[int]
) -> tuple[dict[int, Heading], set[int]]:
    """Give the lines that say by words, markup or book.toml what they are, and which of them are headings."""
    sheet = reading.sheet
    parsed = _without_announced(sheet, _parsed(reading, free, left, front), free)
    stated = {index for index in sheet.decided if sheet.is_heading(index)}
    parsed = _without_buttons(reading, parsed)
    parsed |= {index: heading for index in stated if (heading := headings.parse(sheet.texts[index]))}
    parsed = barenumbers.without_words(sheet, parsed)
    certain = {index for index, heading in parsed.items() if heading.form is not Form.NUMBERED}
    certain |= barenumbers.find(reading, parsed, certain, free[:1])
    certain |= {index for index in free if sheet.lines[index].heading_level}
    chapters = (i for i in certain if i in parsed and _counts_chapter(parsed[i]))
    signed, first = baretitles.signed(reading).keys() - {*left}, min(chapters, default=len(sheet.texts))
    # In chapters that began before the first of them, they are poems or pictures that the story tells of.
    certain |= signed if min(signed, default=0) <= first else set()
    return parsed, certain | stated


def _counts_chapter(heading: Heading) -> bool:
    return heading.form is Form.LABELLED and heading.components[0].kind is DivisionKind.CHAPTER


def _without_buttons(reading: Reading, parsed: dict[int, Heading]) -> dict[int, Heading]:
    """Leave out names that come back each time above one short line: "Advertisement", "Remove".

    What stands below a division's own name differs from one to the next.
    """
    texts = reading.sheet.texts
    named = [index for index, heading in parsed.items() if heading.form is Form.NAMED]
    pairs = Counter(
        (texts[index], texts[line])
        for index in named
        if (line := reading.after(index)) is not None and len(texts[line]) <= LONGEST_TITLE
    )
    times = Counter(texts[index] for index in named)
    buttons = {name for (name, _), count in pairs.items() if count > max(_FEW, times[name] // 2)}
    return {index: heading for index, heading in parsed.items() if texts[index] not in buttons}


def _known(certain: Collection[int], parsed: Headings, taken: set[int]) -> titlesbetween.Known:
    """Give what other titles are held against; `taken` are lines that belong to headings."""
    closed = {i for i in certain if i not in taken and i in parsed and not _may_hold(parsed[i])}
    counted, firsts = _counts({index: parsed[index] for index in certain if index in parsed})
    return titlesbetween.Known(
        headings={*certain} - taken,
        taken=taken,
        firsts=firsts,
        closed=closed,
        counted=counted - taken,
        titled={i for i in closed if parsed[i].form is not Form.NAMED and parsed[i].components[-1].title},
    )


def _with_titles(
    reading: Reading, known: titlesbetween.Known, parsed: Headings, free: Sequence[int]
) -> set[int]:
    """Give the headings with those that have neither label nor number, each kind held against all before."""
    certain = {*known.headings} | titlesbetween.find(reading, known, free)
    certain |= _front_titles(reading, free, certain, parsed)
    certain |= ownlabels.fellows(reading, certain - parsed.keys(), free)
    certain -= _printed_twice(reading, certain)
    return certain | _without_signs(reading, free, certain, parsed)


def _first_titles(
    reading: Reading,
    titled: Mapping[int, Sequence[int]],
    certain: Collection[int],
    parsed: Headings,
) -> set[int]:
    """Give the titles below labels of parts that are those of first chapters: their fellows have no label.

    Each part then has several, each below as much white space, and text right below it.
    """
    parts = [index for index in sorted(certain) if index in parsed and _may_hold(parsed[index])]
    bare = [index for index in sorted(certain) if index not in parsed and not reading.sheet.headed(index)]
    found: set[int] = set()
    for part, end in pairwise([*parts, len(reading.sheet.lines)]):
        below = titled.get(part, ())
        inside = [index for index in bare if part < index < end]
        if len(below) != 1 or len(inside) < _FEW or reading.after(below[0]) in certain:
            return set()
        if reading.gap(below[0]) < max(1, min(map(reading.gap, inside))):
            return set()
        found.add(below[0])
    return found


def _parsed(
    reading: Reading, free: Sequence[int], left: Collection[int], front: Collection[int] = ()
) -> dict[int, Heading]:
    """Give the lines that say by their words that they are headings; the title page may touch the first."""
    sheet = reading.sheet
    # What most lines fail is asked first: whether they begin like headings, and only then what they say.
    opening = (index for index in free if index in sheet.opening)
    parsed = {index: heading for index in opening if (heading := _parse(reading, index, front))}
    parsed = _without_sizes(sheet, parsed)
    parsed |= {
        index: heading for index, heading in namedparts.instalments(sheet).items() if index not in left
    }
    parsed |= ownlabels.find(reading, parsed, free)
    parsed |= namedparts.find(reading, parsed, free)
    return parsed | namedparts.sectioned(reading, parsed)


def _without_sizes(sheet: Sheet, parsed: Headings) -> dict[int, Heading]:
    """Leave out "3x10" where none is the first, second … of a season: "1x02"."""
    times = {
        index: match
        for index in parsed
        if (match := _TIMES.match(sheet.texts[index], parsed[index].components[0].label[0]))
    }
    sizes = times.keys() if not any(match[1] for match in times.values()) else set()
    return {index: heading for index, heading in parsed.items() if index not in sizes}


_TIMES = lazily(r"\d+x(?:(0\d)|\d\d)")


def _may_hold(heading: Heading) -> bool:
    """Tell whether a title right below a heading may open a division: it is a part's, or the first of one."""
    return heading.form is not Form.NAMED and heading.components[-1].kind in CONTAINERS


_HOUR = re.compile(r"\d:\d\d")
_TOP = 12
"""Lines among which the title of a book stands."""


def at_top(reading: Reading) -> list[int]:
    """Give the headings with which a manuscript begins that a title page could be taken for."""
    sheet = reading.sheet
    top = [
        index
        for index, text in enumerate(sheet.texts[:_TOP])
        if namedparts.may_name(text) or ownlabels.may_name(text)
    ]
    plain = [index for index in range(len(sheet.lines)) if index not in reading.dropped]
    parsed = _parsed(reading, plain, ()) if top else {}
    opened = (index for index in plain if index in sheet.opening)
    said = {index: heading for index in opened if (heading := _parse(reading, index, ()))}
    opens = min(said, default=_TOP) < _TOP
    parts = titlesbetween.above_counts(reading, *_counts(said), {*plain} - said.keys()) if opens else ()
    return [*(index for index in top if index in parsed), *parts]


def _counts(parsed: Headings) -> tuple[set[int], set[int]]:
    """Give the headings that have a number and no title, and those that begin a count."""
    last = {index: heading.components[-1] for index, heading in parsed.items() if not _may_hold(heading)}
    counted = {index for index, part in last.items() if part.numbers and not part.title}
    return counted, {i for i in parsed if parsed[i].components[0].numbers[:1] == (1,)}


def _without_signs(reading: Reading, free: Sequence[int], certain: set[int], parsed: Headings) -> set[int]:
    """Give the headings without label, number or mark: dates and titles of what nothing else divides.

    Beside other headings there must be many more of them: stories, of which two have parts.
    """
    listed = {index for index in certain - parsed.keys() if dates.is_day(reading.sheet.texts[index])}
    certain = certain - listed
    open_lines = [index for index in free if index not in certain]
    others = [index for index in certain if index not in parsed or parsed[index].form is not Form.NAMED]
    if others:
        held = _in_parts(parsed, certain, open_lines)
        if held and (days := dates.headings(reading, held)):
            return days
        found = baretitles.find(reading, open_lines, certain)
        if all(titlesbetween.is_twice(reading, index) for index in certain):
            # Titles that are printed twice are no other titles than those that are printed once.
            alike = baretitles.find(reading, free)
            found = alike - _printed_twice(reading, alike) if alike >= certain else found
        return found if len(found) >= _MANY * len(others) else set()
    if days := dates.headings(reading, open_lines):
        known = titlesbetween.Known(certain | days, (), (), days)
        return days | titlesbetween.find(reading, known, open_lines)
    return baretitles.find(reading, open_lines)


_MANY = 2


def _in_parts(parsed: Headings, certain: Collection[int], lines: Sequence[int]) -> list[int]:
    """Give those of some lines that stand in a part, below the heading of no chapter of it."""
    found: list[int] = []
    holds = False
    for index in sorted((*lines, *certain)):
        if index in certain:
            holds = index in parsed and _may_hold(parsed[index])
        elif holds:
            found.append(index)
    return found


def _dedication(reading: Reading, certain: Collection[int], parsed: Headings) -> set[int]:
    """Give a line above all chapters that has no text and addresses somebody: "To Waldo and Mildred"."""
    first, second = (*sorted(certain)[:2], -1, -1)[:2]
    bare = second >= 0 and first not in parsed and reading.after(first) == second
    said = bare and (reading.sheet.headed(first) or first in reading.sheet.decided)
    words = words_folded(reading.sheet.texts[first]).split() if bare and not said else []
    return {first} if words and words[0] in DEDICATES else set()


def possible_titles(reading: Reading, front: Collection[int], heads: Sequence[Head]) -> list[int]:
    """Give the lines that may be titles, where no heading says what a chapter is."""
    if any(head.heading is None or head.heading.form is not Form.NAMED for head in heads):
        return []
    left = {*reading.dropped, *front, *reading.sheet.decided, *(i for head in heads for i in head.lines)}
    free = [i for i in range(len(reading.sheet.lines)) if i not in left]
    return baretitles.possible(reading, free, [head.first for head in heads])


def _printed_twice(reading: Reading, certain: Collection[int]) -> set[int]:
    """Give the headings that only repeat the one right above them, as exporters print them."""
    texts = reading.sheet.texts
    return {
        index
        for index in certain
        if index - 1 in certain
        and not reading.sheet.headed(index)
        and printedtwice.is_printed_again(reading.sheet, texts[index - 1 : index], index)
    }


def _parse(reading: Reading, index: int, front: Collection[int]) -> Heading | None:
    line, text = reading.sheet.lines[index], reading.sheet.texts[index]
    if line.heading_level:
        return headings.parse(text)
    # A line only bold or centred, among headings that markup names, must say its number.
    set_so = index in reading.sheet.formatted and headings.is_labelled(text)
    if reading.sheet.headed(index) and not set_so:
        return None
    # Old books tell in a title all that happens; a paragraph so long ends with a mark.
    long = len(text) > (LONGEST_HEADING if ends_unmarked(text) else LONGEST_TITLE * 2)
    unfit = long or line.subheading or index in reading.counters
    apart = not unfit and (index - 1 in front or _stands_apart(reading, index))
    heading = headings.parse(text) if apart else None
    # "#3 Posted: 3 May 2021, 10:13" counts what a forum was sent.
    if heading is None or (heading.form is Form.NUMBERED and _HOUR.search(text) and almanac.iso_date(text)):
        return None
    if heading.form is Form.NAMED and (text.count(" | ") > 1 or _runs_on(reading, index)):
        # Bars part the links of a page's foot: "Copyright | Terms | Contact".
        return None
    # "Author's note: thanks for waiting." is a note that its own name opens, not the heading of one.
    if heading.form is Form.NAMED and ends_full(text):
        longest = _LONGEST_NAME * 3 if is_capitals(text) else _LONGEST_NAME
        return None if ":" in text or len(text.split()) > longest else heading
    return heading


def _runs_on(reading: Reading, index: int) -> bool:
    """Tell whether the next line goes on with the sentence that a name opens: "Postscript—I did not tell"."""
    following = index + 1
    # "Copyright 1968" may be read on a plaque: "said the plaque" goes on with it in a paragraph of its own.
    apart = following < len(reading.sheet.lines) and reading.gap(following) > 0
    if following >= len(reading.sheet.lines) or (apart and not is_notice(reading.sheet.texts[index])):
        return False
    return starts_small(reading.sheet.texts[following]) or reading.sheet.texts[index].endswith(",")


_LONGEST_NAME = 4
"""Words of a name that may end in a full stop, as old books set them: "Preface to the Reader." """


def _stands_apart(reading: Reading, index: int) -> bool:
    """Tell whether white space, a page, another heading or furniture parts a line from what is above it."""
    if reading.gap(index) > 0 or (index - 1) in reading.dropped:
        return True
    before = reading.sheet.texts[index - 1]
    short = len(before) <= LONGEST_TITLE and index - 1 in reading.sheet.opening
    if short and headings.parse(before) is not None:
        return True
    # Where paragraphs touch each other, each is a line, or the end of a sentence is what parts them.
    return reading.closed_up and (reading.unwrapped or ends_full(before))


def _without_announced(sheet: Sheet, parsed: Headings, free: Sequence[int]) -> dict[int, Heading]:
    """Leave out what a list announces: "Act I: A flat", "Act II: A garden", where the acts stand elsewhere.

    Such lines stand one after the other, of one kind, and each names what another heading names; those that
    markup makes headings are headings.
    """
    places = {index: place for place, index in enumerate(free)}
    times = Counter(map(_named, parsed.values()))
    listed: set[int] = set()
    bare = (index for index in sorted(parsed) if not sheet.lines[index].heading_level)
    for above, below in pairwise(bare):
        one, other = _named(parsed[above]), _named(parsed[below])
        goes_on = one and other and one[0] is other[0] and other[1] == one[1] + 1
        if goes_on and places[below] == places[above] + 1 and times[one] > 1 < times[other]:
            listed |= {above, below}
    return {index: heading for index, heading in parsed.items() if index not in listed}


def _named(heading: Heading) -> tuple[DivisionKind, int] | None:
    """Give the kind and number of a heading that has both."""
    part = heading.components[-1]
    return (part.kind, part.numbers[0]) if part.kind and part.numbers else None


def _front_titles(
    reading: Reading, free: Sequence[int], certain: Collection[int], parsed: Headings
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
        and could_stand_alone(reading, index)
        and is_capitals(reading.sheet.texts[index])
        and (following := reading.after(index)) is not None
        and reading.gap(following) > 0
        and following not in certain
        and not is_capitals(reading.sheet.texts[following])
    }
