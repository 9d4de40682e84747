"""A book as Markdown, in the form that `publish.readers.markdown` reads back to the same book.

One paragraph stands in one line. Whatever the reader would take for markup has a backslash before it. A
heading carries `{…}` only where its words do not say by themselves what the division is. Depth beyond six
levels is lost, and emphasis nested deeper than `readers.inlines.DEEPEST`.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import assert_never

from msgspec import Struct

from publish.config import Config
from publish.document import (
    ROLE_NAMES,
    Block,
    Book,
    Code,
    Division,
    DivisionKind,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    Letter,
    LineBreak,
    List,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Quotation,
    SceneBreak,
    Speaker,
    Stated,
    Strong,
    Subheading,
    Table,
    Text,
    Verse,
    division_runs,
    prose,
    walk_divisions,
)
from publish.draft import (
    BREAK,
    EMPHASIS_OFF,
    EMPHASIS_ON,
    LANGUAGE_OFF,
    NOTE_OFF,
    NOTE_ON,
    SPEAKER_OFF,
    SPEAKER_ON,
    STRONG_OFF,
    STRONG_ON,
    VERSE_STEP,
    Draft,
    label_signs,
    language_mark,
    page_mark,
)
from publish.normalize.lines import headings
from publish.readers.inlines import can_close, can_open

GENERATOR = "publish"
"""Value of the front matter's `generator`: says that no author's hand made the file."""
_DEEPEST_HEADING = 6
_PLAIN_VALUE = re.compile(r"[^\W_](?:[^:#\"\\\x00-\x1f]*[^\s:#\"\\])?")
_YAML_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
_SIGN = re.compile(r"(\*|-|_)(?:[ \t]*\1){2,}")


def write(book: Book, refused: Iterable[tuple[str, str]] = ()) -> str:
    """Give the whole book as one Markdown file.

    `refused` are repairs, as a rule's code and a text, that were not wanted: they stay so when the file is
    read.
    """
    notes = [f"refuse: {_value(f'{rule} {text}'.strip())}" for rule, text in refused]
    parts: list[str] = []
    for place, division in enumerate(book.divisions):
        parts.extend(_division(division, 1, headless=place == 0))
    text = "\n\n".join(["", *parts]).removeprefix("\n") + "\n"
    if "[Pg " in text and not _in_text(book, "[Pg "):
        notes.append("pages: marked")
    digest = f"digest: {digest_of(text.encode('utf-8', 'surrogateescape'))}"
    return "\n".join(["---", *_front_matter(book.metadata), *notes, digest, "---", text])


def _in_text(book: Book, words: str) -> bool:
    divisions = walk_divisions(book.divisions)
    return any(words in run.text for _, division in divisions for run in division_runs(division))


def digest_of(text: bytes) -> str:
    """Give what tells whether the text below the front matter is still as it was written."""
    return f"{zlib.crc32(text):08x}"


def refusals(config: Config, drafts: Iterable[Draft]) -> list[tuple[str, str]]:
    """Give the repairs that book.toml and the files themselves refuse, each once."""
    stated = [(refusal.rule, refusal.text) for refusal in config.refuse]
    in_files = ((rule, text.text) for draft in drafts for rule, text in draft.refused)
    return list(dict.fromkeys([*stated, *in_files]))


_SINGLE_FACTS = (
    "language", "date", "identifier", "publisher", "rights", "description", "series", "series-number",
    "certifier",
)  # fmt: skip


def _front_matter(metadata: Metadata) -> Iterator[str]:
    yield from _fact("title", metadata.title)
    yield from _fact("subtitle", metadata.subtitle)
    for creator in metadata.creators:
        yield from _fact(ROLE_NAMES.get(creator.role, "author"), creator.name)
        if creator.file_as:
            yield f"file-as: {_value(creator.file_as)}"
    for key in _SINGLE_FACTS:
        yield from _fact(key, getattr(metadata, key.replace("-", "_")))
    for subject in metadata.subjects:
        yield from _fact("subject", subject)
    for credit in metadata.credits:
        yield from _fact("credit", credit)
    yield "order: kept"
    yield f"generator: {GENERATOR}"


def _fact(key: str, fact: Stated | None) -> Iterator[str]:
    if fact is not None:
        yield f"{key}: {_value(fact.value)}"


def _value(text: str) -> str:
    plain = _PLAIN_VALUE.fullmatch(text) and text.lower() not in _YAML_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def _division(division: Division, depth: int, *, headless: bool) -> Iterator[str]:
    """Give heading and blocks; `headless` where an untitled story needs no heading at all."""
    bare = not division.label and not division.title and not division.subtitle
    if not (headless and bare and division.kind is DivisionKind.STORY and division.blocks):
        yield _heading(division, depth)
    if division.subtitle:
        yield f"{_level(depth)} {_inline(division.subtitle, _IN_HEADING)} {{.subtitle}}"
    yield from _blocks(division.blocks, depth)
    for inner in division.divisions:
        yield from _division(inner, depth + 1, headless=False)


def _level(depth: int) -> str:
    return "#" * min(depth, _DEEPEST_HEADING)


def _heading(division: Division, depth: int) -> str:
    label = (Text(division.label),) if division.label else ()
    parts = [_level(depth), _inline(label, _IN_HEADING)]
    if label and division.title:
        parts[-1] += ":"
    parts.append(_inline(division.title, _IN_HEADING))
    if attributes := " ".join(_attributes(division, depth)):
        parts.append(f"{{{attributes}}}")
    return " ".join(part for part in parts if part)


def _attributes(division: Division, depth: int) -> Iterator[str]:
    """Give what the heading's own words do not say."""
    label = division.label.text if division.label else ""
    title = _marked(division.title)
    untitled = not label and not title
    if untitled:
        yield ".untitled"
    if division.inferred:
        yield ".inferred"
    heading = headings.parse(f"{label}: {title}" if label and title else label or title)
    part = heading.components[-1] if heading else None
    numbers = part.numbers if part else ()
    default = DivisionKind.CHAPTER if depth == 1 or division.numbers else DivisionKind.SECTION
    if untitled or division.kind is not ((part.kind if part else None) or default):
        yield f"kind={division.kind}"
    if division.numbers != numbers:
        yield f'numbers="{",".join(map(str, division.numbers))}"'
    if not _says(heading, label, title):
        yield f"label={_quoted(label)}"


