"""How people see an export, and how words are written back into it."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from publish.draft import Line
from publish.readers.html import page
from publish.source import Layout, Source, for_xml

Spelling = Callable[[str, int], str]
Places = list[tuple[int, int, Spelling]]
"""Ranges of the file, each with how a text is written there."""


def layout(source: Source, lines: Sequence[Line], places: Places) -> Layout:
    """Give what people read of an export, told as lines and columns, and how a fix is written there."""
    ranges = sorted(places, key=lambda place: place[:2])
    starts = [start for start, _, _ in ranges]

    def spelled(text: str, at: int) -> str:
        index = bisect_right(starts, at) - 1
        return ranges[index][2](text, at) if index >= 0 else for_xml(text)

    seen = page.layout(source, lines)
    return Layout(seen.run, paragraphs=False, spelled=spelled)
