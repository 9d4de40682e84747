"""Rules about finished files: their documentation. `publish.preflight` and `publish.check` look at the files.

A rule on e-books that Ace by DAISY knows too bears Ace's name, and that is what `publish check` prints; the
code is for the list of all rules.
"""

from publish.diagnostic import Severity
from publish.lint.rule import Kind, Rule, register

_E, _W = Severity.ERROR, Severity.WARNING


def _rule(code: str, name: str, severity: Severity, *told: str) -> None:
    """Declare a rule: what is wrong, why it matters, what to do, and the source."""
    doc = "{}\n\n{}\n\nFix: {}\nSource: {}.".format(*told)
    register(Rule(code=code, name=name, kind=Kind.FILE, severity=severity, doc=doc))


_PRINTERS = "What Amazon KDP and IngramSpark publish on files for print"
_PDF = (
    ("PDF001", "locked-file", "The file is encrypted or locks printing.",
     "Printers refuse what their programs may not open or change.",
     "Save it without a password or restrictions."),
    ("PDF002", "file-size", "The file is larger than the store takes.",
     "It is refused while it is being uploaded.",
     "Save pictures at 300 pixels to the inch, in JPEG where they are photographs."),
    ("PDF003", "page-count", "The book has fewer or more pages than the store binds.",
     "A book that is too thin or too thick for its binding cannot be ordered.",
     "Choose another trim size, or print it in volumes."),
    ("PDF004", "odd-page-count", "The number of pages is odd.",
     "A leaf has two pages; the printer would add one of its own.", "End the book with a blank page."),
    ("PDF005", "page-boxes",
     "Pages differ in size, are turned, or have a size or boxes that the store does not cut by.",
     "The printer cuts by the boxes; marks, spreads and odd sizes end in a wrong cut.",
     "Export single pages of one size, without printer's marks, with the bleed that the store names."),
    ("PDF006", "font-not-embedded", "A font is used that is not in the file.",
     "The printer's program would set another one in its place.", "Export with all fonts embedded."),
    ("PDF007", "missing-glyph", "Signs are printed for which the font has no glyph.",
     "They come out as empty boxes.", "Set them in a font that has them."),
    ("PDF008", "colour-of-text", "Text is not black in one ink.",
     "Black mixed of several inks prints grey or with coloured edges.",
     "Export text as DeviceGray 0 or as 100 % K."),
    ("PDF009", "coarse-picture",
     "A picture has fewer pixels to the inch, as placed, than the store asks for.",
     "It prints soft or in visible squares.", "Place it smaller, or use a larger original."),
    ("PDF010", "not-for-press", "The file has bookmarks, links, comments, forms, scripts or attached files.",
     "Stores ask for a file without them and may refuse it.", "Export without interactive parts."),
    ("PDF011", "narrow-margin",
     "Something is printed nearer to the edge or to the spine than the store allows.",
     "It would be cut off or vanish in the gutter; the store refuses the book.",
     "Widen the margin; what is meant to be cut must reach into the bleed."),
    ("PDF012", "transparency", "The file has transparent objects.",
     "Flattening at the printer's can change them.", "Flatten transparency on export (PDF 1.3, PDF/X-1a)."),
    ("PDF013", "not-accessible", "The file has no tags, language or title.",
     "Screen readers cannot tell what is text and in which order it stands.",
     "Export as tagged PDF (PDF/UA), with language and title."),
    ("PDF014", "not-pdf-x", "The file is not PDF/X, the kind of PDF that the printer asks for.",
     "PDF/X is a promise that nothing in the file can come out otherwise than it was meant.",
     "Export as PDF/X-1a:2001."),
    ("PDF015", "not-pdf-a", "The file says that it is PDF/A, and is not.",
     "Libraries and archives take the word of a file and refuse it later.",
     "Export as PDF/A-2b, or without that claim."),
    ("PDF016", "not-pdf-ua", "The file does not keep the rules of PDF/UA-1.",
     "Readers with a screen reader lose text, order or names of things.", "Export as tagged PDF (PDF/UA-1)."),
    ("PDF017", "spot-colour", "Something is printed in an ink of its own, such as a Pantone colour.",
     "Books are printed in black or in four inks; another is refused, or mixed of them to some other colour.",
     "Convert such colours to CMYK or to grey."),
)  # fmt: skip
for _code, _name, _what, _why, _fix in _PDF:
    _rule(_code, _name, _E, _what, _why, _fix, _PRINTERS)

