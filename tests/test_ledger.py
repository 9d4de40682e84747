"""The log is true in every format: each entry stands where it says, and the lines beside it undo it."""

from itertools import pairwise

import pytest

from publish import changes, config, readers
from publish.changes import Entry, Kind
from publish.changes.entries import settled_by
from publish.config import Config, Refusal
from publish.draft import MARKS
from publish.normalize import normalize
from publish.normalize.result import Normalized
from publish.places import letters
from tests.office import docx, odt, p, r
from tests.properties import check_run, runs

LONG = "The ferry lay on the near bank all winter, and nobody asked it to. "
WORDS = (
    *(
        "Nobody rowed.",
        "The bell rang.",
        "Ada slept on.",
        "Rain fell.",
        "Two came.",
        "It froze.",
        "They sang.",
    ),
    *("Ivan left.", "Why not?", "So it was.", "Then fog.", "A gull cried.", "He paid.", "She laughed."),
)
_HTML = (
    "<html lang='en'><body><article><h1>Chapter 1</h1><p>" + LONG * 3 + "</p>"
    "<p>Read <ruby>Base<rt>kana</rt></ruby> word. A <b>bold</b> one&nbsp;&nbsp;stood -- here.</p>"
    "<p>" + LONG * 3 + "</p></article><div class='comments'><p><b>Ada</b> says:</p></div></body></html>"
)
_FEED = (
    '<?xml version="1.0"?><rss xmlns:content="c" xmlns:excerpt="e" xmlns:wp="w"><channel><title>Kiln</title>'
    "<language>en</language><item><title>Chapter 1</title><content:encoded><![CDATA[<p>" + LONG * 3 + "</p>"
    "<p>It came.</p>[gallery ids=1]<p>It went.</p><p><img src='http://x.org/y.jpg' alt='the wheel'/></p>]]>"
    "</content:encoded><excerpt:encoded><![CDATA[A word for the lists.]]></excerpt:encoded></item>"
    "</channel></rss>"
)
MANUSCRIPTS: dict[str, bytes] = {
    "tracked.docx": docx(
        p("Chapter 1", style="berschrift1")
        + p(LONG)
        + p(
            "It lay ",
            "<w:del><w:r><w:delText>idle </w:delText></w:r></w:del>",
            r("half hidden ", "<w:vanish/>"),
            "<w:r><w:ruby><w:rt>"
            + r("kana")
            + "</w:rt><w:rubyBase>"
            + r("Base")
            + "</w:rubyBase></w:ruby></w:r>",
            " up.",
        )
        + p("<w:del><w:r><w:delText>A whole paragraph went.</w:delText></w:r></w:del>")
        + p(LONG)
    ),
    "noted.odt": odt(
        "<text:h text:outline-level='1'>Chapter 1</text:h><text:p>" + LONG + "</text:p><text:p>It lay"
        "<office:annotation><dc:creator>Ed</dc:creator><text:p>Is it so?</text:p></office:annotation>"
        " tied -- up.</text:p><text:p>" + LONG + "</text:p>"
    ),
    "page.html": _HTML.encode(),
    "kiln.xml": _FEED.encode(),
    "soft.md": (
        f"# Chapter 1\n\n{LONG}\n{LONG}\n\nA [link](http://x.org/y) and ~~struck~~ <b>words</b>.\n\n"
        "<!-- a comment -->\n\n# Chapter 2\n\n> A quotation -- here\n> goes on.\n"
    ).encode(),
    "noted.txt": (
        f"The Ferry\n\nChapter 1\n\n{LONG}[1]\n\n[1] Which says something.\n\n{LONG}\n" * 1
    ).encode(),
    "forum.txt": b"The Ferry\n\n"
    + "".join(
        f"Chapter {n}\n\n2019-10-0{n}, 21:1{n}\nPosts: 4{n}\n\n{WORDS[n]} {WORDS[-n]}\n\n{WORDS[7 - n]}\n\n"
        for n in range(1, 8)
    ).encode(),
}


def made(name: str, settings: Config = Config()) -> Normalized:  # noqa: B008  (frozen)
    read = readers.read(MANUSCRIPTS[name], name)
    return normalize(read.drafts, read.sources, settings)


def undone(normalized: Normalized) -> list[tuple[Entry, str]]:
    """What was done to the text, with the lines that undo it."""
    found = [entry for entry in changes.collect(normalized) if entry.kind not in _OF_THE_BOOK]
    return [(entry, settled_by(entry, normalized.sources[entry.span.source])) for entry in found]


