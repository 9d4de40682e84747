"""What the front matter of several files says: of the book, or each file of its own chapter.

Programs for blogs and notes put a title above every text. Where several files name titles that differ they
are those of their chapters, and so are dates and tags; who wrote them is said of all.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from publish.draft import Draft, Line
from publish.normalize.sheet import words_folded
from publish.normalize.words import almanac
from publish.source import Run

_OF_CHAPTERS = frozenset({"title", "subtitle", "date", "subject", "description", "identifier"})
"""Keys that are said of one text alone."""
_DEEPEST = 6


def settled(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Give the drafts with the titles of chapters as headings, and what all files say said once."""
    named = [_said(draft, "title") if draft.headed else None for draft in drafts]
    several = len({run.text for run in named if run}) > 1 and sum(1 for d in drafts if d.lines) > 1
    if several:
        # A file of nothing but front matter speaks of the book.
        book = {at for at, draft in enumerate(drafts) if not draft.lines or not draft.headed}
        book |= {0} if _speaks_of_book(drafts) else set()
        drafts = [
            draft if at in book else _titled(draft, run)
            for at, (draft, run) in enumerate(zip(drafts, named, strict=True))
        ]
    return _once(drafts)


def _speaks_of_book(drafts: Sequence[Draft]) -> bool:
    """Tell whether the first file has the front matter of the book: it alone names an author.

    Its text must say the title itself: no chapter shall lose its own.
    """
    first, *others = drafts
    title = _said(first, "title")
    signed = [_said(draft, "author") is not None for draft in (first, *others)]
    if title is None or not signed[0] or any(signed[1:]) or not first.lines:
        return False
    return first.lines[0].heading_level > 0 and _alike(first.lines[0].run.text, title.text)


def _said(draft: Draft, wanted: str) -> Run | None:
    return next((run for key, run in draft.metadata if key == wanted), None)


def _titled(draft: Draft, title: Run | None) -> Draft:
    """Give a draft that begins with the title of its chapter, unless its text says it."""
    kept = tuple((key, run) for key, run in draft.metadata if key not in _OF_CHAPTERS)
    if title is None:
        return replace(draft, metadata=kept)
    date = _said(draft, "date")
    posted = almanac.iso_date(date.text) or date.text[:10] if date else ""
    stated = (("posted", posted),) if posted else ()
    first = draft.lines[0]
    if first.heading_level and _alike(first.run.text, title.text):
        line = replace(first, attributes=first.attributes or stated)
        return replace(draft, metadata=kept, lines=(line, *draft.lines[1:]))
    deeper = any(line.heading_level == 1 for line in draft.lines)
    lines = (
        replace(line, heading_level=min(_DEEPEST, line.heading_level + deeper))
        if line.heading_level
        else line
        for line in draft.lines
    )
    heading = Line(run=title, heading_level=1, attributes=stated)
    return replace(draft, metadata=kept, lines=(heading, *_below(lines)))


def _below(lines: Iterable[Line]) -> list[Line]:
    """Give lines that stand below another."""
    first, *others = lines
    return [replace(first, blanks_above=max(1, first.blanks_above)), *others]


def _alike(heading: str, title: str) -> bool:
    one, other = words_folded(heading), words_folded(title)
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")


def _once(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Leave out what an earlier file has said in the same words: the author of every post."""
    seen: set[tuple[str, str]] = set()
    settled: list[Draft] = []
    for draft in drafts:
        said = [(key, run.text) for key, run in draft.metadata]
        kept = tuple(item for item, fact in zip(draft.metadata, said, strict=True) if fact not in seen)
        seen.update(said)
        settled.append(draft if len(kept) == len(said) else replace(draft, metadata=kept))
    return tuple(settled)
