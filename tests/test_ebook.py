"""E-books made elsewhere are manuscripts, and our own are read back as the books that they were."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from publish import epub, markdown, readers
from publish.cli import main
from publish.config import Config
from publish.diagnostic import PublishError
from publish.document import Letter, Verse, heading_text, same
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests.corpus import MODIFIED, pixel
from tests.properties import check

PAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{}</body></html>'
)
CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
TEXTS = {
    "cover.xhtml": '<div><img src="art/cover.png" alt="Cover"/></div>',
    "title.xhtml": '<section epub:type="titlepage"><h1>The Ferry</h1><p>Ada Marsh</p></section>',
    "one.xhtml": '<p class="calibre1"><b>Chapter One</b></p><p>He don&#8217;t know.'
    '<a href="notes.xhtml#n1" id="r1" epub:type="noteref">1</a></p><hr/><p>It rained'
    '<span epub:type="pagebreak" title="12"/> all <i>day</i> long &amp; on.'
    '<span epub:type="pagebreak" title="13"/> Yes.<span epub:type="pagebreak" title="14"/> No.</p>',
    "two.xhtml": '<section epub:type="epilogue"><hgroup><h2>II</h2><p epub:type="title">After</p></hgroup>'
    '<blockquote epub:type="z3998:verse" class="verse"><p><span>The ice is thin,</span><br/>'
    '<span class="i1">the ice is grey.</span></p></blockquote></section>',
    "notes.xhtml": '<section epub:type="endnotes"><h2>Notes</h2><ol><li id="n1" epub:type="endnote">'
    '<p>He never did.</p><p>Nor she. <a href="one.xhtml#r1" epub:type="backlink">↩</a></p></li></ol>'
    "</section>",
}
NCX = (
    "<ncx><navMap><navPoint><navLabel><text>Chapter One</text></navLabel>"
    '<content src="one.xhtml"/></navPoint></navMap></ncx>'
)
OPF = (
    '<?xml version="1.0"?><package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    '<dc:title>The Ferry &amp; Co</dc:title><dc:creator opf:role="aut" opf:file-as="Marsh, A.">Ada Marsh'
    "</dc:creator><dc:language>en-GB</dc:language><dc:identifier>urn:isbn:9783161484100</dc:identifier>"
    '<dc:subject>Sea</dc:subject><meta name="cover" content="c"/>'
    '<meta name="calibre:series" content="Rivers"/></metadata><manifest>{}'
    '<item id="c" href="art/cover.png" media-type="image/png"/>'
    '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
    "<spine>{}</spine></package>"
)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()


def ebook(
    more: Mapping[str, str | bytes] | None = None, without: str = "", texts: Mapping[str, str] = TEXTS
) -> bytes:
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(texts)
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at in range(len(texts)))
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": OPF.format(items, spine),
        "OEBPS/toc.ncx": NCX,
        "OEBPS/art/cover.png": pixel(),
        **{f"OEBPS/{name}": PAGE.format(body) for name, body in texts.items()},
        **(more or {}),
    }
    return packed({name: data for name, data in files.items() if name != without})


def made(data: bytes, name: str = "book.epub") -> Normalized:
    read = readers.read(data, name)
    normalized = normalize(read.drafts, read.sources, Config())
    check(normalized, read.drafts)
    return normalized


def test_an_ebook_of_another_program() -> None:
    found = made(ebook())
    divisions = found.book.divisions
    assert [heading_text(division) for division in divisions] == ["Chapter One", "II: After"]
    assert [division.kind for division in divisions] == ["chapter", "epilogue"]
    text = markdown.write(found.book)
    assert "He don’t know.^[He never did.\\\nNor she.]" in text
    assert "It rained[Pg 12] all *day* long & on.[Pg 13] Yes.[Pg 14]" in text
    (verse,) = (block for block in divisions[1].blocks if isinstance(block, Verse))
    assert [line.indent for stanza in verse.stanzas for line in stanza] == [0, 1]
    left_out = {change.note for change in found.changes if change.why == "STR011"}
    assert {"Cover of the e-book.", "Title page of the e-book."} < left_out


def test_its_metadata() -> None:
    metadata = made(ebook()).book.metadata
    assert (metadata.title.value, metadata.language.value) == ("The Ferry & Co", "en-GB")
    assert [(c.name.value, c.role, c.file_as) for c in metadata.creators] == [
        ("Ada Marsh", "aut", "Marsh, A.")
    ]
    assert [fact.value for fact in (metadata.identifier, metadata.series) if fact] == [
        "urn:isbn:9783161484100",
        "Rivers",
    ]
    assert [subject.value for subject in metadata.subjects] == ["Sea"]


@pytest.mark.parametrize(("stated", "taken"), [("C", "en"), ("en_US.UTF-8", "en"), ("en_US", "en-US")])
def test_a_stated_language_that_is_none_is_not_taken_over(stated: str, taken: str) -> None:
    page = PAGE.format(
        "<h1>One</h1><p>He was there with her and they had all that was in it for the day.</p>"
    )
    data = ebook({"OEBPS/one.xhtml": page})
    with zipfile.ZipFile(io.BytesIO(data)) as before:
        files = {name: before.read(name) for name in before.namelist()}
    files["OEBPS/book.opf"] = files["OEBPS/book.opf"].replace(b"en-GB", stated.encode())
    assert made(packed(files)).book.metadata.language.value == taken


OURS = """\
---
title: The Long Winter
subtitle: A tale
author: Ada Marsh
translator: Ben Hale
language: fr
series: Snow
rights: © 2021
---

