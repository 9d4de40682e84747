"""Where the pages of the printed book begin in its text, told in a form that every engine can give.

An engine says, page by page, which words it printed of which place of the book; `page_starts` finds them
in the text itself. What an engine adds or changes (hyphens at line ends, joiners, another sign for one that
the face lacks) is nothing it has to account for: only letters and figures are compared.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from publish.document import Book, division_runs, walk_divisions

HALF_TITLE, TITLE_PAGE, COPYRIGHT_PAGE, CONTENTS = "half-title", "title-page", "copyright-page", "contents"
"""Places that are no divisions. A line of the contents is `CONTENTS`, a slash and the division's id."""

Printed = tuple[str, str]
"""A place (a division's id, or one of the above) and words printed of it, in reading order."""


class Page(Struct, frozen=True):
    """One page as an engine laid it out; notes at its foot and its running head are left out."""

    label: str
    """Its folio, printed or not: "xii", "3"."""
    printed: Sequence[Printed]


class PageStart(Struct, frozen=True):
    """Where a page begins: after how many letters and figures of the text of a place.

    The text of a division is that of `document.division_runs`, inner divisions left out.
    """

    label: str
    place: str
    offset: int


def letters(text: str) -> str:
    """Give the letters and figures of a text, in which page starts are counted."""
    return "".join(character for character in text if character.isalnum())


def page_starts(book: Book, pages: Iterable[Page]) -> tuple[PageStart, ...]:
    """Give where the pages begin, in their order; a page without a letter or figure on it begins nowhere."""
    texts = {
        division.id: letters("".join(run.text for run in division_runs(division)))
        for _, division in walk_divisions(book.divisions)
    }
    found: list[tuple[str, str, int]] = []
    printed: dict[str, str] = {}
    for page in pages:
        begun = False
        for place, words in page.printed:
            before, plain = printed.get(place, ""), letters(words)
            if plain and not begun:
                found.append((page.label, place, len(before)))
                begun = True
            printed[place] = before + plain
    return tuple(_starts(found, printed, texts))


_PROBE = 24
"""Letters that tell a passage of a chapter from nearly all others."""


def _starts(
    found: Sequence[tuple[str, str, int]], printed: Mapping[str, str], texts: Mapping[str, str]
) -> Iterable[PageStart]:
    last: dict[str, int] = {}
    drift: dict[str, int] = {}
    for label, place, offset in found:
        if place not in texts:
            yield PageStart(label, place, offset)
            continue
        probe = printed[place][offset : offset + _PROBE].lower()
        at = _found(texts[place], probe, offset + drift.get(place, 0), last.get(place, 0))
        last[place], drift[place] = at, at - offset
        yield PageStart(label, place, at)


def _found(text: str, probe: str, expected: int, least: int) -> int:
    """Give where a probe stands: where it is expected, else at its next place; else what was expected."""
    if text[expected : expected + len(probe)].lower() == probe:
        return expected
    at = text.lower().find(probe, least)
    return at if at >= 0 else max(least, min(expected, len(text)))
