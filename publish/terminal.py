"""What all commands have in common: the program, its exit codes, what it prints and how it waits."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import typer

from publish.config import Format

if TYPE_CHECKING:
    from publish.build import Manuscript, Options, Progress
    from publish.normalize.result import Normalized

FOUND, FAILED, BROKEN_PIPE = 1, 2, 141
"""Exit codes; 141 is that of a program whose reader went away."""

app = typer.Typer(
    help="Make an e-book and a printed book from a manuscript in plain text or Markdown.",
    epilog="Begin with:  publish build my-story.txt",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

P = ParamSpec("P")


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

        app.command(epilog=epilog)(run)
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
    paths: Sequence[Path],
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
        manuscript = build.load(paths)
        for name in manuscript.left_out:
            why = "it holds text, but its name has no number; `files` in book.toml takes its files in"
            typer.echo(f"Left out: the folder “{name}” ({why})", err=True)
        if output:
            build.check_target(output, manuscript, force=force)
        build.check_settings(manuscript, formats, options or build.Options())
        tell("Finding chapters and mending")
        return manuscript, build.assemble(manuscript)
