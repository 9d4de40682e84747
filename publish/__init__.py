"""Makes an EPUB and a print PDF from a writer's manuscript."""

__version__ = "0.1.0"
