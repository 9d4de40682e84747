"""Who speaks in plays, interviews and chats, and what only looks like it."""

import pytest

from publish import markdown
from publish.document import Book, block_prose, prose, same, speaker, walk_divisions
from publish.xhtml import blocks as written
from tests.reading import made_of


def spoken(book: Book) -> list[tuple[str, str]]:
    """Give the speeches of a book: the name as it is marked, and the whole paragraph."""
    return [
        (prose((found,)).text, next(block_prose(block)).text)
        for _, division in walk_divisions(book.divisions)
        for block in division.blocks
        if (found := speaker(block))
    ]


FORMS = {
    "capitals and a stop": ("ANNA.", "BOLT.", " "),
    "a colon": ("Anna:", "Bolt:", " "),
    "a colon behind capitals of two words": ("MRS. PELL:", "THE MAN:", " "),
    "small letters and a stop": ("Anna.", "Bolt.", " "),
    "italics": ("_Ann._", "_Bolt._", " "),
    "bold, the sign outside": ("**Anna**:", "**Bolt**:", " "),
    "a dash": ("ANNA.—", "BOLT.—", ""),
    "a line of its own": ("ANNA", "BOLT", "\n"),
    "a line of its own with a stop": ("Anna.", "Bolt.", "\n"),
}
SAID = ("Who is there?", "A friend.", "There are no friends.", "Let me in.", "Go.", "I will not.")


@pytest.mark.parametrize(("first", "second", "between"), FORMS.values(), ids=FORMS)
def test_speeches_name_who_speaks(first: str, second: str, between: str) -> None:
    lines = [f"{(first, second)[at % 2]}{between}{text}" for at, text in enumerate(SAID)]
    found = spoken(made_of("ACT I\n\nSCENE I. A landing.\n\n" + "\n\n".join(lines) + "\n").book)
    plain = first.strip("_*—").replace("**", "")
    assert len(found) == len(SAID)
    assert found[0][0] == plain
    assert found[0][1].startswith(plain)


def test_a_name_may_stand_above_the_speech_and_a_direction_beside_it() -> None:
    text = "".join(
        f"{'          '}{name}\n\n{said}\n\n" for name, said in zip(("ANNA", "BOLT") * 3, SAID, strict=True)
    )
    assert [name for name, _ in spoken(made_of(f"ACT I\n\n{text}").book)] == ["ANNA", "BOLT"] * 3
    found = spoken(made_of("ANNA. Yes.\n\nBOLT (aside). No.\n\nANNA. Why?\n\nBOLT. I said no.\n").book)
    assert found[1] == ("BOLT", "BOLT (aside). No.")


def test_one_who_speaks_once_is_known_among_the_others() -> None:
    text = "ANNA. Yes.\n\nBOLT. No.\n\nANNA. Why?\n\nSTRANGER. Enough.\n\nBOLT. I said no.\n\nANNA. So.\n"
    assert [name for name, _ in spoken(made_of(text).book)][3] == "STRANGER."


def test_who_first_speaks_in_a_later_act_speaks() -> None:
    first = "ANNA. Yes.\n\nBOLT. No.\n\nANNA. Why?\n\nBOLT. I said no.\n\n"
    later = "PLACE. A landing.\n\nSTRANGER. Enough.\n\nALL. Oh!\n\nACT III\n\nSTRANGER. Good night.\n"
    found = spoken(made_of(f"PERSONS\n\nTHE CAT. A cat.\n\nACT I\n\n{first}ACT II\n\n{later}").book)
    assert [name for name, _ in found[4:]] == ["STRANGER.", "ALL.", "STRANGER."]
    assert len(found) == 7


def test_a_sentence_amid_speeches_is_nobodys_name() -> None:
    text = "Anna. Who is there?\n\nBolt. A friend.\n\nGive him his hat. Exit.\n\n" * 2
    text = text.replace("his hat. Exit", "her coat. Exit", 1)
    text += "Anna. Let me in.\n\nFirst clown. I will not.\n\nBolt. Go.\n"
    found = {name for name, _ in spoken(made_of(f"ACT I\n\nSCENE I. A landing.\n\n{text}").book)}
    assert found == {"Anna.", "Bolt.", "First clown."}


