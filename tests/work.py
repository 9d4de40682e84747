"""Time measured in calls, which no other program disturbs; seconds belong to the benchmark."""

import cProfile
import gc
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions that some work takes.

    No garbage is collected meanwhile: Python 3.11.2 leaves the stack of a generator that runs under a
    profiler longer than it is, and a collection that walks it meets values that are gone and crashes.
    """
    profile = cProfile.Profile()
    collects = gc.isenabled()
    gc.disable()
    try:
        profile.runcall(work)
    finally:
        if collects:
            gc.enable()
    return sum(entry.callcount for entry in profile.getstats())


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Tell whether twice the size takes less than three times the calls."""
    work(size)  # What is made once, patterns and tables, is made now.
    return calls(lambda: work(2 * size)) < 3 * calls(lambda: work(size))
