"""The lines of a title page, and which of them says who wrote the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from publish.normalize import contents, headings
from publish.normalize.almanac import iso_date
from publish.normalize.frontlines import BY_ALONE, SORT, by_line, is_labelled, names
from publish.normalize.labels import Form
from publish.normalize.posts import PAGE_HEAD
from publish.normalize.shape import ends_sentence, is_capitals, is_name, is_title_like
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.vocabulary import DEDICATES, IN_MEMORY

LONGEST_DISPLAYED = 80


class TitlePage(Struct, frozen=True):
    """Which lines hold which fact; all of them leave the text."""

    title: int | None = None
    author: int | None = None
    author_range: tuple[int, int] = (0, 0)
    """The name's place in its line."""
    repeated: tuple[int, ...] = ()
    """Lines that print the title again."""
    date: int | None = None
    others: tuple[int, ...] = ()
    """"by" on a line of its own, the publisher, a half title."""
    subtitle: tuple[int, ...] = ()

    def lines(self) -> set[int]:
        """Give every line of the title page."""
        found = {line for line in (self.title, self.author) if line is not None}
        return found | {*self.repeated, *self.others, *self.subtitle}

    def beside(self, lines: Iterable[int]) -> tuple[int, ...]:
        """Give those of some lines that do not say who wrote the book."""
        return tuple(index for index in lines if index != self.author and index not in self.others)

    def above(self, lines: Iterable[int]) -> tuple[int, ...]:
        """Give those that stand above the author; none where nobody is named."""
        author = -1 if self.author is None else self.author
        return tuple(index for index in self.beside(lines) if index < author)


def author(sheet: Sheet, rest: list[int], furniture: Mapping[int, str]) -> TitlePage:
    """Find who wrote the book among the lines below its title."""
    for place, index in enumerate(rest[:4]):
        text = sheet.texts[index]
        if match := by_line(text):
            return TitlePage(author=index, author_range=match.span("name"))
        if BY_ALONE.match(text) and place + 1 < len(rest):
            name = rest[place + 1]
            return TitlePage(author=name, author_range=(0, len(sheet.texts[name])), others=(index,))
    unsaid = _name_alone(sheet, rest)
    if unsaid is None and rest and is_name(sheet.texts[rest[0]]) and signed(sheet, rest[0], furniture):
        unsaid = rest[0]
    return TitlePage(author=unsaid, author_range=(0, 0 if unsaid is None else len(sheet.texts[unsaid])))


def named(sheet: Sheet, rest: list[int], furniture: Mapping[int, str]) -> TitlePage:
    """Give the author as `author` does, if all that the line names are names."""
    page = author(sheet, rest, furniture)
    said = "" if page.author is None else sheet.texts[page.author][slice(*page.author_range)]
    return page if all(map(is_name, names(said.title() if said.isupper() else said))) else TitlePage()


def _name_alone(sheet: Sheet, rest: list[int]) -> int | None:
    """Give the line of a name below the title, or below what sort of book it is, where nothing says "by".

    What follows must still be the book's front: a heading, or a short line that is no sentence.
    """
    place = 1 if rest and (SORT.match(sheet.texts[rest[0]]) or _is_subtitle(sheet, rest[0])) else 0
    if place >= len(rest) or not is_name(text := sheet.texts[rest[place]]) or IN_MEMORY.match(text):
        return None
    index = rest[place]
    following = index + 1
    if following >= len(sheet.texts) or not ends_at(sheet, following):
        return None
    touches = sheet.lines[index].blanks_above == 0 and len(sheet.texts[following]) > LONGEST_DISPLAYED
    return index if touches or _is_front(sheet, following) else None


def _is_subtitle(sheet: Sheet, index: int) -> bool:
    """Tell whether a line touches a title in capitals above it, and is none of a sentence or a dedication."""
    text = sheet.texts[index]
    if not index or stands_off(sheet, index) or not is_capitals(sheet.texts[index - 1]) or is_capitals(text):
        return False
    addressed = words_folded(text).split(" ")[0] in DEDICATES
    return not (addressed or ends_sentence(text) or text[-1] in ",;:" or iso_date(text) or is_name(text))


