"""The top of a manuscript in the forms that people type: each above chapters and above text without any."""

import re

import pytest

from publish.config import BookConfig, Config
from publish.document import ROLE_NAMES, block_prose, walk_divisions
from publish.normalize.result import Normalized
from tests.reading import made_of

TEXTS = {
    "en": ("Chapter", "The road went on beside the river for a long while, and nobody knew where it ended."),
    "de": ("Kapitel", "Die Straße lief lange neben dem Fluss her, und niemand wusste, wohin."),
    "fr": ("Chapitre", "La route suivait la rivière, et personne ne savait où elle finissait."),
    "es": ("Capítulo", "El camino seguía junto al río, y nadie sabía quién lo había hecho."),
    "it": ("Capitolo", "La strada correva accanto al fiume, e nessuno seppe poi dire dove finisse."),
    "pt": ("Capítulo", "A estrada seguia o rio, e ninguém soube dizer onde acabava."),
    "nl": ("Hoofdstuk", "De weg liep langs de rivier, en niemand kon later zeggen waar hij ophield."),
    "sv": ("Kapitel", "Vägen följde floden, och ingen kunde säga var den egentligen slutade."),
    "da": ("Kapitel", "Vejen fulgte floden, og ingen kunne sige, hvor den egentlig hørte op."),
    "pl": ("Rozdział", "Droga biegła długo wzdłuż rzeki i nikt nie potrafił powiedzieć, gdzie się kończyła."),
    "cs": ("Kapitola", "Cesta vedla dlouho podél řeky a nikdo potom nedokázal říci, kde vlastně končila."),
    "ru": ("Глава", "Дорога долго шла вдоль реки, и никто потом не мог сказать, где она кончалась."),
    "fi": ("Luku", "Tie kulki pitkään joen vartta, eikä kukaan osannut sanoa, missä se oikein päättyi."),
    "el": ("Κεφάλαιο", "Ο δρόμος πήγαινε για πολύ δίπλα στο ποτάμι και κανείς δεν ήξερε πού τελείωνε."),
    "tr": ("Bölüm", "Yol uzun süre nehrin yanından gitti ve kimse onun nerede bittiğini bilmedi."),
    "ro": ("Capitolul", "Drumul mergea mult timp pe lângă râu și nimeni nu a putut spune unde se termina."),
}  # fmt: skip


def read(top: str, language: str = "en", *, chapters: bool, config: BookConfig | None = None) -> Normalized:
    """A manuscript whose top is `top`, lines parted by strokes; a double stroke is a line end alone."""
    label, prose = TEXTS[language]
    pieces = [f"{label} {number}\n\n{prose}\n\n{prose}" if chapters else prose for number in (1, 2, 3)]
    lines = top.replace(" || ", "\n").split(" | ")
    return made_of("\n\n".join((*lines, *pieces)) + "\n", config=Config(book=config or BookConfig()))


def facts(normalized: Normalized) -> str:
    """Title, subtitle and who did what, as front matter would have them."""
    found = normalized.book.metadata
    said = [found.title.value, *([f"({found.subtitle.value})"] if found.subtitle else [])]
    said += [f"{ROLE_NAMES[made.role]}={made.name.value}" for made in found.creators]
    return " ".join(said)


def left(normalized: Normalized) -> str:
    """All text of the book but for headings and the prose of `TEXTS`."""
    known = {prose for _, prose in TEXTS.values()}
    texts = (
        run.text
        for _, division in walk_divisions(normalized.book.divisions)
        for block in division.blocks
        for run in block_prose(block)
    )
    return " | ".join(text for text in texts if text not in known)


BOTH = pytest.mark.parametrize("chapters", [True, False])


def matrix(rows: str) -> list[tuple[str, ...]]:
    """The rows of a table; columns are parted by two spaces or more."""
    return [tuple(re.split(r" {2,}", row.strip())) for row in rows.strip().splitlines()]


