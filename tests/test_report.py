"""The report shows an author the place itself, and a program its exact coordinates."""

import io
import json

import pytest

from publish import changes, lint
from publish.config import Config
from publish.diagnostic import Diagnostic, Fix, Safety, Severity
from publish.lint import formats, report
from publish.lint.report import window
from publish.lint.words import quoted, shown
from publish.normalize import normalize
from publish.source import Change, Source, Span
from tests.reading import read_one

PLAIN = "It was late.\nParis in the the spring, he said.\nThe end.\n"


def source(text: str, path: str = "story.txt") -> Source:
    return Source(path, text.encode("utf-8", "surrogateescape"), text, "utf-8")


def finding(
    file: Source, passage: str, code: str = "PUN001", *, severity: Severity = Severity.WARNING, nth: int = 0
) -> Diagnostic:
    start = -1
    for _ in range(nth + 1):
        start = file.text.index(passage, start + 1)
    return Diagnostic(code, severity, "It is odd.", Span(file.key, start, start + len(passage)))


def text_of(file: Source, *items: Diagnostic, width: int = 80, grouped: bool = True) -> list[str]:
    return report.as_text(items, {file.key: file}, width=width, grouped=grouped).splitlines()


def carets(lines: list[str]) -> tuple[str, str]:
    """The source line of the first excerpt and what stands above the carets in it."""
    at = next(number for number, line in enumerate(lines) if "^" in line)
    start, end = lines[at].index("^"), lines[at].rindex("^") + 1
    return lines[at - 1], lines[at - 1][start:end]


def test_a_finding_shows_its_line_and_the_place_in_it() -> None:
    file = source(PLAIN)
    lines = text_of(file, finding(file, "the", nth=1))
    assert lines[:4] == [
        "story.txt:2:14  PUN001 warning  It is odd.",
        "    2 │ Paris in the the spring, he said.",
        "      │              ^^^",
        "      Delete the second word, unless the doubling is meant.",
    ]


def test_the_summary_says_what_to_do_next() -> None:
    file = source(PLAIN)
    lines = text_of(
        file, finding(file, "the", nth=1), finding(file, "late", "SPC001", severity=Severity.INFO)
    )
    assert lines[-5:] == [
        "1 warning · 1 repair",
        "To look at:",
        "  PUN001  doubled word: story.txt:2:14",
        "What a code means and what to do: publish rules PUN001",
        "The repairs are made in the book; the files are as they were.",
    ]
    assert report.as_text((), {}) == "Nothing to report.\n"


def test_advice_stands_once_for_each_rule_in_a_file() -> None:
    file = source(PLAIN)
    lines = text_of(file, finding(file, "the", nth=1), finding(file, "said"))
    assert sum("Delete the second word" in line for line in lines) == 1


def test_a_long_line_is_cut_round_the_place() -> None:
    file = source("word " * 400 + "the the end " + "word " * 400)
    line, above = carets(text_of(file, finding(file, "the", nth=1), width=70))
    assert above == "the"
    assert len(line) <= 70
    assert "…" in line[:10]
    assert line.endswith("…")


def test_a_range_longer_than_the_window_is_cut() -> None:
    file = source("x" * 500)
    lines = text_of(file, finding(file, "x" * 500), width=70)
    assert all(len(line) <= 70 for line in lines[1:3])
    assert lines[2].count("^") > 40


@pytest.mark.parametrize(
    ("line", "first", "last", "expected"),
    [
        ("plain text", 6, 10, (6, 4)),
        ("中文 text", 3, 7, (5, 4)),
        ("中文 text", 0, 2, (0, 4)),
        ("cafe\u0301 text", 6, 10, (5, 4)),
        ("a\xa0\xa0b", 1, 3, (1, 2)),
        ("\u200bword", 0, 1, (0, 1)),
        ("word", 4, 4, (4, 0)),
    ],
)
def test_carets_stand_under_the_range_whatever_the_width_of_the_letters(
    line: str, first: int, last: int, expected: tuple[int, int]
) -> None:
    _, indent, length = window(line, first, last, 60)
    assert (indent, length) == expected


def test_what_cannot_be_seen_is_shown() -> None:
    file = source("He\xa0\xa0went\x93away\x1b[31m\udc92")
    line = text_of(file, finding(file, "\xa0\xa0"))[1]
    assert line == "    1 │ He⍽⍽went¤away␛[31m¤"
    assert quoted("\xa0\xa0") == "“⟨2 × no-break space⟩”"
    assert quoted("“Hello”") == "‹“Hello”›"
    assert quoted("  ") == "2 spaces"
    assert shown("a\u200bb") == "a⟨zero-width space⟩b"
    assert len(quoted("word " * 100)) < 50


def test_a_range_over_several_lines_is_marked_in_the_first() -> None:
    file = source(PLAIN)
    lines = text_of(file, finding(file, "late.\nParis in the the spring, he said.\nThe"))
    assert lines[2] == "      │        ^^^^^ to line 3"


