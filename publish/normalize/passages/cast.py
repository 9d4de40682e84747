"""Who speaks: the names with which the speeches of plays, interviews and chats begin.

No name is known beforehand. A conversation is a stretch of text in which most paragraphs begin with a name, a
few names come back, and they take turns; "Note:" does not come back, the fields of a form come back always in
the same order, and "Yes. I think so" begins with a word that the text writes small elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from publish.document import (
    Block,
    Emphasis,
    Inline,
    PageBreak,
    Paragraph,
    Speaker,
    Strong,
    Text,
    block_prose,
    prose,
)
from publish.normalize.lines.shape import ends_full
from publish.normalize.passages import forms
from publish.normalize.passages.forms import Reads
from publish.patterns import lazily

_WORD = r"[^\W_](?:[^\s:.!?,;\[\]()—–*_]|\.(?=[^\W\d_]))*"
_TITLE = (
    r"(?:(?i:mrs?|ms|dr|st|ste|mme|mlle|mm|hr|fr|sra?|sig|lt|col|gen|capt|sgt|rev|prof|jun|sen)\.[ \xa0])?"
)
"""What stands before a name and ends with a stop: "Mrs. Pell"."""
_NAME = rf"(?:\d\.? )?{_TITLE}{_WORD}(?:[ \xa0]{_WORD}){{0,3}}"
_DIRECTION = r"(?P<directs>[, ]?[ \xa0]?[(\[][^()\[\]\n]{1,80}[)\]])?"
_LABEL = lazily(rf"(?P<name>{_NAME}){_DIRECTION}(?P<sign>[.:]?[ \xa0]?[—–]|[.:](?=\s|\Z)|(?=\n|\Z))")
_SIGN = lazily(r"[.:—–\n(\[]")
_SET = lazily(rf"(?P<name>{_NAME})(?P<sign>[.:]?)\Z")
_LONGEST = 100
"""Characters up to the end of a label, a direction included."""
_LONGEST_NAME = 40
_LEAST_SPEECHES = 4
_LEAST_CAST = 2
_WEAK = ". small"
"""The form of a name that looks like a sentence of one word: "Anna." may begin any paragraph."""
_SENTENCE = 2
"""Words written small that a name in that form has only if it comes back."""
_PLAY = 4
"""In a play at least one block of so many is a speech, of one whom those beside it show to speak."""
_REACH = 3
"""From one speech to the next of a conversation, in paragraphs."""
_SMALL = lazily(r"(?<![.!?…”\"»]\s)(?<=\s)[^\W\d_]+")


class _Label(Struct, frozen=True):
    """A name at the beginning of a paragraph, if it is one."""

    name: str
    form: str
    """The sign behind the name, capitals or small letters, or "set" in italics: in a play all are alike."""
    end: int
    """Characters of the paragraph's text that are the name and the sign behind it."""
    said: str
    """The text behind the label."""


def with_speakers(
    sections: Sequence[Sequence[Block]], reads: Reads, stated: Collection[tuple[int, int]] = ()
) -> list[tuple[Block, ...]]:
    """Give the blocks of every section, those who speak named in its speeches.

    `reads` is asked for each; `stated` are the places of those that book.toml names.
    """
    found = _found(sections)
    return [_named(blocks, some, _Asked(reads, stated)) for blocks, some in zip(sections, found, strict=True)]


def _found(sections: Sequence[Sequence[Block]]) -> list[dict[int, _Label]]:
    """Give the speeches of every section."""
    labels = [
        {at: label for at, block in enumerate(blocks) if (label := _label(block))} for blocks in sections
    ]
    often = Counter((label.name, label.form) for some in labels for label in some.values())
    recurring = [
        {at: label for at, label in some.items() if often[label.name, label.form] > 1} for some in labels
    ]
    if not any(len(some) >= _LEAST_SPEECHES for some in recurring):
        return [{} for _ in sections]
    small = cache(lambda: _small_words(sections))
    doubted = _WEAK
    speeches = [_speeches(*some, small, doubted) for some in zip(labels, recurring, strict=True)]
    cast = {(label.name, label.form) for some in speeches for label in some.values() if label.form != doubted}
    known = [
        sum(at in some or (one.name, one.form) in cast for at, one in every.items())
        for some, every in zip(speeches, labels, strict=True)
    ]
    if sum(known) * _PLAY >= sum(map(len, sections)):
        doubted = ""
        speeches = [_speeches(*some, small, doubted) for some in zip(labels, recurring, strict=True)]
        cast = {(label.name, label.form) for some in speeches for label in some.values()}
    if not doubted:
        cast |= _later(labels, speeches)
    heard = [
        _heard(some | {at: one for at, one in every.items() if (one.name, one.form) in cast}, often)
        for some, every in zip(speeches, labels, strict=True)
    ]
    nobody = _nobodies(heard)
    return [{at: one for at, one in some.items() if (one.name, one.form) not in nobody} for some in heard]


