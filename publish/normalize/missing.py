"""Numbers that are missing from the manuscript, told in the manner of its own headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.document import DivisionKind
from publish.normalize.divisions import Leaf
from publish.normalize.numerals import from_roman, to_roman
from publish.normalize.order import Container, Gap, Solution

_LONGEST_LIST = 3
"""More numbers than these are told as a range."""


def sentence(gap: Gap, solution: Solution, found: Sequence[Leaf]) -> str:
    """Say which numbers of a gap are missing; empty where all of them stand elsewhere, in a pinned order."""
    present = _present(gap, solution, found)
    numbers = [number for number in gap.numbers if number not in present]
    if not numbers:
        return ""
    roman = _is_roman(gap.kind, found)
    noun = gap.kind.value.replace("_", " ").capitalize() + ("" if len(numbers) == 1 else "s")
    within = f" of {gap.within[-1].kind.value} {_printed(gap.within[-1], found)}" if gap.within else ""
    verb = "is" if len(numbers) == 1 else "are"
    return f"{noun} {_listed(numbers, roman=roman)}{within} {verb} missing from the manuscript."


def _present(gap: Gap, solution: Solution, found: Sequence[Leaf]) -> set[int]:
    """Give the numbers of this kind that stand anywhere in the same container."""
    numbers: set[int] = set()
    depth = len(gap.within)
    for placed in solution.placed:
        named = found[placed.item].named
        if placed.containers == gap.within and named and (named.kind or DivisionKind.CHAPTER) is gap.kind:
            numbers.update(named.numbers)
        inner = placed.containers[depth : depth + 1]
        if placed.containers[:depth] == gap.within and inner and inner[0].kind is gap.kind:
            numbers.add(inner[0].number or 0)
    return numbers


def _printed(container: Container, found: Sequence[Leaf]) -> str:
    number = container.number or 0
    if not number:
        named = (part for item in container.named_by for part, _ in found[item].holders)
        title = next((part.title.text for part in named if part.title and part.kind is container.kind), "")
        return f"“{title}”"
    return to_roman(number) if number and _is_roman(container.kind, found) else str(container.number)


def _listed(numbers: Sequence[int], *, roman: bool) -> str:
    told = [to_roman(number) if roman else str(number) for number in numbers]
    if len(told) > _LONGEST_LIST and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{told[0]} to {told[-1]}"
    return told[0] if len(told) == 1 else ", ".join(told[:-1]) + f" and {told[-1]}"


def _is_roman(kind: DivisionKind, found: Sequence[Leaf]) -> bool:
    """Tell whether the manuscript numbers divisions of a kind with roman numerals."""
    labels = [
        part.label.text
        for leaf in found
        for part in (*(holder for holder, _ in leaf.holders), *([leaf.named] if leaf.named else []))
        if part.label and part.kind in (kind, None) and part.numbers
    ]
    words = [word for label in labels for word in re.findall(r"\b[IVXLC]+\b", label)]
    return bool(words) and all(from_roman(word) for word in words)
