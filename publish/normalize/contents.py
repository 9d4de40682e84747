"""A list of contents that was typed or exported into the text."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from publish.normalize.lines import headings
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_full, ends_unmarked
from publish.normalize.listentries import (
    COUNT,
    TARGET,
    Titles,
    forms_of,
    keys_of,
    leader_of,
    number_of,
    title_of,
    uncounted,
    without_page,
)
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.words.wordlists import phrases

_WORD, _PICTURES = (frozenset(phrases("divisions", "lists", row)) for row in ("contents", "illustrations"))
_DECORATION = " \t*~=_#–—-.:"
_LONGEST_NAME = 30
"""Letters of the longest word for a contents list, and room for signs round it."""
_LONGEST_ENTRY = 110
_LONGEST_DESCRIBED = headings.LONGEST_HEADING
_LEAST_ENTRIES = 3
_Last = Callable[[str], int]
_LONGEST_LIST = 5_000
"""Lines; what goes on for longer below the word is the text itself, whose lines stand in it twice."""
WHAT = "Contents list of the manuscript."


def contents_list(sheet: Sheet, taken: Mapping[int, str]) -> tuple[dict[int, str], list[str]]:
    """Give the lines of the contents list with what they are, and the titles that it lists, in its order.

    A list of the illustrations is no list of titles, but leaves the text like one.
    """
    found, titles = _contents(sheet, taken)
    return found | _pictures(sheet, dict(taken) | found), titles


def _pictures(sheet: Sheet, taken: Mapping[int, str]) -> dict[int, str]:
    """Give the lines of a list of illustrations: short ones, evenly spaced, to the first wider space."""
    for index in _named(sheet, _PICTURES):
        if index in taken or sheet.headed(index):
            continue
        end = index + 1
        while end < len(sheet.texts) and end not in taken and _is_picture(sheet, index, end):
            end += 1
        if end - index > _LEAST_ENTRIES:
            return dict.fromkeys(range(index, end), "List of the illustrations.")
    return {}


def _named(sheet: Sheet, names: Collection[str]) -> list[int]:
    """Give the lines that have one of some names, as what it names is headed."""
    found = {index for name in names for index in sheet.alike(name)}
    return [index for index in sorted(found) if _is_one_of(sheet.texts[index], names)]


def is_name(text: str) -> bool:
    """Tell whether a line is what a list of contents is called."""
    return _is_one_of(text, _WORD)


def _is_one_of(text: str, names: Collection[str]) -> bool:
    return len(text.strip(_DECORATION)) <= _LONGEST_NAME and words_folded(text) in names


def _is_picture(sheet: Sheet, word: int, index: int) -> bool:
    usual = sheet.lines[min(word + 2, len(sheet.lines) - 1)].blanks_above
    gap = sheet.lines[index].blanks_above
    return len(sheet.texts[index]) <= _LONGEST_ENTRY and (index == word + 1 or gap <= max(usual, 1))


def _contents(sheet: Sheet, taken: Mapping[int, str]) -> tuple[dict[int, str], list[str]]:
    titles = Titles(sheet, _LONGEST_ENTRY)
    last = _last(sheet, titles)
    for index in _named(sheet, _WORD):
        if index in taken or sheet.headed(index):
            continue
        entries = _entries(sheet, taken, index + 1, last)
        entries = _to_last_head(sheet, entries, last)
        if len(entries) >= _LEAST_ENTRIES or _are_both(sheet, entries, last):
            lines = [index, *entries]
            named = _naming(sheet, entries, last)
            return dict.fromkeys(lines, WHAT), _as_headed(sheet, named, last, entries[-1])
    unnamed = _unnamed(sheet, taken, titles)
    if unnamed:
        return dict.fromkeys(unnamed, WHAT), [without_page(sheet.texts[index]) for index in unnamed]
    return _marked_list(sheet, taken)


_TOP = 40
"""Lines at the head of a manuscript among which a list begins that no word announces."""


def _unnamed(sheet: Sheet, taken: Collection[int], titles: Titles) -> list[int]:
    """Give lines that stand evenly and are the titles of the headings below, one by one, in their order."""
    top = [index for index in range(min(_TOP, len(sheet.texts))) if index not in taken]
    short = [index for index in top if len(sheet.texts[index]) <= _LONGEST_ENTRY and not sheet.headed(index)]
    if not any(c - a == _LEAST_ENTRIES - 1 for a, c in zip(short, short[_LEAST_ENTRIES - 1 :], strict=False)):
        return []
    labelled = {index: _head(sheet.texts[index], titles.last) for index in short}
    said = {index: _again(sheet, index) for index in short}
    for heads, way in ((labelled, 1), (said, 1), (said, -1)):
        run = _evenly(sheet, heads, way)
        # What stood above, too, comes back, as the foot of a post does with the title of the next.
        above = (min(sheet.alike(words_folded(sheet.texts[index])), default=index) for index in run)
        if sum(first < run[0] for first in above) * 2 > len(run):
            continue
        if len(run) >= _LEAST_ENTRIES and heads[run[0]] > run[-1]:
            # Where headings have labels, other lines that come back are refrains, or names.
            return run if heads is labelled or titles.end <= run[-1] else []
    return []


def _evenly(sheet: Sheet, heads: Mapping[int, int], way: int) -> list[int]:
    """Give the first lines that stand evenly and head what follows, in its order or (-1) against it.

    One amid them may head nothing: a piece that is missing.
    """
    run, last = list[int](), -1
    for index, head in heads.items():
        even = len(run) < 2 or sheet.lines[index].blanks_above == sheet.lines[run[-1]].blanks_above
        follows = bool(run) and index == run[-1] + 1 and even
        missing = head < 0 < heads.get(index + 1, -1) and last in map(heads.get, run[1:])
        # Text stands between two divisions.
        if follows and (missing or (head - last) * way > 1):
            run.append(index)
        elif len(run) >= _LEAST_ENTRIES:
            break
        else:
            run = [index] if head > index else []
        last = last if missing else head
    return run


def _again(sheet: Sheet, index: int) -> int:
    """Give the one line further down that is the same and stands off, as titles do; -1 where none does."""
    for key in keys_of(sheet.texts[index]) if not ends_full(sheet.texts[index]) else ():
        alike = (at for at in sheet.alike(key) if at > index + 1 and words_folded(sheet.texts[at]) == key)
        off = len(same := list(islice(alike, 2))) == 1 and sheet.lines[same[0]].blanks_above > 0
        if off and same[0] + 1 < len(sheet.texts) and not ends_full(sheet.texts[same[0]]):
            return same[0]
    return -1


def _are_both(sheet: Sheet, found: Sequence[int], last: _Last) -> bool:
    """Tell whether the two lines of a list head what follows, or name a page or what has a number."""
    texts = [sheet.texts[index] for index in found]
    heads = [last(words_folded(without_page(text))) > found[-1] for text in texts]
    said = [leader_of(text) or _labelled(text) for text in texts]
    return len(found) == _LEAST_ENTRIES - 1 and any(heads) and all(map(any, zip(heads, said, strict=True)))


def _to_last_head(sheet: Sheet, entries: list[int], last: _Last) -> list[int]:
    """Leave out of a list whose entries all have labels, or head what follows, the lines below that do not.

    They are a dedication or the like.
    """
    plain = [at for at in entries if not (_labelled(sheet.texts[at]) or leader_of(sheet.texts[at]))]
    loose = [at for at in plain if last(uncounted(sheet.texts[at])) <= entries[-1]]
    end = len(entries) - len(loose)
    return (
        entries[:end] if loose == entries[end:] and len(loose) * _LEAST_ENTRIES <= len(entries) else entries
    )


def _naming(sheet: Sheet, entries: list[int], last: _Last) -> list[int]:
    """Leave out of a list with pages what has none and is no heading: "PAGE", the rest of a title."""
    texts = {entry: sheet.texts[entry] for entry in entries}
    if sum(bool(leader_of(text)) for text in texts.values()) < _LEAST_ENTRIES:
        return entries
    return [index for index, text in texts.items() if leader_of(text) or last(uncounted(text)) > entries[-1]]


def _as_headed(sheet: Sheet, entries: Sequence[int], last: _Last, end: int) -> list[str]:
    """Give titles as they stand below: without the page or the number that only the list gives them."""

    def shown(text: str) -> str:
        forms = (without_page(text), COUNT.sub("", without_page(text)), *forms_of(text))
        return next((form for form in forms if last(words_folded(form)) > end), forms[0])

    return [shown(sheet.texts[index]) for index in entries]


def _marked_list(sheet: Sheet, taken: Mapping[int, str]) -> tuple[dict[int, str], list[str]]:
    """Find a list in a file with markup: a paragraph or a list made of nothing but the file's own headings.

    Below the word for it, or where all its entries are links, some may be no headings: they are told. The
    longest such list gives the titles.
    """
    names = {
        tuple(words_folded(text).split()): text
        for text, line in zip(sheet.texts, sheet.lines, strict=True)
        if line.heading_level and not is_name(text)
    }
    names.pop((), None)
    found: dict[int, str] = {}
    best: list[str] = []
    if len(names) < _LEAST_ENTRIES:
        return found, best
    for group in _groups(sheet, taken):
        above = [group[0] - 1] if group[0] and is_name(sheet.texts[group[0] - 1]) else []
        texts = [sheet.texts[index] for index in group]
        entries = _named_in(" ".join(texts), names)
        if len(entries) < _LEAST_ENTRIES:
            entries = _mostly_named(texts, names, announced=bool(above))
        if entries:
            found.update(dict.fromkeys((*above, *group), WHAT))
            best = max(best, entries, key=len)
    return found, best


def _groups(sheet: Sheet, taken: Mapping[int, str]) -> Iterator[list[int]]:
    """Give the paragraphs of files with markup, those of one list together."""
    group: list[int] = []
    for index, line in enumerate(sheet.lines):
        free = index not in taken and not line.heading_level and _may_list(sheet, index)
        if group and not (free and line.depth and sheet.lines[index - 1].depth):
            yield group
            group = []
        group += [index] if free else []
    if group:
        yield group


def _mostly_named(
    texts: Sequence[str], names: Mapping[tuple[str, ...], str], *, announced: bool
) -> list[str]:
    """Give the headings that a list names, half of whose entries at least are headings, or have one's words.

    Two thirds have to, where it is not announced, and all are links; links below the word need not be any.
    """
    links = all(map(TARGET.search, texts))
    if len(texts) < _LEAST_ENTRIES or not (announced or links):
        return []
    padded = {f" {' '.join(words)} ": heading for words, heading in names.items()}
    found = []
    for text in texts:
        own = f" {entry(text)} "
        found += [to for of, to in padded.items() if own in of or of in own][:1]
    least = 1 if announced and links else len(texts) / 2 if announced else len(texts) * 2 / 3
    return found if len(found) >= least else []


def named_in(text: str, headings: Iterable[str]) -> list[str]:
    """Give the folded headings of which a paragraph is made; it may hold numbers beside them."""
    return [words_folded(name) for name in _named_in(text, {tuple(name.split()): name for name in headings})]


def _may_list(sheet: Sheet, index: int) -> bool:
    return sheet.marked(index) and not sheet.drafts[sheet.file[index]].order_kept


def _named_in(text: str, names: Mapping[tuple[str, ...], str]) -> list[str]:
    """Give the headings of which a paragraph is made, in its order; none where it holds other words too."""
    words = words_folded(TARGET.sub("] ", text)).split()
    longest = max(map(len, names), default=0)
    entries: list[str] = []
    at = 0
    while at < len(words):
        sizes = range(min(longest, len(words) - at), 0, -1)
        size = next((size for size in sizes if tuple(words[at : at + size]) in names), 0)
        if size:
            entries.append(names[tuple(words[at : at + size])])
        elif not words[at].isdigit():
            return []
        at += size or 1
    return entries


def _entries(sheet: Sheet, taken: Mapping[int, str], start: int, last: _Last) -> list[int]:
    """Collect the lines after the word "Contents" that could be entries, and find where the list ends."""
    known = _paged(sheet, taken, start) or _to_first_again(sheet, _described(sheet, taken, start))
    if known:
        return [index for index in known if index not in taken]
    found: list[int] = []
    for index in range(start, len(sheet.texts)):
        if index in taken:
            continue
        if not (_is_entry(sheet, index, last) or _stands_among(sheet, found, index, last)):
            break
        if len(found) == _LONGEST_LIST:
            return []
        found.append(index)
    leaders = [place for place, index in enumerate(found) if leader_of(sheet.texts[index])]
    if len(leaders) >= _LEAST_ENTRIES:
        return found[: leaders[-1] + 1]
    return _before_restart(sheet, found, last)


_MOST_STRANGE = 20
"""One entry in so many at most may head nothing that follows."""


def _stands_among(sheet: Sheet, found: Sequence[int], index: int, last: _Last) -> bool:
    """Tell whether one line amid the entries of a long list is like them but heads nothing."""
    following = index + 1
    longest = _LONGEST_DESCRIBED if ends_unmarked(sheet.texts[index]) else _LONGEST_ENTRY
    return (
        len(found) >= _LEAST_ENTRIES
        and found[-1] == index - 1
        and following < len(sheet.texts)
        and len(sheet.texts[index]) <= longest
        and sheet.lines[index].blanks_above == sheet.lines[index - 1].blanks_above
        and sheet.lines[following].blanks_above == sheet.lines[index].blanks_above
        and _is_entry(sheet, following, last)
    )


def entry(line: str) -> str:
    """Give an entry folded, without leader, page and the number that counts it; empty for the list's name."""
    folded = uncounted(without_page(TARGET.sub("] ", line)))
    return "" if folded in _WORD else folded


