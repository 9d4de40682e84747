"""The signs of footnotes and the notes they refer to: their forms, and which belongs to which."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from msgspec import Struct

from publish.normalize.lines.shape import ends_full, is_ornament
from publish.normalize.sheet import Sheet
from publish.patterns import lazily

_POWER = r"(?<!\b[kcdm]m)(?<!\b[mcxyrn])(?<!\bft)"
"""Two miles may be m²; that is no reference."""
_AFTER_WORD = r"(?<=[^\s\[(*†‡§])"
NAMED = r"\^?(?:(?i:(?:foot)?note\s|fn\.?\s?|ftn\.?\s?|n\.?\s?)(?=\d)|\*(?=\d))?"
KEY = r"\d{1,3}|[ivx]{2,5}|[A-Za-z]|\*{1,4}|[†‡§]{1,3}"
"""What may stand in square brackets: "[3]", "[fn 3]", "[*3]", "[iii]"."""
PLAIN = lazily(
    r"(?:(?<=[^\W\d_]{2}[.,;:!?…])|(?<=[.,;:!?…][”’\"'»])|(?<=[”“’\"'»][.,;:!?…])|(?<=[^\W\d_]{3}))"
    r"([1-9]\d?)(?=[\s.,;:!?…”’\"'»)—]|\Z)"
)
"""A raised figure that a scanner set on the line: "paid in eels,1 and"."""
REFERENCES = (
    ("caret", "[", re.compile(r"\[\^([^\]\s\[]{1,32})\](?!:)")),
    ("bracket", "[", re.compile(rf"(?<=\S) ?\[{NAMED}({KEY})\](?!:)")),
    ("brace", "{", re.compile(_AFTER_WORD + r"\{(\d{1,3})\}")),
    ("angle", "<", re.compile(_AFTER_WORD + r"<(\d{1,3})>")),
    ("raised", "⁰¹²³⁴⁵⁶⁷⁸⁹", re.compile(_AFTER_WORD + _POWER + r"([⁰¹²³⁴-⁹]{1,3})")),
    ("star", "*†‡§", re.compile(_AFTER_WORD + r"(\*{1,4}|[†‡§]{1,3})(?=[\s.,;:!?…”’\"')»—-]|\Z)")),
    ("round", "(", re.compile(_AFTER_WORD + r"\((\d{1,3}|\*{1,4})\)")),
    ("spaced", "(", re.compile(_AFTER_WORD + r" \((\d{1,3})\)(?=[\s.,;:!?…”’\"'»]|\Z)")),
    ("plain", "123456789", PLAIN),
)
"""The forms of references: the signs one of which each has, and its pattern."""
SIGN = re.compile(f"[{re.escape(''.join(signs for _, signs, _ in REFERENCES))}]")


class Place(Struct, frozen=True, gc=False):
    """A range in one line."""

    line: int
    start: int
    end: int


class Reference(Struct, frozen=True, gc=False):
    """A sign in the text that may refer to a note."""

    place: Place
    form: str
    key: str


class Note(Struct, frozen=True):
    """A note: the sign or name with which it begins, and its text."""

    opening: Place
    form: str
    """How its sign is written; "named" in brackets that name it, "listed" below a heading for notes."""
    key: str
    paragraphs: tuple[tuple[Place, ...], ...]
    closing: Place | None = None
    """The bracket that ends it."""

    @property
    def lines(self) -> range:
        """All lines on which the note stands."""
        last = self.closing.line if self.closing else self.paragraphs[-1][-1].line
        return range(self.opening.line, last + 1)


def paired(
    sheet: Sheet, notes: Sequence[Note], references: Sequence[Reference]
) -> Iterator[tuple[Note, Place]]:
    """Give each note with the place of its reference; the notes of one form and sign are paired at once."""
    free = sorted(references, key=lambda reference: _begins(reference.place))
    apart = [reference for reference in free if reference.form == "spaced"]
    answered = set(_answered(sheet, notes, apart))
    free = [reference for reference in free if reference.form != "spaced" or reference in answered]
    forms = _forms(notes, free)
    pairs: dict[int, Place] = {}
    taken = {
        index for note in notes for index in note.lines if index > note.opening.line or not note.opening.start
    }
    for form in dict.fromkeys(forms.values()):
        some = [place for place, chosen in forms.items() if chosen == form]
        those = [reference for reference in free if reference.form == form]
        pairs |= _matched(notes, some, those)
    for place, note in enumerate(notes):
        if place in pairs:
            yield note, pairs[place]
        elif note.form == "named" and (stand := _stands(sheet, note, taken)):
            yield note, stand


def _answered(sheet: Sheet, notes: Sequence[Note], references: Sequence[Reference]) -> list[Reference]:
    """Give the numbers in brackets with a space before them that refer to notes: others count what is told.

    Each of a series has its note below, in the same order, and the notes are sentences.
    """
    numbered = [note for note in notes if note.form == "round" and note.key.isdecimal()]
    found: list[Reference] = []
    above = -1
    for _, some in groupby(_series(numbered), key=lambda item: item[0][0]):
        series = [note for _, note in some]
        first, last = series[0].opening.line, series[-1].lines[-1]
        start = bisect_left(references, above + 1, key=_line)
        own = references[start : bisect_left(references, first, key=_line)]
        if [reference.key for reference in own] == [note.key for note in series] and all(
            _is_sentence(sheet, note) for note in series
        ):
            found += own
        above = last
    return found


def _line(reference: Reference) -> int:
    return reference.place.line


def _is_sentence(sheet: Sheet, note: Note) -> bool:
    begins = sheet.texts[note.opening.line][note.opening.end :][:1]
    return not begins.islower() and ends_full(sheet.texts[note.lines[-1]])


def _forms(notes: Sequence[Note], references: Sequence[Reference]) -> dict[int, str]:
    """Give the form in which the references of each note are written.

    One small letter alone may be a word that an editor put in: "[a] house"; letters that count are no words,
    nor are small roman numerals.
    """
    keys: dict[str, set[str]] = {}
    for reference in references:
        keys.setdefault(reference.form, set()).add(reference.key)
    if not {"b", "ii"} & keys.get("bracket", set()):
        keys["bracket"] = {key for key in keys.get("bracket", ()) if not key.islower()}
    # An entry of a list is no note where others begin with the sign that the text has.
    answered = {note.form for note in notes} | {"bracket" for note in notes if note.form == "listed"}
    found: dict[int, str] = {}
    for place, note in enumerate(notes):
        open_to_all = note.form in ("named", "listed")
        forms = (
            tuple(form for form, _, _ in REFERENCES)
            if open_to_all
            else (note.form, *(form for form in _OTHERWISE.get(note.form, ()) if form not in answered))
        )
        form = next((form for form in forms if note.key in keys.get(form, ())), None)
        if form:
            found[place] = form
    return found


_OTHERWISE = {"round": ("spaced",), "plain": ("bracket", "raised")}
"""How else the text may refer to notes of a form."""


def _matched(notes: Sequence[Note], some: Sequence[int], references: Sequence[Reference]) -> dict[int, Place]:
    """Pair notes and references of one form: series by series where both count alike, else the nearest."""
    by_series = {key: reference.place for key, reference in _series(references)}
    listed = dict(_series([notes[place] for place in some]))
    if by_series.keys() == listed.keys():
        own = dict(zip(some, (by_series[key] for key in listed), strict=True))
        if all(reference.line <= notes[place].opening.line for place, reference in own.items()):
            return own
    by_key: dict[str, list[Place]] = {}
    for reference in references:
        by_key.setdefault(reference.key, []).append(reference.place)
    found: dict[int, Place] = {}
    alike = Counter(notes[place].key for place in some)
    last: dict[str, tuple[int, int]] = {}
    for place in some:
        key, here = notes[place].key, _begins(notes[place].opening)
        those = by_key.get(key, ())
        at = bisect_left(those, here, key=_begins) - 1
        if at >= 0 and last.get(key, (-1, 0)) < _begins(those[at]):
            found[place] = those[0 if notes[place].form == "caret" and alike[key] == 1 else at]
        last[key] = here
    return found


def _begins(place: Place) -> tuple[int, int]:
    return place.line, place.start


_Signed = TypeVar("_Signed", Note, Reference)


def _series(some: Sequence[_Signed]) -> Iterator[tuple[tuple[int, str], _Signed]]:
    """Give each sign with the number of its series; the next begins where a sign returns or a count falls."""
    series, seen, highest = 0, set[str](), 0
    for item in some:
        value = int(item.key) if item.key.isdecimal() else 0
        if item.key in seen or (value and value < highest):
            series, seen, highest = series + 1, set(), 0
        seen.add(item.key)
        highest = max(highest, value)
        yield (series, item.key), item


def _stands(sheet: Sheet, note: Note, taken: Collection[int]) -> Place | None:
    """Give where a note without a reference belongs: where it stands, or at the end of the text above it."""
    if note.opening.start > 0:
        at = len(sheet.texts[note.opening.line][: note.opening.start].rstrip())
        return Place(note.opening.line, at, at)
    before = note.opening.line - 1
    while before in taken:
        before -= 1
    if before < 0 or sheet.first_of_file(note.opening.line) or is_ornament(sheet.texts[before]):
        return None
    return Place(before, len(sheet.texts[before]), len(sheet.texts[before]))
