"""What can be seen: sizes of pictures, whole typefaces, the contrast of colours that a stylesheet sets.

Contrast is computed as in WCAG 2.2 (success criterion 1.4.3), for a rule's colour on its own background, or
on white and on black where it sets none, since readers show both by day and by night.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from struct import iter_unpack

from publish.check.finding import Finding, error, warning
from publish.check.package import Item, Package
from publish.pictures import is_cut_off

_LARGEST_PICTURE = 5_600_000
"""Pixels; Apple's limit for a picture inside a book. Covers may be larger."""
_LARGEST_BYTES = 5 << 20
"""Amazon packs down any picture above 5 MB."""
_LEAST_CONTRAST = 4.5
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)

Colour = tuple[int, int, int]


def faults(package: Package, entries: Mapping[str, bytes]) -> Iterator[Finding]:
    """Give what is wrong with pictures and stylesheets."""
    for item in package.items.values():
        data = entries.get(item.name)
        if data is None:
            continue
        if item.media_type in ("image/jpeg", "image/png", "image/gif", "image/webp"):
            yield from _picture(item, data)
        elif item.media_type == "text/css":
            yield from _stylesheet(item.name, data.decode("utf-8", "replace"))
        elif item.name.lower().endswith((".ttf", ".otf", ".woff", ".woff2")) and not _is_whole(data):
            yield error("font-unreadable", "The typeface is damaged, or was cut off.", item.name)


def _picture(item: Item, data: bytes) -> Iterator[Finding]:
    from PIL import Image

    name, is_cover = item.name, "cover-image" in item.properties
    try:
        with Image.open(BytesIO(data)) as image:
            (width, height), mode, kind = image.size, image.mode, image.get_format_mimetype()
    except (OSError, SyntaxError, Image.DecompressionBombError, ValueError):
        yield error("picture-unreadable", "The picture is damaged.", name)
        return
    if is_cut_off(data):
        yield error("picture-unreadable", "The picture was cut off: its end is missing.", name)
    if kind != item.media_type and (kind, item.media_type) != ("image/mpo", "image/jpeg"):
        message = f"The manifest lists the picture as {item.media_type}; it is {kind}."
        yield error("picture-unreadable", message, name)
    if mode == "CMYK":
        yield warning(
            "picture-colours", "The picture is in the colours of print (CMYK); screens need RGB.", name
        )
    if not is_cover and width * height > _LARGEST_PICTURE:
        message = f"The picture has {width} × {height} pixels; Apple takes 5.6 million inside a book."
        yield warning("picture-size", message, name)
    if len(data) > _LARGEST_BYTES:
        yield warning(
            "picture-size", f"The picture has {len(data) >> 20} MB; Amazon packs it down from 5.", name
        )


def _is_whole(font: bytes) -> bool:
    """Tell a font of whose tables none lies beyond its end."""
    if font[:4] in (b"wOFF", b"wOF2", b"ttcf"):
        return font[:4] == b"ttcf" or int.from_bytes(font[8:12], "big") == len(font)
    length = 16 * int.from_bytes(font[4:6], "big")
    tables = font[12 : 12 + length]
    known = font[:4] in (b"\0\1\0\0", b"OTTO", b"true") and len(tables) == length > 0
    return known and all(start + size <= len(font) for start, size in iter_unpack(">8xII", tables))


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_NAMES = {"black": _BLACK, "white": _WHITE, "gray": (128, 128, 128), "grey": (128, 128, 128),
          "red": (255, 0, 0), "silver": (192, 192, 192), "maroon": (128, 0, 0), "navy": (0, 0, 128),
          "blue": (0, 0, 255), "green": (0, 128, 0)}  # fmt: skip


def _stylesheet(name: str, text: str) -> Iterator[Finding]:
    text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for rule in _RULE.finditer(text):
        settings = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", rule[2]))
        colour = _colour(settings.get("color", ""))
        ground = _colour(settings.get("background-color") or settings.get("background") or "")
        if colour is None:
            continue
        ratio = min(contrast(colour, each) for each in ((ground,) if ground else (_WHITE, _BLACK)))
        if ratio < _LEAST_CONTRAST:
            where = "its ground" if ground else "white by day or on black by night"
            line = text.count("\n", 0, rule.start(2)) + 1
            selector = " ".join(rule[1].split())
            message = (
                f"“{selector}” sets a colour with a contrast of {ratio:.1f} on {where}; 4.5 is the least."
            )
            yield warning("color-contrast", message, name, line)


def contrast(a: Colour, b: Colour) -> float:
    """Give the ratio of contrast between two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(value: str) -> Colour | None:
    """Read a colour; None for `inherit`, `currentColor`, `transparent` and forms that are not known."""
    value = value.replace("!important", "").strip().lower()
    if match := re.fullmatch(r"#([0-9a-f]{6}|[0-9a-f]{3})", value):
        digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])  # noqa: PLR2004
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := re.fullmatch(r"rgba?\((\d+)[, ]+(\d+)[, ]+(\d+)[^)]*\)", value):
        return int(match[1]), int(match[2]), int(match[3])
    return _NAMES.get(value)
