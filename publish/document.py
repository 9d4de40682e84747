"""The intermediate document: what the normalizer makes and every backend reads.

Values only: frozen, comparable, written out and read back as JSON (`to_json`, `from_json`). All text is
in `Run`s, so that every string of the book knows its place in the author's file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, assert_never

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from publish.source import Run, Span

FORMAT_VERSION = 1
"""Version of the JSON form; raised whenever a reader of the old form would misread the new one."""


class Text(Struct, frozen=True, gc=False, tag="text"):
    """Plain characters."""

    run: Run


class Emphasis(Struct, frozen=True, tag="emphasis"):
    """Stressed words, foreign words, titles of works: set in italics."""

    children: tuple[Inline, ...]


class Strong(Struct, frozen=True, tag="strong"):
    """Words set in bold."""

    children: tuple[Inline, ...]


class Foreign(Struct, frozen=True, tag="foreign"):
    """Words in another language than the book's, so that they are read aloud and hyphenated as theirs."""

    language: str
    """BCP 47."""
    children: tuple[Inline, ...]


INFERRED_LANGUAGE = "inferred-language"
"""Class, in an e-book, of words whose language nobody stated: read again they are no `Foreign`."""


class Speaker(Struct, frozen=True, tag="speaker"):
    """Who speaks, at the beginning of a speech of a play, an interview or a chat: "HAMLET.", "Him:".

    The signs that end the name are the author's. A paragraph that begins with it is a speech; one that is
    nothing else names who speaks in the paragraphs below.
    """

    children: tuple[Inline, ...]


class LineBreak(Struct, frozen=True, tag="line_break"):
    """A line end that the author means, inside a paragraph (an address, an inscription)."""


class PageBreak(Struct, frozen=True, tag="page_break"):
    """The place where a page of a printed edition begins; it takes up no room in the text."""

    label: Run
    """The page's number as it is printed: "12", "xii"."""


class Note(Struct, frozen=True, tag="note"):
    """A footnote, standing where its reference stands; the editions number notes from 1 in each division.

    Its paragraphs are parted by line breaks. It holds no other note.
    """

    children: tuple[Inline, ...]
    label: Run | None = None
    """Its number where the author counts through the whole book, so that "see note 12" goes on pointing."""


Inline = Text | Emphasis | Strong | Foreign | Speaker | LineBreak | PageBreak | Note


class Paragraph(Struct, frozen=True, gc=False, tag="paragraph"):
    """A paragraph of prose or speech."""

    children: tuple[Inline, ...]


class SceneBreak(Struct, frozen=True, tag="scene_break"):
    """A break inside a chapter; `ornament` is the sign the author typed, None for blank space."""

    ornament: Run | None = None


class VerseLine(Struct, frozen=True):
    """One line of verse, set in by `indent` steps."""

    children: tuple[Inline, ...]
    indent: int = 0


class Verse(Struct, frozen=True, tag="verse"):
    """Poetry: stanzas of lines."""

    stanzas: tuple[tuple[VerseLine, ...], ...]


class Code(Struct, frozen=True, tag="code"):
    """What is written for a machine, or by one: its lines as they are typed, with all white space."""

    children: tuple[Inline, ...]


class Entry(Struct, frozen=True):
    """One entry of a list: its paragraphs, the first before all else, and what else stands in it."""

    blocks: tuple[Paragraph | Code | List | Figure | Table, ...]


class List(Struct, frozen=True, tag="list"):
    """Entries below each other, each with its number or with a sign."""

    entries: tuple[Entry, ...]
    start: int | None = None
    """The number of the first entry; None where they are not counted."""


class Figure(Struct, frozen=True, tag="figure"):
    """A picture between paragraphs, with what stands below it."""

    image: Run
    """The picture's file as the manuscript names it, seen from the file that names it."""
    alt: Run
    """What the picture shows, in words, for whoever does not see it; empty where nobody wrote it."""
    caption: tuple[Inline, ...] = ()
    credit: tuple[Inline, ...] = ()
    """Who made the picture or gives it."""


Cell = tuple[Inline, ...]


