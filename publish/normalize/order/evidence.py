"""What is known of each piece of a manuscript, and what a reading of them costs.

A reading is a permutation of the pieces. Its cost is the sum over all evidence that it leaves unexplained,
each kind of evidence with its own weight. One linear walk finds the cost and the division into parts that
goes with the reading.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf, log2

from msgspec import Struct
from msgspec.structs import replace

from publish.document import CONTAINERS, DivisionKind
from publish.normalize import cues
from publish.normalize.cues import Cue
from publish.normalize.order.clock import Clock
from publish.normalize.order.roles import Role, named_role, title_leaning


class Holder(Struct, frozen=True):
    """A container that the manuscript names for an item: "Part IV" of "Part IV; Chapter I"."""

    kind: DivisionKind
    number: int | None
    title: str = ""
    """Folded text of the container's title, if it has one."""
    alone: bool = False
    """True where the container's heading stands on a line of its own directly before the item in the file;
    false where the item's own heading names it."""


class Item(Struct, frozen=True, kw_only=True):
    """One leaf of the manuscript (a chapter, a post), in file order; its index is its place there."""

    kind: DivisionKind | None
    """None where the heading does not say."""
    numbers: tuple[int, ...] = ()
    holders: tuple[Holder, ...] = ()
    """Containers named for this item, outermost first."""
    title: str = ""
    """Folded text of the title."""
    heading: str = ""
    """The heading as written, for pins and reasons."""
    date: str | None = None
    """ISO 8601, from the furniture beside the text; longer forms (with time) are compared as strings."""
    told: str = ""
    """The day that the text itself tells of the item, as `almanac.stated` gives it."""
    sequel: int = 0
    """2 for "(continued)", k for "part k of m" of the same chapter; 0 where the heading says nothing."""
    headed: bool = True
    """False for text that stands before any heading."""
    level: int = 0
    """The level that markup gives the heading, from 1; 0 where it gives none."""
    file: int = 0
    """Which of several files holds the item."""
    filed: int = -1
    """Place of its file by the names of the files; -1 where they tell none."""
    version: int = 0
    """Which version the name of its file says that it is; 0 where it says nothing, below that for a draft."""
    cue: Cue = Cue(0)
    """What its first and its last paragraph say of its place."""
    follows: tuple[int, ...] = ()
    """Items that a link ("Next: The Lamp") names as standing before this one."""
    fingerprint: frozenset[int] = frozenset()
    """Sketch of the text, see `copies.fingerprint`; empty where it is not known."""


class Fact(Struct, frozen=True):
    """One item made ready for the walk."""

    role: Role
    series: DivisionKind
    low: tuple[int, int]
    """First number and sequel."""
    high: tuple[int, int]
    holders: tuple[tuple[DivisionKind, int | None, str], ...]
    date: str
    told: str
    listed: int
    """Place in the contents list; -1 where it is not listed."""
    filed: int
    """Place of its file by name; -1 where that tells none."""
    follows: tuple[int, ...]
    """Pieces that links name as standing before it."""
    cue: Cue
    leaning: int
    """Of a piece without a number: -1 if its title leans to the front, 1 if to the end (of the front matter,
    if it belongs there), 0 otherwise."""


Facts = Sequence[Fact]
Name = tuple[DivisionKind, int | None, str]

_CHAPTER = DivisionKind.CHAPTER


def facts(items: Sequence[Item], listed: Mapping[int, int]) -> list[Fact]:
    """Make the evidence ready; `listed` gives the place of items in a contents list."""
    main, holding = main_series(items), _holding(items)
    found = [
        _fact(item, main not in holding and item.kind in holding, listed.get(index, -1), index)
        for index, item in enumerate(items)
    ]
    # Of several counts each may have its last: "Last Scene" of every act stands behind its neighbours.
    firsts = Counter(fact.series for fact in found if fact.role is Role.NUMBERED and fact.low == (1, 0))
    ends = [fact.role is Role.LAST and firsts[fact.series] > 1 for fact in found]
    return [replace(fact, role=Role.FLOATING) if end else fact for fact, end in zip(found, ends, strict=True)]


