"""Repair of characters: each pass looks at one line and yields edits.

`PASSES` is the order, and nothing else is: entities may hide mojibake; mojibake and letters of other code
pages consume the C1 controls that would otherwise be taken for quotation marks, and invisible characters go
before letters are composed.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from publish.draft import MARK
from publish.normalize.characters import codepages, escapes, mojibake, privatesigns, strangewords
from publish.normalize.characters.misread import PAGES, is_western
from publish.patterns import lazily
from publish.readers import legacy
from publish.source import Edit


class Evidence(Struct, frozen=True):
    """What the whole manuscript says about its characters."""

    mojibake: mojibake.Evidence
    misread: codepages.Evidence = codepages.Evidence()
    strange: Mapping[str, tuple[Edit, ...]] = {}
    """Single words in which each letter was read in a wrong code page, with what mends them."""
    right_to_left: bool = False
    """Hebrew or Arabic occurs, so marks of direction mean something."""
    wide: bool = False
    """Chinese, Japanese or Korean occurs, so full-width letters mean something."""
    lost: Mapping[str, str] = {}
    """Words that lost letters inside (U+FFFD), in small letters, and what they are where they stand whole."""
    escapes: frozenset[str] = frozenset()
    """Kinds of escapes that the manuscript has again and again."""
    stray: str = "cp1252"
    """The code page of bytes that are no UTF-8."""
    cut: frozenset[str] = frozenset()
    """Lines with which a file ends in the middle of a character."""


_RIGHT_TO_LEFT = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdcf"), ("\ufe70", "\ufefc"))
_WIDE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))


_ODD = lazily(r"""[^ -"$'-*,-<>-\[\]-~“”‘’–—…]""")
"""A sign that some pass may repair: what `escapes.may_stand_in` asks for is one, and the ampersand."""


def not_plain(texts: Iterable[str]) -> list[str]:
    """Give the lines that hold a character which some pass may repair; hardly any has one.

    No code page has both the first and a later character of a garbled one among the others.
    """
    odd = _ODD.search
    return [text for text in texts if odd(text)]


def survey(whole: Sequence[str], odd: Iterable[str], last: Iterable[str] = ()) -> Evidence:
    """Gather the evidence of all lines and of those that are `not_plain`; `last` are the ends of files."""
    odd = [text for text in odd if not text.isascii() or "&" in text or escapes.may_stand_in(text)]
    entities = [_ENTITY.sub(lambda match: _character(match.group()) or "", text) for text in odd]
    astray = [text for text in odd if _STRAY.search(text)]
    signs = set[str]().union(*odd)
    sample = "\n".join(islice(filter(None, whole), _SAMPLE)) if odd else ""
    utf_8 = mojibake.survey(entities)
    misread = codepages.survey([text for text in entities if not _is_utf_8(text, utf_8)], sample)
    return Evidence(
        utf_8,
        misread=misread,
        strange=strangewords.survey([text for text in entities if text not in misread.lines]),
        right_to_left=_have(signs, _RIGHT_TO_LEFT),
        wide=_have(signs, _WIDE),
        lost=_whole_words(whole) if any("\ufffd" in text for text in odd) else {},
        escapes=escapes.survey(odd),
        stray=_of_strays(astray),
        # Several bytes at the end are cut; one alone may be a letter, as others of the file are.
        cut=frozenset(some for some in last if (_STRAY if len(astray) == 1 else _CUT).search(some)),
    )


def _is_utf_8(text: str, evidence: mojibake.Evidence) -> bool:
    """Tell whether most signs of a line are pieces of UTF-8, which are no letters of their own."""
    pieces = sum(edit.end - edit.start for edit in mojibake.mend(text, evidence))
    return pieces * 2 > sum(sign > "\x7f" for sign in text)


_SAMPLE = 400
"""So many lines show the language."""


def _have(signs: Iterable[str], ranges: Sequence[tuple[str, str]]) -> bool:
    return any(first <= sign <= last for sign in signs for first, last in ranges)


_LOST = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:\ufffd+[^\W\d_]+)+")
_WHOLE = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")
_MOST_LOST = 3
_LEAST_LEFT = 5
"""Letters; shorter words are too alike (fût, fît), but for those in which an apostrophe was lost."""


def _whole_words(texts: Sequence[str]) -> dict[str, str]:
    """Give for each word with lost letters the one word of the manuscript that it can be, if there is one.

    Letters at the ends may have been quotation marks as well; those nobody can tell.
    """
    wanted = {_as_one(word) for text in texts if "\ufffd" in text for word in _LOST.findall(text)}
    shapes: dict[int, set[tuple[int, ...]]] = {}
    for word in wanted:
        places = tuple(at for at, sign in enumerate(word) if sign == "\ufffd")
        if len(places) <= _MOST_LOST:
            shapes.setdefault(len(word), set()).add(places)
    found: dict[str, set[str]] = {}
    odd = (word for text in texts if not text.isascii() for word in _WHOLE.findall(text))
    for whole in {word.lower() for word in odd if not word.isascii()}:
        for places in shapes.get(len(whole), ()):
            if any(whole[at].isascii() for at in places):
                continue
            spoilt = "".join("\ufffd" if at in places else c for at, c in enumerate(whole))
            marks = all(whole[at] == "’" for at in places)
            if spoilt in wanted and (marks or len(whole) - len(places) >= _LEAST_LEFT):
                found.setdefault(spoilt, set()).add(whole)
    return {spoilt: wholes.pop() for spoilt, wholes in found.items() if len(wholes) == 1}


