"""Checks of finished books: EPUBCheck and our own rules for an EPUB; structure, fonts, page boxes for a PDF.

`python -m tests.validate FILE...` prints what is wrong and exits 1 if anything is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from publish import check
from publish.check.epubcheck import Check, checker

_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


def faults(path: Path, epubcheck: Check) -> list[str]:
    """Give what is wrong with an EPUB or a PDF, one sentence for each fault."""
    if path.suffix == ".pdf":
        return [*pdf_faults(path)]
    own = (f"{f.file}:{f.line}:{f.column}: {f.code} {f.message}" for f in check.faults(path.read_bytes()))
    return [*map(str, epubcheck(path)), *own]


def pdf_faults(path: Path) -> Iterator[str]:
    """Give what a printer would refuse, or a reader would miss."""
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PdfError as error:
        yield f"This is not a PDF: {error}"
        return
    with pdf:
        yield from pdf.check_pdf_syntax()
        if not str(pdf.docinfo.get("/Title", "")):
            yield "The document has no title."
        sizes = {tuple(float(length) for length in page.mediabox) for page in pdf.pages}
        if len(sizes) != 1:
            yield f"Pages differ in size: {sorted(sizes)}."
        fonts = {str(font.get("/BaseFont")): font for page in pdf.pages for font in _fonts(page)}
        for name, font in sorted(fonts.items()):
            if not _embedded(font):
                yield f"The font {name} is not embedded."


def _fonts(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    fonts = page.resources.get("/Font")
    for font in fonts.values() if isinstance(fonts, pikepdf.Dictionary) else ():
        descendants = font.get("/DescendantFonts")
        yield from descendants if isinstance(descendants, pikepdf.Array) else (font,)


def _embedded(font: pikepdf.Object) -> bool:
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, pikepdf.Dictionary) and any(key in descriptor for key in _EMBEDDED)


def main(paths: list[str]) -> int:
    """Check each file and print its faults; give the exit code."""
    worst = 0
    with checker() as check:
        for path in map(Path, paths):
            found = faults(path, check)
            worst |= bool(found)
            print(f"{path}: {len(found) or 'no'} fault{'s' * (len(found) != 1)}", *found, sep="\n    ")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
