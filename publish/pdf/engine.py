"""The one door to WeasyPrint: sections of XHTML in, laid-out pages and the PDF file out.

Sections are laid out one by one, each starting on a page of its own, and joined into one file with one set of
fonts. So a section can later be kept, laid out elsewhere or composed line by line without the others.
"""

from __future__ import annotations

import ctypes.util
import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from publish.diagnostic import PublishError
from publish.document import Metadata
from publish.fonts import cache_folder, font_face_css
from publish.pagination import Printed
from publish.pdf import plates
from publish.pictures import NONE, Pictures

_POINTS = 0.75
"""Of a CSS pixel."""
_LIBRARIES = "gobject-2.0.so.0 pango-1.0.so.0 harfbuzz.so.0 fontconfig.so.1 pangoft2-1.0.so.0".split()
_FEW_PAGES, _MOST_KEPT, _MOST_PRESSES = 8, 64, 3
_PRINT = 4
"""Flag of an annotation that is not hidden from anybody."""
_USELESS = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")
"""Tables of a face that no PDF reader looks at."""
_MISSING = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)", re.DOTALL)


class Facts(Struct, frozen=True, kw_only=True):
    """What a PDF file says about itself."""

    title: str
    authors: tuple[str, ...]
    language: str
    description: str
    created: str
    """Date of publication in ISO 8601, or empty."""
    modified: datetime


def facts_of(metadata: Metadata, modified: datetime) -> Facts:
    """Give what the file of a book says about itself."""
    return Facts(
        title=metadata.title.value,
        authors=tuple(creator.name.value for creator in metadata.creators if creator.role == "aut"),
        language=metadata.language.value,
        description=metadata.description.value if metadata.description else "",
        created=metadata.date.value if metadata.date else "",
        modified=modified.astimezone(UTC) if modified.tzinfo else modified,
    )


class Clip(Struct, frozen=True):
    """A page that shows one block."""

    page: Any
    height: float
    """Of the block's upper edge, in points above the page's lower edge."""


_presses: dict[tuple[str, tuple[str, ...]], Press] = {}
"""The last ones, for a book that is made again."""


def ready_press(css: str, families: Sequence[str], pictures: Pictures) -> Press:
    """Give a press as `Press` is made, be it one that made the book before."""
    key = css, tuple(families)
    press = _presses.pop(key, None)
    if press is None:
        press = Press(css, families, pictures)
    press.show(pictures)
    while len(_presses) >= _MOST_PRESSES:
        del _presses[next(iter(_presses))]
    _presses[key] = press
    return press


