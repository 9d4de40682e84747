"""Where custom puts a piece of a book that has no number, by its kind and its title."""

from enum import IntEnum

from publish.document import DivisionKind, Matter, matter
from publish.normalize.words.vocabulary import (
    ADDRESS_WORDS,
    ARTICLES,
    CLOSES,
    CONTINUED,
    LAST,
    NOTE_WORDS,
    OPENS,
)


class Role(IntEnum):
    """Where convention puts a piece."""

    UNHEADED = 0
    FRONT = 1
    PROLOGUE = 2
    OPENER = 3
    """Text of a part's own, before its first chapter."""
    NUMBERED = 4
    FLOATING = 5
    """Nothing but its neighbours tells its place."""
    LAST = 6
    EPILOGUE = 7
    BACK = 8


def named_role(kind: DivisionKind, title: str) -> Role:
    """Give the role of a piece without a number; `title` is folded."""
    if _custom(title):
        return Role.FLOATING
    if kind is DivisionKind.PROLOGUE:
        return Role.PROLOGUE
    if kind is DivisionKind.EPILOGUE:
        return Role.EPILOGUE
    place = matter(kind)
    if place is not Matter.BODY:
        return Role.FRONT if place is Matter.FRONT else Role.BACK
    return Role.LAST if LAST & set(title.split()) else Role.FLOATING


def _custom(title: str) -> int:
    """Give -1 for a title that usually opens a book, 1 for one that closes it, else 0."""
    words = title.split()
    if len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    named = " ".join(words)
    return (named in CLOSES or " ".join(words[:2]) in _CLOSING_NOTES) - (named in OPENS)


_CLOSING_NOTES = frozenset(title for title in CLOSES if " " in title)
"""Such a title may say more: "Bibliographical Note on the Verses"."""


def title_leaning(kind: DivisionKind | None, title: str) -> int:
    """Give -1 for a title that leans to the front, 1 for one that leans to the end, else 0."""
    words = title.split()
    if not words:
        return 0
    if custom := _custom(title):
        return custom
    if NOTE_WORDS & set(words):
        return 1 if kind else 0
    if any(word in CONTINUED for word in words) or " ".join(words[-2:]) in CONTINUED:
        return 1
    return -1 if words[0] in ADDRESS_WORDS and kind is None else 0
