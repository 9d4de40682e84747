"""How a writer sets lines apart: double spacing, one sentence to a line, lone signs between scenes.

Each is a habit, so the whole manuscript shows it or nothing is taken for it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from msgspec.structs import replace

from publish.draft import Line
from publish.normalize.lines.shape import ends_full, is_ornament
from publish.normalize.passages.wrapping import (
    LEAST_PAIRS,
    SENTENCE_INSIDE,
    Row,
    is_full,
    touching,
    wrap_width,
)
from publish.normalize.sheet import Sheet
from publish.normalize.words.wordlists import phrases
from publish.patterns import lazily
from publish.source import Edit

_LEAST_LINES = 30
"""Lines between paragraphs from which a habit of writing one sentence to a line can be told."""
_LEAST_PARAGRAPHS = 8
_LONG = 74
"""Columns; hardly any line of verse is so long."""
_SPEAKS = lazily("[“‘\"'«„—–-]")
_LONE_SIGNS = frozenset({"—", "–", "-", "§"})
_LONGEST_SIGN = 24


def single(sheet: Sheet) -> Sheet:
    """Give the lines of every file of plain text without the blank lines of double spacing.

    Lines are double-spaced where hardly any touch and most would be wrapped text if they did: full to the
    margin, going on with small letters, with sentences that end inside. Neither paragraphs of one line each
    nor verse are all of that. Wider space may part the paragraphs, or an indent alone.
    """
    gaps: dict[int, int] = {}
    for first, end in pairwise([*sheet.starts, len(sheet.lines)]):
        if not sheet.marked(first):
            gaps |= _closed_up(sheet.lines[first:end], first)
    if not gaps:
        return sheet
    closed = (
        replace(line, blanks_above=gaps.get(at, line.blanks_above)) for at, line in enumerate(sheet.lines)
    )
    return replace(sheet, lines=tuple(closed))


def _closed_up(lines: Sequence[Line], first: int) -> dict[int, int]:
    """Give the blank lines above the lines of a file that is double-spaced; nothing of any other."""
    gaps = Counter(line.blanks_above for line in lines[1:])
    step, count = gaps.most_common(1)[0] if gaps else (0, 0)
    if step == 0 or count * 3 < gaps.total() or gaps[0] * _FEW_TOUCH > gaps.total():
        return {}
    rows = [Row.of(at, line, line.blanks_above, turned=False) for at, line in enumerate(lines, first)]
    tight = [replace(row, gap=max(0, row.gap - step)) for row in rows]
    if not _is_wrapped(tight):
        return {}
    width = wrap_width(tight)
    joints = {b.index: _goes_on_below(a, b, width) for a, b in pairwise(rows)}
    ends = [row for row in rows[1:] if not joints[row.index]]
    parted = sum(row.gap > step for row in ends) * 2 > len(ends)
    return {row.index: row.gap if not (parted or joints.get(row.index)) else row.gap - step for row in rows}


_FEW_TOUCH = 10
"""One line in so many may touch the one above it in a double-spaced text: an address, a title."""


def _goes_on_below(last: Row, row: Row, width: int) -> bool:
    """Tell whether a line goes on with the paragraph of the last one where an indent may begin another."""
    if row.line.indent > last.line.indent + 1 or is_ornament(row.text) or is_ornament(last.text):
        return False
    return is_full(last, row, width) or row.text[:1].islower()


def _is_wrapped(rows: Sequence[Row]) -> bool:
    width = wrap_width(rows)
    pairs = [(a, b) for a, b in pairwise(rows) if b.gap == 0]
    full = sum(is_full(a, b, width) for a, b in pairs)
    inside = sum(1 for row in rows if SENTENCE_INSIDE.search(row.text))
    return width > 0 and len(pairs) >= LEAST_PAIRS and full * 2 >= len(pairs) and inside * 30 >= len(rows)


def by_sentences(typed: Sequence[Sequence[Row]]) -> bool:
    """Tell whether each line is one sentence, and blank lines part the paragraphs.

    Where each line is a paragraph, many hold several sentences, and speeches follow each other; verse has no
    long lines, and most of them do not end as sentences do.
    """
    total = sum(map(len, typed))
    groups = [group for rows in typed for group in touching(rows) if len(group) > 1]
    lines = [row for group in groups for row in group]
    if len(lines) < max(_LEAST_LINES, total * 0.6) or len(groups) < _LEAST_PARAGRAPHS:
        return False
    few = len(lines) // 10
    if few > sum(1 for row in lines if row.width > _LONG):
        return False
    joints = [pair for group in groups for pair in pairwise(group)]
    whole = sum(ends_full(a.text) or b.text[:1].islower() for a, b in joints)
    speeches = sum(_follows_speech(a, b) for a, b in joints)
    if whole * 10 < len(joints) * 9 or speeches * 30 > len(joints):
        return False
    several = (row for row in lines if SENTENCE_INSIDE.search(row.text))
    return len(list(islice(several, few + 1))) <= few


def sentences_joined(rows: Sequence[Row]) -> list[list[Row]]:
    """Group the lines of one section, each a sentence, into paragraphs; speeches and signs stay apart."""
    groups: list[list[Row]] = []
    for row in rows:
        last = groups[-1][-1] if groups else None
        if last and row.gap == 0 and _goes_on(last, row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(last: Row, row: Row) -> bool:
    sign = is_ornament(last.text) or is_ornament(row.text) or row.line.indent != last.line.indent
    return not (sign or _follows_speech(last, row)) and (ends_full(last.text) or row.text[:1].islower())


def _follows_speech(last: Row, row: Row) -> bool:
    return bool(_SPEAKS.match(last.text) and _SPEAKS.match(row.text))


def lone_signs(texts: Iterable[str]) -> frozenset[str]:
    """Give the lines that break scenes if they stand free between paragraphs, though they are one sign alone.

    A picture does if it comes back and is the only one: several different ones are what people write to each
    other.
    """
    pictures = Counter(filter(_is_picture, texts))
    again = [text for text, count in pictures.items() if count > 1]
    return _LONE_SIGNS | frozenset(again if len(pictures) == 1 else ())


_WORDS = "|".join(map(re.escape, phrases("divisions", "words", "scene_breaks")))
_NO_SPEECH = "[^\\w\"'“”‘’«»„‚‹›?!…]|_"
_TOLD = lazily(
    rf"(?P<before>(?:{_NO_SPEECH})*)(?P<words>{_WORDS})(?P<behind>(?:{_NO_SPEECH})*)|<hr\b[^<>]{{0,80}}>",
    re.IGNORECASE,
)
_LONGEST_TOLD = 80
IN_WORDS = "STR056"


def tells_break(text: str) -> bool:
    """Tell whether a line says that a scene ends: "[scene break]", "~ TIME SKIP ~", a rule of web pages."""
    match = _TOLD.fullmatch(text) if len(text) <= _LONGEST_TOLD else None
    if match is None or match["words"] is None:
        return match is not None
    # Speech may open with a dash, and an item of a list with any sign.
    framed = match["before"].strip() and match["behind"].strip(" .")
    return bool(framed) or (" " in match["words"] and match["words"].isupper())


def break_signed(text: str) -> Iterator[Edit]:
    """Put a sign for the words that say so."""
    if tells_break(text):
        yield Edit(0, len(text), "* * *", IN_WORDS)


def _is_picture(text: str) -> bool:
    """Tell whether a line is nothing but emoji and the like."""
    if text.isascii() or len(text) > _LONGEST_SIGN or any(map(str.isalnum, text)):
        return False
    kinds = {unicodedata.category(character) for character in text if not character.isspace()}
    return "So" in kinds and kinds <= {"So", "Sk", "Mn", "Cf"}


def stands_free(groups: Sequence[Sequence[Row]], at: int) -> bool:
    """Tell whether a line stands between paragraphs, as far from the one above it as from the one below."""
    if not 0 < at < len(groups) - 1 or len(groups[at]) > 1:
        return False
    above, below = groups[at][0].gap, groups[at + 1][0].gap
    return above == below and len(groups[at - 1][-1].text) > _LONGEST_SIGN
