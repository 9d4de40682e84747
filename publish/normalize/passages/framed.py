"""Verse that somebody recites: lines that touch each other, which one quotation holds from first to last."""

from collections.abc import Sequence

from publish.normalize.lines.shape import starts_small

_CLOSED_BY = {"“": "”", "‘": "’", "«": "»", "„": "“", '"': '"'}
_CLOSING = "".join(_CLOSED_BY.values()) + "'"
MOST = 80
"""Lines."""


def opens(text: str) -> bool:
    """Tell whether a line opens a quotation."""
    return text[:1] in _CLOSED_BY


def lines(following: Sequence[tuple[int, str]]) -> int:
    """Count the lines, each with the blank lines above it, to where closes what the first opens.

    0 where it is a speech, for each of its paragraphs would open it again, or where few lines touch.
    """
    opening = following[0][1][0] if following else ""
    touching = 0
    for count, (gap, text) in enumerate(following):
        inside = text[not count :].rstrip(_CLOSING)
        touching += count > 0 and gap == 0
        if opening in inside or starts_small(text):
            return 0
        if _CLOSED_BY[opening] in text[max(len(inside), 1) :]:
            return count + 1 if 0 < count <= 2 * touching else 0
    return 0
