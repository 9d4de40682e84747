"""The reading that is chosen among all candidates, and the doubts that keep it from being chosen.

The cheapest explanation of the evidence wins where it is clearly the cheapest; else the file's order stays.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from msgspec import Struct, structs

from publish.document import DivisionKind
from publish.normalize.order.candidates import BELOW_ONE, Candidate, candidates
from publish.normalize.order.case import Case
from publish.normalize.order.evidence import FILED, LINKED, LISTED, Account, Fact, account
from publish.normalize.order.roles import Role
from publish.normalize.words.numerals import fold
from publish.normalize.words.vocabulary import COUNTDOWN, NOTE_WORDS

_PINS = "The file's order stays; `[order] keep = true` confirms it, `[order] sequence` gives another."
MARGIN = 1.2
"""A lead over the next best reading below this leaves the order uncertain."""
_TURNS_PARTS = ("reversed", "sorted", "parts", "shuffled")
"""Shapes in which the chapters of a part that stand newest first are turned round."""
_FAR = 20 * MARGIN
"""A reading that costs so much more than the best needs no exact cost."""
_LONG_TOP = 60
"""Runs of words in text that stands above all headings: so much, or half of what most pieces have, is more
than a motto or a dedication. Where the file was put in another order, it may as well be the last piece, its
heading not seen."""
_TOLERATED_FAULTS = 0.12
"""Share of the chapters at which numbers may still fall in the best reading before nothing explains them."""


_SILENT = ("", "", -1, -1)
"""What a piece claims that nothing but its heading speaks for."""


class Verdict(Struct):
    """The reading chosen and what speaks for it."""

    candidate: Candidate
    account: Account
    cost: float
    runner_up: float | None
    doubtful: frozenset[int]
    doubts: tuple[str, ...] = ()


def settled(case: Case, candidate: Candidate, limit: float = inf) -> Verdict:
    """Give what a reading costs; the walk may end once it costs more than `limit`."""
    known = {"posted": case.posted, "above": case.above}.get(candidate.heads, case.facts)
    found = account(candidate.reading, known, case.ranks, limit)
    return Verdict(candidate, found, found.cost + candidate.prior, None, candidate.doubtful)


def judge(case: Case) -> Verdict:
    """Take the cheapest reading if it is clearly the cheapest; else keep the file's order and say why."""
    best: dict[tuple[int, ...], Verdict] = {}
    lowest = inf
    of_file: tuple[int, ...] = ()
    for candidate in _all_candidates(case):
        known = best.get(candidate.reading)
        kept_file = candidate.shape == "kept"
        of_file = candidate.reading if kept_file else of_file
        if known and known.candidate.heads == candidate.heads and known.candidate.prior <= candidate.prior:
            continue
        verdict = settled(case, candidate, inf if kept_file else lowest + _FAR)
        lowest = min(lowest, verdict.cost)
        if known is None or verdict.cost < known.cost:
            best[candidate.reading] = verdict
    ranking = sorted(best.values(), key=lambda verdict: verdict.cost)
    first = ranking[0]
    # Another shape may read as the file does, and at less cost.
    kept = best[of_file]
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
    if case.above:
        for candidate in candidates(case.pieces, case.above, case.main, case.ranks):
            if candidate.shape in _TURNS_PARTS:
                yield structs.replace(candidate, heads="above")
    for plain in candidates(case.pieces, case.facts, case.main, case.ranks):
        strange = BELOW_ONE if case.above and plain.shape in _TURNS_PARTS else 0.0
        candidate = structs.replace(plain, prior=plain.prior + strange)
        yield candidate
        if case.posted and candidate.shape == "reversed":
            yield structs.replace(candidate, heads="posted")


def _spine(case: Case, verdict: Verdict) -> tuple[int, ...]:
    """Give the reading without the pieces that only their neighbours place.

    Where next to nothing is numbered, dates, lists and links tell pieces apart: those that they leave equal
    may stand either way.
    """
    known = [(index, case.facts[index]) for index in verdict.candidate.reading]
    numbered = tuple(index for index, fact in known if fact.role is Role.NUMBERED)
    if len(numbered) > 1:
        return numbered
    claims = [(index, (fact.date, fact.told, fact.listed, fact.filed), fact.follows) for index, fact in known]
    return tuple(
        hash((claim, linked and index)) for index, claim, linked in claims if claim != _SILENT or linked
    )


