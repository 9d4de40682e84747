r"""Markdown: the part of it that books need, and that `publish normalize` writes.

    ---
    title: The Long Winter
    author: Ada Lovelace
    ---

    # Part I: Before

    ## Chapter I: A *small* town

    * * *

    ::: letter
    Dear Ada, …
    :::

Headings are lines that begin with one to six `#`; their number is the depth of the division. `{…}` at a
heading's end states what its words do not say: `{kind=chapter numbers="2,3,4" label="Chapters II–IV"}`,
`{.inferred}`, `{.untitled}` (no heading is printed), `{.subtitle}` (of the division above), `{.subheading}`
(inside a division); a line above a row of `=` or `-` is a heading too. A line of three or more `*`, `-` or
`_` is a scene break, `* * * {ornament="#"}` one with another sign, `* * * {.blank}` one of blank space. `:::
letter`, `::: verse` and `::: quotation` begin a passage that ends with `:::` or at a heading, see
`readers.fences`; but for verse each may hold others. `::: {.letter opening=1 closing=2}` counts paragraphs
of salutation and close. In verse each line is a line, two spaces set it in by one step, a blank line ends a
stanza. Lines that begin with `> ` are a quotation too, with `> > ` one in another; where a whole file is
quoted so, they are its text. `![…](file "caption")` alone is a picture (`readers.figures`), rows between bars
are a table (`readers.tables`). Lines behind `| `, lines set in, and rows of backticks' text keep their ends
(`readers.verbatim`). `order: kept` in the front matter says that divisions are in order, `refuse: …` refuses.
"""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from msgspec.structs import replace

from publish.draft import ASIDE, DEEPEST_QUOTED, STRONG_OFF, STRONG_ON, Draft, Fence, Line, code
from publish.patterns import lazily
from publish.readers import (
    breaks,
    fences,
    figures,
    front_matter,
    inlines,
    links,
    lists,
    tables,
    titles,
    tracked,
    verbatim,
)
from publish.source import Edit, Run, Source, Span

_HEADING = re.compile(r"[ \t]*(#{1,6})(?![^ \t])")
_ENDS_QUOTATION = lazily(r"[ \t]*(?:#{1,6}[ \t]|:::|(\*|-|_)(?:[ \t]*\1){2,}[ \t]*\Z)")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s\[]{1,32}\]:")
_UNDERLINE = re.compile(r"(?:=+|-{2,})")
_SOURCE = re.compile(r"(?:—|--|―|–)[ \t]?(?=[^\s—-])")
"""Begins the line that says whence a quotation comes."""
_SPACE = " \t\f\v"
_TAB_COLUMNS = 4
UNSEEN = "\ufeff\u200b"


def read(source: Source) -> Draft:
    """Give the paragraphs, headings, scene breaks and lines of verse, with what markup says about each."""
    front = front_matter.read(source)
    said = front_matter.parted(front)
    scanner = _Scanner(source, front.lines)
    scanner.shape.named = said.kept or said.repaired
    scanner.syntax.extend((*front.syntax, *said.ours))
    scanner.scan()
    said.findings.extend(scanner.shape.findings.values())
    lines, signs = lists.settled(tracked.over_paragraphs(scanner.lines), told=said.repaired)
    scanner.syntax.extend(signs)
    return Draft(
        source=source.key,
        lines=tuple(lines),
        marked=True,
        order_kept=said.kept,
        repaired=said.repaired,
        named=said.kept or said.repaired,
        paged=said.paged,
        headed=bool(front.values),
        metadata=tuple(said.values),
        syntax=tuple(scanner.syntax),
        findings=(*said.findings, *tracked.insertions(list(tracked.marked(lines)))),
        refused=tuple(front_matter.refusal(value) for key, value in front.values if key == "refuse"),
    )


