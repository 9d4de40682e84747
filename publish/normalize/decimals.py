"""Headings that are counted through their levels: "1 Salt", "1.1 Sea salt", "2.2.1 Brine".

Each number follows from the one before it: its first section, or the next of it or of what holds it. Nothing
else counts so, neither days nor hours nor amounts, and so the numbers say what lies in what, as markup does.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.normalize.divisions import Leaf
from publish.normalize.lines import headings
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_sentence
from publish.normalize.naming import Named
from publish.normalize.outline.subtitles import LONGEST_TITLE
from publish.normalize.sheet import Sheet
from publish.patterns import lazily

_NUMBERED = lazily(r"(\d{1,3}(?:\.\d{1,3}){0,4})\.?[ \t\u00a0]+[^\s\d]")
_LEAST = 3
"""Sections; fewer may count so by chance."""
_MOST_ODD = 8
"""One line in so many may begin with points between numbers and be no heading."""

_Path = tuple[int, ...]


class _Count(Struct):
    """Lines that count on from each other."""

    paths: list[_Path]
    lines: list[int]

    def sections(self) -> int:
        return sum(len(path) > 1 for path in self.paths)


def shown(sheet: Sheet) -> Sheet:
    """Give the sheet with the levels of such headings, and of those beside them that their words tell."""
    numbered = _numbered(sheet)
    sections = sum(len(path) > 1 for path in numbered.values())
    if sections < _LEAST:
        return sheet
    labelled = {i: h for i, text in enumerate(sheet.texts) if (h := _heading(sheet, i, text, numbered))}
    chapters = {i: h.components[0].numbers[:1] for i, h in labelled.items() if h.components[0].numbers}
    count = _longest(sorted((numbered | chapters).items()))
    if count.sections() < _LEAST or (sections - count.sections()) * _MOST_ODD > sections:
        return sheet
    levels = dict.fromkeys(labelled, 1) | {i: len(p) for i, p in zip(count.lines, count.paths, strict=True)}
    lines = list(sheet.lines)
    for index, level in levels.items():
        whole = (("label", ""), ("numbers", str(numbered[index][0]))) if index in numbered else ()
        lines[index] = replace(lines[index], heading_level=level, attributes=whole if level == 1 else ())
    return replace(sheet, lines=tuple(lines))


def _numbered(sheet: Sheet) -> dict[int, _Path]:
    """Give the numbers of the lines that could be such headings; none where hardly a line has two."""
    found = {i: match for i in sheet.numbered if (match := _NUMBERED.match(sheet.texts[i]))}
    if sum("." in match[1] for match in found.values()) < _LEAST:
        return {}
    numbered = {i: tuple(map(int, match[1].split("."))) for i, match in found.items() if _may_head(sheet, i)}
    return {index: path for index, path in numbered.items() if not _touches(sheet, index)}


def levelled(found: Sequence[Leaf]) -> list[Leaf]:
    """Give the divisions, those whose heading has no number on the first level."""

    def first(part: Named) -> Named:
        return replace(part, level=part.level or 1)

    return [
        replace(
            leaf,
            named=leaf.named and first(leaf.named),
            holders=tuple((first(part), alone) for part, alone in leaf.holders),
        )
        for leaf in found
    ]


def _may_head(sheet: Sheet, index: int) -> bool:
    """Tell whether a line stands apart, and is no sentence and no markup's."""
    text = sheet.texts[index]
    apart = index == 0 or sheet.lines[index].blanks_above > 0
    plain = not sheet.marked(index) and not sheet.headed(index) and index not in sheet.decided
    short = len(text) <= LONGEST_TITLE and not ends_sentence(text.rstrip("?!"))
    return apart and plain and short and index + 1 < len(sheet.texts)


def _touches(sheet: Sheet, index: int) -> bool:
    """Tell whether a line is the first entry of a list, as of contents."""
    text = sheet.texts[index + 1]
    return sheet.lines[index + 1].blanks_above == 0 and _NUMBERED.match(text) is not None


def _heading(sheet: Sheet, index: int, text: str, numbered: dict[int, _Path]) -> headings.Heading | None:
    """Read a heading that says by its words that it is one: "Chapter 2", "Preface"."""
    found = headings.parse(text) if index not in numbered and _may_head(sheet, index) else None
    return found if found and found.form is not Form.NUMBERED else None


def _longest(numbered: list[tuple[int, _Path]]) -> _Count:
    """Give the lines that count on from each other, of two counts the longer or the later."""
    counts = [_Count([], [])]
    for index, path in numbered:
        here = counts[-1]
        if here.paths and path == here.paths[-1]:
            # The entry of a list has the number too that its chapter has.
            here.lines[-1] = index
        elif not here.paths or _follows(here.paths[-1], path):
            here.paths.append(path)
            here.lines.append(index)
        elif path in ((1,), (1, 1)):
            counts.append(_Count([path], [index]))
    return max(reversed(counts), key=lambda count: len(count.paths))


def _follows(last: _Path, path: _Path) -> bool:
    return path == (*last, 1) or any(path == (*last[:at], last[at] + 1) for at in range(len(last)))
