"""The lines of a title page, and which of them says who wrote the book."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.document import ROLES
from publish.normalize import contents
from publish.normalize.lines import bylines, headings
from publish.normalize.lines.bylines import (
    BY_ALONE,
    SORT,
    Maker,
    Place,
    by_line,
    is_labelled,
    name_range,
    names,
)
from publish.normalize.lines.labels import Form
from publish.normalize.lines.shape import ends_sentence, is_capitals, is_name, is_title_like
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites.pagelines import PAGE_HEAD
from publish.normalize.words.almanac import about, iso_date
from publish.normalize.words.vocabulary import ARTICLES, DEDICATES, IN_MEMORY, INDEFINITE

LONGEST_DISPLAYED = 80
_MOST_ABOVE = 3
"""Lines of a page below its title, the last of which may be its author's name."""


class TitlePage(Struct, frozen=True):
    """Which lines hold which fact; all of them leave the text."""

    title: int | None = None
    author: int | None = None
    author_range: tuple[int, int] = (0, 0)
    """The name's place in its line."""
    repeated: tuple[int, ...] = ()
    """Lines that print the title again."""
    date: int | None = None
    """The line of a site that says when a text was posted."""
    day: int | None = None
    """The line of the title page that says the day."""
    others: tuple[int, ...] = ()
    """"by" on a line of its own, the publisher, a half title."""
    subtitle: tuple[int, ...] = ()
    title_range: tuple[int, int] = (0, 0)
    """The title's place in a line that also says who wrote the book; nothing for another."""
    makers: tuple[tuple[int, Maker], ...] = ()
    """Lines that name more authors, or others who made the book, with whom they name."""
    asked: tuple[int, Place] | None = None
    """A line that stays and may name the author, and where in it."""

    def lines(self) -> set[int]:
        """Give every line of the title page."""
        found = {line for line in (self.title, self.author, self.day) if line is not None}
        return found | {*self.repeated, *self.others, *self.subtitle, *(line for line, _ in self.makers)}

    def beside(self, lines: Iterable[int]) -> tuple[int, ...]:
        """Give those of some lines that do not say who wrote the book."""
        said = {self.author, self.day, *self.others, *(line for line, _ in self.makers)}
        return tuple(index for index in lines if index not in said)

    def above(self, lines: Iterable[int]) -> tuple[int, ...]:
        """Give those that stand above the author; none where nobody is named."""
        author = -1 if self.author is None else self.author
        return tuple(index for index in self.beside(lines) if index < author)


def author(sheet: Sheet, rest: list[int], furniture: Mapping[int, str]) -> TitlePage:
    """Find who made the book among the lines below its title."""
    page = _author(sheet, rest, furniture)
    if page.author is None and page.asked is None:
        page = replace(page, asked=_asked(sheet, rest))
    author = -1 if page.author is None else page.author
    day = next((index for index in rest if index < author and about(sheet.texts[index])), page.day)
    return replace(page, makers=tuple(_makers(sheet, rest, page.author)), day=day)


def _author(sheet: Sheet, rest: list[int], furniture: Mapping[int, str]) -> TitlePage:
    for place, index in enumerate(rest[:4]):
        text = sheet.texts[index]
        if bylines.is_posted(text):
            return TitlePage(author=index, author_range=bylines.poster(text), day=index)
        if said := by_line(text):
            return TitlePage(author=index, author_range=said)
        if BY_ALONE.match(text) and place + 1 < len(rest):
            name = rest[place + 1]
            return TitlePage(author=name, author_range=name_range(sheet.texts[name]), others=(index,))
    unsaid = _name_alone(sheet, rest)
    if unsaid is None:
        named = (i for i in rest[:_MOST_ABOVE] if is_name(sheet.texts[i]) and signed(sheet, i, furniture))
        unsaid = next(named, None)
    return TitlePage(
        author=unsaid, author_range=(0, 0) if unsaid is None else name_range(sheet.texts[unsaid])
    )


