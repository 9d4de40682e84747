"""Page furniture: folios and running heads that stayed in the text when pages were turned into a file.

Page numbers are told from chapter numbers by what stands round them: they rise by one at even distances, in
the middle of the text, mostly without a blank line before them, often beside a form feed.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from publish.normalize import headings
from publish.normalize.shape import ends_sentence
from publish.normalize.sheet import Sheet, words_folded

_FOLIO = re.compile(
    r"\W{0,4}(?:p(?:age|[áa]g(?:ina)?\.?|\.)?|seite|s\.|стр\.?)?\s*(\d{1,4})(?:\s*(?:/|of|von|de)\s*\d+)?\W{0,4}",
    re.I,
)
_LEAST_FOLIOS = 3
_LEAST_HEADS = 3


def page_furniture(sheet: Sheet, taken: Mapping[int, str]) -> dict[int, str]:
    """Give the lines that are folios or running heads, each with what it is."""
    folios = _folios(sheet, taken)
    dropped = dict.fromkeys(folios, "Page number.")
    dropped.update(dict.fromkeys(_running_heads(sheet, set(folios), taken), "Running head."))
    return dropped


def _folios(sheet: Sheet, taken: Mapping[int, str]) -> list[int]:
    found: list[tuple[int, int]] = []
    for index, text in enumerate(sheet.texts):
        match = _FOLIO.fullmatch(text) if len(text) < 24 else None
        if match and index not in taken and not sheet.marked(index):
            found.append((index, int(match.group(1))))
    chain = _rising(found)
    embedded = [index for index, _ in chain if _is_embedded(sheet, index)]
    if len(chain) < _LEAST_FOLIOS or len(embedded) * 3 < len(chain) * 2:
        return []
    return [index for index, _ in chain]


def _rising(numbers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the longest series of numbers that rise by one or two from page to page."""
    best: list[tuple[int, int]] = []
    ending: dict[int, list[tuple[int, int]]] = {}
    for item in numbers:
        before = max((ending.get(item[1] - step, []) for step in (1, 2)), key=len)
        series = [*before, item]
        if len(series) >= len(ending.get(item[1], [])):
            ending[item[1]] = series
        if len(series) > len(best):
            best = series
    return best


def _is_embedded(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    follower = sheet.lines[index + 1] if index + 1 < len(sheet.lines) else None
    return line.page_break or line.blanks_above == 0 or (follower is not None and follower.page_break)


def _running_heads(sheet: Sheet, folios: set[int], taken: Mapping[int, str]) -> list[int]:
    """Give short lines at page turns that come back on other pages."""
    at_turn = [
        index
        for index, line in enumerate(sheet.lines)
        if index not in folios
        and index not in taken
        and not sheet.marked(index)
        and (line.page_break or index - 1 in folios or index + 1 in folios)
        and len(sheet.texts[index]) <= 80
    ]
    often = Counter(_template(sheet.texts[index]) for index in at_turn)
    return [
        index
        for index in at_turn
        if often[_template(sheet.texts[index])] >= _LEAST_HEADS and _template(sheet.texts[index])
    ]


def _template(text: str) -> str:
    """Fold a line, its page number taken out; the number of a heading stays, for it is not the page's."""
    folded = words_folded(text)
    return folded if headings.parse(text) else re.sub(r"\d+", "#", folded)


def continues(before: str, after: str) -> bool:
    """Tell whether a page turn cut a paragraph in two: no stop before it, a small letter after it."""
    return not ends_sentence(before) and bool(after) and after[0].islower()
