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


def typed(text: str) -> list[str]:
    """The paragraphs of an example, one for each of its lines, as somebody would paste them."""
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt")):
        text = text.replace(sign, f"&{name};")
    return text.split("\n")


_UNWRITABLE = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that XML cannot hold."""
FORMATS = ("story.docx", "story.odt", "story.html", "story.md")
FIXABLE = [
    # The first example of a rule in every format, the others each in one.
    pytest.param(rule, example, name, id=f"{rule.code}-{number}-{name[6:]}")
    for rule in lint.RULES.values()
    for number, example in enumerate(rule.examples, 1)
    for name in (FORMATS if number == 1 else FORMATS[(int(rule.code[3:]) + number) % 4 :][:1])
    if rule.safety and example.after is not None and not _UNWRITABLE.search(example.before)
    if not example.sheet and not example.before.startswith("---") and rule.kind is not Kind.FILE
]


def as_file(text: str, name: str) -> bytes:
    """A file of a format whose paragraphs are the lines of an example."""
    lines = typed(text)
    match name.rpartition(".")[2]:
        case "docx":
            return docx(lines)
        case "odt":
            return odt(lines)
        case "html":
            return "\n".join(f"<p>{line}</p>" for line in lines).encode()
    # Between paragraphs of Markdown stands a blank line; else they would be one.
    return "\n\n".join(text.split("\n")).encode()


@pytest.mark.parametrize(("rule", "example", "name"), FIXABLE)
def test_each_rule_with_a_fix_finds_its_place_and_mends_it_alone(
    rule: Rule, example: Example, name: str
) -> None:
    text, _ = marked(example.before)
    whole = text if rule.family in WHOLE or rule.kind is Kind.BOOK else BEFORE + text + AFTER
    data = as_file(whole, name)
    before = made(data, name, STATED)
    items = [item for item in lint.findings(before, STATED) if item.code == rule.code]
    source = before.sources[readers.read(data, name).sources[0].key]
    place = r"paragraph \d+, character \d+$" if source.member else r":\d+:\d+$"
    for item in items:
        assert re.search(place, source.where(item.span.start))
    fits = [item.fix.changes for item in items if item.fix]
    changes = [change for some in fits for change in some]
    if not changes or not all(fixes.is_writable(change, before.sources) for change in changes):
        # What parts or joins paragraphs is a matter of markup, which no fix writes.
        assert rule.code in ("SPC013",) or not changes or not source.member
        return
    new = fixes.patched(source, changes)
    if source.member:
        kept = written(data, name, {source.key: new.encode()})
        assert [item for item in members(data) if members(data)[item] != members(kept)[item]] == [
            source.member
        ]
    else:
        kept = new.encode(source.encoding)
    if not name.endswith("md"):
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


def test_hardly_a_rule_has_no_fix_in_some_format() -> None:
    """What XML cannot hold and what is markup in a format cannot be shown there."""
    shown = {(item.values[0].code, item.values[2]) for item in FIXABLE}  # type: ignore[union-attr]
    fixed = {rule.code for rule in lint.RULES.values() if rule.safety}
    assert {code for code in fixed for name in FORMATS if (code, name) not in shown} == {
        "CON015",  # Needs a style sheet, and is shown above.
        "ENC005",
        "ENC012",
    }
