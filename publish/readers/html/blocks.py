"""The blocks of a page as lines of a draft."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from publish.diagnostic import Diagnostic
from publish.draft import (
    BREAK,
    CODE,
    DEEPEST_QUOTED,
    EMPHASIS_OFF,
    EMPHASIS_ON,
    LANGUAGE_OFF,
    NOTE_OFF,
    NOTE_ON,
    STRONG_OFF,
    STRONG_ON,
    VERSE_STEP,
    Fence,
    Line,
    language_mark,
    page_mark,
    raised,
)
from publish.readers.html import article, entries, footnotes, inline, pictures, saying, styles, tables, told
from publish.readers.html.inline import Buffer
from publish.readers.html.lines import Given, Lines, Open, Setting, entered, rule, within
from publish.readers.html.seen import Seen
from publish.readers.html.tree import BLOCKS, HEADINGS, VOID, Node
from publish.readers.html.weights import Weight
from publish.source import Change, Run, Span

_EMPHASIS = frozenset(("i", "em", "cite", "dfn", "var"))
_STRONG = frozenset(("b", "strong"))
_SILENT = frozenset(
    "head title script style template noscript svg canvas object embed video audio iframe map datalist "
    "textarea select rp rt rtc annotation annotation-xml".split()
)
"""Elements of which nothing is text of the page."""
_APART = frozenset(("p", "blockquote", "ul", "ol", "dl", "table", "figure", "pre", "hr", *HEADINGS))
"""Blocks that white space parts from what stands above them; others begin on the next line."""
_TITLES = frozenset((*HEADINGS, "hgroup", "p"))
_LISTS = frozenset(("ul", "ol", "menu"))
NOTES = "Stands above the notes, which are at their references."


class Blocks:
    """One walk over the elements of a page."""

    def __init__(self, given: Given, language: str = "") -> None:
        """Begin before the first element; `language` is the page's."""
        self.given = given
        self.out = Lines(sited=given.article.sited, stated=given.stated)
        self.markup: list[Span] = []
        """What is no tag and no text all the same."""
        self.changes: list[Change] = []
        """What left the text, and is no markup of HTML."""
        self.findings: list[Diagnostic] = []
        self.buffer = Buffer()
        self.opened: list[Open] = []
        """The marks that are open, the outermost first."""
        self.inside = 0
        """In how many notes, cells or captions, where blocks are no lines."""
        self.noting = False  # In a note, which holds no other.
        self.set = Setting(language=language)
        self.held: list[Line] = []
        """Pictures that stand amid the paragraph."""
        self.seen = Seen()
        self.quoted = (0, 0)
        """How many lines there were below the last quoted paragraph, and the number of its quotation."""

    def read(self, root: Node) -> list[Line]:
        """Give the lines of a whole page."""
        self._take(root.children)
        self._flush()
        notes, made = self.given.notes, self.out.made
        if (notes.taken or notes.comments) and made and made[-1].scene_break:
            # The rule above the notes, which are no longer below it.
            made.pop()
        return made

    # --- Elements ---------------------------------------------------------------------------------------

    def visit(self, node: Node) -> None:
        """Take in an element and all in it."""
        if node.name == "br" and not node.attributes:
            self.buffer.mark(self._tag(node), BREAK)
            return
        if node.name in _SILENT or id(node) in self.given.notes.backs or saying.shows_formula(node):
            self._silent(node)
            return
        if id(node) in self.given.notes.taken and not self.inside:
            return
        if id(node) in self.given.notes.comments:
            self.changes += told.comment(node, self.given.run)
            self._silent(node)
            return
        before, is_block = self.set, node.name in BLOCKS or node.name in ("center", "body")
        if is_block:
            self._flush()
        style = styles.style(node, self.given.rules)
        self.set = self._entered(node, style)
        self.out.page_break = self.out.page_break or style.begins_page
        if is_block:
            self._block(node)
        else:
            self._inline(node, style, before)
        self.set = before

    def _entered(self, node: Node, style: styles.Style) -> Setting:
        """Give how text in an element is set, its own marks for italic and bold left aside."""
        what = self.given.article.furniture.get(id(node), "") or (article.HIDDEN if style.hidden else "")
        if not what and footnotes.holds_notes_alone(node, self.given.notes):
            what = NOTES
        return entered(self.set, node, style, what)

    def _silent(self, node: Node) -> None:
        """Count the text of an element as markup."""
        for child in (child for inner in node.walk() for child in inner.children):
            if not isinstance(child, Node):
                self._no_text(self.given.run.slice(*child))

    def _no_text(self, run: Run) -> None:
        self.markup.extend(inline.spans(run))

    def _take(self, children: Iterable[Node | tuple[int, int]]) -> None:
        for child in children:
            if isinstance(child, Node):
                self.visit(child)
            else:
                self._text(child)

    def _text(self, place: tuple[int, int]) -> None:
        if self.opened:
            self._end_marks(place[0])
        raw = self.given.run.slice(*place)
        for start, end, is_shortcode in pictures.shortcodes(raw.text):
            if is_shortcode:
                self._shortcode(raw.slice(start, end))
            elif end > start:
                self._said(raw.slice(start, end))

    def _shortcode(self, run: Run) -> None:
        """Take in a sign of WordPress; what stands before the end of a caption is the caption."""
        # With the signs round a picture and its caption nothing is lost.
        if "caption" not in run.text and not self.set.furniture:
            self.changes += told.shortcode(run)
        self._no_text(run)
        made, ends = self.out.made, run.text.startswith("[/caption")
        if ends and made and made[-1].image and not self.buffer.blank:
            made[-1] = pictures.captioned(made[-1], self.buffer.run())
            self.buffer = Buffer()

    def _said(self, raw: Run) -> None:
        kept = self.set.kept_space
        run = inline.read(raw, kept_space=kept, lines=self.given.lines and not kept)
        if signs := raised(run.text, self.set.raised):
            run = inline.standing(run, signs)
        if self.set.kept_space:
            for line in re.finditer(r"([^\r\n]*)(\r\n?|\n|\Z)", run.text):
                self.buffer.parts.append(run.slice(*line.span(1)))
                if line[2]:
                    self.buffer.mark(run.slice(*line.span(2)), BREAK)
            self.buffer.blank = self.buffer.blank and not run.text.strip()
            return
        for part in inline.at_breaks(run) if self.given.lines else (run,):
            if part.text == BREAK:
                self.buffer.end_line(part)
                if self.held and self.buffer.is_parted:
                    self._flush()
            else:
                self.buffer.add(part)

    # --- Inline -----------------------------------------------------------------------------------------

    def _inline(self, node: Node, style: styles.Style, before: Setting) -> None:
        if node.name == "br":
            self.buffer.mark(self._tag(node), BREAK)
        elif node.name == "img":
            self._image(node)
        elif node.name in VOID:
            pass
        elif self.set.furniture != before.furniture:
            self._beside(node)
        elif id(node) in self.given.notes.bodies and not self.noting:
            self._note(node)
        elif label := saying.page(node):
            self.buffer.mark(self._tag(node), page_mark(label))
            self._silent(node)
        else:
            self.out.timed = self.seen.see(node) or self.out.timed
            if self.set.verse and (step := saying.step(node)):
                self.buffer.parts.append(inline.standing(self._tag(node), " " * VERSE_STEP * step))
            self._marked(node, list(self._marks(node, style, before)))

    def _beside(self, node: Node) -> None:
        """Take in what a site prints amid a paragraph: the number of comments on it."""
        what = self.set.furniture
        said = self.gathered(node, children=True)
        if inline.words(said) and not self.inside:
            self.held.append(Line(run=said, furniture=what))

    def _marked(self, node: Node, marks: Sequence[tuple[str, str]]) -> None:
        """Take in what an element holds, between marks and, where it is a quotation, quotation marks."""
        opened = [Open(on, off, node.until) for on, off in marks]
        for mark in opened:
            self.buffer.mark(self._tag(node), mark.on)
        self.opened += opened
        if node.name == "q":
            self.buffer.add(inline.standing(self._tag(node), "“"))
        self._take(node.children)
        if node.name == "q":
            self.buffer.add(inline.standing(self._end(node), "”"))
        del self.opened[len(self.opened) - len(opened) :]
        for mark in reversed(opened):
            if not mark.ended:
                self.buffer.mark(self._end(node), mark.off)

    def _end_marks(self, at: int) -> None:
        """End what ended before a place of the page, inside a block that stands in it."""
        for mark in reversed(self.opened):
            if 0 <= mark.until <= at and not mark.ended:
                mark.ended = True
                self.buffer.mark(self.given.run.slice(at, at), mark.off)

    def _marks(self, node: Node, style: styles.Style, before: Setting) -> Iterator[tuple[str, str]]:
        """Give the marks round the text of an element, and note in `set` what they begin or end."""
        italic = style.italic if style.italic is not None else True if node.name in _EMPHASIS else None
        bold = style.bold if style.bold is not None else True if node.name in _STRONG else None
        language = saying.language(node)
        if language and saying.primary(language) != saying.primary(before.language):
            self.set = replace(self.set, language=language)
            yield language_mark(language), LANGUAGE_OFF
        elif node.name in ("code", "samp", "kbd"):
            yield language_mark(CODE), LANGUAGE_OFF
        if italic is not None and italic != before.italic:
            self.set = replace(self.set, italic=italic)
            yield (EMPHASIS_ON, EMPHASIS_OFF) if italic else (EMPHASIS_OFF, EMPHASIS_ON)
        if bold is not None and bold != before.bold and not before.heading:
            self.set = replace(self.set, bold=bold)
            yield (STRONG_ON, STRONG_OFF) if bold else (STRONG_OFF, STRONG_ON)

    def _tag(self, node: Node) -> Run:
        return self.given.run.slice(node.start, node.inside)

    def _end(self, node: Node) -> Run:
        """Give the place where the content of an element ends."""
        last = node.children[-1] if node.children else None
        at = node.inside if last is None else last.inside if isinstance(last, Node) else last[1]
        return self.given.run.slice(at, at)

    def _note(self, link: Node) -> None:
        """Put a note where the text refers to it."""
        self._silent(link)
        self.buffer.mark(self._tag(link), NOTE_ON)
        self.noting = True
        self.buffer.parts.append(self.gathered(self.given.notes.bodies[id(link)]))
        self.noting = False
        self.buffer.mark(self._end(link), NOTE_OFF)
        self.buffer.open = False

    def gathered(self, node: Node, *, children: bool = False) -> Run:
        """Give the text of an element as one run, its blocks as lines of it."""
        outer, outer_set, opened = self.buffer, self.set, self.opened
        self.opened = []
        self.buffer, self.set = Buffer(), replace(Setting(), language=self.set.language)
        self.inside += 1
        if children:
            self._take(node.children)
        else:
            self.visit(node)
        self.inside -= 1
        found = self.buffer.run()
        self.buffer, self.set, self.opened = outer, outer_set, opened
        return found

    def _image(self, node: Node) -> None:
        alt = self._value(node, "alt")
        if pictures.is_sign(node):
            self.buffer.add(alt)
            self.buffer.blank = False
            return
        made = None if self.set.furniture or self.inside else pictures.line(node, self._value)
        if made and self.set.heading and alt.text.strip() and not self._holder(node).all:
            self.findings += told.lettering(self._tag(node))
            self.buffer.add(alt)
        elif made and (self.buffer.blank or self.buffer.is_parted):
            self._flush()
            self._beside_text(made)
        elif made:
            self.held.append(made)

    def _value(self, node: Node, name: str) -> Run:
        """Give what an attribute says, at its place."""
        value = node.attributes.get(name)
        if value is None:
            return Run("")
        return inline.trimmed(inline.read(self.given.run.slice(value.start, value.end)))

    # --- Blocks -----------------------------------------------------------------------------------------

    def _block(self, node: Node) -> None:
        name = node.name
        self.out.apart = self.out.apart or name in _APART
        if name == "hr" and not self.inside:
            self._rule(node)
        elif name in _TITLES and not self.inside and not self.set.furniture and self._title(node):
            pass
        elif name == "table" and not self.inside and tables.is_table(node, self.given.article.weights):
            self._table(node)
        elif name in ("figure", "div", "dl", "p", "table") and not self.inside and pictures.holder(node):
            self._figure(node)
        elif name in _LISTS and not self.inside:
            self._list(node)
        elif (name == "blockquote" or saying.quotes(node)) and not self.inside and not self._goes_on(node):
            self._quotation(node)
        elif name == "article" and not self.set.furniture:
            self._article(node)
        else:
            self._plain(node)
        self._flush()
        self.out.apart = self.out.apart or name in _APART

    def _article(self, node: Node) -> None:
        """Take in an article with the day on which it was posted."""
        outer, first, self.seen = self.seen, len(self.out.made), Seen()
        self._plain(node)
        self._flush()
        self.seen.end(outer, self.out.made, first)
        self.seen = outer

    def _title(self, node: Node) -> bool:
        """Take in a heading, or what goes on with one; False where an element is neither."""
        if saying.is_subtitle(node) and (level := self.out.heading_above):
            self.set = replace(self.set, heading=level, subtitle=True)
            self._take(node.children)
        elif node.name in HEADINGS and not self.set.passages:
            inner = "subheading" in node.classes
            self.set = replace(self.set, heading=HEADINGS[node.name], bold=False, subheading=inner)
            self._take(node.children)
        elif node.name == "hgroup" and saying.level(node):
            self._headings(node)
        else:
            return False
        return True

    def _headings(self, node: Node) -> None:
        """Take in a heading of several elements: its kind and number, its title, perhaps a subtitle."""
        said = [child for child in node.elements() if not saying.is_subtitle(child)]
        parts = [self.gathered(child) for child in said]
        before, level = self.set, saying.level(node)
        self.set = replace(self.set, heading=level, bold=False)
        for part in parts:
            if not self.buffer.blank:
                self.buffer.parts.append(Run(BREAK))
            self.buffer.parts.append(part)
            self.buffer.blank = False
        self._flush()
        self.set = replace(before, heading=level, subtitle=True)
        for child in node.elements():
            if saying.is_subtitle(child):
                self._take(child.children)
                self._flush()
        self.set = before

    def _plain(self, node: Node) -> None:
        before = self.set
        style = styles.style(node, self.given.rules)
        marks = list(self._marks(node, style, before)) if node.name not in ("html", "body") else []
        self._marked(node, marks)
        self.set = before

    def _rule(self, node: Node) -> None:
        # Below a heading a rule is its ornament.
        if not self.set.furniture and self.out.made and (self.given.stated or not self.out.heading_above):
            self.out.append(within(rule(node, self._tag(node)), self.set))

    def _list(self, node: Node) -> None:
        signs = entries.signs(node)
        told = entries.is_list(node, self.given.article.weights[id(node)].all)
        is_list = (told or (not signs and self._sets_in(node))) and not self.set.furniture
        depth = self.set.depth + (is_list and not entries.is_lettered(node))
        for child in node.children:
            if isinstance(child, Node) and id(child) in signs and id(child) not in self.given.notes.taken:
                self._flush()
                self.out.apart = True
                self.set = replace(self.set, depth=depth)
                self.out.sign = inline.standing(self._tag(child), signs[id(child)]) if is_list else None
                self.visit(child)
                self._flush()
                self.out.sign = None
            elif isinstance(child, Node):
                before, self.set = self.set, replace(self.set, depth=depth)
                self.visit(child)
                self.set = before
            else:
                self._text(child)

    def _sets_in(self, node: Node) -> bool:
        """Tell whether a list without entries sets in another below an entry, as LibreOffice writes it."""
        below = self.out.made[-1].depth if self.out.made else 0
        return below > self.set.depth and any(c.name in _LISTS for c in node.elements())

    def _goes_on(self, node: Node) -> bool:
        """Tell whether a quotation only sets in what is verse, quoted or the site's already."""
        passages = self.set.passages
        inner = node.name == "blockquote" and any(above.name == "blockquote" for above in node.above())
        quoted = len(passages) >= (DEEPEST_QUOTED if inner else 1)
        return quoted or bool(self.set.furniture) or self.set.verse

    def _quotation(self, node: Node) -> None:
        if node.name == "p":
            above, number = self.quoted
            number = number if above == len(self.out.made) else self.out.fence()
            # The style that says so makes it italic, too.
            self.set = replace(self.set, passages=((Fence.QUOTATION, number),), italic=False)
            self._take(node.children)
            self._flush()
            self.quoted = len(self.out.made), number
            return
        weights = self.given.article.weights
        total = max((weight.prose for weight in weights.values()), default=0)
        if weights[id(node)].prose * 2 > total > _LONGEST_QUOTATION:
            self._plain(node)
            return
        letter = "letter" in node.classes or "z3998:letter" in node.get("epub:type")
        part = "body" * (letter and any(child.name in ("header", "footer") for child in node.elements()))
        passage = (Fence.LETTER if letter else Fence.QUOTATION, self.out.fence())
        self.set = replace(self.set, passages=(*self.set.passages, passage), letter_part=part)
        self._plain(node)

    def _table(self, node: Node) -> None:
        self._take(tables.outside(node))
        self._flush()
        cells, columns = tables.cells(node)
        if tables.merged(node):
            self.findings += told.merged(self._tag(node))
        runs = [self.gathered(cell, children=True) if cell else Run("") for cell in cells]
        self._beside_text(tables.line(runs, columns))

    def _beside_text(self, line: Line) -> None:
        """Add a picture or a table; below the words of an entry it stands in the entry."""
        line = within(line, self.set)
        self.out.append(line if self.out.sign else replace(line, depth=self.set.depth))

    def _holder(self, node: Node) -> Weight:
        """Give how much text the heading holds that an element stands in."""
        heading = next((above for above in node.above() if above.name in HEADINGS), node)
        return self.given.article.weights[id(heading)]

    def _figure(self, node: Node) -> None:
        """Take in a picture with what is said below it."""
        first = len(self.out.made)
        caption = pictures.parted(node)
        self._take(node.children)
        self._flush()
        if caption is None:
            return
        at = len(self.out.made) - 1
        if at >= first and self.out.made[at].image:
            credit = pictures.credit(caption)
            said = self.gathered(credit) if credit else Run("")
            if credit:
                caption.children = [child for child in caption.children if child is not credit]
            self.out.made[at] = pictures.captioned(
                self.out.made[at], self.gathered(caption, children=True), said
            )
        else:
            self.visit(caption)

    def _flush(self) -> None:
        """End the paragraph that is gathered."""
        if self.inside:
            if not self.buffer.blank and not self.buffer.open:
                self.buffer.parts.append(Run(BREAK))
                self.buffer.open = True
            return
        buffer, self.buffer = self.buffer, Buffer()
        live = [mark for mark in self.opened if not mark.ended]
        for mark in reversed(live):
            buffer.mark(Run(""), mark.off)
        for mark in live:
            self.buffer.mark(Run(""), mark.on)
        if buffer.parts:
            self.out.block(buffer, self.set)
        for line in self.held:
            self._beside_text(line)
        self.held, self.out.timed = [], False


_LONGEST_QUOTATION = 4000
"""Characters above which a quotation that is most of the page is only the way in which it is set in."""
