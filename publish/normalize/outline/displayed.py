"""Lines that markup sets as headings are set, bold or centred, and does not call headings.

Word processors let authors make a heading of any paragraph so. What such a line says, and whether its fellows
agree, decides as in plain text, where white space sets headings off: here it is given them, and their
formatting is laid aside while headings are looked for. One that is none keeps it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from publish.config import TEXT
from publish.document import CONTAINERS
from publish.draft import (
    BREAK,
    EMPHASIS_OFF,
    EMPHASIS_ON,
    NOTE_ON,
    STRONG_OFF,
    STRONG_ON,
    Line,
)
from publish.normalize.ledger import Ledger
from publish.normalize.lines import headings
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_full, is_ornament
from publish.normalize.outline.subtitles import could_be_title
from publish.normalize.passages.spacing import break_signed, lone_signs, tells_break
from publish.normalize.sheet import Sheet
from publish.source import Edit, Run

_LONGEST = 200
_MARKS = re.compile(f"[{STRONG_ON}{STRONG_OFF}{EMPHASIS_ON}{EMPHASIS_OFF}]")
_STRONG = re.compile(f"{STRONG_ON}[^{STRONG_OFF}]*{STRONG_OFF}")
_BREAKS = re.compile(rf"\s*{BREAK}\s*")
_SET_OFF = 3
"""Blank lines that formatting counts as."""


def shown(sheet: Sheet, ledger: Ledger) -> Sheet:
    """Give the sheet with such lines as they read without formatting, set off by white space."""
    if not any(draft.marked for draft in sheet.drafts):
        return sheet
    free = {index: line for index, line in enumerate(sheet.lines) if _may_be_set(sheet, index)}
    plain = {index: line for index, line in free.items() if not sheet.kept(index)}
    found = {index: _plain(line) for index, line in plain.items() if _is_set(line)}
    found |= {
        index: _plain(line) for index, line in plain.items() if line.heading_level and _is_bold(line.run)
    }
    under = [*_under_title(sheet, plain)]
    found |= {index: _plain(plain[index]) for index in under}
    signs = lone_signs(line.run.text for line in free.values()) - {"-", "–", "—"}
    found |= {index: _broken(line, ledger) for index, line in free.items() if _breaks_scene(line, signs)}
    found |= {
        index: _in_lines(line)
        for index, line in plain.items()
        if line.heading_level and index not in found and _breaks_label(line.run.text)
    }
    if not found:
        return sheet
    lines, texts = list(sheet.lines), list(sheet.texts)
    for index, line in found.items():
        lines[index], texts[index] = line, line.run.text
    set_so = {i: line for i, line in plain.items() if i in found and (_is_set(line) or i in under)}
    # The space that formatting counts as stands above label and title, not between the two.
    for index in _below_labels(texts, plain, set_so):
        label = index - 1
        set_so[label] = set_so.get(label, lines[label])
        lines[label] = replace(lines[label], blanks_above=set_so[label].blanks_above + _SET_OFF)
        lines[index] = replace(lines[index], blanks_above=set_so[index].blanks_above)
    labelled = sum(1 for index in set_so if headings.is_labelled(texts[index]))
    return replace(sheet, lines=tuple(lines), texts=tuple(texts), formatted=set_so, labelled=labelled)


def first_title(sheet: Sheet, free: Sequence[int]) -> list[str]:
    """Give the first line if it is the title of a chapter and so not the book's.

    It is set as several others are that have no number, and text follows it, no author or further title.
    """
    others = [index for index in sheet.formatted if could_be_title(sheet.texts[index])]
    if (
        len(free) < 2
        or free[0] not in others
        or len(others) < _LEAST_TITLES
        or sheet.labelled * 2 > len(others)
    ):
        return []
    text = sheet.texts[free[1]]
    alike = _form(sheet.formatted[free[0]]) == _form(sheet.formatted[others[-1]])
    follows = free[1] not in sheet.formatted and (ends_full(text) or len(text) > _LONGEST_NAME)
    return [sheet.texts[free[0]]] if alike and follows else []


def is_title_form(line: Line | None) -> bool:
    """Tell whether a line was set as hardly anything but titles is: bold and centred."""
    return line is not None and _form(line) == (True, True)


def _form(line: Line) -> tuple[bool, bool]:
    return line.centred, _is_bold(line.run)


_LEAST_TITLES = 3
_LONGEST_NAME = 80


def _may_be_set(sheet: Sheet, index: int) -> bool:
    """Tell whether a line may be other than its file calls it; one that `publish` wrote names all it has."""
    draft = sheet.drafts[sheet.file[index]]
    if not draft.marked or draft.named or sheet.decided.get(index) == TEXT:
        return False
    line = sheet.lines[index]
    return (
        not (line.is_told or line.furniture)
        and 0 < len(line.run) <= _LONGEST
        and NOTE_ON not in line.run.text
    )


def _under_title(sheet: Sheet, plain: Mapping[int, Line]) -> Iterator[int]:
    """Give the lines in italics between the first heading of a file, of the first level, and the next."""
    if not sheet.lines or sheet.lines[0].heading_level != 1:
        return
    for index in range(1, len(sheet.lines)):
        line = plain.get(index)
        if line is None or line.heading_level or not _ITALIC.fullmatch(line.run.text):
            return
        yield index


_ITALIC = re.compile(f"{EMPHASIS_ON}[^{EMPHASIS_ON}{EMPHASIS_OFF}]*{EMPHASIS_OFF}")


def _breaks_scene(line: Line, signs: Collection[str] = ()) -> bool:
    text = _MARKS.sub("", line.run.text)
    return not line.heading_level and (is_ornament(text) or text in signs or tells_break(text))


def _broken(line: Line, ledger: Ledger) -> Line:
    """Give a line that only breaks a scene as the scene break that it is."""
    bare = line.run.apply(list(_edits(line.run.text))).strip()
    return replace(line, run=ledger.apply(bare, break_signed(bare.text)), scene_break=True)


def _is_set(line: Line) -> bool:
    """Tell whether a line that markup calls no heading is bold or centred, as a whole or in its label."""
    if line.heading_level or _breaks_scene(line):
        return False
    return line.centred or _is_bold(line.run) or _has_label(line.run)


def _is_bold(run: Run) -> bool:
    if STRONG_ON not in run.text:
        return False
    rest = _MARKS.sub("", _STRONG.sub("", run.text))
    return not any(map(str.isalnum, rest)) and any(map(str.isalnum, run.text))


def _has_label(run: Run) -> bool:
    """Tell whether a line begins with the bold label of a chapter: "**Chapter 4** The Sea"."""
    if not run.text.startswith(STRONG_ON):
        return False
    label = _STRONG.match(run.text)
    heading = headings.parse(_MARKS.sub("", label[0])) if label else None
    return heading is not None and heading.form is Form.LABELLED


def _below_labels(texts: Sequence[str], plain: Mapping[int, Line], set_so: Mapping[int, Line]) -> list[int]:
    """Give the lines that could be the title of the chapter whose label alone stands right above.

    Where as many lines elsewhere are set alike, a number holds several titles, of which none is its own.
    Below the label of a part may stand the title of its first chapter, unless another heading follows.
    """
    titles = [
        index for index in set_so if could_be_title(texts[index]) and headings.parse(texts[index]) is None
    ]
    found: list[int] = []
    for index in titles:
        above = plain.get(index - 1)
        heading = headings.parse(texts[index - 1]) if above and not above.heading_level else None
        last = heading.components[-1] if heading and heading.form is not Form.NAMED else None
        if last and last.title is None and (last.kind not in CONTAINERS or index + 1 in set_so):
            found.append(index)
    forms = {_form(set_so[index]) for index in found}
    alike = sum(1 for index in titles if _form(set_so[index]) in forms)
    return found if alike < len(found) * 2 else []


def _plain(line: Line) -> Line:
    run = line.run.apply(list(_edits(line.run.text)))
    above = line.blanks_above if line.heading_level else line.blanks_above + _SET_OFF
    return replace(line, run=run, blanks_above=above)


def _breaks_label(text: str) -> bool:
    """Tell whether an author ended the line behind the label of a chapter: its title stands below."""
    label = text[: text.find(BREAK)] if BREAK in text else ""
    return bool(label) and headings.parse(_MARKS.sub("", label).strip()) is not None


def _in_lines(line: Line) -> Line:
    """Give a heading whose lines are parted as `headings` reads them."""
    ends = [Edit(*match.span(), "\n", "") for match in _BREAKS.finditer(line.run.text)]
    return replace(line, run=line.run.apply(ends))


def _edits(text: str) -> Iterator[Edit]:
    for match in re.finditer(rf"{_MARKS.pattern}|{_BREAKS.pattern}", text):
        yield Edit(*match.span(), "\n" if BREAK in match[0] else "", "")
