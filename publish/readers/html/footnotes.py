"""Notes of a page: a link in the text to a place in the page from which a link leads back.

So word processors, blogs and pandoc all write them. Where elements say what they are (`doc-noteref`, EPUB's
`noteref`) the way back may be missing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from publish.patterns import lazily
from publish.readers.html.tree import BLOCKS, HEADINGS, Node

_NOTE_BLOCKS = BLOCKS - {"html", "body", "main", "article", "table", "tbody", "section", "ol", "ul", "tr"}
_BACK = lazily(r"[\s\[\](){}*†‡§^.:\d↩↑⤴←⬆\ufe0e\ufe0fivxlcdm]*")
"""What a link back holds: a number, a sign."""
_LONGEST_SIGN = 12


class Notes(Struct, frozen=True):
    """The notes of a page."""

    bodies: dict[int, Node]
    """The block of each note, by the identity of the link that refers to it."""
    taken: frozenset[int]
    """Elements that are notes, by identity: they do not stand where they are."""
    backs: frozenset[int]
    """Links back, which are no text."""
    comments: frozenset[int] = frozenset()
    """What was said to the author in the margin, and the links to it."""


def find(root: Node, words: Mapping[int, str], said: Callable[[tuple[int, int]], str]) -> Notes:
    """Pair references with notes; `words` gives the text of each link by its identity, `said` of a range.

    Brackets round a link back become elements of their own, which are no text as it is none.
    """
    links = [node for node in root.walk() if node.name == "a"]
    places = {place: (order, node) for order, node in enumerate(root.walk()) for place in _places(node)}
    order_of = {id(node): order for order, node in enumerate(root.walk())}
    leads = {id(link): target for link in links if (target := _target(link, places))}
    bodies: dict[int, Node] = {}
    backs: set[int] = set()
    taken: set[int] = set()
    for link in links:
        target = leads.get(id(link))
        if target is None or id(link) in backs or not is_sign(words.get(id(link), "")):
            continue
        block = block_of(target, link)
        if order_of[id(link)] >= order_of[id(block)] or block in link.above() or id(block) in taken:
            continue
        back = [
            inner for inner in block.walk() if inner.name == "a" and _leads_to(leads.get(id(inner)), link)
        ]
        if not back and _says(link, "noteref"):
            # A way back that leads nowhere bears the number all the same.
            back = [inner for inner in block.walk() if inner.name == "a" and _is_number(inner, link, words)][
                :1
            ]
        if back or _says(link, "noteref"):
            backs.update(id(node) for inner in back for node in (inner, *_brackets(inner, said)))
            bodies[id(link)] = block
            taken.add(id(block))
    numbers = [_number(body, words[link].strip("[]()^. "), said) for link, body in bodies.items()]
    if all(numbers):
        backs.update(id(_parted(*number)) for number in numbers if number)
    return Notes(bodies, frozenset(taken), frozenset(backs), frozenset(_comments(links, leads)))


def _number(block: Node, sign: str, said: Callable[[tuple[int, int]], str]) -> tuple[Node, int, int] | None:
    """Give where the number stands that begins a note, the way back being another sign: "1. So ↩".

    That is the element that holds it, which of its children, and where it ends. Bare it may be a word of the
    note's ("1 Kings 4"), as it may be where not every note begins so ("1. Mose 4").
    """
    node, first = block, 0
    while first < len(node.children):
        child = node.children[first]
        if isinstance(child, Node):
            if child.name not in ("p", "div", "span"):
                return None
            node, first = child, 0
        elif not said(child).strip():
            first += 1
        else:
            found = _NUMBER.match(said(child))
            own = found and found[1] == sign and said((child[0], child[0] + found.end())) == found.group()
            return (node, first, child[0] + found.end()) if found and own else None
    return None


_NUMBER = lazily(r"\s*[\[(]?(\d{1,4})[\]).:]{1,2}\s+(?=\S|\Z)")


def _parted(node: Node, at: int, end: int) -> Node:
    """Part the beginning of a text among the children of an element from the rest, and give it."""
    start, last = node.children[at]  # type: ignore[misc]  # a text
    made = Node("span", {}, start, start, node, [(start, end)])
    node.children[at : at + 1] = [made, (end, last)]
    return made


def _is_number(inner: Node, link: Node, words: Mapping[int, str]) -> bool:
    return inner.get("href").startswith("#") and words.get(id(inner)) == words[id(link)]


def _brackets(link: Node, said: Callable[[tuple[int, int]], str]) -> Iterator[Node]:
    """Part the brackets round a link back, or the stop behind its number, from the text beside it."""
    holder = link.parent
    if holder is None:
        return
    at = next(i for i, child in enumerate(holder.children) if child is link)
    around = holder.children[max(0, at - 1) : at], holder.children[at + 1 : at + 2]
    low, high = (next((place for place in some if not isinstance(place, Node)), None) for some in around)
    if high is None:
        return
    first, before = low or (0, 0)
    after, last = high
    sign = said((after, after + 1))
    bracketed = said((max(first, before - 1), before)) + sign in ("[]", "()")
    stops = sign and sign in _STOPS and said((after + 1, after + 2)) != sign
    begins = not said((first, before)).strip() and not any(isinstance(child, Node) for child in around[0])
    if bracketed or (stops and begins):
        yield (made := Node("span", {}, after, after, holder, [(after, after + 1)]))
        holder.children[at + 1 : at + 2] = [made, (after + 1, last)]
    if bracketed:
        yield (made := Node("span", {}, before - 1, before - 1, holder, [(before - 1, before)]))
        holder.children[at - 1 : at] = [(first, before - 1), made]


_STOPS = ".):"
"""What stands behind the number of a note."""
_COMMENT = re.compile(r"#?(?:cmnt|_msocom_|_com_)\d+")
"""Places of comments as Google Docs and Word name them."""


def _comments(links: Sequence[Node], leads: Mapping[int, Node]) -> Iterator[int]:
    """Give the comments of a page, and the links that lead to them."""
    for link in links:
        target = leads.get(id(link))
        if target is not None and _COMMENT.fullmatch(link.get("href")):
            yield from (id(link), id(block_of(target, link)))


def _places(node: Node) -> Sequence[str]:
    names = (node.get("id"), node.get("name") if node.name == "a" else "")
    return [name for name in names if name]


def _target(link: Node, places: Mapping[str, tuple[int, Node]]) -> Node | None:
    _, sign, name = link.get("href").rpartition("#")
    return places[name][1] if sign and name in places else None


def is_sign(text: str) -> bool:
    """Tell whether a link has the words of a reference: a number, a star, in brackets perhaps."""
    return 0 < len(text) <= _LONGEST_SIGN and _BACK.fullmatch(text.casefold()) is not None


def _leads_to(target: Node | None, link: Node) -> bool:
    """Tell whether a link back leads to a reference: to it, to what holds it closely, or into it."""
    if target is None:
        return False
    near: list[Node] = [link]
    for above in link.above():
        near.append(above)
        if above.name in BLOCKS:
            break
    return target in near or target.parent in near


def block_of(target: Node, link: Node) -> Node:
    """Give the block that a note is: the place itself, or the smallest that holds it.

    What holds further paragraphs of the same note alone is the note: "<div id=ftn1><p>…</p><p>…</p></div>".
    """
    node = target
    while node.name not in _NOTE_BLOCKS and node.parent is not None:
        node = node.parent
    while node.name == "p" and node.parent and node.parent.name in _OF_PARAGRAPHS:
        holder = node.parent
        blocks = [child for child in holder.elements() if child.name in BLOCKS]
        if blocks[0] is not node or holder in link.above() or not _holds_one(holder):
            break
        node = holder
    return node


_OF_PARAGRAPHS = frozenset(("div", "li", "aside", "dd", "td"))
_MOST_PARAGRAPHS = 20


def _holds_one(node: Node) -> bool:
    """Tell whether an element holds one way within the page, as a single note does, and no heading."""
    ways = blocks = 0
    for inner in node.walk():
        if inner.name in HEADINGS:
            return False
        ways += inner.name == "a" and "#" in inner.get("href")
        blocks += inner.name in BLOCKS
    return ways <= 1 and blocks <= _MOST_PARAGRAPHS


def _says(node: Node, word: str) -> bool:
    return word in node.get("epub:type").lower() or word in node.get("role").lower()


def holds_notes_alone(node: Node, notes: Notes) -> bool:
    """Tell whether an element holds nothing but notes and the heading or rule above them."""
    if not notes.taken or id(node) in notes.taken or node.name in _WHOLE:
        return False
    held = False
    stack = list(node.elements())
    while stack:
        inner = stack.pop()
        if id(inner) in notes.taken:
            held = True
        elif inner.name in ("p", "table", "figure", "pre", "blockquote"):
            return False
        elif inner.name not in HEADINGS:
            stack.extend(inner.elements())
    return held


_WHOLE = frozenset(("", "html", "body", "main", "article"))
