"""Faces in a PDF file: each embedded once, with the glyphs that are used, whoever drew them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.fonts import Face, faces, opened
from publish.pdf.composer import font_name
from publish.pdf.composer.shaping import widths

_CODES = re.compile(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
_ITALIC, _SYMBOLIC = 64, 4

Glyphs = dict[str, dict[int, str]]
"""By font file, glyphs with the characters they stand for."""


def embed(pdf: pikepdf.Pdf, used: Iterable[Glyphs], families: Sequence[str]) -> None:
    """Embed each face of the families once, for its name in the composer's streams and for WeasyPrint's."""
    ours = [face for family in families for face in faces(family)]
    united = _united(used)
    fonts = pdf.pages[0].Resources.Font
    theirs: dict[str, list[str]] = {}
    for name in list(fonts.keys()):
        path = _face_of(str(fonts[name].BaseFont), ours)
        if path in united:
            theirs.setdefault(path, []).append(name)
            for glyph, text in _unicodes(fonts[name]):
                united[path].setdefault(glyph, text)
    for path, characters in united.items():
        face = next(face for face in ours if str(face.path) == path)
        made = _font(pdf, face, characters)
        fonts[f"/{font_name(path)}"] = made
        for name in theirs.get(path, []):
            # What a glyph stands for may differ: WeasyPrint draws capitals as small ones without saying so.
            fonts[name].BaseFont = made.BaseFont
            fonts[name].DescendantFonts = made.DescendantFonts


def _united(used: Iterable[Glyphs]) -> Glyphs:
    """Join the glyphs of many streams, in an order and with characters that do not hang on theirs."""
    united: Glyphs = {}
    for glyphs in used:
        for path, characters in glyphs.items():
            mine = united.setdefault(path, {})
            for glyph, text in characters.items():
                mine[glyph] = min(text, mine.get(glyph, text))
    return dict(sorted(united.items(), key=lambda item: font_name(item[0])))


def _face_of(name: str, ours: Sequence[Face]) -> str:
    """Give the file of the face that WeasyPrint calls by a name, e.g. "/ABCDEF+EB-Garamond-Book-Bold"."""
    words = name.partition("+")[2]
    for face in ours:
        family = face.family.replace(" ", "-")
        style = words.removeprefix(family)
        if style != words and _style(face) == ("Bold" in style, "Italic" in style):
            return str(face.path)
    return ""


def _style(face: Face) -> tuple[bool, bool]:
    return face.weight > 400, face.style != "normal"  # noqa: PLR2004


def _unicodes(a_font: Any) -> Iterator[tuple[int, str]]:
    for code, text in _CODES.findall(a_font.ToUnicode.read_bytes().decode("ascii")):
        if len(text) % 4 == 0:
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be")


def _font(pdf: pikepdf.Pdf, face: Face, characters: dict[int, str]) -> Any:
    """Embed the glyphs of a face that are used; glyphs keep their numbers."""
    path = str(face.path)
    data = _subset(path, sorted(characters))
    extents = opened(path).get_font_extents("ltr")
    scale = 1000 / opened(path).face.upem
    name = Name(f"/{_tag(data)}+{_name(face)}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC | _ITALIC * _style(face)[1],
        FontBBox=Array([-500, round(extents.descender * scale), 2000, round(extents.ascender * scale)]),
        ItalicAngle=-12 * _style(face)[1],
        Ascent=round(extents.ascender * scale),
        Descent=round(extents.descender * scale),
        CapHeight=650,
        StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=Name.Identity,
        W=_widths(path, sorted(characters)),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_unicode_map(characters)),
        )
    )


def _subset(path: str, glyphs: list[int]) -> bytes:
    import uharfbuzz as hb

    wish = hb.SubsetInput()
    wish.glyph_set.update({0, *glyphs})
    wish.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
    for table in ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "STAT", "MATH"):
        wish.drop_table_tag_set.add(int.from_bytes(table.encode("ascii"), "big"))
    return bytes(hb.subset(opened(path).face, wish).blob.data)


def _tag(data: bytes) -> str:
    """Give the six capitals that say a font is a subset, the same for the same subset."""
    return "".join(chr(65 + byte % 26) for byte in blake2b(data, digest_size=6).digest())


def _name(face: Face) -> str:
    bold, italic = _style(face)
    return face.family.replace(" ", "") + "-" + ("Bold" * bold + "Italic" * italic or "Regular")


def _widths(path: str, glyphs: list[int]) -> Array:
    runs: list[Any] = []
    for glyph in glyphs:
        width = widths(path)[glyph]
        if runs and runs[-2] + len(runs[-1]) == glyph:
            runs[-1].append(width)
        else:
            runs += [glyph, [width]]
    return Array([Array(run) if isinstance(run, list) else run for run in runs])


def _unicode_map(characters: dict[int, str]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    entries = [
        f"<{g:04x}> <{text.encode('utf-16-be').hex()}>" for g, text in sorted(characters.items()) if text
    ]
    for at in range(0, len(entries), 100):
        some = entries[at : at + 100]
        lines += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
