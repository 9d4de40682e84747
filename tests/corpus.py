"""How well manuscripts that were damaged on purpose come out: make them, build them, score them, compare.

`python -m tests.corpus` reads the corpus of the folder that PUBLISH_SHARED names: its generator makes the
manuscripts, its scorer reads the finished EPUB, and each book is held against what holds for every manuscript
(`properties`): each letter has its place in the file, none is lost, and the book written as Markdown is read
back as it was. What was scored once is scored again only after the package,
the manuscript or the scorer changed. `dist/corpus*.json` holds every measure, `dist/corpus*.txt` what is
printed; both can be compared between commits. Ends with 1 where a floor is missed.
"""

import argparse
import hashlib
import importlib
import json
import os
import re
import struct
import sys
import tempfile
import traceback
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from publish import epub, readers
from publish.build import conversion
from publish.config import Config
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests import ROOT, corpus_furniture, properties
from tests.corpus_floors import Result, missed, silently_wrong, too_often_uncertain
from tests.corpus_sites import SITES

FURNITURE = corpus_furniture.FURNITURE | SITES
SHARED = Path(os.environ.get("PUBLISH_SHARED") or ROOT.parent / "shared")
CORPUS = SHARED / "corpus"
DIST = ROOT / "dist"
CACHE = DIST / ".corpus"
MODIFIED = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
MAX_WORDS = 24_000
"""Length to which the generator cuts a book, as its own default does."""
CLEAN = {"style": "plain", "layout": "blank", "scene": "* * *", "trail": False, "add_scenes": False}
"""Recipe for a whole book without any damage."""


class Job(Struct, frozen=True):
    """One manuscript to be made and scored."""

    family: str
    """order, enc, lay, fur, mix: a damaged book; clean: a whole one; raw, real: a file that is there."""
    book: str
    recipe: str
    seed: str = ""
    furniture: str = ""
    words: int = MAX_WORDS

    @property
    def name(self) -> str:
        """Book and recipe, as the generator names its files."""
        return f"{self.book}.{self.recipe}"


# --- The corpus's own modules ----------------------------------------------------------------------------


@cache
def _module(name: str) -> Any:
    if str(CORPUS) not in sys.path:
        sys.path.insert(0, str(CORPUS))
    return importlib.import_module(name)


@cache
def _truth(book: str) -> Any:
    return json.loads((CORPUS / "truth" / f"{book}.json").read_bytes())


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:16]


def _files(folder: Path, pattern: str) -> Iterator[bytes]:
    for path in sorted(folder.rglob(pattern)):
        yield path.relative_to(folder).as_posix().encode()
        yield path.read_bytes()


@cache
def code() -> str:
    """Give the fingerprint of everything a score depends on but the manuscript."""
    paths = (Path(__file__), Path(properties.__file__), CORPUS / "score.py")
    here = tuple(path.read_bytes() for path in paths)
    return _digest([*_files(ROOT / "publish", "*.py"), *here])


@cache
def _generator() -> str:
    made_by = [(CORPUS / name).read_bytes() for name in ("make_inputs.py", "common.py")]
    settings = repr((FURNITURE, CLEAN)).encode()
    return _digest([*made_by, *_files(CORPUS / "truth", "*.json"), settings])


# --- Making ----------------------------------------------------------------------------------------------


def jobs(which: str, seed: str = "", furniture: str = "") -> list[Job]:
    """List the manuscripts: `which` is suite, all, raw or clean."""
    found = _raw() if which != "clean" else []
    if which != "raw":
        found += [Job("clean", book, "clean-whole") for book in books()]
    if which in ("suite", "all"):
        chosen = _chosen(which, seed)
        found += [Job(recipe.partition("-")[0], book, recipe, seed, furniture) for book, recipe in chosen]
    return found


def books() -> list[str]:
    """Give the books of the corpus that anybody may see."""
    split = json.loads((CORPUS / "split.json").read_bytes())
    return [book for book in split["open"]["books"] if (CORPUS / "truth" / f"{book}.json").is_file()]


