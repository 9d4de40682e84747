"""The made cover: title, subtitle, series and authors, in the faces of a style and one of a few designs."""

from __future__ import annotations

import difflib
import zlib
from collections.abc import Callable
from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageDraw

from publish import fonts
from publish.diagnostic import PublishError
from publish.document import Metadata
from publish.epub.documents import authors
from publish.epub.lettering import Block, Colour, Type, face_of, fitted, largest, paint
from publish.epub.look import USUAL, Look
from publish.styles import Style

WIDTH, HEIGHT = 1600, 2560
"""Pixels: the ratio of 1.6 and the size that stores ask for."""

PAPER: Colour = (247, 241, 229)
COLOURS: dict[str, Colour] = {
    "oxblood": (94, 27, 30),
    "ink": (23, 47, 76),
    "bottle": (27, 66, 52),
    "aubergine": (66, 35, 66),
    "petrol": (14, 64, 72),
    "russet": (112, 50, 22),
    "olive": (62, 60, 28),
    "slate": (50, 56, 64),
    "black": (28, 27, 26),
}
"""Each dark enough against the paper for a contrast above 7 : 1, either of them being the ground."""

_MARGIN = 150
_NAMES = (124, 84)
_SMALL = (80, 56)
"""Largest and smallest size of names, and of subtitle and series."""


class _Words(Struct, frozen=True):
    """What a cover says, with the types that say it."""

    title: str
    subtitle: str
    series: str
    names: tuple[str, ...]
    display: Type
    """Of the title."""
    name: Type
    small: Type


class _Canvas:
    """A cover being painted in two colours."""

    def __init__(self, ground: Colour) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), ground)
        self.draw = ImageDraw.Draw(self.image)

    def fill(self, box: tuple[int, int, int, int], colour: Colour) -> None:
        """Fill left, top, right and bottom, the last two exclusive."""
        self.draw.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=colour)

    def outline(self, inset: int, width: int, colour: Colour, box: tuple[int, int, int, int]) -> None:
        """Draw the edge of a box, so far inside it."""
        left, top, right, bottom = box
        edge = (left + inset, top + inset, right - inset - 1, bottom - inset - 1)
        self.draw.rectangle(edge, outline=colour, width=width)

    def block(self, block: Block, x: float, top: float, colour: Colour, align: str = "centre") -> int:
        """Paint a block and give its lower edge."""
        paint(self.image, block, (x, top), colour, align)
        return round(top) + block.height


def design(metadata: Metadata, style: Style, look: Look = USUAL) -> bytes:
    """Draw a cover as a JPEG, the same for the same book: the colour follows from the title.

    Raises PublishError for a design or a colour that is not known.
    """
    name = look.design or style.cover.design
    check_design(name)
    check_colour(look.colour)
    names = list(COLOURS)
    chosen = look.colour or names[zlib.crc32(metadata.title.value.encode()) % (len(names) - 1)]
    image = DESIGNS[name](_words(metadata, style), COLOURS[chosen])
    file = BytesIO()
    # No chroma subsampling, or the edges of letters bleed.
    image.save(file, "JPEG", quality=90, subsampling=0, optimize=True, dpi=(300, 300))
    return file.getvalue()


def lacking(metadata: Metadata, style: Style) -> str:
    """Give the characters of a made cover for which no font is at hand, so that they are left out."""
    words = _words(metadata, style)
    texts = (
        (words.title, words.display),
        (words.subtitle + words.series, words.small),
        *((name, words.name) for name in words.names),
    )
    return "".join(
        sorted({c for text, kind in texts for c in text if not c.isspace() and not face_of(c, kind)})
    )


def check_design(name: str) -> None:
    """Raise PublishError for a design that is not known; the empty name stands for the style's."""
    _check(name, list(DESIGNS), "design of a cover")


def check_colour(name: str) -> None:
    """Raise PublishError for a colour that is not known; the empty name stands for the title's."""
    _check(name, list(COLOURS), "colour of a cover")


