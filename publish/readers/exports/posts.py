"""Posts of a blog as lines: the title of each as a heading, with its date, author, categories and address."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.diagnostic import Diagnostic, Severity
from publish.draft import LEFT_OUT, Draft, Line
from publish.readers import html
from publish.readers.html import inline
from publish.source import Change, Run, Source, Span

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_APART = 4
"""Blank lines above each post."""
_SHOWN = 5


class Post(Struct, frozen=True, kw_only=True):
    """One entry of an export."""

    title: Run
    content: Run
    """HTML."""
    posted: str = ""
    """ISO date, or the moment."""
    author: str = ""
    categories: tuple[str, ...] = ()
    link: str = ""
    status: str = ""
    """Why it is no post of the book: "draft", "page", "private", …; empty for one that is published."""
    breaks: bool = False
    """Line ends count, as WordPress counts them where nothing else makes paragraphs."""

    def attributes(self) -> tuple[tuple[str, str], ...]:
        """Give what counts as evidence of order."""
        date = _DATE.match(self.posted)
        named = (
            ("posted", date[0] if date else ""),
            ("author", self.author),
            ("categories", ", ".join(self.categories)),
            ("link", self.link),
        )
        return tuple((name, value) for name, value in named if value)


def draft(source: Source, posts: Sequence[Post]) -> Draft:
    """Give the draft of posts in their order; those that are no posts of the book are marked as left out.

    Those of an archive may have their titles in another text than `source`.
    """
    lines: list[Line] = []
    markup: list[Span] = []
    findings: list[Diagnostic] = []
    changes: list[Change] = []
    for post in posts:
        scan = html.lines(post.content, sited=False, breaks=post.breaks)
        # The headings inside of a post stand below its title.
        levels = ((line, min(6, line.heading_level + 1) * (line.heading_level > 0)) for line in scan.lines)
        found = [*_title(post), *(replace(line, heading_level=level) for line, level in levels)]
        if found and lines:
            found[0] = replace(found[0], blanks_above=_APART, page_break=True)
        if post.status:
            what = f"{LEFT_OUT}{post.status}."
            found = [replace(line, furniture=what) for line in found]
        else:
            findings += scan.formulas
            changes += scan.changes
        lines += found
        markup += scan.markup
    texts = [run for post in posts for run in (post.title, post.content)]
    return Draft(
        source=source.key,
        lines=tuple(lines),
        marked=True,
        syntax=tuple(syntax_of(source, texts, markup)),
        findings=(*findings, *_told(posts)),
        changes=tuple(changes),
    )


def syntax_of(source: Source, texts: Sequence[Run], markup: Sequence[Span]) -> Iterator[Span]:
    """Give what of a source is no text: what stands in none of some texts, their escapes, their markup."""
    yield from markup
    pieces = [piece for run in texts for piece in run.pieces if piece.source == source.key]
    at = 0
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if not piece.exact:
            yield Span(source.key, piece.start, piece.end)
        if piece.start > at:
            yield Span(source.key, at, piece.start)
        at = max(at, piece.end)
    if at < len(source.text):
        yield Span(source.key, at, len(source.text))


def _title(post: Post) -> Iterator[Line]:
    """Give the heading of a post; one without a title begins all the same."""
    title = inline.trimmed(inline.read(post.title))
    if title.text:
        yield Line(run=title, heading_level=1, attributes=post.attributes())
    elif post.content.pieces and not post.status:
        yield Line(
            run=post.content.slice(0, 0),
            heading_level=1,
            attributes=(("untitled", "true"), *post.attributes()),
        )


def _told(posts: Sequence[Post]) -> Iterator[Diagnostic]:
    """Say which posts are left out."""
    kinds: dict[str, list[Post]] = {}
    for post in posts:
        if post.status and post.title.text.strip() and post.content.text.strip():
            kinds.setdefault(post.status, []).append(post)
    for status, some in kinds.items():
        span = some[0].title.span(0, len(some[0].title))
        names = ", ".join(f"“{' '.join(post.title.text.split())}”" for post in some[:_SHOWN])
        more = f" and {len(some) - _SHOWN:,} more" if len(some) > _SHOWN else ""
        message = f"Left out as {status}: {names}{more}."
        if span:
            yield Diagnostic("DOC021", Severity.WARNING, message, span)
