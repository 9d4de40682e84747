"""Checks of finished books: EPUBCheck and our own rules for an EPUB; structure, fonts, page boxes for a PDF.

`python -m tests.validate FILE...` prints what is wrong and exits 1 if anything is. With `--corpus SET` it
makes and checks the e-books of the shared corpus: each whole book in each house style, with and without
typefaces of its own, and each damaged manuscript of the set in one of the styles.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pikepdf

from publish import check, epub
from publish.check.epubcheck import Check, checker
from publish.config import Config
from publish.document import Book
from publish.normalize import normalize
from tests import corpus
from tests.reading import read_one

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


LOOKS = tuple(
    epub.Look(style=style, embed_fonts=fonts)
    for style in ("classic", "modern", "large-print")
    for fonts in (False, True)
)


def corpus_faults(wanted: Sequence[corpus.Job], epubcheck: Check) -> Iterator[tuple[str, list[str]]]:
    """Make the e-books of manuscripts and give each one's name and faults."""
    in_turn = cycle(LOOKS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.epub"
        for job in wanted:
            manuscript, _ = corpus.manuscript(job)
            book = _book(manuscript)
            for look in LOOKS if job.family == "clean" else (next(in_turn),):
                path.write_bytes(epub.write(book, look=look, modified=corpus.MODIFIED))
                kind = f"{look.style}{', embedded typefaces' if look.embed_fonts else ''}"
                yield f"{job.name} ({kind})", faults(path, epubcheck)


def _book(manuscript: Path) -> Book:
    source, draft = read_one(manuscript.read_bytes(), manuscript.name)
    return normalize([draft], [source], Config()).book


def _checked(paths: Sequence[str], corpus_set: str) -> Iterator[tuple[str, list[str]]]:
    with checker() as epubcheck:
        for path in map(Path, paths):
            yield str(path), faults(path, epubcheck)
        if corpus_set:
            yield from corpus_faults(corpus.jobs(corpus_set), epubcheck)


def main() -> int:
    """Check each file and print its faults; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--corpus", default="", choices=["", "suite", "all", "raw", "clean"])
    given = parser.parse_args()
    worst, books = 0, 0
    for name, found in _checked(given.files, given.corpus):
        worst, books = worst | bool(found), books + 1
        print(
            f"{name}: {len(found) or 'no'} fault{'s' * (len(found) != 1)}", *found, sep="\n    ", flush=True
        )
    print(f"{books} books checked")
    return worst


if __name__ == "__main__":
    sys.exit(main())
