"""A DOCX (ECMA-376) as paragraphs: what stands in its text, in the order in which it stands there."""

import re
from collections.abc import Callable, Iterator

from publish.draft import BREAK, NOTE_OFF, NOTE_ON, PART, raised
from publish.readers.office.counting import Numbering, heading_words, list_sign
from publish.readers.office.docx_styles import Styles, frame_of, setting_of
from publish.readers.office.elements import Element, Words, resolved
from publish.readers.office.forms import Frame, Setting, form_of, inherited
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
from publish.readers.office.record import FORMULAS, MERGED, Record
from publish.source import Run

_DELETED = frozenset(("w:del", "w:moveFrom"))
_OPAQUE = frozenset(
    "w:pPr w:rPr w:tblPr w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:proofErr w:bookmarkStart "
    "w:bookmarkEnd".split()
)
"""Elements in which no text stands; all others that are not known stand in it as if they were not there."""
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_CODE = re.compile(r"[0-9A-Fa-f]{1,5}")
_PRIVATE = 0xF000
"""Where Word keeps the characters of fonts that have signs for letters."""
_OF_SIGNS = re.compile(r"symbol|wingdings|webdings", re.IGNORECASE)


class Body:
    """One text of a document while it is walked through: the main text, or all notes of a kind."""

    def __init__(self, record: Record, scribe: Scribe, styles: Styles, numbering: Numbering) -> None:
        """Begin; `record` takes what is left out and what is to be told."""
        self.record = record
        self.scribe = scribe
        self.styles = styles
        self.numbering = numbering
        self.notes: dict[tuple[str, str], Run] = {}
        """The notes that have been read, by the kind of their reference and their number."""
        self.pictures: dict[str, tuple[str, str, bool]] = {}
        self.fields: list[str] = []
        """The codes of the fields that are open; a result begins with "="."""
        self.now = Paragraph(parts=[])
        self.frame = Frame()
        self.now_set = PLAIN
        self.cache: dict[str, Setting] = {}
        self.near: dict[str, tuple[Setting, Form]] = {}
        """The settings of the paragraph that is read, by the properties that say them."""
        self.apart: list[Paragraph] = []
        """Pictures and text boxes of the paragraph that is read; they follow it."""
        self.breaks_next = False
        self.own_mark = ""

    # --- Blocks ------------------------------------------------------------------------------------------

    def blocks(self, element: Element) -> Iterator[Paragraph]:
        """Give the paragraphs, pictures and tables inside an element."""
        for child in element.elements():
            if child.name == "w:p":
                yield from self.paragraph(child)
            elif child.name == "w:tbl":
                yield from self.table(child)
            elif child.name == "w:sdt":
                yield from self._controlled(child)
            elif child.name in _DELETED:
                self.deleted(child)
            elif child.name == "w:altChunk":
                self.record.lost("embedded documents, which are not read", child)
            elif child.name not in _OPAQUE:
                yield from self.blocks(child)

    def _controlled(self, element: Element) -> Iterator[Paragraph]:
        """Give what stands in a control, of which one holds the list of contents that the program makes."""
        part, inner = element.find("w:docPartGallery"), element.child("w:sdtContent")
        made = self.blocks(inner) if inner is not None else iter(())
        listed = part is not None and "ontents" in part.get("val")
        yield from as_contents(made) if listed else made

    def paragraph(self, element: Element) -> Iterator[Paragraph]:
        """Give a paragraph, and the pictures and text boxes that stand in it."""
        properties = element.child("w:pPr")
        own = properties.child("w:pStyle") if properties is not None else None
        key = own.get("val") if own is not None else self.styles.default
        frame = self.styles.frame(key)
        if properties is not None:
            frame = inherited(frame_of(properties), frame)
        outer = (self.now, self.frame, self.apart, self.near)
        self.now, self.frame, self.apart, self.near = Paragraph(parts=[]), frame, [], {}
        self.now.role, self.now.level = frame.role, frame.level
        self.now.side = frame.side
        self.now.page_break = frame.page_break or self.breaks_next
        self.breaks_next = False
        self._number(element, frame)
        self.inline(element)
        self.scribe.end(element.start, element.end)
        made, apart = self.now, self.apart
        self.now, self.frame, self.apart, self.near = outer
        if properties is not None:
            self._mark(made, properties)
        if any("TOC" in code for code in self.fields):
            made.role = Role.CONTENTS
        if made.is_empty and not apart and element.find("w:del", "w:moveFrom") is not None:
            # What tracked changes leave empty parts no scenes.
            made.joins = True
        ruled = frame.ruled or frame.role is Role.RULE
        if made.is_empty and not apart and (ruled or _is_line(element)):
            made.role = Role.RULE
            made.parts = [Part(self.scribe.mark("* * *", (element.start, element.end)), PLAIN)]
        yield from with_apart(made, apart)

    def _mark(self, made: Paragraph, properties: Element) -> None:
        """Take in what is said of a paragraph's end: that it is deleted, that a section ends with it."""
        end = properties.child("w:rPr")
        box = properties.child("w:framePr")
        made.joins = end is not None and any(child.name in _DELETED for child in end.elements())
        # Word keeps an initial that is dropped in a paragraph of its own.
        made.joins = made.joins or (box is not None and box.get("dropCap", "none") != "none")
        section = properties.child("w:sectPr")
        if section is not None:
            kind = section.child("w:type")
            self.breaks_next = kind is None or kind.get("val", "nextPage") != "continuous"

    def _number(self, element: Element, frame: Frame) -> None:
        """Let a paragraph of a list begin with its sign; other counters than numbers stand in the text."""
        number, depth = frame.list
        if frame.role is Role.HEADING and not depth:
            depth = frame.level - 1 if frame.level - 1 in self.numbering.levels.get(number, {}) else depth
        found = self.numbering.next(number, depth) if number else None
        if found is None:
            return
        place = (element.start, element.start)
        words = heading_words(found[1])
        if frame.role is not Role.HEADING:
            sign, words = list_sign(*found)
            if sign:
                self.now.depth, self.now.sign = depth + 1, self.scribe.mark(sign, place)
        if words:
            self.now.parts.append(Part(self.scribe.sign(words, place), PLAIN))

    def table(self, element: Element) -> Iterator[Paragraph]:
        """Give a table; one that only places text on the page gives its paragraphs."""
        rows = [[(list(self.blocks(cell)), cell) for cell in _cells(row)] for row in self._rows(element)]
        cells = [made for row in rows for made, _ in row]
        width = max((sum(_span(cell) for _, cell in row) for row in rows), default=0)
        if width < 2 or len(rows) < 2 or any(map(is_layout, cells)):
            yield from (paragraph for made in cells for paragraph in made)
            return
        parts: list[Part] = []
        place = (element.start, element.start)
        if element.find("w:gridSpan", "w:vMerge") is not None:
            self.record.lost(MERGED, element)
        unbold(paragraph for made, _ in rows[0] for paragraph in made)
        for row in rows:
            count = 0
            for made, cell in row:
                parts += cell_parts(made, self.scribe.mark(BREAK, place))
                parts += [Part(self.scribe.mark(PART, place), None)] * _span(cell)
                count += _span(cell)
            parts += [Part(self.scribe.mark(PART, place), None)] * (width - count)
        sides = columns(cell for made, about in rows[-1] for cell in [made] * _span(about))
        yield Paragraph(parts=parts[:-1], columns=f"{sides:-<{width}}")

    def _rows(self, element: Element) -> Iterator[Element]:
        for child in element.elements():
            if child.name == "w:tr":
                about = child.child("w:trPr")
                if about is not None and about.child("w:del") is not None:
                    self.deleted(child)
                else:
                    yield child
            elif child.name in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins"):
                yield from self._rows(child)

    # --- Words -------------------------------------------------------------------------------------------

    def inline(self, element: Element) -> None:
        """Take in the words inside an element of a paragraph."""
        for child in element.elements():
            if child.name not in _OPAQUE:
                _TAKEN.get(child.name, Body.inline)(self, child)

    def inserted(self, element: Element) -> None:
        """Take in what tracked changes insert."""
        if element.find("w:t") is not None:
            self.record.inserted(element)
        self.inline(element)

    def setting(self, element: Element) -> tuple[Setting, Form]:
        """Give how the words of a run are set, with its style and that of its paragraph, and their form."""
        properties = element.child("w:rPr")
        said = element.text[properties.start : properties.end] if properties is not None else ""
        found = self.near.get(said)
        if found is None:
            setting = self._own(said, properties).over(self.frame.words)
            found = self.near[said] = setting, form_of(setting, self.frame, self.styles.words)
        return found

    def _own(self, said: str, properties: Element | None) -> Setting:
        """Give what the properties of a run say themselves, and their style."""
        if said not in self.cache:
            style = properties.child("w:rStyle") if properties is not None else None
            own = setting_of(properties)
            self.cache[said] = (
                own.over(self.styles.frame(style.get("val")).words) if style is not None else own
            )
        return self.cache[said]

    def run(self, element: Element) -> None:
        """Take in a run: words of one setting."""
        setting, self.now_set = self.setting(element)
        if setting.lost and element.find("w:t") is not None:
            self.record.lost_words(setting.lost, element)
        marked = False
        for child in element.elements():
            if child.name == "w:t":
                if not self._in_code() and not marked:
                    self.text(child, self.now_set, setting)
            elif child.name in _SIGNS:
                self.add(self.scribe.sign(_SIGNS[child.name], (child.start, child.end)), self.now_set)
            elif child.name not in _OPAQUE:
                # The author's own mark of a note stands behind its reference, and before the note.
                marked = marked or child.get("customMarkFollows", "0") not in ("0", "false")
                self.own_mark = element.says().strip() if marked else ""
                _TAKEN.get(child.name, Body.inline)(self, child)

    def symbol(self, element: Element) -> None:
        """Take in a sign that is named by its place in a font; what private ones mean is found out later."""
        code = int(element.get("char"), 16) if _CODE.fullmatch(element.get("char")) else 0
        if code <= 0xFF and _OF_SIGNS.search(element.get("font")):
            code += _PRIVATE
        is_sign = _PRIVATE < code <= _PRIVATE + 0xFF or chr(code).isprintable()
        sign = chr(code) if is_sign else "\ufffd"
        self.add(self.scribe.sign(sign, (element.start, element.end)), self.now_set)

    def _in_code(self) -> bool:
        """Tell whether what is read is the code of a field, or the result of one that stands in a code."""
        return bool(self.fields) and any(not code.startswith("=") for code in self.fields)

    def text(self, element: Element, form: Form, setting: Setting) -> None:
        """Take in words; white space at their edges counts only where the file says so."""
        kept = element.text.find("preserve", *element.tag) >= 0
        for words in element.children:
            if not isinstance(words, Words):
                continue
            if not kept:
                bare = element.text[words.start : words.end]
                low = words.start + len(bare) - len(bare.lstrip(" \t\r\n"))
                words = Words(low, max(low, words.start + len(bare.rstrip(" \t\r\n"))), words.plain)  # noqa: PLW2901
            run = self.scribe.words(words)
            if setting.hidden:
                self.record.hidden(self.scribe, run)
            elif signs := raised(run.text, setting.raised):
                self.add(self.scribe.mark(signs, (words.start, words.end)), form)
            else:
                self.add(run, form)

    def add(self, run: Run, form: Form | None) -> None:
        """Add to the paragraph that is read."""
        if run.text:
            self.now.parts.append(Part(run, form))

    def line_break(self, element: Element) -> None:
        """Take in a line break, or a page break."""
        kind = element.get("type", "textWrapping")
        if kind == "page":
            self.now.breaks = (*self.now.breaks, len(self.now.parts))
        elif kind == "column":
            self.add(self.scribe.sign(" ", (element.start, element.end)), None)
        else:
            self.scribe.sign(" ", (element.start, element.end))
            self.add(self.scribe.mark(BREAK, (element.start, element.end)), None)

    def code(self, element: Element) -> None:
        """Take in what a field is told to do."""
        if self.fields:
            self.fields[-1] += element.says()

    def field(self, element: Element) -> None:
        """Begin a field, its result, or end it."""
        what = element.get("fldCharType")
        if what == "begin":
            self.fields.append("")
        elif what == "separate" and self.fields:
            self.fields[-1] = f"={self.fields[-1]}"
        elif what == "end" and self.fields:
            self.fields.pop()

    def note(self, reference: Element) -> None:
        """Put a note at its reference."""
        kind = "footnote" if reference.name == "w:footnoteReference" else "endnote"
        found = self.notes.pop((kind, reference.get("id")), None)
        if found is not None:
            place = (reference.start, reference.end)
            self.add(self.scribe.mark(NOTE_ON, place), None)
            own = len(self.own_mark) if found.text.startswith(self.own_mark) else 0
            self.add(found.slice(own, len(found)).strip() if own else found, None)
            self.add(self.scribe.mark(NOTE_OFF, place), None)

    def deleted(self, element: Element) -> None:
        """Leave out what tracked changes delete, and say so."""
        said = self._said(element, "w:delText", "w:t")
        self.record.deleted(self.scribe, said, moved=element.name == "w:moveFrom")

    def _said(self, element: Element, *names: str) -> list[Run]:
        """Give the words of the elements of some names that an element is or holds."""
        return [
            self.scribe.words(words)
            for text in (element, *element.all(*names))
            if text.name in names
            for words in text.children
            if isinstance(words, Words)
        ]

    def formula(self, element: Element) -> None:
        """Take in a formula as the letters that it holds."""
        for text in element.all("m:t"):
            for words in text.children:
                if isinstance(words, Words):
                    self.add(self.scribe.words(words), PLAIN)
        self.record.lost(FORMULAS, element)

    def reading(self, element: Element) -> None:
        """Leave out how words are read, which stands above them, and say so."""
        self.record.reading(self.scribe, self._said(element, "w:t"))

    def alternative(self, element: Element) -> None:
        """Take in what is written twice, for new programs and for old ones: the first that says something."""
        for name in ("mc:Choice", "mc:Fallback"):
            chosen = element.child(name)
            if chosen is not None and chosen.find("w:t", "a:blip", "v:imagedata"):
                self.inline(chosen)
                return

    # --- Pictures and boxes ------------------------------------------------------------------------------

    def drawing(self, element: Element) -> None:
        """Take in a picture, the text of a text box, or a line across the page."""
        box = element.find("w:txbxContent")
        if box is not None:
            self.apart += list(self.blocks(box))
        if any(line.get("hr") in ("t", "true", "1") for line in element.all("v:rect")):
            rule = self.scribe.mark("* * *", (element.start, element.end))
            self.apart.append(Paragraph(parts=[Part(rule, PLAIN)], role=Role.RULE))
        about = element.find("wp:docPr")
        shape = element.find("v:shape")
        told = (
            about.place("descr") if about is not None else shape.place("alt") if shape is not None else None
        )
        alt = self.scribe.mark(resolved(element.text[slice(*told)]), told) if told else Run("")
        for blip in element.all("a:blip", "v:imagedata"):
            self.picture(blip, alt)

    def picture(self, blip: Element, alt: Run) -> None:
        """Take in a picture that lies in the document; what lies elsewhere is not fetched."""
        key = blip.get("embed") or blip.get("id")
        place = blip.place("embed") or blip.place("id")
        _, name, outside = self.pictures.get(key, ("", "", True))
        if place is None or outside or not name:
            self.record.picture_lost("it lies outside of the document", blip)
            name = ""
        if place is None or not name or not self.record.can_show(name, blip):
            self.apart.append(Paragraph(parts=[], role=Role.PICTURE))
            return
        mark = self.scribe.mark(PART, place)
        parts = [Part(alt, PLAIN), Part(mark, None), Part(mark, None)]
        image = self.scribe.mark(self.record.seen_from(name), place)
        self.apart.append(Paragraph(parts=parts, image=image))


