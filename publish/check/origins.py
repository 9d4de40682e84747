"""From a line of an e-book that was built here back to the line of the manuscript.

Nothing of this stands in the book. What is written down is a table beside it, in the user's own cache.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice

from msgspec import Struct

from publish.check.finding import Finding
from publish.document import Book, division_runs, walk_divisions
from publish.source import Run, Source, Span


class Origin(Struct, frozen=True, array_like=True):
    """The first place of the manuscript whose text stands on a line of a file."""

    line: int
    source: int
    """Which of the manuscript's files, from 0."""
    source_line: int
    source_column: int


class Origins(Struct, frozen=True):
    """Where the text of an e-book comes from."""

    sources: tuple[str, ...]
    files: dict[str, tuple[Origin, ...]]
    """By entry of the archive; the lines rise."""
    in_paragraphs: frozenset[int] = frozenset()
    """The sources whose places are told as paragraph and character, by their places in `sources`."""


_SECTION = re.compile(rb'<section id="([^"]+)" class="')
_NOT_TEXT = re.compile(r'<a class="noteref".*?</a>|<[^>]*>')
_NOTES = '<aside class="note"'


def origins(entries: Iterable[tuple[str, bytes]], book: Book, sources: Mapping[int, Source]) -> Origins:
    """Give the table for an e-book that was made of a book, from the names and texts of its entries."""
    divisions = {division.id: division for _, division in walk_divisions(book.divisions)}
    places = {key: number for number, key in enumerate(sources)}
    files = {}
    for name, data in entries:
        sections = _SECTION.findall(data) if name.endswith(".xhtml") else ()
        held = [divisions[id_] for one in sections if (id_ := html.unescape(one.decode())) in divisions]
        if held:
            runs = [run for one in held for run in division_runs(one, notes=False) if run.text]
            counts = [0, *accumulate(_letters(run.text) for run in runs)]
            found = []
            for line, offset in _lines(data.decode()):
                place = _place(runs, counts, offset)
                if place and place.source in sources:
                    start = sources[place.source].locate(place.start)
                    found.append(Origin(line, places[place.source], start.line, start.column))
            files[name] = tuple(found)
    paragraphs = frozenset(number for number, item in enumerate(sources.values()) if item.in_paragraphs)
    return Origins(tuple(source.path for source in sources.values()), files, paragraphs)


def _place(runs: Sequence[Run], counts: Sequence[int], offset: int) -> Span | None:
    """Give where the letter after `offset` others comes from; `counts` are the letters before each run."""
    number = bisect_right(counts, offset) - 1
    if number >= len(runs):
        return None
    run, left = runs[number], offset - counts[number]
    places = (at for at, character in enumerate(run.text) if character.isalnum())
    at = next(islice(places, left, None))
    return run.span(at, at + 1)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Give the lines of a document that hold text, each with the letters that stand before it."""
    head, section, rest = text.partition("<section")
    passed = 0
    # Marks never go over the end of a line, so that all are taken out at once.
    bare = html.unescape(_NOT_TEXT.sub("", section + rest.partition(_NOTES)[0]))
    for number, line in enumerate(bare.split("\n"), start=head.count("\n") + 1):
        count = _letters(line)
        if count:
            yield number, passed
        passed += count


_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_BEYOND = re.compile("[^\x00-\x7f]")


def _letters(text: str) -> int:
    """Count letters and figures; those of ASCII, nearly all, are counted without looking at each."""
    plain = text.encode("ascii", "ignore")
    count = len(plain.translate(None, _SIGNS))
    return count + sum(map(str.isalnum, _BEYOND.findall(text) if len(plain) < len(text) else ()))


def origin(known: Origins, finding: Finding) -> tuple[str, int, int] | None:
    """Give file, line and column of the manuscript to which a finding belongs, or None."""
    lines = known.files.get(finding.file, ())
    if not lines or not finding.line:
        return None
    found = lines[max(0, bisect_right(lines, finding.line, key=lambda line: line.line) - 1)]
    return known.sources[found.source], found.source_line, found.source_column


def told(known: Origins, finding: Finding) -> str:
    """Tell people the place of the manuscript to which a finding belongs; nothing for none."""
    found = origin(known, finding)
    if found is None:
        return ""
    path, line, column = found
    if known.sources.index(path) in known.in_paragraphs:
        return f"{path}, paragraph {line}, character {column}"
    return f"{path}:{line}:{column}"
