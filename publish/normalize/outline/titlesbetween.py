"""Titles without label and number that open a division, amidst headings that have them.

A preface under a name of its own, a story above its part I, a letter between chapters. Each needs a sign: the
white space that headings of this manuscript have and hardly anything else, an entry of the contents list, or
what a site prints below the titles of posts.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct

from publish.normalize.lines import headings
from publish.normalize.lines.bylines import is_known_person
from publish.normalize.lines.shape import (
    ends_full,
    ends_sentence,
    is_capitals,
    is_ornament,
    is_title_like,
    unabbreviated,
)
from publish.normalize.outline.baretitles import beside_verse, heads_message, prose_follows, reads_as_title
from publish.normalize.outline.subtitles import could_be_title
from publish.normalize.reading import Reading
from publish.normalize.sheet import words_folded
from publish.normalize.sites import posts, printedtwice


class Known(Struct, frozen=True):
    """The lines of which something is known."""

    headings: Collection[int]
    taken: Collection[int]
    """Lines below headings that belong to them."""
    firsts: Collection[int]
    """Headings with the number 1."""
    closed: Collection[int]
    """Headings below which no other division begins: by name, "Preface", or of a chapter by its number."""
    counted: Collection[int] = ()
    """Those of them that have a number and no title."""
    titled: Collection[int] = ()
    """Those of them that number a chapter and name it: its first section may follow, if it has others."""


class _Space(Struct, frozen=True):
    """The white space of a manuscript."""

    usual: int
    """Blank lines above most headings; 0 where there are too few to tell."""
    gaps: Counter[int]
    """Above lines that are no headings."""
    others: Counter[int]
    """The same, above lines that could be no titles; only where there is any."""
    fit: Collection[int]
    """Lines below some, or beside verse, that could open a division by their form."""


def find(reading: Reading, known: Known, free: Sequence[int]) -> set[int]:
    """Give the titles.

    Right above a heading only what opens a new count, and not alone: the second title of a part, or a story
    of a collection above its part I. One name above the only chapter 1 signs what precedes it.
    """
    open_ = [index for index in free if index not in known.headings and index not in known.taken]
    space = _space(reading, known, open_)
    found = {
        index
        for index in open_
        if index in space.fit
        and reading.gap(index) > 0
        and not reading.sheet.headed(index)
        and (_before(reading, index) not in known.closed or _before(reading, index) in known.titled)
        and (
            (following := reading.after(index)) not in known.headings
            or (following in known.firsts and not _below_stanza(reading, index))
            or reading.is_listed(index)
        )
        and _opens_division(reading, known, index, space)
    }
    found |= _above_posting_lines(reading, {*known.headings, *found}, open_)
    found |= _below_ends_of_posts(reading, {*known.headings, *found}, open_)
    beneath = {index for index in found if _before(reading, index) in known.titled}
    found = found if len(beneath) * 2 <= len(found) else found - beneath
    if _lie_in_posts(reading, known, found):
        found = {index for index in found if is_twice(reading, index) or reading.is_listed(index)}
    # Of two titles with nothing between the second belongs to the first, or opens its text.
    listed = {index for index in found if reading.is_listed(index)}
    found -= {index for index in found - listed if _signs(reading, index, found)}
    found -= {index for index in found - listed if _before(reading, index) in found}
    counting = {index for index in found - listed if reading.after(index) in known.headings}
    held = len(counting) > 1 or len(found) >= len(known.headings)
    found = found if held else found - counting
    found |= above_counts(reading, known.counted, known.firsts, open_)
    return found | _above_another(reading, known, found, space)


def above_counts(
    reading: Reading, counted: Collection[int], firsts: Collection[int], open_: Collection[int]
) -> set[int]:
    """Give the titles of parts, each alone above the first number that counts in its part.

    One stands above each number 1; or where numbers go on, several in capitals, and one above the first.
    """
    sheet, free = reading.sheet, frozenset(open_)
    above = {
        i: _before(reading, i) for i in {*counted, *firsts} if reading.gap(i) and not sheet.first_of_file(i)
    }

    def alone(index: int) -> bool:
        text = sheet.texts[index]
        named = not text[:1].isupper() or len(text) > _LONGEST_QUOTED or is_known_person(text)
        told = named or ends_sentence(unabbreviated(text)) or sheet.headed(index) or index in reading.common()
        return index in free and reading.gap(index) > 0 and not told

    ones = {above.get(index, -1) for index in firsts}
    if len(ones) >= _FEW_POSTS and len(ones) == len(firsts) and all(map(alone, ones)):
        return ones
    large = {i for at, i in above.items() if at in counted and i and is_capitals(sheet.texts[i]) and alone(i)}
    opens = above.get(min(counted, default=0)) in large
    return large if opens and len(counted) >= 2 * len(large) > _FEW_POSTS else set()


def _above_posting_lines(reading: Reading, heads: Collection[int], open_: Sequence[int]) -> set[int]:
    """Give the lines of whatever form that stand off above, right above a site's line, as headings do.

    Of the posts of a serial one may be called unlike the others: "a short break", "I am back."
    """
    gaps = {reading.gap(index + 1) for index in heads if index + 1 in reading.beacons}
    posted = sum(index + 1 in reading.beacons for index in heads)
    if posted < _FEW_POSTS or 2 * posted <= len(heads):
        return set()
    return {
        index
        for index in open_
        if index + 1 in reading.beacons
        and len(text := reading.sheet.texts[index]) <= _LONGEST_OF_POST
        and index not in reading.common()
        and not posts.begins_like_furniture(text)
        and reading.gap(index) > 0
        and (
            reading.gap(index + 1) == 0
            or (reading.gap(index + 1) in gaps and not ends_full(text.rstrip("!?")))
        )
    }


def _below_ends_of_posts(reading: Reading, heads: Collection[int], open_: Sequence[int]) -> set[int]:
    """Give what reads as a title right below a line with which posts end, as headings do here.

    Below each post stands the same credit or plea, and below that the next post: also the one that has no
    number, a tale for the holidays. Where much else stands below such lines they end no posts, and where
    titles do each time, or one below the other, they are a site's links to other posts.
    """
    ends = {*reading.dropped, *reading.common()}.difference(reading.beacons, heads)
    below = {index for index in (*heads, *open_) if index - 1 in ends and reading.gap(index) > 0}
    ended, others = below.intersection(heads), below.difference(heads)
    if len(ended) < _SEVERAL or 2 * len(ended) < len(heads):
        return set()
    found = {index for index in others if reads_as_title(reading, index)}
    listed = any(reads_as_title(reading, index) for index in map(reading.after, found) if index)
    lone = not listed and 2 * len(found) <= len(ended)
    return found if lone and len(others - found) * _SEVERAL <= len(ended) else set()


_FEW_POSTS = 2
_LONGEST_OF_POST = 80
"""Characters of the title of a post."""


def is_twice(reading: Reading, index: int) -> bool:
    """Tell whether a title is printed again right below."""
    return printedtwice.is_printed_again(reading.sheet, [reading.sheet.texts[index]], index + 1)


def _lie_in_posts(reading: Reading, known: Known, found: Collection[int]) -> bool:
    """Tell whether a site prints most titles twice, but hardly any of these: they divide its posts."""
    twice = {index for index in known.headings if is_twice(reading, index)}
    once = {index for index in known.headings if index not in twice and index - 1 not in twice}
    again = sum(is_twice(reading, index) for index in found)
    return min(len(twice), len(found)) >= _SEVERAL and len(once) <= len(twice) and again * 5 <= len(found)


_SEVERAL = 3


def _signs(reading: Reading, index: int, found: Collection[int]) -> bool:
    """Tell whether a line above a title stands elsewhere too: it signs what precedes it, as it does there."""
    again = reading.sheet.alike(words_folded(reading.sheet.texts[index]))
    return reading.after(index) in found and len(again) > 1 and not is_twice(reading, index)


def _above_another(reading: Reading, known: Known, found: Collection[int], space: _Space) -> set[int]:
    """Give the titles right above titles, amidst the book: of a story whose parts have titles and no numbers.

    White space as wide as below it stands above, and both are in capitals or neither.
    """
    first = min((*found, *known.headings), default=0)
    texts = reading.sheet.texts
    return {
        above
        for index in found
        if first < (above := _before(reading, index))
        and above in space.fit
        and above not in known.headings
        and reading.gap(above) >= reading.gap(index) > 1
        and is_capitals(texts[above]) == is_capitals(texts[index])
        and not ends_full(texts[above])
    }


def _before(reading: Reading, index: int) -> int:
    """Give the line above, furniture passed over."""
    before = index - 1
    while before >= 0 and before in reading.dropped:
        before -= 1
    return before


def _space(reading: Reading, known: Known, open_: Sequence[int]) -> _Space:
    gaps = reading.gaps
    # Below furniture that has gone, white space says nothing of the author's own; nor does that round verse.
    verse = {index for index in open_ if beside_verse(reading, index)} if reading.in_whole_lines else set()
    fit = {index for index in open_ if (gaps[index] > 0 or index in verse) and _could_open(reading, index)}
    told = [
        index for index in open_ if index - 1 not in reading.dropped and (index in fit or index not in verse)
    ]
    every = Counter(gaps[index] for index in told)
    apart = (index for index in told if gaps[index] > 0)
    others = Counter(gaps[i] for i in apart if i not in fit or not _reads_as_title(reading, known, i, every))
    return _Space(_heading_gap(reading, known.headings), every, others, fit)


def _heading_gap(reading: Reading, certain: Collection[int]) -> int:
    gaps = Counter(reading.gap(index) for index in certain if not reading.sheet.first_of_file(index))
    if sum(gaps.values()) < 2:
        return 0
    gap, count = gaps.most_common(1)[0]
    return gap if count * 2 > sum(gaps.values()) else 0


def _could_open(reading: Reading, index: int) -> bool:
    text = reading.sheet.texts[index]
    listed = reading.is_listed(index)
    formed = could_be_title(text) or (listed and text[-1:] not in _GOING_ON)
    if not formed or is_ornament(text) or not (listed or index not in reading.common()):
        return False
    if heads_message(reading, index):
        return False
    quoted = text[:1] in "“‘\"'«„"
    speech = quoted and (len(text) > _LONGEST_QUOTED or _stands_unquoted(reading, text))
    # An entry of a list that announces divisions, as other headings name them, is none.
    return not speech and not headings.is_labelled(text)


def _stands_unquoted(reading: Reading, text: str) -> bool:
    """Tell whether a line in quotation marks stands without them elsewhere: so somebody calls the name."""
    alike = (reading.sheet.texts[index] for index in reading.sheet.alike(words_folded(text)))
    return any(other[:1].isalpha() and words_folded(other) == words_folded(text) for other in alike)


_GOING_ON = ".,;:"
"""Signs behind a line of the text that has the words of a title."""
_LONGEST_QUOTED = 40
"""Characters of a title in quotation marks; more is a speech."""


def _reads_as_title(reading: Reading, known: Known, index: int, gaps: Counter[int]) -> bool:
    return (
        not ends_full(unabbreviated(reading.sheet.texts[index]))
        and not opens_stanza(reading, index)
        and _stands_off(reading, index, gaps)
        and prose_follows(reading, index, known.headings)
        and not _in_list(reading, known, index)
    )


def _in_list(reading: Reading, known: Known, index: int) -> bool:
    """Tell whether the next line stands off as far and reads like a heading too, which it is not."""
    following = reading.after(index)
    if following is None or following in known.headings:
        return False
    alike = _could_open(reading, following) or headings.is_labelled(reading.sheet.texts[following])
    return alike and reading.gap(following) >= reading.gap(index) > 1


def _opens_division(reading: Reading, known: Known, index: int, space: _Space) -> bool:
    if is_title_like(reading.sheet.texts[index]) and is_twice(reading, index):
        return True
    if reading.is_listed(index):
        return True
    if index + 1 in reading.beacons:
        return True
    own, lines = reading.gap(index), sum(space.gaps.values())
    counts = reading.after(index) in known.firsts
    if counts and index - 1 in reading.dropped and space.usual:
        # Below what closes a post stands the title of what is counted from here.
        return _reads_as_title(reading, known, index, space.gaps)
    if _below_stanza(reading, index):
        return False
    # No line but titles stands below so much white space, as below a title page.
    widest = own > 1 and not any(count for other, count in space.others.items() if other >= own)
    wide = own == space.usual or (own > space.usual and counts) or widest
    rare = space.others[own] * 20 <= lines and space.gaps[own] * (15 if space.others[own] else 5) <= lines
    return bool(space.usual) and wide and rare and _reads_as_title(reading, known, index, space.gaps)


def _below_stanza(reading: Reading, index: int) -> bool:
    """Tell whether lines of verse stand close above: what follows them says where they come from."""
    texts = reading.sheet.texts
    short = all(len(text) <= _LONGEST_IN_STANZA for text in texts[max(0, index - 2) : index])
    return index > 1 and short and reading.gap(index - 1) == 0 and reading.gap(index) <= 1


def opens_stanza(reading: Reading, index: int) -> bool:
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
