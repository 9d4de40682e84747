"""Book → sections: what starts on a page of its own, as XHTML with the manners of its pages.

Front matter stands in the order of the trade: half title, title page, copyright page, dedication, epigraph,
contents, foreword, preface. A book of one division has neither half title nor contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from publish import xhtml
from publish.document import (
    CONTAINERS,
    Block,
    Book,
    Division,
    DivisionKind,
    Metadata,
    Paragraph,
    Quotation,
    Text,
    Verse,
    heading_text,
    prose,
    walk_divisions,
)


class Manner(StrEnum):
    """How the pages of a section look; the stylesheet gives each its named page."""

    DISPLAY = "display"
    """Type alone: half title, title page, copyright page, dedication, part page."""
    CONTENTS = "contents"
    PREFACE = "preface"
    """Prose with roman folios and no running heads."""
    CHAPTER = "chapter"
    """Prose with running heads and folios; the opening has neither head nor folio at the top."""


class Section(Struct, frozen=True, kw_only=True):
    """What starts on a page of its own."""

    manner: Manner
    body: str
    """XHTML of the content."""
    recto: bool = False
    """Opens on a right-hand page; otherwise on the next, left or right."""
    verso: bool = False
    """Opens on a left-hand page."""
    head: str = ""
    """Running head of right-hand pages."""
    division: Division | None = None
    depth: int = 0
    """Depth of the division in the book, from 1."""


class Entry(Struct, frozen=True):
    """One line of the contents."""

    section: Section
    folio: str


_APART = {DivisionKind.DEDICATION, DivisionKind.EPIGRAPH}
_PREFATORY = {DivisionKind.FOREWORD, DivisionKind.PREFACE}


def title_sections(book: Book) -> list[Section]:
    """Give half title, title page, copyright page, dedication and epigraph."""
    sections = []
    if len(book.divisions) > 1:
        sections.append(
            _display("half-title", f"<p>{xhtml.escape(book.metadata.title.value)}</p>", recto=True)
        )
    sections.append(_display("title-page", _title_page(book.metadata), recto=True))
    if lines := _imprint(book.metadata):
        body = "".join(f"<p>{xhtml.escape(line)}</p>" for line in lines)
        sections.append(_display("copyright-page", body, recto=False))
    for division in _front(book):
        if division.kind in _APART:
            sections.append(_apart(division))
    return sections


def prefatory_sections(book: Book) -> list[Section]:
    """Give foreword and preface, which follow the contents."""
    return [
        _prose(division, 1, Manner.PREFACE, "", recto=True)
        for division in _front(book)
        if division.kind not in _APART
    ]


def body_sections(book: Book) -> list[Section]:
    """Give everything from page 1 on. A story without heading opens with the book's title."""
    divisions = book.divisions[len(_front(book)) :]
    sections = list(_sections(divisions, 1, book.metadata.title.value))
    if len(book.divisions) == 1 and sections and not heading_text(divisions[0]):
        sections[0] = _titled(sections[0], book.metadata)
    return sections


def contents_section(entries: list[Entry], language: str) -> Section | None:
    """Give the contents, or None where there is but one thing to list."""
    listed = [entry for entry in entries if _is_listed(entry.section)]
    if len(listed) < 2:  # noqa: PLR2004
        return None
    title = xhtml.escape(xhtml.contents_title(language))
    rows = "".join(map(_row, listed))
    body = f'<h1 class="contents-title">{title}</h1>\n<table>\n{rows}</table>\n'
    return Section(manner=Manner.CONTENTS, body=_wrap("contents", body), recto=True)


def _front(book: Book) -> list[Division]:
    """Give the divisions that stand before page 1: those at the book's beginning that are front matter."""
    front: list[Division] = []
    for division in book.divisions:
        if division.kind not in _APART | _PREFATORY:
            break
        front.append(division)
    return front


def _display(name: str, body: str, *, recto: bool) -> Section:
    return Section(manner=Manner.DISPLAY, body=_wrap(name, body), recto=recto, verso=not recto)


def _wrap(name: str, body: str, attributes: str = "") -> str:
    return f'<section class="{name}"{attributes}>\n{body}</section>\n'


