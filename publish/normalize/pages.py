"""Page furniture: folios and running heads that stayed in the text when pages were turned into a file.

No word has to be known. Folios are lines alike but for a number that rises from page to page; that they are
no chapter numbers is shown by the sentences which pages, and never chapters, cut in two. Running heads stand
beside folios or at page breaks and come back, or cut a sentence themselves.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.document import DivisionKind
from publish.normalize.lines import headings
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_full, ends_sentence, is_capitals, is_ornament, is_title_like
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.words.almanac import may_be_dated, stated, undated
from publish.normalize.words.numerals import from_roman
from publish.patterns import lazily

_ROMAN = re.compile(r"\W{0,4}([ivxlc]{1,8})\W{0,4}")
_LONGEST_ROMAN = 16
"""Signs on both sides of it included."""
_FIGURES = re.compile(r"\d+")
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_PAGE_WORD = lazily(r"\b(?:p(?:age|[áa]g(?:ina)?|p)?|seite|s|стр|of|von|de)\b\.?|[\W\d_]", re.IGNORECASE)
_OF_ALL = lazily(
    r"\W{0,4}(?:page|p|pg|seite|s|p[áa]gina|sid[ae]|sivu|stron[ay]|str|strana|oldal|sayfa|стр(?:аница)?)\.?\s+"
    r"\d{1,4}\s*(?:/|of|von|de|sur|di|van|av|af|z|ze|из)\s*\d{1,4}\W{0,4}",
    re.IGNORECASE,
)
"""A page and how many there are: no chapter is counted so, so that two of them need no sentence to cut."""
_LONGEST_FOLIO = 60
_LONGEST_HEAD = 80
_MOST_WORDS = 9
_LEAST_FOLIOS = 3
_FEWEST_FOLIOS = 2
"""So many are folios where each cuts a sentence, or one does and both stand beside running heads."""
_LEAST_HEADS = 3
_DATE_NUMBERS = 3
_MANY_FOLIOS = 12
"""Of so many pages running heads come back often enough to be known by that."""
_LEAST_SET_APART = 2
"""So many lines are running heads where wide white space parts a title from a rising number."""
_AT_LEFT = re.compile(r"(?:[ \xa0]{4,}|\t[ \xa0\t]*)(?=[^\W\d_])")
_AT_RIGHT = re.compile(r"[^\W\d_](?:[ \xa0]{4,}|\t[ \xa0\t]*)\Z")
_STEPS = (1, 2, 3)
"""Rises from one folio to the next; a page whose number was lost is stepped over."""
_LEAST_CUT = 20
"""Characters; a shorter line without a stop may be a heading or a name, no sentence that a page cuts."""
_WRAPPED = 38
"""Characters; hardly any line of verse without a stop is longer, and wrapped prose is."""
_PAGE = 60
"""Lines of a page."""
_SET_IN = 8
"""Columns by which a line stands in the middle of its page."""
_NEAR = 3
"""Lines of a paragraph that show whether it is wrapped."""
_FIRST_NUMBERS = 3
"""Numbers with which chapters begin, too."""
BROKEN = re.compile(r"[^\W\d_]-$")
"""A line that ends inside a word."""


def page_furniture(sheet: Sheet, taken: Mapping[int, str]) -> dict[int, str]:
    """Give the lines that are folios or running heads, each with what it is."""
    found = _candidates(sheet, taken)
    chains = list(_chains(found))
    coming_back = cache(lambda: _coming_back(sheet))
    passing = {item.index for item in found} | coming_back() if chains else set()
    heads = {head for chain in chains for head in _beside(sheet, chain)}
    counted = {item.value for item in found if _OF_ALL.fullmatch(sheet.texts[item.index])}
    turns = _Turns(passing, heads, counted)
    folios = {index for chain in chains for index in _folios(sheet, chain, turns)}
    dropped = dict.fromkeys(folios, "Page number.")
    dropped.update(dict.fromkeys(_running_heads(sheet, folios, taken, coming_back), "Running head."))
    return dropped


# --- Folios ----------------------------------------------------------------------------------------------


class _Number(Struct, frozen=True):
    """A number in a short line."""

    index: int
    value: int
    template: str
    """The line in small letters, its number taken out."""
    plain: bool
    """Nothing but the number, signs and words for a page."""
    roman: bool = False
    apart: bool = False
    """Wide white space parts it from words that stand alone elsewhere too, as in a running head."""


def _candidates(sheet: Sheet, taken: Mapping[int, str]) -> list[_Number]:
    """Give the numbers of all short lines; lines with words of their own must come back."""
    figured = {*sheet.numbered}
    read = [
        number
        for index, text in enumerate(sheet.texts)
        if len(text) <= (_LONGEST_FOLIO if index in figured else _LONGEST_ROMAN)
        if index not in taken and not sheet.marked(index)
        for number in _numbers(index, text)
    ]
    often = Counter(number.template for number in read)
    if any(number.apart for number in read):
        titles = {words_folded(text) for text in sheet.texts if len(text) <= _LONGEST_HEAD}
        read = [replace(item, apart=item.apart and words_folded(item.template) in titles) for item in read]
    least = {True: _LEAST_SET_APART, False: _LEAST_FOLIOS}
    return [number for number in read if number.plain or often[number.template] >= least[number.apart]]


def _numbers(index: int, text: str) -> Iterator[_Number]:
    roman = _ROMAN.fullmatch(text) if len(text) <= _LONGEST_ROMAN else None
    value = from_roman(roman.group(1)) if roman else None
    if value:
        yield _Number(index, value, "", plain=True, roman=True)
        return
    if not _FIGURES.search(text) or len(text.split()) > _MOST_WORDS:
        return
    if _is_labelled(text):
        return
    found = [*_DIGITS.finditer(text)]
    for match in found:
        around = f"{text[: match.start()]}#{text[match.end() :]}"
        apart = bool(_AT_LEFT.match(text, match.end()) or _AT_RIGHT.search(text[: match.start()]))
        # Of three numbers one is a day: "Page 2 of 14" has two.
        plain = len(found) < _DATE_NUMBERS and not _PAGE_WORD.sub("", around)
        # Facing pages have the same words, and their numbers on the outer sides.
        outer = around.replace("#", " ") + " #" if apart else around
        template = " ".join(outer.lower().split())
        yield _Number(index, int(match.group()), template, plain=plain, apart=apart and not plain)


def _chains(numbers: Sequence[_Number]) -> Iterator[list[_Number]]:
    """Give the series that rise from page to page, the longest first; no number is in two."""
    last: dict[tuple[bool, int], int] = {}
    before: list[int | None] = []
    length: list[int] = []
    for place, number in enumerate(numbers):
        ways = [last[key] for step in _STEPS if (key := (number.roman, number.value - step)) in last]
        # "Page 1 of 2" does not rise by itself.
        ways = [way for way in ways if numbers[way].index != number.index]
        best = max(ways, key=lambda way: length[way], default=None)
        before.append(best)
        length.append(1 + (length[best] if best is not None else 0))
        known = last.get((number.roman, number.value))
        if known is None or length[place] >= length[known]:
            last[number.roman, number.value] = place
    used: set[int] = set()
    for end in sorted(range(len(numbers)), key=lambda place: -length[place]):
        chain: list[_Number] = []
        at: int | None = end
        while at is not None and at not in used:
            used.add(at)
            chain.append(numbers[at])
            at = before[at]
        if len(chain) >= (_FEWEST_FOLIOS if all(number.plain for number in chain) else _LEAST_FOLIOS):
            yield chain[::-1]


class _Turns(Struct, frozen=True):
    """What else may stand where a page turns."""

    passing: set[int]
    """Lines with numbers, and lines that come back again and again."""
    heads: set[int]
    """Lines right above or below a number that stand elsewhere, too, as running heads do."""
    counted: Collection[int] = ()
    """Numbers of pages that say how many pages there are."""


def _beside(sheet: Sheet, chain: Sequence[_Number]) -> Iterator[int]:
    for at in (at for number in chain for at in (number.index - 1, number.index + 1)):
        if 0 <= at < len(sheet.texts) and _may_be_head(sheet.texts[at]) and _comes_back(sheet, at):
            yield at


_MOST_ALIKE = 50
"""Of lines alike but for their numbers so many are compared: the first few tell as much as thousands."""


def _comes_back(sheet: Sheet, index: int) -> bool:
    folded = words_folded(sheet.texts[index])
    alike = (other for other in islice(sheet.alike(folded), _MOST_ALIKE) if other != index)
    return any(words_folded(sheet.texts[other]) == folded for other in alike)


def _may_be_head(text: str) -> bool:
    """Tell whether a line may be a running head, which old books end with a full stop.

    A day without its year opens the entry of a diary.
    """
    if len(text) > _LONGEST_HEAD or text[0].islower() or stated(text).startswith("--"):
        return False
    ends, inside = ends_full(text), ends_full(text[:-1])
    if ends == inside:
        return not ends
    return ends == (is_capitals(text) or is_title_like(text[:-1]))


def _folios(sheet: Sheet, chain: Sequence[_Number], turns: _Turns) -> Iterator[int]:
    """Give the lines of one series that are folios.

    Lines of one template belong together. A number alone is a folio where most stand close to the text and
    one at least cuts a sentence, or where many cut one; words beside it must cut sentences again and again,
    on one of the facing pages at least.
    """
    counted = [item.index for item in chain if _OF_ALL.fullmatch(sheet.texts[item.index])]
    if len(counted) >= _FEWEST_FOLIOS:
        yield from counted
        yield from _in_turn(chain, counted, turns)
    elif len(chain) < _LEAST_FOLIOS:
        yield from (number.index for number in chain if _are_few(sheet, chain, turns))
    if counted or len(chain) < _LEAST_FOLIOS:
        return
    alike: dict[str, list[_Number]] = {}
    for number in chain:
        alike.setdefault("" if number.plain else number.template, []).append(number)
    certain = [template for template, some in alike.items() if _are_folios(sheet, template, some, turns)]
    sides = {side for template in certain if template and (side := _side(alike[template])) is not None}
    for template, some in alike.items():
        facing = (
            template
            and len(some) >= _LEAST_FOLIOS
            and (side := _side(some)) is not None
            and 1 - side in sides
        )
        if template in certain or facing:
            yield from (number.index for number in some)


def _in_turn(chain: Sequence[_Number], counted: Collection[int], turns: _Turns) -> Iterator[int]:
    """Give the bare numbers that take turns with "Page 4 of 90": for pages that have no such line.

    They stand about a page from their neighbours, which the first number of a chapter hardly does.
    """
    gaps = [(b.index - a.index) / (b.value - a.value) for a, b in pairwise(chain)]
    page = sorted(gaps)[len(gaps) // 2]
    for number, above, below in zip(chain, [page, *gaps], [*gaps, page], strict=True):
        bare = number.index not in counted and number.plain and number.value not in turns.counted
        if bare and page <= 2 * min(above, below) and max(above, below) <= 2 * page:
            yield number.index


def _side(some: Sequence[_Number]) -> int | None:
    """Give the side on which pages with these numbers lie, 1 for the recto; None where they lie on both."""
    sides = {number.value % 2 for number in some}
    return sides.pop() if len(sides) == 1 else None


def _are_folios(sheet: Sheet, template: str, some: Sequence[_Number], turns: _Turns) -> bool:
    lines = [number.index for number in some]
    wrapped = {index for index in lines if _cuts_wrapped(sheet, index, turns)}
    close = {index for index in lines if _is_close(sheet, index)}
    headed = {index for index in lines if {index - 1, index + 1} & turns.heads}
    # A number and a name apart from the text may head a chapter of a novel in verse.
    cut = len(wrapped.union(at for at in close.union({*lines} - headed) if _cuts(sheet, at, turns.passing)))
    below = sum(1 for index in lines if _is_below_unfinished(sheet, index))
    far = all(below - above > 2 or sheet.lines[below].page_break for above, below in pairwise(lines))
    paged = far and len(headed) * 3 >= len(lines) * 2 and some[0].value > _FIRST_NUMBERS
    paged = paged and bool(wrapped or _is_below_label(sheet, lines[0]))
    plain = not template and (paged or (cut + below > 0 and len(close) * 3 >= len(lines) * 2))
    often = not template or len(lines) >= _LEAST_FOLIOS
    apart = len(lines) >= _LEAST_SET_APART and far and all(number.apart for number in some)
    return apart or plain or (often and (cut * 4 >= len(lines) or below * 3 >= len(lines)))


def _are_few(sheet: Sheet, chain: Sequence[_Number], turns: _Turns) -> bool:
    """Tell folios of two pages: both cut wrapped text, or one does and both stand beside running heads."""
    lines = [number.index for number in chain]
    cut = sum(1 for index in lines if _cuts_wrapped(sheet, index, turns))
    headed = all({index - 1, index + 1} & turns.heads for index in lines)
    return lines[-1] - lines[0] > 2 and (cut == len(lines) or (cut > 0 and headed))


def _is_below_label(sheet: Sheet, index: int) -> bool:
    """Tell whether a heading with a label stands above a line: no bare number counts chapters below it."""
    above = sheet.texts[max(0, index - _PAGE) : index]
    return any(len(text) <= _LONGEST_FOLIO and _is_labelled(text) for text in above)


def _is_close(sheet: Sheet, index: int) -> bool:
    """Tell whether no white space parts a line from the text above it, or a page turns at it."""
    line = sheet.lines[index]
    follower = sheet.lines[index + 1] if index + 1 < len(sheet.lines) else None
    return line.page_break or line.blanks_above == 0 or (follower is not None and follower.page_break)


def _is_below_unfinished(sheet: Sheet, index: int) -> bool:
    """Tell whether a line stands directly below a line without a stop, as at the foot of a page of verse."""
    line = sheet.lines[index]
    return index > 0 and line.blanks_above == 0 and not line.page_break and _goes_on(sheet.texts[index - 1])


def _goes_on(text: str) -> bool:
    return len(text) >= _LEAST_CUT and not ends_full(text) and text[-1] != ":" and not is_ornament(text)


_MOST_BESIDE = 24
"""Lines that a page turn may bring; where all lines are alike nothing is told by looking further."""


def _cuts_wrapped(sheet: Sheet, index: int, turns: _Turns) -> bool:
    """Tell whether a sentence of wrapped text goes on across a number and the running head beside it.

    In German a third of the words begin large: there the lines beside it show that the text is wrapped.
    """
    heads = {at for at in (index - 1, index + 1) if at in turns.heads or _is_titled(sheet, at)}
    above, below = _round(index, turns.passing | heads)
    if not 0 <= above < below < len(sheet.texts) or len(sheet.texts[above]) < _WRAPPED:
        return False
    near = (*sheet.texts[max(0, above - _NEAR) : above], *sheet.texts[below : below + _NEAR])
    small = sum(1 for text in near if text[0].islower())
    goes_on = sheet.texts[below][0].islower() or (sheet.texts[below][0].isalpha() and small * 2 >= len(near))
    return goes_on and _goes_on(sheet.texts[above]) and not sheet.first_of_file(index)


def _is_titled(sheet: Sheet, index: int) -> bool:
    text = sheet.texts[index] if 0 <= index < len(sheet.texts) else ""
    return len(text) <= _LONGEST_HEAD and (is_capitals(text) or is_title_like(text.rstrip(".")))


def _cuts(sheet: Sheet, index: int, passing: Collection[int]) -> bool:
    """Tell whether a sentence goes on across a line; `passing` are lines that may stand beside it."""
    above, below = _round(index, passing)
    if above < 0 or below >= len(sheet.texts) or sheet.first_of_file(index):
        return False
    return _goes_on(sheet.texts[above]) and sheet.texts[below][0].islower()


def _round(index: int, passing: Collection[int]) -> tuple[int, int]:
    """Give the lines above and below one, those left out of account that a page turn may bring."""
    above, below = index - 1, index + 1
    while above > index - _MOST_BESIDE and above in passing:
        above -= 1
    while below < index + _MOST_BESIDE and below in passing:
        below += 1
    return above, below


def _coming_back(sheet: Sheet) -> set[int]:
    """Give the short lines without a sentence's end that stand in the manuscript several times."""
    texts = sheet.texts
    dated = {i: _template(undated(texts[i], "#")) for i in sheet.numbered if may_be_dated(texts[i])}
    places: dict[str, list[int]] = {}
    for index in sheet.coming_back(_LEAST_HEADS, dated):
        if len(texts[index]) <= _LONGEST_HEAD and not ends_sentence(texts[index]):
            template = dated[index] if index in dated else _template(texts[index])
            places.setdefault(template, []).append(index)
    return {index for some in places.values() if len(some) >= _LEAST_HEADS for index in some}


