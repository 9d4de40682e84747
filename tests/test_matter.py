"""Front and back matter: what it is called in many languages, and what is known without a heading."""

import pytest

from publish import markdown
from publish.config import Config, Refusal
from publish.document import DivisionKind, Quotation, block_prose, heading_text, walk_divisions
from publish.normalize import normalize
from publish.normalize.lines import headings
from tests.reading import made_of, read_one

NAMES = {
    DivisionKind.PREFACE: "Preface|Translator’s Preface|The Editor’s Preface|"
    "Vorwort|Préface|Prefacio|Prefazione|Prefácio|Voorwoord|Předmluva|Forord|"
    "Предисловие",
    DivisionKind.FOREWORD: "A Note on the Text|Note sur la traduction|Editorische Notiz|"
    "Nota sobre o texto|От переводчика",
    DivisionKind.PROLOGUE: "Prologue|Prolog|Prólogo|Prologo|Proloog|Пролог|The Prologue|"
    "Prelude|The Induction",
    DivisionKind.INTERLUDE: "Interlude|Zwischenspiel|Interludio|Intermezzo|Tussenspel|Mezihra|Mellanspel|"
    "Интерлюдия",
    DivisionKind.EPILOGUE: "Epilogue|Epilog|Épilogue|Epílogo|Epilogo|Epiloog|Эпилог|Finale|Envoi|L’Envoi",
    DivisionKind.AFTERWORD: "Afterword|Nachwort|Postface|Posfácio|Postfazione|Nawoord|Posłowie|Doslov|"
    "Efterord|Послесловие",
    DivisionKind.DEDICATION: "Dedication|Widmung|Dédicace|Dedicatoria|Opdracht|Dedykacja|Věnování|Посвящение",
    DivisionKind.ACKNOWLEDGMENTS: "Acknowledgements|Danksagung|Remerciements|Agradecimientos|Ringraziamenti|"
    "Agradecimentos|Dankwoord|Podziękowania|Poděkování|Благодарности",
    DivisionKind.ABOUT_AUTHOR: "About the Author|Über die Autorin|À propos de l’auteur|Sobre el autor|"
    "Sull’autore|"
    "Sobre a autora|Over de schrijver|O autorce|O autorovi|Om forfatteren|Om författaren|Об авторе",
    DivisionKind.ALSO_BY: "Du même auteur|Von derselben Autorin|Dello stesso autore|By the Same Author",
    DivisionKind.GLOSSARY: "Glossary|Glossar|Glossaire|Glosario|Glossario|Woordenlijst|Słowniczek|Ordlista|"
    "Глоссарий",
    DivisionKind.BIBLIOGRAPHY: "Bibliography|Literaturverzeichnis|Bibliographie|Bibliografía",
    DivisionKind.APPENDIX: "Appendix|Anhang|Annexe|Apéndice|Appendice|Bijlage|Dodatek|Příloha|Приложение",
    DivisionKind.NOTES: "Notes|Anmerkungen|Notas|Noten|Przypisy|Poznámky|Примечания",
    DivisionKind.PERSONS: "Dramatis Personae|Personen|Personnages|Personaggi|Действующие лица",
    DivisionKind.COPYRIGHT: "Copyright|Impressum|Mentions légales|Colofon",
}


@pytest.mark.parametrize("kind", NAMES)
def test_matter_is_known_in_many_languages(kind: DivisionKind) -> None:
    for name in NAMES[kind].split("|"):
        found = headings.parse(name)
        assert found, name
        assert found.components[-1].kind is kind, name


@pytest.mark.parametrize("name", ["A Note on the Text", "Note de l’auteur", "Note to the Reader"])
def test_a_note_opens_the_book_or_closes_it_where_it_stands(name: str) -> None:
    text = [f"Chapter {n}\n\nThe road was dry, and nobody on it saw {n} gulls at all." for n in (1, 2, 3)]
    note = f"{name}\n\nSpelling is that of the first edition, with the errors of the press mended."
    for at, kind in ((0, DivisionKind.FOREWORD), (3, DivisionKind.AFTERWORD)):
        pieces = [*text[:at], note, *text[at:]]
        assert made_of("\n\n".join(pieces)).book.divisions[at].kind is kind


IMPRINT = "Copyright © 2021 Ada Marsh\n\nAll rights reserved.\n\nISBN 978-3-16-148410-0\n\nFirst edition\n\n"
REST = "For my mother, who never read it\n\n“The sea is not to be trusted.”\n— Henry Marsh\n\n"
OTHERS = "Also by Ada Marsh\n\nThe Lamp Room\nA Dog in the Rain\n\n"
CHAPTERS = "".join(f"Chapter {n}\n\nThe road was dry, and nobody noticed it at all.\n\n" for n in (1, 2, 3))


