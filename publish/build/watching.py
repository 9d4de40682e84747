"""A book that is made again while its author writes: which files it hangs on, and what a correction changes.

A correction inside a paragraph is made in the book without reading the whole manuscript anew.

Words within a line of prose hardly ever change anything but themselves. Where a change is more than words, or
stands anywhere else, nothing is guessed here; and whoever shows a book that was corrected so has the whole
manuscript read afterwards all the same, and holds the two against each other.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from publish import styles, xhtml
from publish.build import named
from publish.build.files import is_there, read_bytes
from publish.build.manuscript import Manuscript, changed_at
from publish.build.settings import Options, style_of
from publish.diagnostic import PublishError
from publish.document import Block, Book, Division, Inline, Paragraph, Text, same, walk_divisions
from publish.pictures import figures
from publish.source import Edit, Run

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


def alike(a: Book, b: Book) -> bool:
    """Tell whether the editions of two books are the same: as `document.same`, and faster."""
    if not same(replace(a, divisions=()), replace(b, divisions=())):
        return False
    return list(map(_printed, walk_divisions(a.divisions))) == list(
        map(_printed, walk_divisions(b.divisions))
    )


def _printed(found: tuple[int, Division]) -> tuple[object, ...]:
    depth, one = found
    heading, body = xhtml.heading(one, level=1), xhtml.blocks(one.blocks, heading_level=2)
    return depth, one.id, one.kind, one.numbers, heading, body


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
    divisions: tuple[Division, ...], key: int, place: tuple[int, int], words: str
) -> tuple[Division, ...] | None:
    for number, division in enumerate(divisions):
        blocks = _in_blocks(division.blocks, key, place, words)
        if blocks:
            made = replace(division, blocks=blocks)
        elif inner := _corrected(division.divisions, key, place, words):
            made = replace(division, divisions=inner)
        else:
            continue
        return (*divisions[:number], made, *divisions[number + 1 :])
    return None


def _in_blocks(
    blocks: tuple[Block, ...], key: int, place: tuple[int, int], words: str
) -> tuple[Block, ...] | None:
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (children := _in_line(block.children, key, place, words)):
            made = replace(block, children=children)
            return (*blocks[:number], made, *blocks[number + 1 :])
    return None


def _in_line(
    children: tuple[Inline, ...], key: int, place: tuple[int, int], words: str
) -> tuple[Inline, ...] | None:
    for number, child in enumerate(children):
        if not isinstance(child, Text) or len(child.run) < _LEAST or not child.run.pieces:
            continue
        for at, after in _holding(child.run, key, place):
            run = child.run.apply([Edit(at, after, words, "", "")])
            return (*children[:number], Text(run), *children[number + 1 :])
    return None


def _holding(run: Run, key: int, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Give where a range of the manuscript stands in a run, amid others that are as in the manuscript."""
    start, end = place
    for piece in run.pieces:
        if piece.source == key and piece.exact and piece.start < start and end < piece.end:
            at = piece.at + start - piece.start
            yield at, at + end - start
