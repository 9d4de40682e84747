"""The cover: a plain typographic one from title and author, or the image that is given."""

import math
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from publish import fonts
from publish.diagnostic import PublishError
from publish.document import Metadata
from publish.epub.documents import authors

WIDTH, HEIGHT = 1600, 2560
"""Pixels: the ratio of 1.6 and the size that stores ask for."""

_MARGIN = 150
_TOP, _BOTTOM = 430, 330
"""Space above the title and below the author."""
_LARGEST_TITLE, _SMALLEST_TITLE = 330, 60
_LEADING = 1.08
_PAPER = (247, 240, 226)
_GROUNDS = (
    (94, 27, 30),  # oxblood
    (23, 47, 76),  # ink blue
    (27, 66, 52),  # bottle green
    (66, 35, 66),  # aubergine
    (14, 64, 72),  # petrol
    (104, 50, 20),  # russet
    (62, 60, 28),  # olive
)
"""Dark enough under the paper's colour for a contrast above 7 : 1."""


class ImageFormat(Struct, frozen=True):
    """A format that every reading system shows."""

    suffix: str
    media_type: str


def image_format(image: bytes) -> ImageFormat:
    """Tell the format of an image file by its first bytes.

    Raises PublishError for anything but JPEG and PNG.
    """
    if image.startswith(b"\xff\xd8\xff"):
        return ImageFormat("jpg", "image/jpeg")
    if image.startswith(b"\x89PNG\r\n\x1a\n"):
        return ImageFormat("png", "image/png")
    raise PublishError(
        "The cover is neither a JPEG nor a PNG image.", "Export it as JPEG, 1600 × 2560 pixels."
    )


