"""The text of WeasyPrint's boxes: in which of our faces it stands, and where."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from publish.fonts import OURS, coverage, faces
from publish.pdf.composer.material import Run
from publish.pdf.composer.shaping import UNSEEN, Type, shape

POINTS = 0.75
"""Of a CSS pixel."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_BOLD = 600
_NEAR = 0.3
"""Points by which our width of a piece of text may differ from WeasyPrint's."""


class Strange(Exception):  # noqa: N818
    """Something that the composer cannot set: WeasyPrint then sets the block, or all of the section."""


class Placed(Struct, frozen=True):
    """A piece of text in its place."""

    x: float
    """Points from the column's left edge."""
    base: float
    """Points from the top of the line's first row down to the baseline."""
    kind: Type
    text: str
    spread: float
    """Points by which every word space is wider than its own width."""


def text_boxes(box: Any) -> Iterator[Any]:
    """Give the boxes inside a box that hold text."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.ParentBox):
            yield from text_boxes(child)


def sampled(box: Any) -> tuple[list[Any], list[Any]]:
    """Give the samples in a folded line, and the boxes that hold the numbers of notes."""
    from weasyprint.formatting_structure import boxes

    samples, numbers = [], []
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            samples.append(child)
        elif isinstance(child, boxes.ParentBox):
            if "::footnote-" in (child.element_tag or ""):
                numbers.append(child)
            else:
                inner, others = sampled(child)
                samples += inner
                numbers += others
    return samples, numbers


def placed(box: Any, top: float) -> Iterator[Placed]:
    """Give the text of a box in our faces; raise Strange where it is not what WeasyPrint would draw."""
    if not box.text.strip():
        return
    if box.style["text_decoration_line"] != "none" or box.style["visibility"] != "visible":
        raise Strange("decorated text")
    x = box.position_x * POINTS
    base = (box.position_y + box.baseline - top) * POINTS
    runs = list(runs_of(box.text, box.style))
    natural = sum(shape(run.kind, run.text).advance for run in runs)
    spaces = box.text.count(" ")
    spread = box.justification_spacing * POINTS if spaces else 0.0
    if abs(natural + spread * spaces - box.width * POINTS) > _NEAR + 0.002 * natural:
        raise Strange(f"text of another width: {box.text[:40]!r}")
    for run in runs:
        yield Placed(x, base, run.kind, run.text, spread)
        x += shape(run.kind, run.text).advance + spread * run.text.count(" ")


def runs_of(text: str, style: Any) -> Iterator[Run]:
    """Cut text where one face has to help the other out."""
    from weasyprint.text.fonts import font_features

    families = tuple(family for family in style["font_family"] if family.endswith(OURS))
    if not families or style["text_transform"] != "none":
        raise Strange("another typeface")
    names = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric",
             "variant_alternates", "variant_east_asian", "feature_settings")  # fmt: skip
    features = font_features(**{f"font_{name}": style[f"font_{name}"] for name in names})
    size = float(style["font_size"]) * POINTS
    spacing = style["letter_spacing"]
    tracking = 0.0 if spacing == "normal" else float(spacing) * POINTS
    upright, weight = style["font_style"] == "normal", 700 if style["font_weight"] >= _BOLD else 400
    divided = style["hyphens"] == "auto"
    if tracking:
        features = {**features, "liga": 0, "clig": 0}
    for path, part in _by_face(text, families, "normal" if upright else "italic", weight):
        kind = Type(path, size, tuple(sorted(features.items())), tracking, style["lang"] or "en")
        yield Run(part, kind, divided)


def _by_face(text: str, families: tuple[str, ...], style: str, weight: int) -> Iterator[tuple[str, str]]:
    main, *others = (_path(family, style, weight) for family in families)
    covered = coverage_of(main)
    signs = set(text)
    if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in signs):
        raise Strange("letters that run from right to left")
    lacking = {sign for sign in signs if ord(sign) not in covered and not sign.isspace()} - UNSEEN
    if not lacking:
        yield main, text
        return
    for path, part in groupby(text, lambda sign: _helping(ord(sign), others) if sign in lacking else main):
        yield path, "".join(part)


def _helping(code: int, paths: Sequence[str]) -> str:
    """Give the first face that has a character; raise Strange where none of ours does."""
    path = next((path for path in paths if code in coverage_of(path)), None)
    if path is None or unicodedata.combining(chr(code)):
        raise Strange(f"U+{code:04X} in no face of ours")
    return path


def coverage_of(path: str) -> frozenset[int]:
    """Give the code points that a font file covers."""
    from pathlib import Path

    return coverage(Path(path))


def _path(family: str, style: str, weight: int) -> str:
    """Give the file of the style that comes nearest, the slant weighing more than the weight."""
    best = min(faces(family), key=lambda face: (face.style != style, abs(face.weight - weight)))
    return str(best.path)
