"""What readers wrote below a post: entries between one button and the next.

Names and words of comments come once, so that nothing but their place tells what they are. A button that
stands several times below the posts ends each entry. What stands between two of them is one; the first has
none before it, and is known by its form: as long as most others, with a day, or the same word after the name,
where these have it. Below what counts the thoughts on a post by its title, all to its end is of readers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from publish.normalize.almanac import may_be_dated, undated
from publish.normalize.edgelines import Zone, template_of, unquoted
from publish.normalize.sheet import Sheet, words_folded

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


def _below_title(sheet: Sheet, zone: Zone, known: Collection[int]) -> Sequence[int]:
    """Give the lines from one below furniture that quotes the post's own title: "3 thoughts on “Rain”"."""
    lines = sorted(zone.lines)
    for place, line in enumerate(lines):
        bare = unquoted(sheet.texts[line])
        title = words_folded(sheet.texts[line][len(bare) :])
        if title and title == zone.title and 0 < len(bare.split()) <= _MOST_COUNTING and line - 1 in known:
            short = all(len(sheet.texts[below]) <= _WIDEST for below in lines[place:])
            return lines[place:] if short else ()
    return ()


_MOST_COUNTING = 5
"""Words before the title."""


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
