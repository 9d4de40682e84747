"""Pages of HTML: the text of the author's, what a site printed round it, and where each letter stands."""

from collections.abc import Sequence
from html import escape

import pytest

from publish import lint, markdown, readers
from publish.config import Config, Refusal
from publish.diagnostic import PublishError
from publish.document import SceneBreak, Strong, block_prose, heading_text, same
from publish.draft import BREAK, MARKS, Draft, Fence, Line
from publish.normalize import normalize
from publish.normalize.result import Normalized
from publish.source import Source
from tests import properties
from tests.conftest import SHARED

WORD = """<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<style>p.MsoNormal {margin:0} span.x {font-style:italic} .big{font-weight:bold}</style></head>
<body lang=EN-GB><div class=WordSection1>
<p class=MsoNormal align=center style='text-align:center'><b>Chapter 1</b></p>
<p class=MsoNormal>&nbsp;</p>
<p class=MsoNormal>She had <span class=x>never</span> seen the
sea<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>, not once &#150; not &quot;properly&quot;.</p>
<p class=MsoNormal><i>All</i> <span class=big>of it</span>.</p>
<div><br clear=all><hr align=left size=1 width="33%">
<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> But see below.</p></div></div>
</div></body></html>"""


def page(text: str, name: str = "page.html") -> tuple[Source, Draft]:
    read = readers.read(text.encode(), name)
    return read.sources[0], read.drafts[0]


def lines(text: str) -> tuple[Line, ...]:
    return page(f"<p>Some text before it.</p>{text}")[1].lines[1:]


def book(text: str) -> Normalized:
    read = readers.read(text.encode(), "page.html")
    made = normalize(read.drafts, read.sources, Config())
    assert list(properties.broken(made, read.drafts)) == []
    return made


def plain(line: Line) -> str:
    """Give a line with its marks as people would type them."""
    text = line.run.text
    for mark, sign in zip(MARKS, ("<i>", "</i>", "<b>", "</b>", "/", "[", "]"), strict=False):
        text = text.replace(mark, sign)
    return text


def test_a_word_processors_page() -> None:
    _, draft = page(WORD)
    assert [plain(line) for line in draft.lines if not line.furniture] == [
        "<b>Chapter 1</b>",
        'She had <i>never</i> seen the sea[But see below.], not once – not "properly".',
        "<i>All</i> <b>of it</b>.",
    ]
    assert [line.centred for line in draft.lines] == [True, False, False]
    assert draft.lines[1].blanks_above == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>one<br><br>two", ["one", "two"]),
        ("<p>to the sea,<br>the sea", ["to the sea,/the sea"]),
        ("<p>one<p>two<div>three</div>four", ["one", "two", "three", "four"]),
        ("<p>a &amp; b &lt;c&gt; &eacute;&#8217;&#x201C;", ["a & b <c> é’“"]),
        ("<p>fish &chips; &ampere", ["fish &chips; &ampere"]),
        ("<p>one  \n two<i> three </i>four", ["one two<i> three </i>four"]),
        ("<p><i>one</p><p>two</i> three", ["<i>one</i>", "<i>two</i> three"]),
        ("<p><i>one</p><p>two", ["<i>one</i>", "two"]),
        ("<i><p>one<p>two</i>three", ["<i>one</i>", "<i>two</i>three"]),
        ("<p>3 < 4 and a <- b", ["3 < 4 and a <- b"]),
        ("<p>a<!-- b > c -->d<!-- e", ["ad<!-- e"]),
        ("<p>a<script>if (a<b) x='</p>'</script>b<style>p{}</style>", ["ab"]),
        ("<script>never closed<p>text", ["never closed", "text"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p>a<sup>2</sup> <q>so</q>", ["a² “so”"]),
        ("<h2>One<br>Two</h2>", ["One\nTwo"]),
        ("<P>caps</P ><BR/>", ["caps"]),
        ("<p>a\u0000b", ["a\u0000b"]),
        ('<p>a <a href="x>y">b</a> c', ["a b c"]),
    ],
)  # fmt: skip
def test_text(text: str, expected: list[str]) -> None:
    assert [plain(line) for line in lines(text)] == expected


def test_lines_that_a_page_breaks_stay_in_their_paragraph() -> None:
    found = lines("<p>The sea,<br>&nbsp; the grey sea<br>and the rain</p><p>and on<br>it goes</p>")
    assert [line.run.text.replace(BREAK, "/") for line in found] == [
        "The sea,/\xa0 the grey sea/and the rain",
        "and on/it goes",
    ]


def test_blocks() -> None:
    found = lines(
        "<blockquote><p>said<p>again</blockquote><hr><ol start=3><li>three<li>four</ol>"
        "<table><tr><th>a<th>b<tr><td>1<td>2</table><pre>as\n  typed</pre>"
    )
    assert [(line.fence, line.scene_break, line.depth, line.columns) for line in found] == [
        (Fence.QUOTATION, False, 0, ""),
        (Fence.QUOTATION, False, 0, ""),
        (Fence.NONE, True, 0, ""),
        (Fence.NONE, False, 1, ""),
        (Fence.NONE, False, 1, ""),
        (Fence.NONE, False, 0, "--"),
        (Fence.VERSE, False, 0, ""),
        (Fence.VERSE, False, 0, ""),
    ]
    assert [line.sign.text for line in found if line.sign] == ["3. ", "4. "]
    assert found[-1].indent == 2


def test_every_letter_has_its_place() -> None:
    source, draft = page(WORD)
    for line in draft.lines:
        for piece in line.run.pieces:
            if piece.exact and piece.source == source.key:
                length = piece.end - piece.start
                assert source.text[piece.start : piece.end] == line.run.text[piece.at : piece.at + length]


