"""The text of a block while it is gathered: pieces of the page, marks for its markup, white space as one."""

import re
from collections.abc import Iterator

from publish.draft import (
    BREAK,
    EMPHASIS_OFF,
    LANGUAGE_OFF,
    MARK,
    PAIRS,
    STRONG_OFF,
    unmarked,
)
from publish.patterns import lazily
from publish.readers.html.tokens import readings
from publish.source import Edit, Run, Span

_TRAILING = lazily(rf"(\s+)([{EMPHASIS_OFF}{STRONG_OFF}{LANGUAGE_OFF}]*)\Z")
_LINE_ENDS = lazily(r"[ \t]*(?:\r\n?|\n)(?P<more>(?:[ \t]*(?:\r\n?|\n))*)[ \t]*")
_PARTS = re.compile(rf"(?:[ \t]*{BREAK}[ \t]*){{2,}}")


class Buffer:
    """The pieces of one block in their order."""

    def __init__(self) -> None:
        self.parts: list[Run] = []
        self.open = True
        """White space that comes next counts for nothing: a line begins, or one stands there already."""
        self.blank = True
        """It holds no letter or sign so far."""

    @property
    def is_parted(self) -> bool:
        """Whether an empty line is the last of it."""
        return [part.text for part in self.parts[-2:]] == [BREAK, BREAK]

    def mark(self, at: Run, sign: str) -> None:
        """Add a mark that stands for a range of the page."""
        self.parts.append(standing(at, sign))
        if sign == BREAK:
            self.open = True

    def end_line(self, at: Run) -> None:
        """Add the end of a line; what left the text leaves but one of the two empty lines round it."""
        if not self.is_parted:
            self.parts.append(at)
        self.open = True

    def add(self, run: Run) -> None:
        """Add text whose white space is made one."""
        if self.open and run.text[:1] == " ":
            run = run.slice(1, len(run))
        if run.text:
            self.parts.append(run)
            self.open = run.text[-1] == " "
            self.blank = self.blank and not run.text.strip()

    def run(self) -> Run:
        """Give all of it, without white space and line breaks at its ends."""
        whole = Run.join(self.parts)
        if edits := [Edit(*match.span(1), "", "") for match in _TRAILING.finditer(whole.text[-40:], 0)]:
            shift = max(0, len(whole) - 40)
            whole = whole.apply([Edit(edit.start + shift, edit.end + shift, "", "") for edit in edits])
        return trimmed(whole)


def standing(at: Run, text: str) -> Run:
    """Give a text that stands for a range of the page."""
    return at.apply([Edit(0, len(at), text, "")])


def trimmed(run: Run) -> Run:
    """Give a run without white space and line breaks at its ends."""
    text = run.text
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] == BREAK):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == BREAK):
        end -= 1
    return run.slice(start, end)


def read(run: Run, *, kept_space: bool = False, lines: bool = False) -> Run:
    """Give what a range of text in a page says; with `lines` its line ends count, as WordPress counts them.

    Our own marks, which no page has, are left out.
    """
    run = unmarked(run)
    if lines and "\n" in run.text:
        ends = _LINE_ENDS.finditer(run.text)
        run = run.apply([Edit(*end.span(), BREAK * (2 if end["more"] else 1), "") for end in ends])
    return run.apply(readings(run.text, kept_space=kept_space))


def paragraphs(run: Run) -> Iterator[tuple[int, Run]]:
    """Give the parts of a block between empty lines, each with how many more than one part them."""
    breaks = list(_PARTS.finditer(run.text))
    start, above = 0, 0
    for part, end in zip([*breaks, None], [*(match.start() for match in breaks), len(run)], strict=True):
        yield above, run.slice(start, end)
        if part:
            start, above = part.end(), part[0].count(BREAK) - 2


def whole(run: Run, on: str) -> bool:
    """Tell whether a run is set one way from its first letter to its last."""
    return run.text.startswith(on) and run.text.endswith(PAIRS[on]) and run.text.count(on) == 1


def words(run: Run) -> str:
    """Give the text of a run without its marks."""
    return MARK.sub("", run.text).strip()


def spans(run: Run) -> Iterator[Span]:
    """Give the ranges of the sources that a run stands for."""
    return (Span(piece.source, piece.start, piece.end) for piece in run.pieces)


def at_breaks(run: Run) -> Iterator[Run]:
    """Give the lines of a run and the breaks between them."""
    start = 0
    for match in re.finditer(BREAK, run.text):
        if match.start() > start:
            yield run.slice(start, match.start())
        yield run.slice(*match.span())
        start = match.end()
    if start < len(run):
        yield run.slice(start, len(run))
