"""How the entries of lists, and headings, are counted."""

import re

from msgspec import Struct
from msgspec.structs import replace


class Level(Struct, frozen=True):
    """How the entries of one depth of a list are counted."""

    form: str = "bullet"
    text: str = ""
    """What stands before an entry: "%1.", "Chapter %1"."""
    start: int = 1


class Numbering:
    """The lists of a document, with how far each has counted."""

    def __init__(self) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        """The levels of each list, by their depths from 0."""
        self.counts: dict[str, dict[int, int]] = {}
        self.counted_as: dict[str, str] = {}
        """Lists that count on where another stopped have one name here."""

    def begin(self, number: str, depth: int, start: str) -> None:
        """Let the next entry have a number of its own, where one is stated."""
        if start.isdecimal():
            self.counts.setdefault(self.counted_as.get(number, number), {})[depth] = int(start[:6]) - 1

    def next(self, number: str, depth: int) -> tuple[Level, str] | None:
        """Count one more entry; gives its level and what stands before it, None for no list."""
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None and len(levels) == 1 and (only := next(iter(levels))) < depth:
            # pandoc says of a list in another only how its entries are counted as the outermost.
            text = levels[only].text.replace(f"%{only + 1}", f"%{depth + 1}")
            level = levels[depth] = replace(levels[only], text=text)
        if level is None or level.form == "none":
            return None
        counts = self.counts.setdefault(self.counted_as.get(number, number), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            held = levels.get(at, Level())
            return counted(counts.get(at, held.start), held.form)

        return level, re.sub(r"%([1-9])", shown, level.text)


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LONGEST_ROMAN = 4000


def counted(number: int, form: str) -> str:
    """Give a number as a list of a form shows it; a form that is not known counts in figures."""
    if "oman" in form and 0 < number < _LONGEST_ROMAN:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text.upper() if form == "upperRoman" else text
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02}" if form == "decimalZero" else str(number)


_DASHES = frozenset("-‐‑–—")


def list_sign(level: Level, shown: str) -> tuple[str, str]:
    """Give the sign of an entry; or, where lists of a book have no such counter, words to stand in it."""
    if level.form == "bullet":
        # Word makes bullets of the hyphens with which its users open speeches.
        return "- " if level.text.strip() in _DASHES else "* ", ""
    number = shown.strip(" .()")
    if level.form == "decimal" and number.isdecimal():
        return f"{number}{')' if shown.rstrip().endswith(')') else '.'} ", ""
    return "", f"{shown.strip()} " if shown.strip() else ""


def heading_words(shown: str) -> str:
    """Give what counts a heading as the words that stand before its own."""
    bare = shown.strip()
    if not bare:
        return ""
    return f"{bare} " if bare[-1] in ".:)" else f"{bare}: "
