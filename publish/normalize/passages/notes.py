"""Footnotes as plain text has them: a sign in the text, and a note that begins with the same sign.

The note stands below its paragraph, at the end of its chapter or of the book, or, in brackets that name it,
in the middle of the text. A sign counts as a reference only where a note answers it, and a note as one only
where a reference, or its name in brackets, vouches for it; all else stays in the text as it is.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from publish.config import TEXT
from publish.document import DivisionKind
from publish.draft import MARKS, NOTE_ON, Line
from publish.normalize.ledger import Ledger
from publish.normalize.lines.shape import ends_full, is_ornament
from publish.normalize.passages import wrapping
from publish.normalize.passages.notesigns import (
    KEY,
    NAMED,
    PLAIN,
    REFERENCES,
    SIGN,
    Note,
    Place,
    Reference,
    paired,
)
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.words.vocabulary import NAMES
from publish.patterns import lazily
from publish.source import Edit, Run, join_spaced


class Body(Struct, frozen=True):
    """The text of a note."""

    paragraphs: tuple[tuple[Run, ...], ...]
    """The lines of each."""
    number: str = ""
    """The author's, where all notes are numbered and no number comes twice."""


Bodies = Mapping[tuple[int, int], Body]
"""The text of each note by source and offset of its reference."""

_RULE = "STR019"
_NAMED = lazily(
    r"\[\s*(?:(?:foot-?note|fu(?:ß|ss)note|note de bas de page|voetnoot|przypis|сноска)"
    r"(?:\s+(?P<key>\w{1,4}|[*†‡§]{1,4}))?|(?:note|anmerkung|nota)\s+(?P<number>\d{1,3}))\s*[:.]\s*",
    re.IGNORECASE,
)
_CARET = re.compile(r"\[\^(?P<caret>[^\]\s\[]{1,32})\]:\s*(?=\S)")
"""The note of Markdown, the one form that counts in files with markup."""
_OPENING = lazily(
    rf"(?:{_CARET.pattern}|"
    rf"_?\[{NAMED}(?P<bracket>{KEY})\]:?|(?P<raised>[⁰¹²³⁴-⁹]{{1,3}})|\{{(?P<brace>\d{{1,3}})\}}|<(?P<angle>\d{{1,3}})>|"
    r"(?P<star>\*{1,4}|[†‡§]{1,3})(?![*\s]*\Z)|\((?P<round>\d{1,3}|\*{1,4})\))\s*(?=\S)"
)
_LISTED = lazily(r"(?P<listed>\d{1,3})(?:[.):]\s*|\s+)(?=\S)")
_PLAIN = lazily(r"(?P<plain>[1-9]\d?)[.)]?\s+(?=[^\W\d_]|[“\"«‘'„])")
"""A figure without any sign: a note where text above has it close behind a word."""
_NEAR = 60
"""Lines of a page, at the foot of which such a note stands."""
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = {plain: raised for raised, plain in _DIGITS.items()}
_NOTES = frozenset(words for words, kind in NAMES.items() if kind is DivisionKind.NOTES)
_LONGEST_NAMED = 200
"""Lines of a note in brackets; where it does not close by then, its bracket is a slip."""


def read(sheet: Sheet, ledger: Ledger) -> tuple[Sheet, Bodies]:
    """Take the notes out of the text and leave a mark at each reference."""
    if all(draft.repaired for draft in sheet.drafts):
        return sheet, {}
    sheet = _without_ways_back(sheet, ledger)
    found = list(_notes(sheet))
    if not found:
        return sheet, {}
    pairs = list(paired(sheet, found, list(_references(sheet, found))))
    if comments := _comments(sheet, pairs, ledger):
        return read(_without_comments(sheet, comments, ledger), ledger)
    refused = [pair for pair in pairs if ledger.refuses_any(_RULE, _words(sheet, *pair))]
    # What is refused as a note is a paragraph, whatever else its number may look like.
    decided = {index: TEXT for note, _ in refused for index in note.lines}
    wanted = [pair for pair in pairs if pair not in refused]
    return _without(replace(sheet, decided=sheet.decided | decided) if decided else sheet, wanted, ledger)


def _words(sheet: Sheet, note: Note, place: Place) -> list[Run]:
    """Give what an author quotes to refuse a note: its sign in the text, or its own words."""
    return [_sign(sheet, place), *(sheet.lines[index].run for index in note.lines)]


