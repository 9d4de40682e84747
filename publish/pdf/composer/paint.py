"""Lines as the content streams of pages, tagged and ready to be put into a file."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from publish.pdf.composer.galley import Galley, Lead, Prose, Strip
from publish.pdf.composer.heads import Stamp, runs, shortened, width
from publish.pdf.composer.lines import Breaks, Set, stretched
from publish.pdf.composer.material import HYPHEN, Material
from publish.pdf.composer.shaping import Shaped, Type, moved, shape
from publish.pdf.composer.skeleton import Owner
from publish.pdf.composer.spreads import LINE, Placement
from publish.pdf.composer.texts import Placed
from publish.pdf.geometry import Geometry

_SOFT_HYPHEN = "] TJ /Span <</ActualText <FEFF00AD>>> BDC [{}] TJ EMC ["


class Pasted(Struct, frozen=True):
    """A cutting, or some of its lines, in its place on a page."""

    body: str
    """As in `Cutting`."""
    lines: tuple[int, int]
    """First of its lines or rows, and the one after the last; (0, 0) stands for all of it."""
    top: float
    """Points from the page's upper edge."""
    before: int
    """Marked sequences of the page that come before it in reading order."""
    is_table: bool = False
    """Whether its lines are the rows of a table, which on every page has its head."""


class Sheet(Struct, frozen=True):
    """A painted page, without running head and folio."""

    content: bytes
    """Compressed content stream."""
    tagged: tuple[int, ...]
    """For each marked sequence of the stream, the owner of its text."""
    printed: tuple[tuple[str, str], ...]
    """Identifiers of divisions, and what is printed of each, in reading order."""
    pasted: tuple[Pasted, ...] = ()
    plate: str = ""
    """Of a page that a plate fills: a document's body that holds it alone."""


class SetLine(Struct, frozen=True):
    """A line of type on its page."""

    row: float
    """Of the page's lines, counted from 0; some styles have half ones."""
    rows: float
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


Part = Strip | SetProse


class SetGalley(Struct, frozen=True):
    """A galley whose paragraphs are set."""

    galley: Galley
    parts: tuple[Part, ...]
    notes: tuple[tuple[Part, ...], ...]
    """Set in one way only."""


def font_name(path: str) -> str:
    """Give the name under which content streams call a font file."""
    # The same on every machine, whatever the folder.
    return f"F{zlib.crc32(Path(path).name.encode()):x}"


_Font = tuple[str, float, float]
"""File, size, and points above the baseline."""
_Drawn = tuple[Set, str, str, _Font | None]
"""A line: its stretch, its drawing, its words, and the font in use after it."""


