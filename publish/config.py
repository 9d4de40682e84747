"""What a book folder's `book.toml` may say, and its defaults.

Reading is strict: an unknown key or a wrong type is a `PublishError` with line and column.
"""

import datetime
import difflib
import json
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from publish.diagnostic import PublishError
from publish.document import DivisionKind
from publish.patterns import lazily
from publish.source import Place


class Format(StrEnum):
    """An edition that can be made."""

    EPUB = "epub"
    PDF = "pdf"


class BookConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[book]`: metadata. What is given here is never inferred."""

    title: str = ""
    subtitle: str = ""
    author: str | tuple[str, ...] = ()
    editor: str | tuple[str, ...] = ()
    translator: str | tuple[str, ...] = ()
    illustrator: str | tuple[str, ...] = ()
    photographer: str | tuple[str, ...] = ()
    introducer: str | tuple[str, ...] = ()
    file_as: dict[str, str] = {}
    """Name → name as it is filed, where that is not the last word first."""
    language: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    series: str = ""
    series_number: str = ""
    subjects: tuple[str, ...] = ()
    certifier: str = ""
    """Who vouches for the e-book's conformance to EPUB Accessibility 1.1; empty: none is claimed."""
    identifier: str = ""
    isbn: str = ""


class ManuscriptConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[manuscript]`: the files, in the order in which they follow each other."""

    files: tuple[str, ...] = ()
    """Paths in the book's folder; empty takes every .txt and .md file there, numbers in names counted."""
    encoding: str = ""
    """Overrules the detection of the encoding, for all files."""


class OrderConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[order]`: pins that settle what the evidence leaves open."""

    keep: bool = False
    """Keep the order of the files."""
    sequence: tuple[str, ...] = ()
    """Headings as they are written in the manuscript, in reading order; what is not named keeps its place
    after the heading that precedes it."""
    infer_parts: bool = True
    """False refuses parts that the manuscript implies but never names."""
    copies: dict[str, Annotated[int, Meta(ge=1)]] = {}
    """For a chapter that stands twice: heading → which copy of the file (from 1) stays in the book."""


class Refusal(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One entry of `[[refuse]]`: a repair that is not wanted."""

    rule: str
    """A rule code (SPC007) or a family (SPC)."""
    text: str = ""
    """Only where the passage that would be changed lies in this text, or holds it; empty: everywhere."""
    reason: str = ""


class Decision(Struct, frozen=True, forbid_unknown_fields=True, rename={"what": "is"}):
    """One entry of `[[decide]]`: what a line of the manuscript is, whatever the evidence says."""

    text: str
    """The words with which the line or the scene begins; for a heading and the like the whole line."""
    what: str
    """A kind of division, or one of `DECISIONS`."""
    reason: str = ""


HEADING, TEXT, FURNITURE, NEW_SCENE, SAME_SCENE = "heading", "text", "furniture", "new scene", "same scene"
VERSE, LETTER, QUOTATION, SPEECH = PASSAGES = ("verse", "a letter", "a quotation", "a speech")
"""What a passage of plain text may be; the lines of one that the quoted words cover belong to it."""
DECISIONS = (HEADING, TEXT, FURNITURE, NEW_SCENE, SAME_SCENE, *PASSAGES)
"""A heading of the kind that its words name; the author's own text, and no heading; a line that is not the
author's; the beginning of a scene; what goes on with the scene before it; then `PASSAGES`."""
KINDS = {kind.value.replace("_", " "): kind for kind in DivisionKind}
"""What a line can be a heading of, as book.toml names it."""


class LintConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[lint]`: which findings the author wants to see; what is repaired does not depend on it."""

    select: tuple[str, ...] = ()
    """Codes or families; empty: all."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Literal["info", "warning", "error"]] = {}
    """Code or family → how grave its findings are."""
    baseline: str = ""
    """A file in the book's folder; what it knows is not reported."""

    def wants(self, code: str) -> bool:
        """Tell whether the author wants to see the findings of a rule."""
        names = {code, code[:3]}
        selected = (*self.select, *self.extend_select) if self.select else ()
        taken = not selected or any(name.strip().upper() in names for name in selected)
        return taken and not any(name.strip().upper() in names for name in self.ignore)


class NotesPlace(StrEnum):
    """Where the notes of the e-book stand."""

    CHAPTER = "chapter"
    BOOK = "book"


class EpubConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[epub]`: the e-book."""

    cover: str = ""
    """An image in the book's folder; empty: a cover is made from the metadata."""
    cover_design: str = ""
    """One of `publish.epub.cover.DESIGNS`; empty: that of the style."""
    cover_colour: str = ""
    """One of `publish.epub.cover.COLOURS`; empty: it follows from the title."""
    style: str = "classic"
    """A house style, or the path of a style's folder in the book's folder."""
    embed_fonts: bool = False
    notes: NotesPlace = NotesPlace.CHAPTER
    """Below each chapter, or all together at the book's end."""


class Destination(StrEnum):
    """Where a PDF goes; what each asks stands in `publish.stores`."""

    SCREEN = "screen"
    KDP = "kdp"
    INGRAM = "ingram"


class Engine(StrEnum):
    """Who breaks the lines and pages of the printed book."""

    COMPOSER = "composer"
    """Our own composer where it can, WeasyPrint for the rest."""
    STOCK = "stock"
    """WeasyPrint alone."""


class PdfConfig(
    Struct, frozen=True, forbid_unknown_fields=True, rename={"destination": "for", "full_page": "full-page"}
):
    """`[pdf]`: the printed book."""

    trim: str = ""
    """Empty: that of the style."""
    style: str = "classic"
    """As in `[epub]`."""
    isbn: str = ""
    """Number of the printed book, where it is another than the e-book's."""
    engine: Engine = Engine.COMPOSER
    destination: Destination = Destination.SCREEN
    colour: bool = False
    """Whether pictures keep their colours in a file for a printer."""
    full_page: tuple[str, ...] = ()
    """Pictures, as the manuscript names them, that fill a page of their own to the edges."""


class CoverConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[cover]`: the wrap cover of the printed book; design and colour are those of `[epub]`."""

    front: str = ""
    """A picture in the book's folder; empty: the front is set from the metadata."""
    back: str = ""
    """Text of the back, blank lines between paragraphs; empty: the book's description."""
    paper: str = "cream"
    """As the printer calls it; see `publish.stores`."""
    spine: str = ""
    """Width of the spine, such as "12.7mm", where the printer does not tell how thick its papers are."""
    price: str = ""
    """Five figures that stand beside the barcode."""


