"""Poems, letterheads, tables, captions, notes to readers, comments: what a form says and what it does not."""

import random

import pytest

from publish import markdown
from publish.document import heading_text, walk_divisions
from tests.properties import check_returns
from tests.reading import made_of
from tests.test_cast import spoken
from tests.test_furniture import CHAPTERS, lines_of, prose, text_of
from tests.test_furniture import made as read

P = "He came down in the rain and did not say anything to anybody for an hour, and then he went.\n"
Q = "She read the letter again, and it said nothing that was new to her at all in that house.\n"
POEMS = (
    "The river runs along the wall\nAnd nobody comes home at all\nAnd owls in the dusk will call\n"
    "Till morning\n\nA second verse is like the first\nBut slower, and it is the worst\n",
    "O winter, take the window down\nAnd take the lamp out of the town\n\n"
    "The stair is cold, the stair is long\nAnd nobody has sung the song\n",
    "Here is the kitchen and the door\nHere is the boat upon the shore\n\nHere is the one who went away\n"
    "And never came back to this day\n",
)


def written(text: str) -> str:
    return markdown.write(made_of(text).book).split("---\n", 2)[2]


def headings(text: str) -> list[str]:
    return [heading_text(division) for _, division in walk_divisions(made_of(text).book.divisions)]


def test_a_page_that_the_author_turns_parts_two_poems() -> None:
    found = written("Poems of Water\n\nby Ada Marsh\n\f" + "\f".join(POEMS))
    assert found.count("::: verse") == 3
    assert found.count("* * * {.blank}") == 2


def test_titles_at_the_heads_of_pages_are_titles_of_poems() -> None:
    titles = ("The Wall", "Winter", "The Kitchen")
    text = "Poems of Water\n\nAda Marsh\n\f" + "\f".join(
        f"{title}\n\n{poem}" for title, poem in zip(titles, POEMS, strict=True)
    )
    assert headings(text) == list(titles)


def test_a_page_that_a_printer_turned_parts_no_poem() -> None:
    lines = "".join(POEMS).replace("\n\n", "\n").splitlines()
    pages = "\f".join("\n".join(lines[at : at + 4]) + f"\n\n- {at // 4 + 1} -\n" for at in range(0, 12, 4))
    assert "{.blank}" not in written("Chapter 1\n\n" + P + "\n" + pages + "\n" + Q)


def test_short_sections_wrapped_alike_vouch_for_each_others_lines() -> None:
    """A line that goes on with a noun shows nothing by itself, in German; couplets stay verse."""
    wrapped = (
        "Der alte Wagen stand noch immer hinter dem Haus, und niemand wusste, wem die\nSchlüssel gehörten.",
        "Anna fragte den Bruder, der fragte die Nachbarin, und die lachte und sah zum\nFenster hinaus.",
        "Am Abend kam der Regen zurück, und wir saßen in der Küche und warteten, bis\ndie Lampe ausging.",
        "Dann stand der Bruder auf und nahm den Mantel vom Haken und sagte, er gehe\nnoch einmal hinaus.",
    )
    couplet = "Der Regen fällt, der Regen fällt\nUnd niemand weiß, wer ihn bestellt"
    text = "Der Wagen\nvon Ada Marsch\n\n{}\n\n{}\n\nKapitel 1\n\n{}\n\n{}\n\nKapitel 2\n\n" + couplet
    found = written(text.format(*wrapped) + "\n")
    assert [one for one in wrapped if one.replace("\n", " ") not in found] == []
    assert couplet in found


QUESTIONED = """Q. Tell the court where you were when the lamp in the
harbour office went out.
A. I was on the ferry, and the ferry was not moving, as
Monday is its day of rest.
Q. Who saw you there?
A. The captain did, and so did the boy who sells ropes to
the boats. And a dog.
Q. Nobody else?
"""
PLAYED = """ANNA. The river runs along the wall and the road
And nobody comes home again
BEN. The owls in the dusk will call
and call to the hill
ANNA. A second verse is like the first
But slower, and it is the worst
BEN. Till morning comes
"""


