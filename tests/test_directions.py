"""Words that run the other way than the book: their order, and that of whole paragraphs."""

from ctypes import c_double

import pypdfium2
import pytest

from publish import directions, pdf, styles
from tests.books import book, division, paragraph
from tests.test_composer import MODIFIED

OTHER = "בראשית ברא אלהים את השמים, ואת הארץ; והארץ היתה תהו ובהו וחשך על פני תהום"
WORDS = "The rain had stopped before the clerk came down the stairs with his hat in his hand. " * 4


def _shown(data: bytes) -> list[str]:
    """Give the lines that hold Hebrew letters, as they are read from right to left."""
    lines: dict[tuple[int, int], list[tuple[float, str]]] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, sheet in enumerate(document):
            text = sheet.get_textpage()
            for index in range(text.count_chars()):
                sign, x, y = text.get_text_range(index, 1), c_double(), c_double()
                pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
                if "א" <= sign <= "ת":
                    lines.setdefault((number, -round(y.value)), []).append((-x.value, sign))
    return ["".join(sign for _, sign in sorted(line)) for _, line in sorted(lines.items())]


@pytest.mark.parametrize("style", styles.known())
@pytest.mark.parametrize("words", [OTHER, f"He wrote {OTHER[:21]} on the slate. {WORDS}"])
def test_words_from_right_to_left_stand_in_their_order(words: str, style: str) -> None:
    what = book(division("a", title="One", blocks=(paragraph(WORDS), paragraph(words), paragraph(WORDS))))
    wanted = "".join(sign for sign in words if "א" <= sign <= "ת")
    assert "".join(_shown(pdf.write(what, style=style, modified=MODIFIED))) == wanted


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", OTHER, ' dir="rtl"'),
        ("en", f"Newton {OTHER}", ' dir="rtl"'),
        ("en", f"{OTHER[:6]} was the word that he wrote.", ""),
        ("en", WORDS, ""),
        ("he", OTHER, ""),
        ("he", WORDS, ' dir="ltr"'),
        ("he", f"Newton {OTHER}", ""),
        ("he", "1948", ""),
    ],
)
def test_a_paragraph_against_its_book_says_so(language: str, text: str, said: str) -> None:
    found = directions.directed(f'<p class="first">{text}</p>\n<p>{text}</p>', language)
    assert found == f'<p{said} class="first">{text}</p>\n<p{said}>{text}</p>'
