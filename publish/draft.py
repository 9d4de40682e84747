"""The draft: the lines of a manuscript before there are divisions, and the marks in them that become inlines.

Readers make drafts, the normalizer makes the document of them.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from publish.diagnostic import Diagnostic
from publish.document import Emphasis, Foreign, Inline, LineBreak, Note, PageBreak, Speaker, Strong, Text
from publish.patterns import lazily
from publish.source import Change, Edit, Piece, Run, Source, Span

EMPHASIS_ON, EMPHASIS_OFF = "\ufdd0", "\ufdd1"
STRONG_ON, STRONG_OFF = "\ufdd2", "\ufdd3"
BREAK = "\ufdd4"
NOTE_ON, NOTE_OFF = "\ufdd5", "\ufdd6"
"""The author's number of a note, if it has one, stands behind it in the signs of a page's number."""
PAGE = "\ufdd7"
PART = "\ufde9"
"""Stands between the texts that one line holds: those of a picture, the cells of a table."""
LANGUAGE_ON, LANGUAGE_OFF = "\ufdea", "\ufdeb"
"""Around words in another language; behind the first stand three figures for each letter of its name."""
SPEAKER_ON, SPEAKER_OFF = "\ufdec", "\ufded"
ASIDE = "\ufdee"
"""Before and after markup that is no part of the book: the address of a link, a comment. The normalizer takes
it out and logs it; where that is refused it is text, as it was typed."""
CODE = "zxx"
"""What is written in no language (ISO 639-2), but in one of machines: nothing in it is set."""
_LABEL_SIGNS = {sign: chr(0xFDD8 + number) for number, sign in enumerate("0123456789ivxlcdm")}
PAGE_SIGNS = PAGE + "".join(_LABEL_SIGNS.values())
"""A page break: the first of them, then the page's number in the others."""
MARKS = EMPHASIS_ON + EMPHASIS_OFF + STRONG_ON + STRONG_OFF + BREAK + NOTE_ON + NOTE_OFF + PAGE_SIGNS
MARKS += PART + LANGUAGE_ON + LANGUAGE_OFF + SPEAKER_ON + SPEAKER_OFF + ASIDE
"""Noncharacters that stand for markup while a paragraph is still one run, so that passes over text see whole
paragraphs. `inlines` turns them into the tree; they never leave the normalizer."""
MARK = re.compile(f"[{MARKS}]")
_MARK = re.compile(f"[{PAGE}{LANGUAGE_ON}{NOTE_OFF}][{PAGE_SIGNS[1:]}]+|[{MARKS}]")

PAIRS = {EMPHASIS_ON: EMPHASIS_OFF, STRONG_ON: STRONG_OFF, LANGUAGE_ON: LANGUAGE_OFF, NOTE_ON: NOTE_OFF}
_SIGNS = lazily(f"{LANGUAGE_ON}[{PAGE_SIGNS}]*|[{''.join([*PAIRS, *PAIRS.values()])}]")

DEEPEST_QUOTED = 4
"""Quotations in quotations, as mails have them; what lies deeper is read as if it lay no deeper."""
VERSE_STEP = 2
"""Columns of white space that set a line of fenced verse in by one step."""


LEFT_OUT = "The export has it as "
"""Begins what `Line.furniture` says of a post that is none of the book's."""


class Fence(StrEnum):
    """What kind of passage markup says a line belongs to."""

    NONE = ""
    LETTER = "letter"
    VERSE = "verse"
    QUOTATION = "quotation"
    CODE = "code"


_OF_POSTS = frozenset(("posted", "author", "categories", "link", "previous", "next"))