def test_speeches_that_a_screen_broke_are_whole_and_verse_is_not() -> None:
    found = written(f"Chapter 1\n\n{P}\n{QUESTIONED}\n{Q}")
    assert "in the harbour office went out." in found
    assert "moving, as Monday is" in found
    assert "ropes to the boats. And" in found
    assert "the road\\\nAnd nobody" in written(f"Act 1\n\n{P}\n{PLAYED}\n{Q}")


@pytest.mark.parametrize(
    "head",
    [
        "14 Harbour Street\nNewlyn\nCornwall\n\nDear Tom,",
        "The Old Mill\nHarbour Street\nNewlyn\nMay 3rd, 1912\n\nMy dear Mr. Pell,",
        "The Old Mill\nNewlyn\n\nMay 3rd, 1912\n\nDear Dr. Marsh,",
        "Dear M. Pell,",
        "Dear Mrs. A. Pell,",
    ],
)
@pytest.mark.parametrize("end", ["Yours ever,\n\nAda", "I remain,\nYours ever,\nAda Marsh"])
def test_an_address_above_a_salutation_begins_a_letter(head: str, end: str) -> None:
    body = "The river is frozen, and nobody has come across it since the market day."
    found = written(f"Chapter 1\n\n{P}\n{head}\n\n{body}\n\n{end}\n\n{Q}")
    assert "::: verse" not in found
    assert "::: {.letter opening=" in found
    assert found.index("::: {.letter") < found.index(head.partition("\n")[0])
    assert found.rindex(":::") < found.index("She read")


def test_lines_signed_far_set_in_are_verse() -> None:
    stanzas = "Who plays the tune\nwith gloves upon the keys?\nThe moon, perhaps.\n                H."
    more = "A boy counts trains;\nthere is one left.\n                Ann"
    found = written(f"Chapter 1\n\n{P}\n{stanzas}\n\n{more}\n\n{Q}")
    assert "::: verse\nWho plays the tune\n" in found
    assert "        H.\n\nA boy counts trains;\nthere is one left.\n        Ann\n:::" in found
    assert "verse" not in written(f"Chapter 1\n\n{P}\nCome.\nI wait.\n                H.\n\n{Q}")


def test_tabs_between_words_make_a_table() -> None:
    found = written(f"Chapter 1\n\n{P}\nYear\tIce\tBoats\n1911\t12\t3\n1912\t14\t0\n\n{Q}")
    assert "| Year | Ice | Boats |\n| --: | --: | --: |\n| 1911 | 12 | 3 |\n| 1912 | 14 | 0 |" in found
    found = written(f"Chapter 1\n\n{P}\nFlour\t2 lb\nSugar\t1 lb\nSalt\ta pinch\n\n{Q}")
    assert "|  |  |\n| --- | --: |\n| Flour | 2 lb |" in found


@pytest.mark.parametrize("indent", ["", "        "])
def test_columns_that_spaces_make_are_a_table(indent: str) -> None:
    rows = ["Item       Guests   Shillings", "Beer            5          12", "Candles         2           1"]
    found = written(f"Chapter 1\n\n{P}\n" + "".join(f"{indent}{row}\n" for row in rows) + f"\n{Q}")
    assert "| Item | Guests | Shillings |\n| --- | --: | --: |\n| Beer | 5 | 12 |" in found


def test_the_columns_of_a_table_are_no_spaces_to_mend() -> None:
    rows = (
        "Veluwe          12 %     3 hours\nBiesbosch       31 %     5 hours\nHengelo         88 %     1 day\n"
    )
    assert not [
        change for change in made_of(f"Chapter 1\n\n{P}\n{rows}\n{Q}").changes if change.why == "SPC002"
    ]


@pytest.mark.parametrize("below", ["", f"\n\n{Q}", "\n\n“So few,” she said.\n\n“Enough,” said Ben."])
def test_a_table_may_open_a_chapter(below: str) -> None:
    found = written(f"Chapter 1\n\n{P}\n\nChapter 2\n\nYear\tIce\tBoats\n1911\t12\t3\n1912\t14\t0{below}\n")
    assert "# Chapter 2\n\n| Year | Ice | Boats |\n| --: | --: | --: |\n| 1911 | 12 | 3 |" in found
    assert "verse" not in found


