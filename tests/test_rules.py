"""Every rule keeps what its documentation promises: the examples printed by `publish rules` are run here."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import lint
from publish.config import BookConfig, Config
from publish.diagnostic import Diagnostic, PublishError, Severity
from publish.document import Book, Division, DivisionKind, Metadata, Paragraph, Stated, Text
from publish.lint import formats, lists, report
from publish.lint.kept import of_words
from publish.lint.rule import RULES, Example, Kind, Rule, mirror, register
from publish.normalize.result import Normalized, Order
from publish.source import Change, Source
from tests.reading import made_of
from tests.work import is_linear

STATED = Config(book=BookConfig(title="The House", author="Jane Roe", language="en"))
WHOLE = {"OCR", "STR", "MET", "MED", "CFG"}
"""Families whose examples are whole manuscripts; others stand inside a story."""
BEFORE = "The House\n\nThe door was open when they came home, and there was nobody in the kitchen.\n\n"
AFTER = "\n\nShe put the lamp on the table and sat down to wait for the others to come back.\n"

NORMALIZED = (
    "STR009",
    "SPC008",
    "STR022",
    "STR005",
    "MED001",
    "STR042",
    "STR043",
    "STR044",
    "STR045",
    "STR047",
    "STR054",
)
MADE = [r for r in RULES.values() if r.kind in (Kind.MIRROR, Kind.REPORTED) or r.code in NORMALIZED]
"""Rules whose examples need the whole program."""
CHECKED = [rule for rule in RULES.values() if rule not in MADE]


def cases(rules: list[Rule]) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in rules
        for number, example in enumerate(rule.examples, 1)
    ]


def marked(example: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of an example and the ranges that ⟦ ⟧ mark in it."""
    text, ranges = "", []
    for part in re.split("(⟦[^⟧]*⟧)", example):
        plain = part.strip("⟦⟧")
        if part != plain:
            ranges.append((len(text), len(text) + len(plain)))
        text += plain
    return text, ranges


def story(text: str) -> Normalized:
    """A book of one chapter whose paragraphs are parted by blank lines, with nothing repaired."""
    source = Source("story.txt", text.encode(), text, "utf-8")
    starts = [match.start() for match in re.finditer(r"(?s)(?:(?<=\n\n)|\A).+?(?=\n\n|\Z)", text)]
    runs = [source.run().slice(at, at + len(text[at:].split("\n\n", 1)[0])) for at in starts]
    chapter = Division(
        id="story", kind=DivisionKind.STORY, blocks=tuple(Paragraph((Text(run),)) for run in runs)
    )
    metadata = Metadata(title=Stated("The House", "book.toml"), language=Stated("en", "book.toml"))
    return Normalized(
        book=Book(metadata, (chapter,)),
        sources={source.key: source},
        changes=(),
        diagnostics=(),
        order=Order(uncertain=False, placements=()),
    )


def manuscript(text: str, config: Config = STATED) -> Normalized:
    """A manuscript as the whole program reads it."""
    name = "story.md" if text.startswith("---") else "story.txt"
    return made_of(text.encode("utf-8", "surrogateescape"), name, config)


def found(rule: Rule, text: str) -> list[Diagnostic]:
    """The findings of a rule whose check runs on the book."""
    listed = next((example.sheet for example in rule.examples if example.sheet), "")
    sheet = of_words(listed) if listed else None
    return [
        item
        for item in lint.findings(story(text), STATED, options=lint.Options(sheet=sheet))
        if item.code == rule.code
    ]


def made(rule: Rule, text: str) -> tuple[list[Diagnostic], int]:
    """The findings that the normalizer makes of a passage or manuscript, and where the passage begins."""
    whole = rule.family in WHOLE or rule.kind is Kind.BOOK
    # What book.toml states leaves the title page: that is what STR011 is about too.
    config = Config() if rule.family == "MET" or rule.code == "STR011" else STATED
    normalized = manuscript(text if whole else BEFORE + text + AFTER, config)
    items = [item for item in lint.findings(normalized, config) if item.code == rule.code]
    return items, 0 if whole else len(BEFORE)


