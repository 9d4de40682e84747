"""What a book may say about its accessibility, measured on the finished files: an untrue claim misleads.

The vocabulary is that of schema.org's accessibility properties.
"""

import html
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import BinaryIO

from msgspec import Struct

from publish.check import archive, faults
from publish.epub.documents import COVER, ContentFile
from publish.patterns import lazily
from publish.pictures import names_a_file

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


class Measured(Struct, frozen=True):
    """What holds for a book."""

    features: tuple[str, ...]
    modes: tuple[str, ...]
    """Senses by which its content is given."""
    sufficient: str
    """Those that suffice for all of it."""
    hazards: tuple[str, ...]
    summary: str
    """In English."""


_IMAGE = re.compile(r"<img\b[^>]*>")
_DESCRIBED = re.compile(r'\balt="([^"]*\w[^"]*)"')
_HEADING = re.compile(r"<h([1-6])\b")
_MOVING = re.compile(
    r"<(?:script|video|audio|iframe|canvas|object|embed)\b|@keyframes|\banimation\b", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FIXED = lazily(
    r"(?:font-size|line-height|letter-spacing|word-spacing)\s*:[^;}]*\d(?:px|pt|pc|cm|mm|in)\b"
    r"|(?:^|[;{\s])(?:color|background(?:-color)?)\s*:(?!\s*(?:inherit|transparent|currentcolor|none)\b)"
    r"|!important",
    re.IGNORECASE,
)


def measure(
    spine: Sequence[ContentFile], listed: Sequence[str], stylesheets: Sequence[str], *, has_pages: bool
) -> Measured:
    """Measure a book: its files in reading order, the files that its contents list, and its stylesheets."""
    text = [file for file in spine if file.name != COVER]
    images = [image[0] for file in spine for image in _IMAGE.finditer(file.text)]
    undescribed = sum(not _is_described(image) for image in images)
    pictured = any(_IMAGE.search(file.text) for file in text)
    order = [file.name for file in spine]
    moving = any(_MOVING.search(part) for part in (*stylesheets, *(file.text for file in spine)))
    claims = {
        "alternativeText": bool(images) and not undescribed,
        "displayTransformability": not any(_FIXED.search(_COMMENT.sub("", sheet)) for sheet in stylesheets),
        "pageBreakMarkers": has_pages,
        "pageNavigation": has_pages,
        "readingOrder": [name for name in order if name in listed] == list(listed),
        "structuralNavigation": _is_structured(text),
        "tableOfContents": bool(listed),
    }
    return Measured(
        features=tuple(name for name, holds in claims.items() if holds) or ("none",),
        modes=("textual", "visual") if pictured else ("textual",),
        sufficient="textual" if not undescribed else "textual,visual",
        hazards=("unknown",) if moving else ("none",),
        summary=_summary(pictured=pictured, undescribed=undescribed, free=claims["displayTransformability"]),
    )


def refuted(made: BinaryIO) -> str:
    """Say why a finished e-book does not conform to `CONFORMANCE`; empty where no machine finds a reason.

    A picture without description counts, though checkers pass it: an empty one says that the picture only
    decorates, which nobody has said of a picture that the author put between paragraphs.
    """
    made.seek(0)
    data = made.read()
    made.seek(0)
    for fault in faults(data):
        return f"{fault.file}: {fault.message}" if fault.file else fault.message
    for name, page in archive.read(data).entries.items():
        if name.endswith(".xhtml") and not all(map(_is_described, _IMAGE.findall(page.decode()))):
            return f"{name}: a picture has no description."
    return ""


def _is_described(image: str) -> bool:
    described = _DESCRIBED.search(image)
    return described is not None and not names_a_file(html.unescape(described[1]))


def _is_structured(files: Sequence[ContentFile]) -> bool:
    """Tell whether divisions have headings, and none of them skips a level on the way down."""
    found = False
    for file in files:
        levels = [int(match[1]) for match in _HEADING.finditer(file.text)]
        found = found or '<header class="heading"' in file.text
        if any(after > before + 1 for before, after in pairwise(levels)):
            return False
    return found


def _summary(*, pictured: bool, undescribed: int, free: bool) -> str:
    type_ = ", in the type, size and colours the reader chooses" if free else ""
    if not pictured:
        return f"The whole book is text in reading order{type_}."
    pictures = f"{undescribed} of them without a description" if undescribed else "each described in words"
    return f"The book is text in reading order{type_}, with pictures; {pictures}."
