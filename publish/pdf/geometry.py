"""The page: trim size, margins, type size and leading, all in points of 1/72 inch.

Every vertical measure is a multiple of the leading, so that the lines of facing pages, and of both sides of a
leaf, stand at the same height.
"""

import math
import re

from msgspec import Struct

from publish import fonts
from publish.diagnostic import PublishError
from publish.stores import INGRAM, KDP
from publish.styles import PageManner, Style

_POINTS = {"in": 72.0, '"': 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pt": 1.0}
_NAMED = {
    "a4": "210x297mm", "a5": "148x210mm", "a6": "105x148mm", "b5": "176x250mm", "b6": "125x176mm",
    "a-format": "110x178mm", "b-format": "129x198mm", "c-format": "135x216mm", "demy": "138x216mm",
    "royal": "156x234mm", "crown-quarto": "189x246mm", "mass-market": "4.25x6.87in", "digest": "5.5x8.5in",
    "novella": "5x8in", "trade": "6x9in", "us-trade": "6x9in", "letter": "8.5x11in",
}  # fmt: skip
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(in|mm|cm|pt|\")", re.IGNORECASE)
_SMALLEST, _LARGEST = (3.5 * 72, 5 * 72), (12 * 72, 14 * 72)
"""Width and height beyond which no page of prose can be set."""

_CLEAR = INGRAM.margin * 72
"""Between trim and ink on the three other sides, folios included: more than KDP asks."""

_FILLED = 0.82
"""Share of the lines and characters of a page that prose with speech fills."""


class Trim(Struct, frozen=True):
    """The size of the cut page."""

    width_pt: float
    height_pt: float


class TypeManner(Struct, frozen=True):
    """What a style asks of the type."""

    manner: PageManner = PageManner()
    mean_advance: float = fonts.MEAN_ADVANCE
    """Of a character of prose in the text face, in em."""


CLASSIC = TypeManner()


class Geometry(Struct, frozen=True, kw_only=True):
    """Where the type stands on the page, in points."""

    trim: Trim
    inside: float
    outside: float
    top: float
    """To the top of the first line; the running head stands in it."""
    foot: float
    size: float
    leading: float
    lines: int
    """Lines on a full page."""
    mean_advance: float
    """As in `TypeManner`."""

    @property
    def measure(self) -> float:
        """The length of a line."""
        return self.trim.width_pt - self.inside - self.outside


def trim_size(text: str) -> Trim:
    """Read a trim size: a name ("a5", "trade") or width by height with a unit ("6x9in", "148 × 210 mm").

    Raises PublishError for anything else, and for a page on which no book can be set.
    """
    named = _NAMED.get(text.strip().lower(), text.strip())
    match = _SIZE.fullmatch(named)
    if match is None:
        raise PublishError(
            f"“{text}” is not a trim size.",
            f"Give width by height with a unit (6x9in, 148x210mm) or one of: {', '.join(sorted(_NAMED))}.",
        )
    unit = _POINTS[match[3].lower()]
    trim = Trim(float(match[1]) * unit, float(match[2]) * unit)
    if not _fits(trim):
        raise PublishError(
            f"No book can be set on pages of {text}.",
            "Width must lie between 3.5 and 12 inches (89–305 mm), height between 5 and 14 (127–356 mm).",
        )
    return trim


def type_of(style: Style) -> TypeManner:
    """Give what a style asks of the type."""
    return TypeManner(style.page, fonts.mean_advance(style.text_family))


def geometry(trim: Trim, pages: int, kind: TypeManner = CLASSIC) -> Geometry:
    """Lay out the page of a book of so many pages.

    What each margin has beyond the stores' minimum grows from the inside by way of the top and the outside to
    the foot, as the page needs it to look balanced in the hand; the inside grows with the page count, since a
    thicker book opens less flat.
    """
    scale = min(trim.width_pt / 396, 1.5)
    inside = gutter(pages) + 18 * scale
    outside = _CLEAR + 28 * scale
    measure = trim.width_pt - inside - outside
    manner = kind.manner
    line = manner.characters * kind.mean_advance
    size = _quarter(min(max(measure / line, manner.smallest), manner.largest))
    spare = max(0.0, measure - 1.06 * line * size)
    leading = _quarter(size * manner.leading)
    top = max(_CLEAR + 1.75 * leading, _CLEAR + 22 * scale)
    lines = int((trim.height_pt - top - _CLEAR - max(2 * leading, 30 * scale)) // leading)
    return Geometry(
        trim=trim,
        inside=inside + spare * 0.45,
        outside=outside + spare * 0.55,
        top=top,
        foot=trim.height_pt - top - lines * leading,
        size=size,
        leading=leading,
        lines=lines,
        mean_advance=kind.mean_advance,
    )


def gutter(pages: int) -> float:
    """Give the smallest inner margin, in points, that the stores take for a book of so many pages."""
    return KDP.gutter(pages) * 72


def expected_pages(characters: int, openings: int, trim: Trim, kind: TypeManner = CLASSIC) -> int:
    """Guess the page count of a text before it is set; within about a tenth for prose."""
    page = geometry(trim, 300, kind)
    on_a_page = page.lines * page.measure / (page.mean_advance * page.size) * _FILLED
    return math.ceil(characters / on_a_page + 0.9 * openings) + 6


def page_css(page: Geometry) -> str:
    """Give the rules that carry the geometry into a stylesheet.

    Stylesheets count vertical measures in `rlh`, the leading, and horizontal ones in `rem`, the type size.
    """
    across = f"{page.inside:.3f}pt", f"{page.outside:.3f}pt"
    down = f"{page.top:.3f}pt", f"{page.foot:.3f}pt"
    size = f"{page.trim.width_pt:.3f}pt {page.trim.height_pt:.3f}pt"
    return (
        f"@page{{size:{size};margin:{down[0]} {across[1]} {down[1]} {across[0]}}}\n"
        f"@page:left{{margin-left:{across[1]};margin-right:{across[0]}}}\n"
        f":root{{font-size:{page.size:g}pt;line-height:{page.leading:g}pt}}\n"
    )


_VIEWPORT = re.compile(r"(?<![\w.#-])(\d*\.?\d+)(v[hw])\b")


def with_page(css: str, page: Geometry) -> str:
    """Give a stylesheet in which `vh` and `vw` are shares of the type area, on whatever page it is used."""
    area = {"vh": page.lines * page.leading, "vw": page.measure}
    return _VIEWPORT.sub(lambda match: f"{float(match[1]) * area[match[2]] / 100:.3f}pt", css)


def _fits(trim: Trim) -> bool:
    return _SMALLEST[0] <= trim.width_pt <= _LARGEST[0] and _SMALLEST[1] <= trim.height_pt <= _LARGEST[1]


def _quarter(points: float) -> float:
    """Round to a quarter point, the step in which type is ordered."""
    return round(points * 4) / 4
