"""From the bytes of one file to a source and its draft. Nothing is repaired here."""

from pathlib import PurePath

from publish.diagnostic import PublishError
from publish.draft import Draft
from publish.readers import decode, markdown, text
from publish.source import Source

READERS = {
    ".txt": text.read,
    ".text": text.read,
    "": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}
"""The reader for each suffix; a file without a suffix is taken for plain text."""


def read(data: bytes, name: str, encoding: str = "") -> tuple[Source, Draft]:
    """Read one file.

    `name` is the path as it is shown to people; its suffix chooses the reader. `encoding` overrules the
    detection. Raises PublishError for an unknown suffix and for what is no manuscript.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(key for key in READERS if key)
        raise PublishError(
            f"{name}: files of kind “{suffix}” cannot be read.", f"Save it as one of: {known}."
        )
    source = decode.decode(data, name, encoding)
    return source, READERS[suffix](source)
