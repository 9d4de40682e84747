"""How paragraphs and words are set, and what the names of styles say."""

from __future__ import annotations

import re

from msgspec import Struct

from publish.readers.office.prose import Form, Role

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|заголовок|nagłówek|nadpis) ?([1-9])"
)
_ROLES = {
    "title": Role.TITLE, "subtitle": Role.SUBTITLE, "author": Role.AUTHOR, "date": Role.DATE,
    "quote": Role.QUOTATION, "intense quote": Role.QUOTATION, "block text": Role.QUOTATION,
    "block quote": Role.QUOTATION, "block quotation": Role.QUOTATION, "blockquote": Role.QUOTATION,
    "quotations": Role.QUOTATION, "extract": Role.QUOTATION, "epigraph": Role.QUOTATION, "verse": Role.VERSE,
    "poem": Role.VERSE, "poetry": Role.VERSE, "caption": Role.CAPTION, "image caption": Role.CAPTION,
    "table caption": Role.CAPTION, "toc heading": Role.CONTENTS, "contents heading": Role.CONTENTS,
    "tocheading": Role.CONTENTS,
    "figurecaption": Role.CAPTION, "figure caption": Role.CAPTION, "tablecaption": Role.CAPTION,
    "horizontal line": Role.RULE, "code": Role.CODE, "source code": Role.CODE, "sourcecode": Role.CODE,
    "preformatted text": Role.TYPED, "html preformatted": Role.TYPED,
    "code block": Role.CODE, "codeblock": Role.CODE, "listing": Role.CODE, "code listing": Role.CODE,
}  # fmt: skip
_LISTED = re.compile(r"(?:toc|contents) ?\d")
MOST_LEVELS = 6
"""Of headings."""


def role_of(name: str) -> tuple[Role, int]:
    """Give the role that the name of a style says, and the level of a heading."""
    name = name.strip().lower().replace("_", " ")
    if found := _HEADING.fullmatch(name):
        return Role.HEADING, min(int(found[1]), MOST_LEVELS)
    if _LISTED.fullmatch(name):
        return Role.CONTENTS, 0
    return _ROLES.get(name, Role.BODY), 0


class Setting(Struct, frozen=True):
    """How words are set; None where nothing is said."""

    italic: bool | None = None
    bold: bool | None = None
    underlined: bool | None = None
    hidden: bool | None = None
    lost: frozenset[str] = frozenset()
    """What else is set that a book does not keep: "small capitals"."""
    raised: str = ""
    """"sup" or "sub", as in `draft.raised`."""
    language: str = ""

    def over(self, below: Setting) -> Setting:
        """Give this setting with what it does not say taken from another."""

        def either(mine: bool | None, other: bool | None) -> bool | None:
            return other if mine is None else mine

        return Setting(
            either(self.italic, below.italic),
            either(self.bold, below.bold),
            either(self.underlined, below.underlined),
            either(self.hidden, below.hidden),
            self.lost | below.lost,
            self.raised or below.raised,
            self.language or below.language,
        )


NOTHING = Setting()


class Frame(Struct, frozen=True):
    """How a paragraph is set."""

    role: Role = Role.BODY
    level: int = 0
    side: str = ""
    """On which its lines stand, "left", "center" or "right", where that is said."""
    page_break: bool = False
    ruled: bool = False
    """A line is drawn below it."""
    list: tuple[str, int] = ("", 0)
    """Number of the list, and how deep in it."""
    words: Setting = NOTHING


def inherited(own: Frame, below: Frame) -> Frame:
    """Give a frame with what it does not say taken from another."""
    says_role = own.role is not Role.BODY
    return Frame(
        role=own.role if says_role else below.role,
        level=own.level if says_role else below.level,
        side=own.side or below.side,
        page_break=own.page_break or below.page_break,
        ruled=own.ruled or below.ruled,
        list=own.list if own.list[0] else below.list,
        words=own.words.over(below.words),
    )


def form_of(setting: Setting, frame: Frame, usual: Setting) -> Form:
    """Give what of a setting stays in the book: what sets words off from those round them.

    Underlining is what a typewriter has for italics. Where a style says what a paragraph is, as of headings
    and quotations, the form that it gives to all of it says nothing more; elsewhere words are held against
    the `usual` setting of the document.
    """
    held = frame.words if frame.role is not Role.BODY else usual
    underlined = bool(setting.underlined) != bool(held.underlined)
    return Form(
        bool(setting.italic) != bool(held.italic) or underlined,
        bool(setting.bold) != bool(held.bold),
        setting.language,
    )