def design(metadata: Metadata) -> bytes:
    """Draw a cover as a JPEG; the ground's colour follows from the title, so that a book keeps its own."""
    title = metadata.title.value
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUNDS[zlib.crc32(title.encode()) % len(_GROUNDS)])
    draw = ImageDraw.Draw(image)
    _frame(draw)
    names = _fitted([creator.name.value for creator in authors(metadata)], 140, 44)
    author_top = _centred(draw, names, HEIGHT - _BOTTOM - names.height) - names.height
    subtitle = _fitted([metadata.subtitle.value] if metadata.subtitle else [], 84, 40)
    gap = 70 if subtitle.lines else 0
    rule_space = 110
    room = author_top - 2 * rule_space - gap - subtitle.height - _TOP
    title_block = _largest(title, room)
    bottom = _centred(draw, title_block, _TOP + (room - title_block.height) // 5)
    bottom = _centred(draw, subtitle, bottom + gap)
    _rule(draw, bottom + rule_space)
    file = BytesIO()
    # No chroma subsampling, or the edges of letters bleed.
    image.save(file, "JPEG", quality=88, subsampling=0, optimize=True, dpi=(300, 300))
    return file.getvalue()


class _Block(Struct, frozen=True):
    """Lines of text at one size, in pixels."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        return round(len(self.lines) * self.size * _LEADING)


def _frame(draw: ImageDraw.ImageDraw) -> None:
    for inset, width in ((64, 6), (84, 2)):
        draw.rectangle((inset, inset, WIDTH - inset - 1, HEIGHT - inset - 1), outline=_PAPER, width=width)


def _rule(draw: ImageDraw.ImageDraw, y: int) -> None:
    """Draw a short rule with a lozenge in its middle."""
    centre, length, lozenge = WIDTH // 2, 190, 17
    draw.rectangle((centre - length, y - 1, centre - 2 * lozenge, y + 1), fill=_PAPER)
    draw.rectangle((centre + 2 * lozenge, y - 1, centre + length, y + 1), fill=_PAPER)
    corners = [(centre - lozenge, y), (centre, y - lozenge), (centre + lozenge, y), (centre, y + lozenge)]
    draw.polygon(corners, fill=_PAPER)


def _largest(title: str, height: int) -> _Block:
    """Break a title into the lines that let it stand largest in the measure and a height."""
    words = _words(title)
    blocks = [
        _Block(lines, _size(lines, height))
        for lines in (_balanced(words, count) for count in range(1, len(words) + 1))
    ]
    return max(blocks, key=lambda block: (block.size, -len(block.lines)), default=_Block((), 0))


def _words(text: str) -> list[str]:
    """Give the words that can be drawn."""
    return [word for word in text.split() if any(map(_face_of, word))]


def _size(lines: Sequence[str], height: int) -> int:
    widest = max(_width(line, 1000) for line in lines) / 1000
    by_width = (WIDTH - 2 * _MARGIN) / widest if widest else _LARGEST_TITLE
    by_height = height / (len(lines) * _LEADING)
    return max(_SMALLEST_TITLE, min(_LARGEST_TITLE, math.floor(by_width), math.floor(by_height)))


def _balanced(words: Sequence[str], count: int) -> tuple[str, ...]:
    """Break words into `count` lines whose widest is as narrow as can be."""
    widths = [_width(word, 100) for word in words]
    space = _width("n n", 100) - _width("nn", 100)
    narrow, wide = max(widths), sum(widths) + space * (len(words) - 1)
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_filled(widths, space, middle)) <= count else (middle, wide)
    starts = _filled(widths, space, wide)
    return tuple(" ".join(words[a:b]) for a, b in zip(starts, [*starts[1:], len(words)], strict=True))


def _filled(widths: Sequence[float], space: float, measure: float) -> list[int]:
    """Give the index of the first word of each line when lines are filled up to a measure."""
    starts, used = [0], -space
    for index, width in enumerate(widths):
        if used + space + width > measure and index > starts[-1]:
            starts.append(index)
            used = -space
        used += space + width
    return starts


def _fitted(texts: Sequence[str], largest: int, smallest: int) -> _Block:
    """Set texts below each other at one size, from `largest` down; break what is too wide at `smallest`."""
    measure = WIDTH - 2 * _MARGIN
    widest = max((_width(text, 100) / 100 for text in texts), default=0)
    size = max(smallest, min(largest, math.floor(measure / widest))) if widest else largest
    lines: list[str] = []
    for text in texts:
        if words := _words(text):
            lines.extend(_balanced(words, math.ceil(_width(" ".join(words), size) / measure)))
    return _Block(tuple(lines), size)


def _centred(draw: ImageDraw.ImageDraw, block: _Block, top: int) -> int:
    """Draw a block from `top` down and give its lower edge."""
    for number, line in enumerate(block.lines):
        baseline = top + round((number * _LEADING + 0.8) * block.size)
        x = (WIDTH - _width(line, block.size)) / 2
        for glyph in _glyphs(line, block.size):
            draw.text((x, baseline), glyph.character, _PAPER, _font(glyph.path, block.size), anchor="ls")
            x += glyph.advance
    return top + block.height


def _width(text: str, size: int) -> float:
    return sum(glyph.advance for glyph in _glyphs(text, size))


class _Glyph(Struct, frozen=True):
    """A character with the face that has it and the way to the next one, in pixels."""

    character: str
    path: Path
    advance: float


def _glyphs(text: str, size: int) -> Iterator[_Glyph]:
    """Give the characters of a line, kerned; one that no face has is left out.

    Pillow kerns only where certain system libraries are found, and the cover is to be the same everywhere.
    """
    for path, characters in groupby(text, _face_of):
        if path:
            yield from _shaped("".join(characters), path, size)


def _shaped(text: str, path: Path, size: int) -> Iterator[_Glyph]:
    font = _shaper(path)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    # One glyph for each character, since Pillow draws characters.
    hb.shape(font, buffer, dict.fromkeys(("liga", "clig", "calt", "ccmp"), False))
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        yield _Glyph(text[info.cluster], path, position.x_advance * size / font.face.upem)


@cache
def _face_of(character: str) -> Path | None:
    families = (fonts.TEXT_FAMILY, fonts.SECOND_FAMILY)
    paths = (face.path for family in families for face in fonts.faces(family)[:1])
    return next((path for path in paths if ord(character) in fonts.coverage(path)), None)


@cache
def _shaper(path: Path) -> Any:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
