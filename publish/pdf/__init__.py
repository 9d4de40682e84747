"""The PDF backend: a `Book` in, the pages of a printed book out."""

from publish.pdf.pages import Edition, edition, proof_sheets, proofs, write

__all__ = ["Edition", "edition", "proof_sheets", "proofs", "write"]
