"""Dashes: typed hyphens become the dash that the sentence, the range or the word left out asks for."""

import re
from collections.abc import Iterable, Iterator

from publish.draft import MARKS
from publish.normalize.setting.habits import SPEECH_DASH, Habits
from publish.patterns import lazily
from publish.source import Edit

_EN_DASH = frozenset(
    ("de", "nl", "sv", "da", "nb", "nn", "no", "fi", "et", "is", "cs", "sk", "sl", "hu", "pl")
)
"""Languages that set a dash inside a sentence as an en dash between spaces."""
_SPACED_DASH = frozenset(
    ("fr", "es", "it", "pt", "ca", "ru", "uk", "be", "bg", "sr", "mk", "ro", "el", "und")
)
"""Languages whose long dash keeps the spaces that the author typed round it."""
_PARTED_BY_SPACES = frozenset("fr it pt ru uk be bg sr mk ro el".split())
"""Those in which a dash between two words never touches them."""
_CLOSE_SPEECH_DASH = frozenset(("es", "ca"))
"""Languages whose dash of speech touches the word; words inside a speech stand between two that do."""
_ONE_DASH = frozenset(("ru", "uk", "be", "bg"))
"""Those that know one length of dash, between numbers too. Source: Мильчин, Справочник издателя и автора."""
_AS_TYPED = frozenset(("el", "tr"))
"""Those in which the dash of speech may touch the word or not."""

_RUN = lazily(r"(?P<before>[ \xa0]*)(?P<dash>-{2,}|—{2,})(?P<after>[ \xa0]*)")
_ROW = re.compile(r"-(?<!\{-)-+(?!-*\})|——+")
"""Two hyphens beside a brace are a sign of tracked changes."""
_SPACED_HYPHEN = lazily(r"(?<=[^\s_]) - ?(?=$|[”’»]|[\"'](?:\s|$))|(?<=[^\s_]) - (?=[^\s\d_-]|\d)")
_GOES_ON_BELOW = re.compile(r"-{1,2} (?=[^\W\d_A-Z])")
"""A hyphen at the beginning of a paragraph that goes on with a small letter."""
_SPEECH_HYPHEN = lazily(f"[{MARKS}]*(?P<dash>-{{1,3}})(?P<space>[ \xa0]*)(?=[^\\W\\d_]|[¿¡«“\"'(…])")
_INCISE = lazily(
    r"(?<=\s)-(?=[^\W\d_]|[¿¡«“\"])|(?<=[^\W\d_][.,!?…])-(?=[\s.,;:]|$)|(?<=[^\W\d_])-(?=[\s.,;:]|$)"
)
_BEGINS_INSIDE = lazily(r"(?<=[.!?…:»”\"] )-(?=[^\W\d_]|[¿¡«“\"])")
"""A hyphen that touches the first word of a sentence, in languages whose speech dash touches it."""
_GOES_ON = lazily(r"(?<=[.,;:!?…»”\"] )-(?=[^\W\d_]|[¿¡])|(?<=[^\s_] )-(?=[.,;:!?])")
"""A hyphen in a paragraph that opens as speech does: words beside the speech, or the next speech."""
_PAIR = lazily(
    r"(?<=[^\s-] )-(?=[^\W\d_])[^-\n]{1,120}?[^\W\d_][.!?…]?-(?=[\s.,;:!?)]|$)"
    r"(?! (?:and|or|to|und|oder|bis|et|ou|y|o|e|en|of|i|lub|и|или) )"
)
"""A hyphen on either side of words put in, each touching them: "he went -though slowly- home"."""
_RANGE = lazily(r"(?<=\d)--(?=[$£€'’]?\d)|(?<=\b[ivxlc])--(?=[ivxlc]+\b)|(?<=[ivxlc][ivxlc])--(?=[ivxlc]+\b)")
"""From one number to another; small Roman figures count pages."""


_FRAMED = lazily(r"-{1,3} ?[\divxlc]{1,7} ?-{1,3}|-{4,}[^-]+-{4,}")
"""A number, or a line, between hyphens, as for pages and for the parts of a mail."""


def dashes(text: str, habits: Habits) -> Iterable[Edit]:
    """Turn typed hyphens into dashes, and what stands for words or letters left out into the dash for that.

    The dash that the author types between words is taken everywhere. Where none is typed: English sets it
    close, other languages set it open.
    """
    # One sign is found much sooner than two.
    typed = "-" in text and ("--" in text or " -" in text or text.lstrip(MARKS).startswith("-"))
    typed = typed or ("—" in text and "——" in text)
    return _dashes(text, habits) if typed and not _FRAMED.fullmatch(text) else ()