def _head(text: str, last: _Last) -> int:
    """Give the last line that an entry may stand for by its words; -1 where there is none."""
    return max(map(last, keys_of(text)), default=-1)


def _counted_head(text: str, last: _Last) -> int:
    """Give the same for an entry of an announced list, which may have nothing but its number in common."""
    return max(_head(text, last), last(number) if (number := number_of(text)) else -1)


_MOST_BETWEEN = 4
"""Lines between two with a page: "PAGE", "BOOK THE SECOND", the rest of a long title."""


def _paged(sheet: Sheet, taken: Mapping[int, str], start: int) -> list[int]:
    """Give the lines of a list most of whose entries end in the number of a page, which rises."""
    pages: list[int] = []
    last, between = start, 0
    for index in range(start, min(start + _LONGEST_LIST, len(sheet.texts))):
        if index in taken:
            continue
        text = sheet.texts[index]
        leader = leader_of(text) if len(text) <= _LONGEST_DESCRIBED else None
        between = 0 if leader else between + 1
        if len(text) > _LONGEST_DESCRIBED or between > _MOST_BETWEEN:
            break
        if leader:
            last = index
            pages += [int(leader["page"])] if leader["page"].isdigit() else []
    rising = sum(a <= b for a, b in pairwise(pages))
    if len(pages) <= _LEAST_ENTRIES or rising * 10 < (len(pages) - 1) * 9 or len(pages) * 2 < last - start:
        return []
    following = last + 1
    while following < len(sheet.texts) and _runs_over(sheet, following):
        following += 1
    return list(range(start, following))


