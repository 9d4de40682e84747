"""Emphasized words that are surely of another language, and those that only might be."""

import pytest

from publish import epub
from publish.document import Emphasis
from tests.books import book, division, paragraph, text
from tests.test_epub import MOMENT, entries

FOREIGN = {
    "en": {
        "C’est la vie": "fr",
        "Sturm und Drang": "de",
        "Mein Gott, was ist denn das?": "de",
        "¿Qué pasa?": "es",
        "Nie ma za co": "pl",
        "mañana será otro día": "es",
        "In vino veritas": "la",
        "carpe diem": "la",
        "dum spiro, spero": "la",
        "amor vincit omnia": "la",
    },
    "de": {"Gone with the Wind": "en", "so what": "en"},
    "fr": {"Der Tod in Venedig": "de", "the end of it": "en"},
    "es": {"the end of it": "en"},
}
OWN = {
    "en": "mot juste|Die Hard|man of war|La Traviata|El Dorado|her son|come on|so it was|on the one hand|"
    "per se|de facto|He was in a hat|Ave Maria|no no no|Me, me, me!|We had no more|"
    "Los Angeles Times|San Francisco|Santa María|Citroën Traction|naïve café|the Brontë sisters",
    "de": "er war es nicht|in der Tat|es war einmal|was in aller Welt|man war in Not|New York Times",
    "fr": "le temps perdu|si tu vas|son nom de plume|tu es un ami|me voici|sans doute|et cetera|par une nuit",
    "es": "la vida es sueño|con su permiso|El amor|no me lo digas|sine die|como si no|o mundo de Sofia",
}


def told(language: str, *runs: str) -> list[str]:
    lines = tuple(paragraph("x ", Emphasis(text(run))) for run in runs)
    made = epub.write(book(division("one", title="X", blocks=lines), language=language), modified=MOMENT)
    page = entries(made)["EPUB/01-one.xhtml"].decode()
    return [line.partition("</em>")[0] for line in page.split("<p") if "<em" in line]


@pytest.mark.parametrize("language", FOREIGN)
def test_phrases_of_another_language_say_so(language: str) -> None:
    found = told(language, *FOREIGN[language])
    for line, (run, wanted) in zip(found, FOREIGN[language].items(), strict=True):
        assert line.endswith(f'<em lang="{wanted}" xml:lang="{wanted}">{run}')


@pytest.mark.parametrize("language", OWN)
def test_what_may_be_the_book_s_own_is_left(language: str) -> None:
    assert not [line for line in told(language, *OWN[language].split("|")) if "lang=" in line]