def main_series(items: Sequence[Item]) -> DivisionKind:
    """Give the kind of division that most numbered leaves are; a bare number counts as a chapter."""
    count = Counter(item.kind or _CHAPTER for item in items if item.numbers)
    outside = _holding(items)
    inner = [kind for kind in count if kind not in outside]
    outer = sum(count[kind] for kind in count if kind in outside)
    if inner and 2 * sum(count[kind] for kind in inner) >= outer:
        return max(inner, key=lambda kind: count[kind])
    # Of parts the one may hold entries of days, which have no number, and the other nothing but text.
    holding = {holder.kind for item in items for holder in item.holders}
    if not inner and not holding.isdisjoint(count) and sum(not item.numbers for item in items) > outer:
        return _CHAPTER
    return max(count, key=lambda kind: count[kind], default=_CHAPTER)


def _holding(items: Sequence[Item]) -> frozenset[DivisionKind]:
    """Give the kinds that hold others: parts and their like, and chapters that are divided by number."""
    return CONTAINERS | {h.kind for item in items for h in item.holders if h.number is not None}


def _fact(item: Item, holds: bool, listed: int, index: int) -> Fact:
    series = item.kind or _CHAPTER
    names: list[Name] = [(holder.kind, holder.number, holder.title) for holder in item.holders]
    role = _role(item, holds, index)
    if role is Role.OPENER:
        names.append((series, item.numbers[0], item.title))
    low = high = (0, 0)
    if role is Role.NUMBERED:
        low, high = (item.numbers[0], item.sequel), (item.numbers[-1], item.sequel)
    leaning = 0 if item.numbers else title_leaning(item.kind, item.title)
    claims = (item.date or "", item.told if role is Role.FLOATING else "", listed, item.filed, item.follows)
    return Fact(role, series, low, high, tuple(names), *claims, item.cue, leaning)


def _role(item: Item, holds: bool, index: int) -> Role:
    if not (item.headed or item.kind):
        return Role.UNHEADED if index == 0 else Role.FLOATING
    if item.numbers:
        return Role.OPENER if holds else Role.NUMBERED
    return named_role(item.kind, item.title) if item.kind else Role.FLOATING


# --- Weights ---------------------------------------------------------------------------------------------

DISORDER = 6.0
"""A number that falls where no part can begin."""
RESTART = 2.5
"""Numbers begin again though no part is named there."""
_LATEST_RESTART = 3
"""The first number with which an unnamed part may begin, its first chapters missing."""
RESTART_UNNEEDED = 5.0
"""The same where no number stands twice in the manuscript, so that one sequence holds them all."""
LATE_START = 1.0
"""A part or the book begins with a number above 1."""
SKIPPED = 0.6
"""Numbers are missing between two neighbours."""
MISNUMBERED = 3.0
"""A number is wrong: its neighbours follow each other, and the number that belongs there is nowhere."""
CLASH = 4.0
"""Two texts under one number in one part."""
PARTS_FALL = 8.0
"""A part stands after one with a greater number, or in two places."""
MISPLACED = 4.6
"""Front matter after the story began, back matter before it goes on, a prologue late, an epilogue early."""
OPENS_PART = 2.6
"""Front matter or a prologue opens a part that nothing names, and none opens the book: so a file stands whose
two pieces were exchanged."""
EARLY_BACK = {
    DivisionKind.ALSO_BY: 0.0,
    DivisionKind.ACKNOWLEDGMENTS: 1.3,
    DivisionKind.NOTES: 1.3,
    DivisionKind.ABOUT_AUTHOR: 2.0,
}
"""Back matter before the story: many books thank and note at the front, some present the author there.

It must stand there in the file too: at the end of one that was turned round it was put by hand.
"""
AGAINST_CUSTOM = 1.3
"""Front matter behind a prologue or the persons of a play, an epilogue behind back matter."""
LEANS = 1.5
"""A floating piece stands at the end that its title speaks against."""
DATES_FALL = 5.0
"""A piece without a number is dated before the one that it follows."""
DATES_FALL_NUMBERED = 1.0
"""The same for a chapter whose number speaks."""
NO_ROOM = 6.0
"""Parts that nothing names are more than the names around them leave room for."""
LIST_DISAGREES = 5.0
LISTED, FILED, LINKED = "the contents list", "the names of the files", "the links between the pieces"
FILES_FALL = 3.0
"""A piece stands behind one whose file's name says that it comes later."""
LINK_BROKEN = 4.0
"""A piece stands before one that a link names as the one before it."""


