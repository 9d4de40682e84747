"""Which files are meant: folders, patterns, standard input; and as what they are read."""

import io
import sys
from pathlib import Path

import pytest

from publish import build, markdown
from publish.cli import main
from publish.diagnostic import PublishError
from publish.document import Verse, heading_text

CHAPTERS = {
    "ch2.md": "# Chapter 2\n\nTwo.\n",
    "ch10.md": "# Chapter 10\n\nTen.\n",
    "ch1.md": "# Chapter 1\n\nOne.\n",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name, text in CHAPTERS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def names(folder: Path) -> list[str]:
    return [path.name for path in build.load([folder]).files]


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_a_pattern_that_no_shell_has_read_gives_files_in_their_order(book: Path) -> None:
    found = build.load([book / "ch*.md"])
    assert [path.name for path in found.files] == ["ch1.md", "ch2.md", "ch10.md"]
    with pytest.raises(PublishError, match="no file fits"):
        build.load([book / "part*.md"])


def test_book_toml_may_list_patterns(book: Path) -> None:
    (book / "end.txt").write_text("Epilogue\n\nGone.\n")
    (book / "book.toml").write_text('[manuscript]\nfiles = ["ch10.md", "ch*.md", "*.txt"]\n')
    assert names(book) == ["ch10.md", "ch1.md", "ch2.md", "end.txt"]
    (book / "book.toml").write_text('[manuscript]\nfiles = [\n  "ch1.md",\n  "no*.md"]\n')
    with pytest.raises(PublishError, match=r"book.toml:4:3: no file fits “no\*.md”"):
        build.load([book])


def test_the_one_folder_with_text_is_the_manuscript(tmp_path: Path) -> None:
    for part, chapter in (("1 Winter", "2 Snow"), ("1 Winter", "1 Ice"), ("2 Spring", "3 Rain")):
        (tmp_path / "Draft" / part).mkdir(parents=True, exist_ok=True)
        (tmp_path / "Draft" / part / f"{chapter}.md").write_text(f"# {chapter[2:]}\n\nIt was *cold*.\n")
    assert names(tmp_path) == ["1 Ice.md", "2 Snow.md", "3 Rain.md"]
    assert not build.load([tmp_path]).left_out


@pytest.mark.parametrize(("kind", "emphasis"), [("markdown", "*home*"), ("", "*home*"), ("text", "*home*")])
def test_standard_input(kind: str, emphasis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "# Chapter 1\n\nHe came *home* at\nlast.\n")
    made = build.assemble(build.load([Path("-")], kind))
    assert emphasis in markdown.write(made.book)
    assert {source.path for source in made.sources.values()} == {"<stdin>"}
    if kind != "text":
        assert [heading_text(division) for division in made.book.divisions] == ["Chapter 1"]


def test_standard_input_is_never_fixed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given(monkeypatch, 'He came "home".\n')
    assert main(["lint", "-", "--fix"]) == 2
    assert "cannot be fixed" in capsys.readouterr().err
    given(monkeypatch, 'He came "home".\n')
    assert main(["lint", "-", "--diff"]) == 1
    assert "+He came “home”." in capsys.readouterr().out


def test_a_kind_that_nobody_knows_is_told(book: Path) -> None:
    with pytest.raises(PublishError, match="“wordperfect” is no kind of manuscript"):
        build.load([book], "wordperfect")


def test_what_is_called_markdown_and_has_no_markup_is_plain_text(tmp_path: Path) -> None:
    """Its author knew nothing of Markdown, which would join the lines of the poem."""
    poem = "The ice is thin,\nthe ice is grey,\nno bird will sing\nfor us today.\n"
    text = f"Chapter 1\n\nIt was *cold* that day, and nobody came to the river.\n\n{poem}\nThen it rained.\n"
    (tmp_path / "book.md").write_text(text)
    (chapter,) = build.assemble(build.load([tmp_path])).book.divisions
    assert heading_text(chapter) == "Chapter 1"
    assert [type(block) for block in chapter.blocks].count(Verse) == 1
    (tmp_path / "book.md").write_text(text.replace("river.", "river.  \nIt was far."))
    (chapter,) = build.assemble(build.load([tmp_path])).book.divisions
    assert [type(block) for block in chapter.blocks].count(Verse) == 1
    (tmp_path / "book2.md").write_text("# Chapter 2\n\nIt rained.\n")
    chapters = build.assemble(build.load([tmp_path])).book.divisions
    assert not any(isinstance(block, Verse) for block in chapters[0].blocks)


def test_titles_above_several_texts_are_those_of_their_chapters(tmp_path: Path) -> None:
    head = '---\ntitle: "{}"\nauthor: Ada Marsh\ndate: 2021-03-0{}T10:00:00Z\n---\n\n'
    for number, (title, text) in enumerate(
        (("The Ferry", "It *rained*."), ("Snow", "# Snow\n\nIt snowed.")), 1
    ):
        (tmp_path / f"{number}.md").write_text(head.format(title, number) + text)
    (tmp_path / "0.md").write_text("---\ntitle: The Long Winter\nlanguage: en\n---\n")
    book = build.assemble(build.load([tmp_path])).book
    assert [heading_text(division) for division in book.divisions] == ["The Ferry", "Snow"]
    assert book.metadata.title.value == "The Long Winter"
    assert [creator.name.value for creator in book.metadata.creators] == ["Ada Marsh"]


def test_a_date_is_stated_as_stores_take_it(tmp_path: Path) -> None:
    story = tmp_path / "story.md"
    for written in ("2021-03-04T10:00:00+01:00", "March 4, 2021", "2021-03-04"):
        story.write_text(f"---\ntitle: Rain\ndate: {written}\n---\n\nIt rained.\n")
        date = build.assemble(build.load([story])).book.metadata.date
        assert date is not None
        assert date.value == "2021-03-04"
