"""What authors have in a DOCX arrives in the book, and what does not is told."""

from collections.abc import Callable
from html import escape

import pytest

from publish import lint, markdown
from publish.config import Config, Decision, Refusal
from publish.document import DivisionKind, heading_text, prose, same
from publish.places import quotation
from publish.source import Span
from tests import properties
from tests.corpus import SHARED
from tests.office import PNG, STYLES, docx, drafts, made, odt, p, r, text, word_part

CHAPTER = p("Chapter 1: The Rope", style="berschrift1")
PROSE = p("The ferry lay on the near bank all winter, and nobody had asked it to.")
OTHER = p("In spring the rope was cut, and who had done it was never found out by anybody.")
THIRD = p("The far bank was another country, where they spoke slowly and were never late.")
LATER = "The ferry lay on the near bank all winter, and nobody had asked it to."


def codes(data: bytes) -> list[str]:
    normalized = made(data)
    return [item.code for item in lint.findings(normalized, Config(), select=["DOC"])]


def body(*paragraphs: str) -> str:
    """A chapter with some paragraphs, as text below its heading."""
    return text(docx(CHAPTER + PROSE + "".join(paragraphs) + PROSE)).split("asked it to.\n")[1].strip()


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (p("It ", r("was", "<w:i/>"), " wet."), "It *was* wet."),
        (p("It ", r("was ", "<w:i/>"), "wet."), "It *was* wet."),
        (p("It ", r("w", "<w:i/>"), r("as", "<w:i/><w:u w:val='none'/>"), " wet."), "It *was* wet."),
        (p("It ", r("was", '<w:rStyle w:val="Emphasis"/>'), " wet."), "It *was* wet."),
        (p("It ", r("was", '<w:u w:val="single"/>'), " wet."), "It *was* wet."),
        (p("It ", r("was", "<w:b/><w:i/>"), " wet."), "It **[was]{.emphasis}** wet."),
        (p("It ", r("was", "<w:i w:val='0'/>"), " wet."), "It was wet."),
        (p("Tom &amp; Jerry &lt;b&gt; na&#239;ve"), r"Tom & Jerry \<b> naïve"),
        (p("In", "<w:r><w:noBreakHyphen/></w:r>", "laid ", "<w:r><w:softHyphen/></w:r>", "it"), "In‑laid it"),
        (p("one", "<w:r><w:br/></w:r>", "two"), "one\\\ntwo"),
        (p("one", "<w:r><w:tab/></w:r>", "two"), "one two"),
        (p("E = mc", r("2", '<w:vertAlign w:val="superscript"/>')), "E = mc²"),
        (p('<w:hyperlink r:id="r9">', r("the site"), "</w:hyperlink>"), "the site"),
        (p("see ", '<w:fldSimple w:instr="REF a">' + r("page 3") + "</w:fldSimple>"), "see page 3"),
        (
            p(
                "see ",
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
                "<w:r><w:instrText> PAGEREF x </w:instrText></w:r>",
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                r("page 3"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
                " below",
            ),
            "see page 3 below",
        ),
        (p("a ", f"<w:smartTag><w:sdt><w:sdtContent>{r('b')}</w:sdtContent></w:sdt></w:smartTag>"), "a b"),
        (p("<w:bookmarkStart w:id='1'/>", "marked", "<w:bookmarkEnd w:id='1'/>"), "marked"),
        (p("“", r("Pff", "<w:smallCaps/>"), "”"), "“Pff”"),
        (p("left.", '<w:r><w:br w:type="column"/></w:r>', "Right."), "left. Right."),
    ],
)  # fmt: skip
def test_words_arrive_as_they_are_set(paragraph: str, expected: str) -> None:
    assert (
        body(paragraph)
        == f"{expected}\n\nThe ferry lay on the near bank all winter, and nobody had asked it to."
    )


