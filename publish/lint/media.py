"""Rules on pictures."""

import re
from collections.abc import Iterator

from publish.config import Config
from publish.diagnostic import Diagnostic
from publish.lint.reading import Reading
from publish.lint.rule import RULES, Example, Hit, book_rule, diagnostic, text_rule
from publish.normalize.result import Normalized
from publish.patterns import lazily
from publish.pictures import figures, names_a_file

_HEAD = "---\ntitle: The House\nauthor: Jane Roe\nlanguage: en\n---\n\n"
_TEXT = "The house had stood empty for years, and nobody in the village knew who owned it now.\n\n"


@book_rule(
    "MED001",
    examples=(
        Example(_HEAD + _TEXT + '![](⟦house.jpg⟧ "The house")\n'),
        Example(_HEAD + _TEXT + "![house.jpg](⟦house.jpg⟧)\n"),
    ),
    passes=(_HEAD + _TEXT + '![A house without doors](house.jpg "The house")\n',),
)
def picture_undescribed(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """Nothing says in words what a picture shows.

    Whoever hears the book, or cannot see the picture, does not learn what is in it; the law of many countries
    asks for the words, and the e-book may not claim to be accessible. A caption tells something else, and the
    name of the file tells nothing.

    Fix: Write what it shows between the square brackets before the file's name.
    Source: Web Content Accessibility Guidelines 2.2, 1.1.1; EPUB Accessibility 1.1.
    """
    for figure in figures(normalized.book):
        if not figure.alt.text.strip() or names_a_file(figure.alt.text):
            told = f"Nothing says what the picture “{figure.image.text}” shows."
            if found := diagnostic(RULES["MED001"], figure.image, Hit(0, len(figure.image), told)):
                yield found


_PICTURE = lazily(r"!\[[^\[\]\uffff]*\]\((?P<file>[^()\s\uffff]+)[^()\uffff]*\)")
_REMOTE = re.compile("(?:https?:)?//", re.IGNORECASE)


@text_rule(
    "MED002",
    examples=(
        Example("She showed him ⟦![the map](map.png)⟧ of the valley."),
        Example("⟦![The map](https://example.org/map.png)⟧"),
    ),
    passes=("She showed him the map (map.png) of the valley!",),
)
def picture_as_text(reading: Reading) -> Iterator[Hit]:
    """The mark of a picture is printed as it is typed.

    A picture stands alone in its paragraph and lies in a file of the book's folder. One amid a sentence would
    tear the line apart; one on the web could be gone tomorrow, and nothing is fetched.

    Fix: Save the picture in the book's folder, and give it a paragraph of its own.
    Source: The pictures of Markdown.
    """
    for match in reading.find(_PICTURE, "!["):
        why = "it lies on the web" if _REMOTE.match(match["file"]) else "it stands amid text"
        yield Hit(*match.span(), f"This picture is printed as it is typed, since {why}.")
