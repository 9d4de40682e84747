"""Which parts of a page are the site's and which the author's.

What elements say of themselves (`nav`, `form`, a role, the names of classes, which are English whatever the
language of the site) counts where little of the page's prose stands in it. Where `main` or `article` holds
most of the prose, what stands outside of it is the site's, but for the heading that the page's own title
repeats; elsewhere, what stands outside of the container of nearly all of the prose. No more than a third of
the text of all paragraphs is ever left out for nothing but its place. Lists of nothing but links are ways to
other pages. In a page without any sign of a site, such as a word processor writes, nothing is taken for the
site's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path

from msgspec import Struct

from publish.patterns import lazily
from publish.readers.html import made, saying, signed
from publish.readers.html.tree import BLOCKS, HEADINGS, Node
from publish.readers.html.weights import PARAGRAPHS, Said, Weight, inside, outermost, text_of, weigh
from publish.rows import rows

NAVIGATION = "Ways to other pages of the site."
COMMENTS = "Comments of readers."
SHARING = "Buttons of the site."
FORM = "A form of the site."
ASIDE = "What a site prints beside its pages."
OUTSIDE = "Stands outside of the page's article."
HIDDEN = "The page does not show it."

_ELEMENTS = {
    "nav": NAVIGATION, "form": FORM, "button": SHARING, "select": FORM, "label": FORM, "dialog": ASIDE,
    "footer": ASIDE, "aside": ASIDE, "address": ASIDE,
}  # fmt: skip
_ROLES = {
    "navigation": NAVIGATION, "search": FORM, "form": FORM, "banner": ASIDE, "contentinfo": ASIDE,
    "complementary": ASIDE, "menu": NAVIGATION, "menubar": NAVIGATION, "toolbar": SHARING, "button": SHARING,
    "dialog": ASIDE, "doc-toc": NAVIGATION,
}  # fmt: skip
_KINDS = {"navigation": NAVIGATION, "comments": COMMENTS, "sharing": SHARING, "aside": ASIDE}
_WORDS = {
    word: _KINDS[kind]
    for kind, _, words in (row.partition(": ") for row in rows(Path(__file__).with_name("sites.txt")))
    for word in words.split()
}
_NAME = re.compile(r"[a-z]+(?=[^a-z]|\Z)|[A-Z]?[a-z]+")
_MOST = 0.4
"""Share of a page's prose above which no name makes an element the site's."""
_ARTICLE = 0.6
"""Share of the prose that `main` or `article` must hold for the rest to be the site's."""
_TOLD = 2 / 3
"""Share of the text of all paragraphs, however short, that the article holds."""
_LEAST_LINKS = 3
_LINKED = 0.8


class Article(Struct, frozen=True):
    """What of a page is no text of the author's."""

    furniture: dict[int, str]
    """What elements are, by their identity; what they hold is the same."""
    weights: dict[int, Weight]
    sited: bool
    """The page is one of a site."""


def find(root: Node, said: Said, title: str, *, sited: bool = False) -> Article:
    """Tell what of a page is the site's; `title` is what the page says it is called.

    `sited`: that it is a page of a site is known.
    """
    weights = weigh(root, said)
    sited = sited or _is_sited(root) or _is_surrounded(root, said, weights, title)
    found = (
        _named_parts(root, said, title, weights, sited=sited)
        | made.of_medium(root, said)
        | made.of_work(root)
    )
    found |= dict.fromkeys(_rows_of_links(root, said, weights), NAVIGATION)
    if not sited:
        return Article(found | made.found(root), weights, sited=False)
    holders, declared = _holders(root, weights, found)
    above = _last_heading(root, holders, found)
    # Where the article has the title, what else the page's title names is the site.
    titled = any(_holds_title(node, said, title) for node in holders if node is not root)
    for node in _around(root, holders):
        own = declared or not (weights[id(node)].prose or _is_paragraph(node, weights[id(node)]))
        spared = not titled and _holds_title(node, said, title)
        if own and not spared and not (above and above in node.walk()):
            found.setdefault(id(node), OUTSIDE)
    found |= dict.fromkeys(map(id, _of_the_work(root, above, said, title)), OUTSIDE)
    path = {id(node) for node in holders} | {id(node) for one in holders for node in one.above()}
    lists = (
        node for node in root.walk() if _is_list_of_links(node, weights[id(node)]) and id(node) not in path
    )
    for node in (*_ways(root, weights), *lists, *_headed_lists(root, weights)):
        found.setdefault(id(node), NAVIGATION)
    for holder in holders:
        found |= _at_end(holder, weights, found)
    for node in signed.found(root, said, weights):
        if not saying.in_quotation(node):
            found.setdefault(id(node), ASIDE)
    return Article(found, weights, sited=True)


