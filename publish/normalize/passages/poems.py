"""Poems: the whole text below a heading as verse, and books that hold little else."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from publish.config import VERSE
from publish.document import Block, Paragraph
from publish.draft import inlines
from publish.normalize import cues
from publish.normalize.lines.shape import ends_full
from publish.normalize.passages import Passage, forms, letters, runs_of, table_end, verse_of
from publish.normalize.passages.forms import Desk
from publish.patterns import lazily

_WIDEST = 60
_NARROW = 45
"""Letters of lines that may mostly end as sentences do: hardly any paragraph is so short."""
_LEAST = 5
"""Lines of a poem that nothing beside it shows to be one."""
_SEVERAL = 3
"""Poems of a collection; without headings, stanzas."""
_SAID = lazily(r"[^\W\d_]+(?: [^\s:.]+){0,2}[.:] |[^a-z]{3,}$|[“\"«„‘'—–-]")
"""How a speech begins, or a field of a form."""


def of_whole(passages: Sequence[Passage], desk: Desk) -> list[Block]:
    """Give the text below a heading as one poem, "The End" below it by itself; nothing where it is none."""
    size = len(passages)
    size -= size > 0 and passages[-1].gap > 0 and cues.is_end(passages[-1].text)
    verse = passages[:size]
    if not (_is_in_lines(verse) and _shows_itself(verse) and desk.reads(forms.VERSE, runs_of(verse))):
        return []
    return [verse_of(verse, desk.finish), *_paragraphs(passages[size:], desk)]


def among_others(passages: Sequence[Passage], desk: Desk, *, headed: bool) -> list[Block]:
    """Give the text below a heading of a collection as poems: of a stanza perhaps, or of sentences.

    Where nothing heads it, lines that stand alone are no verse; they may be titles.
    """
    if not _is_in_lines(passages):
        return []
    touched = [not below.gap for below in passages[1:]] + [False]
    alone = [one.gap > 0 or not at for at, one in enumerate(passages)]
    found: list[Block] = []
    for lone, some in groupby(range(len(passages)), lambda at: not headed and alone[at] and not touched[at]):
        verse = [passages[at] for at in some]
        wanted = not lone and desk.reads(forms.VERSE, runs_of(verse))
        found += [verse_of(verse, desk.finish)] if wanted else _paragraphs(verse, desk)
    return found


def _paragraphs(passages: Sequence[Passage], desk: Desk) -> list[Block]:
    return [Paragraph(inlines(desk.finish(passage.run))) for passage in passages]


def are_collected(texts: Sequence[Sequence[Passage]]) -> bool:
    """Tell a book of poems by the text below each heading: nearly all is in short lines that touch."""
    told = [text for text in texts if text]
    stated = [text for text in told if any(passage.stated == VERSE for passage in text)]
    poems = [*stated, *filter(_is_in_lines, told)]
    lines = [passage for text in poems for passage in text]
    pairs = (pair for text in poems for pair in enumerate(pairwise(text)))
    stanzas = sum(1 for at, (a, b) in pairs if (a.gap or not at) and not b.gap)
    full = sum(1 for one in lines if ends_full(one.text))
    times = Counter(one.text for one in lines)
    said = sum(1 for one in lines if _SAID.match(one.text) or (times[one.text] > 1 and ends_full(one.text)))
    narrow = all(len(passage.text) <= _NARROW for passage in lines)
    several = max(len(poems), stanzas) >= _SEVERAL and len(poems) * 4 >= len(told) * 3
    return several and said * 4 < len(lines) and (narrow or full * 3 <= len(lines) * 2)


def _is_in_lines(passages: Sequence[Passage]) -> bool:
    """Tell short lines, many of which touch each other.

    So single lines between the stanzas of a poem, and lines in small letters, are verse too.
    """
    touching = sum(1 for passage in passages[1:] if passage.gap == 0)
    if not touching or touching * 5 < len(passages) * 2:
        return False
    if any(passage.stated or passage.opens for passage in passages):
        return False
    if any(
        len(passage.rows) > 1 or passage.ornament or passage.speaks or len(passage.text) > _WIDEST
        for passage in passages
    ):
        return False
    return not any(
        letters.is_salutation(passage.text) or table_end(passages, at) for at, passage in enumerate(passages)
    )


def _shows_itself(passages: Sequence[Passage]) -> bool:
    """Tell a poem of several stanzas by lines that do not end as sentences do."""
    lines, full = len(passages), sum(1 for passage in passages if ends_full(passage.text))
    if lines < _LEAST or not any(passage.gap for passage in passages[1:]):
        return False
    narrow = max(len(passage.text) for passage in passages) <= _NARROW
    return full * 2 <= lines or (narrow and full * 3 <= lines * 2)
