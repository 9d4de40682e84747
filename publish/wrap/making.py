"""Metadata and measures → the PDF of a wrap cover."""

from datetime import datetime
from io import BytesIO

from msgspec.structs import replace

from publish import glyphs
from publish.document import Metadata
from publish.epub import cover as designs
from publish.epub.given import prepared
from publish.epub.lettering import Type
from publish.epub.look import Look
from publish.pdf.engine import Press, facts_of
from publish.pictures import FOLDER, NONE, Picture, Pictures, kind_of
from publish.stores import Store
from publish.styles import Style
from publish.wrap.boards import letter_spine, set_back, set_barcode
from publish.wrap.canvas import Front, Sheet
from publish.wrap.inks import print_in_inks
from publish.wrap.measures import Wrap
from publish.wrap.wishes import Cover, Wish

_CSS = """
body { margin: 0; padding: 0 }
div, p, svg, img { position: absolute; margin: 0; padding: 0 }
p { line-height: 0; white-space: pre }
img { object-fit: cover }
.back { position: static; line-height: 1.42; hyphens: manual; text-align: left }
.back p { position: static; line-height: inherit; white-space: normal; widows: 1; orphans: 1 }
.back p + p { margin-top: .55em }
"""
_DOTS = 300
"""Pixels to the inch that a picture on a cover is to have."""


def make(  # noqa: PLR0913, PLR0917 - the book, its form, the printer, the wishes and the clock
    metadata: Metadata, style: Style, wrap: Wrap, store: Store, wish: Wish, modified: datetime
) -> Cover:
    """Make the cover of a book for a store's printer, the same bytes for the same arguments.

    Raises PublishError for a design or colour that is not known, and for a broken picture.
    """
    given = prepared(wish.front) if wish.front else None
    pictures = _pictures(given.image) if given else NONE
    words = designs.words_of(metadata, style)
    css = f'{_page(wrap.sheet)}{_CSS}.back {{ font-family: "{style.text_family}" }}\n'
    press = Press(css, words.display.families, pictures)
    language = metadata.language.value

    def fits(html: str, width: float, height: float) -> bool:
        return len(press.lay_out(_document(html, language), _page((width, height)))) == 1

    sheet = Sheet()
    asked = glyphs.missing(wish.back, (style.text_family,))
    lacking = "".join(sorted({*designs.lacking(metadata, style), *press.unprintable(asked, language)}))
    left_out = str.maketrans("", "", lacking)
    names = tuple(name.translate(left_out) for name in words.names)
    words = replace(words, title=words.title.translate(left_out), names=names)
    _cover_ground(sheet, wrap, metadata, style, wish)
    notes = [f"No font on this machine can draw {lacking} on the cover."] if lacking else []
    if given:
        notes += [note for note in given.notes if note.startswith("The cover was changed")]
        notes += _place_picture(sheet, wrap, given.image, next(iter(pictures)))
    notes.append(letter_spine(sheet, wrap, words, designs.PAPER, language))
    notes.append(set_back(sheet, wrap, wish.back.translate(left_out), designs.PAPER, fits))
    figures = Type((style.display_family, style.text_family), features=("lnum",))
    notes.append(set_barcode(sheet, wrap, wish.isbn, wish.price, figures))
    page = press.lay_out(_document("".join(sheet.parts), language))[0]
    facts = replace(
        facts_of(metadata, modified), title=f"{metadata.title.value}: cover", description="", created=""
    )
    data, told = print_in_inks(press.print([page], facts, tagged=False), wrap, store)
    return Cover(data, tuple(note for note in [*notes, *told] if note))


def _cover_ground(sheet: Sheet, wrap: Wrap, metadata: Metadata, style: Style, wish: Wish) -> None:
    """Fill the sheet with its colour and set the made front."""
    look = Look(design=wish.design or style.cover.design, colour=wish.colour)
    designs.check_design(look.design)
    designs.check_colour(look.colour)
    ground = designs.colour_of(metadata, look)
    sheet.fill(0.0, 0.0, *wrap.sheet, ground)
    if not wish.front:
        designs.DESIGNS[look.design](Front(sheet, wrap), designs.words_of(metadata, style), ground)


def _document(body: str, language: str) -> str:
    return f'<html lang="{language}"><body>{body}</body></html>'


def _page(size: tuple[float, float]) -> str:
    return f"@page{{size:{size[0]:.3f}pt {size[1]:.3f}pt;margin:0}}\n"


def _pictures(front: bytes) -> Pictures:
    kind = kind_of(front)
    return {f"{FOLDER}front.{kind.suffix}": Picture(kind, lambda: front)}


def _place_picture(sheet: Sheet, wrap: Wrap, front: bytes, name: str) -> list[str]:
    """Let a picture fill the front and its bleed; give what a printer would say of it."""
    from PIL import Image

    width, height = wrap.width + wrap.bleed, wrap.height + 2 * wrap.bleed
    sheet.parts.append(
        f'<img src="{name}" alt="" style="left:{wrap.front_left:.3f}pt;top:0;'
        f'width:{width:.3f}pt;height:{height:.3f}pt"/>'
    )
    with Image.open(BytesIO(front)) as picture:
        dots = min(picture.width / width, picture.height / height) * 72
    if dots >= _DOTS:
        return []
    return [f"The picture of the front has {dots:.0f} pixels to the inch; printers ask for {_DOTS}."]