def mended(text: str, items: list[Diagnostic], offset: int = 0) -> str:
    """The text with the fixes of all findings made."""
    changes: list[Change] = [change for item in items if item.fix for change in item.fix.changes]
    for change in sorted(changes, key=lambda change: change.span.start, reverse=True):
        text = text[: change.span.start - offset] + change.text + text[change.span.end - offset :]
    return text


@pytest.mark.parametrize(("rule", "example"), cases(CHECKED))
def test_a_check_finds_exactly_what_its_examples_mark(rule: Rule, example: Example) -> None:
    text, ranges = marked(example.before)
    items = found(rule, text)
    assert [(item.span.start, item.span.end) for item in items] == ranges
    if example.after is None:
        assert all(item.fix is None for item in items)
    else:
        assert mended(text, items) == example.after
        assert found(rule, example.after) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(r, text, id=f"{r.code}-{n}") for r in CHECKED for n, text in enumerate(r.passes, 1)],
)
def test_a_check_is_quiet_on_what_it_lets_pass(rule: Rule, text: str) -> None:
    assert found(rule, text) == []


@pytest.mark.parametrize(("rule", "example"), cases(MADE))
def test_the_normalizer_finds_exactly_what_the_examples_mark(rule: Rule, example: Example) -> None:
    text, ranges = marked(example.before)
    items, offset = made(rule, text)
    assert list(dict.fromkeys((item.span.start - offset, item.span.end - offset) for item in items)) == ranges
    if example.after is not None:
        assert mended(text, items, offset) == example.after
        assert made(rule, example.after)[0] == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(r, text, id=f"{r.code}-{n}") for r in MADE for n, text in enumerate(r.passes, 1)],
)
def test_the_normalizer_leaves_alone_what_passes(rule: Rule, text: str) -> None:
    assert made(rule, text)[0] == []


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(r, e, id=f"{r.code}-{n}") for r in RULES.values() for n, e in enumerate(r.repairs, 1)],
)
def test_what_is_certain_is_repaired_and_told_as_a_note(rule: Rule, example: Example) -> None:
    text, ranges = marked(example.before)
    items, offset = made(rule, text)
    notes = [item for item in items if item.severity == Severity.INFO]
    assert len(notes) == len(ranges)
    for item, (start, end) in zip(notes, ranges, strict=True):
        assert start <= item.span.start - offset <= item.span.end - offset <= end


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_is_documented_in_the_same_shape(rule: Rule) -> None:
    summary, *rest = rule.doc.split("\n\n")
    assert re.fullmatch(r"[A-Z*].{15,90}\.", summary), "the first line says in one sentence what is wrong"
    assert len(rest) >= 2, "then why it matters, then what to do"
    assert re.match(r"Fix: [A-Z][^\n]*(\n[^\n]+)*\nSource: \S", rest[-1])
    assert rule.advice.endswith(".")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    # What is found in finished files, and in documents, is shown by the files of their own tests.
    of_files = rule.kind is Kind.FILE or rule.family == "DOC"
    assert rule.examples or of_files, "a rule without examples is a rule without tests"
    assert rule.passes or of_files
    assert not any("⟦" in text for text in rule.passes)
    assert all("⟦" in example.before for example in (*rule.examples, *rule.repairs))


def test_the_normalizer_uses_registered_codes_and_mirrors_have_something_to_mirror() -> None:
    package = Path(lint.__file__).parent.parent
    files = [path for name in ("normalize", "readers") for path in (package / name).rglob("*.py")]
    files.append(Path(lint.__file__))
    used = {code for path in files for code in re.findall(r'"([A-Z]{3}\d{3})"', path.read_text("utf-8"))}
    assert used <= set(RULES)
    assert {rule.code for rule in RULES.values() if rule.kind in (Kind.MIRROR, Kind.REPORTED)} <= used


def test_names_and_codes_are_unique() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    with pytest.raises(ValueError, match="PUN001 is already the code of doubled-word"):
        register(RULES["PUN001"])
    with pytest.raises(ValueError, match="not a rule code"):
        mirror("XYZ001", "unknown", "It is unknown.", examples=())


