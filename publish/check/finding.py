"""What is wrong with a finished e-book."""

from msgspec import Struct

from publish.diagnostic import Severity


class Finding(Struct, frozen=True, order=True):
    """One fault; rules that Ace by DAISY knows too bear Ace's names."""

    file: str
    """Entry of the archive; empty for the archive itself."""
    line: int
    """From 1; 0 where the fault has no line."""
    column: int
    code: str
    severity: Severity
    message: str
    """What is wrong and, where that does not follow, what to do."""


def error(code: str, message: str, file: str = "", line: int = 0, column: int = 0) -> Finding:
    """Give a fault for which stores or reading systems refuse a book."""
    return Finding(file, line, column, code, Severity.ERROR, message)


def warning(code: str, message: str, file: str = "", line: int = 0, column: int = 0) -> Finding:
    """Give a fault that some readers suffer from, or that a store reports."""
    return Finding(file, line, column, code, Severity.WARNING, message)