def _says(heading: headings.Heading | None, label: str, title: str) -> bool:
    """Tell whether a heading's grammar finds this label and this title in "label: title"."""
    if heading is None:
        return not label
    if len(heading.components) > 1 or heading.sequel:
        return False
    text = f"{label}: {title}" if label and title else label or title
    part = heading.components[-1]
    found = text[slice(*part.title)] if part.title else ""
    return (text[slice(*part.label)], found) == (label, title)


def _marked(children: Iterable[Inline]) -> str:  # noqa: C901 - one case for each kind
    """Give inlines as the reader's draft has them."""
    parts: list[str] = []
    for child in children:
        match child:
            case Text():
                parts.append(child.run.text)
            case Emphasis():
                parts += [EMPHASIS_ON, _marked(child.children), EMPHASIS_OFF]
            case Strong():
                parts += [STRONG_ON, _marked(child.children), STRONG_OFF]
            case Speaker():
                parts += [SPEAKER_ON, _marked(child.children), SPEAKER_OFF]
            case Foreign():
                parts += [language_mark(child.language), _marked(child.children), LANGUAGE_OFF]
            case LineBreak():
                parts.append(BREAK)
            case PageBreak():
                parts.append(page_mark(child.label.text))
            case Note():
                label = label_signs(child.label.text) if child.label else ""
                parts += [NOTE_ON, _marked(child.children), NOTE_OFF + label]
            case _:
                assert_never(child)
    return "".join(parts)


def _quoted(text: str) -> str:
    """Give a text as an attribute's value, without braces that would end the attributes."""
    return json.dumps(text, ensure_ascii=False).replace("{", "\\u007b").replace("}", "\\u007d")


def _blocks(blocks: Iterable[Block], depth: int) -> Iterator[str]:
    """Give blocks in their order; lists that touch have other signs in turn, which keep them apart."""
    second = False
    for above, block in pairwise((None, *blocks)):
        if isinstance(block, List):
            alike = isinstance(above, List) and (above.start is None) == (block.start is None)
            second = alike and not second
            yield "\n".join(_list(block, second=second))
        elif block is not None:
            yield _block(block, depth)


_NUMBERED, _MARKED = (".", ")"), ("*", "+")


