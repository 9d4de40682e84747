"""JSON whose strings keep their places."""

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from publish.source import Edit, Run

_TOKEN = re.compile(r'[ \t\r\n]*(?:([{}\[\],:])|"([^"\\]*(?:\\.[^"\\]*)*)"|([^\s{}\[\],:"]+))', re.DOTALL)
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)
_DEEPEST = 100


class Said(Struct, frozen=True):
    """A string, by its range between the quotation marks."""

    start: int
    end: int


Value: TypeAlias = "dict[str, Value] | list[Value] | Said | str"
"""Numbers and the like are kept as they are typed."""


class BrokenError(ValueError):
    """The JSON is broken at an offset."""

    def __init__(self, at: int) -> None:
        """Keep the place."""
        super().__init__(at)
        self.at = at


def parse(text: str) -> Value:
    """Read JSON; raises BrokenError. Linear time."""
    reader = _Reader(text)
    value = reader.value(0)
    if text[reader.at :].strip():
        raise BrokenError(reader.at)
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0

    def _next(self) -> re.Match[str]:
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            raise BrokenError(self.at)
        self.at = found.end()
        return found

    def value(self, depth: int) -> Value:
        found = self._next()
        if depth > _DEEPEST:
            raise BrokenError(found.start())
        if found[1] == "{":
            return dict(self._members(depth))
        if found[1] == "[":
            return list(self._items(depth))
        if found[1]:
            raise BrokenError(found.start(1))
        return Said(*found.span(2)) if found[2] is not None else found[3]

    def _until(self, sign: str) -> Iterator[None]:
        """Come to each item of a list or an object in turn, up to the sign that ends it."""
        found = _TOKEN.match(self.text, self.at)
        if found and found[1] == sign:
            self.at = found.end()
            return
        while True:
            yield
            after = self._next()
            if after[1] == sign:
                return
            if after[1] != ",":
                raise BrokenError(after.start())

    def _members(self, depth: int) -> Iterator[tuple[str, Value]]:
        for _ in self._until("}"):
            key = self._next()
            if key[2] is None or self._next()[1] != ":":
                raise BrokenError(key.start())
            yield key[2], self.value(depth + 1)

    def _items(self, depth: int) -> Iterator[Value]:
        for _ in self._until("]"):
            yield self.value(depth + 1)


def said(run: Run) -> Run:
    """Give what a string says; `run` is what stands between its quotation marks."""
    edits = []
    for match in _ESCAPE.finditer(run.text):
        try:
            edits.append(Edit(*match.span(), json.loads(f'"{match[0]}"'), ""))
        except ValueError:
            continue
    return run.apply(edits)


def typed(text: str) -> str:
    """Give a text as it stands in a string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
