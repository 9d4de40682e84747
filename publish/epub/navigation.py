"""Navigation: the contents page with its landmarks, and the NCX that older readers and Kindle use."""

from collections.abc import Iterable, Iterator

from publish import xhtml
from publish.document import Book, Division, DivisionKind, Matter, heading_text, matter
from publish.epub.documents import COVER, TITLE_PAGE, ContentFile, Place, page

NAV = "nav.xhtml"
NCX = "toc.ncx"

_NCX_DEPTH = 2
"""Kindle's menu shows two levels; what lies deeper is listed in the second."""

# Cover, title page, beginning of the text.
_LANDMARKS = {
    "de": ("Umschlag", "Titelseite", "Textbeginn"),
    "en": ("Cover", "Title page", "Start of text"),
    "es": ("Cubierta", "Portada", "Comienzo del texto"),
    "fr": ("Couverture", "Page de titre", "Début du texte"),
    "it": ("Copertina", "Frontespizio", "Inizio del testo"),
    "nl": ("Omslag", "Titelpagina", "Begin van de tekst"),
    "pt": ("Capa", "Folha de rosto", "Início do texto"),
    "ru": ("Обложка", "Титульный лист", "Начало текста"),
}


def listed(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Give what the contents list: all but a dedication or epigraph without heading."""
    return tuple(place for place in places if not _stands_unlisted(place.division)) or places


def contents(book: Book, places: tuple[Place, ...]) -> ContentFile:
    """Give the contents page: the divisions in reading order, nested as the book is."""
    title = xhtml.escape(xhtml.contents_title(book.metadata.language.value))
    content = f"""<nav id="toc" class="contents" epub:type="toc" role="doc-toc" aria-labelledby="toc.heading">
<h1 id="toc.heading">{title}</h1>
{_list(listed(places))}</nav>
{_landmarks(book, places)}"""
    return ContentFile(NAV, page(book.metadata, title, content, body="frontmatter"))


def _stands_unlisted(division: Division) -> bool:
    silent = division.kind in (DivisionKind.DEDICATION, DivisionKind.EPIGRAPH)
    return silent and not heading_text(division) and not division.divisions


def is_read(places: tuple[Place, ...]) -> bool:
    """Tell whether the contents stand among the pages; with a single entry they serve the menus alone."""
    return len(places) > 1


def ncx(book: Book, places: tuple[Place, ...], *, identifier: str) -> str:
    """Give the NCX; depth and order as in the contents page, flattened below the second level."""
    points = "".join(_points(listed(places)))
    depth = min(_NCX_DEPTH, max(place.depth for place in places))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" \
xml:lang="{xhtml.escape(book.metadata.language.value)}">
<head>
<meta name="dtb:uid" content="{xhtml.escape(identifier)}"/>
<meta name="dtb:depth" content="{depth}"/>
<meta name="dtb:totalPageCount" content="0"/>
<meta name="dtb:maxPageNumber" content="0"/>
</head>
<docTitle><text>{xhtml.escape(book.metadata.title.value)}</text></docTitle>
<navMap>
{points}</navMap>
</ncx>
"""


def _list(places: Iterable[Place]) -> str:
    """Write nested ordered lists from the depths of the flat sequence."""
    parts: list[str] = []
    open_depth = 0
    for place in places:
        if place.depth > open_depth:
            parts.append("<ol>\n")
        else:
            parts.append("</li>\n" + "</ol>\n</li>\n" * (open_depth - place.depth))
        open_depth = place.depth
        parts.append(f'<li><a href="{place.file}">{xhtml.escape(place.title)}</a>')
    parts.append("</li>\n" + "</ol>\n</li>\n" * (open_depth - 1) + "</ol>\n")
    return "".join(parts)


def _landmarks(book: Book, places: tuple[Place, ...]) -> str:
    language = book.metadata.language.value
    cover, title_page, start = _LANDMARKS.get(language.lower().partition("-")[0], _LANDMARKS["en"])
    body = next((place for place in places if matter(place.division.kind) == Matter.BODY), places[0])
    # Apple's reader skips an entry with two types, so each has one.
    entries = [
        ("cover", COVER, cover),
        ("titlepage", TITLE_PAGE, title_page),
        *([("toc", f"{NAV}#toc", xhtml.contents_title(language))] if is_read(places) else []),
        ("bodymatter", body.file, start),
    ]
    items = "".join(
        f'<li><a epub:type="{kind}" href="{address}">{xhtml.escape(text)}</a></li>\n'
        for kind, address, text in entries
    )
    return f'<nav id="landmarks" epub:type="landmarks" hidden="hidden">\n<ol>\n{items}</ol>\n</nav>'


def _points(places: tuple[Place, ...]) -> Iterator[str]:
    inside = 0
    for order, place in enumerate(places, start=1):
        depth = min(place.depth, _NCX_DEPTH)
        if order > 1:
            yield "</navPoint>\n" * (inside - depth + 1)
        inside = depth
        yield f"""<navPoint id="point-{order}" playOrder="{order}">
<navLabel><text>{xhtml.escape(place.title)}</text></navLabel>
<content src="{place.file}"/>
"""
    yield "</navPoint>\n" * inside
