"""Standing matter: the few words that the editions print by themselves, in the language of the book.

They are those that `normalize.language` can tell; a book in any other says them in English.
"""

from functools import cache
from pathlib import Path

from msgspec import Struct

from publish.document import Metadata
from publish.rows import rows


class Words(Struct, frozen=True):
    """The words of one language."""

    contents: str
    notes: str
    """Over all notes, where they stand at the end of the book."""
    pages: str
    """Over the list of the pages of print."""
    illustrations: str
    """Over the list of those."""
    cover: str
    title_page: str
    beginning: str
    """Of the text, behind all that stands before it."""
    translated: str
    """Before the name of who did it, as the next four."""
    edited: str
    illustrated: str
    photographed: str
    introduced: str


def credit(name: str, role: str, language: str) -> str:
    """Give the line of a title page for who made a book (MARC relator code): authors by their names alone."""
    own = words(language)
    did = {
        "trl": own.translated,
        "edt": own.edited,
        "ill": own.illustrated,
        "pht": own.photographed,
        "aui": own.introduced,
    }
    return f"{did[role]} {name}" if role in did else name


@cache
def words(language: str) -> Words:
    """Give the words of a language (BCP 47), in English where it is not known."""
    known = {row[:2]: row[3:] for row in rows(Path(__file__).with_suffix(".txt"))}
    return Words(*known.get(language.lower().partition("-")[0], known["en"]).split(" | "))


def imprint(metadata: Metadata) -> list[str]:
    """Give the lines of the copyright page: only what is stated, nothing is claimed for the author."""
    lines = [metadata.rights.value] if metadata.rights else []
    if metadata.publisher:
        year = metadata.date.value[:4] if metadata.date else ""
        lines.append(f"{metadata.publisher.value}, {year}" if year else metadata.publisher.value)
    kind, _, number = (metadata.identifier.value if metadata.identifier else "").rpartition(":")
    return [*lines, f"ISBN {number}"] if kind.lower() == "urn:isbn" else lines
