"""Titles that stand below the label of their heading, on one line or several.

"CHAPTER I." and the title below it are one heading. Whether the lines below a label are its title is
decided for the whole manuscript: its form, the white space round it, and that its fellows agree.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from publish.document import CONTAINERS, DivisionKind
from publish.normalize.lines.headings import Heading, Headings
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import (
    ends_full,
    ends_sentence,
    ends_unmarked,
    is_capitals,
    is_ornament,
    is_title_like,
)
from publish.normalize.lines.titles import YEARS
from publish.normalize.pages import continues
from publish.normalize.passages import letters, tabbed
from publish.normalize.reading import Reading
from publish.normalize.sites.edgelines import template_of
from publish.normalize.words.numerals import fold
from publish.normalize.words.vocabulary import ABOUT_CHAPTER, LABELS, NOTE_WORDS, SUMMARY_WORDS
from publish.patterns import lazily

LONGEST_TITLE = 100
_LONGEST_BELOW = 180
_LONGEST_BLOCK = 320
"""Characters of a title of several lines, as old books have them."""
_LONGEST_AS_FELLOW = 60
_MOST_LINES = 5
_WIDEST_WRAPPED = 110
_AGREEMENT = 0.6
_NEARLY_ALL = 0.85
_LEAST_ARGUMENTS = 4
_LEAST_ALIKE = 2
_LEAST_DIFFERENT = 5


def titles_below(reading: Reading, parsed: Headings, certain: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Give, for headings, the lines below that are their title or go on with it."""
    bare = [
        index
        for index in sorted(certain)
        if index in parsed
        and parsed[index].components[-1].title is None
        and parsed[index].form is not Form.NAMED
        and not reading.sheet.headed(index)
    ]
    below = {
        index: following
        for index in bare
        if (following := _title_below(reading, index, certain, parsed)) is not None
    }
    below |= _as_fellows(reading, parsed, certain, bare, below) | _said_again(reading, parsed, bare)
    said = _speeches(reading, below.values())
    below = {index: line for index, line in below.items() if line not in said}
    if below and not _told_by_place(reading, below, bare):
        below = {index: line for index, line in below.items() if line not in reading.common()}
    # Below furniture stands furniture that was not found, sooner than the title of one chapter alone.
    near = {index: line for index, line in below.items() if line == index + 1}
    taken = {*_agreed(below, bare, parsed), *(near if _set_off_alike(reading, near) else ())}
    single = {index: (line,) for index, line in below.items() if index in taken or line in certain}
    arguments = _arguments(reading, bare, {line for line in certain if not _names_only(parsed.get(line))})
    going_on = _going_on(reading, parsed, certain)
    return single | arguments | going_on | _named_apart(reading, parsed, certain)


def _as_fellows(
    reading: Reading,
    parsed: Headings,
    certain: Collection[int],
    bare: Sequence[int],
    below: Mapping[int, int],
) -> dict[int, int]:
    """Give the lines that stand where most labels have their title, though not formed as titles are.

    “Les petits”, “¡Arre, burra!”; with a full stop only where white space parts them from the text.
    """
    spaces = Counter(_spaces(reading, line) for line in below.values())
    usual, count = spaces.most_common(1)[0] if spaces else ((1, False), 0)
    often = len(below) >= max(_LEAST_DIFFERENT, len(bare) * _AGREEMENT) and count >= len(below) * _NEARLY_ALL
    if usual[0] or not often:
        return {}
    texts, known = reading.sheet.texts, {fold(reading.sheet.texts[line]) for line in below.values()}
    found = {}
    for index in bare:
        line = None if index in below else _title_below(reading, index, certain, parsed, formed=False)
        if line is None or _spaces(reading, line) != usual or texts[line][0].islower():
            continue
        told = fold(texts[line].rstrip(".")) in known
        unmarked = ends_unmarked(texts[line].rstrip("!?…"))
        ends = ends_sentence(texts[line]) and not (unmarked or usual[1])
        longest = LONGEST_TITLE if usual[1] else _LONGEST_AS_FELLOW
        longest = _LONGEST_BLOCK if ends_unmarked(texts[line]) else longest
        if len(texts[line]) <= longest and (told or not ends):
            found[index] = line
    return found