class Table(Struct, frozen=True, tag="table"):
    """A table; each of its rows has as many cells as it has columns."""

    columns: str
    """One sign for each: "l", "c", "r" as it is set left, in the middle, right; "-" where nothing is said."""
    head: tuple[Cell, ...]
    """What the columns hold; cells without text where nobody says it."""
    rows: tuple[tuple[Cell, ...], ...]


class Letter(Struct, frozen=True, tag="letter"):
    """A letter, note or telegram set off from the story."""

    opening: tuple[Paragraph, ...]
    """Dateline and salutation."""
    body: tuple[Inner, ...]
    closing: tuple[Paragraph, ...]
    """Valediction, signature, postscript's name."""


class Quotation(Struct, frozen=True, tag="quotation"):
    """A passage set off from the text: an extract, an inscription, an epigraph."""

    blocks: tuple[Inner, ...]


Inner = Paragraph | Verse | Code | SceneBreak | List | Figure | Table | Letter | Quotation
"""What stands in a letter or a quotation."""


class Subheading(Struct, frozen=True, tag="subheading"):
    """A heading inside a division, not listed in the contents."""

    children: tuple[Inline, ...]


Block = Paragraph | SceneBreak | Verse | Code | List | Letter | Quotation | Subheading | Figure | Table


class DivisionKind(StrEnum):
    """What a division of a book is, in the words of the trade."""

    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
    PERSONS = "persons"
    PROLOGUE = "prologue"
    VOLUME = "volume"
    BOOK = "book"
    PART = "part"
    ACT = "act"
    SCENE = "scene"
    CHAPTER = "chapter"
    LETTER = "letter"
    INTERLUDE = "interlude"
    STORY = "story"
    SECTION = "section"
    EPILOGUE = "epilogue"
    AFTERWORD = "afterword"
    ACKNOWLEDGMENTS = "acknowledgments"
    APPENDIX = "appendix"
    NOTES = "notes"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    ABOUT_AUTHOR = "about_author"
    ALSO_BY = "also_by"
    COPYRIGHT = "copyright"


class Matter(StrEnum):
    """The three great parts of a book."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


class Division(Struct, frozen=True, kw_only=True):
    """A titled (or at least separate) part of the book.

    A book that is one untitled story holds one division of kind STORY without label and title.
    """

    id: str
    """ASCII, unique in the book, stable as long as the heading is: file name and anchor."""
    kind: DivisionKind
    label: Run | None = None
    """The words that name kind and number as they are printed: "Chapter XI", "Part III", "IV"."""
    numbers: tuple[int, ...] = ()
    """One number, or several where chapters were merged under one heading."""
    title: tuple[Inline, ...] = ()
    subtitle: tuple[Inline, ...] = ()
    blocks: tuple[Block, ...] = ()
    divisions: tuple[Division, ...] = ()
    inferred: bool = False
    """True where the author's file never names this division and its neighbours imply it."""
    source_position: int | None = None
    """Place among the headings of the manuscript as it came, from 1; None where inferred."""


class Stated(Struct, frozen=True):
    """One fact about the book and how it is known."""

    value: str
    how: str
    """"book.toml", "front matter", or the sentence that explains an inference."""
    inferred: bool = False
    span: Span | None = None


class Creator(Struct, frozen=True):
    """Somebody who made the book; `role` is a MARC relator code (aut, edt, trl, ill, pht)."""

    name: Stated
    role: str = "aut"
    file_as: str = ""


ROLES = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "photographer": "pht",
    "introducer": "aui",
}
"""MARC relator code for each word that front matter may use for a creator; the last wrote an introduction."""
ROLE_NAMES = {code: role for role, code in ROLES.items()}


class Metadata(Struct, frozen=True, kw_only=True):
    """What is known of the book as a whole."""

    title: Stated
    subtitle: Stated | None = None
    creators: tuple[Creator, ...] = ()
    language: Stated
    """BCP 47."""
    date: Stated | None = None
    """ISO 8601, of publication."""
    identifier: Stated | None = None
    """`urn:isbn:…`, with its author's hyphens, or `urn:uuid:…`; where none is given, backends derive one."""
    publisher: Stated | None = None
    rights: Stated | None = None
    description: Stated | None = None
    series: Stated | None = None
    series_number: Stated | None = None
    """The book's place in its series: "2", "1.5"."""
    subjects: tuple[Stated, ...] = ()
    """What the book is about or of which kind it is, as stores and libraries sort it."""
    certifier: Stated | None = None
    """Who vouches that the e-book conforms to EPUB Accessibility 1.1; without one that is not claimed."""
    credits: tuple[Stated, ...] = ()
    """Lines of credit found beside the text (photographers and the like)."""


