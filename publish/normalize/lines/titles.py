"""The rules that tell a heading's title from a sentence that begins like a heading."""

import re
from typing import NamedTuple

from publish.normalize.lines.labels import Form, Opening
from publish.normalize.lines.shape import ends_unmarked
from publish.normalize.words.almanac import begins_dated, month
from publish.normalize.words.numerals import fold, read_number
from publish.normalize.words.vocabulary import ARTICLES, HOURS, LINK_WORDS, WHOSE
from publish.patterns import lazily

_LONGEST_BARE_TITLE, _LONGEST_OPEN = 160, 320
"""Characters, and where no mark ends it, as one ends nearly each paragraph."""
_LONGEST_SMALL_TITLE = 100
"""Characters of a title behind a label in small letters."""
_LONGEST_RUN_IN = 200
"""Characters above which a title holds no sentence's end inside."""
_MOST_SENTENCES = 3
_MOST_WORDS = 15
"""Words of a title that nothing but a space sets off."""
_MOST_LINKED_WORDS = 10
_MOST_NUMBERED_WORDS = 12
_SHORT_WORD = 3
_STRONG = frozenset(":;.|/)]·•~‒–—―-\n")
_CLEAR = frozenset(":;|‒–—―\n")
_SENTENCE_END = lazily(r"[.!?,;…][\"'”’»)]*\Z")
_SENTENCE_INSIDE = lazily(r"[a-z]{2}[.!?][\"”’]*\s+[\"“‘]?[A-Z]")
YEARS = lazily(r"\d+|[12]\d{3}\s?[‒–—/-]+\s?\d{2,4}")
"""A title of nothing but a number, a year or a span of years."""
_INITIALS = frozenset("CDLM")


class Tail(NamedTuple):
    """What stands between a label and the rest of its line."""

    separator: str
    rest: int
    empty: bool

    @property
    def strong(self) -> bool:
        """A mark that sets a title off stands there."""
        return not _STRONG.isdisjoint(self.separator)

    @property
    def clear(self) -> bool:
        """The mark cannot belong to a sentence or a compound word."""
        return not _CLEAR.isdisjoint(self.separator) or " -" in self.separator or "--" in self.separator


def is_title(text: str, opening: Opening, tail: Tail) -> bool:
    """Tell whether what follows a label and its separator can be a title."""
    title = text[tail.rest :]
    spelled = any(character.isalpha() for character in title) or YEARS.fullmatch(title.strip())
    if not spelled and not _REMARK.match(title):
        return False
    if title.count("”") > title.count("“") or title.count('"') % 2 == 1:
        return False
    if opening.form is Form.NAMED:
        return _is_name_title(title, tail, text[opening.start : opening.end])
    if opening.form is Form.NUMBERED:
        return _is_bare_title(text, opening, title, tail)
    return _is_labelled_title(text, opening, title, tail)


def _begins_small(title: str) -> bool:
    first = next((character for character in title if character.isalpha()), "A")
    return first.islower()


_REMARK = re.compile(r"[(\[][^()\[\]]{1,40}[)\]]\Z")
"""What an author notes of a chapter: "Chapter 2 (draft)"."""


def _is_labelled_title(text: str, opening: Opening, title: str, tail: Tail) -> bool:
    if _REMARK.match(title):
        return True
    if text[opening.start].islower():
        return tail.clear and len(title) <= _LONGEST_SMALL_TITLE and not title.endswith(".")
    if _begins_small(title) and not tail.clear:
        return False
    if tail.strong:
        return len(_SENTENCE_INSIDE.findall(title)) <= (
            _MOST_SENTENCES if len(title) < _LONGEST_RUN_IN else 0
        )
    if "," in tail.separator:
        return _is_capitalized(title)
    return title.isupper() or (not _SENTENCE_END.search(title) and len(title.split()) <= _MOST_WORDS)


def _is_name_title(title: str, tail: Tail, name: str) -> bool:
    """Accept "Epilogue: The Return", "Preface to the Second Edition", "Interlude II", "Also by Ada Marsh"."""
    if tail.clear:
        return len(title) <= _LONGEST_BARE_TITLE and not (_begins_small(title) and title.endswith("."))
    number = read_number(title)
    if number and number.end == len(title.rstrip(". ")):
        return True
    *small, whose = (fold(word) for word in _ELIDED.sub("", title).rstrip(" .").split()) if title else ("",)
    if whose in WHOSE and all(word in LINK_WORDS or word in ARTICLES for word in small):
        return True
    first = title.split(maxsplit=1)[0] if title.split() else ""
    linked = (
        not LINK_WORDS.isdisjoint((fold(first), fold(name.rpartition(" ")[2])))
        and len(title.split()) <= _MOST_LINKED_WORDS
    )
    capitals = _is_capitalized(title)
    if "." in tail.separator:
        return capitals and len(title.split()) <= _MOST_NUMBERED_WORDS
    ended = _SENTENCE_END.search(title.rstrip(".") if title.isupper() else title)
    return (linked or tail.strong) and capitals and not ended


_ELIDED = re.compile(r"\b[^\W\d_]{1,4}['’](?=[^\W\d_]{3})")
"""An article before a name: "l'Éditeur", "dell'Autore"."""


def _is_capitalized(title: str) -> bool:
    """Tell whether most of the long words begin with a capital, as in a title."""
    words = [word for word in _ELIDED.sub("", title).split() if len(word) > _SHORT_WORD]
    capitals = sum(not _begins_small(word) for word in words)
    return 2 * capitals >= len(words)


def _is_bare_title(text: str, opening: Opening, title: str, tail: Tail) -> bool:
    longest = _LONGEST_OPEN if ends_unmarked(title) else _LONGEST_BARE_TITLE
    if len(title) > longest or (_begins_small(title) and "\n" not in tail.separator):
        return False
    label = text[opening.start : opening.end]
    first = fold(title.split(maxsplit=1)[0]).strip(".,:;")
    timed = first in HOURS or month(first) > 0 or begins_dated(text[opening.start :])
    if timed or (label in _INITIALS and (_SENTENCE_END.search(title) or len(first) == 1)):
        return False
    if not tail.strong:
        return opening.numeral == "arabic" and _is_capitalized(title) and not _SENTENCE_END.search(title)
    if opening.numeral == "words" and not tail.clear:
        return _is_capitalized(title) and not _SENTENCE_END.search(title)
    if tail.separator == "-":
        return opening.numeral != "words" and (len(label) > 1 or len(title.split()) > 1)
    return not (title.endswith(".") and len(title.split()) > _MOST_NUMBERED_WORDS)
