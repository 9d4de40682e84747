"""Books of the corpus as documents: what the headings are made of, the book comes out as it is."""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pytest

from tests.corpus_formats import LEAST, LEAST_UNSTYLED, answer, heading_text, scored
from tests.office import docx, odt, p, r

WORDS = 4_000
CENTRED = '<w:jc w:val="center"/>'


def in_docx(truth: Any, headings: str) -> bytes:
    def heading(words: str, depth: int) -> str:
        match headings:
            case "bold":
                return p(r(words, "<w:b/>"))
            case "centred":
                return p(words, about=CENTRED)
        return p(words, about=f'<w:outlineLvl w:val="{depth - 1}"/>')

    def lines(words: str) -> str:
        return p(*"\n<w:r><w:br/></w:r>\n".join(words.split("\n")).split("\n"))

    rule = p('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')
    return docx("".join(_body(truth, heading, lines, rule)))


def in_odt(truth: Any, headings: str) -> bytes:
    def heading(words: str, depth: int) -> str:
        match headings:
            case "bold":
                return f'<text:p><text:span text:style-name="T2">{words}</text:span></text:p>'
            case "centred":
                return f'<text:p text:style-name="C">{words}</text:p>'
        return f'<text:h text:outline-level="{depth}">{words}</text:h>'

    def lines(words: str) -> str:
        return f"<text:p>{'<text:line-break/>'.join(words.split(chr(10)))}</text:p>"

    rule = '<text:p text:style-name="Horizontal_20_Line"/>'
    return odt("".join(_body(truth, heading, lines, rule)))


def _body(
    truth: Any, heading: Callable[[str, int], str], lines: Callable[[str], str], rule: str
) -> Iterator[str]:
    blocks: dict[int, list[Any]] = {}
    for block in truth["blocks"]:
        blocks.setdefault(block["div"], []).append(block)
    for number, division in enumerate(truth["divisions"]):
        if division.get("headed", True):
            yield heading(escape(heading_text(division), quote=False), division["depth"])
        for block in blocks.get(number, ()):
            yield rule if block["kind"] == "scene_break" else lines(escape(block["text"], quote=False))


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("headings", ["styled", "bold", "centred"])
@pytest.mark.parametrize("book", ["hamlet", "candide-fr"])
def test_a_book_comes_out_of_a_document_as_it_is(book: str, headings: str) -> None:
    truth = answer(book, WORDS)
    # Each in one of the formats, so that both stand the test and neither takes long.
    make, name = (
        (in_odt, f"{book}.odt") if (book == "hamlet") == (headings == "bold") else (in_docx, f"{book}.docx")
    )
    result = scored(name, make(truth, headings), truth)
    assert not result.error
    assert not result.lost
    assert not result.broken
    assert (result.composite or 0) >= (LEAST if headings == "styled" else LEAST_UNSTYLED)
