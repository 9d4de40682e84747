"""What authors have in an ODT arrives in the book, and what does not is told."""

from functools import partial

import pytest

from publish import lint
from publish.config import Config
from publish.document import prose
from tests import office, properties
from tests.office import AUTOMATIC, PNG, odf_part, odt

text = partial(office.text, name="book.odt")
made = partial(office.made, name="book.odt")
CHAPTER = '<text:h text:outline-level="1">Chapter 1: The Rope</text:h>'
LATER = "The ferry lay on the near bank all winter, and nobody had asked it to."
PROSE = f"<text:p>{LATER}</text:p>"


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('It <text:span text:style-name="T1">was</text:span> wet.', "It *was* wet."),
        ('It <text:span text:style-name="T1">was </text:span>wet.', "It *was* wet."),
        ('It <text:span text:style-name="T2">was</text:span> wet.', "It **was** wet."),
        ("Tom &amp; Jerry &lt;b&gt; na&#239;ve", r"Tom & Jerry \<b> naïve"),
        ("one<text:line-break/>two", "one\\\ntwo"),
        ("one<text:tab/>two", "one two"),
        ("one<text:s/>two", "one two"),
        ("one<text:soft-page-break/> two", "one two"),
        ('<text:a xlink:href="https://example.com">the site</text:a>', "the site"),
        ('see <text:bookmark-ref text:ref-name="x">page 3</text:bookmark-ref>', "see page 3"),
        (
            '<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>',
            "base",
        ),
    ],
)  # fmt: skip
def test_words_arrive_as_they_are_set(words: str, expected: str) -> None:
    shown = text(odt(CHAPTER + PROSE + p(words) + PROSE))
    assert shown.split("asked it to.\n", 1)[1].strip() == f"{expected}\n\n{LATER}"


def test_headings_notes_quotations_lists_and_tables() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>A <text:span text:style-name='T1'>note</text:span>.</text:p></text:note-body></text:note>"
    )
    listed = "".join(
        f"<text:list-item><text:p>{words}</text:p></text:list-item>" for words in ("a hat", "a coat")
    )
    cells = "".join(
        f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in ("Year", "Ice")
    )
    data = odt(
        p("The Ferry", "Title")
        + CHAPTER
        + p(f"Here{note} and there.")
        + p("Said by another.", "Q1")
        + f'<text:list text:style-name="L1">{listed}</text:list>'
        + PROSE
        + f'<text:list text:style-name="L2">{listed}</text:list>'
        + f"<table:table><table:table-row>{cells}</table:table-row>"
        + f"<table:table-row>{cells}</table:table-row></table:table>"
        + p("", "Horizontal_20_Line")
        + p("Words in the middle of the page, at great length, so that nobody takes them for a title.", "C")
    )
    book = made(data).book
    assert book.metadata.title.value == "The Ferry"
    assert [prose(division.title).text for division in book.divisions] == ["The Rope"]
    shown = text(data)
    assert "Here^[A *note*.] and there." in shown
    assert "::: quotation\nSaid by another.\n:::" in shown
    assert "* a hat\n* a coat\n" in shown
    assert "1. a hat\n2. a coat\n" in shown
    assert "| Year | Ice |\n| --- | --- |\n| Year | Ice |" in shown
    assert "* * *" in shown


def test_tracked_changes_and_comments_are_told() -> None:
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="d">'
        "<text:deletion><text:p>idle</text:p></text:deletion>"
        '</text:changed-region><text:changed-region text:id="i"><text:insertion/></text:changed-region>'
        "</text:tracked-changes>"
    )
    comment = (
        "<office:annotation><dc:creator>Bo</dc:creator><text:p>Is this right?</text:p></office:annotation>"
    )
    data = odt(
        tracked
        + CHAPTER
        + p(
            f'It <text:change text:change-id="d"/>lay<text:change-start text:change-id="i"/> tied'
            f'<text:change-end text:change-id="i"/> up{comment}.'
        )
        + PROSE
    )
    assert "It lay tied up.\n" in text(data)
    normalized = made(data)
    assert {change.why: change.note for change in normalized.changes} == {
        "DOC001": "Tracked changes delete it.",
        "DOC002": "It is a comment by Bo.",
    }
    assert "DOC007" in [item.code for item in lint.findings(normalized, Config())]
    properties.check(normalized, office.drafts(data, "book.odt").drafts)