SILENT = "Nothing in the manuscript tells the order of these headings: "
_NONE, _FEW = "they have no numbers, dates, links or contents list.", "few have a number, a date or a link."

_MEASURES = "These numbers may measure (days, years) and not count chapters."


def _doubts(case: Case, first: Verdict, rival: Verdict | None) -> tuple[str, ...]:
    """Say why no reading can be chosen; empty where one can."""
    numbered = [index for index in case.pieces if case.facts[index].role is Role.NUMBERED]
    some = numbered or any(case.facts[at].date or case.facts[at].told for at in case.pieces)
    why = "" if _has_evidence(case, numbered) else SILENT + (_FEW if some else _NONE)
    if not why and first.candidate.shape != "kept" and _measures(case, numbered):
        why = _MEASURES
    if why:
        return (f"{why} {_PINS}",)
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


def _interleaved(case: Case, first: Verdict) -> bool:
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


_BY_OTHERS = {"dated": "the dates", "listed": LISTED, "filed": FILED, "linked": LINKED}


def _against(case: Case, first: Verdict, numbered: Sequence[int]) -> str:
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


def _measures(case: Case, numbered: Sequence[int]) -> bool:
    """Tell whether numbers may fall as time goes on: words say so, or they neither count nor say what.

    Chapters that a bare number heads begin with the first few, and most follow one another; if their titles
    are one, the number belongs to it: "5 Minutes to Midnight".
    """
    items = [case.items[index] for index in numbered if case.facts[index].series is case.main]
    if 2 * sum(_counts_down(item.heading) for item in items) > len(items):
        return True
    titles = {item.title for item in items}
    if len(titles) != 1 or any(item.kind or item.holders for item in items):
        return False
    numbers = sorted({item.numbers[0] for item in items})
    gaps = sum(after > before + 1 for before, after in pairwise(numbers))
    return titles != {""} or numbers[0] > _LATEST or 2 * gaps > len(numbers) - 1


def _counts_down(heading: str) -> bool:
    text = f" {fold(heading)} "
    return bool(_DAYS_TO_GO.match(text)) or any(f" {word} " in text for word in COUNTDOWN)


_DAYS_TO_GO = re.compile(r" [tjdx] ?[-–−] ?\d")
"""T-3, and in other languages J-3 or D-3."""
_LATEST = 3
"""The first chapter of a file whose first pages are lost, at the latest."""


def _unexplained(case: Case, first: Verdict, count: int) -> bool:
    """Tell whether the best reading leaves too many faults, gaps and false starts among the numbers.

    A file that stands as it is may have more of them than one that was put in order.
    """
    tolerated = _TOLERATED_FAULTS * count
    if first.account.faults > max(1, tolerated) or _begins_late(case, first):
        return True
    shape = first.candidate.shape
    share = 2 * tolerated if shape in ("kept", "reversed") else tolerated
    return _breaks(case, first.candidate.reading) > max(2 if shape == "kept" else 1, share)


def _begins_late(case: Case, first: Verdict) -> bool:
    """Tell whether a single chapter with a number above 1 would be a part that nothing names."""
    for segment in first.account.segments:
        numbered = [index for index in segment.members if case.facts[index].role is Role.NUMBERED]
        late = segment.first is not None and segment.first[0] > 1
        if segment.name is None and segment.restarts and late and len(numbered) == 1:
            return True
    return False


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
    files = [item.file for item in case.items]
    headed = [i for i in headed if case.items[i].headed or (i > 0 and files[i] != files[i - 1])]
    loose = [index for index in headed if case.facts[index].role is Role.FLOATING]
    if numbered and (not loose or _counts_through(case, numbered)):
        return True
    if len(headed) <= 1 or (len(loose) <= 1 and not numbered):
        return True
    dated = {case.facts[index].date for index in case.pieces} - {""}
    told = {case.facts[index].told for index in loose} - {""}
    listed = [index for index in loose if case.facts[index].listed >= 0]
    held = [case.facts[index].holders[-1] for index in case.pieces if case.facts[index].holders]
    named = {holder for holder in held if holder[1] is not None}
    filed = {case.facts[index].filed for index in loose} - {-1}
    linked = {index for at in loose for index in (at, *case.facts[at].follows) if case.facts[at].follows}
    support = max(len(numbered), len(dated), len(told), len(listed), 2 * len(named), len(filed), len(linked))
    return support > 1 and 2 * support >= len(loose)


_LEAST_THROUGH = 5
"""Chapters; fewer may stand in order by chance."""


