"""Text without a heading that may be a piece of its own: where it begins, told before the order is sought.

Below a heading stands what belongs to it, as far as the eye can tell. Three things tell more: a further file
begins; the lines that a site prints at the top of a post stand there; or the chapter stands twice, once
without that text. A dedication or an epigraph at the end of a piece before front matter is the fourth: so it
stands in a file that was turned round. Each is cut off as a piece without a heading. Where the order leaves
it behind the piece from which it was cut, the two become one again (`tree.build`); so do they where the order
would put it behind a chapter that is no version of that piece (`rejoined`).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from statistics import median

from msgspec.structs import replace

from publish.document import Block, DivisionKind, Matter, Paragraph, Quotation, Verse, block_prose, matter
from publish.normalize.cues import is_end
from publish.normalize.divisions import Leaf
from publish.normalize.lines.shape import ends_full, ends_sentence, is_title_like
from publish.normalize.order import Solution
from publish.normalize.passages.letters import plain_text
from publish.normalize.sections import Outline, Section
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.words import almanac
from publish.normalize.words.vocabulary import IN_MEMORY
from publish.patterns import lazily
from publish.source import Run

_GRAM = 4
_FOREIGN = 0.2
"""Share of its runs of words that a paragraph has in common with another chapter at most by chance."""
_ALIKE = 0.5
"""Share that two versions of one chapter have in common at least."""
_LONGEST_DEDICATION = 60
"""Words."""
_LONGEST_SOURCE = 12
"""Words of the line that names an epigraph's source."""
_DEDICATES = lazily(
    r"\b(?:dedicat\w*|inscrib\w*|dédi\w*|gewidmet|zugeeignet|widme\w*|dedicad\w*|dedico|opgedragen"
    r"|dedyk\w*|poświęc\w*|tillägna\w*|tilegne\w*|посвящ\w*)",
    re.IGNORECASE,
)
_ADDRESSES = lazily(r"(?:to|for|à|au|für|an|para|a|al|per|aan|voor|dla|till|til)\b", re.IGNORECASE)


def parted(found: Sequence[Leaf], outline: Outline, sheet: Sheet, chosen: Iterable[str] = ()) -> list[Leaf]:
    """Give the leaves, cut where a further piece begins below the same heading.

    `chosen` holds the headings of chapters of which the author chose a copy, which is a copy as a whole.
    """
    cuts: dict[int, dict[int, str]] = {index: {} for index in range(len(found))}
    starts = _starts(outline, sheet)
    for index, leaf in enumerate(found):
        cuts[index].update(_at_lines(leaf, starts.get(leaf.section, {}), sheet))
    for index, place in (*_after_copies(found, chosen), *_closing_front_matter(found)):
        cuts[index].setdefault(place, "")
    result: list[Leaf] = []
    for index, leaf in enumerate(found):
        result.extend(_cut(leaf, cuts[index], sheet) if cuts[index] else (leaf,))
    return result


def _cut(leaf: Leaf, cuts: Mapping[int, str], sheet: Sheet) -> Iterator[Leaf]:
    """Cut a leaf before the blocks at `cuts`, which give the date of each new piece."""
    places = sorted(cuts)
    bounds = [*(_first_line(leaf.blocks[place:], sheet) for place in places), leaf.lines[1]]
    yield replace(leaf, blocks=leaf.blocks[: places[0]], lines=(leaf.lines[0], bounds[0]))
    for at, (place, end) in enumerate(zip(places, [*places[1:], len(leaf.blocks)], strict=True)):
        blocks = leaf.blocks[place:end]
        opening = _set_off(blocks) == 0 and any(map(_is_dedication, blocks))
        yield Leaf(
            None,
            (),
            leaf.section,
            "",
            blocks,
            cuts[place],
            file=sheet.file[bounds[at]],
            continues=True,
            stands_as=DivisionKind.DEDICATION if opening else None,
            lines=(bounds[at], bounds[at + 1]),
        )


def _line_of(block: Block, sheet: Sheet) -> int | None:
    """Give the line in which a block begins; None for a block without text."""
    run = next(block_prose(block), None)
    span = run.span(0, len(run.text)) if run else None
    line = sheet.line_at(span) if span else None
    return line[2] if line else None


def _first_line(blocks: Sequence[Block], sheet: Sheet) -> int:
    return next(line for block in blocks if (line := _line_of(block, sheet)) is not None)


# --- Posts under the heading of another ---------------------------------------------------------------------


