"""What passages of plain text are read as: told once for each file, refused passage by passage."""

from collections.abc import Iterator

from publish.config import Config
from publish.diagnostic import Diagnostic, Severity
from publish.lint.rule import RULES, Example, book_rule
from publish.normalize.result import Normalized

_P = "The house had stood empty for years, and nobody in the village knew who owned it now.\n"
_Q = "In the morning the gate was open. She saw it from the road, and she did not stop to ask.\n"
_POEM = (
    "The river runs along the wall,\nAnd nobody comes home at all,\nAnd owls in the dusk will call\n"
    "Till morning"
)


def _told(normalized: Normalized, code: str, one: str, many: str) -> Iterator[Diagnostic]:
    """Give the first reading of each file, and how many there are."""
    for key in normalized.sources:
        spans = [item.span for item in normalized.readings if item.rule == code and item.span.source == key]
        if spans:
            found = f"{len(spans):,} {many}; `publish changes` shows them." if len(spans) > 1 else ""
            message = found or f"{one}; `publish changes` shows it."
            yield Diagnostic(code, RULES[code].severity, message, spans[0])


@book_rule(
    "STR042",
    severity=Severity.INFO,
    examples=(Example(f"The House\n\n{_P}\n⟦{_POEM}⟧.\n\n{_Q}".replace("⟧.", ".⟧")),),
    passes=(f"The House\n\n{_P}\n{_Q}",),
)
def read_as_verse(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """Short lines that touch each other are read as verse.

    They do not end as sentences do, or stand in. Each keeps its line, also on a narrow screen, where a line
    that is too long goes on set in.

    Fix: Nothing needs doing; refuse the reading where they are paragraphs, or state it where it was not made.
    Source: The manner of typed verse.
    """
    yield from _told(normalized, "STR042", "One passage is read as verse", "passages are read as verse")


@book_rule(
    "STR043",
    severity=Severity.INFO,
    examples=(
        Example(
            f"The House\n\n{_P}\n⟦Dear Ada,\n\nThe river is frozen, and nobody has come across.\n\n"
            f"Your loving brother,\n\nTom⟧\n\n{_Q}"
        ),
    ),
    passes=(f"The House\n\n{_P}\n{_Q}",),
)
def read_as_letter(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A passage is read as a letter.

    It begins with a salutation, or place and date above one, and ends with a close or a name. The editions
    set letters apart from the story.

    Fix: Nothing needs doing; refuse the reading where it is none, or state it where it was not made.
    Source: The conventions of letters.
    """
    yield from _told(normalized, "STR043", "One passage is read as a letter", "passages are read as letters")


@book_rule(
    "STR044",
    severity=Severity.INFO,
    examples=(
        Example("The House\n\nChapter 1\n\n⟦No man is an island.\n\n—John Donne⟧\n\n" + _P + "\n" + _Q),
    ),
    passes=(f"The House\n\n{_P}\n{_Q}",),
)
def read_as_quotation(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """A passage is read as a quotation: an epigraph, a telegram, lines that are set in.

    The editions set it apart from the story, the source of an epigraph in a line of its own.

    Fix: Nothing needs doing; refuse the reading where it is none, or state it where it was not made.
    Source: The manner of typed manuscripts.
    """
    one = "One passage is read as a quotation"
    yield from _told(normalized, "STR044", one, "passages are read as quotations")


@book_rule(
    "STR047",
    severity=Severity.INFO,
    examples=(Example(f"The House\n\n{_P}\n⟦Year\tIce\n1911\t12\n1912\t14⟧\n\n{_Q}"),),
    passes=(f"The House\n\n{_P}\nAnna\tWho is there?\nBen\tNobody is.\n\n{_Q}",),
)
def read_as_table(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """Lines of words or numbers with tabs between them are read as a table.

    They touch each other, and each has as many cells. The first line names the columns where it alone has no
    number.

    Fix: Nothing needs doing; refuse the reading where they are lines of text.
    Source: The manner of typed tables, and of cells copied from a spreadsheet.
    """
    yield from _told(normalized, "STR047", "One passage is read as a table", "passages are read as tables")


_TALK = "⟦ANNA: Who is there?⟧\n\nBEN: It is me.\n\nANNA: Come in.\n\nBEN: I will not.\n\n"


@book_rule(
    "STR045",
    severity=Severity.INFO,
    examples=(Example(f"The House\n\n{_P}\n{_TALK}{_Q}"),),
    passes=(f"The House\n\n{_P}\nNote: the gate was open.\n\n{_Q}",),
)
def read_as_speech(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """The words at the beginning of a paragraph are read as the name of who speaks.

    Such names come back and take turns, as in a play, an interview or a chat. The editions set them apart
    from what is said, which stays as it is typed.

    Fix: Nothing needs doing; refuse the reading where nobody speaks, or state it where it was not made.
    Source: The manner of printed plays.
    """
    yield from _told(
        normalized, "STR045", "One paragraph is read as a speech", "paragraphs are read as speeches"
    )
