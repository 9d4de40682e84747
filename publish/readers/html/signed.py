"""Who wrote a post and when, as sites say it above or below the text."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from publish.patterns import lazily
from publish.readers.html.tree import BLOCKS, HEADINGS, Node
from publish.readers.html.weights import Said, Weight, inside, text_of

_PAGE = frozenset(("", "html", "body", "main", "article", "table", "tbody", "tr", "td"))


def found(root: Node, said: Said, weights: Mapping[int, Weight]) -> Iterator[Node]:
    """Give the elements that say so."""
    yield from _postings(root, said)
    yield from _bylines(root, said, weights)


def _bylines(root: Node, said: Said, weights: Mapping[int, Weight]) -> Iterator[Node]:
    """Give the lines of a site that say who wrote a post, each with a link to whoever that is."""
    for node in root.walk():
        weight = weights[id(node)]
        short = weight.links == 1 and weight.linked > 0 and weight.all <= _LONGEST_BYLINE
        if short and node.name not in _PAGE and _BY.match(text_of(node, said)):
            yield node


_BY = re.compile(r"(?:by|von|par|por|di|door|av|af)\s", re.IGNORECASE)
_LONGEST_BYLINE = 50


def _postings(root: Node, said: Said) -> Iterator[Node]:
    """Give lines with a day of our time that a site sets right below a heading, and not as paragraphs."""
    for parent in root.walk():
        for above, node in pairwise(parent.elements()):
            if above.name in HEADINGS and node.name in ("div", "span") and BLOCKS.isdisjoint(inside(node)):
                text = text_of(node, said)
                if len(text) <= _LONGEST_POSTING and _DAY.search(text):
                    yield node


_DAY = lazily(r"\b\d{1,2}\b.*\b(?:199|20\d)\d\b|\b20\d\d\b.*\b\d{1,2}\b")
_LONGEST_POSTING = 100
