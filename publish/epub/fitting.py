"""Pictures of the text, made fit for readers of e-books: upright, opaque, in RGB, of bearable size."""

import re
from io import BytesIO

from publish.diagnostic import PublishError
from publish.epub.given import ORIENTATION, opaque, rgb, scaled, turned, written
from publish.pictures import Picture

_MOST_PIXELS = 5_600_000
"""What Apple takes of one picture; the older readers fail at about as many."""
_MOST_BYTES = 5_000_000
"""What Kindle takes of one picture."""
_PLAIN = ("RGB", "L", "P", "1")
_SVG_ROOT = re.compile(rb"<svg\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*(?<!/)>")
_NUMBER = rb"([-+.\deE]+)"
_VIEW_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']\s*" + rb"[\s,]+".join([_NUMBER] * 4))


def fitted(name: str, picture: Picture) -> bytes:
    """Give a picture as stores take it; one that is so already stays as it is, byte for byte.

    What is transparent becomes white: black lines would vanish on the dark page of the night. Raises
    PublishError for a broken picture, which it calls by its name.
    """
    data = picture.load()
    if picture.kind.suffix == "svg":
        return _grounded(data)
    if picture.kind.suffix == "gif":
        return data
    from PIL import Image

    try:
        opened = Image.open(BytesIO(data))
        orientation = opened.getexif().get(ORIENTATION, 1)
        pixels = opened.width * opened.height
        plain = opened.mode in _PLAIN and not opened.has_transparency_data
        if orientation == 1 and plain and pixels <= _MOST_PIXELS and len(data) <= _MOST_BYTES:
            return data
        return _made(opened, picture.kind.suffix, pixels)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PublishError(
            f"The picture {name} is broken or far too large.", "Export it anew as JPEG."
        ) from error


def _grounded(svg: bytes) -> bytes:
    """Give a drawing with a white ground below all else."""
    root = _SVG_ROOT.search(svg)
    if root is None:
        return svg
    box = _VIEW_BOX.search(root[0])
    x, y, width, height = box.groups() if box else (b"0", b"0", b"100%", b"100%")
    # As a style: an attribute would yield to a stylesheet of the drawing, and to what its root says.
    ground = b'<rect x="%s" y="%s" width="%s" height="%s" style="fill:#fff;stroke:none"/>'
    return svg[: root.end()] + ground % (x, y, width, height) + svg[root.end() :]


def _made(opened: object, suffix: str, pixels: int) -> bytes:
    from PIL import Image

    image = opened
    for change in (turned, opaque, rgb):
        image, _ = change(image)
    assert isinstance(image, Image.Image)
    if pixels > _MOST_PIXELS:
        share = (_MOST_PIXELS / pixels) ** 0.5
        image = scaled(image, max(1, int(image.width * share)), max(1, int(image.height * share)))
    return written(image, suffix)