def _check(name: str, known: list[str], what: str) -> None:
    if name and name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean “{near[0]}”? " if near else ""
        raise PublishError(f"“{name}” is no {what}.", f"{hint}Known: {', '.join(known)}.")


def _words(metadata: Metadata, style: Style) -> _Words:
    families = tuple(
        dict.fromkeys((style.display_family, style.text_family, fonts.TEXT_FAMILY, fonts.SECOND_FAMILY))
    )
    has_capitals = style.display_family == fonts.TEXT_FAMILY
    bold = 400 if has_capitals else 700
    series = metadata.series.value if metadata.series else ""
    number = f" · {metadata.series_number.value}" if metadata.series_number else ""
    return _Words(
        title=" ".join(metadata.title.value.split()),
        subtitle=metadata.subtitle.value if metadata.subtitle else "",
        series=series + number if series else "",
        names=tuple(creator.name.value for creator in authors(metadata)),
        display=Type(families, weight=bold, leading=1.08, tracking=0.0 if has_capitals else -0.01),
        name=Type(families, features=("smcp",), tracking=0.05) if has_capitals else Type(families),
        small=Type(families, italic=has_capitals, leading=1.2),
    )


# --- Designs ---------------------------------------------------------------------------------------------


def _frame(words: _Words, ground: Colour) -> Image.Image:
    """Set a double rule round a centred title: the cloth binding."""
    canvas = _Canvas(ground)
    whole = (0, 0, WIDTH, HEIGHT)
    canvas.outline(64, 6, PAPER, whole)
    canvas.outline(84, 2, PAPER, whole)
    measure, middle = WIDTH - 2 * _MARGIN - 60, WIDTH / 2
    names = fitted(words.names, words.name, measure, _NAMES)
    foot = HEIGHT - 300 - names.height
    canvas.block(names, middle, foot, PAPER)
    top = canvas.block(fitted(_some(words.series), words.small, measure, _SMALL), middle, 270, PAPER)
    subtitle = fitted(_some(words.subtitle), words.small, measure, (92, 60))
    room = foot - top - 420 - subtitle.height
    title = largest(words.title, words.display, measure, room, 340)
    bottom = canvas.block(title, middle, top + 160 + max(0, room - title.height) * 0.22, PAPER)
    bottom = canvas.block(subtitle, middle, bottom + 50, PAPER)
    _lozenge(canvas, bottom + 120, PAPER)
    return canvas.image


def _label(words: _Words, ground: Colour) -> Image.Image:
    """Paste a paper label on cloth, title and author on it."""
    canvas = _Canvas(ground)
    measure, middle = 1000, WIDTH / 2
    series = fitted(_some(words.series), words.small, measure, (70, 54))
    names = fitted(words.names, words.name, measure, (100, 76))
    subtitle = fitted(_some(words.subtitle), words.small, measure, (76, 54))
    rest = series.height + names.height + subtitle.height
    title = largest(words.title, words.display, measure, 1500 - rest, 270)
    inner = title.height + rest + (50 if series.lines else 0) + (36 if subtitle.lines else 0) + 150
    box = (200, 330, WIDTH - 200, 330 + max(inner, 520) + 260)
    canvas.fill(box, PAPER)
    canvas.outline(26, 5, ground, box)
    canvas.outline(40, 2, ground, box)
    y = canvas.block(series, middle, box[1] + 120 + max(0, 520 - inner) / 2, ground) + (
        50 if series.lines else 0
    )
    y = canvas.block(title, middle, y, ground)
    y = canvas.block(subtitle, middle, y + (36 if subtitle.lines else 0), ground)
    if names.lines:
        _lozenge(canvas, y + 80, ground)
    canvas.block(names, middle, y + 150, ground)
    return canvas.image


