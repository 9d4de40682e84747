"""Lines as the content streams of pages, tagged and ready to be put into a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from publish.pdf.composer.galley import Galley, Owner, Placed, Prose, Strip
from publish.pdf.composer.heads import Stamp
from publish.pdf.composer.lines import Breaks, Set, stretched
from publish.pdf.composer.material import HYPHEN, Material
from publish.pdf.composer.shaping import Shaped, Type, moved, shape
from publish.pdf.composer.spreads import Placement
from publish.pdf.geometry import Geometry

_NEARLY = 4
"""Rows that a page may lack and yet look full."""
_SOFT_HYPHEN = "] TJ /Span <</ActualText <FEFF00AD>>> BDC [{}] TJ EMC ["


class Sheet(Struct, frozen=True):
    """A painted page, without running head and folio."""

    content: bytes
    """Compressed content stream."""
    tagged: tuple[int, ...]
    """For each marked sequence of the stream, the owner of its text."""
    printed: tuple[tuple[str, str], ...]
    """Identifiers of divisions, and what is printed of each, in reading order."""


class SetLine(Struct, frozen=True):
    """A line of type on its page."""

    row: int
    """Of the page's grid, counted from 0."""
    rows: int
    division: str
    block: int
    """Which block of the division it stands in; -1 for a heading."""
    at: int
    """Characters of that block that stand before it."""
    text: str
    is_first: bool
    """Of its paragraph."""
    is_last: bool
    is_prose: bool = False
    """Whether it was justified by the composer; what follows is only told of such lines."""
    space: float = 1.0
    """Width of its word spaces, as a multiple of their natural width."""
    hyphened: bool = False
    """Ends with a hyphen, be it the author's."""
    divided: bool = False
    """Ends with a hyphen that is not the author's."""
    width: float = 0.0
    """Natural width in points."""
    scrap: float = 0.0
    """Width in points below which a last line is a scrap."""
    gaps: tuple[float, ...] = ()
    """Where the middles of its word spaces stand, in points from the column's left edge."""


class Painting(Struct, frozen=True):
    """A section as pages."""

    sheets: tuple[Sheet, ...]
    owners: tuple[Owner, ...]
    marks: tuple[tuple[str, str, int, int, float], ...]
    """For each division: identifier, label, depth, page counted from 0, height on it in points."""
    glyphs: dict[str, dict[int, str]]
    """By font file, the glyphs that are used, with the characters they stand for."""
    lines: tuple[tuple[SetLine, ...], ...] = ()
    """The lines of each page, where they are wanted."""


class SetProse(Struct, frozen=True):
    """A plain paragraph with all its settings."""

    prose: Prose
    matter: Material
    settings: tuple[Breaks, ...]


def font_name(path: str) -> str:
    """Give the name under which content streams call a font file."""
    # The same on every machine, whatever the folder.
    return f"F{zlib.crc32(Path(path).name.encode()):x}"


_Drawn = tuple[Set, str, str, tuple[str, float] | None]
"""A line: its stretch, its drawing, its words, and the font in use after it."""


