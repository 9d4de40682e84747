"""Letters, telegrams, e-mails, epigraphs and set-in passages, as typists set them off."""

import pytest

from publish.config import Config, Refusal
from publish.document import Letter, Paragraph, Quotation, Verse, block_prose
from publish.normalize import normalize
from publish.xhtml import blocks as written
from tests.reading import made_of, read_one
from tests.test_layout import blocks

BEFORE = "The post came at noon, and I read it in the yard with the gate open and the dog going out.\n\n"
AFTER = "\n\nI folded it up and went indoors, and nothing was said about it at dinner by anyone there.\n"
BODY = "I have your letter and the parcel with the boots, which fit, and I thank you for both of them."


def letter(text: str) -> Letter:
    found = blocks(made_of(f"Chapter 1\n\n{BEFORE}{text}{AFTER}"))
    assert [type(block) for block in found] == [Paragraph, Letter, Paragraph]
    assert isinstance(found[1], Letter)
    return found[1]


def lines(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [run.text for paragraph in paragraphs for run in block_prose(paragraph)]


ADDRESSES = [
    ["14 Quay Street,", "Harrow Bay,", "3 May 1921."],
    ["The Inn, Saltby", "Tuesday"],
    ["Rua do Porto, 7", "Lisboa", "4 de maio"],
]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda lines: lines[0])
def test_an_address_of_several_lines_opens_the_letter(address: list[str]) -> None:
    found = letter("\n".join(address) + f"\n\nDear Ada,\n\n{BODY}\n\nYours ever,\n\nBen")
    assert lines(found.opening) == [*address, "Dear Ada,"]


def test_signed_on_the_line_of_the_valediction_and_with_a_postscript() -> None:
    found = letter(f"Dear Ada,\n\n{BODY}\n\nYours, Ben\n\nP.S. The dog is well.")
    assert lines(found.closing) == ["Yours, Ben", "P.S. The dog is well."]
    html = written((found,), heading_level=2)
    assert '<p class="valediction" epub:type="z3998:valediction">Yours, Ben</p>' in html


def test_a_fenced_letter_whose_author_ended_the_lines_of_its_close_by_hand() -> None:
    close = "Your affectionate brother,\\\nBen\n\nP.S. It rains."
    data = f"# One\n\n::: letter\nDear Ada,\n\n{BODY}\n\n{close}\n:::\n".encode()
    source, draft = read_one(data, "letter.md")
    found = normalize((draft,), (source,), Config()).book.divisions[0].blocks[0]
    assert isinstance(found, Letter)
    assert lines(found.closing) == ["Your affectionate brother,\nBen", "P.S. It rains."]


def test_a_name_that_touches_a_closing_without_comma_signs_the_letter() -> None:
    found = letter(f"Dear Nell,\n\n{BODY}\n\nYour loving\nAmos\n\nP.S. Tell Mother the socks came.")
    assert lines(found.closing) == ["Your loving", "Amos", "P.S. Tell Mother the socks came."]


def test_an_e_mail_is_a_letter_with_its_fields() -> None:
    fields = ["From: records@harrow.example", "To: Ada Pell", "Subject: Your request", "Date: 4 May 2021"]
    found = letter("\n".join(fields) + f"\n\n{BODY}\n\nRecords Office")
    assert lines(found.opening) == fields
    assert written((found,), heading_level=2).count('<p class="field">') == 4


def test_a_telegram_is_set_off() -> None:
    found = blocks(made_of(f"Chapter 1\n\n{BEFORE}ARRIVE SATURDAY STOP BRING BOOTS STOP BEN{AFTER}"))
    assert [type(block) for block in found] == [Paragraph, Quotation, Paragraph]


def test_a_line_set_in_below_a_colon_is_a_quotation() -> None:
    found = blocks(
        made_of(f"Chapter 1\n\n{BEFORE}On the door it said:\n\n    No person shall enter here.{AFTER}")
    )
    assert isinstance(found[2], Quotation)
    stray = blocks(made_of(f"Chapter 1\n\n{BEFORE}    No person shall enter here.{AFTER}"))
    assert [type(block) for block in stray] == [Paragraph] * 3


