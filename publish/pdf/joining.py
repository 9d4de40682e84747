"""One file of WeasyPrint's pages and the composer's: fonts, pages, structure, outline and links.

The file that WeasyPrint wrote of its pages is the base: it holds metadata and conformance. The composer's
pages are put among its pages, and each face is embedded once, with the glyphs that either of the two uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.pdf.composer import Painting
from publish.pdf.embedding import Glyphs, embed
from publish.pdf.leaves import PLACEHOLDER, Leaf


def join(
    pdf: pikepdf.Pdf,
    leaves: Sequence[Leaf],
    glyphs: Iterable[Glyphs],
    *,
    families: Sequence[str],
    tagged: bool = True,
) -> None:
    """Put the composer's pages into the file that WeasyPrint wrote of the others, in the order of the leaves.

    `glyphs` are those of all streams that the composer painted, in faces of the `families`. `tagged` gives
    the file structure, outline and links.
    """
    embed(pdf, glyphs, families)
    pages = _pages(pdf, leaves)
    if tagged:
        places = list(_places(leaves, pages))
        _structure(pdf, leaves, pages)
        _outline(pdf, places)
        _link(pdf, {name: (page, y) for name, _, _, page, y in places})


# --- Pages -----------------------------------------------------------------------------------------------


def _pages(pdf: pikepdf.Pdf, leaves: Sequence[Leaf]) -> list[Any]:
    """Give the page objects in the order of the leaves, and make that the order of the file."""
    stock = iter([page.obj for page in pdf.pages])
    first = pdf.pages[0].obj
    node, resources, box = pdf.Root.Pages, pdf.make_indirect(first.Resources), list(first.MediaBox)
    pages = []
    for leaf in leaves:
        if leaf.stock is not None:
            pages.append(next(stock))
            continue
        contents = [leaf.margins] if leaf.margins else []
        if leaf.painting is not None:
            contents.append(leaf.painting.sheets[leaf.sheet].content)
        streams = [pdf.make_indirect(_stream(pdf, content)) for content in contents]
        page = Dictionary(
            Type=Name.Page, Parent=node, MediaBox=Array(box), TrimBox=Array(box), BleedBox=Array(box),
            Resources=resources, Contents=Array(streams), Tabs=Name.S,
        )  # fmt: skip
        pages.append(pdf.make_indirect(page))
    for page in pages:
        page.Parent = node
    node.Kids, node.Count = Array(pages), len(pages)
    return pages


def _stream(pdf: pikepdf.Pdf, compressed: bytes) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(compressed, filter=Name.FlateDecode)
    return stream


def _places(leaves: Sequence[Leaf], pages: Sequence[Any]) -> Iterator[tuple[str, str, int, Any, float]]:
    """Give, in the order of the pages, what outline and links point to: name, label, depth, page, height."""
    for leaf, page in zip(leaves, pages, strict=True):
        if leaf.stock is not None:
            height = float(page.MediaBox[3])
            anchors = {place: name for name, place in leaf.stock.anchors.items()}
            for depth, label, place, _ in leaf.stock.bookmarks:
                yield anchors.pop(place, ""), label, depth, page, height - place[1] * 0.75
            for place, name in anchors.items():
                yield name, "", 0, page, height - place[1] * 0.75
        elif leaf.painting is not None:
            for name, label, depth, number, y in leaf.painting.marks:
                if number == leaf.sheet:
                    yield name, label, depth, page, y


def _outline(pdf: pikepdf.Pdf, places: Sequence[tuple[str, str, int, Any, float]]) -> None:
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines
    with pdf.open_outline() as outline:
        stack: list[tuple[int, Any]] = [(0, outline.root)]
        for _, label, depth, page, y in places:
            if not label:
                continue
            while stack[-1][0] >= depth:
                stack.pop()
            item = pikepdf.OutlineItem(label, Array([page, Name.XYZ, 0, y, 0]))
            stack[-1][1].append(item)
            stack.append((depth, item.children))


def _link(pdf: pikepdf.Pdf, places: dict[str, tuple[Any, float]]) -> None:
    """Point the links between the parts of the book to their pages."""
    for page in pdf.Root.Pages.Kids:
        for note in page.get("/Annots", ()):
            action = note.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            name = address.removeprefix(PLACEHOLDER)
            if name != address and name in places:
                target, y = places[name]
                del note["/A"]
                note.Dest = Array([target, Name.XYZ, 0, y, 0])


# --- Structure -------------------------------------------------------------------------------------------


def _structure(pdf: pikepdf.Pdf, leaves: Sequence[Leaf], pages: Sequence[Any]) -> None:
    """Add the structure of the composer's pages: a section each, in it paragraphs and headings."""
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    numbers = root.ParentTree.Nums
    tree = _Tree(pdf, document, max([-1, *(int(number) for number in list(numbers)[::2])]) + 1)
    theirs = _by_page(document)
    kids: list[Any] = []
    for leaf, page in zip(leaves, pages, strict=True):
        if leaf.painting is None:
            kids += theirs.pop(page.objgen, [])
        else:
            kids += tree.add(leaf.painting, leaf.sheet, page)
    tree.finish()
    document.K = Array(kids)
    numbers.extend(tree.numbers)
    root.ParentTreeNextKey = tree.next


