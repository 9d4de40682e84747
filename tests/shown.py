"""What the program makes, written as plain text for comparison and for people to review."""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import assert_never
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2

from publish.changes.order import as_json as order_json
from publish.diagnostic import Diagnostic
from publish.document import (
    Block,
    Code,
    Creator,
    Division,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    Letter,
    LineBreak,
    List,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Quotation,
    SceneBreak,
    Speaker,
    Stated,
    Strong,
    Subheading,
    Table,
    Text,
    Verse,
    VerseLine,
    prose,
)
from publish.lint import RULES
from publish.lint.words import pictured
from publish.normalize.result import Normalized
from publish.source import Run, Span
from tests.test_pdf import Line, lines

Wording = Callable[[str], str]
"""How much of a paragraph is shown."""


def whole(text: str) -> str:
    return text


def opening(text: str) -> str:
    """The first and last words, enough to know a paragraph by."""
    words = text.split(" ")
    return text if len(words) < 11 else f"{' '.join(words[:6])} … {' '.join(words[-3:])} ({len(words)} words)"


class Places:
    """Line and column of what stands in the book; the file's name is shown where there are several files."""

    def __init__(self, normalized: Normalized) -> None:
        self._sources = normalized.sources

    def of(self, span: Span | None) -> str:
        if span is None:
            return "–"
        source = self._sources[span.source]
        place = source.locate(span.start)
        name = f"{source.path}:" if len(self._sources) > 1 else ""
        return f"{name}{place.line}:{place.column}"

    def of_run(self, run: Run) -> str:
        return self.of(run.span(0, len(run.text)))


# --- The tree --------------------------------------------------------------------------------------------


def metadata(what: Metadata, places: Places) -> Iterator[str]:
    facts: list[tuple[str, Stated | Creator | None]] = [("title", what.title), ("subtitle", what.subtitle)]
    facts += [(creator.role, creator) for creator in what.creators]
    facts += [
        ("language", what.language),
        ("date", what.date),
        ("identifier", what.identifier),
        ("publisher", what.publisher),
        ("rights", what.rights),
        ("description", what.description),
        ("series", what.series),
        ("series number", what.series_number),
        ("certifier", what.certifier),
        *(("subject", fact) for fact in what.subjects),
        *(("credit", fact) for fact in what.credits),
    ]
    for name, fact in facts:
        stated = fact.name if isinstance(fact, Creator) else fact
        if stated:
            how = "inferred" if stated.inferred else stated.how
            yield f"{name}: {stated.value} ({', '.join(filter(None, (places.of(stated.span), how)))})"


def tree(normalized: Normalized, wording: Wording = whole) -> str:
    """The book with its divisions and blocks, each with its place in the manuscript."""
    places = Places(normalized)
    lines = [*metadata(normalized.book.metadata, places), ""]
    for division in normalized.book.divisions:
        lines += _division(division, places, wording)
    return "\n".join(lines) + "\n"


def _division(division: Division, places: Places, wording: Wording) -> Iterator[str]:
    yield _heading(division, places)
    for block in division.blocks:
        yield from (f"  {line}" for line in _block(block, places, wording))
    for inner in division.divisions:
        yield from (f"  {line}" for line in _division(inner, places, wording))


def _heading(division: Division, places: Places) -> str:
    parts = [division.kind.value]
    if division.numbers:
        parts.append(",".join(map(str, division.numbers)))
    named = division.label or (prose(division.title) if division.title else None)
    if division.label:
        parts.append(f"[{division.label.text}]")
    if division.title:
        parts.append(f"“{_inlines(division.title)}”")
    if division.subtitle:
        parts.append(f"subtitle “{_inlines(division.subtitle)}”")
    if division.inferred:
        parts.append("inferred")
    place = places.of_run(named) if named and named.pieces else "–"
    return f"# {' '.join(parts)} ({place}; {division.source_position or '–'})"


def _block(block: Block, places: Places, wording: Wording) -> Iterator[str]:  # noqa: C901, PLR0912 - one case each
    match block:
        case Paragraph():
            yield _line("", block.children, places, wording)
        case Subheading():
            yield _line("subheading ", block.children, places, wording)
        case SceneBreak():
            sign = block.ornament
            yield f"scene break {places.of_run(sign)} {sign.text}" if sign else "scene break"
        case Code():
            yield from ("code", *(f"  {line}" for line in prose(block.children).text.split("\n")))
        case Verse():
            yield from _verse(block, places)
        case Letter():
            parts = (("opening ", block.opening), ("", block.body), ("closing ", block.closing))
            yield from (
                "letter",
                *(line for name, part in parts for line in _inside(name, part, places, wording)),
            )
        case Figure():
            yield f"figure {places.of_run(block.image)} {block.image.text} “{block.alt.text}”"
            for name, line in (("caption ", block.caption), ("credit ", block.credit)):
                if line:
                    yield "  " + _line(name, line, places, wording)
        case Table():
            rows = (" | ".join(_inlines(cell) for cell in row) for row in (block.head, *block.rows))
            yield from (f"table {block.columns}", *(f"  {row}" for row in rows))
        case List():
            yield from _list(block, places, wording)
        case Quotation():
            yield from ("quotation", *_inside("", block.blocks, places, wording))
        case _:
            assert_never(block)


