"""Titles that are headings though nothing but their place and form says so."""

import random
import textwrap
from collections.abc import Callable, Sequence

import pytest

from publish.document import heading_text, walk_divisions
from tests.reading import made_of
from tests.test_furniture import text_of
from tests.test_undecided import TITLES, headings, made, prose

VERSE = "The boats are in,\nthe nets are dry,\nand nobody asks\nthe reason why."


def chapters(titles: Sequence[str], above: str, below: str, *, lines: str = "\n\n", more: int = 0) -> str:
    """Chapters under their titles; `lines` parts the paragraphs of one, of which there are `more`."""
    texts = ("\n\n".join(map(prose, range(at, at + 100 * more + 1, 100))) for at in range(len(titles)))
    bodies = (text.replace("\n\n", lines) for text in texts)
    return "".join(f"{above}{title}{below}{body}" for title, body in zip(titles, bodies, strict=True))


def wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, 60) if len(line) > 60 else line for line in text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        wrapped(chapters(TITLES[:5], "\n\n\n", "\n\n")),
        chapters(TITLES[:5], "\n\n", "\n", lines="\n"),
        chapters(TITLES[:5], "\n\n", "\n", lines=f"\n\n{VERSE}\n\n"),
        chapters(TITLES[:5], "\n\n\n", f"\n\n{VERSE}\n\n"),
    ],
    ids=["wrapped", "a line for each paragraph", "verse inside", "verse at the top"],
)
def test_titles_below_wider_white_space(text: str) -> None:
    normalized = made(f"Doors\n\nby Ada Marsh\n\n{text}\n")
    assert headings(normalized) == TITLES[:5]
    assert normalized.order.uncertain


@pytest.mark.parametrize(
    "odd", ["“Queer”", "“Butch” Weldy", "A Letter from John Watson, M.D.", "Who Goes There?"]
)
def test_a_title_of_odd_form_among_others(odd: str) -> None:
    titles = [*TITLES[:4], odd, *TITLES[4:6]]
    text = chapters(titles, "\n\n\n", "\n\n")
    assert headings(made(f"Doors\n\nby Ada Marsh{text}\n")) == titles


def test_a_letter_of_somebody_before_numbered_chapters() -> None:
    titles = ["Preface", "Letter from John Watson, Esq.", "Chapter I", "Chapter II", "Chapter III"]
    text = chapters(titles, "\n\n\n", "\n\n", more=7).replace(
        "Esq.\n\n", "Esq.\n\nBoston, April 22, 1845.\n\nDear Sir:\n\n"
    )
    normalized = made(f"Doors\n\nby Ada Marsh{text}\n")
    assert headings(normalized) == titles
    assert not normalized.order.uncertain


def test_the_entries_of_a_list_are_no_chapters() -> None:
    entries = "\n\n".join(
        f"{n}. {what}. Nil." for n, what in enumerate(("Botany", "Anatomy", "Law", "Music"), 1)
    )
    text = chapters(["Chapter I", "Chapter II", "Chapter III"], "\n\n\n", f"\n\n{entries}\n\n")
    assert headings(made(f"Doors\n\nby Ada Marsh{text}\n")) == ["Chapter I", "Chapter II", "Chapter III"]


def test_stories_beside_one_that_has_parts() -> None:
    text = chapters([*TITLES[:5], "The Long Road", *TITLES[5:9]], "\n\n\n", "\n\n")
    text = (
        text.replace("The Long Road\n\n", "The Long Road\n\n\nPart I\n\n") + f"\n\n\nPart II\n\n{prose(20)}"
    )
    found = headings(made(f"Doors\n\nby Ada Marsh{text}\n"))
    assert set(TITLES[:9]) < set(found)


def test_where_the_text_begins_with_prose_short_lines_are_no_titles() -> None:
    text = f"\n\n{prose(20)}" + chapters(TITLES[:5], "\n\n", "\n\n")
    assert headings(made(f"Doors\n\nby Ada Marsh{text}\n")) == [""]


