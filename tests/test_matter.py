"""Front and back matter: what it is called in many languages, and what is known without a heading."""

import pytest

from publish.document import DivisionKind, Quotation, walk_divisions
from publish.normalize import headings
from tests.test_layout import made

NAMES = {
    DivisionKind.PREFACE: "Preface|Translator’s Preface|The Editor’s Preface|"
    "Vorwort|Préface|Prefacio|Prefazione|Prefácio|Voorwoord|Předmluva|Forord|"
    "Предисловие",
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


IMPRINT = "Copyright © 2021 Ada Marsh\n\nAll rights reserved.\n\nISBN 978-3-16-148410-0\n\nFirst edition\n\n"
REST = "For my mother, who never read it\n\n“The sea is not to be trusted.”\n— Henry Marsh\n\n"
OTHERS = "Also by Ada Marsh\n\nThe Lamp Room\nA Dog in the Rain\n\n"
CHAPTERS = "".join(f"Chapter {n}\n\nThe road was dry, and nobody noticed it at all.\n\n" for n in (1, 2, 3))


def test_front_matter_without_headings() -> None:
    found = made(f"The Salt Road\n\nAda Marsh\n\n{IMPRINT}{REST}{OTHERS}{CHAPTERS}").book.divisions
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
    found = list(walk_divisions(made(text).book.divisions))
    assert max(depth for depth, _ in found) == 3
    kinds = [division.kind for depth, division in found if depth == 1]
    assert kinds.count(DivisionKind.VOLUME) == 2
    assert [division.kind for _, division in found].count(DivisionKind.INTERLUDE) == 2


@pytest.mark.parametrize(
    "head", ["From: Tom Pell\nTo: Ada Marsh\nSubject: Bread", "Von: Tom\nAn: Ada\nBetreff: Brot"]
)
def test_whom_a_mail_is_to_is_no_dedication(head: str) -> None:
    mail = f"{head}\n\nDear Ada, the bread has risen, and nobody noticed it at all.\n\n"
    found = made(f"The Salt Road\n\nby Ada Marsh\n\n{mail}{CHAPTERS}").book.divisions
    assert [division.kind for division in found[:2]] == [DivisionKind.SECTION, DivisionKind.CHAPTER]


def test_a_dedication_below_a_list_of_books_is_one() -> None:
    books = "Du même auteur\n\nLa Lampe\nUn chien sous la pluie\n\nÀ ma mère\n\n"
    books += "« Qui veut part. »\n— Proverbe\n\n"
    found = made(f"Le Bac\n\nClaire Vendôme\n\n{books}{CHAPTERS}").book.divisions
    kinds = [DivisionKind.ALSO_BY, DivisionKind.DEDICATION, DivisionKind.EPIGRAPH]
    assert [division.kind for division in found][:3] == kinds
