"""Where the time goes: growth with length, stages, whole commands beside other programs.

`python -m tests.bench` measures and prints; with `--keep` it also writes `results.md` and `growth.svg` beside
itself. Every figure is the median of several runs in processes of their own; what the other programs take is
measured in the same run, turn by turn, and only where they are installed.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TypeVar

from msgspec import Struct

from publish import __version__, epub, lint, pdf
from publish.config import Config
from publish.document import DivisionKind
from publish.normalize import normalize
from publish.normalize.order import Item, solve
from tests.bench import novels, plot, shapes
from tests.odd_texts import PATHOLOGICAL
from tests.reading import read_one

WAR_AND_PEACE = 3_200_000
"""Characters."""
SIZES = (100_000, 300_000, 1_000_000, WAR_AND_PEACE, 10_000_000, 30_000_000)
STAGED = (100_000, 300_000)
CHAPTERS = 2_000
ODD = 1 << 15
ROUNDS = 3
Result = TypeVar("Result")
MODIFIED = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
PYTHON = (sys.executable, "-X", "utf8")
READ = """
import sys
from pathlib import Path
from publish.config import Config
from publish.normalize import normalize
from publish.readers import read
path = Path(sys.argv[1])
found = read(path.read_bytes(), path.name)
normalize(found.drafts, found.sources, Config())
"""
OURS = "import sys; from publish.cli import main; sys.exit(main())"
PROGRAMS = {
    "normalize": (*PYTHON, "-c", READ, "{book}"),
    "publish normalize": (*PYTHON, "-c", OURS, "normalize", "{book}", "-o", "{folder}/ours.md"),
    "publish epub": (*PYTHON, "-c", OURS, "epub", "{book}", "-o", "{folder}/ours.epub"),
    "pandoc to EPUB": ("pandoc", "--from=markdown", "{book}", "--output={folder}/pandoc.epub"),
    "calibre to EPUB": ("ebook-convert", "{book}", "{folder}/calibre.epub"),
}
"""What is run on the raw text. The first reads and normalizes, and writes nothing."""
NOVEL = 700_000
LINTED = {
    "publish lint": (*PYTHON, "-c", OURS, "lint", "{book}"),
    "proselint": ("proselint", "check", "{book}"),
}
"""What judges the prose of a novel of usual length."""
MESSY = {
    "publish epub": PROGRAMS["publish epub"],
    "pandoc, clean HTML to EPUB": (
        "pandoc",
        "--from=html",
        "{folder}/clean.html",
        "--output={folder}/pandoc.epub",
    ),
}
"""The raw text of that novel to an e-book, beside the same novel with nothing left to be found out."""
SHAPED = {
    "publish epub": PROGRAMS["publish epub"],
    "pandoc to EPUB": (*PROGRAMS["pandoc to EPUB"], "--resource-path={folder}"),
}
DOCUMENT = {
    "publish epub": PROGRAMS["publish epub"],
    "pandoc to EPUB": ("pandoc", "--from=docx", "{book}", "--output={folder}/pandoc.epub"),
}
SMALL = {
    "publish --help": (*PYTHON, "-c", OURS, "--help"),
    "publish lint": (*PYTHON, "-c", OURS, "lint", "{book}"),
}


_RUN = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
wall, code = time.perf_counter() - start, os.waitstatus_to_exitcode(status)
print(json.dumps([code, used.ru_utime + used.ru_stime, wall, used.ru_maxrss]))
"""
"""Runs a program from a small process: Linux counts what the parent held as the child's memory."""


class Cost(Struct, frozen=True):
    """What one process took."""

    processor: float
    wall: float
    memory: float
    """Megabytes at the peak."""