def test_formulas_stand_once_and_readings_above_words_are_told() -> None:
    made = book(
        "<h1>Chapter 1</h1><p>The rule is <math><semantics><mrow><mi>a</mi><mo>=</mo><mn>2</mn></mrow>"
        '<annotation encoding="application/x-tex">a=2</annotation></semantics></math>, he said.</p>'
        "<p>An <ruby>umbrella<rp>(</rp><rt>kasa</rt><rp>)</rp></ruby> stood here.</p>"
    )
    assert "The rule is a=2, he said.\n\nAn umbrella stood here." in markdown.write(made.book)
    findings = {item.code: item.message for item in lint.findings(made, Config())}
    assert findings["DOC004"].startswith("The page has formulas, of which only the letters stay;")
    assert findings["DOC009"].startswith("“kasa” is left out.")


def test_pictures_keep_what_is_said_of_them() -> None:
    found = lines(
        '<figure><img src="a%20b.jpg?x=1" alt="A &amp; b"><figcaption>The bridge. '
        "<cite>Photo: Ada</cite></figcaption></figure>"
    )
    assert found[0].image is not None
    assert found[0].image.text == "a b.jpg"
    assert plain(found[0]).split("\ufde9") == ["A & b", "The bridge.", "<i>Photo: Ada</i>"]


NOTES = {
    "pandoc": """<p>a<a href="#fn1" id="r1"><sup>1</sup></a>.</p><section><hr><ol>
        <li id="fn1"><p>So.<a href="#r1">↩︎</a></p></li></ol></section>""",
    "substack": """<p>a<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>.</p>
        <div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>
        <div class="footnote-content"><p>So.</p></div></div>""",
    "wordpress": """<p>a<sup class="fn"><a href="#u-1" id="u-1-link">1</a></sup>.</p>
        <ol class="wp-block-footnotes"><li id="u-1">So. <a href="#u-1-link">↩︎</a></li></ol>""",
    "google": """<p>a<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p><hr>
        <div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;So.</span></p></div>""",
    "libreoffice": """<p>a<a name="s1anc" href="#s1sym"><sup>1</sup></a>.</p>
        <div id="sdfootnote1"><p><a name="s1sym" href="#s1anc">1</a>So.</p></div>""",
    "epub": """<p>a<a epub:type="noteref" href="#n1">1</a>.</p>
        <aside epub:type="footnote" id="n1">So.</aside>""",
}


@pytest.mark.parametrize("kind", NOTES)
def test_notes_stand_at_their_references(kind: str) -> None:
    found = [line for line in lines(NOTES[kind]) if not line.scene_break and not line.furniture]
    assert [plain(line) for line in found] == ["a[So.]."]


@pytest.mark.parametrize("said", ["{}... and so on.", "<b>Bread</b>{}. Salt."])
def test_only_the_stop_behind_the_number_of_a_note_goes_with_it(said: str) -> None:
    note = said.format('<a href="#r1">1</a>')
    (found,) = lines(f'<p>a<a href="#n1" id="r1">1</a>.</p><p id="n1">{note}</p>')
    assert plain(found) == f"a[{said.format('')}]."


def test_what_is_no_note_stays_where_it_is() -> None:
    text = '<p>See <a href="#c2">2</a>.</p><h2 id="c2">Chapter 2</h2><p>Text.</p>'
    assert [plain(line) for line in lines(text)] == ["See 2.", "Chapter 2", "Text."]


def test_deep_and_broken_pages() -> None:
    for text in (
        "<div>" * 10_000 + "text",
        "<b>" * 5_000 + "text",
        "<p><i>" * 5_000 + "text",
        "<a <b " * 5_000,
    ):
        assert "text" in page(f"text {text}")[1].lines[-1].run.text or "<" in text


SAID = "<p>The ferry lay on the near bank all winter, and nobody had asked it to.</p>"
SET = {
    "bold": "<p><b>{}</b></p>",
    "centred": "<p align=center>{}</p>",
    "stylesheet": "<style>.c{{font-weight:700;text-align:center}}</style><p class=c>{}</p>",
    "label": "<p><strong>{}</strong> </p>",
}


@pytest.mark.parametrize("form", SET)
@pytest.mark.parametrize(
    "names", [("Chapter 1", "Chapter 2: Rain", "Chapter 3"), ("The Rope", "Rain", "Late Snow")]
)
def test_headings_may_be_bold_or_centred_alone(form: str, names: tuple[str, ...]) -> None:
    said = [SAID.replace("winter", f"the winter of {name}") for name in names]
    made = book(
        "".join(SET[form].format(name) + text * 8 for name, text in zip(names, said, strict=True))
    ).book
    assert [heading_text(division) for division in made.divisions] == list(names)
    assert all(len(division.blocks) == 8 for division in made.divisions)


def test_headings_that_only_some_are_called_so() -> None:
    text = "".join(f"<h2>Chapter {number}</h2>{SAID * 5}" for number in (1, 2, 4))
    made = book(text.replace("<h2>Chapter 4", f"<p><b>Chapter 3</b></p>{SAID * 5}<h2>Chapter 4")).book
    assert [division.numbers for division in made.divisions] == [(1,), (2,), (3,), (4,)]


def test_a_bold_sentence_is_no_heading() -> None:
    chapters = [
        f"<h2>Chapter {number}</h2>{SAID * 4}<p><b>I Am Here</b></p>{SAID * 4}" for number in (1, 2, 3)
    ]
    made = book("".join(chapters)).book
    assert len(made.divisions) == 3
    assert isinstance(made.divisions[0].blocks[4].children[0], Strong)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "sign",
    ["<p>&nbsp;</p>", "<p><br></p>", "<hr>", "<p align=center>* * *</p>", "<p><b>#</b></p>", "<br><br>"],
)
def test_scenes(sign: str) -> None:
    text = f"<h2>Chapter 1</h2>{SAID * 9}{sign}{SAID * 9}<h2>Chapter 2</h2>{SAID * 9}"
    blocks = book(text).book.divisions[0].blocks
    assert [place for place, block in enumerate(blocks) if isinstance(block, SceneBreak)] == [9]


