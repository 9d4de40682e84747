"""How often Python looks for garbage while a book is made, and what becomes of the memory that was freed."""

import functools
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 200_000
"""New objects; a novel is a few times as many, nearly all of them values that hold no circles."""
_ARENA_MAX = -8
"""What <malloc.h> calls how many pools of memory there may be."""


def forgotten(*, lists: bool = True) -> None:
    """Forget what the normalizer remembers of words: without `lists` what has a bound, those of the text."""
    names = [name for name in sys.modules if name.startswith("publish.normalize.")]
    for thing in (thing for name in names for thing in vars(sys.modules[name]).values()):
        if isinstance(thing, functools._lru_cache_wrapper) and (lists or thing.cache_parameters()["maxsize"]):
            thing.cache_clear()


def given_back() -> None:
    """Forget what the normalizer remembers of words, and give freed memory back to the system.

    The C library of Linux else keeps it for itself, and for each thread apart. Of a novel of three million
    characters that is 45 MB, in a tenth of a second.
    """
    forgotten()
    gc.collect()
    if sys.platform != "linux":
        return
    import ctypes

    if hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.mallopt(_ARENA_MAX, 1)
        library.malloc_trim(0)


@contextmanager
def unsought(*, but: int = 0, after: bool = False) -> Iterator[None]:
    """Look for no circles while a manuscript becomes a book, `but` when so many values are new: few have any.

    They all count as old from then on, or the next look would go over each; `after` looks once at the end
    instead: boxes of a layout hold many.
    """
    usual = gc.get_threshold()
    gc.set_threshold(max(but, usual[0]) if but and usual[0] else 0, *usual[1:])
    try:
        yield
    finally:
        if after:
            gc.collect(0)
        else:
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*usual)
