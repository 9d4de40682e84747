"""The content documents: cover page, title page, imprint, and one file for each division.

All stand in one folder, so that a file's name is its address from everywhere in the package.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from msgspec import Struct

from publish import directions, pagination, standing, xhtml
from publish.document import (
    Book,
    Creator,
    Division,
    DivisionKind,
    Metadata,
    division_runs,
    heading_text,
    is_motto,
    is_part,
    matter,
    prose,
    walk_divisions,
)
from publish.epub.footnotes import with_notes_below
from publish.epub.languages import with_languages

COVER = "cover.xhtml"
TITLE_PAGE = "titlepage.xhtml"
IMPRINT = "imprint.xhtml"
STYLESHEETS = ("styles/book.css", "styles/modern.css")
"""Newer CSS has its own file: old Adobe readers drop a whole stylesheet over one rule they cannot read."""

_OPENING_WORDS = 6


class ContentFile(Struct, frozen=True):
    """One XHTML file of the package; `name` is its address there."""

    name: str
    text: str


class Place(Struct, frozen=True):
    """Where a division stands: its depth in the tree (from 1), its address and its name in the contents."""

    division: Division
    depth: int
    file: str
    address: str
    """The file alone where the division opens it."""
    title: str


def places(book: Book) -> tuple[Place, ...]:
    """Give all divisions in reading order. What opens a page has a file: Kobo obeys no page breaks in CSS."""
    opening = list(_opening(book.divisions, 1))
    digits = max(2, len(str(len(opening))))
    found: list[Place] = []
    for number, (depth, division) in enumerate(opening, start=1):
        file = f"{number:0{digits}}-{division.id}.xhtml"
        found.append(Place(division, depth, file, file, _title(book, division)))
        if not is_part(division):
            found += (
                Place(inner, depth + below, file, f"{file}#{inner.id}", _title(book, inner))
                for below, inner in walk_divisions(division.divisions)
            )
    return tuple(found)


def _opening(divisions: tuple[Division, ...], depth: int) -> Iterator[tuple[int, Division]]:
    """Give what opens pages, with its depth: parts and what they hold."""
    for division in divisions:
        yield depth, division
        if is_part(division):
            yield from _opening(division.divisions, depth + 1)


Openings = Mapping[str, tuple[str, ...]]
"""Labels of the pages of print that begin with a place, such as a title page or a division's heading."""


def front_files(book: Book, *, cover_image: str, openings: Openings) -> tuple[ContentFile, ...]:
    """Give cover page, title page and, where there is anything to state, the imprint."""
    files = [_cover_page(book, cover_image), _title_page(book, openings)]
    typed = any(division.kind is DivisionKind.COPYRIGHT for division in book.divisions)
    if not typed and (lines := standing.imprint(book.metadata)):
        files.append(_imprint(book, lines, openings))
    return tuple(files)


def page_marks(openings: Openings, *places: str) -> str:
    """Give the marks of the pages of print that begin with places."""
    return "".join(xhtml.page_break(label) + "\n" for place in places for label in openings.get(place, ()))


def division_file(book: Book, place: Place, openings: Openings) -> ContentFile:
    """Give the file of a division that opens one, with those that run on inside it."""
    section = _section(place.division, place.depth, openings)
    body = f"{matter(place.division.kind).value}matter"
    return ContentFile(place.file, page(book.metadata, place.title, section, body=body))


def _section(division: Division, depth: int, openings: Openings, *, runs_on: bool = False) -> str:
    heading = xhtml.heading(division, level=depth + 1)
    text = xhtml.blocks(division.blocks, heading_level=depth + 2 if heading else depth + 1)
    text = _with_figure_ids(text, division.id)
    if not is_part(division):
        inside = (_section(inner, depth + 1, openings, runs_on=True) for inner in division.divisions)
        text += "".join(f"{section}\n" for section in inside)
    bare = is_motto(division.blocks) if is_part(division) else not text
    names = [division.kind.value.replace("_", "-")]
    names += ["run-on"] * runs_on + ["bare"] * bare + ["untitled"] * (not heading)
    # A label is due to a landmark alone; on a section without role ARIA gives it no meaning.
    semantics = xhtml.semantics(division.kind)
    label = f' aria-labelledby="{division.id}.heading"' if heading and "role=" in semantics else ""
    content = heading + text if runs_on else with_notes_below(heading + text, division.id)
    attributes = f'id="{division.id}" class="{" ".join(names)}"{semantics}{label}'
    return f"<section {attributes}>\n{page_marks(openings, division.id)}{content}</section>"