class Book(Struct, frozen=True):
    """The finished tree, in reading order."""

    metadata: Metadata
    divisions: tuple[Division, ...]


_FRONT = {
    DivisionKind.COPYRIGHT, DivisionKind.DEDICATION, DivisionKind.EPIGRAPH, DivisionKind.FOREWORD,
    DivisionKind.PREFACE, DivisionKind.INTRODUCTION, DivisionKind.PERSONS,
}  # fmt: skip
_BACK = {
    DivisionKind.AFTERWORD, DivisionKind.ACKNOWLEDGMENTS, DivisionKind.APPENDIX, DivisionKind.NOTES,
    DivisionKind.GLOSSARY, DivisionKind.BIBLIOGRAPHY, DivisionKind.ALSO_BY, DivisionKind.ABOUT_AUTHOR,
}  # fmt: skip
CONTAINERS = frozenset({DivisionKind.VOLUME, DivisionKind.BOOK, DivisionKind.PART, DivisionKind.ACT})
"""Kinds that usually hold other divisions."""


def matter(kind: DivisionKind) -> Matter:
    """Give the part of the book in which divisions of a kind stand."""
    if kind in _FRONT:
        return Matter.FRONT
    return Matter.BACK if kind in _BACK else Matter.BODY


def walk_divisions(divisions: tuple[Division, ...], depth: int = 1) -> Iterator[tuple[int, Division]]:
    """Give every division in reading order with its depth, 1 at the top."""
    for division in divisions:
        yield depth, division
        yield from walk_divisions(division.divisions, depth + 1)


def is_part(division: Division) -> bool:
    """Tell whether a division stands on a page of its own before those it holds, which open pages as it does.

    Its kind says so, and not that it is without text: in all other kinds inner divisions run on. Those of an
    act do where it is a play's, which has nothing but scenes.
    """
    inner = division.divisions
    played = division.kind is DivisionKind.ACT and all(one.kind is DivisionKind.SCENE for one in inner)
    return bool(inner) and division.kind in CONTAINERS and not played


def is_motto(blocks: tuple[Block, ...]) -> bool:
    """Tell whether the text of a part stands on its page: there is none, or it is said by others."""
    return all(isinstance(block, Quotation | Verse) for block in blocks)


def prose(inlines: tuple[Inline, ...]) -> Run:
    """Give the text of inlines as one run, markup seen through, notes left out; a line break is a newline."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return inlines[0].run
    return Run.join(_leaves(inlines))


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[Run]:
    for inline in inlines:
        match inline:
            case Text():
                yield inline.run
            case Emphasis() | Strong() | Foreign() | Speaker():
                yield from _leaves(inline.children)
            case LineBreak():
                yield Run("\n")
            case PageBreak() | Note():
                pass
            case _:
                assert_never(inline)


def notes(inlines: tuple[Inline, ...]) -> Iterator[Note]:
    """Give the notes of inlines, in the order of their references."""
    for inline in inlines:
        match inline:
            case Note():
                yield inline
            case Emphasis() | Strong() | Foreign() | Speaker():
                yield from notes(inline.children)


def without_notes(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Give inlines less their notes, for where a heading is told again."""
    return tuple(
        replace(inline, children=without_notes(inline.children))
        if isinstance(inline, Emphasis | Strong | Foreign | Speaker)
        else inline
        for inline in inlines
        if not isinstance(inline, Note)
    )


def speaker(block: Block) -> Speaker | None:
    """Give who speaks in a paragraph, if it is a speech."""
    for child in block.children if isinstance(block, Paragraph) else ():
        if not isinstance(child, PageBreak):
            return child if isinstance(child, Speaker) else None
    return None


