"""Titles, paragraphs, scene breaks and quotations as the white space and the signs of a file show them."""

import random
import re
import textwrap
from itertools import chain

import pytest

from publish.document import (
    Block,
    Division,
    Note,
    Paragraph,
    Quotation,
    SceneBreak,
    Verse,
    block_prose,
    heading_text,
    notes,
    walk_divisions,
)
from publish.normalize.result import Normalized
from tests.office import docx, p
from tests.office import made as office
from tests.reading import made_of
from tests.test_furniture import CREDITS, STACK, posts, prose

POEM = [
    "If sailor tales to sailor tunes,",
    "Storm and adventure, heat and cold,",
    "If schooners, islands, and maroons",
    "And buccaneers and buried gold,",
]
ADDRESS = ["Dedicated", "By his affectionate friend,", "The Author"]


def headings(normalized: Normalized) -> list[str]:
    return [heading_text(division) for _, division in walk_divisions(normalized.book.divisions)]


def blocks(normalized: Normalized) -> list[Block]:
    return [block for _, division in walk_divisions(normalized.book.divisions) for block in division.blocks]


def texts(normalized: Normalized) -> list[str]:
    return [run.text for block in blocks(normalized) for run in block_prose(block)]


def test_a_poem_below_the_title_page_has_its_title() -> None:
    """One line to a paragraph, headings below one blank line; the address at the end has no heading."""
    titles = ["The Ferry", "A Letter", "The Captain", "Winter Comes", "No Answer", "The Market"]
    chapters = "\n\n".join("\n".join([str(n), title, *prose(n, 12)]) for n, title in enumerate(titles, 1))
    front = ["The Island\n\nby Ada Marsh\n\n\nTo the Doubting Reader", "\n".join(POEM), "\n".join(ADDRESS)]
    found = headings(made_of("\n\n".join([*front, chapters]) + "\n"))
    assert found[:2] == ["To the Doubting Reader", "1: The Ferry"]


@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_a_line_that_states_the_number_of_a_chapter_is_no_title_of_a_book(name: str) -> None:
    found = made_of(
        "Chapter 2: The Boat\n\nBy Ines Robles\n\nShe got in. Who would have stopped her?\n", name
    )
    assert headings(found) == ["Chapter 2: The Boat"]
    assert found.book.metadata.title.value != "Chapter 2: The Boat"
    assert texts(found)[0] == "By Ines Robles"


def test_dated_lines_of_a_site_tell_a_heading_without_label() -> None:
    """No word of the site is known; the posts stand newest first, and the preface last of all."""

    def top(number: int) -> list[str]:
        return [f"uppdaterad {number} mars 2021", CREDITS[number % 3]]

    text = posts(top=top, bottom=lambda _: STACK, blank="\n")
    preface = "\n".join(["Why I Wrote", "uppdaterad 28 mars 2021", CREDITS[1], *prose(77, 2), *STACK])
    chapters = text.strip().split("\n\n\n")
    normalized = made_of("\n\n".join([*reversed(chapters), preface]) + "\n")
    assert headings(normalized) == ["Why I Wrote", *(f"Chapter {n}" for n in range(1, 10))]


def test_double_spaced_lines_are_paragraphs() -> None:
    """Every line of a typescript is parted from the next; paragraphs begin indented or below more space."""
    for first, between in (("     ", "\n\n"), ("", "\n\n\n\n")):
        wrapped = [textwrap.fill(words, 66, initial_indent=first) for words in prose(3, 12)]
        page = between.join(paragraph.replace("\n", "\n\n") for paragraph in wrapped)
        assert texts(made_of(f"Chapter 1\n\n\n\n{page}\n")) == prose(3, 12)


def test_paragraphs_of_one_line_and_verse_stay_apart() -> None:
    short = [words.partition(".")[0] + "." for words in prose(4, 40)]
    assert texts(made_of("Chapter 1\n\n" + "\n\n".join(short) + "\n")) == short
    verse = [words[0].lower() + words[1:40].strip() for words in prose(5, 40)]
    found = made_of("Chapter 1\n\n" + "\n\n".join(verse) + "\n")
    assert [words for line in texts(found) for words in line.split("\n")] == verse


