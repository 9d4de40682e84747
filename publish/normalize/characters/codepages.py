"""Passages whose letters, a byte each, were read in the wrong code page: Rozdzia³, ŽtŽ, donÕt, Ïðèâåò.

Each letter became one other sign, which alone may be honest. So the lines with signs that their language
does not have, or not there, are taken back to bytes, and the judge of files of unknown encoding (`legacy`) is
asked what they are. Where another code page suits them far better, and makes words of them, it is right.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import product
from operator import itemgetter

from msgspec import Struct

from publish.normalize.characters.misread import PAGES, as_bytes
from publish.normalize.words import lexicon
from publish.patterns import lazily
from publish.readers import legacy
from publish.source import Edit

_SHOWN = ("cp1252", "latin_1", "mac_roman", "cp850", "cp437", "cp1250", "cp1251", "koi8_r", "cp866")
"""As what programs show bytes of which nothing says what they are."""
_JUDGED, _FEW = 200, 5
"""So many strange lines show what they were; as few as that may not show their language."""
_HONEST = 4.3
"""So well letters of another script suit its language if they were read right."""
_CLEARLY = 0.9
"""By so much a reading is likelier than the text as it stands; two letters of one language differ by less."""
_LIKELY = 2.5
_WHOLE = 0.5
"""The share of strange lines that a program can have shown so."""
_WORDS, _SINGLE_WORDS, _MORE = 0.45, 0.8, 0.25
"""The share of known words among those that change, in lines and alone, and by how much it grows."""


class Evidence(Struct, frozen=True):
    """Which lines, or which words amid honest lines, were read in the wrong code page."""

    written: str = ""
    shown: str = ""
    lines: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def survey(texts: Sequence[str], sample: str) -> Evidence:
    """Find what was written in another code page, among lines outside ASCII; `sample` shows the language."""
    if not texts or legacy.of_script("\n".join(texts[:_JUDGED])) > _HONEST:
        return Evidence()
    # Few lines do not show of which language they are, but whether their letters are Latin.
    latin = len(texts) <= _FEW and all(len(_ASCII.findall(text)) * 2 > len(text) for text in texts)
    language = _language("\n".join(texts[:_JUDGED])) or (_language(sample) if latin else "")
    odd = _odd(legacy.letters_of(language))
    # Few letters of a line in another alphabet are ASCII.
    foreign = (t for t in texts if len(_ASCII.findall(t)) * _FOREIGN_LETTERS < sum(s > "\x7f" for s in t))
    strange = [text for text in (texts if language else foreign) if odd.search(text)]
    plain = (word for text in strange for word in text.translate(_IN_ASCII).split() if odd.search(word))
    words = {word for word in plain if (_ASCII if language else _ALL_FOREIGN).search(word)}
    kinds = {found for word in words for found in odd.findall(word)}
    told = len(kinds) > (1 if language else _ALPHABET) and len(words) >= _SEVERAL
    if told and (page := _page(strange, language)):
        garbled = (text for text in texts if _gains(text, page, language))
        return Evidence(*page, lines=frozenset(garbled))
    if not words or not lexicon.exists(language):
        return Evidence()
    found = _alone([word for word in words if not _PIECES.search(word)], texts, language)
    return max(found, key=lambda evidence: len(evidence.words), default=Evidence())


def _alone(words: Sequence[str], texts: Sequence[str], language: str) -> Iterator[Evidence]:
    """Give the words amid honest ones that a code page makes words of, for each code page that they prove."""
    signs = {sign for word in words for sign in _FOREIGN.findall(word)}
    letters = legacy.letters_of(language) + "’‘“”—–…"
    own: set[str] = set()
    for page in product(legacy.LATIN, _SHOWN):
        meant = {sign: made for sign in signs if (made := _reread(sign, page)) not in ("", sign)}
        fitting = {sign for sign, made in meant.items() if made.lower() in letters}
        changed = [word for word in words if not meant.keys().isdisjoint(word)] if fitting else []
        likely = [word for word in changed if fitting.issuperset(_FOREIGN.findall(word))]
        if likely and (len(likely) >= _SEVERAL or any(map(_SURE.search, likely))):
            own = own or {word for text in texts for word in _WORD.findall(text.lower())}
            whole = [word for word in likely if _is_made(_reread(word, page).lower(), language, own)]
            yield from _proved(whole, changed, page)


def _proved(made: Sequence[str], changed: Sequence[str], page: tuple[str, str]) -> Iterator[Evidence]:
    """Give what is mended: all, where nearly all that changes becomes words, or what cannot be honest."""
    sure = [word for word in made if _SURE.search(word)]
    # *Solís* may be a name as well as *Sol’s*.
    bare = {word.strip(_BESIDE) for word in made if not _reread(word, page).strip(_BESIDE).endswith("’s")}
    if made and len(made) >= _SINGLE_WORDS * len(changed) and (sure or len(bare) >= _SEVERAL):
        yield Evidence(*page, words=frozenset(made))
    elif sure:
        yield Evidence(*page, words=frozenset([*sure, *filter(_INSIDE.search, changed)]))


def _is_made(made: str, language: str, own: Collection[str]) -> bool:
    """Tell whether nothing but words of the language, or of the manuscript, comes out."""
    parts = [part for word in _WORD.findall(made) for part in _parts(word)]
    whole = bool(parts) and not _APART.search(made)
    return whole and all(part in own or lexicon.is_word(part, language) for part in parts)


def _reread(text: str, page: tuple[str, str]) -> str:
    """Give what was written; empty where a program cannot have shown it so."""
    written, shown = page
    try:
        return as_bytes(text, shown).decode(written)
    except UnicodeError:
        return ""


def _language(text: str) -> str:
    return legacy.language_of_words(text.encode("utf-8", "replace"))


_IN_ASCII = str.maketrans("‘’“”–—…", "''\"\"--.")
"""For honest marks, each in its place."""


_ASCII = re.compile("[A-Za-z]")
_ALL_FOREIGN = re.compile("[^\x00-\x7f]{4}")
_BESIDE = ".,;:!?'\"-()‘’“”«»—…"
_APART = lazily(r"\w[^\w\s’'—–-]+\w")
"""What parts no word: *De¡vila* was DeÁvila."""
_CAPITALS = "".join(sign for sign in map(chr, range(0xC0, 0x180)) if sign.isupper() and sign not in "ÁÉÍÓÚ")
_INSIDE = lazily(f"[a-z][{_CAPITALS}][a-z]")
_SURE = lazily(f"[a-z][{_CAPITALS}][a-z]|n[\xc0-\xff]t$")
"""A capital inside, which only names and Irish have, *MacÉwan*, *na hÉireann*; and English short forms."""


def _page(strange: Sequence[str], language: str) -> tuple[str, str] | None:
    """Give the code page in which lines were written, and the one they were shown as."""
    readings = (_reading(strange[:_JUDGED], shown, language) for shown in _SHOWN)
    found = list(filter(None, readings))
    return max(found, key=itemgetter(0))[1:] if found else None


def mend(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Give the letters that the signs of a line stood for."""
    page = evidence.written, evidence.shown
    if text in evidence.lines:
        yield from _edits(text, 0, page)
    elif evidence.words and not text.isascii():
        for match in re.finditer(r"\S+", text.translate(_IN_ASCII)):
            if match[0] in evidence.words:
                yield from _edits(match[0], match.start(), page)


