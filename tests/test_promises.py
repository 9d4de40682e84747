"""What holds for every manuscript, whatever it says: nothing is lost, doubled or silently changed."""

import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from publish import build, lint, places
from publish.config import Config, Refusal
from publish.diagnostic import PublishError
from publish.document import (
    same,
)
from publish.normalize import normalize
from publish.normalize.result import Normalized
from publish.readers.decode import decode
from publish.source import Edit, Run, Source, Span
from tests import ROOT
from tests.conftest import SHARED
from tests.odd_texts import PATHOLOGICAL
from tests.properties import check, check_conservation, check_run, runs
from tests.reading import made_of, read_one
from tests.work import is_linear

SAMPLES = sorted(ROOT.glob("manuscripts/*/"))
CASES = sorted(ROOT.glob("tests/cases/*.txt"))
REAL = sorted((SHARED / "manuscripts").glob("*.txt"))
few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


# --- Texts as authors do not write them ------------------------------------------------------------------

_ODD = (
    "the a of and Anna Ivan said night na├»ve wouldnâ€™t cafÃ© f├¬te don't 'tis well-known mid- level "
    "1918 3rd Chapter Part XI IV … -- — ... . . . , ; : ! ? “ ” ‘ ’ \" ' « » _ * ** _so_ © & &amp; &#8217; "
    "½ \x07 \x85 \x93 \u200b \xad \ufeff \ufdd0 \ufdd1 \ufdd4 \uffff e\u0301 ﬁ Ａ א 漢字 🎉 \udc80 \udcff "
    "\ufffd"
)
_WORDS = st.sampled_from(_ODD.split(" "))
_GAPS = st.sampled_from([" ", " ", " ", "  ", "\xa0", "\xa0 ", "\t", "", "\u2009"])
_LINES = st.one_of(
    st.lists(st.tuples(_WORDS, _GAPS), max_size=14).map(lambda pairs: "".join(map("".join, pairs))),
    st.sampled_from(
        [
            "Chapter 1",
            "Chapter 2: The Storm",
            "CHAPTER THE THIRD",
            "Part IV; Chapter I-Two worlds",
            "Chapter 2 (continued)",
            "Chapters II, III, and IV",
            "Prologue",
            "Epilogue",
            "II",
            "3.",
            "* * *",
            "***",
            "#",
            "# One",
            "---",
            "::: verse",
            ":::",
            "Dear Ada,",
            "Yours ever,",
            "Ada Marsh",
            "by Ada Marsh",
            "© A. Marsh Photography",
            "5 min readMay 3, 2021",
            "Contents",
            "Chapter 1 .... 7",
            "Like · Comment · Share",
            "  indented line of verse",
            "    deeper line of verse,",
            "“Yes,” she said. “No.”",
            "The night was long, and nobody who had come so far would turn back before the morning.",
            "The night was long, and nobody who had come so far would turn",
            "back before the morning; and when it came they were gone, all of",
            "them. She had counted twelve and a half, which is a great many in a coun-",
            "try so small.",
        ]
    ),
    st.text(max_size=30),
)
_MANUSCRIPTS = st.lists(
    st.tuples(_LINES, st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\r\n", "\n\n\n\n"]))
).map(lambda lines: "Anna.\n\n" + "".join(map("".join, lines)))


# --- Conservation -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_samples(folder: Path) -> None:
    manuscript = build.load([folder])
    check(build.assemble(manuscript), manuscript.drafts, manuscript.config)


FOUND = {
    "a note in the contents": ("a.txt", "Contents\np.. 1\nCap2[Footnote :x]\n6.. 6\nC.. 5"),
    "a mark below a heading": ("a.md", "# One\n\nSome *text*.\n\nCHAPTER 8 (continued)\n”\n\nText of it.\n"),
    "a title below a label": ("a.txt", "Bok7(continued\n\nH\n\nB\nm\nØ\nÇØ\nÔ\nØ\n\nr\n\nan"),
    "a part named again": ("a.md", "Bok7 \n\nBok7\nChapter6\n\nI"),
    "a dash below a label": ("a.md", "Text of it came in.\n\nCHAPTER 8\n—\n\nText of it.\n"),
    "a mark and a dash": ("a.md", "Text of it came in.\n\nCHAPTER 8\n” —\n\nText of it.\n"),
    "a folio below a heading": ("a.md", "CHAPTER 22. HOW IT BEGAN \n- 58 -\n\nThere was no return.\n"),
    "a note in a second copy": (
        "a.txt",
        "Chapter1\rnet that needed no mending\r\rChapter1\r[^jan]that needed no mending t\r[^jan]:w",
    ),
    "a story with text and a title below": ("a.txt", "Y\n–9\nH\n\nR\n\nE\n\nCHAPTER I\na\nt\n)\nc"),
    "nothing but a sign that nobody sees": ("a.md", "\u200b"),
    "the opening of a part, twice": (
        "a.txt",
        "Part II;I- \npart1[Part I] (\nup so long that\nPart II]4\x0c\npart1[Part I] (\nup so long that",
    ),
    "a part named otherwise": ("a.md", "Part7.O\n\nPart7\nP;I-T e\n\nA"),
    "a part's title again": (
        "a.txt",
        "Part 7: Tin; Chapter 1-Two worlds\n\nHe went.\n\nPart 7: Tin; Chapter 2-Worlds\n\nHe came.\n",
    ),
    "another title of a part": (
        "a.txt",
        "Part 7: Tin\n\nHe went.\n\nPart 7: Zinc; Chapter 1-A\n\nHe came.\n",
    ),
    "a name above the text": ("a.txt", "by Rosa Quill\n\nBrine finds every cut. That was the first thing."),
    "labels alone": ("a.txt", "Chapter II:\nPart Two Chapter I:\nBok2 Chapter1-\nCap III:\nCap II"),
}
"""Texts that lost or doubled a letter once, or were read back otherwise."""


@pytest.mark.parametrize("case", FOUND)
def test_what_broke_a_promise_once(case: str) -> None:
    name, text = FOUND[case]
    source, draft = read_one(text.encode(), name)
    check(normalize([draft], [source], Config()), [draft])


@pytest.mark.shared
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_manuscripts(path: Path) -> None:
    manuscript = build.load([path])
    check(build.assemble(manuscript), manuscript.drafts, manuscript.config)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few public-domain books, damaged in the ways that manuscripts are; the same ones in every run."""
    folder = tmp_path_factory.mktemp("corpus")
    make = [sys.executable, "-X", "utf8", "make_inputs.py", "--set", "open", "--max-words", "4000"]
    for book, recipe in _DAMAGED:
        arguments = ["--book", book, "--recipe", recipe, "--out", str(folder)]
        subprocess.run([*make, *arguments], cwd=SHARED / "corpus", check=True, capture_output=True)
    return folder


_DAMAGED = (
    ("hamlet", "mix-pdf"),
    ("iliad", "lay-wrap"),
    ("jane-eyre", "mix-worst"),
    ("pride-and-prejudice", "mix-gutenblog"),
    ("treasure-island", "mix-seed"),
    ("frankenstein", "mix-word"),
    ("candide-fr", "enc-wordstwice"),
)


@pytest.mark.shared
@pytest.mark.parametrize(("book", "recipe"), _DAMAGED)
def test_damaged_books(book: str, recipe: str, corpus: Path) -> None:
    manuscript = build.load([corpus / f"{book}.{recipe}.txt"])
    check(build.assemble(manuscript), manuscript.drafts)


@few
@given(_MANUSCRIPTS)
def test_any_text(text: str) -> None:
    try:
        source, draft = read_one(text.encode("utf-8", "surrogateescape"), "story.txt")
    except (PublishError, UnicodeEncodeError):
        return
    normalized = normalize([draft], [source], Config())
    check(normalized, [draft])
    lint.findings(normalized, Config())


@few
@given(_MANUSCRIPTS)
def test_any_markdown(text: str) -> None:
    try:
        source, draft = read_one(text.encode("utf-8", "surrogateescape"), "story.md")
    except (PublishError, UnicodeEncodeError):
        return
    normalized = normalize([draft], [source], Config())
    check(normalized, [draft])


_FUZZED = (
    "I\n***START \ufeff OF THIS PROJECT GUTENBERG",
    "Part7\nCh Nineteen\nPart7 Ch1",
    "\u2028PART TWO\u2028Bok6\u2028Chapter2",
    "Bok34\nBok4\nChapter I",
    "Book 1\n\nPart 1\n\nBook 2\n\nPart 1\n\nChapter 2\n\nAnna came.",
    "=\nCap2",
    "May 3 2021s\nd\n\nBok Twenty B\nW",
    "Bok0[Footnote:x](continued",
    f"{'[' * 16}`o`{']{.emphasis}' * 16}",
)
"""Manuscripts that `tests.fuzz` found, made small."""


@pytest.mark.parametrize("text", _FUZZED)
@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_what_fuzzing_found(text: str, name: str) -> None:
    source, draft = read_one(text.encode("utf-8", "surrogateescape"), name)
    check(normalize([draft], [source], Config()), [draft])


# --- Provenance ------------------------------------------------------------------------------------------


@st.composite
def _edits(draw: st.DrawFn, length: int) -> list[Edit]:
    marks = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    return [
        Edit(start, end, draw(st.text("ab \n", max_size=3)), "TST001")
        for start, end in zip(marks[::2], marks[1::2], strict=False)
    ]


@given(st.lists(st.text("abc \r\n", min_size=1, max_size=20), min_size=1, max_size=3), st.data())
def test_runs_know_where_they_come_from(texts: list[str], data: st.DataObject) -> None:
    sources = [Source(str(number), text.encode(), text, "utf-8") for number, text in enumerate(texts)]
    by_key = {source.key: source.text for source in sources}
    runs = [source.run() for source in sources]
    for _ in range(data.draw(st.integers(1, 8))):
        run = data.draw(st.sampled_from(runs))
        match data.draw(st.sampled_from(["slice", "apply", "join", "strip"])):
            case "slice":
                start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(run))] * 2)))
                result = run.slice(start, end)
                assert result.text == run.text[start:end]
            case "apply":
                edits = data.draw(_edits(len(run)))
                result = run.apply(edits)
                assert result.text == _applied(run.text, edits)
                for change in run.changes(edits):
                    _check_span(change.span, by_key)
            case "join":
                other = data.draw(st.sampled_from(runs))
                result = Run.join([run, other])
                assert result.text == run.text + other.text
            case _:
                result = run.strip()
                assert result.text == run.text.strip()
        check_run(result, by_key)
        if result.pieces:
            span = result.span(0, len(result))
            assert span
            _check_span(span, by_key)
        runs.append(result)


def _applied(text: str, edits: Iterable[Edit]) -> str:
    for edit in reversed(list(edits)):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _check_span(span: Span, texts: dict[int, str]) -> None:
    assert 0 <= span.start <= span.end <= len(texts[span.source])


@given(st.text("abc\n", min_size=1, max_size=40), st.data())
def test_an_exact_change_is_the_edit_in_the_author_s_file(text: str, data: st.DataObject) -> None:
    source = Source("a", text.encode(), text, "utf-8")
    edits = data.draw(_edits(len(text)))
    run = source.run()
    written = text
    for change in reversed(list(run.changes(edits))):
        assert change.exact
        written = written[: change.span.start] + change.text + written[change.span.end :]
    assert written == run.apply(edits).text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp437", "utf-16"])
@given(
    data=st.binary(max_size=200).filter(
        lambda data: data.strip(b" \t\r\n\x0c\x00\xef\xbb\xbf\xff\xfe") != b""
    )
)
def test_decoding_can_be_undone(encoding: str, data: bytes) -> None:
    try:
        source = decode(data, "a.txt", encoding)
    except PublishError:
        return
    if source.lossless:
        assert source.text.encode(source.encoding, "surrogateescape") == data
    assert source.lossless or encoding == "utf-16"


@given(data=st.binary(max_size=200))
def test_detected_decoding_can_be_undone(data: bytes) -> None:
    try:
        source = decode(data, "a.txt")
    except PublishError:
        return
    assert not source.lossless or source.text.encode(source.encoding, "surrogateescape") == data


# --- Refusing and ordering -------------------------------------------------------------------------------

_TROUBLED = """The Ferry

The Ferry

Chapter 2: The Far Bank

5 min readMay 3, 2021

Nobody spoke -- not one --  until the rope was made fast\x85 It was na├»ve, donâ€™t you think ?

"Well," said she, "'tis a _very_ long cafe\u0301 ... and a mid- level one." &amp; so\u200b be\xadgan.

© A. Marsh Photography

Chapter 1: The Rope

The ﬁrst ferry\xa0\xa0lay on the near bank all winter, and \ufeffnobody\x07 asked it to - yet.

My dear Mr. B-----, said he.

© A. Marsh Photography
"""


def test_every_repair_can_be_refused() -> None:
    plain = made_of(_TROUBLED)
    codes = sorted({change.why for change in plain.changes})
    assert len(codes) > 12
    for code in codes:
        refused = made_of(_TROUBLED, config=Config(refuse=(Refusal(code),)))
        assert code not in {change.why for change in refused.changes}
        text = "\n".join(run.text for run in runs(refused))
        for change in plain.changes:
            if change.why == code and (before := _before(plain, change.span).strip()):
                assert before in text, (code, before)


def _before(normalized: Normalized, span: Span) -> str:
    return normalized.sources[span.source].text[span.start : span.end]


def test_a_refusal_for_one_passage_leaves_the_others() -> None:
    text = "Anna -- she came -- and sat.\n\nSheet XIV--7 lay there -- torn.\n"
    refused = made_of(text, config=Config(refuse=(Refusal("DSH001", "XIV--7"),)))
    assert [run.text for run in runs(refused)] == ["Anna—she came—and sat.", "Sheet XIV--7 lay there—torn."]


def test_every_repair_can_be_refused_at_its_place() -> None:
    plain = made_of(_TROUBLED)
    for change in plain.changes:
        quote = places.quotation(change.span, plain.sources[change.span.source])
        if quote:
            refused = made_of(_TROUBLED, config=Config(refuse=(Refusal(change.why, quote),)))
            assert change not in refused.changes, (change.why, quote)
            others = {item for item in plain.changes if item.why[:3] != change.why[:3]}
            assert len(others - set(refused.changes)) <= 1, (change.why, quote)
            check_conservation(refused, [])


@pytest.mark.parametrize(
    ("rule", "quote", "kept"),
    [
        ("ENC001", "wouldn’t you say", "It was na├»ve, wouldnâ€™t you say?"),
        ("DSH001", "not a word—until he came", "There was not a word -- until he came."),
        ("QUO", "“Well,” said she", '"Well," said she, ‘no.’'),
        ("SPC007", "well mid-level one", "It was a well mid- level one."),
        ("DSH006", "waited…", "She waited..."),
    ],
)
def test_a_passage_may_be_quoted_as_the_book_has_it(rule: str, quote: str, kept: str) -> None:
    text = (
        "It was na├»ve, wouldnâ€™t you say?\n\nThere was not a word -- until he came.\n\n"
        "\"Well,\" said she, 'no.'\n\nIt was a well mid- level one.\n\nShe waited...\n\n"
        'The mid-level one was naïve -- he said "so" and left...\n'
    )
    refused = made_of(text, config=Config(refuse=(Refusal(rule, quote),)))
    assert kept.replace("na├»ve", "naïve") in [run.text.replace("na├»ve", "naïve") for run in runs(refused)]
    assert not refused.unplaced
    assert rule in {change.why[: len(rule)] for change in refused.changes} or rule == "SPC007"


def test_lines_can_be_kept_apart() -> None:
    text = "".join(
        "The night was long, and nobody who had come so far would turn\n"
        f"back before the morning {n}; and when it came they were gone, all\n"
        "of them, and the river was wide and cold.\n\n"
        for n in range(8)
    )
    whole = [run.text for run in runs(made_of(text))]
    apart = [run.text for run in runs(made_of(text, config=Config(refuse=(Refusal("SPC008"),))))]
    place = Refusal("SPC008", "so far would turn back before the morning 3")
    once = [run.text for run in runs(made_of(text, config=Config(refuse=(place,))))]
    assert (len(whole), len(apart), len(once)) == (8, 24, 9)


def test_a_refusal_silences_a_finding_that_repairs_nothing() -> None:
    text = "He saw the the door.\n\nShe saw the the gate, and that that was the end.\n"

    def doubled(*refusals: Refusal) -> int:
        config = Config(refuse=refusals)
        return sum(item.code == "PUN001" for item in lint.findings(made_of(text, config=config), config))

    assert [doubled(), doubled(Refusal("PUN001", "the the door")), doubled(Refusal("PUN"))] == [2, 1, 0]


def test_the_order_of_numbered_files_does_not_matter() -> None:
    files = [
        (
            f"{number}.txt",
            f"Chapter {number}: {title}\n\nIn chapter {number} {title} goes on.\n\nIt ends.\n".encode(),
        )
        for number, title in enumerate(("Ash", "Birch", "Cedar", "Elm", "Fir", "Holly"), 1)
    ]
    expected = _made_of(files)
    for seed in range(8):
        shuffled = random.Random(seed).sample(files, len(files))
        assert same(
            _made_of(shuffled).book, replace(expected.book, metadata=_made_of(shuffled).book.metadata)
        )


def _made_of(files: Sequence[tuple[str, bytes]]) -> Normalized:
    read = [read_one(data, name) for name, data in files]
    return normalize([draft for _, draft in read], [source for source, _ in read], Config())


# --- Time ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_grows_with_length_and_no_faster(name: str) -> None:
    text = PATHOLOGICAL[name]
    made_of("Anna.")
    assert is_linear(lambda size: made_of(f"Anna.\n\n{text(size)}\n\nEnd.\n"), 1 << 12)