class Press:
    """Faces and one stylesheet, made ready once for all sections of a book."""

    def __init__(self, css: str, families: Sequence[str], pictures: Pictures = NONE) -> None:
        """Load the faces of families; `pictures` are all that documents may show.

        Raises PublishError where a face does not load or the PDF libraries are not installed.
        """
        weasyprint, fonts = _weasyprint()
        self._html = weasyprint.HTML
        self._css = weasyprint.CSS
        self._fonts = fonts.FontConfiguration()
        self.families = tuple(families)
        self._kept: dict[tuple[str, str], list[Any]] = {}
        self.show(pictures)
        with _warnings():
            self._sheets = [self._sheet("".join(map(font_face_css, families))), self._sheet(css)]

    def show(self, pictures: Pictures) -> None:
        """Let documents show these pictures, and no others, from now on."""
        self.pictures = pictures
        self._fetch = plates.fetcher(pictures)

    def kept(self, html: str, css: str = "") -> list[Any]:
        """As `lay_out`, for what comes back when the book is made again: short sections without pictures."""
        key = html, css
        if key not in self._kept:
            pages = self.lay_out(html, css)
            if "<img" in html or len(pages) > _FEW_PAGES:
                return pages
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = pages
        self._kept[key] = self._kept.pop(key)
        return self._kept[key]

    def lay_out(self, html: str, css: str = "") -> list[Any]:
        """Give the pages of one section; `css` holds for it alone."""
        with _warnings():
            pages = list(self._document(html, css).pages)
        for page in pages:
            # Words in a link that look otherwise would be links once more, and none in the file's structure.
            page.links = [link for link in page.links if link[3].link]
        return pages

    def cut(self, html: str, css: str, lines: tuple[int, int]) -> Clip:
        """Lay out a document and give the block of it that is marked `data-alone`, with nothing around it.

        Of a block that is made of lines the first of `lines` to before the last are left; all for (0, 0).
        """
        page = self.lay_out(html, css)[0]
        holder, block = next(
            (one, block) for one in page._page_box.children for block in _within(one) if _is_alone(block)
        )
        # Margins stay behind, and of notes and what calls them the one or the other.
        page._page_box.children = [holder]
        if lines[1]:
            block.children = block.children[slice(*lines)]
        top = block.children[0].position_y if lines[1] else block.border_box_y()
        return Clip(page, page.height * _POINTS - top * _POINTS)

    def broken(self, page: Any) -> list[tuple[str, int, float]]:
        """Give the titles on a page that take several lines, how many, and how many characters fill one."""
        return [*filter(None, map(_broken, _within(page._page_box)))]

    def printed(self, page: Any) -> list[Printed]:
        """Give what stands on a page of which place of the book, running heads left out.

        Of notes and pictures is told that they are there, with no words.
        """
        return list(_printed(page._page_box, ""))

    def unprintable(self, characters: str, language: str) -> set[str]:
        """Give those of the characters for which neither our faces nor the system's fonts have a glyph."""
        if not characters:
            return set()
        lines = "".join(f"<p>&#{ord(character)};</p>" for character in characters)
        with _warnings(expected=True) as messages:
            self._document(f'<html lang="{language}"><body>{lines}</body></html>', "").write_pdf()
        found = (_MISSING.search(message) for message in messages)
        return {chr(int(match[1], 16)) for match in found if match}

    def print(self, pages: Sequence[Any], facts: Facts, *, tagged: bool) -> bytes:
        """Write the pages as one PDF file, the same bytes for the same pages and facts.

        A `tagged` file (PDF/UA-1) takes an eighth more time; heads and folios stand outside of what is read
        aloud.
        """
        with _warnings(), _dated(facts.modified):
            document = self._document(f'<html lang="{facts.language}"></html>', "").copy(list(pages))
            _state(document.metadata, facts)
            data = document.write_pdf(
                finisher=lambda _, pdf: _finish(pdf),
                custom_metadata=False,
                pdf_identifier=True,
                pdf_variant="pdf/ua-1" if tagged else None,
            )
        return bytes(data)

    def _document(self, html: str, css: str) -> Any:
        sheets = [*self._sheets, self._sheet(css)] if css else self._sheets
        return self._html(string=plates.placed(html), url_fetcher=self._fetch).render(
            stylesheets=sheets, font_config=self._fonts
        )

    def _sheet(self, css: str) -> Any:
        return self._css(string=css, font_config=self._fonts)


def _printed(box: Any, place: str) -> Iterator[Printed]:
    """Go through laid-out boxes; `data-place`, else a section's id, names the place of what is in it."""
    kind = type(box).__name__
    if kind == "FootnoteAreaBox" and box.children:
        yield place, ""
    if kind in ("MarginBox", "FootnoteAreaBox") or "::" in (box.element_tag or ""):
        return
    if kind == "TextBox":
        yield place, box.text
        return
    element = box.element
    if element is not None:
        inner = element.get("data-place") or (box.element_tag == "section" and element.get("id"))
        place = inner or place
    if kind.endswith("ReplacedBox"):
        yield place, ""
    for child in getattr(box, "children", ()):
        # What is placed out of the flow is held by a proxy.
        yield from _printed(getattr(child, "_box", child), place)


