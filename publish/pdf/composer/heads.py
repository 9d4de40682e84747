"""Running heads and folios: read once from the stylesheet, then stamped on every page.

So a page's text does not depend on its number, and neither is read aloud as part of the text.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from publish.normalize.words.numerals import to_roman
from publish.pdf.composer.material import Run
from publish.pdf.composer.shaping import Type, shape
from publish.pdf.composer.texts import POINTS, Strange, coverage_of, placed, runs_of
from publish.pdf.geometry import Geometry

_VERSO, _RECTO = "Verso", "Recto"


class Stamp(Struct, frozen=True):
    """What stands in one place of the margin."""

    what: str
    """"arabic", "roman", "verso" or "recto", or the text itself."""
    align: str
    """Which point of the text stands at `x`: its "left", "center" or "right"."""
    x: float
    """Points from the left edge of the column."""
    y: float
    """Points from the page's upper edge to the baseline."""
    kind: Type
    side: str
    """"Header" or "Footer"."""
    style: Any = None
    """WeasyPrint's, for what the face lacks."""


Stamps = dict[tuple[bool, bool], tuple[Stamp, ...]]
"""By whether the page is a section's first, and whether it is a right-hand page."""


def read_stamps(
    press: Any, manner: str, language: str, page: Geometry, place: Callable[[int], str]
) -> Stamps:
    """Lay out sample pages of a manner and read their margins; `place` gives the CSS for a first number."""
    html = (
        f'<html lang="{language}" class="{manner}" data-verso="{_VERSO}" data-recto="{_RECTO}"><body>'
        + '<p style="break-after:page">x</p>' * 3
        + "</body></html>"
    )
    stamps: Stamps = {}
    for first in (1, 2):
        for index, sheet in enumerate(press.kept(html, place(first))[:3]):
            number = first + index
            left = page.inside if number % 2 else page.outside
            stamps[(index == 0, number % 2 == 1)] = tuple(_read(sheet._page_box, number, left, page))
    return stamps


def _read(box: Any, number: int, left: float, page: Geometry) -> Iterator[Stamp]:
    from weasyprint.formatting_structure import boxes

    for margin in box.children:
        if not isinstance(margin, boxes.MarginBox):
            continue
        for line in margin.children:
            for text in line.children:
                for found in placed(text_of(text), 0.0):
                    words = text_of(text).text
                    align, x = _aligned(margin, left)
                    side = "Header" if found.base < page.top else "Footer"
                    style = text_of(text).style
                    yield Stamp(_meaning(words, number), align, x, found.base, found.kind, side, style)


_LEANING = 3
_APART = 1.5
"""Space between running head and folio at least, in em."""


def width(text: str, kind: Type) -> float:
    """Give how wide a text is, in points."""
    words = sum(shape(kind, word).advance for word in text.split(" "))
    return words + text.count(" ") * shape(kind, " ").advance - kind.tracking


def runs(head: str, stamp: Stamp) -> list[Run]:
    """Give a head in its faces; nothing where it cannot be set in ours from left to right."""
    covered = coverage_of(stamp.kind.path)
    if all(ord(sign) in covered for sign in head):
        return [Run(head, stamp.kind)]
    with suppress(Strange):
        return list(runs_of(head, stamp.style))
    return []


def shortened(head: str, stamp: Stamp, others: Sequence[Stamp], measure: float) -> str:
    """Cut a running head after a whole word, where it has no room beside what stands at its height.

    The folio's width is that of four figures.
    """
    beside = [one for one in others if one is not stamp and one.side == stamp.side]
    taken = max((width("0000", one.kind) + _APART * one.kind.size for one in beside), default=0.0)
    room = measure - taken * (2 if stamp.align == "center" else 1)
    if width(head, stamp.kind) <= room:
        return head
    words = head.split(" ")
    while len(words) > 1 and width(_cut(words), stamp.kind) > room:
        words.pop()
    return _cut(words)


def _cut(words: Sequence[str]) -> str:
    while len(words) > 1 and len(words[-1]) <= _LEANING:
        # An article or the like leans on a word that is gone.
        words = words[:-1]
    return " ".join(words).rstrip(" ,;:.–—-") + "…"


def text_of(box: Any) -> Any:
    """Give the box of text inside a box of the margin, through any wrapping."""
    while not hasattr(box, "text"):
        box = box.children[0]
    return box


def _aligned(margin: Any, left: float) -> tuple[str, float]:
    begin = margin.content_box_x() * POINTS - left
    width = margin.width * POINTS
    align = margin.style["text_align_all"]
    if align in ("right", "end"):
        return "right", begin + width
    return ("center", begin + width / 2) if align == "center" else ("left", begin)


def _meaning(words: str, number: int) -> str:
    known = {_VERSO: "verso", _RECTO: "recto", str(number): "arabic", roman(number): "roman"}
    return known.get(words, words)


def roman(number: int) -> str:
    """Write a folio of the front matter: 4 is "iv"."""
    return to_roman(number).lower()