class Config(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A whole `book.toml`."""

    book: BookConfig = BookConfig()
    manuscript: ManuscriptConfig = ManuscriptConfig()
    order: OrderConfig = OrderConfig()
    refuse: tuple[Refusal, ...] = ()
    decide: tuple[Decision, ...] = ()
    lint: LintConfig = LintConfig()
    epub: EpubConfig = EpubConfig()
    pdf: PdfConfig = PdfConfig()
    cover: CoverConfig = CoverConfig()


Path = tuple[str | int, ...]
"""Keys from the top of the file to a value; a number is the place of an entry in `[[…]]`, from 0."""

_RULE_CODE = lazily(r"[A-Z]{3}(?:[0-9]{3})?")
_TABLES: dict[str, type[Struct]] = {
    "": Config, "book": BookConfig, "manuscript": ManuscriptConfig, "order": OrderConfig, "refuse": Refusal,
    "decide": Decision, "lint": LintConfig, "epub": EpubConfig, "pdf": PdfConfig, "cover": CoverConfig,
}  # fmt: skip
_TYPES = {
    "str": "text in quotation marks",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in brackets",
    "object": "a table",
}


def load(data: bytes, name: str) -> Config:
    """Read a `book.toml`; `name` is its path as people know it.

    Raises PublishError, with line and column, for what is no TOML, an unknown key or a value of the wrong
    kind.
    """
    text = _decoded(data, name)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(text, name, str(error)) from error
    book = values.get("book")
    if isinstance(book, dict) and isinstance(book.get("date"), datetime.date):
        book["date"] = book["date"].isoformat()
    if isinstance(book, dict) and isinstance(book.get("series-number"), int | float):
        book["series-number"] = str(book["series-number"])
    try:
        config = msgspec.convert(values, Config)
    except msgspec.ValidationError as error:
        raise _value_error(text, name, str(error)) from error
    _check_book(config.book, text, name)
    _check_isbn(config.pdf.isbn, ("pdf", "isbn"), text, name)
    _check_places(config, text, name)
    return config


def _check_places(config: Config, text: str, name: str) -> None:
    """Refuse what names no rule, no decision or no place."""
    for path, rule in _rules_named(config):
        if not _RULE_CODE.fullmatch(rule):
            place = _shown(name, locate(text, path))
            hint = "Write a code such as SPC007 or a family such as SPC; `publish rules` lists them."
            raise PublishError(f"{place}: “{rule}” is not the code of a rule.", hint)
    for number, decision in enumerate(config.decide):
        known = [*DECISIONS, *KINDS]
        if decision.what not in known:
            place = _shown(name, locate(text, ("decide", number, "is")))
            near = difflib.get_close_matches(decision.what, known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(known)}."
            raise PublishError(f"{place}: “{decision.what}” is nothing that a line can be.", hint)
        if not decision.text.strip():
            place = _shown(name, locate(text, ("decide", number, "text")))
            raise PublishError(f"{place}: “text” is empty.", "Quote the line that is meant.")


def _rules_named(config: Config) -> Iterator[tuple[Path, str]]:
    """Give all names of rules with the place where they stand."""
    for number, refusal in enumerate(config.refuse):
        yield ("refuse", number, "rule"), refusal.rule
    for key in ("select", "extend-select", "ignore"):
        for number, rule in enumerate(getattr(config.lint, key.replace("-", "_"))):
            yield ("lint", key, number), rule
    for rule in config.lint.severity:
        yield ("lint", "severity", rule), rule


_LANGUAGE = lazily(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{4,8})*")
_NUMBER = re.compile(r"\d+(\.\d+)*")
_UUID = lazily(r"urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE = lazily(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _check_book(book: BookConfig, text: str, name: str) -> None:
    """Refuse metadata that no store would take."""
    faults = {
        "language": (
            book.language and not _LANGUAGE.fullmatch(book.language),
            "a language",
            "en, en-GB or pt-BR",
        ),
        "identifier": (_is_no_uuid(book.identifier), "a UUID", "urn:uuid: and 32 hexadecimal digits"),
        "series_number": (
            book.series_number and not _NUMBER.fullmatch(book.series_number),
            "a number",
            "2 or 1.5",
        ),
        "date": (book.date and not _DATE.fullmatch(book.date), "a date", "2026, 2026-11 or 2026-11-22"),
    }
    _check_isbn(book.isbn, ("book", "isbn"), text, name)
    for key, (wrong, what, example) in faults.items():
        if wrong:
            place = _shown(name, locate(text, ("book", key.replace("_", "-"))))
            raise PublishError(f"{place}: “{getattr(book, key)}” is not {what}.", f"Write {example}.")


def _is_no_uuid(identifier: str) -> bool:
    """Tell whether an identifier claims to be a UUID and is none, which checkers of e-books complain of."""
    return identifier.startswith("urn:uuid:") and not _UUID.fullmatch(identifier)


def _check_isbn(number: str, path: Path, text: str, name: str) -> None:
    if number and not is_isbn(number):
        place = _shown(name, locate(text, path))
        raise PublishError(
            f"{place}: “{number}” is not an ISBN.", "Write the number as it stands on the book."
        )


def is_isbn(text: str) -> bool:
    """Tell whether the check digit of an ISBN-10 or ISBN-13 is right (ISO 2108)."""
    digits = text.upper().replace("-", "").replace(" ", "")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0
    if not re.fullmatch(r"97[89]\d{10}", digits):
        return False
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0


def locate(text: str, path: Path) -> Place:
    """Give the place in a valid `book.toml` where a key is set, or the table or list that holds it.

    A number after the key of a list of texts is one of its entries, from 0.
    """
    found: dict[Path, int] = {}
    for whole, offset in _keys(text):
        for length in range(1, len(whole) + 1):
            found.setdefault(whole[:length], offset)
    known = path
    while known and known not in found:
        known = known[:-1]
    offset = found.get(known, 0)
    rest = path[len(known) :]
    if len(rest) == 1 and isinstance(rest[0], int):
        offset = _entry(text, offset, rest[0])
    return _place(text, offset)


def _entry(text: str, offset: int, number: int) -> int:
    """Give where an entry of a list of texts stands, the list's key at `offset`."""
    start = text.find("=", offset) + 1
    tokens = _TOKEN.finditer(text, start, _statement_end(text, start))
    entries = [token.start() for token in tokens if token[0][0] in "\"'"]
    return entries[number] if number < len(entries) else offset


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8-sig"), len(data[: error.start].decode("utf-8-sig")))
        hint = "Save the file with the encoding UTF-8."
        raise PublishError(f"{_shown(name, place)}: the file is not UTF-8.", hint) from error


def _place(text: str, offset: int) -> Place:
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _shown(name: str, place: Place) -> str:
    return f"{name}:{place.line}:{place.column}"


def _syntax_error(text: str, name: str, reason: str) -> PublishError:
    match = re.search(r" \(at line (\d+), column (\d+)\)$| \(at end of document\)$", reason)
    end = _place(text, len(text.rstrip()))
    place = Place(int(match[1]), int(match[2])) if match and match[1] else end
    reason = reason[: match.start()] if match else reason
    hint = 'Each line is a table, such as [book], or a key with its value, such as title = "Emma".'
    return PublishError(f"{_shown(name, place)}: {reason[:1].lower()}{reason[1:]}.", hint)


def _value_error(text: str, name: str, reason: str) -> PublishError:
    """Say in the words of the file what msgspec found."""
    reason, _, where = reason.partition(" - at `$")
    path: Path = tuple(
        int(number) if number else key
        for key, number in re.findall(r"\.?([^.\[\]`]+)|\[(\d+)\]", where.replace("[...]", ""))
    )
    table = str(path[0]) if path else ""
    if match := re.fullmatch(r"Object contains unknown field `(.*)`", reason, re.DOTALL):
        place = _shown(name, locate(text, (*path, match[1])))
        what = f"[{table}] has no key" if table else "book.toml has no table or key"
        return PublishError(f"{place}: {what} “{match[1]}”.", _suggestion(match[1], table))
    place = _shown(name, locate(text, path))
    if match := re.fullmatch(r"Object missing required field `(.*)`", reason):
        return PublishError(
            f"{place}: this entry of [[{table}]] lacks “{match[1]}”.", f'Add {match[1]} = "…".'
        )
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    wanted = re.search(r"Expected `([^`]*)`( >= 1)?", reason)
    kinds = [_TYPES.get(kind, kind) for kind in wanted[1].split(" | ")] if wanted else [reason]
    least = ", at least 1" if wanted and wanted[2] else ""
    return PublishError(f"{place}: the value of “{key}” must be {' or '.join(kinds)}{least}.")


def _suggestion(key: str, table: str) -> str:
    known = _TABLES[table].__struct_encode_fields__
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    homes = [name for name, kind in _TABLES.items() if name and key in kind.__struct_encode_fields__]
    return f"It belongs in [{homes[0]}]." if homes else f"Known here: {', '.join(known)}."


_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = lazily(rf"[ \t]*(?:(?P<table>\[\[?)[ \t]*)?(?P<key>{_DOTTED})[ \t]*(?:\]|(?P<value>=))")
_TOKEN = lazily(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|\'{3}(?:[^\']|\'{1,2}(?!\'))*\'{3,5}'''
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|.""",
    re.DOTALL,
)


def _keys(text: str) -> Iterator[tuple[Path, int]]:
    """Give path and offset of every table and key in a valid file, inline tables not looked into."""
    table: Path = ()
    entries: dict[Path, int] = {}
    at = 0
    while at < len(text):
        match = _STATEMENT.match(text, at)
        if match:
            path = tuple(
                json.loads(k) if k[0] == '"' else k.strip("'") for k in re.findall(_KEY, match["key"])
            )
            if match["table"] == "[[":
                entries[path] = entries.get(path, -1) + 1
                path = (*path, entries[path])
            if match["table"]:
                table = path
            else:
                path = (*table, *path)
            yield path, match.start("table") if match["table"] else match.start("key")
            at = match.end()
        at = _statement_end(text, at)


def tables(text: str) -> list[tuple[str, int, int]]:
    """Give the tables of a valid file, and the keys above them: the first name of each, its begin and end."""
    found: list[tuple[str, int]] = []
    for path, offset in _keys(text):
        if text.startswith("[", offset) or not (found and text.startswith("[", found[-1][1])):
            found.append((str(path[0]), offset))
    ends = [*(offset for _, offset in found[1:]), len(text)]
    return [(name, start, end) for (name, start), end in zip(found, ends, strict=True)]


def _statement_end(text: str, at: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, at):
        depth += bool(token["open"]) - bool(token["close"])
        if token["end"] and depth <= 0:
            return token.end()
    return len(text)
