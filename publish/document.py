"""The intermediate document: what the normalizer makes and every backend reads.

Values only: frozen, comparable, written out and read back as JSON (`to_json`, `from_json`). All text is
in `Run`s, so that every string of the book knows its place in the author's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, assert_never

import msgspec
from msgspec import Struct

from publish.source import Piece, Run, Span

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


Inline = Text | Emphasis | Strong | Foreign | LineBreak | PageBreak | Note


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


class Letter(Struct, frozen=True, tag="letter"):
    """A letter, note or telegram set off from the story."""

    opening: tuple[Paragraph, ...]
    """Dateline and salutation."""
    body: tuple[Paragraph | Verse | SceneBreak, ...]
    closing: tuple[Paragraph, ...]
    """Valediction, signature, postscript's name."""


class Quotation(Struct, frozen=True, tag="quotation"):
    """A passage set off from the text: an extract, an inscription, an epigraph."""

    blocks: tuple[Paragraph | Verse, ...]


class Subheading(Struct, frozen=True, tag="subheading"):
    """A heading inside a division, not listed in the contents."""

    children: tuple[Inline, ...]


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


Block = Paragraph | SceneBreak | Verse | Letter | Quotation | Subheading | Figure | Table


class DivisionKind(StrEnum):
    """What a division of a book is, in the words of the trade."""

    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
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
    ABOUT_AUTHOR = "about_author"


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


ROLES = {"author": "aut", "editor": "edt", "translator": "trl", "illustrator": "ill", "photographer": "pht"}
"""MARC relator code for each word that front matter may use for a creator."""


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
    """`urn:isbn:…` or `urn:uuid:…`; None until one is given, backends then derive a UUID."""
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
    DivisionKind.DEDICATION,
    DivisionKind.EPIGRAPH,
    DivisionKind.FOREWORD,
    DivisionKind.PREFACE,
    DivisionKind.INTRODUCTION,
}
_BACK = {
    DivisionKind.AFTERWORD,
    DivisionKind.ACKNOWLEDGMENTS,
    DivisionKind.APPENDIX,
    DivisionKind.NOTES,
    DivisionKind.ABOUT_AUTHOR,
}
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
            case Emphasis() | Strong() | Foreign():
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
            case Emphasis() | Strong() | Foreign():
                yield from notes(inline.children)


def _with_notes(inlines: tuple[Inline, ...]) -> Iterator[Run]:
    yield prose(inlines)
    yield from (prose(note.children) for note in notes(inlines))


def block_prose(block: Block, *, notes: bool = True) -> Iterator[Run]:
    """Give the text of a block, one run for each paragraph, line of verse or note in it."""
    for line in block_lines(block):
        yield from _with_notes(line) if notes else (prose(line),)


def block_lines(block: Block) -> Iterator[tuple[Inline, ...]]:  # noqa: C901 - one case for each kind
    """Give the lines of a block as they are marked up: paragraphs, lines of verse, cells."""
    match block:
        case Paragraph() | Subheading():
            yield block.children
        case SceneBreak():
            pass
        case Verse():
            yield from (line.children for stanza in block.stanzas for line in stanza)
        case Figure():
            yield from filter(None, (block.caption, block.credit))
        case Table():
            yield from (cell for row in (block.head, *block.rows) for cell in row if cell)
        case Letter():
            for part in (*block.opening, *block.body, *block.closing):
                yield from block_lines(part)
        case Quotation():
            for inner in block.blocks:
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


# --- The draft: lines of a manuscript before there are divisions -----------------------------------------