def test_empty_paragraphs_everywhere_break_no_scene() -> None:
    text = f"<h2>Chapter 1</h2>{(SAID + '<p>&nbsp;</p>') * 9}<h2>Chapter 2</h2>{(SAID + '<p>&nbsp;</p>') * 9}"
    assert not any(isinstance(block, SceneBreak) for block in book(text).book.divisions[0].blocks)


SITE = """<!DOCTYPE html><html lang="nl"><head><title>Hoofdstuk 7 &#8211; De vloed &#8211; Verhalen</title>
<meta property="article:published_time" content="2020-10-03T18:20:11+00:00"><link rel="canonical" href="/h7">
<script>x()</script></head><body><div class="site-header"><p>Elke week een nieuw hoofdstuk, al jaren en jaren
lang en nog altijd niet klaar.</p><nav><ul><li><a href="/">Begin</a></li></ul></nav></div>
<div class="content"><div class="entry-header"><h1>Hoofdstuk 7 &#8211; De vloed</h1><div>Geplaatst op <time
datetime="2020-10-03">3 oktober 2020</time></div></div><div class="entry">
<p>Het water kwam ’s nachts, zonder geluid, en toen Griet wakker werd stond het al tot aan de tweede tree.</p>
<p>Moeder? riep ze.<span class="comment-count">12</span></p>
<figure><img src="https://cdn.example/dijk.jpg" alt="De dijk"></figure>
<p>De boot van de buren lag op zijn kant in de boomgaard, en in de takken hing het wasgoed van een straat.</p>
<div class="sharedaddy"><h3>Delen:</h3><ul><li><a href="/t">Twitter</a></li></ul></div>
<p class="button"><a href="/s">Word abonnee</a></p></div>
<div class="x"><a rel="prev" href="/h6">Hoofdstuk 6</a> <a rel="next" href="/h8">Hoofdstuk 8</a></div>
<div id="comments"><h2>1 gedachte</h2><p>Wat een prachtig hoofdstuk weer, ik zat met natte ogen aan tafel.</p>
</div></div><ul><li><a href="/1">Een</a></li><li><a href="/2">Twee</a></li><li><a href="/3">Drie</a></li></ul>
<p style="display:none">Verborgen.</p><footer>Met WordPress gemaakt</footer></body></html>"""


def test_a_page_of_a_site_gives_the_authors_text_alone() -> None:
    _, draft = page(SITE)
    own = [plain(line) for line in draft.lines if not (line.furniture or line.absent)]
    assert [text[:9] for text in own] == ["Hoofdstuk", "Het water", "Moeder? r", "De boot v"]
    heading = next(line for line in draft.lines if line.heading_level and not line.furniture)
    assert dict(heading.attributes) == {
        "posted": "2020-10-03",
        "link": "/h7",
        "previous": "/h6",
        "next": "/h8",
    }
    made = book(SITE)
    assert [len(division.blocks) for division in made.book.divisions] == [3]
    assert [item.message[:58] for item in made.diagnostics if item.code == "DOC005"] == [
        "A picture is left out: it lies at https://cdn.example/dijk"
    ]


def test_what_a_site_prints_is_logged_and_can_be_kept() -> None:
    read = readers.read(SITE.encode(), "page.html")
    config = Config(refuse=(Refusal(rule="STR011", text="Word abonnee"),))
    made = normalize(read.drafts, read.sources, config)
    notes = {change.note for change in made.changes}
    assert notes >= {"Comments of readers.", "Buttons of the site."}
    assert [run.text for run in block_prose(made.book.divisions[0].blocks[-1])] == ["Word abonnee"]


def test_pages_of_several_posts_come_in_the_order_of_their_days() -> None:
    post = "<article><h2>{}</h2><p><time datetime='2021-0{}-01'>a day</time></p><p>{} {}</p></article>"
    names = ("The Lamp", "Rain", "The Ferry")
    posts = "".join(post.format(name, 3 - at, name, SAID[3:-4]) for at, name in enumerate(names))
    made = book(f"<main>{posts}</main><nav>Home</nav>")
    assert [heading_text(division) for division in made.book.divisions] == ["The Ferry", "Rain", "The Lamp"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<meta charset="iso-8859-1"><p>“caf\u00e9”'.encode("cp1252"), "“café”"),
        ('<meta charset="iso-8859-1"><p>“caf\u00e9”'.encode(), "“café”"),
        ('<meta content="text/html; charset=koi8-r"><p>Дождь'.encode("koi8-r"), "Дождь"),
        ("<meta charset=utf-8><p>caf\u00e9".encode("utf-16"), "café"),
    ],
)
def test_encodings_of_pages(data: bytes, text: str) -> None:
    assert plain(readers.read(data, "page.html").drafts[0].lines[0]) == text


def test_what_no_text_can_be_is_refused() -> None:
    with pytest.raises(PublishError, match=r"page\.html: no text has so many tags"):
        page("<" * 4_000_001)


@pytest.mark.parametrize("line", ["<p>{}</p>", "<div>{}</div>"])
def test_pasted_lines_are_read_as_plain_text_is(line: str) -> None:
    letter = "My Dear Ada,\n\nThe ferry lay on the near bank all winter.\n\nYours ever,\nTom"
    typed = normalize(*_read(letter.encode(), "page.txt"), Config()).book
    empty = line.format("<br>")
    pasted = "".join(line.format(said) if said else empty for said in letter.split("\n"))
    assert same(normalize(*_read(pasted.encode(), "page.html"), Config()).book, typed)


def _read(data: bytes, name: str) -> tuple[Sequence[Draft], Sequence[Source]]:
    read = readers.read(data, name)
    return read.drafts, read.sources


@pytest.mark.shared
@pytest.mark.parametrize("name", ["breaking-stalin", "comrade-in-arms"])
@pytest.mark.parametrize(
    ("line", "empty"), [("<p>{}</p>", "<p>&nbsp;</p>"), ("<div>{}</div>", "<div><br></div>")]
)
def test_a_manuscript_as_a_page_gives_the_same_book(name: str, line: str, empty: str) -> None:
    typed = (SHARED / "manuscripts" / f"{name}.txt").read_bytes()
    lines = typed.decode().split("\n")
    pasted = "\n".join(line.format(escape(said, quote=False)) if said.strip() else empty for said in lines)
    made = normalize(*_read(f"<meta charset=utf-8>{pasted}".encode(), f"{name}.html"), Config()).book
    assert same(made, normalize(*_read(typed, f"{name}.txt"), Config()).book)


