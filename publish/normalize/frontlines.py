"""What single lines before the text say: by whom the book is, what sort of book, its title, its rights."""

from __future__ import annotations

import re

from publish.normalize.shape import is_name
from publish.normalize.wordlists import patterns
from publish.patterns import lazily

_SORTS = (
    r"(?:an? |the )?(?:collected |selected |short |web ?)?(?:novel(?:la)?|stor(?:y|ies)|tales?|poems?|"
    r"verses?|essays?|memoir|plays?|comedy|tragedy|romance|sketches|serial) "
)
_SORTEN = r"(?:eine? )?(?:roman|novelle|erzählung(?:en)?|gedichte?|geschichten|märchen) "
"""Sorts of books that stand before "by" and "von"."""
SIGNED = lazily(
    rf"^(?:(?:written |told |{_SORTS})?by|(?:{_SORTEN})?von|par|por|(?-i:di)|di(?=\s+\S+\s)|door"
    r"|автор:?|author:|autor:|auteur ?:)\s+(?P<name>\S.{1,80})$",
    re.I,
)
"""Di before one word is a first name: Di Morrissey."""
SORT = lazily(
    r"(?:an? |the |eine? |une? |uma? |una |een |en |et )?(?:novel(?:la)?|rom[aá]n|romance|memoir|"
    r"stor(?:y|ies)|tales?|poems?|play|essays?|erzählung(?:en)?|gedichte|récits?|nouvelles?|novela|cuentos|"
    r"feuilleton|folletín|följetong|opowiadani[ea]|povídk[ay]|(?:web )?serial|romanzo|racconti|powieść|"
    r"роман|повесть)\b",
    re.IGNORECASE,
)
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
    rf"|{SORT.pattern}(?-i:(?: [^\W\d_A-Z]+){{0,3}})[,.]?(?: {_WRITES})?) )?"
    rf"(?:(?:{_BEGINS_NAMES}|(?i:{_BEGINS_NONE}))\s+|d[’']))(?P<name>\S.{{1,60}})"
)
BY_ALONE = lazily(rf"^(?:{_FROM})$", re.I)

_TITLED = lazily(
    r"(?:book |working )?(?:title|titel|titre|título|titulo|titolo|tytuł|název|titul|название)\s?:\s+"
    r"(?P<name>\S.{0,119})\Z",
    re.IGNORECASE,
)


def title_range(text: str) -> tuple[int, int]:
    """Give the range of the title in its line, which may say that it is one: "Title: The Lamp"."""
    match = _TITLED.match(text)
    return match.span("name") if match else (0, len(text))


def by_line(text: str) -> re.Match[str] | None:
    """Read a line that says by whom the book is: its group `name`."""
    match = SIGNED.match(text)
    if (
        match is None
        and (match := _BY_SOMEONE.fullmatch(text))
        and not all(map(is_name, names(match["name"])))
    ):
        return None
    return match


_POSTED = lazily(
    rf"(?:^|\s)(?:{_BEGINS_NONE}|(?<=ato )da)\s(?P<name>[^\W\d_][^\s,]*(?:\s[^\W\d_][^\s,]*)+?)"
    r"(?=,|\s(?:[·•|–—-]\s)?(?:[^\W\d_]{1,3}\s(?:[^\W\d_]+\.?\s)?)?\d)",
    re.I,
)


def poster(text: str) -> tuple[int, int]:
    """Give the range of the name in a line that says who posted a text, and when; none without a name."""
    match = _POSTED.search(text)
    return match.span("name") if match and is_name(match["name"]) else (0, 0)


def is_labelled(text: str) -> bool:
    """Tell a line that says what somebody did, whatever the word is: "Fordította: Ada Marsh"."""
    label, colon, name = text.partition(":")
    return bool(colon) and len(label.split()) <= _MOST_IN_LABEL and is_name(name.strip())


_MOST_IN_LABEL = 4


def name_range(text: str) -> tuple[int, int]:
    """Give the range of the name in such a line; all of another line."""
    match = by_line(text)
    return match.span("name") if match else (0, len(text))


def name_in(text: str) -> str:
    """Give the name in such a line; another line whole."""
    return text[slice(*name_range(text))]


_AND = lazily(r",?\s+(?:&|and|und|et|y|e|en|i|och|og|и)\s+|,\s+")


def names(text: str) -> list[str]:
    """Give the authors whom a line names; what is no name by itself is parted from none."""
    names = _AND.split(text)
    return names if all(map(is_name, names)) else [text]


# --- Copyright pages, and lists of other books -----------------------------------------------------------


_RIGHTS = lazily(patterns("front", "rights"), re.IGNORECASE)
_NOTICE = lazily(r"\W*(?:copyright\b\W*|©|\(c\))\W*(?:1[89]|20)\d\d\b", re.IGNORECASE)
_BESIDE = lazily(
    r"\b(?:edition|auflage|édition|edición|edição|edizione|editie|druk|wydanie|vydání|upplaga|udgave|издание"
    r"|published|printed|imprint|gedruckt|verlag|imprimé|impreso|impresso|stampato)\b"
    r"|\b(?:cover|design|illustrations?|umschlag|couverture|cubierta|capa|copertina)\b.*"
    r"(?:\bby\b|:| von | par )"
    r"|\b(?:www\.|https?:)|\w@\w",
    re.IGNORECASE,
)
_ALSO = lazily(rf"(?:{patterns('front', 'also')})\b", re.IGNORECASE)
_LONGEST_TITLE = 60


def is_notice(text: str) -> bool:
    """Tell a line that claims the rights, "Copyright © 2021 Ada Marsh"."""
    return _NOTICE.match(text) is not None


def is_stated(text: str) -> bool:
    """Tell what only a copyright page says."""
    return is_notice(text) or _RIGHTS.search(text) is not None


def claims_rights(text: str) -> bool:
    """Tell a line that claims and reserves the rights: "© 2021 Ada Marsh. All rights reserved"."""
    return is_notice(text) and _RIGHTS.search(text) is not None


def may_stand_beside(text: str) -> bool:
    """Tell what a copyright page says beside the rights: the edition, the printer, who made the cover."""
    return _BESIDE.search(text) is not None


def lists_other_books(text: str) -> bool:
    """Tell the title above the author's other books."""
    return len(text) <= _LONGEST_TITLE and _ALSO.match(text) is not None
