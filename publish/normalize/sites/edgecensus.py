"""What the whole manuscript says about the short lines at the edges of its posts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain, pairwise

from msgspec import Struct

from publish.normalize.lines.shape import is_name
from publish.normalize.sheet import Sheet
from publish.normalize.sites.edgelines import (
    LEAST_POSTS,
    LONGEST,
    REFRAIN,
    Seen,
    Zone,
    seen_as,
    short_lines,
    unquoted,
)
from publish.normalize.sites.posts import CREDIT
from publish.normalize.sites.printedtwice import DOUBLED
from publish.normalize.words.almanac import stated, undated
from publish.patterns import lazily

_DIGIT = re.compile(r"\d")
_UNPARTED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that part no words, or have short ones."""
_IS_UNPARTED = lazily(f"[{_UNPARTED}]")
_WORD = lazily(rf"[{_UNPARTED}]+|[^\W\d_]{{3,}}")
_CAPITALIZED = re.compile(r"\b[^\W\d_a-z][^\W\d_A-Z]{2,}")
_MISTER = "[^\\W\\d_a-z][^\\W\\d_A-Z]"
_AMID = re.compile(
    rf"[ ,](?:(?<=[^\W_][ ,])|(?<=\b{_MISTER}\. )|(?<=\b{_MISTER}[^\W\d_A-Z]\. ))\s?\b([^\W\d_]{{3,}})\b"
)
_LEAST_NAMED = 2
_PLAIN_USE = 10
"""Times that a name must stand with a capital for each time that it stands without."""
_LONGEST_OPENING = 4
"""Words of a salutation, or of what closes a letter."""
_LETTER_REACH = 8
_MANY_POSTS = 3
_OUTERMOST = 3
"""Lines at the edge of a post that are looked at for what stands in the same place elsewhere."""
_LEAST_FILLED = 4


class Census(Struct, frozen=True):
    """What is known of each template that stands at an edge."""

    posts: Mapping[str, int]
    """In how many posts it stands at an edge."""
    signs: Set[str]
    """Templates that are furniture by themselves."""
    foreign: Set[str]
    """Templates whose words the text never uses."""
    named: Set[str]
    """Templates with a name that the text uses: "Dr. Seward's Diary" is the author's."""
    akin: Set[str]
    """Words that strange lines of several posts have in common, as credits of several photographers have."""
    filled: Set[bool]
    """The edges (True: the upper) at which many posts have such a line."""

    def again(self, seen: Seen) -> bool:
        """Tell whether other posts have this line."""
        return self.posts.get(seen.template, 0) >= LEAST_POSTS

    def sign(self, seen: Seen) -> bool:
        """Tell whether a line is furniture by itself."""
        return seen.label and seen.template in self.signs

    def fits(self, seen: Seen, *, top: bool, apart: bool) -> bool:
        """Tell whether a line is furniture for its place, which furniture has in other posts.

        A line that no other post has must stand `apart` from the text beside it, and name nobody of whom it
        tells: "Told by Captain Bolt".
        """
        once = apart and top in self.filled and seen.template not in self.named
        there = bool(self.filled) if self.again(seen) else once
        return seen.label and there and seen.template in self.foreign

    def recurs(self, seen: Seen, *, top: bool) -> bool:
        """Tell whether other posts have such a line; its words must be strange right below a heading."""
        strange = seen.template in self.foreign
        return (strange or not top) if self.again(seen) else strange and self.is_akin(seen)

    def is_akin(self, seen: Seen) -> bool:
        """Tell whether a line shares a word with the strange lines of other posts."""
        return not self.akin.isdisjoint(_WORD.findall(seen.template))

    def may_be_authors(self, text: str, seen: Seen | None) -> bool:
        """Tell whether a line that comes back may be a refrain, or names somebody of the text.

        A name that two posts alone have may have signed a dedication and a preface.
        """
        if seen is None or seen.template in self.foreign:
            return seen is not None and self.posts.get(seen.template) == LEAST_POSTS and is_name(text)
        return len(text.split()) >= REFRAIN or seen.template in self.named