_LONGEST_FRONT = 60


def _is_front(sheet: Sheet, index: int) -> bool:
    """Tell a heading, or a short line that is no sentence and no speech."""
    text = sheet.texts[index]
    front = len(text) <= _LONGEST_FRONT and not ends_sentence(text) and text[:1] not in "“‘\"'«„"
    return front or headings.parse(text) is not None


def author_touches(sheet: Sheet, title: int) -> bool:
    """Tell whether a first line, whatever its words begin with, has its author right below it and no more.

    A name without "by" could also end an address, a dedication, a stanza or a saying: then text, a heading or
    one line by itself that is neither a sentence nor a date must follow, and no comma parts clauses above.
    """
    author, following = title + 1, title + 2
    if following >= len(sheet.texts) or not ends_at(sheet, following):
        return False
    text, below = sheet.texts[author], sheet.texts[following]
    if (match := by_line(text)) is not None:
        return is_name(match["name"].title() if match["name"].isupper() else match["name"])
    addressed = words_folded(sheet.texts[title]).split(" ")[0] in DEDICATES
    if not is_name(text) or text.endswith(",") or "," in sheet.texts[title] or addressed:
        return False
    if headings.parse(below) or contents.is_name(below) or len(below) > LONGEST_DISPLAYED:
        return True
    return _is_front(sheet, following) and not iso_date(below) and ends_at(sheet, following + 1)


def ends_at(sheet: Sheet, index: int) -> bool:
    """Tell whether what stands above a line is over: white space parts them, or the line is a heading.

    Headings one after the other are a list of contents.
    """
    if index >= len(sheet.texts) or stands_off(sheet, index):
        return True
    heading, following = headings.parse(sheet.texts[index]), index + 1
    if heading is None or heading.form is Form.NUMBERED or following >= len(sheet.texts):
        return False
    # What stands close below a label is its date, its title or its text.
    labelled = heading.form is Form.LABELLED
    apart = labelled or stands_off(sheet, following) or len(sheet.texts[following]) > LONGEST_DISPLAYED
    return apart and headings.parse(sheet.texts[following]) is None


def stands_off(sheet: Sheet, index: int) -> bool:
    """Tell whether white space or a page's end parts a line from the one above."""
    return sheet.lines[index].blanks_above > 0 or sheet.lines[index].page_break


def signed(sheet: Sheet, index: int, furniture: Mapping[int, str]) -> bool:
    """Tell whether a web page's date or reading time follows a name, or its head stood above the title."""
    if furniture.get(index - 2) == PAGE_HEAD:
        return True
    return index + 1 in furniture and (
        iso_date(sheet.texts[index + 1]) != "" or "min" in sheet.texts[index + 1]
    )


_LEAST_CHARACTER = 3
"""So often at least the text names somebody whom the title names."""
_BESIDE_NAMES = ".,;:!?…\"'“”‘’«»„()[]—–’s"


def above_title(sheet: Sheet, top: Sequence[int]) -> bool:
    """Tell whether the first line names the author and the second is the title, set off from it.

    "Jane Eyre" above "An Autobiography" is a title: the text speaks of its people again and again.
    """
    if len(top) < _LEAST_CHARACTER - 1 or top[1] != top[0] + 1 or not stands_off(sheet, top[1]):
        return False
    name, title = (sheet.texts[index] for index in top[:2])
    titled = (is_title_like(title, LONGEST_DISPLAYED) or is_capitals(title)) and not is_name(title)
    if (
        not titled
        or not is_name(name)
        or SORT.match(title)
        or by_line(title)
        or is_labelled(title)
        or not ends_at(sheet, top[1] + 1)
    ):
        return False
    last = name.split()[-1].lower()
    spoken = sum(count for word, count in sheet.words.items() if word.strip(_BESIDE_NAMES) == last)
    return 1 < len(name.split()) <= _MOST_NAMES and spoken <= _LEAST_CHARACTER


_MOST_NAMES = 4
