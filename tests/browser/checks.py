"""The checks themselves: Node, its packages and Chromium found, the sampler made, `check.mjs` run."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import msgspec
from msgspec import Struct

from publish import build
from publish.check.epubcheck import checker
from publish.config import Format
from tests import ROOT, validate

HERE = Path(__file__).parent
SCREENS = ROOT / "dist" / "screens"
STYLES = ("classic", "modern", "large-print")
_NODE = 20
"""The oldest release of Node that Ace runs on."""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


class MissingError(Exception):
    """Something that these checks need is not on this machine; the message says what to do."""


class Fault(Struct, frozen=True):
    """What is wrong, and in which book or on which page."""

    where: str
    what: str


class Found(Struct, frozen=True):
    """What came of a run."""

    faults: tuple[Fault, ...]
    views: tuple[str, ...]
    books: int = 0
    pages: int = 0


def run(books: Sequence[str]) -> Found:
    """Check finished e-books and the sampler; raises MissingError."""
    node, browser = _node(), _browser()
    _install(node)
    shutil.rmtree(SCREENS, ignore_errors=True)
    SCREENS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        samplers = {style: _sampler(style, Path(folder)) for style in STYLES}
        with checker() as epubcheck:
            invalid = [
                Fault(path.name, what)
                for path in samplers.values()
                for what in validate.faults(path, epubcheck)
            ]
        pages = [page for style, made in samplers.items() for page in _pages(style, made)]
        job = {
            "chromium": browser,
            "ace": [*(str(Path(book).resolve()) for book in books), *map(str, samplers.values())],
            "pages": pages,
            "folder": str(SCREENS),
        }
        found = _checked(node, job, Path(folder))
    return Found((*invalid, *found.faults), found.views, len(job["ace"]), len(pages))


def _checked(node: str, job: Mapping[str, object], folder: Path) -> Found:
    path = folder / "job.json"
    path.write_bytes(msgspec.json.encode(job))
    done = subprocess.run([node, HERE / "check.mjs", path], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip())[-1500:]
        raise MissingError(f"the browser checks did not run to their end:\n{reason}")
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Found)


# --- What is needed --------------------------------------------------------------------------------------


def _node() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    hint = f"install Node {_NODE} or newer with npm, for instance: sudo apt-get install nodejs npm"
    if not node or not npm:
        raise MissingError(f"Ace by DAISY needs Node, which is not there: {hint}")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").partition(".")[0]) < _NODE:
        raise MissingError(f"Node is {version}, which is too old for Ace by DAISY: {hint}")
    return node


def _browser() -> str:
    named = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (named,) if named else _BROWSERS)), None)
    if found or (_MAC.is_file() and not named):
        return found or str(_MAC)
    wanted = f"CHROMIUM names {named}, which is no program" if named else "Chromium is not there"
    raise MissingError(f"{wanted}: install it (sudo apt-get install chromium), or name one in CHROMIUM")


def _install(node: str) -> None:
    """Install what the lock file names, where it is not there yet; no program of a package is run for it."""
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = HERE / "node_modules" / ".stamp"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    npm = shutil.which("npm", path=str(Path(node).parent)) or "npm"
    print("Installing Ace by DAISY (80 MB)", flush=True)
    done = subprocess.run([npm, "ci"], cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"npm could not install Ace by DAISY:\n{done.stderr.strip()[-1500:]}")
    stamp.write_text(wanted)


# --- The sampler -----------------------------------------------------------------------------------------


def _sampler(style: str, folder: Path) -> Path:
    """Make the sampler in a style and give its path."""
    manuscript = build.load([HERE / "sampler"])
    book = build.assemble(manuscript).book
    options = build.Options(style=style)
    made = build.editions(book, manuscript, [Format.EPUB], options=options, progress=lambda _: None)
    path = folder / f"{style}.epub"
    path.write_bytes(made[Format.EPUB].read())
    return path


def _pages(style: str, epub: Path) -> Iterator[dict[str, str]]:
    """Unpack an e-book and give its pages."""
    unpacked = epub.with_suffix("")
    with zipfile.ZipFile(BytesIO(epub.read_bytes())) as archive:
        archive.extractall(unpacked)
    for path in sorted(unpacked.rglob("*.xhtml")):
        yield {"url": path.as_uri(), "picture": f"{style}-{path.stem}"}
