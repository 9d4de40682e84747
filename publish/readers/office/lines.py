"""Paragraphs of a document as the lines of a draft.

What the styles say is taken over; what they leave open is evidence for the normalizer, which reads a
document without any styles as it reads plain text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from publish.draft import BREAK, NOTE_ON, PART, Draft, Fence, Line, code
from publish.readers import lists
from publish.readers.office.prose import Form, Paragraph, Part, Role, marked
from publish.readers.verbatim import is_code
from publish.source import Edit, Piece, Run

_ORNAMENT = re.compile(r"[\s*#~•·∙⁂❦☙❧§+=xXoO◊◆◇○●★☆✦✧✶—–_-]{1,24}")
_NO_ORNAMENTS = frozenset("- – — x X o O xx XX oo OO § -- —— ––".split())
_ENDS = re.compile(r"[.!?…:;”’»\"')\]]\s*$")
_RARE_GAPS = 0.15
"""Empty paragraphs between so few of all paragraphs part scenes; between more they are a habit."""
_MAIN_SHARE = 0.9
"""Of the letters are in the language of the book where what is said of languages can be trusted."""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_MOST_SHORT = 120
"""Letters of a line that may be a heading."""


def draft(source: int, paragraphs: Sequence[Paragraph]) -> Draft:
    """Give the draft of a document."""
    paragraphs = [part for paragraph in _parted(paragraphs) for part in _by_empty_lines(paragraph)]
    for role, group in groupby(paragraphs, lambda paragraph: paragraph.role):
        if role is Role.TYPED:
            typed = list(group)
            coded = is_code([text for paragraph in typed if (text := paragraph.text.strip())])
            for paragraph in typed:
                paragraph.role = Role.CODE if coded else Role.BODY
    language, said = _language(paragraphs)
    if said:
        for paragraph in paragraphs:
            paragraph.parts = _with_sure_languages(paragraph, language)
    metadata, rest = _title_page(paragraphs)
    if any(map(_is_markup, rest)) or metadata:
        made = _Lines(rest, language)
        lines, _ = lists.settled(made.lines(), told=True)
        return Draft(source=source, lines=tuple(lines), marked=True, metadata=tuple(metadata))
    return Draft(source=source, lines=tuple(_typed(rest, language)), formed=True)


def _is_markup(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is more than one that somebody typed or pasted."""
    if paragraph.role is not Role.BODY or paragraph.image or paragraph.columns or paragraph.depth:
        return True
    text = paragraph.text
    short = 0 < len(text.strip()) <= _MOST_SHORT and any(map(str.isalnum, text))
    return NOTE_ON in text or (short and (paragraph.centred or paragraph.is_all("bold")))


def _typed(paragraphs: Sequence[Paragraph], language: str) -> Iterator[Line]:
    """Give paragraphs without any style as the lines of a plain text."""
    blanks, page_break, first = 0, False, True
    for paragraph in paragraphs:
        page_break = page_break or paragraph.page_break
        run = paragraph.run(language)
        text = run.text
        if not text.strip():
            blanks += paragraph.role is not Role.PICTURE
            continue
        margin = len(text) - len(text.lstrip(" \t\xa0\u2002\u2003\u3000"))
        bare = run.slice(margin, len(text.rstrip(" \t")))
        columns = sum(4 if sign == "\t" else 1 for sign in text[:margin])
        yield Line(run=bare, blanks_above=0 if first else blanks, indent=columns, page_break=page_break)
        blanks, page_break, first = 0, False, False