class Painter:
    """Paints the pages of one section."""

    def __init__(self, page: Geometry) -> None:
        self.page = page
        self.glyphs: dict[str, dict[int, str]] = {}
        self.codes: dict[tuple[Type, str], str] = {}
        self.lines: dict[tuple[int, int, int, tuple[str, float] | None], _Drawn] = {}
        self.out: list[str] = []
        self.tagged: list[int] = []
        self.owner = -2
        self.type: tuple[str, float] | None = None
        self.scale = 1.0
        self.left = 0.0

    def sheet(
        self,
        placements: Sequence[Placement],
        parts: Sequence[Strip | SetProse],
        galley: Galley,
    ) -> Sheet:
        """Paint one page, its column at the page's left edge; `margins` moves it to its place."""
        self.out, self.tagged, self.owner, self.type, self.scale = [], [], -2, None, 1.0
        self.left = 0.0
        printed = []
        for placement in placements:
            part = parts[placement.slot]
            if isinstance(part, Strip):
                owner, words = part.owner, self._strip(part, placement.row, galley)
            else:
                owner, words = part.prose.owner, self._prose(part, placement, galley)
            if owner >= 0:
                printed.append((galley.owners[owner].division, words))
        for strip, row in at_foot(placements, parts, galley, self.page.lines):
            self._strip(strip, row, galley)
        self._own(-2, galley)
        content = "BT\n" + "\n".join(self.out) + "\nET" if self.out else ""
        return Sheet(zlib.compress(content.encode("ascii"), 6), tuple(self.tagged), tuple(printed))

    def margins(self, stamps: Sequence[Stamp], texts: dict[str, str], *, right: bool) -> bytes:
        """Paint running head and folio, which are no part of the text, and move what follows to its column.

        `texts` gives words by what the stamps mean.
        """
        self.out, self.type, self.scale = [], None, 1.0
        self.left = self.page.inside if right else self.page.outside
        for stamp in stamps:
            text = texts.get(stamp.what, "")
            if not text:
                continue
            width = sum(shape(stamp.kind, word).advance for word in text.split(" "))
            width += text.count(" ") * shape(stamp.kind, " ").advance - stamp.kind.tracking
            x = self.left + stamp.x - {"left": 0.0, "center": width / 2, "right": width}[stamp.align]
            self.out.append(f"/Artifact <</Type /Pagination /Subtype /{stamp.side}>> BDC")
            self.out.append(f"1 0 0 1 {x:.3f} {self.page.trim.height_pt - stamp.y:.3f} Tm")
            self.out.append(_shown(self._run(Placed(x, 0.0, stamp.kind, text, 0.0))))
            self.out.append("EMC")
        content = "q BT\n" + "\n".join(self.out) + "\nET Q\n" if self.out else ""
        content += f"1 0 0 1 {self.left:.3f} 0 cm"
        return zlib.compress(content.encode("ascii"), 6)

    def _own(self, owner: int, galley: Galley) -> None:
        """Begin the text of an owner, ending that of another; −1 is an ornament, −2 nothing."""
        if owner == self.owner:
            return
        if self.owner != -2:  # noqa: PLR2004
            self.out.append("EMC")
        if owner >= 0:
            tag = _structure(galley.owners[owner].tag)
            self.out.append(f"/{tag} <</MCID {len(self.tagged)}>> BDC")
            self.tagged.append(owner)
        elif owner == -1:
            self.out.append("/Artifact BMC")
        self.owner = owner

    def _strip(self, strip: Strip, row: int, galley: Galley) -> str:
        self._own(strip.owner, galley)
        self._scaled(1.0)
        for text in strip.texts:
            self._at(text.x, row, text.base)
            self.out.append(_shown(self._run(text)))
        if strip.texts and strip.owner >= 0:
            self.out.append(_shown(self._code(strip.texts[-1].kind, " ")))
        return "".join(text.text for text in strip.texts)

    def _run(self, text: Placed) -> str:
        """Write text of one kind; capitals that look like small letters say what they are."""
        code = self._font(text.kind)
        wide = round(-text.spread * 1000 / text.kind.size)
        for index, word in enumerate(text.text.split(" ")):
            if index:
                code += moved(self._code(text.kind, " "), wide)
            if word:
                code += self._said(text.kind, word)
        return code

    def _said(self, kind: Type, word: str) -> str:
        code = self._code(kind, word)
        if not kind.levels_capitals or word == word.lower():
            return code
        actual = word.encode("utf-16-be").hex()
        return f"] TJ /Span <</ActualText <FEFF{actual}>>> BDC [{code}] TJ EMC ["

    def _at(self, x: float, row: int, base: float) -> None:
        y = self.page.trim.height_pt - self.page.top - row * self.page.leading - base
        self.out.append(f"1 0 0 1 {self.left + x:.3f} {y:.3f} Tm")

    def _scaled(self, scale: float) -> None:
        if scale != self.scale:
            self.out.append(f"{scale * 100:g} Tz")
            self.scale = scale

    def _font(self, kind: Type) -> str:
        """Give what changes the font in the middle of an array of text, or nothing."""
        wanted = (kind.path, kind.size)
        if wanted == self.type:
            return ""
        self.type = wanted
        return f"] TJ /{font_name(kind.path)} {kind.size:g} Tf ["

    def _code(self, kind: Type, text: str) -> str:
        """Give what shows a word, and note its glyphs."""
        code = self.codes.get((kind, text))
        if code is None:
            code = self.codes[kind, text] = self._used(kind, text).code
        return code

    def _used(self, kind: Type, text: str) -> Shaped:
        shaped = shape(kind, text)
        known = self.glyphs.setdefault(kind.path, {})
        for glyph, characters in shaped.glyphs:
            if known.setdefault(glyph, characters) > characters:
                known[glyph] = characters
        return shaped

    def _prose(self, part: SetProse, placement: Placement, galley: Galley) -> str:
        prose = part.prose
        self._own(prose.owner, galley)
        words: list[str] = []
        for number in range(placement.first, placement.after):
            indent = 0.0 if number else prose.indent
            line, code, text = self._line(part, placement, number)
            self._scaled(round(line.scale, 4))
            self._at(prose.x + indent - line.shift, placement.row + number - placement.first, prose.base)
            self.out.append(code)
            words.append(text)
        return "".join(words)

    def _line(self, part: SetProse, placement: Placement, number: int) -> tuple[Set, str, str]:
        """Give a line's stretch, drawing and words; those of the other side's pages are mostly the same."""
        key = (placement.slot, placement.setting, number, self.type)
        if key not in self.lines:
            ends = part.settings[placement.setting].ends
            start, end = ends[number - 1] if number else 0, ends[number]
            length = part.prose.width - (0.0 if number else part.prose.indent)
            line = stretched(part.matter, start, end, length)
            code = _shown("".join(self._pieces(part.matter, start, end, line)))
            text = "".join(text for _, text in texts_between(part.matter, start, end))
            self.lines[key] = line, code, text, self.type
        line, code, text, self.type = self.lines[key]
        return line, code, text

    def _pieces(self, matter: Material, start: int, end: int, line: Set) -> Iterator[str]:
        kind = None
        for kind, text in texts_between(matter, start, end):
            if code := self._font(kind):
                yield code
            if text == " ":
                wide = round(-shape(kind, " ").advance * (line.space - 1.0) * 1000 / kind.size)
                yield moved(self._code(kind, " "), wide)
            else:
                yield self._said(kind, text)
        if kind is None:
            return
        if matter.offsets[end]:
            yield _SOFT_HYPHEN.format(self._code(kind, HYPHEN))
        else:
            yield self._code(kind, " ")


