"""The account of the order: where each division came from, where it went, and why."""

from collections.abc import Sequence

from publish.document import Book, Division, heading_text, prose, walk_divisions
from publish.draft import plain
from publish.normalize import order, tree
from publish.normalize.divisions import Leaf
from publish.normalize.order import Solution
from publish.normalize.passages import letters
from publish.normalize.result import Order, Placement


def held_to_letters(solution: Solution, found: Sequence[Leaf]) -> Solution:
    """Leave the order of a text without headings open whose letters do not stand by their days."""
    whole = found[0].blocks if len(found) == 1 and solution.shape == "kept" else ()
    falls = letters.fallen(whole)
    doubt = f"The days of its letters fall: {falls}. `[order] keep = true` confirms the file's order."
    return order.unsettled(solution, (doubt,)) if falls else solution


def account(book: Book, found: Sequence[Leaf], solution: Solution, *, kept: bool, asked: bool) -> Order:
    """Give the order as it is shown; where titles were asked about it is open, whatever else was found."""
    shown = order.unsettled(solution, solution.doubts) if asked else solution
    return Order(shown.uncertain, _placements(book, found, shown, kept=kept))


def _placements(
    book: Book, found: Sequence[Leaf], solution: Solution, *, kept: bool
) -> tuple[Placement, ...]:
    positions = tree.source_positions(found)
    by_position = {
        positions[placed.item, len(found[placed.item].holders)]: placed
        for placed in solution.placed
        if (placed.item, len(found[placed.item].holders)) in positions
    }
    placements: list[Placement] = []
    part: int | None = None
    parts: list[tuple[int, int | None]] = []
    for position, (depth, division) in enumerate(walk_divisions(book.divisions), 1):
        while parts and parts[-1][0] >= depth:
            parts.pop()
        part = parts[-1][1] if parts else None
        placed = by_position.get(division.source_position or -1)
        placements.append(
            Placement(
                position=position,
                source_position=None if division.inferred else division.source_position,
                kind=division.kind.value,
                label=division.label.text if division.label else "",
                numbers=division.numbers,
                title=prose(division.title).text,
                part=part,
                inferred=division.inferred,
                reasons=placed.reasons if placed and not kept else _other_reasons(division, kept=kept),
                confidence=placed.confidence if placed else 1.0 if not division.inferred else 0.9,
                heading=plain(found[placed.item].heading, "\n") if placed else heading_text(division),
            )
        )
        if division.divisions:
            parts.append((depth, division.numbers[0] if division.numbers else None))
    return tuple(placements)


def _other_reasons(division: Division, *, kept: bool) -> tuple[str, ...]:
    if division.inferred:
        return ("The manuscript never names it; its neighbours imply it.",)
    return (
        ("The file says that its order is the book's.",)
        if kept
        else ("It stands where its first chapter stands.",)
    )