def _edits(text: str, start: int, page: tuple[str, str]) -> Iterator[Edit]:
    written, shown = page
    note = f"{PAGES[written]} that was read as {PAGES.get(shown, PAGES[_SHOWN[0]])}."
    for at, (old, new) in enumerate(zip(text, _reread(text, page), strict=True), start):
        if old != new:
            yield Edit(at, at + 1, new, "ENC001", note)


_MARKS = "‘’“”„‚…–—⸺⸻‐‑«»‹›·•×°©®™§€£†‡¿¡ªº¹²³¼½¾\x80-\xa0\xad\u2000-\u206f\u0300-\u036f\ufeff"


@cache
def _odd(letters: str) -> re.Pattern[str]:
    """Give what finds signs that a language does not have, or not there: capitals and marks inside words."""
    if not letters:
        return _FOREIGN
    own, large = f"[a-z{letters}]", f"[{letters.upper()}]"
    ways = (
        f"[^\x00-\x7f{letters}{letters.upper()}{_MARKS}]",
        own + large,
        f"{own}[{_BETWEEN_WORDS}]{own}",
        f"[{letters}][A-Z]",
        f"{own}[‚„¿¡]",
        rf"\b[„“«‚‹]{own}",
    )
    return re.compile("|".join(ways))


_FOREIGN = re.compile("[^\x00-\x7f]")
_BETWEEN_WORDS = "„‚“«‹†‡•¿¡©®™¹²³¼½¾£§°\x80-\x84\x86-\x90\x98-\x9f"


