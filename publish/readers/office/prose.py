"""The text of a document while it is read: paragraphs with their marks, and beside them what people see."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from publish.draft import (
    EMPHASIS_OFF,
    EMPHASIS_ON,
    LANGUAGE_OFF,
    PART,
    STRONG_OFF,
    STRONG_ON,
    language_mark,
    unmarked,
)
from publish.readers.office.elements import Words, run_of
from publish.source import Change, Edit, Layout, Piece, Run, Source, Span, for_xml

_MARKUP = re.compile(r"<(?P<paragraph>/)?(?P<space>[\w.-]+:|)")
"""A sign that is an element, or the end of a paragraph."""


class Form(Struct, frozen=True):
    """How words are set, as far as a book keeps it."""

    italic: bool = False
    bold: bool = False
    language: str = ""
    """BCP 47; empty where nothing is said."""


PLAIN = Form()


class Part(Struct, frozen=True):
    """Words of one form, or a mark (`form` is None), which has none."""

    run: Run
    form: Form | None


class Role(StrEnum):
    """What a style says that a paragraph is."""

    BODY = "body"
    HEADING = "heading"
    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    DATE = "date"
    QUOTATION = "quotation"
    VERSE = "verse"
    CODE = "code"
    TYPED = "typed"
    """As on a typewriter: code where it looks like that, else text."""
    CAPTION = "caption"
    CONTENTS = "contents"
    RULE = "rule"
    """No text: a line across the page."""
    PICTURE = "picture"
    """No text: the place of a picture that the book cannot have."""


class Paragraph(Struct, kw_only=True):
    """A paragraph, picture or table of a document."""

    parts: list[Part]
    role: Role = Role.BODY
    level: int = 0
    """Of a heading, from 1."""
    side: str = ""
    """As in `Frame`."""
    page_break: bool = False
    """A page begins before it."""
    depth: int = 0
    sign: Run | None = None
    image: Run | None = None
    columns: str = ""
    breaks: tuple[int, ...] = ()
    """Before which of its parts a page begins."""
    joins: bool = False
    """The next paragraph goes on with it: the end between them is deleted."""

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle of the page."""
        return self.side == "center"

    @property
    def text(self) -> str:
        """Its text, marks and all."""
        return "".join(part.run.text for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """Whether it has neither words nor a picture."""
        return self.image is None and not any(part.run.text.strip() for part in self.parts)

    def is_all(self, what: str) -> bool:
        """Tell whether all its words are "bold" or "italic"."""
        said = [part for part in self.parts if part.form and not part.run.text.isspace()]
        return bool(said) and all(getattr(part.form, what) for part in said)

    def run(self, language: str = "") -> Run:
        """Give it as one run with marks; `language` is that of the book."""
        return marked(self.parts, language)


class Scribe:
    """Writes down the text of one source, in the order in which it stands there."""

    def __init__(self, source: Source, *, wrapped: bool = False) -> None:
        """Begin with nothing written; `wrapped`: all words stand in runs, as DOCX has them."""
        self.source = source
        self.wrapped = wrapped
        self.key = source.key
        self._seen: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._done = 0

    def words(self, words: Words) -> Run:
        """Take in words that people see."""
        run = run_of(words, self.source.text, self.key)
        self.see(run)
        return run if run.text.isprintable() else unmarked(run)  # no mark can be printed

    def sign(self, text: str, place: tuple[int, int]) -> Run:
        """Take in what markup stands for: a tab, a hyphen that does not break."""
        run = self.mark(text, place)
        self.see(run)
        return run

    def mark(self, text: str, place: tuple[int, int]) -> Run:
        """Give a text that a range of the markup stands for and that nobody sees there."""
        return Run(text, (Piece(0, self.key, *place, exact=False),))

    def see(self, run: Run) -> None:
        """Add to what people see."""
        if not run.text:
            return
        for piece in run.pieces:
            at, end = self._length + piece.at, piece.end
            self._pieces.append(Piece(at, piece.source, piece.start, end, piece.exact))
        self._seen.append(run.text)
        self._length += len(run.text)
        self._done = max(self._done, end)

    def end(self, start: int, end: int) -> None:
        """End a paragraph that stands in a range of the markup."""
        begin = max(self._done, start)
        self._pieces.append(Piece(self._length, self.key, begin, max(begin, end), exact=False))
        self._seen.append("\n")
        self._length += 1
        self._done = max(begin, end)

    def finish(self) -> None:
        """Give the source its layout."""
        self.source.layout = Layout(
            Run("".join(self._seen), tuple(self._pieces)), spelled=self._wrapped if self.wrapped else for_xml
        )

    def _wrapped(self, text: str, at: int) -> str:
        """Give words as they are written at a place; where none stand so far, with what holds them."""
        markup = _MARKUP.match(self.source.text, at) if text else None
        if markup is None:
            return for_xml(text)
        space = markup["space"]
        words = f'<{space}t xml:space="preserve">{for_xml(text)}</{space}t>'
        return f"<{space}r>{words}</{space}r>" if markup["paragraph"] else words

    def span(self, runs: Iterable[Run]) -> Span | None:
        """Give the range in which runs of this source stand."""
        pieces = [piece for run in runs for piece in run.pieces if piece.source == self.key]
        if not pieces:
            return None
        return Span(self.key, min(piece.start for piece in pieces), max(piece.end for piece in pieces))

    def left_out(self, runs: Sequence[Run], why: str, note: str) -> Iterator[Change]:
        """Give the change by which runs left the text."""
        said = [run for run in runs if run.text.strip()]
        if said and (span := self.span(said)):
            yield Change(span, "", len(said) == 1 and all(p.exact for p in said[0].pieces), why, note)


def marked(parts: Sequence[Part], language: str = "") -> Run:
    """Give parts as one run with marks round what is set otherwise.

    White space at the edges of such words stands outside, for people mark it by accident. Words in the
    language of the book are not marked.
    """
    if all(part.form is None or part.form == PLAIN for part in parts):
        return Run.join([part.run for part in parts])
    settled = list(_merged(_trimmed(_with_language(parts, language))))
    runs: list[Run] = []
    now = PLAIN
    for part in settled:
        if part.form is not None and part.form != now:
            place = part.run.pieces[0]
            runs += [_mark(sign, place) for sign in (*_closing(now), *_opening(part.form))]
            now = part.form
        runs.append(part.run)
    if now != PLAIN and runs and runs[-1].pieces:
        last = runs[-1].pieces[-1]
        end = Piece(0, last.source, last.end, last.end, exact=False)
        runs += [_mark(sign, end) for sign in _closing(now)]
    return Run.join(runs)


def _mark(sign: str, place: Piece) -> Run:
    return Run(sign, (Piece(0, place.source, place.start, place.start, exact=False),))


def _with_language(parts: Sequence[Part], language: str) -> Iterator[Part]:
    """Leave out the language of words where it is that of the book."""
    for part in parts:
        form = part.form
        if form and form.language and _primary(form.language) in ("", _primary(language)):
            yield Part(part.run, replace(form, language=""))
        else:
            yield part


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _trimmed(parts: Iterable[Part]) -> Iterator[Part]:
    """Part white space from the words at whose edges it stands; between words of one form it has theirs."""
    split: list[Part] = []
    for part in parts:
        text = part.run.text
        if part.form in (None, PLAIN) or text.isspace() or not text:
            split.append(part)
            continue
        low, high = len(text) - len(text.lstrip()), len(text.rstrip())
        pieces = ((0, low), (low, high), (high, len(text)))
        split += [Part(part.run.slice(*place), part.form) for place in pieces if place[0] < place[1]]
    before: Form | None = None
    following = _following(split)
    for part, after in zip(split, following, strict=True):
        if part.form and part.run.text.isspace():
            yield Part(part.run, before if before and before == after else PLAIN)
        elif part.run.text:
            before = part.form or before
            yield part


def _following(parts: Sequence[Part]) -> list[Form | None]:
    """Give for each part the form of the next words after it."""
    found: list[Form | None] = []
    after: Form | None = None
    for part in reversed(parts):
        found.append(after)
        if part.form and not part.run.text.isspace():
            after = part.form
    return found[::-1]


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    for form, group in groupby(parts, lambda part: part.form):
        some = list(group)
        if form is None or len(some) == 1:
            yield from some
        else:
            yield Part(Run.join([part.run for part in some]), form)


def _opening(form: Form) -> Iterator[str]:
    if form.language:
        yield language_mark(form.language)
    if form.bold:
        yield STRONG_ON
    if form.italic:
        yield EMPHASIS_ON


def _closing(form: Form) -> Iterator[str]:
    if form.italic:
        yield EMPHASIS_OFF
    if form.bold:
        yield STRONG_OFF
    if form.language:
        yield LANGUAGE_OFF


def joined(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Join paragraphs whose end was deleted with the next."""
    done: list[Paragraph] = []
    for paragraph in paragraphs:
        if done and done[-1].joins and done[-1].is_empty:
            paragraph.page_break = paragraph.page_break or done[-1].page_break
            done[-1] = paragraph
        elif done and done[-1].joins:
            done[-1].parts += paragraph.parts
            done[-1].joins = paragraph.joins
        else:
            done.append(paragraph)
    return done


def with_apart(made: Paragraph, apart: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Give a paragraph, if it has words, and below it the pictures and boxes that stand in it."""
    if apart and made.is_empty:
        apart[0].page_break = made.page_break
        apart[0].side = apart[0].side or made.side
    else:
        yield made
    yield from apart


_MOST_IN_CELL = 3
"""Paragraphs of a cell; a table with more in one was made for the sake of the page."""


def is_layout(cell: Sequence[Paragraph]) -> bool:
    """Tell whether a cell shows that its table only places text on the page."""
    said = [paragraph for paragraph in cell if paragraph.text.strip() or paragraph.image]
    return len(said) > _MOST_IN_CELL or any(p.role is Role.HEADING or p.image or p.columns for p in said)


def cell_parts(cell: Iterable[Paragraph], between: Run) -> list[Part]:
    """Give the text of a cell, with a line break between its paragraphs."""
    parts: list[Part] = []
    for paragraph in cell:
        if paragraph.text.strip():
            parts += [Part(between, None), *paragraph.parts] if parts else paragraph.parts
    return parts


def columns(cells: Iterable[Sequence[Paragraph]]) -> str:
    """Give on which sides the columns of a table stand, as their cells in its last row do."""
    first = (next((paragraph.side for paragraph in cell), "") for cell in cells)
    return "".join(_SIDES.get(side, "-") for side in first)


_SIDES = {"left": "l", "center": "c", "right": "r"}


def unbold(head: Iterable[Paragraph]) -> None:
    """Let the head of a table be plain where all of it is bold: it is a head, which says as much."""
    said = [paragraph for paragraph in head if paragraph.text.strip()]
    if all(paragraph.is_all("bold") for paragraph in said):
        for paragraph in said:
            paragraph.parts = [
                Part(part.run, replace(part.form, bold=False)) if part.form else part
                for part in paragraph.parts
            ]


def as_contents(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Give paragraphs as those of the list of contents that a program makes."""
    for paragraph in paragraphs:
        paragraph.role = Role.CONTENTS
        yield paragraph


def in_note(part: Part) -> Part:
    """Give a part of a table as the words of a note; of languages nothing is said there."""
    if part.run.text == PART:
        return Part(part.run.apply([Edit(0, 1, " ", "")]), None)
    return Part(part.run, replace(part.form, language="")) if part.form else part