def sentences(chapter: int) -> list[list[str]]:
    return [[f"{part}." for part in words.rstrip(".").split(". ")] for words in prose(chapter, 14)]


def test_one_sentence_to_a_line() -> None:
    page = "\n\n".join("\n".join(lines) for lines in sentences(6))
    assert texts(made_of(f"Chapter 1\n\n{page}\n")) == prose(6, 14)


def test_one_paragraph_to_a_line_below_scene_breaks() -> None:
    """Lines of several sentences are paragraphs, though blank lines part groups of them."""
    page = "\n\n".join("\n".join(prose(n, 4)) for n in range(7, 20))
    wanted = [words for n in range(7, 20) for words in prose(n, 4)]
    assert texts(made_of(f"Chapter 1\n\n{page}\n")) == wanted


def test_one_speech_to_a_line_is_a_paragraph() -> None:
    lines = [f"“{words}”" if n % 3 else words for n, words in enumerate(chain(*sentences(8)))]
    page = "\n\n".join("\n".join(lines[at : at + 4]) for at in range(0, len(lines), 4))
    assert texts(made_of(f"Chapter 1\n\n{page}\n")) == lines


@pytest.mark.parametrize("sign", ["—", "§", "–", "🌊"])
def test_a_lone_sign_between_paragraphs_breaks_a_scene(sign: str) -> None:
    found = blocks(made_of("Chapter 1\n\n" + f"\n\n{sign}\n\n".join(prose(9, 6)) + "\n"))
    kinds = [type(block) for block in found]
    assert kinds == [Paragraph, *[SceneBreak, Paragraph] * 5]


def test_what_people_send_each_other_breaks_no_scene() -> None:
    sent = [word for words, sign in zip(prose(10, 4), "👍🙈👍🎉", strict=True) for word in (words, sign)]
    assert texts(made_of("Chapter 1\n\n" + "\n\n".join([*sent, *prose(11, 2)]) + "\n")) == [
        *sent,
        *prose(11, 2),
    ]


def test_lines_behind_signs_of_quotation_in_markdown() -> None:
    """Also where the sign is missing below the first line, and where one blank line parts two paragraphs."""
    quoted = "> The *sea*\n> is calm\ntonight.\n>\n> The tide\n\n> is full.\n"
    text = f"# Chapter 1\n\nHe read:\n\n{quoted}\n* * *\n\n>_< he wrote.\n"
    found = blocks(made_of(text, "story.md"))
    assert [type(block) for block in found] == [Paragraph, Quotation, SceneBreak, Paragraph]
    assert [run.text for run in block_prose(found[1])] == ["The sea is calm tonight.", "The tide", "is full."]
    assert [run.text for run in block_prose(found[3])] == [">_< he wrote."]


def _levels(block: Block) -> object:
    """Give the words of a quotation, those of one inside it as a list of their own."""
    if isinstance(block, Quotation):
        return [_levels(inner) for inner in block.blocks]
    return next(iter(block_prose(block))).text


@pytest.mark.parametrize(
    ("quoted", "levels"),
    [
        (
            "> One.\n>\n> > Two,\n> > of it.\n> >\n> > > Three.\n>\n> One.",
            ["One.", ["Two, of it.", ["Three."]], "One."],
        ),
        (">> Two.\n>\n> One.", [["Two."], "One."]),
        ("> One,\n>> Two.\nof it.", ["One,", ["Two. of it."]]),
        ("> > Two.\n>\n> > More.", ["Two.", "More."]),
        ("> > Two.\n>\n> — Ada Marsh", ["Two.", "— Ada Marsh"]),
        (f"> One.\n>\n{'>' * 400} Four.", ["One.", ["Four."]]),
    ],
)
def test_a_quotation_in_a_quotation_keeps_its_level(quoted: str, levels: object) -> None:
    """One that holds nothing but another, and perhaps its source, is only set in twice."""
    book = made_of(f"# Chapter 1\n\nHe read:\n\n{quoted}\n\nHe wept.\n", "story.md")
    above, quotation, below = blocks(book)
    assert [_levels(block) for block in (above, quotation, below)] == ["He read:", levels, "He wept."]


