"""Every word that CommonMark prints is in the book: held against another program that reads Markdown."""

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt

from publish import readers
from publish.draft import ASIDE, BREAK, LANGUAGE_ON, MARKS, PAGE_SIGNS, PART
from tests import ROOT

CASES = (ROOT / "tests" / "commonmark.txt").read_text(encoding="utf-8").rstrip("\n").split("\n%%\n")
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-z][a-z0-9]*)[^>]*>")
_WITHIN = ("a", "code", "em", "s", "strong")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def printed(text: str) -> list[str]:
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    return words(unescape(_TAG.sub(lambda tag: "" if tag["name"] in _WITHIN else " ", page)))


def read(text: str) -> list[str]:
    (draft,) = readers.read(text.encode(), "book.md").drafts
    said = " ".join(line.run.text for line in draft.lines)
    said = re.sub(f"{LANGUAGE_ON}[{PAGE_SIGNS}]*|{ASIDE}[^{ASIDE}]*{ASIDE}", "", said)
    said = re.sub(f"[{BREAK}{PART}]", " ", said)
    return words(unescape(re.sub(f"[{MARKS}]", "", said)))


@pytest.mark.parametrize("text", CASES)
def test_no_word_is_lost_or_moved(text: str) -> None:
    left = iter(read(text))
    assert all(word in left for word in printed(text)), (printed(text), read(text))


def test_little_more_is_printed_than_commonmark_prints() -> None:
    more = [len(read(text)) - len(printed(text)) for text in CASES]
    assert sum(size > 0 for size in more) <= 3
