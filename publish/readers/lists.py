r"""Lists in Markdown: which line begins an entry, and in which list a paragraph stands.

    He had two things:
    - a hat, which was
      his father's
    - a coat
      1. its lining

What is set in as far as an entry's text belongs to the entry. Inside a paragraph a sign begins a list only
where another follows before the next blank line: a hyphen or a year that a line break brought there is text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from publish.draft import Fence, Line
from publish.patterns import lazily
from publish.source import Run, Span

_SIGN = lazily(
    r"(?P<margin>[ \t]*)(?P<sign>(?:(?P<bullet>[-+*])|(?P<number>\d{1,9})(?P<stop>[.)]))[ \t]+)(?=[^ \t])"
)
_RULE = lazily(r"[ \t]*(\*|-|_)(?:[ \t]*\1){2,}[ \t]*")
MEANING = re.compile(r" {0,3}:[ \t]{1,4}(?=\S)")
"""Begins what a word above means."""
LONGEST_TERM = 40
"""Letters of a word that has a meaning; a line that a program broke, and that a colon follows, is longer."""
DEEPEST = 8
"""Lists inside each other; what is set in further stands in the innermost of them."""
REACH = 100
"""Lines in which the next entry is looked for."""
_TAB = " " * 4


class Opened(Struct, frozen=True):
    """The beginning of a paragraph: in how many lists it stands, and where in its line the sign stands."""

    depth: int = 0
    sign: tuple[int, int] | None = None
    column: int = 0
    """Where the text of the innermost entry begins."""


class _Entry(Struct):
    """An entry that is open."""

    text: int
    """Column at which its text begins."""
    number: int
    """-1 where a sign without number begins it."""


class Lists:
    """The entries that are open in one walk over the lines of a file."""

    def __init__(self) -> None:
        self.open: list[_Entry] = []

    def leave(self) -> None:
        """End all lists, as markup does that is no paragraph."""
        self.open = []

    def opened(self, line: str, *, inside: bool, following: Callable[[], Iterator[str]]) -> Opened | None:
        """Tell what a line begins; None where it goes on with the paragraph that is open (`inside`).

        `following` gives the lines below it, to the next blank one.
        """
        found = _SIGN.match(line)
        if found is None or _RULE.fullmatch(line):
            if inside:
                return None
            self._close(_columns(line[: len(line) - len(line.lstrip(" \t"))]))
            return Opened(len(self.open), None, self.open[-1].text if self.open else 0)
        if inside and not self._begins(found, following):
            return None
        self._close(_columns(found["margin"]))
        del self.open[DEEPEST - 1 :]
        self.open.append(_Entry(_columns(line[: found.end()]), _number(found)))
        return Opened(len(self.open), found.span("sign"))

    def within(self, line: str) -> list[_Entry]:
        """Give the entries to which a line belongs by its margin."""
        column = _columns(line[: len(line) - len(line.lstrip(" \t"))])
        return [entry for entry in self.open if entry.text <= column]

    def _close(self, column: int) -> None:
        while self.open and column < self.open[-1].text:
            self.open.pop()

    def _begins(self, found: re.Match[str], following: Callable[[], Iterator[str]]) -> bool:
        """Tell whether a sign inside a paragraph begins an entry."""
        if self.open:
            before = {entry.number for entry in self.open}
            if found["bullet"] or _number(found) - 1 in before or _number(found) in before | {1}:
                return True
        return _comes_again(found, following())


def _comes_again(found: re.Match[str], following: Iterable[str]) -> bool:
    signs = (_SIGN.match(line) for line in following)
    return any(
        sign["bullet"] == found["bullet"] and _number(sign) in (_number(found), _number(found) + 1)
        if found["number"]
        else sign["bullet"] == found["bullet"]
        for sign in signs
        if sign
    )


def holder(line: Line) -> int:
    """Give the number of the passage that holds the lists in which a line stands; 0 for none."""
    if line.fence is not Fence.CODE:
        return line.fence_id
    return line.around[-1][1] if line.around else 0


def settled(lines: Sequence[Line], *, told: bool = False) -> tuple[list[Line], list[Span]]:
    """Give the lines of a file, and the signs among them that are markup.

    One entry alone is a list where signs are nothing else (`told`), or a star follows a colon; for a number
    may count a chapter, a star be that of a note. A hyphen alone opens a speech, also one of Word's bullets.
    """
    done: list[Line] = []
    syntax: list[Span] = []
    for _, some in groupby(lines, lambda line: (line.depth > 0, holder(line))):
        group = list(some)
        for part in parts([(line.depth, line.sign.text if line.sign else "") for line in group]):
            own = group[part]
            signs = [span for line in own if line.sign and (span := line.sign.span(0, len(line.sign)))]
            first = own[0].sign.text[:1] if own[0].sign else ""
            star = first in {*"*+"} and done and done[-1].run.text.endswith(":")
            if len(signs) > 1 or (told and first != "-") or star:
                syntax += signs
            else:
                own = [_as_text(line) for line in own]
            done += own
    return done, syntax


def _as_text(line: Line) -> Line:
    return replace(line, run=Run.join([line.sign, line.run]) if line.sign else line.run, depth=0, sign=None)


def parts(places: Sequence[tuple[int, str]]) -> Iterator[slice]:
    """Cut lines where a list of another kind begins, or one that counts from another number.

    Each is given as its depth and its sign, which is empty where it goes on with an entry.
    """
    start, last = 0, ""
    for at, (depth, sign) in enumerate(places):
        if sign and depth <= places[0][0]:
            if last and not follows(last, sign):
                yield slice(start, at)
                start = at
            last = sign
    yield slice(start, len(places))


def follows(above: str, sign: str) -> bool:
    """Tell whether a sign is the next after another; Markdown may count all entries as 1."""
    one, other = _SIGN.match(f"{above.rstrip()} x"), _SIGN.match(f"{sign.rstrip()} x")
    if one is None or other is None or one["bullet"] or other["bullet"]:
        return above[:1] == sign[:1]
    before, number = _number(one), _number(other)
    return one["stop"] == other["stop"] and (number == before + 1 or number == before == 1)


def _number(found: re.Match[str]) -> int:
    return int(found["number"]) if found["number"] else -1


def _columns(margin: str) -> int:
    return len(margin.replace("\t", _TAB))
