"""Pages of the book, whoever made them, before they are in one file."""

from typing import Any

from msgspec import Struct

from publish.pdf.composer import Painting, Pasted

PLACEHOLDER = "publish:"
"""Begins the address of a link to another part of the book, until the pages of both are known."""


def leaves_of(pdf: Any) -> list[Any]:
    """Give the pages of a file that is being made; pikepdf's own list misses those put in by us."""
    return list(pdf.Root.Pages.Kids)


def streams_of(page: Any) -> list[Any]:
    """Give the streams that draw a page."""
    from pikepdf import Array

    contents = page.get("/Contents", ())
    return list(contents) if isinstance(contents, Array) else [contents]


class Patch(Struct, frozen=True):
    """A block of a composed page that WeasyPrint drew."""

    where: Pasted
    stock: Any
    """WeasyPrint's page, with nothing else on it."""
    height: float
    """Of the block's upper edge on that page, in points above the page's lower edge."""


class Leaf(Struct, frozen=True):
    """A page of the book: WeasyPrint's, or a sheet of a section that the composer painted."""

    stock: Any = None
    painting: Painting | None = None
    sheet: int = 0
    margins: bytes = b""
    """Content stream of running head and folio."""
    patches: tuple[Patch, ...] = ()
    is_plate: bool = False
    """Whether it is WeasyPrint's and stands among the sheets of a section."""
