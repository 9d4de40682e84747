"""In which direction text runs: that of a language's books, and of paragraphs that run the other way."""

import re
import unicodedata

FROM_RIGHT = frozenset(("R", "AL"))
"""Unicode's classes of letters that run from right to left."""
_PARAGRAPH = re.compile(r"<p(?=[ >])([^>]*>)(.*?)(?=</p>)", re.DOTALL)
_TAG = re.compile("<[^>]*>|&[^;]*;")
_MAY_RUN_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\U0001efff]")
"""All letters that do, and signs between them: of two ranges a page is asked sooner than of five."""


def is_right_to_left(language: str) -> bool:
    """Tell whether books in a language (BCP 47) are written and bound from right to left."""
    primary, *subtags = language.lower().split("-")
    if "latn" in subtags or "cyrl" in subtags:
        return False
    return primary in {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}


def directed(html: str, language: str) -> str:
    """Give XHTML in which each paragraph says so whose letters mostly run the other way than the book's."""
    from_right = is_right_to_left(language)
    if not from_right and not _MAY_RUN_LEFT.search(html):
        return html
    other = "ltr" if from_right else "rtl"

    def said(match: re.Match[str]) -> str:
        kinds = list(map(unicodedata.bidirectional, _TAG.sub("", match[2])))
        right, left = sum(map(kinds.count, FROM_RIGHT)), kinds.count("L")
        against = left > right if from_right else right > left
        return f'<p dir="{other}"{match[1]}{match[2]}' if against else match[0]

    return _PARAGRAPH.sub(said, html)
