"""Tables of Markdown are tables in both editions, with the names of their columns."""

from pathlib import Path

import pytest

from publish import build
from publish.check import faults
from publish.config import Format
from publish.document import Paragraph, Table, prose, walk_divisions
from tests.test_figures import HEAD, TEXT, editions, entries, folder
from tests.test_pdf import lines

TABLE = """| Year | Ice \\| *snow* | |
|:-----|-----:|---|
| 1901 | "12" cm | none
| 1902 |
"""


def blocks(path: Path) -> list[object]:
    book = build.assemble(build.load([path])).book
    return [block for _, division in walk_divisions(book.divisions) for block in division.blocks]


def test_rows_between_bars_are_a_table(tmp_path: Path) -> None:
    _, table, _ = blocks(folder(tmp_path, f"{HEAD}# Chapter 1\n\n{TEXT}\n{TABLE}\n{TEXT}"))
    assert isinstance(table, Table)
    assert table.columns == "lr-"
    words = [[prose(cell).text for cell in row] for row in (table.head, *table.rows)]
    assert words == [["Year", "Ice | snow", ""], ["1901", "“12” cm", "none"], ["1902", "", ""]]


@pytest.mark.parametrize(
    "text",
    [
        "a | b\nc | d\n",
        "| a |\n| - |\n| b | c |\n",
        "a\n---|---\n",
        "| a | b |\n|---|\n",
        "One bar | alone.\n",
    ],
)
def test_what_is_no_table_for_sure_is_text(tmp_path: Path, text: str) -> None:
    made = blocks(folder(tmp_path, f"{HEAD}# Chapter 1\n\n{TEXT}\n{text}\n{TEXT}"))
    assert all(isinstance(block, Paragraph) for block in made)


def test_both_editions_have_the_table(tmp_path: Path) -> None:
    text = f"{HEAD}# Chapter 1\n\n{TEXT}\n{TABLE}\n{TEXT}\n# Chapter 2\n\n{TEXT}"
    made = editions(folder(tmp_path, text), Format.PDF, Format.EPUB)
    assert not faults(made[Format.EPUB])
    chapter = entries(made[Format.EPUB])["EPUB/01-chapter-1.xhtml"].decode()
    assert '<th scope="col" class="right">Ice | <em>snow</em></th>' in chapter
    assert '<td data-head="Ice | snow" class="right">“12” cm</td>' in chapter
    printed = " ".join(line.words for page in lines(made[Format.PDF]) for line in page)
    assert "1902" in printed


@pytest.mark.parametrize(("columns", "step"), [(2, 12), (5, 32), (9, 44)])
def test_the_screen_is_told_how_wide_a_table_is(tmp_path: Path, columns: int, step: int) -> None:
    rows = [["Temperature"] * columns, ["---:"] * columns, ["10.4\xa0°C"] * columns]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    made = editions(folder(tmp_path, f"{HEAD}# Chapter 1\n\n{TEXT}\n{table}\n{TEXT}"), Format.EPUB)
    chapter = entries(made[Format.EPUB])["EPUB/01-chapter-1.xhtml"].decode()
    assert f'<div class="columns needs-{step}">' in chapter
    assert '<td data-head="Temperature" class="right">' in chapter
    sheets = [data for name, data in entries(made[Format.EPUB]).items() if name.endswith(".css")]
    assert f"@container (max-width: {step}em)".encode() in b"".join(sheets)
