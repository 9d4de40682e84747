"""Letters of Eastern Europe, read in the code page of Western Europe, come back; honest signs stay."""

import pytest

from tests.test_mojibake import HONEST, made, paragraphs

WRITTEN = {
    "pl": """W przedziale siedział pan z jeżem i nie miał już biletu na ten pociąg.

Śnieg padał poziomo, jakby też jechał do Łęczycy; to było jak we śnie.

– On ze mną – odparł jeż i zamknął oczy. – Źle się czuję, więc śpię.""",
    "cs": """Ráno se řeka třpytila a na mostě už nikdo nebyl, jen ten stařec.

– Příliš pozdě – řekl Jiří a zavřel dveře, že by to nešlo jinak.

Děvče se na něj podívalo; bylo to poprvé, co ho vidělo tak smutného a kůň stál.""",
    "hu": """Az idő lassan telt, és a nő nem szólt egy szót sem, csak nézett.

Ez volt az erdő, ahol a szőlő is nőtt; a fűzfák és a gyűrű meg az eső.

– Hová tűnt az őr? – kérdezte ő, de nem felelt neki senki a hűvös kertből.""",
    "ro": """A fost odată o fată care nu ştia să plângă şi nici să râdă.

Într-o zi a plecat la oraş cu o viaţă de aşteptare în spate, şi nu s-a mai întors.

Când a ajuns în piaţa mare, toţi oamenii o aşteptau, fiindcă o cunoşteau.""",
}


def shown(text: str) -> list[str]:
    return paragraphs(made(text.split("\n\n")))


def misread(text: str, page: str, seen: str) -> str:
    """Give what a text is read as; where Windows-1252 has no sign, programs show the control."""
    raw = text.encode(page)
    return "".join(bytes([byte]).decode(seen, "ignore") or chr(byte) for byte in raw)


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("page", ["cp1250", "iso8859_2"])
@pytest.mark.parametrize("seen", ["cp1252", "latin-1"])
def test_a_manuscript_of_another_code_page_has_its_letters(language: str, page: str, seen: str) -> None:
    written = WRITTEN[language].replace("–", "-") if page == "iso8859_2" else WRITTEN[language]
    assert shown(misread(written, page, seen)) == shown(written)


def test_only_the_garbled_part_of_a_manuscript_is_mended() -> None:
    honest = "Kanapkę¹ zjedli o świcie, bo nic nie było; café³ też.\n\nPotem wstała i poszła za 5 £ po 3 m³."
    garbled = misread(WRITTEN["pl"], "cp1250", "cp1252")
    assert shown(f"{honest}\n\n{garbled}\n\n{honest}") == shown(f"{honest}\n\n{WRITTEN['pl']}\n\n{honest}")


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("foreign", HONEST)
def test_an_honest_manuscript_keeps_its_signs(language: str, foreign: str) -> None:
    passages = [*WRITTEN[language].split("\n\n"), *HONEST[foreign], "Très chère Hélène, à bientôt: ¿Qué?"]
    changes = made(passages).changes
    assert not [change for change in changes if "that was read as" in change.note]


AMID = {
    "pl": "Stara kobieta nie chciała śpiewać, więc wszyscy słuchali, jak rzeka idzie, i nie było {} w izbie.",
    "cs": "Kočka přišla v úterý, jako by to tak bylo, ale co se stalo, to nikdo neví; bylo tam {} ticho.",
    "de": "Der Regen stand seit dem Mittag am Fenster, und sie war nicht da; es war eine {} Stunde für ihn.",
    "ru": "На остановке стояли трое, и никто не {} этому, потому что автобус опаздывал всегда.",
    "en": "She was the one that he had seen with the {} boy, and it was not for him to say what it was.",
}


def amid(language: str, word: str) -> list[str]:
    """Give the paragraphs of a manuscript that has a word once, amid others of its language."""
    honest = [AMID[language].replace(" {}", "")] * 4
    return shown("\n\n".join([*honest, AMID[language].format(word)]))


@pytest.mark.parametrize(
    ("language", "word", "page", "seen"),
    [
        ("pl", "słów", "cp1250", "cp1252"),
        ("cs", "žluťoučké", "cp1250", "latin-1"),
        ("cs", "příšerně", "cp1250", "cp1252"),
        ("de", "süße", "cp850", "mac_roman"),
        ("de", "süße", "mac_roman", "cp437"),
        ("ru", "удивлялся", "cp1251", "latin-1"),
        ("ru", "удивлялся", "koi8_r", "latin-1"),
    ],
)
def test_one_word_of_another_code_page_is_mended(language: str, word: str, page: str, seen: str) -> None:
    text = AMID[language]
    assert text.format(word) in amid(language, misread(word, page, seen))


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("pl", "mañana"),
        ("pl", "smørrebrød"),
        ("cs", "Bjørn"),
        ("cs", "pâté"),
        ("de", "Łódź"),
        ("de", "café·bar"),
        ("ru", "à"),
        ("ru", "Noël"),
        ("en", "café•bar"),
        ("en", "Dvořák"),
        ("en", "naïve"),
    ],
)
def test_words_of_other_languages_stay(language: str, word: str) -> None:
    assert AMID[language].format(word) in amid(language, word)
