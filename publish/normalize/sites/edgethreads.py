"""What readers wrote below a post: entries between one button and the next.

Names and words of comments come once, so that nothing but their place tells what they are. A button that
stands several times below the posts ends each entry. What stands between two of them is one; the first has
none before it, and is known by its form: as long as most others, with a day, or the same word after the name,
where these have it. Below what counts the thoughts on a post by its title, all to its end is of readers.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from publish.normalize.lines.shape import ends_full
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites.edgelines import Zone, template_of, unquoted
from publish.normalize.sites.posts import ends_entry
from publish.normalize.words.almanac import may_be_dated, undated
from publish.normalize.words.wordlists import sections
from publish.patterns import lazily

_LONGEST = 6
"""Lines from one button to the next."""
_WIDEST = 400
_LEAST_ENTRIES = 4
_SAME = 3
"""Of so many entries all but one have the same mark in the same place."""

Place = tuple[int, str]
"""Lines up to the button, and what marks a line there: a day, or the word that ends it."""


def found(sheet: Sheet, zones: Sequence[Zone], known: Mapping[int, str]) -> set[int]:
    """Give the lines of comments below the posts; `known` is the furniture so far."""
    feet = [sorted(zone.lines) for zone in zones if not zone.top]
    buttons = _buttons(sheet, feet, known)
    entries = [part for lines in feet for part in _between(sheet, lines, buttons)]
    taken = {line for entry in entries for line in entry}
    taken |= {line for zone in zones if not zone.top for line in _below_title(sheet, zone, known)}
    form = _form(sheet, entries)
    if form:
        taken |= {line for lines in feet for line in _first(sheet, lines, buttons, form)}
    return {line for line in taken if line not in known and line not in sheet.decided}


def _below_title(sheet: Sheet, zone: Zone, known: Mapping[int, str]) -> Sequence[int]:
    """Give the lines from one below furniture that quotes the post's own title: "3 thoughts on “Rain”"."""
    lines = sorted(zone.lines)
    for place, line in ((place, line) for place, line in enumerate(lines) if line - 1 in known):
        bare = unquoted(sheet.texts[line])
        title = words_folded(sheet.texts[line][len(bare) :])
        if title and title == zone.title and 0 < len(bare.split()) <= _MOST_COUNTING:
            thread = lines[place:]
            return thread if all(len(sheet.texts[below]) <= _WIDEST for below in thread) else ()
    return ()


_MOST_COUNTING = 5
"""Words before the title."""


def threads(
    sheet: Sheet, heads: Sequence[tuple[int, int]], known: Collection[int]
) -> tuple[set[int], list[range]]:
    """Give the comments below lines that head them, in two posts or more, and what may be some.

    They reach to the last line that is furniture for other reasons, each entry as short as comments are. What
    follows in the same post may be more of them, or the author's.
    """
    begun = (lines for first, lines in sheet.firsts.items() if _BEGINS.match(first))
    opening = sorted(line for lines in begun for line in lines if _opens(sheet.texts[line]))
    posts = [
        (top, range(top + 1, end))
        for (_, body), end in zip(heads, (*(first for first, _ in heads[1:]), len(sheet.texts)), strict=False)
        if (top := _top(sheet, range(body, end), opening, known)) is not None
    ]
    ended = [(top, lines, _last(sheet, top, lines, known)) for top, lines in posts]
    sure = {line for top, _, last in ended for line in range(top, last + 1) if last > top}
    several = sum(last > top for top, _, last in ended) >= _LEAST_POSTS
    taken = {line for line in sure if line not in sheet.decided} if several else set()
    told = [(top, lines, last) for top, lines, last in ended if top in known or last > top]
    left = (range((last if several else top) + 1, lines.stop) for top, lines, last in told)
    return taken, [lines for lines in left if 0 < len(lines) <= _LONGEST * _LEAST_ENTRIES]


_LEAST_POSTS = 2
_LONGEST_ENTRY = 4
"""Lines from the head of a thread, or what frames a comment, to what frames it next."""


def _top(sheet: Sheet, lines: range, opening: Sequence[int], known: Collection[int]) -> int | None:
    """Give the one line that heads comments below some text; where several do the posts are not known."""
    tops = opening[bisect_left(opening, lines.start) : bisect_left(opening, lines.stop)]
    above = range(lines.start, tops[0]) if len(tops) == 1 else ()
    told = any(line not in known and ends_full(sheet.texts[line]) for line in above)
    return tops[0] if told else None