def _list(found: List, *, second: bool) -> Iterator[str]:
    """Give the lines of a list; a star begins its entries, for a hyphen may open a speech."""
    for number, entry in enumerate(found.entries, found.start or 0):
        sign = _MARKED[second] if found.start is None else f"{number}{_NUMBERED[second]}"
        parts = [*_blocks(entry.blocks, 0)]
        touches = (isinstance(block, List) and block.start in (None, 1) for block in entry.blocks[1:])
        gaps = ["\n" if touching else "\n\n" for touching in touches]
        text = parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True))
        margin = "\n" + " " * (len(sign) + 1)
        yield f"{sign} {text.replace(chr(10), margin)}".replace(f"{margin}\n", "\n\n")


def _block(block: Block, depth: int) -> str:  # noqa: C901, PLR0911 - one case for each kind
    match block:
        case Paragraph():
            return _inline(block.children)
        case SceneBreak():
            return _scene_break(block)
        case Verse():
            return _fenced("verse", [_stanzas(block)])
        case Code():
            return _code(prose(block.children).text)
        case Letter():
            counts = f"opening={len(block.opening)}" + (
                f" closing={len(block.closing)}" if block.closing else ""
            )
            name = f"{{.letter {counts}}}"
            blocks = (*block.opening, *block.body, *block.closing)
            return _fenced(name, _blocks(blocks, depth))
        case Quotation():
            return _fenced("quotation", _blocks(block.blocks, depth))
        case List():
            return "\n".join(_list(block, second=False))
        case Subheading():
            return f"{_level(depth + 1)} {_inline(block.children, _IN_HEADING)} {{.subheading}}"
        case Figure():
            return _figure(block)
        case Table():
            return "\n".join(_table(block))
        case _:
            assert_never(block)


def _figure(figure: Figure) -> str:
    image = figure.image.text
    parts = [f"![{_IN_SPAN.sub(_ESCAPED, _LINE_ENDS.sub(' ', figure.alt.text))}]("]
    parts.append(f"<{image}>" if re.search(r"[\s()]", image) else image)
    if figure.caption:
        parts.append(f' "{_unquoted(figure.caption)}"')
    parts.append(")")
    if figure.credit:
        parts.append(f'{{credit="{_unquoted(figure.credit)}"}}')
    return "".join(parts)


def _unquoted(children: Sequence[Inline]) -> str:
    """Give inlines to stand between quotation marks: no sign of the writer's own is one."""
    return _inline(children, _IN_CAPTION).replace('"', '\\"')


_RULES = {"l": ":--", "c": ":-:", "r": "--:", "-": "---"}


