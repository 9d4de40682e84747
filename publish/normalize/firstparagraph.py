"""The first paragraph where its author ended lines by hand: a sender's block, or title and author in one."""

from collections.abc import Sequence

from msgspec.structs import replace

from publish.draft import BREAK, MARK, NOTE_ON, Line, balanced
from publish.normalize import mails
from publish.normalize.bylines import BY_ALONE, SORT, by_line
from publish.normalize.sheet import Sheet
from publish.source import Run, join_spaced

_MOST = 8
_LONGEST = 70
"""Letters of a line of a title page or an address."""


def parted(sheet: Sheet) -> Sheet:
    """Give the sheet with such a paragraph as lines of their own, where these say what they are.

    Any other stays as it is: lines of verse or of an inscription belong together.
    """
    if not sheet.lines or BREAK not in sheet.texts[0] or not _may_part(sheet):
        return sheet
    runs = _runs(sheet.lines[0].run)
    if not 1 < len(runs) <= _MOST or max(map(len, runs)) > _LONGEST:
        return sheet
    whole = _with(_apart(sheet), runs)
    if mails.furniture(whole).keys() >= set(range(len(runs))):
        return whole
    says = (at for at in range(1, len(runs)) if _says_what(MARK.sub("", runs[at].text)))
    at = next(says, 0)
    return _with(sheet, [join_spaced(runs[:at]), *runs[at:]]) if at else sheet


def _may_part(sheet: Sheet) -> bool:
    line = sheet.lines[0]
    told = line.is_told or line.furniture or line.heading_level
    return not (told or sheet.kept(0) or NOTE_ON in line.run.text)


def _runs(run: Run) -> list[Run]:
    parts = balanced(part.strip() for part in run.split(BREAK))
    return [part for part in parts if MARK.sub("", part.text).strip()]


def _says_what(text: str) -> bool:
    """Tell a line that says by whom the book is, or what sort of book, and nothing else."""
    return bool(by_line(text) or BY_ALONE.match(text) or SORT.fullmatch(text))


def _apart(sheet: Sheet) -> Sheet:
    """Give the sheet with a further empty line above each line: below such a block each is a paragraph."""
    lines = (
        replace(line, blanks_above=line.blanks_above + 1) if file == sheet.file[0] else line
        for line, file in zip(sheet.lines, sheet.file, strict=True)
    )
    return replace(sheet, lines=tuple(lines))


def _with(sheet: Sheet, runs: Sequence[Run]) -> Sheet:
    first = sheet.lines[0]
    lines: list[Line] = [replace(first, run=runs[0], blanks_above=0)]
    lines += [replace(first, run=run, blanks_above=0, page_break=False) for run in runs[1:]]
    return replace(
        sheet,
        lines=(*lines, *sheet.lines[1:]),
        texts=(*(run.text for run in runs), *sheet.texts[1:]),
        file=(*(sheet.file[0] for _ in runs), *sheet.file[1:]),
    )
