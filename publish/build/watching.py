"""A book that is made again while its author writes: which files it hangs on, and what a correction changes.

A correction inside a paragraph is made in the book without reading the whole manuscript anew.

Words within a line of prose hardly ever change anything but themselves. Where a change is more than words, or
stands anywhere else, nothing is guessed here; and whoever shows a book that was corrected so has the whole
manuscript read afterwards all the same, and holds the two against each other.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from publish import styles
from publish.build import named
from publish.build.files import is_there, read_bytes
from publish.build.manuscript import Manuscript, changed_at
from publish.build.settings import Options, style_of
from publish.diagnostic import PublishError
from publish.document import Block, Book, Division, Inline, Paragraph, Text
from publish.pictures import figures
from publish.source import Edit, Run

T = TypeVar("T")
_WORDS = re.compile(r"[^\W\d_]*(?:[,;]? [^\W\d_]+)*[,;]? ?")
_UNUSUAL = re.compile(r"  | [,;.!?]|[,;](?! )")
"""What typography would look at."""
_BESIDE = re.compile(r"[^\W\d_]|[ ,;.!?]")
_LEAST = 80
"""Characters of a paragraph that is running text for sure."""


def watchable(manuscript: Manuscript, book: Book, options: Options) -> list[Path]:
    """Give the files on which the editions of a book hang: text, book.toml, pictures, styles of its own.

    Raises PublishError for a book that comes on standard input.
    """
    if named.STDIN in manuscript.files:
        raise PublishError("Standard input cannot be watched.", "Name the manuscript's file.")
    found = list(manuscript.files)
    if manuscript.folder:
        with suppress(PublishError, OSError):
            # A file that is new in the folder belongs to the book as well.
            found += [] if manuscript.config.manuscript.files else named.found_in(manuscript.folder)
        settings = manuscript.folder / named.CONFIG_NAME
        found += [settings] if manuscript.settings or settings.is_file() else []
        cover = manuscript.config.epub.cover
        found += [manuscript.folder / cover] if cover else []
    folders = {file.parent for file in manuscript.files}
    shown = [folder / figure.image.text for figure in figures(book) for folder in folders]
    with suppress(PublishError):
        for name in (manuscript.config.epub.style, manuscript.config.pdf.style):
            found += styles.load(style_of(manuscript, name, options)).files
    return list(dict.fromkeys([*found, *filter(is_there, shown)]))


def touched(manuscript: Manuscript) -> Manuscript:
    """Give the manuscript with the moment at which its files were changed last."""
    settings = [Path(manuscript.settings.path)] if manuscript.settings else []
    return replace(manuscript, changed=max(map(changed_at, [*manuscript.files, *settings])))


def corrected(manuscript: Manuscript, book: Book) -> Book | None:
    """Give the book of a manuscript whose files were changed, if some words of a paragraph are all.

    None where it is more than that, or anything else. Raises PublishError where a file cannot be read.
    """
    files = [(part, read_bytes(part.path)) for part in manuscript.parts]
    changed = [(part, data) for part, data in files if part.data != data]
    if len(changed) != 1 or len(changed[0][0].read.sources) != 1:
        return None
    (part, data) = changed[0]
    source = part.read.sources[0]
    try:
        if source.member or part.data.decode(source.encoding) != source.text:
            return None
        text = data.decode(source.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    start, end, words = difference(source.text, text)
    if not _is_words(source.text, start, end, words):
        return None
    divisions = _corrected(book.divisions, source.key, (start, end), words)
    return replace(book, divisions=divisions) if divisions else None


def difference(old: str, new: str) -> tuple[int, int, str]:
    """Give the range of a text that another has other characters for, and these."""
    start = _common(old, new)
    tail = _common(old[start:][::-1], new[start:][::-1])
    return start, len(old) - tail, new[start : len(new) - tail]


def _common(a: str, b: str) -> int:
    """Give how many characters two texts have in common at their beginning."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _is_words(text: str, start: int, end: int, words: str) -> bool:
    """Tell whether words alone stand in the place of words alone, amid words."""
    if not 0 < start <= end < len(text):
        return False
    before, after = text[start - 1], text[end]
    if not (_BESIDE.fullmatch(before) and _BESIDE.fullmatch(after)):
        return False
    old = text[start:end]
    return bool(_WORDS.fullmatch(old) and _WORDS.fullmatch(words)) and not _UNUSUAL.search(
        before + words + after + (" " if after in ",;" else "")
    )


def _corrected(
    divisions: Sequence[Division], key: int, place: tuple[int, int], words: str
) -> tuple[Division, ...] | None:
    """Give divisions in which words stand in a place of a source; None where no line of prose holds it."""

    def in_text(child: Inline) -> Inline | None:
        if not isinstance(child, Text) or len(child.run) < _LEAST or not child.run.pieces:
            return None
        edits = [Edit(at, after, words, "", "") for at, after in _holding(child.run, key, place)]
        return Text(child.run.apply(edits[:1])) if edits else None

    def in_block(block: Block) -> Block | None:
        children = _exchanged(block.children, in_text) if isinstance(block, Paragraph) else None
        return replace(block, children=children) if children else None

    def in_division(division: Division) -> Division | None:
        if blocks := _exchanged(division.blocks, in_block):
            return replace(division, blocks=blocks)
        inner = _exchanged(division.divisions, in_division)
        return replace(division, divisions=inner) if inner else None

    return _exchanged(divisions, in_division)


def _exchanged(parts: Sequence[T], changed: Callable[[T], T | None]) -> tuple[T, ...] | None:
    """Give parts with another for the first that can be changed; None where none can."""
    for number, part in enumerate(parts):
        if (made := changed(part)) is not None:
            return (*parts[:number], made, *parts[number + 1 :])
    return None


def _holding(run: Run, key: int, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Give where a range of the manuscript stands in a run, amid others that are as in the manuscript."""
    start, end = place
    for piece in run.pieces:
        if piece.source == key and piece.exact and piece.start < start and end < piece.end:
            at = piece.at + start - piece.start
            yield at, at + end - start
