"""HTML as tokens with their places, by those of the WHATWG tokenizer's states that matter to a text.

Where a page is broken its author's words weigh more than what a browser would show: a comment, a script or an
attribute that never ends is not taken to reach to the end of the page.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from msgspec import Struct

from publish.diagnostic import PublishError
from publish.patterns import lazily
from publish.source import Edit

RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "noscript", "xmp", "template"))
"""Elements whose content is no text of the page."""
_WORDS_ALONE = frozenset(("title", "textarea"))
"""Elements that hold text and no elements."""
_WHOLE = RAW | _WORDS_ALONE


class Value(Struct, frozen=True):
    """What an attribute says, and where it stands in the page, without its quotation marks."""

    text: str
    start: int
    end: int


class Token(Struct, frozen=True):
    """A range of the page: a tag, text, or something else that is markup."""

    start: int
    end: int
    name: str = ""
    """Of a tag, in small letters; empty for text, "!" for other markup."""
    closing: bool = False
    alone: bool = False
    """A tag that closes itself, as XML has them."""
    attributes: dict[str, Value] = {}


_TAG = lazily(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE = lazily(
    r"""[\s/]*(?P<name>[^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+)))?"""
)
_END = lazily(r"[\s/]*>")
_MOST_ATTRIBUTES = 200
"""Of one tag; what stands behind them is skipped."""


def tokens(text: str, *, xml: bool = False, plain: bool = False) -> Iterator[Token]:
    """Give the tokens of a page one after the other; together they are the page. Linear time.

    In XML a tag may close itself, and CDATA holds text; where it is `plain` no name means what it does in
    HTML.
    """
    whole = frozenset() if plain else _WHOLE
    missing: set[str] = set()
    done = at = 0
    while (at := text.find("<", at)) >= 0:
        if xml and text.startswith(_CDATA, at) and (end := text.find("]]>", at)) >= 0:
            yield from _cdata(done, at, end)
            done = at = end + len("]]>")
            continue
        token = _markup(text, at, missing)
        if token is None:
            at += 1
            continue
        if at > done:
            yield Token(done, at)
        done = at = token.end
        if token.name not in whole or token.closing or token.alone:
            yield token
            continue
        closes = _raw_end(text, done, token.name, missing)
        # What never ends holds nothing, so that no text is lost in it.
        yield token if closes is not None else Token(token.start, token.end, "!")
        if closes is not None and closes > done:
            yield Token(done, closes, "" if token.name in _WORDS_ALONE else "!")
            done = at = closes
    if done < len(text):
        yield Token(done, len(text))


_CDATA = "<![CDATA["


def _cdata(done: int, at: int, end: int) -> Iterator[Token]:
    """Give the text before a section of CDATA, and what it holds."""
    inside = at + len(_CDATA)
    if at > done:
        yield Token(done, at)
    yield Token(at, inside, "!")
    if end > inside:
        yield Token(inside, end)
    yield Token(end, end + len("]]>"), "!")


def _markup(text: str, at: int, missing: set[str]) -> Token | None:
    """Give the markup that begins at a sign `<`; None where that is text."""
    following = text[at + 1 : at + 2]
    if ">" in missing:
        return None
    if following.isascii() and (following.isalpha() or following == "/"):
        if match := _TAG.match(text, at):
            return _tag(text, match, missing)
        return _until(text, at, ">", missing) if following == "/" else None
    if following == "!":
        if text.startswith("<!--", at) and (comment := _until(text, at, "-->", missing)):
            return comment
        return _doctype(text, at) or _until(text, at, ">", missing)
    return _until(text, at, ">", missing) if following == "?" else None


_DOCTYPE = lazily(r"<!doctype[^>\[]{0,400}\[(?P<inside>[^\]]{0,100000})\]\s*>", re.IGNORECASE)
_ENTITY = lazily(r"<!ENTITY\s+(?:%\s*)?([^\s>]{1,80})", re.IGNORECASE)


def _doctype(text: str, at: int) -> Token | None:
    """Give a document type that declares something itself, up to its end."""
    found = _DOCTYPE.match(text, at) if at < _HEAD else None
    return Token(at, found.end(), "!") if found else None


def refuse_entities(text: str, told: str) -> None:
    """Raise PublishError for a document, `told` to people so, that declares entities which HTML has not.

    They may name other files, or grow; what they stand for is not known without them.
    """
    if name := _declared(text):
        raise PublishError(
            f"{told}: the document declares the entity “{name}”.",
            "It was not read. Save it anew with the program that made it.",
        )


def _declared(text: str) -> str:
    at = text[:_HEAD].lower().find("<!doctype")
    found = _DOCTYPE.match(text, at) if at >= 0 else None
    names = (match[1] for match in _ENTITY.finditer(found["inside"])) if found else ()
    return next((name for name in names if f"{name};" not in html5), "")


_HEAD = 4096
"""Characters in which a document type stands."""


def _until(text: str, at: int, sign: str, missing: set[str]) -> Token | None:
    """Give what reaches to a sign; `missing` are signs that do not stand in the rest of the page."""
    if sign in missing:
        return None
    end = text.find(sign, at + 2)
    if end < 0:
        missing.add(sign)
        return None
    return Token(at, end + len(sign), "!")


def _tag(text: str, match: re.Match[str], missing: set[str]) -> Token | None:
    attributes: dict[str, Value] = {}
    at = match.end()
    for _ in range(_MOST_ATTRIBUTES):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            break
        at = found.end()
        form = found.lastgroup or "name"
        value = Value("", at, at) if form == "name" else Value(unescape(found[form]), *found.span(form))
        attributes.setdefault(found["name"].lower(), value)
    end = _END.match(text, at)
    if end is None:
        close = text.find(">", at)
        if close < 0:
            missing.add(">")
            return None
        return Token(match.start(), close + 1, match[2].lower(), bool(match[1]), False, attributes)
    alone = "/" in end[0]
    return Token(match.start(), end.end(), match[2].lower(), bool(match[1]), alone, attributes)


def _raw_end(text: str, at: int, name: str, missing: set[str]) -> int | None:
    """Give where the content of an element ends that holds no elements; None where nothing closes it."""
    if name in missing:
        return None
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
    if found is None:
        missing.add(name)
        return None
    return found.start()


_SPACE = r"[ \t\r\n\f]+"
_REFERENCE = r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)"
_TO_READ = lazily(f"(?P<space>{_SPACE})|{_REFERENCE}")
REFERENCES = lazily(_REFERENCE)


def readings(text: str, *, kept_space: bool) -> list[Edit]:
    """Give the edits that turn a text of a page into what it says: references, and white space made one.

    Where it is kept only references are read.
    """
    if kept_space:
        return [edit for match in REFERENCES.finditer(text) if (edit := _reference(match))]
    edits: list[Edit] = []
    for match in _TO_READ.finditer(text):
        if match["space"]:
            if match[0] != " ":
                edits.append(Edit(*match.span(), " ", ""))
        elif edit := _reference(match):
            edits.append(edit)
    return edits


def _reference(match: re.Match[str]) -> Edit | None:
    """Give what a reference to a character says; one without its `;` counts only where HTML has it so."""
    text = match[0]
    if text[1] != "#" and text not in _NAMED:
        return None
    said = unescape(text)
    return Edit(*match.span(), said, "") if said != text else None


_NAMED = {f"&{name}" for name in html5}