class Line(Struct, frozen=True, gc=False, kw_only=True):
    """One line that holds text, without its line end and without white space at its ends.

    In a draft whose paragraphs are marked, a line is a whole paragraph, heading or line of verse.
    """

    run: Run
    blanks_above: int = 0
    """How many blank lines stand before it (0 in the first line of a file)."""
    indent: int = 0
    """Columns of white space before the text; a tab counts 4."""
    centred: bool = False
    """It stands in the middle of its line, by formatting."""
    page_break: bool = False
    """A form feed stands before it, or what markup has for one."""
    heading_level: int = 0
    """1 to 6 where markup says so."""
    subheading: bool = False
    """Markup says that this is a heading inside a division."""
    scene_break: bool = False
    """Markup says that this is a scene break; the run then holds the sign.

    Without one, and with the attribute `blank`, it is blank space.
    """
    fence: Fence = Fence.NONE
    fence_id: int = 0
    """Lines with the same number other than 0 stand in the same fenced passage."""
    around: tuple[tuple[Fence, int], ...] = ()
    """The passages round that passage, each with its number, the outermost first."""
    furniture: str = ""
    """What the line is, where markup says that it belongs to a site's page and not to the text."""
    letter_part: str = ""
    """In a fenced letter "opening", "body" or "closing" where markup says so; empty: to be inferred."""
    depth: int = 0
    """In how many lists, one inside the other, the line stands."""
    sign: Run | None = None
    """What begins an entry of a list, where the line does, with its white space: "- ", "3. "."""
    image: Run | None = None
    """The file of a picture, where the line is one; the run then holds its alternative text, its caption and
    its credit with `PART` between them."""
    absent: bool = False
    """It is a picture that lies on the web, and no part of the book where nobody asks for it."""
    columns: str = ""
    """The columns of a table, as in `Table`, where the line is one; the run then holds all its cells, those
    of the head first, with `PART` between them."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Of a heading: what markup states about the division, overruling what its words say.

    `kind` (a `DivisionKind`); `numbers` ("2,3,4", empty for none); `label` (the words with which the heading
    begins, what follows after a separator is the title; empty for none); and, with the value "true",
    `inferred`, `untitled` (the division has no heading: the run is empty), `subtitle` (the line is the
    subtitle of the division above it).

    Or what a post says of itself, which is evidence of the order alone: `posted` (ISO date), `author`,
    `categories`, and addresses: `link` (its own), `previous`, `next`.
    """

    @property
    def is_told(self) -> bool:
        """Whether markup says what the line is: no paragraph, and no heading of a division either."""
        passage = self.fence or self.depth or self.subheading or self.scene_break
        return bool(passage or self.image or self.columns)

    @property
    def stated(self) -> dict[str, str]:
        """What markup states about the division: its attributes without those of a post."""
        return {name: value for name, value in self.attributes if name not in _OF_POSTS}


class Draft(Struct, frozen=True, kw_only=True):
    """One file as its reader saw it: lines in file order, with the evidence for structure."""

    source: int
    """The text that most lines come from; in a document notes have a source of their own."""
    lines: tuple[Line, ...]
    marked: bool = False
    """True where markup gives the paragraphs, so that nothing has to be inferred about lines."""
    formed: bool = False
    """True where formatting gives the emphasis, though nothing gives the structure."""
    order_kept: bool = False
    """True where the file says that its divisions stand in the book's order."""
    repaired: bool = False
    """True where `publish` itself wrote the file, so that no character in it needs repair."""
    named: bool = False
    """True where the file says by name what its passages are: letters, verse, quotations."""
    paged: bool = False
    """True where every `[Pg 12]` in it is the mark of a page, as `publish` itself wrote it."""
    headed: bool = False
    """Its metadata stand above the text, where its author wrote them."""
    metadata: tuple[tuple[str, Run], ...] = ()
    """Front matter: key and value."""
    syntax: tuple[Span, ...] = ()
    """Ranges that are markup and not text."""
    refused: tuple[tuple[str, Run], ...] = ()
    """Repairs that the file itself refuses: a rule's code, and the text where it is not wanted."""
    hints: tuple[tuple[str, Run], ...] = ()
    """Title, author and language as they stand where nobody looks: they count for want of others."""
    changes: tuple[Change, ...] = ()
    """What the reader left out of the text, and why."""
    findings: tuple[Diagnostic, ...] = ()
    """What the author has to know of the file."""


class Read(Struct, frozen=True):
    """What a file holds."""

    sources: tuple[Source, ...]
    """Its texts: the file itself, or those of its members that text was found in."""
    drafts: tuple[Draft, ...]
    """In the order in which they follow each other; a draft may hold lines of several of the sources."""
    archive: bytes = b""
    """Where the sources are members: the archive, which may be another file than that on the disk."""


def page_mark(label: str) -> str:
    """Give the mark of a page break; `label` holds figures or small roman numerals alone."""
    return PAGE + label_signs(label)


def label_signs(label: str) -> str:
    """Give the signs that stand for figures or small roman numerals in marks."""
    return "".join(_LABEL_SIGNS[sign] for sign in label)


def language_mark(language: str) -> str:
    """Give the mark that begins words in a language (BCP 47), which is ASCII."""
    return LANGUAGE_ON + "".join(_LABEL_SIGNS[sign] for letter in language for sign in f"{ord(letter):03}")


_SET_HIGH = lazily(r"\s*[0-9+−–-]{1,4}\s*")
_SIGNS_OF = {"sup": "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻", "sub": "₀₁₂₃₄₅₆₇₈₉₊₋₋₋"}


def raised(text: str, how: str) -> str:
    """Give a number that is set high ("sup") or low ("sub") in its own signs; empty for other text.

    White space beside it stays.
    """
    signs = _SIGNS_OF[how] if how in _SIGNS_OF and _SET_HIGH.fullmatch(text) else ""
    return text.translate(str.maketrans("0123456789+-−–", signs)) if signs else ""


def code(run: Run) -> Run:
    """Give a line of code as it is typed, within marks that keep everybody's hands off it."""
    signs = [Edit(*match.span(), "", "") for match in _MARK.finditer(run.text)]
    on, off = Edit(0, 0, language_mark(CODE), ""), Edit(len(run), len(run), LANGUAGE_OFF, "")
    return run.apply([on, *signs, off])