def _chosen(which: str, seed: str) -> list[tuple[str, str]]:
    generator = _module("make_inputs")
    truths = {book: _truth(book) for book in books()}
    if which == "all":
        fits = generator.fits
        return [(b, r["name"]) for b, truth in truths.items() for r in generator.RECIPES if fits(r, truth)]
    with mock.patch.dict(generator.SEEDS, open=seed or generator.SEEDS["open"]):
        chosen: list[tuple[str, str]] = generator.suite("open", truths)
    return chosen


def _raw() -> list[Job]:
    raw = [Job("raw", path.stem, "raw") for path in sorted((CORPUS / "inputs" / "raw").glob("*.txt"))]
    seeds = sorted((CORPUS / "truth").glob("seed-*.json"))
    return raw + [Job("real", path.stem.removeprefix("seed-"), "real") for path in seeds]


def manuscript(job: Job) -> tuple[Path, Path]:
    """Give the file of a manuscript and the file with its answer, made where they are not there yet."""
    if job.family == "raw":
        path = CORPUS / "inputs" / "raw" / f"{job.book}.txt"
        return path, path.with_name(path.name.partition(".")[0] + ".json")
    if job.family == "real":
        return SHARED / "manuscripts" / f"{job.book}.txt", CORPUS / "truth" / f"seed-{job.book}.json"
    setting = f"{_generator()}-{job.seed}-{job.furniture}-{job.words}"
    path = CACHE / "made" / _digest([setting.encode()]) / f"{job.name}.txt"
    answer = path.with_suffix(".json")
    if not answer.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        data, side = _make(job)
        path.write_bytes(data)
        answer.write_text(json.dumps(side, ensure_ascii=False), "utf-8")
    return path, answer


def _make(job: Job) -> tuple[bytes, Any]:
    generator = _module("make_inputs")
    languages = FURNITURE[job.furniture or "other"]
    language = languages[zlib.crc32(job.name.encode()) % len(languages)]
    recipe = {"name": job.recipe} | CLEAN if job.family == "clean" else generator.BY[job.recipe]
    with (
        mock.patch.dict(generator.SEEDS, open=job.seed or generator.SEEDS["open"]),
        mock.patch.dict(generator.FURN, open=language.furniture if job.furniture else generator.FURN["open"]),
        mock.patch.object(generator, "MONTHS", language.months if job.furniture else generator.MONTHS),
        mock.patch.object(generator, "cut", _whole if job.family == "clean" else generator.cut),
    ):
        made: tuple[bytes, Any] = generator.Make(_truth(job.book), recipe, "open", job.words).run()
    return made


def _whole(truth: Any, _words: int, _dice: object) -> Any:
    """Give the answer uncut, without the notes, for which plain text has no place."""
    book = deepcopy(truth)
    book["notes"] = []
    book["blocks"] = [b for b in book["blocks"] if b["kind"] == "scene_break" or re.search(r"\w", b["text"])]
    return book


# --- Scoring ---------------------------------------------------------------------------------------------


def measured(job: Job, known: str = "") -> Result:
    """Build and score one manuscript, or give what was measured before; `known` is what `code` gives."""
    path, answer = manuscript(job)
    key = _digest([(known or code()).encode(), path.read_bytes(), answer.read_bytes()])
    kept = CACHE / "results" / f"{_digest([repr(job).encode()])}.json"
    if kept.is_file():
        found = msgspec.json.decode(kept.read_bytes(), type=Result)
        if found.key == key:
            return found
    result = _scored(job, key, path, answer)
    if not result.error:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(result))
    return result


