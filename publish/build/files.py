"""The only door to the disk: files read and written."""

import contextlib
import difflib
import errno
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from publish.diagnostic import PublishError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""Errors of a disk, or a quota, that has no room."""


LARGEST = 1 << 29
"""512 MB, of a manuscript: one with hundreds of photographs as a camera takes them; a novel has one."""


def read_bytes(path: Path, most: int = 0) -> bytes:
    """Give the content of a file; PublishError where it cannot be read, or has more than `most` bytes."""
    if path.exists() and not path.is_file():
        raise PublishError(f"{path}: this is not a file.", "Name a file of text or a book's folder.")
    try:
        if most and path.stat().st_size > most:
            message = f"{path}: the file is larger than {most >> 20} MB."
            raise PublishError(message, "Part it, or make its pictures smaller.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise missing(path) from error
    except OSError as error:
        raise unreadable(path, error) from error


def is_there(path: Path) -> bool:
    """Tell whether there is a file or folder; there is none by a name that the disk does not take."""
    with contextlib.suppress(OSError):
        return path.exists()
    return False


def read_stdin() -> bytes:
    """Give what comes on standard input; raises PublishError where somebody sits at it."""
    if sys.stdin is None or sys.stdin.isatty():
        raise PublishError(
            "Nothing comes on standard input.", "Send a manuscript: cat my-story.md | publish build -"
        )
    return sys.stdin.buffer.read()


def missing(path: Path) -> PublishError:
    """Say that a file or folder is not there, with the nearest name that is."""
    with contextlib.suppress(OSError):
        near = difflib.get_close_matches(path.name, [item.name for item in path.parent.iterdir()], n=1)
        if near:
            return PublishError(f"{path}: there is no such file or folder.", f"Did you mean “{near[0]}”?")
    return PublishError(f"{path}: there is no such file or folder.", "Check the spelling of its name.")


def unreadable(path: Path, error: OSError) -> PublishError:
    """Say why something could not be read."""
    if isinstance(error, PermissionError):
        hint = f"Allow it, for instance: chmod u+r {shlex.quote(str(path))}"
        return PublishError(f"{path}: you may not read it.", hint)
    return PublishError(f"{path}: it cannot be read ({error.strerror}).")


def write(path: Path, data: bytes | BinaryIO) -> None:
    """Write a file whole or not at all, making its folder; PublishError where the disk does not let us."""
    stream = BytesIO(data) if isinstance(data, bytes) else data
    stream.seek(0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            # A device or a pipe: nothing can be put in its place.
            with path.open("wb") as file:
                shutil.copyfileobj(stream, file)
            return
        with _beside(path.resolve()) as temporary:
            with temporary.open("wb") as file:
                shutil.copyfileobj(stream, file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path.resolve())
    except OSError as error:
        raise unwritable(str(path), error) from error


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a new empty file beside a path, with a new file's rights; the end of the block removes it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    temporary = Path(name)
    try:
        os.close(handle)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def unwritable(name: str, error: OSError) -> PublishError:
    """Say why something could not be written."""
    if error.errno in FULL:
        return PublishError(f"{name}: the disk is full; nothing was written.", "Make room and try again.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return PublishError(f"{name}: you may not write there.", "Choose another place with -o.")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return PublishError(
            f"{name}: a file stands where a folder is needed.", "Choose another place with -o."
        )
    return PublishError(f"{name}: it cannot be written ({error.strerror}).", "Choose another place with -o.")
