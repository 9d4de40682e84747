"""What two real manuscripts must give, without any configuration, through the command line."""

import json
import re
import subprocess
import sys
import zipfile
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from publish import build
from publish.check.epubcheck import Check
from publish.document import (
    Letter,
    Paragraph,
    SceneBreak,
    Speaker,
    Text,
    block_prose,
    division_runs,
    prose,
    walk_divisions,
)
from publish.normalize.result import Normalized
from tests.conftest import SHARED

pytestmark = pytest.mark.shared
STALIN = SHARED / "manuscripts" / "breaking-stalin.txt"
COMRADE = SHARED / "manuscripts" / "comrade-in-arms.txt"


def publish(*arguments: object) -> tuple[int, str]:
    program = "import sys; from publish.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode()


@cache
def order(path: Path) -> Any:
    code, out = publish("order", "--json", path)
    assert code == 0
    return json.loads(out)


@cache
def findings(path: Path) -> list[dict[str, Any]]:
    code, out = publish("lint", "--format", "json", path)
    assert code == 1
    found: list[dict[str, Any]] = json.loads(out)["findings"]
    return found


@cache
def markdown(path: Path) -> str:
    code, out = publish("normalize", path)
    assert code == 0
    return out


@cache
def made(path: Path) -> Normalized:
    return build.assemble(build.load([path]))


def messages(path: Path, code: str) -> list[str]:
    return [finding["message"] for finding in findings(path) if finding["code"] == code]


@pytest.fixture(scope="module", params=[STALIN, COMRADE], ids=lambda path: path.stem)
def editions(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, Path]:
    """A manuscript, its EPUB and its PDF."""
    folder = tmp_path_factory.mktemp("dist")
    code, out = publish("build", request.param, "-o", folder)
    assert code == 0
    epub, pdf = map(Path, out.split())
    return request.param, epub, pdf


# --- Both ------------------------------------------------------------------------------------------------


def test_epubcheck_finds_nothing(editions: tuple[Path, Path, Path], epubcheck: Check) -> None:
    assert epubcheck(editions[1]) == []


