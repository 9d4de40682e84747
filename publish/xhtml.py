"""Book → semantic XHTML fragments, the same for both editions.

Every fragment is well-formed XML with no named entity but XML's own five. The caller supplies the document
around it: `xmlns:epub` and, for `z3998:`, the `epub:prefix` of `PREFIX`. An HTML parser reads the same
fragments, since only `hr` and `br` close themselves.

What a stylesheet can rely on:

- `header.heading` around `h1`–`h6` (its id: the division's id and ".heading"), inside it `span.label`
  ("Chapter XI"; also `alone` where no title follows, `figures` where it is a bare number) and `span.title`,
  then `p.subtitle`.
- `p.first`: the paragraph that opens a division, a letter's body or a quotation, or that follows a scene
  break or a subheading.
- `hr.scene-break`: the stylesheet draws the ornament; also `blank` where the author left only space.
- `p.apart`: where prose turns to speeches, and where it comes back.
- `p.speech`: a speech of a play or an interview (`lines`: verse), in it `span.speaker`; `p.cue`: who speaks,
  above what is said; `p.direction`: what happens on the stage, a paragraph in brackets or italics there.
- `blockquote.letter`: `header` with `p.dateline` (also an address), `p.field`, `p.salutation`, the body, and
  `footer` with `p.valediction`, `p.signature` and `p.postscript`.
- `div.verse`: `p.stanza`, in it `span.line` (also `indent-1` … `indent-8`), with a `br` between lines for
  readers without styles, which a stylesheet hides.
- `ul.list`, `ol.list`: an `li` holds its text, or several `p`, then lists inside it.
- an empty `span` with the role `doc-pagebreak`: the place where a page of print begins.
- `span.note`: a note at its reference, which the printed page sets at its foot; it holds no other span. With
  the author's own number it is `span.note.numbered` and has that as `data-number`.
- `div.columns`, also `needs-24`: as many em wide must a screen be (see `columns.STEPS`); in it `table.table`:
  `thead` where the columns have names, which their cells then bear as `data-head`; cells `left`, `middle`,
  `right` where that is said.
- `figure.figure`: an `img`, and a `figcaption` with `p.caption` and `p.credit`, where there are any.
- `blockquote.quotation`, in it `p.source`; also `motto` where it opens a
  division and names its source; `h2`–`h6` with `subheading`; `em`, `strong`; `br` for a line end the author
  means.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import assert_never

from publish import columns
from publish.document import (
    Block,
    Code,
    Division,
    DivisionKind,
    Emphasis,
    Entry,
    Figure,
    Foreign,
    Inline,
    Letter,
    LineBreak,
    List,
    Note,
    PageBreak,
    Paragraph,
    Quotation,
    SceneBreak,
    Speaker,
    Strong,
    Subheading,
    Table,
    Text,
    Verse,
    VerseLine,
    prose,
    speaker,
)
from publish.draft import MARKS
from publish.normalize.cues import is_end
from publish.patterns import lazily

PREFIX = "z3998: http://www.daisy.org/z3998/2012/vocab/structure/"
"""Declares the vocabulary of letters and verse, as a value of `epub:prefix`."""

# In a section with a role of its own, assistive software would take a header for the banner of the page.
_NO_LANDMARK = ' role="presentation"'
_DEEPEST_INDENT = 8
_DEEPEST_HEADING = 6
_ILLEGAL = lazily(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff{MARKS}]")

_TYPES = {
    DivisionKind.COPYRIGHT: "copyright-page",
    DivisionKind.ALSO_BY: "",
    DivisionKind.PERSONS: "z3998:dramatis-personae",
    **dict.fromkeys((DivisionKind.BOOK, DivisionKind.ACT), "part"),
    **dict.fromkeys((DivisionKind.SCENE, DivisionKind.LETTER), "chapter"),
    **dict.fromkeys((DivisionKind.INTERLUDE, DivisionKind.STORY), "chapter"),
    DivisionKind.SECTION: "division",
    # Prose headed "Notes" holds no note items, which the type for endnotes would promise.
    DivisionKind.NOTES: "",
    DivisionKind.ABOUT_AUTHOR: "",
}
"""The `epub:type` of kinds that EPUB calls otherwise; empty where it has none."""
_WITHOUT_ROLE = frozenset(("", "copyright-page", "z3998:dramatis-personae", "volume", "division"))


def escape(text: str) -> str:
    """Escape characters for element content and for attributes in double quotes.

    Raises ValueError for a character that XML cannot hold; the normalizer leaves none.
    """
    if found := _ILLEGAL.search(text):
        raise ValueError(f"U+{ord(found[0]):04X} cannot stand in a book: {text[:60]!r}")
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    # A bare carriage return would reach the reader as a line feed.
    return text.replace("\r", "&#13;")


_TAGS = "(?:<[^>]*>)*"
_TIES: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": ((f" (?={_TAGS}[;!?»])|(?<=«) ", "\u202f"), (f" (?={_TAGS}:)", "\xa0")),
    "cs": (("(?<=[^\\w-][aiouksvzAIOUKSVZ]) (?=[\\w<])", "\xa0"),),
    "sk": (("(?<=[^\\w-][aiouksvzAIOUKSVZ]) (?=[\\w<])", "\xa0"),),
    "pl": (("(?<=[^\\w-][aiouwzAIOUWZ]) (?=[\\w<])", "\xa0"),),
    "ru": (("(?<=[^\\w-][аквиосуяАКВИОСУЯ]) (?=[\\w<])", "\xa0"),),
    "uk": (("(?<=[^\\w-][аійвзкоуяАІЙВЗКОУЯ]) (?=[\\w<])", "\xa0"),),
}
"""Spaces that a line end must not part, by language, and what stands in their places.

