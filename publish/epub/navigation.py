"""Navigation: the contents page with its landmarks, and the NCX that older readers and Kindle use."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from publish import standing, xhtml
from publish.document import Book, Division, DivisionKind, Matter, heading_text, matter
from publish.epub.documents import COVER, TITLE_PAGE, ContentFile, Openings, Place, page, page_marks
from publish.epub.targets import Target
from publish.pagination import CONTENTS

NAV = "nav.xhtml"
NCX = "toc.ncx"

_ID = re.compile(' id="([^"]+)"')
Landmark = tuple[str, str, str]
"""What is there, its address, its name."""
_NCX_DEPTH = 2
"""Kindle's menu shows two levels; what lies deeper is listed in the second."""


def listed(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Give what the contents list: all but a dedication or epigraph without heading."""
    named = (one for one in places if heading_text(one.division) or not stands_apart(one.division))
    return tuple(named) or places


def contents(
    book: Book, places: tuple[Place, ...], openings: Openings, landmarks: Iterable[Landmark]
) -> ContentFile:
    """Give the contents page: the divisions in reading order, nested as the book is; and more landmarks."""
    title = xhtml.escape(standing.words(book.metadata.language.value).contents)
    # A nav may begin with a heading only, so the page of print is marked before it.
    content = f"""{page_marks(openings, CONTENTS)}\
<nav id="toc" class="contents" epub:type="toc" role="doc-toc" aria-labelledby="toc.heading">
<h1 id="toc.heading">{title}</h1>
{_list(listed(places), openings)}</nav>
{_landmarks(book, places, landmarks)}"""
    return ContentFile(NAV, page(book.metadata, title, content, body="frontmatter"))


def with_list(nav: ContentFile, items: str) -> ContentFile:
    """Give the contents page with one more list behind its own."""
    return ContentFile(nav.name, nav.text.replace("\n</body>", f"\n{items}\n</body>"))


def stands_apart(division: Division) -> bool:
    """Tell whether a division stands before the contents, as in print: a dedication, the copyright page."""
    kinds = (DivisionKind.COPYRIGHT, DivisionKind.DEDICATION, DivisionKind.EPIGRAPH)
    return division.kind in kinds and not division.divisions


def is_read(places: tuple[Place, ...]) -> bool:
    """Tell whether the contents stand among the pages; with a single entry they serve the menus alone."""
    return len(places) > 1


def ncx(
    book: Book,
    places: tuple[Place, ...],
    *,
    spine: Sequence[ContentFile],
    targets: Sequence[Target],
    identifier: str,
) -> str:
    """Give the NCX; depth and order as in the contents page, flattened below the second level.

    `spine` is the files in reading order: contents and pages are numbered in one order.
    """
    order = _play_order(places, spine, targets)
    points = "".join(_points(listed(places), order))
    depth = min(_NCX_DEPTH, max(place.depth for place in places))
    numbers = [int(target.label) for target in targets if target.label.isdecimal()]
    return f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" \
xml:lang="{xhtml.escape(book.metadata.language.value)}">
<head>
<meta name="dtb:uid" content="{xhtml.escape(identifier)}"/>
<meta name="dtb:depth" content="{depth}"/>
<meta name="dtb:totalPageCount" content="{len(targets)}"/>
<meta name="dtb:maxPageNumber" content="{max(numbers, default=0)}"/>
</head>
<docTitle><text>{xhtml.escape(book.metadata.title.value)}</text></docTitle>
<navMap>
{points}</navMap>
{_page_targets(book, targets, order)}</ncx>
"""


def _play_order(
    places: tuple[Place, ...], spine: Sequence[ContentFile], targets: Sequence[Target]
) -> dict[str, int]:
    """Give the addresses to which contents and page list lead, numbered as they are read."""
    led = {place.address for place in listed(places)} | {f"{one.file}#{one.id}" for one in targets}
    met = (
        address
        for file in spine
        for address in (file.name, *(f"{file.name}#{id_}" for id_ in _ID.findall(file.text)))
    )
    return {address: number for number, address in enumerate(filter(led.__contains__, met), start=1)}


def _page_targets(book: Book, targets: Sequence[Target], order: Mapping[str, int]) -> str:
    if not targets:
        return ""
    items = "".join(
        f"""<pageTarget id="target-{number}" type="{"normal" if target.label.isdecimal() else "front"}" \
value="{number}" playOrder="{order[f"{target.file}#{target.id}"]}">
<navLabel><text>{target.label}</text></navLabel>
<content src="{target.file}#{target.id}"/>
</pageTarget>
"""
        for number, target in enumerate(targets, start=1)
    )
    title = xhtml.escape(standing.words(book.metadata.language.value).pages)
    return f"<pageList>\n<navLabel><text>{title}</text></navLabel>\n{items}</pageList>\n"


def _list(places: Iterable[Place], openings: Openings) -> str:
    """Write nested ordered lists from the depths of the flat sequence."""
    parts: list[str] = []
    open_depth = 0
    for place in places:
        if place.depth > open_depth:
            parts.append("<ol>\n")
        else:
            parts.append("</li>\n" + "</ol>\n</li>\n" * (open_depth - place.depth))
        open_depth = place.depth
        marks = page_marks(openings, f"{CONTENTS}/{place.division.id}").replace("\n", "")
        parts.append(f'<li><a href="{place.address}">{marks}{xhtml.escape(place.title)}</a>')
    parts.append("</li>\n" + "</ol>\n</li>\n" * (open_depth - 1) + "</ol>\n")
    return "".join(parts)


def _landmarks(book: Book, places: tuple[Place, ...], more: Iterable[Landmark]) -> str:
    words = standing.words(book.metadata.language.value)
    opening = [place for place in places if place.address == place.file]
    body = next((place for place in opening if matter(place.division.kind) == Matter.BODY), places[0])
    # Apple's reader skips an entry with two types, so each has one.
    entries = [
        ("cover", COVER, words.cover),
        ("titlepage", TITLE_PAGE, words.title_page),
        *([("toc", f"{NAV}#toc", words.contents)] if is_read(places) else []),
        *_matter_landmarks(places, Matter.FRONT),
        ("bodymatter", body.address, words.beginning),
        *_matter_landmarks(places, Matter.BACK),
        *more,
    ]
    items = "".join(
        f'<li><a epub:type="{kind}" href="{address}">{xhtml.escape(text)}</a></li>\n'
        for kind, address, text in entries
    )
    return f'<nav id="landmarks" epub:type="landmarks" hidden="hidden">\n<ol>\n{items}</ol>\n</nav>'


def _matter_landmarks(places: tuple[Place, ...], part: Matter) -> Iterator[Landmark]:
    """Give the first division of each kind in the front or the back matter that EPUB has a word for."""
    known: set[str] = set()
    for place in places:
        kind = xhtml.epub_type(place.division.kind)
        if kind and ":" not in kind and kind not in known and matter(place.division.kind) == part:
            known.add(kind)
            yield kind, place.address, place.title


def _points(places: tuple[Place, ...], order: Mapping[str, int]) -> Iterator[str]:
    inside = 0
    for number, place in enumerate(places, start=1):
        depth = min(place.depth, _NCX_DEPTH)
        if number > 1:
            yield "</navPoint>\n" * (inside - depth + 1)
        inside = depth
        yield f"""<navPoint id="point-{number}" playOrder="{order[place.address]}">
<navLabel><text>{xhtml.escape(place.title)}</text></navLabel>
<content src="{place.address}"/>
"""
    yield "</navPoint>\n" * inside
