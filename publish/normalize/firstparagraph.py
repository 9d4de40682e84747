"""Paragraphs whose lines were ended by hand and are lines of their own: a sender's block, title and author.

The first of a manuscript may be such; any other is where one of its lines is a site's: an author's name above
"8 min read", which went with it.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from publish.draft import BREAK, MARK, NOTE_ON, balanced
from publish.normalize.lines.bylines import BY_ALONE, SORT, by_line
from publish.normalize.sheet import Sheet
from publish.normalize.sites import mails, posts
from publish.source import Run, join_spaced

_MOST = 8
_LONGEST = 70
"""Letters of a line of a title page or an address."""


def parted(sheet: Sheet) -> Sheet:
    """Give the sheet with such paragraphs as lines of their own, where these say what they are.

    Any other stays as it is: lines of verse or of an inscription belong together.
    """
    broken = [index for index, text in enumerate(sheet.texts) if BREAK in text]
    for index in reversed(broken):
        runs = _runs(sheet.lines[index].run) if _may_part(sheet, index) else []
        if any(posts.states_post(MARK.sub("", run.text)) for run in runs if len(runs) > 1):
            sheet = _with(sheet, runs, index)
    return _first(sheet) if broken[:1] == [0] else sheet


def _first(sheet: Sheet) -> Sheet:
    if BREAK not in sheet.texts[0] or not _may_part(sheet, 0):
        return sheet
    runs = _runs(sheet.lines[0].run)
    if len(runs) < 2:
        return sheet
    whole = _with(_apart(sheet), runs)
    if mails.furniture(whole).keys() >= set(range(len(runs))):
        return whole
    says = (at for at in range(1, len(runs)) if _says_what(MARK.sub("", runs[at].text)))
    at = next(says, 0)
    return _with(sheet, [join_spaced(runs[:at]), *runs[at:]]) if at else sheet


def _may_part(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    told = line.is_told or line.furniture or line.heading_level
    return not (told or sheet.kept(index) or NOTE_ON in line.run.text)


def _runs(run: Run) -> list[Run]:
    """Give the lines of a paragraph; none where they are too many or too long for such."""
    parts = balanced(part.strip() for part in run.split(BREAK))
    runs = [part for part in parts if MARK.sub("", part.text).strip()]
    return runs if len(runs) <= _MOST and max(map(len, runs), default=0) <= _LONGEST else []


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


def _with(sheet: Sheet, runs: Sequence[Run], index: int = 0) -> Sheet:
    """Give the sheet with runs as lines in place of one line."""
    whole = sheet.lines[index]
    lines = [replace(whole, run=runs[0], blanks_above=whole.blanks_above if index else 0)]
    lines += [replace(whole, run=run, blanks_above=0, page_break=False) for run in runs[1:]]
    return replace(
        sheet,
        lines=(*sheet.lines[:index], *lines, *sheet.lines[index + 1 :]),
        texts=(*sheet.texts[:index], *(run.text for run in runs), *sheet.texts[index + 1 :]),
        file=(*sheet.file[:index], *(sheet.file[index] for _ in runs), *sheet.file[index + 1 :]),
    )
