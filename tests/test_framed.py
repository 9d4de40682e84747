"""What a site sets round posts goes as a whole: its foot, rows of links, columns, threads."""

import pytest

from publish.config import Config
from publish.document import heading_text, walk_divisions
from publish.normalize import normalize
from tests.reading import read_one
from tests.test_furniture import made, text_of

TEXTS = (
    "The ferry left at six. Nobody stood on the quay but the boy with the cage.",
    "There was a light in the mill. She took it for the moon, and then for a fire.",
    "In March the ice went out. They heard it all night, like carts on a bridge.",
)


def headings(text: str) -> list[str]:
    return [heading_text(division) for _, division in walk_divisions(made(text).book.divisions)]


def story(below: str, top: str = "") -> str:
    chapters = (f"Chapter {n}\n\n{top}{text}\n\n{below}" for n, text in enumerate(TEXTS, 1))
    return "\n\n".join(["The Quay\n\nby Ann Marsh", *chapters]) + "\n"


@pytest.mark.parametrize(
    "foot",
    [
        "Impressum | Datenschutz | Cookie-Einstellungen",
        "Copyright | Privacy Policy | Terms of Use",
        "Mentions légales | Confidentialité | Contact",
        "Aviso legal · Política de privacidad · Cookies",
    ],
)
def test_the_row_of_links_at_the_foot_of_a_page_is_no_chapter(foot: str) -> None:
    text = story("")
    assert headings(text + "\n" + foot + "\n") == headings(text)
    assert foot.split(maxsplit=1)[0] not in text_of(made(text + "\n" + foot + "\n"))


@pytest.mark.parametrize(
    "row",
    [
        "<< Previous | Index | Next >>",
        "← Previous Chapter | Table of Contents | Next Chapter →",
        "« Voriges Kapitel | Inhalt | Nächstes Kapitel »",
    ],
)
def test_rows_of_links_with_arrows_leave_the_text(row: str) -> None:
    text = text_of(made(story(row, f"{row}\n\n")))
    assert row not in text
    assert all(sentence in text for sentence in TEXTS)


@pytest.mark.parametrize(
    "days", [("23/12/2019", "17/11/2019", "29/10/2019"), ("12/23/2019", "11/17/2019", "10/29/2019")]
)
def test_days_between_strokes_date_posts(days: tuple[str, ...]) -> None:
    posts = zip(("Ice", "Mill", "Ferry"), days, reversed(TEXTS), strict=True)
    text = "The Quay\n\nby Ann Marsh\n\n" + "\n\n".join(f"{a}\nPosted on {b}\n\n{c}" for a, b, c in posts)
    assert headings(text) == ["Ferry", "Mill", "Ice"]
    assert "Posted" not in text_of(made(text))


def test_days_that_may_be_months_order_nothing() -> None:
    posts = zip(("Ice", "Mill", "Ferry"), ("03/12/2019", "07/11/2019", "09/10/2019"), TEXTS, strict=True)
    text = "The Quay\n\nby Ann Marsh\n\n" + "\n\n".join(f"{a}\nPosted on {b}\n\n{c}" for a, b, c in posts)
    assert headings(text) == ["Ice", "Mill", "Ferry"]
    assert "STR018" in {found.code for found in made(text).diagnostics}


def test_what_stands_round_several_articles_of_a_page_is_the_sites() -> None:
    articles = "".join(
        f"<article><header><h2><a href='/{n}'>The Quay, {n}</a></h2></header><p>{text}</p></article>"
        for n, text in enumerate(TEXTS, 1)
    )
    page = (
        "<html><head><title>The Quay | Notes by the River</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/about'>About</a></nav>"
        f"<div><h1>Category: The Quay</h1>{articles}</div>"
        "<aside><h3>Recent Comments</h3><ul><li>jo on The Quay, 2</li></ul><h3>Archives</h3></aside>"
        "<footer><p>Proudly powered by Press</p></footer></body></html>"
    )
    source, draft = read_one(page.encode(), "page.html")
    book = normalize([draft], [source], Config()).book
    named = [heading_text(division) for _, division in walk_divisions(book.divisions)]
    assert named == ["The Quay, 1", "The Quay, 2", "The Quay, 3"]


