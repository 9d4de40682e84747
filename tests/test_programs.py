"""What word processors, sites and other programs write in ways of their own says what its author meant."""

from json import dumps

import pytest

from publish import markdown, readers
from publish.config import Config
from publish.normalize import normalize
from tests import properties
from tests.office import STYLES, docx, odt, p, packed, r
from tests.test_ebook import PAGE, ebook

RAIN = "The rain had come down all night on the roofs of the town, and nobody had slept in it."
LAMP = "She went to the window and looked at the street, where a man stood with a lamp in his hand."
HEAD = "---\ntitle: Rain\nauthor: Ada Marsh\nlanguage: en\n---\n\n# Chapter 1\n\n"


QUOTED = ["::: quotation", "So:", "```", "x -- 1", '  "y"', "```", ":::"]
RUN = ["1. Run:", "   ```", "   x -- 1", "   ```", "2. Stop."]


def text(data: bytes | str, name: str) -> str:
    """The text of the book, each of its paragraphs a line."""
    data = data.encode() if isinstance(data, str) else data
    read = readers.read(data, name)
    made = normalize(read.drafts, read.sources, Config())
    properties.check(made, read.drafts)
    written = markdown.write(made.book).partition("\n---\n")[2]
    return "\n".join(line for line in written.splitlines() if line)


def field(*inside: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code, result = inside
    return sign.format("begin") + code + sign.format("separate") + result + sign.format("end")


def code(said: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{said}</w:instrText></w:r>'


def empty_lines(*said: str) -> str:
    return "<w:r><w:br/></w:r><w:r><w:br/></w:r>".join(map(r, said))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            p("T", about='<w:framePr w:dropCap="drop" w:lines="3"/>') + p(RAIN[1:]),
            [RAIN],
        ),
        (
            p("See ", field(code("IF ") + field(code("PAGE "), r("3")) + code(" = 3"), r("this")), " now."),
            ["See this now."],
        ),
        (
            p(r("Ten m"), r("2 ", '<w:vertAlign w:val="superscript"/>'), r("of H"))
            .replace("</w:p>", r("2", '<w:vertAlign w:val="subscript"/>') + r("O.") + "</w:p>"),
            ["Ten m² of H₂O."],
        ),
        (p(empty_lines(RAIN, LAMP, "“No,” she said.")), [RAIN, LAMP, "“No,” she said."]),
    ],
)  # fmt: skip
def test_word(body: str, expected: list[str]) -> None:
    found = text(docx(p("Chapter 1", style="berschrift1") + body), "a.docx")
    assert found.splitlines() == ["# Chapter 1", *expected]


def test_libreoffice() -> None:
    entry = "<text:list-item{}><text:p>{}</text:p></text:list-item>".format
    listed = '<text:list text:style-name="L2">' + entry("", "Milk") + entry(' text:start-value="7"', "Lamp")
    alone = '<text:list text:style-name="L1">' + entry("", "Bread") + "</text:list>"
    parted = f"<text:p>{RAIN}<text:line-break/><text:line-break/>{LAMP}</text:p>"
    found = text(
        odt(f"{parted}{alone}<text:p>{RAIN}</text:p>{listed}</text:list><text:p>{LAMP}</text:p>"), "a.odt"
    )
    assert found.splitlines() == [RAIN, LAMP, "* Bread", RAIN, "1. Milk", "7) Lamp", LAMP]


