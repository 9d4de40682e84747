"""A chapter that stands twice loses nothing but its second copy."""

from msgspec import structs

from publish.config import Config, OrderConfig
from publish.document import block_prose, heading_text, walk_divisions
from publish.normalize import normalize
from publish.normalize.order import solve
from tests.reading import made_of, read_one
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
    normalized = made_of(text, "play.txt")
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


STORY = "The carter waited at the gate until the rain was over and the road was white again."
ENDINGS = ("Nobody came to meet him in the end.", "His sister stood behind the gate all the while.")


def revised(first: str, second: str, *, copy: int = 0) -> tuple[list[tuple[str, str]], list[str]]:
    """Give headings and last paragraphs of a book whose second chapter stands twice, and what was told."""
    bodies = {1: prose(1), 2: f"{STORY}\n\n{prose(2)}", 3: prose(3)}
    parts = [(1, bodies[1]), (2, f"{bodies[2]}\n\n{first}"), (3, bodies[3]), (2, f"{bodies[2]}\n\n{second}")]
    text = "\n\n\n".join(f"Chapter {number}\n\n{body.rstrip()}" for number, body in parts) + "\n"
    source, draft = read_one(text.encode(), "book.txt")
    config = Config(order=OrderConfig(copies={"Chapter 2": copy} if copy else {}))
    normalized = normalize([draft], [source], config)
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    ends = [[run.text for run in block_prose(one.blocks[-1])][-1] for one in divisions]
    told = [one.message for one in normalized.diagnostics if one.code == "STR010"]
    return list(zip(map(heading_text, divisions), ends, strict=True)), told


def test_another_ending_belongs_to_its_copy() -> None:
    """Never to the chapter above which the second copy was pasted."""
    for copy in (0, 1, 2):
        found, told = revised(*ENDINGS, copy=copy)
        assert [heading for heading, _ in found] == ["Chapter 1", "Chapter 2", "Chapter 3"]
        assert found[1][1] == ENDINGS[1 if copy == 2 else 0]
        assert found[2][1] in prose(3)
        assert len(told) == 1
        assert "differ in 1 paragraph" in told[0]


def test_an_ending_that_one_copy_alone_has_stays_with_it_or_with_its_chapter() -> None:
    for first, second, copy, end in (
        ("", ENDINGS[1], 0, None),
        ("", ENDINGS[1], 2, ENDINGS[1]),
        (ENDINGS[0], "", 0, ENDINGS[0]),
        (ENDINGS[0], "", 2, None),
    ):
        found, told = revised(first, second, copy=copy)
        assert [heading for heading, _ in found] == ["Chapter 1", "Chapter 2", "Chapter 3"]
        assert found[1][1] == end if end else found[1][1] in prose(2)
        assert found[2][1] in prose(3)
        assert any((first or second)[:30] in message for message in told)


def test_it_is_said_which_copy_is_kept_and_where_they_differ() -> None:
    _, told = revised(f"{STORY} He sat down.", f"{STORY} He went home.")
    assert len(told) == 1
    assert "this copy is set aside, the other is kept" in told[0]
    assert "…" in told[0]
    assert "He sat down" in told[0]
    assert "He went home" in told[0]