@pytest.mark.parametrize("above", ["\n\n\n", "\n\f"], ids=["white space", "pages"])
@pytest.mark.parametrize("small", [(1, 4), range(5)], ids=["some", "all"])
def test_titles_in_small_letters_stand_as_the_others_do(above: str, small: Sequence[int]) -> None:
    titles = [title.lower() if at in small else title for at, title in enumerate(TITLES[:5])]
    normalized = made(f"Doors\n\nby Ada Marsh\n\n{chapters(titles, above, chr(10) * 2, more=2)}\n")
    assert headings(normalized) == titles


def test_a_dedication_above_titles_is_none_of_them() -> None:
    book = made(
        f"Doors\n\nby Ada Marsh\n\n\nTo Waldo and Mildred{chapters(TITLES[:5], chr(10) * 3, chr(10) * 2)}\n"
    ).book
    assert [one.kind.value for one in book.divisions] == ["dedication", *["chapter"] * 5]
    assert not book.divisions[0].title


LETTERS = (
    "Lady Marsh to the Rev. Mr. Pell", "Mr. Pell to Lady Marsh", "Anna to Mr. Pell", "Anna in Continuation",
    "Mr. Pell to Anna", "Anna to Miss Dove", "“Go, Woman!”", "Anna to Mr. Pell", "Anna to Mr. Pell",
    "Anna in Continuation", "Mr. Pell to Anna", "Anna in Continuation", "Anna to Mr. Pell", "John to Anna",
)  # fmt: skip


@pytest.mark.parametrize("below", ["\n\n", "\n"])
def test_titles_that_come_back_are_told_by_their_place_below_the_labels(below: str) -> None:
    texts = [f"Letter {n}\n{title}{below}{prose(n)}" for n, title in enumerate(LETTERS, 1)]
    found = headings(made("\n\n\n".join(texts)))
    told = [f"Letter {n}: {title}" for n, title in enumerate(LETTERS, 1)]
    assert found == told if below == "\n\n" else found[:6] == told[:6]


LONG = (
    "An Historical Sketch of the Progress of Opinion on the Tides of a Marsh, Previously to the "
    "Publication of the First Edition of This Work"
)


SECTIONS = {
    "Chapter 1: Of Water": ["The Wall", LONG, "The Two Sluices"],
    "Chapter 2: Of Beasts": ["Of Eels", "Of Herons", "Of Otters"],
    "Chapter 3: Of Earth": ["Of Salt", "Of Peat", "Of Clay"],
}


def test_the_first_section_of_a_named_chapter_and_one_of_a_long_name_stand_as_the_others_do() -> None:
    titles = [title for chapter, some in SECTIONS.items() for title in (chapter, *some)]
    texts = [title if title in SECTIONS else f"{title}\n\n{prose(at)}" for at, title in enumerate(titles)]
    found = made("Marsh Book\n\nby Ada Pell\n\n\n" + "\n\n\n".join(texts)).book
    assert [heading_text(division) for _, division in walk_divisions(found.divisions)] == titles


def test_the_days_of_letters_head_them_with_what_they_cry() -> None:
    days = ["April 8th: My Dear Anna", "April 9th: Rubbish, Rubbish, Anna!", "June 1st: My Dear Paul",
            "June 2nd: What Is the Matter with You, Paul?", "July 4th: My Dear Anna"]  # fmt: skip
    texts = [f"{day}\n\n{day.partition(':')[0]}.\n\n{prose(n)}" for n, day in enumerate(days)]
    assert headings(made("Letters\n\nby Ada Pell\n\n\n" + "\n\n\n".join(texts))) == days


VIEWS = ["Anna", "Mr. Bolt", "Anna", "Jo", "Anna", "Mr. Bolt", "Jo", "Anna", "Jo", "Mr. Bolt"]
MENTIONED = (
    "They had not seen Anna since June, and Mr. Bolt asked Anna where Jo was. But Jo and Bolt said little."
)


@pytest.mark.parametrize("label", ["Chapter {}\n", "Chapter {}\n\n", "{}\n\n"])
@pytest.mark.parametrize("wrap", [str, wrapped])
def test_names_of_those_who_tell_chapters_are_their_titles(label: str, wrap: Callable[[str], str]) -> None:
    texts = [wrap(f"{label.format(n)}{name}\n\n{prose(n)} {MENTIONED}") for n, name in enumerate(VIEWS, 1)]
    found = headings(made("Salt\n\nby Ada Marsh\n\n\n" + "\n\n\n".join(texts)))
    assert found == [f"{label.format(n).strip()}: {name}" for n, name in enumerate(VIEWS, 1)]


