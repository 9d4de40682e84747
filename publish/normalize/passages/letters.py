"""Letters in a story.

One begins with a dateline or a salutation and ends with a valediction, a signature or wider white space.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise, takewhile

from msgspec import Struct

from publish.document import Block, Letter, block_texts
from publish.normalize.cues import is_end
from publish.normalize.lines.shape import ends_full, has_names, is_name
from publish.normalize.words import almanac
from publish.normalize.words.wordlists import patterns
from publish.patterns import lazily

REACH = 80
"""A letter longer than this many paragraphs is not looked for."""

_SALUTATION = lazily(
    r"^(?:(?:my|our|ma|mon|mein|meine|mi|mio|mia|min|mitt)\s+)?(?:(?:very|own)\s+)?"
    rf"(?:{patterns('letters', 'salutation')}|(?P<spoken>{patterns('letters', 'spoken')}))\b"
    r"(?:[^.!?“”\"]|(?<=\bM)\.|(?<=\b[DMS][rst])\.|(?<=\bM[rm][se])\.|(?<=\b[A-Z])\.|(?<=\b(?:exm|ilm)[oa])\.|(?<=\bsra)\.){0,60}[,:—–!-]{1,2}$"
    r"|^(?:my |good |honou?red |reverend )?"
    r"(?:sirs?|madam|gentlemen|messieurs|monsieur|madame|mesdames)[,:—–.-]{1,2}$",
    re.IGNORECASE,
)
_BEHIND_NAME = ",:—–!-\n"
_LONGEST_SIRS = 24
"""Characters of a salutation that may end in a full stop: "Honoured gentlemen." """
_VALEDICTION = lazily(rf"^(?:{patterns('letters', 'valediction')}).{{0,60}}$", re.IGNORECASE)
_YOURS = lazily(rf"^(?:{patterns('letters', 'yours')})\b[^.!?]{{0,30}},?$", re.IGNORECASE)
"""As many languages close a letter: a word or two, no sentence, often with a comma."""
_COMPLIMENT = lazily(
    r"^(?:veuillez|je vous prie|nous vous prions|recevez|agréez|daignez)\b"
    r".{0,120}\b(?:sentiments|salutations|considération|respects?|hommages|dévouement)\b[^.!?]{0,40}\.?$",
    re.IGNORECASE,
)
"""The sentence with which French letters end."""
_POSTSCRIPT = re.compile(r"^(?:P\.?\s?P?\.?\s?S\.?)\b", re.IGNORECASE)
_DATELINE = lazily(
    r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_FIELD = lazily(
    r"^(?:(?P<who>from|to|von|an|de|à|para|da|a|van|aan|od|do|från|till|fra|til|от|кому)"
    r"|(?P<what>subject|re|date|sent|cc|betreff|datum|gesendet|objet|date|envoyé|asunto|fecha|enviado|assunto|data"
    r"|oggetto|inviato|onderwerp|verzonden|temat|ämne|emne|dato|тема|дата))\s?:\s+\S",
    re.IGNORECASE,
)
"""What stands above an e-mail."""
_LONGEST_FIELD = 12
"""Signs up to the colon; most lines have none so early."""
_LEAST_FIELDS = 2
_MOST_FIELDS = 6
LOOKED_AT = 1 + _MOST_FIELDS
"""Passages among which the first says that a letter begins."""
_ADDRESS = lazily(r"[^\W_a-z].*[^:;!?…]\Z")
_BESIDE_NAME = re.compile(r"\([^()]*\)")
"""What a signature says beside the name: "M. Pell (Mrs.)"."""
_SHORT = 60
_LONGEST_COMPLIMENT = 200
_INITIAL = 2
_MAIL_SIGN = "--"
"""What programs set above the lines with which every e-mail of somebody ends."""
_SET_IN = 2
"""Columns by which a letter stands in."""
_MOST_NAMES = 4


class Candidate(Struct, frozen=True):
    """What the search looks at: one passage of the text."""

    text: str
    gap: int
    indent: int
    """Columns beyond the margin of the text."""
    ornament: bool = False


class LetterSpan(Struct, frozen=True):
    """A letter among passages, the first of which begins it: where body and closing begin, where it ends."""

    body: int
    closing: int
    end: int


def letter_span(passages: Sequence[Candidate], usual: int | None) -> LetterSpan | None:
    """Find the letter that begins at the first passage, if one does and its end can be seen."""
    greeting = salutation(passages)
    if greeting is None:
        return None
    end = _indented_end(passages) if passages[0].indent >= _SET_IN else _open_end(passages, greeting, usual)
    if end is None or end <= greeting + 1:
        return None
    texts = [passage.text for passage in passages[:end]]
    span = span_of(texts)
    match = _SALUTATION.match(texts[greeting])
    # "Hello there!" is said aloud, too, and "Hey, my bonny," is sung.
    return (
        span if match is None or match["spoken"] is None or _is_signed_below(texts[span.closing :]) else None
    )


def _is_signed_below(closing: Sequence[str]) -> bool:
    """Tell whether the last lines take leave and name who does: "Cheers, Ed", or a name below "Cheers,"."""
    lines = [line for text in closing for line in text.split("\n")]
    one, _, name = lines[0].partition(",") if len(lines) == 1 else ("", "", "")
    return any(is_signed(*two) for two in [(one + ",", name.strip()), *pairwise(lines)] if all(two))


def stated_end(passages: Sequence[Candidate], usual: int | None) -> int:
    """Give where a letter ends that begins at the first passage, whatever that says."""
    set_in = _indented_end(passages) if passages[0].indent >= _SET_IN else 0
    return max(set_in, _open_end(passages, -1, usual) or 1)


def span_of(texts: Sequence[str]) -> LetterSpan:
    """Give the parts of what is known to be a letter."""
    body, closing = parts(texts)
    return LetterSpan(body, closing, len(texts))


def is_salutation(text: str) -> bool:
    """Tell whether a line greets as letters do: "Dear Ada,"; its last sign tells most that do not."""
    likely = text[-1:] in _BEHIND_NAME or (text[-1:] == "." and len(text) <= _LONGEST_SIRS)
    return likely and _SALUTATION.match(text) is not None


def may_begin(text: str) -> bool:
    """Tell whether a letter may begin with a passage; above prose nothing but its own words can greet."""
    return len(text) <= _SHORT or is_salutation(text) or _field(text) is not None


def salutation(passages: Iterable[Candidate]) -> int | None:
    """Give the place of the salutation, datelines and addresses before it allowed."""
    candidates = iter(passages)
    first = next(candidates, None)
    if first is None:
        return None
    if len(first.text) > _SHORT and not _field(first.text):
        # Most passages are prose, above which nothing but its own first words can greet.
        return 0 if not first.ornament and is_salutation(first.text) else None
    return _greeting([first, *islice(candidates, LOOKED_AT - 1)])


def _greeting(some: Sequence[Candidate]) -> int | None:
    """Give the place of the salutation below fields, an address or datelines."""
    if fields := _fields(some):
        return fields - 1
    address = _address(some)
    for place, passage in enumerate(some):
        if place < address:
            continue
        if passage.ornament or (place and passage.gap > 2):
            return None
        if is_salutation(passage.text):
            return place
        if len(passage.text) > _SHORT:
            return None
        heading = _DATELINE.search(passage.text) or (
            passage.indent >= _SET_IN and not ends_full(passage.text)
        )
        if not heading:
            return None
    return None


def _fields(passages: Sequence[Candidate]) -> int:
    """Give how many lines at the beginning are those above an e-mail: who wrote to whom, and about what."""
    found = list(takewhile(bool, (_field(passage.text) for passage in passages)))
    kinds = {match.lastgroup for match in found if match}
    return len(found) if len(found) >= _LEAST_FIELDS and kinds == {"who", "what"} else 0


def _field(text: str) -> re.Match[str] | None:
    return _FIELD.match(text) if text.find(":", 0, _LONGEST_FIELD) > 0 else None


def _address(passages: Sequence[Candidate]) -> int:
    """Give how many touching lines at the beginning are an address or a dateline above a salutation."""
    end = 1
    while end < len(passages) and passages[end].gap == 0 and not is_salutation(passages[end].text):
        end += 1
    if end == 1:
        return 0
    some = passages[:end]
    alike = all(
        len(one.text) <= _SHORT
        and not one.ornament
        and _ADDRESS.match(one.text)
        and (not ends_full(one.text) or _DATELINE.search(one.text))
        for one in some
    )
    below = [passage.text for passage in passages[end : end + 2]]
    dated = len(below) > 1 and len(below[0]) <= _SHORT and _DATELINE.search(below[0]) is not None
    greets = any(is_salutation(text) for text in below[dated : dated + 1])
    return end if alike and greets else 0


def _indented_end(passages: Sequence[Candidate]) -> int:
    end = 1
    while end < len(passages) and passages[end].indent >= _SET_IN and not passages[end].ornament:
        end += 1
    return end


def _open_end(passages: Sequence[Candidate], greeting: int, usual: int | None) -> int | None:
    """Find the end of a letter that no indent sets off: its signature, or wider white space."""
    for place in range(greeting + 2, len(passages)):
        passage = passages[place]
        if passage.ornament:
            return _below_mail(passages, place)
        if usual is not None and passage.gap > usual:
            return place
        # Of e-mails run together each ends where the next one says from whom it is.
        if _field(passage.text) and _fields(passages[place : place + LOOKED_AT]):
            return place
        if greeting >= 0 and is_salutation(passage.text):
            return _before_dates(passages, place)
        if is_closing(passage.text):
            return _below_mail(passages, _signature_end(passages, place, usual))
    return len(passages) if _signed_last(passages, greeting) else None


def _signed_last(passages: Sequence[Candidate], greeting: int) -> bool:
    """Tell whether a name closes the text that a date or "Dear Ada," opens: "Dear God!" may be a thought."""
    greets = greeting > 0 or passages[max(greeting, 0)].text.endswith(",")
    last = passages[-1].text
    return greets and len(passages) < REACH and signs(last) and not is_end(last)


def _below_mail(passages: Sequence[Candidate], place: int) -> int:
    """Give where an e-mail ends: below the lines that touch its "--", which breaks no scene; else here."""
    end = place + 1
    if place == len(passages) or passages[place].text != _MAIL_SIGN or not _fields(passages):
        return place
    while end < len(passages) and passages[end].gap == 0 and not passages[end].ornament:
        end += 1
    return end if end > place + 1 else place


def _before_dates(passages: Sequence[Candidate], place: int) -> int:
    """Give where a letter ends above the salutation of the next: above its datelines, too."""
    while is_dateline(passages[place - 1].text):
        place -= 1
    return place


def is_dateline(text: str) -> bool:
    """Tell whether a short line, no sentence, holds a date: what stands above a salutation."""
    return len(text) <= _SHORT and not ends_full(text) and _DATELINE.search(text) is not None


def is_closing(text: str) -> bool:
    """Tell whether a line could close a letter: "Yours ever,", a compliment, a name alone."""
    if len(text) > _SHORT:
        return len(text) <= _LONGEST_COMPLIMENT and _COMPLIMENT.match(text) is not None
    return any(form.match(text) for form in (_VALEDICTION, _YOURS)) or (
        len(text) <= 40 and is_name(text.rstrip("."))
    )


def closes(lines: Sequence[str]) -> bool:
    """Tell whether touching lines are the end of a letter: "Your affectionate brother," and a name."""
    return (
        len(lines) > 1
        and lines[0].endswith(",")
        and _VALEDICTION.match(lines[0]) is not None
        and _is_name_below(lines[1])
        and all(_is_name_below(line) or _POSTSCRIPT.match(line) for line in lines[2:])
    )


def is_signed(line: str, below: str) -> bool:
    """Tell whether a line closes a letter, "Yours", above a name that touches it."""
    said = _YOURS.match(line) or (line.endswith(",") and _VALEDICTION.match(line))
    return len(line) <= _SHORT and bool(said) and _is_name_below(below)


def opens(line: str) -> bool:
    """Tell whether a line is the dateline or the salutation of a letter."""
    return is_salutation(line) or (len(line) <= _SHORT and _DATELINE.search(line) is not None)


def _is_name_below(line: str) -> bool:
    """Tell a name, initials or a title of honour from a line of verse."""
    bare = line.rstrip(".,")
    return len(bare.split()) <= _MOST_NAMES and (bare.istitle() or bare.isupper() or is_name(bare))


def _signature_end(passages: Sequence[Candidate], place: int, usual: int | None) -> int:
    end = place + 1
    named = end < len(passages) and (_is_first_name(passages[end]) or _is_office(passages[end]))
    if named and _leads_to_name(passages, place):
        end += 1
    while end < len(passages) and end < place + 5:
        passage = passages[end]
        wide = usual is not None and passage.gap > usual
        if wide or not (
            is_closing(passage.text) or _POSTSCRIPT.match(passage.text) or _all_capitals(passage.text)
        ):
            break
        end += 1
    return end


def _leads_to_name(passages: Sequence[Candidate], place: int) -> bool:
    """Tell whether a name comes below a closing: it ends in a comma, or in no sign and touches the name."""
    text = passages[place].text
    if text.endswith(","):
        return True
    said = _VALEDICTION.match(text) or _YOURS.match(text)
    return passages[place + 1].gap == 0 and said is not None and not ends_full(text)


def _is_office(passage: Candidate) -> bool:
    """Tell whether a line that touches the close of a letter says who signs: "The secretary, P. A. Nunn"."""
    text = passage.text
    short = passage.gap == 0 and len(text) <= _SHORT and not ends_full(text) and text[-1] not in ",;:"
    return short and has_names(text) and text.split()[-1][0].isupper()


def _is_first_name(passage: Candidate) -> bool:
    """Tell whether a passage, below "Yours ever,", is a signature: one name, or names with initials."""
    bare = _BESIDE_NAME.sub("", passage.text).strip()
    if len(bare) <= _SHORT // 2 and bare and all(word[0].isupper() for word in bare.split()):
        return len(bare.split()) <= _MOST_NAMES and not bare.endswith(("!", "?", ","))
    return (
        len(passage.text) <= _SHORT // 2
        and len(passage.text.split()) < 3
        and not ends_full(passage.text.rstrip("."))
    )


def signs(text: str) -> bool:
    """Tell whether the last line of a letter is no more than a name or its initial: "Jonas", "J."."""
    return (len(text) <= _INITIAL or not ends_full(text)) and _is_first_name(Candidate(text, 0, 0))


def _all_capitals(text: str) -> bool:
    return text.isupper() and len(text) <= _SHORT


def parts(texts: Sequence[str]) -> tuple[int, int]:
    """Give where the body and the closing of a letter begin among its paragraphs."""
    if _MAIL_SIGN in texts[1:]:
        return parts(texts[: texts.index(_MAIL_SIGN, 1)])
    greeting = next((i for i, text in enumerate(texts[:6]) if is_salutation(text)), None)
    fields = next((i for i, text in enumerate(texts) if not _FIELD.match(text)), len(texts))
    if fields >= _LEAST_FIELDS:
        named = fields < len(texts) and texts[fields][-1:] == "," and signs(texts[fields][:-1])
        greeting = max(greeting or 0, fields if named else fields - 1)
    body = 0 if greeting is None else greeting + 1
    if greeting is None:
        while body < min(3, len(texts) - 1) and len(texts[body]) <= _SHORT and _DATELINE.search(texts[body]):
            body += 1
    closing = len(texts) - (len(texts) > body + 1 and signs(texts[-1]))
    for place in range(len(texts) - 1, max(body, len(texts) - 6) - 1, -1):
        text = texts[place]
        if is_closing(text) or _all_capitals(text) or closes(text.split("\n")):
            closing = place
        elif not _POSTSCRIPT.match(text) and len(text) > _SHORT:
            break
    return body, max(closing, body)


_STOP = re.compile(r"\bSTOP\b")


def is_telegram(text: str) -> bool:
    """Tell a telegram: capitals throughout, with the word that stood for a full stop."""
    return text.isupper() and len(_STOP.findall(text)) > 1


def plain_text(block: Block) -> str:
    """Give the text of one block of a letter."""
    return "\n".join(block_texts(block))


_LEAST_DATED = 3


def fallen(blocks: Sequence[Block]) -> str:
    """Say of a text that is mostly letters that one stands before an older one; empty for any other text.

    Only days with their year are compared.
    """
    some = [block for block in blocks if isinstance(block, Letter)]
    length, whole = (sum(len(plain_text(one)) for one in of) for of in (some, blocks))
    if len(some) < _LEAST_DATED or 2 * length < whole:
        return ""
    lines = [(almanac.about(line), line) for one in some for line in map(plain_text, one.opening)]
    days = [(day, line) for day, line in lines if day[:1].isdigit() and not day.endswith("00")]
    if len(days) < _LEAST_DATED:
        return ""
    falls = (f"“{one[1]}” stands above “{other[1]}”" for one, other in pairwise(days) if other[0] < one[0])
    return next(falls, "")
