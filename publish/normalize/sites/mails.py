"""What a mail program puts above and below a manuscript, an archive above its text, a sender above the title.

Its keys have the words of some language, so they are known by their form: lines of `key: value` that touch,
with addresses or the time of day among them. Only what stands before the first text of a file counts, and
only where no such lines stand further down and no letter follows, as in a story that is told in mails.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publish.normalize.lines.bylines import BY_ALONE, by_line
from publish.normalize.passages import letters
from publish.normalize.sheet import Sheet, words_folded
from publish.patterns import lazily

_FIELD = lazily(r"\*?[^\W\d_][\w-]{0,14}(?: [\w-]{1,12}){0,2}:\*?(?=\s|\Z)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_PARTED = re.compile(r"[-_=]{3,}[^-_=]*[-_=]{0,40}\Z")
"""A row of signs, with words inside it or none, as above a mail that is forwarded."""
_SENT_FROM = lazily(
    r"(?:sent (?:from|via|with) |get outlook for |von mein\w+ .{2,30} (?:gesendet|geschickt)|"
    r"envoyé (?:de|depuis) |enviado (?:desde|do|a partir do) |inviato da |verzonden vanaf |skickat från |"
    r"wysłane z |отправлено (?:с|из) )",
    re.IGNORECASE,
)
_REACH = 80
"""Lines of a file in which its mail headers end."""
_LEAST, _LEAST_BARE = 3, 4
"""Lines of a header; more are asked for where no address is among them."""
_LONGEST_NOTE = 12
"""Lines of what somebody writes above the mail that he forwards."""
_LONGEST = 60
_KEPT = "Header of a mail."
_NOTE = "The mail with which the manuscript was sent."
_SIGNED = "Line of a mail program."


def furniture(sheet: Sheet) -> dict[int, str]:
    """Give the lines of mail programs, each with what it is."""
    found: dict[int, str] = {}
    if not sheet.holding(("@", ":", "words")):
        return found
    for first, end in pairwise([*sheet.starts, len(sheet.lines)]):
        if sheet.drafts[sheet.file[first]].order_kept:
            continue
        found |= _sender(sheet, first, end)
        if not sheet.marked(first):
            found |= _in_file(sheet, first, end) | _data_sheet(sheet, first, end)
    return found


def _in_file(sheet: Sheet, first: int, end: int) -> dict[int, str]:
    headers = list(_headers(sheet, first, end))
    top = [header for header in headers if header.start < first + _REACH]
    if not top or len(top) < len(headers) or not _is_at_top(sheet, first, top[0].start):
        return _signed(sheet, first, end)
    if not all(_forwards(sheet, *two) for two in pairwise(top)) or _greets(sheet, top[-1].stop, end):
        return _signed(sheet, first, end)
    lines = dict.fromkeys(range(first, top[-1].stop), _NOTE)
    for header in top:
        lines |= dict.fromkeys(header, _KEPT)
    quoted = top[-1].stop
    while quoted < end and sheet.texts[quoted].startswith(">"):
        lines[quoted] = _NOTE
        quoted += 1
    return lines | _signed(sheet, first, end)


def _is_at_top(sheet: Sheet, first: int, header: int) -> bool:
    """Tell whether a header begins a file, or a line that announces it does."""
    above = range(first, header)
    return len(above) <= 1 and all(_announces(sheet.texts[index]) for index in above)


def _forwards(sheet: Sheet, above: range, below: range) -> bool:
    """Tell whether a mail below another is one that it forwards, with no more than a note between them."""
    return 0 < below.start - above.stop <= _LONGEST_NOTE and _announces(sheet.texts[below.start - 1])


def _greets(sheet: Sheet, index: int, end: int) -> bool:
    """Tell whether a letter follows: the mail may be part of the story."""
    return index < end and letters.is_salutation(sheet.texts[index])


def _announces(text: str) -> bool:
    return text.endswith(":") or _PARTED.match(text) is not None


def _headers(sheet: Sheet, first: int, end: int) -> Iterator[range]:
    """Give the blocks of lines that are headers of mails."""
    stop = first
    for index in [at for at in range(first, end) if ":" in sheet.texts[at]]:
        if index < stop:
            continue
        stop = index
        while stop < end and _is_field(sheet, stop, opens=stop == index):
            stop += 1
        if stop > index and _is_header(sheet.texts[index:stop]):
            yield range(index, stop)


def _is_field(sheet: Sheet, index: int, *, opens: bool) -> bool:
    line, text = sheet.lines[index], sheet.texts[index]
    if not opens and line.blanks_above:
        return False
    return (":" in text and _FIELD.match(text) is not None) or (not opens and line.indent > 0)


def _is_header(texts: tuple[str, ...]) -> bool:
    addresses = sum(1 for text in texts if _ADDRESS.search(text))
    clock = any(_CLOCK.search(text) for text in texts)
    fields = [text for text in texts if _FIELD.match(text)]
    if _keys(fields) < len(fields):
        return False
    if addresses:
        return len(texts) >= _LEAST and (clock or addresses > 1)
    return len(texts) >= _LEAST_BARE and clock


def _data_sheet(sheet: Sheet, first: int, end: int) -> dict[int, str]:
    """Give the lines of `key: value` that an archive prints with a work's address before its text.

    What it printed above them, title and author, it often prints once more below.
    """
    reach = min(first + _REACH, end)
    for index in range(first, reach):
        above = index - 1 if index > first and _ADDRESSED.search(sheet.texts[index - 1]) else index
        stop = index
        while stop < reach and _is_field(sheet, stop, opens=stop == index):
            stop += 1
        addressed = any(map(_ADDRESSED.search, sheet.texts[above:stop]))
        if addressed and _LEAST_DATA <= stop - index == _keys(sheet.texts[index:stop]):
            before = {words_folded(text) for text in sheet.texts[first:above]}
            lines = dict.fromkeys(range(above, stop), _DATA)
            while stop < end and words_folded(sheet.texts[stop]) in before:
                lines[stop] = _AGAIN
                stop += 1
            return lines
    return {}


def _keys(texts: Sequence[str]) -> int:
    """Count the keys of lines; where one comes back somebody speaks, as in a chat."""
    return len({text.partition(":")[0] for text in texts})


_ADDRESSED = re.compile(r"https?://|\bwww\.")
_LEAST_DATA = 5
_DATA = "Data of an archive about the work."
_AGAIN = "Title and author, printed again."


def _signed(sheet: Sheet, first: int, end: int) -> dict[int, str]:
    """Give the line that a mail program puts below what it sends, where it ends a file."""
    text = sheet.texts[end - 1]
    last = end - 1 > first and len(text) <= _LONGEST and _SENT_FROM.match(text) is not None
    return {end - 1: _SIGNED} if last and sheet.lines[end - 1].blanks_above else {}


_COUNTED = lazily(
    r"\b\d[\d.,]{2,8}\s+(?:words|wörter|mots|palabras|palavras|parole|woorden|słów|slov|ord|слов)\b"
    r"|\b(?:word count|wortzahl|nombre de mots)\b",
    re.IGNORECASE,
)
_TOP = 16
"""Lines among which sender, title and author stand."""
_MOST_WORDS = 8
"""Words of a line among these."""
_MOST_TITLES = 4
_SENDER = "Who sends the manuscript: name, address, count of words."


def _sender(sheet: Sheet, first: int, end: int) -> dict[int, str]:
    """Give what an author writes to an editor above the title and the line that says by whom the book is.

    An address of mail or a count of words is among them, and white space below. Source: William Shunn, Proper
    Manuscript Format.
    """
    top = range(first, min(first + _TOP, end))
    signed = next((index for index in top if index > first and _says_by_whom(sheet, first, index)), first)
    below = _below(sheet, signed + 1, end) if signed > first else {}
    told = [index for index in range(first, signed) if _is_told(sheet.texts[index])]
    if not told:
        return below
    stop = told[-1] + 1
    while stop < signed and sheet.lines[stop].blanks_above == 0:
        stop += 1
    prose = any(len(text.split()) > _MOST_WORDS for text in sheet.texts[first:signed])
    titled = stop < signed <= stop + _MOST_TITLES and not _greets(sheet, stop, end)
    return dict.fromkeys(range(first, stop), _SENDER) | below if titled and not prose else below


def _is_told(text: str) -> bool:
    return bool(_ADDRESS.search(text) or _COUNTED.search(text))


def _below(sheet: Sheet, start: int, end: int) -> dict[int, str]:
    """Give the same where it stands right below title and name, as lines that white space sets off."""
    found: dict[int, str] = {}
    while start < end and sheet.lines[start].blanks_above:
        stop = start + 1
        while stop < end and sheet.lines[stop].blanks_above == 0:
            stop += 1
        block = sheet.texts[start:stop]
        own = any(
            len(text.split()) > _MOST_WORDS
            or text.endswith((".", "?", "!"))
            or (_FIELD.match(text) and not _COUNTED.search(text))
            for text in block
        )
        if own or not any(map(_is_told, block)):
            break
        found |= dict.fromkeys(range(start, stop), _SENDER)
        start = stop
    return found


def _says_by_whom(sheet: Sheet, first: int, index: int) -> bool:
    """Tell whether a line names the author, who sends it or writes under another name."""
    text = sheet.texts[index]
    sender = words_folded(re.split(r"\s{2,}|\t", sheet.texts[first])[0])
    again = len(sender.split()) > 1 and words_folded(text).endswith(sender)
    return (again and sheet.lines[index].blanks_above > 0) or bool(by_line(text) or BY_ALONE.match(text))
