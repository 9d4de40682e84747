"""The PDF backend: a `Book` in, the pages of a printed book out."""

from publish.pdf.pages import write

__all__ = ["write"]