def test_the_name_of_a_site_is_no_heading_where_the_article_has_one() -> None:
    made = book(
        "<html lang=en-GB><title>Chapter 2: Low Water | Harbour Tales</title>"
        "<meta name=author content='Ines Fell'><body><header><h1>Harbour Tales</h1></header><main><article>"
        "<h1>Chapter 2: Low Water</h1><p>The tide had gone out further than anyone remembered, so late."
        "</p></article></main>"
    )
    assert [heading_text(division) for division in made.book.divisions] == ["Chapter 2: Low Water"]
    metadata = made.book.metadata
    assert metadata.language.value == "en-GB"
    assert [creator.name.value for creator in metadata.creators] == ["Ines Fell"]


def test_the_language_of_most_paragraphs_is_that_of_the_page() -> None:
    """Word processors say it of each paragraph, and their own of the page: no words are foreign by that."""
    line = '<p lang="en-GB">{}</p>'
    made = book(
        '<body lang="de-DE"><h1>Chapter 1</h1>'
        + line.format("The weir was old, and nobody had mended it since the great flood of that year.")
        + line.format("* * *")
        + line.format('She said <span lang="fr-FR">bonne nuit</span> and left.')
    )
    assert made.book.metadata.language.value == "en-GB"
    written = markdown.write(made.book)
    assert "\n\nThe weir was old" in written
    assert "\n\n* * *\n\nShe said [bonne nuit]{lang=fr-FR} and left.\n" in written


def test_the_title_block_of_a_document_is_the_title_page() -> None:
    made = book(
        "<title>The Salt Road</title>"
        "<header><h1 class=title>The Salt Road</h1><p class=author>Ines Fell</p></header>"
        "<h1>Chapter 1</h1><p>It was late.</p><h1>Chapter 2</h1><p>It was dark.</p>"
    )
    assert made.book.metadata.title.value == "The Salt Road"
    assert [heading_text(division) for division in made.book.divisions] == ["Chapter 1", "Chapter 2"]


LONG = (
    "<p>"
    + "The ferryman had no sons, and the three daughters had no liking for the river at all. " * 12
    + "</p>"
)
SHORT = "".join(
    f"<p>“Not {word},” said Ane.</p>" for word in "here there today now ever yet him them".split()
)
LAST = "<p>And so they went home.</p>"


@pytest.mark.parametrize(
    ("form", "count"),
    [
        (f"<div class=post><h2>The River</h2>{LONG}{SHORT}{LAST}</div>", 10),
        (f"<div class=post><div class=text><h2>The River</h2>{LONG}{SHORT}{LAST}</div></div>", 10),
        (f"<div class=post><h2>The River</h2>{SHORT}<blockquote>{LONG}{LONG}</blockquote>{LAST}</div>", 11),
        (f"<div class=post><h2>The River</h2>{SHORT}<ul><li>{LONG[3:-4]}</li></ul>{LAST}</div>", 10),
        (f"<h2>The River</h2><p>Here it begins.</p><div class=text>{LONG}{LONG}</div>{LAST}", 4),
        (f"<div class=one><h2>The River</h2>{LONG}</div><div class=two>{SHORT * 9}</div>", 73),
        (f"<article><h2>The River</h2>{LONG}</article><div class=two>{SHORT * 9}</div>", 73),
    ],
)
def test_no_paragraph_of_the_authors_stands_outside_of_the_article(form: str, count: int) -> None:
    _, draft = page(f"<title>The River - Tales</title><script>x()</script><body><div id=wrap>{form}</div>")
    own = [line for line in draft.lines if not line.furniture and not line.heading_level]
    assert len(own) == count


def test_what_has_a_name_stands_outside_of_the_article() -> None:
    _, draft = page(
        f"<script>x()</script><div class=top><p>Tales of ours.</p></div><div class=text>{LONG}{SHORT}</div>"
        "<p class=small>All rights reserved.</p>"
    )
    assert [plain(line) for line in draft.lines if line.furniture] == [
        "Tales of ours.",
        "All rights reserved.",
    ]


def test_a_page_without_scripts_is_a_sites_by_what_stands_round_its_text() -> None:
    text = "".join(f"<p>{'The well was deep, and nobody let down a lamp. ' * n}</p>" for n in (2, 3))
    round_it = (
        '<div id="comments"><h3>2 Comments</h3><p>Joe: loved it</p></div>'
        '<div id="sidebar"><h3>Archives</h3></div><div class="sharedaddy"><a href="#">Tweet</a></div>'
    )
    _, draft = page(f"<h2>The Well</h2>{text}{round_it}")
    assert [line.run.text for line in draft.lines if line.furniture] == [
        "2 Comments",
        "Joe: loved it",
        "Archives",
        "Tweet",
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<iframe src="https://v.example/1"></iframe><footer><p>The end of the tale.</p></footer>',
        '<div id="comments" class="section"><h1>Comments</h1><p>He had three of them to make.</p></div>'
        '<div id="menu" class="section"><h1>Menu</h1><p>There was fish, and fish.</p></div>',
    ],
)
def test_a_film_or_headings_of_the_authors_make_no_site(text: str) -> None:
    _, draft = page(f"<p>{'The well was deep. ' * 9}</p>{text}")
    assert not any(line.furniture for line in draft.lines)


def test_an_address_amid_paragraphs_is_told() -> None:
    text = "<main><p>He wrote to her:</p><address>3 Gull Street<br>Wexcombe</address><p>No answer came.</p>"
    _, draft = page(f"{text}<address>Written by Joe</address></main>")
    assert [line.run.text.startswith("3 Gull") for line in draft.lines if not line.furniture].count(True) == 1
    assert [line.run.text for line in draft.lines if line.furniture] == ["Written by Joe"]