def _later(
    labels: Sequence[Mapping[int, _Label]], speeches: Sequence[Mapping[int, _Label]]
) -> set[tuple[str, str]]:
    """Give who first speaks in a later scene of a play: names in capitals, and of the form that others have.

    One who says a thing only where a scene opens may be its place or its time.
    """
    first = next(at for at, some in enumerate(speeches) if some)
    forms = {one.form for some in speeches for one in some.values() if "large" in one.form}
    return {
        (one.name, one.form)
        for some in labels[first:]
        for at, one in some.items()
        if at and one.form in forms and one.said
    }


def _nobodies(speeches: Sequence[Mapping[int, _Label]]) -> set[tuple[str, str]]:
    """Give the names that only look like some: stage directions and places that come back.

    In the form of a sentence ("Enter Ghost.", "Elsinore. A platform.") a name counts for nothing where most
    who speak have another form, where it never says a thing and nearly all others do (in italics, too), or
    where it only ever opens a scene.
    """
    every = [label for some in speeches for label in some.values()]
    weak = [label for label in every if label.form == _WEAK]
    mute = {label.name for label in every} - {label.name for label in every if label.said}
    if sum(label.name in mute for label in every) * _NEARLY > len(every):
        mute = set()
    leaning = {(name, "set") for name in mute}
    if len(weak) * 2 < len(every):
        return leaning | {(label.name, label.form) for label in weak}
    silent = {label.name for label in weak} - {label.name for label in weak if label.said}
    if sum(1 for label in weak if not label.said) * _NEARLY > len(weak):
        silent = set()
    inside = {one.name for some in speeches for at, one in some.items() if at and one.form == _WEAK}
    opening = {label.name for label in weak} - inside
    return leaning | {(name, _WEAK) for name in silent | opening}


_NEARLY = 4
"""One in so many may differ."""


def _heard(labels: Mapping[int, _Label], often: Mapping[tuple[str, str], int]) -> dict[int, _Label]:
    """Leave out sentences: a name that comes once has not two small words ("Give you good night.")."""
    return {
        at: label
        for at, label in labels.items()
        if label.form != _WEAK
        or often[label.name, label.form] > 1
        or sum(word.islower() for word in label.name.split()) < _SENTENCE
    }


def _label(block: Block) -> _Label | None:
    """Read the name at the beginning of a paragraph."""
    children = block.children if isinstance(block, Paragraph) else ()
    children = children[1:] if children and isinstance(children[0], PageBreak) else children
    if not children or any(isinstance(child, Speaker) for child in children):
        return None
    if isinstance(children[0], Emphasis | Strong):
        return _emphasized(children)
    return _typed(children) if isinstance(children[0], Text) else None


def _typed(children: tuple[Inline, ...]) -> _Label | None:
    """Read a name that the signs behind it, or its capitals, set off."""
    # What says that words are a name stands right behind them: hardly any paragraph has it so early.
    reach, first = _LONGEST_NAME + 4, prose(children[:1])
    if len(first) >= reach and not _SIGN.search(first.text, 0, reach):
        return None
    text = prose(children).text
    if len(text) > _LONGEST_NAME and not _SIGN.search(text, 0, reach):
        return None
    match = _LABEL.match(text, 0, _LONGEST)
    if match is None or not match["name"][0].isalnum() or len(match["name"]) > _LONGEST_NAME:
        return None
    name, sign = match["name"], match["sign"].strip()[:1]
    large = name.isupper() and sum(map(str.isalpha, name)) > 1
    if not (large or (sign in (".", ":") and name[0].isupper()) or (sign and name[0].isdigit())):
        return None
    end = match.end("name") if match["directs"] else match.start("sign") + len(match["sign"][:1].strip())
    if end > len(first):
        return None
    return _Label(
        name, f"{sign or 'alone'} {'large' if large else 'small'}", end, text[match.end() :].strip()
    )


def _emphasized(children: tuple[Inline, ...]) -> _Label | None:
    """Read a name in italics or bold, the sign behind it inside or outside of them."""
    first = prose(children[:1]).text
    match = _SET.match(first) if len(first) <= _LONGEST_NAME else None
    rest = prose(children[1:]).text
    outside = rest[:1] if rest[:1] in (".", ":") else ""
    if match is None or not (match["sign"] or outside or rest[:1] == "\n"):
        return None
    return _Label(match["name"], "set", len(first) + len(outside), rest[len(outside) :].strip())