_ARCHIVE = "EPUB Open Container Format 3.3"
_PACKAGE = "EPUB 3.3, 5 (package document)"
_ACCESS = "EPUB Accessibility 1.1; Ace by DAISY"
_REFUSED = "Stores refuse the book, and reading programs may not open it."
_HEARD = "Whoever hears the book, or reads with the fingers, misses it."
_BUILD = "Build the e-book anew with publish, or correct it in the program that made it."
_EPUB: list[tuple[str, Severity, str, str, str, str]] = [
    ("zip-unreadable", _E, "The file is no archive that can be opened.", _REFUSED, _BUILD, _ARCHIVE),
    ("zip-encrypted", _E, "An entry of the archive is locked with a password.", _REFUSED, _BUILD, _ARCHIVE),
    ("zip-bomb", _E, "The archive would unpack to more than any book has.", _REFUSED, _BUILD, _ARCHIVE),
    ("zip-mimetype", _E, "The first entry does not say that this is an EPUB.", _REFUSED, _BUILD, _ARCHIVE),
    ("zip-name", _E, "The name of an entry leads astray on some devices.", _REFUSED, _BUILD, _ARCHIVE),
    ("container-missing", _E, "The file META-INF/container.xml is missing.", _REFUSED, _BUILD, _ARCHIVE),
    ("container-unreadable", _E, "The container names no package that can be read.", _REFUSED, _BUILD,
     _ARCHIVE),
    ("package-unreadable", _E, "The package document is not well-formed.", _REFUSED, _BUILD, _PACKAGE),
    ("package-identifier", _E, "The book has no identifier that is marked as its own.", _REFUSED, _BUILD,
     _PACKAGE),
    ("package-language", _E, "The book does not state its language, or not in a way that programs know.",
     "It is pronounced and hyphenated wrongly, or refused.",
     "Write the language in book.toml, under `[book]`.", _PACKAGE),
    ("package-modified", _E, "The book does not say, in the one right form, when it was changed.", _REFUSED,
     _BUILD, _PACKAGE),
    ("manifest-missing", _E, "The manifest lists a file that the book does not hold.", _REFUSED, _BUILD,
     _PACKAGE),
    ("manifest-unlisted", _E, "The archive holds a file that the manifest does not list.", _REFUSED, _BUILD,
     _PACKAGE),
    ("spine-empty", _E, "The reading order lists nothing to read.", _REFUSED, _BUILD, _PACKAGE),
    ("spine-unlisted", _E, "The reading order names what the manifest does not list.", _REFUSED, _BUILD,
     _PACKAGE),
    ("nav-missing", _E, "No file of the book holds its contents.", _REFUSED, _BUILD, _PACKAGE),
    ("toc-missing", _E, "The contents of the book list nothing.",
     "Nobody finds a chapter, and stores refuse the book.", _BUILD, "EPUB 3.3, 7 (navigation document)"),
    ("document-unreadable", _E, "A document of the book is not well-formed.",
     "Reading programs stop there, with an error in place of the chapter.", _BUILD, "EPUB 3.3, 6 (content)"),
    ("duplicate-id", _E, "Two elements of a document have the same id.",
     "A link to it leads to one of the two, and nobody knows which.", _BUILD, "HTML, 3.2.6"),
    ("link-broken", _E, "A link leads to what the book does not hold.",
     "The reader who follows it ends nowhere; stores refuse the book.", "Correct the link, or take it out.",
     "EPUB 3.3, 6 (content)"),
    ("picture-unreadable", _E, "A picture is damaged, or of another format than it says.",
     "A hole stands in its place.", "Save the picture anew as PNG or JPEG.",
     "EPUB 3.3, 3.2 (core media types)"),
    ("picture-colours", _W, "A picture is in the colours of print.",
     "Screens show it in wrong colours, or not at all.", "Save it in RGB.",
     "Kindle Publishing Guidelines, 4.2"),
    ("picture-size", _W, "A picture is larger than readers and stores take.",
     "Some devices run out of memory; Amazon packs it down.", "Save it with fewer pixels.",
     "Kindle Publishing Guidelines, 4.2"),
    ("book-size", _W, "The book is larger than a store takes.", "It is refused at upload.",
     "Save its pictures smaller.", "Kindle Direct Publishing, file size limits"),
    ("link-name", _W, "A link has no words by which it could be announced.", _HEARD,
     "Put words into the link.", _ACCESS),
    ("html-has-lang", _W, "A document does not say in which language it is.", _HEARD, _BUILD, _ACCESS),
    ("html-xml-lang-mismatch", _W, "A document states two languages.", _HEARD, _BUILD, _ACCESS),
    ("document-title", _W, "A document has no title.", _HEARD, _BUILD, _ACCESS),
    ("heading-order", _W, "A heading skips a level.",
     "Who jumps from heading to heading looks for the one between.", "Give it the next level.", _ACCESS),
    ("empty-heading", _W, "A heading has no words.", _HEARD, "Give it words, or delete it.", _ACCESS),
    ("image-alt", _W, "A picture has no words that say what it shows.", _HEARD,
     "Write what it shows, as for `MED001`.", _ACCESS),
    ("role-multiple", _W, "An element has several roles, of which software takes one.", _HEARD, _BUILD,
     _ACCESS),
    ("epub-type-has-matching-role", _W, "An element has a type without the role for it.", _HEARD, _BUILD,
     _ACCESS),
    ("pagebreak-label", _W, "The mark of a page has no number.", "A class that opens page 12 cannot find it.",
     _BUILD, _ACCESS),
    ("landmark-type", _W, "A landmark has no type, or one that is unknown.", _HEARD, _BUILD,
     "EPUB Structural Semantics Vocabulary"),
    ("epub-toc-order", _W, "The contents stand in another order than the chapters.",
     "The reader who turns the page comes elsewhere than the contents say.", _BUILD, _ACCESS),
    ("epub-pagelist-broken", _W, "The list of pages leads to no page.",
     "A class that opens page 12 cannot find it.", _BUILD, _ACCESS),
    ("epub-pagelist-missing-pagebreak", _W, "A marked page is not in the list of pages.",
     "A class that opens page 12 cannot find it.", _BUILD, _ACCESS),
    ("epub-pagesource", _W, "The book has pages and does not say of which printed book.",
     "Page numbers mean nothing without their edition.", "State the printed book's ISBN under `[pdf]`.",
     _ACCESS),
    ("metadata-accessibilityfeature-printpagenumbers-nopagelist", _W,
     "The book claims page numbers and lists none.", "Libraries find it by what it does not have.", _BUILD,
     _ACCESS),
    ("epub-lang", _W, "The package does not say in which language its metadata are.", _HEARD, _BUILD,
     _ACCESS),
    ("epub-title", _W, "The book has no title in its package.", _REFUSED,
     "Write the title in book.toml, under `[book]`.", _ACCESS),
    ("metadata-conformsto", _W, "Conformance is stated in words that no program knows.",
     "Stores and libraries do not show it.", _BUILD, _ACCESS),
    ("metadata-certifier", _W, "Conformance is claimed, and nobody certifies it.",
     "Stores and libraries do not show it.", "Name the certifier in book.toml.", _ACCESS),
    ("color-contrast", _W, "Letters stand out too little from their ground.",
     "Many cannot read them, least of all in the sun.", "Choose a darker colour for the text.",
     "Web Content Accessibility Guidelines 2.2, 1.4.3"),
]  # fmt: skip

