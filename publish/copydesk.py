"""What `publish lint` does with books: findings, fixes in the author's files, a baseline of what is known.

An author's file is written only where fixes were asked for, whole or not at all, and never without a way
back: the version control that has it, or a copy beside it.
"""

import difflib
import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from publish import build, fixes, lint
from publish.build import Manuscript
from publish.diagnostic import Diagnostic, PublishError, Safety, Severity
from publish.fixes import Fixed
from publish.garbage import unsought
from publish.lint.fingerprint import fingerprint
from publish.lint.kept import NAME, Sheet, from_json
from publish.lint.words import pictured
from publish.normalize.result import Normalized
from publish.source import Source


class Wish(Struct, frozen=True, kw_only=True):
    """What is to be looked at, and what is to be fixed."""

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    """Codes or families beside those of book.toml."""
    ignore: tuple[str, ...] = ()
    safety: Safety | None = None
    """Of the fixes to make; None: none."""


class Desk(Struct, frozen=True, kw_only=True):
    """One book on the desk: its files as they are, or as they are to be, and what is found in them."""

    manuscript: Manuscript
    normalized: Normalized
    found: tuple[Diagnostic, ...]
    fixed: Fixed | None = None

    @property
    def sources(self) -> dict[int, Source]:
        """Give the files in which findings may lie."""
        return lint.files(self.normalized)


# --- Looking ---------------------------------------------------------------------------------------------


def reader(manuscript: Manuscript, encoding: str = "") -> fixes.Reading:
    """Give what reads a book anew with other bytes for some of its files, as `with_bytes`."""

    def read(data: Mapping[int, bytes]) -> Normalized:
        return build.assemble(with_bytes(manuscript, data, encoding))

    return read


def with_bytes(manuscript: Manuscript, data: Mapping[int, bytes], encoding: str = "") -> Manuscript:
    """Give a manuscript with other bytes for some of its sources, by key; `encoding` is that of the bytes."""
    encoding = encoding or manuscript.config.manuscript.encoding
    return replace(manuscript, parts=tuple(part.with_bytes(data, encoding) for part in manuscript.parts))


@unsought()
def look(manuscript: Manuscript, normalized: Normalized, files: Sequence[Path], wish: Wish) -> Desk:
    """Give the findings of a book, after its fixes where they are wished for.

    `files` are those that alone are to be looked at and changed; none: all.
    """
    settings = manuscript.config.lint
    settings = replace(settings, extend_select=(*settings.extend_select, *wish.extend))
    config = replace(manuscript.config, lint=settings)
    codes = lint.chosen((*wish.select, *wish.extend) if wish.select else (), wish.ignore, settings)
    names = {str(path) for path in files}
    fixed = None
    if wish.safety:
        keys = frozenset(key for key, item in normalized.sources.items() if not names or item.path in names)
        wanted = fixes.Wish(wish.safety, codes, keys, sheet_of(manuscript))
        fixed = fixes.fix(normalized, config, reader(manuscript), wanted)
        normalized = fixed.normalized
    found = lint.findings(
        normalized,
        config,
        select=(*wish.select, *wish.extend) if wish.select else (),
        ignore=wish.ignore,
        options=lint.Options(gathered=not wish.select, sheet=sheet_of(manuscript)),
    )
    places = lint.files(normalized)
    shown = tuple(item for item in found if not names or places[item.span.source].path in names)
    return Desk(manuscript=manuscript, normalized=normalized, found=shown, fixed=fixed)


def sheet_of(manuscript: Manuscript) -> Sheet | None:
    """Read the style sheet that is kept in a book's folder; None where there is none."""
    path = manuscript.folder / NAME if manuscript.folder else None
    return from_json(build.read_bytes(path), str(path)) if path and path.is_file() else None


# --- Writing ---------------------------------------------------------------------------------------------


def changed(desk: Desk) -> Iterator[tuple[Source, Source]]:
    """Give each source that fixes change, as it is and as it is to be."""
    if desk.fixed:
        for source in desk.manuscript.sources:
            if desk.fixed.data.get(source.key, source.data) != source.data:
                yield source, desk.fixed.normalized.sources[source.key]


_NO_END = "\\ No newline at end of file"


def diff(desk: Desk) -> bytes:
    """Give what fixes change as a unified diff; a file in another encoding than UTF-8 is told in UTF-8."""
    parts: list[str] = []
    for old, new in changed(desk):
        before, after = _lines(old), _lines(new)
        shown = difflib.unified_diff(before, after, old.title, new.title)
        parts += [line if line.endswith("\n") else f"{line}\n{_NO_END}\n" for line in shown]
    return "".join(parts).encode("utf-8", "surrogateescape")


def _lines(source: Source) -> list[str]:
    """Give the lines of a file with their ends; a lone carriage return is shown as a line end."""
    text = source.visible.text
    if source.layout:
        return text.splitlines(keepends=True)
    lines = [text[a:b] for a, b in zip(source.line_starts, [*source.line_starts[1:], len(text)], strict=True)]
    return [line[:-1] + "\n" if line.endswith("\r") else line for line in lines if line]


