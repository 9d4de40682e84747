"""Words that name divisions of books, by kind, folded for comparison; `words/divisions.txt` has them."""

import re

from publish.document import DivisionKind as Kind
from publish.normalize.words.numerals import fold
from publish.normalize.words.wordlists import phrases, sections
from publish.patterns import lazily


def _table(section: str) -> dict[str, Kind]:
    kinds = sections("divisions")[section]
    return {fold(word): Kind(kind) for kind in kinds for word in phrases("divisions", section, kind)}


def _words(row: str) -> frozenset[str]:
    return frozenset(map(fold, phrases("divisions", "words", row)))


LABELS = _table("labels")
"""Words that take a number."""
NAMES = _table("names")
"""Words that are a division by themselves."""
LAST = _words("last")
"""In place of a number: "Chapter the Last"."""
OPENS = _words("opens")
CLOSES = _words("closes")
"""Titles that usually open or close a book; as titles of a chapter they may stand anywhere."""
ARTICLES = _words("articles")
INDEFINITE = _words("indefinite")
CONJUNCTIONS = _words("conjunctions")
RANGE_WORDS = _words("range")
OF_WORDS = _words("of")
CONTINUED = _words("continued")
NOTE_WORDS = _words("note")
"""An author's notes usually close the front matter."""
SUMMARY_WORDS = _words("summary")
ABOUT_CHAPTER = _words("about_chapter")
"""Words beside which a line only announces a note: "Author's Notes", "Notes for the Chapter"."""
LINK_WORDS = _words("link")
"""Words that tie a name to the rest of its title: "Preface to the Second Edition"."""
WHOSE = _words("whose")
"""Words that end a name and say by whom the piece is: "Vorwort der Übersetzerin"."""
CORRECTED = _words("corrected")
"""Last words of headings whose chapter was posted again, mended."""
COUNTED_BEFORE = _words("counted_before")
"""Labels behind an ordinal that is written with a point: "2. Kapitel"; "2. Letters" is a title."""
CAPTIONS = _words("captions")
"""Words that take a number and name what is shown, not what is told."""
BEFORE = frozenset(word[:3] for word in _words("before"))
"""Beginnings of words that tell how long it is until something happens."""
COUNTDOWN = _words("countdown") | _words("before")
"""Words beside a number that falls as time goes on: "T minus 3", "3 days to go"."""
HOURS = _words("hours")
"""Words after which a leading number is a time of day."""
ADDRESS_WORDS = _words("address")
"""A title that begins with one of these addresses a reader: a dedication."""
DEDICATES = ADDRESS_WORDS | {"for"}
IN_MEMORY = lazily(
    r"(?:in (?:(?:ever )?loving |fond |dear )?memory of|in memoriam|(?:à|en) la mémoire de|en mémoire de"
    r"|zum (?:ge|an)denken|a la memoria de|(?:in|alla) memoria di|à memória de|ter nagedachtenis|pamięci"
    r"|till minne|til minde|памяти|dedicated to|gewidmet|dédiée? (?:à|aux?)|dedicad[oa] an?|dedicat[oa] an?"
    r"|opgedragen aan|tillägnad|tilegnet|dedykuję|věnováno|посвящается)\b",
    re.IGNORECASE,
)
"""How a dedication begins that says what it is, or that it is to somebody dead."""