def test_headings_are_known_by_their_styles_whatever_these_are_called() -> None:
    book = made(
        docx(
            p("The Ferry", style="Title")
            + p("A Winter Tale", style="Subtitle")
            + p("The Rope", style="berschrift1")
            + PROSE
            + p(r("The", "<w:b/>"), r(" Bank", "<w:b/>"), style="Eigen")
            + OTHER
            + p("The Sea", about='<w:outlineLvl w:val="0"/>')
            + THIRD
        )
    ).book
    assert [(d.kind, prose(d.title).text) for d in book.divisions] == [
        (DivisionKind.CHAPTER, "The Rope"),
        (DivisionKind.CHAPTER, "The Bank"),
        (DivisionKind.CHAPTER, "The Sea"),
    ]
    assert book.metadata.title.value == "The Ferry"
    assert book.metadata.subtitle
    assert book.metadata.subtitle.value == "A Winter Tale"


BOLD, CENTRED = "<w:b/>", '<w:jc w:val="center"/>'
LABELS = ("Chapter {}", "{}")
NAMES = ("The Rope", "The Bank", "The Sea")


def two_lines(label: str, line: Callable[[str], str], title: Callable[[str], str], between: str = "") -> str:
    """Chapters whose label and title are paragraphs of their own."""
    chapters = zip(NAMES, (PROSE, OTHER, THIRD), strict=True)
    return "".join(
        line(label.format(number)) + between + title(name) + text + PROSE
        for number, (name, text) in enumerate(chapters, 1)
    )


def headings(body: str) -> list[str]:
    return [line for line in text(docx(body)).splitlines() if line.startswith("#")]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("between", ["", p("")])
@pytest.mark.parametrize(
    ("line", "title"),
    [
        (lambda words: p(r(words, BOLD)), lambda words: p(r(words, BOLD))),
        (lambda words: p(words, about=CENTRED), lambda words: p(words, about=CENTRED)),
        (lambda words: p(r(words, BOLD)), lambda words: p(words, about=CENTRED)),
        (p, lambda words: p(r(words, BOLD))),
        (lambda words: p(words, style="berschrift1"), lambda words: p(words, style="berschrift1")),
        (
            lambda words: p(words, style="berschrift1"),
            lambda words: p(words, about='<w:outlineLvl w:val="1"/>'),
        ),
    ],
)
def test_label_and_title_are_one_heading_however_they_are_set(
    label: str, between: str, line: Callable[[str], str], title: Callable[[str], str]
) -> None:
    wanted = [f"# {label.format(number)}: {name}" for number, name in enumerate(NAMES, 1)]
    assert headings(two_lines(label, line, title, between)) == wanted


def test_headings_of_which_a_chapter_has_several_are_its_sections() -> None:
    deeper = '<w:outlineLvl w:val="1"/>'
    body = two_lines(
        "Chapter {}", lambda words: p(words, style="berschrift1"), lambda words: p(words, about=deeper)
    )
    inside = body.replace(PROSE, PROSE + p("What It Cost", about=deeper) + OTHER)
    assert "# Chapter 1" in headings(inside)
    assert "## The Rope" in headings(inside)


def test_titles_of_which_a_number_holds_several_are_none_of_its_own() -> None:
    titles = (("The Rope", "A Long Night"), ("The Bank", "Salt and Iron"), ("The Sea", "An Old Song"))
    body = "".join(
        p(r(f"Chapter {number}", BOLD)) + "".join(p(r(title, BOLD)) + PROSE + OTHER + THIRD for title in held)
        for number, held in enumerate(titles, 1)
    )
    assert [line for line in headings(body) if "Chapter" in line] == [f"# Chapter {n}" for n in (1, 2, 3)]


def test_headings_that_word_numbers_have_their_numbers() -> None:
    numbering = word_part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="Chapter %1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>',
    )
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    data = docx(
        p("The Rope", style="berschrift1", about=counted)
        + PROSE
        + p("The Bank", style="berschrift1", about=counted)
        + OTHER,
        parts={"numbering.xml": numbering},
    )
    assert [line[2:] for line in text(data).split("\n") if line.startswith("# ")] == [
        "Chapter I: The Rope",
        "Chapter II: The Bank",
    ]


