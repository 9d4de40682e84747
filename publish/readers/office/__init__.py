"""Documents of word processors: DOCX and ODT."""
