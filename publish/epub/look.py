"""What an author chooses of an e-book's looks, beyond its style."""

from msgspec import Struct


class Look(Struct, frozen=True):
    """Choices that stand above those of the style."""

    design: str = ""
    """Of a made cover; empty: the style's."""
    colour: str = ""
    """Of a made cover; empty: it follows from the title."""
    embed_fonts: bool = False