@pytest.mark.parametrize(
    "lines",
    [
        "Anna\tWho is there, in the middle of the night?\nBen\tNobody at all. Go to sleep.",
        "\tShe went.\n\tHe stayed.",
        "One line\twith a tab",
        "One\ttwo\tthree\nOne\ttwo",
        "The wind   the rain\nthe long   long road\nand I   alone",
        "He came.  She went.\nHe sat.   She ran.\nHe ate.   She hid.",
    ],
)
def test_tabs_elsewhere_make_none(lines: str) -> None:
    assert "|" not in written(f"Chapter 1\n\n{P}\n{lines}\n\n{Q}")


def test_a_caption_is_no_credit() -> None:
    found = written(f"Chapter 1\n\n{P}\nIllustration: The Gate at Night\n\n{Q}\nImage: Ada Marsh\n")
    assert "Illustration: The Gate at Night" in found
    assert "Ada Marsh" not in found


@pytest.mark.parametrize(
    "line", ["© 1968", "(c) 1931–1934", "Copyright 1968", "Фото: бабушка в саду, 1962 год"]
)
def test_what_a_story_shows_between_its_sentences_is_the_author_s(line: str) -> None:
    assert line in written(f"Chapter 1\n\n{P}\n{line}\n\nsaid the plaque.\n\n{Q}\n\nChapter 2\n\n{P}")


def test_captions_and_credits_that_begin_alike_decide_for_each_other() -> None:
    seen, name = "Foto: Die Großmutter vor dem Haus, 1962", "Foto: Tante Margarete"
    normalized = made_of(f"Chapter 1\n\n{P}\n{seen}\n\n{Q}\n{name}\n\n{P}\nFoto: Das Pferd im Hof\n\n{Q}")
    assert {seen, name} <= set(text_of(normalized).split("\n"))
    assert [seen in found.message for found in normalized.diagnostics if found.code == "STR020"] == [
        True,
        False,
    ]
    kept = "Foto: Archiv der Familie Kern"
    text = f"Chapter 1\n\nFoto: Heike Brandt\n\n{P}\n{kept}\n\nChapter 2\n\nFoto: Stadtarchiv Lübeck\n\n{Q}"
    assert "Foto" not in written(text)


def test_a_line_that_announces_what_follows_is_not_asked_about() -> None:
    text = f"Chapter 1\n\n{P}\nFoto: Heike Brandt\n\nChapter 2\n\nZaunwärts hing angenagelt:\n\nShare\n\n{Q}"
    assert "STR020" not in {found.code for found in made_of(text).diagnostics}


@pytest.mark.parametrize(
    "line",
    [
        "[Picture: Badger in two hats]",
        "(Bild: der Dachs mit Hut)",
        "[Photo: my mother in 1931]",
        "[Bild: Hof]",
    ],
)
def test_a_note_of_where_a_picture_is_to_stand_is_no_credit(line: str) -> None:
    found = written(f"Chapter 1\n\n{P}\n{line}\n\n{Q}\n[Photo: Ada Marsh]\n\n{P}")
    assert line in found.replace("\\", "")
    assert "Ada Marsh" not in found


def test_the_caption_of_a_picture_that_is_not_there_is_told_as_what_it_is() -> None:
    text = f"Chapter 1\n\n{P}\n[Illustration: The ferry]\n\n{Q}\n[Illustration]\n\n{P}"
    notes = [change.note for change in made_of(text).changes if change.why == "STR012"]
    assert notes == ["The caption of a picture that the file does not have.", "The place of a picture."]


@pytest.mark.parametrize(
    "note",
    [
        "A/N: Sorry this took so long, and thanks for waiting!",
        "AN: Enjoy, and tell me what you think!",
        "Author's note: thanks for all the reviews, see you on Friday.",
        "Note de l'auteur : merci pour vos commentaires, à vendredi !",
        "Nota dell'autrice: grazie a chi legge, a venerdì!",
    ],
)
def test_notes_to_readers_are_kept_and_told(note: str) -> None:
    normalized = made_of("".join(f"Chapter {n}\n\n{note}\n\n{P}\n{Q}\n" for n in (1, 2, 3)))
    [told] = [item for item in normalized.diagnostics if item.code == "STR048"]
    assert told.message.startswith("3 notes to the readers stand at the edges of chapters")
    assert told.paste.count("[[decide]]") == 1
    assert note[:4] in markdown.write(normalized.book)


