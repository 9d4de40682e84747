"""How large a wrap cover is: back, spine and front in one sheet, with bleed. Lengths in points."""

import re

from msgspec import Struct

from publish.diagnostic import PublishError
from publish.patterns import lazily
from publish.stores import Store

_INCH = 72.0
_LENGTH = lazily(r"(\d+(?:\.\d+)?)\s*(in|mm|cm|pt|\")", re.IGNORECASE)
_POINTS = {"in": _INCH, '"': _INCH, "mm": _INCH / 25.4, "cm": _INCH / 2.54, "pt": 1.0}


class Wrap(Struct, frozen=True, kw_only=True):
    """A cover lying flat, its outside up: the back on the left, the front on the right."""

    width: float
    """Of a cut page, and so of each board."""
    height: float
    spine: float
    bleed: float
    safe: float
    """What nothing that must not be cut comes nearer to the edge, or to a fold, than."""
    spine_clear: float
    """The same for the letters of the spine and its folds."""
    lettered: bool
    """Whether the printer takes letters on a spine of so many pages."""

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of the whole, bleed and all."""
        return 2 * (self.width + self.bleed) + self.spine, self.height + 2 * self.bleed

    @property
    def spine_left(self) -> float:
        """Where the spine begins, from the sheet's left edge."""
        return self.bleed + self.width

    @property
    def front_left(self) -> float:
        """Where the front begins."""
        return self.spine_left + self.spine


def wrap(trim: tuple[float, float], pages: int, store: Store, *, paper: str = "", spine: str = "") -> Wrap:
    """Measure the cover of a book of so many pages.

    A stated `spine` ("12.7mm") stands above what `paper` and pages give. Raises PublishError where neither
    tells, for an unknown paper and for what is no length.
    """
    return Wrap(
        width=trim[0],
        height=trim[1],
        spine=_length(spine) if spine else _thickness(pages, store, paper),
        bleed=store.bleed * _INCH,
        safe=store.cover_safe * _INCH,
        spine_clear=store.spine_clear * _INCH,
        lettered=pages >= store.spine_text_from,
    )


def _thickness(pages: int, store: Store, paper: str) -> float:
    if not store.papers:
        raise PublishError(
            f"{store.title} does not publish how thick its papers are.",
            "Take the width of the spine from the printer's own template, and add it: --spine 12.7mm",
        )
    if paper not in store.papers:
        raise PublishError(f"{store.title} has no paper “{paper}”.", f"It has: {', '.join(store.papers)}.")
    return pages * store.papers[paper] * _INCH


def _length(text: str) -> float:
    match = _LENGTH.fullmatch(text.strip())
    if match is None or not 0 < float(match[1]) * _POINTS[match[2].lower()] <= 4 * _INCH:
        raise PublishError(
            f"“{text}” is not the width of a spine.", "Give a length, such as 12.7mm or 0.5in."
        )
    return float(match[1]) * _POINTS[match[2].lower()]