def _counts_through(case: Case, numbered: Sequence[int]) -> bool:
    """Tell whether the file has all numbers one after the other: so it is in order, with what is between."""
    known = [case.facts[index] for index in numbered]
    follow = all(
        after.low[0] == before.high[0] + 1 and after.series is before.series
        for before, after in pairwise(known)
    )
    return len(known) >= _LEAST_THROUGH and known[0].low[0] == 1 and follow


def _with_local_doubts(case: Case, first: Verdict, ranking: Sequence[Verdict]) -> Verdict:
    """Find the pieces whose place is open though the order of the numbered ones is settled."""
    doubtful = set(first.doubtful)
    top = case.pieces[0]
    usual = median(len(case.items[index].fingerprint) for index in case.pieces)
    longer = len(case.items[top].fingerprint) >= min(_LONG_TOP, usual / 2 or _LONG_TOP)
    if first.candidate.shape != "kept" and case.facts[top].role is Role.UNHEADED and longer:
        doubtful.add(top)
    doubtful |= _against_custom(case, first.candidate.reading)
    if first.candidate.shape == "shuffled":
        # “Note” opens a book or closes it: where nothing stands as it did, its neighbours do not tell.
        doubtful |= {at for at in case.pieces if case.items[at].title in NOTE_WORDS}
    spine = _spine(case, first)
    for verdict in ranking[1:]:
        if verdict.cost - first.cost >= MARGIN:
            break
        if _spine(case, verdict) == spine:
            doubtful |= _moved_pieces(case, first, verdict)
    first.doubtful = frozenset(doubtful)
    if first.account.faults > _drafts(case, first):
        first.doubts = (
            "Some numbers still fall or stand twice in the best order that was found; "
            "`[order] keep = true` keeps the file's order, `[order] sequence` gives another.",
        )
    if doubtful:
        headings = (" ".join(case.items[index].heading.split()) for index in sorted(doubtful)[:5])
        names = ", ".join(f"“{heading or 'the text before the first heading'}”" for heading in headings)
        counted = any(case.facts[index].role is Role.NUMBERED for index in case.pieces)
        others = "numbered headings" if counted else "other headings"
        first.doubts = (
            f"Nothing tells for certain where {names} belongs among the {others}; "
            "`[order] sequence` settles it.",
        )
    return first


def _against_custom(case: Case, reading: Sequence[int]) -> set[int]:
    """Give what belongs at an end of a book and stands amid its chapters, in the file too.

    A note of the author or an editor may stand anywhere.
    """
    found: set[int] = set()
    waiting: set[int] = set()
    begun = late = False
    for index in reading:
        fact = case.facts[index]
        numbered = fact.role is Role.NUMBERED and fact.series is case.main
        if numbered or fact.role is Role.OPENER or fact.holders:
            anew = fact.low[0] == 1
            found |= {at for at in waiting if not anew or case.facts[at].role in _CLOSING}
            waiting.clear()
            late = numbered
            begun = begun or late
        note = NOTE_WORDS & {*case.items[index].title.split()}
        misplaced = late if fact.role in _OPENING else begun and fact.role in _CLOSING
        if misplaced and not note:
            waiting.add(index)
    return found


_OPENING, _CLOSING = (Role.FRONT, Role.PROLOGUE), (Role.EPILOGUE, Role.BACK)


def _drafts(case: Case, first: Verdict) -> int:
    """Count the neighbours in the file, and in the reading, that have one number: two drafts of a chapter.

    Which of them counts, their author says; where they stand is not in doubt.
    """
    known = [(i, case.facts[i]) for i in first.candidate.reading if case.facts[i].role is Role.NUMBERED]
    return sum(
        abs(index - before) == 1 and (fact.series, fact.low, fact.high) == (last.series, last.low, last.high)
        for (before, last), (index, fact) in pairwise(known)
    )


def _moved_pieces(case: Case, a: Verdict, b: Verdict) -> set[int]:
    """Pieces that stand behind another numbered piece in one reading than in the other."""
    elsewhere = _predecessors(case, b)
    return {index for index, before in _predecessors(case, a).items() if elsewhere.get(index) != before}


def _predecessors(case: Case, verdict: Verdict) -> dict[int, int]:
    found: dict[int, int] = {}
    last = -1
    for index in verdict.candidate.reading:
        if case.facts[index].role is Role.NUMBERED:
            last = index
        else:
            found[index] = last
    return found
