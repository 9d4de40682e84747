"""The commands `publish check` and `publish report`: finished books, and how a printed book is set."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from publish.config import Destination, Format
from publish.diagnostic import PublishError
from publish.terminal import FOUND, Force, From, Given, Json, Paths, Style, Trim, progress, put, read

For = Annotated[Destination, typer.Option("--for", help="Where the PDF goes: whose rules hold.")]
Report = Annotated[
    Literal["text", "json"],
    typer.Option("--format", metavar="[text|json]", help="How to write the findings."),
]
Proofs = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write a page that pictures the pages, flaws marked."),
]


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="E-books and PDFs, also those of other programs.")
    ],
    destination: For = Destination.SCREEN,
    form: Report = "text",
) -> None:
    """Check finished books (EPUB, PDF).

    E-books with EPUBCheck, where it is installed, and with rules of our own for what it lets pass; PDFs with
    the rules of the store that --for names. The exit code is 1 if anything is found.
    """
    from publish import build, shelf
    from publish.check import epubcheck
    from publish.stores import STORES

    held = [(path, build.read_bytes(shelf.openable(path))) for path in files]
    printed = [(path, data) for path, data in held if shelf.is_pdf(path, data)]
    ebooks = [pair for pair in held if pair not in printed]
    with progress() as tell:
        prints = shelf.preflighted(printed, STORES[destination.value], tell)
        books = shelf.checked(ebooks, tell)
    put((shelf.as_json if form == "json" else shelf.as_text)(books, prints).encode())
    if ebooks and not epubcheck.is_installed():
        typer.echo(
            "EPUBCheck was not asked; in the folder of publish: pip install '.[check]'",
            err=True,
        )
    if any(book.findings for book in books) or any(found.faults for found in prints):
        raise typer.Exit(FOUND)


def report(
    paths: Paths,
    kind: From = "",
    trim: Trim = "",
    style: Style = "",
    json: Json = False,
    html: Proofs = None,
    force: Force = False,
) -> None:
    """Judge how the printed book is set.

    Widows, orphans, ladders of hyphens, scraps, rivers, loose and tight lines, spreads that are not level and
    short last pages, each with its page and its place in the manuscript; no PDF is written. With --html the
    pages are pictured and the places marked.
    """
    from publish import build
    from publish.pdf import pictured
    from publish.pdf import report as judged

    if json and html:
        raise PublishError("--json and --html cannot go together.", "Give one of them.")
    options = build.Options(trim, style)
    manuscript, normalized = read(
        Given(paths, kind), html, force=force, formats=[Format.PDF], options=options
    )
    with progress() as tell:
        tell("Setting the pages")
        sheets = build.proofs(normalized.book, manuscript, options, pictured=bool(html))
        if html:
            tell("Drawing the pages")
            page = pictured.as_page(sheets, normalized.book, normalized.sources)
            build.write(html, page.encode("utf-8", "backslashreplace"))
            typer.echo(str(html))
            return
    pages = sheets.pages
    form = judged.as_json if json else judged.as_text
    found, numbers = judged.flaws(pages), judged.measures(pages)
    put(form(found, numbers, normalized.book, normalized.sources).encode("utf-8", "backslashreplace"))