def _spaces(reading: Reading, title: int) -> tuple[int, bool]:
    """Give the white space above a title, and whether there is any below it."""
    body = reading.after(title)
    return reading.gap(title), body is not None and reading.gap(body) > 0


def _told_by_place(reading: Reading, below: Mapping[int, int], bare: Sequence[int]) -> bool:
    """Tell whether nearly every label has a title touching it, so that one may come back ("Anna to Paul").

    Several differ, numbers and days apart, as names of photographers hardly do.
    """
    touching = [line for line in below.values() if reading.gap(line) == 0]
    counted = Counter(template_of(reading.sheet.texts[line]) for line in touching)
    most = max(counted.values(), default=0)
    return (
        len(counted) >= _LEAST_DIFFERENT
        and len(touching) >= len(bare) * _NEARLY_ALL**2
        and most <= len(touching) * _AGREEMENT
    )


def _named_apart(reading: Reading, parsed: Headings, certain: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Give the titles that markup makes headings of their own, below the headings that number their chapters.

    Nearly every chapter is built so, and has no other heading of the title's level: where it has several,
    they are its sections.
    """
    sheet = reading.sheet
    named = [index for index in sorted(certain) if sheet.lines[index].heading_level]
    labels = [index for index in named if sheet.headed(index) and _numbers_chapter(parsed.get(index))]
    found: dict[int, tuple[int, ...]] = {}
    for index, following in pairwise([*labels, len(sheet.lines)]):
        inside = [at for at in named if index < at < following and at not in parsed]
        if inside and inside[0] == reading.after(index) and _names_chapter(reading, index, inside[0]):
            level = sheet.lines[inside[0]].heading_level
            deeper = level > sheet.lines[index].heading_level
            # At the level of the last chapter's heading stands what follows it: "About the Author".
            own = inside if deeper or following < len(sheet.lines) else inside[:1]
            if [sheet.lines[at].heading_level for at in own].count(level) == 1:
                found[index] = (inside[0],)
    return found if len(found) >= max(_LEAST_ALIKE, len(labels) * _NEARLY_ALL) else {}


def _names_chapter(reading: Reading, label: int, title: int) -> bool:
    sheet = reading.sheet
    said = {label, title} & sheet.decided.keys() or sheet.kept(title)
    inner = sheet.lines[title].heading_level >= sheet.lines[label].heading_level
    return inner and not said and could_be_title(sheet.texts[title])


def _numbers_chapter(heading: Heading | None) -> bool:
    """Tell whether a heading says the number of one chapter and no more."""
    if heading is None or len(heading.components) > 1 or heading.form is Form.NAMED:
        return False
    return heading.components[0].title is None and not _holds_divisions(heading)


_SAID = lazily(r"(?P<who>[^\W\d_][^\s:.]{2,}(?: [^\s:.]+){0,2})[.:] ")
"""A name of more than two letters: "Mr. Pell at Home." is a title."""
_LEAST_SAID = 3


def _speeches(reading: Reading, lines: Iterable[int]) -> set[int]:
    """Give the lines that are the first speech of a scene: others begin so, and they end as speech does."""
    texts = reading.sheet.texts
    perhaps = {
        line: match["who"] for line in lines if ends_full(texts[line]) and (match := _SAID.match(texts[line]))
    }
    if not perhaps:
        return set()
    often = Counter(match["who"] for text in texts if (match := _SAID.match(text)))
    return {line for line, who in perhaps.items() if often[who] >= _LEAST_SAID}


def _agreed(below: Mapping[int, int], bare: Sequence[int], parsed: Headings) -> Collection[int]:
    """Give the headings with a title below if most have one, or most of their kind: parts, not chapters."""
    if len(below) >= len(bare) * _AGREEMENT:
        return below
    kinds = {index: parsed[index].components[-1].kind for index in bare}
    all_, titled = Counter(kinds.values()), Counter(kinds[index] for index in below)
    return {index for index in below if titled[kinds[index]] >= all_[kinds[index]] * _AGREEMENT}


def _going_on(reading: Reading, parsed: Headings, certain: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Give the lines with which titles go on that begin beside their label and were wrapped."""
    found: dict[int, tuple[int, ...]] = {}
    for index in certain:
        named = parsed[index].components[-1] if index in parsed else None
        # Below the persons of a play stand their names, in capitals as the heading is.
        if (
            not named
            or named.title is None
            or named.kind is DivisionKind.PERSONS
            or reading.sheet.headed(index)
        ):
            continue
        block = _block(reading, index + 1, certain, touching=True)
        text = reading.sheet.texts[index]
        if block and not ends_full(text) and _goes_on(reading, text, block):
            found[index] = block
    return found


def _goes_on(reading: Reading, text: str, block: Sequence[int]) -> bool:
    """Tell whether lines that touch a title belong to it: in capitals as it is, set apart, or wrapped."""
    texts = [reading.sheet.texts[index] for index in block]
    if _is_wrapped(reading, [text, *texts]):
        return True
    if any(index in reading.common() for index in block):
        return False
    title = text[-max(1, len(text) // 2) :]
    if is_capitals(title):
        return all(map(is_capitals, texts))
    return len(texts) == 1 and len(text) > len(texts[0]) and not (ends_full(texts[0]) or ":" in texts[0])


def _is_wrapped(reading: Reading, lines: Sequence[str]) -> bool:
    """Tell whether lines are one title, each broken where no word had room, without a sentence inside."""
    full = all(len(a) + 1 + len(b.split()[0]) > reading.width for a, b in pairwise(lines))
    whole = not any(_SENTENCES.search(line) or ends_full(line) for line in lines[1:])
    return full and whole and reading.width > 0 and not is_capitals(lines[0])


def _block(
    reading: Reading, first: int, certain: Collection[int], *, touching: bool = False
) -> tuple[int, ...]:
    """Give the short block of lines that begins with a line, where white space closes it; else nothing."""
    found: list[int] = []
    for index in range(first, min(first + _MOST_LINES + 1, len(reading.sheet.lines))):
        line = reading.sheet.lines[index]
        apart = line.blanks_above > 0 and (bool(found) or touching)
        if apart or reading.sheet.first_of_file(index):
            break
        if index in reading.dropped or index in certain or is_ornament(reading.sheet.texts[index]):
            return ()
        found.append(index)
    else:
        return ()
    length = sum(len(reading.sheet.texts[index]) for index in found)
    return tuple(found) if length <= _LONGEST_BLOCK else ()


_SPEAKS = lazily("[“‘\"'«„—–-]")
_LISTS = lazily(r"[^\W\d_][.?!]?(?: ?[—–] ?| ?--+ ?| - )[^\W\d_]")
_SENTENCES = lazily(r"[.!?][”’\"'»)]*\s+[^\W\d_]")


def _arguments(reading: Reading, bare: Sequence[int], certain: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Give the titles that are sentences, "In which Candide is chased away", as old books have them.

    They are told from a short first paragraph by what paragraphs of the book are like.
    """
    numbered = [index for index in bare if reading.after(index) not in bare]
    found = {
        index: block
        for index in numbered
        if (block := _block(reading, index + 1, certain)) and _is_argument(reading, block)
    }
    listing = sum(_lists(reading, block) for block in found.values())
    if len(found) < max(_LEAST_ARGUMENTS, len(numbered) * _NEARLY_ALL, 2 * listing):
        return {}
    from statistics import median

    usual = median(_paragraph_length(reading, block[-1] + 1) for block in found.values())
    own = median(sum(len(reading.sheet.texts[i]) for i in block) for block in found.values())
    several = any(len(block) > 1 for block in found.values()) or any(
        not ends_full(reading.sheet.texts[block[-1]]) for block in found.values()
    )
    return found if usual > own * 2 and several else {}


def _lists(reading: Reading, block: Sequence[int]) -> bool:
    """Tell whether dashes part what a chapter holds: "The dark forest—The wolf—Virgil" is no title."""
    text = " ".join(reading.sheet.texts[index] for index in block)
    return bool(_LISTS.search(text))


def _is_argument(reading: Reading, block: Sequence[int]) -> bool:
    """Tell whether lines could be one title; what comes back is a name, a place or furniture."""
    text = " ".join(reading.sheet.texts[index] for index in block)
    if any(index in reading.common() for index in block):
        return False
    return text[0].isupper() and not _SPEAKS.match(text) and len(_SENTENCES.findall(text)) <= 1


def _paragraph_length(reading: Reading, first: int) -> int:
    length, index = 0, first
    while index < len(reading.sheet.lines) and (
        index == first or not reading.sheet.lines[index].blanks_above
    ):
        length += len(reading.sheet.texts[index])
        index += 1
    return length


def _names_only(heading: Heading | None) -> bool:
    """Tell whether a heading is a name such as "Conclusion": below a bare "Chapter 38" it is a title."""
    return heading is None or heading.form is Form.NAMED


def _said_again(reading: Reading, parsed: Headings, bare: Sequence[int]) -> dict[int, int]:
    """Give the titles that say in other words what their label does: "Fourth Chapter" below "CHAPTER IV".

    Where most labels have such a line below, a site prints it.
    """
    texts = reading.sheet.texts
    pairs = ((index, reading.after(index)) for index in bare)
    found = {
        index: line
        for index, line in pairs
        if line is not None
        and line in parsed
        and reading.gap(line) == 0
        and _numbered_as(parsed[index]) == _numbered_as(parsed[line])
        and fold(texts[index]) != fold(texts[line])
    }
    return found if len(found) * 2 < len(bare) else {}


def _numbered_as(heading: Heading) -> object:
    part = heading.components[-1]
    return heading.form, len(heading.components), part.kind, part.numbers, part.title


def _title_below(
    reading: Reading, index: int, certain: Collection[int], parsed: Headings, *, formed: bool = True
) -> int | None:
    following = reading.after(index)
    if (
        following is None
        or following in reading.sheet.decided
        or (following in certain and not _names_only(parsed.get(following)))
        or _opens_part(reading, index, following, certain, parsed)
    ):
        return None
    line, text = reading.sheet.lines[following], reading.sheet.texts[following]
    body = reading.after(following)
    if body is None or line.blanks_above > 2 or line.is_told or is_ornament(text):
        return None
    if is_chapter_note(text) or _begins_table(reading, following):
        return None
    if letters.is_dateline(text) and letters.is_salutation(reading.sheet.texts[body]):
        return None
    return following if not formed or _could_be_title_below(reading, following, body) else None


def _opens_part(
    reading: Reading, index: int, following: int, certain: Collection[int], parsed: Headings
) -> bool:
    """Tell whether a name set off below "Part One" is no title: "Prologue", above chapters of the part."""
    if following not in certain or following not in parsed or not _holds_divisions(parsed[index]):
        return False
    later = next((at for at in sorted(certain) if at > following and at in parsed), None)
    counted = later is not None and not _holds_divisions(parsed[later]) and not _names_only(parsed[later])
    return counted and reading.gap(following) > 0


def _begins_table(reading: Reading, index: int) -> bool:
    """Tell whether a line and the next, which touches it, are the first rows of a table typed with tabs."""
    rows = reading.sheet.lines[index : index + 2]
    lines = [(row.indent, row.run.text) for row in rows]
    return "\t" in lines[0][1] and rows[-1].blanks_above == 0 and tabbed.end(lines) > 0


_WORDS = re.compile(r"[^\W\d_]+")


def is_chapter_note(text: str) -> bool:
    """Tell a line that only announces a note or a summary: "Notes for the Chapter:", "Author's Note"."""
    if any(map(str.isdigit, text)):
        return False
    words = set(_WORDS.findall(fold(text)))
    announced = words & (NOTE_WORDS | SUMMARY_WORDS)
    named = {word for word in words if LABELS.get(word) is DivisionKind.CHAPTER}
    return bool(announced) and words <= announced | named | ABOUT_CHAPTER


def notes_in_chapters(
    reading: Reading,
    parsed: Headings,
    certain: Collection[int],
    titled: Mapping[int, tuple[int, ...]],
) -> set[int]:
    """Give the announced notes that stand inside a chapter, directly below its heading.

    Archives of serials print them so, a summary above them; a division there would leave the chapter empty.
    One that says that it is the chapter's is none anywhere.
    """
    found: set[int] = set()
    for index in sorted(certain):
        if index not in parsed or parsed[index].form is Form.NAMED or _holds_divisions(parsed[index]):
            continue
        following = reading.after(titled.get(index, (index,))[-1])
        while following is not None and _announces(reading, following, parsed):
            found.add(following)
            below = range(following + 1, min(following + _MOST_LINES, len(reading.sheet.lines)))
            following = next((at for at in below if at in certain), None)
    named = {index for index in certain if _announces(reading, index, parsed)}
    words = {index: _WORDS.findall(fold(reading.sheet.texts[index])) for index in named}
    return found | {i for i in named if DivisionKind.CHAPTER in map(LABELS.get, words[i])}


def _holds_divisions(heading: Heading) -> bool:
    return heading.components[-1].kind in CONTAINERS


def _announces(reading: Reading, index: int, parsed: Headings) -> bool:
    if reading.sheet.headed(index) or index in reading.sheet.decided:
        return False
    return _names_only(parsed.get(index)) and is_chapter_note(reading.sheet.texts[index])


@lru_cache(maxsize=1 << 14)
def could_be_title(text: str) -> bool:
    """Tell whether a line could be a title by its form alone. It is asked twice of many lines.

    One longer than titles are must have a capital in nearly each of its words.
    """
    # Most lines of wrapped text begin with a small letter, and neither kind of title does.
    if len(text) > _LONGEST_BELOW or text[:1].islower():
        return False
    if len(text) > LONGEST_TITLE:
        return is_title_like(text, _LONGEST_BELOW, 0.9)
    return is_title_like(text, LONGEST_TITLE) or is_capitals(text)


def _could_be_title_below(reading: Reading, title: int, body: int) -> bool:
    """Tell whether a line below a label could be its title.

    There a title may be long, and in small letters, where the text below it is clearly set apart; the first
    line of a chapter is, too, where the page turns below it.
    """
    text = reading.sheet.texts[title]
    if len(text) > _LONGEST_BELOW:
        return False
    if YEARS.fullmatch(text):
        return reading.gap(title) == 0 < reading.gap(body)
    if could_be_title(text) or is_capitals(text):
        return True
    if _CRY.fullmatch(text):
        return reading.gap(title) == 0 < reading.gap(body)
    apart = reading.sheet.lines[body].blanks_above > 0 or len(reading.sheet.texts[body]) > _WIDEST_WRAPPED
    turned = body > title + 1 or reading.sheet.lines[body].page_break
    if not apart or (turned and continues(text, reading.sheet.texts[body])):
        return False
    return text[0].isupper() and not ends_sentence(text)


_CRY = lazily(r"[“‘\"'«„][^\W\d_a-z][^.“”‘\"«»„]{0,38}[!?]?[”’\"'»“]")
"""A few words in quotation marks."""


def _set_off_alike(reading: Reading, below: Mapping[int, int]) -> bool:
    """Tell whether a few titles are at least set off from the text below as titles are, or in capitals."""
    if not below:
        return False
    return all(
        is_capitals(reading.sheet.texts[title])
        or (
            reading.sheet.lines[title].blanks_above == 0
            and (body := reading.after(title)) is not None
            and reading.sheet.lines[body].blanks_above > 0
        )
        for title in below.values()
    )
