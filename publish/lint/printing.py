"""Rules on the printed book."""

import re
from collections.abc import Iterator
from itertools import islice

from publish import glyphs, styles
from publish.config import Config
from publish.diagnostic import PublishError, Severity
from publish.lint.reading import EDGE, Reading
from publish.lint.rule import Example, Hit, text_rule

_MOST = 20
"""Findings beyond which a book is in another script than its face, and more of them tell nothing."""
_LATIN = 0x17F
_USUAL = frozenset(f"–—‘’“”„‚…‹›†‡•™€−⸺⸻\u2009\u200a\u200b\u202f\u2060{EDGE}")
"""Signs beyond the Latin letters of Europe that every text face has, or that are no glyphs; the long dash of
a name that is left out is printed by two others, which look like it."""


@text_rule(
    "PRT001",
    severity=Severity.INFO,
    examples=(
        Example("He wrote the word ⟦שלום⟧ below the line, and then he shut the book for good."),
        Example("She drew a ⟦☺⟧ beside the line, and another ☺, and then she shut the book for good."),
    ),
    passes=("The café in Łódź had closed—“for good,” they said… and so it had.",),
)
def foreign_glyph(reading: Reading) -> Iterator[Hit]:
    """The face of the printed book lacks a sign that the text has.

    It is printed all the same: by an equal (a hyphen for one that does not break), from a second face, from a
    font of the machine, or as its name in brackets; never as an empty box. A sign from another face looks a
    little foreign on the page, and one from the machine may differ from build to build.

    Fix: Look at it in the printed book; change the sign or the style if it displeases.
    Source: The character tables of the style's faces.
    """
    families = _families(reading.config)
    unusual = "".join(sign for sign in reading.signs - _USUAL if ord(sign) > _LATIN)
    lacking = glyphs.missing(unusual, families) if unusual and families else ""
    for match in islice(_foreign(reading, lacking), _MOST):
        told, is_grave = glyphs.account(match[0][0], families)
        yield Hit(*match.span(), told, severity=Severity.WARNING if is_grave else None)


def _foreign(reading: Reading, lacking: str) -> Iterator[re.Match[str]]:
    """Give where lacking signs stand that stood nowhere before, those side by side together."""
    new = set(lacking)
    for match in reading.find(re.compile(f"[{re.escape(lacking)}]+")) if lacking else ():
        if new.intersection(match[0]):
            new -= set(match[0])
            yield match


def _families(config: Config) -> tuple[str, ...]:
    """Give the faces of the printed book, where its style is one of the house's."""
    try:
        return styles.load(config.pdf.style).families
    except PublishError:
        # A style of the author's own is named as seen from the book's folder, which nobody here knows.
        return ()