class Segment(Struct):
    """A run of pieces in one container, while a reading is walked."""

    name: Name | None
    """The innermost container, None where nothing names it."""
    outer: tuple[Name, ...]
    members: list[int]
    restarts: bool
    """The numbers begin again here."""
    first: tuple[int, int] | None = None
    """The first number of the main series."""


class Account(Struct):
    """What a reading leaves unexplained, and the parts that it implies."""

    cost: float
    faults: int
    """How many times numbers or parts fall or clash."""
    segments: list[Segment]
    contrary: Counter[str]
    """How many times the reading goes against the contents list, the links or the names of files."""


def rank_kinds(all_facts: Facts) -> dict[DivisionKind, int]:
    """Tell which containers lie in which: from headings that name two, else by how often each is named."""
    inside: Counter[DivisionKind] = Counter()
    named: dict[DivisionKind, set[Name]] = {}
    for fact in all_facts:
        for depth, name in enumerate(fact.holders):
            inside[name[0]] = max(inside[name[0]], depth)
            named.setdefault(name[0], set()).add(name)
    usual = [DivisionKind.VOLUME, DivisionKind.PART, DivisionKind.BOOK, DivisionKind.ACT]
    frames = {DivisionKind.PROLOGUE, DivisionKind.EPILOGUE}

    def depth_of(kind: DivisionKind) -> tuple[bool, int, int, int]:
        place = usual.index(kind) if kind in usual else len(usual)
        return kind not in frames, inside[kind], place, len(named[kind])

    return {kind: depth for depth, kind in enumerate(sorted(named, key=depth_of))}


