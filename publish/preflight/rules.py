"""The rules of a store, one function for each, applied to a PDF."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from msgspec import Struct

from publish.diagnostic import PublishError
from publish.preflight import ink, standards
from publish.preflight.ink import Box, Ink
from publish.stores import Store

_NEAR = 0.5
"""Points by which boxes may differ and yet be the same."""
_DRIFT = 0.75
"""Points by which punctuation may stand out into a margin, and heights of letters are guessed."""
_INCH = 72.0


class Fault(Struct, frozen=True):
    """A rule that a file breaks."""

    code: str
    message: str
    pages: tuple[int, ...] = ()
    """Of the file, counted from 1; none: the whole file."""


class Preflight(Struct, frozen=True):
    """A file held against the rules of a store."""

    path: str
    store: Store
    pages: int
    checked: tuple[str, ...]
    """The codes of all rules that apply."""
    faults: tuple[Fault, ...]


class _Leaf(Struct, frozen=True):
    """A page."""

    number: int
    media: Box
    trim: Box
    turned: bool
    notes: bool
    """Whether it has annotations."""
    ink: Ink


class _File(Struct, frozen=True):
    pdf: Any
    leaves: tuple[_Leaf, ...]
    data: bytes

    @property
    def bleeds(self) -> bool:
        """Whether pages are larger than their trim."""
        return any(leaf.media != leaf.trim for leaf in self.leaves)


Rule = Callable[[_File, Store], Iterator[Fault]]


def preflight(path: str, data: bytes, store: Store) -> Preflight:
    """Hold a file against a store's rules.

    Raises PublishError where it is no PDF, is damaged or needs a password.
    """
    import pikepdf

    try:
        # A damaged file that is mended while it is read would be another file than the printer gets.
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            file = _File(pdf, tuple(_leaves(pdf)), data)
            if not file.leaves:
                raise PublishError(f"{path}: this PDF has no pages.", "Export it anew.")
            rules = {code: rule for code, rule in _RULES.items() if _applies(code, store, file)}
            faults = tuple(fault for rule in rules.values() for fault in rule(file, store))
    except pikepdf.PasswordError as error:
        raise PublishError(f"{path}: this PDF opens with a password only.", "Save it without.") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        reason = str(error).rpartition(">: ")[2]
        message = f"{path}: this is no PDF, or it is damaged ({reason})."
        raise PublishError(message, "Export it anew.") from error
    return Preflight(path, store, len(file.leaves), tuple(rules), faults)


_ALWAYS = ("PDF006", "PDF007")


def _applies(code: str, store: Store, file: _File) -> bool:
    """Tell whether a store has such a rule, and whether it can be asked of the file."""
    limits = {
        "PDF002": store.most_bytes is not None,
        "PDF008": store.black_text,
        "PDF012": store.opaque,
        "PDF013": not store.is_press,
        "PDF014": bool(store.standard),
        "PDF015": not store.is_press and standards.can_check_pdfa() and bool(standards.pdfa_part(file.pdf)),
        "PDF016": not store.is_press and standards.can_check_pdfua(),
    }
    return code in _ALWAYS or limits.get(code, store.is_press)


def _leaves(pdf: Any) -> Iterator[_Leaf]:
    for number, page in enumerate(pdf.pages, 1):
        media = _box(page.mediabox)
        # Without a trim box the whole page is the trim.
        trim = _box(page.trimbox)
        turned = page.rotation % 360 != 0
        yield _Leaf(number, media, trim, turned, len(page.obj.get("/Annots", ())) > 0, ink.read(page))


def _box(values: Any) -> Box:
    left, bottom, right, top = (float(value) for value in values)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


# --- The rules -------------------------------------------------------------------------------------------


def _locked(file: _File, _: Store) -> Iterator[Fault]:
    if file.pdf.is_encrypted:
        yield Fault("PDF001", "The file is encrypted.")


def _size(file: _File, store: Store) -> Iterator[Fault]:
    if store.most_bytes is not None and len(file.data) > store.most_bytes:
        most = f"{store.most_bytes / 1e6:,.0f}"
        yield Fault("PDF002", f"The file has {len(file.data) / 1e6:,.0f} MB; at most {most} are taken.")


def _count(file: _File, store: Store) -> Iterator[Fault]:
    if told := store.binds(len(file.leaves)):
        yield Fault("PDF003", told)


def _parity(file: _File, _: Store) -> Iterator[Fault]:
    if len(file.leaves) % 2:
        yield Fault("PDF004", f"The number of pages is odd ({len(file.leaves):,}).")


def _boxes(file: _File, store: Store) -> Iterator[Fault]:
    first = _extent(file.leaves[0].trim)
    wanted, (wide, high) = _inches(first), (round(side / _INCH, 2) for side in first)
    narrow, low, broad, tall = store.sizes
    if not (narrow <= wide <= broad + 2 * store.bleed and low <= high <= tall + 2 * store.bleed):
        sizes = f"{narrow:g} × {low:g} to {broad:g} × {tall:g}"
        yield Fault("PDF005", f"Pages are {wanted} in; {store.title} takes {sizes} in.")
    if other := [leaf for leaf in file.leaves if not _same(_extent(leaf.trim), first)]:
        size = _inches(_extent(other[0].trim))
        yield _fault("PDF005", f"Pages are {size} in after trimming; the first is {wanted} in.", other)
    if turned := [leaf for leaf in file.leaves if leaf.turned]:
        yield _fault("PDF005", "Pages are turned by a setting.", turned)
    if marked := [leaf for leaf in file.leaves if not _is_bleed(leaf, store)]:
        told = f"Pages reach beyond the trim, but not by {store.bleed:g} in at top, bottom and outside alone."
        yield _fault("PDF005", told, marked)


def _inches(size: Sequence[float]) -> str:
    return " × ".join(f"{side / _INCH:.3f}" for side in size)


def _is_bleed(leaf: _Leaf, store: Store) -> bool:
    """Tell whether a page is its trim, or that and an exact bleed, with or without one at the spine."""
    bleed = store.bleed * _INCH
    left, bottom, right, top = _beyond(leaf)
    if _same((left, bottom, right, top), (0.0, 0.0, 0.0, 0.0)):
        return True
    spine, outside = (left, right) if leaf.number % 2 else (right, left)
    return _same((bottom, top, outside), (bleed, bleed, bleed)) and (abs(spine) <= _NEAR)


def _fonts(file: _File, _: Store) -> Iterator[Fault]:
    lacking: dict[str, list[_Leaf]] = {}
    for leaf in file.leaves:
        for name, font in leaf.ink.fonts.items():
            if not _is_embedded(font):
                lacking.setdefault(name.lstrip("/"), []).append(leaf)
    for name, leaves in lacking.items():
        yield _fault("PDF006", f"The font {name} is not embedded.", leaves)


def _is_embedded(font: Any) -> bool:
    if str(font.get("/Subtype")) == "/Type3":
        return True
    inner = font.get("/DescendantFonts")
    described = (inner[0] if inner is not None else font).get("/FontDescriptor")
    return described is not None and any(
        key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _glyphs(file: _File, _: Store) -> Iterator[Fault]:
    if leaves := [leaf for leaf in file.leaves if leaf.ink.missing]:
        count = sum(leaf.ink.missing for leaf in leaves)
        yield _fault("PDF007", f"{count:,} signs have no glyph in their font.", leaves)


_BLACK = {"gray 0", "cmyk 0 0 0 1", "gray", "cmyk"}


def _black(file: _File, _: Store) -> Iterator[Fault]:
    wrong = [leaf for leaf in file.leaves if leaf.ink.text_colours - _BLACK]
    if wrong:
        colours = sorted(set().union(*(leaf.ink.text_colours for leaf in wrong)) - _BLACK)
        yield _fault("PDF008", f"Text is set in {_listed(colours)} and not in black alone.", wrong)


def _dots(file: _File, store: Store) -> Iterator[Fault]:
    # Programs round the size at which they place a picture.
    coarse = [leaf for leaf in file.leaves if leaf.ink.dots < store.dots - 1]
    if coarse:
        fewest = min(leaf.ink.dots for leaf in coarse)
        told = f"Pictures have as few as {fewest:.0f} pixels to the inch; {store.dots} are asked for."
        yield _fault("PDF009", told, coarse)


def _interactive(file: _File, _: Store) -> Iterator[Fault]:
    root = file.pdf.Root
    outlines = root.get("/Outlines")
    if outlines is not None and "/First" in outlines:
        yield Fault("PDF010", "The file has bookmarks.")
    names = root.get("/Names", {})
    active = ["/AcroForm" in root, "/AA" in root, "/JavaScript" in names, "/EmbeddedFiles" in names]
    if any(active):
        yield Fault("PDF010", "The file has forms, scripts or attached files.")
    if noted := [leaf for leaf in file.leaves if leaf.notes]:
        yield _fault("PDF010", "Pages have links or comments.", noted)


_SIDES = ("inner", "lower", "outer", "upper")


def _margins(file: _File, store: Store) -> Iterator[Fault]:
    gutter = store.gutter(len(file.leaves))
    margin = store.margin_with_bleed if file.bleeds else store.margin
    wanted = {side: max(gutter, margin) if side == "inner" else margin for side in _SIDES}
    from_right = str(file.pdf.Root.get("/ViewerPreferences", {}).get("/Direction", "")) == "/R2L"
    near: dict[str, list[tuple[float, _Leaf]]] = {}
    for leaf in file.leaves:
        for side, clear in _clearances(leaf, from_right=from_right).items():
            if clear < wanted[side] * _INCH - _DRIFT:
                near.setdefault(side, []).append((clear, leaf))
    for side, found in near.items():
        least = min(clear for clear, _ in found) / _INCH
        told = f"Print stands {least:.3f} in from the {side} edge; {wanted[side]:g} in must be clear "
        told += f"in a book of {len(file.leaves):,} pages."
        yield _fault("PDF011", told, [leaf for _, leaf in found])


def _clearances(leaf: _Leaf, *, from_right: bool) -> dict[str, float]:
    """Give how far the print of a page stands from each edge of the trim; what bleeds does not count."""
    trim = leaf.trim
    # What lies beyond the page is not printed.
    boxes = [mark.box for mark in leaf.ink.marks if _overlap(mark.box, leaf.media)]
    boxes = [box for box in boxes if not _reaches_bleed(box, leaf)]
    if not boxes:
        return {}
    left = min(box[0] for box in boxes) - trim[0]
    lower = min(box[1] for box in boxes) - trim[1]
    right = trim[2] - max(box[2] for box in boxes)
    upper = trim[3] - max(box[3] for box in boxes)
    inner, outer = (left, right) if leaf.number % 2 != from_right else (right, left)
    return dict(zip(_SIDES, (inner, lower, outer, upper), strict=True))


def _reaches_bleed(box: Box, leaf: _Leaf) -> bool:
    """Tell whether something covers the bleed of an edge from the trim on."""
    beyond = _beyond(leaf)
    over = (leaf.trim[0] - box[0], leaf.trim[1] - box[1], box[2] - leaf.trim[2], box[3] - leaf.trim[3])
    return any(room > _NEAR and reach >= room - _NEAR for reach, room in zip(over, beyond, strict=True))


def _transparent(file: _File, _: Store) -> Iterator[Fault]:
    if leaves := [leaf for leaf in file.leaves if leaf.ink.transparent]:
        yield _fault("PDF012", "Pages have transparent objects.", leaves)


def _accessible(file: _File, _: Store) -> Iterator[Fault]:
    root = file.pdf.Root
    lacking = [
        what
        for what, there in (
            ("tags", "/StructTreeRoot" in root and bool(root.get("/MarkInfo", {}).get("/Marked", False))),
            ("language", bool(str(root.get("/Lang", "")))),
            ("title", bool(str(file.pdf.docinfo.get("/Title", "")) or _title(file.pdf))),
        )
        if not there
    ]
    if lacking:
        yield Fault("PDF013", f"The file states no {_listed(lacking, 'or')}.")


def _title(pdf: Any) -> str:
    with pdf.open_metadata() as data:
        return str(data.get("dc:title", ""))


def _pdfx(file: _File, _: Store) -> Iterator[Fault]:
    yield from (Fault("PDF014", fault) for fault in standards.pdfx_faults(file.pdf))
    # Inks of their own are PDF/X, and another rule's.
    coloured = [leaf for leaf in file.leaves if {"rgb", "other"} & leaf.ink.spaces]
    if coloured and not standards.allows_rgb(file.pdf):
        yield _fault("PDF014", "Pages have other colours than those of inks.", coloured)


def _spots(file: _File, store: Store) -> Iterator[Fault]:
    found: dict[str, list[_Leaf]] = {}
    for leaf in file.leaves:
        for name in leaf.ink.spaces:
            if name.startswith(ink.SPOT):
                found.setdefault(name.removeprefix(ink.SPOT).replace("_", " "), []).append(leaf)
    for name, leaves in sorted(found.items()):
        told = f"Pages ask for an ink of its own ({name}); {store.title} prints in four."
        yield _fault("PDF017", told, leaves)


def _pdfa(file: _File, _: Store) -> Iterator[Fault]:
    yield from (Fault("PDF015", fault) for fault in standards.pdfa_faults(file.pdf))


def _pdfua(file: _File, _: Store) -> Iterator[Fault]:
    found: dict[str, set[int]] = {}
    for message, page in standards.pdfua_faults(file.data):
        found.setdefault(message, set()).update([page] if page else [])
    yield from (Fault("PDF016", message, tuple(sorted(pages))) for message, pages in found.items())


_RULES: dict[str, Rule] = {
    "PDF001": _locked, "PDF002": _size, "PDF003": _count, "PDF004": _parity, "PDF005": _boxes,
    "PDF006": _fonts, "PDF007": _glyphs, "PDF008": _black, "PDF009": _dots, "PDF010": _interactive,
    "PDF011": _margins, "PDF012": _transparent, "PDF013": _accessible, "PDF014": _pdfx, "PDF015": _pdfa,
    "PDF016": _pdfua, "PDF017": _spots,
}  # fmt: skip


# --- Figures and words -----------------------------------------------------------------------------------


def _fault(code: str, message: str, leaves: Sequence[_Leaf]) -> Fault:
    return Fault(code, message, tuple(leaf.number for leaf in leaves))


def _extent(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _beyond(leaf: _Leaf) -> Box:
    media, trim = leaf.media, leaf.trim
    return trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3]


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _listed(names: Sequence[str], joint: str = "and") -> str:
    return f" {joint} ".join(filter(None, (", ".join(names[:-1]), names[-1])))
