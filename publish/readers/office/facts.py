"""What the properties of a document say of the book: evidence, since nobody looks at them."""

import re

from publish.readers.office.elements import Element, Words
from publish.readers.office.prose import Scribe
from publish.source import Run, Source

_KEYS = {
    "dc:title": "title",
    "dc:creator": "author",
    "dc:language": "language",
    "meta:initial-creator": "author",
}
_MEANINGLESS = re.compile(
    r"(?:microsoft )?word\b.*|document ?\d*|dokument ?\d*|untitled.*|unknown|user|admin|administrator|author|"
    r".*\.(?:docx?|odt|rtf|txt)|(?:windows|office) user|owner|python-docx|libreoffice.*|template.*",
    re.IGNORECASE,
)
"""What programs write there by themselves."""


def hints(source: Source | None, root: Element | None) -> tuple[tuple[str, Run], ...]:
    """Give title, author and language as the properties of a document name them."""
    if source is None or root is None:
        return ()
    scribe = Scribe(source)
    found: dict[str, Run] = {}
    for element in root.all(*_KEYS):
        runs = [scribe.words(words) for words in element.children if isinstance(words, Words)]
        scribe.end(element.start, element.end)
        run = Run.join(runs).strip()
        if run.text and not _MEANINGLESS.fullmatch(run.text):
            found.setdefault(_KEYS[element.name], run)
    scribe.finish()
    return tuple(found.items())