def test_verse_that_opens_a_chapter_with_its_source_is_its_epigraph() -> None:
    verse = "    The lamp is out, the oil is spent,\n    And nobody knows where the keeper went.\n"
    found = blocks(made_of(f'Chapter 1\n\n{verse}        -- Anna Grey, "The Lamp"\n\n{BEFORE}{AFTER}'))
    assert isinstance(found[0], Quotation)
    assert [type(block) for block in found[0].blocks] == [Verse, Paragraph]
    html = written(tuple(found), heading_level=2)
    assert html.startswith('<blockquote class="quotation motto" epub:type="epigraph" role="doc-epigraph">')
    assert '</blockquote>\n<p class="first">' in html
    saying = blocks(made_of(f"Chapter 1\n\nOnly the keeper knows.\n—Old saying\n\n{BEFORE}{AFTER}"))
    assert isinstance(saying[0], Quotation)


def test_what_stands_set_in_above_the_first_chapter_of_a_part_is_its_motto() -> None:
    parts = "PART ONE\n\n    The lamp remembers.", "PART TWO\n\nThe lamp was out."
    text = f"{parts[0]}\n\nChapter 1\n\n{BEFORE}{parts[1]}\n\nChapter 2\n{AFTER}"
    first, second = made_of(text).book.divisions
    assert [type(block) for block in first.blocks] == [Quotation]
    assert [type(block) for block in second.blocks] == [Paragraph]


CLOSINGS = [["Ton frère,", "Paul"], ["Tuyo,", "Juan"], ["Deine Klara"], ["Twój,", "Jan"], ["Liefs,", "Anna"]]


@pytest.mark.parametrize("closing", CLOSINGS, ids=lambda lines: lines[0])
def test_letters_close_in_other_languages(closing: list[str]) -> None:
    greeting = "Ma chère Anne," if closing[0] == "Ton frère," else "Dear Anne,"
    assert lines(letter(f"{greeting}\n\n{BODY}\n\n" + "\n\n".join(closing)).closing) == closing


GREETINGS = [
    ["Geehrter Herr!", "Hochachtungsvoll", "Dr. Karl Meier"],
    ["Muy señor mío:", "Le saluda atentamente,", "Juan Pérez"],
    ["Egregio Signore,", "Distinti saluti,", "Mario Rossi"],
    ["Exmo. Senhor,", "Com os melhores cumprimentos,", "João Pereira"],
    ["Hooggeachte heer,", "Hoogachtend,", "Jan de Vries"],
    ["Monsieur,", "Veuillez agréer, Monsieur, l’expression de mes sentiments distingués.", "Jean Morel"],
]


@pytest.mark.parametrize(("greeting", "closing", "name"), GREETINGS, ids=lambda some: some)
def test_letters_of_business_greet_and_close_in_other_languages(
    greeting: str, closing: str, name: str
) -> None:
    found = letter(f"{greeting}\n\n{BODY}\n\n{closing}\n\n{name}")
    assert lines(found.opening) == [greeting]
    assert lines(found.closing)[-1] == name


NORTHERN = {
    "Swedish": ("Kära Åsa!", "Kram,\nMormor", "Kram,"),
    "Danish": ("Kære Inge,", "Med venlig hilsen,\nJens", "Med venlig hilsen,"),
    "Czech": ("Milá Jano,", "S pozdravem,\nKarel", "S pozdravem,"),
    "Spanish": ("Muy señor mío:", "Atentamente,\nEl secretario, P. A. Núñez", "Atentamente,"),
    "German": ("Sehr geehrter Herr,", "Hochachtungsvoll,\nDer Direktor Karl Meier", "Hochachtungsvoll,"),
}


@pytest.mark.parametrize("language", NORTHERN)
def test_a_letter_closes_with_the_name_or_the_office_of_who_signs(language: str) -> None:
    greeting, close, first = NORTHERN[language]
    found = letter(f"{greeting}\n\n{BODY}\n\n{close}")
    assert lines(found.opening) == [greeting]
    assert lines(found.closing) == close.split("\n")
    assert lines(found.closing)[0] == first


ENDED = {"English": "The End", "Russian": "Конец", "German": "ENDE"}


@pytest.mark.parametrize("language", ENDED)
def test_what_ends_the_book_below_a_poem_is_no_stanza_of_it(language: str) -> None:
    stanza = "The ice is thin,\nthe ice is grey,\nthe children all\nhave gone away.\n\n"
    found = blocks(made_of(f"Chapter 1: Song\n\n{stanza * 2}{ENDED[language]}\n"))
    assert [type(block) for block in found] == [Verse, Paragraph]


