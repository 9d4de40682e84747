"""The lines above the first heading that say what the book is: title, author, date."""

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from publish.document import DivisionKind
from publish.draft import EMPHASIS_ON, MARKS, NOTE_ON
from publish.normalize import authors, contents
from publish.normalize.authors import LONGEST_DISPLAYED, TitlePage, ends_at
from publish.normalize.lines import frontlines, headings
from publish.normalize.lines.bylines import (
    BY_ALONE,
    SIGNED,
    SORT,
    bare,
    by_line,
    makers,
    name_in,
    name_range,
    names_makers,
    says_sort,
)
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import (
    ends_full,
    ends_sentence,
    is_capitals,
    is_name,
    is_ornament,
    is_title_like,
    starts_small,
    unabbreviated,
)
from publish.normalize.outline.displayed import is_title_form
from publish.normalize.passages import letters
from publish.normalize.passages.wrapping import SENTENCE_INSIDE
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.words.almanac import about, iso_date
from publish.normalize.words.vocabulary import ADDRESS_WORDS, DEDICATES
from publish.normalize.words.wordlists import patterns
from publish.patterns import lazily

_CREDITS = lazily(
    r"[\W_]*(?:author of|autor(?:in)? (?:von|de)|auteur de|illustrated|with .*illustrations|translated|"
    r"edited|übersetzt|aus dem|herausgegeben|mit .*(?:bildern|abbildungen)|traduit|traduction|illustr)",
    re.IGNORECASE,
)
_REACH = 14
_LONGEST = 120
_LONGEST_SENTENCE_CASE = 70


def read(
    sheet: Sheet,
    furniture: Mapping[int, str],
    known: tuple[str, str] = ("", ""),
    listed: Collection[str] = (),
) -> TitlePage:
    """Find the title page at the beginning of the manuscript.

    `known` are title and author as far as they are stated elsewhere, `listed` titles of a contents list.
    """
    if known[0] and (page := _between_names(sheet, furniture, known)):
        return page
    if page := (
        _over_all(sheet, furniture, known[0])
        or _stated_again(sheet, furniture, known)
        or _set_as_one(sheet, furniture, known)
        or _under_stated(sheet, furniture, known[0])
    ):
        return page
    chapters = {words_folded(title) for title in listed}
    top = [index for index in _top(sheet, furniture) if words_folded(sheet.texts[index]) not in chapters]
    rubric = top[: _is_rubric(sheet, top)]
    top = top[len(rubric) :]
    dated = len(top) > _LEAST_BELOW and about(sheet.texts[top[0]]) and by_line(sheet.texts[top[2]])
    day, top = (top[0], top[1:]) if dated else (None, top)
    if not any(known) and authors.above_title(sheet, top):
        name = (0, len(sheet.texts[top[0]].removesuffix(":")))
        sort = [
            i for i in top[2:3] if SORT.match(sheet.texts[i]) and i == top[1] + 1 and ends_at(sheet, i + 1)
        ]
        date = _date(sheet, furniture)
        return TitlePage(title=top[1], author=top[0], author_range=name, subtitle=tuple(sort), date=date)
    title = _title(sheet, top, furniture, known[0])
    if title is None:
        page = TitlePage() if any(known) else _untitled(sheet, furniture)
        return replace(page, date=_date(sheet, furniture))
    wanted = words_folded(sheet.texts[title])
    repeated = tuple(index for index in top if index != title and words_folded(sheet.texts[index]) == wanted)
    rest = [index for index in top if index > title and index not in repeated]
    page = authors.in_title(sheet, title, authors.author(sheet, rest, furniture), known[1])
    between = [index for index in page.above(rest) if any(map(str.isalpha, sheet.texts[index]))]
    alone = rest[:1] == [title + 1] and not authors.stands_off(sheet, title + 1) and ends_at(sheet, title + 2)
    if page.author is None and alone and says_sort(sheet.texts[title + 1]):
        between = rest[:1]
    return replace(
        page,
        title=title,
        day=page.day if day is None else day,
        others=(*page.others, *rubric),
        subtitle=tuple(between) if len(between) <= _MOST_SUBTITLES else (),
        repeated=tuple(index for index in repeated if index < title + 6),
        date=_date(sheet, furniture),
    )