def _title_page(metadata: Metadata) -> str:
    title = metadata.title.value
    parts = [f'<h1 class="book-title{_length(title)}">{xhtml.escape(title)}</h1>\n']
    if metadata.subtitle:
        parts.append(f'<p class="book-subtitle">{xhtml.escape(metadata.subtitle.value)}</p>\n')
    parts += [
        f'<p class="book-author">{xhtml.escape(creator.name.value)}</p>\n'
        for creator in metadata.creators
        if creator.role == "aut"
    ]
    if metadata.publisher:
        parts.append(f'<p class="book-publisher">{xhtml.escape(metadata.publisher.value)}</p>\n')
    return "".join(parts)


def _length(title: str) -> str:
    """Give the class for titles that would fill half the title page at full size."""
    return " long" if len(title) > 32 else ""  # noqa: PLR2004


def _imprint(metadata: Metadata) -> list[str]:
    """Give the lines of the copyright page: only what is stated, nothing is claimed for the author."""
    lines = []
    if metadata.rights:
        lines.append(metadata.rights.value)
    if metadata.publisher:
        year = metadata.date.value[:4] if metadata.date else ""
        lines.append(f"{metadata.publisher.value}, {year}" if year else metadata.publisher.value)
    if metadata.identifier and metadata.identifier.value.startswith("urn:isbn:"):
        lines.append(f"ISBN {metadata.identifier.value.removeprefix('urn:isbn:')}")
    return lines


def _apart(division: Division) -> Section:
    body = xhtml.heading(division, level=1) + xhtml.blocks(division.blocks, heading_level=2)
    return Section(
        manner=Manner.DISPLAY,
        body=_outlined(division.kind.value, division, 1, body),
        recto=True,
        division=division,
    )


def _sections(divisions: tuple[Division, ...], depth: int, book_title: str) -> Iterator[Section]:
    """Give a section for each division, parts before what they hold.

    What follows a part page opens on a right-hand page, so that the back of the part page stays blank.
    """
    for division in divisions:
        if not _is_part(division):
            yield _prose(division, depth, Manner.CHAPTER, book_title)
            continue
        yield _part(division, depth)
        after = [
            *_text_of_part(division, depth, book_title),
            *_sections(division.divisions, depth + 1, book_title),
        ]
        for index, section in enumerate(after):
            yield _on_recto(section) if index == 0 else section


def _is_part(division: Division) -> bool:
    holds = bool(division.divisions)
    return (holds and division.kind in CONTAINERS) or (holds and not division.blocks)


def _part(division: Division, depth: int) -> Section:
    body = xhtml.heading(division, level=1)
    if _is_motto(division.blocks):
        body += xhtml.blocks(division.blocks, heading_level=2)
    return Section(
        manner=Manner.DISPLAY,
        body=_outlined("part", division, depth, body),
        recto=True,
        division=division,
        depth=depth,
    )


def _text_of_part(division: Division, depth: int, book_title: str) -> Iterator[Section]:
    """Give the text that a part has before its first chapter, unless it stands on the part page."""
    if division.blocks and not _is_motto(division.blocks):
        body = _opening(division)
        yield Section(
            manner=Manner.CHAPTER, body=_wrap("chapter untitled", body), head=_head(division, book_title)
        )


def _is_motto(blocks: tuple[Block, ...]) -> bool:
    return all(isinstance(block, Quotation | Verse) for block in blocks)


def _on_recto(section: Section) -> Section:
    return Section(
        manner=section.manner,
        body=section.body,
        recto=True,
        head=section.head,
        division=section.division,
        depth=section.depth,
    )


def _prose(
    division: Division, depth: int, manner: Manner, book_title: str, *, recto: bool = False
) -> Section:
    heading = xhtml.heading(division, level=1)
    body = heading + _opening(division) + "".join(_run_on(inner, 2) for inner in division.divisions)
    name = "chapter" if heading else "chapter untitled"
    return Section(
        manner=manner,
        body=_outlined(name, division, depth, body),
        recto=recto,
        head=_head(division, book_title),
        division=division,
        depth=depth,
    )


def _run_on(division: Division, level: int) -> str:
    """Give a division inside a chapter, which follows without a new page."""
    body = xhtml.heading(division, level=level) + xhtml.blocks(division.blocks, heading_level=level + 1)
    body += "".join(_run_on(inner, level + 1) for inner in division.divisions)
    return _outlined("run-on", division, level, body)


