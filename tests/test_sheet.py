"""The sheet says which lines concern a pass: too many perhaps, but never too few."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.draft import Draft, Line
from publish.normalize import links, listentries
from publish.normalize.lines import headings
from publish.normalize.sheet import Sheet, words_folded
from publish.normalize.sites import posts
from publish.source import Run

TEXTS = st.lists(
    st.text("aB éß’—İΣς12 \n\u2028.", min_size=1, max_size=8)
    | st.sampled_from(["Anna", "ANNA.", "“Anna”", "Anna 2", "Ànna", "* * *", "x" * 90]),
    min_size=1,
    max_size=12,
)


def sheet(*texts: str) -> Sheet:
    lines = tuple(Line(run=Run(text)) for text in texts)
    return Sheet(lines, texts, (0,) * len(lines), (Draft(source=0, lines=lines),))


@given(TEXTS, st.text("ab é12.", min_size=1, max_size=2).filter(lambda word: " " not in word))
def test_lines_that_hold_a_word_are_found(texts: list[str], word: str) -> None:
    holding = {index for index, text in enumerate(texts) if word in text.lower()}
    assert sheet(*texts).holding([word]) == holding


@given(TEXTS)
def test_lines_of_the_same_words_are_alike(texts: list[str]) -> None:
    found = sheet(*texts)
    for text in texts:
        same = {index for index, other in enumerate(texts) if words_folded(other) == words_folded(text)}
        assert same <= set(found.alike(words_folded(text)))


@given(TEXTS)
def test_what_comes_back_is_found(texts: list[str]) -> None:
    often = Counter(map(words_folded, texts))
    again = {index for index, text in enumerate(texts) if often[words_folded(text)] > 1}
    assert again <= set(sheet(*texts).coming_back(2, {}))


HEADED = st.lists(
    st.sampled_from(
        [
            "Chapter 1: The Rain", "CHAPTER XII. The Rain (continued)", "** Chapter 2 – Étude **", "3. 1984",
            "Part Two; Chapter 5 — “Rain”", "The Third Part: the rain", "[Chapter 6](#six) Rain", "- 7. Rain",
            "* Chapter 8", "Book One: 1805", "Prologue", "Kapitel 9: Übergänge", "Nine o’clock", "IV",
        ]
    ),
    max_size=9,
)  # fmt: skip


@given(TEXTS, HEADED)
def test_headings_are_among_the_lines_that_open_so(texts: list[str], headed: list[str]) -> None:
    lines = [*texts, *headed]
    assert {at for at, line in enumerate(lines) if headings.parse(line)} <= sheet(*lines).opening


@given(TEXTS, HEADED)
def test_titles_and_numbers_of_headings_are_found_where_they_stand_last(
    texts: list[str], headed: list[str]
) -> None:
    lines = [*texts, *headed]
    titles = listentries.Titles(sheet(*lines), longest=100)
    found = {key: at for at, line in enumerate(lines) if (key := listentries.title_of(line))}
    found |= {key: at for at, line in enumerate(lines) if (key := listentries.number_of(line))}
    assert {key: titles.last(key) for key in found} == found
    assert titles.end == max(found.values(), default=0)


@pytest.mark.parametrize(
    "text",
    [
        "5 min read",
        "Reading time: 12 minutes de lecture",
        "7 мин",
        "Photo by Jonas Weir",
        "PHOTOGRAPHS: Jonas Weir",
        "© 2021 Jonas Weir",
        "(c) Jonas Weir",
        "Fotografía: Jonas Weir",
        "Crédit : Jonas Weir",
        "The pier, photo by Jonas Weir",
        "Like · Comment · Share",
        "Share / Save / Print",
        "Posted on May 3, 1998",
        "Click to share on Twitter",
        "Share via WordPress.com",
    ],
)
def test_furniture_that_its_words_betray_is_looked_at(text: str) -> None:
    # One line alone may be told in a story; twice the same and it is furniture.
    assert posts.known(sheet("It rained.", text, "It rained.", text, "It rained.", text), ())


@pytest.mark.parametrize(
    "text", ["Next: Salt", "← Salt", "Salt →", "Vorheriger Beitrag: Salt", "[Salt](x) >>"]
)
def test_links_are_looked_at(text: str) -> None:
    assert 1 in sheet("It rained.", text).holding(links.HINTS)
