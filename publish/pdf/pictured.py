"""The proofs as one HTML page that needs nothing else: pages pictured, flaws marked on them."""

import base64
import html
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct

from publish.document import Book
from publish.pdf.geometry import Geometry
from publish.pdf.report import Flaw, Measures, SetPage, flaws, measures, place_of, places, summary
from publish.source import Source

_SCALE = 1.3
"""Pixels to the point: letters can just be read, and a page takes about 25 kB."""
_LEVELS = 16
_BESIDE = 4.0
"""Points by which a mark stands out on both sides of its line."""
_MOST_PICTURED = 150
"""Pages that are pictured; a page of HTML with more opens slowly."""
_EXPLAINED = {
    "widow": "The last line of a paragraph stands alone at the head of the page.",
    "orphan": "The first line of a paragraph stands alone at the foot of the page.",
    "ladder": "Three lines in a row end with a hyphen.",
    "runt": "The last line of the paragraph is shorter than its indent.",
    "river": "White space runs down through five lines or more.",
    "loose": "The words of this line stand far apart.",
    "tight": "The words of this line stand close together.",
    "uneven": "The pages of this spread do not end at one height.",
    "short": "The last page of the section has few lines.",
    "divided page": "The last word of the page is divided.",
}


class ProofSheets(Struct, frozen=True):
    """A book set to be judged: lines of its pages, the file, and where the type stands on a page."""

    pages: tuple[SetPage, ...]
    data: bytes
    """The PDF; empty where no pictures are wanted."""
    page: Geometry


def as_page(sheets: ProofSheets, book: Book, sources: Mapping[int, Source]) -> str:
    """Give the page as HTML."""
    found = flaws(sheets.pages)
    # All rules of the lint come with it, of which a book that is merely printed needs none.
    from publish.lint.page import filled

    parts = {
        "TITLE": html.escape(book.metadata.title.value),
        "SUMMARY": "".join(f"<p>{html.escape(line)}</p>" for line in _told(found, measures(sheets.pages))),
        "PAGES": "".join(_articles(sheets, found, book, sources)),
    }
    return filled(Path(__file__).with_name("pictured.html"), parts)


def _told(found: Sequence[Flaw], numbers: Measures) -> Iterator[str]:
    yield from summary(numbers)
    counts = ", ".join(f"{count} {kind}" for kind, count in numbers.flaws.items())
    yield f"Marked: {counts}." if counts else "Nothing is to be marked."
    pages = len({flaw.page for flaw in found})
    if pages > _MOST_PICTURED:
        yield f"The first {_MOST_PICTURED} of {pages} pages are pictured."


def _articles(
    sheets: ProofSheets, found: Sequence[Flaw], book: Book, sources: Mapping[int, Source]
) -> Iterator[str]:
    import pypdfium2

    by_label = {page.label: page for page in sheets.pages}
    place = places(book)
    document = pypdfium2.PdfDocument(sheets.data)
    try:
        for number, (label, group) in enumerate(groupby(found, lambda flaw: flaw.page)):
            its = list(group)
            rows = "".join(_row(flaw, place_of(place(flaw), sources)) for flaw in its)
            page = by_label[label]
            shown = _figure(document, sheets.page, page, its) if number < _MOST_PICTURED else ""
            if shown and any(flaw.kind == "uneven" for flaw in its) and page.number + 1 < len(document):
                facing = next((one for one in sheets.pages if one.number == page.number + 1), None)
                shown += _figure(document, sheets.page, facing, ()) if facing else ""
            yield f'<article><h2>Page {html.escape(label)}</h2><div class="pages">{shown}</div>'
            yield f"<ol>{rows}</ol></article>\n"
    finally:
        document.close()


def _row(flaw: Flaw, where: str) -> str:
    stands = f'<p class="where">{html.escape(where)}</p>' if where else ""
    return (
        f"<li><strong>{flaw.kind}</strong> {_EXPLAINED[flaw.kind]}"
        f"<blockquote>{html.escape(flaw.text)}</blockquote>{stands}</li>"
    )


def _figure(document: Any, geometry: Geometry, page: SetPage, found: Sequence[Flaw]) -> str:
    """Show a page with its marks, whose places count in hundredths of it, so that any size suits them."""
    across, down = 100 / geometry.trim.width_pt, 100 / geometry.trim.height_pt
    left = (geometry.inside if page.right else geometry.outside) - _BESIDE
    marks = "".join(
        f'<i class="{flaw.kind.split()[-1]}" title="{flaw.kind}" style="'
        f"left:{left * across:.2f}%;width:{(geometry.measure + 2 * _BESIDE) * across:.2f}%;"
        f"top:{(geometry.top + flaw.row * geometry.leading) * down:.2f}%;"
        f'height:{flaw.rows * geometry.leading * down:.2f}%"></i>'
        for flaw in found
    )
    picture = base64.b64encode(_picture(document, page.number)).decode("ascii")
    alternative = f"Page {page.label}, its flaws marked"
    return f'<figure><img alt="{alternative}" src="data:image/png;base64,{picture}">{marks}</figure>'


def _picture(document: Any, number: int) -> bytes:
    """Draw a page of the file as a PNG in a few levels of grey."""
    image = document[number].render(scale=_SCALE, grayscale=True).to_pil()
    out = BytesIO()
    image.quantize(_LEVELS).save(out, "PNG", optimize=True)
    return out.getvalue()
