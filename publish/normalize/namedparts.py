"""Headings that name a part by its title and the chapter behind it: "The Window; Chapter I".

Nothing in such a line says that it is a heading but its end. It is one where the manuscript shows what it
means: several parts are so named above a chapter 1, or one part above several chapters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from publish.document import DivisionKind
from publish.normalize import headings
from publish.normalize.headings import Component, Form, Heading
from publish.normalize.reading import Reading
from publish.normalize.shape import ends_full, is_title_like
from publish.normalize.sheet import words_folded
from publish.normalize.subtitles import LONGEST_TITLE

_LEAST = 2
_LEAST_CHAPTERS = 3
_LONGEST = 2 * LONGEST_TITLE
_JOINT = re.compile(r"\s*[;|:]\s*|,\s+|\s*[–—]\s*|\.?\s+-+\s+|\.\s+|-")
"""What stands between the title of a part and its chapter."""
_SIGN = re.compile("[;|:,.–—-]")
"""One is in each joint, and nothing but spaces behind the last."""
_Kind = tuple[DivisionKind | None, str]


def find(reading: Reading, parsed: Mapping[int, Heading], free: Sequence[int]) -> dict[int, Heading]:
    """Give the headings among lines that are free; `parsed` are those whose first words say what they are.

    The titles of parts become components without number, the outermost first.
    """
    plain = {_kind(heading) for heading in parsed.values() if len(heading.components) == 1}
    alike: dict[_Kind, dict[int, Heading]] = {}
    for index in free if plain else ():
        if index in parsed or reading.gap(index) == 0 or reading.sheet.headed(index):
            continue
        heading = _parse(reading.sheet.texts[index])
        if heading and _kind(heading) in plain:
            alike.setdefault(_kind(heading), {})[index] = heading
    found = {i: heading for some in alike.values() if _agree(reading, some) for i, heading in some.items()}
    deep = any(len(heading.components) > _LEAST for heading in found.values())
    return {index: _inner(heading) if deep else heading for index, heading in found.items()}


def _inner(heading: Heading) -> Heading:
    """Let a part that is named alone be what stands inside the parts that two titles name."""
    outer, *rest = heading.components
    return (
        replace(heading, components=(replace(outer, kind=DivisionKind.BOOK), *rest))
        if len(rest) == 1
        else heading
    )


def may_name(text: str) -> bool:
    """Tell whether a line could name a part and a chapter, as far as its words go."""
    return _parse(text) is not None


def _kind(heading: Heading) -> _Kind:
    last = heading.components[-1]
    return last.kind, last.numeral


def _agree(reading: Reading, found: Mapping[int, Heading]) -> bool:
    """Tell whether the lines name parts: several begin with a chapter 1, or one has several chapters."""
    chapters: dict[str, set[int]] = {}
    for index, heading in found.items():
        chapters.setdefault(_outer(reading, index, heading), set()).update(heading.components[-1].numbers)
    begun = sum(1 in numbers for numbers in chapters.values())
    return begun >= _LEAST or max(map(len, chapters.values())) >= _LEAST_CHAPTERS


def _outer(reading: Reading, index: int, heading: Heading) -> str:
    start, end = heading.components[0].label[0], heading.components[-1].label[0]
    return words_folded(reading.sheet.texts[index][start:end])


def _parse(text: str) -> Heading | None:
    """Read one line: the first joint behind which a label or a number stands divides it.

    What can be read by its own first words is none.
    """
    # The first of the titles begins the line, and none begins with a small letter.
    if len(text) > _LONGEST or text[:1].islower():
        return None
    # Joints are slow to find, and hardly any line goes on behind a sign as headings begin.
    if not any(headings.may_open(text[sign.end() :]) for sign in _SIGN.finditer(text)):
        return None
    for joint in _JOINT.finditer(text):
        behind = text[joint.end() :] if joint.start() else ""
        outer = _titles(text, joint) if headings.may_open(behind) else ()
        inner = headings.parse(behind) if outer else None
        if inner is None or inner.form is Form.NAMED or len(inner.components) > 1:
            continue
        if inner.form is Form.NUMBERED and not _sets_off(text, joint, inner.components[0]):
            continue
        heading = Heading((*outer, _moved(inner.components[0], joint.end())), Form.LABELLED)
        return None if headings.parse(text) else heading
    return None


def _sets_off(text: str, joint: re.Match[str], number: Component) -> bool:
    """Tell whether a bare number is no part of the title: figures behind a mark that divides."""
    strong = joint[0].strip() in (";", "|", "—", "–", ",") and number.numeral in ("roman", "arabic")
    return strong and (number.numeral == "arabic" or text[joint.end()].isupper())


def _titles(text: str, joint: re.Match[str]) -> tuple[Component, ...]:
    """Give the titles before a joint, parted where it stands once more; empty where one is none."""
    cut = text.rfind(joint[0], 0, joint.start()) if joint[0].strip() in (";", "—", "–") else -1
    bounds = [(0, cut), (cut + len(joint[0]), joint.start())] if cut > 0 else [(0, joint.start())]
    kinds = (DivisionKind.PART, DivisionKind.BOOK)
    if not all(is_title_like(title := text[a:b]) and not ends_full(title) for a, b in bounds):
        return ()
    return tuple(
        Component(kind, (), "", (start, start), (start, end))
        for kind, (start, end) in zip(kinds, bounds, strict=False)
    )


def _moved(part: Component, by: int) -> Component:
    title = (part.title[0] + by, part.title[1] + by) if part.title else None
    return Component(part.kind, part.numbers, part.numeral, (part.label[0] + by, part.label[1] + by), title)
