"""What all commands have in common: the program, its exit codes, what it prints and how it waits."""

from __future__ import annotations

import functools
import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, ParamSpec

import typer
from typer.core import TyperCommand

from publish.config import Format
from publish.diagnostic import Diagnostic, PublishError, Severity

if TYPE_CHECKING:
    from publish.build import Manuscript, Options, Progress
    from publish.normalize.result import Normalized

FOUND, FAILED, BROKEN_PIPE = 1, 2, 141
"""Exit codes; 141 is that of a program whose reader went away."""

app = typer.Typer(
    help="Make an e-book and a printed book from a manuscript in text, Markdown, HTML, Word, ODT or EPUB.",
    epilog="Begin with:  publish build my-story.txt",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

P = ParamSpec("P")


class _Command(TyperCommand):
    """A command whose line of usage names what it takes without the braces that nobody types."""

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Give the parts of the line."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH...", help="One book: a folder, a file, files in their order, or - for standard input."
    ),
]
From = Annotated[
    str,
    typer.Option(
        "--from", metavar="KIND", help="What the files are, whatever their names say: markdown, text, …"
    ),
]
Trim = Annotated[str, typer.Option(metavar="SIZE", help="Size of the page, such as 6x9in or 148x210mm.")]
Style = Annotated[
    str,
    typer.Option(metavar="STYLE", help="A house style (classic, modern, large-print), or a style's folder."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that publish did not make.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if there are warnings.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, for other programs.")]


class Given(NamedTuple):
    """What a command is to read."""

    paths: Sequence[Path]
    kind: str = ""
    """As what it is read; empty: as the names of the files say."""


def command(*examples: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Make a function a command: at its end all it printed is out, and that nobody reads it is no fault."""
    epilog = "\b\n" + "\n".join(["Examples:", *(f"  {example}" for example in examples)])

    def declare(function: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                function(*args, **kwargs)
                sys.stdout.flush()
            except BrokenPipeError:
                _discard_output()
                raise typer.Exit(BROKEN_PIPE) from None
            except OSError as error:
                from publish.build import FULL, unwritable

                _discard_output()
                if error.errno not in FULL:
                    raise
                raise unwritable("standard output", error) from error

        app.command(epilog=epilog, cls=_Command)(run)
        return function

    return declare


def _discard_output() -> None:
    """Send what is left in the buffer nowhere: Python writes it at its end, and would complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put(data: bytes) -> None:
    """Write UTF-8 to standard output, whatever the terminal's encoding."""
    stream, rest = sys.stdout.buffer, memoryview(data)
    sys.stdout.flush()
    while rest:
        # An unbuffered stream may take less than it is given.
        rest = rest[stream.write(rest) or 0 :]
    stream.flush()


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function that shows what is being done: on a terminal, while it is done; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda what: status.update(f"{what} …")


def read(
    given: Given,
    output: Path | None = None,
    *,
    force: bool = False,
    formats: Sequence[Format] = (),
    options: Options | None = None,
) -> tuple[Manuscript, Normalized]:
    """Read a book; what stands in the way of the output, or of the editions, is said before any work."""
    from publish import build

    with progress() as tell:
        tell("Reading")
        manuscript = build.load(given.paths, given.kind)
        for told in manuscript.left_out:
            typer.echo(f"Left out: {told}", err=True)
        if output:
            build.check_target(output, manuscript, force=force)
        build.check_settings(manuscript, formats, options or build.Options())
        tell("Finding chapters and mending")
        return manuscript, build.assemble(manuscript)


def count(manuscript: Manuscript, normalized: Normalized, *, strict: bool) -> None:
    """Count in one line on standard error what was in doubt while the manuscript was read.

    Under --strict all that `publish lint` finds is counted, and a warning ends the command with 1. So much is
    looked for only where it is asked for: it takes as long as making the e-book.
    """
    from publish.build import STDIN

    names = ("-" if path == STDIN else str(path) for path in manuscript.files)
    target = shlex.join([str(manuscript.folder)] if manuscript.folder else names)
    settings = manuscript.config.lint
    if not strict and not settings.severity:
        doubts = _counted(
            item
            for item in dict.fromkeys(normalized.diagnostics)
            if settings.wants(item.code) and not any(other.silences(item) for other in normalized.refused)
        )
        told = f"Read with {doubts}; see them, and" if doubts else "Nothing was in doubt;"
        typer.echo(f"{told} check the text, with: publish lint {target}", err=True)
        return
    from publish import lint as linting

    found = linting.findings(normalized, manuscript.config)
    counts = _counted(found)
    more = f"; see them with: publish lint {target}" if counts else ""
    typer.echo(f"{counts or 'Nothing found'}{more}", err=True)
    if strict and any(item.severity >= Severity.WARNING for item in found):
        raise typer.Exit(FOUND)


def _counted(found: Iterable[Diagnostic]) -> str:
    """Say how many findings there are of each severity; empty where there are none."""
    counts = Counter(item.severity for item in found)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    return ", ".join(
        f"{counts[severity]} {name}{'s' if counts[severity] > 1 else ''}"
        for severity, name in names.items()
        if counts[severity]
    )


def say(error: PublishError) -> None:
    """Say what is wrong, and what to do."""
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    name = typer.style("publish:", fg="red", bold=True) if colour else "publish:"
    typer.echo(f"{name} {error.message}", err=True, color=colour)
    if error.hint:
        typer.echo(f"  {error.hint}", err=True)