def _table(table: Table) -> Iterator[str]:
    yield _row(_celled(cell) for cell in table.head)
    yield _row(_RULES[side] for side in table.columns)
    for row in table.rows:
        yield _row(_celled(cell) for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _celled(cell: Sequence[Inline]) -> str:
    return _inline(cell, _IN_CAPTION).replace("|", "\\|")


def _fenced(name: str, blocks: Iterable[str]) -> str:
    return f"::: {name}\n" + "\n\n".join(blocks) + "\n:::"


def _code(text: str) -> str:
    """Give code between rows of backticks, more of them than stand in it."""
    sign = "`" * max(3, *(len(row) + 1 for row in re.findall("`*", text)))
    return f"{sign}\n{text}\n{sign}"


def _scene_break(scene_break: SceneBreak) -> str:
    if scene_break.ornament is None:
        return "* * * {.blank}"
    sign = scene_break.ornament.text
    return sign if _SIGN.fullmatch(sign) else f"* * * {{ornament={_quoted(sign)}}}"


def _stanzas(verse: Verse) -> str:
    return "\n\n".join(
        "\n".join(" " * (VERSE_STEP * line.indent) + _inline(line.children, _IN_VERSE) for line in stanza)
        for stanza in verse.stanzas
    )


# --- Inlines ---------------------------------------------------------------------------------------------

_LINE_ENDS = re.compile(r"[\r\n]+")
_IN_SPAN = re.compile(r"[\\*_`<^\[\]{}]|=(?==)|~(?=~)")
_ESCAPED = r"\\\g<0>"


class _Place(Struct, frozen=True):
    """What a passage must beware of where it stands."""

    special: re.Pattern[str]
    """Signs that need a backslash anywhere."""
    first: re.Pattern[str] | None
    """Signs that need one at the beginning of a line."""
    one_line: bool


_LINE_START = re.compile(r"[#>+\-=|~%]|:(?=[ \t]|::)|\[(?=[^\[\]]+\]:)|\d{1,9}(?=[.)](?:\s|$))")
_IN_PARAGRAPH = _Place(
    re.compile(r"[\\*_`<^]|\[(?=\]\{|\[)|\](?=[{(])|=(?==)|%(?=%)|~(?=~)|\{(?=\+\+|--|~~|==|>>)"),
    _LINE_START,
    one_line=False,
)
_IN_CAPTION = _Place(_IN_PARAGRAPH.special, None, one_line=True)
_IN_VERSE = _Place(_IN_PARAGRAPH.special, _LINE_START, one_line=True)
_IN_HEADING = _Place(
    re.compile(r"[\\*_`<^{]|\[(?=\]\{|\[)|\](?=[{(])|=(?==)|~(?=~)|#(?=#*$)"), None, one_line=True
)


class _Writer:
    """Writes one passage; what was written last decides which signs can stand next."""

    def __init__(self, place: _Place) -> None:
        self.place = place
        self.parts: list[str] = []

    @property
    def last(self) -> str:
        """The character written last."""
        return self.parts[-1][-1] if self.parts else ""

    def write(  # noqa: C901 - one case for each kind
        self, children: Sequence[Inline], after: str, *, signed: bool, spanned: bool
    ) -> None:
        """Write inlines before the character `after`; `signed` within stars, `spanned` within brackets."""
        for child, following in pairwise((*children, None)):
            match child:
                case Text():
                    self._text(child.run.text, spanned=spanned)
                case LineBreak():
                    self._break(following)
                case Note():
                    self._note(child)
                case PageBreak():
                    self.parts.append(f"[Pg {child.label.text}]")
                case Speaker():
                    self._span(child.children, ".speaker")
                case Foreign():
                    self._span(child.children, f"lang={child.language}")
                case Emphasis() | Strong():
                    self._emphasis(child, _first(following, after), signed=signed, spanned=spanned)

    def _text(self, text: str, *, spanned: bool) -> None:
        text = _LINE_ENDS.sub(" ", text)
        special = _IN_SPAN if spanned else self.place.special
        if self.place.first and self.last in ("", "\n") and (match := self.place.first.match(text)):
            number = len(match[0]) if match[0].isdecimal() else 0
            self.parts.append(f"{text[:number]}\\{text[number]}")
            text = text[number + 1 :]
        if text.startswith("{") and not spanned and self.last == "]":
            self.parts.append("\\{")
            text = text[1:]
        if text:
            self.parts.append(special.sub(_ESCAPED, text))

    def _break(self, following: Inline | None) -> None:
        plain = isinstance(following, Text) and self.last not in ("", "\n") and not self.place.one_line
        self.parts.append("\\\n" if plain else "[]{.break}")

    def _note(self, node: Note) -> None:
        self.parts.append("^[")
        self.write(node.children, "]", signed=False, spanned=True)
        self.parts.append(f"]{{number={node.label.text}}}" if node.label else "]")

    def _emphasis(self, node: Emphasis | Strong, after: str, *, signed: bool, spanned: bool) -> None:
        sign, name = ("*", "emphasis") if isinstance(node, Emphasis) else ("**", "strong")
        if self._can_sign(node, after, signed=signed):
            self.parts.append(sign)
            self.write(node.children, _STAR, signed=True, spanned=spanned)
            self.parts.append(sign)
        else:
            self._span(node.children, f".{name}")

    def _span(self, children: Sequence[Inline], attribute: str) -> None:
        self.parts.append("[")
        self.write(children, "]", signed=False, spanned=True)
        self.parts.append(f"]{{{attribute}}}")

    def _can_sign(self, node: Emphasis | Strong, after: str, *, signed: bool) -> bool:
        """Tell whether stars would be read as this node; the rules are those of `readers.inlines`."""
        if not node.children or after == _STAR or (self.parts and self.parts[-1] in ("*", "**")):
            return False
        first = _first(node.children[0], "")
        if not can_open(self.last, first) or (signed and can_close(self.last, first)):
            return False
        last = node.children[-1]
        return can_close(last.run.text[-1:] if isinstance(last, Text) else "}", after)


_STAR = "**"
"""Stands for a star that is markup, where a character of the text could be a star too."""


def _first(node: Inline | None, default: str) -> str:
    """Give a character that is as good as the first that will be written for a node."""
    if isinstance(node, Text):
        return node.run.text[:1] or default
    return default if node is None else "["


def _inline(children: Sequence[Inline], place: _Place = _IN_PARAGRAPH) -> str:
    """Give inlines as Markdown."""
    writer = _Writer(place)
    writer.write(children, "", signed=False, spanned=False)
    return "".join(writer.parts)