def _parted(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Part paragraphs where a page break stands in them."""
    page_break = False
    for paragraph in paragraphs:
        paragraph.page_break = paragraph.page_break or page_break
        page_break = False
        start = 0
        for at in paragraph.breaks:
            part = paragraph.parts[start:at]
            if any(item.run.text.strip() for item in part):
                yield replace(paragraph, parts=part, breaks=())
                start, paragraph.sign = at, None
            paragraph.page_break = True
        left = paragraph.parts[start:]
        if not any(item.run.text.strip() for item in left) and not paragraph.image and paragraph.breaks:
            page_break = True
            continue
        paragraph.parts, paragraph.breaks = left, ()
        yield paragraph


def _by_empty_lines(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Part a paragraph where its author left lines of it empty; stanzas, whose lines are short, stay one."""
    breaks = sum(part.form is None and part.run.text == BREAK for part in paragraph.parts)
    if breaks < 2 or paragraph.role is not Role.BODY:
        yield paragraph
        return
    lines: list[list[Part]] = [[]]
    for part in paragraph.parts:
        if part.form is None and part.run.text == BREAK:
            lines.append([part])
        else:
            lines[-1].append(part)
    said = [any(part.run.text.strip(f"{BREAK} \t\xa0") for part in line) for line in lines]
    longest = max(sum(len(part.run.text) for part in line) for line in lines)
    if all(said[1:-1]) or longest <= _LONGEST_IN_VERSE:
        yield paragraph
        return
    gap = 0
    for is_text, group in groupby(range(len(lines)), lambda at: said[at]):
        some = list(group)
        if is_text:
            yield from (Paragraph(parts=[]) for _ in range(gap - 1))
            parts = [part for at in some for part in lines[at]]
            yield replace(paragraph, parts=parts[1:] if some[0] else parts)
            paragraph.page_break, paragraph.sign = False, None
        gap = 0 if is_text or not some[0] else len(some)


_LONGEST_IN_VERSE = 80


# --- Languages -------------------------------------------------------------------------------------------


def _language(paragraphs: Sequence[Paragraph]) -> tuple[str, bool]:
    """Give the language that nearly all words are said to be in, or nothing, and whether any is said."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        for part in paragraph.parts:
            if part.form:
                counts[part.form.language] += len(part.run.text)
    primary: Counter[str] = Counter()
    for name, count in counts.items():
        primary[name.partition("-")[0].lower()] += count
    language, most = primary.most_common(1)[0] if primary else ("", 0)
    return language if most >= primary.total() * _MAIN_SHARE else "", any(primary)


def _with_sure_languages(paragraph: Paragraph, language: str) -> list[Part]:
    """Leave out what is said of languages where it is likely to be an accident of the keyboard.

    It counts where nearly all of the document is in one language, and a whole paragraph, or words in
    italics, are in another.
    """
    said = {
        p.form.language.partition("-")[0].lower() for p in paragraph.parts if p.form and p.run.text.strip()
    }
    whole = len(said) == 1

    def sure(form: Form) -> Form:
        if not form.language or (language and (whole or form.italic)):
            return form
        return replace(form, language="")

    return [Part(part.run, sure(part.form)) if part.form else part for part in paragraph.parts]


# --- The title page --------------------------------------------------------------------------------------

_BREAKS = re.compile(rf"\s*{BREAK}\s*")
_FACTS = {Role.TITLE: "title", Role.SUBTITLE: "subtitle", Role.AUTHOR: "author", Role.DATE: "date"}


def _title_page(paragraphs: Sequence[Paragraph]) -> tuple[list[tuple[str, Run]], list[Paragraph]]:
    """Take the facts out of the paragraphs with which a document begins whose styles name them.

    A style that comes back further on is used for headings.
    """
    titles = [
        paragraph for paragraph in paragraphs if paragraph.role is Role.TITLE and paragraph.text.strip()
    ]
    metadata: list[tuple[str, Run]] = []
    rest: list[Paragraph] = []
    opening = True
    for paragraph in paragraphs:
        key = _FACTS.get(paragraph.role, "")
        bare = _fact(paragraph) if opening else Run("")
        opening = opening and (bool(key) or not bare.text or paragraph.role is Role.CONTENTS)
        known = any(name == key for name, _ in metadata)
        fits = bare.text and (key != "date" or _DATE.fullmatch(bare.text)) and NOTE_ON not in paragraph.text
        if key and opening and fits and not known and not (key == "title" and len(titles) > 1):
            metadata.append((key, bare))
        else:
            rest.append(_without_fact(paragraph, several=len(titles) > 1))
    return metadata, rest


def _fact(paragraph: Paragraph) -> Run:
    """Give the words of a paragraph; where its author ended a line in it they are parted by a space."""
    said = [part for part in paragraph.parts if part.form or part.run.text == BREAK]
    run = Run.join([part.run for part in said]).strip(f"{BREAK} \t\n\xa0")
    return run.apply([Edit(*match.span(), " ", "") for match in _BREAKS.finditer(run.text)])


def _without_fact(paragraph: Paragraph, *, several: bool) -> Paragraph:
    if paragraph.role is Role.TITLE:
        paragraph.role, paragraph.level = Role.HEADING, 1
    elif paragraph.role in _FACTS:
        paragraph.role = Role.BODY
    elif paragraph.role is Role.HEADING and several:
        paragraph.level = min(paragraph.level + 1, 6)
    return paragraph


# --- Lines -----------------------------------------------------------------------------------------------


_CONTENTS = "The word processor has made this list of contents; the book makes its own."


_OF_LOST = "It stands below a picture that is left out."
_FENCES = {Role.QUOTATION: Fence.QUOTATION, Role.VERSE: Fence.VERSE, Role.CODE: Fence.CODE}


class _Passage(Struct):
    fence: Fence = Fence.NONE
    number: int = 0
    in_stanzas: bool = False
    """Of verse: a paragraph is a stanza, and not a line."""


def _quote_pictures(paragraphs: Sequence[Paragraph]) -> None:
    """Let a picture between two paragraphs of a quotation stand in it, for which documents have no sign."""
    amid: list[Paragraph] = []
    within = False
    for paragraph in paragraphs:
        if paragraph.role is Role.QUOTATION:
            for picture in amid if within else ():
                picture.role = Role.QUOTATION
            amid, within = [], True
        elif paragraph.image:
            amid.append(paragraph)
        elif paragraph.role is not Role.CAPTION and not paragraph.is_empty:
            amid, within = [], False


class _Lines:
    """Makes the lines of a document whose styles or forms say something."""

    def __init__(self, paragraphs: Sequence[Paragraph], language: str) -> None:
        self.paragraphs = paragraphs
        self.language = language
        self.made: list[Line] = []
        self.blanks = 0
        self.page_break = False
        self.passage = _Passage()
        self.depth = 0
        self.lost = False
        """A picture that the book cannot have stands right above."""

    def lines(self) -> list[Line]:
        """Give all lines."""
        _quote_pictures(self.paragraphs)
        least = _scene_gap(self.paragraphs)
        before = ""
        for paragraph in self.paragraphs:
            self.page_break = self.page_break or paragraph.page_break
            if paragraph.is_empty:
                self.blanks += paragraph.role is not Role.PICTURE
                self.lost = self.lost or paragraph.role is Role.PICTURE
                continue
            said = _prose(paragraph) if least else ""
            if self.blanks >= least and _may_part(before, said, paragraph):
                self._blank_break(paragraph)
            self._paragraph(paragraph)
            before, self.lost = said, False
        return self.made

    def _blank_break(self, paragraph: Paragraph) -> None:
        first = next(part.run for part in paragraph.parts if part.run.text).pieces[0]
        place = Run("", (Piece(0, first.source, first.start, first.start, exact=True),))
        self._add(Line(run=place, scene_break=True, attributes=(("blank", "true"),)))

    def _paragraph(self, paragraph: Paragraph) -> None:
        pictured = self.made and self.made[-1].image
        if paragraph.role is Role.CAPTION and pictured and not self.made[-1].run.text.split(PART)[1]:
            self._caption(paragraph)
            return
        self._fence(paragraph)
        run = paragraph.run(self.language)
        if not (paragraph.image or paragraph.columns or self.passage.fence is Fence.CODE):
            run = run.strip()
        if self.passage.fence in (Fence.VERSE, Fence.CODE):
            self._verse(run)
            return
        self.depth = min(paragraph.depth, self.depth + 1)
        ornament = paragraph.role is Role.RULE or (paragraph.role is Role.BODY and is_ornament(run.text))
        heading = paragraph.role is Role.HEADING
        self._add(
            Line(
                run=_unformed(paragraph, self.language) if heading else run,
                heading_level=paragraph.level if heading else 0,
                centred=paragraph.centred,
                scene_break=ornament,
                depth=self.depth,
                sign=paragraph.sign if self.depth else None,
                image=paragraph.image,
                columns=paragraph.columns,
                furniture=self._furniture(paragraph),
            )
        )

    def _furniture(self, paragraph: Paragraph) -> str:
        lost = paragraph.role is Role.CAPTION and self.lost
        return _CONTENTS if paragraph.role is Role.CONTENTS else _OF_LOST if lost else ""

    def _add(self, line: Line) -> None:
        self.made.append(
            replace(
                line,
                blanks_above=self.blanks if self.made else 0,
                page_break=self.page_break,
                fence=self.passage.fence,
                fence_id=self.passage.number if self.passage.fence else 0,
            )
        )
        self.blanks, self.page_break = 0, False

    def _fence(self, paragraph: Paragraph) -> None:
        """Begin or end a passage that a style sets off."""
        fence = _FENCES.get(paragraph.role, Fence.NONE)
        if fence is Fence.CODE and any(NOTE_ON in part.run.text for part in paragraph.parts):
            fence = Fence.NONE
        if fence is not self.passage.fence:
            self.passage = _Passage(fence, self.passage.number + 1)

    def _verse(self, run: Run) -> None:
        """Add the lines of a paragraph of verse; one with several lines is a stanza."""
        coded = self.passage.fence is Fence.CODE
        ends = [match.start() for match in re.finditer(BREAK, run.text)]
        self.passage.in_stanzas = self.passage.in_stanzas or (bool(ends) and not coded)
        if self.passage.in_stanzas and self.made and self.made[-1].fence_id == self.passage.number:
            self.blanks = max(self.blanks, 1)
        for start, end in zip([0, *(at + 1 for at in ends)], [*ends, len(run)], strict=True):
            line = run.slice(start, end)
            if line.text.strip():
                indent = len(line.text) - len(line.text.lstrip())
                self._add(Line(run=code(line)) if coded else Line(run=line.strip(), indent=indent))
            else:
                self.blanks += 1

    def _caption(self, paragraph: Paragraph) -> None:
        """Let a caption stand below the picture before it."""
        picture = self.made[-1]
        at = picture.run.text.index(PART) + 1
        parts = (
            picture.run.slice(0, at),
            paragraph.run(self.language).strip(),
            picture.run.slice(at, len(picture.run)),
        )
        self.made[-1] = replace(picture, run=Run.join(parts))


def is_ornament(text: str) -> bool:
    """Tell whether a paragraph is nothing but signs that part scenes."""
    bare = text.strip()
    return bool(bare) and bare not in _NO_ORNAMENTS and _ORNAMENT.fullmatch(bare) is not None


def _unformed(paragraph: Paragraph, language: str) -> Run:
    """Give a heading without the form that all of its words have."""
    bold, italic = paragraph.is_all("bold"), paragraph.is_all("italic")

    def plain(form: Form) -> Form:
        return Form(form.italic and not italic, form.bold and not bold, form.language)

    parts = [Part(part.run, plain(part.form)) if part.form else part for part in paragraph.parts]
    return marked(parts, language).strip()


def _scene_gap(paragraphs: Sequence[Paragraph]) -> int:
    """Give how many empty paragraphs part scenes; 0 where they are a habit or nothing."""
    gaps: Counter[int] = Counter()
    before, blanks = "", 0
    for paragraph in paragraphs:
        if paragraph.is_empty:
            blanks += paragraph.role is not Role.PICTURE
            continue
        said = _prose(paragraph)
        if _may_part(before, said, paragraph):
            gaps[blanks] += 1
        before, blanks = said, 0
    if len(gaps) < 2:
        return 0
    usual = gaps.most_common(1)[0][0]
    wider = sum(count for gap, count in gaps.items() if gap > usual)
    return usual + 1 if 0 < wider <= gaps.total() * _RARE_GAPS else 0


def _prose(p: Paragraph) -> str:
    """Give what a paragraph says that is text and nothing else."""
    plain = p.role is Role.BODY and not (p.image or p.columns or p.depth or p.centred)
    return text if plain and not is_ornament(text := p.text) else ""


def _may_part(before: str, said: str, after: Paragraph) -> bool:
    """Tell whether two neighbours are text, so that an empty paragraph between them may part scenes."""
    return bool(said) and _ENDS.search(before) is not None and not after.is_all("bold")
