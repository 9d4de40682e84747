"""What the package says about accessibility: the rules of Ace by DAISY, and that claims are borne out."""

from collections.abc import Iterator
from pathlib import Path

from publish.check.finding import Finding, warning
from publish.check.package import Package
from publish.patterns import lazily
from publish.rows import rows

_WORDS = (row.split(" = ") for row in rows(Path(__file__).with_name("accessibility.txt")))
_VALUES = {f"schema:{name}": words.split() for name, words in _WORDS}
_WANTED = (*_VALUES, "schema:accessibilitySummary")
_CONFORMANCE = lazily(r"EPUB Accessibility 1\.[01] - WCAG 2\.[0-2] Level A{1,3}")


def missing(package: Package) -> Iterator[Finding]:
    """Give what is not said at all; EPUB 2 says it in attributes."""
    said = {meta.get("name") for meta in package.root.all("meta") if meta.get("content").strip()}
    for name in _WANTED:
        if name not in said and not any(element.text() for element in package.metadata(name)):
            rule = name.lower().replace("schema:", "metadata-")
            yield _fault(package, rule, f"The package does not state {name}.")


def faults(package: Package) -> Iterator[Finding]:
    """Give what is wrong with the metadata of an EPUB 3."""
    if not package.root.get("lang", "http://www.w3.org/XML/1998/namespace"):
        yield _fault(
            package, "epub-lang", "The package does not say in which language its metadata are (xml:lang)."
        )
    if not any(element.text() for element in package.metadata("title")[:1]):
        yield _fault(package, "epub-title", "The book has no title.")
    yield from _values(package)
    yield from _conformance(package)


def _values(package: Package) -> Iterator[Finding]:
    for name, known in _VALUES.items():
        for element in package.metadata(name):
            values = element.text().split(",") if name.endswith("Sufficient") else [element.text()]
            for value in (value.strip() for value in values):
                if value not in known:
                    rule = name.lower().replace("schema:", "metadata-") + "-invalid"
                    message = f"“{value}” is no value of {name}."
                    yield warning(rule, message, package.name, element.line, element.column)


def _conformance(package: Package) -> Iterator[Finding]:
    certified = {element.get("refines") for element in package.metadata("a11y:certifiedBy")}
    for element in package.metadata("dcterms:conformsTo"):
        place = (package.name, element.line, element.column)
        if not _CONFORMANCE.fullmatch(element.text()):
            example = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
            message = f"“{element.text()}” is not how conformance is stated; “{example}” is."
            yield warning("metadata-conformsto", message, *place)
        if not certified & {f"#{element.get('id')}", ""}:
            yield warning("metadata-certifier", "Conformance is claimed, but nobody certifies it.", *place)


def _fault(package: Package, rule: str, message: str) -> Finding:
    return warning(rule, message, package.name)
