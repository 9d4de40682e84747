"""Text that was written as UTF-8 and read as something else, mended word by word.

A garbled character is two to four characters whose bytes, in the code page that was used by mistake, form one
character of UTF-8. Such a sequence hardly occurs in honest text; where it may (“Ã” before a closing quotation
mark), the whole manuscript has to vouch for the code page first.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.normalize.characters import garbledwords, misread
from publish.normalize.characters.misread import OKINA, is_of_another_script, is_text, is_western
from publish.normalize.lines.shape import ends_full
from publish.patterns import lazily
from publish.source import Edit, Piece, Run


class _CodePage(Struct, frozen=True):
    name: str
    title: str
    byte_of: dict[str, int]
    sequence: re.Pattern[str]
    least_run: int
    """How many sequences must follow each other: more than one where the lead letters are common letters."""


def _code_page(name: str, *, least_run: int = 1) -> _CodePage:
    letters = bytes(range(0x80, 0x100)).decode(name, "replace")
    byte_of = {chr(byte) if c == "\ufffd" else c: byte for byte, c in enumerate(letters, 0x80)}
    if name == "cp1252":
        # Many programs keep the C1 controls where the code page, or Latin-1, has no letter.
        byte_of |= {chr(byte): byte for byte in range(0x80, 0xA0) if chr(byte) not in byte_of}
    group = {
        kind: "[" + re.escape("".join(c for c, b in byte_of.items() if low <= b <= high)) + "]"
        for kind, low, high in (
            ("lead", 0xC2, 0xF4),
            ("two", 0xC2, 0xDF),
            ("three", 0xE0, 0xEF),
            ("four", 0xF0, 0xF4),
            ("on", 0x80, 0xBF),
        )
    }
    # What a sequence begins with is told first: so the first letter of one is soon found.
    pattern = "{lead}{on}(?:(?<={two}.)|{on}(?:(?<={three}..)|(?<={four}..){on}))".format(**group)
    return _CodePage(name, misread.PAGES[name], byte_of, lazily(pattern), least_run)


CODE_PAGES = (
    *map(_code_page, ("cp1252", "mac_roman", "cp437", "cp850", "cp852")),
    _code_page("cp1250", least_run=2),
    _code_page("cp1251", least_run=3),
)
_UNMISTAKABLE = tuple(page for page in CODE_PAGES if page.least_run == 1)
_ADJACENT = re.compile("[^\x00-\x7f][^\x00-\x7f]")
"""Every sequence begins with two such, whatever the code page; "café" need be asked no further."""
_NATURAL = "‘’‚“”„…–—•«»‹›\xa0"
"""Signs that follow letters in honest text; a letter before one of them needs more evidence."""


class Evidence(Struct, frozen=True):
    """What the whole manuscript says about its garbling."""

    strong: dict[str, int] = {}
    """How many unmistakable sequences it holds, by code page."""
    alphabets: frozenset[str] = frozenset()
    """The alphabets of what they stand for."""
    honest: frozenset[str] = frozenset()
    """Letters that begin a garbled character, where they stand for themselves more often: the Ã of NÃO."""
    proofs: tuple[misread.Proof, ...] = ()
    """What whole lines prove, layer by layer."""
    words: Mapping[str, tuple[Edit, ...]] = {}
    """Single words that are garbled, with what mends them."""

    @property
    def is_little(self) -> bool:
        """Tell whether no more than a few words are garbled, which are then read as a whole."""
        return not any(proof.pages for proof in self.proofs) and sum(self.strong.values()) < _FEW

    def vouches(self, page: str) -> bool:
        """Tell whether the manuscript was certainly read as this code page somewhere."""
        return self.strong.get(page, 0) >= _VOUCHED

    def knows(self, character: str) -> bool:
        """Tell whether others of the same alphabet are certainly garbled."""
        return _alphabet(character) in self.alphabets


_VOUCHED = 3
_FEW = 12
_ROUNDS = 3
_WORDS = -1
"""The round of whole words."""
_BESIDE_CAPITALS = lazily("(?<=[A-ZĐ])[Â-ô](?=[A-Z ]|$)")


class _Found(Struct, frozen=True):
    """One sequence of characters that may be one garbled character."""

    match: re.Match[str]
    page: _CodePage
    character: str
    """What it stands for."""
    certain: bool = False
    """Its neighbours leave no doubt: together they are garbled twice, or bytes were cut off."""

    def edit(self) -> Edit:
        return Edit(
            *self.match.span(), self.character, "ENC001", f"UTF-8 that was read as {self.page.title}."
        )


def survey(texts: Iterable[str]) -> Evidence:
    """Gather the unmistakable sequences of every code page in all texts of the manuscript, layer by layer."""
    odd = [text for text in texts if not text.isascii()]
    typed, evidence = odd, Evidence()
    for layer in range(_ROUNDS):
        proof = misread.survey(odd)
        found = _layer(odd, evidence, proof)
        if found == evidence and not proof.pages:
            break
        evidence = replace(found, proofs=(*evidence.proofs, proof))
        odd = [Run(text).apply(_one_round(text, evidence, layer)).text for text in odd]
    return replace(evidence, words=garbledwords.survey(typed if evidence.is_little else odd))


def _layer(texts: Iterable[str], known: Evidence, proof: misread.Proof) -> Evidence:
    whole = [(text, page) for text in texts if (page := misread.page_of(text, proof))]
    odd = [text for text in texts if not misread.page_of(text, proof)] if whole else texts
    suspected = Counter(found.page.name for text in odd for found in _certain(text, CODE_PAGES, known))
    if not suspected and not known.strong and not whole:
        return known
    strong: Counter[str] = Counter()
    alphabets = set(known.alphabets)
    leads: Counter[str] = Counter()
    honest: Counter[str] = Counter()
    ranked = sorted(CODE_PAGES, key=lambda page: -suspected[page.name])
    for text, page in whole:
        edits = misread.mend(text, proof)
        strong[page] += len(edits)
        leads.update(text[edit.start] for edit in edits)
        alphabets.update(_alphabet(edit.text) for edit in edits)
    for text in odd:
        honest.update(_BESIDE_CAPITALS.findall(text))
        for found in _apart(_certain(text, ranked, known), len(text)):
            strong[found.page.name] += 1
            leads[found.match.group()[0]] += 1
            alphabets.add(_alphabet(found.character))
    own = {letter for letter, count in honest.items() if count > leads[letter]}
    total = {name: max(strong[name], known.strong.get(name, 0)) for name in strong | Counter(known.strong)}
    return replace(known, strong=total, alphabets=frozenset(alphabets), honest=known.honest | own)


def mend(text: str, evidence: Evidence) -> list[Edit]:
    """Give the edits that undo garbling, double garbling included, in order of place."""
    if text.isascii():
        return []
    run = Run(text, (Piece(0, 0, 0, len(text), exact=True),))
    rounds: list[dict[int, Edit]] = []
    edits: list[Edit] = []
    for layer in (_WORDS, *range(_ROUNDS)) if evidence.is_little else (*range(_ROUNDS), _WORDS):
        if layer > 0 and not edits:
            continue
        words = layer == _WORDS
        edits = (
            [*garbledwords.mend(run.text, evidence.words)] if words else _one_round(run.text, evidence, layer)
        )
        rounds.append({span.start: edit for edit in edits if (span := run.span(edit.start, edit.end))})
        run = run.apply(edits) if edits else run
    return list(_net_edits(run, rounds))


def _net_edits(run: Run, rounds: list[dict[int, Edit]]) -> Iterator[Edit]:
    """Say what several rounds did as edits of the text that they began with."""
    ends = [piece.at for piece in run.pieces[1:]] + [len(run.text)]
    for piece, end in zip(run.pieces, ends, strict=True):
        if not piece.exact:
            found = [edits[piece.start] for edits in rounds if piece.start in edits]
            code = "ENC002" if len(found) > 1 else "ENC001"
            made = run.text[piece.at : end] + " " * bool(_LOST_SPACE.match(run.text, piece.at))
            yield Edit(piece.start, piece.end, made, code, found[0].note if found else "")


_LOST_SPACE = lazily(
    r"(?<![^\W\d_])(?:à(?=[A-ZÀ-Þ\d])|[àÀ](?=l[’']|(?:la|ce|cette|une?|sa|son|mes|leurs?|tout|travers)\b))"
)
"""A word that has no other behind it in its own word; programs take its space for half of the letter."""


def _one_round(text: str, evidence: Evidence, layer: int) -> list[Edit]:
    if layer < len(evidence.proofs) and (whole := misread.mend(text, evidence.proofs[layer])):
        return whole
    adjacent = _ADJACENT.search(text) is not None
    ranked = sorted(CODE_PAGES, key=lambda page: -evidence.strong.get(page.name, 0)) if adjacent else []
    wanted = (
        found
        for found in (*_of_all(text, ranked, evidence), *_cut_short(text, evidence), *_spoilt(text))
        if _is_certain(found) or _vouched_for(found, evidence)
    )
    return sorted((found.edit() for found in _apart(wanted, len(text))), key=lambda edit: edit.start)


def _apart(sequences: Iterable[_Found], length: int) -> Iterator[_Found]:
    """Give those that overlap none before them."""
    covered = bytearray(length)
    for found in sequences:
        start, end = found.match.span()
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            yield found


def _certain(text: str, pages: Sequence[_CodePage], evidence: Evidence) -> Iterator[_Found]:
    yield from filter(_is_certain, _of_all(text, pages, evidence))


def _of_all(text: str, pages: Sequence[_CodePage], evidence: Evidence) -> Iterator[_Found]:
    if pages and _ADJACENT.search(text):
        for page in pages:
            yield from _sequences(text, page, evidence)


def _sequences(text: str, page: _CodePage, evidence: Evidence) -> Iterator[_Found]:
    """Give the sequences that decode to something plausible, in runs as long as the code page asks for."""
    run: list[_Found] = []
    for match in page.sequence.finditer(text):
        if run and run[-1].match.end() != match.start():
            yield from _plausible(run, evidence)
            run = []
        run.append(_Found(match, page, _decoded(match.group(), page)))
    if run:
        yield from _plausible(run, evidence)


def _plausible(run: list[_Found], evidence: Evidence) -> list[_Found]:
    """Give those of some adjacent sequences that stand for characters of books."""
    page = run[0].page
    if _is_drawing(run):
        return []
    if _garbled_again("".join(found.character for found in run), page):
        return [replace(found, certain=True) for found in run]
    others = [is_of_another_script(found.character) for found in run]
    if len(run) >= max(_PAIR, page.least_run) and all(others):
        return [replace(found, certain=page.least_run > 1) for found in run]
    vouched = evidence.vouches(page.name) and not _is_inside_a_word(run)
    if vouched and any(others):
        return [found for found in run if is_western(found.character) or evidence.knows(found.character)]
    likely = [found for found in run if _is_of_books(found, vouched=vouched)]
    if page.least_run == 1:
        return likely
    enough = len(likely) >= page.least_run
    sure = [replace(found, certain=enough or _is_lone_mark(found)) for found in likely]
    return [found for found in sure if found.certain or vouched]


def _is_inside_a_word(run: list[_Found]) -> bool:
    """Tell whether honest letters of the code page's own script follow a run: the т of Гёте."""
    follower = _neighbours(run[-1].match)[1]
    return is_of_another_script(run[0].match.group()[0]) and is_of_another_script(follower)


