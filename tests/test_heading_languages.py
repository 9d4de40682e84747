"""Headings in the forms that other languages have: read one by one, and put in order from a shuffle."""

import pytest

from publish.document import DivisionKind
from publish.normalize.lines import headings
from publish.normalize.lines.labels import Form
from tests.test_undecided import check_decided, inverse, manuscript, shuffled

SAID = {
    "de": {
        1: "1. Kapitel|Kapitel 1 –|Kapitel I.|Erstes Kapitel|Erstes Capitel|Das erste Kapitel|"
        "Kapitel Eins|I. Kapitel|"
        "1. Kapitel: Der Anfang|Kapitel 1 – Der Anfang|Erster Teil|1. Teil|Teil Eins|Erstes Buch|Erster Akt|"
        "Erster Aufzug|1. Szene|Erster Auftritt|Erster Brief|Erste Abteilung|Erster Gesang|Erstes Hauptstück",
        17: "Siebzehntes Kapitel|Siebenzehntes Kapitel",
        21: "Einundzwanzigstes Kapitel|Kapitel einundzwanzig|21. Kapitel",
    },
    "fr": {
        1: "Chapitre premier|CHAPITRE PREMIER|Chapitre Ier|Chapitre Iᵉʳ|Chapitre 1er|Chapitre un|"
        "Premier chapitre|"
        "Chapitre I. — Le départ|Chapitre 1 : Le départ|Première partie|1ère partie|Livre premier|"
        "Tome premier|"
        "ACTE PREMIER|Scène première|Lettre première|Chant premier",
        2: "Chapitre II|Chapitre deuxième|Chapitre second|Deuxième partie|Seconde partie|IIe partie|"
        "IIᵉ partie|2e partie",
        21: "Chapitre vingt et un|Chapitre vingt-et-unième|Chapitre XXI",
    },
    "es": {
        1: "Capítulo primero|CAPÍTULO PRIMERO|Capítulo uno|Primer capítulo|Capítulo 1.º|Capítulo 1º|"
        "Cap. 1|Capítulo I.-"
        " El comienzo|Primera parte|Parte primera|Libro primero|Acto primero|Jornada primera|"
        "Escena primera|Carta I",
        13: "Capítulo decimotercero|Capítulo décimo tercero",
        21: "Capítulo veintiuno|Capítulo vigésimo primero",
    },
    "it": {
        1: "Capitolo primo|CAPITOLO PRIMO|Capitolo uno|Primo capitolo|Capitolo I. L’inizio|Parte prima|"
        "Prima parte|"
        "Libro primo|Atto primo|Scena prima|Lettera prima|Canto primo",
        17: "Capitolo decimosettimo|Capitolo decimo settimo|Capitolo diciassettesimo",
        21: "Capitolo ventuno|Capitolo ventunesimo|Capitolo vigesimoprimo|Capitolo XXI°",
    },
    "nl": {
        1: "Hoofdstuk een|Hoofdstuk één|Eerste hoofdstuk|1e hoofdstuk|1ste hoofdstuk|Hoofdstuk 1 –|"
        "Deel een|Eerste deel|"
        "Eerste boek|Eerste bedrijf|Eerste tooneel|Eerste brief",
        21: "Hoofdstuk eenentwintig|Eenentwintigste hoofdstuk|Een en twintigste hoofdstuk",
        23: "Drieëntwintigste hoofdstuk",
    },
    "pt": {
        1: "Capítulo primeiro|Capítulo um|Primeiro capítulo|1.º capítulo|Capítulo 1.º|"
        "Capítulo I – O início|Primeira parte|"
        "Parte primeira|Livro primeiro|Acto primeiro|Cena primeira|Carta primeira",
        21: "Capítulo vinte e um|Capítulo vigésimo primeiro",
    },
    "pl": {
        1: "Rozdział pierwszy|ROZDZIAŁ PIERWSZY|Rozdział I.|Pierwszy rozdział|Rozdział jeden|"
        "Część pierwsza|Księga pierwsza|"
        "Tom pierwszy|Akt pierwszy|Scena pierwsza|Rozdział 1: Początek",
        3: "Rozdział trzeci|Część trzecia|Księga trzecia",
        21: "Rozdział dwudziesty pierwszy|Rozdział XXI",
    },
    "cs": {
        1: "Kapitola první|KAPITOLA PRVNÍ|První kapitola|1. kapitola|I. kapitola|Kapitola jedna|"
        "Část první|1. část|"
        "Díl první|Kniha první|Jednání první|První dějství|Výstup první|Hlava první|Hlava I|Dopis první",
        2: "Kapitola druhá|Druhá kapitola",
        21: "Kapitola dvacátá první|Dvacátá první kapitola|Kapitola jedenadvacátá",
    },
    "da": {
        1: "Kapitel et|Kapitel ét|Første kapitel|1. kapitel|Første del|Første bog|Første akt|Første scene|"
        "Første brev",
        2: "Kapitel to|Andet kapitel|Anden del",
        21: "Kapitel enogtyve|Enogtyvende kapitel|21. kapitel",
    },
    "no": {
        1: "Kapittel en|Kapittel én|Første kapittel|1. kapittel|Del en|Første del|Første bok",
        2: "Kapittel to|Andre kapittel|Annet kapittel|Annen del",
        21: "Kapittel tjueen|Tjueførste kapittel",
    },
    "sv": {
        1: "Kapitel ett|Första kapitlet|1 kapitlet|1. kapitlet|Del ett|Första delen|Första boken|"
        "Första akten|Första brevet",
        2: "Kapitel två|Andra kapitlet",
        21: "Kapitel tjugoett|Tjugoförsta kapitlet",
    },
    "ru": {
        1: "Глава первая|ГЛАВА ПЕРВАЯ|Первая глава|Глава один|Глава 1-я|1-я глава|Глава I. Начало|"
        "Глава первая. Начало|"
        "Часть первая|Книга первая|Том первый|Действие первое|Акт первый|Явление первое|Картина первая|"
        "Письмо первое",
        3: "Глава третья|Часть третья",
        21: "Глава двадцать первая|Глава XXI",
    },
    "el": {
        1: "Κεφάλαιο πρώτο|ΚΕΦΑΛΑΙΟ ΠΡΩΤΟ|Κεφάλαιο Α΄|Κεφάλαιο Ι|Πρώτο κεφάλαιο|Μέρος πρώτο|Βιβλίο πρώτο|"
        "Πράξη πρώτη",
        21: "Κεφάλαιο εικοστό πρώτο|Κεφάλαιο ΚΑ΄",
    },
    "hu": {
        1: "1. fejezet|Első fejezet|I. fejezet|1. fejezet: A kezdet|Első rész|I. rész|Első könyv|"
        "Első felvonás|Első jelenet",
        21: "Huszonegyedik fejezet|21. fejezet",
    },
    "fi": {
        1: "1. luku|Ensimmäinen luku|I luku|Luku yksi|Luku 1: Alku|Ensimmäinen osa|OSA YKSI|I osa|"
        "Ensimmäinen näytös",
        21: "Kahdeskymmenesensimmäinen luku|21. luku",
    },
    "tr": {
        1: "1. Bölüm|Birinci Bölüm|BİRİNCİ BÖLÜM|I. Bölüm|Bölüm Bir|1. Bölüm: Başlangıç|Birinci Kısım|"
        "Birinci Perde",
        21: "Yirmi Birinci Bölüm|Bölüm 21",
    },
    "ja": {1: "第一章|第1章|第１章|第一章　始まり|第一話|第一部|第一節|第一幕", 21: "第二十一章|第21話"},
    "zh": {1: "第一章|第1章|第一章 开始|第一回|第一卷|第一部分|第一节", 102: "第一百零二章"},
    "ko": {1: "제1장|제 1 장|1장|1화|제1부|제1장 시작", 21: "제21장|21화"},
}  # fmt: skip
LAST = (
    "The Last Chapter|Das letzte Kapitel|Dernier chapitre|Chapitre dernier|Último capítulo|Capítulo último|"
    "Ultimo capitolo|Capitolo ultimo|Laatste hoofdstuk|Ostatni rozdział|Rozdział ostatni|Poslední kapitola|"
    "Kapitola poslední|Sidste kapitel|Siste kapittel|Sista kapitlet|Последняя глава|Глава последняя|"
    "Utolsó fejezet|"
    "Viimeinen luku|Son Bölüm|最終章"
)
NO_HEADINGS = (
    "Ver capítulo 3 de la misma obra para más detalles.|Io capitolo tutto da solo.|Ce chapitre est long.|"
    "Le chapitre que j’ai lu.|Part last of the evening was lost.|I luku was all he said to her that night."
)
SERIES = {
    "de": ["Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel", "Viertes Kapitel", "Fünftes Kapitel"],
    "fr": ["Chapitre premier", "Chapitre II", "Chapitre III", "Chapitre IV", "Chapitre V"],
    "fr in words": ["Chapitre premier", "Chapitre deuxième", "Chapitre troisième", "Chapitre quatrième"],
    "es": ["Capítulo primero", "Capítulo segundo", "Capítulo tercero", "Capítulo cuarto", "Capítulo quinto"],
    "it": ["Capitolo primo", "Capitolo secondo", "Capitolo terzo", "Capitolo quarto", "Capitolo quinto"],
    "nl": ["Eerste hoofdstuk", "Tweede hoofdstuk", "Derde hoofdstuk", "Vierde hoofdstuk", "Vijfde hoofdstuk"],
    "pt": ["Capítulo primeiro", "Capítulo segundo", "Capítulo terceiro", "Capítulo quarto"],
    "pl": ["Rozdział pierwszy", "Rozdział drugi", "Rozdział trzeci", "Rozdział czwarty", "Rozdział piąty"],
    "cs": ["Kapitola první", "Kapitola druhá", "Kapitola třetí", "Kapitola čtvrtá", "Kapitola pátá"],
    "da": ["Første kapitel", "Andet kapitel", "Tredje kapitel", "Fjerde kapitel", "Femte kapitel"],
    "no": ["Kapittel en", "Kapittel to", "Kapittel tre", "Kapittel fire", "Kapittel fem"],
    "sv": ["Första kapitlet", "Andra kapitlet", "Tredje kapitlet", "Fjärde kapitlet", "Femte kapitlet"],
    "ru": ["Глава первая", "Глава вторая", "Глава третья", "Глава четвёртая", "Глава пятая"],
    "el": ["Κεφάλαιο Α΄", "Κεφάλαιο Β΄", "Κεφάλαιο Γ΄", "Κεφάλαιο Δ΄", "Κεφάλαιο Ε΄"],
    "hu": ["Első fejezet", "Második fejezet", "Harmadik fejezet", "Negyedik fejezet", "Ötödik fejezet"],
    "fi": ["I luku", "II luku", "III luku", "IV luku", "V luku"],
    "tr": ["Birinci Bölüm", "İkinci Bölüm", "Üçüncü Bölüm", "Dördüncü Bölüm", "Beşinci Bölüm"],
    "ja": ["第一章", "第二章", "第三章", "第四章", "第五章"],
    "ko": ["1화", "2화", "3화", "4화", "5화"],
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_a_heading_is_read_in_every_usual_form(language: str) -> None:
    for number, forms in SAID[language].items():
        for form in forms.split("|"):
            heading = headings.parse(form)
            assert heading is not None, form
            assert (heading.form, heading.components[-1].numbers) == (Form.LABELLED, (number,)), form


def test_the_last_chapter_is_named_so() -> None:
    for form in LAST.split("|"):
        heading = headings.parse(form)
        assert heading is not None, form
        assert heading.form is Form.NAMED, form


def test_sentences_that_begin_so_are_none() -> None:
    for line in NO_HEADINGS.split("|"):
        assert headings.parse(line) is None, line


@pytest.mark.parametrize("language", SERIES)
def test_a_shuffle_is_put_in_order(language: str) -> None:
    written = SERIES[language]
    order = shuffled(len(written), len(language))
    check_decided(manuscript([written[at] for at in order], "X\n\nby Ada Marsh\n\n\n"), inverse(order))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Chapters One and Two (The Quay)", (1, 2)),
        ("Chapters I and II (The Quay)", (1, 2)),
        ("Chapters 1-2 [The Quay]", (1, 2)),
        ("Kapitel 3 und 4 „Das Wehr“", (3, 4)),
        ("Chapitres 2 à 4 « La crue »", (2, 3, 4)),
        ("Κεφάλαιο ΣΤ΄: Το σύκο", (6,)),
        ("Κεφάλαιο ιστ΄", (16,)),
        ("Κεφάλαιο Ϛʹ", (6,)),
    ],
)
def test_numbers_before_brackets_and_the_greek_six(text: str, numbers: tuple[int, ...]) -> None:
    heading = headings.parse(text)
    assert heading is not None
    assert heading.components[0].numbers == numbers


SEASONS = """Saison 2 – Épisode 1 : La lettre|Season Two, Episode One: The Weir|Staffel 2 – Folge 1
    Temporada 2, capítulo 1|Stagione 2 – Episodio 1|Сезон 2. Серия 1|Sezon 2, odcinek 1|Kausi 2, jakso 1
    Seizoen 2, aflevering 1"""
INTERLUDES = "Intermède|Intermedio|Entremés|Välisoitto|Közjáték|Интермедия|Ιντερμέδιο|Ara bölüm|Przerywnik"


@pytest.mark.parametrize("text", SEASONS.replace("\n    ", "|").split("|"))
def test_seasons_are_parts(text: str) -> None:
    heading = headings.parse(text)
    assert heading is not None
    assert [part.kind for part in heading.components] == [DivisionKind.PART, DivisionKind.CHAPTER]
    assert [part.numbers for part in heading.components] == [(2,), (1,)]


@pytest.mark.parametrize("text", INTERLUDES.split("|"))
def test_interludes_in_many_languages(text: str) -> None:
    heading = headings.parse(text)
    assert heading is not None
    assert heading.components[0].kind is DivisionKind.INTERLUDE