THREADS = (
    "{n} thoughts on “Chapter {n}”\n\nmag says:\n\nMarch 9, 2019 at 8:14 pm\n\nI gasped.\n\nReply",
    "2 Comments\n\nJaneD • 3 years ago\n\nGreat chapter!\n\n△ ▽ • Reply • Share ›",
    "1 comment:\n\nBobMarch 9, 2012 at 8:14 PM\n\nStill reading.\n\nReply",
    "2 Kommentare\n\nSilke sagt:\n12. Mai 2020 um 19:22 Uhr\nOh wie spannend!\nAntworten",
    "1 commentaire\n\nMarc dit :\n13 mai 2020 à 9 h 00 min\nVivement la suite.\nRépondre",
)


@pytest.mark.parametrize("thread", THREADS)
def test_what_readers_wrote_goes_with_what_frames_it(thread: str) -> None:
    chapters = (f"Chapter {n}\n\n{text}\n\n{thread.format(n=n)}" for n, text in enumerate(TEXTS, 1))
    left = made("\n\n".join(["The Quay\n\nby Ann Marsh", *chapters]) + "\n")
    text = text_of(left)
    assert [line for line in text.split("\n") if line and not line.startswith("Chapter")] == [*TEXTS]


def test_what_may_be_of_readers_is_asked_about_as_a_whole() -> None:
    words = ("Great chapter!\n\nBob\nDid not see it coming.", "Still reading.", "More of the boy, please.")
    chapters = (
        f"Chapter {n}\n\n{text}\n\nComments\n\nJane\n{said}"
        for n, (text, said) in enumerate(zip(TEXTS, words, strict=True), 1)
    )
    text = "\n\n".join(["The Quay\n\nby Ann Marsh", *chapters]) + "\n"
    asked = [found.message for found in made(text).diagnostics if found.code == "STR020"]
    assert any("and so may all below it" in said for said in asked)
    assert "Did not see it coming." in text_of(made(text))


def test_a_word_of_threads_amid_the_text_opens_none() -> None:
    told = ("The tide was out when she wrote it.", "It lay on the table for a week.", "He never came for it.")
    chapters = (
        f"Chapter {n}\n\n{text}\n\nReply\n\n{more}"
        for n, (text, more) in enumerate(zip(TEXTS, told, strict=True), 1)
    )
    text = text_of(made("\n\n".join(["The Quay\n\nby Ann Marsh", *chapters]) + "\n"))
    assert all(more in text for more in told)
    chat = "Comments\n\nHe read them all night.\n\nThey were kind, and none was true."
    once = story("").replace(TEXTS[1], f"{TEXTS[1]}\n\n{chat}")
    assert "They were kind, and none was true." in text_of(made(once))


def test_a_dedication_posted_below_a_thread_is_no_comment() -> None:
    chapters = [
        f"Chapter {n}\n\nPosted on March {n}, 2019 by thewriter\n\n{first}\n\n{second}\n\n"
        f"2 thoughts on “Chapter {n}”\n\nGreat chapter!\n\nReply\n\nbookworm says:\n\nBlog at WordPress.com."
        for n, first, second in (
            (3, "The rain fell on the quay.", "Old Marsh had gone down with a lantern."),
            (2, "A letter lay on the mat.", "Its stamp was foreign, and the ink had run."),
            (1, "They counted the boats twice.", "One was missing, and it was the blue one."),
        )
    ]
    text = "\n\n".join(
        [
            *chapters,
            "Posted on March 1, 2019 by thewriter\n\n"
            "To\nEdmund Hale,\nwho sold the piano,\nthese pages are affectionately dedicated\nby his friend",
        ]
    )
    source, draft = read_one(text.encode(), "story.txt")
    book = repr(normalize([draft], [source], Config()).book)
    assert "affectionately dedicated" in book
    assert "bookworm" not in book