def test_a_quotation_ends_at_a_heading_and_at_a_fence() -> None:
    text = "# Chapter 1\n\n> It was\n# Chapter 2\n\n> It is\n::: verse\nThe sea\nis calm\n:::\n"
    found = blocks(made_of(text, "story.md"))
    assert [type(block) for block in found] == [Quotation, Quotation, Verse]


def test_space_round_verse_does_not_hide_a_scene_break() -> None:
    text = " ".join(prose(3))
    verse = "\n\n“Then pass the bowl, my comrades all,\nAnd let the cider flow.”\n\n"
    lines = [f"{text}\n{text}\n{text}\n\n{text}{verse}{text}{verse}{text}", *["\n".join([text] * 6)] * 2]
    chapters = "\n\n\n".join(f"Chapter {number}\n{some}" for number, some in enumerate(lines, 1))
    kinds = [type(block) for block in made_of(chapters).book.divisions[0].blocks]
    assert kinds == [*[Paragraph] * 3, SceneBreak, *[Paragraph, Verse] * 2, Paragraph]


def test_lines_that_break_a_word_are_prose_amid_verse() -> None:
    argument = [
        "A breach in the wall by the sea, and one of the gates beaten open: his ent-",
        "rance at dusk.",
    ]
    text = "\n\n".join(["\n".join(argument), *["\n".join(POEM)] * 6])
    found = blocks(made_of(f"Canto 1\n\n{text}\n"))
    assert isinstance(found[0], Paragraph)
    assert next(run.text for run in block_prose(found[0])).endswith("open: his entrance at dusk.")
    assert isinstance(found[1], Verse)


@pytest.mark.parametrize(
    ("second", "numbers"),
    [("2", ["1", "2"]), ("1", [None, None]), ("*", [None, None])],
)
def test_notes_that_are_counted_through_the_book_keep_their_numbers(
    second: str, numbers: list[str | None]
) -> None:
    chapters = [
        f"CHAPTER {n}\n\nHe came from Ghent[{sign}], and went home.\n\n[{sign}] A city.\n\nIt rained again."
        for n, sign in enumerate(("1", second), 1)
    ]
    book = made_of("\n\n\n".join(chapters) + "\n").book
    paragraphs = [block for one in book.divisions for block in one.blocks if isinstance(block, Paragraph)]
    found = [note for paragraph in paragraphs for note in notes(paragraph.children)]
    assert [note.label and note.label.text for note in found] == numbers


def test_a_line_set_in_below_a_note_goes_on_with_it() -> None:
    note = "[1] Made in 1742.\n    It was broken twice."
    text = f"Chapter 1\n\n{'She looked at the wheel. ' * 4}[1]\n\n{note}\n\n{'It stood. ' * 9}\n"
    assert len(blocks(made_of(text))) == 2


WRAPPED = "\n\n".join(
    [textwrap.fill("The lamp had burned low, and nobody in the house spoke of it. " * 6, 70)] * 4
)
TITLES = (
    ("The Keeper Goes Down to the Harbour and Meets There", "A Man Without a Hat"),
    ("What the Fishermen Said of the Lamp That Nobody Had", "Ever Seen Lit"),
    ("A Letter Comes from the City and Is Read Aloud by", "the Schoolmaster"),
    ("The Boat Returns Without Its Sails and Nobody Is", "Surprised by It"),
)


@pytest.mark.parametrize("large", [False, True])
def test_a_title_beside_its_label_goes_on_in_the_next_line(large: bool) -> None:
    typed = [f"Chapter {number}: {above}\n{below}" for number, (above, below) in enumerate(TITLES, 1)]
    wanted = [title.replace("\n", " ").casefold() for title in typed]
    story = "\n\n\n".join(f"{title.upper() if large else title}\n\n{WRAPPED}" for title in typed)
    assert [title.casefold() for title in headings(made_of(story))] == wanted


