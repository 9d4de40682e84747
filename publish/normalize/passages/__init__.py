"""From the lines of one post to its passages: paragraphs, verse, letters, set-off extracts, scene breaks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from msgspec import Struct

from publish.config import QUOTATION, VERSE
from publish.document import (
    Block,
    Letter,
    Paragraph,
    Quotation,
    SceneBreak,
    Verse,
    VerseLine,
)
from publish.draft import BREAK, VERSE_STEP, inlines
from publish.normalize.lines.shape import ends_full, is_capitals
from publish.normalize.passages import broken, forms, framed, letters, lists, tabbed, unfenced
from publish.normalize.passages.forms import Desk
from publish.normalize.passages.lists import Finish
from publish.normalize.passages.wrapping import Row
from publish.source import Run

WIDEST_VERSE = broken.WIDEST
WIDEST_FLUSH = 100
"""Columns; where paragraphs begin indented, lines that do not are verse though they are long."""
SET_OFF = 2
"""Columns of indent, beyond that of the text, that set a passage off."""


_FAR = 8
"""Columns by which a name is set in below the verse of who bears it."""


class Passage(Struct, frozen=True, gc=False):
    """One paragraph as it stands on the page, or one line where lines were not joined."""

    run: Run
    gap: int
    indent: int
    rows: tuple[Row, ...]
    ornament: bool = False
    speaks: bool = False
    """It opens with who speaks, or is an entry of a list."""
    named: bool = False
    """It is the name of who speaks and nothing else."""
    place: lists.Place | None = None
    """Its place in a list."""
    stated: str = ""
    """What book.toml says that it is: verse, a letter, a quotation."""

    @property
    def opens(self) -> bool:
        """Whether the author turned the page above it."""
        return self.rows[0].opens

    @property
    def turned(self) -> bool:
        """Whether a page turned above it, and not by the author's will."""
        return self.rows[0].turned and not self.rows[0].opens

    @property
    def text(self) -> str:
        """The text of the passage."""
        return self.run.text


class _Page(Struct, frozen=True):
    """How paragraphs stand on the page."""

    usual: int | None
    """Blank lines between them."""
    margin: int
    """Columns by which they begin set in."""
    broken: bool
    """Their author ended lines in some by hand."""


def blocks(
    passages: Sequence[Passage], breaks: set[int], usual: int | None, first: int, desk: Desk
) -> list[Block]:
    """Turn the passages of one post into blocks.

    `breaks` are the places (index of the passage that follows) of blank scene breaks; `usual` is the distance
    between paragraphs; `first` the indent with which they begin.
    """
    result: list[Block] = []
    page = _Page(usual, _text_margin(passages, first), any(BREAK in passage.text for passage in passages))
    at = refused = 0
    while at < len(passages):
        passage = passages[at]
        if passage.ornament:
            result.append(SceneBreak(desk.scene(passage.run)))
            at += 1
            continue
        if passage.place and not passage.stated:
            end = _list_end(passages, at)
            result += lists.blocks(_items(passages[at:end]), desk.finish)
            at = end
            continue
        end, found = at + 1, None
        if passage.stated:
            end, found = _stated(passages, at, page, desk)
        elif at >= refused:
            end, found = _set_off(passages, at, page, desk)
            refused, end = (end, end) if found else (end, at + 1)
        if result and _breaks(result[-1], found, wide=at in breaks, turned=passage.opens):
            result.append(SceneBreak())
        result.append(found or Paragraph(inlines(desk.finish(passage.run))))
        at = end
    return result


def _breaks(before: Block, here: Block | None, *, wide: bool, turned: bool) -> bool:
    """Tell whether a break stands between two blocks; None is a paragraph.

    The wider space round verse and letters sets them off and breaks no scene; a page that the author turned
    parts two poems.
    """
    if wide and here is None:
        return isinstance(before, Paragraph)
    return turned and isinstance(before, Verse) and isinstance(here, Verse)


def _stated(passages: Sequence[Passage], at: int, page: _Page, desk: Desk) -> tuple[int, Block]:
    """Give the block that book.toml says a passage begins, and where it ends.

    A letter of which only the first line is quoted goes on to where its end can be seen.
    """
    what, end = passages[at].stated, at + 1
    while end < len(passages) and passages[end].stated == what:
        end += 1
    if what == VERSE:
        return end, verse_of(passages[at:end], desk.finish)
    if what == QUOTATION:
        return end, _quotation(passages[at:end], desk.finish)
    if end == at + 1:
        reach = [_for_letters(passage, page.margin) for passage in passages[at : at + letters.REACH]]
        end = at + letters.stated_end(reach, page.usual)
    return end, _letter(
        passages[at:end], letters.span_of([one.text for one in passages[at:end]]), desk.finish
    )


