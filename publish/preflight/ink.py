"""What a page of a PDF prints: where its ink stands, in which colours, from which pictures.

Read from the content streams, without a renderer: text by the widths of its font and the height of Latin
letters, drawings and pictures by their outlines, all cut to the clipping path's box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from numbers import Number
from typing import Any, NamedTuple

from msgspec import Struct

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]

_EVERYTHING: Box = (-1e9, -1e9, 1e9, 1e9)
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TOP, _FOOT = 0.72, -0.22
"""Heights of Latin letters over and under the baseline, in em."""
_DEEPEST = 12
"""Forms within forms that are followed; more is a loop."""
_LAST_CODE = 0xFFFF
"""Of codes of two bytes; a range that goes on for ever is there to fill a machine's memory."""
SPOT = "spot:"
_PROCESS = frozenset(("Cyan", "Magenta", "Yellow", "Black", "All", "None"))
"""Names of colorants that are no ink of its own."""
_INVISIBLE = 3
"""The way of showing text that shows none."""


class Mark(NamedTuple):
    """Something printed."""

    kind: str
    """"text", "drawing" or "picture"."""
    box: Box
    """In points of the page."""


class Ink(Struct):
    """What a page prints."""

    marks: list[Mark]
    text_colours: set[str]
    """Colour spaces, with their values, in which text is set."""
    fonts: dict[str, Any]
    """Font dictionaries in which something is shown, by name."""
    spaces: set[str]
    """Colour spaces of text, drawings and pictures: "gray", "rgb", "cmyk", "other", or `SPOT` and inks."""
    missing: int = 0
    """Shown signs for which the font has no glyph."""
    dots: float = 1e9
    """Fewest pixels to the inch of a picture."""
    transparent: bool = False


class _State(Struct):
    matrix: Matrix
    clip: Box = _EVERYTHING
    fill: str = "gray 0"
    font: _Font | None = None
    size: float = 1.0
    scale: float = 1.0
    letter: float = 0.0
    word: float = 0.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class _Font(Struct):
    """Widths of a font's codes in em, and which of them print nothing."""

    wide: bool
    """Whether codes have two bytes."""
    widths: dict[int, float]
    usual: float
    spaces: frozenset[int]


def read(page: Any) -> Ink:
    """Give what a page of `pikepdf` prints; ValueError where its content cannot be read."""
    ink = Ink(marks=[], text_colours=set(), fonts={}, spaces=set())
    _Reader(ink, page.obj.get("/Resources") or page.resources, _State(_IDENTITY), 0).run(page)
    return ink


