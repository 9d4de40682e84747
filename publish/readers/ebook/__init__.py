"""E-books (EPUB) as manuscripts: their texts in reading order, read as HTML.

What a package makes for itself (cover, title page, contents) is furniture here, since the new book makes its
own. Notes that stand in a text of their own are read where they are referred to.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish import archives
from publish.diagnostic import PublishError
from publish.draft import Draft, Line, Read
from publish.readers import html
from publish.readers.ebook import headings, package
from publish.readers.ebook.headings import Entry, Top
from publish.readers.ebook.package import Package
from publish.readers.html import blocks, footnotes, inline, made, page, styles, tree
from publish.readers.html.tree import BLOCKS, HEADINGS, Node
from publish.source import Edit, Run, Source, Span

_OWN = {
    "cover": "Cover of the e-book.", "titlepage": "Title page of the e-book.",
    "title-page": "Title page of the e-book.", "halftitlepage": "Title page of the e-book.",
    "toc": "Contents of the e-book.", "landmarks": "Contents of the e-book.",
    "page-list": "Contents of the e-book.", "loi": "Contents of the e-book.",
    "lot": "Contents of the e-book.",
}  # fmt: skip
"""What a text is that the new book makes anew."""


class Text(Struct):
    """One text of an e-book on its way to lines."""

    source: Source
    root: Node
    run: Run
    """What is read: the text with the notes of other texts, and without its own that went elsewhere."""
    gave: bool = False
    """Notes went elsewhere."""


def read(data: bytes, path: str, _encoding: str = "") -> Read:
    """Read an e-book; raises PublishError for a damaged or locked one, and for one without text."""
    archive = archives.opened(data, path)
    book = package.read(archive, path)
    sources = [package.text_of(archive, member, path) for member in book.texts]
    if not sources:
        raise PublishError(f"{path}: the e-book has no text.", "Check that it opens in a reading program.")
    texts = {source.member: _text(source) for source in sources}
    _bring_notes(texts)
    if book.contents:
        contents = package.text_of(archive, book.contents, path)
        book = replace(book, types={**dict(headings.landmarks(contents)), **book.types})
    entries = list(headings.contents(contents)) if book.contents else []
    sheets = _Sheets(archive, path)
    lines, syntax, scans = _lines(list(texts.values()), entries, book, sheets)
    title = next((headings.folded(run.text) for key, run in book.metadata if key == "title"), "")
    _lay_out(sources, lines)
    book.source.layout = page.layout(book.source, [Line(run=run) for _, run in book.metadata])
    draft = Draft(
        source=sources[0].key,
        lines=tuple(lines),
        marked=True,
        # Where headings are still to be found (that of the book says nothing) none can nest the divisions.
        order_kept=any(line.heading_level and headings.folded(line.run.text) != title for line in lines),
        named=book.ours,
        metadata=book.metadata,
        syntax=tuple(syntax),
        findings=tuple(told for scan in scans for told in scan.formulas),
        changes=tuple(change for scan in scans for change in scan.changes),
    )
    return Read((*sources, book.source), (draft,), archive=data)


def _lines(
    texts: Sequence[Text], entries: Sequence[Entry], book: Package, sheets: _Sheets
) -> tuple[list[Line], list[Span], list[html.Scan]]:
    """Give the lines of all texts, what of them is markup, and what was read in each."""
    tops: list[Top] = []
    syntax: list[Span] = []
    scans: list[html.Scan] = []
    number = 0
    for text in texts:
        linked = None if book.ours else sheets.of(text)
        scan = html.lines(text.run, sited=False, xml=True, stated=book.ours, linked=linked)
        some = _apart(scan.lines, number)
        number = max([number, *(line.fence_id for line in some)])
        own = _own(text, book) or (
            "" if any(not line.furniture for top in tops for line in top.lines) else _title_page(some, book)
        )
        if text.gave and all(line.heading_level or line.subheading or line.scene_break for line in some):
            own = blocks.NOTES
        if all(line.furniture == made.ARCHIVE or line.heading_level for line in some):
            own = own or next((line.furniture for line in some if line.furniture), "")
        if own:
            some = [replace(line, furniture=own, heading_level=0, subheading=False) for line in some]
        if book.ours:
            some = [replace(line, run=_unfitted(line.run)) for line in some]
        own_entries = () if own else (e for e in entries if e.member == text.source.member)
        tops.append(Top(tuple(some), text.root, tuple(own_entries)))
        if not own:
            scans.append(scan)
        syntax += scan.markup
        said = (fact for fact in (scan.facts.title, scan.facts.author) if fact)
        syntax += (span for fact in said for span in inline.spans(fact))
    return [line for some in headings.settled(tops) for line in some], syntax, scans


class _Sheets:
    """The stylesheets of an e-book, each read once."""

    def __init__(self, archive: zipfile.ZipFile, path: str) -> None:
        self.archive = archive
        self.path = path
        self.names = frozenset(archive.namelist())
        self.read: dict[tuple[str, ...], styles.Sheet] = {}

    def of(self, text: Text) -> styles.Sheet:
        """Give what the stylesheets that a text names say of how its words are set."""
        links = (node for node in text.root.walk() if node.name == "link")
        found = (package.located(text.source.member, node.get("href")) for node in links)
        named = tuple(name for name in found if name in self.names and name.lower().endswith(".css"))
        if named not in self.read:
            texts = [package.decoded(self.archive, name, self.path).text for name in named]
            self.read[named] = styles.sheet(texts)
        return self.read[named]


def _text(source: Source) -> Text:
    return Text(source, tree.parse(source.text, xml=True).root, source.run())


def _apart(lines: Sequence[Line], number: int) -> list[Line]:
    """Give the lines of a text with passages whose numbers no text before it has."""
    return [
        replace(
            line,
            fence_id=line.fence_id + number if line.fence_id else 0,
            around=tuple((fence, at + number) for fence, at in line.around),
        )
        for line in lines
    ]


_FITTED = re.compile(
    r"(?<=\S)\xa0(?=[—–] )|(?<=^[—–])\xa0|[\u202f\xa0](?=[;!?»:])|(?<=«)[\u202f\xa0]|"
    r"(?<=\b[^\W\d_])\xa0(?=\w)"
)
"""Spaces that `publish` lets no line break at."""


def _unfitted(run: Run) -> Run:
    """Give a text of our own with the spaces that it had before it was fitted to the page."""
    return run.apply([Edit(*match.span(), " ", "") for match in _FITTED.finditer(run.text)])


# --- What a text is --------------------------------------------------------------------------------------


def _own(text: Text, book: Package) -> str:
    """Tell what a text is that the new book makes anew; empty for the author's."""
    if stated := _OWN.get(book.types.get(text.source.member, "").lower(), ""):
        return stated
    tops = [node for node in text.root.walk() if node.name in headings.TOPS][:4]
    if found := next(
        (_OWN[kind] for node in tops for kind in sorted(headings.types(node)) if kind in _OWN), ""
    ):
        return found
    if book.ours and any("imprint" in node.classes for node in tops):
        return "Imprint of the e-book."
    shown = [node for node in text.root.walk() if node.name in ("img", "image")]
    sources = [node.get("src") or node.get("href") or node.get("xlink:href") for node in shown]
    alone = [package.located(text.source.member, name) for name in sources] == [book.cover]
    if text.source.member in book.texts[:1] and len(shown) == 1 and not book.cover:
        alone = "cover" in f"{sources[0]} {shown[0].get('alt')}".lower()
    body = next((node for node in tops if node.name == "body"), text.root)
    if alone and not headings.words(text.source, body):
        return _OWN["cover"]
    return _OWN["toc"] if _leads_elsewhere(text, body, book) else ""


