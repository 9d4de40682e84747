"""Put the divisions of a manuscript in reading order: evidence in, order with reasons and confidence out.

The order is the cheapest explanation of all evidence: numbers, named parts, dates, a contents list, the
conventions of front and back matter, and the shape in which files usually come (in order, newest first,
rotated, shuffled). Nothing is guessed silently: where the best explanation is not clearly cheaper than the
next one, the file's order stays and `Solution.uncertain` is true. Where only the place of single pieces
without numbers is open, the others are put in order and `uncertain` is true as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf

from msgspec import Struct, structs

from publish.document import DivisionKind
from publish.normalize import copies as doubles
from publish.normalize.case import Case, letters, prepare
from publish.normalize.copies import Copy
from publish.normalize.evidence import (
    FILED,
    LINKED,
    LISTED,
    Account,
    Fact,
    Holder,
    Item,
    Role,
    account,
    fingerprint,
)
from publish.normalize.parts import Container, Gap, Parts, divide
from publish.normalize.readings import Candidate, candidates

__all__ = [
    "Container", "Copy", "Gap", "Holder", "Item", "Placed", "Solution", "fingerprint", "solve", "unsettled",
]  # fmt: skip


class Placed(Struct, frozen=True):
    """One item in its place."""

    item: int
    containers: tuple[Container, ...]
    """Outermost first."""
    reasons: tuple[str, ...]
    """Plain sentences for the author."""
    confidence: float
    """From 0 to 1."""


class Solution(Struct, frozen=True, kw_only=True):
    """The order found, and how sure it is."""

    placed: tuple[Placed, ...]
    """In reading order; every item but the dropped copies."""
    copies: tuple[Copy, ...] = ()
    uncertain: bool = False
    """The sequence is not settled by the evidence; speaks of the sequence alone."""
    doubts: tuple[str, ...] = ()
    """Why it is uncertain, and which pin in `book.toml` settles it."""
    shape: str = "kept"
    """How the file stood to the book: kept, reversed, rotated, parts (moved or turned as wholes), sorted
    (chapters out of place within parts that stand right), shuffled, dated, listed (by a contents list),
    filed (by the names of the files), linked, pinned."""
    explanation: str = ""
    """One sentence about the whole order."""
    cost: float = 0.0
    runner_up: float | None = None
    """Cost of the best explanation that gives another sequence; None where there is none."""
    gaps: tuple[Gap, ...] = ()
    clashes: tuple[tuple[int, ...], ...] = ()
    """Items with the same number in the same container and different text."""
    restarts: tuple[int, ...] = ()
    """Items at which the numbering starts again though no part is named or implied there."""
    unmatched: tuple[str, ...] = ()
    """Pins that name no heading of the manuscript."""


_PINS = "The file's order stays; `[order] keep = true` confirms it, `[order] sequence` gives another."
MARGIN = 1.2
"""A lead over the next best reading below this leaves the order uncertain."""
_FAR = 20 * MARGIN
"""A reading that costs so much more than the best needs no exact cost."""
_NEAR = 30
"""How many pieces back the chapter with the number before is looked for, to name it in a reason."""
_LONG_TOP = 60
"""Runs of words in text that stands above all headings: so much is more than a motto or a dedication. Where
the file was put in another order, it may as well be the last piece, its heading not seen."""
_TOLERATED_FAULTS = 0.12
"""Share of the chapters at which numbers may still fall in the best reading before nothing explains them."""


class _Verdict(Struct):
    """The reading chosen and what speaks for it."""

    candidate: Candidate
    account: Account
    cost: float
    runner_up: float | None
    doubtful: frozenset[int]
    doubts: tuple[str, ...] = ()


def solve(  # noqa: PLR0913 - one parameter for each pin
    items: Sequence[Item],
    *,
    keep: bool = False,
    sequence: Sequence[str] = (),
    infer_parts: bool = True,
    copies: Mapping[str, int] | None = None,
    contents: Sequence[str] = (),
) -> Solution:
    """Find the reading order of `items`, which stand in file order.

    `keep`, `sequence`, `infer_parts` and `copies` are the pins of `[order]` in `book.toml`; `contents` holds
    the headings of a contents list found in the text, in its order. Linear time but for one sort.
    """
    groups = doubles.groups(items)
    case = prepare(items, groups, contents)
    unmatched: tuple[str, ...] = ()
    if keep or sequence:
        reading, unmatched = _pinned(case, sequence)
        verdict = _settled(case, Candidate("pinned", tuple(reading), 0.0))
    else:
        verdict = _judge(case)
    parts = divide(verdict.account.segments, case.items, case.facts, infer=infer_parts)
    set_aside = _set_aside(groups, items, copies or {}, verdict.candidate)
    return _solution(case, verdict, parts, set_aside, unmatched)


# --- Pins ------------------------------------------------------------------------------------------------


def _pinned(case: Case, sequence: Sequence[str]) -> tuple[list[int], tuple[str, ...]]:
    """Put pinned headings in their order, each with the unpinned pieces that follow it in the file."""
    waiting: dict[str, list[int]] = {}
    for index in case.pieces:
        waiting.setdefault(letters(case.items[index].heading), []).append(index)
    chosen: list[int] = []
    unmatched = []
    for heading in sequence:
        places = waiting.get(letters(heading))
        if places:
            chosen.append(places.pop(0))
        else:
            unmatched.append(heading)
    blocks: dict[int, list[int]] = {}
    block: list[int] = []
    head = block
    for index in case.pieces:
        if index in set(chosen):
            block = blocks.setdefault(index, [])
        block.append(index)
    return head + [index for pin in chosen for index in blocks[pin]], tuple(unmatched)


# --- Judging ---------------------------------------------------------------------------------------------


def _settled(case: Case, candidate: Candidate, limit: float = inf) -> _Verdict:
    known = case.turned if candidate.turned else case.facts
    found = account(candidate.reading, known, case.ranks, limit)
    return _Verdict(candidate, found, found.cost + candidate.prior, None, candidate.doubtful)


def _judge(case: Case) -> _Verdict:
    """Take the cheapest reading if it is clearly the cheapest; else keep the file's order and say why."""
    best: dict[tuple[int, ...], _Verdict] = {}
    lowest = inf
    for candidate in _all_candidates(case):
        known = best.get(candidate.reading)
        if known and known.candidate.turned == candidate.turned and known.candidate.prior <= candidate.prior:
            continue
        kept_file = candidate.shape == "kept"
        verdict = _settled(case, candidate, inf if kept_file else lowest + _FAR)
        lowest = min(lowest, verdict.cost)
        if known is None or verdict.cost < known.cost:
            best[candidate.reading] = verdict
    ranking = sorted(best.values(), key=lambda verdict: verdict.cost)
    first = ranking[0]
    kept = next(verdict for verdict in ranking if verdict.candidate.shape == "kept")
    if len(ranking) == 1:
        return first
    first.runner_up = ranking[1].cost
    rival = next((v for v in ranking[1:] if _spine(case, v) != _spine(case, first)), None)
    doubts = _doubts(case, first, rival)
    if doubts:
        kept.runner_up, kept.doubts = first.runner_up, doubts
        return kept
    return _with_local_doubts(case, first, ranking)


