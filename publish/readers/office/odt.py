"""An ODT (OpenDocument 1.3) as paragraphs: what stands in its text, in the order in which it stands there."""

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from publish.draft import BREAK, NOTE_OFF, NOTE_ON, PART, raised
from publish.readers.office.counting import Numbering, heading_words, list_sign
from publish.readers.office.elements import Element, Words, resolved
from publish.readers.office.forms import Frame, Setting, form_of
from publish.readers.office.odt_styles import Styles
from publish.readers.office.prose import (
    PLAIN,
    Form,
    Paragraph,
    Part,
    Role,
    Scribe,
    as_contents,
    cell_parts,
    columns,
    is_layout,
    unbold,
    with_apart,
)
from publish.readers.office.record import MERGED, Record
from publish.source import Run

_CONTENTS = frozenset(
    "text:table-of-content text:illustration-index text:table-index text:object-index text:user-index".split()
)
_OPAQUE = frozenset(
    "office:forms text:sequence-decls text:variable-decls text:user-field-decls text:table-of-content-source "
    "text:alphabetical-index-source text:bibliography-source text:index-source svg:title svg:desc "
    "office:event-listeners text:bookmark text:bookmark-start text:bookmark-end "
    "text:tracked-changes text:dde-connection-decls text:note-citation table:table-columns "
    "table:table-column draw:glue-point text:linenumbering-configuration text:notes-configuration".split()
)
_PARAGRAPHS = frozenset(("text:p", "text:h"))
_ROWS = frozenset(("table:table-header-rows", "table:table-rows", "table:table-row-group"))
_CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))
_SHAPES = frozenset(("draw:line", "draw:rect"))
"""Without words they are lines across the page, between paragraphs."""
_MOST_SPACES = 1000
_MOST_REPEATED = 64
"""Cells of a row, rows of a table; programs state thousands for empty ones up to the edge of the sheet."""


