"""Spaces, dashes, dots and emphasis: each pass looks at one paragraph and yields edits.

Quotation marks have a module of their own, `quotes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from publish.document import BREAK, EMPHASIS_OFF, EMPHASIS_ON, MARKS
from publish.source import Edit

_SPACES = re.compile("[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_OTHER_SPACE = re.compile("[\t\xa0\u2000-\u200a\u202f\u205f\u3000]")
_NO_BREAK = "\xa0\u202f"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“‘\"'—])"
    r"(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Mme|Mlle|MM|Prof|Capt|Col|Gen|Lt|Sgt|Rev|Hon|Jr|Sr|No|Nr|vol|p|pp|ca|ff"
    r"|Hr|Fr|Sra?|Dra?|Ste?|Messrs)\.$"
)
_ENDS = ".!?…”’\"'»)"


_REACH = 16
"""Signs before a space that are looked at: enough for an abbreviation and the marks round it."""


def spaces(text: str, _language: str) -> Iterator[Edit]:
    """Make each gap between words one space; no-break spaces stay where they tie words together."""
    plain = BREAK not in text
    if plain and "  " not in text and not _OTHER_SPACE.search(text):
        return
    for match in _SPACES.finditer(text):
        gap = match.group()
        if gap == " " and plain:
            continue
        wanted = _space(text, match, gap)
        if wanted != gap:
            yield Edit(match.start(), match.end(), wanted, _space_rule(gap))


def _space_rule(gap: str) -> str:
    if any(character in _NO_BREAK for character in gap):
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
        return " " if any(space in " \t\xa0\u2002\u2003\u3000" for space in gap) else gap[0]
    before = text[max(0, match.start() - _REACH) : match.start()].rstrip(MARKS)
    if before[-1:] in _ENDS and not _ABBREVIATION.search(before[-8:]) and text[match.end()] not in ";:!?»":
        return " "
    return gap


_PUNCTUATION_SPACE = re.compile(
    r"(?<=[^\W_]) +(?=[,;:!?](?:\s|$|[”’\"]))|(?<=[^\W\d_]) +(?=\.(?! ?\.)(?:\s|$|[”’\"]))"
)

_SPACE_AND_SIGN = (" ,", " .", " ;", " :", " !", " ?")


def space_before_punctuation(text: str, language: str) -> Iterator[Edit]:
    """Drop a space before a comma or a stop; French sets one before the high signs and keeps them."""
    if not any(typed in text for typed in _SPACE_AND_SIGN):
        return
    for match in _PUNCTUATION_SPACE.finditer(text):
        if not (language.startswith("fr") and text[match.end()] in ";:!?"):
            yield Edit(match.start(), match.end(), "", "SPC004")


_EN_DASH = frozenset(("de", "nl", "sv", "da", "nb", "no", "fi", "cs"))
"""Languages that set a dash inside a sentence as an en dash between spaces."""
_SPACED_DASH = frozenset(("fr", "es", "it", "pt", "pl", "ru", "uk"))
"""Languages whose long dash keeps the spaces that the author typed round it."""
_HYPHENS = re.compile(r"(?P<before>[ \xa0]*)(?P<dash>-{2,}|[—–]{2,})(?P<after>[ \xa0]*)")
_SPACED_HYPHEN = re.compile(r"(?<=[^\s_]) - ?(?=$|[”’»]|[\"'](?:\s|$))|(?<=[^\s_]) - (?=[^\s\d_-]|\d)")


def dashes(text: str, language: str) -> Iterator[Edit]:
    """Turn typed hyphens into dashes, and long runs of them into the dash for what is left out.

    English sets the dash close; languages that set it open get a spaced en dash where the author typed
    spaces.
    """
    for match in _HYPHENS.finditer(text) if "--" in text or "——" in text else ():
        length = len(match["dash"]) if match["dash"][0] == "-" else len(match["dash"]) * 2
        if match["dash"][0] == "–" or set(match["dash"]) == {"–", "—"}:
            continue
        if length >= 4:
            start, end = match.span("dash")
            yield Edit(start, end, "⸻" if length > 4 else "⸺", "DSH007")
        else:
            yield _dash(match, language, "DSH001")
    for match in _SPACED_HYPHEN.finditer(text) if " -" in text else ():
        if text[match.start() - 1].isdigit() and text[match.end() : match.end() + 1].isdigit():
            continue
        yield Edit(match.start(), match.end(), _spaced_hyphen(match.group(), language), "DSH002")


def _spaced_hyphen(typed: str, language: str) -> str:
    if language[:2] in _EN_DASH:
        return typed.replace("-", "–")
    return typed.replace("-", "—") if language[:2] in _SPACED_DASH else "—"


def _dash(match: re.Match[str], language: str, why: str) -> Edit:
    spaced = bool(match["before"] and match["after"])
    if spaced and language[:2] in _EN_DASH:
        return Edit(match.start("dash"), match.end("dash"), "–", why)
    opens = match["before"] and not match["after"] and match.end() < len(match.string)
    if language[:2] in _SPACED_DASH or opens:
        # A dash that opens a speech, and those of languages that set it open: the spaces are the author's.
        return Edit(match.start("dash"), match.end("dash"), "—", why)
    return Edit(match.start(), match.end(), "—", why)


_DOTS = re.compile(r"(?P<space>(?<=\w) )?(?:(?<!\.)\.{3,}(?!\.)|(?<!\. )(?<!\.)\.(?: \.){2,}(?! ?\.))")


def ellipses(text: str, language: str) -> Iterator[Edit]:
    """Turn three typed dots into an ellipsis; a fourth is the full stop before it."""
    if "..." not in text and ". . ." not in text:
        return
    for match in _DOTS.finditer(text):
        count = match.group().count(".")
        before = text[match.start() - 1 : match.start()]
        stop = count == 4 and not match["space"] and (before.isalnum() or before in "”’\"')")
        if count == 3 or (count == 4 and language.startswith("en")):
            start = match.start() + (1 if match["space"] and "." * 3 in match.group() else 0)
            yield Edit(start, match.end(), ".…" if stop else "…" + "." * (count - 3), "DSH006")


_UNDERSCORED = re.compile(r"(?<![\w_])_(?=[^\s_])(?P<inner>[^_]*[^\s_])_(?![^\W_])")


def typed_emphasis(text: str, _language: str) -> Iterator[Edit]:
    """Turn _underscores_ round words into emphasis."""
    if "_" in text:
        for match in _UNDERSCORED.finditer(text):
            yield Edit(match.start(), match.start() + 1, EMPHASIS_ON, "STR015")
            yield Edit(match.end() - 1, match.end(), EMPHASIS_OFF, "STR015")


TextPass = Callable[[str, str], Iterator[Edit]]
"""From the text of a paragraph and its language (BCP 47) to edits, in order of place."""


def in_language(text_pass: TextPass, language: str) -> Callable[[str], Iterator[Edit]]:
    """Give a pass for texts of one language."""
    return lambda text: text_pass(text, language)
