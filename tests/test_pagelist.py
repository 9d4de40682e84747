"""The e-book's page list: the pages of its own print edition, each at the word that opens it."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from publish import build, epub, pdf
from publish.check.epubcheck import Check
from publish.config import Format
from publish.document import Book, Emphasis, PageBreak, Quotation, Subheading, prose
from publish.pagination import PageStart, Pagination, letters, marked
from publish.source import Run
from tests.books import book, division, every_kind, paragraph, text
from tests.novel import novel
from tests.test_epub import HTML, MOMENT, NCX, OPS, entries, nav_entries, properties, spine, tree
from tests.test_pagination import pages_of

ISBN = "urn:isbn:9780306406157"


@cache
def both(what: Book) -> tuple[bytes, bytes]:
    """Both editions, the e-book with the pages of the printed one."""
    printed = pdf.edition(what, modified=MOMENT)
    return epub.write(what, pagination=Pagination(printed.starts, ISBN), modified=MOMENT), printed.data


def after(data: bytes, address: str) -> str:
    """The letters that follow the mark of a page in its file."""
    file, _, mark = address.partition("#")
    body = entries(data)[f"EPUB/{file}"].decode().partition("<body")[2]
    _, found, rest = body.partition(f'id="{mark}"')
    assert found, address
    return letters("".join(ET.fromstring(f"<a>{_loose(rest)}</a>").itertext()))


def _loose(markup: str) -> str:
    """Text of what may be cut out of its elements."""
    return re.sub(r"^[^>]*>|<[^>]*>", "", markup)


@pytest.mark.parametrize("what", [novel(), every_kind()], ids=["novel", "every kind"])
def test_each_mark_stands_where_the_page_of_the_pdf_begins(what: Book) -> None:
    made, printed = both(what)
    pages = pages_of(printed)
    for label, address in nav_entries(made, "page-list"):
        # A page that begins within a word is marked at the next; its head and its folio come before.
        # In print, folios stand between the lines of the contents; a page may hold few words below its head.
        count = 4 if address.startswith("nav.xhtml") or len(pages[label]) < 24 else 16
        opening = after(made, address)[:count]
        assert opening in pages[label], (label, address)


@pytest.mark.parametrize("what", [novel(), every_kind()], ids=["novel", "every kind"])
def test_every_page_with_words_on_it_is_listed_as_print_numbers_it(what: Book) -> None:
    made, printed = both(what)
    assert [label for label, _ in nav_entries(made, "page-list")] == [
        label for label, words in pages_of(printed).items() if words
    ]


def test_marks_and_list_agree_and_say_what_they_are(epubcheck: Check, tmp_path: Path) -> None:
    made, _ = both(every_kind())
    marks = [
        (f"{file}#{mark.get('id')}", mark.get("aria-label"), mark.get("role"), mark.text)
        for file in spine(made)
        for mark in tree(made, file).iter()
        if mark.get(f"{OPS}type") == "pagebreak"
    ]
    listed = nav_entries(made, "page-list")
    assert marks == [(address, label, "doc-pagebreak", None) for label, address in listed]
    targets = [
        ("".join(target.itertext()).strip(), content.get("src"))
        for target in tree(made, "toc.ncx").iter(f"{NCX}pageTarget")
        for content in target.iter(f"{NCX}content")
    ]
    assert targets == listed
    path = tmp_path / "book.epub"
    path.write_bytes(made)
    assert epubcheck(path) == []


def test_the_contents_and_the_pages_are_numbered_in_one_order() -> None:
    made, _ = both(novel())
    orders = [
        (int(point.get("playOrder", "")), content.get("src", ""))
        for point in tree(made, "toc.ncx").iter()
        if point.get("playOrder")
        for content in point.findall(f"{NCX}content")
    ]
    files = [address.partition("#")[0] for _, address in sorted(orders)]
    assert [number for number, _ in sorted(orders)] == list(range(1, len(orders) + 1))
    assert files == sorted(files, key=spine(made).index)


def test_the_print_edition_is_named_and_page_navigation_claimed_only_where_there_are_pages() -> None:
    made, _ = both(novel())
    assert ("pageBreakSource", ISBN) in properties(made)
    assert ("schema:accessibilityFeature", "pageNavigation") in properties(made)
    alone = epub.write(novel(), modified=MOMENT)
    assert not {"pageBreakSource"} & {name for name, _ in properties(alone)}
    assert b"page-list" not in entries(alone)["EPUB/nav.xhtml"]
    assert not [name for name, content in entries(alone).items() if b"pagebreak" in content]


def placed(words: str, offset: int) -> str:
    """A paragraph with the mark of the page that begins after so many letters shown as a bar."""
    found = marked(book(division("a", blocks=(paragraph(words),))), [PageStart("2", "a", offset)])
    block = found.book.divisions[0].blocks[0]
    return "".join("|" if isinstance(part, PageBreak) else prose((part,)).text for part in block.children)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "offset", "expected"),
    [
        ("It rained all day.", 2, "It |rained all day."),
        ("It said, “Rain.” And so", 6, "It said, |“Rain.” And so"),
        ("“Rain,” it said.", 0, "|“Rain,” it said."),
        ("my companion, and he", 5, "my companion, |and he"),
        ("my com\u00adpanion left", 5, "my com\u00adpanion |left"),
        ("a well-known man", 5, "a well-|known man"),
        ("he went—then came", 6, "he went—|then came"),
        ("a companion—and he", 4, "a companion—|and he"),
        ("they don’t know", 7, "they don’t |know"),
        ("the end", 4, "the end|"),
        ("雨が降っていた", 3, "雨が降|っていた"),
    ],
)
def test_the_mark_stands_before_a_word_and_never_in_one(words: str, offset: int, expected: str) -> None:
    assert placed(words, offset) == expected


def test_a_mark_within_emphasis_verse_or_quotation_leaves_the_text_as_it_was() -> None:
    children = text("He ", Emphasis(text("never ever ")), "said so.")
    blocks = (Subheading(text("Rain")), Quotation((paragraph(*children),)))
    what = book(division("a", title="One", blocks=blocks))
    found = marked(what, [PageStart("1", "a", 0), PageStart("2", "a", 14), PageStart("3", "a", 18)])
    assert found.openings["a"] == ("1",)
    made = epub.write(what, pagination=Pagination((PageStart("2", "a", 14),), "x"), modified=MOMENT)
    assert "".join(tree(made, "01-a.xhtml").find(f"{HTML}body").itertext()).split() == (  # type: ignore[union-attr]
        "One Rain He never ever said so.".split()
    )
    emphasis = tree(made, "01-a.xhtml").find(f".//{HTML}em")
    assert emphasis is not None
    assert [part.get("id") for part in emphasis] == ["page-2"]


def test_without_pages_of_print_those_of_the_manuscript_are_listed() -> None:
    breaks = paragraph("It ", PageBreak(Run("12")), "rained.")
    made = epub.write(book(division("a", blocks=(breaks,))), modified=MOMENT)
    assert nav_entries(made, "page-list") == [("12", "01-a.xhtml#page-12")]
    with_print = epub.write(
        book(division("a", blocks=(breaks,))),
        pagination=Pagination((PageStart("1", "a", 0),), "x"),
        modified=MOMENT,
    )
    assert nav_entries(with_print, "page-list") == [("1", "01-a.xhtml#page-1")]


def test_the_printed_book_may_have_a_number_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "rain.md").write_text("# One\n\nIt rained.\n\n# Two\n\nIt stopped.\n", "utf-8")
    config = '[book]\ntitle = "Rain"\nisbn = "978-0-306-40615-7"\n[pdf]\nisbn = "978-3-16-148410-0"\n'
    (tmp_path / "book.toml").write_text(config, "utf-8")
    manuscript = build.load([tmp_path])
    what = build.assemble(manuscript).book
    formats = [Format.EPUB, Format.PDF]
    files = build.editions(what, manuscript, formats, progress=lambda _: None)
    made = {kind: file.read() for kind, file in files.items()}
    assert ("pageBreakSource", "urn:isbn:9783161484100") in properties(made[Format.EPUB])
    assert "978-0-306-40615-7" in "".join(tree(made[Format.EPUB], "imprint.xhtml").itertext())
    assert any("9783161484100" in words for words in pages_of(made[Format.PDF]).values())