def test_lists_have_their_signs() -> None:
    numbering = word_part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
    )

    def entry(words: str, number: int, depth: int = 0) -> str:
        return p(words, about=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')

    listed = [entry("a hat", 1), entry("a coat", 1), entry("its lining", 1, 1), entry("its buttons", 1, 1)]
    lettered = [entry("first", 2), entry("second", 2)]
    data = docx(
        CHAPTER + PROSE + "".join(listed) + PROSE + "".join(lettered), parts={"numbering.xml": numbering}
    )
    shown = text(data)
    dash = numbering.replace('"bullet"/>', '"bullet"/><w:lvlText w:val="–"/>')
    assert "—a hat" in text(docx(CHAPTER + PROSE + listed[0] + PROSE, parts={"numbering.xml": dash}))
    assert "* a hat\n* a coat\n  1. its lining\n  2. its buttons\n" in shown
    assert "(a) first\n\n(b) second" in shown


def test_notes_stand_at_their_references() -> None:
    foot = word_part(
        "footnotes",
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p("A note with ", r("words", "<w:i/>"), ".")}{p("And more.")}</w:footnote>'
        f'<w:footnote w:id="3">{p("Nobody refers to it.")}</w:footnote>',
    )
    end = word_part("endnotes", f'<w:endnote w:id="1">{p("At the end.")}</w:endnote>')
    data = docx(
        CHAPTER
        + p(
            "Here",
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            " and there",
            '<w:r><w:endnoteReference w:id="1"/></w:r>',
            ".",
        )
        + PROSE,
        parts={"footnotes.xml": foot, "endnotes.xml": end},
    )
    assert "Here^[A note with *words*.\\\nAnd more.] and there^[At the end.]." in text(data)
    normalized = made(data)
    (lost,) = [change for change in normalized.changes if change.why == "DOC006"]
    source = normalized.sources[lost.span.source]
    assert source.where(lost.span.start) == "book.docx, footnotes, paragraph 3, character 1"
    assert source.passage(lost.span.start, lost.span.end) == "Nobody refers to it."


def test_tracked_changes_are_accepted_and_told() -> None:
    data = docx(
        CHAPTER
        + p(
            "The ferry lay ",
            "<w:del>" + "<w:r><w:delText>idle </w:delText></w:r>" + "</w:del>",
            "<w:ins>" + r("tied ") + "</w:ins>",
            "up.",
        )
        + p("It ended", about="<w:rPr><w:del/></w:rPr>")
        + p(" here.")
        + PROSE
    )
    assert "The ferry lay tied up.\n\nIt ended here.\n" in text(data)
    assert codes(data) == ["DOC001", "DOC007"]


def test_comments_and_hidden_words_are_left_out_and_told() -> None:
    comments = word_part("comments", f'<w:comment w:id="0" w:author="Bo">{p("Is this right?")}</w:comment>')
    data = docx(
        CHAPTER
        + p(
            "It was",
            "<w:commentRangeStart w:id='0'/>",
            " wet",
            "<w:r><w:commentReference w:id='0'/></w:r>",
            r(" secret", "<w:vanish/>"),
            ".",
        )
        + PROSE,
        parts={"comments.xml": comments},
    )
    assert "It was wet.\n" in text(data)
    normalized = made(data)
    notes = {change.why: change.note for change in normalized.changes}
    assert notes == {"DOC002": "It is a comment by Bo.", "DOC003": "It is formatted as hidden."}


def test_signs_of_fonts_and_readings_above_words() -> None:
    signs = "".join(
        f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
        for font, code in (("Wingdings", "F04A"), ("Symbol", "44"), ("Garamond", "2020"), ("X", "zz"))
    )
    ruby = f"<w:r><w:ruby><w:rt>{r('kasa')}</w:rt><w:rubyBase>{r('umbrella')}</w:rubyBase></w:ruby></w:r>"
    data = docx(CHAPTER + p("The signs ", signs, " and an ", ruby, " stood here.") + PROSE)
    assert "The signs ☺Δ†\ufffd and an umbrella stood here.\n" in text(data)
    normalized = made(data)
    assert {"DOC009", "ENC013"} <= {change.why for change in normalized.changes}
    properties.check(normalized, drafts(data).drafts)


def test_form_that_a_book_does_not_keep_is_told() -> None:
    data = docx(CHAPTER + p(r("The ferry", "<w:smallCaps/>"), " lay ", r("idle", "<w:strike/>"), ".") + PROSE)
    assert "The ferry lay idle." in text(data)
    assert codes(data) == ["DOC004", "DOC004"]


def picture(key: str, alt: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:blip r:embed="{key}"/>'
        "</wp:inline></w:drawing></w:r>"
    )