def test_a_poem_of_narrow_lines_keeps_the_stanzas_whose_lines_end_as_sentences_do() -> None:
    first = "Stone upon stone upon frost,\nthe town is buttoned up.\nSo am I.\n\n"
    second = "Nobody came to besiege me.\nNobody: neither Moors nor rain,\nor she who said\n“I will call”.\n"
    assert [type(block) for block in blocks(made_of(f"Chapter 1\n\n{first}{second}"))] == [Verse]
    talk = "“Yes,” said Anne.\n“No,” said Ben.\n“Why?” she said.\n\n“It is late.”\n“No.”\nThey left.\n"
    assert Verse not in [type(block) for block in blocks(made_of(f"Chapter 1\n\n{talk}"))]


TAKEN = {
    "STR043": f"Dear Anne,\n\n{BODY}\n\n    The lamp is out,\n    The oil is spent,\n\nYours ever,\n\nPaul",
    "STR044": "    The lamp is out, the oil is spent, and nobody knows where\n    the keeper went.",
    "STR047": "Oats\t4\tsacks\nRye\t11\tsacks\nHay\t2\tloads",
    "STR042": "    The lamp is out,\n    The oil is spent,\n    And no one knows",
}


@pytest.mark.parametrize("code", TAKEN)
def test_what_is_not_to_be_read_so_is_paragraphs(code: str) -> None:
    """And nothing else that its form could be."""
    text = f"Chapter 1\n\n{BEFORE}{TAKEN[code]}{AFTER}"
    assert {type(block) for block in blocks(made_of(text))} != {Paragraph}
    refusing = made_of(text, config=Config(refuse=(Refusal(rule=code),)))
    assert {type(block) for block in blocks(refusing)} == {Paragraph}


def test_a_signature_may_have_initials_and_a_title() -> None:
    found = letter(f"Gentlemen,\n\n{BODY}\n\nYours faithfully,\n\nM. Pell (Mrs.)")
    assert lines(found.closing) == ["Yours faithfully,", "M. Pell (Mrs.)"]


def test_the_salutation_of_the_next_letter_ends_one() -> None:
    first, second = ("3 May 1911", "Dear Ada,", BODY, "Ben"), ("May 1911, no day", "Dear Ben,", BODY, "A.")
    found = blocks(made_of("Chapter 1\n\n" + "\n\n".join(first + second) + "\n"))
    assert [type(block) for block in found] == [Letter, Letter]
    for block, (date, greeting, _, name) in zip(found, (first, second), strict=True):
        assert isinstance(block, Letter)
        assert (lines(block.opening), lines(block.closing)) == ([date, greeting], [name])


@pytest.mark.parametrize(("first", "last"), [("Dear God!", "Nell"), ("Dear Ada,", "The End")])
def test_a_last_line_alone_closes_no_letter(first: str, last: str) -> None:
    found = blocks(made_of(f"Chapter 1\n\n{BEFORE}{first}\n\n{BODY}{AFTER}\n{last}\n"))
    assert not any(isinstance(block, Letter) for block in found)


def test_an_e_mail_may_greet_with_a_name() -> None:
    found = letter(f"From: Ada Pell\nTo: Ben Marsh\nSubject: The boots\n\nBen,\n\n{BODY}\n\nYours,\nAda")
    assert lines(found.opening)[-1] == "Ben,"


def test_what_stands_below_every_e_mail_of_somebody_belongs_to_it() -> None:
    head, sign = "From: Ada Pell\nTo: Ben Marsh\nSubject: The boots", "--\nPell & Co.\n14 Quay Street"
    found = letter(f"{head}\n\nDear Ben,\n\n{BODY}\n\nAda Pell\n\n{sign}")
    assert lines(found.closing)[0] == "Ada Pell"
    assert lines(found.closing)[-2:] == ["Pell & Co.", "14 Quay Street"]
    assert '<p class="field">14 Quay Street</p>' in written((found,), heading_level=2)


