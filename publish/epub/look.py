"""What an author chooses of an e-book's looks."""

from msgspec import Struct


class Look(Struct, frozen=True):
    """A style, and choices that stand above its own."""

    style: str = "classic"
    """A house style, or the path of a style's folder."""
    design: str = ""
    """Of a made cover; empty: the style's."""
    colour: str = ""
    """Of a made cover; empty: it follows from the title."""
    embed_fonts: bool = False
    endnotes: bool = False
    """All notes stand together at the book's end."""


USUAL = Look()