EMPHASIS_ON, EMPHASIS_OFF = "\ufdd0", "\ufdd1"
STRONG_ON, STRONG_OFF = "\ufdd2", "\ufdd3"
BREAK = "\ufdd4"
NOTE_ON, NOTE_OFF = "\ufdd5", "\ufdd6"
"""The author's number of a note, if it has one, stands behind it in the signs of a page's number."""
PAGE = "\ufdd7"
PART = "\ufde9"
"""Stands between the texts that one line holds: those of a picture, the cells of a table."""
LANGUAGE_ON, LANGUAGE_OFF = "\ufdea", "\ufdeb"
"""Around words in another language; behind the first stand three figures for each letter of its name."""
_LABEL_SIGNS = {sign: chr(0xFDD8 + number) for number, sign in enumerate("0123456789ivxlcdm")}
PAGE_SIGNS = PAGE + "".join(_LABEL_SIGNS.values())
"""A page break: the first of them, then the page's number in the others."""
MARKS = EMPHASIS_ON + EMPHASIS_OFF + STRONG_ON + STRONG_OFF + BREAK + NOTE_ON + NOTE_OFF + PAGE_SIGNS
MARKS += PART + LANGUAGE_ON + LANGUAGE_OFF
"""Noncharacters that stand for markup while a paragraph is still one run, so that passes over text see whole
paragraphs. `inlines` turns them into the tree; they never leave the normalizer."""
_MARK = re.compile(f"[{PAGE}{LANGUAGE_ON}{NOTE_OFF}][{PAGE_SIGNS[1:]}]+|[{MARKS}]")

VERSE_STEP = 2
"""Columns of white space that set a line of fenced verse in by one step."""


class Fence(StrEnum):
    """What kind of passage markup says a line belongs to."""

    NONE = ""
    LETTER = "letter"
    VERSE = "verse"
    QUOTATION = "quotation"


class Line(Struct, frozen=True, gc=False, kw_only=True):
    """One line that holds text, without its line end and without white space at its ends.

    In a draft whose paragraphs are marked, a line is a whole paragraph, heading or line of verse.
    """

    run: Run
    blanks_above: int = 0
    """How many blank lines stand before it (0 in the first line of a file)."""
    indent: int = 0
    """Columns of white space before the text; a tab counts 4."""
    page_break: bool = False
    """A form feed stands before it."""
    heading_level: int = 0
    """1 to 6 where markup says so."""
    subheading: bool = False
    """Markup says that this is a heading inside a division."""
    scene_break: bool = False
    """Markup says that this is a scene break; the run then holds the sign.

    Without one, and with the attribute `blank`, it is blank space.
    """
    fence: Fence = Fence.NONE
    fence_id: int = 0
    """Lines with the same number other than 0 stand in the same fenced passage."""
    outer: Fence = Fence.NONE
    """Verse inside a fenced letter or quotation: which of the two holds it."""
    outer_id: int = 0
    """`fence_id` of the passage that holds it."""
    letter_part: str = ""
    """In a fenced letter "opening", "body" or "closing" where markup says so; empty: to be inferred."""
    image: Run | None = None
    """The file of a picture, where the line is one; the run then holds its alternative text, its caption and
    its credit with `PART` between them."""
    columns: str = ""
    """The columns of a table, as in `Table`, where the line is one; the run then holds all its cells, those
    of the head first, with `PART` between them."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Of a heading: what markup states about the division, overruling what its words say.

    `kind` (a `DivisionKind`); `numbers` ("2,3,4", empty for none); `label` (the words with which the heading
    begins, what follows after a separator is the title; empty for none); and, with the value "true",
    `inferred`, `untitled` (the division has no heading: the run is empty), `subtitle` (the line is the
    subtitle of the division above it).
    """


class Draft(Struct, frozen=True, kw_only=True):
    """One file as its reader saw it: lines in file order, with the evidence for structure."""

    source: int
    lines: tuple[Line, ...]
    marked: bool = False
    """True where markup gives the paragraphs, so that nothing has to be inferred about lines."""
    order_kept: bool = False
    """True where the file says that its divisions stand in the book's order."""
    repaired: bool = False
    """True where `publish` itself wrote the file, so that no character in it needs repair."""
    metadata: tuple[tuple[str, Run], ...] = ()
    """Front matter: key and value."""
    syntax: tuple[Span, ...] = ()
    """Ranges that are markup and not text."""
    refused: tuple[tuple[str, Run], ...] = ()
    """Repairs that the file itself refuses: a rule's code, and the text where it is not wanted."""


