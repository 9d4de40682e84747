"""What the text of a page says of itself while it is walked through: days in `time`, links to other pages."""

from __future__ import annotations

import re

from msgspec.structs import replace

from publish.draft import Line
from publish.readers.html.tree import Node

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_WAYS = {"next": "next", "prev": "previous", "previous": "previous"}


class Seen:
    """The evidence of the article that is walked through, or of the page where there is none."""

    def __init__(self) -> None:
        self.posted = ""
        self.ways: dict[str, str] = {}

    def see(self, node: Node) -> bool:
        """Look at an element; true where it is a date."""
        for relation in node.get("rel").lower().split() if node.name == "a" else ():
            if relation in _WAYS:
                self.ways.setdefault(_WAYS[relation], node.get("href"))
        if node.name != "time" or not node.get("datetime"):
            return False
        date = _DATE.match(node.get("datetime"))
        self.posted = self.posted or (date[0] if date else "")
        return True

    def end(self, outer: Seen, lines: list[Line], first: int) -> None:
        """Let the heading of an article, whose lines begin with a number, say what was seen in it.

        A page of one article is that article; where there are several, each has its own day.
        """
        at = next((i for i in range(first, len(lines)) if lines[i].heading_level), None)
        if at is not None and self.posted and not lines[at].attributes:
            lines[at] = replace(lines[at], attributes=(("posted", self.posted),))
        outer.posted = outer.posted or self.posted
        outer.ways = self.ways | outer.ways