def _list(found: List, places: Places, wording: Wording) -> Iterator[str]:
    yield "list" if found.start is None else f"list from {found.start}"
    for entry in found.entries:
        yield from ("  entry", *(f"  {line}" for line in _inside("", entry.blocks, places, wording)))


def _inside(name: str, blocks: Iterable[Block], places: Places, wording: Wording) -> Iterator[str]:
    for block in blocks:
        yield from (f"  {name}{line}" for line in _block(block, places, wording))


def _verse(verse: Verse, places: Places) -> Iterator[str]:
    for number, stanza in enumerate(verse.stanzas):
        yield "stanza" if number else "verse"
        yield from (f"  {_verse_line(line, places)}" for line in stanza)


def _verse_line(line: VerseLine, places: Places) -> str:
    return _line(f"in {line.indent} " if line.indent else "", line.children, places, whole)


def _line(name: str, children: tuple[Inline, ...], places: Places, wording: Wording) -> str:
    return f"{name}{places.of_run(prose(children))} {wording(_inlines(children))}"


def _inlines(children: Iterable[Inline]) -> str:  # noqa: C901 - one case for each kind
    parts: list[str] = []
    for child in children:
        match child:
            case Text():
                parts.append(pictured(child.run.text))
            case Emphasis():
                parts.append(f"‹{_inlines(child.children)}›")
            case Strong():
                parts.append(f"«{_inlines(child.children)}»")
            case Speaker():
                parts.append(f"({_inlines(child.children)})")
            case Foreign():
                parts.append(f"[{child.language} {_inlines(child.children)}]")
            case LineBreak():
                parts.append(" / ")
            case PageBreak():
                parts.append(f"[page {child.label.text}]")
            case Note():
                parts.append(f"⟦note {_inlines(child.children)}⟧")
            case _:
                assert_never(child)
    return "".join(parts)


# --- The tree without its prose --------------------------------------------------------------------------


def skeleton(normalized: Normalized) -> str:
    """Headings and counts; of paragraphs only the first three words of those after a scene break."""
    places = Places(normalized)
    lines = [*metadata(normalized.book.metadata, places), ""]
    for division in normalized.book.divisions:
        lines += _bones(division, places)
    return "\n".join(lines) + "\n"


def _bones(division: Division, places: Places) -> Iterator[str]:
    yield _heading(division, places)
    counts = Counter(type(block).__name__ for block in division.blocks)
    if counts:
        yield "  " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    for before, after in zip(division.blocks, division.blocks[1:], strict=False):
        if isinstance(before, SceneBreak) and isinstance(after, Paragraph):
            run = prose(after.children)
            yield f"  scene break, {places.of_run(run)} {' '.join(run.text.split()[:3])} …"
    for block in division.blocks:
        if isinstance(block, Letter):
            parts = (len(block.opening), len(block.body), len(block.closing))
            yield f"  letter, {places.of_run(prose(block.opening[0].children))} {parts}"
    for inner in division.divisions:
        yield from (f"  {line}" for line in _bones(inner, places))


# --- The log ---------------------------------------------------------------------------------------------


def changes(normalized: Normalized, *, texts: bool = True) -> str:
    """One line for each change: place, rule, and with `texts` what became what."""
    places = Places(normalized)
    lines = []
    for change in normalized.changes:
        line = f"{places.of(change.span)} {change.why}{'' if change.exact else ' inexact'}"
        if texts:
            before = normalized.sources[change.span.source].text[change.span.start : change.span.end]
            note = f" {change.note}" if change.note else ""
            line += f" ⟨{pictured(before)}⟩ → ⟨{pictured(change.text)}⟩{note}"
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def findings(found: Iterable[Diagnostic], normalized: Normalized, *, texts: bool = True) -> str:
    """One line for each finding that is no repair: place, severity, rule, and with `texts` the message."""
    places = Places(normalized)
    lines = []
    for item in found:
        if not RULES[item.code].mended(item.severity):
            told = f" {pictured(item.message)}" if texts or item.code[:3] in ("STR", "MET") else ""
            lines.append(f"{places.of(item.span)} {item.severity.name.lower()} {item.code}{told}")
    return "".join(f"{line}\n" for line in lines)


def order(normalized: Normalized) -> str:
    """The account of the order, as the command line writes it."""
    return order_json(normalized)


# --- The e-book ------------------------------------------------------------------------------------------

