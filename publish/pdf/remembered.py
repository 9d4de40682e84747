"""Composed sections in the user's cache, so that a book that was made before is made faster.

One file for each section, named by the digest of all that the section hangs on: its text, pictures, page,
stylesheet and typefaces, and the program itself. A file is written whole or not at all, and one that is
damaged counts for nothing; so a build that is killed leaves what it composed until then.
"""

import contextlib
import os
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import msgspec

from publish import __version__
from publish.fonts import put_whole, user_cache

_MOST_BYTES = 256_000_000
"""Kept of all books together; what was not used for longest goes first."""
_DIGEST = 16
Kept = TypeVar("Kept")


def folder() -> Path:
    """Give the folder of the sections."""
    return user_cache() / "publish" / "sections"


@cache
def program() -> bytes:
    """Give a digest of what composes: this package's own files, and the releases of the libraries it uses."""
    from importlib.metadata import version

    own = sorted(Path(__file__).parents[1].glob("*.py")) + sorted(Path(__file__).parent.rglob("*.py"))
    stamps = [(path.name, *stamp(path)) for path in own]
    libraries = [version(name) for name in ("weasyprint", "uharfbuzz", "pyphen")]
    return blake2b(repr((__version__, stamps, libraries)).encode()).digest()


def stamp(path: Path) -> tuple[int, int]:
    """Give when a file was written, and its size."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def recall(key: bytes, kind: type[Kept]) -> Kept | None:
    """Give what was kept under a key; None where nothing is, or what is cannot be read."""
    path = folder() / key.hex()
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        data = path.read_bytes()
        if blake2b(data[_DIGEST:], digest_size=_DIGEST).digest() == data[:_DIGEST]:
            os.utime(path)
            return msgspec.msgpack.decode(data[_DIGEST:], type=kind)
    return None


def keep(key: bytes, value: object) -> None:
    """Keep something under a key; where the cache cannot be written nothing is kept."""
    data = msgspec.msgpack.encode(value)
    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        put_whole(folder() / key.hex(), blake2b(data, digest_size=_DIGEST).digest() + data)


def tidy() -> None:
    """Delete what was not used for longest, where there is more than is to be kept."""
    with contextlib.suppress(OSError):
        kept = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(folder())]
        kept.sort(reverse=True)
        for (_, _, path), total in zip(kept, accumulate(size for _, size, _ in kept), strict=True):
            if total > _MOST_BYTES:
                Path(path).unlink(missing_ok=True)
