"""Plain text: lines with the evidence that white space gives."""

from collections import Counter
from itertools import pairwise

from publish.draft import MARK, MARKS, Draft, Line, unmarked
from publish.source import Piece, Run, Source, Span

_BYTE_ORDER_MARK = "\ufeff"
_UNSEEN = "\ufeff\u200b" + MARKS
"""A line that holds nothing else is blank."""
_TAB_COLUMNS = 4
_MARGIN = " \t\f\v\xa0\u2002\u2003\u3000"


def read(source: Source) -> Draft:
    """Give the lines that hold text, each with the blank lines and the indent before it.

    Only ASCII white space leaves the end of a line here: a no-break space there may be half of a mojibake.
    """
    lines: list[Line] = []
    blanks, page_break = 0, False
    # One sign after the other is found much sooner than any of them.
    marked = any(sign in source.text for sign in MARKS)
    unread = len(_BYTE_ORDER_MARK) if source.text.startswith(_BYTE_ORDER_MARK) else 0
    syntax = _own_signs(source) if marked or unread else []
    hidden = _hidden_blanks(source)
    unseen, paged = any(sign in source.text for sign in _UNSEEN), "\f" in source.text
    for begin, end in source.line_bounds():
        blanks += begin in hidden
        start = begin or unread
        text = source.text[start:end]
        bare = text.strip()
        page_break = page_break or (paged and "\f" in text)
        if not bare or (unseen and not bare.strip(_UNSEEN)):
            blanks += 1
            if bare:
                syntax.append(Span(source.key, start, end))
            continue
        indent = 0 if bare is text else len(text) - len(text.lstrip(_MARGIN))
        text = text.rstrip(" \t\f\v")
        piece = Piece(0, source.key, start + indent, start + len(text), exact=True)
        run = Run(text[indent:], (piece,))
        lines.append(
            Line(
                run=unmarked(run) if marked else run,
                blanks_above=blanks if lines else 0,
                indent=_columns(text[:indent]) if indent else 0,
                page_break=page_break,
            )
        )
        blanks, page_break = 0, False
    return Draft(source=source.key, lines=tuple(lines), syntax=tuple(syntax))


_SELDOM = 10
"""One line end in so many is of a kind at least, where a file has all kinds."""
_LONG = 60
"""Columns; lines of verse, titles and the last lines of paragraphs are shorter."""
_ODDS = 4
"""Where a third of all line ends is of each kind, one of two signs is so much likelier one end than two."""


def _hidden_blanks(source: Source) -> set[int]:
    r"""Give where lines begin above which `\r\n` is the ends of two lines, of the upper one and a blank one.

    Only a file that has plenty of `\r` and of `\n` alone holds such. What it does between lines as long as
    these, where it cannot be mistaken, decides.
    """
    text = source.text
    both = text.count("\r\n")
    few = min(text.count("\r"), text.count("\n")) - both
    if not both or few * _SELDOM <= text.count("\r") + text.count("\n") - both:
        return set()
    lines = [place for place in enumerate(source.line_bounds()) if text[slice(*place[1])].strip()]
    seen: Counter[tuple[bool, bool, bool]] = Counter()
    open_: list[tuple[int, tuple[bool, bool]]] = []
    for (above, (start, end)), (below, (begin, last)) in pairwise(lines):
        shape = (end - start >= _LONG, last - begin >= _LONG)
        if text[end:begin] == "\r\n":
            open_.append((begin, shape))
        else:
            seen[*shape, below > above + 1] += 1
    return {begin for begin, shape in open_ if seen[*shape, True] > _ODDS * seen[*shape, False]}


def _columns(margin: str) -> int:
    return sum(_TAB_COLUMNS if character == "\t" else 1 for character in margin if character not in "\f\v")


def _own_signs(source: Source) -> list[Span]:
    """Give what is no text: the byte order mark is the file's, and no text may hold our marks of emphasis."""
    order = [Span(source.key, 0, 1)] if source.text.startswith(_BYTE_ORDER_MARK) else []
    return order + [Span(source.key, *match.span()) for match in MARK.finditer(source.text)]
