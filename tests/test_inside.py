"""What is named like front or back matter, but stands in chapters and parts, stays in them."""

import random
import re
from collections.abc import Iterator
from html import escape

import pytest

from publish.document import heading_text, walk_divisions
from publish.normalize.result import Normalized
from tests.reading import made_of

WORDS = "barge rope lock frost heron miller carter widow tar mud reed ferry toll lamp bread wheel".split()


def made(headings: str, name: str = "barge.txt") -> Normalized:
    """Make a book of headings, parted by bars, each with text of its own but behind `-`."""
    text = []
    for at, heading in enumerate(headings.split("|")):
        chance = random.Random(heading + str(at))
        prose = [f"The {' and the '.join(chance.choices(WORDS, k=9))} were there." for _ in range(3)]
        text += [heading.removesuffix("-"), *([] if heading.endswith("-") else prose)]
    return made_of("\n\n".join(text), name)


def headings(book: Normalized) -> str:
    return "|".join(heading_text(one) for _, one in walk_divisions(book.book.divisions))


CHAPTERS = (
    "Chapter 1: Rope|Introduction|The Locks|Conclusion",
    "Chapter 2: Tar|Introduction|The Tolls|Conclusion",
    "Chapter 3: Ice|Introduction|The Frost|Conclusion",
    "Chapter 4: Mud|Introduction|The Flood|Conclusion",
)
NOTED = tuple(f"Chapter {number}|Notes" for number in range(1, 5))
THANKED = tuple(f"Author’s Note|Chapter {number}" for number in range(1, 5))


@pytest.mark.parametrize("chapters", [CHAPTERS, NOTED, THANKED])
@pytest.mark.parametrize("file", [(0, 1, 2, 3), (3, 2, 1, 0), (0, 1, 3, 2)], ids=str)
def test_what_about_every_chapter_has_moves_with_its_chapter(
    chapters: tuple[str, ...], file: tuple[int, ...]
) -> None:
    book = made("|".join(chapters[at] for at in file))
    assert headings(book) == headings(made("|".join(chapters)))
    assert not book.order.uncertain


@pytest.mark.parametrize("file", [(0, 1, 2, 3), (3, 2, 1, 0)], ids=str)
def test_levels_say_what_stands_in_a_chapter(file: tuple[int, ...]) -> None:
    chapters = [f"# Chapter {n}|## Introduction|## The {name}" for n, name in enumerate(WORDS[:4], 1)]
    book = made("|".join(chapters[at] for at in file), "barge.md")
    assert headings(book) == "|".join(chapters).replace("#", "").replace("| ", "|").strip()
    assert not book.order.uncertain


PARTS = [
    "Part One|Prologue|Chapter 1|Chapter 2|Epilogue|Part Two|Prologue|Chapter 3|Chapter 4|Epilogue",
    "Part One-|Prologue|Chapter 1|Chapter 2|Epilogue|Part Two-|Prologue|Chapter 3|Chapter 4|Epilogue",
    "Part One-|Chapter 1|Chapter 2|Epilogue|Part Two-|Chapter 1|Chapter 2|Epilogue",
    "Book One-|Prologue|Chapter 1|Chapter 2|Epilogue|Book Two-|Prologue|Chapter 1|Chapter 2|Epilogue",
    "Part One|Chapter 1|Chapter 2|Part Two|Prologue|Chapter 3|Chapter 4",
]


@pytest.mark.parametrize("levels", [False, True])
@pytest.mark.parametrize("parts", PARTS)
def test_each_part_keeps_its_prologue_and_its_epilogue(parts: str, levels: bool) -> None:
    marks = {"Part": "# ", "Book": "# "} if levels else {}
    lines = "|".join(f"{marks.get(one[:4], '## ' if levels else '')}{one}" for one in parts.split("|"))
    book = made(lines, "barge.md" if levels else "barge.txt")
    assert headings(book) == parts.replace("-", "")
    assert not book.order.uncertain
    assert len(book.book.divisions) == 2


