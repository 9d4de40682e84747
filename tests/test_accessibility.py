"""What the e-book says of its accessibility is measured: each claim is missing where it would be untrue."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from publish import epub
from publish.document import Figure
from publish.epub.accessibility import measure
from publish.epub.documents import ContentFile
from publish.pictures import Picture, kind_of
from publish.source import Run
from tests.books import book, division, every_kind, paragraph
from tests.test_epub import MOMENT, made, properties


def test_conformance_is_claimed_only_where_somebody_vouches_and_no_check_refutes_it() -> None:
    def claims(data: bytes) -> list[str]:
        return [value for name, value in properties(data) if name == "dcterms:conformsTo"]

    vouched = book(division("a", title="One", blocks=(paragraph("Rain."),)), certifier="Ann Other")
    data = epub.write(vouched, modified=MOMENT)
    assert claims(data) == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert ("a11y:certifiedBy", "Ann Other") in properties(data)
    assert claims(made(every_kind())) == []
    print_colours = BytesIO()
    Image.new("CMYK", (1600, 2560)).save(print_colours, "JPEG")
    assert claims(epub.write(vouched, cover=print_colours.getvalue(), modified=MOMENT)) == []


@pytest.mark.parametrize(("alt", "conforms"), [("A boat", True), ("", False), ("boat.svg", False)])
def test_conformance_is_not_claimed_for_a_book_with_a_picture_that_nobody_described(
    alt: str, conforms: bool
) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    figure = Figure(Run("images/boat.svg"), Run(alt))
    vouched = book(division("a", title="One", blocks=(paragraph("Rain."), figure)), certifier="Ann Other")
    shown = {"images/boat.svg": Picture(kind_of(drawing), lambda: drawing)}
    found = properties(epub.write(vouched, pictures=shown, modified=MOMENT))
    assert ("dcterms:conformsTo" in dict(found)) == conforms
    assert (("schema:accessibilityFeature", "alternativeText") in found) == conforms
    assert (("schema:accessModeSufficient", "textual") in found) == conforms


@pytest.mark.parametrize(
    ("rule", "lost"),
    [
        ("p.first { color: #777777 }", {"dcterms:conformsTo", "displayTransformability"}),
        ("p { font-size: 11pt }", {"displayTransformability"}),
        ("p { margin: 0 }", set()),
    ],
)
def test_a_style_takes_away_the_claims_that_it_refutes(rule: str, lost: set[str], tmp_path: Path) -> None:
    style = tmp_path / "house"
    style.mkdir()
    (style / "style.toml").write_text('description = "Ours."\ninherits = "classic"\n')
    (style / "epub.css").write_text(rule)
    vouched = book(division("a", title="One", blocks=(paragraph("Rain."),)), certifier="Ann Other")
    found = properties(epub.write(vouched, look=epub.Look(style=str(style)), modified=MOMENT))
    stated = {value if name == "schema:accessibilityFeature" else name for name, value in found}
    assert {"dcterms:conformsTo", "displayTransformability"} - stated == lost


def test_only_what_was_measured_is_claimed() -> None:
    text = '<section><header class="heading"><h2>One</h2></header><p>Rain.</p>{}</section>'
    plain = [ContentFile("01-a.xhtml", text.format("")), ContentFile("02-b.xhtml", text.format(""))]
    listed = ["01-a.xhtml", "02-b.xhtml"]

    def features(
        *files: ContentFile, sheet: str = "p { color: inherit; margin: 1px }", pages: bool = False
    ) -> set[str]:
        return set(measure(files, listed, [sheet], has_pages=pages).features)

    whole = features(*plain)
    assert whole == {"displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"}
    assert whole - features(*reversed(plain)) == {"readingOrder"}
    assert whole - features(*plain, sheet="p { font-size: 12pt }") == {"displayTransformability"}
    assert whole - features(*plain, sheet="p { color: #111 }") == {"displayTransformability"}
    assert whole - features(ContentFile("01-a.xhtml", text.format("<h4>x</h4>")), plain[1]) == {
        "structuralNavigation"
    }
    assert features(*plain, pages=True) - whole == {"pageBreakMarkers", "pageNavigation"}
    described = ContentFile("01-a.xhtml", text.format('<img src="a.png" alt="A boat"/>'))
    nameless = ContentFile("02-b.xhtml", text.format('<img src="b.png" alt=""/>'))
    assert features(described, plain[1]) - whole == {"alternativeText"}
    found = measure([described, nameless], listed, [""], has_pages=False)
    assert ("alternativeText" in found.features, found.modes, found.sufficient) == (
        False,
        ("textual", "visual"),
        "textual,visual",
    )
    assert "1 of them without a description" in found.summary
    moving = ContentFile("01-a.xhtml", text.format("<video/>"))
    assert measure([moving], listed, [""], has_pages=False).hazards == ("unknown",)
