"""Whom a line names as a maker of the book, and for what: "by Ada Marsh", "translated by Tom Pell"."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from publish.document import ROLES
from publish.draft import BREAK, EMPHASIS_OFF, EMPHASIS_ON, STRONG_OFF, STRONG_ON
from publish.normalize.lines.shape import ends_sentence, is_name, unabbreviated
from publish.normalize.words.almanac import iso_date
from publish.normalize.words.numerals import fold
from publish.normalize.words.vocabulary import ARTICLES
from publish.normalize.words.wordlists import patterns, sections
from publish.patterns import lazily

Place = tuple[int, int]
"""A range of a line."""


class Maker(Struct, frozen=True):
    """Somebody who made a part of the book, where a line names them."""

    role: str
    """MARC relator code."""
    place: Place


_SORTS = (
    r"(?:an? |the )?(?:collected |selected |short |web ?)?(?:novel(?:la)?|stor(?:y|ies)|tales?|poems?|"
    r"verses?|essays?|memoir|plays?|comedy|tragedy|romance|sketches|serial|fiction) "
)
_SORTEN = r"(?:eine? )?(?:roman|novelle|erzählung(?:en)?|gedichte?|geschichten|märchen) "
"""Sorts of books that stand before "by" and "von", whatever name follows."""
SIGNED = lazily(
    rf"(?:(?:written |told |{_SORTS})?by|(?:{_SORTEN})?von|par|por|(?-i:di)|di(?=\s+\S+\s)|door"
    r"|автор:?|author:|autor:|auteur ?:)\s+(?P<name>\S.{1,80})$",
    re.I,
)
"""Di before one word is a first name: Di Morrissey."""
_SORT = (
    r"(?:an? |the |eine? |une? |uma? |una |een |en |et |ett |egy |bir |o )?"
    r"(?:short |collected |selected |kurze |kleine |courte? |petite? |corto |breve |kort |lille )?"
    rf"(?:{patterns('front', 'sorts')})\b"
)
SORT = lazily(_SORT, re.IGNORECASE)
_BEGINS_NAMES = "per|da|de|di|van"
"""With a capital they do: Per Olov Hansson, Van Dyke Parks; and they stand in the names of places."""
_BEGINS_NONE = "by|von|par|por|door|przez|napisała?|napsala?|написала?|kirjoittanut|írta|skrev|od|av|af"
_FROM = f"{_BEGINS_NONE}|{_BEGINS_NAMES}"
"""Small words that say "by", of which many also mean "of": what follows must read like a name."""
_BY_ONLY = "by|par|por|door|przez"
"""Those that do not also say of whom a work tells: "Una vita di Maria Callas"."""
_WRITES = rf"(?:{patterns('front', 'writes')})(?:\s?[&+/]\s?[^\W\d_]+|\s[^\W\d_]{{1,3}}\s[^\W\d_]+)?"
"""They may have made pictures, too: "Words & pictures", "Testo e foto"."""
_BY_SOMEONE = lazily(
    rf"(?:(?i:{_WRITES})\s?:\s+|(?:(?i:{_WRITES}|"
    rf"(?:an?|eine?|une?|una|uma?|een|en|et) (?:[^\W\d_]+ ){{0,2}}[^\W\d_]+"
    rf"(?:(?<=roman)|(?<=erzählung)|(?<=feuilleton)|(?= (?:{_BY_ONLY})\s))"
    rf"|{_SORT}(?-i:(?: [^\W\d_A-Z]+){{0,3}})[,.]?(?: {_WRITES})?) )?"
    rf"(?:(?:{_BEGINS_NAMES}|(?i:{_BEGINS_NONE}))\s+|d[’']))(?P<name>\S.{{1,60}})"
)
BY_ALONE = lazily(rf"^(?:{_FROM})$", re.I)

# --- Signs round a line ----------------------------------------------------------------------------------


_ROUND = lazily(
    r"(?P<sign>[*_~=•·+–—-])(?P=sign){0,4}\s*(?P<pair>\S.*?\S)\s*(?P=sign){1,5}\Z"
    r"|\[\s*(?P<square>[^\[\]]+?)\s*\]\Z|\(\s*(?P<bow>[^()]+?)\s*\)\Z"
)
_LONGEST = 200
"""Characters of a line that may be a title or name somebody."""
_BEFORE = lazily(r"(?:[~–—-]{1,2}|…|\.{3})\s*(?=[^\W\d_])")


def bare(text: str, within: Place | None = None) -> Place:
    """Give the range of a line without the signs typed on both sides of it, and italics: "~ The Lamp ~"."""
    start, end = within or (0, len(text))
    while end - start <= _LONGEST and (match := _ROUND.match(text, start, end)):
        start, end = match.span(match.lastgroup or 0)
    set_so = (EMPHASIS_ON + EMPHASIS_OFF, STRONG_ON + STRONG_OFF)
    if end - start > len(set_so[0]) and text[start] + text[end - 1] in set_so:
        return bare(text, (start + 1, end - 1))
    return start, end


def _bare_name(text: str, within: Place | None = None) -> Place:
    """Give that of a line with a name, before which a dash may stand, too."""
    start, end = bare(text, within)
    match = _BEFORE.match(text, start, end)
    return (match.end() if match else start), end


# --- Who wrote the book ----------------------------------------------------------------------------------


def by_line(text: str) -> Place | None:
    """Give the range of the name in a line that says by whom the book is."""
    start, end = _bare_name(text)
    inside = next((place[0] for place, _ in _joined(text, start, end)), end)
    if BREAK in text[start:inside]:
        return None
    match = SIGNED.match(text, start, inside)
    if match is not None:
        return _named(text, match.span("name"))
    # In a line of capitals "DE NORA QUILL" begins no name.
    small = text.lower() if text.isupper() and len(text.lower()) == len(text) else text
    match = _BY_SOMEONE.fullmatch(small, start, inside)
    place = _named(text, match.span("name")) if match else (0, 0)
    return place if match and all(map(is_person, names(text[slice(*place)]))) else None


_BEHIND_NAME = lazily(r"[\s,|·(\[–—-]*©?\s*(?:1[89]|20)\d\d\s*[)\]]?\Z")


def _named(text: str, place: Place) -> Place:
    """Give the range of a name without the year and the full stop that may stand behind it."""
    start, end = place
    match = _BEHIND_NAME.search(text, start, end)
    end = match.start() if match and match.start() > start else end
    full = text[start:end]
    stop = full.endswith(".") and unabbreviated(full) == full and not _INITIAL.search(full)
    return start, end - stop


_INITIAL = lazily(r"(?:^|[\s.])[^\W\d_]{1,2}\.$")
"""The stop of an initial or of "Jr."."""


def name_range(text: str) -> Place:
    """Give the range of the name in such a line; all of another line but for signs round it."""
    place = by_line(text)
    if place is not None:
        return place
    start, end = _bare_name(text)
    return _named(text, (start, next((at[0] for at, _ in _joined(text, start, end)), end)))


def name_in(text: str) -> str:
    """Give the name in such a line; another line whole."""
    return text[slice(*name_range(text))]


_AND_WORDS = r"(?:&|and|und|et|y|e|en|i|och|og|и)"
_AND = lazily(rf",?\s+{_AND_WORDS}\s+|,\s+")


def names(text: str) -> list[str]:
    """Give the authors whom a line names; what is no name by itself is parted from none."""
    names = _AND.split(text)
    return names if all(map(is_person, names)) else [text]


def says_sort(text: str) -> bool:
    """Tell a line that says of what sort a book is, in a few words: "A Play in Two Acts"."""
    match = SORT.match(text)
    return (
        match is not None and len(text[match.end() :].split()) <= _MOST_IN_LABEL and not ends_sentence(text)
    )


def is_person(text: str) -> bool:
    """Tell a name, which may be set in capitals."""
    return is_name(text.title() if text.isupper() else text)


def is_labelled(text: str) -> bool:
    """Tell a line that says what somebody did, whatever the word is: "Fordította: Ada Marsh"."""
    label, colon, name = text.partition(":")
    return bool(colon) and len(label.split()) <= _MOST_IN_LABEL and is_name(name.strip())


_MOST_IN_LABEL = 4


@cache
def _given_names(language: str = "") -> frozenset[str]:
    rows = sections("givennames")["names"]
    of = [rows[language]] if language else rows.values()
    return frozenset(fold(name) for row in of for name in row.split())


_TITLES = frozenset("dr prof sir dame lady lord mr mrs ms miss rev fr don dom frau herr".split())


def is_known_person(text: str) -> bool:
    """Tell a name that begins with initials or a given name that many have; the Hungarian one stands last."""
    words = [word for word in text.replace(".", ". ").split() if fold(word.strip(".")) not in _TITLES]
    if not is_person(text) or not words:
        return False
    initials = re.fullmatch(r"[^\W\d_]\.", words[0]) is not None
    first, last = (fold(part) for part in (re.split(r"[-’']", words[0])[0], words[-1].strip(",")))
    return initials or first in _given_names() or last in _given_names("hu")


def is_nobody(text: str) -> bool:
    """Tell a line that says that nobody is named: "Anonymous"."""
    return _ANONYMOUS.fullmatch(text) is not None


_ANONYMOUS = lazily(patterns("front", "anonymous"), re.IGNORECASE)
_POSTED = lazily(
    rf"(?:^|\s)(?:{_BEGINS_NONE}|(?<=ato )da)\s(?P<name>[^\W\d_][^\s,]*(?:\s[^\W\d_][^\s,]*)+?)"
    r"(?=,|\s[·•|–—]|$|\s(?:[·•|–—-]\s)?(?:[^\W\d_]{1,3}\s(?:[^\W\d_]+\.?\s)?)?\d)",
    re.I,
)
_FIRST_IN_ROW = lazily(r"(?P<name>[^·•|]+?)\s+[·•|]\s")


def poster(text: str) -> Place:
    """Give the range of the name in a line that says who posted a text, and when; none without a name."""
    match = _POSTED.search(text)
    if match and is_name(match["name"]):
        return match.span("name")
    match = _FIRST_IN_ROW.match(text)
    return match.span("name") if match and is_known_person(match["name"]) else (0, 0)


def names_makers(text: str) -> bool:
    """Tell a line that says by whom the book is or who else made it, each by a name of two words at least."""
    said = by_line(text)
    named = [*([said] if said else []), *(maker.place for maker in makers(text))]
    return bool(named) and all(is_person(one) for place in named for one in names(text[slice(*place)]))


def is_posted(text: str) -> bool:
    """Tell a line of a day and who posted the text then: "March 3, 2021 by Ada Marsh"."""
    return any(poster(text)) and iso_date(text) != ""


# --- Who else made it ------------------------------------------------------------------------------------


_CODES = {ROLES[role]: patterns("front", role) for role in ROLES if role != "author"}
_MADE = lazily("|".join(rf"(?P<{code}>{words})" for code, words in _CODES.items()), re.IGNORECASE)
_BETWEEN = lazily(
    rf"\s*(?:[,;.]|\s[|·•/–—-])\s+|\s*{BREAK}\s*|\s+(?=\()|\s+(?=with\s|mit\s|avec\s|con\s|com\s|met\s)"
)
_TO_NAME = lazily(r"(?:\s?:\s*|\s+)(?P<name>[^\W\d_].{1,60})")


def makers(text: str) -> tuple[Maker, ...]:
    """Give those whom a line of a title page names for what they did beside writing the book."""
    start, end = _bare_name(text)
    others = list(_joined(text, start, end))
    first = _did(text, start, others[0][0][0] if others else end)
    return first + tuple(maker for _, made in others for maker in made)


def _joined(text: str, start: int, end: int) -> Iterator[tuple[Place, tuple[Maker, ...]]]:
    """Give the parts of a line behind the first that say so, each with whom it names."""
    cuts = [match.span() for match in _BETWEEN.finditer(text, start, end)]
    for place, (low, high) in enumerate(cuts):
        stop = cuts[place + 1][0] if place + 1 < len(cuts) else end
        if made := _did(text, *bare(text, (high, end))) or _did(text, *bare(text, (high, stop))):
            yield (low, stop), made


def _did(text: str, start: int, end: int) -> tuple[Maker, ...]:
    """Give those whom a part of a line names, all of it."""
    match = _MADE.match(text, start, end)
    said = _TO_NAME.fullmatch(text, match.end(), end) if match else None
    if match is None or said is None:
        return _did_both(text, start, end)
    low, high = _named(text, said.span("name"))
    called = names(text[low:high])
    if not all(is_person(name) or _ONE_WORD.fullmatch(name) for name in called):
        return ()
    role = match.lastgroup or ""
    starts = (text.index(name, low) for name in called)
    return tuple(Maker(role, (at, at + len(name))) for at, name in zip(starts, called, strict=True))


_TWO_DEEDS = lazily(
    rf"(?P<first>[^\W\d_]+)\s+{_AND_WORDS}\s+(?P<second>[^\W\d_]+(?P<by>\s+.+))", re.IGNORECASE
)


def _did_both(text: str, start: int, end: int) -> tuple[Maker, ...]:
    """Give whom "Edited and translated by Ada Marsh" names, for both."""
    both = _TWO_DEEDS.fullmatch(text, start, end)
    if both is None:
        return ()
    first, second = _MADE.match(both["first"] + both["by"]), _did(text, both.start("second"), end)
    return tuple(replace(maker, role=first.lastgroup or "") for maker in second) + second if first else ()


_ONE_WORD = lazily(r"(?=[^\W\d_a-zа-я])[^\W\d_][\w’'-]{2,}")
_ALSO = lazily(rf"{_AND_WORDS}\s+(?P<name>\S.*)", re.IGNORECASE)


def one_more(text: str) -> Place | None:
    """Give the range of the name in a line that names one more author: "and Tom Pell"."""
    match = _ALSO.fullmatch(text, *_bare_name(text))
    return match.span("name") if match and is_person(match["name"]) else None


# --- The title and the name in one line ------------------------------------------------------------------


_BY_INSIDE = lazily(
    rf"(?:,?\s+(?:{_SORT}\s+)?(?:{_FROM})\s+|\s+[–—|/·•-]\s+(?:(?:{_FROM})\s+)?|\s+\((?:{_FROM})\s+)"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
_MAY_SAY_OF = lazily(rf"\s+(?!(?:{_BY_ONLY}|av|af)\s)(?:{_FROM})\s", re.IGNORECASE)
_SAYS_BY = lazily(rf",?\s+(?:{_FROM})\s", re.IGNORECASE)


_NAME_FIRST = lazily(r"(?P<name>[^\W\d_][^:–—|]{3,40}?)(?:\s+[–—|-]\s+|:\s+)(?=[“„«\"]?[^\W\d_])")


def in_title(text: str) -> Iterator[tuple[Place, Place]]:
    """Give each way in which a title may name its author: its own place, and that of the name."""
    start, end = bare(text)
    for match in reversed([*_BY_INSIDE.finditer(text, start, end)]):
        place = _named(text, (match.end(), end - ("(" in match[0] and text[end - 1] == ")")))
        title = text[start : match.start()].rstrip(" :,;")
        # "Salt, translated by Ada Marsh" and "Edited and translated by Ada Marsh" do not say who wrote it.
        did = makers(text[text.rfind(" ", start, match.start()) + 1 : end])
        # "LA CASA DE LA SAL" is of a thing: no name begins with an article.
        thing = any(fold(name).split(" ")[0] in ARTICLES for name in names(text[slice(*place)]))
        if title and not (did or thing) and all(map(is_person, names(text[slice(*place)]))):
            yield (start, start + len(title)), place
    if (first := _NAME_FIRST.match(text, start, end)) and not is_known_person(text[first.end() : end]):
        yield (first.end(), end), first.span("name")


def may_say_of(text: str, end: int) -> bool:
    """Tell whether what parts a title that ends there from a name may tell whose story it is."""
    return _MAY_SAY_OF.match(text, end) is not None


def says_by(text: str, end: int) -> bool:
    """Tell whether a word that may mean "by" parts them."""
    return _SAYS_BY.match(text, end) is not None


# --- Rights ----------------------------------------------------------------------------------------------


_HOLDER = lazily(
    r"\W*(?:copyright|©|\(c\))[\s©:(c)]*(?:(?:1[89]|20)\d\d(?:\s?[–-]\s?\d{2,4})?,?\s+)?(?:(?:by|von|par|de)\s)?"
    r"(?P<name>[^\W\d_][^\d©|]*?)(?:,?\s+(?:1[89]|20)\d\d)?(?=\s*(?:\.?\Z|\.\s|,\s|\s[|·•]))",
    re.IGNORECASE,
)


def holder(text: str) -> Place:
    """Give the range of the name in a line that claims the rights; none without a year and a known name."""
    match = _HOLDER.match(text)
    dated = match is not None and re.search(r"(?:1[89]|20)\d\d", match[0])
    return match.span("name") if match and dated and is_known_person(match["name"]) else (0, 0)


# --- What may say so, in words that no list has ----------------------------------------------------------


_SMALL_BEFORE = lazily(r"(?P<words>(?:[^\W\d_]+ ){1,3}?)(?P<name>[^\W\d_a-zα-ωа-я]\S*(?: \S+){1,3})")


def may_name(text: str) -> Place | None:
    """Give the range of a name behind words that may say "by", or what it is: "της Νόρας Κουίλ"."""
    match = _SMALL_BEFORE.fullmatch(text, *_bare_name(text))
    if match is None or not is_name(match["name"]):
        return None
    told = SORT.fullmatch(match["words"].strip())
    return match.span("name") if told or match["words"].islower() else None
