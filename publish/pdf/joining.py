"""One file of WeasyPrint's pages and the composer's: fonts, pages, structure, outline and links.

The file that WeasyPrint wrote of its pages is the base: it holds metadata and conformance. The composer's
pages are put among its pages, and each face is embedded once, with the glyphs that either of the two uses.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.pdf.composer import Painting
from publish.pdf.embedding import Glyphs, embed
from publish.pdf.leaves import PLACEHOLDER, Leaf, streams_of


def join(
    pdf: pikepdf.Pdf,
    leaves: Sequence[Leaf],
    glyphs: Iterable[Glyphs],
    *,
    families: Sequence[str],
    tagged: bool = True,
) -> set[tuple[int, int]]:
    """Put the composer's pages into the file that WeasyPrint wrote of the others, in the order of the leaves.

    `glyphs` are those of all streams that the composer painted, in faces of the `families`. `tagged` gives
    the file structure, outline and links. The streams that the composer painted are given back, by number and
    generation.
    """
    embed(pdf, glyphs, families)
    pages, patches, ours = _pages(pdf, leaves)
    if tagged:
        places = list(_places(leaves, pages))
        _structure(pdf, leaves, pages, patches)
        _outline(pdf, places)
        _link(pdf, {name: (page, y) for name, _, _, page, y in places})
    return ours


# --- Pages -----------------------------------------------------------------------------------------------


def _pages(pdf: pikepdf.Pdf, leaves: Sequence[Leaf]) -> tuple[list[Any], list[Any], set[tuple[int, int]]]:
    """Give the page objects in the order of the leaves, and make that the order of the file.

    With them come the pages of the patches in their order, which are no pages of the file any more, and the
    streams that the composer painted.
    """
    theirs = [page.obj for page in pdf.pages]
    whole = sum(leaf.stock is not None for leaf in leaves)
    stock, patches = iter(theirs[:whole]), iter(theirs[whole:])
    first = theirs[0]
    node, resources, box = pdf.Root.Pages, pdf.make_indirect(first.Resources), Array(list(first.MediaBox))
    pages: list[Any] = []
    ours: set[tuple[int, int]] = set()
    for leaf in leaves:
        if leaf.stock is not None:
            pages.append(next(stock))
            continue
        contents = [leaf.margins] if leaf.margins else []
        if leaf.painting is not None:
            contents.append(leaf.painting.sheets[leaf.sheet].content)
        streams = [pdf.make_indirect(_stream(pdf, content)) for content in contents]
        ours.update(stream.objgen for stream in streams)
        streams += _patched(pdf, leaf, float(box[3]), patches)
        page = Dictionary(
            Type=Name.Page, Parent=node, MediaBox=box, TrimBox=box, BleedBox=box,
            Resources=resources, Contents=Array(streams), Tabs=Name.S,
        )  # fmt: skip
        pages.append(pdf.make_indirect(page))
    for page in pages:
        page.Parent = node
    node.Kids, node.Count = Array(pages), len(pages)
    return pages, theirs[whole:], ours


_MARK = re.compile(rb"/MCID (\d+)")


def _patched(pdf: pikepdf.Pdf, leaf: Leaf, height: float, drawn: Iterator[Any]) -> Iterator[Any]:
    """Give the streams that draw a page's patches, their marks counted on from those of the page."""
    marks = _marks(leaf)
    for patch in leaf.patches:
        content = b"\n".join(stream.read_bytes() for stream in streams_of(next(drawn)))
        up = height - patch.where.top - patch.height
        parts = _MARK.split(content)
        # Every second part is a number.
        parts[1::2] = [b"/MCID %d" % (int(number) + marks) for number in parts[1::2]]
        marks += len(parts) // 2
        yield pdf.make_stream(b"q 1 0 0 1 0 %.3f cm\n" % up + b"".join(parts) + b"\nQ")


def _marks(leaf: Leaf) -> int:
    return len(leaf.painting.sheets[leaf.sheet].tagged) if leaf.painting is not None else 0


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


_KINDS = {"lbl": "Lbl"}
"""How the file calls owners that it calls otherwise than XHTML."""


# --- Structure -------------------------------------------------------------------------------------------


