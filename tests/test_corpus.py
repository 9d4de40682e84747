"""Damaged books of every kind, made, built and scored; the whole corpus is `make corpus`."""

import pytest

from tests.corpus import Job, jobs, run
from tests.corpus_floors import Result, floors, missed, silently_wrong

SLICE = (
    ("treasure-island", "order-blogparts"),
    ("frankenstein", "order-missing"),
    ("time-machine", "order-prologue"),
    ("candide-fr", "enc-cp1252"),
    ("jane-eyre", "enc-mac"),
    ("huckleberry-finn", "enc-mixedbytes"),
    ("pride-and-prejudice", "lay-straightwrap"),
    ("hamlet", "lay-mixed"),
    ("frankenstein", "lay-hyphen"),
    ("iliad", "fur-gutenberg"),
    ("treasure-island", "fur-pdf"),
    ("jane-eyre", "fur-blog"),
    ("tale-of-two-cities", "mix-seed"),
    ("pride-and-prejudice", "mix-worst"),
    ("time-machine", "mix-pdf"),
)
WORDS = 5_000
CHOSEN = [Job(recipe.partition("-")[0], book, recipe, words=WORDS) for book, recipe in SLICE]
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def scored() -> dict[str, Result]:
    """All manuscripts by name, made and scored side by side."""
    return {result.name: result for result in run(CHOSEN)}


@pytest.mark.parametrize("name", [job.name for job in CHOSEN])
def test_a_damaged_book_comes_out_whole(name: str, scored: dict[str, Result]) -> None:
    result = scored[name]
    assert missed(result) == [], result.examples
    assert list(silently_wrong([result])) == []


def test_every_kind_of_damage_has_its_floors() -> None:
    kinds = {job.recipe: Result(name=job.name, family=job.family, recipe=job.recipe) for job in jobs("suite")}
    assert [recipe for recipe, result in kinds.items() if not floors(result)] == ["enc-fffd"]
