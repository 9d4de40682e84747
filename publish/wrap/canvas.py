"""What stands on a wrap cover, as boxes at exact places of one page of XHTML."""

from collections.abc import Sequence
from functools import cache

from publish import fonts
from publish.epub.cover import WIDTH
from publish.epub.lettering import Block, Colour, Type, face_of
from publish.wrap.measures import Wrap
from publish.xhtml import escape

_SHARES = {"left": 0.0, "centre": 0.5, "right": 1.0}
_FIRST = 0.78
"""Of the size, from the top of a block to its first baseline, without leading; as in `lettering.paint`."""


class Sheet:
    """The whole cover, in points from its upper left corner."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def fill(self, left: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle."""
        self.parts.append(
            f'<div style="left:{left:.3f}pt;top:{top:.3f}pt;width:{width:.3f}pt;height:{height:.3f}pt;'
            f'background:{css(colour)}"></div>'
        )

    def letters(self, text: str, kind: Type, size: float, at: tuple[float, float], colour: Colour) -> None:
        """Set a line, its left end and its baseline at a point."""
        top = at[1] - _sinks(kind) * size
        self.parts.append(
            f'<p style="left:{at[0]:.3f}pt;top:{top:.3f}pt;color:{css(colour)};{_font(kind, size)}">'
            f"{escape(text)}</p>"
        )

    def turned(self, at: tuple[float, float], degrees: int, parts: Sequence[str]) -> None:
        """Turn parts round a point, from which they count."""
        self.parts.append(
            f'<div style="left:{at[0]:.3f}pt;top:{at[1]:.3f}pt;width:0;height:0;transform-origin:0 0;'
            f'transform:rotate({degrees}deg)">{"".join(parts)}</div>'
        )


class Front:
    """The front board, for the designs of the e-book's cover; see `publish.epub.cover.Canvas`."""

    def __init__(self, sheet: Sheet, wrap: Wrap) -> None:
        self.sheet = sheet
        self.wrap = wrap
        self.unit = wrap.width / WIDTH
        self.height = round(wrap.height / self.unit)

    def fill(self, box: tuple[int, int, int, int], colour: Colour) -> None:
        """Fill a box; what reaches an edge goes on through the bleed."""
        wrap, bleed = self.wrap, self.wrap.bleed
        left = wrap.front_left + box[0] * self.unit
        top = 0.0 if box[1] <= 0 else bleed + box[1] * self.unit
        right = wrap.sheet[0] if box[2] >= WIDTH else wrap.front_left + box[2] * self.unit
        foot = wrap.sheet[1] if box[3] >= self.height else bleed + box[3] * self.unit
        self.sheet.fill(left, top, right - left, foot - top, colour)

    def outline(self, inset: int, width: int, colour: Colour, box: tuple[int, int, int, int]) -> None:
        """Draw the edge of a box, so far inside it."""
        left, top, right, foot = box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset
        self.fill((left, top, right, top + width), colour)
        self.fill((left, foot - width, right, foot), colour)
        self.fill((left, top, left + width, foot), colour)
        self.fill((right - width, top, right, foot), colour)

    def polygon(self, corners: Sequence[tuple[int, int]], colour: Colour) -> None:
        """Fill what lies between corners."""
        points = " ".join(
            f"{self.wrap.front_left + x * self.unit:.3f},{self.wrap.bleed + y * self.unit:.3f}"
            for x, y in corners
        )
        width, height = self.wrap.sheet
        self.sheet.parts.append(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.3f} {height:.3f}" '
            f'style="left:0;top:0;width:{width:.3f}pt;height:{height:.3f}pt">'
            f'<polygon points="{points}" fill="{css(colour)}"/></svg>'
        )

    def block(
        self, block: Block, kind: Type, at: tuple[float, float], colour: Colour, align: str = "centre"
    ) -> int:
        """Set a block and give its lower edge."""
        x, top = at
        for number, line in enumerate(block.lines):
            base = top + (number * block.leading + 0.5 * (block.leading - 1) + _FIRST) * block.size
            left = x - _SHARES[align] * line.width * block.size
            place = self.wrap.front_left + left * self.unit, self.wrap.bleed + base * self.unit
            self.sheet.letters(line.text, kind, block.size * self.unit, place, colour)
        return round(top) + block.height


def css(colour: Colour) -> str:
    """Write a colour for a stylesheet."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _font(kind: Type, size: float) -> str:
    families = ",".join(f"'{family}'" for family in kind.families)
    names = ",".join(f"'{name}'" for name in kind.features)
    features = f"font-feature-settings:{names};" if names else ""
    return (
        f"font-family:{families};font-size:{size:.3f}pt;font-weight:{kind.weight};{features}"
        f"font-style:{'italic' if kind.italic else 'normal'};letter-spacing:{kind.tracking * size:.3f}pt"
    )


@cache
def _sinks(kind: Type) -> float:
    """Give how far the baseline lies below the middle of a line, in em, as in a line without height."""
    font = fonts.opened(face_of("x", kind) or str(fonts.faces()[0].path))
    extents = font.get_font_extents("ltr")
    return float((extents.ascender + extents.descender) / 2 / font.face.upem)
