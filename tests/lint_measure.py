"""How quiet the lint is on clean prose, and what it finds of errors placed in it.

`python -m tests.lint_measure --seed S BOOK …` reads the answers of the shared corpus (all books without a
name), writes them as plain text and prints both tables. Ends with 1 where a floor is missed.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence

from publish import lint
from publish.config import Config
from publish.diagnostic import Diagnostic, Severity
from publish.normalize import normalize
from tests import corpus
from tests.reading import read_one
from tests.seeded import KINDS, Seed, seeded
from tests.seeded_later import LATER
from tests.seeded_slips import SLIPS

WARNINGS, NOTES, RECALL = 1.0, 20.0, 0.95
"""The floors: warnings and notes for 10,000 words of clean prose; the part of the errors that is found."""


def clean(book: str) -> str:
    """Give a book of the corpus as its author would have it: no damage, no notes."""
    path, _ = corpus.manuscript(corpus.Job("clean", book, "clean-whole"))
    return path.read_text("utf-8")


def findings(text: str) -> tuple[Diagnostic, ...]:
    """Give the findings of a manuscript as `publish lint` tells them."""
    source, draft = read_one(text.encode(), "book.txt")
    options = lint.Options(gathered=True)
    return lint.findings(normalize([draft], [source], Config()), Config(), options=options)


def found_of(text: str, seeds: Sequence[Seed]) -> tuple[list[Seed], list[Seed]]:
    """Tell which errors are missed and which found: a warning shares a character with each, or touches it."""
    spans = [item.span for item in findings(text) if item.severity > Severity.INFO]
    missed: list[Seed] = []
    found: list[Seed] = []
    for seed in seeds:
        met = any(span.start <= seed.end and span.end >= seed.start for span in spans)
        (found if met else missed).append(seed)
    return missed, found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("books", nargs="*", default=corpus.books())
    parser.add_argument("--seed", default="a")
    parser.add_argument("--each", type=int, default=4, help="errors of each kind in a book")
    parser.add_argument("--later", action="store_true", help="kinds that no rule was written for")
    wish = parser.parse_args(arguments)
    chosen = LATER if wish.later else KINDS | SLIPS
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    words, total = 0, Counter[bool]()
    for book in wish.books:
        text = clean(book)
        start = time.process_time()
        items = findings(text)
        seconds = time.process_time() - start
        size, counts = len(text.split()), Counter(item.severity > Severity.INFO for item in items)
        words, total = words + size, total + counts
        print(
            f"{book:24} {size:8,} words  {counts[True]:4} warnings  {counts[False]:5} notes  {seconds:.2f} s"
        )
        missed, found = found_of(*seeded(text, wish.seed + book, chosen, each=wish.each))
        for hit, some in ((False, missed), (True, found)):
            for seed in some:
                kinds[seed.kind][hit] += 1
    warnings, notes = (10_000 * total[which] / words for which in (True, False))
    recall = sum(count[True] / count.total() for count in kinds.values()) / len(kinds)
    print(f"in 10,000 words: {warnings:.2f} warnings, {notes:.2f} notes")
    for kind, count in sorted(kinds.items()):
        if count[False]:
            print(f"  {kind:28} {count[True]} of {count.total()}")
    print(f"recall over {len(kinds)} kinds: {recall:.4f}")
    return int(warnings > WARNINGS or notes > NOTES or (recall < RECALL and not wish.later))


if __name__ == "__main__":
    sys.exit(main())