def _titled(section: Section, metadata: Metadata) -> Section:
    """Open a story that has no heading of its own with the book's title."""
    subtitle = (
        f'<p class="subtitle">{xhtml.escape(metadata.subtitle.value)}</p>\n' if metadata.subtitle else ""
    )
    title = xhtml.escape(metadata.title.value)
    header = f'<header class="heading">\n<h1><span class="title">{title}</span></h1>\n{subtitle}</header>\n'
    division = section.division
    assert division is not None
    body = header + _opening(division)
    attributes = _outline(metadata.title.value, 1) + f' id="{xhtml.escape(division.id)}"'
    return Section(
        manner=section.manner,
        body=_wrap("chapter outline-1", body, attributes),
        head=metadata.title.value,
        division=division,
        depth=1,
    )


def _outlined(name: str, division: Division, depth: int, body: str) -> str:
    """Wrap a division so that the outline of the PDF lists it; one without heading goes by its kind."""
    kind = division.kind.value.replace("_", " ").capitalize()
    attributes = f' id="{xhtml.escape(division.id)}"' + _outline(heading_text(division) or kind, depth)
    return _wrap(f"{name} outline-{depth}", body, attributes)


def _outline(label: str, depth: int) -> str:
    return f' data-outline="{xhtml.escape(label)}" data-depth="{depth}"'


def _head(division: Division, book_title: str) -> str:
    return prose(division.title).text.replace("\n", " ") or book_title


_MARKS_BEFORE = re.compile(r"[\s“”‘’\"'«»„‚‹›¡¿(\[—–…]*")
_CLAUSE = re.compile(r"[^\s,;:.!?—–…“”]+(?:\s+[^\s,;:.!?—–…“”]+){1,4}(?=[,;:.!?—–…”])")
_FOUR, _THREE = re.compile(r"\S+(?:\s+\S+){3}(?=\s)"), re.compile(r"\S+(?:\s+\S+){2}(?=\s)")
_SHORT_WORDS = 20
_LEFT_OVER = 40
"""Characters of the paragraph that must follow a lead-in for it to look like one."""


def lead_in(text: str) -> tuple[str, str]:
    """Give the marks before the first words of a chapter and the words to set in small capitals.

    The words are the first clause where it has two to five words, else the first four, or three where they are
    long. Both are empty where the text is short, shouts in capitals already or is in a script without capitals.
    """
    before = _MARKS_BEFORE.match(text)
    assert before is not None
    start = before.end()
    match = _CLAUSE.match(text, start) or _FOUR.match(text, start)
    if match and len(match[0]) > _SHORT_WORDS and not _CLAUSE.match(text, start):
        match = _THREE.match(text, start)
    if match is None or len(text) - match.end() < _LEFT_OVER or "\n" in match[0]:
        return "", ""
    words = match[0]
    if not any(c.islower() for c in words) or sum(c.isupper() for c in words) > len(words) / 2:
        return "", ""
    return before[0], words


def _opening(division: Division) -> str:
    """Give a division's blocks, the first words of an opening paragraph in small capitals."""
    html = xhtml.blocks(division.blocks, heading_level=2)
    first = division.blocks[0] if division.blocks else None
    if not isinstance(first, Paragraph) or not first.children or not isinstance(first.children[0], Text):
        return html
    before, words = lead_in(first.children[0].run.text)
    plain = f'<p class="first">{xhtml.escape(before)}{xhtml.escape(words)}'
    if not words or not html.startswith(plain):
        return html
    led = f'<p class="first">{xhtml.escape(before)}<span class="lead-in">{xhtml.escape(words)}</span>'
    return led + html.removeprefix(plain)


def _is_listed(section: Section) -> bool:
    return section.division is not None and bool(heading_text(section.division))


def _row(entry: Entry) -> str:
    division = entry.section.division
    assert division is not None
    label = xhtml.escape(division.label.text.strip()) if division.label else ""
    title = xhtml.inlines(division.title)
    name = f'class="depth-{entry.section.depth}{" part" if entry.section.manner is Manner.DISPLAY else ""}"'
    inner = " ".join(
        f'<span class="{kind}">{text}</span>' for kind, text in (("label", label), ("title", title)) if text
    )
    link = f'<a href="#{xhtml.escape(division.id)}">{inner}</a>'
    return f'<tr {name}><td>{link}</td><td class="folio">{entry.folio}</td></tr>\n'


def characters(book: Book) -> int:
    """Give the length of the text, for guessing the page count."""
    from publish.document import division_runs

    return sum(len(run) + 20 for _, d in walk_divisions(book.divisions) for run in division_runs(d))
