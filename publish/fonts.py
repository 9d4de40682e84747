"""The book's typefaces, as files that every layout engine reads alike.

The text face comes as a variable font, which WeasyPrint lays out and paints with different weights; so one
static instance is made for each style and kept in the user's cache. A second face stands by for characters
that the first one lacks. Both come from packages, so that the pages are the same on every machine.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct

from publish.diagnostic import PublishError

TEXT_FAMILY = "EB Garamond Book"
"""Family name under which stylesheets call the text face; no font of the system has it."""
SECOND_FAMILY = "Cardo Book"
"""Family name of the face that helps out."""
MEAN_ADVANCE = 0.375
"""Mean advance of a character of English prose in the text face, in em (measured on Pride and Prejudice)."""


class Face(Struct, frozen=True):
    """One style of a family, as a font file with fixed outlines."""

    family: str
    style: str
    """"normal" or "italic"."""
    weight: int
    path: Path


class _Master(Struct, frozen=True):
    """Where a face is cut from: a family of a font package."""

    family: str
    package: str
    name: str
    style: str
    weight: int


_TEXT = ("fontpkg-eb-garamond", "EB Garamond")
_SECOND = ("fontpkg-cardo", "Cardo")
_MASTERS = (
    _Master(TEXT_FAMILY, *_TEXT, "normal", 400),
    _Master(TEXT_FAMILY, *_TEXT, "italic", 400),
    _Master(TEXT_FAMILY, *_TEXT, "normal", 700),
    _Master(TEXT_FAMILY, *_TEXT, "italic", 700),
    _Master(SECOND_FAMILY, *_SECOND, "normal", 400),
    _Master(SECOND_FAMILY, *_SECOND, "italic", 400),
    _Master(SECOND_FAMILY, *_SECOND, "normal", 700),
)


def faces(family: str = TEXT_FAMILY) -> tuple[Face, ...]:
    """Give the faces of a family, making those that the cache does not hold.

    Raises PublishError where a font package is missing or a font in it is broken.
    """
    return tuple(
        Face(master.family, master.style, master.weight, _file(master))
        for master in _MASTERS
        if master.family == family
    )


@cache
def coverage(path: Path) -> frozenset[int]:
    """Give the code points for which a font file has a glyph."""
    import uharfbuzz as hb

    try:
        return frozenset(hb.Face(hb.Blob.from_file_path(str(path))).unicodes)
    except (OSError, hb.HarfBuzzError) as error:
        raise _broken(path) from error


def font_face_css(family: str = TEXT_FAMILY) -> str:
    """Give one `@font-face` rule for each face of a family."""
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-style:{face.style};font-weight:{face.weight};'
        f'src:url("{face.path.as_uri()}")}}\n'
        for face in faces(family)
    )


@cache
def cache_folder() -> Path:
    """Give the folder for made fonts: in the user's cache or, where that cannot be written, a temporary one.

    The temporary folder is removed when the process ends.
    """
    folder = user_cache() / "publish" / "fonts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="publish-fonts-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder


def user_cache() -> Path:
    """Give the cache folder of the platform; XDG_CACHE_HOME wins everywhere."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named
    if sys.platform == "darwin":
        return Path("~/Library/Caches").expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser()
    return Path("~/.cache").expanduser()


@cache
def _file(master: _Master) -> Path:
    original = _original(master)
    axes = _axes(original, master.weight)
    if not axes:
        return original
    pinned = "-".join(f"{tag}{value:g}" for tag, value in axes.items())
    name = f"{master.package}-{version(master.package)}-{master.style}-{pinned}-hb{version('uharfbuzz')}.ttf"
    path = cache_folder() / name
    if not _is_font(path):
        _replace(path, _instance(original, axes))
    return path


def _original(master: _Master) -> Path:
    import fontpkg

    try:
        version(master.package)
        return Path(fontpkg.path(master.name, weight=master.weight, style=master.style))
    except (fontpkg.FontpkgError, PackageNotFoundError) as error:
        raise PublishError(
            f"The typeface {master.name} is not installed.", f"Install it: pip install {master.package}"
        ) from error


def _axes(path: Path, weight: int) -> dict[str, float]:
    """Give the place of the wanted style on every axis of a variable font; nothing for a static one."""
    import uharfbuzz as hb

    try:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        if not face.has_var_data:
            return {}
        return {axis.tag: weight if axis.tag == "wght" else axis.default_value for axis in face.axis_infos}
    except (OSError, hb.HarfBuzzError) as error:
        raise _broken(path) from error


def _instance(path: Path, axes: dict[str, float]) -> bytes:
    """Cut a static font with all its glyphs and features; the same bytes for the same axes."""
    import uharfbuzz as hb

    try:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        wish = hb.SubsetInput()
        wish.keep_everything()
        for tag, value in axes.items():
            wish.pin_axis_location(face, tag, value)
        return bytes(hb.subset(face, wish).blob.data)
    except (OSError, RuntimeError, hb.HarfBuzzError) as error:
        raise _broken(path) from error


def _broken(path: Path) -> PublishError:
    return PublishError(f"The font file {path} cannot be read.", "Install its font package again.")


def _is_font(path: Path) -> bool:
    """Tell whether a cached file can be used: a font that was cut off or overwritten has no sound cmap."""
    try:
        return bool(coverage(path))
    except PublishError:
        coverage.cache_clear()
        return False


def _replace(path: Path, data: bytes) -> None:
    """Write beside and rename, so that no other process ever sees half a font."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(beside).replace(path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise PublishError(
            f"The typeface cannot be stored in {path.parent}: {error.strerror or error}.",
            "Free some space, or name another folder in XDG_CACHE_HOME.",
        ) from error
