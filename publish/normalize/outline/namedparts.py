"""Headings of more than one name: "The Window; Chapter I", "Chapter 2; IV", "The Long Field: Part 2 of 5".

Nothing in such a line says that it is a heading but its end. It is one where the manuscript shows what it
means: several parts are so named above a chapter 1, one part above several chapters, or a series counts on.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from publish.document import DivisionKind
from publish.normalize.lines import headings
from publish.normalize.lines.headings import Component, Heading, Headings
from publish.normalize.lines.labels import Form, may_open_with
from publish.normalize.lines.shape import ends_full, ends_sentence, is_title_like
from publish.normalize.outline.subtitles import LONGEST_TITLE
from publish.normalize.reading import Reading
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites.posts import begins_like_furniture
from publish.normalize.words.numerals import fold, read_number
from publish.normalize.words.vocabulary import CONTINUED, LABELS
from publish.patterns import lazily

_LEAST = 2
_LEAST_CHAPTERS = 3
_LONGEST = 2 * LONGEST_TITLE
_JOINT = lazily(r"\s*[;|:]\s*|,\s+|\s*[–—]\s*|\.?\s+-+\s+|\.\s+|-")
"""What stands between the title of a part and its chapter."""
_BEHIND = lazily(f"[;|:,.–—-](?={headings.DECORATION}([^ ]+))")
"""The words behind the signs of which one is in each joint, with nothing but spaces behind the last."""
_Kind = tuple[DivisionKind | None, str]


def find(reading: Reading, parsed: Headings, free: Sequence[int]) -> dict[int, Heading]:
    """Give the headings among lines that are free; `parsed` are those whose first words say what they are.

    The titles of parts become components without number, the outermost first.
    """
    plain = {_kind(heading) for heading in parsed.values() if len(heading.components) == 1}
    alike: dict[_Kind, dict[int, Heading]] = {}
    gaps = reading.gaps
    for index in free if plain else ():
        if gaps[index] == 0 or index in parsed or reading.sheet.headed(index):
            continue
        heading = _parse(reading.sheet.texts[index])
        if heading and _kind(heading) in plain:
            alike.setdefault(_kind(heading), {})[index] = heading
    found = {i: heading for some in alike.values() if _agree(reading, some) for i, heading in some.items()}
    deep = any(len(heading.components) > _LEAST for heading in found.values())
    return {index: _inner(heading) if deep else heading for index, heading in found.items()}


def _inner(heading: Heading) -> Heading:
    """Let a part that is named alone be what stands inside the parts that two titles name."""
    outer, *rest = heading.components
    return (
        replace(heading, components=(replace(outer, kind=DivisionKind.BOOK), *rest))
        if len(rest) == 1
        else heading
    )


def may_name(text: str) -> bool:
    """Tell whether a line could name a part and a chapter, as far as its words go."""
    return _parse(text) is not None


def _kind(heading: Heading) -> _Kind:
    last = heading.components[-1]
    return last.kind, last.numeral


def _agree(reading: Reading, found: Headings) -> bool:
    """Tell whether the lines name parts: several begin with a chapter 1, or one has several chapters."""
    chapters: dict[str, set[int]] = {}
    for index, heading in found.items():
        chapters.setdefault(_outer(reading, index, heading), set()).update(heading.components[-1].numbers)
    begun = sum(1 in numbers for numbers in chapters.values())
    return begun >= _LEAST or max(map(len, chapters.values())) >= _LEAST_CHAPTERS


def _outer(reading: Reading, index: int, heading: Heading) -> str:
    start, end = heading.components[0].label[0], heading.components[-1].label[0]
    return words_folded(reading.sheet.texts[index][start:end])


def _parse(text: str) -> Heading | None:
    """Read one line: the first joint behind which a label or a number stands divides it.

    What can be read by its own first words is none.
    """
    # The first of the titles begins the line, and none begins with a small letter.
    if len(text) > _LONGEST or text[:1].islower():
        return None
    # Joints are slow to find, and hardly any line goes on behind a sign as headings begin.
    if not any(map(may_open_with, _BEHIND.findall(text))):
        return None
    for joint in _JOINT.finditer(text):
        behind = text[joint.end() :] if joint.start() else ""
        outer = _titles(text, joint) if headings.may_open(behind) else ()
        inner = headings.parse(behind) if outer else None
        if inner is None or inner.form is Form.NAMED or len(inner.components) > 1:
            continue
        if inner.form is Form.NUMBERED and not _sets_off(text, joint, inner.components[0]):
            continue
        heading = Heading((*outer, _moved(inner.components[0], joint.end())), Form.LABELLED)
        return None if headings.parse(text) else heading
    return None


def _sets_off(text: str, joint: re.Match[str], number: Component) -> bool:
    """Tell whether a bare number is no part of the title: figures behind a mark that divides."""
    strong = joint[0].strip() in (";", "|", "—", "–", ",") and number.numeral in ("roman", "arabic")
    return strong and (number.numeral == "arabic" or text[joint.end()].isupper())


def _titles(text: str, joint: re.Match[str]) -> tuple[Component, ...]:
    """Give the titles before a joint, parted where it stands once more; empty where one is none."""
    cut = text.rfind(joint[0], 0, joint.start()) if joint[0].strip() in (";", "—", "–") else -1
    bounds = [(0, cut), (cut + len(joint[0]), joint.start())] if cut > 0 else [(0, joint.start())]
    kinds = (DivisionKind.PART, DivisionKind.BOOK)
    if not all(is_title_like(title := text[a:b]) and not ends_full(title) for a, b in bounds):
        return ()
    return tuple(
        Component(kind, (), "", (start, start), (start, end))
        for kind, (start, end) in zip(kinds, bounds, strict=False)
    )


def _moved(part: Component, by: int) -> Component:
    title = (part.title[0] + by, part.title[1] + by) if part.title else None
    return Component(part.kind, part.numbers, part.numeral, (part.label[0] + by, part.label[1] + by), title)


# --- Sections of a chapter -------------------------------------------------------------------------------


_LAST_NUMBER = lazily(r"(?:.*(?P<joint>[;,|–—]\s*| - |-))?(?P<number>[IVXLC]{1,6}|\d{1,2})\.?", re.DOTALL)
_LEAST_SECTIONS = 3


def sectioned(reading: Reading, parsed: Headings) -> dict[int, Heading]:
    """Give the headings of a chapter and its section: "Part I, Chapter II, IV", "Chapter II: Night; I".

    A chapter has several, or several chapters begin with their first, and bare numbers go on with them.
    """
    found: dict[int, Heading] = {}
    for index, heading in parsed.items():
        if inner := _section(reading.sheet.texts[index], heading):
            found[index] = inner
    chapters: dict[tuple[tuple[int, ...], ...], set[int]] = {}
    for heading in found.values():
        key = tuple(part.numbers for part in heading.components[:-1])
        chapters.setdefault(key, set()).update(heading.components[-1].numbers)
    last = (heading.components[-1] for heading in parsed.values() if heading.form is Form.NUMBERED)
    bare = [part.numbers for part in last if part.title is None]
    firsts = len(chapters) >= _LEAST and all(1 in numbers for numbers in chapters.values())
    several = any(len(numbers) >= _LEAST_SECTIONS for numbers in chapters.values())
    return found if several or (firsts and bare.count((_LEAST,)) >= _LEAST) else {}


def _section(text: str, heading: Heading) -> Heading | None:
    """Read the number at the end of a chapter's title, or that is all of it, as one of its sections."""
    *outer, last = heading.components
    if last.kind is not DivisionKind.CHAPTER or not last.numbers:
        return None
    start, end = last.title or last.label
    match = _LAST_NUMBER.fullmatch(text, start, end)
    inner = headings.parse(match["number"]) if match else None
    if match is None or inner is None or len(last.numbers) > (1 if last.title else _LEAST):
        return None
    cut = match.start("joint") if match["joint"] else start
    if last.title:
        chapter = replace(last, title=(start, cut) if cut > start else None)
    elif len(last.numbers) == _LEAST and cut > start:
        chapter = replace(last, numbers=last.numbers[:1], label=(start, cut))
    else:
        return None
    return replace(heading, components=(*outer, chapter, _moved(inner.components[0], match.start("number"))))