def run(arguments: tuple[str, ...], book: Path) -> Cost | None:
    """Run a program on a book; None where it is not installed."""
    words = [word.format(book=book, folder=book.parent) for word in arguments]
    if not shutil.which(words[0]):
        return None
    done = subprocess.run((sys.executable, "-IS", "-c", _RUN, *words), capture_output=True, check=True)
    code, processor, wall, memory = json.loads(done.stdout)
    if code > 1:
        raise subprocess.CalledProcessError(code, words)
    # Linux gives kilobytes, macOS bytes.
    return Cost(processor, wall, memory / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def compared(programs: dict[str, tuple[str, ...]], book: Path, rounds: int) -> dict[str, Cost | None]:
    """Run programs turn by turn and give the median of each."""
    runs = [{name: run(words, book) for name, words in programs.items()} for _ in range(rounds)]
    return {name: _median([some[name] for some in runs]) for name in programs}


def _median(costs: list[Cost | None]) -> Cost | None:
    known = [cost for cost in costs if cost]
    if not known:
        return None
    return Cost(
        median(cost.processor for cost in known),
        median(cost.wall for cost in known),
        median(cost.memory for cost in known),
    )


def growth(folder: Path, rounds: int) -> list[plot.Measured]:
    """Normalize raw text of growing length."""
    found = []
    for size in SIZES:
        book = folder / f"raw-{size}.txt"
        book.write_text(novels.raw(size), "utf-8")
        cost = compared({"normalize": PROGRAMS["normalize"]}, book, rounds)["normalize"]
        if cost:
            found.append(plot.Measured(book.stat().st_size / 1e6, cost.processor, cost.memory))
    return found


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Do some work and give its result with the processor time it took."""
    start = time.process_time()
    return work(), time.process_time() - start


def stages(data: bytes) -> Iterator[tuple[str, float]]:
    """Build one book, stage by stage, and give the seconds of each."""
    config = Config()
    (source, draft), seconds = timed(lambda: read_one(data, "book.txt"))
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


# --- Printing --------------------------------------------------------------------------------------------


def report(rounds: int) -> Iterator[str | list[plot.Measured]]:
    """Measure everything and give the lines of the report as they come, and the growth once."""
    yield "# Results of the benchmark\n"
    yield from _machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield f"\n## Raw text of the length of War and Peace ({novels.origin()})\n"
        book = folder / "raw.txt"
        book.write_text(novels.raw(WAR_AND_PEACE), "utf-8")
        yield from _table(compared(PROGRAMS, book, rounds), "pandoc to EPUB")
        yield f"\n## Linting a novel of {NOVEL:,} characters\n"
        book.write_text(novels.raw(NOVEL), "utf-8")
        yield from _table(compared(LINTED, book, rounds), "proselint")
        yield f"\n## E-book of a novel of {NOVEL:,} characters\n"
        (folder / "clean.html").write_text(novels.clean(novels.raw(NOVEL)), "utf-8")
        yield from _table(compared(MESSY, book, rounds), "pandoc, clean HTML to EPUB")
        yield "\n## Growth of normalizing with length\n"
        measured = growth(folder, rounds)
        yield measured
        yield "| MB of text | seconds | seconds for each MB | MB of memory |\n|---|---|---|---|"
        for one in measured:
            each = one.seconds / one.megabytes
            yield f"| {one.megabytes:.1f} | {one.seconds:.2f} | {each:.2f} | {one.memory:.0f} |"
        yield "\n![](growth.svg)\n\n## Books of unusual shape\n"
        for what, path in (
            (f"{shapes.CHAPTERS:,} chapters", shapes.many_chapters(folder)),
            (f"{shapes.PICTURES} pictures", shapes.many_pictures(folder)),
        ):
            yield f"{what}, {sum(file.stat().st_size for file in _files_of(path)) / 1e6:.0f} MB:\n"
            yield from _table(compared(SHAPED, path, 1), "pandoc to EPUB")
            yield ""
        yield f"## A novel of {NOVEL:,} characters as a DOCX\n"
        yield from _table(compared(DOCUMENT, shapes.document(folder, NOVEL), rounds), "pandoc to EPUB")
        yield "\n## Small commands\n"
        book.write_text(novels.raw(5_000), "utf-8")
        yield from _table(compared(SMALL, book, max(rounds, 5)), "publish --help")
    yield "\n## Stages\n"
    for size in STAGED:
        found = stages(novels.raw(size).encode())
        yield f"- {size:,} characters: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in found)
    yield f"- {CHAPTERS:,} chapters, shuffled: order {ordering(CHAPTERS):.2f} s"
    yield "\n## Texts of one kind of sign or line: seconds, and how often that for twice the length\n"
    for name, text in PATHOLOGICAL.items():
        once, twice = (_normalizing(text(size)) for size in (ODD, 2 * ODD))
        yield f"- {name}: {once:.2f} s, {twice / once:.1f}"


def _files_of(book: Path) -> Iterator[Path]:
    """Give a book of unusual shape and its pictures."""
    return book.parent.glob(f"{book.stem.removesuffix('s')}*")


def _normalizing(text: str) -> float:
    source, draft = read_one(f"Anna.\n\n{text}\n\nEnd.\n".encode(), "odd.txt")
    return min(timed(lambda: normalize([draft], [source], Config()))[1] for _ in range(2))


def _machine() -> Iterator[str]:
    model = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2] for line in model.read_text().splitlines() if line.startswith("model name")
    ]
    processor = names[0].strip() if names else platform.processor()
    programs = "; ".join(map(_version, ("pandoc", "ebook-convert", "typst", "xelatex")))
    yield f"{datetime.now(UTC):%Y-%m-%d}; {processor}, {os.cpu_count()} cores; {platform.platform()};"
    yield f"Python {platform.python_version()}; publish {__version__}; {programs}."
    load = os.getloadavg()[0]
    yield f"Load of the machine at the beginning: {load:.1f}. Medians of several processes."


def _version(program: str) -> str:
    if not shutil.which(program):
        return f"{program} is not installed"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0].strip()


def _table(costs: dict[str, Cost | None], beside: str) -> Iterator[str]:
    yield f"| | processor s | wall s | MB | of the processor time of {beside} | of its wall time |"
    yield "|---|---|---|---|---|---|"
    peer = costs[beside]
    for name, cost in costs.items():
        if cost is None:
            yield f"| {name} | not installed | | | | |"
        else:
            ratios = (cost.processor / peer.processor, cost.wall / peer.wall) if peer else ()
            told = " | ".join(f"{ratio:.2f}" for ratio in ratios) or " |"
            yield f"| {name} | {cost.processor:.2f} | {cost.wall:.2f} | {cost.memory:.0f} | {told} |"


def main() -> None:
    """Print the report, and keep it where that is asked for."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write results.md and growth.svg")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    # Programs are measured as they are installed: compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    here, lines = Path(__file__).parent, []
    for line in report(options.rounds):
        if isinstance(line, str):
            print(line, flush=True)
            lines.append(line)
        elif options.keep:
            title = "Processor time and memory of normalizing"
            (here / "growth.svg").write_text(plot.svg(line, title), "utf-8")
    if options.keep:
        (here / "results.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