def _makers(sheet: Sheet, rest: Sequence[int], author: int | None) -> Iterator[tuple[int, Maker]]:
    """Give who else is named, in the author's line, above it, or in the lines right below."""
    for index in rest:
        text = sheet.texts[index]
        more = bylines.one_more(text) if author is not None and index > author else None
        named = (Maker(ROLES["author"], more),) if more else bylines.makers(text)
        if author is None and not all(bylines.is_person(text[slice(*maker.place)]) for maker in named):
            return
        yield from ((index, maker) for maker in named)
        if not named and (author is None or index > author):
            return


def _asked(sheet: Sheet, rest: Sequence[int]) -> tuple[int, Place] | None:
    """Give a line right below the title, or below what sort of book it is, that may be the author's name."""
    for index in rest[: 1 + bool(rest and SORT.match(sheet.texts[rest[0]]))]:
        text = sheet.texts[index]
        whole = name_range(text)
        if place := bylines.may_name(text):
            return index, place
        if bylines.is_person(text[slice(*whole)]) and ends_at(sheet, index + 1) and not IN_MEMORY.match(text):
            return index, whole
    return None


def named(sheet: Sheet, rest: list[int], furniture: Mapping[int, str]) -> TitlePage:
    """Give the author as `author` does, if all that the line names are names."""
    page = author(sheet, rest, furniture)
    said = "" if page.author is None else sheet.texts[page.author][slice(*page.author_range)]
    if page.author is None:
        return TitlePage(makers=page.makers)
    return page if all(map(bylines.is_person, names(said))) else TitlePage()


def _name_alone(sheet: Sheet, rest: list[int]) -> int | None:
    """Give the line of a name below the title, or below what sort of book it is, where nothing says "by".

    What follows must still be the book's front: a heading, or a short line that is no sentence. Above text,
    and in capitals as titles have them, the name must be known as one.
    """
    below = 1 if rest and (SORT.match(sheet.texts[rest[0]]) or _is_subtitle(sheet, rest[0])) else 0
    if below >= len(rest) or IN_MEMORY.match(text := sheet.texts[rest[below]]):
        return None
    index, following = rest[below], rest[below] + 1
    place, made = name_range(text), bylines.makers(text)
    name = text[slice(*place)]
    # "Herausgegeben von Jana Pick" names its editor alone.
    within = any(place[0] <= maker.place[0] < place[1] for maker in made)
    if within or following >= len(sheet.texts) or not ends_at(sheet, following):
        return None
    if made and bylines.is_person(name):
        return index
    known = all(bylines.is_known_person(one) and is_unspoken(sheet, one) for one in names(name))
    if (known and _is_alone(sheet, index)) or bylines.is_nobody(name):
        return index
    touches = sheet.lines[index].blanks_above == 0 and len(sheet.texts[following]) > LONGEST_DISPLAYED
    return index if is_name(text) and (touches or _is_front(sheet, following)) else None


def is_unspoken(sheet: Sheet, name: str) -> bool:
    """Tell whether the text never speaks of somebody by one of their names; a note on the author has all."""
    words = {word.strip(_BESIDE_NAMES).lower() for word in name.split()}
    said = {word for word in words if len(word) >= _LEAST_SPOKEN}
    whole = sum(text.lower().count(name.lower()) for text in sheet.texts)
    often = Counter[str]()
    for word, count in sheet.words.items():
        if (plain := word.strip(_BESIDE_NAMES).lower()) in said:
            often[plain] += count
    return whole <= _MOST_SIGNATURES and all(count <= whole for count in often.values())


_LEAST_SPOKEN = 3
_MOST_SIGNATURES = 4
"""The title page, the rights, a note on the author, a name at the end."""


def _is_alone(sheet: Sheet, index: int) -> bool:
    """Tell whether no other line of the manuscript is somebody's name: such lines head pieces or speeches."""
    own = words_folded(sheet.texts[index])
    near = {index + 1}
    others = (at for at, text in enumerate(sheet.texts) if len(text) <= _LONGEST_NAME and at not in near)
    return not any(
        words_folded(sheet.texts[at]) != own and bylines.is_known_person(sheet.texts[at]) for at in others
    )


