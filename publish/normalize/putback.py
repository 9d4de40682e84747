"""What the readers of markup leave out of a text or join in it, put back where its author refuses that."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from publish.draft import BREAK, PART, Draft, Line
from publish.normalize.ledger import Ledger
from publish.source import Change, Edit, Run, Source, Span

_JOINED, _PICTURE = "SPC008", "DOC005"
_TAG = re.compile(r"<[^<>]*>")
_LINE_END = re.compile(r"[\r\n]")


def as_refused(draft: Draft, sources: Mapping[int, Source], ledger: Ledger) -> Draft:
    """Give a draft with what it was read without, where that is refused; what remains is to be logged."""
    if ledger.concerns(_JOINED) and draft.marked:
        draft = replace(draft, lines=tuple(_broken(line, sources, ledger) for line in draft.lines))
    if ledger.concerns(_PICTURE):
        draft = replace(draft, lines=tuple(made for line in draft.lines for made in _told(line, ledger)))
    changes: list[Change] = []
    lines = list(draft.lines)
    for change in draft.changes:
        run = _left_out(change, sources) if ledger.concerns(change.why) else Run("")
        spot = _spot(lines, change.span)
        if run.text and spot and ledger.refuses(change.why, run):
            for part in filter(None, run.split("\n")):
                _insert(lines, part, sources)
        else:
            changes.append(change)
    return replace(draft, lines=tuple(lines), changes=tuple(changes))


def _broken(line: Line, sources: Mapping[int, Source], ledger: Ledger) -> Line:
    """Give a paragraph with breaks for those line ends that are not to be joined."""
    ends = [*(piece.at for piece in line.run.pieces[1:]), len(line.run)]
    edits = [
        Edit(piece.at, end, BREAK, "")
        for piece, end in zip(line.run.pieces, ends, strict=False)
        if not piece.exact
        and line.run.text[piece.at : end] == " "
        and _LINE_END.search(sources[piece.source].passage(piece.start, piece.end))
        and ledger.refuses(_JOINED, line.run.slice(piece.at, end))
    ]
    return replace(line, run=line.run.apply(edits))


def _told(line: Line, ledger: Ledger) -> Iterator[Line]:
    """Give the words of a picture that is not there as paragraphs, where they are to stay."""
    if line.absent and ledger.refuses(_PICTURE, line.run):
        yield from (Line(run=part, blanks_above=1) for part in line.run.split(PART) if part.text.strip())
        line = replace(line, run=Run(""))
    yield line


def _left_out(change: Change, sources: Mapping[int, Source]) -> Run:
    """Give the words that a reader left out, without the markup that stands amid them."""
    source, (start, end) = sources[change.span.source], (change.span.start, change.span.end)
    seen = source.visible.slice(source.seen(start), source.seen(end))
    if seen.text.strip():
        return seen
    # Most manuscripts are no HTML.
    from publish.readers.html.tokens import readings

    typed = source.run().slice(start, end)
    bare = typed.apply([Edit(*match.span(), "", "") for match in _TAG.finditer(typed.text)])
    return bare.apply(readings(bare.text, kept_space=False))


def _spot(lines: Sequence[Line], span: Span) -> tuple[int, int] | None:
    """Give the line in which a place stands, or below which, and the offset there."""
    before: tuple[int, int] | None = None
    for index, line in enumerate(lines):
        own = [piece for piece in line.run.pieces if piece.source == span.source]
        if own and own[0].start < span.end:
            after = (piece.at for piece in own if piece.start >= span.end)
            before = index, next(after, len(line.run))
    return before


def _insert(lines: list[Line], part: Run, sources: Mapping[int, Source]) -> None:
    """Put words where they stand: amid a line, at its end, or in a line of their own below it."""
    span = part.span(0, len(part))
    spot = _spot(lines, span) if span else None
    if spot is None or span is None:
        return
    index, at = spot
    run, of_words = lines[index].run, not (lines[index].image or lines[index].columns)
    last = max((piece.end for piece in run.pieces if piece.source == span.source), default=span.end)
    if of_words and (at < len(run) or "\n" not in sources[span.source].passage(last, span.end)):
        joined = Run.join([run.slice(0, at), part, run.slice(at, len(run))])
        lines[index] = replace(lines[index], run=joined)
    else:
        lines.insert(index + 1, Line(run=part.strip(), blanks_above=1))