def _all_candidates(case: Case) -> Iterator[Candidate]:
    for candidate in candidates(case.pieces, case.facts, case.main, case.ranks):
        yield candidate
        if case.turned and candidate.shape == "reversed":
            yield structs.replace(candidate, turned=True)


def _spine(case: Case, verdict: _Verdict) -> tuple[int, ...]:
    """Give the reading without the pieces that only their neighbours place."""
    return tuple(index for index in verdict.candidate.reading if case.facts[index].role is Role.NUMBERED)


def _doubts(case: Case, first: _Verdict, rival: _Verdict | None) -> tuple[str, ...]:
    """Say why no reading can be chosen; empty where one can."""
    numbered = [index for index in case.pieces if case.facts[index].role is Role.NUMBERED]
    if not _has_evidence(case, numbered):
        return (
            "Nothing in the manuscript tells the order of these headings: they have no numbers, dates, "
            f"links or contents list. {_PINS}",
        )
    guessed = any(case.facts[index].series is case.main for index in first.doubtful & set(numbered))
    if guessed or _interleaved(case, first):
        return (
            "Chapters with one number stand in several parts, and nothing tells which of them belongs to "
            f"which part. {_PINS}",
        )
    if _unexplained(case, first, len(numbered)):
        return (f"No order explains the numbers of these headings. {_PINS}",)
    if against := _against(case, first, numbered):
        return (f"The numbers of these headings and {against} contradict each other. {_PINS}",)
    if rival and rival.cost - first.cost < MARGIN:
        return (
            f"Two orders explain the headings almost equally well ({first.candidate.shape}, "
            f"{rival.candidate.shape}). {_PINS}",
        )
    return ()