class Walk:
    """The state of one walk over a reading."""

    def __init__(self, all_facts: Facts, ranks: Mapping[DivisionKind, int]) -> None:
        self.facts = all_facts
        self.ranks = ranks
        self.cost = 0.0
        self.faults = 0
        self.segments: list[Segment] = []
        self.chain: tuple[Name, ...] = ()
        self.seen: set[tuple[tuple[DivisionKind, int | str], ...]] = set()
        self.unnamed = False
        self.counted: set[DivisionKind] = set()
        self.last: dict[DivisionKind, tuple[int, int]] = {}
        self.before: dict[DivisionKind, tuple[int, int]] = {}
        numbered = [(fact.series, *fact.low) for fact in all_facts if fact.role is Role.NUMBERED]
        places = (index for index, fact in enumerate(all_facts) if fact.role is Role.NUMBERED)
        self.first = next(places, len(all_facts))
        self.numbers = set(numbered)
        self.restart = RESTART_UNNEEDED if len(self.numbers) == len(numbered) else RESTART
        self.started = self.opened = False
        self.segment_started = False
        self.end = Role.UNHEADED
        self.last_front: DivisionKind | None = None
        self.ended = self.late = 0
        self.date = ""
        self.clock = Clock()
        self.listed = self.filed = -1
        self.passed: set[int] = set()
        self.contrary: Counter[str] = Counter()

    def step(self, index: int) -> None:
        """Take the next piece of the reading."""
        fact = self.facts[index]
        named = bool(fact.holders) and self._enter(fact)
        restarted = fact.role is Role.NUMBERED and self._count(fact)
        if named or (restarted and self.unnamed) or not self.segments:
            self._open()
        segment = self.segments[-1]
        segment.restarts = segment.restarts or restarted
        segment.members.append(index)
        if fact.role is Role.NUMBERED and segment.first is None:
            segment.first = fact.low
        self._place(index, restarted)
        self._date(fact)
        self._claims(fact)
        self.passed.add(index)

    def _open(self) -> None:
        if self.unnamed or not self.chain:
            self.segments.append(Segment(None, self.chain, [], False))
        else:
            self.segments.append(Segment(self.chain[-1], self.chain[:-1], [], False))
        self.segment_started = False

    def _enter(self, fact: Fact) -> bool:
        chain = self.chain
        for name in fact.holders:
            chain = self._descend(chain, name)
        again = self._begins_again(fact)
        if not self.unnamed and _bare(chain) == _bare(self.chain) and not again:
            return False
        self._compare(chain)
        self.chain, self.unnamed = chain, False
        self.counted.clear()
        key = _bare(chain)
        if key in self.seen and not again:
            self.cost += PARTS_FALL
            self.faults += 1
        self.seen.add(key)
        return True

    def _begins_again(self, fact: Fact) -> bool:
        """Tell whether a title alone names two parts, one after the other: its chapters count anew."""
        last = self.last.get(fact.series)
        anew = fact.role is Role.NUMBERED and fact.low[0] == 1 and last is not None and last[0] > 1
        return anew and fact.holders[-1][1] is None and self.chain[-1:] == fact.holders[-1:]

    def _descend(self, chain: tuple[Name, ...], name: Name) -> tuple[Name, ...]:
        rank = self.ranks[name[0]]
        outer = tuple(other for other in chain if self.ranks[other[0]] < rank)
        same = chain[len(outer)] if len(chain) > len(outer) else None
        if same and _alike(same, name):
            return chain
        return (*outer, name)

    def _compare(self, chain: tuple[Name, ...]) -> None:
        for old, new in zip(self.chain, chain, strict=False):
            if _alike(old, new):
                continue
            if old[0] == new[0] and old[1] is not None and new[1] is not None:
                if new[1] < old[1]:
                    self.cost += PARTS_FALL
                    self.faults += 1
                elif new[1] > old[1] + 1:
                    self.cost += SKIPPED
            return

    def _count(self, fact: Fact) -> bool:
        """Compare a number with the last one of its series; true where the numbers begin again."""
        last = self.last.get(fact.series)
        named = bool(self.chain) and not self.unnamed and fact.series not in self.counted
        self.counted.add(fact.series)
        before = self.before.get(fact.series, (0, 0))
        self.last[fact.series] = fact.high
        low = fact.low[0]
        if last is None:
            self.cost += LATE_START if low > 1 else 0.0
            return False
        self.before[fact.series] = last
        if fact.low > last:
            self.cost += SKIPPED * log2(low - last[0]) if low > last[0] + 1 else 0.0
            return False
        if named:
            self.cost += max(LATE_START, self.restart - RESTART) if low > 1 else 0.0
            self.last = {fact.series: fact.high}
            return True
        return self._fall(fact, last, before)

    def _fall(self, fact: Fact, last: tuple[int, int], before: tuple[int, int]) -> bool:
        if fact.low == last:
            self.cost += CLASH
            self.faults += 1
            return False
        first_missing = 1 < fact.low[0] <= _LATEST_RESTART and self.restart == RESTART
        if fact.low[0] <= 1 or first_missing:
            self.cost += self.restart + 2 * LATE_START * first_missing
            self.last = {fact.series: fact.high}
            self.chain = self.chain if self.unnamed else self.chain[:-1]
            self.unnamed = True
            return True
        wrong = fact.low[0] == before[0] + 2 and (fact.series, before[0] + 1, 0) not in self.numbers
        self.cost += MISNUMBERED if wrong else DISORDER
        self.faults += 1
        return False

    def _place(self, index: int, restarted: bool) -> None:
        """Weigh a piece's place against convention; what opens a book may open an unnamed part."""
        fact = self.facts[index]
        role = fact.role
        self._hold_to_custom(fact)
        if role in (Role.NUMBERED, Role.OPENER):
            opening = (0.0 if self.opened else OPENS_PART) if restarted else MISPLACED
            self.cost += MISPLACED * self.ended + opening * self.late
            self.ended = self.late = 0
            self.started, self.segment_started = True, role is Role.NUMBERED
        elif role in (Role.FRONT, Role.PROLOGUE):
            self.late += self.segment_started
            self.opened = self.opened or not self.started
        elif role is Role.BACK and not self.started and index < self.first and fact.series in EARLY_BACK:
            self.cost += EARLY_BACK[fact.series]
        elif role in (Role.LAST, Role.EPILOGUE, Role.BACK):
            self.ended += 1

    def _hold_to_custom(self, fact: Fact) -> None:
        """Weigh the order of what stands before the first chapter, or behind the last."""
        role = fact.role
        if role is Role.FLOATING:
            self.cost += LEANS if fact.leaning and (fact.leaning < 0) == self.started else 0.0
            return
        late = self.end is Role.PROLOGUE or self.last_front is DivisionKind.PERSONS
        against = Role.NUMBERED < role < self.end or (role is Role.FRONT and late)
        self.cost += AGAINST_CUSTOM if against else 0.0
        self.end, self.last_front = role, fact.series if role is Role.FRONT else None

    def _date(self, fact: Fact) -> None:
        if fact.date:
            numbered = fact.role is Role.NUMBERED
            self.cost += (DATES_FALL_NUMBERED if numbered else DATES_FALL) * (fact.date < self.date)
            self.date = fact.date
        self.cost += self.clock.cost(fact.told) if fact.told else 0.0

    def _claims(self, fact: Fact) -> None:
        """Hold the piece against what contents list, file names and links say of its neighbours."""
        if fact.listed >= 0:
            self._charge(LISTED, LIST_DISAGREES, fact.listed < self.listed)
            self.listed = fact.listed
        if fact.filed >= 0:
            self._charge(FILED, FILES_FALL, fact.filed < self.filed)
            self.filed = fact.filed
        for before in fact.follows:
            self._charge(LINKED, LINK_BROKEN, before not in self.passed)

    def _charge(self, claim: str, cost: float, against: bool) -> None:
        if against:
            self.cost += cost
            self.contrary[claim] += 1


