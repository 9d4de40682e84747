"""What printers ask of a PDF: dated data, which changes when they change their pages.

Lengths are inches, as printers give them; None stands where a printer publishes no limit.
"""

import math
from collections.abc import Mapping

from msgspec import Struct


class Store(Struct, frozen=True, kw_only=True):
    """A destination of a PDF, and its limits."""

    name: str
    title: str
    source: str
    """Where the numbers stand."""
    dated: str
    """When they were read there."""
    is_press: bool = True
    """Whether the file is printed from: no outline, links, comments, locks; even page count; exact boxes."""
    pages: tuple[int, int] = (1, 1_000_000)
    """Fewest and most, on the paper that takes most."""
    sizes: tuple[float, float, float, float] = (0, 0, math.inf, math.inf)
    """Width and height of the smallest pages, and of the largest, in inches."""
    gutters: tuple[tuple[int, float], ...] = ()
    """Smallest inner margin, each up to that page count; none: as the other margins."""
    margin: float = 0.0
    """Smallest top, bottom and outer margin of a book without bleed."""
    margin_with_bleed: float = 0.0
    bleed: float = 0.125
    """Beyond the trim at top, bottom and outside; never at the spine."""
    most_bytes: int | None = None
    dots: int = 0
    """Fewest pixels to the inch of a picture as placed."""
    black_text: bool = False
    """Whether text must be black in one ink alone."""
    opaque: bool = False
    """Whether transparency must be flattened."""
    blank_end: bool = False
    """Whether the last page is to be blank, for the printer's own mark; else a leaf may be added."""
    standard: str = ""
    """The kind of PDF/X that is asked for."""
    papers: Mapping[str, float] = {}
    """Thickness of a page, by the printer's name of a paper; none: it is not published."""
    spine_text_from: int = 0
    """Pages from which a spine may have letters."""
    spine_clear: float = 0.0625
    """Between the letters of a spine and its folds."""
    cover_safe: float = 0.25
    """Between a cover's letters and its edges, with a little to spare."""

    def binds(self, pages: int) -> str:
        """Say that no book of so many pages is bound; nothing where it is."""
        fewest, most = self.pages
        told = (
            f"The book has {pages:,} page{'s' if pages > 1 else ''}; {self.title} binds {fewest} to {most:,}."
        )
        return "" if fewest <= pages <= most else told

    def gutter(self, pages: int) -> float:
        """Give the smallest inner margin of a book of so many pages."""
        return next((inches for most, inches in self.gutters if pages <= most), self.margin)


SCREEN = Store(name="screen", title="reading on screens", source="", dated="2026-11-22", is_press=False)
KDP = Store(
    name="kdp",
    title="Amazon KDP, paperback",
    source="KDP Help: G201834180 (print options), GVBQ3CMEQW3W2VL6 (margins), G201857950 (submission)",
    dated="2026-11-22",
    pages=(24, 828),
    sizes=(4, 6, 8.5, 11.69),
    gutters=((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (1_000_000, 0.875)),
    margin=0.25,
    margin_with_bleed=0.375,
    most_bytes=650_000_000,
    dots=300,
    opaque=True,
    papers={"white": 0.002252, "cream": 0.0025, "colour": 0.002252, "premium-colour": 0.002347},
    spine_text_from=79,
)
INGRAM = Store(
    name="ingram",
    title="IngramSpark, paperback",
    source="IngramSpark: File requirements for print books; Help 6443532453901",
    dated="2026-11-22",
    pages=(18, 1200),
    margin=0.5,
    margin_with_bleed=0.5,
    dots=300,
    black_text=True,
    opaque=True,
    blank_end=True,
    standard="PDF/X-1a:2001",
    spine_text_from=48,
)
STORES = {store.name: store for store in (SCREEN, KDP, INGRAM)}