def _dashes(text: str, habits: Habits) -> Iterator[Edit]:
    opened = _speech_hyphen(text, habits)
    yield from opened
    done = opened[0].end if opened else 0
    beside = {edit.start: edit for edit in _beside_speech(text, done, habits)}
    yield from beside.values()
    for match in _runs(text, done) if "--" in text or "——" in text else ():
        if match.start() not in beside and (edit := _run(match, habits)):
            yield edit
    yield from _single_hyphens(text, done, habits) if opened or " -" in text else ()


_SPACED = lazily(r"(?<=[^\s_-]) -{1,2}(?: (?=[^\s\d-])|(?=[.,;:!?…]|$))")


def _beside_speech(text: str, done: int, habits: Habits) -> Iterator[Edit]:
    """Give the dashes round words inside a speech that is opened by a dash, where hyphens stand for them.

    The first touches what it opens, the next what it closes. Source: Ortografía de la lengua española, 3.4.9.
    """
    if habits.language[:2] not in _CLOSE_SPEECH_DASH or not (done or text.lstrip(MARKS).startswith("—")):
        return
    opens = True
    for match in _SPACED.finditer(text, done):
        rule = "DSH001" if "--" in match.group() else "DSH002"
        opens = opens and match.group().endswith(" ")
        yield Edit(*match.span(), " —" if opens else "—" + " " * match.group().endswith(" "), rule)
        opens = not opens


def _runs(text: str, done: int) -> Iterator[re.Match[str]]:
    """Give the rows of hyphens or dashes with the spaces round them; the signs alone are sought quickly."""
    while hit := _ROW.search(text, done):
        start = hit.start()
        while start > done and text[start - 1] in " \xa0":
            start -= 1
        if match := _RUN.match(text, start):
            yield match
            done = match.end()


def _single_hyphens(text: str, done: int, habits: Habits) -> Iterator[Edit]:
    """Give the dashes for single hyphens; up to `done` the paragraph opens as speech does."""
    if habits.language[:2] in _CLOSE_SPEECH_DASH and (speech := done or _speech_inside(text)):
        yield from (edit for edit in _pairs(text, habits) if not done and edit.end <= speech)
        yield from (Edit(*match.span(), "—", "DSH002") for match in _INCISE.finditer(text, speech))
        if done:
            return
    elif done and habits.language[:2] in SPEECH_DASH:
        dash = _of_speech(habits)
        for match in _GOES_ON.finditer(text, done):
            opens = text[match.end()] not in ".,;:!?"
            yield Edit(*match.span(), f"{dash} " if opens else dash, "DSH002")
    else:
        yield from _pairs(text, habits)
    for match in _SPACED_HYPHEN.finditer(text, done):
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        if (before.isdigit() and after.isdigit()) or "-" in (before, after):
            continue  # From 3 - 5; a row of hyphens that stands for a rest.
        yield Edit(*match.span(), _spaced_hyphen(match.group(), habits), "DSH002")


def _speech_inside(text: str) -> int:
    """Give where speech begins amid a paragraph: its hyphen opens a sentence and touches the word."""
    found = (match.start() for match in _BEGINS_INSIDE.finditer(text) if not text[match.end()].islower())
    return next(found, 0)


def _speech_hyphen(text: str, habits: Habits) -> list[Edit]:
    """Give the dash for the hyphens that open a speech at the beginning of a paragraph."""
    language = habits.language[:2]
    if language == "en" and (below := _GOES_ON_BELOW.match(text)) and text[below.end()].islower():
        return [Edit(0, below.end(), "—", "DSH002" if below.end() == len("- ") else "DSH001")]
    match = _SPEECH_HYPHEN.match(text) if language in SPEECH_DASH else None
    if match is None:
        return []
    dash = _of_speech(habits)
    space = "" if language in _CLOSE_SPEECH_DASH else " "
    if language in _AS_TYPED:
        space = match["space"] and " "
    rule = "DSH001" if len(match["dash"]) > 1 else "DSH002"
    return [Edit(match.start("dash"), match.end(), dash + space, rule)]


def _of_speech(habits: Habits) -> str:
    return "–" if habits.language[:2] in _EN_DASH and habits.dash.strip() != "—" else "—"


