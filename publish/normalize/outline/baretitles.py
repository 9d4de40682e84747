"""Titles of chapters that have neither label nor number, in a manuscript that has hardly any other heading.

No line shows by itself that it is one. They are told together: nearly all the wider white space of one width
stands above such lines, or each of them stands alone between paragraphs and the text begins with one.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain, pairwise, takewhile

from publish.normalize import cues
from publish.normalize.lines import headings
from publish.normalize.lines.bylines import BY_ALONE, by_line, names_makers
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_full, ends_sentence, is_capitals, is_ornament, unabbreviated
from publish.normalize.outline import displayed
from publish.normalize.outline.subtitles import could_be_title
from publish.normalize.passages import letters
from publish.normalize.reading import Reading
from publish.normalize.sheet import words_folded
from publish.normalize.sites.edgelines import template_of
from publish.patterns import lazily

_LEAST = 3
_QUOTES = tuple("“‘\"'«„")
_LONGEST_VERSE = 75
"""Characters of a line of verse, as a line of a quotation that stands apart."""
_LONGEST_BARE_TITLE = 6
"""Words of a title that nothing but its form shows."""
_LONGEST_ODD = 40
"""Characters of a title that does not look like one by itself."""
_LEAST_BETWEEN = 2


def find(reading: Reading, free: Sequence[int], certain: Collection[int] = ()) -> set[int]:
    """Give the titles among lines that are free; `certain` are headings already.

    Short lines below wider white space, where nearly all of it stands above such lines (else it is the space
    of scene breaks); where no other heading counts chapters, lines in capitals too, which need no wider
    space, and lines alone between paragraphs.
    """
    plain = [index for index in free if not reading.sheet.headed(index)]
    if len(plain) < _LEAST * 2:
        return set()
    if not certain and (paged := _of_pages(reading, plain)):
        return paged
    below = _below_space(reading, plain, certain)
    if certain:
        return _enough(reading, below, plain)
    found = max(below, _in_capitals(reading, plain), _counted_alike(reading, plain), key=len)
    return _enough(reading, found, plain) or _enough(reading, _between_paragraphs(reading, plain), plain)


def signed(reading: Reading) -> dict[int, int]:
    """Give the titles of an anthology's pieces, each with the line below it that says who wrote the piece.

    There are several of each. Of two, one could be the title of the book, if no prose begins below it.
    """
    sheet, texts = reading.sheet, reading.sheet.texts
    begun = (lines for word, lines in sheet.firsts.items() if BY_ALONE.match(word))
    found = {
        index - 1: index
        for index in chain.from_iterable(begun)
        if index > 1
        and sheet.lines[index - 1].blanks_above > 0
        and texts[index - 1][:1].isupper()
        and len(texts[index - 1]) <= _LONGEST_VERSE
        and not ends_sentence(texts[index - 1].rstrip("!?"))
        and by_line(texts[index]) is not None
        and names_makers(texts[index])
    }
    # In a list of songs the next one follows; a piece has text.
    found = {title: line for title, line in found.items() if line + 1 not in found}
    told = (texts[line + 1] for line in found.values() if line + 1 < len(texts))
    least = _LEAST_BETWEEN if all(len(text) > _LONGEST_VERSE for text in told) else _LEAST
    pieces, names = ({words_folded(texts[at]) for at in some} for some in (found, found.values()))
    return found if len(pieces) >= least and len(names) >= _LEAST_BETWEEN else {}


def _enough(reading: Reading, found: set[int], plain: Sequence[int]) -> set[int]:
    """Give titles that are several, but few beside the text: fewer of those that nothing but a gap shows.

    Right below a title, what touches the next line is the first of a text, though it may say the title.
    """
    gaps = [*reading.gaps, 1]
    found = {index for index in found if index - 1 not in found or gaps[index + 1] or not gaps[index]}
    formed = all(displayed.is_title_form(reading.sheet.formatted.get(index)) for index in found)
    share = 2 if formed else 3
    lines = len(plain) + sum(not reading.sheet.is_heading(index) for index in reading.sheet.decided)
    return found if len(found) >= _LEAST and len(found) * share <= lines else set()


def _of_pages(reading: Reading, plain: Sequence[int]) -> set[int]:
    """Give the titles with which nearly all pages begin that the author turned, as in a book of poems."""
    turned = [index for index in plain if reading.sheet.lines[index].page_break]
    titles = {index for index in turned if _stands_off(reading, index)}
    return titles if len(titles) >= _LEAST and len(titles) * 5 >= len(turned) * 4 else set()


def _in_capitals(reading: Reading, plain: Sequence[int]) -> set[int]:
    large = [i for i in plain if reading.gap(i) > 0 and is_capitals(reading.sheet.texts[i])]
    titles = {index for index in large if could_stand_alone(reading, index)}
    return titles | _like_them(reading, titles, large)


def _below_space(reading: Reading, plain: Sequence[int], certain: Collection[int]) -> set[int]:
    """Give the titles below white space of the least width that hardly anything else stands below."""
    gaps = reading.gaps
    least = min(gaps[index] for index in plain)
    wide = [index for index in plain if gaps[index] > least and not heads_message(reading, index)]
    strict = {index for index in wide if could_stand_alone(reading, index)}
    return _widest(reading, wide, certain, strict) or _widest(
        reading,
        wide,
        certain,
        strict | {i for i in wide if _stands_in_sentence_case(reading, i) or _stands_off(reading, i)},
    )


_SENT = lazily(r"[^\W\d_].{0,40}\b\d{1,2}[:.]\d\d(?:[ \xa0]?[ap]\.?m\.?)?\W?", re.IGNORECASE)


def heads_message(reading: Reading, index: int) -> bool:
    """Tell who wrote, and at what hour, right above what was written: a message in a story, "Anna 10:31".

    A title that says where and when, "Berlin, 9:15", is set off more widely than the paragraphs below it.
    """
    below = reading.after(index)
    if below is None or reading.gap(below) or _SENT.fullmatch(reading.sheet.texts[index]) is None:
        return False
    following = reading.after(below)
    return following is None or reading.gap(index) <= max(reading.gap(following), 1)


def _counted_alike(reading: Reading, plain: Sequence[int]) -> set[int]:
    """Give the lines alike but for their numbers alone below wider white space: "Age 4", "9:15"."""
    gaps = reading.gaps
    least = min(gaps[index] for index in plain)
    wide = [index for index in plain if gaps[index] > least]
    alike: dict[str, list[int]] = {}
    for index in wide:
        text = reading.sheet.texts[index]
        short = len(text) <= _LONGEST_ODD and len(text.split()) <= _LONGEST_BARE_TITLE
        if short and re.search(r"\d", text) and prose_follows(reading, index):
            alike.setdefault(template_of(text), []).append(index)
    counted = {index for lines in alike.values() if len(lines) >= _LEAST for index in lines}
    different = {reading.sheet.texts[index] for index in counted}
    return counted if len(different) == len(counted) >= len(wide) * 0.8 else set()


def _widest(
    reading: Reading, apart: Sequence[int], certain: Collection[int], alone: Collection[int]
) -> set[int]:
    gaps = reading.gaps
    for gap in sorted({gaps[index] for index in apart}):
        wide = [index for index in apart if gaps[index] >= gap]
        titles = set(alone).intersection(wide)
        # Where titles are set off on both sides, the text below one stands below wide space too; so does
        # what follows a heading, and a quotation with the text behind it.
        others = [
            index
            for index in wide
            if index not in titles
            and not reading.sheet.first_of_file(index)
            and index - 1 not in titles
            and index - 1 not in certain
            and not beside_verse(reading, index)
        ]
        like = _like_them(reading, titles, wide)
        others = [index for index in others if index not in like] if len(like) < len(titles) else others
        if len(titles) >= _LEAST and len(titles) * 5 >= (len(titles) + len(others)) * 4:
            return titles | like
    return set()


def beside_verse(reading: Reading, index: int) -> bool:
    """Tell whether a line begins a quotation or verse that stands apart, or follows one."""
    # Of text that is wrapped all lines are short.
    if not reading.in_whole_lines:
        return False
    return _is_short(reading, index) or (index > 0 and _is_short(reading, index - 1))


def _is_short(reading: Reading, index: int) -> bool:
    """Tell whether a line is of verse, or a quotation by itself."""
    texts = reading.sheet.texts
    if len(texts[index]) > _LONGEST_VERSE:
        return False
    return texts[index].startswith(_QUOTES) or not ends_full(texts[index]) or _in_stanza(reading, index)


def _in_stanza(reading: Reading, index: int) -> bool:
    """Tell whether another short line touches a line."""
    texts = reading.sheet.texts
    above = reading.gap(index) == 0 and len(texts[index - 1]) <= _LONGEST_VERSE
    below = index + 1 < len(texts) and reading.gap(index + 1) == 0 and len(texts[index + 1]) <= _LONGEST_VERSE
    return above or below


def _like_them(reading: Reading, titles: Collection[int], lines: Sequence[int]) -> set[int]:
    """Give the lines that stand as titles do and could be ones, but for quotation marks or a short text.

    So are “Queer”, “Butch” Weldy, and the title above a poem of short lines.
    """
    if len(titles) < _LEAST:
        return set()
    followers = (following for title in titles if (following := reading.after(title)) is not None)
    gaps = reading.gaps
    below = Counter(gaps[index] for index in followers).most_common(1)[0][0]
    return {
        index
        for index in lines
        if index not in titles
        and (following := reading.after(index)) is not None
        and gaps[following] == below
        and len(text := reading.sheet.texts[index]) <= (_LONGEST_ODD, _LONGEST_VERSE)[could_be_title(text)]
        and (_is_quoted_title(text) or could_be_title(text) or _stands_off(reading, index))
        and (_is_quoted_title(text) or not ends_full(unabbreviated(text).rstrip("!?")))
        and not is_ornament(text)
        and index not in reading.common()
    }


_CRIES = str.maketrans("", "", "“”„‘’«»\"'!?")


def _is_quoted_title(text: str) -> bool:
    """Tell whether a line is a title that quotes or calls: “Tiger! Tiger!”, where one word might be said."""
    words = text.translate(_CRIES)
    quoted = text.startswith(_QUOTES) and text[-1:] in "”’\"'»“"
    return quoted and len(words.split()) > 1 and could_be_title(words)


def _between_paragraphs(reading: Reading, plain: Sequence[int]) -> set[int]:
    """Give titles below no more white space than paragraphs have, where the text begins with one of them.

    Nearly every short line alone that ends no sentence must be one, and none stands near the next.
    """
    lone = [index for index in plain if _stands_between(reading, index)]
    titles = [i for i in lone if reads_as_title(reading, i)]
    near = any(b - a <= _LEAST_BETWEEN for a, b in pairwise(titles))
    opens = plain[0] in titles[:1]
    return set(titles) if opens and not near and len(titles) * 5 >= len(lone) * 4 else set()


def _stands_between(reading: Reading, index: int) -> bool:
    """Tell whether a few words without a stop have white space on both sides.

    Where each line is a paragraph, and none has any, sentences on both sides are enough.
    """
    text = reading.sheet.texts[index]
    tight = (
        index > 0 and reading.closed_up and reading.unwrapped and ends_full(reading.sheet.texts[index - 1])
    )
    return (
        (reading.gap(index) > 0 or tight)
        and 0 < len(text.split()) <= _LONGEST_BARE_TITLE
        and not ends_sentence(unabbreviated(text))
        and not is_ornament(text)
        and (following := reading.after(index)) is not None
        and (reading.gap(following) > 0 or (tight and ends_sentence(reading.sheet.texts[following])))
    )


def possible(reading: Reading, free: Sequence[int], named: Collection[int] = ()) -> list[int]:
    """Give the lines that look like titles in a manuscript without headings; empty where they are too many.

    Nothing but their form shows them, so that they are asked about and not taken: a few words without a
    stop, white space on both sides, several paragraphs or a long one between one and the next. What ends a
    text, or signs a letter, is none. `named` are headings whose words say so, "Author's Note": those that
    stand as these lines do speak for them, so that fewer lines, with one paragraph each, are enough.
    """
    texts = reading.sheet.texts
    apart = [
        index
        for index in free
        if not reading.sheet.headed(index)
        and _stands_between(reading, index)
        and not cues.is_end(reading.sheet.texts[index])
        and not _signs_letter(reading, index)
    ]
    found = [i for i in apart if reads_as_title(reading, i)]
    if len(found) < _LEAST and not named:
        # "Room 12" and "Room 3", "Now" and "Then" come back, as no title does where others are.
        found = [i for i in apart if i in found or _has_title_form(reading, i)]
    parsed = {i: heading for i in apart if (heading := headings.parse(texts[i]))}
    counted = [i for i, heading in parsed.items() if heading.form is Form.NUMBERED]
    numbers = [parsed[i].components[-1].numbers for i in counted]
    if (
        numbers == [(1,), (2,)]
        and max(map(len, texts[counted[0] + 1 : counted[1]]), default=0) > _LONGEST_VERSE
    ):
        return counted  # Three are taken; two may be entries of a list.
    alike = {*found, *(index for index in named if _stands_between(reading, index))}
    fellows = len(alike) - len(found)
    between = _LEAST_BETWEEN - (fellows > 0)
    near = any(
        b - a <= between and (b - a < _LEAST_BETWEEN or len(texts[a + 1]) <= _LONGEST_VERSE)
        for a, b in pairwise(sorted(alike))
    )
    opens = found[:1] == list(free[:1])
    return found if len(alike) >= _LEAST and (len(found) > 1 or opens) and not near else []


def _signs_letter(reading: Reading, index: int) -> bool:
    """Tell whether a line could close a letter, which somebody's salutation opens not far above."""
    texts = reading.sheet.texts
    return letters.is_closing(texts[index]) and any(
        map(letters.is_salutation, texts[max(0, index - _NOTE) : index])
    )