def test_hidden_words_and_readings_are_left_out_and_told() -> None:
    section = '<text:section text:display="{}" text:is-hidden="{}"><text:p>{}</text:p></text:section>'
    hidden = '<text:hidden-text text:is-hidden="{}">{}</text:hidden-text>'
    reading = "<text:ruby-text>kasa</text:ruby-text>"
    ruby = f"<text:ruby><text:ruby-base>umbrella</text:ruby-base>{reading}</text:ruby>"
    data = odt(
        CHAPTER
        + section.format("none", "true", "Ask Bo.")
        + p('<text:hidden-paragraph text:is-hidden="true"/>Not for the reader.')
        + section.format("condition", "false", "Seen at last.")
        + p(f"An {ruby}{hidden.format('true', ' of whom')}{hidden.format('false', ' stood')} here.")
        + PROSE
    )
    assert "Seen at last.\n\nAn umbrella stood here.\n" in text(data)
    assert "Ask Bo" not in text(data)
    normalized = made(data)
    source = next(iter(normalized.sources.values()))
    told = [(change.why, source.before(change).strip()) for change in normalized.changes]
    hidden_words = [("DOC003", words) for words in ("Ask Bo.", "Not for the reader.", "of whom")]
    assert sorted(told)[:4] == [*hidden_words, ("DOC009", "kasa")]
    properties.check(normalized, office.drafts(data, "book.odt").drafts)


@pytest.mark.parametrize(
    "formula",
    [
        '<?xml version="1.0"?><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>a</mi>\n'
        "<mo>=</mo> <mn>2</mn></mrow><annotation>a = 2</annotation></semantics></math>",
        '<!DOCTYPE math:math PUBLIC "x" "math.dtd"><math:math/>',
    ],
)
def test_formulas_keep_their_letters_or_are_told_as_lost(formula: str) -> None:
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    data = odt(
        CHAPTER + p(f"The rule is {frame}, he said.") + frame + PROSE, parts={"Object 1/content.xml": formula}
    )
    shown = text(data)
    assert ("The rule is a=2, he said.\n\na=2\n" in shown) is ("<mi>" in formula)
    findings = lint.findings(made(data), Config())
    assert "2 times" in next(item.message for item in findings if item.code == "DOC004")


def test_cells_that_stand_several_times_in_a_table() -> None:
    def cell(words: str, times: int = 1) -> str:
        inside = f"<text:p>{words}</text:p>" if words else ""
        return f'<table:table-cell table:number-columns-repeated="{times}">{inside}</table:table-cell>'

    def row(cells: str, times: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'

    rows = (
        row(cell("Year") + cell("") + cell("Ice") + cell("", 16380))
        + row(cell("none", 2) + cell("thin"), 2)
        + row(cell("", 2) + cell("thick"))
        + row(cell("", 16384), 1048576)
    )
    shown = text(odt(CHAPTER + PROSE + f"<table:table>{rows}</table:table>" + PROSE))
    table = "| Year |  | Ice |  |\n| --- | --- | --- | --- |\n"
    table += "| none | none | thin |  |\n" * 2 + "|  |  | thick |  |"
    assert table in shown


def test_pictures_boxes_and_facts() -> None:
    image = '<draw:image xlink:href="Pictures/a.png"/>'
    frame = f"<draw:frame>{image}<svg:desc>A bridge</svg:desc></draw:frame>"
    box = f"<draw:frame><draw:text-box><text:p>{frame}At Arta</text:p></draw:text-box></draw:frame>"
    words = "<draw:frame><draw:text-box><text:p>Boxed words.</text:p></draw:text-box></draw:frame>"
    meta = odf_part("document-meta", "<office:meta><dc:title>The Ferry</dc:title></office:meta>")
    data = odt(
        CHAPTER + p(box) + p(f"Before{words} and after.") + PROSE,
        parts={"Pictures/a.png": PNG, "meta.xml": meta},
    )
    shown = text(data)
    assert '![A bridge](Pictures/a.png "At Arta")' in shown
    assert "Before and after.\n\nBoxed words.\n" in shown
    assert made(data).book.metadata.title.value == "The Ferry"


def test_places_are_told_as_paragraphs() -> None:
    (source, *_) = made(odt(CHAPTER + p("It was na├»ve &amp; wet."))).sources.values()
    assert source.where(source.text.index("├»")) == "book.odt, paragraph 2, character 10"


def test_a_list_in_another_counts_as_its_style_does_where_only_one_depth_is_said() -> None:
    numbered = AUTOMATIC.replace("L2", "L3")
    inner = "".join(f"<text:list-item><text:p>{said}</text:p></text:list-item>" for said in ("so", "on"))
    outer = f'<text:p>One.</text:p><text:list text:style-name="L3">{inner}</text:list>'
    body = f'<text:list text:style-name="L1"><text:list-item>{outer}</text:list-item></text:list>'
    assert "1. so\n  2. on" in text(odt(body + "<text:p>It rained.</text:p>", automatic=numbered))
