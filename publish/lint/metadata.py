"""Rules on what is known, and what the author states, of the book as a whole."""

from publish.diagnostic import Severity
from publish.lint.rule import Example, reported

_STORY = "The house had stood empty for years, and nobody in the village knew who owned it now.\n"

_OTHER = "In the morning the gate was open. She saw it from the road, and she did not stop to ask.\n"

_UNSTATED = (Example("⟦The House⟧\n\n" + _STORY + "\n" + _OTHER),)
_STATED = ("---\ntitle: The House\nauthor: Jane Roe\nlanguage: en\n---\n\n" + _STORY,)

reported(
    "MET001",
    "metadata-missing",
    """The title, the author or the language of the book is not known.

    A store refuses a book without them, and a reading program cannot list or pronounce it.

    Fix: Write it in book.toml, under `[book]`.
    Source: EPUB 3.3, 5.5.3 (required metadata); Kindle Publishing Guidelines, metadata.
    """,
    examples=_UNSTATED,
    passes=_STATED,
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
    examples=_UNSTATED,
    passes=_STATED,
)
reported(
    "CFG001",
    "place-not-found",
    """A decision or a refusal names a place that the manuscript does not have.

    A place is named by the words that stand there. They were changed, or deleted, or quoted with a slip; what
    was decided there is decided no longer.

    Fix: Quote the words as they stand now, or delete the entry.
    Source: The author's own statements in book.toml or at the head of a file.
    """,
    examples=(
        Example(
            "---\ntitle: The House\nrefuse: DSH001 ⟦XIV--9⟧\n---\n\nSheet XIV--7 lay there.\n\n" + _OTHER
        ),
    ),
    passes=("---\ntitle: The House\nrefuse: DSH001 XIV--7\n---\n\nSheet XIV--7 lay there.\n\n" + _OTHER,),
)
reported(
    "CFG002",
    "refusal-idle",
    """A refusal refuses nothing.

    What it was for has been mended in the manuscript, or another rule does it. Left standing it hides what
    comes up there later. Or the manuscript never had it: a rule with that code does not exist, which is a
    warning, since what was to be refused is done.

    Fix: Correct the code; or delete the entry, if you do not expect it to be needed again.
    Source: The author's own statements in book.toml.
    """,
    severity=Severity.INFO,
    examples=(
        Example("---\ntitle: The House\nrefuse: DSH001 ⟦Sheet XIV⟧\n---\n\nSheet XIV lay.\n\n" + _OTHER),
    ),
    passes=("---\ntitle: The House\nrefuse: DSH001 XIV--7\n---\n\nSheet XIV--7 lay there.\n\n" + _OTHER,),
)
