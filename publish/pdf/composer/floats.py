"""Pictures that find no room where they stand: text flows up before them, so that no page stays half empty.

A picture waits for the end of a paragraph, of the next or one of those that follow, and never moves to before
its place. Whoever ends a paragraph with a colon means what follows it: there the picture stays.
"""

from collections.abc import Callable, Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.pdf.composer.spreads import LINE, Placement, Slot, bottom

_FARTHEST = 4
"""Paragraphs that may come before a picture which stood before them."""
_NOTICED = 2 * LINE
"""Blank rows at the foot of a page from which it looks short."""


class _Row(Struct, frozen=True):
    """Parts in an order, with the pages that they make."""

    parts: tuple[tuple[int, Slot], ...]
    """Each with its number in the section."""
    laid: list[list[Placement]]


def with_floats(
    slots: Sequence[Slot],
    pictures: Collection[int],
    lay: Callable[[Sequence[Slot]], list[list[Placement]]],
    rows: int,
) -> list[list[Placement]]:
    """Give the pages of a section of which some parts are pictures; `rows` is the height of a full page."""

    def made(parts: Sequence[tuple[int, Slot]]) -> _Row:
        return _Row(tuple(parts), lay([slot for _, slot in parts]))

    best = made(list(enumerate(slots)))
    for picture in sorted(pictures):
        tried = best
        for _ in range(_FARTHEST):
            if not _is_short_before(tried, picture, rows):
                best = tried
                break
            later = _later(tried.parts, picture, pictures)
            if not later:
                break
            tried = made(later)
    numbers = [number for number, _ in best.parts]
    return [[replace(one, slot=numbers[one.slot]) for one in page] for page in best.laid]


def _is_short_before(row: _Row, picture: int, rows: int) -> bool:
    """Tell whether a picture begins a page, and the page before it ends early."""
    at = [number for number, _ in row.parts].index(picture)
    page = next((number for number, page in enumerate(row.laid) if page and page[0].slot == at), 0)
    return page > 0 and rows - bottom(row.laid[page - 1], [slot for _, slot in row.parts]) >= _NOTICED


def _later(
    parts: Sequence[tuple[int, Slot]], picture: int, pictures: Collection[int]
) -> list[tuple[int, Slot]]:
    """Let a picture and the paragraph after it change places, and the spaces above and below it with them."""
    at = [number for number, _ in parts].index(picture)
    if at + 2 >= len(parts):
        return []
    (after, text), (beyond, rest) = parts[at + 1 : at + 3]
    if after in pictures or beyond in pictures or text.settings[0].whole or text.glued or rest.glued:
        return []
    changed = (after, replace(text, gap=rest.gap)), parts[at], (beyond, replace(rest, gap=text.gap))
    return [*parts[:at], *changed, *parts[at + 3 :]]
