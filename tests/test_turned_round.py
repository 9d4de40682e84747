"""Whatever their headings count in, chapters that stand newest first come out in order, each once."""

import pytest

from tests.reading import made_of

WORDS = (
    "The rain fell on the quay, and nobody came to the window.",
    "Old Marsh had gone down with a lantern.",
)
FORMS = """
    Chapter 1|Chapter 2|Chapter 3|Chapter 3 (continued)|Chapter 4
    Chapter One: Rain|Chapter Two: Mud|Chapter Two, cont.|Chapter Three: Ice|Chapter Four: Thaw
    Chapter 1|Chapter 2, Part 1|Chapter 2, Part 2|Chapter 3 pt. 1|Chapter 3 pt. 2
    Chapter 1|Chapter 2a|Chapter 2b|Chapter 3|Chapter 4
    Chapter 1|Chapter 2|Chapter 2½|Chapter 3|Chapter 4
    Chapter 1|Chapter 2 - 1/2|Chapter 2 - 2/2|Chapter 3|Chapter 4
    Chapitre 1|Chapitre 2|Chapitre 2 bis|Chapitre 3|Chapitre 4
    Глава 1|Глава 2|Глава 2. Продолжение|Глава 3|Глава 4
    Capítulo 1 (1ª parte)|Capítulo 1 (2ª parte)|Capítulo 2 (primera parte)|Capítulo 2 (2ª parte)|Capítulo 3
    S1E1: The Well|S1E2: The Rope|S1E3: The Bucket|S2E1: The Moon|S2E2: The Sun
    1x01 The Well|1x02 The Rope|1x03 The Bucket|2x01 The Moon|2x02 The Sun
    [1/5] The Well|[2/5] The Rope|[3/5] The Bucket|[4/5] The Moon|[5/5] The Sun
    🌙 Chapter 1|🌙 Chapter 2|🌙 Chapter 3|🌙 Chapter 4|🌙 Chapter 5
    Chapter 1 ★|Chapter 2 ★|Chapter 3 ★|Chapter 4 ★|Chapter 5 ★
    Chapter 1|Chaper 2|Chapter 3|Chpater 4|Chapter 5
    Chapter One|Chapter 2|Chapter III|4. The Moon|Chapter Five
    Chapter One|Chapter Tow|Chapter Three|Chapter Four|Chapter Five
    Erstes Kapitel|Zweites Kapitel|Drtites Kapitel|Viertes Kapitel|Fünftes Kapitel
    Chapters 1-3|Chapters 4, 5 & 6|Chapter 7|Chapter 8|Chapters 9 + 10
"""
WAYS = {"newest first": (4, 3, 2, 1, 0), "swapped": (0, 1, 3, 2, 4), "moved": (3, 0, 1, 2, 4)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS.strip().splitlines())
def test_chapters_come_in_order_in_whatever_form_they_count(form: str, way: str) -> None:
    chapters = [
        f"{heading}\n\n" + "\n\n".join(f"{at} {words}" for words in WORDS * 2)
        for at, heading in zip("VWXYZ", form.strip().split("|"), strict=True)
    ]
    made = made_of("\n\n".join(chapters[at] for at in WAYS[way]))
    firsts = [repr(division.blocks[0]) for division in made.book.divisions]
    assert [first[first.index("text='") + 6] for first in firsts] == [*"VWXYZ"]
    assert not made.order.uncertain
