"""A book for the other programs that print books: Typst's markup, and Markdown for pandoc and XeLaTeX.

Page, type size and measure are about those of our classic style; what the programs make of them is theirs.
"""

import re
from pathlib import Path

from publish import markdown
from publish.config import Config
from publish.document import Book, Paragraph, block_prose, heading_text, walk_divisions

_TYPST_SIGNS = re.compile(r"([\\#*_`$<>@~=\-+/\[\]\"'])")
_TYPST = """#set page(width: 5.5in, height: 8.5in, margin: (inside: 0.8in, outside: 0.6in, y: 0.9in))
#set page(numbering: "1")
#set par(justify: true, first-line-indent: 1.25em, leading: 0.5em, spacing: 0.5em)
#set text(size: 10.75pt, lang: "en", hyphenate: true)
#show heading: it => { pagebreak(weak: true); v(5em); align(center, it.body); v(2em) }
#outline()
"""
_LATEX = ("documentclass=book", "papersize:a5", "fontsize=11pt", "geometry:margin=0.7in", "lang=en")


def typst(book: Book, folder: Path) -> Path:
    """Write the book in Typst's markup."""
    parts = [_TYPST]
    for _, division in walk_divisions(book.divisions):
        parts.append(f"= {_escaped(heading_text(division) or 'Untitled')}\n")
        for block in division.blocks:
            words = " ".join(run.text for run in block_prose(block))
            if isinstance(block, Paragraph) or words.strip():
                parts.append(_escaped(" ".join(words.split())) + "\n")
    path = folder / "book.typ"
    path.write_text("\n".join(parts), "utf-8")
    return path


def markdown_for_pandoc(book: Book, folder: Path) -> Path:
    """Write the book as the Markdown that `publish normalize` gives."""
    path = folder / "book.md"
    path.write_text(markdown.write(book, markdown.refusals(Config(), ())), "utf-8")
    return path


def commands(folder: Path) -> dict[str, tuple[str, ...]]:
    """Give the commands that print what was written in a folder."""
    options = (word for option in _LATEX for word in ("-V", option))
    return {
        "Typst": ("typst", "compile", str(folder / "book.typ"), str(folder / "typst.pdf")),
        "pandoc and XeLaTeX": (
            "pandoc", str(folder / "book.md"), "--pdf-engine=xelatex", "--toc", *options,
            "-o", str(folder / "latex.pdf"),
        ),
    }  # fmt: skip


def _escaped(text: str) -> str:
    return _TYPST_SIGNS.sub(r"\\\1", text)
