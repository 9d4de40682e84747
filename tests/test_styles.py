"""Each house style makes both editions of every kind of book; a designer adds a style by adding a folder."""

import logging
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from publish import build, epub, fonts, pdf, styles
from publish.check import faults
from publish.check.epubcheck import Check
from publish.cli import main
from publish.diagnostic import PublishError
from publish.document import Book
from publish.epub import Look
from publish.pdf.engine import Press
from tests import ROOT
from tests.books import book as a_book
from tests.books import division, every_kind, paragraph, unnamed_story
from tests.conftest import EPOCH

HOUSE = ("classic", "large-print", "modern")
MOMENT = datetime.fromtimestamp(EPOCH, UTC)
NEW = HOUSE[1:]
"""The usual style is seen to in all other tests."""
SAMPLES = sorted(path.name for path in (ROOT / "manuscripts").iterdir() if path.is_dir())


@cache
def book(name: str) -> Book:
    if name == "every kind":
        return every_kind()
    if name == "story":
        return unnamed_story()
    return build.assemble(build.load([ROOT / "manuscripts" / name])).book


@cache
def printed(name: str, style: str) -> bytes:
    return pdf.write(book(name), style=style, modified=MOMENT)


@cache
def ebook(name: str, look: Look) -> bytes:
    return epub.write(book(name), look=look, modified=MOMENT)


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_there_are_three_house_styles() -> None:
    assert tuple(styles.known()) == HOUSE
    assert all(styles.load(name).description for name in HOUSE)


@pytest.mark.parametrize("embed", [False, True], ids=["reader's faces", "embedded faces"])
@pytest.mark.parametrize("style", HOUSE)
def test_every_kind_of_passage_passes_all_checks(
    style: str, embed: bool, epubcheck: Check, tmp_path: Path
) -> None:
    made = ebook("every kind", Look(style=style, embed_fonts=embed))
    (tmp_path / "book.epub").write_bytes(made)
    assert epubcheck(tmp_path / "book.epub") == []
    assert faults(made) == []


@pytest.mark.parametrize("name", [*SAMPLES, "story"])
@pytest.mark.parametrize("style", NEW)
def test_the_sample_books_pass_all_checks(style: str, name: str, epubcheck: Check, tmp_path: Path) -> None:
    made = ebook(name, Look(style=style))
    (tmp_path / "book.epub").write_bytes(made)
    assert epubcheck(tmp_path / "book.epub") == []
    assert faults(made) == []


@pytest.mark.parametrize("style", NEW)
def test_the_printed_book_holds_the_same_words_in_each_style(style: str) -> None:
    usual, other = (pypdfium2.PdfDocument(printed("one-fare-over", name)) for name in ("classic", style))
    texts = [
        {word for page in one for word in re.findall(r"\w{9,}", page.get_textpage().get_text_bounded())}
        for one in (usual, other)
    ]
    # Words that a line end divides are told as one in either; heads are shortened by the measure.
    assert len(texts[0] & texts[1]) > 0.97 * len(texts[0])


@pytest.mark.parametrize("style", HOUSE)
def test_weasyprint_understands_all_of_the_stylesheet(style: str, caplog: pytest.LogCaptureFixture) -> None:
    loaded = styles.load(style)
    with caplog.at_level(logging.DEBUG, "weasyprint"):
        Press(loaded.sheets[styles.PRINT], [*loaded.families, fonts.SECOND_FAMILY])
    assert [r.getMessage() for r in caplog.records if "gnored" in r.getMessage()] == []


@pytest.mark.parametrize("style", HOUSE)
def test_a_style_names_the_typefaces_that_it_uses(style: str) -> None:
    loaded = styles.load(style)
    named = set(re.findall(rf'"([^"]*{fonts.OURS})"', "".join(loaded.sheets.values())))
    inherited = {fonts.TEXT_FAMILY}
    assert named - inherited <= {*loaded.families_of("<pre>"), fonts.SECOND_FAMILY}


@pytest.mark.parametrize("style", HOUSE)
def test_the_text_is_the_readers(style: str) -> None:
    """Face, size, colour, leading and justification of running text are not set; nor is any colour."""
    loaded = styles.load(style)
    both = loaded.sheets[styles.EBOOK] + loaded.sheets[styles.EBOOK_MODERN]
    css = re.sub(r"/\*.*?\*/", "", both, flags=re.DOTALL)
    ours = re.compile(r"(?:^|[;{\s])(font-family|font-size|line-height|text-align|color)\s*:")
    for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        if {part.strip() for part in selectors.split(",")} & {"html", "body", "p", "p.first"}:
            assert not ours.search(rules), selectors
    colours = re.findall(r"(?:^|[;{\s])(?:background-|border-)?colou?r\s*:\s*([\w#-]+)", css)
    assert set(colours) <= {"inherit", "transparent", "currentcolor"}
    assert not re.search(r"(?:font-size|margin|padding|text-indent)[^;]*\d(?:px|pt)", css)


def test_large_print_follows_the_rules_of_the_trade() -> None:
    document = pypdfium2.PdfDocument(printed("one-fare-over", "large-print"))
    assert document[0].get_size() == (432, 648)
    page = styles.load("large-print").page
    assert page.smallest >= 16
    assert page.leading >= 1.25
    css = styles.load("large-print").sheets[styles.PRINT]
    assert "text-align: left" in css
    own = (ROOT / "styles/large-print/print.css").read_text("utf-8")
    small = map(float, re.findall(r"font-size: ([\d.]+)rem", own))
    assert min(small) * page.smallest >= 13, "heads and folios"