Sources: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Espacement"; ČSN 01 6910, 4.4;
PWN, "Zasady pisowni", [90]; Мильчин, Справочник издателя и автора, 14.
"""
_DASHES = (("(?<=[^\\s>]) (?=[—–] )", "\xa0"), ("(?<=>[—–]) ", "\xa0"))
"""In every language: a dash begins no line, and one that opens a speech stays with it."""


def tied(html: str, language: str) -> str:
    """Give XHTML in which no line ends where the language (BCP 47) forbids it.

    Only spaces of the text are exchanged for such as do not break. It is done here and not in the document,
    since it is no part of what the author wrote: the Markdown that is written stays as it was typed.
    """
    ties = _TIES.get(language.lower().partition("-")[0], ())
    if " – " in html or " — " in html or ">— " in html or ">– " in html:
        ties += _DASHES
    for pattern, space in ties:
        html = _tie(pattern).sub(_tag_or(space), html)
    return html


def _tag_or(space: str) -> Callable[[re.Match[str]], str]:
    return lambda match: match[1] or space


@cache
def _tie(pattern: str) -> re.Pattern[str]:
    # A look-behind may see the end of a tag; the tag itself is passed over.
    return re.compile(f"(<[^>]*>)|(?:{pattern})")


def epub_type(kind: DivisionKind) -> str:
    """Give the `epub:type` of a kind of division, empty where EPUB knows none."""
    return _TYPES.get(kind, kind.value)


def semantics(kind: DivisionKind) -> str:
    """Give the attributes that say what a division is: `epub:type` with its one DPUB-ARIA role, or none."""
    type_ = epub_type(kind)
    attributes = f' epub:type="{type_}"' if type_ else ""
    return attributes if type_ in _WITHOUT_ROLE else f'{attributes} role="doc-{type_}"'


def heading(division: Division, *, level: int) -> str:
    """Give a division's heading as `h<level>` in a `header`; empty where it has none.

    Label and title are printed as they are stated; a subtitle without title takes the title's place. The line
    break between the two keeps "Chapter One" and "Five Years Later" apart where no stylesheet does, and in
    speech.
    """
    label = division.label.text.strip() if division.label else ""
    title, subtitle = _line_of(division.title), _line_of(division.subtitle)
    if not title:
        title, subtitle = subtitle, ""
    parts = []
    if label:
        form = ("" if title else " alone") + " figures" * label.rstrip(".").isdecimal()
        parts.append(f'<span class="label{form}" epub:type="ordinal">{escape(label)}</span>')
    if title:
        parts.append(f'<span class="title" epub:type="title">{title}</span>')
    if not parts:
        return ""
    tag = _heading_tag(level)
    lines = [f'<{tag} id="{escape(division.id)}.heading">{"<br/>".join(parts)}</{tag}>']
    if subtitle:
        lines.append(f'<p class="subtitle" epub:type="subtitle" role="doc-subtitle">{subtitle}</p>')
    return f'<header class="heading"{_NO_LANDMARK}>\n' + "\n".join(lines) + "\n</header>\n"


def blocks(blocks: Sequence[Block], *, heading_level: int = 0) -> str:
    """Give the blocks of a division; subheadings become `h<heading_level>`.

    It is 0 for those of a letter or a quotation, which have no headings.
    """
    return "".join(_blocks(blocks, heading_level))


def inlines(inlines: Iterable[Inline]) -> str:
    """Give running text with its markup."""
    return "".join(_inline(inline) for inline in inlines)


def page_break(label: str) -> str:
    """Give the mark of the place where a page of print begins; its id is that of `page_id`.

    It holds no text: what stood in it would be read as part of the sentence.
    """
    label, identified = escape(label), page_id(label)
    return f'<span id="{identified}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{label}"></span>'


def page_id(label: str) -> str:
    """Give the id of a page's mark: "page-xii"."""
    return "page-" + re.sub("[^A-Za-z0-9]", lambda match: f"_{ord(match[0]):x}", label)


