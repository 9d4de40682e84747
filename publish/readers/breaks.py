"""Scene breaks of Markdown: rows of signs, with what is said of them, and the rules of HTML."""

import re

from publish.draft import Line
from publish.patterns import lazily
from publish.readers import attributes, front_matter
from publish.source import Edit, Run, Span

_ROW = re.compile(r"(\*|-|_)(?:[ \t]*\1){2,}")
_RULE = lazily(r"[ \t\f\v]*(?P<tag><hr\b[^<>]{0,200}>)[ \t\f\v]*", re.IGNORECASE)
_SPACE = " \t\f\v"
_EMPTY = re.compile(r"\s*(?:<br\b[^<>]{0,50}>\s*)+", re.IGNORECASE)
"""A line that its author left empty."""


def scene(whole: Run, start: int, text: str) -> tuple[Line, list[Span]] | None:
    """Give the scene break that a line of a file (`whole`) is, and what of it is markup; None for any other.

    `* * * {ornament="#"}` is one with another sign, `* * * {.blank}` one of blank space.
    """
    end, stated = attributes.read(text, 0)
    sign = text[:end].strip(_SPACE)
    if not _ROW.fullmatch(sign):
        return None
    at = start + text.index(sign)
    run = whole.slice(at, at + len(sign))
    for item in stated:
        if item.name == "blank":
            run = whole.slice(at, at)
        elif item.name == "ornament":
            run = front_matter.unescaped(whole.slice(start + item.start, start + item.end))
    kept = [piece for piece in run.pieces if piece.exact and piece.end > piece.start]
    bounds = [start, *(place for piece in kept for place in (piece.start, piece.end)), start + len(text)]
    places = zip(bounds[::2], bounds[1::2], strict=True)
    spans = [span for low, high in places if high > low and (span := whole.span(low, high))]
    blank = (("blank", "true"),) if not run.text else ()
    return Line(run=run, scene_break=True, attributes=blank), spans


def rule(whole: Run, start: int, text: str) -> Line | None:
    """Give the scene break that a line of nothing but `<hr>`, or of signs for headings, is.

    One of nothing but `<br>` is a line without anything.
    """
    if _EMPTY.fullmatch(text):
        return Line(run=Run(""))
    if text.strip(_SPACE + "#") == "" and "#" in text:
        sign = whole.slice(start, start + len(text))
        return Line(run=sign.apply([Edit(0, len(sign), text.strip(_SPACE), "")]), scene_break=True)
    found = _RULE.fullmatch(text)
    if found is None:
        return None
    tag = whole.slice(start + found.start("tag"), start + found.end("tag"))
    return Line(run=tag.apply([Edit(0, len(tag), "* * *", "")]), scene_break=True)