def _is_rubric(sheet: Sheet, top: Sequence[int]) -> bool:
    """Tell a first line that says what sort of post the title below it opens, with its author below that."""
    texts = [sheet.texts[index] for index in top[: _LEAST_BELOW + 2]]
    if len(texts) <= _LEAST_BELOW or not authors.stands_off(sheet, top[1]):
        return False
    named = [by_line(text) is not None or is_name(text) for text in texts]
    return _RUBRIC.fullmatch(texts[0]) is not None and not named[1] and any(named[2:])


_RUBRIC = lazily(rf"{SORT.pattern}|{patterns('front', 'rubrics')}", re.IGNORECASE)


def _untitled(sheet: Sheet, furniture: Mapping[int, str]) -> TitlePage:
    """Give the author whom the first line of all names, by itself."""
    first = _first_lines(sheet, furniture)[:1]
    alone = first and names_makers(sheet.texts[first[0]]) and ends_at(sheet, first[0] + 1)
    free = alone and not sheet.headed(first[0])
    return authors.author(sheet, first, furniture) if free else TitlePage()


_MOST_LINES_OVER_ALL = 4
_LEAST_BELOW = 2
"""Headings below the one that Markdown sets above all others."""


def _over_all(sheet: Sheet, furniture: Mapping[int, str], known: str) -> TitlePage | None:
    """Read the title page of a Markdown book: its first line is the one heading of the first level.

    It says no kind or number, and nothing but subtitle and author stands between it and the next heading:
    what has text of its own is a chapter or a part. Of several headings of the first level the first is it if
    an author is named there. What front matter or book.toml calls otherwise is none.
    """
    free = [index for index in range(len(sheet.texts)) if index not in furniture]
    names = {index for index in free[1 : _MOST_LINES_OVER_ALL + 1] if names_makers(sheet.texts[index])}
    heads = [index for index in free if sheet.lines[index].heading_level and index not in names]
    levels = [(sheet.lines[index].heading_level, index) for index in heads]
    by_heading = any(sheet.lines[index].heading_level for index in names)
    if (len(levels) <= _LEAST_BELOW and not by_heading) or levels[:1] != [(1, free[0])]:
        return None
    stop = free.index(heads[1]) if len(heads) > 1 else free.index(max(names)) + 1
    title, rest = free[0], free[1:stop]
    text, line = sheet.texts[title], sheet.lines[title]
    named = known or next((run.text for key, run in sheet.drafts[0].metadata if key == "title"), "")
    if any(draft.order_kept for draft in sheet.drafts) or line.stated or headings.parse(text):
        return None
    inside = text[slice(*bare(text))]
    if (named and words_folded(named) != words_folded(text)) or any(mark in inside for mark in MARKS):
        return None
    if len(rest) > _MOST_LINES_OVER_ALL or any(_is_text(sheet, index) for index in rest):
        return None
    page = authors.in_title(sheet, title, authors.author(sheet, rest, furniture), "")
    if min(levels[1:], default=(0, 0))[0] == 1 and page.author is None:
        return None
    alone = (
        page.author is None and len(page.beside(rest)) == len(rest) == 1 and _is_set_subtitle(sheet, rest[0])
    )
    subtitle = tuple(rest) if alone else page.above(rest)
    return replace(page, title=title, subtitle=subtitle) if subtitle == page.beside(rest) else None


def _is_set_subtitle(sheet: Sheet, index: int) -> bool:
    """Tell a line in italics, or one that says what sort of book it is, from a dedication and a motto."""
    text = sheet.texts[index]
    set_so = index in sheet.formatted and words_folded(text).split(" ")[0] not in DEDICATES
    return not ends_sentence(text) and (set_so or SORT.match(text) is not None)


def _is_text(sheet: Sheet, index: int) -> bool:
    """Tell a line of text, or a picture, a list, a passage set off, from a line of a title page."""
    line, text = sheet.lines[index], sheet.texts[index]
    shown = line.image or line.columns or line.depth or line.fence or line.scene_break or line.subheading
    return bool(shown) or len(text) > LONGEST_DISPLAYED or NOTE_ON in text


def _stated_again(sheet: Sheet, furniture: Mapping[int, str], known: tuple[str, str]) -> TitlePage | None:
    """Read the title with which a file begins whose headings markup gives, and who wrote it, below.

    Only a title that is stated elsewhere, word for word, is told from a text that stands above the first
    heading.
    """
    top = _above_heading(sheet, furniture)
    rest = top[1:][:_MOST_LINES_OVER_ALL]
    if not (top and known[0]) or words_folded(sheet.texts[top[0]]) != words_folded(known[0]):
        return None
    same = (i for i in rest if known[1] and words_folded(name_in(sheet.texts[i])) == words_folded(known[1]))
    page = authors.author(sheet, rest, furniture)
    if (stated := next(same, None)) is not None:
        page = TitlePage(author=stated, author_range=name_range(sheet.texts[stated]))
    centred = tuple(rest[:1]) if _is_centred(sheet, rest) else ()
    subtitle = page.above(rest) if page.author else centred
    if page.author is None and len(rest) > len(subtitle):
        return None
    return replace(page, title=top[0], subtitle=subtitle)


