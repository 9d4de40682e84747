"""What an author has to know of changes that a document keeps track of."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publish.diagnostic import Diagnostic, Severity
from publish.draft import ASIDE, BREAK, Line
from publish.source import Run, Span


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


_OPENS = re.compile(r"\{(?:--|>>|\+\+|==)")
_ENDS = {"{--": "--}", "{>>": "<<}", "{++": "++}", "{==": "==}"}
_REACH = 20
"""Paragraphs over which a change goes on."""


def over_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Mark what CriticMarkup begins amid one paragraph and ends in another; what it takes out joins them.

    One that never ends, or that holds other markup which goes, stays as it is typed.
    """
    made = list(lines)
    for at in [at for at, line in enumerate(made) if _OPENS.search(line.run.text)][::-1]:
        text = made[at].run.text
        begun = [match for match in _OPENS.finditer(text) if text.count(ASIDE, 0, match.start()) % 2 == 0]
        sign = begun[-1] if begun else None
        end = _end(made, at, _ENDS[sign[0]]) if sign and not made[at].is_told else 0
        if sign is None or not end:
            continue
        close = made[end].run.text.index(_ENDS[sign[0]]) + len(sign[0])
        if sign[0] in ("{++", "{=="):
            made[end] = replace(made[end], run=_aside(made[end].run, close - len(sign[0]), close))
            made[at] = replace(made[at], run=_aside(made[at].run, *sign.span()))
            continue
        parts = [part for line in made[at : end + 1] for part in (Run(BREAK), line.run)][1:]
        whole = Run.join(parts)
        last = len(whole) - len(made[end].run) + close
        made[at : end + 1] = [replace(made[at], run=_aside(whole, sign.start(), last))]
    return made


def _end(lines: Sequence[Line], at: int, ending: str) -> int:
    """Give the paragraph in which a change ends that begins in another; 0 for none."""
    for place in range(at + 1, min(at + _REACH, len(lines))):
        text = lines[place].run.text
        if lines[place].heading_level or lines[place].is_told or ASIDE in text.partition(ending)[0]:
            return 0
        if ending in text:
            return place
    return 0


def _aside(run: Run, start: int, end: int) -> Run:
    """Give a run with a range of it marked as no part of the book."""
    return Run.join(
        [run.slice(0, start), Run(ASIDE), run.slice(start, end), Run(ASIDE), run.slice(end, len(run))]
    )


_INSERTION = re.compile(rf"{ASIDE}\{{(?:\+\+|~~)")
