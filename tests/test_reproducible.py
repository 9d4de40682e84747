"""The same manuscript gives the same bytes wherever, whenever and by whomever it is built."""

import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from publish.cli import main
from tests import ROOT

BOOK = "notes-from-the-umbrella-counter"
EDITIONS = (f"{BOOK}.epub", f"{BOOK}.pdf")


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    """Build a copy of a sample book with the command line, in a process of its own."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "manuscripts" / BOOK, folder / BOOK)
    for path in (folder / BOOK).iterdir():
        os.utime(path, (1_650_000_000, 1_650_000_000))
    program = "import sys; from publish.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "build", BOOK, "-o", "out"]
    inherited = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    settings = inherited | {"PYTHONPATH": str(ROOT)} | environment
    subprocess.run(command, cwd=folder, env=settings, check=True, capture_output=True)
    return {name: (folder / "out" / name).read_bytes() for name in EDITIONS}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("here") / "a", TZ="UTC", PYTHONHASHSEED="1", LC_ALL="C.UTF-8")


def test_two_builds_are_equal_byte_for_byte(here: dict[str, bytes], tmp_path: Path) -> None:
    elsewhere = built(
        tmp_path / "another folder" / "ünder",
        TZ="Pacific/Kiritimati",
        PYTHONHASHSEED="2",
        LC_ALL="C",
        HOME=str(tmp_path),
        USER="somebody",
    )
    assert elsewhere == here


def test_the_editions_bear_the_date_of_the_manuscript(here: dict[str, bytes]) -> None:
    assert _modified(here) == ("2022-04-15T05:20:00Z", "D:20220415052000Z")


def test_source_date_epoch_is_honoured(here: dict[str, bytes], tmp_path: Path) -> None:
    assert main(["build", str(ROOT / "manuscripts" / BOOK), "-o", str(tmp_path)]) == 0
    dated = {name: (tmp_path / name).read_bytes() for name in EDITIONS}
    assert _modified(dated) == ("2020-09-13T12:26:40Z", "D:20200913122640Z")
    assert dated[EDITIONS[0]] != here[EDITIONS[0]]


def _modified(editions: dict[str, bytes]) -> tuple[str, str]:
    with zipfile.ZipFile(BytesIO(editions[EDITIONS[0]])) as container:
        package = container.read("EPUB/content.opf").decode()
    with pikepdf.open(BytesIO(editions[EDITIONS[1]])) as file:
        printed = str(file.docinfo["/ModDate"])
    return package.split('dcterms:modified">')[1][:20], printed.replace("+00'00'", "Z").replace("+00'00", "Z")