class _Edge(Struct, frozen=True):
    """The labels at one edge of one post."""

    post: int
    top: bool
    labels: tuple[tuple[int, Seen], ...]
    """Lines and what they are, from the edge inwards."""


class _Told(Struct, frozen=True, dict=True):
    """What is known of the labels at all edges while they are judged."""

    sheet: Sheet
    edges: Sequence[_Edge]
    posts: Mapping[str, int]
    certain: Mapping[int, str]
    foreign: Set[str]

    @cached_property
    def labels(self) -> list[tuple[int, Seen]]:
        """All labels, edge by edge."""
        return [label for edge in self.edges for label in edge.labels]

    @cached_property
    def total(self) -> int:
        """How many posts there are."""
        return len({edge.post for edge in self.edges})

    @property
    def many(self) -> int:
        """In how many posts furniture stands that nothing else shows to be some."""
        return max(_MANY_POSTS, self.total // 3 + 1)


def taken(sheet: Sheet, zones: Sequence[Zone], titles: Collection[int], certain: Mapping[int, str]) -> Census:
    """Count the short lines at the edges of posts and judge them; arguments as in `edges.furniture`."""
    counts: dict[str, set[int]] = {}
    edges: list[_Edge] = []
    first: dict[str, int] = {}
    for place, zone in enumerate(zones):
        if not zone.lines:
            continue
        # A chapter that stands twice has all its lines twice: it counts as one post.
        post = first.setdefault(zone.title, place // 2) if zone.title else place // 2
        parts = _of_letter(sheet, zone)
        seen = [(i, s) for i, s in short_lines(sheet, zone) if i not in parts]
        for _, one in seen:
            counts.setdefault(one.template, set()).add(post)
        edges.append(_Edge(post, zone.top, tuple((i, s) for i, s in seen if s.label)))
    posts = {template: len(found) for template, found in counts.items()}
    labels = [label for edge in edges for label in edge.labels]
    told = _Told(sheet, edges, posts, certain, strange_to(sheet, labels, posts, titles, certain))
    site = _is_site(told)
    filled = {top for top in (False, True) if site and _is_filled(told, top)}
    named = _named(told, titles, once=bool(filled))
    signs = _signs(told, filled) | _framed(told) | _captions(told) if site else set()
    signs |= _in_company(told, signs) | _counts(told)
    if True in filled:
        signs |= _instead(told, signs) - named
    return Census(posts, signs, told.foreign, named=named, akin=_akin(told), filled=filled)


def _akin(told: _Told) -> set[str]:
    """Give the words that several templates have in common that the text does not account for."""
    templates = {seen.template for _, seen in told.labels if seen.template in told.foreign}
    words = Counter(word for template in templates for word in set(_WORD.findall(template)))
    return {word for word, times in words.items() if times > 1}


def _named(told: _Told, titles: Collection[int], *, once: bool) -> set[str]:
    """Give the templates of several posts in which a name stands that the text has amid its sentences.

    And, if `once`, those of one post that have more such names than words of which the text knows
    nothing: a photographer may be called like somebody.
    """
    names: dict[str, set[str]] = {}
    for index, seen in told.labels:
        found = _CAPITALIZED.findall(told.sheet.texts[index])
        if told.posts[seen.template] < LEAST_POSTS:
            found = found[1:] if once else []
        elif seen.template in told.foreign:
            found = []
        names.setdefault(seen.template, set()).update(found)
    asked = {name for some in names.values() for name in some}
    apart = {*titles, *(index for index, _ in told.labels)}
    own = sorted(told.sheet.holding(name.lower() for name in asked) - apart)
    uses = _amid_sentences(asked, (told.sheet.texts[index] for index in own))
    return {
        template
        for template, some in names.items()
        if sum(uses[name] >= _LEAST_NAMED for name in some)
        > (sum(name not in uses for name in some) if told.posts[template] < LEAST_POSTS else 0)
    }


def _amid_sentences(asked: Collection[str], texts: Iterable[str]) -> Counter[str]:
    """Count how often words stand with a capital inside sentences, less those that stand without one."""
    found: Counter[str] = Counter()
    words = Counter(chain.from_iterable(map(_AMID.findall, texts if asked else ())))
    for word, times in words.items():
        if (name := word.capitalize()) in asked:
            found[name] += times if word[0].isupper() else -_PLAIN_USE * times
    return found


def _is_site(told: _Told) -> bool:
    """Tell whether anything but one line that comes back says that a site printed something round the posts.

    A motto, a closing word, a chorus come back too, in a language of their own perhaps, and so does the place
    with the day. A site's lines have dates or numbers, stand in for one another, or come in stacks below
    nearly all posts.
    """
    again = {template for template in told.foreign if told.posts[template] >= LEAST_POSTS}
    if any(what != DOUBLED for what in told.certain.values()):
        return True
    counted = {template for template in again if {"date", "#"} & set(template.split())}
    labels = told.labels if counted else ()
    if any(seen.template in counted and not stated(told.sheet.texts[index]) for index, seen in labels):
        return True
    stack = sum(told.posts[template] * 3 >= told.total * 2 for template in again)
    return stack >= _OUTERMOST or _stand_in(told.edges, again)


def _stand_in(edges: Sequence[_Edge], again: Collection[str]) -> bool:
    """Tell whether several lines stand in one place of different posts, as credits do."""
    places: dict[tuple[bool, int], set[str]] = {}
    for edge in edges:
        undated = [seen.template for _, seen in edge.labels if not seen.dated]
        for place, template in enumerate(undated[:_OUTERMOST]):
            if template in again:
                places.setdefault((edge.top, place), set()).add(template)
    return any(len(templates) > 1 for templates in places.values())


def _signs(told: _Told, filled: Collection[bool]) -> set[str]:
    """Give the templates that are furniture even alone: those of many posts that are foreign to the text.

    A name, a place or a refrain is the author's as long as its words are the text's, in however many posts;
    and so is a chorus of strange words below a few chapters, while nothing stands below the others.
    """
    return {
        seen.template
        for edge in told.edges
        for _, seen in edge.labels
        if seen.template in told.foreign
        and told.posts[seen.template] >= (_MANY_POSTS if edge.top in filled or seen.dated else told.many)
    }


_FRAME = 3
"""Words, numbers among them, with which lines begin or end that differ in names alone."""


def _framed(told: _Told) -> set[str]:
    """Give the templates that begin or end in most posts with the same words round a number.

    So those differ whose names do: "Elif, Okan and 12 others liked this".
    """
    frames: dict[tuple[bool, tuple[str, ...]], dict[str, set[int]]] = {}
    for edge in told.edges:
        for _, seen in edge.labels:
            words = seen.template.split()
            if seen.template not in told.foreign or len(words) <= _FRAME:
                continue
            for last, frame in ((True, tuple(words[-_FRAME:])), (False, tuple(words[:_FRAME]))):
                if "#" in frame or "#" in words[_FRAME : _FRAME + 1] or "#" in words[-_FRAME - 1 :]:
                    frames.setdefault((last, frame), {}).setdefault(seen.template, set()).add(edge.post)
    return {
        template
        for templates in frames.values()
        if len(set().union(*templates.values())) >= told.many
        for template in templates
    }


_CAPTION = lazily(r"([^\W\d_]+(?: [^\W\d_]+)?): \S")
_LEAST_KINDS = 3


def _captions(told: _Told) -> set[str]:
    """Give the templates of credits in a strange language: "Rajz: Tóth Bence", "Kép: saját".

    A post has one at most, and they open with other words from post to post, as what authors head with
    does not ("Place: Rome").
    """
    found: dict[str, set[str]] = {}
    for labels in (edge.labels[:_OUTERMOST] for edge in told.edges if edge.top):
        said = [(_CAPTION.match(told.sheet.texts[i]), s.template) for i, s in labels if not s.dated]
        some = [(match[1], template) for match, template in said if match]
        if len(some) == 1 and some[0][1] in told.foreign:
            found.setdefault(some[0][0], set()).add(some[0][1])
    return set().union(*found.values()) if len(found) >= _LEAST_KINDS else set()


_COUNTS = re.compile(r"#[km]?(?: #[km]?){2,}")
"""What a site counts: who has read, voted and written, as 12.3K 480 53."""


def _counts(told: _Told) -> set[str]:
    """Give the templates of nothing but numbers, several in a line, that most posts have."""
    found: dict[str, set[int]] = {}
    for edge in told.edges:
        for _, seen in edge.labels:
            if _COUNTS.fullmatch(seen.template):
                found.setdefault(seen.template, set()).add(edge.post)
    often = set().union(*found.values())
    return set(found) if len(often) >= max(_MANY_POSTS, (told.total + 1) // 2) else set()


def _in_company(told: _Told, signs: Collection[str]) -> set[str]:
    """Give the dated templates that stand beside furniture in several posts: a site dates its posts so."""
    beside: dict[str, set[int]] = {}
    for edge in told.edges:
        for (_, seen), (index, neighbour) in _both_ways(edge.labels):
            if seen.dated and (neighbour.template in signs or index in told.certain):
                beside.setdefault(seen.template, set()).add(edge.post)
    return {template for template, found in beside.items() if len(found) >= _MANY_POSTS}


def _instead(told: _Told, signs: Collection[str]) -> set[str]:
    """Give the phrases that stand where other posts have furniture, and never beside any of their own kind.

    One credit stands in for another; the name or place of a chapter would stand beside credits too. A phrase
    that stands beside furniture at the upper edges of posts and at the lower ones is neither.
    """
    alone: dict[str, set[int]] = {}
    beside: set[str] = set()
    nearby: dict[str, set[bool]] = {}
    for edge in told.edges:
        undated = [(i, s) for i, s in edge.labels[:_OUTERMOST] if not s.dated]
        strange = [s for i, s in undated if s.template in told.foreign or told.certain.get(i) == CREDIT]
        if edge.top and strange:
            beside.update(seen.template for _, seen in undated)
        for (_, seen), (index, neighbour) in _both_ways(edge.labels):
            if neighbour.template in signs or index in told.certain:
                nearby.setdefault(seen.template, set()).add(edge.top)
        for _, seen in undated[:1]:
            if edge.top and not strange and seen.template.count(" ") + 1 >= _OUTERMOST:
                alone.setdefault(seen.template, set()).add(edge.post)
    return {
        template
        for template, found in alone.items()
        if (len(found) >= _MANY_POSTS and template not in beside) or len(nearby.get(template, ())) > 1
    }


def _both_ways(labels: Sequence[tuple[int, Seen]]) -> Iterator[tuple[tuple[int, Seen], tuple[int, Seen]]]:
    for one, other in pairwise(labels):
        yield one, other
        yield other, one


def _of_letter(sheet: Sheet, zone: Zone) -> set[int]:
    """Give the lines at the edge of a post that belong to a letter.

    Address and place stand above a salutation, the name below the closing words; both end in a comma.
    """
    found: set[int] = set()
    for place, index in enumerate(zone.lines[:_LETTER_REACH]):
        text = sheet.texts[index]
        if text.endswith(",") and len(text.split()) <= _LONGEST_OPENING:
            found.update(zone.lines[max(0, place - 2) : place])
    return found


def strange_to(
    sheet: Sheet,
    labels: Sequence[tuple[int, Seen]],
    posts: Mapping[str, int],
    titles: Collection[int],
    known: Collection[int],
) -> set[str]:
    """Give the templates that the text's words do not account for: half of theirs are new, or a name is.

    What comes back as a line of its own, or is known to be furniture, is not counted as the text's use of its
    words.
    """
    lines = {index for index, _ in labels}
    again = {sheet.texts[index] for index, seen in labels if posts[seen.template] >= LEAST_POSTS}
    again |= _said_again(sheet)
    wanted = {index: _words(sheet.texts[index], seen) for index, seen in labels}
    asked = {word for words in wanted.values() for word in words}
    left_out = lines.union(known, _left_out(sheet, again, posts)).difference(titles)
    tokens = _without(sheet, left_out)
    used = _used(asked, tokens)
    unparted = (word for word in asked - used if not word.isascii() and _IS_UNPARTED.match(word))
    used |= {word for word in unparted if any(word in token for token in tokens)}
    strange: dict[str, bool] = {}
    for index, seen in labels:
        words = wanted[index]
        new = [word for word in words if word not in used]
        named = any(f" {word.capitalize()}" in sheet.texts[index] for word in new)
        is_so = bool(new) and (named or len(new) * 2 >= len(words))
        strange[seen.template] = is_so and strange.get(seen.template, True)
    return {template for template, is_so in strange.items() if is_so}


def _said_again(sheet: Sheet) -> set[str]:
    """Give the lines that come back letter for letter and hardly have a word that the text has."""
    alike: dict[str, list[str]] = {}
    for text in (sheet.texts[index] for index in sheet.coming_back(_MANY_POSTS, {})):
        alike.setdefault(_DIGIT.sub("", text), []).append(text)
    often = {text for texts in alike.values() if len(texts) >= _MANY_POSTS for text in texts}
    words = {text: set(_WORD.findall(text.lower())) for text in often}
    own = _without(sheet, sheet.indexes(often)) if any(words.values()) else set()
    known = _used({word for some in words.values() for word in some}, own)
    return {text for text, some in words.items() if some and len(some & known) * _HARDLY <= len(some)}


_HARDLY = 4


def _used(asked: set[str], tokens: set[str]) -> set[str]:
    """Give those of some words that stand among what spaces part, nearly all of them without a sign."""
    signed = [token for token in tokens if not token.isalpha() or not token.isascii()]
    return asked & tokens | asked.intersection(_WORD.findall(" ".join(signed) if asked else ""))


def _without(sheet: Sheet, left_out: Collection[int]) -> set[str]:
    """Give all words of the manuscript in small letters, each once, but for those of some lines alone."""
    there = Counter(chain.from_iterable(sheet.texts[index].lower().split() for index in left_out))
    gone = {word for word, count in there.items() if sheet.words[word] == count}
    return sheet.words.keys() - gone


def _left_out(sheet: Sheet, again: Collection[str], posts: Mapping[str, int]) -> set[int]:
    """Give the lines that come back as those at the edges do; they are not counted as the text's own."""
    often = [template for template, count in posts.items() if count >= LEAST_POSTS]
    numbered = any(sign in template for template in often for sign in ("#", "date", "title"))
    return {
        index
        for index, text in enumerate(sheet.texts)
        if text in again or (numbered and _comes_back(text, posts))
    }


def _comes_back(text: str, posts: Mapping[str, int]) -> bool:
    """Tell whether a dated or numbered line away from the edges is one that stands at several edges."""
    if len(text) > LONGEST or not _DIGIT.search(text):
        return False
    seen = seen_as(text, "")
    return seen is not None and seen.label and posts.get(seen.template, 0) >= LEAST_POSTS


def _words(text: str, seen: Seen) -> list[str]:
    """Give the words of a line that may tell its language from the text's; a title's are the text's own."""
    bare = unquoted(text) if "title" in seen.template else text
    return _WORD.findall(undated(bare, " ").lower())


def _is_filled(told: _Told, top: bool) -> bool:
    """Tell whether many posts have furniture in the same place, most of it lines that come back."""
    again = once = total = 0
    for edge in told.edges:
        if edge.top != top:
            continue
        total += 1
        outer = [(i, s) for i, s in edge.labels[:_OUTERMOST] if not s.dated]
        strange = [s for i, s in outer if s.template in told.foreign or told.certain.get(i) == CREDIT]
        again += any(told.posts[s.template] > 1 or s.template not in told.foreign for s in strange)
        once += any(told.posts[s.template] == 1 and s.template in told.foreign for s in strange)
    return again >= max(_LEAST_FILLED, total / 3) and again >= 2 * once