_NOTE = 12
"""Lines of a short letter."""


def reads_as_title(reading: Reading, index: int) -> bool:
    """Tell whether a line could be a title as any language has them."""
    return could_stand_alone(reading, index) or _stands_in_sentence_case(reading, index)


def could_stand_alone(reading: Reading, index: int) -> bool:
    """Tell whether a line could be the title of the text below it, by its form."""
    alone = reading.is_listed(index) or index not in reading.common()
    return alone and _has_title_form(reading, index)


def _has_title_form(reading: Reading, index: int) -> bool:
    text = reading.sheet.texts[index]
    return (
        could_be_title(text)
        and not is_ornament(text)
        and not ends_sentence(unabbreviated(text))
        and not text.startswith(_QUOTES)
        and prose_follows(reading, index)
        and not _of_letter(reading, index)
    )


def _stands_off(reading: Reading, index: int) -> bool:
    """Tell whether a line could be a title for the white space below it, also in small letters alone."""
    text = reading.sheet.texts[index]
    following = reading.after(index)
    if following is None or reading.gap(following) == 0:
        return False
    small = (
        text[:1].isalpha()
        and len(text) <= _LONGEST_ODD
        and not ends_sentence(text)
        and index not in reading.common()
        and prose_follows(reading, index)
        and not _of_letter(reading, index)
    )
    return small or could_stand_alone(reading, index)


