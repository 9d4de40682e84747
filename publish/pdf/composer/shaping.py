"""Words as glyphs: HarfBuzz shapes each word of a typeface once, ready to be measured and to be printed.

EB Garamond has no kerning across word spaces, so that words can be shaped alone and joined by any space.
"""

from functools import cache
from typing import Any

from msgspec import Struct

_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\u00ad\ufeff")
"""Characters that only say where lines may end."""
_CAPITALS = {"c2sc", "c2pc"}
"""Features that draw capitals with the glyphs of small letters."""


class Type(Struct, frozen=True, cache_hash=True):
    """How characters look: a font file, a size in points, OpenType features and letter-spacing in points."""

    path: str
    size: float
    features: tuple[tuple[str, int], ...] = ()
    tracking: float = 0.0
    language: str = "en"
    rise: float = 0.0
    """Points above the baseline."""

    @property
    def levels_capitals(self) -> bool:
        """Whether capitals and small letters share glyphs, so that a glyph does not tell its letter."""
        return _levels_capitals(self.features)


@cache
def _levels_capitals(features: tuple[tuple[str, int], ...]) -> bool:
    return any(name in _CAPITALS and value for name, value in features)


class Shaped(Struct, frozen=True):
    """A word in glyphs."""

    code: str
    """What stands between the brackets of PDF's TJ operator."""
    advance: float
    """Width in points, letter-spacing included."""
    stops: tuple[float, ...]
    """For each character, and for the end, how far from the word's beginning it begins."""
    glyphs: tuple[tuple[int, str], ...]
    """Each glyph with the characters it stands for."""


@cache
def font(path: str) -> Any:
    """Give the HarfBuzz font of a file, in units of the file."""
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


class _Widths(dict[int, float]):
    """Own advances of a font's glyphs, in thousandths of the type size, each asked for once."""

    def __init__(self, path: str) -> None:
        self.font = font(path)
        self.unit = 1000 / float(self.font.face.upem)

    def __missing__(self, glyph: int) -> float:
        width = self[glyph] = float(self.font.get_glyph_h_advance(glyph)) * self.unit
        return width


@cache
def widths(path: str) -> _Widths:
    """Give the table of glyphs' own advances, as a PDF file states them."""
    return _Widths(path)


@cache
def shape(kind: Type, text: str) -> Shaped:
    """Shape some characters of one kind of type, from left to right."""
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str("".join(c for c in text if c not in _UNSEEN))
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    buffer.language = kind.language
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(font(kind.path), buffer, dict(kind.features))
    return _written(kind, text, buffer)


def _written(kind: Type, text: str, buffer: Any) -> Shaped:
    own = widths(kind.path)
    unit, tracked, scale = own.unit, kind.tracking * 1000 / kind.size, kind.size / 1000
    seen = [index for index, c in enumerate(text) if c not in _UNSEEN]
    # There are none where all characters are such as nobody sees.
    infos, places = buffer.glyph_infos or (), buffer.glyph_positions or ()
    clusters = [info.cluster for info in infos]
    clusters.append(len(seen))
    starts = [0.0] * (len(text) + 1)
    code, glyphs, x = "", [], 0.0
    for index, place in enumerate(places):
        glyph, advance = infos[index].codepoint, place.x_advance * unit + tracked
        cluster, after = clusters[index], clusters[index + 1]
        characters = "".join([text[seen[at]] for at in range(cluster, after)])
        glyphs.append((glyph, characters.lower() if kind.levels_capitals else characters))
        code += _glyph(glyph, place.x_offset * unit, place.y_offset * unit * scale)
        code = moved(code, round(own[glyph] - advance))
        for at in range(cluster, after):
            starts[seen[at]] = (x + advance * (at - cluster) / (after - cluster)) * scale
        x += advance
    starts[len(text)] = x * scale
    if len(seen) < len(text):
        _fill(starts, seen)
    return Shaped(code.replace("><", ""), x * scale, tuple(starts), tuple(glyphs))


def moved(code: str, left: float) -> str:
    """Let what follows in an array of text begin further left, by thousandths of the size.

    A number that follows another is kept apart from it, or both would be read as one.
    """
    if not left:
        return code
    return f"{code}{'' if code.endswith('>') else ' '}{round(left, 2)}"


def _glyph(glyph: int, right: float, up: float) -> str:
    """Write one glyph, moved by thousandths of the size to the right and by points upwards."""
    code = f"<{glyph:04x}>"
    if not right and not up:
        return code
    if right:
        code = moved(moved("", -right) + code, right)
    return f"] TJ {up:g} Ts [{code}] TJ 0 Ts [" if up else code


def _fill(starts: list[float], seen: list[int]) -> None:
    """Let characters that are not drawn begin where the next one does."""
    drawn, stop = {*seen, len(starts) - 1}, starts[-1]
    for index in range(len(starts) - 1, -1, -1):
        if index not in drawn:
            starts[index] = stop
        stop = starts[index]
