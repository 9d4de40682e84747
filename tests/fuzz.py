"""Manuscripts mutated at random, each held against what holds for every manuscript.

`python -m tests.fuzz --minutes 10 --seed 1` takes the books of `manuscripts/`, those of the test cases and,
where PUBLISH_SHARED has them, the manuscripts of the shared corpus, damages them and normalizes them: nothing
may crash, take too long, lose or double a letter, or read differently when it is written and read back. Case
number n of a seed is the same in every run. A manuscript that fails is made small and written to dist/fuzz/,
beside a file with the seed, the number of the case and the traceback. Ends with 1 where anything failed.
"""

import argparse
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from types import FrameType

from msgspec import Struct

from publish.config import Config
from publish.diagnostic import PublishError
from publish.normalize import normalize
from tests import ROOT, corpus
from tests.properties import check
from tests.reading import read_one

FOUND = ROOT / "dist" / "fuzz"
SECONDS = 10.0
"""Of processor time; a sound manuscript of the longest length takes less than one."""
LONGEST_LINES = 300
SHRINKING = 60.0
"""Seconds of processor time for making one manuscript small."""


class TooSlowError(Exception):
    """A manuscript took more than its time."""


class Failure(Struct, frozen=True):
    """What went wrong, and where; failures with the same place are one fault."""

    place: str
    report: str


# --- Manuscripts -----------------------------------------------------------------------------------------


@cache
def _texts() -> list[Callable[[], bytes]]:
    """Give the readers of all manuscripts there are."""
    here = [
        *ROOT.glob("manuscripts/*/*.txt"),
        *ROOT.glob("manuscripts/*/*.md"),
        *ROOT.glob("tests/cases/*.txt"),
    ]
    paths: list[Callable[[], bytes]] = [path.read_bytes for path in sorted(here)]
    if corpus.CORPUS.is_dir():
        paths += [cache(_shared(job)) for job in (*corpus.jobs("raw"), *corpus.jobs("suite"))]
    return paths


def _shared(job: corpus.Job) -> Callable[[], bytes]:
    def read() -> bytes:
        return corpus.manuscript(job)[0].read_bytes()

    return read


def manuscript(dice: random.Random) -> bytes:
    """Give a stretch of some manuscript, damaged up to six times."""
    data = _stretch(dice)
    for _ in range(dice.randint(0, 6)):
        data = dice.choice(MUTATIONS)(data, dice)
    return data


def _stretch(dice: random.Random) -> bytes:
    lines = dice.choice(_texts())().splitlines(keepends=True)
    size = min(len(lines), int(LONGEST_LINES ** dice.uniform(0.2, 1)))
    start = dice.choice((0, dice.randint(0, len(lines) - size)))
    return b"".join(lines[start : start + size])[:50_000]


def _flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _part(data: bytes, dice: random.Random) -> tuple[int, int]:
    """Give a short range of the data more often than a long one."""
    start = dice.randint(0, len(data))
    return start, min(len(data), start + int(len(data) ** dice.random()))


def _cut(data: bytes, dice: random.Random) -> bytes:
    start, end = _part(data, dice)
    return data[:start] + data[end:]


def _doubled(data: bytes, dice: random.Random) -> bytes:
    start, end = _part(data, dice)
    return data[:end] + data[start:end] + data[end:]


def _spliced(data: bytes, dice: random.Random) -> bytes:
    other, at = _stretch(dice), dice.randint(0, len(data))
    start, end = _part(other, dice)
    return data[:at] + other[start:end] + data[at:]


def _shuffled(data: bytes, dice: random.Random) -> bytes:
    sign = dice.choice((b"\n", b"\n\n", b"\n\n\n"))
    parts = data.split(sign)
    start = dice.randint(0, len(parts))
    some = parts[start : start + dice.choice((2, 10, len(parts)))]
    dice.shuffle(some)
    return sign.join([*parts[:start], *some, *parts[start + len(some) :]])


def _unwrapped(data: bytes, dice: random.Random) -> bytes:
    """Make one huge line, or one line end in all the ways there are."""
    return data.replace(b"\n", dice.choice(ENDS))


def _recoded(data: bytes, dice: random.Random) -> bytes:
    """Put a part into another encoding, or garble it as programs do that guess wrong."""
    start, end = _part(data, dice)
    text = data[start:end].decode("utf-8", "replace")
    page = dice.choice(("cp1252", "mac_roman", "cp437", "cp850", "cp1250", "cp1251", "utf-16-le", "latin-1"))
    if dice.random() < 1 / 2 and page != "utf-16-le":
        changed = text.encode("utf-8").decode(page, "replace").encode("utf-8")
    else:
        changed = text.encode(page, "ignore")
    return data[:start] + changed + data[end:] if dice.random() < 1 / 2 else changed or data


def _strewn(data: bytes, dice: random.Random) -> bytes:
    """Strew signs that mean something: markup, controls, marks, headings."""
    parts = data.split(b" ")
    for _ in range(dice.randint(1, 12)):
        parts.insert(dice.randint(0, len(parts)), dice.choice(SIGNS).encode("utf-8", "surrogatepass"))
    return b" ".join(parts)


def _headed(data: bytes, dice: random.Random) -> bytes:
    """Set headings between the paragraphs: repeated, counting, nested, contradictory."""
    parts = data.split(b"\n\n")
    word = dice.choice(("Chapter", "CHAPTER", "Part", "Kapitel", "Book", "", "Scene", "Letter", "#", "##"))
    numbers = dice.choice((count(1), count(300, -1), iter([7] * 999), iter(dice.choices(range(40), k=999))))
    for at in range(0, len(parts), dice.randint(1, 9)):
        end = dice.choice(("", ".", ": The Storm", " of 12", " (continued)", "; Chapter 1-A", ".1.1.2", "–9"))
        parts[at] = f"{word} {next(numbers)}{end}".encode() + dice.choice((b"\n", b"\n\n", b" ")) + parts[at]
        if at > 900:
            break
    return b"\n\n".join(parts)


