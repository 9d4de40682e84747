"""HTML: pages that word processors, blogs and sites wrote, and the text of posts in their archives.

`lines` reads any run of HTML, whose ranges lead into whatever it was taken from: a page, a post in an export,
a document of an e-book.
"""

from collections.abc import Iterator

from msgspec import Struct

from publish.diagnostic import Diagnostic
from publish.draft import Line
from publish.readers.html import article, facts, footnotes, inline, styles, tokens, told, tree
from publish.readers.html.blocks import Blocks
from publish.readers.html.facts import Facts
from publish.readers.html.lines import Given
from publish.readers.html.weights import text_of
from publish.source import Change, Run, Span

__all__ = ["Scan", "lines"]


class Scan(Struct, frozen=True):
    """What a run of HTML holds."""

    lines: tuple[Line, ...]
    markup: tuple[Span, ...]
    """Ranges that are no text."""
    facts: Facts
    """Addresses of pictures that lie on the network or inside the page."""
    formulas: tuple[Diagnostic, ...]
    """Says that there are some, and cells of tables that reach over several columns or rows."""
    changes: tuple[Change, ...]
    """What left the text: readings above words, signs of WordPress."""


def lines(  # noqa: PLR0913 - the text, and one parameter for each thing that it does not say itself
    run: Run,
    *,
    sited: bool | None = None,
    xml: bool = False,
    breaks: bool = False,
    stated: bool = False,
    linked: styles.Sheet | None = None,
) -> Scan:
    """Read HTML. Linear time; nothing in it is an error.

    `sited`: whether it is a page of a site, which prints something round its text; None: that is to be found
    out. `xml`: tags may close themselves. `breaks`: line ends count, as in posts of WordPress. `stated`: the
    page says itself what is verse. `linked`: what stylesheets say that stand beside it.
    """
    parsed = tree.parse(run.text, xml=xml)

    def said(place: tuple[int, int]) -> str:
        return run.text[slice(*place)]

    rules = styles.sheet([said(place) for place in parsed.styles], linked)
    found = facts.read(parsed, run)
    title = found.title.text if found.title else ""
    if sited is False:
        kept = article.whole(parsed.root, said)
    else:
        kept = article.find(parsed.root, said, title, sited=bool(sited))
    words = {id(node): text_of(node, said) for node in parsed.root.walk() if node.name == "a"}
    notes = footnotes.find(parsed.root, words, said)
    blocks = Blocks(
        Given(run, kept, notes, rules, lines=breaks, stated=stated),
        found.language.text if found.language else "",
    )
    made = blocks.read(parsed.root)
    found = facts.completed(found, blocks.seen.posted, blocks.seen.ways, sited=kept.sited)
    markup = [span for place in parsed.markup for span in inline.spans(run.slice(*place))]
    markup += blocks.markup
    markup += _references(parsed.root, run)
    headed = not kept.sited or any(line.heading_level and not line.furniture for line in made)
    if not headed and (place := facts.chosen(parsed.root, run)):
        title_run = run.slice(*place)
        made.insert(0, Line(run=inline.trimmed(inline.read(title_run)), heading_level=1))
        own = tuple(inline.spans(title_run))
        markup = [span for span in markup if span not in own]
    return Scan(
        tuple(made),
        tuple(markup),
        found,
        (*told.formulas(parsed.root, run, kept.furniture), *blocks.findings),
        (*told.readings(parsed.root, run, kept.furniture), *blocks.changes),
    )


def _references(root: tree.Node, run: Run) -> Iterator[Span]:
    """Give the references to signs, "&amp;": what they say is text, they themselves are markup."""
    for node in root.walk():
        for child in node.children:
            if not isinstance(child, tree.Node) and run.text.find("&", *child) >= 0:
                text = run.slice(*child)
                for match in tokens.REFERENCES.finditer(text.text):
                    yield from inline.spans(text.slice(*match.span()))
