"""Rules on the printed book."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from publish import glyphs, styles
from publish.config import Config
from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.document import division_runs, walk_divisions
from publish.lint.rule import RULES, Example, Hit, book_rule, diagnostic
from publish.normalize.result import Normalized
from publish.source import Run

_MOST = 20
"""Findings beyond which a book is in another script than its face, and more of them tell nothing."""
_LATIN = 0x17F
_USUAL = frozenset("–—‘’“”„‚…‹›†‡•™€−\u2009\u200a\u200b\u202f\u2060")
"""Signs beyond the Latin letters of Europe that every text face has, or that are no glyphs."""


@book_rule(
    "PRT001",
    severity=Severity.INFO,
    examples=(
        Example("He wrote the word ⟦שלום⟧ below the line, and then he shut the book for good."),
        Example("She drew a ⟦☺⟧ beside the line, and another ☺, and then she shut the book for good."),
    ),
    passes=("The café in Łódź had closed—“for good,” they said… and so it had.",),
)
def foreign_glyph(normalized: Normalized, config: Config) -> Iterator[Diagnostic]:
    """The face of the printed book lacks a sign that the text has.

    It is printed all the same: by an equal (two dashes for the long one of a name that is left out), from a
    second face, from a font of the machine, or as its name in brackets; never as an empty box. A sign from
    another face looks a little foreign on the page, and one from the machine may differ from build to build.

    Fix: Look at it in the printed book; change the sign or the style if it displeases.
    Source: The character tables of the style's faces.
    """
    families = _families(config)
    runs = [run for _, one in walk_divisions(normalized.book.divisions) for run in division_runs(one)]
    unusual = {sign for sign in set("".join(run.text for run in runs)) if ord(sign) > _LATIN} - _USUAL
    lacking = set(glyphs.missing("".join(unusual), families)) if unusual and families else set[str]()
    for run, start, end in islice(_foreign(runs, lacking), _MOST):
        told, is_grave = glyphs.account(run.text[start], families)
        severity = Severity.WARNING if is_grave else Severity.INFO
        if found := diagnostic(RULES["PRT001"], run, Hit(start, end, told, severity=severity)):
            yield found


def _foreign(runs: Iterable[Run], lacking: set[str]) -> Iterator[tuple[Run, int, int]]:
    """Give where lacking signs stand that stood nowhere before, those side by side together."""
    if not lacking:
        return
    pattern = re.compile(f"[{re.escape(''.join(sorted(lacking)))}]+")
    new = set(lacking)
    for run in runs:
        for match in pattern.finditer(run.text):
            if new.intersection(match[0]):
                new -= set(match[0])
                yield run, match.start(), match.end()


def _families(config: Config) -> tuple[str, ...]:
    """Give the faces of the printed book, where its style is one of the house's."""
    try:
        return styles.load(config.pdf.style).families
    except PublishError:
        # A style of the author's own is named as seen from the book's folder, which nobody here knows.
        return ()
