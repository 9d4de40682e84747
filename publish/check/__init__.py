"""Checks of finished e-books, ours and other people's.

`faults` reads a book with care and applies the rules of this package: those of Ace by DAISY for the package
and, of those for documents, what can be told without a browser; archives, links, ids, sizes and contrast.
`epubcheck` asks the W3C's EPUBCheck, where it is installed.
"""

from pathlib import Path

from publish.check.epubcheck import Message
from publish.check.finding import Finding
from publish.diagnostic import Severity

__all__ = ["Finding", "faults", "joined"]


def faults(data: bytes) -> list[Finding]:
    """Give what is wrong with an EPUB; whoever asks for origins alone imports no rules."""
    from publish.check import appearance, archive, documents, metadata, navigation, package

    opened = archive.read(data)
    found = list(opened.findings)
    if not opened.entries:
        return found
    described, more = package.read(opened.entries)
    found += more
    if described is None:
        return found
    trees, more = documents.read(described, opened.entries)
    found += more
    found += documents.faults(described, trees, opened.entries)
    found += appearance.faults(described, opened.entries)
    found += navigation.older_contents(described, opened.entries)
    found += metadata.missing(described)
    if described.version.startswith("3"):
        found += metadata.faults(described)
        found += navigation.faults(described, trees)
    # What is encrypted looks damaged as well.
    locked = {finding.file for finding in found if finding.code == "zip-encrypted"}
    return sorted(item for item in found if item.code not in _DAMAGED or item.file not in locked)


_DAMAGED = {"document-unreadable", "font-unreadable", "picture-unreadable"}
_SAME = {
    "PKG-005": {"zip-mimetype"},
    "PKG-006": {"zip-mimetype"},
    "PKG-007": {"zip-mimetype"},
    "RSC-002": {"container-missing"},
}
"""Faults of the archive that EPUBCheck finds too: ours say what to do."""
_LONGEST_MESSAGE = 240


def _finding(message: Message) -> Finding:
    # A fault of the archive itself is told with the archive's own path.
    is_archive = Path(message.path).is_absolute() or message.path.startswith("./")
    return Finding(
        "" if is_archive else message.path,
        max(0, message.line),
        max(0, message.column),
        message.code,
        _SEVERITIES[message.severity],
        _shortened(message.text),
    )


def _shortened(text: str) -> str:
    """Give a message of EPUBCheck without the hundred names of what could stand in place of a fault."""
    text = text.removeprefix("Error while parsing file: ")
    if len(text) <= _LONGEST_MESSAGE:
        return text
    told = text.partition("; expected ")[0]
    return told if len(told) <= _LONGEST_MESSAGE else f"{told[:_LONGEST_MESSAGE]}…"


_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}


def joined(own: list[Finding], messages: list[Message]) -> list[Finding]:
    """Give our findings and EPUBCheck's in one list, what both found on a line in EPUBCheck's words."""
    known = {item.code for item in own}
    theirs = [_finding(message) for message in messages if not _SAME.get(message.code, set()) & known]
    told = {(item.file, item.line) for item in theirs if item.severity is Severity.ERROR and item.line}
    kept = [item for item in own if item.severity < Severity.ERROR or (item.file, item.line) not in told]
    return sorted([*kept, *theirs])
