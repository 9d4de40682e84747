"""From the lines of one post to its passages: paragraphs, verse, letters, set-off extracts, scene breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from publish.document import (
    Block,
    Figure,
    Letter,
    List,
    Paragraph,
    Quotation,
    SceneBreak,
    Subheading,
    Table,
    Verse,
    VerseLine,
)
from publish.draft import BREAK, MARKS, PART, VERSE_STEP, Fence, Line, inlines
from publish.normalize import letters, lists
from publish.normalize.lists import Finish
from publish.normalize.shape import ends_full, is_capitals, starts_small
from publish.normalize.wrapping import Row
from publish.source import Edit, Run

WIDEST_VERSE = 74
WIDEST_FLUSH = 100
"""Columns; where paragraphs begin indented, lines that do not are verse though they are long."""
_WIDEST_POEM = 60
_LEAST_POEM = 5
"""Lines."""
_SET_OFF = 2
"""Columns of indent, beyond that of the text, that set a passage off."""


class Passage(Struct, frozen=True, gc=False):
    """One paragraph as it stands on the page, or one line where lines were not joined."""

    run: Run
    gap: int
    indent: int
    rows: tuple[Row, ...]
    ornament: bool = False
    speaks: bool = False
    """It opens with who speaks, or is an entry of a list."""
    named: bool = False
    """It is the name of who speaks and nothing else."""
    place: lists.Place | None = None
    """Its place in a list."""

    @property
    def text(self) -> str:
        """The text of the passage."""
        return self.run.text


def blocks(
    passages: Sequence[Passage], breaks: set[int], usual: int | None, first: int, finish: Finish
) -> list[Block]:
    """Turn the passages of one post into blocks.

    `breaks` are the places (index of the passage that follows) of blank scene breaks; `usual` is the distance
    between paragraphs; `first` the indent with which they begin.
    """
    result: list[Block] = []
    margin = _text_margin(passages, first)
    at = 0
    while at < len(passages):
        passage = passages[at]
        if passage.ornament:
            result.append(SceneBreak(passage.run))
            at += 1
            continue
        if passage.place:
            end = _list_end(passages, at)
            result += lists.blocks(_items(passages[at:end]), finish)
            at = end
            continue
        end, found = _set_off(passages, at, usual, margin, finish)
        # The wider space round verse and letters sets them off and breaks no scene.
        if at in breaks and found is None and isinstance(result[-1], Paragraph):
            result.append(SceneBreak())
        result.append(found or Paragraph(inlines(finish(passage.run))))
        at = end
    return result


def _list_end(passages: Sequence[Passage], at: int) -> int:
    return next((i for i in range(at, len(passages)) if not passages[i].place), len(passages))


def _items(passages: Iterable[Passage]) -> list[lists.Item]:
    return [
        lists.Item(passage.run, passage.place.depth, passage.place.sign)
        for passage in passages
        if passage.place
    ]


def poem(passages: Sequence[Passage], finish: Finish) -> Verse | None:
    """Give the text below a heading as one poem, if it is one."""
    return _verse(passages, finish) if _is_poem(passages) else None


def _is_poem(passages: Sequence[Passage]) -> bool:
    """Tell a poem: short lines, many of which touch each other and do not end as sentences do.

    So single lines between its stanzas, and lines in small letters, are verse too.
    """
    lines = len(passages)
    touching = sum(1 for passage in passages[1:] if passage.gap == 0)
    if lines < _LEAST_POEM or touching == lines - 1 or touching * 5 < lines * 2:
        return False
    if any(
        len(passage.rows) > 1 or passage.ornament or passage.speaks or len(passage.text) > _WIDEST_POEM
        for passage in passages
    ):
        return False
    if any(letters.is_salutation(passage.text) for passage in passages):
        return False
    return sum(1 for passage in passages if ends_full(passage.text.rstrip("”\"’'"))) * 2 <= lines


def _margin(passages: Sequence[Passage]) -> int:
    """Give the indent of the text itself: the least that is common, long lines weighing more than verse."""
    indents = sorted((row.line.indent, len(row.text)) for passage in passages for row in passage.rows)
    rest = sum(size for _, size in indents) // 4
    for indent, size in indents:
        rest -= size
        if rest < 0:
            return indent
    return 0


def _text_margin(passages: Sequence[Passage], first: int) -> int:
    """Give the indent with which paragraphs of this post begin; `first` is that of most of the manuscript."""
    used = any(passage.indent == first for passage in passages)
    return max(_margin(passages), first if used else 0)


def _set_off(
    passages: Sequence[Passage], at: int, usual: int | None, margin: int, finish: Finish
) -> tuple[int, Block | None]:
    reach = passages[at : at + letters.REACH]
    span = None
    if letters.salutation(_for_letters(passage, margin) for passage in reach) is not None:
        span = letters.letter_span([_for_letters(passage, margin) for passage in reach], usual)
    if span:
        return at + span.end, _letter(passages[at : at + span.end], span, finish)
    if said := _speech_end(passages, at, usual, margin):
        return said, Paragraph(inlines(_in_lines([finish(passage.run) for passage in passages[at:said]])))
    end = _verse_end(passages, at, usual, margin)
    if end > at + 1:
        return end, _verse(passages[at:end], finish)
    end = _extract_end(passages, at, margin)
    if end == at and (letters.is_telegram(passages[at].text) or _announced(passages, at, margin)):
        end = at + 1
    if end > at:
        quoted = tuple(Paragraph(inlines(finish(passage.run))) for passage in passages[at:end])
        return end, Quotation(quoted)
    return at + 1, None


def _speech_end(passages: Sequence[Passage], at: int, usual: int | None, margin: int) -> int:
    """Give where the lines of a speech in verse, or below its speaker's name, end; 0 where there is none.

    Where all paragraphs touch each other nobody can tell which of them go on with the speech.
    """
    if not passages[at].speaks:
        return 0
    end = at + 1
    while end < len(passages) and passages[end].gap == 0 and not passages[end].speaks:
        end += 1
    lines = passages[at:end]
    bounded = usual != 0 or (_opens_gap(lines[0], at) and (end == len(passages) or passages[end].gap > 0))
    spoken = len(lines) > 1 and bounded
    below = lines[0].named or is_capitals(lines[0].text)
    if not spoken or any(passage.ornament for passage in lines):
        return 0
    return end if below or _looks_like_verse(lines, margin) else 0


def _in_lines(runs: Sequence[Run]) -> Run:
    """Put lines together whose ends the author means."""
    broken = [part for run in runs for part in (Run(BREAK), run)]
    return Run.join(broken[1:])


def _for_letters(passage: Passage, margin: int) -> letters.Candidate:
    return letters.Candidate(
        passage.text, passage.gap, passage.rows[0].line.indent - margin, passage.ornament
    )


def _letter(passages: Sequence[Passage], span: letters.LetterSpan, finish: Finish) -> Letter:
    def paragraphs(some: Sequence[Passage]) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(inlines(finish(passage.run))) for passage in some)

    return Letter(
        paragraphs(passages[: span.body]),
        tuple(_paragraphs_and_lists(passages[span.body : span.closing], finish)),
        paragraphs(passages[span.closing :]),
    )


def _paragraphs_and_lists(passages: Sequence[Passage], finish: Finish) -> Iterator[Paragraph | List]:
    at = 0
    while at < len(passages):
        if passages[at].place:
            end = _list_end(passages, at)
            yield from lists.blocks(_items(passages[at:end]), finish)
            at = end
            continue
        yield Paragraph(inlines(finish(passages[at].run)))
        at += 1


def verse_places(passages: Sequence[Passage], usual: int | None, first: int) -> set[int]:
    """Give the places of passages that are lines of verse."""
    margin = _text_margin(passages, first)
    found: set[int] = set()
    at = 0
    while at < len(passages):
        end = _stanza_end(passages, at, usual, margin)
        found.update(range(at, end))
        at = max(end, at + 1)
    return found


def _verse_end(passages: Sequence[Passage], at: int, usual: int | None, margin: int) -> int:
    """Give where the verse that begins at a passage ends; `at` itself where it is prose."""
    end = _stanza_end(passages, at, usual, margin)
    if end == at:
        return at
    while end < len(passages):
        further = _stanza_end(passages, end, usual, margin)
        if (
            further == end
            or passages[end].gap > max(usual or 1, 1)
            or passages[end].indent < passages[at].indent
        ):
            break
        end = further
    return end


def _stanza_end(passages: Sequence[Passage], at: int, usual: int | None, margin: int) -> int:
    if at and passages[at].gap == 0 and not passages[at - 1].ornament:
        return at
    end = at + 1
    while end < len(passages) and passages[end].gap == 0 and not passages[end].ornament:
        end += 1
    stanza = passages[at:end]
    if any(passage.speaks for passage in stanza):
        return at
    bounded = usual != 0 or (_opens_gap(stanza[0], at) and (end == len(passages) or passages[end].gap > 0))
    return end if len(stanza) > 1 and bounded and _looks_like_verse(stanza, margin) else at


def _opens_gap(passage: Passage, at: int) -> bool:
    return at == 0 or passage.gap > 0


def _looks_like_verse(stanza: Sequence[Passage], margin: int) -> bool:
    """Tell lines of verse from short paragraphs: they do not end as sentences do, and begin with capitals."""
    flush = all(passage.indent < margin for passage in stanza)
    widest = WIDEST_FLUSH if flush else WIDEST_VERSE
    if any(len(passage.rows) > 1 or passage.ornament or len(passage.text) > widest for passage in stanza):
        return False
    stops = sum(
        1 for passage in stanza if ends_full(passage.text) or passage.text.endswith(("”", '"', "’", "'"))
    )
    small = sum(1 for passage in stanza if starts_small(passage.text))
    if flush or all(passage.indent > margin for passage in stanza):
        return True
    return stops * 5 <= len(stanza) * 3 and small * 4 <= len(stanza) * 3


def _verse(passages: Sequence[Passage], finish: Finish) -> Verse:
    base = min(passage.indent for passage in passages)
    return _stanzas(
        (VerseLine(inlines(finish(passage.run)), _steps(passage.indent - base)), passage.gap)
        for passage in passages
    )


def _stanzas(lines: Iterable[tuple[VerseLine, int]]) -> Verse:
    """Put lines of verse, each with the blank lines above it, into stanzas."""
    stanzas: list[list[VerseLine]] = []
    for line, gap in lines:
        if gap > 0 or not stanzas:
            stanzas.append([])
        stanzas[-1].append(line)
    return Verse(tuple(tuple(stanza) for stanza in stanzas))


def _steps(columns: int) -> int:
    """Give the steps by which typed verse is set in: typists take two to four columns for one."""
    return (min(8, (columns + 1) // VERSE_STEP) + 1) // 2


def _extract_end(passages: Sequence[Passage], at: int, margin: int) -> int:
    """Give where a passage that is set in on the left in every line ends; `at` where there is none."""
    end = at
    while end < len(passages) and _is_set_in(passages[end], margin):
        end += 1
    return end


def _announced(passages: Sequence[Passage], at: int, margin: int) -> bool:
    """Tell whether a single line is set in between paragraphs that are not, and the one above leads up to it.

    Its indent alone says little: many typists begin a paragraph with one now and then.
    """
    passage = passages[at]
    if not at or passage.ornament or passage.gap == 0 or passage.indent < margin + _SET_OFF:
        return False
    above, below = passages[at - 1], passages[at + 1 : at + 2]
    beside = all(one.indent <= margin for one in (above, *below))
    wrapped = len(above.rows) > 1 and all(len(one.rows) > 1 for one in below)
    return beside and (above.text.endswith((":", ":—", ":--")) or wrapped)


def _is_set_in(passage: Passage, margin: int) -> bool:
    rows = passage.rows
    return (
        not passage.ornament and len(rows) > 1 and all(row.line.indent >= margin + _SET_OFF for row in rows)
    )


def marked_blocks(rows: Sequence[Row], finish: Finish, manner: lists.Manner) -> list[Block]:
    """Turn lines whose kind markup gives into blocks."""
    result: list[Block] = []
    at = 0
    while at < len(rows):
        fence = _fence(rows[at])
        if fence:
            end = next((i for i in range(at, len(rows)) if _fence(rows[i]) != fence), len(rows))
            result.append(_fenced(rows[at:end], finish, manner))
            at = end
            continue
        if rows[at].line.depth:
            end = _marked_list_end(rows, at)
            result += _marked_list(rows[at:end], finish, manner)
            at = end
            continue
        result.append(_plain(rows[at], finish))
        at += 1
    return result


def _marked_list_end(rows: Sequence[Row], at: int) -> int:
    """Give where the lines of lists that begin at one line end, inside the same fence."""
    fence = rows[at].line.fence_id
    ends = (i for i in range(at, len(rows)) if not rows[i].line.depth or rows[i].line.fence_id != fence)
    return next(ends, len(rows))


def _marked_list(rows: Sequence[Row], finish: Finish, manner: lists.Manner) -> list[Paragraph | List]:
    items = [lists.marked(row.line) for row in rows]
    return lists.blocks(items, finish, manner)


def _fence(row: Row) -> int:
    """Give the number of the outermost fence that holds a line, 0 where there is none."""
    return row.line.outer_id or row.line.fence_id


def figure(line: Line, finish: Finish) -> Figure:
    """Give the picture that a line is; each of its texts is set by itself."""
    assert line.image is not None
    alt, caption, credit = map(finish, _parts(line.run))
    return Figure(line.image, _unmarked(alt), inlines(caption), inlines(credit))


def table(line: Line, finish: Finish) -> Table:
    """Give the table that a line is; each of its cells is set by itself."""
    cells = [inlines(finish(part)) for part in _parts(line.run)]
    width = len(line.columns)
    head, *rows = (tuple(cells[at : at + width]) for at in range(0, len(cells), width))
    return Table(line.columns, head, tuple(rows))


def _parts(run: Run) -> list[Run]:
    ends = [mark.start() for mark in re.finditer(PART, run.text)]
    bounds = zip([0, *(end + 1 for end in ends)], [*ends, len(run)], strict=True)
    return [run.slice(*part) for part in bounds]


_MARK = re.compile(f"[{MARKS}]")


def _unmarked(run: Run) -> Run:
    """Give a text without its markup: what is read aloud has none."""
    return run.apply([Edit(*mark.span(), "", "") for mark in _MARK.finditer(run.text)])


def _plain(row: Row, finish: Finish) -> Block:
    if row.line.image:
        return figure(row.line, finish)
    if row.line.columns:
        return table(row.line, finish)
    if row.line.scene_break:
        return SceneBreak(row.line.run if row.line.run.text else None)
    if row.line.subheading:
        return Subheading(inlines(finish(row.line.run)))
    return Paragraph(inlines(finish(row.line.run)))


def _fenced(rows: Sequence[Row], finish: Finish, manner: lists.Manner) -> Block:
    outer = rows[0].line.outer if rows[0].line.outer_id else rows[0].line.fence
    if outer is Fence.VERSE:
        return _fenced_verse(rows, finish)
    inner = list(_inner(rows, finish, manner))
    if outer is Fence.QUOTATION:
        return Quotation(tuple(block for _, block in inner))
    return _fenced_letter(inner)


_Inner = Paragraph | Verse | SceneBreak | List | Figure | Table


def _inner(rows: Sequence[Row], finish: Finish, manner: lists.Manner) -> Iterator[tuple[str, _Inner]]:
    """Give the blocks of a fenced passage, each with the part of the letter that it is stated to be."""
    at = 0
    while at < len(rows):
        line, end = rows[at].line, at + 1
        if line.fence is Fence.VERSE:
            end = next((i for i in range(at, len(rows)) if rows[i].line.fence_id != line.fence_id), len(rows))
            yield line.letter_part, _fenced_verse(rows[at:end], finish)
        elif line.depth:
            end = _marked_list_end(rows, at)
            yield from ((line.letter_part, found) for found in _marked_list(rows[at:end], finish, manner))
        else:
            block = _plain(rows[at], finish)
            if isinstance(block, Subheading):
                block = Paragraph(block.children)
            if isinstance(block, _Inner):
                yield line.letter_part, block
        at = end


def _fenced_verse(rows: Sequence[Row], finish: Finish) -> Verse:
    return _stanzas(
        (VerseLine(inlines(finish(row.line.run)), row.line.indent // VERSE_STEP), row.line.blanks_above)
        for row in rows
    )


def _fenced_letter(inner: Sequence[tuple[str, _Inner]]) -> Letter:
    texts = [letters.plain_text(block) for _, block in inner]
    body, closing = letters.parts(texts)
    if any(part for part, _ in inner):
        body = next((i for i, (part, _) in enumerate(inner) if part != "opening"), len(inner))
        closing = next(
            (i for i, (part, _) in enumerate(inner) if part == "closing" and i >= body), len(inner)
        )
    # Salutation and close are paragraphs; anything else, wherever it stands, belongs to the body.
    others = [i for i, (_, block) in enumerate(inner) if not isinstance(block, Paragraph)]
    body, closing = min([body, *others]), max([closing, *(i + 1 for i in others)])
    opening = tuple(block for _, block in inner[:body] if isinstance(block, Paragraph))
    ending = tuple(block for _, block in inner[closing:] if isinstance(block, Paragraph))
    return Letter(opening, tuple(block for _, block in inner[body:closing]), ending)