def _leads_elsewhere(text: Text, body: Node, book: Package) -> bool:
    """Tell a text that says hardly anything but the words of links to other texts: a page of contents."""
    links = [node for node in body.walk() if node.name == "a" and node.get("href")]
    ways = {package.located(text.source.member, node.get("href")) for node in links}
    if len(ways) < _LEAST_WAYS or not ways <= {*book.texts} - {text.source.member}:
        return False
    said = sum(len(headings.words(text.source, node)) for node in links)
    titles = (node for node in body.walk() if node.name in HEADINGS)
    rest = len(headings.words(text.source, body)) - sum(len(headings.words(text.source, n)) for n in titles)
    return said * _MOSTLY >= rest


_LEAST_WAYS = 2
_MOSTLY = 1.5
"""Times the words of its links that a page of contents may have: numbers and dots stand beside them."""


def _title_page(lines: Sequence[Line], book: Package) -> str:
    """Tell a text that says nothing but what the package states: the title, and by whom the book is."""
    stated = {headings.folded(run.text) for key, run in book.metadata}
    said = [headings.folded(_BY.sub("", line.run.text)) for line in lines]
    return _OWN["titlepage"] if 1 < len(said) <= len(stated) and stated.issuperset(said) else ""


_BY = re.compile(r"\A(?:by|von|par|por|di|da|door|av|af|przez)\s+", re.IGNORECASE)


