"""What normalizing gives: the book, the log, the findings and the account of the order."""

from msgspec import Struct

from publish.diagnostic import Diagnostic
from publish.document import Book
from publish.places import overlap
from publish.source import Change, Source, Span


class Placement(Struct, frozen=True, kw_only=True):
    """Where one division came from and where it went, and why."""

    position: int
    """Place in the book, from 1, parts counted."""
    source_position: int | None
    """Place among the manuscript's headings, from 1; None for an inferred division."""
    kind: str
    label: str
    numbers: tuple[int, ...]
    title: str
    part: int | None
    """Number of the part (book, act) that holds the division."""
    inferred: bool
    reasons: tuple[str, ...]
    confidence: float
    """From 0 to 1."""
    heading: str = ""
    """The heading as the author's file has it."""


class Order(Struct, frozen=True):
    """The order of the book's divisions and how sure it is."""

    uncertain: bool
    placements: tuple[Placement, ...]


class Refused(Struct, frozen=True):
    """A rule that the author refuses, and where."""

    rule: str
    """A code or a family."""
    spans: tuple[Span, ...] | None
    """None: everywhere."""
    used: bool = False
    """A repair was refused by it, or would have been if there had been cause."""
    at: Span | None = None
    """Where the manuscript states it; None for book.toml."""

    def silences(self, item: Diagnostic) -> bool:
        """Tell whether a finding is one of which the author does not want to hear."""
        return item.code.startswith(self.rule) and (
            self.spans is None or any(overlap(span, item.span) for span in self.spans)
        )


class ReadAs(Struct, frozen=True):
    """A passage of plain text that is read as more than paragraphs."""

    rule: str
    """Code under which the reading can be refused."""
    span: Span


class Unplaced(Struct, frozen=True):
    """A statement of book.toml about a place that the manuscript does not have."""

    path: tuple[str | int, ...]
    """Keys from the top of book.toml to the statement."""
    message: str


class Normalized(Struct, frozen=True, kw_only=True):
    """A manuscript made into a book, with nothing done silently."""

    book: Book
    sources: dict[int, Source]
    """By the key that spans use, in the order of the manuscript."""
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Findings that are not changes: structure, order, metadata, doubts. Sorted by place."""
    order: Order
    readings: tuple[ReadAs, ...] = ()
    """What form alone tells: verse, letters, quotations, speeches. Sorted by place."""
    refused: tuple[Refused, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    settings: Source | None = None
    """The file book.toml, where findings lie in it."""
