"""What the package document says of the book: Dublin Core, refinements, accessibility."""

from collections.abc import Iterator
from uuid import UUID

from msgspec import Struct

from publish.digests import sha1
from publish.document import Book, Metadata
from publish.epub.accessibility import CONFORMANCE, Measured
from publish.epub.documents import authors

IDENTIFIER_ID = "pub-id"

_NAMESPACE = UUID("2b0a3f54-6f0d-5c0e-9a51-7d3f2c8e1b46")
"""Names the UUIDs of books without an identifier; never changed, or every such book would get a new one."""

Property = tuple[str, dict[str, str]]
"""Text and attributes of one element."""

_ARTICLES = {
    "de": ("der", "die", "das", "ein", "eine"), "en": ("the", "a", "an"),
    "es": ("el", "la", "los", "las", "un", "una"), "fr": ("le", "la", "les", "un", "une"),
    "it": ("il", "lo", "la", "i", "gli", "le", "un", "uno", "una"), "nl": ("de", "het", "een"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
}  # fmt: skip
_FAMILY_NAME_FIRST = {"hu", "ja", "ko", "vi", "zh"}
_GENERATIONS = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}


def identifier(metadata: Metadata) -> str:
    """Give the book's own identifier, or a UUID (of version 5) of title, authors and language."""
    if metadata.identifier:
        given = metadata.identifier.value
        return given.replace("-", "") if given.startswith("urn:isbn:") else given
    names = [creator.name.value for creator in authors(metadata)]
    named = "\0".join([metadata.title.value, *names, metadata.language.value]).encode()
    return f"urn:uuid:{UUID(bytes=sha1(_NAMESPACE.bytes + named).digest()[:16], version=5)}"


def dublin_core(metadata: Metadata, pages: str) -> dict[str, list[Property]]:
    """Give the Dublin Core elements by name, in the order in which they are written.

    `pages` is as in `Claims`.
    """
    elements: dict[str, list[Property]] = {
        "identifier": [(identifier(metadata), {"id": IDENTIFIER_ID})],
        "title": [(metadata.title.value, {"id": "title"})],
        "language": [(metadata.language.value, {})],
    }
    if metadata.subtitle:
        elements["title"].append((metadata.subtitle.value, {"id": "subtitle"}))
    for number, creator in enumerate(metadata.creators, start=1):
        element = "creator" if creator in authors(metadata) else "contributor"
        elements.setdefault(element, []).append((creator.name.value, {"id": f"creator-{number}"}))
    single = {
        "date": metadata.date,
        "publisher": metadata.publisher,
        "rights": metadata.rights,
        "description": metadata.description,
    }
    elements |= {name: [(stated.value, {})] for name, stated in single.items() if stated}
    if metadata.subjects:
        elements["subject"] = [(subject.value, {}) for subject in metadata.subjects]
    if pages:
        elements["source"] = [(pages, {"id": "pages"})]
    return elements


class Claims(Struct, frozen=True, kw_only=True):
    """What the package states beyond the book's metadata."""

    cover_id: str
    measured: Measured
    pages: str
    """Names the edition whose pages are marked in the text; empty where none are."""


def properties(book: Book, claims: Claims) -> list[Property]:
    """Give the `meta` elements, in the order in which they are written."""
    return [
        *_title_properties(book.metadata),
        *_creator_properties(book.metadata),
        *_series_properties(book.metadata),
        # EPUB 2's way to name the cover image, which Kindle and older readers still look for.
        ("", {"name": "cover", "content": claims.cover_id}),
        # Tells our file from another's, so that a new build may replace it.
        ("", {"name": "generator", "content": "publish"}),
        *_accessibility(claims.measured, book.metadata),
        *_conformance(book.metadata),
        *_page_source(claims.pages),
        *((credit.value, {"property": "schema:creditText"}) for credit in book.metadata.credits),
    ]


def file_title(title: str, language: str) -> str:
    """Give a title as it is filed: "Sea, The" for "The Sea"."""
    article, _, rest = title.partition(" ")
    if rest and article.lower() in _ARTICLES.get(language.lower().partition("-")[0], ()):
        return f"{rest}, {article}"
    return title


def file_name(name: str, language: str) -> str:
    """Give a person's name as it is filed: "Beethoven, Ludwig van"; one-word names and Eastern order stay.

    Takes the last word for the family name; a book that knows better states `file_as`.
    """
    words = name.split()
    if len(words) == 1 or language.lower().partition("-")[0] in _FAMILY_NAME_FIRST:
        return name
    if words[0].lower() in _ARTICLES["en"]:
        return file_title(name, "en")
    generation = words.pop() if words[-1].lower() in _GENERATIONS and len(words) > 2 else ""  # noqa: PLR2004
    family = words.pop().rstrip(",")
    return ", ".join(part for part in (family, " ".join(words), generation) if part)


def _refinement(identified: str, name: str, value: str, **attributes: str) -> Property:
    return value, {"refines": f"#{identified}", "property": name, **attributes}


def _title_properties(metadata: Metadata) -> Iterator[Property]:
    yield _refinement("title", "title-type", "main")
    yield _refinement("title", "file-as", file_title(metadata.title.value, metadata.language.value))
    if metadata.subtitle:
        yield _refinement("subtitle", "title-type", "subtitle")


def _creator_properties(metadata: Metadata) -> Iterator[Property]:
    several = len(metadata.creators) > 1
    for number, creator in enumerate(metadata.creators, start=1):
        identified = f"creator-{number}"
        yield _refinement(identified, "role", creator.role, scheme="marc:relators")
        filed = creator.file_as or file_name(creator.name.value, metadata.language.value)
        yield _refinement(identified, "file-as", filed)
        if several:
            yield _refinement(identified, "display-seq", str(number))


def _series_properties(metadata: Metadata) -> Iterator[Property]:
    if metadata.series:
        yield metadata.series.value, {"property": "belongs-to-collection", "id": "series"}
        yield _refinement("series", "collection-type", "series")
        if metadata.series_number:
            yield _refinement("series", "group-position", metadata.series_number.value)


def _accessibility(measured: Measured, metadata: Metadata) -> Iterator[Property]:
    yield from ((mode, {"property": "schema:accessMode"}) for mode in measured.modes)
    yield measured.sufficient, {"property": "schema:accessModeSufficient"}
    yield from ((feature, {"property": "schema:accessibilityFeature"}) for feature in measured.features)
    yield from ((hazard, {"property": "schema:accessibilityHazard"}) for hazard in measured.hazards)
    yield measured.summary, {"property": "schema:accessibilitySummary", **_english(metadata)}


def _conformance(metadata: Metadata) -> Iterator[Property]:
    if metadata.certifier:
        yield CONFORMANCE, {"property": "dcterms:conformsTo", "id": "conformance"}
        yield _refinement("conformance", "a11y:certifiedBy", metadata.certifier.value)


def _page_source(pages: str) -> Iterator[Property]:
    if pages:
        yield pages, {"property": "pageBreakSource"}
        # What checkers and readers older than that property look for.
        yield _refinement("pages", "source-of", "pagination")


def _english(metadata: Metadata) -> dict[str, str]:
    is_english = metadata.language.value.lower().partition("-")[0] == "en"
    return {} if is_english else {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
