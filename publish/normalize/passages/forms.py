"""What plain text is read as, by its form: each reading under the code by which the author refuses it."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from publish.normalize.passages.lists import Finish
from publish.source import Run

VERSE, LETTER, QUOTATION, SPEECH, TABLE = "STR042", "STR043", "STR044", "STR045", "STR047"

Reads = Callable[[str, Sequence[Run]], bool]
"""Notes that runs of text are read so; false where the author refuses it."""


class Desk(Struct, frozen=True):
    """What the text of a section is handed to."""

    finish: Finish
    """Sets one paragraph."""
    reads: Reads
    refuses: Reads
    """Tells whether a reading is refused, and notes nothing."""
    unsigned: Finish
    """Takes the typed sign off an entry of a list."""
    scene: Callable[[Run], Run]
    """Puts a sign for words that say that a scene ends."""
    speaks: Callable[[], bool]
    """Tells whether dashes open speech in the manuscript."""
