r"""Passages between `::: letter` and `:::`: what they are by name, and the parts of a letter.

Writers name passages by many words; a name that is none of these says nothing that a book could show.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.draft import Fence, Line
from publish.patterns import lazily
from publish.readers import attributes

FENCE = lazily(r":{3,}[ \t]*(?:([\w-]+)[ \t]*:*|(\{[^{}]*\})[ \t]*:*)?")
CALLOUT = lazily(r"[ \t]*(\[!\w[\w-]*(?:\|[^\]\[\r\n]*)?\])[+-]?[ \t]*")
"""Begins a quotation that Obsidian sets in a box; what follows is its title."""
_NAMES = {
    **{fence.value: fence for fence in (Fence.LETTER, Fence.VERSE, Fence.QUOTATION)},
    **dict.fromkeys(("poem", "poetry", "stanza", "song", "lyrics"), Fence.VERSE),
    **dict.fromkeys(
        ("epigraph", "quote", "blockquote", "extract", "excerpt", "inscription", "motto"), Fence.QUOTATION
    ),
    **dict.fromkeys(("telegram", "email"), Fence.LETTER),
}


class Div(Struct, frozen=True):
    """A fence that is open."""

    passage: bool
    centred: bool


class Passage(Struct):
    """A fenced passage that is open."""

    fence: Fence
    number: int
    first: int
    """Index of its first line in the draft."""
    counts: tuple[int, int] | None
    """Paragraphs of a letter's opening and closing, where stated."""
    signed: bool = False
    """Signs at the beginnings of its lines quote it."""


def stated(fence: re.Match[str]) -> tuple[Fence | None, tuple[int, int] | None]:
    """Give what an opening fence begins, None for an unknown name, and the counts of a letter."""
    names = {item.name: item.value for item in attributes.read(fence[2] or f"{{.{fence[1]}}}", 0)[1]}
    kind = next((_NAMES[name.lower()] for name in names if name.lower() in _NAMES), None)
    return kind, _counts(names)


def centres(fence: re.Match[str]) -> bool:
    """Tell whether an opening fence says that its lines are centred, by a style or a name."""
    return _CENTRED.search(fence[0]) is not None


_CENTRED = re.compile(
    r"text-align:\s*center|(?<![\w-])(?:text-|align-)?(?:centred|centered|center|centre)(?![\w-])"
)


def _counts(names: dict[str, str]) -> tuple[int, int] | None:
    if not ("opening" in names or "closing" in names):
        return None
    opening, closing = names.get("opening", "0"), names.get("closing", "0")
    return (int(opening), int(closing)) if (opening + closing).isdecimal() else None


def parted(passage: Passage, lines: Sequence[Line]) -> list[Line]:
    """Give the lines of a passage, those of a letter with its parts as they are stated."""
    if passage.fence is not Fence.LETTER or not passage.counts:
        return list(lines)
    opening, closing = passage.counts
    size = len(lines)
    return [
        replace(
            line, letter_part="opening" if at < opening else "closing" if at >= size - closing else "body"
        )
        for at, line in enumerate(lines)
    ]