def save(desk: Desk) -> Iterator[tuple[Path, Path | None]]:
    """Write the fixed files; gives each with the copy of the old one, None where version control has it.

    Raises PublishError, before anything is written, where one may not be written or was changed meanwhile.
    """
    fixed = desk.fixed.data if desk.fixed else {}
    wanted = [part for part in desk.manuscript.parts if part.rewritten(fixed) != part.data]
    for part in wanted:
        _check(part.path, part.data)
    for part in wanted:
        copy = None if is_committed(part.path) else _copied(part.path, part.data)
        build.write(part.path, part.rewritten(fixed))
        yield part.path, copy


def _check(path: Path, data: bytes) -> None:
    if build.read_bytes(path) != data:
        raise PublishError(f"{path}: the file was changed meanwhile; nothing was written.", "Run it again.")
    if not path.stat().st_mode & 0o222:
        raise PublishError(
            f"{path}: the file is write-protected; nothing was written.", "Allow writing first."
        )


def is_committed(path: Path) -> bool:
    """Tell whether git has the file, as it is now, in its last commit."""
    path = path.resolve()
    now = _git(path, "hash-object", "--", path.name)
    return bool(now) and now == _git(path, "rev-parse", "--verify", "--quiet", f"HEAD:./{path.name}")


def _git(path: Path, *arguments: str) -> str:
    """Give what git prints; nothing where it is not installed or finds no repository."""
    try:
        done = subprocess.run(
            ["git", "-C", str(path.parent), *arguments], capture_output=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def _copied(path: Path, data: bytes) -> Path:
    """Keep the old bytes beside a file, under a name that is free; a copy that is there already serves."""
    number = 0
    while True:
        copy = path.with_name(f"{path.name}.bak{number or ''}")
        if not copy.exists():
            build.write(copy, data)
            return copy
        if copy.is_file() and copy.read_bytes() == data:
            return copy
        number += 1


def account(desk: Desk, done: str) -> Iterator[str]:
    """Tell what was fixed and what was not, in sentences; `done` is "made" or "would be made"."""
    fixed = desk.fixed
    if fixed is None:
        return
    counts = sorted(fixed.counts.items(), key=lambda entry: (-entry[1], entry[0]))
    if counts:
        told = ", ".join(f"{code} × {count:,}" for code, count in counts)
        count = sum(fixed.counts.values())
        yield f"{count:,} fix{'es' if count > 1 else ''} {done}: {told}"
    else:
        yield f"No fix {done}."
    for key, items in fixed.unwritable.items():
        source = fixed.normalized.sources[key]
        signs = sorted({sign for item in items for sign in _missing(item, source.encoding)})
        shown = " ".join(map(pictured, signs))
        yield (
            f"{source.title}: {len(items):,} not fixed, for {source.encoding} has no sign for: {shown}. "
            "Save the file as UTF-8 and run it again."
        )
    for code, count in sorted(Counter(item.code for item in fixed.withheld).items()):
        yield f"{code}: {count:,} not fixed, for with it the book would have come out otherwise."


def _missing(item: Diagnostic, encoding: str) -> Iterator[str]:
    for change in item.fix.changes if item.fix else ():
        yield from (sign for sign in change.text if not fixes.encodes(sign, encoding))


# --- What is known ---------------------------------------------------------------------------------------

BASELINE_VERSION = 1


class Known(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding of the baseline."""

    code: str
    text: str
    """The words that stand there, for people who read the file."""
    count: int = 1


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """Findings that are known and not to be told again, by their fingerprints."""

    version: int
    findings: dict[str, Known]


def baseline_of(desks: Sequence[Desk]) -> bytes:
    """Write all findings as a baseline, but of the repairs only those that are warnings."""
    known: dict[str, Known] = {}
    for item, source in _told(desks):
        mark = fingerprint(item, source)
        words = " ".join(source.passage(item.span.start, min(item.span.end, item.span.start + 60)).split())
        known[mark] = Known(item.code, pictured(words), known[mark].count + 1 if mark in known else 1)
    content = dict(sorted(known.items(), key=lambda pair: (pair[1].code, pair[0])))
    document = msgspec.to_builtins(Baseline(BASELINE_VERSION, content))
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _told(desks: Sequence[Desk]) -> Iterator[tuple[Diagnostic, Source]]:
    for desk in desks:
        for item in desk.found:
            if item.severity > Severity.INFO or not lint.RULES[item.code].mended(item.severity):
                yield item, desk.sources[item.span.source]


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; PublishError for a file that is none."""
    try:
        known = msgspec.json.decode(build.read_bytes(path), type=Baseline)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = f"Write it with: publish lint … --write-baseline {path}"
        raise PublishError(f"{path}: this is no baseline ({error}).", hint) from error
    if known.version != BASELINE_VERSION:
        hint = "Write it anew with --write-baseline."
        raise PublishError(f"{path}: this baseline is of another version of publish.", hint)
    return known


def without(desks: Sequence[Desk], baseline: Baseline) -> tuple[list[Desk], int]:
    """Leave out what a baseline knows, as often as it knows it; gives also how many entries are gone."""
    left = Counter({mark: entry.count for mark, entry in baseline.findings.items()})

    def is_new(item: Diagnostic, source: Source) -> bool:
        mark = fingerprint(item, source)
        left[mark] -= 1
        return left[mark] < 0

    shown = [
        replace(
            desk, found=tuple(item for item in desk.found if is_new(item, desk.sources[item.span.source]))
        )
        for desk in desks
    ]
    return shown, sum(1 for mark in baseline.findings if left[mark] > 0)
