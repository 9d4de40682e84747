"""Text that remembers where it came from.

A `Source` is one file of the author's, decoded so that the decoding can be undone. Every string made
from it is a `Run`: characters together with the ranges of the source they stand for. Text changes only
through `Run.apply`, so the log of repairs, the map of positions and a later fix are the same objects.
"""

import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from msgspec import Struct


class Span(Struct, frozen=True, gc=False, order=True, array_like=True):
    """Half-open range of code points in one source's decoded text."""

    source: int
    """Key of the source, see `source_key`."""
    start: int
    end: int


class Edit(Struct, frozen=True, gc=False):
    """Replace `run.text[start:end]` by `text`; offsets are those of the run it is yielded for."""

    start: int
    end: int
    text: str
    why: str
    """Code of the rule that explains the edit, e.g. "ENC001"."""
    note: str = ""
    """What was found, as a sentence for the log; empty where the rule's own text says it all."""


class Change(Struct, frozen=True, gc=False):
    """An edit carried back to the author's file: one entry of the log."""

    span: Span
    text: str
    """What stands in the book instead; empty where the passage left the text."""
    exact: bool
    """The range is a copy of what stood here in the text."""
    why: str
    note: str = ""
    read: str = ""
    """What stood here where the range is no copy of it: an earlier edit's text, or what markup says."""


class Piece(Struct, frozen=True, gc=False, array_like=True):
    """From offset `at` of a run on, its text stands for `source[start:end]`; exact means copied."""

    at: int
    source: int
    start: int
    end: int
    exact: bool


class Place(Struct, frozen=True, gc=False):
    """A position for people: line and column count from 1, columns in code points."""

    line: int
    column: int


