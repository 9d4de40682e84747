"""WeasyPrint's file → the finished one: the composer's pages put in, then made for screens or for a press."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name

from publish.pdf.archive import for_keeping
from publish.pdf.embedding import Glyphs
from publish.pdf.joining import join
from publish.pdf.leaves import Leaf
from publish.pdf.press import for_press, with_bleed
from publish.stores import Store


class Composite(Struct, frozen=True):
    """A book of which the composer made pages."""

    leaves: Sequence[Leaf]
    glyphs: Sequence[Glyphs]
    """Of all streams that the composer painted."""
    families: Sequence[str]


def finished(  # noqa: PLR0913 - the pages, and what the file is to be
    data: bytes, made: Composite | None, front: int, store: Store, *, colour: bool, bleeds: bool
) -> bytes:
    """Make the file that goes to a store of what WeasyPrint wrote; the same bytes for the same pages.

    The first `front` pages are labelled with roman figures, the others from 1 on. `colour` keeps pictures in
    colour on a press; `bleeds` says that pages go on beyond the trim there.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        tagged = not store.is_press
        black = join(pdf, made.leaves, made.glyphs, families=made.families, tagged=tagged) if made else set()
        labels = [front, Dictionary(S=Name.D)]
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), *labels] if front else labels))
        if store.is_press:
            for_press(pdf, store, colour=colour, black=black)
            if bleeds:
                with_bleed(pdf, store)
        else:
            for_keeping(pdf)
        out = BytesIO()
        # PDF/X-1a is a kind of PDF 1.3, which knows no streams of objects.
        is_old = bool(store.standard) and not colour
        mode = pikepdf.ObjectStreamMode.disable if is_old else pikepdf.ObjectStreamMode.generate
        pdf.save(out, deterministic_id=True, object_stream_mode=mode, force_version="1.3" if is_old else "")
    return out.getvalue()