def test_repairs_of_one_kind_are_told_together_and_all_are_in_the_json() -> None:
    file = source("He went.  She came.  " * 50)
    items = [finding(file, "  ", "SPC002", severity=Severity.INFO, nth=nth) for nth in range(100)]
    lines = text_of(file, *items)
    assert lines[0] == "story.txt:1:9  SPC002 info  100 times, first here: It is odd."
    assert "To see all: --select SPC002" in lines[3]
    assert sum("SPC002 info" in line for line in lines) == 1
    assert sum("SPC002 info" in line for line in text_of(file, *items, grouped=False)) == 100
    assert len(json.loads(formats.as_json(items, {file.key: file}))["findings"]) == 100


def test_a_manner_is_one_finding_with_all_its_places() -> None:
    text = "He didn't go, and she didn't.\n\n" * 3 + "“No,” she said.\n"
    file, draft = read_one(text.encode(), "story.txt")
    made = normalize([draft], [file], Config())
    [found] = [
        item
        for item in lint.findings(made, Config(), options=lint.Options(gathered=True))
        if item.code == "QUO001"
    ]
    assert (found.times, found.fixes) == (6, 6)
    assert found.span.start == text.index("'")
    assert found.told == "6 times, first here: “'” becomes “’”."
    [row] = [row for row in formats.statistics([found]).splitlines() if "QUO001" in row]
    assert row.split()[:2] == ["6", "QUO001"]
    assert "6 repairs" in report.as_text([found], {file.key: file})
    assert len([item for item in lint.findings(made, Config()) if item.code == "QUO001"]) == 6


def test_what_asks_for_a_decision_comes_before_what_is_repaired() -> None:
    file = source(PLAIN)
    lines = text_of(file, finding(file, "It", "SPC001", severity=Severity.INFO), finding(file, "the", nth=1))
    heads = [line for line in lines if line.startswith("story.txt:")]
    assert ["PUN001" in heads[0], "SPC001" in heads[1]] == [True, True]


def test_findings_are_grouped_by_file_in_the_order_of_the_manuscript() -> None:
    one, two = source(PLAIN, "b.txt"), source(PLAIN, "a.txt")
    items = (finding(two, "late"), finding(one, "late"), finding(two, "said"))
    text = report.as_text(items, {one.key: one, two.key: two})
    heads = [line.split(":")[0] for line in text.splitlines() if ".txt:" in line and not line.startswith(" ")]
    assert heads == ["b.txt", "a.txt", "a.txt"]


def test_json_has_places_from_one_with_exclusive_ends_and_the_fix() -> None:
    file = source("Über the\r\nthe end.\n")
    span = Span(file.key, 8, 13)
    fix = Fix("Delete the second “the”", (Change(span, "", True, "PUN001"),), Safety.UNSAFE)
    item = Diagnostic("PUN001", Severity.WARNING, "“the” is typed twice.", Span(file.key, 10, 13), fix)
    document = json.loads(formats.as_json([item], {file.key: file}))
    place = {"file": "story.txt", "line": 1, "column": 9, "end_line": 2, "end_column": 4}
    assert document == {
        "version": 1,
        "findings": [
            {
                "code": "PUN001",
                "severity": "warning",
                "message": "“the” is typed twice.",
                "times": 1,
                **place,
                "line": 2,
                "column": 1,
                "fix": {
                    "title": "Delete the second “the”",
                    "safety": "unsafe",
                    "edits": [{**place, "text": ""}],
                },
                "book_toml": '[[refuse]]\nrule = "PUN001"\ntext = "the end."',
            }
        ],
    }
    assert json.loads(formats.as_json([], {})) == {"version": 1, "findings": []}


def test_json_of_a_stray_byte_can_be_written_as_utf8() -> None:
    file = source("don\udc92t")
    change = Change(Span(file.key, 3, 4), "\udc92", True, "ENC012")
    item = Diagnostic(
        "ENC012",
        Severity.WARNING,
        f"{quoted(chr(0xDC92))} is odd.",
        change.span,
        Fix("", (change,), Safety.SAFE),
    )
    formats.as_json([item], {file.key: file}).encode("utf-8")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "72")
    monkeypatch.delenv("NO_COLOR", raising=False)
    file = source("[bold]Paris[/bold] in the the spring")
    item, terminal, pipe = finding(file, "the", nth=1), Terminal(), io.StringIO()
    report.show([item], {file.key: file}, terminal)
    report.show([item], {file.key: file}, pipe)
    assert "\x1b[" in terminal.getvalue()
    assert "\x1b[" not in pipe.getvalue()
    assert "[bold]Paris[/bold] in the the spring" in pipe.getvalue()
    assert "[bold]Paris[/bold] in the the spring" in terminal.getvalue()


def test_repairs_and_changes_are_told_in_the_same_words() -> None:
    file, draft = read_one(b"He went  **home**.\n\nThen _he_ came back again.\n", "story.txt")
    normalized = normalize([draft], [file], Config())
    found = " ".join(item.told for item in lint.findings(normalized, Config()))
    made = changes.as_text(changes.collect(normalized), normalized.sources)
    bold, italics = "“**” is read as a mark of bold.", "“_” is read as a mark of italics."
    for words in ("2 spaces become “ ”.", bold, italics):
        assert words in found
        assert words in made