_THREADS, _COUNTED = (sections("sites")["furniture"][row].split() for row in ("threads", "counted"))
_LONGEST_HEAD = 100
_OPENS = lazily(
    r"(?:(?:\d{1,4}|one|no)\s([^\W\d_]{5,})(?:\s(?:on|to|zu|sur|en|a|su|op|till?|do|к)\s.{1,80})?"
    r"|([^\W\d_]{5,})(?:\s?\(\d{1,4}\))?)\s?:?",
    re.IGNORECASE,
)


_BEGINS = lazily(rf"\d|(?:one|no|{'|'.join(_THREADS)})(?![^\W\d_])", re.IGNORECASE)


def _opens(text: str) -> bool:
    """Tell a line that counts or heads what readers wrote: "2 thoughts on “Dusk”", "Kommentare"."""
    match = _OPENS.fullmatch(text) if len(text) <= _LONGEST_HEAD else None
    word = "" if match is None else (match[1] or match[2]).lower()
    return word in _THREADS or (match is not None and bool(match[1]) and word in _COUNTED)


def _last(sheet: Sheet, top: int, lines: range, known: Collection[int]) -> int:
    """Give the last line of furniture below the head of a thread, up to where a paragraph is too long."""
    last = top
    for line in lines:
        if len(sheet.texts[line]) > _WIDEST or line - last > _LONGEST_ENTRY:
            break
        last = line if line in known or ends_entry(sheet.texts[line]) else last
    return last


def _buttons(sheet: Sheet, feet: Sequence[Sequence[int]], known: Collection[int]) -> set[int]:
    """Give the furniture that stands several times below one post, as nothing does that ends the post."""
    alike: dict[str, list[list[int]]] = {}
    for lines in feet:
        here: dict[str, list[int]] = {}
        for line in lines:
            if line in known and len(sheet.texts[line].split()) <= _SAME:
                here.setdefault(template_of(sheet.texts[line]), []).append(line)
        for template, some in here.items():
            alike.setdefault(template, []).append(some)
    often = {
        template: places
        for template, places in alike.items()
        if sum(len(some) - 1 for some in places) >= _LEAST_ENTRIES and "date" not in template.split()
    }
    most = max(often.values(), key=lambda places: sum(map(len, places)), default=[])
    return {line for some in most for line in some}


def _between(sheet: Sheet, lines: Sequence[int], buttons: Collection[int]) -> Iterator[list[int]]:
    """Give the entries between two buttons, each with its button."""
    at = [place for place, line in enumerate(lines) if line in buttons]
    for above, below in pairwise(at):
        entry = list(lines[above + 1 : below + 1])
        if len(entry) <= _LONGEST and all(len(sheet.texts[line]) <= _WIDEST for line in entry):
            yield entry


def _form(sheet: Sheet, entries: Sequence[Sequence[int]]) -> tuple[Place, int] | None:
    """Give what nearly all entries have in one place, and how long most of them are."""
    marks: Counter[Place] = Counter()
    for entry in entries:
        marks.update(
            {
                mark
                for place, line in enumerate(reversed(entry[:-1]), 1)
                for mark in _marks(sheet, line, place)
            }
        )
    if len(entries) < _LEAST_ENTRIES or not marks:
        return None
    mark, times = marks.most_common(1)[0]
    size = Counter(map(len, entries)).most_common(1)[0][0]
    return (mark, size) if times * _SAME >= len(entries) * (_SAME - 1) else None


def _marks(sheet: Sheet, line: int, place: int) -> Iterator[Place]:
    text = sheet.texts[line]
    if may_be_dated(text) and undated(text, "") != text:
        yield place, "date"
    yield place, text.split()[-1].lower()


def _first(
    sheet: Sheet, lines: Sequence[int], buttons: Collection[int], form: tuple[Place, int]
) -> Sequence[int]:
    """Give the entry that the first button of a post ends, if it has the form of the others."""
    (place, what), size = form
    end = next((at for at, line in enumerate(lines) if line in buttons), 0)
    if end < size or end - place < 0:
        return ()
    entry = lines[end - size + 1 : end]
    marked = (place, what) in _marks(sheet, lines[end - place], place)
    short = all(len(sheet.texts[line]) <= _WIDEST for line in entry)
    return entry if marked and short else ()