def test_lines_as_on_a_typewriter_are_code_where_they_look_like_it() -> None:
    style = '<w:style w:type="paragraph" w:styleId="HP"><w:name w:val="HTML Preformatted"/></w:style>'
    lines = [p(said, style="HP") for said in ("def f(x):", '    return "x" -- 1', "", "print('a')")]
    found = text(
        docx("".join([p(RAIN), *lines, p(LAMP), p(LAMP, style="HP")]), styles=STYLES + style), "a.docx"
    )
    assert found.splitlines() == [
        RAIN,
        "```",
        "def f(x):",
        '    return "x" -- 1',
        "print('a')",
        "```",
        LAMP,
        LAMP,
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<ul><li>Bread</li></ul><p>{RAIN}</p>", ["* Bread", RAIN]),
        ("<ol><li>a</li><li value=9>b</li></ol>", ["1. a", "9) b"]),
        ("<ol type=a><li>one</li><li>two</li></ol>", ["a. one", "b. two"]),
        (
            "<ol><li><p>Run:</p><pre>$ x --y\n  z</pre><li>Stop.</ol>",
            ["1. Run:", "   ```", "   $ x --y", "     z", "   ```", "2. Stop."],
        ),
        ("<ul><li>So<pre>$ x\n y</pre><li>b</ul>", ["* So", "  ```", "  $ x", "   y", "  ```", "* b"]),
        ("<ul><li>See<img src=a.png alt=red></li><li>b</li></ul>", ["* See", "  ![red](a.png)", "* b"]),
        (
            "<div class=caption><div><img src=a.png><div class=caption-text>Red.</div></div></div>",
            ['![](a.png "Red.")'],
        ),
        (
            "<table class=tr-caption-container><tr><td><img src=a.png></td></tr><tr><td class=tr-caption>Red."
            "</td></tr></table>",
            ['![](a.png "Red.")'],
        ),
        ("<p>10<sup>-6 </sup>m<sup>2</sup>, the 4<sup>th</sup></p>", ["10⁻⁶ m², the 4th"]),
    ],
)
def test_pages(body: str, expected: list[str]) -> None:
    found = text(f"<html lang=en><h1>Chapter 1</h1><p>{LAMP}</p>{body}<p>{LAMP}</p></html>", "a.html")
    assert found.splitlines()[2:-1] == expected


def test_a_site_of_stories_names_the_chapter_in_a_menu() -> None:
    menu = "<select><option>1. Snow<option selected>2. Rain</select>"
    story = f"<div role=main>{f'<p>{RAIN}</p>' * 5}</div>"
    found = text(f"<html lang=en><nav><a href=/>Home</a></nav>{menu}{story}</html>", "a.html")
    assert found.splitlines()[:2] == ["# 2: Rain", RAIN]
    for other in ("14 px</option><option selected>16 px", "May 2023</option><option selected>June 2024"):
        menu = f"<select><option>{other}</option></select>"
        found = text(f"<html lang=en><nav><a href=/>Home</a></nav>{menu}{story}</html>", "a.html")
        assert found.splitlines()[0] == RAIN


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> So:\n>\n> ```\n> x -- 1\n>\n>   \"y\"\n> ```", QUOTED),
        (">     x = 2 -- 1", ["::: quotation", "```", 'x = 2 -- 1', "```", ":::"]),
        ("1. Run:\n\n   ```\n   x -- 1\n   ```\n\n2. Stop.", RUN),
        ("- Run:\n\n      x = 2 -- 1\n\n- Stop.", ["* Run:", "  ```", '  x = 2 -- 1', "  ```", "* Stop."]),
        ("She did this:\n\n* It rained.", ["She did this:", "* It rained."]),
        ("![one](a.png) ![two](b.png)", ["![one](a.png)", "![two](b.png)"]),
        ('[caption id="a" width="6"]![one](a.png) Words.[/caption]', ['![one](a.png "Words.")']),
        ('A [gallery ids="1,2"] and {{< x y="z" >}} so.', ["A and so."]),
        ('{{< figure src="a.png" alt="A boat" caption="At *noon*" >}}', ['![A boat](a.png "At *noon*")']),
        ("{{% figure src='a.png' title='A boat' caption=`Noon` %}}", ['![A boat](a.png "Noon")']),
        ('{{< figure src="a.png" alt="A" title="B" attr="C" >}}', ['![A](a.png "B"){credit="C"}']),
        ('{% include figure.html src="a.png" alt="A boat" caption="Noon" %}', ['![A boat](a.png "Noon")']),
        # A picture has no place for so many words, and none lies in the web: they leave, and are told.
        ('{{< figure src="a.png" alt="A" title="B" caption="C" attr="D" >}}', []),
        ('{{< figure src="https://example.org/a.png" caption="C" >}}', []),
        ('A [rat level="9"] so.', ["A [rat level=“9”] so."]),
        ('```\n{% if x %}\n[a b="c"]\n```', ["```", "{% if x %}", '[a b="c"]', "```"]),
        ("It says `{% if x %}` there.", [r"It says [\{% if x %\}]{lang=zxx} there."]),
        ("#", ['* * * {ornament="#"}']),
        ("<br>", []),
        ("%%\nnot this\n%%", []),
        ("Words %%not these%% here.", ["Words here."]),
        ("Words %%and these %%here, %%5 and 6%%.", [r"Words \%%and these \%%here, \%%5 and 6\%%."]),
    ],
)  # fmt: skip
def test_markdown(body: str, expected: list[str]) -> None:
    found = text(f"{HEAD}{RAIN}\n\n{body}\n\n{LAMP}\n", "a.md")
    assert found.splitlines() == ["# Chapter 1", RAIN, *expected, LAMP]


