"""Lists are lists in the document and in both editions; what may be speech or text is none."""

from pathlib import Path

import pytest

from publish.check import faults
from publish.config import Config, Format, Refusal
from publish.document import Block, List, Paragraph, prose, walk_divisions
from tests.reading import made_of
from tests.test_figures import HEAD, TEXT, editions, entries, folder
from tests.test_pdf import lines

LIST = "* a hat\n* a coat and\n  a stick\n  3. its knob\n  4. its end\n* a bird\n"
SPOKEN = {
    "es": "- Hola, dijo la mujer en la puerta de la casa.\n- Pasa, que llueve.\n",
    "fr": "- Bonjour, dit la femme sur le seuil de la maison.\n- Entrez donc.\n",
    "ru": "- Здравствуйте, сказала она и открыла дверь.\n- Входите же.\n",
    "pl": "- Dzień dobry, powiedziała kobieta i otworzyła drzwi.\n- Proszę wejść.\n",
}


def blocks(text: str, name: str = "story.txt", config: Config | None = None) -> list[Block]:
    book = made_of(text, name, config or Config()).book
    return [block for _, division in walk_divisions(book.divisions) for block in division.blocks]


def test_both_editions_have_the_list(tmp_path: Path) -> None:
    text = f"{HEAD}# Chapter 1\n\n{TEXT}\n{LIST}\n{TEXT}\n# Chapter 2\n\n{TEXT}"
    editions_ = editions(folder(tmp_path, text), Format.PDF, Format.EPUB)
    assert not faults(editions_[Format.EPUB])
    chapter = entries(editions_[Format.EPUB])["EPUB/01-chapter-1.xhtml"].decode()
    assert '<ul class="list">\n<li>a hat</li>\n<li>a coat and a stick\n<ol class="list" start="3">' in chapter
    assert "<li>its knob</li>\n<li>its end</li>\n</ol>\n</li>\n<li>a bird</li>" in chapter
    printed = [line.words for page in lines(editions_[Format.PDF]) for line in page]
    assert any("a coat and a stick" in line for line in printed)


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_hyphens_that_open_speeches_are_no_list(language: str, name: str) -> None:
    rest = "\n".join(SPOKEN[language].replace("- ", "").split("\n"))
    found = blocks(f"{rest}\n{SPOKEN[language]}\n{rest}", name)
    assert all(isinstance(block, Paragraph) for block in found)
    assert [prose(block.children).text[0] for block in found if isinstance(block, Paragraph)].count("—") or (
        language == "pl"
    )


@pytest.mark.parametrize(
    "text",
    [
        "* * *\n\n* * *\n",
        "3. The third of May.\n7. The seventh.\n",
        "1066. The year of the conquest.\n1067. The year after.\n",
        "- One line alone.\n",
        "He stopped\n- then he went on, as far\n- as it seemed - as the bridge.\n",
    ],
)
def test_what_may_be_text_is_no_list(text: str) -> None:
    assert not any(isinstance(block, List) for block in blocks(f"{TEXT}\n{text}\n{TEXT}"))


def test_a_list_can_be_refused() -> None:
    text = f"{TEXT}\n* a hat\n* a coat\n\n{TEXT}"
    assert any(isinstance(block, List) for block in blocks(text))
    refused = blocks(text, config=Config(refuse=(Refusal("STR040", "a coat"),)))
    assert "* a hat" in [prose(block.children).text for block in refused if isinstance(block, Paragraph)]


@pytest.mark.parametrize("sign", ["•", "▪", "◦"])
def test_bullets_are_a_list_where_each_line_is_a_paragraph_and_none_has_white_space(sign: str) -> None:
    said = "Es gibt, soweit ich sehe, drei Schulen, und von keiner wird in den Büchern je ein Wort gesagt."
    entries_ = [f"{sign} die Stoiker, die das Warten ertragen;", f"{sign} die Epikureer, die etwas lesen."]
    long = [f"{said} {n} Jahre habe ich gewartet und gezählt." for n in range(1, 12)]
    found = blocks("Kapitel 1\n\n" + "\n".join([*long[:6], *entries_, *long[6:]]) + "\n")
    (listed,) = (block for block in found if isinstance(block, List))
    assert len(listed.entries) == 2
    assert sum(isinstance(block, Paragraph) for block in found) == len(long)
