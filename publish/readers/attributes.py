"""Attributes of Markdown: what `{#name .class key="value"}` at a line's end states."""

import json

from msgspec import Struct

from publish.patterns import lazily

_SPACE = " \t\f\v"
_LONGEST = 4000
_ENTRY = lazily(
    r"""[ \t]*(?:[.#](?P<name>[\w:-]+)|(?P<key>[\w-]+)=(?P<value>"(?:[^"\\]|\\.)*"|[^\s"]+)|-)(?=[ \t]|$)"""
)


class Attribute(Struct, frozen=True):
    """One entry of `{…}`: a class counts as a name with the value "true"."""

    name: str
    value: str
    start: int
    """Offset in the line of the value, without its quotation marks."""
    end: int


def read(text: str, start: int) -> tuple[int, list[Attribute]]:
    """Give where the `{…}` at a line's end begins and what it states; without one, the line's end."""
    bare = text.rstrip(_SPACE)
    at = bare.rfind("{", start)
    if not bare.endswith("}") or at < 0 or len(bare) - at > _LONGEST:
        return len(text), []
    if at > start and bare[at - 1] not in " \t":
        return len(text), []
    found: list[Attribute] = []
    done, end = at + 1, len(bare[:-1].rstrip())
    while done < end:
        match = _ENTRY.match(bare, done, end)
        if not match:
            return len(text), []
        if match["name"]:
            found.append(Attribute(match["name"], "true", match.end(), match.end()))
        elif match["key"]:
            quoted = match["value"][0] == '"'
            first, last = match.start("value") + quoted, match.end("value") - quoted
            found.append(Attribute(match["key"], _value(match["value"]), first, last))
        done = match.end()
    return at, found


def _value(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]
