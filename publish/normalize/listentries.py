"""What an entry of a contents list may head: its title without label, number, sign, link and page."""

import re
from collections import defaultdict
from functools import cached_property

from publish.normalize.lines import headings
from publish.normalize.lines.labels import Form
from publish.normalize.sheet import Sheet, letters_of, words_folded
from publish.patterns import lazily

_LEADER = lazily(r"^(?P<title>.*?\w.*?)(?:\s*[.·…_ ]{3,}\s*|\s{2,}|\t+)(?P<page>\d{1,4}|[ivxlc]{1,7})$")
_LAST_OF_PAGE = "ivxlc"
TARGET = re.compile(r"\]\([^)\s]*\)")
COUNT = lazily(r"^\W*(?:\d{1,3}|[ivxlcIVXLC]{1,7})[.)]\s+(?=\S)")
_SIGN = lazily(r"^[*•·–—-][ \t]+(?=\S)")
_PAGE = lazily(r"(?:[\s,(]+(?:p\.?\s?|pp\.?\s?|s\.?\s?)?\d{1,4}\)?)\Z", re.IGNORECASE)
_FIRST_PAGE = lazily(r"^\d{1,4}\s+(?=\S)")


def without_page(text: str) -> str:
    """Give an entry without the page that dots, a tab or wide space part from it."""
    match = leader_of(text)
    return match.group("title").strip(" .") if match else text


def leader_of(text: str) -> re.Match[str] | None:
    """Read an entry that ends in a page: its title and its page."""
    last = text[-1:]
    return _LEADER.match(text) if last.isdigit() or last in _LAST_OF_PAGE else None


def uncounted(text: str) -> str:
    """Give an entry folded, without the number that counts it in the list."""
    return words_folded(COUNT.sub("", text))


def keys_of(text: str) -> list[str]:
    """Give what an entry may head, folded: all of it, or its title without label, sign, link and page."""
    forms = dict.fromkeys(forms_of(text))
    keys = [read(form) for read in (words_folded, uncounted, title_of) for form in forms]
    return [key for key in dict.fromkeys(keys) if key]


def forms_of(text: str) -> list[str]:
    """Give an entry without its sign and link, and its title without the page."""
    bare = _SIGN.sub("", TARGET.sub("] ", text)).strip()
    numbered = (heading := headings.parse(bare)) and heading.components[-1].title is None
    return [bare, without_page(bare), *(() if numbered else (_PAGE.sub("", bare), _FIRST_PAGE.sub("", bare)))]


def title_of(text: str) -> str:
    """Give the title in a heading that has a label or a number, too."""
    heading = headings.parse(text)
    title = heading.components[-1].title if heading and heading.form is not Form.NAMED else None
    return words_folded(text[slice(*title)]) if title else ""


def number_of(text: str) -> str:
    """Give the number that a heading has, with a sign that no folded words have."""
    heading = headings.parse(_SIGN.sub("", TARGET.sub("] ", text)).lstrip("["))
    numbers = heading.components[-1].numbers if heading else ()
    return f"#{numbers[0]}" if len(numbers) == 1 else ""


_BEFORE_NUMBER = "*•·–—-["
"""What `number_of` leaves out of a line, which may then begin like a heading, as it does links."""
_LAST_LETTERS = 4


class Titles:
    """The titles and the numbers of headings with the last line that has each.

    A title ends its line: of a long text only the lines that end as one does are read.
    """

    def __init__(self, sheet: Sheet, longest: int) -> None:
        """Prepare for a manuscript; longer lines are no headings."""
        self._sheet = sheet
        self._short = [index for index in sorted(sheet.opening) if len(sheet.texts[index]) <= longest]
        self._longest = longest
        self._titles: dict[str, dict[str, int]] = {}

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        ends = defaultdict[str, list[int]](list)
        for index in self._short:
            ends[self._sheet.letters[index][-_LAST_LETTERS:]].append(index)
        return ends

    @cached_property
    def _all(self) -> list[int]:
        texts = ((i, text) for i, text in enumerate(self._sheet.texts) if len(text) <= self._longest)
        linked = (i for i, text in texts if text[:1] in _BEFORE_NUMBER or "](" in text)
        return sorted({*self._short, *linked})

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: index for index in self._all if (key := number_of(self._sheet.texts[index]))}

    @cached_property
    def end(self) -> int:
        """The last line that has a title or a number; 0 where none has."""
        texts = ((index, self._sheet.texts[index]) for index in reversed(self._all))
        return next((index for index, text in texts if title_of(text) or number_of(text)), 0)

    def last(self, key: str) -> int:
        """Give the last line that has some folded words, or a number, to itself; -1 where none has."""
        if key[:1] == "#":
            return self._numbers.get(key, -1)
        own = letters_of(key)
        if own not in self._titles:
            self._titles[own] = {
                title: i for i in self._ending(own) if (title := title_of(self._sheet.texts[i]))
            }
        return self._titles[own].get(key, -1)

    def _ending(self, own: str) -> list[int]:
        """Give the lines that end in some letters; with none they hold a figure."""
        rows = self._ends.get(own[-_LAST_LETTERS:], []) if len(own) >= _LAST_LETTERS else self._short
        figures = {*self._sheet.numbered} if not own else ()
        return [i for i in rows if self._sheet.letters[i].endswith(own) and (own or i in figures)]
