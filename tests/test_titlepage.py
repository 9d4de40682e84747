"""The first lines of a manuscript that say what the book is and who wrote it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import to_builtins

from publish import epub, markdown
from publish.config import BookConfig, Config
from publish.diagnostic import Severity
from publish.document import Creator, Metadata, Stated, heading_text
from publish.draft import BREAK, MARKS, NOTE_OFF, NOTE_ON, page_mark
from publish.normalize import bookfacts, normalize
from publish.normalize.ledger import Ledger
from publish.normalize.lines import bylines
from publish.source import Span
from tests.reading import made_of, read_one
from tests.work import calls

PROSE = "The road went on beside the river for a long while, and nobody could say afterwards where it ended."
CHAPTERS = f"\n\nChapter 1\n\n{PROSE}\n\nChapter 2\n\n{PROSE}\n"


def written(text: str) -> str:
    source, draft = read_one(text.encode(), "story.txt")
    return markdown.write(normalize([draft], [source], Config()).book)


@pytest.mark.parametrize(
    ("title", "below", "author"),
    [
        ("The keeper of the old light", "by Ada Marsh", "Ada Marsh"),
        ("Der lange Weg", "von Karl Ull", "Karl Ull"),
        ("Der lange Weg", "Ein Fortsetzungsroman von Karl Ull", "Karl Ull"),
        ("Latarnik z wyspy", "powieść w odcinkach, napisała Ewa Brzoza", "Ewa Brzoza"),
        ("Strážce majáku", "Román na pokračování. Napsala Jana Nová", "Jana Nová"),
        ("Il guardiano del faro", "romanzo a puntate, scritto da Elena Ricci", "Elena Ricci"),
        ("De lange weg", "een feuilleton in twaalf delen door Jan Vos", "Jan Vos"),
        ("The Salt Road", "An online novel by Ada Marsh", "Ada Marsh"),
        ("Le gardien du phare", "Feuilleton de Paul Mercier", "Paul Mercier"),
        ("Le gardien du phare", "Paul Mercier", "Paul Mercier"),
        ("La fille du gardien", "roman d’Anne Mercier", "Anne Mercier"),
        ("El guardián", "por Inés Robles", "Inés Robles"),
        ("Il guardiano del faro", "di Piero Sala", "Piero Sala"),
        ("O guardião do farol", "de João Lima", "João Lima"),
        ("Strażnik na wyspie", "napisała Ewa Brzoza", "Ewa Brzoza"),
        ("De wachter op zee", "door JAN SMIT", "JAN SMIT"),
        ("Fyrvaktaren på ön", "av Siv Sund", "Siv Sund"),
        ("Anna Lind", "Skrivet av Siv Sund", "Siv Sund"),
        ("Vilma Néni", "Írta: Somogyi Zsófia", "Somogyi Zsófia"),
        ("Nonna Lucia", "Testo e foto di Agnese Sala", "Agnese Sala"),
        ("The Salt Clerk", "Words & pictures: Ada Marsh", "Ada Marsh"),
        ("O farol", "Texto e fotos: Benedita Lima", "Benedita Lima"),
        ("Maria Kern", "Text und Bilder von Karl Ull", "Karl Ull"),
        ("Savu", "Kirjoittanut Aino Pellervo", "Aino Pellervo"),
        ("Skuggan", "Per Olov Hansson", "Per Olov Hansson"),
        ("The Salt Road", "Di Morrow", "Di Morrow"),
        ("Il guardiano del faro", "Di Piero Sala", "Piero Sala"),
        ("Дом", "Текст и фото: Анна Петрова", "Анна Петрова"),
    ],
)
@pytest.mark.parametrize("rest", [CHAPTERS, CHAPTERS[1:], f"\n\n{PROSE}\n\n{PROSE}\n"])
def test_title_and_author_in_two_lines_at_the_top(title: str, below: str, author: str, rest: str) -> None:
    text = written(f"{title}\n{below}{rest}")
    assert f"title: {title}\nauthor: {author}\n" in text
    assert below not in text.split("---")[2]
    assert ("# Chapter 1\n" in text) == ("Chapter 1" in rest)


@pytest.mark.parametrize(
    "posted",
    [
        "Geplaatst door Jan Vos op 3 mei 2021",
        "Posted by Jan Vos on May 3, 2021",
        "Posted by Jan Vos, May 3, 2021",
        "Pubblicato da Jan Vos il 3 maggio 2021",
    ],
)
def test_who_posted_a_text_wrote_it_where_nothing_else_says_so(posted: str) -> None:
    text = written(f"Het veer\n\n{posted}\n\n{PROSE}\n\n{PROSE}\n")
    assert "author: Jan Vos\n" in text
    assert "author: Ada Marsh\n" in written(f"Het veer\n\nby Ada Marsh\n\n{posted}\n\n{PROSE}\n\n{PROSE}\n")


@pytest.mark.parametrize("below", ["Fordította: Somogyi Zsófia", "Übersetzung und Nachwort: Karl Ull"])
def test_who_did_something_for_a_book_whose_title_is_a_name_is_no_title(below: str) -> None:
    assert "title: Vilma Néni\n" in written(f"Vilma Néni\n\n{below}\n\n{PROSE}\n\n{PROSE}\n")


@pytest.mark.parametrize("told", ["Una vita di Maria Callas", "Un portrait de Marie Curie"])
def test_of_whom_a_book_tells_is_not_who_wrote_it(told: str) -> None:
    assert "author: Ada Marsh\n" in written(f"The Fog\n\n{told}\n\nby Ada Marsh{CHAPTERS}")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("below", [CHAPTERS, CHAPTERS.replace("Chapter 1", "Monday, 3 March 1958. Wick")])
def test_a_name_alone_below_the_subtitle_that_touches_a_title_in_capitals(gap: str, below: str) -> None:
    text = written(f"THE OLD LIGHT\nNotes of a walk to the sea{gap}Ada Marsh{below}")
    assert "title: THE OLD LIGHT\nsubtitle: Notes of a walk to the sea\nauthor: Ada Marsh\n" in text


@pytest.mark.parametrize(
    "top",
    [
        "THE OLD LIGHT\nFor the keeper of us all\nAda Marsh",
        "THE OLD LIGHT\nNothing is ever lost.\nAda Marsh",
        "THE OLD LIGHT\n\nNotes of a walk to the sea\n\nAda Marsh",
    ],
)
def test_a_name_below_what_is_no_subtitle_names_no_author(top: str) -> None:
    assert "author:" not in written(top + CHAPTERS)


@pytest.mark.parametrize(
    "top",
    [
        "Nothing is ever lost.\nAda Marsh",
        "“Nothing is ever lost”\nAda Marsh",
        "What is lost, the sea will keep\nAda Marsh",
        "For my old mother\nAda Marsh",
        "The sea is wide and I am small\nde la nuit passée",
        "I walked a while along the sea\nMary Jane\n\nI walked a while along the shore\nMary Jane",
        "The house above the mill\nLittle Wick\n\n3 May 1921\n\nDear Anna,",
    ],
)
def test_a_saying_a_dedication_a_stanza_and_an_address_stay_text(top: str) -> None:
    text = written(top + CHAPTERS)
    assert "author:" not in text
    for line in top.split():
        assert line in text.split("---")[2]


def test_a_heading_may_touch_the_title() -> None:
    text = written(f"The Keeper’s Café\nChapter One: Dawn\n\n{PROSE}\n\nChapter Two: Dusk\n\n{PROSE}\n")
    assert "title: The Keeper’s Café\n" in text
    assert "# Chapter One: Dawn\n" in text


def test_a_list_of_contents_that_touches_a_line_is_no_heading() -> None:
    listed = f"The Keeper\nChapter One\nChapter Two\n\nChapter One\n\n{PROSE}\n\nChapter Two\n\n{PROSE}\n"
    assert "title: The Keeper\n" not in written(listed)


@pytest.mark.parametrize(
    "first",
    ["Also by Ada Marsh", "All rights reserved", "ISBN 978-3-16-148410-0", "Contents", "Inhalt"],
)
def test_a_line_that_says_what_its_page_is_gives_the_book_no_title(first: str) -> None:
    text = written(f"{first}\n\nThe House\n\nThe River\n\n{CHAPTERS}")
    assert f"title: {first}\n" not in text
    assert first in text.split("---")[2]


SENDERS = [
    "Ada Marsh                                  about 5,000 words\n12 River Street\nada@example.com",
    "Ada Marsh\n12 River Street\nLondon N1 2AB\n+44 20 7946 0000\nada@example.com\n\n80,000 words",
    "Anna Stein\nHafenweg 4, 20457 Hamburg\nanna@example.org",
    "Word count: 80,000",
]


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("signed", ["\n\nby Ada Marsh", "\nby Ada Marsh", "\n\nby\n\nAda Marsh"])
def test_what_is_for_the_editor_stands_in_no_book(sender: str, signed: str) -> None:
    """So submissions begin: who sends them, then title and author."""
    text = written(f"{sender}\n\n\n\n              THE KEEPER{signed}\n\n\n{CHAPTERS}")
    assert "title: THE KEEPER\nauthor: Ada Marsh\n" in text
    assert sender.splitlines()[-1] not in text


@pytest.mark.parametrize(
    "rest", ["Dear Tom,\n\nCome soon.\n\nAda Marsh", f"{PROSE}\n\nby Ada Marsh", "THE KEEPER", "by Ada Marsh"]
)
def test_an_address_above_a_letter_or_a_story_stays(rest: str) -> None:
    sender = "Ada Marsh\n12 River Street\nada@example.com"
    assert "ada@example.com" in written(f"{sender}\n\n\n{rest}\n\n{CHAPTERS}").split("---")[2]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ada Marsh and Tom Pell", ["Ada Marsh", "Tom Pell"]),
        ("Ada Marsh, Tom Pell, and Jo Birch", ["Ada Marsh", "Tom Pell", "Jo Birch"]),
        ("Anna Berg & Olaf Stein", ["Anna Berg", "Olaf Stein"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Jack and Jill Smith", ["Jack and Jill Smith"]),
        ("Ada Marsh, PhD", ["Ada Marsh, PhD"]),
    ],
)
def test_several_names_are_several_authors(line: str, authors: list[str]) -> None:
    source, draft = read_one(f"The Keeper\n\nby {line}\n\n{CHAPTERS}".encode(), "story.txt")
    book = normalize([draft], [source], Config()).book
    assert [creator.name.value for creator in book.metadata.creators] == authors
    assert {creator.name.how for creator in book.metadata.creators} == {"the line below the title."}


@pytest.mark.parametrize("label", ["Title:", "TITLE :", "Titel:", "Working title:"])
def test_a_line_that_says_that_it_is_the_title_is_no_part_of_it(label: str) -> None:
    assert "title: The Keeper\nauthor: Ada Marsh\n" in written(
        f"{label} The Keeper\nAuthor: Ada Marsh\n\n{CHAPTERS}"
    )


def stated(top: str, front: str = "") -> str:
    text = (
        f"---\ntitle: Three Kettles\n{front}---\n\n{top}\n\n# The Coat\n\n{PROSE}\n\n# The Roof\n\n{PROSE}\n"
    )
    source, draft = read_one(text.encode(), "story.md")
    return markdown.write(normalize([draft], [source], Config()).book)


@pytest.mark.parametrize("top", ["by Ada Marsh", "Ada Marsh", "by\n\nAda Marsh", "A Novel\n\nby Ada Marsh"])
def test_the_author_below_a_title_that_is_stated(top: str) -> None:
    text = stated(top)
    assert "author: Ada Marsh\n" in text
    assert "section" not in text


@pytest.mark.parametrize("top", ["By the river they sat.", "The Long Way Round", "by night and by day"])
def test_what_stands_below_a_title_that_is_stated_is_never_lost(top: str) -> None:
    text = stated(top)
    assert "author:" not in text
    assert top in text


def test_a_name_that_is_not_the_stated_author_stays() -> None:
    assert "Ada Marsh" in stated("Ada Marsh", "author: Karl Ull\n")
    assert "Ada Marsh" not in stated("by Ada Marsh", "author: Ada Marsh\n").split("---")[2]


def test_the_author_below_the_title_that_the_configuration_states() -> None:
    source, draft = read_one(f"The Lamp\n\nAda Marsh{CHAPTERS}".encode(), "story.txt")
    book = normalize([draft], [source], Config(book=BookConfig(title="The Lamp"))).book
    assert [creator.name.value for creator in book.metadata.creators] == ["Ada Marsh"]


def called(files: dict[str, str]) -> str:
    pairs = [read_one(text.encode(), name) for name, text in files.items()]
    found = normalize([draft for _, draft in pairs], [source for source, _ in pairs], Config())
    return found.book.metadata.title.value


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("# The *Weir*", "The Weir"),
        ("# Chapter 1", "Story"),
        (f"{PROSE}\n\n# The Weir", "The Weir"),
        (f"# The Dam\n\n{PROSE}\n\n# The Weir", "Story"),
        (f"## The Dam\n\n{PROSE}\n\n# The Weir", "Story"),
    ],
)
def test_the_one_heading_of_the_first_level_names_a_book_that_nothing_else_names(
    top: str, title: str
) -> None:
    assert called({"story.md": f"{top}\n\n{PROSE}\n\n## The Gate\n\n{PROSE}\n"}) == title


def test_several_files_have_their_folders_name_for_want_of_another() -> None:
    text = "# {}\n\n" + PROSE
    assert called({f"a/hens/{name}.md": text.format(name) for name in ("One hen", "b/Straw")}) == "Hens"
    assert called({f"{name}.md": text.format(name) for name in ("One hen", "Straw")}) == "One hen"


BROKEN = [
    ("The Long Way\\\nA Story", "title: The Long Way\nsubtitle: A Story\n"),
    ("The Long\\\nWay Round", "title: The Long Way Round\n"),
    ("The Long\\\nWay\\\nby Ada Marsh", "title: The Long Way\nauthor: Ada Marsh\n"),
    (
        "Ada Marsh\\\n4 Low Road\\\nada@example.org\n\nThe Long Way\n\nby Ada Marsh",
        "title: The Long Way\nauthor: Ada",
    ),
]


@pytest.mark.parametrize(("top", "facts"), BROKEN)
def test_a_first_paragraph_of_several_lines_says_title_and_author(top: str, facts: str) -> None:
    normalized = made_of(f"{top}\n\n{PROSE} It was *there*.\n", "story.md")
    text = markdown.write(normalized.book)
    assert text.startswith(f"---\n{facts}")
    assert text.split("\n---\n")[1].strip() == f"{PROSE} It was *there*."
    assert epub.write(normalized.book, modified=datetime(2026, 1, 1, tzinfo=UTC))


def test_lines_that_say_nothing_of_the_book_stay_one_paragraph() -> None:
    text = "Here lies Tom Reed,\\\nwho went to sea,\\\nand so did we, at last.\n\n*Now* for it.\n"
    assert "::: verse\nHere lies Tom Reed,\nwho went to sea,\n" in markdown.write(
        made_of(text, "story.md").book
    )


def test_no_mark_of_a_draft_stands_in_a_fact_or_a_finding() -> None:
    dirty = f"A{BREAK}B {MARKS}{NOTE_ON}a note{NOTE_OFF}{page_mark('12')}\n C"
    stated = Stated(dirty, dirty)
    fields: dict[str, Any] = dict.fromkeys(Metadata.__struct_fields__, stated)
    fields |= dict.fromkeys(("subjects", "credits"), (stated,))
    fields["creators"] = (Creator(stated, file_as=dirty),)
    ledger = Ledger()
    ledger.report("MET001", Severity.INFO, dirty, Span(0, 0, 0), dirty)
    told = ledger.diagnostics[0]
    said = json.dumps(to_builtins((bookfacts.without_marks(Metadata(**fields)), told)), ensure_ascii=False)
    assert said.isprintable()
    assert "a note" not in said
    assert bookfacts.without_marks(Metadata(**fields)).title.value == "A B C"


@pytest.mark.parametrize(
    ("below", "facts_said"),
    [
        ("*by Ada Marsh*", "author: Ada Marsh"),
        ("*Ada Marsh*", "author: Ada Marsh"),
        ("_A novel_", "subtitle: A novel"),
        ("A novel", "subtitle: A novel"),
        ("*A Story of Ghent*\n\n*by Ada Marsh*", "subtitle: A Story of Ghent\nauthor: Ada Marsh"),
    ],
)
def test_lines_in_italics_below_the_one_title_of_a_markdown_book(below: str, facts_said: str) -> None:
    text = f"# The Salt Road\n\n{below}\n\n## One\n\n{PROSE}\n\n## Two\n\n{PROSE}\n"
    found = markdown.write(made_of(text, "story.md").book)
    assert f"title: The Salt Road\n{facts_said}\n" in found
    assert "\n---\n\n# One\n" in found


@pytest.mark.parametrize("text", ["In Loving Memory of Anna", "À la mémoire de Jean", "Pamięci Babci Zofii"])
def test_a_line_in_memory_of_somebody_is_a_dedication(text: str) -> None:
    [first, *_] = made_of(
        f"The Lamp\n\n{text}\n\nChapter 1\n\nIt rained.\n\nChapter 2\n\nShe slept.\n"
    ).book.divisions
    assert first.kind.value == "dedication"


@pytest.mark.parametrize(
    "below", ["*To my mother*", "*All things pass.*", "*He came in.*\n\nAnd he went out again."]
)
def test_a_dedication_and_a_text_in_italics_below_it_stay(below: str) -> None:
    text = f"# The Salt Road\n\n{below}\n\n## One\n\n{PROSE}\n\n## Two\n\n{PROSE}\n"
    assert f"# The Salt Road\n\n{below}\n\n## One" in markdown.write(made_of(text, "story.md").book)


@pytest.mark.parametrize(
    ("author", "title", "chapter"),
    [
        ("Agnes Mulholland", "BUTTONS AND BULLETS", "Chapter One"),
        ("Ada M. Marsh", "The Long Way to Ghent", "Chapter One"),
        ("Анна Соколова", "ДНЕВНИК ПЕРЕПИСЧИЦЫ", "Глава первая"),
        ("Karl von Ull", "DER LANGE WEG", "Erstes Kapitel"),
    ],
)
def test_an_author_may_stand_above_the_title(author: str, title: str, chapter: str) -> None:
    found = written(f"{author}\n\n{title}\n\n{chapter}\n\n{PROSE}\n")
    assert f"title: {title}\nauthor: {author}\n" in found
    assert found.count(title) == found.count(author) == 1


def test_a_title_may_touch_the_post_that_stands_first() -> None:
    letter = "Dear Ann,\n\nI write from the light, where nobody comes.\n\nYours,\nYann\n\nShe put it away."
    told = {3: letter, 2: PROSE, 1: "She came on a Tuesday, with one bag and an umbrella that was not hers."}
    posts = [
        f"Chapter {n}: A Day at Sea {n}\nPosted on {n} March 2022\n\n{text}\n" for n, text in told.items()
    ]
    found = written("The Ferry at Kerval\n" + "\n".join(posts) + "\n")
    assert "title: The Ferry at Kerval\n" in found
    headings = [line for line in found.splitlines() if line.startswith("# ")]
    assert headings == [f"# Chapter {n}: A Day at Sea {n}" for n in (1, 2, 3)]


def test_a_name_of_which_the_text_speaks_is_the_title() -> None:
    spoken = "“Ann Reed,” said he. Ann Reed did not answer. Nobody called her Reed now. Miss Reed went."
    found = written(
        f"Ann Reed\n\nThe Story of a Life\n\nChapter 1\n\n{PROSE} {spoken}\n\nChapter 2\n\n{PROSE}\n"
    )
    assert "title: Ann Reed\n" in found
    assert "author:" not in found


@pytest.mark.parametrize("top", ["The Salt Road", "**The Salt Road**", "The Salt Road\n\nby Ada Marsh"])
def test_a_title_without_a_mark_above_headings_that_have_one(top: str) -> None:
    chapters = "".join(
        f"## {at}. {name}\n\nThe {name} was cold.\n\n" for at, name in ((1, "Rain"), (2, "Bread"))
    )
    book = made_of(f"{top}\n\n{chapters}", "export.md").book
    assert book.metadata.title.value == "The Salt Road"
    assert [heading_text(division) for division in book.divisions] == ["1: Rain", "2: Bread"]
    assert made_of(f"For Anna\n\n{chapters}", "export.md").book.metadata.title.value == "Export"


def test_the_first_words_of_a_dedication_of_several_lines_are_none_of_a_title_page() -> None:
    header = (
        "The Project Gutenberg EBook of The Lamp, by Ada Marsh\n\nTitle: The Lamp\n\nAuthor: Ada Marsh\n\n"
    )
    top = f"{header}*** START OF THIS PROJECT GUTENBERG EBOOK THE LAMP ***\n\nThe Lamp\n\nby Ada Marsh\n\n"
    for rest in (
        "This book\nwritten in winter\nis for Tom",
        "  This book\n  written in winter\n  is for Tom",
    ):
        assert "This book" in written(f"{top}{rest}{CHAPTERS}")


def test_two_words_that_touch_a_longer_line_begin_a_dedication() -> None:
    head = (
        "The Project Gutenberg EBook of Salt, by Ann Pell\n\nTitle: Salt\n\nAuthor: Ann Pell\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK SALT ***\n\nSalt\n\nby Ann Pell\n\n"
    )
    assert "In token" in written(
        f"{head}  In token\n  Of my love for her\n  This is given to\n  Maud.\n{CHAPTERS}"
    )
    assert "Maud" in written(f"{head}To\nMaud\n\n\nThe Well\n\nIt was deep,\nand it was cold.\n{CHAPTERS}")
    assert "Press" not in written(f"{head}London\nPell Press\n{CHAPTERS}")


def test_a_line_of_many_ands_is_read_at_once() -> None:
    """Each *and* might join two deeds, and asked about the rest of the line twice."""
    line = ", ".join(f"{word} and {word} of the mill" for word in ("wheat", "mud", "tar")) + ", "
    assert calls(lambda: bylines.makers(line * 20)) < 5 * calls(lambda: bylines.makers(line * 10))


@pytest.mark.parametrize(
    ("name", "title", "sort"),
    [
        ("Odile Garnier", "Le moulin de Séverin", "roman"),
        ("Henrik Lohmann", "Das stille Wehr", ""),
        ("Elena Ruiz", "La casa del muelle", "Novela"),
        ("Paola Ferri", "La nebbia e il fiume", ""),
        ("Анна Ветрова", "Чужая вода на заре", "Роман с продолжением"),
    ],
)
def test_a_title_in_small_letters_stands_below_its_author(name: str, title: str, sort: str) -> None:
    front = "\n\n".join(filter(None, [name, title, sort]))
    text = written(f"{front}\n\n{CHAPTERS}")
    assert f"title: {title}\n" in text
    assert f"author: {name}\n" in text
    assert (f"subtitle: {sort}\n" in text) == bool(sort)


@pytest.mark.parametrize("below", ["An autobiography", "A tale of Manchester life"])
def test_what_says_what_a_book_is_stands_below_its_title(below: str) -> None:
    assert "title: Anna Karenina\n" in written(f"Anna Karenina\n\n{below}\n\n{CHAPTERS}")