def _nested(data: bytes, dice: random.Random) -> bytes:
    start, end = _part(data, dice)
    times = dice.choice((1, 2, 9, 300))
    opens, closes = dice.choice(PAIRS)
    return data[:start] + (opens * times).encode() + data[start:end] + (closes * times).encode() + data[end:]


MUTATIONS = (
    _flipped, _cut, _doubled, _spliced, _spliced, _shuffled,
    _unwrapped, _recoded, _strewn, _strewn, _headed, _nested,
)  # fmt: skip
ENDS = (b"", b" ", b"\r", b"\r\n", b"\n\n", b"\xe2\x80\xa8", b"\x0c\n", b"\t\n")
PAIRS = (
    ("*", "*"), ("_", "_"), ("**", "**"), ("“", "”"), ("'", "'"), ('"', '"'), ("[", "]{.emphasis}"),
    ("(", ")"), ("\n::: verse\n", "\n:::\n"), ("> ", "\n"), ("&", ";"), ("&amp;", ""), ("[1] ", " [1]"),
)  # fmt: skip
SIGNS = (
    "\n", "\n\n", "\n\n\n\n", "\r", "\x0c", "\x00", "\x07", "\x85", "\x93", "\xa0", "\xad", "\u200b",
    "\ufeff", "\u2028", "\ufdd0", "\ufdd1", "\ufdd4", "\ufdd5", "\uffff", "́", "\u202e", "\udc80", "🎉",
    "漢字", "ﬁ", "…", ". . .", "....", "--", "-----", "—", "- ", "_", "__", "*", "***", "* * *", "`",
    "\\", "&nbsp;", "&#8217;", "&amp;amp;", "©", "[1]", "[Footnote 1: x]", "\n---\n", "\n# ", "\n    ",
    "\n> ", "\n::: letter\n", "\n:::\n", "{.verse}", "\nContents\n", "\n3\n", "\nII\n", "\nChapter 2\n",
    "\nTHE END\n", "\nPrologue\n", "\nDear Ada,\n", "\nYours ever,\n", "5 min read", "May 3, 2021",
    "Like · Comment · Share", "'tis", "rock 'n' roll", "â€™", "Ã©", "‰", "½", "<b>", "</p>", "<!--",
    "]]>",
)  # fmt: skip


# --- Holding them against the promises -------------------------------------------------------------------


def failure(data: bytes, name: str) -> Failure | None:
    """Normalize a manuscript and give what went wrong; a `PublishError` is an answer, not a failure."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"more than {SECONDS} seconds for {len(data)} bytes")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        source, draft = read_one(data, name)
        check(normalize([draft], [source], Config()), [draft])
    except PublishError:
        return None
    except Exception as error:  # whatever it is, it is what is looked for
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return Failure(_place(error), traceback.format_exc())
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return None


def _place(error: Exception) -> str:
    """Name the kind of a failure and the function it came from; time may run out anywhere."""
    if isinstance(error, TooSlowError):
        return "too-slow"
    frames = traceback.extract_tb(error.__traceback__)
    what = str(error).partition(":")[0] if isinstance(error, AssertionError) else type(error).__name__
    return f"{what.split()[0] if what.split() else 'assert'}-{frames[-1].name}-{frames[-1].lineno}"


def shrunk(data: bytes, name: str, place: str) -> bytes:
    """Leave out lines, then bytes, as long as the same failure remains and there is time."""
    end = time.process_time() + SHRINKING
    for sign in (b"\n\n", b"\n", b" ", b""):
        parts = data.split(sign) if sign else [data[at : at + 1] for at in range(len(data))]
        size = len(parts) // 2
        while size and time.process_time() < end:
            at = 0
            while at < len(parts) and time.process_time() < end:
                fewer = parts[:at] + parts[at + size :]
                found = failure(sign.join(fewer), name)
                if found and found.place == place:
                    parts = fewer
                else:
                    at += size
            size //= 2
        data = sign.join(parts)
    return data


def cases(seed: str, numbers: Iterator[int]) -> Iterator[tuple[int, str, bytes]]:
    """Give the manuscripts of a seed: number, name of the file, bytes."""
    for number in numbers:
        dice = random.Random(f"{seed}-{number}")
        yield number, dice.choice(("a.txt", "a.txt", "a.txt", "a.md")), manuscript(dice)


def _kept(seed: str, number: int, name: str, data: bytes, found: Failure) -> Path:
    FOUND.mkdir(parents=True, exist_ok=True)
    path = FOUND / f"{found.place}.{Path(name).suffix[1:]}"
    path.write_bytes(shrunk(data, name, found.place))
    again = f"python -m tests.fuzz --seed {seed} --case {number}"
    path.with_suffix(".log").write_text(f"{again}\n\n{found.report}", "utf-8", "surrogatepass")
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the time is over, or one case."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--case", type=int, help="only this one")
    options = parser.parse_args(arguments)
    end = time.monotonic() + options.minutes * 60
    found: dict[str, int] = {}
    done = 0
    for number, name, data in cases(options.seed, count() if options.case is None else iter([options.case])):
        failed = failure(data, name)
        done += 1
        if failed and failed.place not in found:
            print(f"case {number}: {_kept(options.seed, number, name, data, failed)}", flush=True)
        if failed:
            found[failed.place] = found.get(failed.place, 0) + 1
        if time.monotonic() > end:
            break
    print(
        f"seed {options.seed}: {done} manuscripts, {sum(found.values())} failed", *found.items(), sep="\n  "
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
