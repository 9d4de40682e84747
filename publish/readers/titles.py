"""Headings of Markdown: which paragraph a row of signs makes one, and what of a line are its words."""

import re
from collections.abc import Sequence

from publish.document import DivisionKind
from publish.readers import attributes
from publish.readers.attributes import Attribute

_LONGEST = 100
_MOST_LINES = 3
"""Above a row of `=`."""
_SPACE = " \t\f\v"


def underlined(title: str, sign: str, line_end: re.Pattern[str]) -> int:
    """Give the level of the heading that a row of `=` or `-` makes of a paragraph; 0 where it is text."""
    is_prose = sign == "-" and (title.rstrip().endswith((*'.,;!”"’', "...")) and "." in title[-1:])
    lines = len(line_end.findall(title)) + 1
    short = len(title) <= _LONGEST and (lines == 1 or (sign == "=" and lines <= _MOST_LINES))
    return (1 if sign == "=" else 2) if short and not is_prose else 0


_KINDS = frozenset(kind.value for kind in DivisionKind)
_NUMBERS = re.compile(r"[0-9]{0,9}(?:,[0-9]{1,9})*")


def _is_said(item: Attribute) -> bool:
    """Tell whether a kind or a number is one: else what stands in braces is words."""
    if item.name == "numbers":
        return _NUMBERS.fullmatch(item.value) is not None
    return item.name != "kind" or item.value in _KINDS


def words(text: str, first: int) -> tuple[str, Sequence[Attribute]]:
    """Give the words of a heading that begin at an offset, without `#` at their end, and what is stated."""
    end, stated = attributes.read(text, first)
    if not all(map(_is_said, stated)):
        end, stated = len(text), []
    bare = text[first:end].rstrip(_SPACE)
    closing = bare.rstrip("#")
    if closing != bare and closing[-1:] in ("", *_SPACE):
        bare = closing.rstrip(_SPACE)
    return bare, stated
