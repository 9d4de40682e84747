"""The command line: arguments to one call, its result to the terminal, an exit code.

0: done. 1: `lint` found a warning or an error, or another command did under --strict. 2: it could not run.
Results go to standard output, all else to standard error.
"""

import atexit
import gc
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from publish import __version__
from publish.config import Destination, Engine, Format
from publish.diagnostic import PublishError
from publish.edition_commands import Wish, make
from publish.garbage import MANY, unsought
from publish.lint_command import lint
from publish.proof_commands import check, report
from publish.terminal import (
    FAILED,
    Force,
    From,
    Given,
    Json,
    Paths,
    Strict,
    Style,
    Trim,
    app,
    command,
    count,
    progress,
    put,
    read,
    say,
)
from publish.text_commands import inspect, new, normalize, stylesheet

File = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")]
Folder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")]
Formats = Annotated[
    list[Format],
    typer.Option("--format", metavar="[epub|pdf]", help="Make this edition only.", show_default=False),
]
By = Annotated[
    Engine | None,
    typer.Option("--engine", help="Who breaks lines and pages: our composer, or WeasyPrint alone."),
]
CoverDesign = Annotated[
    str, typer.Option(metavar="NAME", help="Design of a made cover: frame, label, bands, flush or horizon.")
]
Goes = Annotated[
    Destination | None,
    typer.Option("--for", help="Where the PDF goes; printers get black ink alone and no links."),
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Stay, and make the book again whenever its files are saved.")
]
Paper = Annotated[
    str, typer.Option(metavar="NAME", help="Paper of the pages: white, cream, colour or premium-colour.")
]
Spine = Annotated[str, typer.Option(metavar="LENGTH", help="Width of the spine, such as 12.7mm.")]
Pages = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Pages of the printed book; else they are counted.")
]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    # At the end of the process all is given back anyhow, without a look for circles.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        with unsought(but=MANY):
            app(args=arguments, prog_name="publish")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    except PublishError as error:
        say(error)
    except Exception:
        traceback.print_exc()
        typer.echo("This is a fault in publish. Please report it with the lines above.", err=True)
    return FAILED


# --- Commands --------------------------------------------------------------------------------------------


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        typer.echo(f"publish {__version__}")
        raise typer.Exit


@command(
    "publish build my-story.txt",
    "publish build part-one.txt part-two.txt -o out",
    "publish build my-book/ --format epub",
    "publish build my-book/ --for kdp",
    "publish build my-book/ --watch",
    "cat my-story.md | publish build - --from markdown",
)
def build(
    paths: Paths,
    kind: From = "",
    folder: Folder = Path("dist"),
    formats: Formats = [Format.EPUB, Format.PDF],  # noqa: B006  (typer copies it)
    style: Style = "",
    destination: Goes = None,
    force: Force = False,
    strict: Strict = False,
    watch: Watch = False,
) -> None:
    """Make both editions of one book.

    They go to the folder dist, named by the book's title; their paths are printed.
    """
    wish = Wish(kind=kind, folder=folder, style=style, destination=destination, force=force)
    make(paths, formats, wish._replace(strict=strict, watch=watch))


@command("publish epub my-story.txt", "publish epub my-book/ -o my-book.epub")
def epub(
    paths: Paths,
    kind: From = "",
    output: File = None,
    style: Style = "",
    cover_design: CoverDesign = "",
    force: Force = False,
    strict: Strict = False,
) -> None:
    """Make the e-book (EPUB)."""
    wish = Wish(kind=kind, output=output, style=style, cover_design=cover_design, force=force, strict=strict)
    make(paths, [Format.EPUB], wish)


@command(
    "publish pdf my-story.txt",
    "publish pdf my-book/ --trim 6x9in -o my-book.pdf",
    "publish pdf my-book/ --for kdp",
)
def pdf(
    paths: Paths,
    kind: From = "",
    output: File = None,
    trim: Trim = "",
    style: Style = "",
    engine: By = None,
    destination: Goes = None,
    force: Force = False,
    strict: Strict = False,
    watch: Watch = False,
) -> None:
    """Make the printed book (PDF).

    With --for it is made for a printer and held against what that printer takes; what is wrong is told.
    """
    wish = Wish(kind=kind, output=output, trim=trim, style=style, engine=engine, destination=destination)
    make(paths, [Format.PDF], wish._replace(force=force, strict=strict, watch=watch))


