"""All that happened between the author's files and the book, as one list of entries.

The log of the normalizer holds the repairs. What follows from the book itself is added here: lines that were
joined, divisions that moved, parts that were inferred, facts that were taken from the text, files that were
read in another encoding than UTF-8.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.document import ROLE_NAMES, Stated, division_runs, prose, walk_divisions
from publish.draft import BREAK, EMPHASIS_OFF, EMPHASIS_ON, NOTE_OFF, NOTE_ON, PAGE, STRONG_OFF, STRONG_ON
from publish.lint import RULES
from publish.normalize.passages.forms import LETTER, QUOTATION, SPEECH, TABLE, VERSE
from publish.normalize.result import Normalized, Placement
from publish.places import quotation, refusal, toml_text
from publish.source import Change, Piece, Run, Source, Span

MARKUP = {
    EMPHASIS_ON: "<i>", EMPHASIS_OFF: "</i>", STRONG_ON: "<b>", STRONG_OFF: "</b>", NOTE_ON: "<note>",
    NOTE_OFF: "</note>", BREAK: "\n", PAGE: "<page>",
}  # fmt: skip
"""How marks of the normalizer are written for people."""


class Kind(StrEnum):
    """What was done."""

    REPAIRED = "repaired"
    LEFT_OUT = "left out"
    JOINED = "joined"
    MOVED = "moved"
    INFERRED = "inferred"
    TAKEN = "taken"
    READ = "read"
    DECODED = "decoded"


class Entry(Struct, frozen=True):
    """One thing that was done to the text."""

    kind: Kind
    rule: str
    """Code of the rule that explains it."""
    span: Span
    """Where it was done: the changed range, the heading of what moved, the first sign of a file."""
    before: str
    after: str
    reason: str
    """One sentence or more; empty where the rule's own summary says it all."""
    exact: bool = True
    """False where the range is wider than what was changed."""
    final: bool = False
    """It stands outside of all text, or the file's own tracking made it: no line of book.toml undoes it."""
    times: int = 1
    """How many of the log it holds: lines that were left out one after the other."""


def collect(normalized: Normalized) -> list[Entry]:
    """Give everything that was done, in the order of the files."""
    rank = {key: place for place, key in enumerate(normalized.sources)}
    found = [
        *_decoded(normalized),
        *_logged(normalized),
        *_joined(normalized),
        *_placed(normalized),
        *_taken(normalized),
        *_read(normalized),
    ]
    return sorted(
        dict.fromkeys(found),
        key=lambda entry: (rank[entry.span.source], entry.span.start, entry.span.end, entry.rule),
    )


def summary(rule: str) -> str:
    """Give what a rule is about, in one sentence."""
    return RULES[rule].summary


def settled_by(entry: Entry, source: Source) -> str:
    """Give the lines of book.toml that undo an entry or put something else in its place; empty for none."""
    if entry.kind is Kind.MOVED:
        return "[order]\nkeep = true"
    if entry.kind is Kind.INFERRED:
        return "[order]\ninfer-parts = false"
    if entry.kind is Kind.DECODED:
        return f"[manuscript]\nencoding = {toml_text(source.encoding)}"
    if entry.kind is Kind.TAKEN:
        return f"[book]\n{entry.after.partition(': ')[0]} = {toml_text(entry.after.partition(': ')[2])}"
    quote = "" if entry.final else quotation(entry.span, source)
    return refusal(entry.rule, quote) if quote else ""


def is_unseen(entry: Entry, source: Source) -> bool:
    """Tell whether what left the text stands in nothing that people read of a file: a comment in a page."""
    return entry.kind is Kind.LEFT_OUT and not source.passage(entry.span.start, entry.span.end)


def _decoded(normalized: Normalized) -> Iterator[Entry]:
    for source in normalized.sources.values():
        if not source.encoding.startswith("utf-8"):
            reason = f"The whole file was read as {source.encoding}."
            yield Entry(Kind.DECODED, "ENC012", Span(source.key, 0, 0), "", "", reason)


def _logged(normalized: Normalized) -> Iterator[Entry]:
    """Give the log, lines that were left out one after the other as one entry."""
    held: Change | None = None
    times = 1
    begins = _begins(normalized)
    for change in normalized.changes:
        if held and _goes_on(held, change, normalized.sources):
            held = Change(
                Span(held.span.source, held.span.start, change.span.end), "", False, held.why, held.note
            )
            times += 1
            continue
        if held:
            yield replace(_entry(held, normalized.sources, begins), times=times)
        held, times = change, 1
    if held:
        yield replace(_entry(held, normalized.sources, begins), times=times)


def _goes_on(before: Change, after: Change, sources: dict[int, Source]) -> bool:
    if before.text or after.text or (before.why, before.note) != (after.why, after.note):
        return False
    a, b = before.span, after.span
    between = sources[a.source].passage(a.end, b.start)
    return a.source == b.source and "\n" in between and between.isspace()


def _begins(normalized: Normalized) -> dict[int, int]:
    """Give for each source where its text begins in the book."""
    begins: dict[int, int] = {}
    for run in book_runs(normalized):
        for piece in run.pieces:
            begins[piece.source] = min(piece.start, begins.get(piece.source, piece.start))
    return begins


_READERS = "DOC"
"""Family of what leaves the text before it is one: a comment, a deletion that is kept track of."""
_UNCALLED = "DOC006"