# --- Instalments of a series -----------------------------------------------------------------------------


_LEAST_INSTALMENTS = 3
_LONGEST_INSTALMENT = 120
_COUNTED = lazily(
    r"(?<![^\W_])(?P<label>[^\W\d_]{2,12})\.?[ \xa0]+(?P<number>\d{1,3})"
    r"(?:[ \xa0]*(?:/|[^\W\d_]{1,3}[ \xa0])[ \xa0]*(?P<all>\d{1,3}))?[)\]]?"
    r"(?:(?:[ \xa0]*[:|–—]|[ \xa0]-)[ \xa0]*(?P<title>\S.*))?\Z"
)


def instalments(sheet: Sheet) -> dict[int, Heading]:
    """Give the lines that count the instalments of one series: at least three, each with a number of its own.

    All name the same series, the same word for a division and the same whole, if any, below white space; the
    title of the instalment may follow. The series stays part of the label, so that no word of it is lost. Two
    names that are counted without a whole are those of parts.
    """
    alike: dict[tuple[str, str, str], dict[int, Heading]] = {}
    for index in sheet.numbered:
        text = sheet.texts[index]
        if len(text) > _LONGEST_INSTALMENT or not _stands_apart(sheet, index):
            continue
        match = _COUNTED.search(text)
        if match is None or sheet.headed(index):
            continue
        series, kind = text[: match.start()].rstrip(), LABELS.get(fold(match["label"]))
        set_off = series[-1:] in (*":,;|-–—(", "[") and not ends_sentence(series.rstrip(":,;|-–—([ "))
        counts = int(match["number"]) <= int(match["all"] or match["number"])
        if kind and set_off and counts and not headings.parse(text) and not begins_like_furniture(text):
            number = (int(match["number"]),)
            title = match.span("title") if match["title"] else None
            label = (0, len(text) if title is None else len(text[: title[0]].rstrip(" \xa0:|–—-")))
            heading = Heading((Component(kind, number, "arabic", label, title),), Form.LABELLED)
            key = (words_folded(series), fold(match["label"]), match["all"] or "")
            alike.setdefault(key, {})[index] = heading
    parts = len({series for series, _, whole in alike if not whole}) > 1
    return _closing_numbers(sheet) | {
        index: heading
        for (_, _, whole), some in alike.items()
        if whole or not parts
        if len({heading.components[0].numbers for heading in some.values()}) >= _LEAST_INSTALMENTS
        for index, heading in some.items()
    }


