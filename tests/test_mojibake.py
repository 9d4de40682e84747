"""Characters: what only looks garbled stays as it is, what is garbled is mended, whatever the language."""

import quopri
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from publish.config import Config
from publish.document import block_prose, walk_divisions
from publish.normalize import normalize
from publish.normalize.characters import mojibake
from publish.normalize.result import Normalized
from publish.source import Run
from tests.reading import made_of, read_one

HONEST = {
    "Portuguese": [
        "“NÃO”, gritou ela. “NÃO!” — “SÃO”…",
        "A minha «IRMÃ» disse: “IRMÃ”.",
        "A letra “Ã” é nasal; “ã” e “õ” também, “Õ”.",
        "‘MÃE’, A CRIAÇÃO — O IRMÃO, ÂNGELA, “À”.",
        "Ã é uma letra; Â também.",
        "AMANHÃ—disse ele. AMANHÃ… AMANHÃ – nunca.",
        "“AMANHÃ”, ‘IRMÃ’, IRMÃ’S; “É A IRMÃ”, CRISTÃ».",
    ],
    "French": [
        "«À la…», «\xa0À la fin\xa0», « É », « Â », «\xa0Â\xa0».",
        "L’âme, L’ÂME… Ÿ, L’HAŸ-LES-ROSES, Œuvre, œuvre, MOËT.",
        "“À”, ‘À’, “DÉJÀ”, «DÉJÀ», VOILÀ… VOILÀ—dit-il, À—dit-il.",
        "La lettre l’Â manque; «Ê», CRÉÉ», “CRÉÉ”, É… Î— Ô… “Ï” Ç’A, Æ—",
        "C’est «Â» ou « CHÂTEAU ».",
    ],
    "German": [
        "„Ä“, „ÜBER“, „Ö“, „WEISS“, »Ä«, ‚Ä‘, Ü‘, Ä…",
        "Die Straße… »Straße«, „Maß“, Fuß”, ß», GRÖẞE, Spaß—daß, Maß”.",
        "»Groß«, ›Groß‹, Groß‹ Viel Spaß…",
    ],
    "Spanish": [
        "“Ñ”, ¡ÁNIMO…!, «Á», ¿QUÉ…? QUÉ», «ESTÁ», “ESTÁ”, Á—, MAÑANA…",
        "Ó», «SÍ», SÍ…, “SÍ”, ‘SÍ’, SÍ—dijo, Í.",
    ],
    "Polish": ["ŁÓDŹ, Łódź”, „Ł”, Źle… „Ź”, Ś…, Ą”, Ę”, „SĄ”, „IDĘ”, „DOŚĆ”, MÓWIĘ…, Ć—"],
    "Czech": ["„Č“, „TAKÉ“, „JÁ“, Ř“, Š…, Ž”, Ť—, Ď“, Á“, „Ľ“, Ľ…"],
    "Romanian": ["Â… “Â”, „Â”, ÎN, Ș”, ROMÂNIA, Ă…"],
    "Greek": ["«Ω», Ω…, ΕΛΛΑΣ”, Ἑλλάς—Μῆνιν ἄειδε θεά, Ἀχιλλεύς, Γ’."],
    "Russian": [
        "«С», С…, Р—, С—, РАЗ… ДВА… «Р», „Р“, СССР”, РФ — С.",
        "Рёв и Гёте, Ёлка, Щорс“, Ъ, Гр. „С“, В РСФСР…, РЎ.",
    ],
    "Ukrainian": ["СІРІ ОЧІ, РІЧ, Річ, «Сірі», Їжак, Є, Ґанок."],
    "Serbian": ["Ђорђе, Ђ”, Љубав, Њ…, ПЕТРЂ, СЃ, Рј."],
    "Turkish": ["İSTANBUL, “İ”, Ğ, Ş…, Ş”, Ağaç—ÇIĞ”, Ö…"],
    "Icelandic": ["Þór, Þ”, Ð…, Ð”, „Ð“, Æ”, ÞÓRÐ”, Ð—, Þ…, Ý’."],
    "Norse": ["Å”, ”Å”, »Å«, Ø…, Ö”, Æ…, PÅ…, ”PÅ”, DÅ’, Å–, Å—, “FÅ”, SMÅ—, „Å“."],
    "Vietnamese": ["Nguyễn, Ấn Độ, Đà Nẵng, “ĐÃ”, ĐÃ ĐI, NGÃ…, NHÃ—, Ấm…, Ế”, Ã ơi, XÃ HỘI."],
    "Welsh": ["tŷ, Tŷ, ŵ, Ŵ…, TŶ”, dŵr, ŶN, “Ô”."],
    "Hawaiian": ["ʻokina, Hawaiʻi, Oʻahu, ʻĀina, Ā”, Ē…, ʻŌlelo, Kā’s."],
    "English": [
        "“CAFÉ”, FIANCÉ…, “FIANCÉ,” he said. “À LA MODE”, NAÏVE—Æsop, Æ”.",
        "“IT IS A FAÇADE.” ROSÉ®, CAFÉ™, CAFÉ©, 2× €5, 20 °C, 3½ §, 10 £, Ø”, Å…",
        "RENÉ’S, CHLOÉ’S, ZOË’S, “ZOË”, ZOË—, BRONTË…, “BRONTË”, RENÉ—no.",
    ],
    "Code": [
        "x = 'Ã' + \"â\"; a[â] = â™; €‚ƒ„…†‡ˆ‰Š‹ŒŽ",
        "┌─┐ │a│ ├─┤ └─┘ ╔══╗ ║b║ ▒▓│┤╡╢╖",
        "µ ± ² ³ ¶ ∫ ≈ ≤ √2, √3 and √5; ¬(A ∨ B); ˆ ˜ ‰",
    ],
}  # fmt: skip
WHOLE = {
    "English": [
        "“Don’t—don’t go,” she said… “It’s café society, Zoë.”",
        "He paid £5 – no, €6 – for the ‘naïve’ façade; it was 20° and 3½ minutes.",
    ],
    "French": [
        "Çà et là, l’œuvre du cœur — déjà passée — était brûlée.",
        "Noël, maïs, Éric, île, hôtel, août, LA FORÊT, ÇA. L’âme s’éveille…",
        "«Dieu aura pitié de nous.» LE CHÂTEAU, LE PÂTRE.",
    ],
    "German": ["„Ärger?“, fragte die Großmutter. »Über Öl und Füße…«", "Jürgen hieß er – größer als früher."],
    "Spanish": ["—¿Qué niño? —preguntó él—. ¡Mañana, señor!", "El pingüino está aquí, según José Ñúñez."],
    "Portuguese": [
        "“Não”, disse a irmã, “à noite são três corações.”",
        "NÃO HÁ PÃO. ÀS VEZES, AVÔS E LIÇÕES.",
    ],
    "Polish": ["„Żółć gęślą jaźń” – powiedział Łukasz Śliwiński.", "Ćma, źdźbło, ŁÓDŹ, ŚWIĘTO."],
    "Czech": ["„Příliš žluťoučký kůň,“ řekl Šárka – úpěl ďábelské ódy.", "Že jo… „Čeština je řeč,“ děl."],
    "Greek": ["Ο Αχιλλέας είπε: «Μῆνιν ἄειδε, θεά». Ήταν νύχτα…", "Καλημέρα — πώς είστε;"],
    "Russian": [
        "— Рёв и Ёлка, — сказал он… «Она пришла».",
        "Все счастливые семьи похожи друг на друга. Я и ты.",
    ],
    "Icelandic": ["„Það var ævintýri,“ sagði Þór. „Ég á hús,“ sagði Þórunn.", "Öll þau höfðu séð sæ og ís…"],
    "Vietnamese": ["Nguyễn Ấn đi Đà Nẵng; “không được”.", "Đến đây, ông ơi… “Đi đâu?”"],
}
CODE_PAGES = ["cp1252", "latin-1", "mac_roman", "cp437", "cp850", "cp1250"]
FRAME = "The night was long, and nobody who had come so far would turn back before the morning."


