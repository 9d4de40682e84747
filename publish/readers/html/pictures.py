"""Pictures of a page: their files, what is said of them, the signs of WordPress round them."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from msgspec.structs import replace

from publish.draft import PART, Line
from publish.patterns import lazily
from publish.readers.figures import REMOTE
from publish.readers.html.tree import Node
from publish.source import Edit, Run

_SHORTCODE = lazily(
    r"\[/?(?:caption|wp_caption|gallery|embed|audio|video|playlist)\b[^\]\n]{0,500}\]|"
    r"\[(?:youtube|vimeo|dailymotion|wpvideo|videopress|soundcloud|spotify|bandcamp|instagram|facebook|tweet|"
    r"twitter|tiktok|flickr|slideshare|scribd|gist|googlemaps|polldaddy|contact-form(?:-7)?)\b"
    r"[^\]\n/=\d]{0,40}[/=\d][^\]\n]{0,500}\]"
)
"""Those of services say an address, a number or a value; else the word is the author's."""
_CREDIT = re.compile(r"credit|attribution|copyright|source|photographer", re.IGNORECASE)
_CAPTION = re.compile(r"caption", re.IGNORECASE)
_SIGNS = re.compile(r"emoji|smiley", re.IGNORECASE)
_LATE = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
"""Where pages keep the address of a picture that is loaded only when it is looked at."""

Value = Callable[[Node, str], Run]


def shortcodes(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give the ranges of a text, with true for those that are signs of WordPress."""
    done = 0
    for match in _SHORTCODE.finditer(text) if "[" in text else ():
        yield done, match.start(), False
        yield match.start(), match.end(), True
        done = match.end()
    yield done, len(text), False


def is_sign(node: Node) -> bool:
    """Tell a picture that stands for a sign in the text: ☺."""
    alt = node.get("alt")
    return bool(_SIGNS.search(node.get("class"))) or (0 < len(alt) <= 2 and not alt.isascii())


def _address(node: Node) -> str:
    """Give the attribute that names the file of a picture; empty where none does."""
    names = [name for name in ("src", *_LATE) if node.get(name).strip()]
    near = [name for name in names if not REMOTE.match(node.get(name).strip())]
    return (near or names or [""])[0]


def line(node: Node, value: Value) -> Line | None:
    """Give the line of a picture, which is absent where it lies on the network; None where none is seen."""
    name = _address(node)
    # One point high or wide: nobody sees it, sites count their readers by it.
    if not name or any(node.get(side).strip() in ("0", "1", "2") for side in ("width", "height")):
        return None
    file = value(node, name)
    absent = REMOTE.match(file.text) is not None
    if not absent and not file.text.startswith("data:"):
        plain = unquote(file.text.partition("?")[0].partition("#")[0])
        file = file if plain == file.text else file.apply([Edit(0, len(file), plain, "")])
    parts = Run.join([value(node, "alt"), Run(PART + PART)])
    return Line(run=_placed(parts, file), image=file, absent=absent) if file.text else None


def _placed(run: Run, near: Run) -> Run:
    """Give a run a place where nothing in it has one."""
    if run.pieces:
        return run
    return near.slice(0, 0).apply([Edit(0, 0, run.text, "")])


def captioned(line: Line, caption: Run, credit: Run | None = None) -> Line:
    """Give the line of a picture with what stands below it."""
    alt, _, rest = line.run.text.partition(PART)
    below, _, _ = rest.partition(PART)
    if below:
        return line
    parts = [line.run.slice(0, len(alt)), Run(PART), caption, Run(PART), credit or Run("")]
    return replace(line, run=_placed(Run.join(parts), line.image or Run("")))


def holder(node: Node) -> bool:
    """Tell whether an element holds a picture and what is said of it."""
    if node.name != "figure" and not _CAPTION.search(node.get("class")):
        return False
    return any(inner.name == "img" for inner in node.walk())


def parted(node: Node) -> Node | None:
    """Take the element that says what a picture shows out of what holds it, and give it."""
    found = _caption(node)
    if found and found.parent:
        found.parent.children = [child for child in found.parent.children if child is not found]
    return found


def _caption(node: Node) -> Node | None:
    for child in node.elements():
        if child.name == "figcaption" or (child.name != "img" and _CAPTION.search(child.get("class"))):
            return child if not any(inner.name == "img" for inner in child.walk()) else _caption(child)
    for child in node.elements():
        if child.name in ("div", "tbody", "tr", "td") and (found := _caption(child)):
            return found
    return None


def credit(node: Node) -> Node | None:
    """Give the element of a caption that says whose picture it is."""
    for child in node.elements():
        if child.name in ("cite", "small") or _CREDIT.search(child.get("class")):
            return child
    return None