def _comments(sheet: Sheet, pairs: Sequence[tuple[Note, Place]], ledger: Ledger) -> list[tuple[Note, Place]]:
    """Give what Google Docs writes below a text of which a margin holds comments: "[a]Is this so?".

    Letters count them, nothing parts these from the words, and nothing stands below but more of them.
    """
    found: list[tuple[Note, Place]] = []
    below = range(len(sheet.lines), len(sheet.lines))
    for note, place in sorted(pairs, key=lambda pair: pair[0].opening.line, reverse=True):
        text, last = sheet.texts[note.opening.line], note.lines.stop
        joined = _COMMENT.match(text) is not None and note.key.islower()
        if joined and (last == below.start or sheet.first_of_file(last)):
            found.append((note, place))
            below = note.lines
    first = min(note.key for note, _ in found) if found else ""
    return [
        pair for pair in found if first == "a" and not ledger.refuses_any(_COMMENTS, _words(sheet, *pair))
    ]


_COMMENT = lazily(r"\[[a-z]{1,2}\](?=\S)")
_COMMENTS = "DOC002"


def _without_comments(sheet: Sheet, comments: Sequence[tuple[Note, Place]], ledger: Ledger) -> Sheet:
    edits: dict[int, list[Edit]] = {}
    why = "It is a comment of Google Docs."
    for note, place in comments:
        edits.setdefault(place.line, []).append(Edit(place.start, place.end, "", _COMMENTS, why))
        for index in note.lines:
            edits[index] = [Edit(0, len(sheet.texts[index]), "", _COMMENTS, why)]
    for index, some in edits.items():
        ledger.changes.extend(sheet.lines[index].run.changes(_in_order(some)))
    return _rebuilt(sheet, edits)


def _without_ways_back(sheet: Sheet, ledger: Ledger) -> Sheet:
    """Take out the signs at the ends of notes by which a page leads its readers back to the text.

    Those that are also a key or a direction go with notes alone that the text refers to.
    """
    found = {
        index: match
        for index, text in ((index, sheet.texts[index]) for index in sorted(sheet.holding(_ARROWS)))
        if (match := _WAYS_BACK.search(text, max(0, len(text) - _LONGEST)))
    }
    if not any(_may_note(sheet.texts[index], match.start()) for index, match in found.items()):
        return sheet
    if any(_is_ambiguous(match) for match in found.values()):
        notes = list(_notes(sheet))
        noted = {i for note, _ in paired(sheet, notes, list(_references(sheet, notes))) for i in note.lines}
        found = {index: match for index, match in found.items() if index in noted or not _is_ambiguous(match)}
    lines, texts = list(sheet.lines), list(sheet.texts)
    for index, match in found.items():
        ways = _NO_MARK.finditer(texts[index], match.start())
        run = ledger.apply(lines[index].run, [Edit(*way.span(), "", _RULE, _BACK) for way in ways]).strip()
        lines[index], texts[index] = replace(lines[index], run=run), run.text
    return replace(sheet, lines=tuple(lines), texts=tuple(texts))


_BACK = "The way back from a note, which is at its reference."
_ARROWS = "↩↵⏎⤴↑⬆"
_SIGN_BACK = rf"[\[(]?[{_ARROWS}][\ufe0e\ufe0f]?\d{{0,2}}[\])]?"
_WAYS_BACK = lazily(rf"[\s{MARKS}]+{_SIGN_BACK}(?:[\s{MARKS}]*{_SIGN_BACK})*[{MARKS}]*\Z")
_NO_MARK = lazily(rf"[^{MARKS}]+")
_LONGEST = 60


def _is_ambiguous(match: re.Match[str]) -> bool:
    return "↩" not in match[0] and "⤴" not in match[0]


def _may_note(text: str, end: int) -> bool:
    """Tell whether a line up to a sign may be a note: it begins as one, or ends a sentence."""
    return bool(_OPENING.match(text) or _LISTED.match(text)) or ends_full(text[:end].rstrip(_SPACE_OR_MARK))


_SPACE_OR_MARK = " \xa0" + MARKS


# --- Finding ---------------------------------------------------------------------------------------------


