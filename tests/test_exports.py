"""Exports of blogs: posts with their dates, what is no post left out, and where each letter stands."""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from io import BytesIO

import pytest

from publish import markdown, readers
from publish.config import Config, Refusal
from publish.diagnostic import PublishError
from publish.document import block_prose, heading_text
from publish.normalize import normalize
from publish.normalize.result import Normalized
from tests import properties
from tests.test_html import plain

Posts = Sequence[tuple[str, str, str]]
"""Title, date, text; in the order of the file, newest first."""

TALE = (
    ("The Lamp & the Sea", "2021-03-05", "Third, the lamp went out in the “cold” hall."),
    ("Rain", "2021-02-05", "Second, it rained on <i>everything</i> for a week & a day."),
    ("The Ferry", "2021-01-05", "First, the ferry lay on the near bank all winter."),
)


def made(data: bytes, name: str, config: Config | None = None) -> Normalized:
    read = readers.read(data, name)
    found = normalize(read.drafts, read.sources, config or Config())
    assert list(properties.broken(found, read.drafts)) == []
    return found


def paragraphs(text: str) -> str:
    first = text.replace("&", "&amp;")
    return f"<p>{first}</p><p>Then the others spoke of {len(text)} other things until late.</p>"


def packed(members: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


WORDPRESS = """<item><title>{title}</title><link>https://b.example/{date}</link>
<pubDate>Mon, 01 Jan 2024 00:00:00 +0000</pubDate><dc:creator><![CDATA[ada]]></dc:creator>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_date><![CDATA[{date} 10:00:00]]></wp:post_date><wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type></item>"""


def item(title: str, date: str, text: str, status: str = "publish", kind: str = "post") -> str:
    return WORDPRESS.format(title=escape(title), date=date, text=text, status=status, kind=kind)


def rss_of(items: Iterable[str]) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss><channel>{"".join(items)}</channel></rss>'.encode()


def wordpress(posts: Posts) -> bytes:
    return rss_of(item(title, date, paragraphs(text)) for title, date, text in posts)


def rss(posts: Posts) -> bytes:
    month = {"01": "Jan", "02": "Feb", "03": "Mar"}
    return rss_of(
        f"<item><title><![CDATA[{title}]]></title><pubDate>05 {month[date[5:7]]} 2021 10:00:00 +0000"
        f"</pubDate><description>{escape(paragraphs(text))}</description></item>"
        for title, date, text in posts
    )


KIND = "<category scheme='#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"
ENTRY = """<entry><published>{date}T10:00:00Z</published>{kind}<title type='text'>{title}</title>
<content type='html'>{text}</content><author><name>Ada</name></author></entry>"""


def atom(posts: Posts) -> bytes:
    items = [
        ENTRY.format(date=date, kind=KIND.format("post"), title=escape(title), text=escape(paragraphs(text)))
        for title, date, text in posts
    ]
    items.append(ENTRY.format(date="2021-01-06", kind=KIND.format("comment"), title="", text="Nice one!"))
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(items)}</feed>".encode()


def ghost(posts: Posts) -> bytes:
    rows = [
        {"title": title, "html": paragraphs(text), "status": "published", "published_at": f"{date}T10:00:00Z"}
        for title, date, text in posts
    ]
    return json.dumps({"db": [{"meta": {}, "data": {"posts": rows, "tags": []}}]}, indent=1).encode()


MEDIUM = """<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>
<article class='h-entry'><header><h1 class='p-name'>{title}</h1></header>
<section data-field='subtitle' class='p-summary'>{title} and so…</section>
<section data-field='body' class='e-content'><hr class='section-divider'>
<h3 class='graf graf--title'>{title}</h3>{text}</section><footer><p>By <a href='https://m.example/@ada'
class='p-author'>Ada</a> on <a href='x'><time class='dt-published' datetime='{date}T10:00:00.000Z'>then</time>
</a>.</p><p>Exported from Medium on today.</p></footer></article></body></html>"""