def _scored(job: Job, key: str, path: Path, answer: Path) -> Result:
    try:
        data, suffix = path.read_bytes(), path.suffix
        data = conversion.converted(data, path, suffix) if suffix in readers.COPIED else data
        read = readers.read(data, path.name)
        normalized = normalize(read.drafts, read.sources, Config())
        truth, side = _module("score").load_answer(str(answer))
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / "book.epub"
            book.write_bytes(epub.write(normalized.book, cover=pixel(), modified=MODIFIED))
            scores = _module("score").score(str(book), truth, side)
            typed = scores["text"]["cer"]
            if truth.get("quotes") == "none":
                typed = _module("score").score(str(book), _curled(truth), side)["text"]["cer"]
        result = replace(_result(job, key, scores, side, normalized), cer=typed)
        return _held(result, list(properties.broken(normalized, read.drafts)))
    except Exception:  # whatever goes wrong with one manuscript is its result
        error = traceback.format_exc(limit=-4)
        return Result(name=job.name, family=job.family, recipe=job.recipe, key=key, error=error)


def _held(result: Result, broken: list[str]) -> Result:
    examples = result.examples | ({"promises broken": broken} if broken else {})
    return replace(result, broken=len(broken), examples=examples)


def _curled(truth: Any) -> Any:
    """Give an answer that an archive typed with straight apostrophes the apostrophes of print.

    Only the character error rate is taken from it, which would else count every apostrophe; all other
    measures, the composite among them, are those of the answer as it is.
    """
    answer = deepcopy(truth)
    for block in answer["blocks"]:
        if "text" in block:
            block["text"] = block["text"].replace("'", "’")
    return answer


_BREAKS = ("hyphenated_line_ends", "mid_word_breaks")
"""What the generator calls words broken at a hyphen."""


def _result(job: Job, key: str, scores: Any, side: Any, normalized: Normalized) -> Result:
    trusted = scores.get("divisions_trusted", True)
    breaks = sum(op["count"] for op in side.get("ops", ()) if op["op"] in _BREAKS)
    lost, invented = scores["words"]["lost"], scores["words"]["invented"]
    folded = scores["words"].get("recall_folded")
    return Result(
        name=job.name,
        family=job.family,
        recipe=job.recipe,
        key=key,
        uncertain=normalized.order.uncertain,
        composite=scores["composite"],
        division=scores["division"]["f1"] if trusted else None,
        exact_order=scores["exact_order"] if trusted else None,
        lost=lost if job.family != "raw" else None,
        invented=invented if job.family != "raw" else None,
        rejoined=round(1 - lost / breaks, 4) if breaks else None,
        breaks=breaks,
        recall=round(folded - scores["ceiling"]["recall_folded"], 6) if folded is not None else None,
        cer=scores["text"]["cer"],
        mojibake=scores["mojibake_residue"],
        paragraphs=scores["paragraphs"]["f1"],
        scenes=scores["scene_breaks"]["f1"] if scores["scene_breaks"]["expected"] else None,
        quotes=scores["quotes"]["accuracy"],
        dashes=scores["dashes"]["accuracy"],
        ellipses=scores["ellipses"]["accuracy"],
        furniture=scores["furniture_residue"] if job.family != "raw" else None,
        examples=_examples(scores),
    )


def _examples(scores: Any) -> dict[str, list[str]]:
    found = {
        "lost": scores["words_examples"]["lost"],
        "invented": scores["words_examples"]["invented"],
        "headings missed": [
            f"{d['kind']} {d['number']} {d['title'] or ''}".strip() for d in scores["missed_divisions"]
        ],
        "headings too many": scores["extra_headings"],
        "furniture left": scores["furniture_left"],
        "text": [f"{expected} ⇒ {found}" for expected, found in scores["text_examples"]],
    }
    return {name: some for name, some in found.items() if some}