def test_a_formula_is_read_once() -> None:
    text = (
        "<p>It is <span class='katex'><span class='katex-mathml'><math><mi>a</mi><mo>=</mo><mi>b</mi></math>"
        "</span><span class='katex-html' aria-hidden='true'><span>a</span><span>=</span>b</span></span>.</p>"
    )
    assert [line.run.text for line in lines(text)] == ["It is a=b."]


def test_a_list_that_goes_on_keeps_its_number_and_its_depth() -> None:
    text = (
        "<ol><li>find Merrick<li>find coal</ol><ul><ul><li>here<li>there</ul></ul><ol start='4'><li>eat</ol>"
    )
    assert [(line.depth, line.sign and line.sign.text) for line in lines(text)] == [
        (1, "1. "),
        (1, "2. "),
        (2, "* "),
        (2, "* "),
        (1, "4. "),
    ]


def test_the_title_that_the_properties_state_is_not_printed_twice() -> None:
    top = '<title>The Ferry</title><meta name="author" content="Ruth Ansley">'
    text = (
        "<p align=center><b>The Ferry</b></p><p align=center>Ruth Ansley</p><h1>One</h1><p>It lay there.</p>"
    )
    made = book(f"<html><head>{top}</head><body>{text}<h1>Two</h1><p>It sank.</p></body></html>").book
    assert [heading_text(division) for division in made.divisions] == ["One", "Two"]
    assert made.metadata.title.value == "The Ferry"
    assert [creator.name.value for creator in made.metadata.creators] == ["Ruth Ansley"]


def test_a_page_that_declares_entities_is_refused() -> None:
    with pytest.raises(PublishError, match="declares the entity “e”"):
        page('<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>By &e;</p>')


def test_cells_that_reach_over_columns_and_rows_move_no_other() -> None:
    text = (
        "<table><tr><th colspan=2>Fares<th>Note</tr><tr><td rowspan=2>Monday<td>6.40<td>a</tr>"
        "<tr><td>7.40<td>b</tr></table>"
    )
    _, draft = page(f"<p>Some text before it.</p>{text}")
    cells = draft.lines[1].run.text.split("\ufde9")
    assert [cells[at : at + 3] for at in (0, 3, 6)] == [
        ["Fares", "", "Note"],
        ["Monday", "6.40", "a"],
        ["", "7.40", "b"],
    ]
    assert [item.code for item in draft.findings] == ["DOC004"]


GOOGLE = """<html><head><style>.c3{font-style:italic}</style></head><body class="c6 doc-content">
<p class="c5 title"><span>The Ferry</span></p>
<p class="c5 subtitle" style="text-align:center"><span>A Novel</span></p>
<h1 id="h.1"><span>Chapter 1</span></h1>
<p><span>It had </span><span class="c3">not</span><span> run.</span><sup
><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p>
<p><span>He said so.</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<h1 id="h.2"><span>Chapter 2</span></h1><p><span>It ran again.</span></p>
<hr class="c9"><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;In May.</span></p></div>
<div class="c7"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>The right word? Ed</span></p></div>
</body></html>"""


def test_a_page_of_google_docs() -> None:
    made = book(GOOGLE)
    text = markdown.write(made.book)
    assert text.split("# Chapter 1\n\n")[1] == (
        "It had *not* run.^[In May.]\n\nHe said so.\n\n# Chapter 2\n\nIt ran again.\n"
    )
    assert made.book.metadata.title.value == "The Ferry"
    subtitle = made.book.metadata.subtitle
    assert subtitle is not None
    assert subtitle.value == "A Novel"
    assert [change.note for change in made.changes if change.why == "DOC002"] == ["It is a comment."]


def test_a_page_that_word_has_filtered() -> None:
    entry = "<p class=MsoListParagraphCxSp{} style='margin-left:{}pt'>{}<span>&nbsp;&nbsp; </span>{}</p>"
    entries = (("First", 36, "·", "an oar"), ("Middle", 72, "o", "its blade"), ("Last", 36, "·", "a rope"))
    text = (
        "<title>The Ferry</title><p class=MsoTitle>The Ferry</p><p align=center>Ruth Ansley</p>"
        "<p class=MsoTocHeading>Contents</p><p class=MsoToc1><a href='#_Toc1'>Chapter 1</a> 3</p>"
        "<h1><a name=_Toc1>Chapter 1</a></h1><p>He had three things.</p>"
        f"{''.join(entry.format(*one) for one in entries)}<h1>Chapter 2</h1><p>It ran again.</p>"
    )
    made = book(text).book
    assert (made.metadata.title.value, made.metadata.creators[0].name.value) == ("The Ferry", "Ruth Ansley")
    written = markdown.write(made)
    assert "He had three things.\n\n* an oar\n  * its blade\n* a rope\n\n# Chapter 2" in written
    assert "Contents" not in written


def test_a_download_of_the_archive_of_our_own() -> None:
    text = (
        "<title>The Ferry - tidewrack - Work</title><div id=preface><p class=message><b>The Ferry</b>"
        "<br>Posted originally on the Archive.</p><div class=meta><dl class=tags><dt>Rating:<dd>Gen</dl>"
        "<h1>The Ferry</h1><div class=byline>by <a rel=author href='#'>tidewrack</a></div></div></div>"
        "<div id=chapters><h2 class=heading>Chapter 1: The Slip</h2><p>It did not run.</p>"
        "<h2 class=heading>Chapter 2: The Goat</h2><p>It ate the letter.</p></div>"
        "<div id=afterword><p class=message>Please comment!</p></div>"
    )
    made = book(text).book
    metadata = made.metadata
    assert (metadata.title.value, metadata.creators[0].name.value) == ("The Ferry", "tidewrack")
    assert [heading_text(division) for division in made.divisions] == [
        "Chapter 1: The Slip",
        "Chapter 2: The Goat",
    ]


