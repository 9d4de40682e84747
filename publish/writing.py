"""How a change is written into its file: over the text that it replaces, so that every other byte stays.

In markup a text may stand in several runs, and its signs as references or elements. What is new is written
where the first of them stands, the others go; the markup between them stays.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from publish.draft import MARKS
from publish.source import Change, Source

Writing = tuple[int, int, str]
"""A range of a file, and what is written over it."""
_SIGN = re.compile(
    r"&[^&<>\s]+|\s+|\\u[0-9A-Fa-f]{4}|\\."
    r"|<(?P<space>[\w.-]+:)(?:tab|ptab|s|noBreakHyphen|softHyphen|sym)(?:\s[^<>]*)?/>"
)
"""A sign that is no copy: a reference, white space, an escape of JSON, an element."""
_JOINT = re.compile(
    r"</(?P<space>[\w.-]+:|)p>\s*<(?P=space)p(?:\s[^<>]*)?>"
    r"(?:<(?P=space)pPr\s*/>|<(?P=space)pPr>(?:(?!</?[\w.-]+:(?:pPr|sectPr)\b).)*</(?P=space)pPr>)?",
    re.DOTALL,
)
"""The end of a paragraph and the beginning of the next, with what is said of that."""
_BETWEEN = re.compile(
    r"(?:\s|&nbsp;|<([\w.-]+:)rPr>(?:(?!</?\1rPr\b).)*</\1rPr>"
    r"|</?(?:[\w.-]+:)?(?:r|t|rPr|span|i|b|em|strong|u|font|proofErr|bookmark[\w-]*|soft-page-break)\b[^<>]*>)*",
    re.DOTALL,
)
"""What else may stand between two paragraphs that become one."""


def writings(change: Change, source: Source) -> tuple[Writing, ...]:
    """Give where a change is written into its file, and what there; nothing where it cannot be."""
    start, end = change.span.start, change.span.end
    if not source.lossless or any(sign in MARKS for sign in change.text):
        return ()
    if source.layout is None:
        return ((start, end, _with_ends(change.text, source)),) if change.exact else ()
    if source.in_paragraphs and "\n" in change.text:
        return ()
    passage = source.passage(start, end)
    if "\n" in passage and passage.isspace() and passage != source.text[start:end]:
        return tuple(_joined(change, source))
    if passage != (change.read or source.text[start:end]):
        return ()
    places, text = _places(source, start, end), _with_ends(change.text, source)
    # Runs of which all stays are left as they are: their words may be in italics.
    while len(places) > 1 and text.startswith(kept := source.text[slice(*places[0])]) and "&" not in kept:
        places, text = places[1:], text.removeprefix(kept)
    while len(places) > 1 and text.endswith(kept := source.text[slice(*places[-1])]) and "&" not in kept:
        places, text = places[:-1], text.removesuffix(kept)
    first = next((place for place in places if source.text[place[0]] != "<"), places[0] if places else None)
    return tuple((*place, source.spelled(text, place[0]) if place is first else "") for place in places)


def _places(source: Source, start: int, end: int) -> list[tuple[int, int]]:
    """Give the ranges in which a range of markup holds text; none where something else stands in it."""
    pieces, found = source.layout.run.pieces if source.layout else (), []
    low = bisect_right(pieces, start, key=lambda piece: piece.start) - (2 if start == end else 1)
    for piece in islice(pieces, max(0, low), None):
        if piece.start > end or (piece.start == end and start < end):
            break
        text = source.text[piece.start : piece.end]
        is_sign = not piece.exact and _SIGN.fullmatch(text) is not None
        if start == end:
            if (piece.exact or (is_sign and text[0] != "<")) and piece.start <= start <= piece.end:
                return [(start, end)]
        elif piece.exact or (is_sign and start <= piece.start and piece.end <= end):
            found.append((max(start, piece.start), min(end, piece.end)))
        elif piece.end > start:
            return []
    return [(low, high) for low, high in found if low < high]


def _joined(change: Change, source: Source) -> Iterator[Writing]:
    """Give what joins two paragraphs, which white space parts that is their markup."""
    start, end = change.span.start, change.span.end
    joints = list(_JOINT.finditer(source.text, start, end))
    between = _JOINT.sub("", source.text[start:end])
    if joints and _BETWEEN.fullmatch(between):
        for number, joint in enumerate(joints):
            yield *joint.span(), "" if number else source.spelled(change.text, joint.start())


def _with_ends(text: str, source: Source) -> str:
    """Give a text with the line ends of its file."""
    if "\n" not in text:
        return text
    end = source.line_end.search(source.text)
    return text.replace("\n", end[0] if end else "\n")