def _of_the_work(root: Node, above: Node | None, said: Said, title: str) -> Iterator[Node]:
    """Give the headings above that of a page that name a whole work, as the page's own title does at last."""
    level = HEADINGS[above.name] if above else len(HEADINGS)
    for node in takewhile(lambda node: node is not above, root.walk()):
        if HEADINGS.get(node.name, 0) > level and title.find(text_of(node, said)) > 0:
            yield node


def _named_parts(
    root: Node, said: Said, title: str, weights: Mapping[int, Weight], *, sited: bool
) -> dict[int, str]:
    """Give the parts that say themselves that they are the site's, and are no large part of its prose."""
    total = max(1, weights[id(root)].prose)
    found: dict[int, str] = {}
    page, work = cache(lambda: _bare(root, said)), made.work(root)
    named = cache(lambda: [node for node in root.walk() if _names_page(node, said, title)])
    for node in outermost(root, lambda node: bool(_named(node, sited=sited))):
        weight = weights[id(node)]
        # A site's own name goes where the page's title names a heading elsewhere: "The Weekly: The Line".
        holds_title = weight.links < _LEAST_LINKS and _holds_title(node, said, title)
        holds_title = holds_title and all(node in one.above() for one in named())
        is_text = weight.prose > total * _MOST or (node.name == "p" and weight.prose > 0) or _is_told(node)
        is_own = "pullquote" in _words(node) and page().count(_bare(node, said)) == 1
        is_own = is_own or (work is not None and work in node.above())
        if not (is_text or is_own or holds_title):
            found[id(node)] = _named(node, sited=sited)
    return found


def _bare(node: Node, said: Said) -> str:
    """Give the words of an element without signs and capitals; those of a pull quote the text has, too."""
    return re.sub(r"\W+", " ", text_of(node, said)).strip().lower()


def _at_end(holder: Node, weights: Mapping[int, Weight], found: Mapping[int, str]) -> dict[int, str]:
    """Give what stands below the last paragraph of the text in parts of its own: they ask, or only lead on.

    So comments, and lists of other posts, are known in any language.
    """
    ended: dict[int, str] = {}
    others = 0
    for node in reversed(list(holder.elements())):
        weight, held = weights[id(node)], inside(node)
        part = node.name in _CONTAINERS and weight.prose <= weights[id(holder)].prose * _MOST
        said = weight.all - sum(weights[id(inner)].all for inner in outermost(node, _is_heading))
        if part and not _ASKS.isdisjoint(held):
            ended[id(node)] = COMMENTS if "textarea" in held else FORM
        elif part and not weight.told and weight.linked > said * _LINKED:
            ended[id(node)] = NAVIGATION
        elif id(node) not in found:
            others += 1
            if weight.told or not part or others > _MOST_OTHERS:
                break
    return ended | dict(found)


_MOST_OTHERS = 1
"""Parts without a paragraph among those below the text: a site's notice."""
_ASKS = frozenset(("form", "textarea", "input"))


def _is_heading(node: Node) -> bool:
    return node.name in HEADINGS


def _is_told(node: Node) -> bool:
    """Tell an address that stands amid paragraphs of the text, as one in a letter does."""
    if node.name != "address" or node.parent is None:
        return False
    fellows = list(node.parent.elements())
    at = next(at for at, fellow in enumerate(fellows) if fellow is node)
    return [one.name for one in (*fellows[at - 1 : at], *fellows[at + 1 : at + 2])] == ["p", "p"]


