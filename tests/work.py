"""Time measured in calls, which no other program disturbs; seconds belong to the benchmark."""

from __future__ import annotations

import cProfile
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions that some work takes.

    The library's profiler makes no frames: a function of ours is given them, and Python 3.11.2 crashed so.
    """
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Tell whether twice the size takes less than three times the calls."""
    work(size)  # What is made once, patterns and tables, is made now.
    return calls(lambda: work(2 * size)) < 3 * calls(lambda: work(size))