def test_names_of_those_who_tell_chapters_are_headings_where_nothing_else_is() -> None:
    texts = [f"{name.upper()}\n\n{prose(n)} {MENTIONED}" for n, name in enumerate(VIEWS)]
    normalized = made("Salt\n\nby Ada Marsh\n\n\n" + "\n\n\n".join(texts))
    assert headings(normalized) == [name.upper() for name in VIEWS]
    assert normalized.order.uncertain


@pytest.mark.parametrize("label", ["Chapter {}\n", "{}\n\n", ""])
def test_then_and_now_in_turn_are_titles(label: str) -> None:
    told = "They sang now and then. " * 5
    titles = [f"{label.format(n)}{word}" for n, word in enumerate(["THEN", "NOW"] * 4, 1)]
    texts = [f"{title}\n\n{prose(n)} {told}" for n, title in enumerate(titles)]
    found = headings(made("Salt\n\nby Ada Marsh\n\n\n" + "\n\n\n".join(texts)))
    assert found == [": ".join(filter(None, title.split("\n"))) for title in titles]


def test_who_wrote_a_post_is_no_title_for_the_text_does_not_tell_of_him() -> None:
    names = ["Piotr", "Halina"] * 4
    texts = [f"Chapter {n}\n{name}\n\n{prose(n)} {MENTIONED}" for n, name in enumerate(names, 1)]
    assert headings(made("\n\n\n".join(texts))) == [f"Chapter {n}" for n in range(1, 9)]


@pytest.mark.parametrize("doubled", [{"First", "Second", "Fourth"}, {"Second", "Fourth", "Fifth"}])
def test_titles_that_count_on_with_others_are_headings_where_these_are(doubled: set[str]) -> None:
    ordinals = ["First", "Second", "Third", "Fourth", "Fifth"]
    titles = ["\n".join([f"{one} Narrative"] * (1 + (one in doubled))) for one in ordinals]
    texts = [
        f"{title}\nContributed by Ada\n{prose(n)}".replace("\n\n", "\n") for n, title in enumerate(titles)
    ]
    numbered = [f"{number}\n{prose(number)}".replace("\n\n", "\n") for number in (11, 12)]
    found = headings(made("\n\n".join([*(f"Chapter {one}" for one in numbered), *texts])))
    assert found[2:] == [f"{one} Narrative" for one in ordinals]


def test_a_story_stands_above_the_titles_of_its_parts_among_stories_that_number_theirs() -> None:
    def text(at: int) -> str:
        return "\n\n".join(prose(at * 9 + more) for more in range(5))

    counted = "".join(
        f"\n\n\n{title}"
        + "".join(f"\n\n\n{n}\n\n{text(at * 9 + k)}" for k, n in enumerate(("I", "II", "III")))
        for at, title in enumerate(TITLES[:3])
    )
    titled = f"\n\n\n{TITLES[3]}" + "".join(
        f"\n\n\n{title}\n\n{text(80 + at)}" for at, title in enumerate(TITLES[4:7])
    )
    normalized = made(f"Doors\n\nby Ada Marsh{counted}{titled}\n")
    found = [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]
    assert [title for title in found if title in TITLES] == TITLES[:7]


def test_headings_in_small_letters_above_one_long_paragraph_each_are_asked_about() -> None:
    titles = ("La théorie du tiroir", "Ce que savent les serruriers", "Le trousseau de ma fille")
    text = (
        "L’art de perdre ses clés\n\n"
        + "\n\n".join(["On ne perd rien.", *(f"{t}\n\n{LONG}" for t in titles)])
        + "\n"
    )
    asked = [found for found in made(text).diagnostics if found.code == "STR030"]
    assert len(asked) == 1
    assert all(title in asked[0].message for title in titles)


LONG = "Mon père avait un tiroir sans clé, et il le fermait chaque soir avec soin, pour ne rien y perdre."