_CLOSING = lazily(
    r"""(?P<form>[ ][(\[] | [ ]\# | [ ][–—-][ ] | ,[ ])
    (?: (?P<label> [^\W\d_]{2,12} ) \.? [ ])?
    (?P<number> \d{1,3} ) (?: (?: [ ]? / [ ]? | [ ] [^\W\d_]{1,4} [ ] ) (?P<all> \d{1,3} ))? [)\]]?
    (?: ,? [ ] \(? (?P<tail> [^\W\d_]{2,} (?: [ ] [^\W\d_]+ )? ) \)? )? \Z""",
    re.VERBOSE,
)
"""The number of a chapter behind its title: "The Storm (3)", "The Storm – 3/12", "The Storm, part 3"."""


def _closing_numbers(sheet: Sheet) -> dict[int, Heading]:
    """Give the titles that end in numbers which count: at least three, of one form, with text below each.

    Hardly any number is missing between the first and the last, and few stand twice.
    """
    alike: dict[tuple[str, str], dict[int, Heading]] = {}
    for index in sheet.numbered:
        text = sheet.texts[index]
        match = _CLOSING.search(text.replace("\xa0", " ")) if len(text) <= _LONGEST_INSTALMENT else None
        if match is None or not (sheet.lines[index].heading_level or _stands_apart(sheet, index)):
            continue
        word, title = fold(match["label"] or ""), text[: match.start()]
        known = word in LABELS if word else match["form"] != ", "
        # "Anna (2 min ago)" says when somebody wrote.
        known = known and not (
            match["form"][-1] in "([" and (match["tail"] or "").strip() and text[-1] in ")]"
        )
        if known and is_title_like(title) and not headings.parse(text) and not begins_like_furniture(text):
            part = Component(None, (int(match["number"]),), "arabic", (0, len(text)), None)
            heading = Heading((part,), Form.LABELLED, _sequel(match["tail"] or ""))
            alike.setdefault((word or match["form"], match["all"] or ""), {})[index] = heading
    return {index: heading for some in alike.values() if _counts(some) for index, heading in some.items()}


def _sequel(tail: str) -> int:
    number = read_number(tail)
    if number and number.ordinal:
        return number.value
    return 2 if not CONTINUED.isdisjoint(fold(tail).split()) else 0


def _counts(found: Headings) -> bool:
    numbers = [heading.components[0].numbers[0] for heading in found.values()]
    distinct = set(numbers)
    spread = max(distinct) - min(distinct) + 1
    apart = not any(index + 1 in found for index in found)
    return (
        apart
        and len(distinct) >= _LEAST_INSTALMENTS
        and 4 * max(spread, len(numbers)) <= 5 * len(distinct) + 4
    )


def _stands_apart(sheet: Sheet, index: int) -> bool:
    """Tell whether white space, or the edge of a file, parts a line from those above it, and text follows."""
    line, following = sheet.lines[index], index + 1
    above = line.blanks_above > 0 or line.page_break or sheet.first_of_file(index)
    return above and following < len(sheet.texts) and not sheet.first_of_file(following)