@pytest.mark.parametrize(
    ("head", "close"),
    [
        ("From: {0} Pell\nTo: {1} Marsh\nDate: 3 May 2014\nSubject: the house", "Yours,\n{0}"),
        ("Von: {0} Pell\nAn: {1} Marsh\nDatum: 3. Mai 2014\nBetreff: das Haus", "Herzliche Grüße\n{0}"),
        ("De: {0} Pell\nPara: {1} Marsh\nFecha: 3 de mayo de 2014\nAsunto: la casa", "Un abrazo,\n{0}"),
    ],
)
@pytest.mark.parametrize("signed", [True, False])
def test_each_of_several_e_mails_run_together_is_a_letter(head: str, close: str, signed: bool) -> None:
    names = [("Ada", "Ben"), ("Ben", "Ada")]
    closes = [close.format(*some) if signed or at == len(names) - 1 else "" for at, some in enumerate(names)]
    mails = [
        "\n\n".join(filter(None, (head.format(*some), f"{some[0]}! {BODY}", BODY[:40] + "it.", end)))
        for some, end in zip(names, closes, strict=True)
    ]
    found = blocks(made_of(f"Chapter 1\n\n{BEFORE}" + "\n\n".join(mails) + AFTER))
    letters = [block for block in found if isinstance(block, Letter)]
    assert [lines(one.opening)[0] for one in letters] == [head.format(*some).split("\n")[0] for some in names]


@pytest.mark.parametrize(
    ("greeting", "leave"),
    [
        ("Hi Ada,", "Cheers,\nEd"),
        ("To whom it may concern:", "Respectfully,\nE. Hale"),
        ("Beste Ada,", "Groetjes,\nEdmund"),
        ("Hej Ada,", "Kram,\nElof"),
        ("Привет, Ада!", "Целую,\nЭдмунд"),
        ("Hola Ada,", "Un abrazo,\nEdmundo"),
        ("Αγαπητή Άντα,", "Δικός σου, Έντμουντ"),
        ("Sevgili Ada,", "Sevgiler,\nEdmund"),
        ("Kedves Ada!", "Szeretettel, Edmund"),
        ("Dragă Ada,", "Cu drag, Edmund"),
        ("Vážená paní Marshová,", "S úctou\nE. Hale"),
        ("Уважаемая Ада!", "Целую, Эдмунд"),
    ],
)
def test_letters_greet_and_close_in_many_languages(greeting: str, leave: str) -> None:
    prose = "The rain fell on the quay all day, and nobody came to the window to look at it."
    text = f"{prose}\n\n{greeting}\n\n{prose}\n\n{prose}\n\n{leave}\n\n{prose}\n"
    source, draft = read_one(text.encode(), "story.txt")
    (division,) = normalize([draft], [source], Config()).book.divisions
    assert [type(block) for block in division.blocks] == [Paragraph, Letter, Paragraph]


def test_a_verse_that_says_hello_greets_nobody() -> None:
    prose = "The rain fell on the quay all day, and nobody came to the window to look at it."
    text = f"{prose}\n\nHello darkness of the harbour, friend,\nI have come to the end.\n\n{prose}\n"
    source, draft = read_one(text.encode(), "story.txt")
    (division,) = normalize([draft], [source], Config()).book.divisions
    assert not any(isinstance(block, Letter) for block in division.blocks)


@pytest.mark.parametrize(
    "lines",
    [
        "Hey nonny nonny,\nSing hey for the sea,\nHello my bonny,\nTake care,\nMy honey of the sea.",
        "Hello there!\n\nNobody answered.\n\nBen Marsh\n\nstood on the stairs.",
        "Hi, Ben,\n\nshe said, and put down her bag.",
        "Good evening, ladies and gentlemen,\n\nthe mayor began.\n\nThank you\n\nEverybody clapped.",
        "Canım!\n\nshe said in Turkish, and closed the door.\n\nSayın yolcular,\n\nsaid the loudspeaker.",
        "Hyvä!\n\nhän sanoi.\n\nTerveisin",
    ],
)
def test_what_people_say_aloud_opens_no_letter_that_nobody_signs(lines: str) -> None:
    prose = "The rain fell on the quay all day, and nobody came to the window to look at it."
    source, draft = read_one(f"{prose}\n\n{lines}\n\n{prose}\n".encode(), "story.txt")
    (division,) = normalize([draft], [source], Config()).book.divisions
    assert not any(isinstance(block, Letter) for block in division.blocks)


def test_thanks_for_something_are_words_of_a_letter_that_goes_on() -> None:
    prose = "The rain fell on the quay all day, and nobody came to the window to look at it."
    text = (
        f"{prose}\n\nDear Ada,\n\nBest of all is the sea\n\n{prose}\n\nThank you for the lamp\n\nYours,\nEd\n"
    )
    source, draft = read_one(f"{text}\n{prose}\n".encode(), "story.txt")
    (division,) = normalize([draft], [source], Config()).book.divisions
    assert [type(block) for block in division.blocks] == [Paragraph, Letter, Paragraph]
