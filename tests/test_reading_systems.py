"""What certain reading systems need, or cannot bear; the sources stand in the code that sees to it."""

import re

import pytest

from publish import epub, styles
from publish.epub.documents import STYLESHEETS
from tests.books import book, division, every_kind, paragraph
from tests.test_epub import HTML, MOMENT, NCX, OPS, entries, made, tree


@pytest.mark.parametrize("style", styles.known())
def test_old_adobe_readers_can_read_the_first_stylesheet(style: str) -> None:
    data = epub.write(every_kind(), look=epub.Look(style=style), modified=MOMENT)
    css = re.sub(r"/\*.*?\*/", "", entries(data)[f"EPUB/{STYLESHEETS[0]}"].decode(), flags=re.DOTALL)
    # One such rule, and they drop the whole sheet.
    assert not re.search(r"var\(|--\w|@supports|@media|\d(?:vw|vh|rem|ch)\b|(?:min|max|clamp|calc)\(", css)
    # Several others fail at these.
    assert not re.search(r"@namespace|:first-of-type|:nth|\|", css)
    for rule in re.findall(r"\{([^{}]*)\}", css):
        for name, value in re.findall(r"(?<!-)(break-\w+):\s*([\w-]+)", rule):
            assert f"page-{name}: {value}" in rule


def test_a_note_opens_in_a_window_that_ends_with_it() -> None:
    """Apple knows a note by these two types; Kindle's window runs on where the way back comes last."""
    data = made(every_kind())
    for name in entries(data):
        if not name.endswith(".xhtml"):
            continue
        body = tree(data, name.removeprefix("EPUB/"))
        for reference in body.iter(f"{HTML}a"):
            if reference.get("class") == "noteref":
                assert reference.get(f"{OPS}type") == "noteref"
        for note in body.iter(f"{HTML}aside"):
            assert note.get(f"{OPS}type") == "footnote"
            first = note[0][0]
            assert (first.get("class"), not note[0].text) == ("backlink", True)
            assert (first.text or "").isdigit()


def test_kobo_finds_each_division_in_a_file_and_no_sign_of_ours_that_its_faces_lack() -> None:
    """A hyphen that does not break is the author's: whoever converts for Kobo replaces it."""
    odd = book(
        division("a", title="One", blocks=(paragraph("well\N{NON-BREAKING HYPHEN}known"),)), division("b")
    )
    files = entries(epub.write(odd, modified=MOMENT))
    assert {"EPUB/01-a.xhtml", "EPUB/02-b.xhtml"} <= set(files)
    assert "well\N{NON-BREAKING HYPHEN}known" in files["EPUB/01-a.xhtml"].decode()
    for name, data in entries(made(every_kind())).items():
        if name.endswith(".xhtml"):
            # The first is drawn as a box, soft hyphens hide words from the dictionary.
            assert not set("\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}↩") & set(data.decode()), name


def test_apple_finds_the_namespace_and_one_type_for_each_landmark() -> None:
    data = made(every_kind())
    for name, content in entries(data).items():
        if name.endswith(".xhtml"):
            assert b'xmlns:epub="http://www.idpf.org/2007/ops"' in content.partition(b"<head>")[0]
    nav = next(nav for nav in tree(data, "nav.xhtml").iter(f"{HTML}nav") if nav.get("id") == "landmarks")
    assert all(len(link.get(f"{OPS}type", "").split()) == 1 for link in nav.iter(f"{HTML}a"))


def test_kindle_is_shown_two_levels_of_contents_and_the_cover_by_its_old_name() -> None:
    data = made(every_kind())
    points = tree(data, "toc.ncx").find(f"{NCX}navMap")
    assert points is not None
    deep = [inner for point in points for inner in point.iter(f"{NCX}navPoint") if inner in list(point)]
    assert deep
    assert not any(list(inner.iter(f"{NCX}navPoint"))[1:] for inner in deep)
    assert b'name="cover"' in entries(data)["EPUB/content.opf"]
