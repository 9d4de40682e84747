"""What is installed from a wheel, with nothing but the locked packages beside it, makes whole books."""

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from publish import __version__
from tests import ROOT
from tests.validate import pdf_faults

STORY = """The Lamp

It was late, and the lamp had burned low.

“Who is there?” she asked the dark.

Nobody was there.
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command with hardly any environment and give what it prints."""
    bare = {"PATH": os.defpath, "HOME": str(cwd), "SOURCE_DATE_EPOCH": "1600000000"}
    done = subprocess.run(command, cwd=cwd, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the unpacked source distribution, as an installer would build it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "--directory", folder)
    run(*build, "--target", "sdist", cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    run("tar", "-xzf", archive, cwd=folder)
    run(*build, "--target", "wheel", cwd=folder / archive.name.removesuffix(".tar.gz"))
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the wheel and the packages of requirements.lock only.

    The packages are linked and not installed anew, so that no network is needed.
    """
    environment = tmp_path_factory.mktemp("environment")
    uv = Path(sys.executable).with_name("uv")
    run(
        uv,
        "venv",
        "--no-config",
        "--offline",
        "--python",
        sys.executable,
        environment / "venv",
        cwd=environment,
    )
    python = environment / "venv" / "bin" / "python"
    site = Path(run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=environment).strip())
    for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE):
        link(name, site)
    run(
        uv,
        "pip",
        "install",
        "--no-config",
        "--offline",
        "--no-deps",
        "--python",
        python,
        wheel,
        cwd=environment,
    )
    return python.with_name("publish")


def link(name: str, site: Path) -> None:
    """Link one package into an environment; one that is meant for another system is not here to be linked."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return
    for entry in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
        (site / entry).symlink_to(Path(str(package.locate_file(entry))))


def test_styles_and_licence_travel_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    styles = [path.relative_to(ROOT) for path in (ROOT / "styles").rglob("*") if path.is_file()]
    assert styles
    assert {f"publish/data/{style.as_posix()}" for style in styles} <= set(names)
    assert "publish/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.partition("/")[0] for name in names} == {"publish", f"publish-{__version__}.dist-info"}


def test_the_installed_command_builds_both_editions(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(STORY, "utf-8")
    assert __version__ in run(installed, "--version", cwd=tmp_path)
    printed = run(installed, "build", "lamp.txt", "-o", "out", cwd=tmp_path).split()
    epub, pdf = sorted((tmp_path / path for path in printed), key=lambda path: path.suffix)
    assert [*pdf_faults(pdf)] == []
    with zipfile.ZipFile(epub) as container:
        assert any(name.endswith(".css") for name in container.namelist())


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import publish.styles as s; print(s.__file__, len(s.load('classic').sheets['epub.css']))"
    place, size = run(installed.with_name("python"), "-c", code, cwd=tmp_path).split()
    assert Path(place).is_relative_to(installed.parent.parent)
    assert int(size) > 0