def swallowed(found: Sequence[Leaf], sheet: Sheet) -> list[tuple[int, int]]:
    """Give lines that may be titles of posts of their own, each with the leaf in whose text it stands.

    They read like a title alone between paragraphs, and the text on either side is as long as half a chapter,
    though few chapters hold such a line. Whether they are posts only their author knows.
    """
    sizes = [[len(plain_text(block)) for block in leaf.blocks] for leaf in found]
    usual = median([sum(own) for own in sizes if own] or [0])
    lines = [
        (line, at)
        for at, (leaf, own) in enumerate(zip(found, sizes, strict=True))
        if leaf.heading and sum(own) > usual
        for (block, following), above in zip(pairwise(leaf.blocks), accumulate(own), strict=False)
        if isinstance(block, Paragraph)
        and isinstance(following, Paragraph)
        and len(text := plain_text(block)) <= _LONGEST_TITLE
        and text[:1].isupper()
        and not (ends_sentence(text) or is_end(text))
        and 2 * min(above - len(text), sum(own) - above) >= usual
        and (line := _line_of(block, sheet)) is not None
        and line not in sheet.decided
    ]
    # Where each chapter has an "Introduction", a line in several of these is how they are written.
    named = Counter(found[leaf].heading for leaf in {leaf for _, leaf in lines})
    own = [(line, leaf) for line, leaf in lines if named[found[leaf].heading] == 1]
    return own if len(lines) * _FEW_PIECES <= len(found) else []


def below_the_last(found: Sequence[Leaf], sheet: Sheet) -> list[int]:
    """Give lines in the last numbered chapter that may be titles of what stands behind it.

    What closes a book may be called anything. A line alone between paragraphs, with the capitals of a title,
    says so where the other chapters hold hardly any.
    """
    numbered = [leaf for leaf in found if leaf.named and leaf.named.numbers]
    if len(numbered) < _FEW_PIECES or numbered[-1].continues or sheet.marked(numbered[-1].lines[0]):
        return []
    last = list(_titles_alone(numbered[-1], sheet))
    # The other chapters are gone through where the last has one.
    others = sum(1 for leaf in numbered[:-1] for _ in _titles_alone(leaf, sheet)) if last else 0
    return last if _FEW_PIECES * others <= len(numbered) else []


def _titles_alone(leaf: Leaf, sheet: Sheet) -> Iterator[int]:
    for block, following in pairwise(leaf.blocks):
        if not (isinstance(block, Paragraph) and isinstance(following, Paragraph)):
            continue
        text = plain_text(block)
        named = is_title_like(text, _LONGEST_TITLE) and text[0].isalpha() and text[-1] != "!"
        alone = named and len(plain_text(following)) > len(text) and not is_end(text)
        line = _line_of(block, sheet) if alone else None
        if line is not None and line not in sheet.decided and not sheet.lines[line].indent:
            yield line


_FEW_PIECES = 3
"""One line among so many chapters."""
_LONGEST_TITLE = 60


# --- Files and posts -------------------------------------------------------------------------------------


def _starts(outline: Outline, sheet: Sheet) -> dict[int, dict[int, str]]:
    """Give, for each section, the lines inside it at which a file or a post begins, with the post's date."""
    found: dict[int, dict[int, str]] = {}
    dated = _topped(outline)
    for number, section in enumerate(outline.sections):
        inside: dict[int, str] = {}
        for before, row in pairwise(section.rows):
            if sheet.file[row.index] != sheet.file[before.index]:
                inside[row.index] = ""
            top = [line for line in outline.posted if before.index < line < row.index] if dated else []
            if top:
                inside[row.index] = next(filter(None, (almanac.iso_date(sheet.texts[at]) for at in top)), "")
        if inside:
            found[number] = inside
    return found


def _topped(outline: Outline) -> bool:
    """Tell whether most posts have a line of the site between heading and text."""
    headed = [section for section in outline.sections if section.head and section.rows]
    return 0 < len(headed) <= 2 * sum(_has_top(section, outline.posted) for section in headed)


def _has_top(section: Section, posted: Sequence[int]) -> bool:
    if section.head is None:
        return False
    at = bisect_right(posted, section.head.lines[-1])
    return at < len(posted) and posted[at] < section.rows[0].index


def _at_lines(leaf: Leaf, starts: Mapping[int, str], sheet: Sheet) -> Iterator[tuple[int, str]]:
    for place, block in enumerate(leaf.blocks):
        line = _line_of(block, sheet) if place and starts else None
        if line is not None and line in starts:
            yield place, starts[line]


# --- Chapters that stand twice ---------------------------------------------------------------------------


def ending(found: Sequence[Leaf], index: int) -> Leaf | None:
    """Give what was cut from the end of a chapter since another version of it lacks that."""
    following = found[index + 1] if index + 1 < len(found) else None
    same = following and following.continues and following.file == found[index].file and not following.date
    return following if same else None