def _above_heading(sheet: Sheet, furniture: Mapping[int, str]) -> list[int]:
    """Give the lines with which a manuscript begins, above the first heading of markup; none without one."""
    free = _first_lines(sheet, furniture)
    return free[: next((place for place, index in enumerate(free) if sheet.lines[index].heading_level), 0)]


def _first_lines(sheet: Sheet, furniture: Mapping[int, str]) -> list[int]:
    return [index for index in range(min(_REACH, len(sheet.texts))) if index not in furniture]


def _is_centred(sheet: Sheet, lines: list[int]) -> bool:
    return all(index in sheet.formatted and sheet.formatted[index].centred for index in lines)


def _set_as_one(sheet: Sheet, furniture: Mapping[int, str], known: tuple[str, str]) -> TitlePage | None:
    """Read the title page of a document whose chapters have headings of markup, and whose title has none.

    Nothing but the title and perhaps, at last, the author's name stands above the first heading.
    """
    top = _above_heading(sheet, furniture)
    if any(known) or not 1 <= len(top) <= _MOST_LINES_OVER_ALL or any(_is_text(sheet, i) for i in top):
        return None
    title, rest = top[0], top[1:]
    text, page = sheet.texts[title], authors.author(sheet, rest, furniture)
    stated = any(name == "title" for name, _ in sheet.drafts[0].metadata)
    if stated or headings.parse(text) or any(draft.order_kept for draft in sheet.drafts):
        return None
    formed = _is_centred(sheet, top) and is_title_form(sheet.formatted[title])
    named = is_title_like(text[slice(*bare(text))]) and _title(sheet, top, furniture, "") == title
    ends = (
        page.author is not None and top[-1] in page.lines()
        if rest
        else words_folded(text).split(" ")[0] not in DEDICATES
    )
    return replace(page, title=title, subtitle=page.beside(rest)) if (formed or named) and ends else None


def _under_stated(sheet: Sheet, furniture: Mapping[int, str], known: str) -> TitlePage | None:
    """Read what follows a title that front matter or a style states: the first line is no title then.

    Unless it says the same. Who wrote it may be named, perhaps below what sort of book it is; in a book that
    publish wrote front matter names them.
    """
    stated = {name: words_folded(run.text) for name, run in sheet.drafts[0].metadata} if sheet.drafts else {}
    free = _first_lines(sheet, furniture)
    title = stated.get("title", "")
    if known or not title or not free or _is_same(title, words_folded(sheet.texts[free[0]])):
        return None
    ends = (place for place, i in enumerate(free) if sheet.lines[i].heading_level or _is_text(sheet, i))
    rest = free[: min(next(ends, len(free)), _MOST_LINES_OVER_ALL)]
    page = authors.named(sheet, rest, furniture)
    subtitle = page.above(rest)
    sorts = not subtitle or ("subtitle" not in stated and all(SORT.match(sheet.texts[i]) for i in subtitle))
    name = words_folded(sheet.texts[page.author or 0][slice(*page.author_range)])
    named = page.author is not None and not sheet.drafts[0].repaired
    signed = named and sorts and stated.get("author", name) == name
    signed = signed or bool(page.makers and page.author is None and not sheet.drafts[0].repaired)
    return replace(
        page if signed else TitlePage(), subtitle=subtitle if signed else (), date=_date(sheet, furniture)
    )


def _is_same(title: str, line: str) -> bool:
    """Tell whether one of two says the other, perhaps with a subtitle."""
    return f" {title} " in f" {line} " or (len(line) >= _LEAST_MENTION and f" {line} " in f" {title} ")


_MOST_DISPLAYED = 60
_MOST_SUBTITLES = 3
_LEAST_MENTION = 4
"""Letters of a line that must be part of title or name for it to be a mention of them."""


