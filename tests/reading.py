"""Files that hold one text, read."""

from publish import readers
from publish.draft import Draft
from publish.source import Source


def read_one(data: bytes, name: str, encoding: str = "") -> tuple[Source, Draft]:
    read = readers.read(data, name, encoding)
    (source,), (draft,) = read.sources, read.drafts
    return source, draft
