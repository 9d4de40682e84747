"""Lettering: words shaped by HarfBuzz, broken into balanced lines, and painted from the outlines of glyphs.

Pillow shapes only where certain system libraries are found, and a cover is to be the same everywhere.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Any

import uharfbuzz as hb
from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw

from publish import fonts

Colour = tuple[int, int, int]

_FINE = 4
"""Steps of a pixel to each side in which outlines are painted, before they are made grey."""
_WOUND = 8
_UNWOUND = 128
"""One turn of a contour, and none, as levels of grey: a point is inside where turns do not cancel out."""
_THIN = 0.01
"""Em that a line is taken to have whose letters have no width."""
_TALLEST = 500
"""Pixels that names may take of the height, so that twenty authors leave a title its place."""
_LONGEST = 600
"""Letters; nobody reads more on a cover."""
_WORTH = 1.08
"""By so much a further line has to make a title larger."""
_SHORT = 3
"""Letters of a word that should not end a line: mostly an article or a preposition."""
_LONG, _LEAST_PART = 20, 4
"""Letters of the longest word that is never divided, and of the parts of a longer one."""
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "BOPOMOFO")
"""Beginnings of the names of letters between which a line may end without a space."""


class Type(Struct, frozen=True):
    """How words look, whatever their size."""

    families: tuple[str, ...]
    """The first that has a character sets it."""
    italic: bool = False
    weight: int = 400
    features: tuple[str, ...] = ()
    """OpenType features to switch on."""
    tracking: float = 0.0
    """Space added after each letter, in em."""
    leading: float = 1.12
    """From line to line, of the size."""
    language: str = ""
    """BCP 47; where it is told, words as long as a line are divided."""


class Glyph(Struct, frozen=True):
    """A glyph with its place on the line, in em."""

    path: str
    number: int
    x: float
    y: float


class Line(Struct, frozen=True):
    """A shaped line, at a size of 1."""

    glyphs: tuple[Glyph, ...]
    width: float
    text: str = ""


class Block(Struct, frozen=True):
    """Lines at one size, in pixels."""

    lines: tuple[Line, ...]
    size: float
    leading: float

    @property
    def height(self) -> int:
        """From the top of the first line to the foot of the last."""
        return round(len(self.lines) * self.size * self.leading)

    @property
    def width(self) -> float:
        """Of the longest line."""
        return max((line.width for line in self.lines), default=0.0) * self.size


def largest(text: str, kind: Type, measure: float, height: float, most: float) -> Block:
    """Break a text into balanced lines that let it stand largest, up to a size, in a measure and a height."""
    words = _words(text, kind)
    best, score = Block((), most, kind.leading), 0.0
    for count in range(1, len(words) + 1):
        if height / (count * kind.leading) <= score * _WORTH:
            break
        lines = tuple(shaped(line, kind) for line in _balanced(words, count, kind))
        widths = [line.width or _THIN for line in lines]
        size = min(most, measure / max(widths), height / (count * kind.leading))
        # A further line has to be worth it: larger letters, and no lonely word on a line.
        worth = size * math.sqrt(min(widths) / max(widths))
        if worth > score * _WORTH:
            best, score = Block(lines, math.floor(size), kind.leading), worth
    return best


def fitted(texts: Sequence[str], kind: Type, measure: float, sizes: tuple[float, float]) -> Block:
    """Set texts below each other at one size between two; what is too wide is broken, at last set smaller."""
    most, least = sizes
    widest = max((shaped(" ".join(text.split()), kind).width for text in texts), default=0.0)
    size = max(least, min(most, measure / widest)) if widest else most
    lines: list[Line] = []
    for text in texts:
        words = _words(text, kind)
        count = math.ceil(shaped("".join(words).strip(), kind).width * size / measure)
        lines += [shaped(line, kind) for line in _balanced(words, min(max(1, count), len(words)), kind)]
    widest = max((line.width for line in lines), default=0.0) or _THIN
    size = min(size, measure / widest, _TALLEST / (max(1, len(lines)) * kind.leading))
    return Block(tuple(lines), math.floor(size), kind.leading)


def shaped(text: str, kind: Type) -> Line:
    """Shape a line; a character that no face has is left out."""
    glyphs: list[Glyph] = []
    at = 0.0
    runs = [(path, "".join(run)) for path, run in groupby(text, lambda c: face_of(c, kind)) if path]
    for path, run in reversed(runs) if _is_right_to_left(text) else runs:
        for glyph, advance in _run(path, run, kind):
            glyphs.append(Glyph(path, glyph.number, at + glyph.x, glyph.y))
            at += advance + kind.tracking
    return Line(tuple(glyphs), max(0.0, at - kind.tracking), text)


def paint(image: Image.Image, block: Block, at: tuple[float, float], level: int, align: str) -> None:
    """Paint a block; `at` is its top, and the left, the middle or the right of its lines, as `align` says."""
    x, top = at
    share = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
    for number, line in enumerate(block.lines):
        baseline = top + (number * block.leading + 0.5 * (block.leading - 1) + 0.78) * block.size
        left = x - share * line.width * block.size
        for glyph in line.glyphs:
            _paint(
                image,
                glyph,
                (left + glyph.x * block.size, baseline - glyph.y * block.size),
                block.size,
                level,
            )


@cache
def face_of(character: str, kind: Type) -> str:
    """Give the font file that has a character: ours, else one of the system; or nothing."""
    for family in kind.families:
        faces = fonts.faces(family)
        style = "italic" if kind.italic else "normal"
        best = min(faces, key=lambda face: (face.style != style, abs(face.weight - kind.weight)))
        if _shaper(str(best.path)).get_nominal_glyph(ord(character)):
            return str(best.path)
    return "" if character.isspace() else fonts.of_system(character)


# --- Breaking --------------------------------------------------------------------------------------------


def _words(text: str, kind: Type) -> list[str]:
    """Give what a line may not be broken inside of, each with the space that follows it."""
    words: list[str] = []
    if len(text) > _LONGEST:
        text = text[: text.rfind(" ", 0, _LONGEST) + 1 or _LONGEST].strip() + "…"
    for word in text.split():
        parts = list(_divided(word, kind.language) if len(word) > _LONG else _pieces(word)) or [word]
        words += [*parts[:-1], parts[-1] + " "]
    return [word for word in words if any(face_of(character, kind) for character in word.strip())]


def _divided(word: str, language: str) -> Iterator[str]:
    """Cut a word where its language divides it, a soft hyphen behind each part but the last."""
    import pyphen

    known = pyphen.language_fallback(language) if language else None
    patterns = pyphen.Pyphen(lang=known, left=_LEAST_PART, right=_LEAST_PART) if known else None
    for piece in _pieces(word):
        yield from re.findall(".+?\xad|.+", patterns.inserted(piece, "\xad") if patterns else piece)


def _pieces(word: str) -> Iterator[str]:
    """Cut a word of a script without spaces before each letter that may begin a line."""
    piece = ""
    for character in word:
        begins = _is_unspaced(character) and unicodedata.category(character) in ("Lo", "Nd")
        if piece and begins and _is_unspaced(piece[-1]):
            yield piece
            piece = ""
        piece += character
    yield piece


def _is_unspaced(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_UNSPACED)


def _balanced(words: Sequence[str], count: int, kind: Type) -> list[str]:
    """Break words into so many lines that are as even as can be, with no weak word at the end of one."""
    widths = [shaped(word.strip(" \xad"), kind).width for word in words]
    space = shaped("n n", kind).width - shaped("nn", kind).width
    ends = [0.0]
    for word, width in zip(words, widths, strict=True):
        ends.append(ends[-1] + width + (space if word.endswith(" ") else 0.0))
    ideal = ends[-1] / max(1, count)
    # best[k][i]: the least cost of the first i words in k lines, and where the last of these begins.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for line in range(1, count + 1):
        row: dict[int, tuple[float, int]] = {}
        for end in range(line, len(words) - (count - line) + 1):
            last = words[end - 1].strip()
            short = len(last) <= _SHORT and last.isalpha() and last.casefold() != last.upper()
            weak = end < len(words) and (words[end - 1][-1] == "\xad" or short)
            row[end] = min(
                (cost + (ends[end] - ends[start] - ideal) ** 2 + (0.3 * ideal**2 if weak else 0.0), start)
                for start, (cost, _) in best[-1].items()
                if start < end
            )
        best.append(row)
    cuts = [len(words)]
    for line in range(count, 0, -1):
        cuts.append(best[line][cuts[-1]][1])
    lines = ("".join(words[start:end]).strip() for start, end in pairwise(reversed(cuts)))
    return [re.sub("\xad$", "-", line).replace("\xad", "") for line in lines]


# --- Shaping and painting --------------------------------------------------------------------------------


def _is_right_to_left(text: str) -> bool:
    kinds = [unicodedata.bidirectional(character) for character in text]
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def _run(path: str, text: str, kind: Type) -> Iterator[tuple[Glyph, float]]:
    font = _shaper(path)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    features: dict[str, bool] = dict.fromkeys(kind.features, True)
    if kind.tracking:
        features |= {"liga": False, "clig": False}
    hb.shape(font, buffer, features)
    em = font.face.upem
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        yield (
            Glyph(path, info.codepoint, position.x_offset / em, position.y_offset / em),
            position.x_advance / em,
        )


@cache
def _shaper(path: str) -> Any:
    file, _, number = path.partition(fonts.IN_COLLECTION)
    return hb.Font(hb.Face(hb.Blob.from_file_path(file), int(number or 0)))


Point = tuple[float, float]


_STEPS = 10
_WEIGHTS = tuple(
    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    for t in (step / _STEPS for step in range(1, _STEPS + 1))
)
"""Of the four points of a curve, for each edge that is drawn in its stead (Bernstein's polynomials)."""


class _Outline:
    """A pen that keeps contours as polygons; curves become as many edges as their size asks for."""

    def __init__(self) -> None:
        self.contours: list[list[Point]] = []

    def moveTo(self, point: Point) -> None:  # noqa: N802
        self.contours.append([point])

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self.contours[-1].append(point)

    def qCurveTo(self, control: Point, end: Point) -> None:  # noqa: N802
        (x, y), (across, up), (right, top) = self.contours[-1][-1], control, end
        first = (x + (across - x) * 2 / 3, y + (up - y) * 2 / 3)
        self.curveTo(first, (right + (across - right) * 2 / 3, top + (up - top) * 2 / 3), end)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:  # noqa: N802
        contour = self.contours[-1]
        (x, y), (x1, y1), (x2, y2), (x3, y3) = contour[-1], first, second, end
        contour += [
            (a * x + b * x1 + c * x2 + d * x3, a * y + b * y1 + c * y2 + d * y3) for a, b, c, d in _WEIGHTS
        ]

    def closePath(self) -> None:  # noqa: N802
        """Polygons are closed."""


@cache
def _contours(path: str, number: int) -> tuple[tuple[Point, ...], ...]:
    """Give the contours of a glyph in em."""
    font, pen = _shaper(path), _Outline()
    font.draw_glyph_with_pen(number, pen)
    em = font.face.upem
    return tuple(tuple((x / em, y / em) for x, y in contour) for contour in pen.contours if len(contour) > 2)  # noqa: PLR2004


def _paint(image: Image.Image, glyph: Glyph, at: Point, size: float, level: int) -> None:
    contours = _contours(glyph.path, glyph.number)
    if not contours:
        return
    placed = [[(at[0] + x * size, at[1] - y * size) for x, y in contour] for contour in contours]
    across, down = ([point[axis] for contour in placed for point in contour] for axis in (0, 1))
    left, top = math.floor(min(across)), math.floor(min(down))
    extent = (math.ceil(max(across)) - left + 1, math.ceil(max(down)) - top + 1)
    fine = (extent[0] * _FINE, extent[1] * _FINE)
    alone = len(placed) == 1
    turns = Image.new("L", fine, 0 if alone else _UNWOUND)
    for number, contour in enumerate(placed):
        polygon = [((x - left) * _FINE, (y - top) * _FINE) for x, y in contour]
        wound = _WOUND if _area(polygon) > 0 else -_WOUND
        if not number:
            # Nothing is wound yet, so that the first needs no picture of its own.
            ImageDraw.Draw(turns).polygon(polygon, fill=255 if alone else _UNWOUND + wound)
            continue
        turn = Image.new("L", fine, 0)
        ImageDraw.Draw(turn).polygon(polygon, fill=_WOUND)
        turns = (ImageChops.add if wound > 0 else ImageChops.subtract)(turns, turn)
    inside = turns if alone else turns.point([0 if level == _UNWOUND else 255 for level in range(256)])
    image.paste(level, (left, top), inside.reduce(_FINE))


def _area(polygon: Sequence[Point]) -> float:
    """Give twice the area of a polygon, signed by the sense in which it runs."""
    return sum(
        x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    )