@cache
def _table(page: str) -> list[str]:
    """The characters that programs show for the 256 bytes: a control where the code page has none."""

    def shown(byte: int) -> str:
        try:
            return bytes([byte]).decode(page)
        except UnicodeDecodeError:
            return chr(byte)

    return [shown(byte) for byte in range(256)]


def garbled(text: str, page: str, times: int = 1) -> str:
    for _ in range(times):
        text = "".join(_table(page)[byte] for byte in text.encode())
    return text


def made(passages: Sequence[str]) -> Normalized:
    text = "\n\n".join(["Chapter 1", FRAME, *passages, FRAME]) + "\n"
    return made_of(text)


def paragraphs(normalized: Normalized) -> list[str]:
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    return [run.text for division in divisions for block in division.blocks for run in block_prose(block)]


def repairs(normalized: Normalized) -> list[tuple[str, str]]:
    """What was done to characters: before and after."""
    return [
        (normalized.sources[change.span.source].text[change.span.start : change.span.end], change.text)
        for change in normalized.changes
        if change.why.startswith("ENC")
    ]


@pytest.mark.parametrize("language", HONEST)
def test_what_looks_garbled_and_is_not_stays(language: str) -> None:
    assert repairs(made(HONEST[language])) == []


@pytest.mark.parametrize("language", HONEST)
@pytest.mark.parametrize("page", ["cp1252", "mac_roman", "cp437"])
def test_it_stays_beside_true_garbling(language: str, page: str) -> None:
    """Where half of a manuscript was garbled, the other half is as honest as before."""
    passages = [garbled(passage, page) for passage in WHOLE["English"] * 2]
    expected = set(repairs(made(passages)))
    assert set(repairs(made([*passages, *HONEST[language]]))) == expected


