"""What holds for every manuscript, whatever it says, as checks that tests and the fuzzer share.

Each raises AssertionError and shows the place.
"""

import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, zip_longest

from publish import markdown
from publish.config import Config
from publish.document import (
    Block,
    DivisionKind,
    Figure,
    Letter,
    Metadata,
    SceneBreak,
    division_runs,
    prose,
    same,
    walk_divisions,
)
from publish.draft import Draft
from publish.lint import RULES
from publish.normalize.lines import headings
from publish.normalize.result import Normalized
from publish.source import Piece, Run, Source, Span
from tests.reading import made_of

_PLAIN = Config()


def runs(normalized: Normalized) -> Iterator[Run]:
    """Every run of the book: text, headings, ornaments. Facts of the metadata have spans instead."""
    for _, division in walk_divisions(normalized.book.divisions):
        yield from division_runs(division)
        for block in division.blocks:
            yield from _ornaments(block)


def _ornaments(block: Block) -> Iterator[Run]:
    if isinstance(block, Figure):
        yield block.alt
    if isinstance(block, SceneBreak) and block.ornament:
        yield block.ornament
    if isinstance(block, Letter):
        for inner in block.body:
            yield from _ornaments(inner)


def facts(metadata: Metadata) -> Iterator[Span]:
    stated = [metadata.title, metadata.subtitle, metadata.date, metadata.identifier, metadata.publisher]
    stated += [metadata.language, metadata.rights, metadata.description, *metadata.credits]
    stated += [metadata.series, metadata.series_number, metadata.certifier, *metadata.subjects]
    stated += [creator.name for creator in metadata.creators]
    yield from (fact.span for fact in stated if fact and fact.span)


def check_conservation(normalized: Normalized, drafts: Sequence[Draft]) -> None:
    """Hold the book against its sources, character by character."""
    texts = {key: source.text for key, source in normalized.sources.items()}
    copied = {key: bytearray(len(text)) for key, text in texts.items()}
    for run in runs(normalized):
        check_run(run, texts)
        for piece in run.pieces:
            part = slice(piece.start, piece.end)
            doubled = piece.exact and any(copied[piece.source][part])
            assert not doubled, f"doubled: {_shown(texts[piece.source], part)}"
            # In markup "&amp;" stands for a sign of the text.
            if piece.exact or normalized.sources[piece.source].layout:
                copied[piece.source][part] = b"\1" * (piece.end - piece.start)
    spans = [change.span for change in normalized.changes]
    spans += [*facts(normalized.book.metadata), *(span for draft in drafts for span in draft.syntax)]
    spans += [run.span(0, len(run)) for draft in drafts for _, run in draft.metadata if run.pieces]  # type: ignore[misc]
    spans += [run.span(0, len(run)) for draft in drafts for _, run in draft.hints]  # type: ignore[misc]
    spans += said_by_headings(normalized)
    for span in spans:
        copied[span.source][span.start : span.end] = b"\1" * (span.end - span.start)
    for key, source in normalized.sources.items():
        for piece, said in _seen(source):
            _check_copied(source, piece, said, copied[key])


def _check_copied(source: Source, piece: Piece, said: str, copied: bytearray) -> None:
    for gap in re.finditer(b"\0+", copied[piece.start : piece.end]):
        lost = slice(piece.start + gap.start(), piece.start + gap.end())
        text = source.text[lost] if piece.exact else said
        assert not text or text.isspace(), f"lost: {_shown(source.text, lost)}"


def _seen(source: Source) -> Iterator[tuple[Piece, str]]:
    """What people see of a source, in pieces with their text; what stands between them is markup."""
    run = source.visible
    if not run.pieces:
        return iter(())
    ends = [piece.at for piece in run.pieces[1:]] + [len(run.text)]
    return ((piece, run.text[piece.at : end]) for piece, end in zip(run.pieces, ends, strict=True))


def _shown(text: str, part: slice) -> str:
    return f"{text[part]!r} of {text[max(0, part.start - 40) : part.stop + 40]!r}"


def said_by_headings(normalized: Normalized) -> Iterator[Span]:
    """Signs that part kind, number and title of a heading, and a part that a heading names once more."""
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    named = {(division.kind, division.numbers) for division in divisions}
    for division in divisions:
        for run in (division.label, prose(division.title), prose(division.subtitle)):
            span = run.span(0, len(run)) if run else None
            if span:
                source = normalized.sources[span.source]
                if source.layout:
                    yield from _said_in_markup(source, span, named)
                    continue
                line = source.locate(span.start).line
                yield from _said_by_line(source, line, named, span.end)