def _line_of(parts: tuple[Inline, ...]) -> str:
    """Give a line of a heading, nothing for white space: an empty heading misleads whoever hears it."""
    return inlines(parts) if prose(parts).text.strip() else ""


def _inline(inline: Inline) -> str:  # noqa: C901, PLR0911 - one case for each kind
    match inline:
        case Text():
            return escape(inline.run.text)
        case Emphasis():
            return f"<em>{inlines(inline.children)}</em>"
        case Strong():
            return f"<strong>{inlines(inline.children)}</strong>"
        case Speaker():
            return f'<span class="speaker" epub:type="z3998:persona">{inlines(inline.children)}</span>'
        case Foreign():
            language = escape(inline.language)
            return f'<span lang="{language}" xml:lang="{language}">{inlines(inline.children)}</span>'
        case LineBreak():
            return "<br/>\n"
        case PageBreak():
            return page_break(inline.label.text)
        case Note():
            # A line end behind the break would be a line of its own at the foot of WeasyPrint's page.
            text = inlines(inline.children).replace("<br/>\n", "<br/>")
            number = f' numbered" data-number="{escape(inline.label.text)}' if inline.label else ""
            return f'<span class="note{number}">{text}</span>'
        case _:
            assert_never(inline)


def _blocks(blocks: Sequence[Block], heading_level: int) -> Iterator[str]:
    first = True
    spoken = [speaker(block) is not None for block in blocks]
    directs = _directs(blocks, spoken)
    bounds = _bounds(blocks, [said or at in directs for at, said in enumerate(spoken)])
    for place, block in enumerate(blocks):
        if place == len(blocks) - 1 and isinstance(block, Paragraph) and is_end(prose(block.children).text):
            yield _paragraph(block, "end")
        elif place in directs and isinstance(block, Paragraph):
            yield _paragraph(block, "direction", "z3998:stage-direction")
        else:
            html = _block(block, heading_level, first=first)
            if place in bounds:
                html = html.replace("<p", '<p class="apart"', 1).replace('" class="', " ", 1)
            yield html
        opens = isinstance(block, Figure) or (isinstance(block, Quotation) and _source(block) is not None)
        first = isinstance(block, SceneBreak | Subheading) or (first and opens)
        first = first or _is_cue(block) or place in directs


def _bounds(blocks: Sequence[Block], talk: Sequence[bool]) -> set[int]:
    """Give the places where prose and talk meet; a paragraph between two speeches goes on with the first."""
    return {
        at
        for at in range(1, len(blocks))
        if talk[at] != talk[at - 1]
        and all(isinstance(block, Paragraph) for block in blocks[at - 1 : at + 1])
        and not any(talk[at - 2 : at - 1] if talk[at] else talk[at + 1 : at + 2])
    }