def test_a_speech_begins_a_paragraph_where_the_line_above_it_is_full() -> None:
    said = (
        "Anna: I went to the sea and saw all the boats come home late at night,\n"
        "and nobody waved to me there as they used to do.\n"
        "Tom: You did not, since you stayed where you were and slept until\n"
        "noon, and nobody called for you there or anywhere else.\n"
    )
    found = texts(made_of(f"Chapter 1\n\n{WRAPPED}\n\n{said}{said}\n{WRAPPED}"))
    assert [text.partition(":")[0] for text in found if ":" in text] == ["Anna", "Tom"] * 2


def test_a_sentence_ends_with_the_closing_mark_of_any_language() -> None:
    lines = [
        "„Ich habe den ganzen Tag am Fenster gestanden und auf dich gewartet,",
        "und es war niemand da.“",
        "Er nahm den Hut vom Haken und ging hinaus, ohne sich umzusehen, denn",
        "er wußte, was sie ihm sagen würde. „Bleib doch noch eine Stunde und",
        "warte auf mich.“",
        "Es regnete, und der Hund lag vor der Tür und schlief, wie er jeden",
        "Abend dort gelegen hatte.",
    ]
    assert len(texts(made_of("Kapitel 1\n\n" + "\n".join(lines) + "\n"))) == 3
    turned = "\n".join(lines).replace("„", "»").replace("“", "«")
    assert len(texts(made_of("Kapitel 1\n\n" + turned + "\n"))) == 3


PORTUGUESE = (
    "O barco entrou na barra de manhã, com a bandeira a meia haste, e",
    "ninguém o esperava no cais. O faroleiro viu-o da torre e disse:",
    "— Quem lhe deu isto? — perguntou à rapariga, sem tirar os olhos",
    "da mesa onde ela pusera a chave.",
    "— O mar — disse a rapariga, sentando-se na única cadeira da casa",
    "— mas não foi de graça, se é isso que o senhor quer saber.",
    "— O mar não dá nada. Empresta.",
)


@pytest.mark.parametrize(("dash", "space"), [("—", " "), ("–", " "), ("-", " "), ("—", "")])
def test_a_dash_opens_a_speech_behind_a_sentence_and_goes_on_with_one(dash: str, space: str) -> None:
    lines = (line.replace("— ", f"{dash}{space}") if line[0] == "—" else line for line in PORTUGUESE)
    found = texts(made_of("Capítulo 1\n\n" + "\n".join(lines) + "\n"))
    assert [line.split()[-1] for line in found] == ["disse:", "chave.", "saber.", "Empresta."]
    assert all("cadeira da casa" not in line or "mas não foi" in line for line in found)


def test_a_dash_between_sentences_goes_on_where_most_stand_inside_lines() -> None:
    lines = [
        "Er ging durch den Garten und sah, daß alles war wie früher. — Der",
        "Hund lag vor der Tür, und niemand hatte ihn gerufen; er schlief.",
        "— Da kam die Alte heraus und sah ihn an, als sei er nie gegangen.",
        "Sie glaubte ihm nicht. — Sie hatte ihm nie etwas geglaubt, und er",
        "wußte es, setzte sich an den Tisch und aß. — Draußen regnete es.",
    ]
    assert len(texts(made_of("Kapitel 1\n\n" + "\n".join(lines) + "\n"))) == 1


def test_a_note_in_the_midst_of_a_sentence_leaves_the_sentence_whole() -> None:
    story = (
        "He came to the house [Footnote: It stood on the hill until the war,\nand then it fell.] and went in."
    )
    (paragraph,) = blocks(made_of(f"Chapter 1\n\n{story}\n"))
    assert [run.text for run in block_prose(paragraph, notes=False)] == ["He came to the house and went in."]
    assert isinstance(paragraph, Paragraph)
    assert len(list(notes(paragraph.children))) == 1