@pytest.mark.parametrize(
    "lines",
    [
        "9 days before|7 days before|5 days before|3 days before|2 days before",
        "6:00 a.m.|7:15 a.m.|9:00 a.m.|12:30 p.m.|4:00 p.m.|8:00 p.m.",
        "Age 4|Age 7|Age 11|Age 15|Age 30",
        "Nine days before|Seven days before|Three days before|Two days before|One day before",
    ],
)
def test_lines_alike_but_for_what_they_measure_are_headings_in_order_where_that_runs_on(lines: str) -> None:
    found = lines.split("|")
    for written, uncertain in ((found, False), ([*found[2:], *found[:2]], True)):
        text = chapters(written, "\n\n\n", "\n\n")
        normalized = made(f"Doors\n\nby Ada Marsh{text}\n")
        assert headings(normalized) == written
        assert normalized.order.uncertain is uncertain


def test_two_counts_that_are_mixed_are_headings_and_their_order_is_the_file_s() -> None:
    found = "The Ferry (2/3)|Salt (1/3)|The Ferry (1/3)|Salt (3/3)|The Ferry (3/3)|Salt (2/3)".split("|")
    text = chapters(found, "\n\n\n", "\n\n")
    normalized = made(f"Doors\n\nby Ada Marsh{text}\n")
    assert headings(normalized) == found
    assert normalized.order.uncertain


def test_titles_that_quote_stand_as_the_others_do_though_no_other_heading_is_there() -> None:
    titles = [
        "The Lamp",
        "“Tiger! Tiger!”",
        "Under the Bridge",
        "“Rikki-Tikki”",
        "A Quiet House",
        "The Ferry",
    ]
    text = chapters(titles, "\n\n\n\n", "\n\n")
    wrapped = "\n".join(textwrap.fill(line, 66) for line in text.split("\n"))
    assert headings(made(f"Doors\n\nby Ada Marsh{wrapped}\n")) == titles


@pytest.mark.parametrize(
    "titles", [("Room 12", "Room 3", "Room 7", "Room 1"), ("Now", "Then", "Now", "Then", "Now")]
)
def test_titles_that_are_alike_are_asked_about_where_no_heading_is(titles: Sequence[str]) -> None:
    """They come back as refrains do, so that nothing was said of them."""
    text = "The Tin Box\n\nby Clara Moss\n\n" + chapters(titles, "\n\n", "\n\n")
    told = [found.message for found in made(text).diagnostics if found.code == "STR030"]
    assert told or headings(made(text)) == [*titles]


def test_a_refrain_is_not_asked_about() -> None:
    text = "The Tin Box\n\nby Clara Moss\n\n" + chapters(["So it goes."] * 4, "\n\n", "\n\n")
    assert "STR030" not in {found.code for found in made(text).diagnostics}


def test_the_close_of_a_letter_is_no_title_above_its_name() -> None:
    titles = TITLES[:5]
    text = "The Quay\n\nby Ann Marsh" + chapters(titles, "\n\n\n", "\n\n")
    first = prose(1).split("\n\n")[0]
    signed = text.replace(first, f"{first}\n\n\nTvůj\nKarel\n\nThe letter came in April.")
    assert signed != text
    assert headings(made(signed)) == headings(made(text)) == list(titles)


@pytest.mark.parametrize(
    ("first", "second"), [("I. The Spring", "II. The Hand"), ("1. The Spring", "2. The Hand")]
)
def test_two_numbered_titles_are_asked_about(first: str, second: str) -> None:
    """Three are taken; two may be the entries of a list."""
    body = [prose(100 * at) for at in range(5)]
    text = "\n\n".join(["On Clocks", "by Nora Quill", body[0], first, *body[1:3], second, *body[3:]])
    told = [found.message for found in made(text).diagnostics if found.code == "STR030"]
    assert len(told) == 1
    assert first in told[0]


def test_two_entries_of_a_list_are_not_asked_about() -> None:
    body = [prose(100 * at) for at in range(4)]
    text = "\n\n".join([*body[:2], "1. A spring", "2. A hand", *body[2:]])
    assert "STR030" not in {found.code for found in made(text).diagnostics}