class Painter:
    """Paints the pages of one section."""

    def __init__(self, page: Geometry) -> None:
        self.page = page
        self.glyphs: dict[str, dict[int, str]] = {}
        self.codes: dict[tuple[Type, str], str] = {}
        self.lines: dict[tuple[int, int, int, _Font | None], _Drawn] = {}
        """Of the parts that are painted, which live as long as the painter does."""
        self.out: list[str] = []
        self.tagged: list[int] = []
        self.pasted: list[Pasted] = []
        self.owner = -2
        self.type: _Font | None = None
        self.scale = 1.0
        self.left = 0.0

    def sheet(
        self, placements: Sequence[Placement], read: SetGalley, notes: Sequence[tuple[Part, Placement]]
    ) -> Sheet:
        """Paint one page, notes and all, at the page's left edge; `margins` moves its column to its place."""
        if plate := plate_of(placements, read):
            return Sheet(b"", (), (), plate=plate)
        self.out, self.tagged, self.pasted = [], [], []
        self.owner, self.type, self.scale, self.left = -2, None, 1.0, 0.0
        printed = []
        for placement in placements:
            owner, words = self._part(read.parts[placement.slot], placement, read.galley)
            if owner >= 0:
                printed.append((read.galley.owners[owner].division, words))
        for part, placement in notes:
            self._part(part, placement, read.galley)
        self._own(-2, read.galley)
        content = "BT\n" + "\n".join(self.out) + "\nET" if self.out else ""
        stream = zlib.compress(content.encode("ascii"), 6)
        return Sheet(stream, tuple(self.tagged), tuple(printed), tuple(self.pasted))

    def _part(self, part: Part, placement: Placement, galley: Galley) -> tuple[int, str]:
        """Paint what stands on the page of a part; give its owner and its words."""
        if isinstance(part, SetProse):
            return part.prose.owner, self._prose(part, placement, galley)
        self._lead(part.lead, placement.row, galley)
        if part.cutting >= 0:
            self._paste(part, placement.row, galley)
            return part.owner, part.words
        self._strip(part, placement.row, galley)
        return part.owner, part.words

    def margins(self, stamps: Sequence[Stamp], texts: Mapping[str, Sequence[str]], *, right: bool) -> bytes:
        """Paint running head and folio, which are no part of the text, and move what follows to its column.

        `texts` gives words by what the stamps mean: of several, the first that can be set are.
        """
        self.out, self.type, self.scale = [], None, 1.0
        self.left = self.page.inside if right else self.page.outside
        for stamp in stamps:
            said = texts.get(stamp.what, ())
            if stamp.what in ("verso", "recto"):
                said = [shortened(text, stamp, stamps, self.page.measure) for text in said if text]
            if not (faced := next(filter(None, (runs(text, stamp) for text in said)), [])):
                continue
            wide = sum(width(run.text, run.kind) for run in faced)
            x = self.left + stamp.x - {"left": 0.0, "center": wide / 2, "right": wide}[stamp.align]
            self.out.append(f"/Artifact <</Type /Pagination /Subtype /{stamp.side}>> BDC")
            self.out.append(f"1 0 0 1 {x:.3f} {self.page.trim.height_pt - stamp.y:.3f} Tm")
            code = "".join(self._run(Placed(x, 0.0, run.kind, run.text, 0.0)) for run in faced)
            self.out += [_shown(code), "EMC"]
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
            tag = galley.owners[owner].tag.upper()
            self.out.append(f"/{tag} <</MCID {len(self.tagged)}>> BDC")
            self.tagged.append(owner)
        elif owner == -1:
            self.out.append("/Artifact BMC")
        self.owner = owner

    def _strip(self, strip: Strip, row: float, galley: Galley) -> None:
        self._texts(strip.owner, strip.texts, row, galley)
        if strip.texts and strip.owner >= 0:
            self.out.append(_shown(self._code(strip.texts[-1].kind, " ")))

    def _texts(self, owner: int, texts: Sequence[Placed], row: float, galley: Galley) -> None:
        self._own(owner, galley)
        self._scaled(1.0)
        for text in texts:
            self._at(text.x, row, text.base)
            self.out.append(_shown(self._run(text)))

    def _lead(self, lead: Lead | None, row: float, galley: Galley) -> None:
        if lead is not None:
            self._texts(lead.owner, lead.texts, row, galley)
            if lead.apart:
                self.out.append(_shown(self._code(lead.texts[-1].kind, " ")))

    def _paste(self, strip: Strip, row: float, galley: Galley) -> None:
        """Note where a cutting goes; lines of one that follow each other go there together."""
        self._own(-2, galley)
        cutting = galley.cuttings[strip.cutting]
        lines = (strip.line, strip.line + 1) if cutting.lines else (0, 0)
        last = self.pasted[-1] if self.pasted else None
        if last is not None and cutting.lines and (last.body, last.lines[1]) == (cutting.body, lines[0]):
            self.pasted[-1] = replace(last, lines=(last.lines[0], lines[1]))
        else:
            top = self.page.top + (row - strip.again) * self.page.leading / LINE + cutting.drop
            self.pasted.append(Pasted(cutting.body, lines, top, len(self.tagged), cutting.is_table))

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

    def _at(self, x: float, row: float, base: float) -> None:
        y = self.page.trim.height_pt - self.page.top - row * self.page.leading / LINE - base
        self.out.append(f"1 0 0 1 {self.left + x:.3f} {y:.3f} Tm")

    def _scaled(self, scale: float) -> None:
        if scale != self.scale:
            self.out.append(f"{scale * 100:g} Tz")
            self.scale = scale

    def _font(self, kind: Type) -> str:
        """Give what changes the font in the middle of an array of text, or nothing."""
        wanted, before = (kind.path, kind.size, kind.rise), self.type or ("", 0.0, 0.0)
        if wanted == before:
            return ""
        self.type = wanted
        face = f"/{font_name(kind.path)} {kind.size:g} Tf" if wanted[:2] != before[:2] else ""
        rise = f"{kind.rise:g} Ts" if kind.rise != before[2] else ""
        return f"] TJ {' '.join(filter(None, (face, rise)))} ["

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
        if not placement.first:
            self._lead(prose.lead, placement.row, galley)
        self._own(prose.owner, galley)
        words = [] if placement.first else [prose.opening()]
        for number in range(placement.first // LINE, placement.after // LINE):
            indent = prose.indent_of(number)
            line, code, text = self._line(part, placement, number)
            self._scaled(round(line.scale, 4))
            row = placement.row + (number - placement.first // LINE) * prose.pitch
            self._at(prose.x + indent - line.shift, row, prose.base)
            self.out.append(code)
            words.append(text)
        return "".join(words)

    def _line(self, part: SetProse, placement: Placement, number: int) -> tuple[Set, str, str]:
        """Give a line's stretch, drawing and words; those of the other side's pages are mostly the same."""
        key = (id(part), placement.setting, number, self.type)
        if key not in self.lines:
            ends = part.settings[placement.setting].ends
            start, end = ends[number - 1] if number else 0, ends[number]
            length = part.prose.width - part.prose.indent_of(number)
            line = stretched(part.matter, start, end, length, ragged=part.prose.ragged)
            code = _shown("".join(self._pieces(part.matter, start, end, line)))
            # The number of a note is no word of the author's.
            text = "".join(text for kind, text in texts_between(part.matter, start, end) if not kind.rise)
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


def plate_of(placements: Sequence[Placement], read: SetGalley) -> str:
    """Give the document's body that holds the plate of a page alone; nothing where it has none."""
    part = read.parts[placements[0].slot] if placements else None
    return read.galley.cuttings[part.cutting].body if isinstance(part, Strip) and part.is_plate else ""


def height(part: Part) -> int:
    """Give the rows of a part; of a paragraph, those of its first setting."""
    return round(part.rows) if isinstance(part, Strip) else LINE * len(part.settings[0].ends)


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