def test_a_contents_list_of_titles_that_head_nothing_ends_at_the_widest_white_space() -> None:
    listed = "Contents\n\n1. The Lamp\n2. The Boat\n3. The Sea\n4. The Wind\n"
    found = made_of(
        f"{listed}\n\n\n{WRAPPED}\n\n\n" + "\n\n\n".join(f"{n}\n\n{WRAPPED}" for n in ("I", "II", "III"))
    )
    gone = sorted(change.span.start for change in found.changes if change.why == "STR013")
    assert [listed.count("\n", 0, start) for start in gone] == [0, 2, 3, 4, 5]
    assert headings(found) == ["", "I", "II", "III"]


@pytest.mark.parametrize("entries", ["Preface .... 3\nPart 1  The Lamp .... 9", "Preface\nPart 1  The Lamp"])
def test_a_contents_list_of_two_titles_that_head_what_follows_goes(entries: str) -> None:
    book = f"Preface\n\n{WRAPPED}\n\n\nPart 1: The Lamp\n\n{WRAPPED}\n"
    found = made_of(f"X\n\nby Ada Marsh\n\nContents\n\n{entries}\n\n\n{book}")
    assert sum(change.why == "STR013" for change in found.changes) == 3
    assert headings(found) == ["Preface", "Part 1: The Lamp"]


def test_one_title_of_a_long_contents_list_may_head_nothing() -> None:
    titles = [
        f"The {word}"
        for word in "Lamp Boat Sea Wind Mill Fair Road Gate Loft Yard Barn Well Ford Wood".split()
    ]
    titles += [f"A {word}" for word in "Door Key Cup Hat Coat Ring".split()]
    heads = [title for title in titles if title != "The Road"]
    listed = "\n".join(titles)
    body = "".join(f"\n\n\n{title}\n\n{WRAPPED}" for title in heads)
    assert headings(made_of(f"X\n\nby Ada Marsh\n\nContents\n\n{listed}\n{body}\n")) == heads


def test_a_contents_list_goes_on_where_its_parts_begin_their_numbers_again() -> None:
    parts = ("Hell", "Purgatory", "Heaven")
    cantos = [f"Canto {number}." for number in ("I", "II", "III", "IV")]
    listed = "Contents\n\n" + "".join(f"{line}\n" for part in parts for line in (part, *cantos))
    books = "".join(f"\n\n{part}\n" + "".join(f"\n\n{c}\n\n{WRAPPED}\n" for c in cantos) for part in parts)
    found = made_of(f"The Poem\n\nby Ada Marsh\n\n{listed}\n{books}")
    assert sum(change.why == "STR013" for change in found.changes) == 1 + 3 * 5


TYPED = {
    "English": (
        "CHAPTER {}",
        "ONE TWO",
        "She went in by the side door. The front was for buyers, and for the owner of the works. There "
        "were forty girls at forty benches. They sang all day, and nobody could have heard what one of them "
        "said. When the bell rang they put on their coats. The dyers stayed until their hands were clean.",
    ),
    "German": (
        "KAPITEL {}",
        "EINS ZWEI",
        "Sie ging durch die Seitentür. Vorn kamen die Käufer, und manchmal der Besitzer selbst. Vierzig "
        "Mädchen standen an vierzig Bänken. Sie sangen den ganzen Tag, und niemand verstand, was eine von "
        "ihnen sagte. Wenn es läutete, zogen sie die Mäntel an. Die Färber blieben, bis sie sauber waren.",
    ),
    "French": (
        "CHAPITRE {}",
        "UN DEUX",
        "Elle entrait par la porte de côté. La grande porte était pour les acheteurs, et parfois pour le "
        "patron. Quarante filles se tenaient devant quarante établis. Elles chantaient tout le jour, et "
        "personne n’entendait ce que disait l’une d’elles. À la cloche elles mettaient leur manteau. Les "
        "teinturiers restaient.",
    ),
}