def test_pictures_have_their_words_and_captions() -> None:
    data = docx(
        CHAPTER + p(picture("r2", "A &quot;bridge&quot;")) + p("At Arta", style="Caption") + PROSE,
        parts={"media/bridge.png": PNG},
    )
    assert '![A “bridge”](media/bridge.png "At Arta")' in text(data)


def test_a_picture_between_two_quoted_paragraphs_is_quoted() -> None:
    shown = p(picture("r2", "A bridge")) + p("At Arta", style="Caption")
    quoted = p("Said first.", style="Quote") + shown + p("Said last.", style="Quote")
    made = text(docx(CHAPTER + PROSE + quoted + shown + PROSE, parts={"media/bridge.png": PNG}))
    drawn = '![A bridge](media/bridge.png "At Arta")'
    assert f"::: quotation\nSaid first.\n\n{drawn}\n\nSaid last.\n:::\n\n{drawn}" in made


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd7\xcd\xc6\x9a" + bytes(40), "stores do not take its format (PNG)"),
        (None, "outside of the document"),
    ],
)
def test_a_picture_that_no_book_can_have_is_left_out_and_told(content: bytes | None, told: str) -> None:
    far = '<Relationship Id="far" Type="x/image" Target="https://example.com/a.png" TargetMode="External"/>'
    parts = {"media/bridge.png": content} if content else {}
    data = docx(CHAPTER + p(picture("r2" if content else "far", "")) + PROSE, parts=parts, related=far)
    findings = [item for item in made(data).diagnostics if item.code == "DOC005"]
    assert [told in item.message for item in findings] == [True]


def test_the_caption_goes_with_a_picture_that_no_book_can_have() -> None:
    lost = PROSE + p(picture("r2", "")) + p("Fig. 1. The bridge.", style="Caption")
    data = docx(CHAPTER + lost + OTHER, parts={"media/bridge.png": b"\xd7\xcd\xc6\x9a" + bytes(40)})
    assert text(data).split("\n\n")[-2] == LATER, "no scene ends there"
    assert [c.note for c in made(data).changes] == ["It stands below a picture that is left out."]


def test_what_tracked_changes_leave_empty_parts_no_scenes() -> None:
    moved = '<w:moveFrom w:id="5">' + r("Who had cut it?") + "</w:moveFrom>"
    data = docx(CHAPTER + PROSE + p(moved) + CHAPTER.replace("ter 1", "ter 2") + PROSE + p(moved) + OTHER)
    divisions = made(data).book.divisions
    assert [heading_text(division) for division in divisions] == [
        "Chapter 1: The Rope",
        "Chapter 2: The Rope",
    ]
    assert [type(block).__name__ for block in divisions[1].blocks] == ["Paragraph", "Paragraph"]


def test_bullets_that_are_typed_make_a_list() -> None:
    shown = text(docx(CHAPTER + PROSE + p("• rope") + p("•\xa0oil") + p("• It *is*.") + OTHER))
    assert "\n\n* rope\n* oil\n* It \\*is\\*.\n\n" in shown
    alone = text(docx(CHAPTER + PROSE + p("• rope") + OTHER))
    assert "\n\n• rope\n\n" in alone


def test_text_boxes_and_what_is_written_twice_are_read_once() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        + p("Boxed words.")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + p("Boxed words.")
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    shown = text(docx(CHAPTER + p("Before", box, " and after.") + PROSE))
    assert "Before and after.\n\nBoxed words.\n" in shown


def test_paragraphs_in_a_style_for_code_are_its_lines() -> None:
    styles = STYLES + '<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Source Code"/></w:style>'
    lines = ("if x:", '    say("it\'s...") -- b', "", "  # end")
    data = docx(CHAPTER + PROSE + "".join(p(line, style="Code") for line in lines) + PROSE, styles=styles)
    assert '```\nif x:\n    say("it\'s...") -- b\n\n  # end\n```' in text(data)


