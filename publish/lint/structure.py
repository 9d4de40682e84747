"""Rules on structure and order: what leaves the text, and what the normalizer has to say on the divisions."""

from publish.diagnostic import Severity
from publish.lint.rule import Example, mirror, reported

_P = "The house had stood empty for years, and nobody in the village knew who owned it now.\n"
"""A paragraph, so that the examples' chapters are not empty."""
_Q = "In the morning the gate was open. She saw it from the road, and she did not stop to ask.\n"
_R = "When they came to the river it was dark. He lit the lamp, and the boat lay where he had left it.\n"


def _chapters(*headings: str) -> str:
    bodies = (_P, _Q, _R)
    return "The House\n\n" + "\n".join(
        f"{heading}\n\n{bodies[at % 3]}" for at, heading in enumerate(headings)
    )


reported(
    "STR001",
    "number-missing",
    """A number is missing from a sequence of divisions.

    Chapter 4 follows chapter 2: a chapter was lost, or numbered wrongly, or stands under another's heading.

    Fix: Look for the missing chapter; if there is none, number the headings anew.
    Source: Standard Ebooks lint, on chapter numbers.
    """,
    examples=(Example(_chapters("Chapter 1", "Chapter 2", "⟦Chapter 4⟧")),),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
reported(
    "STR002",
    "number-twice",
    """Two divisions bear the same number.

    Where numbers begin anew in each part this is meant; here no part explains it.

    Fix: Number one of the two anew, or name the part to which each belongs.
    Source: Serials that number their posts by hand.
    """,
    examples=(
        Example(
            _chapters(
                "Chapter 1: The Gate", "Chapter 2: The Key", "⟦Chapter 2: The Lock⟧", "Chapter 3: The Door"
            )
        ),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
reported(
    "STR003",
    "order",
    """The divisions of the file do not stand in reading order.

    A blog shows the newest post first; a folder sorts 10 before 2. The book is put into the order that
    numbers, dates and names prove; `publish order` shows it with its reasons.

    Fix: Look at `publish order`; to keep the order of the file, write `keep = true` under `[order]` in
    book.toml.
    Source: The numbers and dates of the manuscript itself.
    """,
    examples=(Example(_chapters("⟦Chapter 3⟧", "Chapter 2", "Chapter 1")),),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
reported(
    "STR004",
    "several-under-one-heading",
    """One heading names several chapters.

    The text does not show where one ends and the next begins, so they stay one chapter under the heading as
    written.

    Fix: Type a heading of its own for each chapter, or leave them as one.
    Source: Serials that post several chapters at once.
    """,
    examples=(Example(_chapters("Chapter I", "⟦Chapters II, III, and IV⟧", "Chapter V")),),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
reported(
    "STR007",
    "empty-chapter",
    """A division has a heading and no text.

    Its text was lost, or the line is no heading.

    Fix: Put the text below the heading, or delete the heading.
    Source: Standard Ebooks lint, s-079.
    """,
    examples=(Example("The House\n\nChapter 1\n\n" + _P + "\n⟦Chapter 2⟧\n\nChapter 3\n\n" + _R),),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
mirror(
    "STR009",
    "scene-break",
    """A scene break is typed as a row of signs.

    * * *, # or a row of dashes all say the same. The book has one ornament for all of them.

    Fix: Nothing needs doing.
    Source: Standard Ebooks lint, s-038.
    """,
    safety=None,
    examples=(Example(_P + "\n⟦#⟧\n\n" + _Q + "\n⟦* * *⟧\n\n" + _R),),
    passes=(_P + "\n" + _Q,),
)
mirror(
    "STR010",
    "chapter-twice",
    """A chapter or a passage stands twice in the manuscript.

    One copy stays in the book; the other is set aside whole in the log.

    Fix: Delete one copy from the file; `copies` under `[order]` in book.toml says which one the book shall
    have.
    Source: Serials that post a corrected chapter again.
    """,
    severity=Severity.WARNING,
    safety=None,
    examples=(
        Example(_chapters("Chapter 1", "Chapter 2", "Chapter 3") + "\n⟦Chapter 1\n\n" + _P.strip() + "⟧\n"),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
mirror(
    "STR011",
    "web-furniture",
    """A line of a web page stands in the text.

    Reading times, dates, credits of photographs, titles repeated, buttons to like and share come along when
    a post is copied. They are left out of the book and kept in the log; author, date and credits are taken
    over from them.

    Fix: Nothing needs doing; to clean the file too, delete the line.
    Source: The page furniture of Medium, WordPress, Wattpad and others.
    """,
    safety=None,
    examples=(
        Example("The House\n\nJane Roe\n⟦8 min read⟧\n\n" + _P + "\n⟦© Jane Roe Photography⟧\n\n" + _Q),
    ),
    passes=(_P + "\n" + _Q,),
)
mirror(
    "STR012",
    "licence-or-placeholder",
    """A licence text or an editor's note stands in the text.

    The head and foot of Project Gutenberg's files, *[illustration]* or *TK* are no part of the story.

    Fix: Nothing needs doing; to clean the file too, delete the lines.
    Source: The files of Project Gutenberg.
    """,
    safety=None,
    examples=(Example(_P + "\n⟦[Illustration]⟧\n\n" + _Q),),
    passes=(_P + "\n" + _Q,),
)
mirror(
    "STR013",
    "typed-contents",
    """A list of contents is typed in the text.

    The book makes its own from the headings, with page numbers that are right.

    Fix: Nothing needs doing; to clean the file too, delete the list.
    Source: Standard Ebooks Manual of Style, 7 (the contents are made, not typed).
    """,
    safety=None,
    examples=(
        Example(
            "The House\n\n⟦Contents\n\nChapter 1\nChapter 2\nChapter 3⟧\n\n"
            + _chapters("Chapter 1", "Chapter 2", "Chapter 3").removeprefix("The House\n\n")
        ),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
mirror(
    "STR015",
    "underscores-for-italics",
    """Underscores are typed round words that are to stand in italics.

    A habit from plain text, where nothing else can be typed. The book has italics.

    Fix: Nothing needs doing.
    Source: The conventions of Project Gutenberg and of Usenet.
    """,
    safety=None,
    examples=(Example("He had ⟦_⟧never⟦_⟧ been there.", "He had never been there."),),
    passes=("The file is called the_long_house.txt here.",),
)
reported(
    "STR017",
    "part-inferred",
    """A part is never named, but its neighbours imply it.

    Chapters whose numbers go on to XIV stand before Part IV, so they are of Part III. The book names the
    part, and marks it as inferred.

    Fix: Type a heading for the part; to refuse it, write `infer-parts = false` under `[order]` in book.toml.
    Source: The numbers and part names of the manuscript itself.
    """,
    examples=(
        Example(
            "The House\n\nChapter II\n\n" + _P + "\nPart IV; Chapter I\n\n" + _Q + "\n⟦Chapter XIV⟧\n\n" + _R
            + "\nChapter XIII\n\n" + _P
        ),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)  # fmt: skip
reported(
    "STR018",
    "order-open",
    """The evidence does not decide in which order the divisions belong.

    The file's order stays. Numbers, dates or names contradict each other, or there are none.

    Fix: Name the headings in reading order under `[order]` in book.toml: `sequence = ["First", "Second"]`.
    Source: The numbers and dates of the manuscript itself.
    """,
    examples=(
        Example(_chapters("Chapter 2", "Chapter 7", "Chapter 4", "Chapter 1", "Chapter 6", "Chapter 3")),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