def _pairs(text: str, habits: Habits) -> Iterator[Edit]:
    """Give the dashes for hyphens that touch the words they enclose."""
    close = habits.language[:2] in _CLOSE_SPEECH_DASH
    dash = _spaced_hyphen(" - ", habits)
    for match in _PAIR.finditer(text):
        start, end = match.span()
        behind = text[end : end + 1] == " "
        if close:
            yield Edit(start, start + 1, "—", "DSH002")
            yield Edit(end - 1, end, "—", "DSH002")
        else:
            yield Edit(start - 1, start + 1, dash, "DSH002")
            yield Edit(end - 1, end + behind, dash if behind else dash.rstrip(), "DSH002")


def _spaced_hyphen(typed: str, habits: Habits) -> str:
    if habits.dash:
        return habits.dash if typed.endswith(" ") else habits.dash.rstrip()
    if habits.language[:2] in _EN_DASH:
        return typed.replace("-", "–")
    return typed.replace("-", "—") if habits.language.partition("-")[0] in _SPACED_DASH else "—"


def _run(match: re.Match[str], habits: Habits) -> Edit | None:
    """Give what a row of hyphens, or of dashes, stands for; None where it stays."""
    start, end = match.span("dash")
    if _RANGE.match(match.string, start) and end - start == len("--"):
        dash = "—" if habits.language[:2] in _ONE_DASH else "–"
        return Edit(start, end, dash, "DSH001", "From one number to another.")
    if left_out := _left_out(match, habits):
        return Edit(start, end, left_out, "DSH007")
    return _dash(match, habits) if match["dash"][0] == "-" else None


# --- What is left out --------------------------------------------------------------------------------------

_WORD_BEFORE = re.compile(r"(?<!['’])[^\W\d_]+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_TITLE = lazily(
    r"\b(?:M|MM|Mr|Mrs|Ms|Mx|Dr|Drs|St|Ste|Mme|Mlle|Prof|Capt|Col|Gen|Lt|Sgt|Rev|Hon|Hr|Fr|Sr|Sra|Srta|Dra|Dña"
    r"|Sig|Lord|Lady|Baron|Count|Madame|Monsieur|Miss|Herr|Frau|Graf|Don|Doña|Señor|Señora)\.? $"
)
_OATH = re.compile(r"\bby $", re.IGNORECASE)
_NEAR = 30
"""Signs on either side that are looked at."""
_WHOLE = 4
"""So many hyphens by themselves stand for a word left out; fewer do where only a word can stand."""
_DASHES = 2
"""A dash counts for so many hyphens."""
_SHORT_WORD = 3
_NOT_LETTERS = frozenset("IiAaOoàÀéêyYeEuUòvVwWzZкКвВсСиИяЯаАоОуУ")
"""Single letters that are words in some language."""
_OF_ORDINALS = frozenset(("th", "st", "nd", "rd"))
"""What is left of a number, with a dash of one em as a rule: "the —th Regiment"."""
_ENDINGS = frozenset("ing ed er ers est in ings ly en t".split())


def _left_out(match: re.Match[str], habits: Habits) -> str:
    """Give the dash for letters left out (⸺), which touches the others, or for a whole word (⸻).

    Source: The Chicago Manual of Style, 6.93 and 6.94; Standard Ebooks Manual of Style, 8.
    """
    text, size = match.string, len(match["dash"]) * (1 if match["dash"][0] == "-" else _DASHES)
    before = "" if match["before"] else text[max(0, match.start() - _NEAR) : match.start()]
    if size < _WHOLE and len(before) > _SHORT_WORD + 1 and before[-_SHORT_WORD - 2 :].isalpha():
        return ""  # Behind a word of some length they are a dash.
    after = "" if match["after"] else text[match.end() : match.end() + _NEAR]
    first, second = _WORD_BEFORE.search(before.rpartition(" ")[2]), _WORD_AFTER.match(after)
    if first and second:
        return "⸺" if _is_one_word(first.group(), second.group(), after, size, habits) else ""
    if first:
        return "⸺" if _is_cut(first.group(), after, size, before, habits) else ""
    if second:
        free = not before or before[-1] in "(“\"‘'"
        fragment = second.group().islower() and (size >= _WHOLE or second.group() == "shire")
        if match["before"] and second.group() in _OF_ORDINALS:
            return "—"
        return "⸺" if free and fragment and size >= _SHORT_WORD else ""
    return _whole_word(match, before, after, size)


def _is_one_word(first: str, second: str, after: str, size: int, habits: Habits) -> bool:
    """Tell whether letters on both sides are what is left of one word: f---ing, d--n, but not w--what."""
    if after[len(second) : len(second) + 1] in ("-", "’", "'") or len(first) > _SHORT_WORD:
        return False
    lone = len(second) == 1 and second.islower() and second not in _NOT_LETTERS
    if len(first) > 1:
        return lone and not (habits.is_word(first) and size < _SHORT_WORD)
    if first in _NOT_LETTERS:
        return size >= _WHOLE and len(second) == 1 and first.islower()
    return lone or size >= _WHOLE or second in _ENDINGS or not habits.is_word(second)


