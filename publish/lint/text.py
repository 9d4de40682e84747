"""Rules on encoding, spaces, quotation marks and dashes: what the normalizer repairs in the book."""

from publish.diagnostic import Safety, Severity
from publish.lint.rule import Example, mirror, reported

mirror(
    "ENC001",
    "mojibake",
    """A letter was written in one encoding and read in another.

    It shows as two or three odd signs: *donΓÇÖt*, *na├»ve*, *cafÃ©*; or, in languages of Eastern Europe,
    as one: *Rozdzia³*. The book has the letter that was meant wherever turning the reading back gives clean
    text.

    Fix: Nothing needs doing for the book; to clean the file too, write the letter that is meant.
    Source: ftfy, by Robyn Speer, and the tables of the code pages.
    """,
    severity=Severity.WARNING,
    examples=(
        Example(
            "The boy was na⟦├»⟧ve and they all knew that he was.",
            "The boy was naïve and they all knew that he was.",
        ),
        Example("“I don⟦ΓÇÖ⟧t know,” said the boy at the door.", "“I don’t know,” said the boy at the door."),
    ),
    passes=("The naïve boy at the café said nothing at all.",),
)
mirror(
    "ENC002",
    "mojibake-twice",
    """A letter was read in a wrong encoding more than once.

    Each passage through a wrong program doubles the odd signs: *Ã¢â‚¬â„¢* for an apostrophe.

    Fix: Nothing needs doing for the book; to clean the file too, write the letter that is meant.
    Source: ftfy, by Robyn Speer.
    """,
    severity=Severity.WARNING,
    examples=(
        Example(
            "She drank her coffee at the caf⟦ÃƒÂ©⟧ by the river.",
            "She drank her coffee at the café by the river.",
        ),
    ),
)
mirror(
    "ENC004",
    "control-for-sign",
    """A control character stands for a quotation mark, a dash or a letter.

    Old Windows files keep their typographic signs at numbers that Unicode gives to control characters.

    Fix: Nothing needs doing; the book has the sign.
    Source: The code page Windows-1252, bytes 80 to 9F.
    """,
    examples=(Example("“I don⟦\x92⟧t know,” said the boy.", "“I don’t know,” said the boy."),),
)
mirror(
    "ENC005",
    "control-character",
    """A control character or a private sign stands in the text.

    It prints as nothing, as a box, or as something else in every font; e-book stores refuse files that hold
    one.

    Fix: Nothing needs doing; the book is without it.
    Source: XML 1.0, 2.2 (characters that a document may hold).
    """,
    examples=(Example("He opened⟦\x07⟧ the door and went in.", "He opened the door and went in."),),
)
mirror(
    "ENC006",
    "byte-order-mark",
    """A byte order mark stands inside the text.

    It belongs at the very beginning of a file and is left behind where files were joined.

    Fix: Nothing needs doing; the book is without it.
    Source: The Unicode Standard, 23.8 (U+FEFF).
    """,
    examples=(Example("He opened ⟦\ufeff⟧the door and went in.", "He opened the door and went in."),),
)
mirror(
    "ENC007",
    "invisible-character",
    """A character without width stands in the text.

    Zero-width spaces, joiners and direction marks come along with text copied from the web. They break
    words for search and hyphenation.

    Fix: Nothing needs doing; the book is without it.
    Source: The Unicode Standard, 23.2 (layout controls).
    """,
    examples=(Example("He ope⟦\u200b⟧ned the door and went in.", "He opened the door and went in."),),
)
mirror(
    "ENC008",
    "letter-in-parts",
    """An accented letter is typed as a letter and an accent.

    Both look alike on the screen, but a search finds only one of them and print may set the accent beside
    the letter.

    Fix: Nothing needs doing; the book has the letter in one piece.
    Source: Unicode Standard Annex 15, normalization form C.
    """,
    examples=(Example("They met at the caf⟦e\u0301⟧ by the river.", "They met at the café by the river."),),
)
mirror(
    "ENC010",
    "entity-in-text",
    """A sign is written as in the source of a web page.

    *&eacute;* or *&amp;* was copied with the code of the page instead of its text. Mail (*=E2=80=99*), web
    addresses (*%E2%80%99*) and programs (*\\u2019*) have such forms too.

    Fix: Nothing needs doing; the book has the sign.
    Source: HTML, named character references.
    """,
    examples=(Example("They met at the caf⟦&eacute;⟧ by the river.", "They met at the café by the river."),),
    passes=("Smith & Sons; they sold brushes.",),
)
mirror(
    "ENC011",
    "joined-letters",
    """Two letters are typed as one joined sign, or a letter in full width.

    Ligatures such as *ﬁ* belong to the font. Typed into the text, they hide the word from search and
    hyphenation.

    Fix: Nothing needs doing; the book has the letters, and its font joins them.
    Source: The Unicode Standard, compatibility characters.
    """,
    examples=(Example("He could not ⟦ﬁ⟧nd the door.", "He could not find the door."),),
)
mirror(
    "ENC012",
    "mixed-encodings",
    """A part of the file is in another encoding than the rest.

    Mostly the trace of two files joined by a program that did not look.

    Fix: Save the file as UTF-8, and read the passage once more.
    Source: The Unicode Standard, 3.9 (ill-formed sequences).
    """,
    safety=Safety.UNSAFE,
    severity=Severity.WARNING,
    examples=(
        Example(
            "They met at the cafés by the river, but don⟦\udc92⟧t ask.",
            "They met at the cafés by the river, but don’t ask.",
        ),
    ),
    passes=("They met at the cafés by the river.",),
)
mirror(
    "SPC001",
    "no-break-spaces",
    """Spaces that do not break stand in a row, or before a paragraph.

    Web editors write them for every second space. In a book they tear holes into the lines.

    Fix: Nothing needs doing; the book has one plain space.
    Source: HTML editors that keep runs of spaces as &nbsp;.
    """,
    examples=(Example("He went.⟦\xa0 ⟧Then she came.", "He went. Then she came."),),
)
mirror(
    "SPC002",
    "several-spaces",
    """Two or more spaces stand where one belongs.

    A habit from the typewriter. Books set one space between sentences too.

    Fix: Nothing needs doing; the book has one space.
    Source: The Chicago Manual of Style, 2.11.
    """,
    examples=(Example("He went.⟦  ⟧Then she came.", "He went. Then she came."),),
)
mirror(
    "SPC003",
    "stray-space",
    """A tab or a space stands where it shows nothing.

    Tabs inside a sentence and spaces at the end of a line are left behind by editing.

    Fix: Nothing needs doing; the book is without them.
    Source: bookloupe, "tab character" and "space at end of line".
    """,
    examples=(Example("He went.⟦\t⟧Then she came.", "He went. Then she came."),),
)
mirror(
    "SPC004",
    "space-before-sign",
    """A space stands before a sign that belongs to the word.

    In English no space precedes , . ; : ! and ?. French books are left alone.

    Fix: Nothing needs doing; the book is without it.
    Source: Standard Ebooks lint, t-041.
    """,
    examples=(
        Example("He went home⟦ ⟧, and she came.", "He went home, and she came."),
        Example("“He went home”⟦ ⟧, she said.", "“He went home”, she said."),
    ),
)
mirror(
    "SPC006",
    "soft-hyphen",
    """An invisible hyphen is left in a word.

    A word processor's mark for a possible line end. The book hyphenates by itself.

    Fix: Nothing needs doing; the book is without it.
    Source: Unicode Standard Annex 14, SOFT HYPHEN.
    """,
    examples=(Example("He opened the win⟦\xad⟧dow.", "He opened the window."),),
)
mirror(
    "QUO001",
    "straight-quotes",
    """A straight quotation mark or apostrophe is typed.

    Typewriters had one mark for both sides. The book has the opening and the closing one.

    Fix: Nothing needs doing.
    Source: The Chicago Manual of Style, 6.115.
    """,
    examples=(
        Example('⟦"⟧Yes,⟦"⟧ he said.', "“Yes,” he said."),
        Example("He didn⟦'⟧t know.", "He didn’t know."),
    ),
)
mirror(
    "QUO009",
    "accent-for-quote",
    """An accent or a backtick is typed for a quotation mark or an apostrophe.

    They lie near each other on the keyboard. Typewriter files open with two backticks.

    Fix: Nothing needs doing; the book has the mark.
    Source: The conventions of TeX and of old text files.
    """,
    examples=(
        Example("I don⟦´⟧t know.", "I don’t know."),
        Example("⟦``⟧Yes,⟦''⟧ he said.", "“Yes,” he said."),
    ),
    passes=("“Yes,” he said.",),
)
mirror(
    "DSH001",
    "double-hyphen",
    """Two or three hyphens are typed for a dash.

    A habit from the typewriter, which had no dash. Four or more, which stand for a name left out, are
    another matter.

    Fix: Nothing needs doing; the book has the dash.
    Source: The Chicago Manual of Style, 2.13.
    """,
    examples=(Example("He paused⟦--⟧then ran.", "He paused—then ran."),),
)
mirror(
    "DSH002",
    "hyphen-for-dash",
    """A hyphen between two spaces is typed for a dash.

    A hyphen joins what belongs together; it is too short to part a sentence.

    Fix: Nothing needs doing; the book has the dash.
    Source: The Chicago Manual of Style, 6.75 and 6.85.
    """,
    examples=(Example("He paused⟦ - ⟧then ran.", "He paused—then ran."),),
    passes=("A well-known man.",),
)
mirror(
    "DSH006",
    "dots",
    """Three dots are typed as three full stops.

    Typed singly they may be torn apart at a line end, and spaces between them vary. The book has one sign.

    Fix: Nothing needs doing; the book has the sign.
    Source: The Chicago Manual of Style, 13.50; Standard Ebooks Manual of Style, 8.
    """,
    examples=(Example("He waited⟦...⟧ and left.", "He waited… and left."),),
)
mirror(
    "DSH007",
    "name-left-out",
    """A name is left out with a row of hyphens.

    Three hyphens or more after a letter stand for a name the author will not print. The book has the long
    dash.

    Fix: Nothing needs doing; the book has the long dash.
    Source: The Chicago Manual of Style, 6.93 (the 2-em dash).
    """,
    examples=(Example("The old Count M⟦----⟧ came to dinner.", "The old Count M⸺ came to dinner."),),
    passes=("He paused—then ran.",),
)
mirror(
    "OCR005",
    "page-furniture",
    """A page number or running head stands in the text.

    A scan, or text copied from a printed page, brings them along. They are left out of the book and kept in
    the log.

    Fix: Nothing needs doing; to clean the file too, delete the line.
    Source: The pattern of lines that return at every page.
    """,
    examples=(
        Example(
            "The house had stood empty for years, and nobody in the village\n⟦11⟧\nknew who owned it. In the "
            "morning the gate was open. She\n⟦12⟧\nsaw it from the road, and she did not stop to ask. "
            "When\n⟦13⟧\nthey came to the river it was dark.\n"
        ),
    ),
    passes=("The house had stood empty for years.",),
)
_PAGES = (
    "The House\n\nChapter 1\n\nThe house had stood empty for years.\n\n"
    "\f8      THE HOUSE\n\nNobody in the village knew who owned it.\n\n{}"
    "\f9      THE HOUSE\n\n{}\n\n"
    "\f10      THE HOUSE\n\nShe saw it from the road.\n\n"
    "\f11      THE HOUSE\n\nShe did not stop to ask.\n"
)
reported(
    "OCR010",
    "space-at-page-turn",
    """White space stands where a page turns, and may be a scene break.

    A scanned page is white at its foot where it was short by a line, where a picture stood, or where a scene
    ends. Nothing tells which where no scene ends within a page; so no break is set.

    Fix: If a scene ends there, say so with the lines that the finding gives; else nothing needs doing.
    Source: Pages of printed books that were turned into files.
    """,
    severity=Severity.INFO,
    examples=(Example(_PAGES.format("\n", "⟦In the morning the gate was open.⟧")),),
    passes=(_PAGES.format("", "In the morning the gate was open."),),
)
mirror(
    "OCR006",
    "page-mark",
    """A page of a printed edition is marked in the text.

    Transcripts of printed books have the number of each page where it begins. It leaves the text; the e-book
    has the page in its list of pages, at that place, unless both editions are built.

    Fix: Nothing needs doing; with a refusal the marks stay in the text.
    Source: The way of Distributed Proofreaders, `[Pg 12]` or `{12}`.
    """,
    examples=(
        Example(
            "The house had ⟦[Pg 11] ⟧stood empty for years. Nobody knew ⟦[Pg 12] ⟧who owned it. In the "
            "morning the gate ⟦[Pg 13] ⟧was open.\n"
        ),
    ),
    passes=("He quoted it [p. 12] and sat down.",),
)
