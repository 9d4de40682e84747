"""Time measured in calls, which no other program disturbs; seconds belong to the benchmark."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions that some work takes."""
    count = 0

    def one_more(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Tell whether twice the size takes less than three times the calls."""
    return calls(lambda: work(2 * size)) < 3 * calls(lambda: work(size))
