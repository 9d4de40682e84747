"""What all tests share: real manuscripts, golden files, EPUBCheck, a quiet log, a fixed clock."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from publish.check.epubcheck import Check, checker
from publish.pdf import remembered
from tests import ROOT

SHARED = Path(os.environ.get("PUBLISH_SHARED") or ROOT.parent / "shared")
GOLDEN = ROOT / "tests" / "golden"
EPOCH = 1_600_000_000
"""2020-09-13, 12:26:40 UTC: the moment at which every book of the tests is made."""
_QUIET = ("fontTools", "publish", "weasyprint")

# The same examples in every run; PUBLISH_EXPLORE=1 looks for new ones.
settings.register_profile(
    "publish", deadline=None, derandomize="PUBLISH_EXPLORE" not in os.environ, print_blob=True
)
settings.load_profile("publish")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the golden files and run nothing else")


def pytest_report_header() -> str:
    there = "" if SHARED.is_dir() else ", which is not there: tests that read it are deselected"
    return f"shared manuscripts: {SHARED}{there}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here; the last line of the run counts it as deselected."""

    def runs(item: pytest.Item) -> bool:
        if not SHARED.is_dir() and item.get_closest_marker("shared"):
            return False
        return not config.getoption("golden") or "golden" in getattr(item, "fixturenames", ())

    config.hook.pytest_deselected(items=[item for item in items if not runs(item)])
    items[:] = filter(runs, items)


@pytest.fixture(scope="session", autouse=True)
def _sections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Composed sections of the tests' books are kept apart from the user's, and for one run only."""
    folder = tmp_path_factory.mktemp("sections")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembered, "folder", lambda: folder)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real manuscripts; only for tests marked `shared`."""
    return SHARED


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A function that compares a text with the golden file of a name, or rewrites the file under --golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing; make golden writes it"
        assert text == path.read_bytes().decode("utf-8"), f"differs from {path}; make golden rewrites it"

    return compare


@pytest.fixture(scope="session")
def epubcheck() -> Iterator[Check]:
    """A function from the path of an EPUB to the messages of EPUBCheck: none for a good book."""
    with checker() as check:
        yield check


@pytest.fixture(autouse=True)
def source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> int:
    """The moment, in seconds since 1970, that stands in the environment during every test."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    return EPOCH


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which a warning was logged; one that expects it reads `caplog` and clears it."""
    yield
    noise = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.partition(".")[0] in _QUIET
    ]
    assert not noise
