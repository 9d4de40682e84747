r"""A picture in Markdown, alone in its paragraph.

    ![A bridge in the rain](images/bridge.jpg "The bridge at Arta"){credit="Photograph: Ada Marsh"}

The first words are for whoever does not see it, those in quotation marks stand below it; they, and the
credit, may hold inline markup. A file whose name has brackets stands in `<…>`. A picture at an address of the
web is no such picture, since nothing is fetched; nor is one amid text.
"""

import re

from publish.draft import PART, Line
from publish.readers import inlines
from publish.source import Run, Span

FIGURE = re.compile(
    r"""!\[(?P<alt>(?:[^\\\[\]]|\\.)*)\]"""
    r"""\(\s*(?:<(?P<angled>[^<>\r\n]+)>|(?P<bare>[^\s()<>"]+(?: +[^\s()<>"]+)*))"""
    r"""(?:\s+"(?P<caption>(?:[^"\\]|\\.)*)")?\s*\)"""
    r"""(?:\{\s*credit="(?P<credit>(?:[^"\\]|\\.)*)"\s*\})?""",
    re.DOTALL,
)
REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
"""Begins the address of a picture that lies in no folder."""


def read(paragraph: Run, line_end: re.Pattern[str]) -> tuple[Line, list[Span]] | None:
    """Give the line of a paragraph that is a picture, and what of it is markup; None for any other."""
    found = FIGURE.fullmatch(paragraph.text) if paragraph.text.startswith("![") else None
    if found is None:
        return None
    named = "angled" if found["angled"] else "bare"
    if REMOTE.match(found[named]):
        return None
    parts: list[Run] = []
    syntax: list[Span | None] = []
    done = 0
    for name in ("alt", "caption", "credit"):
        start, end = found.span(name) if found[name] is not None else (done, done)
        text, inner = inlines.scan(paragraph.slice(start, end) if end > start else Run(""), line_end)
        parts += [text.strip(), Run(PART)]
        syntax += [paragraph.span(done, start), *inner]
        done = end
    syntax.append(paragraph.span(done, len(paragraph)))
    line = Line(run=Run.join(parts[:-1]), image=paragraph.slice(*found.span(named)))
    return line, [span for span in syntax if span]
