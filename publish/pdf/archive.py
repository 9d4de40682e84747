"""A PDF for screens that can also be kept: PDF/A-2b beside PDF/UA-1, where its colours and fonts allow it."""

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.pdf.leaves import leaves_of

_SRGB = "sRGB IEC61966-2.1"
_OURS = "Book"
"""In the names of our faces; see `publish.fonts`."""
_PLAIN = ("/DeviceRGB", "/DeviceGray")
_CLAIM = Path(__file__).with_name("claim.xml")
"""What PDF/A says of itself, and of the property of PDF/UA, which it does not know (ISO 19005-2, 6.6.2.3)."""


def for_keeping(pdf: pikepdf.Pdf) -> None:
    """State PDF/A-2b, and the colours that are meant, unless something in the file forbids it.

    A picture in the colours of print forbids it, and so does a font of the system, of which nobody knows how
    well it is made.
    """
    tables = _resources(pdf)
    for table in tables:
        _tidy(table)
    if not all(map(_can_be_kept, tables)):
        return
    profile = pdf.make_stream(_profile(), N=3)
    intent = Dictionary(Type=Name.OutputIntent, S=Name("/GTS_PDFA1"), DestOutputProfile=profile)
    intent.OutputConditionIdentifier = intent.Info = pikepdf.String(_SRGB)
    pdf.Root.OutputIntents = Array([intent])
    text = pdf.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", _CLAIM.read_bytes() + b"</rdf:RDF>")
    pdf.Root.Metadata.write(text)


def _resources(pdf: pikepdf.Pdf) -> list[Any]:
    """Give the tables of what pages use, which most pages have in common, each once."""
    found = [page.Resources for page in leaves_of(pdf) if "/Resources" in page]
    shared = {table.objgen: table for table in found if table.is_indirect}
    return [*shared.values(), *(table for table in found if not table.is_indirect)]


def _tidy(resources: Any) -> None:
    """Take out empty tables, and the wish that pictures be smoothed, which PDF/A has no place for."""
    for kind in ("/Pattern", "/Shading"):
        if kind in resources and not len(resources[kind]):
            del resources[kind]
    for thing in dict(resources.get("/XObject", {})).values():
        for picture in (thing, thing.get("/SMask")):
            if picture is not None and "/Interpolate" in picture:
                del picture["/Interpolate"]
        if "/Resources" in thing:
            _tidy(thing.Resources)


def _can_be_kept(resources: Any) -> bool:
    fonts = dict(resources.get("/Font", {})).values()
    things = dict(resources.get("/XObject", {})).values()
    return all(_OURS in str(font.get("/BaseFont", "")) for font in fonts) and all(
        str(thing.get("/ColorSpace", "/DeviceRGB")) in _PLAIN for thing in things
    )


def _profile() -> bytes:
    """Give the profile of sRGB, without the moment at which it was made."""
    from PIL import ImageCms

    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data[:24] + b"\x07\xea\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00" + data[36:]