class Body:
    """The text of a document while it is walked through."""

    def __init__(self, record: Record, scribe: Scribe, styles: Styles) -> None:
        """Begin; `record` takes what is left out and what is to be told."""
        self.record = record
        self.scribe = scribe
        self.styles = styles
        self.numbering = Numbering()
        self.numbering.levels = dict(styles.lists)
        self.now = Paragraph(parts=[])
        self.frame = Frame()
        self.words = Setting()
        self.depth = 0
        self.list = ""
        self.entry: Element | None = None
        """The entry of a list that begins with the next paragraph."""
        self.apart: list[Paragraph] = []

    # --- Blocks ------------------------------------------------------------------------------------------

    def blocks(self, element: Element) -> Iterator[Paragraph]:
        """Give the paragraphs, pictures and tables inside an element."""
        for child in self._shown(element):
            if child.name in _PARAGRAPHS:
                yield from self.paragraph(child)
            elif child.name == "text:list":
                yield from self.listed(child)
            elif child.name == "table:table":
                yield from self.table(child)
            elif child.name in _CONTENTS:
                yield from as_contents(self.blocks(child))
            elif _TAKEN.get(child.name) is Body.drawing:
                yield from self.placed(child)
            elif child.name not in _OPAQUE:
                yield from self.blocks(child)

    def _shown(self, element: Element) -> Iterator[Element]:
        """Give what stands in an element, without what the program does not show."""
        for child in element.elements():
            if _is_hidden(child):
                self.hidden(child)
                self.scribe.end(child.start, child.end)
            else:
                yield child

    def placed(self, element: Element) -> Iterator[Paragraph]:
        """Give a picture or a text box that stands on a page, not in a paragraph."""
        outer = (self.now, self.frame, self.words, self.apart)
        self.now, self.frame, self.words, self.apart = Paragraph(parts=[]), Frame(), Setting(), []
        self.drawing(element)
        made, apart = self.now, self.apart
        if not made.is_empty:
            self.scribe.end(element.start, element.end)
        self.now, self.frame, self.words, self.apart = outer
        yield from with_apart(made, apart) if not made.is_empty else apart

    def paragraph(self, element: Element) -> Iterator[Paragraph]:
        """Give a paragraph, and the pictures and text boxes that stand in it."""
        outer = (self.now, self.frame, self.words, self.apart)
        frame = self.styles.frame("paragraph", element.get("style-name"))
        if element.name == "text:h":
            role = frame.role if frame.role in (Role.TITLE, Role.SUBTITLE) else Role.HEADING
            frame = replace(frame, role=role, level=min(element.number("outline-level"), 6))
        elif frame.role is Role.HEADING and frame.level == 0:
            frame = replace(frame, role=Role.BODY)
        self.frame, self.words, self.apart = frame, frame.words, []
        self.now = Paragraph(
            parts=[],
            role=frame.role,
            level=frame.level,
            side=frame.side,
            page_break=frame.page_break,
        )
        self._number(element)
        self.inline(element)
        self.scribe.end(element.start, element.end)
        made, apart = self.now, self.apart
        self.now, self.frame, self.words, self.apart = outer
        if (frame.ruled or frame.role is Role.RULE) and not made.text.strip() and not apart:
            made.role = Role.RULE
            made.parts = [Part(self.scribe.mark("* * *", (element.start, element.end)), PLAIN)]
        yield from with_apart(made, apart)

    def _number(self, element: Element) -> None:
        """Let a paragraph that begins an entry of a list begin with its sign."""
        place = (element.start, element.start)
        if element.name == "text:h" and element.get("is-list-header") != "true":
            found = self.numbering.next("Outline", self.now.level - 1) if not self.depth else None
            if found and (words := heading_words(found[1])):
                self.now.parts.append(Part(self.scribe.sign(words, place), PLAIN))
        if not self.depth or self.now.role is Role.HEADING:
            return
        self.now.depth = self.depth
        if self.entry is None:
            return
        self.entry = None
        found = self.numbering.next(self.list, self.depth - 1)
        if found is None:
            return
        sign, words = list_sign(*found)
        if words:
            self.now.depth = 0
            self.now.parts.append(Part(self.scribe.sign(words, place), PLAIN))
        else:
            self.now.sign = self.scribe.mark(sign, place)

    def listed(self, element: Element) -> Iterator[Paragraph]:
        """Give the paragraphs of a list."""
        outer = self.list
        self.list = element.get("style-name") or self.list
        if (
            not self.depth
            and not element.get("continue-list")
            and element.get("continue-numbering") != "true"
        ):
            self.numbering.counts.pop(self.list, None)
        self.depth += 1
        for item in element.elements():
            if item.name in ("text:list-item", "text:list-header"):
                self.entry = item if item.name == "text:list-item" else None
                self.numbering.begin(self.list, self.depth - 1, item.get("start-value"))
                yield from self.blocks(item)
        self.entry = None
        self.depth -= 1
        self.list = outer

    def table(self, element: Element) -> Iterator[Paragraph]:
        """Give a table; one that only places text on the page gives its paragraphs."""
        rows = [row for made in _rows(element) for row in self._row(made)]
        width = max(map(len, rows), default=0)
        if width < 2 or len(rows) < 2 or any(is_layout(cell) for row in rows for cell in row):
            yield from (paragraph for row in rows for cell in row for paragraph in cell)
            return
        if element.find("table:covered-table-cell") is not None:
            self.record.lost(MERGED, element)
        place = (element.start, element.start)
        parts: list[Part] = []
        unbold(paragraph for cell in rows[0] for paragraph in cell)
        for row in rows:
            for cell in (*row, *([] for _ in range(width - len(row)))):
                parts += cell_parts(cell, self.scribe.mark(BREAK, place))
                parts.append(Part(self.scribe.mark(PART, place), None))
        yield Paragraph(parts=parts[:-1], columns=f"{columns(rows[-1]):-<{width}}")

    def _row(self, element: Element) -> Iterator[list[list[Paragraph]]]:
        """Give the cells of a row, each as often as it stands there, and the row as often as it does."""
        cells: list[list[Paragraph]] = []
        stated = [child for child in element.elements() if child.name in _CELLS]
        for cell in stated:
            made = list(self.blocks(cell))
            cells.append(made)
            if cell is not stated[-1] or any(not paragraph.is_empty for paragraph in made):
                place = (cell.start, cell.start)
                times = _times(cell, "number-columns-repeated")
                cells += [self._again(made, place) for _ in range(times - 1)]
        yield cells
        if any(not paragraph.is_empty for cell in cells for paragraph in cell):
            place = (element.start, element.start)
            for _ in range(_times(element, "number-rows-repeated") - 1):
                yield [self._again(made, place) for made in cells]

    def _again(self, made: Iterable[Paragraph], place: tuple[int, int]) -> list[Paragraph]:
        """Give the words of a cell once more; nothing is written back into the file from there."""
        return [
            Paragraph(
                parts=[Part(self.scribe.mark(part.run.text, place), part.form) for part in paragraph.parts]
            )
            for paragraph in made
            if paragraph.text.strip()
        ]

    def hidden(self, element: Element) -> None:
        """Leave out what the program does not show, and say so."""
        if element.find("draw:image") is not None:
            self.record.picture_lost("it stands amid hidden words", element)
        found = [words for words in all_words(element) if element.text[words.start : words.end].strip()]
        self.record.hidden(self.scribe, *map(self.scribe.words, found))

    # --- Words -------------------------------------------------------------------------------------------

    def inline(self, element: Element) -> None:
        """Take in the words inside an element of a paragraph."""
        for child in element.children:
            if isinstance(child, Words):
                self.text(child)
            elif child.name not in _OPAQUE:
                _TAKEN.get(child.name, Body.inline)(self, child)

    def text(self, words: Words) -> None:
        """Take in words."""
        run = self.scribe.words(words)
        if self.words.hidden:
            self.record.hidden(self.scribe, run)
        elif signs := raised(run.text, self.words.raised):
            self.add(self.scribe.mark(signs, (words.start, words.end)))
        else:
            self.add(run)

    def add(self, run: Run) -> None:
        """Add words to the paragraph that is read."""
        if run.text:
            self.now.parts.append(Part(run, self._form()))

    def _form(self) -> Form:
        return form_of(self.words, self.frame, self.styles.words)

    def span(self, element: Element) -> None:
        """Take in words with a style of their own."""
        outer = self.words
        own = self.styles.frame("text", element.get("style-name")).words
        if own.lost:
            self.record.lost_words(own.lost, element)
        self.words = own.over(outer)
        self.inline(element)
        self.words = outer

    def sign(self, element: Element) -> None:
        """Take in spaces and tabs."""
        times = min(element.number("c"), _MOST_SPACES)
        sign = "\t" if element.name == "text:tab" else " " * times
        self.add(self.scribe.sign(sign, (element.start, element.end)))

    def line_break(self, element: Element) -> None:
        """Take in a line break."""
        self.scribe.sign(" ", (element.start, element.end))
        self.mark(BREAK, element)

    def mark(self, sign: str, element: Element) -> None:
        """Add a mark."""
        self.now.parts.append(Part(self.scribe.mark(sign, (element.start, element.end)), None))

    def page(self, _element: Element) -> None:
        """Pass over the place where a page happened to end."""

    def note(self, element: Element) -> None:
        """Put a note at its reference."""
        body = element.child("text:note-body")
        if body is None:
            return
        outer = (self.now, self.frame, self.words, self.apart, self.depth)
        self.depth = 0
        self.scribe.sign(" ", (element.start, element.start))
        run = self.record.note(self.blocks(body), self.scribe, element)
        self.now, self.frame, self.words, self.apart, self.depth = outer
        if run.text:
            self.mark(NOTE_ON, element)
            self.now.parts.append(Part(run, None))
            self.mark(NOTE_OFF, element)

    def hideable(self, element: Element) -> None:
        """Take in words that a condition hides or shows, as it was when the file was saved."""
        if element.get("is-hidden", "true") == "true":
            self.hidden(element)
        else:
            self.inline(element)

    def reading(self, element: Element) -> None:
        """Leave out how words are read, which stands above them, and say so."""
        self.record.reading(self.scribe, [self.scribe.words(words) for words in all_words(element)])

    def comment(self, element: Element) -> None:
        """Leave out a comment, and say so."""
        author = element.child("dc:creator")
        runs = [self.scribe.words(words) for text in element.all("text:p") for words in all_words(text)]
        self.record.comment(self.scribe, runs, author.says() if author is not None else "")

    # --- Pictures and boxes ------------------------------------------------------------------------------

    def drawing(self, element: Element) -> None:
        """Take in a picture, or the text of a text box; a picture in a box with other words has a caption."""
        box = element.child("draw:text-box")
        if box is not None:
            outer, self.apart = self.apart, []
            made = [*self.blocks(box), *self.apart]
            self.apart = [*outer, *_captioned(made)]
            return
        told = element.child("svg:desc") or element.child("svg:title")
        words = next((child for child in told.children if isinstance(child, Words)), None) if told else None
        alt = Run("")
        if words is not None:
            said = resolved(element.text[words.start : words.end])
            alt = self.scribe.mark(said, (words.start, words.end))
        if (formula := self.record.formula(element)) is not None:
            self.add(self.scribe.sign(formula, (element.start, element.end)))
            return
        image = element.child("draw:image")
        inside = [] if image is not None else list(self.blocks(element))
        if image is not None:
            self.picture(image, alt)
        elif any(paragraph.text.strip() or paragraph.image for paragraph in inside):
            self.apart += inside
        elif element.name in _SHAPES:
            rule = self.scribe.mark("* * *", (element.start, element.end))
            self.apart.append(Paragraph(parts=[Part(rule, PLAIN)], role=Role.RULE))
        elif element.child("draw:object") is not None:
            self.record.lost("embedded documents, which are not read", element)

    def picture(self, image: Element, alt: Run) -> None:
        """Take in a picture that lies in the document; what lies elsewhere is not fetched."""
        place, name = image.place("href"), image.get("href").removeprefix("./")
        if place is None or ":" in name or name.startswith(("/", "..")):
            self.record.picture_lost("it lies outside of the document", image)
            self.apart.append(Paragraph(parts=[], role=Role.PICTURE))
        elif not self.record.can_show(name, image):
            self.apart.append(Paragraph(parts=[], role=Role.PICTURE))
        else:
            mark = self.scribe.mark(PART, place)
            parts = [Part(alt, PLAIN), Part(mark, None), Part(mark, None)]
            self.apart.append(Paragraph(parts=parts, image=self.scribe.mark(name, place)))


