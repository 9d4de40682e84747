"""The made cover: title, subtitle, series and authors, in the faces of a style and one of a few designs."""

import difflib
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Protocol

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
    "oxblood": (94, 27, 30), "ink": (23, 47, 76), "bottle": (27, 66, 52), "aubergine": (66, 35, 66),
    "petrol": (14, 64, 72), "russet": (112, 50, 22), "olive": (62, 60, 28), "slate": (50, 56, 64),
    "black": (28, 27, 26),
}  # fmt: skip
"""Each dark enough against the paper for a contrast above 7 : 1, either of them being the ground."""

Box = tuple[int, int, int, int]
_MARGIN = 150
_NAMES = (124, 84)
_SMALL = (80, 56)
"""Largest and smallest size of names, and of subtitle and series."""
_READABLE = 150
"""Size of a title whose letters can be read where a cover is 100 pixels wide."""


class Words(Struct, frozen=True):
    """What a cover says, with the types that say it."""

    title: str
    subtitle: str
    series: str
    names: tuple[str, ...]
    display: Type
    """Of the title."""
    name: Type
    small: Type


class Canvas(Protocol):
    """A cover being made in two colours, `WIDTH` units wide, in whatever form."""

    height: int

    def fill(self, box: Box, colour: Colour) -> None:
        """Fill left, top, right and bottom, the last two exclusive."""

    def outline(self, inset: int, width: int, colour: Colour, box: Box) -> None:
        """Draw the edge of a box, so far inside it."""

    def polygon(self, corners: Sequence[tuple[int, int]], colour: Colour) -> None:
        """Fill what lies between corners."""

    def block(
        self, block: Block, kind: Type, at: tuple[float, float], colour: Colour, align: str = "centre"
    ) -> int:
        """Set a block at the left or middle of its lines and its top, and give its lower edge."""


class _Picture:
    """A cover as a picture whose points are mixed of the ground, 0, and the paper, 255."""

    def __init__(self) -> None:
        self.height = HEIGHT
        self.image = Image.new("L", (WIDTH, HEIGHT))
        self.draw = ImageDraw.Draw(self.image)

    def fill(self, box: Box, colour: Colour) -> None:
        self.draw.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=_level(colour))

    def outline(self, inset: int, width: int, colour: Colour, box: Box) -> None:
        left, top, right, bottom = box
        edge = (left + inset, top + inset, right - inset - 1, bottom - inset - 1)
        self.draw.rectangle(edge, outline=_level(colour), width=width)

    def polygon(self, corners: Sequence[tuple[int, int]], colour: Colour) -> None:
        self.draw.polygon(list(corners), fill=_level(colour))

    def block(
        self,
        block: Block,
        kind: Type,  # noqa: ARG002 - the glyphs are drawn as they were shaped
        at: tuple[float, float],
        colour: Colour,
        align: str = "centre",
    ) -> int:
        paint(self.image, block, at, _level(colour), align)
        return round(at[1]) + block.height


def _level(colour: Colour) -> int:
    return 255 if colour == PAPER else 0


def design(metadata: Metadata, style: Style, look: Look = USUAL) -> bytes:
    """Draw a cover as a PNG, the same for the same book: the colour follows from the title.

    Raises PublishError for a design or a colour that is not known.
    """
    name = look.design or style.cover.design
    check_design(name)
    check_colour(look.colour)
    ground = colour_of(metadata, look)
    picture = _Picture()
    DESIGNS[name](picture, words_of(metadata, style), ground)
    mixed = (
        round(low + (high - low) * level / 255)
        for level in range(256)
        for low, high in zip(ground, PAPER, strict=True)
    )
    # One byte for each point: a JPEG takes ten while it is made, and blurs the edges of letters.
    picture.image.putpalette(bytes(mixed))
    file = BytesIO()
    file.name = "cover.png"  # told so, and not as such, the format is the only one that Pillow loads
    picture.image.save(file, dpi=(300, 300))
    return file.getvalue()