def _language(mark: str) -> str:
    signs = {mark: sign for sign, mark in _LABEL_SIGNS.items()}
    figures = "".join(signs[sign] for sign in mark[1:])
    return "".join(chr(int(figures[at : at + 3])) for at in range(0, len(figures), 3))


def _label(run: Run) -> Run:
    """Read the label behind the mark with which a run begins."""
    signs = {mark: sign for sign, mark in _LABEL_SIGNS.items()}
    label, span = "".join(signs[mark] for mark in run.text[1:]), run.span(1, len(run.text))
    pieces = (Piece(0, span.source, span.start, span.end, exact=False),) if span else ()
    return Run(label, pieces)


def balanced(parts: Iterable[Run]) -> list[Run]:
    """Let what goes on over several parts of a paragraph begin and end in each of them."""
    done: list[Run] = []
    opened: list[str] = []
    for part in parts:
        before = Run.join([Run(sign) for sign in opened])
        for match in _SIGNS.finditer(part.text):
            if match[0][0] in PAIRS:
                opened.append(match[0])
            elif opened and match[0] == PAIRS[opened[-1][0]]:
                opened.pop()
        after = Run("".join(PAIRS[sign[0]] for sign in reversed(opened)))
        done.append(Run.join([before, part, after]) if part.text and (before.text or after.text) else part)
    return done


def unmarked(run: Run) -> Run:
    """Give a run without the marks in it."""
    if MARK.search(run.text) is None:
        return run
    return run.apply([Edit(*match.span(), "", "") for match in MARK.finditer(run.text)])


_NOTES = re.compile(f"{NOTE_ON}[^{NOTE_OFF}]*{NOTE_OFF}")
_PARTING = re.compile(f"[ \t]*[{BREAK}{PART}][ \t]*")


def plain(text: str, between: str = " ") -> str:
    """Give a text without marks and notes, for what leaves the normalizer as words: facts, findings.

    `between` stands for line ends of the author's.
    """
    if text.isprintable() or _MARK.search(text) is None:
        return text
    return _MARK.sub("", _PARTING.sub(between, _NOTES.sub("", text)))


def inlines(run: Run) -> tuple[Inline, ...]:
    """Turn a paragraph with marks into inlines; a mark without its partner is dropped."""
    # No mark is of ASCII or counts as printable, and asking that is the quicker question.
    if run.text.isascii() or run.text.isprintable() or _MARK.search(run.text) is None:
        return (Text(run),) if run.text else ()
    stack: _Open = [("", [])]
    start = 0
    for match in _MARK.finditer(run.text):
        _add_text(stack, run.slice(start, match.start()))
        _obey(stack, match[0] if match[0][0] == LANGUAGE_ON else match[0][0])
        if len(match[0]) > 1 and match[0][0] != LANGUAGE_ON:
            _label_last(stack[-1][1], _label(run.slice(*match.span())), page=match[0][0] == PAGE)
        start = match.end()
    _add_text(stack, run.slice(start, len(run.text)))
    while len(stack) > 1:
        _close(stack)
    return tuple(stack[0][1])


_Open = list[tuple[str, list[Inline]]]
"""The marks that are open, the outermost first, each with the inlines inside it so far."""


def _add_text(stack: _Open, run: Run) -> None:
    if run.text:
        stack[-1][1].append(Text(run))


def _obey(stack: _Open, mark: str) -> None:
    if mark == BREAK:
        stack[-1][1].append(LineBreak())
    elif mark in _KINDS or (mark[0] == LANGUAGE_ON and len(mark) > 1):
        stack.append((mark, []))
    elif mark == NOTE_OFF:
        # Emphasis that is still open in a note ends with it, so that no note swallows the text after it.
        while len(stack) > 1 and any(opened == NOTE_ON for opened, _ in stack):
            _close(stack)
    elif mark not in PAGE_SIGNS + PART + LANGUAGE_ON + ASIDE and len(stack) > 1 and stack[-1][0] != NOTE_ON:
        _close(stack)


def _label_last(closed: list[Inline], label: Run, *, page: bool) -> None:
    """Add the mark of a page, or give the note that was closed just now its number."""
    if page:
        closed.append(PageBreak(label))
    elif closed and isinstance(closed[-1], Note):
        closed[-1] = Note(closed[-1].children, label)


def _close(stack: _Open) -> None:
    mark, children = stack.pop()
    if children and mark[0] == LANGUAGE_ON:
        stack[-1][1].append(Foreign(_language(mark), tuple(children)))
    elif children:
        stack[-1][1].append(_KINDS[mark](tuple(children)))


_KINDS: dict[str, type[Emphasis | Strong | Speaker | Note]] = {
    EMPHASIS_ON: Emphasis,
    STRONG_ON: Strong,
    SPEAKER_ON: Speaker,
    NOTE_ON: Note,
}
