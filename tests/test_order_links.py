"""Links between posts say which piece follows which."""

from collections.abc import Callable

import pytest

from publish.document import heading_text, walk_divisions
from publish.normalize.result import Normalized
from tests.test_undecided import TITLES, headings, made, prose, shuffled

Link = Callable[[str, str], str]


def plain(before: str, behind: str) -> str:
    return "\n\n".join(filter(None, [before and f"Previous: {before}", behind and f"Next: {behind}"]))


def arrows(before: str, behind: str) -> str:
    return " | ".join(filter(None, [before and f"← {before}", behind and f"{behind} →"]))


def markdown(before: str, behind: str) -> str:
    sides = [
        before and f"[« Previous Chapter: {before}](a.html)",
        behind and f"[Next Chapter: {behind} »](b.html)",
    ]
    return " ".join(filter(None, sides))


def german(before: str, behind: str) -> str:
    return " · ".join(filter(None, [before and f"Zurück: {before}", behind and f"Weiter: {behind}"]))


def forward(_: str, behind: str) -> str:
    return behind and f"Next: {behind}"


def posts(book: list[str], order: list[int], link: Link) -> str:
    """The posts of a book as they lie in the file, each with its links."""
    sides = ["", *book, ""]
    texts = [f"# {book[at]}\n\n{prose(at)}\n\n{link(sides[at], sides[at + 2])}" for at in order]
    return "\n\n".join(texts) + "\n"


def order_of(normalized: Normalized) -> list[str]:
    return [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]


@pytest.mark.parametrize("link", [plain, arrows, markdown, german, forward])
def test_titles_with_links(link: Link) -> None:
    for seed in range(4):
        book = TITLES[: 5 + seed]
        normalized = made(posts(book, shuffled(len(book), seed), link))
        assert headings(normalized) == book
        assert not normalized.order.uncertain


def test_links_without_titles_decide_nothing() -> None:
    normalized = made(posts(TITLES[:6], shuffled(6, 1), lambda *_: "← Previous Chapter | Next Chapter →"))
    assert normalized.order.uncertain


def test_links_name_numbered_chapters_by_their_labels() -> None:
    book = [f"Chapter {at + 1}: {title}" for at, title in enumerate(TITLES[:6])]

    def link(_: str, behind: str) -> str:
        return behind and f"Next: {behind.partition(':')[0]}"

    normalized = made(posts(book, shuffled(6, 2), link))
    assert (order_of(normalized), normalized.order.uncertain) == (book, False)


def test_links_and_numbers_that_contradict_each_other() -> None:
    book = [f"Chapter {number}" for number in (3, 1, 4, 2, 6, 5)]
    normalized = made(posts(book, shuffled(6, 3), plain))
    assert normalized.order.uncertain


def test_a_chain_with_a_missing_post_leaves_a_doubt() -> None:
    book = TITLES[:8]
    text = posts(book, shuffled(8, 5), forward)
    start = text.index(f"# {book[4]}")
    end = text.find("\n# ", start)
    normalized = made(text[:start] + (text[end + 1 :] if end > 0 else ""))
    assert normalized.order.uncertain
