"""From sections to divisions: what each heading says, their order, and the tree that follows from it."""

import sys
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.config import OrderConfig
from publish.document import CONTAINERS, Block, DivisionKind, Matter, Paragraph, block_texts, matter
from publish.draft import inlines
from publish.normalize import counting, cues, order
from publish.normalize.cues import Cue
from publish.normalize.naming import Named, Parsed, container_kind, folded, named_by, notes_of_label
from publish.normalize.order import Holder, Item, Solution
from publish.normalize.sections import Section
from publish.normalize.sheet import Sheet
from publish.normalize.typesetting import Setting
from publish.normalize.words import almanac
from publish.normalize.words.vocabulary import NOTE_WORDS
from publish.source import Run


class Leaf(Struct, frozen=True, dict=True):
    """One piece of text with its heading, and the containers that are named for it."""

    named: Named | None
    """None for text before the first heading."""
    holders: tuple[tuple[Named, bool], ...]
    """Outermost first; true where the container's heading stands alone above."""
    section: int
    """Index of the section that holds the text."""
    heading: str
    blocks: tuple[Block, ...]
    date: str = ""
    told: str = ""
    """The day of which its heading or its first line tells."""
    sequel: int = 0
    file: int = 0
    continues: bool = False
    """Text without a heading, cut off from the leaf before it because it may be a piece of its own."""
    stands_as: DivisionKind | None = None
    """The kind of division that stands where this piece does, if its heading says another or none."""
    version: int = 0
    """Which version of its text the name of its file says that it is."""
    filed: int = -1
    """Place of its file by name; -1 where the name tells none."""
    follows: tuple[int, ...] = ()
    """Leaves that a link names as standing before this one."""
    lines: tuple[int, int] = (0, sys.maxsize)
    """Of the section's lines, those from the first of these up to the second are this leaf's."""

    @cached_property
    def sketch(self) -> frozenset[int]:
        """Sketch of the text, see `evidence.fingerprint`."""
        return order.fingerprint(" ".join(text for block in self.blocks for text in block_texts(block)))


def _opened(blocks: tuple[Block, ...], notes: Sequence[Run]) -> tuple[Block, ...]:
    """Let the text begin with the notes of a heading that has no title to hold them."""
    if not notes:
        return blocks
    children = inlines(Run.join(notes))
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        return (Paragraph((*children, *first.children)), *blocks[1:])
    return (Paragraph(children), *blocks)


def leaves(
    sections: Sequence[Section], texts: Sequence[tuple[Block, ...]], sheet: Sheet, setting: Setting
) -> list[Leaf]:
    """Join container headings that stand alone to the piece that follows them."""
    named = [named_by(section, sheet, setting) for section in sections]
    sections, named, left = _with_subtitles(sections, named, sheet, setting)
    named = counting.sections_of_chapters(sections, counting.titles_above(sections, named))
    told = {
        _rank(parts[-1])
        for (parts, _), section in zip(named, sections, strict=True)
        if parts and (section.rows or parts[-1].kind in CONTAINERS)
    }
    alone = [_stands_alone(number, sections, named, told) for number in range(len(sections))]
    found: list[Leaf] = []
    waiting: list[tuple[Named, bool]] = []
    notes: list[Run] = []
    for number, section in enumerate(sections):
        parts, sequel = named[number]
        if number in left:
            continue
        if parts and not parts[-1].title:
            notes += map(setting.finish, notes_of_label(section, sheet))
        if alone[number]:
            stays = _outside_of(waiting, parts[0])
            if stays < len(waiting):
                # Nothing ever came below it: it is a division by itself, or its heading would be lost.
                closed, _ = waiting[-1]
                found.append(_leaf(closed, waiting[:-1], (number - 1, sections[number - 1]), (), sheet))
            waiting = [*waiting[:stays], *((part, True) for part in parts)]
            continue
        inner = tuple((part, False) for part in parts[:-1])
        last = parts[-1] if parts else None
        leaf = _leaf(last, (*waiting, *inner), (number, section), _opened(texts[number], notes), sheet)
        found.append(replace(leaf, sequel=sequel))
        waiting, notes = [], []
    kept = any(draft.order_kept for draft in sheet.drafts)
    return found if kept else _with_closing_notes(found)