def _interleaved(case: Case, first: _Verdict) -> bool:
    """Tell whether numbers alone deal the chapters of parts that nothing names out of each other's midst."""
    if first.candidate.shape not in ("sorted", "shuffled"):
        return False
    segments = first.account.segments
    own = [
        [index for index in segment.members if case.facts[index].role is Role.NUMBERED]
        for segment in segments
        if segment.name is None
    ]
    spans = sorted((min(members), max(members)) for members in own if members)
    return any(after[0] < before[1] for before, after in pairwise(spans))


_BY_OTHERS = {
    "dated": "the dates of the posts",
    "listed": LISTED,
    "filed": FILED,
    "linked": LINKED,
}


def _against(case: Case, first: _Verdict, numbered: Sequence[int]) -> str:
    """Name the evidence that numbers contradict; empty where all agree.

    Dates that numbers overrule are no contradiction: a chapter may be posted late, or again.
    """
    tolerated = _TOLERATED_FAULTS * len(case.pieces)
    for claim, count in first.account.contrary.items():
        if count > tolerated:
            return claim
    other = _BY_OTHERS.get(first.candidate.shape, "")
    if other and _breaks(case, first.candidate.reading) > _TOLERATED_FAULTS * len(numbered):
        return other
    return ""


def _unexplained(case: Case, first: _Verdict, count: int) -> bool:
    """Tell whether the best reading leaves too many faults, gaps and false starts among the numbers.

    A file that stands as it is may have more of them than one that was put in order.
    """
    tolerated = _TOLERATED_FAULTS * count
    if first.account.faults > max(1, tolerated):
        return True
    shape = first.candidate.shape
    share = 2 * tolerated if shape in ("kept", "reversed") else tolerated
    return _breaks(case, first.candidate.reading) > max(2 if shape == "kept" else 1, share)


def _breaks(case: Case, reading: Sequence[int]) -> int:
    """Count the neighbours whose numbers do not follow each other, in a reading in which numbers fall.

    A beginning with a higher number than 1 counts too.
    """
    broken = fallen = 0
    last: dict[DivisionKind, Fact] = {}
    for index in reading:
        fact = case.facts[index]
        before = last.get(fact.series)
        if fact.role is not Role.NUMBERED:
            continue
        last[fact.series] = fact
        if before is None:
            broken += fact.low[0] > 1
            continue
        if fact.holders != before.holders or fact.low[0] == before.high[0] + 1:
            continue
        falls = fact.low <= before.high
        fallen += falls
        broken += not falls or fact.low[0] != 1
    return broken if fallen else 0


