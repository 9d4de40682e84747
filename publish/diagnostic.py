"""What is found in a manuscript, and what stops a command."""

from enum import IntEnum, StrEnum

from msgspec import Struct

from publish.source import Change, Span


class Severity(IntEnum):
    """How much a finding matters: an error makes the book wrong or gets it refused."""

    INFO = 0
    WARNING = 1
    ERROR = 2


class Safety(StrEnum):
    """Whether a fix may be applied unasked."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Fix(Struct, frozen=True):
    """Changes that mend a finding, applied all or none."""

    title: str
    changes: tuple[Change, ...]
    safety: Safety


class Diagnostic(Struct, frozen=True):
    """One finding in the author's material."""

    code: str
    severity: Severity
    message: str
    """One sentence that names the text; what to do about it stands with the rule."""
    span: Span
    fix: Fix | None = None
    paste: str = ""
    """Lines of book.toml that settle it; empty where there are none."""
    times: int = 1
    """How many places of one file it stands for; the span is that of the first."""

    @property
    def told(self) -> str:
        """The message, with how often it holds."""
        return self.message if self.times == 1 else f"{self.times:,} times, first here: {self.message}"

    @property
    def fixes(self) -> int:
        """How many places its fix mends; 0 where it has none."""
        if self.fix is None:
            return 0
        return len(self.fix.changes) if self.times > 1 else 1


class PublishError(Exception):
    """The command cannot run: a wrong path, a broken `book.toml`, a full disk.

    `message` is one sentence (file and line where there are any); `hint` says what to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep both sentences apart, so that the terminal can set the hint off."""
        super().__init__(message)
        self.message = message
        self.hint = hint
