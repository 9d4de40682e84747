"""How often Python looks for garbage while a book is made, and what becomes of the memory that was freed."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 200_000
"""New objects; a novel is a few times as many, nearly all of them values that hold no circles."""


def given_back() -> None:
    """Give freed memory back to the system, which the C library of Linux else keeps for itself.

    Of a novel of three million characters that is 30 MB, in a twentieth of a second.
    """
    gc.collect()
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)


@contextmanager
def unsought() -> Iterator[None]:
    """Look for no circles while a manuscript becomes a book: what is made of it are values without any."""
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()


@contextmanager
def seldom_sought() -> Iterator[None]:
    """Look for circles seldom while values pile up that have none: each look goes over all of them again."""
    usual = gc.get_threshold()
    gc.set_threshold(max(_MANY, usual[0]) if usual[0] else 0, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
