"""Rules about a finished PDF: their documentation. `publish.preflight` looks at the file."""

from publish.diagnostic import Severity
from publish.lint.rule import Kind, Rule, register

_SHAPE = "{what}\n\n{why}\n\nFix: {fix}\nSource: What Amazon KDP and IngramSpark publish on files for print."
_TABLE = (
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
     "Pages differ in size, are turned, or have boxes that are no trim with an exact bleed.",
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
for _code, _name, _what, _why, _fix in _TABLE:
    _doc = _SHAPE.format(what=_what, why=_why, fix=_fix)
    register(Rule(code=_code, name=_name, kind=Kind.FILE, severity=Severity.ERROR, doc=_doc))
