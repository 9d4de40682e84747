"""Regular expressions that are compiled when they are first asked, and once for many processes.

Compiling one takes up to a few milliseconds, and most manuscripts never come to ask for many of them; those
that are asked take a tenth of a second of every command.
"""

from __future__ import annotations

import re
import sys
import tempfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import msgspec

_MANY = 5_000
"""Patterns that are kept, of which ours are fewer: some have words of the manuscript in them."""


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


class _Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What Python's engine takes for a pattern."""

    flags: int
    code: bytes
    groups: int
    named: dict[str, int]
    names: tuple[str | None, ...]


@contextmanager
def remembered(folder: Path) -> Iterator[None]:
    """Take what patterns come to from a file in a folder, and put there what was compiled meanwhile.

    The file is of one build of Python alone. What cannot be read is compiled; what cannot be written is not
    kept.
    """
    compiler: Any = import_module("re._compiler")
    engine: Any = import_module("_sre")
    path = folder / f"patterns-{zlib.crc32(sys.version.encode()):08x}"
    kept, usual = _kept(path), compiler.compile
    before = len(kept)
    asked: dict[bytes, _Compiled] = {}

    def compiled(written: Any, flags: int = 0) -> Any:
        if not isinstance(written, str) or flags & re.DEBUG:
            return usual(written, flags)
        key = f"{flags} {written}".encode("utf-8", "surrogatepass")
        with suppress(RuntimeError, OverflowError, ValueError, TypeError, AttributeError, ImportError):
            made = kept.get(key) or kept.setdefault(key, _taken_apart(compiler, written, flags))
            asked[key] = made
            code = array("I", made.code).tolist()
            return engine.compile(written, made.flags, code, made.groups, made.named, made.names)
        return usual(written, flags)

    compiler.compile = compiled
    try:
        yield
    finally:
        compiler.compile = usual
        if before < len(kept):
            _keep(path, kept if len(kept) < _MANY else asked)


def _taken_apart(compiler: Any, written: str, flags: int) -> _Compiled:
    """Compile a pattern as `re._compiler.compile` does, up to its last step."""
    parsed = import_module("re._parser").parse(written, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", compiler._code(parsed, flags))
    return _Compiled(flags | state.flags, code.tobytes(), state.groups - 1, state.groupdict, tuple(names))


def _kept(path: Path) -> dict[bytes, _Compiled]:
    with suppress(OSError, msgspec.MsgspecError):
        data = path.read_bytes()
        # A sign that turned into another one would find other words, and nobody would know.
        if zlib.crc32(data[_SUM:]).to_bytes(_SUM) == data[:_SUM]:
            return msgspec.msgpack.decode(data[_SUM:], type=dict[bytes, _Compiled])
    return {}


_SUM = 4
"""Bytes of the sum at the beginning of the file."""


def _keep(path: Path, patterns: dict[bytes, _Compiled]) -> None:
    """Write beside and rename, so that no other process ever sees half of it."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            data = msgspec.msgpack.encode(patterns)
            file.write(zlib.crc32(data).to_bytes(_SUM) + data)
        Path(file.name).replace(path)