def _notes(sheet: Sheet) -> Iterator[Note]:
    width = cache(lambda: _width(sheet))
    alike = {index for words in _NOTES for index in sheet.alike(words)}
    named = {index for index in alike if _heads_notes(sheet.texts[index])}
    signed = (index for index, text in enumerate(sheet.texts) if text[:1] in _SIGNS)
    perhaps = sorted(named.union(signed, sheet.holding("[")))
    index, listing, plain = 0, False, 0
    perhaps.append(len(sheet.lines))
    while (index := index if listing else perhaps[bisect_left(perhaps, index)]) < len(sheet.lines):
        text = sheet.texts[index]
        listing = _heads_notes(text) or (listing and _goes_on(sheet, index))
        note = _marked_note(sheet, index) if sheet.marked(index) else None
        if note is None and not sheet.drafts[sheet.file[index]].repaired:
            note = _note(sheet, index, width, listing=listing)
        if note and note.form == "plain":
            # They count on each page: a text that quotes "Luke.2" has no note 2 without a note 1.
            note, plain = (note, int(note.key)) if int(note.key) in (1, plain + 1) else (None, plain)
        if note:
            yield note
        index = max(index + 1, note.lines.stop if note else 0)


def _heads_notes(text: str) -> bool:
    return len(text) <= _SHORT and words_folded(text) in _NOTES


_SIGNS = "[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§(123456789_{<"
"""With one of these a note begins, unless its name does or a heading for notes stands above it."""