def whole(root: Node, said: Said) -> Article:
    """Give a page of which all is the author's but for what a blog's editor puts into posts."""
    weights = weigh(root, said)
    found = {id(node): SHARING for node in root.walk() if _WIDGET.search(node.get("class"))}
    found |= dict.fromkeys(_rows_of_links(root, said, weights), NAVIGATION)
    return Article(found | made.of_archive(root), weights, sited=False)


_WIDGET = lazily(
    r"(?:^|\s)(?:subscription-widget|subscribe-widget|captioned-button|button-wrapper|sharedaddy|"
    r"jp-relatedposts|embedded-publication|wp-block-jetpack-subscriptions|wp-block-buttons?(?:\s|$)|"
    r"kg-(?:button|signup|cta|product)-card|kg-email-cta)"
)
"""Elements with which Substack, WordPress and Ghost ask readers for something."""


def _is_sited(root: Node) -> bool:
    """Tell whether a page has anything that only sites have."""
    for node in root.walk():
        if node.name in _OF_SITES or node.get("role").lower() in ("navigation", "main", "banner"):
            return True
        if node.name == "meta" and node.get("property").startswith("og:"):
            return True
        if node.name == "script" and "math" not in node.get("src").lower():
            return True
    around = {node.name for node in outermost(root, lambda node: node.name in _AROUND_ARTICLES)}
    return "article" in around and len(around) > _TWO_KINDS


_OF_SITES = frozenset(("main", "form", "button"))
_AROUND_ARTICLES = frozenset(("article", "nav", "aside", "footer"))
_TWO_KINDS = 2
"""Beside its articles a page has ways to others and a column, or a foot."""


def _is_surrounded(root: Node, said: Said, weights: Mapping[int, Weight], title: str) -> bool:
    """Tell whether parts of a page say that they are of several kinds that sites print round a text.

    One is enough where the page's own title says more than its heading: "The Line | The Weekly".
    """
    total = max(1, weights[id(root)].prose)
    kinds = {
        what
        for node in root.walk()
        if node.name in _SURROUNDING and weights[id(node)].prose <= total * _MOST
        for what in _whole_names(node, said)
    }
    heads = (text_of(node, said).strip() for node in root.walk() if kinds and node.name == "h1")
    ended = (title[len(head) :].strip() for head in heads if head and title.startswith(head))
    return len(kinds) > 1 or any(end[:1] in _PARTS_SITE and end[1:2] == " " for end in ended if end)


_PARTS_SITE = "|–—·-»•"  # No colon, behind which subtitles stand.
_SURROUNDING = frozenset(("div", "ul", "aside", "footer"))


def _whole_names(node: Node, said: Said) -> Iterator[str]:
    """Give what the names of an element say that are one word each; pandoc makes names of headings."""
    first = next(node.elements(), node)
    heading = text_of(first, said).lower() if first.name in HEADINGS else ""
    for name in (*node.classes, node.get("id").lower()):
        if name in _WORDS and name != heading:
            yield _WORDS[name]


def _named(node: Node, *, sited: bool) -> str:
    """Give what an element says of itself that makes it the site's; empty for none.

    The foot of a quotation, and whatever stands beside it there, says where it is from.
    """
    if node.name in _NEVER or node.name in HEADINGS:
        return ""
    what = _says(node, sited=sited)
    return "" if what == ASIDE and saying.in_quotation(node) else what


def _says(node: Node, *, sited: bool) -> str:
    if what := _ROLES.get(node.get("role").lower(), _ELEMENTS.get(node.name, "")):
        return what if sited or what in (NAVIGATION, FORM) else ""
    words = list(_words(node)) if sited else []
    if "site" in words and not _OF_THE_SITE.isdisjoint(words):
        return ASIDE
    return next((what for word in words if (what := _word(word))), "")


_OF_THE_SITE = frozenset(("header", "branding", "title", "description", "info", "top"))


