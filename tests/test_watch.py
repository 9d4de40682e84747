"""A book is made again whenever its files are saved, and shows at every moment what the manuscript says."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from publish import build
from publish.config import Format
from publish.document import Book, same
from publish.edition_commands import Wish, watched
from tests.corpus import pixel
from tests.novel import WORDS

HEAD = "---\ntitle: The House\nauthor: Ada Quill\nlanguage: en\n---\n\n"
TEXT = HEAD + "".join(f"# Chapter {n}\n\n{WORDS}\n\nHe “knew” it. {WORDS}\n\n{WORDS}\n\n" for n in (1, 2, 3))
SPOT = TEXT.index("shutters", len(TEXT) // 2)
QUIET = 12
"""More looks than it takes until a correction is confirmed."""


def saved(path: Path, texts: list[str], quiet: int = 0) -> Iterator[None]:
    """Save one text before each look."""
    for text in texts:
        path.write_text(text, "utf-8")
        yield None
    for _ in range(quiet):
        yield None


def watching(tmp_path: Path, texts: list[str], quiet: int = 0, *formats: Format) -> tuple[list[str], Path]:
    manuscript, folder = tmp_path / "house.md", tmp_path / "made"
    manuscript.write_text(TEXT, "utf-8")
    looks = saved(manuscript, texts, quiet)
    done = watched([manuscript], formats or (Format.EPUB, Format.PDF), Wish(folder=folder), looks)
    return [what for what in done if what], folder


def fresh(tmp_path: Path, text: str, kind: Format) -> bytes:
    path = tmp_path / "house.md"
    assert path.read_text("utf-8") == text
    manuscript = build.load([path])
    formats = (Format.EPUB, Format.PDF)
    book = build.assemble(manuscript).book
    return build.editions(book, manuscript, formats, progress=lambda _: None)[kind].read()


def edited(old: str, new: str) -> str:
    return TEXT[:SPOT] + TEXT[SPOT:].replace(old, new, 1)


WORDS_ALONE = [
    edited("shutters knocking", "green shutters knocking"),
    edited("shutters knocking", "knocking"),
    edited("shutters", "windows"),
    edited("shutters", "shutters, the boards,"),
]
MORE = {
    "a new paragraph": edited("shutters", "shutters.\n\nAnd then they"),
    "a quotation": edited("shutters", "“shutters”"),
    "a number": edited("shutters", "7 shutters"),
    "a dash": edited("shutters knocking", "shutters--knocking"),
    "markup": edited("shutters", "*shutters*"),
    "a heading": TEXT.replace("# Chapter 3", "# Chapter Three"),
    "two places": edited("shutters", "windows").replace("The gentlemen", "The ladies", 1),
}


@pytest.mark.parametrize("text", WORDS_ALONE)
def test_a_correction_gives_the_editions_that_the_whole_manuscript_gives(tmp_path: Path, text: str) -> None:
    done, folder = watching(tmp_path, [text])
    assert done == ["corrected"]
    for kind in (Format.EPUB, Format.PDF):
        assert (folder / f"the-house.{kind}").read_bytes() == fresh(tmp_path, text, kind)


def test_corrections_follow_each_other_and_are_confirmed(tmp_path: Path) -> None:
    done, _ = watching(tmp_path, WORDS_ALONE, QUIET, Format.PDF)
    assert done == ["corrected"] * len(WORDS_ALONE) + ["confirmed"]
    again, _ = watching(tmp_path, [WORDS_ALONE[0], *MORE.values()], QUIET, Format.PDF)
    assert again == ["corrected", *["made"] * len(MORE)]


@pytest.mark.parametrize("text", MORE.values(), ids=MORE)
def test_what_is_more_than_words_is_read_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "house.md"
    path.write_text(TEXT, "utf-8")
    manuscript = build.load([path])
    book = build.assemble(manuscript).book
    path.write_text(text, "utf-8")
    assert build.corrected(manuscript, book) is None


def test_a_corrected_book_is_told_from_another(tmp_path: Path) -> None:
    def made(text: str) -> Book:
        path = tmp_path / "house.md"
        path.write_text(text, "utf-8")
        return build.assemble(build.load([path])).book

    whole = made(TEXT)
    assert same(whole, made(TEXT + "\n"))
    for text in (*WORDS_ALONE, *MORE.values(), HEAD + "Nothing but this.\n"):
        assert not same(whole, made(text))


def test_what_cannot_be_made_leaves_the_last_good_editions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = watching(tmp_path, [])[1]
    before = {path.name: path.read_bytes() for path in whole.iterdir()}
    done, folder = watching(tmp_path, [""])
    assert done == ["failed"]
    assert "the file is empty" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()}.keys() == before.keys()
    done, _ = watching(tmp_path, ["", WORDS_ALONE[0]])
    assert done == ["failed", "corrected"]


def test_a_file_that_is_gone_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    manuscript = tmp_path / "house.md"
    manuscript.write_text(TEXT, "utf-8")

    def looks(save: Callable[[str], object]) -> Iterator[None]:
        manuscript.unlink()
        yield None
        save(WORDS_ALONE[0])
        yield None

    moments = looks(lambda text: manuscript.write_text(text, "utf-8"))
    wish = Wish(folder=tmp_path / "made")
    assert list(watched([manuscript], [Format.EPUB], wish, moments)) == ["", "corrected"]


def folder_of_two(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "1.md").write_text(TEXT, "utf-8")
    (folder / "2.md").write_text(f"# Chapter 4\n\n{WORDS}\n", "utf-8")
    return folder


def test_a_chapter_that_is_gone_for_good_is_left_out(tmp_path: Path) -> None:
    folder = folder_of_two(tmp_path)

    def looks() -> Iterator[None]:
        (folder / "2.md").unlink()
        for _ in range(QUIET):
            yield None

    made = tmp_path / "made"
    done = [what for what in watched([folder], [Format.EPUB], Wish(folder=made), looks()) if what]
    assert done == ["made"]
    manuscript = build.load([folder])
    again = build.editions(
        build.assemble(manuscript).book, manuscript, [Format.EPUB], progress=lambda _: None
    )
    assert (made / "the-house.epub").read_bytes() == again[Format.EPUB].read()


def test_a_folder_that_is_gone_is_told_and_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of_two(tmp_path)

    def looks() -> Iterator[None]:
        folder.rename(tmp_path / "away")
        for _ in range(QUIET):
            yield None
        (tmp_path / "away").rename(folder)
        yield None

    done = watched([folder], [Format.EPUB], Wish(folder=tmp_path / "made"), looks())
    assert [what for what in done if what] == ["failed", "made"]
    assert f"{folder}: there is no such file or folder." in capsys.readouterr().err


def test_a_style_of_the_books_own_is_watched(tmp_path: Path) -> None:
    folder = folder_of_two(tmp_path)
    style = folder / "look" / "style.toml"
    style.parent.mkdir()
    style.write_text('inherits = "classic"\n')
    (folder / "book.toml").write_text('[epub]\nstyle = "./look"\n')

    def looks() -> Iterator[None]:
        yield None
        style.write_text('inherits = "classic"\n[cover]\ndesign = "bands"\n')
        yield None

    made = tmp_path / "made" / "the-house.epub"
    done = watched([folder], [Format.EPUB], Wish(folder=made.parent), looks())
    shown = [(what, made.read_bytes()) for what in done]
    assert [what for what, _ in shown] == ["", "made"]
    assert shown[0][1] != shown[1][1]


def test_a_picture_inside_of_a_page_is_nothing_to_be_watched(tmp_path: Path) -> None:
    held = f"data:image/png;base64,{base64.b64encode(pixel() + bytes(400)).decode()}"
    page = tmp_path / "house.html"
    page.write_text(f'<h1>The House</h1><p>{WORDS}</p><p><img src="{held}" alt="Rain"></p>')
    done = watched([page], [Format.EPUB], Wish(folder=tmp_path / "made"), [None])
    assert list(done) == [""]


def test_a_new_book_toml_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "house.md").write_text(TEXT, "utf-8")

    def looks() -> Iterator[None]:
        yield None
        (folder / "book.toml").write_text('[book]\ntitle = "Another House"\n', "utf-8")
        (folder / "house.md").write_text(WORDS_ALONE[0], "utf-8")
        yield None

    made = tmp_path / "made"
    assert list(watched([folder], [Format.EPUB], Wish(folder=made), looks())) == ["", "made"]
    assert (made / "another-house.epub").is_file()
