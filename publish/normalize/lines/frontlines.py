"""What single lines before the text say: the book's title, its rights, other books."""

import re

from publish.normalize.lines.bylines import Place, bare
from publish.normalize.lines.shape import unabbreviated
from publish.normalize.words.wordlists import patterns
from publish.patterns import lazily

_TITLED = lazily(
    r"(?:book |working )?(?:title|titel|titre|título|titulo|titolo|tytuł|název|titul|название)\s?:\s+"
    r"(?P<name>\S.{0,119})\Z",
    re.IGNORECASE,
)


def title_range(text: str) -> Place:
    """Give the range of the title in its line, which may say that it is one: "Title: The Lamp".

    Signs typed round it and a full stop behind it are no part of it.
    """
    match = _TITLED.match(text)
    start, end = bare(text, match.span("name") if match else None)
    words = unabbreviated(text[start:end])
    return start, end - (words.endswith(".") and not words.endswith("..") and words == text[start:end])


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
