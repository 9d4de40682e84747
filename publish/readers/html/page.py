"""A file of HTML as a draft: a saved page, or what a word processor wrote."""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath

from msgspec.structs import replace

from publish.diagnostic import PublishError
from publish.draft import MARKS, NOTE_ON, STRONG_ON, Draft, Line
from publish.readers import html
from publish.readers.html import inline, tokens
from publish.readers.html.facts import Facts
from publish.source import Layout, Piece, Run, Source, Span, for_xml

_XML = re.compile(r"\s*<\?xml\b|\s*<!DOCTYPE\s+html\s+PUBLIC\s+\"-//W3C//DTD XHTML", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAME = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
"""Browsers take the names of smaller encodings for those of the larger ones that hold them."""
_MARK = "\ufeff"
_MOST_TAGS = 500_000
"""A novel as Google Docs writes it has 100,000; a book of more takes minutes."""
_HEAD = 4096
"""Bytes in which a page says how it is encoded; browsers look at 1024."""
_EMPTY_TITLES = re.compile(
    r"(?:untitled|document|new document|microsoft word|unbenannt|sans titre)\b.*", re.IGNORECASE
)


def encoding(data: bytes) -> str:
    """Give the encoding that a page says it has; empty where that is not to be trusted.

    What is UTF-8 is UTF-8 whatever the page says: many that were saved anew still say what they once were.
    """
    found = _CHARSET.search(data[:_HEAD])
    if found is None or data.startswith(_MARKS):
        return ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _known(found[1].decode("ascii"), data)
    return ""


def _known(name: str, data: bytes) -> str:
    """Give an encoding by the name that pages have for it, if the bytes can be of it."""
    try:
        encoding = _SAME.get(codecs.lookup(name).name, name)
        return encoding if data.decode(encoding) and not encoding.lower().startswith("utf") else ""
    except (LookupError, UnicodeError):
        return ""


def read(source: Source, *, sited: bool | None = None) -> Draft:
    """Give the blocks of a page, with what its site printed round them marked as such.

    `sited`: whether it is a site's, where that is known. Raises PublishError for what no text can be.
    """
    if source.text.count("<") > _MOST_TAGS:
        hint = "Save the page anew, or its text alone."
        raise PublishError(f"{source.title}: no text has so many tags.", hint)
    tokens.refuse_entities(source.text, source.title)
    mark = len(_MARK) if source.text.startswith(_MARK) else 0
    scan = html.lines(
        source.run().slice(mark, len(source.text)), xml=_XML.match(source.text) is not None, sited=sited
    )
    lines = headed(scan.lines, scan.facts.attributes())
    source.layout = layout(source, lines)
    is_marked = any(map(_is_marked, lines))
    return Draft(
        source=source.key,
        lines=tuple(lines if is_marked else _typed(lines)),
        marked=is_marked,
        formed=not is_marked,
        metadata=() if scan.facts.sited else scan.facts.stated,
        hints=tuple(_hints(scan.facts, source)),
        syntax=(*scan.markup, Span(source.key, 0, mark)),
        findings=scan.formulas,
        changes=scan.changes,
    )


def _is_marked(line: Line) -> bool:
    """Tell whether a line is more than a paragraph that somebody typed or pasted."""
    text = line.run.text
    told = line.heading_level or line.is_told or line.furniture or line.attributes or NOTE_ON in text
    short = len(text) <= _LONGEST_TITLE
    return bool(told) or (short and (line.centred or inline.whole(line.run, STRONG_ON)))


_LONGEST_TITLE = 120


def _typed(lines: Sequence[Line]) -> Iterator[Line]:
    """Give paragraphs without any markup as the lines of a plain text.

    Where empty ones stand between some, each of them is a line; else white space parts them all.
    """
    gaps = [line.blanks_above for line in lines[1:]]
    less = 1 if gaps and min(gaps) > 0 and max(gaps) > 1 else 0
    for line in lines:
        yield replace(line, blanks_above=max(0, line.blanks_above - less))


def layout(source: Source, lines: Sequence[Line], spelled: Callable[[str, int], str] | None = None) -> Layout:
    """Give what people read of a page, in the order in which it stands there, a line for each block.

    `spelled` gives a text as it is written at an offset, where that is not between tags or in one.
    """
    found: dict[tuple[int, int], tuple[int, str, bool]] = {}
    for number, line in enumerate(lines):
        for piece, after in pairwise([*line.run.pieces, None]):
            text = line.run.text[piece.at : after.at if after else None] if piece else ""
            if piece and piece.source == source.key and piece.end > piece.start and text not in MARKS:
                found.setdefault((piece.start, piece.end), (number, text, piece.exact))
    parts: list[str] = []
    pieces: list[Piece] = []
    at = last = 0
    for (start, end), (number, text, exact) in sorted(found.items()):
        if pieces and start < pieces[-1].end:
            continue
        if number != last and parts:
            pieces.append(Piece(at, source.key, pieces[-1].end, start, exact=False))
            parts.append("\n")
            at += 1
        pieces.append(Piece(at, source.key, start, end, exact))
        parts.append(text)
        at, last = at + len(text), number
    return Layout(
        Run("".join(parts), tuple(pieces)), paragraphs=False, spelled=spelled or _spelled(source.text)
    )


def _spelled(page: str) -> Callable[[str, int], str]:
    """Give how a text is written at a place of a page: between its tags, or in an attribute of one."""

    def spelled(text: str, at: int) -> str:
        in_tag = page.rfind("<", 0, at) > page.rfind(">", 0, at)
        return for_xml(text).replace('"', "&quot;").replace("'", "&#39;") if in_tag else for_xml(text)

    return spelled


def headed(lines: tuple[Line, ...], attributes: tuple[tuple[str, str], ...]) -> list[Line]:
    """Let the first heading say what is known of a page, unless it says so already."""
    made = list(lines)
    first = next((at for at, line in enumerate(made) if line.heading_level and not line.furniture), None)
    if first is not None and attributes and not made[first].attributes:
        made[first] = replace(made[first], attributes=attributes)
    return made


def _hints(facts: Facts, source: Source) -> Iterator[tuple[str, Run]]:
    """Give what a document says of itself; the title that a site gives a page is of that page alone."""
    if facts.language:
        yield "language", facts.language
    if facts.author:
        yield "author", facts.author
    title = None if facts.sited else facts.title
    if title and not _EMPTY_TITLES.fullmatch(title.text) and title.text != PurePath(source.path).stem:
        yield "title", title
