"""The lines of the whole manuscript, files one after the other, on which structure is found."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from publish.config import FURNITURE, HEADING, KINDS
from publish.draft import Draft, Line
from publish.normalize import repair
from publish.normalize.ledger import Ledger
from publish.normalize.numerals import fold

FILE_GAP = 4
"""Blank lines that the beginning of a further file counts as."""


class Sheet(Struct, frozen=True, dict=True):
    """All lines that hold text, repaired, in the order of the files."""

    lines: tuple[Line, ...]
    texts: tuple[str, ...]
    """The text of each line, for matching."""
    file: tuple[int, ...]
    """Index of the draft each line comes from."""
    drafts: tuple[Draft, ...]
    decided: dict[int, str] = {}
    """What book.toml says that a line is; see `config.Decision`."""

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words of each line, see `words_folded`; many passes compare lines by them."""
        return tuple(map(words_folded, self.texts))

    def is_own(self, index: int) -> bool:
        """Tell whether book.toml says that a line is the author's."""
        return self.decided.get(index, FURNITURE) != FURNITURE

    def is_heading(self, index: int) -> bool:
        """Tell whether book.toml says that a line is a heading."""
        what = self.decided.get(index)
        return what == HEADING or what in KINDS

    def marked(self, index: int) -> bool:
        """Tell whether markup, not white space, gives the structure round a line."""
        return self.drafts[self.file[index]].marked

    def first_of_file(self, index: int) -> bool:
        """Tell whether a line is the first of its file."""
        return index == 0 or self.file[index] != self.file[index - 1]


def gather(drafts: Sequence[Draft], ledger: Ledger) -> Sheet:
    """Repair the characters of every line and put the lines of all drafts in one sheet."""
    passes = repair.passes(repair.survey(text for draft in drafts for text in _texts(draft)))
    lines: list[Line] = []
    file: list[int] = []
    for number, draft in enumerate(drafts):
        carried = FILE_GAP if number else 0
        for line in draft.lines:
            clean = _repaired(line, draft, passes, ledger)
            if clean.run.text or clean.attributes:
                lines.append(replace(clean, blanks_above=clean.blanks_above + carried) if carried else clean)
                file.append(number)
                carried = 0
            else:
                carried += clean.blanks_above + 1
    return Sheet(tuple(lines), tuple(line.run.text for line in lines), tuple(file), tuple(drafts))


def _texts(draft: Draft) -> Iterator[str]:
    yield from (run.text for _, run in draft.metadata)
    yield from (line.run.text for line in draft.lines)


def _repaired(line: Line, draft: Draft, passes: Sequence[repair.BoundPass], ledger: Ledger) -> Line:
    run = line.run
    if not repair.is_plain(run.text):
        if not draft.marked:
            run = ledger.apply(run, repair.marks(run.text))
        if not draft.repaired:
            run = ledger.settle(run, passes)
    if not draft.repaired:
        run = run.strip()
    return line if run is line.run else replace(line, run=run)


_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}


def words_folded(text: str) -> str:
    """Give the words of a text without case, accents and punctuation, for comparison."""
    folded = fold(text)
    if folded.isascii():
        return " ".join(folded.translate(_ASCII_WORDS).split())
    return " ".join(_WORD.findall(folded))