def _within(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        # What is placed out of the flow is held by a proxy.
        yield from _within(getattr(child, "_box", child))


def _is_alone(box: Any) -> bool:
    return "::" not in (box.element_tag or "::") and "data-alone" in getattr(box.element, "attrib", ())


def _broken(box: Any) -> tuple[str, int, float] | None:
    lines = [line.children for line in getattr(box, "children", ()) if type(line).__name__ == "LineBox"]
    if len(lines) <= 1 or box.element is None or "title" not in box.element.get("class", ""):
        return None
    texts = [text for line in lines for text in line if type(text).__name__ == "TextBox"]
    words = " ".join(text.text.strip() for text in texts)
    return words, len(lines), len(words) * box.width / sum(text.width for text in texts)


def _weasyprint() -> tuple[Any, Any]:
    try:
        with _known_names():
            import weasyprint.pdf.fonts
    except OSError as error:
        raise PublishError(
            "A system library that PDFs need (Pango) is not installed.",
            "Debian and Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 · "
            "macOS: brew install pango · Windows: install Pango with MSYS2 (mingw-w64-x86_64-pango).",
        ) from error
    weasyprint.pdf.fonts.Font.subset = _subset
    return weasyprint, weasyprint.text.fonts


def _subset(face: Any, glyphs: Iterable[int], hinting: bool) -> None:
    """Cut a face down to its glyphs with the HarfBuzz that is locked: the system's may be missing.

    WeasyPrint would take fontTools there, which is slow and gives other bytes.
    """
    import uharfbuzz as hb

    used = {0, *glyphs}
    flags = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE
    if not hinting:
        flags |= hb.SubsetFlags.NO_HINTING
    if face.missing:
        flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    # The second round takes the empty glyphs after the last one that is used.
    for kept, more in ((used, hb.SubsetFlags.RETAIN_GIDS), (range(max(used) + 1), hb.SubsetFlags(0))):
        wish = hb.SubsetInput()
        wish.glyph_set.update(kept)
        wish.flags = flags | more
        wish.drop_table_tag_set.update(int.from_bytes(name, "big") for name in _USELESS)
        face.file_content = bytes(hb.subset(hb.Face(face.file_content, face.index), wish).blob.data)
        face.index = 0


@contextmanager
def _dated(moment: datetime) -> Iterator[None]:
    """FontTools, which WeasyPrint asks to change some faces of a system, writes the time into them."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextmanager
def _known_names() -> Iterator[None]:
    """Where libraries load by Linux's names seek none by those of other systems, which starts programs."""
    search = ctypes.util.find_library
    with suppress(OSError):
        for name in _LIBRARIES:
            ctypes.CDLL(f"lib{name}")
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - as it is called
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _state(metadata: Any, facts: Facts) -> None:
    stamp = facts.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata.title = facts.title
    metadata.authors = list(facts.authors)
    metadata.description = facts.description or None
    metadata.lang = facts.language
    metadata.generator = "publish"
    metadata.created = facts.created or stamp
    metadata.modified = stamp


def _finish(pdf: Any) -> None:
    """Let viewers show the pages as spreads; let links count as printed."""
    import pydyf

    pdf.catalog["PageLayout"] = "/TwoPageRight"
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Annot":
            thing["F"] = _PRINT


@contextmanager
def _warnings(*, expected: bool = False) -> Iterator[list[str]]:
    """Collect what WeasyPrint logs; `expected` messages are kept from all other handlers.

    Raises PublishError for a face that does not load, which WeasyPrint would replace by another, and for a
    picture that it would leave out.
    """
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, logger.propagate and not expected
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    for message in messages:
        if message.startswith("Failed to load image"):
            raise PublishError("A picture is broken.", f"Export it anew as JPEG or PNG ({message}).")
        if message.startswith("Font-face"):
            raise PublishError(
                f"A typeface cannot be loaded ({message}).",
                f"Delete the folder {cache_folder()} and try again.",
            )
