"""Lines that were read in a wrong code page from end to end, once or several times over.

Where every sign outside ASCII of a line, taken as a byte of some code page, belongs to sound UTF-8, the line
was written as UTF-8 and read as that code page: of 57,000 honest lines in ten languages none has two such
sequences but words in capitals standing alone. A few lines therefore prove a code page, and with it the rows
of signs in lines that are garbled in part.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from publish.readers.legacy import likelihood
from publish.source import Edit

PAGES = {
    "cp1252": "Windows-1252 or Latin-1", "mac_roman": "Mac Roman", "cp437": "DOS code page 437",
    "cp850": "DOS code page 850", "cp852": "DOS code page 852", "cp1250": "Windows-1250",
    "cp1251": "Windows-1251", "cp1253": "Windows-1253", "cp1254": "Windows-1254", "cp1257": "Windows-1257",
    "iso8859_2": "ISO 8859-2", "iso8859_15": "ISO 8859-15", "iso8859_5": "ISO 8859-5",
    "iso8859_7": "ISO 8859-7", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "cp866": "DOS code page 866",
    "mac_latin2": "Mac Central European", "mac_cyrillic": "Mac Cyrillic", "mac_greek": "Mac Greek",
    "mac_turkish": "Mac Turkish", "cp775": "DOS code page 775", "cp737": "DOS code page 737",
}  # fmt: skip
"""Code pages that programs take text for, the commonest first."""
_MENDED_SINGLY = frozenset(("cp1252", "mac_roman", "cp437", "cp850", "cp852"))
"""Those whose sequences are known one by one. See `mojibake`."""
_SELDOM = tuple(page for page in PAGES if page not in _MENDED_SINGLY)
_DEEPEST = 3
"""So many times over a text was garbled at most."""
_ENOUGH = 6
"""Bytes behind the first ones of sequences: three marks, or six letters."""
_KINDS = 3
_JUDGED = 100
"""So many lines show which of several code pages that fit is the likeliest."""
_MARKS = frozenset("”“’—–…")
_FOREIGN = re.compile("[^\x00-\x7f]+")


class Proof(Struct, frozen=True):
    """The code pages that a manuscript was certainly read as somewhere, the likeliest first."""

    pages: tuple[str, ...] = ()
    known: Mapping[str, frozenset[str]] = {}
    """What the sequences stand for that prove a code page."""


def survey(texts: Iterable[str]) -> Proof:
    """Find the code pages as which lines, or marks in them, were read, from all lines of a manuscript."""
    weight: Counter[str] = Counter()
    likely: defaultdict[str, float] = defaultdict(float)
    known: dict[str, set[str]] = {}
    judged = 0
    for text in texts:
        judged += 1 if judged < _JUDGED and not text.isascii() and _able(text) else 0
        for page, before in _proving(text, judging=judged < _JUDGED):
            signs = _signs(before)
            size = sum(len(sign.encode()) - 1 for sign in signs)
            weight[page] += size
            likely[page] += size * likelihood(before) if judged < _JUDGED else 0.0
            known.setdefault(page, set()).update(signs)
    proved = [
        page
        for page in weight
        if weight[page] >= _ENOUGH and (len(known[page]) >= _KINDS or not known[page].isdisjoint(_MARKS))
    ]
    commonest = list(PAGES)
    proved.sort(key=lambda page: (-likely[page], commonest.index(page)))
    return Proof(tuple(proved), {page: frozenset(known[page]) for page in proved})


def _proving(text: str, *, judging: bool) -> Iterator[tuple[str, str]]:
    """Give the code pages that a line speaks for, with what the line, or a mark in it, was before."""
    if text.isascii():
        return
    for page in _able(text):
        before = _undone(text, page, judging=judging)
        if _is_sure(before):
            yield page, before
    for match in _garbled_marks().finditer(text):
        yield from _mark_of()[match.group()]


def mend(text: str, proof: Proof) -> list[Edit]:
    """Give the edits that undo one reading of a line: of all of it, else of the rows of signs in it."""
    if text.isascii() or not proof.pages:
        return []
    if page := page_of(text, proof):
        return list(edits_of(text, 0, page))
    rows = (match for match in _FOREIGN.finditer(text) if len(match.group()) > 1)
    return [edit for row in rows for edit in _row(row, proof)]


def page_of(text: str, proof: Proof) -> str:
    """Give the code page as which all of a line was read; empty where there is none."""
    able = _able(text)
    return next((page for page in proof.pages if page in able and _is_sure(_undone(text, page))), "")


def _row(row: re.Match[str], proof: Proof) -> Iterator[Edit]:
    for page in proof.pages:
        before = _undone(row.group(), page)
        is_known = bool(before) and proof.known[page].issuperset(_signs(before))
        if is_known or (before and _suits_better(row, before)):
            # What the likeliest page makes of a row, no rarer one makes something else of.
            if page not in _MENDED_SINGLY and not _is_mended_singly(row.group(), before):
                yield from edits_of(row.group(), row.start(), page)
            return


def _is_mended_singly(text: str, before: str) -> bool:
    """Tell whether a commoner code page says the same."""
    return any(decoded(text, page) == before for page in _MENDED_SINGLY)


def _suits_better(row: re.Match[str], before: str) -> bool:
    """Tell whether what a row may have been suits the signs on either side far better than the row does."""
    beside = row.string[row.start() - 1 : row.start()], row.string[row.end() : row.end() + 1]
    return likelihood(before.join(beside)) - likelihood(row.group().join(beside)) >= _FAR_BETTER


_FAR_BETTER = 1.0


def edits_of(text: str, at: int, page: str) -> Iterator[Edit]:
    """Give an edit for each sequence of a text that decodes as a whole and stands at `at`."""
    note = f"UTF-8 that was read as {PAGES[page]}."
    for sign in decoded(text, page):
        end = at + len(sign.encode())
        if sign > "\x7f":
            yield Edit(at, end, sign, "ENC001", note)
        at = end


def _is_sure(text: str) -> bool:
    """Tell whether a line that decodes to this cannot be honest."""
    signs = _signs(text)
    return len(signs) > 1 or not _MARKS.isdisjoint(signs)


def _signs(text: str) -> Sequence[str]:
    return [sign for sign in text if sign > "\x7f"]


def _undone(text: str, page: str, deepest: int = _DEEPEST, *, judging: bool = False) -> str:
    """Give what a text was before it was read as this page, and as others before; empty where it was not.

    Of several earlier texts it is the likeliest if `judging`, which takes its time, else the first.
    """
    former = decoded(text, page)
    if not former:
        return ""
    able = _able(former) if deepest > 1 else ()
    found = (_undone(former, other, deepest - 1, judging=judging) for other in able)
    earlier = filter(_is_sure, found)
    best = max(earlier, key=likelihood, default="") if judging else next(earlier, "")
    return best or (former if all(map(is_text, _signs(former))) else "")


def decoded(text: str, page: str) -> str:
    """Give what a text was that was read as a code page; empty where it is no sound UTF-8 in it."""
    try:
        return as_bytes(text, page).decode()
    except UnicodeError:
        return ""


def as_bytes(text: str, page: str) -> bytes:
    """Give the bytes that a program shows so.

    Raises:
        UnicodeEncodeError: A sign of the text is none of the code page.
    """
    return text.translate(_table(page)).encode("latin-1")


def _able(text: str) -> tuple[str, ...]:
    """Give the code pages in which the first two signs outside ASCII may begin one of UTF-8."""
    first = _FOREIGN.search(text)
    return beginning(first.group()[:2]) if first else ()


@lru_cache(maxsize=4096)
def beginning(pair: str) -> tuple[str, ...]:
    """Give the code pages in which two signs begin one of UTF-8."""
    return tuple(page for page in PAGES if _ROW.match(pair.translate(_table(page)))) if len(pair) > 1 else ()


_ROW = re.compile("[\xc2-\xf4][\x80-\xbf]")


@cache
def _table(page: str) -> dict[int, str]:
    """Give the bytes, as letters of Latin-1, for which a program shows the signs of a code page.

    Where the code page has no letter many programs show the control, or the letter of Latin-1.
    """
    shown = {bytes([byte]).decode(page, "replace"): chr(byte) for byte in range(0x80, 0x100)}
    shown.pop("\ufffd", "")
    holes = {byte for byte in range(0x80, 0x100) if chr(byte) not in shown.values()}
    table = {
        byte: chr(byte) if byte in holes or byte < _FIRST_LETTER else _NO_BYTE for byte in range(0x80, 0x100)
    }
    return table | {ord(sign): byte for sign, byte in shown.items()}


_NO_BYTE = "\uffff"
_FIRST_LETTER = 0xA0
"""Below are the controls, which no code page means."""


@cache
def _mark_of() -> dict[str, list[tuple[str, str]]]:
    """Give for the garbled forms of the commonest marks which marks in which code pages they are."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in _SELDOM:
        shown = {byte: chr(sign) for sign, byte in _table(page).items() if byte != _NO_BYTE}
        for mark in _MARKS:
            bytes_of = [chr(byte) for byte in mark.encode()]
            garbled = "".join(shown.get(byte, byte) for byte in bytes_of)
            if not _is_mended_singly(garbled, mark):
                found.setdefault(garbled, []).append((page, mark))
    return found


