"""A new folder builds at once, and a manuscript that is brought in makes the book that it made."""

import base64
import json
from functools import partial
from pathlib import Path

import pytest

from publish import build, epub, markdown
from publish.build import fetching, starting
from publish.build.editions import picture
from publish.cli import main
from publish.diagnostic import PublishError
from publish.document import heading_text, same
from publish.pictures import figures, gathered
from tests.corpus import MODIFIED, pixel

STORY = """\
The Ferry

By Ada Marsh

Chapter 2

She came "home" at last--it rained.

The ice is thin,
the ice is grey.

Chapter 1

He donâ€™t know.[1]

[1] He never did.
"""

SETTINGS = """\
[book]
title = "Rain"  # for now

[manuscript]
files = ["part 1/*.md"]

[order]
keep = true

[pdf]
trim = "a5"
full-page = ["art/The Map.png"]

[[decide]]
text = "One"
is = "prologue"

[[refuse]]
rule = "DSH001"
"""


def folder_of(tmp_path: Path, name: str = "new") -> Path:
    return tmp_path / name


def test_a_new_folder_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path, "the-long-winter")
    assert main(["new", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {"01-chapter-1.md", "book.toml", ".gitignore"}
    assert main(["epub", str(folder), "-o", str(tmp_path / "book.epub")]) == 0
    book = build.assemble(build.load([folder])).book
    assert book.metadata.title.value == "The long winter"
    assert [heading_text(division) for division in book.divisions] == ["Chapter 1"]
    assert "Left out" not in capsys.readouterr().err


def test_nothing_that_is_there_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path)
    folder.mkdir()
    (folder / "book.toml").write_text("mine")
    assert main(["new", str(folder)]) == 2
    assert "book.toml: the file is there already" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["book.toml"]
    assert (folder / "book.toml").read_text() == "mine"


@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_what_is_brought_in_makes_the_same_book(name: str, tmp_path: Path) -> None:
    story = tmp_path / name
    story.write_text(STORY, "utf-8")
    before = build.assemble(build.load([story]))
    assert main(["new", str(tmp_path / "new"), "--from", str(story)]) == 0
    manuscript = build.load([tmp_path / "new"])
    assert same(build.assemble(manuscript).book, before.book)
    assert (tmp_path / "new" / "original" / name).read_bytes() == story.read_bytes()
    log = json.loads((tmp_path / "new" / "changes.json").read_text("utf-8"))
    assert len(log["changes"]) >= len(before.changes) > 0
    assert not manuscript.left_out


def test_settings_refusals_and_pictures_come_along(tmp_path: Path) -> None:
    old = tmp_path / "old"
    (old / "part 1" / "art").mkdir(parents=True)
    (old / "part 1" / "art" / "The Map.png").write_bytes(pixel())
    (old / "part 1" / "ch1.md").write_text("# One\n\nHe--said it.\n\n![A map](<art/The Map.png>)\n")
    (old / "cover.png").write_bytes(pixel())
    (old / "book.toml").write_text(SETTINGS)
    given = build.load([old])
    before, _ = gathered(build.assemble(given).book, lambda figure: picture(given, figure))
    assert main(["new", str(tmp_path / "new"), "--from", str(old)]) == 0
    manuscript = build.load([tmp_path / "new"])
    made = build.assemble(manuscript)
    assert same(made.book, before)
    assert not [item for item in made.diagnostics if item.code.startswith("CFG")]
    assert manuscript.config.pdf.full_page == ("images/the-map.png",)
    settings = (tmp_path / "new" / "book.toml").read_text("utf-8")
    assert "# for now" in settings
    assert "decide" not in settings.replace("original/book.toml", "")
    build.editions(made.book, manuscript, [], progress=lambda _: None)


@pytest.mark.parametrize("head", ['manuscript.files = ["a.txt"]\norder = {keep = true}\n', ""])
def test_links_and_keys_without_a_table_come_along(tmp_path: Path, head: str) -> None:
    story, old = _story(tmp_path), tmp_path / "old"
    old.mkdir()
    (old / "a.txt").symlink_to(story)
    (old / "book.toml").write_text(f'{head}book.title = "Rain"\n[pdf]\ntrim = "a5"\n')
    assert main(["new", str(tmp_path / "new"), "--from", str(old)]) == 0
    assert (tmp_path / "new" / "original" / "a.txt").read_bytes() == story.read_bytes()
    config = build.load([tmp_path / "new"]).config
    assert (config.book.title, config.pdf.trim) == ("Rain", "a5")
    assert (config.manuscript.files, config.order.keep) == (("manuscript.md",), False)


def test_an_ebook_brings_its_cover(tmp_path: Path) -> None:
    made = build.assemble(build.load([_story(tmp_path)])).book
    (tmp_path / "old.epub").write_bytes(epub.write(made, cover=pixel(), modified=MODIFIED))
    assert main(["new", str(tmp_path / "new"), "--from", str(tmp_path / "old.epub")]) == 0
    manuscript = build.load([tmp_path / "new"])
    assert same(build.assemble(manuscript).book, made)
    assert manuscript.config.epub.cover.startswith("cover.")
    assert (tmp_path / "new" / manuscript.config.epub.cover).is_file()


def _story(tmp_path: Path) -> Path:
    story = tmp_path / "story.txt"
    story.write_text(STORY, "utf-8")
    return story


def test_a_missing_picture_leaves_no_folder(tmp_path: Path) -> None:
    story = tmp_path / "story.md"
    story.write_text("# One\n\n![A map](map.png)\n")
    assert main(["new", str(tmp_path / "new"), "--from", str(story)]) == 2
    assert not (tmp_path / "new").exists()


def test_two_pictures_of_one_name_are_two(tmp_path: Path) -> None:
    for part, size in (("1", b"\0"), ("2", b"\0\0")):
        (tmp_path / part).mkdir()
        (tmp_path / part / "map.png").write_bytes(pixel() + size)
        (tmp_path / part / "text.md").write_text(f"# Chapter {part}\n\n![A map](map.png)\n")
    (tmp_path / "1" / "again.png").write_bytes(pixel() + b"\0")
    (tmp_path / "1" / "z.md").write_text("# Chapter 3\n\n![A map](again.png)\n")
    manuscript = build.load([tmp_path])
    _, shown = gathered(build.assemble(manuscript).book, lambda figure: picture(manuscript, figure))
    assert list(shown) == ["images/map.png", "images/map-2.png"]


WEB = '# One\n\n![A map](https://example.org/a--b_c.png "The map")\n\nIt rained.\n\n![](https://example.org/a--b_c.png)\n'


def test_pictures_of_the_web_are_fetched_only_if_asked_for(tmp_path: Path) -> None:
    (tmp_path / "story.md").write_text(WEB)
    manuscript = build.load([tmp_path / "story.md"])
    asked: list[str] = []

    def load(url: str) -> bytes:
        asked.append(url)
        return pixel()

    starting.brought(tmp_path / "without", manuscript, build.assemble(manuscript))
    assert not asked
    starting.brought(tmp_path / "new", manuscript, build.assemble(manuscript), load)
    assert asked == ["https://example.org/a--b_c.png"]
    found = list(figures(build.assemble(build.load([tmp_path / "new"])).book))
    assert [(f.image.text, f.alt.text) for f in found] == [
        ("images/web-1.png", "A map"),
        ("images/web-1.png", ""),
    ]
    assert (tmp_path / "new" / "images" / "web-1.png").read_bytes() == pixel()
    told = json.loads((tmp_path / "new" / "images" / "fetched.json").read_text())
    assert told == {"images/web-1.png": "https://example.org/a--b_c.png"}


def test_what_is_fetched_must_be_a_picture_over_https(tmp_path: Path) -> None:
    (tmp_path / "story.md").write_text(WEB)
    manuscript = build.load([tmp_path / "story.md"])
    with pytest.raises(PublishError, match=r"a--b_c\.png: the picture has a format"):
        starting.brought(tmp_path / "new", manuscript, build.assemble(manuscript), lambda _: b"<html>")
    assert not (tmp_path / "new").exists()
    for url in ("http://example.org/a.png", "file:///etc/passwd", "ftp://example.org/a.png"):
        with pytest.raises(PublishError, match="only addresses that begin with https"):
            fetching.load(url)


PICTURES = (
    '<p>It rained.</p><figure><img src="http://example.org/a.png" alt="A map">'
    '<figcaption>The map</figcaption></figure><p>It rained on.</p><p><img src="//example.org/gone.png"></p>'
)
FEED = "<rss><item><title>One</title><description><![CDATA[{}]]></description></item></rss>"


@pytest.mark.parametrize("name", ["story.html", "blog.rss"])
def test_pictures_of_pages_and_posts_are_fetched_as_far_as_they_are_there(tmp_path: Path, name: str) -> None:
    page = f"<h1>One</h1>{PICTURES}" if name == "story.html" else FEED.format(PICTURES)
    (tmp_path / name).write_text(page)
    manuscript = build.load([tmp_path / name])
    without = build.assemble(manuscript)
    assert not list(figures(without.book))
    assert "The map" not in markdown.write(without.book)
    assert [item.code for item in without.diagnostics].count("DOC005") == 2
    asked: list[str] = []

    def load(url: str) -> bytes:
        asked.append(url)
        if "gone" in url:
            raise PublishError(f"{url}: it cannot be fetched (404).", "")
        return pixel()

    fetched = fetching.brought(manuscript, load)
    assert asked == ["https://example.org/a.png", "https://example.org/gone.png"]
    assert [error.message for error in fetched.failed] == [
        "https://example.org/gone.png: it cannot be fetched (404)."
    ]
    normalized = build.assemble(fetched.manuscript)
    starting.brought(tmp_path / "new", fetched.manuscript, normalized, load, fetched.files)
    assert '![A map](images/a.png "The map")' in (tmp_path / "new" / "manuscript.md").read_text()
    assert json.loads((tmp_path / "new" / "images" / "fetched.json").read_text()) == {
        "images/a.png": "http://example.org/a.png"
    }


def test_a_picture_inside_of_a_page_is_one_of_the_book(tmp_path: Path) -> None:
    held = f"data:image/png;base64,{base64.b64encode(pixel()).decode()}"
    (tmp_path / "story.html").write_text(f'<h1>One</h1><p>Rain.</p><p><img src="{held}" alt="Rain"></p>')
    manuscript = build.load([tmp_path / "story.html"])
    normalized = build.assemble(manuscript)
    (tmp_path / "again.md").write_text(markdown.write(normalized.book))
    for some in (manuscript, build.load([tmp_path / "again.md"])):
        _, shown = gathered(build.assemble(some).book, partial(picture, some))
        assert [(name, one.load()) for name, one in shown.items()] == [("images/picture.png", pixel())]
