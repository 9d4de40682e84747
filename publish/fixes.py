"""Fixes carried into the author's files: in memory, round by round, each round held against the book.

A safe fix writes into the file what the book has already, so the book must come out equal; that is checked,
not trusted. What would change it is searched out and left alone. An unsafe fix changes the book, which is its
purpose. Nothing is written to disk here.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from publish import lint
from publish.config import Config
from publish.diagnostic import Diagnostic, Safety
from publish.document import same
from publish.lint.fingerprint import fingerprint
from publish.lint.kept import Sheet
from publish.normalize.result import Normalized
from publish.source import Change, Source
from publish.writing import writings

Reading = Callable[[Mapping[int, bytes]], Normalized]
"""Reads the book anew, with other bytes for some of its files, by their keys."""

_ROUNDS = 10
"""One repair may uncover another; that needs two or three rounds, more only where rules contradict."""
_READINGS = 60
"""So often at most a book is read anew to find the fixes that would change it."""


class Wish(Struct, frozen=True):
    """Which fixes are wanted."""

    safety: Safety
    """UNSAFE takes in the safe ones."""
    codes: frozenset[str]
    sources: frozenset[int]
    """Keys of the files that may be changed."""
    sheet: Sheet | None = None
    """The style sheet that is kept with the book."""


class Fixed(Struct, frozen=True):
    """What came of it."""

    normalized: Normalized
    """The book of the files as they are now to be."""
    data: dict[int, bytes]
    """The files that changed, by their keys."""
    counts: dict[str, int]
    """How many fixes were made, by rule."""
    unwritable: dict[int, tuple[Diagnostic, ...]]
    """Fixes with a sign that the file's encoding does not have."""
    withheld: tuple[Diagnostic, ...]
    """Safe fixes that would have changed the book; their places are those of the round that tried them."""


def fix(normalized: Normalized, config: Config, read: Reading, wish: Wish) -> Fixed:
    """Make the fixes that are wanted, and again until there are none left."""
    bench = _Bench(normalized, config, read, wish)
    bench.settle()
    if wish.safety is Safety.UNSAFE:
        for _ in range(_ROUNDS):
            if not bench.alter():
                break
            bench.settle()
    return bench.result()


class _Bench:
    """The files while they are worked on."""

    def __init__(self, normalized: Normalized, config: Config, read: Reading, wish: Wish) -> None:
        self.now = normalized
        self.config = config
        self.read = read
        self.wish = wish
        self.data: dict[int, bytes] = {}
        self.counts: Counter[str] = Counter()
        self.withheld: dict[str, Diagnostic] = {}
        self.vain: set[str] = set()
        """Unsafe fixes after which the finding was still there."""
        self.readings = _READINGS

    def settle(self) -> None:
        """Make safe fixes until there are none left; what would have changed the book is tried once more.

        It may do no harm any more when the fixes round it are made.
        """
        while self.readings > 0:
            self.withheld.clear()
            before = self.counts.total()
            self._rounds()
            if not self.withheld or self.counts.total() == before:
                break

    def _rounds(self) -> None:
        for _ in range(_ROUNDS):
            wanted = _apart(self._open(Safety.SAFE))
            if not wanted or not self._keep(wanted):
                break

    def alter(self) -> bool:
        """Make one round of unsafe fixes; False where there was none to make."""
        wanted = _apart(self._open(Safety.UNSAFE))
        tried = self._tried(wanted) if wanted else None
        if tried is None:
            return False
        made = {self._mark(item) for item in wanted}
        self._take(wanted, *tried)
        # What stands there still was not mended by its fix; it is not made again.
        self.vain |= made & {self._mark(item) for item in self._open(Safety.UNSAFE)}
        return True

    def _open(self, safety: Safety) -> Iterator[Diagnostic]:
        """Give the findings with a fix of this safety that can and may be made."""
        for item in self._found():
            if item.fix is None or item.fix.safety is not safety or item.code not in self.wish.codes:
                continue
            mark = self._mark(item)
            if self._may(item) and mark not in self.withheld and mark not in self.vain:
                yield item

    def _found(self) -> tuple[Diagnostic, ...]:
        options = lint.Options(sheet=self.wish.sheet)
        return lint.findings(self.now, self.config, select=sorted(self.wish.codes), options=options)

    def _may(self, item: Diagnostic) -> bool:
        return item.fix is not None and all(
            change.span.source in self.wish.sources and is_writable(change, self.now.sources)
            for change in item.fix.changes
        )

    def _mark(self, item: Diagnostic) -> str:
        return fingerprint(item, self.now.sources[item.span.source])

    def _keep(self, wanted: Sequence[Diagnostic]) -> bool:
        """Make those fixes that leave the book equal: all at once if they do, else the halves in turn."""
        tried = self._tried(wanted) if self.readings else None
        self.readings -= 1
        if tried and same(tried[1].book, self.now.book):
            self._take(wanted, *tried)
            return True
        if len(wanted) == 1 or self.readings <= 0:
            self.withheld |= {self._mark(item): item for item in wanted}
            return False
        first, second = _halves(wanted)
        marks = {self._mark(item) for item in second}
        kept = self._keep(first)
        # Places have moved; what is left of the second half is found again.
        second = [item for item in _apart(self._open(Safety.SAFE)) if self._mark(item) in marks]
        return (bool(second) and self._keep(second)) or kept

    def _tried(self, wanted: Iterable[Diagnostic]) -> tuple[dict[int, bytes], Normalized] | None:
        """Give what comes of some fixes; None where a file would be read in another encoding then."""
        texts = _patched(wanted, self.now.sources)
        files = self.now.sources
        data = {key: text.encode(files[key].encoding, "surrogateescape") for key, text in texts.items()}
        made = self.read(self.data | data)
        if any(made.sources[key].text != text for key, text in texts.items()):
            return None
        return data, made

    def _take(self, wanted: Iterable[Diagnostic], data: dict[int, bytes], made: Normalized) -> None:
        self.data |= data
        self.now = made
        self.counts.update(item.code for item in wanted)

    def result(self) -> Fixed:
        lost: dict[int, list[Diagnostic]] = {}
        for item in self._found():
            changes = item.fix.changes if item.fix else ()
            if item.span.source in self.wish.sources and _lacks_sign(changes, self.now.sources):
                lost.setdefault(item.span.source, []).append(item)
        return Fixed(
            normalized=self.now,
            data=self.data,
            counts=dict(self.counts),
            unwritable={key: tuple(items) for key, items in lost.items()},
            withheld=tuple(self.withheld.values()),
        )


