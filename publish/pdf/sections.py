"""Book → sections: what starts on a page of its own, as XHTML with the manners of its pages.

Front matter stands in the order of the trade: half title, title page, copyright page, dedication, epigraph,
contents, foreword, preface. A book of one division has neither half title nor contents.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from publish import standing, xhtml
from publish.document import (
    Book,
    Division,
    DivisionKind,
    Inline,
    Metadata,
    Paragraph,
    Stated,
    Text,
    heading_text,
    is_motto,
    is_part,
    prose,
    walk_divisions,
    without_notes,
)
from publish.pagination import CONTENTS, COPYRIGHT_PAGE, HALF_TITLE, TITLE_PAGE
from publish.pdf.paragraphs import in_capitals, opening, whole_end, with_whole_titles
from publish.source import Run


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


_APART = {DivisionKind.COPYRIGHT, DivisionKind.ALSO_BY, DivisionKind.DEDICATION, DivisionKind.EPIGRAPH}
_SPEAKING = {DivisionKind.DEDICATION, DivisionKind.EPIGRAPH}
_PREFATORY = {DivisionKind.FOREWORD, DivisionKind.PREFACE, DivisionKind.ACKNOWLEDGMENTS, DivisionKind.PERSONS}


def title_sections(book: Book) -> list[Section]:
    """Give half title, the author's other books on its back, title page, copyright page and the rest."""
    front = [division for division in _front(book) if division.kind in _APART]
    several = len(book.divisions) > 1
    others = [one for one in front if several and one.kind is DivisionKind.ALSO_BY]
    typed = [one for one in front if one.kind is DivisionKind.COPYRIGHT]
    half = f'<p class="title">{xhtml.escape(whole_end(book.metadata.title.value))}</p>'
    # One that the author put at the end of the book is the book's own as well.
    has_own = any(division.kind is DivisionKind.COPYRIGHT for division in book.divisions)
    lines = [] if has_own else [f"<p>{xhtml.escape(line)}</p>" for line in standing.imprint(book.metadata)]
    return [
        *([_display(HALF_TITLE, half, recto=True)] if several else []),
        *(_apart(division, verso=True) for division in others),
        _display(TITLE_PAGE, _title_page(book.metadata), recto=True),
        *(_apart(division, verso=True) for division in typed),
        *([_display(COPYRIGHT_PAGE, "".join(lines), recto=False)] if lines else []),
        *(_apart(division) for division in front if division not in (*others, *typed)),
    ]


def prefatory_sections(book: Book, body: Sequence[Section]) -> list[Section]:
    """Give foreword and preface, which follow the contents and open as the sections of the body do."""
    found = [
        _prose(division, 1, Manner.PREFACE, "", recto=True)
        for division in _front(book)
        if division.kind not in _APART
    ]
    return found if any(_LED.search(section.body) for section in body) else list(map(_without_lead_in, found))


def body_sections(book: Book) -> list[Section]:
    """Give everything from page 1 on. A story without heading opens with the book's title."""
    divisions = book.divisions[len(_front(book)) :]
    if len(book.divisions) == 1 and divisions and not heading_text(divisions[0]):
        title, below = book.metadata.title, book.metadata.subtitle
        named = replace(
            divisions[0],
            title=_line(title),
            subtitle=divisions[0].subtitle or (_line(below) if below else ()),
        )
        divisions = (named,)
    return _alike(list(_sections(divisions, 1, book.metadata.title.value)))


def _line(stated: Stated) -> tuple[Inline, ...]:
    return (Text(Run(stated.value)),)


_OPENING = re.compile(
    r'</h1>\n(?:<p class="subtitle".*\n)?</header>\n<p class="first">(?P<led>[^<]*<span class="lead-in">)?'
)
_LED = re.compile(r'<span class="lead-in">([^<]*)</span>')


