"""Lines that name the piece before or behind: "Next: Chapter 4", "← Salt | The Lamp →", links of Markdown."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from publish.normalize.divisions import Leaf
from publish.normalize.lines import headings
from publish.normalize.sections import Section
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.words.wordlists import sections
from publish.patterns import lazily
from publish.source import Run

_LONGEST = 200
_LINK = lazily(r"\[([^\]\n]*)\]\([^)\n]*\)|<a\b[^>]*>(.*?)</a>", re.IGNORECASE)
_BETWEEN = lazily(r"\s*[|·•\t]\s*|\s{3,}|(?<=[→»›>])\s+(?=\S)|(?<=\S)\s+(?=[←«‹<])")
_SIGNS = lazily("[|·•\t\xa0\u2000-\u200a\u202f\u3000→»›>←«‹<\\]]")
"""Without one of these, or a wide gap, a line is one part."""
_LINKS = sections("sites")["links"]
_BEFORE, _BEHIND = (
    re.compile(rf"^(?:{_LINKS[way]})(?:\s+(?:{_LINKS['what']}))?\s*[:.–—-]*\s*(?P<title>.*)$", re.IGNORECASE)
    for way in ("before", "behind")
)
HINTS = tuple(sections("sites")["furniture"]["links"].split())
"""A line that links has one of these words or signs."""
_LEFT = lazily(r"^(?:<<|<-|[←⟵«‹<])\s*(?P<title>\S.*)$")
_POINTS_RIGHT = ">→⟶»›"
_RIGHT = lazily(r"^(?P<title>.*\S)\s*(?:>>|->|[→⟶»›>])$")


def followed(found: Sequence[Leaf], sections: Sequence[Section], sheet: Sheet) -> list[Leaf]:
    """Give the leaves with those that a link names as standing before them."""
    owners = _Owners(found, sections)
    targets = _targets(found)
    counted_anew = any(part.numbers for leaf in found for part, _ in leaf.holders)
    before: dict[int, set[int]] = {}
    for line in sorted(sheet.holding(HINTS)):
        if len(sheet.texts[line]) > _LONGEST:
            continue
        for step, title in _said(_with_edges(sheet.lines[line].run)):
            other, by_number = targets.get(words_folded(title), (-1, False))
            here = owners.of(line)
            # Where numbers begin again, a label may mean the one that is not in the file.
            apart = by_number and counted_anew and abs(here - other) > 1
            if other >= 0 and here >= 0 and other != here and not apart:
                first, second = (here, other) if step > 0 else (other, here)
                before.setdefault(second, set()).add(first)
    for first, second in _addressed(found, sections, sheet):
        before.setdefault(second, set()).add(first)
    if not before:
        return list(found)
    return [replace(leaf, follows=tuple(sorted(before.get(index, ())))) for index, leaf in enumerate(found)]


def _addressed(found: Sequence[Leaf], sections: Sequence[Section], sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give pairs of leaves that follow each other by the addresses that their pages state."""
    stated: dict[int, dict[str, str]] = {}
    for index, leaf in enumerate(found):
        head = sections[leaf.section].head
        if head is not None and not leaf.continues:
            said = {name: _page(value) for name, value in sheet.lines[head.first].attributes}
            stated[index] = said
    own = {said["link"]: index for index, said in stated.items() if said.get("link")}
    for index, said in stated.items():
        for pair in ((own.get(said.get("previous", "")), index), (index, own.get(said.get("next", "")))):
            if pair[0] is not None and pair[1] is not None and pair[0] != pair[1]:
                yield pair[0], pair[1]


def _page(address: str) -> str:
    """Give the name of a page, by which it is known wherever it was saved."""
    path = re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/")
    return path.rpartition("/")[2].lower().removesuffix(".html").removesuffix(".htm")


class _Owners:
    """Tells which leaf a line belongs to, also where the line left the text as furniture."""

    def __init__(self, found: Sequence[Leaf], sections: Sequence[Section]) -> None:
        self._starts: list[int] = []
        self._leaves: list[int] = []
        for index, leaf in enumerate(found):
            section = sections[leaf.section]
            lines = section.head.lines if section.head else [row.index for row in section.rows]
            start = max(min(lines, default=0), leaf.lines[0])
            self._starts.append(start)
            self._leaves.append(index)

    def of(self, line: int) -> int:
        at = bisect_right(self._starts, line) - 1
        return self._leaves[at] if at >= 0 else -1


def _with_edges(run: Run) -> str:
    """Give the text of a line with a tab where the address of a link was taken out of it."""
    edges = [
        after.at
        for before, after in pairwise(run.pieces)
        if before.exact and after.exact and after.start - before.end >= _SHORTEST_ADDRESS
    ]
    bounds = [0, *edges, len(run.text)]
    return "\t".join(run.text[a:b] for a, b in pairwise(bounds))


_SHORTEST_ADDRESS = len("](a)")


def _said(text: str) -> Iterator[tuple[int, str]]:
    """Give the titles that a line links to, each with 1 for the next piece and -1 for the one before."""
    parts = [text]
    if _SIGNS.search(text) or "   " in text:
        parts = _BETWEEN.split(_LINK.sub(lambda match: f"{match[1] or match[2] or ''}\t", text))
    for part in parts:
        step, title = _step(part.strip())
        if step and title:
            yield step, title


def _step(part: str) -> tuple[int, str]:
    step = 0
    if match := _LEFT.match(part):
        step, part = -1, match["title"].strip()
    elif part[-1:] in _POINTS_RIGHT and (match := _RIGHT.match(part)):
        step, part = 1, match["title"].strip()
    for pattern, way in ((_BEFORE, -1), (_BEHIND, 1)):
        if match := pattern.match(part):
            return way, match["title"]
    return step, part


def _targets(found: Sequence[Leaf]) -> dict[str, tuple[int, bool]]:
    """Give the leaf that each heading, label or title names, and whether by its number alone.

    None where several are named alike.
    """
    names: dict[str, set[tuple[int, bool]]] = {}
    for index, leaf in enumerate(found):
        for name, by_number in _names(leaf):
            names.setdefault(name, set()).add((index, by_number))
    return {name: next(iter(those)) for name, those in names.items() if name and len(those) == 1}


def _names(leaf: Leaf) -> set[tuple[str, bool]]:
    heading = headings.parse(leaf.heading) if leaf.heading else None
    if heading is None:
        return {(words_folded(leaf.heading), False)}
    last = heading.components[-1]
    label = words_folded(leaf.heading[slice(*last.label)])
    titled = {
        words_folded(leaf.heading),
        words_folded(leaf.heading[slice(*last.title)]) if last.title else "",
    }
    return {(label, True), *((name, False) for name in titled - {label})}
