"""Numbers that may fall as time goes on turn no file round; parts with text of their own are turned whole."""

import pytest

from tests.test_inside import headings, made


@pytest.mark.parametrize(
    "countdown",
    [
        "T minus 3|T minus 2|T minus 1",
        "J-3|J-2|J-1",
        "Nine|Eight|Seven|Six|Five",
        "Forty|Thirty-One|Twelve|Seven",
        "5 Minutes to Midnight|4 Minutes to Midnight|3 Minutes to Midnight",
    ],
)
def test_numbers_that_may_measure_time_leave_the_order_open(countdown: str) -> None:
    book = made(countdown)
    assert book.order.uncertain
    assert [one.source_position for one in book.order.placements] == list(range(1, countdown.count("|") + 2))


@pytest.mark.parametrize(
    "chapters", ["Three|Two|One", "Chapter 9|Chapter 8|Chapter 7", "6. Rope|5. Tar|4. Ice"]
)
def test_numbers_that_count_chapters_turn_a_file_round(chapters: str) -> None:
    book = made(chapters)
    assert not book.order.uncertain
    assert [one.source_position for one in book.order.placements] == [3, 2, 1]


PARTS = ("Part One|Chapter 1|Chapter 2", "Part Two|Chapter 3|Chapter 4", "Part Three|Chapter 5|Chapter 6")


@pytest.mark.parametrize("levels", [False, True])
@pytest.mark.parametrize("turned", ["nothing", "parts", "chapters", "both"])
def test_a_part_with_a_text_of_its_own_stands_above_its_chapters(turned: str, levels: bool) -> None:
    parts = [part.split("|") for part in (PARTS[::-1] if turned in ("parts", "both") else PARTS)]
    if turned in ("chapters", "both"):
        parts = [[part, *chapters[::-1]] for part, *chapters in parts]
    lines = [("## " if "Chapter" in one else "# ") * levels + one for part in parts for one in part]
    book = made("|".join(lines), "barge.md" if levels else "barge.txt")
    assert headings(book) == "|".join(PARTS)
    assert not book.order.uncertain
