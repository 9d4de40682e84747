"""The picture that an author gives for the cover: made fit for stores, and what they will say of it."""

from io import BytesIO
from typing import Any

from msgspec import Struct

from publish.diagnostic import PublishError
from publish.pictures import SIGNATURES, Kind

_BEST = "1600 × 2560 pixels"
_SHORT = 1400
"""Pixels of the shorter side that Apple asks for; Kindle takes less."""
_LONG, _SCALED = 5000, 2560
"""Pixels of the longer side beyond which readers with little memory fail, and what it becomes then."""
_RATIOS = 1.2, 2.0
"""Height to width between which stores show a cover whole; 1.6 is best."""
ORIENTATION = 0x0112
"""Tag of EXIF: how a camera was held."""


class Given(Struct, frozen=True):
    """A picture that can be used, and what was done to it or should be known of it, each in a sentence."""

    image: bytes
    notes: tuple[str, ...] = ()


def image_format(image: bytes) -> Kind:
    """Tell the format of a cover by its first bytes; raises PublishError for anything but JPEG and PNG."""
    for signature, kind in SIGNATURES:
        if image.startswith(signature) and kind.suffix != "gif":
            return kind
    raise PublishError("The cover is neither a JPEG nor a PNG image.", f"Export it as JPEG, {_BEST}.")


def prepared(data: bytes) -> Given:
    """Give a cover as stores take it: upright, in RGB, opaque, of no more pixels than readers bear.

    A picture that is so already stays as it is, byte for byte. Raises PublishError for what is no JPEG or
    PNG, or a broken one.
    """
    kind = image_format(data)
    picture, notes = _opened(data), []
    for change in (turned, opaque, rgb, _scaled):
        picture, said = change(picture)
        notes += [f"The cover was changed: {said}."] if said else []
    if notes:
        data = written(picture, kind.suffix)
    return Given(data, (*notes, *_doubts(picture)))


def _opened(data: bytes) -> Any:
    from PIL import Image, ImageFile

    # WeasyPrint, where it is at work as well, lets Pillow take half a picture for a whole one.
    bears_halves, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        picture = Image.open(BytesIO(data))
        picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PublishError(
            "The picture of the cover is broken or far too large.", f"Export it anew as JPEG, {_BEST}."
        ) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = bears_halves
    return picture


def turned(picture: Any) -> tuple[Any, str]:
    """Turn a picture upright, as its camera says."""
    from PIL import ImageOps

    if picture.getexif().get(ORIENTATION, 1) == 1:
        return picture, ""
    return ImageOps.exif_transpose(picture), "it was turned upright, as its camera says"


def opaque(picture: Any) -> tuple[Any, str]:
    """Put a picture on white ground."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture, ""
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB"), "what was transparent is white now"


def rgb(picture: Any) -> tuple[Any, str]:
    """Give a picture in the colours of a screen."""
    if picture.mode in ("RGB", "L", "P", "1"):
        return picture, ""
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits for each point: the upper eight are what a screen shows.
        return picture.point(lambda level: level / 256).convert("L"), "it has 8 bits for each point now"
    return _from_print(picture), f"its colours, {picture.mode}, are RGB now; look at them"


def _from_print(picture: Any) -> Any:
    """Give RGB for the colours of print, by the picture's own profile where it has one."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode == "CMYK":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            pass
    return picture.convert("RGB")


def scaled(picture: Any, width: int, height: int) -> Any:
    """Give a picture in another size."""
    from PIL import Image

    whole = picture.convert("RGB") if picture.mode in ("P", "1") else picture
    return whole.resize((width, height), Image.Resampling.LANCZOS)


def _scaled(picture: Any) -> tuple[Any, str]:
    if max(picture.size) <= _LONG:
        return picture, ""
    share = _SCALED / max(picture.size)
    width, height = (max(1, round(side * share)) for side in picture.size)
    return scaled(picture, width, height), f"it was scaled down to {width} × {height} pixels"


def written(picture: Any, suffix: str) -> bytes:
    """Give the file of a picture, a PNG or a JPEG."""
    file = BytesIO()
    if suffix == "png":
        picture.save(file, "PNG", optimize=True)
    else:
        picture.save(file, "JPEG", quality=92, subsampling=0, optimize=True)
    return file.getvalue()


def _doubts(picture: Any) -> list[str]:
    """Say what stores will find wrong with a picture that cannot be mended here."""
    width, height = picture.size
    doubts = []
    if min(width, height) < _SHORT:
        doubts.append(
            f"The cover has {width} × {height} pixels; stores ask for {_SHORT} at least on the shorter side: "
            f"export it with {_BEST}."
        )
    least, most = _RATIOS
    if not least <= height / width <= most:
        doubts.append(f"The cover is {height / width:.2f} times as high as wide; stores show 1.6 best.")
    return doubts