def _is_cut(first: str, after: str, size: int, before: str, habits: Habits) -> bool:
    """Tell whether a name or a word lacks its end (Count M----), and no sentence is broken off."""
    if len(first) > 1:
        return size >= _WHOLE and (after[:1] not in ("”", '"', "’", "'") or not habits.is_word(first))
    named = before[: -len(first)]
    titled = _TITLE.search(named) or (_OATH.search(named) and first == "G")
    return bool(titled) or (size >= _SHORT_WORD and first not in ("I", "i", "a", "o", "O") and first != "à")


def _whole_word(match: re.Match[str], before: str, after: str, size: int) -> str:
    """Give the dash for a word of which nothing is left, where the row of hyphens stands as a word does."""
    text = match.string
    if before.strip() and before[-1] not in "(“\"‘'«„":
        return ""
    alone = bool(before) or not match.start() or match["before"]
    possessive = after[:2] in ("’s", "'s")
    ends = not after or possessive or after[0] in ",;:.!?)”\"’'"
    if size >= _WHOLE:
        typed = "⸺" if match["dash"] == "——" else "⸻"
        return typed if alone and ends else ""
    sign = text[match.end() : match.end() + 1] if not match["after"] else ""
    lone = size == _SHORT_WORD and (sign in tuple(",;:.!?)") or possessive) and bool(match["before"])
    return "⸻" if lone or (alone and ends and _names_somebody(match)) else ""


def _names_somebody(match: re.Match[str]) -> bool:
    """Tell whether a row behind a title stands for a name: Mr. --, Lord ---, not "Miss -- no"."""
    titled = _TITLE.search(match.string[max(0, match.start() - _NEAR) : match.end("before")])
    return titled is not None and ("." in titled.group() or len(match["dash"]) >= _SHORT_WORD)


# --- What parts a sentence ---------------------------------------------------------------------------------


def _dash(match: re.Match[str], habits: Habits) -> Edit:
    start, end = match.span()
    spaced = bool(match["before"] and match["after"])
    language = habits.language.partition("-")[0]
    if spaced and habits.dash:
        return Edit(start, end, habits.dash, "DSH001")
    if language in _EN_DASH and not habits.dash:
        return _open_en_dash(match)
    if _stands_off(match, language):
        return Edit(*match.span("dash"), "—", "DSH001")
    if habits.dash and _joins_words(match):
        return Edit(start, end, habits.dash, "DSH001")
    if language in _PARTED_BY_SPACES and _joins_words(match):
        return Edit(start, end, " — ", "DSH001")
    return Edit(start, end, "—", "DSH001")


def _open_en_dash(match: re.Match[str]) -> Edit:
    """Give the en dash between two spaces; before a sign or an end it has one, where it opens that typed."""
    text, start, end = match.string, *match.span()
    if _AT_OPENING.search(text[max(0, start - 3) : start]):
        return Edit(start, end, "–" + (match["after"] and " "), "DSH001")
    closes = not match["after"] and _AT_CLOSING.match(text, end)
    return Edit(start, end, " –" if closes else " – ", "DSH001")


_AT_OPENING = lazily("^$|(?:^|[\\s(])[\"'(„“‘»«‚›‹[]+$")
_AT_CLOSING = lazily("[.,;:!?)\\]]|[\"'”’“‘«»‹›](?![\\w¿¡])|$")


def _stands_off(match: re.Match[str], language: str) -> bool:
    """Tell whether the spaces round a dash are meant, as where it opens a speech or names a source."""
    if language in _SPACED_DASH:
        return bool(match["before"] or match["after"]) or not _joins_words(match)
    after = match.string[match.end() : match.end() + _NEAR].lstrip(MARKS)[:1]
    if not match["before"] or match["after"] or not after:
        return False
    before = match.string[max(0, match.start() - _NEAR) : match.start()].rstrip(MARKS)[-1:]
    return not before or (before in ".!?…”’\"')" and not after.islower() and after not in "“\"‘'")


def _joins_words(match: re.Match[str]) -> bool:
    """Tell whether a dash stands between two words: one that breaks a speech off has no space before it."""
    before, after = (
        match.string[max(0, match.start() - 1) : match.start()],
        match.string[match.end() : match.end() + 1],
    )
    return (before.isalnum() or before in ",;)") and after.isalnum()
