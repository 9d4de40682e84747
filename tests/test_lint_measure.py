"""The lint on clean prose and on prose with errors; `python -m tests.lint_measure` measures the whole."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from publish import build, copydesk, lint
from publish.config import Config
from publish.diagnostic import PublishError, Severity
from publish.lint import kept as sheets
from publish.lint import stylesheet
from publish.normalize.result import Normalized
from tests import ROOT
from tests.lint_measure import clean, found_of
from tests.reading import made_of
from tests.seeded import KINDS, seeded
from tests.seeded_slips import SLIPS


def made(text: str) -> Normalized:
    return made_of(text, "book.txt")


@pytest.mark.shared
def test_seeded_errors_are_found_at_their_places_and_clean_prose_is_quiet() -> None:
    text = clean("treasure-island")
    assert len(KINDS | SLIPS) > 130
    quiet = [item for item in lint.findings(made(text), Config()) if item.severity > Severity.INFO]
    assert len(quiet) <= len(text.split()) / 10_000
    damaged, seeds = seeded(text, "test", KINDS | SLIPS, each=1)
    missed, _ = found_of(damaged, seeds)
    assert len(missed) <= 0.05 * len(seeds), missed


def test_the_page_of_rules_is_up_to_date() -> None:
    assert (ROOT / "publish" / "RULES.md").read_text("utf-8") == lint.page_of_rules(), (
        "publish rules --page > publish/RULES.md"
    )


STORY = (
    "“I am late,” said Katherine.\n\nMr. Fox went to Paris. “And I am not,” said Katherine, and in Paris "
    "it was late. In Paris, good-bye is no word; so Katherine went to Paris and said good-bye and good-bye.\n"
)


def test_a_style_sheet_has_persons_places_and_forms() -> None:
    sheet = stylesheet.extract(made(STORY), Config())
    assert [entry.name for entry in sheet.characters] == ["Katherine"]
    assert [entry.name for entry in sheet.places] == ["Paris"]
    assert [(entry.name, entry.count) for entry in sheet.hyphens] == [("good-bye", 3)]
    assert sheet.characters[0].first == "book.txt:1"
    assert "| Katherine | 3 | book.txt:1 |" in stylesheet.as_markdown(sheet)


def test_a_style_sheet_has_the_fuller_names_of_a_person_beside_the_usual_one() -> None:
    story = "“No,” said Holmes. When Holmes saw Mr. Sherlock Holmes, Sherlock Holmes was late, said Sherlock "
    sheet = stylesheet.extract(made((story + "Holmes in Baker Street, and in Baker Street. ") * 3), Config())
    assert [(entry.name, entry.also) for entry in sheet.characters] == [
        ("Holmes", ("Sherlock Holmes", "Mr. Sherlock Holmes"))
    ]
    assert [entry.name for entry in sheet.places] == ["Baker Street"]
    assert "Sherlock Holmes, Mr. Sherlock Holmes |" in stylesheet.as_markdown(sheet)


def test_a_kept_style_sheet_is_held_against_the_book(tmp_path: Path) -> None:
    kept = sheets.from_json(sheets.as_json(stylesheet.extract(made(STORY), Config())).encode(), "style.json")
    assert json.loads(sheets.as_json(kept))["version"] == 1
    now = stylesheet.extract(made(STORY.replace("Katherine", "Katharine")), Config())
    assert stylesheet.changes(kept, kept) == []
    assert "Characters: “Katharine” is new." in stylesheet.changes(kept, now)
    with pytest.raises(PublishError, match="this is no style sheet"):
        sheets.from_json(b"{", str(tmp_path / "style.json"))


def test_the_next_run_holds_the_book_against_the_sheet_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    made_of = build.load([tmp_path])
    sheet = stylesheet.extract(build.assemble(made_of), made_of.config)
    (tmp_path / "stylesheet.json").write_text(
        sheets.as_json(replace(sheet, never={"late": "tardy"})), "utf-8"
    )
    (tmp_path / "story.txt").write_text(STORY + "\nSo Katharine went, and said goodbye.\n", "utf-8")
    manuscript = build.load([tmp_path])
    found = copydesk.look(manuscript, build.assemble(manuscript), (), copydesk.Wish()).found
    told = [item.message for item in found if item.code in ("CON015", "CON016")]
    assert told == [
        "“late” is “tardy” in the style sheet.",
        "“late” is “tardy” in the style sheet.",
        "“Katharine” is not in the style sheet, which has “Katherine”.",
        "“goodbye” is “good-bye” in the style sheet.",
    ]
    (tmp_path / "stylesheet.json").write_text("{}", "utf-8")
    with pytest.raises(PublishError, match="this is no style sheet"):
        copydesk.look(manuscript, build.assemble(manuscript), (), copydesk.Wish())