def test_all_languages_in_one_book() -> None:
    assert repairs(made([passage for passages in HONEST.values() for passage in passages])) == []


def words_of(spoil: Callable[[str], str], passage: str) -> str:
    """Spoil one word in two of those that hold more than ASCII."""
    dice = random.Random(5)
    return re.sub(r"\S*[^\x00-\x7f\s]\S*", lambda m: spoil(m[0]) if dice.random() < 0.5 else m[0], passage)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("page", CODE_PAGES)
@pytest.mark.parametrize("language", WHOLE)
def test_a_garbled_file_is_mended(language: str, page: str, times: int) -> None:
    honest = paragraphs(made(WHOLE[language]))
    assert paragraphs(made([garbled(passage, page, times) for passage in WHOLE[language]])) == honest


@pytest.mark.parametrize("page", CODE_PAGES)
@pytest.mark.parametrize("language", WHOLE)
def test_garbled_words_are_mended(language: str, page: str) -> None:
    """Here and there a word, as where a text was put together from several sources."""
    passages = WHOLE[language] * 3
    spoilt = [words_of(lambda word: garbled(word, page), passage) for passage in passages[2:]]
    spoilt += [garbled(passage, page) for passage in passages[:2]]
    honest = paragraphs(made([*passages[2:], *passages[:2]]))
    assert paragraphs(made(spoilt)) == honest


SELDOM = """cp1253 cp1254 cp1257 iso8859_2 iso8859_5 iso8859_7 iso8859_9 iso8859_15 koi8_r koi8_u cp866
cp775 cp737 mac_latin2 mac_cyrillic mac_greek mac_turkish cp1251 cp852 mac_roman""".split()


ALONE = {
    "Polish": ("Wiosła {} na brzegu, są też koń, ślad, łzy i żółw.", "złamane koń śnieg łzy leżał są piętro"),
    "German": ("Der Bär läuft schön über {} Straße, groß.", "Bären größer schön läuft"),
    "French": ("Où est {} déjà, l’été, ça et là, cœur, être.", "café forêt déjà œuvre l’été"),
    "Hungarian": ("A {} tükörfúrógép őszi, ívű, nő.", "őszi tűrő gép"),
    "Romanian": ("Și țara în {} ăsta, mână, fără, câine.", "fără țara mână"),
    "Czech": ("Příliš {} žluťoučký kůň úpěl ďábelské ódy, věc, řeč, čas.", "řeka kůň věc žluť čas"),
    "Russian": ("Съешь ещё этих {} мягких французских булок, да выпей же чаю, хлеба.", "хлеб чаёк мягок"),
    "Greek": ("Γειά σου {} κόσμε, το βιβλίο είναι ωραίο, και το φως.", "βιβλίο φως και"),
}