@pytest.mark.parametrize("first", [5, 3, 0])
@pytest.mark.parametrize("between", [2, 3, 4])
@pytest.mark.parametrize("size", [3, 6])
@pytest.mark.parametrize("language", TYPED)
def test_typescripts_with_double_spaced_lines_keep_headings_and_paragraphs(
    language: str, size: int, between: int, first: int
) -> None:
    """Paragraphs begin set in, or below more white space; those of three lines show it as well."""
    label, numbers, text = TYPED[language]
    said = re.split(r"(?<=\.) ", text)
    paragraphs = [" ".join([*said[at:], *said[:at]][:size]) for at in range(6)]
    typed = [textwrap.fill(one, 62, initial_indent=" " * first).replace("\n", "\n\n") for one in paragraphs]
    headings = [label.format(number) for number in numbers.split()]
    chapters = [
        "\n".join([heading, *[""] * (between - 1), ("\n" * between).join(typed[3 * at : 3 * at + 3])])
        for at, heading in enumerate(headings)
    ]
    found = made_of(("\n" * (between + 1)).join(chapters) + "\n")
    assert [heading_text(one) for one in found.book.divisions] == headings
    if between > 2 or first:
        assert texts(found) == paragraphs


FIGURES = {
    "English": (
        "The rent was paid in eels,1 and the clerk has counted these.",
        "1 Twenty-six thousand of them.",
    ),
    "German": ("Die Pacht nannte er „klein“.1 Der Schreiber zählte sie.", "1. Sechsundzwanzigtausend Aale."),
    "French": ("On payait en anguilles1, et le clerc les a comptées.", "1 Vingt-six mille, selon lui."),
}


def noted(one: Division) -> list[Note]:
    paragraphs = [block for block in one.blocks if isinstance(block, Paragraph)]
    return [note for paragraph in paragraphs for note in notes(paragraph.children)]


@pytest.mark.parametrize("language", FIGURES)
def test_a_plain_figure_behind_a_word_refers_to_the_note_below_that_it_begins(language: str) -> None:
    """So a scanner sets raised figures; on the next page they begin anew."""
    said, note = FIGURES[language]
    text = f"Chapter 1\n\n{said}\n\nIt rained.\n\n{note}\n\nIt was late.\n\n"
    found = made_of(text + f"Chapter 2\n\n{said}\n\n{note}\n\nIt was over.\n")
    assert [len(noted(one)) for one in found.book.divisions] == [1, 1]
    assert sum(change.why == "STR019" for change in found.changes) == 4