def page_mark(label: str) -> str:
    """Give the mark of a page break; `label` holds figures or small roman numerals alone."""
    return PAGE + label_signs(label)


def label_signs(label: str) -> str:
    """Give the signs that stand for figures or small roman numerals in marks."""
    return "".join(_LABEL_SIGNS[sign] for sign in label)


def language_mark(language: str) -> str:
    """Give the mark that begins words in a language (BCP 47), which is ASCII."""
    return LANGUAGE_ON + "".join(_LABEL_SIGNS[sign] for letter in language for sign in f"{ord(letter):03}")


def _language(mark: str) -> str:
    signs = {mark: sign for sign, mark in _LABEL_SIGNS.items()}
    figures = "".join(signs[sign] for sign in mark[1:])
    return "".join(chr(int(figures[at : at + 3])) for at in range(0, len(figures), 3))


def _label(run: Run) -> Run:
    """Read the label behind the mark with which a run begins."""
    signs = {mark: sign for sign, mark in _LABEL_SIGNS.items()}
    label, span = "".join(signs[mark] for mark in run.text[1:]), run.span(1, len(run.text))
    pieces = (Piece(0, span.source, span.start, span.end, exact=False),) if span else ()
    return Run(label, pieces)


def inlines(run: Run) -> tuple[Inline, ...]:
    """Turn a paragraph with marks into inlines; a mark without its partner is dropped."""
    stack: _Open = [("", [])]
    start = 0
    for match in _MARK.finditer(run.text):
        _add_text(stack, run.slice(start, match.start()))
        _obey(stack, match[0] if match[0][0] == LANGUAGE_ON else match[0][0])
        if len(match[0]) > 1 and match[0][0] != LANGUAGE_ON:
            _label_last(stack[-1][1], _label(run.slice(*match.span())), page=match[0][0] == PAGE)
        start = match.end()
    _add_text(stack, run.slice(start, len(run.text)))
    while len(stack) > 1:
        _close(stack)
    return tuple(stack[0][1])


_Open = list[tuple[str, list[Inline]]]
"""The marks that are open, the outermost first, each with the inlines inside it so far."""


def _add_text(stack: _Open, run: Run) -> None:
    if run.text:
        stack[-1][1].append(Text(run))


def _obey(stack: _Open, mark: str) -> None:
    if mark == BREAK:
        stack[-1][1].append(LineBreak())
    elif mark in (EMPHASIS_ON, STRONG_ON, NOTE_ON) or (mark[0] == LANGUAGE_ON and len(mark) > 1):
        stack.append((mark, []))
    elif mark == NOTE_OFF:
        # Emphasis that is still open in a note ends with it, so that no note swallows the text after it.
        while len(stack) > 1 and any(opened == NOTE_ON for opened, _ in stack):
            _close(stack)
    elif mark not in PAGE_SIGNS + PART + LANGUAGE_ON and len(stack) > 1 and stack[-1][0] != NOTE_ON:
        _close(stack)


def _label_last(closed: list[Inline], label: Run, *, page: bool) -> None:
    """Add the mark of a page, or give the note that was closed just now its number."""
    if page:
        closed.append(PageBreak(label))
    elif closed and isinstance(closed[-1], Note):
        closed[-1] = Note(closed[-1].children, label)


def _close(stack: _Open) -> None:
    mark, children = stack.pop()
    if children and mark[0] == LANGUAGE_ON:
        stack[-1][1].append(Foreign(_language(mark), tuple(children)))
    elif children:
        stack[-1][1].append(_KINDS[mark](tuple(children)))


_KINDS: dict[str, type[Emphasis | Strong | Note]] = {
    EMPHASIS_ON: Emphasis,
    STRONG_ON: Strong,
    NOTE_ON: Note,
}
