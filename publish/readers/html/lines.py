"""Lines of a draft, made of the blocks of a page one after the other."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.draft import BREAK, EMPHASIS_ON, NOTE_ON, Fence, Line, balanced, code
from publish.patterns import lazily
from publish.readers.html import article, footnotes, inline, saying, styles
from publish.readers.html.inline import Buffer
from publish.readers.html.tree import BLOCKS, Node
from publish.readers.verbatim import is_code
from publish.source import Edit, Run

POSTING = "Posting line of a web page."
_LONGEST_POSTING = 120
_LONGEST_IN_VERSE = 80
_DEEPEST_MARGIN = 16
_ENTRY = lazily(r"(?:[·•o§▪‣–*-]|(?P<number>\d{1,3})[.)])[ \xa0]+(?=[^ \xa0])")
""""o" and "§" are signs of Word's fonts."""


class Setting(Struct, frozen=True):
    """How text is set at a place of the page."""

    italic: bool = False
    bold: bool = False
    centred: bool = False
    kept_space: bool = False
    raised: str = ""
    """As in `draft.raised`."""
    verse: bool = False
    code: bool = False
    """It says itself that it is code."""
    furniture: str = ""
    language: str = ""
    passages: tuple[tuple[Fence, int], ...] = ()
    """The quotations and letters that it stands in, with their numbers, the outermost first."""
    letter_part: str = ""
    """As in `Line`."""
    depth: int = 0
    """Lists round it."""
    entry: int = 0
    """It is an entry whose sign Word has typed, in so many lists."""
    heading: int = 0
    subheading: bool = False
    """The heading stands inside a division."""
    subtitle: bool = False
    """It goes on with the heading above."""


def entered(before: Setting, node: Node, style: styles.Style, what: str) -> Setting:
    """Give how text in an element is set; `what` it is, if it is the site's."""
    new = replace(before, furniture=before.furniture or what)
    if node.name in ("sup", "sub"):
        new = replace(new, raised=node.name)
    if style.centred is not None:
        new = replace(new, centred=style.centred)
    if style.keeps_space is not None or node.name == "pre":
        typed = node.name == "pre" and not any(child.name in BLOCKS for child in node.elements())
        new = replace(new, kept_space=typed or bool(style.keeps_space))
    if node.name in ("header", "footer") and new.passages and new.passages[-1][0] is Fence.LETTER:
        new = replace(new, letter_part="opening" if node.name == "header" else "closing")
    if node.name == "p" and (entry := saying.entry(node)):
        new = replace(new, entry=entry)
    typed_lines = node.name == "pre" and new.kept_space
    if typed_lines or not _VERSE.isdisjoint(node.classes) or "z3998:verse" in node.get("epub:type"):
        new = replace(new, verse=True, code=typed_lines and saying.code(node))
    return new


_VERSE = frozenset(("verse", "poem", "poetry", "stanza", "line-block", "lineblock"))


class Given(Struct, frozen=True):
    """What is known of a page before its blocks are read."""

    run: Run
    article: article.Article
    notes: footnotes.Notes
    rules: styles.Sheet
    lines: bool = False
    """Line ends count."""
    stated: bool = False
    """The page says itself what is verse."""


class Open(Struct):
    """A mark that is open."""

    on: str
    off: str
    until: int
    """Where it ends, if before its element does."""
    ended: bool = False