@pytest.mark.parametrize("first", ["Smoke.", "“Smoke!”", "smoke…", "Smoke\nand the sea,\nand no wind."])
@pytest.mark.parametrize("mark", ["## ", ""])
def test_a_text_may_begin_with_the_words_of_its_title(mark: str, first: str) -> None:
    titles = ["SMOKE", *(title.upper() for title in TITLES[:3])]
    texts = [f"{first}\n\n{prose(0)}", *map(prose, (3, 6, 9))]
    chapters = "\n\n".join(f"{mark}{title}\n\n{text}" for title, text in zip(titles, texts, strict=True))
    normalized = made(f"# Doors\n\n{chapters}\n" if mark else f"DOORS\n\nby Ada Marsh\n\n{chapters}\n")
    assert headings(normalized) == titles
    assert first.partition("\n")[0].strip("“”") in text_of(normalized)


def test_titles_in_capitals_of_which_some_are_printed_twice() -> None:
    titles = [title.upper() for title in TITLES[:4]]
    text = "".join(
        f"\n\n{title}{chr(10) * 2 + title if at == 1 else ''}\n\n{prose(at)}"
        for at, title in enumerate(titles)
    )
    assert headings(made(f"DOORS\n\nby Ada Marsh{text}\n")) == titles


def test_a_poem_named_by_its_first_line() -> None:
    poems = [
        "The tide\nis out of words\nand out of time.",
        "No bell\nrang for us then,\nno bell since.",
        "Tin\nof old nails,\nof old names.",
    ]
    text = "\n\n".join(f"{poem.split(chr(10))[0]}\n\n{poem}" for poem in poems)
    book = made(f"Low Water\nPoems\nAda Marsh\n\n{text}\n").book
    assert [heading_text(one) for one in book.divisions] == [
        "The tide",
        "No bell",
        "Tin",
    ]


LONG = "How the Miller Went to Market with a Goose, a Ladder and His Grandfather’s Second-Best Hat, Met " + (
    "the Bailiff, the Bailiff’s Brother and a Pedlar of Spoons, and Came Home by the River with Neither"
)
SHORT = ("The Ford", "A Guest", "Rain", "The Ladder", "Home")


@pytest.mark.parametrize("form", ["Chapter {}: {}", "Chapter {}\n{}", "{}. {}", "{}\n{}", "CHAPTER {}\n\n{}"])
@pytest.mark.parametrize("long", [LONG, LONG.capitalize(), f"{LONG[:-8]}“Goose”"])
@pytest.mark.parametrize("below", ["\n\n", "\n"])
def test_a_title_as_long_as_a_paragraph_is_one_where_no_mark_ends_it(
    form: str, long: str, below: str
) -> None:
    if below == "\n" and "\n\n" in form:
        return
    titles = [*SHORT[:3], long, *SHORT[3:]]
    heads = [form.format(number, title) for number, title in enumerate(titles, 1)]
    text = chapters(heads, "\n\n\n", below, lines=below)
    normalized = made(f"Doors\n\nby Ada Marsh\n\n{text}\n")
    assert len(normalized.book.divisions) == len(titles)
    assert long in heading_text(normalized.book.divisions[3])


def test_a_title_that_says_the_number_of_its_chapter_again() -> None:
    titles = ["The Ford", "A Guest", "Third Chapter", "Rain"]
    heads = [
        f"CHAPTER {number}\n{title.upper()}"
        for number, title in zip("I II III IV".split(), titles, strict=True)
    ]
    normalized = made(f"Doors\n\nby Ada Marsh\n\n{chapters(heads[::-1], chr(10) * 3, chr(10) * 2)}\n")
    assert [heading_text(division).split(": ")[-1] for division in normalized.book.divisions] == [
        title.upper() for title in titles
    ]


@pytest.mark.parametrize("title", ["Fears…", "Onward"])
def test_a_title_that_the_text_cries_out_or_that_trails_off(title: str) -> None:
    heads = [f"{number}\n{name}" for number, name in enumerate([*TITLES[:6], title], 1)]
    text = (
        chapters(heads, "\n\n", "\n", lines="\n")
        .replace("\n\n3", "\nOnward!\n\n3")
        .replace("\n\n5", "\nOnward!\n\n5")
    )
    normalized = made(f"Doors\n\nby Ada Marsh\n\n{text}\nOnward!\nThey went.\n")
    assert title in heading_text(normalized.book.divisions[-1])


