"""Rules that hold the book against the style sheet kept with it."""

from collections.abc import Iterator

from publish.lint.kept import unwanted
from publish.lint.names import near
from publish.lint.reading import Reading
from publish.lint.rule import Example, Hit, text_rule


@text_rule(
    "CON015",
    examples=(
        Example(
            "He said ⟦goodbye⟧ and all was ⟦okay⟧.",
            "He said good-bye and all was all right.",
            sheet="good-bye; okay > all right",
        ),
    ),
    passes=("He said good-bye, and it was all right.",),
)
def against_the_style_sheet(reading: Reading) -> Iterator[Hit]:
    """A word is written in a way that the style sheet of the book decides against.

    The sheet lies beside the manuscript as `stylesheet.json`. Its words with hyphens and accents are to stand
    so throughout; under `never` the editor writes what is not to stand at all, and what stands instead.

    Fix: Write what the sheet has, or change the sheet.
    Source: The style sheet of copy-editors.
    """
    if reading.sheet is None:
        return
    forms = unwanted(reading.sheet)
    words = {word: right for word in reading.counts if (right := forms.get(word.lower()))}
    for match in reading.each(*words):
        right = words[match[0]]
        if not right.isascii() and reading.known(match[0].lower()) > _WORD_TOO:
            continue  # Resume and résumé are two words.
        right = right.capitalize() if match[0].istitle() else right
        told = f"“{match[0]}” is “{right}” in the style sheet."
        yield Hit(*match.span(), told, right)


_WORD_TOO = 20_000


@text_rule(
    "CON016",
    examples=(Example("So he saw ⟦Katharine⟧ there, and ⟦Martha⟧.", sheet="Katherine; Marta"),),
    passes=("So he saw Katherine there, and old Mary.",),
)
def name_near_the_style_sheet(reading: Reading) -> Iterator[Hit]:
    """A name is nearly one of the style sheet, and is not in it.

    One letter makes another person of Katherine. Names are held against the characters and places of
    `stylesheet.json` beside the manuscript.

    Fix: Spell it as the sheet does, or enter it there.
    Source: The style sheet of copy-editors.
    """
    if reading.sheet is None:
        return
    listed = {entry.name: entry for entry in (*reading.sheet.characters, *reading.sheet.places)}
    allowed = {*listed, *(other for entry in listed.values() for other in entry.also)}
    names = {word for name in allowed for word in name.split() if word.isalpha()}
    close = {other: name for name in names for other in near(name) & reading.names.keys() - names}
    for match in reading.each(*close):
        yield Hit(*match.span(), f"“{match[0]}” is not in the style sheet, which has “{close[match[0]]}”.")