WRITTEN = matrix("""
    Salt | Nora Quill                              Salt author=Nora Quill
    THE SALT ROAD | NORA QUILL                     THE SALT ROAD author=NORA QUILL
    THE SALT ROAD || NORA QUILL                    THE SALT ROAD author=NORA QUILL
    THE SALT ROAD | A NOVEL | NORA QUILL           THE SALT ROAD (A NOVEL) author=NORA QUILL
    The Salt Road | J. K. Quarrow                  The Salt Road author=J. K. Quarrow
    The Salt Road | Nora Quill and Tom Pell        The Salt Road author=Nora Quill author=Tom Pell
    The Salt Road | by Nora Quill | and Tom Pell   The Salt Road author=Nora Quill author=Tom Pell
    The Salt Road | Anonymous                      The Salt Road author=Anonymous
    The Salt Road | Nora Quill, 2021               The Salt Road author=Nora Quill
    The Salt Road | by Nora Quill (2021)           The Salt Road author=Nora Quill
    The Salt Road | — Nora Quill                   The Salt Road author=Nora Quill
    The Salt Road | (by Nora Quill)                The Salt Road author=Nora Quill
    The Salt Road | ~by Nora Quill~                The Salt Road author=Nora Quill
    *The Salt Road* | by Nora Quill                The Salt Road author=Nora Quill
    **The Salt Road** | *by Nora Quill*            The Salt Road author=Nora Quill
    ~ The Salt Road ~ | by Nora Quill              The Salt Road author=Nora Quill
    === The Salt Road === | by Nora Quill          The Salt Road author=Nora Quill
    [The Salt Road] | by Nora Quill                The Salt Road author=Nora Quill
    The Salt Road. | by Nora Quill.                The Salt Road author=Nora Quill
    THE SALT ROAD. | BY NORA QUILL.                THE SALT ROAD author=NORA QUILL
    The Salt Road | by Martin Pell Jr.             The Salt Road author=Martin Pell Jr.
    The Salt Road | March 3, 2021 by Nora Quill    The Salt Road author=Nora Quill
    The Salt Road | Nora Quill · Mar 3, 2021 · 7 min read    The Salt Road author=Nora Quill
    The Salt Road | By Nora Quill · March 3, 2021  The Salt Road author=Nora Quill
    The Salt Road | By Nora Quill, March 3, 2021   The Salt Road author=Nora Quill
    The Salt Road | 3 March 2021 | by Nora Quill   The Salt Road author=Nora Quill
    3 March 2021 | The Salt Road | by Nora Quill   The Salt Road author=Nora Quill
    The Salt Road | © Nora Quill 2021              The Salt Road author=Nora Quill
    The Salt Road | Copyright 2021 Nora Quill      The Salt Road author=Nora Quill
    Nora Quill: | The Salt Road                    The Salt Road author=Nora Quill
    The Salt Road | by Nora Quill | 2,300 words    The Salt Road author=Nora Quill
    The Salt Road | by Nora Quill | nora@example.org    The Salt Road author=Nora Quill
""")


@BOTH
@pytest.mark.parametrize(("top", "expected"), WRITTEN)
def test_title_and_author(top: str, expected: str, chapters: bool) -> None:
    normalized = read(top, chapters=chapters)
    assert (facts(normalized), left(normalized)) == (expected, "")


ONE_LINE = matrix("""
    The Salt Road by Nora Quill                    The Salt Road author=Nora Quill
    The Salt Road, by Nora Quill                   The Salt Road author=Nora Quill
    The Salt Road (by Nora Quill)                  The Salt Road author=Nora Quill
    The Salt Road: A Novel by Nora Quill           The Salt Road author=Nora Quill
    THE SALT ROAD BY NORA QUILL                    THE SALT ROAD author=NORA QUILL
    The Salt Road — Nora Quill                     The Salt Road author=Nora Quill
    The Salt Road by Nora Quill and Tom Pell       The Salt Road author=Nora Quill author=Tom Pell
    Nora Quill: The Salt Road                      The Salt Road author=Nora Quill
    Nora Quill – The Salt Road                     The Salt Road author=Nora Quill
    La route du sel par Nora Quill                 La route du sel author=Nora Quill
    La route du sel, de Nora Quill                 La route du sel author=Nora Quill
    Saltvägen av Nora Quill                        Saltvägen author=Nora Quill
    Death by Chocolate                             Death by Chocolate
    North by Northwest                             North by Northwest
    Stand by Me                                    Stand by Me
    Murder by Gas Light                            Murder by Gas Light
    Letters to Anna Marsh                          Letters to Anna Marsh
    Ein Brief von Zuhause                          Ein Brief von Zuhause
    La fille de Paul Mercier                       La fille de Paul Mercier
    La casa de Ana Robles                          La casa de Ana Robles
    Die Leiden von Karl Ull                        Die Leiden von Karl Ull
""")


@BOTH
@pytest.mark.parametrize(("top", "expected"), ONE_LINE)
def test_title_and_author_in_one_line(top: str, expected: str, chapters: bool) -> None:
    normalized = read(top, chapters=chapters)
    assert (facts(normalized), left(normalized)) == (expected, "")


