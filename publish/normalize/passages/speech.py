"""Lines that open with who speaks: plays, transcripts, messages; and lines of lists, which stand alone too.

No name is known beforehand. A label with a colon counts where its neighbours have one; a name with a full
stop, or alone in capitals, where it comes back and others of its form do, as in a play.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.normalize.lines.shape import ends_full, is_ornament
from publish.normalize.pages import BROKEN
from publish.normalize.passages.wrapping import NARROWEST, Row, goes_on_small, is_full, touching
from publish.patterns import lazily

_NAME = r"[^\W\d_][^\s:.!?,;\[\]()]*(?:\s[^\s:.!?,;\[\]()]+){0,3}"
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
_DIRECTION = r"(?:\s?[(\[][^()\[\]]{1,60}[)\]])?"
"""What the speaker does: "ANNA (aside)". """
_COLON = lazily(
    rf"(?:[\[(]{_TIME}[\])]|{_TIME})?\s*(?:[-–—]\s+)?[*_]{{0,2}}(?P<name>{_NAME}){_DIRECTION}:[*_]{{0,2}}(?=\s|\Z)"
)
_STAMPED = lazily(rf"[\[(]{_TIME}[\])]\s*\S")
_STOPPED = lazily(rf"(?P<name>{_NAME}){_DIRECTION}\.(?=\s|\Z)")
_SET = lazily(
    rf"(?P<sign>[*_]{{1,2}})(?:\d\.?\s)?(?P<name>{_NAME})(?P<stop>[.:]?)(?P=sign)(?P<after>[.:]?)(?=\s|\Z)"
)
"""A name in typed italics: "_Ham._"."""
_ALONE = lazily(rf"(?P<name>{_NAME}){_DIRECTION}[.:]?\Z")
_PERSON = lazily(rf"(?P<name>{_NAME})\s?[,(–—-]")
_LISTED = lazily(r"(?:\(?\d{1,3}[.)]|\(?[a-z]\)|[-–—•·*])\s+(?=\S)")
_DIRECTS = lazily(r"[\[(*_]{0,2}(?:re-?)?(?:enter|exit|exeunt)\b[^,;:]*[.)\]]+[*_]?\Z", re.IGNORECASE)
"""The words of the stage in most languages of Europe."""
_NUMERAL = re.compile(r"[IVXLC]+\Z")
_LONGEST_NAME = 60
"""Characters to the end of a label, a time and a direction included."""
_LEAST_CAST = 2
_LEAST_SPEECHES = 4
_LEAST_SHARE = 0.3
"""Of all paragraphs, where names are in small letters: "Well. I think" opens some in any book."""


class Utterances(Struct, frozen=True):
    """The lines of a manuscript that open what somebody says, or an entry of a list."""

    opening: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()
    """Those that hold the name and nothing else: the speech is below."""


def utterances(sections: Sequence[Sequence[Row]]) -> Utterances:
    """Find who speaks in the sections of a manuscript; each is given as its rows."""
    blocks = [block for rows in sections for block in touching(rows)]
    opening: set[int] = set()
    for block in blocks:
        opening.update(_listed(block) or _labelled(block))
    alone, stopped = _names_alone(blocks), _names(blocks)
    capitals = {index: name for index, name in stopped.items() if _is_capitals(name)}
    large = _cast(alone | capitals) | _cast(_names_set(blocks))
    small = _named_again({index: name for index, name in stopped.items() if index not in capitals})
    if sum(1 for block in blocks if block[0].index in small) < len(blocks) * _LEAST_SHARE:
        small = {}
    found = large | small
    if found:
        opening.update(row.index for block in blocks for row in block if _DIRECTS.match(row.text))
        opening.update(index for block in blocks for index in _spoken(block, found))
    by_itself = {
        row.index
        for block in (blocks if small else ())
        for row in block[:-1]
        if row.text.rstrip(".") == small.get(row.index) and not _DIRECTS.match(row.text)
    }
    return Utterances(frozenset(opening), frozenset(opening & (alone.keys() | by_itself)))


def apart(groups: Iterable[Sequence[Row]], found: Utterances) -> Iterator[Sequence[Row]]:
    """Part the lines of paragraphs before each speech, and below a name that stands alone."""
    if not found.opening:
        yield from groups
        return
    for group in groups:
        start = 0
        for at in range(1, len(group)):
            if group[at].index in found.opening or group[at - 1].index in found.alone:
                yield group[start:at]
                start = at
        yield group[start:]


def whole(groups: Iterable[Sequence[Row]], found: Utterances) -> Sequence[Sequence[Row]]:
    """Put the lines of speeches together that were broken where a screen ended; verse stays as it is.

    Speeches are short, so that all of a section show the width: nearly all of their lines that go on are
    full, and half of them at least go on with a small letter.
    """
    apart = list(groups)
    joints, inside = _joints(apart, found) if found.opening else ({}, [])
    if not joints:
        return apart
    inside += joints.values()
    width = max(above.width for above, _ in inside)
    unbroken = [pair for pair in inside if not BROKEN.search(pair[0].text)]
    full = sum(is_full(*pair, width) for pair in unbroken)
    small = sum(below.text[:1].islower() for _, below in inside)
    if full * 4 < len(unbroken) * 3 or small * 2 < len(inside) or width < NARROWEST:
        return apart
    joined: list[Sequence[Row]] = []
    for at, group in enumerate(apart):
        goes_on = at in joints and is_full(*joints[at], width)
        joined[-1:] = [[*joined[-1], *group]] if goes_on else [*joined[-1:], group]
    return joined


def _joints(
    groups: Sequence[Sequence[Row]], found: Utterances
) -> tuple[dict[int, tuple[Row, Row]], list[tuple[Row, Row]]]:
    """Give the groups that may go on with a speech, each with the line ends before it, and those inside."""
    joints: dict[int, tuple[Row, Row]] = {}
    inside: list[tuple[Row, Row]] = []
    speaks, opening = False, found.opening - found.alone
    for at, group in enumerate(groups):
        first = group[0]
        goes_on = speaks and first.gap == 0 and first.index not in found.opening
        speaks = goes_on or first.index in opening
        if goes_on:
            joints[at] = groups[at - 1][-1], first
        if speaks:
            inside += pairwise(group)
    return joints, inside


def _listed(block: Sequence[Row]) -> list[int]:
    """Give the lines of a list; a speech may go on behind a dash: "– Come here / – she called"."""
    if len(block) > 1 and all(_LISTED.match(row.text) and not is_ornament(row.text) for row in block):
        tails = {b.index for a, b in pairwise(block) if _is_tail(a, b) and not goes_on_small(block[0])}
        return [row.index for row in block if row.index not in tails]
    return _persons(block)


def _is_tail(above: Row, row: Row) -> bool:
    return (
        row.text[0] in "–—-" and goes_on_small(row) and not ends_full(above.text) and above.width >= NARROWEST
    )


def _persons(block: Sequence[Row]) -> list[int]:
    """Give the lines of a list of the persons of a play, their names in capitals."""
    if len(block) < _LEAST_CAST or not _PERSON.match(block[0].text):
        return []
    named = sum(
        1
        for row in block
        if row.text.isupper() or ((name := _PERSON.match(row.text)) and _is_capitals(name["name"]))
    )
    listed = named * 2 >= len(block) and not all(row.text.isupper() for row in block)
    return [row.index for row in block] if listed else []


def _labelled(block: Sequence[Row]) -> list[int]:
    """Give the lines with a colon behind a name, or a time before one, where the first line has it too."""
    labels = [row.index for row in block if (":" in row.text or row.text[:1] in "[(") and _label(row.text)]
    if len(labels) < _LEAST_CAST or len(labels) * 2 < len(block) or labels[0] != block[0].index:
        return []
    return labels + [row.index for row in block if row.text.isupper()]


def _label(text: str) -> bool:
    if text[:1] in "[(" and _STAMPED.match(text):
        return True
    match = _COLON.match(text) if text.find(":", 0, _LONGEST_NAME) >= 0 else None
    return match is not None and match["name"][0].isupper()


def _names(blocks: Sequence[Sequence[Row]]) -> dict[int, str]:
    """Give the lines that open with a name and a full stop."""
    found: dict[int, str] = {}
    for block in blocks:
        for row in block:
            stopped = row.text[:1].isupper() and row.text.find(".", 0, _LONGEST_NAME) > 0
            match = _STOPPED.match(row.text) if stopped else None
            # A name alone on its line says whose journal follows, unless it is in capitals as in plays.
            if match and (match.end() < len(row.text) or _is_capitals(match["name"])):
                found[row.index] = match["name"]
    return found


def _names_set(blocks: Sequence[Sequence[Row]]) -> dict[int, str]:
    """Give the lines that open with a name in italics and a stop."""
    found: dict[int, str] = {}
    for row in (row for block in blocks for row in block if row.text[:1] in ("_", "*")):
        match = _SET.match(row.text, 0, _LONGEST_NAME)
        if match and (match["stop"] or match["after"]):
            found[row.index] = match["name"]
    return found


def _names_alone(blocks: Sequence[Sequence[Row]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in blocks:
        for row in block[:-1]:
            short = len(row.text) <= _LONGEST_NAME and row.text[:1].isupper()
            match = _ALONE.match(row.text) if short else None
            if match and _is_capitals(match["name"]):
                found[row.index] = match["name"]
    return found


def _is_capitals(name: str) -> bool:
    return name.isupper() and len(name) > 1 and not _NUMERAL.match(name)


def _cast(names: Mapping[int, str]) -> dict[int, str]:
    """Give the names of a play: some come back, and then all of their form count."""
    return dict(names) if _named_again(names) else {}


def _named_again(names: Mapping[int, str]) -> dict[int, str]:
    """Give the lines whose names come back; none where that are too few for a play."""
    often = {name: times for name, times in Counter(names.values()).items() if times > 1}
    if len(often) < _LEAST_CAST or sum(often.values()) < _LEAST_SPEECHES:
        return {}
    return {index: name for index, name in names.items() if name in often}


def _spoken(block: Sequence[Row], found: Mapping[int, str]) -> Iterator[int]:
    """Give the speeches of one block: the first line opens one or directs, and each ends its sentence."""
    if block[0].index not in found and block[0].text[:1] not in "[(":
        return
    for at, row in enumerate(block):
        if row.index in found and (not at or ends_full(block[at - 1].text)):
            yield row.index