_OF_THE_BOOK = (Kind.TAKEN, Kind.MOVED, Kind.INFERRED, Kind.DECODED)


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_the_lines_beside_a_change_undo_it_in_every_format(name: str) -> None:
    before = made(name)
    entries = undone(before)
    assert entries
    for entry, lines in entries:
        assert lines, entry
        again = made(name, config.load(lines.encode(), "book.toml"))
        assert [item.used for item in again.refused] == [True], entry
        assert entry.span not in {
            other.span for other, _ in undone(again) if (other.rule, other.kind) == (entry.rule, entry.kind)
        }, entry
        if entry.kind is Kind.LEFT_OUT and entry.rule != "STR052":
            whole = letters("".join(run.text for run in runs(again)))
            assert letters(entry.before) in whole, entry


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_what_is_refused_everywhere_stands_as_it_is_typed(name: str) -> None:
    for rule in sorted({entry.rule for entry, _ in undone(made(name))}):
        again = made(name, Config(refuse=(Refusal(rule),)))
        assert [item.used for item in again.refused] == [True], rule
        assert rule not in {entry.rule for entry, _ in undone(again)}


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_an_entry_tells_what_an_author_reads_there(name: str) -> None:
    normalized = made(name)
    for entry in changes.collect(normalized):
        assert not set(MARKS) & {*entry.before, *entry.after}, entry
        assert entry.before or entry.after, entry
        assert entry.kind is not Kind.TAKEN or entry.before, entry


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_readers_know_where_every_line_comes_from(name: str) -> None:
    read = readers.read(MANUSCRIPTS[name], name)
    texts = {source.key: source.text for source in read.sources}
    for draft in read.drafts:
        for line in draft.lines:
            check_run(line.run, texts)


def test_a_refused_line_end_of_markdown_is_a_line_end() -> None:
    text = b"# One\n\nFirst line\nsecond line\nthird line\n"
    read = readers.read(text, "a.md")
    again = normalize(read.drafts, read.sources, Config(refuse=(Refusal("SPC008", "line second"),)))
    assert [run.text for run in runs(again)] == ["One", "First line\nsecond line third line"]


def test_a_note_that_is_refused_is_a_paragraph() -> None:
    again = made("noted.txt", Config(refuse=(Refusal("STR019"),)))
    assert "[1] Which says something." in [run.text for run in runs(again)]


def test_what_one_rule_may_not_do_no_other_does() -> None:
    dates = [f"2019-10-0{n}, 21:1{n}" for n in range(1, 8)]
    everywhere = {entry.rule for entry, _ in undone(made("forum.txt")) if entry.before in dates}
    assert everywhere
    for rule in everywhere:
        again = [run.text for run in runs(made("forum.txt", Config(refuse=(Refusal(rule),))))]
        assert not set(dates) - {*again}
    text = "The Ferry\n\nChapter 1\n\nIt was √´ and na√Øve and caf√© all winter.\n"
    read = readers.read(text.encode(), "a.txt")
    garbled = normalize(read.drafts, read.sources, Config(refuse=(Refusal("ENC001"),)))
    assert "√´ and na√Øve and caf√©" in "".join(run.text for run in runs(garbled))


def test_a_folio_that_is_refused_keeps_its_hyphens() -> None:
    pages = "".join(
        f"{WORDS[n]} {LONG * 3}And so it\n\n- {n} -\n\nwas, and he said nothing.\n\n" for n in range(11, 14)
    )
    read = readers.read(f"The Ferry\n\nChapter 1\n\n{pages}".encode(), "a.txt")
    again = normalize(read.drafts, read.sources, Config(refuse=(Refusal("OCR005"),)))
    assert {f"- {n} -" for n in range(11, 14)} <= {run.text for run in runs(again)}


def test_what_lies_outside_of_the_text_offers_no_lines() -> None:
    gone = p("It ended", about="<w:rPr><w:del/></w:rPr>") + p(" here.")
    read = readers.read(docx(p("Chapter 1", style="berschrift1") + gone + p(LONG)), "a.docx")
    normalized = normalize(read.drafts, read.sources, Config())
    [(entry, lines)] = [item for item in undone(normalized) if item[0].kind is Kind.JOINED]
    assert (entry.rule, entry.reason, lines) == (
        "DOC001",
        "Tracked changes delete the end of the paragraph.",
        "",
    )
    assert all(a.span <= b.span for a, b in pairwise(changes.collect(normalized)))