def _halves(items: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Part fixes by rules, or those of one rule by place.

    Signs that a manuscript types in half of the cases show another habit of its author than in all or none,
    so that the fixes of a rule are best made together.
    """
    codes = sorted({item.code for item in items})
    if len(codes) > 1:
        low = frozenset(codes[: len(codes) // 2])
        return [i for i in items if i.code in low], [i for i in items if i.code not in low]
    return list(items[: len(items) // 2]), list(items[len(items) // 2 :])


def _apart(items: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give fixes that do not touch each other; of two that do, the later waits for the next round."""
    taken: dict[int, list[tuple[int, int]]] = {}
    apart: list[Diagnostic] = []
    for item in items:
        changes = item.fix.changes if item.fix else ()
        if all(_is_free(taken.get(change.span.source, []), change) for change in changes):
            for change in changes:
                insort(taken.setdefault(change.span.source, []), (change.span.start, change.span.end))
            apart.append(item)
    return apart


def _is_free(taken: Sequence[tuple[int, int]], change: Change) -> bool:
    """Tell whether a change keeps off those that are taken; an insertion also from their edges."""
    start, end = change.span.start, change.span.end
    at = bisect_left(taken, (start, end))
    beside = taken[max(0, at - 1) : at + 1]
    if start == end:
        return all(high < start or end < low for low, high in beside)
    return all((high <= start or end <= low) and not low == high in (start, end) for low, high in beside)


def is_writable(change: Change, sources: Mapping[int, Source]) -> bool:
    """Tell whether a change can be written into its file so that every other byte stays."""
    source = sources[change.span.source]
    written = writings(change, source)
    return bool(written) and all(encodes(text, source.encoding) for _, _, text in written)


def _lacks_sign(changes: Iterable[Change], sources: Mapping[int, Source]) -> bool:
    """Tell whether the encoding of the file is what stands in the way."""
    return any(not encodes(change.text, sources[change.span.source].encoding) for change in changes)


def encodes(text: str, encoding: str) -> bool:
    """Tell whether an encoding has all signs of a text."""
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True


def _patched(wanted: Iterable[Diagnostic], sources: Mapping[int, Source]) -> dict[int, str]:
    """Give the new texts of the files that fixes concern."""
    changes: dict[int, list[Change]] = {}
    for item in wanted:
        for change in item.fix.changes if item.fix else ():
            changes.setdefault(change.span.source, []).append(change)
    return {key: patched(sources[key], items) for key, items in changes.items()}


def patched(source: Source, changes: Iterable[Change]) -> str:
    """Give the text of a file with changes made that do not touch each other; lines end as they do in it."""
    parts: list[str] = []
    done = 0
    for start, end, text in sorted(one for change in changes for one in writings(change, source)):
        parts += [source.text[done:start], text]
        done = end
    return "".join([*parts, source.text[done:]])