class _Scanner:
    """The state of one walk over the lines of a file."""

    def __init__(self, source: Source, skipped: int) -> None:
        self.source, self.whole = source, source.run()
        self.shape = verbatim.Shape(source, skipped)
        self.done = 0
        """Where what was read in one go, over several lines, ends."""
        self.divs = [fences.Div(passage=False, centred=False)]
        self.lines: list[Line] = []
        self.syntax: list[Span] = []
        self.passages: list[fences.Passage] = []
        self.passage_count, self.blanks, self.page_break = 0, 0, False
        self.paragraph: tuple[int, int] | None = None
        self.lists, self.opened = lists.Lists(), lists.Opened()
        self.sign: Run | None = None
        """The sign of the entry that the paragraph begins."""
        self.noting = False
        """What is set in belongs to a note."""
        self.behind = 0
        """How many signs quote the line."""
        self.signs: list[tuple[int, int]] = []
        """Signs of quotation inside the paragraph."""

    def scan(self) -> None:
        """Walk over all lines of text."""
        bounds = islice(self.source.line_bounds(), self.shape.skipped, None)
        line = next(bounds, None)
        while line:
            following = next(bounds, None)
            if line[0] >= self.done:
                self._line(*line, following)
            line = following
        self._end_paragraph()
        self._leave(0)

    def _line(self, start: int, end: int, following: tuple[int, int] | None) -> None:
        text = self.source.text[start:end]
        if start == 0 and text.startswith("\ufeff"):
            self._mark(0, 1)
            start, text = 1, text[1:]
        self.behind, margin = 0, len(text) - len(text.lstrip(_SPACE))
        self.page_break = self.page_break or "\f" in text[:margin]
        if _is_blank(text):
            if text.strip():
                self._mark(start, start + len(text))
            self._end_paragraph()
            self.blanks += 1
        elif (sign := verbatim.QUOTED.match(text)) and (self.shape.quoted or not self._in_verse()):
            self._signed(start, text, sign.end(), following)
        else:
            if self.quoted and (self.paragraph is None or _ENDS_QUOTATION.match(text)):
                self._end_paragraph()
                self._quote(0)
            if self._markup(start, text, following):
                self._leave_lists()
            else:
                self._text(start, text)

    def _leave_lists(self) -> None:
        """End all lists, as markup does; but code may stand in an entry."""
        if not (self.lines and self.lines[-1].depth and self.lines[-1].fence is Fence.CODE):
            self.lists.leave()

    def _signed(self, start: int, text: str, end: int, following: tuple[int, int] | None) -> None:
        """Take in a line behind signs of quotation, which end at `end`.

        Where all of a file is quoted, as a mail is that was answered, they say nothing.
        """
        self._mark(start, start + end)
        if _is_blank(text[end:]):
            self._end_paragraph()
            self.blanks += 1
            return
        self.behind = text.count(">", 0, end)
        depth = 0 if self.shape.quoted else min(self.behind, DEEPEST_QUOTED)
        if depth > self.quoted:
            self._end_paragraph()
        if self.paragraph is None:
            self._quote(depth)
        taken = self._quotation if depth else self._markup
        if taken(start + end, text[end:], following):
            self._leave_lists()
            return
        above = self.paragraph
        self._text(start + end, text[end:])
        if above and self.paragraph and self.paragraph[0] == above[0]:
            self.signs.append((start, start + end))

    def _quotation(self, start: int, text: str, following: tuple[int, int] | None) -> bool:
        """Take in a heading in a quotation, or end the paragraph above the line that says whence it is."""
        if self._code(start, text):
            return True
        callout = fences.CALLOUT.match(text) if self.paragraph is None else None
        if callout and self.lines and self.lines[-1].fence_id == self.passages[-1].number:
            self._quote(self.quoted - 1)
            self._quote(self.quoted + 1)
        if heading := callout or _HEADING.match(text):
            self._end_paragraph()
            self._mark(start + heading.start(1), start + heading.end())
            if text[heading.end() :].strip():
                self._add(start + heading.end(), start + len(text), strong=True)
        elif _SOURCE.match(text) and self._is_last(following):
            self._end_paragraph()
        return heading is not None

    def _is_last(self, following: tuple[int, int] | None) -> bool:
        """Tell whether the quoted paragraph ends with this line, and a sentence with the one above."""
        below = self.source.text[slice(*following)] if following else ""
        if self.paragraph is None:
            return False
        ended = self.source.text[slice(*self.paragraph)].rstrip(" \t\\*_”’\"'»)")[-1:] in {*".!?…"}
        return ended and _is_blank(below.lstrip(" \t>"))

    @property
    def quoted(self) -> int:
        """How many of the passages that are open are quotations behind signs, one in the other."""
        return sum(passage.signed for passage in self.passages)

    def _quote(self, depth: int) -> None:
        """Open or close quotations behind signs, until as many are open."""
        if (more := self.quoted - depth) > 0:
            self._leave(len(self.passages) - more)
        for _ in range(-more):
            self._open(Fence.QUOTATION, None)
            self.passages[-1].signed = True

    def _open(self, kind: Fence, counts: tuple[int, int] | None) -> None:
        self.passage_count += 1
        self.lists.leave()
        self.passages.append(fences.Passage(kind, self.passage_count, len(self.lines), counts))
        self.blanks = 0

    def _markup(self, start: int, text: str, following: tuple[int, int] | None) -> bool:
        """Take in a line that is markup; False where it is text."""
        bare = text.strip(_SPACE)
        if bare[0] == "#" and not bare.strip("#"):
            self._end_paragraph()
        elif bare[0] == "#" and (heading := _HEADING.match(text)):
            self._heading(start, text, (len(heading[1]), heading.end()))
            return True
        if bare[0] == ":" and (fence := fences.FENCE.fullmatch(bare)):
            return self._fence(start, text, fence)
        if bare[0] == ":" and (sign := lists.MEANING.match(text)) and self._below_term():
            self._end_paragraph()
            self._mark(start, start + sign.end())
            self.paragraph = (start + sign.end(), start + len(text))
            return True
        if (bare[0] == "=" or (bare[0] == "-" and self.paragraph)) and _UNDERLINE.fullmatch(bare):
            return self._underlined(start, text, bare)
        if bare[0] in "*-_":
            return self._may_break(bare, following) and self._scene_break(start, text)
        free = bare[0] in "`~<%[{+#" and not self._in_verse()
        return free and (self._code(start, text) or self._apart_from_text(start, text, bare))

    def _below_term(self) -> bool:
        """Tell whether a word that is explained stands above, or another meaning of it."""
        if self._in_verse() or self.opened.depth:
            return False
        if self.paragraph is None:
            return bool(self.lines) and len(self.lines[-1].run) <= lists.LONGEST_TERM
        start, end = self.paragraph
        return end - start <= lists.LONGEST_TERM or self.source.text.endswith((": ", ":   "), 0, start)

    def _may_break(self, bare: str, following: tuple[int, int] | None) -> bool:
        """Tell whether a row of signs can be a scene break where it stands."""
        if self._in_verse():
            return self._ends_block(following)
        return self.paragraph is None or "  " not in bare

    def _underlined(self, start: int, text: str, bare: str) -> bool:
        """Take in a row of signs below a paragraph: below what is like a title it makes it a heading.

        Below none it is a row by itself, else it would be the first words of the paragraph that follows.
        """
        if self.paragraph is None:
            self._text(start, text)
            if not self._in_verse():
                self._end_paragraph()
            return True
        first, end = self.paragraph
        title = self.source.text[first:end]
        level = titles.underlined(title, bare[0], self.source.line_end)
        if self.opened.depth or self.quoted or self._in_verse() or not level:
            return bare[0] == "-" and self._scene_break(start, text)
        self.paragraph = None
        self._heading(first, title, (level, 0))
        self._mark(start, start + len(text))
        return True

    def _code(self, start: int, text: str) -> bool:
        """Take in lines between two rows of backticks, which stay as they are typed."""
        held = self.lists.within(text)
        found = self.shape.code(start, text, self.behind, held[-1].text if held else 0)
        if found is None:
            return False
        self._end_paragraph()
        self.lists.open = held
        self._keep(found, depth=len(held))
        self.done = found.end
        self.blanks = 0
        return True

    def _apart_from_text(self, start: int, text: str, bare: str) -> bool:
        """Take in a comment, the address of a link or a tag of HTML that stands by itself."""
        if self.paragraph:
            return False
        if rule := breaks.rule(self.whole, start, text):
            self._mark(start, start + len(text))
            if rule.scene_break:
                self._append(rule)
            else:
                self.blanks += 1
            return True
        end = self.shape.comment(start, text)
        if not end and links.definition(bare):
            end = start + len(text)
        if not end:
            return False
        self._aside(start + len(text) - len(text.lstrip(_SPACE)), end)
        self.done = end
        return True

    def _aside(self, start: int, end: int) -> None:
        """Take in a passage that is no part of the book."""
        run = self.whole.slice(start, end).strip(_SPACE)
        self._append(Line(run=run.apply([Edit(0, 0, ASIDE, ""), Edit(len(run), len(run), ASIDE, "")])))

    def _ends_block(self, line: tuple[int, int] | None) -> bool:
        text = self.source.text[slice(*line)] if line else ""
        return _is_blank(text) or bool(fences.FENCE.fullmatch(text.strip(_SPACE)))

    def _text(self, start: int, text: str) -> None:
        end = start + len(text)
        if self._in_verse():
            self._add(start, end)
            return
        inside = self.paragraph is not None and not _NOTE.match(text)
        noting = bool(_NOTE.match(text)) or (self.noting and text[0] in _SPACE)
        opened = self.lists.opened(text, inside=inside, following=lambda: self._below(end))
        if opened is None and self.paragraph and not self.shape.lined:
            self.paragraph = (self.paragraph[0], end)
            return
        self._end_paragraph()
        self.opened, self.noting = (not noting and opened) or lists.Opened(), noting  # Notes hold no lists.
        self.sign = self.whole.slice(*(start + at for at in self.opened.sign)) if self.opened.sign else None
        self.paragraph = (start + self.opened.sign[1] if self.opened.sign else start, end)

    def _below(self, start: int) -> Iterator[str]:
        """Give the lines after a line that ends at an offset, to the next blank one."""
        lines = islice(self.shape.below(start, signed=self.quoted > 0), lists.REACH - 1)
        return takewhile(lambda text: not _is_blank(text), lines)

    def _end_paragraph(self) -> None:
        if self.paragraph:
            start, end = self.paragraph
            self.paragraph = None
            if self.sign or not (self._apart(start, end) or self._in_lines(start, end)):
                self._add(start, end, depth=self.opened.depth, sign=self.sign)

    def _apart(self, start: int, end: int) -> bool:
        """Take in a paragraph that is a picture or a table; False where it is neither."""
        paragraph, line_end = self._without_signs(start, end).strip(_SPACE), self.source.line_end
        pictures = [figures.read(one, line_end, self.shape.addresses) for one in figures.each(paragraph)]
        found = [one for one in pictures if one] if all(pictures) else [tables.read(paragraph, line_end)]
        for made in filter(None, found):
            self.signs = []
            self.syntax.extend(made[1])
            self._append(made[0], depth=self.opened.depth)
        return any(found)

    def _in_lines(self, start: int, end: int) -> bool:
        """Take in a paragraph whose lines are lines, since bars or margins say so; False for any other."""
        above = self.lines[-1] if self.lines else None
        within = dict(self.signs) if self.signs or self.quoted else None
        found = None if self.noting else self.shape.lines((start, end), above, (within, self.opened.column))
        if found is None or self._in_verse():
            return False
        goes_on = above and above.indent and above.fence is found.fence is Fence.CODE
        self._keep(found, above.fence_id if above and goes_on else 0, self.opened.depth)
        return True

    def _keep(self, found: verbatim.InLines, number: int = 0, depth: int = 0) -> None:
        """Add lines that stay lines, of the code above where its number is given."""
        blanks_above, held = self.blanks if number else 0, self.lists.open
        self.signs = []
        self._open(found.fence, None)
        self.passages[-1].number, self.blanks = number or self.passage_count, blanks_above
        for (first, last, blanks), indent in zip(found.lines, found.indents, strict=True):
            self.blanks = max(self.blanks, blanks)
            if found.fence is Fence.CODE:
                self._append(Line(run=code(self.whole.slice(first, last)), indent=indent), depth=depth)
            else:
                self._add(first, last, indent=indent)
        self.syntax += found.syntax
        self._leave(len(self.passages) - 1)
        self.lists.open = held

    def _add(self, start: int, end: int, *, strong: bool = False, **marks: object) -> None:
        """Add what stands between two offsets as one line of the draft."""
        text = self.source.text[start:end]
        margin = len(text) - len(text.lstrip(_SPACE))
        indent = len(text[:margin].replace("\t", " " * _TAB_COLUMNS).replace("\f", "").replace("\v", ""))
        first = start + margin
        run = self._without_signs(first, max(first, start + len(text.rstrip(_SPACE))))
        self.signs = []
        if "sign" in marks and not (self.sign or self.noting or self.opened.depth):
            run = self.shape.ended(run, quoted=self.quoted > 0)
        run, syntax = inlines.scan(run, self.source.line_end, self.shape.addresses)
        self.syntax.extend(syntax)
        if strong:
            run = run.apply([Edit(0, 0, STRONG_ON, ""), Edit(len(run), len(run), STRONG_OFF, "")])
        self._append(Line(run=run, indent=indent), **marks)

    def _without_signs(self, start: int, end: int) -> Run:
        """Give the text between two offsets without the signs of quoting at the beginnings of its lines."""
        edits = [Edit(low - start, high - start, "", "") for low, high in self.signs]
        return self.whole.slice(start, end).apply(edits)

    def _append(self, line: Line, **marks: object) -> None:
        *around, inner = [(one.fence, one.number) for one in self.passages] or [(Fence.NONE, 0)]
        self.lines.append(
            replace(
                line,
                blanks_above=self.blanks if self.lines else 0,
                page_break=self.page_break,
                fence=inner[0],
                fence_id=inner[1],
                around=tuple(around),
                centred=self.divs[-1].centred,
                **marks,
            )
        )
        self.blanks, self.page_break = 0, False

    def _mark(self, start: int, end: int) -> None:
        if end > start:
            self.syntax.append(Span(self.source.key, start, end))

    def _heading(self, start: int, text: str, sign: tuple[int, int]) -> None:
        """Take in a heading; `sign` is its level, and where in the line its words begin."""
        level, first = sign
        self._end_paragraph()
        self._leave(0)
        bare, stated = titles.words(text, first)
        names = {item.name for item in stated if item.value == "true"}
        self._mark(start, start + first)
        self._mark(start + first + len(bare), start + len(text))
        self._add(
            start + first,
            start + first + len(bare),
            heading_level=0 if "subheading" in names else level,
            subheading="subheading" in names,
            attributes=tuple((item.name, item.value) for item in stated if item.name != "subheading"),
            indent=0,
        )

    def _fence(self, start: int, text: str, match: re.Match[str]) -> bool:
        if not match[1] and not match[2]:
            return self._end_fence(start, text)
        kind, counts = fences.stated(match)
        if self._in_verse() and kind is None:
            return False
        self._end_paragraph()
        opens = None if self._in_verse() else kind
        if opens:
            self._open(opens, counts)
        (self._mark if opens else self._aside)(start, start + len(text))
        self.divs.append(fences.Div(opens is not None, fences.centres(match) or self.divs[-1].centred))
        self.blanks = 0
        return True

    def _end_fence(self, start: int, text: str) -> bool:
        if len(self.divs) == 1:
            return False
        self._end_paragraph()
        opened = self.divs.pop().passage
        if opened:
            self._leave(len(self.passages) - 1)
        (self._mark if opened else self._aside)(start, start + len(text))
        self.blanks = 0
        return True

    def _in_verse(self) -> bool:
        return bool(self.passages) and self.passages[-1].fence is Fence.VERSE

    def _leave(self, depth: int) -> None:
        """Close passages until `depth` are open."""
        self.lists.leave()
        if not depth:
            self.divs = [div for div in self.divs if not div.passage]
        while len(self.passages) > depth:
            passage = self.passages.pop()
            self.lines[passage.first :] = fences.parted(passage, self.lines[passage.first :])

    def _scene_break(self, start: int, text: str) -> bool:
        found = breaks.scene(self.whole, start, text)
        if found is None:
            return False
        self._end_paragraph()
        line, syntax = found
        self.syntax += syntax
        self._append(line)
        return True


def _is_blank(text: str) -> bool:
    return not text.strip().strip(UNSEEN)