def _said_in_markup(
    source: Source, said: Span, named: set[tuple[DivisionKind, tuple[int, ...]]]
) -> Iterator[Span]:
    """Give the same of a heading in markup, by the line that people see."""
    whole, at = source.visible, source.seen(said.start)
    start = whole.text.rfind("\n", 0, at) + 1
    end = max(at, source.seen(max(said.start, said.end - 1)) + 1)
    end += len(re.match(r"[^\w\n]*", whole.text[end : end + 40])[0])  # type: ignore[index]
    text = whole.text[start:end]
    places = [(place, place + 1) for place, sign in enumerate(text) if not sign.isalnum()]
    heading = headings.parse(text)
    outer = heading.components[:-1] if heading else ()
    places += [part.label for part in outer if (part.kind, part.numbers) in named]
    for low, high in places:
        if span := whole.span(start + low, start + high):
            yield span


def _said_by_line(
    source: Source, line: int, named: set[tuple[DivisionKind, tuple[int, ...]]], end: int
) -> Iterator[Span]:
    """Give what a heading's line says beside what is printed of it up to `end`; garbled signs may follow."""
    first = line
    while not source.layout and first > 1 and source.line_text(first - 1).strip():
        first -= 1  # A paragraph of several lines may be one heading.
    above = source.text[source.line_starts[first - 1] : source.line_starts[line - 1]].replace("\n", " ")
    start, text = source.line_starts[line - 1], source.line_text(line)
    if first < line and headings.parse(above) and headings.parse(above + text):
        start, text = source.line_starts[first - 1], above + text
    seen = source.visible if source.in_paragraphs else source.run()
    end = source.seen(end) if source.in_paragraphs else end
    signs = (start + at for at, sign in enumerate(text) if not sign.isalnum())
    yield from (span for at in signs if (span := seen.span(at, at + 1)))
    heading = headings.parse(text[: end - start])
    for part in heading.components[:-1] if heading else ():
        if (part.kind, part.numbers) in named and (
            span := seen.span(start + part.label[0], start + part.label[1])
        ):
            yield span


def check_run(run: Run, texts: dict[int, str]) -> None:
    """Hold the invariants of a run."""
    ends = [piece.at for piece in run.pieces[1:]] + [len(run.text)]
    assert not run.text or not run.pieces or run.pieces[0].at == 0
    assert all(a.at < b.at for a, b in pairwise(run.pieces))
    for piece, end in zip(run.pieces, ends, strict=False):
        if piece.exact:
            assert texts[piece.source][piece.start : piece.end] == run.text[piece.at : end]


def check_registered(normalized: Normalized) -> None:
    assert {change.why for change in normalized.changes} <= RULES.keys()
    assert {finding.code for finding in normalized.diagnostics} <= RULES.keys()


def check(normalized: Normalized, drafts: Sequence[Draft], config: Config = _PLAIN) -> None:
    check_conservation(normalized, drafts)
    check_registered(normalized)
    check_returns(normalized, config)


def broken(normalized: Normalized, drafts: Sequence[Draft]) -> Iterator[str]:
    """Say which promises the book of a manuscript breaks."""
    promises: tuple[Callable[[], None], ...] = (
        lambda: check_conservation(normalized, drafts),
        lambda: check_registered(normalized),
        lambda: check_returns(normalized),
    )
    for promise in promises:
        try:
            promise()
        except AssertionError as failed:
            yield str(failed) or traceback.format_exc(limit=-1).splitlines()[1].strip()


def check_returns(normalized: Normalized, config: Config = _PLAIN) -> None:
    """Written as Markdown the book is read back as it was, under the same refusals of repairs."""
    text = markdown.write(normalized.book)
    again = made_of(text.encode("utf-8", "surrogateescape"), "book.md", Config(refuse=config.refuse))
    twice = markdown.write(again.book)
    assert twice == text, f"reads back otherwise: {_first_difference(text, twice)}"
    assert same(again.book, normalized.book)


def _first_difference(one: str, other: str) -> str:
    pairs = zip_longest(one.split("\n"), other.split("\n"), fillvalue="")
    return next(f"{a[:200]!r} ⇒ {b[:200]!r}" for a, b in pairs if a != b)