def at_foot(
    placements: Sequence[Placement], parts: Sequence[Strip | SetProse], galley: Galley, lines: int
) -> Iterator[tuple[Strip, int]]:
    """Give the lines of the notes that a page calls, each with its row.

    They end the page; under a text that is much shorter than a page they stand where a full one ends.
    """
    called = [number for one in placements for number in getattr(parts[one.slot], "notes", ())]
    rows = sum(line.rows for number in called for line in galley.notes[number])
    row = max((one.row + _height(parts[one.slot], one) for one in placements), default=0) + 1
    if row + rows < lines - _NEARLY:
        row = lines - rows
    for number in called:
        for line in galley.notes[number]:
            yield line, row
            row += line.rows


def _height(part: Strip | SetProse, placement: Placement) -> int:
    return part.rows if isinstance(part, Strip) else placement.after - placement.first


def _shown(code: str) -> str:
    """Show what stands in an array of text, without empty arrays and needless ends of strings."""
    return f"[{code}] TJ".replace("[] TJ", "").replace("><", "").strip()


def texts_between(matter: Material, start: int, end: int) -> Iterator[tuple[Type, str]]:
    """Give what stands on a line: pieces of text, and word spaces."""
    first, skipped = matter.places[start], matter.offsets[start]
    after, left = matter.places[end], matter.offsets[end]
    while after > first and not left and matter.pieces[after - 1].is_space:
        after -= 1
    for index in range(first, after):
        piece = matter.pieces[index]
        yield piece.kind, piece.text[skipped:] if index == first and skipped else piece.text
    if left:
        piece = matter.pieces[after]
        yield piece.kind, piece.text[skipped if after == first else 0 : left]


def _structure(tag: str) -> str:
    return tag.upper()