def runs_of(passages: Iterable[Passage]) -> list[Run]:
    """Give what is written in passages."""
    return [passage.run for passage in passages]


def _list_end(passages: Sequence[Passage], at: int) -> int:
    return next((i for i in range(at, len(passages)) if not passages[i].place), len(passages))


def _items(passages: Iterable[Passage]) -> list[lists.Item]:
    return [
        lists.Item(passage.run, passage.place.depth, passage.place.sign)
        for passage in passages
        if passage.place
    ]


def _margin(passages: Sequence[Passage]) -> int:
    """Give the indent of the text itself: the least that is common, long lines weighing more than verse."""
    sizes = dict.fromkeys((row.line.indent for passage in passages for row in passage.rows), 0)
    if len(sizes) == 1:
        return next(iter(sizes))
    for passage in passages:
        for row in passage.rows:
            sizes[row.line.indent] += len(row.text)
    rest = sum(sizes.values()) // 4
    for indent in sorted(sizes):
        rest -= sizes[indent]
        if rest < 0:
            return indent
    return 0


def _text_margin(passages: Sequence[Passage], first: int) -> int:
    """Give the indent with which paragraphs of this post begin; `first` is that of most of the manuscript."""
    used = any(passage.indent == first for passage in passages)
    return max(_margin(passages), first if used else 0)


def _set_off(passages: Sequence[Passage], at: int, page: _Page, desk: Desk) -> tuple[int, Block | None]:
    """Give the block that is set off from here on and its end.

    None where here is a paragraph like any; what the author does not want read so is paragraphs to its end.
    """
    usual, margin = page.usual, page.margin
    if found := _broken_letter(passages, at, page, desk):
        return found
    if span := _letter_span(passages, at, page):
        some = passages[at : at + span.end]
        wanted = desk.reads(forms.LETTER, runs_of(some))
        return at + span.end, _letter(some, span, desk.finish) if wanted else None
    if rows := table_end(passages, at):
        runs = runs_of(passages[at : at + rows])
        return at + rows, tabbed.table(runs, desk.finish) if desk.reads(forms.TABLE, runs) else None
    if said := _speech_end(passages, at, usual, margin):
        if desk.refuses(forms.SPEECH, runs_of(passages[at:said])):
            return said, None
        runs = [desk.finish(passage.run) for passage in passages[at:said]]
        return said, Paragraph(inlines(broken.joined(runs)))
    return _extract(passages, at, page, desk)


def _extract(passages: Sequence[Passage], at: int, page: _Page, desk: Desk) -> tuple[int, Block | None]:
    """Give the verse or the quotation that begins here and its end, as `_set_off` does."""
    end = _verse_end(passages, at, page.usual, page.margin)
    if end > at + 1:
        some = passages[at:end]
        return end, verse_of(some, desk.finish) if desk.reads(forms.VERSE, runs_of(some)) else None
    if page.broken and (found := broken.read(_below(passages, at), page.usual, desk)):
        return at + found[0], found[1]
    end = _extract_end(passages, at, page.margin)
    if end == at and (letters.is_telegram(passages[at].text) or _announced(passages, at, page.margin)):
        end = at + 1
    if end == at:
        return at + 1, None
    some = passages[at:end]
    return end, _quotation(some, desk.finish) if desk.reads(forms.QUOTATION, runs_of(some)) else None


def _letter_span(passages: Sequence[Passage], at: int, page: _Page) -> letters.LetterSpan | None:
    if not letters.may_begin(passages[at].text):
        return None
    reach = passages[at : at + letters.REACH]
    if letters.salutation(_for_letters(passage, page.margin) for passage in reach) is None:
        return None
    return letters.letter_span([_for_letters(passage, page.margin) for passage in reach], page.usual)