def _directs(blocks: Sequence[Block], spoken: Sequence[bool]) -> set[int]:
    """Give the places of stage directions: whole paragraphs in brackets or italics, next to speeches."""
    if not any(spoken):
        return set()
    apart = [_stands_apart(block) for block in blocks]
    found: set[int] = set()
    for step in (1, -1):
        near = False
        for at in range(len(blocks))[::step]:
            near = spoken[at] or (near and apart[at])
            if near and apart[at]:
                found.add(at)
    return found


def _stands_apart(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = prose(block.children).text.strip()
    signed = text[:1] + text[-1:] in ("[]", "()") or (text[-2:] in ("].", ").") and text[:1] in ("[", "("))
    return signed or (len(block.children) == 1 and isinstance(block.children[0], Emphasis))


def _is_cue(block: Block) -> bool:
    """Tell whether a paragraph names the speaker and nothing else."""
    found = speaker(block)
    return found is not None and isinstance(block, Paragraph) and prose(block.children) == prose((found,))


def _block(block: Block, heading_level: int, *, first: bool) -> str:  # noqa: C901, PLR0911 - one case each
    match block:
        case Paragraph():
            verse = " lines" * any(isinstance(child, LineBreak) for child in block.children)
            spoken = "cue" if _is_cue(block) else f"speech{verse}" if speaker(block) else ""
            return _paragraph(block, spoken or ("first" if first else ""))
        case SceneBreak():
            return f'<hr class="scene-break{"" if block.ornament else " blank"}"/>\n'
        case Subheading():
            tag = _heading_tag(heading_level)
            return f'<{tag} class="subheading">{inlines(block.children)}</{tag}>\n'
        case Verse():
            return _verse(block)
        case Code():
            return f'<pre class="code"><code>{inlines(block.children)}</code></pre>\n'
        case Letter():
            return _letter(block)
        case Quotation():
            return _quotation(block, epigraph=bool(heading_level and first and _source(block)))
        case List():
            return _list(block)
        case Figure():
            return _figure(block)
        case Table():
            return columns.table(block, inlines)
        case _:
            assert_never(block)


def _quotation(quotation: Quotation, *, epigraph: bool) -> str:
    """Give a quotation; one with a source that opens a division is its epigraph."""
    if source := _source(quotation):
        inner = blocks(quotation.blocks[:-1]) + _paragraph(source, "source")
    else:
        inner = blocks(quotation.blocks)
    if epigraph:
        named = semantics(DivisionKind.EPIGRAPH)
        return f'<blockquote class="quotation motto"{named}>\n{inner}</blockquote>\n'
    return f'<blockquote class="quotation">\n{inner}</blockquote>\n'


def _source(quotation: Quotation) -> Paragraph | None:
    """Give the last line of a quotation where it names the source behind a dash."""
    last = quotation.blocks[-1]
    if len(quotation.blocks) < 2 or not isinstance(last, Paragraph):  # noqa: PLR2004
        return None
    return last if prose(last.children).text.startswith(("—", "–", "―")) else None


def _heading_tag(level: int) -> str:
    return f"h{min(level, _DEEPEST_HEADING)}"


def _paragraph(paragraph: Paragraph, name: str = "", epub_type: str = "") -> str:
    attributes = f' class="{name}"' if name else ""
    if epub_type:
        attributes += f' epub:type="{epub_type}"'
    return f"<p{attributes}>{inlines(paragraph.children)}</p>\n"


def _verse(verse: Verse) -> str:
    stanzas = "".join(
        '<p class="stanza">' + "<br/>\n".join(map(_line, stanza)) + "</p>\n" for stanza in verse.stanzas
    )
    return f'<div class="verse" epub:type="z3998:verse">\n{stanzas}</div>\n'


def _list(found: List) -> str:
    """Give a list; an entry that is one paragraph holds its text alone, as most lists are made."""
    entries = "".join(f"<li>{_entry(entry)}</li>\n" for entry in found.entries)
    if found.start is None:
        return f'<ul class="list">\n{entries}</ul>\n'
    start = f' start="{found.start}"' if found.start != 1 else ""
    return f'<ol class="list"{start}>\n{entries}</ol>\n'


def _entry(entry: Entry) -> str:
    paragraphs = sum(1 for block in entry.blocks if isinstance(block, Paragraph))
    return "".join(
        _block(block, 1, first=False)
        if paragraphs > 1 or not isinstance(block, Paragraph)
        else inlines(block.children) + "\n" * (len(entry.blocks) > 1)
        for block in entry.blocks
    )


def _line(line: VerseLine) -> str:
    indent = f" indent-{min(line.indent, _DEEPEST_INDENT)}" if line.indent > 0 else ""
    return f'<span class="line{indent}">{inlines(line.children)}</span>'


def _figure(figure: Figure) -> str:
    lines = [
        f'<p class="{name}">{inlines(line)}</p>\n'
        for name, line in (("caption", figure.caption), ("credit", figure.credit))
        if line
    ]
    below = f"<figcaption>\n{''.join(lines)}</figcaption>\n" if lines else ""
    image, alt = escape(figure.image.text), escape(" ".join(figure.alt.text.split()))
    return f'<figure class="figure">\n<img src="{image}" alt="{alt}"/>\n{below}</figure>\n'


def _letter(letter: Letter) -> str:
    parts = [
        _wrapped("header", (_opening(p, last=p is letter.opening[-1]) for p in letter.opening)),
        blocks(letter.body),
        _wrapped("footer", _closings(letter.closing)),
    ]
    return f'<blockquote class="letter" epub:type="z3998:letter">\n{"".join(parts)}</blockquote>\n'


def _wrapped(tag: str, lines: Iterable[str]) -> str:
    inner = "".join(lines)
    return f"<{tag}{_NO_LANDMARK}>\n{inner}</{tag}>\n" if inner else ""


def _opening(paragraph: Paragraph, *, last: bool) -> str:
    """Tell a dateline ("Moscow, 3 May 1918") from the salutation, the last line before the letter's body."""
    text = prose(paragraph.children).text.rstrip()
    if _FIELD.match(text):
        return _paragraph(paragraph, "field")
    greets = text.endswith((",", ":", "!", "—")) or not any(character.isdigit() for character in text)
    if last and greets:
        return _paragraph(paragraph, "salutation", "z3998:salutation")
    return _paragraph(paragraph, "dateline")


_FIELD = re.compile(r"[^\W\d_]{1,12}\s?:\s")
_POSTSCRIPT = re.compile(r"\s*(?:P\.? ?)+S\b", re.IGNORECASE)


_SIGNED = re.compile(r"[^,]*[^\W\d_]{4,}, *[^\W\d_a-z][^,]*\Z")
"""Valediction and signature on one line: "Yours, Ben"."""


def _closings(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Give the lines that close a letter; those below the dash of an e-mail stand as its fields do."""
    below = False
    lines = [line for paragraph in paragraphs for line in _lines_of(paragraph)]
    for at, line in enumerate(lines):
        below = below or prose(line.children).text.strip() in _MAIL_SIGN
        yield _paragraph(line, "field") if below else _closing(line, first=at == 0, last=at == len(lines) - 1)


def _lines_of(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Give the lines that end a letter, typed as one paragraph or as several."""
    if _POSTSCRIPT.match(prose(paragraph.children).text):
        yield paragraph
        return
    for is_break, line in groupby(paragraph.children, lambda child: isinstance(child, LineBreak)):
        if not is_break:
            yield Paragraph(tuple(line))


_MAIL_SIGN = ("–", "—", "--")


def _closing(line: Paragraph, *, first: bool, last: bool) -> str:
    """Tell valediction ("Yours ever,"), signature and postscript apart, by words that no name has too."""
    text = prose(line.children).text
    if _POSTSCRIPT.match(text):
        return _paragraph(line, "postscript", "z3998:postscript")
    # As in "Yours faithfully", and in no name.
    small = any(len(word) > 3 and word.islower() for word in text.split())  # noqa: PLR2004 - "van", "der"
    wishes = _SIGNED.match(text) or (small and not last)
    if text.rstrip().endswith(",") or (first and wishes):
        return _paragraph(line, "valediction", "z3998:valediction")
    return _paragraph(line, "signature", "z3998:signature")
