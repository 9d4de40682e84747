"""What the styles of an ODT say of paragraphs, words and lists (OpenDocument 1.3, part 3, 16, 17 and 20)."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from publish.readers.office.counting import Level
from publish.readers.office.elements import Element
from publish.readers.office.forms import MOST_LEVELS, NOTHING, Frame, Setting, inherited, role_of
from publish.readers.office.prose import Role

_DEEPEST = 20
_BOLD = 600
"""Weights from here on are bold; "bold" is 700."""


class Style(Struct, frozen=True):
    """A style as the document declares it."""

    parent: str
    frame: Frame


class Styles:
    """The styles of a document, those that it makes by itself for direct formatting among them."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self.declared: dict[tuple[str, str], Style] = {}
        self.known: dict[tuple[str, str], Frame] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.words = NOTHING
        for root in roots:
            for style in root.all("style:style", "style:default-style"):
                self._declare(style)
            for style in root.all("text:list-style", "text:outline-style"):
                self.lists[style.get("name")] = dict(_levels(style))
        self.words = self.frame("paragraph", "").words

    def _declare(self, style: Element) -> None:
        family, name = style.get("family"), style.get("name")
        role, level = role_of(style.get("display-name") or name.replace("_20_", " "))
        if family != "paragraph":
            role, level = Role.BODY, 0
        elif style.get("default-outline-level").isdecimal():
            role, level = Role.HEADING, min(style.number("default-outline-level"), MOST_LEVELS)
        paragraph = style.child("style:paragraph-properties")
        frame = replace(_frame(paragraph), role=role, level=level, words=_setting(style))
        if style.get("master-page-name"):
            frame = replace(frame, page_break=True)
        if style.get("list-style-name"):
            frame = replace(frame, list=(style.get("list-style-name"), 0))
        if not name and style.name == "style:default-style":
            self.declared[family, ""] = Style("-", frame)
        else:
            self.declared[family, name] = Style(style.get("parent-style-name"), frame)

    def frame(self, family: str, name: str) -> Frame:
        """Give how a style sets paragraphs and words, with all that it inherits."""
        key = (family, name)
        if key not in self.known:
            frame = Frame()
            for style in reversed(list(self._chain(family, name))):
                frame = inherited(style.frame, frame)
            self.known[key] = frame
        return self.known[key]

    def _chain(self, family: str, name: str) -> Iterator[Style]:
        for _ in range(_DEEPEST):
            style = self.declared.get((family, name))
            if style is None:
                if family == "paragraph" and name:
                    # A style that nobody declares has its name alone.
                    role, level = role_of(name.replace("_20_", " "))
                    yield Style("", Frame(role=role, level=level))
                return
            yield style
            name = style.parent


def _frame(properties: Element | None) -> Frame:
    if properties is None:
        return Frame()
    placed = {"start": "left", "end": "right"}.get(said := properties.get("text-align"), said)
    border = properties.get("border-bottom")
    return Frame(
        side=placed,
        page_break=properties.get("break-before") in ("page", "odd-page", "even-page"),
        ruled=border not in ("", "none"),
    )


def _setting(style: Element) -> Setting:
    properties = style.child("style:text-properties")
    if properties is None:
        return NOTHING
    italic, weight = properties.get("font-style"), properties.get("font-weight")
    line, hidden = properties.get("text-underline-style"), properties.get("display")
    language, country = properties.get("language"), properties.get("country")
    if language in ("none", "zxx"):
        language = country = ""
    return Setting(
        italic=italic in ("italic", "oblique") if italic else None,
        bold=_is_bold(weight) if weight else None,
        underlined=line != "none" if line else None,
        hidden=hidden == "none" if hidden else None,
        lost=frozenset(_lost(properties)),
        raised=_raised(properties.get("text-position")),
        language=f"{language}-{country}" if country not in ("", "none") and language else language,
    )


def _raised(position: str) -> str:
    return "sub" if position[:1] == "-" else "sup" if re.match("[1-9]", position) else position[:3]


def _is_bold(weight: str) -> bool:
    return weight == "bold" or (weight.isdecimal() and int(weight) >= _BOLD)


def _lost(properties: Element) -> Iterator[str]:
    if properties.get("font-variant") == "small-caps":
        yield "small capitals"
    if properties.get("text-transform") == "uppercase":
        yield "capitals by formatting"
    if properties.get("text-line-through-style", "none") != "none":
        yield "struck out words"


_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
}  # fmt: skip


def _levels(style: Element) -> Iterator[tuple[int, Level]]:
    """Give the levels of a list by their depths, from 0."""
    for child in style.elements():
        depth = child.number("level", 0)
        if not 0 < depth <= _DEEPEST:
            continue
        if child.name == "text:list-level-style-bullet":
            yield depth - 1, Level()
        elif child.name in ("text:list-level-style-number", "text:outline-level-style"):
            least = depth - child.number("display-levels") + 1
            counts = ".".join(f"%{number}" for number in range(max(1, least), depth + 1))
            form = _FORMS.get(child.get("num-format"), "decimal")
            text = f"{child.get('num-prefix')}{counts}{child.get('num-suffix')}"
            yield depth - 1, Level(form, text, child.number("start-value"))