def colour_of(metadata: Metadata, look: Look) -> Colour:
    """Give the colour of a cover: the one that is wished, else it follows from the title."""
    names = list(COLOURS)
    return COLOURS[look.colour or names[zlib.crc32(metadata.title.value.encode()) % (len(names) - 1)]]


def lacking(metadata: Metadata, style: Style) -> str:
    """Give the characters of a made cover for which no font is at hand, so that they are left out."""
    words = words_of(metadata, style)
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


def words_of(metadata: Metadata, style: Style) -> Words:
    """Give what a cover says, with the types of a style."""
    families = tuple(
        dict.fromkeys((style.display_family, style.text_family, fonts.TEXT_FAMILY, fonts.SECOND_FAMILY))
    )
    has_capitals = style.display_family == fonts.TEXT_FAMILY
    bold = 400 if has_capitals else 700
    series = metadata.series.value if metadata.series else ""
    number = f" · {metadata.series_number.value}" if metadata.series_number else ""
    return Words(
        title=" ".join(metadata.title.value.split()),
        subtitle=metadata.subtitle.value if metadata.subtitle else "",
        series=series + number if series else "",
        names=tuple(creator.name.value for creator in authors(metadata)),
        display=Type(
            families,
            weight=bold,
            leading=1.08,
            tracking=0.0 if has_capitals else -0.01,
            language=metadata.language.value,
        ),
        name=Type(families, features=("smcp",), tracking=0.05) if has_capitals else Type(families),
        small=Type(families, italic=has_capitals, leading=1.2),
    )


# --- Designs ---------------------------------------------------------------------------------------------


def _frame(canvas: Canvas, words: Words, ground: Colour) -> None:
    """Set a double rule round a centred title: the cloth binding."""
    whole = (0, 0, WIDTH, canvas.height)
    canvas.fill(whole, ground)
    canvas.outline(64, 6, PAPER, whole)
    canvas.outline(84, 2, PAPER, whole)
    measure, middle = WIDTH - 2 * _MARGIN - 60, WIDTH / 2
    names = fitted(words.names, words.name, measure, _NAMES)
    foot = canvas.height - 300 - names.height
    canvas.block(names, words.name, (middle, foot), PAPER)
    top = canvas.block(
        fitted(_some(words.series), words.small, measure, _SMALL), words.small, (middle, 270), PAPER
    )
    subtitle = fitted(_some(words.subtitle), words.small, measure, (92, 60))
    room = foot - top - 420 - subtitle.height
    title = largest(words.title, words.display, measure, room, 340)
    bottom = canvas.block(
        title, words.display, (middle, top + 160 + max(0, room - title.height) * 0.22), PAPER
    )
    bottom = canvas.block(subtitle, words.small, (middle, bottom + 50), PAPER)
    _lozenge(canvas, bottom + 120, PAPER)


def _label(canvas: Canvas, words: Words, ground: Colour) -> None:
    """Paste a paper label on cloth, title and author on it."""
    canvas.fill((0, 0, WIDTH, canvas.height), ground)
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
    y = canvas.block(series, words.small, (middle, box[1] + 120 + max(0, 520 - inner) / 2), ground) + (
        50 if series.lines else 0
    )
    y = canvas.block(title, words.display, (middle, y), ground)
    y = canvas.block(subtitle, words.small, (middle, y + (36 if subtitle.lines else 0)), ground)
    if names.lines:
        _lozenge(canvas, y + 80, ground)
    canvas.block(names, words.name, (middle, y + 150), ground)