# --- Running heads ---------------------------------------------------------------------------------------


def _running_heads(
    sheet: Sheet, folios: Collection[int], taken: Mapping[int, str], coming_back: Callable[[], set[int]]
) -> set[int]:
    """Give short lines that come back at page turns, or cut sentences wherever they stand.

    A heading between whose places others count, "II." in each part, is at a page turn by chance.
    """
    gone = {*folios, *taken}
    beside = {at for folio in folios for at in (folio - 1, folio + 1)}
    turned = (at for at, line in enumerate(sheet.lines) if line.page_break or at in beside)
    turning = {*_short(sheet, turned, gone)}
    often = Counter(_template(sheet.texts[index]) for index in turning)
    heads = {index for index in turning if often[_template(sheet.texts[index])] >= _LEAST_HEADS}
    few = len(folios) < _MANY_FOLIOS
    heads |= _of_few(sheet, turning, folios) if few else set()
    if any(headings.parse(sheet.texts[index]) for index in heads):
        heads -= _counting(sheet, _short(sheet, range(len(sheet.lines)), gone))
    heads -= {index for index in heads if not _template(sheet.texts[index])}
    passing = {*folios, *heads}
    heads |= {i for i in turning - heads if is_capitals(sheet.texts[i]) and _cuts(sheet, i, passing)}
    turns = _Turns(passing, set())
    rest = turning - heads if few else set()
    heads |= {i for i in rest if _is_set_apart(sheet, i, folios) and _cuts_wrapped(sheet, i, turns)}
    known = {sheet.texts[index] for index in heads}
    alike: dict[str, list[int]] = {}
    for index in _short(sheet, {*sheet.coming_back(_LEAST_HEADS, {}), *sheet.indexes(known)}, gone):
        if index not in turning:
            alike.setdefault(sheet.texts[index], []).append(index)
    if any(len(lines) >= _LEAST_HEADS for lines in alike.values()):
        passing |= coming_back()
    for text, lines in alike.items():
        if text not in known and len(lines) < _LEAST_HEADS:
            continue
        cut = [index for index in lines if _cuts(sheet, index, passing)]
        if cut and (text in known or len(cut) >= _LEAST_HEADS):
            heads.update(lines if len(cut) * 4 >= len(lines) and not _is_labelled(text) else cut)
    return heads