def test_who_wrote_a_post_of_a_site_is_no_text() -> None:
    text = "".join(f"<p>{'The well was deep, and nobody let down a lamp. ' * n}</p>" for n in (2, 3))
    _, draft = page(f"<main><h1>The Well</h1><h3>by <a href='/u/1'>saltmarsh</a></h3>{text}</main>")
    assert [line.run.text for line in draft.lines if line.furniture] == ["by saltmarsh"]


@pytest.mark.parametrize(
    "note",
    [
        "<dl id=n1><dt>[<a href='#r1'>←1</a>]</dt><dd><p>In May.</p></dd></dl>",
        "<p id=n1>[<a href='#r1'>1</a>] In May.</p>",
        "<p id=n1>(<a href='#r1'>1</a>) In May.</p>",
    ],
)
def test_brackets_round_the_way_back_are_no_text_of_the_note(note: str) -> None:
    text = f"<p>It had run.<a id=r1 href='#n1'>1</a></p>{note}"
    assert "It had run.^[In May.]" in markdown.write(book(text).book)


ELSEWHERE = """<html><head><title>Zvorbak | Kirpu</title></head><body>
<div class="m"><a href="/">Kirpu</a></div>
<div class="w"><h1>Zvorbak</h1><div class="a">Melnok 14. tarpu 2023 ak Elvik</div>
<p>Vindel ostrak kirpu zelmat forn balduk mirsel, tarpu ak melnok vindel ostrak forn zelmat.</p>
<p>Zelmat forn balduk, “mirsel” tarpu ak melnok vindel ostrak forn zelmat kirpu ostra tarpu.</p>
<div class="b"><h3>Ostra</h3><ul><li><a href="/n">Zel</a></li><li><a href="/o">Mat</a></li></ul></div>
<div class="c"><h3>2 balduk</h3><div><b>Ola</b><p>Bravo Elvik!</p></div>
<form><textarea></textarea></form></div><div class="d"><p>Mirsel ak forn</p><form><input></form></div>
<div class="e">Kirpu 2023</div></div>
</body></html>"""


def test_what_stands_below_a_text_and_asks_or_leads_on_is_the_sites_in_any_language() -> None:
    _, draft = page(ELSEWHERE)
    own = [plain(line) for line in draft.lines if not line.furniture]
    assert [text.partition(" ")[0] for text in own] == ["Zvorbak", "Vindel", "Zelmat", "Kirpu"]
    asked = ELSEWHERE.replace("<p>Vindel", "<div>Fin.</div><p>Vindel").replace("Kirpu 2023", "Fin.")
    _, draft = page(asked.replace("<form>", "").replace("</form>", "").replace("<textarea></textarea>", ""))
    assert "Bravo Elvik!" in [plain(line) for line in draft.lines if not line.furniture]


@pytest.mark.parametrize("title", ["Tøjsnoren | Ugeavis", "Tøjsnoren – Ugeavisen i byen"])
def test_a_small_site_is_known_by_its_title_and_one_of_its_parts(title: str) -> None:
    own = (
        "Min mor hængte tøj op efter et system, som ingen af os nogensinde fik forklaret, og vi spurgte ikke."
    )
    parts = (
        "<div id=top-nav><a href=/>Forside</a> <a href=/k>Kultur</a></div>"
        "<ul class=breadcrumb><li><a href=/>Forside</a></li><li>Tøjsnoren</li></ul>",
        f"<h1>Tøjsnoren</h1><p class=meta>Af Kirstine Lauge · 8. maj 2019 · 6 min. læsning</p><p>{own}</p>",
        f"<blockquote class=pullquote>efter et system</blockquote><p>{own}</p>",
        "<h3>Læs også</h3><ul><li><a href=/a>Ti gode råd</a></li><li><a href=/b>Hækken</a></li></ul>"
        "<div id=kommentarer><h3>2 kommentarer</h3><p>Bente: Hvor er det smukt.</p></div>",
    )
    found = book(f"<html><head><title>{title}</title></head><body>{''.join(parts)}</body></html>")
    assert found.book.metadata.title.value == "Tøjsnoren"
    assert [one.name.value for one in found.book.metadata.creators] == ["Kirstine Lauge"]
    assert markdown.write(found.book).split("---")[2].strip().split("\n\n")[-2:] == [own, own]
    assert "Læs" not in markdown.write(found.book)


@pytest.mark.parametrize("number", ["1. ", "[1] ", "<p>1) ", "1. <i>Then</i> "])
def test_the_number_that_begins_a_note_is_no_text_where_the_way_back_is_an_arrow(number: str) -> None:
    text = "<p>He went.<sup><a href=#fn1 id=r1>1</a></sup></p><p>More of it.</p>"
    (first, *_) = lines(f"{text}<div id=fn1>{number}So we said. <a href=#r1>↩</a></div>")
    assert plain(first).count("1") == 0
    assert "So we said." in markdown.write(
        book(f"{text}<div id=fn1>{number}So we said. <a href=#r1>↩</a></div>").book
    )
    for said in ("1848 was a year.", "1 Kings 4:32"):
        kept = f"{text}<div id=fn1>{said} <a href=#r1>↩</a></div>"
        assert f"^[{said}]" in markdown.write(book(kept).book)
    again = text.replace("fn1 id=r1>1", "fn2 id=r2>2")
    bible = "<div id=fn1>1. Mose 4 <a href=#r1>↩</a></div><div id=fn2>So. <a href=#r2>↩</a></div>"
    assert "^[1. Mose 4]" in markdown.write(book(f"{text}{again}{bible}").book)


