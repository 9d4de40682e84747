"""The text of the sections: lines to passages, passages to blocks, typography applied."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from publish.config import NEW_SCENE, PASSAGES, SAME_SCENE, SPEECH, TEXT, VERSE
from publish.document import CONTAINERS, Block, DivisionKind, SceneBreak
from publish.normalize import passages, scenes
from publish.normalize.lines.shape import is_ornament
from publish.normalize.passages import (
    Passage,
    extracts,
    lists,
    markedblocks,
    poems,
    spacing,
    speech,
    wrapping,
)
from publish.normalize.passages.wrapping import Row
from publish.normalize.sections import Section
from publish.normalize.sheet import Sheet
from publish.normalize.typesetting import Setting, joined


def blocks(sections: Sequence[Section], sheet: Sheet, setting: Setting) -> list[tuple[Block, ...]]:
    """Give the blocks of every section.

    Lines become paragraphs by what the whole manuscript shows of its margins, speeches and lists, and the
    distances between these tell the scenes of each section; at last each scene is read by itself.
    """
    markup = any(draft.marked for draft in sheet.drafts)
    typed = [[row for row in some.rows if not (markup and sheet.marked(row.index))] for some in sections]
    margins = wrapping.margins_of([row for rows in typed for row in rows])
    first = margins[1] if margins[1] > margins[0] else 0
    manner = setting.manner(sections)
    cut = _cut(typed, sheet, setting, manner, margins)
    posts = [post or _spaced(section, sheet) for post, section in zip(cut, sections, strict=True)]
    spaces = scenes.found(posts, first, setting)
    collected = not markup and poems.are_collected(cut)
    result: list[tuple[Block, ...]] = []
    for section, rows, post, space in zip(sections, typed, posts, spaces, strict=True):
        if len(rows) < len(section.rows):
            parts = _scenes([row.index for row in section.rows], sheet, () if rows else space.breaks)
            # What stands above the first heading is set in lines as title pages are.
            stated = _is_stated(section, sheet) or (section.head is None and len(sections) > 1)
            made = [
                markedblocks.blocks(section.rows[start:end], setting.marked_desk, manner, stated=stated)
                for start, end in parts
            ]
        else:
            opening = [passage.rows[0].index for passage in post]
            space.breaks -= {at for at in space.breaks if sheet.decided.get(opening[at]) == SAME_SCENE}
            parts = _scenes(opening, sheet)
            poem: list[Block] = []
            if collected and len(parts) < 2:
                poem = poems.among_others(post, setting.desk, headed=section.head is not None)
            elif section.head and len(parts) < 2:
                poem = poems.of_whole(post, setting.desk)
            made = [poem] if poem else _typed(post, parts, space, first, setting)
        whole = _parted(made)
        result.append(_set_off(section, whole, setting, margins[1]) if rows else whole)
    return result


def _cut(
    typed: Sequence[Sequence[Row]],
    sheet: Sheet,
    setting: Setting,
    manner: lists.Manner,
    margins: tuple[int, int],
) -> list[list[Passage]]:
    """Give the passages of every section: wrapped lines joined; speeches, entries and signs apart."""
    groups: Iterable[Sequence[Sequence[Row]]]
    if spacing.by_sentences(typed):
        groups = map(spacing.sentences_joined, typed)
    else:
        widths = _widths(typed, margins[1] if margins[1] > margins[0] else 0)
        groups = (
            wrapping.paragraphs(rows, width, margins) for rows, width in zip(typed, widths, strict=True)
        )
    signs = spacing.lone_signs(row.text for rows in typed for row in rows)
    said = speech.utterances(typed)
    listed = lists.found(typed, manner, setting.keeps_sign)
    stated = {at: what for at, what in sheet.decided.items() if what in PASSAGES}
    found: list[list[Passage]] = []
    for some in groups:
        apart = setting.lines_apart(speech.whole(speech.apart(some, said), said))
        parted = _stated_apart(lists.regrouped(apart, listed), stated)
        found.append(_passages(parted, sheet, (signs, said), listed))
    return found


def _typed(
    post: Sequence[Passage],
    parts: Sequence[tuple[int, int]],
    space: scenes.Space,
    first: int,
    setting: Setting,
) -> list[list[Block]]:
    """Give the blocks of each scene of plain text."""
    return [
        passages.blocks(
            post[start:end], {at - start for at in space.breaks}, space.usual, first, setting.desk
        )
        for start, end in parts
    ]


def _stated_apart(groups: Iterable[Sequence[Row]], stated: Mapping[int, str]) -> list[Sequence[Row]]:
    """Part the lines of paragraphs where book.toml says that verse, a letter or the like begins."""
    if not stated:
        return list(groups)
    apart: list[Sequence[Row]] = []
    for group in groups:
        start = 0
        for at in range(1, len(group)):
            what = stated.get(group[at].index)
            if what and (what == VERSE or what != stated.get(group[at - 1].index)):
                apart.append(group[start:at])
                start = at
        apart.append(group[start:])
    return apart


def _set_off(section: Section, blocks: tuple[Block, ...], setting: Setting, margin: int) -> tuple[Block, ...]:
    if not section.head:
        return blocks
    heading = section.head.heading
    kind = heading.components[-1].kind if heading else None
    if kind in CONTAINERS and all(row.line.indent >= margin + passages.SET_OFF for row in section.rows):
        blocks = extracts.motto(blocks, setting.desk.reads)
    return extracts.set_off(blocks, setting.desk, letter=kind is DivisionKind.LETTER)


def _scenes(lines: Sequence[int], sheet: Sheet, breaks: Collection[int] = ()) -> list[tuple[int, int]]:
    """Give the ranges between which book.toml, or white space (`breaks`), says that a scene begins.

    `lines` are those of the passages.
    """
    stated = {at: sheet.decided.get(line) for at, line in enumerate(lines)}
    starts = [at for at in stated if stated[at] == NEW_SCENE or (at in breaks and stated[at] != SAME_SCENE)]
    return list(pairwise([0, *(at for at in starts if at), len(lines)]))


def _spaced(section: Section, sheet: Sheet) -> list[Passage]:
    """Give the rows of a section whose paragraphs markup gives as passages, for the white space between them.

    Empty paragraphs break scenes as blank lines do; a file that publish itself wrote has none.
    """
    if _is_stated(section, sheet):
        return []
    return [
        Passage(row.line.run, row.gap, row.line.indent, (row,), ornament=row.line.is_told)
        for row in section.rows
    ]


def _is_stated(section: Section, sheet: Sheet) -> bool:
    return any(sheet.drafts[sheet.file[row.index]].named for row in section.rows)


def _parted(made: Sequence[Sequence[Block]]) -> tuple[Block, ...]:
    """Put scenes together with a break between them, where none is typed there."""
    result: list[Block] = []
    for scene in made:
        if result and not isinstance(result[-1], SceneBreak):
            result.append(SceneBreak())
        result.extend(scene)
    return tuple(result)


def _widths(typed: Sequence[Sequence[Row]], first: int) -> list[int]:
    """Give the wrap width of each section; one too short to tell takes that of the manuscript, if it fits.

    Where paragraphs begin indented (at column `first`, if any) the indents show them even amid verse.
    """
    own = [wrapping.wrap_width(rows) for rows in typed]
    general = max((width for width in own if width), key=own.count, default=0) or wrapping.common_width(typed)
    return [
        width or (general if general and (_indents(rows, first) or _fits(rows, general)) else 0)
        for width, rows in zip(own, typed, strict=True)
    ]


def _indents(rows: Sequence[Row], first: int) -> bool:
    return first > 0 and sum(1 for row in rows if row.line.indent == first) >= wrapping.LEAST_PAIRS


def _fits(rows: Sequence[Row], width: int) -> bool:
    shows = wrapping.is_short(rows) or wrapping.fills(rows, width)
    return shows and all(row.width <= width + 2 for row in rows)


def _passages(
    groups: Sequence[Sequence[Row]],
    sheet: Sheet,
    known: tuple[frozenset[str], speech.Utterances],
    listed: Mapping[int, lists.Place],
) -> list[Passage]:
    """Give the passages of one section.

    `known` are texts of lines that break scenes where they stand free, and the lines that open a speech;
    `listed` the lines of lists.
    """
    signs, said = known

    def breaks_scene(at: int) -> bool:
        first = groups[at][0]
        typed = len(groups[at]) == 1 and is_ornament(first.text)
        lone = first.text in signs or spacing.tells_break(first.text)
        lone = lone and spacing.stands_free(groups, at)
        return (typed or lone) and sheet.decided.get(first.index) != TEXT

    return [
        Passage(
            joined([row.line.run for row in group]),
            group[0].gap,
            group[0].line.indent,
            tuple(group),
            ornament=breaks_scene(at),
            speaks=group[0].index in said.opening or group[0].index in listed,
            named=group[0].index in said.alone,
            place=listed.get(group[0].index),
            stated=what if (what := sheet.decided.get(group[0].index, "")) in _BLOCKS else "",
        )
        for at, group in enumerate(groups)
    ]


_BLOCKS = frozenset(PASSAGES) - {SPEECH}