def test_what_a_site_counts_is_no_subtitle() -> None:
    normalized = made_of(f"The Long Field\n\n12.3K 480 53\n\nby Luna Fay\n\n{P}\n{Q}")
    assert normalized.book.metadata.subtitle is None
    assert normalized.book.metadata.creators[0].name.value == "Luna Fay"
    assert [change.note for change in normalized.changes] == ["Counter of a web page."]


def test_signs_for_italics_are_no_part_of_a_stated_title() -> None:
    facts = made_of(
        f"---\ntitle: The *Argo* sails\nsubtitle: A _Tale_\n---\n\n# One\n\n{P}", "a.md"
    ).book.metadata
    assert facts.title.value == "The Argo sails"
    assert facts.subtitle
    assert facts.subtitle.value == "A Tale"


def test_signs_for_italics_are_no_part_of_a_title_in_the_text() -> None:
    normalized = made_of(f"The _Argo_ sails\n\nby Ada Marsh\n\nChapter 1\n\n{P}\n{Q}")
    assert normalized.book.metadata.title.value == "The Argo sails"
    check_returns(normalized)


CAPITALS = "\n\n".join(
    (
        "ACT I", "SCENE I. A platform.", "BERNARDO. Who’s there?", "FRANCISCO. Nay, answer me.",
        "Enter Ghost.",
        "BERNARDO. Long live the King!", "FRANCISCO. Bernardo?", "Elsinore. A room in the castle.",
        "BERNARDO. He.", "FRANCISCO. You come most carefully.", "Elsinore. Another room.", "Enter Ghost.",
        "BERNARDO. It is now twelve.",
    )
)  # fmt: skip
SMALL = "\n\n".join(
    (
        "Act I", "Anna. Who is there?", "Ben. Nay, answer me now.", "Enter Ghost.",
        "Anna. Long live the King!",
        "Ben. Is it you?", "Enter Ghost.", "Anna. It is I.", "Ben. You come most carefully.",
        "Anna. It is a cold night.", "Ben. So it is.",
    )
)  # fmt: skip

LEANING = CAPITALS.replace("Enter Ghost.", "*Enter Ghost.*")


@pytest.mark.parametrize(
    ("text", "cast"),
    [
        (CAPITALS, {"BERNARDO.", "FRANCISCO."}),
        (LEANING, {"BERNARDO.", "FRANCISCO."}),
        (SMALL, {"Anna.", "Ben."}),
    ],
)
def test_directions_and_places_that_come_back_name_nobody(text: str, cast: set[str]) -> None:
    assert {name for name, _ in spoken(made_of(text).book)} == cast


NAMES = "Zorvik Melna Tarp87 qelvon Brimsa Ostek Vindra Palmok".split()
SAID = (
    "Kirpu melnok zelmat forn!",
    "Balduk?",
    "Mirsel tarpu vindel, ostrak zelmat kirpu forn. Balduk mirsel.",
    "❤❤❤",
    "Zelmat zelmat",
    "Forn kirpu, forn balduk, forn mirsel.",
)


def thread(dice: random.Random, form: str) -> list[str]:
    lines: list[str] = []
    for _ in range(dice.randint(2, 5)):
        name, day = dice.choice(NAMES), f"{dice.randint(1, 28)}. {dice.randint(1, 12)}. 2021"
        head = (
            [name, day]
            if form == "apart"
            else [f"{name} · {day}"]
            if form == "in a line"
            else [f"{name} kelv:"]
        )
        lines += [*head, dice.choice(SAID), "Zvorbak"]
    return lines


@pytest.mark.parametrize("form", ["apart", "in a line", "said"])
def test_comments_below_the_posts_go(form: str) -> None:
    dice = random.Random(form)
    chapters = [[f"Chapter {n}", *prose(n), *thread(dice, form)] for n in range(1, CHAPTERS + 1)]
    found = lines_of(read("\n\n".join(line for chapter in chapters for line in chapter) + "\n"))
    own = [line for n in range(1, CHAPTERS + 1) for line in (f"Chapter {n}", *prose(n))]
    assert found == own