def _structure(
    pdf: pikepdf.Pdf, leaves: Sequence[Leaf], pages: Sequence[Any], patches: Sequence[Any]
) -> None:
    """Add the structure of the composer's pages: a section each, in it paragraphs and headings."""
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    numbers = list(root.ParentTree.Nums)
    found = {int(number): elements for number, elements in zip(numbers[::2], numbers[1::2], strict=True)}
    tree = _Tree(pdf, document, max([-1, *found]) + 1)
    theirs = _by_page(document)
    drawn = iter(patches)
    kids: list[Any] = []
    for leaf, page in zip(leaves, pages, strict=True):
        if leaf.is_plate:
            tree.insert(theirs.pop(page.objgen, []))
            continue
        if leaf.painting is None:
            kids += theirs.pop(page.objgen, [])
            continue
        patched = []
        for _ in leaf.patches:
            patch = next(drawn)
            parents = found.pop(int(patch.StructParents), ())
            patched.append((theirs.pop(patch.objgen, []), list(parents)))
        kids += tree.add(leaf, page, patched)
    tree.finish()
    document.K = Array(kids)
    kept = [item for number, elements in found.items() for item in (number, elements)]
    root.ParentTree.Nums = Array([*kept, *tree.numbers])
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


_Patched = tuple[list[Any], list[Any]]
"""Of a patch: its elements, and for each of its marks the element that holds it."""


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
        self.kids: dict[int, list[tuple[Any, int]]] = {}
        self.groups: dict[int, tuple[Any, list[Any]]] = {}
        self.members: list[Any] = []

    def add(self, leaf: Leaf, page: Any, patched: Sequence[_Patched]) -> list[Any]:
        """Add a page with what is patched in; give the elements of its section where it is the first."""
        begun, painting = [], leaf.painting
        assert painting is not None
        if painting is not self.painting:
            self.finish()
            self.painting, self.elements, self.kids, self.groups, self.members = painting, {}, {}, {}, []
            self.section = self._element("Sect", self.document)
            begun = [self.section]
        owners: list[Any] = []
        patches = [(patch.where.before, its) for patch, (its, _) in zip(leaf.patches, patched, strict=True)]
        tagged = painting.sheets[leaf.sheet].tagged
        for mark, owner in enumerate(tagged):
            self.insert(one for at, elements in patches if at == mark for one in elements)
            if owner not in self.elements:
                self._begin(painting, owner)
            self.kids[owner].append((page, mark))
            owners.append(self.elements[owner])
        self.insert(one for at, elements in patches if at >= len(tagged) for one in elements)
        for elements, parents in patched:
            for element in elements:
                _move_marks(element, page, len(owners))
            owners += parents
        if owners:
            page.StructParents = self.next
            self.numbers += [self.next, self.pdf.make_indirect(Array(owners))]
            self.next += 1
        return begun

    def insert(self, elements: Iterable[Any]) -> None:
        """Put the elements of patches and plates where the section has come to."""
        for element in elements:
            element.P = self.section
            self.members.append(element)

    def _begin(self, painting: Painting, owner: int) -> None:
        its = painting.owners[owner]
        parent, members = self.section, self.members
        for kind, number in its.within:
            if number not in self.groups:
                self.groups[number] = (self._element(kind, parent), [])
                members.append(self.groups[number][0])
            parent, members = self.groups[number]
        self.elements[owner] = self._element(_KINDS.get(its.tag, its.tag.upper()), parent)
        members.append(self.elements[owner])
        self.kids[owner] = []

    def _element(self, kind: str, parent: Any) -> Any:
        return self.pdf.make_indirect(Dictionary(S=Name(f"/{kind}"), P=parent))

    def finish(self) -> None:
        """Give the elements of the last section their kids."""
        for owner, kids in self.kids.items():
            _hold(self.elements[owner], kids)
        for group, members in self.groups.values():
            group.K = Array(members)
        if self.section is not None:
            self.section.K = Array(self.members)


def _hold(element: Any, marks: Sequence[tuple[Any, int]]) -> None:
    """Let an element hold marks of pages; those of its own page, which are nearly all, are mere numbers."""
    own = marks[0][0] if marks else None
    if own is not None:
        element.Pg = own
    kids = [mark if page is own else Dictionary(Type=Name.MCR, Pg=page, MCID=mark) for page, mark in marks]
    element.K = Array(kids)


def _move_marks(element: Any, page: Any, by: int) -> None:
    """Let an element and what is in it stand on another page, its marks counted from a number on."""
    element.Pg = page
    kids = list(element.K) if isinstance(element.get("/K"), Array) else [element.get("/K", 0)]
    moved: list[Any] = []
    for kid in kids:
        if isinstance(kid, Dictionary):
            _move_marks(kid, page, by)
            moved.append(kid)
        else:
            moved.append(int(kid) + by)
    element.K = Array(moved)