# --- Notes -----------------------------------------------------------------------------------------------


def _bring_notes(texts: Mapping[str, Text]) -> None:
    """Move notes of other texts to the end of the text that refers to them, where they are found."""
    places = {
        (member, place): node
        for member, text in texts.items()
        for node in text.root.walk()
        if (place := node.get("id"))
    }
    taken: dict[str, list[tuple[int, int]]] = {}
    brought: dict[str, list[Run]] = {}
    for member, text in texts.items():
        for link in text.root.walk():
            target = _elsewhere(link, text.source, places) if link.name == "a" else None
            if target is None or any(low <= link.start < high for low, high in taken.get(member, ())):
                continue
            home, node = target
            block = footnotes.block_of(node, link)
            if any(inner.name in HEADINGS for inner in block.walk()):
                continue
            bounds = (block.start, _after(texts[home].source.text, block))
            if not any(low < bounds[1] and bounds[0] < high for low, high in taken.get(home, ())):
                taken.setdefault(home, []).append(bounds)
                brought.setdefault(member, []).append(texts[home].source.run().slice(*bounds))
    for member, ranges in taken.items():
        texts[member].run = texts[member].run.apply([Edit(*part, "", "") for part in sorted(ranges)])
        texts[member].gave = True
    for member, notes in brought.items():
        run = texts[member].run
        end = run.text.rfind("</body")
        end = end if end >= 0 else len(run)
        texts[member].run = Run.join([run.slice(0, end), *notes, run.slice(end, len(run))])


def _elsewhere(link: Node, source: Source, places: Mapping[tuple[str, str], Node]) -> tuple[str, Node] | None:
    """Give the note of another text to which a link leads: its type says so, or a link leads back.

    Such a link is a sign behind some words; before them it is the number of a note, and leads back itself.
    """
    member = source.member
    file, sign, name = link.get("href").partition("#")
    home = package.located(member, file) if file else member
    node = places.get((home, name)) if sign and home != member else None
    if node is None:
        return None
    if "noteref" in headings.types(link) or headings.types(node) & {
        "footnote",
        "endnote",
        "rearnote",
        "note",
    }:
        return home, node
    block = next((above for above in link.above() if above.name in BLOCKS), link)
    before = _TAG.sub("", source.text[block.inside : link.start])
    if not footnotes.is_sign(headings.words(source, link)) or not before.strip():
        return None
    near = {inner.get("id") for inner in (link, link.parent) if inner and inner.get("id")}
    back = [inner.get("href") for inner in footnotes.block_of(node, link).walk() if inner.name == "a"]
    leads = any(package.located(home, way) == member and way.partition("#")[2] in near for way in back if way)
    return (home, node) if leads else None


_TAG = re.compile("<[^>]*>")


def _after(text: str, node: Node) -> int:
    """Give where an element ends, its last tag with it."""
    last = node.children[-1] if node.children else None
    at = node.inside if last is None else _after(text, last) if isinstance(last, Node) else last[1]
    if text.startswith(f"</{node.name}", at):
        return text.find(">", at) + 1
    closing = re.compile(r"\s*</" + re.escape(node.name) + r"\s*>", re.IGNORECASE).match(text, at)
    return closing.end() if closing else at


# --- Places ----------------------------------------------------------------------------------------------


def _lay_out(sources: Sequence[Source], lines: Sequence[Line]) -> None:
    """Tell each source what of it is read."""
    held: dict[int, list[Line]] = {source.key: [] for source in sources}
    for line in lines:
        for key in {piece.source for piece in line.run.pieces} & held.keys():
            held[key].append(line)
    for source in sources:
        source.layout = page.layout(source, held[source.key])