def test_selection_takes_codes_and_families_and_ignoring_wins() -> None:
    text = "Paris in the the spring,, he said (and meant it."
    codes = [item.code for item in lint.findings(story(text), STATED)]
    assert codes == ["PUN001", "PUN002", "PUN005"]
    chosen = lint.findings(story(text), STATED, select=["PUN001", "pun005"])
    assert [item.code for item in chosen] == ["PUN001", "PUN005"]
    rest = lint.findings(story(text), STATED, select=["PUN"], ignore=["PUN001"])
    assert [item.code for item in rest] == ["PUN002", "PUN005"]
    assert lint.chosen(["PUN001,ENC"]) == lint.chosen(["PUN001", "ENC"])


def test_a_name_that_is_no_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(PublishError, match="There is no rule “ENC019”") as refused:
        lint.findings(story("Nothing."), STATED, select=["ENC019"])
    assert "Did you mean ENC0" in refused.value.hint
    with pytest.raises(PublishError, match="There is no rule"):
        lint.explain("nonsense")
    with pytest.raises(PublishError, match="There is no rule “OCR003”") as merged:
        lint.chosen(ignore=["OCR003"])
    assert "Did you mean PUN030 or OCR008?" in merged.value.hint
    with pytest.raises(PublishError, match="There is no rule “PUN020”") as merged:
        lint.chosen(ignore=["PUN020"])
    assert "Did you mean PUN027?" in merged.value.hint


def test_findings_come_in_the_order_of_the_manuscript() -> None:
    items = lint.findings(story("He came,, and and left.\n\nHe came (and and left,, he said."), STATED)
    assert items == tuple(sorted(items, key=lambda item: (item.span.start, item.code)))


def test_every_rule_explains_itself() -> None:
    for code, rule in RULES.items():
        page = lint.explain(code.lower())
        assert rule.summary in page
        assert "Example:" in page or rule.kind is Kind.FILE or rule.family == "DOC"
        assert page.isprintable() or page.replace("\n", "").isprintable()


def test_the_list_of_rules_has_each_once_by_family() -> None:
    listed = re.findall(r"^  ([A-Z]{3}\d{3})", lint.listing(), re.MULTILINE)
    assert sorted(listed) == sorted(RULES)
    assert lint.explain("QUO").startswith("QUO  Quotation marks")
    assert "PUN001" not in lint.explain("QUO")


def test_a_book_in_another_language_is_not_held_to_english() -> None:
    german = story("Die Frau, die die Tür öffnet.")
    metadata = Metadata(title=Stated("Das Haus", "book.toml"), language=Stated("de", "book.toml"))
    book = Book(metadata, german.book.divisions)
    normalized = Normalized(
        book=book, sources=german.sources, changes=(), diagnostics=(), order=german.order
    )  # fmt: skip
    assert lint.findings(normalized, STATED) == ()


@given(st.text(alphabet="ab The“”‘’()[],.;:!?-—\n\xa0\u200b\ufffdа90", max_size=120))
def test_any_text_is_checked_and_reported_without_fail(text: str) -> None:
    normalized = story(text)
    items = lint.findings(normalized, STATED)
    assert all(0 <= item.span.start < item.span.end <= len(text) for item in items)
    assert report.as_text(items, normalized.sources).replace("\n", "").isprintable()
    assert len(json.loads(formats.as_json(items, normalized.sources))["findings"]) == len(items)


@pytest.mark.parametrize("sign", ["(", ")", "“", "”", "a", "the ", ",", "- ", "\ufffd", "‘", "‘“", "a.B"])
def test_a_long_row_of_one_sign_is_read_in_linear_time(sign: str) -> None:
    assert is_linear(lambda size: lint.findings(story(sign * (size // len(sign))), STATED), 5_000)


def test_each_place_of_a_word_taken_for_another_holds_it_once() -> None:
    for row in lists.rows("taken"):
        pair, is_pair, places = row.partition(": ")
        if is_pair:
            assert re.fullmatch(r"\S+ > [\w’ -]+", pair), row
            assert all(place.split().count("_") == 1 for place in places.split("; ")), row
        else:
            assert re.fullmatch(r"\w+ = \S+", row), row
