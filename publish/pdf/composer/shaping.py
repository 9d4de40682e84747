"""Words as glyphs: HarfBuzz shapes each word of a typeface once, ready to be measured and to be printed.

EB Garamond has no kerning across word spaces, so that words can be shaped alone and joined by any space.
"""

from __future__ import annotations

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

    @property
    def levels_capitals(self) -> bool:
        """Whether capitals and small letters share glyphs, so that a glyph does not tell its letter."""
        return any(name in _CAPITALS and value for name, value in self.features)


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


@cache
def _unit(path: str) -> float:
    return 1000 / float(font(path).face.upem)


@cache
def _width(path: str, glyph: int) -> float:
    return float(font(path).get_glyph_h_advance(glyph)) * _unit(path)


def nominal_width(path: str, glyph: int) -> float:
    """Give a glyph's own advance in thousandths of the type size, as a PDF file states it."""
    return _width(path, glyph)


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
    seen = [index for index, c in enumerate(text) if c not in _UNSEEN]
    unit, tracked = _unit(kind.path), kind.tracking * 1000 / kind.size
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    starts = [0.0] * (len(text) + 1)
    code: list[str] = []
    glyphs = []
    x = 0.0
    for index, (info, place) in enumerate(zip(infos, places, strict=True)):
        glyph, advance = info.codepoint, place.x_advance * unit + tracked
        after = infos[index + 1].cluster if index + 1 < len(infos) else len(seen)
        characters = "".join(text[seen[at]] for at in range(info.cluster, after))
        glyphs.append((glyph, characters.lower() if kind.levels_capitals else characters))
        code.append(_glyph(glyph, place.x_offset * unit, place.y_offset * unit * kind.size / 1000))
        if shift := round(_width(kind.path, glyph) - advance):
            code.append(f"{shift}")
        for step, at in enumerate(range(info.cluster, after)):
            starts[seen[at]] = x + advance * step / max(after - info.cluster, 1)
        x += advance
    starts[len(text)] = x
    scale = kind.size / 1000
    return Shaped("".join(code), x * scale, _filled(starts, seen, scale), tuple(glyphs))


def _glyph(glyph: int, right: float, up: float) -> str:
    """Write one glyph, moved by thousandths of the size to the right and by points upwards."""
    code = f"<{glyph:04x}>"
    if right:
        code = f"{-right:g}{code}{right:g}"
    return f"] TJ {up:g} Ts [{code}] TJ 0 Ts [" if up else code


def _filled(starts: list[float], seen: list[int], scale: float) -> tuple[float, ...]:
    """Let characters that are not drawn begin where the next one does."""
    drawn, stop = {*seen, len(starts) - 1}, starts[-1]
    for index in range(len(starts) - 1, -1, -1):
        if index not in drawn:
            starts[index] = stop
        stop = starts[index]
    return tuple(start * scale for start in starts)