@pytest.mark.parametrize(
    ("parts", "numbers"),
    [
        (["Low water", "The Sluice"], ["1", "2", "1", "2"]),
        (["LOW WATER", "THE SLUICE"], ["1", "2", "3", "4"]),
        (["Die Ebbe", "Das Wehr"], ["I", "II", "I", "II"]),
        (["Low Water", "What he saw"], ["Chapter 1: Eels", "Chapter 2: Reed", "Chapter 1: Ice", "Chapter 2"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("top", ["Doors\n\nby Ada Marsh\n\n", "DOORS\n\n", "Doors\nAda Marsh\n\n"])
def test_titles_alone_above_numbers_name_parts(parts: list[str], numbers: list[str], top: str) -> None:
    names = [parts[0], *numbers[:2], parts[1], *numbers[2:]]
    text = "\n\n".join(f"{one}\n\n{prose(at)}" if one in numbers else one for at, one in enumerate(names))
    normalized = made(f"{top}{text}\n")
    found = [(depth, heading_text(one)) for depth, one in walk_divisions(normalized.book.divisions)]
    assert found == [(1 + (one in numbers), one) for one in names]
    assert normalized.book.metadata.title.value.lower() == "doors"


def test_who_signs_above_a_number_names_no_part() -> None:
    texts = [prose(0), f"{prose(1)}\n\nYours, Ada", prose(2), prose(3)]
    names = ["1", "2", "1", "2"]
    text = "\n\n".join(f"{one}\n\n{said}" for one, said in zip(names, texts, strict=True))
    assert "Yours, Ada" not in headings(made(f"Doors\n\nby Ada Marsh\n\n{text}\n"))


CHAPTERS = ["## Chapter 1", "## Chapter 2", "## Chapter 3", "## Chapter 4"]


@pytest.mark.parametrize(
    ("headings", "numbers"),
    [
        (["## Chapter 1", "## Elf", *CHAPTERS[1:]], "1 - 2 3 4"),
        ([*CHAPTERS[:3], "### Hat", "### Acht", "## Chapter 4"], "1 2 3 - - 4"),
        ([*CHAPTERS[:2], "### Once", *CHAPTERS[2:]], "1 2 - 3 4"),
        (["## Lantern", "## Seven", "## Liv", "## Weir"], "- - - -"),
        (["## Sept", "## Hat", "## Once", "## Elf: the Cold"], "- - - -"),
        # What counts, counts.
        (["## One", "## Two", "## Four"], "1 2 4"),
        (["## Three", "## Two", "## One"], "1 2 3"),
        (["## Sechs", "## Sieben", "## Neun"], "6 7 9"),
        (["## Chapter 1", "## Two", "## Chapter 3", "## Five"], "1 2 3 -"),
        (["## Un", "## Deux", "## Lantern"], "1 2 -"),
        (["## Chapter One", "## Two", "## Lantern"], "1 2 -"),
        (["## Kapitel Eins", "## Kapitel Zwei", "## Elf", "## Kapitel Drei"], "1 2 - 3"),
    ],
)
def test_a_title_that_is_a_number_in_some_language_counts_beside_others_alone(
    headings: list[str], numbers: str
) -> None:
    text = []
    for number, heading in enumerate(headings):
        chance = random.Random(number)
        text += [heading, *(f"The {' and the '.join(chance.choices(WORDS, k=9))} came." for _ in range(3))]
    found = made_of("\n\n".join(text), "lamp.md")
    told = [" ".join(map(str, one.numbers)) or "-" for _, one in walk_divisions(found.book.divisions)]
    assert " ".join(told) == numbers
    assert {"STR003"}.isdisjoint(one.code for one in found.diagnostics) or headings[0] == "## Three"


WORDS = "lamp rope lock frost heron miller carter widow tar mud reed ferry toll barge bread wheel".split()
