"""Chapters that stand twice in a manuscript: found by their headings and the likeness of their texts."""

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from msgspec import Struct

from publish.document import DivisionKind
from publish.normalize.order.evidence import Item
from publish.normalize.words.numerals import fold
from publish.normalize.words.vocabulary import CORRECTED
from publish.places import letters

ALIKE_UNDER_ONE_HEADING = 0.4
"""Likeness of two versions of one chapter; two different chapters share under 0.02."""
ALIKE_UNDER_ANY = 0.8
QUITE_ALIKE = 0.95
_TELLING = 16
"""Runs of words in a text that is long enough to stand twice by nothing but copying."""


class Copy(Struct, frozen=True):
    """A chapter that stands twice: one copy stays, the other is set aside."""

    kept: int
    dropped: int
    why: str


def groups(items: Sequence[Item]) -> list[list[int]]:
    """Give the sets of items that are copies of each other, each in file order."""
    found: dict[int, list[int]] = {}
    buckets: dict[object, list[int]] = {}
    for index, item in enumerate(items):
        keys = _keys(item)
        first = _copied(items, index, [other for key in keys for other in buckets.get(key, ())[:20]])
        if first is not None:
            found.setdefault(first, [first]).append(index)
            continue
        for key in keys:
            buckets.setdefault(key, []).append(index)
    return list(found.values())


def _copied(items: Sequence[Item], index: int, others: Sequence[int]) -> int | None:
    for other in others:
        if _is_copy(items[other], items[index]) and not _both_needed(items, other, index):
            return other
    return None


def _keys(item: Item) -> list[object]:
    keys: list[object] = []
    if item.fingerprint:
        keys += sorted(item.fingerprint)[:2]
        if item.numbers or item.title:
            keys.append((item.kind, item.numbers, item.sequel))
    return keys


def _is_copy(a: Item, b: Item) -> bool:
    if a.numbers != b.numbers or a.sequel != b.sequel or not a.headed or not b.headed:
        return False
    if a.holders and b.holders and _names(a) != _names(b):
        return False
    same = a.title == b.title and bool(a.numbers or a.title)
    # "Rain all day." may stand under any number of days.
    if not (same or a.numbers) and min(len(a.fingerprint), len(b.fingerprint)) < _TELLING:
        return False
    return likeness(a.fingerprint, b.fingerprint) >= (ALIKE_UNDER_ONE_HEADING if same else ALIKE_UNDER_ANY)


def _both_needed(items: Sequence[Item], a: int, b: int) -> bool:
    """Tell whether two chapters that read alike stand each in a run of its own, as those of two volumes do.

    What reads quite the same is a copy nevertheless, since a whole manuscript may have been pasted twice;
    unless it is so short that two scenes may well begin and end so.
    """
    alike = likeness(items[a].fingerprint, items[b].fingerprint)
    short = len(items[a].fingerprint) < _TELLING
    apart = abs(a - b) > 1 and (short or alike < QUITE_ALIKE)
    return apart and _in_sequence(items, a) and _in_sequence(items, b)


def _in_sequence(items: Sequence[Item], index: int) -> bool:
    """Tell whether an item stands in a run of numbers that rises or falls, or at an end of one."""
    before = items[index - 1].numbers if index else ()
    own = items[index].numbers
    behind = items[index + 1].numbers if index + 1 < len(items) else ()
    return _fits(before, own, behind) or _fits(behind, own, before)


def _fits(low: Sequence[int], own: Sequence[int], high: Sequence[int]) -> bool:
    if not own:
        return False
    after_low = bool(low) and low[-1] + 1 == own[0]
    before_high = bool(high) and own[-1] + 1 == high[0]
    return (after_low and (before_high or not high or high[0] == 1)) or (own[0] == 1 and before_high)


def _names(item: Item) -> list[tuple[DivisionKind, int | None]]:
    return [(holder.kind, holder.number) for holder in item.holders]


def choose(
    group: Sequence[int], items: Sequence[Item], pins: Mapping[str, int], *, reversed_file: bool
) -> tuple[int, str]:
    """Give the copy that stays and why: the pinned one, the later version or posting, or the first."""
    for heading, number in pins.items():
        if any(same_heading(heading, items[index].heading) for index in group) and 1 <= number <= len(group):
            return group[number - 1], "book.toml chooses this copy"
    versions = [items[index].version for index in group]
    if versions.count(max(versions)) == 1:
        return max(group, key=lambda index: items[index].version), "its file is named as the later version"
    mended = [index for index in group if not CORRECTED.isdisjoint(fold(items[index].heading).split())]
    if len(mended) == 1:
        return mended[0], "its heading says that it was mended"
    dates = [items[index].date or "" for index in group]
    if all(dates) and len(set(dates)) == len(dates):
        return max(group, key=lambda index: items[index].date or ""), "it is the later posting"
    if reversed_file:
        return _posted_later(group, items)
    return group[0], "it comes first in reading order"


def _posted_later(group: Sequence[int], items: Sequence[Item]) -> tuple[int, str]:
    """Give the copy that stays in a file newest first: its upper one.

    What only the lower one ends with was cut off; it must follow the copy that stays.
    """
    below = group[-1] + 1
    if below < len(items) and not items[below].headed:
        return group[-1], "it comes first in reading order"
    return group[0], "the file stands newest first, so it is the later posting"


def same_heading(a: str, b: str) -> bool:
    """Tell whether two headings are the same but for case, accents, white space and punctuation."""
    return letters(fold(a)) == letters(fold(b))


# --- Sketches of texts -----------------------------------------------------------------------------------


_SHINGLE_WORDS = 4
_SKETCH_SIZE = 192
_ENOUGH = 64
_LONG_WORD = 8
_BEHIND = 1 << 32


def fingerprint(text: str) -> frozenset[int]:
    """Sketch a text by the smallest hashes of its runs of four words.

    Two versions of one text can so be told from two texts (see `likeness`); linear time. Runs that begin with
    a long word come before all others, whatever their hash: all but short texts are sketched by those alone.
    """
    words = fold(text).split()
    last = max(len(words) - _SHINGLE_WORDS, 0)
    starts = [at for at, word in enumerate(words[: last + 1]) if len(word) >= _LONG_WORD]
    sketch = _hashes(words, starts)
    if len(sketch) < _ENOUGH:
        others = set(range(last + 1 if words else 0)).difference(starts)
        sketch |= {found + _BEHIND for found in _hashes(words, others)}
    return frozenset(sorted(sketch)[:_SKETCH_SIZE])


def _hashes(words: Sequence[str], starts: Iterable[int]) -> set[int]:
    """Give the hashes of the runs of words that begin at some places."""
    runs = "\n".join([" ".join(words[at : at + _SHINGLE_WORDS]) for at in starts])
    return set(map(crc32, runs.encode("utf-8", "surrogatepass").split(b"\n"))) if runs else set()


def likeness(a: frozenset[int], b: frozenset[int]) -> float:
    """Estimate how much of two sketched texts is the same, from 0 to 1."""
    shared = a & b
    if not shared:
        return 0.0
    smallest = sorted(a | b)[: min(len(a), len(b), _SKETCH_SIZE)]
    return len(shared.intersection(smallest)) / len(smallest)