LONE = "I asked the man whose wall it is what it was for. He considered the question for some time."
SAID = {
    "English": "Through-stones are the long ones that go from face to face and hold the two sides together, "
    "wrote Pennick of Dent, who had built a wall or two of his own and liked none of them.",
    "German": "Das Meer war grau an diesem Morgen, und der Wind kam aus Norden, wie er es seit Tagen tat, "
    "sagte Hinnerk, der an der Mole stand und nichts zu tun hatte, als zu warten.",
    "French": "La mer était grise ce matin-là, et le vent venait du nord comme il le faisait depuis des "
    "jours, Yann le disait en regardant la jetée où il n’avait rien à faire.",
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("width", [64, 66, 72])
def test_a_paragraph_on_one_line_says_nothing_of_the_width_of_others(language: str, width: int) -> None:
    said = SAID[language]
    wrapped = textwrap.fill(said, width)
    found = texts(made_of(f"Walls\n\n{wrapped}\n\n{LONE}\n\n{wrapped}\n\nIt rained.\n"))
    assert found[:3] == [said, LONE, said]


def test_verse_between_paragraphs_on_one_line_stays_verse() -> None:
    poem = "The rain comes down upon the hill\nAnd on the wall, and on the still\nGrey water of the pond,\n"
    poem += "Where nobody is left to row\nThe boat that lies there on its side\nAnd waits for neither tide"
    found = blocks(made_of(f"Walls\n\n{LONE}\n\n{poem}\n\n{LONE}\n\n{LONE}\n"))
    assert [type(block) for block in found] == [Paragraph, Verse, Paragraph, Paragraph]


WAY_BACK = {
    "txt": ("He came from Ghent[1].\n\n[1] A city, p. 12{}\n\nIt rained.\n", "story.txt"),
    "wrapped": ("He came from Ghent¹.\n\n¹ A city\nin Flanders.{}\n\nIt rained.\n", "story.txt"),
    "md": ("He came from Ghent[^a].\n\n[^a]: A city, p. 12{}\n\nIt rained.\n", "story.md"),
    "alone": ("He came from Ghent.\n\n2. A city, p. 12{}\n\nIt rained.\n", "story.txt"),
}


@pytest.mark.parametrize(
    ("form", "sign"),
    [
        *((form, sign) for form in WAY_BACK for sign in (" ↩", " ↩︎", " [↩]", " ↩ ↩2", " ⤴")),
        *((form, sign) for form in ("txt", "md") for sign in (" ↑", " ↵")),
    ],
)
def test_the_way_back_from_a_note_is_no_part_of_it(form: str, sign: str) -> None:
    text, name = WAY_BACK[form]
    sign = f" [{sign.strip()}](#ref)" if form == "md" and "[" not in sign else sign
    found = made_of(text.format(sign), name)
    same = made_of(text.format(""), name)
    assert texts(found) == texts(same)
    assert any("back from a note" in change.note for change in found.changes)


@pytest.mark.parametrize("end", ["12 ↩", "p. 12", "A city. ↩", "see below"])
@pytest.mark.parametrize("style", ["Heading1", "Normal"])
def test_a_note_typed_in_a_document_ends_with_its_paragraph(end: str, style: str) -> None:
    """Only set in deeper does a further one belong to it."""
    said = f"Ghent was where he came from in the year of the comet, and where he meant to return; {end}"
    body = p("Ghent", style=style) + p("He came from there.[1]") + p("It rained.") + p(f"[1] {said}")
    found = office(docx(body + p("This was first read aloud.")))
    assert texts(found)[-1] == "This was first read aloud."


def test_a_sign_that_the_text_speaks_of_stays() -> None:
    text = "Chapter 1\n\nIt rained.\n\nHe looked for the key, which was called ↩\n\nIt was not there.\n"
    assert any("↩" in one for one in texts(made_of(text)))


@pytest.mark.parametrize("line", ["1. Press the key ↵", "The lift went up. ↑", "He pressed it. ⏎"])
def test_a_key_or_a_direction_is_no_way_back(line: str) -> None:
    assert line in texts(made_of(f"# Chapter 1\n\nIt rained.\n\n{line}\n\nIt was not there.\n", "story.md"))


def test_numbered_lines_are_no_notes_where_another_text_is_quoted_by_figures() -> None:
    said = "He read Matt.5 and Luke.2 and went to bed with the lamp on, as he had every night."
    found = made_of(f"Chapter 1\n\n{said}\n\n1 He got up at six.\n\n2 He washed his hands.\n\nHe left.\n")
    assert not noted(found.book.divisions[0])


def mixed(text: str, ends: str = "\n \r\n \r") -> str:
    dice = random.Random(4)
    return "".join(dice.choice(ends.split(" ")) if sign == "\n" else sign for sign in text)


def test_two_line_ends_of_different_kinds_may_be_one_blank_line() -> None:
    chapters = [f"Chapter {n}\n\n" + "\n\n".join(prose(n, 9)) for n in range(1, 9)]
    text = "\n\n".join([*chapters, "\n".join(POEM), *prose(9)])
    assert "\r\n" in mixed(text)
    assert texts(made_of(mixed(text))) == texts(made_of(text))
    assert headings(made_of(mixed(text))) == [f"Chapter {n}" for n in range(1, 9)]


@pytest.mark.parametrize("ends", ["\n \r\n \r", "\r\n", "\r\n \n"])
def test_line_ends_of_different_kinds_end_one_line_where_nothing_else_parts_paragraphs(ends: str) -> None:
    text = "\n".join(f"Chapter {n}\n" + "\n".join(prose(n, 9)) for n in range(1, 9))
    assert texts(made_of(mixed(text, ends))) == texts(made_of(text))


@pytest.mark.parametrize("marks", ["“”", "‘’", "«»", '""'])
def test_lines_between_blank_ones_that_one_quotation_holds_are_verse(marks: str) -> None:
    """Paragraphs touch here, and a blank line is a scene break."""
    opening, closing = marks[0], marks[1]
    recited = [
        [f"{opening}Will you come to market, Ann?", "The boats are in! The bell has rung!"],
        ["Then bring the cart! Then bring the can!", f"The song is out. The song is sung!{closing}"],
    ]
    poem = "\n\n".join("\n".join(stanza) for stanza in recited)
    chapters = ["\n".join([f"Chapter {n}", *prose(n, 12)]) for n in range(1, 7)]
    told = chapters[3].split("\n")
    chapters[3] = "\n".join(told[:5]) + f"\n\n{poem}\n\n" + "\n".join(told[5:])
    found = blocks(made_of("\n\n".join(chapters)))
    assert [len(block.stanzas) for block in found if isinstance(block, Verse)] == [2]
    assert not any(isinstance(block, SceneBreak) for block in found)


def test_short_speeches_between_blank_lines_are_no_verse() -> None:
    spoken = "“Will you come to market?”\n“The bell has rung!”\n\n“It has. Who brings the cart?\n“I will.”"
    text = "\n".join(["Chapter 1", *prose(1, 12)]) + f"\n\n{spoken}\n\n" + "\n".join(prose(2, 12))
    assert not any(isinstance(block, Verse) for block in blocks(made_of(text)))


ADVENTURE = "Of what befell the ferryman Orne with the two widows and the miller, and of other things {}"


@pytest.mark.parametrize(
    "ending",
    ["worth telling", "that nobody believed who had not seen the mill, the widows and the cart himself"],
)
def test_a_title_of_several_lines_that_begins_beside_its_label_is_one(ending: str) -> None:
    title = ADVENTURE.format(ending)
    texts = [f"{textwrap.fill(f'Chapter {n}. {title}', 70)}\n\n{wrapped(n)}" for n in range(1, 4)]
    assert headings(made_of("\n\n\n".join(texts))) == [f"Chapter {n}: {title}" for n in range(1, 4)]


@pytest.mark.parametrize("title", ["The Ferry", "The Ferry That Lay on the Near Bank All That Long Winter"])
def test_text_that_touches_a_title_is_none_of_it(title: str) -> None:
    texts = [f"Chapter {n}. {title}\n{wrapped(n)}" for n in range(1, 4)]
    assert headings(made_of("\n\n\n".join(texts))) == [f"Chapter {n}: {title}" for n in range(1, 4)]


def wrapped(number: int) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 70) for paragraph in prose(number))


