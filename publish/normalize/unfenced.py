"""Letters and verse in text whose paragraphs markup gives, though it does not say what they are.

Word processors and blogs have no name for a letter, and authors who know one seldom use it: what the
paragraphs say decides, as in plain text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from publish.document import Block, Letter, Paragraph, Verse
from publish.draft import inlines
from publish.normalize import broken, forms, letters
from publish.normalize.forms import Desk
from publish.normalize.wrapping import Row


def usual_gap(rows: Sequence[Row]) -> int | None:
    """Give the blank lines that stand between most paragraphs."""
    gaps = Counter(row.gap for row in rows[1:] if _is_paragraph(row))
    return gaps.most_common(1)[0][0] if gaps else None


def read(rows: Sequence[Row], at: int, usual: int | None, desk: Desk) -> tuple[int, Block] | None:
    """Give the letter or the verse that begins with a row, and where it ends; None where neither does."""
    if not _is_paragraph(rows[at]):
        return None
    reach = rows[at : at + letters.REACH]
    if letters.salutation(map(_candidate, reach)) is not None:
        some = list(map(_candidate, takewhile(_is_paragraph, reach)))
        span = letters.letter_span(some, usual)
        if span and desk.reads(forms.LETTER, [row.line.run for row in reach[: span.end]]):
            return at + span.end, _letter(reach, span, desk)
    verse = broken.read(rows[at].line.run, desk)
    return (at + 1, verse) if verse else None


def _is_paragraph(row: Row) -> bool:
    return not (row.line.is_told or row.line.outer_id)


def _candidate(row: Row) -> letters.Candidate:
    return letters.Candidate(broken.bare(row.text).strip(), row.gap, 0, not _is_paragraph(row))


def _letter(rows: Sequence[Row], span: letters.LetterSpan, desk: Desk) -> Letter:
    opening, closing = (
        tuple(Paragraph(inlines(desk.finish(row.line.run))) for row in rows[slice(*part)])
        for part in ((0, span.body), (span.closing, span.end))
    )
    return Letter(opening, tuple(_block(row, desk) for row in rows[span.body : span.closing]), closing)


def _block(row: Row, desk: Desk) -> Paragraph | Verse:
    return broken.read(row.line.run, desk) or Paragraph(inlines(desk.finish(row.line.run)))
