"""Files that hold one text, read, and made into a book."""

from publish import readers
from publish.config import Config
from publish.draft import Draft
from publish.normalize import normalize
from publish.normalize.result import Normalized
from publish.source import Source

_PLAIN = Config()


def read_one(data: bytes, name: str, encoding: str = "") -> tuple[Source, Draft]:
    read = readers.read(data, name, encoding)
    (source,), (draft,) = read.sources, read.drafts
    return source, draft


def made_of(text: str | bytes, name: str = "story.txt", config: Config = _PLAIN) -> Normalized:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    source, draft = read_one(data, name)
    return normalize([draft], [source], config)