def _stands_in_sentence_case(reading: Reading, index: int) -> bool:
    """Tell whether a line could be a title as most languages have them: with small letters but for the first.

    White space or prose, and no verse, must stand below it, unless it is set as titles are.
    """
    text = reading.sheet.texts[index]
    following = reading.after(index)
    return (
        text[:1].isupper()
        and len(text) <= _LONGEST_ODD
        and not ends_sentence(text)
        and index not in reading.common()
        and following is not None
        and (
            index in reading.sheet.formatted
            or reading.gap(following) > 0
            or len(reading.sheet.texts[following]) > _LONGEST_VERSE
        )
        and prose_follows(reading, index)
        and not _of_letter(reading, index)
    )


_LETTER_HEAD = 5
"""Lines from an address to the salutation below it."""


def _of_letter(reading: Reading, index: int) -> bool:
    """Tell the address, the day and the signature of a letter from a title, which stands apart from both."""
    texts = reading.sheet.texts
    if index and letters.closes([texts[index - 1], texts[index]]):
        return True
    following = reading.after(index)
    signed = following is not None and letters.is_signed(texts[index], texts[following])
    if following is not None and signed and reading.gap(following) == 0:
        return True
    beside = [line for line in (index, following) if line is not None and line and reading.gap(line) == 0]
    if not beside and not letters.opens(texts[index]):
        return False
    below = texts[index + 1 : index + _LETTER_HEAD]
    return any(letters.is_salutation(text) for text in takewhile(lambda one: len(one) < _LONGEST_ODD, below))


def prose_follows(reading: Reading, index: int, headings: Collection[int] = ()) -> bool:
    """Tell whether one of the next lines is longer than the title, a dateline or the like between allowed.

    Headings right below belong to the title; the first one below other text ends it.
    """
    length = min(len(reading.sheet.texts[index]), _WRAPPED)
    line, texts = index, 0
    for _ in range(_NEXT):
        following = reading.after(line)
        if following is None or (texts and following in headings):
            return False
        if len(reading.sheet.texts[following]) > length:
            return True
        line, texts = following, texts + (following not in headings)
    return False


_WRAPPED = 60
"""Characters of a line of wrapped text, which a long title may exceed."""
_NEXT = 4
"""Lines; a letter has its place, day and salutation above its text."""