def test_front_matter_without_headings() -> None:
    found = made_of(f"The Salt Road\n\nAda Marsh\n\n{IMPRINT}{REST}{OTHERS}{CHAPTERS}").book.divisions
    front = [DivisionKind.COPYRIGHT, DivisionKind.DEDICATION, DivisionKind.EPIGRAPH, DivisionKind.ALSO_BY]
    assert [division.kind for division in found][:4] == front
    assert len(found[0].blocks) == 4
    assert isinstance(found[2].blocks[0], Quotation)


def test_volumes_hold_parts_that_hold_chapters_with_an_interlude_between() -> None:
    chapters = [
        f"Chapter {number}\n\nThe {place} was dry.\n\n"
        for number, place in zip(
            (1, 2) * 4, "road river field garden kitchen yard stair roof".split(), strict=True
        )
    ]
    parts = [f"PART {1 + at % 2}\n\n{''.join(chapters[2 * at : 2 * at + 2])}" for at in range(4)]
    text = "".join(
        f"VOLUME {'I' * volume}\n\n{''.join(parts[2 * volume - 2 : 2 * volume])}Interlude\n\n{rain}\n\n"
        for volume, rain in ((1, "It rained all night."), (2, "Snow fell on the sea."))
    )
    found = list(walk_divisions(made_of(text).book.divisions))
    assert max(depth for depth, _ in found) == 3
    kinds = [division.kind for depth, division in found if depth == 1]
    assert kinds.count(DivisionKind.VOLUME) == 2
    assert [division.kind for _, division in found].count(DivisionKind.INTERLUDE) == 2


def test_what_opens_a_part_is_no_title_of_it() -> None:
    text = "".join(
        f"PART {part}\n\n{opening}\n\nThe {opening.lower()} was short.\n\n"
        f"{first}. Rain\n\nIt rained.\n\n{first + 1}. Snow\n\nIt snowed.\n\n"
        for part, opening, first in (("ONE", "Prologue", 1), ("TWO", "Interlude", 3))
    )
    found = [(division.label, division.title) for _, division in walk_divisions(made_of(text).book.divisions)]
    kinds = [division.kind for _, division in walk_divisions(made_of(text).book.divisions)]
    assert not any(title for label, title in found if label and "PART" in str(label)), found
    assert DivisionKind.PROLOGUE in kinds
    assert DivisionKind.INTERLUDE in kinds


@pytest.mark.parametrize(
    "head", ["From: Tom Pell\nTo: Ada Marsh\nSubject: Bread", "Von: Tom\nAn: Ada\nBetreff: Brot"]
)
def test_whom_a_mail_is_to_is_no_dedication(head: str) -> None:
    mail = f"{head}\n\nDear Ada, the bread has risen, and nobody noticed it at all.\n\n"
    found = made_of(f"The Salt Road\n\nby Ada Marsh\n\n{mail}{CHAPTERS}").book.divisions
    assert [division.kind for division in found[:2]] == [DivisionKind.SECTION, DivisionKind.CHAPTER]


@pytest.mark.parametrize("heading", ["PERSONNAGES", "DRAMATIS PERSONAE", "PERSONEN"])
def test_the_persons_of_a_play_are_no_part_of_their_heading(heading: str) -> None:
    names = ["LE GARDIEN", "YVONNE", "UNE VOIX"]
    play = "ACTE PREMIER\n\nScène 1\n\nLE GARDIEN. Elle est en retard.\n\nYVONNE. Qui ça ?\n\n"
    first = made_of("\n".join([heading, *names]) + f"\n\n{play}").book.divisions[0]
    assert (first.kind, heading_text(first)) == (DivisionKind.PERSONS, heading)
    assert [run.text for block in first.blocks for run in block_prose(block)] == ["\n".join(names)]


def test_a_dedication_below_a_list_of_books_is_one() -> None:
    books = "Du même auteur\n\nLa Lampe\nUn chien sous la pluie\n\nÀ ma mère\n\n"
    books += "« Qui veut part. »\n— Proverbe\n\n"
    found = made_of(f"Le Bac\n\nClaire Vendôme\n\n{books}{CHAPTERS}").book.divisions
    kinds = [DivisionKind.ALSO_BY, DivisionKind.DEDICATION, DivisionKind.EPIGRAPH]
    assert [division.kind for division in found][:3] == kinds