def _broken_letter(
    passages: Sequence[Passage], at: int, page: _Page, desk: Desk
) -> tuple[int, Letter] | None:
    """Give the letter that begins here where its author ended lines of paragraphs by hand, and its end."""
    if not page.broken:
        return None
    reach = passages[at : at + letters.REACH]
    some = [(_for_letters(passage, page.margin), passage.run) for passage in takewhile(_is_prose, reach)]
    found = unfenced.letter(some, page.usual, desk) if any(BREAK in run.text for _, run in some) else None
    return (at + found[0], found[1]) if found else None


def _below(passages: Sequence[Passage], at: int) -> Iterator[tuple[int, Run]]:
    return ((one.gap, one.run) for one in takewhile(_is_prose, islice(passages, at, None)))


def _is_prose(passage: Passage) -> bool:
    return not passage.place


def table_end(passages: Sequence[Passage], at: int) -> int:
    """Give how many lines from here on are the rows of a table that tabs or spaces make."""
    if len(passages[at].rows) > 1 or not ("\t" in passages[at].text or "  " in passages[at].text):
        return 0
    end = at
    while end < len(passages) and (end == at or passages[end].gap == 0) and _may_be_row(passages[end]):
        end += 1
    return tabbed.end([(passage.indent, passage.text) for passage in passages[at:end]])


def _may_be_row(passage: Passage) -> bool:
    return len(passage.rows) == 1 and not (passage.ornament or passage.speaks or passage.place)


def _quotation(passages: Sequence[Passage], finish: Finish) -> Quotation:
    return Quotation(tuple(Paragraph(inlines(finish(passage.run))) for passage in passages))


def _speech_end(passages: Sequence[Passage], at: int, usual: int | None, margin: int) -> int:
    """Give where the lines of a speech in verse, or below its speaker's name, end; 0 where there is none.

    Where all paragraphs touch each other nobody can tell which of them go on with the speech.
    """
    if not passages[at].speaks:
        return 0
    end = at + 1
    while end < len(passages) and passages[end].gap == 0 and not passages[end].speaks:
        end += 1
    lines = passages[at:end]
    bounded = usual != 0 or (_opens_gap(lines[0], at) and (end == len(passages) or passages[end].gap > 0))
    spoken = len(lines) > 1 and bounded
    below = lines[0].named or is_capitals(lines[0].text)
    if not spoken or any(passage.ornament for passage in lines):
        return 0
    return end if below or _looks_like_verse(lines, margin) else 0


def _for_letters(passage: Passage, margin: int) -> letters.Candidate:
    return letters.Candidate(
        passage.text, passage.gap, passage.rows[0].line.indent - margin, passage.ornament
    )


def _letter(passages: Sequence[Passage], span: letters.LetterSpan, finish: Finish) -> Letter:
    def paragraphs(some: Sequence[Passage]) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(inlines(finish(passage.run))) for passage in some)

    return Letter(
        paragraphs(passages[: span.body]),
        tuple(_paragraphs_and_lists(passages[span.body : span.closing], finish)),
        paragraphs(passages[span.closing :]),
    )


def _paragraphs_and_lists(passages: Sequence[Passage], finish: Finish) -> Iterator[lists.Listed]:
    at = 0
    while at < len(passages):
        if passages[at].place:
            end = _list_end(passages, at)
            yield from lists.blocks(_items(passages[at:end]), finish)
            at = end
            continue
        yield Paragraph(inlines(finish(passages[at].run)))
        at += 1


def verse_places(passages: Sequence[Passage], usual: int | None, first: int) -> set[int]:
    """Give the places of passages that are lines of verse."""
    margin = _text_margin(passages, first)
    found: set[int] = set()
    at = 0
    while at < len(passages):
        end = _stanza_end(passages, at, usual, margin)
        found.update(range(at, end))
        at = max(end, at + 1)
    return found


def _verse_end(passages: Sequence[Passage], at: int, usual: int | None, margin: int) -> int:
    """Give where the verse that begins at a passage ends; `at` itself where it is prose."""
    end = _stanza_end(passages, at, usual, margin)
    if end == at:
        return at
    while end < len(passages):
        further = _stanza_end(passages, end, usual, margin)
        if (
            further == end
            or passages[end].opens
            or passages[end].gap > max(usual or 1, 1)
            or passages[end].indent < passages[at].indent
        ):
            break
        end = further
    return end


