r"""A picture in Markdown, alone in its paragraph.

    ![A bridge in the rain](images/bridge.jpg "The bridge at Arta"){credit="Photograph: Ada Marsh"}

The first words are for whoever does not see it, those in quotation marks stand below it, and so does a line
that touches it; they, and the credit, may hold inline markup. What else is stated of it, as pandoc has it
(`{#bridge .wide width=50%}`), says how it is to look, and goes as markup, unless it holds words. A file whose
name has brackets stands in `<…>`. A picture at an address of the web is no such picture, since nothing is
fetched; nor is one amid text.
"""

import re
from collections.abc import Mapping

from publish.diagnostic import Diagnostic, Severity
from publish.draft import PART, Line
from publish.patterns import lazily
from publish.readers import inlines, links
from publish.source import Change, Run, Span

_STATED = (
    r"""(?:(?:[.#][\w:.#-]+|(?!(?:[\w:-]*-)?(?:alt|title|cap|caption|credit)=)[\w:-]+="""
    r"""(?:"(?:[^"\\]|\\.)*"|[^\s"{}]+))(?:\s+|(?=\})))*"""
)
"""Names and keys that say how a picture is to look."""
FIGURE = lazily(
    r"""!\[(?P<alt>(?:[^\\\[\]]|\\.)*)\]"""
    r"""\(\s*(?:<(?P<angled>[^<>\r\n]+)>|(?P<bare>[^\s()<>"]+(?: +[^\s()<>"]+)*))"""
    r"""(?:\s+"(?P<caption>(?:[^"\\]|\\.)*)")?\s*\)"""
    rf"""(?:\{{:?\s*{_STATED}(?:credit="(?P<credit>(?:[^"\\]|\\.)*)"(?:\s+|(?=\}})){_STATED})?\}})?""",
    re.DOTALL,
)
_LINK = lazily(r"\[(?=!\[)(?P<picture>.+\))\]\([^()\s]*(?:\s+\"[^\"]*\")?\)(?:\{[^{}]*\})?", re.DOTALL)
"""A picture that leads somewhere, as blogs have them: to itself in a larger size."""
_EMBEDDED = lazily(
    r"!\[\[(?P<bare>[^\[\]|\r\n]+\.(?:jpe?g|png|gif|svg))(?:\|(?:\d+(?:x\d+)?|(?P<alt>[^\[\]|\r\n]*)))?\]\]",
    re.IGNORECASE,
)
"""A picture as Obsidian has it; behind the bar stands its width, or what it shows."""
_TAG = re.compile(
    r"<img\b[^<>]{0,2000}>|\{\{[<%]\s*(?:figure|image|img)\s[^{}]{0,2000}(?:>|%)\}\}"
    r"|\{%-?\s*(?:include\s+)?(?:figure|image|img)[\w.-]*\s[^{}]{0,2000}%\}",
    re.IGNORECASE,
)
"""A picture as HTML has it, Hugo and Jekyll."""
_ATTRIBUTE = lazily(
    r"""(?<![\w-])(?P<name>src|alt|title|caption|attr|credit)\s*=\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|`(?P<back>[^`]*)`)""",
    re.IGNORECASE,
)
_REFERRED = lazily(r"!\[(?P<alt>(?:[^\\\[\]]|\\.)*)\](?:\[(?P<name>[^\[\]\r\n]{0,200})\])?", re.DOTALL)
REMOTE = lazily(
    r"(?!data:image/(?:png|jpe?g|gif|svg\+xml);base64,)[A-Za-z][A-Za-z0-9+.-]+:|//|__GHOST_URL__",
    re.IGNORECASE,
)
"""Begins the address of a picture that lies in no folder, and not in the text itself either."""


_LONGEST_ADDRESS = 120
_LONGEST_CAPTION = 240
_BEGINS = ("![", "<img", "{{<", "{{%", "{%")
_SHORTCODE = lazily(
    r"\[(?:wp_)?caption [^\]\n]{0,500}\]\s*(?P<picture>[!<].{1,2000}?[)>])\s*(?P<caption>[^\[\]]{0,1000})"
    r"\[/(?:wp_)?caption\]",
    re.DOTALL,
)
"""A picture and its caption as WordPress has them."""


def left_out(line: Line) -> tuple[list[Change], list[Diagnostic]]:
    """Give what leaves the text with a picture that is absent, and what its author has to know."""
    address = line.image or line.run
    inside = address.text.startswith("data:")
    named = "inside of the page" if inside else f"at {address.text[:_LONGEST_ADDRESS]}"
    message = f"A picture is left out: it lies {named}; save it beside the page, and name its file there."
    said = [piece for piece in line.run.pieces if piece.end > piece.start]
    spans = [Span(piece.source, piece.start, piece.end) for piece in said]
    changes = [Change(span, "", False, "DOC005", "It tells of a picture that is left out.") for span in spans]
    place = address.span(0, len(address))
    return changes, [Diagnostic("DOC005", Severity.WARNING, message, place)] if place else []