def test_tables_quotations_verse_rules_and_breaks() -> None:
    def cell(words: str) -> str:
        return f"<w:tc>{p(words)}</w:tc>"

    table = (
        f"<w:tbl><w:tr>{cell('Year')}{cell('Ice')}</w:tr><w:tr>{cell('1901')}{cell('12 cm')}</w:tr></w:tbl>"
    )
    data = docx(
        CHAPTER
        + PROSE
        + table
        + p("Said by another.", style="Quote")
        + p("One line", "<w:r><w:br/></w:r>", "and two", style="Verse")
        + p("A second stanza", style="Verse")
        + p("* * *", about='<w:jc w:val="center"/>')
        + p('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')
        + PROSE
        + p("", "<w:r><w:br w:type='page'/></w:r>")
        + p("Chapter 2", style="berschrift1")
        + PROSE
    )
    shown = text(data)
    assert "| Year | Ice |\n| --- | --- |\n| 1901 | 12 cm |" in shown
    assert "::: quotation\nSaid by another.\n:::" in shown
    assert "::: verse\nOne line\nand two\n\nA second stanza\n:::" in shown
    assert shown.count("* * *") >= 1
    (draft,) = drafts(data).drafts
    assert [line.run.text for line in draft.lines if line.page_break] == ["Chapter 2"]


@pytest.mark.parametrize(("height", "breaks"), [("19050", 1), ("952500", 0)])
def test_a_thin_box_by_itself_is_a_rule(height: str, breaks: int) -> None:
    shape = '<wps:wsp><wps:spPr><a:prstGeom prst="rect"/></wps:spPr></wps:wsp>'
    drawn = f'<w:drawing><wp:inline><wp:extent cx="635" cy="{height}"/>{shape}</wp:inline></w:drawing>'
    old = "<mc:Fallback><w:pict><v:rect/></w:pict></mc:Fallback>"
    line = f"<w:r><mc:AlternateContent><mc:Choice>{drawn}</mc:Choice>{old}</mc:AlternateContent></w:r>"
    assert text(docx(CHAPTER + PROSE + p(line) + PROSE)).count("* * *") == breaks
    assert text(docx(CHAPTER + PROSE + p("Lowell", line) + PROSE)).count("* * *") == 0


def test_the_list_of_contents_that_word_makes_is_no_text() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    )
    listed = p(f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "The Rope 1", style="TOC1")
    listed += p("The Bank 7", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', style="TOC1")
    data = docx(
        listed + p("The Rope", style="berschrift1") + PROSE + p("The Bank", style="berschrift1") + OTHER
    )
    shown = text(data)
    assert shown.startswith("# The Rope")
    assert "7" not in shown
    dropped = [change for change in made(data).changes if not change.text]
    assert len(dropped) == 2
    refused = Config(refuse=(Refusal(rule="STR011", text="The Bank 7"),))
    assert "The Bank 7" in markdown.write(made(data, config=refused).book)


def test_empty_paragraphs_that_are_rare_part_scenes() -> None:
    paragraphs = [PROSE] * 9
    paragraphs.insert(5, p(""))
    shown = text(docx(CHAPTER + "".join(paragraphs)))
    assert shown.count("* * * {.blank}") == 1


def test_the_facts_are_taken_where_the_text_has_none() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>The Ferry</dc:title><dc:creator>Ada Marsh</dc:creator></cp:coreProperties>"
    )
    data = docx(CHAPTER + PROSE)
    with_facts = made(add(data, {"docProps/core.xml": core})).book.metadata
    assert with_facts.title.value == "The Ferry"
    assert [creator.name.value for creator in with_facts.creators] == ["Ada Marsh"]
    assert with_facts.title.inferred
    junk = core.replace("The Ferry", "Microsoft Word - Document1").replace("Ada Marsh", "Windows User")
    without = made(add(data, {"docProps/core.xml": junk})).book.metadata
    assert (without.title.value, without.creators) == ("Book", ())


def add(data: bytes, members: dict[str, str]) -> bytes:
    import zipfile
    from io import BytesIO

    held = BytesIO(data)
    with zipfile.ZipFile(held, "a") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_words_in_another_language_are_marked_where_that_can_be_trusted() -> None:
    english, french = '<w:lang w:val="en-GB"/>', '<w:i/><w:lang w:val="fr-FR"/>'
    long = p(r("The ferry lay on the near bank all winter, and nobody had asked it to. " * 8, english))
    shown = text(
        docx(CHAPTER + long + p(r("He said ", english), r("à demain", french), r(" to her.", english)))
    )
    assert "[*à demain*]{lang=fr-FR}" in shown


