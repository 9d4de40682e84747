"""The e-book: valid, complete, in order, the same every time, and honest about itself."""

import posixpath
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from PIL import Image

from publish import epub
from publish.check.epubcheck import Check
from publish.diagnostic import PublishError
from publish.document import Book, DivisionKind, Note, Quotation, division_runs, heading_text, walk_divisions
from publish.epub.package import file_name, file_title
from publish.source import Run
from tests.books import (
    ODD,
    PART,
    book,
    division,
    every_block,
    every_kind,
    paragraph,
    sections_alone,
    text,
    unnamed_story,
)

MOMENT = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
HTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


@cache
def made(book: Book) -> bytes:
    return epub.write(book, modified=MOMENT)


def entries(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def tree(data: bytes, name: str) -> ET.Element:
    return ET.fromstring(entries(data)[f"EPUB/{name}"])


def spine(data: bytes) -> list[str]:
    """File names in reading order."""
    package = tree(data, "content.opf")
    names = {item.get("id"): item.get("href", "") for item in package.iter(f"{OPF}item")}
    return [names[reference.get("idref")] for reference in package.iter(f"{OPF}itemref")]


def nav_entries(data: bytes, kind: str = "toc") -> list[tuple[str, str]]:
    """Title and address of every entry of one nav, in order."""
    nav = next(nav for nav in tree(data, "nav.xhtml").iter(f"{HTML}nav") if nav.get(f"{OPS}type") == kind)
    return [("".join(link.itertext()), link.get("href", "")) for link in nav.iter(f"{HTML}a")]


def properties(data: bytes) -> list[tuple[str, str]]:
    return [
        (meta.get("property", ""), meta.text or "") for meta in tree(data, "content.opf").iter(f"{OPF}meta")
    ]


def words(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def rewritten(data: bytes, name: str, old: str, new: str) -> bytes:
    """The EPUB with one replacement in one entry."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry, content in entries(data).items():
            if entry == f"EPUB/{name}":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())  # noqa: PLW2901
            target.writestr(entry, content, ZIP_STORED if entry == "mimetype" else ZIP_DEFLATED)
    return packed.getvalue()


def odd_books() -> Iterator[tuple[str, Book]]:
    yield "every kind", every_kind()
    yield "unnamed story", unnamed_story()
    yield "sections alone", sections_alone()
    yield "no author, no text", book(division("only"))
    yield (
        "odd signs",
        book(division("a", title=ODD, blocks=(paragraph(ODD),)), title=ODD, creators=[(ODD, "aut")]),
    )
    yield (
        "long title",
        book(division("a", title="word " * 40), title="Very " * 40, creators=[("N" * 200, "aut")]),
    )
    yield "one endless word", book(division("a"), title="w" * 200)
    yield "nothing a face can draw", book(division("a"), title="🎉")
    yield (
        "empty pieces",
        book(division("a", title=" "), division("b", label=" "), division("c", blocks=(paragraph(),))),
    )
    yield "right to left", book(division("a", title="שלום", blocks=(paragraph("שלום עולם"),)), language="he")
    yield "unknown language", book(division("a", title="Ba"), division("b", title="Bo"), language="tlh")
    yield "UUID", book(division("a"), identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_DNS, 'a')}")
    yield "translator alone", book(division("a"), creators=[("Constance Garnett", "trl")])
    yield "dedication alone", book(division("d", DivisionKind.DEDICATION, blocks=(paragraph("To A."),)))
    many = [division(f"chapter-{n}", label=f"Chapter {n}", blocks=(paragraph("Rain."),)) for n in range(300)]
    yield "300 chapters", book(*many)


BOOKS = dict(odd_books())


@pytest.mark.parametrize("name", BOOKS)
def test_epubcheck_finds_nothing(name: str, epubcheck: Check, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(made(BOOKS[name]))
    assert epubcheck(path) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (("02-epigraph.xhtml", "</p>", "</q>"), "RSC-016"),
        (("02-epigraph.xhtml", 'id="epigraph"', 'id="epigraph.heading"'), "RSC-005"),
        (("02-epigraph.xhtml", "<em>", '<em ghost="1">'), "RSC-005"),
        (("02-epigraph.xhtml", "All is well.", '<a href="no.xhtml">x</a>'), "RSC-007"),
        (("nav.xhtml", "02-epigraph.xhtml", "02-epigraph.xhtml#nowhere"), "RSC-012"),
        (
            ("nav.xhtml", '<a href="02-epigraph.xhtml">epigraph</a>', '<a href="02-epigraph.xhtml"></a>'),
            "RSC-005",
        ),
        (("content.opf", "2020-09-13T12:26:40Z", "2020-09-13"), "RSC-005"),
        (("content.opf", "<dc:language>en</dc:language>", ""), "RSC-005"),
        (("content.opf", 'href="cover.xhtml"', 'href="cower.xhtml"'), "RSC-001"),
        (("content.opf", ' properties="nav"', ""), "RSC-005"),
        (("content.opf", "<dc:language>en</dc:language>", "<dc:language>en_US</dc:language>"), "OPF-092"),
        (("content.opf", 'refines="#creator-1"', 'refines="#nobody"'), "RSC-005"),
        (("content.opf", 'media-type="image/png"', 'media-type="image/jpeg"'), "OPF-029"),
        (("content.opf", '<itemref idref="item-02-epigraph.xhtml"/>', ""), "RSC-011"),
        (("02-epigraph.xhtml", "All is well.", "All is&nbsp;well."), "RSC-016"),
        (("02-epigraph.xhtml", "styles/book.css", "styles/boot.css"), "RSC-007"),
        (("cover.xhtml", "images/cover.png", "http://example.org/cover.png"), "RSC-006"),
        (("nav.xhtml", "<ol>", "<ul>"), "RSC-016"),
        (("toc.ncx", "urn:isbn:9780306406157", "urn:isbn:other"), "NCX-001"),
        (("styles/book.css", "p.first {", "p.first "), "CSS-008"),
    ],
)
def test_epubcheck_finds_what_is_broken(
    fault: tuple[str, str, str], code: str, epubcheck: Check, tmp_path: Path
) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(rewritten(made(BOOKS["every kind"]), *fault))
    assert code in {message.code for message in epubcheck(path)}


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_of_the_text_is_lost_or_added(name: str) -> None:
    files = entries(made(BOOKS[name]))
    printed, notes = "", ""
    for file in (file for file in spine(made(BOOKS[name])) if file[0].isdigit()):
        body = ET.fromstring(files[f"EPUB/{file}"])[1]
        for link in body.iter(f"{HTML}a"):
            link.text = ""  # the number of a note
        below = words("".join("".join(note.itertext()) for note in body.iter(f"{HTML}aside")))
        printed += words("".join(body.itertext())).removesuffix(below)
        notes += below
    runs = [run for _, part in walk_divisions(BOOKS[name].divisions) for run in division_runs(part)]
    noted = [run for run in runs if words(run.text) and words(run.text) in notes]
    assert printed == words("".join(run.text for run in runs if run not in noted))
    assert notes == words("".join(run.text for run in noted))


def test_a_part_that_others_speak_for_stands_as_one_without_text() -> None:
    motto = Quotation((paragraph("Salt is what remains."), paragraph("— A saying")))
    inside = (division("a", label="1", title="Pans", blocks=(paragraph("Rain."),)),)
    for blocks, bare in (((), True), ((motto,), True), ((motto, paragraph("So.")), False)):
        data = made(book(division("p", PART, title="Salt", blocks=blocks, divisions=inside)))
        part = next(tree(data, "01-p.xhtml").iter(f"{HTML}section"))
        assert ("bare" in (part.get("class") or "").split()) is bare
    label = next(tree(data, "02-a.xhtml").iter(f"{HTML}span"))
    assert label.get("class") == "label figures"


def test_a_note_is_linked_from_its_reference_and_back() -> None:
    data = made(book(division("one", blocks=every_block()), division("two", blocks=every_block())))
    for file in (file for file in spine(data) if file[0].isdigit()):
        body = tree(data, file)[1]
        links = {
            link.get("id", link.get("class", "")): link.get("href", "") for link in body.iter(f"{HTML}a")
        }
        name = file.partition("-")[2].removesuffix(".xhtml")
        assert links == {f"{name}.note-1.ref": f"#{name}.note-1", "backlink": f"#{name}.note-1.ref"}
        note = next(body.iter(f"{HTML}aside"))
        assert (note.get("id"), "".join(note.itertext()).strip()) == (
            f"{name}.note-1",
            "1 Long after,he says.",
        )


def test_a_note_keeps_the_number_of_its_author() -> None:
    noted = paragraph("He came from Ghent", Note(text("A city."), Run("12")), Note(text("So."), None), ".")
    data = made(book(division("one", blocks=(noted,))))
    body = next(tree(data, file)[1] for file in spine(data) if file.endswith("-one.xhtml"))
    assert [link.text for link in body.iter(f"{HTML}a")] == ["12", "2", "12", "2"]


@pytest.mark.parametrize("name", BOOKS)
def test_contents_follow_the_reading_order(name: str) -> None:
    data = made(BOOKS[name])
    linked = [address for _, address in nav_entries(data)]
    met = (
        address
        for file in spine(data)
        for address in (file, *(f"{file}#{part.get('id')}" for part in tree(data, file).iter()))
    )
    assert linked == [address for address in met if address in linked]
    assert all(title.strip() for title, _ in nav_entries(data))
    in_ncx = [content.get("src") for content in tree(data, "toc.ncx").iter(f"{NCX}content")]
    assert in_ncx == linked


def test_contents_name_every_division_with_its_heading() -> None:
    listed = [title for title, _ in nav_entries(made(BOOKS["every kind"]))]
    assert listed == [
        heading_text(part) or "at sea" for _, part in walk_divisions(BOOKS["every kind"].divisions)
    ]


def test_contents_nest_as_the_book_does_and_the_ncx_stops_at_two_levels() -> None:
    data = made(book(division("p", PART, title="P", divisions=(division("a", divisions=(division("s"),)),))))
    assert len(list(tree(data, "nav.xhtml").iter(f"{HTML}ol"))) == 3 + len(["landmarks"])
    outer = tree(data, "toc.ncx").find(f"{NCX}navMap/{NCX}navPoint")
    assert outer is not None
    assert [len(list(point.iter(f"{NCX}navPoint"))) for point in outer.findall(f"{NCX}navPoint")] == [1, 1]


def test_a_story_without_headings_is_found_under_the_title_of_the_book() -> None:
    data = made(unnamed_story())
    assert nav_entries(data) == [("Comrade in Arms", "01-story.xhtml")]
    assert "nav.xhtml" not in spine(data), "a contents page with one line helps nobody"
    assert ("Start of text", "01-story.xhtml") in nav_entries(data, "landmarks")


def test_a_nameless_chapter_is_listed_by_its_opening_words() -> None:
    opening = division("a", blocks=(paragraph("It was a dark and stormy night; the rain fell."),))
    assert nav_entries(made(book(opening, division("b", title="Two"))))[0][0] == "It was a dark and stormy …"


def test_a_dedication_is_read_first_but_not_listed() -> None:
    dedication = division("dedication", DivisionKind.DEDICATION, blocks=(paragraph("For Anna"),))
    data = made(book(dedication, division("a", title="One"), division("b", title="Two")))
    assert [title for title, _ in nav_entries(data)] == ["One", "Two"]
    assert spine(data).index("01-dedication.xhtml") < spine(data).index("02-a.xhtml")


def test_landmarks_have_one_type_each() -> None:
    kinds = [
        link.get(f"{OPS}type")
        for link in tree(made(every_kind()), "nav.xhtml").iter(f"{HTML}a")
        if link.get(f"{OPS}type")
    ]
    front = ["dedication", "epigraph", "foreword", "preface", "introduction", "copyright-page"]
    back = ["afterword", "acknowledgments", "appendix", "glossary", "bibliography"]
    assert kinds == ["cover", "titlepage", "toc", *front, "bodymatter", *back]


@pytest.mark.parametrize("name", BOOKS)
def test_ids_are_unique_and_roles_single(name: str) -> None:
    for entry, content in entries(made(BOOKS[name])).items():
        if not entry.endswith((".xhtml", ".opf", ".ncx")):
            continue
        elements = list(ET.fromstring(content).iter())
        ids = [element.get("id") for element in elements if element.get("id")]
        assert len(ids) == len(set(ids)), entry
        assert all(" " not in element.get("role", "") for element in elements), entry


def test_headings_descend_without_gaps() -> None:
    levels = {
        file: [
            int(element.tag[-1])
            for element in tree(made(every_kind()), file).iter()
            if re.search(r"}h\d$", element.tag)
        ]
        for file in (
            "titlepage.xhtml",
            "04-preface.xhtml",
            "28-part-1.xhtml",
            "29-act-1.xhtml",
        )
    }
    assert list(levels.values()) == [[1], [2, 3], [2], [3, 4, 5]]


def test_parts_alone_have_a_file_before_what_they_hold() -> None:
    data = made(sections_alone())
    files = [file.partition("-")[2].removesuffix(".xhtml") for file in spine(data)[3:]]
    assert files == [
        "copyright",
        "preface",
        "wind",
        "bare",
        "storm",
        "told",
        "calm",
        "short",
        "act",
        "papers",
    ]
    classes = {
        part.get("id"): (part.get("class") or "").split()
        for file in spine(data)[3:]
        for part in tree(data, file).iter(f"{HTML}section")
    }
    assert [id_ for id_, names in classes.items() if "bare" in names] == ["bare"]
    assert all(("run-on" in names) is ("-" in str(id_) or id_ == "scene") for id_, names in classes.items())
    inside = [part.get("id") for part in tree(data, "03-wind.xhtml").iter(f"{HTML}section")]
    assert inside == ["wind", "wind-first", "wind-second"]


def test_the_same_book_gives_the_same_bytes() -> None:
    east = MOMENT.astimezone(timezone(timedelta(hours=9)))
    assert made(every_kind()) == epub.write(every_kind(), modified=east)


def test_the_archive_starts_with_its_type_and_holds_nothing_of_the_machine() -> None:
    with ZipFile(BytesIO(made(every_kind()))) as file:
        first, *others = file.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert [entry.filename for entry in others] == sorted(entry.filename for entry in others)
        assert {entry.date_time for entry in file.infolist()} == {(2020, 9, 13, 12, 26, 40)}
        assert len({posixpath.normcase(name).casefold() for name in file.namelist()}) == len(file.namelist())


def test_a_clock_before_zip_was_invented_is_no_obstacle() -> None:
    data = epub.write(unnamed_story(), modified=datetime(1970, 1, 1, tzinfo=UTC))
    assert ("dcterms:modified", "1970-01-01T00:00:00Z") in properties(data)


def test_the_package_states_what_is_known() -> None:
    package = tree(made(every_kind()), "content.opf")

    def stated(name: str) -> list[str | None]:
        return [element.text for element in package.iter(DC + name)]

    assert stated("identifier") == ["urn:isbn:9780306406157"]
    assert stated("title") == ["Home", "A Novel"]
    assert stated("creator") == ["Ann Other", "Ludwig van Beethoven"]
    assert stated("contributor") == ["Ed"]
    assert stated("date") == ["1999-12-31"]
    assert stated("description") == ["Two <i>friends</i> & a boat."]
    found = properties(made(every_kind()))
    assert [value for name, value in found if name == "role"] == ["aut", "aut", "edt"]
    assert ("file-as", "Beethoven, Ludwig van") in found
    assert [name for name, _ in found].count("dcterms:modified") == 1
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_book_without_identifier_gets_a_uuid_of_its_own_that_stays() -> None:
    def identifier(book: Book) -> str:
        return tree(made(book), "content.opf").findtext(f".//{DC}identifier") or ""

    here = identifier(unnamed_story())
    assert uuid.UUID(here.removeprefix("urn:uuid:")).version == 5
    assert (
        identifier(book(division("other"), title="Comrade in Arms", creators=[("Larry Lutsky", "aut")]))
        == here
    )
    assert identifier(book(division("story"), title="Comrade in Arms")) != here


def test_structure_is_claimed_only_where_there_is_some() -> None:
    def features(book: Book) -> set[str]:
        return {value for name, value in properties(made(book)) if name == "schema:accessibilityFeature"}

    assert features(every_kind()) - features(unnamed_story()) == {"structuralNavigation"}
    assert "pageNavigation" not in features(every_kind())


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Larry Lutsky", "Lutsky, Larry"),
        ("Voltaire", "Voltaire"),
        ("Ludwig van Beethoven", "Beethoven, Ludwig van"),
        ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
        ("The Harbour Collective", "Harbour Collective, The"),
    ],
)
def test_names_are_filed_by_family(name: str, filed: str) -> None:
    assert file_name(name, "en") == filed


def test_titles_are_filed_without_their_article() -> None:
    assert file_title("The Sea", "en-GB") == "Sea, The"
    assert file_title("Die Verwandlung", "de") == "Verwandlung, Die"
    assert file_title("Die Laughing", "en") == "Die Laughing"
    assert file_title("A", "en") == "A"


def test_right_to_left_books_are_bound_that_way() -> None:
    data = made(BOOKS["right to left"])
    assert tree(data, "01-a.xhtml").get("dir") == "rtl"
    found = tree(data, "content.opf").find(f"{OPF}spine")
    assert found is not None
    assert found.get("page-progression-direction") == "rtl"


@pytest.mark.parametrize("title", ["Home", "Very " * 40, "w" * 200, "🎉", "Война и мир", "שלום"])
def test_the_made_cover_has_the_size_that_stores_ask_for(title: str) -> None:
    data = entries(made(book(division("a"), title=title, subtitle="Or not", creators=[("A. B.", "aut")])))
    cover = Image.open(BytesIO(data["EPUB/images/cover.png"]))
    assert (cover.size, cover.format) == ((1600, 2560), "PNG")
    assert len(cover.getcolors(1 << 24) or []) > 1, "something is drawn"


def test_the_cover_says_in_words_what_it_shows() -> None:
    image = tree(made(every_kind()), "cover.xhtml").find(f".//{HTML}img")
    assert image is not None
    assert image.get("alt") == "Home. A Novel. The Harbour 2. Ann Other. Ludwig van Beethoven."


def test_a_given_cover_is_used_as_it_is(epubcheck: Check, tmp_path: Path) -> None:
    file = BytesIO()
    Image.new("RGB", (40, 64), "navy").save(file, "PNG")
    data = epub.write(unnamed_story(), cover=file.getvalue(), modified=MOMENT)
    assert entries(data)["EPUB/images/cover.png"] == file.getvalue()
    path = tmp_path / "book.epub"
    path.write_bytes(data)
    assert epubcheck(path) == []


def test_a_cover_of_another_format_is_refused() -> None:
    with pytest.raises(PublishError, match="neither a JPEG nor a PNG"):
        epub.write(unnamed_story(), cover=b"GIF89a", modified=MOMENT)


@pytest.mark.parametrize("style", ["baroque", "../baroque", ""])
def test_an_unknown_style_is_refused(style: str) -> None:
    with pytest.raises(PublishError, match=r"no (house )?style") as caught:
        epub.write(unnamed_story(), look=epub.Look(style=style), modified=MOMENT)
    assert "classic" in caught.value.hint


def test_the_reader_keeps_font_size_colour_and_justification() -> None:
    style = entries(made(unnamed_story()))
    css = re.sub(
        r"/\*.*?\*/",
        "",
        (style["EPUB/styles/book.css"] + style["EPUB/styles/modern.css"]).decode(),
        flags=re.S,
    )
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    for selectors, declarations in rules:
        assert "font-family" not in declarations, selectors
        assert "justify" not in declarations, selectors
        assert not re.search(r"(?<![-\w])color: (?!inherit)|background", declarations), selectors
        assert not re.search(r"[\d.](px|pt|cm|mm|in)\b", declarations.replace("1px solid", "")), selectors
        if "font-size" in declarations:
            assert not re.search(r"(^|,)\s*(html|body|p|p\.first)\s*(,|$)", selectors), selectors


def test_series_subjects_and_those_who_made_the_book_are_stated() -> None:
    found = properties(made(every_kind()))
    assert ("belongs-to-collection", "The Harbour") in found
    assert ("collection-type", "series") in found
    assert ("group-position", "2") in found
    assert [element.text for element in tree(made(every_kind()), "content.opf").iter(f"{DC}subject")] == [
        "Fiction / Sea Stories"
    ]


@pytest.mark.parametrize(
    ("language", "words", "marked"),
    [
        ("en", "He said λόγος, twice.", [("el", "λόγος")]),
        ("en", "the ἀρχὴ τοῦ λόγου of it", [("grc", "ἀρχὴ τοῦ λόγου")]),
        ("en", "“Ваше здоровье!” — and שלום", [("und-Cyrl", "Ваше здоровье"), ("he", "שלום")]),
        ("en", "多くの言葉, 高い and 北京大学", [("ja", "多くの言葉, 高い"), ("und-Hani", "北京大学")]),
        ("zh", "他说ありがとう", [("ja", "ありがとう")]),
        ("en", "an angle α, the number π & naïve cafés", []),
        ("ru", "Он сказал: merci beaucoup.", [("und-Latn", "merci beaucoup")]),
        ("sr-Latn", "Rekao je: здраво", [("und-Cyrl", "здраво")]),
        ("ja", "これは本です", []),
    ],
)
def test_words_in_another_script_say_their_language(
    language: str, words: str, marked: list[tuple[str, str]]
) -> None:
    data = made(book(division("a", title="One", blocks=(paragraph(words),)), language=language))
    body = tree(data, "01-a.xhtml").find(f".//{HTML}p")
    assert body is not None
    found = [(span.get("lang", ""), span.text or "") for span in body.iter(f"{HTML}span")]
    assert (found, "".join(body.itertext()).replace("\xa0", " ")) == (marked, words)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Ada Marsh", "Translated by Ben Hale", "Edited by Cora Dunn", "Illustrated by Ed Finch"]),
        ("ru", ["Ada Marsh", "Перевод: Ben Hale", "Редакция: Cora Dunn", "Иллюстрации: Ed Finch"]),
    ],
)
def test_the_title_page_says_who_did_what(language: str, said: list[str]) -> None:
    makers = [("Ada Marsh", "aut"), ("Ben Hale", "trl"), ("Cora Dunn", "edt"), ("Ed Finch", "ill")]
    data = made(book(division("a"), title="Rain", creators=makers, language=language))
    lines = ["".join(line.itertext()) for line in tree(data, "titlepage.xhtml").iter(f"{HTML}p")]
    assert lines == said
