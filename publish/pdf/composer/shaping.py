"""Words as glyphs: HarfBuzz shapes each word of a typeface once, ready to be measured and to be printed.

EB Garamond has no kerning across word spaces, so that words can be shaped alone and joined by any space.
"""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from publish.fonts import opened

UNSEEN = frozenset("\u200b\u200c\u200d\u2060\u00ad\ufeff")
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


class _Widths(dict[int, float]):
    """Own advances of a font's glyphs, in thousandths of the type size, each asked for once."""

    def __init__(self, path: str) -> None:
        self.font = opened(path)
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

    drawn = text if UNSEEN.isdisjoint(text) else "".join(c for c in text if c not in UNSEEN)
    buffer = hb.Buffer()
    buffer.add_str(drawn)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    buffer.language = kind.language
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(opened(kind.path), buffer, dict(kind.features))
    shaped = _written(kind, drawn, buffer)
    return shaped if drawn is text else replace(shaped, stops=_stops(text, shaped.stops))


def _written(kind: Type, text: str, buffer: Any) -> Shaped:
    own = widths(kind.path)
    unit, tracked, scale = own.unit, kind.tracking * 1000 / kind.size, kind.size / 1000
    # There are none where all characters are such as nobody sees.
    infos, places = buffer.glyph_infos or (), buffer.glyph_positions or ()
    levelled, starts = kind.levels_capitals, [0.0] * len(text)
    code, glyphs, x = "", [], 0.0
    clusters = [*(info.cluster for info in infos), len(text)]
    for index, place in enumerate(places):
        glyph, cluster, after = infos[index].codepoint, clusters[index], clusters[index + 1]
        advance, right, up = place.x_advance * unit + tracked, place.x_offset, place.y_offset
        left = round(own[glyph] - advance)
        if right or up:
            code = moved(code + _glyph(glyph, right * unit, up * unit * scale), left)
        else:
            code += f"<{glyph:04x}>{left or ''}"
        characters = text[cluster:after]
        glyphs.append((glyph, characters.lower() if levelled else characters))
        for at in range(cluster, after):
            starts[at] = (x + advance * (at - cluster) / (after - cluster)) * scale
        x += advance
    return Shaped(code.replace("><", ""), x * scale, (*starts, x * scale), tuple(glyphs))


def _stops(text: str, drawn: Sequence[float]) -> tuple[float, ...]:
    """Let characters that are not drawn begin where the next one does."""
    seen = accumulate((c not in UNSEEN for c in text), initial=0)
    return tuple(drawn[at] for at in seen)


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
    if right:
        code = moved(moved("", -right) + code, right)
    return f"] TJ {up:g} Ts [{code}] TJ 0 Ts [" if up else code
