"""What an author wants of a cover, and what comes of it."""

from msgspec import Struct


class Wish(Struct, frozen=True, kw_only=True):
    """What an author wants of a cover."""

    back: str = ""
    """Text of the back; blank lines part paragraphs."""
    isbn: str = ""
    price: str = ""
    """Add-on of the barcode, five figures."""
    front: bytes = b""
    """A JPEG or PNG for the front; empty: it is set in the design."""
    design: str = ""
    colour: str = ""
    """As of the e-book's cover; empty: the style's design, a colour that follows from the title."""


class Cover(Struct, frozen=True):
    """A cover, and what is to be known of it, each in a sentence."""

    data: bytes
    notes: tuple[str, ...]
