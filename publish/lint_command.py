"""The command `publish lint`: what its options mean, and what it prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from publish.config import Format
from publish.diagnostic import PublishError, Safety, Severity
from publish.terminal import FOUND, From, Given, progress, put, read

if TYPE_CHECKING:
    from publish.copydesk import Baseline as Known
    from publish.copydesk import Desk, Wish
    from publish.diagnostic import Diagnostic
    from publish.source import Source

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Books: their folders, or files; see below.")
]
Form = Annotated[
    Literal["text", "json", "sarif", "github", "html"],
    typer.Option("--format", metavar="[text|json|sarif|github|html]", help="How to write the findings."),
]
Select = Annotated[
    list[str], typer.Option(metavar="RULE[,…]", help="Only these rules (PUN001) or families (PUN).")
]
Extend = Annotated[
    list[str], typer.Option("--extend-select", metavar="RULE[,…]", help="These rules or families as well.")
]
Ignore = Annotated[list[str], typer.Option(metavar="RULE[,…]", help="Not these rules or families.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Only count the findings of each rule.")]
Fix = Annotated[
    bool, typer.Option("--fix", help="Write into your files what the book has; the book stays as it is.")
]
Unsafe = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Make also fixes that change the book; read them afterwards.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what would be fixed; write nothing.")]
Baseline = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Leave out what this file knows.")
]
WriteBaseline = Annotated[
    Path | None, typer.Option("--write-baseline", metavar="FILE", help="Write all findings to this file.")
]


def lint(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    paths: Paths,
    kind: From = "",
    form: Form = "text",
    select: Select = [],  # noqa: B006 (typer copies it)
    extend: Extend = [],  # noqa: B006
    ignore: Ignore = [],  # noqa: B006
    statistics: Statistics = False,
    fix: Fix = False,
    unsafe: Unsafe = False,
    diff: Diff = False,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = None,
) -> None:
    """Show repairs, faults and doubts, and fix them in your files if you ask for it.

    A book's folder is checked as one book, files outside such a folder one by one. The exit code is 1 if any
    finding is a warning or an error, or if --diff shows anything. Without --fix and --unsafe-fixes no file of
    yours is changed; with them the old one is kept beside it, unless git has it.
    """
    from publish import build, copydesk

    if statistics and form not in ("text", "json"):
        raise PublishError(f"--statistics cannot be written as {form}.", "Use --format text or json.")
    if diff and write_baseline:
        raise PublishError("--diff and --write-baseline cannot go together.", "Give one of them.")
    known = _baselines(baseline, write_baseline)
    paths = build.expanded(paths)
    if build.STDIN in paths and (fix or unsafe) and not diff:
        raise PublishError(
            "What comes on standard input cannot be fixed there.",
            "Name its file, or add --diff to see the fixes.",
        )
    safety = Safety.UNSAFE if unsafe else Safety.SAFE if fix or diff else None
    wish = copydesk.Wish(select=tuple(select), extend=tuple(extend), ignore=tuple(ignore), safety=safety)
    desks = list(_desks(paths, wish, kind))
    if diff:
        _show_diff(desks)
        return
    for desk in desks:
        _save(desk)
    if write_baseline:
        build.write(write_baseline, copydesk.baseline_of(desks))
        typer.echo(str(write_baseline))
        return
    desks = list(_without_known(desks, known))
    found = [item for desk in desks for item in desk.found]
    sources = {key: source for desk in desks for key, source in desk.sources.items()}
    _write(found, sources, form, statistics=statistics, grouped=not select)
    if any(item.severity >= Severity.WARNING for item in found):
        raise typer.Exit(FOUND)


def _desks(paths: Sequence[Path], wish: Wish, kind: str) -> Iterator[Desk]:
    """Give each book or single file with what was found in it, fixes made in memory."""
    from publish import copydesk
    from publish import lint as linting

    linting.chosen((*wish.select, *wish.extend), wish.ignore)
    for group, wanted in _books(paths).items():
        manuscript, normalized = read(Given([group], kind), formats=list(Format))
        files = [group / path.name for path in wanted]
        with progress() as tell:
            tell("Looking for faults")
            yield copydesk.look(manuscript, normalized, files, wish)


def _books(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    """Give each book folder or single file, with the files in it that alone were asked for; none: all."""
    from publish.build import book_folder

    groups: dict[Path, list[Path]] = {}
    for path in paths:
        folder = book_folder(path)
        groups.setdefault(folder or path, []).extend([path] if folder and folder != path else [])
    return groups


def _show_diff(desks: Sequence[Desk]) -> None:
    from publish import copydesk

    shown = [copydesk.diff(desk) for desk in desks]
    put(b"".join(shown))
    for desk in desks:
        _tell(desk, "would be made")
    if any(shown):
        raise typer.Exit(FOUND)


def _save(desk: Desk) -> None:
    from publish import copydesk

    for path, copy in copydesk.save(desk):
        kept = f"the old one is {copy}" if copy else "the old one is in git"
        typer.echo(f"{path}: fixed; {kept}", err=True)
    _tell(desk, "made")


def _tell(desk: Desk, done: str) -> None:
    from publish import copydesk

    for sentence in copydesk.account(desk, done):
        typer.echo(sentence, err=True)


def _baselines(read: Path | None, written: Path | None) -> dict[Path, Known]:
    """Read the baseline that holds, before any work; one that is to be replaced must be a baseline too."""
    from publish import copydesk

    if written and written.exists():
        copydesk.read_baseline(written)
    return {read: copydesk.read_baseline(read)} if read else {}


def _without_known(desks: Sequence[Desk], known: dict[Path, Known]) -> Iterator[Desk]:
    """Leave out what the baseline of the command, else that of each book, knows."""
    from publish import copydesk

    for path, baseline in known.items():
        shown, gone = copydesk.without(desks, baseline)
        _tell_gone(gone, path)
        yield from shown
    for desk in [] if known else desks:
        name, folder = desk.manuscript.config.lint.baseline, desk.manuscript.folder
        if not name or folder is None:
            yield desk
            continue
        shown, gone = copydesk.without([desk], copydesk.read_baseline(folder / name))
        _tell_gone(gone, folder / name)
        yield from shown


def _tell_gone(count: int, baseline: Path) -> None:
    if count:
        typer.echo(f"{baseline}: {count:,} of its findings are gone; --write-baseline cleans up", err=True)


def _write(
    found: Sequence[Diagnostic], sources: dict[int, Source], form: str, *, statistics: bool, grouped: bool
) -> None:
    from publish.lint import formats, page, report

    if form == "text" and not statistics:
        report.show(found, sources, sys.stdout, grouped=grouped)
        return
    writers = {"json": formats.as_json, "sarif": formats.as_sarif, "github": formats.as_github}
    writers["html"] = page.as_page
    if statistics:
        text = formats.statistics_json(found) if form == "json" else formats.statistics(found)
    else:
        text = writers[form](found, sources)
    put(text.encode("utf-8", "backslashreplace"))
