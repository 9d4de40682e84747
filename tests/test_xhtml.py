"""The XHTML of both editions: every character kept, every kind of passage told apart."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish import xhtml
from publish.document import Letter, LineBreak, Paragraph, SceneBreak, Speaker, Text
from publish.draft import MARKS
from publish.source import Run
from tests.books import division, paragraph, text

NOT_IN_BOOKS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"] + [*MARKS, "\ufffe", "\uffff"]


def test_openings_and_scene_breaks_lead_into_flush_paragraphs() -> None:
    found = xhtml.blocks(
        [paragraph("a"), paragraph("b"), SceneBreak(), paragraph("c"), SceneBreak(Run("#")), paragraph("d")],
        heading_level=3,
    )
    assert found.splitlines() == [
        '<p class="first">a</p>',
        "<p>b</p>",
        '<hr class="scene-break blank"/>',
        '<p class="first">c</p>',
        '<hr class="scene-break"/>',
        '<p class="first">d</p>',
    ]


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        ("THE END", True),
        ("Fin", True),
        ("END OF VOL. II.", True),
        ("Ende des ersten Buches", False),
        ("Fin du tome premier", True),
        ("End of story.", False),
        ("Son.", False),
        ("The end of the road was near", False),
    ],
)
def test_the_line_that_ends_a_book_or_a_part_stands_apart(last: str, ends: bool) -> None:
    found = xhtml.blocks([paragraph("a"), paragraph(last)], heading_level=3)
    assert (f'<p class="end">{last}</p>' in found) == ends
    assert '"end"' not in xhtml.blocks([paragraph(last), paragraph("a")], heading_level=3)


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("My Dear Leonid,", "salutation"),
        ("To the 4th Army:", "salutation"),
        ("Dear Anna", "salutation"),
        ("Moscow, 3 May 1918", "dateline"),
    ],
)
def test_a_letter_opens_with_dateline_or_salutation(opening: str, name: str) -> None:
    assert f'class="{name}"' in xhtml.blocks([Letter((paragraph(opening),), (), ())], heading_level=3)


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("Yours ever,", "valediction"),
        ("Vladimir", "signature"),
        ("P.S. Burn this,", "postscript"),
        ("P. P. S. Now.", "postscript"),
        ("PS: Now.", "postscript"),
        ("Psmith", "signature"),
    ],
)
def test_a_letter_closes_with_valediction_signature_and_postscript(closing: str, name: str) -> None:
    assert f'class="{name}"' in xhtml.blocks([Letter((), (), (paragraph(closing),))], heading_level=3)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Your affectionate brother,", "Edmund"), ["valediction", "signature"]),
        (("Yours faithfully", "Éloïse Oakley"), ["valediction", "signature"]),
        (("I am, Sir,", "your servant,", "J. van der Meer"), ["valediction", "valediction", "signature"]),
        (("Éloïse van der Meer", "Stanway"), ["signature", "signature"]),
    ],
)
def test_the_lines_that_close_a_letter_are_told_apart_in_one_paragraph(
    lines: tuple[str, ...], names: list[str]
) -> None:
    broken = [part for line in lines for part in (LineBreak(), Text(Run(line)))]
    html = xhtml.blocks([Letter((), (), (Paragraph(tuple(broken[1:])),))], heading_level=3)
    assert re.findall(r'class="(\w+)" epub', html)[1:] == names


def test_speeches_amid_prose_stand_off_from_it() -> None:
    def said(words: str) -> Paragraph:
        return Paragraph((Speaker((Text(Run("ANN:")),)), Text(Run(words))))

    told, more = paragraph("I tell."), paragraph("She went on.")
    html = xhtml.blocks([told, said("A."), more, said("B."), told, told], heading_level=3)
    names = re.findall(r"<p(?: class=\"(.*?)\")?>", html)
    assert names == ["first", "apart speech", "", "speech", "apart", ""]


@pytest.mark.parametrize("character", ["\0", "\x0b", "\ud800", "\ufffe", "\ufdd0"])
def test_what_xml_cannot_hold_is_a_fault_and_not_dropped(character: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a book"):
        xhtml.inlines(text(f"a{character}b"))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters=NOT_IN_BOOKS), min_size=1))
@example("\x7f\x85\xa0\u200b\u2028\r\t\r\n\U0001f389\U0010fffd<>&\"'")
def test_any_other_character_comes_back_from_the_xml(characters: str) -> None:
    element = ET.fromstring(f'<p title="{xhtml.escape(characters)}">{xhtml.inlines(text(characters))}</p>')
    assert element.text == characters


def test_an_empty_title_makes_no_heading() -> None:
    assert xhtml.heading(division("a", title=" ", label=" "), level=2) == ""


@pytest.mark.parametrize(
    ("language", "typed", "tied"),
    [
        (
            "fr",
            "<p>« Oui ! » dit-il : viens ; <em>où</em> ?</p>",
            "<p>«⍽Oui⍽!⍽» dit-il~: viens⍽; <em>où</em>⍽?</p>",
        ),
        ("fr-CA", "<p>— Non !</p>", "<p>—~Non⍽!</p>"),
        (
            "cs",
            "<p>V lese a v <em>domě</em> s ním, k-i n</p>",
            "<p>V~lese a~v~<em>domě</em> s~ním, k-i n</p>",
        ),
        ("pl", "<p>W domu i z nim – tak</p>", "<p>W~domu i~z~nim~– tak</p>"),
        ("ru", "<p>— Я и ты в лесу — там</p>", "<p>—~Я~и~ты в~лесу~— там</p>"),
        (
            "en",
            '<p title="a – b">It was – as ever – late; why ?</p>',
            '<p title="a – b">It was~– as ever~– late; why ?</p>',
        ),
        ("es", "<p>—Hola —dijo él—. Ven.</p>", "<p>—Hola —dijo él—. Ven.</p>"),
    ],
)
def test_no_line_ends_where_the_language_forbids_it(language: str, typed: str, tied: str) -> None:
    assert xhtml.tied(typed, language) == tied.replace("⍽", "\u202f").replace("~", "\xa0")