@pytest.mark.parametrize("language", ALONE)
def test_one_garbled_word_is_mended_by_the_letters_of_the_book_or_stays(language: str) -> None:
    """In nearly every code page; where two make two words of one, “für” and “fßr”, it stays."""
    line, words = ALONE[language]
    tried = mended = 0
    for page in {*CODE_PAGES, *SELDOM}:
        for word in words.split():
            spoilt = line.format(garbled(word, page))
            evidence = mojibake.survey([line.format("—"), spoilt])
            came = Run(spoilt).apply(mojibake.mend(spoilt, evidence)).text
            assert came in (line.format(word), spoilt), page
            tried, mended = tried + 1, mended + (came != spoilt)
    assert mended >= 0.9 * tried


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("page", SELDOM)
def test_whole_lines_prove_any_code_page(page: str, times: int) -> None:
    """Also where it is met seldom, and where a text went through it three times."""
    languages = list(WHOLE.values())
    passages = languages[(SELDOM.index(page) + times) % len(languages)] + WHOLE["English"]
    spoilt = [garbled(passage, page, times) for passage in passages]
    assert paragraphs(made([*spoilt, *passages])) == paragraphs(made([*passages, *passages]))


@pytest.mark.parametrize("page", SELDOM)
def test_what_lines_prove_mends_words_and_leaves_honest_ones(page: str) -> None:
    passages = [
        *WHOLE["English"],
        "He said it’s the naïve café — “Zoë!”",
        *HONEST["French"],
        *HONEST["German"],
    ]
    spoilt = ["He said " + garbled("it’s the naïve café — “Zoë", page) + "!”"]
    spoilt = [*(garbled(passage, page) for passage in passages[:2]), *spoilt, *passages[3:]]
    assert paragraphs(made(spoilt)) == paragraphs(made(passages))


@pytest.mark.parametrize("language", ["Russian", "Greek", "English", "Polish"])
def test_text_read_as_windows_1251_is_mended(language: str) -> None:
    honest = paragraphs(made(WHOLE[language]))
    assert paragraphs(made([garbled(passage, "cp1251") for passage in WHOLE[language]])) == honest


@pytest.mark.parametrize("language", ["English", "German"])
def test_lost_controls_are_made_up_for(language: str) -> None:
    """Some programs throw the C1 controls away, and with them the last byte of a quotation mark."""
    spoilt = [re.sub("[\x80-\x9f]", "", garbled(passage, "cp1252")) for passage in WHOLE[language]]
    assert paragraphs(made(spoilt)) == paragraphs(made(WHOLE[language]))


def test_a_capital_that_lost_its_second_half_opens_a_sentence() -> None:
    lost = "NÃ£o era preciso calendÃ¡rio. Ã noite, ouviam-se os mÃ³veis, e chegavam Ã porta da cozinha."
    mended = "Não era preciso calendário. À noite, ouviam-se os móveis, e chegavam à porta da cozinha."
    assert mended in paragraphs(made([lost]))


@pytest.mark.parametrize(
    ("lost", "mended"),
    [
        ("Rien Ã  signaler, passé Ã  Brest.", "Rien à signaler, passé à Brest."),
        ("Rien Ã signaler, Ã la fin de l’Ã©té.", "Rien à signaler, à la fin de l’été."),
        ("Il vint (Ã  pied) ; « Ã  demain ».", "Il vint (à pied) ; « à demain »."),
        (
            "Passé Ã\xa0Brest, Ã\xa010 heures, Ã\xa0la fin, Ã\xa0l’été.",
            "Passé à Brest, à 10 heures, à la fin, à l’été.",
        ),
        ("NÃ£o fui Ã\xa0s duas, nem Ã\xa0quela casa.", "Não fui às duas, nem àquela casa."),
        ("VoilÃ  tout, et lÃ -bas.", "Voilà tout, et là-bas."),
    ],
)
def test_a_word_of_one_letter_is_mended_whichever_of_its_spaces_is_left(lost: str, mended: str) -> None:
    assert mended in [text.replace("\xa0", " ") for text in paragraphs(made([lost]))]


_HONEST = Path(__file__).with_name("honest.txt").read_text("utf-8").splitlines()
WORDS = {
    head.split()[0].strip("[]"): (head.split()[1:], line.split())
    for head, line in zip(_HONEST[::2], _HONEST[1::2], strict=True)
}
FRAMES = (
    "“{0}”, {1}… «{0}» — {1}, „{2}“ »{0}«.",
    "‘{0}’, {1}’s; «\xa0{2}\xa0»: {0}—{1}… {2}!",
    "„{0}”, “{1},” {2}, “{0} {1}…” ‚{2}‘ ›{0}‹ {1}\xa0{2}.",
    "({0}) [{1}] {2}/{0}, {1}; {2}… {0}”. {1}’. {2}“.",
)
"""Signs of print in the places where they are half of a garbled letter."""


