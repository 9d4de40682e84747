"""What the author decides in book.toml is done; what has no place any more is said, with its line."""

from pathlib import Path

import pytest

from publish import build, lint, markdown
from publish.diagnostic import PublishError
from publish.normalize.result import Normalized

STORY = """\
The Ferry

Chapter 1

Nobody spoke -- not one -- until the rope was made fast on the bank.

The Long Way Home
The first ferry lay on the near bank all winter, and nobody asked for it.

She woke at noon. It was late, and the rope was wet from the night.

Chapter 2

He came at last, and the river was wide and cold under the two bridges.


It was dark. Nobody came for a very long time, and then they all came.

Chapter 3

He went at last, and the river was wide and cold under the two bridges.

* * *

It was dark. Nobody went for a very long time, and then they all went.

Join my circle
"""


def made(folder: Path, toml: str, story: str = STORY, name: str = "story.txt") -> Normalized:
    (folder / name).write_text(story, "utf-8")
    (folder / "book.toml").write_text(toml, "utf-8")
    return build.assemble(build.load([folder]))


def decided(folder: Path, text: str, what: str, **facts: str) -> str:
    entry = f'[[decide]]\ntext = "{text}"\nis = "{what}"\n'
    normalized = made(folder, entry, **facts)
    assert not normalized.unplaced
    return markdown.write(normalized.book).split("---\n", 2)[2]


def test_a_line_is_a_heading(tmp_path: Path) -> None:
    assert "\n# The Long Way Home {kind=interlude}\n\nThe first" in decided(
        tmp_path, "The Long Way Home", "interlude"
    )
    assert "\n# The Long Way Home\n\nThe first" in decided(tmp_path, "The Long Way Home", "chapter")


def test_a_line_is_no_heading(tmp_path: Path) -> None:
    assert "\n\nChapter 2\n\n" in decided(tmp_path, "Chapter 2", "text")


def test_a_line_is_furniture(tmp_path: Path) -> None:
    assert "Join my circle" not in decided(tmp_path, "Join my circle", "furniture")


def test_a_line_of_the_title_page_or_of_furniture_is_text(tmp_path: Path) -> None:
    story = STORY.replace("Join my circle", "5 min read")
    assert "5 min read" in decided(tmp_path, "5 min read", "text", story=story)
    assert "The Ferry\n" in decided(tmp_path, "The Ferry", "text")


def test_a_scene_begins(tmp_path: Path) -> None:
    assert "* * * {.blank}\n\nShe woke" in decided(tmp_path, "She woke at noon", "new scene")


def test_no_scene_begins(tmp_path: Path) -> None:
    story = "".join(f"It was dark on day {n}. Nobody came for a very long time.\n\n" for n in range(9))
    story = story.replace("It was dark on day 5", "\n\nIt was dark on day 5")
    assert "{.blank}\n\nIt was dark on day 5." in markdown.write(made(tmp_path, "", story).book)
    assert "{.blank}" not in decided(tmp_path, "It was dark on day 5", "same scene", story=story)
    text = decided(tmp_path, "It was dark. Nobody went", "same scene")
    assert "\\* \\* \\*\n\nIt was dark. Nobody went" in text


def test_words_that_go_on_beyond_the_line_tell_equal_lines_apart(tmp_path: Path) -> None:
    story = STORY.replace("Chapter 3", "Chapter 2")
    text = decided(tmp_path, "Chapter 2 He went", "text", story=story)
    assert text.count("# Chapter 2") == 1
    assert "Chapter 2\n\nHe went" in text.replace("# Chapter 2", "#")