def _by_page(document: Any) -> dict[tuple[int, int], list[Any]]:
    """Give WeasyPrint's elements by the page on which they stand."""
    found: dict[tuple[int, int], list[Any]] = {}
    for element in document.K:
        page = _page_of(element)
        if page is not None:
            found.setdefault(page.objgen, []).append(element)
    return found


def _page_of(element: Any) -> Any:
    if not isinstance(element, Dictionary):
        return None
    if "/Pg" in element:
        return element.Pg
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else (kids,):
        page = _page_of(kid)
        if page is not None:
            return page
    return None


class _Tree:
    """Grows the structure tree page by page."""

    def __init__(self, pdf: pikepdf.Pdf, document: Any, following: int) -> None:
        self.pdf = pdf
        self.document = document
        self.next = following
        self.numbers: list[Any] = []
        self.section: Any = None
        self.painting: Painting | None = None
        self.elements: dict[int, Any] = {}
        self.kids: dict[int, list[Any]] = {}
        self.groups: dict[int, Any] = {}
        self.members: list[Any] = []

    def add(self, painting: Painting, number: int, page: Any) -> list[Any]:
        """Add a page; give the elements of its section where it is the section's first."""
        begun = []
        if painting is not self.painting:
            self.finish()
            self.painting, self.elements, self.kids, self.groups, self.members = painting, {}, {}, {}, []
            self.section = self._element("Sect", self.document)
            begun = [self.section]
        sheet = painting.sheets[number]
        owners = []
        for mark, owner in enumerate(sheet.tagged):
            if owner not in self.elements:
                self._begin(painting, owner)
            self.kids[owner].append(Dictionary(Type=Name.MCR, Pg=page, MCID=mark))
            owners.append(self.elements[owner])
        if owners:
            page.StructParents = self.next
            self.numbers += [self.next, self.pdf.make_indirect(Array(owners))]
            self.next += 1
        return begun

    def _begin(self, painting: Painting, owner: int) -> None:
        its = painting.owners[owner]
        parent = self.section
        if its.group:
            if its.group not in self.groups:
                self.groups[its.group] = (self._element("BlockQuote", self.section), [])
                self.members.append(self.groups[its.group][0])
            parent = self.groups[its.group][0]
        self.elements[owner] = self._element(its.tag.upper(), parent)
        (self.groups[its.group][1] if its.group else self.members).append(self.elements[owner])
        self.kids[owner] = []

    def _element(self, kind: str, parent: Any) -> Any:
        return self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent))

    def finish(self) -> None:
        """Give the elements of the last section their kids."""
        for owner, kids in self.kids.items():
            self.elements[owner].K = Array(kids)
        for group, members in self.groups.values():
            group.K = Array(members)
        if self.section is not None:
            self.section.K = Array(self.members)