def medium(posts: Posts) -> bytes:
    pages = (
        MEDIUM.format(title=escape(title), date=date, text=paragraphs(text)) for title, date, text in posts
    )
    return packed({f"posts/{number}_a-1f.html": page for number, page in enumerate(pages)})


def substack(posts: Posts) -> bytes:
    rows = ["post_id,post_date,is_published,type,title,subtitle"]
    for number, (title, date, _) in enumerate(posts):
        rows.append(f'{number}.x,{date}T10:00:00Z,true,newsletter,"{title}",')
    pages = {f"posts/{number}.x.html": paragraphs(text) for number, (_, _, text) in enumerate(posts)}
    return packed({"posts.csv": "\n".join(rows) + "\n"} | pages)


EXPORTS: dict[str, tuple[str, Callable[[Posts], bytes]]] = {
    "wordpress": ("blog.xml", wordpress),
    "rss": ("blog.rss", rss),
    "atom": ("blog.atom", atom),
    "ghost": ("blog.json", ghost),
    "medium": ("medium.zip", medium),
    "substack": ("substack.zip", substack),
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_posts_come_in_the_order_of_their_dates(kind: str) -> None:
    name, write = EXPORTS[kind]
    found = made(write(TALE), name)
    assert [heading_text(one) for one in found.book.divisions] == [title for title, _, _ in reversed(TALE)]
    assert [len(one.blocks) for one in found.book.divisions] == [2, 2, 2]
    assert not found.order.uncertain


def story(data: bytes, config: Config | None = None) -> list[list[str]]:
    """Give the paragraphs of each division of a WordPress export."""
    divisions = made(data, "blog.xml", config).book.divisions
    return [[run.text for block in one.blocks for run in block_prose(block)] for one in divisions]


def test_line_ends_make_the_paragraphs_of_old_posts() -> None:
    text = "One line\nand <b>another</b>\n\nA second paragraph<!--more-->\n\n<em>a third</em>"
    assert story(rss_of([item("A", "2021-01-01", text)])) == [
        ["One line\nand another", "A second paragraph", "a third"]
    ]


def test_signs_of_wordpress_are_no_text() -> None:
    text = (
        "<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->[gallery ids='1,2'][caption id='a' width='9']"
        '<img src="a.jpg" alt="x"> The bridge[/caption]<p>Two.</p><p>[sic] three</p>'
    )
    assert story(rss_of([item("A", "2021-01-01", text)])) == [["One.", "The bridge", "Two.", "[sic] three"]]


def test_pictures_stand_where_the_empty_lines_of_a_post_part_them() -> None:
    """They stood behind the whole text, and a caption was a paragraph of its own."""
    text = (
        'One.\n\n[caption id="a" width="9"]<img src="a.jpg" alt="x" /> The bridge[/caption]\n\n'
        'Two <img src="b.jpg" alt="y" /> and more.\n\nThree.'
    )
    normalized = made(rss_of([item("A", "2021-01-01", text)]), "blog.xml")
    written = markdown.write(normalized.book).partition("# A\n\n")[2].split("\n\n")
    assert written == ["One.", '![x](a.jpg "The bridge")', "Two and more.", "![y](b.jpg)", "Three.\n"]


LEFT = [
    item("A post", "2021-01-01", "<p>It is in the book.</p>"),
    item("Not yet", "2021-01-02", "<p>A thought of mine.</p>", status="draft"),
    item("About me", "2021-01-02", "<p>I live in Bergen.</p>", kind="page"),
    item("Mine alone", "2021-01-02", "<p>Nobody reads this.</p>", status="private"),
    item("picture", "2021-01-02", "", status="inherit", kind="attachment"),
]


def test_what_is_no_published_post_is_left_out_and_told() -> None:
    found = made(rss_of(LEFT), "blog.xml")
    assert [heading_text(one) for one in found.book.divisions] == ["A post"]
    told = [item.message for item in found.diagnostics if item.code == "DOC021"]
    assert told == [
        "Left out as a draft: “Not yet”.",
        "Left out as a page: “About me”.",
        "Left out as private: “Mine alone”.",
    ]
    assert {change.why for change in found.changes} >= {"DOC020"}


def test_a_post_is_kept_where_it_is_refused_to_leave_it_out() -> None:
    words = ("Not yet", "A thought of mine.")
    config = Config(refuse=tuple(Refusal(rule="DOC020", text=some) for some in words))
    found = made(rss_of(LEFT), "blog.xml", config).book.divisions
    assert [heading_text(one) for one in found] == ["A post", "Not yet"]
    assert len(found[1].blocks) == 1


def test_a_blog_of_pages_is_a_book_of_pages() -> None:
    found = made(rss_of(LEFT[2:3]), "blog.xml")
    assert [heading_text(one) for one in found.book.divisions] == ["About me"]


def test_posts_of_ghost_that_were_never_rendered() -> None:
    def text(said: str, form: int = 0) -> object:
        return {"type": "extended-text", "text": said, "format": form}

    def block(kind: str, *children: object) -> object:
        return {"type": kind, "tag": "h2", "children": children}

    wet = block("paragraph", text("Wet & cold", 2), {"type": "linebreak"}, text("again"))
    later = block("extended-heading", text("Later"))
    children = [wet, {"type": "horizontalrule"}, later, block("paragraph", text("Dry <at last>.", 1))]
    cards = {"root": {"children": children}}
    post = {"title": "Rain", "html": None, "lexical": json.dumps(cards), "status": "published"}
    read = readers.read(json.dumps({"data": {"posts": [post]}}).encode(), "blog.json")
    lines = [plain(line) for line in read.drafts[0].lines if not line.scene_break]
    assert lines == ["Rain", "<i>Wet & cold</i>/again", "Later", "<b>Dry <at last>.</b>"]
    assert read.drafts[0].lines[2].scene_break


BROKEN = {
    "an entity": ("blog.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss><channel></channel></rss>"),
    "cut off": ("blog.xml", b"<rss><channel><item><title>A</title>"),
    "no feed": ("blog.xml", b"<svg></svg>"),
    "broken json": ("blog.json", b'{"db": [{"data": {"posts": [{"title": "A'),
    "no ghost": ("blog.json", b'{"a": 1}'),
    "deep json": ("blog.json", b"[" * 100_000),
    "no zip": ("blog.zip", b"PK\3\4 nothing"),
    "no pages": ("blog.zip", packed({"a.txt": "a"})),
    "leads out": ("blog.zip", packed({"../a.html": "<p>a"})),
    "empty table": ("blog.zip", packed({"posts.csv": "post_id\n1", "posts/2.html": "<p>a"})),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_export_is_refused(kind: str) -> None:
    name, data = BROKEN[kind]
    with pytest.raises(PublishError) as refused:
        readers.read(data, name)
    assert refused.value.message.startswith(name)


def test_a_stray_byte_on_a_page_of_an_archive_is_mended() -> None:
    page = "<h1>Café</h1><p>It rained on the café, and nobody went to the café any more.</p>".encode()
    stray = page.replace(b"any more", b"didn\x92t they")
    table = b'post_id,title,post_date,is_published\n1.a,"Caf\xc3\xa9 \x93One\x94",2020-01-01,true\n'
    for name, members in (
        ("site.zip", {"a.html": stray}),
        ("posts.zip", {"posts.csv": table, "1.a.html": stray}),
    ):
        text = markdown.write(made(packed(members), name).book)
        assert "the café didn’t they" in text
        assert "“One”" in text or name == "site.zip"


def test_pages_follow_each_other_by_the_addresses_that_they_state() -> None:
    names = ("The Ferry", "Rain", "The Lamp", "Late Snow")
    texts = (
        "The ferry lay on the near bank all winter, and nobody in the village had asked it to.",
        "It rained on everything for a week and a day, until the mill stood in its own pond.",
        "A lamp burned in the upper window, though the house had been empty since the harvest.",
        "Snow fell in April on the apple blossom, and the children ate it by the handful.",
    )
    shape = (
        "<html><head><link rel=canonical href='https://b.example/{0}/'><link rel=prev href='/{1}'>"
        "<script></script></head><body><main><h1>{2}</h1><p>{3}</p></main></body></html>"
    )
    told = list(enumerate(zip(names, texts, strict=True)))
    pages = {f"{'cadb'[at]}.html": shape.format(at, at - 1, *both) for at, both in told}
    found = made(packed(pages), "site.zip")
    assert [heading_text(one) for one in found.book.divisions] == list(names)


def test_the_blogs_name_is_the_books_for_want_of_another() -> None:
    posts = (item(title, date, paragraphs(text)) for title, date, text in TALE)
    data = rss_of(["<title>Tales &amp; Days</title>", *posts])
    assert made(data, "blog.xml").book.metadata.title.value == "Tales & Days"


def test_signs_of_wordpress_that_stand_for_pictures_and_films_are_told() -> None:
    text = (
        '<p>Before [gallery ids="1,2"] it, and [sic] after.</p><p>[video src="x.mp4"][/video]Then more.</p>'
    )
    found = made(rss_of([item("Rain", "2021-01-05", text)]), "a.xml")
    told = [change for change in found.changes if change.why == "DOC022"]
    assert len(told) == 3
    assert [run.text for block in found.book.divisions[0].blocks for run in block_prose(block)] == [
        "Before it, and [sic] after.",
        "Then more.",
    ]


def test_signs_that_stand_for_what_other_services_show_are_told() -> None:
    text = "The sea is in.\n\n[youtube https://youtu.be/x]\n\nHe said [facebook friends], no more. [vimeo 12]"
    found = made(rss_of([item("Rain", "2021-01-05", text)]), "a.xml")
    assert [change.why for change in found.changes].count("DOC022") == 2
    assert [run.text for block in found.book.divisions[0].blocks for run in block_prose(block)] == [
        "The sea is in.",
        "He said [facebook friends], no more.",
    ]


def test_who_wrote_all_posts_is_named_as_readers_see_the_name() -> None:
    author = (
        "<language>en-US</language><wp:author><wp:author_login>ada</wp:author_login>"
        "<wp:author_display_name><![CDATA[Ada Marsh]]></wp:author_display_name></wp:author>"
    )
    found = made(
        rss_of([author, item("Rain", "2021-01-05", paragraphs("It rained.") * 3)]), "a.xml"
    ).book.metadata
    assert [creator.name.value for creator in found.creators] == ["Ada Marsh"]
    assert found.language.value == "en-US"


def test_a_feed_names_who_wrote_what_its_entries_do_not() -> None:
    head = "<title>Tales</title><author><name>Ada Marsh</name></author>"
    feed = atom(TALE).decode().replace(">", f" xml:lang='en-GB'>{head}", 1)
    own, other = "<author><name>Ada</name></author>", "<author><name>Bo</name></author>"
    assert own in feed
    for text, names in (
        (feed.replace(own, ""), ["Ada Marsh"]),
        (feed, ["Ada"]),
        (feed.replace(own, other, 1), []),
        (feed.replace(own, "", 1), []),
    ):
        found = made(text.encode(), "a.atom").book.metadata
        assert [creator.name.value for creator in found.creators] == names
        assert found.language.value == "en-GB"


def test_settings_and_users_of_ghost_name_the_book_and_its_author() -> None:
    export = json.loads(ghost(TALE))
    tables = export["db"][0]["data"]
    tables["settings"] = [{"key": "title", "value": "Tales & Days"}, {"key": "locale", "value": "en"}]
    tables["users"] = [{"id": "7", "name": "Ada Marsh"}, {"id": "8", "name": "Bo Lund"}]
    for number, row in enumerate(tables["posts"]):
        row["id"] = str(number)
    tables["posts_authors"] = [{"post_id": str(number), "author_id": "7"} for number in range(3)]
    found = made(json.dumps(export).encode(), "a.json").book.metadata
    assert found.title.value == "Tales & Days"
    assert [creator.name.value for creator in found.creators] == ["Ada Marsh"]
    tables["posts_authors"][0]["author_id"] = "8"
    assert made(json.dumps(export).encode(), "a.json").book.metadata.creators == ()


def test_what_a_blog_asks_of_readers_amid_a_post_is_no_text() -> None:
    widget = (
        '<div class="subscription-widget-wrap-editor"><p>Thanks for reading Doors!</p></div>'
        '<p class="button-wrapper"><a href="https://x">Share</a></p>'
    )
    text = f"<p>It rained.</p>{widget}<p>It stopped.</p>"
    found = made(rss_of([item("Rain", "2021-01-05", text)]), "a.xml")
    said = [run.text for block in found.book.divisions[0].blocks for run in block_prose(block)]
    assert said == ["It rained.", "It stopped."]
    assert {change.why for change in found.changes} == {"STR011"}


def test_posts_of_old_ghosts_that_were_never_rendered_are_read() -> None:
    document = {
        "version": "0.3.1",
        "markups": [["em"], ["a", ["href", "https://x"]]],
        "atoms": [],
        "cards": [["hr", {}], ["image", {"src": "https://x/1.png", "caption": "The lamp"}]],
        "sections": [
            [1, "h2", [[0, [], 0, "A lamp"]]],
            [1, "p", [[0, [], 0, "It was "], [0, [0], 1, "wet & cold"], [0, [], 0, "."]]],
            [3, "ul", [[[0, [], 0, "oil"]], [[0, [1], 1, "wick"]]]],
            [10, 1],
        ],
    }
    row = {"id": "1", "title": "Rain", "html": None, "status": "published", "mobiledoc": json.dumps(document)}
    found = made(json.dumps({"db": [{"data": {"posts": [row]}}]}).encode(), "ghost.json")
    text = markdown.write(found.book)
    assert "It was *wet & cold*." in text
    assert "* oil\n* wick" in text
    assert "The lamp" in text
    assert [item.code for item in found.diagnostics if item.code == "DOC005"] == ["DOC005"]


def test_a_post_may_be_called_by_a_number_and_a_full_stop() -> None:
    posts = [
        (f"{n}.", f"2021-0{n}-05", f"It lay there for {n} more days, and nobody asked.") for n in (3, 2, 1)
    ]
    found = made(wordpress(posts), "a.xml")
    assert [division.numbers for division in found.book.divisions] == [(1,), (2,), (3,)]


def test_ways_to_other_posts_that_the_author_typed_are_no_text() -> None:
    names = ("one", "two", "three", "four", "five")

    def post(n: int) -> str:
        ways = (f'<a href="/{way}">{way} page</a>' for way in (n - 1, "toc", n + 1))
        row = f"<p>{' | '.join(ways)}</p>"
        text = f"<p>The ferry lay on the near bank for {names[n - 1]} more winters, and nobody asked.</p>"
        below = (
            f'<p><strong>Next Chapter:</strong> <a href="/{n + 1}">Chapter {n + 1}</a></p>' if n < 5 else ""
        )
        return item(f"Chapter {n}", f"2021-0{n}-05", f"{row}{text}{row}{below}")

    found = made(rss_of(post(n) for n in range(5, 0, -1)), "a.xml")
    said = [run.text for one in found.book.divisions for block in one.blocks for run in block_prose(block)]
    assert len(said) == 5
    assert all(text.startswith("The ferry lay") for text in said)
