"""Fixes in pages and exports: they change their places alone, written as the format has them."""

import json
from html import escape

import pytest

from publish.diagnostic import Safety
from publish.document import same
from publish.source import source_key
from tests.test_exports import item, rss_of
from tests.test_fixes import fixed

BEFORE = """<h2>Chapter 1</h2>
<p>The ferry lay on the near bank all winter, and nobody had asked it to.</p>
<p title="a -- b">He  said <i>no</i> -- R&amp;B &amp; rain... --<b>so</b> it &#8216;went&#8217; on.</p>
<p>"Nobody", she said, "asked."</p>
"""
AFTER = """<h2>Chapter 1</h2>
<p>The ferry lay on the near bank all winter, and nobody had asked it to.</p>
<p title="a -- b">He  said <i>no</i>—R&amp;B &amp; rain…—<b>so</b> it &#8216;went&#8217; on.</p>
<p>“Nobody”, she said, “asked.”</p>
"""


def test_fixes_in_a_page() -> None:
    before, after = fixed(BEFORE.encode(), name="page.html")
    assert after.data == {source_key("page.html"): AFTER.encode()}
    assert same(before.book, after.normalized.book)


def test_fixes_in_an_export_of_wordpress() -> None:
    data = rss_of([item("One", "2021-01-01", BEFORE)])
    before, after = fixed(data, name="blog.xml")
    expected = rss_of([item("One", "2021-01-01", AFTER)])
    assert after.data == {source_key("blog.xml"): expected}
    assert same(before.book, after.normalized.book)


def test_fixes_in_an_export_of_ghost() -> None:
    def ghost(title: str, text: str) -> str:
        post = {"title": title, "html": text, "status": "published", "slug": "a--b"}
        return json.dumps({"db": [{"data": {"posts": [post]}}]}, ensure_ascii=False, indent=1)

    # Quotation marks of JSON's own are left to the book.
    texts = [text.rpartition("<p>")[0] for text in (BEFORE, AFTER)]
    said, wanted = (ghost("One", text.replace(' title="a -- b"', "")).encode() for text in texts)
    before, after = fixed(said, name="blog.json")
    assert after.data == {source_key("blog.json"): wanted}
    assert same(before.book, after.normalized.book)


FEED = "<rss><item><description>{}</description></item></rss>"


@pytest.mark.parametrize("name", ["page.html", "blog.rss"])
def test_what_stands_beside_a_fix_stays_escaped(name: str) -> None:
    text = "<p>The ferry lay there all winter, and it it was late.</p><p>Tom &amp; she went went on.</p>"
    data = text if name == "page.html" else FEED.format(escape(text))
    _, after = fixed(data.encode(), Safety.UNSAFE, name=name)
    assert b"Tom & she" not in b"".join(after.data.values())


def test_a_feed_is_written_as_it_holds_its_posts() -> None:
    """The text of a post is HTML as text of XML; elements of XHTML are themselves."""
    post = "<title>One</title><description>&lt;p&gt;It rained -- R&amp;amp;B.&lt;/p&gt;</description>"
    atom = '<title>One</title><content type="xhtml"><div><p>It rained ... R&amp;B.</p></div></content>'
    for data in (f"<rss><item>{post}</item></rss>", f"<feed><entry>{atom}</entry></feed>"):
        _, after = fixed(data.encode(), name="blog.rss")
        (new,) = after.data.values()
        assert new.decode() == data.replace(" -- ", "—").replace("...", "…")