def sentences(words: Sequence[str]) -> list[str]:
    """Every word as it is, in small letters and with a capital, beside every sign."""
    forms = [form for word in words for form in (word, word.lower(), word.capitalize())]
    triples = [(forms[at], forms[at - 7], forms[at - 20]) for at in range(len(forms))]
    return [frame.format(*triple) for triple in triples for frame in FRAMES]


@pytest.mark.parametrize("language", WORDS)
def test_no_honest_word_is_repaired(language: str) -> None:
    assert repairs(made(sentences(WORDS[language][1]))) == []


@pytest.mark.parametrize(
    ("language", "encoding"), [(name, encoding) for name, (some, _) in WORDS.items() for encoding in some]
)
def test_honest_words_come_out_of_any_encoding(language: str, encoding: str) -> None:
    """In running text, in every encoding that writers of the language send."""
    text = "Chapter 1\n\n" + " ".join(f"{word.lower()} {word.capitalize()}," for word in WORDS[language][1])
    typed = text.encode(encoding, "ignore").decode(encoding)
    source, draft = read_one(typed.encode(encoding), "story.txt")
    assert source.text == typed
    made = normalize([draft], [source], Config())
    assert [pair for pair in repairs(made) if pair[0].strip()] == []


@pytest.mark.parametrize("language", ["French", "Romanian"])
def test_a_no_break_space_at_the_end_of_capitals(language: str) -> None:
    """Nothing honest is a letter and a no-break space at the end of a line."""
    capitals = ["Il lut: LE CHÂTEAU ET L’ÂME.\xa0", "Il lut: LE CHÂTEAU ET LA FIN\xa0"]
    spoilt = [garbled(passage, "cp1252") for passage in capitals]
    beside = [garbled(passage, "cp1252") for passage in WHOLE["French"]]
    assert paragraphs(made([*HONEST[language], *beside, *spoilt]))[-3:-1] == list(map(str.strip, capitals))


def test_letters_that_were_lost_inside_words_are_known_from_the_manuscript() -> None:
    """Never where two words fit, nor at the end of a word, where a quotation mark may have stood."""
    whole = ["He don’t, naïvely, Zoë; il fût prêt; pêcheurs et pécheurs."]
    lost = ["He Don\ufffdt, na\ufffd\ufffdvely, Zo\ufffd; il f\ufffdt; p\ufffdcheurs, NA\ufffdVELY."]
    assert paragraphs(made([*whole, *lost]))[2] == (
        "He Don’t, naïvely, Zo\ufffd; il f\ufffdt; p\ufffdcheurs, NAÏVELY."
    )


SPEAKS_OF_IT = [
    "The screen said “â€™” and then “Ã©”, or ‘Â©’, and he laughed (Ã¼).",
    "Letters like Ã and Â and â€ come out of it.",
    'She typed "\\u2014" and %2F and 50% and a=b+c and "=E9" on https://example.org/caf%C3%A9 twice.',
]


@pytest.mark.parametrize("passage", SPEAKS_OF_IT)
def test_a_text_that_speaks_of_garbling_is_left_alone(passage: str) -> None:
    assert repairs(made([passage])) == []


def _figures(character: str) -> str:
    return f"&#{ord(character)};"


ESCAPES: dict[str, Callable[[str], str]] = {
    "entities": _figures,
    "entities of entities": lambda c: _figures(c).replace("&", "&amp;"),
    "entities thrice": lambda c: _figures(c).replace("&", "&amp;amp;"),
    "hexadecimal": lambda c: f"&#x{ord(c):X};",
    "addresses": lambda c: "".join(f"%{byte:02X}" for byte in c.encode()),
    "mail": lambda c: "".join(f"={byte:02X}" for byte in c.encode()),
    "mail in Windows-1252": lambda c: f"={c.encode('cp1252')[0]:02X}",
    "programs": lambda c: f"\\u{ord(c):04x}",
    "bytes": lambda c: "".join(f"\\x{byte:02x}" for byte in c.encode()),
    "code points": lambda c: f"<U+{ord(c):04X}>",
    "UTF-7": lambda c: c.encode("utf-7").decode(),
    "C1 in UTF-8, garbled": lambda c: garbled(chr(c.encode("cp1252")[0]), "cp1252"),
    "soft hyphens": lambda c: f"\xad{c}\u200b",
    "marks of byte order": lambda c: f"\ufeff{c}",
}