def pixel() -> bytes:
    """Give the smallest PNG: a real cover would take longer than all the rest."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def run(wanted: Sequence[Job], workers: int = 0) -> Iterator[Result]:
    """Measure all manuscripts, several at a time, and give the results in the order of the jobs."""
    known = code()
    with ProcessPoolExecutor(workers or os.cpu_count() or 1) as pool:
        yield from pool.map(measured, wanted, [known] * len(wanted), chunksize=1)


# --- The table -------------------------------------------------------------------------------------------

_COLUMNS = (
    "composite", "division", "exact_order", "uncertain", "lost", "invented", "rejoined", "recall", "cer",
    "mojibake", "paragraphs", "scenes", "quotes", "dashes", "ellipses", "furniture", "broken",
)  # fmt: skip
_MOST_IS_WORST = frozenset(("uncertain", "lost", "invented", "cer", "mojibake", "furniture", "broken"))


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(int(value))


def table(results: Sequence[Result]) -> Iterator[str]:
    """Give a line for each recipe with the worst of each measure, then what falls short."""
    yield " ".join([f"{'recipe':<18} {'n':>3}", *(f"{name[:9]:>9}" for name in _COLUMNS)])
    by_recipe: dict[str, list[Result]] = {}
    for result in results:
        by_recipe.setdefault(result.recipe, []).append(result)
    for recipe, some in sorted(by_recipe.items()):
        cells = [f"{_cell(_worst(some, name)):>9}" for name in _COLUMNS]
        yield " ".join([f"{recipe:<18} {len(some):>3}", *cells])
    yield ""
    short = [(result, failed) for result in results if (failed := missed(result))]
    for result, failed in short:
        yield f"{result.name}: {'; '.join(failed)}"
        yield from (f"    {what}: {' | '.join(shown[:5])}" for what, shown in result.examples.items())
    yield from silently_wrong(results)
    yield from too_often_uncertain(results)
    yield f"{len(results)} manuscripts, {len(short)} fall short"


def _worst(results: Sequence[Result], measure: str) -> float | None:
    values = [value for result in results if (value := getattr(result, measure)) is not None]
    if not values:
        return None
    least: float = (max if measure in _MOST_IS_WORST else min)(values)
    return least


def changed(before: Sequence[Result], after: Sequence[Result]) -> Iterator[str]:
    """Give a line for each manuscript whose measures changed."""
    known = {result.name: result for result in before}
    for result in after:
        old = known.get(result.name)
        if old is None:
            continue
        moved = [
            f"{name} {_cell(a)} → {_cell(b)}"
            for name in _COLUMNS
            if (a := getattr(old, name)) != (b := getattr(result, name))
        ]
        if bool(old.error) != bool(result.error):
            moved = ["fails" if result.error else "no longer fails"]
        if moved:
            yield f"{result.name}: {', '.join(moved)}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", dest="which", default="suite", choices=["suite", "all", "raw", "clean", ""])
    parser.add_argument("--pattern", default="", help="regular expression that names must hold")
    parser.add_argument("--seed", default="", help="another seed of the generator")
    parser.add_argument("--furniture", default="", choices=["", *FURNITURE], help="furniture of other sites")
    parser.add_argument("--workers", type=int, default=0, help="how many at a time; as many as processors")
    return parser.parse_args()


def main() -> int:
    """Run, print, write; 1 where a floor is missed."""
    given = _arguments()
    which = given.which or "suite"
    if not CORPUS.is_dir():
        sys.exit(f"There is no corpus at {CORPUS}; PUBLISH_SHARED names the folder in which it lies.")
    wanted = jobs(which, given.seed, given.furniture)
    wanted = [job for job in wanted if re.search(given.pattern, job.name)]
    results = []
    for result in run(wanted, given.workers):
        results.append(result)
        if sys.stderr.isatty():
            print(f"\r{len(results)}/{len(wanted)} {result.name:<50}", end="", file=sys.stderr)
    shown = list(table(results))
    kind = "-".join(filter(None, ["corpus", which if which != "suite" else "", given.seed, given.furniture]))
    kept = DIST / f"{kind}.json"
    before = msgspec.json.decode(kept.read_bytes(), type=list[Result]) if kept.is_file() else []
    print("\n".join(shown))
    print(*(f"changed: {line}" for line in changed(before, results)), sep="\n")
    if not given.pattern:
        kept.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1))
        kept.with_suffix(".txt").write_text("\n".join(shown) + "\n", "utf-8")
    failed = any(missed(result) for result in results)
    return int(failed or bool(list(too_often_uncertain(results))))


if __name__ == "__main__":
    sys.exit(main())