def _width(sheet: Sheet) -> int:
    """Give the width at which the lines of the whole manuscript were broken, 0 where they were not."""
    return wrapping.wrap_width(
        [wrapping.Row.of(i, line, line.blanks_above, turned=False) for i, line in enumerate(sheet.lines)]
    )


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Tell whether a list of notes still goes on: its lines are numbered, or name a chapter."""
    return _LISTED.match(sheet.texts[index]) is not None or len(sheet.texts[index]) <= _SHORT


_SHORT = 60


def _note(sheet: Sheet, index: int, width: Callable[[], int], *, listing: bool) -> Note | None:
    text = sheet.texts[index]
    named = _NAMED.search(text) if "[" in text else None
    if named:
        return _bracketed(sheet, index, named)
    opening = _OPENING.match(text) or (_LISTED.match(text) if listing else _plain(sheet, index))
    if opening is None or is_ornament(text):
        return None
    form = opening.lastgroup or ""
    place = Place(index, opening.start(), opening.end())
    end = _end(sheet, index, width())
    key, last = opening[form].translate(_DIGITS), len(sheet.texts[end - 1])
    if text[0] != "_" or sheet.texts[end - 1][-1] != "_":
        return Note(place, form, key, _paragraphs(sheet, range(index, end), opening.end()))
    # All of the note is set in italics.
    paragraphs = _paragraphs(sheet, range(index, end), opening.end(), last - 1)
    return Note(place, form, key, paragraphs, Place(end - 1, last - 1, last))


def _plain(sheet: Sheet, index: int) -> re.Match[str] | None:
    """Read the figure with which a note begins that stands apart, if text above refers to it by one."""
    opening = _PLAIN.match(sheet.texts[index])
    above = _PLAIN.match(sheet.texts[index - 1]) if opening and index else None
    follows = opening and above and int(above["plain"]) + 1 == int(opening["plain"])
    if (
        opening is None
        or not (sheet.lines[index].blanks_above or follows)
        or opening.end() > len(sheet.texts[index]) - _SHORTEST
    ):
        return None
    near = sheet.texts[max(0, index - _NEAR) : index]
    signs = f"[{opening['plain']}]", opening["plain"].translate(_RAISED)
    vouched = any(
        any(sign in text for sign in signs)
        or any(match[1] == opening["plain"] for match in PLAIN.finditer(text))
        for text in near
    )
    return opening if vouched and not sheet.texts[index][opening.end()].islower() else None


_SHORTEST = 12
"""Letters of such a note; a number with a word is a heading, or of a list."""


def _marked_note(sheet: Sheet, index: int) -> Note | None:
    """Read the note of a file with markup: its further paragraphs are set in."""
    opening = None if sheet.drafts[sheet.file[index]].repaired else _CARET.match(sheet.texts[index])
    if opening is None:
        return None
    end = index + 1
    while end < len(sheet.lines) and not sheet.first_of_file(end) and sheet.lines[end].indent >= _SET_IN:
        end += 1
    paragraphs = _paragraphs(sheet, range(index, end), opening.end())
    return Note(Place(index, 0, opening.end()), "caret", opening["caret"], paragraphs)


def _bracketed(sheet: Sheet, index: int, named: re.Match[str]) -> Note | None:
    """Read a note up to the bracket that closes it."""
    depth = 1
    for line in range(index, min(index + _LONGEST_NAMED, len(sheet.lines))):
        text = sheet.texts[line]
        for at in range(named.end() if line == index else 0, len(text)):
            depth += (text[at] == "[") - (text[at] == "]")
            if depth == 0:
                paragraphs = _paragraphs(sheet, range(index, line + 1), named.end(), at)
                opening = Place(index, named.start(), named.end())
                key = (named["key"] or named["number"] or "").translate(_DIGITS)
                return Note(opening, "named", key, paragraphs, Place(line, at, at + 1))
    return None


def _end(sheet: Sheet, first: int, width: int) -> int:
    """Give the line after a note: its lines touch, and its further paragraphs are set in as it is."""
    indent, end = sheet.lines[first].indent, first + 1
    while end < len(sheet.lines) and not sheet.first_of_file(end):
        line, text = sheet.lines[end], sheet.texts[end]
        if _OPENING.match(text) or _LISTED.match(text) or is_ornament(text):
            break
        if line.blanks_above and not (indent >= _SET_IN and line.indent >= indent and line.blanks_above == 1):
            break
        above, draft = sheet.texts[end - 1], sheet.drafts[sheet.file[end]]
        ended = draft.marked or draft.formed or ends_full(above) or len(above) < wrapping.NARROWEST
        if not line.blanks_above and not width and line.indent < indent + _SET_IN and ended:
            break
        end += 1
    return end


_SET_IN = 2
"""Columns of indent that set a note off from the text."""


def _paragraphs(
    sheet: Sheet, lines: range, start: int, stop: int | None = None
) -> tuple[tuple[Place, ...], ...]:
    """Give the places of the text of a note, paragraph by paragraph; lines set in deeper stand alone."""
    found: list[list[Place]] = []
    touching = len(lines) > 1 and sheet.lines[lines[1]].blanks_above == 0
    flush = sheet.lines[lines[1] if touching else lines[0]].indent
    for index in lines:
        place = Place(
            index,
            start if index == lines.start else 0,
            stop if stop is not None and index == lines.stop - 1 else len(sheet.texts[index]),
        )
        line = sheet.lines[index]
        apart = line.blanks_above > 0 or line.indent >= flush + _SET_IN
        if not found or (apart and index != lines.start):
            found.append([])
        if place.end > place.start:
            found[-1].append(place)
    return tuple(tuple(places) for places in found if places) or ((Place(lines.start, start, start),),)


def _references(sheet: Sheet, notes: Sequence[Note]) -> Iterator[Reference]:
    """Give the signs outside of notes that may be references."""
    taken: dict[int, list[Edit]] = {}
    for note in notes:
        for index in note.lines:
            taken.setdefault(index, []).append(_removal(sheet, note, index))
    for index, text in enumerate(sheet.texts):
        if not SIGN.search(text):
            continue
        forms = REFERENCES[:1] if sheet.drafts[sheet.file[index]].repaired else REFERENCES
        yield from _signs(index, text, taken.get(index, ()), forms)


def _signs(
    index: int, text: str, taken: Sequence[Edit], forms: Sequence[tuple[str, str, re.Pattern[str]]]
) -> Iterator[Reference]:
    for form, signs, pattern in forms:
        for match in pattern.finditer(text) if any(map(text.__contains__, signs)) else ():
            inside = any(edit.start < match.end() and match.start() < edit.end for edit in taken)
            if not inside and (form != "star" or not _closes_emphasis(text, match)):
                yield Reference(Place(index, *match.span()), form, match[1].translate(_DIGITS))


def _closes_emphasis(text: str, match: re.Match[str]) -> bool:
    """Tell whether a star ends what another began: *so*."""
    return re.search(r"(?<!\w)" + re.escape(match[1]) + r"\w", text[: match.start()]) is not None


# --- Taking out ------------------------------------------------------------------------------------------


def _without(sheet: Sheet, pairs: Sequence[tuple[Note, Place]], ledger: Ledger) -> tuple[Sheet, Bodies]:
    """Give the sheet without the notes, whose signs are logged, and the text of each by its reference."""
    bodies: dict[tuple[int, int], Body] = {}
    numbered = _is_counted_through([note.key for note, _ in pairs])
    edits: dict[int, list[Edit]] = {}
    for note, place in pairs:
        text = tuple(
            tuple(sheet.lines[part.line].run.slice(part.start, part.end).strip() for part in some)
            for some in note.paragraphs
        )
        address = _address(sheet, place)
        if address not in bodies:
            edits.setdefault(place.line, []).append(Edit(place.start, place.end, NOTE_ON, _RULE))
        above = bodies.get(address, Body((), note.key if numbered else ""))
        bodies[address] = replace(above, paragraphs=above.paragraphs + text)
        for sign in (note.opening, place, *filter(None, (note.closing,))):
            _log(sheet, sign, ledger, _KEPT if numbered else _ANEW)
        for index in note.lines:
            edits.setdefault(index, []).append(_removal(sheet, note, index))
    whole = {index for index, some in edits.items() if _is_whole(sheet, index, some)}
    for index in _headings(sheet, whole):
        if ledger.drop(sheet.lines[index].run, _RULE, "The heading over notes, which stand at their places."):
            edits[index] = [Edit(0, len(sheet.texts[index]), "", _RULE)]
    return _rebuilt(sheet, edits), bodies


def _address(sheet: Sheet, place: Place) -> tuple[int, int]:
    span = sheet.lines[place.line].run.span(place.start, place.end)
    return (span.source, span.start) if span else (0, 0)


def _sign(sheet: Sheet, place: Place) -> Run:
    return sheet.lines[place.line].run.slice(place.start, max(place.end, place.start + 1))


def _is_counted_through(keys: Sequence[str]) -> bool:
    """Tell whether the author counts the notes of the whole book; a number that returns begins anew."""
    return all(key.isdecimal() for key in keys) and len(set(keys)) == len(keys)


_KEPT = "The sign of a note; the editions print its number."
_ANEW = "The sign of a note; the editions number notes anew."


def _log(sheet: Sheet, sign: Place, ledger: Ledger, why: str) -> None:
    if sign.end > sign.start:
        edit = Edit(sign.start, sign.end, "", _RULE, why)
        ledger.changes.extend(sheet.lines[sign.line].run.changes([edit]))


def _removal(sheet: Sheet, note: Note, index: int) -> Edit:
    """Give the edit that takes a note off one of its lines; what stands beside it in the text stays."""
    text = sheet.texts[index]
    start = len(text[: note.opening.start].rstrip()) if index == note.opening.line else 0
    end = note.closing.end if note.closing and index == note.closing.line else len(text)
    return Edit(start, end, "", _RULE)


def _is_whole(sheet: Sheet, index: int, edits: Sequence[Edit]) -> bool:
    return not sheet.lines[index].run.apply(_in_order(edits)).text.strip()


def _in_order(edits: Sequence[Edit]) -> list[Edit]:
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def _headings(sheet: Sheet, gone: Collection[int]) -> list[int]:
    """Give the headings over lists of notes, which have nothing left to stand over."""
    return [
        index
        for index, text in enumerate(sheet.texts)
        if index + 1 in gone and index not in gone and words_folded(text) in _NOTES
    ]


def _rebuilt(sheet: Sheet, edits: Mapping[int, Sequence[Edit]]) -> Sheet:
    """Give the lines that are left; where a note in its middle broke a line, its ends are joined."""
    lines: list[Line] = []
    file: list[int] = []
    decided: dict[int, str] = {}
    above: int | None = None
    for index, line in enumerate(sheet.lines):
        run = line.run.apply(_in_order(edits.get(index, ()))).strip()
        if not run.text:
            above = line.blanks_above if above is None else above
            continue
        gap = line.blanks_above if above is None else _closed(above, line.blanks_above)
        if lines and _goes_on_from(sheet, index, edits) and file[-1] == sheet.file[index]:
            lines[-1] = replace(lines[-1], run=join_spaced((lines[-1].run, run)))
        else:
            lines.append(replace(line, run=run, blanks_above=gap if lines else 0))
            file.append(sheet.file[index])
            if what := sheet.decided.get(index):
                decided[len(lines) - 1] = what
        above = None
    return Sheet(tuple(lines), tuple(line.run.text for line in lines), tuple(file), sheet.drafts, decided)


def _closed(above: int, below: int) -> int:
    """Give the blank lines that are left where a note stood: those round notes are no scene break."""
    return below if above == 0 or below >= _WIDE else min(above, below)


_WIDE = 3


def _goes_on_from(sheet: Sheet, index: int, edits: Mapping[int, Sequence[Edit]]) -> bool:
    """Tell whether a line begins with the end of a note that began in the middle of a line above it."""
    if not any(edit.start == 0 and not edit.text for edit in edits.get(index, ())):
        return False
    before = index - 1
    while before >= 0 and _is_whole(sheet, before, edits.get(before, ())):
        before -= 1
    return any(not edit.text and edit.start > 0 for edit in edits.get(before, ()))
