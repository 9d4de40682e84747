"""Rules on documents and exports of blogs: what a reader left out of them, and what a book does not keep."""

from publish.diagnostic import Severity
from publish.lint.rule import mirror, reported

mirror(
    "DOC001",
    "tracked-deletion",
    """Words that tracked changes delete are still in the document.

    The book is made as if all tracked changes were accepted: what is struck out is not printed. If it is to
    be printed, the change has to be rejected.

    Fix: Accept or reject the changes in the word processor.
    Source: ECMA-376, part 1, 17.13.5; OpenDocument 1.3, 5.5.
    """,
    severity=Severity.WARNING,
)
mirror(
    "DOC002",
    "comment-left-out",
    """A comment in the margin of the document is not printed.

    Somebody wrote it to the author, not to the readers. It may ask for something that is still to be done.

    Fix: Read it, do what it asks for, and delete it in the word processor.
    Source: ECMA-376, part 1, 17.13.4; OpenDocument 1.3, 14.1.
    """,
)
mirror(
    "DOC003",
    "hidden-text",
    """Words that are formatted as hidden are not printed.

    The word processor shows them neither on the screen nor on paper; authors keep notes so, or forget them.

    Fix: Delete them, or take the formatting away in the word processor.
    Source: ECMA-376, part 1, 17.3.2.41.
    """,
)
reported(
    "DOC004",
    "form-not-kept",
    """The document sets words in a way that the book does not keep.

    A book has italics, bold type and headings; small capitals, struck out words and formulas come out as the
    words that were typed. Nothing of the words is lost, but what the form told is.

    Fix: Look at the places, and say in words or in italics what the form was to tell.
    Source: The inlines of the intermediate document.
    """,
    severity=Severity.INFO,
)
reported(
    "DOC005",
    "picture-left-out",
    """A picture of the document cannot stand in the book.

    It lies in the web or in another file, which is never fetched, or it has a format that stores refuse, such
    as WMF, EMF and TIFF.

    Fix: Put the picture itself into the document, as PNG or JPEG.
    Source: EPUB 3.3, 3.2, core media types.
    """,
)
mirror(
    "DOC006",
    "note-without-place",
    """No place of the text refers to a note of the document.

    Its reference was deleted, perhaps with a passage, and the program has kept the note itself.

    Fix: Put a reference where the note belongs, or delete the note.
    Source: ECMA-376, part 1, 17.11.
    """,
    severity=Severity.WARNING,
)
reported(
    "DOC007",
    "tracked-insertion",
    """The document keeps track of insertions that nobody has accepted.

    The book is made as if all tracked changes were accepted, so that the words are printed. If they are not
    to be, the change has to be rejected.

    Fix: Accept or reject the changes in the word processor.
    Source: ECMA-376, part 1, 17.13.5; OpenDocument 1.3, 5.5.
    """,
)
reported(
    "DOC008",
    "read-as-copy",
    """The file was read as a copy that LibreOffice made of it.

    RTF and old Word documents are converted first. Places are those in the copy, which has the same
    paragraphs; nothing can be written back into the file.

    Fix: Save the document as DOCX or ODT, and go on with that.
    Source: LibreOffice, `soffice --convert-to`.
    """,
    severity=Severity.INFO,
)
mirror(
    "DOC009",
    "reading-left-out",
    """The reading that stands in small type above words (ruby) is not printed.

    The book sets the words alone, without what the text tells above them of how they are read.

    Fix: Put the reading in brackets behind the words where readers need it.
    Source: ECMA-376, part 1, 17.3.3.25; OpenDocument 1.3, 6.4; HTML, 4.5.10.
    """,
    severity=Severity.INFO,
)
mirror(
    "DOC020",
    "post-left-out",
    """A passage of a post that the export has as a draft, as a page, as private or as thrown away.

    Blogs export whatever they hold. The book is made of what was published; all else is left out, and kept in
    the log. So is the excerpt of a post, which its author wrote for the blog's lists.

    Fix: To have a post in the book, publish it, or refuse this repair with its words.
    Source: The export formats of WordPress, Blogger, Ghost, Medium and Substack.
    """,
)
reported(
    "DOC021",
    "posts-left-out",
    """Posts of the export are not in the book, since they were not published.

    They are drafts, pages such as "About me", private posts, or lie in the bin. A chapter that was never
    published may be missing in the book.

    Fix: Look through the names; to have one in the book, publish it, or refuse `DOC020` with its words.
    Source: The export formats of WordPress, Blogger, Ghost, Medium and Substack.
    """,
)
mirror(
    "DOC022",
    "shortcode-left-out",
    """A sign of WordPress stands where the blog shows something that the export does not hold.

    `[gallery]` stands for pictures, `[video]`, `[audio]`, `[playlist]` and `[embed]` for films and sounds.
    `[youtube https://…]` and the like stand for what another service shows.
    The sign itself is not printed; what it stands for is missing in the book.

    Fix: Save the pictures and name them there, or take out the sign.
    Source: WordPress, Shortcode API.
    """,
    severity=Severity.WARNING,
)
