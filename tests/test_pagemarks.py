"""Marks of printed pages in a manuscript: out of the text, into the page list, wherever they stand."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from publish import build, epub, markdown
from publish.document import Book, PageBreak, Paragraph, Text, division_runs, same, walk_divisions
from publish.source import Run
from tests.test_epub import MOMENT, entries, nav_entries

STORY = """Chapter 1

The house had stood empty [Pg 11] for years, and nobody in the village knew who owned it.

In the morning the gate was open. She

[Pg 12]

saw it from the road, and she did not stop to ask.

[Pg 13]

Chapter 2

[Pg 14] Chapter 3

The rain came in the night.

She said “Well {15}” and left. {16}
"""


def read(folder: Path, text: str, config: str = "", name: str = "story.txt") -> Book:
    (folder / name).write_text(text, "utf-8")
    (folder / "book.toml").write_text(f'[manuscript]\nfiles = ["{name}"]\n{config}', "utf-8")
    return build.assemble(build.load([folder])).book


def words(book: Book) -> str:
    return "\n".join(run.text for _, part in walk_divisions(book.divisions) for run in division_runs(part))


def after(data: bytes, address: str) -> str:
    file, _, mark = address.partition("#")
    return entries(data)[f"EPUB/{file}"].decode().partition(f'id="{mark}"')[2].partition("</span>")[2][:12]


def test_each_mark_is_a_page_at_its_place(tmp_path: Path) -> None:
    made = epub.write(read(tmp_path, STORY), modified=MOMENT)
    found = [(label, after(made, address)) for label, address in nav_entries(made, "page-list")]
    assert found == [
        ("11", "for years, a"),
        ("12", "saw it from "),
        ("13", found[2][1]),
        ("14", "The rain cam"),
        ("15", "” and left. "),
        ("16", "</p>\n</secti"),
    ]


def test_the_marks_leave_the_text_and_cut_no_sentence(tmp_path: Path) -> None:
    text = words(read(tmp_path, STORY))
    assert "empty for years" in text
    assert "She saw it from the road" in text
    assert "Pg" not in text


@pytest.mark.parametrize(
    "text",
    [
        "One [p. 12] and two [p. 40] and three [p. 7] are places of another book.",
        "The set {1} and the sets {9} and {4} are small.",
        "Only [Pg 12] stands here.",
    ],
)
def test_numbers_that_do_not_rise_are_text(text: str, tmp_path: Path) -> None:
    assert text in words(read(tmp_path, text))


def test_a_refusal_keeps_them(tmp_path: Path) -> None:
    kept = words(read(tmp_path, STORY, '[[refuse]]\nrule = "OCR006"\n'))
    assert all(mark in kept for mark in ("[Pg 11]", "[Pg 12]", "{16}"))


def test_written_text_is_read_back_with_its_pages(tmp_path: Path) -> None:
    book = read(tmp_path, STORY)
    again = read(tmp_path, markdown.write(book), name="story.md")
    assert same(book, again)


def test_few_pages_and_pages_out_of_order_are_read_back(tmp_path: Path) -> None:
    book = read(tmp_path, "# One\n\nIt was so.\n", name="a.md")
    [one] = book.divisions
    for labels in (["7"], ["5", "1"]):
        marked = (PageBreak(Run(label)) for label in labels)
        blocks = tuple(Paragraph((mark, Text(Run("He left.")))) for mark in marked)
        paged = replace(book, divisions=(replace(one, blocks=blocks),))
        assert same(paged, read(tmp_path, markdown.write(paged), name="b.md"))
    typed = replace(book, divisions=(replace(one, blocks=(Paragraph((Text(Run("See [Pg 7] there.")),)),)),))
    assert same(typed, read(tmp_path, markdown.write(typed), name="c.md"))
