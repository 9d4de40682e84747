"""Drop caps: the first letter of a chapter, as tall as some lines, which stand in beside it.

A quotation mark before the letter keeps the size of the text and hangs in the margin, so that the letter
stands at the edge of the column.
"""

import re
from html import unescape

from publish.fonts import faces, opened
from publish.pdf.geometry import Geometry

CAP, MARK = "drop-cap", "drop-mark"
_OPENING = re.compile(
    r'(</header>\n<p class="first">)([“‘"\'„‚«‹¡¿]{0,2})(<span class="lead-in">)?'
    r"([^\W\d_])(?![\u0300-\u036f])(?=(.*?)</p>)",
    re.DOTALL,
)
_TAG = re.compile("<[^>]*>")
_SURELY = 1.5
"""What the paragraph must have of the characters of the lines beside the letter, to fill them surely."""
BESIDE = 0.06
"""Space between the letter and the lines beside it, in em of the letter."""
_SLACK = 1.0
"""Points by which the letter's box ends above the next line."""


def with_initials(html: str, deep: int, page: Geometry) -> str:
    """Give XHTML in which the paragraphs below headings begin with letters so many lines deep.

    Those that are too short for it stay as they are, and those that begin with anything but a capital or a
    quotation mark and a capital.
    """
    least = _SURELY * deep * page.measure / (page.mean_advance * page.size)

    def opened(match: re.Match[str]) -> str:
        start, marks, lead_in, letter, rest = match.groups(default="")
        if letter.upper() != letter or len(unescape(_TAG.sub("", rest))) < least:
            return match[0]
        before = f'<span class="{MARK}">{marks}</span>' if marks else ""
        return f'{start}{before}<span class="{CAP} lines-{deep}">{letter}</span>{lead_in}'

    return _OPENING.sub(opened, html) if deep else html


def lines_of(name: str) -> int:
    """Give how many lines a drop cap of a class is deep."""
    return int(name.rpartition("lines-")[2])


def initials_css(deep: int, page: Geometry, family: str) -> str:
    """Give the rules of drop caps: from the top of the first line's capitals to the last line's foot."""
    if not deep:
        return ""
    font = opened(str(faces(family)[0].path))
    upem, extents = font.face.upem, font.get_font_extents("ltr")
    capital = font.get_glyph_extents(font.get_nominal_glyph(ord("H"))).y_bearing / upem
    size = page.size + (deep - 1) * page.leading / capital
    # WeasyPrint centres ascender and descender in a line; the letter's foot belongs on that of its last line.
    middle = (extents.ascender + extents.descender) / upem / 2
    down = (deep - 1) * page.leading / 2 - middle * (size - page.size)
    return (
        f".{CAP}{{float:left;font-size:{size:.3f}pt;line-height:{deep * page.leading:.3f}pt;"
        f"margin:{down:.3f}pt {BESIDE}em {-down - _SLACK:.3f}pt 0;hyphens:manual}}\n"
        f".{MARK}{{float:left;width:1.2em;margin-left:-1.2em;text-align:right;text-indent:0}}\n"
    )