def test_notes_of_tables_and_captions_stand_there() -> None:
    table = "<table><tr><td>a<td>b<a href=#n1 id=r1>1</a><tr><td>c<td>d</table>"
    figure = "<figure><img src=p.png><figcaption>Red.<a href=#n2 id=r2>2</a></figcaption></figure>"
    bodies = "<p id=n1><a href=#r1>1</a> In it.</p><p id=n2><a href=#r2>2</a> Below it.</p>"
    written = markdown.write(book(f"<h1>One</h1><p>So.</p>{table}{figure}<p>Then.</p>{bodies}").book)
    assert "| a | b^[In it.] |" in written
    assert '"Red.^[Below it.]"' in written
    read = readers.read(written.encode(), "a.md")
    assert markdown.write(normalize(read.drafts, read.sources, Config()).book) == written


def test_a_subtitle_in_the_title_of_a_page_makes_it_no_page_of_a_site() -> None:
    told = "<div class=metadata>Written in the winter of the flood, above the bakery.</div>"
    text = "<p>It was the night of the storm, and every window in the house shook in its frame.</p>"
    made = book(f"<title>The Line: A Story</title><h1>The Line</h1>{told}{text * 2}").book
    assert "Written in the winter" in markdown.write(made)


def test_a_pull_quote_stays_whose_words_the_text_has_nowhere() -> None:
    own = "<p>That was what my grandfather had carved above the door, and we all knew it by heart.</p>"
    quote = "<figure class=wp-block-pullquote><blockquote><p>“{}”</p></blockquote></figure>"
    site = "<nav><a href=/>Home</a></nav><main><h1>Rain</h1>{}</main>"
    for words, times in (("Never trust the sea.", 1), ("Carved above the door.", 0)):
        page = site.format(own + quote.format(words) + own)
        assert markdown.write(book(page).book).count(words) == times


def test_styles_that_say_so_make_a_quotation() -> None:
    head = "<style>p.MsoQuote{font-style:italic}</style>"
    quoted = "<p class=MsoQuote>A tide is a <i>promise</i>.</p><p class=MsoQuote>Twice daily.</p>"
    text = f"{head}<h1>One</h1><p>She said it.</p>{quoted}<p>He left.</p><p class=MsoIntenseQuote>Gone.</p>"
    made = markdown.write(book(text).book)
    assert "::: quotation\nA tide is a *promise*.\n\nTwice daily.\n:::\n\nHe left." in made
    assert made.count("::: quotation") == 2


@pytest.mark.parametrize(
    ("quoted", "written"),
    [
        (
            "<blockquote><p>One.</p><blockquote><p>Two.</p></blockquote><p>One.</p></blockquote>",
            "::: quotation\nOne.\n\n::: quotation\nTwo.\n:::\n\nOne.\n:::",
        ),
        (
            "<blockquote class=letter><p>Dear Ada,<blockquote><p>Two.</blockquote><p>Ben</blockquote>",
            "::: {.letter opening=1 closing=1}\nDear Ada,\n\n::: quotation\nTwo.\n:::\n\nBen\n:::",
        ),
        ("<blockquote><blockquote><p>Two.</p></blockquote></blockquote>", "::: quotation\nTwo.\n:::"),
        (
            "<blockquote><blockquote><p>Two.</p></blockquote><p>— Ada</p></blockquote>",
            "::: quotation\nTwo.\n\n— Ada\n:::",
        ),
        (
            "<blockquote><p>One.</p><figure><img src=low.png alt='Low tide'><figcaption>Four o’clock."
            "</figcaption></figure><p>Two.</p><hr><p>Three.</p></blockquote>",
            '::: quotation\nOne.\n\n![Low tide](low.png "Four o’clock.")\n\nTwo.\n\n* * *\n\nThree.\n:::',
        ),
    ],
)
def test_a_quotation_in_a_passage_keeps_its_level(quoted: str, written: str) -> None:
    made = book(f"<h1>One</h1><p>She read it out.</p>{quoted}<p>Then he left.</p>").book
    assert f"\n\nShe read it out.\n\n{written}\n\nThen he left.\n" in markdown.write(made)


_IN_TABLE = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"


@pytest.mark.parametrize(
    "table",
    [
        f"<table><caption>How long they stood</caption>{_IN_TABLE}</table>",
        f"<table>How long they stood{_IN_TABLE}</table>",
        f"<table>{_IN_TABLE}<tr>How long they stood<td>e</td><td>f</td></tr></table>",
        f"<table><tbody><p>How long they stood</p>{_IN_TABLE}</tbody></table>",
        f"<table><div>How long they stood</div>{_IN_TABLE}</table>",
    ],
)
def test_what_stands_in_a_table_and_in_no_cell_stands_above_it(table: str) -> None:
    above, below = lines(table)
    assert (above.run.text, above.columns, len(below.columns)) == ("How long they stood", "", 2)


@pytest.mark.parametrize("round_it", ["blockquote", 'div class="epigraph"', "figure"])
@pytest.mark.parametrize(
    "source",
    [
        "<footer>— Lieut. Dray, <cite>Journal</cite></footer>",
        "<address>Lieut. Dray</address>",
        "<aside>Lieut. Dray</aside>",
        '<p class="byline">Lieut. Dray</p>',
        '<p>by <a href="/dray">Lieut. Dray</a></p>',
    ],
)
def test_who_said_what_is_quoted_is_no_foot_of_a_site(round_it: str, source: str) -> None:
    said = "<p>It was the longest day of that year, and nobody on the island was awake to see it come.</p>"
    _, draft = page(
        f"<main><article><h1>Maps</h1>{said}<{round_it}>{said}{source}</{round_it.partition(' ')[0]}>{said}"
        f'</article></main><footer class="byline">Powered by a site</footer>'
    )
    assert [plain(line) for line in draft.lines if line.furniture] == ["Powered by a site"]
    assert any("Lieut. Dray" in line.run.text for line in draft.lines if not line.furniture)


def test_the_title_of_a_work_above_that_of_its_page_is_the_sites() -> None:
    page = (
        '<html><head><title>Chapter 2: Ice - The Ferry | A Site</title><meta property="og:type" content="x">'
        "</head><body><div><h2>The Ferry</h2><h1>Chapter 2: Ice</h1></div><main>"
        + "<p>The river froze from bank to bank that night, and nobody slept in any of the houses.</p>" * 5
        + "</main></body></html>"
    )
    found = book(page)
    assert [heading_text(division) for division in found.book.divisions] == ["Chapter 2: Ice"]
    assert "Stands outside of the page's article." in {change.note for change in found.changes}