# Dedication

To Ben.

# Part One: Before

## Chapter 1: A *small* town

A paragraph with *emphasis* !^[See *here*.] « Oui » – and [mot]{lang=la}.

* * *

::: {.letter opening=1 closing=1}
Dear Ada,

The river is frozen.

Yours, Ben
:::

::: verse
The ice is thin,
  the ice is grey.

Again.
:::

> A quoted thing.
>
> — Source

- one
- two

## Chapter 2: Rain

## A subtitle {.subtitle}

* * * {.blank}

ADA. Who is there?

| Year | Ice |
|------|----:|
| 1901 | 12 |

### A subhead {.subheading}

More text[Pg 12] there.
"""


@pytest.mark.parametrize("endnotes", [False, True])
def test_our_own_ebooks_are_the_same_books(endnotes: bool) -> None:
    before = made(OURS.encode(), "story.md").book
    look = epub.Look(endnotes=endnotes)
    again = made(epub.write(before, cover=pixel(), modified=MODIFIED, look=look)).book
    assert markdown.write(again) == markdown.write(before)
    assert same(again, before)


LOCKED = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def test_what_is_locked_broken_or_no_ebook_is_refused() -> None:
    locked = LOCKED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(PublishError, match="locked"):
        made(ebook({"META-INF/encryption.xml": locked}))
    hidden = LOCKED.format("http://www.idpf.org/2008/embedding")
    assert made(ebook({"META-INF/encryption.xml": hidden})).book.divisions
    with pytest.raises(PublishError, match="no e-book"):
        made(ebook(without="META-INF/container.xml"))
    with pytest.raises(PublishError, match="does not say what it holds"):
        made(ebook(without="OEBPS/book.opf"))
    with pytest.raises(PublishError, match="has no text"):
        made(ebook({"OEBPS/book.opf": "<package><manifest/><spine/></package>"}))
    with pytest.raises(PublishError, match="damaged"):
        made(ebook()[:200])


def test_a_text_that_is_missing_is_left_out() -> None:
    divisions = made(ebook(without="OEBPS/two.xhtml")).book.divisions
    assert [heading_text(division) for division in divisions] == ["Chapter One"]


@pytest.mark.parametrize("entity", ['a "aaaa"', 'f SYSTEM "file:///etc/passwd"', '% p SYSTEM "http://x/"'])
def test_a_text_that_declares_entities_is_refused(entity: str) -> None:
    page = f"<!DOCTYPE html [<!ENTITY {entity}>]><html><body><h1>One</h1><p>He said so.</p></body></html>"
    with pytest.raises(PublishError, match=r"OEBPS/one\.xhtml: the document declares the entity “[afp]”\.$"):
        made(ebook({"OEBPS/one.xhtml": page}))


def test_a_text_may_declare_what_html_has_anyway() -> None:
    declared = '<!DOCTYPE html [\n<!ENTITY nbsp "&#160;">\n]>'
    page = f"{declared}\n<html><body><h1>One</h1><p>No&nbsp;one.</p></body></html>"
    text = markdown.write(made(ebook({"OEBPS/one.xhtml": page})).book)
    assert "\n\nNo\xa0one.\n" in text
    assert "]" not in text


def test_a_fix_lands_in_its_text_alone(tmp_path: Path) -> None:
    page = PAGE.format('<h1>One</h1><p>He came "home" &amp; went.</p>')
    book = tmp_path / "book.epub"
    book.write_bytes(ebook({"OEBPS/one.xhtml": page}))
    before = zipfile.ZipFile(io.BytesIO(book.read_bytes()))
    main(["lint", str(book), "--fix", "--select", "QUO"])
    with zipfile.ZipFile(book) as after:
        changed = [name for name in after.namelist() if after.read(name) != before.read(name)]
        assert changed == ["OEBPS/one.xhtml"]
        assert after.read(changed[0]).decode() == page.replace('"home"', "“home”")


def test_a_first_page_that_says_only_what_the_package_states_is_a_title_page() -> None:
    title = '<p class="block_">The Ferry &amp; Co</p><p class="block_1">by Ada Marsh</p>'
    found = made(ebook({"OEBPS/title.xhtml": PAGE.format(title)}))
    assert [heading_text(division) for division in found.book.divisions] == ["Chapter One", "II: After"]
    other = made(ebook({"OEBPS/title.xhtml": PAGE.format(f"{title}<p>For Ben.</p>")}))
    assert "For Ben." in markdown.write(other.book)


LETTER = "<p>Dear Ben,<br/>It has rained here for nine days.<br/>Yours,<br/>Ada</p>"


def test_letters_of_an_ebook_are_read_as_those_of_any_manuscript() -> None:
    text = TEXTS["one.xhtml"].replace("<hr/>", f"{LETTER}<hr/>")
    found = made(ebook({"OEBPS/one.xhtml": PAGE.format(text)}))
    assert [type(block) for block in found.book.divisions[0].blocks][1] is Letter


LINK = '<link rel="stylesheet" type="text/css" href="art/book.css"/>'


def test_what_a_stylesheet_of_the_ebook_makes_italic_is_italic() -> None:
    sheet = ".i2 {font-style: italic} .big {float: left; font-weight: bold}"
    body = '<h1>One</h1><p><span class="big">H</span>e saw the <span class="i2">Rose</span>.</p>'
    page = PAGE.format(body).replace("</head>", f"{LINK}</head>")
    found = made(ebook({"OEBPS/one.xhtml": page, "OEBPS/art/book.css": sheet}))
    assert "\nHe saw the *Rose*.\n" in markdown.write(found.book)
    whole = page.replace("<body>", '<body class="i2">')
    found = made(ebook({"OEBPS/one.xhtml": whole, "OEBPS/art/book.css": sheet}))
    assert "\nHe saw the *Rose*.\n" in markdown.write(found.book), "a whole text is set so by the house"


NOTED = {
    "contents.xhtml": '<p>Contents</p><p id="t1"><a href="a.xhtml#c1">1. The Lamp</a></p>'
    '<p id="t2"><a href="b.xhtml#c2">2. The Boy</a></p>',
    "a.xhtml": '<h3 id="c1"><a href="contents.xhtml#t1">1</a></h3><h4>The Lamp</h4><p>It burned'
    '<a id="r1" href="notes.xhtml#n1"><sup>1</sup></a> all night.</p><p>And the next.</p>',
    "b.xhtml": '<h3 id="c2"><a href="contents.xhtml#t2">2</a></h3><h4>The Boy</h4><p>He saw it.</p>',
    "notes.xhtml": '<h1>Notes</h1><p id="n1"><a href="a.xhtml#r1">1</a>. Oil of whales.</p>',
}


def test_links_to_and_from_contents_and_notes_move_nothing_but_the_notes() -> None:
    found = made(ebook(texts=NOTED, without="OEBPS/toc.ncx"))
    assert [heading_text(division) for division in found.book.divisions] == ["1: The Lamp", "2: The Boy"]
    text = markdown.write(found.book)
    assert "It burned^[Oil of whales.] all night.\n\nAnd the next.\n" in text
    assert "Contents" not in text
    assert "Contents of the e-book." in {change.note for change in found.changes}


def test_a_picture_called_cover_on_the_first_page_is_one_where_the_package_names_none() -> None:
    data = ebook({"OEBPS/cover.xhtml": PAGE.format('<p><img src="art/c.png" alt="Cover"/></p>')})
    with zipfile.ZipFile(io.BytesIO(data)) as before:
        files = {name: before.read(name) for name in before.namelist()}
    files["OEBPS/book.opf"] = files["OEBPS/book.opf"].replace(b'<meta name="cover" content="c"/>', b"")
    found = made(packed(files))
    assert "Cover of the e-book." in {change.note for change in found.changes}
    assert [heading_text(division) for division in found.book.divisions] == ["Chapter One", "II: After"]


ARCHIVED = {
    "0.xhtml": '<div id="preface"><p class="message"><b>The Lamp</b> by <a rel="author">ada</a></p>'
    '<p class="message">Posted originally.</p><dl class="tags"><dt>Rating:</dt><dd>Teen</dd></dl>'
    '<h1>The Lamp</h1><div class="byline">by <a rel="author">ada</a></div>'
    "<p>Summary</p><blockquote><p>A lamp is found.</p></blockquote></div>",
    "1.xhtml": '<div><h2>Chapter 1: Oil</h2></div><div id="chapters"><p>It burned.</p></div>',
    "2.xhtml": '<div id="afterword"><h2>Afterword</h2><p class="message">Please <a href='
    '"https://archiveofourown.org/works/1/comments/new">drop by the Archive and comment</a>!</p></div>',
}


def test_what_an_archive_says_of_a_work_is_left_out_of_its_download() -> None:
    found = made(ebook(texts=ARCHIVED))
    text = markdown.write(found.book)
    assert "\nSummary\n\n::: quotation\nA lamp is found.\n:::\n" in text
    assert "# Chapter 1: Oil\n\nIt burned.\n" in text
    assert not [said for said in ("Posted", "Rating", "by ada", "Afterword", "drop by") if said in text]


def test_a_message_in_the_text_of_a_work_is_its_author_s() -> None:
    said = '<div id="chapters" class="userstuff"><p class="message">Where are you?</p><p>It burned.</p></div>'
    texts = ARCHIVED | {"1.xhtml": f"<div><h2>Chapter 1: Oil</h2></div>{said}{ARCHIVED['2.xhtml']}"}
    assert "Where are you?" in markdown.write(made(ebook(texts=texts)).book)
    plain = texts["1.xhtml"].replace(' class="userstuff"', "")
    assert "Where are you?" in markdown.write(made(ebook(texts={"1.xhtml": plain})).book)


def test_a_description_that_is_a_page_says_its_words() -> None:
    data = ebook()
    with zipfile.ZipFile(io.BytesIO(data)) as before:
        files = {name: before.read(name) for name in before.namelist()}
    said = b"<dc:description>&lt;p&gt;One &amp;lt; two.&lt;/p&gt;&lt;p&gt;Rain.&lt;/p&gt;</dc:description>"
    files["OEBPS/book.opf"] = files["OEBPS/book.opf"].replace(b"</metadata>", said + b"</metadata>")
    description = made(packed(files)).book.metadata.description
    assert description is not None
    assert description.value == "One < two. Rain."
