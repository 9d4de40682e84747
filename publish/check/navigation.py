"""Contents, landmarks and page list: that they lead somewhere, in the order in which the book is read."""

from collections.abc import Iterator, Mapping

from publish.check.documents import Documents
from publish.check.finding import Finding, error, warning
from publish.check.package import Package, resolve
from publish.check.tree import OPS, Element, NotWellFormedError, parse

_Place = tuple[str, str]
"""A file and an id in it."""


def faults(package: Package, documents: Documents) -> Iterator[Finding]:
    """Give what is wrong with the navigation document of an EPUB 3."""
    root = documents.get(package.nav)
    if root is None:
        return
    navs = {kind: nav for nav in root.all("nav") for kind in nav.get("type", OPS).split()}
    if "toc" not in navs or not _links(navs["toc"], package.nav):
        yield error("toc-missing", "The book has no contents, or nothing is listed there.", package.nav)
    else:
        yield from _in_order(navs["toc"], package, documents)
    if "landmarks" in navs:
        yield from _landmarks(navs["landmarks"], package.nav)
    yield from _pages(navs.get("page-list"), package, documents)


def _page_fault(link: Element, mark: Element | None, *, is_late: bool) -> str:
    """Say what is wrong with an entry of the page list; empty where nothing is."""
    if mark is None:
        return "does not lead to the mark of a page"
    label = mark.get("aria-label") or mark.get("title") or mark.text()
    if label and link.text() not in label:
        return f"leads to the mark of page “{label}”"
    return "stands after a page that is read later" if is_late else ""


def older_contents(package: Package, entries: Mapping[str, bytes]) -> Iterator[Finding]:
    """Give what is wrong with the NCX, the contents of EPUB 2, which Kindle and old readers still read."""
    for item in package.items.values():
        if item.media_type != "application/x-dtbncx+xml" or item.name not in entries:
            continue
        try:
            root = parse(entries[item.name])
        except NotWellFormedError as fault:
            message = f"The file is no well-formed XML: {fault.message}."
            yield error("document-unreadable", message, item.name, fault.line, fault.column)
            continue
        for element in root.all("content"):
            target, _ = resolve(item.name, element.get("src"))
            if target and target not in entries:
                message = f"It refers to “{target}”, which the book does not hold."
                yield error("link-broken", message, item.name, element.line, element.column)


def _links(nav: Element, name: str) -> list[tuple[Element, _Place]]:
    return [(link, resolve(name, link.get("href"))) for link in nav.all("a") if link.get("href")]


def _in_order(toc: Element, package: Package, documents: Documents) -> Iterator[Finding]:
    order: dict[_Place, int] = {}
    for name in package.spine:
        order[name, ""] = len(order)
        for element in documents[name].walk() if name in documents else ():
            if element.get("id"):
                order[name, element.get("id")] = len(order)
    last = -1
    for link, place in _links(toc, package.nav):
        if place not in order:
            # A link that leads nowhere is found among the links; one out of the reading order, here.
            if place[0] in documents:
                yield _misplaced(link, package, "leads to a page that is not among those that are read")
            continue
        if order[place] < last:
            yield _misplaced(link, package, "stands after one that is read later")
            return
        last = order[place]


def _misplaced(link: Element, package: Package, what: str) -> Finding:
    message = f"The entry “{link.text()}” {what}."
    return warning("epub-toc-order", message, package.nav, link.line, link.column)


def _landmarks(nav: Element, name: str) -> Iterator[Finding]:
    for link in nav.all("a"):
        types = link.get("type", OPS).split()
        if len(types) != 1:
            message = f"The landmark “{link.text()}” has {len(types) or 'no'} types; readers expect one."
            yield warning("landmark-type", message, name, link.line, link.column)


def _pages(nav: Element | None, package: Package, documents: Documents) -> Iterator[Finding]:
    marks = {
        (name, element.get("id")): element
        for name in package.spine
        for element in (documents[name].walk() if name in documents else ())
        if "pagebreak" in element.get("type", OPS).split() or element.get("role") == "doc-pagebreak"
    }
    links = _links(nav, package.nav) if nav else []
    order = {place: number for number, place in enumerate(marks)}
    last = -1
    for link, place in links:
        if what := _page_fault(link, marks.get(place), is_late=order.get(place, last) < last):
            message = f"“{link.text()}” in the page list {what}."
            yield warning("epub-pagelist-broken", message, package.nav, link.line, link.column)
        last = max(last, order.get(place, last))
    listed = {place for _, place in links}
    for place, mark in marks.items():
        if place not in listed:
            message = "The page list lacks this page."
            yield warning("epub-pagelist-missing-pagebreak", message, place[0], mark.line, mark.column)
    sources = [*package.metadata("source"), *package.metadata("pageBreakSource")]
    if nav and not any(source.text() for source in sources):
        message = "The book has a page list, but does not say of which edition (pageBreakSource)."
        yield warning("epub-pagesource", message, package.name)
    features = {element.text() for element in package.metadata("schema:accessibilityFeature")}
    if not nav and features & {"printPageNumbers", "pageNavigation"}:
        message = "Page navigation is claimed, but there is no page list."
        yield warning("metadata-accessibilityfeature-printpagenumbers-nopagelist", message, package.name)
