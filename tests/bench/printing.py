"""The printed book: speed beside other programs, made again, time a page, memory, how well lines are set.

`python -m tests.bench.printing` measures and prints; with `--keep` it also writes `printing.md` beside it.
The text is a raw novel of the folder that PUBLISH_SHARED names, or made of random words; each figure of speed
is the median of several runs in processes of their own, the two engines turn by turn. WeasyPrint alone is
`Engine.STOCK`: the same XHTML and stylesheet, section by section, in one process. Typst, pandoc and XeLaTeX
are measured where they are installed. Nothing is taken from the user's cache.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from publish import document, pdf
from publish.config import Config, Destination, Format
from publish.document import Book
from publish.edition_commands import Wish, watched
from publish.normalize import normalize
from publish.pdf import report
from tests.bench import novels, peers
from tests.bench.__main__ import Cost, _machine, compared
from tests.corpus import CORPUS
from tests.reading import read_one

NOVEL = CORPUS / "inputs" / "raw" / "pride-and-prejudice.txt"
LENGTHS = (8, 61, 1000)
"""Chapters of the books into which one text is cut to compare the time a page; the last makes it one book."""
THICK = 280
"""Chapters of a book as long as War and Peace."""
ROUNDS = 3
PRINT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from publish import document, pdf
from publish.config import Engine
from publish.pdf import remembered
remembered.recall = lambda key, kind: None
book = document.from_json(Path(sys.argv[1]).read_bytes()).book
made = pdf.write(book, engine=Engine(sys.argv[2]), modified=datetime(2020, 9, 13, tzinfo=UTC))
Path(sys.argv[3]).write_bytes(made)
"""


def novel(path: Path = NOVEL) -> Book:
    """Give a novel as a book."""
    text = path.read_bytes() if path.exists() else novels.raw(700_000).encode()
    source, draft = read_one(text, "novel.txt")
    return normalize([draft], [source], Config()).book


def shelf(first: Book) -> Book:
    """Give one book of all raw novels in English: chapters that come back would be shaped from memory."""
    others = [
        path for path in sorted(NOVEL.parent.glob("*.txt")) if path.name.count(".") == 1 and path != NOVEL
    ]
    books = [
        first,
        *(one for path in others if (one := novel(path)).metadata.language.value.startswith("en")),
    ]
    divisions = (
        replace(division, id=f"{division.id}-{number}")
        for number, book in enumerate(books)
        for part in book.divisions
        for division in part.divisions or (part,)
    )
    return replace(first, divisions=tuple(divisions))


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


def speed(book: Book, folder: Path, rounds: int) -> Iterator[str]:
    """Compare the engines, and other programs, on one book; then the book made again with them."""
    stored = folder / "book.json"
    stored.write_bytes(document.to_json(book, {}))
    peers.typst(book, folder)
    peers.markdown_for_pandoc(book, folder)
    programs = {"composer": printing("composer"), "WeasyPrint alone": printing("stock")}
    costs = compared(programs | peers.commands(folder), stored, rounds)
    yield "| | wall s | processor s | MB of the largest process | composer's wall, of this | processor |"
    yield "|---|---|---|---|---|---|"
    ours = costs["composer"]
    for name, cost in costs.items():
        yield f"| {name} | {_row(cost, ours)} |" if cost and ours else f"| {name} | not installed | | | | |"
    again = resident(folder, rounds + 2)
    yield f"| made again after a correction, with `--watch` | {_row(again, None)} | | |"
    if typst := costs["Typst"]:
        wall, processor = again.wall / typst.wall, again.processor / typst.processor
        yield f"\nMade again: {wall:.2f} of Typst's whole compile (wall), {processor:.2f} (processor)."


def _row(cost: Cost, ours: Cost | None) -> str:
    row = f"{cost.wall:.2f} | {cost.processor:.2f} | {cost.memory:.0f}"
    return f"{row} | {ours.wall / cost.wall:.2f} | {ours.processor / cost.processor:.2f}" if ours else row


def resident(folder: Path, rounds: int) -> Cost:
    """Give what it takes from a saved file to the written PDF for a printer, a few words being changed."""
    manuscript, made = folder / "book.md", folder / "again.pdf"
    text = manuscript.read_text("utf-8")
    spot = text.index(" and ", len(text) // 2)
    started: list[tuple[float, float]] = []
    costs: list[tuple[float, float]] = []

    def saved() -> Iterator[None]:
        for turn in range(rounds):
            manuscript.write_text(text[:spot] + " indeed" * (turn + 1) + text[spot:], "utf-8")
            started.append((time.perf_counter(), time.process_time()))
            yield None
        manuscript.write_text(text, "utf-8")

    wish = Wish(output=made, destination=Destination.KDP, force=True)
    for _ in watched([manuscript], [Format.PDF], wish, saved()):
        wall, processor = started[-1]
        costs.append((time.perf_counter() - wall, time.process_time() - processor))
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Cost(median(cost[1] for cost in costs), median(cost[0] for cost in costs), memory)


def growth(book: Book, folder: Path, rounds: int) -> Iterator[str]:
    """Give the time a page of one text as books of several lengths, each book's start-up taken off.

    The same text each time: a page of dense prose takes a third more than one of talk, however long the book.
    The start-up is a book of two chapters, which has half title and contents as the others have.
    """
    yield "| books | pages of each | processor s | ms a page, start-up taken off | MB of the largest |"
    yield "|---|---|---|---|---|"
    start = _printed(of_length(book, 2), folder, 2 * rounds + 1)
    for chapters in LENGTHS:
        printed = [_printed(one, folder, rounds) for one in cut(book, chapters)]
        pages = sum(count - start[0] for count, _ in printed)
        taken = sum(cost.processor for _, cost in printed)
        each = 1000 * (taken - len(printed) * start[1].processor) / pages
        most = max(cost.memory for _, cost in printed)
        mean = sum(count for count, _ in printed) / len(printed)
        yield f"| {len(printed)} | {mean:.0f} | {taken:.2f} | {each:.1f} | {most:.0f} |"


def cut(book: Book, chapters: int) -> Iterator[Book]:
    """Give books of so many chapters that are one book together."""
    for begin in range(0, len(book.divisions), chapters):
        yield replace(book, divisions=book.divisions[begin : begin + chapters])


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
        yield "## Cold, in a process of its own\n"
        yield from speed(book, folder, rounds)
        thick = of_length(book, THICK)
        yield f"\nThe same, {THICK} chapters:\n"
        yield from speed(thick, folder, 1)
        yield "\n## Time and memory by length\n"
        yield from growth(shelf(book), folder, max(1, rounds // 2))
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
