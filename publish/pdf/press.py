"""A PDF made ready for the press: one ink, nothing to click, exact boxes, PDF/X where it is asked for."""

import re
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.pdf.leaves import leaves_of, streams_of
from publish.stores import Store

_KEPT = ("Type", "Pages", "PageLabels", "Version")
_OF_PAGES = ("Annots", "StructParents", "Tabs", "Group", "Metadata")
_COLOURED = re.compile(rb"\b(?:rg|RG)\b")
_OTHER_COLOURS = re.compile(rb"\b(?:cs|CS|sh)\b")
_SPACES = ("/ColorSpace", "/Pattern", "/Shading")
_GRAYS = {"rg": "g", "RG": "G"}
_DIRECT = (0, 0)
Stream = tuple[int, int]
"""Number and generation of an object of the file."""
_LIGHT = (0.299, 0.587, 0.114)
"""Share of red, green and blue in how light a colour looks (ITU-R BT.601, as Pillow converts pictures)."""
_CONDITION, _REGISTRY = "CGATS TR 001", "http://www.color.org"
"""The printing that PDF/X names where black alone is used: web offset on coated paper, as the registry of
the International Color Consortium has it, so that no profile need be embedded (ISO 15930-1, 6.2.2)."""


def for_press(
    pdf: pikepdf.Pdf, store: Store, *, colour: bool = False, black: Collection[Stream] = ()
) -> None:
    """Take out of a file what only readers on screens need, and state what the store's printer asks for.

    Bookmarks, links, tags and XMP metadata go, and with the tags the claim to be PDF/UA. Colours and pictures
    become one ink, unless `colour` is wanted; what shines through pictures is put on white. The streams of
    the composer are `black`: it names no colour.
    """
    for key in [key for key in pdf.Root.keys() if key.lstrip("/") not in _KEPT]:  # noqa: SIM118
        if key != "/ViewerPreferences" or "/Direction" not in pdf.Root.ViewerPreferences:
            del pdf.Root[key]
    seen = set(black)
    for page in leaves_of(pdf):
        for key in _OF_PAGES:
            if f"/{key}" in page:
                del page[f"/{key}"]
        page.TrimBox = page.BleedBox = Array(list(page.MediaBox))
        _print_black(page, seen, colour=colour)
    facts = pdf.docinfo
    facts["/CreationDate"] = facts["/ModDate"]
    facts["/Trapped"] = Name("/False")
    if store.standard and not colour and all(map(_is_plain, leaves_of(pdf))):
        _drop_spaces(pdf)
        claim(pdf, store.standard)


def with_bleed(pdf: pikepdf.Pdf, store: Store) -> None:
    """Let every page go on beyond its trim at top, bottom and outside; first pages are right-hand ones."""
    bleed = store.bleed * 72
    for number, page in enumerate(leaves_of(pdf), 1):
        _, _, width, height = (float(side) for side in page.MediaBox)
        left = 0.0 if number % 2 else bleed
        page.MediaBox = page.BleedBox = Array([0, 0, width + bleed, height + 2 * bleed])
        page.TrimBox = Array([left, bleed, left + width, bleed + height])
        # Programs differ on boxes that begin below zero, so what is printed is moved instead.
        shift = pdf.make_stream(f"1 0 0 1 {left:g} {bleed:g} cm\n".encode())
        page.Contents = Array([shift, *streams_of(page)])


def claim(pdf: pikepdf.Pdf, standard: str) -> None:
    """State PDF/X-1a:2001 and the printing that it is meant for."""
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-1:2001"
    pdf.docinfo["/GTS_PDFXConformance"] = standard
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name("/GTS_PDFX"),
                OutputConditionIdentifier=_CONDITION,
                RegistryName=_REGISTRY,
                Info="Black alone",
            )
        ]
    )


