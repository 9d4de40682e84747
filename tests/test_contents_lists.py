"""Lists of contents leave the text, in whatever form they name the divisions below."""

import pytest

from publish.config import Config
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.reading import made_of, read_one
from tests.test_furniture import prose
from tests.test_layout import headings

TITLES = ("The Well", "The Rope", "The Bucket", "The Moon", "A Night at Sea")
PROSE = (
    "The rain fell on the quay all day, and nobody came to the window to look at it.",
    "By four the bell had rung, and the smoke stood over the mill like a tree in winter.",
)
NUMERALS = ("I", "II", "III", "IV", "V")
ENTRIES = """
    {t}|Chapter {n}: {t}|{n}. {t}|{t} ..... {p}|{t} {p}|Chapter {n}|{r}. {t}|* {t}|- [{t}](#c{n})|{n}) {t}
    Chapter {n} – {t} (p. {p})
"""
HEADINGS = "Chapter {n}: {t}|{n}. {t}|{r}. {t}"


def forms(rows: str) -> list[str]:
    return [form.strip() for form in rows.replace("\n", "|").split("|") if form.strip()]


def made(name: str, entry: str, heading: str, between: str) -> Normalized:
    some = [{"t": title, "n": at + 1, "p": 3 + at * 17, "r": NUMERALS[at]} for at, title in enumerate(TITLES)]
    chapters = [f"{heading.format(**one)}\n\n{PROSE[0]}\n\n{PROSE[1]}" for one in some]
    top = ["The Salt Almanac", "by Nora Quill", *([name] if name else [])]
    listed = between.join(entry.format(**one) for one in some)
    return made_of("\n\n".join([*top, listed, *chapters]))


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("heading", forms(HEADINGS))
@pytest.mark.parametrize("entry", forms(ENTRIES))
def test_a_list_below_its_name_leaves_the_text(entry: str, heading: str, between: str) -> None:
    book = made("Contents", entry, heading, between).book
    assert [len(division.blocks) for division in book.divisions] == [2] * len(TITLES)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "entry", ["{t}", "{t} {p}", "{t}, {p}", "{p} {t}", "{n} {t}", "{t} (p. {p})", "- [{t}](#c{n})"]
)
def test_titles_without_a_label_are_known_from_the_list(entry: str, between: str) -> None:
    some = [{"t": title, "n": at + 1, "p": 3 + at * 17} for at, title in enumerate(TITLES)]
    chapters = [f"{t}\n\nOf {t}. {PROSE[0]}\n\nSo {t}. {PROSE[1]}" for t in TITLES]
    listed = between.join(entry.format(**one) for one in some)
    source, draft = read_one("\n\n".join(["Contents", listed, *chapters]).encode(), "story.txt")
    book = normalize([draft], [source], Config()).book
    assert [len(division.blocks) for division in book.divisions] == [2] * len(TITLES)


def test_an_entry_without_letters_ends_no_list() -> None:
    list_ = "Contents\n\nThe Well\n***\nThe Rope\nThe Bucket\n—"
    chapters = [f"{title}\n\n{PROSE[0]} {title}\n\n{PROSE[1]}" for title in TITLES[:3]]
    source, draft = read_one("\n\n".join([list_, *chapters]).encode(), "story.txt")
    assert normalize([draft], [source], Config()).book.divisions


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("entry", ["{t}", "{n}. {t}", "{t} {p}", "Chapter {n}: {t}"])
def test_a_list_without_a_name_leaves_the_text_where_its_words_head_it(entry: str, between: str) -> None:
    book = made("", entry, "Chapter {n}: {t}", between).book
    assert [len(division.blocks) for division in book.divisions] == [2] * len(TITLES)