class Lines:
    """The lines made so far, and what stands between the last and the next."""

    def __init__(self, *, sited: bool, stated: bool = False) -> None:
        """Begin a page; `sited`: it is a site's; `stated`: it says itself what is verse."""
        self.made: list[Line] = []
        self.sited = sited
        self.stated = stated
        self.apart = False
        """White space parts what comes next from what stands above it."""
        self.blanks = 0
        self.page_break = False
        self.sign: Run | None = None
        """What begins the entry of a list that comes next."""
        self.timed = False
        """A date stands in the block."""
        self.fences = 0

    @property
    def heading_above(self) -> int:
        """Give the level of the heading that was made last, if no text stands between; else 0."""
        return next((line.heading_level for line in reversed(self.made) if not line.furniture), 0)

    def fence(self) -> int:
        """Give the number of a further passage."""
        self.fences += 1
        return self.fences

    def block(self, buffer: Buffer, setting: Setting) -> None:
        """Add the lines of a block."""
        run = buffer.run()
        if not inline.words(run):
            text = "".join(part.text for part in buffer.parts)
            breaks = text.count(BREAK)
            # A block of nothing is an empty line, whatever stands in it to keep it open.
            self.blanks += max(breaks, 1) if breaks or "\xa0" in text else 0
            return
        if setting.kept_space or setting.verse:
            self._verse(balanced(run.split(BREAK)), setting)
            return
        parts = list(inline.paragraphs(run))
        for (above, _), part in zip(parts, balanced([part for _, part in parts]), strict=True):
            self.blanks += above
            self._paragraph(part, setting)
            self.apart = True

    def _paragraph(self, run: Run, setting: Setting) -> None:
        run = inline.trimmed(run)
        if not inline.words(run):
            self.blanks += 1
            return
        lines = [line.strip(" \t") for line in run.split(BREAK) if inline.words(line)]
        lengths = [len(inline.words(line)) for line in lines]
        if len(lines) == 1 or setting.heading or NOTE_ON in run.text or self.stated:
            self._add(run, setting)
        elif max(lengths) > _LONGEST_IN_VERSE:
            for line in balanced(lines):
                self._add(line, setting)
        else:
            self._add(run, setting)

    def _verse(self, lines: Sequence[Run], setting: Setting) -> None:
        """Add lines that stay lines."""
        above = self.made[-1] if self.made else None
        texts = [text for line in lines if (text := line.text.strip())]
        coded = setting.code or (setting.kept_space and is_code(texts))
        coded = coded and not any(NOTE_ON in text for text in texts)
        fence = Fence.CODE if coded else Fence.VERSE
        goes_on = not coded and above is not None and above.fence is fence
        goes_on = goes_on and above is not None and above.around == setting.passages
        self.fences += not goes_on
        number = above.fence_id if above and goes_on else self.fences
        for line in lines:
            if not inline.words(line):
                self.blanks += 1
                continue
            margin = 0 if coded else len(line.text) - len(line.text.lstrip())
            run = code(line) if coded else inline.trimmed(line)
            self._add(run, setting, indent=min(margin, _DEEPEST_MARGIN), fence=fence, fence_id=number)
            self.apart = False

    def _add(self, run: Run, setting: Setting, **marks: object) -> None:
        """Add one line of text."""
        level, depth = setting.heading, setting.depth
        if level:
            run = heading(run)
        elif setting.entry and (sign := _ENTRY.match(run.text)):
            typed = f"{sign['number']}. " if sign["number"] else "- " if sign[0][0] == "-" else "* "
            self.sign, depth = inline.standing(run.slice(0, sign.end()), typed), setting.entry
            run = run.slice(sign.end(), len(run))
        elif self.sign and self.sign.text[-1] != " ":
            # No list of a book counts with letters.
            run, self.sign = Run.join([self.sign, Run(" "), run]), None
        line = Line(
            run=run,
            centred=setting.centred,
            heading_level=0 if setting.subheading else level,
            subheading=bool(level) and setting.subheading,
            furniture=POSTING if self.timed and self._is_posting(run, setting) else setting.furniture,
            depth=depth,
            letter_part=setting.letter_part,
            attributes=(("subtitle", "true"),) if setting.subtitle else (),
            sign=self.sign,
        )
        self.sign = None
        if "fence" in marks:
            self.append(replace(line, **marks, around=setting.passages))
        else:
            self.append(within(line, setting))

    def _is_posting(self, run: Run, setting: Setting) -> bool:
        short = len(inline.words(run)) <= _LONGEST_POSTING
        return self.sited and short and not setting.heading

    def append(self, line: Line) -> None:
        """Add a line below the white space that stands above it."""
        apart = max(int(self.apart), self.blanks + self.apart) if self.made else 0
        self.made.append(replace(line, blanks_above=apart, page_break=self.page_break and bool(self.made)))
        self.apart, self.blanks, self.page_break = False, 0, False


def within(line: Line, setting: Setting) -> Line:
    """Give a line inside the passages that hold it."""
    if not setting.passages:
        return line
    *around, (fence, number) = setting.passages
    return replace(line, fence=fence, fence_id=number, around=tuple(around))


def heading(run: Run) -> Run:
    """Give a heading whose lines are parted as `headings` reads them, and that is not all in italics."""
    if inline.whole(run, EMPHASIS_ON):
        run = run.slice(1, len(run) - 1)
    breaks = [Edit(*match.span(), "\n", "") for match in re.finditer(rf"\s*{BREAK}\s*", run.text)]
    return run.apply(breaks)


def rule(node: Node, at: Run) -> Line:
    """Give the scene break that a line across the page is; `at` is its tag."""
    if saying.is_blank(node):
        return Line(run=at.slice(0, 0), scene_break=True, attributes=(("blank", "true"),))
    return Line(run=inline.standing(at, "* * *"), scene_break=True)
