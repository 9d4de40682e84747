"""Putting chapters in order takes time in proportion to their number, in whatever disorder they are."""

import random
from collections.abc import Callable

import pytest

from publish.normalize.order import solve
from tests.reading import made_of
from tests.test_order import item
from tests.work import calls, is_linear

CHAPTERS = 1_000


def in_order(count: int) -> list[str]:
    return [f"Chapter {number}" for number in range(1, count + 1)]


def newest_first(count: int) -> list[str]:
    return in_order(count)[::-1]


def shuffled(count: int) -> list[str]:
    return random.Random(count).sample(in_order(count), count)


def parts(count: int) -> list[str]:
    """Parts of twenty chapters, the last part first; only its first chapter names a part."""
    book = []
    for part in range(count // 20, 0, -1):
        book += [f"Part {part}; Chapter 1", *(f"Chapter {number}" for number in range(2, 21))]
    return book


def restarts(count: int) -> list[str]:
    return [f"Chapter {number % 20 + 1}" for number in range(count)]


def titles(count: int) -> list[str]:
    return [f"The Tale of Number {number * 7919 % count}" for number in range(count)]


def anything(count: int) -> list[str]:
    dice = random.Random(count)
    return [f"Chapter {dice.randint(1, count)}" for _ in range(count)]


def among_titles(count: int) -> list[str]:
    return [heading if at % 3 else f"Tale {at}" for at, heading in enumerate(shuffled(count))]


@pytest.mark.parametrize(
    "disorder", [in_order, newest_first, shuffled, parts, restarts, titles, anything, among_titles]
)
def test_time_grows_with_the_number_of_chapters_and_no_faster(
    disorder: Callable[[int], list[str]],
) -> None:
    half = [item(heading) for heading in disorder(CHAPTERS // 2)]
    whole = [item(heading) for heading in disorder(CHAPTERS)]
    assert calls(lambda: solve(whole)) < 3 * calls(lambda: solve(half))


def test_what_is_told_of_each_chapter_takes_as_long_in_a_long_book() -> None:
    """Every second chapter is missing, and the last line of each could be a site's."""

    def told(count: int) -> int:
        dice = random.Random(count)
        words = iter(lambda: "".join(dice.choices("abdefgiklmnoprstu", k=6)), "")
        chapters = (
            f"Chapter {2 * at + 1}\n\nThe {next(words)} came to the {next(words)} and stayed all night.\n\n"
            f"Nobody {next(words)} saw the {next(words)}"
            for at in range(count)
        )
        made = made_of("\n\n".join(chapters), "gaps.txt")
        return sum(finding.code == "STR001" for finding in made.diagnostics)

    assert told(20) == 19
    assert is_linear(told, 150)
