"""What the heading of a section says of divisions: kinds, numbers, labels and titles, set as text is."""

import re

from msgspec import Struct
from msgspec.structs import replace

from publish.config import KINDS
from publish.document import DivisionKind
from publish.draft import NOTE_ON
from publish.normalize.lines import headings
from publish.normalize.lines.headings import Component
from publish.normalize.sections import Section
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.typesetting import Setting
from publish.patterns import lazily
from publish.source import Edit, Run, join_spaced


class Named(Struct, frozen=True):
    """One division as its heading names it."""

    kind: DivisionKind | None
    numbers: tuple[int, ...]
    label: Run | None
    title: Run | None
    level: int = 0
    """Of the markup, where there is any."""
    inferred: bool = False
    untitled: bool = False
    subtitle: Run | None = None
    counts: bool = False
    """A title without text of its own, above what is counted from 1."""


Parsed = tuple[tuple[Named, ...], int]
"""The divisions that a heading names, outermost first, and its place in a sequel."""


def named_by(section: Section, sheet: Sheet, setting: Setting) -> tuple[tuple[Named, ...], int]:
    """Give the divisions that a section's heading names, outermost first, and its place in a sequel."""
    head = section.head
    if head is None:
        return (), 0
    line = sheet.lines[head.first]
    run = line.run
    finish = setting.finish_marked if sheet.marked(head.first) else setting.finish
    others = [sheet.lines[index].run for index in head.lines[1:]]
    below = finish(join_spaced(others)) if others else None
    stated = KINDS.get(sheet.decided.get(head.first, ""))
    if line.stated:
        return (_attributed(run, line.stated, line.heading_level, finish(run)),), 0
    if head.heading is None:
        # A day above a title is its label.
        label, title = (None, finish(run)) if below is None else (finish(run), below)
        return (Named(stated, (), label, title, line.heading_level),), 0
    parts = [_component(run, part, setting, line.heading_level) for part in head.heading.components]
    if below is not None:
        parts[-1] = replace(parts[-1], title=join_spaced((*filter(None, (parts[-1].title,)), below)))
    if stated:
        parts[-1] = replace(parts[-1], kind=stated)
    if parts[-1].title and (notes := notes_of_label(section, sheet)):
        parts[-1] = replace(parts[-1], title=Run.join((parts[-1].title, *map(setting.finish, notes))))
    return tuple(parts), head.heading.sequel


def notes_of_label(section: Section, sheet: Sheet) -> list[Run]:
    """Give the references to notes that stand in a heading, but in none of its titles."""
    head = section.head
    if head is None or head.heading is None:
        return []
    titles = [part.title for part in head.heading.components if part.title]
    run = sheet.lines[head.first].run
    return [
        run.slice(*mark.span())
        for mark in re.finditer(NOTE_ON, run.text)
        if not any(start <= mark.start() < end for start, end in titles)
    ]


def _component(run: Run, part: Component, setting: Setting, level: int) -> Named:
    label = None
    if part.label[1] > part.label[0]:
        # Notes of a label go to the title, or to the text.
        said = run.slice(*part.label).strip()
        marks = [Edit(*mark.span(), "", "STR019") for mark in re.finditer(NOTE_ON, said.text)]
        label = setting.finish(said.apply(marks))
    title = setting.finish(run.slice(*part.title).strip()) if part.title else None
    return Named(part.kind, part.numbers, label, title, level)


def _attributed(run: Run, attributes: dict[str, str], level: int, finished: Run) -> Named:
    kind = DivisionKind(attributes["kind"]) if "kind" in attributes else None
    heading = headings.parse(run.text)
    part = heading.components[-1] if heading else None
    label, title = _split(finished, attributes.get("label"), part)
    return Named(
        kind or (part.kind if part else None),
        _numbers(attributes.get("numbers"), part),
        label,
        title,
        level,
        inferred="inferred" in attributes,
        untitled="untitled" in attributes,
    )


def _numbers(stated: str | None, part: Component | None) -> tuple[int, ...]:
    if stated is not None:
        return tuple(int(number) for number in stated.split(",") if number)
    return part.numbers if part else ()


_SEPARATOR = lazily(r": |[\s:.;,–—-]*")


def _split(run: Run, label: str | None, part: Component | None) -> tuple[Run | None, Run | None]:
    """Divide a heading into label and title, as its attribute or its own grammar says."""
    text = run.text
    if label is not None:
        if not label or not text.startswith(label):
            return None, (run if text else None)
        match = _SEPARATOR.match(text, len(label))
        rest = run.slice(match.end() if match else len(label), len(text))
        return run.slice(0, len(label)), (rest if rest.text else None)
    if part:
        title = run.slice(*part.title) if part.title else None
        return (run.slice(*part.label) if part.label[1] > part.label[0] else None), title
    return None, (run if text else None)


def container_kind(part: Named) -> DivisionKind:
    """Give the kind of a heading above others; one that does not say what it is names a part."""
    return part.kind or DivisionKind.PART


def folded(run: Run | None) -> str:
    """Give a title for comparison; empty where there is none."""
    return words_folded(run.text) if run else ""