def _alike(sections: list[Section]) -> list[Section]:
    """Let the chapters of a book open alike: where one cannot have a lead-in, none has."""
    openings = [found for section in sections for found in _OPENING.finditer(section.body)]
    if all(found["led"] for found in openings):
        return sections
    return list(map(_without_lead_in, sections))


def _without_lead_in(section: Section) -> Section:
    return replace(section, body=_LED.sub(r"\1", section.body))


_NARROW, _EM = 42, 0.5
"""Characters of the longest entry up to which the contents would look torn apart at full width; em of one."""
_LEAST, _FOLIO = 16, 3
"""Characters that the contents are wide at least, and em between an entry and the end of its folio."""


_LONG_LABEL = 12
"""Characters of a label up to which it stands on one line of the contents in any style."""
_SHORT_LABEL, _LONG_TITLES = 6, 40
"""Characters of usual labels and titles from which on two columns would leave a title many short lines."""
_WIDE_LABEL, _WIDER = 21, 1.6
"""Characters of a label up to which it may have a column of the contents, and how much longer than usual."""


def contents_section(entries: list[Entry], language: str) -> Section | None:
    """Give the contents, or None where there is but one thing to list."""
    listed = [entry for entry in entries if (division := entry.section.division) and heading_text(division)]
    if len(listed) < 2:  # noqa: PLR2004
        return None
    title = xhtml.escape(standing.words(language).contents)
    depths = [0, *(entry.section.depth for entry in listed)]
    most = _most(listed)
    colon = " : " if language.lower().startswith("fr") else ": "
    rows = "".join(
        _row(entry, colon, above=depth, most=most) for entry, depth in zip(listed, depths, strict=False)
    )
    longest = max(_LEAST, *map(_extent, listed))
    names = [*["narrow"] * (longest <= _NARROW), *["long-labels"] * any(map(_is_long, listed))]
    name = f' class="{" ".join(names)}"' if names else ""
    name += f' style="width:{longest * _EM + _FOLIO:g}rem"' if longest <= _NARROW else ""
    body = f'<h1 class="contents-title">{title}</h1>\n<table{name}>\n{rows}</table>\n'
    return Section(
        manner=Manner.CONTENTS, body=_wrap(CONTENTS, body, f' data-place="{CONTENTS}"'), recto=True
    )


def _extent(entry: Entry) -> int:
    """Give the characters of an entry; label and title of a part stand on one line with more space."""
    text = heading_text(entry.section.division) if entry.section.division else ""
    return len(text) + (_FOLIO + 2 if entry.section.manner is Manner.DISPLAY else 0)