_STATED = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")
_FOUND = "Libraries and stores filter by it; without it the book is not found by those who need it."
_MADE = "Build the e-book with publish, which states what the book has."
for _name in _STATED:
    _key, _schema = f"metadata-{_name.lower()}", f"schema:{_name}"
    _EPUB += [
        (_key, _W, f"The package does not state {_schema}.", _FOUND, _MADE, _ACCESS),
        (
            f"{_key}-invalid",
            _W,
            f"The package states {_schema} in a word of its own.",
            _FOUND,
            _MADE,
            _ACCESS,
        ),
    ]
_SUMMARY = "The package does not state schema:accessibilitySummary."
_EPUB += [
    ("metadata-accessibilitysummary", _W, _SUMMARY, _FOUND, _MADE, _ACCESS),
    ("cover-image", _E, "The book has no cover, or several.", "Stores and libraries show it without one.",
     _BUILD, _PACKAGE),
    ("aria-deprecated-role", _W, "An element has a role that is no longer used.", _HEARD,
     "Delete the role: an entry of a list needs none.", _ACCESS),
    ("landmark-unique", _W, "Two lists of links in one document have the same name, or none.", _HEARD,
     "Give each a name of its own (aria-label).", _ACCESS),
    ("font-unreadable", _E, "A typeface is damaged.", "Readers show the book in another face, or not at all.",
     "Put the font in again.", "EPUB 3.3, 3.2 (core media types)"),
]  # fmt: skip

# The place in the table is the code: rows are added at the end and never taken out.
for _number, _row in enumerate(_EPUB, 1):
    _rule(f"EPB{_number:03}", *_row)
