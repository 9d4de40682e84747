"""Rules on the lines of the author's own files: how they end and begin, what wraps them, typed headings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from publish.config import Config
from publish.diagnostic import Diagnostic, Severity
from publish.document import division_runs, walk_divisions
from publish.lint.rule import RULES, Example, Hit, book_rule, diagnostic
from publish.normalize.result import Normalized
from publish.source import Piece, Run, Source, Span

_LINES = "The house was empty.\n\nNobody knew who owned it.\n\n"
_SIGNS = {"\r\n": "CR LF", "\n": "LF", "\r": "CR", "\t": "tabs", " ": "spaces"}
_ENDS = re.compile(r"\r\n?|\n")
_INDENTS = re.compile(r"^(?: {2,}|\t+)(?=[^\s*#])", re.MULTILINE)
_HEADING = re.compile(r"^(?:```|~~~|(#{1,6})[ \t]+\S)", re.MULTILINE)
_ENOUGH, _RARE = 10, 10


@book_rule(
    "SPC016",
    severity=Severity.INFO,
    examples=(Example(_LINES + "She came in the morning.⟦\r\n⟧\n" + _LINES),),
    passes=(_LINES, _LINES.replace("\n", "\r\n")),
)
def lines_mixed(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """The lines of a file end in two ways, or are set in by tabs and by spaces.

    What is left where two files, or two programs, met; a lone CR may be a break that nobody meant. Told once
    for each kind that is the rarer.

    Fix: Nothing needs doing for the book; an editor saves the file with ends of one kind.
    Source: pptext, "line endings"; the work of conversion houses.
    """
    for source in normalized.sources.values():
        ends = [(_ENDS, 1)] if "\r" in source.text else []
        indents = [(_INDENTS, _ENOUGH)] if "\n\t" in source.text and "\n  " in source.text else []
        for pattern, least in [*ends, *indents] if source.layout is None else ():
            places = defaultdict[str, list[re.Match[str]]](list)
            for match in pattern.finditer(source.text):
                places[match[0][:1] if pattern is _INDENTS else match[0]].append(match)
            usual = max(places, key=lambda kind: len(places[kind]), default="")
            for kind, found in places.items():
                few = len(found) * _RARE <= len(places[usual]) or pattern is _ENDS
                if kind != usual and few and len(places[usual]) >= least:
                    told = (
                        f"{_SIGNS[kind]} here, and in {len(found) - 1:,} other places; else {_SIGNS[usual]}."
                    )
                    span = Span(source.key, *found[0].span())
                    yield Diagnostic("SPC016", Severity.INFO, told, span)


@book_rule(
    "STR055",
    examples=(
        Example("# The House\n\n" + _LINES + "⟦###⟧ The Gate\n\n" + _LINES + "## The Mill\n\n" + _LINES),
    ),
    passes=("# The House\n\n" + _LINES + "## The Gate\n\n" + _LINES + "# The Mill\n\n" + _LINES,),
)
def heading_level_skipped(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A heading is two levels or more below the one before it.

    Readers that cannot see the page go from level to level, and look for what is not there.

    Fix: Type one hash more than the heading above has.
    Source: EPUB Accessibility; WCAG 2.2, G141.
    """
    for source in normalized.sources.values():
        yield from _skipped(source) if source.layout is None and "\n#" in source.text else ()


def _skipped(source: Source) -> Iterator[Diagnostic]:
    fenced, above = False, 0
    begin = source.text.find("\n---", 1) if source.text.startswith("---") else 0
    for match in _HEADING.finditer(source.text, max(0, begin)):
        if not match[1]:
            fenced = not fenced
        elif not fenced:
            level = len(match[1])
            if 0 < above < level - 1:
                told = f"This heading has level {level}, the one before it level {above}."
                span = Span(source.key, *match.span(1))
                yield Diagnostic("STR055", Severity.WARNING, told, span)
            above = level


@book_rule(
    "SPC008",
    severity=Severity.INFO,
    examples=(
        Example(
            "The House\n\n"
            "The house had stood empty for as long as anyone in the village⟦\n⟧could remember, and nobody\n"
            "was sure who owned the garden or the wall that ran about it down\nto the mill by the river.\n\n"
            "In the morning the gate was open. She saw it from the road when\nshe came back from the mill, "
            "and she did not stop to ask who had\nbeen there, for it was late.\n"
        ),
    ),
    passes=("The House\n\n" + _LINES,),
)
def hard_wrap(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """The lines of the paragraphs end where the screen ended.

    Each line stands on its own in the file. In the book they run on as one paragraph. Told once for each
    file.

    Fix: Nothing needs doing; to clean the file too, join the lines of each paragraph.
    Source: The line length of Project Gutenberg's text files.
    """
    first: dict[int, tuple[Run, Piece]] = {}
    counts: Counter[int] = Counter()
    for _, division in walk_divisions(normalized.book.divisions):
        for run in division_runs(division):
            if piece := _line_end(run, normalized.sources):
                counts[piece.source] += 1
                known = first.get(piece.source)
                if known is None or piece.start < known[1].start:
                    first[piece.source] = (run, piece)
    for key, (run, piece) in first.items():
        count = f"{counts[key]:,} paragraphs run" if counts[key] > 1 else "1 paragraph runs"
        hit = Hit(
            piece.at, piece.at + 1, f"{count} over several lines of the file; the book joins the lines."
        )
        if found := diagnostic(RULES["SPC008"], run, hit):
            yield found


def _line_end(run: Run, sources: dict[int, Source]) -> Piece | None:
    """Give the first space of a run that stands for a line end."""
    for piece in run.pieces:
        if not piece.exact and run.text[piece.at] == " ":
            between = sources[piece.source].passage(piece.start, piece.end)
            if "\n" in between or "\r" in between:
                return piece
    return None
