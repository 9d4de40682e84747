"""What styles and numbering of a DOCX say of paragraphs and words (ECMA-376, part 1, 17.3, 17.7, 17.9)."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from publish.readers.office.counting import Level, Numbering
from publish.readers.office.elements import Element
from publish.readers.office.forms import MOST_LEVELS, NOTHING, Frame, Setting, inherited, role_of
from publish.readers.office.prose import Role

_DEEPEST = 20
"""Styles based on each other; more of them go round in a circle."""
_OFF = frozenset(("0", "false", "off", "none"))


class Style(Struct, frozen=True):
    """A style as the document declares it."""

    name: str
    based_on: str
    frame: Frame


def is_on(element: Element | None) -> bool | None:
    """Tell whether a property that is on or off is on; None where it is not there."""
    return None if element is None else element.get("val", "1").lower() not in _OFF


_LOST = {
    "w:smallCaps": "small capitals",
    "w:caps": "capitals by formatting",
    "w:strike": "struck out words",
    "w:dstrike": "struck out words",
}


def setting_of(properties: Element | None) -> Setting:
    """Give what an element of run properties says itself."""
    if properties is None:
        return NOTHING
    told = {child.name: child for child in properties.elements()}
    line = told.get("w:u")
    raised = told.get("w:vertAlign")
    language = told.get("w:lang")
    return Setting(
        italic=is_on(told.get("w:i")),
        bold=is_on(told.get("w:b")),
        underlined=None if line is None else line.get("val", "none") != "none",
        hidden=is_on(told.get("w:vanish")),
        lost=frozenset(what for name, what in _LOST.items() if is_on(told.get(name))),
        raised=raised.get("val")[:3] if raised is not None else "",
        language=language.get("val") if language is not None else "",
    )


def frame_of(properties: Element | None) -> Frame:
    """Give what an element of paragraph properties says itself."""
    if properties is None:
        return Frame()
    told = {child.name: child for child in properties.elements()}
    outline = told.get("w:outlineLvl")
    level = outline.number(usual=9) + 1 if outline is not None else 0
    is_heading = 1 <= level <= 9
    placed, border, numbered = told.get("w:jc"), told.get("w:pBdr"), told.get("w:numPr")
    return Frame(
        role=Role.HEADING if is_heading else Role.BODY,
        level=min(level, MOST_LEVELS) if is_heading else 0,
        side="" if placed is None else placed.get("val"),
        page_break=bool(is_on(told.get("w:pageBreakBefore"))),
        ruled=border is not None and border.child("w:bottom") is not None,
        list=_list_of(numbered),
        words=NOTHING,
    )


def _list_of(numbered: Element | None) -> tuple[str, int]:
    if numbered is None:
        return "", 0
    number, depth = numbered.child("w:numId"), numbered.child("w:ilvl")
    return number.get("val") if number is not None else "", depth.number(usual=0) if depth is not None else 0


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        """Read the part that declares them; None: there is none."""
        self.declared: dict[str, Style] = {}
        self.known: dict[str, Frame] = {}
        self.default = ""
        self.words = NOTHING
        if root is None:
            return
        if usual := root.find("w:rPrDefault"):
            self.words = setting_of(usual.child("w:rPr"))
        for style in root.all("w:style"):
            self._declare(style)

    def _declare(self, style: Element) -> None:
        name, based, key = style.child("w:name"), style.child("w:basedOn"), style.get("styleId")
        called = name.get("val") if name is not None else key
        frame = frame_of(style.child("w:pPr"))
        role, level = role_of(called)
        if role is not Role.BODY:
            frame = replace(frame, role=role, level=level or frame.level)
        frame = replace(frame, words=setting_of(style.child("w:rPr")))
        self.declared[key] = Style(called, based.get("val") if based is not None else "", frame)
        if style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on"):
            self.default = key

    def frame(self, key: str) -> Frame:
        """Give how a style sets paragraphs and words, with all that it inherits."""
        if key not in self.known:
            role, level = role_of(key) if key not in self.declared else (Role.BODY, 0)
            # A style that nobody declares has its name alone.
            frame = Frame(role=role, level=level)
            for style in reversed(list(self._chain(key))):
                frame = inherited(style.frame, frame)
            self.known[key] = frame
        return self.known[key]

    def _chain(self, key: str) -> Iterator[Style]:
        for _ in range(_DEEPEST):
            style = self.declared.get(key)
            if style is None:
                return
            yield style
            key = style.based_on


def numbering_of(root: Element | None) -> Numbering:
    """Read the part that declares lists; None: there is none."""
    made = Numbering()
    if root is None:
        return made
    levels = {item.get("abstractNumId"): _levels(item) for item in root.all("w:abstractNum")}
    for item in root.all("w:num"):
        base, number = item.child("w:abstractNumId"), item.get("numId")
        key = base.get("val") if base is not None else ""
        # Lists of one kind count on, but for one that is told to begin anew.
        made.counted_as[number] = f"{key}/{number}" if item.child("w:lvlOverride") else key
        made.levels[number] = {**levels.get(key, {}), **_overridden(item)}
    return made


def _levels(item: Element) -> dict[int, Level]:
    return {level.number("ilvl", 0): _level(level) for level in item.elements() if level.name == "w:lvl"}


def _level(level: Element) -> Level:
    told = {child.name: child for child in level.elements()}
    form, text, start = (told.get(name) for name in ("w:numFmt", "w:lvlText", "w:start"))
    return Level(
        form.get("val") if form else "decimal",
        text.get("val") if text else "",
        start.number() if start else 1,
    )


def _overridden(item: Element) -> Mapping[int, Level]:
    found: dict[int, Level] = {}
    for override in item.elements():
        if override.name == "w:lvlOverride" and (level := override.child("w:lvl")) is not None:
            found[override.number("ilvl", 0)] = _level(level)
    return found
