"""Text that was written as UTF-8 and read as something else, mended word by word.

A garbled character is two to four characters whose bytes, in the code page that was used by mistake, form one
character of UTF-8. Such a sequence hardly occurs in honest text; where it may (“Ã” before a closing quotation mark),
the whole manuscript has to vouch for the code page first.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from publish.source import Edit, Piece, Run


class _CodePage(Struct, frozen=True):
    name: str
    title: str
    byte_of: dict[str, int]
    sequence: re.Pattern[str]
    least_run: int
    """How many sequences must follow each other: more than one where the lead letters are common letters."""


def _code_page(name: str, title: str, *, least_run: int = 1) -> _CodePage:
    byte_of: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        character = bytes([byte]).decode(name, "replace")
        byte_of[chr(byte) if character == "\ufffd" else character] = byte
    if name == "cp1252":
        # Many programs keep the C1 controls where the code page, or Latin-1, has no letter.
        byte_of |= {chr(byte): byte for byte in range(0x80, 0xA0) if chr(byte) not in byte_of}
    group = {
        kind: "[" + "".join(re.escape(c) for c, b in byte_of.items() if low <= b <= high) + "]"
        for kind, low, high in (
            ("two", 0xC2, 0xDF),
            ("three", 0xE0, 0xEF),
            ("four", 0xF0, 0xF4),
            ("on", 0x80, 0xBF),
        )
    }
    pattern = "{two}{on}|{three}{on}{on}|{four}{on}{on}{on}".format(**group)
    return _CodePage(name, title, byte_of, re.compile(pattern), least_run)


CODE_PAGES = (
    _code_page("cp1252", "Windows-1252 or Latin-1"),
    _code_page("mac_roman", "Mac Roman"),
    _code_page("cp437", "DOS code page 437"),
    _code_page("cp850", "DOS code page 850"),
    _code_page("cp1250", "Windows-1250", least_run=2),
    _code_page("cp1251", "Windows-1251", least_run=3),
)
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_NATURAL = "‘’‚“”„…–—•«»‹›\xa0"
"""Signs that follow letters in honest text; a letter before one of them needs more evidence."""


class Evidence(Struct, frozen=True):
    """What the whole manuscript says about its garbling."""

    strong: dict[str, int] = {}
    """How many unmistakable sequences it holds, by code page."""
    characters: frozenset[str] = frozenset()
    """What they stand for."""
    honest: frozenset[str] = frozenset()
    """Letters that begin a garbled character, where they stand for themselves more often: the Ã of NÃO."""

    def vouches(self, page: str) -> bool:
        """Tell whether the manuscript was certainly read as this code page somewhere."""
        return self.strong.get(page, 0) >= _VOUCHED

    @property
    def scripts(self) -> frozenset[str]:
        """The names of the scripts of what the unmistakable sequences stand for."""
        return frozenset(map(_script, self.characters))


_VOUCHED = 3
_ROUNDS = 3
_BETWEEN_CAPITALS = re.compile("(?<=[A-Z])[Â-ô](?=[A-Z])")


def survey(texts: Iterable[str]) -> Evidence:
    """Gather the unmistakable sequences of every code page in all texts of the manuscript, layer by layer."""
    evidence = Evidence()
    odd = [text for text in texts if not text.isascii()]
    for _ in range(_ROUNDS):
        found = _layer(odd, evidence)
        if found.strong == evidence.strong:
            break
        evidence = found
        odd = [Run(text).apply(_one_round(text, evidence)).text for text in odd]
    return evidence


def _layer(texts: Iterable[str], known: Evidence) -> Evidence:
    strong = Counter(known.strong)
    characters = set(known.characters)
    leads: Counter[str] = Counter()
    honest: Counter[str] = Counter()
    for text in texts:
        honest.update(_BETWEEN_CAPITALS.findall(text))
        for page in CODE_PAGES:
            for match in _sequences(text, page, known):
                if _strong(match, page):
                    strong[page.name] += 1
                    leads[match.group()[0]] += 1
                    characters.add(_decoded(match.group(), page))
    own = {letter for letter, count in honest.items() if count > leads[letter]}
    return Evidence(dict(strong), frozenset(characters), known.honest | own)


def mend(text: str, evidence: Evidence) -> list[Edit]:
    """Give the edits that undo garbling, double garbling included, in order of place."""
    if text.isascii():
        return []
    run = Run(text, (Piece(0, 0, 0, len(text), exact=True),))
    rounds: list[dict[int, Edit]] = []
    for _ in range(_ROUNDS):
        edits = _one_round(run.text, evidence)
        if not edits:
            break
        rounds.append({span.start: edit for edit in edits if (span := run.span(edit.start, edit.end))})
        run = run.apply(edits)
    return list(_net_edits(run, rounds))


def _net_edits(run: Run, rounds: list[dict[int, Edit]]) -> Iterator[Edit]:
    """Say what several rounds did as edits of the text that they began with."""
    ends = [piece.at for piece in run.pieces[1:]] + [len(run.text)]
    for piece, end in zip(run.pieces, ends, strict=True):
        if not piece.exact:
            found = [edits[piece.start] for edits in rounds if piece.start in edits]
            code = "ENC002" if len(found) > 1 else "ENC001"
            yield Edit(piece.start, piece.end, run.text[piece.at : end], code, found[0].note if found else "")


def _one_round(text: str, evidence: Evidence) -> list[Edit]:
    taken: list[Edit] = []
    covered = bytearray(len(text))

    def take(edit: Edit) -> None:
        if not any(covered[edit.start : edit.end]):
            covered[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
            taken.append(edit)

    for page in sorted(CODE_PAGES, key=lambda page: -evidence.strong.get(page.name, 0)):
        for match in _sequences(text, page, evidence):
            if _strong(match, page) or _vouched_for(match, page, evidence):
                take(_edit(match.start(), match.end(), _decoded(match.group(), page), page))
        if page.name == "cp1252":
            for edit in _cut_short(text, page, evidence):
                take(edit)
    return sorted(taken, key=lambda edit: edit.start)


def _edit(start: int, end: int, text: str, page: _CodePage) -> Edit:
    return Edit(start, end, text, "ENC001", f"UTF-8 that was read as {page.title}.")


def _sequences(text: str, page: _CodePage, evidence: Evidence) -> Iterator[re.Match[str]]:
    """Give the sequences that decode to something plausible, in runs as long as the code page asks for."""
    run: list[re.Match[str]] = []
    for match in page.sequence.finditer(text):
        if run and run[-1].end() != match.start():
            yield from _plausible(run, page, evidence)
            run = []
        run.append(match)
    if run:
        yield from _plausible(run, page, evidence)


def _plausible(run: list[re.Match[str]], page: _CodePage, evidence: Evidence) -> list[re.Match[str]]:
    """Give those of some adjacent sequences that stand for characters of books."""
    if _is_drawing(run):
        return []
    decoded = [_decoded(match.group(), page) for match in run]
    if _garbled_again("".join(decoded), page) or (len(run) > 1 and all(map(_is_of_another_script, decoded))):
        return run
    if evidence.vouches(page.name) and any(map(_is_of_another_script, decoded)):
        scripts = evidence.scripts
        return [m for m, c in zip(run, decoded, strict=True) if _is_western(c) or _script(c) in scripts]
    found = [m for m, c in zip(run, decoded, strict=True) if _is_of_books(m, c, page)]
    if len(found) >= page.least_run:
        return found
    alone = [match for match in found if len(match.group()) > _PAIR and page.least_run == _PAIR]
    return [match for match in alone if _is_punctuation(_decoded(match.group(), page))]


_PAIR = 2
_DRAWING = re.compile("[\u2500-\u259f]")


def _is_drawing(run: list[re.Match[str]]) -> bool:
    """Tell whether a run belongs to a frame drawn with lines, which DOS code pages have as characters."""
    text, start, end = run[0].string, run[0].start(), run[-1].end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return bool(_DRAWING.match(text, start) and (_DRAWING.match(before) or _DRAWING.match(after)))


def _is_of_books(match: re.Match[str], character: str, page: _CodePage) -> bool:
    control = _is_control(match.group()[-1]) and _is_control(character)
    return control or _is_western(character) or (character in "ʻʼ" and page.name != "mac_roman")


def _is_control(character: str) -> bool:
    return "\x80" <= character < "\xa0"


def _garbled_again(text: str, page: _CodePage) -> bool:
    """Tell whether the decoded text is, from end to end, garbled once more."""
    found = [_decoded(match.group(), page) for match in page.sequence.finditer(text)]
    return bool(found) and not page.sequence.sub("", text) and all(map(_is_text, found))


def _decoded(sequence: str, page: _CodePage) -> str:
    try:
        return bytes(page.byte_of[character] for character in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _is_western(character: str) -> bool:
    """Tell whether Western books hold this character outside ASCII."""
    code = ord(character or "\0")
    return (
        0xA0 <= code < 0x180
        or 0x2000 <= code < 0x2070
        or 0xFB00 <= code <= 0xFB06
        or 0x2C6 <= code <= 0x2DC
        or 0x300 <= code < 0x370
        or 0x2150 <= code < 0x2190
        or 0x1E00 <= code < 0x1F00
        or code > 0x1F000
        or code in _WESTERN
    )


_WESTERN = frozenset(
    (
        0x192,
        0x1A0,
        0x1A1,
        0x1AF,
        0x1B0,
        0x218,
        0x219,
        0x21A,
        0x21B,
        0x20AC,
        0x2116,
        0x2122,
        0x2212,
        0x2E3A,
        0x2E3B,
        0x2042,
        0xFEFF,
    )
)


def _is_of_another_script(character: str) -> bool:
    code = ord(character or "\0")
    return 0x370 <= code < 0x530 or 0x5D0 <= code < 0x5EB or 0x1F00 <= code < 0x2000


def _is_text(character: str) -> bool:
    return _is_western(character) or _is_of_another_script(character)


def _script(character: str) -> str:
    return unicodedata.name(character[:1] or " ", "").partition(" ")[0]


def _is_punctuation(character: str) -> bool:
    return 0x2010 <= ord(character or "\0") < 0x2040


def _strong(match: re.Match[str], page: _CodePage) -> bool:
    """Tell whether a sequence cannot be honest text, whatever the rest of the manuscript says."""
    sequence = match.group()
    if len(sequence) > _PAIR or page.least_run > 1 or not sequence[0].isalpha():
        return True
    if sequence[1] not in _NATURAL:
        return _fits(match, page)
    before, after = _neighbours(match)
    if before.isupper() or _decoded(sequence, page) not in _USUAL:
        return False
    if sequence[1] == "\xa0":
        return not (after == "»" and not before.strip("« "))
    return after.islower() and sequence[1] != "’"


_USUAL = frozenset(map(chr, range(0xA0, 0x100))) | frozenset("ŒœŠšŽžŸʻ")
"""Characters so common that two of honest text stand for one of these sooner than for a rarer one."""


def _vouched_for(match: re.Match[str], page: _CodePage, evidence: Evidence) -> bool:
    """Tell whether a sequence that honest text may hold is garbled, as others of the manuscript certainly are."""
    if not evidence.vouches(page.name) or not _fits(match, page):
        return False
    lead, sign = match.group()[:_PAIR]
    if len(match.group()) > _PAIR or sign not in _NATURAL or not lead.isalpha():
        return True
    character = _decoded(match.group(), page)
    before, after = _neighbours(match)
    if character not in _USUAL and character not in evidence.characters:
        return False
    if lead in evidence.honest:
        return character.isupper() and after.isupper() and sign not in "’–—"
    return character.isalpha() or character.isspace() or not before.isupper()


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    start, end = match.span()
    return match.string[max(0, start - 1) : start], match.string[end : end + 1]


def _fits(match: re.Match[str], page: _CodePage) -> bool:
    """Tell whether a letter suits its neighbours: no capital inside a small word, no quotation mark lost."""
    character = _decoded(match.group(), page)
    before, after = _neighbours(match)
    if not character.isalpha() or _garbled_again(_decoded_run(match, page), page):
        return True
    if character.isupper() and before.islower() and not _is_of_another_script(before):
        return False
    closes = match.group()[1] in "”’»" and not after.isalpha()
    return not (closes and _quotation_waits(match.string, match.start()))


def _decoded_run(match: re.Match[str], page: _CodePage) -> str:
    """Decode a sequence together with the one that follows it."""
    follower = page.sequence.match(match.string, match.end())
    return _decoded(match.group(), page) + (_decoded(follower.group(), page) if follower else "")


def _quotation_waits(text: str, at: int) -> bool:
    """Tell whether an honest quotation mark is open before `at`, so that the next sign may well close it."""
    return any(
        text.rfind(opening, 0, at) > text.rfind(closing, 0, at)
        for opening, closing in (("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"))
    )


_CUT_SHORT = re.compile("â€(?![\x80-\x9f™˜œ“”šž¢¦º¹])|Ã(?= |$)|(?<=[a-zß-ÿ.,;:!?»”’«])Â(?= |$)")


def _cut_short(text: str, page: _CodePage, evidence: Evidence) -> Iterator[Edit]:
    """Mend sequences whose last byte was thrown away: U+009D of a quotation mark, the no-break space of “à”."""
    vouched = evidence.vouches(page.name)
    for match in _CUT_SHORT.finditer(text):
        before, _ = _neighbours(match)
        if match.group() == "â€":
            if before.islower() or vouched or match.start():
                yield _edit(match.start(), match.end(), "”", page)
        elif match.group() == "Â":
            if vouched or before not in "»”’«":
                yield _edit(match.start(), match.end(), "", page)
        elif before.islower() or (vouched and not before.isupper() and "Ã" not in evidence.honest):
            yield _edit(match.start(), match.end(), "à", page)
