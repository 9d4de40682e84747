"""Emphasized words that are surely of another language, and those that only might be."""

import re

import pytest

from publish import epub
from publish.document import Emphasis, Paragraph
from publish.normalize.words import lexicon
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


def page(language: str, *lines: Paragraph) -> str:
    made = epub.write(book(division("one", title="X", blocks=lines), language=language), modified=MOMENT)
    return entries(made)["EPUB/01-one.xhtml"].decode()


def told(language: str, *runs: str) -> list[str]:
    made = page(language, *(paragraph("x ", Emphasis(text(run))) for run in runs))
    return [line.partition("</em>")[0] for line in made.split("<p") if "<em" in line]


@pytest.mark.parametrize("language", FOREIGN)
def test_phrases_of_another_language_say_so(language: str) -> None:
    found = told(language, *FOREIGN[language])
    for line, (run, wanted) in zip(found, FOREIGN[language].items(), strict=True):
        assert line.endswith(f'<em class="inferred-language" lang="{wanted}" xml:lang="{wanted}">{run}')


@pytest.mark.parametrize("language", OWN)
def test_what_may_be_the_book_s_own_is_left(language: str) -> None:
    assert not [line for line in told(language, *OWN[language].split("|")) if "lang=" in line]


SAID = {
    "en": {
        "“Mais oui, il y avait du monde,” she said. “Go on.”": ("fr", "Mais oui, il y avait du monde,"),
        "‘Je crois que je vais danser!’ he cried.": ("fr", "Je crois que je vais danser!"),
        "“C’est comme ça qu’il l’a dit, n’est-ce pas?” she asked.": (
            "fr",
            "C’est comme ça qu’il l’a dit, n’est-ce pas?",
        ),
        "He read: “Da trat hervor Einer, anzusehen wie die Nacht,” and sighed.": (
            "de",
            "Da trat hervor Einer, anzusehen wie die Nacht,",
        ),
        "“No sé qué quiere usted de mí,” said Ana.": ("es", "No sé qué quiere usted de mí,"),
        "Arma virumque cano, Troiae qui primus ab oris": (
            "la",
            "Arma virumque cano, Troiae qui primus ab oris",
        ),
    },
    "de": {"„I do not know what you want of me“, sagte er.": ("en", "I do not know what you want of me")},
    "fr": {"« What is the matter with you? » dit-il.": ("en", "What is the matter with you?")},
}
HOME = {
    "en": (
        "“En den I says to dat man, de rent is due, en he went off.”",
        "“Dat’s de man wat I met in de street,” said Jim.",
        "“Leonardo da Vinci, Vasco de la Vega and Pierre de La Mare!”",
        "“Whan that Aprille with his shoures soote the droghte of March hath perced to the roote,”",
        "“Wha hae wi’ Wallace bled, Scots wham Bruce has aften led.”",
        "“Ich, you say? Que sera, I say.”",
        "She took the rue de la Paix and sat in the Café de la Gare, as her son did.",
        "“Ay, that be en een o’ mine,” he said, “ye ken.”",
    ),
    "de": ("„Ick weet nich, wat he dor maakt“, sagte er. „So en Mann!“",),
    "fr": ("— Je ne sais pas, dit la señora de la Vega y Mendoza.",),
}


@pytest.mark.parametrize("language", SAID)
def test_speeches_of_another_language_say_so(language: str) -> None:
    made = page(language, *[paragraph(line) for line in SAID[language]])
    found = re.findall(r'<span [^>]*xml:lang="(\w+)">(.*?)</span>', made.replace("\u202f", " "))
    assert found == list(SAID[language].values())


@pytest.mark.parametrize("language", HOME)
def test_dialect_and_names_are_the_book_s_own(language: str) -> None:
    assert "inferred-language" not in page(language, *map(paragraph, HOME[language]))


def test_the_list_of_a_language_is_read_for_some_words_as_it_is_for_one() -> None:
    words = {"aardappel", "zwoord", "ook", "niet", "qqqq", "zürich"}
    found = {word: lexicon.count(word, "nl") for word in words}
    assert lexicon.met(words, "nl") == {word: count for word, count in found.items() if count}
    assert lexicon.met(words, "xx") == {}