def _runs_over(sheet: Sheet, index: int) -> bool:
    """Tell whether a line is the rest of the last title of a list: it touches it and is set in."""
    line = sheet.lines[index]
    return line.blanks_above == 0 and line.indent > 0 and len(sheet.texts[index]) <= _LONGEST_ENTRY


_MOST_WORDS = 70
"""Words that a list may spend on one chapter, as old books do: "The Find.—Old Hank.—In Disguise." """


def _described(sheet: Sheet, taken: Mapping[int, str], start: int) -> list[int]:
    """Give the lines of a list whose entries carry summaries.

    Its headings are labelled, and the first of them comes again where the book itself begins: with text below
    it, for in a list it comes again too where parts restart their numbers.
    """
    first: object = None
    last_head, count, words, ends = start, 0, 0, (0, 0)
    for index in range(start, min(start + _LONGEST_LIST, len(sheet.texts))):
        if index in taken:
            continue
        key = _labelled(sheet.texts[index])
        if words > _MOST_WORDS and (ends[1] or count < _LEAST_ENTRIES):
            break
        again = key is not None and key == first and count >= _LEAST_ENTRIES
        if key is not None and (words <= _MOST_WORDS or again):
            ends = (last_head, index) if again else (0, 0)
            first, last_head, count, words = first or key, index, count + 1, 0
        words += len(sheet.texts[index].split())
    return _up_to(sheet, start, *ends) if ends[1] else []


