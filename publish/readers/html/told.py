"""What a page says in a form that a book does not keep, and what its author has to know of that."""

from collections.abc import Collection, Iterator

from publish.diagnostic import Diagnostic, Severity
from publish.readers.html.tree import Node
from publish.source import Change, Run

_READING = "It tells above the words how these are read."


def comment(node: Node, run: Run) -> Iterator[Change]:
    """Give what was said to the author in the margin, which leaves the text; the link to it says nothing."""
    if node.name != "a":
        yield from _left_out(node, run, "DOC002", "It is a comment.")


def _left_out(node: Node, run: Run, why: str, note: str) -> Iterator[Change]:
    ranges = [child for inner in node.walk() for child in inner.children if not isinstance(child, Node)]
    said = [place for place in ranges if run.text[slice(*place)].strip()]
    if said and (span := run.span(said[0][0], said[-1][1])):
        exact = len(said) == 1 and "&" not in run.text[slice(*said[0])]
        yield Change(span, "", exact, why, note)


def readings(root: Node, run: Run, furniture: Collection[int]) -> Iterator[Change]:
    """Give the readings above words (ruby), which leave the text; of what is a site's nothing is told."""
    for node in _named("rt", root, furniture):
        yield from _left_out(node, run, "DOC009", _READING)


def shortcode(run: Run) -> Iterator[Change]:
    """Give a sign of WordPress, such as [gallery], which leaves the text with what it stands for."""
    if span := run.span(0, len(run)):
        yield Change(span, "", len(run.pieces) == 1 and run.pieces[0].exact, "DOC022", _SHORTCODE)


_SHORTCODE = "WordPress puts something in its place that is not in the export."


def merged(tag: Run) -> Iterator[Diagnostic]:
    """Say that cells of a table, which begins with a tag, reach over several columns or rows."""
    if span := tag.span(0, len(tag)):
        told = "Cells of the table reach over several columns or rows; in the book they stand in the first."
        yield Diagnostic("DOC004", Severity.INFO, told, span)


def lettering(tag: Run) -> Iterator[Diagnostic]:
    """Say that a heading is a picture, whose words stand for it."""
    if span := tag.span(0, len(tag)):
        message = "A picture is left out: it shows the letters of a heading, which the book sets itself."
        yield Diagnostic("DOC005", Severity.INFO, message, span)


def formulas(root: Node, run: Run, furniture: Collection[int]) -> Iterator[Diagnostic]:
    """Say that a page has formulas (MathML)."""
    spans = [span for node in _named("math", root, furniture) if (span := run.span(node.start, node.inside))]
    if spans:
        often = f", {len(spans):,} times" if len(spans) > 1 else ""
        told = f"The page has formulas, of which only the letters stay{often}; the book has the words alone."
        yield Diagnostic("DOC004", Severity.INFO, told, spans[0])


def _named(name: str, root: Node, furniture: Collection[int]) -> Iterator[Node]:
    """Give the elements of a name that the author wrote."""
    for node in root.walk():
        if node.name == name and not any(id(above) in furniture for above in node.above()):
            yield node
