"""Subtitles that markup states: a heading that says it is the subtitle of the division above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.normalize.sections import Section
from publish.normalize.sheet import Sheet
from publish.normalize.typesetting import Setting

if TYPE_CHECKING:
    from publish.normalize.divisions import Parsed


def with_subtitles(
    sections: Sequence[Section], named: Sequence[Parsed], sheet: Sheet, setting: Setting
) -> tuple[list[Section], list[Parsed], set[int]]:
    """Give sections and their names with each subtitle at its heading, and the sections that it makes empty.

    The text below the subtitle is that of the heading above, which has none of its own.
    """
    joined, names, left = list(sections), list(named), set[int]()
    for number in range(1, len(sections)):
        head, above = sections[number].head, number - 1
        if head is None or "subtitle" not in sheet.lines[head.first].stated:
            continue
        parts, sequel = names[above]
        if not parts or sections[above].rows or parts[-1].subtitle:
            continue
        subtitle = setting.finish_marked(sheet.lines[head.first].run)
        names[number] = (*parts[:-1], replace(parts[-1], subtitle=subtitle)), sequel
        joined[number] = replace(
            joined[number], head=joined[above].head, date=joined[above].date or joined[number].date
        )
        left.add(above)
    return joined, names, left