@pytest.mark.parametrize("share", [1.0, 0.5], ids=["all", "half"])
@pytest.mark.parametrize("way", ESCAPES)
def test_signs_written_in_other_ways_come_out(way: str, share: float) -> None:
    dice = random.Random(11)
    spoilt = [
        re.sub("[^\x00-\x7f]", lambda m: ESCAPES[way](m[0]) if dice.random() < share else m[0], passage)
        for passage in WHOLE["English"] * 2
    ]
    assert paragraphs(made(spoilt)) == paragraphs(made(WHOLE["English"] * 2))


@pytest.mark.parametrize("page", ["cp1252", "mac_roman", "cp437", "cp850"])
def test_ticks_and_arrows_come_out_where_the_manuscript_vouches(page: str) -> None:
    lines = [*WHOLE["English"] * 2, "Abel Handy, ✗ his mark", "Bring salt ✓ and lamp → home ★ at ① once"]
    assert paragraphs(made([garbled(line, page) for line in lines])) == paragraphs(made(lines))


CHAINS = [("cp437", "cp1252"), ("latin-1", "cp1252"), ("cp1252", "cp437"), ("cp850", "mac_roman")]


@pytest.mark.parametrize("pages", [*CHAINS, ("cp852",), ("cp1254",), ("cp1252",) * 3])
def test_text_garbled_in_several_ways_is_mended(pages: tuple[str, ...]) -> None:
    spoilt = WHOLE["English"]
    for page in pages:
        spoilt = [garbled(passage, page) for passage in spoilt]
    assert paragraphs(made(spoilt)) == paragraphs(made(WHOLE["English"]))


def read(data: bytes) -> list[str]:
    """The paragraphs of a file that holds these bytes between two chapters' lines of ASCII."""
    source, draft = read_one(b"Chapter 1\n\n" + FRAME.encode() + b"\n\n" + data + b"\n", "story.txt")
    return paragraphs(normalize([draft], [source], Config()))[1:]


LONG = [
    "“Don’t go,” she said… “It’s café society, Zoë.” He had come a long way to see her, and a = b, she said.",
    "    He paid £5 – no, €6 – for the ‘naïve’ façade; it was 20° and that was that that evening.",
]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_lines_that_mail_broke_are_whole_again(encoding: str) -> None:
    mailed = quopri.encodestring("\n\n".join(LONG).encode(encoding))
    assert read(mailed) == [line.strip() for line in LONG]


def test_lines_that_end_with_an_equals_sign_are_no_mail() -> None:
    assert read(b"Two and two =\n\nfour =\n\nso they say =\n\nalways.")[0] == "Two and two ="


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "cp1250"])
def test_lines_of_another_encoding_in_a_file_of_utf_8(encoding: str) -> None:
    lines = [
        "Il était déjà tard, et la forêt s’étendait à perte de vue.",
        "Ça va, dit-elle, le garçon est là-bas.",
    ]
    spoilt = [line.replace("’", "'").encode(encoding, "replace") for line in lines]
    expected = [line.encode(encoding, "replace").decode(encoding) for line in lines]
    whole = "\n\n".join(lines * 3).encode()
    mended = read(whole + b"\n\n" + b"\n\n".join(spoilt))[-2:]
    assert [line.replace("’", "?") for line in mended] == [line.replace("’", "?") for line in expected]


def test_halves_of_utf_16_that_were_written_as_utf_8() -> None:
    halves = "😀".encode("utf-16-be")
    data = b"".join(
        chr(int.from_bytes(halves[at : at + 2])).encode("utf-8", "surrogatepass") for at in (0, 2)
    )
    assert read(b"She laughed " + data + b" again.") == ["She laughed 😀 again."]


def test_private_signs_of_known_fonts_are_known() -> None:
    typed = "She waited\uf0bc \uf0e0 and the \uf001re \uf04a cost \uf0a0\uf731 caf\ue123"
    assert read(typed.encode()) == ["She waited… → and the fire ☺ cost €1 caf\ue123"]


