"""Fixes in documents of word processors: they land at their place, and nothing else of the file changes."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest

from publish import archives, fixes, lint, readers
from publish.cli import main
from publish.config import Config
from publish.diagnostic import Safety
from publish.document import same
from publish.lint.kept import NAME, as_json, of_words
from publish.lint.rule import Example, Kind, Rule
from publish.normalize import normalize
from publish.normalize.result import Normalized
from publish.source import Change
from tests.office import docx, made, odt, p, r
from tests.test_rules import AFTER, BEFORE, STATED, WHOLE, marked

PLAIN = Config()
STORY = (
    p("Chapter 1: The Rope", style="berschrift1")
    + p('"It was na├»ve,"  she said ', r("-- and", "<w:i/>"), " so it was... Tom &amp; Jerry didn't know.")
    + p("It was the the ferryman who laughed &lt;aloud&gt;.")
)


def fixed(
    data: bytes, name: str, config: Config = PLAIN, safety: Safety = Safety.SAFE
) -> tuple[bytes, fixes.Fixed]:
    """The file after its fixes, and what came of them."""

    def read(changed: Mapping[int, bytes]) -> Normalized:
        return normalized(written(data, name, changed), name, config)

    before = read({})
    wish = fixes.Wish(safety, frozenset(lint.RULES), frozenset(before.sources))
    done = fixes.fix(before, config, read, wish)
    if safety is Safety.SAFE:
        assert same(before.book, done.normalized.book)
    return written(data, name, done.data), done


def written(data: bytes, name: str, changed: Mapping[int, bytes]) -> bytes:
    sources = readers.read(data, name).sources
    members = {source.member: changed[source.key] for source in sources if source.key in changed}
    if "" in members:
        return members[""]
    return archives.rewritten(data, members, name) if members else data


def normalized(data: bytes, name: str, config: Config) -> Normalized:
    read = readers.read(data, name)
    return normalize(read.drafts, read.sources, config)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(xml: str) -> str:
    return re.sub(r"<[^>]*>", "", xml)


def test_a_fix_changes_its_place_and_no_other_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = docx(STORY, parts={"media/a.bin": bytes(range(256))})
    path = tmp_path / "story.docx"
    path.write_bytes(data)
    main(["lint", str(path), "--fix"])
    assert "story.docx, paragraph 3, character 12" in capsys.readouterr().out
    before, after = members(data), members(path.read_bytes())
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    old, new = before["word/document.xml"].decode(), after["word/document.xml"].decode()
    assert re.findall("<[^>]*>", old) == re.findall("<[^>]*>", new)
    assert "“It was naïve,” she said —and so it was… Tom &amp; Jerry didn’t know." in words(new).replace(
        "— ", "—"
    )
    assert "It was the the ferryman who laughed &lt;aloud&gt;." in words(new)
    assert path.with_name("story.docx.bak").read_bytes() == data


def test_the_diff_and_the_formats_tell_paragraphs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.docx").write_bytes(docx(STORY))
    main(["lint", "story.docx", "--diff"])
    assert "-It was the the" not in (shown := capsys.readouterr().out)
    assert '-"It was na├»ve,"  she said -- and so it was... Tom & Jerry didn\'t know.' in shown
    main(["lint", "story.docx", "--format", "json"])
    assert '"unit": "paragraph"' in (shown := capsys.readouterr().out)
    assert '"member": "word/document.xml"' in shown
    main(["lint", "story.docx", "--format", "sarif"])
    assert '"fullyQualifiedName": "paragraph 3, character 12"' in (shown := capsys.readouterr().out)
    assert "startLine" not in shown
    main(["lint", "story.docx", "--format", "github"])
    assert "::story.docx, paragraph 3, character 12: " in capsys.readouterr().out
    main(["lint", "story.docx", "--format", "html"])
    assert "paragraph 3, character 12" in capsys.readouterr().out
    main(["changes", "story.docx"])
    assert "story.docx, paragraph 2, character" in capsys.readouterr().out
    main(["changes", "story.docx", "--diff"])
    assert "+“It was naïve,” she said" in capsys.readouterr().out


FORMATS = ("story.docx", "story.odt", "story.html", "story.md")
WRITTEN = {
    # As programs write a text between the tags of a format.
    "docx": {"\t": "</w:t><w:tab/><w:t xml:space='preserve'>"},
    "odt": {"\t": "<text:tab/>", "  ": " <text:s/>", "\N{SOFT HYPHEN}": "&#173;"},
    "html": {"\N{NO-BREAK SPACE}": "&nbsp;", "—": "&mdash;", "\N{SOFT HYPHEN}": "&shy;"},
}
HELD_OTHERWISE = {"ENC005": "He opened\x7f the door and went in."}
"""Where XML cannot hold the sign of an example, another that it can."""
HOLDS_NONE = {
    ("ENC012", "docx"): "XML of two encodings is refused as damaged.",
    ("ENC012", "odt"): "XML of two encodings is refused as damaged.",
    ("SPC002", "html"): "Spaces in a page are one space, however many are typed.",
    ("SPC003", "html"): "A tab in a page is a space, and at the end of a line it is nothing.",
    ("SPC015", "docx"): "ENC007 repairs the sign before the text is looked at.",
    ("SPC015", "odt"): "ENC007 repairs the sign before the text is looked at.",
    ("SPC015", "html"): "ENC007 repairs the sign before the text is looked at.",
    ("SPC015", "md"): "ENC007 repairs the sign before the text is looked at.",
}
"""The rules with a fix that find nothing in a format, and why."""
_UNWRITABLE = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that XML cannot hold."""
FIXABLE = [
    pytest.param(rule, example, name, id=f"{rule.code}-{number}-{name[6:]}")
    for rule in lint.RULES.values()
    for number, example in enumerate(rule.examples, 1)
    for name in FORMATS
    if rule.safety and example.after is not None
    if not example.sheet and not example.before.startswith("---") and rule.kind is not Kind.FILE
]


