"""The grammar of headings: what is read from a line, and which lines are sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.document import DivisionKind as Kind
from publish.normalize.lines.headings import label_for, parse
from publish.normalize.lines.labels import Form
from publish.normalize.words.numerals import from_roman, number_words, ordinal_words, read_number, to_roman


def read(text: str) -> list[tuple[str | None, tuple[int, ...], str, str | None]]:
    """Kind, numbers, label and title of each component."""
    heading = parse(text)
    assert heading is not None, text
    return [
        (
            part.kind.value if part.kind else None,
            part.numbers,
            text[slice(*part.label)],
            text[slice(*part.title)] if part.title else None,
        )
        for part in heading.components
    ]


@pytest.mark.parametrize(
    ("text", "kind", "numbers", "label", "title"),
    [
        ("Chapter XI-Help arrives", "chapter", (11,), "Chapter XI", "Help arrives"),
        ("PART TWO", "part", (2,), "PART TWO", None),
        ("4. Chapter 4", "chapter", (4,), "4. Chapter 4", None),
        ("04. Chapter Four: Eels", "chapter", (4,), "04. Chapter Four", "Eels"),
        ("4. Kapitel 4 – Aale", "chapter", (4,), "4. Kapitel 4", "Aale"),
        ("4. Kapitel: 5 Aale", "chapter", (4,), "4. Kapitel", "5 Aale"),
        (
            "Chapters II, III, and IV-Disappearing",
            "chapter",
            (2, 3, 4),
            "Chapters II, III, and IV",
            "Disappearing",
        ),
        ("Chapters 3 & 4: Doom", "chapter", (3, 4), "Chapters 3 & 4", "Doom"),
        ("Chapter 2–4", "chapter", (2, 3, 4), "Chapter 2–4", None),
        ("Book the First: Recalled", "book", (1,), "Book the First", "Recalled"),
        ("Chapter the Twenty-First", "chapter", (21,), "Chapter the Twenty-First", None),
        ("Part II—1806–07", "part", (2,), "Part II", "1806–07"),
        ("Chapter 3: 1914–1918", "chapter", (3,), "Chapter 3", "1914–1918"),
        ("Book XXIV. Conclusion", "book", (24,), "Book XXIV", "Conclusion"),
        ("Volume 2 - Epilogue", "volume", (2,), "Volume 2", "Epilogue"),
        ("Chapter 3 of 12", "chapter", (3,), "Chapter 3 of 12", None),
        ("Chapter Thirteen - Fifty-Two", "chapter", (13,), "Chapter Thirteen", "Fifty-Two"),
        ("CHAPTER ONE\nThe Storm", "chapter", (1,), "CHAPTER ONE", "The Storm"),
        ("Chapter XIIII. Old style", "chapter", (14,), "Chapter XIIII", "Old style"),
        ("Letter 4", "letter", (4,), "Letter 4", None),
        ("Scene 2. Another room in the castle.", "scene", (2,), "Scene 2", "Another room in the castle."),
        ("The Third Book", "book", (3,), "The Third Book", None),
        ("Chapitre premier", "chapter", (1,), "Chapitre premier", None),
        ("2. Kapitel", "chapter", (2,), "2. Kapitel", None),
        ("11. Letters", None, (11,), "11", "Letters"),
        ("3. Briefe", None, (3,), "3", "Briefe"),
        ("7. Kniha rodinná", None, (7,), "7", "Kniha rodinná"),
        ("3. Buch der Lieder", None, (3,), "3", "Buch der Lieder"),
        ("4. The Scene", None, (4,), "4", "The Scene"),
        ("Erster Teil", "part", (1,), "Erster Teil", None),
        ("Capítulo once: El fin", "chapter", (11,), "Capítulo once", "El fin"),
        ("Część pierwsza", "part", (1,), "Część pierwsza", None),
        ("Część druga", "part", (2,), "Część druga", None),
        ("Rozdział 1", "chapter", (1,), "Rozdział 1", None),
        ("ROZDZIAŁ II. Sztorm", "chapter", (2,), "ROZDZIAŁ II", "Sztorm"),
        ("Kapittel 3", "chapter", (3,), "Kapittel 3", None),
        ("Første kapittel", "chapter", (1,), "Første kapittel", None),
        ("Andra delen", "part", (2,), "Andra delen", None),
        ("Глава двадцать первая", "chapter", (21,), "Глава двадцать первая", None),
        ("XIV.", None, (14,), "XIV", None),
        ("12. The Storm", None, (12,), "12", "The Storm"),
        ("IV – Title", None, (4,), "IV", "Title"),
        ("Twenty-One", None, (21,), "Twenty-One", None),
        ("I", None, (1,), "I", None),
    ],
)
def test_reads_numbered_headings(
    text: str, kind: str | None, numbers: tuple[int, ...], label: str, title: str | None
) -> None:
    assert read(text) == [(kind, numbers, label, title)]


@pytest.mark.parametrize(
    ("text", "numbers", "title"),
    [
        ("Kapitel 3 bis 5", (3, 4, 5), None),
        ("Chapitres 3 à 5 : L'audience", (3, 4, 5), "L'audience"),
        ("Hoofdstukken 3 t/m 5", (3, 4, 5), None),
        ("Chapters 3/4", (3, 4), None),
        ("Chapter 3 and Chapter 4", (3, 4), None),
        ("Chapter 3–Chapter 5: The Hearing", (3, 4, 5), "The Hearing"),
        ("Chapter 3 of 12", (3,), None),
        ("Chapter 3/12", (3,), None),
        ("Chapter Two – Fifty Ways", (2,), "Fifty Ways"),
        ("Episódios 5, 6 e 7 – As três noites", (5, 6, 7), "As três noites"),
        ("Kapitoly šestá, sedmá a osmá: Tři návštěvy", (6, 7, 8), "Tři návštěvy"),
        ("Avsnitten 8, 9 och 10", (8, 9, 10), None),
        ("Fejezetek 3–5", (3, 4, 5), None),
        ("Chapter 2 (draft)", (2,), "(draft)"),
        ("0", (0,), None),
    ],
)
def test_reads_ranges_and_lists(text: str, numbers: tuple[int, ...], title: str | None) -> None:
    assert [(found[1], found[3]) for found in read(text)] == [(numbers, title)]


@pytest.mark.parametrize(
    "text", ["Deel 2, hoofdstuk 1: De brug", "Del III, kapitel 1", "Partie 2, chapitre 3 : Le lac"]
)
def test_the_label_inside_may_begin_small(text: str) -> None:
    assert [found[0] for found in read(text)] == ["part", "chapter"]
    assert parse(text.partition(":")[0] + " of the story he told") is None


@pytest.mark.parametrize(
    ("text", "numbers", "title", "sequel"),
    [
        ("Part 7 (cont'd): The Hearing", (7,), "The Hearing", 2),
        ("Part Two continued", (2,), None, 2),
        ("Chapter 5, Part 2", (5,), None, 2),
        ("Chapter 5 – Part 3: The Gate", (5,), "The Gate", 3),
        ("Chapter 5 (2)", (5,), None, 2),
        ("Chapter 5 (1999)", (5,), "(1999)", 0),
        ("Chapter 5: Part of the Way", (5,), "Part of the Way", 0),
    ],
)
def test_reads_what_goes_on(text: str, numbers: tuple[int, ...], title: str | None, sequel: int) -> None:
    heading = parse(text)
    assert heading is not None
    assert [(found[1], found[3]) for found in read(text)] == [(numbers, title)]
    assert heading.sequel == sequel


@pytest.mark.parametrize(
    "text", ["Part 7 (continued) Chapters 3–5: The Hearing", "Part 7 continued — Chapters 3-5"]
)
def test_a_part_that_goes_on_holds_chapters(text: str) -> None:
    assert [(found[0], found[1]) for found in read(text)] == [("part", (7,)), ("chapter", (3, 4, 5))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Part IV; Chapter I-Two worlds collide",
            [("part", (4,), "Part IV", None), ("chapter", (1,), "Chapter I", "Two worlds collide")],
        ),
        (
            "Part I: The Old House, I. At the Gate",
            [("part", (1,), "Part I", "The Old House"), (None, (1,), "I", "At the Gate")],
        ),
        (
            "Act I, Scene II.—A street.",
            [("act", (1,), "Act I", None), ("scene", (2,), "Scene II", "A street.")],
        ),
        (
            "Part One: The House, Prologue",
            [("part", (1,), "Part One", "The House"), ("prologue", (), "", "Prologue")],
        ),
    ],
)
def test_reads_containers_and_what_they_hold(
    text: str, expected: list[tuple[str | None, tuple[int, ...], str, str | None]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Prologue", Kind.PROLOGUE),
        ("EPILOGUE: The Return", Kind.EPILOGUE),
        ("Preface to the Second Edition", Kind.PREFACE),
        ("Nachwort", Kind.AFTERWORD),
        ("Acknowledgements", Kind.ACKNOWLEDGMENTS),
        ("Πρόλογος", Kind.PROLOGUE),
        ("ΠΡΟΛΟΓΟΣ", Kind.PROLOGUE),
        ("Chapter the Last", Kind.CHAPTER),
    ],
)
def test_reads_named_headings(text: str, kind: Kind) -> None:
    heading = parse(text)
    assert heading is not None
    assert heading.form is Form.NAMED
    assert heading.components[0].kind is kind


@pytest.mark.parametrize(
    ("text", "sequel"),
    [
        ("Chapter 7 (continued)", 2),
        ("Chapter XVI—Continued", 2),
        ("Chapter 3: The Storm (Part 2 of 3)", 2),
        ("Chapter 4.3", 3),
        ("Chapter 12b", 2),
        ("Chapter 12", 0),
    ],
)
def test_tells_pieces_of_one_chapter(text: str, sequel: int) -> None:
    heading = parse(text)
    assert heading is not None
    assert heading.sequel == sequel


@pytest.mark.parametrize(
    "text",
    [
        "Part of him wanted to run.",
        "I was born in 1820",
        "I said nothing.",
        "Chapter and verse, he said",
        "Act like it!",
        "Act I saw him",
        "Mix 2 eggs",
        "1984 was a good year.",
        "Chapter 3 was long and boring.",
        "Part two of the plan was simple.",
        "“Chapter 5,” he said",
        "Letter from home",
        "12 March 1917",
        "12:30 she left",
        "1,000 men",
        "One-eyed Jack",
        "One. He went home and then he stopped.",
        "M. Valjean was there.",
        "V-neck sweaters were everywhere.",
        "Introduction was difficult.",
        "Thanks for coming.",
        "Five men stood there.",
        "",
        "2 Comments",
        "12 reacties:",
    ],
)
def test_a_sentence_is_no_heading(text: str) -> None:
    assert parse(text) is None


@given(st.integers(min_value=1, max_value=3999))
def test_roman_numerals_are_read_as_printed(number: int) -> None:
    assert from_roman(to_roman(number)) == number


@given(st.integers(min_value=1, max_value=999))
def test_number_words_are_read_as_printed(number: int) -> None:
    for words in (number_words(number), ordinal_words(number).title()):
        found = read_number(words)
        assert found is not None
        assert (found.value, found.end) == (number, len(words))


@given(
    st.sampled_from(["Chapter", "PART", "Kapitel", "Livre"]),
    st.integers(min_value=1, max_value=399),
    st.sampled_from([": ", "-", " – ", "—", "; ", ". ", "\n"]),
    st.sampled_from(["The Storm", "Where does it end?", "“Oh!”"]),
)
def test_any_label_number_and_separator(label: str, number: int, separator: str, title: str) -> None:
    for numeral in (str(number), to_roman(number), number_words(number).title()):
        assert [(part[1], part[3]) for part in read(f"{label} {numeral}{separator}{title}")] == [
            ((number,), title)
        ]


@given(st.text(max_size=80) | st.text(alphabet="IVX12 .,-–(Part)\n", max_size=60))
def test_ranges_lie_in_the_text(text: str) -> None:
    heading = parse(text)
    for part in heading.components if heading else ():
        for start, end in filter(None, (part.label, part.title)):
            assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    ("kind", "number", "like", "label"),
    [
        (Kind.PART, 3, "Part IV", "Part III"),
        (Kind.PART, 2, "PART ONE", "PART TWO"),
        (Kind.BOOK, 2, "Book the First", "Book the Second"),
        (Kind.PART, 1, "Teil 2", "Teil 1"),
        (Kind.PART, 1, "ZWEITER TEIL", "ERSTER TEIL"),
        (Kind.PART, 1, "Segunda parte", "Primera parte"),
        (Kind.PART, 1, "Часть вторая", "Часть первая"),
        (Kind.PART, 2, "Terceira Parte", "Segunda Parte"),
        (Kind.PART, 2, "Teil Drei", "Teil Zwei"),
        (Kind.PART, 1, "Deuxième partie", "Première partie"),
        (Kind.BOOK, 1, "Livre deuxième", "Livre premier"),
        (Kind.PART, 1, "Druhá část", "První část"),
        (Kind.PART, 3, "Andra delen", "Tredje delen"),
        (Kind.PART, 1, "ANDEN DEL", "FØRSTE DEL"),
        (Kind.PART, 1, "Toinen osa", "Ensimmäinen osa"),
        (Kind.PART, 1, "Δεύτερο μέρος", "Πρώτο μέρος"),
        (Kind.PART, 1, "İkinci Kısım", "Birinci Kısım"),
        (Kind.PART, 1, "Második rész", "Első rész"),
        (Kind.PART, 1, "", "Part 1"),
    ],
)
def test_a_label_is_printed_like_its_neighbour(kind: Kind, number: int, like: str, label: str) -> None:
    assert label_for(kind, number, like) == label


def test_a_label_is_printed_in_the_language_of_the_book() -> None:
    assert label_for(Kind.PART, 1, "Segunda Parte", "pt") == "Primeira Parte"
    assert label_for(Kind.PART, 1, "Segunda Parte", "es") == "Primera Parte"
    assert label_for(Kind.PART, 1, "Andre del", "nb") == "Første del"


@pytest.mark.parametrize(
    "text",
    """
    Chapters 4, 5 & 6|Chapters 4,5&6|Chapters 4 + 5 + 6|CHAPTERS FOUR, FIVE & SIX|Chapters IV.–VI.|4, 5 & 6
    Kapitel 4., 5. und 6.|4.–6. Kapitel|Viertes, fünftes und sechstes Kapitel|Fourth, Fifth and Sixth Chapters
    Κεφάλαια 4, 5 και 6|Bölüm 4, 5 ve 6|Luvut 4, 5 ja 6|4., 5. és 6. fejezet|Capítulos 4 hasta 6
    第4、5、6章|第四至六章|第4〜6話
    """.strip()
    .replace("\n", "|")
    .split("|"),
)
def test_several_numbers_under_one_heading_are_read_however_they_are_joined(text: str) -> None:
    heading = parse(text.strip())
    assert heading is not None
    assert heading.components[-1].numbers == (4, 5, 6)


@pytest.mark.parametrize("text", ["1 + 2", "Chapter 1. 2 Men", "第三次"])
def test_what_only_looks_like_several_numbers_is_none(text: str) -> None:
    heading = parse(text)
    assert heading is None or len(heading.components[-1].numbers) == 1


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("Epilogue, I.", [(None, (1,), "I", None)]),
        ("Epilogue; Chapter 2", [("chapter", (2,), "Chapter 2", None)]),
        ("Prologue, Chapter I. Snow", [("chapter", (1,), "Chapter I", "Snow")]),
        ("Prologue, 2. Snow", [(None, (2,), "2", "Snow")]),
        ("Epilogue, 1849", []),
        ("Prologue: 3 May", []),
        ("Prologue: 12 Angry Geese", []),
    ],
)
def test_a_frame_has_chapters_too(text: str, inner: list[object]) -> None:
    frame, *rest = read(text)
    assert frame[0] in ("prologue", "epilogue")
    assert rest == inner


def test_brackets_that_nothing_closes_stay_beside_a_label() -> None:
    assert parse("(( Chapter II") is None
    assert parse("[Chapter II]") is not None
