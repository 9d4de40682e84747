"""What an author has to know of changes that a document keeps track of."""

import re
from collections.abc import Iterator, Sequence

from publish.diagnostic import Diagnostic, Severity
from publish.draft import ASIDE, Line
from publish.source import Span


def insertions(places: Sequence[Span]) -> Iterator[Diagnostic]:
    """Say that insertions were taken in, the first of which stands at the first of some places."""
    if places:
        count = len(places)
        told = f"{count:,} insertion{'s' if count > 1 else ''} that nobody has accepted yet"
        message = f"The document keeps track of changes: {told} {'are' if count > 1 else 'is'} taken in."
        yield Diagnostic("DOC007", Severity.WARNING, message, places[0])


def marked(lines: Sequence[Line]) -> Iterator[Span]:
    """Give where CriticMarkup inserts something."""
    for line in lines:
        for match in _INSERTION.finditer(line.run.text) if ASIDE in line.run.text else ():
            if span := line.run.span(*match.span()):
                yield span


_INSERTION = re.compile(rf"{ASIDE}\{{(?:\+\+|~~)")
