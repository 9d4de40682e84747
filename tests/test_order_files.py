"""Several files and folders are one book: their names are evidence beside the headings."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from publish import build
from publish.changes.order import as_text
from publish.document import heading_text, walk_divisions
from publish.normalize import filenames
from publish.normalize.result import Normalized
from tests.test_undecided import TITLES, prose


def made(folder: Path, texts: Mapping[str, str], *named: str) -> Normalized:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return build.assemble(build.load([folder / name for name in named] or [folder]))


def headings(normalized: Normalized) -> list[str]:
    return [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]


def chapter(heading: str, seed: int) -> str:
    return f"# {heading}\n\n{prose(seed)}\n"


def test_titles_in_files_with_numbers(tmp_path: Path) -> None:
    numbers = (1, 2, 3, 9, 10, 11)
    texts = {f"ch{number}.md": chapter(TITLES[number], number) for number in numbers}
    for named in ((), sorted(texts)):
        normalized = made(tmp_path, texts, *named)
        assert headings(normalized) == [TITLES[number] for number in numbers]
        assert not normalized.order.uncertain


def test_the_order_in_which_files_are_named_is_their_authors(tmp_path: Path) -> None:
    texts = {f"{name}.md": chapter(TITLES[at], at) for at, name in enumerate(("cow", "ant", "dog", "bee"))}
    normalized = made(tmp_path, texts, *texts)
    assert headings(normalized) == TITLES[:4]
    assert not normalized.order.uncertain


def test_an_order_without_headings_asks_for_no_list_of_them(tmp_path: Path) -> None:
    texts = {f"{name}.txt": prose(at) for at, name in enumerate(("ant", "bee", "cow"))}
    normalized = made(tmp_path, texts)
    assert normalized.order.uncertain
    assert "sequence" not in as_text(normalized)
    assert "files = " in as_text(normalized)


def test_files_named_in_an_order_against_their_numbers(tmp_path: Path) -> None:
    texts = {f"ch{number}.md": chapter(TITLES[number], number) for number in (1, 2, 3, 4)}
    normalized = made(tmp_path, texts, "ch2.md", "ch1.md", "ch4.md", "ch3.md")
    assert headings(normalized) == [TITLES[number] for number in (2, 1, 4, 3)]
    assert normalized.order.uncertain


@pytest.mark.parametrize(
    "name", ["{:04}-{:02}-{:02}-a-tale.md", "{:04}{:02}{:02}.md", "post {:04}_{:02}_{:02}.md"]
)
def test_titles_in_files_named_by_date(tmp_path: Path, name: str) -> None:
    days = [(2019, 12, 30), (2020, 1, 4), (2020, 1, 11), (2020, 2, 1)]
    texts = {name.format(*day): chapter(TITLES[at], at) for at, day in enumerate(days)}
    normalized = made(tmp_path, texts)
    assert headings(normalized) == TITLES[:4]
    assert not normalized.order.uncertain


def test_titles_in_files_whose_names_tell_nothing(tmp_path: Path) -> None:
    texts = {f"{name}.md": chapter(TITLES[at], at) for at, name in enumerate(("ant", "bee", "cow", "dog"))}
    normalized = made(tmp_path, texts)
    assert headings(normalized) == TITLES[:4]
    assert normalized.order.uncertain


def test_days_before_months_tell_nothing(tmp_path: Path) -> None:
    texts = {f"0{4 - at}-0{at + 1}-2020.md": chapter(TITLES[at], at) for at in range(4)}
    assert made(tmp_path, texts).order.uncertain


def test_names_that_disagree_with_the_headings(tmp_path: Path) -> None:
    for order in ((2, 1, 3, 4), (4, 3, 2, 1), (3, 1, 4, 2, 6, 5)):
        texts = {f"ch{at}.txt": f"Chapter {number}\n\n{prose(at)}\n" for at, number in enumerate(order, 1)}
        folder = tmp_path / str(len(order)) / str(order[0])
        normalized = made(folder, texts)
        assert normalized.order.uncertain
        assert headings(normalized) == [f"Chapter {number}" for number in order]


def test_names_count_what_the_headings_do_not(tmp_path: Path) -> None:
    names = ("00 preface", "01 one", "02 two", "03 interlude", "04 three")
    heads = ("Preface", "Chapter 1", "Chapter 2", "Interlude", "Chapter 3")
    texts = {
        f"{name}.txt": f"{head}\n\n{prose(at)}\n"
        for at, (name, head) in enumerate(zip(names, heads, strict=True))
    }
    normalized = made(tmp_path, texts)
    assert headings(normalized) == list(heads)
    assert not normalized.order.uncertain


def test_two_files_each_newest_first(tmp_path: Path) -> None:
    def turned(numbers: range) -> str:
        return "\n\n".join(f"Chapter {number}\n\n{prose(number)}\n" for number in reversed(numbers))

    texts = {"serial-1.txt": turned(range(1, 6)), "serial-2.txt": turned(range(6, 11))}
    normalized = made(tmp_path, texts)
    assert headings(normalized) == [f"Chapter {number}" for number in range(1, 11)]
    assert not normalized.order.uncertain


@pytest.mark.parametrize("part", ["part-{}", "Part {}", "{:02} The Road", "{}"])
def test_folders_in_which_the_numbers_begin_again(tmp_path: Path, part: str) -> None:
    texts = {
        f"{part.format(at)}/ch{number}.txt": f"Chapter {number}\n\n{prose(10 * at + number)}\n"
        for at in (1, 2, 10)
        for number in (1, 2, 3)
    }
    normalized = made(tmp_path, texts)
    assert not normalized.order.uncertain
    parts = normalized.book.divisions
    assert [[heading_text(inner) for inner in one.divisions] for one in parts] == [
        [f"Chapter {number}" for number in (1, 2, 3)]
    ] * 3
    assert [one.numbers for one in parts] == [(1,), (2,), (10,)]


def test_folders_with_titles_of_chapters(tmp_path: Path) -> None:
    texts = {
        f"Part {part}/{number} {TITLES[at]}.md": chapter(TITLES[at], at)
        for at, (part, number) in enumerate(
            (part, number) for part in ("One", "Two", "Three") for number in (1, 2)
        )
    }
    normalized = made(tmp_path, texts)
    assert headings(normalized) == ["Part 1", *TITLES[:2], "Part 2", *TITLES[2:4], "Part 3", *TITLES[4:6]]
    assert not normalized.order.uncertain


def test_folders_that_do_not_count_are_no_part_of_the_book(tmp_path: Path) -> None:
    texts = {"ch1.txt": f"Chapter 1\n\n{prose(1)}\n", "notes/idea.txt": prose(2), "2 other/book.toml": ""}
    texts["2 other/tale.txt"] = prose(3)
    normalized = made(tmp_path, texts)
    assert headings(normalized) == ["Chapter 1"]


def test_the_times_of_files_say_nothing(tmp_path: Path) -> None:
    import os

    texts = {f"{name}.md": chapter(TITLES[at], at) for at, name in enumerate(("ant", "bee", "cow", "dog"))}
    first = made(tmp_path, texts)
    for at, name in enumerate(texts):
        os.utime(tmp_path / name, (10**9 - at * 10**6,) * 2)
    again = build.assemble(build.load([tmp_path]))
    assert (headings(again), again.order.uncertain) == (headings(first), True)


def test_names_are_counted_as_readers_count() -> None:
    for names in (
        ["ch1.txt", "ch2.txt", "ch10.txt"],
        ["Part One/2.txt", "Part One/10.txt", "Part Two/1.txt", "Part Three/1.txt"],
        ["chapter-iv.txt", "chapter-v.txt", "chapter-ix.txt"],
        ["2019-03-02-the-lamp.md", "2019-11-01-salt.md", "2020-01-05-rain.md"],
    ):
        mixed = names[::-1]
        assert sorted(mixed, key=filenames.key) == names


def test_versions_in_names_count_no_chapters(tmp_path: Path) -> None:
    """A draft, a final file or a third version is no second or third chapter."""
    texts = {f"{name} v2.md": chapter(TITLES[at], at) for at, name in enumerate(("ant", "bee", "cow"))}
    assert made(tmp_path / "same", texts).order.uncertain
    tails = {1: " final", 2: "_v3", 3: "", 10: " final"}
    numbered = {f"ch{n}{tail}.md": chapter(TITLES[n], n) for n, tail in tails.items()}
    normalized = made(tmp_path / "own", numbered)
    assert headings(normalized) == [TITLES[n] for n in (1, 2, 3, 10)]
    assert not normalized.order.uncertain


def test_of_two_versions_the_later_stays(tmp_path: Path) -> None:
    texts = {f"ch{n}.md": chapter(f"Chapter {n}", n) for n in (1, 2, 3)}
    texts["ch2 final.md"] = f"# Chapter 2\n\n{prose(2)}\n\nAnd that was the end of it.\n"
    normalized = made(tmp_path, texts)
    assert headings(normalized) == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert len(normalized.book.divisions[1].blocks) == 4
    assert ["later version" in f.message for f in normalized.diagnostics if f.code == "STR010"] == [True]


def test_two_versions_that_differ_both_stay(tmp_path: Path) -> None:
    texts = {f"ch{n}.md": chapter(f"Chapter {n}", n) for n in (1, 2, 3)}
    normalized = made(tmp_path, texts | {"ch2_v2.md": chapter("Chapter 2", 22)})
    assert headings(normalized) == ["Chapter 1", "Chapter 2", "Chapter 2", "Chapter 3"]
    assert not normalized.order.uncertain
    assert "STR002" in [finding.code for finding in normalized.diagnostics]


def test_names_with_months_are_dates(tmp_path: Path) -> None:
    for names in (("March 2021", "April 2021", "May 2021"), ("01.03.2021", "02.03.2021", "01.04.2021")):
        texts = {f"{name}.md": chapter(TITLES[at], at) for at, name in enumerate(names)}
        normalized = made(tmp_path / names[0], texts)
        assert headings(normalized) == TITLES[:3]
        assert not normalized.order.uncertain


def test_folders_in_folders(tmp_path: Path) -> None:
    texts = {
        f"Book {book}/{part} Part/{n}.txt": f"Chapter {n}\n\n{prose(100 * book + 10 * part + n)}\n"
        for book in (1, 2)
        for part in (1, 2)
        for n in (1, 2)
    }
    normalized = made(tmp_path, texts | {"prologue.txt": f"Prologue\n\n{prose(7)}\n"})
    inner = ["Part 1", "Chapter 1", "Chapter 2", "Part 2", "Chapter 1", "Chapter 2"]
    assert headings(normalized) == ["Prologue", "Book 1", *inner, "Book 2", *inner]
    assert not normalized.order.uncertain


def test_ids_behind_the_names_of_files_and_folders_say_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "The Ferry 20190101e8b7d4f60a1b2c3d4e5f6071"
    ids = {2: "0f2a9c1e8b7d4f60a1b2c3d4e5f60718", 10: "0a2a9c1e8b7d4f60a1b2c3d4e5f60719", 3: "ff" * 16}
    texts = {
        f"{number} {TITLES[number]} {told}.md": chapter(TITLES[number], number)
        for number, told in ids.items()
    }
    normalized = made(folder, texts)
    assert headings(normalized) == [TITLES[number] for number in (2, 3, 10)]
    assert normalized.book.metadata.title.value == "The Ferry"
