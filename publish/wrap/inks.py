"""The file of a cover in the colours that its printer asks for, with exact boxes."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from publish.epub.cover import COLOURS, PAPER
from publish.epub.lettering import Colour
from publish.pdf.press import claim, for_press
from publish.stores import Store
from publish.wrap.measures import Wrap

Ink = tuple[float, float, float, float]
"""Shares of cyan, magenta, yellow and black."""
INKS: dict[Colour, Ink] = {
    COLOURS["oxblood"]: (0.22, 0.92, 0.78, 0.46),
    COLOURS["ink"]: (1.0, 0.72, 0.28, 0.36),
    COLOURS["bottle"]: (0.82, 0.38, 0.68, 0.48),
    COLOURS["aubergine"]: (0.62, 0.84, 0.26, 0.46),
    COLOURS["petrol"]: (0.92, 0.44, 0.42, 0.46),
    COLOURS["russet"]: (0.26, 0.76, 0.92, 0.42),
    COLOURS["olive"]: (0.52, 0.40, 0.86, 0.56),
    COLOURS["slate"]: (0.62, 0.46, 0.36, 0.50),
    COLOURS["black"]: (0.40, 0.30, 0.30, 0.95),
    PAPER: (0.02, 0.04, 0.10, 0.0),
}
"""What the colours of covers are mixed of on coated stock; none takes more than 2.4 of all inks together."""
_INKED = {"rg": "k", "RG": "K"}


def print_in_inks(data: bytes, wrap: Wrap, store: Store) -> tuple[bytes, list[str]]:
    """Make the file ready for a press; give it with what is to be told.

    A printer that asks for PDF/X gets inks, unless there is a picture, whose colours nobody here can mix.
    """
    import pikepdf
    from pikepdf import Array

    notes = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for_press(pdf, store, colour=True)
        page = pdf.pages[0].obj
        width, height = wrap.sheet
        page.TrimBox = Array([wrap.bleed, wrap.bleed, width - wrap.bleed, height - wrap.bleed])
        in_inks = bool(store.standard) and not dict(page.Resources.get("/XObject", {}))
        if in_inks:
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(list(_mixed(page))))
            claim(pdf, store.standard)
        elif store.standard:
            notes.append(f"{store.title} asks for inks (CMYK), and the picture has the colours of screens.")
        out = BytesIO()
        mode = pikepdf.ObjectStreamMode.disable if in_inks else pikepdf.ObjectStreamMode.generate
        version = "1.3" if in_inks else ""
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, object_stream_mode=mode, force_version=version)
    return out.getvalue(), notes


def _mixed(page: Any) -> Iterator[Any]:
    import pikepdf

    known = {tuple(round(part / 255, 3) for part in colour): ink for colour, ink in INKS.items()}
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in _INKED:
            ink = known[tuple(round(float(part), 3) for part in instruction.operands)]
            yield pikepdf.ContentStreamInstruction(list(ink), pikepdf.Operator(_INKED[name]))
        else:
            yield instruction