def _between_names(sheet: Sheet, furniture: Mapping[int, str], known: tuple[str, str]) -> TitlePage | None:
    """Read a title page by the title and the name that a library's header or book.toml states.

    All short lines from the first to the last that mention either belong to it, and so do those round
    a half title directly above the first chapter.
    """
    stack = _displayed(sheet, furniture)
    title_words, author_words = (words_folded(words) for words in known)
    mentions = [place for place, index in enumerate(stack) if _mentions(sheet.texts[index], known)]
    if not mentions:
        return None
    named = TitlePage() if known[1] else authors.named(sheet, stack[mentions[-1] + 1 :], furniture)
    last = mentions[-1] if named.author is None else stack.index(named.author)
    page = stack[: last + 1] + _after_names(sheet, stack[last + 1 :])
    title = next((index for index in page if words_folded(sheet.texts[index]) == title_words), None)
    same = (i for i in page if author_words and words_folded(name_in(sheet.texts[i])) == author_words)
    author = next(same, named.author)
    between = [] if title is None or author is None else [i for i in page if title < i < author]
    between = [
        i for i in between if not _mentions(sheet.texts[i], known) and not BY_ALONE.match(sheet.texts[i])
    ]
    between = [i for i in between if not makers(sheet.texts[i])]
    subtitle = tuple(between) if len(between) <= _MOST_SUBTITLES else ()
    page += _half_title(sheet, furniture, title_words, stack[-1] + 1)
    made = tuple((i, maker) for i in page if i != title for maker in makers(sheet.texts[i]))
    taken = {title, author, *subtitle, *(i for i, _ in made)}
    return TitlePage(
        title=title,
        author=author,
        author_range=name_range(sheet.texts[author]) if author is not None else (0, 0),
        others=tuple(index for index in page if index not in taken),
        makers=made,
        subtitle=subtitle,
    )


def _displayed(sheet: Sheet, furniture: Mapping[int, str]) -> list[int]:
    """Give the short lines with which a manuscript begins, up to its first chapter or paragraph."""
    found: list[int] = []
    for index in range(len(sheet.texts)):
        if index in furniture:
            if found and furniture[index].startswith("Contents"):
                break
            continue
        heading = headings.parse(sheet.texts[index])
        chapter = (
            heading is not None
            and heading.form is not Form.NAMED
            and heading.components[0].kind is not DivisionKind.VOLUME
        )
        if len(found) >= _MOST_DISPLAYED or chapter or sheet.headed(index) or _is_prose(sheet, index):
            break
        found.append(index)
    return found