def _with_figure_ids(html: str, division: str) -> str:
    """Give the figures ids, to which the list of illustrations leads."""
    numbers = count(1)
    return re.sub(
        '<figure class="figure">',
        lambda _: f'<figure id="{xhtml.escape(division)}.figure-{next(numbers)}" class="figure">',
        html,
    )


def page(metadata: Metadata, title: str, content: str, *, body: str) -> str:
    """Put content into a whole XHTML document; `body` is the `epub:type` of its body."""
    language = xhtml.escape(metadata.language.value)
    direction = ' dir="rtl"' if directions.is_right_to_left(metadata.language.value) else ""
    links = "".join(f'<link rel="stylesheet" type="text/css" href="{name}"/>\n' for name in STYLESHEETS)
    content = directions.directed(content, metadata.language.value)
    content = with_languages(xhtml.tied(content, metadata.language.value), metadata.language.value)
    # Apple's reader wants the namespace on each root element, used there or not.
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
epub:prefix="{xhtml.PREFIX}" lang="{language}" xml:lang="{language}"{direction}>
<head>
<title>{xhtml.escape(title)}</title>
{links}</head>
<body epub:type="{body}">
{content}
</body>
</html>
"""


def authors(metadata: Metadata) -> tuple[Creator, ...]:
    """Give those who stand on cover and title page: the authors, or whoever else made a book without."""
    return tuple(creator for creator in metadata.creators if creator.role == "aut") or metadata.creators


def cover_text(metadata: Metadata) -> str:
    """Give what the cover says, as the image's alternative text."""
    parts = [metadata.title.value]
    if metadata.subtitle:
        parts.append(metadata.subtitle.value)
    if metadata.series:
        number = f" {metadata.series_number.value}" if metadata.series_number else ""
        parts.append(metadata.series.value + number)
    parts.extend(creator.name.value for creator in authors(metadata))
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _title(book: Book, division: Division) -> str:
    """Name a division for the contents: heading, opening words, or the book's title where it is all."""
    title = heading_text(division) or prose(division.subtitle).text
    if title.strip():
        return " ".join(title.split())
    if len(book.divisions) > 1 or division is not book.divisions[0]:
        for run in division_runs(division):
            words = run.text.split()
            if words:
                return " ".join(words[:_OPENING_WORDS]) + (" …" if len(words) > _OPENING_WORDS else "")
    return book.metadata.title.value


def _cover_page(book: Book, image: str) -> ContentFile:
    alternative = xhtml.escape(cover_text(book.metadata))
    # Both type and role stand on the image: DPUB-ARIA gives the role to images alone.
    content = f"""<section id="cover" class="cover">
<img src="{image}" alt="{alternative}" epub:type="cover" role="doc-cover"/>
</section>"""
    return ContentFile(COVER, page(book.metadata, book.metadata.title.value, content, body="frontmatter"))


def _title_page(book: Book, openings: Openings) -> ContentFile:
    metadata = book.metadata
    lines = [f'<h1 class="title" epub:type="title">{xhtml.escape(metadata.title.value)}</h1>']
    if metadata.subtitle:
        subtitle = xhtml.escape(metadata.subtitle.value)
        lines.append(f'<p class="subtitle" epub:type="subtitle" role="doc-subtitle">{subtitle}</p>')
    for maker in metadata.creators:
        said = standing.credit(maker.name.value, maker.role, metadata.language.value)
        kind = "author" if maker.role == "aut" else "maker"
        lines.append(f'<p class="{kind}">{xhtml.escape(said)}</p>')
    if metadata.publisher:
        lines.append(f'<p class="publisher">{xhtml.escape(metadata.publisher.value)}</p>')
    inner = "\n".join(lines)
    # The half title stands in print alone; whoever looks for its page finds the title here.
    marks = page_marks(openings, pagination.HALF_TITLE, pagination.TITLE_PAGE)
    content = f'<section id="titlepage" class="titlepage" epub:type="titlepage">\n{marks}{inner}\n</section>'
    return ContentFile(TITLE_PAGE, page(metadata, metadata.title.value, content, body="frontmatter"))


def _imprint(book: Book, stated: Sequence[str], openings: Openings) -> ContentFile:
    lines = "\n".join(f"<p>{xhtml.escape(line)}</p>" for line in stated)
    marks = page_marks(openings, pagination.COPYRIGHT_PAGE)
    content = f'<section id="imprint" class="imprint" epub:type="copyright-page">\n{marks}{lines}\n</section>'
    return ContentFile(IMPRINT, page(book.metadata, book.metadata.title.value, content, body="frontmatter"))