def test_of_says_by_where_the_name_is_signed_or_stated() -> None:
    line = "Die Salzstraße von Nora Quill"
    asked = [told.message for told in read(line, "de", chapters=False).diagnostics if told.code == "MET001"]
    assert "“Nora Quill” may be one" in asked[0]
    stated = read(line, "de", chapters=False, config=BookConfig(author="Nora Quill"))
    assert facts(stated) == "Die Salzstraße author=Nora Quill"
    signed = made_of(f"{line}\n\n{TEXTS['de'][1]}\n\n{TEXTS['de'][1]}\n\nNora Quill lebt in Kiel.\n")
    assert facts(signed) == "Die Salzstraße author=Nora Quill"


@BOTH
@pytest.mark.parametrize("line", ["by Nora Quill", "A Story by Nora Quill"])
def test_an_author_without_a_title(line: str, chapters: bool) -> None:
    normalized = read(line, chapters=chapters)
    assert (facts(normalized), left(normalized)) == ("Story author=Nora Quill", "")


def test_two_capitalized_words_above_a_subtitle_and_a_name_are_the_title() -> None:
    normalized = read("Der Salzkalender | Band 2 der Lampen-Reihe | von Nora Quill", "de", chapters=True)
    assert facts(normalized) == "Der Salzkalender (Band 2 der Lampen-Reihe) author=Nora Quill"


def test_what_a_subtitle_tells_of_is_no_language() -> None:
    normalized = read("Der Salzkalender | Aus dem Leben von Anna Kern", "de", chapters=True)
    assert facts(normalized) == "Der Salzkalender"


LANGUAGES = matrix("""
    de  Die Salzstraße | eine kurze Erzählung von Nora Quill    Nora Quill
    de  DIE SALZSTRASSE | VON NORA QUILL    NORA QUILL
    de  Der Salzkalender | Nora Quill, 2021    Nora Quill
    fr  La route du sel | un conte de Nora Quill    Nora Quill
    es  La ruta | un cuento de Nora Quill    Nora Quill
    es  LA RUTA | DE NORA QUILL    NORA QUILL
    it  La via del sale | un racconto di Nora Quill    Nora Quill
    pt  A estrada | um conto de Nora Quill    Nora Quill
    nl  De zoutweg | een verhaal van Nora Quill    Nora Quill
    nl  De zoutweg | een kort verhaal van Nora Quill    Nora Quill
    sv  Saltvägen | en novell av Nora Quill    Nora Quill
    sv  SALTVÄGEN | AV NORA QUILL    NORA QUILL
    da  Saltvejen | en fortælling af Nora Quill    Nora Quill
    pl  Droga soli | Zofia Brzoza    Zofia Brzoza
    cs  Solná cesta | Jana Nová    Jana Nová
    ru  Соляной путь | Анна Петрова    Анна Петрова
    fi  Suolatie | Aino Pellervo    Aino Pellervo
    el  Ο δρόμος | Συγγραφέας: Ελένη Κουίλ    Ελένη Κουίλ
    tr  Tuz Yolu | Zeynep Kaya    Zeynep Kaya
    ro  Drumul sării | o povestire de Ana Quill    Ana Quill
""")


@BOTH
@pytest.mark.parametrize(("language", "top", "author"), LANGUAGES)
def test_authors_in_many_languages(language: str, top: str, author: str, chapters: bool) -> None:
    normalized = read(top, language, chapters=chapters)
    assert facts(normalized) == f"{top.partition(' | ')[0]} author={author}"
    assert left(normalized) == ""


ASKED = matrix("""
    en  The Salt Road | Quarrow Pellworm    Quarrow Pellworm
    en  THE SALT ROAD | COASTAL TALES    COASTAL TALES
    pl  Droga soli | opowiadanie Nory Quill    Nory Quill
    cs  Solná cesta | povídka Nory Quill    Nory Quill
    ru  Соляной путь | рассказ Норы Квилл    Норы Квилл
    el  Ο δρόμος | της Νόρας Κουίλ    Νόρας Κουίλ
    en  The Salt Road | penned by Nora Quill    Nora Quill
""")


@pytest.mark.parametrize(("language", "top", "name"), ASKED)
def test_a_line_that_may_name_the_author_stays_and_is_asked_about(language: str, top: str, name: str) -> None:
    normalized = read(top, language, chapters=False)
    assert left(normalized) == top.split(" | ")[1]
    [told] = [told for told in normalized.diagnostics if told.code == "MET001"]
    assert f"“{name}” may be one" in told.message
    assert told.paste == f'[book]\nauthor = "{name}"'


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "EL CAMINO DE LA SAL"),
        ("es", "El camino de la Sal"),
        ("fr", "LE CHEMIN DE LA MER"),
        ("it", "IL CANTO DI LA SERA"),
        ("de", "DAS LIED VON DER SEE"),
    ],
)
def test_a_title_of_a_thing_with_its_article_names_no_author(language: str, title: str) -> None:
    told = [
        told.message for told in read(title, language, chapters=True).diagnostics if told.code == "MET001"
    ]
    assert not any("may be one" in message for message in told)