def as_file(text: str, name: str) -> bytes:
    """A file of a format whose paragraphs are the lines of a text, written as programs write them."""
    form = name.rpartition(".")[2]
    if form == "md":
        # Between paragraphs of Markdown stands a blank line; else they would be one.
        return "\n\n".join(text.split("\n")).encode("utf-8", "surrogateescape")
    for sign, written in {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}.items():
        text = text.replace(sign, written)
    for sign, written in WRITTEN[form].items():
        text = text.replace(sign, written)
    lines = text.split("\n")
    if form == "html":
        return "\n".join(f"<p>{line}</p>" for line in lines).encode("utf-8", "surrogateescape")
    return docx(lines) if form == "docx" else odt(lines)


@pytest.mark.parametrize(("rule", "example", "name"), FIXABLE)
def test_each_rule_with_a_fix_finds_its_place_and_mends_it_alone(
    rule: Rule, example: Example, name: str
) -> None:
    form = name.rpartition(".")[2]
    text, _ = marked(example.before)
    if form in ("docx", "odt") and _UNWRITABLE.search(text):
        text = HELD_OTHERWISE.get(rule.code, text)
        if (rule.code, form) in HOLDS_NONE:
            with pytest.raises(UnicodeEncodeError):
                as_file(text, name)
            return
    whole = text if rule.family in WHOLE or rule.kind is Kind.BOOK else BEFORE + text + AFTER
    data = as_file(whole, name)
    before = made(data, name, STATED)
    items = [item for item in lint.findings(before, STATED) if item.code == rule.code]
    if (rule.code, form) in HOLDS_NONE:
        assert not items
        return
    source = before.sources[readers.read(data, name).sources[0].key]
    place = r"paragraph \d+, character \d+$" if source.member else r":\d+:\d+$"
    changes = [change for item in items if item.fix for change in item.fix.changes]
    assert changes
    assert all(re.search(place, source.where(item.span.start)) for item in items)
    assert all(fixes.is_writable(change, before.sources) for change in changes)
    new = fixes.patched(source, changes)
    if source.member:
        kept = written(data, name, {source.key: new.encode()})
        assert [item for item in members(data) if members(data)[item] != members(kept)[item]] == [
            source.member
        ]
    else:
        kept = new.encode(source.encoding, "surrogateescape")
    if form != "md" and rule.code not in ("SPC002", "SPC003", "SPC013"):
        # Of these three the signs are elements, or the ends of paragraphs.
        assert re.findall("<[^>]*>", new) == re.findall("<[^>]*>", source.text)
    assert outside(new, source.text, changes)
    again = [item for item in lint.findings(made(kept, name, STATED), STATED) if item.code == rule.code]
    assert len(again) < len(items)


