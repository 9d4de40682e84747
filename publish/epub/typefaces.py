"""Typefaces in the e-book: those of the style, cut down to the characters that the book has."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from io import BytesIO
from typing import Any

from msgspec import Struct

from publish import fonts
from publish.diagnostic import PublishError
from publish.epub.documents import ContentFile
from publish.fonts import Face
from publish.styles import Style

MEDIA_TYPE = "font/ttf"
SPECIFIED = "ibooks:specified-fonts"
"""Without this property Apple's reader shows its own faces first."""
PREFIX = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"

_DRAWN = "*-‐–—…’“”•■\u2003 "
"""Signs that stylesheets and reading systems add: ornaments, hyphens at line ends."""
_FEATURES = ("smcp", "c2sc", "lnum", "onum", "pnum", "tnum", "sups", "locl", "case", "dlig")
"""OpenType features that stylesheets ask for, beside those that are always kept."""
_COPYRIGHT, _FAMILY, _SUBFAMILY, _UNIQUE, _FULL, _POSTSCRIPT, _LICENCE, _LICENCE_URL = (
    0, 1, 2, 3, 4, 6, 13, 14,
)  # fmt: skip
"""Numbers of the names that a font keeps."""
_TAG = re.compile(r"<[^>]*>")


class Typeface(Struct, frozen=True):
    """A font file of the package."""

    name: str
    data: bytes


class Typefaces(Struct, frozen=True):
    """What is added to a package."""

    files: tuple[Typeface, ...] = ()
    css: str = ""
    """Rules that name the faces, for a stylesheet in the folder beside that of the fonts."""


def embedded(style: Style, documents: Sequence[ContentFile]) -> Typefaces:
    """Give the faces of a style with the characters of the documents, the same bytes for the same text.

    Raises PublishError for a face whose licence does not allow it.
    """
    markup = "".join(document.text for document in documents)
    characters = set(unescape(_TAG.sub("", markup))) | set(_DRAWN)
    wanted = {(style.text_family, *kind) for kind in _kinds(markup)}
    if style.display_family != style.text_family:
        wanted |= {(style.display_family, "normal", 400), (style.display_family, "normal", 700)}
    families = style.families_of(markup)
    faces = [face for family in families for face in fonts.faces(family)]
    wanted |= {(family, "normal", 400) for family in families}
    files, rules = [], [_notice(families)]
    for face in faces:
        if (face.family, face.style, face.weight) in wanted:
            name = f"fonts/{_name(face)}.ttf"
            files.append(Typeface(name, _subset(face, characters)))
            rules.append(
                f'@font-face {{\n  font-family: "{face.family}";\n  font-style: {face.style};\n'
                f"  font-weight: {face.weight};\n  src: url(../{name});\n}}\n"
            )
    rules.append(f'body {{\n  font-family: "{style.text_family}", serif;\n}}\n')
    if families != style.families:
        rules.append(f'pre.code, pre.code code {{\n  font-family: "{families[-1]}", monospace;\n}}\n')
    return Typefaces(tuple(files), "\n" + "\n".join(rules))


def _kinds(markup: str) -> Iterator[tuple[str, int]]:
    """Give style and weight of the text faces that a book needs; italics stand in most styles' headings."""
    yield "normal", 400
    yield "italic", 400
    if "<strong" in markup:
        yield "normal", 700
        yield "italic", 700


def _notice(families: Sequence[str]) -> str:
    """Give the notice that the Open Font License wants beside each copy of a font."""
    from importlib.metadata import metadata

    lines = []
    for family in families:
        name, package = fonts.package(family)
        stated = metadata(package)
        licence = stated["License-Expression"] if "License-Expression" in stated else "no licence"  # noqa: SIM401  (it has no get)
        if licence != "OFL-1.1":
            raise PublishError(
                f"The typeface {name} cannot be embedded: its package names {licence}.",
                "Take a typeface under the Open Font License (OFL-1.1), or leave embed-fonts out.",
            )
        lines.append(f"   {name}: {fonts.licence(family).strip().splitlines()[0].strip()}")
    owners = "\n".join(lines).replace("*/", "* /")
    return (
        "/* Parts of these typefaces come with the book, under the SIL Open Font License, Version 1.1\n"
        f"   (https://openfontlicense.org):\n\n{owners} */\n"
    )


def _name(face: Face) -> str:
    words = face.family.removesuffix(fonts.OURS).lower().replace(" ", "-")
    bold = "bold" if face.weight > 400 else ""  # noqa: PLR2004
    italic = "italic" if face.style == "italic" else ""
    return f"{words}-{bold + italic or 'regular'}"


def _subset(face: Face, characters: set[str]) -> bytes:
    import uharfbuzz as hb

    wish = hb.SubsetInput()
    wish.unicode_set.update({ord(character) for character in characters})
    wish.layout_feature_tag_set.update({int.from_bytes(tag.encode(), "big") for tag in _FEATURES})
    wish.name_id_set.update({_COPYRIGHT, _LICENCE, _LICENCE_URL})
    wish.flags = hb.SubsetFlags.NO_HINTING
    data = bytes(hb.subset(hb.Face(hb.Blob.from_file_path(str(face.path))), wish).blob.data)
    return _renamed(data, face)


def _renamed(data: bytes, face: Face) -> bytes:
    """Name a font after nobody: a changed font must not bear a name that its maker reserves."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    kind = _name(face).rpartition("-")[2].capitalize()
    names: Any = font["name"]
    names.names = [record for record in names.names if record.nameID in (_COPYRIGHT, _LICENCE, _LICENCE_URL)]
    new = {
        _FAMILY: "Book Face",
        _SUBFAMILY: kind,
        _UNIQUE: f"Book Face {kind}",
        _FULL: f"Book Face {kind}",
        _POSTSCRIPT: f"BookFace-{kind}",
    }
    for number, text in new.items():
        names.setName(text, number, 3, 1, 0x409)
    file = BytesIO()
    font.save(file, reorderTables=True)
    return file.getvalue()
