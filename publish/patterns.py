"""Regular expressions that are compiled when they are first asked.

Compiling one takes up to a few milliseconds, and most manuscripts never come to ask for many of them.
"""

import re
from typing import Any, cast


class _Pattern:
    """Stands for a compiled pattern; what is asked of it once is then its own."""

    def __init__(self, written: str, flags: int) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._written, self._flags), name)
        setattr(self, name, found)
        return found


def lazily(written: str, flags: int = 0) -> re.Pattern[str]:
    """Give what can be asked as a pattern can, compiled when it is; the functions of `re` do not take it."""
    return cast("re.Pattern[str]", _Pattern(written, flags))
