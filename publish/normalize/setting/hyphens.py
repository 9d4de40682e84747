"""Words broken at a line end, or by a copy of one ("mid- level"), are put together."""

import re
from collections.abc import Callable, Iterable, Iterator

from publish.normalize.setting.bookwords import BROKEN, Words, may_break
from publish.normalize.setting.rejoining import rejoined, suspends
from publish.patterns import lazily
from publish.source import Edit


def breaks(text: str) -> Iterable[re.Match[str]]:
    """Give the places that may be broken words."""
    return BROKEN.finditer(text) if may_break(text) else ()


def is_suspended(match: re.Match[str], language: str) -> bool:
    """Tell whether a hyphen and a space are meant: "pre- and post-war"."""
    return suspends(match["second"], language) and not match["rest"]


_SHARES_END = lazily(r"[ \xa0](?:[^\W\d_]+[ \xa0])?[^\W\d_]+-[^\W\d_]")
"""A compound whose end belongs to what stands before it too: "ten- or even twelve-year-old"."""


def _shares_end(match: re.Match[str], language: str) -> bool:
    """Tell whether a compound follows whose end a hyphen stands for, though both halves make a word."""
    return is_suspended(match, language) and _SHARES_END.match(match.string, match.end("second")) is not None


def broken_words(text: str, words: Callable[[], Words]) -> Iterable[Edit]:
    """Join words that a hyphen and a space break inside a line; doubtful ones stand."""
    return _edits(text, words) if may_break(text) else ()


def _edits(text: str, words: Callable[[], Words]) -> Iterable[Edit]:
    again = [*_REPEATED.finditer(text)] if "- -" in text or "-\xa0-" in text else []
    if not (again and words().language.startswith(_REPEATING)):
        return _joins(text, words)
    note = "The hyphen of a compound stood at both line ends."
    edits = [Edit(*match.span("again"), "", "SPC007", note) for match in again]
    return sorted([*edits, *_joins(text, words)], key=lambda edit: edit.start)


_REPEATED = lazily(r"(?<=[^\W\d_])-(?P<again>[ \xa0]-)(?=[^\W\d_])")
_REPEATING = ("pt", "pl", "cs", "sk", "hr", "sr", "bs")
"""They set the hyphen at which a word breaks again on the line below. Source: Acordo Ortográfico, XX 6."""


def _joins(text: str, words: Callable[[], Words]) -> Iterator[Edit]:
    match = BROKEN.search(text)
    while match:
        if _closes_pair(match, words) or _shares_end(match, words().language):
            match = BROKEN.search(text, match.start("second"))
            continue
        between = rejoined(match["first"], _whole(match, words), words(), more=bool(match["rest"]))
        stammered = between == "-" and match["first"].lower() == match["second"].lower()
        if between is not None and not stammered:
            start, end = match.span("gap")
            yield Edit(start, end, between, "SPC007", f"“{match.group()}” was broken at a line end.")
        match = BROKEN.search(text, match.start("second"))


_OPENS_PAIR = re.compile(r"\s-(?=[^\W\d_])[^-]{1,120}$")


def _closes_pair(match: re.Match[str], words: Callable[[], Words]) -> bool:
    """Tell whether the hyphen closes what another opened before it: "he went -though slowly- home".

    It does not where both halves are a word that is commoner than the first, or the second none: "-dijo,
    taci- turno".
    """
    end = match.end("first")
    if _OPENS_PAIR.search(match.string, max(0, end - 122), end) is None:
        return False
    first, second = match["first"].lower(), match["second"].lower()
    whole = words().use(first + second)
    return whole <= words().use(first) and (whole == 0 or words().has(second))


def _whole(match: re.Match[str], words: Callable[[], Words]) -> str:
    """Give the second half, put together where it is broken once more: fellow- crea- tures."""
    following = BROKEN.match(match.string, match.start("second"))
    if following and following["first"] == match["second"]:
        whole = following["first"] + following["second"]
        if words().has(whole.lower()):
            return whole
    return match["second"]