def _speeches(
    labels: Mapping[int, _Label],
    recurring: Mapping[int, _Label],
    small: Callable[[], frozenset[str]],
    doubted: str,
) -> dict[int, _Label]:
    """Give the speeches of one section; who speaks once is known by the form, unless it is doubted."""
    found: dict[int, _Label] = {}
    for stretch in _stretches(recurring):
        some = [recurring[at] for at in stretch]
        if not _converse(stretch, some, small):
            continue
        forms = {label.form for label in some}
        near, members = range(stretch[0] - _REACH, stretch[-1] + _REACH + 1), set(stretch)
        some_near = ((at, labels[at]) for at in near if at in labels)
        found |= {
            at: label
            for at, label in some_near
            if label.form in forms
            and (at in members or (label.form != doubted and (label.said or "large" in label.form)))
        }
    return found


def _stretches(labels: Mapping[int, _Label]) -> Iterator[list[int]]:
    """Give the places of labels that stand near each other."""
    some: list[int] = []
    for at in sorted(labels):
        if some and at - some[-1] > _REACH:
            yield some
            some = []
        some.append(at)
    if some:
        yield some


def _converse(stretch: Sequence[int], labels: Sequence[_Label], small: Callable[[], frozenset[str]]) -> bool:
    """Tell whether labels near each other are those of people who talk in turn."""
    names = Counter(label.name for label in labels)
    often = [name for name, times in names.items() if times > 1]
    if len(labels) < _LEAST_SPEECHES or len(often) < _LEAST_CAST:
        return False
    below = sum(1 for label in labels if not label.said)
    room = stretch[-1] - stretch[0] + 1 - below
    turns = sum(a.name != b.name for a, b in pairwise(labels))
    if len(labels) * 2 < room or turns * 5 < (len(labels) - 1) * 3 or _is_form(labels):
        return False
    weak = [label for label in labels if label.form == _WEAK]
    if len(weak) * 2 > len(labels) and (
        len(labels) * 5 < room * 3 or sum(name.lower() not in small() for name in often) < _LEAST_CAST
    ):
        return False
    talk = sum(1 for label in labels if not label.said or _is_said(label.said))
    return talk * 2 >= len(labels)


def _is_form(labels: Sequence[_Label]) -> bool:
    """Tell the fields of a form, which follow each other in one order: From, To, Subject.

    Three who speak may take turns so; names in capitals then all say sentences.
    """
    if all("large" in label.form and ends_full(label.said) for label in labels):
        return False
    after: dict[str, set[str]] = {}
    for a, b in pairwise(labels):
        after.setdefault(a.name, set()).add(b.name)
    return len({label.name for label in labels}) > _LEAST_CAST and all(
        len(some) == 1 for some in after.values()
    )


def _is_said(text: str) -> bool:
    """Tell what somebody says from a value: it ends as sentences do or begins as messages do."""
    return ends_full(text) or text[0].islower() or text[-1] in '—–-,;”"»'


def _small_words(sections: Sequence[Sequence[Block]]) -> frozenset[str]:
    """Give the words that the text writes small."""
    return frozenset(
        word
        for blocks in sections
        for block in blocks
        for run in block_prose(block, notes=False)
        for word in _SMALL.findall(run.text)
        if word.islower()
    )


class _Asked(Struct, frozen=True):
    """What the author says of speeches."""

    reads: Reads
    stated: Collection[tuple[int, int]]

    def end(self, block: Paragraph, label: _Label | None) -> int:
        """Give how many characters of a paragraph say who speaks; 0 where nobody does."""
        runs = list(block_prose(block, notes=False))
        span = runs[0].span(0, len(runs[0])) if self.stated and runs else None
        if span and (span.source, span.start) in self.stated:
            match = _STATED.match(runs[0].text)
            return label.end if label else match.end() if match else 0
        return label.end if label and self.reads(forms.SPEECH, runs) else 0


_STATED = lazily(r"[^\n.:—–]{1,60}(?:[.:]|(?= ?[—–\n])|\Z)")
"""Who speaks, where the author says that somebody does."""


def _named(blocks: Sequence[Block], speeches: Mapping[int, _Label], asked: _Asked) -> tuple[Block, ...]:
    return tuple(
        Paragraph(_marked(block.children, end))
        if isinstance(block, Paragraph)
        and (at in speeches or asked.stated)
        and (end := asked.end(block, speeches.get(at)))
        else block
        for at, block in enumerate(blocks)
    )


def _marked(children: tuple[Inline, ...], end: int) -> tuple[Inline, ...]:
    """Put the inlines that hold the first `end` characters into one that says who speaks."""
    before = children[:1] if isinstance(children[0], PageBreak) else ()
    named: list[Inline] = []
    rest = list(children[len(before) :])
    while end > 0:
        child = rest.pop(0)
        size = len(prose((child,)))
        if size > end and isinstance(child, Text):
            named.append(Text(child.run.slice(0, end)))
            rest.insert(0, Text(child.run.slice(end, size)))
        else:
            named.append(child)
        end -= size
    return (*before, Speaker(tuple(named)), *rest)
