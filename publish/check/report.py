"""Findings about e-books, for reading and for other programs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publish.check.finding import Finding
from publish.check.origins import Origins, origin, told
from publish.diagnostic import Severity


class Checked(Struct, frozen=True):
    """One e-book and what was found in it."""

    path: str
    findings: Sequence[Finding]
    epubcheck: bool
    """Whether EPUBCheck looked at it too."""
    origins: Origins | None = None
    """Where its text comes from, if it was built here."""


def as_text(books: Sequence[Checked]) -> str:
    """Write findings for reading, the gravest of each book first."""
    return "".join(line + "\n" for book in books for line in _lines(book))


_SHOWN = 3
"""Of findings that say the same; the JSON form has them all."""


def _lines(book: Checked) -> Iterator[str]:
    count_of: Counter[tuple[str, str]] = Counter()
    alike = Counter(map(_kind, book.findings))
    for finding in sorted(book.findings, key=lambda item: (-item.severity, item)):
        kind = _kind(finding)
        count_of[kind] += 1
        if count_of[kind] == _SHOWN and alike[kind] > _SHOWN + 1:
            more = alike[kind] - _SHOWN + 1
            yield f"{book.path}  {finding.code}  {more} more of these; --format json has all"
        if count_of[kind] >= _SHOWN and alike[kind] > _SHOWN + 1:
            continue
        place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part)
        where = f"{book.path}: {place}" if place else book.path
        yield f"{where}  {finding.code} {finding.severity.name.lower()}  {finding.message}"
        if found := told(book.origins, finding) if book.origins else "":
            yield f"      in the manuscript: {found}"
    counts = Counter(finding.severity for finding in book.findings)
    parts = [
        f"{counts[severity]} {name}{'s' if counts[severity] > 1 else ''}"
        for severity, name in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"))
        if counts[severity]
    ]
    by = "EPUBCheck and publish" if book.epubcheck else "publish alone"
    yield f"{book.path}: {', '.join(parts) or 'nothing found'} (checked by {by})"


def _kind(finding: Finding) -> tuple[str, str]:
    """Give what findings that say the same have in common; warnings may say it of other names."""
    if finding.severity is Severity.ERROR:
        return finding.code, finding.message
    return finding.code, re.sub('["“][^"”]*["”]', "", finding.message)


def as_data(books: Sequence[Checked]) -> list[dict[str, object]]:
    """Give findings as plain data for JSON; lines and columns count from 1."""
    return [_book(book) for book in books]


def _book(book: Checked) -> dict[str, object]:
    return {
        "file": book.path,
        "epubcheck": book.epubcheck,
        "findings": [_finding(book, finding) for finding in sorted(book.findings)],
    }


def _finding(book: Checked, finding: Finding) -> dict[str, object]:
    found = origin(book.origins, finding) if book.origins else None
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "manuscript": dict(zip(("file", "line", "column"), found, strict=True)) if found else None,
    }