class Run(Struct, frozen=True, gc=False):
    """A string with the ranges of the sources it stands for.

    Invariants: pieces are sorted by `at` and do not overlap; the first stands at 0 unless the text is empty;
    the text of an exact piece equals `source.text[start:end]`.
    """

    text: str
    pieces: tuple[Piece, ...] = ()

    def __len__(self) -> int:
        """Give the length of the text in code points."""
        return len(self.text)

    def slice(self, start: int, end: int) -> "Run":
        """Give `text[start:end]` with its origins; each half of an inexact piece keeps its whole range."""
        start, end = max(0, start), min(len(self.text), end)
        if start == 0 and end == len(self.text):
            return self
        if start >= end:
            span = self.span(start, start)
            return Run("", (Piece(0, span.source, span.start, span.start, exact=True),)) if span else Run("")
        if len(self.pieces) == 1 and self.pieces[0].exact:
            whole = self.pieces[0]
            piece = Piece(0, whole.source, whole.start + start, whole.start + end, exact=True)
            return Run(self.text[start:end], (piece,))
        return Run(self.text[start:end], tuple(self._pieces_between(start, end)))

    def strip(self, characters: str | None = None) -> "Run":
        """Give the run without white space (or `characters`) at both ends."""
        bare = self.text.lstrip(characters)
        if bare and bare is self.text and bare.rstrip(characters) is bare:
            return self
        start = len(self.text) - len(bare)
        return self.slice(start, start + len(bare.rstrip(characters)))

    def apply(self, edits: Sequence[Edit], log: list[Change] | None = None) -> "Run":
        """Give the run with all `edits` made at once; `log` takes them, carried back to the sources.

        Raises ValueError where edits overlap, are out of order or lie outside the text.
        """
        if not edits:
            return self
        text: list[str] = []
        pieces: list[Piece] = []
        done = length = index = 0
        for edit in edits:
            start, end, new = edit.start, edit.end, edit.text
            if not done <= start <= end <= len(self.text):
                raise ValueError(f"edit {edit} overlaps another or lies outside {self.text!r}")
            index = self._copy(done, start, length - done, index, pieces)
            text.append(self.text[done:start])
            length += start - done
            done = end
            index = self._piece_index(start, index)
            if change := self._change(edit, index):
                if log is not None:
                    log.append(change)
                if new:
                    place = change.span
                    pieces.append(Piece(length, place.source, place.start, place.end, exact=False))
            text.append(new)
            length += len(new)
        self._copy(done, len(self.text), length - done, index, pieces)
        text.append(self.text[done:])
        if not pieces and (span := self.span(0, 0)):
            pieces.append(Piece(0, span.source, span.start, span.start, exact=True))
        return Run("".join(text), tuple(_merged(pieces)))

    def split(self, sign: str) -> list["Run"]:
        """Give what stands before, between and behind the places of a sign."""
        ends = [match.start() for match in re.finditer(re.escape(sign), self.text)]
        starts = [0, *(end + len(sign) for end in ends)]
        return [self.slice(*place) for place in zip(starts, [*ends, len(self)], strict=True)]

    def changes(self, edits: Iterable[Edit]) -> Iterator[Change]:
        """Carry edits of this run back to the sources they stand for."""
        for edit in edits:
            if change := self._change(edit, self._piece_index(edit.start)):
                yield change

    def span(self, start: int, end: int) -> Span | None:
        """Give the source range that `text[start:end]` stands for, or None for text from nowhere.

        Where the passage was put together from several sources, the range in the first of them is given.
        """
        return self._span(start, end, self._piece_index(start))

    def _span(self, start: int, end: int, first: int) -> Span | None:
        """Give the source range of a passage that begins in a piece."""
        if not self.pieces:
            return None
        a = b = self.pieces[first]
        begin = a.start
        if a.exact:
            begin = min(begin + start - a.at, a.end)
        if start == end:
            return Span(a.source, begin, begin)
        if end - start > 1:
            b = self.pieces[self._piece_index(end - 1, first)]
        if b.source != a.source:
            return Span(a.source, begin, a.end)
        finish = b.start + (end - b.at) if b.exact else b.end
        if finish < begin:
            return Span(a.source, begin, a.end)
        return Span(a.source, begin, max(begin, finish))

    @staticmethod
    def join(runs: Iterable["Run"]) -> "Run":
        """Put runs together as they stand, adjacent exact pieces becoming one.

        A run from nowhere stands for the empty range where its neighbour ends or begins.
        """
        text: list[str] = []
        pieces: list[Piece] = []
        length = 0
        for run in runs:
            if run.text:
                own = run.pieces
                if pieces and not own:
                    pieces.append(_nowhere(length, pieces[-1].source, pieces[-1].end))
                elif own and length and not pieces:
                    pieces.append(_nowhere(0, own[0].source, own[0].start))
                if length:
                    pieces += [Piece(p.at + length, p.source, p.start, p.end, p.exact) for p in own]
                else:
                    pieces += own
                text.append(run.text)
                length += len(run.text)
        return Run("".join(text), tuple(_merged(pieces)))

    def _piece_index(self, at: int, low: int = 0) -> int:
        """Give the place of the piece that holds an offset; `low` is one at or before it."""
        pieces = self.pieces
        high = len(pieces)
        if low + 1 >= high or pieces[low + 1].at > at:
            return low
        while high - low > 1:
            middle = (low + high) // 2
            if pieces[middle].at <= at:
                low = middle
            else:
                high = middle
        return low

    def _pieces_between(self, start: int, end: int) -> list[Piece]:
        found: list[Piece] = []
        self._copy(start, end, -start, self._piece_index(start), found)
        return found

    def _copy(self, start: int, end: int, moved: int, index: int, pieces: list[Piece]) -> int:
        """Add the pieces of a part of the text, which moves by so many characters.

        `index` is a piece at or before the part; gives the last one that was looked at.
        """
        own, last, seen = self.pieces, len(self.pieces) - 1, index
        for seen in range(index, last + 1) if start < end else ():
            piece = own[seen]
            at = piece.at
            stop = own[seen + 1].at if seen < last else len(self.text)
            # Most repairs replace one sign by one: what stands between them are the same pieces.
            if not moved and start <= at and stop <= end:
                pieces.append(piece)
            elif stop > start:
                low = at if at > start else start
                if piece.exact:
                    begin = piece.start + low - at
                    high = stop if stop < end else end
                    pieces.append(Piece(low + moved, piece.source, begin, begin + high - low, True))
                else:
                    pieces.append(Piece(low + moved, piece.source, piece.start, piece.end, False))
            if stop >= end:
                break
        return seen

    def _change(self, edit: Edit, index: int) -> Change | None:
        """Carry an edit back to its range; it begins in the piece of that index. None from nowhere."""
        start, end, own = edit.start, edit.end, self.pieces
        if own and own[index].exact and (index + 1 == len(own) or end <= own[index + 1].at):
            begin = own[index].start + start - own[index].at
            place = Span(own[index].source, begin, begin + end - start)
            return Change(place, edit.text, exact=True, why=edit.why, note=edit.note)
        span = self._span(start, end, index)
        if span is None or self._is_exact(start, end, index):
            return Change(span, edit.text, True, edit.why, edit.note) if span else None
        # What is added inside of a piece that is no copy has no place of its own.
        begin = min(start, own[index].at) if start == end else start
        return Change(span, edit.text, False, edit.why, edit.note, self.text[begin:end])

    def _is_exact(self, start: int, end: int, first: int) -> bool:
        if end - start <= 1 or first == self._piece_index(end - 1, first):
            return self.pieces[first].exact
        found = self._pieces_between(start, end)
        joined = all(a.end == b.start and a.source == b.source for a, b in pairwise(found))
        return joined and all(piece.exact for piece in found)


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours that were copied from neighbouring places."""
    for a, b in pairwise(pieces):
        if a.exact and b.exact and a.end == b.start:
            break
    else:
        return pieces
    merged: list[Piece] = []
    held = None
    for piece in pieces:
        if held and piece.exact and held.exact and held.end == piece.start and _goes_on(held, piece):
            held = merged[-1] = Piece(held.at, held.source, held.start, piece.end, exact=True)
        else:
            merged.append(piece)
            held = piece
    return merged


def _goes_on(before: Piece, piece: Piece) -> bool:
    return before.source == piece.source and piece.at == before.at + before.end - before.start


def _nowhere(at: int, source: int, place: int) -> Piece:
    return Piece(at, source, place, place, exact=False)


def space_between(before: Run, after: Run) -> Run:
    """Give the single space that stands for the line end between two runs."""
    if not before.pieces or not after.pieces:
        return Run(" ")
    last = before.pieces[-1]
    end = _line_end(last, after.pieces[0])
    return Run(" ", (Piece(0, last.source, last.end, end, exact=False),))


def join_spaced(runs: Sequence[Run]) -> Run:
    """Put runs together, with the space between each two that stands for the line end there."""
    parts = list(runs[:1])
    for before, after in pairwise(runs):
        parts += [space_between(before, after), after]
    return Run.join(parts)


def join_lines(runs: Sequence[Run], spaced: Sequence[bool]) -> Run:
    """Put runs together, with the space that stands for a line end where `spaced` says so of it."""
    if len(runs) == 1:
        return runs[0]
    first, *others = runs
    text, pieces, length = [first.text], [*first.pieces], len(first.text)
    for run, space in zip(others, spaced, strict=True):
        own = run.pieces
        if not (pieces and own):
            raise ValueError(f"a line from nowhere: {run.text!r}")
        if space:
            last = pieces[-1]
            pieces.append(Piece(length, last.source, last.end, _line_end(last, own[0]), exact=False))
            text.append(" ")
            length += 1
        for p in own:
            pieces.append(Piece(p.at + length, p.source, p.start, p.end, p.exact))  # noqa: PERF401
        text.append(run.text)
        length += len(run.text)
    return Run("".join(text), tuple(pieces if all(spaced) else _merged(pieces)))


def _line_end(before: Piece, after: Piece) -> int:
    """Give where the line end between two pieces ends; where it begins if they do not follow each other."""
    follows = before.source == after.source and after.start >= before.end
    return after.start if follows else before.end


def source_key(name: str, member: str = "") -> int:
    """Give the stable key under which spans name a source; `member` is its name in an archive."""
    name = f"{name}\0{member}" if member else name
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


def for_xml(text: str, _at: int = 0) -> str:
    """Give a text as XML and HTML have it between their tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Layout(Struct, frozen=True):
    """What people read of a text that is markup."""

    run: Run
    """Its paragraphs, one on each line; the ranges of the pieces rise. What they leave out is markup."""
    paragraphs: bool = True
    """Places are told as paragraph and character, since nobody sees the markup; else as line and column."""
    spelled: Callable[[str, int], str] = for_xml
    """Gives a text as it is written at an offset of the markup."""