def _has_evidence(case: Case, numbered: Sequence[int]) -> bool:
    headed = [index for index in case.pieces if case.facts[index].role is not Role.UNHEADED]
    headed = [index for index in headed if case.items[index].headed or _opens_file(case.items, index)]
    loose = [index for index in headed if case.facts[index].role is Role.FLOATING]
    if len(headed) <= 1 or (len(loose) <= 1 and not numbered):
        return True
    dated = {case.facts[index].date for index in case.pieces} - {""}
    listed = [index for index in loose if case.facts[index].listed >= 0]
    named = {case.facts[index].holders[-1] for index in case.pieces if case.facts[index].holders}
    filed = {case.facts[index].filed for index in loose} - {-1}
    linked = {index for at in loose for index in (at, *case.facts[at].follows) if case.facts[at].follows}
    support = max(len(numbered), len(dated), len(listed), 2 * len(named), len(filed), len(linked))
    return support > 1 and 2 * support >= len(loose)


def _opens_file(items: Sequence[Item], index: int) -> bool:
    return index > 0 and items[index].file != items[index - 1].file


def _with_local_doubts(case: Case, first: _Verdict, ranking: Sequence[_Verdict]) -> _Verdict:
    """Find the pieces whose place is open though the order of the numbered ones is settled."""
    doubtful = set(first.doubtful)
    top = case.pieces[0]
    longer = len(case.items[top].fingerprint) >= _LONG_TOP
    if first.candidate.shape != "kept" and case.facts[top].role is Role.UNHEADED and longer:
        doubtful.add(top)
    spine = _spine(case, first)
    for verdict in ranking[1:]:
        if verdict.cost - first.cost >= MARGIN:
            break
        if _spine(case, verdict) == spine:
            doubtful |= _moved_pieces(case, first, verdict)
    first.doubtful = frozenset(doubtful)
    if first.account.faults:
        first.doubts = (
            "Some numbers still fall or stand twice in the best order that was found; "
            "`[order] keep = true` keeps the file's order, `[order] sequence` gives another.",
        )
    if doubtful:
        names = ", ".join(f"“{_name(case.items[index])}”" for index in sorted(doubtful)[:5])
        first.doubts = (
            f"Nothing tells for certain where {names} belongs among the numbered headings; "
            "`[order] sequence` settles it.",
        )
    return first


def _moved_pieces(case: Case, a: _Verdict, b: _Verdict) -> set[int]:
    """Pieces that stand behind another numbered piece in one reading than in the other."""
    elsewhere = _predecessors(case, b)
    return {index for index, before in _predecessors(case, a).items() if elsewhere.get(index) != before}


def _predecessors(case: Case, verdict: _Verdict) -> dict[int, int]:
    found: dict[int, int] = {}
    last = -1
    for index in verdict.candidate.reading:
        if case.facts[index].role is Role.NUMBERED:
            last = index
        else:
            found[index] = last
    return found


def _name(item: Item) -> str:
    return " ".join(item.heading.split()) or "the text before the first heading"


# --- The answer ------------------------------------------------------------------------------------------


def _set_aside(
    groups: Sequence[Sequence[int]], items: Sequence[Item], pins: Mapping[str, int], candidate: Candidate
) -> tuple[Copy, ...]:
    found = []
    for group in groups:
        kept, why = doubles.choose(group, items, pins, reversed_file=candidate.shape == "reversed")
        found += [Copy(kept, index, why) for index in group if index != kept]
    return tuple(found)


_SHAPES = {
    "kept": "The file stands in the book's order.",
    "reversed": "The file stands newest first; it was turned round.",
    "rotated": "The file begins in the middle of the book; its two pieces were exchanged.",
    "sorted": "Within the file's parts the chapters were put in the order of their numbers.",
    "parts": "The file's parts were put in order as wholes.",
    "shuffled": "The file stands in no order; the numbers of the headings put it in order.",
    "dated": "The dates of the posts give the order.",
    "listed": "The contents list gives the order.",
    "filed": "The names of the files give the order.",
    "linked": "The links between the pieces give the order.",
    "pinned": "`book.toml` gives the order.",
}


