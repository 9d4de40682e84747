"""The cover of a printed book: back, spine and front on one sheet, as a PDF."""

from datetime import datetime

from publish.document import Metadata
from publish.stores import Store
from publish.styles import Style
from publish.wrap.barcode import check_price
from publish.wrap.measures import Wrap, wrap
from publish.wrap.wishes import Cover, Wish

__all__ = ["Cover", "Wish", "Wrap", "check_price", "make", "wrap"]


def make(  # noqa: PLR0913, PLR0917 - the book, its form, the printer, the wishes and the clock
    metadata: Metadata, style: Style, wrap: Wrap, store: Store, wish: Wish, modified: datetime
) -> Cover:
    """Make the cover of a book for a store's printer, the same bytes for the same arguments.

    Raises PublishError for a design or colour that is not known, and for a broken picture.
    """
    from publish.wrap.making import made

    return made(metadata, style, wrap, store, wish, modified)
