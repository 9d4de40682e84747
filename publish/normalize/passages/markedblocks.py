"""Lines whose kind markup gives, turned into blocks."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from publish.document import (
    Block,
    Code,
    Figure,
    Inner,
    Letter,
    Paragraph,
    Quotation,
    SceneBreak,
    Subheading,
    Table,
    Text,
    Verse,
    VerseLine,
)
from publish.draft import PART, VERSE_STEP, Fence, Line, inlines, unmarked
from publish.normalize.passages import letters, lists, stanzas, unfenced
from publish.normalize.passages.forms import Desk
from publish.normalize.passages.lists import Finish
from publish.normalize.passages.wrapping import Row
from publish.readers.lists import holder
from publish.source import Run


def blocks(rows: Sequence[Row], desk: Desk, manner: lists.Manner, *, stated: bool) -> list[Block]:
    """Turn lines whose kind markup gives into blocks; `stated`: what it does not name is a paragraph."""
    result: list[Block] = []
    finish, usual, at = desk.finish, unfenced.usual_gap(rows), 0
    while at < len(rows):
        if end := _passage_end(rows, at, 0):
            result.append(_fenced(rows[at:end], 0, finish, manner))
            at = end
            continue
        if rows[at].line.depth:
            end = _marked_list_end(rows, at)
            result += _marked_list(rows[at:end], finish, manner)
            at = end
            continue
        listed = at if stated else lists.bulleted(rows, at)
        if listed > at and not desk.refuses(lists.RULE, [row.line.run for row in rows[at:listed]]):
            items = [lists.unmarked(row.line, desk.unsigned) for row in rows[at:listed]]
            result += lists.blocks(items, finish, manner)
            at = listed
            continue
        found = None if stated else unfenced.read(rows, at, usual, desk)
        end, block = found or (at + 1, _plain(rows[at], finish))
        result.append(block)
        at = end
    return result


def _marked_list_end(rows: Sequence[Row], at: int) -> int:
    """Give where the lines of lists that begin at one line end, inside the same fence."""
    fence = holder(rows[at].line)
    ends = (i for i in range(at, len(rows)) if not rows[i].line.depth or holder(rows[i].line) != fence)
    return next(ends, len(rows))


def _marked_list(rows: Sequence[Row], finish: Finish, manner: lists.Manner) -> list[lists.Listed]:
    items: list[lists.Item] = []
    for _, group in groupby(rows, lambda row: row.line.fence is Fence.CODE and row.line.fence_id):
        some = list(group)
        if some[0].line.fence is Fence.CODE:
            items.append(lists.Item(Run(""), some[0].line.depth, 0, _code(some)))
            continue
        for row in some:
            block = _plain(row, finish) if row.line.image or row.line.columns else None
            if isinstance(block, Figure | Table):
                items.append(lists.Item(Run(""), row.line.depth, 0, block))
            else:
                items.append(lists.marked(row.line))
    return lists.blocks(items, finish, manner, told=True)


def _passage(row: Row, depth: int) -> tuple[Fence, int]:
    """Give the passage that holds a line, and `depth` others hold; one without number where there is none."""
    line = row.line
    if depth < len(line.around):
        return line.around[depth]
    return (line.fence, line.fence_id) if depth == len(line.around) else (Fence.NONE, 0)


def _passage_end(rows: Sequence[Row], at: int, depth: int) -> int:
    """Give where the passage ends that begins with a row, 0 where none does."""
    first = _passage(rows[at], depth)
    if not first[1]:
        return 0
    return next((i for i in range(at, len(rows)) if _passage(rows[i], depth) != first), len(rows))


def figure(line: Line, finish: Finish) -> Figure:
    """Give the picture that a line is; each of its texts is set by itself."""
    assert line.image is not None
    alt, caption, credit = map(finish, line.run.split(PART))
    return Figure(line.image, unmarked(alt), inlines(caption), inlines(credit))


def table(line: Line, finish: Finish) -> Table:
    """Give the table that a line is; each of its cells is set by itself."""
    cells = [inlines(finish(part)) for part in line.run.split(PART)]
    width = len(line.columns)
    head, *rows = (tuple(cells[at : at + width]) for at in range(0, len(cells), width))
    return Table(line.columns, head, tuple(rows))


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


def _fenced(rows: Sequence[Row], depth: int, finish: Finish, manner: lists.Manner) -> Inner:
    fence, _ = _passage(rows[0], depth)
    if fence is Fence.VERSE:
        return _fenced_verse(rows, finish)
    if fence is Fence.CODE:
        return _code(rows)
    inner = list(_inner(rows, depth + 1, finish, manner))
    return _fenced_letter(inner) if fence is Fence.LETTER else _quoted([block for _, block in inner])


def _quoted(inner: Sequence[Inner]) -> Quotation:
    """Give a quotation; one that holds nothing of its own but a source only sets another further in."""
    first, *rest = inner
    sourced = len(rest) == 1 and letters.plain_text(rest[0]).startswith(("—", "–", "―"))
    if isinstance(first, Quotation) and (sourced or not rest):
        return Quotation((*first.blocks, *rest))
    return Quotation(tuple(inner))


def _inner(
    rows: Sequence[Row], depth: int, finish: Finish, manner: lists.Manner
) -> Iterator[tuple[str, Inner]]:
    """Give the blocks of a fenced passage, each with the part of the letter that it is stated to be."""
    at = 0
    while at < len(rows):
        line, end = rows[at].line, at + 1
        if inside := _passage_end(rows, at, depth):
            end = inside
            yield line.letter_part, _fenced(rows[at:end], depth, finish, manner)
        elif line.depth:
            end = _marked_list_end(rows, at)
            yield from ((line.letter_part, found) for found in _marked_list(rows[at:end], finish, manner))
        else:
            block = _plain(rows[at], finish)
            if isinstance(block, Subheading):
                block = Paragraph(block.children)
            if isinstance(block, Inner):
                yield line.letter_part, block
        at = end


def _code(rows: Sequence[Row]) -> Code:
    """Give lines of code, of which nothing is set."""
    lines = [row.line for row in rows]
    parts = [part for line in lines for part in (Run("\n" * (line.blanks_above + 1)), unmarked(line.run))]
    return Code((Text(Run.join(parts[1:])),))


def _fenced_verse(rows: Sequence[Row], finish: Finish) -> Verse:
    return stanzas(
        (VerseLine(inlines(finish(row.line.run)), row.line.indent // VERSE_STEP), row.line.blanks_above)
        for row in rows
    )


def _fenced_letter(inner: Sequence[tuple[str, Inner]]) -> Letter:
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