@pytest.mark.parametrize(
    ("text", "what", "shown"),
    [
        ("She woke at noon", "new scene", "rope.\n\n* * * {.blank}\n\nShe woke"),
        ("She woke at noon. It was late.", "chapter", "# She woke at noon. It was late.\n"),
        ("Chapter 2", "text", "\n\nChapter 2\n\n"),
        ("It was dark.", "same scene", "end.\n\n\\* \\* \\*\n\nIt was dark."),
    ],
)
def test_markup_is_overruled(tmp_path: Path, text: str, what: str, shown: str) -> None:
    story = (
        "# Chapter 1\n\nThe rope.\n\nShe woke at noon. It was late.\n\n# Chapter 2\n\nThe end.\n\n* * *\n\n"
        "It was dark.\n"
    )
    assert shown in decided(tmp_path, text, what, story=story, name="story.md")


def test_what_has_no_place_is_told_with_its_line(tmp_path: Path) -> None:
    toml = (
        '[order]\nsequence = [\n    "Chapter 1",\n    "Chapter 7",\n]\n\n[order.copies]\n"Chapter 3" = 2\n\n'
        '[[refuse]]\nrule = "DSH001"\ntext = "spoke -- not two"\n\n[[decide]]\ntext = "Chapter 9"\n'
        'is = "chapter"\n'
    )
    normalized = made(tmp_path, toml)
    settings = normalized.settings
    assert settings
    findings = lint.findings(normalized, build.load([tmp_path]).config, select=["CFG001"])
    lines = toml.splitlines()
    told = {lines[settings.locate(item.span.start).line - 1].strip() for item in findings}
    assert told == {'"Chapter 7",', '"Chapter 3" = 2', 'text = "spoke -- not two"', 'text = "Chapter 9"'}


def test_a_copy_that_there_is_not_is_told(tmp_path: Path) -> None:
    again = STORY + "\n\nChapter 3\n\n" + STORY.split("Chapter 3\n\n")[1]
    normalized = made(tmp_path, '[order.copies]\n"Chapter 3" = 5\n', story=again)
    assert [item.message for item in normalized.unplaced] == [
        "“Chapter 3” stands 2 times; there is no copy 5."
    ]


def test_the_lines_that_a_finding_gives_settle_it(tmp_path: Path) -> None:
    story = "The Ferry\n\nChapter 2\n\nNobody spoke.\n\nChapter 1\n\nThe rope was fast.\n\nChapter 3\n"
    config = ""
    for code in ("STR003", "STR007"):
        normalized = made(tmp_path, config, story=story)
        [finding] = [item for item in normalized.diagnostics if item.code == code]
        config += f"{finding.paste}\n"
    normalized = made(tmp_path, config, story=story)
    assert not {"STR003", "STR007"} & {item.code for item in normalized.diagnostics}
    assert not normalized.unplaced


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        (
            '[[decide]]\ntext = "x"\nis = "chaptre"',
            "3:1: “chaptre” is nothing that a line can be.",
            "Did you mean “chapter”?",
        ),
        ('[[decide]]\ntext = " "\nis = "text"', "2:1: “text” is empty.", "Quote the line that is meant."),
        ('[[decide]]\nis = "text"', "1:1: this entry of [[decide]] lacks “text”.", 'Add text = "…".'),
    ],
)
def test_a_decision_that_says_nothing_is_refused(tmp_path: Path, toml: str, message: str, hint: str) -> None:
    with pytest.raises(PublishError) as error:
        made(tmp_path, toml)
    assert error.value.message.endswith(message)
    assert error.value.hint == hint


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[pdf]\ntrim = "big"', "2:1: “big” is not a trim size."),
        ('[pdf]\nstyle = "x"', "2:1: There is no house style “x”."),
        ('[epub]\nstyle = "x"', "2:1: There is no house style “x”."),
        ('[epub]\ncover = "story.txt"', "2:1: "),
        ('[epub]\ncover = "none.jpg"', "2:1: there is no picture “none.jpg”."),
    ],
)
def test_settings_of_the_editions_are_checked_before_any_is_made(
    tmp_path: Path, toml: str, message: str
) -> None:
    made(tmp_path, toml)
    with pytest.raises(PublishError) as error:
        build.check_settings(build.load([tmp_path]))
    assert message in error.value.message
    assert str(tmp_path / "book.toml") in error.value.message