def _with_subtitles(
    sections: Sequence[Section], named: Sequence[Parsed], sheet: Sheet, setting: Setting
) -> tuple[list[Section], list[Parsed], set[int]]:
    """Give sections and their names, each subtitle that markup states at its heading, and what it empties.

    The text below the subtitle is that of the heading above, which has none of its own.
    """
    joined, names, left = list(sections), list(named), set[int]()
    for number in range(1, len(sections)):
        head, above = sections[number].head, number - 1
        if head is None or "subtitle" not in sheet.lines[head.first].stated:
            continue
        parts, sequel = names[above]
        if not parts or sections[above].rows or parts[-1].subtitle:
            continue
        subtitle = setting.finish_marked(sheet.lines[head.first].run)
        names[number] = (*parts[:-1], replace(parts[-1], subtitle=subtitle)), sequel
        joined[number] = replace(
            joined[number], head=joined[above].head, date=joined[above].date or joined[number].date
        )
        left.add(above)
    return joined, names, left


def _with_closing_notes(found: list[Leaf]) -> list[Leaf]:
    """Let what is named like front matter but stands behind the last chapter close the book.

    Where the chapters' numbers rise all through the file, the author put there what is there. Else only an
    author's note closes the book, behind the chapter with which the numbers, or the halves of the file that
    were exchanged, end, if they do not begin again. Several pieces of one name are the chapters'.
    """
    numbered = _numbered(found)
    rising = sum(a[1] < b[1] for a, b in pairwise(numbered))
    falling = sum(a[1] > b[1] for a, b in pairwise(numbered))
    counts = [number for _, (_, number) in numbered]
    in_order = not falling or (counts[0] == 1 and all(a < b or b == 1 for a, b in pairwise(counts)))
    if rising == falling and not (rising and in_order):
        return found
    forward = in_order or rising > falling
    first, last = numbered[0][0], numbered[-1][0]
    anew = len({number for _, number in numbered}) < len(numbered)
    ending = last if forward else first
    highest = ending if anew else max(numbered, key=lambda one: one[1])[0]
    beside = highest + 1 if forward else highest - 1
    names = Counter(folded(leaf.named.title) for leaf in found if leaf.named)

    def closes(place: int, named: Named) -> bool:
        behind = place > last if forward else place < first
        fits = _is_note(named) and (behind or place == beside)
        return names[folded(named.title)] == 1 and (fits or (behind and in_order and _opens(named)))

    return [
        _closing(leaf, leaf.named) if leaf.named and closes(place, leaf.named) else leaf
        for place, leaf in enumerate(found)
    ]


def _numbered(found: Sequence[Leaf]) -> list[tuple[int, tuple[int, int]]]:
    """Give the places of the numbered pieces, each with the number of its part, 0 for none, and its own."""
    part = 0
    numbered: list[tuple[int, tuple[int, int]]] = []
    for place, leaf in enumerate(found):
        part = next((held.numbers[0] for held, _ in leaf.holders if held.numbers), part)
        if leaf.named and leaf.named.numbers:
            numbered.append((place, (part, leaf.named.numbers[0])))
    return numbered


def _closing(leaf: Leaf, named: Named) -> Leaf:
    """Give a piece that closes the book: a foreword is an afterword there, persons are what they were."""
    kind = DivisionKind.AFTERWORD if named.kind in _AFTERWORDS else named.kind
    return replace(leaf, named=replace(named, kind=kind), stands_as=DivisionKind.AFTERWORD)


_AFTERWORDS = frozenset({DivisionKind.FOREWORD, DivisionKind.INTRODUCTION, DivisionKind.PREFACE})


def _opens(named: Named) -> bool:
    return named.kind is not None and matter(named.kind) is Matter.FRONT


def _is_note(named: Named) -> bool:
    words = folded(named.title).split()
    return named.kind is DivisionKind.FOREWORD and not NOTE_WORDS.isdisjoint(words)