def _bands(words: _Words, ground: Colour) -> Image.Image:
    """Lay a band of paper between two of colour, title and author in the middle."""
    canvas = _Canvas(ground)
    measure, middle = WIDTH - 2 * _MARGIN, WIDTH / 2
    series = fitted(_some(words.series), words.small, measure, _SMALL)
    canvas.block(series, middle, 330 - series.height / 2, PAPER)
    names = fitted(words.names, words.name, measure, _NAMES)
    subtitle = fitted(_some(words.subtitle), words.small, measure, (88, 60))
    top, bottom = 660, 1900
    room = bottom - top - 260 - names.height - subtitle.height - 110
    title = largest(words.title, words.display, measure, room, 330)
    inner = title.height + subtitle.height + names.height + 110 + (30 if subtitle.lines else 0)
    canvas.fill((0, top, WIDTH, bottom), PAPER)
    for y in (top + 34, bottom - 40):
        canvas.fill((0, y, WIDTH, y + 6), ground)
    y = canvas.block(title, middle, top + (bottom - top - inner) / 2, ground)
    y = canvas.block(subtitle, middle, y + (30 if subtitle.lines else 0), ground)
    if names.lines:
        canvas.fill((round(middle) - 90, y + 52, round(middle) + 90, y + 57), ground)
    canvas.block(names, middle, y + 110, ground)
    return canvas.image


def _flush(words: _Words, ground: Colour) -> Image.Image:
    """Set a large title flush left at the head under a heavy bar, the author at the foot."""
    canvas = _Canvas(ground)
    left, measure = _MARGIN, WIDTH - 2 * _MARGIN
    names = fitted(words.names, words.name, measure, _NAMES)
    foot = HEIGHT - 210 - names.height
    canvas.block(names, left, foot, PAPER, "left")
    top = canvas.block(fitted(_some(words.series), words.small, measure, _SMALL), left, 210, PAPER, "left")
    top = max(top + 60, 330)
    canvas.fill((left, top, left + 240, top + 26), PAPER)
    subtitle = fitted(_some(words.subtitle), words.small, measure, (92, 60))
    room = foot - top - 330 - subtitle.height
    title = largest(words.title, words.display, measure, room, 350)
    bottom = canvas.block(title, left, top + 100, PAPER, "left")
    canvas.block(subtitle, left, bottom + 56, PAPER, "left")
    return canvas.image


def _horizon(words: _Words, ground: Colour) -> Image.Image:
    """Lay a field of colour above one of paper; the title stands on the line, the author below it."""
    canvas = _Canvas(ground)
    left, measure, line = _MARGIN, WIDTH - 2 * _MARGIN, 1660
    canvas.fill((0, line, WIDTH, HEIGHT), PAPER)
    title = largest(words.title, words.display, measure, line - 520, 350)
    canvas.block(title, left, line - 70 - title.height, PAPER, "left")
    series = fitted(_some(words.series), words.small, measure, _SMALL)
    canvas.block(series, left, 210, PAPER, "left")
    subtitle = fitted(_some(words.subtitle), words.small, measure, (92, 60))
    canvas.block(subtitle, left, line + 80, ground, "left")
    names = fitted(words.names, words.name, measure, _NAMES)
    canvas.block(names, left, HEIGHT - 210 - names.height, ground, "left")
    return canvas.image


DESIGNS: dict[str, Callable[[_Words, Colour], Image.Image]] = {
    "frame": _frame,
    "label": _label,
    "bands": _bands,
    "flush": _flush,
    "horizon": _horizon,
}
"""By name, what paints a cover in a colour."""


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _lozenge(canvas: _Canvas, y: int, colour: Colour) -> None:
    """Draw a short rule with a lozenge in its middle."""
    centre, length, half = WIDTH // 2, 190, 17
    canvas.fill((centre - length, y - 1, centre - 2 * half, y + 2), colour)
    canvas.fill((centre + 2 * half, y - 1, centre + length, y + 2), colour)
    corners = [(centre - half, y), (centre, y - half), (centre + half, y), (centre, y + half)]
    canvas.draw.polygon(corners, fill=colour)
