"""Numbers in words, from 1 to 199, in the languages in which chapters are counted.

Each language is a table of its irregular words and of the manner in which it joins them. The phrases of all
languages up to a hundred are enumerated once, in a hundredth of a second; a heading is then read by looking
its words up.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import cache, cached_property

from msgspec import Struct, convert

from publish.normalize.words.wordlists import sections

Reader = Callable[[str], tuple[int, bool] | None]
"""From a phrase without spaces and hyphens to its value and whether it is an ordinal."""
OPENING = 5
"""So many letters of a phrase tell the languages that it may be of, and that most words begin none."""


class Ordinal(Enum):
    """How the ordinals of twenty-one and its like are made."""

    LAST = "last"
    """Only the last word is one: двадцать третья, vingt-troisième."""
    BOTH = "both"
    """Ten and unit are: dwudziesty trzeci, vigésimo tercero."""
    UNIT_FIRST = "unit_first"
    """The ten is, and stands last, of cardinals too: drieëntwintigste."""
    SUFFIX = "suffix"
    """An ending is put to the cardinal: ventitreesimo."""


class Tongue(Struct, frozen=True):
    """How one language spells numbers; forms of one number are parted by a slash, `=` marks a whole word."""

    cardinals: str
    """From 1 to 19."""
    tens: str
    """From 20 to 90."""
    joiners: str
    """What stands between ten and unit; "_" where they are written together or apart."""
    hundred: str
    ordinals: str
    """Stems from 1 to 19."""
    ordinal_tens: str
    """Stems from 20 to 90."""
    ordinal_hundred: str
    endings: str
    """Of ordinals; "_" for none."""
    manner: Ordinal
    hundred_joiners: str = "_"
    carried: str = ""
    """Endings that any ordinal has where another has them: "Zweiter" and "Dritter"."""
    vigesimal: bool = False
    """Sixty and eighty take units up to nineteen: soixante-dix, quatre-vingt-dix-sept."""
    printed: str = ""
    """Ordinals from 1 as they stand beside labels, in rows parted by strokes: "partie: première deuxième"."""
    turned: str = ""
    """What joins unit and ten where the unit may stand first as well: jedenadvacátý."""


@cache
def tongues() -> list[Tongue]:
    """Give all languages that are known; `words/numbers.txt` has their words."""
    return [convert(rows, Tongue, strict=False) for rows in sections("numbers").values()]


def like(
    written: str, values: tuple[int, int], fold: Callable[[str], str], label: str = "", language: str = ""
) -> str | None:
    """Give a number as another is written; None where that is in doubt. `values` are this and the other.

    The words of the book's language are asked first; in others the same word may stand for the number.

    >>> like("Zweiter", (2, 1), str.lower), like("Deuxième", (2, 1), str.lower, "partie")
    ('erster', 'première')
    """
    value, number = values
    for tongue in sorted(tongues(), key=lambda tongue: tongue is not _of(language)):
        for row, endings in ((tongue.cardinals, "_"), (tongue.ordinals, tongue.carried)):
            forms = [forms.split("/") for forms in row.split()]
            wanted = forms[number - 1] if number <= len(forms) else []
            for ending in _bare(endings) if value <= len(forms) and len(wanted) == 1 else ():
                if fold(written) in {fold(form + ending) for form in forms[value - 1]}:
                    return wanted[0] + ending
        for row in tongue.printed.split(" | ") if tongue.printed else ():
            labels, _, words = row.partition(": ")
            printed = words.split()
            counted = label in map(fold, labels.split()) and max(value, number) <= len(printed)
            if counted and fold(printed[value - 1]) == fold(written):
                return printed[number - 1]
    return None


def _of(language: str) -> Tongue | None:
    """Give the words of a language by its tag."""
    known = dict(zip(sections("numbers"), tongues(), strict=True))
    return known.get({"nb": "no", "nn": "no"}.get(language[:2], language[:2]))


# The shortest cardinals of Danish, Norwegian and Swedish are words of other languages.
NORTHERN = {
    "en": 1, "et": 1, "ett": 1, "to": 2, "fire": 4, "sex": 6, "sju": 7, "ni": 9, "ti": 10, "tio": 10,
}  # fmt: skip
"""Cardinals that are words of other languages too: they count behind a northern label alone."""
_NOT_ALONE = NORTHERN.keys() | {"on"}
"""Words that are numbers only as a part of others."""
NORTHERN_LABELS = frozenset("kapitel kapittel kap del bok bog akt avsnitt afsnit bind band".split())
_TEN, _TEENS = 10, 20
_SIXTY, _EIGHTY = 60, 80


class Spelling:
    """One language with its words folded, by value."""

    def __init__(self, tongue: Tongue, fold: Callable[[str], str]) -> None:
        self._tongue = tongue
        self._unit_first = tongue.manner is Ordinal.UNIT_FIRST
        self._joiners = _bare(tongue.joiners)
        self._endings = _bare(fold(tongue.endings))
        self._units = list(_words(fold(tongue.cardinals), 1, 1, [""]))
        self._tens = list(_words(fold(tongue.tens), 20, 10, [""]))
        self._ordinals = list(_words(fold(tongue.ordinals), 1, 1, self._endings))
        self._ordinal_tens = list(_words(fold(tongue.ordinal_tens), 20, 10, self._endings))
        self._hundreds = fold(tongue.hundred).split("/")
        self._hundred_joiners = _bare(tongue.hundred_joiners)
        self._ordinal_hundreds = list(_words(fold(tongue.ordinal_hundred), 100, 1, self._endings))

    def openings(self) -> set[str]:
        """Give the first letters of all phrases."""
        below = {phrase[:OPENING] for phrase in (*self._cardinals, *self._all_ordinals)}
        above = {
            (hundred + joiner + rest)[:OPENING]
            for hundred in self._hundreds
            for joiner in self._hundred_joiners
            for rest in below
        }
        return below - _NOT_ALONE | above | {hundred[:OPENING] for hundred in self._hundreds}

    def read(self, phrase: str) -> tuple[int, bool] | None:
        """Read a phrase; of two readings the cardinal is meant, and the smaller number."""
        if phrase in self._cardinals and phrase not in _NOT_ALONE:
            return self._cardinals[phrase], False
        if found := self._all_ordinals.get(phrase):
            return found, True
        for hundred in self._hundreds:
            if phrase == hundred:
                return 100, False
            for joiner in self._hundred_joiners if phrase.startswith(hundred) else ():
                rest = phrase.removeprefix(hundred + joiner)
                for table, ordinal in ((self._cardinals, False), (self._below, True)):
                    if rest != phrase and rest in table:
                        return table[rest] + 100, ordinal
        return None

    @cached_property
    def _cardinals(self) -> dict[str, int]:
        return _table([*self._units, *self._tens, *self._joined()])

    @cached_property
    def _below(self) -> dict[str, int]:
        """Give the ordinals below a hundred."""
        return _table([*self._ordinals, *self._ordinal_tens, *self._joined_ordinals()])

    @cached_property
    def _all_ordinals(self) -> dict[str, int]:
        return _table(self._ordinal_hundreds) | self._below

    def _joined(self) -> Iterator[tuple[str, int]]:
        for ten, tens in self._tens:
            for unit, value in self._units:
                if value < self._reach(tens):
                    for joiner in self._joiners:
                        parts = (unit, joiner, ten) if self._unit_first else (ten, joiner, unit)
                        yield "".join(parts), tens + value

    def _reach(self, tens: int) -> int:
        return _TEENS if self._tongue.vigesimal and tens in (_SIXTY, _EIGHTY) else _TEN

    def _joined_ordinals(self) -> Iterator[tuple[str, int]]:
        manner = self._tongue.manner
        if manner is Ordinal.SUFFIX:
            yield from self._with_suffix()
            yield from self._pairs(self._ordinal_tens, [one for one in self._ordinals if one[1] < _TEN])
        elif manner is Ordinal.UNIT_FIRST:
            units = [(unit, value) for unit, value in self._units if value < _TEN]
            yield from self._pairs(units, self._ordinal_tens)
        else:
            first = self._tens if manner is Ordinal.LAST else self._ordinal_tens
            for ten, tens in first:
                units = [(unit, value) for unit, value in self._ordinals if value < self._reach(tens)]
                yield from self._pairs([(ten, tens)], units)
        if self._tongue.turned:
            yield from self._turned()

    def _turned(self) -> Iterator[tuple[str, int]]:
        for ten, tens in self._ordinal_tens:
            for unit, value in self._units:
                if value < _TEN:
                    yield unit + self._tongue.turned + ten, tens + value

    def _pairs(self, before: list[tuple[str, int]], after: list[tuple[str, int]]) -> list[tuple[str, int]]:
        return [
            (one + joiner + other, value + more)
            for one, value in before
            for other, more in after
            for joiner in self._joiners
        ]

    def _with_suffix(self) -> Iterator[tuple[str, int]]:
        for phrase, value in self._joined():
            bare = phrase if phrase.endswith(("tre", "sei")) else phrase[:-1]
            yield from ((bare + "esim" + ending, value) for ending in self._endings)


def _bare(row: str) -> list[str]:
    return [word.strip("_") for word in row.split()]


def _table(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Give phrases with what they say; of equal ones the first."""
    return dict(reversed([*pairs]))


def _words(row: str, first: int, step: int, endings: list[str]) -> Iterator[tuple[str, int]]:
    """Read a row of forms, which count from `first` by `step`; a form marked as whole takes no ending."""
    for place, forms in enumerate(row.split()):
        for form in forms.split("/"):
            whole = form.startswith("=")
            for ending in [""] if whole else endings:
                yield form.lstrip("=") + ending, first + step * place
