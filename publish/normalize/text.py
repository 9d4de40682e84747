"""The text of the sections: lines to passages, passages to blocks, typography applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.config import NEW_SCENE, PASSAGES, SAME_SCENE, SPEECH, TEXT, VERSE
from publish.document import CONTAINERS, Block, DivisionKind, SceneBreak
from publish.normalize import (
    extracts,
    lists,
    marked,
    passages,
    spacing,
    speech,
    wrapping,
)
from publish.normalize.passages import Passage
from publish.normalize.sections import Section
from publish.normalize.shape import is_ornament
from publish.normalize.sheet import Sheet
from publish.normalize.typesetting import Setting, joined
from publish.normalize.wrapping import Row


def blocks(sections: Sequence[Section], sheet: Sheet, setting: Setting) -> list[tuple[Block, ...]]:
    """Give the blocks of every section."""
    typed = [[row for row in section.rows if not sheet.marked(row.index)] for section in sections]
    margins = wrapping.margins_of([row for rows in typed for row in rows])
    first = margins[1] if margins[1] > margins[0] else 0
    widths = _widths(typed, first)
    groups = (
        map(spacing.sentences_joined, typed)
        if spacing.by_sentences(typed)
        else (wrapping.paragraphs(rows, width, margins) for rows, width in zip(typed, widths, strict=True))
    )
    signs = spacing.lone_signs(typed)
    said = speech.utterances(typed)
    manner = setting.manner(sections)
    listed = lists.found(typed, manner, setting.keeps_sign)
    apart = (
        lists.regrouped(setting.lines_apart(speech.whole(speech.apart(some, said), said)), listed)
        for some in groups
    )
    stated = {at: what for at, what in sheet.decided.items() if what in PASSAGES}
    cut = [_passages(_stated_apart(some, stated), sheet, (signs, said), listed) for some in apart]
    cut = [some or _spaced(section, sheet) for some, section in zip(cut, sections, strict=True)]
    gaps = [_prose_gaps(some) for some in cut]
    everywhere = spacing.usual_gap([gap for some in gaps for gap in some])
    usual = [_usual(some, everywhere) for some in gaps]
    commonest = max(set(usual) - {None}, key=usual.count, default=None)
    paged = _gap_of_pages(cut)
    wide = [
        _candidates(some, own, (gap, commonest), first, paged)
        for some, own, gap in zip(cut, gaps, usual, strict=True)
    ]
    if _blank_lines_mean_nothing(cut, wide):
        wide = [replace(found, breaks=()) for found in wide]
    wide = _in_pages(cut, wide, setting)
    left = spacing.export_artefacts(
        [(len(some), found.breaks) for some, found in zip(cut, wide, strict=True)]
    )
    result: list[tuple[Block, ...]] = []
    for number, section in enumerate(sections):
        breaks = {place + 1 for place in wide[number].breaks if (number, place) not in left}
        if len(typed[number]) < len(section.rows):
            scenes_of = _scenes(
                [row.index for row in section.rows], sheet, breaks if not typed[number] else ()
            )
            # What stands above the first heading is set in lines as title pages are.
            stated_so = _is_stated(section, sheet) or (section.head is None and len(sections) > 1)
            made = [
                marked.blocks(section.rows[start:end], setting.marked_desk, manner, stated=stated_so)
                for start, end in scenes_of
            ]
        else:
            some = cut[number]
            opening = [passage.rows[0].index for passage in some]
            breaks = {at for at in breaks if sheet.decided.get(opening[at]) != SAME_SCENE}
            scenes_of = _scenes(opening, sheet)
            poem = passages.poem(some, setting.desk) if section.head and len(scenes_of) < 2 else []
            made = [poem] if poem else _typed_blocks(some, scenes_of, breaks, (usual[number], first), setting)
        result.append(
            _set_off(section, _parted(made), setting, margins[1]) if typed[number] else _parted(made)
        )
    return result


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


def _typed_blocks(
    some: Sequence[Passage],
    scenes_of: Sequence[tuple[int, int]],
    breaks: set[int],
    measures: tuple[int | None, int],
    setting: Setting,
) -> list[list[Block]]:
    """Give the blocks of each scene; `measures` are the usual distance and the indent of paragraphs."""
    usual, first = measures
    return [
        passages.blocks(some[start:end], {at - start for at in breaks}, usual, first, setting.desk)
        for start, end in scenes_of
    ]


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


def _usual(gaps: Sequence[int], everywhere: int | None) -> int | None:
    """Give the usual distance in one post; a short post takes the manuscript's if it has it at all."""
    own = spacing.usual_gap(gaps)
    if own is not None and len(gaps) > 3:
        return own
    return everywhere if everywhere in gaps else own


