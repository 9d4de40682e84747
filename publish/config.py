"""What a book folder's `book.toml` may say, and its defaults.

Reading is strict: an unknown key or a wrong type is a `PublishError` with line and column.
"""

from __future__ import annotations

from msgspec import Struct


class BookConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[book]`: metadata. What is given here is never inferred."""

    title: str = ""
    subtitle: str = ""
    author: str | tuple[str, ...] = ()
    language: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    identifier: str = ""
    isbn: str = ""


class ManuscriptConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[manuscript]`: the files, in the order in which they follow each other."""

    files: tuple[str, ...] = ()
    """Paths in the book's folder; empty takes every .txt and .md file there, numbers in names counted."""
    encoding: str = ""
    """Overrules the detection of the encoding, for all files."""


class OrderConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[order]`: pins that settle what the evidence leaves open."""

    keep: bool = False
    """Keep the order of the files."""
    sequence: tuple[str, ...] = ()
    """Headings as they are written in the manuscript, in reading order; what is not named keeps its place after
    the heading that precedes it."""
    infer_parts: bool = True
    """False refuses parts that the manuscript implies but never names."""
    copies: dict[str, int] = {}
    """For a chapter that stands twice: heading → which copy of the file (from 1) stays in the book."""


class Refusal(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One entry of `[[refuse]]`: a repair that is not wanted."""

    rule: str
    """A rule code (SPC007) or a family (SPC)."""
    text: str = ""
    """Only where the passage that would be changed lies in this text, or holds it; empty: everywhere."""
    reason: str = ""


class EpubConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[epub]`: the e-book."""

    cover: str = ""
    """An image in the book's folder; empty: a cover is made from the metadata."""
    style: str = "classic"


class PdfConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[pdf]`: the printed book."""

    trim: str = "5.5x8.5in"
    style: str = "classic"


class Config(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A whole `book.toml`."""

    book: BookConfig = BookConfig()
    manuscript: ManuscriptConfig = ManuscriptConfig()
    order: OrderConfig = OrderConfig()
    refuse: tuple[Refusal, ...] = ()
    epub: EpubConfig = EpubConfig()
    pdf: PdfConfig = PdfConfig()
