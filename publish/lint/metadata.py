"""Rules on what is known of the book as a whole."""

from publish.diagnostic import Severity
from publish.lint.rule import Example, reported

_STORY = "The house had stood empty for years, and nobody in the village knew who owned it now.\n"

_OTHER = "In the morning the gate was open. She saw it from the road, and she did not stop to ask.\n"

reported(
    "MET001",
    "metadata-missing",
    """The title, the author or the language of the book is not known.

    A store refuses a book without them, and a reading program cannot list or pronounce it.

    Fix: Write it in book.toml, under `[book]`.
    Source: EPUB 3.3, 5.5.3 (required metadata); Kindle Publishing Guidelines, metadata.
    """,
    examples=(Example("⟦The House⟧\n\n" + _STORY + "\n" + _OTHER),),
    passes=("---\ntitle: The House\nauthor: Jane Roe\nlanguage: en\n---\n\n" + _STORY,),
)
reported(
    "MET005",
    "metadata-inferred",
    """The title, author, date or language was inferred from the text.

    Nothing in book.toml or at the head of the file says it, but the text does: a first line that stands
    alone, a line of a web page with a name and a date.

    Fix: If it is right, nothing needs doing; else write it in book.toml, under `[book]`.
    Source: The manuscript itself.
    """,
    severity=Severity.INFO,
    examples=(Example("⟦The House⟧\n\n" + _STORY + "\n" + _OTHER),),
    passes=("---\ntitle: The House\nauthor: Jane Roe\nlanguage: en\n---\n\n" + _STORY,),
)