class _Reader:
    """Goes through one content stream."""

    def __init__(self, ink: Ink, resources: Any, state: _State, depth: int) -> None:
        self.ink, self.resources, self.state, self.depth = ink, resources, state, depth
        self.stack: list[_State] = []
        self.path: list[tuple[float, float]] = []
        self.clips = False
        self.text = self.line = _IDENTITY
        self.known: dict[str, _Font] = {}

    def run(self, stream: Any) -> None:
        import pikepdf

        for instruction in pikepdf.parse_content_stream(stream):
            action = _ACTIONS.get(str(instruction.operator))
            if action is not None:
                action(self, instruction.operands)

    # Graphics state

    def save(self, _: Any) -> None:
        self.stack.append(copy(self.state))

    def restore(self, _: Any) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concat(self, operands: Any) -> None:
        self.state.matrix = _times(_matrix(operands), self.state.matrix)

    def settings(self, operands: Any) -> None:
        held = self._resource("/ExtGState", operands[0])
        if held is None:
            return
        faint = any(float(held.get(key, 1)) < 1 for key in ("/ca", "/CA"))
        masked = str(held.get("/SMask", "/None")) != "/None"
        blended = str(held.get("/BM", "/Normal")) not in ("/Normal", "/Compatible")
        self.ink.transparent |= faint or masked or blended

    def edge(self, name: str) -> None:
        self.ink.spaces.add(name)

    def colour(self, name: str, operands: Any) -> None:
        self.ink.spaces.add(name)
        self.state.fill = " ".join([name, *(f"{float(value):g}" for value in operands if _is_number(value))])

    def space(self, operands: Any) -> None:
        self.state.fill = self._named(operands[0])
        self.ink.spaces.add(self.state.fill)

    def stroke_space(self, operands: Any) -> None:
        self.ink.spaces.add(self._named(operands[0]))

    def _named(self, space: Any) -> str:
        """Give the name of a colour space; of inks of their own, those that are none of the four."""
        import pikepdf

        known = _SPACES.get(str(space)) if isinstance(space, pikepdf.Name) else None
        held = self._resource("/ColorSpace", space) if isinstance(space, pikepdf.Name) else space
        if known or not isinstance(held, pikepdf.Array) or str(held[0]) not in ("/Separation", "/DeviceN"):
            return known or "other"
        names = [held[1]] if isinstance(held[1], pikepdf.Name) else list(held[1])
        own = sorted({str(name)[1:].replace(" ", "_") for name in names} - _PROCESS)
        return f"{SPOT}{','.join(own)}" if own else "other"

    def value(self, operands: Any) -> None:
        self.colour(self.state.fill.split(" ", 1)[0], operands)

    # Paths

    def points(self, operands: Any) -> None:
        values = [float(value) for value in operands]
        self.path += [_at(self.state.matrix, x, y) for x, y in zip(values[::2], values[1::2], strict=False)]

    def rectangle(self, operands: Any) -> None:
        x, y, width, height = (float(value) for value in operands)
        self.points([x, y, x + width, y, x, y + height, x + width, y + height])

    def clipping(self, _: Any) -> None:
        self.clips = True

    def paint(self, _: Any) -> None:
        if self.path and not _is_white(self.state.fill):
            self._mark("drawing", _around(self.path))
        self.end(_)

    def end(self, _: Any) -> None:
        if self.clips and self.path:
            self.state.clip = _both(self.state.clip, _around(self.path))
        self.path, self.clips = [], False

    # Pictures and forms

    def thing(self, operands: Any) -> None:
        held = self._resource("/XObject", operands[0])
        if held is None:
            return
        if str(held.get("/Subtype")) == "/Image":
            self.picture(held.get("/Width", 1), held.get("/Height", 1))
            if not held.get("/ImageMask", False):
                self.ink.spaces.add(self._named(held.get("/ColorSpace")))
            self.ink.transparent |= "/SMask" in held
        elif self.depth < _DEEPEST:
            state = copy(self.state)
            state.matrix = _times(_matrix(held.get("/Matrix", _IDENTITY)), state.matrix)
            _Reader(self.ink, held.get("/Resources") or self.resources, state, self.depth + 1).run(held)

    def inline(self, operands: Any) -> None:
        self.picture(operands[0].width, operands[0].height)

    def picture(self, width: Any, height: Any) -> None:
        a, b, c, d, _, _ = self.state.matrix
        sides = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        if all(sides):
            fewest = min(72 * float(width) / sides[0], 72 * float(height) / sides[1])
            self.ink.dots = min(self.ink.dots, fewest)
        self._mark("picture", _around([_at(self.state.matrix, x, y) for x in (0, 1) for y in (0, 1)]))

    # Text

    def begin(self, _: Any) -> None:
        self.text = self.line = _IDENTITY

    def place(self, operands: Any) -> None:
        self.text = self.line = _matrix(operands)

    def move(self, operands: Any) -> None:
        shift: Matrix = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self.text = self.line = _times(shift, self.line)

    def move_leading(self, operands: Any) -> None:
        self.state.leading = -float(operands[1])
        self.move(operands)

    def next_line(self, _: Any) -> None:
        self.move((0.0, -self.state.leading))

    def face(self, operands: Any) -> None:
        name = str(operands[0])
        font = self._resource("/Font", operands[0])
        self.state.size = float(operands[1])
        self.state.font = None
        if font is not None:
            if name not in self.known:
                self.known[name] = _font(font)
                self.ink.fonts[str(font.get("/BaseFont", name))] = font
            self.state.font = self.known[name]

    def number(self, field: str, operands: Any) -> None:
        value = float(operands[0])
        setattr(self.state, field, value / 100 if field == "scale" else value)

    def way(self, operands: Any) -> None:
        self.state.mode = int(operands[0])

    def show_line(self, operands: Any) -> None:
        self.next_line(operands)
        self.show([operands[-1]])

    def show(self, parts: Any) -> None:
        """Show strings, and move by the numbers between them."""
        start: float | None = None
        at = end = 0.0
        for part in parts:
            if _is_number(part):
                at -= float(part) / 1000 * self.state.size * self.state.scale
                continue
            for wide, printed in self._signs(bytes(part)):
                if printed:
                    start, end = at if start is None else start, at + wide
                at += wide
        if start is not None and self.state.mode != _INVISIBLE and not _is_white(self.state.fill):
            self._text(start, end)
        self.text = _times((1.0, 0.0, 0.0, 1.0, at, 0.0), self.text)

    def _text(self, start: float, end: float) -> None:
        self.ink.text_colours.add(self.state.fill)
        whole = _times(self.text, self.state.matrix)
        low, high = (height * self.state.size + self.state.rise for height in (_FOOT, _TOP))
        self._mark("text", _around([_at(whole, x, y) for x in (start, end) for y in (low, high)]))

    def _signs(self, text: bytes) -> Iterator[tuple[float, bool]]:
        """Give each sign's advance, and whether it prints anything."""
        state, font = self.state, self.state.font
        if font is None:
            return
        for code in _codes(text, font):
            advance = font.widths.get(code, font.usual) * state.size + state.letter
            if code == ord(" ") and not font.wide:
                advance += state.word
            self.ink.missing += font.wide and code == 0
            yield advance * state.scale, code not in font.spaces

    def _mark(self, kind: str, box: Box) -> None:
        seen = _both(box, self.state.clip)
        if seen[0] <= seen[2] and seen[1] <= seen[3]:
            self.ink.marks.append(Mark(kind, seen))

    def _resource(self, kind: str, name: Any) -> Any:
        group = self.resources.get(kind)
        return group.get(str(name)) if group is not None else None