@cache
def _garbled_marks() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_mark_of()))))


# --- Characters of books ---------------------------------------------------------------------------------


OKINA = frozenset("ʻʼ")
"""Letters of Hawaiian; a no-break space and the º of Spanish ordinals look like them in Mac Roman."""


def is_western(character: str) -> bool:
    """Tell whether Western books hold this character outside ASCII."""
    code = ord(character or "\0")
    return (
        0xA0 <= code < 0x180
        or 0x2002 <= code < 0x2040
        or 0xFB00 <= code <= 0xFB06
        or 0x2C6 <= code <= 0x2DC
        or 0x300 <= code < 0x339
        or 0x2150 <= code < 0x2180
        or 0x1E00 <= code < 0x1F00
        or code > 0x1F000
        or character in _WESTERN
    )


_WESTERN = frozenset(
    "\u0192\u01a0\u01a1\u01af\u01b0\u0218\u0219\u021a\u021b\u20ac\u2116\u2122\u2212\u2e3a\u2e3b\u2042\u2044\u2060\ufeff"
)


def is_of_another_script(character: str) -> bool:
    """Tell whether this is a Greek, Cyrillic or Hebrew letter."""
    code = ord(character or "\0")
    return character.isalpha() and (0x370 <= code < 0x530 or 0x5D0 <= code < 0x5EB or 0x1F00 <= code < 0x2000)


def is_text(character: str) -> bool:
    """Tell whether books in any of the scripts that are known here hold this character."""
    return is_western(character) or is_of_another_script(character) or character in OKINA
