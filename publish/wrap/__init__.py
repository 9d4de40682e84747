"""The cover of a printed book: back, spine and front on one sheet, as a PDF."""

from publish.wrap.barcode import check_price
from publish.wrap.measures import Wrap, wrap
from publish.wrap.wishes import Cover, Wish

__all__ = ["Cover", "Wish", "Wrap", "check_price", "wrap"]