def _entry(change: Change, sources: Mapping[int, Source], begins: Mapping[int, int]) -> Entry:
    before = sources[change.span.source].before(change)
    after = "".join(MARKUP.get(sign, sign) for sign in change.text)
    after = MARKUP[PAGE] if change.text.startswith(PAGE) else after
    whole = not after and any(map(str.isalnum, before)) and change.why[:3] not in ("SPC", "ENC")
    kind = Kind.LEFT_OUT if whole else Kind.REPAIRED
    outside = change.span.start < begins.get(change.span.source, change.span.end)
    final = change.why.startswith(_READERS) and (outside or change.why == _UNCALLED)
    return Entry(kind, change.why, change.span, before, after, change.note, change.exact, final)


def _joined(normalized: Normalized) -> Iterator[Entry]:
    for run in book_runs(normalized):
        for piece, following in pairwise(run.pieces):
            start, end = _between(piece, following, run)
            if piece.source != following.source or start >= end:
                continue
            text = normalized.sources[piece.source].passage(start, end)
            if text.isspace() and ("\n" in text or "\r" in text):
                span = Span(piece.source, start, end)
                if piece.exact and normalized.sources[piece.source].in_paragraphs:
                    yield Entry(Kind.JOINED, "DOC001", span, text, "", _END_DELETED, final=True)
                else:
                    yield Entry(Kind.JOINED, "SPC008", span, text, "" if piece.exact else " ", "")


_END_DELETED = "Tracked changes delete the end of the paragraph."


def _between(piece: Piece, following: Piece, run: Run) -> tuple[int, int]:
    """Give the range that a single space stands for, or that stands between two pieces."""
    if not piece.exact and run.text[piece.at : following.at] == " ":
        return piece.start, piece.end
    return (piece.end, following.start) if piece.exact and following.exact else (0, 0)


def book_runs(normalized: Normalized) -> Iterator[Run]:
    """Give every run of the book in reading order."""
    for _, division in walk_divisions(normalized.book.divisions):
        yield from division_runs(division)


def _placed(normalized: Normalized) -> Iterator[Entry]:
    """Give the divisions that stand elsewhere than in the files, and parts that were inferred.

    Places are counted among the headings that the files have, in the files and in the book.
    """
    placements = normalized.order.placements
    spans = [_heading_span(runs) for runs in _headings(normalized)]
    rank = {number: at for at, number in enumerate(sorted(i.source_position or 0 for i in placements), 1)}
    shift = sum(not item.source_position for item in placements)
    stayed = _longest_rising([item.source_position or 0 for item in placements])
    if len(stayed) * 2 <= len(rank):
        # The whole was turned round or shuffled: nothing can be said to have stayed.
        stayed = set()
    now = 0
    for index, (item, span) in enumerate(zip(placements, spans, strict=True)):
        if item.inferred:
            yield from _inferred(item, [other for other in spans[index:] if other])
        if not item.source_position:
            continue
        now += 1
        was = rank[item.source_position] - shift
        if span and index not in stayed and was != now:
            reason = f"{_named(item)}: {' '.join(item.reasons)}"
            yield Entry(Kind.MOVED, "STR003", span, f"place {was}", f"place {now}", reason)


def _inferred(item: Placement, below: Sequence[Span]) -> Iterator[Entry]:
    if below:
        at = Span(below[0].source, below[0].start, below[0].start)
        yield Entry(Kind.INFERRED, "STR017", at, "", _named(item), " ".join(item.reasons))


def _named(item: Placement) -> str:
    return ", ".join(part for part in (item.label, item.title) if part) or f"({item.kind})"


def _headings(normalized: Normalized) -> Iterator[list[Run]]:
    """Give for each division its heading, or its text where it has none."""
    for _, division in walk_divisions(normalized.book.divisions):
        heading = [run for run in (division.label, prose(division.title)) if run and run.pieces]
        yield heading or [run for run in division_runs(division) if run.pieces][:1]


def _heading_span(runs: Sequence[Run]) -> Span | None:
    spans = [span for run in runs if (span := run.span(0, len(run)))]
    if not spans:
        return None
    end = max(span.end for span in spans if span.source == spans[0].source)
    return Span(spans[0].source, min(spans[0].start, end), end)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Give the indexes of a longest rising subsequence, zeros left out: what did not move."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for index, number in enumerate(numbers):
        if not number:
            continue
        at = bisect_left(tails, number)
        before[index] = ends[at - 1] if at else None
        tails[at:] = [number, *tails[at + 1 :]]
        ends[at:] = [index, *ends[at + 1 :]]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


_FORMS = {VERSE: "verse", LETTER: "a letter", QUOTATION: "a quotation", SPEECH: "a speech", TABLE: "a table"}


def _read(normalized: Normalized) -> Iterator[Entry]:
    """Give the passages that are read as more than paragraphs."""
    for item in normalized.readings:
        text = normalized.sources[item.span.source].passage(item.span.start, item.span.end)
        yield Entry(Kind.READ, item.rule, item.span, text, _FORMS[item.rule], "")


def _taken(normalized: Normalized) -> Iterator[Entry]:
    """Give the facts that were taken from lines of the text, which then need not be printed there."""
    facts = normalized.book.metadata
    named: list[tuple[str, Stated | None]] = [
        ("title", facts.title),
        ("subtitle", facts.subtitle),
        *((ROLE_NAMES.get(creator.role, "author"), creator.name) for creator in facts.creators),
        ("date", facts.date),
    ]
    for what, stated in named:
        if stated and stated.inferred and stated.span:
            span = stated.span
            source = normalized.sources[span.source]
            before = source.passage(span.start, span.end) or source.text[span.start : span.end]
            reason = f"{stated.how[:1].upper()}{stated.how[1:]}"
            yield Entry(Kind.TAKEN, "MET005", span, before, f"{what}: {stated.value}", reason)