_SPACES = {"/DeviceGray": "gray", "/DeviceRGB": "rgb", "/DeviceCMYK": "cmyk"}
_COLOURS = {"g": "gray", "rg": "rgb", "k": "cmyk"}
_FIELDS = {"Tz": "scale", "Tc": "letter", "Tw": "word", "TL": "leading", "Ts": "rise"}
_ACTIONS: dict[str, Any] = {
    "q": _Reader.save, "Q": _Reader.restore, "cm": _Reader.concat, "gs": _Reader.settings,
    "CS": _Reader.stroke_space, "cs": _Reader.space, "sc": _Reader.value, "scn": _Reader.value,
    "m": _Reader.points, "l": _Reader.points, "c": _Reader.points, "v": _Reader.points, "y": _Reader.points,
    "re": _Reader.rectangle, "W": _Reader.clipping, "W*": _Reader.clipping, "n": _Reader.end,
    **dict.fromkeys(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"), _Reader.paint),
    "sh": lambda self, _: self._mark("drawing", self.state.clip),
    "Do": _Reader.thing, "INLINE IMAGE": _Reader.inline,
    "BT": _Reader.begin, "Tm": _Reader.place, "Td": _Reader.move, "TD": _Reader.move_leading,
    "T*": _Reader.next_line, "Tf": _Reader.face, "Tr": _Reader.way,
    "Tj": _Reader.show, "TJ": lambda self, values: self.show(values[0]),
    "'": _Reader.show_line, '"': _Reader.show_line,
    **{sign: lambda self, values, name=name: self.colour(name, values) for sign, name in _COLOURS.items()},
    **{sign.upper(): lambda self, _, name=name: self.edge(name) for sign, name in _COLOURS.items()},
    **{sign: lambda self, values, name=name: self.number(name, values) for sign, name in _FIELDS.items()},
}  # fmt: skip


# --- Fonts -----------------------------------------------------------------------------------------------


def _font(font: Any) -> _Font:
    spaces = _spaces(font)
    inner = font.get("/DescendantFonts")
    if inner is not None:
        usual = float(inner[0].get("/DW", 1000)) / 1000
        return _Font(True, dict(_wide_widths(inner[0].get("/W", ()))), usual, spaces)
    first = int(font.get("/FirstChar", 0))
    widths = {first + index: float(width) / 1000 for index, width in enumerate(font.get("/Widths", ()))}
    return _Font(False, widths, 0.5, spaces | {ord(" ")})


def _wide_widths(rows: Any) -> Iterator[tuple[int, float]]:
    """Read `first [w w …]` and `first last w`."""
    rest = list(rows)
    while len(rest) > 1:
        first = int(rest[0])
        if _is_number(rest[1]):
            last = min(int(rest[1]), _LAST_CODE)
            yield from ((code, float(rest[2]) / 1000) for code in range(first, last + 1))
            rest = rest[3:]
        else:
            yield from ((first + index, float(width) / 1000) for index, width in enumerate(rest[1]))
            rest = rest[2:]


_BLANK = rb"<([0-9A-Fa-f]+)>\s*(?:<\1>\s*)?<(?:0020|00[Aa]0|20(?:0[0-9A-Fa-f]|2[Ff])|00[Aa][Dd])>"


def _spaces(font: Any) -> frozenset[int]:
    """Give the codes that stand for spaces, by the font's table of what its codes mean."""
    table = font.get("/ToUnicode")
    if table is None:
        return frozenset()
    return frozenset(int(code, 16) for code in re.findall(_BLANK, table.read_bytes()))


def _codes(text: bytes, font: _Font) -> Sequence[int]:
    if not font.wide:
        return text
    return [text[index] << 8 | text[index + 1] for index in range(0, len(text) - 1, 2)]


# --- Figures ---------------------------------------------------------------------------------------------


def _is_number(value: Any) -> bool:
    return isinstance(value, Number)


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: Sequence[tuple[float, float]]) -> Box:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _both(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _is_white(colour: str) -> bool:
    return colour in ("gray 1", "rgb 1 1 1", "cmyk 0 0 0 0")
