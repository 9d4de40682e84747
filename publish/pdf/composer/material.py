"""A paragraph made ready for line breaking: what is printed, where lines may end and how wide all is.

Widths are in points and counted from the paragraph's beginning, so that any line's width is a difference.
"""

import re
from functools import cache

from msgspec import Struct

from publish.pdf.composer import hyphens
from publish.pdf.composer.shaping import Type, shape


class Run(Struct, frozen=True):
    """Characters of one kind of type; `divided` says whether its words may be hyphenated."""

    text: str
    kind: Type
    divided: bool = True
    number: bool = False
    """The number of a note, which is no text of the author's."""
    note: int = -1
    """Which of the section's notes it calls."""


class Piece(Struct, frozen=True):
    """What is printed in one go: a word or a part of it in one kind of type, or a word space."""

    kind: Type
    text: str
    is_space: bool
    at: int
    """Where its first character stands in the paragraph."""


class Material:
    """A paragraph as parallel lists, one entry for each place at which a line may end.

    Place 0 is the paragraph's beginning, the last one its end. Lists are faster than objects here, and line
    breaking is the greater part of setting a book.
    """

    __slots__ = (
        "begins", "calls", "ends", "first_words", "hangs_left", "hangs_right", "hyphened", "last_words",
        "offsets", "penalties", "pieces", "places", "spaces_before", "spaces_until",
    )  # fmt: skip

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.places: list[int] = []
        """Index of the piece with which the next line begins (or which is divided there)."""
        self.offsets: list[int] = []
        """Characters of that piece that still stand on this line."""
        self.ends: list[float] = []
        """Width of everything up to the line's end, hyphen included, word spaces at their natural width."""
        self.begins: list[float] = []
        """Width of everything before the next line's beginning."""
        self.spaces_until: list[float] = []
        """Of the former, the width of the word spaces."""
        self.spaces_before: list[float] = []
        self.calls: list[tuple[int, int]] = []
        """Pieces that call notes, each with its note."""
        self.penalties: list[float] = []
        self.hyphened: list[bool] = []
        self.hangs_right: list[float] = []
        """How far the line's last sign may stand out to the right."""
        self.hangs_left: list[float] = []
        """How far the next line's first sign may stand out to the left."""
        self.last_words: list[str] = []
        self.first_words: list[str] = []


HYPHEN = "\u2010"
HYPHEN_PENALTY = 280.0
NAME_PENALTY = 500.0
DASH_PENALTY = 20.0
_SPACE = re.compile("([ \u00a0]+)")
_BLANK = re.compile("[ \t\r\n\f]*[\t\r\n\f][ \t\r\n\f]*| {2,}")
_AFTER = re.compile(
    "(?<=[^\\s—–-][—–\u2010-])(?=[^\\W\\d]|[“‘«„(\\[])|\u200b|(?<=[^\\s—][—])(?=[\\d…])|(?<=\\w/)(?=\\w)"
)
"""Where a word may be parted without a hyphen: after dashes and hyphens in it, at zero-width spaces."""

_RIGHT = {
    **dict.fromkeys(".,", 0.7), **dict.fromkeys("‐-", 0.55), **dict.fromkeys(";:", 0.4),
    **dict.fromkeys("’”'\"", 0.55), **dict.fromkeys("!?", 0.2), "—": 0.15, "–": 0.25, "…": 0.15, ")": 0.1,
}  # fmt: skip
_LEFT = {**dict.fromkeys("‘“'\"", 0.55), "(": 0.1, "—": 0.15, "–": 0.25}
"""Share of a sign's width by which it stands out of the column, so that the edge looks straight."""


def material(runs: tuple[Run, ...]) -> Material:
    """Measure a paragraph and find every place where a line may end."""
    made = _Maker()
    for unit in _units(runs):
        made.add(unit)
    return made.finished()


_Unit = list[tuple[str, Run, int]]
"""A word between spaces, or one space: its parts with their runs and where they stand in the paragraph."""


def _units(runs: tuple[Run, ...]) -> list[_Unit]:
    units: list[_Unit] = []
    word: _Unit = []
    at = 0
    for run in runs:
        text = _BLANK.sub(" ", run.text) if _BLANK.search(run.text) else run.text
        for number, part in enumerate(_SPACE.split(text)):
            if number % 2:
                if word:
                    units.append(word)
                    word = []
                units.append([(part, run, at)])
            elif part:
                word.append((part, run, at))
            at += 0 if run.number else len(part)
    return [*units, word] if word else units


class _Chunk(Struct, frozen=True):
    """A word, or what stands between two dashes of it, as it is measured once for all its places."""

    text: str
    at: int
    """Where it begins in the word."""
    width: float
    left: float
    """How far its first sign may stand out."""
    right: float
    stops: tuple[tuple[int, float], ...]
    """Where it may be divided: after how many characters, and how wide these are."""
    dash: float
    """Width of the hyphen."""
    hang: float
    """How far the hyphen may stand out."""
    opens: bool
    """Whether a line may end after it."""
    hyphened: bool
    """Whether it ends with a hyphen of the author's."""


