"""Lines of Markdown that were ended by Enter alone stay lines where the file does not wrap its prose."""

import textwrap

import pytest

from publish import markdown
from tests.reading import made_of, read_one

LONG = (
    "Hester had counted the barrels twice before the carter came, and when he came she counted them again, "
    "since nobody on the whole of that coast could be trusted with brine."
)
OTHER = (
    "He laughed at her for it, as he did every spring, and then he took the reins and drove down to the quay "
    "without so much as looking back at the pans."
)
SONG = "Salt in the morning, salt in the stew,\nSalt on the road where the horses flew,\nSalt for the wean."
HAIKU = "the pans are cold\nand the gulls go over\nwithout a word"
TALK = "“You are late.”\n“The road was shut.”\n“It was open.”"


def written(text: str) -> str:
    return markdown.write(made_of(text, "a.md").book)


def told(text: str) -> list[str]:
    return [item.message.partition(";")[0] for item in read_one(text.encode(), "a.md")[1].findings]


def amid(passage: str, *, width: int = 0) -> str:
    prose = [textwrap.fill(text, width) if width else text for text in (LONG, OTHER)]
    return f"{prose[0]}\n\n{passage}\n\n{prose[1]}\n"


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.split("\n"))


@pytest.mark.parametrize(
    ("passage", "kept"),
    [
        (SONG, f"::: verse\n{SONG}\n:::"),
        (SONG.replace("\n", "\r"), f"::: verse\n{SONG}\n:::"),
        (SONG.replace("\n", " \n"), f"::: verse\n{SONG}\n:::"),
        (quoted(SONG), "::: quotation\n" + SONG.replace("\n", "\\\n")),
        (quoted("Salt on the sill,\nSalt on the stair"), "Salt on the sill,\\\nSalt on the stair"),
        (
            f"Dear Giles,\n\n{OTHER}\n\n*Your loving sister,*\n*Hester*",
            "*Your loving sister,*\n\n*Hester*\n:::",
        ),
        ("12 Pan Lane\nOld Quay\nLowmouth", "::: verse\n12 Pan Lane\nOld Quay\nLowmouth"),
    ],
)
def test_lines_stay_and_a_finding_says_so(passage: str, kept: str) -> None:
    text = amid(passage).replace("\n", "\r") if "\r" in passage else amid(passage)
    assert kept in written(text)
    assert told(text) == ["Short lines are kept as typed"]
    again = written(text)
    assert written(again) == again
    assert told(again) == []


def test_a_short_file_needs_lines_that_no_margin_ends() -> None:
    file = "# Salt\n\nby Ada Marsh\n\n## One\n\nShe sang:\n\n{}\n\nHe left.\n"
    ragged = f"Salt in the sea,\n{SONG}"
    assert f"::: verse\n{ragged}\n:::" in written(file.format(ragged))
    assert SONG.replace("\n", " ") in written(file.format(SONG))


@pytest.mark.parametrize("passage", [HAIKU, TALK, SONG.replace("\nSalt", "\nsalt")])
def test_lines_in_doubt_are_joined_and_a_finding_says_so(passage: str) -> None:
    assert passage.replace("\n", " ") in written(amid(passage))
    assert told(amid(passage)) == ["Short lines are joined, as Markdown says"]


@pytest.mark.parametrize("width", [45, 60, 72, 80])
@pytest.mark.parametrize("passage", [SONG, quoted(SONG), HAIKU])
def test_a_file_that_wraps_its_prose_keeps_none(passage: str, width: int) -> None:
    text = amid(passage, width=width)
    assert passage.replace("\n> ", " ").replace("\n", " ").strip("> ") in written(text)
    assert told(text) == []


@pytest.mark.parametrize("stated", ["\\\n", "  \n"])
def test_ends_that_are_stated_are_told_by_nothing(stated: str) -> None:
    text = amid(SONG.replace("\n", stated))
    assert f"::: verse\n{SONG}\n:::" in written(text)
    assert told(text) == []


LINED = [
    f"{LONG} {OTHER}",
    "“You are late,” said the carter.",
    f"“The road was shut. {OTHER}",
    OTHER,
    f"She went in. {LONG}",
]


@pytest.mark.parametrize("between", ["\n", "\n\n# Two\n\n", "\n\n***\n\n"])
def test_lines_that_nothing_parts_and_that_hold_several_sentences_are_paragraphs(between: str) -> None:
    text = "# One\n\n" + between.join("\n".join(LINED) for _ in range(2)) + "\n"
    assert all(f"\n\n{line}\n" in written(text) for line in LINED)
    assert [
        finding.message.partition(";")[0]
        for finding in made_of(text, "a.md").diagnostics
        if finding.code == "STR042"
    ] == ["Each line is a paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{OTHER} {LONG}".split(". ")) + "\n\n" + "\n".join([LONG, OTHER, LONG, OTHER]),
        textwrap.fill(" ".join(LINED * 3), 80),
        "\n".join([LONG, OTHER] * 4),
    ],
)
def test_lines_that_hold_a_sentence_each_or_that_a_margin_ends_are_no_paragraphs(text: str) -> None:
    assert "Each line" not in str(made_of(f"# One\n\n{text}\n", "a.md").diagnostics)