def _short(sheet: Sheet, lines: Iterable[int], gone: Collection[int]) -> list[int]:
    """Give those of some lines that may be running heads."""
    free = (index for index in lines if index not in gone and not sheet.marked(index))
    return [index for index in free if _may_be_head(sheet.texts[index])]


def _counting(sheet: Sheet, short: Sequence[int]) -> set[int]:
    """Give the headings that do not come back before another of their kind has counted on."""
    places: dict[str, list[tuple[int, int]]] = {}
    changes = Counter[DivisionKind | None]()
    last: dict[DivisionKind | None, str] = {}
    for index in short:
        heading, template = headings.parse(sheet.texts[index]), _template(sheet.texts[index])
        if heading is not None and heading.components[-1].numbers:
            kind = heading.components[-1].kind
            changes[kind] += last.get(kind) != template
            last[kind] = template
            places.setdefault(template, []).append((index, changes[kind]))
    # Each at another count is a heading, most at one the head of its chapter's pages.
    return {at for some in places.values() if 2 * len({n for _, n in some}) > len(some) for at, _ in some}


def _is_set_apart(sheet: Sheet, index: int, folios: Collection[int]) -> bool:
    """Tell whether a line looks like a title, and white space parts it from the text beside it."""
    lines = [sheet.lines[at] for at in (index - 1, index, index + 1) if at in range(len(sheet.lines))]
    lines = [line for at, line in enumerate(lines, index - 1) if at not in folios]
    apart = (b.blanks_above > 0 or abs(a.indent - b.indent) >= _SET_IN for a, b in pairwise(lines))
    return _is_titled(sheet, index) and all(apart)