def _reading(strange: Sequence[str], shown: str, language: str) -> tuple[float, str, str] | None:
    """Give how much likelier lines are as another code page, if a program showed them so, and which it is."""
    able = []
    for text in strange:
        with suppress(UnicodeEncodeError):
            able.append((text, as_bytes(text, shown)))
    if len(able) < _WHOLE * len(strange):
        return None
    before = "\n".join(text for text, _ in able).translate(_CONTROLS)
    data = b"\n".join(data for _, data in able)
    least = max(_LIKELY, _score(before, language) + _CLEARLY)
    for reading in legacy.ranked(data, wide=False):
        if bool(language) is (reading.encoding in legacy.LATIN):
            after = data.decode(reading.encoding, "replace")
            gain = _score(after, language) - least
            likely = after != before and "\ufffd" not in after and gain >= 0
            if likely and _makes_words(before, after, language):
                return len(able) * (gain + _CLEARLY), reading.encoding, shown
    return None


_CONTROLS = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0)}
"""What controls are read as where no other code page is likelier."""


def _score(text: str, language: str) -> float:
    return legacy.likelihood(text, language) if language else legacy.of_script(text)


def _makes_words(before: str, after: str, language: str) -> bool:
    """Tell whether what changes becomes words that the language has, with apostrophes in their places."""
    forms = {word for word in _WORD.findall(after.lower()) if "’" in word}
    odd = {form for form in forms if not _SHORT_FORM.fullmatch(form)}
    if len(odd) * 10 > len(forms):
        return False
    pairs = set(zip(before.lower().split(), after.lower().split(), strict=False))
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    olds = [old.strip(_BESIDE) for old, _ in changed]
    news = [word for _, new in changed for word in _WORD.findall(new) if word[1:] or not word.isascii()]
    known = lexicon.counts(language)
    # Irish has many a word of Croatian: *na h…ireann* and *na hâireann* are none of it, nor is the h.
    wrong = (_APART,) if known or not language else (_APART, _odd(legacy.letters_of(language)))
    if 2 * sum(any(signs.search(new) for signs in wrong) for _, new in changed) > len(changed):
        return False
    return not known or _share(news, known) >= max(_WORDS, _share(olds, known) + _MORE)


def _share(words: Sequence[str], known: Collection[str]) -> float:
    """Give the share of words that a list has, as they are or in their parts."""
    listed = [word in known or ("’" in word and all(map(known.__contains__, _parts(word)))) for word in words]
    return sum(listed) / len(listed) if listed else 0.0


def _parts(word: str) -> list[str]:
    """Give the words that a short form is made of: *l’été*, *couldn’t*."""
    return [part for part in word.removesuffix("n’t").split("’") if len(part) > 1]


_PIECES = re.compile("[^\x00-\x7f]{2}")
"""Such as UTF-8 comes in. See `mojibake`."""
_SEVERAL, _ALPHABET, _FOREIGN_LETTERS = 3, 8, 4
_WORD = lazily(r"[^\W\d_]+(?:’[^\W\d_]+)*")
_SHORT_FORM = lazily(
    r"\w+’(?:s|t|ll|re|ve|d|m)|"
    r"(?:[cdgjlmnostvy]|(?:jus|lors|puis|quel|pres)?qu|un|all|dall|dell|nell|sull|quest|quell)’\w+"
)


def _gains(text: str, page: tuple[str, str], language: str) -> bool:
    """Tell whether a line is likelier in the code page that it was written in."""
    after = _reread(text, page)
    if after in (text, ""):
        return False
    odd = _odd(legacy.letters_of(language))
    fewer = len(odd.findall(text)) - len(odd.findall(after))
    return fewer > 0 or (not fewer and _score(after, language) > _score(text, language))