def test_editions_are_named_by_the_title(editions: tuple[Path, Path, Path]) -> None:
    path, epub, pdf = editions
    assert (epub.name, pdf.name) == (f"{path.stem}.epub", f"{path.stem}.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_the_text_of_the_epub_is_the_text_of_the_book(editions: tuple[Path, Path, Path]) -> None:
    path, epub, _ = editions
    with zipfile.ZipFile(epub) as container:
        pages = [
            container.read(name) for name in container.namelist() if re.search(r"/\d\d-.*\.xhtml$", name)
        ]
    shown = "".join("".join(ET.fromstring(page).find("{*}body").itertext()) for page in pages)  # type: ignore[union-attr]
    book = "".join(
        run.text
        for _, division in walk_divisions(made(path).book.divisions)
        for run in division_runs(division)
    )
    assert letters(unescape(shown)) == letters(book)


def letters(text: str) -> str:
    """The words without what editions add between them: spaces, ornaments, signs about headings."""
    return re.sub(r"[\W_]+", "", text).casefold()


# --- Breaking Stalin -------------------------------------------------------------------------------------


def test_stalin_has_its_title_once_and_no_author() -> None:
    metadata = made(STALIN).book.metadata
    assert (metadata.title.value, metadata.creators) == ("Breaking Stalin", ())
    assert messages(STALIN, "MET001") == ["No author is named in the manuscript or in book.toml."]
    assert [credit.value for credit in metadata.credits] == ["© A River Runs Through It Photography"]
    assert len(re.findall("Breaking Stalin", markdown(STALIN))) == 1


def test_stalin_is_put_in_order() -> None:
    found = order(STALIN)
    divisions = [
        (
            entry["kind"],
            entry["label"],
            entry["numbers"],
            entry["title"],
            entry["part"],
            entry["source_position"],
        )
        for entry in found["divisions"]
    ]
    assert divisions == [
        ("part", "Part III", [3], "", None, None),
        ("chapter", "Chapter XI", [11], "Help arrives", 3, 8),
        ("chapter", "Chapter XII", [12], "Where does the revolution end?", 3, 7),
        ("chapter", "Chapter XIII", [13], "Defeated", 3, 6),
        ("chapter", "Chapter XIV", [14], "The parting", 3, 5),
        ("part", "Part IV", [4], "", None, 3),
        ("chapter", "Chapter I", [1], "Two worlds collide in peace", 4, 4),
        ("chapter", "Chapters II, III, and IV", [2, 3, 4], "Disappearing the opposition", 4, 2),
        ("chapter", "Chapter V", [5], "SR withdrawals", 4, 1),
    ]
    assert [entry["inferred"] for entry in found["divisions"]] == [True, *[False] * 8]
    assert [entry["position"] for entry in found["divisions"]] == [*range(1, 10)]
    assert all(entry["reasons"] and 0 < entry["confidence"] <= 1 for entry in found["divisions"])
    assert found["uncertain"] is False


def test_stalin_without_the_part_that_is_never_named(tmp_path: Path) -> None:
    (tmp_path / "breaking-stalin.txt").write_bytes(STALIN.read_bytes())
    (tmp_path / "book.toml").write_text("[order]\ninfer-parts = false\n", "utf-8")
    divisions = order(tmp_path)["divisions"]
    assert not any(entry["inferred"] or entry["label"] == "Part III" for entry in divisions)
    numbers = [number for entry in divisions if entry["kind"] == "chapter" for number in entry["numbers"]]
    assert numbers == [11, 12, 13, 14, 1, 2, 3, 4, 5]


def test_stalin_has_two_scene_breaks() -> None:
    openings = [
        prose(after.children).text
        for _, division in walk_divisions(made(STALIN).book.divisions)
        for before, after in zip(division.blocks, division.blocks[1:], strict=False)
        if isinstance(before, SceneBreak) and isinstance(after, Paragraph)
    ]
    assert len(openings) == 2
    assert openings[0].startswith("Lenin swung around in his chair")
    assert openings[1].startswith("“Read the decree boy!”")
    assert markdown(STALIN).count("* * *") == 2


def test_stalin_findings() -> None:
    assert "newest first" in messages(STALIN, "STR003")[0]
    assert messages(STALIN, "STR017")[0].startswith("Part III is never named")
    assert [message.split(" missing")[0] for message in messages(STALIN, "STR001")] == [
        "Parts I and II are",
        "Chapters I to X of part III are",
    ]
    assert "stands over 3 chapters" in messages(STALIN, "STR004")[0]


def test_stalin_stands_as_the_author_wrote_it() -> None:
    """Every word and mark but for the spaces, one garbled letter and the lines of the site."""
    text = STALIN.read_text("utf-8").replace("na├»ve", "naïve")
    lines = [line for line in text.split("\n") if "Photography" not in line and line != "Breaking Stalin"]
    wanted = sorted(
        " ".join(line.split()) for line in lines if line.strip() and not re.match("Chapters? |Part ", line)
    )
    paragraphs = sorted(
        run.text
        for _, division in walk_divisions(made(STALIN).book.divisions)
        for block in division.blocks
        for run in block_prose(block)
    )
    assert paragraphs == wanted
    assert "naïve" in markdown(STALIN)
    assert not re.search("\xa0|  |©|├", "\n".join(paragraphs))


# --- Comrade in Arms -------------------------------------------------------------------------------------


def story() -> Any:
    divisions = made(COMRADE).book.divisions
    assert len(divisions) == 1
    return divisions[0]


def test_comrade_is_one_story_with_its_facts() -> None:
    metadata = made(COMRADE).book.metadata
    assert metadata.title.value == "Comrade in Arms"
    assert [creator.name.value for creator in metadata.creators] == ["Larry Lutsky"]
    assert metadata.date
    assert metadata.date.value == "2021-08-02"
    (entry,) = order(COMRADE)["divisions"]
    assert (entry["kind"], entry["label"], entry["numbers"], entry["title"]) == ("story", "", [], "")
    assert not re.search(
        "^#|Chapter|min read|Larry Lutsky$", markdown(COMRADE).split("---", 2)[2], re.MULTILINE
    )


def test_comrade_has_one_letter_and_no_scene_break() -> None:
    blocks = story().blocks
    (letter,) = (block for block in blocks if isinstance(block, Letter))
    assert [prose(part.children).text for part in letter.opening] == ["My Dear Leonid,"]
    assert len(letter.body) == 1
    assert not any(isinstance(block, SceneBreak) for block in (*blocks, *letter.body))
    after = blocks[blocks.index(letter) + 1]
    assert prose(after.children).text.startswith("When I finished reading")


def test_comrade_keeps_its_exchanges_as_speech() -> None:
    spoken = [
        run.text for block in story().blocks if isinstance(block, Paragraph) for run in block_prose(block)
    ]
    assert [text.partition(":")[0] for text in spoken if text.startswith(("Him:", "Me:"))] == [
        "Him",
        "Me",
    ] * 2


def test_comrade_has_the_author_s_paragraphs() -> None:
    """Every line that holds text is one: single line ends part them as well as blank lines."""
    lines = COMRADE.read_text("utf-8").replace("mid- level", "mid-level").split("\n")[4:]
    wanted = [" ".join(line.split()) for line in lines if line.strip()]
    assert [run.text for block in story().blocks for run in block_prose(block)] == wanted
    assert all(
        isinstance(inline, Text | Speaker)
        for block in story().blocks
        if isinstance(block, Paragraph)
        for inline in block.children
    )


def test_comrade_findings() -> None:
    (quotation,) = (finding for finding in findings(COMRADE) if finding["code"] == "QUO003")
    source = made(COMRADE).sources[next(iter(made(COMRADE).sources))]
    assert source.line_text(quotation["line"]).startswith("“I’ve heard good reports")
    (joined,) = (change for change in made(COMRADE).changes if change.why == "SPC007")
    assert source.text[joined.span.start - 3 : joined.span.end + 5] == "mid- level"
    assert joined.text == "-"
    assert "mid-level" in markdown(COMRADE)