_OPF = "{http://www.idpf.org/2007/opf}"


def epub(data: bytes) -> str:
    """The files, the metadata of the package, the spine and the table of contents."""
    with zipfile.ZipFile(BytesIO(data)) as container:
        names = container.namelist()
        package = ET.fromstring(container.read(next(name for name in names if name.endswith(".opf"))))
        navigation = ET.fromstring(container.read(next(name for name in names if name.endswith("nav.xhtml"))))
    lines = ["files", *(f"  {name}" for name in names), "metadata"]
    lines += [f"  {_element(item)}" for item in package.iterfind(f"{_OPF}metadata/*")]
    manifest = {item.get("id"): item.get("href") for item in package.iter(f"{_OPF}item")}
    lines += ["spine", *(f"  {manifest[item.get('idref')]}" for item in package.iter(f"{_OPF}itemref"))]
    lines += ["contents", *_entries(navigation)]
    return "\n".join(lines) + "\n"


def _element(item: ET.Element) -> str:
    facts = [f"{_local(key)}={value}" for key, value in sorted(item.attrib.items()) if _local(key) != "id"]
    return f"{_local(item.tag)} {' '.join(facts)}: {(item.text or '').strip()}".replace(" : ", ": ").rstrip(
        ": "
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _entries(navigation: ET.Element) -> Iterator[str]:
    html = "{http://www.w3.org/1999/xhtml}"
    for nav in navigation.iter(f"{html}nav"):
        yield f"  {nav.get('{http://www.idpf.org/2007/ops}type')}"
        for depth, link in _links(nav, html, 1):
            yield f"  {'  ' * depth}{''.join(link.itertext())} → {link.get('href')}"


def _links(item: ET.Element, html: str, depth: int) -> Iterator[tuple[int, ET.Element]]:
    for child in item:
        if child.tag in (f"{html}a", f"{html}span"):
            yield depth, child
        else:
            yield from _links(child, html, depth + (child.tag == f"{html}ol" and item.tag == f"{html}li"))


# --- The printed book ------------------------------------------------------------------------------------

_HEAD, _FOOT = 60, 52
"""Points from the upper edge above which, and from the lower below which, lines are no text of the page."""


def type_of(data: bytes) -> str:
    """What a file says it is, its faces, and of each page the boxes, and the lines with their height."""
    with pikepdf.open(BytesIO(data)) as file:
        root = sorted(str(key) for key in file.Root.keys())  # noqa: SIM118
        facts = [f"PDF {file.pdf_version}", " ".join(root), *_claims(file)]
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in file.pages
            for font in dict(page.resources.get("/Font", {})).values()
        }
        boxes = [
            f"{[float(side) for side in page.mediabox]} trim {page.trimbox == page.mediabox}"
            for page in file.pages
        ]
    pages = []
    for number, (box, rows) in enumerate(zip(boxes, lines(data), strict=True), 1):
        pages += [f"page {number} {box}", *(f"  {row.y:7.1f}  {row.words}" for row in rows)]
    return "\n".join([*facts, *sorted(fonts), *pages]) + "\n"


def _claims(file: pikepdf.Pdf) -> list[str]:
    with file.open_metadata() as facts:
        told = [f"{name} {facts.get(name)}" for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    return [*told, f"PDF/X {file.docinfo.get('/GTS_PDFXConformance')}"]


def pdf(data: bytes, *, words: bool = True) -> str:
    """One line for each page: side, size, label, running head, folio at the foot, first and last words."""
    with pikepdf.open(BytesIO(data)) as file:
        facts = [f"{key[1:]}: {value}" for key, value in sorted(file.docinfo.items()) if "Date" not in key]
    document = pypdfium2.PdfDocument(data)
    try:
        sizes = [(page.get_size(), document.get_page_label(number)) for number, page in enumerate(document)]
    finally:
        document.close()
    pages = [
        _page(n, *size, page, words=words)
        for n, (size, page) in enumerate(zip(sizes, lines(data), strict=True), 1)
    ]
    return "\n".join([*facts, *pages]) + "\n"


def _page(number: int, size: tuple[float, float], label: str, rows: list[Line], *, words: bool) -> str:
    width, height = size
    side = "right" if number % 2 else "left"
    head = [row.words for row in rows if row.y < _HEAD]
    foot = [row.words for row in rows if row.y > height - _FOOT]
    body = [word for row in rows if _HEAD <= row.y <= height - _FOOT for word in row.words.split()]
    parts = [f"{number} {side} {width:g}×{height:g} [{label}]"]
    parts += [f"head “{text}”" for text in head]
    if not body:
        parts.append("blank")
    elif words:
        parts.append(f"“{' '.join(body) if len(body) < 7 else ' '.join([*body[:3], '…', *body[-3:]])}”")
    parts += [f"foot “{text}”" for text in foot]
    return ", ".join(parts)