# --- A style of one's own -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book's folder with a style of its own."""
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "book" / "looks" / "wide"
    own.mkdir(parents=True)
    (own / "style.toml").write_text(
        'inherits = "classic"\n[faces]\ntext = "Cardo"\n[page]\ntrim = "6x9in"\n[cover]\ndesign = "label"\n'
    )
    (own / "print.css").write_text(
        ':root { font-family: "Cardo Book", serif }\n@page { font-family: "Cardo Book", serif }\n'
    )
    (own / "epub.css").write_text('@charset "utf-8";\nh1 { letter-spacing: 0.2em }\n')
    (tmp_path / "book" / "a.md").write_text("# Chapter 1\n\nIt rained.\n\n# Chapter 2\n\nIt stopped.\n")
    return tmp_path / "book"


def test_a_folder_is_a_style_in_both_editions(folder: Path) -> None:
    toml = '[epub]\nstyle = "looks/wide"\n[pdf]\nstyle = "looks/wide"\n'
    (folder / "book.toml").write_text(toml)
    assert main(["build", "book", "-o", "out"]) == 0
    (made,) = Path("out").glob("*.epub")
    sheet = entries(made.read_bytes())["EPUB/styles/book.css"].decode()
    assert sheet.startswith("/* Classic")
    assert sheet.endswith("h1 { letter-spacing: 0.2em }\n")
    (paper,) = Path("out").glob("*.pdf")
    with pikepdf.open(paper) as document:
        page = document.pages[0]
        assert page.mediabox[2:] == [432, 648]
        assert all("Cardo" in str(font.BaseFont) for font in page.Resources.Font.values())


def test_the_command_line_names_a_style_as_seen_from_here(folder: Path) -> None:
    (folder / "book.toml").write_text('[epub]\nstyle = "modern"\n')
    assert main(["epub", "book", "--style", "book/looks/wide", "-o", "own.epub"]) == 0
    assert b"0.2em" in entries(Path("own.epub").read_bytes())["EPUB/styles/book.css"]
    assert main(["epub", "book", "-o", "toml.epub"]) == 0
    assert b"Modern" in entries(Path("toml.epub").read_bytes())["EPUB/styles/book.css"]


Told = Callable[..., str]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Told:
    def run(*arguments: str) -> str:
        assert main(list(arguments)) == 2
        return capsys.readouterr().err

    return run


def test_what_is_no_style_is_told_with_those_that_exist(folder: Path, refused: Told) -> None:
    known = ", ".join(HOUSE)
    told = refused("epub", "book", "--style", "baroque")
    assert told.startswith("publish: There is no house style “baroque”.")
    assert known in told
    (folder / "book.toml").write_text('[epub]\nstyle = "looks/none"\n')
    told = refused("build", "book")
    assert told.startswith(f"publish: {Path('book/book.toml')}:2:1: There is no style in the folder ")
    assert known in told
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("[face]\n", "there is no key `face`"),
        ('[page]\nsmallest = "big"\n', "expected `float`, got `str`"),
        ("inherits = 'nobody'\n", "There is no house style “nobody”."),
        ("inherits = '../wide'\n", "the style inherits from itself"),
        ("[faces\n", "expected ']'"),
        ("[faces]\ntext = 'Times New Comic'\n", "Times New Comic"),
    ],
)
def test_a_style_that_is_wrong_says_where(folder: Path, refused: Told, toml: str, reason: str) -> None:
    (folder / "looks" / "wide" / "style.toml").write_text(toml)
    told = refused("epub", "book", "--style", "book/looks/wide")
    assert reason in told
    assert "Times" in toml or "style.toml" in told


# --- Embedded typefaces -------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", HOUSE)
def test_embedded_typefaces_are_those_of_the_style_cut_down(style: str) -> None:
    made = entries(ebook("every kind", Look(style=style, embed_fonts=True)))
    faces = {name: TTFont(BytesIO(data)) for name, data in made.items() if name.endswith(".ttf")}
    css = made["EPUB/styles/book.css"].decode()
    assert faces
    for name, face in faces.items():
        assert name.removeprefix("EPUB/") in css
        assert len(made[name]) < 90_000
        assert {ord(letter) for letter in "Home"} <= set(face.getBestCmap())
        # Names that a maker reserves stay with the unchanged font.
        assert face["name"].getDebugName(1) == "Book Face"
        assert face["OS/2"].fsType == 0
    assert "Open Font License" in css
    assert b"ibooks:specified-fonts" in made["EPUB/content.opf"]


def test_embedded_typefaces_are_the_same_bytes_each_time() -> None:
    look = Look(style="modern", embed_fonts=True)
    assert epub.write(every_kind(), look=look, modified=MOMENT) == ebook("every kind", look)


def test_nothing_is_embedded_unasked() -> None:
    made = entries(ebook("every kind", Look(style="modern")))
    assert not any(name.endswith(".ttf") for name in made)
    assert b"@font-face" not in made["EPUB/styles/book.css"]


def test_a_typeface_that_may_not_be_embedded_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    what = a_book(division("a", title="A", blocks=(paragraph("x"),)))
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: {"License-Expression": "Proprietary"})
    with pytest.raises(PublishError, match="EB Garamond cannot be embedded"):
        epub.write(what, look=Look(embed_fonts=True), modified=MOMENT)


def test_what_is_embedded_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "book.toml").write_text("[epub]\nembed-fonts = true\n")
    assert main(["epub", "book", "-o", "own.epub"]) == 0
    assert re.search(r"\d typefaces are embedded, \d+ of \d+ kB\.", capsys.readouterr().err)