def _of_few(sheet: Sheet, turning: Collection[int], folios: Collection[int]) -> set[int]:
    """Give the running heads of few pages: nearly every page has one, and it stands elsewhere too."""
    again = {head for head in turning if _comes_back(sheet, head)}
    headed = sum(1 for folio in folios if {folio - 1, folio + 1} & again)
    return again if headed * 3 >= len(folios) * 2 else set()


def _is_labelled(text: str) -> bool:
    """Tell whether a line is the heading of a chapter by its form: several parts may have a "Scene II"."""
    heading = headings.parse(text)
    return heading is not None and heading.form is Form.LABELLED


def _template(text: str) -> str:
    """Fold a line, its page number taken out; the number of a heading stays, for it is not the page's."""
    folded = words_folded(text)
    numbered = _FIGURES.search(folded) is not None and headings.parse(text) is None
    return _FIGURES.sub("#", folded) if numbered else folded


def continues(before: str, after: str, *, prose: bool = False) -> bool:
    """Tell whether a page turn cut a paragraph in two: no stop before it, a small letter after it.

    Lines of verse end with commas, so only lines of `prose` go on behind one; a broken word always does.
    """
    ends = ends_full(before) if prose or BROKEN.search(before) else ends_sentence(before)
    return not ends and bool(after) and after[0].islower()
