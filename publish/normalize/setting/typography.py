"""Spaces, dots and emphasis: each pass looks at one paragraph and yields edits.

Dashes and quotation marks have modules of their own, `dashes` and `quotes`.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from publish.draft import BREAK, EMPHASIS_OFF, EMPHASIS_ON, MARKS, STRONG_OFF, STRONG_ON
from publish.normalize.setting.habits import Habits
from publish.patterns import lazily
from publish.source import Edit

_SPACES = lazily("[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_ODD_SPACES = lazily(
    "[ \t\xa0\u2000-\u200a\u202f\u205f\u3000](?:[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+|(?<! ))"
)
"""All but the single plain space."""
_DOUBLE_SPACES = re.compile("  +")
_OTHER_SPACE = lazily("[\t\xa0\u2000-\u200a\u202f\u205f\u3000]")
_NO_BREAK = frozenset("\xa0\u202f")
_TYPED = frozenset(" \t\xa0\u2002\u2003\u3000")
_ABBREVIATION = lazily(
    rf"(?:^|[\s(“‘\"'—{MARKS}])"
    r"(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Mme|Mlle|MM|Prof|Capt|Col|Gen|Lt|Sgt|Rev|Hon|Jr|Sr|No|Nr|vol|p|pp|ca|ff"
    r"|Hr|Fr|Sra?|Dra?|Ste?|Messrs)\.$"
)
_ENDS = ".!?…”’\"'»)"


_TIED = lazily(
    r"[«‹\d§$£€–—.…]\xa0|.?\xa0[;:!?»›%°\d–—…]|(?<![\w’'])[^\W\d_]\xa0|.?\xa0[^\W\d_](?:\.|(?![^\W\d_]))"
)
"""Where print ties words: signs, figures, single letters and abbreviations."""
_REACH = 16
"""Signs before a space that are looked at: enough for an abbreviation and the marks round it."""


def spaces(text: str, habits: Habits) -> Iterable[Edit]:
    """Make each gap between words one space; no-break spaces stay where they tie words together."""
    if not text.isascii() and BREAK in text:
        return _spaced(text, _SPACES, habits)
    # No space but the plain one counts as printable, and asking that is the quicker question.
    odd = "\t" in text if text.isascii() else not text.isprintable()
    if odd and _OTHER_SPACE.search(text):
        return _spaced(text, _ODD_SPACES, habits)
    return _spaced(text, _DOUBLE_SPACES, habits) if "  " in text else ()


def _spaced(text: str, pattern: re.Pattern[str], habits: Habits) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        gap = match.group()
        wanted = _space(text, match, gap)
        if wanted == "\xa0" and habits.strewn and not _TIED.match(text, max(0, match.start() - 1)):
            wanted = " "
        if wanted != gap:
            yield Edit(*match.span(), wanted, _space_rule(gap))


def _space_rule(gap: str) -> str:
    if not _NO_BREAK.isdisjoint(gap):
        return "SPC001"
    return "SPC003" if "\t" in gap else "SPC002"


def _space(text: str, match: re.Match[str], gap: str) -> str:
    if (
        match.start() == 0
        or match.end() == len(text)
        or BREAK in (text[match.start() - 1], text[match.end()])
    ):
        return ""
    if len(gap) > 1 or gap not in _NO_BREAK:
        return gap[0] if _TYPED.isdisjoint(gap) else " "
    before = text[max(0, match.start() - _REACH) : match.start()].rstrip(MARKS)
    if before[-1:] == text[match.end()] == ".":
        return gap
    if before[-1:] in _ENDS and not _ABBREVIATION.search(before[-8:]) and text[match.end()] not in ";:!?»":
        return " "
    return gap


_SPACE_BEFORE = re.compile(" [,.;:!?]")
_PUNCTUATION_SPACE = lazily(
    r"(?:(?<=[^\W_])|(?<=[^\W_][,.!?][”’])|(?<=[^\W_][”’])) +(?=[,;:!?](?:\s|$|[”’\"]))|"
    r"(?<=[^\W\d_]) +(?=\.(?![ \xa0\u202f]?\.)(?:\s|$|[”’\"]))"
)


def space_before_punctuation(text: str, habits: Habits) -> Iterable[Edit]:
    """Drop a space before a comma or a stop; French sets one before the high signs and keeps them."""
    return _closed_up(text, habits) if _SPACE_BEFORE.search(text) else ()


def _closed_up(text: str, habits: Habits) -> Iterator[Edit]:
    for match in _PUNCTUATION_SPACE.finditer(text):
        if not (habits.language.startswith("fr") and text[match.end()] in ";:!?"):
            yield Edit(*match.span(), "", "SPC004")


_DOTS = lazily(
    r"(?P<space>(?<=\w) )?(?:(?<!\.)\.{3,}(?!\.)|(?<!\. )(?<!\.)\.(?:[ \xa0\u202f]\.){2,}(?! ?\.))"
)


def ellipses(text: str, habits: Habits) -> Iterable[Edit]:
    """Turn three typed dots into an ellipsis; a fourth is the full stop before it.

    Dots that the author sets apart throughout stay so and are tied together.
    """
    # One sign is found much sooner than several, and few paragraphs have three of them.
    typed = text.count(".") > 2 and ("..." in text or ". ." in text or ".\xa0." in text)
    return _dots(text, habits) if typed else ()


def _dots(text: str, habits: Habits) -> Iterator[Edit]:
    for match in _DOTS.finditer(text):
        if habits.dots == "…":
            yield from _ellipsis(text, match, habits.language)
        elif habits.dots == ". . ." and match.group().lstrip().startswith((". ", ".\xa0", ".\u202f")):
            start = match.start() + len(match["space"] or "")
            tied = re.sub("[ \u202f]", "\xa0", text[start : match.end()])
            if tied != text[start : match.end()]:
                yield Edit(start, match.end(), tied, "DSH006", "The dots may not be torn apart.")


_FOUR = 4
"""The last of so many dots is a full stop."""


def _ellipsis(text: str, match: re.Match[str], language: str) -> Iterator[Edit]:
    count = match.group().count(".")
    before = text[match.start() - 1 : match.start()]
    stop = count == _FOUR and not match["space"] and (before.isalnum() or before in "”’\"')")
    if count == 3 or (count == _FOUR and language.startswith("en")):
        start = match.start() + (1 if match["space"] and "." * 3 in match.group() else 0)
        yield Edit(start, match.end(), ".…" if stop else "…" + "." * (count - 3), "DSH006")


_UNDERSCORED = lazily(r"(?<![\w_])_(?=[^\s_])(?P<inner>[^_]*[^\s_])_(?![^\W_])")


_STARRED = lazily(r"(?<![\w*])(?P<sign>\*{1,2})(?=[^\s*])(?P<inner>[^*]*[^\s*])(?P=sign)(?![\w*])")
_SLASHED = lazily(r"(?<![\w/:.<])/(?=[^\W\d_])(?P<inner>[^/]{0,120}[\w.,;:!?…])/(?![\w/])")
_EQUALLED = lazily(r"(?<![\w=])=(?=[^\W_])(?P<inner>[^=]{0,120}[^\s=])=(?![\w=])")
_SIGNS = (("_", _UNDERSCORED), ("*", _STARRED), ("/", _SLASHED), ("=", _EQUALLED))
_LETTER = re.compile(r"[^\W\d_]")


def typed_emphasis(text: str) -> Iterable[Edit]:
    """Turn the signs that are typed round words into italics (_so_, *so*, /so/) or bold (**so**, =so=)."""
    typed = "_" in text or "*" in text or "/" in text or "=" in text
    return _emphasis(text) if typed else ()


def _emphasis(text: str) -> Iterator[Edit]:
    for sign, pattern in _SIGNS:
        for match in pattern.finditer(text) if sign in text else ():
            if _LETTER.search(match["inner"]):
                start, end = match.span("inner")
                bold = sign == "=" or start - match.start() > 1
                yield Edit(match.start(), start, STRONG_ON if bold else EMPHASIS_ON, "STR015")
                yield Edit(end, match.end(), STRONG_OFF if bold else EMPHASIS_OFF, "STR015")


TextPass = Callable[[str, Habits], Iterable[Edit]]
"""From the text of a paragraph and the habits of its author to edits, in order of place.

Most passes find nothing in most paragraphs: each tells so by a look at single signs.
"""


def by_habits(text_pass: TextPass, habits: Habits) -> Callable[[str], Iterable[Edit]]:
    """Give a pass for texts of one manuscript."""
    return lambda text: text_pass(text, habits)
