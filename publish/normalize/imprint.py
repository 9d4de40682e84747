"""What a copyright page and a list of the author's other books look like, typed without a heading."""

from __future__ import annotations

import re

from publish.patterns import lazily

_RIGHTS = lazily(
    r"\ball rights (?:are )?reserved\b|\bno part of this\b|\bwork of fiction\b|\bmoral rights?\b"
    r"|\balle rechte|\btous droits\b|\btodos (?:los|os) d(?:erechos|ireitos)\b|\btutti i diritti\b"
    r"|\bwszelkie prawa\b|\bvšechna práva\b|\balla rättigheter\b|\balle rettigheder\b|\bвсе права\b"
    r"|\bisbn\b|\blibrary of congress\b|\bdépôt légal\b|\bdepósito legal\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\W*(?:copyright\b\W*|©|\(c\))\W*(?:1[89]|20)\d\d\b", re.IGNORECASE)
_BESIDE = lazily(
    r"\b(?:edition|auflage|édition|edición|edição|edizione|editie|druk|wydanie|vydání|upplaga|udgave|издание"
    r"|published|printed|imprint|gedruckt|verlag|imprimé|impreso|impresso|stampato)\b"
    r"|\b(?:cover|design|illustrations?|umschlag|couverture|cubierta|capa|copertina)\b.*"
    r"(?:\bby\b|:| von | par )"
    r"|\b(?:www\.|https?:)|\w@\w",
    re.IGNORECASE,
)
_ALSO = lazily(
    r"(?:also by|other (?:books|works|titles) by|(?:more )?books by|by the same author|from the same author"
    r"|vo[nm] (?:der)?selben autor(?:in)?|weitere bücher|du même auteur|de la même auteur?e|del mismo autor"
    r"|de la misma autora|otras obras de|dello stesso autore|della stessa autrice|do mesmo autor"
    r"|da mesma autora"
    r"|van dezelfde (?:auteur|schrijver|schrijfster)|tego (?:samego )?autora|od stejného autora"
    r"|av samma författare|a[fv] samme forfatter|того же автора)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 60


def is_notice(text: str) -> bool:
    """Tell a line that claims the rights, "Copyright © 2021 Ada Marsh"."""
    return _NOTICE.match(text) is not None


def is_stated(text: str) -> bool:
    """Tell what only a copyright page says."""
    return is_notice(text) or _RIGHTS.search(text) is not None


def may_stand_beside(text: str) -> bool:
    """Tell what a copyright page says beside the rights: the edition, the printer, who made the cover."""
    return _BESIDE.search(text) is not None


def lists_other_books(text: str) -> bool:
    """Tell the title above the author's other books."""
    return len(text) <= _LONGEST_TITLE and _ALSO.match(text) is not None