def _most(listed: Sequence[Entry]) -> float:
    """Give the characters of a label up to which it stands beside its title without narrowing all rows."""
    found = [one.section.division for one in listed if one.section.division and one.section.division.label]
    lengths = sorted(len(division.label or "") for division in found)
    usual = lengths[len(lengths) // 2] if lengths else 0
    titles = sum(len(prose(division.title)) for division in found) / max(1, len(found))
    if usual > _SHORT_LABEL and titles > _LONG_TITLES:
        return 0
    return min(_WIDE_LABEL, max(_LONG_LABEL, _WIDER * usual))


def _is_long(entry: Entry) -> bool:
    division = entry.section.division
    return division is not None and len(division.label or "") > _LONG_LABEL


def _front(book: Book) -> list[Division]:
    """Give the divisions that stand before page 1: those at the book's beginning that are front matter.

    An introduction opens the text, but where the book has parts, the first of these does.
    """
    apart = {DivisionKind.INTRODUCTION} if any(map(is_part, book.divisions)) else set()
    before = _APART | _PREFATORY | apart
    return list(takewhile(lambda division: division.kind in before, book.divisions))


def _display(name: str, body: str, *, recto: bool) -> Section:
    wrapped = _wrap(name, body, f' data-place="{name}"')
    return Section(manner=Manner.DISPLAY, body=wrapped, recto=recto, verso=not recto)


def _wrap(name: str, body: str, attributes: str = "") -> str:
    return f'<section class="{name}"{attributes}>\n{body}</section>\n'


def _title_page(metadata: Metadata) -> str:
    title = metadata.title.value
    # A title that would fill half the title page at full size.
    long = " long" if len(title) > 32 else ""  # noqa: PLR2004
    parts = [f'<h1 class="book-title{long}">{xhtml.escape(whole_end(title))}</h1>\n']
    if metadata.subtitle:
        parts.append(f'<p class="book-subtitle">{xhtml.escape(metadata.subtitle.value)}</p>\n')
    for maker in metadata.creators:
        said = standing.credit(maker.name.value, maker.role, metadata.language.value)
        kind = "author" if maker.role == "aut" else "maker"
        parts.append(f'<p class="book-{kind}">{xhtml.escape(said)}</p>\n')
    if metadata.publisher:
        parts.append(f'<p class="book-publisher">{xhtml.escape(metadata.publisher.value)}</p>\n')
    return "".join(parts)


_DISPLAYED = re.compile(r"(?<=>)[^<>]+(?=</p>)")


def _apart(division: Division, *, verso: bool = False) -> Section:
    body = _whole_text(division, 1)
    if division.kind in _SPEAKING and " " not in heading_text(division).strip():
        # "Dedication" names the page in the manuscript and in the bookmarks; a printed one speaks for itself.
        body = body.removeprefix(xhtml.heading(division, level=1))
        body = _DISPLAYED.sub(lambda words: whole_end(words[0]), body)
    name = COPYRIGHT_PAGE if division.kind is DivisionKind.COPYRIGHT else division.kind.value
    wrapped = _outlined(name, division, 1, body)
    return Section(manner=Manner.DISPLAY, body=wrapped, recto=not verso, verso=verso, division=division)


def _sections(divisions: tuple[Division, ...], depth: int, book_title: str) -> Iterator[Section]:
    """Give a section for each division, parts before what they hold.

    What follows a part page opens on a right-hand page, so that the back of the part page stays blank.
    """
    for division in divisions:
        if not is_part(division):
            yield _prose(division, depth, Manner.CHAPTER, book_title)
            continue
        yield _part(division, depth)
        after = [*_text_of_part(division, book_title), *_sections(division.divisions, depth + 1, book_title)]
        for index, section in enumerate(after):
            yield replace(section, recto=True) if index == 0 else section


def _part(division: Division, depth: int) -> Section:
    body = xhtml.heading(division, level=1)
    if is_motto(division.blocks):
        body += xhtml.blocks(division.blocks, heading_level=2)
    return Section(
        manner=Manner.DISPLAY,
        body=_outlined("part", division, depth, body),
        recto=True,
        division=division,
        depth=depth,
    )


def _text_of_part(division: Division, book_title: str) -> Iterator[Section]:
    """Give the text that a part has before its first chapter, unless it stands on the part page."""
    if division.blocks and not is_motto(division.blocks):
        body = opening(division.blocks)
        place = f' data-place="{xhtml.escape(division.id)}"'
        yield Section(
            manner=Manner.CHAPTER,
            body=_wrap("chapter untitled", body, place),
            head=_head(division, book_title),
        )


def _prose(
    division: Division, depth: int, manner: Manner, book_title: str, *, recto: bool = False
) -> Section:
    return Section(
        manner=manner,
        body=_text(division, depth),
        recto=recto,
        head=_head(division, book_title),
        division=division,
        depth=depth,
    )


_texts: dict[tuple[int, int], tuple[Division, str]] = {}
"""By identity, which tells at once that a division is as it was when the book was made before, and depth."""
_MOST_TEXTS = 2_000


def _text(division: Division, depth: int) -> str:
    """Give the XHTML of a chapter."""
    key = id(division), depth
    known = _texts.get(key)
    if known is None or known[0] is not division:
        heading = with_whole_titles(xhtml.heading(division, level=1))
        name = ("chapter" if heading else "chapter untitled") + _tail(division)
        name += " persons" if division.kind is DivisionKind.PERSONS else ""
        text = heading + opening(division.blocks) + _run_on(division, 2)
        known = division, _outlined(name, division, depth, text)
        while len(_texts) >= _MOST_TEXTS:
            del _texts[next(iter(_texts))]
        _texts[key] = known
    return known[1]


def _run_on(division: Division, level: int) -> str:
    """Give what a division holds that is no part: it follows the text without a new page."""
    inside = division.divisions
    return "".join(_outlined("run-on", inner, level, _whole_text(inner, level)) for inner in inside)


def _whole_text(division: Division, level: int) -> str:
    text = xhtml.heading(division, level=level) + xhtml.blocks(division.blocks, heading_level=level + 1)
    return text + _run_on(division, level + 1)


def _outlined(name: str, division: Division, depth: int, body: str) -> str:
    """Wrap a division so that the outline of the PDF lists it; one without heading goes by its kind."""
    kind = division.kind.value.replace("_", " ").capitalize()
    label = xhtml.escape(heading_text(division) or kind)
    attributes = f' id="{xhtml.escape(division.id)}" data-outline="{label}" data-depth="{depth}"'
    return _wrap(f"{name} outline-{depth}", body, attributes)


def _head(division: Division, book_title: str) -> str:
    """Give a running head; an act without title is told by its number."""
    label = division.label.text if division.label and division.kind is DivisionKind.ACT else ""
    return prose(division.title).text.replace("\n", " ") or label or book_title


_FEW_LINES = 240
"""Characters of a paragraph of at most four lines or so."""


def _tail(division: Division) -> str:
    """Give the class of a division whose last paragraph is too short to make a page's text alone."""
    last = division.blocks[-1] if division.blocks and not division.divisions else None
    return " short-tail" if isinstance(last, Paragraph) and len(prose(last.children)) < _FEW_LINES else ""


def _row(entry: Entry, colon: str, *, above: int, most: float) -> str:
    """Give a row of the contents: label, title and folio; a part, or what lacks one of the two, spans both.

    A label of more than so many characters takes its title behind it, across both.
    `above` is the depth of the row above; a row that leaves a part behind is set off from it.
    """
    division = entry.section.division
    assert division is not None
    label = xhtml.escape(division.label.text.strip()) if division.label else ""
    title = _whole(xhtml.inlines(without_notes(division.title or division.subtitle)))
    is_part = entry.section.manner is Manner.DISPLAY
    link = f'<a href="#{xhtml.escape(division.id)}">'
    if label and title and not is_part and len(division.label or "") <= most:
        cells = (
            f'<th scope="row" class="label">{link}{label}</a></th><td class="title">{link}{title}</a></td>'
        )
    else:
        kind = "title" if title or is_part else "label"
        if in_capitals(title):
            title = f'<span class="run-in">{title}</span>'
        run_in = f'<span class="run-in">{label}</span>' if label and title and not is_part else label
        heading = colon.join(filter(None, (run_in, title)))
        cells = f'<th scope="row" colspan="2" class="{kind}">{link}{heading}</a></th>'
    depth = entry.section.depth
    inner = " inner" if depth > above else ""
    name = f"part{inner}" if is_part else "apart" if depth < above else "entry"
    place = f"{CONTENTS}/{xhtml.escape(division.id)}"
    return f'<tr class="{name}" data-place="{place}">{cells}<td class="folio">{entry.folio}</td></tr>\n'


def _whole(title: str) -> str:
    return title if "<" in title else whole_end(title)


def characters(book: Book) -> int:
    """Give the length of the text, for guessing the page count."""
    from publish.document import division_runs

    return sum(len(run) + 20 for _, d in walk_divisions(book.divisions) for run in division_runs(d))