def rejoined(found: Sequence[Leaf], solution: Solution) -> list[Leaf]:
    """Give the leaves; endings of copies that would follow a chapter of another text are cut off no more."""
    stands_for = {copy.dropped: copy.kept for copy in solution.copies}
    whole = {
        here.item
        for before, here in pairwise(solution.placed)
        if here.item - 1 in stands_for
        and before.item != stands_for[here.item - 1]
        and ending(found, here.item - 1)
        and (above := found[before.item].named)
        and not _opens_book(above.kind)
    }
    result: list[Leaf] = []
    place: list[int] = []
    for index, leaf in enumerate(found):
        if index in whole:
            last = result[-1]
            lines = (last.lines[0], leaf.lines[1])
            result[-1] = replace(last, blocks=last.blocks + leaf.blocks, lines=lines)
        else:
            result.append(leaf)
        place.append(len(result) - 1)
    return [replace(leaf, follows=tuple(place[other] for other in leaf.follows)) for leaf in result]


def _after_copies(found: Sequence[Leaf], chosen: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find text at the end of one version of a chapter where the other version ends before.

    Where each has an end of its own, both belong to their versions.
    """
    pinned = set(map(words_folded, chosen))
    known: dict[str, list[int]] = {}
    for index, leaf in enumerate(found):
        if leaf.heading and words_folded(leaf.heading) not in pinned:
            known.setdefault(words_folded(leaf.heading), []).append(index)
    for group in known.values():
        for one, other in pairwise(group):
            if found[one].sketch.isdisjoint(found[other].sketch):
                continue
            ends = [
                (longer, place)
                for longer, shorter in ((one, other), (other, one))
                if (place := _foreign_tail(found[longer].blocks, found[shorter].blocks))
            ]
            yield from ends if len(ends) == 1 else ()


def _foreign_tail(blocks: Sequence[Block], others: Sequence[Block]) -> int:
    """Give the place from which on nothing of `blocks` stands in `others`; 0 where that is nothing or all."""
    other = [_words(block) for block in others]
    grams = {gram for words in other for gram in _grams(words)}
    whole = {tuple(words) for words in other}
    shares = [_share(_words(block), grams, whole) for block in blocks]
    place = len(blocks)
    while place and shares[place - 1] <= _FOREIGN:
        place -= 1
    rest = [_words(block) for block in blocks[:place]]
    same = sum(len(words) for words, share in zip(rest, shares, strict=False) if share >= _ALIKE)
    cut = 0 < place < len(blocks) and any(map(_words, blocks[place:]))
    return place if cut and 2 * same > sum(map(len, rest)) else 0


def _words(block: Block) -> list[str]:
    return words_folded(plain_text(block)).split()


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1)]


def _share(words: Sequence[str], grams: set[tuple[str, ...]], whole: set[tuple[str, ...]]) -> float:
    own = _grams(words)
    if not own:
        return float(tuple(words) in whole)
    return sum(gram in grams for gram in own) / len(own)


# --- Dedications and epigraphs ---------------------------------------------------------------------------


def _closing_front_matter(found: Sequence[Leaf]) -> Iterator[tuple[int, int]]:
    """Find dedications and epigraphs at the end of a chapter before front matter."""
    for index, (leaf, following) in enumerate(pairwise(found)):
        named, below = leaf.named, following.named
        if named is None or below is None or not _opens_book(below.kind) or _opens_book(named.kind):
            continue
        place = _set_off(leaf.blocks)
        if 0 < place < len(leaf.blocks):
            yield index, place


def _opens_book(kind: DivisionKind | None) -> bool:
    return kind is not None and matter(kind) is Matter.FRONT


def _set_off(blocks: Sequence[Block]) -> int:
    """Give the place of the first of the dedications and epigraphs that close a text."""
    place = len(blocks)
    while place:
        if _is_dedication(blocks[place - 1]):
            place -= 1
        elif place > 1 and _is_epigraph(blocks[place - 2], blocks[place - 1]):
            place -= 2
        else:
            break
    return place


def dedicated(found: Sequence[Leaf]) -> Iterator[tuple[Leaf, list[Run]]]:
    """Give what dedicates the book by its words at the end of a chapter amid others."""
    for leaf, following in pairwise(found):
        if leaf.blocks[1:] and leaf.named and following.named and _is_dedication(leaf.blocks[-1]):
            lines = list(block_prose(leaf.blocks[-1]))
            text = " ".join(line.text for line in lines)
            if _ADDRESSES.match(text) and _DEDICATES.search(text):
                yield leaf, lines


def _is_dedication(block: Block) -> bool:
    text = plain_text(block)
    short = 0 < len(text.split()) <= _LONGEST_DEDICATION
    return short and (
        IN_MEMORY.match(text) is not None
        or (_ADDRESSES.match(text) is not None and (isinstance(block, Verse) or not ends_full(text)))
        or (_DEDICATES.search(text) is not None and len(text.split()) <= _LONGEST_DEDICATION // 2)
    )


def _is_epigraph(block: Block, below: Block) -> bool:
    """Tell whether verse or a quotation stands above a line that names its source."""
    source = plain_text(below) if isinstance(below, Paragraph) else ""
    named = 0 < len(source.split()) <= _LONGEST_SOURCE and not ends_full(source)
    return named and isinstance(block, Verse | Quotation)