def _word(word: str) -> str:
    """Give what a word in a name says; longer words may go on: "relatedposts", "commentform"."""
    if word in _WORDS:
        return _WORDS[word]
    begun = (whole for whole in _WORDS if len(whole) >= _LEAST_STEM and word.startswith(whole))
    return next((_WORDS[whole] for whole in begun), "")


_LEAST_STEM = 7
_NEVER = frozenset(("", "html", "body", "main", "article", "table", "tbody", "tr", "td"))


def _words(node: Node) -> Iterator[str]:
    """Give the words of an element's classes and name."""
    for name in (node.get("class"), node.get("id")):
        for word in _NAME.findall(name):
            yield word.lower()


def _free(nodes: Iterable[Node], weights: Mapping[int, Weight], found: Mapping[int, str]) -> Weight:
    """Give how much prose elements hold that is not the site's."""
    free = Weight()
    for node in nodes:
        free.prose += weights[id(node)].prose
        free.told += weights[id(node)].told
        for inner in outermost(node, lambda inner: id(inner) in found):
            free.prose -= weights[id(inner)].prose
            free.told -= weights[id(inner)].told
    return free


def _holders(root: Node, weights: Mapping[int, Weight], found: Mapping[int, str]) -> tuple[list[Node], bool]:
    """Give the elements that hold what the page is about; true where they say so themselves."""
    if work := made.work(root):
        return [work], True
    free = _free([root], weights, found)
    said = list(outermost(root, lambda node: id(node) in found or _says_main(node)))
    said = [node for node in said if id(node) not in found]
    if said and _holds(_free(said, weights, found), free, _ARTICLE):
        return [inner for node in said for inner in _inner(node, weights, found)], True
    node = root
    while free.prose:
        inner = [
            child
            for child in node.elements()
            if id(child) not in found
            and _may_hold(child)
            and _holds(_free([child], weights, found), free, _NEARLY_ALL)
        ]
        if not inner:
            break
        node = inner[0]
    return [node], False


_NEARLY_ALL = 0.9


def _holds(part: Weight, whole: Weight, share: float) -> bool:
    """Tell whether a part of a page has such a share of its prose, and most of the paragraphs."""
    return part.prose >= whole.prose * share and part.told >= whole.told * _TOLD


def _may_hold(node: Node) -> bool:
    """Tell whether an element can be what paragraphs stand in, rather than be one of them.

    A text that breaks parts instead of elements stands in an element that has a name.
    """
    names = [inner.name for inner in node.elements()]
    parted = names.count("br") > 1 and _has_name(node)
    return node.name in _CONTAINERS and (parted or not BLOCKS.isdisjoint(names))


_CONTAINERS = frozenset(
    "html body main article section div center font form table tbody tr td th header".split()
)


def _is_paragraph(node: Node, weight: Weight) -> bool:
    """Tell a paragraph of text, which has no name of its own, beside the container of the others."""
    if _has_name(node) or weight.all <= weight.linked * 2:
        return False
    return node.name in PARAGRAPHS or (
        node.name == "div" and BLOCKS.isdisjoint(inner.name for inner in node.elements())
    )


def _has_name(node: Node) -> bool:
    return bool(node.get("class") or node.get("id") or node.get("role"))


def _says_main(node: Node) -> bool:
    return node.name in ("main", "article") or node.get("role").lower() == "main"


def _inner(node: Node, weights: Mapping[int, Weight], found: Mapping[int, str]) -> list[Node]:
    """Give the articles in an element that hold nearly all of its prose, else itself."""
    free = _free([node], weights, found)
    articles: list[Node] = []
    for child in node.elements():
        articles += outermost(child, lambda inner: id(inner) in found or _says_main(inner))
    articles = [inner for inner in articles if id(inner) not in found]
    if free.prose and _holds(_free(articles, weights, found), free, _NEARLY_ALL):
        return articles
    return [node]


