"""Links, addresses and tags of HTML amid the text of Markdown: where they begin and end.

A bracket is the text of a link only where an address follows, or a name to which the file gives one:
“[sic](he means it)” is text. A tag counts only by a name that HTML knows, so that “<sigh>” stays.
"""

import re
from collections.abc import Collection

from msgspec import Struct

from publish.draft import MARK, MARKS, raised
from publish.patterns import lazily

_TITLE = rf"""(?:"[^"{MARKS}]*"|'[^'{MARKS}]*')"""
_TARGET = lazily(
    rf"\((?:\s*(?:<(?P<angled>[^<>\r\n{MARKS}]*)>|"
    rf"(?P<bare>[^\s()<>{MARKS}]*(?:\([^\s()<>{MARKS}]*\)[^\s()<>{MARKS}]*)*))"
    rf"(?:\s+{_TITLE})?\s*)\)(?:\{{[^{{}}\r\n{MARKS}]{{0,200}}\}})?"
)
_NAME = lazily(rf"\[(?P<name>[^\[\]\r\n^{MARKS}][^\[\]\r\n{MARKS}]{{0,199}})?\]")

_ATTRIBUTES = lazily(r"""\{[ \t]*(?:(?:[.#][\w:-]+|[\w:-]+=(?:"[^"]*"|[^\s"{}]+))[ \t]*)+\}""")
_LONGEST_TARGET = 2000
_LONGEST_COMMENT = 4_000
_IS_ADDRESS = lazily(r"[#/?]|[A-Za-z][A-Za-z0-9+.-]*:|[^\s]*(?:[./@#]|%20)")
_ADDRESS = lazily(rf"<(?:[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>{MARKS}]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_TAG = lazily(
    rf"<(?:(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    rf"(?:\s[^<>{MARKS}]{{0,500}})?/?>)"
)
_RAISED = lazily(r"<(?P<tag>sup|sub)>(?P<number>[^<\r\n]{1,8})</(?P=tag)>", re.IGNORECASE)
_WIKI = lazily(r"\[\[(?:[^\[\]|\r\n]*\|)?(?=[^\[\]|\r\n]+\]\])|\[\[")
_DEFINITION = lazily(
    rf"[ ]{{0,3}}\[(?P<name>[^\[\]\r\n^{MARKS}][^\[\]\r\n{MARKS}]{{0,199}})\]:"
    rf"[ \t]*<?(?P<target>[^\s<>{MARKS}]+)>?(?:[ \t]+(?:{_TITLE}|\([^()\r\n{MARKS}]*\)))?[ \t]*"
)
ITALIC = frozenset({"i", "em", "cite", "dfn", "var", "u", "ins"})
"""Tags of words that print sets in italics; what is underlined in a manuscript is."""
_BOLD = frozenset({"b", "strong"})
_PLAIN = frozenset(
    "a abbr address acronym article aside bdo big blink center data del div figcaption font footer header "
    "kbd label main mark nobr p q s section small span strike sub sup time tt wbr".split()
)
"""Tags that say nothing which a book could print; what stands between them is text."""


class Tag(Struct, frozen=True):
    """A tag, or a comment, which has no name."""

    end: int
    name: str = ""
    closes: bool = False

    @property
    def breaks(self) -> bool:
        """It ends a line."""
        return self.name == "br"

    @property
    def paired(self) -> bool:
        """It begins something that the book has."""
        return not self.closes and self.name in ITALIC | _BOLD


def end(text: str, start: int, close: int, known: Collection[str]) -> int:
    """Give where a link ends whose text stands between brackets, from `start` to `close`; 0 for no link."""
    if text.startswith("^", start):
        return 0
    after = text[close + 1 : close + 2]
    if after == "(":
        target = _TARGET.match(text, close + 1, close + _LONGEST_TARGET)
        bare = target is not None and target["angled"] is None and target["bare"]
        return 0 if target is None or (bare and not _IS_ADDRESS.match(bare)) else target.end()
    if after == "{":
        braces = _ATTRIBUTES.match(text, close + 1, close + _LONGEST_TARGET)
        return braces.end() if braces else 0
    if not known:
        return 0
    named = _NAME.match(text, close + 1)
    name = named["name"] if named and named["name"] else text[start:close]
    if folded(name) not in known:
        return 0
    return named.end() if named else close + 1


def folded(name: str) -> str:
    """Give the name of an address without what does not tell it from others."""
    return " ".join(name.split()).casefold()


def definition(line: str) -> tuple[str, tuple[int, int]] | None:
    """Give the name, folded, to which a line gives an address, and where that stands; None for any other."""
    found = _DEFINITION.fullmatch(line.strip()) if "]:" in line else None
    if found is None or not _IS_ADDRESS.match(found["target"]):
        return None
    low, high = found.span("target")
    margin = len(line) - len(line.lstrip())
    return folded(found["name"]), (low + margin, high + margin)


def address(text: str, start: int) -> tuple[int, int] | None:
    """Give where an address in `<…>` begins and ends."""
    found = _ADDRESS.match(text, start)
    return (start + 1, found.end() - 1) if found else None


def tag(text: str, start: int) -> Tag | None:
    """Give the tag or comment at a place; None where `<` is a sign of the text."""
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4, start + _LONGEST_COMMENT)
        return Tag(end + 3) if end >= 0 and not MARK.search(text, start, end) else None
    found = _TAG.match(text, start)
    if found is None:
        return None
    name = found["name"].lower()
    if name != "br" and name not in ITALIC | _BOLD | _PLAIN:
        return None
    return Tag(found.end(), name, bool(found["closes"]))


def raised_number(text: str, start: int) -> tuple[str, int] | None:
    """Give a number that is set high or low, in the signs that say so, and where its markup ends."""
    found = _RAISED.match(text, start)
    signs = raised(found["number"], found["tag"].lower()) if found else ""
    return (signs, found.end()) if found and signs else None


def wiki(text: str, start: int) -> tuple[int, int]:
    """Give where the words shown of `[[page|words]]` begin, and where it ends."""
    opening = _WIKI.match(text, start)
    assert opening is not None
    return opening.end(), text.index("]]", opening.end()) + 2
