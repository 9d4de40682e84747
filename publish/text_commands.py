"""Options and output of the commands that write a manuscript anew, or what is in it."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from publish.terminal import FOUND, Force, From, Given, Json, Paths, Strict, count, put, read

Text = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="The file to write; else, and for -, standard output.",
        parser=lambda name: None if str(name) == "-" else Path(name),
    ),
]
NewFolder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]
Brought = Annotated[
    list[Path],
    typer.Option(
        "--from",
        metavar="PATH",
        help="A manuscript to bring in; may stand more than once.",
        show_default=False,
    ),
]


Fetch = Annotated[
    bool, typer.Option("--fetch", help="Fetch pictures that the manuscript has from the web (https only).")
]


def new(
    folder: NewFolder,
    paths: Brought = [],  # noqa: B006  (typer copies it)
    fetch: Fetch = False,
) -> None:
    """Make a book's folder that builds at once.

    With --from a manuscript is brought in: cleaned, as Markdown that makes the same book, with its pictures,
    its settings and the log of what was done to it; the author's own files are kept beside it. Files that are
    there are never replaced. Only --fetch uses the network.
    """
    from publish import build
    from publish.build import fetching, starting

    quoted = shlex.quote(str(folder))
    if not paths:
        made = starting.begun(folder)
        for path in made:
            typer.echo(str(path))
        typer.echo(f"Write in {made[0]}; then: publish build {quoted}", err=True)
        return
    manuscript, normalized = read(Given(paths))
    fetched = fetching.brought(manuscript) if fetch else fetching.Brought(manuscript, {}, ())
    if fetched.files:
        manuscript, normalized = fetched.manuscript, build.assemble(fetched.manuscript)
    for path in starting.brought(
        folder, manuscript, normalized, fetching.load if fetch else None, fetched.files
    ):
        typer.echo(str(path))
    for error in fetched.failed:
        typer.echo(f"publish: {error.message}", err=True)
    count(manuscript, normalized, strict=False)
    typer.echo(f"From now on work in {folder}, and build it with: publish build {quoted}", err=True)


def normalize(
    paths: Paths, kind: From = "", output: Text = None, force: Force = False, strict: Strict = False
) -> None:
    """Write the cleaned text as Markdown.

    It is a manuscript again: publish makes the same book of it.
    """
    from publish import build, markdown

    manuscript, normalized = read(Given(paths, kind), output, force=force)
    refused = markdown.refusals(manuscript.config, manuscript.drafts)
    text = markdown.write(normalized.book, refused).encode("utf-8", "surrogateescape")
    if output:
        build.write(output, text)
    else:
        put(text)
    count(manuscript, normalized, strict=strict)


def _print_schema(wanted: bool) -> None:
    if wanted:
        from msgspec import json

        from publish import document

        put(json.format(json.encode(document.json_schema())) + b"\n")
        raise typer.Exit


Schema = Annotated[
    bool,
    typer.Option(
        "--schema", is_eager=True, callback=_print_schema, help="Write the JSON Schema of that form and exit."
    ),
]


def inspect(
    paths: Paths,
    kind: From = "",
    strict: Strict = False,
    schema: Schema = False,  # noqa: ARG001
) -> None:
    """Write the book's structure as JSON.

    All its divisions and paragraphs, with the place in the manuscript from which each word comes.
    """
    from publish import document

    manuscript, normalized = read(Given(paths, kind))
    names = {key: source.path for key, source in normalized.sources.items()}
    put(document.to_json(normalized.book, names))
    count(manuscript, normalized, strict=strict)


Kept = Annotated[
    Path | None,
    typer.Option(
        "--against", metavar="FILE", help="A style sheet in JSON: tell what is new and what is gone."
    ),
]


def stylesheet(
    paths: Paths,
    kind: From = "",
    json: Json = False,
    against: Kept = None,
    output: Text = None,
    force: Force = False,
) -> None:
    """Make the copy-editor's style sheet.

    Characters, places, hyphens, accents, words of time, and how the book writes quotation marks and dashes.
    Kept in the book's folder as stylesheet.json, it is what `publish lint` holds the book against.
    With --against the exit code is 1 if the book deviates from the sheet that was kept.
    """
    from publish import build
    from publish.lint import kept
    from publish.lint import stylesheet as sheets

    manuscript, normalized = read(Given(paths, kind), output, force=force)
    sheet = sheets.extract(normalized, manuscript.config)
    if against:
        told = sheets.changes(kept.from_json(build.read_bytes(against), str(against)), sheet)
        put("".join(f"{line}\n" for line in told or ["The book is as the style sheet has it."]).encode())
        raise typer.Exit(FOUND if told else 0)
    data = (kept.as_json(sheet) if json else sheets.as_markdown(sheet)).encode("utf-8", "backslashreplace")
    if output:
        build.write(output, data)
    else:
        put(data)