def test_a_rule_right_below_a_heading_parts_no_scenes() -> None:
    found = book("<h1>Chapter 1</h1><hr><p>It rained.</p><hr><p>It froze.</p>")
    kinds = [type(block).__name__ for block in found.book.divisions[0].blocks]
    assert kinds == ["Paragraph", "SceneBreak", "Paragraph"]


def test_headings_within_one_post_stand_as_their_author_set_them() -> None:
    posted = '<p>By <a href="/a">Ada Marsh</a> <time datetime="2019-11-02">2 November 2019</time></p>'
    said = [
        "In the museum of the old town every map is wrong, which nobody minds who has paid to come in.",
        "Three ships looked for the island that summer; one of them found it, and was never seen again.",
        "Mountains ran across the whole of Africa for a hundred years, until somebody went there to look.",
        "Under a sheet there lay a plan of our own street, on which the house we stood in was left out.",
    ]
    parts = [
        f"<h2>{name}</h2><p>{text}</p>"
        for name, text in zip(("Isles", "Hills", "Attic"), said[1:], strict=True)
    ]
    body = f"<h1>Wrong Maps</h1>{posted}<p>{said[0]}</p>{''.join(parts)}<h4>Of her</h4><p>She errs.</p>"
    found = book(f'<main><article class="post">{body}</article></main>')
    assert not [one for one in found.diagnostics if one.code == "STR018"]


def test_what_a_title_block_says_is_stated_and_no_line_below_it_is_the_title() -> None:
    block = (
        '<header id="title-block-header"><h1 class="title">Rain on Tuesdays</h1><p class="subtitle">A Comedy'
        '</p><p class="author">Ada Quill</p><p class="author">Bo Marsh</p></header>'
    )
    said = "<p>The ferry lay on the near bank all winter, and nobody asked it to.</p>" * 3
    chapters = "".join(f"<p><b>{title}</b></p>{said}" for title in ("The Rope", "The Lamp", "The Oar"))
    made = book(
        f"<html><head><title>Rain on Tuesdays</title></head><body>{block}{chapters}</body></html>"
    ).book
    facts = made.metadata
    assert (facts.title.value, facts.subtitle and facts.subtitle.value) == ("Rain on Tuesdays", "A Comedy")
    assert [creator.name.value for creator in facts.creators] == ["Ada Quill", "Bo Marsh"]
    assert [heading_text(division) for division in made.divisions] == ["The Rope", "The Lamp", "The Oar"]


WINTER = "<p>The ferry lay on the near bank all winter, and nobody asked it to. It was the third.</p>" * 3
OF_AN_ARCHIVE = """<title>The Ferry - Chapter 3 - AdaQ [Archive]</title><div id="main" role="main">
<dl class="work meta"><dt>Rating:</dt><dd>None</dd></dl><div id="workskin"><div class="preface group">
<h2 class="title">The Ferry</h2><h3 class="byline heading"><a rel="author">AdaQ</a></h3></div>
<div id="chapters" role="article"><div class="chapter preface group" role="complementary"><h3 class="title">
<a href="/w">Chapter 3</a>: The Rope</h3><div class="notes module" role="complementary">
<h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>It rained first.</p></blockquote></div></div>
<div class="userstuff module"><h3 class="landmark heading">Chapter Text</h3>{}</div>
<div class="end notes module" role="complementary"><h3 class="heading">Notes:</h3>
<blockquote class="userstuff"><p>It rained last.</p></blockquote></div></div></div></div>
<div id="feedback"><ul class="actions"><li>Kudos</li></ul></div>"""
OF_A_SITE = """<title>River Letters: The Ferry</title><div class="header"><div class="widget">
<h1 class="title"><a href="/">River Letters</a></h1><p class="description">Stories from the bank</p>
</div></div>
<div class="main" id="main"><h3 class="post-title">The Ferry</h3><div>{}</div></div>
<div class="navbar"><a href="/o">Older</a></div>
<div class="sidebar"><h2>About Me</h2></div><div id="profile_top"><b>By</b>: AdaQ Rated: K</div>"""


def headings_and_words(text: str) -> tuple[list[str], str]:
    made = book(text).book
    divisions = [inner for one in made.divisions for inner in (one, *one.divisions)]
    blocks = (block for division in divisions for block in division.blocks)
    return [heading_text(division) for division in divisions], " ".join(
        prose.text for block in blocks for prose in block_prose(block)
    )


def test_a_work_on_its_archives_page_is_the_authors_with_its_title_and_notes() -> None:
    found, words = headings_and_words(OF_AN_ARCHIVE.format(WINTER))
    assert found == ["The Ferry", "Chapter 3: The Rope"]
    assert all(said in words for said in ("It rained first.", "It rained last."))
    assert not any(said in words for said in ("AdaQ", "Chapter Text", "Kudos", "Rating"))


def test_the_head_of_a_site_goes_where_the_pages_title_names_the_post_too() -> None:
    found, words = headings_and_words(OF_A_SITE.format(WINTER))
    assert not any(said in " ".join([*found, words]) for said in ("River", "Stories", "About", "Rated"))
    assert "The ferry lay" in words


@pytest.mark.parametrize("second", ["8 min read", "March 3, 2021 · 8 min read", "Reading time: 8 minutes"])
def test_a_name_above_the_reading_time_in_one_paragraph_is_the_authors(second: str) -> None:
    text = (
        f"<article><h1>On Waiting for Boats</h1><p>Cora Whitby<br>{second}</p>"
        "<p>Nobody waits for boats any more. You look at a screen, and the boat is a dot.</p>"
        "<p>The bell rang<br>and nobody came<br>and the rope was wet</p></article>"
    )
    made = book(text)
    assert [creator.name.value for creator in made.book.metadata.creators] == ["Cora Whitby"]