def _is_lone_mark(found: _Found) -> bool:
    """Tell whether three characters stand for a mark, which no letters of a code page do by themselves."""
    return len(found.match.group()) > _PAIR and 0x2010 <= ord(found.character or "\0") < 0x2040


_PAIR = 2
_DRAWING = re.compile("[\u2500-\u259f]")


def _is_drawing(run: list[_Found]) -> bool:
    """Tell whether a run belongs to a frame drawn with lines, which DOS code pages have as characters."""
    text, start, end = run[0].match.string, run[0].match.start(), run[-1].match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return bool(_DRAWING.match(text, start) and (_DRAWING.match(before) or _DRAWING.match(after)))


def _is_of_books(found: _Found, *, vouched: bool) -> bool:
    shown = _is_control(found.match.group()[-1]) or vouched or _amid_small_letters(found)
    control = _is_control(found.character) and shown
    okina = found.character in OKINA and (vouched or found.page.name != "mac_roman")
    kind = unicodedata.category(found.character or " ")
    symbol = vouched and len(found.match.group()) > _PAIR and kind in _SYMBOLS
    return control or okina or symbol or is_western(found.character)


_SYMBOLS = ("So", "Sm", "No")
"""Ticks, arrows, stars, figures in circles: signs of which no other evidence speaks."""


