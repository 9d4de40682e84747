"""Small capitals are made of every letter, in every language that a typeface draws letters of its own for."""

from typing import Any

import pytest
import uharfbuzz as hb

from publish import fonts, smallcapitals

FACES = [(family, number) for family in (fonts.TEXT_FAMILY, "Literata Book") for number in range(4)]
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßçéèñøåæœłşțğABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÇÉÈÑØÅŁŞȚĞ"


def glyphs(font: Any, text: str, language: str, *features: str) -> list[int]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = language
    hb.shape(font, buffer, dict.fromkeys(features, True))
    return [info.codepoint for info in buffer.glyph_infos]


@pytest.mark.parametrize(("family", "number"), FACES)
def test_every_letter_is_a_small_capital_in_every_language(family: str, number: int) -> None:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(fonts.faces(family)[number].path))))
    for language in ("de", "fr", "la", "nl", "pl", "ro", "ca", "sr"):
        for letter in LETTERS:
            made = [
                glyphs(font, letter, spoken, "smcp", "c2sc") != glyphs(font, letter, spoken)
                for spoken in ("en", language)
            ]
            assert made[0] == made[1], (language, letter)
    assert glyphs(font, "Wolf, ÄFF", "de", "smcp", "c2sc") == glyphs(font, "Wolf, ÄFF", "en", "smcp", "c2sc")


@pytest.mark.parametrize(("family", "number"), FACES)
def test_the_dotted_i_of_turkish_keeps_its_dot(family: str, number: int) -> None:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(fonts.faces(family)[number].path))))
    assert glyphs(font, "i", "tr", "smcp") not in (glyphs(font, "ı", "tr", "smcp"), glyphs(font, "i", "tr"))


def test_a_font_that_wants_nothing_stays_as_it_is() -> None:
    made = fonts.faces()[0].path.read_bytes()
    assert smallcapitals.completed(made) == made
