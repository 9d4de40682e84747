"""A chapter that stands twice loses nothing but its second copy."""

from __future__ import annotations

from msgspec import structs

from publish.config import Config
from publish.document import block_prose, walk_divisions
from publish.normalize import normalize
from publish.normalize.order import solve
from tests.reading import read_one
from tests.test_order import item, order, story
from tests.test_undecided import prose

SPEECH = """Hamlet. Now the bells are ringing
And the heralds at the gate
Bring the colours and the trumpets
Of a king who comes too late
Let him enter and be welcome
Let him look upon the board

King. My words fly up, my thoughts remain below
Words without thoughts never to heaven go"""


def test_the_last_lines_of_a_copy_are_no_furniture() -> None:
    scenes = [
        (number, f"{prose(number)}\n\n{SPEECH if number == 3 else prose(number + 10)}")
        for number in range(1, 7)
    ]
    file = [*scenes[:3], scenes[2], *scenes[3:]]
    text = "\n\n\n".join(f"Scene {number}\n\n{body}" for number, body in file) + "\n"
    source, draft = read_one(text.encode(), "play.txt")
    normalized = normalize([draft], [source], Config())
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    words = " ".join(run.text for one in divisions for block in one.blocks for run in block_prose(block))
    assert all(" ".join(words.split()).count(line) == 1 for line in SPEECH.replace("\n\n", "\n").split("\n"))


def test_chapters_of_different_parts_are_no_copies() -> None:
    """The chapters of two volumes may read nearly alike: a refrain, a letter sent again."""
    for first, second in (
        ("Part 1; Chapter 2", "Part 2; Chapter 2"),
        ("Volume I, Chapter 2", "Volume II, Chapter 2"),
    ):
        twins = [item(first, text=story(1)), item(second, text=story(1, changed=2))]
        assert order(solve(twins)) == [0, 1]
    numbers = (1, 2, 3, 4)
    for file in ((*numbers, *numbers), (*numbers[::-1], *numbers[::-1])):
        volumes = [item(f"Chapter {n}", text=story(n, changed=9 * (at > 3))) for at, n in enumerate(file)]
        same = [
            structs.replace(one, fingerprint=volumes[at % 4].fingerprint) for at, one in enumerate(volumes)
        ]
        assert [len(solve(volumes).copies), len(solve(same).copies)] == [0, 4]
