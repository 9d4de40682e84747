r"""Markdown: the part of it that books need, and that `publish normalize` writes.

    ---
    title: The Long Winter
    author: Ada Lovelace
    ---

    # Part I: Before

    ## Chapter I: A *small* town

    A paragraph may stand in one line
    or in several.\
    This is a new line of the same paragraph.

    * * *

    ::: letter
    Dear Ada, …
    :::

Headings are lines that begin with one to six `#`; their number is the depth of the division. `{…}` at a
heading's end states what its words do not say: `{kind=chapter numbers="2,3,4" label="Chapters II–IV"}`,
`{.inferred}`, `{.untitled}` (no heading is printed), `{.subtitle}` (of the division above), `{.subheading}`
(inside a division). A line of three or more `*`, `-` or `_` between blank lines is a scene break, `* * *
{ornament="#"}` one with another sign, `* * * {.blank}` one of blank space. `::: letter`, `::: verse` and `:::
quotation` begin a passage that ends with `:::` or at a heading; verse may stand inside the other two. `:::
{.letter opening=1 closing=2}` says how many paragraphs are salutation and close. In verse each line is a
line, two spaces before it set it in by one step, a blank line ends a stanza. Lines that begin with `> ` are a
quotation too. `![…](file "caption")` alone in a paragraph is a picture, see `readers.figures`, rows between
bars are a table, see `readers.tables`. `order: kept` in the front matter says that the divisions stand in the
book's order, `refuse: CODE text` that a repair is not wanted there.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice, pairwise

from msgspec import Struct
from msgspec.structs import replace

from publish.draft import Draft, Fence, Line
from publish.readers import figures, front_matter, inlines, lists, tables
from publish.source import Edit, Run, Source, Span

_HEADING = re.compile(r"[ \t]*(#{1,6})(?![^ \t])")
_FENCE = re.compile(r":{3,}[ \t]*(?:(letter|verse|quotation)[ \t]*:*|(\{[^{}]*\})[ \t]*:*)?")
_QUOTED = re.compile(r"[ \t]{0,3}(?:>(?=[ \t>]|$)[ \t]?)+")
_ENDS_QUOTATION = re.compile(r"[ \t]*(?:#{1,6}[ \t]|:::)")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s\[]{1,32}\]:")
_SCENE_BREAK = re.compile(r"(\*|-|_)(?:[ \t]*\1){2,}")
_OURS = frozenset({"order", "generator", "refuse", "digest"})
"""Keys of the front matter that say nothing about the book."""
_SPACE = " \t\f\v"
_TAB_COLUMNS = 4
_UNSEEN = "\ufeff\u200b"
_LONGEST_ATTRIBUTES = 4000
_ATTRIBUTE = re.compile(
    r"""[ \t]*(?:[.#](?P<name>[\w:-]+)|(?P<key>[\w-]+)=(?P<value>"(?:[^"\\]|\\.)*"|[^\s"]+)|-)(?=[ \t]|$)"""
)


def read(source: Source) -> Draft:
    """Give the paragraphs, headings, scene breaks and lines of verse, with what markup says about each."""
    front = front_matter.read(source)
    scanner = _Scanner(source)
    scanner.syntax.extend(front.syntax)
    for key, value in front.values:
        if key in _OURS and (span := value.span(0, len(value))):
            scanner.syntax.append(span)
    scanner.scan(front.lines)
    lines, signs = lists.settled(scanner.lines)
    scanner.syntax.extend(signs)
    stated = {(key, value.text) for key, value in front.values}
    return Draft(
        source=source.key,
        lines=tuple(lines),
        marked=True,
        order_kept=("order", "kept") in stated,
        repaired=("generator", "publish") in stated,
        metadata=tuple((key, value) for key, value in front.values if key not in _OURS),
        syntax=tuple(scanner.syntax),
        refused=tuple(_refusal(value) for key, value in front.values if key == "refuse"),
    )


def _refusal(value: Run) -> tuple[str, Run]:
    rule, _, _ = value.text.partition(" ")
    return rule, value.slice(len(rule) + 1, len(value))


class _Passage(Struct):
    """A fenced passage that is open."""

    fence: Fence
    number: int
    first: int
    """Index of its first line in the draft."""
    counts: tuple[int, int] | None
    """Paragraphs of a letter's opening and closing, where stated."""


class _Scanner:
    """The state of one walk over the lines of a file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.whole = source.run()
        self.lines: list[Line] = []
        self.syntax: list[Span] = []
        self.passages: list[_Passage] = []
        self.passage_count = 0
        self.blanks = 0
        self.page_break = False
        self.paragraph: tuple[int, int] | None = None
        self.lists = lists.Lists()
        self.opened = lists.Opened()
        self.sign: Run | None = None
        """The sign of the entry that the paragraph begins."""
        self.quoted = False
        self.signs: list[tuple[int, int]] = []
        """Signs of quotation inside the paragraph."""

    def scan(self, skipped: int) -> None:
        """Walk over all lines but the first `skipped`."""
        bounds = islice(_line_bounds(self.source), skipped, None)
        line = next(bounds, None)
        while line:
            following = next(bounds, None)
            self._line(*line, following)
            line = following
        self._end_paragraph()
        self._leave(0)

    def _line(self, start: int, end: int, following: tuple[int, int] | None) -> None:
        text = self.source.text[start:end]
        if start == 0 and text.startswith("\ufeff"):
            self._mark(0, 1)
            start, text = 1, text[1:]
        margin = len(text) - len(text.lstrip(_SPACE))
        self.page_break = self.page_break or "\f" in text[:margin]
        if _is_blank(text):
            if text.strip():
                self._mark(start, start + len(text))
            self._end_paragraph()
            self.blanks += 1
        elif (sign := _QUOTED.match(text)) and (self.quoted or not self.passages):
            self._quotation(start, text, sign.end())
        else:
            if self.quoted and (self.paragraph is None or _ENDS_QUOTATION.match(text)):
                self._end_paragraph()
                self._leave(0)
            if self._markup(start, text, following):
                self.lists.leave()
            else:
                self._text(start, text)

    def _quotation(self, start: int, text: str, end: int) -> None:
        """Take in a line of a quotation that begins with its sign, which ends at `end`."""
        if not self.quoted:
            self._end_paragraph()
            self._open(Fence.QUOTATION, None)
            self.quoted = True
        self._mark(start, start + end)
        if _is_blank(text[end:]):
            self._end_paragraph()
            self.blanks += 1
            return
        above = self.paragraph
        self._text(start + end, text[end:])
        if above and self.paragraph and self.paragraph[0] == above[0]:
            self.signs.append((start, start + end))

    def _open(self, kind: Fence, counts: tuple[int, int] | None) -> None:
        self.passage_count += 1
        self.lists.leave()
        self.passages.append(_Passage(kind, self.passage_count, len(self.lines), counts))
        self.blanks = 0

    def _markup(self, start: int, text: str, following: tuple[int, int] | None) -> bool:
        """Take in a line that is markup; False where it is text."""
        bare = text.strip(_SPACE)
        if bare[0] == "#" and (heading := _HEADING.match(text)):
            self._heading(start, text, heading)
            return True
        if bare[0] == ":" and (fence := _FENCE.fullmatch(bare)):
            return self._fence(start, text, fence)
        if bare[0] in "*-_" and self.paragraph is None and self._ends_block(following):
            return self._scene_break(start, text)
        return False

    def _ends_block(self, line: tuple[int, int] | None) -> bool:
        text = self.source.text[slice(*line)] if line else ""
        return _is_blank(text) or bool(_FENCE.fullmatch(text.strip(_SPACE)))

    def _text(self, start: int, text: str) -> None:
        end = start + len(text)
        if self.passages and self.passages[-1].fence is Fence.VERSE:
            self._add(start, end)
            return
        inside = self.paragraph is not None and not _NOTE.match(text)
        opened = self.lists.opened(text, inside=inside, following=lambda: self._following(end))
        if opened is None and self.paragraph:
            self.paragraph = (self.paragraph[0], end)
            return
        self._end_paragraph()
        self.opened = opened or lists.Opened()
        self.sign = self.whole.slice(*(start + at for at in self.opened.sign)) if self.opened.sign else None
        self.paragraph = (start + self.opened.sign[1] if self.opened.sign else start, end)

    def _following(self, start: int) -> Iterator[str]:
        """Give the lines after a line that ends at an offset, to the next blank one."""
        ends = self.source.line_end.finditer(self.source.text, start)
        bounds = [end.span() for end in islice(ends, lists.REACH)]
        if len(bounds) < lists.REACH:
            bounds.append((len(self.source.text), 0))
        for (_, begin), (end, _) in pairwise(bounds):
            text = self.source.text[begin:end]
            text = text[sign.end() :] if self.quoted and (sign := _QUOTED.match(text)) else text
            if _is_blank(text):
                return
            yield text

    def _end_paragraph(self) -> None:
        if self.paragraph:
            start, end = self.paragraph
            self.paragraph = None
            depth = self.opened.depth
            if depth or not self._apart(start, end):
                self._add(start, end, depth=depth, sign=self.sign)

    def _apart(self, start: int, end: int) -> bool:
        """Take in a paragraph that is a picture or a table; False where it is neither."""
        paragraph, line_end = self._without_signs(start, end).strip(_SPACE), self.source.line_end
        found = figures.read(paragraph, line_end) or tables.read(paragraph, line_end)
        if found:
            self.signs = []
            self.syntax.extend(found[1])
            self._append(found[0])
        return found is not None

    def _add(self, start: int, end: int, **marks: object) -> None:
        """Add what stands between two offsets as one line of the draft."""
        text = self.source.text[start:end]
        margin = len(text) - len(text.lstrip(_SPACE))
        indent = len(text[:margin].replace("\t", " " * _TAB_COLUMNS).replace("\f", "").replace("\v", ""))
        first = start + margin
        run = self._without_signs(first, max(first, start + len(text.rstrip(_SPACE))))
        self.signs = []
        run, syntax = inlines.scan(run, self.source.line_end)
        self.syntax.extend(syntax)
        self._append(Line(run=run, indent=indent), **marks)

    def _without_signs(self, start: int, end: int) -> Run:
        """Give the text between two offsets without the signs of quoting at the beginnings of its lines."""
        edits = [Edit(low - start, high - start, "", "") for low, high in self.signs]
        return self.whole.slice(start, end).apply(edits)

    def _append(self, line: Line, **marks: object) -> None:
        inner = self.passages[-1] if self.passages else None
        outer = self.passages[0] if len(self.passages) > 1 else None
        self.lines.append(
            replace(
                line,
                blanks_above=self.blanks if self.lines else 0,
                page_break=self.page_break,
                fence=inner.fence if inner else Fence.NONE,
                fence_id=inner.number if inner else 0,
                outer=outer.fence if outer else Fence.NONE,
                outer_id=outer.number if outer else 0,
                **marks,
            )
        )
        self.blanks, self.page_break = 0, False

    def _mark(self, start: int, end: int) -> None:
        if end > start:
            self.syntax.append(Span(self.source.key, start, end))

    def _heading(self, start: int, text: str, match: re.Match[str]) -> None:
        self._end_paragraph()
        self._leave(0)
        end, attributes = _attributes(text, match.end())
        names = {item.name for item in attributes if item.value == "true"}
        bare = text[match.end() : end].rstrip(_SPACE)
        closing = bare.rstrip("#")
        if closing != bare and closing[-1:] in ("", *_SPACE):
            bare = closing.rstrip(_SPACE)
        self._mark(start, start + match.end())
        self._mark(start + match.end() + len(bare), start + len(text))
        self._add(
            start + match.end(),
            start + match.end() + len(bare),
            heading_level=0 if "subheading" in names else len(match[1]),
            subheading="subheading" in names,
            attributes=tuple((item.name, item.value) for item in attributes if item.name != "subheading"),
            indent=0,
        )

    def _fence(self, start: int, text: str, match: re.Match[str]) -> bool:
        names = {item.name: item.value for item in _attributes(match[2] or f"{{.{match[1]}}}", 0)[1]}
        if not match[1] and not match[2]:
            if not self.passages:
                return False
            self._end_paragraph()
            self._leave(len(self.passages) - 1)
        else:
            kind = next((fence for fence in Fence if fence and fence in names), None)
            if kind is None or (self.passages and (kind is not Fence.VERSE or self._in_verse())):
                return False
            self._end_paragraph()
            self._open(kind, _counts(names))
        self.blanks = 0
        self._mark(start, start + len(text))
        return True

    def _in_verse(self) -> bool:
        return self.passages[-1].fence is Fence.VERSE

    def _leave(self, depth: int) -> None:
        """Close passages until `depth` are open."""
        self.lists.leave()
        self.quoted = self.quoted and depth > 0
        while len(self.passages) > depth:
            passage = self.passages.pop()
            if passage.fence is Fence.LETTER and passage.counts:
                opening, closing = passage.counts
                size = len(self.lines) - passage.first
                for place in range(size):
                    part = "opening" if place < opening else "closing" if place >= size - closing else "body"
                    at = passage.first + place
                    self.lines[at] = replace(self.lines[at], letter_part=part)

    def _scene_break(self, start: int, text: str) -> bool:
        end, attributes = _attributes(text, 0)
        sign = text[:end].strip(_SPACE)
        if not _SCENE_BREAK.fullmatch(sign):
            return False
        at = start + text.index(sign)
        run = self.whole.slice(at, at + len(sign))
        for item in attributes:
            if item.name == "blank":
                run = self.whole.slice(at, at)
            elif item.name == "ornament":
                run = front_matter.unescaped(self.whole.slice(start + item.start, start + item.end))
        kept = [piece for piece in run.pieces if piece.exact and piece.end > piece.start]
        for piece in kept:
            self._mark(start, piece.start)
            text, start = text[piece.end - start :], piece.end
        self._mark(start, start + len(text))
        attributes_left = (("blank", "true"),) if not run.text else ()
        self._append(Line(run=run), scene_break=True, attributes=attributes_left)
        return True


def _line_bounds(source: Source) -> Iterator[tuple[int, int]]:
    """Give begin and end of each line, its line end left out."""
    start = 0
    for match in source.line_end.finditer(source.text):
        yield start, match.start()
        start = match.end()
    yield start, len(source.text)


def _is_blank(text: str) -> bool:
    return not text.strip().strip(_UNSEEN)


def _counts(names: dict[str, str]) -> tuple[int, int] | None:
    if not ("opening" in names or "closing" in names):
        return None
    opening, closing = names.get("opening", "0"), names.get("closing", "0")
    return (int(opening), int(closing)) if (opening + closing).isdecimal() else None


class _Attribute(Struct, frozen=True):
    """One entry of `{…}`: a class counts as a name with the value "true"."""

    name: str
    value: str
    start: int
    """Offset in the line of the value, without its quotation marks."""
    end: int


def _attributes(text: str, start: int) -> tuple[int, list[_Attribute]]:
    """Give where the `{…}` at a line's end begins and what it states; without one, the line's end."""
    bare = text.rstrip(_SPACE)
    at = bare.rfind("{", start)
    if not bare.endswith("}") or at < 0 or len(bare) - at > _LONGEST_ATTRIBUTES:
        return len(text), []
    if at > start and bare[at - 1] not in " \t":
        return len(text), []
    found: list[_Attribute] = []
    done, end = at + 1, len(bare[:-1].rstrip())
    while done < end:
        match = _ATTRIBUTE.match(bare, done, end)
        if not match:
            return len(text), []
        if match["name"]:
            found.append(_Attribute(match["name"], "true", match.end(), match.end()))
        elif match["key"]:
            quoted = match["value"][0] == '"'
            first, last = match.start("value") + quoted, match.end("value") - quoted
            found.append(_Attribute(match["key"], _value(match["value"]), first, last))
        done = match.end()
    return at, found


def _value(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]