def test_no_break_spaces_that_stand_anywhere_are_spaces() -> None:
    strewn = FRAME.replace(" ", "\xa0") + "\xa0He\xa0paid\xa05\xa0£ to Dr.\xa0Mar\xa0–\xa0at\xa0last."
    assert read(strewn.encode()) == [FRAME + " He paid\xa05\xa0£ to Dr.\xa0Mar\xa0–\xa0at last."]
    tied = "He paid 5\xa0£ to Mr\xa0Fox and Jean-Paul\xa0Sartre, and to S.\xa0J. Hall, and § 5 on p.\xa012."
    assert read(tied.encode()) == [tied]


def test_line_ends_inside_a_line_are_spaces() -> None:
    assert read("He came\u2028home\u2029late.".encode()) == ["He came home late."]


def test_a_letter_at_the_end_of_a_line_is_no_character_cut_off() -> None:
    """Only where the file ends can a character be cut, and one byte there may be a letter as others are."""
    assert read("Comment Candide fut fessé\n\nIl est né".encode("cp1252") + "\n\n« Où ? » — là".encode())[
        :2
    ] == [
        "Comment Candide fut fessé",
        "Il est né",
    ]
    assert read("« Il est là », dit-elle à l’été. ".encode() + "Il est né".encode()[:-1])[0].endswith(
        "Il est n"
    )
    assert (
        read("« Là »\n\nIl est né, fessé\n\nIl est né".encode("cp1252") + "\n\n« Où ? » ".encode())[2]
        == "Il est né"
    )


def test_a_row_of_signs_is_what_the_likelier_code_page_says() -> None:
    """`ÃŠ` would be æ in ISO 8859-15, which the other lines might have gone through as well."""
    lines = ["Il a été là, à côté.", "ÊTRE À LA FENÊTRE", "Une tempête, naufragée.", "TEMPÊTE, NAUFRAGE"]
    assert read("\n\n".join(lines * 2).encode().decode("cp1252").encode())[:4] == lines


def test_a_letter_that_proves_no_code_page_is_what_the_likeliest_says() -> None:
    """`ÃŸ` would be þ in ISO 8859-15, which lines of quotation marks speak for as well as Windows-1252."""
    lines = ["»Geh schön.«", "»Wohin?«", "»Höre nur.«", "Für drei Tage — für mehr nicht."]
    mixed = [
        f"Die Brücke hielt nicht, und keiner wuÃŸte, wie groÃŸ der Fluß nun würde; Nr. {at}."
        for at in range(5)
    ]
    text = [*mixed, *(line.encode().decode("cp1252") for line in lines)]
    assert paragraphs(made(text))[1:-1] == [*(line.replace("ÃŸ", "ß") for line in mixed), *lines]


@pytest.mark.parametrize(
    ("apostrophe", "opening", "letter"),
    [
        ("â€TM", "â€œ", "Ã©"),
        ("€™", "€œ", "é"),
        ("â??", "“", "é"),
        ("&rsquo", "&ldquo", "&eacute"),
        ("#8217;", "#8220;", "#233;"),
        ("U+2019", "U+201C", "U+00E9"),
        ("%u2019", "%u201C", "%u00E9"),
        (r"\x92", r"\x93", r"\xe9"),
        (r"\342\200\231", r"\342\200\234", r"\303\251"),
    ],
)
def test_marks_that_a_second_program_spoilt_come_out(apostrophe: str, opening: str, letter: str) -> None:
    text = (
        "The boy didn{0}t know. {1}Come,” said he. They{0}d met at the caf{2} by the river, and it{0}s late."
    )
    assert text.format("’", "“", "é") in paragraphs(made([text.format(apostrophe, opening, letter)]))


@pytest.mark.parametrize(
    "line",
    [
        "It was 50 €, and “5 €” in all; 20 €… Issue #123; #8000; and #233; the U+2019 mark is U+00E9 here.",
        "See page.html?a=1&copy=2&mdash=3; AT&T; R&D; a &grave mistake; C:\\x92 and \\231 there; 100%u.",
        "AT&Tacute and R&Dgrave Ltd; issue no.#160; closed, and no.#200; open.",
    ],
)
def test_what_only_resembles_them_stays(line: str) -> None:
    assert repairs(made([line])) == []