def _drop_spaces(pdf: pikepdf.Pdf) -> None:
    """Take out the names of colour spaces, which WeasyPrint gives whether or not anything is in them."""
    for page in leaves_of(pdf):
        for kind in _SPACES:
            if kind in page.get("/Resources", {}):
                del page.Resources[kind]


def _is_plain(holder: Any) -> bool:
    """Tell whether a page or a form shows nothing transparent and no colours of other kinds."""
    table = holder.get("/Resources", {})
    streams = [holder] if isinstance(holder, pikepdf.Stream) else streams_of(holder)
    if any(_OTHER_COLOURS.search(stream.read_bytes()) for stream in streams):
        return False
    if any(
        float(state.get(key, 1)) < 1
        for state in dict(table.get("/ExtGState", {})).values()
        for key in ("/ca", "/CA")
    ):
        return False
    forms = [one for one in dict(table.get("/XObject", {})).values() if str(one.get("/Subtype")) == "/Form"]
    return all(form.objgen == holder.objgen or _is_plain(form) for form in forms)


# --- One ink ---------------------------------------------------------------------------------------------


def _print_black(holder: Any, seen: set[Stream], *, colour: bool) -> None:
    """Print a page or a form in black, with all that it shows."""
    _recolour(holder, seen, colour=colour)
    resources = holder.get("/Resources", {})
    if getattr(resources, "objgen", _DIRECT) != _DIRECT:
        # Pages share them.
        if resources.objgen in seen:
            return
        seen.add(resources.objgen)
    for thing in list(dict(resources.get("/XObject", {})).values()):
        if thing.objgen in seen:
            continue
        seen.add(thing.objgen)
        if str(thing.get("/Subtype")) == "/Image":
            _flatten(thing, colour=colour)
        else:
            if "/Group" in thing:
                del thing["/Group"]
            _print_black(thing, seen, colour=colour)


def _recolour(holder: Any, seen: Collection[Stream], *, colour: bool) -> None:
    streams = [holder] if isinstance(holder, pikepdf.Stream) else streams_of(holder)
    for stream in streams:
        if stream.objgen in seen and stream is not holder:
            continue
        if _COLOURED.search(stream.read_bytes()):
            stream.write(pikepdf.unparse_content_stream(list(_in_black(stream, colour=colour))))


def _in_black(stream: Any, *, colour: bool) -> Iterator[Any]:
    for instruction in pikepdf.parse_content_stream(stream):
        name = str(instruction.operator)
        parts = [float(part) for part in instruction.operands] if name in _GRAYS else []
        # Black is one ink beside colours too.
        if parts and (len(set(parts)) == 1 or not colour):
            light = round(sum(share * part for share, part in zip(_LIGHT, parts, strict=True)), 3)
            yield pikepdf.ContentStreamInstruction([light], pikepdf.Operator(_GRAYS[name]))
        else:
            yield instruction


def _flatten(image: Any, *, colour: bool) -> None:
    """Put a picture on white and, unless colour is wanted, print it in grey."""
    from PIL import Image

    masks = [key for key in ("/SMask", "/Mask") if key in image]
    grey = colour or str(image.get("/ColorSpace")) == "/DeviceGray"
    if image.get("/ImageMask", False) or (not masks and grey):
        return
    picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    if "/SMask" in image:
        mask = pikepdf.PdfImage(image.SMask).as_pil_image().convert("L").resize(picture.size)
        picture = Image.composite(picture, Image.new("RGB", picture.size, "white"), mask)
    picture = picture if colour else picture.convert("L")
    is_photo = "/DCTDecode" in str(image.get("/Filter", ""))
    for key in ("/SMask", "/Mask", "/Decode", "/DecodeParms", "/Interpolate", "/Intent"):
        if key in image:
            del image[key]
    image.ColorSpace = Name.DeviceRGB if colour else Name.DeviceGray
    image.BitsPerComponent = 8
    if is_photo:
        out = BytesIO()
        picture.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
        image.write(out.getvalue(), filter=Name.DCTDecode)
    else:
        image.write(picture.tobytes())