def _solution(
    case: Case, verdict: _Verdict, parts: Parts, set_aside: tuple[Copy, ...], unmatched: tuple[str, ...]
) -> Solution:
    stands_for = {}
    for copy in set_aside:
        if copy.dropped in verdict.candidate.reading:
            stands_for[copy.dropped] = copy.kept
    sure = _confidence(verdict)
    placed = tuple(
        Placed(
            stands_for.get(index, index),
            parts.containers[index],
            _reasons(case, verdict, parts, at),
            round(min(sure, 0.4) if index in verdict.doubtful else sure, 2),
        )
        for at, index in enumerate(verdict.candidate.reading)
    )
    shape = verdict.candidate.shape
    return Solution(
        placed=placed,
        copies=set_aside,
        uncertain=bool(verdict.doubts),
        doubts=verdict.doubts,
        shape=shape,
        explanation=_SHAPES[shape],
        cost=verdict.cost,
        runner_up=verdict.runner_up,
        gaps=parts.gaps,
        clashes=parts.clashes,
        restarts=parts.restarts,
        unmatched=unmatched,
    )


_UNSETTLED = "The evidence does not decide the order; the file's order stays."


def unsettled(kept: Solution, doubts: tuple[str, ...]) -> Solution:
    """Give a solution that keeps the file's order as what it is when doubts and no pin keep it."""
    placed = tuple(
        structs.replace(
            one,
            reasons=tuple(_UNSETTLED if why == _SHAPES["pinned"] else why for why in one.reasons),
            confidence=0.3,
        )
        for one in kept.placed
    )
    return structs.replace(
        kept, placed=placed, uncertain=True, doubts=doubts, shape="kept", explanation=_UNSETTLED
    )


def _confidence(verdict: _Verdict) -> float:
    """Give the confidence that the lead over the runner-up allows.

    0.5 without any lead, 0.9 at four times the margin; 0.3 where the file's order stays for want of evidence.
    """
    if verdict.runner_up is None:
        return 1.0
    lead = max(0.0, verdict.runner_up - verdict.cost)
    if verdict.doubts and not verdict.doubtful:
        return 0.3
    return min(0.99, 1 - 0.5 * 2 ** (-lead / (1.7 * MARGIN)))


def _reasons(case: Case, verdict: _Verdict, parts: Parts, at: int) -> tuple[str, ...]:
    """Say for one piece why it stands where it stands."""
    index = verdict.candidate.reading[at]
    fact = case.facts[index]
    reasons = [_SHAPES[verdict.candidate.shape]]
    if fact.role is Role.NUMBERED:
        reasons += _number_reason(case, verdict, at)
    elif index in verdict.doubtful:
        reasons.append("It has no number and nothing tells its place for certain.")
    elif fact.role is Role.FLOATING:
        reasons.append("It has no number; it keeps its place beside its neighbours in the file.")
    elif fact.role in (Role.FRONT, Role.PROLOGUE):
        reasons.append("A piece of this kind opens a book.")
    elif fact.role in (Role.EPILOGUE, Role.BACK, Role.LAST):
        reasons.append("A piece of this kind closes a book.")
    reasons += [
        f"{container.kind.value.capitalize()} {container.number} is never named; its neighbours imply it."
        for container in parts.containers[index]
        if container.inferred
    ]
    return tuple(reasons)


def _number_reason(case: Case, verdict: _Verdict, at: int) -> list[str]:
    fact = case.facts[verdict.candidate.reading[at]]
    for before in reversed(verdict.candidate.reading[max(0, at - _NEAR) : at]):
        other = case.facts[before]
        if other.role is Role.NUMBERED and other.series is fact.series:
            if other.high < fact.low:
                return [f"Its number, {fact.low[0]}, follows {other.high[0]}."]
            return [f"The numbers begin again at {fact.low[0]}."]
    return []
