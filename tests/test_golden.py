"""What comes out of whole manuscripts, kept as text that people have reviewed; `make golden` rewrites it.

The cases in `tests/cases` are small made-up manuscripts, each about one trouble. A case is one file: what it
is about, the files of the manuscript, and what is expected of them.

    === story.txt           a file of the manuscript; further names give further files, read in this order
    === story.txt cp1252    the same, in an encoding other than UTF-8
    === book.toml           what the author states about the book
    === book                the book as a tree: kind, place in the manuscript (line:column), text
    === changes             what was repaired; only where the case is about repairs
    === findings            what was found and changed nothing, without what was inferred

Characters that cannot be seen are written ⟨U+00A0⟩. To add a case write what it shows and the files of a
manuscript, end it with the headings of what is to be expected, and let `make golden` fill them in; then read
whether it is right.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publish import build, epub, lint, pdf, styles
from publish.config import Config, Destination
from publish.config import load as load_config
from publish.lint import report
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests import ROOT, shown
from tests.novel import novel
from tests.reading import read_one
from tests.test_epub import MOMENT

Golden = Callable[[str, str], None]
BOOKS = sorted(path.parent.name for path in ROOT.glob("manuscripts/*/*.txt"))
REAL = ("breaking-stalin", "comrade-in-arms")
CASES = sorted(path.name for path in ROOT.glob("tests/cases/*.txt"))
_UNSEEN = re.compile(r"⟨U\+([0-9A-F]{4,6})⟩")


@pytest.mark.parametrize("name", BOOKS)
def test_sample_books(name: str, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    manuscript = build.load([Path("manuscripts", name)])
    made = build.assemble(manuscript)
    found = lint.findings(made, manuscript.config)
    moment = build.modified(manuscript)
    golden(f"{name}/book.txt", shown.tree(made, shown.opening))
    golden(f"{name}/changes.txt", shown.changes(made))
    golden(f"{name}/lint.txt", report.as_text(found, made.sources))
    golden(f"{name}/order.json", shown.order(made))
    golden(f"{name}/epub.txt", shown.epub(epub.write(made.book, modified=moment)))
    golden(f"{name}/pdf.txt", shown.pdf(pdf.write(made.book, modified=moment)))


@pytest.mark.parametrize(
    ("style", "destination"),
    [*((style, Destination.SCREEN) for style in styles.known()), ("classic", Destination.INGRAM)],
)
def test_the_printed_page_of_each_style(style: str, destination: Destination, golden: Golden) -> None:
    """A small novel: the file's facts, its faces, and each line with its height on the page."""
    made = pdf.edition(novel(), style=style, destination=destination, modified=MOMENT)
    golden(f"styles/{style}-{destination}.txt", shown.type_of(made.data))


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_real_manuscripts(name: str, golden: Golden, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their prose is not ours to copy: of it only counts, and the words at scene breaks, are kept."""
    monkeypatch.chdir(shared / "manuscripts")
    manuscript = build.load([Path(f"{name}.txt")])
    made = build.assemble(manuscript)
    moment = build.modified(manuscript)
    golden(f"{name}/book.txt", shown.skeleton(made))
    golden(f"{name}/changes.txt", shown.changes(made, texts=False))
    golden(f"{name}/lint.txt", shown.findings(lint.findings(made, manuscript.config), made, texts=False))
    golden(f"{name}/order.json", shown.order(made))
    golden(f"{name}/epub.txt", shown.epub(epub.write(made.book, modified=moment)))
    golden(f"{name}/pdf.txt", shown.pdf(pdf.write(made.book, modified=moment), words=False))


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str, golden: Golden) -> None:
    parts = (ROOT / "tests" / "cases" / name).read_text("utf-8").split("\n=== ")
    assert any(part.startswith("book\n") for part in parts), "the case says nothing of the book"
    made, config = _made(parts[1:])
    results = {
        "book": lambda: shown.tree(made),
        "changes": lambda: shown.changes(made),
        "findings": lambda: shown.findings(lint.findings(made, config, ignore=["MET005"]), made),
    }
    for at, part in enumerate(parts):
        heading = part.partition("\n")[0]
        if heading in results:
            parts[at] = f"{heading}\n{results[heading]()}"
    golden(f"../cases/{name}", "\n=== ".join(parts))


def _made(parts: list[str]) -> tuple[Normalized, Config]:
    config, read = Config(), []
    for part in parts:
        heading, _, content = part.partition("\n")
        file, _, encoding = heading.partition(" ")
        text = _UNSEEN.sub(lambda match: chr(int(match[1], 16)), content)
        if file == "book.toml":
            config = load_config(text.encode(), file)
        elif "." in file:
            data = text.encode(encoding or "utf-8", "surrogateescape")
            read.append(read_one(data, file, config.manuscript.encoding))
    return normalize([draft for _, draft in read], [source for source, _ in read], config), config