_Figure = tuple[Line, list[Span]]


def read(paragraph: Run, line_end: re.Pattern[str], named: Mapping[str, Run]) -> _Figure | None:
    """Give the line of a paragraph that is a picture, and what of it is markup; None for any other.

    `named` are the addresses to which the file gives names, by these.
    """
    text = paragraph.text
    if text.startswith("[![") and (link := _LINK.fullmatch(text)):
        made = read(paragraph.slice(*link.span("picture")), line_end, named)
        around = (paragraph.span(0, 1), paragraph.span(link.end("picture"), len(text)))
        return (made[0], [*made[1], *filter(None, around)]) if made else None
    places = _written(text) or _captioned(text, line_end)
    if not places:
        return _referred(paragraph, line_end, named)
    image = places.get("angled") or places.get("bare")
    if image is None or REMOTE.match(text[slice(*image)]):
        return None
    return _figure(paragraph, places, paragraph.slice(*image), line_end)


_Places = dict[str, tuple[int, int]]


def _written(text: str) -> _Places:
    """Give the parts of a picture that is all of a text; none of any other."""
    if text.startswith(("<", "{")):
        return _tagged(text)
    found = (FIGURE.fullmatch(text) or _EMBEDDED.fullmatch(text)) if text.startswith("![") else None
    return (
        {name: found.span(name) for name, said in found.groupdict().items() if said is not None}
        if found
        else {}
    )


def each(paragraph: Run) -> list[Run]:
    """Give the pictures of a paragraph that holds nothing else, each by itself; of any other the whole."""
    found = list(FIGURE.finditer(paragraph.text)) if paragraph.text.startswith("![") else []
    ends = [0, *(place for match in found for place in match.span()), len(paragraph)]
    gaps = (paragraph.text[low:high] for low, high in zip(ends[::2], ends[1::2], strict=True))
    several = len(found) > 1 and not any(gap.strip() for gap in gaps)
    return [paragraph.slice(*match.span()) for match in found] if several else [paragraph]


def _captioned(text: str, line_end: re.Pattern[str]) -> _Places:
    """Give the parts of a picture and of the one line that touches it; none where that is a picture too."""
    if coded := _SHORTCODE.fullmatch(text) if text.startswith("[") else None:
        places = _written(coded["picture"])
        shift = coded.start("picture")
        found = {name: (low + shift, high + shift) for name, (low, high) in places.items()}
        return found | ({"caption": coded.span("caption")} if found else {})
    first = line_end.search(text) if text.startswith(_BEGINS) else None
    below = text[first.end() :] if first else ""
    if first is None or line_end.search(below) or len(below) > _LONGEST_CAPTION:
        return {}
    places = {} if below.startswith(_BEGINS) else _written(text[: first.start()])
    return places | {"caption": (first.end(), len(text))} if places and "caption" not in places else {}


def _referred(paragraph: Run, line_end: re.Pattern[str], named: Mapping[str, Run]) -> _Figure | None:
    """Give the line of a picture whose file stands elsewhere, under a name: `![A bridge][arta]`."""
    found = _REFERRED.fullmatch(paragraph.text) if named and paragraph.text.startswith("![") else None
    image = named.get(links.folded(found["name"] or found["alt"])) if found else None
    if found is None or image is None or REMOTE.match(image.text):
        return None
    return _figure(paragraph, {"alt": found.span("alt")}, image, line_end)


def _tagged(text: str) -> _Places:
    """Give the parts of a picture that is a tag; none where it says more than a picture can have."""
    names = {"src": "bare", "title": "caption", "attr": "credit"}
    said = _ATTRIBUTE.finditer(text) if _TAG.fullmatch(text) else ()
    found = {one["name"].lower(): one.span(one.lastgroup or "") for one in said}
    if "title" in found and "caption" in found:
        names["title"] = "credit" if "alt" in found else "alt"
    places = {names.get(name, name): place for name, place in found.items()}
    return places if len(places) == len(found) else {}


def _figure(paragraph: Run, places: _Places, image: Run, line_end: re.Pattern[str]) -> _Figure:
    said: dict[str, Run] = {}
    syntax: list[Span | None] = []
    done = 0
    named = sorted((places[name], name) for name in ("alt", "caption", "credit") if name in places)
    for (start, end), name in named:
        text, inner = inlines.scan(paragraph.slice(start, end) if end > start else Run(""), line_end)
        said[name] = text.strip()
        syntax += [paragraph.span(done, start), *inner]
        done = end
    syntax.append(paragraph.span(done, len(paragraph)))
    parts = [part for name in ("alt", "caption", "credit") for part in (said.get(name, Run("")), Run(PART))]
    line = Line(run=Run.join(parts[:-1]), image=image)
    return line, [span for span in syntax if span]
