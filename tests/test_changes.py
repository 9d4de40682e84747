"""Everything that was done to the author's text is shown, with its place and with the lines that undo it."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from publish import build, changes, config
from publish.changes.diff import exchanges
from publish.cli import main
from publish.config import Config
from publish.normalize.result import Normalized
from tests import ROOT
from tests.properties import runs
from tests.reading import made_of

TROUBLED = """The Ferry

The Ferry

Chapter 2: The Far Bank

5 min readMay 3, 2021

Nobody spoke -- not one --  until the rope was made fast\x85 It was na├»ve, donâ€™t you think ?

"Well," said she, "'tis a _very_ long cafe\u0301 ... and a mid- level one." &amp; so\u200b be\xadgan.

© A. Marsh Photography

Chapter 1: The Rope

The ﬁrst ferry\xa0\xa0lay on the near bank all winter, and \ufeffnobody\x07 asked it to - yet.

© A. Marsh Photography
"""
WRAPPED = "The Ferry\n\n" + "".join(
    "The night was long, and nobody who had come so far would turn\n"
    f"back before the morning {n}; and when it came they were gone, all\n"
    "of them, and the river was wide and cold.\n\n"
    for n in range(8)
)


def made(text: str | bytes, settings: Config = Config()) -> Normalized:  # noqa: B008  (frozen)
    return made_of(text, config=settings)


def told(normalized: Normalized) -> list[dict[str, str]]:
    document = json.loads(changes.as_json(changes.collect(normalized), normalized.sources))
    assert document["version"] == 1
    found: list[dict[str, str]] = document["changes"]
    return found


def test_each_change_has_place_texts_and_reason() -> None:
    normalized = made(TROUBLED)
    found = told(normalized)
    lines = TROUBLED.split("\n")
    for item in found:
        if item["line"] == item["end_line"]:
            line = lines[int(item["line"]) - 1]
            assert line[int(item["column"]) - 1 : int(item["end_column"]) - 1] == item["before"] or (
                item["kind"] in ("moved", "inferred")
            )
        assert item["reason"].strip()
    logged = {change.why for change in normalized.changes}
    assert logged <= {item["rule"] for item in found}
    assert {"moved", "left out", "repaired", "taken"} <= {item["kind"] for item in found}


@pytest.mark.parametrize("text", [TROUBLED, WRAPPED], ids=["troubled", "wrapped"])
def test_the_lines_beside_a_change_undo_it(text: str) -> None:
    for item in told(made(text)):
        if not item["book_toml"] or item["kind"] == "taken":
            assert item["kind"] == "taken"
            continue
        settings = config.load(item["book_toml"].encode(), "book.toml")
        again = made(text, settings)
        assert not again.unplaced
        left = [other for other in told(again) if other["kind"] == item["kind"]]
        assert {name: item[name] for name in ("line", "column", "rule")} not in [
            {name: other[name] for name in ("line", "column", "rule")} for other in left
        ], item


def test_joined_lines_and_other_encodings_are_changes() -> None:
    kinds = [item["kind"] for item in told(made(WRAPPED))]
    assert kinds.count("joined") == 16
    text = "The Ferry\n\nChapter 1\n\n“Nobody — she said — was there,” and the rope was fast.\n"
    [first, *_] = told(made(text.encode("cp1252")))
    assert (first["kind"], first["reason"]) == ("decoded", "The whole file was read as cp1252.")


def test_what_is_alike_is_one_line_with_examples() -> None:
    text = "The Ferry\n\n" + "He went.\xa0 She came.\n\n" * 400
    normalized = made(text)
    report = changes.as_text(changes.collect(normalized), normalized.sources)
    assert "     400 ×  “⟨no-break space⟩ ” becomes “ ”." in report
    assert report.count("story.txt:") <= 6
    assert "… and 397 more" in report


def test_lines_left_out_one_after_the_other_count_as_in_the_log() -> None:
    """So the table gives the same number as `lint`, though such lines are one entry with one refusal."""
    post = "Share this:\nClick to share on Twitter (Opens in new window)\nLike this:\nLike Loading..."
    said = "Nobody spoke, not one, until the rope was made fast; and the night was as long as the river."
    text = "The Ferry\n\n" + "\n\n".join(f"Chapter {n}\n\n{said}\n\n{post}" for n in range(1, 6))
    normalized = made(text)
    logged = [change for change in normalized.changes if change.why == "STR011"]
    entries = [entry for entry in changes.collect(normalized) if entry.rule == "STR011"]
    assert len(entries) < len(logged) == sum(entry.times for entry in entries)
    table = changes.as_text(entries, normalized.sources)
    assert f"{len(logged)} changes in the book" in table


def test_what_moved_is_told_with_both_places() -> None:
    text = "".join(f"Chapter {n}\n\nOn day {n} he rowed.\n\n" for n in (3, 2, 1))
    normalized = made(f"The Ferry\n\n{text}")
    report = changes.as_text(changes.collect(normalized), normalized.sources)
    assert re.search(r" 3 → +1  Chapter 1\n", report)
    assert re.search(r" 1 → +3  Chapter 3\n", report)


@pytest.mark.parametrize("text", [TROUBLED, WRAPPED], ids=["troubled", "wrapped"])
def test_the_diff_is_what_patch_expects(text: str, tmp_path: Path) -> None:
    normalized = made(text)
    diff = changes.as_diff(normalized, changes.collect(normalized))
    assert "--- story.txt\n+++ story.txt\tas the book has it\n" in diff
    (tmp_path / "story.txt").write_text(text, "utf-8")
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, check=True, input=diff.encode())
    patched = (tmp_path / "story.txt").read_text("utf-8")
    assert "--" not in patched
    assert ("turn\nback" in patched) is False
    if text is TROUBLED:
        assert "# story.txt:5: moved from place 1 to place 2: Chapter 2, The Far Bank" in diff
        assert "© A. Marsh" not in patched
        assert "and a mid-level one.” & so began." in patched


_DIFFED = {
    "notes and marks.md": "# One\n\nIt *was* **wet** -- here.^[A note *so* -- long.] And\\\n"
    "so on\nit went.\n\n> She\n> said.\n",
    "a tag.md": "# One\n\nTerm<br>line -- so.\n",
    "verse.txt": "The Play\n\nACT I\n\n"
    + "ADA. The night is long, -- and nobody who came\nWill turn again, before the morning breaks,\n"
    "Or say what was so long -- in coming.\n\nBEN. Not one.\n\n" * 4,
    "no line end.txt": "The Ferry\n\nChapter 1\n\nIt was here -- so it was.\n\nAnd there -- so it was.",
    "Windows.txt": "The Ferry\r\n\r\nChapter 1\r\n\r\nIt was here -- so it was.\r\n\r\nAnd there...\r\n",
    "a heading.txt": "The Ferry\n\nChapter 1: The na\u251c\u00bbve PeriodÂ \n\nIt was. \n\n"
    "Chapter 2: The End.Â  \n\nShe went.\n",
}


@pytest.mark.parametrize("name", _DIFFED)
def test_the_patched_file_says_what_the_book_says(name: str, tmp_path: Path) -> None:
    text = _DIFFED[name]
    normalized = made_of(text, name)
    diff = changes.as_diff(normalized, changes.collect(normalized))
    (tmp_path / name).write_bytes(text.encode())
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, check=True, input=diff.encode())
    patched = (tmp_path / name).read_bytes().decode()
    title = normalized.book.metadata.title
    said = " ".join([title.value if title.span else "", *(run.text for run in runs(normalized))])
    assert {*re.findall(r"[^\W_]+", patched)} - {"br"} == {*re.findall(r"[^\W_]+", said)}
    for mark in ("*was* **wet**", "*so*—long", "\\\n", "came\n", "\r\n"):
        assert (mark.replace("—", " -- ") in text) == (mark in patched)


def test_a_text_without_a_change_has_no_diff() -> None:
    normalized = made("Nobody spoke until the rope was made fast on the far bank.\n\nThen they all did.\n")
    assert changes.as_diff(normalized, changes.collect(normalized)) == ""


@pytest.mark.parametrize("name", ["one-fare-over", "the-name-book"])
def test_the_page_holds_both_texts_and_nothing_from_elsewhere(name: str) -> None:
    manuscript = build.load([ROOT / "manuscripts" / name])
    normalized = build.assemble(manuscript)
    page = changes.as_page(normalized, changes.collect(normalized))
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|https?://""", page.split('id="data"')[0])
    [raw] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    [file] = json.loads(raw)["files"]
    [source] = normalized.sources.values()
    assert file["text"] == source.text
    assert len(page.encode()) < 1.5 * len(source.data) + 40_000
    at, right = 0, ""
    for gap, length, text, *_ in file["edits"]:
        right += file["text"][at : at + gap] + text
        at += gap + length
    right += file["text"][at:]
    expected, done = "", 0
    for item in exchanges(normalized)[source.key]:
        expected += source.text[done : item.start] + item.text
        done = item.end
    assert right == expected + source.text[done:]


def test_the_page_is_not_broken_by_what_the_text_says() -> None:
    page = changes.as_page(normalized := made("The </script> Ferry %%DATA%%\n\nHe went.\xa0 & she.\n"), [])
    assert page.count("</script>") == 2
    assert normalized.book.metadata.title.value.replace("<", "&lt;").replace(">", "&gt;") in page


def test_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(TROUBLED, "utf-8")
    assert main(["changes", "story.txt"]) == 0
    assert "becomes" in capsys.readouterr().out
    assert main(["changes", "story.txt", "--json", "--diff"]) == 2
    assert main(["changes", "story.txt", "--html", "a.html"]) == 0
    assert main(["changes", "story.txt", "--html", "a.html"]) == 0
    Path("mine.html").write_text("<p>mine", "utf-8")
    capsys.readouterr()
    assert main(["changes", "story.txt", "--html", "mine.html"]) == 2
    assert "--force" in capsys.readouterr().err
    assert Path("mine.html").read_text("utf-8") == "<p>mine"
    assert main(["changes", "story.txt", "--html", "mine.html", "--force"]) == 0
    assert Path("story.txt").read_text("utf-8") == TROUBLED