def _bands(canvas: Canvas, words: Words, ground: Colour) -> None:
    """Lay a band of paper between two of colour, title and author in the middle."""
    canvas.fill((0, 0, WIDTH, canvas.height), ground)
    measure, middle = WIDTH - 2 * _MARGIN, WIDTH / 2
    series = fitted(_some(words.series), words.small, measure, _SMALL)
    canvas.block(series, words.small, (middle, 330 - series.height / 2), PAPER)
    names = fitted(words.names, words.name, measure, _NAMES)
    subtitle = fitted(_some(words.subtitle), words.small, measure, (88, 60))
    for share in (0.2578, 0.17):
        top, bottom = round(share * canvas.height), round((1 - share) * canvas.height)
        room = bottom - top - 260 - names.height - subtitle.height - 110
        title = largest(words.title, words.display, measure, room, 330)
        # A long title gets a broader band: it is to be read in a shop's list, a twentieth of the size.
        if title.size >= _READABLE:
            break
    inner = title.height + subtitle.height + names.height + 110 + (30 if subtitle.lines else 0)
    canvas.fill((0, top, WIDTH, bottom), PAPER)
    for y in (top + 34, bottom - 40):
        canvas.fill((0, y, WIDTH, y + 6), ground)
    y = canvas.block(title, words.display, (middle, top + (bottom - top - inner) / 2), ground)
    y = canvas.block(subtitle, words.small, (middle, y + (30 if subtitle.lines else 0)), ground)
    if names.lines:
        canvas.fill((round(middle) - 90, y + 52, round(middle) + 90, y + 57), ground)
    canvas.block(names, words.name, (middle, y + 110), ground)


def _flush(canvas: Canvas, words: Words, ground: Colour) -> None:
    """Set a large title flush left at the head under a heavy bar, the author at the foot."""
    canvas.fill((0, 0, WIDTH, canvas.height), ground)
    left, measure = _MARGIN, WIDTH - 2 * _MARGIN
    names = fitted(words.names, words.name, measure, _NAMES)
    foot = canvas.height - 210 - names.height
    canvas.block(names, words.name, (left, foot), PAPER, "left")
    top = canvas.block(
        fitted(_some(words.series), words.small, measure, _SMALL), words.small, (left, 210), PAPER, "left"
    )
    top = max(top + 60, 330)
    canvas.fill((left, top, left + 240, top + 26), PAPER)
    subtitle = fitted(_some(words.subtitle), words.small, measure, (92, 60))
    room = foot - top - 330 - subtitle.height
    title = largest(words.title, words.display, measure, room, 350)
    bottom = canvas.block(title, words.display, (left, top + 100), PAPER, "left")
    canvas.block(subtitle, words.small, (left, bottom + 56), PAPER, "left")


def _horizon(canvas: Canvas, words: Words, ground: Colour) -> None:
    """Lay a field of colour above one of paper; the title stands on the line, the author below it."""
    left, measure, line = _MARGIN, WIDTH - 2 * _MARGIN, round(0.6485 * canvas.height)
    canvas.fill((0, 0, WIDTH, line), ground)
    canvas.fill((0, line, WIDTH, canvas.height), PAPER)
    title = largest(words.title, words.display, measure, line - 520, 350)
    canvas.block(title, words.display, (left, line - 70 - title.height), PAPER, "left")
    series = fitted(_some(words.series), words.small, measure, _SMALL)
    canvas.block(series, words.small, (left, 210), PAPER, "left")
    subtitle = fitted(_some(words.subtitle), words.small, measure, (92, 60))
    canvas.block(subtitle, words.small, (left, line + 80), ground, "left")
    names = fitted(words.names, words.name, measure, _NAMES)
    canvas.block(names, words.name, (left, canvas.height - 210 - names.height), ground, "left")


DESIGNS: dict[str, Callable[[Canvas, Words, Colour], None]] = {
    "frame": _frame,
    "label": _label,
    "bands": _bands,
    "flush": _flush,
    "horizon": _horizon,
}
"""By name, what sets a cover in a colour."""


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _lozenge(canvas: Canvas, y: int, colour: Colour) -> None:
    """Draw a short rule with a lozenge in its middle."""
    centre, length, half = WIDTH // 2, 190, 17
    canvas.fill((centre - length, y - 1, centre - 2 * half, y + 2), colour)
    canvas.fill((centre + 2 * half, y - 1, centre + length, y + 2), colour)
    corners = [(centre - half, y), (centre, y - half), (centre + half, y), (centre, y + half)]
    canvas.polygon(corners, colour)