SPOKEN = {
    "Spanish": (
        "Nevó toda la noche, y nadie salió de casa.",
        "—¿Comes? —preguntó Ana.",
        "—Como —dije—. ¿Y tú?",
    ),
    "French": ("À l’aube, le bateau n’était pas rentré.", "— Mange, dit Marthe.", "— Je suis Anne Morel."),
    "Italian": ("Era quasi buio quando arrivarono al ponte.", "— Non si passa — disse Gino.", "— E allora?"),
    "Polish": ("Śnieg padał od wtorku i nikt nie wychodził.", "– Zjesz coś? – zapytała ciotka.", "– Zjem."),
    "Russian": ("Лодка не вернулась, и Марта ждала на пристани.", "— Он ушёл? — спросил мальчик.", "— Ушёл."),
    "English": ("The rain had stopped before they came.", "—Pat, she said.", "—Here I am, Anne Marsh."),
}


@pytest.mark.parametrize("telling", [(0, 1, 0), (0, 2, 0, 1, 2, 0), (0, 1), (1, 2, 0)], ids=str)
@pytest.mark.parametrize("language", SPOKEN)
def test_who_speaks_behind_a_dash_before_the_first_heading_is_no_source(
    language: str, telling: tuple[int, ...]
) -> None:
    """What opens a book without a heading stays whole, and nothing of it is read as a quotation."""
    told = [SPOKEN[language][at] for at in telling]
    talk = "\n\n".join(SPOKEN[language][1:])
    result = made_of("The Salt Road\n\n" + "\n\n".join(told) + f"\n\n{CHAPTERS}{talk}\n")
    assert [one.kind for one in result.book.divisions[:2]] == [DivisionKind.SECTION, DivisionKind.CHAPTER]
    assert len(result.book.divisions[0].blocks) == len(told)
    assert not result.readings


def test_a_sentence_that_begins_as_dedications_do_opens_the_story_it_stands_in() -> None:
    story = "Nobody in the village had ever seen the river so high, not even the ferryman.\n\n"
    for text in (f"For days it rained.\n\n{story}", f"{story}For days it rained.\n\n{story}"):
        found = made_of(f"The Salt Road\n\n{text}{CHAPTERS}").book.divisions
        assert [one.kind for one in found[:2]] == [DivisionKind.SECTION, DivisionKind.CHAPTER]
    found = made_of(
        f"The Salt Road\n\nFor my mother.\n\n{story}— Ada Marsh, Letters\n\n{CHAPTERS}"
    ).book.divisions
    assert [one.kind for one in found[:2]] == [DivisionKind.DEDICATION, DivisionKind.EPIGRAPH]


def test_an_epigraph_before_the_first_heading_is_told_and_may_be_refused() -> None:
    text = f"The Salt Road\n\nAll flows.\n\n— Heraclitus\n\n{CHAPTERS}"
    result = made_of(text)
    assert [one.kind for one in result.book.divisions[:2]] == [DivisionKind.EPIGRAPH, DivisionKind.CHAPTER]
    assert [(item.rule, text[item.span.start : item.span.end]) for item in result.readings] == [
        ("STR044", "All flows.\n\n— Heraclitus")
    ]
    source, draft = read_one(text.encode(), "road.txt")
    refused = normalize([draft], [source], Config(refuse=(Refusal(rule="STR044"),))).book.divisions
    assert [one.kind for one in refused[:2]] == [DivisionKind.SECTION, DivisionKind.CHAPTER]


def test_where_dashes_open_speech_no_chapter_begins_with_a_motto_that_is_spoken() -> None:
    talk = "—¿Quién es?\n\n—Soy María González.\n\nNadie le creyó una palabra.\n\n"
    text = f"Capítulo 1\n\nLlegó de noche, sin abrigo.\n\n—Soy María González.\n\nNadie le creyó.\n\n{talk}"
    found = made_of(text + f"Capítulo 2\n\nSe fue a las seis.\n\n{talk}").book.divisions
    assert not any(isinstance(block, Quotation) for one in found for block in one.blocks)


@pytest.mark.parametrize(
    ("name", "heading", "note"),
    [
        ("story.md", "# Chapter 3[^1]", "[^1]: See the map."),
        ("story.md", "# Chapter 3[^1] (continued)", "[^1]: See the map."),
        ("story.txt", "Chapter 3[1] (continued)", "[1] See the map."),
    ],
)
def test_a_note_of_a_label_stands_in_the_text(name: str, heading: str, note: str) -> None:
    mark = heading[: heading.index("Chapter")]
    text = f"{heading}\n\nThe road went on.\n\n{mark}Chapter 4\n\nIt ended at the quay.\n\n{note}\n"
    source, draft = read_one(text.encode(), name)
    written = markdown.write(normalize([draft], [source], Config()).book)
    assert "\n^[See the map.]The road" in written
    assert written.count("map") == 1


