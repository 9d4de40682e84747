"""Letters and verse are found where markup gives the paragraphs and does not say what they are."""

import pytest

from publish import readers
from publish.config import Config, Refusal
from publish.document import Letter, Paragraph, Verse, block_prose
from publish.normalize import normalize
from tests import properties
from tests.office import docx, p, r

PROSE = (
    "Nobody had told Hester that the road was shut. She came at noon, with two mules and a barrel of brine."
)
SONG = (
    "Salt in the *morning, salt in the stew,",
    "Salt on the road where* the horses flew,",
    "Salt for the wean.",
)
LETTER = (
    "My dear Hester,",
    "I have sold the pans. You will be angry, and you will be right; but the boy must eat.",
    "Your loving brother,",
    "Giles",
)


def blocks(data: bytes, name: str, *refuse: str) -> tuple[object, ...]:
    read = readers.read(data, name)
    config = Config(refuse=tuple(Refusal(rule=rule, text="") for rule in refuse))
    made = normalize(read.drafts, read.sources, config)
    assert list(properties.broken(made, read.drafts)) == []
    return tuple(block for one in made.book.divisions for block in one.blocks)


def kinds(found: tuple[object, ...]) -> list[type]:
    return [type(block) for block in found]


def styled(*paragraphs: str) -> bytes:
    return docx(p("Chapter 1", style="berschrift1") + "".join(paragraphs))


def as_markdown(*paragraphs: str) -> bytes:
    return "\n\n".join(["# Chapter 1", *paragraphs]).encode()


def as_html(*paragraphs: str) -> bytes:
    return f"<h1>Chapter 1</h1>{''.join(f'<p>{one}</p>' for one in paragraphs)}".encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (styled(p(PROSE), *map(p, LETTER), p(PROSE)), "a.docx"),
        (as_markdown(PROSE, *LETTER, PROSE), "a.md"),
        (as_html(PROSE, *LETTER, PROSE), "a.html"),
    ],
)
def test_a_letter_is_found_below_a_heading_of_markup(data: bytes, name: str) -> None:
    found = blocks(data, name)
    assert kinds(found) == [Paragraph, Letter, Paragraph]
    letter = found[1]
    assert isinstance(letter, Letter)
    assert (len(letter.opening), len(letter.body), len(letter.closing)) == (1, 1, 2)
    assert kinds(blocks(data, name, "STR043")) == [Paragraph] * 6


@pytest.mark.parametrize("heading", [p("Chapter 1", style="berschrift1"), p("Chapter 1")])
def test_lines_that_the_author_broke_are_verse(heading: str) -> None:
    lines = "<w:r><w:br/></w:r>".join(r(line.replace("*", "")) for line in SONG)
    data = docx(heading + p(PROSE) + p(lines) + p(PROSE))
    verse = blocks(data, "a.docx")[1]
    assert isinstance(verse, Verse)
    assert [len(stanza) for stanza in verse.stanzas] == [3]
    assert kinds(blocks(data, "a.docx", "STR042")) == [Paragraph] * 3


def test_emphasis_over_the_end_of_a_line_of_verse_goes_on() -> None:
    verse = blocks(as_markdown(PROSE, "\\\n".join(SONG), PROSE), "a.md")[1]
    assert isinstance(verse, Verse)
    first, second = verse.stanzas[0][:2]
    assert [type(one).__name__ for one in first.children] == ["Text", "Emphasis"]
    assert [type(one).__name__ for one in second.children] == ["Emphasis", "Text"]
    assert "".join(run.text for run in block_prose(verse)).count("Salt") == 3


@pytest.mark.parametrize(
    "lines",
    [
        ("“Who is it?” she said.", "“It is I.”", "“Come in, then.”"),
        ("The Salt Road", "by Ada Marsh"),
        ("and then they went", "down to the sea,", "where nobody was", "at all that day"),
    ],
)
def test_speech_names_and_wrapped_lines_are_no_verse(lines: tuple[str, ...]) -> None:
    assert kinds(blocks(as_markdown(PROSE, "\\\n".join(lines), PROSE), "a.md")) == [Paragraph] * 3


def broken(*lines: str) -> str:
    return p("<w:r><w:br/></w:r>".join(map(r, lines)))


LETTERS = (
    "12 Mill Road/York//3 May 1931//Dear Mother,//The roof is on. The dog is under it.//Your son,/Max",
    "Dear Lena,/The dog has your coat./Please send another./Love,/Max",
    "York, 3 May 1931/Dear Lena,|The dog has your coat.|Please send another.|Love,/Max",
)


@pytest.mark.parametrize("typed", LETTERS)
@pytest.mark.parametrize("name", ["a.docx", "a.md", "a.html", "b.docx"])
def test_a_letter_whose_lines_the_author_broke_is_one(typed: str, name: str) -> None:
    paragraphs = [one.split("/") for one in typed.split("|")]
    if name == "b.docx":
        data = docx("".join(broken(*one) for one in [["Chapter 1"], [PROSE], *paragraphs, [PROSE], [PROSE]]))
    elif name == "a.docx":
        data = styled(p(PROSE), *(broken(*one) for one in paragraphs), p(PROSE), p(PROSE))
    elif name == "a.html":
        data = as_html(PROSE, *map("<br>".join, paragraphs), PROSE, PROSE)
    else:
        data = as_markdown(PROSE, *("\\\n".join(filter(None, one)) for one in paragraphs), PROSE, PROSE)
    found = blocks(data, name)
    assert kinds(found) == [Paragraph, Letter, Paragraph, Paragraph]
    letter = found[1]
    assert isinstance(letter, Letter)
    assert [run.text for run in block_prose(letter)][-2:] == [
        "Your son," if "Your" in typed else "Love,",
        "Max",
    ]
    assert len(letter.opening) == typed.partition("Dear")[0].replace("//", "/").count("/") + 1


@pytest.mark.parametrize("name", ["a.docx", "b.docx", "a.html"])
def test_stanzas_are_one_poem_with_the_steps_that_were_typed(name: str) -> None:
    sea = ("The sea,", "\xa0\xa0the grey sea", "and the rain,")
    on = ("and on", "\xa0\xa0it goes", "for ever and ever")
    first = p("Chapter 1", style="berschrift1" if name[0] == "a" else "")
    data = docx(first + p(PROSE) + broken(*sea) + broken(*on) + p(PROSE))
    if name == "a.html":
        data = as_html(PROSE, "<br>".join(sea), "<br>".join(on), PROSE)
    verse = blocks(data, name)[1]
    assert isinstance(verse, Verse)
    assert [[line.indent for line in stanza] for stanza in verse.stanzas] == [[0, 1, 0], [0, 1, 0]]


def test_what_stands_above_the_first_heading_keeps_its_lines() -> None:
    data = docx(
        p("<w:r><w:br/></w:r>".join(map(r, ("For Anna", "Who waited", "In Leeds"))))
        + "".join(p(f"Chapter {n}", style="berschrift1") + p(PROSE) + p(f"{PROSE} Again.") for n in (1, 2, 3))
    )
    assert Verse not in kinds(blocks(data, "a.docx"))
