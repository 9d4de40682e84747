"""Sheets of small pictures, one for each style: a row for each page, a column for each view.

They are small on purpose: they tell that a page came to look different, not that a letter moved by a pixel,
which it does with every release of a browser.
"""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.browser.checks import HERE, SCREENS, STYLES, Found

KEPT = HERE / "kept"
_HEIGHT = 128
"""Pixels of a small picture; a phone's is 72 wide, a tablet's 96."""
_SHADES = 16
_NOTICEABLE = 6.0
"""Mean difference of two small pictures, of 255, from which a page looks different."""


def keep(found: Found) -> Iterator[str]:
    """Keep the pictures of this run."""
    KEPT.mkdir(exist_ok=True)
    for style in STYLES:
        sheet = _sheet(style, found.views)
        sheet.quantize(_SHADES, dither=Image.Dither.NONE).save(KEPT / f"{style}.png", optimize=True)
        yield f"kept: {(KEPT / f'{style}.png').relative_to(HERE.parent.parent)}"


def compared(found: Found) -> Iterator[str]:
    """Say which pages look different from those that are kept: to be looked at, not wrong by itself."""
    for style in STYLES:
        path = KEPT / f"{style}.png"
        if not path.is_file():
            yield f"{style}: no pictures are kept; make validate KEEP=--keep keeps them"
            continue
        new, old = _sheet(style, found.views), Image.open(path).convert("L")
        if new.size != old.size:
            yield f"{style}: other pages than those that are kept; look at {SCREENS}, then KEEP=--keep"
            continue
        for row, page in enumerate(_names(style, found.views)):
            box = (0, row * _HEIGHT, new.width, (row + 1) * _HEIGHT)
            difference = ImageStat.Stat(ImageChops.difference(new.crop(box), old.crop(box))).mean[0]
            if difference > _NOTICEABLE:
                yield f"{page} looks different ({difference:.0f} of 255): look at {SCREENS / page}-*.png"


def _names(style: str, views: tuple[str, ...]) -> list[str]:
    last = f"-{views[0]}.png"
    return sorted(path.name.removesuffix(last) for path in SCREENS.glob(f"{style}-*{last}"))


def _sheet(style: str, views: tuple[str, ...]) -> Image.Image:
    rows = [[_small(SCREENS / f"{page}-{view}.png") for view in views] for page in _names(style, views)]
    width = sum(picture.width for picture in rows[0])
    sheet = Image.new("L", (width, _HEIGHT * len(rows)), 255)
    for number, row in enumerate(rows):
        left = 0
        for picture in row:
            sheet.paste(picture, (left, number * _HEIGHT))
            left += picture.width
    return sheet


def _small(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        width = round(picture.width * _HEIGHT / picture.height)
        return picture.convert("L").resize((width, _HEIGHT), Image.Resampling.BOX)
