"""What is left out of a document, and what its author has to know."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.draft import BREAK
from publish.readers import tracked
from publish.readers.office.elements import Element, parse
from publish.readers.office.prose import Paragraph, Part, Scribe, in_note, marked
from publish.source import Change, Run, Span

READING = "It tells above the words how these are read."
MERGED = "cells of tables that reach over several columns or rows"
FORMULAS = "formulas, of which only the letters stay"
_SHOWN = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|[^\0]{0,4000}?<svg")
"""Begins the pictures that e-books may hold."""


class Record:
    """What happened to one source."""

    def __init__(self, key: int, member: str, load: Callable[[str], bytes]) -> None:
        """Begin; `load` gives another member of the archive, KeyError where there is none."""
        self.key = key
        self.member = member
        self.load = load
        self.changes: list[Change] = []
        self._pictures: list[Diagnostic] = []
        self._lost: dict[str, list[Span]] = {}
        self._inserted: list[Span] = []

    def _span(self, element: Element) -> Span:
        return Span(self.key, element.start, element.start)

    def deleted(self, scribe: Scribe, runs: Sequence[Run], *, moved: bool = False) -> None:
        """Note what tracked changes delete, or move."""
        note = "Tracked changes move it elsewhere." if moved else "Tracked changes delete it."
        self.changes += scribe.left_out(runs, "DOC001", note)

    def inserted(self, element: Element) -> None:
        """Note that tracked changes add something here."""
        self._inserted.append(self._span(element))

    def hidden(self, scribe: Scribe, *runs: Run) -> None:
        """Note what is set as hidden."""
        self.changes += scribe.left_out(runs, "DOC003", "It is formatted as hidden.")

    def reading(self, scribe: Scribe, runs: Sequence[Run]) -> None:
        """Note the reading that stands above words."""
        self.changes += scribe.left_out(runs, "DOC009", READING)

    def comment(self, scribe: Scribe, runs: Sequence[Run], author: str) -> None:
        """Note a comment."""
        by = f" by {author}" if author else ""
        self.changes += scribe.left_out(runs, "DOC002", f"It is a comment{by}.")

    def unplaced(self, scribe: Scribe, run: Run) -> None:
        """Note a note that nothing in the text refers to."""
        self.changes += scribe.left_out([run], "DOC006", "No place of the text refers to this note.")

    def lost(self, what: str, element: Element) -> None:
        """Note something that a book does not keep."""
        self._lost.setdefault(what, []).append(self._span(element))

    def formula(self, frame: Element) -> str | None:
        """Give the letters of the formula (MathML) that a frame of an ODT holds; None where it holds none.

        One that cannot be read has none: it is told as lost.
        """
        holder = frame.child("draw:object")
        if holder is None:
            return None
        try:
            name = posixpath.normpath(posixpath.join(holder.get("href"), "content.xml"))
            data = b"" if holder.find("math:math") else self.load(name)
            found = parse(data, data.decode(), name) if data else holder
        except (KeyError, UnicodeError, PublishError):
            found = holder
        formula = found.find("math:math")
        if formula is None:
            return None
        self.lost(FORMULAS, frame)
        return _letters(formula)

    def lost_words(self, whats: frozenset[str], element: Element) -> None:
        """Note how words are set that a book sets as plain ones."""
        for what in whats:
            self.lost(what, element)

    def note(self, paragraphs: Iterable[Paragraph], scribe: Scribe, element: Element) -> Run:
        """Give the paragraphs of a note as one run; notes hold no pictures."""
        parts: list[Part] = []
        for paragraph in paragraphs:
            if paragraph.image:
                self.picture_lost("notes hold no pictures", element)
            elif paragraph.text.strip():
                if parts:
                    parts.append(Part(scribe.mark(BREAK, (element.start, element.start)), None))
                parts += map(in_note, paragraph.parts)
        return marked(parts).strip()

    def picture_lost(self, why: str, element: Element) -> None:
        """Note a picture that the book cannot have."""
        message = f"A picture is left out: {why}."
        self._pictures.append(Diagnostic("DOC005", Severity.WARNING, message, self._span(element)))

    def can_show(self, name: str, element: Element) -> bool:
        """Tell whether e-books may hold a picture of the archive; it is noted where they may not."""
        try:
            found = _SHOWN.match(self.load(name))
        except KeyError:
            self.picture_lost(f"“{name}” is not in the document", element)
            return False
        if not found:
            kind = posixpath.splitext(name)[1].lstrip(".").upper() or "unknown"
            self.picture_lost(f"stores do not take its format ({kind}); save it as PNG or JPEG", element)
        return bool(found)

    def seen_from(self, name: str) -> str:
        """Give the name of another member as seen from this one."""
        return posixpath.relpath(f"/{name}", posixpath.join("/", posixpath.dirname(self.member)))

    def findings(self) -> Iterator[Diagnostic]:
        """Give what the author has to know."""
        yield from tracked.insertions(self._inserted)
        for what, places in self._lost.items():
            often = f", {len(places):,} times" if len(places) > 1 else ""
            message = f"The document has {what}{often}; the book has the words alone."
            yield Diagnostic("DOC004", Severity.INFO, message, places[0])
        yield from self._pictures


def _letters(formula: Element) -> str:
    """Give the signs of a formula in their order, without the note in which a program wrote it once more."""
    parts: list[str] = []
    for child in formula.elements():
        if child.name in _SIGNS:
            parts.append(" ".join(child.says().split()))
        elif child.name not in ("math:annotation", "math:annotation-xml"):
            parts.append(_letters(child))
    return "".join(parts)


_SIGNS = frozenset(("math:mi", "math:mn", "math:mo", "math:ms", "math:mtext"))
