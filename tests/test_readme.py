"""The README is true: its commands, its book.toml, its Markdown, its links."""

import io
import re
import shutil
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from msgspec import Struct

from publish import config, markdown
from publish.cli import main
from publish.document import ROLES, walk_divisions
from publish.normalize import normalize
from tests import ROOT
from tests.reading import read_one

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The fenced passages in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


COMMANDS = [
    tuple(command.split("\n", 1)) for block in blocks("console") for command in block[2:].split("\n$ ")
]
DEFAULTS = next(block for block in blocks("toml") if "[manuscript]" in block)


def test_commands_print_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run in their order beside the sample books; only figures may differ, … is any lines."""
    shutil.copytree(ROOT / "manuscripts", tmp_path / "manuscripts")
    monkeypatch.chdir(tmp_path)
    for command, shown in COMMANDS:
        program, *arguments = command.split()
        printed = io.BytesIO()
        stream = io.TextIOWrapper(printed, "utf-8", write_through=True)
        with redirect_stdout(stream), redirect_stderr(stream):
            code = main(arguments)
        told = printed.getvalue().decode()
        assert (program, code) == ("publish", 1 if "lint" in arguments else 0), told
        lines = (".*" if line == "…" else re.escape(f"{line}\n") for line in shown.splitlines())
        pattern = without_figures("".join(lines).replace("\\ ", " "))
        assert re.fullmatch(pattern, without_figures(told), re.DOTALL), told


def without_figures(text: str) -> str:
    return re.sub(" *[0-9]+", " 0", text)


def tables() -> dict[str, type[Struct]]:
    names = ("book", "manuscript", "order", "lint", "epub", "pdf", "cover")
    return {name: type(getattr(config.Config(), name)) for name in names}


def test_book_toml_shows_every_key_with_its_default() -> None:
    assert config.load(DEFAULTS.encode(), "README.md") == config.Config()
    shown = {name: set(table) for name, table in tomllib.loads(DEFAULTS).items()}
    assert shown == {name: set(kind.__struct_encode_fields__) for name, kind in tables().items()}
    assert {*shown, "refuse", "decide"} == set(config.Config.__struct_encode_fields__)
    for key in (*config.Refusal.__struct_encode_fields__, *config.Decision.__struct_encode_fields__):
        assert f"| `{key}` |" in README
    for decision in config.DECISIONS:
        assert f'| `"{decision}"' in README


def test_every_book_toml_that_is_shown_can_be_read() -> None:
    for block in blocks("toml"):
        config.load(block.encode(), "README.md")


def test_markdown_is_read_as_described() -> None:
    [text] = blocks("markdown")
    source, draft = read_one(text.encode(), "winter.md")
    book = normalize([draft], [source], config.Config()).book
    assert [division.kind.value for _, division in walk_divisions(book.divisions)] == [
        "part",
        "chapter",
        "interlude",
    ]
    chapter = book.divisions[0].divisions[0]
    assert [type(block).__name__ for block in chapter.blocks] == [
        "Paragraph",
        "SceneBreak",
        "Letter",
        "Verse",
    ]
    assert book.metadata.title.value == "The Long Winter"
    written = markdown.write(book)
    assert "kind=interlude" in written
    for key in ROLES:
        assert f"`{key}`" in README


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", re.sub("`[^`]*`", "", README)):
        assert target.startswith("https://") or (ROOT / target).is_file(), target


def test_the_picture_is_small() -> None:
    assert (ROOT / "manuscripts" / "spread.png").stat().st_size < 250_000