@cache
def _chunks(text: str, kind: Type, divided: bool) -> tuple[_Chunk, ...]:
    ends = [match.span() for match in _AFTER.finditer(text)] + [(len(text), len(text))]
    chunks, begin = [], 0
    for end, following in ends:
        if end > begin:
            chunks.append(_chunk(text[begin:end], begin, kind, divided, end < len(text)))
        begin = following
    return tuple(chunks)


def _chunk(text: str, at: int, kind: Type, divided: bool, opens: bool) -> _Chunk:
    shaped = shape(kind, text)
    places = hyphens.divisions(text, kind.language) if divided else ()
    return _Chunk(
        text=text,
        at=at,
        width=shaped.advance,
        left=_hang(_LEFT, kind, text[:1]),
        right=_hang(_RIGHT, kind, text[-1:]),
        stops=tuple((place, shaped.stops[place]) for place in places),
        dash=shape(kind, HYPHEN).advance if places else 0.0,
        hang=_hang(_RIGHT, kind, HYPHEN) if places else 0.0,
        opens=opens,
        hyphened=text[-1] in "-\u2010",
    )


class _Maker:
    """Gathers a paragraph word by word."""

    def __init__(self) -> None:
        self.out = Material()
        self.width = self.spaces = self.right = 0.0
        self.sentence = True
        self.word = ""
        self._mark(0, 0.0, 0.0)

    def add(self, unit: _Unit) -> None:
        text, run, at = unit[0]
        if text[0] in " \u00a0":
            self._space(run.kind, at, tied="\u00a0" in text)
            return
        self.word = text if len(unit) == 1 else "".join(part for part, _, _ in unit)
        if not self.out.pieces or self.out.pieces[-1].is_space:
            self.out.first_words[-1] = self.word
        for part, its_run, place in unit:
            if its_run.note >= 0:
                self.out.calls.append((len(self.out.pieces), its_run.note))
            for chunk in _chunks(part, its_run.kind, its_run.divided):
                self._chunk(chunk, its_run, place)
        self.sentence = self.word.rstrip("’”'\")]»")[-1:] in {".", "!", "?", "…", ":"}

    def _space(self, kind: Type, at: int, *, tied: bool) -> None:
        out = self.out
        if not out.pieces or out.pieces[-1].is_space:
            return
        natural = shape(kind, " ").advance
        out.pieces.append(Piece(kind, " ", is_space=True, at=at))
        if not tied:
            self._mark(len(out.pieces), self.right, 0.0, natural)
        self.width += natural
        self.spaces += natural

    def _chunk(self, chunk: _Chunk, run: Run, at: int) -> None:
        out, index = self.out, len(self.out.pieces)
        if out.places[-1] == index and not out.offsets[-1]:
            out.hangs_left[-1] = chunk.left
        out.pieces.append(Piece(run.kind, chunk.text, is_space=False, at=at + chunk.at))
        if chunk.stops:
            name = hyphens.is_name(chunk.text, run.kind.language, begins=self.sentence)
            penalty = NAME_PENALTY if name else HYPHEN_PENALTY
            for place, inside in chunk.stops:
                self._mark(index, chunk.hang, penalty)
                out.offsets[-1], out.hyphened[-1], out.first_words[-1] = place, True, self.word
                out.begins[-1] += inside
                out.ends[-1] += inside + chunk.dash
        self.width += chunk.width
        self.right = chunk.right
        if chunk.opens:
            self._mark(index + 1, chunk.right, DASH_PENALTY)
            out.hyphened[-1] = chunk.hyphened

    def _mark(self, piece: int, hang: float, penalty: float, space: float = 0.0) -> None:
        """Note a place where a line may end, and the next begin with a piece, less a word space."""
        out = self.out
        out.places.append(piece)
        out.offsets.append(0)
        out.ends.append(self.width)
        out.begins.append(self.width + space)
        out.spaces_until.append(self.spaces)
        out.spaces_before.append(self.spaces + space)
        out.penalties.append(penalty)
        out.hyphened.append(False)
        out.hangs_right.append(hang)
        out.hangs_left.append(0.0)
        out.last_words.append(self.word)
        out.first_words.append("")

    def finished(self) -> Material:
        out = self.out
        while out.pieces and out.pieces[-1].is_space:
            self._drop_last_space()
        self._mark(len(out.pieces), self.right, 0.0)
        return out

    def _drop_last_space(self) -> None:
        out = self.out
        natural = shape(out.pieces.pop().kind, " ").advance
        self.width -= natural
        self.spaces -= natural
        if out.places[-1] > len(out.pieces):
            for name in Material.__slots__:
                if name not in ("pieces", "calls"):
                    getattr(out, name).pop()


def _hang(shares: dict[str, float], kind: Type, sign: str) -> float:
    share = shares.get(sign)
    return share * shape(kind, sign).advance if share else 0.0