def _stanza_end(passages: Sequence[Passage], at: int, usual: int | None, margin: int) -> int:
    if at and passages[at].gap == 0 and not (passages[at].opens or passages[at - 1].ornament):
        return at
    if (end := _quoted_end(passages, at)) > at:
        return end
    end = at + 1
    while end < len(passages) and not (passages[end].gap or passages[end].ornament or passages[end].opens):
        end += 1
    if end == at + 1:
        return at
    stanza = passages[at:end]
    if any(passage.speaks for passage in stanza):
        return at
    bounded = usual != 0 or (_opens_gap(stanza[0], at) and (end == len(passages) or _bounds(passages[end])))
    return end if bounded and _looks_like_verse(stanza, margin) else at


def _quoted_end(passages: Sequence[Passage], at: int) -> int:
    """Give where the lines end that one quotation holds; `at` where none begins here."""
    if not (framed.opens(passages[at].text) and _may_be_quoted(passages[at])):
        return at
    reach = islice(passages, at, at + framed.MOST)
    end = at + framed.lines([(one.gap, one.text) for one in takewhile(_may_be_quoted, reach)])
    return end if end == len(passages) or _bounds(passages[end]) else at


def _may_be_quoted(passage: Passage) -> bool:
    row = len(passage.rows) == 1 and len(passage.text) <= WIDEST_FLUSH
    return row and not (passage.ornament or passage.speaks)


def _opens_gap(passage: Passage, at: int) -> bool:
    return at == 0 or _bounds(passage)


def _bounds(passage: Passage) -> bool:
    return passage.gap > 0 or passage.opens


def _looks_like_verse(stanza: Sequence[Passage], margin: int) -> bool:
    """Tell lines of verse from short paragraphs: they do not end as sentences do, and begin with capitals."""
    flush = all(passage.indent < margin for passage in stanza)
    widest = WIDEST_FLUSH if flush else WIDEST_VERSE
    if any(len(passage.rows) > 1 or passage.ornament or len(passage.text) > widest for passage in stanza):
        return False
    if flush or all(passage.indent > margin for passage in stanza) or _is_signed(stanza):
        return True
    return broken.reads_so([passage.text for passage in stanza])


def _is_signed(stanza: Sequence[Passage]) -> bool:
    """Tell lines with the name of who wrote them below, far set in, not each of which is a sentence."""
    *lines, name = stanza
    return (
        len(lines) > 1
        and name.indent >= lines[-1].indent + _FAR
        and letters.signs(name.text)
        and not all(ends_full(line.text) for line in lines)
    )


def verse_of(passages: Sequence[Passage], finish: Finish) -> Verse:
    """Give passages as the lines of a poem."""
    base = min(passage.indent for passage in passages)
    return stanzas(
        (VerseLine(inlines(finish(passage.run)), _steps(passage.indent - base)), passage.gap)
        for passage in passages
    )


def stanzas(lines: Iterable[tuple[VerseLine, int]]) -> Verse:
    """Put lines of verse, each with the blank lines above it, into stanzas."""
    found: list[list[VerseLine]] = []
    for line, gap in lines:
        if gap > 0 or not found:
            found.append([])
        found[-1].append(line)
    return Verse(tuple(tuple(stanza) for stanza in found))


def _steps(columns: int) -> int:
    """Give the steps by which typed verse is set in: typists take two to four columns for one."""
    return (min(8, (columns + 1) // VERSE_STEP) + 1) // 2


def _extract_end(passages: Sequence[Passage], at: int, margin: int) -> int:
    """Give where a passage that is set in on the left in every line ends; `at` where there is none."""
    end = at
    while end < len(passages) and _is_set_in(passages[end], margin):
        end += 1
    return end


def _announced(passages: Sequence[Passage], at: int, margin: int) -> bool:
    """Tell whether a single line is set in between paragraphs that are not, and the one above leads up to it.

    Its indent alone says little: many typists begin a paragraph with one now and then.
    """
    passage = passages[at]
    if not at or passage.ornament or passage.gap == 0 or passage.indent < margin + SET_OFF:
        return False
    above, below = passages[at - 1], passages[at + 1 : at + 2]
    beside = all(one.indent <= margin for one in (above, *below))
    wrapped = len(above.rows) > 1 and all(len(one.rows) > 1 for one in below)
    return beside and (above.text.endswith((":", ":—", ":--")) or wrapped)


def _is_set_in(passage: Passage, margin: int) -> bool:
    rows = passage.rows
    return not passage.ornament and len(rows) > 1 and all(row.line.indent >= margin + SET_OFF for row in rows)