def _as_one(word: str) -> str:
    """Give a word in small letters; several signs together stand for the bytes of one letter."""
    return re.sub("\ufffd+", "\ufffd", word.lower())


def lost_letters(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Put back letters that were lost inside words which stand whole elsewhere in the manuscript."""
    if not evidence.lost or "\ufffd" not in text:
        return
    for word in _LOST.finditer(text):
        whole = evidence.lost.get(_as_one(word.group()))
        if whole is None or len(word.group()) != len(word.group().lower()):
            continue
        shift = 0
        for sign in re.finditer("\ufffd+", word.group()):
            letter = whole[sign.start() - shift]
            shift += len(sign.group()) - 1
            start, end = (word.start() + at for at in sign.span())
            letter = letter.upper() if word.group().isupper() else letter
            yield Edit(start, end, letter, "ENC003", f"Elsewhere the manuscript has “{whole}”.")


_ENTITY = lazily(
    "&(?:amp;){0,3}(?:(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    "|#[0-9]{3,6}(?![0-9;])|#[xX][0-9a-fA-F]{2,5}(?![0-9a-fA-F;])|nbsp(?![A-Za-z0-9;])"
    "|(?:[lr][sd]quo|[mn]dash|hellip|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil))(?![;=]))"
)


def entities(text: str, _evidence: Evidence) -> Iterator[Edit]:
    """Turn entities of HTML into the characters they name. After: none with a known name is left."""
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        character = _character(match.group())
        if character:
            yield Edit(*match.span(), character, "ENC010")


def _character(entity: str) -> str:
    plain = html.unescape(re.sub("&(?:amp;)+(?=#|[A-Za-z])", "&", entity))
    if plain == entity and not entity.endswith(";"):
        plain = html.unescape(f"{plain};")
    if not entity.endswith(";") and (len(plain) > 1 or not is_western(plain)):
        # Figures of the text itself may follow: &#1635 was £5.
        return ""
    if plain == "&" or (entity.count("amp;") and plain.startswith("&")):
        return "&"
    return plain if len(plain) == 1 and not plain.startswith("&") else ""


def escaped(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Write the signs that mail, addresses and programs write as figures. See `escapes`."""
    yield from escapes.mend(text, evidence.escapes)


def garbled(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Mend mojibake. See `mojibake`."""
    yield from mojibake.mend(text, evidence.mojibake)


def strange(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Mend single words that lines say nothing of. See `strangewords`."""
    return strangewords.mend(text, {} if text in evidence.misread.lines else evidence.strange)


def misread(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Put back the letters of another code page. See `codepages`."""
    return codepages.mend(text, evidence.misread)


_PRIVATE = lazily("[\ue000-\uf8ff]")


def private(text: str, _evidence: Evidence) -> Iterator[Edit]:
    """Write the signs that private ones of known fonts stand for. See `privatesigns`."""
    if not text.isascii() and _PRIVATE.search(text):
        yield from privatesigns.mend(text)


_STRAY = re.compile("[\udc80-\udcff][\udc80-\udcff]*")
_SURROGATE = lazily("[\ud800-\udfff]")
_UNSOUND = lazily("[\ud800-\udfff\u07c0-\u07ff]")
_UNREAD = lazily(f"{_STRAY.pattern}|(?<=[a-zà-ÿ])[\u07c0-\u07ff]")
"""ß of Windows-1252 and the mark behind it are the bytes of a letter of N’Ko, which follows no Latin one."""


def stray_bytes(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Read bytes that are no UTF-8 in the code page that suits them. After: no lone surrogate is left."""
    if text.isascii() or not _UNSOUND.search(text):
        return
    for match in _UNREAD.finditer(text):
        raw = match.group().encode("utf-8", "surrogateescape")
        if match.end() == len(text) and text in evidence.cut and _begins_character(raw):
            signs, note = "", "The file ends in the middle of a character."
        elif raw == _LONG_ZERO:
            signs, note = "", "A zero as Java writes it."
        elif (signs := _halves(raw)) not in ("", match.group()):
            note = "Written as two halves of UTF-16, as old databases do."
        else:
            signs = raw.decode(evidence.stray, "replace")
            note = f"Bytes of {PAGES[evidence.stray]} in a UTF-8 file."
        yield Edit(*match.span(), signs, "ENC012", note)
    for match in _SURROGATE.finditer(_STRAY.sub(lambda found: " " * len(found.group()), text)):
        yield Edit(*match.span(), "\ufffd", "ENC003", "Half of a pair of UTF-16.")


def _halves(raw: bytes) -> str:
    """Give the characters that are written as two halves of UTF-16, each in the manner of UTF-8 (CESU-8)."""
    try:
        signs = raw.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        return ""
    return signs


def _of_strays(texts: Iterable[str]) -> str:
    """Give the code page of bytes that are no UTF-8: Windows-1252 where no other suits them better."""
    kept = (_NEITHER.sub("", text) for text in texts)
    data = b"\n".join(text.encode("ascii", "surrogateescape") for text in kept if not text.isascii())
    return legacy.of_single_bytes(data) if data else _WINDOWS


_CUT = re.compile("[\udc80-\udcff]{2,}$")


_LONG_ZERO = b"\xc0\x80"
_NEITHER = re.compile("[^\x00-\x7f\udc80-\udcff]+")
_WINDOWS = "cp1252"


def _begins_character(raw: bytes) -> bool:
    length = 4 if raw[0] >= 0xF0 else 3 if raw[0] >= 0xE0 else 2
    return raw[0] >= 0xC2 and len(raw) < length and all(0x80 <= byte < 0xC0 for byte in raw[1:])


_C1 = re.compile("[\x80-\x9f]")


def c1_controls(text: str, _evidence: Evidence) -> Iterator[Edit]:
    """Read C1 controls as the signs that Windows-1252 has in their places."""
    if text.isascii():
        return
    for match in _C1.finditer(text):
        character = bytes([ord(match.group())]).decode("cp1252", "replace")
        yield Edit(*match.span(), "" if character == "\ufffd" else character, "ENC004")


_CONTROL = lazily("[\x00-\x08\x0e-\x1f\x7f\ufdec-\ufdef\ufffe\uffff]")


def controls(text: str, _evidence: Evidence) -> Iterator[Edit]:
    """Drop control characters and noncharacters, which no book may hold; those that are marks stay."""
    for match in _CONTROL.finditer(text):
        yield Edit(*match.span(), "", "ENC005")


_SEPARATORS = "\u2028\u2029"
"""Line ends and ends of paragraphs inside a line, as layout programs export them."""
_INVISIBLE = lazily("[\u2028\u2029\u200b\u2060\ufeff\u200c\u200d\u200e\u200f\u202a-\u202e\u2066-\u2069\xad]")
_SHAPES_LETTERS = "\u200c\u200d"


def invisible(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Drop characters of no width; those that shape letters or set a direction stay where needed."""
    if text.isascii():
        return
    for match in _INVISIBLE.finditer(text):
        character = match.group()
        if character == "\xad":
            yield Edit(*match.span(), "", "SPC006")
        elif character == "\ufeff":
            yield Edit(*match.span(), "", "ENC006")
        elif character in _SEPARATORS:
            yield Edit(*match.span(), " ", "ENC007")
        elif character in _SHAPES_LETTERS and _joins(text, match.start()):
            continue
        elif character in "\u200b\u2060\u200c\u200d" or not evidence.right_to_left:
            yield Edit(*match.span(), "", "ENC007")


def _joins(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return any(other > "\u0300" and not "\u2000" <= other < "\u2070" for other in (before, after))


_CLUSTER = lazily("(?s).[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]*")


def composition(text: str, _evidence: Evidence) -> Iterator[Edit]:
    """Put letters and the accents that follow them together. After: the text is NFC."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    for match in _CLUSTER.finditer(text):
        whole = unicodedata.normalize("NFC", match.group())
        if whole != match.group():
            yield Edit(*match.span(), whole, "ENC008")


_LIGATURE = re.compile("[\ufb00-\ufb06]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")


def ligatures(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Write out ligatures, which the book's own face makes, and full-width letters in Western text."""
    if text.isascii():
        return
    patterns = (_LIGATURE,) if evidence.wide else (_LIGATURE, _FULL_WIDTH)
    found = [match for pattern in patterns for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        yield Edit(*match.span(), unicodedata.normalize("NFKC", match.group()), "ENC011")


def marks(text: str) -> Iterator[Edit]:
    """Drop the noncharacters that stand for markup inside the normalizer, from text that has no markup."""
    for match in MARK.finditer(text):
        yield Edit(*match.span(), "", "ENC005")


Pass = Callable[[str, Evidence], Iterator[Edit]]
PASSES: tuple[Pass, ...] = (
    entities,
    escaped,
    misread,
    strange,
    garbled,
    private,
    stray_bytes,
    c1_controls,
    controls,
    invisible,
    composition,
    ligatures,
    lost_letters,
)
BoundPass = Callable[[str], Iterator[Edit]]


def passes(evidence: Evidence) -> list[BoundPass]:
    """Give the passes for one manuscript."""

    def bound(repair_pass: Pass) -> BoundPass:
        return lambda text: repair_pass(text, evidence)

    return [bound(repair_pass) for repair_pass in PASSES]