def _is_control(character: str) -> bool:
    return "\x80" <= character < "\xa0"


def _amid_small_letters(found: _Found) -> bool:
    """Tell whether small letters stand on both sides, as of donÂ’t, where a control was garbled."""
    before, after = _neighbours(found.match)
    return before.islower() and after.islower()


def _is_example(found: _Found) -> bool:
    """Tell whether a sequence stands alone between marks, as where a text speaks of such signs: “â€™”."""
    text, (start, end) = found.match.string, found.match.span()
    return text[max(0, start - 1) : start] in _BEFORE_EXAMPLE and text[end : end + 1] in _BEHIND_EXAMPLE


_BEFORE_EXAMPLE = tuple("“‘«„‚‹»›\"'(")
_BEHIND_EXAMPLE = tuple("”’»“‘›«‹\"')")


def _garbled_again(text: str, page: _CodePage) -> bool:
    """Tell whether the decoded text is, from end to end, garbled once more, on the same way or another."""
    return any(_is_garbled(text, other) for other in (page, *_UNMISTAKABLE) if len(text) > 1)


def _is_garbled(text: str, page: _CodePage) -> bool:
    found = [_decoded(match.group(), page) for match in page.sequence.finditer(text)]
    return bool(found) and not page.sequence.sub("", text) and all(map(is_text, found))


