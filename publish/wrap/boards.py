"""Spine and back of a wrap cover."""

from bisect import bisect_left
from collections.abc import Callable

from publish.epub.cover import Words
from publish.epub.lettering import Colour, Type, shaped
from publish.wrap import barcode
from publish.wrap.canvas import Sheet, css
from publish.wrap.measures import Wrap
from publish.xhtml import escape

_INK: Colour = (0, 0, 0)
_WHITE: Colour = (255, 255, 255)
_SMALLEST, _LARGEST = 6.0, 22.0
"""Sizes between which the letters of a spine stay; smaller ones nobody reads on a shelf."""
_LESSER, _APART = 0.78, 2.0
"""Size of the author on a spine, and how far the title stands from it, of the title's size."""
_GOOD = 0.7
"""Share of the largest size below which the authors are told more shortly."""
_CAPITALS = 0.66
"""Height of capitals, in em."""
_TALL = 1.12
"""Room that letters need across a spine whose middle is that of the capitals: twice what hangs lowest."""
_UPWARDS = frozenset({"ca", "de", "es", "fr", "it", "pt", "ro"})
"""Languages whose spines mostly read from the foot up."""
BOX = (144.0, 86.4)
"""Of the barcode: 2 × 1.2 inches, as Amazon KDP leaves free."""
_MODULE, _NARROW = 0.33 * 72 / 25.4, 0.27 * 72 / 25.4
"""Width of a module at full size, and where a price stands beside the number."""
_BARS = 45.0
_TEXT_SIZES = tuple(size / 4 for size in range(50, 33, -1))
"""From 12.5 to 8.5 points."""


def letter_spine(sheet: Sheet, wrap: Wrap, words: Words, colour: Colour, language: str) -> str:
    """Letter the spine with author and title; give why it stays bare, or nothing."""
    if not wrap.lettered:
        return "The spine has no letters: the printer takes them on thicker books only."
    room, length = wrap.spine - 2 * wrap.spine_clear, wrap.height - 4 * wrap.safe
    title_run = shaped(words.title, words.display).width
    largest = min(room / _TALL, _LARGEST)
    sized = [(_spine_size(title_run, author, words, length), author) for author in _authors(words.names)]
    good = [pair for pair in sized if pair[0] >= _GOOD * largest]
    size, author = good[0] if good else max(sized)
    size, author_run = min(size, largest), _LESSER * shaped(author, words.name).width
    if size < _SMALLEST:
        return "The spine has no letters: it is too narrow for any that could be read."
    inner, begin = Sheet(), 2 * wrap.safe
    inner.letters(author, words.name, _LESSER * size, (begin, _LESSER * size * _CAPITALS / 2), colour)
    least = begin + (author_run + _APART) * size if author else begin
    left = max(least, (wrap.height - title_run * size) / 2)
    inner.letters(words.title, words.display, size, (left, size * _CAPITALS / 2), colour)
    middle = wrap.spine_left + wrap.spine / 2
    if language.partition("-")[0] in _UPWARDS:
        sheet.turned((middle, wrap.bleed + wrap.height), -90, inner.parts)
    else:
        sheet.turned((middle, wrap.bleed), 90, inner.parts)
    return ""


def _authors(names: tuple[str, ...]) -> list[str]:
    """Give what a spine may say of the authors, the fullest first: names, last names, the first of them."""
    last = [name.split()[-1] for name in names if name.split()]
    return list(dict.fromkeys([", ".join(names), ", ".join(last), *last[:1], ""]))


def _spine_size(title_run: float, author: str, words: Words, length: float) -> float:
    """Give the size at which title and author fill a spine."""
    run = title_run + (_LESSER * shaped(author, words.name).width + _APART if author else 0.0)
    return length / max(run, 1.0)


def set_back(
    sheet: Sheet, wrap: Wrap, text: str, colour: Colour, fits: Callable[[str, float, float], bool]
) -> str:
    """Set the text of the back, as large as it fits above the place of the barcode.

    `fits` tells whether XHTML fits into a width and a height. Gives what is wrong, or nothing.
    """
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    if not paragraphs:
        return ""
    margin = 2.2 * wrap.safe
    width = wrap.width - 2 * margin
    height = wrap.height - 2 * margin - BOX[1] - wrap.safe
    body = "".join(f"<p>{escape(part)}</p>" for part in paragraphs)

    def set_at(size: float) -> str:
        return f'<div class="back" style="font-size:{size}pt;color:{css(colour)}">{body}</div>'

    at = bisect_left(_TEXT_SIZES, True, key=lambda size: fits(set_at(size), width, height))
    if at == len(_TEXT_SIZES):
        return f"The text of the back has {len(text):,} characters, and not all have room; shorten it."
    sheet.parts.append(
        f'<div style="left:{wrap.bleed + margin:.3f}pt;top:{wrap.bleed + margin:.3f}pt;'
        f'width:{width:.3f}pt">{set_at(_TEXT_SIZES[at])}</div>'
    )
    return ""


def set_barcode(sheet: Sheet, wrap: Wrap, isbn: str, price: str, kind: Type) -> str:
    """Put the barcode on white at the back's foot, by the spine; give why there is none, or nothing."""
    if not isbn:
        return "The back has no barcode, for the book has no ISBN; its place is left free."
    digits = barcode.thirteen(isbn)
    left = wrap.spine_left - 1.5 * wrap.safe - BOX[0]
    top = wrap.bleed + wrap.height - 1.5 * wrap.safe - BOX[1]
    sheet.fill(left, top, *BOX, _WHITE)
    module = _NARROW if price else _MODULE
    modules = barcode.MODULES + (barcode.APART + barcode.ADDED_MODULES if price else 0)
    # The first figure stands left of the bars, so that the whole looks centred when the bars do not.
    x, y = left + (BOX[0] - modules * module) / 2 + 3 * module, top + 22
    caption = f"ISBN {isbn}"
    size = 7.5
    wide = shaped(caption, kind).width * size
    sheet.letters(caption, kind, size, (left + (BOX[0] - wide) / 2, top + 14), _INK)
    for at, width in barcode.ean13(digits):
        is_guard = at in (0, 2, 46, 48, 92, 94)
        sheet.fill(x + at * module, y, width * module, _BARS + (4 if is_guard else 0), _INK)
    _figures(sheet, kind, digits[0], (x - 9 * module, y + _BARS + 8), 7 * module)
    _figures(sheet, kind, digits[1:7], (x + 3 * module, y + _BARS + 8), 7 * module)
    _figures(sheet, kind, digits[7:], (x + 50 * module, y + _BARS + 8), 7 * module)
    if price:
        beside = x + (barcode.MODULES + barcode.APART) * module
        for at, width in barcode.ean5(price):
            sheet.fill(beside + at * module, y + 9, width * module, _BARS - 5, _INK)
        _figures(sheet, kind, price, (beside + 3 * module, y + 6), 9 * module)
    return ""


def _figures(sheet: Sheet, kind: Type, digits: str, at: tuple[float, float], step: float) -> None:
    """Set figures so many points apart."""
    size = 8.0
    for number, digit in enumerate(digits):
        inset = (step - shaped(digit, kind).width * size) / 2
        sheet.letters(digit, kind, size, (at[0] + number * step + inset, at[1]), _INK)