def _to_first_again(sheet: Sheet, described: list[int]) -> list[int]:
    """End a list where its first line stands again and has no label.

    So "The Persons" heads the book itself, in whose front the acts are listed once more.
    """
    texts = [words_folded(sheet.texts[index]) for index in described]
    if not texts or _labelled(sheet.texts[described[0]]) or texts[0] not in texts[_LEAST_ENTRIES:]:
        return described
    return described[: texts.index(texts[0], _LEAST_ENTRIES)]


def _labelled(text: str) -> object:
    """Give what a labelled heading names; None for any other line."""
    heading = headings.parse(text) if len(text) <= _LONGEST_DESCRIBED else None
    if heading is None or heading.form is not Form.LABELLED:
        return None
    return tuple((part.kind, part.numbers) for part in heading.components)


def _up_to(sheet: Sheet, start: int, last_head: int, restart: int) -> list[int]:
    """Give the lines of a list to the end of its last entry, which the widest gap parts from what follows."""
    usual = max((sheet.lines[index].blanks_above for index in range(start + 1, last_head + 1)), default=1)
    end = last_head + 1
    while end < restart and sheet.lines[end].blanks_above <= usual:
        end += 1
    return list(range(start, end))


def _last(sheet: Sheet, titles: Titles) -> _Last:
    """Give what tells the last line that some folded words have to themselves; -1 where there is none."""
    read: dict[int, dict[str, int]] = {}

    def last(folded: str) -> int:
        return max(whole(folded) if folded[:1] != "#" else -1, titles.last(folded))

    def whole(folded: str) -> int:
        lines = sheet.alike(folded)
        if lines and lines[0] not in read:
            short = (index for index in lines if len(sheet.texts[index]) <= _LONGEST_ENTRY)
            read[lines[0]] = {words_folded(sheet.texts[index]): index for index in short}
        return read[lines[0]].get(folded, -1) if lines else -1

    return last


