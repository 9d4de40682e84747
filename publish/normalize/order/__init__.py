"""Put the divisions of a manuscript in reading order: evidence in, order with reasons and confidence out.

The order is the cheapest explanation of all evidence: numbers, named parts, dates, a contents list, the
conventions of front and back matter, and the shape in which files usually come (in order, newest first,
rotated, shuffled). Nothing is guessed silently: where the best explanation is not clearly cheaper than the
next one, the file's order stays and `Solution.uncertain` is true. Where only the place of single pieces
without numbers is open, the others are put in order and `uncertain` is true as well.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from publish.normalize.order import copies as doubles
from publish.normalize.order.candidates import Candidate
from publish.normalize.order.case import Case, letters, prepare
from publish.normalize.order.copies import Copy, fingerprint
from publish.normalize.order.evidence import Holder, Item
from publish.normalize.order.inside import together
from publish.normalize.order.judging import MARGIN, Verdict, judge, settled
from publish.normalize.order.parts import Container, Gap, Parts, divide
from publish.normalize.order.roles import Role

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
    gaps: tuple[Gap, ...] = ()
    clashes: tuple[tuple[int, ...], ...] = ()
    """Items with the same number in the same container and different text."""
    restarts: tuple[int, ...] = ()
    """Items at which the numbering starts again though no part is named or implied there."""
    unmatched: tuple[str, ...] = ()
    """Pins that name no heading of the manuscript."""


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
    case = prepare(items, groups, contents, whole=keep or bool(sequence))
    unmatched: tuple[str, ...] = ()
    if keep or sequence:
        reading, unmatched = _pinned(case, sequence)
        verdict = settled(case, Candidate("pinned", tuple(reading), 0.0))
    else:
        verdict = _together(judge(case), case)
    settled_ = not verdict.doubts or bool(verdict.doubtful)
    parts = divide(verdict.account.segments, case.items, case.facts, infer=infer_parts and settled_)
    set_aside = _set_aside(groups, items, copies or {}, verdict.candidate)
    return _solution(case, verdict, parts, set_aside, unmatched)


def _together(verdict: Verdict, case: Case) -> Verdict:
    """Give a verdict with the pieces that belong to the chapters it was found for."""
    for segment in verdict.account.segments if case.inner else ():
        segment.members = together(segment.members, case.inner)
    reading = tuple(together(verdict.candidate.reading, case.inner))
    verdict.candidate = structs.replace(verdict.candidate, reading=reading)
    return verdict


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
    "dated": "The dates give the order.",
    "listed": "The contents list gives the order.",
    "filed": "The names of the files give the order.",
    "linked": "The links between the pieces give the order.",
    "pinned": "`book.toml` gives the order.",
}


_ENDS = (Role.UNHEADED, Role.FRONT, Role.PROLOGUE, Role.LAST, Role.EPILOGUE, Role.BACK)
_MOVED = "The chapters stand in the book's order; what opens or closes a book was put where it belongs."


def _explanation(case: Case, candidate: Candidate) -> str:
    """Say how the file stood: where only a prologue stood at its end, nothing was exchanged or turned."""
    chapters = {index for index in case.pieces if case.facts[index].role not in _ENDS}
    body = [index for index in candidate.reading if index in chapters]
    if body and candidate.shape in ("rotated", "reversed", "parts", "sorted", "shuffled"):
        if body == sorted(body):
            return _MOVED
        if body == sorted(body, reverse=True):
            return _SHAPES["reversed"]
    return _SHAPES[candidate.shape]


def _solution(
    case: Case, verdict: Verdict, parts: Parts, set_aside: tuple[Copy, ...], unmatched: tuple[str, ...]
) -> Solution:
    stands_for = {}
    for copy in set_aside:
        if copy.dropped in verdict.candidate.reading:
            stands_for[copy.dropped] = copy.kept
    sure, explanation = _confidence(verdict), _explanation(case, verdict.candidate)
    placed = tuple(
        Placed(
            stands_for.get(index, index),
            parts.containers[index],
            (explanation, *_reasons(case, verdict, parts, at)),
            round(min(sure, 0.4) if index in verdict.doubtful else sure, 2),
        )
        for at, index in enumerate(verdict.candidate.reading)
    )
    return Solution(
        placed=placed,
        copies=set_aside,
        uncertain=bool(verdict.doubts),
        doubts=verdict.doubts,
        shape=verdict.candidate.shape,
        explanation=explanation,
        gaps=parts.gaps,
        clashes=parts.clashes,
        restarts=parts.restarts,
        unmatched=unmatched,
    )


_NEAR = 30
"""How many pieces back the chapter with the number before is looked for, to name it in a reason."""
_UNSETTLED = "The evidence does not decide the order; the file's order stays."
_AS_IN_FILE = (_SHAPES["kept"], _SHAPES["pinned"])


def unsettled(kept: Solution, doubts: tuple[str, ...]) -> Solution:
    """Give a solution that keeps the file's order as what it is when doubts and no pin keep it."""
    placed = tuple(
        structs.replace(
            one,
            reasons=tuple(_UNSETTLED if why in _AS_IN_FILE else why for why in one.reasons),
            confidence=0.3,
        )
        for one in kept.placed
    )
    return structs.replace(
        kept, placed=placed, uncertain=True, doubts=doubts, shape="kept", explanation=_UNSETTLED
    )


def counted(kept: Solution) -> Solution:
    """Give a solution that keeps the file's order as what it is where "1.1" and "1.2" count through it.

    So none is missing, also where a chapter has no text but that of its sections.
    """
    placed = tuple(
        structs.replace(one, reasons=tuple(_COUNTED if why in _AS_IN_FILE else why for why in one.reasons))
        for one in kept.placed
    )
    return structs.replace(kept, placed=placed, shape="kept", explanation=_COUNTED, gaps=())


_COUNTED = "The numbers of chapters and sections count on through the file."


def _confidence(verdict: Verdict) -> float:
    """Give the confidence that the lead over the runner-up allows.

    0.5 without any lead, 0.9 at four times the margin; 0.3 where the file's order stays for want of evidence.
    """
    if verdict.runner_up is None:
        return 1.0
    lead = max(0.0, verdict.runner_up - verdict.cost)
    if verdict.doubts and not verdict.doubtful:
        return 0.3
    return min(0.99, 1 - 0.5 * 2 ** (-lead / (1.7 * MARGIN)))


def _reasons(case: Case, verdict: Verdict, parts: Parts, at: int) -> tuple[str, ...]:
    """Say for one piece what else than the order of all tells its place."""
    index = verdict.candidate.reading[at]
    fact = case.facts[index]
    reasons = []
    if fact.role is Role.NUMBERED:
        reasons += _number_reason(case, verdict, at)
    elif index in verdict.doubtful:
        reasons.append("It has no number and nothing tells its place for certain.")
    elif fact.role is Role.FLOATING and not (verdict.candidate.shape == "listed" and fact.listed >= 0):
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


def _number_reason(case: Case, verdict: Verdict, at: int) -> list[str]:
    fact = case.facts[verdict.candidate.reading[at]]
    for before in reversed(verdict.candidate.reading[max(0, at - _NEAR) : at]):
        other = case.facts[before]
        if other.role is Role.NUMBERED and other.series is fact.series:
            if other.high < fact.low:
                return [f"Its number, {fact.low[0]}, follows {other.high[0]}."]
            return [f"The numbers begin again at {fact.low[0]}."]
    return []
