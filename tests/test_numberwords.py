"""Numbers of headings in words, letters and figures of many languages."""

import pytest

from publish.normalize.lines.headings import parse
from publish.normalize.words.numberwords import Spelling, tongues
from publish.normalize.words.numerals import fold, read_number

NUMBERED = {
    10: "Kapitel zehn|Chapitre dix|Capítulo diez|Capítulo dez|Capitolo decimo|Hoofdstuk tien|"
    "Rozdział dziesiąty|"
    "Kapitola desátá|Kapitel tio|Kapitel ti|Luku kymmenen|Глава десятая|Κεφάλαιο ι΄|Κεφάλαιο δέκα|第十章",
    21: "Einundzwanzigstes Kapitel|Chapitre vingt-et-unième|Chapitre vingt et un|Capítulo vigésimo primero|"
    "Capítulo veintiuno|Capítulo vinte e um|Capitolo ventuno|Capitolo ventunesimo|Hoofdstuk eenentwintig|"
    "Kapittel tjueen|Kapitel enogtyve|Kapitel tjugoett",
    23: "Kapitel dreiundzwanzig|Dreiundzwanzigstes Kapitel|Das dreiundzwanzigste Kapitel|"
    "Chapitre vingt-trois|"
    "Vingt-troisième chapitre|Capítulo vigésimo tercero|Capítulo veintitrés|Capítulo vigésimo terceiro|"
    "Capítulo vinte e três|Capitolo ventitré|Capitolo ventitreesimo|Hoofdstuk drieëntwintig|"
    "Drieëntwintigste hoofdstuk|Rozdział dwudziesty trzeci|Rozdział dwadzieścia trzy|Dvacátá třetí kapitola|"
    "Kapitola dvacet tři|Kapitel tjugotre|Tjugotredje kapitlet|Kapittel tjuetre|Kapitel treogtyve|"
    "Kapitel tre og tyve|Luku kaksikymmentäkolme|Kahdeskymmeneskolmas luku|Глава двадцать третья|"
    "Глава двадцать три|Розділ двадцять третій|Κεφάλαιο κγ΄|Κεφάλαιο εικοστό τρίτο|Yirmi Üçüncü Bölüm|"
    "23. Bölüm|Huszonharmadik fejezet|23. fejezet|अध्याय २३|الفصل ٢٣|第二十三章|第23章|제23장|"
    "Chapter Twenty-Third|Глава ХХІІІ",
    31: "Rozdział trzydziesty pierwszy|Capítulo treinta y uno|Capítulo trigésimo primeiro|"
    "Глава тридцать первая",
    71: "Chapitre soixante et onze|Chapitre soixante-et-onze|Chapitre septante et un|Kapitel einundsiebzig",
    97: "Chapitre quatre-vingt-dix-sept|Capitolo novantasette|Hoofdstuk zevenennegentig",
    100: "Kapitel hundert|Hundertstes Kapitel|Chapitre cent|Chapitre centième|Capítulo cien|"
    "Capítulo centésimo|"
    "Capítulo cem|Capitolo cento|Capitolo centesimo|Hoofdstuk honderd|Rozdział sto|Rozdział setny|"
    "Kapitola stá|Kapitel hundra|Kapittel hundre|Глава сто|Глава сотая|第百章|Chapter One Hundred",
    103: "Kapitel einhundertdrei|Capítulo ciento tres|Capítulo cento e três|Глава сто третья|"
    "Capitolo centotre",
}


@pytest.mark.parametrize(
    ("heading", "number"), [(text, n) for n, row in NUMBERED.items() for text in row.split("|")]
)
def test_a_number_is_read_in_any_language(heading: str, number: int) -> None:
    parsed = parse(heading)
    assert parsed is not None
    assert [(part.numbers, part.title) for part in parsed.components] == [((number,), None)]


@pytest.mark.parametrize(
    "line",
    [
        "Part to play", "Act to save", "Book Fire", "Chapter on", "Tio Pepe", "Band of Brothers", "Osa",
        "Bab the cat", "Cast", "Letters to Tre", "Division of labour", "On the road", "Firs and larches",
    ],
)  # fmt: skip
def test_words_of_other_languages_are_no_numbers(line: str) -> None:
    assert parse(line) is None


def test_every_language_counts_without_a_gap() -> None:
    for tongue in tongues():
        rows = (tongue.cardinals, tongue.tens, tongue.ordinals, tongue.ordinal_tens)
        assert [len(fold(row).split()) for row in rows] == [19, 8, 19, 8]


def test_no_number_is_missed_by_its_first_letters() -> None:
    for tongue in tongues():
        spelling = Spelling(tongue, fold)
        below = {*spelling._cardinals, *spelling._all_ordinals}
        above = {hundred + phrase for hundred in spelling._hundreds for phrase in below}
        read = [phrase for phrase in below | above if spelling.read(phrase)]
        assert [phrase for phrase in read if read_number(phrase) is None] == []