def _is_entry(sheet: Sheet, index: int, last: _Last) -> bool:
    text = sheet.texts[index]
    if len(text) <= _LONGEST_DESCRIBED and (leader_of(text) or _labelled(text)):
        return True
    if len(text) > _LONGEST_ENTRY:
        return False
    if headings.parse(text) or sheet.lines[index].indent > 0:
        return True
    return _counted_head(text, last) > index


def _before_restart(sheet: Sheet, found: list[int], last: _Last) -> list[int]:
    """Cut the run of entries where its first entry comes again, for there the book itself begins."""
    if len(found) < _LEAST_ENTRIES:
        return found if _are_both(sheet, found, last) else []
    texts = [sheet.texts[index] for index in found]
    again = next((place for place in range(2, len(found)) if _same_entry(texts[place], texts[0])), 0)
    counted = next((place for place in range(2, len(found)) if _same_number(texts[place], texts[0])), 0)
    if cut := again or (counted if all(map(number_of, texts[:counted])) else 0):
        return found[:cut]
    if _are_heads(sheet, found, last, _head):
        return found
    following = sheet.texts[found[-1] + 1] if found[-1] + 1 < len(sheet.texts) else ""
    if all(_labelled(sheet.texts[index]) for index in found) and len(following) <= _LONGEST_ENTRY:
        return found
    gaps = [sheet.lines[index].blanks_above for index in found]
    widest = max(range(1, len(gaps)), key=lambda place: (gaps[place], place))
    if gaps[widest] > max(gaps[1:widest], default=0):
        return found[:widest]
    return found if _are_heads(sheet, found, last, _counted_head) else []


def _are_heads(sheet: Sheet, found: Sequence[int], last: _Last, head: Callable[[str, _Last], int]) -> bool:
    """Tell whether nearly all entries head something below the list."""
    strange = sum(head(sheet.texts[index], last) <= found[-1] for index in found)
    return strange * _MOST_STRANGE <= len(found)


def _same_entry(one: str, other: str) -> bool:
    """Tell whether two entries are equal, or one is the other with its label or its title."""
    numbers = _labelled(one), _labelled(other)
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    if not {*keys_of(one)}.isdisjoint(keys_of(other)):
        return True
    one, other = words_folded(one), words_folded(other)
    return one.startswith(other + " ") or other.startswith(one + " ")


def _same_number(one: str, other: str) -> bool:
    """Tell whether two entries, of which one is nothing but a label, have one number."""
    bare = not (title_of(one) and title_of(other))
    return bare and number_of(one) != "" and number_of(one) == number_of(other)
