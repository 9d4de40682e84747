"""Licences and notices that an e-text library puts round a book."""

import re
from collections.abc import Mapping
from itertools import pairwise

from publish.normalize.lines.shape import is_ornament
from publish.normalize.sheet import Sheet
from publish.patterns import lazily

_START = lazily(r"\*{3}\s*START OF (?:THIS|THE) PROJECT GUTENBERG|\*END\*?\s*THE SMALL PRINT", re.IGNORECASE)
_END = re.compile(r"\*{3}\s*END OF (?:THIS|THE) PROJECT GUTENBERG", re.IGNORECASE)
_END_LINE = re.compile(r"^\s*End of (?:the |this )?Project Gutenberg", re.IGNORECASE)
_NAMED = re.compile(r"Project Gutenberg", re.IGNORECASE)
_MADE_BY = lazily(
    r"^(?:Produced|Transcribed|E-?text prepared|This e-?(?:book|text) was (?:produced|prepared)|HTML version|"
    r"Updated|Prepared|Scanned|Digitized)\b.*",
    re.IGNORECASE,
)
_MAKING = lazily(
    r"\be-?texts?\b|\bimage files\b|proofread|\barchive\.org|\bgallica\b|\bOCR\b|www[.:]|https?:",
    re.IGNORECASE,
)
_LIBRARY = ("gutenberg",)
"""Without it no line is a notice."""
_FIELD = lazily(r"^(Title|Author|Language|Translator|Editor|Illustrator|Release Date):\s*(.+)$")
_HEADER_REACH = 120


def library_notices(sheet: Sheet) -> Mapping[int, str]:
    """Give the lines of a library's header and licence, each with what it is.

    A file that publish itself wrote has none: they were taken out, or the author refused to lose them.
    """
    dropped: dict[int, str] = {}
    named = sorted(sheet.holding(_LIBRARY))
    for first, last in pairwise([*sheet.starts, len(sheet.lines)]) if named else ():
        if sheet.drafts[sheet.file[first]].order_kept:
            continue
        begin = _header_end(sheet, first, last)
        ends = (i for i in named if begin <= i < last and _END.search(sheet.texts[i]))
        end = next(ends, last)
        for back in range(max(begin, end - 4), end):
            if _END_LINE.match(sheet.texts[back]):
                end = back
                break
        for index in (*range(first, begin), *range(end, last)):
            dropped[index] = "Notice or licence of an e-text library."
    return dropped


def stated_fields(sheet: Sheet, dropped: Mapping[int, str]) -> dict[str, int]:
    """Give the line of each fact that the header states, such as "title", "author" or "language"."""
    found: dict[str, int] = {}
    for index in dropped:
        match = _FIELD.match(sheet.texts[index])
        if match:
            found.setdefault(match.group(1).lower(), index)
    return found


def field_value(text: str) -> tuple[int, int]:
    """Give the range of the value in a line such as "Title: Emma"."""
    match = _FIELD.match(text)
    return match.span(2) if match else (0, len(text))


def _header_end(sheet: Sheet, first: int, last: int) -> int:
    reach = min(last, first + _HEADER_REACH)
    if not any(_NAMED.search(sheet.texts[index]) for index in range(first, reach)):
        return first
    begin = next((index + 1 for index in range(first, last) if _START.search(sheet.texts[index])), first)
    if begin == first:
        return first
    while begin < last:
        end = _block_end(sheet, begin, last)
        block = " ".join(sheet.texts[begin:end])
        if not (_MADE_BY.match(block) or _NAMED.search(block) or _MAKING.search(block) or is_ornament(block)):
            break
        begin = end
    return begin


def _block_end(sheet: Sheet, begin: int, last: int) -> int:
    end = begin + 1
    while end < last and sheet.lines[end].blanks_above == 0:
        end += 1
    return end


def inserted(sheet: Sheet, taken: Mapping[int, str]) -> Mapping[int, str]:
    """Give the lines that transcribers put into a text: places of pictures, and their own notes."""
    found: dict[int, str] = {}
    for index in sorted(sheet.holding(("[", "transcriber"))):
        text = sheet.texts[index]
        if index in found or index in taken or sheet.kept(index):
            continue
        for pattern, what in _INSERTED:
            if pattern.match(text) and (end := _bracket_end(sheet, index)):
                told = what == _PLACE and _CAPTIONED.match(" ".join(sheet.texts[index:end]))
                found |= dict.fromkeys(range(index, end), _CAPTION if told else what)
        if _TRANSCRIBERS.match(text) and _ends_file(sheet, index, taken):
            found |= dict.fromkeys(range(index, len(sheet.texts)), "A transcriber's note.")
    return {index: what for index, what in found.items() if index not in taken}


_PLACE = "The place of a picture."
_CAPTION = "The caption of a picture that the file does not have."
_CAPTIONED = re.compile(r"\[\s*\w+\b\W*\w")
"""A colon, or anything else, and words behind it."""
_INSERTED = (
    (
        re.compile(r"\[\s*(?:Illustration|Abbildung|Illustratie|Ilustraci[oó]n)\b", re.IGNORECASE),
        _PLACE,
    ),
    (
        re.compile(r"\[\s*Transcriber[’']?s?[’']?s? (?:end ?)?notes?\b", re.IGNORECASE),
        "A transcriber's note.",
    ),
)
_TRANSCRIBERS = lazily(r"\W*Transcriber[’']?s?[’']?s? (?:end ?)?notes?\W*$", re.IGNORECASE)
_LONGEST_BRACKET = 60
"""Lines; a bracket that does not close by then is no insertion."""


def _bracket_end(sheet: Sheet, first: int) -> int:
    """Give the line after a bracketed insertion on lines of its own; 0 where text follows on its last."""
    depth = 0
    for index in range(first, min(first + _LONGEST_BRACKET, len(sheet.texts))):
        for at, sign in enumerate(sheet.texts[index]):
            depth += (sign == "[") - (sign == "]")
            if depth == 0:
                return index + 1 if at == len(sheet.texts[index]) - 1 else 0
    return 0


def _ends_file(sheet: Sheet, index: int, taken: Mapping[int, str]) -> bool:
    """Tell whether a transcriber's note is the last thing before the library's own notice."""
    left = [line for line in range(index, len(sheet.texts)) if line not in taken]
    return len(left) * _LAST_SHARE <= len(sheet.texts)


_LAST_SHARE = 20