def _prose_gaps(some: Sequence[Passage]) -> list[int]:
    """Give the distances between paragraphs; short lines that touch may be verse.

    Neither these say anything nor the space round them, if there is other space.
    """
    short = [len(passage.text) <= passages.WIDEST_VERSE for passage in some]
    joined = [b.gap == 0 and short[at] and short[at + 1] for at, b in enumerate(some[1:])]
    beside = [before or after for before, after in zip([False, *joined], [*joined, False], strict=True)]
    apart = [b.gap for at, b in enumerate(some[1:]) if not (beside[at] or beside[at + 1])]
    return apart or [b.gap for at, b in enumerate(some[1:]) if not joined[at]]


def _gap_of_pages(cut: Iterable[Sequence[Passage]]) -> int:
    """Give the blank lines that a page turn brings, as most have it that cut a paragraph; 0 if none does."""
    gaps = Counter(row.gap for some in cut for passage in some for row in passage.rows[1:] if row.turned)
    return gaps.most_common(1)[0][0] if gaps else 0


class _Wide(Struct, frozen=True):
    """Wider distances in one post: place i stands before passage i + 1."""

    breaks: tuple[int, ...]
    """Those that may be scene breaks."""
    all: int
    """How many there are, those beside verse counted."""
    usual: int
    """How many paragraphs stand at the usual distance."""


def _candidates(
    some: Sequence[Passage],
    prose_gaps: Sequence[int],
    gaps: tuple[int | None, int | None],
    first: int,
    paged: int,
) -> _Wide:
    """Find the wider distances; white space round verse sets it off and breaks no scene.

    `gaps` are the usual distance in this post and in most posts; what most posts have breaks no scene in
    any. Nor do blank lines where a page turns, unless they are more than the page's own, `paged`.
    """
    usual, commonest = gaps
    least = spacing.least_break(prose_gaps, usual)
    if least is None:
        return _Wide((), 0, 0)
    least = max(least, (commonest or 0) + 1)
    verse = passages.verse_places(some, usual, first)
    wide = [
        place
        for place, (a, b) in enumerate(pairwise(some))
        if b.gap >= least and not (a.ornament or b.ornament) and not (b.turned and b.gap <= paged)
    ]
    free = tuple(place for place in wide if place not in verse and place + 1 not in verse)
    if spacing.too_many(len(free), len(some)):
        free = tuple(place for place in free if some[place + 1].gap > least)
    return _Wide(free, len(wide), prose_gaps.count(usual) if usual is not None else 0)


def _blank_lines_mean_nothing(cut: Sequence[Sequence[Passage]], wide: Sequence[_Wide]) -> bool:
    """Tell whether the author types breaks, or wider distances stand everywhere, as in a play."""
    typed = sum(1 for some in cut for passage in some if passage.ornament)
    found = sum(one.all for one in wide)
    usual = sum(one.usual for one in wide)
    return typed > 1 or found > max(_FEW, usual // 3)


_FEW = 12


def _in_pages(cut: Sequence[Sequence[Passage]], wide: list[_Wide], setting: Setting) -> list[_Wide]:
    """Leave out the wider distances at page turns where none within a page breaks a scene; they are told."""
    turned = [
        some[place + 1].rows[0]
        for some, found in zip(cut, wide, strict=True)
        for place in found.breaks
        if some[place + 1].turned
    ]
    if not turned or len(turned) < sum(len(found.breaks) for found in wide):
        return wide
    for row in turned:
        setting.report_turn(row)
    return [replace(found, breaks=()) for found in wide]


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
        lone = first.text in signs and spacing.stands_free(groups, at)
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
