"""Marks, dashes and dots as each language sets them, typed with a keyboard's few signs.

`typography.txt` holds what is typed and what the book has, by language. The language is never told:
every manuscript is recognized by its words. `⍽` stands for the narrow
no-break space, so that it can be seen.
"""

from pathlib import Path

import pytest

from publish.config import Config, Refusal
from publish.document import block_prose, walk_divisions
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.reading import made_of, read_one

TABLE = (Path(__file__).with_name("typography.txt")).read_text("utf-8")
FILLER: dict[str, str] = {}
TYPED: dict[str, list[tuple[str, str]]] = {}
for _block in TABLE.split("\n\n"):
    _head, _filler, *_lines = _block.strip().splitlines()
    _language = _head.strip("[]")
    FILLER[_language] = _filler[8:]
    TYPED[_language] = [(a[8:], b[8:]) for a, b in zip(_lines[::2], _lines[1::2], strict=True)]


def made(lines: list[str]) -> Normalized:
    text = "Chapter 1\n\n" + "\n\n".join(lines) + "\n"
    return made_of(text)


def paragraphs(normalized: Normalized) -> list[str]:
    divisions = [division for _, division in walk_divisions(normalized.book.divisions)]
    return [
        run.text.replace("\u202f", "⍽").translate(dict.fromkeys(range(0xFDD0, 0xFDD5)))
        for division in divisions
        for block in division.blocks
        for run in block_prose(block)
    ]


@pytest.mark.parametrize("language", TYPED)
def test_what_a_keyboard_types_becomes_what_the_language_prints(language: str) -> None:
    filler = [FILLER[language]] * 3
    normalized = made([*filler, *(typed for typed, _ in TYPED[language]), *filler])
    assert normalized.book.metadata.language.value == language
    assert paragraphs(normalized)[3:-3] == [printed for _, printed in TYPED[language]]


@pytest.mark.parametrize("language", TYPED)
def test_what_is_printed_is_left_alone(language: str) -> None:
    """The right answer is a fixed point, whatever the language."""
    printed = [answer.replace("⍽", "\u202f") for _, answer in TYPED[language]]
    lines = [line for line in printed if "'" not in line]
    found = paragraphs(made([FILLER[language], *lines, FILLER[language]]))[1:-1]
    assert found == [line.replace("\u202f", "⍽") for line in lines]


HABITS = {
    "an English author who types single marks": (
        "en",
        [
            "'Go,' he said. 'Don't look back.'",
            "'He said \"never\" to me,' she told the boys' mother.",
            "'Tis late.",
        ],
        [
            "‘Go,’ he said. ‘Don’t look back.’",
            "‘He said “never” to me,’ she told the boys’ mother.",
            "’Tis late.",
        ],
    ),
    "an English author whose speech runs over paragraphs": (
        "en",
        ["'This is the tale of one who went.", '\'He went, and told me "no".', "'And he is gone,' she said."],
        ["‘This is the tale of one who went.", "‘He went, and told me “no”.", "‘And he is gone,’ she said."],
    ),
    "a German author who points them inward": (
        "de",
        ["»Ja«, sagte er.", "»Nein«, sagte sie.", "»Doch.«", '"Komm", rief er. "Sie sagte \'nein\'."'],
        ["»Ja«, sagte er.", "»Nein«, sagte sie.", "»Doch.«", "»Komm«, rief er. »Sie sagte ›nein‹.«"],
    ),
    "a Swiss author who points them outward": (
        "de",
        ["«Ja», sagte er.", "«Nein», sagte sie.", "«Doch.»", '"Komm", rief er. "Sie sagte \'nein\'."'],
        ["«Ja», sagte er.", "«Nein», sagte sie.", "«Doch.»", "«Komm», rief er. «Sie sagte ‹nein›.»"],
    ),
    "a French author who sets them close": (
        "fr",
        ["«Oui», dit-il.", "«Non», dit-elle.", "«Si.»", '"Viens", cria-t-il.'],
        ["«Oui», dit-il.", "«Non», dit-elle.", "«Si.»", "«Viens», cria-t-il."],
    ),
    "a Swedish author who points them": (
        "sv",
        ["»Ja», sade han.", "»Nej», sade hon.", "»Jo.»", '"Kom", ropade han.'],
        ["»Ja», sade han.", "»Nej», sade hon.", "»Jo.»", "»Kom», ropade han."],
    ),
    "an English author who sets the dash open": (
        "en",
        [
            "He came – late – and left.",
            "It was – as always – cold.",
            "She - too - went -- and he--not.",
            '"But--"',
        ],
        [
            "He came – late – and left.",
            "It was – as always – cold.",
            "She – too – went – and he – not.",
            "“But—”",
        ],
    ),
    "a German author who sets the dash close": (
        "de",
        ["Er kam—spät—und ging.", "Es war—wie immer—kalt.", "Sie -- auch sie -- ging."],
        ["Er kam—spät—und ging.", "Es war—wie immer—kalt.", "Sie—auch sie—ging."],
    ),
    "an author who sets dots apart": (
        "en",
        ["He waited . . . and left.", "She . . . well.", "And then . . . nothing. . . . It was over."],
        ["He waited .~.~. and left.", "She .~.~. well.", "And then .~.~. nothing.~.~.~. It was over."],
    ),
    "an author of long rows of dots": (
        "fr",
        ["Il attendait..... rien.", "Elle...... enfin.", "Vous savez..... Je sais.", "Et puis... plus rien."],
        ["Il attendait..... rien.", "Elle...... enfin.", "Vous savez..... Je sais.", "Et puis... plus rien."],
    ),
    "an author who types dashes as dots are typed": (
        "es",
        ["«Ya...», dijo. «No...» - Ah... - Pues..."] * 3,
        ["«Ya…», dijo. «No…» — Ah… — Pues…"] * 3,
    ),
    "an author who types all as print has it but the dots": (
        "fr",
        ["« Oui... », dit-il. « Non... » — Ah... — Oh..."] * 3,
        ["« Oui... », dit-il. « Non... » — Ah... — Oh..."] * 3,
    ),
}


