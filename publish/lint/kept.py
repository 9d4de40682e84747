"""The style sheet that is kept with a book: its form, and what it decides."""

import unicodedata

import msgspec
from msgspec import Struct

from publish.diagnostic import PublishError

NAME = "stylesheet.json"
"""Of the file in the book's folder."""
VERSION = 1
"""Of the JSON form; raised whenever a reader of the old form would misread the new one."""


class Entry(Struct, frozen=True, omit_defaults=True):
    """A name or a form: how often, where first, and what else it is called."""

    name: str
    count: int
    first: str = ""
    """File and line where it stands first."""
    also: tuple[str, ...] = ()


class Sheet(Struct, frozen=True, kw_only=True):
    """The style sheet in its JSON form."""

    version: int = VERSION
    title: str
    language: str
    characters: tuple[Entry, ...] = ()
    places: tuple[Entry, ...] = ()
    hyphens: tuple[Entry, ...] = ()
    accents: tuple[Entry, ...] = ()
    timeline: tuple[Entry, ...] = ()
    style: dict[str, str] = {}
    never: dict[str, str] = {}
    """What is not to stand in the book, and what stands there instead: written by the editor."""


def as_json(sheet: Sheet) -> str:
    """Write a style sheet as JSON."""
    return msgspec.json.format(msgspec.json.encode(sheet), indent=2).decode() + "\n"


def from_json(data: bytes, path: str) -> Sheet:
    """Read a style sheet; PublishError where the file is none."""
    try:
        return msgspec.json.decode(data, type=Sheet)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "Make it anew with: publish stylesheet PATH --json"
        raise PublishError(f"{path}: this is no style sheet ({error}).", hint) from error


def of_words(words: str) -> Sheet:
    """Make a sheet of names, words with hyphens or accents, "never > instead", parted by semicolons."""
    rows = [row.strip() for row in words.split(";") if row.strip()]
    entries = [Entry(row, 1) for row in rows if ">" not in row]
    return Sheet(
        title="",
        language="en",
        characters=tuple(entry for entry in entries if entry.name.istitle()),
        hyphens=tuple(entry for entry in entries if "-" in entry.name),
        accents=tuple(entry for entry in entries if not entry.name.isascii()),
        never={row.partition(">")[0].strip(): row.partition(">")[2].strip() for row in rows if ">" in row},
    )


def unwanted(sheet: Sheet) -> dict[str, str]:
    """Give the forms that a sheet decides against, in small letters, each with the form that it has."""
    named = {entry.name.lower() for entry in (*sheet.hyphens, *sheet.accents)}
    forms: dict[str, str] = {}
    for entry in sheet.hyphens:
        forms[entry.name.replace("-", "").lower()] = entry.name
    for entry in sheet.accents:
        forms[unaccented(entry.name).lower()] = entry.name
    allowed = named | {other.lower() for entry in (*sheet.hyphens, *sheet.accents) for other in entry.also}
    kept = {form: right for form, right in forms.items() if form not in allowed}
    return kept | {form.lower(): right for form, right in sheet.never.items()}


def unaccented(word: str) -> str:
    """Give a word without its accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