def _leaf(
    named: Named | None,
    holders: Sequence[tuple[Named, bool]],
    place: tuple[int, Section],
    blocks: tuple[Block, ...],
    sheet: Sheet,
) -> Leaf:
    number, section = place
    head = section.head
    heading = " ".join(sheet.texts[index] for index in head.lines) if head else ""
    file = sheet.file[head.first] if head else 0
    told = _told(heading, section, sheet, holders)
    date = "" if section.date.startswith("--") else section.date
    return Leaf(named, tuple(holders), number, heading, blocks, date, told, file=file)


def _told(heading: str, section: Section, sheet: Sheet, holders: Sequence[tuple[Named, bool]]) -> str:
    """Give the day of a text; its year may be all that the heading above says."""
    below, closing = (sheet.texts[section.rows[at].index] if section.rows else "" for at in (0, -1))
    day, _, title = heading.partition(": ")
    head = section.head
    if head and head.heading is None and len(head.lines) > 1:
        day = title = sheet.texts[head.first]
    said = almanac.about(heading) or (almanac.about(day) if title else "")
    # Days without a year that a site prints cannot be compared as those with one are.
    printed = section.date if section.date.startswith("--") else ""
    told = said or almanac.stated(below) or almanac.stated(closing) or printed
    held = holders[-1][0].title if holders and told.startswith("--") else None
    year, alone, _ = almanac.about(held.text if held else "").partition("-00-00")
    return f"{year}{told[1:]}" if alone else told


def _outside_of(waiting: Sequence[tuple[Named, bool]], part: Named) -> int:
    """Count the containers that a further one stands in: a volume above it stays, another part is closed.

    One of another kind holds it, whatever is usual, for nothing stands between the two.
    """
    for place, (held, _) in enumerate(waiting):
        if held.kind is part.kind if not (held.level and part.level) else held.level >= part.level:
            return place
    return len(waiting)


_Rank = tuple[DivisionKind, int, bool]


def _rank(part: Named) -> _Rank:
    return part.kind or DivisionKind.CHAPTER, part.level, bool(part.numbers)


def _stands_alone(
    number: int, sections: Sequence[Section], named: Sequence[Parsed], told: Collection[_Rank]
) -> bool:
    """Tell whether a section is the bare heading of a container.

    No text stands below it, and an inner division follows; `told` are parts and headings with text. What has
    a day is a post, also where its text begins with the heading of a section.
    """
    parts = named[number][0]
    follower = named[number + 1][0] if number + 1 < len(named) else ()
    if not (parts and follower) or sections[number].rows:
        return False
    if parts[-1].level and follower[0].level:
        post = sections[number].date and not follower[0].numbers and parts[-1].kind not in CONTAINERS
        deeper = follower[0].level > parts[-1].level
        return deeper and not (post or _is_chapter(parts[-1], follower[0], told))
    holds = parts[-1].kind in CONTAINERS or parts[-1].counts
    return holds and (follower[0].kind is not parts[-1].kind or parts[-1].counts)


def _is_chapter(part: Named, follower: Named, told: Collection[_Rank]) -> bool:
    """Tell whether a heading without text of its own, above deeper ones, is no part's: its fellows tell."""
    if part.kind in CONTAINERS or follower.kind or follower.numbers:
        return bool(part.numbers) and part.kind not in CONTAINERS and _rank(part) in told
    beside = any(kind in CONTAINERS and level == part.level for kind, level, _ in told)
    return beside or _rank(part) in told or bool(part.kind and not part.numbers)


def levelled(found: Sequence[Leaf]) -> bool:
    """Tell whether the levels of headings say what lies in what: all have one, and not the same."""
    named = [part for leaf in found for part in (*(held for held, _ in leaf.holders), leaf.named) if part]
    return all(part.level for part in named) and len({part.level for part in named}) > 1


def as_in_file(solution: Solution, found: Sequence[Leaf]) -> bool:
    """Tell whether the order found is that of the file, with nothing inferred or set aside."""
    inferred = any(part.inferred and not part.level for leaf in found for part, _ in leaf.holders)
    return (
        [placed.item for placed in solution.placed] == list(range(len(found)))
        and not inferred
        and not any(container.inferred for placed in solution.placed for container in placed.containers)
    )