def test_places_are_told_as_paragraphs_and_quotations_hold_the_words() -> None:
    data = docx(CHAPTER + p("It was na", r("├»", "<w:i/>"), "ve &amp; wet.") + PROSE)
    normalized = made(data)
    (source, *_) = normalized.sources.values()
    at = source.text.index("├»")
    assert source.where(at) == "book.docx, paragraph 2, character 10"
    assert source.line_text(2) == "It was na├»ve & wet."
    assert quotation(Span(source.key, at, at + 2), source).startswith("It was na├»ve & wet.")


def test_what_book_toml_quotes_is_found_across_markup() -> None:
    data = docx(CHAPTER + p("She sa", r("id -- and", "<w:i/>"), " went &amp; came.") + PROSE)
    refused = Config(refuse=(Refusal(rule="DSH001", text="She said -- and went & came"),))
    assert "said -- and" not in text(data)
    normalized = made(data, config=refused)
    assert not [change for change in normalized.changes if change.why == "DSH001"]
    assert all(item.spans for item in normalized.refused)
    decided = made(
        data, config=Config(decide=(Decision(text="She said -- and went & came.", what="heading"),))
    )
    assert not decided.unplaced
    assert len(decided.book.divisions) == 2


def test_everything_that_people_see_is_in_the_book_or_in_the_log() -> None:
    data = docx(CHAPTER + p("It ", r("was", "<w:i/>"), "  na├»ve &amp; wet -- so.") + PROSE)
    read = drafts(data)
    properties.check(made(data), read.drafts)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["breaking-stalin", "comrade-in-arms"])
@pytest.mark.parametrize("pack", [docx, odt], ids=["docx", "odt"])
def test_a_manuscript_pasted_into_a_document_gives_the_same_book(
    name: str, pack: Callable[[list[str]], bytes]
) -> None:
    """A person who pastes a text has a paragraph for each of its lines."""
    typed = (SHARED / "manuscripts" / f"{name}.txt").read_bytes()
    expected = made(typed, f"{name}.txt").book
    lines = [escape(line, quote=False) for line in typed.decode().replace("\x0c", "").split("\n")]
    pasted = made(pack(lines), f"{name}.{pack.__name__}").book
    assert same(pasted, expected)


def test_merged_cells_keep_their_words_and_are_told() -> None:
    def cell(said: str, about: str = "") -> str:
        return f"<w:tc><w:tcPr>{about}</w:tcPr>{p(said)}</w:tc>"

    wide, first, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell("Fares", wide) + cell("Note"),
        cell("Monday", first) + cell("6.40") + cell("a"),
        cell("", below) + cell("7.40") + cell("b"),
    )
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert body(table).splitlines()[:4] == [
        "| Fares |  | Note |",
        "| --- | --- | --- |",
        "| Monday | 6.40 | a |",
        "|  | 7.40 | b |",
    ]
    assert "DOC004" in codes(docx(CHAPTER + PROSE + table + PROSE))


CENTRED = '<w:jc w:val="center"/>'


def centred(said: str, form: str = "") -> str:
    return p(r(said, form), about=CENTRED)


def test_a_title_page_of_centred_lines_is_read_above_headings_of_a_style() -> None:
    top = centred("The Salt Road", "<w:b/>") + centred("A Novel") + centred("by Ada Marsh")
    found = made(docx(top + CHAPTER + PROSE + p("Chapter 2: The Far Bank", style="berschrift1") + OTHER))
    assert [division.label.text for division in found.book.divisions if division.label] == [
        "Chapter 1",
        "Chapter 2",
    ]
    metadata = found.book.metadata
    assert (metadata.title.value, metadata.subtitle and metadata.subtitle.value) == (
        "The Salt Road",
        "A Novel",
    )
    assert [creator.name.value for creator in metadata.creators] == ["Ada Marsh"]


def test_other_centred_lines_above_the_first_heading_are_text() -> None:
    top = centred("For Anna") + centred("who waited")
    found = made(docx(top + CHAPTER + PROSE + p("Chapter 2: The Far Bank", style="berschrift1") + OTHER))
    assert len(found.book.divisions) > 2