def _around(root: Node, holders: list[Node]) -> Iterator[Node]:
    """Give the elements outside of some others, each as a whole."""
    keep = {id(node) for node in holders}
    path = {id(above) for node in holders for above in node.above()}
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in path:
            stack.extend(reversed(list(node.elements())))
        elif id(node) not in keep:
            yield node


def _last_heading(root: Node, holders: list[Node], found: Mapping[int, str]) -> Node | None:
    """Give the heading that stands right above the article, unless one stands in it."""
    above: Node | None = None
    for node in outermost(
        root, lambda node: id(node) in found or node.name in HEADINGS or node in holders[:1]
    ):
        if node in holders[:1]:
            heads = outermost(node, lambda inner: id(inner) in found or inner.name in HEADINGS)
            return None if any(inner.name in HEADINGS for inner in heads) else above
        above = above if id(node) in found else node
    return None


def _ways(root: Node, weights: Mapping[int, Weight]) -> Iterator[Node]:
    """Give the links to the pages before and behind, each with what holds nothing but links."""
    for link in root.walk():
        if link.name != "a" or not _RELATIONS & set(link.get("rel").lower().split()):
            continue
        node = link
        for above in link.above():
            weight = weights[id(above)]
            if above.name in _NEVER or weight.linked < weight.all * _LINKED:
                break
            node = above
        if node is not link:
            yield node


_RELATIONS = {"next", "prev", "previous"}


def _holds_title(node: Node, said: Said, title: str) -> bool:
    """Tell whether an element holds a heading that the page's own title repeats."""
    folded = title.casefold()
    for inner in node.walk() if folded else ():
        if inner.name in HEADINGS and (text := text_of(inner, said).casefold()) and text in folded:
            return len(text) * 2 >= len(folded) or inner.name == "h1"
    return False


def _names_page(node: Node, said: Said, title: str) -> bool:
    """Tell whether a heading is what the page's own title names at its beginning or its end."""
    text = text_of(node, said).strip().casefold() if title and node.name in HEADINGS else ""
    whole = title.strip().casefold()
    return len(text) >= _LEAST_TITLE and (whole.startswith(text) or whole.endswith(text))


_LEAST_TITLE = 4


def _rows_of_links(root: Node, said: Said, weights: Mapping[int, Weight]) -> Iterator[int]:
    """Give short paragraphs of links with nothing but bars between them: Previous | Contents | Next."""
    for node in root.walk():
        weight = weights[id(node)]
        few = 1 < weight.links <= _MOST_WAYS and 0 < weight.all <= _LONGEST_ROW
        if not few or node.name not in _ROWS:
            continue
        links = [inner for inner in node.walk() if inner.name == "a" and "href" in inner.attributes]
        rest = text_of(node, said)
        for link in links:
            rest = rest.replace(text_of(link, said), "", 1)
        if _BARS.fullmatch(rest) and not any(link.get("href").startswith("#") for link in links):
            yield id(node)


_ROWS = frozenset(("p", "div", "center", "h3", "h4", "h5", "h6"))
_BARS = lazily(r"[\s|·•/\\»«→←<>–—~*-]*[|·•/\\»«→←<>–—~*-][\s|·•/\\»«→←<>–—~*-]*")
_MOST_WAYS = 6
_LONGEST_ROW = 80


def _headed_lists(root: Node, weights: Mapping[int, Weight]) -> Iterator[Node]:
    """Give lists of ways to other pages, however short, with the headings right above them: "Read also"."""
    for parent in root.walk():
        for above, node in pairwise(parent.elements()):
            short = node.name in ("ul", "ol") and _is_list_of_links(node, weights[id(node)], 2)
            if short and _is_heading(above):
                yield from (above, node)


def _is_list_of_links(node: Node, weight: Weight, least: int = _LEAST_LINKS) -> bool:
    """Tell a list of ways to other pages; one of places in the same page is a contents list."""
    if node.name not in BLOCKS or weight.links < least or weight.prose:
        return False
    if weight.linked < weight.all * _LINKED:
        return False
    links = [inner for inner in node.walk() if inner.name == "a" and "href" in inner.attributes]
    return all(not link.get("href").startswith("#") for link in links)