_LONGEST_NAME = 40


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

    Between them may stand what sort of book it is, which is enough by itself. A name without "by" could also
    end an address, a dedication, a stanza or a saying: then text, a heading or one line by itself that is
    neither a sentence nor a date must follow, and no comma parts clauses above.
    """
    sort = title + 1 < len(sheet.texts) and bylines.says_sort(sheet.texts[title + 1])
    author, following = title + 1 + sort, title + 2 + sort
    if sort and ends_at(sheet, author):
        return True
    if following >= len(sheet.texts) or not ends_at(sheet, following):
        return False
    text, below = sheet.texts[author], sheet.texts[following]
    if (said := by_line(text)) is not None:
        return bylines.is_person(text[slice(*said)])
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


def in_title(sheet: Sheet, title: int, page: TitlePage, stated: str) -> TitlePage:
    """Give the page with the author whom the line of the title names, if nothing else does.

    "La fille de Jean Mercier" is a title: "of" says "by" only of who signs once more, or is `stated`.
    """
    text = sheet.texts[title]
    if page.author is not None:
        return page
    for words, place in bylines.in_title(text):
        name = text[slice(*place)]
        again = words_folded(name) == words_folded(stated) or _signed_often(sheet, name)
        known = all(bylines.is_known_person(one) and is_unspoken(sheet, one) for one in names(name))
        if (known or again) and (again or not bylines.may_say_of(text, words[1])):
            return replace(page, author=title, author_range=place, title_range=words, asked=None)
        if page.asked is None and bylines.says_by(text, words[1]):
            page = replace(page, asked=(title, place))
    return page


def _signed_often(sheet: Sheet, name: str) -> bool:
    """Tell whether the text never speaks of somebody, but has the whole name once more."""
    return is_unspoken(sheet, name) and sum(name.lower() in text.lower() for text in sheet.texts) > 1


_LEAST_CHARACTER = 3
"""So often at least the text names somebody whom the title names."""
_BESIDE_NAMES = ".,;:!?…\"'“”‘’«»„()[]—–’s"


def _opens_diary(sheet: Sheet, text: str) -> bool:
    """Tell the day, month or year of a first entry from a title, which has no fellows: "1984"."""
    days = sheet.numbered if about(text) else ()
    return sum(about(sheet.texts[index]) != "" for index in days) >= _LEAST_DAYS


_LEAST_DAYS = 3


def above_title(sheet: Sheet, top: Sequence[int]) -> bool:
    """Tell whether the first line names the author and the second is the title, set off from it.

    "Jane Eyre" above "An Autobiography" is a title: the text speaks of its people again and again.
    """
    if len(top) < _LEAST_CHARACTER - 1 or top[1] != top[0] + 1 or not stands_off(sheet, top[1]):
        return False
    opens = words_folded(sheet.texts[top[0]]).split(" ")[0]
    if opens in ARTICLES or any(bylines.names_makers(sheet.texts[index]) for index in top[1:4]):
        return False
    name, title = (sheet.texts[index] for index in top[:2])
    name = name.removesuffix(":")
    # In most languages titles have small letters, as what stands below a title has: "An autobiography".
    subtitles = words_folded(title).split(" ")[0] in INDEFINITE
    known = not subtitles and bylines.is_known_person(name) and is_unspoken(sheet, name)
    plain = known and len(title) <= LONGEST_DISPLAYED and title[0].isupper() and not ends_sentence(title)
    titled = (plain or is_title_like(title, LONGEST_DISPLAYED) or is_capitals(title)) and not is_name(title)
    if (
        not titled
        or not (is_name(name) or bylines.is_known_person(name))
        or SORT.match(title)
        or by_line(title)
        or is_labelled(title)
        or _opens_diary(sheet, title)
        or not ends_at(sheet, top[1] + 1)
    ):
        return False
    if bylines.is_known_person(title[slice(*name_range(title))]) and not bylines.is_known_person(name):
        return False
    last = name.split()[-1].lower()
    spoken = sum(count for word, count in sheet.words.items() if word.strip(_BESIDE_NAMES) == last)
    return 1 < len(name.split()) <= _MOST_NAMES and spoken <= _LEAST_CHARACTER


_MOST_NAMES = 4
