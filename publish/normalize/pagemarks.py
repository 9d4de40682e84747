"""Marks of the pages of a printed edition, as transcripts have them in the middle of the text: [Pg 12], {12}.

They leave the text, and the e-book has the page there. A single bracket with a number proves nothing; marks
are known by their numbers, which rise from one to the next.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from publish.draft import PAGE_SIGNS, Line, page_mark
from publish.normalize.ledger import Ledger
from publish.normalize.lines import headings
from publish.normalize.lines.shape import ends_sentence
from publish.normalize.sheet import Sheet
from publish.normalize.words.numerals import from_roman
from publish.patterns import lazily
from publish.source import Edit, Run, space_between

_RULE = "OCR006"
_LABEL = r"\d{1,4}|[ivxlcdm]{1,8}"
_MARK = lazily(
    rf"\[\s*(?:p|pg|page|p[áa]g|p[áa]gina|seite|s|стр)\b\.?\s*({_LABEL})\s*\]"
    rf"|\{{\s*(?:p|pg|page)?\.?\s*({_LABEL})\s*\}}",
    re.IGNORECASE,
)
_LEAST = 3
_STEPS = (1, 2, 3)
"""Rises from one mark to the next; a page without text has no mark."""


def read(sheet: Sheet, ledger: Ledger) -> Sheet:
    """Take the marks of pages out of the lines and leave the sign of a page break at each."""
    found = {
        index: list(_MARK.finditer(text))
        for index, text in enumerate(sheet.texts)
        if "[" in text or "{" in text
    }
    if any(draft.paged for draft in sheet.drafts):
        found = {i: [match for match in matches if match[0][:4] == "[Pg "] for i, matches in found.items()}
    elif not _is_series([_value(match) for matches in found.values() for match in matches]):
        return sheet
    lines = list(sheet.lines)
    for index, matches in found.items():
        if matches:
            run = ledger.apply(lines[index].run, _edits(sheet.texts[index], matches))
            lines[index] = replace(lines[index], run=run)
    return _moved(sheet, lines)


def _value(match: re.Match[str]) -> int:
    label = (match[1] or match[2]).lower()
    return int(label) if label.isdecimal() else from_roman(label) or 0


def _is_series(values: Sequence[int]) -> bool:
    """Tell whether numbers rise as those of pages do, but for a few: parts may be posted out of order."""
    rising = sum(after - before in _STEPS for before, after in pairwise(values))
    return len(values) >= _LEAST and rising * 3 >= (len(values) - 1) * 2


def _edits(text: str, matches: Sequence[re.Match[str]]) -> Iterator[Edit]:
    for match in matches:
        start, end = match.span()
        alone = start == 0 or text[start - 1].isspace()
        if alone and text[end : end + 1] == " ":
            end += 1
        yield Edit(start, end, page_mark((match[1] or match[2]).lower()), _RULE)


def _moved(sheet: Sheet, lines: Sequence[Line]) -> Sheet:
    """Let a mark that has a line of its own, or begins a heading, stand at the head of the text below it."""
    kept: list[Line] = []
    files: list[int] = []
    waiting: list[Run] = []
    gap = 0
    for index, line in enumerate(lines):
        if waiting and sheet.first_of_file(index):
            kept[-1:] = [_with_marks(line, [], waiting) for line in kept[-1:]]
            waiting = []
        marks, rest = _parted(line)
        if marks.text and not rest.run.text and not rest.attributes:
            waiting.append(marks)
            gap = max(gap, line.blanks_above)
            continue
        heads = bool(rest.heading_level or rest.image or rest.columns or headings.parse(rest.run.text))
        waiting += [marks] if marks.text else []
        if gap and _goes_on(kept, rest):
            before = kept.pop()
            files.pop()
            joined = [before.run, space_between(before.run, rest.run), *waiting, rest.run]
            rest, waiting = replace(before, run=Run.join(joined)), []
        elif gap:
            rest = replace(rest, blanks_above=max(gap, rest.blanks_above))
        gap = 0
        kept.append(rest if heads else _with_marks(rest, waiting, []))
        files.append(sheet.file[index])
        waiting = waiting if heads else []
    kept[-1:] = [_with_marks(line, [], waiting) for line in kept[-1:]]
    texts = tuple(line.run.text for line in kept)
    return replace(sheet, lines=tuple(kept), texts=texts, file=tuple(files))


def _parted(line: Line) -> tuple[Run, Line]:
    text = line.run.text
    length = len(text) - len(text.lstrip(PAGE_SIGNS))
    if not length:
        return Run(""), line
    return line.run.slice(0, length), replace(line, run=line.run.slice(length, len(text)))


def _with_marks(line: Line, before: Sequence[Run], after: Sequence[Run]) -> Line:
    return replace(line, run=Run.join([*before, line.run, *after])) if before or after else line


def _goes_on(kept: Sequence[Line], line: Line) -> bool:
    """Tell whether a mark with blank lines round it stands within a sentence."""
    if not kept or any(one.image or one.columns for one in (kept[-1], line)):
        return False
    return not ends_sentence(kept[-1].run.text) and line.run.text[:1].islower()