@pytest.mark.parametrize("author", HABITS)
def test_the_author_s_own_habit_stands_above_the_language(author: str) -> None:
    language, typed, printed = HABITS[author]
    found = paragraphs(made([*[FILLER[language]] * 3, *typed, FILLER[language]]))[3:-1]
    assert found == [line.replace("~", "\xa0") for line in printed]


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        (
            "en",
            'He read «Le Monde» aloud. "Really?" she said.',
            "He read «Le Monde» aloud. “Really?” she said.",
        ),
        ("en", "\"He whispered, 'C'est l'heure, n'est-ce pas?' and left.\"", None),
        ("de", 'Auf dem Schild stand “Don\'t walk”, und er sagte: "Gut."', None),
        ("fr", 'Il lisait “The Times” et dit : "Bon."', "Il lisait “The Times” et dit : «⍽Bon.⍽»"),
    ],
)
def test_a_foreign_phrase_keeps_its_marks(language: str, typed: str, printed: str | None) -> None:
    expected = (
        printed
        or {
            "en": "“He whispered, ‘C’est l’heure, n’est-ce pas?’ and left.”",
            "de": "Auf dem Schild stand “Don’t walk”, und er sagte: „Gut.“",
        }[language]
    )
    assert paragraphs(made([*[FILLER[language]] * 3, typed, FILLER[language]]))[3:-1] == [expected]


def test_backticks_that_fence_off_code_stay() -> None:
    typed = ["``` x = 1 ```", "```So,' she said.''"]
    found = paragraphs(made([*[FILLER["en"]] * 3, *typed, FILLER["en"]]))[3:-1]
    assert found == ["``` x = 1 ```", "“‘So,’ she said.”"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("He went -slowly- home, and -so they say- stayed.", "He went—slowly—home, and—so they say—stayed."),
        ("The suffix -ness and pre- and post-war words are old.", ""),
        ("The water had -5 to -7 degrees, the suffix is -ness.", ""),
    ],
)
def test_hyphens_on_either_side_of_words_put_in_are_dashes(typed: str, printed: str) -> None:
    found = paragraphs(made([*[FILLER["en"]] * 3, typed, FILLER["en"]]))[3]
    assert found == (printed or typed)


def test_what_stands_for_letters_left_out_can_be_refused() -> None:
    text = f"Chapter 1\n\n{FILLER['en']}\n\nIt was f---ing cold, Lord K--.\n"
    source, draft = read_one(text.encode(), "story.txt")
    refused = Config(refuse=(Refusal(rule="DSH007", text="f---ing"),))
    assert paragraphs(normalize([draft], [source], refused))[1] == "It was f---ing cold, Lord K⸺."


def test_what_is_left_out_at_a_line_end_is_no_dash_between_words() -> None:
    lines = (
        "The night was long, and nobody who had come so far would turn back before",
        "the morning came, and they thought with admiration of the officers of the",
        "----shire, who were a creditable set of men in that year, and of Count M----",
        "who came later than all of them, and stayed--so it was said of him later--",
        "until the evening, when the others of the --th Regiment were gone.",
    )
    found = paragraphs(made(["\n".join(lines)]))[0]
    assert "of the —th Regiment" in found
    assert "of the ⸺shire, who" in found
    assert "Count M⸺ who came" in found
    assert "stayed—so it was said of him later—until" in found