@pytest.mark.parametrize(
    ("named", "asked"),
    [("Afterword", True), ("Dedication", True), ("Epilogue", True), ("Author’s Note", False)],
)
def test_what_stands_once_amid_the_chapters_stays_there_and_is_asked_about(named: str, asked: bool) -> None:
    for count in (2, 4, 8):
        chapters = [f"Chapter {number}" for number in range(1, count + 1)]
        chapters.insert(count // 2, named)
        book = made("|".join(chapters))
        assert headings(book) == "|".join(chapters)
        assert book.order.uncertain is asked


LABELS = {
    "Chapter {}: ": "1 2 3 4",
    "Chapter {}": "1 2 3 4",
    "Chapter {}, ": "I II III IV",
    "Kapitel {}: ": "1 2 3 4",
    "{}. ": "1 2 3 4",
    "{}": "1 2 3 4",
    "": "1 2 3 4",
}
BELOW = ["The Toll Is Paid", "The Lamp Is Lit", "The Rope Is Cut"]


@pytest.mark.parametrize("kind", ["md", "html"])
@pytest.mark.parametrize(
    ("bare", "below"), [({0}, 1), ({1}, 1), ({1}, 3), ({3}, 1), ({0, 1, 2}, 3), ({0, 1, 2, 3}, 3)], ids=str
)
@pytest.mark.parametrize("parts", ["beside", "above", "none"])
@pytest.mark.parametrize("label", LABELS)
def test_a_chapter_with_text_below_its_sections_alone_is_no_part(
    label: str, parts: str, bare: set[int], below: int, kind: str
) -> None:
    def bones(own: str) -> list[tuple[int, str, str, bool]]:
        text = "\n\n".join(_chapters(label, parts, bare, below, own))
        book = made_of(_html(text) if kind == "html" else text, f"barge.{kind}")
        found = walk_divisions(book.book.divisions)
        return [(depth, one.kind.value, heading_text(one), one.inferred) for depth, one in found]

    assert bones("") == bones("The miller told it to the {} at the lock, years later.")
    assert not any(inferred for *_, inferred in bones(""))


def _chapters(label: str, parts: str, bare: set[int], below: int, own: str) -> Iterator[str]:
    """Give the paragraphs of a book of four chapters, of which those in `bare` have only their `own` text."""
    level = "###" if parts == "above" else "##"
    yield from ("## Acknowledgements", "Thanks to the miller, and to the widow who kept his letters.")
    titles = ["The Heron", "The Miller", "The Frost", "The Mud"]
    for at, (number, title) in enumerate(zip(LABELS[label].split(), titles, strict=True)):
        if parts != "none" and at % 2 == 0:
            yield ("## Part One: The Tide", "## Part Two: The Ebb")[at // 2]
        yield f"{level} {label.format(number)}{title if label[-1:] in ('', ' ') else ''}"
        prose = f"The barge lay {at + 2} days at the lock, and the {WORDS[at]} was cold. Nobody came."
        yield from filter(None, [own.format(WORDS[at]) if at in bare else prose])
        for section in BELOW[:below] if at in bare else ():
            yield from (f"{level}# {section} {WORDS[at].title()}", f"{prose} {section}, said the carter.")


def _html(text: str) -> str:
    marked = (re.match("(#*) ?(.*)", line) for line in text.split("\n\n"))
    rows = ((f"h{len(one[1])}" if one[1] else "p", one[2]) for one in marked if one)
    return "".join(f"<{name}>{row}</{name}>" for name, row in rows)


@pytest.mark.parametrize("level", ["#", "##"])
def test_sections_stay_in_the_chapters_of_a_file_that_stands_newest_first(level: str) -> None:
    sections = ("The Heron", "The Miller")
    chapters = []
    for number, word in enumerate(WORDS[:4], 1):
        prose = f"The barge lay {number} days at the lock, and the {word} was cold. Nobody came."
        below = [f"{level}## {name} {number}\n\n{prose} {name}, said the carter." for name in sections]
        own = [prose] if number % 2 else []
        chapters.append("\n\n".join([f"{level} Chapter {number}", *own, *below]))
    book = made_of("\n\n".join(reversed(chapters)), "barge.md")
    assert "STR003" in {finding.code for finding in book.diagnostics}
    assert "STR007" not in {finding.code for finding in book.diagnostics}
    found = [(depth, one.kind.value, heading_text(one)) for depth, one in walk_divisions(book.book.divisions)]
    assert found == [
        line
        for number in range(1, 5)
        for line in [
            (1, "chapter", f"Chapter {number}"),
            *((2, "section", f"{name} {number}") for name in sections),
        ]
    ]


@pytest.mark.parametrize("bare", [(), (1,), (0, 1, 2, 3)], ids=str)
@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("names", [("The Reeds", "The Mud"), ("Introduction", "Notes"), ("8 May 2019",)])
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_sections_stay_in_posts_that_only_their_days_turn_round(
    kind: str, names: tuple[str, ...], level: int, bare: tuple[int, ...]
) -> None:
    titles = ["The Heron", "The Weir", "The Mill", "The Ford"]
    posts: list[str] = []
    for at, title in enumerate(titles):
        chance = random.Random(title)
        first, *prose = (f"<p>The {' and the '.join(chance.choices(WORDS, k=9))} came.</p>" for _ in range(3))
        below = (f"<h{level}>{name}</h{level}>{text}" for name, text in zip(names, prose, strict=False))
        text = escape("".join(["" if at in bare else first, *below]))
        posts.insert(
            0,
            f"<item><title>{title}</title><description>{text}</description>"
            f"<pubDate>Mon, 0{at + 3} May 2021 10:00:00 +0000</pubDate></item>"
            if kind == "rss"
            else f"<entry><title>{title}</title><published>2021-05-0{at + 3}T10:00:00Z</published>"
            f'<content type="html">{text}</content></entry>',
        )
    feed = "".join(["<title>Lock Keeping</title>", *posts])
    made = {"rss": f"<rss><channel>{feed}</channel></rss>", "atom": f'<feed xmlns="{ATOM}">{feed}</feed>'}
    book = made_of(f'<?xml version="1.0"?>\n{made[kind]}', f"lock.{kind}")
    assert "STR003" in {finding.code for finding in book.diagnostics}
    found = [(depth, heading_text(one)) for depth, one in walk_divisions(book.book.divisions)]
    assert found == [line for title in titles for line in [(1, title), *((2, name) for name in names)]]


def test_sections_go_with_the_prologue_that_is_moved() -> None:
    names = ["## Chapter 1", "### Reeds", "### Mud", "## Chapter 2", "## Prologue", "### Frost", "### Tar"]
    text = []
    for number, name in enumerate(names):
        chance = random.Random(number)
        text += [name, f"The {' and the '.join(chance.choices(WORDS, k=19))} were there."]
    book = made_of("\n\n".join(["# Lock Keeping", *text]), "barge.md")
    found = [f"#{'#' * depth} {heading_text(one)}" for depth, one in walk_divisions(book.book.divisions)]
    assert found == [*names[4:], *names[:4]]
    [told] = [finding.message for finding in book.diagnostics if finding.code == "STR003"]
    assert "what opens or closes a book" in told


ATOM = "http://www.w3.org/2005/Atom"


@pytest.mark.parametrize("bare", [(), (2,), (1, 2, 3)], ids=str)
def test_parts_marked_below_chapters_are_their_sections(bare: tuple[int, ...]) -> None:
    lines = []
    for number in (1, 2, 3):
        prose = f"The barge lay {number} days at the lock, and the {WORDS[number]} was cold. Nobody came."
        lines += [f"# Chapter {number}", *([] if number in bare else [prose])]
        for part in (1, 2) if number in bare or number == 1 else ():
            chance = random.Random(10 * number + part)
            lines += [f"## Part {part}", f"The {' and the '.join(chance.choices(WORDS, k=9))} were there."]
    found = walk_divisions(made_of("\n\n".join(lines), "barge.md").book.divisions)
    assert [(depth, one.kind.value) for depth, one in found] == [
        (2, "section") if line.startswith("##") else (1, "chapter") for line in lines if line.startswith("#")
    ]
