"""What starts `publish` elsewhere names commands and options that there are."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publish import readers
from tests import ROOT

EDITORS = (ROOT / "publish" / "EDITORS.md").read_text("utf-8")
ACTION = (ROOT / "action.yml").read_text("utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book in a folder, and the program `publish` on the path."""
    monkeypatch.chdir(tmp_path)
    Path("book").mkdir()
    Path("book/story.txt").write_text("Chapter 1\n\nIt didn't rain on the the river.\n", "utf-8")
    Path("book/book.toml").write_text('[book]\ntitle = "Rain"\nauthor = "Ada"\nlanguage = "en"\n', "utf-8")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def run(script: str, **names: str) -> "subprocess.CompletedProcess[str]":
    """Run a step of the action as GitHub does."""
    bash = shutil.which("bash")
    assert bash
    return subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={**os.environ, **names},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.usefixtures("repository")
def test_the_action_writes_annotations_and_sarif() -> None:
    script = ACTION.split("run: |\n")[-1]
    done = run(script, BOOK="book", MORE="--ignore QUO", SARIF="found.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith("::warning file=book/story.txt,line=3,")
    [found] = json.loads(Path("found.sarif").read_text("utf-8"))["runs"]
    assert [result["ruleId"] for result in found["results"]] == ["PUN001"]
    done = run(script, BOOK="book", MORE="--ignore PUN001", SARIF="")
    assert (done.returncode, done.stdout) == (0, "")
    assert run(script, BOOK="nowhere", MORE="", SARIF="found.sarif").returncode != 0


@pytest.mark.usefixtures("repository")
def test_the_hooks_check_and_fix() -> None:
    entries = dict(re.findall(r"- id: (\S+)\n(?:  .*\n)*?  entry: (.+)\n", HOOKS))
    assert set(entries) == {"publish-lint", "publish-fix"}
    done = run(f"{entries['publish-lint']} book/story.txt")
    assert done.returncode == 1
    assert "PUN001" in done.stdout
    run(f"{entries['publish-fix']} book/story.txt")
    assert "didn’t rain on the the river" in Path("book/story.txt").read_text("utf-8")
    assert not any(re.search(pattern, "book/story.txt.bak") for pattern in re.findall(r"files: (\S+)", HOOKS))


def test_the_hooks_take_every_kind_of_manuscript_that_other_files_are_not() -> None:
    shared = {".xml", ".json", ".zip"}
    suffixes = {suffix for suffix in readers.READERS if suffix} - shared
    for pattern in re.findall(r"files: (\S+)", HOOKS):
        assert all(re.search(pattern, f"book/story{suffix}") for suffix in suffixes)
        assert not any(re.search(pattern, f"book/stylesheet{suffix}") for suffix in shared)


def test_the_page_on_editors_names_what_there_is() -> None:
    for hook in re.findall(r"publish-[a-z]+\b(?= )", EDITORS):
        assert hook in HOOKS
    inputs = re.search(r"uses: <owner>/publish@main\n +with:\n((?: +\w+: .*\n)+)", EDITORS)
    assert inputs
    assert set(re.findall(r"^ +(\w+):", inputs[1], re.MULTILINE)) <= set(
        re.findall(r"^  (\w+):", ACTION, re.M)
    )
