"""What is written about the project agrees with the project."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from publish import __version__, document
from publish.cli import main
from publish.config import Config
from publish.normalize import normalize
from tests import ROOT
from tests.reading import read_one
from tests.test_layers import LAYERS, PACKAGE

ARCHITECTURE = (PACKAGE / "ARCHITECTURE.md").read_text("utf-8")
DECISIONS = (PACKAGE / "DECISIONS.md").read_text("utf-8")
OUTPUT = (PACKAGE / "OUTPUT.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_module_is_named_in_its_layer() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", ARCHITECTURE, re.MULTILINE)
    there = {
        path.stem for path in PACKAGE.iterdir() if (path / "__init__.py").is_file() or path.suffix == ".py"
    }
    layers = [(str(layer), name) for layer, names in enumerate(LAYERS) for name in names if name in there]
    assert sorted(rows) == sorted(layers)


def test_every_invariant_names_a_test_that_exists() -> None:
    rows = re.findall(r"^\| (I\d+) \|.*\| (.*) \|$", ARCHITECTURE, re.MULTILINE)
    assert [name for name, _ in rows] == [f"I{number}" for number in range(1, len(rows) + 1)]
    for _, tests in rows:
        named = re.findall(r"`(tests/\w+\.py)(?:::(\w+))?`", tests)
        assert named
        for path, function in named:
            assert f"def {function}" in (ROOT / path).read_text("utf-8")


def test_the_json_example_is_what_inspect_writes() -> None:
    [shown] = re.findall(r"^```json\n(.*?)^```$", ARCHITECTURE, re.DOTALL | re.MULTILINE)
    [manuscript] = re.findall(r"^```markdown\n(.*?)^```$", ARCHITECTURE, re.DOTALL | re.MULTILINE)
    source, draft = read_one(manuscript.encode(), "rain.md")
    written = document.to_json(normalize([draft], [source], Config()).book, {source.key: source.path})
    assert json.loads(shown) == json.loads(written)


def test_json_is_read_back_and_another_version_is_refused() -> None:
    [shown] = re.findall(r"^```json\n(.*?)^```$", ARCHITECTURE, re.DOTALL | re.MULTILINE)
    read = document.from_json(shown.encode())
    assert document.from_json(document.to_json(read.book, read.sources)) == read
    with pytest.raises(msgspec.ValidationError, match="version 2"):
        document.from_json(shown.replace('"version": 1', '"version": 2').encode())


def test_the_schema_describes_every_type(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["inspect", "--schema"]) == 0
    schema = json.loads(capfdbinary.readouterr().out)
    assert schema == json.loads(msgspec.json.encode(document.json_schema()))
    assert schema["$ref"] == "#/$defs/Document"
    assert all(kind.get("description") for kind in schema["$defs"].values())


def test_decisions_are_numbered_and_dated() -> None:
    entries = re.findall(r"^## (\d+)\. .+\n\n\*(\d{4}-\d\d-\d\d)\.\*", DECISIONS, re.MULTILINE)
    assert len(entries) == DECISIONS.count("\n## ")
    numbers = [int(number) for number, _ in entries]
    head = DECISIONS.split("##")[0]
    moved = [(int(old), int(to)) for old, to in re.findall(r"(\d+)\s+in\s+(\d+)[,.]", head)]
    assert sorted([*numbers, *(old for old, _ in moved)]) == list(range(1, numbers[-1] + 1))
    assert {to for _, to in moved} <= set(numbers)
    assert sorted(numbers) == numbers
    assert sorted(date for _, date in entries) == [date for _, date in entries]


def test_the_version_is_in_the_changelog() -> None:
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", CHANGELOG, re.MULTILINE)
    assert newest
    assert newest[1] == __version__


@pytest.mark.parametrize(
    "command", ["lint --format json", "changes --json", "order --json", "stylesheet --json", "report --json"]
)
def test_what_commands_write_for_programs_is_described(
    command: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    book = str(ROOT / "manuscripts" / "one-fare-over")
    main([*command.split(), book])
    written = json.loads(capfdbinary.readouterr().out)
    [about] = re.findall(rf"^- `publish {command}`(.*?)(?=^- |\Z)", OUTPUT, re.DOTALL | re.MULTILINE)
    assert written.pop("version") == 1
    assert set(keys(written)) <= set(re.findall(r"`(\w+)`", about))


def keys(value: Any) -> Iterator[str]:
    """The names of fields, also of what stands in lists; not in tables, whose names the book gives."""
    for name, inner in value.items():
        yield name
        for entry in inner if isinstance(inner, list) else ():
            yield from keys(entry) if isinstance(entry, dict) else ()
