"""The printed book: speed beside WeasyPrint alone, time a page, memory, and how well the lines are set.

`python -m tests.bench.printing` measures and prints; with `--keep` it also writes `printing.md` beside it.
The text is a raw novel of the folder that PUBLISH_SHARED names, or made of random words; each figure of speed
is the median of several runs in processes of their own, the two engines turn by turn. WeasyPrint alone is
`Engine.STOCK`: the same XHTML and stylesheet, section by section, in one process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from publish import document, pdf
from publish.config import Config
from publish.document import Book
from publish.normalize import normalize
from publish.pdf import report
from tests.bench import novels
from tests.bench.__main__ import Cost, _machine, compared
from tests.corpus import CORPUS
from tests.reading import read_one

NOVEL = CORPUS / "inputs" / "raw" / "pride-and-prejudice.txt"
LENGTHS = (8, 61, 366)
"""Chapters of the books whose time a page is compared."""
ROUNDS = 3
PRINT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from publish import document, pdf
from publish.config import Engine
book = document.from_json(Path(sys.argv[1]).read_bytes()).book
made = pdf.write(book, engine=Engine(sys.argv[2]), modified=datetime(2020, 9, 13, tzinfo=UTC))
Path(sys.argv[3]).write_bytes(made)
"""


def novel() -> Book:
    """Give the novel as a book."""
    text = NOVEL.read_bytes() if NOVEL.exists() else novels.raw(700_000).encode()
    source, draft = read_one(text, "novel.txt")
    return normalize([draft], [source], Config()).book


def of_length(book: Book, chapters: int) -> Book:
    """Give a book of so many chapters, the novel's over and over."""
    divisions = (
        replace(one, id=f"{one.id}-{turn}")
        for turn in range(chapters // len(book.divisions) + 1)
        for one in book.divisions
    )
    return replace(book, divisions=tuple(one for one, _ in zip(divisions, range(chapters), strict=False)))


def printing(engine: str) -> tuple[str, ...]:
    """Give the command that prints a stored book."""
    return (sys.executable, "-c", PRINT, "{book}", engine, "{folder}/made.pdf")


def speed(book: Path, rounds: int) -> Iterator[str]:
    """Compare the engines on one book."""
    costs = compared({"composer": printing("composer"), "WeasyPrint alone": printing("stock")}, book, rounds)
    stock = costs["WeasyPrint alone"]
    yield "| | wall s | processor s | MB of the largest process | wall, of WeasyPrint alone | processor |"
    yield "|---|---|---|---|---|---|"
    for name, cost in costs.items():
        if cost and stock:
            wall, processor = cost.wall / stock.wall, cost.processor / stock.processor
            row = f"{cost.wall:.1f} | {cost.processor:.1f} | {cost.memory:.0f} | {wall:.2f} | {processor:.2f}"
            yield f"| {name} | {row} |"


def growth(book: Book, folder: Path, rounds: int) -> Iterator[str]:
    """Give the time a page of books of several lengths, start-up taken off."""
    yield "| pages | processor s | ms a page, start-up taken off | MB of the largest process |"
    yield "|---|---|---|---|"
    start = _printed(of_length(book, 1), folder, rounds)
    for chapters in LENGTHS:
        pages, cost = _printed(of_length(book, chapters), folder, rounds)
        each = 1000 * (cost.processor - start[1].processor) / (pages - start[0])
        yield f"| {pages} | {cost.processor:.2f} | {each:.1f} | {cost.memory:.0f} |"


def _printed(book: Book, folder: Path, rounds: int) -> tuple[int, Cost]:
    import pikepdf

    stored = folder / "book.json"
    stored.write_bytes(document.to_json(book, {}))
    cost = compared({"": printing("composer")}, stored, rounds)[""]
    assert cost is not None
    with pikepdf.open(folder / "made.pdf") as file:
        return len(file.pages), cost


def quality(book: Book) -> Iterator[str]:
    """Judge the lines and pages of a book."""
    numbers = report.measures(pdf.proofs(book))
    yield f"- {numbers.lines} justified lines, {numbers.spreads} spreads"
    yield f"- looser than {report.LOOSE} of the natural word space: {numbers.loose:.1%}"
    yield f"- tighter than {report.TIGHT}: {numbers.tight:.1%}; mean {numbers.mean_space:.2f}"
    yield f"- ending with a hyphen that is not the author's: {numbers.hyphened:.1%}"
    yield f"- spreads that end level, the last pages of chapters excepted: {numbers.level:.1%}"
    yield f"- marks on the proofs: {', '.join(f'{n} {kind}' for kind, n in numbers.flaws.items()) or 'none'}"


def lines(rounds: int) -> Iterator[str]:
    """Give the report, line by line."""
    book = novel()
    yield "# The printed book, measured\n"
    yield from _machine()
    yield f"\nText: {book.metadata.title.value}, {len(book.divisions)} chapters, 5.5 × 8.5 in.\n"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stored = folder / "book.json"
        stored.write_bytes(document.to_json(book, {}))
        yield "## Cold, in a process of its own\n"
        yield from speed(stored, rounds)
        yield "\n## Time and memory by length\n"
        yield from growth(book, folder, max(1, rounds // 2))
    yield "\n## Lines and pages\n"
    yield from quality(book)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write printing.md")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wish = parser.parse_args()
    found = []
    for line in lines(wish.rounds):
        print(line, flush=True)
        found.append(line)
    if wish.keep:
        Path(__file__).with_suffix(".md").write_text("\n".join(found) + "\n", "utf-8")


if __name__ == "__main__":
    main()
