"""What an entry of a contents list may head: its title without label, number, sign, link and page."""

import re

from publish.normalize import headings
from publish.normalize.labels import Form
from publish.normalize.sheet import words_folded
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