def _is_prose(sheet: Sheet, index: int) -> bool:
    """Tell a line of running text: a long one, or one that goes on in the next, which may end it."""
    length = len(sheet.texts[index]) if index < len(sheet.texts) else 0
    if not LONGEST_DISPLAYED // 2 < length <= LONGEST_DISPLAYED:
        return length > LONGEST_DISPLAYED
    below = "" if ends_at(sheet, index + 1) else sheet.texts[index + 1]
    return _goes_on(sheet, index) or (bool(SENTENCE_INSIDE.search(below)) and not names_makers(below))


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Tell whether the next line touches a line and goes on with it in small letters."""
    following = index + 1
    touches = following < len(sheet.texts) and sheet.lines[following].blanks_above == 0
    return touches and starts_small(sheet.texts[following])


def _mentions(text: str, known: tuple[str, str]) -> bool:
    words = words_folded(name_in(text))
    if len(words) < _LEAST_MENTION:
        return False
    return any(f" {words} " in f" {words_folded(name)} " for name in known)


def _after_names(sheet: Sheet, stack: list[int]) -> list[int]:
    """Give what follows the names on a title page, in capitals or two words: publisher, place, edition.

    Two words that touch a longer line, or address somebody, are the first of a dedication.
    """
    found: list[int] = []
    for index in stack:
        text = sheet.texts[index]
        below = "" if ends_at(sheet, index + 1) else sheet.texts[index + 1]
        two = max(len(text.split()), 0 if is_capitals(below) else len(below.split())) <= 2
        short = is_capitals(text) or two or _CREDITS.match(text)
        dedicates = words_folded(text).split(" ")[0] in ADDRESS_WORDS
        if headings.parse(text) or dedicates or not short or _goes_on(sheet, index):
            break
        found.append(index)
    following = found[-1] + 1 if found else 0
    prose = following < len(sheet.texts) and _is_prose(sheet, following)
    return [] if prose and following not in stack else found


def _half_title(sheet: Sheet, furniture: Mapping[int, str], title: str, start: int) -> list[int]:
    """Give the lines of a half title that stands between front matter and the first chapter."""
    found: list[int] = []
    for index in range(start, len(sheet.texts)):
        if index in furniture:
            continue
        text = sheet.texts[index]
        heading = headings.parse(text)
        if heading and heading.form is not Form.NAMED:
            return found
        if words_folded(text) == title and sheet.lines[index].blanks_above > 0:
            found = [index]
        elif found and (is_capitals(text) or len(text.split()) <= 2 or text.isdigit()):
            found.append(index)
        else:
            found = []
    return []


def _top(sheet: Sheet, furniture: Mapping[int, str]) -> list[int]:
    """Give the short lines with which the manuscript begins, up to its first heading or paragraph."""
    found: list[int] = []
    for index in range(len(sheet.texts)):
        if index in furniture:
            continue
        text = sheet.texts[index]
        # A note needs a text that holds it; the title in the metadata has no place for one.
        named = found and names_makers(text)
        headed = sheet.headed(index) and not named
        if len(found) >= _REACH or len(text) > _LONGEST or headed or NOTE_ON in text:
            break
        # "Introduction by Ada Marsh" has a text below it, or is a line of the title page.
        named = named and bool(makers(text)) and not _is_prose(sheet, index + 1)
        if headings.parse(text) and not named and (found or not _heads_the_book(sheet, index, furniture)):
            break
        found.append(index)
    return found


def _heads_the_book(sheet: Sheet, index: int, furniture: Mapping[int, str]) -> bool:
    """Tell whether a line that could be a heading is the title: printed again, or signed, directly below."""
    following = index + 1
    if following >= len(sheet.texts) or sheet.lines[following].blanks_above == 0:
        return False
    if _numbers_chapter(sheet.texts[index]):
        return False
    text = sheet.texts[following]
    repeated = words_folded(text) == words_folded(sheet.texts[index])
    return (
        repeated
        or by_line(text) is not None
        or (is_name(text) and authors.signed(sheet, following, furniture))
    )


def _numbers_chapter(text: str) -> bool:
    """Tell whether a line states the number of a chapter, as no title of a book does."""
    heading = headings.parse(text)
    last = heading.components[-1] if heading and heading.form is Form.LABELLED else None
    return last is not None and last.kind is DivisionKind.CHAPTER and bool(last.numbers)


def _title(sheet: Sheet, top: list[int], furniture: Mapping[int, str], known: str) -> int | None:
    if known:
        return next((index for index in top if words_folded(sheet.texts[index]) == words_folded(known)), None)
    for index in top[:1]:
        text = sheet.texts[index]
        below = len(top) > 1 and by_line(sheet.texts[top[1]])
        # "Tales by the Fire" is no name where the one who wrote them is named below.
        signed = SIGNED.match(text) and not below
        if is_ornament(text) or signed or _is_front_matter(text) or _is_prose(sheet, index):
            return None
        words = text[slice(*frontlines.title_range(text))]
        # A first sentence may be short, and what stands in brackets or italics no title; nobody signs these.
        set_so = text[:1] in {*_SET_SO} and not text.startswith("**")
        title = words if below or not (ends_full(unabbreviated(text)) or set_so) else text
        alone = index + 1 in furniture or ends_at(sheet, index + 1)
        repeated = index + 1 < len(sheet.texts) and words_folded(sheet.texts[index + 1]) == words_folded(text)
        titled = is_title_like(title, _LONGEST) or is_capitals(text)
        if (alone or repeated or len(top) > 1) and titled:
            return index
        sentence_case = (
            text[:1].isupper() and len(title) <= _LONGEST_SENTENCE_CASE and not ends_sentence(title)
        )
        if sentence_case and not _is_note(title) and (alone or authors.author_touches(sheet, index)):
            return index
    return None


def _is_note(text: str) -> bool:
    """Tell what an author writes to who reads the manuscript: several sentences, or one that greets."""
    greeted, comma, _ = text.partition(", ")
    return SENTENCE_INSIDE.search(text) is not None or (bool(comma) and letters.is_salutation(f"{greeted},"))


_SET_SO = f"([*{EMPHASIS_ON}"


def _is_front_matter(text: str) -> bool:
    """Tell the first line of another page, which says itself what it is, from a title."""
    return frontlines.is_stated(text) or frontlines.lists_other_books(text) or contents.is_name(text)


def _date(sheet: Sheet, furniture: Mapping[int, str]) -> int | None:
    return next(
        (index for index in sorted(furniture)[:8] if index < 12 and iso_date(sheet.texts[index])), None
    )