def _with_notes(inlines: tuple[Inline, ...]) -> Iterator[Run]:
    yield prose(inlines)
    if len(inlines) != 1 or not isinstance(inlines[0], Text):
        yield from (prose(note.children) for note in notes(inlines))


def block_prose(block: Block, *, notes: bool = True) -> Iterator[Run]:
    """Give the text of a block, one run for each paragraph, line of verse or note in it."""
    for line in block_lines(block):
        yield from _with_notes(line) if notes else (prose(line),)


def block_texts(block: Block) -> Iterator[str]:
    """Give the same as texts alone, which are sooner made."""
    for line in block_lines(block):
        for inlines in (line, *(note.children for note in notes(line))):
            yield "".join([run.text for run in _leaves(inlines)])


def inner_blocks(block: Block) -> Iterator[Block]:
    """Give the blocks that stand in a block: a letter, a quotation, a list."""
    match block:
        case Letter():
            yield from (*block.opening, *block.body, *block.closing)
        case Quotation():
            yield from block.blocks
        case List():
            yield from (inner for entry in block.entries for inner in entry.blocks)


def with_inner(block: Block, made: Callable[[Any], Any]) -> Block:
    """Give a block with each of those that stand in it made anew, as one of its own kind."""
    match block:
        case Letter():
            return Letter(*(tuple(map(made, part)) for part in (block.opening, block.body, block.closing)))
        case Quotation():
            return Quotation(tuple(map(made, block.blocks)))
        case List():
            entries = tuple(Entry(tuple(map(made, entry.blocks))) for entry in block.entries)
            return replace(block, entries=entries)
    return block


def block_lines(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Give the lines of a block as they are marked up: paragraphs, lines of verse, cells."""
    match block:
        case Paragraph() | Subheading() | Code():
            yield block.children
        case SceneBreak():
            pass
        case Verse():
            yield from (line.children for stanza in block.stanzas for line in stanza)
        case Figure():
            yield from filter(None, (block.caption, block.credit))
        case Table():
            yield from (cell for row in (block.head, *block.rows) for cell in row if cell)
        case Letter() | Quotation() | List():
            for inner in inner_blocks(block):
                yield from block_lines(inner)
        case _:
            assert_never(block)


def division_runs(division: Division, *, notes: bool = True) -> Iterator[Run]:
    """Give every run of one division as it will be printed, heading first, inner divisions left out.

    Each note follows the paragraph or line that refers to it; without `notes` the text alone is given.
    """
    if division.label:
        yield division.label
    for line in (division.title, division.subtitle):
        if line:
            yield from _with_notes(line) if notes else (prose(line),)
    for block in division.blocks:
        yield from block_prose(block, notes=notes)


def heading_text(division: Division) -> str:
    """Give the heading on one line, as contents and running heads print it: "XI. Help arrives"."""
    label = division.label.text if division.label else ""
    title = prose(division.title).text.replace("\n", " ")
    return f"{label}: {title}" if label and title else label or title


def same(a: Book, b: Book) -> bool:
    """Tell whether two books read alike: equal but for where their text came from."""
    return bool(_bare(msgspec.to_builtins(a)) == _bare(msgspec.to_builtins(b)))


_PROVENANCE = {"pieces", "span", "how", "inferred", "source_position"}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key not in _PROVENANCE}
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    return value


class Document(Struct, frozen=True, kw_only=True):
    """The JSON form of a book: what `publish inspect` prints."""

    version: int = FORMAT_VERSION
    sources: dict[int, str]
    """File name by the key that spans and pieces use."""
    book: Book


def to_json(book: Book, sources: dict[int, str]) -> bytes:
    """Write the document as indented JSON with sorted source names."""
    return msgspec.json.format(msgspec.json.encode(Document(sources=sources, book=book)), indent=2) + b"\n"


def from_json(data: bytes) -> Document:
    """Read a document back.

    Raises msgspec.ValidationError, with the path of the fault, where the data is not of this form or
    version.
    """
    document = msgspec.json.decode(data, type=Document)
    if document.version != FORMAT_VERSION:
        raise msgspec.ValidationError(
            f"version {document.version} of the document; this is version {FORMAT_VERSION}"
        )
    return document


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of the document form."""
    return msgspec.json.schema(Document)
