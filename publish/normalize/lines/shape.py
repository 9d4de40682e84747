"""What single lines look like: sentences, titles, names, dates, ornaments."""

import re

from publish.draft import NOTE_ON
from publish.patterns import lazily

_ENDS_SENTENCE = lazily(rf"[.!?…:;,—–⸺⸻―-][”’“‘\"'»«)\]*_\u200b{NOTE_ON}]*$|[”\"»]{NOTE_ON}*$")
_ENDS_FULL = lazily(rf"[.!?…][”’“‘\"'»«)\]*_{NOTE_ON}]*$")
_LAST_SIGNS = ".!?…:;,—–⸺⸻―-”’“‘\"'»«)]*_\u200b\n" + NOTE_ON
"""With none of these a sentence ends; most lines of wrapped text can so be told at once."""
_SIGN = (
    r"[^\w\s,;:!?…'\"“”‘’«»„‚‹›()\[\]{}¿¡%$€£|"
    r"\ufdd0-\ufdef\ufffd\x00-\x1f\x7f-\x9f\u200b-\u200f\U0001f000-\U0001ffff]"
)
"""Of signs those that end or open no sentence, count nothing and are no little pictures."""
_ORNAMENT = lazily(
    rf"(?:(?:{_SIGN}|_)\s*){{1,40}}|(?:[oOxX]\s*){{3}}|o0o|(?:xX|Xx|oO|Oo){{2,20}}[xXoO]?"
    r"|[-–—~=*•·_+<> ]{1,40}(?:[oOxX]{1,9}|o0o)[-–—~=*•·_+<> ]{1,40}"
)
_QUOTED = "\"'“‘"
_NO_ORNAMENT = re.compile(r"\.{1,3}|….|[⋮︙—–§&@/\\^`´°>№®™-]|[> ]+|\^_*\^|</>")
"""Alone they say nothing, smile, are markup, as of quoted mails, or stand for what a quotation leaves out."""
_SMALL = frozenset(
    "a an the of and in on at to for from by with or nor but as into over is "
    "de la le les du des et en der die das und von zu im am el los las y del di il lo e "
    "do da dos das o os uma um na no van het een w z na i с в и на".split()
)
_WORD = lazily(r"[^\W\d_][^\W_’'-]*")


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as sentences and clauses do."""
    return text[-1:] in _LAST_SIGNS and _ENDS_SENTENCE.search(text) is not None


def ends_full(text: str) -> bool:
    """Tell whether a line ends with a full stop, a question mark or an exclamation mark."""
    return text[-1:] in _LAST_SIGNS and _ENDS_FULL.search(text) is not None


def ends_unmarked(text: str) -> bool:
    """Tell whether a line ends with a letter or figure, quoted or not, as hardly any paragraph does."""
    return text.rstrip("”’\"'»“)")[-1:].isalnum()


_ABBREVIATED = lazily(r"\b(?:(?i:Esq|Jr|Sr|jun|sen|Co|Ltd|Inc|Bros|etc)|(?:[A-Z]\.){1,3}[A-Z])\.$")


def unabbreviated(text: str) -> str:
    """Give a line without the stop of an abbreviation at its end: “John Watson, M.D.” ends no sentence."""
    return text[:-1] if text[-1:] == "." and _ABBREVIATED.search(text) else text


def is_ornament(text: str) -> bool:
    """Tell whether a line is nothing but signs, as typed scene breaks are."""
    # Most lines begin with a letter that no ornament has, or a quotation mark.
    if text[:1] not in "oOxX" and (text[:1].isalnum() or text[:1] in _QUOTED):
        return False
    bare = text.strip()
    if not _ORNAMENT.fullmatch(bare):
        return False
    return _NO_ORNAMENT.fullmatch(bare) is None


def starts_small(text: str) -> bool:
    """Tell whether the first letter of a line is a small one."""
    word = _WORD.search(text)
    return word is not None and word.start() <= 1 and word.group()[0].islower()


def is_title_like(text: str, longest: int = 90, least: float = 2 / 3) -> bool:
    """Tell whether a line could be a title: short, no sentence, most of its words with capitals.

    `least` is the share of those words, small ones apart.
    """
    if len(text) > longest or not text or text[-1] in ",;:—-":
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "“‘\"'«¿¡_"):
        return False
    if text[-1] in _LAST_SIGNS and ends_full(unabbreviated(text).rstrip("!?")):
        return False
    words = _WORD.findall(text)
    large = [word for word in words if word.lower() not in _SMALL]
    if not (large or len(words) > 1):
        return False
    return sum(1 for word in large if word[0].isupper()) >= len(large) * least


def is_capitals(text: str) -> bool:
    """Tell whether all letters of a line are capitals."""
    return text.isupper()


_NAME = lazily(r"(?:[^\W\d_][\w’'.-]*\s+){1,4}[^\W\d_][\w’'.-]*,?(?:\s(?:Jr|Sr|PhD|MD)\.?)?")
_PARTICLES = frozenset("de da do dos van von der den la le du di del bin al y e ter ten zu".split())


def is_name(text: str) -> bool:
    """Tell whether a line reads like a person's name: two to five capitalized words."""
    words = text.split()
    return (
        _NAME.fullmatch(text) is not None
        and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
        and not any(word.lower() in _SMALL - _PARTICLES for word in words)
        and not text.isupper()
    )


def has_names(text: str) -> bool:
    """Tell whether half of the words of a line, those that titles set small apart, are names or numbers."""
    words = [word for word in re.findall(r"\w[\w’'-]*", text) if word.lower() not in _SMALL]
    named = sum(1 for word in words if word[0].isupper() or word[0].isdigit())
    return named * 2 >= len(words)