def test_front_matter_that_no_book_has_is_told() -> None:
    read = readers.read(f"---\npages: 312\ndigest: weekly\n---\n\n{RAIN}\n".encode(), "a.md")
    told = [finding.message for finding in read.drafts[0].findings]
    assert told == [
        "The file says “pages” of itself; no book has it.",
        "The file says “digest” of itself; no book has it.",
    ]


CHAPTERS = {
    "one.xhtml": f"<p>Chapter<br/>One</p><p>The Ferry</p><p>{RAIN}</p><div>* * *</div><p>{LAMP}</p>",
    "two.xhtml": f"<h2>Rain</h2><p>{LAMP}</p><h3>Snow</h3><p>{RAIN}</p>",
    "three.xhtml": f'<h2><img src="art/cover.png" alt="Hail"/></h2><p>{LAMP}</p>',
}


def test_e_books() -> None:
    point = '<navPoint><navLabel><text>{}</text></navLabel><content src="{}"/></navPoint>'.format
    labels = zip(("Chapter One: The Ferry", "Rain", "Hail"), CHAPTERS, strict=True)
    contents = f"<ncx><navMap>{''.join(point(*label) for label in labels)}</navMap></ncx>"
    found = text(ebook({"OEBPS/toc.ncx": contents}, texts=CHAPTERS), "a.epub")
    assert [line for line in found.splitlines() if line not in (RAIN, LAMP)] == [
        "# Chapter One: The Ferry", "* * *", "# Rain", "## Snow", "# Hail",
    ]  # fmt: skip


def test_exports() -> None:
    pages = {f"posts/html/{n}.html": PAGE.format(f"<h1>Chapter {n}</h1><p>{RAIN}</p>") for n in (1, 2)}
    listed = {"posts/posts_index.html": PAGE.format('<a href="html/1.html">1</a>')}
    assert text(packed(pages | listed), "a.zip").count(RAIN) == 2
    post = {"id": "1", "title": "Chapter 1", "html": f'<p>{RAIN}</p><img src="__GHOST_URL__/a.png">'}
    ghost = dumps({"db": [{"data": {"posts": [post | {"status": "published", "type": "post"}]}}]})
    assert text(ghost, "a.json").splitlines() == ["# Chapter 1", RAIN]
    said = f"<content:encoded><![CDATA[{RAIN}\n\n<!--more-->\n\n{LAMP}]]></content:encoded>"
    export = f"<rss><channel><item><title>Chapter 1</title>{said}</item></channel></rss>"
    assert text(export, "a.xml").splitlines() == ["# Chapter 1", RAIN, LAMP]
