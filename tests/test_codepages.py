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


WHOLE = {
    "en": """“I don’t know,” said the boy—and it was true. “You’ll have to ask her; she’s the one.”

The lamp wouldn’t burn; they’d waited an hour, and the captain’s voice … “Hark!” he said.""",
    "fr": """« Où étiez-vous passé ? » demanda la fille à son père. Il n’était pas très sûr de lui.

Elle préféra se taire ; c’était déjà la forêt, où rien n’avait changé depuis que le garçon était là.""",
    "es": """—Mañana será otro día —dijo el niño—. No sé qué pasó aquí, pero la señora llegó después.

«¿Quién sabe?», pensó él. ¡Qué pequeño era el jardín! Todavía había una canción en el corazón.""",
    "de": """„Schönes Wetter heute“, sagte der Bäcker und öffnete die Tür. Die Straße war größer als früher.

Über den Dächern läuteten die Glocken; das Mädchen hörte zu, und die Vögel schliefen natürlich.""",
    "it": """«Perché non è più qui?» disse. La città era così bella che nessuno l’avrebbe lasciata lunedì.

Però il papà non c’era, e l’anno era già finito; «È tardi», disse, e si mise a leggere là dove era.""",
    "pt": """— Não há razão para isso — disse a mãe. — O coração não é de ninguém, e a manhã também não.

Ele já não tinha lições, mas a irmã é que sabia; «Está aí alguém?», disse, com a mão na maçã.""",
    "ru": """На остановке стояли трое, и никто не удивлялся этому: автобус опаздывал. — Пойдём, — сказал он.

Ей было всё равно, куда идти; вечер наступил, и в окнах зажглись огни, а снег всё падал.""",
    "el": """Ο Αχιλλέας είπε πως δεν ήθελε να φύγει, αλλά η νύχτα ήταν μεγάλη και το πλοίο περίμενε στην ακτή.

Κανείς δεν μίλησε, γιατί όλοι ήξεραν τι σημαίνει η σιωπή του, και η θάλασσα ήταν ήσυχη.""",
}
SHOWN = {
    "ru": [
        ("cp1251", "cp1252"),
        ("cp1251", "koi8_r"),
        ("cp866", "cp1251"),
        ("cp1251", "cp866"),
    ],
    "el": [("cp1253", "cp1252"), ("iso8859_7", "latin-1")],
}
WESTERN = [
    ("mac_roman", "cp1252"), ("mac_roman", "latin-1"), ("mac_roman", "cp850"), ("mac_roman", "cp1250"),
    ("cp1252", "mac_roman"), ("cp1252", "cp850"), ("cp1252", "cp437"), ("cp1252", "cp1251"),
    ("cp850", "cp1252"), ("cp437", "cp1252"), ("cp850", "mac_roman"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "page", "seen"),
    [(language, *pages) for language in WHOLE for pages in SHOWN.get(language, WESTERN)],
)
def test_what_one_code_page_wrote_and_another_showed_is_whole_again(
    language: str, page: str, seen: str
) -> None:
    """Also where marks alone stand outside ASCII."""
    written = WHOLE[language].encode(page, "ignore").decode(page)
    assert shown(misread(written, page, seen)) == shown(written)


@pytest.mark.parametrize("times", [1, 2, 5])
@pytest.mark.parametrize(("garbled", "form"), [("Õ", "don{}t"), ("Õ", "captain{}s"), ("í", "wouldn{}t")])
def test_a_few_words_amid_honest_ones_are_whole_again(times: int, garbled: str, form: str) -> None:
    honest = [AMID["en"].replace(" {}", "") + " “It’s naïve,” she said.", "José García and Sofía Solís came."]
    made_of = [f"He said it again, and they {form.format(garbled)} {at} wait." for at in range(times)]
    whole = [line.replace(garbled, "’") for line in made_of]
    assert shown("\n\n".join([*honest, *made_of])) == shown("\n\n".join([*honest, *whole]))


@pytest.mark.parametrize(
    "line",
    [
        "José García, Sofía Solís and Ángel Muñoz met Òscar at the café; Róisín and Siobhán were there.",
        "She read Dvořák’s letters to Łukasz Śliwiński, and Håkon spoke of Ærø, of Þór and of Öğretmen.",
        "‘Ô mes amis!’ cried the tenor, Íñigo, and the Ñandú ran; it was 5° at Belle-Île.",
        "The ís, the ós and the ás of the Irish: Seán Ó Súilleabháin, Máire Ní Mhurchú.",
        "The Bunreacht na hÉireann; Dáil Éireann; i nÉirinn, an tÓglach, Fianna na hÉireann, na hÉireann.",
        "Old MacÉwan met LeÓn, DeÁvila, MacÁrt and LaÉtoile at the fair.",
    ],
)
def test_names_of_other_languages_in_english_stay(line: str) -> None:
    assert line in shown("\n\n".join([AMID["en"].replace(" {}", ""), line, line.upper()]))


def test_a_garbled_word_proves_nothing_of_names_with_capitals_inside() -> None:
    line = "He don{}t know MacÉwan, nor the Fianna na hÉireann, nor DeÁvila."
    honest = AMID["en"].replace(" {}", "")
    assert line.format("’") in shown("\n\n".join([*[honest + " “It’s naïve.”"] * 4, line.format("Õ")]))
