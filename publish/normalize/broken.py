"""Paragraphs whose author ended each line by hand, with Shift and Enter: verse, where they look like it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.document import Verse, VerseLine
from publish.draft import BREAK, MARKS, NOTE_ON, balanced, inlines
from publish.normalize.forms import VERSE, Desk
from publish.normalize.shape import ends_full, starts_small
from publish.source import Run

WIDEST = 74
"""Letters of a line of verse."""
_LEAST = 3
"""Lines: two are a name and what stands below it, too."""
_MARK = re.compile(f"[{MARKS}]")
_QUOTED = ("”", '"', "’", "'")


def bare(text: str) -> str:
    """Give a text without marks, with a space for each line end of the author's."""
    return _MARK.sub("", text.replace(BREAK, " ")) if not text.isprintable() else text


def _is_verse(text: str) -> bool:
    """Tell a paragraph of verse: short lines that do not end as sentences do and begin with capitals."""
    if text.count(BREAK) < _LEAST - 1 or NOTE_ON in text:
        return False
    lines = [line for part in text.split(BREAK) if (line := _MARK.sub("", part).strip())]
    return len(lines) >= _LEAST and max(map(len, lines)) <= WIDEST and reads_so(lines)


def reads_so(lines: Sequence[str]) -> bool:
    """Tell whether few of some lines end as sentences do, and most begin with capitals."""
    stops = sum(1 for line in lines if ends_full(line) or line.endswith(_QUOTED))
    small = sum(1 for line in lines if starts_small(line))
    return stops * 5 <= len(lines) * 3 and small * 4 <= len(lines) * 3


def read(run: Run, desk: Desk) -> Verse | None:
    """Give a paragraph that is verse, if the author does not refuse it: an empty line parts stanzas."""
    return _verse(desk.finish(run)) if _is_verse(run.text) and desk.reads(VERSE, [run]) else None


def _verse(run: Run) -> Verse:
    ends = [match.start() for match in re.finditer(BREAK, run.text)]
    places = zip([0, *(end + 1 for end in ends)], [*ends, len(run)], strict=True)
    stanzas: list[list[VerseLine]] = [[]]
    for line in balanced(run.slice(*place).strip() for place in places):
        if bare(line.text).strip():
            stanzas[-1].append(VerseLine(inlines(line)))
        elif stanzas[-1]:
            stanzas.append([])
    return Verse(tuple(tuple(stanza) for stanza in stanzas if stanza))