def _is_hidden(element: Element) -> bool:
    """Tell whether a section or a paragraph is not shown, always or when it was saved."""
    if element.name != "text:section":
        field = element.child("text:hidden-paragraph") if element.name in _PARAGRAPHS else None
        return field is not None and field.get("is-hidden") == "true"
    shown = element.get("display", "true")
    return shown == "none" or (shown == "condition" and element.get("is-hidden") == "true")


def _times(element: Element, how: str) -> int:
    """Give how often a cell or row stands in its table."""
    return min(max(1, element.number(how)), _MOST_REPEATED)


def _captioned(made: list[Paragraph]) -> list[Paragraph]:
    """Give what stands in a box, a picture before the words below it."""
    pictures = [paragraph for paragraph in made if paragraph.image or paragraph.role is Role.PICTURE]
    others = [paragraph for paragraph in made if paragraph not in pictures]
    if len(pictures) == 1:
        for paragraph in others:
            paragraph.role = Role.CAPTION if paragraph.text.strip() else paragraph.role
    return [*pictures, *others]


def _rows(element: Element) -> Iterator[Element]:
    for child in element.elements():
        if child.name == "table:table-row":
            yield child
        elif child.name in _ROWS:
            yield from _rows(child)


def all_words(element: Element) -> Iterator[Words]:
    """Give all words inside an element."""
    for child in element.children:
        if isinstance(child, Words):
            yield child
        else:
            yield from all_words(child)


_TAKEN: dict[str, Callable[[Body, Element], None]] = {
    "text:span": Body.span, "text:s": Body.sign, "text:tab": Body.sign, "text:line-break": Body.line_break,
    "text:soft-page-break": Body.page, "text:note": Body.note, "text:hidden-text": Body.hideable,
    "text:ruby-text": Body.reading, "office:annotation": Body.comment, "draw:frame": Body.drawing,
    "draw:custom-shape": Body.drawing, "draw:rect": Body.drawing, "draw:line": Body.drawing,
    "draw:g": Body.drawing,
}  # fmt: skip
"""What takes in the elements of a paragraph; the words of all others are taken in as they stand."""
