"""Headings that are printed twice: by a site above its post, or below their own label."""

from collections.abc import Collection, Sequence

from publish.normalize.lines import headings
from publish.normalize.lines.shape import ends_sentence
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites.posts import LONGEST, known_by_words

DOUBLED = "Heading printed twice."
HEADING_AGAIN = "STR046"
"""The code under which a heading that is printed twice leaves the text."""


def doubled_titles(
    sheet: Sheet, heads: Sequence[tuple[int, int]], gone: Collection[int] = ()
) -> dict[int, str]:
    """Give the lines that repeat the heading they follow; `gone` is furniture that may stand between."""
    found: dict[int, str] = {}
    for first, after in heads:
        body = after
        while body in gone:
            body += 1
        if is_printed_again(sheet, sheet.texts[first:after], body):
            found[body] = DOUBLED
    return found


def is_printed_again(sheet: Sheet, title: Sequence[str], index: int) -> bool:
    """Tell a line that is the title above it once more from a text that opens with its title's words.

    Such a text is a sentence, speech or verse: "Snow." below "SNOW", a line that touches the next; no text
    opens with "Chapter 4" or "Prologue".
    """
    words, below = words_folded(" ".join(title)), index + 1
    if index >= len(sheet.texts) or not words or words_folded(sheet.texts[index]) != words:
        return False
    line, text = sheet.lines[index], sheet.texts[index]
    if len(title) > 1 or headings.parse(text) is not None:
        return not line.is_told
    if ends_sentence(text) or line.is_told or not text[0].isalnum():
        return False
    if below >= len(sheet.lines) or sheet.lines[below].blanks_above or sheet.first_of_file(below):
        return True
    # A line of a site, which has a date or counts something, is no verse.
    under = sheet.texts[below]
    return len(under) > LONGEST or bool(known_by_words(under)) or any(map(str.isdigit, under))
