"""Markdown of other programs: tracked changes, struck words, pictures under a name, explained words."""

import pytest

from publish import lint, markdown, readers
from publish.config import Config, Refusal
from publish.document import same
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests import properties

PROSE = "The ferry lay on the near bank all winter, and nobody had asked it to."


def made(text: str, *refuse: str) -> Normalized:
    read = readers.read(f"# Chapter 1\n\n{PROSE}\n\n{text}\n\n{PROSE}\n".encode(), "book.md")
    config = Config(refuse=tuple(Refusal(rule=rule, text="") for rule in refuse))
    found = normalize(read.drafts, read.sources, config)
    assert list(properties.broken(found, read.drafts)) == []
    return found


def body(text: str, *refuse: str) -> str:
    return (
        markdown.write(made(text, *refuse).book)
        .split("asked it to.")[1]
        .strip()
        .removesuffix(PROSE.removesuffix(" asked it to."))
        .strip()
    )


def codes(text: str) -> list[str]:
    found = made(text)
    return sorted(
        {item.code for item in lint.findings(found, Config(), select=["DOC", "STR050", "STR051", "STR052"])}
    )


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ("It {++was ++}wet.", "It was wet.", ["DOC007", "STR052"]),
        ("It {--never --}was wet.", "It was wet.", ["DOC001"]),
        ("It was {~~dry~>wet~~}.", "It was wet.", ["DOC001", "DOC007", "STR052"]),
        ("It was {==wet==}{>>how wet?<<}.", "It was wet.", ["DOC002", "STR052"]),
        ("It {++was *very*\nwet++}.", "It was *very* wet.", ["DOC007", "STR052"]),
        ("It was ~~dry~~ wet.", "It was dry wet.", ["STR052"]),
        ("It was {-- wet.", r"It was \{-- wet.", []),
        ("{--\n\nIt was wet.\n\nVery.\n\n--}\n\nDry.", "Dry.", ["DOC001"]),
        ("{>>Is this\n\n\ntrue?<<}\n\nDry.", "Dry.", ["DOC002"]),
        ("{++\n\nDry.\n\nVery.\n\n++}", "Dry.\n\nVery.", ["DOC007", "STR052"]),
        ("{--\n\nIt was {--wet--}.", "\\{--\n\nIt was.", ["DOC001"]),
        ("It {--was\n\nVery.\n\nnever--} wet.", "It wet.", ["DOC001"]),
        ("It {>>was\n\nso?<<} wet.", "It wet.", ["DOC002"]),
        ("It {++was\n\nnever++} wet.", "It was\n\nnever wet.", ["DOC007", "STR052"]),
        ("It {--was\n\n# Chapter 2\n\nnever--} wet.", "It \\{--was\n\n# Chapter 2\n\nnever--} wet.", []),
        ("It was ~ wet ~~ and cold.", r"It was ~ wet \~~ and cold.", []),
    ],
)
def test_tracked_changes_are_accepted_and_told(text: str, expected: str, told: list[str]) -> None:
    assert body(text) == expected
    assert codes(text) == told


def test_tracked_changes_are_markup_even_where_nothing_else_is() -> None:
    read = readers.read(b"It rained.\n\n{--\n\nVery much.\n\n--}\n\nIt snowed.\n", "book.md")
    assert not readers.lack_markup([read])


def test_a_deletion_that_the_author_refuses_stays_as_it_was_typed() -> None:
    assert "never" in body("It {--never--} was wet.", "DOC001")


def test_a_picture_may_have_its_file_under_a_name() -> None:
    text = "![A bridge][Arta]\n\n[arta]: images/bridge.jpg"
    assert "![A bridge](images/bridge.jpg)" in body(text)
    assert "![Arta](images/bridge.jpg)" in body("![Arta]\n\n[arta]: images/bridge.jpg")


def test_what_explains_a_word_is_a_paragraph_below_it() -> None:
    text = "Demurrage\n: What one owes to a ship.\n: A fine.\n\nSlip\n\n:   A way into the water."
    expected = ["Demurrage", "What one owes to a ship.", "A fine.", "Slip", "A way into the water."]
    assert body(text).split("\n\n") == expected


def test_a_colon_that_a_line_break_brought_there_is_text() -> None:
    text = "Il lui dit alors qu'il ne fallait jamais oublier la lampe\n: elle éclaire le bac."
    assert len(body(text).split("\n\n")) == 1


def test_the_front_matter_of_the_book_may_stand_above_its_first_text() -> None:
    files = {
        "00-front.md": "---\ntitle: The Lamp Room\nauthor: Ada Marsh\n---\n\n# The Lamp Room\n\nA prelude.\n",
        "01-down.md": f"---\ntitle: 'One: Down'\n---\n\n{PROSE}\n",
        "02-along.md": f"---\ntitle: 'Two: Along'\n---\n\n{PROSE} Again.\n",
    }
    read = [readers.read(text.encode(), name) for name, text in files.items()]
    found = normalize([one.drafts[0] for one in read], [one.sources[0] for one in read], Config())
    assert found.book.metadata.title.value == "The Lamp Room"
    assert [division.title for division in found.book.divisions if not division.title] == []


@pytest.mark.parametrize(
    "text",
    [
        r"A \{++b++} c \{--d--} e \{>>f<<}.",
        r"A \~~b\~~ c.",
        "Slip\n\n\\: A way.",
        r"A \{\~~b~>c\~~} \{\==d\==}.",
    ],
)
def test_what_only_looks_like_that_markup_is_written_so_that_it_reads_back(text: str) -> None:
    once = made(text)
    again = readers.read(markdown.write(once.book).encode(), "book.md")
    assert same(normalize(again.drafts, again.sources, Config()).book, once.book)

    assert not any(change.why in ("DOC001", "DOC002", "STR052") for change in once.changes)
