"""What a PDF says of itself, held against it: PDF/X-1a, PDF/A, PDF/UA.

Of PDF/X-1a:2001 (ISO 15930-1) what is checked here is what a file of type, drawings and pictures can break;
PDF/A and PDF/UA are judged by the checkers of the extra `check`, where they are installed.
"""

import re
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_EXTENSION = "{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"
_UA_SCHEMA = "http://www.aiim.org/pdfua/ns/id/"
_OF_SCHEMA = re.compile(r"\b(?:pdfaExtension|pdfaSchema|pdfaProperty|pdfuaid)\b")
_FACTS = ("Title", "Creator", "Producer", "CreationDate", "ModDate")
_X1A_VERSION = (1, 3)
_SHOWN = 3


def can_check_pdfa() -> bool:
    """Tell whether the checker of PDF/A is installed."""
    return all(find_spec(name) for name in ("jsonschema", "referencing", "fontTools"))


def can_check_pdfua() -> bool:
    """Tell whether the checker of PDF/UA is installed."""
    return find_spec("outloud") is not None


# --- PDF/X -----------------------------------------------------------------------------------------------


def pdfx_faults(pdf: Any) -> Iterator[str]:
    """Say what in a file as a whole is not as PDF/X-1a:2001 or X-3:2002 has it."""
    version = str(pdf.docinfo.get("/GTS_PDFXVersion", ""))
    if not version.startswith(("PDF/X-1", "PDF/X-3")):
        yield f"The file says {version or 'nothing of PDF/X'}; it should say PDF/X-1a or X-3."
        return
    if tuple(map(int, pdf.pdf_version.split("."))) > _X1A_VERSION or "/Type" in pdf.trailer:
        yield f"The file is PDF {pdf.pdf_version}, with more than PDF 1.3 has."
    if lacking := [name for name in _FACTS if not str(pdf.docinfo.get(f"/{name}", ""))]:
        yield f"The file does not state: {', '.join(lacking)}."
    if str(pdf.docinfo.get("/Trapped", "")) not in ("/True", "/False"):
        yield "The file does not say whether it is trapped."
    if "/ID" not in pdf.trailer:
        yield "The file has no identifier."
    if not any(map(_is_press_intent, pdf.Root.get("/OutputIntents", ()))):
        yield "The file does not say for which printing it is meant."
    boxes = [page.obj for page in pdf.pages if "/TrimBox" not in page.obj or "/ArtBox" in page.obj]
    if boxes:
        yield f"Pages without a trim box, or with an art box beside it: {len(boxes):,}."


def allows_rgb(pdf: Any) -> bool:
    """Tell whether the kind of PDF/X that a file claims knows other colours than those of inks."""
    return str(pdf.docinfo.get("/GTS_PDFXVersion", "")).startswith("PDF/X-3")


def _is_press_intent(intent: Any) -> bool:
    named = str(intent.get("/OutputConditionIdentifier", ""))
    known = "/RegistryName" in intent or "/DestOutputProfile" in intent
    return str(intent.get("/S")) == "/GTS_PDFX" and bool(named) and known


# --- PDF/A -----------------------------------------------------------------------------------------------


def pdfa_part(pdf: Any) -> str:
    """Give the kind of PDF/A that a file claims, as "2b", or nothing."""
    with pdf.open_metadata() as data:
        part, letter = str(data.get("pdfaid:part", "")), str(data.get("pdfaid:conformance", ""))
    return f"{part}{letter.lower()}" if part else ""


def pdfa_faults(pdf: Any) -> Iterator[str]:
    """Say what in a file is not as the PDF/A that it claims has it; parts 1 to 3, at level b."""
    from pikepdf import pdfa

    claimed = pdfa_part(pdf)
    if claimed[:1] not in "123":
        yield f"The file says that it is PDF/A-{claimed}, which cannot be checked."
        return
    found = pdfa.check(pdf, f"{claimed[:1]}b").findings
    if _describes_pdfua(pdf):
        # The checker knows no extension schemas; that of PDF/UA is the one that such files have.
        found = [one for one in found if not _OF_SCHEMA.search(one.message)]
    for one in found[:_SHOWN]:
        what = "is broken" if one.kind == "violation" else "cannot be confirmed"
        yield f"PDF/A-{claimed} {what}: {one.message} ({one.rule})."
    if len(found) > _SHOWN:
        yield f"PDF/A-{claimed}: {len(found) - _SHOWN} more of the kind."


def _describes_pdfua(pdf: Any) -> bool:
    """Tell whether the metadata describe the property of PDF/UA as ISO 19005-2, 6.6.2.3, asks."""
    from xml.etree import ElementTree

    tree = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    return any(found.text == _UA_SCHEMA for found in tree.iter(_EXTENSION))


# --- PDF/UA ----------------------------------------------------------------------------------------------


def pdfua_faults(data: bytes) -> Iterator[tuple[str, int | None]]:
    """Say what in a file is not as PDF/UA-1 has it, each with its page where it has one."""
    import outloud

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.pdf"
        path.write_bytes(data)
        result = outloud.check(str(path), layers={"conformance"})
    if result.error:
        yield f"PDF/UA could not be checked: {result.error}", None
    for found in result.findings:
        if found.severity == "error":
            yield f"{found.message[:1].upper()}{found.message[1:]} ({found.rule}).", found.page
