"""The book's typefaces, as files that every layout engine reads alike.

Most faces come as variable fonts, which WeasyPrint lays out and paints with different weights; so one static
instance is made for each style and kept in the user's cache. A second face stands by for characters that the
others lack. All come from packages, so that the pages are the same on every machine.
"""

import atexit
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct, json

from publish import smallcapitals
from publish.diagnostic import PublishError

OURS = " Book"
"""What the names of our families end in; no font of the system is called so."""
TEXT_FAMILY = f"EB Garamond{OURS}"
"""The classic text face, as stylesheets name it."""
SECOND_FAMILY = f"Cardo{OURS}"
"""The face that helps out."""
IN_COLLECTION = "#"
"""Stands between the path of a collection of fonts and the number of one of them."""
MEAN_ADVANCE = 0.375
"""Mean advance of a character of prose in the classic face, in em (measured on Pride and Prejudice)."""

_CUT = "2"
"""Stands in the names of cached fonts; to be raised when they are cut in another way."""
_OPTICAL_SIZE = 11
"""Points at which text is read, for faces that are drawn differently at different sizes."""
_SPECIMEN = (
    "it is a truth universally acknowledged, that a single man in possession of a good fortune, must be in "
    "want of a wife. however little known the feelings or views of such a man may be on his first entering a "
)


class Face(Struct, frozen=True):
    """One style of a family, as a font file with fixed outlines."""

    family: str
    style: str
    """"normal" or "italic"."""
    weight: int
    path: Path


class _Held(Struct, frozen=True):
    """A font file of a package."""

    path: str
    style: str = "normal"
    weight: int | None = None
    """None where it has all weights."""


class _Package(Struct, frozen=True):
    """What a font package says that it holds, in its `metadata.json`."""

    version: str
    files: tuple[_Held, ...]


class _Master(Struct, frozen=True):
    """Where a face is cut from: a file of a font package."""

    package: str
    """With its version."""
    style: str
    weight: int
    path: Path


@cache
def faces(family: str = TEXT_FAMILY) -> tuple[Face, ...]:
    """Give the faces of a family, making those that the cache does not hold.

    A family is called by the name of an installed font package with `OURS` behind it: "Literata Book" is cut
    from the package fontpkg-literata. Raises PublishError where that is missing or a font in it is broken.
    """
    return tuple(Face(family, master.style, master.weight, _file(master)) for master in _masters(family))


@cache
def mean_advance(family: str) -> float:
    """Give the mean advance of a character of English prose, in em: how far a face runs."""
    return MEAN_ADVANCE * _run(family) / _run(TEXT_FAMILY)


def _run(family: str) -> float:
    """Give the length of the specimen set in a family, in em."""
    import uharfbuzz as hb

    font = opened(str(faces(family)[0].path))
    buffer = hb.Buffer()
    buffer.add_str(_SPECIMEN)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem)


@cache
def of_system(character: str) -> str:
    """Give a font file of the system that has a character, or nothing.

    For covers in scripts that no face of ours has. Of a collection the font's number follows `IN_COLLECTION`.
    Without Fontconfig's commands there is none.
    """
    command = ["fc-match", "-f", f"%{{file}}{IN_COLLECTION}%{{index}}", f":charset={ord(character):x}"]
    try:
        found = subprocess.run(command, capture_output=True, check=True, timeout=10).stdout.decode()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    path, _, number = found.partition(IN_COLLECTION)
    with contextlib.suppress(PublishError):
        return found if ord(character) in coverage(Path(path), int(number or 0)) else ""
    return ""


@cache
def opened(path: str) -> Any:
    """Give the HarfBuzz font of a file, in units of the file."""
    import uharfbuzz as hb

    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


def licence(family: str) -> str:
    """Give the text of the licence that a family's package comes with."""
    from importlib.metadata import files

    _, distribution = package(family)
    found = [file for file in files(distribution) or () if file.name in ("LICENSE", "OFL.txt")]
    return found[0].read_text(encoding="utf-8") if found else ""


@cache
def coverage(path: Path, number: int = 0) -> frozenset[int]:
    """Give the code points for which a font file, or one font of a collection, has a glyph."""
    import uharfbuzz as hb

    try:
        return frozenset(hb.Face(hb.Blob.from_file_path(str(path)), number).unicodes)
    except (OSError, ValueError, hb.HarfBuzzError) as error:
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


def package(family: str) -> tuple[str, str]:
    """Give the name of a family as its maker has it, and that of the package that it comes from."""
    name = family.removesuffix(OURS)
    return name, "fontpkg-" + name.lower().replace(" ", "-")


def _masters(family: str) -> Iterator[_Master]:
    """Give the files of a family's styles; a family need not have all four, but it has the upright."""
    name, distribution = package(family)
    module = distribution.replace("-", "_")
    spec = find_spec(module) if module.isidentifier() else None
    if spec is None or spec.origin is None:
        hint = f"Install it: pip install {distribution}"
        raise PublishError(f"The typeface {name} is not installed.", hint)
    folder = Path(spec.origin).parent
    held = json.decode((folder / "metadata.json").read_bytes(), type=_Package)
    for weight in (400, 700):
        for style in ("normal", "italic"):
            files = [file for file in held.files if file.style == style and file.weight in (None, weight)]
            for file in files[:1]:
                yield _Master(f"{distribution}-{held.version}", style, weight, folder / file.path)


def _file(master: _Master) -> Path:
    import uharfbuzz as hb

    axes = _axes(master.path, master.weight)
    if not axes:
        return master.path
    pinned = "-".join(f"{tag}{value:g}" for tag, value in axes.items())
    made = f"hb{hb.__version__}-cut{_CUT}"
    path = cache_folder() / f"{master.package}-{master.style}-{pinned}-{made}.ttf"
    if not _is_font(path):
        _keep(path, smallcapitals.completed(_instance(master.path, axes)))
    return path


def _axes(path: Path, weight: int) -> dict[str, float]:
    """Give the place of the wanted style on every axis of a variable font; nothing for a static one."""
    import uharfbuzz as hb

    wanted = {"wght": weight, "opsz": _OPTICAL_SIZE}
    try:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        if not face.has_var_data:
            return {}
        return {
            axis.tag: min(max(wanted.get(axis.tag, axis.default_value), axis.min_value), axis.max_value)
            for axis in face.axis_infos
        }
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
    found: frozenset[int] = frozenset()
    with contextlib.suppress(PublishError):
        found = coverage(path)
    if not found:
        # The file that is made in its place has another.
        coverage.cache_clear()
    return bool(found)


def put_whole(path: Path, data: bytes) -> None:
    """Write beside and rename, so that no other process ever sees half a file; raises OSError."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _keep(path: Path, data: bytes) -> None:
    try:
        put_whole(path, data)
    except OSError as error:
        raise PublishError(
            f"The typeface cannot be stored in {path.parent}: {error.strerror or error}.",
            "Free some space, or name another folder in XDG_CACHE_HOME.",
        ) from error