SHORT = [
    "“Mind the step,” said the Warden, and held the lamp so that Cora Whitby could see how few were left",
    "“Thank you.”",
    "She went down to the landing, where Perrin stood with both hands round a mug of something without steam",
    "“Is it tea?”",
    "“It was tea, the day before yesterday, and he has carried it about ever since as if it still were.”",
]


@pytest.mark.parametrize("width", [58, 66, 72])
def test_a_short_text_whose_paragraphs_step_in_is_wrapped(width: int) -> None:
    text = "\n".join(textwrap.fill(paragraph, width, initial_indent="   ") for paragraph in SHORT)
    assert texts(made_of(text)) == SHORT


@pytest.mark.parametrize("width", [60, 72])
@pytest.mark.parametrize(
    "first",
    [
        "So the Rev. Cora Whitby became Warden of the Lower Light, and Perrin Doyle went on to mend what she "
        "had broken. Nobody asked.",
        "“Oh, Dan Ferry and Kit Holiday and Jess Underhill and—oh about five or six more. Hurry up, kid!”",
    ],
)
def test_the_first_line_of_a_wrapped_paragraph_is_no_title(first: str, width: int) -> None:
    made = made_of("\n\n".join(textwrap.fill(paragraph, width) for paragraph in [first, *SHORT]))
    assert texts(made)[0] == first
    assert made.book.metadata.title.value == "Story"