MAKERS = matrix("""
    en  translated by Tom Pell    translator=Tom Pell
    en  TRANSLATED BY TOM PELL    translator=TOM PELL
    en  Translated from the Portuguese by Tom Pell    translator=Tom Pell
    en  translated by Tom Pell and Ada Reed    translator=Tom Pell translator=Ada Reed
    en  translated by Tom Pell, illustrated by Ada Reed    translator=Tom Pell illustrator=Ada Reed
    en  Edited and translated by Tom Pell    editor=Tom Pell translator=Tom Pell
    en  with drawings by Tom Pell    illustrator=Tom Pell
    en  Selected and edited by Tom Pell    editor=Tom Pell
    en  with an introduction by Tom Pell    introducer=Tom Pell
    en  Translation: Tom Pell    translator=Tom Pell
    de  Aus dem Englischen von Tom Pell    translator=Tom Pell
    de  aus dem amerikanischen Englisch von Tom Pell    translator=Tom Pell
    de  Mit Bildern von Tom Pell    illustrator=Tom Pell
    de  Mit einem Vorwort von Tom Pell    introducer=Tom Pell
    de  herausgegeben von Tom Pell    editor=Tom Pell
    fr  traduit de l’anglais par Tom Pell    translator=Tom Pell
    fr  Traduit de l’anglais (États-Unis) par Tom Pell    translator=Tom Pell
    fr  avec des dessins de Tom Pell    illustrator=Tom Pell
    es  traducido del inglés por Ana Robles    translator=Ana Robles
    es  Ilustraciones de Ana Robles    illustrator=Ana Robles
    it  tradotto dall’inglese da Piero Sala    translator=Piero Sala
    it  a cura di Piero Sala    editor=Piero Sala
    pt  Tradução de João Lima    translator=João Lima
    nl  vertaald uit het Engels door Jan Vos    translator=Jan Vos
    nl  met tekeningen van Jan Vos    illustrator=Jan Vos
    sv  översatt av Siv Sund    translator=Siv Sund
    da  oversat fra engelsk af Siv Sund    translator=Siv Sund
    pl  Z angielskiego przełożyła Anna Brzoza    translator=Anna Brzoza
    cs  z angličtiny přeložila Jana Nová    translator=Jana Nová
    ru  Перевод с английского: Анна Петрова    translator=Анна Петрова
    fi  suomentanut Aino Pellervo    translator=Aino Pellervo
    el  Μετάφραση: Ελένη Μαρή    translator=Ελένη Μαρή
    tr  Çeviren: Zeynep Kaya    translator=Zeynep Kaya
    ro  traducere din engleză de Ana Lupu    translator=Ana Lupu
""")


@BOTH
@pytest.mark.parametrize(("language", "line", "expected"), MAKERS)
@pytest.mark.parametrize("joined", [False, True])
def test_who_else_made_the_book(
    language: str, line: str, expected: str, *, chapters: bool, joined: bool
) -> None:
    top = f"Xenia | Nora Quill{', ' if joined else ' | '}{line}"
    normalized = read(top, language, chapters=chapters)
    assert (facts(normalized), left(normalized)) == (f"Xenia author=Nora Quill {expected}", "")


def test_who_is_stated_to_have_done_it_did_it_and_the_line_is_logged() -> None:
    top = "Xenia | by Nora Quill | translated by Tom Pell"
    normalized = read(top, chapters=True, config=BookConfig(translator="Thomas Pell"))
    assert facts(normalized) == "Xenia author=Nora Quill translator=Thomas Pell"
    [change] = normalized.changes
    source = normalized.sources[change.span.source]
    assert source.text[change.span.start : change.span.end] == "translated by Tom Pell"


def test_an_introduction_with_a_text_is_none_of_the_title_page() -> None:
    prose = TEXTS["en"][1]
    text = f"Xenia\n\nby Nora Quill\n\nForeword by Tom Pell\n\n{prose}\n\nChapter 1\n\n{prose}\n"
    normalized = made_of(text)
    assert facts(normalized) == "Xenia author=Nora Quill"
    assert normalized.book.divisions[0].kind.value == "foreword"


