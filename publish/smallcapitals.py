"""Small capitals in every language that a font draws letters of its own for.

A font may give a language another f or i (`locl`) and forget it in its small capitals (`smcp`, `c2sc`): in a
German book each f then stays small between them. What the font has for the usual letter serves here for the
other one too.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

_DOTTED = ("i", "\u0130")
"""Languages that give i another glyph have two of them; its capital keeps the dot."""


def completed(font: bytes) -> bytes:
    """Give a font whose small capitals cover the forms that languages give their letters.

    The same bytes for the same font, and the font itself where nothing is wanting.
    """
    from fontTools.ttLib import TTFont

    read = TTFont(BytesIO(font), recalcTimestamp=False, recalcBBoxes=False)
    if "GSUB" not in read or read["GSUB"].table.LookupList is None:
        return font
    local = {pair for mapping in _singles(read, "locl") for pair in mapping.items()}
    drawn = [*_singles(read, "smcp"), *_singles(read, "c2sc")]
    known = {glyph: small for mapping in drawn for glyph, small in mapping.items()}
    letters = read.getBestCmap()
    dotless, dotted = (letters.get(ord(letter), "") for letter in _DOTTED)
    wanting = False
    for mapping in drawn:
        for letter, form in sorted(local):
            if letter in mapping and form not in known:
                mapping[form] = known.get(dotted, mapping[letter]) if letter == dotless else mapping[letter]
                wanting = True
    if not wanting:
        return font
    whole = BytesIO()
    read.save(whole)
    return whole.getvalue()


def _singles(font: Any, feature: str) -> Iterator[dict[str, str]]:
    """Give what a feature puts for single glyphs, as tables that may be added to."""
    table = font["GSUB"].table
    records = table.FeatureList.FeatureRecord
    lookups = {at for one in records if one.FeatureTag == feature for at in one.Feature.LookupListIndex}
    for at in sorted(lookups):
        for part in table.LookupList.Lookup[at].SubTable:
            single = getattr(part, "ExtSubTable", part)
            if single.LookupType == 1:
                yield single.mapping