CLOSING = {
    DivisionKind.AFTERWORD: "A Note from the Author|A Word from the Author|A Note on the Type|"
    "Historical Note|Opmerking van de schrijver|"
    "Anmerkung des Übersetzers|Poznámka autorky|Σημείωμα του συγγραφέα|Примечание автора|Nota odautorska",
    DivisionKind.APPENDIX: "Discussion Questions|Reading Group Guide|Picture Credits|"
    "An Excerpt from The Salt Road|Leseprobe|Timeline",
    DivisionKind.BIBLIOGRAPHY: "Sources|A Note on Sources|Quellen|Further Reading",
    DivisionKind.ALSO_BY: "Also by Ada Marsh|Weitere Bücher von Ada Marsh",
    DivisionKind.ACKNOWLEDGMENTS: "Tack|Tak|Kiitokset",
}
NUMBERED = [f"Chapter {n}\n\nThe road was dry, and nobody on it saw {n} gulls at all." for n in (1, 2, 3)]
CLOSES = "The ferry of this story ran until 1931, and the house stands; what the letters say is true."


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in CLOSING.items() for name in names.split("|")]
)
def test_what_closes_a_book_is_known_by_its_name(kind: DivisionKind, name: str) -> None:
    made = made_of("\n\n".join([*NUMBERED, name, CLOSES]))
    assert (heading_text(made.book.divisions[-1]), made.book.divisions[-1].kind) == (name, kind)


def test_what_may_be_the_title_of_what_closes_a_book_is_asked_about() -> None:
    made = made_of("\n\n".join([*NUMBERED, "How the Lamp Was Mended", CLOSES]))
    (asked,) = [found for found in made.diagnostics if found.code == "STR030"]
    assert "How the Lamp Was Mended" in asked.message
    assert 'is = "afterword"' in asked.paste


@pytest.mark.parametrize(
    "title",
    [
        "*The Salt Road*",
        "**The Salt Road**",
        "On *The Salt Road*",
        "«The Salt Road»",
        "« The Salt Road »",
        "*Salt*, or *Rain*",
    ],
)
def test_what_closes_a_title_stays_where_it_opened_in_it(title: str) -> None:
    made = made_of("\n\n".join([*NUMBERED, f"Chapter 4: {title}", CLOSES]))
    said = heading_text(made.book.divisions[-1]).partition(": ")[2]
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == title.replace("*", "")


PARTS = ["Part One\n\nChapter 1", "Chapter 2", "Part Two\n\nChapter 1"]


@pytest.mark.parametrize("name", ["Vorwort zur zweiten Auflage", "Od autorki", "To the Reader", "Foreword"])
@pytest.mark.parametrize(
    "other", ["Cast of Characters", "Dedication", "Noot van de auteur", "Acknowledgements"]
)
@pytest.mark.parametrize("chapters", [NUMBERED, NUMBERED[:2], PARTS, [*NUMBERED[:2], "Chapter 1"]], ids=len)
def test_what_stands_behind_chapters_in_order_stays_there(chapters: list[str], other: str, name: str) -> None:
    told = "The road was dry that year, {}, and the gulls went inland."
    text = [one if one in NUMBERED else f"{one}\n\n{told.format(one)}" for one in (*chapters, name, other)]
    made = made_of("\n\n".join(text))
    assert [heading_text(one) for one in made.book.divisions[-2:]] == [name, other]
    assert made.book.divisions[-2].kind is DivisionKind.AFTERWORD
    assert not {"STR003", "STR018"} & {found.code for found in made.diagnostics}


def test_what_stands_behind_chapters_that_are_not_in_order_opens_the_book() -> None:
    made = made_of("\n\n".join([NUMBERED[0], NUMBERED[2], NUMBERED[1], "Foreword", CLOSES]))
    assert made.book.divisions[0].kind is DivisionKind.FOREWORD


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ([*NUMBERED, "Prologue"], "what opens or closes a book was put where it belongs"),
        (["Epilogue", *NUMBERED], "what opens or closes a book was put where it belongs"),
        (["Foreword", *NUMBERED[::-1]], "newest first"),
        ([*NUMBERED[::-1], "Foreword"], "newest first"),
        ([NUMBERED[0], NUMBERED[2], NUMBERED[1], "Prologue"], "in the order of their numbers"),
    ],
)
def test_what_is_moved_is_told_with_the_reason(order: list[str], why: str) -> None:
    made = made_of("\n\n".join(one if one in NUMBERED else f"{one}\n\n{CLOSES}" for one in order))
    [told] = [found.message for found in made.diagnostics if found.code == "STR003"]
    assert why in told
    assert all(why in placed.reasons[0] for placed in made.order.placements)


@pytest.mark.parametrize("answer", ["– Tak.", "— Kiitos.", "– Nota.", "Tack.", "Thanks."])
def test_what_somebody_says_closes_no_book(answer: str) -> None:
    made = made_of("\n\n".join(f"{chapter}\n\n{answer}\n\n{CLOSES}" for chapter in NUMBERED))
    assert [heading_text(division) for division in made.book.divisions] == [
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
    ]
