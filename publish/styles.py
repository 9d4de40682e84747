"""House styles: one folder each, with the stylesheets of both editions and what CSS cannot say."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Struct

from publish import fonts
from publish.diagnostic import PublishError

MANIFEST = "style.toml"
EBOOK, EBOOK_MODERN, PRINT = "epub.css", "epub-modern.css", "print.css"
SHEETS = (EBOOK, EBOOK_MODERN, PRINT)
USUAL = "classic"


class Faces(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[faces]`: families of installed font packages, as their makers call them."""

    text: str = "EB Garamond"
    display: str = ""
    """Of headings and cover; empty: the face of the text."""
    code: str = "Source Code Pro"
    """Of code, whose letters are all of one width."""


class PageManner(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[page]`: how the printed page is laid out."""

    trim: str = "5.5x8.5in"
    """Where book.toml names none."""
    characters: int = 66
    """Characters on a line that the type size aims at."""
    smallest: float = 9.5
    largest: float = 12.0
    """Points between which the type size stays."""
    leading: float = 1.27
    """Of the type size."""
    drop_cap: Annotated[int, msgspec.Meta(ge=0, le=5)] = 0
    """Lines that the first letter of a chapter is deep; 0 where it is like all others."""


class CoverManner(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[cover]`: how a made cover looks where book.toml does not say."""

    design: str = "frame"


class _Manifest(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A whole style.toml; tables stay raw, since those of the inherited style are joined with them."""

    description: str = ""
    inherits: str = ""
    faces: dict[str, str] = {}
    page: dict[str, str | int | float] = {}
    cover: dict[str, str] = {}


_Table = TypeVar("_Table", Faces, PageManner, CoverManner)


class Style(Struct, frozen=True, kw_only=True):
    """A house style with all that it inherits."""

    name: str
    description: str
    faces: Faces
    page: PageManner
    cover: CoverManner
    sheets: dict[str, str]
    """Stylesheets by the names in `SHEETS`; what is inherited stands first, so that own rules win."""
    files: tuple[Path, ...]
    """What it was read from: the files of its folder, and those that it inherits."""

    @property
    def text_family(self) -> str:
        """Name of the text face, as stylesheets call it."""
        return self.faces.text + fonts.OURS

    @property
    def display_family(self) -> str:
        """Name of the face of headings."""
        return (self.faces.display or self.faces.text) + fonts.OURS

    @property
    def families(self) -> tuple[str, ...]:
        """Families that the style sets type in, the text face first."""
        return tuple(dict.fromkeys((self.text_family, self.display_family)))

    def families_of(self, markup: str) -> tuple[str, ...]:
        """Families that XHTML is set in: those of the style and, where it holds code, that of code."""
        return (*self.families, *self.families_of_code) if "<pre" in markup else self.families

    @property
    def families_of_code(self) -> tuple[str, ...]:
        """Families that code is set in."""
        return (self.faces.code + fonts.OURS,)


def load(style: str) -> Style:
    """Give a house style by its name ("classic"), or a style outside the package by the path of its folder.

    Raises PublishError where there is no such style or its style.toml is wrong.
    """
    return _load(str(Path(style).resolve()) if is_path(style) else style)


def forget() -> None:
    """Let styles be read anew."""
    _load.cache_clear()


def is_path(style: str) -> bool:
    """Tell whether a style is named by the path of its folder; names of house styles have no separator."""
    return not all(letter.isalnum() or letter in "-_" for letter in style)


def known() -> list[str]:
    """Give the names of the house styles."""
    return sorted({path.parent.name for home in _homes() for path in home.glob(f"*/{MANIFEST}")})


def _homes() -> tuple[Path, ...]:
    package = Path(__file__).parent
    # An installed package carries the folder as data; a checkout has it beside the package.
    return package / "data" / "styles", package.parent / "styles"


def _folder(style: str) -> Path:
    """Give the folder of a style; a name without separator is that of a house style."""
    folders = [home / style for home in _homes()] if not is_path(style) else [Path(style)]
    for folder in folders:
        if (folder / MANIFEST).is_file():
            return folder
    if not is_path(style):
        raise PublishError(
            f"There is no house style “{style}”.",
            f"Known styles: {', '.join(known())}; or give the path of a style's folder.",
        )
    raise PublishError(
        f"There is no style in the folder {style}.",
        f"A style's folder holds a file {MANIFEST}; house styles have names: {', '.join(known())}.",
    )


@cache
def _load(style: str, heirs: tuple[str, ...] = ()) -> Style:
    folder = _folder(style)
    manifest = _manifest(folder / MANIFEST)
    parent = _parent(folder, manifest.inherits, (*heirs, style)) if manifest.inherits else None
    inherited = parent.files if parent else ()
    own = {name: _sheet(folder / name) for name in SHEETS}
    place = folder / MANIFEST
    return Style(
        name=folder.name,
        description=manifest.description,
        faces=_joined(parent.faces if parent else Faces(), manifest.faces, place),
        page=_joined(parent.page if parent else PageManner(), manifest.page, place),
        cover=_joined(parent.cover if parent else CoverManner(), manifest.cover, place),
        sheets={name: (parent.sheets[name] if parent else "") + own[name] for name in SHEETS},
        files=(*filter(Path.is_file, (folder / name for name in (MANIFEST, *SHEETS))), *inherited),
    )


def _parent(folder: Path, name: str, heirs: tuple[str, ...]) -> Style:
    style = str((folder / name).resolve()) if is_path(name) else name
    if style in heirs:
        raise PublishError(f"{folder / MANIFEST}: the style inherits from itself.", "Name another.")
    try:
        return _load(style, heirs)
    except PublishError as error:
        raise PublishError(f"{folder / MANIFEST}: “inherits”: {error.message}", error.hint) from error


def _manifest(path: Path) -> _Manifest:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), _Manifest)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, msgspec.ValidationError) as error:
        raise _wrong(path, error) from error


def _joined(inherited: _Table, own: dict[str, str] | dict[str, str | int | float], path: Path) -> _Table:
    values = {**msgspec.to_builtins(inherited), **own}
    try:
        return msgspec.convert(values, type(inherited))
    except msgspec.ValidationError as error:
        raise _wrong(path, error) from error


def _wrong(path: Path, error: Exception) -> PublishError:
    reason = str(error).replace("Object contains unknown field", "there is no key").rstrip(".")
    return PublishError(
        f"{path}: the file cannot be used: {reason[:1].lower()}{reason[1:]}.",
        "styles/README.md says what a style may set.",
    )


def _sheet(path: Path) -> str:
    """Give a stylesheet, or nothing where the style leaves it as it is inherited."""
    if not path.is_file():
        return ""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise _wrong(path, error) from error
    # The encoding may be stated at the head of a file alone, and the sheets are joined.
    return text.removeprefix('@charset "utf-8";').lstrip("\n").rstrip("\n") + "\n"
