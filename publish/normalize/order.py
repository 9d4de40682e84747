"""Put the divisions of a manuscript in reading order: evidence in, order with reasons and confidence out.

The order is the cheapest explanation of all evidence: numbers, named parts, dates, a contents list, the
conventions of front and back matter, and the shape in which files usually come (in order, newest first,
rotated, shuffled). Nothing is guessed silently: where the best explanation is not clearly cheaper than the next
one, the file's order stays and `Solution.uncertain` is true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from publish.document import DivisionKind


class Holder(Struct, frozen=True):
    """A container that the manuscript names for an item: "Part IV" of "Part IV; Chapter I"."""

    kind: DivisionKind
    number: int | None
    title: str = ""
    """Folded text of the container's title, if it has one."""
    alone: bool = False
    """True where the container's heading stands on a line of its own directly before the item in the file; false
    where the item's own heading names it."""


class Item(Struct, frozen=True, kw_only=True):
    """One leaf of the manuscript (a chapter, a post), in file order; its index is its place in the sequence."""

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
    sequel: int = 0
    """2 for "(continued)", k for "part k of m" of the same chapter; 0 where the heading says nothing."""
    headed: bool = True
    """False for text that stands before any heading."""
    file: int = 0
    """Which of several files holds the item."""
    fingerprint: frozenset[int] = frozenset()
    """Sketch of the text, see `fingerprint`; empty where it is not known."""


class Container(Struct, frozen=True):
    """One container in the finished order. Items lie in the same container if and only if the values are equal."""

    kind: DivisionKind
    number: int | None
    """None where it is named without a number."""
    inferred: bool
    """True where the manuscript never names it and its neighbours imply it."""
    serial: int
    """Tells containers apart that are named alike."""
    named_by: tuple[int, ...]
    """Items whose `holders` name it, in reading order: where its title is to be found; empty if inferred."""


class Placed(Struct, frozen=True):
    """One item in its place."""

    item: int
    containers: tuple[Container, ...]
    """Outermost first."""
    reasons: tuple[str, ...]
    """Plain sentences for the author."""
    confidence: float
    """From 0 to 1."""


class Copy(Struct, frozen=True):
    """A chapter that stands twice: one copy stays, the other is set aside."""

    kept: int
    dropped: int
    why: str


class Gap(Struct, frozen=True):
    """Numbers that are missing from a sequence."""

    kind: DivisionKind
    numbers: tuple[int, ...]
    within: tuple[Container, ...]
    after: int | None
    """Item before the gap; None at the beginning."""


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
    """How the file stood to the book: kept, reversed, rotated, shuffled, parts (parts moved or turned as wholes),
    pinned."""
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


def fingerprint(text: str) -> frozenset[int]:
    """Sketch a text so that two versions of it can be told from two texts; linear time."""
    raise NotImplementedError


def solve(
    items: Sequence[Item],
    *,
    keep: bool = False,
    sequence: Sequence[str] = (),
    infer_parts: bool = True,
    copies: Mapping[str, int] | None = None,
    contents: Sequence[str] = (),
) -> Solution:
    """Find the reading order of `items`, which stand in file order.

    `keep`, `sequence`, `infer_parts` and `copies` are the pins of `[order]` in `book.toml`; `contents` holds the
    headings of a contents list found in the text, in its order.
    """
    raise NotImplementedError