@command(
    "publish cover my-book/ --for kdp --paper white",
    "publish cover my-book/ --for ingram --spine 12.7mm",
)
def cover(
    paths: Paths,
    kind: From = "",
    output: File = None,
    destination: Goes = None,
    paper: Paper = "",
    spine: Spine = "",
    pages: Pages = None,
    trim: Trim = "",
    style: Style = "",
    cover_design: CoverDesign = "",
    force: Force = False,
) -> None:
    """Make the cover of the printed book (PDF): back, spine and front in one.

    The spine is as wide as pages and paper make it; where the printer does not tell how thick its papers are,
    its width has to be given. Text of the back, price and picture stand under [cover] in book.toml.
    """
    from publish import build

    options = build.Options(trim, style, cover_design, destination)
    manuscript, normalized = read(
        Given(paths, kind), output, force=force, formats=tuple(Format), options=options
    )
    target = output or build.wrap_path(normalized.book, manuscript)
    build.check_target(target, manuscript, force=force)
    with progress() as tell:
        binding = build.Binding(paper, spine, pages or 0)
        made = build.wrap_cover(normalized.book, manuscript, options, binding, tell)
    build.write(target, made.data)
    typer.echo(str(target))
    for note in made.notes:
        typer.echo(note, err=True)


command(
    "publish lint my-story.txt",
    "publish lint my-story.txt --diff",
    "publish lint my-book/ --fix",
    "publish lint my-book/ --select QUO --statistics",
    "publish lint *.txt --format html > findings.html",
)(lint)


@command("publish order my-story.txt", "publish order my-book/ --json")
def order(paths: Paths, kind: From = "", json: Json = False, strict: Strict = False) -> None:
    """Show the order of the chapters.

    Each with its place in the manuscript, its place in the book, how sure that is, and why.
    """
    from publish.changes import order as account

    manuscript, normalized = read(Given(paths, kind))
    if json:
        put(account.as_json(normalized).encode())
    else:
        typer.echo(account.as_text(normalized), nl=False)
    count(manuscript, normalized, strict=strict)


Diff = Annotated[bool, typer.Option("--diff", help="Write a unified diff of your file and the book's text.")]
Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write a page that shows both texts side by side."),
]


@command(
    "publish changes my-story.txt",
    "publish changes my-book/ --html changes.html",
    "publish changes my-story.txt --diff | less",
    "publish changes my-story.txt --json > changes.json",
)
def changes(
    paths: Paths,
    kind: From = "",
    json: Json = False,
    diff: Diff = False,
    html: Html = None,
    force: Force = False,
) -> None:
    """Show everything that was done to your text.

    Each change with its place, its reason, and the lines of book.toml that undo it; what is alike is told
    once. Your file itself is never changed.
    """
    from publish import build
    from publish import changes as report

    if json + diff + bool(html) > 1:
        raise PublishError("--json, --diff and --html cannot go together.", "Give one of them.")
    _, normalized = read(Given(paths, kind), html, force=force)
    entries = report.collect(normalized)
    if html:
        page = report.as_page(normalized, entries)
        build.write(html, page.encode())
        typer.echo(str(html))
    elif diff:
        put(report.as_diff(normalized, entries).encode("utf-8", "surrogateescape"))
    else:
        form = report.as_json if json else report.as_text
        put(form(entries, normalized.sources).encode("utf-8", "backslashreplace"))


command(
    "publish new my-book",
    "publish new my-book --from my-story.docx",
)(new)

command("publish normalize my-story.txt | less", "publish normalize my-story.txt -o my-story.md")(normalize)

command("publish inspect my-story.txt > book.json", "publish inspect --schema > book.schema.json")(inspect)

command(
    "publish stylesheet my-book/ > style.md",
    "publish stylesheet my-book/ --json -o my-book/stylesheet.json",
    "publish stylesheet my-book/ --against my-book/stylesheet.json",
)(stylesheet)

command(
    "publish check my-book.epub",
    "publish check my-book.pdf --for kdp",
    "publish check *.epub --format json",
)(check)

command(
    "publish report my-story.txt",
    "publish report my-book/ --trim 6x9in",
    "publish report my-book/ --html proofs.html",
    "publish report my-book/ --json > setting.json",
)(report)


@command("publish lsp")
def lsp() -> None:
    """Serve an editor: findings, pages of rules and fixes while you write.

    It speaks the language server protocol over standard input and output; editors start it themselves. It
    needs, in the folder of publish: pip install '.[lsp]'
    """
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        raise PublishError(
            "The language server is not installed.", "In the folder of publish: pip install '.[lsp]'"
        )
    from publish.server.protocol import serve

    serve()


@command("publish rules", "publish rules ENC001", "publish rules --page > rules.md")
def rules(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A rule (PUN001) or a family (PUN).")] = "",
    page: Annotated[
        bool, typer.Option("--page", help="Write all explanations as one page (Markdown).")
    ] = False,
) -> None:
    """Explain a rule, or list all."""
    from publish import lint

    if page:
        put(lint.page_of_rules().encode())
    else:
        typer.echo(lint.explain(code) if code else lint.listing(), nl=False)
