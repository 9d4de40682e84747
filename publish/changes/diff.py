"""The author's files against the text the book was made from, as a unified diff.

The diff keeps the order of the files, so that it can be read beside them; chapters that moved are told above
it. It is made from the changes themselves and takes time linear in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.changes.entries import Entry, Kind, book_runs, is_unseen
from publish.draft import MARKS
from publish.normalize.result import Normalized
from publish.source import Piece, Run, Source

_CONTEXT = 3


class Exchange(Struct, frozen=True, order=True, array_like=True):
    """A range of what people read of a file (`Source.visible`), and what the book has there."""

    start: int
    end: int
    text: str


def exchanges(normalized: Normalized) -> dict[int, list[Exchange]]:
    """Give for each source what the book exchanges in it, in its order, nothing overlapping.

    Several repairs of one place are one exchange. Marks of italics stay as they are typed.
    """
    found: dict[int, list[Exchange]] = {key: [] for key in normalized.sources}
    marks = {change.span for change in normalized.changes if change.text and change.text[0] in MARKS}
    typed = {(span.source, span.start, span.end) for span in marks}
    printed = {key: bytearray(len(source.text)) for key, source in normalized.sources.items()}
    for run in book_runs(normalized):
        for source, exchange in _exchanged(run, normalized.sources):
            if (source, exchange.start, exchange.end) not in typed:
                found[source].append(exchange)
        for piece in run.pieces:
            printed[piece.source][piece.start : piece.end] = b"\1" * (piece.end - piece.start)
    for change in normalized.changes:
        span, text = change.span, change.text
        # What is repaired in a line that leaves the text, or at its end, stands in no run.
        unprinted = not text or (
            text[0] not in MARKS and not any(printed[span.source][span.start : span.end])
        )
        if unprinted and span.end > span.start:
            found[span.source].append(Exchange(span.start, span.end, text))
    return {key: _apart(items, normalized.sources[key]) for key, items in found.items()}


_QUOTED = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*(?:>[ \t]?)+")
"""A line end in a passage that Markdown quotes; the sign of the next line goes with it."""


def _exchanged(run: Run, sources: Mapping[int, Source]) -> Iterator[tuple[int, Exchange]]:
    """Give what a run exchanges; between its pieces stand markup, notes, or line ends that are joined."""
    before: Piece | None = None
    for piece, after in pairwise([*run.pieces, None]):
        if piece is None:
            return
        source = sources[piece.source]
        joined = before and before.source == piece.source and before.end < piece.start
        if before and joined and source.passage(before.end, piece.start).isspace():
            yield piece.source, Exchange(before.end, piece.start, "")
        before = piece
        if not piece.exact:
            text = run.text[piece.at : after.at if after else None]
            end = after.start if after and after.source == piece.source else piece.end
            made = _stood_for(piece, "".join(sign for sign in text if sign not in MARKS), end, source)
            before = piece if made else None
            yield from [(piece.source, made)] if made else ()


def _stood_for(piece: Piece, text: str, end: int, source: Source) -> Exchange | None:
    """Give the exchange of a piece; None where a line end is kept, or markup of the file has made a mark.

    `end` is where the next piece begins.
    """
    passage = source.passage(piece.start, end)
    if (text in ("", "\n") and source.layout) or (text == "\n" and not {"\n", "\r"}.isdisjoint(passage)):
        return None
    quoted = _QUOTED.match(passage) if text == " " else None
    return Exchange(piece.start, piece.start + quoted.end() if quoted else piece.end, text)


def _apart(items: list[Exchange], source: Source) -> list[Exchange]:
    """Put the exchanges in order; of those that share a place the one that says most counts."""
    result: list[Exchange] = []
    text = source.visible.text
    if source.layout:
        items = [Exchange(source.seen(item.start), source.seen(item.end), item.text) for item in items]
    for item in sorted(items, key=lambda item: (item.start, -item.end, not item.text)):
        last = result[-1] if result else None
        if last and (item.start < last.end or (item.start, item.end) == (last.start, last.end)):
            continue
        if text[item.start : item.end] != item.text:
            result.append(item)
    return result


class _Hunk(Struct, frozen=True):
    """Lines of a file, from 0, and what stands for them."""

    first: int
    last: int
    """Exclusive."""
    new: tuple[str, ...]


def as_diff(normalized: Normalized, entries: Sequence[Entry]) -> str:
    """Write the diff of all files; empty where nothing was changed."""
    parts = list(_told(entries, normalized.sources))
    for key, items in exchanges(normalized).items():
        parts += _file(normalized.sources[key], items)
    return "".join(f"{line}\n" for line in parts)


def _told(entries: Sequence[Entry], sources: Mapping[int, Source]) -> Iterator[str]:
    """Give what no diff can show, as lines that a program that applies it leaves alone."""
    for entry in entries:
        source = sources[entry.span.source]
        where = source.where(entry.span.start).rpartition(", " if source.in_paragraphs else ":")[0]
        if entry.kind is Kind.DECODED:
            yield f"# {source.title}: {entry.reason}"
        elif entry.kind is Kind.MOVED:
            yield f"# {where}: moved from {entry.before} to {entry.after}: {_heading(entry)}"
        elif entry.kind is Kind.INFERRED:
            yield f"# {where}: added above: {entry.after}"
        elif entry.kind is Kind.TAKEN:
            yield f"# {where}: used as {entry.after}"
        elif is_unseen(entry, source):
            yield f"# {where}: left out: {' '.join(entry.before.split())}"


def _heading(entry: Entry) -> str:
    return entry.reason.partition(": ")[0] if ": " in entry.reason else entry.reason


def _file(source: Source, items: Sequence[Exchange]) -> list[str]:
    """Give the diff of a file; where its lines end as those of Windows do, so do those of the diff."""
    whole = source.visible.text
    ends = "\n" if source.layout or "\r\n" in whole else source.line_end.pattern
    lines = re.split(ends, whole)
    starts = [0, *(match.end() for match in re.finditer(ends, whole))]
    ended = not lines[-1]
    if ended:
        lines.pop()
    hunks = list(_hunks(whole, items, lines, (starts, ends)))
    if not hunks:
        return []
    written = _written(hunks, lines, ended=ended)
    return [f"--- {source.title}", f"+++ {source.title}\tas the book has it", *written]


def _hunks(
    whole: str, items: Sequence[Exchange], lines: Sequence[str], ruled: tuple[Sequence[int], str]
) -> Iterator[_Hunk]:
    """Give the lines that change; what joins lines, or stands on the same one, is one hunk.

    `ruled` says where the lines start, and by which pattern they end.
    """
    starts, ends = ruled
    at = 0
    while at < len(items):
        first = bisect_right(starts, items[at].start) - 1
        last, to = first, at
        while to < len(items) and bisect_right(starts, items[to].start) - 1 <= last:
            last = max(last, bisect_right(starts, items[to].end) - 1)
            to += 1
        last = min(last, len(lines) - 1)
        text = _applied(whole, starts[first], starts[last] + len(lines[last]), items[at:to])
        new = [line for line in re.split(ends, text) if line.strip() or not items[at:to]]
        old = list(lines[first : last + 1])
        if new != old and any(map(str.strip, old)):
            yield _Hunk(first, last + 1, tuple(new))
        at = to


def _applied(text: str, start: int, end: int, items: Sequence[Exchange]) -> str:
    parts: list[str] = []
    for item in items:
        parts += [text[start : item.start], item.text]
        start = item.end
    return "".join([*parts, text[start:end]])


_UNENDED = "\\ No newline at end of file"


def _written(hunks: Sequence[_Hunk], lines: Sequence[str], *, ended: bool) -> Iterator[str]:
    shift = at = 0
    open_at = len(lines) if ended else len(lines) - 1
    while at < len(hunks):
        to = at + 1
        while to < len(hunks) and hunks[to].first - hunks[to - 1].last <= 2 * _CONTEXT:
            to += 1
        group = hunks[at:to]
        first = max(0, group[0].first - _CONTEXT)
        last = min(len(lines), group[-1].last + _CONTEXT)
        grown = sum(len(hunk.new) - (hunk.last - hunk.first) for hunk in group)
        yield f"@@ -{first + 1},{last - first} +{first + 1 + shift},{last - first + grown} @@"
        for hunk in group:
            yield from (f" {line}" for line in lines[first : hunk.first])
            yield from (f"-{line}" for line in lines[hunk.first : hunk.last])
            yield from [_UNENDED] if hunk.last > open_at else ()
            yield from (f"+{line}" for line in hunk.new)
            yield from [_UNENDED] if hunk.last > open_at and hunk.new else ()
            first = hunk.last
        yield from (f" {line}" for line in lines[first:last])
        yield from [_UNENDED] if first <= open_at < last else ()
        shift += grown
        at = to
