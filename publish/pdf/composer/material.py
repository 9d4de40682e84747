"""A paragraph made ready for line breaking: what is printed, where lines may end and how wide all is.

Widths are in points and counted from the paragraph's beginning, so that any line's width is a difference.
"""

from __future__ import annotations

import re

from msgspec import Struct

from publish.pdf.composer import hyphens
from publish.pdf.composer.shaping import Type, shape


class Run(Struct, frozen=True):
    """Characters of one kind of type; `divided` says whether its words may be hyphenated."""

    text: str
    kind: Type
    divided: bool = True


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
        "begins",
        "ends",
        "first_words",
        "hangs_left",
        "hangs_right",
        "hyphened",
        "last_words",
        "offsets",
        "penalties",
        "pieces",
        "places",
        "spaces_before",
        "spaces_until",
    )

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
        self.penalties: list[float] = []
        self.hyphened: list[bool] = []
        self.hangs_right: list[float] = []
        """How far the line's last sign may stand out to the right."""
        self.hangs_left: list[float] = []
        """How far the next line's first sign may stand out to the left."""
        self.last_words: list[str] = []
        self.first_words: list[str] = []


HYPHEN = "\u2010"
HYPHEN_PENALTY = 200.0
NAME_PENALTY = 400.0
DASH_PENALTY = 20.0
_SPACE = re.compile("[ \u00a0]+")
_BLANK = re.compile("[ \t\r\n\f]+")
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
        text = _BLANK.sub(" ", run.text)
        done = 0
        for match in _SPACE.finditer(text):
            if match.start() > done:
                word.append((text[done : match.start()], run, at + done))
            if word:
                units.append(word)
            word = []
            units.append([(match[0], run, at + match.start())])
            done = match.end()
        if done < len(text):
            word.append((text[done:], run, at + done))
        at += len(text)
    return [*units, word] if word else units


class _Stop(Struct):
    """A place where a line may end, as it is found."""

    piece: int
    offset: int
    hang: float
    penalty: float = 0.0
    after: float = 0.0
    """Width of the word space that goes."""
    inside: float = 0.0
    """Width of what stands before it in its piece."""
    dash: float = 0.0
    """Width of the hyphen that comes."""


class _Maker:
    """Gathers a paragraph word by word."""

    def __init__(self) -> None:
        self.out = Material()
        self.width = self.spaces = 0.0
        self.sentence = True
        self.word = ""
        self._mark(_Stop(0, 0, 0.0))

    def add(self, unit: _Unit) -> None:
        text, run, at = unit[0]
        if text[0] in " \u00a0":
            self._space(text, run, at)
            return
        self.word = "".join(part for part, _, _ in unit)
        if not self.out.pieces or self.out.pieces[-1].is_space:
            self.out.first_words[-1] = self.word
        for number, (part, its_run, place) in enumerate(unit):
            self._part(part, its_run, place, last=number == len(unit) - 1)
        self.sentence = self.word.rstrip("’”'\")]»")[-1:] in {".", "!", "?", "…", ":"}

    def _space(self, text: str, run: Run, at: int) -> None:
        out = self.out
        if not out.pieces or out.pieces[-1].is_space:
            return
        natural = shape(run.kind, " ").advance
        tied = "\u00a0" in text
        last = out.pieces[-1]
        out.pieces.append(Piece(run.kind, " ", is_space=True, at=at))
        if not tied:
            hang = _hang(_RIGHT, last.kind, last.text[-1:])
            self._mark(_Stop(len(out.pieces), 0, hang, after=natural))
        self.width += natural
        self.spaces += natural

    def _part(self, text: str, run: Run, at: int, *, last: bool) -> None:
        done = 0
        for match in _AFTER.finditer(text):
            if match.start() > done:
                self._chunk(text[done : match.start()], run, at + done)
                sign = text[match.start() - 1]
                self._mark(_Stop(len(self.out.pieces), 0, _hang(_RIGHT, run.kind, sign), DASH_PENALTY))
                self.out.hyphened[-1] = sign in "-\u2010"
            done = match.end()
        if done < len(text) or last:
            self._chunk(text[done:], run, at + done)

    def _chunk(self, text: str, run: Run, at: int) -> None:
        if not text:
            return
        out, shaped = self.out, shape(run.kind, text)
        if out.pieces and out.places[-1] == len(out.pieces) and out.offsets[-1] == 0:
            out.hangs_left[-1] = _hang(_LEFT, run.kind, text[:1])
        index = len(out.pieces)
        out.pieces.append(Piece(run.kind, text, is_space=False, at=at))
        if run.divided:
            dash, hang = shape(run.kind, HYPHEN).advance, _hang(_RIGHT, run.kind, HYPHEN)
            name = hyphens.is_name(text, run.kind.language, begins=self.sentence)
            penalty = NAME_PENALTY if name else HYPHEN_PENALTY
            for place in hyphens.divisions(text, run.kind.language):
                self._mark(_Stop(index, place, hang, penalty, inside=shaped.stops[place], dash=dash))
        self.width += shaped.advance

    def _mark(self, stop: _Stop) -> None:
        out = self.out
        out.places.append(stop.piece)
        out.offsets.append(stop.offset)
        out.ends.append(self.width + stop.inside + stop.dash)
        out.begins.append(self.width + stop.inside + stop.after)
        out.spaces_until.append(self.spaces)
        out.spaces_before.append(self.spaces + stop.after)
        out.penalties.append(stop.penalty)
        out.hyphened.append(bool(stop.dash))
        out.hangs_right.append(stop.hang)
        out.hangs_left.append(0.0)
        out.last_words.append(self.word)
        out.first_words.append(self.word if stop.offset else "")

    def finished(self) -> Material:
        out = self.out
        while out.pieces and out.pieces[-1].is_space:
            self._drop_last_space()
        last = out.pieces[-1] if out.pieces else None
        hang = _hang(_RIGHT, last.kind, last.text[-1:]) if last else 0.0
        self._mark(_Stop(len(out.pieces), 0, hang))
        if out.pieces:
            out.hangs_left[0] = _hang(_LEFT, out.pieces[0].kind, out.pieces[0].text[:1])
        return out

    def _drop_last_space(self) -> None:
        out = self.out
        natural = shape(out.pieces.pop().kind, " ").advance
        self.width -= natural
        self.spaces -= natural
        if out.places[-1] > len(out.pieces):
            for name in Material.__slots__:
                if name != "pieces":
                    getattr(out, name).pop()


def _hang(shares: dict[str, float], kind: Type, sign: str) -> float:
    share = shares.get(sign)
    return share * shape(kind, sign).advance if share else 0.0