@pytest.mark.parametrize(
    "lines",
    ["Down by the well\nDown by the rope\nDown by the moon", "1. Take flour\n2. Add salt\n3. Wait"],
)
def test_a_refrain_and_a_recipe_are_no_lists(lines: str) -> None:
    told = ("Nobody came to the window", "The smoke stood over the mill", "She counted the boats twice")
    chapters = [f"Chapter {at}\n\n{words}.\n\n{words}, he said again." for at, words in enumerate(told, 1)]
    text = "\n\n".join([PROSE[0], lines, chapters[0], PROSE[1], chapters[1], lines, chapters[2]])
    source, draft = read_one(text.encode(), "story.txt")
    book = repr(normalize([draft], [source], Config()).book)
    assert all(book.count(line.partition(". ")[2] or line) == 2 for line in lines.split("\n"))


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "newest first"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("entry", ["{t}", "{n}. {t}", "– {t}", "{t} ..... {p}", "{r}. {t}"])
def test_a_list_without_a_name_tells_titles_without_labels(entry: str, between: str, order: int) -> None:
    some = [{"t": title, "n": at + 1, "p": 3 + at * 17, "r": NUMERALS[at]} for at, title in enumerate(TITLES)]
    stories = ["\n\n".join([title, *prose(at, 4)]) for at, title in enumerate(TITLES)][::order]
    listed = between.join(entry.format(**one) for one in some)
    assert headings(made_of("\n\n".join(["Salt", "Nora Quill", listed, *stories]))) == list(TITLES)


def test_one_missing_story_leaves_the_others_and_a_book_may_be_named_for_one() -> None:
    stories = ["\n\n".join([t, *prose(at, 4)]) for at, t in enumerate(TITLES) if t != "The Bucket"]
    book = made_of("\n\n".join(["The Well", "Nora Quill", "\n".join(TITLES), *stories])).book
    assert book.metadata.title is not None
    assert book.metadata.title.value == "The Well"
    assert len(book.divisions) == len(TITLES) - 1


def test_a_dedication_of_two_lines_below_a_long_list_stays() -> None:
    titles = [
        f"The {first} {second}" for first in ("Old", "New", "Wide", "Cold", "Last") for second in PLACES
    ]
    poems = [f"{title}\n\n{' '.join(prose(at, 1))}" for at, title in enumerate(titles)]
    top = ["The Salt Almanac", "by Nora Quill", "Contents\n" + "\n".join(titles), "  To\n  Maud Crane\n\n"]
    assert "Maud Crane" in repr(made_of("\n\n".join([*top, *poems])).book)


PLACES = "Well Rope Mill Weir Lock Quay Barn Road Lamp Boat".split()


def test_a_chapter_named_like_its_book_and_one_with_a_long_title_do_not_end_the_list() -> None:
    long = (
        "How the Miller’s Goose Was Lost, Who Looked for It, What the Bailiff Said on Sunday, and Which of "
        + ("the Three Sisters, the Ferryman or the Pedlar of Spoons Had Eaten It in the End")
    )
    parts = [
        ("Book I: The Goose", ["The Ford", "A Guest", "The Goose", long, "Rain"]),
        ("Book II: Rain", ["Home", "Salt"]),
    ]
    listed, text, count = ["Contents", ""], [], 0
    for part, titles in parts:
        listed.append(part)
        text.append(part)
        for number, title in enumerate(titles, 1):
            count += 1
            listed.append(f"Chapter {number}  {title}")
            text.append(f"Chapter {number}—{title}\n\n{chr(10).join(prose(count))}")
    normalized = made_of("The Goose\n\nby Ada Marsh\n\n" + "\n".join(listed) + "\n\n\n" + "\n\n\n".join(text))
    assert [len(part.divisions) for part in normalized.book.divisions] == [5, 2]
    assert not normalized.order.uncertain


def test_the_foot_of_a_post_above_the_title_of_the_next_is_no_contents_list() -> None:
    foot = "Great chapter!\n\nReply\n\nbookworm says:\n\nBlog at WordPress.com."
    text = "\n\n".join(
        f"Chapter {n}\n\nThe rain fell on quay {n}.\n\n2 thoughts on “Chapter {n}”\n\n{foot}"
        for n in (3, 2, 1)
    )
    assert [division.numbers for division in made_of(text).book.divisions] == [(1,), (2,), (3,)]