def _decoded(sequence: str, page: _CodePage) -> str:
    try:
        return bytes(page.byte_of[character] for character in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _alphabet(character: str) -> str:
    """Name the script of a character; the Latin letters of Western, Eastern and other languages apart."""
    script = unicodedata.name(character[:1] or " ", "").partition(" ")[0]
    return f"{script}{ord(character) >> 7}" if script == "LATIN" else script


def _is_certain(found: _Found) -> bool:
    """Tell whether a sequence cannot be honest text, whatever the rest of the manuscript says."""
    if _is_example(found):
        return False
    if found.certain or found.page.least_run > 1 or _begins_like_speech(found):
        return found.certain
    return (_is_control(found.character) and _amid_small_letters(found)) or _is_strange(found)


def _is_strange(found: _Found) -> bool:
    """Tell whether no honest text has these signs beside each other, nor beside their neighbours."""
    sequence = found.match.group()
    if not sequence[0].isalpha():
        return True
    if len(sequence) > _PAIR:
        # "Iâ…”" ends a word, a sentence and a quotation; two thirds stand behind a figure or a space.
        return not (set(sequence[1:]) <= set(_NATURAL) and _neighbours(found.match)[0].isalpha())
    if sequence[1] not in _NATURAL:
        return _fits(found)
    before, after = _neighbours(found.match)
    if before.isupper() or found.character not in _USUAL:
        return False
    if sequence[1] == "\xa0":
        return not (after == "»" and not before.strip("« \xa0"))
    return after.islower() and sequence[1] != "’"


def _begins_like_speech(found: _Found) -> bool:
    """Tell whether a quotation mark stands before letters at the beginning of a word: »öffne, ‚Ääni."""
    sequence = found.match.group()
    before, after = _neighbours(found.match)
    word = len(sequence) == _PAIR or (after.isalpha() and found.character not in _COMMON_MARKS)
    return word and sequence[0] in _NATURAL and sequence[1:].isalpha() and not before.isalpha()


_COMMON_MARKS = frozenset("‘’“”„‚–—…•†‡‹›″′")


_USUAL = frozenset(map(chr, range(0xA0, 0x100))) | frozenset("ŒœŠšŽžŸʻ")
"""Characters so common that two of honest text stand for one of these sooner than for a rarer one."""


def _vouched_for(found: _Found, evidence: Evidence) -> bool:
    """Tell whether a sequence that honest text may hold is garbled, as others certainly are."""
    sequence = found.match.group()
    if not evidence.vouches(found.page.name) or not _fits(found):
        return False
    before, after = _neighbours(found.match)
    if _begins_like_speech(found) or _is_control(found.character):
        beside = _is_control(found.character) and (before.islower() or after.isalpha() > before.isalpha())
        return evidence.knows(found.character) or beside
    odd = len(sequence) > _PAIR or sequence[1] not in _NATURAL or not sequence[0].isalpha()
    if odd or (found.character.isspace() and not found.match.string[found.match.end() :].strip()):
        return True
    if found.character not in _USUAL and not evidence.knows(found.character):
        return False
    opens = sequence[1] == "«" and after.isalpha()
    if sequence[0] in evidence.honest and not before.islower() and before not in _ENDS and not opens:
        return found.character.isupper() and after.isupper() and sequence[1] not in "’–—"
    return found.character.isalpha() or found.character.isspace() or not before.isupper()


_ENDS = tuple(".,;:!?…")
"""Directly behind these no honest letter stands."""


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    start, end = match.span()
    return match.string[max(0, start - 1) : start], match.string[end : end + 1]


def _fits(found: _Found) -> bool:
    """Tell whether a letter suits its neighbours: no capital inside a small word, no quotation mark lost."""
    character, match = found.character, found.match
    before, after = _neighbours(match)
    if not character.isalpha() or _garbled_again(_decoded_run(found), found.page):
        return True
    if character.isupper() and before.islower() and not is_of_another_script(before):
        return False
    closes = match.group()[1] in "“”’»" and not after.isalpha()
    return not (closes and _quotation_waits(match.string, match.start()))


def _decoded_run(found: _Found) -> str:
    """Decode a sequence together with the one that follows it."""
    follower = found.page.sequence.match(found.match.string, found.match.end())
    return found.character + (_decoded(follower.group(), found.page) if follower else "")


def _quotation_waits(text: str, at: int) -> bool:
    """Tell whether an honest quotation mark is open before `at`, so that the next sign may well close it."""
    return any(
        text.rfind(opening, 0, at) > text.rfind(closing, 0, at)
        for opening, closing in (("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"))
    )


_LONGEST_LINE = 120
"""A longer line is a paragraph, and begins as sentences do."""


def _opens_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return ends_full(before) if before else len(text) > _LONGEST_LINE


_CUT_SHORT = lazily(
    "â€(?![\x80-\x9f™˜œ“”šž¢¦º¹T])|^â‚$|Ã(?: (?=-[a-z])|(?= |$))|(?<=[a-zß-ÿ.,;:!?»”’«])Â(?= |$)"
)


def _cut_short(text: str, evidence: Evidence) -> Iterator[_Found]:
    """Give sequences whose last byte was lost: U+009D of a quotation mark, the no-break space of “à”."""
    page = CODE_PAGES[0]
    vouched = evidence.vouches(page.name)
    for match in _CUT_SHORT.finditer(text) if "â" in text or "Ã" in text or "Â" in text else ():
        before, _ = _neighbours(match)
        if match.group() == "â€":
            if vouched or not (before.isspace() or before in _BEFORE_EXAMPLE):
                yield _Found(match, page, "”", certain=True)
        elif match.group() == "â‚":
            yield _Found(match, page, "⁂", certain=True)
        elif match.group() == "Â":
            if vouched or before not in "»”’«":
                yield _Found(match, page, "", certain=True)
        elif before.islower() or (_is_lone_a(match, evidence) and "Ã" not in evidence.honest):
            yield _Found(match, page, "À" if _opens_sentence(text, match.start()) else "à", certain=True)


def _spoilt(text: str) -> Iterator[_Found]:
    """Give marks that another program spoilt once more: ™ is written as TM, or signs are lost."""
    for match in _SPOILT.finditer(text) if "â" in text or "€" in text else ():
        yield _Found(match, CODE_PAGES[0], _MEANT[match.group()], certain=True)


_SPOILT = lazily(
    r"â€TM|(?<=[A-Za-z])€(?:™(?=[a-z])|¦)|€œ(?=[A-Za-z])|(?<=[a-z])â\?\?(?=(?:s|t|ll|re|ve|d|m)\b)"
)
_MEANT = {"â€TM": "’", "€™": "’", "€œ": "“", "€¦": "…", "â??": "’"}


def _is_lone_a(match: re.Match[str], evidence: Evidence) -> bool:
    """Tell whether “Ã” is the word “à”: other letters are garbled so, or its space is there twice."""
    shown = evidence.strong.get("cp1252") or match.string.startswith("  ", match.end())
    return bool(shown) and not _neighbours(match)[0].isupper()