def _alike(a: Name, b: Name) -> bool:
    return a[0] == b[0] and a[1] == b[1] and (a[1] is not None or a[2] == b[2])


def _bare(chain: tuple[Name, ...]) -> tuple[tuple[DivisionKind, int | str], ...]:
    return tuple((kind, title if number is None else number) for kind, number, title in chain)


def account(
    reading: Sequence[int], all_facts: Facts, ranks: Mapping[DivisionKind, int], limit: float = inf
) -> Account:
    """Walk a reading and give what it costs and which parts it implies; linear time.

    The walk ends early, with an account of what it has seen, once the cost exceeds `limit`.
    """
    walk = Walk(all_facts, ranks)
    for index in reading:
        walk.step(index)
        if walk.cost > limit:
            break
    crowded = _crowded(walk.segments)
    told = 0.0
    if walk.cost <= limit and any(fact.cue for fact in all_facts):
        told = cues.cost(_cued(all_facts[index]) for index in reading if all_facts[index].role in _STORY)
    cost = walk.cost + NO_ROOM * crowded + MISPLACED * walk.late + told
    return Account(cost, walk.faults + crowded, walk.segments, walk.contrary)


_STORY = (Role.PROLOGUE, Role.NUMBERED, Role.FLOATING, Role.LAST, Role.EPILOGUE)


def _cued(fact: Fact) -> tuple[Cue, bool]:
    """Give what a piece says of its place, and whether a part begins with it."""
    return fact.cue, bool(fact.holders) or (fact.role is Role.NUMBERED and fact.low[0] <= 1)


def _crowded(segments: Sequence[Segment]) -> int:
    """Count the places where more unnamed parts stand than the named ones around them leave room for."""
    crowded = unnamed = 0
    last: Name | None = None
    for segment in segments:
        if segment.first is None:
            continue
        name = segment.name
        if name is None:
            unnamed += 1
            continue
        if name[1] is not None and unnamed and segment.restarts:
            below = last[1] if last and last[0] == name[0] and last[1] is not None else 0
            crowded += name[1] - unnamed <= below
        unnamed, last = 0, name
    return crowded