STORIES = matrix("""
    Nora Quill was late.
    Nora Quill
    Anna Marsh | I never liked the sea.
    London, 1921
    Morning.
    “Nora Quill?” | “Yes?”
    “By God,” said Tom Pell.
    By the river they sat and wept.
    By Tom Pell’s reckoning it was late.
    Dear Nora, | I write to you from the coast.
    Tom Pell: I never said so. | Ada Reed: You did.
    *It rained.*
    (The moon is up)
    [A room. Night.]
    - Yes. | - No.
    The Salt Road | Nora Quill was late.
    The Salt Road | COASTAL TALES
    The Salt Road | Nora Quill | Nora Quill stood by the door, and Nora did not go in.
    The Salt Road | Nora Quill | I said so, and will again. | Tom Pell | I never did.
    The Salt Road | Edited by hand, it still had faults.
    The Salt Road | Translated into money, it was not much.
    The Salt Road | Illustrated by Example
    The Salt Road | “By Nora Quill,” he read.
    The Salt Road | With pictures of Nora Quill
    The Salt Road | A life of Nora Quill
    The Salt Road | For Nora Quill
    The Salt Road | From a story by Nora Quill
    The Salt Road | an interview with Nora Quill
    The Salt Road | In which Nora Quill goes
""")


@pytest.mark.parametrize("top", [row[0] for row in STORIES])
def test_what_begins_a_story_stays_and_names_nobody(top: str) -> None:
    normalized = read(top, chapters=False)
    assert not normalized.book.metadata.creators
    kept = " | ".join((normalized.book.metadata.title.value, left(normalized)))
    assert [word for word in re.findall(r"\w+", top) if word not in kept] == []


def test_a_mail_below_a_title_is_text() -> None:
    top = "Xenia | by Nora Quill | From: tom@example.org || To: ada@example.org | Dear Ada,"
    assert "tom@example.org" in left(read(top, chapters=False))


@pytest.mark.parametrize(
    "text", ["Dedicated to my mother, who waited", "Gewidmet meiner Mutter", "Tillägnad Siv"]
)
def test_what_says_that_it_is_a_dedication_is_one(text: str) -> None:
    normalized = read(f"Xenia | by Nora Quill | {text}", chapters=True)
    assert normalized.book.divisions[0].kind.value == "dedication"


MARKUP = [
    ("# Xenia\n\nby Nora Quill\n\ntranslated by Tom Pell", "Xenia author=Nora Quill translator=Tom Pell"),
    ("# Xenia\n\n*by Nora Quill*\n\n*translated by Tom Pell*", "Xenia author=Nora Quill translator=Tom Pell"),
    ("# Xenia\n\nby Nora Quill  \ntranslated by Tom Pell", "Xenia author=Nora Quill translator=Tom Pell"),
    ("# Xenia\n\n## by Nora Quill", "Xenia author=Nora Quill"),
    ("# Xenia\n\nNORA QUILL", "Xenia author=NORA QUILL"),
    ("# Xenia by Nora Quill", "Xenia author=Nora Quill"),
    ("# *Xenia*\n\nby Nora Quill.", "Xenia author=Nora Quill"),
    ("**The Salt Road**\n\n*Nora Quill*", "The Salt Road author=Nora Quill"),
    ("*The Salt Road*\n\nby Nora Quill", "The Salt Road author=Nora Quill"),
    ("# Xenia\n\n*March 3, 2021 by Nora Quill*", "Xenia author=Nora Quill"),
    (
        "---\ntitle: Xenia\nauthor: Nora Quill\n---\n\ntranslated by Tom Pell",
        "Xenia author=Nora Quill translator=Tom Pell",
    ),
]


@pytest.mark.parametrize("level", ["", "#", "##"])
@pytest.mark.parametrize(("top", "expected"), MARKUP)
def test_title_pages_in_markdown(top: str, expected: str, level: str) -> None:
    prose = TEXTS["en"][1]
    chapters = [f"{level} Chapter {number}\n\n{prose}" if level else prose for number in (1, 2, 3)]
    normalized = made_of("\n\n".join((top, *chapters)) + "\n", "story.md")
    assert (facts(normalized), left(normalized)) == (expected, "")
    assert len(normalized.book.divisions) == (3 if level else 1)


@pytest.mark.parametrize(
    "top", ["# Rain", "# Rain\n\nFor Anna", "# Rain\n\n*Anna came.*", "# Rain\n\n## By the Sea"]
)
def test_a_first_chapter_of_the_level_of_all_others_is_no_title(top: str) -> None:
    prose = TEXTS["en"][1]
    text = f"{top}\n\n{prose}\n\n# Snow\n\n{prose}\n\n# Ice\n\n{prose}\n"
    assert facts(made_of(text, "story.md")) == "Story"
