"""Rules on structure and order: what leaves the text, and what is to be said on the divisions."""

from collections import Counter
from collections.abc import Iterator

from publish.config import Config
from publish.diagnostic import Diagnostic, Severity
from publish.document import SceneBreak, walk_divisions
from publish.lint.rule import RULES, Example, Hit, book_rule, diagnostic, mirror, reported
from publish.normalize.result import Normalized

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
    examples=(Example(_chapters("Chapter 1", "⟦Chapter 2⟧", "Chapter 4")),),
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

    Fix: Look at `publish order`; to keep the order of the file, say so.
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
_TWICE = Example(_chapters("Chapter 1", "Chapter 2", "Chapter 3") + "\n⟦Chapter 1⟧\n\n⟦" + _P.strip() + "⟧\n")
reported(
    "STR010",
    "chapter-twice",
    """A chapter stands twice in the manuscript.

    One copy stays in the book; the other is set aside, whole, in the log.

    Fix: Delete one copy from the file, or say which one the book shall have.
    Source: Serials that post a corrected chapter again.
    """,
    examples=(_TWICE,),
    repairs=(_TWICE,),
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
    examples=(
        Example("The House\n\nJane Roe\n⟦8 min read⟧\n\n" + _P + "\n⟦© Jane Roe Photography⟧\n\n" + _Q),
    ),
    passes=(_P + "\n" + _Q,),
)
mirror(
    "STR046",
    "heading-again",
    """A heading stands twice where the book prints it once.

    Programs that export posts print the title of each twice, one below the other; and authors who post
    chapter by chapter repeat the heading of the part above every chapter. One is printed.

    Fix: Nothing needs doing; refuse it where the heading is to stand again.
    Source: The export of blogs.
    """,
    examples=(
        Example("The House\n\nChapter 1: Rain\n⟦Chapter 1: Rain⟧\n\n" + _P + "\nChapter 2: Snow\n\n" + _Q),
        Example("The House\n\nPart One\n\nChapter 1\n\n" + _P + "\n⟦Part One⟧\n\nChapter 2\n\n" + _Q),
    ),
    passes=(_chapters("Chapter 1: Rain", "Chapter 2: Snow"),),
)
mirror(
    "STR056",
    "break-in-words",
    """Words say that a scene ends, where a book has a sign or white space.

    *[scene break]*, *~TIME SKIP~* or `<hr>` between two paragraphs is a note of the author or of a program.
    The book has the sign of a scene break there.

    Fix: Nothing needs doing; refuse it where the words are the story's.
    Source: Stories on sites for readers, whose editors have no scene breaks.
    """,
    examples=(
        Example(_P + "\n⟦[scene break]⟧\n\n" + _Q),
        Example(_P + "\n⟦~TIME SKIP~⟧\n\n" + _Q),
    ),
    passes=(_P + "\n“Time skip,” she said.\n\n" + _Q,),
)
mirror(
    "STR012",
    "library-notice",
    """The notice or licence of an e-text library stands in the text.

    The head and foot of Project Gutenberg's files are no part of the story. They are left out of the book
    and kept in the log; title, author and language are taken over from them.

    Fix: Nothing needs doing; to clean the file too, delete the lines.
    Source: The files of Project Gutenberg.
    """,
    examples=(
        Example(
            "⟦The Project Gutenberg eBook of The House⟧\n\n"
            "⟦*** START OF THE PROJECT GUTENBERG EBOOK THE HOUSE ***⟧\n\n" + _P + "\n" + _Q
        ),
    ),
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
    examples=(
        Example(
            "The House\n\n⟦Contents⟧\n\n⟦Chapter 1⟧\n⟦Chapter 2⟧\n⟦Chapter 3⟧\n\n"
            + _chapters("Chapter 1", "Chapter 2", "Chapter 3").removeprefix("The House\n\n")
        ),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
_MAIL = "⟦From: Ada Marsh <ada@example.org>⟧\n⟦Date: Tue, 3 May 2022 10:15⟧\n⟦Subject: The Ferry⟧\n\n"
mirror(
    "STR041",
    "mail-headers",
    """What a mail program puts above and below a manuscript stands in the file.

    Sender, date and subject, and with a mail that was forwarded the note above it, are no part of the book.
    They are known by their form at the top of a file; where such lines stand further down too, the story is
    told in mails, and all of them stay. An archive's data about the work, with its address, go as well, and
    so does what an author writes to an editor above title and name: an address, how many words there are.

    Fix: Nothing needs doing; to clean the file too, delete the lines.
    Source: RFC 5322, 2.2 (header fields).
    """,
    examples=(Example(_MAIL + _P + "\n" + _Q + "\n⟦Sent from my telephone⟧\n"),),
    passes=("From: the ferryman\nTo: the mayor\nSubject: the rope\n\n" + _P + "\n" + _Q,),
)
mirror(
    "STR040",
    "typed-lists",
    """A list is typed, with a sign or a number before each entry.

    The book sets lists itself, with signs and numbers of its own that count as the typed ones do. Lines that
    begin with a hyphen may be speeches too; they are a list where most are no sentences, or where nobody
    speaks so in the manuscript and a colon announces them.

    Fix: Nothing needs doing; refuse the repair where the lines are to stand as they are typed.
    Source: CommonMark 0.31, 5.3 (what a list is); the conventions of typed letters.
    """,
    examples=(
        Example(_P + "\nHe took with him:\n\n⟦* ⟧a hat\n⟦* ⟧a coat and\n  a stick\n\n" + _R),
        Example(_P + "\n⟦1. ⟧Rise early.\n⟦2. ⟧Read the paper.\n⟦3. ⟧Say nothing.\n\n" + _R),
    ),
    passes=(
        _P + "\n- Who is there?\n- It is me.\n\n" + _R,
        _P + "\n3. The third of May was the day.\n7. The seventh was not.\n\n" + _R,
    ),
)
mirror(
    "STR015",
    "signs-for-italics",
    """Signs are typed round words that are to stand in italics, or bold.

    A habit from plain text, where nothing else can be typed: _so_, *so* or /so/; **so** or =so= for bold. The
    book has italics.

    Fix: Nothing needs doing.
    Source: The conventions of Project Gutenberg and of Usenet.
    """,
    examples=(
        Example(_P + "\nHe had ⟦_⟧never⟦_⟧ been there, and he did not mean to go now.\n\n" + _R),
        Example(_P + "\nHe had ⟦*⟧never⟦*⟧ been there, and did ⟦/⟧not⟦/⟧ mean to go now.\n\n" + _R),
    ),
    passes=("The file is called the_long_house.txt here, and/or 5 * 3 * 2, he/she/they.",),
)
mirror(
    "STR019",
    "typed-notes",
    """A footnote is typed below the text, or in brackets in the middle of it.

    The sign in the text and the sign before the note are read as one note. The printed book has it at the
    foot of the page, the e-book behind a link; both number the notes of a chapter from 1, or,
    where the author counts through the whole book, keep these numbers. The sign at the end of a note
    that leads back to the text of a page is left out.

    Fix: Nothing needs doing.
    Source: The conventions of Project Gutenberg and of typed manuscripts.
    """,
    examples=(
        Example(
            _P
            + "\nHe came from Ghent⟦[1]⟧, and meant to go back there.\n\n⟦[1] ⟧A city in Flanders.⟦ ↩⟧\n\n"
            + _R
        ),
    ),
    passes=(_P + "\nHe came from Ghent[sic], and meant to go back there [1], with a key called ↩\n\n" + _R,),
)
reported(
    "STR020",
    "furniture-in-doubt",
    """A line at the edge of a chapter may be a site's, or the author's.

    What a site prints round a post is known by words that the text never uses, and by its company. A line of
    the text's own words beside furniture may be the name of who tells the chapter, a place or a refrain; a
    line of strange words that stands alone may be a motto, a chorus, a signature, or the credit of one
    picture; "Photo: Granny in the garden" may be your caption, and "Comments (3)" may open what readers
    wrote. It is kept.

    Fix: If it is the site's, say so with the lines that the finding gives; else nothing needs doing.
    Source: The page furniture of web posts.
    """,
    severity=Severity.INFO,
    examples=(
        Example(
            "Chapter 1: Rain\n\n⟦The old harbour at night⟧\n8 min read\n\n"
            + _P
            + "\nChapter 2: Snow\n\nThe old harbour at night\n6 min read\n\n"
            + _Q
            + "\nIt was by the old harbour at night.\n"
        ),
    ),
    passes=(
        "Chapter 1\n\nThe old harbour at night\n\n" + _P + "\nChapter 2\n\nThe old harbour at night\n\n" + _Q,
    ),
)
reported(
    "STR053",
    "furniture-amid-prose",
    """A line between two paragraphs reads as a site's, and is the only one of its kind.

    What a site prints stands at every post, mostly at its edges. A line that reads like it but stands once,
    amid the text, may have been copied with the text, or be the author's: a message that somebody reads, a
    sign on a wall. It is left out, and shown here.

    Fix: If it is the author's, refuse the repair with the lines that the finding gives.
    Source: The page furniture of web posts.
    """,
    examples=(Example("Chapter 1\n\n" + _P + "\n⟦5 min read⟧\n\n" + _Q),),
    passes=("Chapter 1\n\n5 min read\n\n" + _P + "\nChapter 2\n\n7 min read\n\n" + _Q,),
)
_NOTED = "A/N: Sorry this took so long, and thanks for waiting!"
reported(
    "STR048",
    "note-to-readers",
    """A note to the readers of a serial stands at the edge of a chapter.

    “A/N: sorry this took so long” was for those who read week by week. The words are the author's, and they
    are kept: only the author knows whether the book shall have them.

    Fix: If the book shall not have them, say so with the lines that the finding gives.
    Source: The manner of serials and of fan fiction.
    """,
    severity=Severity.INFO,
    examples=(Example(f"The House\n\nChapter 1\n\n⟦{_NOTED}⟧\n\n{_P}\nChapter 2\n\n{_NOTED}\n\n{_Q}"),),
    passes=(f"The House\n\nChapter 1\n\n{_P}\nAn: nobody said it.\n\n{_Q}\n{_R}\n{_P}",),
)
_TITLED = f"The House\n\n{_P}\n"
_FIRST, _SECOND, _THIRD = (f"\n\n{a}\n{b}\n{c}\n" for a, b, c in ((_P, _Q, _R), (_Q, _R, _P), (_R, _P, _Q)))
reported(
    "STR030",
    "titles-in-doubt",
    """Lines look like titles of chapters, but nothing else tells that they are headings.

    They are a few words without a stop, with white space on both sides and several paragraphs between one and
    the next, but the text does not begin with one. Nothing else tells them from other short lines, so that
    they are printed as text. In a file put in another order, such a line amid the text of one chapter, with
    half a chapter above and below, may begin a post without a number, which went where that chapter went.

    Fix: If they are headings, say so with the lines that the finding gives; else nothing needs doing.
    Source: The form of headings in plain text.
    """,
    examples=(Example(f"{_TITLED}⟦The Kitchen⟧{_FIRST}The Cellar{_SECOND}The Garden{_THIRD}"),),
    passes=(f"{_TITLED}The Kitchen{_FIRST}It rained.{_SECOND}“Rain”{_THIRD}",),
)
reported(
    "STR029",
    "contents-differ",
    """The contents list of the manuscript and its headings differ.

    An entry has no heading, a heading is not listed, or the two are written in different ways. The book's own
    contents are made from the headings.

    Fix: See whether a chapter was lost or renamed; then correct the heading, or delete the list.
    Source: Proofreading of contents against the text, as every house does it.
    """,
    examples=(
        Example(
            "The House\n\nContents\n\nChapter 1: Gate\n⟦Chapter 2: The Kay⟧\nChapter 3: River\n"
            "Chapter 4: Lamp\n\n"
            + _chapters(
                "Chapter 1: Gate", "Chapter 2: The Key", "Chapter 3: River", "Chapter 4: Lamp"
            ).removeprefix("The House\n\n")
        ),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)
reported(
    "STR017",
    "part-inferred",
    """A part is never named, but its neighbours imply it.

    Chapters whose numbers go on to XIV stand before Part IV, so they are of Part III. The book names the
    part, and marks it as inferred.

    Fix: Type a heading for the part, or refuse it.
    Source: The numbers and part names of the manuscript itself.
    """,
    examples=(
        Example(
            "The House\n\nChapter II\n\n" + _P + "\nPart IV; Chapter I\n\n" + _Q + "\nChapter XIV\n\n" + _R
            + "\n⟦Chapter XIII⟧\n\n" + _P
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
        Example(
            _chapters(
                "⟦Chapter 3: The Gate⟧", "Chapter 1: Home", "Chapter 3: The Key", "Chapter 2", "Chapter 1"
            )
        ),
    ),
    passes=(_chapters("Chapter 1", "Chapter 2", "Chapter 3"),),
)


@book_rule(
    "STR009",
    severity=Severity.INFO,
    examples=(
        Example(
            "The House\n\n"
            + _P
            + "\n* * *\n\n"
            + _Q
            + "\n* * *\n\n"
            + _R
            + "\n⟦#⟧\n\n"
            + _P.replace("house", "barn")
        ),
    ),
    passes=("The House\n\n" + _P + "\n* * *\n\n" + _Q + "\n***\n\n" + _R,),
)
def scene_breaks_mixed(normalized: Normalized, _config: Config) -> Iterator[Diagnostic]:
    """Scene breaks are typed with different signs.

    * * * in one place and # in another say the same, or seem to say different things. The book has one
    ornament for all of them.

    Fix: Type one sign throughout, so that nobody looks for a difference.
    Source: Standard Ebooks lint, s-038.
    """
    ornaments = [
        block.ornament
        for _, division in walk_divisions(normalized.book.divisions)
        for block in division.blocks
        if isinstance(block, SceneBreak) and block.ornament
    ]
    usual = Counter("".join(run.text.split()) for run in ornaments).most_common(1)
    for run in ornaments:
        if "".join(run.text.split()) != usual[0][0]:
            told = f"“{run.text}” marks a scene break here, “{usual[0][0]}” in most other places."
            if found := diagnostic(RULES["STR009"], run, Hit(0, len(run), told)):
                yield found