_LINE_END = re.compile(r"\r\n|\r|\n")
_RARE_LINE_END = re.compile("[\u2028\u2029\x85\x0b\x0c]")


class Source:
    """One text of the author's: its bytes and a decoding of them that can be undone.

    It is a file, or a member of an archive: a document of a word processor holds several.
    """

    member = ""
    """Its name in the archive at `path`; empty for a file of its own."""
    part = ""
    """What people call the member, where it is not the text itself: "footnotes"."""
    layout: Layout | None = None
    """Set by the readers of markup; None where the text is read as it stands."""

    def __init__(self, path: str, data: bytes, text: str, encoding: str, *, lossless: bool = True) -> None:
        """Keep what `readers.decode` found; nothing is repaired here."""
        self.path = path
        self.key = source_key(path)
        self.data = data
        self.text = text
        self.encoding = encoding
        self.lossless = lossless

    @classmethod
    def of_member(cls, path: str, member: str, data: bytes, encoding: str, *, part: str = "") -> "Source":
        """Give the source of a member of the archive at a path; raises UnicodeError."""
        return cls(path, data, data.decode(encoding), encoding).inside(member, part)

    def inside(self, member: str, part: str) -> "Source":
        """Make it the source of a member of the archive at its path."""
        self.member, self.part, self.key = member, part, source_key(self.path, member)
        return self

    def run(self) -> Run:
        """Give the whole text as one run."""
        return Run(self.text, (Piece(0, self.key, 0, len(self.text), exact=True),))

    @property
    def title(self) -> str:
        """What people call it: the path, and the part of an archive."""
        return f"{self.path}, {self.part}" if self.part else self.path

    @cached_property
    def visible(self) -> Run:
        """What people read of it: all of a plain text, and of markup what is not markup."""
        return self.layout.run if self.layout else self.run()

    def seen(self, offset: int) -> int:
        """Give where in `visible` an offset of the text stands; one in markup stands before what follows."""
        if self.layout is None:
            return offset
        pieces = self.layout.run.pieces
        index = bisect_right(pieces, offset, key=lambda piece: piece.start) - 1
        if index < 0:
            return 0
        piece = pieces[index]
        after = pieces[index + 1].at if index + 1 < len(pieces) else len(self.layout.run)
        if piece.exact and offset < piece.end:
            return piece.at + offset - piece.start
        return piece.at if offset < piece.end else after

    def passage(self, start: int, end: int) -> str:
        """Give what people read of a range of the text."""
        if self.layout is None:
            return self.text[start:end]
        return self.layout.run.text[self.seen(start) : self.seen(end)]

    def before(self, change: Change) -> str:
        """Give what people read where a change is made; what leaves a text unread, as it is written.

        The end of a paragraph of markup is no part of the words that leave it.
        """
        start, end = change.span.start, change.span.end
        read = self.passage(start, end)
        if self.layout and not change.text:
            read = read.removesuffix("\n")
        return read or ("" if change.text else self.text[start:end])

    def spelled(self, text: str, at: int) -> str:
        """Give a text as it is to be written at an offset."""
        if self.layout is None:
            return text
        spelled = self.layout.spelled(text, at)
        return spelled.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding)

    @property
    def in_paragraphs(self) -> bool:
        """Whether places are told as paragraph and character; then these are the lines and columns here."""
        return self.layout is not None and self.layout.paragraphs

    @property
    def _lined(self) -> str:
        """The text whose lines are counted."""
        return self.visible.text if self.in_paragraphs else self.text

    @cached_property
    def line_end(self) -> re.Pattern[str]:
        r"""Pattern of the file's line ends.

        `\n`, `\r\n` and `\r`, as editors count them. Only a text that has none of these is split at U+2028,
        U+2029 and NEL, which some exporters write; elsewhere NEL is half of a mojibake.
        """
        if _LINE_END.search(self._lined) is None and _RARE_LINE_END.search(self._lined):
            return _RARE_LINE_END
        return _LINE_END

    def line_bounds(self) -> list[tuple[int, int]]:
        """Give the offsets at which the lines begin and end, their line ends left out.

        Where places are told as paragraphs, the offsets are those in `visible`.
        """
        text = self._lined
        if "\n" in text and "\r" not in text:
            after = accumulate(len(line) + 1 for line in text.split("\n"))
            return [(start, end - 1) for start, end in pairwise((0, *after))]
        ends = [match.span() for match in self.line_end.finditer(text)]
        starts = [0, *(end for _, end in ends)]
        return list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which the lines begin; see `line_bounds`."""
        return [start for start, _ in self.line_bounds()]

    def locate(self, offset: int) -> Place:
        """Give line and column of an offset in the text, or paragraph and character."""
        offset = self.seen(offset) if self.in_paragraphs else offset
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1)

    def where(self, offset: int) -> str:
        """Tell people a place: "rain.txt:3:14", "rain.docx, paragraph 3, character 14"."""
        place = self.locate(offset)
        if self.in_paragraphs:
            return f"{self.title}, paragraph {place.line}, character {place.column}"
        return f"{self.title}:{place.line}:{place.column}"

    def line_text(self, line: int) -> str:
        """Give line number `line` (from 1) without its line end."""
        text = self._lined
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(text)
        return text[start:end].rstrip("\r\n\u2028\u2029\x85\x0b\x0c")