def _is_line(element: Element) -> bool:
    """Tell whether what is drawn in a paragraph is a line across: LibreOffice writes a rule as a thin box."""
    drawn, shape = element.find("wp:extent"), element.find("a:prstGeom")
    thin = drawn is not None and drawn.number("cy", _THIN + 1) <= _THIN
    return thin and shape is not None and shape.get("prst") in ("rect", "line", "straightConnector1")


_THIN = 6 * 12_700
"""Six points, in the units that drawings are measured in (EMU)."""


def _cells(row: Element) -> Iterator[Element]:
    for child in row.elements():
        if child.name == "w:tc":
            yield child
        elif child.name not in _OPAQUE:
            yield from _cells(child)


def _span(cell: Element) -> int:
    about = cell.child("w:tcPr")
    span = about.child("w:gridSpan") if about is not None else None
    return min(max(1, span.number()), 64) if span is not None else 1


_TAKEN: dict[str, Callable[[Body, Element], None]] = {
    "w:r": Body.run, "w:ins": Body.inserted, "w:moveTo": Body.inserted, "w:del": Body.deleted,
    "w:moveFrom": Body.deleted, "w:delText": Body.deleted, "m:oMath": Body.formula,
    "m:oMathPara": Body.formula, "mc:AlternateContent": Body.alternative, "w:footnoteReference": Body.note,
    "w:endnoteReference": Body.note, "w:br": Body.line_break, "w:cr": Body.line_break, "w:sym": Body.symbol,
    "w:rt": Body.reading, "w:fldChar": Body.field, "w:instrText": Body.code, "w:drawing": Body.drawing,
    "w:pict": Body.drawing, "w:object": Body.drawing,
}  # fmt: skip
"""What takes in the elements of a paragraph; the words of all others are taken in as they stand."""