def test_bold_lines_in_sentence_case_above_short_paragraphs_are_headings() -> None:
    titles = ("The rules", "A table of waiting", "The end of the line")
    below = ("Nobody wrote them down.", "They also serve who stand.", "It went round two corners.")
    parts = (
        p(r(title, "<w:b/>")) + p(said) + p(f"{said[:-1]} again.")
        for title, said in zip(titles, below, strict=True)
    )
    text = p("I was eleven when I first stood in a queue.") + "".join(parts)
    assert [heading_text(division) for division in made(docx(text)).book.divisions][-3:] == [*titles]


def test_short_chapters_below_bold_and_centred_titles() -> None:
    titles = (centred(said, "<w:b/>") for said in ("The Carter", "The Rider", "What She Owed"))
    texts = (PROSE, OTHER + THIRD, THIRD + PROSE)
    found = made(docx("".join(a + b for a, b in zip(titles, texts, strict=True))))
    assert [heading_text(division) for division in found.book.divisions] == [
        "The Carter",
        "The Rider",
        "What She Owed",
    ]


def test_a_submission_has_its_title_and_its_author() -> None:
    """So editors ask for manuscripts: who sends it above, title and name in the middle of the first page."""
    told = "It rained all day, and nobody came down to the river to look at the boats."
    above = [p("Ada Marsh"), p("12 River Street"), p("ada@example.com"), p("80,000 words"), p(), p(), p()]
    titles = [p("THE LAMP", about=CENTRED), p("by Ada Marsh", about=CENTRED), p()]
    chapters = [
        part for name in ("One", "Two") for part in (p(f"Chapter {name}", about=CENTRED), p(told), p(told))
    ]
    book = made(docx("".join([*above, *titles, *chapters]))).book
    assert book.metadata.title.value == "THE LAMP"
    assert [creator.name.value for creator in book.metadata.creators] == ["Ada Marsh"]
    labels = [division.label.text for division in book.divisions if division.label]
    assert labels == ["Chapter One", "Chapter Two"]
    assert len(book.divisions) == len(labels)


def test_lines_ended_by_hand_in_title_subtitle_and_headings() -> None:
    def lines(first: str, second: str, style: str) -> str:
        return p(r(first), "<w:r><w:br/></w:r>", r(second), style=style)

    parts = [lines("The Long", "Way", "Title"), lines("by", "Ada Marsh", "Subtitle")]
    parts += [lines("Chapter 1", "The Road", "berschrift1"), p(r("It went on.")), p(r("It ended."))]
    parts += [lines("Chapter 2", "The River", "berschrift1"), p(r("It was deep."))]
    normalized = made(docx("".join(parts)))
    text = markdown.write(normalized.book)
    assert text.startswith("---\ntitle: The Long Way\nauthor: Ada Marsh\n")
    assert "# Chapter 1: The Road\n" in text
    assert "# Chapter 2: The River\n" in text
    assert "STR018" not in {finding.code for finding in normalized.diagnostics}


def test_columns_stand_on_the_side_of_their_cells() -> None:
    def cell(said: str, side: str = "") -> str:
        about = f'<w:jc w:val="{side}"/>' if side else ""
        return f"<w:tc>{p(said, about=about)}</w:tc>"

    rows = (("Year", "Apples", "Wet"), ("1972", "410", "no"))
    made = "".join(
        f"<w:tr>{cell(one)}{cell(two, 'right')}{cell(three, 'center')}</w:tr>" for one, two, three in rows
    )
    assert "| --- | --: | :-: |" in text(docx(p("It rained.") + f"<w:tbl>{made}</w:tbl>" + p("Yes.")))


def test_the_mark_that_an_author_gives_a_note_stands_in_neither_text() -> None:
    reference = '<w:footnoteReference w:customMarkFollows="1" w:id="2"/>'
    body = p("The weir was old", f"<w:r>{reference}<w:t>*</w:t></w:r>", " and nobody came.")
    note = f'<w:footnote w:id="2">{p("* As they say.")}</w:footnote>'
    data = docx(body, parts={"footnotes.xml": word_part("footnotes", note)})
    assert "The weir was old^[As they say.] and nobody came." in text(data)
