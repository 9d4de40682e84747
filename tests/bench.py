"""Where the time goes: seconds per stage for three lengths of book, and whole commands beside other programs.

`python -m tests.bench` prints two tables. Books are made of random words in chapters, the same in every run.
Other programs are measured in the same run, and only where they are installed.
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from publish import epub, lint, pdf, readers
from publish.config import Config
from publish.document import DivisionKind
from publish.normalize import normalize
from publish.normalize.order import Item, solve

VOCABULARY = """
    the a of and to in was that he she they it with as his her on at had for but not from were by said one all
    out up there what when so would could lantern harbour morning letter window winter station captain garden
    silence remembered answered carefully extraordinary understanding photograph neighbour kitchen river
"""
LENGTHS = (5_000, 25_000, 100_000)
"""In words: a story, a novella, a novel."""
CHAPTERS = 2_000
PEERS = {
    "pandoc, EPUB": ("pandoc", "--from=markdown", "{book}", "--output={folder}/pandoc.epub"),
    "Calibre, EPUB": ("ebook-convert", "{book}", "{folder}/calibre.epub"),
}
Result = TypeVar("Result")
MODIFIED = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def manuscript(words: int) -> str:
    """Give a manuscript in chapters of some 2,500 words."""
    dice = random.Random(words)
    chapters = [f"# Chapter {number}\n\n{chapter(dice)}" for number in range(1, words // 2_500 + 1)]
    return "---\ntitle: A Long Way\n---\n\n" + "\n\n".join(chapters) + "\n"


def chapter(dice: random.Random) -> str:
    """Give 25 paragraphs of 8 sentences of some 12 words, one in three of them speech."""
    return "\n\n".join(" ".join(sentence(dice) for _ in range(8)) for _ in range(25))


def sentence(dice: random.Random) -> str:
    """Give one sentence."""
    text = " ".join(dice.sample(VOCABULARY.split(), dice.randint(6, 18))).capitalize() + "."
    return f"“{text}”" if dice.random() < 1 / 3 else text


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Do some work and give its result with the seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def stages(data: bytes) -> Iterator[tuple[str, float]]:
    """Build one book, stage by stage, and give the seconds of each."""
    config = Config()
    (source, draft), seconds = timed(lambda: readers.read(data, "book.md"))
    yield "read", seconds
    normalized, seconds = timed(lambda: normalize([draft], [source], config))
    yield "normalize", seconds
    yield "lint", timed(lambda: lint.findings(normalized, config))[1]
    yield "EPUB", timed(lambda: epub.write(normalized.book, modified=MODIFIED))[1]
    yield "PDF", timed(lambda: pdf.write(normalized.book, modified=MODIFIED))[1]


def ordering(count: int) -> float:
    """Give the seconds that putting shuffled chapters in order takes."""
    numbers = random.Random(count).sample(range(1, count + 1), count)
    items = [Item(kind=DivisionKind.CHAPTER, numbers=(n,), heading=f"Chapter {n}") for n in numbers]
    return timed(lambda: solve(items))[1]


def command(*arguments: str) -> float:
    """Run a command and give its seconds of processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(book: Path) -> Iterator[tuple[str, float | None]]:
    """Run whole commands on one book; None where the program is not installed."""
    folder = book.parent
    publish = str(Path(sys.executable).with_name("publish"))
    yield "publish --help", command(publish, "--help")
    yield "publish, EPUB", command(publish, "epub", str(book), "-o", f"{folder}/ours.epub")
    yield "publish, PDF", command(publish, "pdf", str(book), "-o", f"{folder}/ours.pdf")
    for name, words in PEERS.items():
        filled = [word.format(book=book, folder=folder) for word in words]
        yield name, command(*filled) if shutil.which(filled[0]) else None


def main() -> None:
    """Print both tables."""
    print(f"Python {sys.version.split()[0]} on {sys.platform}, {datetime.now(UTC):%Y-%m-%d}")
    print("\nSeconds per stage")
    for words in LENGTHS:
        data = manuscript(words).encode()
        print(f"{words:>8,} words", *(f"{name} {seconds:.2f}" for name, seconds in stages(data)), sep="   ")
    print(f"{CHAPTERS:>8,} chapters, shuffled   order {ordering(CHAPTERS):.2f}")
    print(f"\nSeconds of processor time, {LENGTHS[1]:,} words, and how often that of publish's EPUB")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.md"
        book.write_text(manuscript(LENGTHS[1]), "utf-8")
        measured = dict(commands(book))
    ours = measured["publish, EPUB"] or 1.0
    for name, seconds in measured.items():
        print(f"{name:<16}", "not installed" if seconds is None else f"{seconds:6.2f}  {seconds / ours:5.2f}")


if __name__ == "__main__":
    main()