PROSE = {
    "a note": "It was late.\n\nNote: I did not go.\n\nNote: I never went.\n\nIt rained.\n",
    "answers": "Yes. I went there, yes.\n\nNo. He said no.\n\nYes. I saw him, no one else.\n\nNo. Not so.\n",
    "fields": "From: me.\n\nTo: you.\n\nSubject: it.\n\nFrom: you.\n\nTo: me.\n\nSubject: it again.\n",
    "values": "Strength: 10\n\nMagic: 7\n\nStrength: 11\n\nMagic: 8\n\nStrength: 12\n\nMagic: 9\n",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_what_is_no_conversation_stays_prose(text: str) -> None:
    assert spoken(made_of(f"Chapter 1\n\n{text}").book) == []


def test_a_direction_stands_beside_speeches() -> None:
    text = "[He waits.]\n\nANNA. Yes.\n\nBOLT. No.\n\n(She goes.)\n\nANNA. Why?\n\nBOLT. I said no.\n"
    html = written(made_of(text).book.divisions[0].blocks, heading_level=2)
    assert html.count('<p class="direction" epub:type="z3998:stage-direction">') == 2
    assert '<p class="speech"><span class="speaker" epub:type="z3998:persona">ANNA.</span> Yes.</p>' in html
    assert "direction" not in written(
        made_of("[He waits.]\n\nHe waited.\n").book.divisions[0].blocks, heading_level=2
    )


def test_a_space_that_ties_a_speaker_s_title_to_the_name_is_kept_for_good() -> None:
    said = ["Lord Pell. Good morning to you.", "Mrs.\u00a0Marsh. So that is poor Dumby?"] * 4
    book = made_of("Act I\n\n" + "\n\n".join(said)).book
    assert spoken(book)[1][0] == "Mrs.\u00a0Marsh."
    assert same(made_of(markdown.write(book), "story.md").book, book)


def test_a_name_alone_above_the_entries_of_a_journal_joins_no_lines() -> None:
    entry = "It rained all day, and nobody came to the ferry, so that the miller sat and looked at the road."
    names = ("Anna Pell’s Diary.", "Tom Pell’s Log.") * 3
    days = [
        f"Chapter {at}\n\n{name}\n{entry}\n{entry[::-1].capitalize()}" for at, name in enumerate(names, 1)
    ]
    assert "LineBreak" not in repr(made_of("\n\n".join(days)).book)


@pytest.mark.parametrize("sign", [".", ":"])
def test_three_who_take_turns_are_no_fields_of_a_form(sign: str) -> None:
    said = [*SAID, "Then stay."]
    text = "\n".join(f"{('ANNA', 'BOLT', 'CORA')[at % 3]}{sign} {one}" for at, one in enumerate(said))
    assert len(spoken(made_of(f"THE MILL\n\nAct One\n\n{text}\n").book)) == len(said)
    fields = "\n\n".join(f"FROM{sign} Bolt\n\nTO{sign} Cora\n\nDATE{sign} Monday" for _ in range(3))
    assert not spoken(made_of(f"ACT I\n\n{fields}\n").book)


def test_who_speaks_in_short_scenes_below_one_long_list_of_persons() -> None:
    persons = "Persons\n\nANNA, a miller\nBOLT, a pedlar\nCORA, her aunt\nA BAILIFF\nA DOG\n\n"
    first = (
        "ACT I\n\nSCENE 1\n\nDusk.\n\nANNA. Yes.\nBOLT. No.\nANNA. Why?\nBOLT. I said no.\n\n(They sit.)\n\n"
    )
    later = "SCENE 2\n\nNight.\n\nCORA. Who is it?\nANNA. A friend.\nBOLT. No friend.\n\n(He goes.)\n\n"
    last = "ACT II\n\nSCENE 1\n\nNoon.\n\nBOLT. I came back.\nCORA. So I see.\nBOLT. So you do.\n"
    assert len(spoken(made_of(f"THE MILL\n\n{persons}{first}{later}{last}").book)) == 10
