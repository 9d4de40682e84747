"""A small novel that holds all that a book may hold, for tests that print it."""

from functools import cache
from typing import Any

from publish.document import (
    Block,
    Book,
    Creator,
    Division,
    DivisionKind,
    Emphasis,
    Letter,
    Metadata,
    Paragraph,
    Quotation,
    Stated,
    Verse,
    VerseLine,
)
from tests import books
from tests.books import CHAPTER, PART, paragraph, text

WORDS = (
    "The gentlemen who rented the bungalow had departed before the turn of the year, and since then "
    "the house stood empty; nothing but the gardener's barrow, forgotten between the raspberries, remembered "
    "them. Whoever walked past it of an evening, as the doctor did, would hear the shutters knocking. "
)


def prose(count: int, *, start: int = 0) -> tuple[Block, ...]:
    """Paragraphs of differing lengths, every one unlike the others."""
    return tuple(
        paragraph(
            f"Number {number} begins here. {(WORDS * 2)[: 90 + number * 131 % 420].rpartition(' ')[0]} end."
        )
        for number in range(start, start + count)
    )


def division(kind: DivisionKind, key: str, label: str, title: str, *blocks: Block, **more: Any) -> Division:
    return books.division(key, kind, label=label, title=title, blocks=blocks, **more)


def book(
    *divisions: Division, title: str = "The Empty House", author: str = "Ada Quill", language: str = "en"
) -> Book:
    creators = (Creator(Stated(author, "test")),) if author else ()
    metadata = Metadata(
        title=Stated(title, "test"),
        creators=creators,
        language=Stated(language, "test"),
        date=Stated("2019-05-01", "test"),
        rights=Stated("© 2019 Ada Quill", "test"),
    )
    return Book(metadata, divisions)


LETTER = Letter(
    opening=(paragraph("Archangel, 28 March 1799"), paragraph("My dear Margaret,")),
    body=(paragraph(WORDS), paragraph(WORDS)),
    closing=(paragraph("Your affectionate brother,"), paragraph("Robert")),
)
VERSE = Verse(
    (
        (
            VerseLine(text("Like one who, on a lonely road,")),
            VerseLine(text("Doth walk in fear and dread,"), 1),
        ),
        (
            VerseLine(
                text("And, having once turned round, walks on, and on, and on, and turns no more his head;")
            ),
        ),
    )
)
QUOTATION = Quotation((paragraph("Here lies one whose name was writ in water."),))


@cache
def novel() -> Book:
    italics = Paragraph(
        (*text("“It was "), Emphasis(text("he")), *text(f",” she said—and then, mid-level: {WORDS}"))
    )
    return book(
        division(DivisionKind.DEDICATION, "dedication", "", "", paragraph("For nobody")),
        division(DivisionKind.PREFACE, "preface", "", "Preface", *prose(8)),
        division(DivisionKind.PROLOGUE, "prologue", "", "Prologue", *prose(3)),
        division(
            PART,
            "part-1",
            "Part I",
            "Ice",
            divisions=(
                division(CHAPTER, "one", "Chapter 1", "Help arrives", *prose(6), LETTER, italics, *prose(20)),
                division(CHAPTER, "two", "Chapter 2", "", *prose(4), VERSE, QUOTATION, *prose(12)),
            ),
        ),
        division(
            PART, "part-2", "Part II", "", divisions=(division(CHAPTER, "three", "III", "Home", *prose(9)),)
        ),
        division(DivisionKind.ABOUT_AUTHOR, "about", "", "About the Author", *prose(1)),
    )