def items(found: Sequence[Leaf]) -> list[Item]:
    """Give the leaves as evidence for their order."""
    told = cues.read([_edges(leaf) for leaf in found])
    return [_item(leaf, cue) for leaf, cue in zip(found, told, strict=True)]


def _edges(leaf: Leaf) -> tuple[str, str]:
    """Give the first and the last paragraph of a text."""
    first = next((text for block in leaf.blocks for text in block_texts(block)), "")
    last = [*block_texts(leaf.blocks[-1])] if leaf.blocks else []
    return first, last[-1] if last else ""


def _item(leaf: Leaf, cue: Cue) -> Item:
    named = leaf.named
    holders = tuple(
        Holder(container_kind(part), part.numbers[0] if part.numbers else None, folded(part.title), alone)
        for part, alone in leaf.holders
    )
    return Item(
        kind=leaf.stands_as or (named.kind if named else None),
        numbers=named.numbers if named else (),
        holders=holders,
        title=folded(named.title) if named else "",
        heading=leaf.heading,
        date=leaf.date or None,
        told=leaf.told,
        cue=cue,
        sequel=leaf.sequel,
        headed=named is not None and not named.untitled,
        level=named.level if named else 0,
        file=leaf.file,
        filed=leaf.filed,
        version=leaf.version,
        follows=leaf.follows,
        fingerprint=leaf.sketch,
    )


def solve(
    found: Sequence[Leaf],
    pins: OrderConfig,
    contents: Sequence[str],
    *,
    keep: bool,
    may_copy: Callable[[str], bool],
) -> Solution:
    """Put the leaves in reading order; a file that says that its order is the book's holds no copies.

    `may_copy` tells of a heading whether its chapter may be set aside as a copy. Where numbers stand over
    several texts and the order stays doubtful, the file's order is kept whole.
    """
    evidence = [
        item if not keep and may_copy(item.heading) else replace(item, fingerprint=frozenset())
        for item in items(found)
    ]

    def solved(*, kept: bool) -> Solution:
        return order.solve(
            evidence,
            keep=kept,
            sequence=pins.sequence,
            infer_parts=pins.infer_parts and not kept,
            copies=pins.copies,
            contents=contents,
        )

    solution = solved(kept=keep or pins.keep)
    loses = _loses_heading(evidence, solution)
    if (solution.uncertain and solution.clashes) or loses:
        return order.unsettled(solved(kept=True), solution.doubts or (_NO_PLACE,))
    return solution


_NO_PLACE = (
    "No order has a place for the heading of every part; `[order] keep = true` confirms the file's order, "
    "`[order] sequence` gives another."
)


def _loses_heading(evidence: Sequence[Item], solution: Solution) -> bool:
    """Tell whether an order leaves no place for the heading of a part that the manuscript names."""
    named = {(h.kind, h.number) for placed in solution.placed for h in evidence[placed.item].holders}
    return not named <= {(c.kind, c.number) for placed in solution.placed for c in placed.containers}


def turned(found: Sequence[Leaf], solution: Solution) -> list[Leaf]:
    """Give the leaves with the containers that name them when a file stands newest first, headings and all.

    There the heading of a part, posted by itself, stands below the part's first chapter, and the file ends
    with a bare one. Equal to `found` for any other file.
    """
    last = found[-1] if found else None
    hangs = last and last.named and last.named.kind in CONTAINERS and not last.blocks and not last.holders
    if not (last and hangs and solution.shape == "reversed") or any(alone for _, alone in found[0].holders):
        return list(found)
    below = [tuple(holder for holder in leaf.holders if holder[1]) for leaf in found[1:-1]]
    named = last.named
    below.append(((named, True),) if named else ())
    return [
        replace(leaf, holders=(*above, *(holder for holder in leaf.holders if not holder[1])))
        for leaf, above in zip(found, below, strict=False)
    ]
