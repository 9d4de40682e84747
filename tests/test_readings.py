"""What plain text is read as by its form: each reading is shown, can be refused, and be forced."""

import json

import pytest

from publish import changes, markdown
from publish.config import Config, Decision, Refusal
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.reading import made_of, read_one

STORY = """\
The Ferry
A Tale of Water
by Ada Marsh

Part One: Before

Chapter 1

No man is an island.

—John Donne

He came down in the rain and did not say anything to anybody for an hour.

The river runs along the wall,
And nobody comes home at all,
And in the dusk the owls will call
Till morning.

She read the letter again, and it said nothing that was new to her at all.

Dear Ada,

The river is frozen, and nobody has come across it since the market day.

Your loving brother,
Tom

He put it down[1], and it was dark, and the lamp had gone out in the kitchen.

[1] A lamp of brass.

ANNA: Who is there?

BEN: It is me.

ANNA: Come in then.

BEN: I will not.

He took with him:

* a hat
* a coat
* a stick

Part One: Before

Chapter 2

Chapter 2

He went away again, as he had come, and the gate stood open behind him then.
"""


def made(*refused: Refusal, decided: tuple[Decision, ...] = (), text: str = STORY) -> Normalized:
    return made_of(text, config=Config(refuse=refused, decide=decided))


def written(normalized: Normalized) -> str:
    return markdown.write(normalized.book)


def rules(normalized: Normalized) -> list[str]:
    return [entry.rule for entry in changes.collect(normalized)]


@pytest.mark.parametrize(
    ("rule", "text", "read", "plain"),
    [
        ("STR042", "in the dusk the owls", "::: verse\nThe river runs", "at all,\n\nAnd in the dusk"),
        ("STR043", "Dear Ada, The river", "::: {.letter opening=1", "Dear Ada,\n\nThe river is"),
        ("STR044", "—John Donne", "::: quotation\nNo man", "No man is an island.\n\n—John Donne\n"),
        ("STR045", "BEN: I will not", "[BEN:]{.speaker} I will", "\nBEN: I will not."),
        ("STR040", "a coat", "\n* a hat\n", "\\* a hat\n"),
        ("STR019", "A lamp of brass", "^[A lamp of brass.]", "[1] A lamp of brass."),
        ("STR046", "Part One: Before Chapter 2", "Before\n\n## Chapter 1", "Before\n\n## Chapter 2"),
        ("STR046", "Chapter 2 He went", "## Chapter 2\n\nHe went", "## Chapter 2\n\nChapter 2\n\nHe went"),
        ("MET005", "The Ferry", "title: The Ferry\n", "The Ferry\nA Tale of Water\n"),
        ("MET005", "A Tale of Water", "subtitle: A Tale", "\nA Tale of Water\n"),
        ("MET005", "by Ada Marsh", "author: Ada Marsh", "\nby Ada Marsh\n"),
    ],
)  # fmt: skip
def test_a_reading_is_shown_and_refused_at_its_place(rule: str, text: str, read: str, plain: str) -> None:
    before = made()
    assert rule in rules(before)
    assert read in written(before)
    for refusal in (Refusal(rule, text), Refusal(rule)):
        after = made(refusal)
        assert plain in written(after), (refusal, written(after))
        assert not after.unplaced
        assert after.refused[0].used


def test_another_title_of_a_part_is_printed_where_it_is_asked_for() -> None:
    text = "Part 7: Tin\n\nHe went.\n\nPart 7: Zinc; Chapter 1-A\n\nHe came.\n"
    assert "Zinc" not in written(made(text=text))
    assert "Part 7: Zinc\n" in written(made(Refusal("STR046", "Zinc"), text=text))


def test_the_lines_that_are_shown_refuse_what_they_stand_beside() -> None:
    plain = made()
    shown = json.loads(changes.as_json(changes.collect(plain), plain.sources))["changes"]
    readings = [item for item in shown if item["kind"] == "read"]
    assert {item["after"] for item in readings} == {"verse", "a letter", "a quotation", "a speech"}
    for item, reading in zip(readings, plain.readings, strict=True):
        quote = item["book_toml"].split("text = ")[1]
        refused = made(Refusal(item["rule"], json.loads(quote)))
        assert set(plain.readings) - set(refused.readings) == {reading}


TEXT = """\
Chapter 1

He came down in the rain. He did not say a thing.
She asked him. He told her nothing of it.

They sat down and nobody spoke of the matter any more in that house for years.

Come at once. It is about the boat and I cannot wait another day for you.

Nobody wrote again.

The man: I was there and saw it.

It was over then, and all of them went home.
"""


@pytest.mark.parametrize(
    ("text", "what", "shown"),
    [
        ("He came down", "verse", "::: verse\nHe came down in the rain. He did not say a thing.\nShe asked"),
        ("They sat down", "a quotation", "::: quotation\nThey sat down"),
        (
            "They sat down and nobody spoke of the matter any more in that house for years. Come at once.",
            "a quotation",
            "for years.\n\nCome at once. It is about the boat and I cannot wait another day for you.\n:::",
        ),
        ("Come at once", "a letter", "::: {.letter opening=0}\nCome at once. It is about"),
        ("The man: I was", "a speech", "[The man:]{.speaker} I was there"),
    ],
)
def test_a_reading_can_be_forced(text: str, what: str, shown: str) -> None:
    normalized = made(decided=(Decision(text, what),), text=TEXT)
    assert shown in written(normalized), written(normalized)
    assert not normalized.unplaced
    assert not normalized.readings


def test_in_markdown_passages_are_marked_as_such() -> None:
    normalized = made_of(
        b"# Chapter 1\n\nHe came.\n\nShe went.\n", "story.md", Config(decide=(Decision("He came.", "verse"),))
    )
    assert [item.message for item in normalized.unplaced] == [
        "Here markup or a style says what a passage is, and nothing else does; give it that."
    ]


TITLED = """\
The Miller's Daughter
A "True" Tale -- in Two Parts
by Ada Marsh

Chapter 1

She hadn't come home by the time the lamp was lit in the kitchen of the mill.

Chapter 2

He didn't go out to look for her, for the river was high and the bridge was gone.
"""


def test_title_and_subtitle_from_the_text_are_set_as_headings_are_and_logged() -> None:
    done = made(text=TITLED)
    facts = done.book.metadata
    assert facts.title.value == "The Miller’s Daughter"
    assert facts.subtitle is not None
    assert facts.subtitle.value == "A “True” Tale—in Two Parts"
    above = [change.span for change in done.changes if change.span.start < TITLED.index("by Ada")]
    assert {TITLED[span.start : span.end].strip() for span in above} == {"'", '"', "--"}
    source, draft = read_one(written(done).encode(), "story.md")
    again = normalize([draft], [source], Config()).book.metadata
    assert again.title.value == facts.title.value
    assert again.subtitle is not None
    assert again.subtitle.value == facts.subtitle.value


def test_the_apostrophe_of_a_title_stays_straight_where_that_is_refused() -> None:
    done = made(Refusal(rule="QUO001", text="The Miller's Daughter"), text=TITLED)
    assert done.book.metadata.title.value == "The Miller's Daughter"