def outside(new: str, old: str, changes: Sequence[Change]) -> bool:
    """Whether all that stands between the places of changes stands there as before, in its order."""
    at = start = 0
    for change in sorted(changes, key=lambda change: change.span.start):
        kept = old[start : change.span.start]
        found = new.find(kept, at)
        if found < 0 or (not start and found):
            return False
        at, start = found + len(kept), change.span.end
    return new.endswith(old[start:])


TAB = "<w:r><w:tab/></w:r>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Word begins new runs anywhere.
        (p(r("It was the "), r("the ferry.", "<w:sz/>")), p(r("It was the"), r(" ferry.", "<w:sz/>"))),
        (p(r('&quot;N'), r("o&quot;, she said.")), p(r("“N"), r("o”, she said."))),
        (p(r("He went."), TAB, r("Then she came.")), None),
        # Two paragraphs become one; what is said of the second goes with its beginning.
        (
            p("She walked into the old", about="<w:keepNext/>") + p("house by the river.", about="<w:jc/>"),
            p(r("She walked into the old"), r(" ").replace("<w:rPr></w:rPr>", ""), r("house by the river."),
              about="<w:keepNext/>"),
        ),
    ],
)  # fmt: skip
def test_what_stands_in_several_runs_is_written_without_their_markup(body: str, expected: str | None) -> None:
    before = p("Chapter 1", style="berschrift1") + p("It rained all the night, and nobody was on the road.")
    after = p("There was no light in any of the windows, and the dog was away.")
    kept, done = fixed(docx(before + body + after), "a.docx", safety=Safety.UNSAFE)
    new = members(kept)["word/document.xml"].decode()
    if expected is None:
        expected = body.replace("<w:tab/>", '<w:t xml:space="preserve"> </w:t>')
    assert f"{before}{expected}{after}" in new
    assert sum(done.counts.values()) >= 1


@pytest.mark.parametrize(
    "between",
    [
        # The page's form, a picture, a table: more than the end of a paragraph goes with them.
        "</w:p><w:p><w:pPr><w:sectPr/></w:pPr>",
        "<w:r><w:drawing/></w:r></w:p><w:p>",
        "</w:p><w:bookmarkStart/><w:tbl/><w:p>",
    ],
)
def test_paragraphs_that_more_parts_than_their_ends_are_not_joined(between: str) -> None:
    words = (
        "<w:p><w:r><w:t>She walked into the old</w:t></w:r>{}<w:r><w:t>house by the river.</w:t></w:r></w:p>"
    )
    data = docx(p("It rained all the night, and nobody was on the road.") + words.format(between))
    kept, done = fixed(data, "a.docx", safety=Safety.UNSAFE)
    assert "SPC013" not in done.counts
    assert between.encode() in members(kept)["word/document.xml"]


def test_a_page_has_signs_that_its_encoding_lacks_as_references() -> None:
    text = '<meta charset="iso-8859-2"><p>Přišel domů -- a "nic" nenašel.</p><p>Byl večer a pršelo.</p>'
    kept, _ = fixed(text.encode("iso-8859-2"), "a.html")
    assert "domů&#8211; a &#8222;nic&#8220; nenašel" in kept.decode("iso-8859-2").replace(
        " &#8211;", "&#8211;"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_what_the_style_sheet_of_the_book_says_is_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text(as_json(of_words("good-bye; okay > all right")), "utf-8")
    Path(name).write_bytes(as_file("It rained on the hill.\nHe said goodbye, and that all was okay.", name))
    main(["lint", ".", "--fix", "--unsafe-fixes", "--select", "CON015"])
    new = readers.read(Path(name).read_bytes(), name).drafts[0].lines[-1].run.text
    assert new == "He said good-bye, and that all was all right."


def test_every_rule_with_a_fix_is_shown_in_every_format() -> None:
    shown = {(item.values[0].code, item.values[2]) for item in FIXABLE}  # type: ignore[union-attr]
    fixed = {rule.code for rule in lint.RULES.values() if rule.safety}
    # It needs a style sheet, and is shown above.
    assert {code for code in fixed for name in FORMATS if (code, name) not in shown} == {"CON015"}


def test_letters_in_italics_that_a_fix_leaves_keep_them() -> None:
    data = docx(p("He came immediat", r("ly", "<w:i/>"), " to the gate."))
    after, _ = fixed(data, "book.docx", safety=Safety.UNSAFE)
    whole = docx(p("He came immediat", r("ely", "<w:i/>"), " to the gate."))
    assert same(made(after).book, made(whole).book)
